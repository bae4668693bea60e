//! Reads a lesson file's text, not its meaning: where a function stands, what it reaches by name, which names it uses.
//!
//! Three things need it. The front door names file and line of an exercise. A result belongs to the code as it was when
//! it was checked, so the code of one exercise gets a fingerprint. And a build exercise asks for something that the
//! models publish; the names that would be the answer are withheld from it.
//!
//! The unit of all three is an exercise's function and what it reaches: every function of the file whose name stands in
//! it, and so on. What stands outside all functions, and methods in `impl` blocks, count for every exercise. Names are
//! compared as text, so the set can be too large but not too small.

/// One word, number, literal or sign of Rust source. Comments and white space are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// As it stands in the file.
    pub text: &'a str,
    /// Its first byte's place in the file.
    pub start: usize,
}

impl Token<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    fn is_word(&self) -> bool {
        self.text.starts_with(|c: char| c.is_alphabetic() || c == '_')
    }
}

/// The tokens of `source`. Text that is no Rust still gives tokens: nothing here fails on a half-written file.
pub fn tokens(source: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let start = source.len() - rest.len();
        let (length, keep) = if first.is_whitespace() {
            (first.len_utf8(), false)
        } else if rest.starts_with("//") {
            (rest.find('\n').unwrap_or(rest.len()), false)
        } else if rest.starts_with("/*") {
            (block_comment(rest), false)
        } else if let Some(length) = raw_string(rest) {
            (length, true)
        } else if let Some(identifier) = rest.strip_prefix("r#") {
            // A raw identifier: `r#fn`.
            (2 + word(identifier), true)
        } else if first == '"' || rest.starts_with("b\"") || rest.starts_with("c\"") {
            (quoted(rest, '"'), true)
        } else if rest.starts_with("b'") {
            (quoted(rest, '\''), true)
        } else if first == '\'' {
            (char_or_lifetime(rest), true)
        } else if first.is_alphanumeric() || first == '_' {
            (word(rest), true)
        } else if rest.starts_with("::") {
            (2, true)
        } else {
            (first.len_utf8(), true)
        };
        if keep {
            tokens.push(Token {
                text: &rest[..length],
                start,
            });
        }
        rest = &rest[length..];
    }
    tokens
}

fn word(rest: &str) -> usize {
    rest.find(|c: char| !(c.is_alphanumeric() || c == '_'))
        .unwrap_or(rest.len())
}

/// The length of `/* ... */`, which nests.
fn block_comment(rest: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

/// The length of `r"..."`, `r#"..."#`, `br"..."` or `cr"..."`, if one begins here.
fn raw_string(rest: &str) -> Option<usize> {
    let prefix = ["r", "br", "cr"].into_iter().find(|prefix| {
        rest.strip_prefix(prefix)
            .is_some_and(|tail| tail.trim_start_matches('#').starts_with('"'))
    })?;
    let tail = &rest[prefix.len()..];
    let hashes = tail.len() - tail.trim_start_matches('#').len();
    let body = prefix.len() + hashes + 1;
    let end = format!("\"{}", "#".repeat(hashes));
    Some(
        rest[body..]
            .find(&end)
            .map_or(rest.len(), |at| body + at + end.len()),
    )
}

/// The length of a quoted literal, its prefix included.
fn quoted(rest: &str, quote: char) -> usize {
    let body = rest.find(quote).map_or(rest.len(), |at| at + 1);
    let mut escaped = false;
    for (at, c) in rest[body..].char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return body + at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// `'a'` is a character, `'a` a lifetime.
fn char_or_lifetime(rest: &str) -> usize {
    let mut chars = rest.chars().skip(1);
    match (chars.next(), chars.next()) {
        (Some('\\'), _) | (Some(_), Some('\'')) => quoted(rest, '\''),
        _ => 1 + word(&rest[1..]),
    }
}

/// A lesson file, taken apart.
pub struct LessonSource<'a> {
    source: &'a str,
    tokens: Vec<Token<'a>>,
    functions: Vec<Function<'a>>,
    /// `use ... X as Y`: Y stands for X.
    aliases: Vec<(&'a str, &'a str)>,
    /// For each token, whether it stands in a `use` declaration.
    in_use: Vec<bool>,
}

/// A free function: its name and which tokens are its own.
struct Function<'a> {
    name: &'a str,
    /// From its first attribute or `pub` to its closing brace, as token numbers.
    first: usize,
    end: usize,
    /// The token number of `fn`.
    keyword: usize,
}

impl<'a> LessonSource<'a> {
    /// Takes `source` apart.
    pub fn read(source: &'a str) -> Self {
        let tokens = tokens(source);
        let functions = free_functions(&tokens);
        let mut in_use = vec![false; tokens.len()];
        let mut aliases = Vec::new();
        let mut inside = false;
        for (at, token) in tokens.iter().enumerate() {
            inside |= token.text == "use";
            in_use[at] = inside;
            if inside && token.text == "as" && at > 0 && at + 1 < tokens.len() {
                aliases.push((tokens[at + 1].text, tokens[at - 1].text));
            }
            inside &= token.text != ";";
        }
        LessonSource {
            source,
            tokens,
            functions,
            aliases,
            in_use,
        }
    }

    /// The line, counted from 1, on which `fn name` stands.
    pub fn line_of(&self, name: &str) -> Option<usize> {
        let start = self.tokens[self.function(name)?.keyword].start;
        Some(1 + self.source[..start].matches('\n').count())
    }

    /// The bytes of the file that are function `name`, its attributes and doc comment included.
    pub fn span_of(&self, name: &str) -> Option<std::ops::Range<usize>> {
        let function = self.function(name)?;
        let start = self.tokens[function.first].start;
        let end = self.tokens[function.end].end();
        Some(self.with_comments_above(start)..end)
    }

    /// Moves `start` up over the comment lines that stand directly above it.
    fn with_comments_above(&self, start: usize) -> usize {
        let line_start = |at: usize| self.source[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let mut start = line_start(start);
        while start > 0 {
            let above = line_start(start - 1);
            if !self.source[above..start].trim_start().starts_with("//") {
                break;
            }
            start = above;
        }
        start
    }

    fn function(&self, name: &str) -> Option<&Function<'a>> {
        self.functions.iter().find(|function| function.name == name)
    }

    /// For each token, whether it counts for the exercise whose function is `name`.
    fn reached_from(&self, name: &str) -> Vec<bool> {
        let mut counts = vec![true; self.tokens.len()];
        for function in &self.functions {
            counts[function.first..=function.end].fill(false);
        }
        let mut open: Vec<&str> = vec![name];
        // What stands outside all functions counts for everybody, and so do the functions it names.
        open.extend(
            (0..counts.len())
                .filter(|&at| counts[at])
                .map(|at| self.tokens[at].text),
        );
        while let Some(name) = open.pop() {
            for function in self.functions.iter().filter(|function| function.name == name) {
                if counts[function.first] {
                    continue;
                }
                counts[function.first..=function.end].fill(true);
                open.extend(
                    self.tokens[function.first..=function.end]
                        .iter()
                        .map(|token| token.text),
                );
            }
        }
        counts
    }

    /// A number for the code that the exercise's function reaches: the same as long as that code is the same, whatever
    /// happens to comments, layout and other functions. `None` if there is no such function.
    ///
    /// FNV-1a over the tokens, 64 bits: it notices edits, it does not resist somebody who looks for collisions.
    pub fn fingerprint(&self, name: &str) -> Option<u64> {
        self.function(name)?;
        let counts = self.reached_from(name);
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for (token, _) in self.tokens.iter().zip(counts).filter(|(_, counts)| *counts) {
            // A byte that no token contains keeps "ab c" and "a bc" apart.
            for byte in token.text.bytes().chain([0]) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
            }
        }
        Some(hash)
    }

    /// The first of the `withheld` names that the exercise's function uses, and its line.
    ///
    /// A function of the file's own may have such a name; then only the name behind a path (`hex::...`) or in a `use`
    /// declaration that counts is the withheld one.
    pub fn uses_withheld(&self, name: &str, withheld: &[&'static str]) -> Option<(&'static str, usize)> {
        let counts = self.reached_from(name);
        for (at, token) in self.tokens.iter().enumerate() {
            if !counts[at] || self.in_use[at] || !token.is_word() {
                continue;
            }
            let before = at.checked_sub(1).map_or("", |before| self.tokens[before].text);
            let path_of_own = at >= 2 && matches!(self.tokens[at - 2].text, "self" | "Self" | "super");
            let behind_path = before == "::" && !path_of_own;
            let own = before == "fn" || (!behind_path && self.defines(token.text));
            let alias = self.aliases.iter().find(|(alias, _)| *alias == token.text);
            let meant = alias.map_or(token.text, |(_, name)| *name);
            if own {
                continue;
            }
            if let Some(found) = withheld.iter().find(|name| **name == meant) {
                return Some((found, 1 + self.source[..token.start].matches('\n').count()));
            }
        }
        None
    }

    /// Whether the file itself has a function, method or nested function of this name.
    fn defines(&self, name: &str) -> bool {
        self.tokens
            .windows(2)
            .any(|pair| pair[0].text == "fn" && pair[1].text == name)
    }
}

/// Functions that stand in no `impl`, `trait`, macro or other function. A module's functions count as free.
fn free_functions<'a>(tokens: &[Token<'a>]) -> Vec<Function<'a>> {
    let mut functions = Vec::new();
    let mut at = 0;
    // Where the item that is being read began: after the last `;`, `}` or the opening of a module.
    let mut item = 0;
    while at < tokens.len() {
        match tokens[at].text {
            "fn" if tokens.get(at + 1).is_some_and(Token::is_word) => {
                let Some(end) = end_of_item(tokens, at) else { break };
                functions.push(Function {
                    name: tokens[at + 1].text,
                    first: item,
                    end,
                    keyword: at,
                });
                at = end;
                item = end + 1;
            }
            "impl" | "trait" | "macro_rules" | "struct" | "enum" | "const" | "static"
                if tokens.get(at + 1).is_none_or(|next| next.text != "fn") =>
            {
                let Some(end) = end_of_item(tokens, at) else { break };
                at = end;
                item = end + 1;
            }
            ";" | "}" => item = at + 1,
            // The opening brace of `mod name {`, or the bracket end of an inner attribute `#![...]`.
            "{" => item = at + 1,
            "!" if at > 0 && tokens[at - 1].text == "#" => {
                while at < tokens.len() && tokens[at].text != "]" {
                    at += 1;
                }
                item = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    functions
}

/// The number of the token that ends the item which begins at `at`: its closing brace, or a semicolon before any brace.
fn end_of_item(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    let mut depth = 0_u32;
    for (number, token) in tokens.iter().enumerate().skip(at) {
        match token.text {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => {
                depth = depth.checked_sub(1)?;
                if depth == 0 && token.text == "}" {
                    return Some(number);
                }
            }
            ";" if depth == 0 => return Some(number),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const LESSON: &str = r##"
//! Text with fn words and "quotes.
use messaging_lab::ground::hex::{bytes_to_hex as text_of, hex_to_bytes};

/// First.
pub fn first(n: u32) -> u32 {
    helper(n) // a comment
}

// Second.
#[inline]
pub fn second(c: char) -> String {
    let odd = ['{', '\'', '"', c];
    let raw = r#"fn helper() { " }"#;
    text_of(raw.as_bytes()) + &odd.len().to_string()
}

fn helper(n: u32) -> u32 { n + 1 }
"##;

    #[test]
    fn functions_are_found_where_they_stand() {
        let lesson = LessonSource::read(LESSON);
        assert_eq!(lesson.line_of("first"), Some(6));
        assert_eq!(lesson.line_of("second"), Some(12));
        assert_eq!(lesson.line_of("absent"), None);
        let span = lesson.span_of("second").unwrap();
        assert!(
            LESSON[span.clone()].starts_with("// Second."),
            "{}",
            &LESSON[span.clone()]
        );
        assert!(
            LESSON[span.clone()].ends_with("to_string()\n}"),
            "{}",
            &LESSON[span]
        );
    }

    #[test]
    fn a_fingerprint_follows_the_code_and_only_the_code_that_is_reached() {
        let print = |source: &str, name| LessonSource::read(source).fingerprint(name);
        let same = [
            ("// a comment", ""),
            ("//! Text with", "//! Other text with"),
            ("n + 1 }", "n  +  1\r\n}"),
        ];
        for (from, to) in same {
            assert_eq!(
                print(LESSON, "first"),
                print(&LESSON.replace(from, to), "first"),
                "{from}"
            );
        }
        let helper = LESSON.replace("n + 1", "n + 2");
        assert_ne!(print(LESSON, "first"), print(&helper, "first"));
        assert_eq!(print(LESSON, "second"), print(&helper, "second"));
        let outside = LESSON.replace("use messaging_lab::ground", "use other::ground");
        assert_ne!(print(LESSON, "second"), print(&outside, "second"));
        assert_eq!(print(LESSON, "absent"), None);
    }

    #[test]
    fn withheld_names_are_seen_through_aliases_paths_and_helpers_and_own_ones_are_let_be() {
        let withheld = &["bytes_to_hex", "helper"];
        let uses = |source: &str, name| {
            LessonSource::read(source)
                .uses_withheld(name, withheld)
                .map(|found| found.0)
        };
        assert_eq!(uses(LESSON, "second"), Some("bytes_to_hex"));
        // The file's own `helper` is the student's own work.
        assert_eq!(uses(LESSON, "first"), None);
        assert_eq!(
            uses(&LESSON.replace("helper(n) ", "other::helper(n) "), "first"),
            Some("helper")
        );
        let through_helper = LESSON.replace("n + 1 }", "let f = hex::bytes_to_hex; n }");
        assert_eq!(uses(&through_helper, "first"), Some("bytes_to_hex"));
        assert_eq!(
            uses(&LESSON.replace("// a comment", "// bytes_to_hex"), "first"),
            None
        );
        assert_eq!(
            uses(&LESSON.replace("helper(n) ", "\"bytes_to_hex\";"), "first"),
            None
        );
    }

    #[test]
    fn half_written_files_are_read_without_a_panic() {
        for end in 0..LESSON.len() {
            if LESSON.is_char_boundary(end) {
                let lesson = LessonSource::read(&LESSON[..end]);
                let _ = (
                    lesson.fingerprint("first"),
                    lesson.span_of("second"),
                    lesson.line_of("helper"),
                );
            }
        }
        for odd in [
            "fn", "r#", "'", "'\\", "\"", "b'", "/*", "r\"", "fn f {{{", "}}}", "#!", "use a as", "\u{e9}'x",
        ] {
            let _ = LessonSource::read(odd).fingerprint("f");
        }
    }
}

//! Reads a lesson file's text, not its meaning: where a function stands, what it reaches by name, which names it uses.
//!
//! Three things need it. The front door names file and line of an exercise. A result belongs to the code as it was when
//! it was checked, so the code of one exercise gets a fingerprint. And a build exercise asks for something that the
//! models publish; the names that would be the answer are withheld from it.
//!
//! The unit of all three is an exercise's function and what it reaches: every function of the file whose name stands in
//! it, and so on. What stands outside all functions, and methods in `impl` blocks, count for every exercise. Names are
//! compared as text, so the set can be too large but not too small. Only a name behind the path of another crate's
//! module (`aead::open`, where `aead` was imported from the kit) is certainly not the file's own `open`.

use std::ops::Range;

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
    imports: Vec<Import>,
    /// For each token, whether it stands in a `use` declaration.
    in_use: Vec<bool>,
}

/// A `use` declaration.
struct Import {
    /// Its tokens by number: the one after `use` up to, but not with, the `;`.
    tokens: Range<usize>,
    /// Whether it names something of another crate, as far as the text tells.
    foreign: bool,
    /// Whether it stands inside braces: in a function or a module.
    inside: bool,
}

/// The crates that a lesson can name without writing them itself.
const CRATES: [&str; 4] = ["messaging_lab", "std", "core", "alloc"];

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
        let mut lesson = LessonSource {
            source,
            in_use: vec![false; tokens.len()],
            tokens,
            functions,
            imports: Vec::new(),
        };
        lesson.find_imports();
        lesson
    }

    fn find_imports(&mut self) {
        let mut depth = 0_usize;
        let mut at = 0;
        while at < self.tokens.len() {
            match self.tokens[at].text {
                "{" => depth += 1,
                "}" => depth = depth.saturating_sub(1),
                "use" => {
                    let first = at + 1;
                    while at < self.tokens.len() && self.tokens[at].text != ";" {
                        self.in_use[at] = true;
                        at += 1;
                    }
                    let root = self.tokens[first..at.max(first)]
                        .iter()
                        .find(|token| token.text != "::");
                    self.imports.push(Import {
                        tokens: first..at.max(first),
                        foreign: root.is_some_and(|root| CRATES.contains(&root.text)),
                        inside: depth > 0,
                    });
                }
                _ => {}
            }
            at += 1;
        }
    }

    /// What `name` stands for where a `use ... X as name` that counts says so.
    fn alias_of(&self, name: &str, counts: &[bool]) -> Option<&'a str> {
        let imported = self
            .imports
            .iter()
            .filter(|import| counts.get(import.tokens.start) == Some(&true));
        imported
            .flat_map(|import| import.tokens.clone())
            .find(|&at| {
                self.tokens[at].text == name
                    && at >= 2
                    && self.tokens[at - 1].text == "as"
                    && self.in_use[at - 2]
            })
            .map(|at| self.tokens[at - 2].text)
    }

    /// Whether the name at `at` stands behind the path of another crate's module: not the file's own function, whatever
    /// its name is.
    fn is_foreign(&self, at: usize) -> bool {
        let mut root = at;
        while root >= 2 && self.tokens[root - 1].text == "::" && self.tokens[root - 2].is_word() {
            root -= 2;
        }
        let name = self.tokens[root].text;
        let imported = |foreign: bool| {
            let of_this_kind = self.imports.iter().filter(|import| import.foreign == foreign);
            of_this_kind
                .flat_map(|import| &self.tokens[import.tokens.clone()])
                .any(|token| token.text == name)
        };
        root < at
            && (CRATES.contains(&name) || imported(true))
            && !imported(false)
            && !self.declares("mod", name)
    }

    /// The line, counted from 1, on which `fn name` stands.
    pub fn line_of(&self, name: &str) -> Option<usize> {
        let start = self.tokens[self.function(name)?.keyword].start;
        Some(1 + self.source[..start].matches('\n').count())
    }

    /// The bytes of the file that are function `name`, its attributes and doc comment included.
    pub fn span_of(&self, name: &str) -> Option<Range<usize>> {
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
        let named = |at: &usize| !self.is_foreign(*at);
        open.extend(
            (0..counts.len())
                .filter(|&at| counts[at])
                .filter(named)
                .map(|at| self.tokens[at].text),
        );
        while let Some(name) = open.pop() {
            for function in self.functions.iter().filter(|function| function.name == name) {
                if counts[function.first] {
                    continue;
                }
                counts[function.first..=function.end].fill(true);
                open.extend(
                    (function.first..=function.end)
                        .filter(named)
                        .map(|at| self.tokens[at].text),
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
    /// A function of the file's own may have such a name, and is the student's own work. The withheld one is then meant
    /// behind a path (`aead::seal`), under another name (`use ... seal as x`), and where an import inside braces hides
    /// the file's own function (`use ...::seal;` or `use ...::*;` in a function's body).
    pub fn uses_withheld(&self, name: &str, withheld: &[&'static str]) -> Option<(&'static str, usize)> {
        let counts = self.reached_from(name);
        let hidden_by_a_glob = self.imports.iter().any(|import| {
            import.inside
                && import.foreign
                && counts[import.tokens.start - 1]
                && self.tokens[import.tokens.clone()]
                    .iter()
                    .any(|token| token.text == "*")
        });
        for (at, token) in self.tokens.iter().enumerate() {
            if !counts[at] || !token.is_word() {
                continue;
            }
            let text_at = |at: Option<usize>| {
                at.and_then(|at| self.tokens.get(at))
                    .map_or("", |token| token.text)
            };
            let (before, after) = (text_at(at.checked_sub(1)), text_at(Some(at + 1)));
            let alias = self.alias_of(token.text, &counts);
            let own = alias.is_none() && self.declares("fn", token.text);
            let meant = if self.in_use[at] {
                // An import alone is no use, unless it takes the place of the file's own function.
                own && !matches!(after, "::" | "as")
            } else if before == "::" {
                !matches!(text_at(at.checked_sub(2)), "self" | "Self" | "super")
            } else {
                before != "fn" && (!own || hidden_by_a_glob)
            };
            let name = alias.unwrap_or(token.text);
            if let Some(found) = withheld.iter().find(|found| meant && **found == name) {
                return Some((found, 1 + self.source[..token.start].matches('\n').count()));
            }
        }
        None
    }

    /// Whether the file itself has a `keyword name`: a function, method or nested function, or a module.
    fn declares(&self, keyword: &str, name: &str) -> bool {
        self.tokens
            .windows(2)
            .any(|pair| pair[0].text == keyword && pair[1].text == name)
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

    /// A lesson whose exercises are called what the kit calls its own functions.
    const SEALING: &str = r##"
use messaging_lab::crypto::{aead, chacha20};
pub fn guess(key: [u8; 32]) -> bool { aead::open(&key).is_ok() }
pub fn seal(text: &[u8]) -> Vec<u8> { helper(text) }
pub fn open(sealed: &[u8]) -> Vec<u8> { let text = seal(sealed); text }
fn helper(text: &[u8]) -> Vec<u8> { chacha20::xor(text) }
"##;

    #[test]
    fn ones_own_seal_is_no_withheld_one_and_the_kits_is_whatever_way_it_comes_in() {
        let uses = |from: &str, to: &str, name| {
            assert!(SEALING.contains(from), "{from}");
            LessonSource::read(&SEALING.replace(from, to))
                .uses_withheld(name, &["seal", "open"])
                .map(|found| found.0)
        };
        assert_eq!(uses("", "", "seal"), None);
        // One exercise may build on the other.
        assert_eq!(uses("", "", "open"), None);
        let call = "helper(text) }";
        for kits in [
            "aead::seal(text) }",
            "messaging_lab::crypto::aead::seal(text) }",
            "use messaging_lab::crypto::aead::seal; seal(text) }",
            "use messaging_lab::crypto::aead::{TAG_BYTES, seal}; seal(text) }",
            "use messaging_lab::crypto::aead::seal as hide; hide(text) }",
            "use messaging_lab::crypto::aead::seal as helper; helper(text) }",
            "use messaging_lab::crypto::aead::*; seal(text) }",
            "use messaging_lab::crypto::aead as kit; kit::seal(text) }",
            "let hide = aead::seal; hide(text) }",
        ] {
            assert_eq!(uses(call, kits, "seal"), Some("seal"), "{kits}");
        }
        let at_the_top = SEALING.replace("{aead,", "{aead, aead::seal as hide,");
        let hidden = at_the_top.replace(call, "hide(text) }");
        let found = LessonSource::read(&hidden).uses_withheld("seal", &["seal"]);
        assert_eq!(found, Some(("seal", 4)));
        // An import that nobody uses is none, and neither is a module of that name or a glob of one's own.
        for own in [
            "use messaging_lab::crypto::aead::open as unused; helper(text) }",
            "use messaging_lab::show::seal::scene; scene(); helper(text) }",
            "self::helper(text) }",
        ] {
            assert_eq!(uses(call, own, "seal"), None, "{own}");
        }
        let tests = format!("{SEALING}\nmod tests {{ use super::*; fn try_it() {{ seal(b\"x\"); }} }}");
        assert_eq!(LessonSource::read(&tests).uses_withheld("seal", &["seal"]), None);
    }

    #[test]
    fn the_kits_function_is_not_taken_for_the_files_own_of_the_same_name() {
        let print = |source: &str, name| LessonSource::read(source).fingerprint(name);
        let rewritten = SEALING.replace("let text = seal(sealed); text", "Vec::new()");
        // `guess` calls the kit's `open`; that the student's own changes is nothing to it.
        assert_eq!(print(SEALING, "guess"), print(&rewritten, "guess"));
        assert_ne!(print(SEALING, "open"), print(&rewritten, "open"));
        // Unless `aead` is a module of the file's own.
        let own = SEALING.replace("fn helper", "mod aead { pub fn open(key: &[u8]) {} }\nfn helper");
        let other = own.replace("let text = seal(sealed); text", "Vec::new()");
        assert_ne!(print(&own, "guess"), print(&other, "guess"));
        let moved = "use self::inner as aead;\nmod inner { pub fn open(key: &[u8]) -> u32 { 1 } }\n";
        let own = SEALING.replace("{aead, chacha20}", "chacha20") + moved;
        let other = own.replace("{ 1 }", "{ 2 }");
        assert_ne!(print(&own, "guess"), print(&other, "guess"));
    }

    #[test]
    fn half_written_files_are_read_without_a_panic() {
        for end in 0..LESSON.len() {
            if LESSON.is_char_boundary(end) {
                let lesson = LessonSource::read(&LESSON[..end]);
                let _ = (
                    lesson.uses_withheld("first", &["helper"]),
                    lesson.fingerprint("first"),
                    lesson.span_of("second"),
                    lesson.line_of("helper"),
                );
            }
        }
        for odd in [
            "fn", "r#", "'", "'\\", "\"", "b'", "/*", "r\"", "fn f {{{", "}}}", "#!", "use", "use a as",
            "\u{e9}'x",
        ] {
            let _ = LessonSource::read(odd).fingerprint("f");
        }
    }
}

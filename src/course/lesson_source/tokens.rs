//! Rust's text as words, numbers, literals and signs.

/// One word, number, literal or sign of Rust source. Comments and white space are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// As it stands in the file.
    pub text: &'a str,
    /// Its first byte's place in the file.
    pub start: usize,
}

impl<'a> Token<'a> {
    /// The first byte behind it.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// The name that it writes: `r#open` is another way to write `open`.
    pub fn name(&self) -> &'a str {
        self.text.strip_prefix("r#").unwrap_or(self.text)
    }

    /// Whether it can name something: a word, and no keyword. (`self`, `super` and `crate` begin paths, so they can.)
    pub fn is_name(&self) -> bool {
        let in_a_word = |c: char| c.is_alphanumeric() || c == '_';
        !self.name().starts_with(|c: char| c.is_numeric())
            && !self.name().is_empty()
            && self.name().chars().all(in_a_word)
            && !KEYWORDS.contains(&self.text)
    }

    /// Whether it is text in quotes.
    pub fn is_literal(&self) -> bool {
        self.text.ends_with(['"', '#']) && self.text.contains('"')
    }
}

/// Words that are never a name of something.
const KEYWORDS: [&str; 33] = [
    "as", "async", "await", "break", "const", "continue", "dyn", "else", "enum", "extern", "fn", "for", "if",
    "impl", "in", "let", "loop", "match", "mod", "move", "mut", "pub", "ref", "return", "static", "struct",
    "trait", "type", "unsafe", "use", "where", "while", "yield",
];

/// Signs of more than one character that the readers of a lesson must not take for two signs.
const SIGNS: [&str; 9] = ["::", "=>", "->", "..=", "...", "..", "&&", "||", "!="];

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
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            (sign.len(), true)
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

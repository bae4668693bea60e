//! The names that a function gives itself: by `let`, as parameters, in patterns and in closures.
//!
//! `let expires_at = start + length;` or `Some(deadline) => ...` speak of nothing but a number of the student's own,
//! whatever else bears that name. Where one is visible is worked out as the compiler does it, roughly: too far in rare
//! cases, so that a student's own name is rather let be once too often.

use std::ops::Range;

use super::text::Text;

/// A variable.
pub struct Variable<'a> {
    /// What it is called.
    pub name: &'a str,
    /// The number of the token that gives it its name.
    pub at: usize,
    /// The tokens that can mean it.
    pub seen: Range<usize>,
}

/// All variables of the file.
pub fn variables<'a>(text: &Text<'a>) -> Vec<Variable<'a>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        match text.at(at) {
            "let" => by_let(text, at, &mut found),
            "fn" => by_function(text, at, &mut found),
            "for" => by_for(text, at, &mut found),
            "match" => by_match(text, at, &mut found),
            "matches" => by_matches(text, at, &mut found),
            "|" if begins_closure(text, at) => at = by_closure(text, at, &mut found),
            _ => {}
        }
        at += 1;
    }
    found
}

/// Adds the variables of the pattern that stands in `pattern`.
fn bind<'a>(text: &Text<'a>, pattern: Range<usize>, seen: Range<usize>, found: &mut Vec<Variable<'a>>) {
    for at in pattern.clone() {
        let name = text.name(at);
        // With a capital it is a constant or a variant; before `(` or `::` part of one; before `:` a field, unless the
        // pattern ends there and a type follows.
        let other = name.starts_with(char::is_uppercase)
            || matches!(text.at(at + 1), "(" | "{" | "::" | "!")
            || (text.at(at + 1) == ":" && at + 1 < pattern.end)
            || text.before(at) == "::";
        if text.is_name(at) && !other {
            found.push(Variable {
                name,
                at,
                seen: seen.clone(),
            });
        }
    }
}

/// `let PATTERN: TYPE = ...;` is seen behind the statement, so not in its own value; `if let` and `while let` in the
/// block.
fn by_let<'a>(text: &Text<'a>, at: usize, found: &mut Vec<Variable<'a>>) {
    let Some(pattern_end) = text.find(at + 1, &[":", "=", ";"]) else {
        return;
    };
    let around = text.end_around(at);
    let seen = if matches!(text.before(at), "if" | "while" | "&&") {
        let behind = text
            .find(pattern_end, &["="])
            .and_then(|equals| text.find(equals, &["&&", "{"]));
        behind.unwrap_or(around)..text.block_end(pattern_end).unwrap_or(around)
    } else {
        text.find(pattern_end, &[";"]).unwrap_or(around)..around
    };
    bind(text, at + 1..pattern_end, seen, found);
}

/// The parameters of `fn name<...>(PATTERN: TYPE, ...) ... { ... }`.
fn by_function<'a>(text: &Text<'a>, at: usize, found: &mut Vec<Variable<'a>>) {
    let generic = text.at(at + 2) == "<";
    let open = if generic { text.angle(at + 2) + 1 } else { at + 2 };
    if !text.is_name(at + 1) || text.at(open) != "(" {
        return;
    }
    let Some(close) = text.partner(open) else { return };
    let body = text
        .find(close + 1, &["{", ";"])
        .and_then(|start| text.partner(start));
    let end = body.unwrap_or(close);
    parameters(text, open + 1..close, close..end, found);
}

/// `PATTERN: TYPE, PATTERN, ...`
fn parameters<'a>(text: &Text<'a>, all: Range<usize>, seen: Range<usize>, found: &mut Vec<Variable<'a>>) {
    let mut from = all.start;
    while from < all.end {
        let next = text.find(from, &[",", "|"]).unwrap_or(all.end).min(all.end);
        let colon = text.find(from, &[":"]).unwrap_or(next).min(next);
        bind(text, from..colon, seen.clone(), found);
        from = next + 1;
    }
}

/// `for PATTERN in ... { ... }`; not `impl A for B` and not `for<'a>`.
fn by_for<'a>(text: &Text<'a>, at: usize, found: &mut Vec<Variable<'a>>) {
    let in_ = match text.find(at + 1, &["in", "{", ";"]) {
        Some(end) if text.at(end) == "{" => text.partner(end).map_or(end, |close| close + 1),
        Some(end) => end,
        None => return,
    };
    if text.at(in_) != "in" {
        return;
    }
    if let (Some(start), Some(close)) = (text.find(in_, &["{"]), text.block_end(in_)) {
        bind(text, at + 1..in_, start..close, found);
    }
}

/// The arms of `match ... { PATTERN if ... => ..., ... }`: each is seen behind its pattern and to its end.
fn by_match<'a>(text: &Text<'a>, at: usize, found: &mut Vec<Variable<'a>>) {
    // `match if a { b } else { c } { ... }`: the arms are in the braces with the arrows.
    let mut braces = text.find(at + 1, &["{", ";"]);
    let (open, close) = loop {
        let Some(open) = braces else { return };
        match text.partner(open) {
            Some(close) if text.find(open + 1, &["=>"]).is_some() => break (open, close),
            Some(close) => braces = text.find(close + 1, &["{", ";"]),
            None => return,
        }
    };
    let mut arm = open + 1;
    while let (Some(pattern_end), Some(arrow)) = (text.find(arm, &["if", "=>"]), text.find(arm, &["=>"])) {
        let end = arm_end(text, arrow + 1).unwrap_or(close);
        bind(text, arm..pattern_end, pattern_end..end, found);
        arm = end + 1;
        if text.at(arm) == "," {
            arm += 1;
        }
        if arm >= close {
            break;
        }
    }
}

/// The last token of the arm whose value begins at `from`; `None` if nothing ends it but the end of the `match`.
fn arm_end(text: &Text<'_>, from: usize) -> Option<usize> {
    // No comma is wanted behind `{ ... }` and what ends with it.
    if matches!(
        text.at(from),
        "{" | "if" | "match" | "loop" | "while" | "for" | "unsafe"
    ) {
        let mut end = text.block_end(from)?;
        while text.at(end + 1) == "else" {
            end = text.block_end(end + 1)?;
        }
        if !matches!(text.at(end + 1), "." | "?" | ",") {
            return Some(end);
        }
    }
    text.find(from, &[","])
}

/// `matches!(..., PATTERN if ...)`.
fn by_matches<'a>(text: &Text<'a>, at: usize, found: &mut Vec<Variable<'a>>) {
    let Some(close) = text.partner(at + 2).filter(|_| text.at(at + 1) == "!") else {
        return;
    };
    if let Some(comma) = text.find(at + 3, &[","]) {
        let pattern_end = text.find(comma, &["if"]).unwrap_or(close);
        bind(text, comma + 1..pattern_end, pattern_end..close, found);
    }
}

/// Whether the `|` at `at` begins a closure. Behind a value it is the operator.
fn begins_closure(text: &Text<'_>, at: usize) -> bool {
    let before = text.before(at);
    let value = at > 0 && text.is_name(at - 1)
        || before.ends_with([')', ']', '}', '?', '"', '\'', '#'])
        || before.starts_with(|c: char| c.is_numeric());
    !value
}

/// `|PATTERN: TYPE, ...| ...`: seen to the end of the statement or of the brackets around it. The number of its second `|`.
fn by_closure<'a>(text: &Text<'a>, at: usize, found: &mut Vec<Variable<'a>>) -> usize {
    let Some(close) = text.find(at + 1, &["|"]) else {
        return at;
    };
    let end = text.find(close + 1, &[";"]).unwrap_or(text.end_around(close));
    parameters(text, at + 1..close, close..end, found);
    close
}

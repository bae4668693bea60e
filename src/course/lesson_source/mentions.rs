//! Where a lesson file speaks of something, and of what.

use super::items::Kind;
use super::names::Names;
use super::search::{Meaning, Space, meaning};

/// A word of the file that stands for something.
pub struct Mention<'a> {
    /// Its token's number; of a path `a::b` the first one's.
    pub at: usize,
    /// What it stands for.
    pub meaning: Meaning<'a>,
}

/// Every mention in the file, in order.
pub fn mentions<'a>(names: &Names<'a>) -> Vec<Mention<'a>> {
    let mut mentions = Vec::new();
    for at in (0..names.text.len()).filter(|&at| !names.declares[at]) {
        let meaning = if names.text.is_name(at) {
            word(names, at)
        } else if names.text.tokens[at].is_literal() {
            quoted(names, at)
        } else {
            continue;
        };
        mentions.push(Mention { at, meaning });
    }
    mentions
}

/// What `name` stands for at the top of the file, where an exercise's function is looked for.
pub fn at_the_top<'a>(names: &Names<'a>, name: &'a str) -> Meaning<'a> {
    meaning(names, &[name], names.text.len(), Space::Other)
}

/// What the word at `at` stands for.
fn word<'a>(names: &Names<'a>, at: usize) -> Meaning<'a> {
    let text = &names.text;
    let (before, after) = (text.before(at), text.at(at + 1));
    let of_a_type = before == "::" && at >= 2 && text.at(at - 2) == ">";
    // `value.method(...)`, `<Type as Trait>::method`. Whose `value.field` is, the value says.
    if of_a_type || (before == "." && matches!(after, "(" | "::")) {
        return Meaning {
            method: Some(text.name(at)),
            ..Meaning::default()
        };
    }
    // The end of a path is looked for with its beginning.
    let in_a_path = before == "::" && at >= 2 && text.is_name(at - 2);
    // `name: ...` is a field or a parameter, `format!("...", name = ...)` an argument.
    let argument = matches!(before, "(" | ",") && after == "=" && text.at(at + 2) != "=";
    let given = after == ":" || argument;
    if before == "." || in_a_path || given {
        return Meaning::default();
    }
    let mut path = vec![text.name(at)];
    let mut end = at + 1;
    while text.at(end) == "::" && text.is_name(end + 1) {
        path.push(text.name(end + 1));
        end += 2;
    }
    let space = match text.at(end) {
        "!" => Space::Macro,
        // `Type::<u8>::new`.
        "::" => Space::Path,
        _ => Space::Other,
    };
    meaning(names, &path, at, space)
}

/// The file's own constants that the text in quotes at `at` may name: `format!("{byte:0WIDTH$x}")`.
fn quoted<'a>(names: &Names<'a>, at: usize) -> Meaning<'a> {
    let mut all = Meaning::default();
    let apart = |c: char| !(c.is_alphanumeric() || c == '_');
    let is_constant = |word: &str| {
        let mut items = names.items.iter();
        items.any(|item| item.kind == Kind::Value && item.name == word)
    };
    for word in names.text.at(at).split(apart) {
        let word = word.trim_start_matches(char::is_numeric);
        if is_constant(word) {
            all.items
                .append(&mut meaning(names, &[word], at, Space::Other).items);
        }
    }
    all
}

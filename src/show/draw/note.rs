//! What stands beside a row: what happened, in words, and the bytes as they are.

use messaging_lab::ground::ledger::{Change, Holding, Onlooker};
use messaging_lab::ground::scene::Sent;

use super::Style;
use crate::show::page::value::{Piece, Watched, counted, is_text, pieces, quoted};

/// How many bytes of a value are shown in hex.
const SHOWN_BYTES: usize = 16;

/// How many characters of a text are shown.
const SHOWN_TEXT: usize = 60;

/// What stands before a message that anybody can read.
pub const MARK: &str = "PLAINTEXT";

/// What happened, and the bytes it happened to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    words: String,
    /// The first bytes and how many there are in all; nothing where they are text, known or left out.
    hex: Option<(Vec<u8>, usize)>,
    /// What can be read in them.
    read: Vec<String>,
}

/// Of bytes that pass from one to the other.
pub fn of_sent(sent: &Sent, watched: &[Watched<'_>], style: Style) -> Note {
    let words = format!("{} sends to {}: {}", sent.from, sent.to, sent.what);
    note(words, &sent.bytes, watched, style, false)
}

/// Of bytes that `who` gets or loses. `known`: they were shown just before.
pub fn of_change(
    who: &[Onlooker],
    change: Change,
    holding: &Holding,
    watched: &[Watched<'_>],
    style: Style,
    known: bool,
) -> Note {
    let names: Vec<String> = who.iter().map(Onlooker::to_string).collect();
    let verb = match (change, who.len()) {
        (Change::Gains, 1) => "now holds",
        (Change::Gains, _) => "now hold",
        (Change::Loses, 1) => "no longer holds",
        (Change::Loses, _) => "no longer hold",
    };
    let words = format!("{} {verb} {}", names.join(" and "), holding.what);
    // A text that goes is told once more: which one it is stands nowhere else.
    let known = known && !(change == Change::Loses && is_text(&holding.bytes));
    note(words, &holding.bytes, watched, style, known)
}

/// What of the scene stands in any of several values, in one line for the messages and one for what is no text.
pub fn of_all(values: &[&[u8]], watched: &[Watched<'_>]) -> Vec<String> {
    let stands = |found: &&Watched<'_>| {
        let length = found.bytes.len();
        let mut values = values.iter();
        length > 0 && values.any(|bytes| bytes.windows(length).any(|part| part == found.bytes))
    };
    let found = || watched.iter().filter(stands);
    let messages: Vec<String> = found()
        .filter(|found| found.plaintext)
        .map(|found| quoted(found.bytes, SHOWN_TEXT))
        .collect();
    let names: Vec<&str> = found()
        .filter(|found| !is_text(found.bytes))
        .map(|found| found.name)
        .collect();
    let mut lines = Vec::new();
    if !messages.is_empty() {
        lines.push(format!("{MARK} {}", messages.join(", ")));
    }
    if !names.is_empty() {
        lines.push(format!("in it: {}", names.join(", ")));
    }
    lines
}

fn note(words: String, bytes: &[u8], watched: &[Watched<'_>], style: Style, known: bool) -> Note {
    if !style.bytes {
        return Note {
            words,
            hex: None,
            read: Vec::new(),
        };
    }
    let mut read = Vec::new();
    let mut named: Vec<&str> = Vec::new();
    let mut runs: Vec<String> = Vec::new();
    // A text with something in it that is no message stands there whole, not in parts.
    let parts = pieces(bytes, watched);
    let message = |piece: &Piece<'_>| matches!(piece, Piece::Watched(found) if found.plaintext);
    let parts = match is_text(bytes) && !parts.iter().any(message) {
        true => vec![Piece::Text(bytes)],
        false => parts,
    };
    for piece in parts {
        match piece {
            Piece::Watched(found) if named.contains(&found.name) => {}
            Piece::Watched(found) => {
                named.push(found.name);
                let within = if found.bytes.len() < bytes.len() {
                    "in it"
                } else {
                    "it is"
                };
                match (found.plaintext, is_text(found.bytes)) {
                    (true, _) => read.push(format!("{MARK} {}", quoted(found.bytes, SHOWN_TEXT))),
                    (false, true) => read.push(format!("readable: {}", quoted(found.bytes, SHOWN_TEXT))),
                    // What the words before said already needs no second name.
                    (false, false) if words.contains(found.name) => {}
                    (false, false) => read.push(format!("{within}: {}", found.name)),
                }
            }
            Piece::Text(text) if text.len() == bytes.len() => {
                read.push(format!("readable: {}", quoted(text, SHOWN_TEXT)));
            }
            Piece::Text(text) => runs.extend(without_padding(text)),
            Piece::Raw(_) => {}
        }
    }
    if !runs.is_empty() {
        read.push(format!("readable in it: {}", runs.join(", ")));
    }
    let hex = (!known && !is_text(bytes) && !bytes.is_empty())
        .then(|| (bytes[..bytes.len().min(SHOWN_BYTES)].to_vec(), bytes.len()));
    // What is text as a whole needs no count; what was just shown needs no second look.
    let words = match is_text(bytes) {
        true => words,
        false => format!("{words} ({})", counted(bytes.len())),
    };
    if known {
        read.retain(|line| !line.starts_with("readable"));
    }
    Note { words, hex, read }
}

impl Note {
    /// Its lines, at most `width` columns wide where words allow it.
    pub fn lines(&self, width: usize) -> Vec<String> {
        let mut lines = broken(&self.words, width, width.saturating_sub(2));
        for line in lines.iter_mut().skip(1) {
            line.insert_str(0, "  ");
        }
        if let Some((bytes, whole)) = &self.hex {
            lines.extend(dump(bytes, *whole, width));
        }
        for words in &self.read {
            for (number, part) in broken(words, width.saturating_sub(2), width.saturating_sub(4))
                .into_iter()
                .enumerate()
            {
                lines.push(format!("{}{part}", if number == 0 { "  " } else { "    " }));
            }
        }
        lines
    }
}

/// The first bytes of `whole` in hex, with the characters that they are: two digits a byte, a space between, and a
/// character, as many as there is room for, and at the end how many more there are.
fn dump(bytes: &[u8], whole: usize, width: usize) -> Vec<String> {
    let (per_row, indent) = match width {
        51.. => (16, "  "),
        27.. => (8, "  "),
        26 => (8, " "),
        _ => (4, "  "),
    };
    let digits_in_row = per_row.min(bytes.len()) * 2;
    let mut lines: Vec<String> = bytes
        .chunks(per_row)
        .map(|row| {
            let digits: String = row.iter().map(|byte| format!("{byte:02x}")).collect();
            let readable = |byte: &u8| if is_text(&[*byte]) { *byte as char } else { '.' };
            let characters: String = row.iter().map(readable).collect();
            format!("{indent}{digits:<digits_in_row$} {characters}")
        })
        .collect();
    if whole > bytes.len() {
        let more = format!("and {} more", whole - bytes.len());
        match lines.last_mut() {
            Some(last) if last.len() + 2 + more.len() <= width => {
                last.push_str("  ");
                last.push_str(&more);
            }
            _ => lines.push(format!("{indent}{more}")),
        }
    }
    lines
}

/// The texts in a run of readable bytes: two spaces or more are what a format fills its fields with, and one or two
/// characters between them are no text to speak of.
fn without_padding(run: &[u8]) -> Vec<String> {
    let run = String::from_utf8_lossy(run);
    let texts = run.split("  ").map(str::trim).filter(|text| text.len() > 2);
    texts.map(|text| quoted(text.as_bytes(), SHOWN_TEXT)).collect()
}

/// `words` in lines of at most `first`, then `rest` columns, broken between words. A longer word stays whole, unless it
/// is in quotes: then it is bytes, not a command to copy, and goes on in the next line.
pub fn broken(words: &str, first: usize, rest: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in words.split(' ').filter(|word| !word.is_empty()) {
        let room = |lines: &[String]| if lines.len() == 1 { first } else { rest };
        let last = lines.last_mut().expect("one line at least");
        if last.is_empty() {
            last.push_str(word);
        } else if last.chars().count() + 1 + word.chars().count() <= room(&lines) {
            let last = lines.last_mut().expect("one line at least");
            last.push(' ');
            last.push_str(word);
        } else {
            lines.push(word.to_string());
        }
        while let Some(last) = lines.last().filter(|_| word.starts_with('"')) {
            let room = room(&lines).max(1);
            let Some((cut, _)) = last.char_indices().nth(room) else {
                break;
            };
            let behind = lines.last_mut().expect("one line at least").split_off(cut);
            lines.push(behind);
        }
    }
    lines
}

//! What stands beside a row: what happened, in words, and the bytes as they are.

use messaging_lab::ground::ledger::{Change, Holding, Onlooker};
use messaging_lab::ground::scene::Sent;

use super::Style;
use crate::show::page::value::{Piece, Watched, counted, is_text, pieces, quoted};

/// How many bytes of a value are shown in hex.
const SHOWN_BYTES: usize = 16;

/// How many characters of a text are shown.
const SHOWN_TEXT: usize = 60;

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
    note(words, &holding.bytes, watched, style, known)
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
    for piece in pieces(bytes, watched) {
        match piece {
            Piece::Watched(found) if named.contains(&found.name) => {}
            Piece::Watched(found) => {
                named.push(found.name);
                let within = if found.bytes.len() < bytes.len() {
                    "in it"
                } else {
                    "it is"
                };
                read.push(match (found.plaintext, is_text(found.bytes)) {
                    (true, _) => format!("PLAINTEXT {}", quoted(found.bytes, SHOWN_TEXT)),
                    (false, true) => format!("readable: {}", quoted(found.bytes, SHOWN_TEXT)),
                    (false, false) => format!("{within}: {}", found.name),
                });
            }
            Piece::Text(text) if text.len() == bytes.len() => {
                read.push(format!("readable: {}", quoted(text, SHOWN_TEXT)));
            }
            Piece::Text(text) => read.push(format!("readable in it: {}", quoted(text, SHOWN_TEXT))),
            Piece::Raw(_) => {}
        }
    }
    let hex = (!known && !is_text(bytes) && !bytes.is_empty())
        .then(|| (bytes[..bytes.len().min(SHOWN_BYTES)].to_vec(), bytes.len()));
    // What is text as a whole needs no count; what was just shown needs no second look.
    let words = match is_text(bytes) {
        true => words,
        false => format!("{words} ({})", counted(bytes.len())),
    };
    if known {
        read.retain(|line| line.starts_with("PLAINTEXT"));
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
            // Two digits a byte, a space between, and a character: as many as there is room for.
            let per_row = match width {
                51.. => 16,
                27.. => 8,
                _ => 4,
            };
            for row in bytes.chunks(per_row) {
                let digits: String = row.iter().map(|byte| format!("{byte:02x}")).collect();
                let characters: String = row
                    .iter()
                    .map(|byte| {
                        if matches!(byte, b' '..=b'~') {
                            *byte as char
                        } else {
                            '.'
                        }
                    })
                    .collect();
                lines.push(format!("  {digits:<0$} {characters}", per_row * 2));
            }
            if *whole > bytes.len() {
                lines.push(format!("  .. {} more", whole - bytes.len()));
            }
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

/// `words` in lines of at most `first`, then `rest` columns, broken between words; a longer word stays whole.
pub fn broken(words: &str, first: usize, rest: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in words.split(' ').filter(|word| !word.is_empty()) {
        let room = if lines.len() == 1 { first } else { rest };
        let last = lines.last_mut().expect("one line at least");
        if last.is_empty() {
            last.push_str(word);
        } else if last.chars().count() + 1 + word.chars().count() <= room {
            last.push(' ');
            last.push_str(word);
        } else {
            lines.push(word.to_string());
        }
    }
    lines
}

//! The stories of the lessons, played by the models, and the ledger they leave.
//!
//! A [`Scene`] is a run: the models did what its story says, at the seconds it says, and whatever became visible to an
//! onlooker stands in its ledger. Nothing in a ledger is typed in by hand. `cargo run -- show LESSON` prints it, the
//! predict and explain exercises ask about it, and their checks look the answers up in the same ledger.

use std::fmt::Write;

use messaging_lab::ground::hex::bytes_to_hex;
use messaging_lab::ground::ledger::{Change, Holding, Onlooker};
use messaging_lab::ground::scene::{Scene, seconds};

pub mod cards;
pub mod heard;
pub mod listen;
// Lesson 05's check uses the rest of it.
#[allow(dead_code)]
pub mod own_envelopes;
pub mod page;
pub mod scenes;
#[allow(dead_code)] // TODO draw
pub mod steps;

#[cfg(test)]
mod tests;

use scenes::{
    bytes, clocks, compare, erasure, frames, handshake, healing, keys, ratchet, relay, seal, timer, words,
};

/// A lesson's name, and how its scene is played.
pub type Playable = (&'static str, fn() -> Scene);

/// The lessons that have a scene, in order.
pub const SCENES: &[Playable] = &[
    ("bytes", bytes::scene),
    ("timer", timer::scene),
    ("clocks", clocks::scene),
    ("erasure", erasure::scene),
    ("seal", seal::scene),
    ("relay", relay::scene),
    ("ratchet", ratchet::scene),
    ("healing", healing::scene),
    ("keys", keys::scene),
    ("handshake", handshake::scene),
    ("words", words::scene),
    ("compare", compare::scene),
    ("frames", frames::scene),
];

/// The scene of a lesson, played anew: the same every time.
pub fn scene(lesson: &str) -> Option<Scene> {
    SCENES
        .iter()
        .find(|(name, _)| *name == lesson)
        .map(|(_, play)| play())
}

/// The scene as plain lines: the story and the ledger together in order of time, then who holds what at the end.
///
/// ASCII only; a line that begins with a second is the story, an indented one the ledger.
pub fn plain_lines(scene: &Scene) -> String {
    let mut text = format!("{}: {}\n\n", scene.lesson, scene.title);
    let mut story = scene.story.iter().peekable();
    let history = scene.ledger.history();
    // Several onlookers to whom the same happens with the same bytes share a line.
    for alike in history.chunk_by(|(at, change, one), (then, other_change, other)| {
        (at, change, &one.what, &one.bytes) == (then, other_change, &other.what, &other.bytes)
    }) {
        let (at, change, holding) = alike[0];
        while let Some((time, words)) = story.next_if(|(time, _)| *time <= at) {
            let _ = writeln!(text, "second {:<9} {words}", seconds(*time));
        }
        let who: Vec<String> = alike
            .iter()
            .map(|(.., holding)| holding.onlooker.to_string())
            .collect();
        let verb = match (change, who.len()) {
            (Change::Gains, 1) => "now holds",
            (Change::Gains, _) => "now hold",
            (Change::Loses, 1) => "no longer holds",
            (Change::Loses, _) => "no longer hold",
        };
        let _ = writeln!(
            text,
            "  second {:<7} {} {verb} {}: {}{}",
            seconds(at),
            who.join(" and "),
            holding.what,
            readable(&holding.bytes, &scene.watched),
            inside(scene, holding)
        );
    }
    for (time, words) in story {
        let _ = writeln!(text, "second {:<9} {words}", seconds(*time));
    }
    text.push('\n');
    for (name, bytes) in &scene.watched {
        let holders: Vec<String> = scene
            .ledger
            .holders_of(bytes, scene.end)
            .iter()
            .map(Onlooker::to_string)
            .collect();
        let who = if holders.is_empty() {
            "nobody".to_string()
        } else {
            holders.join(", ")
        };
        let _ = writeln!(
            text,
            "At the end (second {}) {name} is held by: {who}",
            seconds(scene.end)
        );
    }
    text
}

/// Which of the watched bytes stand inside a holding, where it is more than they are.
fn inside(scene: &Scene, holding: &Holding) -> String {
    scene
        .watched
        .iter()
        .filter(|(_, bytes)| holding.bytes != *bytes && holding.contains(bytes))
        .map(|(name, _)| format!(", {name} is in it"))
        .collect()
}

/// How many characters of one run of text a line shows.
const SHOWN_TEXT: usize = 48;

/// How many bytes of a holding without text a line shows, in hex.
const SHOWN_BYTES: usize = 16;

/// Runs of printable characters shorter than this are taken for chance, not for text.
const SHORTEST_TEXT: usize = 5;

/// Bytes as a reader can take them in: text in quotes, everything between counted; hex where there is no text at all.
/// `watched` bytes stand apart from a letter beside them that is one by chance.
pub fn readable(bytes: &[u8], watched: &[(&str, Vec<u8>)]) -> String {
    let printable = |byte: &u8| matches!(byte, b' '..=b'~');
    let mut parts = Vec::new();
    let mut between = 0;
    let runs = cut_out(bytes, watched)
        .into_iter()
        .flat_map(|piece| piece.chunk_by(|a, b| printable(a) == printable(b)));
    for run in runs {
        let is_text = printable(&run[0]) && (run.len() >= SHORTEST_TEXT || run.len() == bytes.len());
        if !is_text {
            between += run.len();
            continue;
        }
        if between > 0 {
            parts.push(format!("<{between}>"));
            between = 0;
        }
        let shown = &run[..run.len().min(SHOWN_TEXT)];
        let more = match run.len() - shown.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        parts.push(format!("\"{}\"{more}", String::from_utf8_lossy(shown)));
    }
    if parts.is_empty() {
        let shown = &bytes[..bytes.len().min(SHOWN_BYTES)];
        let more = if shown.len() < bytes.len() { ".." } else { "" };
        parts.push(format!("{}{more}", bytes_to_hex(shown)));
    } else if between > 0 {
        parts.push(format!("<{between}>"));
    }
    format!("{} ({} bytes)", parts.join(" "), bytes.len())
}

/// The pieces of `bytes`: those that are watched, and what stands before, between and behind them.
fn cut_out<'a>(bytes: &'a [u8], watched: &[(&str, Vec<u8>)]) -> Vec<&'a [u8]> {
    let mut pieces = Vec::new();
    let mut rest = bytes;
    let first_in = |rest: &[u8]| {
        let places = watched.iter().filter(|(_, wanted)| !wanted.is_empty());
        places
            .filter_map(|(_, wanted)| {
                let at = rest.windows(wanted.len()).position(|part| part == wanted)?;
                Some((at, at + wanted.len()))
            })
            .min()
    };
    while let Some((from, to)) = first_in(rest) {
        pieces.extend([&rest[..from], &rest[from..to]]);
        rest = &rest[to..];
    }
    pieces.push(rest);
    pieces
}

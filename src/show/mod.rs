//! The stories of the lessons, played by the models, and the ledger they leave.
//!
//! A [`Scene`] is a run: the models did what its story says, at the seconds it says, and whatever became visible to an
//! onlooker stands in its ledger. Nothing in a ledger is typed in by hand. `cargo run -- show LESSON` prints it, the
//! predict and explain exercises ask about it, and their checks look the answers up in the same ledger.

use std::fmt::Write;

use crate::ground::clock::Millis;
use crate::ground::hex::bytes_to_hex;
use crate::ground::ledger::{Change, Ledger, Onlooker};

mod bytes;
mod clocks;
mod relay;
mod timer;

/// A run of a lesson's models.
#[derive(Clone, Debug)]
pub struct Scene {
    /// The lesson it belongs to.
    pub lesson: &'static str,
    /// What it shows, in a sentence.
    pub title: &'static str,
    /// What people did: (milliseconds from the beginning, in words).
    pub story: Vec<(Millis, String)>,
    /// Who held what, in milliseconds from the beginning.
    pub ledger: Ledger,
    /// The bytes that the scene is about, each with a name: the last lines say who holds them at the end.
    pub watched: Vec<(&'static str, Vec<u8>)>,
    /// When the scene ends.
    pub end: Millis,
}

/// The names of the lessons that have a scene.
pub const SCENES: [&str; 4] = ["bytes", "timer", "clocks", "relay"];

/// The scene of a lesson, played anew: the same every time.
pub fn scene(lesson: &str) -> Option<Scene> {
    match lesson {
        "bytes" => Some(bytes::scene()),
        "timer" => Some(timer::scene()),
        "clocks" => Some(clocks::scene()),
        "relay" => Some(relay::scene()),
        _ => None,
    }
}

/// The scene as plain lines: the story and the ledger together in order of time, then who holds what at the end.
///
/// ASCII only; a line that begins with a second is the story, an indented one the ledger.
pub fn plain_lines(scene: &Scene) -> String {
    let mut text = format!("{}: {}\n\n", scene.lesson, scene.title);
    let mut story = scene.story.iter().peekable();
    for (at, change, holding) in scene.ledger.history() {
        while let Some((time, words)) = story.next_if(|(time, _)| *time <= at) {
            let _ = writeln!(text, "second {:<9} {words}", seconds(*time));
        }
        let verb = match change {
            Change::Gains => "now holds",
            Change::Loses => "no longer holds",
        };
        let _ = writeln!(
            text,
            "  second {:<7} {} {verb} {}: {}",
            seconds(at),
            holding.onlooker,
            holding.what,
            readable(&holding.bytes)
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

/// Milliseconds as seconds: `5`, or `5.250` where it is no whole number.
pub fn seconds(time: Millis) -> String {
    match time % 1000 {
        0 => (time / 1000).to_string(),
        rest => format!("{}.{rest:03}", time / 1000),
    }
}

/// How many bytes of a holding a line shows as text, and how many as hex.
const SHOWN_TEXT: usize = 48;
const SHOWN_HEX: usize = 16;

/// Bytes as a reader can take them in: in quotes, with a dot for what is no letter, if somebody could read eight letters
/// in a row there; else in hex. A long one is cut short.
pub fn readable(bytes: &[u8]) -> String {
    let is_letter = |byte: &u8| matches!(byte, b' '..=b'~');
    let legible = bytes.is_empty()
        || bytes.iter().all(is_letter)
        || bytes.windows(8).any(|run| run.iter().all(is_letter));
    let shown = &bytes[..bytes.len().min(if legible { SHOWN_TEXT } else { SHOWN_HEX })];
    let more = if shown.len() < bytes.len() { " ..." } else { "" };
    let text = if legible {
        let dotted: String = shown
            .iter()
            .map(|byte| if is_letter(byte) { char::from(*byte) } else { '.' })
            .collect();
        format!("\"{dotted}\"")
    } else {
        format!("hex {}", bytes_to_hex(shown))
    };
    format!("{text}{more} ({} bytes)", bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scene_plays_the_same_twice_and_prints_as_ascii() {
        for name in SCENES {
            let lines = plain_lines(&scene(name).unwrap());
            assert_eq!(lines, plain_lines(&scene(name).unwrap()), "{name}");
            assert!(
                lines.is_ascii() && lines.contains("At the end"),
                "{name}:\n{lines}"
            );
        }
        assert!(scene("nothing").is_none());
    }

    #[test]
    fn story_and_ledger_are_told_in_order_of_time() {
        for name in SCENES {
            let scene = scene(name).unwrap();
            assert!(
                scene.story.is_sorted_by_key(|(time, _)| *time),
                "{name}: the story jumps back"
            );
            assert!(
                scene.ledger.history().iter().all(|(at, ..)| *at <= scene.end),
                "{name}: the end comes too early"
            );
        }
    }
}

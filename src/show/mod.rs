//! The stories of the lessons, played by the models, and the ledger they leave.
//!
//! A [`Scene`] is a run: the models did what its story says, at the seconds it says, and whatever became visible to an
//! onlooker stands in its ledger. Nothing in a ledger is typed in by hand. `cargo run -- show LESSON` prints it, the
//! predict and explain exercises ask about it, and their checks look the answers up in the same ledger.

use std::fmt::Write;

use crate::ground::clock::Millis;
use crate::ground::hex::bytes_to_hex;
use crate::ground::ledger::{Change, Holding, Ledger, Onlooker};

pub mod bytes;
pub mod cards;
pub mod clocks;
pub mod compare;
pub mod erasure;
pub mod frames;
pub mod handshake;
pub mod healing;
pub mod heard;
pub mod keys;
pub mod own_envelopes;
pub mod ratchet;
pub mod relay;
pub mod seal;
pub mod timer;
pub mod words;

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

/// Milliseconds as seconds: `5`, or `5.250` where it is no whole number.
pub fn seconds(time: Millis) -> String {
    match time % 1000 {
        0 => (time / 1000).to_string(),
        rest => format!("{}.{rest:03}", time / 1000),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scene_plays_the_same_twice_and_prints_as_ascii() {
        for (name, _) in SCENES {
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
        for (name, _) in SCENES {
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

    #[test]
    fn text_is_shown_and_everything_else_is_counted() {
        assert_eq!(readable(b"ok", &[]), "\"ok\" (2 bytes)");
        assert_eq!(
            readable(b"\0\x01a\0meet at ten\xff", &[]),
            "<4> \"meet at ten\" <1> (16 bytes)"
        );
        assert_eq!(
            readable(&[0xd5; 20], &[]),
            format!("{}.. (20 bytes)", "d5".repeat(16))
        );
        assert_eq!(readable(b"", &[]), " (0 bytes)");
        assert!(readable(&[b'a'; 50], &[]).contains(" and 2 more"));
    }

    #[test]
    fn a_letter_beside_a_watched_text_is_not_taken_for_its_end() {
        let watched = [("the text", b"meet at ten".to_vec())];
        let record = b"\0\0Gmeet at ten1H\0meet at ten";
        assert_eq!(
            readable(record, &watched),
            "<3> \"meet at ten\" <3> \"meet at ten\" (28 bytes)"
        );
        assert_eq!(
            readable(record, &[]),
            "<2> \"Gmeet at ten1H\" <1> \"meet at ten\" (28 bytes)"
        );
    }

    #[test]
    fn onlookers_who_gain_or_lose_the_same_share_a_line() {
        let mut ledger = Ledger::new();
        let copies = [Onlooker::BobPhone, Onlooker::BobDisk]
            .map(|onlooker| ledger.gains(1_000, onlooker, "a text", b"apples"));
        copies.into_iter().for_each(|copy| ledger.loses(2_000, copy));
        ledger.gains(2_000, Onlooker::Backup, "a copy", b"apples");
        let scene = Scene {
            lesson: "demo",
            title: "one text",
            story: vec![(2_000, "Its time is over.".to_string())],
            ledger,
            watched: Vec::new(),
            end: 3_000,
        };
        let lines = plain_lines(&scene);
        assert_eq!(
            lines.lines().skip(2).collect::<Vec<_>>(),
            [
                "  second 1       Bob's phone and Bob's disk now hold a text: \"apples\" (6 bytes)",
                "second 2         Its time is over.",
                "  second 2       Bob's phone and Bob's disk no longer hold a text: \"apples\" (6 bytes)",
                "  second 2       backup now holds a copy: \"apples\" (6 bytes)",
                "",
            ]
        );
    }
}

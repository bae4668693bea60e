//! A scene: one run of the models, told as a story, and the ledger that it left.
//!
//! Scenes are played in src/show; a lesson's picture is drawn from one and its predict exercise asks about one. Here is
//! only what a scene is made of.

use super::clock::Millis;
use super::ledger::{Ledger, Onlooker};

/// A run of a lesson's models.
#[derive(Clone, Debug)]
pub struct Scene {
    /// The lesson it belongs to.
    pub lesson: &'static str,
    /// What it shows, in a sentence.
    pub title: &'static str,
    /// The seeds that its keys, nonces and choices are drawn from; none where it draws nothing.
    pub seeds: &'static [u64],
    /// What people did: (milliseconds from the beginning, in words).
    pub story: Vec<(Millis, String)>,
    /// Who handed which bytes to whom, in order of time.
    pub sent: Vec<Sent>,
    /// Who held what, in milliseconds from the beginning.
    pub ledger: Ledger,
    /// The bytes that the scene is about, each with a name: the last lines say who holds them at the end.
    pub watched: Vec<(&'static str, Vec<u8>)>,
    /// Its chapters, in order of time, the first from 0: a long run is looked at one chapter after the other.
    pub chapters: Vec<Chapter>,
    /// When the scene ends.
    pub end: Millis,
}

/// Bytes on their way from one onlooker to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// When.
    pub at: Millis,
    /// Who sends them.
    pub from: Onlooker,
    /// Who gets them.
    pub to: Onlooker,
    /// What they are, in a few words.
    pub what: String,
    /// The bytes themselves.
    pub bytes: Vec<u8>,
}

impl Sent {
    /// `bytes` on their way, called `what`.
    pub fn new(at: Millis, from: Onlooker, to: Onlooker, what: &str, bytes: &[u8]) -> Self {
        Sent {
            at,
            from,
            to,
            what: what.to_string(),
            bytes: bytes.to_vec(),
        }
    }
}

/// A stretch of a scene.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// Its name, one word: what `cargo run -- show LESSON CHAPTER` is told.
    pub name: &'static str,
    /// What it shows, in a sentence.
    pub title: &'static str,
    /// The first millisecond that belongs to it; it goes on to the next part's.
    pub from: Millis,
}

impl Chapter {
    /// A chapter that begins at `from`.
    pub const fn new(name: &'static str, title: &'static str, from: Millis) -> Self {
        Chapter { name, title, from }
    }
}

/// Milliseconds as seconds: `5`, or `5.250` where it is no whole number.
pub fn seconds(time: Millis) -> String {
    match time % 1000 {
        0 => (time / 1000).to_string(),
        rest => format!("{}.{rest:03}", time / 1000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_whole_where_they_can_be() {
        assert_eq!(seconds(5_000), "5");
        assert_eq!(seconds(5_250), "5.250");
    }
}

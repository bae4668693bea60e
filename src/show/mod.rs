//! The stories of the lessons, played by the models, and the ledger they leave.
//!
//! A [`Scene`] is a run: the models did what its story says, at the seconds it says, and whatever became visible to an
//! onlooker stands in its ledger. Nothing in a ledger is typed in by hand. `cargo run -- show LESSON` draws it, the
//! predict and explain exercises ask about it, and their checks look the answers up in the same ledger.

use std::sync::OnceLock;

use messaging_lab::ground::scene::Scene;

pub mod anatomy;
pub mod cards;
pub mod draw;
pub mod heard;
pub mod listen;
// Lesson 05's check uses the rest of it.
#[allow(dead_code)]
pub mod own_envelopes;
pub mod page;
pub mod scenes;
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

/// The scene of a lesson. It is the same each time it is played, so it is played once.
pub fn scene(lesson: &str) -> Option<Scene> {
    static PLAYED: [OnceLock<Scene>; SCENES.len()] = [const { OnceLock::new() }; SCENES.len()];
    let place = SCENES.iter().position(|(name, _)| *name == lesson)?;
    Some(PLAYED[place].get_or_init(SCENES[place].1).clone())
}

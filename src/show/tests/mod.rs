//! The room held to what it promises: scenes first, each in a file of its own.

mod anatomy;
mod compare;
mod docs;
mod draw;
mod erasure;
mod handshake;
mod healing;
mod keys;
mod own_envelopes;
mod page;
mod ratchet;
mod ratchet_keys;
mod screens;
mod sendings;
mod sound;
mod timer;
mod words;

use super::*;

/// Every scene, played once for all tests that only look.
fn played() -> &'static [Scene] {
    static PLAYED: std::sync::OnceLock<Vec<Scene>> = std::sync::OnceLock::new();
    PLAYED.get_or_init(|| SCENES.iter().map(|(_, play)| play()).collect())
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

//! The room held to what it promises: scenes first, each in a file of its own.

mod compare;
mod draw;
mod erasure;
mod handshake;
mod healing;
mod keys;
mod own_envelopes;
mod ratchet;
mod sendings;
mod timer;
mod words;

use super::*;

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

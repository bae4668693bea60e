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

/// Every scene.
fn played() -> &'static [Scene] {
    static PLAYED: OnceLock<Vec<Scene>> = OnceLock::new();
    PLAYED.get_or_init(|| SCENES.iter().filter_map(|(name, _)| scene(name)).collect())
}

/// The one section that these pages have of a lesson: what stands in it.
fn only(mut sections: Vec<crate::show::page::Section>) -> String {
    assert_eq!(sections.len(), 1, "one section");
    sections.remove(0).body
}

/// What stands between `before` and the next `after`, everywhere.
fn between<'a>(html: &'a str, before: &str, after: &str) -> Vec<&'a str> {
    html.split(before)
        .skip(1)
        .map(|rest| rest.split(after).next().unwrap())
        .collect()
}

#[test]
fn every_scene_is_the_same_when_it_is_played_again() {
    for (one, (name, play)) in played().iter().zip(SCENES) {
        let other = play();
        assert_eq!(one.lesson, *name);
        assert_eq!((one.title, one.end), (other.title, other.end), "{name}");
        assert!(one.story == other.story && one.sent == other.sent, "{name}");
        assert!(one.ledger.holdings() == other.ledger.holdings(), "{name}");
        assert!(one.ledger.history() == other.ledger.history(), "{name}");
        assert!(
            one.watched == other.watched && one.chapters == other.chapters,
            "{name}"
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

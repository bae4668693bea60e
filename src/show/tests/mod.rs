//! The room held to what it promises: scenes first, each in a file of its own.

mod compare;
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
use messaging_lab::ground::ledger::Ledger;
use messaging_lab::ground::scene::Chapter;

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
        seeds: &[],
        sent: Vec::new(),
        chapters: vec![Chapter {
            name: "all",
            title: "the whole run",
            from: 0,
        }],
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

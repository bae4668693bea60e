//! Lesson 00's scene: one message on its way into a file, and what one changed bit does to its digest.

use messaging_lab::crypto::sha256::sha256;
use messaging_lab::ground::clock::ControlledClock;
use messaging_lab::ground::ledger::{Ledger, Onlooker};
use messaging_lab::ground::scene::{Chapter, Scene};
use messaging_lab::store::{ChatId, MessageStore};

/// Nothing here is drawn by chance.
pub const SEEDS: [u64; 0] = [];

const CHAPTERS: [Chapter; 1] = [Chapter::new(
    "digest",
    "a digest, before and after one bit is changed",
    0,
)];

/// Bob's phone receives a text; its digest before and after a bit of it is changed.
pub fn scene() -> Scene {
    let clock = ControlledClock::new(0);
    let mut ledger = Ledger::new();
    let mut store = MessageStore::new(clock.clone());
    let body = b"meet at ten";
    let shown = store
        .receive(ChatId(1), body)
        .and_then(|id| store.read(id).map(<[u8]>::to_vec))
        .unwrap_or_default();
    ledger.gains(0, Onlooker::BobPhone, "the message, displayed", &shown);
    let digest = sha256(&shown);
    ledger.gains(0, Onlooker::BobPhone, "its digest", &digest);
    clock.advance(1000);
    let mut flipped = shown.clone();
    flipped[0] ^= 1;
    ledger.gains(1000, Onlooker::BobPhone, "a copy with one bit changed", &flipped);
    let other = sha256(&flipped);
    ledger.gains(1000, Onlooker::BobPhone, "the copy's digest", &other);
    let differ: u32 = digest.iter().zip(other).map(|(a, b)| (a ^ b).count_ones()).sum();
    Scene {
        seeds: &SEEDS,
        // Nothing leaves the phone, and whoever wrote the text is not in the picture.
        sent: Vec::new(),
        chapters: CHAPTERS.to_vec(),
        lesson: "bytes",
        title: "a message, its digest, and one changed bit",
        story: vec![
            (0, "Bob's phone receives a text and displays it.".to_string()),
            (
                1000,
                format!("One bit of a copy is changed: {differ} of the digest's 256 bits change with it."),
            ),
        ],
        ledger,
        watched: vec![("the text", body.to_vec())],
        end: 1000,
    }
}

//! Lesson 10, no_commitment: planted wrong answers.

use std::cell::RefCell;
use std::collections::HashMap;

use messaging_lab::course::student::Planted;
use messaging_lab::crypto::x25519::public_key;

use super::super::{Key, Keys, Uncommitted, alice_shows, bob_shows, same_start};

/// What Alice's phone and Bob's show for each candidate, in order, as far as anybody has looked.
type Shown = Vec<(u32, u32)>;

thread_local! {
    /// All wrong answers are asked the same questions, and it is the Diffie-Hellmans that take time.
    static SHOWN: RefCell<HashMap<Uncommitted, Shown>> = RefCell::new(HashMap::new());
}

/// The private key with this number.
fn candidate(number: usize) -> Key {
    let mut key = [0x31; 32];
    key[16..24].copy_from_slice(&(number as u64).to_be_bytes());
    key
}

/// What the two phones show for the candidate with this number.
fn shows(call: &Uncommitted, number: usize) -> (u32, u32) {
    SHOWN.with_borrow_mut(|known| {
        let shown = known.entry(call.clone()).or_default();
        while shown.len() <= number {
            let key = candidate(shown.len());
            shown.push((alice_shows(&call.0, &key), bob_shows(&call.1, &key)));
        }
        shown[number]
    })
}

/// The numbers of the first two candidates, one for each side, of which `fits` says so; `fits` sees what Alice's phone shows
/// for the one and what Bob's shows for the other.
fn pair(call: &Uncommitted, fits: impl Fn(u32, u32) -> bool) -> (usize, usize) {
    let mut all: Vec<(u32, u32)> = Vec::new();
    for number in 0.. {
        let newest = shows(call, number);
        all.push(newest);
        for (before, older) in all.iter().enumerate() {
            if fits(newest.0, older.1) {
                return (number, before);
            }
            if fits(older.0, newest.1) {
                return (before, number);
            }
        }
    }
    unreachable!("there are enough")
}

fn keys((for_alice, for_bob): (usize, usize)) -> Keys {
    (candidate(for_alice), candidate(for_bob))
}

pub fn no_commitment() -> Vec<Planted<Uncommitted, Keys>> {
    vec![
        Planted {
            name: "no-search",
            about: "they agree no better than by chance: either there was no search, or it compared something else than the \
                    first bits of what the two phones show",
            answer: |_| keys((0, 1)),
        },
        Planted {
            name: "zeros",
            about: "twice the same key: what is shown depends on more than your key; and a search that has found nothing yet goes \
                    on",
            answer: |_| ([0; 32], [0; 32]),
        },
        Planted {
            name: "gave-up",
            about: "it stopped after 2^(bits/2) keys on each side; that often suffices, and often it does not",
            answer: |call| {
                let all: Vec<_> = (0..1 << (call.2 / 2))
                    .map(|number| shows(&call, number))
                    .collect();
                let fitting = |hers: u32| all.iter().position(|(_, his)| same_start(hers, *his, call.2));
                let found = all
                    .iter()
                    .enumerate()
                    .find_map(|(for_alice, (hers, _))| Some((for_alice, fitting(*hers)?)));
                keys(found.unwrap_or((0, 1)))
            },
        },
        Planted {
            name: "publics-given",
            about: "the public halves came back: with the private ones you can read, with these you cannot",
            answer: |call| {
                let (for_alice, for_bob) = keys(pair(&call, |hers, his| same_start(hers, his, call.2)));
                (public_key(&for_alice), public_key(&for_bob))
            },
        },
        Planted {
            name: "turned",
            about: "the two keys are the wrong way round: Alice's side comes first",
            answer: |call| {
                let (for_alice, for_bob) = keys(pair(&call, |hers, his| same_start(hers, his, call.2)));
                (for_bob, for_alice)
            },
        },
        Planted {
            name: "one-phone-twice",
            about: "two keys with which ALICE'S phone shows the same; the second one is for Bob's phone",
            answer: |call| {
                let mut hers: Vec<u32> = Vec::new();
                let found = (0..).find_map(|number| {
                    let newest = shows(&call, number).0;
                    let before = hers.iter().position(|older| same_start(*older, newest, call.2));
                    hers.push(newest);
                    Some((number, before?))
                });
                keys(found.expect("there are enough"))
            },
        },
        Planted {
            name: "last-bits",
            about: "the last bits were compared: people are shown the first ones, so shift the others out",
            answer: |call| keys(pair(&call, |hers, his| (hers ^ his) << (32 - call.2) == 0)),
        },
        Planted {
            name: "one-bit-short",
            about: "the last of the bits that count was not compared: `value >> (32 - bits)` leaves them all",
            answer: |call| {
                let short = |hers: u32, his: u32| (hers ^ his).leading_zeros() + 1 == call.2;
                keys(pair(&call, |hers, his| {
                    short(hers, his) || same_start(hers, his, call.2)
                }))
            },
        },
        Planted {
            name: "first-word-only",
            about: "only eight bits were compared: one word of two",
            answer: |call| keys(pair(&call, |hers, his| same_start(hers, his, 8))),
        },
        Planted {
            name: "whole-digits",
            about: "whole digits were compared, of four bits each: what is left of `bits` behind them counts too",
            answer: |call| keys(pair(&call, |hers, his| same_start(hers, his, call.2 / 4 * 4))),
        },
        Planted {
            name: "nothing-beyond-sixteen",
            about: "it finds what is to be found for sixteen bits and fewer: either it ran out of keys (how many can your \
                    counter tell apart?), or a number of 16 bits does not hold what is compared",
            answer: |call| match call.2 {
                ..=16 => keys(pair(&call, |hers, his| same_start(hers, his, call.2))),
                _ => keys((0, 1)),
            },
        },
        Planted {
            name: "shift-by-bits",
            about: "`value >> bits` leaves 32 - bits bits, of twenty only twelve: `value >> (32 - bits)` leaves `bits`",
            // For sixteen bits and fewer it compares more than it has to, and what it finds works.
            answer: |call| {
                let compared = call.2.min(32 - call.2);
                keys(pair(&call, |hers, his| same_start(hers, his, compared)))
            },
        },
        Planted {
            name: "sixteen-always",
            about: "sixteen bits were compared where people compare twenty: `bits` says how many",
            answer: |call| keys(pair(&call, |hers, his| same_start(hers, his, 16))),
        },
        Planted {
            name: "twelve-always",
            about: "twelve bits were compared where people compare more: `bits` says how many",
            answer: |call| keys(pair(&call, |hers, his| same_start(hers, his, 12))),
        },
    ]
}

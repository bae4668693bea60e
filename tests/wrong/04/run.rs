//! Lesson 04, predict: planted wrong predictions.

use messaging_lab::course::student::Planted;
use messaging_lab::ground::ledger::{Onlooker, Witness};

use Onlooker::{BobPhone, Relay};
use Witness::{Holds, Nobody};

use super::super::Prediction;

/// Every statement settled, but for one.
fn but(number: usize, witness: Witness) -> Prediction {
    let mut witnesses = [
        Holds(BobPhone, 3),
        Nobody,
        Nobody,
        Holds(Relay, 15),
        Holds(Relay, 18),
        Nobody,
    ];
    witnesses[number - 1] = witness;
    ([Some(true); 6], witnesses.map(Some))
}

pub fn predict() -> Vec<Planted<(), Prediction>> {
    vec![
        Planted {
            name: "hidden-is-locked",
            about: "a text that nobody can read was taken for one that nobody can change: without a tag it opens changed",
            answer: |()| but(1, Nobody),
        },
        Planted {
            name: "who-changes-sees",
            about: "the relay changes the text without seeing it; the statement asks whose phone shows it",
            answer: |()| but(1, Holds(Relay, 3)),
        },
        Planted {
            name: "too-late",
            about: "it is true then too, but the statement speaks of the time before Alice seals anything",
            answer: |()| but(1, Holds(BobPhone, 20)),
        },
        Planted {
            name: "the-tag-lets-it-pass",
            about: "a changed byte was taken to pass under a tag as it does without one",
            answer: |()| but(2, Holds(BobPhone, 8)),
        },
        Planted {
            name: "the-header-is-decoration",
            about: "the tag covers the header too, hidden or not: with a byte changed, another header or half a tag nothing opens",
            answer: |()| but(3, Holds(BobPhone, 9)),
        },
        Planted {
            name: "after-all-is-before",
            about: "that is when the untouched packet came; the statement speaks of the time before it",
            answer: |()| but(3, Holds(BobPhone, 11)),
        },
        Planted {
            name: "two-ciphertexts-say-nothing",
            about: "one ciphertext says nothing; two under one nonce give the xor of their texts to everybody who has both",
            answer: |()| but(4, Nobody),
        },
        Planted {
            name: "sealed-stays-sealed",
            about: "the second text under a nonce is safe only as long as nobody knows the first",
            answer: |()| but(5, Nobody),
        },
        Planted {
            name: "the-xor-is-the-text",
            about: "the xor of two texts is neither of them yet: one of the two has to be known",
            answer: |()| but(5, Holds(Relay, 15)),
        },
        Planted {
            name: "the-key-leaks",
            about: "a nonce used twice gives keystream and texts away, not the key they were made with",
            answer: |()| but(6, Holds(Relay, 18)),
        },
        Planted {
            name: "nobody-ever",
            about: "the same answer everywhere: read the run once for each statement",
            answer: |()| ([Some(false); 6], [Some(Nobody); 6]),
        },
        Planted {
            name: "the-relay-everywhere",
            about: "the same answer everywhere: each statement speaks of its own onlooker and time",
            answer: |()| ([Some(true); 6], [Some(Holds(Relay, 3)); 6]),
        },
        Planted {
            name: "guessed-only",
            about: "guesses are there, and nothing is settled yet",
            answer: |()| ([Some(false); 6], [None; 6]),
        },
        Planted {
            name: "settled-without-a-guess",
            about: "a guess made after looking is no guess; but one has to stand there",
            answer: |()| {
                let (mut guesses, witnesses) = but(1, Holds(BobPhone, 3));
                guesses[5] = None;
                (guesses, witnesses)
            },
        },
    ]
}

//! Lesson 05, predict: planted wrong answers.

use messaging_lab::course::student::Planted;
use messaging_lab::ground::ledger::{Onlooker, Witness};

use super::super::Prediction;

/// Witnesses that settle all six statements, with another one in place `number`.
fn settled_but(number: usize, witness: Option<Witness>) -> Prediction {
    let mut witnesses = [
        Some(Witness::Nobody),
        Some(Witness::Holds(Onlooker::Relay, 5)),
        Some(Witness::Holds(Onlooker::Relay, 40)),
        Some(Witness::Nobody),
        Some(Witness::Nobody),
        Some(Witness::Holds(Onlooker::Thief, 41)),
    ];
    witnesses[number] = witness;
    ([Some(true); 6], witnesses)
}

pub fn predict() -> Vec<Planted<(), Prediction>> {
    vec![
        Planted {
            name: "guesses-only",
            about: "the guess is made; its witness stands in the run that `show` prints",
            answer: |()| ([Some(true); 6], [None; 6]),
        },
        Planted {
            name: "all-nobody",
            about: "end-to-end was taken for 'the company knows nothing': look what its log says",
            answer: |()| ([Some(false); 6], [Some(Witness::Nobody); 6]),
        },
        Planted {
            name: "always-the-relay",
            about: "the relay was named everywhere, because everything passes it: passing is not reading",
            answer: |()| {
                let at = [10, 4, 30, 30, 0, 30].map(|second| Some(Witness::Holds(Onlooker::Relay, second)));
                ([Some(true); 6], at)
            },
        },
        Planted {
            name: "the-relay-reads",
            about: "the relay was thought to read what it delivers; what it has in hand is sealed",
            answer: |()| settled_but(0, Some(Witness::Holds(Onlooker::Relay, 10))),
        },
        Planted {
            name: "the-wire-reads",
            about: "whoever listens on the wire was thought to read; what travels there is sealed",
            answer: |()| settled_but(0, Some(Witness::Holds(Onlooker::Wire, 6))),
        },
        Planted {
            name: "knows-at-the-first-message",
            about: "the relay was thought to learn of it with the first message: her phone had to ask it for a key \
                    first",
            answer: |()| settled_but(1, Some(Witness::Nobody)),
        },
        Planted {
            name: "delivered-is-forgotten",
            about: "deleting the message was taken for forgetting it: the log's line stays",
            answer: |()| settled_but(2, Some(Witness::Nobody)),
        },
        Planted {
            name: "sealed-hides-length",
            about: "a sealed text was thought to have no length: compare the two lines of the log",
            answer: |()| settled_but(3, Some(Witness::Holds(Onlooker::Relay, 30))),
        },
        Planted {
            name: "the-relay-made-the-keys",
            about: "the relay was thought to have Bob's private key; what it was given is the public one",
            answer: |()| settled_but(4, Some(Witness::Holds(Onlooker::Relay, 0))),
        },
        Planted {
            name: "a-key-travels",
            about: "a private key was thought to travel with the upload; what travels is the public one",
            answer: |()| settled_but(4, Some(Witness::Holds(Onlooker::Wire, 0))),
        },
        Planted {
            name: "erased-is-over",
            about: "erased texts were taken for lost: look what a key does for whoever kept the envelopes",
            answer: |()| settled_but(5, Some(Witness::Nobody)),
        },
        Planted {
            name: "the-phone-still-has-it",
            about: "the phone was thought to keep the text; this one erased it, and kept something else",
            answer: |()| settled_but(5, Some(Witness::Holds(Onlooker::BobPhone, 30))),
        },
    ]
}

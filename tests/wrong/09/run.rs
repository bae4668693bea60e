//! Lesson 09, predict: planted wrong answers.

use messaging_lab::course::student::Planted;
use messaging_lab::ground::ledger::Onlooker::{self, AlicePhone, BobPhone, Relay, Tap, Thief, Wire};
use messaging_lab::ground::ledger::Witness;

use super::super::Prediction;

const fn holds(onlooker: Onlooker, second: u64) -> Option<Witness> {
    Some(Witness::Holds(onlooker, second))
}

const NOBODY: Option<Witness> = Some(Witness::Nobody);

/// Everything settled, but for one statement.
fn but(number: usize, witness: Option<Witness>) -> Prediction {
    let mut witnesses = [
        holds(Relay, 2),
        holds(Relay, 12),
        NOBODY,
        holds(Tap, 21),
        NOBODY,
        holds(Thief, 80),
    ];
    witnesses[number - 1] = witness;
    ([Some(true); 6], witnesses)
}

pub fn predict() -> Vec<Planted<(), Prediction>> {
    vec![
        Planted {
            name: "sms-is-private",
            about: "the message centre stores an SMS as it is, and passes it on: look at second 2",
            answer: |()| but(1, NOBODY),
        },
        Planted {
            name: "bob-is-no-company",
            about: "Bob's phone has it, of course; the statement asks about the company",
            answer: |()| but(1, holds(BobPhone, 5)),
        },
        Planted {
            name: "before-it-was-sent",
            about: "at that second Alice has only written it: look at when the company gets it",
            answer: |()| but(1, holds(Relay, 0)),
        },
        Planted {
            name: "landline-is-private",
            about: "the exchange connects two lines, and what passes is the sound itself: look at second 12",
            answer: |()| but(2, NOBODY),
        },
        Planted {
            name: "before-she-speaks",
            about: "the statement speaks of the seconds from 12 on: before, she has said nothing into that call",
            answer: |()| but(2, holds(Relay, 10)),
        },
        Planted {
            name: "who-taps-hears",
            about: "he has every byte that passed, and the sentence is in none of them: it passed sealed",
            answer: |()| but(3, holds(Tap, 25)),
        },
        Planted {
            name: "the-phones-have-it",
            about: "the two phones have it, of course; the statement asks about the tap",
            answer: |()| but(3, holds(AlicePhone, 25)),
        },
        Planted {
            name: "public-means-hidden",
            about: "a public value goes to the other phone as it is, past everybody: look for the DHPart2",
            answer: |()| but(4, NOBODY),
        },
        Planted {
            name: "as-the-call-begins",
            about: "at second 20 the call only begins: the DHPart2 passes a little later, so take second 21",
            answer: |()| but(4, holds(Tap, 20)),
        },
        Planted {
            name: "the-wire-saw-it-too",
            about: "whoever watches the wire has it as well; the statement asks about the tap",
            answer: |()| but(4, holds(Wire, 21)),
        },
        Planted {
            name: "the-phone-gives-it-away",
            about: "what the thief found leads to no key of that call: the phones had wiped them ten seconds before",
            answer: |()| but(5, holds(Thief, 45)),
        },
        Planted {
            name: "wiped-or-not",
            about: "these phones kept the keys, so the recording opens: look at second 80",
            answer: |()| but(6, NOBODY),
        },
        Planted {
            name: "while-they-talk",
            about: "the statement speaks of the seconds from 80 on: before, the thief has no phone",
            answer: |()| but(6, holds(Thief, 65)),
        },
        Planted {
            name: "nobody-ever",
            about: "the same answer everywhere: read the run once for each statement",
            answer: |()| ([Some(false); 6], [NOBODY; 6]),
        },
        Planted {
            name: "the-relay-always",
            about: "the same answer everywhere: each statement speaks of its own onlooker and seconds",
            answer: |()| ([Some(true); 6], [holds(Relay, 2); 6]),
        },
        Planted {
            name: "guesses-only",
            about: "the guesses are made: now read the run, and settle the statements one after the other",
            answer: |()| ([Some(true); 6], [None; 6]),
        },
    ]
}

//! Lesson 10, predict: planted wrong answers.

use messaging_lab::course::student::Planted;
use messaging_lab::ground::ledger::Onlooker::{self, AlicePhone, BobPhone, Tap};
use messaging_lab::ground::ledger::Witness;

use super::super::Prediction;

const fn holds(onlooker: Onlooker, second: u64) -> Option<Witness> {
    Some(Witness::Holds(onlooker, second))
}

const NOBODY: Option<Witness> = Some(Witness::Nobody);

/// Everything settled, but for one statement.
fn but(number: usize, witness: Option<Witness>) -> Prediction {
    let mut witnesses = [
        NOBODY,
        holds(Tap, 25),
        NOBODY,
        holds(Tap, 48),
        holds(Tap, 77),
        NOBODY,
    ];
    witnesses[number - 1] = witness;
    ([Some(true); 6], witnesses)
}

pub fn predict() -> Vec<Planted<(), Prediction>> {
    vec![
        Planted {
            name: "who-listens-hears",
            about: "what he recorded is sealed, and he took part in no agreement: the text is not in it",
            answer: |()| but(1, holds(Tap, 5)),
        },
        Planted {
            name: "bob-is-no-tap",
            about: "Bob hears it, of course; the statement asks about the tap",
            answer: |()| but(1, holds(BobPhone, 5)),
        },
        Planted {
            name: "the-words-protect",
            about: "the words protect nobody who has not compared them yet: she spoke first, and he opened it",
            answer: |()| but(2, NOBODY),
        },
        Planted {
            name: "before-she-spoke",
            about: "at that second she has not said it yet: look at when she speaks",
            answer: |()| but(2, holds(Tap, 22)),
        },
        Planted {
            name: "words-always-agree",
            about: "two agreements, two strings: look at the two screens at second 22",
            answer: |()| but(3, holds(BobPhone, 22)),
        },
        Planted {
            name: "alices-own-screen",
            about: "Alice's phone shows them, of course; the statement asks about Bob's",
            answer: |()| but(3, holds(AlicePhone, 22)),
        },
        Planted {
            name: "sixty-five-thousand",
            about: "he does not have to meet one string: any key of one side may meet any key of the other, and 250 \
                    keys against 250 are 62,500 pairs",
            answer: |()| but(4, NOBODY),
        },
        Planted {
            name: "at-once",
            about: "a few hundred tries take a few seconds: look at when he has found two keys, and take a whole second \
                    after that",
            answer: |()| but(4, holds(Tap, 41)),
        },
        Planted {
            name: "same-words-safe-call",
            about: "the words were the same, and he opened what she said: words prove nothing on a phone that does \
                    not check",
            answer: |()| but(5, NOBODY),
        },
        Planted {
            name: "while-he-searches",
            about: "at that second nobody has said anything: they compare first",
            answer: |()| but(5, holds(Tap, 68)),
        },
        Planted {
            name: "he-always-wins",
            about: "he found the same kind of message, and Bob's phone ended the call instead of showing words",
            answer: |()| but(6, holds(BobPhone, 92)),
        },
        Planted {
            name: "nobody-ever",
            about: "the same answer everywhere: read the run once for each statement",
            answer: |()| ([Some(false); 6], [NOBODY; 6]),
        },
        Planted {
            name: "one-witness-for-all",
            about: "the same answer everywhere: each statement speaks of its own call, onlooker and bytes",
            answer: |()| ([Some(true); 6], [holds(Tap, 24); 6]),
        },
        Planted {
            name: "guesses-only",
            about: "the guesses are made: now read the run, and settle the statements one after the other",
            answer: |()| ([Some(true); 6], [None; 6]),
        },
        Planted {
            name: "guess-left-out",
            about: "a witness without a guess: what you expected before you looked is what you learn most from",
            answer: |()| {
                let mut prediction = but(3, NOBODY);
                prediction.0 = [Some(true), None, None, None, None, None];
                prediction
            },
        },
    ]
}

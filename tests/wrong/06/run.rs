//! Lesson 06, predict: planted wrong answers.

use messaging_lab::course::student::Planted;
use messaging_lab::ground::ledger::Onlooker::{self, AlicePhone, BobPhone, Relay, Wire};
use messaging_lab::ground::ledger::Witness;

use super::super::Prediction;

const fn holds(onlooker: Onlooker, second: u64) -> Option<Witness> {
    Some(Witness::Holds(onlooker, second))
}

const NOBODY: Option<Witness> = Some(Witness::Nobody);

/// Everything settled, but for one statement.
fn but(number: usize, witness: Option<Witness>) -> Prediction {
    let mut witnesses = [
        holds(Relay, 5),
        holds(BobPhone, 6),
        NOBODY,
        NOBODY,
        holds(Relay, 29),
        NOBODY,
    ];
    witnesses[number - 1] = witness;
    ([Some(true); 6], witnesses)
}

pub fn predict() -> Vec<Planted<(), Prediction>> {
    vec![
        Planted {
            name: "sealed-is-shut",
            about: "sealed it was, but for a key that the relay had handed out itself, and it has the private half",
            answer: |()| but(1, NOBODY),
        },
        Planted {
            name: "the-wire-reads",
            about: "who only listens on the wire sees two sealed envelopes; the relay opens one and seals the other",
            answer: |()| but(1, holds(Wire, 5)),
        },
        Planted {
            name: "too-early",
            about: "that is before she wrote it: the first second of the statement is not the first second it holds",
            answer: |()| but(1, holds(Relay, 0)),
        },
        Planted {
            name: "bob-would-miss-it",
            about: "the relay seals the text again for Bob, and he misses nothing: that is why nobody notices",
            answer: |()| but(2, NOBODY),
        },
        Planted {
            name: "before-he-collects",
            about: "at that second it still waits at the relay: look at when Bob's phone collects",
            answer: |()| but(2, holds(BobPhone, 5)),
        },
        Planted {
            name: "numbers-always-agree",
            about: "each phone makes the number from the key that IT was given; look at the two at second 8",
            answer: |()| but(3, holds(BobPhone, 8)),
        },
        Planted {
            name: "after-they-met",
            about: "at second 10 they take each other's key from the screen, and only then do the numbers agree",
            answer: |()| but(3, holds(BobPhone, 10)),
        },
        Planted {
            name: "once-in-always-in",
            about: "the relay still carries every envelope, but these are sealed for a key that is not its own",
            answer: |()| but(4, holds(Relay, 12)),
        },
        Planted {
            name: "the-sender-counts",
            about: "Alice has her own text, of course; the statement asks about the relay and the wire",
            answer: |()| but(4, holds(AlicePhone, 12)),
        },
        Planted {
            name: "compared-is-for-ever",
            about: "what they compared was the old key; the app then took a new one that nobody had compared",
            answer: |()| but(5, NOBODY),
        },
        Planted {
            name: "at-once",
            about: "the relay cannot open what is sealed for Bob's own key; it has to announce its own first",
            answer: |()| but(5, holds(Relay, 22)),
        },
        Planted {
            name: "the-relay-always-wins",
            about: "the relay tried the same as before; an app that asks first gives it nothing",
            answer: |()| but(6, holds(Relay, 34)),
        },
        Planted {
            name: "nobody-ever",
            about: "the same answer everywhere: read the run once for each statement",
            answer: |()| ([Some(false); 6], [NOBODY; 6]),
        },
        Planted {
            name: "one-witness-for-all",
            about: "the same answer everywhere: each statement speaks of its own text, onlookers and seconds",
            answer: |()| ([Some(true); 6], [holds(Relay, 24); 6]),
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

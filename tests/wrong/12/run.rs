//! Lesson 12, predict and sentence: planted wrong answers.

use messaging_lab::course::student::Planted;
use messaging_lab::ground::ledger::{Onlooker, Witness};

use super::super::{Explanation, Prediction};

use Onlooker::{AlicePhone, Backup, BobPhone, Relay, Tap, Thief, Wire};
use Witness::{Holds, Nobody};

/// Everything settled, but for one statement.
fn but(number: usize, witness: Witness) -> Prediction {
    let mut witnesses = [
        Holds(BobPhone, 4),
        Nobody,
        Nobody,
        Holds(Tap, 6),
        Holds(BobPhone, 14),
        Nobody,
    ];
    witnesses[number - 1] = witness;
    ([Some(true); 6], witnesses.map(Some))
}

pub fn predict() -> Vec<Planted<(), Prediction>> {
    vec![
        Planted {
            name: "a-gap-ends-the-call",
            about: "each frame is opened by its own index, whatever became of the ones before",
            answer: |()| but(1, Nobody),
        },
        Planted {
            name: "as-it-is-said",
            about: "that is when Alice begins to say it; the run says when Bob's phone has it",
            answer: |()| but(1, Holds(BobPhone, 2)),
        },
        Planted {
            name: "better-late-than-never",
            about: "two seconds are a hundred frames: the window is 64 wide, and what is behind it is refused unseen",
            answer: |()| but(2, Holds(AlicePhone, 6)),
        },
        Planted {
            name: "genuine-so-played",
            about: "the frames are genuine, and they came before: that is what the window is for",
            answer: |()| but(3, Holds(BobPhone, 11)),
        },
        Planted {
            name: "the-first-time",
            about: "that was the first time; the statement speaks of the second",
            answer: |()| but(3, Holds(BobPhone, 8)),
        },
        Planted {
            name: "sealed-so-unseen",
            about: "what a frame says is sealed, how long it is is not: a silent frame is the shortest there is",
            answer: |()| but(4, Nobody),
        },
        Planted {
            name: "noted-too-early",
            about: "Alice is silent from 4 on; when has the tap seen enough to note it?",
            answer: |()| but(4, Holds(Tap, 5)),
        },
        Planted {
            name: "forged-and-confused",
            about: "the forged frames' tags are wrong, and nothing moves before a tag is verified",
            answer: |()| but(5, Nobody),
        },
        Planted {
            name: "phone-and-record",
            about: "the keys were wiped at hang-up, and what is kept for the next call leads to none of them",
            answer: |()| but(6, Holds(Thief, 16)),
        },
        Planted {
            name: "the-tap-hears",
            about: "the tap has frames, and no key to them; the statement asks about the thief",
            answer: |()| but(6, Holds(Tap, 16)),
        },
        Planted {
            name: "nobody-ever",
            about: "the same answer everywhere: read the run once for each statement",
            answer: |()| ([Some(false); 6], [Some(Nobody); 6]),
        },
        Planted {
            name: "bob-everywhere",
            about: "the same answer everywhere: each statement speaks of its own onlooker",
            answer: |()| ([Some(true); 6], [Some(Holds(BobPhone, 4)); 6]),
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
                let (mut guesses, witnesses) = but(2, Nobody);
                guesses[3] = None;
                (guesses, witnesses)
            },
        },
    ]
}

/// Everything explained, but for one rewrite.
fn explained(number: usize, witness: Witness) -> Explanation {
    let mut witnesses = [
        Nobody,
        Holds(Tap, 6),
        Holds(Relay, 0),
        Holds(Backup, 14),
        Holds(Tap, 22),
        Nobody,
    ];
    witnesses[number - 1] = witness;
    let words = "A tap that only records has no sound, under these conditions.".to_string();
    (witnesses.map(Some), Some('b'), words)
}

fn lettered(letter: char) -> Explanation {
    let (witnesses, _, words) = explained(1, Nobody);
    (witnesses, Some(letter), words)
}

pub fn sentence() -> Vec<Planted<(), Explanation>> {
    vec![
        Planted {
            name: "nothing-yet",
            about: "nothing is settled, chosen or written yet",
            answer: |()| ([None; 6], None, String::new()),
        },
        Planted {
            name: "words-only",
            about: "the paragraph is there and nothing is settled yet",
            answer: |()| ([None; 6], None, "It depends.".to_string()),
        },
        Planted {
            name: "recorded-is-heard",
            about: "the tap recorded the frames, and never had a key: that much of the phrase holds",
            answer: |()| explained(1, Holds(Tap, 8)),
        },
        Planted {
            name: "sealed-so-unseen",
            about: "a silent frame is the shortest there is, and sizes are not sealed",
            answer: |()| explained(2, Nobody),
        },
        Planted {
            name: "an-anonymous-call",
            about: "somebody had to make Bob's phone ring",
            answer: |()| explained(3, Nobody),
        },
        Planted {
            name: "the-wire-knows",
            about: "in this run it is another onlooker who holds it",
            answer: |()| explained(3, Holds(Wire, 0)),
        },
        Planted {
            name: "the-tap-knows",
            about: "in this run the tap sees frames pass and is told no names: who had to be told them, to make the phone ring?",
            answer: |()| explained(3, Holds(Tap, 0)),
        },
        Planted {
            name: "two-phones-only",
            about: "what comes out of the loudspeaker is encrypted no more: look who else has it",
            answer: |()| explained(4, Nobody),
        },
        Planted {
            name: "his-own-phone",
            about: "that is one of the two phones, and it may have it",
            answer: |()| explained(4, Holds(BobPhone, 14)),
        },
        Planted {
            name: "encryption-is-enough",
            about: "both phones encrypted, each of them for the tap",
            answer: |()| explained(5, Nobody),
        },
        Planted {
            name: "before-it-was-said",
            about: "the tap was in place then; the run says when it has the sound",
            answer: |()| explained(5, Holds(Tap, 19)),
        },
        Planted {
            name: "a-phone-opens-everything",
            about: "the keys were wiped at hang-up; what is kept for the next call opens no frame",
            answer: |()| explained(6, Holds(Thief, 16)),
        },
        Planted {
            name: "one-witness-for-all",
            about: "one witness for everything: each rewrite speaks of its own bytes and onlookers",
            answer: |()| ([Some(Holds(Tap, 22)); 6], Some('b'), "It is broken.".to_string()),
        },
        Planted {
            name: "no-letter",
            about: "no condition is chosen yet",
            answer: |()| {
                let (witnesses, _, words) = explained(1, Nobody);
                (witnesses, None, words)
            },
        },
        Planted {
            name: "nonces-are-enough",
            about: "frames were sealed soundly in both calls: it matters who has the keys",
            answer: |()| lettered('a'),
        },
        Planted {
            name: "polite-taps",
            about: "the phrase promises something against a tap, so it cannot rest on what the tap leaves undone",
            answer: |()| lettered('c'),
        },
        Planted {
            name: "compared-and-done",
            about: "comparing is one of the conditions, and not all of them",
            answer: |()| lettered('d'),
        },
        Planted {
            name: "one-size-is-enough",
            about: "cells hide the shape, not the sound from who has the keys",
            answer: |()| lettered('e'),
        },
        Planted {
            name: "no-words",
            about: "everything is settled, and the paragraph is missing",
            answer: |()| {
                let (witnesses, letter, _) = explained(1, Nobody);
                (witnesses, letter, "  \n".to_string())
            },
        },
    ]
}

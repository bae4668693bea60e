//! Lesson 11, sentence: planted wrong answers.

use messaging_lab::course::student::Planted;
use messaging_lab::ground::ledger::Onlooker::{AlicePhone, BobPhone, Tap};
use messaging_lab::ground::ledger::Witness::{self, Holds, Nobody};

use super::super::Explanation;

const RIGHT: [Witness; 6] = [
    Nobody,
    Holds(Tap, 46),
    Nobody,
    Holds(Tap, 86),
    Holds(Tap, 106),
    Holds(AlicePhone, 142),
];

/// Everything explained, but for one rewrite.
fn explained(number: usize, witness: Witness) -> Explanation {
    let mut witnesses = RIGHT;
    witnesses[number - 1] = witness;
    let words =
        "Who only listens has nothing; who sits in between has all, unless people compare.".to_string();
    (witnesses.map(Some), Some('c'), words)
}

fn lettered(letter: char) -> Explanation {
    let (witnesses, _, words) = explained(1, Nobody);
    (witnesses, Some(letter), words)
}

pub fn sentence() -> Vec<Planted<(), Explanation>> {
    vec![
        Planted {
            name: "words-only",
            about: "the paragraph is there and nothing is settled yet",
            answer: |()| ([None; 6], None, "It depends.".to_string()),
        },
        Planted {
            name: "recorded-is-heard",
            about: "all that the tap has of TWO is a sealed frame, and no key to it",
            answer: |()| explained(1, Holds(Tap, 26)),
        },
        Planted {
            name: "bob-for-the-tap",
            about: "Bob's phone has it, of course; the rewrite asks about the tap",
            answer: |()| explained(1, Holds(BobPhone, 26)),
        },
        Planted {
            name: "shown-is-compared",
            about: "words on a screen stop nobody: look who has the text from second 46 on",
            answer: |()| explained(2, Nobody),
        },
        Planted {
            name: "before-she-speaks",
            about: "at that second the call has begun, and nothing was said yet",
            answer: |()| explained(2, Holds(Tap, 42)),
        },
        Planted {
            name: "tapped-is-lost",
            about: "the man was in the path, and they heard it and hung up: what was never said, he never has",
            answer: |()| explained(3, Holds(Tap, 66)),
        },
        Planted {
            name: "the-voice-proves-it",
            about: "the voice was not the other's: each heard the words of the own screen, and those screens differ",
            answer: |()| explained(4, Nobody),
        },
        Planted {
            name: "no-warning-no-tap",
            about: "in a first call a phone has nothing to miss, so it cannot warn",
            answer: |()| explained(5, Nobody),
        },
        Planted {
            name: "a-warning-needs-a-tap",
            about: "the man has gone, and both phones miss the secret that they shared with him",
            answer: |()| explained(6, Nobody),
        },
        Planted {
            name: "the-call-begins",
            about: "at that second nothing stands on the screens yet: it comes two seconds after the call begins",
            answer: |()| explained(6, Holds(AlicePhone, 140)),
        },
        Planted {
            name: "one-witness-for-all",
            about: "one witness for everything: each rewrite speaks of its own text and call",
            answer: |()| ([Some(Holds(Tap, 46)); 6], Some('c'), "It is tapped.".to_string()),
        },
        Planted {
            name: "nobody-ever",
            about: "nobody everywhere: read the run once for each rewrite",
            answer: |()| ([Some(Nobody); 6], Some('c'), "It is safe.".to_string()),
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
            name: "words-on-screens",
            about: "words protect those who read them to each other",
            answer: |()| lettered('a'),
        },
        Planted {
            name: "compared-and-done",
            about: "comparing is one condition, and the voices are another",
            answer: |()| lettered('b'),
        },
        Planted {
            name: "phones-remember",
            about: "a phone remembers whoever was there in the first call, also somebody in the middle",
            answer: |()| lettered('d'),
        },
        Planted {
            name: "i-know-the-voice",
            about: "a man in the middle need not speak at all: he passes the real voices on",
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

//! Lesson 08, predict and sentence: planted wrong answers.

use messaging_lab::course::student::Planted;
use messaging_lab::ground::ledger::{Onlooker, Witness};

use super::super::{Explanation, Prediction};

use Onlooker::{AlicePhone, Backup, BobPhone, Notification, Relay, Thief, Wire};
use Witness::{Holds, Nobody};

/// Everything settled, but for one statement.
fn but(number: usize, witness: Witness) -> Prediction {
    let mut witnesses = [
        Holds(Thief, 6),
        Nobody,
        Holds(Thief, 11),
        Nobody,
        Holds(BobPhone, 23),
        Holds(Thief, 25),
    ];
    witnesses[number - 1] = witness;
    ([Some(true); 6], witnesses.map(Some))
}

pub fn predict() -> Vec<Planted<(), Prediction>> {
    vec![
        Planted {
            name: "sealed-once-safe-for-good",
            about: "the message was sealed, and its key is gone; but the opened text stood in the chat that he copied",
            answer: |()| but(1, Nobody),
        },
        Planted {
            name: "before-the-theft",
            about: "he recorded the message when it was sent; what opens it for him comes with the phone",
            answer: |()| but(1, Holds(Thief, 3)),
        },
        Planted {
            name: "yesterday-opens",
            about: "today's keys were taken to open yesterday's messages: that key was deleted, and so was the text (lesson 07)",
            answer: |()| but(2, Holds(Thief, 11)),
        },
        Planted {
            name: "bobs-new-pair-locks-out",
            about: "Bob's new pair meets a pair of Alice's that was copied: the thief computes the same agreement as she",
            answer: |()| but(3, Nobody),
        },
        Planted {
            name: "as-soon-as-sent",
            about: "too early: what he records he has not opened. When does the run say that he does?",
            answer: |()| but(3, Holds(Thief, 10)),
        },
        Planted {
            name: "once-in-always-in",
            about: "the copied keys were taken to last for ever: Alice's new pair is in no copy",
            answer: |()| but(4, Holds(Thief, 18)),
        },
        Planted {
            name: "alices-phone-for-the-thief",
            about: "Alice's phone has it, of course; the statement asks about the thief",
            answer: |()| but(4, Holds(AlicePhone, 14)),
        },
        Planted {
            name: "the-number-protects",
            about: "the compared key is Alice's own: who has copied it is Alice, as far as Bob's phone can tell",
            answer: |()| but(5, Nobody),
        },
        Planted {
            name: "healed-for-good",
            about: "healing locks out who only listens; who writes with the copied identity key has a session of his own",
            answer: |()| but(6, Nobody),
        },
        Planted {
            name: "before-he-opens-it",
            about: "the thief opens it later: he has it then, and not when Bob sends it",
            answer: |()| but(6, Holds(Thief, 24)),
        },
        Planted {
            name: "the-thief-everywhere",
            about: "the same answer everywhere: each statement speaks of its own text",
            answer: |()| ([Some(true); 6], [Some(Holds(Thief, 6)); 6]),
        },
        Planted {
            name: "nobody-ever",
            about: "the same answer everywhere: read the run once for each statement",
            answer: |()| ([Some(false); 6], [Some(Nobody); 6]),
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
                let (mut guesses, witnesses) = but(1, Holds(Thief, 6));
                guesses[5] = None;
                (guesses, witnesses)
            },
        },
    ]
}

/// Everything explained, but for one rewrite.
fn explained(number: usize, witness: Witness) -> Explanation {
    let mut witnesses = [
        Nobody,
        Holds(Relay, 1),
        Nobody,
        Holds(Backup, 20),
        Holds(BobPhone, 23),
        Holds(Relay, 29),
    ];
    witnesses[number - 1] = witness;
    let words = "The relay has neither text nor key, under these conditions.".to_string();
    (witnesses.map(Some), Some('c'), words)
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
            name: "the-relay-reads-along",
            about: "the relay carries it and has never been able to open it: that much of the phrase holds",
            answer: |()| explained(1, Holds(Relay, 14)),
        },
        Planted {
            name: "the-wire-reads-along",
            about: "the wire sees a sealed parcel go by, not the text",
            answer: |()| explained(1, Holds(Wire, 14)),
        },
        Planted {
            name: "sealed-is-secret",
            about: "the text is sealed, who writes to whom is not: the relay delivers by it, and keeps its log",
            answer: |()| explained(2, Nobody),
        },
        Planted {
            name: "the-company-has-the-keys",
            about: "private keys are made on the phones and stay there: the relay has the public halves",
            answer: |()| explained(3, Holds(Relay, 0)),
        },
        Planted {
            name: "only-two-phones",
            about: "what a phone has opened goes where the phone sends it: look who else has that text",
            answer: |()| explained(4, Nobody),
        },
        Planted {
            name: "another-text",
            about: "the preview was of another text",
            answer: |()| explained(4, Holds(Notification, 17)),
        },
        Planted {
            name: "compared-is-safe",
            about: "they compared the right keys, and one of the private halves was copied since",
            answer: |()| explained(5, Nobody),
        },
        Planted {
            name: "mathematics-beats-the-app",
            about: "the app has the text before it is sealed, and the company makes the app",
            answer: |()| explained(6, Nobody),
        },
        Planted {
            name: "when-installed",
            about: "the relay gets it later: the update sends what is written after it was installed",
            answer: |()| explained(6, Holds(Relay, 27)),
        },
        Planted {
            name: "one-witness-for-all",
            about: "one witness for everything: each rewrite speaks of its own text and onlookers",
            answer: |()| ([Some(Holds(Relay, 1)); 6], Some('c'), "It is broken.".to_string()),
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
            name: "new-keys-are-enough",
            about: "keys protect a text on its way, not where it was opened",
            answer: |()| lettered('a'),
        },
        Planted {
            name: "an-honest-relay",
            about: "the phrase promises privacy from the company, so it cannot rest on the company's server being kind",
            answer: |()| lettered('b'),
        },
        Planted {
            name: "thieves-only",
            about: "theft is one of several ways around the seal",
            answer: |()| lettered('d'),
        },
        Planted {
            name: "compared-and-done",
            about: "comparing keys is one of the conditions, and not all of them",
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

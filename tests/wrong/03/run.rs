//! Lesson 03, predict and sentence: planted wrong answers.

use messaging_lab::course::student::Planted;
use messaging_lab::ground::ledger::{Onlooker, Witness};

use super::super::{Explanation, Prediction};

const fn holds(onlooker: Onlooker, second: u64) -> Option<Witness> {
    Some(Witness::Holds(onlooker, second))
}

const NOBODY: Option<Witness> = Some(Witness::Nobody);

/// Everything settled, but for one statement.
fn predicted(number: usize, witness: Option<Witness>) -> Prediction {
    let mut witnesses = [
        holds(Onlooker::AlicePhone, 15),
        holds(Onlooker::BobDisk, 70),
        NOBODY,
        holds(Onlooker::Notification, 20),
        NOBODY,
        holds(Onlooker::OldFlashPage, 44),
    ];
    witnesses[number - 1] = witness;
    ([Some(true); 6], witnesses)
}

pub fn predict() -> Vec<Planted<(), Prediction>> {
    vec![
        Planted {
            name: "no-guess",
            about: "nothing is guessed yet",
            answer: |()| ([None; 6], [None; 6]),
        },
        Planted {
            name: "settled-without-a-guess",
            about: "a guess made after looking is no guess; but one has to stand there",
            answer: |()| {
                let (mut guesses, witnesses) = predicted(1, holds(Onlooker::AlicePhone, 15));
                guesses[5] = None;
                (guesses, witnesses)
            },
        },
        Planted {
            name: "guessed-only",
            about: "guesses are there, and nothing is settled yet",
            answer: |()| ([Some(false); 6], [None; 6]),
        },
        Planted {
            name: "one-witness-for-all",
            about: "one witness for everything: each statement speaks of its own onlookers and its own seconds",
            answer: |()| ([Some(true); 6], [holds(Onlooker::BobDisk, 20); 6]),
        },
        Planted {
            name: "one-timer-for-both",
            about: "each phone has a timer of its own; Alice's started when the receipt reached her",
            answer: |()| predicted(1, NOBODY),
        },
        Planted {
            name: "still-at-the-end",
            about: "gone AT the second at which it goes: the one before was its last",
            answer: |()| predicted(1, holds(Onlooker::AlicePhone, 18)),
        },
        Planted {
            name: "before-bobs-end",
            about: "that is a second at which Bob's phone has it too",
            answer: |()| predicted(1, holds(Onlooker::AlicePhone, 13)),
        },
        Planted {
            name: "deleted-is-erased",
            about: "a mark was added to the journal; what stood there still stands there",
            answer: |()| predicted(2, NOBODY),
        },
        Planted {
            name: "app-for-disk",
            about: "what the app shows and what its storage holds are two onlookers",
            answer: |()| predicted(2, holds(Onlooker::BobPhone, 20)),
        },
        Planted {
            name: "backup-has-all",
            about: "the second backup left the key file out: sealed bytes without their key",
            answer: |()| predicted(3, holds(Onlooker::Backup, 50)),
        },
        Planted {
            name: "preview-follows-the-app",
            about: "the notification store is the system's, and has no part in the timer",
            answer: |()| predicted(4, NOBODY),
        },
        Planted {
            name: "sealed-pages-are-the-text",
            about: "old pages with sealed bytes and their key: what a key would open does not count here, in plain the text \
                does not stand there",
            answer: |()| predicted(5, holds(Onlooker::OldFlashPage, 44)),
        },
        Planted {
            name: "sealed-on-alices-disk",
            about: "sealed bytes are not the text: what a key would open does not count here",
            answer: |()| predicted(5, holds(Onlooker::AliceDisk, 50)),
        },
        Planted {
            name: "sealed-in-the-backup",
            about: "sealed bytes are not the text, and their key is not even in this backup",
            answer: |()| predicted(5, holds(Onlooker::Backup, 50)),
        },
        Planted {
            name: "preview-for-ever",
            about: "in this run the notification store drops the preview at second 21: from then on it is not there",
            answer: |()| predicted(4, holds(Onlooker::Notification, 70)),
        },
        Planted {
            name: "somebody-always-has-it",
            about: "\"somebody always has it\" is as wrong as \"gone everywhere\": the disk holds sealed \
                bytes, not the text",
            answer: |()| predicted(5, holds(Onlooker::BobDisk, 50)),
        },
        Planted {
            name: "zeros-reach-the-chip",
            about: "zeros were written to a new flash page; the old one was set aside as it was",
            answer: |()| predicted(6, NOBODY),
        },
        Planted {
            name: "old-page-for-ever",
            about: "in this run the controller erases the old pages at second 60: from then on they are not there",
            answer: |()| predicted(6, holds(Onlooker::OldFlashPage, 60)),
        },
        Planted {
            name: "file-for-page",
            about: "the file has zeros there; the old page is what the file was before",
            answer: |()| predicted(6, holds(Onlooker::BobDisk, 44)),
        },
    ]
}

/// Everything right, but for one rewrite.
fn explained(number: usize, witness: Option<Witness>) -> Explanation {
    let mut witnesses = [
        holds(Onlooker::BobPhone, 12),
        holds(Onlooker::AlicePhone, 14),
        NOBODY,
        holds(Onlooker::AliceDisk, 20),
        NOBODY,
        holds(Onlooker::OldFlashPage, 50),
    ];
    witnesses[number - 1] = witness;
    (
        witnesses,
        Some('d'),
        "Each phone removes its own copy.".to_string(),
    )
}

/// Everything right, but for the condition.
fn under(condition: Option<char>) -> Explanation {
    let (witnesses, _, paragraph) = explained(3, NOBODY);
    (witnesses, condition, paragraph)
}

pub fn sentence() -> Vec<Planted<(), Explanation>> {
    vec![
        Planted {
            name: "nothing-yet",
            about: "nothing is settled, chosen or written yet",
            answer: |()| ([None; 6], None, String::new()),
        },
        Planted {
            name: "counts-from-sending",
            about: "the clock starts when the message is read, not when it is sent (lesson 01)",
            answer: |()| explained(1, NOBODY),
        },
        Planted {
            name: "words-only",
            about: "the paragraph is there and nothing is settled yet",
            answer: |()| ([None; 6], None, "It is complicated.".to_string()),
        },
        Planted {
            name: "one-witness-for-all",
            about: "one witness for everything: each rewrite speaks of its own onlookers and its own seconds",
            answer: |()| {
                (
                    [holds(Onlooker::BobDisk, 20); 6],
                    Some('d'),
                    "It never works.".to_string(),
                )
            },
        },
        Planted {
            name: "one-timer-for-both",
            about: "each phone removes its own copy by its own clock, and tells nobody",
            answer: |()| explained(2, NOBODY),
        },
        Planted {
            name: "disk-for-screen",
            about: "the rewrite speaks of what the phones show: what lies on a disk is another onlooker's",
            answer: |()| explained(1, holds(Onlooker::BobDisk, 12)),
        },
        Planted {
            name: "disk-for-alices-phone",
            about: "the rewrite speaks of Alice's phone, of its app: Bob's disk has another copy",
            answer: |()| explained(2, holds(Onlooker::BobDisk, 14)),
        },
        Planted {
            name: "alices-disk-for-her-app",
            about: "the rewrite speaks of the apps: a journal on a disk is another onlooker's",
            answer: |()| explained(3, holds(Onlooker::AliceDisk, 20)),
        },
        Planted {
            name: "nothing-holds",
            about: "what an app shows is the one thing the timer does rule; a journal is not what the app \
                shows",
            answer: |()| explained(3, holds(Onlooker::BobDisk, 20)),
        },
        Planted {
            name: "on-purpose-only",
            about: "nobody decided to keep the journal's record, the preview or the old page",
            answer: |()| explained(4, NOBODY),
        },
        Planted {
            name: "made-on-purpose",
            about: "the picture was made on purpose, so it does not refute this one",
            answer: |()| explained(4, holds(Onlooker::Screenshot, 20)),
        },
        Planted {
            name: "backup-on-purpose",
            about: "the rewrite itself allows for the backup, so that one does not refute it",
            answer: |()| explained(4, holds(Onlooker::Backup, 20)),
        },
        Planted {
            name: "sealed-is-readable",
            about: "the disk holds sealed bytes and beside them their key: what that would open is asked elsewhere, in plain the text \
                stands there at no second",
            answer: |()| explained(5, holds(Onlooker::BobDisk, 31)),
        },
        Planted {
            name: "zeros-reach-the-chip",
            about: "zeros in the file are not zeros in the chip: the old page was set aside as it was",
            answer: |()| explained(6, NOBODY),
        },
        Planted {
            name: "no-letter",
            about: "the condition is not chosen yet",
            answer: |()| under(None),
        },
        Planted {
            name: "end-to-end",
            about: "that protects the way between the phones, not what lies in them",
            answer: |()| under(Some('a')),
        },
        Planted {
            name: "screenshots-only",
            about: "the screenshot is the copy that everybody thinks of, and one of five",
            answer: |()| under(Some('b')),
        },
        Planted {
            name: "online",
            about: "being online changes when Alice's copy goes, not which copies there are",
            answer: |()| under(Some('c')),
        },
        Planted {
            name: "short-timer",
            about: "copies are made before the timer starts",
            answer: |()| under(Some('e')),
        },
        Planted {
            name: "no-such-letter",
            about: "that letter is not in the list",
            answer: |()| under(Some('f')),
        },
        Planted {
            name: "no-words",
            about: "the paragraph is still empty",
            answer: |()| {
                let (witnesses, condition, _) = explained(3, NOBODY);
                (witnesses, condition, " \n".to_string())
            },
        },
    ]
}

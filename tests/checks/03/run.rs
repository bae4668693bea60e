//! Lesson 03, predict and sentence: settled by the run.

use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::statement::{self, Condition, Predict, Sentence, Statement};
use messaging_lab::course::student::Student;
use messaging_lab::ground::ledger::Onlooker;
use messaging_lab::ground::scene::Scene;

use super::wrong;

/// The run that the statements are about; `cargo run -- show erasure` draws it.
#[path = "../../../src/show/scenes/erasure.rs"]
mod played;

/// Guesses and witnesses.
pub type Prediction = statement::Prediction<6>;

/// Witnesses, a letter, and a paragraph.
pub type Explanation = statement::Explanation<6>;

/// The lesson's run.
fn run() -> Scene {
    played::scene()
}

/// The bytes that the run watches: the first text, the second text, Bob's key to the second.
fn watched(run: &Scene) -> [Vec<u8>; 3] {
    [0, 1, 2].map(|at| run.watched[at].1.clone())
}

/// Six statements, each with a guess and a witness.
pub fn predict(student: impl Student<(), Prediction>) -> Verdict {
    let run = run();
    let [first, second, key] = watched(&run);
    let statement = |says, bytes: &[u8], who: &[Onlooker], from| Statement {
        says,
        bytes: bytes.to_vec(),
        who: who.to_vec(),
        from,
        to: 70,
    };
    let statements = [
        statement(
            "after the first text is gone from Bob's phone (second 14 on), Alice's phone has it at some \
                second",
            &first,
            &[Onlooker::AlicePhone],
            14,
        ),
        statement(
            "after the first text is gone from Bob's phone (second 14 on), Bob's disk has it at some second",
            &first,
            &[Onlooker::BobDisk],
            14,
        ),
        statement(
            "after the second text is gone from both phones (second 44 on), the backup has Bob's key to it",
            &key,
            &[Onlooker::Backup],
            44,
        ),
        statement(
            "after the first text is gone from both phones (second 18 on), the notification store has it",
            &first,
            &[Onlooker::Notification],
            18,
        ),
        statement(
            "after the second text is gone from both phones (second 44 on), any onlooker at all has its text, \
                readable as it stands",
            &second,
            &Onlooker::ALL,
            44,
        ),
        statement(
            "after Bob's app wrote zeros over its key (second 44 on), Bob's disk or an old flash page has \
                that key",
            &key,
            &[Onlooker::BobDisk, Onlooker::OldFlashPage],
            44,
        ),
    ];
    Predict {
        exercise: "erasure/predict",
        show: "erasure",
        ledger: &run.ledger,
        statements: &statements,
    }
    .judge(student, wrong::predict())
}

/// Six rewrites of the phrase, the condition it leaves out, and a paragraph.
pub fn sentence(student: impl Student<(), Explanation>) -> Verdict {
    let run = run();
    let [first, second, key] = watched(&run);
    let rewrite = |says, bytes: &[u8], who: &[Onlooker], from| Statement {
        says,
        bytes: bytes.to_vec(),
        who: who.to_vec(),
        from,
        to: 70,
    };
    let rewrites = [
        rewrite(
            "\"Ten seconds after Alice sent the first text no phone shows it any more.\"",
            &first,
            &[Onlooker::AlicePhone, Onlooker::BobPhone],
            10,
        ),
        rewrite(
            "\"When the first text destroys itself on Bob's phone (second 14), it is gone from Alice's \
                phone too.\"",
            &first,
            &[Onlooker::AlicePhone],
            14,
        ),
        rewrite(
            "\"From second 18 on neither phone's app has the first text in its memory or on its screen.\"",
            &first,
            &[Onlooker::AlicePhone, Onlooker::BobPhone],
            18,
        ),
        rewrite(
            "\"From second 18 on only copies that somebody made on purpose (picture, backup) have the \
                first text.\"",
            &first,
            &[
                Onlooker::AliceDisk,
                Onlooker::BobDisk,
                Onlooker::OldFlashPage,
                Onlooker::Notification,
            ],
            18,
        ),
        rewrite(
            "\"With shredding journals the second text never stands in plain on either disk or in the \
                backup.\"",
            &second,
            &[Onlooker::AliceDisk, Onlooker::BobDisk, Onlooker::Backup],
            30,
        ),
        rewrite(
            "\"Once zeros are written over the key (second 44), nothing in Bob's phone has that key.\"",
            &key,
            &[Onlooker::BobPhone, Onlooker::BobDisk, Onlooker::OldFlashPage],
            44,
        ),
    ];
    let conditions = [
        Condition {
            letter: 'a',
            says: "the chat is end-to-end encrypted",
            misses: Some(
                "encryption on the way says nothing about what is stored at the two ends, and all the \
                    copies in the \
                 run are there",
            ),
        },
        Condition {
            letter: 'b',
            says: "nobody takes a screenshot",
            misses: Some(
                "take the screenshot out of the run, and journals, backup, preview and old page are still \
                    there",
            ),
        },
        Condition {
            letter: 'c',
            says: "both phones are online when the timer ends",
            misses: Some(
                "then both apps would remove their copies together; the other copies have no timer at all",
            ),
        },
        Condition {
            letter: 'd',
            says: "secret chat, viewed, and only the copy in each cooperating phone's app",
            misses: None,
        },
        Condition {
            letter: 'e',
            says: "the timer is short enough",
            misses: Some(
                "the preview and the first journal record were there before the timer had even started",
            ),
        },
    ];
    Sentence {
        exercise: "erasure/sentence",
        show: "erasure",
        ledger: &run.ledger,
        rewrites: &rewrites,
        conditions: &conditions,
    }
    .ask(student, wrong::sentence())
}

//! Lesson 08, predict and sentence: settled by the run.

use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::statement::{self, Condition, Predict, Sentence, Statement};
use messaging_lab::course::student::Student;
use messaging_lab::ground::ledger::{Onlooker, Witness};
use messaging_lab::ground::scene::Scene;

use super::wrong;

/// The run that the statements are about; `cargo run -- show healing` draws it.
#[path = "../../../src/show/scenes/healing.rs"]
mod played;

/// Guesses and witnesses.
pub type Prediction = statement::Prediction<6>;

/// Witnesses, a letter, and a paragraph.
pub type Explanation = ([Option<Witness>; 6], Option<char>, String);

/// The lesson's run.
fn run() -> Scene {
    played::scene()
}

fn statement(says: &'static str, bytes: &[u8], who: &[Onlooker], (from, to): (u64, u64)) -> Statement {
    Statement {
        says,
        bytes: bytes.to_vec(),
        who: who.to_vec(),
        from,
        to,
    }
}

/// The private key that the run watches.
fn identity_key(run: &Scene) -> Vec<u8> {
    let (_, key) = run
        .watched
        .iter()
        .find(|(name, _)| *name == "Alice's identity key")
        .expect("the run watches it");
    key.clone()
}

/// Six statements, each with a guess and a witness.
pub fn predict(student: impl Student<(), Prediction>) -> Verdict {
    let run = run();
    let thief = &[Onlooker::Thief];
    let statements = [
        statement(
            "at some second the thief has \"noon is fine\", which Bob sealed before the theft",
            b"noon is fine",
            thief,
            (0, 32),
        ),
        statement(
            "at some second the thief has \"lunch at noon?\", which Alice sealed before the theft",
            b"lunch at noon?",
            thief,
            (0, 32),
        ),
        statement(
            "at some second the thief has \"the code is 2718\", sealed under a pair that Bob made after the theft",
            b"the code is 2718",
            thief,
            (0, 32),
        ),
        statement(
            "at some second the thief has \"room 7 instead\", sealed under a pair that Alice made after the theft",
            b"room 7 instead",
            thief,
            (0, 32),
        ),
        statement(
            "Bob's phone shows \"pay the deposit today\" as Alice's, which the thief wrote, and warns of nothing",
            b"pay the deposit today",
            &[Onlooker::BobPhone],
            (0, 32),
        ),
        statement(
            "at some second the thief has \"done, it is paid\", which Bob sealed after Alice's new pair was in use",
            b"done, it is paid",
            thief,
            (0, 32),
        ),
    ];
    Predict {
        exercise: "healing/predict",
        show: "healing",
        ledger: &run.ledger,
        statements: &statements,
    }
    .judge(student, wrong::predict())
}

/// Six rewrites of the phrase, the condition it leaves out, and a paragraph.
pub fn sentence(student: impl Student<(), Explanation>) -> Verdict {
    let run = run();
    let rewrites = [
        statement(
            "\"Neither the relay nor the wire ever has the text 'room 7 instead'.\"",
            b"room 7 instead",
            &[Onlooker::Relay, Onlooker::Wire],
            (0, 32),
        ),
        statement(
            "\"The relay cannot say whether Alice has ever written to Bob.\"",
            b"alice/1 to bob/1",
            &[Onlooker::Relay],
            (0, 32),
        ),
        statement(
            "\"Neither the relay nor the wire ever has Alice's identity key, the private one.\"",
            &identity_key(&run),
            &[Onlooker::Relay, Onlooker::Wire],
            (0, 32),
        ),
        statement(
            "\"Nothing but Alice's and Bob's phones ever has the text 'room 7 instead'.\"",
            b"room 7 instead",
            &[
                Onlooker::Backup,
                Onlooker::Notification,
                Onlooker::Relay,
                Onlooker::Wire,
                Onlooker::Thief,
            ],
            (0, 32),
        ),
        statement(
            "\"Keys were compared, so Bob's phone never shows 'pay the deposit today', which Alice did not write.\"",
            b"pay the deposit today",
            &[Onlooker::BobPhone],
            (0, 32),
        ),
        statement(
            "\"Whatever app runs on the phones, the relay never has the text 'thanks for the folder'.\"",
            b"thanks for the folder",
            &[Onlooker::Relay],
            (0, 32),
        ),
    ];
    let conditions = [
        Condition {
            letter: 'a',
            says: "every message has a key of its own",
            misses: Some(
                "it had in this run, and the backup, the preview and the updated app passed on opened texts",
            ),
        },
        Condition {
            letter: 'b',
            says: "the relay is honest and keeps no copies",
            misses: Some(
                "it was honest in this run, and still held who wrote to whom; and a promise that needs an honest \
                 company is not one of privacy from the company",
            ),
        },
        Condition {
            letter: 'c',
            says: "it is about texts and keys, in a chat of a covered kind, with keys compared, an honest app, and safe phones and backups",
            misses: None,
        },
        Condition {
            letter: 'd',
            says: "no phone is stolen",
            misses: Some(
                "take the thief out of the run, and the backup still has texts and the update still sends them",
            ),
        },
        Condition {
            letter: 'e',
            says: "the two people have compared their keys",
            misses: Some(
                "they had, before second 0: it keeps false keys out, and does nothing about backup, theft or update",
            ),
        },
    ];
    Sentence {
        exercise: "healing/sentence",
        show: "healing",
        ledger: &run.ledger,
        rewrites: &rewrites,
        conditions: &conditions,
    }
    .ask(student, wrong::sentence())
}

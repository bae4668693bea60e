//! Lesson 04, predict: settled by the run.

use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::statement::{self, Predict, Statement};
use messaging_lab::course::student::Student;
use messaging_lab::ground::ledger::Onlooker;

use super::wrong;

/// The run that the statements are about; `cargo run -- show seal` draws it.
#[path = "../../../src/show/scenes/seal.rs"]
mod played;

/// Guesses and witnesses.
pub type Prediction = statement::Prediction<6>;

fn statements() -> [Statement; 6] {
    let statement = |says, bytes: &[u8], who: &[Onlooker], from, to| Statement {
        says,
        bytes: bytes.to_vec(),
        who: who.to_vec(),
        from,
        to,
    };
    let both: Vec<u8> = b"the 10:05 to Rome is late"
        .iter()
        .zip(b"the door code is 4711")
        .map(|(a, b)| a ^ b)
        .collect();
    let key: Vec<u8> = (0x80..0xa0).collect();
    [
        statement(
            "before Alice seals anything (seconds 0 to 4), Bob's phone shows \"pay Carol 90 euros\"",
            b"pay Carol 90 euros",
            &[Onlooker::BobPhone],
            0,
            4,
        ),
        statement(
            "at some second of the run Bob's phone shows \"pay Dave 90 euros\"",
            b"pay Dave 90 euros",
            &[Onlooker::BobPhone],
            0,
            20,
        ),
        statement(
            "before the relay passes on what Alice sent (up to second 10), Bob's phone shows \"pay Dave 10 euros\"",
            b"pay Dave 10 euros",
            &[Onlooker::BobPhone],
            0,
            10,
        ),
        statement(
            "before the notice is public (up to second 17), the relay holds the xor of two texts that Alice sealed",
            &both,
            &[Onlooker::Relay],
            0,
            17,
        ),
        statement(
            "at some second of the run the relay holds \"the door code is 4711\", which was never sent unsealed",
            b"the door code is 4711",
            &[Onlooker::Relay],
            0,
            20,
        ),
        statement(
            "at some second of the run the relay or the wire holds the key",
            &key,
            &[Onlooker::Relay, Onlooker::Wire],
            0,
            20,
        ),
    ]
}

/// Six statements, each with a guess and a witness.
pub fn predict(student: impl Student<(), Prediction>) -> Verdict {
    let run = played::scene();
    Predict {
        exercise: "seal/predict",
        show: "seal",
        ledger: &run.ledger,
        statements: &statements(),
    }
    .judge(student, wrong::predict())
}

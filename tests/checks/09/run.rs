//! Lesson 09, predict: settled by the run.

use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::statement::{self, Predict, Statement};
use messaging_lab::course::student::Student;
use messaging_lab::ground::ledger::Onlooker::{self, Relay, Tap, Thief};

use super::wrong;

/// The run that the statements are about; `cargo run -- show handshake` draws it.
#[path = "../../../src/show/scenes/handshake.rs"]
mod played;

/// Guesses and witnesses.
pub type Prediction = statement::Prediction<6>;

/// Six statements, each with a guess and a witness.
pub fn predict(student: impl Student<(), Prediction>) -> Verdict {
    let run = played::scene();
    let statement = |says, watched: usize, who: Onlooker, from, to| Statement {
        says,
        bytes: run.watched[watched].1.clone(),
        who: vec![who],
        from,
        to,
    };
    let statements = [
        statement(
            "by SMS (seconds 0 to 9): the relay, the phone company, has the sentence",
            0,
            Relay,
            0,
            9,
        ),
        statement(
            "over the exchange (seconds 12 to 19): the relay, the phone company, has what Alice says",
            0,
            Relay,
            12,
            19,
        ),
        statement(
            "in the call with a silent tap (seconds 20 to 39): the tap has the sentence",
            0,
            Tap,
            20,
            39,
        ),
        statement(
            "in the same call (seconds 20 to 39): the tap has Alice's public value",
            1,
            Tap,
            20,
            39,
        ),
        statement(
            "after that call (seconds 40 to 59): the thief, with both phones and the recording, has the sentence",
            0,
            Thief,
            40,
            59,
        ),
        statement(
            "after the call of phones that keep their keys (from second 80 on): the thief has the sentence",
            0,
            Thief,
            80,
            99,
        ),
    ];
    Predict {
        exercise: "handshake/predict",
        show: "handshake",
        ledger: &run.ledger,
        statements: &statements,
    }
    .judge(student, wrong::predict())
}

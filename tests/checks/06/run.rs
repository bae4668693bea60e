//! Lesson 06, predict: settled by the run.

use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::statement::{self, Predict, Statement};
use messaging_lab::course::student::Student;
use messaging_lab::ground::ledger::Onlooker::{self, AlicePhone, BobPhone, Relay, Wire};

use super::wrong;

/// The run that the statements are about; `cargo run -- show keys` draws it.
#[path = "../../../src/show/scenes/keys.rs"]
mod played;

/// Guesses and witnesses.
pub type Prediction = statement::Prediction<6>;

/// Six statements, each with a guess and a witness.
pub fn predict(student: impl Student<(), Prediction>) -> Verdict {
    let run = played::scene();
    let text = |at: usize| run.watched[at].1.clone();
    let mut alices_lines = run.ledger.ever_held_by(AlicePhone);
    let alices_number = alices_lines
        .find(|line| line.what == "the safety number")
        .expect("she looks at it")
        .bytes
        .clone();
    let statement = |says, bytes, who: &[Onlooker], from, to| Statement {
        says,
        bytes,
        who: who.to_vec(),
        from,
        to,
    };
    let statements = [
        statement(
            "before the two meet (seconds 0 to 9), the relay or the wire has the first text",
            text(0),
            &[Relay, Wire],
            0,
            9,
        ),
        statement(
            "before they meet (seconds 0 to 9), Bob's phone shows the first text, letter for letter",
            text(0),
            &[BobPhone],
            0,
            9,
        ),
        statement(
            "before they meet (seconds 0 to 9), Bob's phone shows the number that Alice's phone shows at \
             second 8",
            alices_number,
            &[BobPhone],
            0,
            9,
        ),
        statement(
            "each phone has taken the other's key from the screen (from second 10 on): the relay or the wire \
             has the second text",
            text(1),
            &[Relay, Wire],
            10,
            60,
        ),
        statement(
            "they have compared (second 20), and the numbers were the same; the relay or the wire has the \
             third text (seconds 22 to 29)",
            text(2),
            &[Relay, Wire],
            22,
            29,
        ),
        statement(
            "Alice's newer app asks before it uses a key that has changed; the relay or the wire has the \
             fourth text (from second 32 on)",
            text(3),
            &[Relay, Wire],
            32,
            60,
        ),
    ];
    Predict {
        exercise: "keys/predict",
        show: "keys",
        ledger: &run.ledger,
        statements: &statements,
    }
    .judge(student, wrong::predict())
}

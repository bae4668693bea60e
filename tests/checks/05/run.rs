//! Lesson 05, predict: settled by the run.

use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::statement::{self, Predict, Statement};
use messaging_lab::course::student::Student;
use messaging_lab::ground::ledger::{Ledger, Onlooker};

use super::wrong;

/// The run that the statements are about; `cargo run -- show relay` draws it.
#[path = "../../../src/show/scenes/relay.rs"]
mod played;

/// Guesses and witnesses.
pub type Prediction = statement::Prediction<6>;

/// The statements, in the lesson's words, about what the run's own records hold.
fn statements(ledger: &Ledger) -> [Statement; 6] {
    let holding = |onlooker, what: &str| {
        let mut held = ledger.ever_held_by(onlooker);
        held.find(|holding| holding.what == what)
            .unwrap_or_else(|| panic!("the run has no {what}"))
            .bytes
            .clone()
    };
    let statement = |says, bytes: Vec<u8>, who: &[Onlooker], from, to| Statement {
        says,
        bytes,
        who: who.to_vec(),
        from,
        to,
    };
    let text = holding(Onlooker::AlicePhone, "a text, as she typed it");
    let log_line = holding(Onlooker::Relay, "a line of the log");
    let same_size = String::from_utf8_lossy(&log_line).replace("at 6000 ms", "at 9000 ms");
    assert_ne!(
        same_size.as_bytes(),
        log_line,
        "the log's first line is another one"
    );
    use Onlooker::{Relay, Wire};
    [
        statement(
            "While the first text waits for Bob (seconds 6 to 19), the relay or the wire has the text.",
            text.clone(),
            &[Relay, Wire],
            6,
            19,
        ),
        statement(
            "Before Alice has written a word (seconds 0 to 5), the relay has a line with her name and Bob's.",
            holding(Relay, "a request"),
            &[Relay],
            0,
            5,
        ),
        statement(
            "After Bob has collected (seconds 21 to 45), the relay has a line about the first text: who, to whom, \
             how many bytes, when.",
            log_line,
            &[Relay],
            21,
            45,
        ),
        statement(
            "The relay's log gives the second text as many bytes as the first (seconds 9 to 45).",
            same_size.into_bytes(),
            &[Relay],
            9,
            45,
        ),
        statement(
            "The relay or the wire has Bob's private key at some second from 0 to 45.",
            holding(Onlooker::BobPhone, "his private key"),
            &[Relay, Wire],
            0,
            45,
        ),
        statement(
            "Both phones erase the texts at 25. Somebody has the first text at a second from 26 to 45.",
            text,
            &Onlooker::ALL,
            26,
            45,
        ),
    ]
}

/// A guess for each statement, and the witness that settles it.
pub fn predict(student: impl Student<(), Prediction>) -> Verdict {
    let run = played::scene();
    Predict {
        exercise: "relay/predict",
        show: "relay",
        ledger: &run.ledger,
        statements: &statements(&run.ledger),
    }
    .judge(student, wrong::predict())
}

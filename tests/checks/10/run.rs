//! Lesson 10, predict: settled by the run.

use std::sync::OnceLock;

use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::statement::{self, Predict, Statement};
use messaging_lab::course::student::Student;
use messaging_lab::ground::ledger::Onlooker::{self, AlicePhone, BobPhone, Tap};
use messaging_lab::ground::scene::Scene;

use super::wrong;

/// The run that the statements are about; `cargo run -- show words` draws it.
#[path = "../../../src/show/scenes/words.rs"]
mod played;

/// Guesses and witnesses.
pub type Prediction = statement::Prediction<6>;

/// The words on Alice's screen in the call that begins at `begin`.
fn alices_words(run: &Scene, begin: u64) -> Vec<u8> {
    let mut screens = run.ledger.ever_held_by(AlicePhone);
    let line = screens.find(|line| line.what.contains("two words") && line.from >= begin * 1000);
    line.expect("she looks at them").bytes.clone()
}

/// The pair of keys that he finds in THREE.
fn found_keys(run: &Scene) -> Vec<u8> {
    let mut lines = run.ledger.ever_held_by(Tap);
    let line = lines.find(|line| line.what.contains("two private keys"));
    line.expect("he finds them").bytes.clone()
}

/// Six statements, each with a guess and a witness.
pub fn predict(student: impl Student<(), Prediction>) -> Verdict {
    // Its two searches take most of a second, and every planted answer asks for the same run.
    static RUN: OnceLock<Scene> = OnceLock::new();
    let run = RUN.get_or_init(played::scene);
    let text = |at: usize| run.watched[at].1.clone();
    let statement = |says, bytes, who: Onlooker, from, to| Statement {
        says,
        bytes,
        who: vec![who],
        from,
        to,
    };
    let statements = [
        statement(
            "somebody only listens, and the words agree (seconds 0 to 19): the tap has the first text",
            text(0),
            Tap,
            0,
            19,
        ),
        statement(
            "a man in the middle, commitments kept, before they compare (seconds 20 to 25): the tap has the second \
             text",
            text(1),
            Tap,
            20,
            25,
        ),
        statement(
            "the same call (seconds 20 to 39): Bob's phone shows the words that Alice's phone shows",
            alices_words(run, 20),
            BobPhone,
            20,
            39,
        ),
        statement(
            "phones that do not commit; he tries 100 keys a second from second 40 on: by second 50 the tap has two \
             keys with which both phones show the same words",
            found_keys(run),
            Tap,
            40,
            50,
        ),
        statement(
            "phones that commit, but Bob's does not check; they compare, and the words agree (seconds 60 to 79): \
             the tap has the fourth text",
            text(3),
            Tap,
            60,
            79,
        ),
        statement(
            "FOUR once more, but Bob's phone checks (seconds 80 to 99): Bob's phone shows the words that Alice's phone \
             shows",
            alices_words(run, 80),
            BobPhone,
            80,
            99,
        ),
    ];
    Predict {
        exercise: "words/predict",
        show: "words",
        ledger: &run.ledger,
        statements: &statements,
    }
    .judge(student, wrong::predict())
}

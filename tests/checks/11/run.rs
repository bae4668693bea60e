//! Lesson 11, sentence: settled by the run.

use std::sync::OnceLock;

use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::statement::{self, Condition, Sentence, Statement};
use messaging_lab::course::student::Student;
use messaging_lab::ground::ledger::Onlooker::{self, AlicePhone, BobPhone, Tap};
use messaging_lab::ground::scene::Scene;

use super::wrong;

/// The run that the statements are about; `cargo run -- show compare` draws it.
#[path = "../../../src/show/scenes/compare.rs"]
mod played;

/// Witnesses, a letter, and a paragraph.
pub type Explanation = statement::Explanation<6>;

/// Six rewrites of the phrase, the condition it leaves out, and a paragraph.
pub fn sentence(student: impl Student<(), Explanation>) -> Verdict {
    // Every planted answer asks for the same run.
    static RUN: OnceLock<Scene> = OnceLock::new();
    let run = RUN.get_or_init(played::scene);
    let text = |at: usize| run.watched[at].1.clone();
    let statement = |says, bytes, who: &[Onlooker], (from, to)| Statement {
        says,
        bytes,
        who: who.to_vec(),
        from,
        to,
    };
    let rewrites = [
        statement(
            "\"Who only listens, as in TWO, never has what Alice says.\"",
            text(1),
            &[Tap],
            (0, 148),
        ),
        statement(
            "\"Both phones show two words in THREE, so the tap does not have what Alice says there.\"",
            text(2),
            &[Tap],
            (40, 59),
        ),
        statement(
            "\"They compare and hang up in FOUR: the tap never has what Alice had to say there.\"",
            text(3),
            &[Tap],
            (0, 148),
        ),
        statement(
            "\"In FIVE each hears the words of the own screen, so the tap does not have what Alice says there.\"",
            text(4),
            &[Tap],
            (80, 99),
        ),
        statement(
            "\"In SIX no phone warns, so the tap does not have what Alice says there.\"",
            text(5),
            &[Tap],
            (100, 119),
        ),
        statement(
            "\"Where nobody is in the path, as in EIGHT, no phone warns.\"",
            b"warning: the secret of the last call is missing".to_vec(),
            &[AlicePhone, BobPhone],
            (140, 148),
        ),
    ];
    let conditions = [
        Condition {
            letter: 'a',
            says: "the two words are on both screens",
            misses: Some("they were, in THREE, with a tap that had everything: nobody looked at them"),
        },
        Condition {
            letter: 'b',
            says: "the two people compare the words in every call",
            misses: Some("in FIVE they did, and the voices that read the words were not theirs"),
        },
        Condition {
            letter: 'c',
            says: "both phones check, both people compare, the voices and the phones are theirs; and one guess in 65,536 passes",
            misses: None,
        },
        Condition {
            letter: 'd',
            says: "the phones remember each other and warn of nothing",
            misses: Some(
                "in SEVEN they remembered, and warned of nothing: the man had been there since the first call",
            ),
        },
        Condition {
            letter: 'e',
            says: "the two people know each other's voices well",
            misses: Some("in THREE nobody imitated anything: the man passed on what the real voices said"),
        },
    ];
    let sentence = Sentence {
        exercise: "compare/sentence",
        show: "compare",
        ledger: &run.ledger,
        rewrites: &rewrites,
        conditions: &conditions,
    };
    sentence.ask(student, wrong::sentence())
}

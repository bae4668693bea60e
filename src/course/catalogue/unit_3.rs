//! Unit 3, "without the possibility of a tap": lessons 09 to 12.

use super::{Exercise, Kind, Lesson, exercise};

pub(super) const WORDS: Lesson = Lesson {
    number: 10,
    name: "words",
    title: "Two words",
    unit: 2,
    exercises: &[
        Exercise {
            misconceptions: &[10],
            ..exercise("words/predict", Kind::Predict, 12)
        },
        Exercise {
            misconceptions: &[9],
            withheld: &["b32", "pgp_words"],
            ..exercise("words/render", Kind::Build, 10)
        },
        Exercise {
            after: &["words/render"],
            misconceptions: &[9, 10],
            withheld: &["birthday", "Candidates", "WordSearcher"],
            ..exercise("words/no_commitment", Kind::Break, 20)
        },
        Exercise {
            after: &["words/no_commitment"],
            misconceptions: &[10],
            withheld: &["equal_to", "Candidates", "WordSearcher"],
            ..exercise("words/forgot_to_check", Kind::Break, 18)
        },
    ],
};

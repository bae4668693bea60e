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

pub(super) const FRAMES: Lesson = Lesson {
    number: 12,
    name: "frames",
    title: "The call itself",
    unit: 2,
    exercises: &[
        Exercise {
            misconceptions: &[2, 6],
            ..exercise("frames/predict", Kind::Predict, 10)
        },
        Exercise {
            core: false,
            after: &["frames/predict"],
            withheld: &["estimate_index", "Position", "Receiver"],
            ..exercise("frames/index", Kind::Build, 12)
        },
        Exercise {
            after: &["frames/predict"],
            misconceptions: &[6],
            ..exercise("frames/replay", Kind::Break, 14)
        },
        Exercise {
            after: &["frames/replay"],
            misconceptions: &[6],
            withheld: &["ReplayWindow", "Receiver"],
            ..exercise("frames/replay_window", Kind::Build, 10)
        },
        Exercise {
            after: &["frames/predict"],
            misconceptions: &[2],
            ..exercise("frames/hear_the_shape", Kind::Break, 14)
        },
        Exercise {
            core: false,
            after: &["frames/hear_the_shape"],
            misconceptions: &[2],
            withheld: &["to_cell"],
            ..exercise("frames/constant_rate", Kind::Fix, 6)
        },
        Exercise {
            after: &["frames/predict"],
            misconceptions: &[2, 6],
            ..exercise("frames/sentence", Kind::Explain, 10)
        },
    ],
};

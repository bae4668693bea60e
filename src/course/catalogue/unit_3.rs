//! Unit 3, "without the possibility of a tap": lessons 09 to 12.

use super::{Exercise, Kind, Lesson, exercise};

pub(super) const HANDSHAKE: Lesson = Lesson {
    number: 9,
    name: "handshake",
    title: "Agreeing on a key in public",
    unit: 2,
    exercises: &[
        Exercise {
            misconceptions: &[2, 3],
            ..exercise("handshake/predict", Kind::Predict, 12)
        },
        exercise("handshake/coin", Kind::Break, 3),
        Exercise {
            after: &["handshake/coin"],
            ..exercise("handshake/sealed_coin", Kind::Fix, 6)
        },
        Exercise {
            after: &["handshake/sealed_coin"],
            withheld: &["hvi"],
            ..exercise("handshake/commit", Kind::Build, 4)
        },
        Exercise {
            after: &["handshake/commit"],
            withheld: &["hvi"],
            ..exercise("handshake/check_commit", Kind::Build, 5)
        },
        Exercise {
            after: &["handshake/check_commit"],
            ..exercise("handshake/wrong_order", Kind::Break, 14)
        },
        Exercise {
            after: &["handshake/wrong_order"],
            ..exercise("handshake/next_state", Kind::Fix, 9)
        },
        Exercise {
            core: false,
            withheld: &["SessionKeys", "sas_hash"],
            ..exercise("handshake/keys", Kind::Build, 10)
        },
        Exercise {
            after: &["handshake/predict"],
            misconceptions: &[2, 3],
            ..exercise("handshake/late_tap", Kind::Break, 12)
        },
    ],
};

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

pub(super) const COMPARE: Lesson = Lesson {
    number: 11,
    name: "compare",
    title: "Who is listening?",
    unit: 2,
    exercises: &[
        Exercise {
            misconceptions: &[8, 10, 11],
            ..exercise("compare/who_is_tapped", Kind::Detect, 10)
        },
        Exercise {
            misconceptions: &[8],
            withheld: &["continuity", "s1_from_ids", "must_alert", "Cached"],
            ..exercise("compare/continuity", Kind::Build, 12)
        },
        Exercise {
            misconceptions: &[8, 10],
            ..exercise("compare/odds", Kind::Build, 10)
        },
        Exercise {
            core: false,
            after: &["compare/who_is_tapped"],
            misconceptions: &[8, 10, 11],
            ..exercise("compare/sentence", Kind::Explain, 15)
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

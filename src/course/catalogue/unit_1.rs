//! Unit 1, "self-destruct timer": the lessons about the store.

use super::{Exercise, Kind, Lesson, exercise};

/// The store's rules about time and all that keeps them: alone or put together they answer every question about when a
/// message goes.
const CLOCK_RULES: &[&str] = &[
    "expires_at",
    "is_readable_at",
    "effective_timer",
    "raised_for_media",
    "starts_when_opened",
    "sender_time_left",
    "time_left_after_restart",
    "shortest_wait",
    "elapsed_between",
    "Timekeeper",
    "MessageStore",
    "JournalStore",
];

pub(super) const BYTES: Lesson = Lesson {
    number: 0,
    name: "bytes",
    title: "What a stored message is made of",
    unit: 0,
    exercises: &[
        Exercise {
            withheld: &["bytes_to_hex", "hex_to_bytes"],
            ..exercise("bytes/hex", Kind::Build, 7)
        },
        Exercise {
            after: &["bytes/hex"],
            withheld: &["bytes_to_hex", "hex_to_bytes"],
            ..exercise("bytes/unhex", Kind::Build, 15)
        },
        Exercise {
            after: &["bytes/hex"],
            withheld: &["next_record"],
            ..exercise("bytes/length", Kind::Build, 5)
        },
        exercise("bytes/xor", Kind::Build, 4),
        Exercise {
            after: &["bytes/hex"],
            ..exercise("bytes/flip", Kind::Detect, 12)
        },
    ],
};

pub(super) const TIMER: Lesson = Lesson {
    number: 1,
    name: "timer",
    title: "When does the clock start?",
    unit: 0,
    exercises: &[
        Exercise {
            misconceptions: &[12],
            ..exercise("timer/predict", Kind::Predict, 15)
        },
        Exercise {
            withheld: CLOCK_RULES,
            ..exercise("timer/deadline", Kind::Build, 8)
        },
        Exercise {
            after: &["timer/deadline"],
            withheld: CLOCK_RULES,
            ..exercise("timer/boundary", Kind::Fix, 2)
        },
        Exercise {
            after: &["timer/deadline", "timer/boundary"],
            misconceptions: &[12],
            withheld: CLOCK_RULES,
            ..exercise("timer/countdown", Kind::Build, 15)
        },
        Exercise {
            after: &["timer/deadline"],
            ..exercise("timer/conversation", Kind::Build, 20)
        },
    ],
};

pub(super) const CLOCKS: Lesson = Lesson {
    number: 2,
    name: "clocks",
    title: "Whose clock?",
    unit: 0,
    exercises: &[
        Exercise {
            after: &["timer/deadline"],
            misconceptions: &[12],
            ..exercise("clocks/predict", Kind::Predict, 18)
        },
        Exercise {
            after: &["timer/deadline"],
            withheld: CLOCK_RULES,
            ..exercise("clocks/next_wake", Kind::Build, 5)
        },
        Exercise {
            after: &["timer/deadline"],
            withheld: CLOCK_RULES,
            ..exercise("clocks/after_restart", Kind::Build, 7)
        },
        Exercise {
            after: &["timer/deadline"],
            misconceptions: &[12],
            withheld: CLOCK_RULES,
            ..exercise("clocks/senders_copy", Kind::Build, 3)
        },
        Exercise {
            after: &["clocks/after_restart"],
            ..exercise("clocks/turn_back", Kind::Break, 12)
        },
        Exercise {
            core: false,
            after: &["clocks/turn_back"],
            withheld: CLOCK_RULES,
            ..exercise("clocks/hold_on", Kind::Fix, 15)
        },
    ],
};

pub(super) const ERASURE: Lesson = Lesson {
    number: 3,
    name: "erasure",
    title: "Deleted, or gone?",
    unit: 0,
    exercises: &[
        Exercise {
            after: &["timer/deadline"],
            misconceptions: &[12],
            ..exercise("erasure/predict", Kind::Predict, 15)
        },
        Exercise {
            after: &["bytes/length"],
            misconceptions: &[12],
            withheld: &["next_record", "NaiveJournal"],
            ..exercise("erasure/carve", Kind::Break, 18)
        },
        Exercise {
            misconceptions: &[12],
            withheld: &["Ledger"],
            ..exercise("erasure/who_still_has_it", Kind::Detect, 7)
        },
        Exercise {
            after: &["bytes/xor"],
            ..exercise("erasure/shred", Kind::Build, 6)
        },
        Exercise {
            after: &["erasure/shred"],
            ..exercise("erasure/overwrite", Kind::Build, 8)
        },
        Exercise {
            after: &["erasure/carve", "erasure/shred"],
            misconceptions: &[12],
            ..exercise("erasure/catch_the_hoarder", Kind::Detect, 14)
        },
        Exercise {
            after: &["erasure/predict"],
            misconceptions: &[12],
            ..exercise("erasure/sentence", Kind::Explain, 17)
        },
    ],
};

//! Which lessons and exercises there are. The one place that knows.
//!
//! An exercise's ID never changes: progress, hints, assignments and marks are kept under it. Numbers are for display and
//! order. One ID is one function: `timer/deadline` is `fn deadline` in lesson `timer`.

/// What an exercise asks a student to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Guess first, then settle each statement with what a run shows.
    Predict,
    /// Write a function.
    Build,
    /// Defeat a model that is weak on purpose.
    Break,
    /// Mend a function that was handed out with a bug.
    Fix,
    /// Find out from recorded bytes or lines what happened.
    Detect,
    /// Judge sentences, and write one paragraph that the instructor reads.
    Explain,
}

impl Kind {
    /// In a word.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Predict => "predict",
            Kind::Build => "build",
            Kind::Break => "break",
            Kind::Fix => "fix",
            Kind::Detect => "detect",
            Kind::Explain => "explain",
        }
    }
}

/// One exercise.
#[derive(Debug)]
pub struct Exercise {
    /// `lesson/function`.
    pub id: &'static str,
    /// What it asks for.
    pub kind: Kind,
    /// An estimate for somebody who has read the lesson's text.
    pub minutes: u32,
    /// Whether it is on the core path; the others can be left out without missing anything that comes later.
    pub core: bool,
    /// IDs that come before it.
    pub after: &'static [&'static str],
    /// Which wrong beliefs it confronts, by their number in [`MISCONCEPTIONS`].
    pub misconceptions: &'static [u32],
    /// Names of the kit's own functions, types and methods that would be the answer.
    pub withheld: &'static [&'static str],
}

impl Exercise {
    /// The name of its function.
    pub fn function(&self) -> &'static str {
        self.id.split_once('/').map_or(self.id, |(_, function)| function)
    }
}

/// One lesson: one file that a student edits.
#[derive(Debug)]
pub struct Lesson {
    /// Its place in the course, from 0.
    pub number: u32,
    /// Its name, the first half of its exercises' IDs.
    pub name: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Which of [`UNITS`] it belongs to.
    pub unit: usize,
    /// Its exercises in order.
    pub exercises: &'static [Exercise],
}

impl Lesson {
    /// `01_timer`: how its files are called.
    pub fn stem(&self) -> String {
        format!("{:02}_{}", self.number, self.name)
    }

    /// The file that the student edits, from the project's root.
    pub fn file(&self) -> String {
        format!("lessons/{}.rs", self.stem())
    }

    /// The same file as it was shipped.
    pub fn stub(&self) -> String {
        format!("lessons/stubs/{}.rs", self.stem())
    }

    /// Its hints.
    pub fn hints(&self) -> String {
        format!("lessons/hints/{}.txt", self.stem())
    }

    /// The name of its test target.
    pub fn target(&self) -> String {
        format!("lesson_{:02}", self.number)
    }

    /// The sum of its exercises' minutes.
    pub fn minutes(&self) -> u32 {
        self.exercises.iter().map(|exercise| exercise.minutes).sum()
    }
}

/// A unit tests one statement of the article.
#[derive(Debug)]
pub struct Unit {
    /// The app.
    pub app: &'static str,
    /// What the article says about it, in its own few words.
    pub phrase: &'static str,
    /// Where the unit ends up, in one sentence.
    pub ending: &'static str,
}

/// The three statements.
pub const UNITS: [Unit; 3] = [
    Unit {
        app: "Telegram",
        phrase: "self-destruct timer",
        ending: "each phone removes its own copy by its own clock; other copies are outside it",
    },
    Unit {
        app: "WhatsApp",
        phrase: "designed to keep messages private - even from the app company itself",
        ending: "the relay reads nothing if keys are compared and the app is honest; it always sees who and when",
    },
    Unit {
        app: "Silent Phone",
        phrase: "without the possibility of a tap",
        ending: "a tap in the path is found only if the two people compare their words",
    },
];

/// What people wrongly believe, with where it was measured; exercises name them by number.
pub const MISCONCEPTIONS: [(u32, &str); 12] = [
    (
        1,
        "end-to-end encrypted messages can be read by others anyway (Abu-Salma et al., FOCI 2018)",
    ),
    (
        2,
        "SMS and landline calls are as safe or safer (Abu-Salma et al., FOCI 2018)",
    ),
    (
        3,
        "no technology stops a skilled attacker (Dechand et al., EuroS&P 2019)",
    ),
    (
        4,
        "the provider reads the content in any case (CUTS India survey)",
    ),
    (
        5,
        "a secure app means that this chat is end-to-end encrypted (Abu-Salma et al., EuroUSEC 2017)",
    ),
    (
        6,
        "encryption implies that nothing was changed and that the sender is real (Bai et al., EuroS&PW 2020)",
    ),
    (
        7,
        "there is no need to compare safety numbers (Vaziripour et al., SOUPS 2017)",
    ),
    (
        8,
        "I would notice a man in the middle (Schroeder et al., EuroUSEC 2016)",
    ),
    (
        9,
        "any fingerprint format works, and longer is safer (Dechand et al., USENIX Security 2016)",
    ),
    (
        10,
        "reading the two words aloud proves that the call is safe (Shirvanian and Saxena)",
    ),
    (
        11,
        "a familiar voice proves who is speaking (Shirvanian and Saxena)",
    ),
    (12, "expired means gone everywhere (Schnitzler et al. 2020)"),
];

/// An exercise on the core path that confronts nothing and withholds nothing but the run from whoever is to look at it:
/// what the tables below start from.
const fn exercise(id: &'static str, kind: Kind, minutes: u32) -> Exercise {
    Exercise {
        id,
        kind,
        minutes,
        core: true,
        after: &[],
        misconceptions: &[],
        withheld: match kind {
            Kind::Predict | Kind::Explain => THE_RUN,
            _ => &[],
        },
    }
}

/// The run of a lesson, and what finds a witness in it.
const THE_RUN: &[&str] = &["scene", "SCENES", "Statement"];

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

/// All lessons in order.
pub static LESSONS: &[Lesson] = &[
    Lesson {
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
    },
    Lesson {
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
    },
    Lesson {
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
    },
    Lesson {
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
    },
    Lesson {
        number: 4,
        name: "seal",
        title: "A lock that also notices",
        unit: 1,
        exercises: &[
            Exercise {
                after: &["bytes/xor"],
                misconceptions: &[1, 6],
                ..exercise("seal/predict", Kind::Predict, 12)
            },
            Exercise {
                misconceptions: &[1, 3],
                ..exercise("seal/guess_the_key", Kind::Break, 10)
            },
            Exercise {
                after: &["bytes/xor"],
                misconceptions: &[3],
                ..exercise("seal/two_time_pad", Kind::Break, 8)
            },
            Exercise {
                after: &["bytes/xor"],
                misconceptions: &[6],
                ..exercise("seal/flip", Kind::Break, 8)
            },
            Exercise {
                after: &["seal/two_time_pad", "seal/flip"],
                withheld: &["seal", "open", "seal_in_place", "open_in_place", "Sealer"],
                ..exercise("seal/seal", Kind::Build, 12)
            },
            Exercise {
                after: &["seal/seal"],
                misconceptions: &[6],
                withheld: &["seal", "open", "seal_in_place", "open_in_place", "Sealer"],
                ..exercise("seal/open", Kind::Build, 12)
            },
            Exercise {
                after: &["seal/two_time_pad"],
                ..exercise("seal/next_nonce", Kind::Fix, 13)
            },
            Exercise {
                core: false,
                after: &["seal/open"],
                misconceptions: &[6],
                ..exercise("seal/spot_the_flaw", Kind::Detect, 15)
            },
        ],
    },
    Lesson {
        number: 5,
        name: "relay",
        title: "What the company holds",
        unit: 1,
        exercises: &[
            Exercise {
                misconceptions: &[1, 4],
                ..exercise("relay/predict", Kind::Predict, 12)
            },
            exercise("relay/small_secret", Kind::Break, 10),
            exercise("relay/shared_key", Kind::Build, 7),
            Exercise {
                after: &["seal/seal", "relay/shared_key"],
                misconceptions: &[1],
                ..exercise("relay/envelope", Kind::Build, 18)
            },
            Exercise {
                after: &["relay/envelope"],
                ..exercise("relay/guess_by_size", Kind::Break, 8)
            },
            Exercise {
                after: &["relay/guess_by_size"],
                withheld: &["pad", "unpad", "bucket_of"],
                ..exercise("relay/pad", Kind::Fix, 6)
            },
            Exercise {
                after: &["relay/pad"],
                withheld: &["pad", "unpad", "bucket_of"],
                ..exercise("relay/unpad", Kind::Fix, 7)
            },
            Exercise {
                misconceptions: &[4],
                ..exercise("relay/who_talks_to_whom", Kind::Break, 10)
            },
            Exercise {
                after: &["seal/open"],
                misconceptions: &[4, 5],
                ..exercise("relay/which_chat", Kind::Detect, 12)
            },
        ],
    },
    Lesson {
        number: 7,
        name: "ratchet",
        title: "Yesterday",
        unit: 1,
        exercises: &[
            Exercise {
                after: &["timer/deadline"],
                misconceptions: &[3],
                ..exercise("ratchet/predict", Kind::Predict, 12)
            },
            Exercise {
                withheld: &["kdf_ck", "Ratchet", "Session"],
                ..exercise("ratchet/chain_step", Kind::Build, 8)
            },
            Exercise {
                after: &["ratchet/chain_step"],
                misconceptions: &[3],
                ..exercise("ratchet/thief", Kind::Break, 20)
            },
            Exercise {
                after: &["ratchet/predict"],
                misconceptions: &[3],
                ..exercise("ratchet/forget", Kind::Fix, 20)
            },
        ],
    },
    Lesson {
        number: 8,
        name: "healing",
        title: "Tomorrow",
        unit: 1,
        exercises: &[
            Exercise {
                misconceptions: &[3],
                ..exercise("healing/predict", Kind::Predict, 10)
            },
            Exercise {
                after: &["healing/predict"],
                withheld: &["shared_secret", "initiate", "respond", "Session"],
                ..exercise("healing/first_key", Kind::Build, 12)
            },
            Exercise {
                after: &["healing/predict"],
                withheld: &["kdf_rk", "Ratchet"],
                ..exercise("healing/root_step", Kind::Build, 5)
            },
            Exercise {
                after: &["healing/predict", "healing/root_step"],
                misconceptions: &[3],
                ..exercise("healing/locked_out", Kind::Detect, 10)
            },
            Exercise {
                core: false,
                withheld: &["Ratchet"],
                ..exercise("healing/out_of_order", Kind::Build, 13)
            },
            Exercise {
                after: &["seal/open"],
                misconceptions: &[1, 4],
                ..exercise("healing/leaks", Kind::Detect, 13)
            },
            Exercise {
                after: &["healing/predict", "healing/leaks"],
                misconceptions: &[1, 3, 4],
                ..exercise("healing/sentence", Kind::Explain, 12)
            },
        ],
    },
    Lesson {
        number: 6,
        name: "keys",
        title: "Whose key is it?",
        unit: 1,
        exercises: &[
            Exercise {
                misconceptions: &[7, 8],
                ..exercise("keys/predict", Kind::Predict, 12)
            },
            Exercise {
                misconceptions: &[8],
                ..exercise("keys/ghost_directory", Kind::Break, 6)
            },
            Exercise {
                after: &["keys/ghost_directory"],
                misconceptions: &[8],
                ..exercise("keys/ghost", Kind::Break, 15)
            },
            Exercise {
                misconceptions: &[7],
                withheld: &[
                    "safety_number",
                    "safety_number_with",
                    "SafetyNumber",
                    "iterated_fingerprint",
                    "half_of_number",
                ],
                ..exercise("keys/safety_number", Kind::Build, 15)
            },
            Exercise {
                after: &["keys/safety_number"],
                misconceptions: &[7, 9],
                ..exercise("keys/near_miss", Kind::Break, 12)
            },
            Exercise {
                misconceptions: &[9],
                ..exercise("keys/formats", Kind::Detect, 8)
            },
            Exercise {
                misconceptions: &[7],
                ..exercise("keys/key_changed", Kind::Fix, 8)
            },
        ],
    },
];

/// The lesson with this name, number (`1`, `01`) or file name (`01_timer`).
pub fn lesson(word: &str) -> Option<&'static Lesson> {
    LESSONS.iter().find(|lesson| {
        lesson.name == word
            || lesson.stem() == word
            || word.parse() == Ok(lesson.number)
            || lesson.target() == word
    })
}

/// The exercise with this ID, and its lesson.
pub fn find(id: &str) -> Option<(&'static Lesson, &'static Exercise)> {
    all().find(|(_, exercise)| exercise.id == id)
}

/// Every exercise with its lesson, in order.
pub fn all() -> impl Iterator<Item = (&'static Lesson, &'static Exercise)> {
    LESSONS
        .iter()
        .flat_map(|lesson| lesson.exercises.iter().map(move |exercise| (lesson, exercise)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn ids_are_unique_belong_to_their_lesson_and_build_on_earlier_ones_only() {
        let mut seen = BTreeSet::new();
        for (lesson, exercise) in all() {
            assert!(
                exercise.id.starts_with(&format!("{}/", lesson.name)),
                "{}",
                exercise.id
            );
            for before in exercise.after {
                assert!(
                    seen.contains(before),
                    "{} comes after {before}, which is not there yet",
                    exercise.id
                );
            }
            for number in exercise.misconceptions {
                assert!(
                    MISCONCEPTIONS.iter().any(|(known, _)| known == number),
                    "{}",
                    exercise.id
                );
            }
            assert!(
                exercise.minutes > 0 && seen.insert(exercise.id),
                "{}",
                exercise.id
            );
        }
    }

    #[test]
    fn a_lesson_is_found_by_any_of_its_names() {
        for word in ["timer", "1", "01", "01_timer", "lesson_01"] {
            assert_eq!(lesson(word).map(|lesson| lesson.name), Some("timer"), "{word}");
        }
        assert!(lesson("99").is_none() && lesson("").is_none());
    }
}

//! Which lessons and exercises there are. The one place that knows.
//!
//! An exercise's ID never changes: progress, hints, assignments and marks are kept under it. Numbers are for display and
//! order. One ID is one function: `timer/deadline` is `fn deadline` in lesson `timer`.

mod unit_1;
mod unit_2;
mod unit_3;

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
const THE_RUN: &[&str] = &["Statement"];

/// All lessons in order.
pub static LESSONS: &[Lesson] = &[
    unit_1::BYTES,
    unit_1::TIMER,
    unit_1::CLOCKS,
    unit_1::ERASURE,
    unit_2::SEAL,
    unit_2::RELAY,
    unit_2::KEYS,
    unit_2::RATCHET,
    unit_2::HEALING,
    unit_3::HANDSHAKE,
    unit_3::WORDS,
    unit_3::COMPARE,
    unit_3::FRAMES,
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
    fn lessons_stand_in_the_order_of_their_numbers() {
        for (number, lesson) in (0..).zip(LESSONS) {
            assert_eq!(lesson.number, number, "{}", lesson.name);
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

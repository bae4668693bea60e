//! Lesson 04, checked: `cargo test --test lesson_04`. What you edit is lessons/04_seal.rs, not this file.
//!
//! The judge stands in a module of its own, and before the lesson: the lesson can neither name it nor redefine a macro
//! that it uses.

#[path = "checks/wire.rs"]
mod wire;

#[path = "."]
mod seal {
    #[path = "checks/04.rs"]
    mod checks;

    #[path = "checks/there.rs"]
    mod there;

    use messaging_lab::course::feedback::Verdict;

    const LESSON: there::Sitting = there::Sitting {
        source: ::core::include_str!("../lessons/04_seal.rs"),
        answer: crate::answers::answer,
    };

    #[test]
    fn predict() -> Verdict {
        LESSON.of("seal/predict", |student| checks::predict(student))
    }

    #[test]
    fn guess_the_key() -> Verdict {
        LESSON.of("seal/guess_the_key", |student| checks::guess_the_key(student))
    }

    #[test]
    fn two_time_pad() -> Verdict {
        LESSON.of("seal/two_time_pad", |student| checks::two_time_pad(student))
    }

    #[test]
    fn flip() -> Verdict {
        LESSON.of("seal/flip", |student| checks::flip(student))
    }

    #[test]
    fn seal() -> Verdict {
        LESSON.of("seal/seal", |student| checks::seal(student))
    }

    #[test]
    fn open() -> Verdict {
        LESSON.of("seal/open", |student| checks::open(student))
    }

    #[test]
    fn next_nonce() -> Verdict {
        LESSON.of("seal/next_nonce", |student| checks::next_nonce(student))
    }

    #[test]
    fn spot_the_flaw() -> Verdict {
        LESSON.of("seal/spot_the_flaw", |student| checks::spot_the_flaw(student))
    }
}

#[path = "answers/04.rs"]
mod answers;

// Last: what it defines is not in scope above.
#[forbid(unsafe_code)]
#[path = "../lessons/04_seal.rs"]
mod lesson;

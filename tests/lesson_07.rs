//! Lesson 07, checked: `cargo test --test lesson_07`. What you edit is lessons/07_ratchet.rs, not this file.
//!
//! The judge stands in a module of its own, and before the lesson: the lesson can neither name it nor redefine a macro
//! that it uses.

#[path = "checks/wire.rs"]
mod wire;

#[path = "."]
mod ratchet {
    #[path = "checks/07.rs"]
    mod checks;

    #[path = "checks/there.rs"]
    mod there;

    use messaging_lab::course::feedback::Verdict;

    const LESSON: there::Sitting = there::Sitting {
        source: ::core::include_str!("../lessons/07_ratchet.rs"),
        answer: crate::answers::answer,
    };

    #[test]
    fn predict() -> Verdict {
        LESSON.of("ratchet/predict", |student| checks::predict(student))
    }

    #[test]
    fn chain_step() -> Verdict {
        LESSON.of("ratchet/chain_step", |student| checks::chain_step(student))
    }

    #[test]
    fn thief() -> Verdict {
        LESSON.of("ratchet/thief", |student| checks::thief(student))
    }

    #[test]
    fn forget() -> Verdict {
        LESSON.of("ratchet/forget", |student| checks::forget(student))
    }
}

#[path = "answers/07.rs"]
mod answers;

// Last: what it defines is not in scope above.
#[forbid(unsafe_code)]
#[path = "../lessons/07_ratchet.rs"]
mod lesson;

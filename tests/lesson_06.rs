//! Lesson 06, checked: `cargo test --test lesson_06`. What you edit is lessons/06_keys.rs, not this file.
//!
//! The judge stands in a module of its own, and before the lesson: the lesson can neither name it nor redefine a macro
//! that it uses.

#[path = "checks/wire.rs"]
mod wire;

#[path = "."]
mod keys {
    #[path = "checks/06.rs"]
    mod checks;

    #[path = "checks/there.rs"]
    mod there;

    use messaging_lab::course::feedback::Verdict;

    const LESSON: there::Sitting = there::Sitting {
        source: ::core::include_str!("../lessons/06_keys.rs"),
        answer: crate::answers::answer,
    };

    #[test]
    fn predict() -> Verdict {
        LESSON.of("keys/predict", |student| checks::predict(student))
    }

    #[test]
    fn ghost_directory() -> Verdict {
        LESSON.of("keys/ghost_directory", |student| checks::ghost_directory(student))
    }

    #[test]
    fn ghost() -> Verdict {
        LESSON.of("keys/ghost", |student| checks::ghost(student))
    }

    #[test]
    fn safety_number() -> Verdict {
        LESSON.of("keys/safety_number", |student| checks::safety_number(student))
    }

    #[test]
    fn near_miss() -> Verdict {
        LESSON.of("keys/near_miss", |student| checks::near_miss(student))
    }

    #[test]
    fn formats() -> Verdict {
        LESSON.of("keys/formats", |student| checks::formats(student))
    }

    #[test]
    fn key_changed() -> Verdict {
        LESSON.of("keys/key_changed", |student| checks::key_changed(student))
    }
}

#[path = "answers/06.rs"]
mod answers;

// Last: what it defines is not in scope above.
#[forbid(unsafe_code)]
#[path = "../lessons/06_keys.rs"]
mod lesson;

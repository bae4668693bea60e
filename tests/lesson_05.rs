//! Lesson 05, checked: `cargo test --test lesson_05`. What you edit is lessons/05_relay.rs, not this file.
//!
//! The judge stands in a module of its own, and before the lesson: the lesson can neither name it nor redefine a macro
//! that it uses.

#[path = "checks/wire.rs"]
mod wire;

#[path = "."]
mod relay {
    #[path = "checks/05.rs"]
    mod checks;

    #[path = "checks/there.rs"]
    mod there;

    use messaging_lab::course::feedback::Verdict;

    const LESSON: there::Sitting = there::Sitting {
        source: ::core::include_str!("../lessons/05_relay.rs"),
        answer: crate::answers::answer,
    };

    #[test]
    fn predict() -> Verdict {
        LESSON.of("relay/predict", |student| checks::predict(student))
    }

    #[test]
    fn small_secret() -> Verdict {
        LESSON.of("relay/small_secret", |student| checks::small_secret(student))
    }

    #[test]
    fn shared_key() -> Verdict {
        LESSON.of("relay/shared_key", |student| checks::shared_key(student))
    }

    #[test]
    fn envelope() -> Verdict {
        LESSON.of("relay/envelope", |student| checks::envelope(student))
    }

    #[test]
    fn guess_by_size() -> Verdict {
        LESSON.of("relay/guess_by_size", |student| checks::guess_by_size(student))
    }

    #[test]
    fn pad() -> Verdict {
        LESSON.of("relay/pad", |student| checks::pad(student))
    }

    #[test]
    fn unpad() -> Verdict {
        LESSON.of("relay/unpad", |student| checks::unpad(student))
    }

    #[test]
    fn who_talks_to_whom() -> Verdict {
        LESSON.of("relay/who_talks_to_whom", |student| {
            checks::who_talks_to_whom(student)
        })
    }

    #[test]
    fn which_chat() -> Verdict {
        LESSON.of("relay/which_chat", |student| checks::which_chat(student))
    }
}

#[path = "answers/05.rs"]
mod answers;

// Last: what it defines is not in scope above.
#[forbid(unsafe_code)]
#[path = "../lessons/05_relay.rs"]
mod lesson;

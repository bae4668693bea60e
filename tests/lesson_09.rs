//! Lesson 09, checked: `cargo test --test lesson_09`. What you edit is lessons/09_handshake.rs, not this file.
//!
//! The judge stands in a module of its own, and before the lesson: the lesson can neither name it nor redefine a macro
//! that it uses.

#[path = "checks/wire.rs"]
mod wire;

#[path = "."]
mod handshake {
    #[path = "checks/09.rs"]
    mod checks;

    #[path = "checks/there.rs"]
    mod there;

    use messaging_lab::course::feedback::Verdict;

    const LESSON: there::Sitting = there::Sitting {
        source: ::core::include_str!("../lessons/09_handshake.rs"),
        answer: crate::answers::answer,
    };

    #[test]
    fn predict() -> Verdict {
        LESSON.of("handshake/predict", |student| checks::predict(student))
    }

    #[test]
    fn coin() -> Verdict {
        LESSON.of("handshake/coin", |student| checks::coin(student))
    }

    #[test]
    fn sealed_coin() -> Verdict {
        LESSON.of("handshake/sealed_coin", |student| checks::sealed_coin(student))
    }

    #[test]
    fn commit() -> Verdict {
        LESSON.of("handshake/commit", |student| checks::commit(student))
    }

    #[test]
    fn check_commit() -> Verdict {
        LESSON.of("handshake/check_commit", |student| checks::check_commit(student))
    }

    #[test]
    fn wrong_order() -> Verdict {
        LESSON.of("handshake/wrong_order", |student| checks::wrong_order(student))
    }

    #[test]
    fn next_state() -> Verdict {
        LESSON.of("handshake/next_state", |student| checks::next_state(student))
    }

    #[test]
    fn keys() -> Verdict {
        LESSON.of("handshake/keys", |student| checks::keys(student))
    }

    #[test]
    fn late_tap() -> Verdict {
        LESSON.of("handshake/late_tap", |student| checks::late_tap(student))
    }
}

#[path = "answers/09.rs"]
mod answers;

// Last: what it defines is not in scope above.
#[forbid(unsafe_code)]
#[path = "../lessons/09_handshake.rs"]
mod lesson;

//! Lesson 01, checked: `cargo test --test lesson_01`. What you edit is lessons/01_timer.rs, not this file.
//!
//! The judge stands in a module of its own, and before the lesson: the lesson can neither name it nor redefine a macro
//! that it uses.

#[path = "checks/wire.rs"]
mod wire;

#[path = "."]
mod timer {
    #[path = "checks/01.rs"]
    mod checks;

    #[path = "checks/there.rs"]
    mod there;

    use messaging_lab::course::feedback::Verdict;

    const LESSON: there::Sitting = there::Sitting {
        source: ::core::include_str!("../lessons/01_timer.rs"),
        answer: crate::answers::answer,
    };

    #[test]
    fn predict() -> Verdict {
        LESSON.of("timer/predict", |student| checks::predict(student))
    }

    #[test]
    fn deadline() -> Verdict {
        LESSON.of("timer/deadline", |student| checks::deadline(student))
    }

    #[test]
    fn boundary() -> Verdict {
        LESSON.of("timer/boundary", |student| checks::boundary(student))
    }

    #[test]
    fn countdown() -> Verdict {
        LESSON.of("timer/countdown", |student| checks::countdown(student))
    }

    #[test]
    fn conversation() -> Verdict {
        LESSON.of("timer/conversation", |student| checks::conversation(student))
    }
}

#[path = "answers/01.rs"]
mod answers;

// Last: what it defines is not in scope above.
#[forbid(unsafe_code)]
#[path = "../lessons/01_timer.rs"]
mod lesson;

//! Lesson 02, checked: `cargo test --test lesson_02`. What you edit is lessons/02_clocks.rs, not this file.
//!
//! The judge stands in a module of its own, and before the lesson: the lesson can neither name it nor redefine a macro
//! that it uses.

#[path = "checks/wire.rs"]
mod wire;

#[path = "."]
mod clocks {
    #[path = "checks/02.rs"]
    mod checks;

    #[path = "checks/there.rs"]
    mod there;

    use messaging_lab::course::feedback::Verdict;

    const LESSON: there::Sitting = there::Sitting {
        source: ::core::include_str!("../lessons/02_clocks.rs"),
        answer: crate::answers::answer,
    };

    #[test]
    fn predict() -> Verdict {
        LESSON.of("clocks/predict", |student| checks::predict(student))
    }

    #[test]
    fn next_wake() -> Verdict {
        LESSON.of("clocks/next_wake", |student| checks::next_wake(student))
    }

    #[test]
    fn after_restart() -> Verdict {
        LESSON.of("clocks/after_restart", |student| checks::after_restart(student))
    }

    #[test]
    fn senders_copy() -> Verdict {
        LESSON.of("clocks/senders_copy", |student| checks::senders_copy(student))
    }

    #[test]
    fn turn_back() -> Verdict {
        LESSON.of("clocks/turn_back", |student| checks::turn_back(student))
    }

    #[test]
    fn hold_on() -> Verdict {
        LESSON.of("clocks/hold_on", |student| checks::hold_on(student))
    }
}

#[path = "answers/02.rs"]
mod answers;

// Last: what it defines is not in scope above.
#[forbid(unsafe_code)]
#[path = "../lessons/02_clocks.rs"]
mod lesson;

//! Lesson 08, checked: `cargo test --test lesson_08`. What you edit is lessons/08_healing.rs, not this file.
//!
//! The judge stands in a module of its own, and before the lesson: the lesson can neither name it nor redefine a macro
//! that it uses.

#[path = "checks/wire.rs"]
mod wire;

#[path = "."]
mod healing {
    #[path = "checks/08.rs"]
    mod checks;

    #[path = "checks/there.rs"]
    mod there;

    use messaging_lab::course::feedback::Verdict;

    const LESSON: there::Sitting = there::Sitting {
        source: ::core::include_str!("../lessons/08_healing.rs"),
        answer: crate::answers::answer,
    };

    #[test]
    fn predict() -> Verdict {
        LESSON.of("healing/predict", |student| checks::predict(student))
    }

    #[test]
    fn first_key() -> Verdict {
        LESSON.of("healing/first_key", |student| checks::first_key(student))
    }

    #[test]
    fn root_step() -> Verdict {
        LESSON.of("healing/root_step", |student| checks::root_step(student))
    }

    #[test]
    fn locked_out() -> Verdict {
        LESSON.of("healing/locked_out", |student| checks::locked_out(student))
    }

    #[test]
    fn out_of_order() -> Verdict {
        LESSON.of("healing/out_of_order", |student| checks::out_of_order(student))
    }

    #[test]
    fn leaks() -> Verdict {
        LESSON.of("healing/leaks", |student| checks::leaks(student))
    }

    #[test]
    fn sentence() -> Verdict {
        LESSON.of("healing/sentence", |student| checks::sentence(student))
    }
}

#[path = "answers/08.rs"]
mod answers;

// Last: what it defines is not in scope above.
#[forbid(unsafe_code)]
#[path = "../lessons/08_healing.rs"]
mod lesson;

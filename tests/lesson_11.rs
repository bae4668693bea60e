//! Lesson 11, checked: `cargo test --test lesson_11`. What you edit is lessons/11_compare.rs, not this file.
//!
//! The judge stands in a module of its own, and before the lesson: the lesson can neither name it nor redefine a macro
//! that it uses.

#[path = "checks/wire.rs"]
mod wire;

#[path = "."]
mod compare {
    #[path = "checks/11.rs"]
    mod checks;

    #[path = "checks/there.rs"]
    mod there;

    use messaging_lab::course::feedback::Verdict;

    const LESSON: there::Sitting = there::Sitting {
        source: ::core::include_str!("../lessons/11_compare.rs"),
        answer: crate::answers::answer,
    };

    #[test]
    fn who_is_tapped() -> Verdict {
        LESSON.of("compare/who_is_tapped", |student| checks::who_is_tapped(student))
    }

    #[test]
    fn continuity() -> Verdict {
        LESSON.of("compare/continuity", |student| checks::continuity(student))
    }

    #[test]
    fn odds() -> Verdict {
        LESSON.of("compare/odds", |student| checks::odds(student))
    }

    #[test]
    fn sentence() -> Verdict {
        LESSON.of("compare/sentence", |student| checks::sentence(student))
    }
}

#[path = "answers/11.rs"]
mod answers;

// Last: what it defines is not in scope above.
#[forbid(unsafe_code)]
#[path = "../lessons/11_compare.rs"]
mod lesson;

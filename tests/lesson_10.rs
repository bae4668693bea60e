//! Lesson 10, checked: `cargo test --test lesson_10`. What you edit is lessons/10_words.rs, not this file.
//!
//! The judge stands in a module of its own, and before the lesson: the lesson can neither name it nor redefine a macro
//! that it uses.

#[path = "checks/wire.rs"]
mod wire;

#[path = "."]
mod words {
    #[path = "checks/10.rs"]
    mod checks;

    #[path = "checks/there.rs"]
    mod there;

    use messaging_lab::course::feedback::Verdict;

    const LESSON: there::Sitting = there::Sitting {
        source: ::core::include_str!("../lessons/10_words.rs"),
        answer: crate::answers::answer,
    };

    #[test]
    fn predict() -> Verdict {
        LESSON.of("words/predict", |student| checks::predict(student))
    }

    #[test]
    fn render() -> Verdict {
        LESSON.of("words/render", |student| checks::render(student))
    }

    #[test]
    fn no_commitment() -> Verdict {
        LESSON.of("words/no_commitment", |student| checks::no_commitment(student))
    }

    #[test]
    fn forgot_to_check() -> Verdict {
        LESSON.of("words/forgot_to_check", |student| {
            checks::forgot_to_check(student)
        })
    }
}

#[path = "answers/10.rs"]
mod answers;

// Last: what it defines is not in scope above.
#[forbid(unsafe_code)]
#[path = "../lessons/10_words.rs"]
mod lesson;

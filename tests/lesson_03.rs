//! Lesson 03, checked: `cargo test --test lesson_03`. What you edit is lessons/03_erasure.rs, not this file.
//!
//! The judge stands in a module of its own, and before the lesson: the lesson can neither name it nor redefine a macro
//! that it uses.

#[path = "checks/wire.rs"]
mod wire;

#[path = "."]
mod erasure {
    #[path = "checks/03.rs"]
    mod checks;

    #[path = "checks/there.rs"]
    mod there;

    use messaging_lab::course::feedback::Verdict;

    const LESSON: there::Sitting = there::Sitting {
        source: ::core::include_str!("../lessons/03_erasure.rs"),
        answer: crate::answers::answer,
    };

    #[test]
    fn predict() -> Verdict {
        LESSON.of("erasure/predict", |student| checks::predict(student))
    }

    #[test]
    fn carve() -> Verdict {
        LESSON.of("erasure/carve", |student| checks::carve(student))
    }

    #[test]
    fn who_still_has_it() -> Verdict {
        LESSON.of("erasure/who_still_has_it", |student| {
            checks::who_still_has_it(student)
        })
    }

    #[test]
    fn shred() -> Verdict {
        LESSON.of("erasure/shred", |student| checks::shred(student))
    }

    #[test]
    fn overwrite() -> Verdict {
        LESSON.of("erasure/overwrite", |student| checks::overwrite(student))
    }

    #[test]
    fn catch_the_hoarder() -> Verdict {
        LESSON.of("erasure/catch_the_hoarder", |student| {
            checks::catch_the_hoarder(student)
        })
    }

    #[test]
    fn sentence() -> Verdict {
        LESSON.of("erasure/sentence", |student| checks::sentence(student))
    }
}

#[path = "answers/03.rs"]
mod answers;

// Last: what it defines is not in scope above.
#[forbid(unsafe_code)]
#[path = "../lessons/03_erasure.rs"]
mod lesson;

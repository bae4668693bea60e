//! Lesson 12, checked: `cargo test --test lesson_12`. What you edit is lessons/12_frames.rs, not this file.
//!
//! The judge stands in a module of its own, and before the lesson: the lesson can neither name it nor redefine a macro
//! that it uses.

#[path = "checks/wire.rs"]
mod wire;

#[path = "."]
mod frames {
    #[path = "checks/12.rs"]
    mod checks;

    #[path = "checks/there.rs"]
    mod there;

    use messaging_lab::course::feedback::Verdict;

    const LESSON: there::Sitting = there::Sitting {
        source: ::core::include_str!("../lessons/12_frames.rs"),
        answer: crate::answers::answer,
    };

    #[test]
    fn predict() -> Verdict {
        LESSON.of("frames/predict", |student| checks::predict(student))
    }

    #[test]
    fn index() -> Verdict {
        LESSON.of("frames/index", |student| checks::index(student))
    }

    #[test]
    fn replay() -> Verdict {
        LESSON.of("frames/replay", |student| checks::replay(student))
    }

    #[test]
    fn replay_window() -> Verdict {
        LESSON.of("frames/replay_window", |student| checks::replay_window(student))
    }

    #[test]
    fn hear_the_shape() -> Verdict {
        LESSON.of("frames/hear_the_shape", |student| checks::hear_the_shape(student))
    }

    #[test]
    fn constant_rate() -> Verdict {
        LESSON.of("frames/constant_rate", |student| checks::constant_rate(student))
    }

    #[test]
    fn sentence() -> Verdict {
        LESSON.of("frames/sentence", |student| checks::sentence(student))
    }
}

#[path = "answers/12.rs"]
mod answers;

// Last: what it defines is not in scope above.
#[forbid(unsafe_code)]
#[path = "../lessons/12_frames.rs"]
mod lesson;

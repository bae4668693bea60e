//! Lesson 00, checked: `cargo test --test lesson_00`. What you edit is lessons/00_bytes.rs, not this file.
//!
//! The judge stands in a module of its own, and before the lesson: the lesson can neither name it nor redefine a macro
//! that it uses.

#[path = "checks/wire.rs"]
mod wire;

#[path = "."]
mod bytes {
    #[path = "checks/00.rs"]
    mod checks;

    #[path = "checks/there.rs"]
    mod there;

    use messaging_lab::course::feedback::Verdict;

    const LESSON: there::Sitting = there::Sitting {
        source: ::core::include_str!("../lessons/00_bytes.rs"),
        answer: crate::answers::answer,
    };

    #[test]
    fn hex() -> Verdict {
        LESSON.of("bytes/hex", |student| checks::hex(student))
    }

    #[test]
    fn unhex() -> Verdict {
        LESSON.of("bytes/unhex", |student| checks::unhex(student))
    }

    #[test]
    fn length() -> Verdict {
        LESSON.of("bytes/length", |student| checks::length(student))
    }

    #[test]
    fn xor() -> Verdict {
        LESSON.of("bytes/xor", |student| checks::xor(student))
    }

    #[test]
    fn flip() -> Verdict {
        LESSON.of("bytes/flip", |student| checks::flip(student))
    }
}

#[path = "answers/00.rs"]
mod answers;

// Last: what it defines is not in scope above.
#[forbid(unsafe_code)]
#[path = "../lessons/00_bytes.rs"]
mod lesson;

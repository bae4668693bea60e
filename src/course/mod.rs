//! Lessons, exercises, verdicts, hints and progress: everything about the course that needs no model.
//!
//! The way of an answer, from a student's file to a verdict. What judges never runs in the process that answers:
//!
//! ```text
//! tests/lesson_01.rs, a process            the same program again, as its child
//!   check: questions, fixed and seeded
//!     question, as bytes  ------------------>  lessons/01_timer.rs, fn deadline(...)
//!     answer, as bytes    <------------------  (a panic, a loop, an exit cost one verdict)
//!   judge: right, or which planted wrong answer answers alike
//!   verdict: passed, or at most eight lines
//! ```
//!
//! ```
//! use messaging_lab::course::catalogue;
//! use messaging_lab::course::feedback::{Feedback, Outcome, Verdict};
//!
//! let (lesson, exercise) = catalogue::find("timer/deadline").unwrap();
//! assert_eq!((lesson.file().as_str(), exercise.function()), ("lessons/01_timer.rs", "deadline"));
//! let verdict: Verdict = Err(Feedback::new(exercise.id, Outcome::Wrong).line("came", "5000"));
//! assert_eq!(
//!     verdict.unwrap_err().to_string(),
//!     "timer/deadline: WRONG\n  came    5000\n  help    cargo run -- hint timer/deadline"
//! );
//! ```
//!
//! In reading order:
//!
//! 1. [`catalogue`]: which lessons and exercises there are.
//! 2. [`feedback`]: what a student is told. A [`feedback::Verdict`] is `Ok(())` or a [`feedback::Feedback`].
//! 3. [`student`]: somebody who answers questions, here or in another process.
//! 4. [`exam`]: asks the questions of one exercise, judges the answers, names the likely cause of a wrong one.
//! 5. [`statement`]: sentences about who holds what, settled by a witness from a run's ledger.
//! 6. [`child`]: the other process. A student's code never runs where the verdict is computed.
//! 7. [`lesson_source`]: reads a lesson file's text: where a function stands, what it reaches, which names it uses.
//! 8. [`progress`]: which results belong to the files as they are now.
//! 9. [`kept`]: what a check keeps of the answers, because a later lesson shows it again.
//! 10. [`hints`]: three tiers an exercise.
//!
//! What `cargo run -- ...` does with them stands in src/course/commands, and is built with the front door.

pub mod catalogue;
pub mod feedback;

pub mod student;

pub mod exam;

pub mod statement;

pub mod child;

pub mod lesson_source;

pub mod progress;

pub mod kept;

pub mod hints;

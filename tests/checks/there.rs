//! The student in another process, and the sitting of one exercise: what a lesson's tests are made of.
//!
//! A lesson test runs its own executable again as the child. The child has the student's code and answers; the parent
//! has the check and judges. The parent never calls the student's code.

use std::path::PathBuf;
use std::time::Duration;

use messaging_lab::course::catalogue::{self, Exercise};
use messaging_lab::course::child::{ANSWER_LIMIT, ANSWERING, Child, answer_until_the_end};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::kept;
use messaging_lab::course::lesson_source::LessonSource;
use messaging_lab::course::progress::Progress;
use messaging_lab::course::student::{NoAnswer, Student};

use crate::wire::{Wire, from_bytes, to_bytes};

#[path = "own_work.rs"]
mod own_work;

use own_work::{one_file, withheld};

/// A student who answers from a child process.
pub struct There<'a> {
    child: &'a mut Child,
    limit: Duration,
    /// What the code printed for the question that the feedback is about.
    printed: &'a mut String,
    settled: bool,
}

impl There<'_> {
    /// The bytes of the answer; keeps what was printed meanwhile.
    fn ask(&mut self, question: &[u8]) -> Result<Vec<u8>, NoAnswer> {
        let answer = self.child.ask(question, self.limit);
        if !self.settled {
            *self.printed = self.child.take_printed();
        }
        answer
    }
}

impl<Q: Wire, A: Wire> Student<Q, A> for There<'_> {
    fn answer(&mut self, question: &Q) -> Result<A, NoAnswer> {
        let answer = self.ask(&to_bytes(question))?;
        let garbled = || NoAnswer::Crashed("the process answered with something that is no answer".into());
        from_bytes(&answer).ok_or_else(garbled)
    }

    fn first_fault(&mut self) {
        self.settled = true;
    }

    fn remark(&mut self, words: &str) {
        println!("{words}");
    }

    fn keep(&mut self, name: &str, text: &str) {
        if let Err(error) = kept::keep(&root(), name, text) {
            eprintln!("note: {name} could not be kept for a later lesson ({error})");
        }
    }

    fn allow(&mut self, limit: Duration) {
        self.limit = limit;
    }
}

/// A lesson as its test target sees it.
pub struct Sitting {
    /// The lesson file's text, exactly as it was compiled.
    pub source: &'static str,
    /// Answers a question for an exercise with the student's function.
    pub answer: fn(&str, &[u8]) -> Option<Vec<u8>>,
}

impl Sitting {
    /// The whole of one exercise: the student's answers from a child, the verdict from here, the result written down.
    ///
    /// # Errors
    /// [`Feedback`] if it is not passed.
    pub fn of(&self, id: &'static str, check: fn(There<'_>) -> Verdict) -> Verdict {
        if std::env::var(ANSWERING).as_deref() == Ok(id) {
            answer_until_the_end(|question| (self.answer)(id, question));
        }
        let Some((lesson, exercise)) = catalogue::find(id) else {
            panic!("{id} is not in the catalogue")
        };
        let source = LessonSource::read(self.source);
        let verdict = one_file(&source, lesson, exercise)
            .and_then(|()| withheld(&source, lesson, exercise))
            .and_then(|()| ask(exercise, check));
        if let Some(fingerprint) = source.fingerprint(exercise.function()) {
            if let Err(error) = Progress::at(&root()).record(id, fingerprint, &verdict) {
                eprintln!("note: the result could not be written down ({error}); it counts all the same");
            }
        }
        verdict
    }
}

/// Starts the child, lets the check ask it, and shows what the code printed meanwhile.
fn ask(exercise: &Exercise, check: fn(There<'_>) -> Verdict) -> Verdict {
    let crashed = |none| messaging_lab::course::exam::no_answer(exercise.id, "start", "are you there?", none);
    let program = std::env::current_exe().unwrap_or_else(|_| PathBuf::from("unknown"));
    // The test's own name, as the test runner knows it: `bytes::hex`.
    let name = exercise.id.replace('/', "::");
    let mut child =
        Child::start(&program, &[&name, "--exact", "--nocapture"], exercise.id).map_err(crashed)?;
    let mut printed = String::new();
    let student = There {
        child: &mut child,
        limit: ANSWER_LIMIT,
        printed: &mut printed,
        settled: false,
    };
    let verdict = check(student);
    if verdict.is_err() && !printed.is_empty() {
        println!("what your code printed for this question:\n{printed}\n");
    }
    verdict
}

/// The project's root: where cargo runs a test.
fn root() -> PathBuf {
    std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from("."), PathBuf::from)
}

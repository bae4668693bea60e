//! One exercise's questions, asked one after the other.
//!
//! A check is written with it: fixed cases with a name each, then seeded ones; what is asked, in words; and a judge that
//! compares the answer with what was wanted. Where an answer is wrong the exam replays every question through the
//! planted wrong answers and names the one that answers alike.

use std::cell::Cell;
use std::time::Duration;

use super::feedback::{Feedback, Outcome, Verdict};
use super::student::{Here, NoAnswer, Planted, Student};
use crate::ground::randomness::Seeded;

mod marking;
use marking::{Heading, Sheet};

/// The seed of the random cases unless `LAB_SEED` names another.
pub const DEFAULT_SEED: u64 = 2015;

thread_local! {
    /// The seed that [`with_seed`] has put in force on this thread.
    static SEED: Cell<Option<u64>> = const { Cell::new(None) };
}

/// The seed in force: that of [`with_seed`], else `LAB_SEED` if it is a number, else [`DEFAULT_SEED`].
pub fn seed() -> u64 {
    SEED.get().unwrap_or_else(|| {
        std::env::var("LAB_SEED")
            .ok()
            .and_then(|text| text.trim().parse().ok())
            .unwrap_or(DEFAULT_SEED)
    })
}

/// Runs `check` with this seed in force on this thread. A seed that decides marks stands in no environment, where a
/// process started from here would find it.
pub fn with_seed<T>(seed: u64, check: impl FnOnce() -> T) -> T {
    let before = SEED.replace(Some(seed));
    let result = check();
    SEED.set(before);
    result
}

/// What is wrong with an answer: what was wanted (or which property broke), and why it matters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The right answer, or the property that it must have.
    pub wanted: String,
    /// Who gains or loses what.
    pub why: String,
}

impl Fault {
    /// A fault in two parts.
    pub fn new(wanted: impl Into<String>, why: impl Into<String>) -> Self {
        Fault {
            wanted: wanted.into(),
            why: why.into(),
        }
    }
}

/// `Ok(())` if `got` is `wanted`, else the [`Fault`] that shows it and says `why`.
///
/// # Errors
/// The fault.
pub fn same<A: PartialEq + std::fmt::Debug>(got: &A, wanted: &A, why: &str) -> Result<(), Fault> {
    if got == wanted {
        Ok(())
    } else {
        Err(Fault::new(format!("{wanted:?}"), why))
    }
}

/// The questions of one exercise.
pub struct Exam<Q, A> {
    heading: Heading,
    limit: Option<Duration>,
    shown: fn(&A) -> String,
    /// What each planted wrong answer answers, or why it does not.
    planted: Vec<Box<Answering<Q, A>>>,
    cases: Vec<Q>,
}

/// Asked a question, answers or does not.
type Answering<Q, A> = dyn Fn(&Q) -> Result<A, NoAnswer>;

impl<Q: Clone + 'static, A: PartialEq + std::fmt::Debug + 'static> Exam<Q, A> {
    /// An exam without questions so far. `planted` are the wrong answers that it can name.
    pub fn new(exercise: &'static str, planted: Vec<Planted<Q, A>>) -> Self {
        Exam::of_runs(exercise, planted, |student, question| student.answer(question))
    }

    /// An exam whose questions are whole runs: `play` asks the student what it has to, one thing after the other, and
    /// what came of it is the answer that is judged. `planted` answer the small questions.
    pub fn of_runs<P: Clone + 'static, B: 'static>(
        exercise: &'static str,
        planted: Vec<Planted<P, B>>,
        play: fn(&mut dyn Student<P, B>, &Q) -> Result<A, NoAnswer>,
    ) -> Self {
        let mut exam = Exam {
            heading: Heading {
                exercise,
                handed_out_bug: false,
                hidden_bug: false,
                planted: Vec::new(),
                cases: Vec::new(),
            },
            limit: None,
            shown: |answer| format!("{answer:?}"),
            planted: Vec::new(),
            cases: Vec::new(),
        };
        for &Planted { name, about, answer } in &planted {
            exam.heading.planted.push((name, about));
            let answering = move |question: &Q| play(&mut Here(answer), question);
            exam.planted.push(Box::new(answering));
        }
        exam
    }

    /// Allows this long for each answer, where an honest one takes longer than most.
    #[must_use]
    pub fn limit(mut self, limit: Duration) -> Self {
        self.limit = Some(limit);
        self
    }

    /// The stub is a bug that was handed out on purpose: the first planted wrong answer. Who still answers like it in
    /// everything has not started.
    #[must_use]
    pub fn fixes_the_first(mut self) -> Self {
        self.heading.handed_out_bug = true;
        self
    }

    /// Where the handed-out bug shows is what a guess in the same lesson is about: who has not started is not told.
    #[must_use]
    pub fn keeps_the_bug_hidden(mut self) -> Self {
        self.heading.hidden_bug = true;
        self
    }

    /// Shows an answer in other words than its `Debug`.
    #[must_use]
    pub fn shows(mut self, shown: fn(&A) -> String) -> Self {
        self.shown = shown;
        self
    }

    /// Adds a fixed question under a name.
    #[must_use]
    pub fn case(mut self, name: &str, question: Q) -> Self {
        self.heading.cases.push(name.to_string());
        self.cases.push(question);
        self
    }

    /// Adds `count` questions drawn with the seed in force.
    #[must_use]
    pub fn seeded(mut self, count: usize, mut draw: impl FnMut(&mut Seeded) -> Q) -> Self {
        let seed = seed();
        let mut random = Seeded::new(seed);
        for number in 1..=count {
            self = self.case(
                &format!("random case {number}, LAB_SEED={seed}"),
                draw(&mut random),
            );
        }
        self
    }

    /// Asks everything and judges every answer. `asked` puts a question into words.
    ///
    /// # Errors
    /// [`Feedback`] about the first question that got a wrong answer or none.
    pub fn judge(
        self,
        mut student: impl Student<Q, A>,
        asked: impl Fn(&Q) -> String,
        judge: impl Fn(&Q, &A) -> Result<(), Fault>,
    ) -> Verdict {
        if let Some(limit) = self.limit {
            student.allow(limit);
        }
        let mut sheet = Answered {
            exam: &self,
            student: &mut student,
            asked: &asked,
            judge: &judge,
            answers: Vec::with_capacity(self.cases.len()),
        };
        self.heading.mark(&mut sheet)
    }
}

/// The sheet of one student.
struct Answered<'a, Q, A> {
    exam: &'a Exam<Q, A>,
    student: &'a mut dyn Student<Q, A>,
    asked: &'a dyn Fn(&Q) -> String,
    judge: &'a dyn Fn(&Q, &A) -> Result<(), Fault>,
    answers: Vec<A>,
}

impl<Q, A: PartialEq> Sheet for Answered<'_, Q, A> {
    fn ask(&mut self, at: usize) -> Result<(), NoAnswer> {
        self.answers.push(self.student.answer(&self.exam.cases[at])?);
        Ok(())
    }

    fn first_fault(&mut self) {
        self.student.first_fault();
    }

    fn answers(&self) -> usize {
        self.answers.len()
    }

    fn fault(&self, at: usize) -> Option<Fault> {
        (self.judge)(&self.exam.cases[at], &self.answers[at]).err()
    }

    fn asked(&self, at: usize) -> String {
        (self.asked)(&self.exam.cases[at])
    }

    fn shown(&self, at: usize) -> String {
        (self.exam.shown)(&self.answers[at])
    }

    fn is_alike(&self, planted: usize, at: usize, panicked: Option<&str>) -> bool {
        match (
            (self.exam.planted[planted])(&self.exam.cases[at]),
            self.answers.get(at),
        ) {
            (Ok(answer), Some(given)) => answer == *given,
            (Err(NoAnswer::Panicked(message)), None) => panicked == Some(why_it_panicked(&message)),
            _ => false,
        }
    }
}

/// An exercise without questions: its one answer is judged as a whole, and the planted wrong answer that is told the
/// same words is named.
///
/// # Errors
/// [`Feedback`], if the student does not answer or `judge` finds something.
pub fn ask_once<A>(
    exercise: &'static str,
    mut student: impl Student<(), A>,
    planted: Vec<Planted<(), A>>,
    judge: impl Fn(&A) -> Verdict,
) -> Verdict {
    let answer = student
        .answer(&())
        .map_err(|none| no_answer(exercise, "the only question", "what do you answer?", none))?;
    judge(&answer).map_err(|feedback| {
        let alike = planted
            .iter()
            .find(|wrong| judge(&(wrong.answer)(())).as_ref() == Err(&feedback));
        match alike.filter(|_| feedback.outcome != Outcome::NotStarted) {
            Some(wrong) => feedback.likely(wrong.name, wrong.about),
            None => feedback,
        }
    })
}

/// The words for an answer that did not come.
pub fn no_answer(exercise: &'static str, case: &str, asked: &str, none: NoAnswer) -> Feedback {
    match none {
        NoAnswer::NotStarted(task) => Feedback::new(exercise, Outcome::NotStarted).line("task", task),
        NoAnswer::Panicked(message) => Feedback::new(exercise, Outcome::Panicked)
            .line("asked", format!("{asked} ({case})"))
            .line("panic", &message)
            .line("why", why_it_panicked(&message)),
        NoAnswer::OutOfTime(limit) => Feedback::new(exercise, Outcome::OutOfTime)
            .line("asked", format!("{asked} ({case})"))
            .line(
                "you",
                format!(
                    "no answer within {} s; the process was ended",
                    limit.as_secs_f32()
                ),
            )
            .line("likely", "a loop that never ends, or far too many steps"),
        NoAnswer::Crashed(how) => Feedback::new(exercise, Outcome::Crashed)
            .line("asked", format!("{asked} ({case})"))
            .line("you", how),
    }
}

/// What kind of mistake a panic's message speaks of.
fn why_it_panicked(message: &str) -> &'static str {
    let says = |words: &str| message.contains(words);
    if says("subtract with overflow") {
        "the result is too small for the number's type (below 0, where it is unsigned): saturating_sub and checked_sub can cope"
    } else if says("with overflow") {
        "the result does not fit into the number's type: take a wider one, or a remainder on the way; or use what copes with it, \
         saturating_ and checked_ functions"
    } else if says("out of bounds") || says("out of range") || says("char boundary") {
        "that place is not in it: .get(...) gives an Option where [...] panics"
    } else if says("on a `None` value") || says("on an `Err` value") {
        "there was nothing to unwrap: at this question the Option is None, or the Result an Err"
    } else {
        "code that panics gives no answer at all; whoever can send such input can stop the app"
    }
}

#[cfg(test)]
mod tests;

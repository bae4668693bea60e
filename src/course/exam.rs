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
    exercise: &'static str,
    handed_out_bug: bool,
    limit: Option<Duration>,
    shown: fn(&A) -> String,
    planted: Vec<Suspect<Q, A>>,
    cases: Vec<(String, Q)>,
}

/// Asked a question, answers or does not.
type Answering<Q, A> = dyn Fn(&Q) -> Result<A, NoAnswer>;

/// A planted wrong answer, as somebody who can be asked this exam's questions.
struct Suspect<Q, A> {
    name: &'static str,
    about: &'static str,
    /// What it answers, or why it does not.
    answer: Box<Answering<Q, A>>,
}

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
        let suspects = planted.into_iter().map(|planted| Suspect {
            name: planted.name,
            about: planted.about,
            answer: Box::new(move |question: &Q| play(&mut Here(planted.answer), question)),
        });
        Exam {
            exercise,
            handed_out_bug: false,
            limit: None,
            shown: |answer| format!("{answer:?}"),
            planted: suspects.collect(),
            cases: Vec::new(),
        }
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
        self.handed_out_bug = true;
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
        self.cases.push((name.to_string(), question));
        self
    }

    /// Adds `count` questions drawn with the seed in force.
    #[must_use]
    pub fn seeded(mut self, count: usize, mut draw: impl FnMut(&mut Seeded) -> Q) -> Self {
        let seed = seed();
        let mut random = Seeded::new(seed);
        for number in 1..=count {
            self.cases.push((
                format!("random case {number}, LAB_SEED={seed}"),
                draw(&mut random),
            ));
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
        assert!(
            !self.cases.is_empty(),
            "{}: an exam without questions passes everybody",
            self.exercise
        );
        if let Some(limit) = self.limit {
            student.allow(limit);
        }
        let mut answers: Vec<A> = Vec::with_capacity(self.cases.len());
        let mut first_fault: Option<(usize, Fault)> = None;
        for (at, (name, question)) in self.cases.iter().enumerate() {
            match student.answer(question) {
                Ok(answer) => {
                    if first_fault.is_none() {
                        first_fault = judge(question, &answer).err().map(|fault| (at, fault));
                        if first_fault.is_some() {
                            student.first_fault();
                        }
                    }
                    answers.push(answer);
                }
                // A wrong answer came before: that one is the news.
                Err(_) if first_fault.is_some() => break,
                Err(none) => {
                    let panicked = match &none {
                        NoAnswer::Panicked(message) => Some(why_it_panicked(message)),
                        _ => None,
                    };
                    let feedback = no_answer(self.exercise, name, &asked(question), none);
                    return Err(self.name_likely(feedback, at, &answers, panicked));
                }
            }
        }
        let Some((at, fault)) = first_fault else {
            return Ok(());
        };
        let (name, question) = &self.cases[at];
        let likely = self.likely_cause(at, &answers, None);
        if self.handed_out_bug && likely.is_some_and(|(index, alike)| index == 0 && alike == self.cases.len())
        {
            return Err(Feedback::new(self.exercise, Outcome::NotStarted)
                .line(
                    "task",
                    "the function is still as it was handed out, and it has a bug: find it and fix it",
                )
                .line("asked", asked(question))
                .line("it says", (self.shown)(&answers[at]))
                .line("wanted", fault.wanted)
                .line("why", fault.why));
        }
        let feedback = Feedback::new(self.exercise, Outcome::Wrong)
            .line("asked", format!("{} ({name})", asked(question)))
            .line("you", (self.shown)(&answers[at]))
            .line("wanted", fault.wanted)
            .line("why", fault.why);
        Err(self.name_likely(feedback, at, &answers, None))
    }

    /// Adds the planted wrong answer that does the same, if one does. `panicked`: what kind of panic came at `at`.
    fn name_likely(&self, feedback: Feedback, at: usize, answers: &[A], panicked: Option<&str>) -> Feedback {
        let named = matches!(feedback.outcome, Outcome::Wrong | Outcome::Panicked);
        match self.likely_cause(at, answers, panicked).filter(|_| named) {
            Some((index, _)) => feedback.likely(self.planted[index].name, self.planted[index].about),
            None => feedback,
        }
    }

    /// The planted wrong answer that does the same at question `at` (gives the same answer, or panics for the same kind of
    /// reason) and agrees with the most of all `answers`: its index, and on how many it agrees. One that disagrees with
    /// more than a quarter of them has another cause, whatever it says at `at`.
    fn likely_cause(&self, at: usize, answers: &[A], panicked: Option<&str>) -> Option<(usize, usize)> {
        let mut best: Option<(usize, usize)> = None;
        for (index, planted) in self.planted.iter().enumerate() {
            let alike = |number: usize| match ((planted.answer)(&self.cases[number].1), answers.get(number)) {
                (Ok(answer), Some(given)) => answer == *given,
                (Err(NoAnswer::Panicked(message)), None) => panicked == Some(why_it_panicked(&message)),
                _ => false,
            };
            if !alike(at) {
                continue;
            }
            // Answers can be dear: no more are asked for than it takes to see that this one cannot win.
            let mut agreed = 0;
            let mut possible = answers.len();
            for number in 0..answers.len() {
                if alike(number) {
                    agreed += 1;
                } else {
                    possible -= 1;
                }
                if 4 * possible < 3 * answers.len() || best.is_some_and(|(_, most)| possible <= most) {
                    break;
                }
            }
            if 4 * possible >= 3 * answers.len() && best.is_none_or(|(_, most)| possible > most) {
                best = Some((index, agreed));
            }
        }
        best
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
        "the result would be below 0, and an unsigned number has none: saturating_sub and checked_sub can cope"
    } else if says("with overflow") {
        "the result does not fit into the number's type: saturating_ and checked_ functions can cope"
    } else if says("out of bounds") || says("out of range") || says("char boundary") {
        "that place is not in it: .get(...) gives an Option where [...] panics"
    } else if says("on a `None` value") || says("on an `Err` value") {
        "there was nothing to unwrap: this question is one where the Option or Result is empty"
    } else {
        "code that panics gives no answer at all; whoever can send such input can stop the app"
    }
}

#[cfg(test)]
mod tests {
    use super::super::student::Here;
    use super::*;

    fn doubling() -> Exam<u32, u32> {
        Exam::new(
            "demo/double",
            vec![
                Planted {
                    name: "same",
                    about: "gives back what it got",
                    answer: |n| n,
                },
                Planted {
                    name: "square",
                    about: "multiplies by itself",
                    answer: |n| n * n,
                },
            ],
        )
        .case("zero", 0)
        .case("two", 2)
        .seeded(20, |random| random.below(1000) as u32)
    }

    fn verdict(exam: Exam<u32, u32>, answer: fn(u32) -> u32) -> Verdict {
        exam.judge(
            Here(answer),
            |n| format!("twice {n}?"),
            |n, got| same(got, &(2 * n), "half is missing"),
        )
    }

    #[test]
    fn right_answers_pass_and_wrong_ones_are_named() {
        assert_eq!(verdict(doubling(), |n| n + n), Ok(()));
        assert_eq!(verdict(doubling(), |n| n).unwrap_err().likely, Some("same"));
        // Right for 0 and for 2, found by the random cases only.
        assert_eq!(verdict(doubling(), |n| n * n).unwrap_err().likely, Some("square"));
        assert_eq!(verdict(doubling(), |n| 2 * n + 1).unwrap_err().likely, None);
    }

    #[test]
    fn the_handed_out_bug_counts_as_not_started_and_a_half_mended_one_as_wrong() {
        let untouched = verdict(doubling().fixes_the_first(), |n| n).unwrap_err();
        assert_eq!(untouched.outcome, Outcome::NotStarted);
        let half_mended = verdict(doubling().fixes_the_first(), |n| if n == 2 { 4 } else { n }).unwrap_err();
        assert_eq!(half_mended.outcome, Outcome::Wrong);
    }

    #[test]
    fn an_answer_is_shown_in_the_words_of_the_exam() {
        let feedback = verdict(doubling().shows(|n| format!("{n} and no more")), |n| n).unwrap_err();
        assert!(
            feedback.to_string().contains("you     2 and no more"),
            "{feedback}"
        );
    }

    #[test]
    fn a_panic_and_a_todo_are_told_apart() {
        let panicked = verdict(doubling(), |n| 2 * n / n).unwrap_err();
        assert_eq!(panicked.outcome, Outcome::Panicked);
        let unstarted = verdict(doubling(), |n| todo!("twice {n}")).unwrap_err();
        assert_eq!(unstarted.outcome, Outcome::NotStarted);
    }

    #[test]
    fn a_panic_is_named_by_one_of_its_own_kind() {
        let planted: Vec<Planted<u32, u32>> = vec![
            Planted {
                name: "unwraps",
                about: "unwraps what may be missing",
                answer: |n| 2 * Some(n).filter(|n| *n > 0).unwrap(),
            },
            Planted {
                name: "below-zero",
                about: "subtracts one too many",
                answer: |n| 2 * (n - 1) + 2,
            },
        ];
        let named = |answer: fn(u32) -> u32| {
            let planted = planted.iter().map(|one| Planted { ..*one }).collect();
            let exam = Exam::new("demo/double", planted).case("zero", 0);
            verdict(exam, answer).unwrap_err().likely
        };
        assert_eq!(
            named(|n| 2 * Some(n).filter(|n| *n > 0).unwrap()),
            Some("unwraps")
        );
        assert_eq!(named(|n| n - 1 + n + 1), Some("below-zero"));
        assert_eq!(named(|n| [0][1 + n as usize]), None);
    }

    /// Counts up: each question is what was reached, each answer what comes next; a run asks three times.
    fn three_steps(student: &mut dyn Student<u32, u32>, from: &u32) -> Result<Vec<u32>, NoAnswer> {
        let mut reached = vec![*from];
        for _ in 0..3 {
            reached.push(student.answer(&reached[reached.len() - 1])?);
        }
        Ok(reached)
    }

    struct Walker<S>(S);

    impl<S: Student<u32, u32>> Student<u32, Vec<u32>> for Walker<S> {
        fn answer(&mut self, from: &u32) -> Result<Vec<u32>, NoAnswer> {
            three_steps(&mut self.0, from)
        }
    }

    #[test]
    fn a_run_asks_several_times_and_a_wrong_one_is_named_by_what_came_of_it() {
        let planted = || {
            vec![
                Planted {
                    name: "stays",
                    about: "does not move",
                    answer: |n| n,
                },
                Planted {
                    name: "stops-at-two",
                    about: "goes no further than two",
                    answer: |n: u32| (n + 1).min(2),
                },
            ]
        };
        let walked = |answer: fn(u32) -> u32| {
            Exam::of_runs("demo/walk", planted(), three_steps)
                .case("from zero", 0)
                .judge(
                    Walker(Here(answer)),
                    |from| format!("three steps from {from}?"),
                    |from, got| same(got, &vec![*from, from + 1, from + 2, from + 3], "one at a time"),
                )
        };
        assert_eq!(walked(|n| n + 1), Ok(()));
        assert_eq!(walked(|n| n).unwrap_err().likely, Some("stays"));
        assert_eq!(walked(|n| 2.min(n + 1)).unwrap_err().likely, Some("stops-at-two"));
        let panicked = walked(|n| if n < 2 { n + 1 } else { panic!("tired") }).unwrap_err();
        assert_eq!(panicked.outcome, Outcome::Panicked);
    }

    #[test]
    fn a_seed_is_in_force_for_one_check_on_one_thread() {
        let before = seed();
        assert_eq!(with_seed(7, seed), 7);
        assert_eq!(with_seed(7, || with_seed(8, seed) + seed()), 15);
        assert_eq!(
            with_seed(7, || std::thread::spawn(seed).join().ok()),
            Some(before)
        );
        assert_eq!(seed(), before);
    }

    #[test]
    fn an_exam_tells_the_student_how_long_an_answer_may_take() {
        struct Patient(Option<Duration>);
        impl Student<u32, u32> for Patient {
            fn answer(&mut self, question: &u32) -> Result<u32, NoAnswer> {
                Ok(2 * question)
            }
            fn allow(&mut self, limit: Duration) {
                self.0 = Some(limit);
            }
        }
        let judged = |exam: Exam<u32, u32>| {
            let mut student = Patient(None);
            let verdict = exam.judge(
                &mut student,
                |n| format!("twice {n}?"),
                |n, got| same(got, &(2 * n), "half is missing"),
            );
            assert_eq!(verdict, Ok(()));
            student.0
        };
        assert_eq!(judged(doubling()), None);
        assert_eq!(
            judged(doubling().limit(Duration::from_secs(20))),
            Some(Duration::from_secs(20))
        );
    }

    #[test]
    #[should_panic(expected = "without questions")]
    fn an_exam_without_questions_is_a_defect() {
        let _ = verdict(Exam::new("demo/empty", Vec::new()), |n| n);
    }
}

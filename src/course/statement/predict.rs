//! The predict exercise: guess first, then settle each statement with a witness from the run.

use super::{Mistake, Statement, name_alike};
use crate::course::exam::no_answer;
use crate::course::feedback::{Feedback, Outcome, Verdict};
use crate::course::student::{Planted, Student};
use crate::ground::ledger::{Ledger, Witness};

/// A guess for each statement, and the witness that settles it.
pub type Prediction<const N: usize> = ([Option<bool>; N], [Option<Witness>; N]);

/// A predict exercise: statements, and the run that settles them.
pub struct Predict<'a, const N: usize> {
    /// The exercise's ID.
    pub exercise: &'static str,
    /// The lesson whose run `cargo run -- show` prints.
    pub show: &'static str,
    /// What happened in that run.
    pub ledger: &'a Ledger,
    /// The statements.
    pub statements: &'a [Statement; N],
}

impl<const N: usize> Predict<'_, N> {
    /// Every guess made, every statement settled. A guess is never right or wrong; after a pass the guesses are set
    /// beside the run.
    ///
    /// # Errors
    /// [`Feedback`] about the first statement that is not settled; it names the planted prediction that makes the same
    /// mistake there and agrees in most of the rest.
    pub fn judge(
        &self,
        mut student: impl Student<(), Prediction<N>>,
        planted: Vec<Planted<(), Prediction<N>>>,
    ) -> Verdict {
        let asked = "your guesses and witnesses?";
        let answer = student
            .answer(&())
            .map_err(|none| no_answer(self.exercise, "the only question", asked, none))?;
        let Some((at, feedback)) = self.first_unsettled(&answer) else {
            student.remark(&self.comparison(&answer));
            return Ok(());
        };
        if feedback.outcome == Outcome::NotStarted {
            return Err(feedback);
        }
        let mistakes = |answer: &Prediction<N>| -> Vec<_> {
            (0..N).map(|number| self.mistake(answer, number)).collect()
        };
        Err(name_alike(feedback, at, &answer, planted, mistakes))
    }

    /// What is wrong at one statement, so that two wrong answers can be compared: the guess is missing, or the witness,
    /// or this witness settles nothing and for this kind of reason. `None`: nothing is wrong.
    fn mistake(&self, (guesses, witnesses): &Prediction<N>, number: usize) -> Option<Mistake> {
        match guesses[number] {
            None => Some(Mistake::NoGuess),
            Some(_) => self.statements[number].mistake(self.ledger, witnesses[number]),
        }
    }

    /// The number of the first statement that is not settled, and the words about it.
    fn first_unsettled(&self, (guesses, witnesses): &Prediction<N>) -> Option<(usize, Feedback)> {
        let run = format!("cargo run -- show {}", self.show);
        if guesses.iter().all(Option::is_none) {
            let task = match witnesses.iter().all(Option::is_none) {
                true => {
                    "guess first: Some(true) or Some(false) for each statement; a wrong guess costs nothing"
                }
                false => {
                    "the witnesses are there, the guesses are missing: Some(true) or Some(false) for each"
                }
            };
            let feedback = Feedback::new(self.exercise, Outcome::NotStarted)
                .line("task", task)
                .line(
                    "next",
                    format!("settle each statement with a witness from: {run}"),
                );
            return Some((0, feedback));
        }
        // A guess that is missing comes first, wherever it is: once the run has been read it is too late for it.
        let no_guess = guesses.iter().position(Option::is_none);
        let at = no_guess
            .or_else(|| (0..N).find(|&number| self.mistake(&(*guesses, *witnesses), number).is_some()))?;
        let statement = &self.statements[at];
        let wrong = Feedback::new(self.exercise, Outcome::Wrong).line(
            "asked",
            format!("statement {} of {N}: {}", at + 1, statement.says),
        );
        let feedback = match (guesses[at], witnesses[at]) {
            (None, _) => wrong
                .line("you", "no guess yet")
                .line("wanted", "Some(true) or Some(false), before you look"),
            (_, None) => wrong
                .line("you", "a guess, and no witness yet")
                .line(
                    "wanted",
                    "Some(Witness::Nobody) or Some(Witness::Holds(onlooker, second)), from the run",
                )
                .line("next", format!("read the run: {run}")),
            (_, Some(witness)) => {
                let fault = statement.settle(self.ledger, witness).err()?;
                wrong
                    .line("you", format!("{witness:?}"))
                    .line("wanted", fault.wanted)
                    .line("why", fault.why)
                    .line("next", format!("read the run: {run}"))
            }
        };
        Some((at, feedback))
    }

    /// Each guess beside what the run shows.
    fn comparison(&self, (guesses, witnesses): &Prediction<N>) -> String {
        let mut text = String::from("your guesses beside the run:\n");
        for number in 0..N {
            let holds = matches!(witnesses[number], Some(Witness::Holds(..)));
            let word = |holds| if holds { "it holds" } else { "it does not" };
            let note = if guesses[number] == Some(holds) {
                ""
            } else {
                "   <- the run says otherwise"
            };
            let guess = word(guesses[number] == Some(true));
            text.push_str(&format!(
                "  {}  guess: {guess:<12} run: {:<12}{note}\n",
                number + 1,
                word(holds)
            ));
        }
        text
    }
}

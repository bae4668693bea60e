//! Sentences about who holds what, settled by a witness from a run's ledger.
//!
//! A predict exercise asks for a guess first and then for the witness that settles each statement; an explain exercise
//! asks for the witness that refutes a sentence, or nobody if the sentence holds. Both come down to one question: does
//! one of these onlookers hold these bytes at some second of this stretch of time? Any witness that is true is accepted.

use super::exam::Fault;
use super::feedback::{Feedback, Outcome, Verdict};
use crate::ground::clock::Millis;
use crate::ground::ledger::{Ledger, Onlooker, Witness};

/// "One of `who` holds `bytes` at some second from `from` to `to`."
#[derive(Clone, Debug)]
pub struct Statement {
    /// The statement as the lesson words it.
    pub says: &'static str,
    /// What is held or not.
    pub bytes: Vec<u8>,
    /// The onlookers it speaks of.
    pub who: Vec<Onlooker>,
    /// The first second it speaks of.
    pub from: u64,
    /// The last second it speaks of.
    pub to: u64,
}

/// A second is looked at as it begins.
fn moment(second: u64) -> Millis {
    second.saturating_mul(1000)
}

impl Statement {
    /// The earliest witness in `ledger`, or [`Witness::Nobody`].
    pub fn witness(&self, ledger: &Ledger) -> Witness {
        // Holders change only where the history says so: look at the first second at or after each change.
        let changes = ledger.history().into_iter().map(|(at, ..)| at.div_ceil(1000));
        let seconds = changes
            .chain([self.from])
            .filter(|second| (self.from..=self.to).contains(second));
        let held = seconds.flat_map(|second| self.who.iter().map(move |&onlooker| (second, onlooker)));
        held.filter(|(second, onlooker)| ledger.holds(*onlooker, &self.bytes, moment(*second)))
            .min()
            .map_or(Witness::Nobody, |(second, onlooker)| {
                Witness::Holds(onlooker, second)
            })
    }

    /// Whether `witness` settles the statement in `ledger`.
    ///
    /// # Errors
    /// What is wrong with the witness. It does not say what the right one is.
    pub fn settle(&self, ledger: &Ledger, witness: Witness) -> Result<(), Fault> {
        match witness {
            Witness::Nobody => match self.witness(ledger) {
                Witness::Nobody => Ok(()),
                Witness::Holds(..) => Err(Fault::new(
                    "an onlooker and a second",
                    "in the run somebody does hold it in that time: look at who still has it then",
                )),
            },
            Witness::Holds(onlooker, second) => {
                if !self.who.contains(&onlooker) {
                    return Err(Fault::new(
                        "an onlooker that the statement speaks of",
                        format!("{onlooker}: the statement does not ask about that"),
                    ));
                }
                if !(self.from..=self.to).contains(&second) {
                    let wanted = format!("a second from {} to {}", self.from, self.to);
                    return Err(Fault::new(
                        wanted,
                        format!("the statement says nothing about second {second}"),
                    ));
                }
                if !ledger.holds(onlooker, &self.bytes, moment(second)) {
                    let why = format!("in the run, at second {second}: {onlooker} does not hold it");
                    return Err(Fault::new("a holder at that second, or Nobody", why));
                }
                Ok(())
            }
        }
    }
}

/// Judges a predict exercise: every guess made, every statement settled. A guess is never right or wrong.
///
/// # Errors
/// [`Feedback`] about the first statement that is not settled.
pub fn judge_prediction(
    exercise: &'static str,
    show: &str,
    ledger: &Ledger,
    statements: &[Statement],
    guesses: &[Option<bool>],
    witnesses: &[Option<Witness>],
) -> Verdict {
    if guesses.iter().all(Option::is_none) {
        return Err(Feedback::new(exercise, Outcome::NotStarted)
            .line(
                "task",
                "guess first: Some(true) or Some(false) for each statement; a wrong guess costs nothing",
            )
            .line(
                "next",
                format!("then settle each statement with a witness from: cargo run -- show {show}"),
            ));
    }
    for (number, statement) in statements.iter().enumerate() {
        let wrong = Feedback::new(exercise, Outcome::Wrong).line(
            "asked",
            format!(
                "statement {} of {}: {}",
                number + 1,
                statements.len(),
                statement.says
            ),
        );
        if guesses.get(number).copied().flatten().is_none() {
            return Err(wrong
                .line("you", "no guess yet")
                .line("wanted", "Some(true) or Some(false), before you look"));
        }
        let Some(witness) = witnesses.get(number).copied().flatten() else {
            return Err(wrong
                .line("you", "a guess, and no witness yet")
                .line(
                    "wanted",
                    "Some(Witness::Nobody) or Some(Witness::Holds(onlooker, second)), from the run",
                )
                .line("next", format!("read the run: cargo run -- show {show}")));
        };
        if let Err(fault) = statement.settle(ledger, witness) {
            return Err(wrong
                .line("you", format!("{witness:?}"))
                .line("wanted", fault.wanted)
                .line("why", fault.why)
                .line("next", format!("read the run: cargo run -- show {show}")));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run() -> (Ledger, Statement) {
        let mut ledger = Ledger::new();
        let copy = ledger.gains(2_500, Onlooker::BobPhone, "text", b"secret");
        ledger.loses(7_000, copy);
        let statement = Statement {
            says: "Bob's phone holds it between 1 and 9",
            bytes: b"secret".to_vec(),
            who: vec![Onlooker::BobPhone],
            from: 1,
            to: 9,
        };
        (ledger, statement)
    }

    #[test]
    fn every_true_witness_settles_and_no_other_does() {
        let (ledger, statement) = run();
        for second in 0..12 {
            let settles = statement
                .settle(&ledger, Witness::Holds(Onlooker::BobPhone, second))
                .is_ok();
            assert_eq!(settles, (3..7).contains(&second), "second {second}");
        }
        assert!(statement.settle(&ledger, Witness::Nobody).is_err());
        assert!(
            statement
                .settle(&ledger, Witness::Holds(Onlooker::AlicePhone, 4))
                .is_err()
        );
        assert_eq!(statement.witness(&ledger), Witness::Holds(Onlooker::BobPhone, 3));
        let later = Statement { from: 7, ..statement };
        assert_eq!(later.witness(&ledger), Witness::Nobody);
        assert!(later.settle(&ledger, Witness::Nobody).is_ok());
    }

    #[test]
    fn a_prediction_needs_every_guess_and_every_witness_and_no_guess_is_wrong() {
        let (ledger, statement) = run();
        let judge = |guess, witness| {
            judge_prediction(
                "a/b",
                "a",
                &ledger,
                std::slice::from_ref(&statement),
                &[guess],
                &[witness],
            )
        };
        let holds = Some(Witness::Holds(Onlooker::BobPhone, 4));
        assert_eq!(judge(None, holds).unwrap_err().outcome, Outcome::NotStarted);
        assert_eq!(judge(Some(true), None).unwrap_err().outcome, Outcome::Wrong);
        assert_eq!(
            judge(Some(true), Some(Witness::Nobody)).unwrap_err().outcome,
            Outcome::Wrong
        );
        assert_eq!(judge(Some(true), holds), Ok(()));
        assert_eq!(judge(Some(false), holds), Ok(()));
    }
}

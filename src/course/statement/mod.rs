//! Sentences about who holds what, settled by a witness from a run's ledger.
//!
//! A predict exercise asks for a guess first and then for the witness that settles each statement; an explain exercise
//! asks for the witness that refutes a sentence, or nobody if the sentence holds. Both come down to one question: does
//! one of these onlookers hold these bytes at some second of this stretch of time? Any witness that is true is accepted.
//!
//! ```
//! use messaging_lab::course::statement::Statement;
//! use messaging_lab::ground::ledger::{Ledger, Onlooker, Witness};
//!
//! let mut ledger = Ledger::new();
//! ledger.gains(3_000, Onlooker::Backup, "nightly copy", b"meet at ten");
//! let statement = Statement {
//!     says: "At second 60 somebody still holds the text.",
//!     bytes: b"meet at ten".to_vec(),
//!     who: Onlooker::ALL.to_vec(),
//!     from: 60,
//!     to: 60,
//! };
//! assert_eq!(statement.witness(&ledger), Witness::Holds(Onlooker::Backup, 60));
//! assert!(statement.settle(&ledger, Witness::Nobody).is_err());
//! ```
//!
//! [`Statement`] is that question. `predict.rs` and `sentence.rs` beside it are the two kinds of exercise.

use super::exam::Fault;
use super::feedback::Feedback;
use super::student::Planted;
use crate::ground::clock::Millis;
use crate::ground::ledger::{Ledger, Onlooker, Witness};

mod predict;
mod sentence;

pub use predict::{Predict, Prediction};
pub use sentence::{Condition, Explanation, Sentence};

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
                    let wanted = if self.from == self.to {
                        "the second that the statement speaks of".to_string()
                    } else {
                        format!("a second from {} to {}", self.from, self.to)
                    };
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

    /// What kind of mistake `witness` is, if it does not settle the statement.
    fn mistake(&self, ledger: &Ledger, witness: Option<Witness>) -> Option<Mistake> {
        match witness {
            None => Some(Mistake::NoWitness),
            Some(witness) if self.settle(ledger, witness).is_ok() => None,
            Some(Witness::Nobody) => Some(Mistake::Nobody),
            Some(Witness::Holds(onlooker, second)) => {
                // Seconds that the statement does not speak of are each a mistake of its own.
                let outside = !(self.from..=self.to).contains(&second);
                let from_then_on = Statement {
                    who: vec![onlooker],
                    from: second,
                    ..self.clone()
                };
                Some(Mistake::Holder {
                    onlooker,
                    outside: outside.then_some(second),
                    too_early: from_then_on.witness(ledger) != Witness::Nobody,
                })
            }
        }
    }
}

/// Adds the name of the planted answer that makes the same mistake at place `at`, agrees in at least half of the places
/// that are filled in, and of all places in the most. `mistakes` gives what is wrong at each place of an answer.
fn name_alike<A>(
    feedback: Feedback,
    at: usize,
    answer: &A,
    planted: Vec<Planted<(), A>>,
    mistakes: impl Fn(&A) -> Vec<Option<Mistake>>,
) -> Feedback {
    let made = mistakes(answer);
    let mut best: Option<(usize, Planted<(), A>)> = None;
    for planted in planted {
        let other = mistakes(&(planted.answer)(()));
        let agreed = made
            .iter()
            .zip(&other)
            .filter(|(one, other)| one == other)
            .count();
        // Who settles one place after the other has open ones behind it: those speak neither for nor against.
        let filled_in = || {
            made.iter()
                .zip(&other)
                .filter(|(one, _)| !one.is_some_and(Mistake::is_open))
        };
        let agreed_there = filled_in().filter(|(one, other)| one == other).count();
        let alike = made[at] == other[at];
        if alike
            && 2 * agreed_there >= filled_in().count()
            && best.as_ref().is_none_or(|(most, _)| agreed > *most)
        {
            best = Some((agreed, planted));
        }
    }
    match best {
        Some((_, planted)) => feedback.likely(planted.name, planted.about),
        None => feedback,
    }
}

/// What is wrong at one place of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mistake {
    NoGuess,
    NoWitness,
    Nobody,
    Holder {
        onlooker: Onlooker,
        outside: Option<u64>,
        /// It does hold it, but later.
        too_early: bool,
    },
    Letter(Option<char>),
    NoParagraph,
}

impl Mistake {
    /// Whether the place is only not filled in yet.
    fn is_open(self) -> bool {
        matches!(
            self,
            Mistake::NoGuess | Mistake::NoWitness | Mistake::Letter(None) | Mistake::NoParagraph
        )
    }
}

#[cfg(test)]
mod tests;

//! Lesson 07: what each exercise must show. One file for each kind of evidence.

use std::time::Duration;

use messaging_lab::course::student::{NoAnswer, Student};

#[path = "07/forget.rs"]
mod forget;
#[path = "07/step.rs"]
mod step;
#[path = "07/thief.rs"]
mod thief;

#[path = "../wrong/07.rs"]
pub mod wrong;

pub use forget::{Held, Log, forget};
pub use step::{ChainKey, TwoKeys, chain_step, predict};
pub use thief::{Loot, Texts, thief};

/// What is asked of a student, and what comes of it.
type Play<P, B, Q, A> = fn(&mut dyn Student<P, B>, &Q) -> Result<A, NoAnswer>;

/// A student whose answers are looked at for what comes of them: somebody for an exam of runs.
struct Played<S, P, B, Q, A>(S, Play<P, B, Q, A>);

impl<S: Student<P, B>, P, B, Q, A> Student<Q, A> for Played<S, P, B, Q, A> {
    fn answer(&mut self, question: &Q) -> Result<A, NoAnswer> {
        (self.1)(&mut self.0, question)
    }

    fn first_fault(&mut self) {
        self.0.first_fault();
    }

    fn remark(&mut self, words: &str) {
        self.0.remark(words);
    }

    fn allow(&mut self, limit: Duration) {
        self.0.allow(limit);
    }
}

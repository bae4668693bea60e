//! Lesson 12: what each exercise must show. One file for each kind of evidence.

use std::time::Duration;

use messaging_lab::call::audio::{Voice, frames, say};
use messaging_lab::call::codec::encode_variable;
use messaging_lab::course::student::{NoAnswer, Student};

#[path = "12/cells.rs"]
mod cells;
#[path = "12/index.rs"]
mod index;
#[path = "12/replay.rs"]
mod replay;
#[path = "12/run.rs"]
mod run;
#[path = "12/shape.rs"]
mod shape;
#[path = "12/window.rs"]
mod window;

#[path = "../wrong/12.rs"]
pub mod wrong;

pub use cells::{Packed, constant_rate};
pub use index::{Arrival, Estimate, index};
pub use replay::{Recording, replay};
pub use run::{Explanation, Prediction, predict, sentence};
pub use shape::{Shape, hear_the_shape};
pub use window::{Arrivals, replay_window};

/// What the variable codec makes of a text.
fn encoded(text: &str, voice: &Voice) -> Vec<Vec<u8>> {
    frames(&say(text, voice)).iter().map(encode_variable).collect()
}

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

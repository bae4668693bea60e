//! Lesson 06: what each exercise must show.

use std::time::Duration;

use messaging_lab::course::student::{NoAnswer, Student};
use messaging_lab::ground::hex::bytes_to_hex;
use messaging_lab::ground::randomness::Seeded;

#[path = "06/changes.rs"]
mod changes;
#[path = "06/formats.rs"]
mod formats;
#[path = "06/ghost.rs"]
mod ghost;
#[path = "06/near.rs"]
mod near;
#[path = "06/number.rs"]
mod number;
#[path = "06/run.rs"]
mod run;

#[path = "../wrong/06.rs"]
pub mod wrong;

pub use changes::{History, key_changed};
pub use formats::{Written, formats};
pub use ghost::{Asked, Entry, Envelopes, Passed, fresh, ghost, ghost_directory, ghost_of};
pub use near::{Victim, near_miss, shown};
pub use number::{TwoPeople, safety_number};
pub use run::{Prediction, predict};

/// A 32-byte key, public or private.
pub type Key = [u8; 32];

/// One run of an exercise: asks the student for what belongs to question `Q`; what came of it is `A`.
type Play<P, B, Q, A> = fn(&mut dyn Student<P, B>, &Q) -> Result<A, NoAnswer>;

/// A student of whom it is judged what comes of the answer, not how it is spelled.
struct Played<S, P, B, Q, A>(S, Play<P, B, Q, A>);

impl<S: Student<P, B>, P, B, Q, A> Student<Q, A> for Played<S, P, B, Q, A> {
    fn answer(&mut self, question: &Q) -> Result<A, NoAnswer> {
        (self.1)(&mut self.0, question)
    }

    fn first_fault(&mut self) {
        self.0.first_fault();
    }

    fn allow(&mut self, limit: Duration) {
        self.0.allow(limit);
    }
}

fn key(random: &mut Seeded) -> Key {
    std::array::from_fn(|_| random.below(256) as u8)
}

/// A key's first bytes in hex: enough to tell it from others.
fn short(key: &Key) -> String {
    format!("{}..", bytes_to_hex(&key[..4]))
}

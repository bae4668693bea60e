//! Lesson 10: what each exercise must show.

use std::time::Duration;

use messaging_lab::call::words::{b32, pgp_words};
use messaging_lab::course::student::{NoAnswer, Student};
use messaging_lab::ground::hex::bytes_to_hex;
use messaging_lab::ground::randomness::Seeded;

#[path = "10/phones.rs"]
mod phones;
#[path = "10/render.rs"]
mod render;
#[path = "10/run.rs"]
mod run;
#[path = "10/unchecked.rs"]
mod unchecked;
#[path = "10/uncommitted.rs"]
mod uncommitted;

#[path = "../wrong/10.rs"]
pub mod wrong;

pub use phones::{MY_H0, alice_shows, bob_shows, piece, same_start, shown};
pub use render::{Rendered, render};
pub use run::{Prediction, predict};
pub use unchecked::{Unchecked, forgot_to_check};
pub use uncommitted::{Keys, Uncommitted, no_commitment};

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

/// The first bytes in hex: enough to tell one value from others.
fn short(bytes: &[u8]) -> String {
    format!("{}..", bytes_to_hex(&bytes[..4]))
}

/// What people compare: the first `bits` bits, as four characters or as words.
fn spoken(value: u32, bits: u32) -> String {
    match bits {
        20 => format!("\"{}\"", b32(value)),
        16 => {
            let (first, second) = pgp_words(value);
            format!("\"{first} {second}\"")
        }
        _ => format!("{:0width$b}", value >> (32 - bits), width = bits as usize),
    }
}

//! Lesson 05: what each exercise must show. One file for each kind of evidence.

use std::fmt;
use std::time::Duration;

use messaging_lab::course::student::{NoAnswer, Student};
use messaging_lab::ground::randomness::Seeded;

#[path = "05/chats.rs"]
mod chats;
#[path = "05/envelope.rs"]
mod envelopes;
#[path = "05/log.rs"]
mod log;
#[path = "05/padding.rs"]
mod padding;
#[path = "05/run.rs"]
mod run;
#[path = "05/secrets.rs"]
mod secrets;
#[path = "05/sizes.rs"]
mod sizes;

#[path = "../wrong/05.rs"]
pub mod wrong;

pub use chats::{Chat, Server, which_chat};
pub use envelopes::{Order, Posted, envelope};
pub use log::{Line, Picture, who_talks_to_whom};
pub use padding::{pad, unpad};
pub use run::{Prediction, predict};
pub use secrets::{Agreement, KeyQuestion, power, private_number, shared_key, small_secret};
pub use sizes::{SizeQuestion, guess_by_size};

/// One run of an exercise: asks the student for everything that belongs to question `Q`, and what came of it is `A`.
type Play<P, B, Q, A> = fn(&mut dyn Student<P, B>, &Q) -> Result<A, NoAnswer>;

/// A student who is asked whole runs.
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

/// Names or texts of which the order means nothing, nor how often one stands there.
#[derive(PartialEq)]
pub struct Names(Vec<String>);

impl fmt::Debug for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.0).finish()
    }
}

impl FromIterator<String> for Names {
    fn from_iter<T: IntoIterator<Item = String>>(names: T) -> Self {
        let mut once = Vec::new();
        for name in names {
            put(&mut once, name);
        }
        Names(once)
    }
}

/// Puts `item` in its place in a sorted list, unless it stands there.
fn put<T: Ord>(list: &mut Vec<T>, item: T) {
    if let Err(place) = list.binary_search(&item) {
        list.insert(place, item);
    }
}

/// 32 random bytes.
fn key(random: &mut Seeded) -> [u8; 32] {
    std::array::from_fn(|_| random.below(256) as u8)
}

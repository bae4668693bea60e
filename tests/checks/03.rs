//! Lesson 03: what each exercise must show. One file for each kind of evidence.

use messaging_lab::course::student::{NoAnswer, Student};
use messaging_lab::ground::randomness::Seeded;

#[path = "03/carve.rs"]
mod carve;
#[path = "03/hoarder.rs"]
mod hoarder;
#[path = "03/ledger.rs"]
mod ledger;
#[path = "03/pads.rs"]
mod pads;
#[path = "03/run.rs"]
mod run;

#[path = "../wrong/03.rs"]
pub mod wrong;

pub use carve::carve;
pub use hoarder::{App, Hunt, Parts, Place, catch_the_hoarder};
pub use ledger::{Line, WhoHas, who_still_has_it};
pub use pads::{Expired, PadAndBody, Piece, Ranges, joined, overwrite, shred};
pub use run::{Explanation, Prediction, predict, sentence};

/// A student whose answers are put in order before anybody looks: where the order means nothing.
struct Tidy<S, A>(S, fn(A) -> A);

impl<Q, A, S: Student<Q, A>> Student<Q, A> for Tidy<S, A> {
    fn answer(&mut self, question: &Q) -> Result<A, NoAnswer> {
        self.0.answer(question).map(self.1)
    }
}

/// A list as a set: sorted, each once.
pub fn as_set<T: Ord>(list: Vec<T>) -> Vec<T> {
    let mut set = Vec::with_capacity(list.len());
    for item in list {
        if let Err(place) = set.binary_search(&item) {
            set.insert(place, item);
        }
    }
    set
}

/// The numbers below `count` in a random order.
fn shuffled(random: &mut Seeded, count: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    for at in (1..count).rev() {
        order.swap(at, random.below(at as u64 + 1) as usize);
    }
    order
}

//! Lesson 08: what each exercise must show. One file for each subject.

use messaging_lab::course::student::{NoAnswer, Student};
use messaging_lab::ground::hex::bytes_to_hex;
use messaging_lab::ground::randomness::Seeded;

#[path = "08/keys.rs"]
mod keys;
#[path = "08/leaks.rs"]
mod leaks;
#[path = "08/order.rs"]
mod order;
#[path = "08/run.rs"]
mod run;
#[path = "08/turns.rs"]
mod turns;

#[path = "../wrong/08.rs"]
pub mod wrong;

pub use keys::{FirstKey, RootStep, first_key, root_step};
pub use leaks::{Leak, Line, leaks};
pub use order::{Arrivals, Opened, out_of_order};
pub use run::{Explanation, Prediction, predict, sentence};
pub use turns::{Sent, Theft, locked_out};

/// 32 bytes: a key, half of a pair, or a shared secret.
pub type Key = [u8; 32];

fn array<const N: usize>(random: &mut Seeded) -> [u8; N] {
    random.bytes(N).try_into().expect("as many as asked for")
}

/// The beginning of a key, enough to tell it from another.
fn short(key: &Key) -> String {
    format!("{}..", bytes_to_hex(&key[..4]))
}

/// A student whose answers are put in order before anybody looks: where the order means nothing.
struct Tidy<S, A>(S, fn(A) -> A);

impl<Q, A, S: Student<Q, A>> Student<Q, A> for Tidy<S, A> {
    fn answer(&mut self, question: &Q) -> Result<A, NoAnswer> {
        self.0.answer(question).map(self.1)
    }

    fn first_fault(&mut self) {
        self.0.first_fault();
    }
}

/// A list as a set: sorted, each once.
pub fn as_set<T: Ord>(mut list: Vec<T>) -> Vec<T> {
    list.sort();
    list.dedup();
    list
}

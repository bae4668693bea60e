//! Lesson 03: planted wrong answers. Each is caught, and named as what it is.

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

pub use carve::carve;
pub use hoarder::catch_the_hoarder;
pub use ledger::who_still_has_it;
pub use pads::{overwrite, shred};
pub use run::{predict, sentence};

fn contains(bytes: &[u8], message: &[u8]) -> bool {
    bytes.windows(message.len()).any(|window| window == message)
}

fn xored(pad: &[u8], body: &[u8]) -> Vec<u8> {
    body.iter().zip(pad).map(|(a, b)| a ^ b).collect()
}

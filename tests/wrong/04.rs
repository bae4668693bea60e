//! Lesson 04: planted wrong answers. Each is caught, and named as what it is.

#[path = "04/keys.rs"]
mod keys;
#[path = "04/keystream.rs"]
mod keystream;
#[path = "04/nonces.rs"]
mod nonces;
#[path = "04/run.rs"]
mod run;
#[path = "04/sealed.rs"]
mod sealed;
#[path = "04/sealers.rs"]
mod sealers;

pub use keys::guess_the_key;
pub use keystream::{flip, two_time_pad};
pub use nonces::next_nonce;
pub use run::predict;
pub use sealed::{open, seal};
pub use sealers::spot_the_flaw;

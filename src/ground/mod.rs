//! What every model stands on: time, randomness, secret bytes, hex and the ledger.
//!
//! Models never ask the operating system for the time or for random bytes by themselves. Both are handed in, in one of
//! two forms: the real one, and one that a lesson or a test controls. So every run can be repeated exactly.

pub mod clock;
pub mod hex;
pub mod ledger;
pub mod randomness;
pub mod scene;
pub mod secret;

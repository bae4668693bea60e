//! # messaging-lab
//!
//! Small, faithful models of three promises that messaging apps make, to be built, broken and fixed.
//!
//! **To learn with, never to protect anyone.** The models are exact to their specifications and small enough to read in
//! one sitting; they are not hardened, not audited, and no message that matters belongs in them.
//!
//! Read in this order:
//!
//! 1. [`ground`]: what every model stands on. Time, randomness, secret bytes, hex, and the ledger that remembers who
//!    held which bytes and when.
//! 2. [`crypto`]: the ciphers and hashes, each file to be read beside its specification.
//! 3. [`store`]: model 1, the message that deletes itself.
//! 4. [`envelope`]: model 2, the server that cannot read.
//! 5. [`call`]: model 3, the call with no tap.
//! 6. [`course`]: lessons, exercises, verdicts, hints and progress. It knows no model.
//!
//! Imports flow one way: models use `crypto`, `crypto` uses `ground`; `course` uses `ground`
//! alone. A test holds this (tests/layering.rs).
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod ground;

pub mod crypto;

pub mod store;

pub mod envelope;

pub mod call;

pub mod course;

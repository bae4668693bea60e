//! # messaging-lab
//!
//! Small, faithful models of three promises that messaging apps make, to be built, broken and fixed.
//!
//! **To learn with, never to protect anyone.** The models are exact to their specifications and small enough to read in
//! one sitting; they are not hardened, not audited, and no message that matters belongs in them.
//!
//! ```text
//! the promise                     the model   who else could hold the bytes
//! -----------------------------   ---------   ---------------------------------------------
//! a message that deletes itself   store       disk, old flash page, backup, screenshot, ...
//! a server that cannot read       envelope    wire, relay, a thief with the phone
//! a call with no tap              call        a tap in the path, a thief with the phone
//! ```
//!
//! What a promise is worth is one question: **who holds which bytes, from when, until when?** Each lesson's story
//! keeps a [ledger](ground::ledger) of it, and its exercises ask:
//!
//! ```
//! use messaging_lab::crypto::aead::{open, seal};
//! use messaging_lab::ground::ledger::{Ledger, Onlooker};
//!
//! let (key, nonce, text) = ([7; 32], [0; 12], b"meet at ten");
//! let sealed = seal(&key, &nonce, b"to Bob", text)?;
//!
//! let mut ledger = Ledger::new();
//! ledger.gains(0, Onlooker::AlicePhone, "text", text);
//! ledger.gains(1_000, Onlooker::Wire, "sealed text", &sealed);
//! ledger.gains(2_000, Onlooker::BobPhone, "text", &open(&key, &nonce, b"to Bob", &sealed)?);
//! // The wire held 27 bytes, and never these eleven.
//! assert_eq!(ledger.ever_holders_of(text), [Onlooker::AlicePhone, Onlooker::BobPhone]);
//! # Ok::<(), messaging_lab::crypto::aead::AeadError>(())
//! ```
//!
//! # The book
//!
//! Read in this order; each room's page names its own files in reading order, and each file begins with its idea:
//!
//! 1. [`ground`]: what every model stands on. Time, randomness, secret bytes, hex, and the ledger that remembers who
//!    held which bytes and when.
//! 2. [`crypto`]: the ciphers and hashes, each file to be read beside its specification.
//! 3. [`store`]: model 1, the message that deletes itself.
//! 4. [`envelope`]: model 2, the server that cannot read.
//! 5. [`call`]: model 3, the call with no tap.
//! 6. [`course`]: lessons, exercises, verdicts, hints and progress. It knows no model.
//!
//! ```text
//! lessons and their checks       the pictures' program
//!    |               |               |
//!    v               v               v
//!  course        store       envelope       call
//!    |             |             |            |
//!    |             +-----------> v <----------+
//!    |                        crypto
//!    |                           |
//!    +-------> ground <----------+
//! ```
//!
//! Imports flow one way, downwards: models use `crypto`, `crypto` uses `ground`; `course` uses `ground` alone, and no model
//! names another. A test holds this (tests/layering.rs).
//!
//! # Beside the book
//!
//! - `README.md`: how to start, and everything that `cargo run` does.
//! - `lessons/`: thirteen files to edit, each with its text on top. They ask for much of what stands here, so who wants to
//!   find it alone does the lesson first and reads the room afterwards.
//! - `cargo run -- show LESSON`: a lesson's story, played by these models, and who held which bytes at which second;
//!   `cargo run -- show --html`: the same as pages. That is the pictures' program, src/pictures.rs, with its room src/show; it
//!   is no part of this library.
//! - `seeds/fact-check.md`: what was right, missing and wrong about the three promises, with sources.
//! - `tests/vectors`: what the formulas are held against, with sources: published vectors, and where there are none, values
//!   made with other programs.
//!
//! # How to read an item's page
//!
//! First the formula, then lengths and units (times in milliseconds, lengths in bytes, sound in
//! samples at 8000 a second, unless it says otherwise), then its errors, then the section of the specification it comes
//! from. What no specification says is marked as the kit's own.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod ground;

pub mod crypto;

pub mod store;

pub mod envelope;

pub mod call;

pub mod course;

//! The ciphers and hashes, on std alone, each file to be read beside its specification.
//!
//! Bytes in, bytes out: nothing here reads a clock, draws randomness or touches a file, so every function gives the same
//! answer every time and can be held against published vectors (tests/vectors.rs).
//!
//! Read in this order:
//!
//! 1. [`sha256`]: a fingerprint of 32 bytes for any message. Half a page of steps, repeated.
//! 2. [`chacha20`]: a keystream from a key. Hides a message, and lets anybody flip its bits.
//! 3. [`poly1305`]: a tag that only holders of a one-time key can make. Hides nothing, and notices every flip.
//! 4. [`aead`]: the two together: what is sealed can neither be read nor changed unnoticed.
//! 5. [`sealer`]: what an app does around it, and what it can get wrong there.
//!
//! # What constant time means here
//!
//! How long an operation takes must not depend on a secret, or a stopwatch becomes a way to read it. So no branch, no
//! array index, no division and no early return here depends on one. Where a choice must be made, both candidates are
//! computed and a mask of all ones or all zeros keeps one; the mask passes through [`std::hint::black_box`], or the
//! optimiser may see through it and put the branch back. Neither Rust nor the processor promises any of this.

pub mod sha256;

pub mod chacha20;

pub mod poly1305;

pub mod aead;

pub mod sealer;

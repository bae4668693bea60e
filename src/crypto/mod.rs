//! The ciphers and hashes, on std alone, each file to be read beside its specification.
//!
//! Bytes in, bytes out: nothing here reads a clock, draws randomness or touches a file, so every function
//! gives the same answer every time and can be held against published vectors (tests/vectors.rs).
//!
//! Read in this order:
//!
//! 1. [`sha256`]: a fingerprint of 32 bytes for any message. Half a page of steps, repeated.
//! 2. [`hmac`]: a tag that only holders of a key can make, from the hash.
//! 3. [`hkdf`]: one secret becomes as many keys as are needed, from the tag.
//! 4. [`chacha20`]: a keystream from a key. Hides a message, and lets anybody flip its bits.
//!    ([`chacha20_fast`]: the same, several blocks at a time.)
//! 5. [`poly1305`]: a tag that only holders of a one-time key can make. Hides nothing, and notices every
//!    flip.
//! 6. [`aead`]: the two together: what is sealed can neither be read nor changed unnoticed.
//! 7. [`field25519`]: numbers mod 2^255 - 19, which all that follows is made of.
//! 8. [`x25519`]: two people make one secret in front of everybody.
//! 9. [`sha512`]: the hash that signatures use, twice as wide as the first.
//! 10. [`edwards25519`] and [`scalar25519`]: points that can be added, and the numbers that count them.
//! 11. [`ed25519`]: signatures that everybody can check and one key can make.
//! 12. [`xeddsa`]: the same signatures from an X25519 key, so that one key is an identity.
//! 13. [`sealer`]: what an app does around the AEAD, and what it can get wrong there.
//!
//! What is built on what:
//!
//! ```text
//! sha256 -> hmac -> hkdf ------------------> keys for every purpose
//! chacha20 --+
//! poly1305 --+-> aead -> sealer -----------> sealed messages: 16 bytes longer than the text
//! field25519 --+-> x25519 -----------------> a secret of 32 bytes, made in front of everybody
//!              +-> edwards25519 --+
//!                  scalar25519 ---+-> ed25519 -> xeddsa -> signatures of 64 bytes
//!                  sha512 --------+
//! ```
//!
//! Most of it in a few lines. Alice and Bob agree on a secret, make a key of it, and one seals what the other opens:
//!
//! ```
//! use messaging_lab::crypto::{aead, hkdf, x25519::{public_key, x25519}};
//!
//! let (alice, bob) = ([0x61; 32], [0x62; 32]); // private, and drawn at random where it matters
//! let (to_bob, to_alice) = (public_key(&alice), public_key(&bob)); // these two travel
//! let key_of = |share: &[u8; 32]| hkdf::derive::<32>(b"", share, b"one message to Bob");
//! let (her_key, his_key) = (key_of(&x25519(&alice, &to_alice)?), key_of(&x25519(&bob, &to_bob)?));
//! let sealed = aead::seal(&her_key, &[0; 12], b"", b"meet at ten").unwrap();
//! assert_eq!(sealed.len(), 11 + aead::TAG_BYTES);
//! assert_eq!(aead::open(&his_key, &[0; 12], b"", &sealed).unwrap(), b"meet at ten");
//! # Ok::<(), messaging_lab::crypto::x25519::AllZeroShare>(())
//! ```
//!
//! What it does not say is whether the key that came was Alice's: that is the question of the models envelope and call.
//!
//! # What constant time means here
//!
//! How long an operation takes must not depend on a secret, or a stopwatch becomes a way to read it. So no
//! branch, no array index, no division and no early return here depends on one. Where a choice must be made,
//! both candidates are computed and a mask of all ones or all zeros keeps one; the mask passes through
//! [`std::hint::black_box`], or the optimiser may see through it and put the branch back. Neither Rust nor
//! the processor promises any of this.

pub mod sha256;

pub mod hmac;

pub mod hkdf;

pub mod chacha20;

pub mod chacha20_fast;

pub mod poly1305;

pub mod aead;

pub mod field25519;

pub mod x25519;

pub mod sha512;

pub mod edwards25519;

pub mod scalar25519;

pub mod ed25519;

pub mod xeddsa;

pub mod sealer;

//! # Lesson 00 · What a stored message is made of
//!
//! The article says of Telegram that it has a "self-destruct timer". Whether a message is gone is a
//! question about bytes: are they still there, and would anybody notice if one changed? Before the
//! next lessons ask it, this one gives you the four tools to look: hex, big-endian numbers, xor and
//! a digest.
//!
//! After this lesson you can
//!   - read a dump of bytes, and write one;
//!   - find where a record in a file begins and ends;
//!   - tell from digests alone that a record changed, and say why the digest cannot tell you how.
//!
//! Builds on: a first course in Rust (slices, Vec, Option, a loop). Time: about 50 minutes, 7 of
//! them reading.
//!
//! ## The story
//!
//! Alice writes "meet at ten". Her app hands those eleven characters to a store, and the store
//! writes a record to a file:
//!
//! ```text
//!     00 00 00 4e                                 6d 65 65 74 20 61 74 20 74 65 6e    ..  ..  ..  ..
//!    +-------------+----------------------------+------------------------------------+----------------+
//!    |   length    | what it is, which message, | body: "meet at ten"                | check          |
//!    |             | when, for how long ...     |                                    |                |
//!    +-------------+----------------------------+------------------------------------+----------------+
//!      4 bytes       59 bytes                     11 bytes                             4 bytes
//! ```
//!
//! In words: a record begins with four bytes that say how long the whole record is, they themselves
//! included: 78 bytes here, 4e in hex. The message itself stands in the file as it was typed, one byte a
//! letter. At the end stand four bytes computed from everything before: a piece of a digest, so that a
//! record that was cut off or damaged is noticed. (What stands in between is in the table on top of
//! src/store/record.rs; you will not need it here.)
//!
//! ## New idea: hex
//!
//! A byte is a number from 0 to 255. Written with two digits in base 16 every byte takes the same
//! room: the first digit is the high four bits, the second the low four. The digits are 0-9 and
//! a-f.
//!
//! ```text
//!     byte 213  =  1101 0101  =  d 5          byte 7  =  0000 0111  =  0 7
//! ```
//!
//! So the bytes [213, 7] are the text "d507".
//!
//! ## New idea: big-endian
//!
//! Four bytes make a number up to 4,294,967,295. Big-endian means that the byte with the most
//! weight stands first, as in the numbers we write: the bytes 00 00 01 02 are 1 x 256 + 2 = 258.
//!
//! ## New idea: xor
//!
//! Xor (`^` in Rust) compares two bytes bit by bit: 1 where they differ, 0 where they are the same.
//! It undoes itself: (a xor b) xor b is a. That is why half of cryptography is built on it: with b
//! random, used once and known to nobody else, a xor b says nothing about a.
//!
//! ```text
//!     1100 xor 1010 = 0110          0110 xor 1010 = 1100
//! ```
//!
//! ## New idea: digest
//!
//! SHA-256 (FIPS 180-4) turns any bytes into 32 bytes. The same input always gives the same digest.
//! Change one bit of the input and about half of the 256 bits change, in no pattern: the avalanche.
//! Nobody has found two inputs with the same digest, and nobody can work backwards from a digest to
//! what changed. The kit's is `messaging_lab::crypto::sha256::sha256`, and src/crypto/sha256.rs is
//! written to be read beside the standard.
//!
//! ## What this lesson does not cover
//!
//! A digest tells that something changed. It does not stop somebody who can change the digest too;
//! that takes a key. Nor does it say whether deleted bytes are gone: that is lesson 03.
//!
//! ## How to work
//!
//! Replace each `todo!(...)` below, save, and run
//!
//! ```text
//!     cargo test --test lesson_00              all five exercises
//!     cargo test --test lesson_00 hex          those with "hex" in the name
//!     cargo run -- check bytes                 all five, the first that is not passed on top
//!     cargo run -- show bytes                  a message, its digest, and one changed bit
//!     cargo run -- hint bytes/hex              a question that helps; add 2 or 3 for more
//! ```
//!
//! Write helper functions as you like, keep the names and the types of the ones that are here.
//! `println!` works: what your code prints is shown when an exercise fails.
//!
//! ## A worked example
//!
//! This is what a solved exercise looks like. "Write a byte with eight binary digits":
//!
//! ```text
//!     pub fn binary(byte: u8) -> String {
//!         let mut text = String::new();
//!         for place in (0..8).rev() {
//!             let bit = byte >> place & 1;
//!             text.push(if bit == 1 { '1' } else { '0' });
//!         }
//!         text
//!     }
//! ```
//!
//! ## To discuss in pairs
//!
//!   1. The file above holds "meet at ten" as it was typed. Who can read it: Alice's app, another
//!      app, somebody with the unlocked phone, the phone's backup? What would have to be true for
//!      each?
//!   2. A friend says: "I keep the digest of every message instead of the message, so I can always
//!      get it back." What do you answer?

#[allow(unused_imports)] // for bytes/flip
use messaging_lab::crypto::sha256::sha256;

/// bytes/hex: bytes -> their hex text, two lower-case digits a byte.
///
/// Worked example: `[0xd5, 0x07]` -> `"d507"`.
pub fn hex(bytes: &[u8]) -> String {
    todo!("write the {} bytes {bytes:02x?} as hex text", bytes.len())
}

/// bytes/unhex: hex text -> the bytes, or `None` if it is not hex.
///
/// `"d507"` and `"D507"` -> `[0xd5, 0x07]`. Text with an odd number of digits is refused, and so is
/// text with any character that is not one of 0-9, a-f, A-F.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    todo!("read the hex text {text:?} back into bytes")
}

/// bytes/length: a record of the store -> the number in its first four bytes, big-endian.
///
/// `[0, 0, 1, 2, ...]` -> `Some(258)`. A record that was cut off within those four bytes has no
/// length: `None`. Whether the rest of it is there, and whether the number can be right, is not
/// asked.
pub fn length(record: &[u8]) -> Option<u32> {
    todo!("read the length from the head of the record {record:02x?}")
}

/// bytes/xor: two byte strings -> one, byte by byte. `None` if they are not of the same length.
///
/// `[0b1100]` and `[0b1010]` -> `[0b0110]`.
pub fn xor(a: &[u8], b: &[u8]) -> Option<Vec<u8>> {
    todo!("xor {a:02x?} with {b:02x?}")
}

/// bytes/flip: the digests noted yesterday and the records as they are today -> which record
/// changed, if one did.
///
/// `digests[n]` is the SHA-256 of what `records[n]` was. At most one record changed, by a single
/// bit. The answer is its place in the list, counted from 0; `None` if nothing changed.
pub fn flip(digests: &[[u8; 32]], records: &[Vec<u8>]) -> Option<usize> {
    todo!(
        "{} digests were noted, {} records are there: which one changed?",
        digests.len(),
        records.len()
    )
}

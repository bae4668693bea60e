//! The safety number: sixty digits with which two people find out whose keys they hold (Signal's numeric fingerprint).
//!
//! The idea, before any detail: Alice and Bob each have a key in the other's name, from a directory that somebody else
//! runs. Their phones turn both keys into digits; if the digits are the same on both, so are the keys.
//!
//! ```text
//! hash   = SHA-512(version || key || id || key), then 5199 times SHA-512(hash || key)            key: 0x05 || 32 bytes
//! half   = six numbers of five digits: 5 bytes of the hash each, mod 100 000                     30 digits a person
//! number = the smaller half || the larger half                                                   60 digits
//! ```
//!
//! Why each part is there:
//!
//! - **The halves are sorted**, so that both phones show the same number. Otherwise "compare" would need rules.
//! - **The ID** stands in it, so that nobody can pass another person's true key off as his own number.
//! - **The 5200 rounds** make each guess cost 5200 hashes: 30 digits are about 100 bits, and somebody who looks for a
//!   key whose digits agree in part (people compare the first block and the last) pays for every key that he tries. The
//!   key goes into every round, so that no round can be shared between two keys.
//!
//! What it does not do: it says that the keys are the same, not that the person who reads it out is Bob; and nobody is
//! protected who does not compare.
//!
//! Source: libsignal, `fingerprint.rs`; the version here is the one of the numeric form, 0. What phones show has stayed
//! the same since; the QR code, which is left out here, has versions of its own.

use std::fmt;

use super::kem::PublicKey;
use crate::crypto::sha512::{DIGEST_BYTES, Sha512};

/// How often Signal hashes.
pub const ITERATIONS: u32 = 5_200;

/// Digits of one person.
pub const DIGITS_PER_PERSON: usize = 30;

/// The version of the numeric form, two bytes.
const VERSION: [u8; 2] = [0x00, 0x00];

/// What Signal writes in front of the 32 bytes of a key: its type, X25519.
const KEY_TYPE: [u8; 1] = [0x05];

/// Bytes of the hash that make five digits. 2^40 is eleven million times 100 000, so that no number is much likelier
/// than another.
const CHUNK_BYTES: usize = 5;

/// Sixty digits that stand for two people and their keys. Public: everybody may see it, it must only not be changed on
/// the way from one screen to the other.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SafetyNumber {
    digits: String,
}

impl SafetyNumber {
    /// The sixty digits in one row.
    pub fn digits(&self) -> &str {
        &self.digits
    }

    /// The twelve blocks of five digits that people read to each other.
    pub fn blocks(&self) -> impl Iterator<Item = &str> {
        (0..self.digits.len())
            .step_by(5)
            .map(|at| &self.digits[at..at + 5])
    }
}

/// The blocks with a space between them.
impl fmt::Display for SafetyNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.blocks().collect::<Vec<_>>().join(" "))
    }
}

/// `number = sort(half(one), half(other))`: sixty digits, the same whoever is named first. Each person is an ID (a
/// phone number, an account's ID) and a key.
///
/// ```
/// use messaging_lab::envelope::kem::PublicKey;
/// use messaging_lab::envelope::safety_number::safety_number;
/// let (alice, bob, eve) = (PublicKey([1; 32]), PublicKey([2; 32]), PublicKey([3; 32]));
/// let on_alices_phone = safety_number((b"alice", &alice), (b"bob", &bob));
/// assert_eq!(on_alices_phone, safety_number((b"bob", &bob), (b"alice", &alice)));
/// // A directory that gave Alice its own key in Bob's name:
/// assert_ne!(on_alices_phone, safety_number((b"alice", &alice), (b"bob", &eve)));
/// ```
pub fn safety_number(one: (&[u8], &PublicKey), other: (&[u8], &PublicKey)) -> SafetyNumber {
    safety_number_with(ITERATIONS, one, other)
}

/// [`safety_number`] with another number of iterations, to see what they are good for. Signal's phones all use
/// [`ITERATIONS`], and numbers made with others never agree.
pub fn safety_number_with(
    iterations: u32,
    one: (&[u8], &PublicKey),
    other: (&[u8], &PublicKey),
) -> SafetyNumber {
    let half = |(id, key): (&[u8], &PublicKey)| half_of_number(&iterated_fingerprint(iterations, id, key));
    let (one, other) = (half(one), half(other));
    SafetyNumber {
        digits: if one <= other { one + &other } else { other + &one },
    }
}

/// `hash = SHA-512(version || key || id || key)`, then `iterations - 1` times `hash = SHA-512(hash || key)`: 64 bytes.
/// The first hash is always made, so 0 iterations are the same as 1.
pub fn iterated_fingerprint(iterations: u32, id: &[u8], key: &PublicKey) -> [u8; DIGEST_BYTES] {
    let mut hash = sha512_of(&[&VERSION, &KEY_TYPE, &key.0, id, &KEY_TYPE, &key.0]);
    for _ in 1..iterations {
        hash = sha512_of(&[&hash, &KEY_TYPE, &key.0]);
    }
    hash
}

/// `SHA-512(parts[0] || parts[1] || ...)`
fn sha512_of(parts: &[&[u8]]) -> [u8; DIGEST_BYTES] {
    let mut hash = Sha512::new();
    for part in parts {
        hash.update(part);
    }
    hash.finish()
}

/// `half = chunk mod 100 000`, as five digits with zeros in front, for each of the first six 5-byte chunks of the hash,
/// big-endian: 30 digits.
pub fn half_of_number(fingerprint: &[u8; DIGEST_BYTES]) -> String {
    let chunks = fingerprint.chunks(CHUNK_BYTES).take(DIGITS_PER_PERSON / 5);
    chunks
        .map(|chunk| {
            let number = chunk
                .iter()
                .fold(0, |number, &byte| number << 8 | u64::from(byte));
            format!("{:05}", number % 100_000)
        })
        .collect()
}

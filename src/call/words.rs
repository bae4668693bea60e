//! The short authentication string: what two people read to each other to find out whether somebody is between them.
//!
//! ```text
//! sasvalue = leftmost 32 bits of sashash
//! B32      = its top 20 bits as four characters         d269b071 -> 4jw5
//! B256     = its top 16 bits as two words               d269b071 -> standard guitarist
//! ```
//!
//! Two words are enough, although a computer counts to 65,536 in no time, because whoever sits in the middle has one
//! guess a call: he must commit to his keys before he sees the others'. Where he need not, two words are nothing.
//!
//! Source: RFC 6189, section 5.1.6.

use super::word_lists::{EVEN, ODD};
use crate::crypto::sha256::DIGEST_BYTES;

/// Bits that a person compares in four characters.
pub const B32_BITS: u32 = 20;

/// Bits that a person compares in two words.
pub const B256_BITS: u32 = 16;

/// The 32 characters: letters and digits without those that are taken for one another (`0`, `l`, `v`, `2`).
pub const B32_ALPHABET: &[u8; 32] = b"ybndrfg8ejkmcpqxot1uwisza345h769";

/// `sasvalue = leftmost 32 bits of sashash`, big-endian.
///
/// RFC 6189, section 4.5.2.
pub fn sas_value(sas_hash: &[u8; DIGEST_BYTES]) -> u32 {
    let [a, b, c, d, ..] = *sas_hash;
    u32::from_be_bytes([a, b, c, d])
}

/// Four characters for the top 20 bits of `value`, five bits each.
///
/// RFC 6189, section 5.1.6.
///
/// ```
/// assert_eq!(messaging_lab::call::words::b32(0xd269_b071), "4jw5");
/// ```
pub fn b32(value: u32) -> String {
    // n = shift 27, 22, 17, 12
    [27, 22, 17, 12]
        .into_iter()
        .map(|shift| char::from(B32_ALPHABET[(value >> shift) as usize % 32]))
        .collect()
}

/// Two words for the top 16 bits of `value`: the first byte's of two syllables, the second byte's of three. So a word that
/// was left out, or two that were swapped, can be heard.
///
/// RFC 6189, section 5.1.6.
///
/// ```
/// assert_eq!(messaging_lab::call::words::pgp_words(0xd269_b071), ("standard", "guitarist"));
/// ```
pub fn pgp_words(value: u32) -> (&'static str, &'static str) {
    let [first, second, ..] = value.to_be_bytes();
    (EVEN[usize::from(first)], ODD[usize::from(second)])
}

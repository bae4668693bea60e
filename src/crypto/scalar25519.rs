//! Numbers mod L = 2^252 + 27742317777372353535851937790883648493: how often a point is added (RFC 8032,
//! section 5.1).
//!
//! The idea, before any detail: the base point added L times is the neutral point, so multiples of L may be
//! dropped from every such count.
//!
//! ```text
//! remainder = 0
//! for each bit of the number, from the top:
//!     remainder = 2 * remainder + bit;  if remainder >= L: remainder = remainder - L
//! ```
//!
//! That is division with one digit at a time, and it is what stands below: both outcomes of the "if" are
//! computed, and a mask keeps one. There are faster ways; next to the hundreds of point additions of a
//! signature this one does not count.

use std::ops::{Add, Mul, Neg};

use super::field25519::mask;
use crate::ground::secret::wipe;

/// L, the order of the base point, in 64-bit words, least significant first.
const ORDER: [u64; 4] = [
    0x5812_631a_5cf5_d3ed,
    0x14de_f9de_a2f7_9cd6,
    0,
    0x1000_0000_0000_0000,
];

/// A number from 0 up to L - 1, in 64-bit words, least significant first.
#[derive(Clone, Copy)]
pub struct Scalar([u64; 4]);

impl Scalar {
    /// `number mod L` of 32 bytes, least significant first.
    pub fn reduced(bytes: &[u8; 32]) -> Scalar {
        let mut wide = [0; 64];
        wide[..32].copy_from_slice(bytes);
        let scalar = Scalar::reduced_wide(&wide);
        wipe(&mut wide);
        scalar
    }

    /// `number mod L` of 64 bytes, least significant first: a SHA-512 digest is twice as long as L, so that
    /// the remainder is even to one part in 2^259.
    pub fn reduced_wide(bytes: &[u8; 64]) -> Scalar {
        let mut words: [u64; 8] = words(bytes);
        let scalar = remainder(&words);
        wipe(&mut words);
        scalar
    }

    /// The number that 32 bytes spell, least significant first; `None` if it is L or more.
    ///
    /// For bytes that came from outside: with `s` a signature of `s + L` would pass as well, and "the same"
    /// signature could be had in two spellings (RFC 8032, section 8.4).
    pub fn canonical(bytes: &[u8; 32]) -> Option<Scalar> {
        let words: [u64; 4] = words(bytes);
        let (_, borrow) = subtract(words, ORDER);
        (borrow == 1).then_some(Scalar(words))
    }

    /// 32 bytes, least significant first.
    pub fn to_bytes(self) -> [u8; 32] {
        let mut bytes = [0; 32];
        for (to, word) in bytes.chunks_exact_mut(8).zip(self.0) {
            to.copy_from_slice(&word.to_le_bytes());
        }
        bytes
    }

    /// `if mask { a } else { b }` without a branch; see [`mask`].
    pub fn select(mask: u64, a: Scalar, b: Scalar) -> Scalar {
        Scalar(std::array::from_fn(|i| (a.0[i] & mask) | (b.0[i] & !mask)))
    }

    /// Overwrites the number with 0, for good; see [`wipe`].
    pub fn wipe(&mut self) {
        wipe(&mut self.0);
    }
}

/// `8 N` bytes as `N` words, least significant first.
fn words<const N: usize>(bytes: &[u8]) -> [u64; N] {
    std::array::from_fn(|i| {
        u64::from_le_bytes(bytes[8 * i..8 * i + 8].try_into().expect("eight bytes a word"))
    })
}

/// `(a - b, borrow)`: the difference mod 2^256, and 1 where a < b.
fn subtract(a: [u64; 4], b: [u64; 4]) -> ([u64; 4], u64) {
    let mut borrow = 0;
    let difference = std::array::from_fn(|i| {
        let (d, below) = a[i].overflowing_sub(b[i]);
        let (d, below_too) = d.overflowing_sub(borrow);
        borrow = u64::from(below | below_too);
        d
    });
    (difference, borrow)
}

/// `number - L` if that is not below 0, else `number`: mod L for anything below 2L.
fn subtract_order_once(number: [u64; 4]) -> Scalar {
    let (less, borrow) = subtract(number, ORDER);
    Scalar::select(mask(borrow), Scalar(number), Scalar(less))
}

/// `number mod L`, one bit at a time from the top.
fn remainder(number: &[u64; 8]) -> Scalar {
    let mut remainder = Scalar([0; 4]);
    for bit in (0..512).rev() {
        // remainder = 2 * remainder + bit, below 2L: it fits, since L is below 2^253.
        let [r0, r1, r2, r3] = remainder.0;
        let next = number[bit / 64] >> (bit % 64) & 1;
        let doubled = [
            r0 << 1 | next,
            r1 << 1 | r0 >> 63,
            r2 << 1 | r1 >> 63,
            r3 << 1 | r2 >> 63,
        ];
        // if remainder >= L: remainder = remainder - L
        remainder = subtract_order_once(doubled);
    }
    remainder
}

impl Add for Scalar {
    type Output = Scalar;

    /// `a + b mod L`.
    fn add(self, other: Scalar) -> Scalar {
        // Both are below L < 2^253, so the sum is below 2L and fits.
        let mut carry = 0;
        let sum = std::array::from_fn(|i| {
            let sum = u128::from(self.0[i]) + u128::from(other.0[i]) + carry;
            carry = sum >> 64;
            sum as u64
        });
        subtract_order_once(sum)
    }
}

impl Mul for Scalar {
    type Output = Scalar;

    /// `a * b mod L`: the product as at school, in digits of 64 bits, then the remainder.
    fn mul(self, other: Scalar) -> Scalar {
        let mut wide = [0u64; 8];
        for (i, &a) in self.0.iter().enumerate() {
            let mut carry = 0;
            for (j, &b) in other.0.iter().enumerate() {
                // (2^64 - 1)^2 + 2 (2^64 - 1) = 2^128 - 1: just fits.
                let sum = u128::from(a) * u128::from(b) + u128::from(wide[i + j]) + carry;
                wide[i + j] = sum as u64;
                carry = sum >> 64;
            }
            wide[i + 4] = carry as u64;
        }
        let product = remainder(&wide);
        wipe(&mut wide);
        product
    }
}

impl Neg for Scalar {
    type Output = Scalar;

    /// `-a = L - a mod L`.
    fn neg(self) -> Scalar {
        let (difference, _) = subtract(ORDER, self.0);
        // L - 0 is L itself, which is 0.
        subtract_order_once(difference)
    }
}

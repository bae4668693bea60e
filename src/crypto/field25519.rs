//! Numbers mod p = 2^255 - 19: the field that X25519 and Ed25519 compute in (RFC 7748, section 4.1).
//!
//! The idea, before any detail:
//!
//! ```text
//! a + b, a - b, a * b                 as always, and then the remainder of a division by p
//! 1 / a = a^(p-2)                     because a^(p-1) = 1 for every a but 0 (Fermat)
//! ```
//!
//! What makes it harder: 255 bits do not fit a machine word, and a division takes a time that depends on the
//! number.
//!
//! # Five limbs of 51 bits
//!
//! A number is kept as five words, `l0 + 2^51 l1 + 2^102 l2 + 2^153 l3 + 2^204 l4`. Two things come of it:
//!
//! - 5 x 51 = 255, so what overflows at the top is a multiple of 2^255, and 2^255 = 19 mod p: it comes back
//!   in at the bottom, 19 times. That replaces the division.
//! - A word has 64 bits, 13 more than needed, so sums need not be carried at once: limbs may grow beyond 51
//!   bits. The same number mod p then has many spellings, until [`Field::to_bytes`] picks the one below p.
//!
//! # Weights: why nothing overflows
//!
//! A number has **weight** w if each of its limbs is below w x (2^51 + 2^27). Each operation says what it
//! takes and gives:
//!
//! | operation | takes | gives |
//! | --- | --- | --- |
//! | `from_bytes` | | 1 |
//! | `a + b` | | the weight of a and the weight of b |
//! | `a - b` | b: 1 | the weight of a and 2 |
//! | `a * b`, `square`, `times_small` | 8 at most | 1 |
//! | `carried`, `-a`, `to_bytes` | any | 1 |
//!
//! Whoever writes a formula with these adds up the weights once, beside it. A slip does not stay hidden: the
//! development build checks every operation on words for overflow.

use std::hint::black_box;
use std::ops::{Add, Mul, Neg, Sub};

use crate::ground::secret::{equal, wipe};

/// 51 ones.
const LOW_51_BITS: u64 = (1 << 51) - 1;

/// All ones if `bit` is 1, all zeros if it is 0: what chooses without a branch.
///
/// The mask goes through `black_box`: an optimiser that knows it has two values only may make a branch of it.
pub fn mask(bit: u64) -> u64 {
    black_box(0u64.wrapping_sub(bit))
}

/// A number mod 2^255 - 19, as `l0 + 2^51 l1 + 2^102 l2 + 2^153 l3 + 2^204 l4`.
///
/// `Copy`, because formulas are made of these. The price: copies of secrets stay behind on the stack.
#[derive(Clone, Copy)]
pub struct Field([u64; 5]);

impl Field {
    /// 0.
    pub const ZERO: Field = Field([0; 5]);

    /// 1.
    pub const ONE: Field = Field([1, 0, 0, 0, 0]);

    /// `w0 + 2^64 w1 + 2^128 w2 + 2^192 w3`, its highest bit ignored. Weight 1.
    pub const fn from_words([w0, w1, w2, w3]: [u64; 4]) -> Field {
        // Cuts four times 64 bits into five times 51: limb i starts at bit 51 i.
        Field([
            w0 & LOW_51_BITS,
            (w0 >> 51 | w1 << 13) & LOW_51_BITS,
            (w1 >> 38 | w2 << 26) & LOW_51_BITS,
            (w2 >> 25 | w3 << 39) & LOW_51_BITS,
            (w3 >> 12) & LOW_51_BITS,
        ])
    }

    /// The number that 32 bytes spell, least significant first, its highest bit ignored. Weight 1.
    ///
    /// p and above are read as the numbers they are mod p (RFC 7748, section 5).
    pub fn from_bytes(bytes: &[u8; 32]) -> Field {
        let mut words = [0; 4];
        for (word, bytes) in words.iter_mut().zip(bytes.chunks_exact(8)) {
            *word = u64::from_le_bytes(bytes.try_into().expect("eight bytes a word"));
        }
        Field::from_words(words)
    }

    /// The one spelling below p, as 32 bytes, least significant first.
    pub fn to_bytes(self) -> [u8; 32] {
        // Carried, the number is below 2p: p is to be subtracted once, or not at all.
        let mut limbs = self.carried().0;
        // It is p or more exactly where adding 19 carries out of bit 255. `over` is that carry, 0 or 1.
        let mut over = 19;
        for limb in limbs {
            over = (limb + over) >> 51;
        }
        // Subtracting p is adding 19 and dropping bit 255.
        let mut carry = 19 * over;
        for limb in &mut limbs {
            let sum = *limb + carry;
            *limb = sum & LOW_51_BITS;
            carry = sum >> 51;
        }
        // The cut of `from_words`, backwards.
        let [l0, l1, l2, l3, l4] = limbs;
        let words = [
            l0 | l1 << 51,
            l1 >> 13 | l2 << 38,
            l2 >> 26 | l3 << 25,
            l3 >> 39 | l4 << 12,
        ];
        let mut bytes = [0; 32];
        for (to, word) in bytes.chunks_exact_mut(8).zip(words) {
            to.copy_from_slice(&word.to_le_bytes());
        }
        bytes
    }

    /// The same number with weight 1: each limb hands what it has above 51 bits to the next, the top one to
    /// the lowest, where it is worth 19 times as much. All at once, so that none waits for another.
    #[inline(always)]
    pub fn carried(self) -> Field {
        let [l0, l1, l2, l3, l4] = self.0;
        // A word has at most 13 bits above 51, and 19 x 2^13 < 2^27.
        Field([
            (l0 & LOW_51_BITS) + 19 * (l4 >> 51),
            (l1 & LOW_51_BITS) + (l0 >> 51),
            (l2 & LOW_51_BITS) + (l1 >> 51),
            (l3 & LOW_51_BITS) + (l2 >> 51),
            (l4 & LOW_51_BITS) + (l3 >> 51),
        ])
    }

    /// `a^2`. The products of [`Mul`] that come twice are made once.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn square(self) -> Field {
        let [a0, a1, a2, a3, a4] = self.0;
        let (twice_a0, twice_a1, twice_a2, twice_a3) = (2 * a0, 2 * a1, 2 * a2, 2 * a3);
        let (a3_19, a4_19) = (19 * a3, 19 * a4);
        let p = product;
        carry([
            p(a0, a0) + p(twice_a1, a4_19) + p(twice_a2, a3_19),
            p(twice_a0, a1) + p(twice_a2, a4_19) + p(a3, a3_19),
            p(twice_a0, a2) + p(a1, a1) + p(twice_a3, a4_19),
            p(twice_a0, a3) + p(twice_a1, a2) + p(a4, a4_19),
            p(twice_a0, a4) + p(twice_a1, a3) + p(a2, a2),
        ])
    }

    /// `n a`, for a constant n below 2^19.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn times_small(self, n: u32) -> Field {
        debug_assert!(n < 1 << 19);
        // Columns below 2^54.01 x 2^19 have less than 2^22.1 above 51 bits, and 19 times that is below 2^27:
        // weight 1.
        let ([a0, a1, a2, a3, a4], n) = (self.0, u64::from(n));
        let p = product;
        carry_once([p(a0, n), p(a1, n), p(a2, n), p(a3, n), p(a4, n)])
    }

    /// `a^(2^n)`: n squarings.
    fn square_times(self, n: u32) -> Field {
        (0..n).fold(self, |power, _| power.square())
    }

    /// `1 / a = a^(p-2)`; 0 for 0. Weight of a: 8 at most.
    pub fn invert(self) -> Field {
        // p - 2 = 2^255 - 21 = (2^250 - 1) 2^5 + 11
        let (a_2_250, a_11) = self.towers();
        a_2_250.square_times(5) * a_11
    }

    /// `a^((p-5)/8)`, which square roots are made of (RFC 8032, section 5.1.3). Weight of a: 8 at most.
    pub fn power_p_minus_5_over_8(self) -> Field {
        // (p - 5) / 8 = 2^252 - 3 = (2^250 - 1) 2^2 + 1
        let (a_2_250, _) = self.towers();
        a_2_250.square_times(2) * self
    }

    /// `(a^(2^250 - 1), a^11)`: nearly all bits of both exponents are ones, and a run of ones is doubled in
    /// length by n squarings and one product. 249 squarings and 10 products instead of some 500.
    fn towers(self) -> (Field, Field) {
        let a_2 = self.square();
        let a_9 = a_2.square_times(2) * self;
        let a_11 = a_9 * a_2;
        let ones_5 = a_11.square() * a_9; // 2 x 11 + 9 = 31 = 2^5 - 1
        let ones_10 = ones_5.square_times(5) * ones_5;
        let ones_20 = ones_10.square_times(10) * ones_10;
        let ones_40 = ones_20.square_times(20) * ones_20;
        let ones_50 = ones_40.square_times(10) * ones_10;
        let ones_100 = ones_50.square_times(50) * ones_50;
        let ones_200 = ones_100.square_times(100) * ones_100;
        let ones_250 = ones_200.square_times(50) * ones_50;
        (ones_250, a_11)
    }

    /// 1 if the number below p is odd, else 0. Of a and -a exactly one is odd, 0 aside: it serves as the
    /// sign.
    pub fn is_odd(self) -> u64 {
        u64::from(self.to_bytes()[0] & 1)
    }

    /// `if mask { self = other }` without a branch, where `self` is still [`Field::ZERO`]; see [`mask`]. Picks one of many,
    /// with a mask of all ones for one of them and of zeros for the others.
    #[inline(always)]
    pub fn pick(&mut self, mask: u64, other: &Field) {
        let [o0, o1, o2, o3, o4] = other.0;
        let [l0, l1, l2, l3, l4] = self.0;
        self.0 = [
            l0 | o0 & mask,
            l1 | o1 & mask,
            l2 | o2 & mask,
            l3 | o3 & mask,
            l4 | o4 & mask,
        ];
    }

    /// `if mask { swap(a, b) }` without a branch; see [`mask`] (RFC 7748, section 5, `cswap`).
    #[inline(always)]
    pub fn swap(mask: u64, a: &mut Field, b: &mut Field) {
        for (a, b) in a.0.iter_mut().zip(&mut b.0) {
            // dummy = mask(swap) AND (x_2 XOR x_3)
            let dummy = mask & (*a ^ *b);
            *a ^= dummy;
            *b ^= dummy;
        }
    }

    /// Overwrites the number with 0, for good; see [`wipe`].
    pub fn wipe(&mut self) {
        wipe(&mut self.0);
    }
}

/// `a * b` of two limbs, all 128 bits of it.
#[inline(always)]
fn product(a: u64, b: u64) -> u128 {
    // A word times a word has at most 128 bits: nothing can wrap, and nothing needs to be checked.
    (a as u128).wrapping_mul(b as u128)
}

/// `c0 + 2^51 c1 + ... + 2^204 c4`, from the columns of a product, with weight 1.
#[inline(always)]
fn carry(columns: [u128; 5]) -> Field {
    // Factors of weight 8 have limbs below 2^54.01, and a column has at most 1 + 4 x 19 = 77 products in it:
    // it is below 2^114.3, and what it has above 51 bits is below 2^63.3. The top column has 5 products and
    // no 19: it is below 2^110.4, and 19 times what it has above 51 bits is below 2^63.7. So carried once,
    // all limbs fit a word; once more, they are of weight 1.
    carry_once(columns).carried()
}

/// Each column hands what it has above 51 bits to the next, the top one to the lowest, where it is worth 19
/// times as much.
#[inline(always)]
fn carry_once(columns: [u128; 5]) -> Field {
    let [c0, c1, c2, c3, c4] = columns;
    Field([
        (c0 as u64 & LOW_51_BITS) + 19 * (c4 >> 51) as u64,
        (c1 as u64 & LOW_51_BITS) + (c0 >> 51) as u64,
        (c2 as u64 & LOW_51_BITS) + (c1 >> 51) as u64,
        (c3 as u64 & LOW_51_BITS) + (c2 >> 51) as u64,
        (c4 as u64 & LOW_51_BITS) + (c3 >> 51) as u64,
    ])
}

impl Add for Field {
    type Output = Field;

    #[inline(always)]
    fn add(self, other: Field) -> Field {
        let ([a0, a1, a2, a3, a4], [b0, b1, b2, b3, b4]) = (self.0, other.0);
        Field([a0 + b0, a1 + b1, a2 + b2, a3 + b3, a4 + b4])
    }
}

impl Sub for Field {
    type Output = Field;

    /// `a - b = a + 2p - b`: with 2p added no limb goes below 0, as long as b has weight 1.
    #[inline(always)]
    fn sub(self, other: Field) -> Field {
        // 2p = 2 (2^255 - 19) in limbs: 2 (2^51 - 19), and four times 2 (2^51 - 1).
        const LOWEST: u64 = 2 * (LOW_51_BITS - 18);
        const OTHER: u64 = 2 * LOW_51_BITS;
        let ([a0, a1, a2, a3, a4], [b0, b1, b2, b3, b4]) = (self.0, other.0);
        Field([
            a0 + LOWEST - b0,
            a1 + OTHER - b1,
            a2 + OTHER - b2,
            a3 + OTHER - b3,
            a4 + OTHER - b4,
        ])
    }
}

impl Neg for Field {
    type Output = Field;

    /// `-a = 0 - a`, weight 1.
    fn neg(self) -> Field {
        (Field::ZERO - self.carried()).carried()
    }
}

impl Mul for Field {
    type Output = Field;

    /// `a * b` as at school, in digits of 51 bits: column k is the sum of all `a[i] b[j]` with i + j = k.
    /// What belongs into column 5 + k is worth 2^255 times column k, and comes back there 19 times.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn mul(self, other: Field) -> Field {
        let ([a0, a1, a2, a3, a4], [b0, b1, b2, b3, b4]) = (self.0, other.0);
        let (b1_19, b2_19, b3_19, b4_19) = (19 * b1, 19 * b2, 19 * b3, 19 * b4);
        let p = product;
        carry([
            p(a0, b0) + p(a1, b4_19) + p(a2, b3_19) + p(a3, b2_19) + p(a4, b1_19),
            p(a0, b1) + p(a1, b0) + p(a2, b4_19) + p(a3, b3_19) + p(a4, b2_19),
            p(a0, b2) + p(a1, b1) + p(a2, b0) + p(a3, b4_19) + p(a4, b3_19),
            p(a0, b3) + p(a1, b2) + p(a2, b1) + p(a3, b0) + p(a4, b4_19),
            p(a0, b4) + p(a1, b3) + p(a2, b2) + p(a3, b1) + p(a4, b0),
        ])
    }
}

impl PartialEq for Field {
    /// Equal mod p, however the two are spelled. Looks at every byte.
    fn eq(&self, other: &Field) -> bool {
        equal(&self.to_bytes(), &other.to_bytes())
    }
}

impl Eq for Field {}

impl std::fmt::Debug for Field {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Field(omitted)")
    }
}

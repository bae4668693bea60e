//! Poly1305: a tag of 16 bytes that only holders of a one-time key can make (RFC 8439, section 2.5).
//!
//! The idea, before any detail: read the message as numbers of 16 bytes, and them as the coefficients of a
//! polynomial.
//!
//! ```text
//! p = 2^130 - 5
//! h = 0
//! for each block of up to 16 bytes:
//!     h = (h + number(block || 0x01)) * r  mod p
//! tag = (h + s)  mod 2^128                               the key is r || s, 16 bytes each
//! ```
//!
//! Another message gives another polynomial, and two polynomials of degree d agree at no more than d points:
//! who does not know the point `r` can only guess it. `s` hides the result, once: **two messages under one
//! key give `r` away**, and with it every tag. That is why the key is made anew for each message (see
//! [`aead`](super::aead)).
//!
//! What makes it harder below: a product of 130 by 124 bits does not fit a machine word, and no step may
//! branch on `h`.

use std::hint::black_box;

use crate::ground::secret::wipe;

/// Bytes in a one-time key: `r` and `s`.
pub const KEY_BYTES: usize = 32;

/// Bytes in a tag.
pub const TAG_BYTES: usize = 16;

/// Bytes in a full block of message.
pub const BLOCK_BYTES: usize = 16;

/// `r &= 0ffffffc0ffffffc0ffffffc0fffffff`: 22 bits of `r` are always 0 (section 2.5, "clamping"). It is what
/// keeps the products below small.
const CLAMP: u128 = 0x0fff_fffc_0fff_fffc_0fff_fffc_0fff_ffff;

/// `tag = Poly1305(key, message)`: 16 bytes. **A key is for one message.**
///
/// Compare a received tag with [`equal`](crate::ground::secret::equal), never with `==`.
///
/// ```
/// use messaging_lab::crypto::poly1305::poly1305;
/// use messaging_lab::ground::hex::{bytes_to_hex, hex_to_bytes};
/// // RFC 8439, section 2.5.2.
/// let key = hex_to_bytes("85d6be7857556d337f4452fe42d506a80103808afb0db2fd4abff6af4149f51b").unwrap();
/// let tag = poly1305(&key.try_into().unwrap(), b"Cryptographic Forum Research Group");
/// assert_eq!(bytes_to_hex(&tag), "a8061dc1305136c6c22b8baf0c0127a9");
/// ```
///
/// RFC 8439, section 2.5.1.
pub fn poly1305(key: &[u8; KEY_BYTES], message: &[u8]) -> [u8; TAG_BYTES] {
    let mut mac = Poly1305::new(key);
    mac.update(message);
    mac.finish()
}

/// Poly1305 of a message that arrives in pieces. Where they are cut makes no difference. Wiped when dropped.
pub struct Poly1305 {
    /// The clamped `r` as `r0 + 2^64 r1`. After clamping, each is below 2^60.
    r: [u64; 2],
    /// The second half of the key, added at the very end.
    s: u128,
    /// `h = h[0] + 2^64 h[1] + 2^128 h[2]`, not yet [`folded`].
    h: [u64; 3],
    /// The bytes since the last whole block, at the front.
    pending: [u8; BLOCK_BYTES],
    /// How many of them there are: 0 to 15.
    filled: usize,
}

impl Poly1305 {
    /// Starts a tag under `key = r || s`, 16 bytes each, least significant byte first.
    pub fn new(key: &[u8; KEY_BYTES]) -> Self {
        let (r, s) = key.split_at(16);
        // r = le_bytes_to_num(key[0..15]); clamp(r)
        let r = number(r) & CLAMP;
        Poly1305 {
            r: cut(r),
            // s = le_bytes_to_num(key[16..31])
            s: number(s),
            // a = 0
            h: [0; 3],
            pending: [0; BLOCK_BYTES],
            filled: 0,
        }
    }

    /// Appends `piece` to the message. Any length, zero included.
    pub fn update(&mut self, mut piece: &[u8]) {
        // Fill up a block that was begun earlier.
        if self.filled > 0 {
            let (head, rest) = piece.split_at(piece.len().min(BLOCK_BYTES - self.filled));
            self.pending[self.filled..self.filled + head.len()].copy_from_slice(head);
            self.filled += head.len();
            if self.filled < BLOCK_BYTES {
                return;
            }
            self.h = absorb(self.h, self.r, number(&self.pending), 1);
            self.filled = 0;
            piece = rest;
        }
        // Whole blocks are read where they stand. The bit above the sixteen bytes is the 0x01 that follows
        // them.
        let mut h = self.h;
        let mut blocks = piece.chunks_exact(BLOCK_BYTES);
        for block in &mut blocks {
            h = absorb(h, self.r, number(block), 1);
        }
        self.h = h;
        let tail = blocks.remainder();
        if !tail.is_empty() {
            self.pending[..tail.len()].copy_from_slice(tail);
            self.filled = tail.len();
        }
    }

    /// Appends zeros up to the next multiple of 16 bytes, none where the message ends at one: `pad16` of
    /// section 2.8.1.
    pub fn pad(&mut self) {
        if self.filled > 0 {
            self.pending[self.filled..].fill(0);
            self.h = absorb(self.h, self.r, number(&self.pending), 1);
            self.filled = 0;
        }
    }

    /// The tag of everything that came in.
    pub fn finish(mut self) -> [u8; TAG_BYTES] {
        // A last block that is not full: the 0x01 stands right behind its bytes, so that "a" and "a\0"
        // differ.
        if self.filled > 0 {
            self.pending[self.filled] = 1;
            self.pending[self.filled + 1..].fill(0);
            self.h = absorb(self.h, self.r, number(&self.pending), 0);
        }
        // Folded, h is below 2^130 + 2^64, which is less than 2p: subtract p once where h >= p.
        // h - p = (h + 5) - 2^130, so h >= p exactly where h + 5 reaches bit 130.
        let [h0, h1, h2] = folded(self.h);
        let low = join(h0, h1);
        let (minus_p, carry) = low.overflowing_add(5);
        let reaches_p = (h2 + u64::from(carry)) >> 2;
        // 0 or 1 becomes all zeros or all ones. Both candidates are 128 bits: what stands above is cut off
        // below anyway.
        let mask = black_box(0u128.wrapping_sub(u128::from(reaches_p)));
        let reduced = (minus_p & mask) | (low & !mask);
        // a += s; return num_to_16_le_bytes(a)
        reduced.wrapping_add(self.s).to_le_bytes()
    }
}

impl Drop for Poly1305 {
    fn drop(&mut self) {
        wipe(&mut self.r);
        wipe(std::slice::from_mut(&mut self.s));
        wipe(&mut self.h);
        wipe(&mut self.pending);
    }
}

/// Sixteen bytes as a number, least significant byte first.
fn number(bytes: &[u8]) -> u128 {
    u128::from_le_bytes(bytes.try_into().expect("sixteen bytes a block"))
}

/// `low + 2^64 high`.
fn join(low: u64, high: u64) -> u128 {
    u128::from(low) | u128::from(high) << 64
}

/// The two 64-bit limbs of a number, the lower first.
fn cut(number: u128) -> [u64; 2] {
    [number as u64, (number >> 64) as u64]
}

/// `a * b` of two 64-bit limbs, all 128 bits of it.
#[inline(always)]
fn product(a: u64, b: u64) -> u128 {
    // A word times a word has at most 128 bits: nothing can wrap, and nothing needs to be checked.
    (a as u128).wrapping_mul(b as u128)
}

/// `h`, and what of it stands above bit 130 brought back in: `h = high * 2^130 + low = 5 * high + low mod p`.
///
/// In: `h[2]` below 2^63.5. Out: below 2^130 + 2^64, so `h[2]` is 4 at most.
#[inline(always)]
fn folded([h0, h1, h2]: [u64; 3]) -> [u64; 3] {
    // h[2] starts at bit 128. Without its two lowest bits it is 4 * high; 5 * high is that and a quarter of
    // it.
    let four_high = h2 & !3;
    let (low, carry) = join(h0, h1).overflowing_add(u128::from(four_high + (four_high >> 2)));
    let [h0, h1] = cut(low);
    [h0, h1, (h2 & 3) + u64::from(carry)]
}

/// `h = (h + block + 2^128 top) * r mod p`. `top` is 0 or 1. "Mod p" means: to be [`folded`], not below p.
#[inline(always)]
fn absorb(h: [u64; 3], [r0, r1]: [u64; 2], block: u128, top: u64) -> [u64; 3] {
    // a += n
    // Folded, h2 is 4 at most; the carry and top make it 6.
    let (low, carry) = join(h[0], h[1]).overflowing_add(block);
    let [h0, h1] = cut(low);
    let [h0, h1, h2] = folded([h0, h1, h[2]]);
    let h2 = h2 + u64::from(carry) + top;

    // a = (r * a) % p, as at school, in digits of 64 bits:
    //
    //         h2      h1      h0
    //     x           r1      r0
    //     ----------------------
    //       h2r0    h1r0    h0r0
    //     + h1r1    h0r1
    // + h2r1
    //
    // What stands in the third column is worth 2^128, and r1 is a multiple of 4 (clamping saw to it), so
    // 2^128 r1 = 2^130 (r1 / 4) = 5 (r1 / 4) = r1 + r1 / 4 mod p: h1r1 moves to the first column, h2r1 to the
    // second.
    let s1 = r1 + (r1 >> 2);
    // r0, r1 < 2^60 and s1 < 1.25 x 2^60 by clamping, h0, h1 < 2^64, h2 <= 6. So each product is below
    // 2^124.4, those with h2 are below 2^63, and the columns with their carries below 2^126, the third below
    // 2^63.5: nothing overflows.
    let column0 = product(h0, r0) + product(h1, s1);
    let column1 = product(h0, r1) + product(h1, r0) + u128::from(h2 * s1) + (column0 >> 64);
    let column2 = h2 * r0 + (column1 >> 64) as u64;
    [column0 as u64, column1 as u64, column2]
}

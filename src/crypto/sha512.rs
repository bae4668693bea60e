//! SHA-512: a fingerprint of 64 bytes for a message of any length (FIPS 180-4).
//!
//! The idea is that of [`sha256`](super::sha256), on words of 64 bits: to be read with that file beside it.
//! What differs:
//!
//! | | SHA-256 | SHA-512 |
//! | --- | --- | --- |
//! | word | 32 bits | 64 bits |
//! | block | 64 bytes | 128 bytes |
//! | length at the end of the padding | 8 bytes | 16 bytes |
//! | rounds | 64 | 80 |
//! | rotations, constants | | others |
//!
//! On a processor with 64-bit words it is the faster of the two for long messages: 80 rounds take in twice
//! the bytes that 64 do.

use crate::ground::secret::wipe;

/// Bytes in a digest.
pub const DIGEST_BYTES: usize = 64;

/// Bytes that one compression takes in.
pub const BLOCK_BYTES: usize = 128;

/// `2^125 - 1`, the longest message in bytes: its length in bits must fit 128 bits (FIPS 180-4, section 1,
/// figure 1).
///
/// No check stands in [`Sha512::update`]: there are not so many bytes on Earth.
pub const MAX_MESSAGE_BYTES: u128 = (1 << 125) - 1;

/// H(0): the fractional parts of the square roots of the first 8 primes, 64 bits each (section 5.3.5).
#[rustfmt::skip] // four a row, as the standard prints the round constants
const INITIAL_STATE: [u64; 8] = [
    0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
    0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
];

/// The fractional parts of the cube roots of the first 80 primes, 64 bits each (section 4.2.3).
#[rustfmt::skip]
const ROUND_CONSTANTS: [u64; 80] = [
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc,
    0x3956c25bf348b538, 0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118,
    0xd807aa98a3030242, 0x12835b0145706fbe, 0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2,
    0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235, 0xc19bf174cf692694,
    0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
    0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5,
    0x983e5152ee66dfab, 0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4,
    0xc6e00bf33da88fc2, 0xd5a79147930aa725, 0x06ca6351e003826f, 0x142929670a0e6e70,
    0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed, 0x53380d139d95b3df,
    0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
    0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30,
    0xd192e819d6ef5218, 0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8,
    0x19a4c116b8d2d0c8, 0x1e376c085141ab53, 0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8,
    0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373, 0x682e6ff3d6b2b8a3,
    0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
    0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b,
    0xca273eceea26619c, 0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178,
    0x06f067aa72176fba, 0x0a637dc5a2c898a6, 0x113f9804bef90dae, 0x1b710b35131c471b,
    0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc, 0x431d67c49c100d4c,
    0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817,
];

/// `digest = SHA-512(message)`: 64 bytes for a message of any length up to [`MAX_MESSAGE_BYTES`].
///
/// FIPS 180-4, section 6.4.
pub fn sha512(message: &[u8]) -> [u8; DIGEST_BYTES] {
    let mut hash = Sha512::new();
    hash.update(message);
    hash.finish()
}

/// SHA-256 of a message that arrives in pieces: `SHA-512(a || b || c)` is `update(a); update(b); update(c);
/// finish()`.
///
/// Where the pieces are cut makes no difference. Wiped when dropped, because the message may have been a key.
/// `Clone` is for messages with the same beginning: what was hashed so far is hashed once.
#[derive(Clone)]
pub struct Sha512 {
    /// H(i): the chaining value after all whole blocks so far.
    state: [u64; 8],
    /// The bytes since the last whole block, at the front; zeros behind them.
    pending: [u8; BLOCK_BYTES],
    /// How many bytes came in so far. Its remainder mod 128 says how much of `pending` is filled.
    length: u128,
}

impl Sha512 {
    /// The hash of nothing yet.
    pub fn new() -> Self {
        Sha512 {
            state: INITIAL_STATE,
            pending: [0; BLOCK_BYTES],
            length: 0,
        }
    }

    /// Appends `piece` to the message. Any length, zero included.
    pub fn update(&mut self, mut piece: &[u8]) {
        let filled = self.filled();
        self.length = self.length.wrapping_add(piece.len() as u128);
        // Fill up a block that was begun earlier.
        if filled > 0 {
            let (head, rest) = piece.split_at(piece.len().min(BLOCK_BYTES - filled));
            self.pending[filled..filled + head.len()].copy_from_slice(head);
            if filled + head.len() < BLOCK_BYTES {
                return;
            }
            compress(&mut self.state, &self.pending);
            self.pending = [0; BLOCK_BYTES];
            piece = rest;
        }
        // Whole blocks are read where they stand.
        let mut blocks = piece.chunks_exact(BLOCK_BYTES);
        for block in &mut blocks {
            compress(&mut self.state, block.try_into().expect("a chunk is one block"));
        }
        let tail = blocks.remainder();
        if !tail.is_empty() {
            self.pending[..tail.len()].copy_from_slice(tail);
        }
    }

    /// The digest of everything that came in.
    pub fn finish(mut self) -> [u8; DIGEST_BYTES] {
        // Section 5.1.2: append the bit 1, then zeros up to 16 bytes before the end of a block, then the
        // length in bits.
        let bits = self.length.wrapping_mul(8);
        let filled = self.filled();
        self.pending[filled] = 0x80;
        // No room for the length behind the bit 1: it takes one block more.
        if filled + 1 > BLOCK_BYTES - 16 {
            compress(&mut self.state, &self.pending);
            self.pending = [0; BLOCK_BYTES];
        }
        self.pending[BLOCK_BYTES - 16..].copy_from_slice(&bits.to_be_bytes());
        compress(&mut self.state, &self.pending);

        // Section 6.4.2, after the last block: the eight words, each with its most significant byte first.
        let mut digest = [0; DIGEST_BYTES];
        for (bytes, word) in digest.chunks_exact_mut(8).zip(self.state) {
            bytes.copy_from_slice(&word.to_be_bytes());
        }
        digest
    }

    fn filled(&self) -> usize {
        (self.length % BLOCK_BYTES as u128) as usize
    }
}

impl Default for Sha512 {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Sha512 {
    fn drop(&mut self) {
        wipe(&mut self.state);
        wipe(&mut self.pending);
    }
}

/// `state = state + scramble(state, block)`, the compression of one block (section 6.4.2, steps 1 to 4).
fn compress(state: &mut [u64; 8], block: &[u8; BLOCK_BYTES]) {
    // Step 1. The schedule: W_0 .. W_15 are the block's words. The others are made as the rounds go on.
    let mut w = [0; 16];
    for (word, bytes) in w.iter_mut().zip(block.chunks_exact(8)) {
        *word = u64::from_be_bytes(bytes.try_into().expect("eight bytes a word"));
    }

    // Step 2. The working variables start as the state.
    let mut variables = *state;

    // Step 3. 80 rounds, the last sixteen of which need no further words.
    let (first, last) = ROUND_CONSTANTS.split_at(64);
    for k in first.chunks_exact(16) {
        eight_rounds(&mut variables, &mut w, k, 0, true);
        eight_rounds(&mut variables, &mut w, k, 8, true);
    }
    eight_rounds(&mut variables, &mut w, last, 0, false);
    eight_rounds(&mut variables, &mut w, last, 8, false);

    // Step 4. Added to the state.
    for (word, change) in state.iter_mut().zip(variables) {
        *word = word.wrapping_add(change);
    }
}

/// Rounds t = `start` to `start + 7` of sixteen whose constants are `k` (section 6.4.2, step 3). Eight,
/// because after eight each variable is back in its place: unrolled, none has to be moved.
///
/// No word of the schedule needs one from more than sixteen before, so sixteen are kept: with `more`, W_t+16
/// takes the place of W_t as soon as that was used.
#[inline(always)]
fn eight_rounds(variables: &mut [u64; 8], w: &mut [u64; 16], k: &[u64], start: usize, more: bool) {
    let mut t = start;
    while t < start + 8 {
        let [a, b, c, d, e, f, g, h] = *variables;
        // T1 = h + Sigma1(e) + Ch(e, f, g) + K_t + W_t
        let t1 = h
            .wrapping_add(big_sigma1(e))
            .wrapping_add(choose(e, f, g))
            .wrapping_add(k[t].wrapping_add(w[t]));
        // T2 = Sigma0(a) + Maj(a, b, c)
        let t2 = big_sigma0(a).wrapping_add(majority(a, b, c));
        // h = g, g = f, f = e, e = d + T1, d = c, c = b, b = a, a = T1 + T2
        *variables = [t1.wrapping_add(t2), a, b, c, d.wrapping_add(t1), e, f, g];
        // W_t+16 = sigma1(W_t+14) + W_t+9 + sigma0(W_t+1) + W_t
        if more {
            w[t] = w[t]
                .wrapping_add(small_sigma0(w[(t + 1) % 16]))
                .wrapping_add(w[(t + 9) % 16])
                .wrapping_add(small_sigma1(w[(t + 14) % 16]));
        }
        t += 1;
    }
}

// The six functions of section 4.1.3. Only the distances differ from SHA-256.

/// Each bit of `x` chooses: 1 takes the bit of `y`, 0 the bit of `z`. `(x & y) ^ (!x & z)`, with an operation
/// less.
#[inline(always)]
fn choose(x: u64, y: u64, z: u64) -> u64 {
    z ^ (x & (y ^ z))
}

/// Each bit is the one that at least two of the three have.
#[inline(always)]
fn majority(x: u64, y: u64, z: u64) -> u64 {
    (x & y) ^ (x & z) ^ (y & z)
}

/// `ROTR^N(x)`. The standard library's is a call of its own where nothing is optimised; optimised, both are one
/// instruction.
#[allow(clippy::manual_rotate)]
#[inline(always)]
fn rotated<const N: u32>(x: u64) -> u64 {
    x >> N | x << (64 - N)
}

#[inline(always)]
fn big_sigma0(x: u64) -> u64 {
    rotated::<28>(x) ^ rotated::<34>(x) ^ rotated::<39>(x)
}

#[inline(always)]
fn big_sigma1(x: u64) -> u64 {
    rotated::<14>(x) ^ rotated::<18>(x) ^ rotated::<41>(x)
}

#[inline(always)]
fn small_sigma0(x: u64) -> u64 {
    rotated::<1>(x) ^ rotated::<8>(x) ^ (x >> 7)
}

#[inline(always)]
fn small_sigma1(x: u64) -> u64 {
    rotated::<19>(x) ^ rotated::<61>(x) ^ (x >> 6)
}

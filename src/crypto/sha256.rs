//! SHA-256: a fingerprint of 32 bytes for a message of any length (FIPS 180-4).
//!
//! The idea, before any detail:
//!
//! ```text
//! padded = message || 0x80 || zeros || length of the message in bits (8 bytes)    to a multiple of 64 bytes
//! state  = eight fixed words
//! for each block of 64 bytes in padded:
//!     state = state + scramble(state, block)                                      word by word, mod 2^32
//! digest = state
//! ```
//!
//! What makes it hard to run backwards is `scramble`: 64 rounds that mix rotations, additions and bitwise
//! choices, each fed with another word that depends on the whole block. Nothing in it branches on the
//! message, so a secret message (a key inside HMAC, say) does not show in the time it takes; only its length
//! does.

use crate::ground::secret::wipe;

/// Bytes in a digest.
pub const DIGEST_BYTES: usize = 32;

/// Bytes that one compression takes in.
pub const BLOCK_BYTES: usize = 64;

/// `2^61 - 1`, the longest message in bytes: its length in bits must fit 64 bits (FIPS 180-4, section 1,
/// figure 1).
///
/// No check stands in [`Sha256::update`]: at ten gigabytes a second the limit is seven years away.
pub const MAX_MESSAGE_BYTES: u64 = (1 << 61) - 1;

/// H(0): the fractional parts of the square roots of the first 8 primes, 32 bits each (section 5.3.3).
pub(super) const INITIAL_STATE: [u32; 8] = [
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
];

/// The fractional parts of the cube roots of the first 64 primes, 32 bits each (section 4.2.2).
///
/// Numbers that anybody can derive again leave no room for a hidden choice.
#[rustfmt::skip] // eight a row, as the standard prints them
const ROUND_CONSTANTS: [u32; 64] = [
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
];

/// `digest = SHA-256(message)`: 32 bytes for a message of any length up to [`MAX_MESSAGE_BYTES`].
///
/// FIPS 180-4, section 6.2.
///
/// ```
/// use messaging_lab::crypto::sha256::sha256;
/// use messaging_lab::ground::hex::bytes_to_hex;
/// let digest = bytes_to_hex(&sha256(b"abc"));
/// assert_eq!(digest, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
/// ```
pub fn sha256(message: &[u8]) -> [u8; DIGEST_BYTES] {
    let mut hash = Sha256::new();
    hash.update(message);
    hash.finish()
}

/// SHA-256 of a message that arrives in pieces: `SHA-256(a || b || c)` is `update(a); update(b); update(c);
/// finish()`.
///
/// Where the pieces are cut makes no difference. Wiped when dropped, because the message may have been a key.
/// `Clone` is for messages with the same beginning: what was hashed so far is hashed once.
#[derive(Clone)]
pub struct Sha256 {
    /// H(i): the chaining value after all whole blocks so far.
    state: [u32; 8],
    /// The bytes since the last whole block, at the front; zeros behind them.
    pending: [u8; BLOCK_BYTES],
    /// How many bytes came in so far. Its remainder mod 64 says how much of `pending` is filled.
    length: u64,
}

impl Sha256 {
    /// The hash of nothing yet.
    pub fn new() -> Self {
        Sha256 {
            state: INITIAL_STATE,
            pending: [0; BLOCK_BYTES],
            length: 0,
        }
    }

    /// Appends `piece` to the message. Any length, zero included.
    pub fn update(&mut self, mut piece: &[u8]) {
        let filled = self.filled();
        self.length = self.length.wrapping_add(piece.len() as u64);
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
        self.close()
    }

    /// [`finish`](Self::finish) of a hash that stays where it is, to be dropped by its owner.
    pub(super) fn close(&mut self) -> [u8; DIGEST_BYTES] {
        // Section 5.1.1: append the bit 1, then zeros up to 8 bytes before the end of a block, then the
        // length in bits.
        let bits = self.length.wrapping_mul(8);
        let filled = self.filled();
        self.pending[filled] = 0x80;
        // No room for the length behind the bit 1: it takes one block more.
        if filled + 1 > BLOCK_BYTES - 8 {
            compress(&mut self.state, &self.pending);
            self.pending = [0; BLOCK_BYTES];
        }
        self.pending[BLOCK_BYTES - 8..].copy_from_slice(&bits.to_be_bytes());
        compress(&mut self.state, &self.pending);

        digest_of(&self.state)
    }

    fn filled(&self) -> usize {
        (self.length % BLOCK_BYTES as u64) as usize
    }
}

impl Default for Sha256 {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Sha256 {
    fn drop(&mut self) {
        wipe(&mut self.state);
        wipe(&mut self.pending);
    }
}

/// Section 6.2.2, after the last block: the eight words, each with its most significant byte first.
pub(super) fn digest_of(state: &[u32; 8]) -> [u8; DIGEST_BYTES] {
    let mut digest = [0; DIGEST_BYTES];
    for (bytes, word) in digest.chunks_exact_mut(4).zip(state) {
        bytes.copy_from_slice(&word.to_be_bytes());
    }
    digest
}

/// `state = state + scramble(state, block)`, the compression of one block (section 6.2.2, steps 1 to 4).
pub(super) fn compress(state: &mut [u32; 8], block: &[u8; BLOCK_BYTES]) {
    // Step 1. The schedule: W_0 .. W_15 are the block's words. The others are made as the rounds go on.
    let mut w = [0; 16];
    let mut t = 0;
    // Here and in the rounds the loops count for themselves: in a build that is not optimised an iterator takes longer
    // than the step that it leads to.
    while t < 16 {
        w[t] = u32::from_be_bytes([block[4 * t], block[4 * t + 1], block[4 * t + 2], block[4 * t + 3]]);
        t += 1;
    }

    // Step 2. The working variables start as the state.
    let mut variables = *state;

    // Step 3. 64 rounds, the last sixteen of which need no further words.
    let (first, last) = ROUND_CONSTANTS.split_at(48);
    for k in first.chunks_exact(16) {
        eight_rounds(&mut variables, &mut w, k, 0, true);
        eight_rounds(&mut variables, &mut w, k, 8, true);
    }
    eight_rounds(&mut variables, &mut w, last, 0, false);
    eight_rounds(&mut variables, &mut w, last, 8, false);

    // Step 4. Added to the state. Without this addition every round could be undone.
    for (word, change) in state.iter_mut().zip(variables) {
        *word = word.wrapping_add(change);
    }
}

/// Rounds t = `start` to `start + 7` of sixteen whose constants are `k` (section 6.2.2, step 3). Eight,
/// because after eight each variable is back in its place: unrolled, none has to be moved.
///
/// No word of the schedule needs one from more than sixteen before, so sixteen are kept: with `more`, W_t+16
/// takes the place of W_t as soon as that was used.
#[inline(always)]
fn eight_rounds(variables: &mut [u32; 8], w: &mut [u32; 16], k: &[u32], start: usize, more: bool) {
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

// The six functions of section 4.1.2. A rotation moves bits to where the next addition cannot carry them by
// itself.

/// Each bit of `x` chooses: 1 takes the bit of `y`, 0 the bit of `z`. `(x & y) ^ (!x & z)`, with an operation
/// less.
#[inline(always)]
fn choose(x: u32, y: u32, z: u32) -> u32 {
    z ^ (x & (y ^ z))
}

/// Each bit is the one that at least two of the three have.
#[inline(always)]
fn majority(x: u32, y: u32, z: u32) -> u32 {
    (x & y) ^ (x & z) ^ (y & z)
}

/// `ROTR^N(x)`. The standard library's is a call of its own where nothing is optimised; optimised, both are one
/// instruction.
#[allow(clippy::manual_rotate)]
#[inline(always)]
fn rotated<const N: u32>(x: u32) -> u32 {
    x >> N | x << (32 - N)
}

#[inline(always)]
fn big_sigma0(x: u32) -> u32 {
    rotated::<2>(x) ^ rotated::<13>(x) ^ rotated::<22>(x)
}

#[inline(always)]
fn big_sigma1(x: u32) -> u32 {
    rotated::<6>(x) ^ rotated::<11>(x) ^ rotated::<25>(x)
}

#[inline(always)]
fn small_sigma0(x: u32) -> u32 {
    rotated::<7>(x) ^ rotated::<18>(x) ^ (x >> 3)
}

#[inline(always)]
fn small_sigma1(x: u32) -> u32 {
    rotated::<17>(x) ^ rotated::<19>(x) ^ (x >> 10)
}

//! ChaCha20 several blocks at a time: for speed alone, and tested to be the same as
//! [`chacha20`](super::chacha20).
//!
//! The idea, before any detail: blocks of one keystream differ in nothing but their counter, so the same
//! steps are made for all of them.
//!
//! ```text
//! for each step of the quarter round:
//!     for each lane:                  a lane is one column, or one block; there are twelve or sixteen
//!         the step
//! ```
//!
//! A plain loop over lanes is something that the compiler turns into vector instructions by itself, whatever
//! the processor calls them. How such a loop is written decides whether it does: other spellings of the same
//! steps, and other numbers of lanes, were up to five times slower. So what stands here looks as it does
//! because it was measured (`cargo bench`).

use super::chacha20::{
    BLOCK_BYTES, DOUBLE_ROUNDS, KEY_BYTES, KeystreamEnds, NONCE_BYTES, keystream_bytes_from, table, xor_bytes,
};
use crate::ground::secret::wipe;

/// `QUARTERROUND` of `N` quadruples of words at once: lane by lane of a, b, c and d.
#[inline(always)]
fn quarter_rounds<const N: usize>(a: &mut [u32; N], b: &mut [u32; N], c: &mut [u32; N], d: &mut [u32; N]) {
    for lane in 0..N {
        let [mut w, mut x, mut y, mut z] = [a[lane], b[lane], c[lane], d[lane]];
        // a += b; d ^= a; d <<<= 16;
        w = w.wrapping_add(x);
        z = (z ^ w).rotate_left(16);
        // c += d; b ^= c; b <<<= 12;
        y = y.wrapping_add(z);
        x = (x ^ y).rotate_left(12);
        // a += b; d ^= a; d <<<= 8;
        w = w.wrapping_add(x);
        z = (z ^ w).rotate_left(8);
        // c += d; b ^= c; b <<<= 7;
        y = y.wrapping_add(z);
        x = (x ^ y).rotate_left(7);
        [a[lane], b[lane], c[lane], d[lane]] = [w, x, y, z];
    }
}

/// Bytes of three blocks.
pub(super) const THREE_BLOCKS: usize = 3 * BLOCK_BYTES;

/// `out = block(counter) || block(counter + 1) || block(counter + 2)`: for short messages.
///
/// Lanes: a row of the table has four words, and three tables side by side have rows of twelve. The four
/// columns of a round are four lanes. A diagonal takes its words of rows b, c and d 1, 2 and 3 places further
/// on than that of a: turned against each other by so much, the rows have the diagonals as columns. Row b is
/// ready last, so a, c and d are turned.
///
/// The counter goes round where it ends; the caller uses no such block.
pub(super) fn three_blocks(
    key: &[u8; KEY_BYTES],
    counter: u32,
    nonce: &[u8; NONCE_BYTES],
    out: &mut [u8; THREE_BLOCKS],
) {
    let mut first = table(key, counter, nonce);
    let mut initial: [[u32; 12]; 4] =
        std::array::from_fn(|row| std::array::from_fn(|lane| first[4 * row + lane % 4]));
    initial[3][4] = counter.wrapping_add(1);
    initial[3][8] = counter.wrapping_add(2);
    let mut stirred = stir_rows(&initial);
    for row in 0..4 {
        for lane in 0..12 {
            let word = stirred[row][lane].wrapping_add(initial[row][lane]);
            let at = lane / 4 * BLOCK_BYTES + 16 * row + 4 * (lane % 4);
            out[at..at + 4].copy_from_slice(&word.to_le_bytes());
        }
    }
    wipe(&mut first);
    wipe(initial.as_flattened_mut());
    wipe(stirred.as_flattened_mut());
}

/// The twenty rounds of three tables. Not inlined: the compiler keeps the lanes together better on their own.
#[inline(never)]
fn stir_rows(initial: &[[u32; 12]; 4]) -> [[u32; 12]; 4] {
    let mut stirred = *initial;
    let [a, b, c, d] = &mut stirred;
    for _ in 0..DOUBLE_ROUNDS {
        // The columns.
        quarter_rounds(a, b, c, d);
        // The diagonals, as columns, and back.
        turn::<3>(a);
        turn::<1>(c);
        turn::<2>(d);
        quarter_rounds(a, b, c, d);
        turn::<1>(a);
        turn::<3>(c);
        turn::<2>(d);
    }
    stirred
}

/// Moves each table's four words of a row `PLACES` to the left; what falls off comes back at the end.
#[inline(always)]
fn turn<const PLACES: usize>(row: &mut [u32; 12]) {
    *row = std::array::from_fn(|lane| row[lane / 4 * 4 + (lane + PLACES) % 4]);
}

/// Bytes of sixteen blocks.
const SIXTEEN_BLOCKS: usize = 16 * BLOCK_BYTES;

/// `data = data xor block(counter) || block(counter + 1) || ...`, for a multiple of 1024 bytes: for long
/// messages.
///
/// Lanes: a word of the table for each of sixteen blocks. Nothing has to be turned, but 1024 bytes are the
/// least.
fn xor_sixteen_blocks(key: &[u8; KEY_BYTES], counter: u32, nonce: &[u8; NONCE_BYTES], data: &mut [u8]) {
    let mut first = table(key, counter, nonce);
    let mut initial = first.map(|word| [word; 16]);
    for (lane, counter) in initial[12].iter_mut().enumerate() {
        *counter = counter.wrapping_add(lane as u32);
    }
    let mut stirred = initial;
    for batch in data.chunks_exact_mut(SIXTEEN_BLOCKS) {
        stirred = initial;
        #[rustfmt::skip]
        let [x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11, x12, x13, x14, x15] = &mut stirred;
        for _ in 0..DOUBLE_ROUNDS {
            quarter_rounds(x0, x4, x8, x12);
            quarter_rounds(x1, x5, x9, x13);
            quarter_rounds(x2, x6, x10, x14);
            quarter_rounds(x3, x7, x11, x15);
            quarter_rounds(x0, x5, x10, x15);
            quarter_rounds(x1, x6, x11, x12);
            quarter_rounds(x2, x7, x8, x13);
            quarter_rounds(x3, x4, x9, x14);
        }
        for (words, before) in stirred.iter_mut().zip(&initial) {
            for lane in 0..16 {
                words[lane] = words[lane].wrapping_add(before[lane]);
            }
        }
        for (lane, block) in batch.chunks_exact_mut(BLOCK_BYTES).enumerate() {
            // Two words at a time.
            for (pair, bytes) in block.chunks_exact_mut(8).enumerate() {
                let key_stream =
                    u64::from(stirred[2 * pair][lane]) | u64::from(stirred[2 * pair + 1][lane]) << 32;
                let hidden = u64::from_le_bytes(bytes.try_into().expect("eight bytes")) ^ key_stream;
                bytes.copy_from_slice(&hidden.to_le_bytes());
            }
        }
        for counter in &mut initial[12] {
            *counter = counter.wrapping_add(16);
        }
    }
    wipe(&mut first);
    wipe(initial[4..12].as_flattened_mut()); // the key
    wipe(stirred.as_flattened_mut());
}

/// `data = data xor keystream`, from block `counter` on: hides a message in place, and shows it again.
///
/// The same bytes as [`chacha20::xor`](super::chacha20::xor): sixteen blocks at a time, and the rest by
/// three.
///
/// # Errors
/// [`KeystreamEnds`] if `data` is longer than [`keystream_bytes_from`]`(counter)`; `data` is then untouched.
///
/// RFC 8439, section 2.4.
pub fn xor(
    key: &[u8; KEY_BYTES],
    counter: u32,
    nonce: &[u8; NONCE_BYTES],
    data: &mut [u8],
) -> Result<(), KeystreamEnds> {
    if data.len() as u64 > keystream_bytes_from(counter) {
        return Err(KeystreamEnds);
    }
    let (long, rest) = data.split_at_mut(data.len() / SIXTEEN_BLOCKS * SIXTEEN_BLOCKS);
    if !long.is_empty() {
        xor_sixteen_blocks(key, counter, nonce, long);
    }
    if rest.is_empty() {
        return Ok(());
    }
    let mut counter = counter.wrapping_add((long.len() / BLOCK_BYTES) as u32);
    let mut key_stream = [0; THREE_BLOCKS];
    for piece in rest.chunks_mut(THREE_BLOCKS) {
        three_blocks(key, counter, nonce, &mut key_stream);
        xor_bytes(piece, &key_stream);
        counter = counter.wrapping_add(3);
    }
    wipe(&mut key_stream);
    Ok(())
}

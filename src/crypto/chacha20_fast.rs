//! ChaCha20, several columns or several blocks at a time: for speed alone, and tested to be the same as
//! [`chacha20`](super::chacha20).
//!
//! The idea, before any detail: blocks of one keystream differ in nothing but their counter, so the same
//! steps are made for all of them.
//!
//! ```text
//! for each of the ten double rounds:
//!     for each lane:                  a lane is one column, or one block; there are twelve or sixteen
//!         the steps
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

/// `QUARTERROUND` of twelve quadruples of words at once: lane by lane of a, b, c and d.
#[inline(always)]
fn quarter_rounds(a: &mut [u32; 12], b: &mut [u32; 12], c: &mut [u32; 12], d: &mut [u32; 12]) {
    for lane in 0..12 {
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

/// Four words: a row of one table.
type Row = [u32; 4];

/// `a += b`, word by word.
#[inline(always)]
fn add(a: &mut Row, b: &Row) {
    a[0] = a[0].wrapping_add(b[0]);
    a[1] = a[1].wrapping_add(b[1]);
    a[2] = a[2].wrapping_add(b[2]);
    a[3] = a[3].wrapping_add(b[3]);
}

/// `d ^= a; d <<<= BITS`, word by word.
#[inline(always)]
fn mix<const BITS: u32>(d: &mut Row, a: &Row) {
    d[0] = (d[0] ^ a[0]).rotate_left(BITS);
    d[1] = (d[1] ^ a[1]).rotate_left(BITS);
    d[2] = (d[2] ^ a[2]).rotate_left(BITS);
    d[3] = (d[3] ^ a[3]).rotate_left(BITS);
}

/// `QUARTERROUND` of the four columns of a table, a step of all four before the next step. A step
/// waits for the one before it in its own column only; the other three fill the wait.
#[inline(always)]
fn columns(a: &mut Row, b: &mut Row, c: &mut Row, d: &mut Row) {
    add(a, b);
    mix::<16>(d, a);
    add(c, d);
    mix::<12>(b, c);
    add(a, b);
    mix::<8>(d, a);
    add(c, d);
    mix::<7>(b, c);
}

/// A round of columns and one of diagonals. Rows b, c and d are turned to make columns of the diagonals, and
/// turned back; when optimised, that is a change of names and costs nothing.
#[inline(always)]
fn double_round(a: &mut Row, b: &mut Row, c: &mut Row, d: &mut Row) {
    columns(a, b, c, d);
    *b = [b[1], b[2], b[3], b[0]];
    *c = [c[2], c[3], c[0], c[1]];
    *d = [d[3], d[0], d[1], d[2]];
    columns(a, b, c, d);
    *b = [b[3], b[0], b[1], b[2]];
    *c = [c[2], c[3], c[0], c[1]];
    *d = [d[1], d[2], d[3], d[0]];
}

/// The same block as [`chacha20::block`](super::chacha20::block), its four columns side by side.
///
/// RFC 8439, section 2.3.
pub fn block(key: &[u8; KEY_BYTES], counter: u32, nonce: &[u8; NONCE_BYTES]) -> [u8; BLOCK_BYTES] {
    let mut initial = table(key, counter, nonce);
    let t = &initial;
    let mut stirred = [
        [t[0], t[1], t[2], t[3]],
        [t[4], t[5], t[6], t[7]],
        [t[8], t[9], t[10], t[11]],
        [t[12], t[13], t[14], t[15]],
    ];
    let [a, b, c, d] = &mut stirred;
    for _ in 0..DOUBLE_ROUNDS {
        double_round(a, b, c, d);
    }
    let mut bytes = [0; BLOCK_BYTES];
    let words = stirred.as_flattened();
    for (at, out) in bytes.chunks_exact_mut(4).enumerate() {
        out.copy_from_slice(&words[at].wrapping_add(initial[at]).to_le_bytes());
    }
    wipe(&mut initial);
    wipe(stirred.as_flattened_mut());
    bytes
}

/// Bytes of sixteen blocks.
const SIXTEEN_BLOCKS: usize = 16 * BLOCK_BYTES;

/// A word of the table for each of sixteen blocks.
type Lanes = [u32; 16];

/// `data = data xor block(counter) || block(counter + 1) || ...`, for a multiple of 1024 bytes: for long
/// messages.
///
/// Lanes: sixteen blocks, so 1024 bytes are the least.
fn xor_sixteen_blocks(key: &[u8; KEY_BYTES], counter: u32, nonce: &[u8; NONCE_BYTES], data: &mut [u8]) {
    let mut first = table(key, counter, nonce);
    let mut stirred = [[0; 16]; 16];
    for batch in data.chunks_exact_mut(SIXTEEN_BLOCKS) {
        let counters: Lanes = std::array::from_fn(|lane| first[12].wrapping_add(lane as u32));
        stirred = first.map(|word| [word; 16]);
        stirred[12] = counters;
        stir_lanes(&mut stirred);
        for (at, words) in stirred.iter_mut().enumerate() {
            for lane in 0..16 {
                let initial = if at == 12 { counters[lane] } else { first[at] };
                words[lane] = words[lane].wrapping_add(initial);
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
        first[12] = first[12].wrapping_add(16);
    }
    wipe(&mut first);
    wipe(stirred.as_flattened_mut());
}

/// The twenty rounds of sixteen tables. Not inlined, for the same reason as [`stir_rows`].
///
/// A lane has its whole double round before the next lane begins: its sixteen words then stay in registers,
/// for as many lanes as a vector has, with hardly a visit to memory in between.
#[inline(never)]
fn stir_lanes(words: &mut [Lanes; 16]) {
    #[rustfmt::skip]
    let [x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11, x12, x13, x14, x15] = words;
    for _ in 0..DOUBLE_ROUNDS {
        for i in 0..16 {
            let mut a = [x0[i], x1[i], x2[i], x3[i]];
            let mut b = [x4[i], x5[i], x6[i], x7[i]];
            let mut c = [x8[i], x9[i], x10[i], x11[i]];
            let mut d = [x12[i], x13[i], x14[i], x15[i]];
            double_round(&mut a, &mut b, &mut c, &mut d);
            [x0[i], x1[i], x2[i], x3[i]] = a;
            [x4[i], x5[i], x6[i], x7[i]] = b;
            [x8[i], x9[i], x10[i], x11[i]] = c;
            [x12[i], x13[i], x14[i], x15[i]] = d;
        }
    }
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

//! ChaCha20: a keystream from a key, and a message hidden by it (RFC 8439, sections 2.1 to 2.4).
//!
//! The idea, before any detail:
//!
//! ```text
//! keystream = block(key, counter, nonce) || block(key, counter + 1, nonce) || ...      64 bytes a block
//! ciphertext = message xor keystream                             and the same once more to get it back
//! ```
//!
//! A block is a 4 x 4 table of words (four constants, the key, the counter, the nonce), stirred twenty times
//! and added to what it was before. Stirring alone could be run backwards; with the addition nobody can
//! without the key.
//!
//! Two things it does not do. The same key and nonce give the same keystream, so two messages under them
//! cancel it out and each reveals the other. And a flipped bit of ciphertext is a flipped bit of message,
//! unnoticed: see [`poly1305`](super::poly1305).
//!
//! This is the page to read; [`chacha20_fast`](super::chacha20_fast) makes the same keystream several blocks
//! at a time.

use std::fmt;

use crate::ground::secret::wipe;

/// Bytes in a key.
pub const KEY_BYTES: usize = 32;

/// Bytes in a nonce: a number used once under one key.
pub const NONCE_BYTES: usize = 12;

/// Bytes of keystream in a block.
pub const BLOCK_BYTES: usize = 64;

/// How many blocks one key and nonce have: the counter is 32 bits, and one that went round would repeat the
/// keystream.
pub const MAX_BLOCKS: u64 = 1 << 32;

/// The message reaches beyond the last block that the counter can number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeystreamEnds;

impl fmt::Display for KeystreamEnds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the message is longer than the keystream: split it, each part under a nonce of its own")
    }
}

impl std::error::Error for KeystreamEnds {}

/// `(2^32 - counter) * 64`: how many bytes of keystream there are from block `counter` on.
pub const fn keystream_bytes_from(counter: u32) -> u64 {
    (MAX_BLOCKS - counter as u64) * BLOCK_BYTES as u64
}

/// The table: 16 words, four a row, row after row (RFC 8439, section 2.3).
pub(super) type Table = [u32; 16];

/// `cccccccc cccccccc cccccccc cccccccc / kkkk... / kkkk... / bbbbbbbb nnnnnnnn nnnnnnnn nnnnnnnn`.
pub(super) fn table(key: &[u8; KEY_BYTES], counter: u32, nonce: &[u8; NONCE_BYTES]) -> Table {
    let word = |bytes: &[u8]| u32::from_le_bytes(bytes.try_into().expect("four bytes a word"));
    let mut table = [0; 16];
    // Words 0 to 3: "expand 32-byte k" in ASCII, so that no table is all the attacker's.
    for (to, from) in table[..4].iter_mut().zip(b"expand 32-byte k".chunks_exact(4)) {
        *to = word(from);
    }
    // Words 4 to 11: the key.
    for (to, from) in table[4..12].iter_mut().zip(key.chunks_exact(4)) {
        *to = word(from);
    }
    // Word 12: the block counter.
    table[12] = counter;
    // Words 13 to 15: the nonce.
    for (to, from) in table[13..].iter_mut().zip(nonce.chunks_exact(4)) {
        *to = word(from);
    }
    table
}

/// Ten times columns and diagonals are the twenty rounds of the name.
pub(super) const DOUBLE_ROUNDS: usize = 10;

/// `QUARTERROUND(a, b, c, d)`: add, xor, rotate, four times over (section 2.1).
#[inline(always)]
fn quarter_round(table: &mut Table, a: usize, b: usize, c: usize, d: usize) {
    // a += b; d ^= a; d <<<= 16;
    table[a] = table[a].wrapping_add(table[b]);
    table[d] = (table[d] ^ table[a]).rotate_left(16);
    // c += d; b ^= c; b <<<= 12;
    table[c] = table[c].wrapping_add(table[d]);
    table[b] = (table[b] ^ table[c]).rotate_left(12);
    // a += b; d ^= a; d <<<= 8;
    table[a] = table[a].wrapping_add(table[b]);
    table[d] = (table[d] ^ table[a]).rotate_left(8);
    // c += d; b ^= c; b <<<= 7;
    table[c] = table[c].wrapping_add(table[d]);
    table[b] = (table[b] ^ table[c]).rotate_left(7);
}

/// `block = serialize(table + twenty_rounds(table))`: 64 bytes of keystream.
///
/// RFC 8439, section 2.3.
pub fn block(key: &[u8; KEY_BYTES], counter: u32, nonce: &[u8; NONCE_BYTES]) -> [u8; BLOCK_BYTES] {
    // state = constants | key | counter | nonce
    let mut initial = table(key, counter, nonce);
    // initial_state = state
    let mut stirred = initial;
    // twenty rounds
    for _ in 0..DOUBLE_ROUNDS {
        // The four columns of the table, then its four diagonals.
        quarter_round(&mut stirred, 0, 4, 8, 12);
        quarter_round(&mut stirred, 1, 5, 9, 13);
        quarter_round(&mut stirred, 2, 6, 10, 14);
        quarter_round(&mut stirred, 3, 7, 11, 15);
        quarter_round(&mut stirred, 0, 5, 10, 15);
        quarter_round(&mut stirred, 1, 6, 11, 12);
        quarter_round(&mut stirred, 2, 7, 8, 13);
        quarter_round(&mut stirred, 3, 4, 9, 14);
    }
    // state += initial_state; serialize, the least significant byte of each word first
    let mut bytes = [0; BLOCK_BYTES];
    for (at, out) in bytes.chunks_exact_mut(4).enumerate() {
        out.copy_from_slice(&stirred[at].wrapping_add(initial[at]).to_le_bytes());
    }
    // The stirred table gives the key away to whoever finds it in memory: the rounds run backwards.
    wipe(&mut stirred);
    wipe(&mut initial);
    bytes
}

/// `data = data xor keystream`, from block `counter` on: hides a message in place, and shows it again.
///
/// A block at a time, as the RFC has it. [`chacha20_fast::xor`](super::chacha20_fast::xor) gives the same
/// bytes sooner.
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
    // for j = 0 upto floor(len(plaintext)/64)-1, and what remains at the end
    for (j, piece) in data.chunks_mut(BLOCK_BYTES).enumerate() {
        // key_stream = chacha20_block(key, counter+j, nonce)
        let mut key_stream = block(key, counter + j as u32, nonce);
        // encrypted_message += block ^ key_stream
        xor_bytes(piece, &key_stream);
        wipe(&mut key_stream);
    }
    Ok(())
}

/// `data[i] ^= key_stream[i]`, as far as both go.
pub(super) fn xor_bytes(data: &mut [u8], key_stream: &[u8]) {
    for (byte, key_byte) in data.iter_mut().zip(key_stream) {
        *byte ^= key_byte;
    }
}

//! ChaCha20-Poly1305: sealed bytes can neither be read nor changed unnoticed (RFC 8439, sections 2.6, 2.8).
//!
//! The idea, before any detail:
//!
//! ```text
//! one_time_key = the first 32 bytes of keystream block 0
//! ciphertext   = plaintext xor keystream from block 1 on
//! tag          = Poly1305(one_time_key, associated data, ciphertext, and both lengths)
//! sealed       = ciphertext || tag
//! ```
//!
//! The tag covers the **associated data** too: bytes that travel in the clear (a header, two identities) and
//! must not be changed either. To open, the tag is checked first; only bytes that pass are ever decrypted.
//!
//! **A nonce is used once under a key.** A second message under the same two shares the keystream and the
//! one-time key: both messages are laid open, and tags can be forged.

use std::fmt;

use super::chacha20::{self, BLOCK_BYTES, xor_bytes};
use super::chacha20_fast::{self, THREE_BLOCKS};
use super::poly1305::Poly1305;
use crate::ground::secret::{equal, wipe};

/// Bytes in a key.
pub const KEY_BYTES: usize = chacha20::KEY_BYTES;

/// Bytes in a nonce.
pub const NONCE_BYTES: usize = chacha20::NONCE_BYTES;

/// Bytes in a tag: how much longer the sealed bytes are than the plaintext.
pub const TAG_BYTES: usize = super::poly1305::TAG_BYTES;

/// `2^38 - 64` bytes, the longest plaintext (RFC 8439, section 2.8): 2^32 blocks of keystream, less the one
/// that makes the one-time key. Beyond it the counter would go round and the keystream would repeat.
pub const MAX_PLAINTEXT_BYTES: u64 = (1 << 38) - 64;

/// Why nothing was sealed or opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AeadError {
    /// The plaintext is longer than [`MAX_PLAINTEXT_BYTES`].
    TooLong,
    /// Not sealed under this key, nonce and associated data, or changed since. Which of them is not said:
    /// every detail would tell a forger how far he got.
    Refused,
}

impl fmt::Display for AeadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            AeadError::TooLong => "more than 2^38 - 64 bytes under one nonce: split the message",
            AeadError::Refused => "refused: not sealed under this key, nonce and associated data",
        })
    }
}

impl std::error::Error for AeadError {}

/// `plaintext_bytes <= 2^38 - 64`: whether one nonce has keystream enough. A function of its own because no
/// test can afford the plaintext.
///
/// # Errors
/// [`AeadError::TooLong`] beyond [`MAX_PLAINTEXT_BYTES`].
pub const fn check_length(plaintext_bytes: u64) -> Result<(), AeadError> {
    if plaintext_bytes > MAX_PLAINTEXT_BYTES {
        return Err(AeadError::TooLong);
    }
    Ok(())
}

/// `sealed = ciphertext || tag`, 16 bytes longer than `plaintext`.
///
/// `associated_data` is covered by the tag and not part of the result. **Never use a nonce twice under one
/// key.**
///
/// # Errors
/// [`AeadError::TooLong`] if `plaintext` is longer than [`MAX_PLAINTEXT_BYTES`].
///
/// RFC 8439, section 2.8.
///
/// ```
/// use messaging_lab::crypto::aead::{AeadError, open, seal};
/// let (key, nonce) = ([7; 32], [0; 12]);
/// let mut sealed = seal(&key, &nonce, b"to Bob", b"meet at ten")?;
/// assert_eq!(open(&key, &nonce, b"to Bob", &sealed)?, b"meet at ten");
/// sealed[0] ^= 1;
/// assert_eq!(open(&key, &nonce, b"to Bob", &sealed), Err(AeadError::Refused));
/// # Ok::<(), AeadError>(())
/// ```
pub fn seal(
    key: &[u8; KEY_BYTES],
    nonce: &[u8; NONCE_BYTES],
    associated_data: &[u8],
    plaintext: &[u8],
) -> Result<Vec<u8>, AeadError> {
    check_length(plaintext.len() as u64)?;
    let mut sealed = Vec::with_capacity(plaintext.len() + TAG_BYTES);
    sealed.extend_from_slice(plaintext);
    let tag = seal_in_place(key, nonce, associated_data, &mut sealed)?;
    sealed.extend_from_slice(&tag);
    Ok(sealed)
}

/// `plaintext` of `sealed = ciphertext || tag`, the inverse of [`seal`].
///
/// # Errors
/// [`AeadError::Refused`] for anything that [`seal`] did not make under the same key, nonce and associated
/// data, and for less than 16 bytes.
///
/// RFC 8439, section 2.8.
pub fn open(
    key: &[u8; KEY_BYTES],
    nonce: &[u8; NONCE_BYTES],
    associated_data: &[u8],
    sealed: &[u8],
) -> Result<Vec<u8>, AeadError> {
    let (ciphertext, tag) = sealed.split_last_chunk::<TAG_BYTES>().ok_or(AeadError::Refused)?;
    let mut data = ciphertext.to_vec();
    open_in_place(key, nonce, associated_data, &mut data, tag)?;
    Ok(data)
}

/// [`seal`] where the plaintext stands: `data` becomes the ciphertext, the tag is returned.
///
/// # Errors
/// [`AeadError::TooLong`] if `data` is longer than [`MAX_PLAINTEXT_BYTES`]; it is then untouched.
pub fn seal_in_place(
    key: &[u8; KEY_BYTES],
    nonce: &[u8; NONCE_BYTES],
    associated_data: &[u8],
    data: &mut [u8],
) -> Result<[u8; TAG_BYTES], AeadError> {
    check_length(data.len() as u64)?;
    let mut start = [0; THREE_BLOCKS];
    keystream_start(key, nonce, data.len(), &mut start);
    // ciphertext = chacha20_encrypt(key, 1, nonce, plaintext)
    xor_message(key, nonce, &start, data)?;
    // tag = poly1305_mac(mac_data, otk)
    let tag = tag(&start, associated_data, data);
    wipe(&mut start);
    Ok(tag)
}

/// [`open`] where the ciphertext stands: `data` becomes the plaintext.
///
/// # Errors
/// [`AeadError::Refused`] as [`open`]; `data` is then untouched. Checked before anything is decrypted.
pub fn open_in_place(
    key: &[u8; KEY_BYTES],
    nonce: &[u8; NONCE_BYTES],
    associated_data: &[u8],
    data: &mut [u8],
    received_tag: &[u8; TAG_BYTES],
) -> Result<(), AeadError> {
    check_length(data.len() as u64).map_err(|_| AeadError::Refused)?;
    let mut start = [0; THREE_BLOCKS];
    keystream_start(key, nonce, data.len(), &mut start);
    // The right tag of what came in. It is a secret here: it would make a forgery pass.
    let mut expected_tag = tag(&start, associated_data, data);
    let outcome = if equal(&expected_tag, received_tag) {
        xor_message(key, nonce, &start, data)
    } else {
        Err(AeadError::Refused)
    };
    wipe(&mut expected_tag);
    wipe(&mut start);
    outcome
}

/// Whether keystream blocks 1 and 2 are enough to hide a message: up to 128 bytes.
const fn is_short(message_bytes: usize) -> bool {
    message_bytes <= THREE_BLOCKS - BLOCK_BYTES
}

/// `start = block 0`, which the one-time key is taken from, and for a short message blocks 1 and 2 too: made
/// together, the three cost little more than one.
fn keystream_start(
    key: &[u8; KEY_BYTES],
    nonce: &[u8; NONCE_BYTES],
    message_bytes: usize,
    start: &mut [u8; THREE_BLOCKS],
) {
    if is_short(message_bytes) {
        chacha20_fast::three_blocks(key, 0, nonce, start);
    } else {
        let mut block_0 = chacha20_fast::block(key, 0, nonce);
        start[..BLOCK_BYTES].copy_from_slice(&block_0);
        wipe(&mut block_0);
    }
}

/// `data = data xor keystream from block 1 on`.
fn xor_message(
    key: &[u8; KEY_BYTES],
    nonce: &[u8; NONCE_BYTES],
    start: &[u8; THREE_BLOCKS],
    data: &mut [u8],
) -> Result<(), AeadError> {
    if is_short(data.len()) {
        xor_bytes(data, &start[BLOCK_BYTES..]);
        return Ok(());
    }
    chacha20_fast::xor(key, 1, nonce, data).map_err(|_| AeadError::TooLong)
}

/// `one_time_key = first 32 bytes of chacha20_block(key, counter = 0, nonce)`.
///
/// RFC 8439, section 2.6.
pub fn one_time_key(key: &[u8; KEY_BYTES], nonce: &[u8; NONCE_BYTES]) -> [u8; 32] {
    // counter = 0; block = chacha20_block(key, counter, nonce)
    let mut block = chacha20::block(key, 0, nonce);
    // return block[0..31]
    let mut one_time_key = [0; 32];
    one_time_key.copy_from_slice(&block[..32]);
    wipe(&mut block);
    one_time_key
}

/// `tag = Poly1305(otk, AAD || pad16(AAD) || CT || pad16(CT) || len(AAD) || len(CT))`, CT being the ciphertext.
///
/// The paddings and lengths leave one way only to cut the input apart: no byte can move to the other part.
fn tag(start: &[u8; THREE_BLOCKS], associated_data: &[u8], ciphertext: &[u8]) -> [u8; TAG_BYTES] {
    // otk = the first 32 bytes of block 0
    let one_time_key = start.first_chunk().expect("192 bytes are more than 32");
    let mut mac = Poly1305::new(one_time_key);
    // mac_data = aad | pad16(aad)
    mac.update(associated_data);
    mac.pad();
    // mac_data |= ciphertext | pad16(ciphertext)
    mac.update(ciphertext);
    mac.pad();
    // mac_data |= num_to_8_le_bytes(aad.length)
    // mac_data |= num_to_8_le_bytes(ciphertext.length)
    let mut lengths = [0; 16];
    lengths[..8].copy_from_slice(&(associated_data.len() as u64).to_le_bytes());
    lengths[8..].copy_from_slice(&(ciphertext.len() as u64).to_le_bytes());
    mac.update(&lengths);
    mac.finish()
}

//! HMAC-SHA-256: a tag of 32 bytes that only holders of a key can make (RFC 2104).
//!
//! The idea, before any detail: hash the key in front of the message.
//!
//! ```text
//! tag = SHA-256(key || message)                                               naive, and broken
//! tag = SHA-256(key xor opad || SHA-256(key xor ipad || message))             HMAC
//! ```
//!
//! Why the first is broken: a SHA-256 digest is the state after the last block, so whoever has the tag of
//! `message` can go on hashing from there and has the tag of `message || padding || more`, without the key.
//! The outer hash hides the state.
//!
//! Unlike a Poly1305 key, an HMAC key may be used for many messages; and the tags look random to everybody
//! else, which is why [`hkdf`](super::hkdf) can make keys of them.

use super::sha256::{BLOCK_BYTES, DIGEST_BYTES, INITIAL_STATE, Sha256, compress, digest_of, sha256};
use crate::ground::secret::wipe;

/// Bytes in a tag.
pub const TAG_BYTES: usize = DIGEST_BYTES;

/// The byte 0x36 repeated: what makes the inner key differ from the outer one (RFC 2104, section 2).
const IPAD: u8 = 0x36;

/// The byte 0x5C repeated.
const OPAD: u8 = 0x5c;

/// `tag = H(K xor opad || H(K xor ipad || message))`: 32 bytes, for a key and a message of any length.
///
/// Compare a received tag with [`equal`](crate::ground::secret::equal), never with `==`.
///
/// RFC 2104, section 2.
pub fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; TAG_BYTES] {
    let mut hmac = HmacSha256::new(key);
    hmac.update(message);
    hmac.finish()
}

/// HMAC-SHA-256 of a message that arrives in pieces. Where they are cut makes no difference.
///
/// Half of the work for a short message is hashing the key. For many messages under one key make one of
/// these, and `clone` it for each message: the key is then hashed once (RFC 2104, section 4). Wiped when
/// dropped.
///
/// ```
/// use messaging_lab::crypto::hmac::{HmacSha256, hmac_sha256};
/// let keyed = HmacSha256::new(b"key");
/// let mut first = keyed.clone();
/// first.update(b"one");
/// assert_eq!(first.finish(), hmac_sha256(b"key", b"one"));
/// let mut second = keyed.clone();
/// second.update(b"two");
/// assert_eq!(second.finish(), hmac_sha256(b"key", b"two"));
/// ```
#[derive(Clone)]
pub struct HmacSha256 {
    /// The inner hash: `K xor ipad` and the message so far.
    inner: Sha256,
    /// The outer hash after its first block, `K xor opad`.
    outer: [u32; 8],
}

impl HmacSha256 {
    /// The HMAC of nothing yet, under `key`. Any length; 32 bytes of it are enough.
    pub fn new(key: &[u8]) -> Self {
        // Keys longer than a block are hashed first; all are filled up with zeros to a block.
        let mut padded = [0; BLOCK_BYTES];
        if key.len() > BLOCK_BYTES {
            padded[..DIGEST_BYTES].copy_from_slice(&sha256(key));
        } else {
            padded[..key.len()].copy_from_slice(key);
        }
        // K xor ipad
        padded = padded.map(|byte| byte ^ IPAD);
        let mut inner = Sha256::new();
        inner.update(&padded);
        // K xor opad
        padded = padded.map(|byte| byte ^ IPAD ^ OPAD);
        let mut outer = INITIAL_STATE;
        compress(&mut outer, &padded);
        wipe(&mut padded);
        HmacSha256 { inner, outer }
    }

    /// Appends `piece` to the message. Any length, zero included.
    pub fn update(&mut self, piece: &[u8]) {
        self.inner.update(piece);
    }

    /// The tag of everything that came in.
    pub fn finish(mut self) -> [u8; TAG_BYTES] {
        // H(K xor opad || H(K xor ipad || message)). K xor opad is in the state already, and the inner digest
        // fits one block with its padding: the bit 1, zeros, and the length of both in bits (FIPS 180-4,
        // section 5.1.1).
        let mut block = [0; BLOCK_BYTES];
        block[..DIGEST_BYTES].copy_from_slice(&self.inner.close());
        block[DIGEST_BYTES] = 0x80;
        let bits = 8 * (BLOCK_BYTES + DIGEST_BYTES) as u64;
        block[BLOCK_BYTES - 8..].copy_from_slice(&bits.to_be_bytes());
        compress(&mut self.outer, &block);
        wipe(&mut block);
        digest_of(&self.outer)
    }
}

impl Drop for HmacSha256 {
    fn drop(&mut self) {
        // The inner hash wipes itself.
        wipe(&mut self.outer);
    }
}

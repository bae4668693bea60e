//! HMAC-SHA-256: a tag of 32 bytes that only holders of a key can make (RFC 2104).
//!
//! The idea, before any detail: hash the key in front of the message.
//!
//! ```text
//! tag = SHA-256(key || message)                                               naive, and broken
//! tag = SHA-256(key xor opad || SHA-256(key xor ipad || message))             HMAC
//! ```
//!
//! Why the first is broken: a SHA-256 digest is the state after the last block, so whoever has the tag of `message` can go
//! on hashing from there and has the tag of `message || padding || more`, without the key. The outer hash hides the state.
//!
//! Unlike a Poly1305 key, an HMAC key may be used for many messages; and the tags look random to everybody else, which
//! is why [`hkdf`](super::hkdf) can make keys of them.

use super::sha256::{BLOCK_BYTES, DIGEST_BYTES, Sha256, sha256};
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
/// Half of the work for a short message is hashing the key. For many messages under one key make one of these, and
/// `clone` it for each message: the key is then hashed once (RFC 2104, section 4). Wiped when dropped.
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
    /// The inner hash, `K xor ipad` and the message so far inside.
    inner: Sha256,
    /// The outer hash, `K xor opad` inside.
    outer: Sha256,
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
        // K xor ipad, K xor opad
        let mut inner_key = padded.map(|byte| byte ^ IPAD);
        let mut outer_key = padded.map(|byte| byte ^ OPAD);
        let (mut inner, mut outer) = (Sha256::new(), Sha256::new());
        inner.update(&inner_key);
        outer.update(&outer_key);
        for key in [&mut padded, &mut inner_key, &mut outer_key] {
            wipe(key);
        }
        HmacSha256 { inner, outer }
    }

    /// Appends `piece` to the message. Any length, zero included.
    pub fn update(&mut self, piece: &[u8]) {
        self.inner.update(piece);
    }

    /// The tag of everything that came in.
    pub fn finish(self) -> [u8; TAG_BYTES] {
        // H(K xor opad || H(K xor ipad || message))
        let HmacSha256 { inner, mut outer } = self;
        outer.update(&inner.finish());
        outer.finish()
    }
}

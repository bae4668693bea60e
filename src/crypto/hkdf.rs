//! HKDF-SHA-256: one secret becomes as many keys as are needed (RFC 5869).
//!
//! The idea, before any detail, in two steps:
//!
//! ```text
//! extract:  prk = HMAC(salt, secret)                  any secret, even a lumpy one, becomes 32 even bytes
//! expand:   T1 = HMAC(prk,       info || 0x01)        and those become as many bytes as are needed
//!           T2 = HMAC(prk, T1 || info || 0x02)
//!           out = T1 || T2 || ...
//! ```
//!
//! Why extract at all: the result of a Diffie-Hellman is a point of a curve, and its bytes are not evenly
//! spread; a key should be. Why `info`: two keys for two purposes get two names there, and neither says
//! anything about the other.

use std::fmt;

use super::hmac::{HmacSha256, hmac_sha256};
use super::sha256::DIGEST_BYTES;
use crate::ground::secret::wipe;

/// Bytes in the key between the two steps.
pub const PRK_BYTES: usize = DIGEST_BYTES;

/// `255 * 32` bytes, the most that one secret and one `info` expand to: the block number is one byte (section
/// 2.3).
pub const MAX_OUTPUT_BYTES: usize = 255 * DIGEST_BYTES;

/// More than [`MAX_OUTPUT_BYTES`] were asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutputTooLong;

impl fmt::Display for OutputTooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "HKDF gives at most {MAX_OUTPUT_BYTES} bytes: ask under several infos"
        )
    }
}

impl std::error::Error for OutputTooLong {}

/// `prk = HMAC(salt, secret)`: 32 bytes. An empty salt is the same as 32 zero bytes.
///
/// RFC 5869, section 2.2.
pub fn extract(salt: &[u8], secret: &[u8]) -> [u8; PRK_BYTES] {
    // PRK = HMAC-Hash(salt, IKM)
    hmac_sha256(salt, secret)
}

/// `out = T1 || T2 || ...`, cut to the length of `out`, where `Ti = HMAC(prk, Ti-1 || info || i)`.
///
/// # Errors
/// [`OutputTooLong`] if `out` is longer than [`MAX_OUTPUT_BYTES`]; it is then untouched.
///
/// RFC 5869, section 2.3.
pub fn expand(prk: &[u8; PRK_BYTES], info: &[u8], out: &mut [u8]) -> Result<(), OutputTooLong> {
    if out.len() > MAX_OUTPUT_BYTES {
        return Err(OutputTooLong);
    }
    let keyed = HmacSha256::new(prk);
    // T(0) = empty string
    let mut t = [0; DIGEST_BYTES];
    for (i, piece) in out.chunks_mut(DIGEST_BYTES).enumerate() {
        // T(i) = HMAC-Hash(PRK, T(i-1) | info | i), counted from 1
        let mut hmac = keyed.clone();
        if i > 0 {
            hmac.update(&t);
        }
        hmac.update(info);
        hmac.update(&[i as u8 + 1]);
        t = hmac.finish();
        // OKM = first L octets of T(1) | T(2) | ...
        piece.copy_from_slice(&t[..piece.len()]);
    }
    wipe(&mut t);
    Ok(())
}

/// `out = expand(extract(salt, secret), info)`: both steps, `N` bytes. Too large an `N` does not compile.
///
/// RFC 5869, section 2.
///
/// ```
/// use messaging_lab::crypto::hkdf::derive;
/// let shared = [9; 32];
/// let keys: [u8; 64] = derive(&[], &shared, b"course: two keys");
/// let (to_bob, to_alice) = keys.split_at(32);
/// assert_ne!(to_bob, to_alice);
/// ```
pub fn derive<const N: usize>(salt: &[u8], secret: &[u8], info: &[u8]) -> [u8; N] {
    const { assert!(N <= MAX_OUTPUT_BYTES, "HKDF gives at most 8160 bytes") };
    let mut prk = extract(salt, secret);
    let mut out = [0; N];
    expand(&prk, info, &mut out).expect("the length was checked when this was compiled");
    wipe(&mut prk);
    out
}

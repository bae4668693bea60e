//! The two chains of the ratchet as functions of bytes: no state, no randomness.
//!
//! The whole idea in one line: **a key makes the next key and cannot be made again from it.**
//!
//! ```text
//! chain key 0 --KDF_CK--> chain key 1 --KDF_CK--> chain key 2 ...
//!      \                       \                       \
//!       message key 0            message key 1            message key 2
//! ```
//!
//! Whoever has chain key 1 has message keys 1, 2, 3 and all that follow, and not message key 0: HMAC does not run backwards.
//! That is what deleting buys, and all that it buys; against the keys that follow only a turn of the root helps.

use super::error::EnvelopeError;
use super::keys::{KeyPair, PublicKey, into_secret};
use crate::crypto::hkdf;
use crate::crypto::hmac::HmacSha256;
use crate::ground::secret::{Secret, wipe};

/// The application's name in [`kdf_rk`].
pub const ROOT_INFO: &[u8] = b"messaging-lab root";

/// The application's name in [`message_key_and_nonce`].
pub const MESSAGE_INFO: &[u8] = b"messaging-lab message";

/// The most messages that one message may skip in a chain: 1000. A header is only believed after its key has been
/// computed, so without a bound one forged header with `n = 4 294 967 294` would keep a phone busy for hours.
pub const MAX_SKIP: u32 = 1000;

/// `(rk, ck) = HKDF(salt = rk, ikm = dh_out, info)`: the next root key and a new chain key, 32 bytes each.
///
/// Double Ratchet, sections 3.1 and 5.2.
pub fn kdf_rk(root: &[u8; 32], dh_out: &[u8; 32]) -> ([u8; 32], [u8; 32]) {
    let mut out: [u8; 64] = hkdf::derive(root, dh_out, ROOT_INFO);
    let mut keys = ([0; 32], [0; 32]);
    keys.0.copy_from_slice(&out[..32]);
    keys.1.copy_from_slice(&out[32..]);
    wipe(&mut out);
    keys
}

/// `next ck = HMAC(ck, 0x02)`, `mk = HMAC(ck, 0x01)`: the next chain key first, then this message's key, 32 bytes each.
///
/// ```
/// use messaging_lab::envelope::chains::kdf_ck;
/// let (chain, first) = kdf_ck(&[7; 32]);
/// let (_, second) = kdf_ck(&chain);
/// assert_ne!(first, second); // and from `chain` nobody gets back to `first`
/// ```
///
/// Double Ratchet, sections 3.1 and 5.2.
pub fn kdf_ck(chain: &[u8; 32]) -> ([u8; 32], [u8; 32]) {
    let keyed = HmacSha256::new(chain);
    let hmac = |byte: u8| {
        let mut hmac = keyed.clone();
        hmac.update(&[byte]);
        hmac.finish()
    };
    (hmac(0x02), hmac(0x01))
}

/// `key || nonce = HKDF(salt = 32 zero bytes, ikm = mk, info)`: 32 and 12 bytes.
///
/// A message key seals one message, so the nonce needs no counter; made together with the key it is never used twice.
///
/// Double Ratchet, section 5.2, as it does for its own choice of cipher.
pub fn message_key_and_nonce(message_key: &[u8; 32]) -> ([u8; 32], [u8; 12]) {
    let mut out: [u8; 44] = hkdf::derive(&[0; 32], message_key, MESSAGE_INFO);
    let mut parts = ([0; 32], [0; 12]);
    parts.0.copy_from_slice(&out[..32]);
    parts.1.copy_from_slice(&out[32..]);
    wipe(&mut out);
    parts
}

/// Where a receiving chain stands behind a message: worked out, not yet in force.
pub(super) struct Reached {
    /// The keys of the messages before it that have not come yet.
    pub(super) passed: Vec<Secret<32>>,
    pub(super) message_key: Secret<32>,
    pub(super) next_chain: Secret<32>,
    pub(super) next_received: u32,
}

/// Along a receiving chain whose next message is `from`, to message `n`.
pub(super) fn walk(chain: &Secret<32>, from: u32, n: u32) -> Result<Reached, EnvelopeError> {
    // Behind us, and its key is not kept: it was opened before, or it is too old.
    let passes = n.checked_sub(from).ok_or(EnvelopeError::Refused)?;
    // if state.Nr + MAX_SKIP < until: raise Error()
    if passes > MAX_SKIP {
        return Err(EnvelopeError::Refused);
    }
    let next_received = n.checked_add(1).ok_or(EnvelopeError::Refused)?;
    let (passed, chain) = skip(chain, passes);
    let (next_chain, message_key) = step(&chain);
    Ok(Reached {
        passed,
        message_key,
        next_chain,
        next_received,
    })
}

/// The next `count` message keys of a chain, and the chain key behind them.
pub(super) fn skip(chain: &Secret<32>, count: u32) -> (Vec<Secret<32>>, Secret<32>) {
    let mut chain = Secret::new(*chain.expose());
    let mut message_keys = Vec::new();
    for _ in 0..count {
        let (next_chain, message_key) = step(&chain);
        message_keys.push(message_key);
        chain = next_chain;
    }
    (message_keys, chain)
}

/// [`kdf_ck`] with its results put where they are wiped.
pub(super) fn step(chain: &Secret<32>) -> (Secret<32>, Secret<32>) {
    let (mut next_chain, mut message_key) = kdf_ck(chain.expose());
    (into_secret(&mut next_chain), into_secret(&mut message_key))
}

/// `KDF_RK(RK, DH(ours, theirs))`: the next root key, and the chain key that begins.
pub(super) fn turn(
    root: &Secret<32>,
    ours: &KeyPair,
    theirs: &PublicKey,
) -> Result<(Secret<32>, Secret<32>), EnvelopeError> {
    let (mut root, mut chain) = kdf_rk(root.expose(), ours.agree(theirs)?.expose());
    Ok((into_secret(&mut root), into_secret(&mut chain)))
}

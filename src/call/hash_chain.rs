//! The hash chain: each message proves that it comes from the sender of the one before, without any key in common.
//!
//! ```text
//! H0 = 32 random bytes      H1 = SHA-256(H0)      H2 = SHA-256(H1)      H3 = SHA-256(H2)
//!
//! message   shows   its MAC is keyed with
//! Hello     H3      H2
//! Commit    H2      H1
//! DHPart    H1      H0
//! Confirm   H0      (sealed as a whole)
//! ```
//!
//! The images come out in reverse: H2 can be checked against H3 by hashing it, and nobody gets from H3 to H2. When an image
//! arrives it opens the MAC of the message before it. Who wants to slip a message in would have to know an image that
//! has not been shown yet. Who was there before the first Hello can send a chain of his own: this finds no man in the middle,
//! it stops who comes in late from ending or bending the handshake (RFC 6189, sections 9 and 14).
//!
//! ```
//! use messaging_lab::call::hash_chain::image;
//! let h0 = [7; 32];
//! let (h1, h2) = (image(&h0), image(&image(&h0)));
//! let h3 = image(&h2); // shown first, in Hello
//! assert_eq!(image(&h2), h3); // Commit shows H2, and it belongs to that Hello
//! assert_eq!(image(&image(&h1)), h3); // DHPart shows H1, and it does as well
//! ```

use crate::crypto::hmac::hmac_sha256;
use crate::crypto::sha256::sha256;
use crate::ground::secret::{Secret, equal};

/// Bytes of a message's MAC: the leftmost 64 bits of HMAC-SHA-256.
pub const MAC_BYTES: usize = 8;

/// The four values of one phone in one call. Those not shown yet are secret.
#[derive(Debug)]
pub struct HashChain {
    h0: Secret<32>,
    h1: Secret<32>,
    h2: Secret<32>,
    h3: [u8; 32],
}

impl HashChain {
    /// The chain that begins at `h0`.
    pub fn new(h0: Secret<32>) -> Self {
        let h1 = Secret::new(image(h0.expose()));
        let h2 = Secret::new(image(h1.expose()));
        let h3 = image(h2.expose());
        HashChain { h0, h1, h2, h3 }
    }

    /// H0, shown in Confirm; keys the MAC of DHPart.
    pub fn h0(&self) -> &[u8; 32] {
        self.h0.expose()
    }

    /// H1, shown in DHPart; keys the MAC of Commit.
    pub fn h1(&self) -> &[u8; 32] {
        self.h1.expose()
    }

    /// H2, shown in Commit; keys the MAC of Hello.
    pub fn h2(&self) -> &[u8; 32] {
        self.h2.expose()
    }

    /// H3, shown in Hello.
    pub fn h3(&self) -> &[u8; 32] {
        &self.h3
    }
}

/// `H(i+1) = SHA-256(H(i))`: 32 bytes. RFC 6189, section 9.
pub fn image(earlier: &[u8; 32]) -> [u8; 32] {
    sha256(earlier)
}

/// `MAC = leftmost 64 bits of HMAC-SHA-256(key, message without its MAC)`, the key the image of the message after it.
///
/// RFC 6189, section 9.
pub fn message_mac(key: &[u8; 32], message_without_mac: &[u8]) -> [u8; MAC_BYTES] {
    let tag = hmac_sha256(key, message_without_mac);
    *tag.first_chunk().expect("32 bytes are more than 8")
}

/// Whether the last 8 bytes of `message` are its [`message_mac`] under `key`. Compared without an early exit.
pub fn mac_holds(key: &[u8; 32], message: &[u8]) -> bool {
    match message.split_last_chunk::<MAC_BYTES>() {
        Some((front, mac)) => equal(&message_mac(key, front), mac),
        None => false,
    }
}

/// Puts the MAC under `key` into the last 8 bytes of `message`, which were kept free for it.
pub(super) fn put_mac(key: &[u8; 32], mut message: Vec<u8>) -> Vec<u8> {
    if let Some((front, mac)) = message.split_last_chunk_mut::<MAC_BYTES>() {
        *mac = message_mac(key, front);
    }
    message
}

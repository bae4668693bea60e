//! One DHPart in many variants: what somebody searches with who wants certain words to come out.
//!
//! ```text
//! offset  44 .. 76    the four IDs of secrets from earlier calls: any bytes will do
//!        108 .. 116   the MAC over all that stands before it, made again for each variant
//! ```
//!
//! Nobody can tell the ID of a secret that he does not have from random bytes, and RFC 6189 wants random bytes where
//! there is no secret. So whoever sends a DHPart may write there what he likes, and the hash of the whole handshake, and
//! with it every key and the words, comes out different. The key pair stays the same, so one Diffie-Hellman is enough for
//! all variants.
//!
//! An honest phone makes one DHPart a call ([`dh_part`](super::dh_part)). This is the kit's own tool for lesson 10 and for
//! a tap.

use super::dh_part::{DH_PART_BYTES, DhPart, IDS_AT};
use super::hash_chain::{HashChain, MAC_BYTES};
use super::key_schedule::Role;
use super::wire::Kind;
use crate::crypto::hmac::HmacSha256;
use crate::ground::secret::Secret;

/// A DHPart of which everything but the four IDs is settled.
#[derive(Clone)]
pub struct VariedPart {
    /// The message, but for IDs and MAC.
    message: [u8; DH_PART_BYTES],
    /// HMAC under H0, to be copied for each variant: the key is hashed once.
    keyed: HmacSha256,
}

impl VariedPart {
    /// The DHPart of a phone in `role` with this public value and a hash chain that begins at `h0`: DHPart1 comes from the
    /// responder, DHPart2 from the initiator.
    pub fn new(role: Role, public: &[u8; 32], h0: &[u8; 32]) -> Self {
        let kind = match role {
            Role::Responder => Kind::DhPart1,
            Role::Initiator => Kind::DhPart2,
        };
        let chain = HashChain::new(Secret::new(*h0));
        let part = DhPart {
            h1: *chain.h1(),
            ids: [[0; 8]; 4],
            public: *public,
            mac: [0; MAC_BYTES],
        };
        let mut message = [0; DH_PART_BYTES];
        message.copy_from_slice(&part.to_bytes(kind));
        VariedPart {
            message,
            keyed: HmacSha256::new(h0),
        }
    }

    /// The message with `ids` in the place of the four IDs, and its MAC.
    pub fn with_ids(&self, ids: &[u8; 32]) -> [u8; DH_PART_BYTES] {
        let mut message = self.message;
        message[IDS_AT].copy_from_slice(ids);
        let (front, mac) = message.split_at_mut(DH_PART_BYTES - MAC_BYTES);
        let mut hmac = self.keyed.clone();
        hmac.update(front);
        mac.copy_from_slice(&hmac.finish()[..MAC_BYTES]);
        message
    }
}

//! DHPart1 and DHPart2: a public value, and which secrets of earlier calls the sender still has (RFC 6189, sections 5.5, 5.6).
//!
//! ```text
//! offset  size  what
//!      0    12  head, "DHPart1 " from the responder, "DHPart2 " from the initiator, 29 words
//!     12    32  H1
//!     44     8  ID of rs1, the secret kept from the last call
//!     52     8  ID of rs2, the one kept from the call before
//!     60     8  ID of a secret agreed on outside; this model has none and sends random bytes, as the RFC demands
//!     68     8  ID of a secret shared with a PBX; likewise
//!     76    32  public value of X25519 (its length depends on the key agreement)
//!    108     8  MAC under H0
//! ```

use super::error::Dropped;
use super::hash_chain::{HashChain, put_mac};
use super::wire::{Kind, Reader, message};

/// Bytes in a DHPart.
pub const DH_PART_BYTES: usize = 116;

/// Where the four IDs stand. An attacker who looks for equal words varies bytes here: total_hash covers them, and no
/// receiver can tell a random ID from a real one.
pub const IDS_AT: std::ops::Range<usize> = 44..76;

/// A public value and what goes with it, without the MAC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DhPart {
    /// The image before H2.
    pub h1: [u8; 32],
    /// IDs of rs1, rs2, the secret from outside and the PBX's.
    pub ids: [[u8; 8]; 4],
    /// The public value.
    pub public: [u8; 32],
    /// The MAC under H0, to be checked once H0 is shown.
    pub mac: [u8; 8],
}

impl DhPart {
    /// The message of type `kind`, DHPart1 or DHPart2, with its MAC made from `chain`.
    pub fn message(&self, kind: Kind, chain: &HashChain) -> Vec<u8> {
        put_mac(chain.h0(), self.to_bytes(kind))
    }

    /// The message as it stands, MAC included.
    pub fn to_bytes(&self, kind: Kind) -> Vec<u8> {
        let mut body = Vec::with_capacity(104);
        body.extend_from_slice(&self.h1);
        body.extend_from_slice(self.ids.as_flattened());
        body.extend_from_slice(&self.public);
        body.extend_from_slice(&self.mac);
        message(kind, &body)
    }

    /// Takes a DHPart of type `kind` apart.
    ///
    /// # Errors
    /// [`Dropped::Malformed`].
    pub fn parse(bytes: &[u8], kind: Kind) -> Result<Self, Dropped> {
        let mut reader = Reader::begin(bytes, kind)?;
        let h1 = reader.array()?;
        let ids = [reader.array()?, reader.array()?, reader.array()?, reader.array()?];
        let (public, mac) = (reader.array()?, reader.array()?);
        reader.end()?;
        Ok(DhPart { h1, ids, public, mac })
    }
}

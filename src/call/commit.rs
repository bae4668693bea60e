//! Commit: the initiator's choice, and the promise of one DHPart2 (RFC 6189, section 5.4).
//!
//! ```text
//! offset  size  what
//!      0    12  head, "Commit  ", 29 words
//!     12    32  H2
//!     44    12  ZID of the initiator
//!     56    20  hash, cipher, frame tag, key agreement, SAS: four letters each
//!     76    32  hvi = SHA-256(DHPart2 of the initiator || Hello of the responder)
//!    108     8  MAC under H1
//! ```

use super::algorithms::Chosen;
use super::error::Dropped;
use super::hash_chain::{HashChain, put_mac};
use super::wire::{Kind, Reader, message};

/// What the initiator commits to, without the MAC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// The image before H3.
    pub h2: [u8; 32],
    /// The initiator.
    pub zid: [u8; 12],
    /// What both can do.
    pub chosen: Chosen,
    /// Fixes the DHPart2 before the responder has shown anything.
    pub hvi: [u8; 32],
    /// The MAC under H1, to be checked once H1 is shown.
    pub mac: [u8; 8],
}

impl Commit {
    /// The message, with its MAC made from `chain`.
    pub fn message(&self, chain: &HashChain) -> Vec<u8> {
        put_mac(chain.h1(), self.to_bytes())
    }

    /// The message as it stands, MAC included.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut body = Vec::with_capacity(104);
        body.extend_from_slice(&self.h2);
        body.extend_from_slice(&self.zid);
        for name in &self.chosen.0 {
            body.extend_from_slice(name);
        }
        body.extend_from_slice(&self.hvi);
        body.extend_from_slice(&self.mac);
        message(Kind::Commit, &body)
    }

    /// Takes a Commit apart.
    ///
    /// # Errors
    /// [`Dropped::Malformed`].
    pub fn parse(bytes: &[u8]) -> Result<Self, Dropped> {
        let mut reader = Reader::begin(bytes, Kind::Commit)?;
        let (h2, zid) = (reader.array()?, reader.array()?);
        let mut names = [[0; 4]; 5];
        for name in &mut names {
            *name = reader.array()?;
        }
        let (hvi, mac) = (reader.array()?, reader.array()?);
        reader.end()?;
        Ok(Commit {
            h2,
            zid,
            chosen: Chosen(names),
            hvi,
            mac,
        })
    }
}

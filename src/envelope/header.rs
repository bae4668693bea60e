//! What stands in the clear in front of every message of the ratchet.

use super::error::EnvelopeError;
use super::keys::PublicKey;
use super::ratchet::MAX_PLAINTEXT;
use super::wire::{Kind, Reader};
use crate::crypto::aead::TAG_BYTES;

/// Bytes in an encoded header, version and kind included.
pub const HEADER_BYTES: usize = 42;

/// Bytes in the longest message: header, text and tag.
pub const MAX_MESSAGE_BYTES: usize = HEADER_BYTES + MAX_PLAINTEXT + TAG_BYTES;

/// Where in the conversation a message belongs. In the clear, because its reader needs it to find the key; authenticated,
/// because it is part of the associated data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// `dh`: the sender's ratchet public key.
    pub dh: PublicKey,
    /// `pn`: how many messages the sender's chain before this one had.
    pub pn: u32,
    /// `n`: the number of this message in its chain, from 0.
    pub n: u32,
}

impl Header {
    /// The bytes that travel in front of what is sealed, and that the tag covers.
    ///
    /// ```text
    /// offset  size  what
    ///      0     2  version 0x01, kind 0x04
    ///      2    32  dh
    ///     34     4  pn
    ///     38     4  n
    ///     42     *  ciphertext of up to 65536 bytes, and a tag of 16
    /// ```
    pub fn to_bytes(&self) -> [u8; HEADER_BYTES] {
        let mut bytes = [0; HEADER_BYTES];
        bytes[..2].copy_from_slice(&Kind::Ratchet.prefix());
        bytes[2..34].copy_from_slice(self.dh.as_bytes());
        bytes[34..38].copy_from_slice(&self.pn.to_be_bytes());
        bytes[38..].copy_from_slice(&self.n.to_be_bytes());
        bytes
    }

    /// The header of a message, and what is sealed behind it. Nothing of it is believed yet.
    ///
    /// # Errors
    /// [`EnvelopeError::Refused`] if there is no room for a header and a tag, for more than [`MAX_MESSAGE_BYTES`], and for
    /// another version or kind.
    pub fn of(message: &[u8]) -> Result<(Header, &[u8]), EnvelopeError> {
        let mut reader = Reader::begin(message, Kind::Ratchet, MAX_MESSAGE_BYTES)?;
        let header = Header {
            dh: reader.key()?,
            pn: reader.u32()?,
            n: reader.u32()?,
        };
        let sealed = reader.rest();
        if sealed.len() < TAG_BYTES {
            return Err(EnvelopeError::Refused);
        }
        Ok((header, sealed))
    }
}

//! Confirm1 and Confirm2: each phone shows that it holds the keys (RFC 6189, section 5.7).
//!
//! ```text
//! offset  size  what
//!      0    12  head, "Confirm1" from the responder, "Confirm2" from the initiator, 17 words
//!     12    56  sealed: 40 bytes and their tag
//!
//! inside the seal
//!      0    32  H0
//!     32     3  15 unused bits and the length of a signature, 9 bits: all zero here
//!     35     1  0000 E V A D: PBX enrolment, SAS verified, may go clear, key disclosed
//!     36     4  how long the sender keeps the retained secret, in seconds; 0xffffffff for ever
//! ```
//!
//! The kit's own is the seal: ChaCha20-Poly1305 under the sender's "ZRTP key", the head as associated data. The RFC hides the
//! same 40 bytes with AES in CFB mode behind a MAC of 64 bits and an initialisation vector of 16 bytes. The nonce here is
//! zero: a key seals one Confirm in its life, and a repetition is the same bytes again.

use super::error::Dropped;
use super::wire::{HEAD_BYTES, Kind, Reader, message};
use crate::crypto::aead::{self, TAG_BYTES};
use crate::ground::secret::Secret;

/// Bytes of a Confirm.
pub const CONFIRM_BYTES: usize = HEAD_BYTES + INSIDE_BYTES + TAG_BYTES;

const INSIDE_BYTES: usize = 40;

/// The SAS was compared in an earlier call, says the sender, and the secret kept since then matched.
const VERIFIED: u8 = 0x04;

/// The secret is kept until it is replaced.
const FOR_EVER: u32 = u32::MAX;

/// What a Confirm says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirm {
    /// The beginning of the sender's hash chain.
    pub h0: [u8; 32],
    /// The V flag. The others mean what this model does not have.
    pub verified: bool,
}

/// Why a Confirm was not taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfirmError {
    /// It is no Confirm, or not as long as one.
    Malformed,
    /// The seal does not open.
    Sealed,
}

impl Confirm {
    /// The message of type `kind`, sealed under the sender's key. To be called once for a key.
    pub fn seal(&self, kind: Kind, key: &Secret<32>) -> Vec<u8> {
        let mut inside = [0; INSIDE_BYTES];
        inside[..32].copy_from_slice(&self.h0);
        inside[35] = if self.verified { VERIFIED } else { 0 };
        inside[36..].copy_from_slice(&FOR_EVER.to_be_bytes());
        // The length in the head must be the final one before it is sealed along.
        let mut out = message(kind, &[0; INSIDE_BYTES + TAG_BYTES]);
        let sealed = aead::seal(key.expose(), &[0; 12], &out[..HEAD_BYTES], &inside)
            .expect("40 bytes are not too long");
        out[HEAD_BYTES..].copy_from_slice(&sealed);
        out
    }

    /// Opens a Confirm of type `kind`.
    ///
    /// # Errors
    /// [`ConfirmError`].
    pub fn open(bytes: &[u8], kind: Kind, key: &Secret<32>) -> Result<Self, ConfirmError> {
        let reader = Reader::begin(bytes, kind).map_err(|_| ConfirmError::Malformed)?;
        if bytes.len() != CONFIRM_BYTES {
            return Err(ConfirmError::Malformed);
        }
        let inside = aead::open(key.expose(), &[0; 12], &bytes[..HEAD_BYTES], reader.rest())
            .map_err(|_| ConfirmError::Sealed)?;
        Self::parse_inside(&inside).map_err(|_| ConfirmError::Malformed)
    }

    fn parse_inside(inside: &[u8]) -> Result<Self, Dropped> {
        let mut reader = Reader::inside(inside);
        let h0 = reader.array()?;
        let [unused, length, more_length, flags] = reader.array()?;
        let _expires: [u8; 4] = reader.array()?;
        reader.end()?;
        if [unused, length, more_length] != [0; 3] || flags & !VERIFIED != 0 {
            return Err(Dropped::Malformed);
        }
        Ok(Confirm {
            h0,
            verified: flags & VERIFIED != 0,
        })
    }
}

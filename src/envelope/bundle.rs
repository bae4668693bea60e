//! The public side of pre-keys: what a phone uploads, what the directory hands out, and what must be checked before use.
//!
//! ```text
//! upload  = identity, signed pre-key, many one-time pre-keys          phone -> directory
//! bundle  = identity, signed pre-key, one one-time pre-key or none    directory -> whoever wants to write
//! ```
//!
//! A bundle comes from the relay, so it is the relay's word until the signature has been checked, and the relay's choice
//! even then: what ties the identity to a person is a comparison between two people, and nothing in this file.

use super::error::EnvelopeError;
use super::identity::IdentityPublic;
use super::keys::{PublicKey, encode};
use super::wire::{Kind, Reader, put_optional};
use crate::crypto::ed25519::SIGNATURE_BYTES;

/// The most one-time pre-keys in an upload: 100, as Signal's apps make at a time. It bounds what one phone can have the
/// directory keep.
pub const MAX_ONE_TIME: usize = 100;

/// Bytes in an encoded bundle: always the same, so that its size does not say whether one-time pre-keys have run out.
pub const BUNDLE_BYTES: usize = 171;

/// Bytes in the longest encoded upload.
pub const MAX_UPLOAD_BYTES: usize = 135 + 36 * MAX_ONE_TIME;

/// A signed pre-key as everybody sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedPublic {
    /// Which of its owner's signed pre-keys this is.
    pub id: u32,
    /// The key.
    pub key: PublicKey,
    /// `XEdDSA(identity, Encode(key))`. The id is not signed (X3DH signs the key alone): a directory that hands out a
    /// wrong id gains a message that its recipient refuses.
    pub signature: [u8; SIGNATURE_BYTES],
}

/// A one-time pre-key as everybody sees it. It is not signed: who swaps it gains a message that its recipient refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OneTimePublic {
    /// Which of its owner's one-time pre-keys this is.
    pub id: u32,
    /// The key.
    pub key: PublicKey,
}

/// What a phone uploads.
///
/// ```text
/// offset  size  what
///      0     2  version 0x01, kind 0x01
///      2    32  identity key
///     34     4  signed pre-key: id
///     38    32  signed pre-key: key
///     70    64  signed pre-key: signature of 0x05 || key
///    134     1  c, how many one-time pre-keys follow, 0 to 100
///    135  36*c  each: id (4 bytes), key (32 bytes); ids rise
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Whose keys these are.
    pub identity: IdentityPublic,
    /// The signed pre-key now in use.
    pub signed: SignedPublic,
    /// The one-time pre-keys that nobody has used yet, by rising id.
    pub one_time: Vec<OneTimePublic>,
}

impl Upload {
    /// The bytes that travel. Of more than [`MAX_ONE_TIME`] one-time pre-keys the first ones go.
    pub fn to_bytes(&self) -> Vec<u8> {
        let one_time = &self.one_time[..self.one_time.len().min(MAX_ONE_TIME)];
        let mut out = Kind::Upload.prefix().to_vec();
        put_signed(&mut out, &self.identity, &self.signed);
        out.push(one_time.len() as u8);
        for one in one_time {
            out.extend_from_slice(&one.to_bytes());
        }
        out
    }

    /// The inverse of [`Upload::to_bytes`]. Says nothing about the signature.
    ///
    /// # Errors
    /// [`EnvelopeError::Refused`] for all else.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, EnvelopeError> {
        let mut reader = Reader::begin(bytes, Kind::Upload, MAX_UPLOAD_BYTES)?;
        let (identity, signed) = read_signed(&mut reader)?;
        // More than MAX_ONE_TIME would be longer than MAX_UPLOAD_BYTES, which was refused already.
        let count = usize::from(reader.u8()?);
        let mut one_time: Vec<OneTimePublic> = Vec::with_capacity(count);
        for _ in 0..count {
            let one = OneTimePublic::from_bytes(reader.array()?)?;
            // Each id once, and one order only: two spellings of one upload would be two uploads.
            if one_time.last().is_some_and(|before| before.id >= one.id) {
                return Err(EnvelopeError::Refused);
            }
            one_time.push(one);
        }
        reader.end()?;
        Ok(Upload {
            identity,
            signed,
            one_time,
        })
    }
}

/// What the directory hands out for one recipient. Not to be used before [`PreKeyBundle::verify`].
///
/// ```text
/// offset  size  what
///      0     2  version 0x01, kind 0x02
///      2    32  identity key
///     34     4  signed pre-key: id
///     38    32  signed pre-key: key
///     70    64  signed pre-key: signature of 0x05 || key
///    134     1  1 if a one-time pre-key follows, 0 if none is left
///    135     4  one-time pre-key: id, or zeros
///    139    32  one-time pre-key: key, or zeros
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreKeyBundle {
    /// Whose keys these are said to be.
    pub identity: IdentityPublic,
    /// The signed pre-key.
    pub signed: SignedPublic,
    /// A one-time pre-key that nobody else gets, or `None` when they have run out.
    pub one_time: Option<OneTimePublic>,
}

impl PreKeyBundle {
    /// The bytes that travel.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Kind::Bundle.prefix().to_vec();
        put_signed(&mut out, &self.identity, &self.signed);
        put_optional(&mut out, self.one_time.map(|one| one.to_bytes()));
        out
    }

    /// The inverse of [`PreKeyBundle::to_bytes`]. Says nothing about the signature.
    ///
    /// # Errors
    /// [`EnvelopeError::Refused`] for all else.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, EnvelopeError> {
        let mut reader = Reader::begin(bytes, Kind::Bundle, BUNDLE_BYTES)?;
        let (identity, signed) = read_signed(&mut reader)?;
        let one_time = reader.optional()?.map(OneTimePublic::from_bytes).transpose()?;
        reader.end()?;
        Ok(PreKeyBundle {
            identity,
            signed,
            one_time,
        })
    }

    /// Checks that the identity signed the signed pre-key.
    ///
    /// Without the check a directory could leave the identity as it is and swap the pre-keys: the safety number would
    /// match, and it would read the messages until Bob's identity key entered (X3DH, section 4.5).
    ///
    /// # Errors
    /// [`EnvelopeError::Refused`] if it did not.
    ///
    /// X3DH, section 3.3.
    pub fn verify(self) -> Result<VerifiedBundle, EnvelopeError> {
        // Alice verifies the prekey signature and aborts the protocol if verification fails.
        self.identity
            .verify(&encode(self.signed.key.as_bytes()), &self.signed.signature)?;
        Ok(VerifiedBundle(self))
    }
}

/// A bundle whose signature holds. Nothing else makes one, and a session begins with nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedBundle(PreKeyBundle);

impl VerifiedBundle {
    /// What is in it.
    pub fn bundle(&self) -> &PreKeyBundle {
        &self.0
    }
}

impl OneTimePublic {
    /// `id || key`.
    fn to_bytes(self) -> [u8; 36] {
        let mut bytes = [0; 36];
        bytes[..4].copy_from_slice(&self.id.to_be_bytes());
        bytes[4..].copy_from_slice(self.key.as_bytes());
        bytes
    }

    fn from_bytes(bytes: [u8; 36]) -> Result<Self, EnvelopeError> {
        let mut id = [0; 4];
        let mut key = [0; 32];
        id.copy_from_slice(&bytes[..4]);
        key.copy_from_slice(&bytes[4..]);
        Ok(OneTimePublic {
            id: u32::from_be_bytes(id),
            key: PublicKey::from_bytes(key)?,
        })
    }
}

/// `identity || id || key || signature`: the part that uploads and bundles share.
fn put_signed(out: &mut Vec<u8>, identity: &IdentityPublic, signed: &SignedPublic) {
    out.extend_from_slice(identity.as_bytes());
    out.extend_from_slice(&signed.id.to_be_bytes());
    out.extend_from_slice(signed.key.as_bytes());
    out.extend_from_slice(&signed.signature);
}

fn read_signed(reader: &mut Reader) -> Result<(IdentityPublic, SignedPublic), EnvelopeError> {
    let identity = IdentityPublic::from_bytes(reader.array()?)?;
    let signed = SignedPublic {
        id: reader.u32()?,
        key: reader.key()?,
        signature: reader.array()?,
    };
    Ok((identity, signed))
}

//! How bytes from outside are read: strictly, from front to back, with one answer for everything that is wrong.
//!
//! Every format of a conversation begins with the same two bytes:
//!
//! ```text
//! offset  size  what
//!      0     1  version, 0x01
//!      1     1  kind: 1 upload, 2 key bundle, 3 initial message, 4 ratchet message, 5 parcel
//! ```
//!
//! What follows stands beside each type. Numbers are big-endian, most significant byte first. A reader asks for one piece
//! after the other and at last that nothing is left. There is no index arithmetic to get wrong, and whatever is cut off,
//! too long, of another version or kind, or spelled in a second way is [`EnvelopeError::Refused`] and nothing more.

use super::error::EnvelopeError;
use super::keys::PublicKey;

/// The only version there is. A second one would be told apart by this byte, and is refused until it exists.
pub const VERSION: u8 = 0x01;

/// What a format is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The keys that a phone uploads to the directory.
    Upload = 1,
    /// The keys that the directory hands out for one recipient.
    Bundle = 2,
    /// The first message of a session: who writes, with which keys, and a ratchet message.
    Initial = 3,
    /// A message of the Double Ratchet.
    Ratchet = 4,
    /// What a phone hands to the relay: from, to, and a message.
    Parcel = 5,
}

impl Kind {
    /// `version || kind`, the first two bytes of a format.
    pub const fn prefix(self) -> [u8; 2] {
        [VERSION, self as u8]
    }
}

/// The kind of a message, from its first two bytes. The rest is for its own parser.
///
/// # Errors
/// [`EnvelopeError::Refused`] for less than two bytes, another version, and a kind that is no message.
pub fn message_kind(bytes: &[u8]) -> Result<Kind, EnvelopeError> {
    match bytes {
        [VERSION, 3, ..] => Ok(Kind::Initial),
        [VERSION, 4, ..] => Ok(Kind::Ratchet),
        _ => Err(EnvelopeError::Refused),
    }
}

/// Takes bytes apart from the front.
pub(super) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// Begins behind `version || kind`. `longest` is checked first, before anything looks at the bytes.
    pub(super) fn begin(bytes: &'a [u8], kind: Kind, longest: usize) -> Result<Self, EnvelopeError> {
        if bytes.len() > longest {
            return Err(EnvelopeError::Refused);
        }
        match bytes.strip_prefix(&kind.prefix()) {
            Some(rest) => Ok(Reader(rest)),
            None => Err(EnvelopeError::Refused),
        }
    }

    /// The next `N` bytes.
    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], EnvelopeError> {
        let (piece, rest) = self.0.split_first_chunk().ok_or(EnvelopeError::Refused)?;
        self.0 = rest;
        Ok(*piece)
    }

    /// The next `length` bytes.
    pub(super) fn bytes(&mut self, length: usize) -> Result<&'a [u8], EnvelopeError> {
        let (piece, rest) = self.0.split_at_checked(length).ok_or(EnvelopeError::Refused)?;
        self.0 = rest;
        Ok(piece)
    }

    /// The next byte.
    pub(super) fn u8(&mut self) -> Result<u8, EnvelopeError> {
        self.array().map(|[byte]| byte)
    }

    /// The next 4 bytes as a number.
    pub(super) fn u32(&mut self) -> Result<u32, EnvelopeError> {
        self.array().map(u32::from_be_bytes)
    }

    /// The next 32 bytes as a public key in its one spelling.
    pub(super) fn key(&mut self) -> Result<PublicKey, EnvelopeError> {
        PublicKey::from_bytes(self.array()?)
    }

    /// A one-time pre-key's number and whatever belongs to it, or that there is none: see [`put_optional`].
    pub(super) fn optional<const N: usize>(&mut self) -> Result<Option<[u8; N]>, EnvelopeError> {
        let flag = self.u8()?;
        let value = self.array::<N>()?;
        match flag {
            0 if value == [0; N] => Ok(None),
            1 => Ok(Some(value)),
            _ => Err(EnvelopeError::Refused),
        }
    }

    /// All that is left.
    pub(super) fn rest(self) -> &'a [u8] {
        self.0
    }

    /// That nothing is left.
    pub(super) fn end(self) -> Result<(), EnvelopeError> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(EnvelopeError::Refused)
        }
    }
}

/// `0x01 || value`, or `0x00 || zeros` of the same length where there is none: a missing key does not change the size.
pub(super) fn put_optional<const N: usize>(out: &mut Vec<u8>, value: Option<[u8; N]>) {
    out.push(u8::from(value.is_some()));
    out.extend_from_slice(&value.unwrap_or([0; N]));
}

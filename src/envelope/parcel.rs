//! What a phone hands to the relay: a sealed message, and in the clear whom it is from and whom it is for.
//!
//! The address has to be readable by whoever delivers. That is why the relay always knows who writes to whom, when and
//! how much, however good the seal is.

use std::fmt;

use super::error::EnvelopeError;
use super::header::MAX_MESSAGE_BYTES;
use super::session::INTRODUCTION_BYTES;
use super::wire::{Kind, Reader};

/// The longest user name, in bytes of UTF-8.
pub const MAX_NAME_BYTES: usize = 32;

/// Bytes in the longest encoded parcel: it bounds what one post can make the relay keep.
pub const MAX_PARCEL_BYTES: usize =
    2 + 2 * (1 + MAX_NAME_BYTES + 1) + 4 + 4 + INTRODUCTION_BYTES + MAX_MESSAGE_BYTES;

/// One device of one user, as the relay tells them apart. It says nothing about who holds the device.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    user: String,
    device: u8,
}

impl Address {
    /// `user/device`, the name 1 to 32 bytes long.
    ///
    /// # Errors
    /// [`EnvelopeError::Refused`] for an empty name and for a longer one.
    pub fn new(user: &str, device: u8) -> Result<Self, EnvelopeError> {
        if user.is_empty() || user.len() > MAX_NAME_BYTES {
            return Err(EnvelopeError::Refused);
        }
        Ok(Address {
            user: user.to_string(),
            device,
        })
    }

    /// Whose device it is said to be.
    pub fn user(&self) -> &str {
        &self.user
    }

    /// Which of the user's devices.
    pub fn device(&self) -> u8 {
        self.device
    }

    fn put(&self, out: &mut Vec<u8>) {
        // Address::new has checked that it fits.
        out.push(self.user.len() as u8);
        out.extend_from_slice(self.user.as_bytes());
        out.push(self.device);
    }

    fn read(reader: &mut Reader) -> Result<Self, EnvelopeError> {
        let length = usize::from(reader.u8()?);
        let user = std::str::from_utf8(reader.bytes(length)?).map_err(|_| EnvelopeError::Refused)?;
        Address::new(user, reader.u8()?)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.user, self.device)
    }
}

/// What a phone hands to the relay, and the relay to another phone.
///
/// ```text
/// offset  size  what
///      0     2  version 0x01, kind 0x05
///      2     1  f, length of the sender's name, 1 to 32
///      3     f  the sender's name, UTF-8
///    3+f     1  the sender's device
///    4+f     1  t, length of the recipient's name, 1 to 32
///    5+f     t  the recipient's name, UTF-8
///  5+f+t     1  the recipient's device
///  6+f+t     4  serial number, the sender's own count for this recipient
/// 10+f+t     4  m, length of the message
/// 14+f+t     m  an initial message or a ratchet message
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// Whom it is from, as the relay says.
    pub from: Address,
    /// Whom it is for.
    pub to: Address,
    /// The sender's own count, so that a notice of delivery can name it.
    pub serial: u32,
    /// The sealed message.
    pub message: Vec<u8>,
}

impl Parcel {
    /// The bytes that travel.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Kind::Parcel.prefix().to_vec();
        self.from.put(&mut out);
        self.to.put(&mut out);
        out.extend_from_slice(&self.serial.to_be_bytes());
        out.extend_from_slice(&(self.message.len() as u32).to_be_bytes());
        out.extend_from_slice(&self.message);
        out
    }

    /// The inverse of [`Parcel::to_bytes`]. What is in the message shows when it is opened.
    ///
    /// # Errors
    /// [`EnvelopeError::Refused`] for all else, a message longer than any that can be sealed included.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, EnvelopeError> {
        let mut reader = Reader::begin(bytes, Kind::Parcel, MAX_PARCEL_BYTES)?;
        let from = Address::read(&mut reader)?;
        let to = Address::read(&mut reader)?;
        let serial = reader.u32()?;
        let length = reader.u32()? as usize;
        if length > INTRODUCTION_BYTES + MAX_MESSAGE_BYTES {
            return Err(EnvelopeError::Refused);
        }
        let message = reader.bytes(length)?.to_vec();
        reader.end()?;
        Ok(Parcel {
            from,
            to,
            serial,
            message,
        })
    }
}

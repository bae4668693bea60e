//! How messages from outside are read: strictly, from front to back.
//!
//! Every message begins alike (RFC 6189, section 5.1 onwards):
//!
//! ```text
//! offset  size  what
//!      0     2  0x505a
//!      2     2  length of the whole message in 32-bit words, these two fields included
//!      4     8  message type, eight letters of ASCII, filled up with spaces
//! ```
//!
//! Numbers are big-endian. What follows stands beside each message. A reader asks for one piece after the other and at last
//! that nothing is left; a length that is not the real one, a field that must be zero and is not, and anything else that
//! is spelled in a second way is malformed.
//!
//! The kit's own: the RFC wraps each message in a packet that shares a port with the frames (sequence number, magic cookie,
//! source identifier, and a CRC behind). This model hands over whole messages on a path of its own, so there is no such
//! packet. What goes with it is the CRC, which would catch accidental bit errors and no deliberate ones.

use super::error::Dropped;

/// The first two bytes of every message.
pub const PREAMBLE: [u8; 2] = [0x50, 0x5a];

/// Bytes in front of what a message has of its own.
pub const HEAD_BYTES: usize = 12;

/// Bytes of the longest message, a Hello with seven algorithms of each of five kinds.
pub const MAX_MESSAGE_BYTES: usize = 88 + 5 * 7 * 4;

/// What a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Who is there, and what the phone can do.
    Hello,
    /// The Hello has come.
    HelloAck,
    /// The initiator's choice of algorithms, and the promise of one DHPart2.
    Commit,
    /// The responder's public value.
    DhPart1,
    /// The initiator's public value, as promised.
    DhPart2,
    /// The responder holds the keys.
    Confirm1,
    /// The initiator holds the keys.
    Confirm2,
    /// The Confirm2 has come and opens.
    Conf2Ack,
    /// The call ends, and why.
    Error,
    /// The Error has come.
    ErrorAck,
}

impl Kind {
    /// All of them, in the order of a call.
    pub const ALL: [Kind; 10] = [
        Kind::Hello,
        Kind::HelloAck,
        Kind::Commit,
        Kind::DhPart1,
        Kind::DhPart2,
        Kind::Confirm1,
        Kind::Confirm2,
        Kind::Conf2Ack,
        Kind::Error,
        Kind::ErrorAck,
    ];

    /// The message type block.
    pub const fn block(self) -> &'static [u8; 8] {
        match self {
            Kind::Hello => b"Hello   ",
            Kind::HelloAck => b"HelloACK",
            Kind::Commit => b"Commit  ",
            Kind::DhPart1 => b"DHPart1 ",
            Kind::DhPart2 => b"DHPart2 ",
            Kind::Confirm1 => b"Confirm1",
            Kind::Confirm2 => b"Confirm2",
            Kind::Conf2Ack => b"Conf2ACK",
            Kind::Error => b"Error   ",
            Kind::ErrorAck => b"ErrorACK",
        }
    }

    /// The type of a message, once its preamble and length are right. The rest is for its own parser.
    ///
    /// # Errors
    /// [`Dropped::Malformed`].
    pub fn of(message: &[u8]) -> Result<Self, Dropped> {
        if message.len() > MAX_MESSAGE_BYTES || message.len() % 4 != 0 {
            return Err(Dropped::Malformed);
        }
        let mut reader = Reader(message);
        let (preamble, words, block) = (reader.array()?, reader.u16()?, reader.array()?);
        if preamble != PREAMBLE || usize::from(words) * 4 != message.len() {
            return Err(Dropped::Malformed);
        }
        let known = Kind::ALL.into_iter().find(|kind| *kind.block() == block);
        known.ok_or(Dropped::Malformed)
    }

    /// The name without its filling.
    pub fn name(self) -> &'static str {
        std::str::from_utf8(self.block()).map_or("", str::trim_end)
    }
}

/// A message of type `kind` around `body`.
///
/// # Panics
/// If the whole is longer than [`MAX_MESSAGE_BYTES`] or no multiple of 4 bytes. No message of this model is.
pub(super) fn message(kind: Kind, body: &[u8]) -> Vec<u8> {
    let length = HEAD_BYTES + body.len();
    assert!(
        length % 4 == 0 && length <= MAX_MESSAGE_BYTES,
        "a body of {} bytes",
        body.len()
    );
    let mut out = Vec::with_capacity(length);
    out.extend_from_slice(&PREAMBLE);
    out.extend_from_slice(&((length / 4) as u16).to_be_bytes());
    out.extend_from_slice(kind.block());
    out.extend_from_slice(body);
    out
}

/// HelloACK, Conf2ACK and ErrorACK: a head and nothing else, 3 words (RFC 6189, sections 5.3, 5.8 and 5.10).
pub fn bare(kind: Kind) -> Vec<u8> {
    message(kind, &[])
}

/// That a HelloACK, Conf2ACK or ErrorACK is a head and nothing else, 12 bytes.
///
/// # Errors
/// [`Dropped::Malformed`].
pub fn parse_bare(bytes: &[u8], kind: Kind) -> Result<(), Dropped> {
    Reader::begin(bytes, kind)?.end()
}

/// Error, 4 words: the code as 32 bits behind the head (RFC 6189, section 5.9).
pub fn error(code: u32) -> Vec<u8> {
    message(Kind::Error, &code.to_be_bytes())
}

/// The number in an Error (RFC 6189, section 5.9), 16 bytes. It may be one that this model does not know.
///
/// # Errors
/// [`Dropped::Malformed`].
pub fn parse_error(bytes: &[u8]) -> Result<u32, Dropped> {
    let mut reader = Reader::begin(bytes, Kind::Error)?;
    let code = reader.array().map(u32::from_be_bytes)?;
    reader.end()?;
    Ok(code)
}

/// Takes bytes apart from the front.
pub(super) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// Begins behind the head of a message that must be a `kind`.
    pub(super) fn begin(bytes: &'a [u8], kind: Kind) -> Result<Self, Dropped> {
        if Kind::of(bytes)? != kind {
            return Err(Dropped::Malformed);
        }
        Ok(Reader(&bytes[HEAD_BYTES..]))
    }

    /// Reads what was sealed, which has no head.
    pub(super) fn inside(bytes: &'a [u8]) -> Self {
        Reader(bytes)
    }

    /// The next `N` bytes.
    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], Dropped> {
        let (piece, rest) = self.0.split_first_chunk().ok_or(Dropped::Malformed)?;
        self.0 = rest;
        Ok(*piece)
    }

    /// The next 2 bytes as a number.
    pub(super) fn u16(&mut self) -> Result<u16, Dropped> {
        self.array().map(u16::from_be_bytes)
    }

    /// All that is left.
    pub(super) fn rest(self) -> &'a [u8] {
        self.0
    }

    /// That nothing is left.
    pub(super) fn end(self) -> Result<(), Dropped> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Dropped::Malformed)
        }
    }
}

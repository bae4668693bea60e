//! Frames: the packets that carry the sound, in the shape of SRTP (RFC 3711, RFC 7714).
//!
//! ```text
//! offset  size  what
//!      0     1  0x80: version 2 (2 bits), no padding (1), no extension (1), no contributing sources (4)
//!      1     1  marker (1 bit), here 0; payload type (7 bits): which codec
//!      2     2  sequence number, SEQ: one more for each frame, 0 after 65 535
//!      4     4  timestamp: the number of the frame's first sample
//!      8     4  SSRC: which stream this is
//!     12     n  the payload, encrypted
//!   12+n    16  tag
//! ```
//!
//! In words: twelve bytes in the clear (RFC 3550, section 5.1), the sealed sound, and the tag over both. Numbers are
//! big-endian. Everybody on the path sees the twelve bytes, how long the payload is, and when each frame passes.
//!
//! # The index, which does not travel
//!
//! Every frame needs a nonce of its own, and 65 536 of them last for 22 minutes only. So both phones count how often SEQ
//! has gone round (the rollover counter, ROC) and make the nonce from
//!
//! ```text
//! index = 2^16 * ROC + SEQ            48 bits
//! ```
//!
//! The receiver has to guess the sender's ROC: [`estimate_index`] takes the one that puts the frame nearest to the last.
//!
//! # What is the kit's own
//!
//! RFC 7714 protects frames with AES-GCM; there is no AES here, so it is ChaCha20-Poly1305 under the same nonces, with keys
//! of 32 and salts of 12 bytes. **It does not interoperate.** No SRTP session key is derived from a master key either: key
//! and salt are made by the key agreement and used as they are. RTP's header extension, padding and contributing sources
//! are left out; a frame that has them is refused.

use std::fmt;

use super::key_schedule::DirectionKeys;
use super::replay_window::Repeated;
use crate::crypto::aead::{self, KEY_BYTES, NONCE_BYTES, TAG_BYTES};
use crate::ground::secret::{Secret, wipe};

/// Bytes of the header, which travels in the clear.
pub const HEADER_BYTES: usize = 12;

/// What a frame is longer by than its payload.
pub const OVERHEAD_BYTES: usize = HEADER_BYTES + TAG_BYTES;

/// Most bytes in a payload: with header and tag it must fit into one UDP datagram over IPv4, 65 507 bytes.
pub const MAX_PAYLOAD_BYTES: usize = 65_507 - OVERHEAD_BYTES;

/// `2^48`: how many frames a key can seal. After the last one the index would begin anew, and with it the nonces
/// (RFC 3711, section 9.2).
pub const MAX_FRAMES: u64 = 1 << 48;

/// Version 2 and nothing else.
const FIRST_BYTE: u8 = 0x80;

/// Why no frame was made, or why one was dropped. Nothing has changed then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FrameError {
    /// All [`MAX_FRAMES`] indices of this key are used up.
    Exhausted,
    /// The payload is longer than [`MAX_PAYLOAD_BYTES`].
    TooLong,
    /// The payload type has more than 7 bits.
    PayloadType,
    /// Not a frame: too short, or a header that this model does not make.
    Malformed,
    /// A frame of another stream: SSRC or payload type are not the ones agreed on.
    OtherStream,
    /// It came before, or too late.
    Repeated(Repeated),
    /// The tag is wrong: not sealed with this key for this index, or changed since.
    Forged,
}

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            FrameError::Exhausted => "this key has sealed 2^48 frames: agree on a new one in another call",
            FrameError::TooLong => "the payload does not fit into one datagram: cut it into shorter frames",
            FrameError::PayloadType => "a payload type has 7 bits: take a number up to 127",
            FrameError::Malformed => "dropped: not a frame",
            FrameError::OtherStream => "dropped: a frame of another stream",
            FrameError::Repeated(why) => return write!(f, "dropped: {why}"),
            FrameError::Forged => "dropped: the tag is wrong",
        })
    }
}

impl std::error::Error for FrameError {}

impl From<Repeated> for FrameError {
    fn from(why: Repeated) -> Self {
        FrameError::Repeated(why)
    }
}

/// The twelve bytes in front of a frame, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// Which codec: at most 127.
    pub payload_type: u8,
    /// The low 16 bits of the index.
    pub seq: u16,
    /// The number of the frame's first sample. It goes round after 2^32.
    pub timestamp: u32,
    /// Which stream.
    pub ssrc: u32,
}

impl Header {
    /// `0x80 || payload type || SEQ || timestamp || SSRC`. The top bit of the payload type is the marker: leave it 0.
    ///
    /// RFC 3550, section 5.1.
    pub fn to_bytes(&self) -> [u8; HEADER_BYTES] {
        let mut bytes = [0; HEADER_BYTES];
        bytes[0] = FIRST_BYTE;
        bytes[1] = self.payload_type;
        bytes[2..4].copy_from_slice(&self.seq.to_be_bytes());
        bytes[4..8].copy_from_slice(&self.timestamp.to_be_bytes());
        bytes[8..].copy_from_slice(&self.ssrc.to_be_bytes());
        bytes
    }

    /// The header of a frame, as everybody on the path reads it.
    ///
    /// # Errors
    /// [`FrameError::Malformed`] where a frame is shorter than header and tag, and for a version, flag or marker that this
    /// model does not send.
    pub fn of(frame: &[u8]) -> Result<Self, FrameError> {
        let (bytes, rest) = frame
            .split_first_chunk::<HEADER_BYTES>()
            .ok_or(FrameError::Malformed)?;
        let &[first, payload_type, s0, s1, t0, t1, t2, t3, r0, r1, r2, r3] = bytes;
        if rest.len() < TAG_BYTES || first != FIRST_BYTE || payload_type > 0x7f {
            return Err(FrameError::Malformed);
        }
        Ok(Header {
            payload_type,
            seq: u16::from_be_bytes([s0, s1]),
            timestamp: u32::from_be_bytes([t0, t1, t2, t3]),
            ssrc: u32::from_be_bytes([r0, r1, r2, r3]),
        })
    }
}

/// `2^16 * v + SEQ`, v of ROC - 1, ROC and ROC + 1 (mod 2^32) the one that puts it closest to `2^16 * ROC + s_l`.
///
/// `s_l` is the highest SEQ that the receiver has accepted under this `roc`. SEQ runs round, so half a round ahead is as
/// far as half a round behind; there the one with `roc` itself is taken.
///
/// RFC 3711, section 3.3.1 and appendix A, to the letter. Where `roc` is 0 and the frame seems to be older than the call,
/// v is 2^32 - 1: an index that no sender has used yet, so no tag fits it.
///
/// ```
/// use messaging_lab::call::frame::estimate_index;
/// assert_eq!(estimate_index(0, 65_530, 65_531), 65_531);
/// assert_eq!(estimate_index(0, 65_530, 2), 65_538); // SEQ has gone round
/// assert_eq!(estimate_index(1, 2, 65_531), 65_531); // a latecomer of the round before
/// ```
pub fn estimate_index(roc: u32, s_l: u16, seq: u16) -> u64 {
    let v = if s_l < 32_768 {
        // if (SEQ - s_l > 32,768) set v to (ROC-1) mod 2^32
        if seq as i32 - s_l as i32 > 32_768 {
            roc.wrapping_sub(1)
        } else {
            roc
        }
    } else {
        // if (s_l - 32,768 > SEQ) set v to (ROC+1) mod 2^32
        if s_l as i32 - 32_768 > seq as i32 {
            roc.wrapping_add(1)
        } else {
            roc
        }
    };
    // return SEQ + v*65,536
    seq as u64 + v as u64 * 65_536
}

/// Where a receiver is in the run of indices: ROC and s_l of RFC 3711, section 3.3.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// How often SEQ has gone round.
    pub roc: u32,
    /// The highest SEQ that was accepted since.
    pub s_l: u16,
}

impl Position {
    /// `(ROC, s_l)` after a frame with this index was accepted: one of the round before changes nothing, one of this round
    /// raises s_l if it is higher, one of the next round becomes the position.
    ///
    /// To be called **after** the tag was verified. RFC 3711, section 3.3.1.
    pub fn after(self, index: u64) -> Self {
        let (v, seq) = ((index >> 16) as u32, index as u16);
        if v == self.roc.wrapping_add(1) || (v == self.roc && seq > self.s_l) {
            return Position { roc: v, s_l: seq };
        }
        self
    }
}

/// `(00 00 || SSRC || ROC || SEQ) xor salt`: the nonce of the frame with this index. Of the index 48 bits count.
///
/// RFC 7714, section 8.1.
pub fn nonce(salt: &[u8; NONCE_BYTES], ssrc: u32, index: u64) -> [u8; NONCE_BYTES] {
    let mut nonce = [0; NONCE_BYTES];
    nonce[2..6].copy_from_slice(&ssrc.to_be_bytes());
    // ROC and SEQ side by side are the index as 48 bits.
    nonce[6..].copy_from_slice(&index.to_be_bytes()[2..]);
    for (byte, salt) in nonce.iter_mut().zip(salt) {
        *byte ^= salt;
    }
    nonce
}

/// Key and salt of one direction of a call. The other direction has others: with the same ones a tap could send a phone its
/// own frames back.
#[derive(Debug, PartialEq, Eq)]
pub struct FrameKeys {
    /// The key of ChaCha20-Poly1305.
    pub key: Secret<KEY_BYTES>,
    /// Makes the nonces unpredictable (RFC 7714, section 8.1).
    pub salt: Secret<NONCE_BYTES>,
}

impl FrameKeys {
    /// From bytes.
    pub fn new(key: [u8; KEY_BYTES], salt: [u8; NONCE_BYTES]) -> Self {
        FrameKeys {
            key: Secret::new(key),
            salt: Secret::new(salt),
        }
    }

    /// A copy of what the key agreement made for one direction, wiped when it is dropped.
    pub fn of(direction: &DirectionKeys) -> Self {
        let (mut key, mut salt) = (*direction.master_key.expose(), *direction.master_salt.expose());
        let keys = Self::new(key, salt);
        wipe(&mut key);
        wipe(&mut salt);
        keys
    }

    /// `header || ciphertext || tag` of the frame with this index, whose low 16 bits are the header's SEQ.
    ///
    /// Keeps no count: **never seal two payloads under one index**. A [`Sender`](super::stream::Sender) takes care of it.
    ///
    /// # Errors
    /// [`FrameError::TooLong`] beyond [`MAX_PAYLOAD_BYTES`]; [`FrameError::PayloadType`] beyond 127;
    /// [`FrameError::Exhausted`] for an index from [`MAX_FRAMES`] on, which would have the nonce of one before it.
    pub fn seal(&self, header: &Header, index: u64, payload: &[u8]) -> Result<Vec<u8>, FrameError> {
        if payload.len() > MAX_PAYLOAD_BYTES {
            return Err(FrameError::TooLong);
        }
        if header.payload_type > 0x7f {
            return Err(FrameError::PayloadType);
        }
        if index >= MAX_FRAMES {
            return Err(FrameError::Exhausted);
        }
        let header_bytes = header.to_bytes();
        let mut frame = Vec::with_capacity(payload.len() + OVERHEAD_BYTES);
        frame.extend_from_slice(&header_bytes);
        frame.extend_from_slice(payload);
        let nonce = nonce(self.salt.expose(), header.ssrc, index);
        let data = &mut frame[HEADER_BYTES..];
        let tag = aead::seal_in_place(self.key.expose(), &nonce, &header_bytes, data)
            .map_err(|_| FrameError::TooLong)?;
        frame.extend_from_slice(&tag);
        Ok(frame)
    }

    /// The payload of a frame, if its tag fits this index.
    ///
    /// # Errors
    /// [`FrameError::Malformed`] as [`Header::of`]; [`FrameError::Forged`] where the tag does not fit.
    pub fn open(&self, index: u64, frame: &[u8]) -> Result<Vec<u8>, FrameError> {
        let header = Header::of(frame)?;
        let (header_bytes, sealed) = frame.split_at(HEADER_BYTES);
        let (ciphertext, tag) = sealed
            .split_last_chunk::<TAG_BYTES>()
            .ok_or(FrameError::Malformed)?;
        let nonce = nonce(self.salt.expose(), header.ssrc, index);
        let mut payload = ciphertext.to_vec();
        aead::open_in_place(self.key.expose(), &nonce, header_bytes, &mut payload, tag)
            .map_err(|_| FrameError::Forged)?;
        Ok(payload)
    }
}

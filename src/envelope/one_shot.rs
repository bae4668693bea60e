//! The one-shot envelope: one text, sealed for one person, in one piece that a relay can carry.
//!
//! ```text
//! offset  bytes  what
//!      0      1  version, 0x01
//!      1      1  mode: 0x00 anybody can be the sender, 0x02 the holder of the sender's key is
//!      2     32  enc, the sender's key for this one envelope
//!     34      n  the padded text, sealed; n is one of the eleven buckets (64 .. 65 536)
//! 34 + n     16  tag
//! ```
//!
//! The version stands for everything else: HPKE with the suite of [`hpke`], [`padding`](super::padding) and
//!
//! ```text
//! info            = "messaging-lab one-shot" || length of from || from || length of to || to    a byte a length
//! associated data = the 34 bytes in front of the text
//! ```
//!
//! So nothing in it can be changed, and the names that a relay delivers by are covered as well, though they do not
//! travel in it: an envelope that is delivered to somebody else, or in somebody else's name, does not open. In base
//! mode the sender's name is a claim all the same: anybody can seal under any name.
//!
//! The layout is the kit's own. What a reader refuses, he refuses with **one** error, whatever was wrong.
//!
//! What it does not do: an envelope delivered twice opens twice, and who steals the recipient's key opens every one
//! that he ever recorded.

use std::fmt;

use super::hpke::{self, HpkeError, Mode};
use super::kem::{ENC_BYTES, EphemeralKey, KeyPair, PublicKey};
use super::padding::{BUCKETS, TextTooLong, pad, unpad};
use crate::crypto::aead::TAG_BYTES;
use crate::ground::secret::wipe;

/// The only version there is.
pub const VERSION: u8 = 0x01;

/// Bytes in front of the sealed text: version, mode, enc.
pub const HEADER_BYTES: usize = 2 + ENC_BYTES;

/// The longest envelope. Nothing longer is looked at, so that a stranger cannot fill the reader's memory.
pub const MAX_ENVELOPE_BYTES: usize = HEADER_BYTES + BUCKETS[BUCKETS.len() - 1] + TAG_BYTES;

/// The longest name, because its length is written in one byte.
pub const MAX_NAME_BYTES: usize = 255;

/// What `info` begins with, so that no other protocol's envelope opens here.
const DOMAIN: &[u8] = b"messaging-lab one-shot";

/// The two names on an envelope, as the relay knows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Names<'a> {
    /// Who says to have sent it.
    pub from: &'a str,
    /// Whom it is for.
    pub to: &'a str,
}

/// Why no envelope was sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SealError {
    /// A name is longer than [`MAX_NAME_BYTES`].
    NameTooLong {
        /// How long it is, in bytes.
        length: usize,
    },
    /// The text fits into no bucket.
    TextTooLong(TextTooLong),
    /// The recipient's public key is a point of small order: everybody could open the envelope.
    WeakKey,
}

impl fmt::Display for SealError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SealError::NameTooLong { length } => {
                write!(
                    f,
                    "a name of {length} bytes is longer than {MAX_NAME_BYTES}: use a shorter one"
                )
            }
            SealError::TextTooLong(error) => error.fmt(f),
            SealError::WeakKey => HpkeError::WeakKey.fmt(f),
        }
    }
}

impl std::error::Error for SealError {}

/// The one answer to everything that does not open: not an envelope, not for these names and keys, or changed since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused;

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("refused: not an envelope for these names and keys")
    }
}

impl std::error::Error for Refused {}

/// `envelope = header || HPKE(padded text)` for the holder of `to`; anybody can have made it.
///
/// # Errors
/// [`SealError`].
///
/// ```
/// use messaging_lab::envelope::kem::{EphemeralKey, KeyPair};
/// use messaging_lab::envelope::one_shot::{Names, Refused, open, seal};
/// use messaging_lab::ground::randomness::OsRandomness;
/// let mut randomness = OsRandomness::open()?;
/// let bob = KeyPair::generate(&mut randomness)?;
/// let names = Names { from: "alice", to: "bob" };
/// let fresh = EphemeralKey::generate(&mut randomness)?;
/// let envelope = seal(names, fresh, &bob.public(), b"meet at ten")?;
/// assert_eq!(envelope.len(), 34 + 64 + 16);
/// assert_eq!(open(names, &bob, &envelope)?, b"meet at ten");
/// assert_eq!(open(Names { from: "eve", ..names }, &bob, &envelope), Err(Refused));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn seal(
    names: Names,
    ephemeral: EphemeralKey,
    to: &PublicKey,
    text: &[u8],
) -> Result<Vec<u8>, SealError> {
    seal_from(None, names, ephemeral, to, text)
}

/// [`seal`], so that the recipient can tell that the holder of `from` made it.
///
/// # Errors
/// [`SealError`].
pub fn seal_auth(
    from: &KeyPair,
    names: Names,
    ephemeral: EphemeralKey,
    to: &PublicKey,
    text: &[u8],
) -> Result<Vec<u8>, SealError> {
    seal_from(Some(from), names, ephemeral, to, text)
}

/// The text of [`seal`]'s envelope.
///
/// # Errors
/// [`Refused`] for everything that [`seal`] did not make for these names and this key.
pub fn open(names: Names, ours: &KeyPair, envelope: &[u8]) -> Result<Vec<u8>, Refused> {
    open_from(None, names, ours, envelope)
}

/// The text of [`seal_auth`]'s envelope.
///
/// # Errors
/// [`Refused`] for everything that [`seal_auth`] did not make for these names and these keys, envelopes of [`seal`]
/// included.
pub fn open_auth(
    from: &PublicKey,
    names: Names,
    ours: &KeyPair,
    envelope: &[u8],
) -> Result<Vec<u8>, Refused> {
    open_from(Some(from), names, ours, envelope)
}

fn seal_from(
    from: Option<&KeyPair>,
    names: Names,
    ephemeral: EphemeralKey,
    to: &PublicKey,
    text: &[u8],
) -> Result<Vec<u8>, SealError> {
    let info = info(names)?;
    let mut padded = pad(text).map_err(SealError::TextTooLong)?;
    let mode = if from.is_some() { Mode::Auth } else { Mode::Base };
    let mut envelope = vec![VERSION, mode as u8];
    envelope.extend_from_slice(&ephemeral.public().0);
    let sealed = match from {
        None => hpke::seal_base(ephemeral, to, &info, &envelope, &padded),
        Some(from) => hpke::seal_auth(ephemeral, to, &info, &envelope, &padded, from),
    };
    wipe(&mut padded);
    // A bucket is far below the longest text of HPKE, and message 0 below its last number: only the key can be wrong.
    let (_, sealed) = sealed.map_err(|_| SealError::WeakKey)?;
    envelope.extend_from_slice(&sealed);
    Ok(envelope)
}

fn open_from(
    from: Option<&PublicKey>,
    names: Names,
    ours: &KeyPair,
    envelope: &[u8],
) -> Result<Vec<u8>, Refused> {
    let info = info(names).map_err(|_| Refused)?;
    let (header, sealed) = envelope.split_first_chunk::<HEADER_BYTES>().ok_or(Refused)?;
    let [version, mode, enc @ ..] = header;
    let wanted_mode = if from.is_some() { Mode::Auth } else { Mode::Base };
    // The length says which bucket: what is cut off, or too long, or has something behind it, has the length of none.
    let bucket = sealed.len().checked_sub(TAG_BYTES).ok_or(Refused)?;
    if *version != VERSION || *mode != wanted_mode as u8 || !BUCKETS.contains(&bucket) {
        return Err(Refused);
    }
    let opened = match from {
        None => hpke::open_base(enc, ours, &info, header, sealed),
        Some(from) => hpke::open_auth(enc, ours, &info, header, sealed, from),
    };
    // From here on the bytes are the sender's own.
    let mut text = opened.map_err(|_| Refused)?;
    let length = unpad(&text).map_err(|_| Refused)?.len();
    text.truncate(length);
    Ok(text)
}

/// `info = domain || length of from || from || length of to || to`. The lengths leave one way only to cut it apart:
/// "ab" to "c" is not "a" to "bc".
fn info(names: Names) -> Result<Vec<u8>, SealError> {
    let mut info = DOMAIN.to_vec();
    for name in [names.from, names.to] {
        let length = name.len();
        info.push(u8::try_from(length).map_err(|_| SealError::NameTooLong { length })?);
        info.extend_from_slice(name.as_bytes());
    }
    Ok(info)
}

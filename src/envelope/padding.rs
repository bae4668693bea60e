//! Padding: the length of a text, hidden in a bucket.
//!
//! The idea, before any detail: a cipher hides what a text says and not how long it is, and "yes" is shorter than "no,
//! I am still thinking". So every text is made as long as the smallest bucket that it fits into:
//!
//! ```text
//! padded = text || 0x80 || 0x00 || 0x00 || ...            up to 64, 128, 256, ... or 65 536 bytes
//! ```
//!
//! To undo it: drop the zeros at the end, then the one 0x80. The 0x80 is always there, also where a text ends in zeros
//! of its own, so no two texts have the same padded form.
//!
//! What still shows: which of the eleven buckets it is. And what it costs: at worst the message is about twice as long,
//! and a very short one fills 64 bytes. Larger buckets hide more and cost more.
//!
//! Source: the 0x80 and zeros are ISO/IEC 7816-4's. Signal pads the same way, to multiples of 160 bytes; the doubling
//! buckets are the kit's own.

use std::fmt;

/// The lengths that a padded text can have, in bytes. Each is twice the one before.
pub const BUCKETS: [usize; 11] = [
    64, 128, 256, 512, 1_024, 2_048, 4_096, 8_192, 16_384, 32_768, 65_536,
];

/// 65 535 bytes, the longest text: one byte is needed for the 0x80.
pub const MAX_TEXT_BYTES: usize = BUCKETS[BUCKETS.len() - 1] - 1;

/// What stands between the text and the zeros.
const END_OF_TEXT: u8 = 0x80;

/// The text fits into no bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextTooLong {
    /// How long it is, in bytes.
    pub length: usize,
}

impl fmt::Display for TextTooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = self.length;
        write!(
            f,
            "a text of {length} bytes is longer than {MAX_TEXT_BYTES}: split it"
        )
    }
}

impl std::error::Error for TextTooLong {}

/// The bytes are not what [`pad`] makes of any text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadPadding;

impl fmt::Display for BadPadding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("refused: not a padded text")
    }
}

impl std::error::Error for BadPadding {}

/// `smallest bucket > text_bytes`, because the 0x80 needs a place too.
///
/// # Errors
/// [`TextTooLong`] beyond [`MAX_TEXT_BYTES`].
pub fn bucket_of(text_bytes: usize) -> Result<usize, TextTooLong> {
    let bucket = BUCKETS.into_iter().find(|&bucket| bucket > text_bytes);
    bucket.ok_or(TextTooLong { length: text_bytes })
}

/// `padded = text || 0x80 || zeros`, as long as the smallest bucket that holds it.
///
/// # Errors
/// [`TextTooLong`] beyond [`MAX_TEXT_BYTES`].
///
/// ```
/// use messaging_lab::envelope::padding::{pad, unpad};
/// let padded = pad(b"yes")?;
/// assert_eq!(padded.len(), pad(b"no, I am still thinking")?.len());
/// assert_eq!(unpad(&padded), Ok(&b"yes"[..]));
/// # Ok::<(), messaging_lab::envelope::padding::TextTooLong>(())
/// ```
pub fn pad(text: &[u8]) -> Result<Vec<u8>, TextTooLong> {
    let bucket = bucket_of(text.len())?;
    let mut padded = Vec::with_capacity(bucket);
    padded.extend_from_slice(text);
    padded.push(END_OF_TEXT);
    padded.resize(bucket, 0);
    Ok(padded)
}

/// `text` of [`pad`]'s result.
///
/// Strict: each text has one padded form, and everything else is refused, a larger bucket than needed included.
/// Otherwise a sender could mark messages by their padding, unseen by the reader.
///
/// **Not constant time**: it looks for the 0x80 from the end, so that the time it takes tells how long the text is, to
/// somebody who can time this very phone. Unpad only what a tag has vouched for: then nobody but the sender chose these
/// bytes, and no stranger learns anything by sending others.
///
/// # Errors
/// [`BadPadding`] for everything that [`pad`] does not make.
pub fn unpad(padded: &[u8]) -> Result<&[u8], BadPadding> {
    // The last byte that is not 0 must be the 0x80.
    let end = padded.iter().rposition(|&byte| byte != 0).ok_or(BadPadding)?;
    if padded[end] != END_OF_TEXT || bucket_of(end) != Ok(padded.len()) {
        return Err(BadPadding);
    }
    Ok(&padded[..end])
}

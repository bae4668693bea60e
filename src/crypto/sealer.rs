//! What an app does around the AEAD, and what it can get wrong there.
//!
//! [`aead`] keeps its promise to a user who does four things: takes a nonce of its own for every message,
//! hands the header over together with the text, sends the whole tag, and believes nothing before the tag has been
//! checked. A [`Sealer`] is such a user. A sound one does all four; one with a [`Flaw`] leaves out exactly that one.
//!
//! The flawed ones are for lessons and tests.

use super::aead::{self, AeadError, KEY_BYTES, NONCE_BYTES, TAG_BYTES};
use super::chacha20;
use crate::ground::secret::{Secret, equal};

/// `nonce = 00 00 00 00 || counter`, the counter as 8 bytes, least significant byte first.
///
/// RFC 8439, section 4, accepts a counter as a way to never use a nonce twice. Sections 2.3 and 2.8 leave its form open;
/// this one is the kit's own.
pub fn counter_nonce(counter: u64) -> [u8; NONCE_BYTES] {
    let mut nonce = [0; NONCE_BYTES];
    nonce[NONCE_BYTES - 8..].copy_from_slice(&counter.to_le_bytes());
    nonce
}

/// One step of an app that counts its messages, so that each gets a nonce of its own also after a crash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Writes this number to the disk, in the place of the one that was there, and waits until it is durable.
    Save(u64),
    /// Seals a message under the nonce that this number makes, and sends it.
    Send(u64),
}

/// What a sealer leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flaw {
    /// Its counter is in memory only: after a restart it counts from the beginning, under the same key.
    NonceReused,
    /// The header goes with the message but into no tag.
    HeaderUncovered,
    /// Of the 16 bytes of tag only the first [`CUT_TAG_BYTES`] are sent and checked.
    TagCut,
    /// It opens without looking at the tag.
    TagUnchecked,
}

impl Flaw {
    /// All of them.
    pub const ALL: [Flaw; 4] = [
        Flaw::NonceReused,
        Flaw::HeaderUncovered,
        Flaw::TagCut,
        Flaw::TagUnchecked,
    ];
}

/// How many bytes of tag [`Flaw::TagCut`] leaves: who guesses is right once in 2^32 tries.
pub const CUT_TAG_BYTES: usize = 4;

/// One line of a transcript: what a sealer was given, and what it made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// It sealed a text that nobody had sealed before.
    Sealed {
        /// The nonce that it took.
        nonce: [u8; NONCE_BYTES],
        /// The header that goes with the message, in the clear.
        header: Vec<u8>,
        /// The text.
        text: Vec<u8>,
        /// What it sends: ciphertext, then tag.
        sealed: Vec<u8>,
    },
    /// It was handed these bytes to open.
    Opened {
        /// The nonce that came with them.
        nonce: [u8; NONCE_BYTES],
        /// The header that came with them.
        header: Vec<u8>,
        /// Ciphertext and tag as they came.
        sealed: Vec<u8>,
        /// The text that it shows; `None` if it refused.
        text: Option<Vec<u8>>,
    },
}

/// An app's use of the AEAD under one key.
///
/// ```
/// use messaging_lab::crypto::sealer::{Flaw, Sealer};
/// let mut sound = Sealer::new([7; 32], None);
/// let (nonce, sealed) = sound.seal(b"to Bob", b"meet at ten")?;
/// assert!(sound.open(&nonce, b"to Eve", &sealed).is_err());
/// // The same with a header that goes into no tag:
/// let mut flawed = Sealer::new([7; 32], Some(Flaw::HeaderUncovered));
/// let (nonce, sealed) = flawed.seal(b"to Bob", b"meet at ten")?;
/// assert_eq!(flawed.open(&nonce, b"to Eve", &sealed)?, b"meet at ten");
/// # Ok::<(), messaging_lab::crypto::aead::AeadError>(())
/// ```
pub struct Sealer {
    key: Secret<KEY_BYTES>,
    flaw: Option<Flaw>,
    /// How many messages it has sealed, as far as it remembers.
    counter: u64,
}

impl Sealer {
    /// A sealer that has sealed nothing yet: sound, or with one flaw.
    pub fn new(key: [u8; KEY_BYTES], flaw: Option<Flaw>) -> Self {
        Sealer {
            key: Secret::new(key),
            flaw,
            counter: 0,
        }
    }

    /// The app ends and starts again. A sound one has its counter on the disk.
    pub fn restart(&mut self) {
        if self.flaw == Some(Flaw::NonceReused) {
            self.counter = 0;
        }
    }

    /// `(nonce, ciphertext || tag)` of the next message.
    ///
    /// # Errors
    /// [`AeadError::TooLong`] as [`aead::seal`].
    pub fn seal(&mut self, header: &[u8], text: &[u8]) -> Result<([u8; NONCE_BYTES], Vec<u8>), AeadError> {
        let nonce = counter_nonce(self.counter);
        let mut sealed = aead::seal(self.key.expose(), &nonce, self.covered(header), text)?;
        self.counter += 1;
        if self.flaw == Some(Flaw::TagCut) {
            sealed.truncate(text.len() + CUT_TAG_BYTES);
        }
        Ok((nonce, sealed))
    }

    /// The text of `ciphertext || tag`.
    ///
    /// # Errors
    /// [`AeadError::Refused`] where the tag does not fit, as far as this sealer looks at it.
    pub fn open(
        &self,
        nonce: &[u8; NONCE_BYTES],
        header: &[u8],
        sealed: &[u8],
    ) -> Result<Vec<u8>, AeadError> {
        match self.flaw {
            Some(Flaw::TagUnchecked) => {
                let (text, _) = self.decrypted(nonce, sealed, TAG_BYTES)?;
                Ok(text)
            }
            Some(Flaw::TagCut) => {
                let (text, tag) = self.decrypted(nonce, sealed, CUT_TAG_BYTES)?;
                let again = aead::seal(self.key.expose(), nonce, header, &text)?;
                if !equal(&again[text.len()..][..CUT_TAG_BYTES], &tag) {
                    return Err(AeadError::Refused);
                }
                Ok(text)
            }
            Some(Flaw::NonceReused | Flaw::HeaderUncovered) | None => {
                aead::open(self.key.expose(), nonce, self.covered(header), sealed)
            }
        }
    }

    /// What of the header goes into the tag.
    fn covered<'a>(&self, header: &'a [u8]) -> &'a [u8] {
        match self.flaw {
            Some(Flaw::HeaderUncovered) => &[],
            _ => header,
        }
    }

    /// The text of `sealed`, without any check, and the tag bytes at its end.
    fn decrypted(
        &self,
        nonce: &[u8; NONCE_BYTES],
        sealed: &[u8],
        tag_bytes: usize,
    ) -> Result<(Vec<u8>, Vec<u8>), AeadError> {
        let length = sealed.len().checked_sub(tag_bytes).ok_or(AeadError::Refused)?;
        let mut text = sealed[..length].to_vec();
        chacha20::xor(self.key.expose(), 1, nonce, &mut text).map_err(|_| AeadError::Refused)?;
        Ok((text, sealed[length..].to_vec()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_flaw_shows_in_one_place_and_a_sound_sealer_nowhere() {
        for flaw in Flaw::ALL.map(Some).into_iter().chain([None]) {
            let mut sealer = Sealer::new([7; KEY_BYTES], flaw);
            let (nonce, sealed) = sealer.seal(b"to Bob", b"meet at ten").unwrap();
            sealer.restart();
            let (second, _) = sealer.seal(b"to Bob", b"bring candles").unwrap();
            let opens = |header: &[u8], sealed: &[u8]| sealer.open(&nonce, header, sealed).is_ok();
            assert!(opens(b"to Bob", &sealed), "{flaw:?}");
            let changed = |at: usize| {
                let mut changed = sealed.clone();
                changed[at] ^= 1;
                changed
            };
            let unchecked = flaw == Some(Flaw::TagUnchecked);
            assert_eq!(opens(b"to Bob", &changed(0)), unchecked, "{flaw:?}");
            assert_eq!(
                opens(b"to Bob", &changed(sealed.len() - 1)),
                unchecked,
                "{flaw:?}"
            );
            assert_eq!(
                opens(b"to Bob", &sealed[..sealed.len() - 1]),
                unchecked,
                "{flaw:?}"
            );
            let uncovered = flaw == Some(Flaw::HeaderUncovered) || unchecked;
            assert_eq!(opens(b"to Eve", &sealed), uncovered, "{flaw:?}");
            assert_eq!(
                sealed.len() < 11 + TAG_BYTES,
                flaw == Some(Flaw::TagCut),
                "{flaw:?}"
            );
            assert_eq!(nonce == second, flaw == Some(Flaw::NonceReused), "{flaw:?}");
            assert!(!opens(b"to Bob", b"abc"), "{flaw:?}");
        }
    }

    #[test]
    fn a_sound_sealer_is_the_aead_and_nothing_else() {
        let mut sealer = Sealer::new([7; KEY_BYTES], None);
        for counter in 0..3 {
            let (nonce, sealed) = sealer.seal(b"to Bob", b"meet at ten").unwrap();
            assert_eq!(nonce, counter_nonce(counter));
            assert_eq!(
                Ok(sealed),
                aead::seal(&[7; KEY_BYTES], &nonce, b"to Bob", b"meet at ten")
            );
        }
    }

    #[test]
    fn every_counter_makes_another_nonce() {
        assert_eq!(counter_nonce(0), [0; NONCE_BYTES]);
        assert_eq!(counter_nonce(0x0102), [0, 0, 0, 0, 2, 1, 0, 0, 0, 0, 0, 0]);
        assert_eq!(
            counter_nonce(u64::MAX),
            [0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255]
        );
    }
}

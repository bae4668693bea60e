//! Contexts of HPKE: many messages under one key, each under a nonce of its own (RFC 9180, sections 5.2 and 5.3).
//!
//! The idea, before any detail: both sides count.
//!
//! ```text
//! nonce of message i = base_nonce xor i                          i = 0, 1, 2, ... and never the same twice
//! ```
//!
//! The number does not travel. A message that is missing, repeated or out of its place meets another nonce at the
//! recipient's and does not open; and whoever counts past the last number would begin again, so nobody does.

use super::hpke::{HpkeError, Keys, SUITE_ID};
use super::labeled::labeled_expand;
use crate::crypto::aead::{self, NONCE_BYTES};
use crate::ground::secret::Secret;

/// `nonce = base_nonce xor I2OSP(sequence_number, 12)`.
///
/// RFC 9180, section 5.2, `ComputeNonce`.
pub fn compute_nonce(base_nonce: &[u8; NONCE_BYTES], sequence_number: u64) -> [u8; NONCE_BYTES] {
    let mut nonce = *base_nonce;
    // Big-endian in the last eight of the twelve bytes; the four above them stay as they are.
    for (byte, counter) in nonce[4..].iter_mut().zip(sequence_number.to_be_bytes()) {
        *byte ^= counter;
    }
    nonce
}

/// `sequence_number + 1`, what a context counts to after a message.
///
/// The RFC counts up to 2^96 - 1 and allows a shorter counter. This one ends at 2^64 - 1, which itself is not used.
///
/// # Errors
/// [`HpkeError::MessageLimit`] where there is no next number: one that went round would repeat a nonce.
///
/// RFC 9180, section 5.2, `IncrementSeq`.
pub const fn next_sequence_number(sequence_number: u64) -> Result<u64, HpkeError> {
    match sequence_number.checked_add(1) {
        Some(next) => Ok(next),
        None => Err(HpkeError::MessageLimit),
    }
}

/// What both sides have: keys, and the number of the next message.
#[derive(Debug)]
struct Context {
    keys: Keys,
    sequence_number: u64,
}

impl Context {
    fn new(keys: Keys) -> Self {
        Context {
            keys,
            sequence_number: 0,
        }
    }

    fn nonce(&self) -> [u8; NONCE_BYTES] {
        compute_nonce(self.keys.base_nonce.expose(), self.sequence_number)
    }

    /// `LabeledExpand(exporter_secret, "sec", exporter_context, L)`
    fn export<const N: usize>(&self, exporter_context: &[u8]) -> Secret<N> {
        labeled_expand(&SUITE_ID, &self.keys.exporter_secret, "sec", exporter_context)
    }
}

/// Seals messages 0, 1, 2, ... for one recipient. No `Clone`: two of them would use each nonce twice.
#[derive(Debug)]
pub struct SenderContext(Context);

impl SenderContext {
    /// The context of a key schedule, before message 0.
    pub fn new(keys: Keys) -> Self {
        SenderContext(Context::new(keys))
    }

    /// The next message, sealed: 16 bytes longer than `text`. `associated_data` is covered and not part of it.
    ///
    /// # Errors
    /// [`HpkeError::MessageLimit`], [`HpkeError::TooLong`]. The number of the next message is then the same as before.
    ///
    /// RFC 9180, section 5.2, `ContextS.Seal`.
    pub fn seal(&mut self, associated_data: &[u8], text: &[u8]) -> Result<Vec<u8>, HpkeError> {
        let next = next_sequence_number(self.0.sequence_number)?;
        // ct = Seal(self.key, self.ComputeNonce(self.seq), aad, pt)
        let sealed = aead::seal(self.0.keys.key.expose(), &self.0.nonce(), associated_data, text)?;
        // self.IncrementSeq()
        self.0.sequence_number = next;
        Ok(sealed)
    }

    /// `N` secret bytes that the recipient can compute too, others for every `exporter_context` and every `N`.
    ///
    /// RFC 9180, section 5.3.
    pub fn export<const N: usize>(&self, exporter_context: &[u8]) -> Secret<N> {
        self.0.export(exporter_context)
    }
}

/// Opens messages 0, 1, 2, ... of one sender, in this order and without a gap.
#[derive(Debug)]
pub struct RecipientContext(Context);

impl RecipientContext {
    /// The context of a key schedule, before message 0.
    pub fn new(keys: Keys) -> Self {
        RecipientContext(Context::new(keys))
    }

    /// The text of the next message.
    ///
    /// # Errors
    /// [`HpkeError::Refused`] if it is not that, [`HpkeError::MessageLimit`]. The number of the next message is then
    /// the same as before, so that a forged message does not stand in the way of the genuine one.
    ///
    /// RFC 9180, section 5.2, `ContextR.Open`.
    pub fn open(&mut self, associated_data: &[u8], sealed: &[u8]) -> Result<Vec<u8>, HpkeError> {
        let next = next_sequence_number(self.0.sequence_number)?;
        // pt = Open(self.key, self.ComputeNonce(self.seq), aad, ct); if pt == OpenError: raise OpenError
        let text = aead::open(self.0.keys.key.expose(), &self.0.nonce(), associated_data, sealed)?;
        // self.IncrementSeq()
        self.0.sequence_number = next;
        Ok(text)
    }

    /// The same bytes as [`SenderContext::export`].
    pub fn export<const N: usize>(&self, exporter_context: &[u8]) -> Secret<N> {
        self.0.export(exporter_context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::envelope::hpke::{Mode, key_schedule};

    /// Both sides, about to use `sequence_number`. From outside nobody can get there: it takes too many messages.
    fn both_at(sequence_number: u64) -> (SenderContext, RecipientContext) {
        let context = || Context {
            keys: key_schedule(Mode::Base, &Secret::new([1; 32]), b""),
            sequence_number,
        };
        (SenderContext(context()), RecipientContext(context()))
    }

    #[test]
    fn no_number_is_used_twice_at_the_end_of_the_range() {
        let (mut sender, mut recipient) = both_at(u64::MAX - 1);
        let last = sender.seal(b"", b"the last one").expect("one is left");
        assert_eq!(sender.seal(b"", b"one too many"), Err(HpkeError::MessageLimit));
        assert_eq!(sender.seal(b"", b"and again"), Err(HpkeError::MessageLimit));
        assert_eq!(recipient.open(b"", &last).as_deref(), Ok(&b"the last one"[..]));
        assert_eq!(recipient.open(b"", &last), Err(HpkeError::MessageLimit));
        // The secrets of a full context can still be exported.
        assert_eq!(sender.export::<32>(b"x"), recipient.export(b"x"));
    }
}

//! HPKE: sealed messages for somebody whose public key is known (RFC 9180).
//!
//! The idea, before any detail:
//!
//! ```text
//! shared_secret, enc = encapsulate for the recipient's public key               see `kem`
//! key, base_nonce    = KDF(shared_secret, mode, info)                           info: what both sides must agree on
//! message i          = AEAD(key, base_nonce xor i, associated data, text)       i counts from 0
//! ```
//!
//! The suite is DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305. Of the four modes two are here: **base**,
//! in which anybody can be the sender, and **auth**, in which the sender proves to have a private key.
//!
//! What it does not do (section 9.7): whoever steals the recipient's key reads all that was ever sealed for it; a
//! message delivered again opens again in a new context; lengths show; and in auth mode somebody with the RECIPIENT's
//! key can write to him in anybody's name.

use std::fmt;

use super::context::{RecipientContext, SenderContext};
use super::kem::{self, ENC_BYTES, EphemeralKey, KEM_ID, KeyPair, PublicKey, SharedSecret};
use super::labeled::{labeled_expand, labeled_extract};
use crate::crypto::aead::{AeadError, KEY_BYTES, NONCE_BYTES};
use crate::crypto::x25519::AllZeroShare;
use crate::ground::secret::Secret;

/// The number of HKDF-SHA256, 0x0001 (section 7.2).
pub const KDF_ID: [u8; 2] = [0x00, 0x01];

/// The number of ChaCha20-Poly1305, 0x0003 (section 7.3).
pub const AEAD_ID: [u8; 2] = [0x00, 0x03];

/// `suite_id = "HPKE" || I2OSP(kem_id, 2) || I2OSP(kdf_id, 2) || I2OSP(aead_id, 2)` (section 5.1).
#[rustfmt::skip]
pub(super) const SUITE_ID: [u8; 10] = [
    b'H', b'P', b'K', b'E', KEM_ID[0], KEM_ID[1], KDF_ID[0], KDF_ID[1], AEAD_ID[0], AEAD_ID[1],
];

/// Who can have been the sender (section 5, table 1). The number goes into every key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Anybody.
    Base = 0x00,
    /// The holder of a private key, or the recipient.
    Auth = 0x02,
}

/// Why nothing was sealed or opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HpkeError {
    /// A public key is a point of small order: the secret would be known to everybody.
    WeakKey,
    /// Not sealed for this context, or not as its next message, or changed since. Which of them is not said.
    Refused,
    /// The last sequence number is used up: a further message would repeat a nonce.
    MessageLimit,
    /// The text is longer than [`MAX_PLAINTEXT_BYTES`](crate::crypto::aead::MAX_PLAINTEXT_BYTES).
    TooLong,
}

impl fmt::Display for HpkeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            HpkeError::WeakKey => {
                "a public key gives a secret that everybody knows: ask its owner for another"
            }
            HpkeError::Refused => "refused: not the next message that was sealed for this context",
            HpkeError::MessageLimit => "the context has sealed its last message: set up a new one",
            HpkeError::TooLong => "the text is longer than one nonce can seal: split it",
        })
    }
}

impl std::error::Error for HpkeError {}

impl From<AllZeroShare> for HpkeError {
    fn from(_: AllZeroShare) -> Self {
        HpkeError::WeakKey
    }
}

impl From<AeadError> for HpkeError {
    fn from(error: AeadError) -> Self {
        match error {
            AeadError::TooLong => HpkeError::TooLong,
            AeadError::Refused => HpkeError::Refused,
        }
    }
}

// The key schedule: from one secret to the keys of a context (section 5.1).

/// `key_schedule_context = mode || psk_id_hash || info_hash`: 65 bytes that sender and recipient must agree on.
///
/// Both modes here have no pre-shared key, so its ID is empty.
///
/// RFC 9180, section 5.1, `KeySchedule`.
pub fn key_schedule_context(mode: Mode, info: &[u8]) -> [u8; 65] {
    // psk_id_hash = LabeledExtract("", "psk_id_hash", psk_id)
    let psk_id_hash = labeled_extract(&SUITE_ID, b"", "psk_id_hash", b"");
    // info_hash = LabeledExtract("", "info_hash", info)
    let info_hash = labeled_extract(&SUITE_ID, b"", "info_hash", info);
    // key_schedule_context = concat(mode, psk_id_hash, info_hash)
    let mut context = [0; 65];
    context[0] = mode as u8;
    context[1..33].copy_from_slice(psk_id_hash.expose());
    context[33..].copy_from_slice(info_hash.expose());
    context
}

/// `secret = LabeledExtract(shared_secret, "secret", psk)`, with an empty psk: 32 bytes.
///
/// RFC 9180, section 5.1, `KeySchedule`.
pub fn schedule_secret(shared_secret: &SharedSecret) -> Secret<32> {
    labeled_extract(&SUITE_ID, shared_secret.expose(), "secret", b"")
}

/// What the key schedule makes.
#[derive(Debug)]
pub struct Keys {
    /// Seals and opens.
    pub key: Secret<KEY_BYTES>,
    /// The nonce of message 0, and what the others are made of.
    pub base_nonce: Secret<NONCE_BYTES>,
    /// What other secrets are exported from.
    pub exporter_secret: Secret<32>,
}

/// `key, base_nonce, exporter_secret = LabeledExpand(secret, "key" / "base_nonce" / "exp", key_schedule_context)`.
///
/// RFC 9180, section 5.1, `KeySchedule`.
pub fn key_schedule(mode: Mode, shared_secret: &SharedSecret, info: &[u8]) -> Keys {
    let context = key_schedule_context(mode, info);
    let secret = schedule_secret(shared_secret);
    Keys {
        // key = LabeledExpand(secret, "key", key_schedule_context, Nk)
        key: labeled_expand(&SUITE_ID, &secret, "key", &context),
        // base_nonce = LabeledExpand(secret, "base_nonce", key_schedule_context, Nn)
        base_nonce: labeled_expand(&SUITE_ID, &secret, "base_nonce", &context),
        // exporter_secret = LabeledExpand(secret, "exp", key_schedule_context, Nh)
        exporter_secret: labeled_expand(&SUITE_ID, &secret, "exp", &context),
    }
}

// Setting up: an encapsulation, and the key schedule on both sides (sections 5.1.1 and 5.1.3).

/// `(enc, context)` for the holder of `to`, from anybody. `info` is what both sides must agree on.
///
/// # Errors
/// [`HpkeError::WeakKey`] if `to` is a point of small order.
///
/// RFC 9180, section 5.1.1, `SetupBaseS`.
pub fn setup_base_sender(
    ephemeral: EphemeralKey,
    to: &PublicKey,
    info: &[u8],
) -> Result<([u8; ENC_BYTES], SenderContext), HpkeError> {
    let (shared_secret, enc) = kem::encap(ephemeral, to)?;
    let keys = key_schedule(Mode::Base, &shared_secret, info);
    Ok((enc, SenderContext::new(keys)))
}

/// The recipient's side of [`setup_base_sender`].
///
/// # Errors
/// [`HpkeError::WeakKey`] if `enc` is a point of small order. Nothing else is noticed before a message is opened.
///
/// RFC 9180, section 5.1.1, `SetupBaseR`.
pub fn setup_base_recipient(
    enc: &[u8; ENC_BYTES],
    ours: &KeyPair,
    info: &[u8],
) -> Result<RecipientContext, HpkeError> {
    let shared_secret = kem::decap(enc, ours)?;
    Ok(RecipientContext::new(key_schedule(
        Mode::Base,
        &shared_secret,
        info,
    )))
}

/// `(enc, context)` for the holder of `to`, who will know that the holder of `from` is at the other end.
///
/// It proves the key and no name: who wants a name covered puts it into `info` (section 5.1.3).
///
/// # Errors
/// [`HpkeError::WeakKey`] if `to` is a point of small order.
///
/// RFC 9180, section 5.1.3, `SetupAuthS`.
pub fn setup_auth_sender(
    ephemeral: EphemeralKey,
    to: &PublicKey,
    info: &[u8],
    from: &KeyPair,
) -> Result<([u8; ENC_BYTES], SenderContext), HpkeError> {
    let (shared_secret, enc) = kem::auth_encap(ephemeral, to, from)?;
    let keys = key_schedule(Mode::Auth, &shared_secret, info);
    Ok((enc, SenderContext::new(keys)))
}

/// The recipient's side of [`setup_auth_sender`].
///
/// # Errors
/// [`HpkeError::WeakKey`] if `enc` or `from` is a point of small order.
///
/// RFC 9180, section 5.1.3, `SetupAuthR`.
pub fn setup_auth_recipient(
    enc: &[u8; ENC_BYTES],
    ours: &KeyPair,
    info: &[u8],
    from: &PublicKey,
) -> Result<RecipientContext, HpkeError> {
    let shared_secret = kem::auth_decap(enc, ours, from)?;
    Ok(RecipientContext::new(key_schedule(
        Mode::Auth,
        &shared_secret,
        info,
    )))
}

// Single shots: a context for one message (section 6.1). A pair of `enc` and sealed text is the whole of it.

/// `(enc, sealed)`: one text for the holder of `to`, from anybody.
///
/// Both `info` and `associated_data` are covered and neither travels; one of them is enough (section 8.1).
///
/// # Errors
/// [`HpkeError::WeakKey`], [`HpkeError::TooLong`].
///
/// RFC 9180, section 6.1, `SealBase`.
///
/// ```
/// use messaging_lab::envelope::hpke::{HpkeError, open_base, seal_base};
/// use messaging_lab::envelope::kem::{EphemeralKey, KeyPair};
/// use messaging_lab::ground::randomness::OsRandomness;
/// let mut randomness = OsRandomness::open()?;
/// let bob = KeyPair::generate(&mut randomness)?;
/// let fresh = EphemeralKey::generate(&mut randomness)?;
/// let (enc, sealed) = seal_base(fresh, &bob.public(), b"to Bob", b"", b"meet at ten")?;
/// assert_eq!(open_base(&enc, &bob, b"to Bob", b"", &sealed)?, b"meet at ten");
/// assert_eq!(open_base(&enc, &bob, b"to Eve", b"", &sealed), Err(HpkeError::Refused));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn seal_base(
    ephemeral: EphemeralKey,
    to: &PublicKey,
    info: &[u8],
    associated_data: &[u8],
    text: &[u8],
) -> Result<([u8; ENC_BYTES], Vec<u8>), HpkeError> {
    // enc, ctx = SetupBaseS(pkR, info); ct = ctx.Seal(aad, pt); return enc, ct
    let (enc, mut context) = setup_base_sender(ephemeral, to, info)?;
    Ok((enc, context.seal(associated_data, text)?))
}

/// The text of [`seal_base`].
///
/// # Errors
/// [`HpkeError::Refused`], [`HpkeError::WeakKey`].
///
/// RFC 9180, section 6.1, `OpenBase`.
pub fn open_base(
    enc: &[u8; ENC_BYTES],
    ours: &KeyPair,
    info: &[u8],
    associated_data: &[u8],
    sealed: &[u8],
) -> Result<Vec<u8>, HpkeError> {
    // ctx = SetupBaseR(enc, skR, info); return ctx.Open(aad, ct)
    setup_base_recipient(enc, ours, info)?.open(associated_data, sealed)
}

/// `(enc, sealed)`: one text for the holder of `to`, from the holder of `from`.
///
/// # Errors
/// [`HpkeError::WeakKey`], [`HpkeError::TooLong`].
///
/// RFC 9180, section 6.1, `SealAuth`.
pub fn seal_auth(
    ephemeral: EphemeralKey,
    to: &PublicKey,
    info: &[u8],
    associated_data: &[u8],
    text: &[u8],
    from: &KeyPair,
) -> Result<([u8; ENC_BYTES], Vec<u8>), HpkeError> {
    // enc, ctx = SetupAuthS(pkR, info, skS); ct = ctx.Seal(aad, pt); return enc, ct
    let (enc, mut context) = setup_auth_sender(ephemeral, to, info, from)?;
    Ok((enc, context.seal(associated_data, text)?))
}

/// The text of [`seal_auth`].
///
/// # Errors
/// [`HpkeError::Refused`], also for another sender than `from`; [`HpkeError::WeakKey`].
///
/// RFC 9180, section 6.1, `OpenAuth`.
pub fn open_auth(
    enc: &[u8; ENC_BYTES],
    ours: &KeyPair,
    info: &[u8],
    associated_data: &[u8],
    sealed: &[u8],
    from: &PublicKey,
) -> Result<Vec<u8>, HpkeError> {
    // ctx = SetupAuthR(enc, skR, info, pkS); return ctx.Open(aad, ct)
    setup_auth_recipient(enc, ours, info, from)?.open(associated_data, sealed)
}

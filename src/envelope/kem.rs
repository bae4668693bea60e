//! DHKEM(X25519, HKDF-SHA256): a fresh secret for somebody whose public key is known (RFC 9180, section 4.1).
//!
//! The idea, before any detail: a Diffie-Hellman of which one side was made for this one message.
//!
//! ```text
//! sender:     e = fresh private key        enc = e*G travels        secret = KDF(e*R,  enc, R)
//! recipient:  r = own private key, R = r*G                          secret = KDF(r*enc, enc, R)
//! ```
//!
//! Anybody can do the sender's part, so nothing here says who did. In the authenticated form a second Diffie-Hellman,
//! of the sender's lasting key and the recipient's, goes into the secret too: only two people can compute that one.
//!
//! Why `enc` and the public keys go into the KDF: the shared point alone does not say whose keys it came from, and
//! another spelling of the same `enc` would give the same secret. With them, who changes a key changes the secret.

pub use super::keys::{KeyPair, PublicKey};
use super::labeled::{labeled_expand, labeled_extract};
use crate::crypto::x25519::{AllZeroShare, KEY_BYTES};
use crate::ground::randomness::{Randomness, RandomnessError};
use crate::ground::secret::{Secret, wipe};

/// The number of DHKEM(X25519, HKDF-SHA256), 0x0020 (section 7.1).
pub const KEM_ID: [u8; 2] = [0x00, 0x20];

/// Bytes of an encapsulation, which is a public key.
pub const ENC_BYTES: usize = KEY_BYTES;

/// `suite_id = "KEM" || I2OSP(kem_id, 2)` (section 4.1).
const SUITE_ID: [u8; 5] = [b'K', b'E', b'M', KEM_ID[0], KEM_ID[1]];

impl KeyPair {
    /// `private = LabeledExpand(LabeledExtract("", "dkp_prk", ikm), "sk", "", 32)`: always the same pair from the same
    /// `ikm`, which should be 32 bytes or more that nobody can guess.
    ///
    /// RFC 9180, section 7.1.3, `DeriveKeyPair`.
    pub fn derive(ikm: &[u8]) -> Self {
        // dkp_prk = LabeledExtract("", "dkp_prk", ikm)
        let dkp_prk = labeled_extract(&SUITE_ID, b"", "dkp_prk", ikm);
        // sk = LabeledExpand(dkp_prk, "sk", "", Nsk); return (sk, pk(sk))
        Self::from_private(labeled_expand(&SUITE_ID, &dkp_prk, "sk", b""))
    }
}

/// A sender's key pair for **one** encapsulation: it cannot be cloned, and an encapsulation takes it away.
///
/// Used twice for the same recipient it would give the same secret twice, and two messages under one key and nonce lay
/// each other open. So the second use does not compile:
///
/// ```compile_fail,E0382
/// # use messaging_lab::envelope::kem::{EphemeralKey, KeyPair, encap};
/// let (bob, ephemeral) = (KeyPair::derive(&[1; 32]), EphemeralKey::derive(&[2; 32]));
/// let first = encap(ephemeral, &bob.public());
/// let second = encap(ephemeral, &bob.public());
/// ```
#[derive(Debug)]
pub struct EphemeralKey(KeyPair);

impl EphemeralKey {
    /// A fresh one.
    ///
    /// # Errors
    /// [`RandomnessError`] if the source has nothing to give.
    pub fn generate(randomness: &mut impl Randomness) -> Result<Self, RandomnessError> {
        KeyPair::generate(randomness).map(EphemeralKey)
    }

    /// The one that belongs to `ikm`, for published vectors and repeatable lessons. **Never twice from the same
    /// `ikm`.**
    pub fn derive(ikm: &[u8]) -> Self {
        EphemeralKey(KeyPair::derive(ikm))
    }

    /// The half that travels: it is the encapsulation.
    pub fn public(&self) -> PublicKey {
        self.0.public()
    }
}

/// What an encapsulation gives to both sides: 32 secret bytes.
pub type SharedSecret = Secret<32>;

/// `(shared_secret, enc)`: a fresh secret for the holder of `to`, and what the holder needs to compute it.
///
/// # Errors
/// [`AllZeroShare`] if `to` is a point of small order: the secret would be known to everybody.
///
/// RFC 9180, section 4.1, `Encap`.
///
/// ```
/// use messaging_lab::envelope::kem::{EphemeralKey, KeyPair, decap, encap};
/// use messaging_lab::ground::randomness::OsRandomness;
/// let mut randomness = OsRandomness::open()?;
/// let bob = KeyPair::generate(&mut randomness)?;
/// let (secret, enc) = encap(EphemeralKey::generate(&mut randomness)?, &bob.public())?;
/// assert_eq!(decap(&enc, &bob)?, secret);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn encap(
    ephemeral: EphemeralKey,
    to: &PublicKey,
) -> Result<(SharedSecret, [u8; ENC_BYTES]), AllZeroShare> {
    // skE, pkE = GenerateKeyPair(): `ephemeral`. dh = DH(skE, pkR)
    let dh = ephemeral.0.agree(to)?;
    // enc = SerializePublicKey(pkE)
    let enc = ephemeral.public().0;
    // kem_context = concat(enc, pkRm)
    let kem_context = [enc, to.0].concat();
    Ok((extract_and_expand(dh.expose(), &kem_context), enc))
}

/// `shared_secret` of [`encap`], for the holder of the key that it was made for.
///
/// # Errors
/// [`AllZeroShare`] if `enc` is a point of small order.
///
/// RFC 9180, section 4.1, `Decap`.
pub fn decap(enc: &[u8; ENC_BYTES], ours: &KeyPair) -> Result<SharedSecret, AllZeroShare> {
    // pkE = DeserializePublicKey(enc); dh = DH(skR, pkE)
    let dh = ours.agree(&PublicKey(*enc))?;
    // kem_context = concat(enc, pkRm)
    let kem_context = [*enc, ours.public().0].concat();
    Ok(extract_and_expand(dh.expose(), &kem_context))
}

/// [`encap`] that only the holder of `from` can do, apart from the recipient.
///
/// "Apart from": who has the recipient's private key can make messages **to him** in anybody's name (section 9.1.1).
/// That is why it proves the sender to the recipient and to nobody else.
///
/// # Errors
/// [`AllZeroShare`] if `to` is a point of small order.
///
/// RFC 9180, section 4.1, `AuthEncap`.
pub fn auth_encap(
    ephemeral: EphemeralKey,
    to: &PublicKey,
    from: &KeyPair,
) -> Result<(SharedSecret, [u8; ENC_BYTES]), AllZeroShare> {
    // dh = concat(DH(skE, pkR), DH(skS, pkR))
    let dh = both(&ephemeral.0.agree(to)?, &from.agree(to)?);
    // enc = SerializePublicKey(pkE)
    let enc = ephemeral.public().0;
    // kem_context = concat(enc, pkRm, pkSm)
    let kem_context = [enc, to.0, from.public().0].concat();
    Ok((extract_and_expand(dh.expose(), &kem_context), enc))
}

/// `shared_secret` of [`auth_encap`]. With another sender than `from` it is another secret, and nothing will open under
/// it.
///
/// # Errors
/// [`AllZeroShare`] if `enc` or `from` is a point of small order.
///
/// RFC 9180, section 4.1, `AuthDecap`.
pub fn auth_decap(
    enc: &[u8; ENC_BYTES],
    ours: &KeyPair,
    from: &PublicKey,
) -> Result<SharedSecret, AllZeroShare> {
    // pkE = DeserializePublicKey(enc); dh = concat(DH(skR, pkE), DH(skR, pkS))
    let dh = both(&ours.agree(&PublicKey(*enc))?, &ours.agree(from)?);
    // kem_context = concat(enc, pkRm, pkSm)
    let kem_context = [*enc, ours.public().0, from.0].concat();
    Ok(extract_and_expand(dh.expose(), &kem_context))
}

/// `shared_secret = LabeledExpand(LabeledExtract("", "eae_prk", dh), "shared_secret", kem_context, 32)`.
///
/// RFC 9180, section 4.1, `ExtractAndExpand`.
fn extract_and_expand(dh: &[u8], kem_context: &[u8]) -> SharedSecret {
    // eae_prk = LabeledExtract("", "eae_prk", dh)
    let eae_prk = labeled_extract(&SUITE_ID, b"", "eae_prk", dh);
    // shared_secret = LabeledExpand(eae_prk, "shared_secret", kem_context, Nsecret)
    labeled_expand(&SUITE_ID, &eae_prk, "shared_secret", kem_context)
}

/// `first || second`.
fn both(first: &Secret<KEY_BYTES>, second: &Secret<KEY_BYTES>) -> Secret<{ 2 * KEY_BYTES }> {
    let mut joined = [0; 2 * KEY_BYTES];
    joined[..KEY_BYTES].copy_from_slice(first.expose());
    joined[KEY_BYTES..].copy_from_slice(second.expose());
    let secret = Secret::new(joined);
    wipe(&mut joined);
    secret
}

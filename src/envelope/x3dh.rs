//! X3DH: the first key between two people of whom one is asleep (Signal, "The X3DH Key Agreement Protocol", 2016).
//!
//! The idea, before any detail: several agreements at once, each for a reason, and one key from all of them.
//!
//! ```text
//! DH1 = (IK_A, SPK_B)     only Alice can have made it: Bob knows who writes
//! DH2 = (EK_A, IK_B)      only Bob can open it: Alice knows who reads
//! DH3 = (EK_A, SPK_B)     Alice's key was made for this message, Bob's lives a week: both get forgotten
//! DH4 = (EK_A, OPK_B)     Bob's key is used once and deleted with the first opening (if one was left)
//! SK  = HKDF(32 zero bytes, 0xFF x 32 || DH1 || DH2 || DH3 || DH4, info)
//! ```
//!
//! IK is an identity key, SPK the signed pre-key, OPK a one-time pre-key, EK an ephemeral key: made now, gone in a moment.
//!
//! What it does not do: say whose key an identity key is. Both people have to compare that.

use super::bundle::VerifiedBundle;
use super::error::EnvelopeError;
use super::identity::{Identity, IdentityPublic};
use super::keys::{ENCODED_BYTES, KeyPair, PublicKey, encode, into_secret};
use super::prekeys::PreKeys;
use crate::crypto::hkdf;
use crate::crypto::x25519::KEY_BYTES;
use crate::ground::randomness::Randomness;
use crate::ground::secret::{Secret, wipe};

/// The application's name in the first key, so that the same keys in another application give another one (section 2.1).
pub const INFO: &[u8] = b"messaging-lab X3DH";

/// Bytes in the associated data: two encoded public keys.
pub const AD_BYTES: usize = 2 * ENCODED_BYTES;

/// `SK = HKDF(salt = 32 zero bytes, ikm = 0xFF x 32 || DH1 || DH2 || DH3 [|| DH4], info)`: 32 bytes.
///
/// The 32 bytes 0xFF in front keep this apart from what XEdDSA hashes with the same identity key: nothing there begins so.
///
/// X3DH, section 2.2, `KDF(KM)`, and section 3.3.
pub fn shared_secret(
    dh1: &[u8; 32],
    dh2: &[u8; 32],
    dh3: &[u8; 32],
    dh4: Option<&[u8; 32]>,
    info: &[u8],
) -> [u8; 32] {
    // F || KM, where F is 32 bytes 0xFF; KM = DH1 || DH2 || DH3 [|| DH4]
    let mut key_material = [0xff; 32 * 5];
    for (place, dh) in key_material[32..]
        .chunks_exact_mut(32)
        .zip([Some(dh1), Some(dh2), Some(dh3), dh4].into_iter().flatten())
    {
        place.copy_from_slice(dh);
    }
    let used = if dh4.is_some() { 32 * 5 } else { 32 * 4 };
    // HKDF salt = a zero-filled byte sequence with length equal to the hash output length
    let secret = hkdf::derive(&[0; 32], &key_material[..used], info);
    wipe(&mut key_material);
    secret
}

/// `AD = Encode(IK_A) || Encode(IK_B)`, A being whoever began: 66 bytes that every message of the session is bound to.
///
/// X3DH, section 3.3.
pub fn associated_data(initiator: &[u8; KEY_BYTES], responder: &[u8; KEY_BYTES]) -> [u8; AD_BYTES] {
    let mut ad = [0; AD_BYTES];
    ad[..ENCODED_BYTES].copy_from_slice(&encode(initiator));
    ad[ENCODED_BYTES..].copy_from_slice(&encode(responder));
    ad
}

/// What Alice tells Bob in the clear with the first message, so that he can compute the same key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Introduction {
    /// `IK_A`.
    pub identity: IdentityPublic,
    /// `EK_A`.
    pub ephemeral: PublicKey,
    /// Which of Bob's signed pre-keys she used.
    pub signed_id: u32,
    /// Which of his one-time pre-keys, if he had one left.
    pub one_time_id: Option<u32>,
}

/// The result on either side. It is used once, to begin a ratchet: no `Clone`.
#[derive(Debug)]
pub struct FirstKey {
    /// `SK`.
    pub secret: Secret<32>,
    /// `AD`.
    pub associated_data: [u8; AD_BYTES],
}

/// Alice's side: `(SK, AD)` and what to tell Bob.
///
/// # Errors
/// [`EnvelopeError::Refused`] if a key of the bundle is of small order; [`EnvelopeError::NoRandomness`].
///
/// X3DH, section 3.3.
pub fn initiate(
    ours: &Identity,
    theirs: &VerifiedBundle,
    randomness: &mut impl Randomness,
) -> Result<(FirstKey, Introduction), EnvelopeError> {
    let bundle = theirs.bundle();
    // Alice then generates an ephemeral key pair with public key EK_A.
    let ephemeral = KeyPair::generate(randomness)?;
    // DH1 = DH(IK_A, SPK_B)
    let dh1 = ours.agree(&bundle.signed.key)?;
    // DH2 = DH(EK_A, IK_B)
    let dh2 = ephemeral.agree(bundle.identity.key())?;
    // DH3 = DH(EK_A, SPK_B)
    let dh3 = ephemeral.agree(&bundle.signed.key)?;
    // DH4 = DH(EK_A, OPK_B)
    let dh4 = bundle
        .one_time
        .map(|one_time| ephemeral.agree(&one_time.key))
        .transpose()?;
    // AD = Encode(IK_A) || Encode(IK_B)
    let associated_data = associated_data(ours.public().as_bytes(), bundle.identity.as_bytes());
    let introduction = Introduction {
        identity: ours.public(),
        ephemeral: ephemeral.public(),
        signed_id: bundle.signed.id,
        one_time_id: bundle.one_time.map(|one_time| one_time.id),
    };
    // After calculating SK, Alice deletes her ephemeral private key and the DH outputs: they are wiped on return.
    Ok((first_key([dh1, dh2, dh3], dh4, associated_data), introduction))
}

/// Bob's side: the same `(SK, AD)` from what Alice told. His pre-keys stay as they are: whether the introduction is
/// genuine shows only when the message that came with it opens.
///
/// # Errors
/// [`EnvelopeError::Refused`] if a pre-key that it names is not there, or a key in it is of small order.
///
/// X3DH, section 3.4.
pub fn respond(
    ours: &Identity,
    pre_keys: &PreKeys,
    introduction: &Introduction,
) -> Result<FirstKey, EnvelopeError> {
    let Introduction {
        identity,
        ephemeral,
        signed_id,
        one_time_id,
    } = introduction;
    let (signed, one_time) = pre_keys.find(*signed_id, *one_time_id, ephemeral)?;
    // The same four, each from the other end.
    let dh1 = signed.agree(identity.key())?;
    let dh2 = ours.agree(ephemeral)?;
    let dh3 = signed.agree(ephemeral)?;
    let dh4 = one_time.map(|one_time| one_time.agree(ephemeral)).transpose()?;
    let associated_data = associated_data(identity.as_bytes(), ours.public().as_bytes());
    Ok(first_key([dh1, dh2, dh3], dh4, associated_data))
}

fn first_key(dhs: [Secret<32>; 3], dh4: Option<Secret<32>>, associated_data: [u8; AD_BYTES]) -> FirstKey {
    let [dh1, dh2, dh3] = &dhs;
    let dh4 = dh4.as_ref().map(Secret::expose);
    let mut sk = shared_secret(dh1.expose(), dh2.expose(), dh3.expose(), dh4, INFO);
    FirstKey {
        secret: into_secret(&mut sk),
        associated_data,
    }
}

//! Who somebody is: one X25519 key, which also signs (XEdDSA).
//!
//! ```text
//! identity:   one private key    agrees on secrets (X25519)  and  signs pre-keys (XEdDSA)
//! a person compares one public key, and so has compared all that a key directory could have swapped
//! ```
//!
//! With a separate key for signing, outside the number that people compare, a lying directory could swap that key and the
//! pre-keys under it, and the number would not change. So there is one.

use super::error::EnvelopeError;
use super::keys::{KeyPair, PublicKey};
use crate::crypto::ed25519::SIGNATURE_BYTES;
use crate::crypto::x25519::KEY_BYTES;
use crate::crypto::xeddsa;
use crate::ground::randomness::Randomness;
use crate::ground::secret::Secret;

/// Our own identity. There is one on a phone, and it lives as long as the account on it.
#[derive(Debug)]
pub struct Identity(KeyPair);

impl Identity {
    /// A new identity, which nobody has compared yet.
    ///
    /// # Errors
    /// [`EnvelopeError::NoRandomness`].
    pub fn generate(randomness: &mut impl Randomness) -> Result<Self, EnvelopeError> {
        Ok(Identity(KeyPair::generate(randomness)?))
    }

    /// The identity of a private key that was made elsewhere: for published vectors, and for a thief who has it.
    pub fn from_private(private: Secret<KEY_BYTES>) -> Self {
        Identity(KeyPair::from_private(private))
    }

    /// What others know this identity by.
    pub fn public(&self) -> IdentityPublic {
        IdentityPublic(self.0.public())
    }

    /// `shared = X25519(our identity's private key, their public key)`.
    ///
    /// # Errors
    /// [`EnvelopeError::Refused`] if the result is 0.
    pub fn agree(&self, theirs: &PublicKey) -> Result<Secret<KEY_BYTES>, EnvelopeError> {
        Ok(self.0.agree(theirs)?)
    }

    /// `signature = XEdDSA(our private key, message, 64 random bytes)`: 64 bytes.
    ///
    /// # Errors
    /// [`EnvelopeError::NoRandomness`].
    pub fn sign(
        &self,
        message: &[u8],
        randomness: &mut impl Randomness,
    ) -> Result<[u8; SIGNATURE_BYTES], EnvelopeError> {
        let z = Secret::<{ xeddsa::RANDOM_BYTES }>::random(randomness)?;
        Ok(xeddsa::sign(self.0.private().expose(), message, z.expose()))
    }

    /// The private key as a thief with the phone finds it. Whoever has it can pass for this identity from then on.
    pub fn stolen(&self) -> [u8; KEY_BYTES] {
        *self.0.private().expose()
    }
}

/// Somebody's identity, as others know it. Not just any [`PublicKey`]: a pre-key in its place does not compile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdentityPublic(PublicKey);

impl IdentityPublic {
    /// From 32 bytes that came from outside.
    ///
    /// # Errors
    /// [`EnvelopeError::Refused`] as [`PublicKey::from_bytes`].
    pub fn from_bytes(bytes: [u8; KEY_BYTES]) -> Result<Self, EnvelopeError> {
        PublicKey::from_bytes(bytes).map(IdentityPublic)
    }

    /// The 32 bytes: what a safety number is made of.
    pub fn as_bytes(&self) -> &[u8; KEY_BYTES] {
        self.0.as_bytes()
    }

    /// The key, to agree with.
    pub fn key(&self) -> &PublicKey {
        &self.0
    }

    /// Whether this identity signed `message`.
    ///
    /// # Errors
    /// [`EnvelopeError::Refused`] if not.
    pub fn verify(&self, message: &[u8], signature: &[u8; SIGNATURE_BYTES]) -> Result<(), EnvelopeError> {
        xeddsa::verify(self.as_bytes(), message, signature).map_err(|_| EnvelopeError::Refused)
    }
}

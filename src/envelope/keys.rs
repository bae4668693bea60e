//! Keys for agreeing on a secret: ours have a private half, theirs do not, and the two are different types.
//!
//! ```text
//! ours.agree(theirs) = X25519(our private key, their public key)
//! ```
//!
//! Two keys swapped by mistake are the classic fault of a key agreement. Here the compiler finds it: nothing takes two
//! values of the same type where one is ours and the other theirs.

use std::fmt;

use super::error::EnvelopeError;
use crate::crypto::field25519::Field;
use crate::crypto::x25519::{self, AllZeroShare, KEY_BYTES};
use crate::ground::hex::bytes_to_hex;
use crate::ground::randomness::{Randomness, RandomnessError};
use crate::ground::secret::{Secret, wipe};

/// What stands in front of an encoded public key and says which curve it belongs to: Curve25519, as in Signal's apps.
pub const CURVE25519: u8 = 0x05;

/// Bytes in an encoded public key.
pub const ENCODED_BYTES: usize = 1 + KEY_BYTES;

/// Somebody's public key: 32 bytes, the u-coordinate of a point of Curve25519. Ours come as a [`KeyPair`], so that the two
/// cannot be swapped.
///
/// X25519 takes any 32 bytes, and so does HPKE (RFC 9180, section 7.1.4). Where keys are compared, stored and signed, they
/// come in through [`PublicKey::from_bytes`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PublicKey(pub [u8; KEY_BYTES]);

impl PublicKey {
    /// `u`, least significant byte first, below `2^255 - 19`.
    ///
    /// # Errors
    /// [`EnvelopeError::Refused`] for a larger number. X25519 itself takes any 32 bytes and reduces them (RFC 7748, section
    /// 5), so the same key has up to three spellings. A message whose key is spelled another way would still open, and
    /// "any flipped bit is refused" would be false. Here each key has one spelling.
    pub fn from_bytes(bytes: [u8; KEY_BYTES]) -> Result<Self, EnvelopeError> {
        if Field::from_bytes(&bytes).to_bytes() != bytes {
            return Err(EnvelopeError::Refused);
        }
        Ok(PublicKey(bytes))
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; KEY_BYTES] {
        &self.0
    }

    /// `Encode(PK) = 0x05 || u`: 33 bytes, for what is signed and what is authenticated.
    ///
    /// X3DH, section 2.1.
    pub fn encode(&self) -> [u8; ENCODED_BYTES] {
        encode(&self.0)
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", bytes_to_hex(&self.0))
    }
}

/// `Encode(PK) = 0x05 || u`: 33 bytes.
///
/// X3DH, section 2.1: a byte for the type of the curve, then the u-coordinate, least significant byte first.
pub fn encode(public: &[u8; KEY_BYTES]) -> [u8; ENCODED_BYTES] {
    let mut encoded = [CURVE25519; ENCODED_BYTES];
    encoded[1..].copy_from_slice(public);
    encoded
}

/// A private key of ours and the public key that belongs to it. No `Clone`: a private key stands in one place.
///
/// The public key is kept, because computing it again costs as much as agreeing on a secret.
#[derive(Debug)]
pub struct KeyPair {
    private: Secret<KEY_BYTES>,
    public: PublicKey,
}

impl KeyPair {
    /// A fresh pair.
    ///
    /// # Errors
    /// [`RandomnessError`] if the source has nothing to give.
    pub fn generate(randomness: &mut impl Randomness) -> Result<Self, RandomnessError> {
        Ok(Self::from_private(Secret::random(randomness)?))
    }

    /// `public = X25519(private, 9)`. Any 32 bytes are a private key.
    pub fn from_private(private: Secret<KEY_BYTES>) -> Self {
        let public = PublicKey(x25519::public_key(private.expose()));
        KeyPair { private, public }
    }

    /// The half to show to everybody.
    pub fn public(&self) -> PublicKey {
        self.public
    }

    /// `shared = X25519(our private, their public)`.
    ///
    /// # Errors
    /// [`AllZeroShare`] if the result is 0, which everybody would know (RFC 7748, section 6.1).
    pub fn agree(&self, theirs: &PublicKey) -> Result<Secret<KEY_BYTES>, AllZeroShare> {
        Ok(into_secret(&mut x25519::x25519(
            self.private.expose(),
            &theirs.0,
        )?))
    }

    /// The half to show to nobody: for signing, and for the thief's copy. Clamped only where it is used (RFC 7748, section 5).
    pub fn private(&self) -> &Secret<KEY_BYTES> {
        &self.private
    }

    /// A second copy. For the signed pre-key alone: each session that begins with it starts from the same pair.
    pub(super) fn second_copy(&self) -> Self {
        KeyPair {
            private: Secret::new(*self.private.expose()),
            public: self.public,
        }
    }
}

/// Moves a computed secret to its place on the heap and wipes the place where it was computed.
pub(super) fn into_secret<const N: usize>(computed: &mut [u8; N]) -> Secret<N> {
    let secret = Secret::new(*computed);
    wipe(computed);
    secret
}

//! Ed25519: signatures that everybody can check and one key can make (RFC 8032, section 5.1).
//!
//! The idea, before any detail: show that you know `a` behind the public point `A = a*B`, for this message,
//! without showing `a`.
//!
//! ```text
//! sign:    r = a number nobody can guess;   R = r*B
//!          k = hash(R, A, message)                          a question that nobody could choose
//!          S = r + k*a   mod L                              the answer; r hides k*a
//!          signature = R || S
//! check:   S*B = R + k*A                                    both sides are (r + k*a)*B
//! ```
//!
//! What makes it sound: to answer any k without `a` one would have to choose R after k, and k is made of R.
//!
//! What breaks it: the same r for two messages. Then `S - S' = (k - k')*a` gives `a` to everybody. So r is no
//! random number here, but a hash of a secret and the message: another message, another r, and no bad day of
//! a random source.

use std::fmt;

use super::edwards25519::Point;
use super::scalar25519::Scalar;
use super::sha512::{Sha512, sha512};
use super::x25519::clamp;
use crate::ground::secret::{Secret, equal, wipe};

/// Bytes in a seed, the private key as it is stored.
pub const SEED_BYTES: usize = 32;

/// Bytes in a public key: the name of the point A.
pub const PUBLIC_KEY_BYTES: usize = 32;

/// Bytes in a signature: R and S.
pub const SIGNATURE_BYTES: usize = 64;

/// Not a signature of this message under this key. Why is not said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadSignature;

impl fmt::Display for BadSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("refused: not a signature of this message under this key")
    }
}

impl std::error::Error for BadSignature {}

/// A private key, ready to sign: `a`, `prefix` and the public key, made of the seed once.
///
/// The public key is kept inside and not handed in with each message: who can get the same message signed
/// under two different public keys sees the same r twice, and computes `a`.
pub struct SigningKey {
    /// `a`, the clamped first half of the seed's hash, mod L.
    a: Secret<32>,
    /// The second half: what makes r a secret.
    prefix: Secret<32>,
    public: [u8; PUBLIC_KEY_BYTES],
}

impl SigningKey {
    /// `a || prefix = SHA-512(seed)`, `A = a*B` (RFC 8032, section 5.1.5).
    pub fn from_seed(seed: &[u8; SEED_BYTES]) -> Self {
        // Step 1. Hash the 32-byte private key.
        let mut h = sha512(seed);
        let (first, second) = h.split_at(32);
        // Step 2. Prune: the same three changes as for X25519.
        let mut pruned = clamp(first.try_into().expect("half of 64 bytes"));
        // Step 3. Perform a fixed-base scalar multiplication [s]B. B added L times is neutral, so s mod L
        // does.
        let mut a = Scalar::reduced(&pruned);
        // Step 4. The public key A is the encoding of the point [s]B.
        let key = SigningKey {
            a: Secret::new(a.to_bytes()),
            prefix: Secret::new(second.try_into().expect("half of 64 bytes")),
            public: Point::BASE.times(&a).encode(),
        };
        a.wipe();
        wipe(&mut pruned);
        wipe(&mut h);
        key
    }

    /// `A`, for everybody.
    pub fn public_key(&self) -> [u8; PUBLIC_KEY_BYTES] {
        self.public
    }

    /// `signature = R || S`: 64 bytes. The same message has the same signature every time.
    ///
    /// RFC 8032, section 5.1.6.
    pub fn sign(&self, message: &[u8]) -> [u8; SIGNATURE_BYTES] {
        // Step 2. r = SHA-512(prefix || M), as a number mod L
        let mut hash = Sha512::new();
        hash.update(self.prefix.expose());
        hash.update(message);
        let mut digest = hash.finish();
        let r = Scalar::reduced_wide(&digest);
        wipe(&mut digest);
        answer(Scalar::reduced(self.a.expose()), r, &self.public, message)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(omitted)")
    }
}

/// `R || r + k*a` for `k = hash(R, A, message)`: steps 3 to 6 of section 5.1.6. Uses `r` up: it must never
/// sign again.
pub(super) fn answer(
    mut a: Scalar,
    mut r: Scalar,
    public: &[u8; 32],
    message: &[u8],
) -> [u8; SIGNATURE_BYTES] {
    // Step 3. R = [r]B
    let big_r = Point::BASE.times(&r).encode();
    // Step 4. k = SHA-512(R || A || M), as a number mod L
    let k = challenge(&big_r, public, message);
    // Step 5. S = (r + k * s) mod L
    let big_s = (r + k * a).to_bytes();
    r.wipe();
    a.wipe();
    // Step 6. The signature is R || S.
    let mut signature = [0; SIGNATURE_BYTES];
    signature[..32].copy_from_slice(&big_r);
    signature[32..].copy_from_slice(&big_s);
    signature
}

/// `k = SHA-512(R || A || M) mod L`.
fn challenge(big_r: &[u8; 32], public: &[u8; 32], message: &[u8]) -> Scalar {
    let mut hash = Sha512::new();
    hash.update(big_r);
    hash.update(public);
    hash.update(message);
    Scalar::reduced_wide(&hash.finish())
}

/// `S*B = R + k*A` for `signature = R || S`: whether the holder of `public`'s private key signed `message`.
///
/// Everything in here is public, so it may branch. The equation is the one without the cofactor 8, which the
/// RFC allows (section 5.1.7, step 3): a signature passes everywhere that it passes here.
///
/// # Errors
/// [`BadSignature`] if the equation does not hold, and
/// - if A or R is not the one name of a point, or S is not below L: each signature has one spelling only
///   (section 5.1.7, step 1);
/// - **beyond the RFC**: if A or R is one of the eight points of small order. No key made as in section 5.1.5
///   is one, and with such an A one signature fits many messages.
///
/// RFC 8032, section 5.1.7.
///
/// ```
/// use messaging_lab::crypto::ed25519::{BadSignature, SigningKey, verify};
/// let alice = SigningKey::from_seed(&[7; 32]);
/// let signature = alice.sign(b"meet at ten");
/// assert_eq!(verify(&alice.public_key(), b"meet at ten", &signature), Ok(()));
/// assert_eq!(verify(&alice.public_key(), b"meet at two", &signature), Err(BadSignature));
/// ```
pub fn verify(
    public: &[u8; PUBLIC_KEY_BYTES],
    message: &[u8],
    signature: &[u8; SIGNATURE_BYTES],
) -> Result<(), BadSignature> {
    // Step 1. Decode S, which must be below L, and A. R is not decoded: see below.
    let (big_r, big_s) = signature.split_at(32);
    let big_r: &[u8; 32] = big_r.try_into().expect("half of 64 bytes");
    let s = Scalar::canonical(big_s.try_into().expect("half of 64 bytes")).ok_or(BadSignature)?;
    let a = Point::decode(public).ok_or(BadSignature)?;
    if a.has_small_order() {
        return Err(BadSignature);
    }
    // Step 2. k = SHA-512(R || A || M)
    let k = challenge(big_r, public, message);
    // Step 3. [S]B = R + [k]A, as R = [S]B - [k]A. Its one name is compared with the bytes that came: another
    // spelling of the same point differs there.
    let expected = Point::sum_of_public_multiples((&s, Point::BASE), (&k, -a));
    if expected.has_small_order() || !equal(&expected.encode(), big_r) {
        return Err(BadSignature);
    }
    Ok(())
}

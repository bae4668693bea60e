//! XEdDSA: Ed25519 signatures from an X25519 key (Signal, "The XEdDSA and VXEdDSA Signature Schemes",
//! revision 1, 2016).
//!
//! The idea, before any detail: the curves of X25519 and Ed25519 are one curve in two sets of coordinates, so
//! one private key `k` can serve both. Then an identity is **one** public key, and comparing that one key by
//! a safety number covers what it agreed to and what it signed.
//!
//! ```text
//! u -> y = (u - 1) / (u + 1)                  the same point, from X25519's coordinate to Ed25519's
//! ```
//!
//! What makes it harder: u says nothing about the sign of x, and an Ed25519 public key has that sign in it.
//! The way out: the sign is always 0, and a signer whose point has the other one signs with -k, which belongs
//! to the point's mirror.
//!
//! An X25519 key has no second half to make r of, as Ed25519 does. So 64 fresh random bytes `z` go into it,
//! and the private key too: with bad randomness r is still a secret, and still another one for another
//! message.

use super::ed25519::{BadSignature, SIGNATURE_BYTES, answer, verify as verify_ed25519};
use super::edwards25519::Point;
use super::field25519::{Field, mask};
use super::scalar25519::Scalar;
use super::sha512::Sha512;
use super::x25519::clamp;
use crate::ground::secret::wipe;

/// Random bytes that a signature takes.
pub const RANDOM_BYTES: usize = 64;

/// `2^256 - 1 - 1` in 32 bytes, least significant first: the start of hash_1, which no public key and no
/// point begins with (section 2.5), so that what is hashed for r is never hashed for anything else.
const HASH_1_PREFIX: [u8; 32] = {
    let mut prefix = [0xff; 32];
    prefix[0] = 0xfe;
    prefix
};

/// `signature = R || s` under the X25519 key `private`: 64 bytes. `z` is 64 fresh random bytes.
///
/// Section 3, `xeddsa_sign`.
///
/// ```
/// use messaging_lab::crypto::{x25519, xeddsa};
/// let (private, z) = ([7; 32], [1; 64]); // z would be random
/// let signature = xeddsa::sign(&private, b"pre-key", &z);
/// assert_eq!(xeddsa::verify(&x25519::public_key(&private), b"pre-key", &signature), Ok(()));
/// ```
pub fn sign(private: &[u8; 32], message: &[u8], z: &[u8; RANDOM_BYTES]) -> [u8; SIGNATURE_BYTES] {
    // A, a = calculate_key_pair(k)
    let (public, mut a) = key_pair(private);
    // r = hash1(a || M || Z) (mod q)
    let mut a_bytes = a.to_bytes();
    let mut hash = Sha512::new();
    hash.update(&HASH_1_PREFIX);
    hash.update(&a_bytes);
    hash.update(message);
    hash.update(z);
    let mut digest = hash.finish();
    let r = Scalar::reduced_wide(&digest);
    // R = rB; h = hash(R || A || M) (mod q); s = r + ha (mod q); return R || s
    let signature = answer(a, r, &public, message);
    a.wipe();
    wipe(&mut a_bytes);
    wipe(&mut digest);
    signature
}

/// `(A, a)` with `A = a*B` and the sign bit of A always 0 (section 2.3, `calculate_key_pair`).
fn key_pair(private: &[u8; 32]) -> ([u8; 32], Scalar) {
    let mut clamped = clamp(private);
    let mut k = Scalar::reduced(&clamped);
    // E = kB
    let mut public = Point::BASE.times(&k).encode();
    // if E.s == 1: a = -k (mod q), else a = k (mod q). The sign must not show: both are at hand, and a mask
    // keeps one.
    let sign = u64::from(public[31] >> 7);
    let a = Scalar::select(mask(sign), -k, k);
    // A.y = E.y; A.s = 0
    public[31] &= 0x7f;
    k.wipe();
    wipe(&mut clamped);
    (public, a)
}

/// Whether the holder of the X25519 key behind `public` signed `message`.
///
/// # Errors
/// [`BadSignature`] if not. Stricter than Section 3 in two points, as [`verify_ed25519`] is: s must be below
/// q and not just below 2^253, and neither A nor R may be of small order. What `sign` makes always passes.
///
/// Section 3, `xeddsa_verify`.
pub fn verify(
    public: &[u8; 32],
    message: &[u8],
    signature: &[u8; SIGNATURE_BYTES],
) -> Result<(), BadSignature> {
    // if u >= p or R.y >= 2^|p| or s >= 2^|q|: return false. The check of s is made below; |p| = 255 bits
    // always hold R.y.
    let u = Field::from_bytes(public);
    if u.to_bytes() != *public {
        return Err(BadSignature);
    }
    // A = convert_mont(u); if not on_curve(A): return false. h = hash(R || A || M) (mod q); Rcheck = sB - hA;
    // if bytes_equal(R, Rcheck): return true. From here on it is an Ed25519 signature under A.
    verify_ed25519(&ed25519_public_key(u), message, signature)
}

/// The bytes of the Ed25519 public key `y = (u - 1) / (u + 1)`, sign 0 (section 2.3, `convert_mont`).
fn ed25519_public_key(u: Field) -> [u8; 32] {
    // P.y = u_to_y(u); P.s = 0. Where u + 1 = 0 its "inverse" is 0: y = 0, a point of small order, refused
    // later.
    ((u - Field::ONE) * (u + Field::ONE).invert()).to_bytes()
}

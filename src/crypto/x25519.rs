//! X25519: two people make one secret in front of everybody (RFC 7748).
//!
//! The idea, before any detail:
//!
//! ```text
//! G is a point of a curve, n*G is G added n times
//! Alice keeps a and shows a*G; Bob keeps b and shows b*G
//! Alice computes a*(b*G), Bob b*(a*G): the same point
//! everybody else has a*G and b*G, and nobody knows how to get from them to a, b or (a*b)*G
//! ```
//!
//! Only the u-coordinates of the points travel, 32 bytes each. That is enough: from the u of two points P and
//! P + G whose difference is known, the u of 2P and 2P + G follow (a "ladder", one rung for each bit of the
//! private key).
//!
//! What makes it harder: the bits of the private key steer the ladder, and neither a branch nor an index may.
//! So every rung does the same, and before it the two points are swapped, or not, by a mask.

use std::fmt;

use super::edwards25519::Point;
use super::field25519::{Field, mask};
use crate::ground::secret::{equal, wipe};

/// Bytes in a private key, in a public key and in a shared secret.
pub const KEY_BYTES: usize = 32;

/// The u-coordinate of the base point G (section 4.1).
const BASE_POINT: [u8; KEY_BYTES] = {
    let mut nine = [0; KEY_BYTES];
    nine[0] = 9;
    nine
};

/// `(A - 2) / 4` for the curve `v^2 = u^3 + A u^2 + u` with A = 486662 (section 5).
const A24: u32 = 121_665;

/// The result is 0 whatever the private key: the other side sent one of the few points that nobody's key can
/// move.
///
/// RFC 7748, section 6.1, allows this check; RFC 9180, section 7.1.4, demands it. Here it is always made:
/// without it a sender of 32 zero bytes would know the "shared" secret without any private key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AllZeroShare;

impl fmt::Display for AllZeroShare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the public key is a point of small order: the shared secret would be known to everybody")
    }
}

impl std::error::Error for AllZeroShare {}

/// `public = X25519(private, 9)`: 32 bytes to show to everybody.
///
/// The plain path, by the ladder. [`public_key`] gives the same bytes, faster.
///
/// RFC 7748, section 6.1.
pub fn public_key_plain(private: &[u8; KEY_BYTES]) -> [u8; KEY_BYTES] {
    ladder(private, &BASE_POINT)
}

/// `public = X25519(private, 9)`: 32 bytes to show to everybody.
///
/// On the curve of Ed25519, which is this one in other coordinates, multiples of the base point can be had from a table.
///
/// RFC 7748, section 6.1; the two curves: section 4.1.
pub fn public_key(private: &[u8; KEY_BYTES]) -> [u8; KEY_BYTES] {
    let mut k = clamp(private);
    let public = Point::base_times(&k).u_coordinate();
    wipe(&mut k);
    public
}

/// `shared = X25519(private, public)`: 32 bytes, the same on both sides. Not yet a key: see
/// [`hkdf`](super::hkdf).
///
/// Any 32 bytes are a private key (see [`clamp`]) and, but for the few refused, a public one.
///
/// # Errors
/// [`AllZeroShare`] if the result is 0.
///
/// RFC 7748, sections 5 and 6.1.
///
/// ```
/// use messaging_lab::crypto::x25519::{AllZeroShare, public_key, x25519};
/// let (alice, bob) = ([1; 32], [2; 32]);
/// assert_eq!(x25519(&alice, &public_key(&bob)), x25519(&bob, &public_key(&alice)));
/// assert_eq!(x25519(&alice, &[0; 32]), Err(AllZeroShare));
/// ```
pub fn x25519(private: &[u8; KEY_BYTES], public: &[u8; KEY_BYTES]) -> Result<[u8; KEY_BYTES], AllZeroShare> {
    let shared = ladder(private, public);
    // Which points give 0 is public, so the outcome may be too; the comparison still looks at every byte.
    if equal(&shared, &[0; KEY_BYTES]) {
        return Err(AllZeroShare);
    }
    Ok(shared)
}

/// `decodeScalar25519`: 32 bytes become a multiple of 8 between 2^254 and 2^255.
///
/// A multiple of 8, so that a point of small order (a divisor of 8) gives 0 and no bits of the key away. Bit
/// 254 set, so that every key's ladder has the same number of rungs.
///
/// RFC 7748, section 5.
pub fn clamp(private: &[u8; KEY_BYTES]) -> [u8; KEY_BYTES] {
    let mut k = *private;
    // k_list[0] &= 248
    k[0] &= 248;
    // k_list[31] &= 127
    k[31] &= 127;
    // k_list[31] |= 64
    k[31] |= 64;
    k
}

/// The u-coordinate of `k * P`, from that of P; 0 where there is none. The Montgomery ladder of RFC 7748,
/// section 5.
fn ladder(private: &[u8; KEY_BYTES], public: &[u8; KEY_BYTES]) -> [u8; KEY_BYTES] {
    let mut k = clamp(private);
    let x1 = Field::from_bytes(public);
    // A fraction x / z each, so that no rung has to divide: (x2 : z2) is n * P, (x3 : z3) is (n + 1) * P.
    let (mut x2, mut z2) = (Field::ONE, Field::ZERO);
    let (mut x3, mut z3) = (x1, Field::ONE);
    let mut swap = 0;

    // For t = bits-1 down to 0; down to 3 here: `clamp` has made the last three bits 0.
    for t in (3..255).rev() {
        // k_t = (k >> t) & 1
        let k_t = u64::from(k[t / 8] >> (t % 8) & 1);
        // swap ^= k_t
        // (x_2, x_3) = cswap(swap, x_2, x_3), (z_2, z_3) = cswap(swap, z_2, z_3)
        let swap_now = mask(swap ^ k_t);
        Field::swap(swap_now, &mut x2, &mut x3);
        Field::swap(swap_now, &mut z2, &mut z3);
        // swap = k_t: swapping back is left to the next rung.
        swap = k_t;

        // The RFC's lines, those side by side that do not wait for each other. Weights (see `field25519`):
        // x1, x2, z2, x3, z3 and products 1, sums 2, differences 3, AA + a24 * E 2.
        let a = x2 + z2; //                         A = x_2 + z_2
        let b = x2 - z2; //                         B = x_2 - z_2
        let c = x3 + z3; //                         C = x_3 + z_3
        let d = x3 - z3; //                         D = x_3 - z_3
        let da = d * a; //                          DA = D * A
        let cb = c * b; //                          CB = C * B
        let aa = a.square(); //                     AA = A^2
        let bb = b.square(); //                     BB = B^2
        x3 = (da + cb).square(); //                 x_3 = (DA + CB)^2
        z3 = x1 * (da - cb).square(); //            z_3 = x_1 * (DA - CB)^2
        x2 = aa * bb; //                            x_2 = AA * BB
        let e = aa - bb; //                         E = AA - BB
        z2 = e * (aa + e.times_small(A24)); //      z_2 = E * (AA + a24 * E)
    }
    let swap_now = mask(swap);
    Field::swap(swap_now, &mut x2, &mut x3);
    Field::swap(swap_now, &mut z2, &mut z3);
    // The rungs of three bits that are 0 for every key: of them the result needs the lines that double x_2 / z_2.
    for _ in 0..3 {
        let aa = (x2 + z2).square();
        let bb = (x2 - z2).square();
        let e = aa - bb;
        x2 = aa * bb;
        z2 = e * (aa + e.times_small(A24));
    }

    // Return x_2 * (z_2^(p - 2))
    let u = (x2 * z2.invert()).to_bytes();
    wipe(&mut k);
    for secret in [&mut x2, &mut z2, &mut x3, &mut z3] {
        secret.wipe();
    }
    u
}

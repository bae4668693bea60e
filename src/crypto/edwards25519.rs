//! Points that can be added: the curve `-x^2 + y^2 = 1 + d x^2 y^2` of Ed25519 (RFC 8032, section 5.1).
//!
//! The idea, before any detail: two points make a third by
//!
//! ```text
//! x3 = (x1 y2 + y1 x2) / (1 + d x1 x2 y1 y2)
//! y3 = (y1 y2 + x1 x2) / (1 - d x1 x2 y1 y2)              neutral: (0, 1);  minus (x, y) is (-x, y)
//! ```
//!
//! and no case is special: the divisors are never 0, a point may be added to itself, to its opposite and to
//! the neutral one. So there is nothing to branch on, which is what a secret needs.
//!
//! What makes it harder: divisions are slow. A point is kept as (X : Y : Z : T) with x = X/Z, y = Y/Z, x y =
//! T/Z, and only one division is made, at the very end.
//!
//! This is the curve of [`x25519`](super::x25519) in other coordinates: u = (1 + y) / (1 - y).

use std::ops::{Add, Neg};
use std::sync::LazyLock;

use super::field25519::{Field, mask};
use super::scalar25519::Scalar;

/// d = -121665 / 121666 (section 5.1).
const D: Field = Field::from_words([
    0x75eb_4dca_1359_78a3,
    0x0070_0a4d_4141_d8ab,
    0x8cc7_4079_7779_e898,
    0x5203_6cee_2b6f_fe73,
]);

/// 2d.
const TWICE_D: Field = Field::from_words([
    0xebd6_9b94_26b2_f159,
    0x00e0_149a_8283_b156,
    0x198e_80f2_eef3_d130,
    0x2406_d9dc_56df_fce7,
]);

/// A square root of -1: 2^((p-1)/4) (section 5.1.3).
const SQRT_MINUS_1: Field = Field::from_words([
    0xc4ee_1b27_4a0e_a0b0,
    0x2f43_1806_ad2f_e478,
    0x2b4d_0099_3dfb_d7a7,
    0x2b83_2480_4fc1_df0b,
]);

/// Row i: 0 to 15 times 256^i B. Made when it is first asked for; 80 kilobytes that hold no secret.
static BASE_TABLE: LazyLock<Vec<[Point; 16]>> = LazyLock::new(|| {
    let mut base = Point::BASE;
    (0..32)
        .map(|_| {
            let multiples = base.multiples();
            for _ in 0..8 {
                base = base.double();
            }
            multiples
        })
        .collect()
});

/// A point of the curve, as (X : Y : Z : T) with x = X/Z, y = Y/Z, x y = T/Z. Each has weight 1 (see `field25519`).
#[derive(Clone, Copy)]
pub struct Point {
    x: Field,
    y: Field,
    z: Field,
    t: Field,
}

impl Point {
    /// (0, 1): adding it changes nothing.
    pub const NEUTRAL: Point = Point {
        x: Field::ZERO,
        y: Field::ONE,
        z: Field::ONE,
        t: Field::ZERO,
    };

    /// B, the point with y = 4/5 and an even x (section 5.1). Its order is L: B added L times is the neutral
    /// point.
    pub const BASE: Point = Point {
        x: Field::from_words([
            0xc956_2d60_8f25_d51a,
            0x692c_c760_9525_a7b2,
            0xc0a4_e231_fdd6_dc5c,
            0x2169_36d3_cd6e_53fe,
        ]),
        y: Field::from_words([
            0x6666_6666_6666_6658,
            0x6666_6666_6666_6666,
            0x6666_6666_6666_6666,
            0x6666_6666_6666_6666,
        ]),
        z: Field::ONE,
        t: Field::from_words([
            0x6dde_8ab3_a5b7_dda3,
            0x20f0_9f80_7751_52f5,
            0x66ea_4e8e_64ab_e37d,
            0x6787_5f0f_d78b_7665,
        ]),
    };

    /// The point that 32 bytes name: y, and the lowest bit of x as the highest bit. `None` if there is none,
    /// and if the same point has another name: y must be below p, and x = 0 has no other sign.
    ///
    /// RFC 8032, section 5.1.3. For public points: the time it takes tells whether they are valid.
    pub fn decode(bytes: &[u8; 32]) -> Option<Point> {
        // Step 1. y is the low 255 bits, x_0 the highest.
        let x_0 = u64::from(bytes[31] >> 7);
        let y = Field::from_bytes(bytes);
        let mut y_bytes = *bytes;
        y_bytes[31] &= 0x7f;
        // If the resulting value is >= p, decoding fails.
        if y.to_bytes() != y_bytes {
            return None;
        }
        // Step 2. x^2 = (y^2 - 1) / (d y^2 + 1) = u / v
        let y_2 = y.square();
        let (u, v) = (y_2 - Field::ONE, D * y_2 + Field::ONE); // weights 3 and 2
        // Step 3. The candidate root, with one power for both division and root: x = u v^3 (u v^7)^((p-5)/8)
        let v_3 = v.square() * v;
        let v_7 = v_3.square() * v;
        let mut x = u * v_3 * (u * v_7).power_p_minus_5_over_8();
        let v_x_2 = v * x.square();
        if v_x_2 == u {
            // 1. If v x^2 = u, x is a square root.
        } else if v_x_2 == -u {
            // 2. If v x^2 = -u, set x <-- x * 2^((p-1)/4), which is a square root.
            x = x * SQRT_MINUS_1;
        } else {
            // 3. Otherwise, no square root exists for modulo p, and decoding fails.
            return None;
        }
        // Step 4. If x = 0, and x_0 = 1, decoding fails. If x_0 != x mod 2, set x <-- p - x.
        if x == Field::ZERO && x_0 == 1 {
            return None;
        }
        if x.is_odd() != x_0 {
            x = -x;
        }
        Some(Point {
            x,
            y,
            z: Field::ONE,
            t: x * y,
        })
    }

    /// The 32 bytes that name the point: y, and the lowest bit of x as the highest bit (section 5.1.2).
    pub fn encode(self) -> [u8; 32] {
        let inverse = self.z.invert();
        let (x, y) = (self.x * inverse, self.y * inverse);
        let mut bytes = y.to_bytes();
        bytes[31] |= (x.is_odd() as u8) << 7;
        bytes
    }

    /// `u = (1 + y) / (1 - y)`, with y = Y / Z: the 32 bytes that name the point, or its opposite, in X25519.
    ///
    /// RFC 7748, section 4.1.
    pub fn u_coordinate(self) -> [u8; 32] {
        // Weights 2 and 3. Where the divisor is 0 its "inverse" is 0: the neutral point has u = 0.
        ((self.z + self.y) * (self.z - self.y).invert()).to_bytes()
    }

    /// `2 P` (section 5.1.4). What `P + P` gives, with fewer products.
    pub fn double(self) -> Point {
        // Weights: a, b and squares 1, c 2, h 2, e 4, g 3, f 5.
        let a = self.x.square(); //                     A = X1^2
        let b = self.y.square(); //                     B = Y1^2
        let z_2 = self.z.square();
        let c = z_2 + z_2; //                           C = 2*Z1^2
        let h = a + b; //                               H = A+B
        let e = h - (self.x + self.y).square(); //      E = H-(X1+Y1)^2
        let g = a - b; //                               G = A-B
        let f = c + g; //                               F = C+G
        Point::from_efgh(e, f, g, h)
    }

    /// X3 = E*F, Y3 = G*H, T3 = E*H, Z3 = F*G: the last step of both formulas.
    fn from_efgh(e: Field, f: Field, g: Field, h: Field) -> Point {
        Point {
            x: e * f,
            y: g * h,
            t: e * h,
            z: f * g,
        }
    }

    /// 0, P, 2P .. 15P: what a digit of four bits can ask for.
    fn multiples(self) -> [Point; 16] {
        let mut multiples = [Point::NEUTRAL; 16];
        for i in 1..16 {
            multiples[i] = multiples[i - 1] + self;
        }
        multiples
    }

    /// `multiples[digit]`, for a secret digit: all sixteen are read, and a mask keeps one.
    fn pick(multiples: &[Point; 16], digit: u8) -> Point {
        let [mut x, mut y, mut z, mut t] = [Field::ZERO; 4];
        for (i, multiple) in multiples.iter().enumerate() {
            // 1 where i == digit: only then does subtracting 1 from their difference borrow.
            let same = (i as u64 ^ u64::from(digit)).wrapping_sub(1) >> 63;
            let mask = mask(same);
            x.pick(mask, &multiple.x);
            y.pick(mask, &multiple.y);
            z.pick(mask, &multiple.z);
            t.pick(mask, &multiple.t);
        }
        Point { x, y, z, t }
    }

    /// `n P`, for a secret n: P added n times.
    ///
    /// Naively, doubling and, for each bit of n that is 1, adding. Here four bits at a time: P, 2P .. 15P are
    /// made first, and after every four doublings one of them is added, the neutral point included. Which one
    /// is a secret, so all sixteen are read and a mask keeps one.
    pub fn times(self, n: &Scalar) -> Point {
        let multiples = self.multiples();
        let n = n.to_bytes();
        let mut sum = Point::NEUTRAL;
        for at in (0..64).rev() {
            for _ in 0..4 {
                sum = sum.double();
            }
            sum = sum + Point::pick(&multiples, n[at / 2] >> (4 * (at % 2)) & 0x0f);
        }
        sum
    }

    /// `n B`, for a secret n of 32 bytes, least significant first; it need not be below L.
    ///
    /// The same point as `Point::BASE.times(n)`, in less than half of the time: B is always the same, so the doublings can be
    /// made beforehand. With n in digits of four bits, n = n0 + 16 n1 + 256 n2 + ..., and the multiples of every 256^i B
    /// in a table:
    ///
    /// ```text
    /// n B = 16 (n1 B + n3 256 B + n5 256^2 B + ...) + (n0 B + n2 256 B + n4 256^2 B + ...)
    /// ```
    pub fn base_times(n: &[u8; 32]) -> Point {
        let mut sum = Point::NEUTRAL;
        for (multiples, byte) in BASE_TABLE.iter().zip(n) {
            sum = sum + Point::pick(multiples, byte >> 4);
        }
        for _ in 0..4 {
            sum = sum.double();
        }
        for (multiples, byte) in BASE_TABLE.iter().zip(n) {
            sum = sum + Point::pick(multiples, byte & 0x0f);
        }
        sum
    }

    /// `a A + b B`, for **public** numbers and points only: it branches on every bit.
    ///
    /// One row of doublings for both sums; after each, A, B or A + B is added, as the next bits of a and b
    /// say.
    pub fn sum_of_public_multiples((a, point_a): (&Scalar, Point), (b, point_b): (&Scalar, Point)) -> Point {
        let both = point_a + point_b;
        let (a, b) = (a.to_bytes(), b.to_bytes());
        let mut sum = Point::NEUTRAL;
        for bit in (0..256).rev() {
            sum = sum.double();
            let is_set = |n: &[u8; 32]| n[bit / 8] >> (bit % 8) & 1 == 1;
            match (is_set(&a), is_set(&b)) {
                (true, true) => sum = sum + both,
                (true, false) => sum = sum + point_a,
                (false, true) => sum = sum + point_b,
                (false, false) => {}
            }
        }
        sum
    }

    /// Whether `8 P` is the neutral point. There are eight such points. Who uses one as a key can make
    /// signatures that fit many messages.
    pub fn has_small_order(self) -> bool {
        self.double().double().double() == Point::NEUTRAL
    }
}

impl Add for Point {
    type Output = Point;

    /// `P + Q` (section 5.1.4).
    fn add(self, other: Point) -> Point {
        // Weights: a, b, c and products 1, d 2, e 3, f 4, g 3, h 2.
        let a = (self.y - self.x) * (other.y - other.x); //     A = (Y1-X1)*(Y2-X2)
        let b = (self.y + self.x) * (other.y + other.x); //     B = (Y1+X1)*(Y2+X2)
        let c = self.t * TWICE_D * other.t; //                  C = T1*2*d*T2
        let z_z = self.z * other.z;
        let d = z_z + z_z; //                                   D = Z1*2*Z2
        let e = b - a; //                                       E = B-A
        let f = d - c; //                                       F = D-C
        let g = d + c; //                                       G = D+C
        let h = b + a; //                                       H = B+A
        Point::from_efgh(e, f, g, h)
    }
}

impl Neg for Point {
    type Output = Point;

    /// `-(x, y) = (-x, y)`.
    fn neg(self) -> Point {
        Point {
            x: -self.x,
            t: -self.t,
            ..self
        }
    }
}

impl PartialEq for Point {
    /// The same point, whatever the Z: `X1/Z1 = X2/Z2` and `Y1/Z1 = Y2/Z2`, multiplied out (section 5.1.4).
    fn eq(&self, other: &Point) -> bool {
        // x1 * z2 - x2 * z1 = 0, y1 * z2 - y2 * z1 = 0
        let same_x = self.x * other.z == other.x * self.z;
        let same_y = self.y * other.z == other.y * self.z;
        same_x & same_y
    }
}

impl Eq for Point {}

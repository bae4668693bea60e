//! What must hold of the curve, its field and its scalars for every input, tried on many. Where a result can
//! be had by another road (the naive one, another formula, other coordinates), both roads are taken.

#[path = "common/curve.rs"]
mod common;

use common::{L, SMALL_ORDER, add_bytes, array, hex, p_plus};
use messaging_lab::crypto::edwards25519::Point;
use messaging_lab::crypto::field25519::Field;
use messaging_lab::crypto::scalar25519::Scalar;
use messaging_lab::crypto::x25519::{AllZeroShare, clamp, public_key, public_key_plain, x25519};
use messaging_lab::ground::randomness::Seeded;

// The field.

/// `a * b mod p` in digits of 8 bits, with 2^256 = 38.
fn naive_product(a: &[u8; 32], b: &[u8; 32]) -> [u8; 32] {
    let mut columns = [0u32; 64];
    for (i, &x) in a.iter().enumerate() {
        for (j, &y) in b.iter().enumerate() {
            columns[i + j] += u32::from(x) * u32::from(y);
        }
    }
    // Fold the upper half onto the lower and carry, until nothing is left above; then what is left above bit
    // 255, 19 times.
    let mut low: [u32; 32] = std::array::from_fn(|i| columns[i] + 38 * columns[i + 32]);
    for _ in 0..4 {
        let mut carry = 0;
        for digit in &mut low {
            carry += *digit;
            *digit = carry & 0xff;
            carry >>= 8;
        }
        low[0] += 38 * carry;
        low[0] += 19 * (low[31] >> 7);
        low[31] &= 0x7f;
    }
    let bytes: [u8; 32] = low.map(|digit| digit.try_into().expect("carried"));
    // p to 2^255 - 1 are still p too many.
    match (0..19).find(|&offset| bytes == p_plus(offset)) {
        Some(offset) => std::array::from_fn(|i| if i == 0 { offset as u8 } else { 0 }),
        None => bytes,
    }
}

/// Numbers where carries run far, and random ones.
fn numbers(random: &mut Seeded) -> Vec<[u8; 32]> {
    let mut numbers = vec![[0; 32], [0xff; 32], [0x7f; 32], [0x80; 32]];
    for small in [1, 2, 18, 19, 20, 38] {
        numbers.push(std::array::from_fn(|i| if i == 0 { small } else { 0 }));
    }
    numbers.extend([-19, -2, -1, 0, 1, 18].map(p_plus));
    // A single bit at and around each end of a limb.
    for bit in [50, 51, 52, 101, 102, 103, 152, 153, 203, 204, 205, 253, 254, 255] {
        numbers.push(std::array::from_fn(|i| u8::from(i == bit / 8) << (bit % 8)));
    }
    numbers.extend((0..20).map(|_| array(random)));
    numbers
}

#[test]
fn field_products_are_the_naive_ones() {
    let numbers = numbers(&mut Seeded::new(21));
    for a in &numbers {
        // The highest bit is ignored on the way in.
        let mut a_bytes = *a;
        a_bytes[31] &= 0x7f;
        let a = Field::from_bytes(a);
        assert_eq!(
            a.square().to_bytes(),
            naive_product(&a_bytes, &a_bytes),
            "{a_bytes:02x?} squared"
        );
        for b in &numbers {
            let mut b_bytes = *b;
            b_bytes[31] &= 0x7f;
            let product = (a * Field::from_bytes(b)).to_bytes();
            assert_eq!(
                product,
                naive_product(&a_bytes, &b_bytes),
                "{a_bytes:02x?} * {b_bytes:02x?}"
            );
        }
        let small = (a.times_small(121_665)).to_bytes();
        let factor = std::array::from_fn(|i| 121_665u32.to_le_bytes().get(i).copied().unwrap_or(0));
        assert_eq!(small, naive_product(&a_bytes, &factor), "{a_bytes:02x?} * 121665");
    }
}

#[test]
fn the_field_has_one_spelling_for_each_number() {
    for offset in 0..19 {
        let mut small = [0; 32];
        small[0] = offset as u8;
        assert_eq!(Field::from_bytes(&p_plus(offset)).to_bytes(), small);
    }
    // The control: p - 1 is the largest number there is.
    assert_eq!(Field::from_bytes(&p_plus(-1)).to_bytes(), p_plus(-1));
}

#[test]
fn sums_differences_and_inverses_belong_together() {
    let numbers = numbers(&mut Seeded::new(22));
    for a in numbers.iter().map(Field::from_bytes) {
        assert_eq!(a + -a, Field::ZERO);
        let one_or_zero = if a == Field::ZERO { Field::ZERO } else { Field::ONE };
        assert_eq!(a * a.invert(), one_or_zero);
        // a^((p-5)/8) to the 8th is a^(p-1) / a^4 = 1 / a^4.
        let root = a.power_p_minus_5_over_8();
        assert_eq!(root.square().square().square() * a.square().square(), one_or_zero);
        // Of a and -a one is odd.
        assert!(a == Field::ZERO || a.is_odd() + (-a).is_odd() == 1);
        for b in numbers.iter().map(Field::from_bytes) {
            assert_eq!(a - b + b, a);
            assert_eq!((a + b) * (a - b), a.square() - b.square());
        }
    }
}

#[test]
fn factors_of_the_greatest_weight_do_not_overflow() {
    // The largest limbs there are at weight 1, eight times over.
    let a = Field::from_bytes(&p_plus(18));
    let eight = (0..7).fold(a, |sum, _| sum + a);
    assert_eq!(eight * eight, a.square().times_small(64));
    assert_eq!(eight.square(), a.square().times_small(64));
    assert_eq!(eight.carried(), a.times_small(8));
    assert_eq!(-eight + eight, Field::ZERO);
    assert_eq!(eight.to_bytes(), a.times_small(8).to_bytes());
}

#[test]
fn masks_pick_and_swap() {
    use messaging_lab::crypto::field25519::mask;
    let (a, b) = (Field::from_bytes(&[3; 32]), Field::from_bytes(&[5; 32]));
    let mut picked = Field::ZERO;
    for (bit, one) in [(0, a), (1, b), (0, a)] {
        picked.pick(mask(bit), &one);
    }
    assert!(picked == b);
    for (bit, expected) in [(0, (a, b)), (1, (b, a))] {
        let (mut x, mut y) = (a, b);
        Field::swap(mask(bit), &mut x, &mut y);
        assert!((x, y) == expected);
    }
}

// The ladder.

/// `u(2P)` from `u(P)`: (u^2 - 1)^2 / (4 u (u^2 + A u + 1)), straight from the equation of the curve.
fn doubled(u: Field) -> Field {
    let u_2 = u.square();
    let divisor = u.times_small(4) * (u_2 + u.times_small(486_662) + Field::ONE);
    (u_2 - Field::ONE).square() * divisor.invert()
}

#[test]
fn the_ladder_is_iterated_doubling() {
    let mut random = Seeded::new(23);
    for _ in 0..20 {
        let point: [u8; 32] = public_key(&array(&mut random));
        // 2^254 is the private key of all zeros, clamped.
        let u = (0..254).fold(Field::from_bytes(&point), |u, _| doubled(u));
        assert_eq!(x25519(&[0; 32], &point), Ok(u.to_bytes()));
    }
}

/// The u-coordinate of a point of the other curve: (1 + y) / (1 - y).
fn u_of(point: Point) -> [u8; 32] {
    let mut y = point.encode();
    y[31] &= 0x7f;
    let y = Field::from_bytes(&y);
    ((Field::ONE + y) * (Field::ONE - y).invert()).to_bytes()
}

#[test]
fn the_ladder_is_the_sum_of_points_on_the_other_curve() {
    let mut random = Seeded::new(24);
    for _ in 0..40 {
        let (a, b): ([u8; 32], [u8; 32]) = (array(&mut random), array(&mut random));
        let (a_scalar, b_scalar) = (Scalar::reduced(&clamp(&a)), Scalar::reduced(&clamp(&b)));
        let point = Point::BASE.times(&b_scalar);
        assert_eq!(public_key(&b), u_of(point));
        assert_eq!(x25519(&a, &public_key(&b)), Ok(u_of(point.times(&a_scalar))));
        assert_eq!(x25519(&b, &public_key(&a)), Ok(u_of(point.times(&a_scalar))));
    }
}

#[test]
fn bits_that_clamping_sets_and_the_highest_bit_of_a_public_key_do_not_matter() {
    let mut random = Seeded::new(25);
    let (private, public): ([u8; 32], [u8; 32]) = (array(&mut random), public_key(&[8; 32]));
    let shared = x25519(&private, &public);
    for bit in 0..256 {
        let mut changed = private;
        changed[bit / 8] ^= 1 << (bit % 8);
        let ignored = matches!(bit, 0..3 | 254 | 255);
        assert_eq!(x25519(&changed, &public) == shared, ignored, "private, bit {bit}");

        let mut changed = public;
        changed[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(
            x25519(&private, &changed) == shared,
            bit == 255,
            "public, bit {bit}"
        );
    }
}

#[test]
fn points_of_small_order_are_refused() {
    // All u of small order, every spelling below 2^255: 0, 1, the two of order 8, p - 1, p, p + 1.
    let mut zero_and_one = [[0; 32]; 2];
    zero_and_one[1][0] = 1;
    let order_8 = [
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    ];
    let points = [&zero_and_one[..], &order_8.map(hex), &[-1, 0, 1].map(p_plus)].concat();
    let mut random = Seeded::new(26);
    for mut point in points {
        for _ in 0..2 {
            assert_eq!(
                x25519(&array(&mut random), &point),
                Err(AllZeroShare),
                "{point:02x?}"
            );
            point[31] ^= 0x80;
        }
    }
    // The control: their neighbours are points like others.
    for offset in [-2, 2] {
        assert!(x25519(&array(&mut random), &p_plus(offset)).is_ok());
    }
}

// Scalars.

#[test]
fn scalars_are_remainders_mod_l() {
    let l = hex(L);
    let mut one = [0; 32];
    one[0] = 1;
    let minus_one = add_bytes(&l, &[0xff; 32]);
    assert_eq!(Scalar::reduced(&l).to_bytes(), [0; 32]);
    assert_eq!(Scalar::reduced(&add_bytes(&l, &one)).to_bytes(), one);
    assert_eq!(Scalar::reduced(&minus_one).to_bytes(), minus_one);
    // Taken from outside only below L.
    assert!(Scalar::canonical(&l).is_none() && Scalar::canonical(&[0xff; 32]).is_none());
    assert!(Scalar::canonical(&add_bytes(&l, &one)).is_none());
    assert_eq!(
        Scalar::canonical(&minus_one).expect("below L").to_bytes(),
        minus_one
    );

    let mut random = Seeded::new(27);
    let one = Scalar::reduced(&one);
    let two_to_128 = Scalar::reduced(&std::array::from_fn(|i| u8::from(i == 16)));
    for _ in 0..200 {
        let [a, b, c] = std::array::from_fn(|_| Scalar::reduced(&array(&mut random)));
        let same = |x: Scalar, y: Scalar| x.to_bytes() == y.to_bytes();
        assert!(same(a * one, a) && same(a * b, b * a) && same(a * (b + c), a * b + a * c));
        assert!(same(a + -a, -one + one) && same(-a * -b, a * b) && same(-(-a), a));
        // 64 bytes are 32 and 32 times 2^256.
        let wide: [u8; 64] = array(&mut random);
        let (low, high) = wide.split_at(32);
        let part = |bytes: &[u8]| Scalar::reduced(&bytes.try_into().expect("32 bytes"));
        let sum = part(low) + part(high) * two_to_128 * two_to_128;
        assert!(same(Scalar::reduced_wide(&wide), sum));
    }
    let zero = Scalar::reduced(&[0; 32]);
    assert_eq!((-zero).to_bytes(), [0; 32], "-0 is 0, not L");
}

/// From the table of the base point's multiples, and without it.
#[test]
fn the_fast_public_key_is_the_ladders() {
    let mut random = Seeded::new(30);
    let mut keys: Vec<[u8; 32]> = (0..60).map(|_| array(&mut random)).collect();
    // Every digit in every place, and numbers of L and above.
    keys.extend((0..=255).step_by(17).map(|byte| [byte; 32]));
    for place in 0..32 {
        keys.push(std::array::from_fn(|i| if i == place { 0xf8 } else { 0 }));
    }
    keys.push(hex(L));
    for key in keys {
        assert_eq!(public_key(&key), public_key_plain(&key), "{key:?}");
        assert!(
            Point::base_times(&key) == Point::BASE.times(&Scalar::reduced(&key)),
            "{key:?}"
        );
    }
    assert_eq!(Point::NEUTRAL.u_coordinate(), [0; 32]);
}

// Points.

#[test]
fn n_times_a_point_is_the_point_added_n_times() {
    let mut sum = Point::NEUTRAL;
    for n in 0..70u8 {
        let scalar = Scalar::reduced(&std::array::from_fn(|i| if i == 0 { n } else { 0 }));
        assert!(Point::BASE.times(&scalar) == sum, "{n} times");
        assert!(sum.double() == sum + sum);
        assert_eq!(
            Point::decode(&sum.encode()).map(Point::encode),
            Some(sum.encode())
        );
        sum = sum + Point::BASE;
    }
    // L times is none at all: L - 1 times is the opposite.
    let minus_one = Scalar::reduced(&add_bytes(&hex(L), &[0xff; 32]));
    assert!(Point::BASE.times(&minus_one) == -Point::BASE);
    assert!(Point::BASE + -Point::BASE == Point::NEUTRAL);
    // The control: (x, y) is neither (-x, y) nor (x, -y), which is the sum of (-x, y) and (0, -1).
    let turned = Point::decode(&p_plus(-1)).expect("(0, -1)");
    assert!(Point::BASE != -Point::BASE && Point::BASE != -Point::BASE + turned);
}

#[test]
fn the_two_ways_to_multiply_agree() {
    let mut random = Seeded::new(28);
    for _ in 0..20 {
        let [a, b, p] = std::array::from_fn(|_| Scalar::reduced(&array(&mut random)));
        let point = Point::BASE.times(&p);
        let sum = Point::BASE.times(&a) + point.times(&b);
        assert!(Point::sum_of_public_multiples((&a, Point::BASE), (&b, point)) == sum);
        assert!(Point::BASE.times(&(a + b * p)) == sum);
    }
}

#[test]
fn a_point_has_one_name() {
    // y from p on is another name of a small y, and x = 0 has no other sign.
    for offset in 0..19 {
        for sign in [0, 0x80] {
            let mut name = p_plus(offset);
            name[31] |= sign;
            assert!(Point::decode(&name).is_none(), "y = p + {offset}");
        }
    }
    let mut one = [0; 32];
    one[0] = 1;
    for y in [one, p_plus(-1)] {
        assert!(Point::decode(&y).is_some(), "the control");
        let mut other = y;
        other[31] |= 0x80;
        assert!(Point::decode(&other).is_none());
    }
    // Of all other y about half have a point, and then it is named by what named it.
    let mut random = Seeded::new(29);
    let names: Vec<[u8; 32]> = (0..200).map(|_| array(&mut random)).collect();
    let points = names.iter().filter_map(|name| Some((name, Point::decode(name)?)));
    let named = points
        .inspect(|(name, point)| assert_eq!(point.encode(), **name))
        .count();
    assert!((60..140).contains(&named), "{named} of 200");
}

#[test]
fn eight_points_have_small_order() {
    for name in SMALL_ORDER {
        let point = Point::decode(&hex(name)).expect("a point");
        assert!(point.has_small_order(), "{name}");
        assert!(!(point + Point::BASE).has_small_order(), "the control");
    }
}

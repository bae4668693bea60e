//! What must hold of Ed25519 and XEdDSA signatures: their own key and message pass, and nothing else does,
//! however well it was built.

#[path = "common/curve.rs"]
mod common;

use common::{L, SMALL_ORDER, add_bytes, array, hex, p_plus};
use messaging_lab::crypto::ed25519::{self, BadSignature, SigningKey};
use messaging_lab::crypto::edwards25519::Point;
use messaging_lab::crypto::field25519::Field;
use messaging_lab::crypto::scalar25519::Scalar;
use messaging_lab::crypto::sha512::sha512;
use messaging_lab::crypto::x25519::{clamp, public_key};
use messaging_lab::crypto::xeddsa;
use messaging_lab::ground::randomness::Seeded;

/// Runs `verify` over (public, message, signature) in one row with every single bit changed: all refused, and
/// the unchanged row accepted.
fn every_changed_bit_is_refused(
    verify: impl Fn(&[u8; 32], &[u8], &[u8; 64]) -> Result<(), BadSignature>,
    (public, message, signature): ([u8; 32], &[u8], [u8; 64]),
) {
    let given = [&public[..], &signature, message].concat();
    let verify_row = |row: &[u8]| {
        let (public, rest) = row.split_first_chunk().expect("32 bytes");
        let (signature, message) = rest.split_first_chunk().expect("64 bytes");
        verify(public, message, signature)
    };
    for bit in 0..8 * given.len() {
        let mut changed = given.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(verify_row(&changed), Err(BadSignature), "bit {bit}");
    }
    assert_eq!(verify_row(&given), Ok(()), "the control");
}

#[test]
fn every_changed_bit_of_an_ed25519_signature_is_refused() {
    let key = SigningKey::from_seed(&[31; 32]);
    let message = b"meet at ten";
    let given = (key.public_key(), &message[..], key.sign(message));
    every_changed_bit_is_refused(ed25519::verify, given);
}

#[test]
fn every_changed_bit_of_an_xeddsa_signature_is_refused() {
    let message = b"meet at ten";
    let signature = xeddsa::sign(&[32; 32], message, &[33; 64]);
    every_changed_bit_is_refused(xeddsa::verify, (public_key(&[32; 32]), message, signature));
}

#[test]
fn signatures_pass_under_their_own_key_and_message_only() {
    let mut random = Seeded::new(34);
    let other = SigningKey::from_seed(&array(&mut random)).public_key();
    for length in 0..40 {
        let key = SigningKey::from_seed(&array(&mut random));
        let message = random.bytes(length * 7);
        let signature = key.sign(&message);
        assert_eq!(ed25519::verify(&key.public_key(), &message, &signature), Ok(()));
        assert_eq!(ed25519::verify(&other, &message, &signature), Err(BadSignature));
        let longer = [&message[..], &[0]].concat();
        assert_eq!(
            ed25519::verify(&key.public_key(), &longer, &signature),
            Err(BadSignature)
        );
    }
}

/// A signature as anybody can build it who may choose `r` and has `a`: R is named by `big_r`.
fn built_signature(big_r: &[u8; 32], r: Scalar, a: Scalar, public: &[u8; 32], message: &[u8]) -> [u8; 64] {
    let k = Scalar::reduced_wide(&sha512(&[&big_r[..], public, message].concat()));
    let signature = [big_r.to_vec(), (r + k * a).to_bytes().to_vec()].concat();
    signature.try_into().expect("64 bytes")
}

#[test]
fn the_equation_alone_is_not_enough() {
    let (zero, r) = (Scalar::reduced(&[0; 32]), Scalar::reduced(&[35; 32]));
    let key = SigningKey::from_seed(&[36; 32]);
    let a = Scalar::reduced(&clamp(sha512(&[36; 32]).first_chunk().expect("32 bytes")));
    let big_r = Point::BASE.times(&r).encode();
    let verify = |public: &[u8; 32], signature: &[u8; 64]| ed25519::verify(public, b"any", signature);

    // The control: what is built so passes, where nothing is wrong with its parts.
    let signature = built_signature(&big_r, r, a, &key.public_key(), b"any");
    assert_eq!(verify(&key.public_key(), &signature), Ok(()));
    // S + L is S to the equation, and another spelling of the same signature.
    let mut second = signature;
    second[32..].copy_from_slice(&add_bytes(
        &signature[32..].try_into().expect("32 bytes"),
        &hex(L),
    ));
    assert_eq!(verify(&key.public_key(), &second), Err(BadSignature));
    // The neutral point as a key: S = r fits every message, and nobody holds a private key.
    let neutral = Point::NEUTRAL.encode();
    let signature = built_signature(&big_r, r, zero, &neutral, b"any");
    assert_eq!(verify(&neutral, &signature), Err(BadSignature));
    // The neutral point as R: r = 0 hides nothing, S = k*a gives `a` away.
    let signature = built_signature(&neutral, zero, a, &key.public_key(), b"any");
    assert_eq!(verify(&key.public_key(), &signature), Err(BadSignature));
    // And under its other name, y = p + 1.
    let signature = built_signature(&p_plus(1), zero, a, &key.public_key(), b"any");
    assert_eq!(verify(&key.public_key(), &signature), Err(BadSignature));
    // Every key of small order, under every signature that is tried.
    for name in SMALL_ORDER.map(hex) {
        for message in 0..16u8 {
            let signature = built_signature(&big_r, r, zero, &name, &[message]);
            assert_eq!(ed25519::verify(&name, &[message], &signature), Err(BadSignature));
        }
    }
}

#[test]
fn an_x25519_key_signs_whatever_the_sign_of_its_point() {
    let mut random = Seeded::new(37);
    let mut signs = [0, 0];
    for length in 0..24 {
        let (private, z): ([u8; 32], [u8; 64]) = (array(&mut random), array(&mut random));
        let (public, message) = (public_key(&private), random.bytes(length));
        let signature = xeddsa::sign(&private, &message, &z);
        assert_eq!(xeddsa::verify(&public, &message, &signature), Ok(()));

        // Other random bytes, another signature, and just as good.
        let other = xeddsa::sign(&private, &message, &array(&mut random));
        assert!(other[..32] != signature[..32] && xeddsa::verify(&public, &message, &other).is_ok());

        // It is an Ed25519 signature under y = (u - 1) / (u + 1), sign 0.
        let u = Field::from_bytes(&public);
        let y = ((u - Field::ONE) * (u + Field::ONE).invert()).to_bytes();
        assert_eq!(ed25519::verify(&y, &message, &signature), Ok(()));

        let point = Point::BASE.times(&Scalar::reduced(&clamp(&private)));
        signs[usize::from(point.encode()[31] >> 7)] += 1;
    }
    assert!(signs[0] > 4 && signs[1] > 4, "both signs came: {signs:?}");
}

#[test]
fn an_xeddsa_key_has_one_name_and_no_small_order() {
    // u = p - 1 has no y, u = 0 and 1 are of small order, p and above are second names.
    let keys = [[0; 32], std::array::from_fn(|i| u8::from(i == 0))];
    for public in keys.into_iter().chain((-1..19).map(p_plus)) {
        let u = Field::from_bytes(&public);
        let y = ((u - Field::ONE) * (u + Field::ONE).invert()).to_bytes();
        let r = Scalar::reduced(&[38; 32]);
        let big_r = Point::BASE.times(&r).encode();
        let signature = built_signature(&big_r, r, Scalar::reduced(&[0; 32]), &y, b"any");
        assert_eq!(xeddsa::verify(&public, b"any", &signature), Err(BadSignature));
    }
}

//! The published vectors of every specification, run against the kit: same bytes in, same bytes out.
//!
//! The values and where they come from stand in tests/vectors/*.txt.

mod common;

use std::panic::catch_unwind;

use common::{check_all, for_each_case};
use messaging_lab::crypto::aead;
use messaging_lab::crypto::chacha20;
use messaging_lab::crypto::chacha20_fast;
use messaging_lab::crypto::ed25519::{self, SigningKey};
use messaging_lab::crypto::hkdf;
use messaging_lab::crypto::hmac::hmac_sha256;
use messaging_lab::crypto::poly1305::poly1305;
use messaging_lab::crypto::sha256::{Sha256, sha256};
use messaging_lab::crypto::sha512::{Sha512, sha512};
use messaging_lab::crypto::x25519::{public_key, x25519};
use messaging_lab::crypto::xeddsa;

#[test]
fn sha256_is_fips_180_4() {
    for_each_case("sha256.txt", |case| {
        let message = case.bytes("message");
        let repeat = case.text("repeat").map_or(1, |_| case.number("repeat"));
        let digest: [u8; 32] = case.array("digest");

        let whole = message.repeat(repeat as usize);
        assert_eq!(sha256(&whole), digest, "{}", case.name);

        let mut pieces = Sha256::new();
        for _ in 0..repeat {
            pieces.update(&message);
        }
        assert_eq!(pieces.finish(), digest, "{}, in pieces", case.name);
    });
}

#[test]
fn sha512_is_fips_180_4() {
    for_each_case("sha512.txt", |case| {
        let message = case.bytes("message");
        let repeat = case.text("repeat").map_or(1, |_| case.number("repeat"));
        let digest: [u8; 64] = case.array("digest");

        let whole = message.repeat(repeat as usize);
        assert_eq!(sha512(&whole), digest, "{}", case.name);

        let mut pieces = Sha512::new();
        for _ in 0..repeat {
            pieces.update(&message);
        }
        assert_eq!(pieces.finish(), digest, "{}, in pieces", case.name);
    });
}

#[test]
fn hmac_sha256_is_rfc_4231() {
    for_each_case("hmac_sha256.txt", |case| {
        let tag = hmac_sha256(&case.bytes("key"), &case.bytes("message"));
        let published = case.bytes("tag");
        assert!(published.len() >= 16, "{}: a tag to compare with", case.name);
        assert_eq!(tag[..published.len()], published, "{}", case.name);
    });
}

#[test]
fn hkdf_sha256_is_rfc_5869() {
    for_each_case("hkdf_sha256.txt", |case| {
        let prk = hkdf::extract(&case.bytes("salt"), &case.bytes("secret"));
        assert_eq!(prk, case.array("prk"), "{}", case.name);
        let published = case.bytes("out");
        let mut out = vec![0; published.len()];
        assert_eq!(hkdf::expand(&prk, &case.bytes("info"), &mut out), Ok(()));
        assert_eq!(out, published, "{}", case.name);
    });
}

#[test]
fn the_chacha20_block_is_rfc_8439() {
    for_each_case("chacha20_block.txt", |case| {
        let (key, counter, nonce) = (
            case.array("key"),
            case.number("counter") as u32,
            case.array("nonce"),
        );
        for (path, block) in [
            ("plain", chacha20::block as Block),
            ("fast", chacha20_fast::block),
        ] {
            let block = block(&key, counter, &nonce);
            assert_eq!(block, case.array("block"), "{}, {path} path", case.name);
        }
    });
}

#[test]
fn chacha20_is_rfc_8439() {
    for_each_case("chacha20.txt", |case| {
        let (key, counter, nonce) = (
            case.array("key"),
            case.number("counter") as u32,
            case.array("nonce"),
        );
        let (plaintext, ciphertext) = (case.bytes("plaintext"), case.bytes("ciphertext"));
        for (path, xor) in [("plain", chacha20::xor as Xor), ("fast", chacha20_fast::xor)] {
            let mut data = plaintext.clone();
            xor(&key, counter, &nonce, &mut data).expect("short enough");
            assert_eq!(data, ciphertext, "{}, {path} path", case.name);
            xor(&key, counter, &nonce, &mut data).expect("short enough");
            assert_eq!(data, plaintext, "{}, {path} path and back", case.name);
        }
    });
}

type Block = fn(&[u8; 32], u32, &[u8; 12]) -> [u8; 64];
type Xor = fn(&[u8; 32], u32, &[u8; 12], &mut [u8]) -> Result<(), chacha20::KeystreamEnds>;

#[test]
fn poly1305_is_rfc_8439() {
    for_each_case("poly1305.txt", |case| {
        let tag = poly1305(&case.array("key"), &case.bytes("message"));
        assert_eq!(tag, case.array("tag"), "{}", case.name);
    });
}

#[test]
fn the_one_time_key_is_rfc_8439() {
    for_each_case("poly1305_key.txt", |case| {
        let key = aead::one_time_key(&case.array("key"), &case.array("nonce"));
        assert_eq!(key, case.array("one_time_key"), "{}", case.name);
    });
}

#[test]
fn chacha20_poly1305_is_rfc_8439() {
    for_each_case("chacha20_poly1305.txt", |case| {
        let (key, nonce) = (case.array("key"), case.array("nonce"));
        let (associated_data, plaintext) = (case.bytes("associated_data"), case.bytes("plaintext"));
        let sealed = [case.bytes("ciphertext"), case.bytes("tag")].concat();

        let ours = aead::seal(&key, &nonce, &associated_data, &plaintext);
        assert_eq!(ours.as_ref(), Ok(&sealed), "{}", case.name);
        let opened = aead::open(&key, &nonce, &associated_data, &sealed);
        assert_eq!(opened, Ok(plaintext), "{}", case.name);
    });
}

#[test]
fn x25519_is_rfc_7748() {
    for_each_case("x25519.txt", |case| {
        let shared = x25519(&case.array("private"), &case.array("public"));
        assert_eq!(shared, Ok(case.array("shared")), "{}", case.name);
    });
}

#[test]
fn an_agreement_of_two_is_rfc_7748() {
    for_each_case("x25519_agreement.txt", |case| {
        let (alice, bob) = (case.array("alice_private"), case.array("bob_private"));
        let (alice_public, bob_public) = (case.array("alice_public"), case.array("bob_public"));
        assert_eq!(public_key(&alice), alice_public, "{}", case.name);
        assert_eq!(public_key(&bob), bob_public, "{}", case.name);
        let shared = Ok(case.array("shared"));
        assert_eq!(x25519(&alice, &bob_public), shared, "{}", case.name);
        assert_eq!(x25519(&bob, &alice_public), shared, "{}", case.name);
    });
}

/// The iterated cases of up to `limit` iterations that take more than `above`.
fn x25519_iterated(above: u64, limit: u64) {
    let mut ran = 0;
    for_each_case("x25519_iterated.txt", |case| {
        let (iterations, expected): (u64, [u8; 32]) = (case.number("iterations"), case.array("k"));
        if iterations <= above || iterations > limit {
            return;
        }
        let mut k = [0; 32];
        k[0] = 9;
        let mut u = k;
        for _ in 0..iterations {
            (k, u) = (x25519(&k, &u).expect("not 0"), k);
        }
        assert_eq!(k, expected, "{}", case.name);
        ran += 1;
    });
    assert!(ran > 0, "no case of this size");
}

#[test]
fn x25519_a_thousand_times_is_rfc_7748() {
    x25519_iterated(0, 1_000);
}

#[test]
#[ignore = "a million ladders take minutes: cargo test --release --test vectors -- --ignored"]
fn x25519_a_million_times_is_rfc_7748() {
    x25519_iterated(1_000, 1_000_000);
}

#[test]
fn ed25519_is_rfc_8032() {
    for_each_case("ed25519.txt", |case| {
        let key = SigningKey::from_seed(&case.array("seed"));
        let (public, message) = (case.array("public"), case.bytes("message"));
        let signature = case.array("signature");
        assert_eq!(key.public_key(), public, "{}", case.name);
        assert_eq!(key.sign(&message), signature, "{}", case.name);
        let verified = ed25519::verify(&public, &message, &signature);
        assert_eq!(verified, Ok(()), "{}", case.name);
    });
}

#[test]
fn xeddsa_is_what_independent_implementations_make() {
    for_each_case("xeddsa.txt", |case| {
        let (private, public) = (case.array("private"), case.array("public"));
        let (message, signature) = (case.bytes("message"), case.array("signature"));
        assert_eq!(public_key(&private), public, "{}", case.name);
        let ours = xeddsa::sign(&private, &message, &case.array("random"));
        assert_eq!(ours, signature, "{}", case.name);
        let verified = xeddsa::verify(&public, &message, &signature);
        assert_eq!(verified, Ok(()), "{}", case.name);
    });
}

// The reader of the files itself: whatever would leave a vector out fails.

/// Whether a run over `text`, asking each case for `key` alone, fails.
fn fails(text: &'static str) -> bool {
    let run = || check_all("a file", text, |case| drop(case.bytes("key")));
    catch_unwind(run).is_err()
}

#[test]
fn a_vector_cannot_be_left_out_unnoticed() {
    assert!(fails(""), "no cases");
    assert!(fails("# only a comment\n"), "no cases");
    assert!(fails("key = 00\n"), "a field before the first case");
    assert!(fails("case = one\n"), "no key");
    assert!(fails("case = one\nkey = 0\n"), "half a byte");
    assert!(
        fails("case = one\nkey = 00\ntag = 11\n"),
        "a field that nothing checks"
    );
    assert!(fails("case = one\nkey = 00\nkey = 00\n"), "a field twice");
    assert!(
        fails("case = one\nkey = 00\nnonsense\n"),
        "a line that says nothing"
    );
    assert!(fails("case = one\n    00\n"), "a line that goes on with nothing");
    // The control: the same, and nothing wrong with it.
    assert!(!fails(
        "# source\ncase = one\nkey =\n    00\n    ff\n\ncase = two\nkey = 11\n"
    ));
}

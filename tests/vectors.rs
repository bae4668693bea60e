//! The published vectors of every specification, run against the kit: same bytes in, same bytes out.
//!
//! The values and where they come from stand in tests/vectors/*.txt.

mod common;

use std::panic::catch_unwind;

use common::{check_all, for_each_case};
use messaging_lab::crypto::aead;
use messaging_lab::crypto::chacha20;
use messaging_lab::crypto::poly1305::poly1305;
use messaging_lab::crypto::sha256::{Sha256, sha256};

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
fn the_chacha20_block_is_rfc_8439() {
    for_each_case("chacha20_block.txt", |case| {
        let block = chacha20::block(
            &case.array("key"),
            case.number("counter") as u32,
            &case.array("nonce"),
        );
        assert_eq!(block, case.array("block"), "{}", case.name);
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
        for (path, xor) in [("plain", chacha20::xor_plain as Xor), ("fast", chacha20::xor)] {
            let mut data = plaintext.clone();
            xor(&key, counter, &nonce, &mut data).expect("short enough");
            assert_eq!(data, ciphertext, "{}, {path} path", case.name);
            xor(&key, counter, &nonce, &mut data).expect("short enough");
            assert_eq!(data, plaintext, "{}, {path} path and back", case.name);
        }
    });
}

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

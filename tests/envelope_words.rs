//! Padding, and the safety number: the published vector of Signal's, and what must hold of every text and every key.

mod common;

use std::collections::BTreeSet;

use common::for_each_case;
use messaging_lab::envelope::kem::PublicKey;
use messaging_lab::envelope::padding::{
    BUCKETS, BadPadding, MAX_TEXT_BYTES, TextTooLong, bucket_of, pad, unpad,
};
use messaging_lab::envelope::safety_number::{
    ITERATIONS, half_of_number, iterated_fingerprint, safety_number, safety_number_with,
};
use messaging_lab::ground::randomness::Seeded;

#[test]
fn a_padded_text_is_the_text_then_0x80_then_zeros_to_the_smallest_bucket() {
    let mut random = Seeded::new(1);
    let mut lengths: Vec<usize> = (0..=600).collect();
    for bucket in BUCKETS {
        lengths.extend([bucket - 2, bucket - 1, bucket, bucket + 1]);
    }
    lengths.retain(|&length| length <= MAX_TEXT_BYTES);
    for length in lengths {
        // Texts that end like padding are the hard ones.
        let mut text = random.bytes(length);
        for byte in text.iter_mut().rev().take(random.below(4) as usize) {
            *byte = [0x00, 0x80][random.below(2) as usize];
        }
        let padded = pad(&text).expect("short enough");
        let (front, rest) = padded.split_at(length);
        assert_eq!((front, rest[0]), (&text[..], 0x80));
        assert!(rest[1..].iter().all(|&byte| byte == 0));
        assert_eq!(bucket_of(length), Ok(padded.len()));
        let smaller = BUCKETS.iter().rev().find(|&&bucket| bucket < padded.len());
        assert!(BUCKETS.contains(&padded.len()) && smaller.is_none_or(|&bucket| bucket <= length));
        assert_eq!(unpad(&padded), Ok(&text[..]));
    }
}

#[test]
fn the_buckets_double_up_to_64_kib() {
    assert_eq!((BUCKETS[0], BUCKETS[10]), (64, 64 * 1024));
    assert!(BUCKETS.windows(2).all(|pair| pair[1] == 2 * pair[0]));
    assert_eq!(MAX_TEXT_BYTES, 65_535);
    assert_eq!(bucket_of(MAX_TEXT_BYTES), Ok(65_536));
    for length in [65_536, usize::MAX] {
        assert_eq!(bucket_of(length), Err(TextTooLong { length }));
    }
    let length = MAX_TEXT_BYTES + 1;
    assert_eq!(pad(&vec![0; length]), Err(TextTooLong { length }));
    assert_eq!(
        TextTooLong { length }.to_string(),
        "a text of 65536 bytes is longer than 65535: split it"
    );
}

#[test]
fn everything_that_pad_does_not_make_is_refused() {
    let padded = pad(b"yes").expect("short enough");
    // Each byte of the padding, with every other value.
    for at in 3..padded.len() {
        for value in 0..=255 {
            let mut other = padded.clone();
            other[at] = value;
            // A second 0x80 behind the first: a text that ends in 0x80 and zeros.
            let sound = value == padded[at] || value == 0x80;
            assert_eq!(unpad(&other).is_ok(), sound, "byte {at} = {value}");
        }
    }
    for length in (0..300).filter(|length| !BUCKETS.contains(length)) {
        let mut bytes = padded.clone();
        bytes.resize(length, 0);
        assert_eq!(unpad(&bytes), Err(BadPadding), "{length} bytes");
    }
    for bucket in BUCKETS {
        assert_eq!(unpad(&vec![0; bucket]), Err(BadPadding), "only zeros");
        let mut larger = padded.clone();
        larger.resize(bucket, 0);
        assert_eq!(
            unpad(&larger).is_ok(),
            bucket == 64,
            "a larger bucket than needed"
        );
    }
    assert_eq!(unpad(&padded), Ok(&b"yes"[..]));
}

#[test]
fn no_bytes_make_unpad_panic_and_what_it_accepts_pads_to_the_same() {
    let mut random = Seeded::new(2);
    let mut accepted = 0;
    for _ in 0..20_000 {
        let length = BUCKETS[random.below(3) as usize] + [0, 0, 0, 1][random.below(4) as usize];
        let mut bytes = random.bytes(length);
        let zeros = random.below(1 + length as u64) as usize;
        bytes[length - zeros..].fill(0);
        if random.below(2) == 0 && zeros < length {
            bytes[length - zeros - 1] = 0x80;
        }
        if let Ok(text) = unpad(&bytes) {
            accepted += 1;
            assert_eq!(pad(text), Ok(bytes));
        }
    }
    assert!(accepted > 1_000, "{accepted}");
}

#[test]
fn the_safety_number_is_signals() {
    for_each_case("safety_number.txt", |case| {
        let person = |who: &str| {
            let id = case.bytes(&format!("{who}_id"));
            let key = PublicKey(case.array(&format!("{who}_key")));
            (id, key, case.array::<32>(&format!("{who}_fingerprint")))
        };
        let (alice, bob) = (person("alice"), person("bob"));
        let iterations = case.number("iterations") as u32;
        assert_eq!(iterations, ITERATIONS);
        for (id, key, published) in [&alice, &bob] {
            assert_eq!(
                iterated_fingerprint(iterations, id, key)[..32],
                *published,
                "{}",
                case.name
            );
        }
        let (alice, bob) = ((&alice.0[..], &alice.1), (&bob.0[..], &bob.1));
        let number = case.text("number").expect("a number");
        for (one, other) in [(alice, bob), (bob, alice)] {
            assert_eq!(safety_number(one, other).digits(), number, "{}", case.name);
            assert_eq!(safety_number_with(iterations, one, other).digits(), number);
        }
    });
}

#[test]
fn the_blocks_are_twelve_of_five_digits() {
    let (alice, bob) = (PublicKey([1; 32]), PublicKey([2; 32]));
    let number = safety_number_with(1, (b"alice", &alice), (b"bob", &bob));
    let blocks: Vec<&str> = number.blocks().collect();
    assert_eq!((blocks.len(), number.digits().len()), (12, 60));
    assert!(blocks.iter().all(|block| block.len() == 5));
    assert!(number.digits().bytes().all(|digit| digit.is_ascii_digit()));
    assert_eq!(blocks.concat(), number.digits());
    assert_eq!(number.to_string(), blocks.join(" "));
}

/// The chunks of five bytes, and zeros in front of small numbers.
#[test]
fn each_five_bytes_make_five_digits() {
    let mut hash = [0; 64];
    assert_eq!(half_of_number(&hash), "0".repeat(30));
    hash[4] = 7; // 7
    hash[5..10].copy_from_slice(&[0, 0, 1, 0x86, 0xa0]); // 100 000
    hash[10..15].copy_from_slice(&[0, 0, 1, 0x86, 0x9f]); // 99 999
    hash[15..20].copy_from_slice(&[0xff; 5]); // 2^40 - 1 = 1 099 511 627 775
    hash[20] = 1; // 2^32 = 4 294 967 296
    hash[29] = 0xff; // 255
    hash[30..].fill(0xee); // not used
    assert_eq!(half_of_number(&hash), "000070000099999277756729600255");
}

#[test]
fn whatever_changes_the_number_changes_and_the_order_does_not_matter() {
    let mut random = Seeded::new(3);
    let mut key = || PublicKey(random.bytes(32).try_into().expect("32 bytes"));
    let (alice, bob, eve) = (key(), key(), key());
    let number = |one: (&str, PublicKey), other: (&str, PublicKey), iterations| {
        safety_number_with(
            iterations,
            (one.0.as_bytes(), &one.1),
            (other.0.as_bytes(), &other.1),
        )
    };
    let genuine = number(("alice", alice), ("bob", bob), 3);
    let mut numbers = BTreeSet::from([genuine.digits().to_string()]);
    for other in [
        number(("alice", alice), ("bob", eve), 3),   // another key
        number(("alice", alice), ("bobby", bob), 3), // another name
        number(("bob", alice), ("alice", bob), 3),   // the names swapped
        number(("alice", alice), ("bob", bob), 2),   // fewer rounds
        number(("alice", alice), ("bob", bob), 4),   // more rounds
        number(("alice", alice), ("alice", alice), 3),
    ] {
        assert!(numbers.insert(other.digits().to_string()), "{other}");
    }
    for bit in 0..256 {
        let mut changed = bob;
        changed.0[bit / 8] ^= 1 << (bit % 8);
        let other = number(("alice", alice), ("bob", changed), 3);
        assert!(numbers.insert(other.digits().to_string()), "bit {bit}");
    }
    assert_eq!(number(("bob", bob), ("alice", alice), 3), genuine);
    // The first hash is always made.
    assert_eq!(
        iterated_fingerprint(0, b"bob", &bob),
        iterated_fingerprint(1, b"bob", &bob)
    );
    assert_ne!(
        iterated_fingerprint(1, b"bob", &bob),
        iterated_fingerprint(2, b"bob", &bob)
    );
}

//! The one-shot envelope: its bytes, what opens, and that everything else is refused in the same words.

use messaging_lab::envelope::hpke;
use messaging_lab::envelope::kem::{EphemeralKey, KeyPair, PublicKey};
use messaging_lab::envelope::one_shot::{
    HEADER_BYTES, MAX_ENVELOPE_BYTES, MAX_NAME_BYTES, Names, Refused, SealError, VERSION, open, open_auth,
    seal, seal_auth,
};
use messaging_lab::envelope::padding::{BUCKETS, MAX_TEXT_BYTES, TextTooLong, pad};
use messaging_lab::ground::randomness::Seeded;

const NAMES: Names = Names {
    from: "alice",
    to: "bob",
};

fn pair(seed: u8) -> KeyPair {
    KeyPair::derive(&[seed; 32])
}

fn ephemeral() -> EphemeralKey {
    EphemeralKey::derive(&[9; 32])
}

/// One envelope of each mode, from Alice to Bob.
fn both_modes(text: &[u8]) -> [Vec<u8>; 2] {
    let to = pair(2).public();
    [
        seal(NAMES, ephemeral(), &to, text).expect("sealed"),
        seal_auth(&pair(1), NAMES, ephemeral(), &to, text).expect("sealed"),
    ]
}

/// What Bob makes of `envelope`, as each mode.
fn bob_opens(envelope: &[u8]) -> [Result<Vec<u8>, Refused>; 2] {
    [
        open(NAMES, &pair(2), envelope),
        open_auth(&pair(1).public(), NAMES, &pair(2), envelope),
    ]
}

#[test]
fn the_bytes_are_the_documented_ones() {
    let info = b"messaging-lab one-shot\x05alice\x03bob";
    let (alice, bob) = (pair(1), pair(2));
    let text = b"meet at ten";
    for (envelope, mode) in both_modes(text).iter().zip([0x00, 0x02]) {
        assert_eq!(envelope.len(), 34 + 64 + 16);
        let (header, sealed) = envelope.split_at(34);
        assert_eq!(header[..2], [0x01, mode]);
        assert_eq!(header[2..], ephemeral().public().0);
        let enc = ephemeral().public().0;
        let opened = match mode {
            0x00 => hpke::open_base(&enc, &bob, info, header, sealed),
            _ => hpke::open_auth(&enc, &bob, info, header, sealed, &alice.public()),
        };
        assert_eq!(opened, Ok(pad(text).expect("short enough")), "mode {mode}");
    }
}

#[test]
fn every_length_opens_again_and_shows_as_its_bucket_only() {
    let mut random = Seeded::new(1);
    let mut lengths: Vec<usize> = (0..300).step_by(7).collect();
    for bucket in BUCKETS {
        lengths.extend([bucket - 2, bucket - 1, bucket]);
    }
    lengths.retain(|&length| length <= MAX_TEXT_BYTES);
    for length in lengths {
        let text = random.bytes(length);
        let bucket = BUCKETS.into_iter().find(|&bucket| length < bucket).expect("one");
        let [base, auth] = both_modes(&text);
        for envelope in [&base, &auth] {
            assert_eq!(envelope.len(), HEADER_BYTES + bucket + 16);
        }
        assert_eq!(bob_opens(&base), [Ok(text.clone()), Err(Refused)]);
        assert_eq!(bob_opens(&auth), [Err(Refused), Ok(text)]);
    }
    let longest = both_modes(&vec![7; MAX_TEXT_BYTES]);
    assert_eq!(longest[0].len(), MAX_ENVELOPE_BYTES);
}

#[test]
fn another_name_recipient_or_sender_is_refused() {
    let text = b"meet at ten";
    let [base, auth] = both_modes(text);
    let (alice, bob, eve) = (pair(1), pair(2), pair(3));
    // The last two: the same letters, divided in other places.
    for (from, to) in [
        ("eve", "bob"),
        ("alice", "eve"),
        ("bob", "alice"),
        ("", ""),
        ("alic", "ebob"),
        ("aliceb", "ob"),
    ] {
        let names = Names { from, to };
        assert_eq!(open(names, &bob, &base), Err(Refused), "{names:?}");
        assert_eq!(
            open_auth(&alice.public(), names, &bob, &auth),
            Err(Refused),
            "{names:?}"
        );
    }
    assert_eq!(open(NAMES, &eve, &base), Err(Refused));
    assert_eq!(open_auth(&alice.public(), NAMES, &eve, &auth), Err(Refused));
    assert_eq!(open_auth(&eve.public(), NAMES, &bob, &auth), Err(Refused));
    assert_eq!(bob_opens(&base), [Ok(text.to_vec()), Err(Refused)]);
    assert_eq!(bob_opens(&auth), [Err(Refused), Ok(text.to_vec())]);
}

#[test]
fn every_flipped_bit_every_cut_and_every_addition_is_refused() {
    for (at, mut envelope) in both_modes(b"yes").into_iter().enumerate() {
        for bit in 0..8 * envelope.len() {
            envelope[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(bob_opens(&envelope), [Err(Refused), Err(Refused)], "bit {bit}");
            envelope[bit / 8] ^= 1 << (bit % 8);
        }
        for length in 0..envelope.len() {
            assert_eq!(
                bob_opens(&envelope[..length]),
                [Err(Refused), Err(Refused)],
                "{length}"
            );
        }
        // To the next bucket, and by a little.
        for more in [1, 2, 16, 63, 64, 65] {
            let mut longer = envelope.clone();
            longer.resize(envelope.len() + more, 0);
            assert_eq!(bob_opens(&longer), [Err(Refused), Err(Refused)], "{more} more");
        }
        assert_eq!(bob_opens(&envelope)[at], Ok(b"yes".to_vec()));
    }
}

#[test]
fn every_other_version_and_mode_is_refused() {
    for (at, envelope) in both_modes(b"yes").into_iter().enumerate() {
        for offset in [0, 1] {
            for value in 0..=255 {
                let mut other = envelope.clone();
                other[offset] = value;
                let opened = bob_opens(&other);
                assert_eq!(
                    opened[at].is_ok(),
                    value == envelope[offset],
                    "byte {offset} = {value}"
                );
                assert_eq!(opened[1 - at], Err(Refused), "byte {offset} = {value}");
            }
        }
    }
}

/// An envelope to Bob by somebody who keeps to every rule but in these two bytes and in this padding.
fn sealed_by_another_program(first_bytes: [u8; 2], padded: &[u8]) -> Vec<u8> {
    let header = [&first_bytes, &ephemeral().public().0[..]].concat();
    let info = b"messaging-lab one-shot\x05alice\x03bob";
    let (_, sealed) =
        hpke::seal_base(ephemeral(), &pair(2).public(), info, &header, padded).expect("a sound key");
    [header, sealed].concat()
}

#[test]
fn an_unknown_version_or_mode_is_refused_even_under_a_good_tag() {
    let padded = pad(b"yes").expect("short enough");
    for version in [0x00, 0x01, 0x02, 0x03, 0x81, 0xff] {
        for mode in [0x00, 0x01, 0x02, 0x03, 0xff] {
            let envelope = sealed_by_another_program([version, mode], &padded);
            let opened = open(NAMES, &pair(2), &envelope);
            assert_eq!(
                opened.is_ok(),
                (version, mode) == (0x01, 0x00),
                "{version}, {mode}"
            );
        }
    }
}

#[test]
fn bad_padding_under_a_good_tag_is_refused() {
    let mut good = [0; 64];
    (good[0], good[1]) = (b'y', 0x80);
    let mut wrong_end = good;
    wrong_end[63] = 1;
    let mut larger = [0; 128];
    larger[..64].copy_from_slice(&good);
    let opened = |padded: &[u8]| {
        open(
            NAMES,
            &pair(2),
            &sealed_by_another_program([VERSION, 0x00], padded),
        )
    };
    for bad in [&[0; 64][..], &[b'y'; 64], &wrong_end, &larger, &good[..63], b""] {
        assert_eq!(opened(bad), Err(Refused), "{bad:?}");
    }
    assert_eq!(opened(&good), Ok(b"y".to_vec()));
}

#[test]
fn what_cannot_be_sealed_is_said_in_words_that_help() {
    let bob = pair(2);
    let sealed = |names, to: &PublicKey, length| seal(names, ephemeral(), to, &vec![b'x'; length]);
    let name = "n".repeat(MAX_NAME_BYTES + 1);

    let too_long = sealed(NAMES, &bob.public(), MAX_TEXT_BYTES + 1).expect_err("too long");
    assert_eq!(too_long, SealError::TextTooLong(TextTooLong { length: 65_536 }));
    assert_eq!(
        too_long.to_string(),
        "a text of 65536 bytes is longer than 65535: split it"
    );

    for names in [Names { from: &name, ..NAMES }, Names { to: &name, ..NAMES }] {
        let error = sealed(names, &bob.public(), 1).expect_err("too long");
        assert_eq!(error, SealError::NameTooLong { length: 256 });
        assert_eq!(
            error.to_string(),
            "a name of 256 bytes is longer than 255: use a shorter one"
        );
        assert_eq!(open(names, &bob, &both_modes(b"yes")[0]), Err(Refused));
    }

    let weak = sealed(NAMES, &PublicKey([0; 32]), 1).expect_err("weak");
    assert_eq!(weak, SealError::WeakKey);
    assert!(weak.to_string().contains("secret that everybody knows"), "{weak}");

    let longest = &name[1..];
    let names = Names {
        from: longest,
        to: longest,
    };
    let envelope = sealed(names, &bob.public(), MAX_TEXT_BYTES).expect("the longest of all");
    assert_eq!(open(names, &bob, &envelope), Ok(vec![b'x'; MAX_TEXT_BYTES]));
}

/// `rounds` inputs: random bytes, envelopes with random bytes in them, and pieces of two envelopes. None opens, none
/// panics.
fn fuzz(seed: u64, rounds: u32) {
    let mut random = Seeded::new(seed);
    let bob = pair(2);
    let [base, auth] = both_modes(b"yes");
    for round in 0..rounds {
        let mut input = match random.below(4) {
            0 => {
                let length = random.below(200) as usize;
                random.bytes(length)
            }
            1 => {
                // A sound header, then anything of a sound length.
                let mut input = base[..HEADER_BYTES].to_vec();
                input.extend(random.bytes(64 + 16));
                input
            }
            2 => {
                let cut = random.below(base.len() as u64) as usize;
                [&base[..cut], &auth[random.below(auth.len() as u64) as usize..]].concat()
            }
            _ => base.clone(),
        };
        for _ in 0..1 + random.below(3) {
            if !input.is_empty() {
                let at = random.below(input.len() as u64) as usize;
                // Never the byte that stood there.
                input[at] ^= 1 + random.below(255) as u8;
            }
        }
        // Two changes of one byte can undo each other.
        if input != base {
            assert_eq!(
                open(NAMES, &bob, &input),
                Err(Refused),
                "seed {seed}, round {round}"
            );
        }
    }
    assert_eq!(open(NAMES, &bob, &base), Ok(b"yes".to_vec()));
}

#[test]
fn no_input_opens_or_panics() {
    fuzz(1, 3_000);
}

#[test]
#[ignore = "a million inputs take a minute: cargo test --release --test envelope_one_shot -- --ignored"]
fn no_input_of_a_million_opens_or_panics() {
    fuzz(2, 1_000_000);
}

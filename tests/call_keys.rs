//! The key schedule and the words of a call: against values computed elsewhere, and what must hold of every input.
//!
//! The values and where they come from stand in tests/vectors/*.txt.

mod common;

use std::collections::BTreeSet;

use common::for_each_case;
use messaging_lab::call::continuity::{Cached, continuity, must_alert, rs_id, s1_from_ids};
use messaging_lab::call::dh_part::DhPart;
use messaging_lab::call::hash_chain::{HashChain, mac_holds};
use messaging_lab::call::key_schedule::{
    KdfError, Role, SessionKeys, context, hvi, kdf, label, retained_secret, s0, sas_hash, total_hash,
};
use messaging_lab::call::varied_part::VariedPart;
use messaging_lab::call::wire::Kind;
use messaging_lab::call::word_lists::{EVEN, ODD};
use messaging_lab::call::words::{B32_ALPHABET, b32, pgp_words, sas_value};
use messaging_lab::crypto::sha256::sha256;
use messaging_lab::ground::hex::bytes_to_hex;
use messaging_lab::ground::randomness::Seeded;
use messaging_lab::ground::secret::Secret;

#[test]
fn the_key_schedule_gives_the_same_keys() {
    let mut with_shared = [0; 3];
    for_each_case("zrtp_keys.txt", |case| {
        let name = &case.name;
        let [hello, commit, dhpart1, dhpart2] =
            ["hello", "commit", "dhpart1", "dhpart2"].map(|field| case.bytes(field));
        let (zid_i, zid_r) = (case.array("zid_i"), case.array("zid_r"));
        assert_eq!(hvi(&dhpart2, &hello), case.array("hvi"), "{name}");
        let total = total_hash(&hello, &commit, &dhpart1, &dhpart2);
        assert_eq!(total, case.array("total_hash"), "{name}");
        let context = context(&zid_i, &zid_r, &total);
        assert_eq!(context, case.array("context"), "{name}");

        let shared = ["s1", "s2", "s3"].map(|field| case.text(field).is_some().then(|| case.array(field)));
        for (count, secret) in with_shared.iter_mut().zip(&shared) {
            *count += u32::from(secret.is_some());
        }
        let s0 = s0(
            &case.array("dh_result"),
            &zid_i,
            &zid_r,
            &total,
            shared.each_ref().map(Option::as_ref),
        );
        assert_eq!(*s0.expose(), case.array("s0"), "{name}");

        let keys = SessionKeys::derive(&s0, &context);
        assert_eq!(keys.sas_hash, case.array("sas"), "{name}");
        assert_eq!(sas_hash(&s0, &context), keys.sas_hash, "{name}");
        assert_eq!(*keys.zrtp_session.expose(), case.array("zrtp_session"), "{name}");
        for (role, end) in [(Role::Initiator, "i"), (Role::Responder, "r")] {
            let sent = keys.sent_by(role);
            assert_eq!(
                *sent.master_key.expose(),
                case.array(&format!("key_{end}")),
                "{name}"
            );
            assert_eq!(
                *sent.master_salt.expose(),
                case.array(&format!("salt_{end}")),
                "{name}"
            );
            assert_eq!(
                *sent.hmac_key.expose(),
                case.array(&format!("hmac_key_{end}")),
                "{name}"
            );
            assert_eq!(
                *sent.zrtp_key.expose(),
                case.array(&format!("zrtp_key_{end}")),
                "{name}"
            );
        }
        // The lengths that the RFC takes with AES-128.
        for (label, bits, field) in [
            (label::INITIATOR_SRTP_MASTER_KEY, 128, "key_i_128"),
            (label::RESPONDER_SRTP_MASTER_KEY, 128, "key_r_128"),
            (label::INITIATOR_SRTP_MASTER_SALT, 112, "salt_i_112"),
            (label::RESPONDER_SRTP_MASTER_SALT, 112, "salt_r_112"),
        ] {
            assert_eq!(
                kdf(s0.expose(), label, &context, bits),
                Ok(case.bytes(field)),
                "{name}"
            );
        }

        let retained = retained_secret(&s0, &context);
        assert_eq!(*retained.expose(), case.array("retained"), "{name}");
        assert_eq!(rs_id(&retained, Role::Initiator), case.array("rs_id_i"), "{name}");
        assert_eq!(rs_id(&retained, Role::Responder), case.array("rs_id_r"), "{name}");

        let value = sas_value(&keys.sas_hash);
        assert_eq!(Some(b32(value).as_str()), case.text("b32"), "{name}");
        let (even, odd) = pgp_words(value);
        assert_eq!(
            Some(format!("{even} {odd}").as_str()),
            case.text("words"),
            "{name}"
        );
    });
    // Every secret was there in one case and missing in another.
    assert_eq!(with_shared, [3, 1, 2]);
}

#[test]
fn every_byte_that_is_hashed_counts_and_parts_cannot_change_places() {
    let zid = |byte| [byte; 12];
    let base = || s0(&[1; 32], &zid(2), &zid(3), &[4; 32], [Some(&[5; 32]), None, None]);
    assert_eq!(base(), base());
    for other in [
        s0(&[9; 32], &zid(2), &zid(3), &[4; 32], [Some(&[5; 32]), None, None]),
        s0(&[1; 32], &zid(3), &zid(2), &[4; 32], [Some(&[5; 32]), None, None]),
        s0(&[1; 32], &zid(2), &zid(3), &[9; 32], [Some(&[5; 32]), None, None]),
        s0(&[1; 32], &zid(2), &zid(3), &[4; 32], [None, Some(&[5; 32]), None]),
        s0(&[1; 32], &zid(2), &zid(3), &[4; 32], [None, None, Some(&[5; 32])]),
        s0(&[1; 32], &zid(2), &zid(3), &[4; 32], [None; 3]),
    ] {
        assert_ne!(base(), other);
    }
}

#[test]
fn the_kdf_refuses_what_one_hmac_does_not_have() {
    let context = [8; 56];
    for bits in [0, 1, 7, 9, 20, 127, 255, 257, 264, 512, u32::MAX] {
        assert_eq!(
            kdf(&[7; 32], label::SAS, &context, bits),
            Err(KdfError::Length { bits })
        );
    }
    for text in ["", "SAS\0", "\0"] {
        assert_eq!(kdf(&[7; 32], text, &context, 256), Err(KdfError::Label));
    }
    assert_eq!(
        KdfError::Length { bits: 20 }.to_string(),
        "20 bits cannot be derived: ask for a multiple of 8 from 8 to 256"
    );
    // The control: every length that it has, and none is the beginning of another.
    let keys: Vec<Vec<u8>> = (8..=256)
        .step_by(8)
        .map(|bits| kdf(&[7; 32], label::SAS, &context, bits).expect("whole bytes"))
        .collect();
    assert!(keys.iter().zip(1..).all(|(key, bytes)| key.len() == bytes));
    assert!(keys[3..].windows(2).all(|pair| !pair[1].starts_with(&pair[0])));
}

#[test]
fn every_label_gives_another_key() {
    let labels = [
        label::SAS,
        label::ZRTP_SESSION_KEY,
        label::INITIATOR_SRTP_MASTER_KEY,
        label::RESPONDER_SRTP_MASTER_KEY,
        label::INITIATOR_SRTP_MASTER_SALT,
        label::RESPONDER_SRTP_MASTER_SALT,
        label::INITIATOR_HMAC_KEY,
        label::RESPONDER_HMAC_KEY,
        label::INITIATOR_ZRTP_KEY,
        label::RESPONDER_ZRTP_KEY,
        label::RETAINED_SECRET,
    ];
    let keys: BTreeSet<Vec<u8>> = labels
        .iter()
        .map(|label| kdf(&[7; 32], label, &[8; 56], 256).expect("256 bits"))
        .collect();
    assert_eq!(keys.len(), labels.len());
}

#[test]
fn keys_are_not_printed() {
    let s0 = s0(&[1; 32], &[2; 12], &[3; 12], &[4; 32], [None; 3]);
    let keys = SessionKeys::derive(&s0, &[5; 56]);
    let printed = format!("{s0:?} {keys:?}");
    assert_eq!(printed.matches("(omitted)").count(), 10, "{printed}");
    let held = [
        keys.initiator.master_key.expose(),
        keys.responder.hmac_key.expose(),
    ];
    for key in held {
        assert!(!printed.contains(&format!("{key:?}")));
    }
}

#[test]
fn the_words_are_those_of_the_published_lists() {
    for (list, first, last, digest) in [
        (
            &EVEN,
            "aardvark",
            "zulu",
            "ae5422211d55ee7d857d3d9c6446b6afc3c170bfae214b651bba5b3ffc3380e3",
        ),
        (
            &ODD,
            "adroitness",
            "yucatan",
            "dfe1b4176dc7a1f02380090e4ee83beda5334e7718c19442d7136044d1b1da40",
        ),
    ] {
        assert_eq!((list[0], list[255]), (first, last));
        assert_eq!(bytes_to_hex(&sha256(list.join("\n").as_bytes())), digest);
    }
    // A word stands in one list only, once: whoever hears it knows the byte and the place.
    let all: BTreeSet<&str> = EVEN.iter().chain(&ODD).copied().collect();
    assert_eq!(all.len(), 512);
}

#[test]
fn the_short_authentication_strings_are_the_same() {
    for_each_case("sas.txt", |case| {
        let value = u32::from_be_bytes(case.array("value"));
        assert_eq!(Some(b32(value).as_str()), case.text("b32"), "{}", case.name);
        let (even, odd) = pgp_words(value);
        let places = ["first", "second"].map(|field| case.number(field) as usize);
        assert_eq!([EVEN[places[0]], ODD[places[1]]], [even, odd], "{}", case.name);
        let words = format!("{even} {odd}");
        assert_eq!(Some(words.as_str()), case.text("words"), "{}", case.name);
    });
}

#[test]
fn each_string_shows_its_own_bits_and_no_others() {
    assert_eq!(B32_ALPHABET.iter().collect::<BTreeSet<_>>().len(), 32);
    let mut random = Seeded::new(1);
    for _ in 0..200 {
        let value = random.next_u64() as u32;
        for bit in 0..32 {
            let flipped = value ^ 1 << bit;
            assert_eq!(b32(value) == b32(flipped), bit < 12, "bit {bit} of {value:08x}");
            assert_eq!(
                pgp_words(value) == pgp_words(flipped),
                bit < 16,
                "bit {bit} of {value:08x}"
            );
        }
    }
    let mut hash = [0; 32];
    hash[..5].copy_from_slice(&[0xd2, 0x69, 0xb0, 0x71, 0xff]);
    assert_eq!(sas_value(&hash), 0xd269_b071);
}

/// What a phone keeps, with small numbers for secrets; 0 for none.
fn keeps(rs1: u8, rs2: u8) -> Cached {
    let secret = |byte: u8| (byte > 0).then(|| Secret::new([byte; 32]));
    Cached {
        rs1: secret(rs1),
        rs2: secret(rs2),
    }
}

/// The IDs that a phone sends; random ones for what it does not keep.
fn ids(cached: &Cached, role: Role, random: &mut Seeded) -> [[u8; 8]; 2] {
    [&cached.rs1, &cached.rs2].map(|secret| match secret {
        Some(secret) => rs_id(secret, role),
        None => random.next_u64().to_be_bytes(),
    })
}

#[test]
fn continuity_is_decided_as_the_rfc_does() {
    // What the initiator keeps, what the responder keeps; s1 (0 for nothing), who is alerted.
    for (initiator, responder, s1, alerts) in [
        ((0, 0), (0, 0), 0, (false, false)), // the first call
        ((1, 0), (1, 0), 1, (false, false)), // the second
        ((2, 1), (2, 1), 2, (false, false)),
        ((2, 1), (1, 0), 1, (false, false)), // the responder missed the end of the last call
        ((1, 0), (2, 1), 1, (false, false)), // the initiator did
        ((3, 2), (2, 1), 2, (false, false)),
        ((2, 1), (1, 2), 2, (false, false)), // both match: the initiator's newer one counts
        ((3, 1), (2, 1), 1, (false, false)), // only the older ones match
        ((1, 0), (0, 0), 0, (true, false)),  // the responder forgot, or is somebody else
        ((0, 0), (1, 0), 0, (false, true)),
        ((2, 1), (4, 3), 0, (true, true)), // somebody in the middle of an earlier call, and no more
    ] {
        let (alice, bob) = (keeps(initiator.0, initiator.1), keeps(responder.0, responder.1));
        let found = continuity(&alice, &bob);
        let expected = (s1 > 0).then(|| Secret::new([s1; 32]));
        assert_eq!(found.s1, expected.as_ref(), "{initiator:?} {responder:?}");
        assert_eq!(
            (found.initiator_alert, found.responder_alert),
            alerts,
            "{initiator:?} {responder:?}"
        );
    }
}

#[test]
fn both_phones_come_to_the_same_from_ids_alone() {
    let mut random = Seeded::new(2);
    let (mut matched, mut alerted) = (0, 0);
    for case in 0..=u8::MAX {
        let [a, b, c, d] = [case % 4, case / 4 % 4, case / 16 % 4, case / 64 % 4];
        let (alice, bob) = (keeps(a, b), keeps(c, d));
        let from_above = continuity(&alice, &bob);
        let by_alice = s1_from_ids(&alice, Role::Initiator, &ids(&bob, Role::Responder, &mut random));
        let by_bob = s1_from_ids(&bob, Role::Responder, &ids(&alice, Role::Initiator, &mut random));
        assert_eq!(by_alice, from_above.s1);
        assert_eq!(by_bob, from_above.s1);
        assert_eq!(must_alert(&alice, by_alice), from_above.initiator_alert);
        assert_eq!(must_alert(&bob, by_bob), from_above.responder_alert);
        matched += u32::from(by_alice.is_some());
        alerted += u32::from(from_above.initiator_alert);
        // What the other phone says of itself, sent back to it, is no match.
        let reflected = s1_from_ids(
            &alice,
            Role::Initiator,
            &ids(&alice, Role::Initiator, &mut random),
        );
        assert_eq!(reflected, None);
    }
    assert!(matched > 100 && alerted > 50, "{matched} {alerted}");
}

#[test]
fn after_a_call_the_older_secret_is_the_last_one() {
    let cached = Cached::default()
        .after_call(Secret::new([1; 32]))
        .after_call(Secret::new([2; 32]))
        .after_call(Secret::new([3; 32]));
    assert_eq!(cached.rs1, Some(Secret::new([3; 32])));
    assert_eq!(cached.rs2, Some(Secret::new([2; 32])));
}

#[test]
fn a_variant_is_the_message_that_an_honest_phone_would_send() {
    let mut random = Seeded::new(3);
    for (role, kind) in [(Role::Responder, Kind::DhPart1), (Role::Initiator, Kind::DhPart2)] {
        let mut draw = || -> [u8; 32] { random.bytes(32).try_into().expect("32 bytes") };
        let (h0, public, ids) = (draw(), draw(), draw());
        let chain = HashChain::new(Secret::new(h0));
        let honest = DhPart {
            h1: *chain.h1(),
            ids: std::array::from_fn(|at| ids[8 * at..8 * at + 8].try_into().expect("eight bytes")),
            public,
            mac: [0; 8],
        };
        let variants = VariedPart::new(role, &public, &h0);
        let message = variants.with_ids(&ids);
        assert_eq!(message[..], honest.message(kind, &chain));
        assert!(mac_holds(&h0, &message));
        // Another variant, and back: nothing is left of the one before.
        assert_ne!(variants.with_ids(&[0; 32]), message);
        assert_eq!(variants.with_ids(&ids), message);
    }
}

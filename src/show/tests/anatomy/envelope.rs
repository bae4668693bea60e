//! The formats of a conversation.

use super::{field, is, is_hex, is_number, names, tiles};
use crate::show::anatomy::Sight;
use crate::show::anatomy::envelope::{self, Carries};
use messaging_lab::envelope::bundle::{PreKeyBundle, Upload};
use messaging_lab::envelope::header::{HEADER_BYTES, Header};
use messaging_lab::envelope::hpke::seal_base;
use messaging_lab::envelope::identity::Identity;
use messaging_lab::envelope::kem::{ENC_BYTES, EphemeralKey, KeyPair};
use messaging_lab::envelope::one_shot::{self, Names};
use messaging_lab::envelope::parcel::{Address, Parcel};
use messaging_lab::envelope::prekeys::PreKeys;
use messaging_lab::envelope::session::{INTRODUCTION_BYTES, Session};
use messaging_lab::envelope::x3dh::Introduction;
use messaging_lab::ground::randomness::Seeded;

/// Names of 1 to 32 bytes, some of them not ASCII.
fn address(random: &mut Seeded) -> Address {
    let length = 1 + random.below(32) as usize;
    let letters = ["a", "z", "-", "\u{e9}", "<"];
    let mut name = String::new();
    while name.len() < length {
        let letter = letters[random.below(5) as usize];
        name.push_str(if name.len() + letter.len() > length {
            "x"
        } else {
            letter
        });
    }
    Address::new(&name, random.below(256) as u8).expect("it fits")
}

fn parcel(message: Vec<u8>, random: &mut Seeded) -> Vec<u8> {
    let parcel = Parcel {
        from: address(random),
        to: address(random),
        serial: random.next_u64() as u32,
        message,
    };
    parcel.to_bytes()
}

/// That a parcel's own fields are the parser's, and where its message begins.
fn address_side(bytes: &[u8], carries: Carries) -> (Parcel, crate::show::anatomy::Anatomy) {
    let parsed = Parcel::from_bytes(bytes).expect("a parcel");
    let anatomy = envelope::parcel(bytes, carries).expect("a parcel");
    tiles(&anatomy, bytes);
    is_number(&anatomy, "version", 1);
    is(&anatomy, "kind", &[5], "5: parcel");
    for (whose, address) in [("sender", &parsed.from), ("recipient", &parsed.to)] {
        let user = address.user();
        is_number(&anatomy, &format!("{whose}'s name: length"), user.len() as u64);
        is(
            &anatomy,
            &format!("{whose}'s name"),
            user.as_bytes(),
            &format!("\"{user}\""),
        );
        is_number(
            &anatomy,
            &format!("{whose}'s device"),
            u64::from(address.device()),
        );
    }
    is_number(&anatomy, "serial number", u64::from(parsed.serial));
    is_number(&anatomy, "message: length", parsed.message.len() as u64);
    (parsed, anatomy)
}

#[test]
fn envelopes_and_parcels_around_them_tile() {
    for seed in 0..30 {
        let mut random = Seeded::new(seed);
        let bob = KeyPair::generate(&mut random).unwrap();
        let long = random.below(200) as usize;
        let text = random.bytes(long);
        let fresh = EphemeralKey::generate(&mut random).unwrap();
        let (enc, sealed) = seal_base(fresh, &bob.public(), b"bound", &[], &text).unwrap();
        let bytes = [&enc[..], &sealed].concat();
        let anatomy = envelope::hpke(&bytes, "Bob").unwrap();
        tiles(&anatomy, &bytes);
        is_hex(&anatomy, "enc", &enc);
        is_hex(&anatomy, "tag", &sealed[text.len()..]);
        if text.is_empty() {
            assert_eq!(names(&anatomy), ["enc", "tag"]);
        } else {
            let body = field(&anatomy, "text, sealed");
            assert_eq!(anatomy.bytes_of(body), &sealed[..text.len()]);
            assert_eq!(body.sight, Sight::Sealed("who has Bob's private key".to_string()));
        }

        let (parsed, anatomy) = address_side(&parcel(bytes.clone(), &mut random), Carries::Envelope);
        assert_eq!(parsed.message, bytes);
        is_hex(&anatomy, "message: enc", &enc);
        assert!(envelope::hpke(&bytes[..ENC_BYTES + 15], "Bob").is_none());
    }
}

#[test]
fn one_shot_envelopes_tile_in_both_modes() {
    for seed in 0..20 {
        let mut random = Seeded::new(seed);
        let (alice, bob) = (
            KeyPair::generate(&mut random).unwrap(),
            KeyPair::generate(&mut random).unwrap(),
        );
        let long = random.below(300) as usize;
        let text = random.bytes(long);
        let names = Names {
            from: "alice",
            to: "bob",
        };
        let mut fresh = || EphemeralKey::generate(&mut random).unwrap();
        let base = one_shot::seal(names, fresh(), &bob.public(), &text).unwrap();
        let auth = one_shot::seal_auth(&alice, names, fresh(), &bob.public(), &text).unwrap();
        for (bytes, mode, words) in [
            (&base, 0, "0: anybody can have made it"),
            (&auth, 2, "2: the holder of the sender's key made it"),
        ] {
            let anatomy = envelope::one_shot(bytes, "bob").unwrap();
            tiles(&anatomy, bytes);
            is(&anatomy, "mode", &[mode], words);
            is_hex(&anatomy, "enc", &bytes[2..34]);
            is_hex(&anatomy, "tag", &bytes[bytes.len() - 16..]);
            let padded = field(&anatomy, "padded text, sealed");
            assert!(padded.to - padded.from > text.len());
            assert!(envelope::one_shot(&bytes[1..], "bob").is_none());
            assert!(envelope::one_shot(&bytes[..bytes.len() - 1], "bob").is_none());
        }
    }
}

#[test]
fn uploads_and_bundles_tile_and_say_what_the_parser_says() {
    for (seed, count) in [0, 1, 3, 100].into_iter().enumerate() {
        let mut random = Seeded::new(seed as u64);
        let identity = Identity::generate(&mut random).unwrap();
        let bytes = PreKeys::generate(&identity, count, &mut random)
            .unwrap()
            .upload(&identity)
            .to_bytes();
        let parsed = Upload::from_bytes(&bytes).unwrap();
        let anatomy = envelope::upload(&bytes).unwrap();
        tiles(&anatomy, &bytes);
        is(&anatomy, "kind", &[1], "1: upload");
        is_number(&anatomy, "one-time pre-keys", count as u64);
        for (place, one) in (1..).zip(&parsed.one_time) {
            is_number(
                &anatomy,
                &format!("one-time pre-key {place}: id"),
                u64::from(one.id),
            );
            is_hex(
                &anatomy,
                &format!("one-time pre-key {place}: key"),
                one.key.as_bytes(),
            );
        }
        let bundle = PreKeyBundle {
            identity: parsed.identity,
            signed: parsed.signed.clone(),
            one_time: parsed.one_time.last().copied(),
        };
        let bundled = bundle.to_bytes();
        let handed_out = envelope::bundle(&bundled).unwrap();
        tiles(&handed_out, &bundled);
        is(&handed_out, "kind", &[2], "2: key bundle");
        for anatomy in [&anatomy, &handed_out] {
            is_hex(anatomy, "identity key", parsed.identity.as_bytes());
            is_number(anatomy, "signed pre-key: id", u64::from(parsed.signed.id));
            is_hex(anatomy, "signed pre-key: key", parsed.signed.key.as_bytes());
            is_hex(anatomy, "signature", &parsed.signed.signature);
        }
        match bundle.one_time {
            Some(one) => {
                is(&handed_out, "one-time pre-key?", &[1], "1: there is one");
                is_number(&handed_out, "one-time pre-key: id", u64::from(one.id));
                is_hex(&handed_out, "one-time pre-key: key", one.key.as_bytes());
            }
            None => {
                is(&handed_out, "one-time pre-key?", &[0], "0: none");
                is(
                    &handed_out,
                    "one-time pre-key: key",
                    &[0; 32],
                    "zeros: none was left",
                );
            }
        }
        assert!(envelope::upload(&bundled).is_none() && envelope::bundle(&bytes).is_none());
    }
}

#[test]
fn messages_of_a_session_tile_and_say_what_the_parser_says() {
    for seed in 0..12 {
        let mut random = Seeded::new(seed);
        let (alice, bob) = (
            Identity::generate(&mut random).unwrap(),
            Identity::generate(&mut random).unwrap(),
        );
        let mut pre_keys = PreKeys::generate(&bob, seed as usize % 2, &mut random).unwrap();
        let upload = pre_keys.upload(&bob);
        let bundle = PreKeyBundle {
            identity: upload.identity,
            signed: upload.signed.clone(),
            one_time: upload.one_time.first().copied(),
        };
        let mut hers = Session::initiate(&alice, &bundle.verify().unwrap(), &mut random).unwrap();
        let text = random.bytes(1 + seed as usize * 7);
        let first = hers.seal(&text).unwrap();
        let anatomy = envelope::message(&first).unwrap();
        tiles(&anatomy, &first);
        let (introduction, behind) = Introduction::of(&first).unwrap();
        assert_eq!(first.len() - behind.len(), INTRODUCTION_BYTES);
        is_hex(&anatomy, "IK_A", introduction.identity.as_bytes());
        is_hex(&anatomy, "EK_A", introduction.ephemeral.as_bytes());
        is_number(&anatomy, "signed pre-key: id", u64::from(introduction.signed_id));
        match introduction.one_time_id {
            Some(id) => is_number(&anatomy, "one-time pre-key: id", u64::from(id)),
            None => is(&anatomy, "one-time pre-key: id", &[0; 4], "zeros: none was left"),
        }
        let (header, sealed) = Header::of(behind).unwrap();
        is_hex(&anatomy, "ratchet message: dh", header.dh.as_bytes());
        is_number(&anatomy, "ratchet message: n", u64::from(header.n));
        let body = field(&anatomy, "ratchet message: text, sealed");
        assert_eq!(anatomy.bytes_of(body), &sealed[..text.len()]);

        let (parsed, around) = address_side(&parcel(first.clone(), &mut random), Carries::Session);
        assert_eq!(parsed.message, first);
        assert_eq!(
            around.fields.len(),
            10 + anatomy.fields.len(),
            "{:?}",
            names(&around)
        );

        let (mut his, _) = Session::accept(&bob, &mut pre_keys, &first, &mut random).unwrap();
        let mut newest = Vec::new();
        for _ in 0..3 {
            newest = his.seal(&text).unwrap();
        }
        let anatomy = envelope::message(&newest).unwrap();
        tiles(&anatomy, &newest);
        let (header, sealed) = Header::of(&newest).unwrap();
        is(&anatomy, "kind", &[4], "4: ratchet message");
        is_hex(&anatomy, "dh", header.dh.as_bytes());
        is_number(&anatomy, "pn", u64::from(header.pn));
        is_number(&anatomy, "n", 2);
        is_hex(&anatomy, "tag", &sealed[text.len()..]);
        for cut in [0, 1, HEADER_BYTES, HEADER_BYTES + 15] {
            assert!(envelope::message(&newest[..cut]).is_none());
        }
    }
}

//! HPKE (RFC 9180): the published vectors, what must hold of every context, and what it must refuse.

mod common;

use common::{Case, for_each_case};
use messaging_lab::crypto::x25519::AllZeroShare;
use messaging_lab::envelope::context::{
    RecipientContext, SenderContext, compute_nonce, next_sequence_number,
};
use messaging_lab::envelope::hpke::{
    HpkeError, Mode, key_schedule, key_schedule_context, open_auth, open_base, schedule_secret, seal_auth,
    seal_base, setup_auth_recipient, setup_auth_sender, setup_base_recipient, setup_base_sender,
};
use messaging_lab::envelope::kem::{
    EphemeralKey, KeyPair, PublicKey, SharedSecret, auth_decap, auth_encap, decap, encap,
};
use messaging_lab::ground::randomness::Seeded;

/// The key pair that a case derives for `who`, checked against both published halves.
fn key_pair(case: &Case, who: &str) -> KeyPair {
    let pair = KeyPair::derive(&case.bytes(&format!("ikm_{who}")));
    assert_eq!(
        pair.private().expose(),
        &case.array(&format!("sk_{who}")),
        "{}",
        case.name
    );
    assert_eq!(pair.public().0, case.array(&format!("pk_{who}")), "{}", case.name);
    pair
}

#[test]
fn hpke_is_rfc_9180() {
    let mut modes = Vec::new();
    for_each_case("hpke.txt", |case| {
        let (info, enc) = (case.bytes("info"), case.array("enc"));
        let recipient = key_pair(case, "r");
        let ephemeral = || EphemeralKey::derive(&case.bytes("ikm_e"));
        // The ephemeral pair is an ordinary one, and its public half is the encapsulation.
        assert_eq!(key_pair(case, "e").public(), ephemeral().public());
        assert_eq!(ephemeral().public().0, enc, "{}", case.name);

        let number = case.number("mode");
        modes.push(number);
        let mode = match number {
            0x00 => Mode::Base,
            0x02 => Mode::Auth,
            _ => panic!("{}: mode {number}", case.name),
        };
        assert_eq!(mode as u64, number);
        let to = recipient.public();
        let (encapsulated, decapsulated, sender, context) = match mode {
            Mode::Base => (
                encap(ephemeral(), &to),
                decap(&enc, &recipient),
                setup_base_sender(ephemeral(), &to, &info),
                setup_base_recipient(&enc, &recipient, &info),
            ),
            Mode::Auth => {
                let from = key_pair(case, "s");
                (
                    auth_encap(ephemeral(), &to, &from),
                    auth_decap(&enc, &recipient, &from.public()),
                    setup_auth_sender(ephemeral(), &to, &info, &from),
                    setup_auth_recipient(&enc, &recipient, &info, &from.public()),
                )
            }
        };

        // The encapsulation.
        let (shared_secret, ours) = encapsulated.expect("a sound key");
        assert_eq!(
            shared_secret.expose(),
            &case.array("shared_secret"),
            "{}",
            case.name
        );
        assert_eq!(ours, enc, "{}", case.name);
        assert_eq!(decapsulated.as_ref(), Ok(&shared_secret), "{}", case.name);

        // The key schedule.
        let schedule = key_schedule_context(mode, &info);
        assert_eq!(schedule, case.array("key_schedule_context"), "{}", case.name);
        let secret = schedule_secret(&shared_secret);
        assert_eq!(secret.expose(), &case.array("secret"), "{}", case.name);
        let keys = key_schedule(mode, &shared_secret, &info);
        let base_nonce = case.array("base_nonce");
        assert_eq!(keys.key.expose(), &case.array("key"), "{}", case.name);
        assert_eq!(keys.base_nonce.expose(), &base_nonce, "{}", case.name);
        let exporter_secret = keys.exporter_secret.expose();
        assert_eq!(exporter_secret, &case.array("exporter_secret"), "{}", case.name);

        // The messages, those between the published ones included.
        let (ours, mut sender) = sender.expect("a sound key");
        let mut context = context.expect("a sound key");
        assert_eq!(ours, enc, "{}", case.name);
        let text = case.bytes("text");
        for number in 0..=256 {
            if ![0, 1, 2, 4, 255, 256].contains(&number) {
                let sealed = sender.seal(b"", b"in between").expect("short enough");
                assert_eq!(context.open(b"", &sealed).as_deref(), Ok(&b"in between"[..]));
                continue;
            }
            let field = |name: &str| format!("{name}_{number}");
            let nonce = compute_nonce(&base_nonce, number);
            assert_eq!(nonce, case.array(&field("nonce")), "{}, {number}", case.name);
            let associated_data = case.bytes(&field("associated_data"));
            let sealed = sender.seal(&associated_data, &text).expect("short enough");
            assert_eq!(sealed, case.bytes(&field("sealed")), "{}, {number}", case.name);
            let opened = context.open(&associated_data, &sealed);
            assert_eq!(opened.as_ref(), Ok(&text), "{}, {number}", case.name);
        }

        // The exported secrets.
        for which in ["a", "b", "c"] {
            let exporter_context = case.bytes(&format!("exporter_context_{which}"));
            let published = case.array(&format!("exported_{which}"));
            for exported in [
                sender.export::<32>(&exporter_context),
                context.export(&exporter_context),
            ] {
                assert_eq!(exported.expose(), &published, "{}, export {which}", case.name);
            }
        }
    });
    assert_eq!(modes, [0, 2]);
}

/// Alice, Bob and Eve, others for each seed.
struct People {
    random: Seeded,
    alice: KeyPair,
    bob: KeyPair,
    eve: KeyPair,
}

fn people(seed: u64) -> People {
    let mut random = Seeded::new(seed);
    let mut pair = || KeyPair::generate(&mut random).expect("a seed always gives");
    let (alice, bob, eve) = (pair(), pair(), pair());
    People {
        random,
        alice,
        bob,
        eve,
    }
}

fn fresh(random: &mut Seeded) -> EphemeralKey {
    EphemeralKey::generate(random).expect("a seed always gives")
}

/// Both sides of a context from Alice to Bob.
fn context(mode: Mode, people: &mut People, info: &[u8]) -> (SenderContext, RecipientContext) {
    let People { alice, bob, .. } = people;
    let ephemeral = EphemeralKey::generate(&mut people.random).expect("a seed always gives");
    match mode {
        Mode::Base => {
            let (enc, sender) = setup_base_sender(ephemeral, &bob.public(), info).expect("sound");
            (sender, setup_base_recipient(&enc, bob, info).expect("sound"))
        }
        Mode::Auth => {
            let (enc, sender) = setup_auth_sender(ephemeral, &bob.public(), info, alice).expect("sound");
            let recipient = setup_auth_recipient(&enc, bob, info, &alice.public());
            (sender, recipient.expect("sound"))
        }
    }
}

#[test]
fn what_is_sealed_opens_whatever_its_lengths() {
    let mut people = people(1);
    for round in 0..40 {
        let random = &mut people.random;
        let info_length = random.below(200) as usize;
        let (info, rest) = (random.bytes(info_length), random.below(3));
        let mode = [Mode::Base, Mode::Auth][round % 2];
        let (mut sender, mut recipient) = context(mode, &mut people, &info);
        for _ in 0..=rest {
            let random = &mut people.random;
            let lengths = [random.below(100) as usize, random.below(2_000) as usize];
            let (associated_data, text) = (random.bytes(lengths[0]), random.bytes(lengths[1]));
            let sealed = sender.seal(&associated_data, &text).expect("short enough");
            assert_eq!(sealed.len(), text.len() + 16);
            assert_eq!(recipient.open(&associated_data, &sealed), Ok(text));
        }
    }
}

#[test]
fn another_key_info_mode_sender_or_associated_data_does_not_open() {
    let People {
        mut random,
        alice,
        bob,
        eve,
    } = people(2);
    let (info, ad, text) = (b"info", b"ad", b"meet at ten");
    let refused = Err(HpkeError::Refused);
    let to = bob.public();

    let (enc, sealed) = seal_base(fresh(&mut random), &to, info, ad, text).expect("sound");
    assert_eq!(open_base(&enc, &eve, info, ad, &sealed), refused);
    assert_eq!(open_base(&enc, &bob, b"Info", ad, &sealed), refused);
    assert_eq!(open_base(&enc, &bob, info, b"da", &sealed), refused);
    assert_eq!(open_base(&eve.public().0, &bob, info, ad, &sealed), refused);
    // Sealed by nobody in particular, it is not taken for a message of anybody.
    assert_eq!(open_auth(&enc, &bob, info, ad, &sealed, &alice.public()), refused);
    assert_eq!(open_base(&enc, &bob, info, ad, &sealed).as_deref(), Ok(&text[..]));

    let (enc, sealed) = seal_auth(fresh(&mut random), &to, info, ad, text, &alice).expect("sound");
    let from = alice.public();
    assert_eq!(open_auth(&enc, &bob, info, ad, &sealed, &eve.public()), refused);
    assert_eq!(open_auth(&enc, &eve, info, ad, &sealed, &from), refused);
    assert_eq!(open_auth(&enc, &bob, b"", ad, &sealed, &from), refused);
    assert_eq!(open_auth(&enc, &bob, info, b"", &sealed, &from), refused);
    assert_eq!(open_base(&enc, &bob, info, ad, &sealed), refused);
    assert_eq!(
        open_auth(&enc, &bob, info, ad, &sealed, &from).as_deref(),
        Ok(&text[..])
    );
}

#[test]
fn info_and_associated_data_are_not_one_and_the_same() {
    let People { mut random, bob, .. } = people(3);
    let (enc, sealed) = seal_base(fresh(&mut random), &bob.public(), b"ab", b"c", b"text").expect("sound");
    for (info, ad) in [("a", "bc"), ("abc", ""), ("", "abc"), ("c", "ab")] {
        let opened = open_base(&enc, &bob, info.as_bytes(), ad.as_bytes(), &sealed);
        assert_eq!(opened, Err(HpkeError::Refused), "{info:?} and {ad:?}");
    }
    assert_eq!(
        open_base(&enc, &bob, b"ab", b"c", &sealed).as_deref(),
        Ok(&b"text"[..])
    );
}

#[test]
fn every_flipped_bit_is_refused() {
    let People { mut random, bob, .. } = people(4);
    let (mut enc, mut sealed) =
        seal_base(fresh(&mut random), &bob.public(), b"", b"", b"yes").expect("sound");
    for bit in 0..8 * sealed.len() {
        sealed[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(
            open_base(&enc, &bob, b"", b"", &sealed),
            Err(HpkeError::Refused),
            "bit {bit}"
        );
        sealed[bit / 8] ^= 1 << (bit % 8);
    }
    // X25519 ignores the highest bit of a public key. HPKE does not: the bytes as they came go into the secret.
    for bit in 0..8 * enc.len() {
        enc[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(
            open_base(&enc, &bob, b"", b"", &sealed),
            Err(HpkeError::Refused),
            "enc, bit {bit}"
        );
        enc[bit / 8] ^= 1 << (bit % 8);
    }
    assert_eq!(
        open_base(&enc, &bob, b"", b"", &sealed).as_deref(),
        Ok(&b"yes"[..])
    );
}

#[test]
fn messages_open_in_their_order_only_and_a_refusal_changes_nothing() {
    for mode in [Mode::Base, Mode::Auth] {
        let (mut sender, mut recipient) = context(mode, &mut people(5), b"order");
        let sealed: Vec<Vec<u8>> = (0..4u8)
            .map(|number| sender.seal(b"", &[number]).expect("short enough"))
            .collect();
        for (number, message) in sealed.iter().enumerate() {
            // Earlier ones, later ones, cut ones and nothing at all are refused, as often as one likes.
            for _ in 0..2 {
                for other in (0..4).filter(|&other| other != number) {
                    assert_eq!(recipient.open(b"", &sealed[other]), Err(HpkeError::Refused));
                }
                for length in 0..message.len() {
                    let cut = recipient.open(b"", &message[..length]);
                    assert_eq!(cut, Err(HpkeError::Refused), "{length} bytes");
                }
                assert_eq!(recipient.open(b"x", message), Err(HpkeError::Refused));
            }
            assert_eq!(recipient.open(b"", message), Ok(vec![number as u8]));
        }
    }
}

#[test]
fn the_same_text_sealed_twice_does_not_look_the_same() {
    let (mut sender, _) = context(Mode::Base, &mut people(6), b"");
    let first = sender.seal(b"", b"yes").expect("short enough");
    assert_ne!(first, sender.seal(b"", b"yes").expect("short enough"));
}

#[test]
fn exported_secrets_differ_by_context_length_and_conversation() {
    let mut people = people(7);
    let (sender, recipient) = context(Mode::Base, &mut people, b"");
    let (other, _) = context(Mode::Base, &mut people, b"");
    let exported = sender.export::<32>(b"one");
    assert_ne!(exported, sender.export(b"two"));
    assert_ne!(exported, other.export(b"one"));
    assert_ne!(exported.expose()[..16], sender.export::<16>(b"one").expose()[..]);
    assert_eq!(exported, recipient.export(b"one"));
    // The most that there is.
    assert_eq!(
        sender.export::<8_160>(b"one").expose(),
        recipient.export(b"one").expose()
    );
}

#[test]
fn a_key_that_gives_everybodys_secret_is_refused() {
    let People {
        mut random,
        alice,
        bob,
        ..
    } = people(8);
    // Points of order 1, 2, 4 and 8: 0, 1, p - 1 and one of order 8.
    let (mut one, mut p_minus_1) = ([0; 32], [0xff; 32]);
    one[0] = 1;
    (p_minus_1[0], p_minus_1[31]) = (0xec, 0x7f);
    let order_8 = [
        0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56, 0xe3, 0xfa, 0xf1, 0x9f, 0xc4, 0x6a, 0xda,
        0x09, 0x8d, 0xeb, 0x9c, 0x32, 0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16, 0x5f, 0x49, 0xb8, 0x00,
    ];
    for small in [[0; 32], one, p_minus_1, order_8] {
        let weak = PublicKey(small);
        assert_eq!(encap(fresh(&mut random), &weak), Err(AllZeroShare));
        assert_eq!(decap(&small, &bob), Err(AllZeroShare));
        assert_eq!(auth_encap(fresh(&mut random), &weak, &alice), Err(AllZeroShare));
        assert_eq!(auth_decap(&small, &bob, &alice.public()), Err(AllZeroShare));
        let enc = fresh(&mut random).public().0;
        assert_eq!(auth_decap(&enc, &bob, &weak), Err(AllZeroShare));

        let weak_key = Some(HpkeError::WeakKey);
        assert_eq!(setup_base_sender(fresh(&mut random), &weak, b"").err(), weak_key);
        assert_eq!(
            setup_auth_sender(fresh(&mut random), &weak, b"", &alice).err(),
            weak_key
        );
        assert_eq!(setup_base_recipient(&small, &bob, b"").err(), weak_key);
        assert_eq!(setup_auth_recipient(&enc, &bob, b"", &weak).err(), weak_key);
        assert!(setup_auth_recipient(&enc, &bob, b"", &alice.public()).is_ok());
    }
}

#[test]
fn the_sequence_number_goes_into_the_nonce_from_its_end_and_does_not_come_round() {
    let base: [u8; 12] = std::array::from_fn(|i| i as u8);
    assert_eq!(compute_nonce(&base, 0), base);
    assert_eq!(
        compute_nonce(&[0; 12], 0x0102_0304_0506_0708),
        [0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]
    );
    assert_eq!(
        compute_nonce(&[0xff; 12], u64::MAX),
        [0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0]
    );
    assert_eq!(next_sequence_number(0), Ok(1));
    assert_eq!(next_sequence_number(u64::MAX - 1), Ok(u64::MAX));
    assert_eq!(next_sequence_number(u64::MAX), Err(HpkeError::MessageLimit));
}

/// What the documentation warns of is true, and not only of others: who has Bob's key writes to Bob in Alice's name.
#[test]
fn auth_mode_proves_the_sender_to_nobody_who_lost_his_own_key() {
    let People { alice, bob, .. } = people(9);
    // The thief has Bob's private key, records one encapsulation of Alice's, and makes the same keys as Bob.
    let (_, enc) = auth_encap(EphemeralKey::derive(&[1; 32]), &bob.public(), &alice).expect("sound");
    let not_bobs = KeyPair::derive(&[2; 32]);
    let thief: SharedSecret = auth_decap(&enc, &bob, &alice.public()).expect("sound");
    let forged = SenderContext::new(key_schedule(Mode::Auth, &thief, b""))
        .seal(b"", b"not from Alice")
        .expect("short enough");
    let opened = open_auth(&enc, &bob, b"", b"", &forged, &alice.public());
    assert_eq!(opened.as_deref(), Ok(&b"not from Alice"[..]));
    // The control: with a key that is not Bob's it does not work.
    let guess = auth_decap(&enc, &not_bobs, &alice.public()).expect("sound");
    let forged = SenderContext::new(key_schedule(Mode::Auth, &guess, b""))
        .seal(b"", b"not from Alice")
        .expect("short enough");
    let opened = open_auth(&enc, &bob, b"", b"", &forged, &alice.public());
    assert_eq!(opened, Err(HpkeError::Refused));
}

#[test]
fn nothing_secret_is_printed() {
    let mut people = people(10);
    let (sender, recipient) = context(Mode::Auth, &mut people, b"");
    let shown = format!(
        "{:?} {sender:?} {recipient:?} {:?}",
        people.bob,
        fresh(&mut people.random)
    );
    assert!(!shown.contains('['), "an array stands in {shown}");
    assert_eq!(shown.matches("(omitted)").count(), 8, "{shown}");
}

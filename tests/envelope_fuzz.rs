//! Bytes that nobody meant: every parser, the ratchet, first messages, phones and the relay, fed with what is nearly right.
//!
//! What must hold for every input: no panic; what a parser takes in comes out of it again byte for byte, so that nothing has
//! two spellings; what is refused leaves everything as it was; and no flood makes the memory grow.
//!
//! A short run is part of `cargo test`. The long one, more than a million inputs in about a minute:
//!
//! ```text
//! cargo test --release --test envelope_fuzz -- --ignored --nocapture
//! LAB_SEED=7 cargo test --release --test envelope_fuzz -- --ignored --nocapture      another million
//! ```

#[path = "common/conversation.rs"]
mod conversation;

use conversation::alice_and_bob;
use messaging_lab::envelope::bundle::{PreKeyBundle, Upload};
use messaging_lab::envelope::chains::MAX_SKIP;
use messaging_lab::envelope::error::EnvelopeError;
use messaging_lab::envelope::header::Header;
use messaging_lab::envelope::identity::Identity;
use messaging_lab::envelope::keys::KeyPair;
use messaging_lab::envelope::parcel::{Address, Parcel};
use messaging_lab::envelope::phone::{OnNewKey, Phone};
use messaging_lab::envelope::prekeys::PreKeys;
use messaging_lab::envelope::relay::Relay;
use messaging_lab::envelope::session::Session;
use messaging_lab::envelope::wire::message_kind;
use messaging_lab::envelope::x3dh::Introduction;
use messaging_lab::ground::clock::ControlledClock;
use messaging_lab::ground::randomness::Seeded;

/// The seed, from LAB_SEED or the default. Printed, so that a failure can be had again.
fn seed() -> u64 {
    let seed = std::env::var("LAB_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or(2016);
    println!("LAB_SEED={seed}");
    seed
}

/// Numbers at which something ends, as 4 bytes.
const EDGES: [u32; 12] = [
    0,
    1,
    2,
    99,
    101,
    MAX_SKIP - 1,
    MAX_SKIP,
    MAX_SKIP + 1,
    65_536,
    i32::MAX as u32,
    u32::MAX - 1,
    u32::MAX,
];

/// Bytes that are nearly `genuine`: one to three small faults, or rarely none.
fn nearly(genuine: &[u8], random: &mut Seeded) -> Vec<u8> {
    let mut bytes = genuine.to_vec();
    for _ in 0..random.below(4) {
        let at = random.below(bytes.len() as u64 + 1) as usize;
        match random.below(10) {
            // One bit.
            0..3 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
            // One byte.
            3 if at < bytes.len() => bytes[at] = random.next_u64() as u8,
            // A number at its edge, most often where headers and counts stand.
            4 | 5 => {
                let at = if random.below(2) == 0 { at % 160 } else { at };
                let edge = EDGES[random.below(EDGES.len() as u64) as usize];
                if let Some(place) = bytes.get_mut(at..at + 4) {
                    place.copy_from_slice(&edge.to_be_bytes());
                }
            }
            // Cut off.
            6 => bytes.truncate(at),
            // Something in between or behind.
            7 => {
                let length = random.below(40) as usize;
                let more = random.bytes(length);
                bytes.splice(at..at, more);
            }
            // Something taken out.
            8 => {
                let end = (at + random.below(40) as usize).min(bytes.len());
                bytes.drain(at..end);
            }
            // 32 bytes that are a key of small order, or zeros, or all ones.
            _ => {
                let value = [0x00, 0x01, 0xff][random.below(3) as usize];
                if let Some(place) = bytes.get_mut(at..at + 32) {
                    place.fill(0);
                    place[0] = value;
                    if value == 0xff {
                        place.fill(value);
                    }
                }
            }
        }
    }
    bytes
}

/// Alice's and Bob's keys, and one genuine specimen of every format.
struct Specimens {
    alice: Identity,
    bob: Identity,
    pre_keys: PreKeys,
    all: Vec<Vec<u8>>,
    initial: Vec<u8>,
}

fn specimens(random: &mut Seeded) -> Specimens {
    let alice = Identity::generate(random).expect("seeded");
    let bob = Identity::generate(random).expect("seeded");
    let pre_keys = PreKeys::generate(&bob, 4, random).expect("seeded");
    let upload = pre_keys.upload(&bob);
    let with_one = PreKeyBundle {
        identity: upload.identity,
        signed: upload.signed.clone(),
        one_time: upload.one_time.first().copied(),
    };
    let mut without = with_one.clone();
    without.one_time = None;
    let verified = with_one.clone().verify().expect("Bob's own");
    let mut session = Session::initiate(&alice, &verified, random).expect("a sound bundle");
    let initial = session.seal(b"a text of no great length").expect("sealed");
    let (_, inner) = Introduction::of(&initial).expect("an initial message");
    let parcel = Parcel {
        from: Address::new("alice", 1).expect("short"),
        to: Address::new("bob", 2).expect("short"),
        serial: 3,
        message: initial.clone(),
    };
    let all = vec![
        upload.to_bytes(),
        with_one.to_bytes(),
        without.to_bytes(),
        initial.clone(),
        inner.to_vec(),
        parcel.to_bytes(),
    ];
    Specimens {
        alice,
        bob,
        pre_keys,
        all,
        initial,
    }
}

/// Every parser over `inputs` inputs: what is taken in comes out again.
fn fuzz_parsers(seed: u64, inputs: u64) -> u64 {
    let mut random = Seeded::new(seed);
    let specimens = specimens(&mut random);
    let mut taken_in = 0;
    for i in 0..inputs {
        let bytes = match random.below(20) {
            0 => {
                let length = random.below(300) as usize;
                random.bytes(length)
            }
            _ => {
                let which = random.below(specimens.all.len() as u64) as usize;
                nearly(&specimens.all[which], &mut random)
            }
        };
        let again = [
            Upload::from_bytes(&bytes).map(|upload| upload.to_bytes()),
            PreKeyBundle::from_bytes(&bytes).map(|bundle| bundle.to_bytes()),
            Parcel::from_bytes(&bytes).map(|parcel| parcel.to_bytes()),
            Introduction::of(&bytes).map(|(introduction, rest)| [&introduction.to_bytes(), rest].concat()),
            Header::of(&bytes).map(|(header, sealed)| [&header.to_bytes(), sealed].concat()),
        ];
        let mut readers = 0;
        for result in again {
            match result {
                Ok(again) => {
                    assert_eq!(again, bytes, "input {i} has two spellings");
                    readers += 1;
                }
                Err(error) => assert_eq!(error, EnvelopeError::Refused),
            }
        }
        assert!(readers <= 1, "input {i} is two things at once");
        taken_in += readers;
        let _ = message_kind(&bytes);
        // A signature is costly to check: one bundle in a hundred.
        if i % 100 == 0 {
            if let Ok(bundle) = PreKeyBundle::from_bytes(&bytes) {
                let sound = bundle.clone().verify().is_ok();
                let signed_part =
                    bytes[2..34] == specimens.all[1][2..34] && bytes[38..134] == specimens.all[1][38..134];
                assert_eq!(sound, signed_part, "input {i}");
            }
        }
    }
    taken_in
}

/// A conversation in which most of what arrives is nearly right.
fn fuzz_ratchet(seed: u64, inputs: u64) {
    let mut random = Seeded::new(seed);
    let (mut alice, mut bob) = alice_and_bob(seed);
    let first = alice.seal(b"begin");
    assert!(bob.open(&first).is_ok());
    // For each side: what is under way to it, and some of what it has opened.
    let mut under_way: [Vec<Vec<u8>>; 2] = [Vec::new(), Vec::new()];
    let mut opened: [Vec<Vec<u8>>; 2] = [vec![first.clone()], vec![first]];
    for i in 0..inputs {
        let who = random.below(2) as usize;
        let (from, to) = if who == 0 {
            (&mut bob, &mut alice)
        } else {
            (&mut alice, &mut bob)
        };
        // Something new on its way; now and then a long gap.
        if random.below(8) == 0 {
            let gap = if random.below(50) == 0 {
                400
            } else {
                random.below(3)
            };
            for _ in 0..gap {
                from.seal(b"lost");
            }
            let length = random.below(80) as usize;
            under_way[who].push(from.seal(&vec![i as u8; length]));
        }
        // What is nearly one of the messages to or from here.
        let pools = [&under_way[who], &opened[who], &under_way[1 - who]];
        let pool = pools[random.below(3) as usize];
        if !pool.is_empty() {
            let base = &pool[random.below(pool.len() as u64) as usize];
            let input = nearly(base, &mut random);
            if !under_way[who].contains(&input) {
                let before = to.state();
                assert_eq!(to.open(&input), Err(EnvelopeError::Refused), "input {i}");
                assert!(
                    to.state() == before,
                    "input {i} was refused and changed the state"
                );
            }
        }
        // The genuine ones get through nevertheless.
        if random.below(8) == 0 && !under_way[who].is_empty() {
            let place = random.below(under_way[who].len() as u64) as usize;
            let message = under_way[who].swap_remove(place);
            assert!(
                to.open(&message).is_ok(),
                "input {i}: a genuine message is refused"
            );
            to_the_opened(&mut opened[who], message);
        }
        assert!(to.ratchet.missing() <= 2000);
        // What has been under way for too long is lost: its key may be among those that had to go.
        if under_way[who].len() > 3 {
            under_way[who].remove(0);
        }
    }
}

fn to_the_opened(opened: &mut Vec<Vec<u8>>, message: Vec<u8>) {
    opened.push(message);
    if opened.len() > 20 {
        opened.remove(0);
    }
}

/// First messages to a phone whose pre-keys must not be spent by what is nearly right.
fn fuzz_first_messages(seed: u64, inputs: u64) {
    let mut random = Seeded::new(seed);
    let Specimens {
        alice,
        bob,
        mut pre_keys,
        all,
        initial,
    } = specimens(&mut random);
    let before = pre_keys.stolen();
    for i in 0..inputs {
        let which = random.below(12) as usize;
        let input = nearly(all.get(which).unwrap_or(&initial), &mut random);
        if input == initial {
            continue;
        }
        let accepted = Session::accept(&bob, &mut pre_keys, &input, &mut random).map(|_| ());
        assert_eq!(accepted, Err(EnvelopeError::Refused), "input {i}");
        assert!(pre_keys.stolen() == before, "input {i} cost a pre-key");
        // Alice's side: a bundle that passes makes a session or is refused, and that is all.
        if let Ok(verified) = PreKeyBundle::from_bytes(&input).and_then(PreKeyBundle::verify) {
            let _ = Session::initiate(&alice, &verified, &mut random);
        }
    }
    assert!(
        Session::accept(&bob, &mut pre_keys, &initial, &mut random).is_ok(),
        "control"
    );
}

/// A relay and two phones, fed with uploads and parcels that are nearly right.
fn fuzz_relay_and_phones(seed: u64, inputs: u64) {
    let mut random = Seeded::new(seed);
    let mut relay = Relay::honest(ControlledClock::new(0));
    let mut phones = Vec::new();
    for user in ["alice", "bob"] {
        let address = Address::new(user, 1).expect("short");
        let phone = Phone::new(address.clone(), OnNewKey::Hold, 2, &mut random).expect("seeded");
        relay.register(&address, &phone.upload()).expect("an upload");
        phones.push(phone);
    }
    let [alice, bob] = &mut phones[..] else {
        unreachable!()
    };
    let upload = bob.upload();
    let devices = relay.keys_of(alice.address(), "bob").expect("registered");
    alice.meet(&devices, &mut random).expect("a sound bundle");
    let genuine = alice.seal(bob.address(), b"the genuine text").expect("a session");
    let bytes = genuine.to_bytes();
    let before = bob.stolen_keys();
    for i in 0..inputs {
        let _ = relay.register(alice.address(), &nearly(&upload, &mut random));
        let input = nearly(&bytes, &mut random);
        if relay.post(&input).is_err() {
            continue;
        }
        let parcel = Parcel::from_bytes(&input).expect("taken in");
        // Addresses and counts are the relay's to change. The message in it is not.
        if parcel.message == genuine.message && parcel.to == genuine.to {
            continue;
        }
        assert_eq!(
            bob.open(&parcel, &mut random).map(|_| ()),
            Err(EnvelopeError::Refused),
            "input {i}"
        );
        assert!(bob.stolen_keys() == before, "input {i} changed the phone");
        // The ledger keeps all of it, and the relay is asked for nothing else: begin anew before it grows large.
        if relay.ledger().holdings().len() > 1000 {
            relay = Relay::honest(ControlledClock::new(0));
            relay.register(bob.address(), &upload).expect("an upload");
        }
    }
    let opened = bob.open(&genuine, &mut random).map(|opened| opened.text);
    assert_eq!(opened.as_deref(), Ok(&b"the genuine text"[..]), "control");
}

#[test]
fn parsers_survive_a_short_run() {
    let taken_in = fuzz_parsers(seed(), 30_000);
    assert!(
        taken_in > 5_000,
        "only {taken_in} were taken in: nearly right means nearly"
    );
}

#[test]
fn the_ratchet_survives_a_short_run() {
    fuzz_ratchet(seed(), 2_000);
}

#[test]
fn first_messages_survive_a_short_run() {
    fuzz_first_messages(seed(), 500);
}

#[test]
fn relay_and_phones_survive_a_short_run() {
    fuzz_relay_and_phones(seed(), 1_000);
}

#[test]
#[ignore = "the long run: see the command at the top"]
fn everything_survives_more_than_a_million_inputs() {
    let seed = seed();
    let taken_in = fuzz_parsers(seed, 800_000);
    println!("800 000 to the parsers, {taken_in} taken in");
    for round in 0..15 {
        fuzz_ratchet(seed + round, 10_000);
    }
    println!("150 000 to ratchets");
    fuzz_first_messages(seed, 50_000);
    println!("50 000 first messages");
    fuzz_relay_and_phones(seed, 50_000);
    println!("50 000 uploads and parcels");
}

// Floods.

#[test]
fn forged_headers_that_skip_a_lot_leave_nothing_behind() {
    let (mut alice, mut bob) = alice_and_bob(1);
    let first = alice.seal(b"begin");
    assert!(bob.open(&first).is_ok());
    let message = alice.seal(b"next");
    let (genuine, sealed) = Header::of(&message).expect("a message");
    let mut random = Seeded::new(2);
    for _ in 0..100 {
        // As many steps as can be had from one header, in the chain that is there and in one that is not.
        let stranger = KeyPair::generate(&mut random).expect("seeded");
        for dh in [genuine.dh, stranger.public()] {
            let forged = Header {
                dh,
                pn: 1 + MAX_SKIP,
                n: MAX_SKIP - random.below(10) as u32,
            };
            let forged = [&forged.to_bytes()[..], sealed].concat();
            bob.assert_refused(&forged, "a header that skips a thousand");
        }
    }
    assert_eq!(bob.open(&message).as_deref(), Ok(&b"next"[..]), "control");
}

#[test]
fn a_partner_with_endless_gaps_fills_no_memory() {
    let (mut alice, mut bob) = alice_and_bob(3);
    for turn in 0..12 {
        for _ in 0..MAX_SKIP {
            alice.seal(b"never sent");
        }
        let message = alice.seal(b"sent");
        assert!(bob.open(&message).is_ok());
        // And as many again at the end of the chain, before the turn.
        for _ in 0..MAX_SKIP {
            alice.seal(b"never sent");
        }
        let reply = bob.seal(b"reply");
        assert!(alice.open(&reply).is_ok());
        let kept = bob.state().skipped.len();
        assert!(kept <= 2000, "turn {turn}: {kept} keys kept");
        assert_eq!(kept, bob.ratchet.missing());
    }
    assert_eq!(bob.ratchet.missing(), 2000, "full, and no fuller");
    assert_eq!(bob.stolen(4).ratchet.missing(), 2000);
    let message = alice.seal(b"control");
    assert!(bob.open(&message).is_ok());
}

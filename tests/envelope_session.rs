//! What pre-keys, X3DH and sessions promise, one fact a test: who can begin, what is checked first, what is used once, and
//! what a refusal leaves as it was.

use messaging_lab::crypto::x25519::x25519;
use messaging_lab::envelope::bundle::{
    BUNDLE_BYTES, MAX_ONE_TIME, OneTimePublic, PreKeyBundle, Upload, VerifiedBundle,
};
use messaging_lab::envelope::error::EnvelopeError;
use messaging_lab::envelope::identity::Identity;
use messaging_lab::envelope::keys::{KeyPair, PublicKey};
use messaging_lab::envelope::prekeys::{MAX_ANSWERED, PreKeys};
use messaging_lab::envelope::session::{INTRODUCTION_BYTES, Session};
use messaging_lab::envelope::x3dh::{self, Introduction};
use messaging_lab::ground::randomness::{Randomness, RandomnessError, Seeded};
use messaging_lab::ground::secret::Secret;

/// Alice, and Bob with his pre-keys.
struct Two {
    random: Seeded,
    alice: Identity,
    bob: Identity,
    pre_keys: PreKeys,
}

fn two(seed: u64, one_time: usize) -> Two {
    let mut random = Seeded::new(seed);
    let alice = Identity::generate(&mut random).expect("seeded");
    let bob = Identity::generate(&mut random).expect("seeded");
    let pre_keys = PreKeys::generate(&bob, one_time, &mut random).expect("seeded");
    Two {
        random,
        alice,
        bob,
        pre_keys,
    }
}

impl Two {
    /// What an honest directory hands out: the first one-time pre-key that is left.
    fn bundle(&self) -> PreKeyBundle {
        let upload = self.pre_keys.upload(&self.bob);
        PreKeyBundle {
            identity: upload.identity,
            signed: upload.signed,
            one_time: upload.one_time.first().copied(),
        }
    }

    fn verified(&self) -> VerifiedBundle {
        self.bundle().verify().expect("Bob's own signature")
    }

    fn initiate(&mut self) -> Session {
        let bundle = self.verified();
        Session::initiate(&self.alice, &bundle, &mut self.random).expect("a sound bundle")
    }

    fn accept(&mut self, message: &[u8]) -> Result<(Session, Vec<u8>), EnvelopeError> {
        Session::accept(&self.bob, &mut self.pre_keys, message, &mut self.random)
    }

    fn replace_signed(&mut self) {
        let replaced = self.pre_keys.replace_signed(&self.bob, &mut self.random);
        replaced.expect("seeded");
    }

    /// Refused, and Bob's pre-keys are what they were.
    fn assert_not_accepted(&mut self, message: &[u8], why: &str) {
        let before = self.pre_keys.stolen();
        let refused = self.accept(message).map(|(_, text)| text);
        assert_eq!(refused, Err(EnvelopeError::Refused), "{why}");
        assert!(self.pre_keys.stolen() == before, "{why}: cost a pre-key");
    }
}

fn assert_refused(session: &mut Session, message: &[u8], random: &mut Seeded, why: &str) {
    let before = session.stolen();
    assert_eq!(
        session.open(message, random),
        Err(EnvelopeError::Refused),
        "{why}"
    );
    assert!(session.stolen() == before, "{why}: the state changed");
}

// The bundle.

#[test]
fn a_bundle_holds_only_as_its_owner_signed_it() {
    let two = two(1, 1);
    let mallory = Identity::generate(&mut Seeded::new(66)).expect("seeded");
    let mallorys = PreKeys::generate(&mallory, 1, &mut Seeded::new(67)).expect("seeded");
    let his = mallorys.upload(&mallory);
    let genuine = two.bundle();

    let mut swapped = genuine.clone();
    swapped.signed.key = his.signed.key;
    assert_eq!(swapped.verify(), Err(EnvelopeError::Refused), "another pre-key");
    let mut swapped = genuine.clone();
    swapped.signed = his.signed.clone();
    assert_eq!(
        swapped.verify(),
        Err(EnvelopeError::Refused),
        "another pre-key and its signature"
    );
    let mut swapped = genuine.clone();
    swapped.identity = mallory.public();
    assert_eq!(swapped.verify(), Err(EnvelopeError::Refused), "another identity");
    // All of it swapped holds together: that is what people have to compare the identity for.
    let swapped = PreKeyBundle {
        identity: his.identity,
        signed: his.signed,
        one_time: None,
    };
    assert!(swapped.verify().is_ok());
    assert!(genuine.verify().is_ok(), "control");
}

#[test]
fn every_flipped_bit_of_a_bundle_is_refused_by_alice_or_by_bob() {
    let mut two = two(2, 1);
    let genuine = two.bundle().to_bytes();
    assert_eq!(genuine.len(), BUNDLE_BYTES);
    for bit in 0..8 * genuine.len() {
        let mut changed = genuine.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        let Ok(verified) = PreKeyBundle::from_bytes(&changed).and_then(PreKeyBundle::verify) else {
            continue;
        };
        // What is not signed: the two ids and the one-time pre-key. Bob finds out.
        let at = bit / 8;
        assert!((34..38).contains(&at) || at >= 134, "byte {at} is signed");
        let mut session = Session::initiate(&two.alice, &verified, &mut two.random).expect("canonical keys");
        let message = session.seal(b"hello").expect("sealed");
        two.assert_not_accepted(&message, &format!("bit {bit} of the bundle"));
    }
    let message = two.initiate().seal(b"hello").expect("sealed");
    assert!(two.accept(&message).is_ok(), "control");
}

#[test]
fn uploads_and_bundles_come_back_from_their_bytes_and_nothing_else_is_one() {
    let two = two(3, 3);
    let upload = two.pre_keys.upload(&two.bob);
    let bytes = upload.to_bytes();
    assert_eq!(bytes.len(), 135 + 3 * 36);
    assert_eq!(Upload::from_bytes(&bytes).as_ref(), Ok(&upload));
    for length in 0..bytes.len() {
        assert_eq!(Upload::from_bytes(&bytes[..length]), Err(EnvelopeError::Refused));
    }
    let longer = [&bytes[..], &[0]].concat();
    assert_eq!(Upload::from_bytes(&longer), Err(EnvelopeError::Refused));
    let mut twice = upload.clone();
    twice.one_time[1] = twice.one_time[0];
    assert_eq!(
        Upload::from_bytes(&twice.to_bytes()),
        Err(EnvelopeError::Refused),
        "an id twice"
    );
    let mut many = upload.clone();
    many.one_time = (0..)
        .map(|id| OneTimePublic {
            id,
            key: upload.signed.key,
        })
        .take(MAX_ONE_TIME + 1)
        .collect();
    let mut bytes = many.to_bytes();
    assert_eq!(
        Upload::from_bytes(&bytes).map(|upload| upload.one_time.len()),
        Ok(100)
    );
    bytes[134] = 101;
    bytes.extend_from_slice(&[0, 0, 0, 200]);
    bytes.extend_from_slice(upload.signed.key.as_bytes());
    assert_eq!(
        Upload::from_bytes(&bytes),
        Err(EnvelopeError::Refused),
        "101 of them"
    );

    for one_time in [true, false] {
        let mut bundle = two.bundle();
        if !one_time {
            bundle.one_time = None;
        }
        let bytes = bundle.to_bytes();
        assert_eq!(PreKeyBundle::from_bytes(&bytes).as_ref(), Ok(&bundle));
        assert_eq!(bytes.len(), BUNDLE_BYTES, "with and without, the same size");
        for length in 0..bytes.len() {
            assert_eq!(
                PreKeyBundle::from_bytes(&bytes[..length]),
                Err(EnvelopeError::Refused)
            );
        }
        for (at, value) in [
            (0, 0),
            (0, 2),
            (1, 1),
            (1, 3),
            (134, 2),
            (134, u8::from(!one_time)),
        ] {
            let mut changed = bytes.clone();
            changed[at] = value;
            // The last one: a key that is said not to be there, and zeros that are said to be a key.
            let parsed = PreKeyBundle::from_bytes(&changed);
            if (at, one_time) == (134, false) && value == 1 {
                let zero = parsed.expect("a key of zeros").verify().expect("not signed");
                let begun = Session::initiate(&two.alice, &zero, &mut Seeded::new(1)).map(|_| ());
                assert_eq!(begun, Err(EnvelopeError::Refused), "a key of small order");
            } else {
                assert_eq!(
                    parsed,
                    Err(EnvelopeError::Refused),
                    "byte {at} = {value}, {one_time}"
                );
            }
        }
    }
}

#[test]
fn a_key_has_one_spelling() {
    // 2^255 - 19 + 9 and the base point with the top bit set are the base point to X25519.
    let mut nine = [0; 32];
    nine[0] = 9;
    let mut reduced_later = [0xff; 32];
    (reduced_later[0], reduced_later[31]) = (0xf6, 0x7f);
    let mut top_bit = nine;
    top_bit[31] |= 0x80;
    for spelling in [reduced_later, top_bit] {
        assert_eq!(x25519(&[5; 32], &spelling), x25519(&[5; 32], &nine));
        assert_eq!(PublicKey::from_bytes(spelling), Err(EnvelopeError::Refused));
    }
    assert!(PublicKey::from_bytes(nine).is_ok(), "control");
}

// X3DH.

#[test]
fn both_sides_get_the_same_key_with_and_without_a_one_time_pre_key() {
    for one_time in [1, 0] {
        let mut two = two(4, one_time);
        let bundle = two.verified();
        let (hers, introduction) =
            x3dh::initiate(&two.alice, &bundle, &mut two.random).expect("a sound bundle");
        assert_eq!(introduction.one_time_id.is_some(), one_time == 1);
        let his = x3dh::respond(&two.bob, &two.pre_keys, &introduction).expect("a sound introduction");
        assert!(hers.secret == his.secret);
        assert_eq!(hers.associated_data, his.associated_data);
        assert_eq!(hers.associated_data[..33], two.alice.public().key().encode());
        assert_eq!(hers.associated_data[33..], two.bob.public().key().encode());
        // A second run with the same keys gives another key: the ephemeral one is fresh.
        let (again, _) = x3dh::initiate(&two.alice, &bundle, &mut two.random).expect("a sound bundle");
        assert!(hers.secret != again.secret);
    }
}

#[test]
fn each_of_the_four_agreements_counts() {
    let two = two(5, 1);
    let bundle = two.verified();
    let (hers, genuine) = x3dh::initiate(&two.alice, &bundle, &mut Seeded::new(8)).expect("a sound bundle");
    let respond = |bob: &Identity, pre_keys: &PreKeys, introduction: &Introduction| {
        x3dh::respond(bob, pre_keys, introduction).map(|first| first.secret == hers.secret)
    };
    let stranger = KeyPair::generate(&mut Seeded::new(9)).expect("seeded");
    let mallory = Identity::generate(&mut Seeded::new(10)).expect("seeded");
    let mut changed = genuine;
    changed.identity = mallory.public();
    assert_eq!(
        respond(&two.bob, &two.pre_keys, &changed),
        Ok(false),
        "DH1: who writes"
    );
    assert_eq!(
        respond(&mallory, &two.pre_keys, &genuine),
        Ok(false),
        "DH2: who reads"
    );
    let mut changed = genuine;
    changed.ephemeral = stranger.public();
    assert_eq!(
        respond(&two.bob, &two.pre_keys, &changed),
        Ok(false),
        "DH3: the ephemeral key"
    );
    let mut changed = genuine;
    changed.one_time_id = None;
    assert_eq!(
        respond(&two.bob, &two.pre_keys, &changed),
        Ok(false),
        "DH4: the one-time key"
    );
    assert_eq!(respond(&two.bob, &two.pre_keys, &genuine), Ok(true), "control");
}

// The first message.

#[test]
fn a_conversation_begins_with_introductions_until_it_is_answered() {
    let mut two = two(6, 2);
    let mut alice = two.initiate();
    let first = alice.seal(b"first").expect("sealed");
    let second = alice.seal(b"second").expect("sealed");
    let third = alice.seal(b"third").expect("sealed");
    assert_eq!(first[..INTRODUCTION_BYTES], second[..INTRODUCTION_BYTES]);
    // They come in another order.
    let (mut bob, text) = two.accept(&second).expect("a genuine message");
    assert_eq!(text, b"second");
    assert_eq!(two.pre_keys.one_time_left(), 1);
    assert_eq!(bob.peer(), &two.alice.public());
    assert_eq!(alice.peer(), &two.bob.public());
    assert_eq!(bob.open(&first, &mut two.random).as_deref(), Ok(&b"first"[..]));
    let reply = bob.seal(b"reply").expect("sealed");
    assert_eq!(reply[1], 4, "a ratchet message");
    assert_eq!(alice.open(&reply, &mut two.random).as_deref(), Ok(&b"reply"[..]));
    let settled = alice.seal(b"settled").expect("sealed");
    assert_eq!(settled[1], 4, "no introduction any more");
    assert_eq!(
        bob.open(&settled, &mut two.random).as_deref(),
        Ok(&b"settled"[..])
    );
    assert_eq!(bob.missing(), 1);
    assert_eq!(bob.open(&third, &mut two.random).as_deref(), Ok(&b"third"[..]));
    assert_refused(
        &mut alice,
        &first,
        &mut two.random.clone(),
        "her own introduction, sent back",
    );
}

#[test]
fn a_first_message_opens_once_with_a_one_time_pre_key() {
    let mut two = two(7, 1);
    let message = two.initiate().seal(b"hello").expect("sealed");
    let (mut session, _) = two.accept(&message).expect("a genuine message");
    assert_eq!(two.pre_keys.one_time_left(), 0);
    two.assert_not_accepted(&message, "its one-time pre-key is deleted");
    assert_refused(
        &mut session,
        &message,
        &mut two.random.clone(),
        "its session has opened it",
    );
    let message = two.initiate().seal(b"without one").expect("sealed");
    assert!(two.accept(&message).is_ok(), "control");
}

#[test]
fn a_first_message_opens_once_without_one_too() {
    let mut two = two(8, 0);
    let message = two.initiate().seal(b"hello").expect("sealed");
    assert!(two.accept(&message).is_ok());
    two.assert_not_accepted(&message, "it is remembered");
    let another = two.initiate().seal(b"hello").expect("sealed");
    assert!(two.accept(&another).is_ok(), "control");
}

#[test]
fn what_is_remembered_is_bounded() {
    let mut two = two(9, 0);
    let bundle = two.verified();
    for _ in 0..MAX_ANSWERED {
        let session = Session::initiate(&two.alice, &bundle, &mut two.random);
        let message = session.expect("a sound bundle").seal(b"x").expect("sealed");
        assert!(two.accept(&message).is_ok());
    }
    let message = two.initiate().seal(b"one too many").expect("sealed");
    two.assert_not_accepted(&message, "full");
    // With a one-time pre-key nothing has to be remembered, and a new signed pre-key makes room.
    two.pre_keys.replenish(1, &mut two.random).expect("seeded");
    let with_one = two.initiate().seal(b"x").expect("sealed");
    assert!(two.accept(&with_one).is_ok());
    two.replace_signed();
    let message = two.initiate().seal(b"room again").expect("sealed");
    assert!(two.accept(&message).is_ok());
}

#[test]
fn every_flipped_bit_of_a_first_message_is_refused_and_costs_nothing() {
    for one_time in [2, 0] {
        let mut two = two(10, one_time);
        let message = two.initiate().seal(b"hello").expect("sealed");
        for bit in 0..8 * message.len() {
            let mut changed = message.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            two.assert_not_accepted(&changed, &format!("bit {bit}, {one_time} one-time pre-keys"));
        }
        for length in 0..message.len() {
            two.assert_not_accepted(&message[..length], &format!("cut to {length}"));
        }
        let longer = [&message[..], &[0]].concat();
        two.assert_not_accepted(&longer, "a byte behind it");
        assert!(two.accept(&message).is_ok(), "control");
    }
}

#[test]
fn every_flipped_bit_of_a_second_introduction_is_refused_by_the_session() {
    let mut two = two(11, 1);
    let mut alice = two.initiate();
    let first = alice.seal(b"first").expect("sealed");
    let second = alice.seal(b"second").expect("sealed");
    let (mut bob, _) = two.accept(&first).expect("a genuine message");
    for bit in 0..8 * second.len() {
        let mut changed = second.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert_refused(&mut bob, &changed, &mut two.random.clone(), &format!("bit {bit}"));
    }
    assert!(bob.open(&second, &mut two.random).is_ok(), "control");
}

#[test]
fn a_first_message_for_somebody_else_is_refused() {
    let mut two = two(12, 1);
    let mut other = self::two(13, 1);
    let for_other = other.initiate().seal(b"hello").expect("sealed");
    two.assert_not_accepted(&for_other, "another Bob");
    // The same pre-key ids, and Bob's keys in every place but one.
    let message = two.initiate().seal(b"hello").expect("sealed");
    assert!(two.accept(&message).is_ok(), "control");
    assert!(other.accept(&for_other).is_ok(), "control");
}

#[test]
fn a_replaced_signed_pre_key_serves_what_was_under_way_and_then_goes() {
    let mut two = two(14, 0);
    let under_way = two.initiate().seal(b"under way").expect("sealed");
    let too_late = two.initiate().seal(b"too late").expect("sealed");
    two.replace_signed();
    assert!(two.accept(&under_way).is_ok());
    two.assert_not_accepted(&under_way, "remembered under the key before, too");
    two.pre_keys.forget_previous();
    two.assert_not_accepted(&too_late, "its signed pre-key is deleted");
    // Replacing twice forgets, too.
    let under_way = two.initiate().seal(b"under way").expect("sealed");
    two.replace_signed();
    two.replace_signed();
    two.assert_not_accepted(&under_way, "two keys ago");
    let message = two.initiate().seal(b"now").expect("sealed");
    assert!(two.accept(&message).is_ok(), "control");
}

/// A source that gives so many bytes and then runs dry.
struct Drying(usize, Seeded);

impl Randomness for Drying {
    fn fill(&mut self, out: &mut [u8]) -> Result<(), RandomnessError> {
        self.0 = self
            .0
            .checked_sub(out.len())
            .ok_or_else(|| RandomnessError::new("dry"))?;
        self.1.fill(out)
    }
}

#[test]
fn without_randomness_nothing_begins_and_nothing_is_spent() {
    let mut two = two(15, 1);
    let bundle = two.verified();
    // The ephemeral key, then the ratchet key.
    for enough_for in [0, 1] {
        let mut dry = Drying(32 * enough_for, Seeded::new(1));
        let begun = Session::initiate(&two.alice, &bundle, &mut dry).map(|_| ());
        assert!(matches!(begun, Err(EnvelopeError::NoRandomness(_))));
    }
    let message = two.initiate().seal(b"hello").expect("sealed");
    let before = two.pre_keys.stolen();
    let mut dry = Drying(0, Seeded::new(1));
    let accepted = Session::accept(&two.bob, &mut two.pre_keys, &message, &mut dry).map(|_| ());
    assert!(matches!(accepted, Err(EnvelopeError::NoRandomness(_))));
    assert!(two.pre_keys.stolen() == before);
    assert!(two.accept(&message).is_ok(), "control");
}

// What a thief can do with an identity.

#[test]
fn a_stolen_identity_key_impersonates_and_opens_no_old_session() {
    let mut two = two(16, 2);
    let mut alice = two.initiate();
    let first = alice.seal(b"from Alice").expect("sealed");
    let (mut bob, _) = two.accept(&first).expect("a genuine message");
    // The thief has Alice's identity key and nothing else of hers.
    let thief = Identity::from_private(Secret::new(two.alice.stolen()));
    let bundle = two.verified();
    let mut as_alice = Session::initiate(&thief, &bundle, &mut two.random).expect("a sound bundle");
    let message = as_alice.seal(b"I am Alice").expect("sealed");
    let (believed, text) = two.accept(&message).expect("nothing in it is forged");
    assert_eq!(text, b"I am Alice");
    assert_eq!(believed.peer(), &two.alice.public());
    // The session that was there is shut to him all the same.
    let next = alice.seal(b"still private").expect("sealed");
    let mut thiefs_keys = PreKeys::generate(&thief, 1, &mut Seeded::new(3)).expect("seeded");
    let opened = Session::accept(&thief, &mut thiefs_keys, &next, &mut Seeded::new(4)).map(|_| ());
    assert_eq!(opened, Err(EnvelopeError::Refused));
    assert!(bob.open(&next, &mut two.random).is_ok(), "control");
}

#[test]
fn a_thief_with_all_of_bobs_keys_opens_no_first_message_that_was_opened() {
    let mut two = two(17, 1);
    let message = two.initiate().seal(b"yesterday").expect("sealed");
    let unopened = {
        let bundle = two.verified();
        let mut other = Session::initiate(&two.alice, &bundle, &mut two.random).expect("a sound bundle");
        other.seal(b"not collected yet").expect("sealed")
    };
    // Stolen before Bob opened anything: every key that X3DH needs is there.
    assert!(
        two.pre_keys.stolen().len() == 2,
        "a signed and a one-time pre-key"
    );
    assert!(two.accept(&message).is_ok());
    // Stolen after: the one-time key is gone, with it both messages that were made for it.
    assert_eq!(two.pre_keys.stolen().len(), 1);
    two.assert_not_accepted(&message, "even with all of Bob's keys");
    two.assert_not_accepted(
        &unopened,
        "a directory that gave the key away twice has cost a message",
    );
}

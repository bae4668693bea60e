//! Lesson 10's scene: five calls with somebody in their path, and when two words give him away.
//!
//! The phones are the model's own, sound ones and weak ones, and so is what he plays in front of them; both searches really
//! take place, and how many tries each needs is counted, not written down. What somebody says is sealed once under the
//! keys of the call; frames come in lesson 12.

use std::collections::VecDeque;

use messaging_lab::call::by_hand::ByHand;
use messaging_lab::call::flaw::Flaw;
use messaging_lab::call::key_schedule::{DirectionKeys, Role, SessionKeys, hvi};
use messaging_lab::call::memory::Memory;
use messaging_lab::call::session::{Session, Settings};
use messaging_lab::call::wire::Kind;
use messaging_lab::call::words::sas_value;
use messaging_lab::crypto::aead;
use messaging_lab::crypto::x25519::public_key;
use messaging_lab::ground::clock::Millis;
use messaging_lab::ground::ledger::{HoldingId, Ledger, Onlooker};
use messaging_lab::ground::randomness::Seeded;
use messaging_lab::ground::scene::{Chapter, Scene, Sent};

#[path = "words/stage.rs"]
mod stage;
use stage::Stage;

/// What Alice says, one in each of the first four calls.
pub const TEXTS: [&str; 4] = [
    "the meeting is at nine",
    "the door is never locked",
    "the report lies in the safe",
    "the safe opens with 2501",
];

/// Keys that the one in the middle tries in a second of this run, where each takes him two operations on the curve.
pub const KEYS_A_SECOND: u64 = 100;

/// Messages that he tries in a second of this run, where each takes him a few hashes.
pub const MESSAGES_A_SECOND: u64 = 10_000;

/// The messages of an agreement behind the Hellos, and whose each is: either's, for an error.
const IN_ORDER: [(Kind, Option<Role>); 7] = [
    (Kind::Commit, Some(Role::Initiator)),
    (Kind::DhPart1, Some(Role::Responder)),
    (Kind::DhPart2, Some(Role::Initiator)),
    (Kind::Error, None),
    (Kind::Confirm1, Some(Role::Responder)),
    (Kind::Confirm2, Some(Role::Initiator)),
    (Kind::Conf2Ack, Some(Role::Responder)),
];

/// A private key, or 32 bytes for another purpose.
type Key = [u8; 32];

/// Where chance begins. With this seed each search takes about as long as it does on average.
pub const SEEDS: [u64; 1] = [46];

const CHAPTERS: [Chapter; 5] = [
    Chapter::new("one", "he only listens", 0),
    Chapter::new(
        "two",
        "he is in the middle, and has to take the words that come",
        20_000,
    ),
    Chapter::new(
        "three",
        "the phones do not commit, and he searches for two keys that fit",
        40_000,
    ),
    Chapter::new(
        "four",
        "Bob's phone does not check what was committed to, and he searches for a message that fits",
        60_000,
    ),
    Chapter::new("five", "the same message again, and a phone that checks", 80_000),
];

fn seal(keys: &DirectionKeys, text: &[u8]) -> Vec<u8> {
    let sealed = aead::seal(keys.master_key.expose(), keys.master_salt.expose(), b"", text);
    sealed.expect("a short text")
}

fn open(keys: &DirectionKeys, sealed: &[u8]) -> Vec<u8> {
    let opened = aead::open(keys.master_key.expose(), keys.master_salt.expose(), b"", sealed);
    opened.expect("it was sealed under these keys")
}

/// The two words as they stand on a phone's screen.
fn words(phone: &Session) -> String {
    phone.confirmed().map(|call| call.words()).unwrap_or_default()
}

/// The 16 bits that two words show.
fn shown(sas_value: u32) -> u32 {
    sas_value >> 16
}

/// Alice calls Bob five times, and somebody is in the path.
pub fn scene() -> Scene {
    let mut stage = Stage {
        now: 0,
        random: Seeded::new(SEEDS[0]),
        story: Vec::new(),
        sent: Vec::new(),
        told: Default::default(),
        ledger: Ledger::new(),
        on_screens: Vec::new(),
    };
    who_only_listens(&mut stage);
    who_guesses(&mut stage);
    without_commitment(&mut stage);
    who_is_not_checked(&mut stage);
    let names = [
        "the first text",
        "the second text",
        "the third text",
        "the fourth text",
    ];
    Scene {
        seeds: &SEEDS,
        sent: stage.sent,
        chapters: CHAPTERS.to_vec(),
        lesson: "words",
        title: "five calls with somebody in their path, and when two words give him away",
        watched: names
            .into_iter()
            .zip(TEXTS.map(|text| text.as_bytes().to_vec()))
            .collect(),
        end: stage.now,
        story: stage.story,
        ledger: stage.ledger,
    }
}

/// ONE. He records what passes and changes nothing.
fn who_only_listens(stage: &mut Stage) {
    stage.second(
        0,
        "ONE. Alice calls Bob. Somebody in the path records all that passes, and changes nothing.",
    );
    let [alice, bob] = [Role::Initiator, Role::Responder].map(|role| stage.phone(role, None));
    let (mut alice, hers) = alice.start(stage.now);
    let (mut bob, his) = bob.start(stage.now);
    let to = |bobs: bool, sends: Vec<Vec<u8>>| sends.into_iter().map(move |message| (bobs, message));
    let mut on_the_way: VecDeque<(bool, Vec<u8>)> =
        to(true, hers.sends).chain(to(false, his.sends)).collect();
    while let Some((bobs, message)) = on_the_way.pop_front() {
        let kind = Kind::of(&message).map_or("a message", Kind::name);
        let (from, to_whom) = match bobs {
            true => (Onlooker::AlicePhone, Onlooker::BobPhone),
            false => (Onlooker::BobPhone, Onlooker::AlicePhone),
        };
        stage.passes(from, to_whom, kind, &message);
        stage.gains(Onlooker::Tap, kind, &message);
        let reaction;
        if bobs {
            (bob, reaction) = bob.receive(&message, stage.now);
        } else {
            (alice, reaction) = alice.receive(&message, stage.now);
        }
        on_the_way.extend(to(!bobs, reaction.sends));
    }
    stage.second(2, "Each screen shows two words.");
    let alike = stage.screens(&alice, &bob);
    stage.second(
        4,
        format!(
            "They read them to each other: {}. Alice goes on.",
            the_same(alike)
        ),
    );
    stage.says(TEXTS[0], [&alice, &bob], None);
    stage.second(18, "They hang up.");
    stage.over();
}

/// TWO. He is in the middle, with a key pair for either side, each chosen before he could see the key that it meets.
fn who_guesses(stage: &mut Stage) {
    stage.second(
        20,
        "TWO. He answers Alice in Bob's place and calls Bob in hers: two agreements, each committed to and checked.",
    );
    let mut alice = stage.in_front_of(Role::Initiator, None);
    let mut bob = stage.in_front_of(Role::Responder, None);
    stage.tell(
        "Each of his two keys he had to choose before he saw the key it meets. So he takes what comes.",
    );
    let (for_alice, for_bob): (Key, Key) = (stage.draw(), stage.draw());
    let part = |end: &ByHand, private: &Key| end.variants(&public_key(private)).with_ids(&[0; 32]);
    let to_bob = part(&bob, &for_bob);
    bob.commit(hvi(&to_bob, bob.hello()));
    let to_alice = part(&alice, &for_alice);
    let hers = alice
        .finish(to_alice.to_vec(), &for_alice)
        .expect("a sound answer");
    let his = bob.finish(to_bob.to_vec(), &for_bob).expect("a sound answer");
    stage.between(Role::Initiator, &alice);
    stage.between(Role::Responder, &bob);
    stage.second(22, "Each screen shows two words.");
    let alike = stage.screens(alice.phone(), bob.phone());
    stage.second(24, "Alice has something to say first.");
    let middle = Some([hers.sent_by(Role::Initiator), his.sent_by(Role::Initiator)]);
    stage.says(TEXTS[1], [alice.phone(), bob.phone()], middle);
    stage.second(
        26,
        format!(
            "They read the words to each other: {}. They hang up.",
            the_same(alike)
        ),
    );
    stage.over();
}

/// THREE. As TWO, but these phones send their keys without committing to anything first.
fn without_commitment(stage: &mut Stage) {
    stage.second(
        40,
        "THREE. As TWO, but these phones do not commit: both have sent their public values, and wait for his.",
    );
    let mut alice = stage.in_front_of(Role::Initiator, Some(Flaw::NoCommitment));
    let mut bob = stage.in_front_of(Role::Responder, Some(Flaw::NoCommitment));
    bob.commit([0; 32]);
    stage.between(Role::Initiator, &alice);
    stage.between(Role::Responder, &bob);
    let part = |end: &ByHand, private: &Key| end.variants(&public_key(private)).with_ids(&[0; 32]);
    // By turns a key for Alice's side and one for Bob's, until one of each shows the same.
    let mut tried: [Vec<(u32, Key)>; 2] = [Vec::new(), Vec::new()];
    let mut tries = 0;
    let [for_alice, for_bob] = loop {
        let private: Key = stage.draw();
        let side = tries % 2;
        tries += 1;
        let end = [&alice, &bob][side];
        let keys = end
            .keys_with(&part(end, &private), &private)
            .expect("both parts are there");
        let value = shown(sas_value(&keys.sas_hash));
        let fitting = tried[1 - side].iter().find(|(shown, _)| *shown == value);
        if let Some(&(_, other)) = fitting {
            break if side == 0 {
                [private, other]
            } else {
                [other, private]
            };
        }
        tried[side].push((value, private));
    };
    stage.now += tries as u64 * 1000 / KEYS_A_SECOND;
    stage.tell(format!(
        "He has tried {tries} keys, {KEYS_A_SECOND} a second, and has two with which both phones will show the same."
    ));
    stage.gains(
        Onlooker::Tap,
        "two private keys that fit",
        &[for_alice, for_bob].concat(),
    );
    stage.second(51, "He has answered both. Each screen shows two words.");
    let (to_alice, to_bob) = (part(&alice, &for_alice), part(&bob, &for_bob));
    let hers = alice
        .finish(to_alice.to_vec(), &for_alice)
        .expect("a sound answer");
    let his = bob.finish(to_bob.to_vec(), &for_bob).expect("a sound answer");
    stage.between(Role::Initiator, &alice);
    stage.between(Role::Responder, &bob);
    let alike = stage.screens(alice.phone(), bob.phone());
    let middle = [&hers, &his].map(|keys| keys.sent_by(Role::Initiator));
    she_goes_on(
        stage,
        [53, 58],
        alike,
        TEXTS[2],
        [alice.phone(), bob.phone()],
        middle,
    );
}

/// FOUR and FIVE. Both phones commit. In FOUR Bob's does not look at hvi. FIVE is the same once more, drawn from the same
/// randomness, so that he can send the same message; but Bob's phone looks.
fn who_is_not_checked(stage: &mut Stage) {
    let drawn_from = stage.random.clone();
    stage.second(
        60,
        "FOUR. Both phones commit again. He sends Bob's phone a Commit with an invented hvi in it.",
    );
    let (alice, mut bob, hers, for_bob) = agreed_with_alice(stage, Some(Flaw::SkipsHvi));
    stage.second(
        62,
        "Alice's screen shows two words. Bob's phone waits for his DHPart2.",
    );
    stage.screen(Onlooker::AlicePhone, alice.phone());
    // One Diffie-Hellman for all that he tries.
    let candidates = bob.candidates(&for_bob).expect("all messages are there");
    let (found, tries) = candidates.equal_to(sas_value(&hers.sas_hash), 16);
    stage.now += tries * 1000 / MESSAGES_A_SECOND;
    stage.tell(format!(
        "He has tried {tries} messages, {MESSAGES_A_SECOND} a second, and sends the one with which Bob's phone \
         shows the same."
    ));
    let his = bob
        .finish(found.to_vec(), &for_bob)
        .expect("nobody looks at what was committed to");
    stage.between(Role::Responder, &bob);
    stage.tell("Bob's phone did not look. Its screen shows two words.");
    stage.screen(Onlooker::BobPhone, bob.phone());
    let alike = words(alice.phone()) == words(bob.phone());
    let middle = [&hers, &his].map(|keys| keys.sent_by(Role::Initiator));
    she_goes_on(
        stage,
        [76, 78],
        alike,
        TEXTS[3],
        [alice.phone(), bob.phone()],
        middle,
    );

    stage.second(
        80,
        "FIVE. FOUR once more, byte for byte, but Bob's phone looks at hvi, as it should.",
    );
    stage.random = drawn_from;
    let (alice, mut bob, _, for_bob) = agreed_with_alice(stage, None);
    stage.second(
        82,
        "Alice's screen shows two words. He sends Bob's phone the same message as before.",
    );
    stage.screen(Onlooker::AlicePhone, alice.phone());
    let finished = bob.finish(found.to_vec(), &for_bob);
    stage.between(Role::Responder, &bob);
    if finished.is_none() {
        stage.tell(
            "Bob's phone: this is not the DHPart2 that was committed to. It ends the call (error 0x62).",
        );
    }
    stage.second(99, "Alice hears nobody, and hangs up.");
    stage.over();
}

/// He agrees with Alice's phone, which is sound, and commits to something invented towards Bob's. The keys of Alice's side,
/// and his private key for Bob's.
fn agreed_with_alice(stage: &mut Stage, bobs_flaw: Option<Flaw>) -> (ByHand, ByHand, SessionKeys, Key) {
    let mut alice = stage.in_front_of(Role::Initiator, None);
    let mut bob = stage.in_front_of(Role::Responder, bobs_flaw);
    let (for_alice, for_bob, invented): (Key, Key, Key) = (stage.draw(), stage.draw(), stage.draw());
    bob.commit(invented);
    let to_alice = alice.variants(&public_key(&for_alice)).with_ids(&[0; 32]);
    let hers = alice
        .finish(to_alice.to_vec(), &for_alice)
        .expect("a sound answer");
    stage.between(Role::Initiator, &alice);
    stage.between(Role::Responder, &bob);
    (alice, bob, hers, for_bob)
}

/// They compare, she speaks with him in the middle, they hang up; `seconds`: when the first and the last happen.
fn she_goes_on(
    stage: &mut Stage,
    seconds: [u64; 2],
    alike: bool,
    text: &str,
    phones: [&Session; 2],
    middle: [&DirectionKeys; 2],
) {
    let read_out = format!(
        "They read them to each other: {}. Alice goes on.",
        the_same(alike)
    );
    stage.second(seconds[0], read_out);
    stage.says(text, phones, Some(middle));
    stage.second(seconds[1], "They hang up.");
    stage.over();
}

fn the_same(alike: bool) -> &'static str {
    if alike { "the same" } else { "not the same" }
}

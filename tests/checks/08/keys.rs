//! Lesson 08, first_key and root_step: bytes, exact to the kit's own functions.

use messaging_lab::course::exam::{Exam, Fault};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::Student;
use messaging_lab::crypto::x25519::{public_key, x25519};
use messaging_lab::envelope::chains::kdf_rk;
use messaging_lab::envelope::x3dh;
use messaging_lab::ground::hex::bytes_to_hex;
use messaging_lab::ground::randomness::Seeded;

use super::{Key, array, short, wrong};

/// Alice's identity and ephemeral private keys, Bob's public identity, signed pre-key, and one-time pre-key if any.
pub type FirstKey = (Key, Key, Key, Key, Option<Key>);

/// A root key and the output of a DH.
pub type RootStep = (Key, Key);

/// 32 zeros but for the highest bit, which X25519 masks: the number 0 in other bytes.
const ZERO_AGAIN: Key = {
    let mut key = [0; 32];
    key[31] = 0x80;
    key
};

/// A public key of small order that is no small number: eight times this point is nothing.
const ORDER_8: Key = [
    0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56, 0xe3, 0xfa, 0xf1, 0x9f, 0xc4, 0x6a, 0xda,
    0x09, 0x8d, 0xeb, 0x9c, 0x32, 0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16, 0x5f, 0x49, 0xb8, 0x00,
];

fn wanted((identity, ephemeral, bob, signed, one_time): &FirstKey) -> Option<Key> {
    let dh4 = match one_time {
        Some(one_time) => Some(x25519(ephemeral, one_time).ok()?),
        None => None,
    };
    Some(x3dh::shared_secret(
        &x25519(identity, signed).ok()?,
        &x25519(ephemeral, bob).ok()?,
        &x25519(ephemeral, signed).ok()?,
        dh4.as_ref(),
        x3dh::INFO,
    ))
}

fn draw(random: &mut Seeded, one_time: bool) -> FirstKey {
    let mut public = || public_key(&array(random));
    let (bob, signed, left) = (public(), public(), public());
    (
        array(random),
        array(random),
        bob,
        signed,
        one_time.then_some(left),
    )
}

fn shown(key: &Option<Key>) -> String {
    match key {
        Some(key) => format!("Some({})", bytes_to_hex(key)),
        None => "None".to_string(),
    }
}

/// Alice's side of X3DH.
pub fn first_key(student: impl Student<FirstKey, Option<Key>>) -> Verdict {
    let mut random = Seeded::new(81);
    let mut with = |change: fn(&mut FirstKey)| {
        let mut question = draw(&mut random, true);
        change(&mut question);
        question
    };
    let mut one = [0; 32];
    one[0] = 1;
    Exam::new("healing/first_key", wrong::first_key())
        .shows(shown)
        .case("Bob has a one-time pre-key left", with(|_| ()))
        .case("another two people", with(|_| ()))
        .case("his one-time pre-keys have run out", with(|keys| keys.4 = None))
        .case("run out, another two people", with(|keys| keys.4 = None))
        .case("Bob's identity key is 32 zeros", with(|keys| keys.2 = [0; 32]))
        .case("his signed pre-key is 32 zeros", with(|keys| keys.3 = [0; 32]))
        .case("his one-time pre-key is 32 zeros", with(|keys| keys.4 = Some([0; 32])))
        .case("no one-time pre-key, and his identity key is 32 zeros", with(|keys| (keys.2, keys.4) = ([0; 32], None)))
        .case("his one-time pre-key is the number 1, whose share is zero as well", {
            let mut question = with(|_| ());
            question.4 = Some(one);
            question
        })
        .case("his identity key is the number 1, whose share is zero as well", {
            let mut question = with(|_| ());
            question.2 = one;
            question
        })
        .case("his identity key is a point of order 8, whose share is zero as well", with(|keys| keys.2 = ORDER_8))
        .case("his one-time pre-key is that point", with(|keys| keys.4 = Some(ORDER_8)))
        .case("his signed pre-key is 0 but for the highest bit, which X25519 does not look at", with(|keys| keys.3 = ZERO_AGAIN))
        .seeded(16, |random| {
            let one_time = random.below(2) == 0;
            draw(random, one_time)
        })
        .judge(
            student,
            |(identity, ephemeral, bob, signed, one_time)| {
                let one_time = one_time.as_ref().map_or("no one-time pre-key".to_string(), |key| {
                    format!("one-time pre-key {}", short(key))
                });
                format!(
                    "the first key of identity {} and ephemeral {} with Bob's identity {}, signed pre-key {}, {one_time}?",
                    short(identity),
                    short(ephemeral),
                    short(bob),
                    short(signed)
                )
            },
            |question, got| {
                let wanted = wanted(question);
                if *got == wanted {
                    return Ok(());
                }
                let why = match (&wanted, got) {
                    (None, _) => {
                        "one of the agreements is all zeros, whatever Alice's key: who planted that public key \
                         knows this share without any private key"
                    }
                    (Some(_), None) => "every agreement here is sound: who refuses it cannot write to Bob at all",
                    (Some(_), Some(_)) => {
                        "Bob computes another key from the same keys, so he cannot open the first message"
                    }
                };
                Err(Fault::new(shown(&wanted), why))
            },
        )
}

/// `(root, chain)` from a root and the output of a DH.
pub fn root_step(student: impl Student<RootStep, (Key, Key)>) -> Verdict {
    let mut count = [0; 32];
    for (place, byte) in count.iter_mut().enumerate() {
        *byte = place as u8;
    }
    Exam::new("healing/root_step", wrong::root_step())
        .shows(|(root, chain)| format!("(root {}, chain {})", bytes_to_hex(root), bytes_to_hex(chain)))
        .case("all ones, all twos", ([1; 32], [2; 32]))
        .case("the same two, exchanged", ([2; 32], [1; 32]))
        .case("counting bytes", (count, [0x5a; 32]))
        .case("another DH output under the same root", (count, [0xa5; 32]))
        .seeded(12, |random| (array(random), array(random)))
        .judge(
            student,
            |(root, dh)| format!("root {}, DH output {}: which root and chain follow?", short(root), short(dh)),
            |(root, dh), got| {
                let wanted = kdf_rk(root, dh);
                if *got == wanted {
                    return Ok(());
                }
                let why = if got.1 == wanted.1 {
                    "the chain is right and the root is not: from the next turn on the two phones are apart"
                } else if got.0 == wanted.0 {
                    "the root is right and the chain is not: no message of this chain opens on the other phone"
                } else {
                    "the other phone computes other keys, so nothing opens from this turn on"
                };
                Err(Fault::new(
                    format!("(root {}, chain {})", bytes_to_hex(&wanted.0), bytes_to_hex(&wanted.1)),
                    why,
                ))
            },
        )
}

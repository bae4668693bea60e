//! What a conversation costs: a text of 1 KiB there and opened, in one direction and back and forth, and a first message.

use std::hint::black_box;

use messaging_lab::envelope::bundle::PreKeyBundle;
use messaging_lab::envelope::identity::Identity;
use messaging_lab::envelope::keys::KeyPair;
use messaging_lab::envelope::prekeys::PreKeys;
use messaging_lab::envelope::ratchet::Ratchet;
use messaging_lab::envelope::session::Session;
use messaging_lab::ground::randomness::Seeded;
use messaging_lab::ground::secret::Secret;

/// A name and what to time under it.
pub type Case = (&'static str, Box<dyn FnMut()>);

/// As long as the associated data of X3DH.
const AD: [u8; 66] = [5; 66];

/// The cases. A round trip is one message, sealed and opened; in ping-pong each one turns the root, so a new key pair and
/// two agreements are part of it.
pub fn cases() -> Vec<Case> {
    let text = vec![0x42; 1024];
    let in_order = {
        let (mut alice, mut bob, mut random) = two();
        let text = text.clone();
        move || {
            let message = alice.seal(&text, &AD).expect("short enough");
            black_box(bob.open(&message, &AD, &mut random).expect("sealed just now"));
        }
    };
    let ping_pong = {
        let (mut alice, mut bob, mut random) = two();
        move || {
            let message = alice.seal(&text, &AD).expect("short enough");
            black_box(bob.open(&message, &AD, &mut random).expect("sealed just now"));
            std::mem::swap(&mut alice, &mut bob);
        }
    };
    let first_message = {
        let mut random = Seeded::new(2);
        let alice = Identity::generate(&mut random).expect("a seed always gives");
        let bob = Identity::generate(&mut random).expect("a seed always gives");
        let mut pre_keys = PreKeys::generate(&bob, 1, &mut random).expect("a seed always gives");
        move || {
            pre_keys.replenish(1, &mut random).expect("a seed always gives");
            let upload = pre_keys.upload(&bob);
            let bundle = PreKeyBundle {
                identity: upload.identity,
                signed: upload.signed,
                one_time: upload.one_time.first().copied(),
            };
            let verified = bundle.verify().expect("Bob's own");
            let mut session = Session::initiate(&alice, &verified, &mut random).expect("sound keys");
            let message = session.seal(b"hello").expect("short enough");
            let accepted = Session::accept(&bob, &mut pre_keys, &message, &mut random);
            black_box(accepted.expect("sealed just now"));
        }
    };
    vec![
        ("ratchet 1 KiB in order", Box::new(in_order)),
        ("ratchet 1 KiB ping-pong", Box::new(ping_pong)),
        ("first message, keys checked to opened", Box::new(first_message)),
    ]
}

/// Alice, Bob, and randomness, after the first message.
fn two() -> (Ratchet, Ratchet, Seeded) {
    let mut random = Seeded::new(1);
    let bob = KeyPair::generate(&mut random).expect("a seed always gives");
    let secret = Secret::new([3; 32]);
    let mut alice = Ratchet::init_alice(&secret, bob.public(), &mut random).expect("a sound key");
    let mut bob = Ratchet::init_bob(secret, bob);
    let first = alice.seal(b"begin", &AD).expect("short enough");
    bob.open(&first, &AD, &mut random).expect("sealed just now");
    // Bob writes next in ping-pong and Alice in order: give her a turn of her own.
    let reply = bob.seal(b"reply", &AD).expect("short enough");
    alice.open(&reply, &AD, &mut random).expect("sealed just now");
    (alice, bob, random)
}

//! What the one-shot side of the envelope costs: HPKE for 1 KiB, the envelope around it, and a safety number.

use std::hint::black_box;

use messaging_lab::envelope::hpke::{open_base, seal_base};
use messaging_lab::envelope::kem::{EphemeralKey, KeyPair, PublicKey};
use messaging_lab::envelope::one_shot::{self, Names};
use messaging_lab::envelope::safety_number::safety_number;
use messaging_lab::ground::randomness::Seeded;

/// A name and what to time under it.
pub type Case = (&'static str, Box<dyn FnMut()>);

/// The cases. A fresh key for every message is part of sealing, so it is timed too.
pub fn cases() -> Vec<Case> {
    const NAMES: Names = Names {
        from: "alice",
        to: "bob",
    };
    let bob = || KeyPair::derive(&[2; 32]);
    let text = vec![0x42; 1024];
    let fresh = |random: &mut Seeded| EphemeralKey::generate(random).expect("a seed always gives");

    let seal_and_open = {
        let (bob, text, mut random) = (bob(), text.clone(), Seeded::new(1));
        move || {
            let sealed = seal_base(fresh(&mut random), &bob.public(), b"info", b"ad", &text);
            let (enc, sealed) = sealed.expect("a sound key");
            black_box(open_base(&enc, &bob, b"info", b"ad", &sealed).expect("sealed just now"));
        }
    };
    let envelope = {
        let (bob, text, mut random) = (bob(), text, Seeded::new(2));
        move || {
            let envelope =
                one_shot::seal(NAMES, fresh(&mut random), &bob.public(), &text).expect("short enough");
            black_box(one_shot::open(NAMES, &bob, &envelope).expect("sealed just now"));
        }
    };
    let number = || {
        let (alice, bob) = black_box((PublicKey([1; 32]), PublicKey([2; 32])));
        black_box(safety_number((b"alice", &alice), (b"bob", &bob)));
    };
    vec![
        ("hpke seal+open 1 KiB", Box::new(seal_and_open)),
        ("one-shot envelope seal+open 1 KiB", Box::new(envelope)),
        ("safety number", Box::new(number)),
    ]
}

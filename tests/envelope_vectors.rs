//! X3DH and the Double Ratchet against values computed elsewhere: the same keys, and the same bytes of whole conversations.
//!
//! The values and where they come from stand in tests/vectors/*.txt.

mod common;

use common::for_each_case;
use messaging_lab::crypto::x25519::{public_key, x25519};
use messaging_lab::envelope::chains::{kdf_ck, kdf_rk, message_key_and_nonce};
use messaging_lab::envelope::keys::{KeyPair, PublicKey};
use messaging_lab::envelope::ratchet::Ratchet;
use messaging_lab::envelope::x3dh::{self, associated_data, shared_secret};
use messaging_lab::ground::randomness::{Randomness, RandomnessError};
use messaging_lab::ground::secret::Secret;

/// Randomness that was written down beforehand.
struct Written(Vec<u8>);

impl Randomness for Written {
    fn fill(&mut self, out: &mut [u8]) -> Result<(), RandomnessError> {
        out.copy_from_slice(&self.0[..out.len()]);
        self.0.drain(..out.len());
        Ok(())
    }
}

#[test]
fn x3dh_gives_the_same_secret_and_associated_data() {
    for_each_case("x3dh.txt", |case| {
        let [ik_a, ek_a, ik_b, spk_b]: [[u8; 32]; 4] =
            ["ik_a", "ek_a", "ik_b", "spk_b"].map(|name| case.array(name));
        let dh1 = case.array("dh1");
        let dh2 = case.array("dh2");
        let dh3 = case.array("dh3");
        assert_eq!(x25519(&ik_a, &public_key(&spk_b)), Ok(dh1), "{}", case.name);
        assert_eq!(x25519(&ek_a, &public_key(&ik_b)), Ok(dh2), "{}", case.name);
        assert_eq!(x25519(&ek_a, &public_key(&spk_b)), Ok(dh3), "{}", case.name);
        let dh4 = case.text("opk_b").is_some().then(|| case.array("dh4"));
        if let Some(dh4) = dh4 {
            let opk_b = case.array("opk_b");
            assert_eq!(x25519(&opk_b, &public_key(&ek_a)), Ok(dh4), "{}", case.name);
        }
        let secret = shared_secret(&dh1, &dh2, &dh3, dh4.as_ref(), x3dh::INFO);
        assert_eq!(secret, case.array("secret"), "{}", case.name);
        let ad = associated_data(&public_key(&ik_a), &public_key(&ik_b));
        assert_eq!(ad, case.array("ad"), "{}", case.name);
    });
}

#[test]
fn the_key_functions_give_the_same_keys() {
    for_each_case("double_ratchet_kdf.txt", |case| {
        let next = kdf_rk(&case.array("root"), &case.array("dh_out"));
        assert_eq!(
            next,
            (case.array("next_root"), case.array("new_chain")),
            "{}",
            case.name
        );
        let step = kdf_ck(&case.array("chain"));
        assert_eq!(
            step,
            (case.array("next_chain"), case.array("message_key")),
            "{}",
            case.name
        );
        let parts = message_key_and_nonce(&case.array("message_key"));
        assert_eq!(parts, (case.array("key"), case.array("nonce")), "{}", case.name);
    });
}

#[test]
fn whole_conversations_are_the_same_to_the_byte() {
    for_each_case("double_ratchet.txt", |case| {
        let ad = case.bytes("ad");
        let mut alice_draws = Written(case.bytes("alice_draws"));
        let mut bob_draws = Written(case.bytes("bob_draws"));
        let bob_pair = KeyPair::from_private(Secret::new(case.array("bob")));
        let bob_public: PublicKey = bob_pair.public();
        let secret = Secret::new(case.array("secret"));
        let mut alice = Ratchet::init_alice(&secret, bob_public, &mut alice_draws).unwrap();
        let mut bob = Ratchet::init_bob(secret, bob_pair);

        let turns = case.text("turns").expect("turns");
        assert_eq!(turns.len() as u64, case.number("count"));
        for (i, writer) in (1..).zip(turns.chars()) {
            let text = case.bytes(&format!("text{i}"));
            let sealed = match writer {
                'A' => alice.seal(&text, &ad),
                _ => bob.seal(&text, &ad),
            };
            let message = case.bytes(&format!("message{i}"));
            assert_eq!(sealed.as_deref(), Ok(&message[..]), "{}: {i}", case.name);
            let opened = match writer {
                'A' => bob.open(&message, &ad, &mut bob_draws),
                _ => alice.open(&message, &ad, &mut alice_draws),
            };
            assert_eq!(opened, Ok(text), "{}: {i}", case.name);
        }
        assert!(
            alice_draws.0.is_empty() && bob_draws.0.is_empty(),
            "{}: no more, no less",
            case.name
        );
    });
}

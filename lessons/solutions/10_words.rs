//! Lesson 10, solved: one way of many.

use std::collections::HashMap;

use messaging_lab::call::key_schedule::{Role, context, s0, sas_hash, total_hash};
use messaging_lab::call::varied_part::VariedPart;
use messaging_lab::call::word_lists::{EVEN, ODD};
use messaging_lab::call::words::sas_value;
use messaging_lab::crypto::x25519::{public_key, x25519};
use messaging_lab::ground::ledger::{Onlooker, Witness};

pub fn predict() -> ([Option<bool>; 6], [Option<Witness>; 6]) {
    let guesses = [false, true, false, true, false, true].map(Some);
    let witnesses = [
        Witness::Nobody,
        Witness::Holds(Onlooker::Tap, 24),
        Witness::Nobody,
        Witness::Holds(Onlooker::Tap, 46),
        Witness::Holds(Onlooker::Tap, 77),
        Witness::Nobody,
    ];
    (guesses, witnesses.map(Some))
}

const B32: &[u8; 32] = b"ybndrfg8ejkmcpqxot1uwisza345h769";

pub fn render(value: u32) -> (String, String) {
    let characters = [27, 22, 17, 12].map(|shift| char::from(B32[(value >> shift & 31) as usize]));
    let [first, second, _, _] = value.to_be_bytes();
    let words = format!("{} {}", EVEN[usize::from(first)], ODD[usize::from(second)]);
    (characters.iter().collect(), words)
}

pub type Pending = (Vec<u8>, Vec<u8>, Vec<u8>);

const MY_H0: [u8; 32] = [0x4d; 32];

fn piece<const N: usize>(message: &[u8], at: usize) -> [u8; N] {
    message[at..at + N].try_into().expect("messages are longer")
}

fn shown(dh: &[u8; 32], hello: &[u8], commit: &[u8], dhpart1: &[u8], dhpart2: &[u8]) -> u32 {
    let (zid_r, zid_i) = (piece(hello, 64), piece(commit, 44));
    let total = total_hash(hello, commit, dhpart1, dhpart2);
    let s0 = s0(dh, &zid_i, &zid_r, &total, [None; 3]);
    sas_value(&sas_hash(&s0, &context(&zid_i, &zid_r, &total)))
}

fn alice_shows(alice: &Pending, private: &[u8; 32]) -> u32 {
    let (hello, commit, dhpart2) = alice;
    let dh = x25519(private, &piece(dhpart2, 76)).expect("her phone sent a sound key");
    let mine = VariedPart::new(Role::Responder, &public_key(private), &MY_H0).with_ids(&[0; 32]);
    shown(&dh, hello, commit, &mine, dhpart2)
}

fn bob_shows(bob: &Pending, private: &[u8; 32]) -> u32 {
    let (hello, commit, dhpart1) = bob;
    let dh = x25519(private, &piece(dhpart1, 76)).expect("his phone sent a sound key");
    let mine = VariedPart::new(Role::Initiator, &public_key(private), &MY_H0).with_ids(&[0; 32]);
    shown(&dh, hello, commit, dhpart1, &mine)
}

pub fn no_commitment(alice: &Pending, bob: &Pending, bits: u32) -> ([u8; 32], [u8; 32]) {
    let mut for_alice = HashMap::new();
    let mut for_bob = HashMap::new();
    let mut private = [0; 32];
    for number in 0_u64.. {
        private[8..16].copy_from_slice(&number.to_be_bytes());
        let (hers, his) = (alice_shows(alice, &private), bob_shows(bob, &private));
        for_alice.insert(hers >> (32 - bits), private);
        for_bob.insert(his >> (32 - bits), private);
        if let Some(other) = for_bob.get(&(hers >> (32 - bits))) {
            return (private, *other);
        }
        if let Some(other) = for_alice.get(&(his >> (32 - bits))) {
            return (*other, private);
        }
    }
    unreachable!("there are more keys than strings")
}

pub fn forgot_to_check(bob: &Pending, private: &[u8; 32], wanted: u32, bits: u32) -> Vec<u8> {
    let (hello, commit, dhpart1) = bob;
    let dh = x25519(private, &piece(dhpart1, 76)).expect("his phone sent a sound key");
    let variants = VariedPart::new(Role::Initiator, &public_key(private), &MY_H0);
    let mut ids = [0; 32];
    for number in 0_u64.. {
        ids[24..].copy_from_slice(&number.to_be_bytes());
        let message = variants.with_ids(&ids);
        if (shown(&dh, hello, commit, dhpart1, &message) ^ wanted) >> (32 - bits) == 0 {
            return message.to_vec();
        }
    }
    unreachable!("there are more messages than strings")
}

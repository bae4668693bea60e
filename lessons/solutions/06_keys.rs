//! Lesson 06, solved: one way of many.

use messaging_lab::crypto::sha512::sha512;
use messaging_lab::envelope::formats::{Format, render};
use messaging_lab::envelope::history::{Decision, Event};
use messaging_lab::envelope::kem::{EphemeralKey, KeyPair, PublicKey};
use messaging_lab::envelope::one_shot::{Names, open_auth, seal_auth};
use messaging_lab::envelope::safety_number::safety_number_with;
use messaging_lab::ground::hex::hex_to_bytes;
use messaging_lab::ground::ledger::{Onlooker, Witness};

pub type Entry = (String, [u8; 32]);
pub type Envelope = (String, String, Vec<u8>);
pub type Passed = (Option<Vec<u8>>, Vec<u8>);

pub fn predict() -> ([Option<bool>; 6], [Option<Witness>; 6]) {
    let guesses = [true, true, false, false, true, false].map(Some);
    let witnesses = [
        Witness::Holds(Onlooker::Relay, 4),
        Witness::Holds(Onlooker::BobPhone, 7),
        Witness::Nobody,
        Witness::Nobody,
        Witness::Holds(Onlooker::Relay, 24),
        Witness::Nobody,
    ];
    (guesses, witnesses.map(Some))
}

fn ghost_of(seed: &[u8; 32], name: &str) -> KeyPair {
    KeyPair::derive(&[b"ghost of ", name.as_bytes(), seed].concat())
}

fn fresh(seed: &[u8; 32], number: usize) -> EphemeralKey {
    EphemeralKey::derive(&[b"fresh", &seed[..], &(number as u64).to_be_bytes()].concat())
}

pub fn ghost_directory(seed: &[u8; 32], asker: &str, directory: &[Entry]) -> Vec<Entry> {
    let mut handed_out = directory.to_vec();
    for (name, key) in &mut handed_out {
        if name != asker {
            *key = ghost_of(seed, name).public().0;
        }
    }
    handed_out
}

pub fn ghost(seed: &[u8; 32], directory: &[Entry], envelopes: &[Envelope]) -> Vec<Passed> {
    let true_key = |person: &str| {
        let entry = directory.iter().find(|(name, _)| name == person);
        PublicKey(entry.expect("everybody is in the directory").1)
    };
    let mut passed = Vec::new();
    for (number, (from, to, envelope)) in envelopes.iter().enumerate() {
        let names = Names { from, to };
        passed.push(
            match open_auth(&true_key(from), names, &ghost_of(seed, to), envelope) {
                Ok(text) => {
                    let sender = ghost_of(seed, from);
                    let sealed = seal_auth(&sender, names, fresh(seed, number), &true_key(to), &text);
                    (Some(text), sealed.expect("a text that fits"))
                }
                Err(_) => (None, envelope.clone()),
            },
        );
    }
    passed
}

pub fn safety_number(my_key: &[u8; 32], my_id: &str, their_key: &[u8; 32], their_id: &str) -> String {
    let mut halves = [half(my_key, my_id), half(their_key, their_id)];
    halves.sort();
    halves.concat()
}

/// One person's thirty digits.
fn half(key: &[u8; 32], id: &str) -> String {
    let key = [&[0x05], &key[..]].concat();
    let mut hash = sha512(&[&[0, 0], &key[..], id.as_bytes(), &key].concat());
    for _ in 1..5200 {
        hash = sha512(&[&hash[..], &key].concat());
    }
    let mut digits = String::new();
    for chunk in hash[..30].chunks(5) {
        let number = chunk
            .iter()
            .fold(0, |number, &byte| number * 256 + u64::from(byte));
        digits += &format!("{:05}", number % 100_000);
    }
    digits
}

pub fn near_miss(number: &str, alices_key: &[u8; 32], rounds: u32, compared: usize) -> [u8; 32] {
    let alice = PublicKey(*alices_key);
    let (first, last) = (&number[..compared], &number[60 - compared..]);
    let mut count: u64 = 0;
    loop {
        let pair = KeyPair::derive(&count.to_be_bytes());
        let shown = safety_number_with(rounds, (b"alice", &alice), (b"bob", &pair.public()));
        if shown.digits().starts_with(first) && shown.digits().ends_with(last) {
            return *pair.private().expose();
        }
        count += 1;
    }
}

pub fn formats(hex: &str, digits: &str, words: &str) -> Option<(Format, usize)> {
    let key: [u8; 32] = hex_to_bytes(&hex.replace(' ', "")).ok()?.try_into().ok()?;
    let (as_digits, as_words) = (render(Format::Digits, &key), render(Format::Words, &key));
    let in_digits = first_difference(digits, &as_digits);
    let in_words = first_difference(words, &as_words);
    match (in_digits, in_words) {
        (None, None) => None,
        (Some(group), None) => Some((Format::Digits, group)),
        (None, Some(group)) => Some((Format::Words, group)),
        // The key that was read from the hex fits neither of the two: it is the hex that was changed.
        (Some(group), Some(_)) => Some((Format::Hex, group)),
    }
}

/// The number of the first group that is not the same in both.
fn first_difference(one: &str, other: &str) -> Option<usize> {
    one.split(' ').zip(other.split(' ')).position(|(a, b)| a != b)
}

pub fn key_changed(history: &[Event]) -> Vec<Option<Decision>> {
    // Bob's first key, the one that was shown last, and those that Alice has compared.
    let mut first = None;
    let mut shown = 0;
    let mut compared = Vec::new();
    // For each message the key that was shown when Alice wrote it, and whether it was delivered.
    let mut messages = Vec::new();
    for event in history {
        match *event {
            Event::KeyShown(key) => {
                first = first.or(Some(key));
                shown = key;
            }
            Event::Compared => compared.push(shown),
            Event::Written => messages.push((shown, false)),
            Event::Delivered(number) => messages[number].1 = true,
        }
    }
    let mut decisions = Vec::new();
    for (written_for, delivered) in messages {
        decisions.push(if delivered {
            None
        } else if compared.contains(&shown) {
            Some(Decision::Send)
        } else if written_for != shown || !compared.is_empty() {
            Some(Decision::Hold)
        } else if first == Some(shown) {
            Some(Decision::Send)
        } else {
            Some(Decision::Warn)
        });
    }
    decisions
}

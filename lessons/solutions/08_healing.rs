//! Lesson 08: a solution of each exercise.

use messaging_lab::crypto::{aead, hkdf, x25519};
use messaging_lab::envelope::chains::kdf_ck;
use messaging_lab::ground::ledger::{Onlooker, Witness};

/// A message: who sends it, at which step, and at which step the key pair in its header was made.
pub type Sent = (String, u64, u64);

/// A line of a ledger: who, which bytes, since which second.
pub type Line = (String, Vec<u8>, u64);

/// Guesses, and what settles each statement.
pub fn predict() -> ([Option<bool>; 6], [Option<Witness>; 6]) {
    let guesses = [
        Some(true),
        Some(false),
        Some(false),
        Some(true),
        Some(false),
        Some(false),
    ];
    let witnesses = [
        Some(Witness::Holds(Onlooker::Thief, 6)),
        Some(Witness::Nobody),
        Some(Witness::Holds(Onlooker::Thief, 11)),
        Some(Witness::Nobody),
        Some(Witness::Holds(Onlooker::BobPhone, 23)),
        Some(Witness::Holds(Onlooker::Thief, 25)),
    ];
    (guesses, witnesses)
}

/// X3DH, Alice's side.
pub fn first_key(
    identity: &[u8; 32],
    ephemeral: &[u8; 32],
    bob_identity: &[u8; 32],
    bob_signed: &[u8; 32],
    bob_one_time: Option<&[u8; 32]>,
) -> Option<[u8; 32]> {
    let mut material = vec![0xff; 32];
    material.extend(x25519::x25519(identity, bob_signed).ok()?);
    material.extend(x25519::x25519(ephemeral, bob_identity).ok()?);
    material.extend(x25519::x25519(ephemeral, bob_signed).ok()?);
    if let Some(one_time) = bob_one_time {
        material.extend(x25519::x25519(ephemeral, one_time).ok()?);
    }
    Some(hkdf::derive(&[0; 32], &material, b"messaging-lab X3DH"))
}

/// One turn of the root.
pub fn root_step(root: &[u8; 32], dh: &[u8; 32]) -> ([u8; 32], [u8; 32]) {
    let both: [u8; 64] = hkdf::derive(root, dh, b"messaging-lab root");
    let (mut next, mut chain) = ([0; 32], [0; 32]);
    next.copy_from_slice(&both[..32]);
    chain.copy_from_slice(&both[32..]);
    (next, chain)
}

/// The owner's first message under a pair that is not in the copy.
pub fn locked_out(messages: &[Sent], whose: &str, theft: u64) -> Option<usize> {
    messages
        .iter()
        .position(|(sender, _, made)| sender == whose && *made > theft)
}

/// One receiving chain, with the keys of late messages kept.
pub fn out_of_order(
    chain: &[u8; 32],
    arrivals: &[u32],
    max_skip: u32,
    max_kept: usize,
) -> Vec<Option<[u8; 32]>> {
    let mut chain = *chain;
    let mut next = 0;
    let mut kept: Vec<(u32, [u8; 32])> = Vec::new();
    let mut opened = Vec::new();
    for &number in arrivals {
        if number < next {
            let place = kept.iter().position(|(of, _)| *of == number);
            opened.push(place.map(|place| kept.remove(place).1));
            continue;
        }
        if number - next > max_skip {
            opened.push(None);
            continue;
        }
        let mut key = [0; 32];
        while next <= number {
            (chain, key) = kdf_ck(&chain);
            if next < number {
                kept.push((next, key));
            }
            next += 1;
        }
        let too_many = kept.len().saturating_sub(max_kept);
        kept.drain(..too_many);
        opened.push(Some(key));
    }
    opened
}

/// Who comes to the text, and since when.
pub fn leaks(ledger: &[Line], text: &[u8]) -> Vec<(String, u64)> {
    let mut found: Vec<(String, u64)> = Vec::new();
    let mut note = |who: &str, second: u64| match found.iter_mut().find(|(known, _)| known == who) {
        Some((_, earliest)) => *earliest = second.min(*earliest),
        None => found.push((who.to_string(), second)),
    };
    let inside = |bytes: &[u8]| bytes.windows(text.len()).any(|part| part == text);
    for (who, bytes, since) in ledger {
        if inside(bytes) {
            note(who, *since);
        }
        let Ok(key) = <&[u8; 32]>::try_from(&bytes[..]) else {
            continue;
        };
        for (other, packet, then) in ledger {
            if other != who || packet.len() < 12 {
                continue;
            }
            let mut nonce = [0; 12];
            nonce.copy_from_slice(&packet[..12]);
            if aead::open(key, &nonce, b"", &packet[12..]).is_ok_and(|opened| inside(&opened)) {
                note(who, *since.max(then));
            }
        }
    }
    found
}

/// What settles each rewrite, the condition, and a paragraph.
pub fn sentence() -> ([Option<Witness>; 6], Option<char>, String) {
    let witnesses = [
        Some(Witness::Nobody),
        Some(Witness::Holds(Onlooker::Relay, 1)),
        Some(Witness::Nobody),
        Some(Witness::Holds(Onlooker::Backup, 20)),
        Some(Witness::Holds(Onlooker::BobPhone, 23)),
        Some(Witness::Holds(Onlooker::Relay, 29)),
    ];
    let paragraph = "An honest app seals each text on the phone, so the relay held neither text nor key: up to \
        second 28 of the run there is none. It held who wrote to whom, when and how much, at every second. \
        The backup had the texts at 20, and the update gave them to the company at 29.";
    (witnesses, Some('c'), paragraph.to_string())
}

//! Lesson 04, solved: one way of many.

use messaging_lab::crypto::sealer::{Flaw, Line, Step};
use messaging_lab::crypto::{aead, chacha20, poly1305};
use messaging_lab::ground::ledger::{Onlooker, Witness};
use messaging_lab::ground::secret::equal;

pub fn predict() -> ([Option<bool>; 6], [Option<Witness>; 6]) {
    let guesses = [Some(true); 6];
    let witnesses = [
        Some(Witness::Holds(Onlooker::BobPhone, 3)),
        Some(Witness::Nobody),
        Some(Witness::Nobody),
        Some(Witness::Holds(Onlooker::Relay, 15)),
        Some(Witness::Holds(Onlooker::Relay, 18)),
        Some(Witness::Nobody),
    ];
    (guesses, witnesses)
}

fn candidate(known: &[u8; 32], guess: u32) -> [u8; 32] {
    let mut key = *known;
    for (byte, guessed) in key[28..].iter_mut().zip(guess.to_be_bytes()) {
        *byte |= guessed;
    }
    key
}

pub fn guess_the_key(
    known: &[u8; 32],
    bits: u32,
    nonce: &[u8; 12],
    header: &[u8],
    sealed: &[u8],
) -> Option<[u8; 32]> {
    (0..1 << bits)
        .map(|guess| candidate(known, guess))
        .find(|key| aead::open(key, nonce, header, sealed).is_ok())
}

pub fn two_time_pad(first: &[u8], second: &[u8], known: &[u8]) -> Vec<u8> {
    let mut other = Vec::new();
    for at in 0..first.len().min(second.len()) {
        other.push(first[at] ^ second[at] ^ known[at]);
    }
    other
}

pub fn flip(ciphertext: &[u8], at: usize) -> Vec<u8> {
    let mut changed = ciphertext.to_vec();
    changed[at] ^= b'1' ^ b'9';
    changed
}

fn mac_data(header: &[u8], ciphertext: &[u8]) -> Vec<u8> {
    let mut data = header.to_vec();
    data.resize(data.len().next_multiple_of(16), 0);
    data.extend(ciphertext);
    data.resize(data.len().next_multiple_of(16), 0);
    data.extend((header.len() as u64).to_le_bytes());
    data.extend((ciphertext.len() as u64).to_le_bytes());
    data
}

fn tag_of(key: &[u8; 32], nonce: &[u8; 12], header: &[u8], ciphertext: &[u8]) -> [u8; 16] {
    let block = chacha20::block(key, 0, nonce);
    let one_time_key: [u8; 32] = block[..32].try_into().expect("half a block");
    poly1305::poly1305(&one_time_key, &mac_data(header, ciphertext))
}

pub fn seal(key: &[u8; 32], nonce: &[u8; 12], header: &[u8], text: &[u8]) -> Vec<u8> {
    let mut sealed = text.to_vec();
    chacha20::xor(key, 1, nonce, &mut sealed).expect("a text that the keystream is long enough for");
    let tag = tag_of(key, nonce, header, &sealed);
    sealed.extend(tag);
    sealed
}

pub fn open(key: &[u8; 32], nonce: &[u8; 12], header: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    let length = sealed.len().checked_sub(16)?;
    let (ciphertext, tag) = sealed.split_at(length);
    if !equal(&tag_of(key, nonce, header, ciphertext), tag) {
        return None;
    }
    let mut text = ciphertext.to_vec();
    chacha20::xor(key, 1, nonce, &mut text).ok()?;
    Some(text)
}

pub fn next_nonce(saved: u64, sends: u64) -> Vec<Step> {
    let mut steps = Vec::new();
    for number in saved..saved + sends {
        steps.push(Step::Save(number + 1));
        steps.push(Step::Send(number));
    }
    steps
}

pub fn spot_the_flaw(transcripts: &[Vec<Line>]) -> Vec<Option<Flaw>> {
    transcripts.iter().map(|lines| flaw_in(lines)).collect()
}

fn flaw_in(lines: &[Line]) -> Option<Flaw> {
    let mut sent: Vec<(&[u8; 12], &[u8], &[u8])> = Vec::new();
    let mut header_opened = false;
    for line in lines {
        match line {
            Line::Sealed {
                nonce,
                header,
                text,
                sealed,
            } => {
                if sealed.len() < text.len() + 16 {
                    return Some(Flaw::TagCut);
                }
                if sent.iter().any(|(used, ..)| *used == nonce) {
                    return Some(Flaw::NonceReused);
                }
                sent.push((nonce, header, sealed));
            }
            Line::Opened {
                nonce,
                header,
                sealed,
                text: Some(_),
            } => match sent.iter().find(|(n, _, s)| *n == nonce && *s == sealed) {
                None => return Some(Flaw::TagUnchecked),
                Some((_, own, _)) => header_opened |= own != header,
            },
            Line::Opened { text: None, .. } => {}
        }
    }
    header_opened.then_some(Flaw::HeaderUncovered)
}

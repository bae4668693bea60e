//! Lesson 07: one right answer for each exercise. Other ways are as good; the checks look at what an answer does.

use messaging_lab::crypto::aead;
use messaging_lab::crypto::hmac::hmac_sha256;
use messaging_lab::envelope::chains::message_key_and_nonce;
use messaging_lab::envelope::header::HEADER_BYTES;
use messaging_lab::ground::ledger::{Onlooker, Witness};

pub fn predict() -> ([Option<bool>; 6], [Option<Witness>; 6]) {
    let guesses = [false, true, true, true, true, false].map(Some);
    let witnesses = [
        Witness::Nobody,
        Witness::Holds(Onlooker::Thief, 40),
        Witness::Holds(Onlooker::Thief, 40),
        Witness::Holds(Onlooker::Thief, 50),
        Witness::Holds(Onlooker::Thief, 75),
        Witness::Nobody,
    ];
    (guesses, witnesses.map(Some))
}

pub fn chain_step(chain_key: &[u8; 32]) -> ([u8; 32], [u8; 32]) {
    (hmac_sha256(chain_key, &[0x01]), hmac_sha256(chain_key, &[0x02]))
}

pub fn open_one(message_key: &[u8; 32], message: &[u8]) -> Option<String> {
    let (key, nonce) = message_key_and_nonce(message_key);
    let (header, sealed) = message.split_at_checked(HEADER_BYTES)?;
    let text = aead::open(&key, &nonce, header, sealed).ok()?;
    String::from_utf8(text).ok()
}

pub fn thief(
    chain_key: &[u8; 32],
    number: u32,
    kept: &[(u32, [u8; 32])],
    recorded: &[(u32, Vec<u8>)],
) -> Vec<Option<String>> {
    let mut texts = Vec::new();
    for (n, message) in recorded {
        let message_key = if *n < number {
            kept.iter().find(|(late, _)| late == n).map(|(_, key)| *key)
        } else {
            let (mut message_key, mut next) = chain_step(chain_key);
            for _ in number..*n {
                (message_key, next) = chain_step(&next);
            }
            Some(message_key)
        };
        texts.push(message_key.and_then(|key| open_one(&key, message)));
    }
    texts
}

pub fn forget(log: &[(u32, bool)]) -> Vec<(Vec<u32>, Vec<u32>)> {
    let mut chain_key = 0;
    let mut message_keys = Vec::new();
    let mut after_each = Vec::new();
    for &(number, genuine) in log {
        if genuine {
            while chain_key <= number {
                message_keys.push(chain_key);
                chain_key += 1;
            }
            message_keys.retain(|&key| key != number);
        }
        after_each.push((vec![chain_key], message_keys.clone()));
    }
    after_each
}

//! Lesson 04, guess_the_key: what trying all keys takes.

use std::time::Duration;

use messaging_lab::course::exam::{Exam, Fault};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::Student;
use messaging_lab::crypto::aead;
use messaging_lab::ground::hex::bytes_to_hex;
use messaging_lab::ground::randomness::Seeded;

use super::{Key, Nonce, array, legible, wrong};

/// The known part of a key, how many bits are missing, nonce, header, sealed bytes.
pub type Search = (Key, u32, Nonce, Vec<u8>, Vec<u8>);

/// A key whose last `bits` bits are `guess`, and something sealed under it: what is known of it all.
fn search(seed: u64, bits: u32, guess: u32, header: &[u8], text: &[u8]) -> Search {
    let mut random = Seeded::new(seed);
    let mut known: Key = array(&mut random);
    let tail = u32::from_be_bytes(known[28..].try_into().expect("four bytes"));
    let tail = tail >> bits << bits;
    known[28..].copy_from_slice(&tail.to_be_bytes());
    let mut key = known;
    key[28..].copy_from_slice(&(tail | guess).to_be_bytes());
    let nonce = array(&mut random);
    let sealed = aead::seal(&key, &nonce, header, text).expect("a short text");
    (known, bits, nonce, header.to_vec(), sealed)
}

/// A message whose key is none of the candidates: `guess` has a bit too many, and the known part has that bit clear.
fn beyond(seed: u64, bits: u32, guess: u32) -> Search {
    let mut random = Seeded::new(seed);
    let mut key: Key = array(&mut random);
    let tail = u32::from_be_bytes(key[28..].try_into().expect("four bytes"));
    let known = with_tail(&key, 0, tail >> 12 << 12);
    key = with_tail(&key, 0, tail >> 12 << 12 | guess);
    let nonce = array(&mut random);
    let header = b"Alice to Bob".to_vec();
    let sealed = aead::seal(&key, &nonce, &header, b"meet at ten").expect("a short text");
    (known, bits, nonce, header, sealed)
}

/// A key whose known part ends in zeros.
fn zeros(seed: u64, bits: u32, guess: u32) -> Search {
    let mut question = search(seed, bits, 0, b"Alice to Bob", b"meet at ten");
    question.0[28..].fill(0);
    let key = with_tail(&question.0, 0, guess);
    question.4 = aead::seal(&key, &question.2, &question.3, b"meet at ten").expect("a short text");
    question
}

/// Trying all keys: how long it may take on a slow machine.
const SEARCH_LIMIT: Duration = Duration::from_secs(30);

/// What is known of a key -> the key, if one opens the message.
pub fn guess_the_key(student: impl Student<Search, Option<Key>>) -> Verdict {
    let to_bob = |seed, bits, guess| search(seed, bits, guess, b"Alice to Bob", b"meet at ten");
    let mut changed = to_bob(6, 8, 77);
    changed.4[3] ^= 1;
    let mut readdressed = to_bob(7, 8, 99);
    readdressed.3 = b"Carol to Bob".to_vec();
    let mut known_and_changed = to_bob(12, 0, 0);
    known_and_changed.4[3] ^= 1;
    Exam::new("seal/guess_the_key", wrong::guess_the_key())
        .limit(SEARCH_LIMIT)
        .shows(|got| match got {
            Some(key) => format!("the key {}", bytes_to_hex(key)),
            None => "None".to_string(),
        })
        .case("three unknown bits", to_bob(1, 3, 5))
        .case("the first key is it", to_bob(2, 8, 0))
        .case("the last key is it", to_bob(3, 8, 255))
        .case("the third of 256 keys is it", to_bob(16, 8, 2))
        .case("the ninth of 256 keys is it", to_bob(17, 8, 8))
        .case("twelve unknown bits", to_bob(4, 12, 0xabc))
        .case("nothing is unknown", to_bob(5, 0, 0))
        .case("nothing is unknown, and a byte was changed", known_and_changed)
        .case("the known part ends in zeros", zeros(13, 7, 93))
        .case("a known bit differs: the key is just behind the last candidate", beyond(14, 8, 256))
        .case("a known bit differs: the key is some way behind the last candidate", beyond(15, 6, 0x95))
        .case("no header", search(8, 8, 200, b"", b"meet at ten"))
        .case("the text is empty", search(9, 6, 41, b"Alice to Bob", b""))
        .case("one byte was changed on the way", changed)
        .case("the header was changed on the way", readdressed)
        .case("sixteen unknown bits", to_bob(10, 16, 0x6b3e))
        .seeded(6, |random| {
            let bits = 4 + random.below(7) as u32;
            let guess = random.below(1 << bits) as u32;
            to_bob(random.next_u64(), bits, guess)
        })
        .case("twenty unknown bits", to_bob(11, 20, 0x810de))
        .judge(
            student,
            |(_, bits, _, header, sealed)| {
                format!(
                    "{bits} bits of the key are unknown: which key opens {} bytes with header {}?",
                    sealed.len(),
                    legible(header)
                )
            },
            |(known, bits, nonce, header, sealed), got| {
                let opens = |key: &Key| aead::open(key, nonce, header, sealed).is_ok();
                let tail = |key: &Key| u32::from_be_bytes([key[28], key[29], key[30], key[31]]);
                let fits =
                    |key: &Key| key[..28] == known[..28] && tail(key) >> bits == tail(known) >> bits;
                match got {
                    Some(key) if opens(key) && fits(key) => Ok(()),
                    Some(key) if opens(key) => Err(Fault::new(
                        "a key that is the known one but for the unknown bits, or None",
                        format!(
                            "it opens the message, but differs from `known` above the last {bits} bits: these keys \
                             were not asked for, and each bit more doubles the search"
                        ),
                    )),
                    Some(_) => Err(Fault::new(
                        "a key that opens it, or None if there is none",
                        "this key does not open it, as aead::open would have said: somebody who believes in it reads nothing",
                    )),
                    None => {
                        let there_is_one = (0..1_u32 << bits)
                            .map(|guess| with_tail(known, tail(known), guess))
                            .find(opens);
                        match there_is_one {
                            None => Ok(()),
                            Some(key) => Err(Fault::new(
                                format!("the key that ends {}", bytes_to_hex(&key[28..])),
                                format!("one of the {} candidates opens it: who tries them all reads the message", 1_u64 << bits),
                            )),
                        }
                    }
                }
            },
        )
}

/// `key` with these bits, joined, as its last four bytes.
fn with_tail(key: &Key, tail: u32, guess: u32) -> Key {
    let mut key = *key;
    key[28..].copy_from_slice(&(tail | guess).to_be_bytes());
    key
}

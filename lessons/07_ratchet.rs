//! # Lesson 07 · Yesterday
//!
//! The article says of WhatsApp that it is "designed to keep messages private - even from the app company
//! itself". The company carries every message, so it could keep a copy of each. In lesson 05 whoever came by
//! Bob's private key opened every envelope ever sealed for it. Must one stolen phone give away years?
//!
//! After this lesson you can
//!   - make a key for every message, to the byte as Signal's specification makes it;
//!   - say which messages somebody reads who copies a phone today, and show it with the keys;
//!   - say at which moment a key may go, and what it costs when it goes too late or too early.
//!
//! Builds on: lesson 05 (keys made from a secret), lesson 04 (seal, open, tag), lesson 01 (timer, ledger,
//! witness), and Rust's Vec, Option and loops. Time: about 75 minutes, 15 of them reading.
//!
//! ## The story
//!
//! Alice writes to Bob about a day at the lake. Somebody on the wire records everything that travels; the
//! company could do the same.
//!
//! ```text
//!     second  0    Alice's phone and Bob's phone share a first secret
//!            10    Alice sends message 0                    11    Bob's phone opens it
//!            12    Alice sends message 1                          the network holds it up
//!            14    Alice sends message 2                    15    Bob's phone opens it
//!            16    Alice sends message 3                    17    Bob's phone opens it
//!            40    a thief copies Bob's unlocked phone and puts it back; he gets the record, too
//!            50    Alice sends message 4                    51    Bob's phone opens it
//!            60    message 1 comes at last                  60    Bob's phone opens it
//!            75    Bob answers, for the first time; Alice's phone is off
//!            90    the run ends
//! ```
//!
//! Bob reads each text as soon as his phone opens it. Message 2 has no timer. The other texts have one of
//! 10 s after reading, and both phones keep to it. Every message is sealed under a key of its own:
//!
//! ```text
//!     chain key 0 ------> chain key 1 ------> chain key 2 ------> chain key 3 ------> ...
//!          |                   |                   |                   |
//!          v                   v                   v                   v
//!     message key 0       message key 1       message key 2       message key 3
//! ```
//!
//! In words: both phones have the same chain key. It makes two keys: the MESSAGE KEY, under which one message
//! is sealed and opened, and the next CHAIN KEY. That is one turn. Nothing leads against an arrow. Each
//! direction of a conversation has a chain of its own, and messages are numbered in their chain, from 0.
//!
//! **Stop here.** Go down to `predict`, read its six statements and write your guesses. A wrong guess costs
//! nothing. Then settle them with `cargo run -- show ratchet`, and read on.
//!
//! ## New idea: HMAC
//!
//! A hash such as SHA-256 (lesson 00) everybody can compute. HMAC-SHA-256 (RFC 2104) is a hash with a key:
//! `hmac_sha256(key, message)` gives 32 bytes. Whoever lacks the key can neither compute them nor tell them
//! from random ones, and whoever has them gets nowhere near the key: the best way known is to try all keys.
//! The KDF of lesson 05 is made of it.
//!
//! ## New idea: a chain of keys
//!
//! ```text
//!     message key     =  HMAC(chain key, 0x01)
//!     next chain key  =  HMAC(chain key, 0x02)          0x01 and 0x02 are one byte each
//! ```
//!
//! From chain key 2 come message keys 2, 3, 4 and so on, and not one before. A message key leads to no other
//! message's: it opens its own, and that is all. A wheel that turns one way only is called a RATCHET, and so
//! is this. (Signal, "The Double Ratchet Algorithm", revision 1, 2016, sections 2.2 and 5.2; WhatsApp's white
//! paper of April 2016 has the same two lines.)
//!
//! ## New idea: forward secrecy is deleting
//!
//! The chain alone protects nothing: a phone that keeps chain key 0 can make every key again, and so can
//! its thief. After each turn the old chain key has to go, and each message key when it has done its work.
//! If they go on BOTH phones, what was opened before a theft stays shut after it, recorded or not. This is
//! called FORWARD SECRECY. It is deleting that does it; HMAC only makes the deleting final.
//!
//! It reaches back, not ahead. A copied chain key turns for the thief as it does for its owner, and giving
//! back the phone does not turn it back.
//!
//! ## New idea: keys for latecomers
//!
//! A message may overtake another. When 2 comes before 1, the phone turns past 1, keeps message key 1 and
//! opens 2. The old chain keys can go all the same: message key 1 opens message 1 and nothing else. When 1
//! comes, its key opens it and goes. Until then it lies there, for Bob and for a thief. So the specification
//! advises to limit how many such keys are kept, and for how long (section 6.4). Signal's library keeps up to
//! 2,000 a chain (libsignal, MAX_MESSAGE_KEYS).
//!
//! ## What this lesson does not cover, and where its model is simpler
//!
//!   - How a conversation gets rid of a thief: with every reply something fresh is mixed in. That is lesson
//!     08, and so is where the first secret comes from. A phone has a root key and a key pair for it; the
//!     ledger of this lesson leaves them out.
//!   - A deleted key is gone here. Lesson 03 showed why that is hard on a real disk; the specification leaves
//!     it to others (section 6.1).
//!   - Only keys are forgotten. A text that stays on a phone, or in its backup, stays for its thief.
//!   - Our thief only reads. With these keys he could also write to Bob in Alice's name.
//!   - In `forget` keys are numbers only, and nothing limits how many are kept. The kit's own ratchet passes
//!     over 1,000 messages at once at most, and keeps 2,000 keys at most.
//!
//! ## How to work
//!
//! ```text
//!     cargo run -- show ratchet                the run that `predict` asks about
//!     cargo test --test lesson_07              all four exercises
//!     cargo test --test lesson_07 thief        the one with "thief" in its name
//!     cargo run -- hint ratchet/chain_step     a question that helps; add 2 or 3 for more
//! ```
//!
//! ## To discuss in pairs
//!
//!   1. Suppose the thief copies Alice's phone at second 40, not Bob's. Which of the messages 0 to 4 does he
//!      read? (`show` lists what her phone holds.) Are they the same ones, and by the same means?
//!   2. A message never arrives, and its key waits on Bob's phone. After how long would you delete it? Who is
//!      harmed if that is too early, who if it is too late?

use messaging_lab::crypto::aead;
#[allow(unused_imports)] // for `chain_step`
use messaging_lab::crypto::hmac::hmac_sha256;
use messaging_lab::envelope::chains::message_key_and_nonce;
use messaging_lab::envelope::header::HEADER_BYTES;
#[allow(unused_imports)] // `Onlooker` is for your witnesses.
use messaging_lab::ground::ledger::{Onlooker, Witness};

/// ratchet/predict: your guesses, and the witness that settles each statement.
///
/// An outsider is the wire (`Onlooker::Wire`) or the thief (`Onlooker::Thief`). The numbers in brackets are
/// the seconds a statement speaks of.
///
///   1. Message 3 was opened at 17, and its text was destroyed before the theft. From the theft on (40 to 90)
///      an outsider has its text.
///   2. Message 1 is late: Bob's phone gets it at 60. Before that (12 to 59) an outsider has its text.
///   3. Message 2 was opened at 15, and its message key deleted. At some second (14 to 90) an outsider has
///      its text.
///   4. Message 4 is sent at 50, when Bob has his phone back. An outsider has its text (50 to 90).
///   5. Bob answers at 75, for the first time. An outsider has the answer's text (75 to 90).
///   6. Bob's phone opens message 1 at 60. From then on (60 to 90) it still has its message key.
///
/// First guess: `Some(true)` or `Some(false)` for each. Then run `cargo run -- show ratchet` and settle each
/// one: `Some(Witness::Holds(Onlooker::BobPhone, 12))` if it holds, with an onlooker and a second that show
/// it, or `Some(Witness::Nobody)`.
pub fn predict() -> ([Option<bool>; 6], [Option<Witness>; 6]) {
    let guesses = [
        None, // 1
        None, // 2
        None, // 3
        None, // 4
        None, // 5
        None, // 6
    ];
    let witnesses = [
        None, // 1
        None, // 2
        None, // 3
        None, // 4
        None, // 5
        None, // 6
    ];
    (guesses, witnesses)
}

/// ratchet/chain_step: a chain key -> (the message key, the next chain key). One turn, in that order.
///
/// The feedback shows keys in hex. An example:
///
/// ```text
///     chain key        97c199078653ea59cade114a39826eab4bb060eed56af4eaf8ea93c6cd81e4e5
///     message key      51c9a6b3a980c94d4fd9b29d4c254873c3db2293e56d39e4d695e7300f9df69c
///     next chain key   00aa833015b9c768b1360f9113cfe71648d59e3ad89d6c878002b507e578587a
/// ```
pub fn chain_step(chain_key: &[u8; 32]) -> ([u8; 32], [u8; 32]) {
    todo!("which message key and which next chain key come from {chain_key:02x?}?")
}

/// Supplied, for `thief`: a message key and a message as it was recorded -> its text, or `None` if this key
/// does not open it.
///
/// It opens as in lesson 04: key and nonce are made from the message key, and the header in front of what is
/// sealed is covered by the tag.
#[allow(dead_code)] // until you call it
pub fn open_one(message_key: &[u8; 32], message: &[u8]) -> Option<String> {
    let (key, nonce) = message_key_and_nonce(message_key);
    let (header, sealed) = message.split_at_checked(HEADER_BYTES)?;
    let text = aead::open(&key, &nonce, header, sealed).ok()?;
    String::from_utf8(text).ok()
}

/// ratchet/thief: what was stolen, and what was recorded -> the text of each recorded message, or `None` if
/// it stays shut.
///
/// Stolen from a phone: `chain_key`, which is the chain key with this `number`: the message with the same
/// number is the first whose key it makes. And `kept`: number and message key of each message that had not
/// come yet; all of them are below `number`, in no order.
///
/// Recorded on the wire: number and message, in no order. Some are missing, some stand there twice, some
/// were changed or cut short on the way, and some belong to another chain, which began after an answer.
/// Whatever no stolen key opens is a `None`. No number is more than 1,000 above `number`.
///
/// One entry for each recorded message, in the order of the record. A thief deletes nothing: what stands
/// there twice opens twice. Chain key 3, kept the key of 1, recorded 0, 1, 2, 3 and 5 (none changed) ->
/// `None`, text 1, `None`, text 3, text 5.
///
/// You may call your own `chain_step`, and `open_one` above.
pub fn thief(
    chain_key: &[u8; 32],
    number: u32,
    kept: &[(u32, [u8; 32])],
    recorded: &[(u32, Vec<u8>)],
) -> Vec<Option<String>> {
    todo!(
        "chain key {number} is {chain_key:02x?}; with it and {} kept keys, which of these {} messages open?",
        kept.len(),
        recorded.len()
    )
}

/// ratchet/forget: what came in -> the keys that Bob's phone holds after each entry.
///
/// An entry of the log is (number, genuine). A genuine message is opened when it comes. If it comes a second
/// time there is nothing left to open it with, and nothing changes. One that is not genuine was forged, as
/// its tag has shown: it counts for nothing, and the genuine one with that number may still come.
///
/// The answer is one pair for each entry: the numbers of the chain keys and the numbers of the message keys
/// that the phone holds then. Chain key 3 makes the keys of message 3 and of all that follow, message key 3
/// that of message 3 alone. Before the first entry the phone holds chain key 0: `([0], [])`.
///
/// After every entry two things must be true:
///   - whoever copies the phone now opens no message that was opened already;
///   - the phone can still open every other one, whenever it comes. A chain has no last message.
///
/// Many answers do that; any will do, in any order. But what was deleted cannot come back. The numbers in the
/// log are below 1,000. An example: (0, true), (2, true), (1, true) -> ([1], []), ([3], [1]), ([3], []).
///
/// The function below opens everything, late messages too. But it was handed out with a bug: it keeps every
/// key. Mend it.
pub fn forget(log: &[(u32, bool)]) -> Vec<(Vec<u32>, Vec<u32>)> {
    let mut chain_keys = vec![0];
    let mut message_keys = vec![];
    let mut after_each = vec![];
    for &(number, _genuine) in log {
        // Turn the chain until it has made this message's key. One that is late has its key already.
        let mut next = chain_keys[chain_keys.len() - 1];
        while next <= number {
            message_keys.push(next);
            next += 1;
            chain_keys.push(next);
        }
        // Here the message is opened with its key.
        after_each.push((chain_keys.clone(), message_keys.clone()));
    }
    after_each
}

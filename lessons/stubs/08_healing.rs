//! # Lesson 08 · Tomorrow
//!
//! The article says of WhatsApp that it is "designed to keep messages private - even from the app company
//! itself". Lesson 07 looked back: who steals today's keys does not read yesterday's messages. This one
//! looks ahead. A thief has copied a phone; what does he read tomorrow? And it ends the unit: when all
//! keys are in order, who has the text all the same?
//!
//! After this lesson you can
//!   - make the first key for somebody whose phone is off, and say what each part of it is for;
//!   - say which message locks a thief out again who copied a phone, and which thief stays;
//!   - say under which conditions the article's sentence is true, and what the company always holds.
//!
//! Builds on: lesson 05 (private and public key, X25519, HKDF), lesson 06 (identity key, comparing keys),
//! lesson 07 (the chain of keys, forgetting), lesson 04 (`aead::open`); Rust's slices, Vec, Option and
//! loops. Time: about 90 minutes, 15 of them reading; 77 without out_of_order, which is optional (*).
//!
//! ## The story
//!
//! Alice and Bob have compared their keys. Alice's phone is copied at second 6, while it lies about
//! unlocked: keys, chat, everything. She does not notice, and writes on.
//!
//! ```text
//!     second  1    Alice sends "lunch at noon?"; Bob's phone is off, collects it at 2, makes a pair
//!             3    Bob sends "noon is fine"; Alice's phone collects it at 4, and makes a new pair
//!             5    Alice's app removes her first text
//!             6    THE THEFT: all of Alice's phone; the thief has also recorded all that travelled
//!             8    Alice sends "bring the blue folder", under the pair of second 4
//!             9    Bob's phone collects it, and makes a new pair
//!            10    Bob sends "the code is 2718", under that pair
//!            11    the thief tries what he copied on what he recorded
//!            12    Alice's phone collects, and makes a new pair
//!            14    Alice sends "room 7 instead", under that pair
//!            16    Bob sends "room 7 it is"; at 17 Alice's phone shows a preview of it
//!            18    the thief tries again
//!            20    Bob's phone copies its chats to a backup in the cloud
//!            22    the thief writes "pay the deposit today" to Bob, with Alice's copied identity key
//!            24    Bob answers that: "done, it is paid"; at 25 the thief tries to open the answer
//!            27    Alice's phone installs an update of the app, which the company made
//!            29    Alice sends "thanks for the folder"
//!            32    the run ends
//!
//!                        the root          turns with every reply; X25519 puts something fresh in
//!                           |
//!          4 and 2   ----> root ----> chain ----> a key for each text that Alice sends under 4
//!                           |
//!          4 and 9   ----> root ----> chain ----> a key for each text that Bob sends under 9
//!                           |
//!         12 and 9   ----> root ----> chain ----> a key for each text that Alice sends under 12
//! ```
//!
//! In words, and "4 and 9" means X25519 of the pair that Alice made at second 4 and the pair that Bob made
//! at second 9: a phone makes a new pair whenever a message comes in under a pair of the other side that it
//! has not seen. The public half travels in the header of all it sends from then on. Each such pair and the
//! other side's latest one agree on a secret (lesson 05); the ROOT KEY and that secret give the next root
//! key and a new chain; the chain gives one key for each message (lesson 07). What was used is deleted. The
//! two together, chain and root, are the DOUBLE RATCHET (Signal, 2016).
//!
//! **Stop here.** Go down to `predict`, read its six statements and write your guesses. A wrong guess costs
//! nothing. Then settle them with `cargo run -- show healing`, and read on.
//!
//! ## New idea: pre-keys
//!
//! Alice wants to write at second 1, and Bob's phone is off. So it has left PRE-KEYS with the relay, public
//! halves of pairs made in advance: one that his identity key signed, replaced every week or month, and a
//! pile of ONE-TIME ones. The relay gives each of those away once, and Bob's phone deletes the private half
//! with the first message that opens. When the pile has run out, the signed one has to do.
//!
//! ## New idea: one key from four agreements (X3DH)
//!
//! ```text
//!           Alice's          Bob's
//!     DH1   identity    and  signed pre-key      nobody but Alice and Bob can make it: he knows who writes
//!     DH2   ephemeral   and  identity            nobody but Alice and Bob can make it: she knows who reads
//!     DH3   ephemeral   and  signed pre-key      both halves get forgotten: a thief of both identity keys
//!                                                cannot make it later
//!     DH4   ephemeral   and  one-time pre-key    Bob's half goes with the first opening (if there was one)
//! ```
//!
//! EPHEMERAL: a pair made now for this one use. Alice tells Bob the public halves; he makes the same four
//! with his private ones (Signal, "The X3DH Key Agreement Protocol", 2016, section 3). None of this says
//! whose an identity key is. That was lesson 06.
//!
//! ## What heals, and what does not
//!
//! PASSIVE is a thief who copied and listens, ACTIVE one who also writes. `predict` has shown how far a
//! passive one comes. The Double Ratchet specification says of the others (section 6.2): who has the
//! identity key can pose as its owner in new sessions; and who sits between the two from the theft on,
//! without a gap, can put his own pairs in place of theirs and stay. Keys that are kept for late messages
//! can be stolen as long as they are kept (section 6.4). A text that stands in the chat needs no key.
//!
//! ## What this lesson does not cover, and where its model is simpler
//!
//!   - The relay of the run lets the thief post in Alice's name and ask for keys in it. A real one demands
//!     her account's password or number; he has her phone, so he may have those, too.
//!   - In a real app a new session, or a device linked to the account, may be shown somewhere. Whether
//!     people notice is another question.
//!   - The kit makes the new pair when a message comes in, as the specification's listing does. An app may
//!     wait until it sends (section 6.5); then pairs are younger, and the thief can be out sooner.
//!   - The backup and the update are invented. Real backups may be sealed under a password; and the update
//!     shows what the maker of an app could do, not what one did.
//!   - Groups, media and calls have keys of their own. WhatsApp's white paper (April 2016) describes them;
//!     in 2015, when the article was written, only some of its chats were covered (lesson 05).
//!   - Against a large quantum computer X25519 does not hold.
//!
//! ## How to work
//!
//! ```text
//!     cargo test --test lesson_08              all seven exercises
//!     cargo test --test lesson_08 leaks        the one with "leaks" in its name
//!     cargo run -- show healing                the run that predict and sentence ask about
//!     cargo run -- hint healing/leaks          a question that helps; add 2 or 3 for more
//! ```
//!
//! ## To discuss in pairs
//!
//!   1. Alice hears at second 7 that her phone was copied. What should she do, in which order, so that the
//!      thief is out: write to Bob, wait for his answer, or make a new identity? What does each cost?
//!   2. A help page says: "Your messages are sealed, so we know nothing about you." What does the relay
//!      of the run know at second 32? Rewrite the sentence so that it is true.

// What the exercises need. You will use all of it; `allow` keeps the compiler quiet until then.
#[allow(unused_imports)]
use messaging_lab::crypto::{aead, hkdf, x25519};
#[allow(unused_imports)]
use messaging_lab::envelope::chains::kdf_ck;
#[allow(unused_imports)]
use messaging_lab::ground::ledger::{Onlooker, Witness};

/// A message: who sends it ("Alice" or "Bob"), at which step, and at which step its sender made the pair
/// whose public half is in its header.
pub type Sent = (String, u64, u64);

/// A line of a ledger: who, which bytes, since which second.
pub type Line = (String, Vec<u8>, u64);

/// healing/predict: your guesses, and the witness that settles each statement.
///
///   1. At some second the thief has "noon is fine", which Bob sealed before the theft.
///   2. At some second the thief has "lunch at noon?", which Alice sealed before the theft.
///   3. At some second the thief has "the code is 2718", sealed under a pair that Bob made after the theft.
///   4. At some second the thief has "room 7 instead", sealed under a pair that Alice made after the theft.
///   5. Bob's phone shows "pay the deposit today" as Alice's, which the thief wrote, and warns of nothing.
///   6. At some second the thief has "done, it is paid", which Bob sealed after Alice's new pair was in use.
///
/// First guess: `Some(true)` or `Some(false)` for each. Then run `cargo run -- show healing`, which prints
/// who held what from which second on, and settle each one: `Some(Witness::Nobody)`, or an onlooker that the
/// statement speaks of and a second of your choice at which it has the text, such as
/// `Some(Witness::Holds(Onlooker::AlicePhone, 2))`. The others are `Onlooker::BobPhone` and
/// `Onlooker::Thief`.
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

/// healing/first_key: Alice's two private keys and Bob's public ones -> the first key, 32 bytes; or `None`.
///
/// `identity` and `ephemeral` are Alice's private halves; the rest are Bob's public halves, his one-time
/// pre-key only if one was left. The four agreements are in the text above; without a one-time pre-key DH4
/// is left out, and nothing stands in its place. Then
///
/// ```text
///     key = HKDF(salt: 32 zeros, secret: 32 bytes 0xff, DH1, DH2, DH3, DH4, info: "messaging-lab X3DH")
/// ```
///
/// The bytes 0xff are no output of X25519, so nothing else that mixes such outputs mixes the same bytes.
/// `x25519::x25519(&private, &public)` gives `Ok` with 32 bytes, or an `Err` if they would be all zeros.
/// Then refuse, with `None`: whoever sent such a public key knows that share. (`hkdf::derive(salt, secret,
/// info)` gives as many bytes as the type of its result has.) Whether Bob's pre-key is signed was checked
/// before.
pub fn first_key(
    identity: &[u8; 32],
    ephemeral: &[u8; 32],
    bob_identity: &[u8; 32],
    bob_signed: &[u8; 32],
    bob_one_time: Option<&[u8; 32]>,
) -> Option<[u8; 32]> {
    todo!(
        "the first key of Alice's {:02x}.. and {:02x}.. with Bob's {:02x}.., {:02x}.. and {:02x?}?",
        identity[0],
        ephemeral[0],
        bob_identity[0],
        bob_signed[0],
        bob_one_time.map(|key| key[0])
    )
}

/// healing/root_step: the root key and the output of X25519 -> the next root key, and a new chain key.
///
/// One turn of the root: 64 bytes of `HKDF(salt: the root, secret: the output, info: "messaging-lab root")`.
/// The first half is the next root, the second half the chain. `let both: [u8; 64] = hkdf::derive(...)`.
pub fn root_step(root: &[u8; 32], dh: &[u8; 32]) -> ([u8; 32], [u8; 32]) {
    todo!(
        "which root and which chain follow from the root {:02x?}.. and the output {:02x?}..?",
        &root[..4],
        &dh[..4]
    )
}

/// healing/locked_out: the messages of a conversation, whose phone was copied, after which step -> the index
/// of the first message that the thief lost; `None` if there is none.
///
/// He is passive: he has all that the phone held after step `theft` was done (private halves, root, chains)
/// and records every message. "Lost" is one that was sent after the theft and that he cannot open, whatever
/// he computes. The list is in the order of sending, its index counts from 0, and `whose` is "Alice" or
/// "Bob". Every message arrives sooner or later, and each pair is made as the text above says; the first
/// pairs are of step 0. The list may be empty, and the theft may come before all of it or after: `theft` can
/// be as large as `u64::MAX`.
///
/// The run above, as far as second 16, with its seconds for steps (Alice's first pair is of second 1):
///
/// ```text
///     index   0              1            2              3             4                5
///     sent    Alice 1 (1)    Bob 3 (2)    Alice 8 (4)    Bob 10 (9)    Alice 14 (12)    Bob 16 (15)
/// ```
///
/// Which of these did the thief of second 6 read? What has the first one that he did not read that the
/// others have not? Take care: what is the same for Alice's and Bob's pairs, and what is not?
pub fn locked_out(messages: &[Sent], whose: &str, theft: u64) -> Option<usize> {
    todo!("{whose}'s phone was copied after step {theft}: which of {messages:?} did the thief lose first?")
}

/// healing/out_of_order (optional): a chain key and the numbers of messages as they arrive -> for each
/// arrival the key that opens it, or `None`.
///
/// The relay may deliver in any order, and anybody can send a message with any number. Message 0 is opened
/// by the first key of the chain, message 1 by the second. `kdf_ck(&chain)` is lesson 07's step: it gives
/// (next chain key, message key). The chain only turns forward, so:
///
///   - The number is the next expected one, or ahead of it: turn the chain up to it. The keys passed on the
///     way are kept for the late ones. Its own key is not kept.
///   - It is ahead by more than `max_skip`, which may be 0 (ahead by: the number minus the next expected
///     one): refuse it with `None`, and nothing changes.
///   - It is behind: its kept key, which is then deleted; `None` if it is not (or no longer) kept.
///   - After each arrival at most `max_kept` (at least 1) keys are kept: the oldest go, and they are those of
///     the lowest numbers.
///
/// For the arrivals 0, 2, 1, 1 the answer is the first message key that turning gives, the third, the second,
/// and `None`. A number can be as large as `u32::MAX`, and so can `max_skip`; `max_kept` can be `usize::MAX`.
pub fn out_of_order(
    chain: &[u8; 32],
    arrivals: &[u32],
    max_skip: u32,
    max_kept: usize,
) -> Vec<Option<[u8; 32]>> {
    todo!(
        "which keys of the chain {:02x?}.. open {arrivals:?}, max_skip {max_skip}, max_kept {max_kept}?",
        &chain[..4]
    )
}

/// healing/leaks: a ledger and a text -> who comes to the text, and since which second (one for each).
///
/// The ledger's lines are about six places: relay, cloud backup, linked device (a second device of Bob's),
/// notification preview, stolen phone, and the app update, which may copy what the app has. The phones of the
/// two, which have the text of course, are left out. A place has the text
///
///   - since a line of its own in which the text stands, alone or inside something longer; or
///   - since it has both a packet and the key that opens it, and the text stands in what opens.
///
/// A key is a line of exactly 32 bytes, whatever else it may be. A packet is a nonce of 12 bytes and, behind
/// it, what was sealed with an empty header: `aead::open(&key, &nonce, b"", sealed)` gives `Ok` with what is
/// in it, or an `Err`. Other lines are other things, of any length, also shorter than 12 bytes or empty. What
/// somebody had once stays copied, so lines have no end. A second can be as large as `u64::MAX`. The ledger
/// is in no order; neither is your answer. The text has at least one byte, need not be valid UTF-8, and is
/// compared byte by byte.
pub fn leaks(ledger: &[Line], text: &[u8]) -> Vec<(String, u64)> {
    todo!(
        "who comes to {:?}, and since when, of these {} lines?",
        String::from_utf8_lossy(text),
        ledger.len()
    )
}

/// healing/sentence: what is left of "designed to keep messages private - even from the app company itself"?
///
/// Six rewrites. For each `Some(Witness::Nobody)` if it holds in the run of `cargo run -- show healing`, or
/// `Some(Witness::Holds(onlooker, second))` if that onlooker at that second refutes it. Onlookers of the run
/// are `AlicePhone`, `BobPhone`, `Relay`, `Wire`, `Backup`, `Notification` and `Thief`.
///
///   1. "Neither the relay nor the wire ever has the text 'room 7 instead'."
///   2. "The relay cannot say whether Alice has ever written to Bob." (Its log says "alice/1 to bob/1".)
///   3. "Neither the relay nor the wire ever has Alice's identity key, the private one."
///   4. "Nothing but Alice's and Bob's phones ever has the text 'room 7 instead'."
///   5. "Keys were compared, so Bob's phone never shows 'pay the deposit today', which Alice did not write."
///   6. "Whatever app runs on the phones, the relay never has the text 'thanks for the folder'."
///
/// Then one letter. The article's phrase is true if this is added:
///
///   a. every message has a key of its own
///   b. the relay is honest and keeps no copies
///   c. it is about texts and keys, in a chat of a covered kind, with keys compared, an honest app, and safe
///      phones and backups
///   d. no phone is stolen
///   e. the two people have compared their keys
///
/// Then a paragraph of your own: what does the company not hold, under which conditions, and what does it
/// always hold? No program marks it. Your instructor does, with 0 to 2 points each: is it true, does it name
/// an onlooker, does it cite a run, does it state a limit?
pub fn sentence() -> ([Option<Witness>; 6], Option<char>, String) {
    let witnesses = [
        None, // 1
        None, // 2
        None, // 3
        None, // 4
        None, // 5
        None, // 6
    ];
    let letter = None;
    let paragraph = "";
    (witnesses, letter, paragraph.to_string())
}

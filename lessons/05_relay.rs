//! # Lesson 05 · What the company holds
//!
//! The article says of WhatsApp that it is "designed to keep messages private - even from the app company
//! itself". In lesson 04 two phones had a key, and nobody asked how they came to it while the company
//! carried every byte between them. This lesson asks, and then asks what the company holds all the same.
//!
//! After this lesson you can
//!   - let two phones agree on a key in front of everybody, and say what it would take to find that key;
//!   - seal an envelope that opens for one person only, and only under the names that it was sealed for;
//!   - list what a relay holds of messages that it cannot read, and hide one part of it: the length.
//!
//! Builds on: lesson 04 (key, nonce, tag, associated data), lesson 01 (ledger, witness), and Rust's
//! slices, Vec and loops. Time: about 105 minutes, 15 of them reading.
//!
//! ## The story
//!
//! Alice writes to Bob, and Bob's phone is off. So the company's server, the RELAY, keeps the message
//! until his phone asks for it.
//!
//! ```text
//!     Alice's phone                   the relay                        Bob's phone
//!   +---------------+          +-------------------------+          +---------------+
//!   | private key   |  parcel  | directory: public keys  |  parcel  | private key   |
//!   | the text      | -------> | queue: parcels waiting  | -------> | the text      |
//!   +---------------+          | log: who, to whom,      |          +---------------+
//!                              |      how much, when     |
//!                              +-------------------------+
//!
//!     a parcel:    label: from alice, to bob  |  envelope
//!     an envelope:   a fresh public key, 32 bytes  |  the text, sealed  |  tag, 16 bytes
//! ```
//!
//! In words: each phone makes a PRIVATE KEY, which never leaves it, and a PUBLIC KEY, which it gives to
//! the relay's directory for everybody to ask for. A parcel is a label that the relay must be able to
//! read, because it delivers by it, and an envelope that it must not be able to read. Who wrote to whom,
//! when and how much, it notes in its log. Such data about messages is called METADATA.
//!
//! **Stop here.** Go down to `predict`, read its six statements and write your guesses. A wrong guess
//! costs nothing. Then settle them with `cargo run -- show relay`, and read on.
//!
//! ## New idea: a secret made in public
//!
//! Diffie and Hellman, 1976. Everybody knows a prime p and a number g. Write g^n mod p for: take g as a
//! factor n times, and keep the remainder of dividing by p (in Rust: `% p`). With p = 23 and g = 5:
//!
//! ```text
//!     n            1   2   3   4   5   6   7   8   9  10  11  12  13  ...  22
//!     5^n mod 23   5   2  10   4  20   8  17  16  11   9  22  18  21  ...   1
//!
//!     Alice keeps 9                                    Bob keeps 13
//!     sends 5^9 mod 23 = 11          11 -->            sends 5^13 mod 23 = 21
//!                                <-- 21
//!     computes 21^9 mod 23 = 17                        computes 11^13 mod 23 = 17
//! ```
//!
//! Both have 5^(9 x 13) mod 23. Whoever listens has 23, 5, 11 and 21. Is 11 the fifth power or the ninth?
//! The row of powers jumps about, so he tries one n after the other. With every bit that p gets longer
//! there is twice as much to try:
//!
//! ```text
//!     p has        numbers to try      at a hundred million a second
//!       5 bits     22                  at once
//!      24 bits     17 million          0.2 seconds
//!      64 bits     1.8 x 10^19         5,800 years
//!     252 bits     7 x 10^75           2 x 10^60 years
//! ```
//!
//! Nobody has to try them all. There is a way that needs about the square root of that number of steps
//! (for 24 bits 4,000 in place of 17 million), and for remainders there are better ones still, so that p
//! has 2,048 bits and more where they are used (RFC 7919). Phones do the same with points of a curve in
//! place of remainders: X25519 (RFC 7748). It uses about 2^252 points, and for these nothing better than
//! the square root is known: 2^126 steps, which at that speed are 3 x 10^22 years. (A large quantum
//! computer would need fewer. None exists yet; our model has no answer to it.)
//!
//! Any 32 random bytes are a private key there, and a public key is 32 bytes, too. The kit's `x25519`
//! takes my private and your public key and gives both of us the same 32 bytes, the SHARE. A few public
//! keys give zero with every private key. Who sends one of these knows the share without having any
//! private key, so `x25519` returns an error there.
//!
//! ## New idea: a KDF
//!
//! A share is no key yet: it is the coordinate of a point, so its bits are not as even as those of a key
//! should be; and if two purposes take the same key, what happens in one can hurt the other. A KEY
//! DERIVATION FUNCTION makes keys of a secret. HKDF (RFC 5869) does it in two steps:
//!
//! ```text
//!     extract:   prk = extract(salt, secret)     32 even bytes
//!     expand:    key = expand(prk, info)         as many bytes as you like, for the purpose named in info
//! ```
//!
//! Salt and info are no secrets; both sides must only use the same. The salt can be empty. Another info
//! gives another key, and neither key says anything about the other. In the kit: `hkdf::extract` and
//! `hkdf::expand`, or both steps in one, `hkdf::derive(salt, secret, info)`.
//!
//! ## New idea: an envelope for somebody who is asleep
//!
//! Bob's phone cannot answer now, but his public key is in the directory. So Alice's phone makes a FRESH
//! key pair, for this one envelope. Fresh private key and Bob's public key give a share, a KDF makes key
//! and nonce of it, and with these the text is sealed as in lesson 04. In front goes the fresh PUBLIC
//! key; the fresh private key is thrown away. Bob's phone has the other half: its private key and the
//! fresh public key give the same share. A second envelope for Bob under the same fresh key would have
//! the same key and nonce, and lesson 04 showed what that costs.
//!
//! All of this is HPKE (RFC 9180), and `seal_base` in the kit does it. Besides the text it takes two byte
//! strings, `info` and the associated data of lesson 04. They are not in the envelope. Whoever opens it
//! has to bring the same ones, or it is refused. That is how an envelope is BOUND to the names on its
//! label.
//!
//! ## New idea: padding
//!
//! A sealed text is as long as the text. PADDING makes every text as long as the smallest BUCKET with
//! room for it: 64, 128, 256, ... up to 65,536 bytes. Behind the text comes one byte 0x80, always, and
//! then zeros up to the bucket's end (so ISO/IEC 7816-4 does it). To undo it: take off the zeros, then
//! the one 0x80.
//!
//! ```text
//!     "no"     6e 6f 80 00 00 00 ... 00           64 bytes
//!     "yes"    79 65 73 80 00 00 ... 00           64 bytes
//! ```
//!
//! ## What the real ones do
//!
//!   - WhatsApp has sealed all messages from phone to phone since 5 April 2016 (its white paper of that
//!     month). It agrees on keys with X25519, too: several times for the first key (lesson 08), and from
//!     there on every message has a key of its own (lesson 07). In November 2015, when the article
//!     appeared, only one-to-one texts between Android phones were sealed; the server decided for which
//!     chats, and no screen said so.
//!   - Telegram's ordinary chats and its groups are cloud chats: sealed between phone and server, not
//!     from phone to phone. Its secret chats, which have to be opened on purpose, are (Telegram FAQ).
//!   - Signal pads, and since 2018 it can leave the sender off the label ("sealed sender", Signal's blog,
//!     October 2018); its server still sees for whom, when, and from which address on the internet.
//!
//! ## What this lesson does not cover, and where its model is simpler
//!
//!   - Whose key is it? The directory that hands out Bob's key belongs to the company: lesson 06.
//!   - A stolen private key opens all envelopes ever sealed for it: lessons 07 and 08 deal with that.
//!   - The sender's name is bound, but not proved: anybody can seal an envelope for Bob in Alice's name.
//!     What is excluded is that somebody changes the name afterwards. And an envelope delivered twice
//!     opens twice.
//!   - Real phones have a second layer (TLS) to the server, which keeps the wire from reading the labels.
//!     Our model leaves it out. The company sees the labels either way.
//!   - That the honest relay really deletes, and that the app (which the company ships, too) does what it
//!     should, is taken on trust. What a real company logs, and for how long, is its own decision and its
//!     country's law.
//!
//! ## How to work
//!
//! ```text
//!     cargo run -- show relay                  the run that `predict` asks about
//!     cargo test --test lesson_05              all nine exercises
//!     cargo test --test lesson_05 pad          those with "pad" in the name
//!     cargo run -- hint relay/small_secret     a question that helps; add 2 or 3 for more
//! ```
//!
//! ## To discuss in pairs
//!
//!   1. The relay of the run is asked by a court for everything it has about Alice. Write the list. What
//!      would be on it if the relay kept no log, and what has it to know all the same, while it delivers?
//!   2. Your `envelope` got `their_public` as an argument and believed that it is Bob's. Who handed it
//!      over? What would your code have noticed if it had been somebody else's?

#[allow(unused_imports)] // `aead`, `hkdf`, `x25519`: for `shared_key` and `which_chat`.
use messaging_lab::crypto::{aead, hkdf, x25519::x25519};
#[allow(unused_imports)] // 64, 128, 256, ... 65_536: for `pad` and `unpad`
use messaging_lab::envelope::padding::BUCKETS;
#[allow(unused_imports)] // for `envelope`
use messaging_lab::envelope::{
    hpke::seal_base,
    kem::{EphemeralKey, PublicKey},
};
#[allow(unused_imports)] // `Onlooker` is for your witnesses.
use messaging_lab::ground::ledger::{Onlooker, Witness};

/// A line of a relay's log: when, from whom, to whom, how many bytes.
///
/// When is in milliseconds since midnight, at the beginning of the log's first day.
pub type Line = (u64, String, String, u64);

/// A sealed packet as a server held it: nonce, header, sealed bytes, to be opened as in lesson 04.
pub type Packet = ([u8; 12], Vec<u8>, Vec<u8>);

/// A chat: its name, its texts as they were typed on the phones, and what the server held of it: records
/// (bytes that are not sealed) and packets.
pub type Chat = (String, Vec<Vec<u8>>, Vec<Vec<u8>>, Vec<Packet>);

/// relay/predict: guess first, then settle each statement with a witness from `cargo run -- show relay`.
///
/// The relay is honest. At second 4 Alice's phone asks it for Bob's key; at 6 and at 9 she sends a text.
/// Bob's phone is off until second 20, collects both, and shows them at 21. At 25 Alice and Bob erase
/// both texts. At 40 somebody steals Bob's phone. The run ends at 45.
///
///   1. While the first text waits for Bob (seconds 6 to 19), the relay or the wire has the text.
///   2. Before Alice has written a word (seconds 0 to 5), the relay has a line with her name and Bob's.
///   3. After Bob has collected (seconds 21 to 45), the relay has a line about the first text: who, to
///      whom, how many bytes, when.
///   4. The relay's log gives the second text as many bytes as the first (seconds 9 to 45).
///   5. The relay or the wire has Bob's private key at some second from 0 to 45.
///   6. Both phones erase the texts at 25. Somebody has the first text at a second from 26 to 45.
///
/// `guesses[0]` is about statement 1: `Some(true)` or `Some(false)`; no guess is ever marked wrong.
/// `witnesses[0]` settles it: `Some(Witness::Holds(Onlooker::Relay, 7))` for "the relay has it at second
/// 7", or `Some(Witness::Nobody)` if nobody whom the statement speaks of has it at any of its seconds.
/// The wire, `Onlooker::Wire`, is whoever records what travels; "somebody" is any onlooker, a `Thief`
/// included.
pub fn predict() -> ([Option<bool>; 6], [Option<Witness>; 6]) {
    let guesses = [None, None, None, None, None, None];
    let witnesses = [None, None, None, None, None, None];
    (guesses, witnesses)
}

/// relay/small_secret: p, g, what Alice sent and what Bob sent -> the secret that the two share.
///
/// p is a prime from 5 up to 2^24, and the powers of g are all numbers from 1 to p - 1. Each private
/// number is from 1 to p - 2. The check begins with 5 bits and goes up to 24, where there are 17 million
/// numbers to try: make each power from the one before, with one multiplication, and divide by p every
/// time. (The product of two numbers below 2^24 fits into a `u64`; g^n for a large n does not.)
///
/// p = 23, g = 5, Alice sent 11, Bob sent 21 -> 17. You listened, and that is all you have.
pub fn small_secret(p: u64, g: u64, alice_public: u64, bob_public: u64) -> u64 {
    todo!("p = {p}, g = {g}; Alice sent {alice_public}, Bob sent {bob_public}: which secret do they share?")
}

/// relay/shared_key: my private key, their public key, salt, info -> the key that we share; or `None`.
///
/// First the share, by X25519, then the key, by HKDF: 32 bytes, with the share as the secret. The other
/// side calls the same function with its own private key and my public key, and gets the same key. Salt
/// and info may be empty.
///
/// `None` if their public key is one of those that give zero with every private key, and only then.
///
/// ```text
///     x25519(&[u8; 32], &[u8; 32]) -> Result<[u8; 32], AllZeroShare>            the private key first
///     hkdf::derive::<32>(salt: &[u8], secret: &[u8], info: &[u8]) -> [u8; 32]   both steps
/// ```
pub fn shared_key(
    my_private: &[u8; 32],
    their_public: &[u8; 32],
    salt: &[u8],
    info: &[u8],
) -> Option<[u8; 32]> {
    todo!(
        "mine {my_private:02x?}, theirs {their_public:02x?}, salt {salt:02x?}, info {info:02x?}: which key?"
    )
}

/// relay/envelope: who writes, to whom, the recipient's public key, the text, and a seed of 32 random
/// bytes -> what is bound, and the envelope; or `None` if the public key is refused.
///
/// The sealing is there; what it is bound to is up to you. `bound` is a byte string that you make of the
/// two names. It goes into `seal_base` as `info` or as associated data (the other one is empty: `&[]`).
/// The envelope is the fresh public key and, behind it, what was sealed. Bob's phone reads two names from
/// the label, makes `bound` of them with this very function, and opens. So:
///
///   - Bob's phone can open it. `bound` may depend on the names and on `their_public`, not on text or
///     seed.
///   - If the relay writes any other pair of names on the label, it is refused: another sender, another
///     recipient (Bob may have two addresses with one key), the two swapped. Names are 1 to 32 bytes of
///     UTF-8 and may contain any character; two names are the same only if all their bytes are. Sender
///     and recipient may have the same (from her one phone to her other).
///   - Two seeds that differ anywhere, if only in a single bit, give two fresh keys. The same seed gives
///     the same envelope again. (It is all the randomness there is, so that the check can repeat itself;
///     a phone draws a new one for every envelope.)
///
/// ```text
///     EphemeralKey::derive(&[u8]) -> EphemeralKey         a fresh key pair, for one envelope
///     PublicKey(*their_public)                            a public key for `seal_base`
///     seal_base(EphemeralKey, &PublicKey, info: &[u8], associated_data: &[u8], text: &[u8])
///         -> Result<([u8; 32], Vec<u8>), HpkeError>       fresh public key; sealed text with its tag
/// ```
///
/// When it passes, answer for yourself: tomorrow a thief takes Bob's private key. Which of yesterday's
/// envelopes does he open? (Second 41 of the run shows it.)
pub fn envelope(
    from: &str,
    to: &str,
    their_public: &[u8; 32],
    text: &[u8],
    seed: &[u8; 32],
) -> Option<(Vec<u8>, Vec<u8>)> {
    todo!(
        "{} bytes from {from:?} to {to:?}, key {:02x?}.., seed {:02x?}..: what is bound, and the envelope?",
        text.len(),
        &their_public[..4],
        &seed[..4]
    )
}

/// relay/guess_by_size: the sizes of envelopes as the relay saw them, and a dictionary of texts -> for
/// each envelope, in the same order, the texts that it can hold.
///
/// The envelopes are those of the exercise before, and not padded. A letter can take more than one byte
/// (`text.len()` counts bytes). No envelope is smaller than that of an empty text: a smaller size fits
/// nothing, and gets an empty list, as does a size that fits no text. In which order you list the texts
/// of one envelope does not matter.
///
/// `[51]` and `["yes", "no", "and"]` -> `[["yes", "and"]]`.
pub fn guess_by_size(sizes: &[usize], dictionary: &[String]) -> Vec<Vec<String>> {
    todo!("the relay saw envelopes of {sizes:?} bytes: which of {dictionary:?} can each of them hold?")
}

/// relay/pad: a text -> the text, one 0x80, and zeros up to the end of the smallest bucket with room for
/// text and 0x80; `None` if there is no such bucket.
///
/// The buckets are in `BUCKETS`: 64, 128, 256, ... 65,536 bytes, each twice the one before. A text of 63
/// bytes goes into 64, one of 64 into 128, the longest has 65,535.
///
/// The function below hides some of the length. It is handed out with a bug: the relay can still tell
/// many texts apart. Mend it, and to `guess_by_size` all texts of its dictionary look alike.
pub fn pad(text: &[u8]) -> Option<Vec<u8>> {
    let mut padded = text.to_vec();
    padded.push(0x80);
    while padded.len() % 16 != 0 {
        padded.push(0);
    }
    Some(padded)
}

/// relay/unpad: a padded text -> the text; `None` for whatever `pad` makes of no text.
///
/// A text may contain any bytes, also 0x80 and 0, and may be empty. Each text has exactly one padded
/// form. Refuse everything else: another byte where the 0x80 belongs, something behind it that is no
/// zero, a length that is no bucket, a bucket larger than the text needs.
///
/// The function below opens everything that `pad` makes. It is handed out with a bug all the same: it
/// also opens what `pad` never makes. Mend it. (You may call your own `pad`.)
pub fn unpad(padded: &[u8]) -> Option<Vec<u8>> {
    let end = padded.iter().rposition(|&byte| byte == 0x80)?;
    Some(padded[..end].to_vec())
}

/// relay/who_talks_to_whom: a relay's log, in order of time -> who talks to whom, and the busiest hour.
///
/// A pair is two different people with at least one line between them, in either direction; list it with
/// its names in any order. (As above, two names are the same only if all their bytes are.) A line from
/// somebody to the same name (from her one device to her other) makes no pair.
///
/// The busiest hour is the hour of the day, 0 to 23, with the most lines, all days together and lines to
/// oneself included; hour 7 is from 7:00 until just before 8:00. Of several equally busy hours name any
/// one. `None` if the log is empty.
///
/// Three lines: at 29_400_000 (8:10) from alice to bob, at 30_600_000 (8:30) from bob to alice, at
/// 75_900_000 (21:05) from alice to carol -> `[("alice", "bob"), ("alice", "carol")]` and `Some(8)`.
///
/// At the end your function gets the log of a real relay of the kit. Nothing in it was opened.
pub fn who_talks_to_whom(log: &[Line]) -> (Vec<(String, String)>, Option<u64>) {
    todo!("who talks to whom in {log:?}, and at which hour of the day is most written?")
}

/// relay/which_chat: every key that a company's server held, and some chats of its app -> the names of
/// the chats that were end-to-end encrypted.
///
/// The app says "encrypted" in all of them. Judge by what the server held. You took part in the chats, so
/// you know their texts. A chat is end-to-end if the server could read none of its texts. It could read:
/// the records, the headers of the packets, and whatever one of its keys opens. A text counts wherever it
/// stands inside these bytes, whole. It is one server: try every key on every packet. Among the keys are
/// the users' public keys, and among the packets are some that are no text of anybody's ("typing").
///
/// No text is empty and every chat has at least one. The order of your answer means nothing.
///
/// ```text
///     aead::open(&[u8; 32], &[u8; 12], header: &[u8], sealed: &[u8]) -> Result<Vec<u8>, AeadError>
/// ```
pub fn which_chat(keys: &[[u8; 32]], chats: &[Chat]) -> Vec<String> {
    todo!(
        "{} keys were on the server: which of {} chats could it not read?",
        keys.len(),
        chats.len()
    )
}

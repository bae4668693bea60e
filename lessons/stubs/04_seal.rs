//! # Lesson 04 · A lock that also notices
//!
//! The article says of WhatsApp that it is "designed to keep messages private - even from the app
//! company itself". The company's server, the relay, carries every message. So before a message
//! goes there it has to be sealed: nobody on the way can read it, and nobody can change it
//! unnoticed. Those are two promises, and many people take the first for both.
//!
//! After this lesson you can
//!   - say what a sealed message hides, what it guards without hiding it, and what it does not
//!     notice;
//!   - build `seal` and `open` from a keystream and a tag, exact to RFC 8439;
//!   - name four ways in which an app spoils them, and show each one on bytes.
//!
//! Builds on: xor (lesson 00), a pad for a text (lesson 03); Rust's slices, arrays, Vec, Option and
//! match. Time: about 90 minutes, 75 without the last exercise, which is optional (*).
//!
//! ## The story
//!
//! Alice's and Bob's phones share a key, 32 bytes that nobody else has. How two phones come to one
//! is lessons 05 and 06; here they have it.
//!
//! ```text
//!     Alice's phone                     the relay                        Bob's phone
//!
//!                       +--------+-------+------------+----------+
//!     text -- seal -->  | header | nonce | ciphertext | tag      |  -- open -->  text, or refusal
//!              ^        +--------+-------+------------+----------+      ^
//!             key          in the clear      hidden     16 bytes       key
//! ```
//!
//! In words: `seal` takes the key, a nonce (below), a header and a text. It gives the ciphertext,
//! which is as long as the text, and behind it a tag. Header ("Alice to Bob") and nonce travel
//! beside them in the clear: the relay has to read the header to know where to deliver. `open`
//! takes the key and all that arrived. It gives the text, or refuses and gives nothing.
//!
//! ## The run
//!
//! ```text
//!     second  1    Alice sends "pay Carol 10 euros", hidden, but without a tag
//!             3    the relay changes one byte of it and passes it on
//!             5    Alice seals "the 10:05 to Rome is late", message number 0; it is passed on
//!             7    Alice seals "pay Dave 10 euros", message number 1
//!          8-10    the relay passes on three copies: a byte changed, another header, half a tag
//!            11    the relay passes on what Alice sent, as she sent it
//!            13    Alice's app crashes, and counts its messages from 0 again
//!            14    Alice seals "the door code is 4711"; the relay passes it on
//!            18    "the 10:05 to Rome is late" hangs on the station's board, for everybody
//!            20    the run ends
//! ```
//!
//! **Stop here.** Go down to `predict`, read its six statements and write your guesses. A wrong
//! guess costs nothing. Then read on.
//!
//! ## New idea: AEAD
//!
//! Authenticated encryption with associated data: one lock, both promises. Who has no key reads
//! nothing, and whatever was changed is refused. The kit's is ChaCha20-Poly1305 (RFC 8439).
//! WhatsApp's messages were sealed by AES-256 and HMAC-SHA-256 (its white paper, April 2016): other
//! parts, the same two promises.
//!
//! ## New idea: associated data
//!
//! What is guarded and not hidden, here the header. Everybody may read it. If it is changed, `open`
//! refuses.
//!
//! ## New idea: nonce
//!
//! A number used once. It is no secret, but no two messages under one key may have the same.
//! Alice's phone counts its messages and makes each one's nonce from the count.
//!
//! Keystream and tag, what seal and open are made of, stand further down, each before its first
//! exercise.
//!
//! ## What this lesson does not cover, and where its model is simpler
//!
//!   - Where the key comes from is lesson 05, whose key it is lesson 06, who steals it lessons 07
//!     and 08.
//!   - A packet that is delivered twice opens twice (the relay tries it at second 12): its tag is
//!     as right as before. A packet that never arrives is not missed either. Those are lessons 08
//!     and 12.
//!   - A tag is no signature. It says that somebody with the key made this, and both of them have
//!     the key.
//!   - The relay sees the header, so who writes to whom, and how long each text is: lesson 05.
//!   - Once opened, a text is where lesson 03 left it: on a phone, its disk, its backup.
//!   - Here one key seals many messages. WhatsApp takes a new key for each message; that is lesson
//!     07.
//!
//! ## How to work
//!
//! ```text
//!     cargo test --test lesson_04              all eight exercises
//!     cargo test --test lesson_04 flip         the one with "flip" in its name
//!     cargo test --test lesson_04 seal::seal   the one named seal (seal alone runs all eight)
//!     cargo run -- show seal                   the run that predict asks about
//!     cargo run -- hint seal/flip              a question that helps; add 2 or 3 for more
//! ```
//!
//! ## To discuss in pairs
//!
//!   1. An app takes the phone's clock, in milliseconds, for its nonce instead of a counter. Lesson
//!      02 turned that clock. What does the relay have to wait for, and what does it get?
//!   2. "We encrypt with 256 bits, so nobody can touch your messages." Which of your answers below
//!      touched one? What did you need for it, and what would have stopped you?

// What the exercises need. You will use all of it; `allow` keeps the compiler quiet until then.
#[allow(unused_imports)]
use messaging_lab::crypto::sealer::{Flaw, Line, Step};
#[allow(unused_imports)]
use messaging_lab::crypto::{aead, chacha20, poly1305};
#[allow(unused_imports)]
use messaging_lab::ground::ledger::{Onlooker, Witness};
#[allow(unused_imports)]
use messaging_lab::ground::secret::equal;

/// seal/predict: your guesses, and the witness that settles each statement.
///
///   1. Before Alice seals anything (seconds 0 to 4), Bob's phone shows "pay Carol 90 euros".
///   2. At some second of the run Bob's phone shows "pay Dave 90 euros".
///   3. Before the relay passes on what Alice sent (up to second 10), Bob's phone shows "pay Dave
///      10 euros".
///   4. Before the notice is public (up to second 17), the relay holds the xor of two texts that
///      Alice sealed.
///   5. At some second of the run the relay holds "the door code is 4711", which was never sent
///      unsealed.
///   6. At some second of the run the relay or the wire (who sees all that travels) holds the key.
///
/// First guess: `Some(true)` or `Some(false)` for each. Then run `cargo run -- show seal`, which
/// prints who held what from which second on, and settle each one: `Some(Witness::Nobody)`, or an
/// onlooker and a second of your choice that show it, such as
/// `Some(Witness::Holds(Onlooker::AlicePhone, 2))`. The others are `Onlooker::BobPhone`,
/// `Onlooker::Relay` and `Onlooker::Wire`.
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

// The first door: the key itself. Who has a packet and no key can try keys until one opens it.

/// One of the keys that are left when only the last bits are unknown: `known` with `guess` in its
/// last four bytes, big-endian. This one is finished; you need it in `guess_the_key`.
#[allow(dead_code)]
fn candidate(known: &[u8; 32], guess: u32) -> [u8; 32] {
    let mut key = *known;
    for (byte, guessed) in key[28..].iter_mut().zip(guess.to_be_bytes()) {
        *byte |= guessed;
    }
    key
}

/// seal/guess_the_key: a sealed message and its key but for the last `bits` bits -> the key, or
/// `None` if none of those that are left opens it.
///
/// `known` has zeros where the unknown bits are. `bits` is 0 to 20; with 0 there is one key left,
/// `known` itself, and it may not be the right one either. `candidate(known, 0)` is the first key
/// to try, `candidate(known, 1)` the second. If the right key differs from `known` in other bits
/// too, it is none of those that are left: `None`.
///
/// The kit's `aead::open(&key, nonce, header, sealed)` gives `Ok` with the text under the right
/// key, and an `Err` under every other.
pub fn guess_the_key(
    known: &[u8; 32],
    bits: u32,
    nonce: &[u8; 12],
    header: &[u8],
    sealed: &[u8],
) -> Option<[u8; 32]> {
    todo!(
        "{bits} bits of {known:02x?} are unknown: which key opens {sealed:02x?}, {nonce:02x?}, \
         {:?}?",
        String::from_utf8_lossy(header)
    )
}

// How long would 256 bits take?
//
// `cargo test --test lesson_04 guess` says at its end ("finished in ...") how long your search
// took. Nearly all of it is one case with 20 bits, whose key is about half-way: half a million
// candidates. Each further bit doubles that. Where half a million take half a second, all 2^256
// (about 10^77) candidates take 10^71 seconds. Give the attacker a billion machines, each a billion
// times as fast: 10^53 seconds, or some 10^45 years. The universe is about 10^10 years old.
//
// That is arithmetic about one attack, trying. No run proves that there is no better one; it shows
// that attackers will look for another door. The rest of this lesson is about doors that apps left
// open.

// ## New idea: keystream
//
// ChaCha20 (RFC 8439, sections 2.3 and 2.4) makes from key, nonce and a block number 64 bytes that
// look random. Blocks 1, 2, 3 and so on, one behind the other, are the keystream. It hides a text
// as lesson 03's pad did, only that nobody has to store it:
//
//     ciphertext = text xor keystream            text = ciphertext xor keystream
//
// The same key and nonce give the same keystream, always. Lesson 03 asked what happens if a pad is
// used twice.

/// seal/two_time_pad: two ciphertexts under one key and nonce, and the first one's text -> the
/// second one's text.
///
/// The tags are cut off already; `known` is as long as `first`. The texts may differ in length, and
/// each may be empty: give as many bytes of the second as can be known, and no more. A text may be
/// any bytes, also such as are not UTF-8.
///
/// Ciphertexts `[0x72]` and `[0x70]`, the first text is "A" (0x41) -> `[0x43]`, which is "C".
pub fn two_time_pad(first: &[u8], second: &[u8], known: &[u8]) -> Vec<u8> {
    todo!(
        "{first:02x?} says {:?}: what does {second:02x?} say, under the same nonce?",
        String::from_utf8_lossy(known)
    )
}

// If neither text is known, guessed words can be tried at every place until both make sense.
// Messages of the 1940s whose pads had been used twice were read in this way (NSA, The Venona
// Story).
//
// In the run it was a crash that made a nonce come back. KRACK (Vanhoef and Piessens, CCS 2017)
// made Wi-Fi devices begin their nonces again by sending them one message of their handshake a
// second time.

/// seal/flip: a ciphertext without a tag -> another one, which opens as the same text with 90 where
/// it says 10.
///
/// You have no key. You know that byte `at` of the text (counted from 0) is the '1' of "10".
///
/// Bob's phone opens what you send with the same keystream as Alice's. A text is bytes: '1' is
/// 0x31, '9' is 0x39.
pub fn flip(ciphertext: &[u8], at: usize) -> Vec<u8> {
    todo!("the text under {ciphertext:02x?} says 10 at byte {at}: which bytes say 90?")
}

// Hidden is not guarded. In 2016 the encryption of Apple's iMessage had no tag, and researchers
// used changes of this kind to read photos and videos sent with it (Garman et al., USENIX Security
// 2016).

// ## New idea: MAC, the tag
//
// A message authentication code. Poly1305 (RFC 8439, section 2.5) makes from a key of 32 bytes and
// a message a tag of 16 bytes. Who has no key can only guess: for a message of 16 n bytes a guess
// fits with a chance of at most n in 2^102 (section 4). The key is for ONE message; two tags under
// one key give it away. So each message gets a one-time key, and both phones can make it: block 0
// of the keystream's blocks, which hides no text.
//
//     key, nonce --+--> block 0: its first 32 bytes are the one-time key ---------+
//                  |                                                              v
//                  +--> blocks 1, 2, ... --> xor --> ciphertext --> mac_data --> Poly1305 --> tag
//                                             ^                        ^
//                                text --------+          header -------+
//
// In words: ChaCha20 hides the text from block 1 on. Poly1305, under the one-time key, makes the
// tag of header and ciphertext. `mac_data` puts those two together so that there is one way only to
// take them apart.

/// What the tag is made of: the header, zeros up to a multiple of 16 bytes, the ciphertext, zeros
/// again, and both lengths in 8 bytes each (RFC 8439, section 2.8). This one is finished; you need
/// it in `seal` and `open`.
#[allow(dead_code)]
fn mac_data(header: &[u8], ciphertext: &[u8]) -> Vec<u8> {
    let mut data = header.to_vec();
    data.resize(data.len().next_multiple_of(16), 0);
    data.extend(ciphertext);
    data.resize(data.len().next_multiple_of(16), 0);
    data.extend((header.len() as u64).to_le_bytes());
    data.extend((ciphertext.len() as u64).to_le_bytes());
    data
}

/// seal/seal: key, nonce, header, text -> the ciphertext with the tag behind it.
///
/// Use the kit's parts:
///
///   - `chacha20::block(key, number, nonce)`: one block, `[u8; 64]`;
///   - `chacha20::xor(key, number, nonce, &mut bytes)`: puts the keystream on bytes where they
///     stand, from block `number` on. It gives a `Result`, an error for more than 2^38 bytes, which
///     never come here;
///   - `poly1305::poly1305(&one_time_key, &data)`: the tag, `[u8; 16]`;
///   - `block[..32].try_into().unwrap()` makes a `[u8; 32]` of a slice.
///
/// An empty text is sealed too: its ciphertext is empty, and the tag stands alone. Header and text
/// may be any bytes; here a text has up to 70,000 of them, a header up to 300.
pub fn seal(key: &[u8; 32], nonce: &[u8; 12], header: &[u8], text: &[u8]) -> Vec<u8> {
    todo!(
        "seal {:?} with the header {:?} under nonce {nonce:02x?} and key {key:02x?}",
        String::from_utf8_lossy(text),
        String::from_utf8_lossy(header)
    )
}

/// seal/open: key, nonce, header, what `seal` gave -> the text; `None` if anything of it was
/// changed.
///
/// The last 16 bytes are the tag; fewer bytes than that are refused. Exactly 16 may be an empty
/// text. Make the tag that ought to be there, compare all of it, and only then put the keystream
/// on. Until the tag has been checked these bytes are the relay's, not Alice's: an app that reads,
/// logs or stores what they decrypt to has believed it already. What opens once opens again: each
/// call stands for itself.
///
/// `equal(a, b)` compares two slices and looks at every byte. `==` may stop at the first
/// difference, and how long it takes then tells a forger how much of his tag is right. This check
/// sees answers, not time.
pub fn open(key: &[u8; 32], nonce: &[u8; 12], header: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    todo!(
        "open {sealed:02x?} with the header {:?} under nonce {nonce:02x?} and key {key:02x?}",
        String::from_utf8_lossy(header)
    )
}

/// seal/next_nonce: the number saved last, how many messages to send now -> the steps that the app
/// takes.
///
/// This one is written already, and has a bug. Find it and fix it.
///
///   - `Step::Save(n)` writes `n` to the disk, in the place of what stood there, and waits until it
///     is safe.
///   - `Step::Send(n)` sends one message under the nonce made of `n`.
///
/// The phone takes the steps in order. It may crash before any of them, or after the last. Then all
/// is forgotten but the number saved last, and the next start calls `next_nonce` with it, to send
/// other messages. The same call must give the same plan.
///
/// A phone that has never saved calls it with 0. On another one the number may come from an older
/// version of the app: any number up to 2^63, and all numbers below it may have been sent. Whether
/// your plan saves the last number used or the next one free is up to you.
///
/// No number may ever be sent twice, wherever the phone crashes and however often: who saw both
/// messages holds the xor of their texts, and can forge tags. All messages must be in the plan: as
/// many `Send` steps as `sends`, which is 0 to 1,000. Numbers may stay unused, but none may be
/// higher than `saved + sends` plus a million. Any plan that holds to this is right.
pub fn next_nonce(saved: u64, sends: u64) -> Vec<Step> {
    let mut steps = Vec::new();
    for number in saved..saved + sends {
        steps.push(Step::Send(number));
        steps.push(Step::Save(number + 1));
    }
    steps
}

/// seal/spot_the_flaw *: transcripts of some sealers under test -> for each its flaw, or `None` if
/// it is sound.
///
/// A sealer is an app's use of the AEAD, each with a key of its own that you do not have. It may
/// count its nonces, from 0 or from elsewhere, draw them, or make them in some other way. The
/// lines, in order:
///
///   - `Line::Sealed { nonce, header, text, sealed }`: it was given a new text with this header,
///     took this nonce and sent `sealed`, which is ciphertext and tag. It may have been restarted
///     in between.
///   - `Line::Opened { nonce, header, sealed, text }`: the tester handed it these bytes, as it had
///     sent them (once or again) or changed: other bytes, fewer bytes, another header, another
///     nonce. It showed `Some(text)`, or refused: `None`.
///
/// `match line { Line::Sealed { nonce, header, text, sealed } => ..., Line::Opened { .. } => ... }`
/// takes a line apart, and `println!("{line:02x?}")` shows it. Each sealer has one of these flaws,
/// or none. Where it has one, the transcript shows it.
///
///   - `Flaw::NonceReused`: it sealed twice under one nonce.
///   - `Flaw::HeaderUncovered`: it opens under a changed header, but refuses changed bytes.
///   - `Flaw::TagCut`: it sends fewer than the 16 bytes of tag that RFC 8439 asks for.
///   - `Flaw::TagUnchecked`: it opens whatever it is handed.
pub fn spot_the_flaw(transcripts: &[Vec<Line>]) -> Vec<Option<Flaw>> {
    todo!(
        "{} sealers, the first one's transcript has {} lines: which flaw does each show?",
        transcripts.len(),
        transcripts.first().map_or(0, Vec::len)
    )
}

//! # Lesson 06 · Whose key is it?
//!
//! The article says of WhatsApp that it is "designed to keep messages private - even from the app
//! company itself". In lesson 05 your `envelope` sealed a text for `their_public`. Whose key was
//! that? Your function could not know: it seals for any 32 bytes. A phone asks a directory for
//! them, and the directory is run by the company.
//!
//! In the check of lesson 05 a directory handed out keys as well, and twice it lied. What became of
//! these two envelopes of yours stands in front of this lesson's run. Do not look yet: guess first.
//!
//! After this lesson you can
//!   - say what a lying directory gains, what it cannot do, and who could notice;
//!   - build the safety number, and say what each of its parts keeps the liar from;
//!   - say which ways of comparing are worth it, and what an app owes you when a key changes.
//!
//! Builds on: hex, big-endian and digests (lesson 00), ledger and witness (01), the two-time pad
//! (04), key pairs and envelopes (05); Rust's slices, Vec, Option, Result and match. Time: about 90
//! minutes, 15 of them reading.
//!
//! ## The story
//!
//! A GHOST of Bob is a key pair that the relay made itself and hands out under Bob's name.
//!
//! ```text
//!     Alice's phone                      the relay                        Bob's phone
//!
//!     asks for Bob's key    <-----  a ghost   |   a ghost  ----->    asks for Alice's key
//!                                   of Bob    |   of Alice
//!
//!     seals for that key    ----->  opens it, READS, seals it again  ----->    opens it
//!                        by Alice,                          by the ghost of Alice,
//!                        for the ghost of Bob               for Bob
//! ```
//!
//! In words: Alice seals for the ghost of Bob, and the relay has its private half. It opens, reads,
//! and seals the same text again for Bob's true key. Both seals are sound and nothing is missing.
//! The wire, which only listens, reads nothing. This is called a man in the middle.
//!
//! The run:
//!
//! ```text
//!     ONE     0    both phones ask the directory for the other's key; it lies
//!             4    Alice writes the first text
//!             6    Bob's phone collects it
//!             8    each looks at the safety number of this chat, sixty digits on the own screen
//!            10    they meet; each phone takes the other's key from the other's screen
//!            12    Alice writes the second text; Bob's phone collects it at 14
//!     TWO    20    new phones, another relay, true keys; they meet and compare
//!            22    Bob's phone is off; Alice writes the third text, which waits at the relay
//!            24    the relay says that Bob has a new key; Alice's app takes it and says nothing
//!            26    Bob's phone is on again
//!     THREE  30    as in TWO, but Alice's app is a newer one: it asks before it uses a changed key
//!            32    Alice writes the fourth text; at 34 the relay says that Bob has a new key
//!            36    Bob's phone is on again
//!     EYES   40    a task for your own eyes, for later; the answer stands at 60, at the end
//! ```
//!
//! **Stop here.** Go down to `predict`, read its six statements and write your guesses. A wrong
//! guess costs nothing. Then `cargo run -- show keys`: it opens with your own envelopes (with the
//! kit's, if lesson 05 has none of yours), and settles the statements. Did you notice? Read on.
//!
//! ## New idea: an envelope with a proven sender
//!
//! Anybody can seal lesson 05's envelope. The kit's `one_shot` has one that takes the sender's key
//! pair as well, and opens only for somebody who knows which sender to expect:
//!
//! ```text
//!     let names = Names { from: "alice", to: "bob" };      // bound inside, as in lesson 05
//!     let sealed = seal_auth(&alices_pair, names, fresh_key, &bobs_public, b"hi").unwrap();
//!     let opened = open_auth(&alices_public, names, &bobs_pair, &sealed);   // Ok(text) or Err(_)
//!
//!     let public = pair.public();           // a KeyPair's PublicKey; public.0 is a [u8; 32]
//!     let private = pair.private();         // its private half; *private.expose() is a [u8; 32]
//!     let public = PublicKey(bytes);        // a PublicKey from a [u8; 32]
//! ```
//!
//! In words: `open_auth` proves that the holder of `alices_public` sealed it. That this is Alice's
//! key is only what the directory told Bob's phone.
//!
//! The safety number, the formats and the rules for changed keys stand further down, each before
//! its exercise.
//!
//! ## What this lesson does not cover, and where its model is simpler
//!
//!   - A number says that the keys are the same. Who is reading it to you is lesson 11's question.
//!   - Your screen shows what your app computes, and the company ships the app as well.
//!   - A directory can also ADD a ghost, as one more phone of Bob's beside his true one. The run
//!     leaves that out; a list of somebody's phones then has one too many.
//!   - A directory can be built so that each phone can watch over its own line, and so that one
//!     which shows different people different lines is found out (CONIKS: Melara et al., USENIX
//!     Security 2015). We build none.
//!   - Here one key pair is a person. Real ones sign further keys with it: lesson 08.
//!   - `ghost_of` makes the relay's keys from a seed, so that a run can be repeated. A real relay
//!     would take random ones.
//!
//! ## How to work
//!
//! ```text
//!     cargo test --test lesson_06              all seven exercises
//!     cargo test --test lesson_06 near         the one with "near" in its name
//!     cargo run -- show keys                   the run that predict asks about
//!     cargo run -- hint keys/ghost             a question that helps; add 2 or 3 for more
//! ```
//!
//! ## To discuss in pairs
//!
//!   1. Alice types her sixty digits into the chat, and Bob answers "same here". What would the
//!      relay of ONE do with these two messages? How else could she tell him the digits?
//!   2. Nine people in ten never compare. What does the tenth do for the nine: against a company
//!      that lies to everybody, and against one that lies to a single person?

// What the exercises need. You will use all of it; `allow` keeps the compiler quiet until then.
#[allow(unused_imports)]
use messaging_lab::crypto::sha512::sha512;
#[allow(unused_imports)]
use messaging_lab::envelope::formats::{Format, render};
#[allow(unused_imports)]
use messaging_lab::envelope::history::{Decision, Event};
#[allow(unused_imports)]
use messaging_lab::envelope::kem::{EphemeralKey, KeyPair, PublicKey};
#[allow(unused_imports)]
use messaging_lab::envelope::one_shot::{Names, open_auth, seal_auth};
#[allow(unused_imports)]
use messaging_lab::envelope::safety_number::safety_number_with;
#[allow(unused_imports)]
use messaging_lab::ground::hex::hex_to_bytes;
#[allow(unused_imports)]
use messaging_lab::ground::ledger::{Onlooker, Witness};

/// keys/predict: your guesses, and the witness that settles each statement.
///
///   1. Before the two meet (seconds 0 to 9), the relay or the wire has the first text.
///   2. Before they meet (seconds 0 to 9), Bob's phone shows the first text, letter for letter.
///   3. Before they meet (seconds 0 to 9), Bob's phone shows the number that Alice's phone shows at
///      second 8.
///   4. Each phone has taken the other's key from the screen (from second 10 on): the relay or the
///      wire has the second text.
///   5. They have compared (second 20), and the numbers were the same; the relay or the wire has
///      the third text (seconds 22 to 29).
///   6. Alice's newer app asks before it uses a key that has changed; the relay or the wire has the
///      fourth text (from second 32 on).
///
/// First guess: `Some(true)` or `Some(false)` for each. Then run `cargo run -- show keys` and
/// settle each one: `Some(Witness::Nobody)`, or an onlooker and a second of your choice that show
/// it, such as `Some(Witness::Holds(Onlooker::AlicePhone, 8))`. The others are
/// `Onlooker::BobPhone`, `Onlooker::Relay` and `Onlooker::Wire`.
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

/// A line of a directory: a name, and the public key that is handed out for it.
pub type Entry = (String, [u8; 32]);

/// What comes in at the relay: from whom, to whom, and the envelope.
pub type Envelope = (String, String, Vec<u8>);

/// What the relay makes of one: the text if it could read it, and the envelope that it passes on.
pub type Passed = (Option<Vec<u8>>, Vec<u8>);

/// The key pair of `name`'s ghost. This one is finished; you need it in `ghost_directory` and
/// `ghost`.
#[allow(dead_code)]
fn ghost_of(seed: &[u8; 32], name: &str) -> KeyPair {
    KeyPair::derive(&[b"ghost of ", name.as_bytes(), seed].concat())
}

/// A fresh key for one envelope, which `seal_auth` uses up: another number, another key. This one
/// is finished; you need it in `ghost`.
#[allow(dead_code)]
fn fresh(seed: &[u8; 32], number: usize) -> EphemeralKey {
    EphemeralKey::derive(&[b"fresh", &seed[..], &(number as u64).to_be_bytes()].concat())
}

/// keys/ghost_directory: you are the relay. Your seed, who asks, the true directory -> the
/// directory that you hand out.
///
/// The same names in the same order, each with the public key of its ghost. Only the asker's own
/// line, if there is one, keeps the true key: a phone knows its own key, and might look.
pub fn ghost_directory(seed: &[u8; 32], asker: &str, directory: &[Entry]) -> Vec<Entry> {
    let names: Vec<&str> = directory.iter().map(|(name, _)| name.as_str()).collect();
    todo!(
        "{asker} asks, the directory has {names:?}, the seed is {:02x?}...: what do you hand out?",
        &seed[..4]
    )
}

/// keys/ghost: you are the relay. Your seed, the true directory, the envelopes that came in -> for
/// each, in the same order, the text or `None`, and what you pass on.
///
/// Every phone got its keys from your `ghost_directory`. So an envelope from Alice to Bob was
/// sealed by Alice's true pair for the ghost of Bob; and Bob's phone will open, with Bob's true
/// pair, what the ghost of Alice sealed for Bob. Nobody may notice: each gets the text that was
/// written for him, from the sender to the recipient that the envelope names. Every name is in the
/// directory.
///
/// Some did not believe you, met, and took each other's keys from the screen. What does not open
/// for the ghost you cannot read: `None`, and pass it on as it came.
///
/// Each envelope that you seal needs a fresh key of its own: `fresh(seed, 0)`, `fresh(seed, 1)` and
/// so on. Its public half travels in the envelope, so that the same one twice can be seen; and
/// twice between the same two people it is lesson 04's two-time pad.
pub fn ghost(seed: &[u8; 32], directory: &[Entry], envelopes: &[Envelope]) -> Vec<Passed> {
    let names: Vec<&str> = directory.iter().map(|(name, _)| name.as_str()).collect();
    todo!(
        "{} came in, the directory has {names:?}, the seed is {:02x?}...: what do you read and pass on?",
        envelopes.len(),
        &seed[..4]
    )
}

// Who noticed? Alice had a seal, a proven sender and every answer. In a study of Signal 21 of 28
// people failed to compare their keys, and so to find the man in the middle (Schroeder et al.,
// EuroUSEC 2016). What shows him is a comparison of keys that he does not carry himself. Of 36 pairs
// who were told of the danger 14 in 100 found and finished that comparison in WhatsApp, Viber or
// Facebook Messenger; told also how much depends on it, 79 in 100 (Vaziripour et al., SOUPS 2017).

// ## New idea: the safety number
//
// Signal's sixty digits, which WhatsApp shows too (white paper, April 2016). Two people, each with
// an ID (a phone number) and a key. For each of them a half, 30 digits:
//
//     key  = 0x05, then the 32 bytes of the public key            (0x05: its type, X25519)
//     hash = SHA-512(0x00 0x00, key, ID, key)                     (0x00 0x00: the version)
//     hash = SHA-512(hash, key)                                   5199 times, so 5200 in all
//     half = of the first 30 bytes of the hash, each five as one number, big-endian,
//            mod 100,000, written with five digits, zeros in front
//
//     number = the smaller half, then the larger half (compared as texts)
//
// In words: hash key and ID, hash again and again with the key, and turn 30 bytes into six times
// five digits. Then put the two halves in an order that both phones find by themselves.
//
//     without        who gains what
//     the sorting    the liar: two phones with the true keys show different numbers, people learn
//                    that numbers differ, and stop comparing
//     the ID         who passes Carol's key off as his own: beside his name stand Carol's digits
//     the rounds     who looks for a key with similar digits: 5200 times as many tries

/// keys/safety_number: my public key and ID, theirs -> the sixty digits, in one row.
///
/// An ID is text; its bytes go into the hash. The kit's `sha512(&bytes)` gives a `[u8; 64]`, and
/// `[&one[..], &other[..]].concat()` puts byte strings in one row.
///
/// Libsignal's own test: the key 06863bc6...7064d868 with "+14152222222" has the half
/// 300354477692869396892869876765, and f781b6fb...6fda907b with "+14153333333" has
/// 458257569162576843440918079131. The first is the smaller one, so it stands in front.
pub fn safety_number(my_key: &[u8; 32], my_id: &str, their_key: &[u8; 32], their_id: &str) -> String {
    let (mine, theirs) = (&my_key[..4], &their_key[..4]);
    todo!("my key {mine:02x?}..., ID {my_id:?}, their key {theirs:02x?}..., ID {their_id:?}: the number?")
}

/// keys/near_miss: you are the relay, and Alice compares only the first and the last digits of her
/// number. The number as it should be, Alice's public key, the rounds, and how many digits she
/// compares at EACH end (1 to 3) -> a PRIVATE key. If you hand out its public half as Bob's, her
/// phone shows a number with the right digits at both ends.
///
/// The IDs are "alice" and "bob". Her phone makes fewer rounds than 5200, as the kit's function
/// does with `alices` and `bobs`, two `PublicKey`:
///
///     let shown = safety_number_with(rounds, (b"alice", &alices), (b"bob", &bobs));
///     let digits = shown.digits();                              // 60 digits, a &str
///
/// `KeyPair::derive(&bytes)` makes a pair from any bytes, for example from `&0_u64.to_be_bytes()`,
/// `&1_u64.to_be_bytes()` and so on. Any pair that passes will do. Three digits take about a
/// thousand tries, well below a second; after ten seconds your function is stopped.
///
/// It never ends? In many of the tries one end of the number is right by itself (why?). If none of
/// yours ever is, you are not making the number that her phone makes.
pub fn near_miss(number: &str, alices_key: &[u8; 32], rounds: u32, compared: usize) -> [u8; 32] {
    todo!(
        "Alice's key {:02x?}..., {rounds} rounds: which key gives {number}, {compared} digits at each end?",
        &alices_key[..4]
    )
}

// What did that cost, and what would the real thing?
//
// One of the two ends is Alice's own half, which stays as it is. So who compares the first block of
// five and the last compares ONE block of Bob's: about one key in 100,000 passes, or somewhat
// fewer, because the halves have to keep their order. With all 5200 rounds a try costs this kit
// about 6 milliseconds: 100,000 tries are some ten minutes, and the same again for Bob's phone.
// That is the price of fooling two people who compared ten digits of sixty.
//
// The rounds make a try 5200 times as expensive. The other five blocks make it 10^25 times as many
// tries: all 30 digits of a half are 10^30. So compare all of it, or let the phone do it: a camera
// that reads the code on the other screen leaves nothing out.

// ## New idea: one key, three formats
//
// What would be best to compare? The kit writes a key of 32 bytes in 16 groups of two bytes, with a
// space between two groups (`render(Format::Hex, &key)`, a String):
//
//     Format::Hex       7f00     four hex digits
//     Format::Digits    32512    the two bytes as a number, big-endian; five digits, zeros in front
//     Format::Words     lusab    a word that means nothing (Wilkerson's proquints, arXiv:0901.4016)
//
// Measure yourself first: at second 40 of `cargo run -- show keys` two screens show a key in each
// of them, different in one group. Take the time for each. Is your slowest the one you expected?
//
// With 1047 people and keys that were almost alike, hex did worse than digits, and whole sentences
// did best (Dechand et al., USENIX Security 2016). With 661 people and eight ways to show a key, some
// of them pictures, the best arrangement let 6 in 100 attacks through, the worst 72 (Tan et al., CHI
// 2017). And longer is not safer: the longer the number, the more often people took two different
// ones for the same (162 people; Turner et al., ARES 2023, arXiv:2306.04574).

/// keys/formats: one key as hex, as digits, as words -> which of the three was changed, and in
/// which group; `None` if none was.
///
/// At most one group of one of the texts was changed, by one character; a changed group looks like
/// any other. Groups count from 0 to 15. `Some((Format::Words, 5))`: the words, in group 5.
///
/// `.replace(' ', "")` takes the spaces out of a text; `hex_to_bytes("7f00")` gives `Ok` with the
/// bytes in a Vec; `<[u8; 32]>::try_from(bytes)` makes a key of a Vec of 32 bytes, in a Result.
pub fn formats(hex: &str, digits: &str, words: &str) -> Option<(Format, usize)> {
    todo!("{hex:?}, {digits:?}, {words:?}: which one was changed, and where?")
}

// ## New idea: when a key changes
//
// Bob buys a new phone, and his key is another one. The relay puts a ghost in his place, and his
// key is another one. To Alice's phone the two look the same; only comparing tells them apart.
// Meanwhile messages may be waiting that she wrote for the old key. In 2016 Tobias Boelter
// described what WhatsApp did with them: it sealed them again for the new key at once, and told the
// sender afterwards, if she had switched that on. The reason given: people change phones all the
// time, and want their messages. (What had been delivered was not sent again.) Signal let nothing
// through after a change until the user had agreed, up to 2017; many wanted to know of it, but not
// to be stopped each time (its blog, "Verified safety number updates"). The rules here are ours:
//
//     1. What has reached Bob: None, there is nothing to decide.
//     2. Else, if Alice has compared the key that was shown last: Send.
//     3. Else, if the message was written while another key was shown: Hold. Also if she has ever
//        compared a key of his: who compares wants to be asked first.
//     4. Else, if the key that was shown last is the first that was ever shown: Send. If not: Warn;
//        she had been told that it is new when she wrote.

/// keys/key_changed: what Alice's phone saw of Bob -> for each message what it does with it now.
///
/// `Event::KeyShown(2)`: the directory says that Bob's key is number 2 (numbers stand for keys; one
/// that was shown before may come again). `Event::Compared`: they compare, and the key that was
/// shown last is the right one. `Event::Written`: Alice writes a message. `Event::Delivered(0)`:
/// the first message that she wrote has reached Bob. A key is shown before anything else happens.
///
/// The answer has one entry for each message, by the rules above, as things stand at the END of the
/// history: `None`, or `Some` of `Decision::Send`, `Decision::Warn` (it goes out, and she is told
/// that nobody has compared this new key) or `Decision::Hold` (it stays until she has compared).
///
/// This one is written already, and does what WhatsApp did. Find it and fix it.
pub fn key_changed(history: &[Event]) -> Vec<Option<Decision>> {
    // Bob's first key, the one that was shown last, and those that Alice has compared.
    let mut first = None;
    let mut shown = 0;
    let mut compared = Vec::new();
    // For each message the key that it was written for, and whether it was delivered.
    let mut messages: Vec<(u32, bool)> = Vec::new();
    for event in history {
        match *event {
            Event::KeyShown(key) => {
                first = first.or(Some(key));
                shown = key;
                // Nothing shall get lost: what waits goes to the phone that Bob has now.
                for (written_for, delivered) in &mut messages {
                    if !*delivered {
                        *written_for = key;
                    }
                }
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

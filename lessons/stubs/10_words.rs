//! # Lesson 10 · Two words
//!
//! The article says of Silent Phone that the caller speaks "without the possibility of a tap". In
//! lesson 09 two phones agreed on a key in public, and somebody between them could have agreed with
//! each of them instead. What is to give him away are two words on either screen, which the two
//! people read to each other. Only two: 16 bits. A computer goes through 65,536 of anything in no
//! time. So why should two words be enough, and when are they not?
//!
//! After this lesson you can
//!   - say what two people know who have read the same two words, and what they do not know;
//!   - find two keys that fit among some hundreds, and say why it did not take 65,536;
//!   - show what one forgotten comparison in a phone is worth to somebody in the middle.
//!
//! Builds on: bytes and bits (lesson 00), key pairs and what both sides compute from them (05), the
//! man in the middle (06), Hello, Commit, DHPart and hvi (09); Rust's shifts, loops and HashMap or
//! a sorted Vec. Time: about 75 minutes, 15 of them reading.
//!
//! ## The story
//!
//! ```text
//!     Alice's phone                     in the middle                      Bob's phone
//!       initiator                                                            responder
//!
//!     Hello, Commit, DHPart2  ----->   a handshake  |  another one  <-----  Hello, DHPart1
//!
//!     "payday yucatan"                                                "payday yucatan" ?
//!                       \____________ they read it to each other ____________/
//! ```
//!
//! In words: who sits in the middle plays Bob to Alice and Alice to Bob. There are two handshakes
//! then, with two secrets, and each phone makes its words from its own secret and from every byte
//! of its own handshake. The words differ, unless he makes them agree. He can choose his two key
//! pairs, and a few bytes of his messages. What he must not do is choose them after he has seen
//! what the others chose: for that there is the Commit.
//!
//! The run (`cargo run -- show words`): Alice calls Bob five times.
//!
//! ```text
//!     ONE     0    somebody listens and changes nothing; words at 2, she speaks at 4
//!     TWO    20    a man in the middle; everybody commits, both phones check
//!                  words at 22; she speaks at 24, they compare at 26
//!     THREE  40    phones that do not commit: both have sent their keys, and wait for his.
//!                  He tries 100 keys a second (a slow machine); words at 51, she speaks at 53
//!     FOUR   60    everybody commits, but Bob's phone does not check. Alice's words at 62; he
//!                  tries 10,000 messages a second; they compare, and she speaks, at 76
//!     FIVE   80    the same, and Bob's phone checks
//! ```
//!
//! **Stop here.** Go down to `predict`, read its six statements and write your guesses. For the
//! fourth think of a number first: how many keys will he have to try? Then read on.
//!
//! ## New idea: the short authentication string
//!
//! ```text
//!     sashash  = KDF(s0, "SAS", both ZIDs and total_hash, 256 bits)        lesson 09's KDF
//!     sasvalue = its first 32 bits
//!
//!     B32      the first 20 bits, five for each of four characters         4jw5
//!     B256     the first 16 bits, eight for each of two words              standard guitarist
//! ```
//!
//! In words: the string is a fingerprint of the secret and of the whole handshake. ZRTP (RFC 6189)
//! shows it as four characters or as two words. It may be heard by anybody; it must only reach the
//! other one unchanged, and that is what the two voices are for. The words are from lists in which
//! no two sound alike; every first word has two syllables and every second one three, so that one
//! that was left out is heard.
//!
//! ## What this lesson does not cover, and where its model is simpler
//!
//!   - Whether people really compare, and whether the voice is the other's: lesson 11.
//!   - A first call: nobody has a secret from an earlier one. If the phones had one, he would need
//!     it as well, or they would raise an alarm (lesson 11).
//!   - `MY_H0` and the IDs are fixed so that a run can be repeated; real ones are random.
//!   - Real ZRTP has no phones without a Commit. THREE shows what it is there for. FOUR happened.
//!   - The model's phones agree with X25519, which the RFC does not have.
//!
//! ## How to work
//!
//! ```text
//!     cargo test --test lesson_10               all four exercises
//!     cargo test --test lesson_10 forgot        the one with "forgot" in its name
//!     cargo run -- show words                   the run that predict asks about
//!     cargo run -- hint words/no_commitment     a question that helps; add 2 or 3 for more
//! ```
//!
//! ## To discuss in pairs
//!
//!   1. An app shows six words and skips the Commit: "48 bits, that is safe enough". How many keys
//!      does he try now? Which of the two would you rather compare, every day, on the phone?
//!   2. In FOUR one phone of the two has the fault, and it is Bob's. Could Alice know? Could Bob?
//!      What does that say about "my app is a good one"?

// What the exercises need. You will use all of it; `allow` keeps the compiler quiet until then.
#[allow(unused_imports)]
use std::collections::HashMap;

#[allow(unused_imports)]
use messaging_lab::call::key_schedule::{Role, context, s0, sas_hash, total_hash};
#[allow(unused_imports)]
use messaging_lab::call::varied_part::VariedPart;
#[allow(unused_imports)]
use messaging_lab::call::word_lists::{EVEN, ODD};
#[allow(unused_imports)]
use messaging_lab::call::words::sas_value;
#[allow(unused_imports)]
use messaging_lab::crypto::x25519::{public_key, x25519};
#[allow(unused_imports)]
use messaging_lab::ground::ledger::{Onlooker, Witness};

/// words/predict: your guesses, and the witness that settles each statement.
///
///   1. ONE: somebody only listens, and the words agree (seconds 0 to 19). The tap has the first
///      text.
///   2. TWO: a man in the middle, all commitments kept, before they compare (seconds 20 to 25). The
///      tap has the second text.
///   3. TWO (seconds 20 to 39): Bob's phone shows the words that Alice's phone shows.
///   4. THREE: phones that do not commit; he tries 100 keys a second from second 40 on. By second
///      50 the tap has two keys with which both phones show the same words.
///   5. FOUR: both commit, but Bob's phone does not check. They compare, and the words agree
///      (seconds 60 to 79). The tap has the fourth text.
///   6. FIVE: the same, but Bob's phone checks (seconds 80 to 99). Bob's phone shows the words that
///      Alice's phone shows.
///
/// First guess: `Some(true)` or `Some(false)` for each. Then run `cargo run -- show words` and
/// settle each one: `Some(Witness::Nobody)`, or an onlooker and a second of your choice that show
/// it, such as `Some(Witness::Holds(Onlooker::AlicePhone, 22))`. The others are
/// `Onlooker::BobPhone` and `Onlooker::Tap`, whoever sits in the path.
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

/// The characters of B32, for 0 to 31. No `0`, `l`, `v` or `2`: they are taken for others.
#[allow(dead_code)]
const B32: &[u8; 32] = b"ybndrfg8ejkmcpqxot1uwisza345h769";

/// words/render: sasvalue, 32 bits -> the four characters, and the two words with a space between.
///
/// B32: the top five bits are the first character, the next five the second, and so on; 12 bits are
/// left over. B256: the top byte is the first word, from the kit's list `EVEN`; the next byte the
/// second, from `ODD`. Each list has 256 words, so that `EVEN[usize::from(byte)]` is a word.
///
/// 0xd269b071 gives "4jw5" and "standard guitarist".
pub fn render(value: u32) -> (String, String) {
    todo!("sasvalue {value:08x}: which four characters, which two words?")
}

/// A handshake that waits for YOUR DHPart: the responder's Hello, the Commit, and the DHPart that
/// the phone in front of you has sent.
pub type Pending = (Vec<u8>, Vec<u8>, Vec<u8>);

/// Where your hash chain begins. Your Hello and your Commit have shown its images already.
#[allow(dead_code)]
const MY_H0: [u8; 32] = [0x4d; 32];

/// `N` bytes of a message, from `at` on. This one is finished, and so are the next three.
#[allow(dead_code)]
fn piece<const N: usize>(message: &[u8], at: usize) -> [u8; N] {
    message[at..at + N].try_into().expect("messages are longer")
}

/// What both phones of a handshake show, as 32 bits. `dh` is what X25519 gives for your private key
/// and their public value.
#[allow(dead_code)]
fn shown(dh: &[u8; 32], hello: &[u8], commit: &[u8], dhpart1: &[u8], dhpart2: &[u8]) -> u32 {
    // The responder's ZID stands in his Hello, the initiator's in his Commit.
    let (zid_r, zid_i) = (piece(hello, 64), piece(commit, 44));
    let total = total_hash(hello, commit, dhpart1, dhpart2);
    let s0 = s0(dh, &zid_i, &zid_r, &total, [None; 3]);
    sas_value(&sas_hash(&s0, &context(&zid_i, &zid_r, &total)))
}

/// What Alice's phone will show if you answer her with this key. To her you are the responder, so
/// you send DHPart1, with the public half in it.
#[allow(dead_code)]
fn alice_shows(alice: &Pending, private: &[u8; 32]) -> u32 {
    let (hello, commit, dhpart2) = alice;
    // In a DHPart the public value begins at byte 76.
    let dh = x25519(private, &piece(dhpart2, 76)).expect("her phone sent a sound key");
    let mine = VariedPart::new(Role::Responder, &public_key(private), &MY_H0).with_ids(&[0; 32]);
    shown(&dh, hello, commit, &mine, dhpart2)
}

/// What Bob's phone will show if you answer him with this key. To him you are the initiator, so you
/// send DHPart2.
#[allow(dead_code)]
fn bob_shows(bob: &Pending, private: &[u8; 32]) -> u32 {
    let (hello, commit, dhpart1) = bob;
    let dh = x25519(private, &piece(dhpart1, 76)).expect("his phone sent a sound key");
    let mine = VariedPart::new(Role::Initiator, &public_key(private), &MY_H0).with_ids(&[0; 32]);
    shown(&dh, hello, commit, dhpart1, &mine)
}

/// words/no_commitment: you are in the middle, and these phones do not commit. Both have sent their
/// public values and wait for yours. What Alice's phone has seen and sent, the same for Bob's, and
/// how many bits they compare -> a PRIVATE key for Alice's side and one for Bob's, with which both
/// phones show the same.
///
/// `alice_shows(alice, &private)` and `bob_shows(bob, &private)` say what a key would do. People
/// compare the first `bits` bits, and `value >> (32 - bits)` leaves nothing but these: 16 for two
/// words, 20 for four characters, and a few less where you practise.
///
/// Any two keys that work will do. To have many of them, count in the middle of one, for example
/// in `private[8..16]`; X25519 ignores some bits of the first byte and of the last.
///
/// The two are waiting, so after 60 seconds your function is stopped. One try takes about a quarter
/// of a millisecond. If you fix one key and try others for the other side until one fits, twenty
/// bits take a million tries, four minutes. Is there another way?
pub fn no_commitment(alice: &Pending, bob: &Pending, bits: u32) -> ([u8; 32], [u8; 32]) {
    let (alices, bobs) = (&alice.2[76..80], &bob.2[76..80]);
    todo!("Alice's phone sent {alices:02x?}..., Bob's {bobs:02x?}..., they compare {bits} bits: your keys?")
}

// How many was it? Print the number of your tries before you return it (`println!`); to see it,
// return two wrong keys for once, because what you print is shown with a failure only.
//
// ## New idea: any of mine with any of yours
//
// Nobody told you which words. 256 keys for Alice's side give 256 strings, and 256 for Bob's give
// 256 more. These are 256 x 256 = 65,536 pairs, and of 65,536 pairs one, on average, agrees. So
// some 230 keys a side are enough, 460 in all; for twenty bits some 900 a side. In a class of 23
// two people probably have the same birthday, for the same reason: a birthday search.
//
// To make this as dear as it looks, a string would need twice the bits: four words, or eight
// characters. ZRTP makes him blind instead. Alice's phone sends the hash of her DHPart2, and shows
// the DHPart2 itself only when it has his DHPart1; and he has to send such a hash to Bob's phone
// before that shows its DHPart1. So both his keys are fixed before he sees one of theirs. He has ONE
// guess in a call, and it is right once in 65,536 calls. In all the others two people hear that the
// words differ.

/// words/forgot_to_check: Alice's phone and Bob's commit, and Alice's is sound: its words are on
/// her screen. Bob's phone is to take your DHPart2 now, and will not compare it with your Commit.
/// What Bob's phone has seen and sent, your private key for his side, what Alice's phone shows, and
/// how many bits they compare -> the DHPart2 with which Bob's phone shows the same.
///
/// Only one side is open now: the wanted string is given. But a try is cheap. Your key pair can
/// stay as it is, so one Diffie-Hellman will do for all tries. Vary the four IDs in your DHPart2
/// instead, 32 bytes in all. They are to name secrets from earlier calls. You have none, and who has
/// none sends random bytes, so that nobody sees it; `total_hash` covers them like everything else.
///
/// The kit makes the message, with its MAC, from any IDs:
///
///     let variants = VariedPart::new(Role::Initiator, &public_key(private), &MY_H0);
///     let message = variants.with_ids(&ids);         // a [u8; 116], for ids: [u8; 32]
///
/// `shown` says what both phones make of it; `bob_shows` above is an example of its use. After 60
/// seconds your function is stopped: 65,536 tries of a few microseconds are less than one.
pub fn forgot_to_check(bob: &Pending, private: &[u8; 32], wanted: u32, bits: u32) -> Vec<u8> {
    let (bobs, mine) = (&bob.2[76..80], &public_key(private)[..4]);
    todo!(
        "Bob's phone sent {bobs:02x?}..., you {mine:02x?}..., Alice's shows {wanted:08x}, they compare {bits} \
         bits: your DHPart2?"
    )
}

// In 2016 this was Linphone's library: it took the Commit, stored hvi, and never compared it
// (CVE-2016-6271; Schuermann et al., "Wiretapping End-to-End Encrypted VoIP Calls", PoPETs 2017).
// Nothing was wrong with the protocol, with the ciphers or with the two people: they compared, and
// the words were the same. A protection that nobody checks looks exactly like one that works, until
// somebody tries it out as you just did. That is what a test with a WRONG hvi is for.
//
// So what do two people know who have read the same words? If both their phones check: that nobody
// is between these two phones, but for one chance in 65,536. If one of them does not: nothing.

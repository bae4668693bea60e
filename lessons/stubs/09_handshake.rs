//! # Lesson 09 · Agreeing on a key in public
//!
//! The article says of Silent Phone that the caller speaks "without the possibility of a tap". Unit 2's
//! messages went through a company that knew both keys' owners. Here two phones that share nothing call
//! each other, and anybody may sit on the path. Can they agree on a key in front of him?
//!
//! After this lesson you can
//!   - say what a silent tap has of a call, during it and after it, and compare that with an SMS;
//!   - say why one of the two commits to a key before it shows it, and check such a commitment;
//!   - find the order of messages by which a careless phone is led past its checks, and mend the phone.
//!
//! Builds on: hex and bytes (lesson 00), X25519 and KDFs (05), the AEAD and its nonce (04), forgetting
//! keys (07); Rust's slices, Vec, Option, match and loops. Time: about 90 minutes, 15 of them reading; 80
//! without keys, which is optional (*).
//!
//! ## The story
//!
//! Alice wants to tell Bob one sentence, "meet me at ten". The run plays it four times.
//!
//! ```text
//!     ONE     0   by SMS; the phone company's message centre passes it on at 2
//!     TWO    10   to an ordinary number; at 12 she says it, over the company's exchange
//!     THREE  20   with the app, and somebody on the path records all that passes; at 24 she says it, at
//!                 26 Bob answers, at 30 they hang up; at 40 a thief has both phones and the recording
//!     FOUR   60   the same, but this app does not wipe the keys when they hang up at 70; thief at 80
//! ```
//!
//! "Relay" in the run is the phone company. **Stop here.** Go down to `predict`, read its six statements
//! and write your guesses. A wrong guess costs nothing. Then settle them with `cargo run -- show
//! handshake`, and read on.
//!
//! ## The handshake (ZRTP, RFC 6189)
//!
//! ```text
//!     initiator                     on the path                         responder
//!        | Hello: who I am, what I can do  ------------------------------->  |
//!        |  <-------------------------------  Hello: who I am, what I can do |
//!        | Commit: hvi, the hash of a DHPart2 that I do not show yet  ---->  |
//!        |  <------------------------------------  DHPart1: my public value  |
//!        | DHPart2: my public value  ------------------------------------->  |  held against hvi
//!        |          X25519 on both sides -> s0 -> all keys                   |
//!        |  <-----------------------------------------  Confirm1, sealed     |
//!        | Confirm2, sealed  --------------------------------------------->  |
//!        |  <---------------------------------------------------  Conf2ACK   |
//!        | frames of sound, sealed  <------------------------------------->  |
//! ```
//!
//! In words: each phone makes a key pair for this one call. The public values are shown to everybody; the
//! private ones never leave the phones. Each phone computes X25519 of its own private value and the other's
//! public one, and both get the same (lesson 05). What was said goes into it, too: s0 is a hash of that
//! secret and, among other things, of four whole messages: the responder's Hello, Commit, DHPart1, DHPart2.
//! Whoever sends the Commit is the INITIATOR, the other one the RESPONDER. The two Confirms show that both
//! hold the keys. (Each Hello is answered by a HelloACK. Drawing and run leave them out.)
//!
//! A tap that only listens has both public values and no private one. A tap that answers in place of the
//! other phone has a private one. Against him the handshake alone does not help; the two words do that
//! the people compare. That is lesson 10, and it needs what comes now.
//!
//! ## New idea: commitment
//!
//! Rock, paper, scissors by post: whoever sends his letter second wins (`coin`). So nobody begins, unless
//! the first letter holds a COMMITMENT: a hash of the move. It must not tell the move before its time, and
//! it must not fit another move later. There are only three moves to try, so something goes in that cannot
//! be tried: a NONCE, 32 random bytes, sent along later when the commitment is opened (`sealed_coin`).
//!
//! A phone's public value is a move, too. Who sees the other's first can try key pairs until the two
//! words suit him. So the initiator commits first: hvi = SHA-256(DHPart2 || responder's Hello). A public
//! value has as many possibilities as anybody could wish; it needs no nonce.
//!
//! ## New idea: states
//!
//! A phone is always in one STATE, and each state waits for certain messages only. Whatever else comes is
//! refused, and changes nothing. Some TLS libraries took messages in orders that no honest handshake has, and
//! somebody in the path could break into connections that way (Beurdouche et al., IEEE Symposium on Security
//! and Privacy, 2015).
//!
//! ```text
//!     responder   hello -Commit-> committed -DHPart2-> agreed -Confirm2-> confirmed
//!     initiator   committed -DHPart1-> agreed -Confirm1-> confirming -Conf2ACK-> confirmed
//! ```
//!
//! In words: that is what moves a phone when it arrives; what it sends is left out. The initiator is
//! committed as soon as it has sent its Commit. "ended" is the last state of a call, and nothing moves it.
//!
//! ## What this lesson does not cover, and where its model is simpler
//!
//!   - Messages that get lost and are sent again, two Commits that cross, Errors: `src/call/session`.
//!   - SMS and exchange are one line each in the run. The radio link of a mobile phone is sealed, more or
//!     less well; at the company's end it is opened.
//!   - A frame carries the sentence as letters here. Sound, and what its size tells: lesson 12.
//!   - Who calls whom, when and for how long stays visible in all four.
//!   - Wiping is a promise of the app and its system; lesson 03 says what can be left on a disk. And a
//!     thief who has the phone DURING the call has the keys.
//!   - The RFC has no X25519, and AES where the kit has ChaCha20-Poly1305: this does not interoperate.
//!
//! ## How to work
//!
//! ```text
//!     cargo test --test lesson_09               all nine exercises
//!     cargo test --test lesson_09 late          the one with "late" in its name
//!     cargo run -- show handshake               the run that predict asks about
//!     cargo run -- hint handshake/late_tap      a question that helps; add 2 or 3 for more
//! ```
//!
//! ## To discuss in pairs
//!
//!   1. "Somebody recorded everything, so some day he will read it." What would he need, and where is that
//!      at second 35 of the run? What if he also had one phone from second 22 to second 25?
//!   2. Why does the initiator commit, and not the responder as well? Who chooses last, and what can he
//!      still choose?

// What the exercises need. You will use all of it; `allow` keeps the compiler quiet until then.
#[allow(unused_imports)]
use messaging_lab::call::frame::FrameKeys;
#[allow(unused_imports)]
use messaging_lab::call::key_schedule::{kdf, label};
#[allow(unused_imports)]
use messaging_lab::crypto::sha256::sha256;
#[allow(unused_imports)]
use messaging_lab::ground::ledger::{Onlooker, Witness};

/// A row of a machine: in this state, this message leads to that state; and whether DHPart2 is held
/// against hvi on the way.
pub type Row = (String, String, String, bool);

/// A secret that was found in a phone: what it is, and its bytes.
pub type Found = (String, Vec<u8>);

/// What one of the two sends under: key and salt.
pub type Direction = ([u8; 32], [u8; 12]);

/// handshake/predict: your guesses, and the witness that settles each statement.
///
///   1. By SMS (seconds 0 to 9): the relay, the phone company, has the sentence.
///   2. Over the exchange (seconds 12 to 19): the relay has what Alice says.
///   3. In the call with a silent tap (seconds 20 to 39): the tap has the sentence.
///   4. In the same call (seconds 20 to 39): the tap has Alice's public value.
///   5. After that call (seconds 40 to 59): the thief, with both phones and the recording, has the
///      sentence.
///   6. After the call of phones that keep their keys (seconds 80 to 99): the thief has the sentence.
///
/// First guess: `Some(true)` or `Some(false)` for each. Then run `cargo run -- show handshake`, which prints
/// who held what from which second on, and settle each one: `Some(Witness::Nobody)`, or the onlooker that
/// the statement speaks of and a second of your choice at which it has the bytes: for Bob's phone at second 70
/// that would be `Some(Witness::Holds(Onlooker::BobPhone, 70))`. Here they are `Onlooker::Relay`,
/// `Onlooker::Tap` and `Onlooker::Thief`. Second 20 means the beginning of it: what comes at 20.160 is there
/// at second 21.
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

/// handshake/coin: rock, paper, scissors by post. Their letter has come, yours is not sent: your move?
///
/// 0 is rock, 1 is paper, 2 is scissors. Paper wraps rock, scissors cut paper, rock blunts scissors. Win.
pub fn coin(theirs: u8) -> u8 {
    todo!("their move is {theirs}: which move wins?")
}

/// handshake/sealed_coin (fix it): a nonce and your move -> the commitment that you send first.
///
/// You send this, they send their move, then you send nonce and move, and they compute the same hash. What
/// is wanted is SHA-256 of 33 bytes: the 32 of the nonce, then the move, one byte, 0 to 2.
///
/// This was handed out. It works, and whoever gets it still wins each time. How?
pub fn sealed_coin(nonce: &[u8; 32], mine: u8) -> [u8; 32] {
    let _ = nonce;
    sha256(&[mine])
}

/// handshake/commit: the initiator's DHPart2 and the responder's Hello -> hvi, 32 bytes.
///
/// ```text
///     hvi = SHA-256(DHPart2 || Hello)          RFC 6189, section 4.4.1.1
/// ```
///
/// Both are whole messages as they are sent, from the first byte to the last; `||` puts one behind the other.
pub fn commit(dhpart2: &[u8], hello: &[u8]) -> [u8; 32] {
    todo!(
        "which hvi belongs to a DHPart2 of {} bytes and a Hello of {}?",
        dhpart2.len(),
        hello.len()
    )
}

/// handshake/check_commit: what the Commit said, the DHPart2 that came, and the responder's own Hello -> may
/// the responder go on?
///
/// `true` exactly if hvi is the one of these two messages. A real phone ends the call otherwise
/// (error 0x62).
pub fn check_commit(hvi: &[u8; 32], dhpart2: &[u8], hello: &[u8]) -> bool {
    todo!(
        "is {:02x?}.. the hvi of a DHPart2 of {} bytes and a Hello of {}?",
        &hvi[..4],
        dhpart2.len(),
        hello.len()
    )
}

/// handshake/wrong_order: a responder's machine as a table -> an order of messages that leads it from
/// "hello" to "confirmed" and takes no row that is checked; `None` if there is no such order.
///
/// A sound responder:
///
/// ```text
///     ("hello",     "Commit",   "committed", false)
///     ("committed", "DHPart2",  "agreed",    true)       checked here
///     ("agreed",    "Confirm2", "confirmed", false)
/// ```
///
/// Its only way to "confirmed" is checked: `None`. The machines that you are asked about have more rows, in
/// any order, and may have more states, and checks in other places; a false DHPart2 does not pass a checked
/// row. One message leads from a state to one state at most, and nothing leads out of "confirmed". Rows can
/// lead round in a circle, or nowhere. Any order that works is right: it need not be the shortest, and a
/// message may come in it twice. There may be no rows at all.
pub fn wrong_order(machine: &[Row]) -> Option<Vec<String>> {
    todo!("which order of messages leads {machine:?} to \"confirmed\" unchecked?")
}

/// handshake/next_state (fix it): a phone's role and state, and a message that arrives -> its next state, or
/// `None`: refused, and the phone stays as it is.
///
/// Roles are "initiator" and "responder"; states and messages are those of the text above, and "Hello". What
/// the drawing under "states" does not show is refused: every Hello, everything in "confirmed" and in
/// "ended", and everything in a state that the drawing does not give to this role. Nothing is sent twice
/// here, and two Commits never cross: an initiator that is committed gets no Commit.
///
/// This was handed out: it goes by the message alone. Which orders does it take that no honest call has?
pub fn next_state(role: &str, state: &str, message: &str) -> Option<String> {
    if state == "ended" || !["initiator", "responder"].contains(&role) {
        return None;
    }
    let next = match message {
        "Commit" => "committed",
        "DHPart1" | "DHPart2" => "agreed",
        "Confirm1" => "confirming",
        "Confirm2" | "Conf2ACK" => "confirmed",
        _ => return None,
    };
    Some(next.to_string())
}

/// handshake/keys (optional): s0 and the context of a call -> the hash for the two words, then key and salt
/// of what the initiator sends, then key and salt of what the responder sends.
///
/// Everything comes from the KDF under a name of its own:
///
/// ```text
///     KDF(s0, name, context, bits) = HMAC(s0, 1 || name || 0 || context || bits), its first bits
/// ```
///
/// `kdf(s0, label::SAS, context, 256)` gives `Ok` with 32 bytes in a `Vec` (the Err is for lengths that
/// there are not). The hash and the keys have 256 bits, the salts 96. The names, in module `label`: `SAS`,
/// `INITIATOR_SRTP_MASTER_KEY`, `INITIATOR_SRTP_MASTER_SALT`, and two with `RESPONDER`. Why two of each? If
/// both directions had the same key and salt, a tap could send a phone its own frames back, and their tags
/// would fit. The context is both phones' IDs and a hash of the handshake: no two calls have the same.
pub fn keys(s0: &[u8; 32], context: &[u8; 56]) -> ([u8; 32], Direction, Direction) {
    todo!(
        "which keys follow from s0 {:02x?}.. and context {:02x?}..?",
        &s0[..4],
        &context[..4]
    )
}

/// handshake/late_tap: what passed and was recorded, and what was found on Alice's phone and on Bob's after
/// they had hung up -> what was said, frame by frame, in the order of the recording.
///
/// The recording has messages of the handshake, frames, and perhaps other things, of any length; parts of a
/// call may be missing. Of the frames that open, give back what is in them, also if that is empty; leave out
/// whatever does not open. A frame is given back once, also if both phones have its keys; two frames that
/// say the same are two. A frame opens with the keys of whoever sent it:
///
/// ```text
///     FrameKeys::new(key, salt).open(number, &frame)          Ok(what is in it), or an Err
/// ```
///
/// `key` is a `[u8; 32]`, `salt` a `[u8; 12]`. `number` is a `u64`: how many frames that phone had sent in
/// this call before, here always less than 65,536. It stands in the frame, big-endian, in `frame[2]` and
/// `frame[3]`.
///
/// What a phone still has is a list of names and bytes. The names that matter are "initiator's frame key",
/// "initiator's frame salt", "responder's frame key" and "responder's frame salt". A phone has either all
/// four, of one call, or none of them; each key has 32 bytes and each salt 12. There are other secrets
/// beside, and the list is in no order. The two phones may have kept those of two different calls, and the
/// recording may hold more than one call.
pub fn late_tap(recording: &[Vec<u8>], alice: &[Found], bob: &[Found]) -> Vec<Vec<u8>> {
    todo!(
        "what was said in these {} packets, with {} secrets of Alice's phone and {} of Bob's?",
        recording.len(),
        alice.len(),
        bob.len()
    )
}

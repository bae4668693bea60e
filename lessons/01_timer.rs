//! # Lesson 01 · When does the clock start?
//!
//! The article says of Telegram that it has a "self-destruct timer": the user sets a time, and the
//! message deletes itself. A timer has a length, which the user sets, and a beginning. When is
//! that?
//!
//! After this lesson you can
//!   - say what starts a message's timer, on the reader's phone and on the sender's;
//!   - work out its deadline, and say to the millisecond when it is gone;
//!   - take a message store through a conversation and know every answer beforehand.
//!
//! Builds on: lesson 00, and Rust's match, Option and loops. Time: about 70 minutes, 10 of them
//! reading.
//!
//! ## The story
//!
//! Alice and Bob plan a cake. Each has a phone, and each phone keeps its own copy of every message.
//! When a message's timer ends on a phone, at its deadline there, that phone destroys its copy.
//!
//! ```text
//!     second 0     the chat's timer is set to 10 s, on both phones
//!            1     Alice sends "meet at ten"
//!            2     Alice sends a picture of the cake
//!            3     the chat's timer is set to 30 s, on both phones
//!            4     Alice sends "lemon or apple?"
//!            5     Alice's phone goes offline
//!            8     Bob opens the chat, reads both texts and sees the picture's cover
//!           11     Bob sends "bring candles"
//!           21     Bob taps the cover and opens the picture
//!           28     Alice's phone is online again and gets what waited for it; she reads nothing
//!         3700     the run ends, an hour later
//! ```
//!
//! **Stop here.** Go down to `predict`, read its six statements and write your guesses; leave
//! `witnesses` alone for now. Not every word is explained yet: guess all the same. A wrong guess
//! costs nothing. Once all six are settled, `cargo run -- check timer` sets your guesses beside the
//! run, and shows what you did not know: leave them as they are. Then read on.
//!
//! ## New idea: what starts the timer
//!
//! If only sending did, a message could be gone before anybody had seen it. So there are two kinds
//! of timer, and none:
//!
//! ```text
//!     Timer::AfterRead(length)    starts when the recipient first reads the message
//!     Timer::AfterSend(length)    starts when the message is sent, read or not
//!     Timer::Off                  never starts
//! ```
//!
//! Telegram's secret chats, where the article's timer is found, count from the reading (Telegram
//! FAQ, "How do self-destructing messages work?"). WhatsApp's messages count from the sending:
//! seven days, since November 2020. The rules for after reading, from Telegram's protocol pages
//! (decryptedMessage) and from its own library, tdlib:
//!
//!   - A text is read when it is displayed. The first time counts; reading it again starts nothing.
//!   - A picture with a timer of up to 60 s shows a cover. Opening it is what counts. With a longer
//!     timer it is like a text.
//!   - A message that is never read has no running timer, on either phone.
//!   - A message can have a timer of its own, which wins over the chat's. `Off` of its own wins
//!     too.
//!   - A new chat timer is for later messages. Those that came before keep theirs.
//!   - Each phone removes its own copy. Neither tells the other, or anybody, when it does.
//!
//! ## New idea: the deadline
//!
//! The deadline is the start plus the length. A message is readable while `now < deadline`, and
//! gone AT the deadline: a length of 10 s is 10,000 ms in which it is there, and the 10,001st is
//! not one of them. At that very moment the phone destroys its copy, so whoever says "still
//! readable" promises what is not there. All times here are milliseconds (`Millis`, a `u64`).
//! `None` is "no deadline": no timer runs.
//!
//! ## New idea: the read receipt
//!
//! Alice's phone cannot see Bob read. His phone sends a read receipt, which says when he read. From
//! that date on HER copy's time counts, however late the receipt comes; without a receipt her copy
//! stays. Another message, with a timer of 5 s after reading, while her phone is offline:
//!
//! ```text
//!     second           1           4              9               15
//!     Bob's phone      |--waiting--|---5 s left---| gone          .
//!                      |       he reads           .               .
//!     Alice's phone    |--waiting--.---waiting----.---waiting-----| gone at once
//!                  she sends                                   receipt: "read at 4"
//! ```
//!
//! In words: Bob's copy waits from 1 to 4, runs from 4 to 9 and is gone at 9. Alice's phone learns
//! at 15 that it was read at second 4. The five seconds were over at 9, so her copy goes at once;
//! for six seconds she held what Bob no longer had. Had the receipt come at 6, both copies would
//! have gone at 9. Telegram's FAQ says that the message disappears from both devices: it does, from
//! each of them once that device knows.
//!
//! ## New idea: ledger and witness
//!
//! `cargo run -- show timer` plays the story and draws its ledger: which onlooker held which bytes,
//! from which second (`+`) until which (`-`). A witness is one entry of it that settles a statement:
//! `Witness::Holds(Onlooker::BobPhone, 12)` says that Bob's phone holds it at second 12,
//! `Witness::Nobody` that nobody the statement speaks of does, at any second it speaks of.
//!
//! ## What this lesson does not cover, and where its model is simpler
//!
//!   - Expired here means: gone from a phone that does what it promised. Screenshots,
//!     notifications, backups and what stays on a disk are lesson 03.
//!   - Both phones live by one clock, which nobody turns. Lesson 02 changes that, and switches
//!     phones off: one that is off destroys nothing.
//!   - The ledger of this story speaks of the two phones only. What the company's server holds
//!     meanwhile is unit 2.
//!   - Telegram's app offers 1 to 15 s, 30 s, a minute, an hour, a day and a week; here any length
//!     from 1 ms to 365 days goes. Its two phones agree on a timer by a message of their own, here
//!     it is simply set on both. The date in a receipt is the server's.
//!   - A picture's timer is raised to at least the time it plays plus 1 s; ours plays for 0 s.
//!   - How a countdown looks is each app's own affair; the one in `countdown` is ours.
//!   - Telegram's ordinary chats had no timer in 2015: their auto-delete came in February 2021.
//!
//! ## Driving the store
//!
//! `MessageStore` is one phone's messages. You will need this much of it, in `conversation` only:
//!
//! ```text
//!     let chat = ChatId(1);
//!     let clock = ControlledClock::new(0);
//!     let mut phone = MessageStore::new(clock.clone());      // a clone is the same clock
//!     phone.set_chat_timer(chat, Timer::AfterRead(5_000)).unwrap();
//!
//!     let mut hello = NewMessage::received(chat, "hello");   // this one takes the chat's timer ...
//!     hello.timer = Some(Timer::AfterRead(2_000));           // ... and now it has its own
//!     let id = phone.insert(hello).unwrap();                 // its name from now on
//!
//!     clock.advance(60_000);                                 // a minute passes; nobody has read it
//!     phone.read(id)                                         // Ok(its bytes), and its timer starts
//!     clock.advance(2_000);                                  // two seconds more
//!     phone.read(id)                                         // Err: it is gone
//! ```
//!
//! `advance` takes how long passes, not what time it is then. And this is how to go through a
//! script. In the loop all of a step's parts are references: a star in front gives the value.
//!
//! ```text
//!     for (time, action) in script {
//!         ...                                        // *time
//!         match action {
//!             Action::SetTimer(timer) => ...         // *timer
//!             Action::Receive { text, timer } => ... // text.clone() is a String; *timer
//!             Action::Read(n) => match ...read(...) { // *n
//!                 Ok(bytes) => ...                   // String::from_utf8_lossy(bytes).to_string()
//!                 Err(_) => ...
//!             },
//!         }
//!     }
//! ```
//!
//! ## How to work
//!
//! ```text
//!     cargo test --test lesson_01              all five exercises
//!     cargo test --test lesson_01 deadline     the one with "deadline" in its name
//!     cargo run -- check timer                 all five, the first that is not passed on top
//!     cargo run -- show timer                  the run that predict asks about
//!     cargo run -- hint timer/deadline         a question that helps; add 2 or 3 for more
//! ```
//!
//! ## To discuss in pairs
//!
//!   1. Bob reads while Alice's phone is offline, and it never comes online again. What does each
//!      phone hold an hour later, and who can know that?
//!   2. "After reading" or "after sending": which would you choose for a door code, for a love
//!      letter, for a bill? Who loses what if you choose the other one?

// What the exercises need. You will use all of it; `allow` keeps the compiler quiet until then.
#[allow(unused_imports)]
use messaging_lab::ground::clock::{ControlledClock, Millis};
#[allow(unused_imports)]
use messaging_lab::ground::ledger::{Onlooker, Witness};
#[allow(unused_imports)]
use messaging_lab::store::{Action, ChatId, Countdown, MessageStore, NewMessage, Timer};

/// timer/predict: your guesses, and the witness that settles each statement.
///
///   1. Alice never reads "bring candles". At the last second of the run a phone still holds it.
///   2. One second before the deadline of "lemon or apple?" on Bob's phone, his phone still holds
///      it.
///   3. At the very second of that deadline, his phone still holds it.
///   4. "meet at ten" was sent under 10 s; then the chat's timer became 30 s; then Bob read it. At
///      some second more than 10 s after he read it, his phone still holds it.
///   5. At some second after "meet at ten" is gone from Bob's phone, one of the two phones still
///      holds it.
///   6. At some second 10 s or more after Bob saw the picture's cover, his phone still holds the
///      picture.
///
/// First guess: `Some(true)` or `Some(false)` for each. Then run `cargo run -- show timer` and
/// settle each one: `Some(Witness::Holds(Onlooker::BobPhone, 12))` if the statement holds, with a
/// phone and a second of your choice that show it, or `Some(Witness::Nobody)`. Alice's phone is
/// `Onlooker::AlicePhone`.
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

/// timer/deadline: a timer, when the message was sent, when it was first read -> its deadline.
///
/// `AfterRead(5_000)`, sent at 1,000, read at 60,000 -> `Some(65_000)`. `read_at` is `None` while
/// nobody has read it; the answer is `None` where no timer runs. A sum that does not fit into a
/// `u64` stays at the largest number, `u64::MAX` (std's name for that is saturating): the end of
/// time, not a date in the past.
pub fn deadline(timer: Timer, sent_at: Millis, read_at: Option<Millis>) -> Option<Millis> {
    todo!("when is a message with {timer:?}, sent at {sent_at} ms, read at {read_at:?}, destroyed?")
}

/// timer/boundary: now, and a deadline if there is one -> is the message readable?
///
/// Both can be as large as `u64` goes. This one is written already, and has a bug. Find it and fix
/// it.
pub fn boundary(now: Millis, deadline: Option<Millis>) -> bool {
    match deadline {
        Some(deadline) => now <= deadline,
        None => true,
    }
}

/// timer/countdown: what the two phones show at `now` of one text that Alice sent to Bob ->
/// (Alice's, Bob's).
///
/// `ttl` is its timer, after reading. Bob read it at `read_at`, and his receipt reached Alice's
/// phone at `receipt_at`: `None` if that never happens. What is later than `now` has not happened
/// yet. A receipt never comes before the reading. No sum of these numbers is too large for a `u64`.
///
///   - `Countdown::Waiting`: the text without a countdown; no timer runs on this phone yet.
///   - `Countdown::Left(seconds)`: the text, and the whole seconds left, rounded up: 1 ms left is
///     1, never 0.
///   - `Countdown::Gone`: nothing; this phone has destroyed its copy.
///
/// ttl 10,000, read at 5,000, receipt at 9,000: at 8,000 they show `(Waiting, Left(7))`.
pub fn countdown(
    ttl: Millis,
    read_at: Option<Millis>,
    receipt_at: Option<Millis>,
    now: Millis,
) -> (Countdown, Countdown) {
    todo!(
        "ttl {ttl} ms, read at {read_at:?}, receipt at {receipt_at:?}: what do the phones show at {now} ms?"
    )
}

/// timer/conversation: what happened to Bob's phone -> what each read returned, in order.
///
/// A step is a time and an action. Times count from 0 and never go back; several steps may share
/// one. A script may be empty. A read returns the text as it was received, letter by letter; it may
/// hold any character, and two messages may have the same text at the same time.
///
///   - `Action::SetTimer(timer)`: the chat gets this timer. Before the first one it is
///     `Timer::Off`.
///   - `Action::Receive { text, timer }`: a text arrives, sent at that moment; `timer` is its own,
///     `None` if it has none.
///   - `Action::Read(n)`: Bob reads message `n`. Messages count from 0, in the order they came, and
///     keep their number.
///
/// The answer has one entry for each `Read`: `Some(text)`, or `None` if the message was gone. Set
/// the timer to `AfterRead(5_000)` at 0, receive "hi" at 1,000, read 0 at 2,000 and at 7,000 ->
/// `[Some("hi"), None]`.
pub fn conversation(script: &[(Millis, Action)]) -> Vec<Option<String>> {
    todo!(
        "what does each Read in these {} steps return? {script:?}",
        script.len()
    )
}

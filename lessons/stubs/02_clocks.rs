//! # Lesson 02 · Whose clock?
//!
//! The article says of Telegram that it has a "self-destruct timer". A timer needs a clock, and a
//! phone has more than one. Whose clock ends a message, and what can whoever holds the phone do
//! about it?
//!
//! After this lesson you can
//!   - say which of a phone's clocks can be turned, which begins again at 0, and what to ask each
//!     of them;
//!   - work out what is left of a timer when the phone was off or its owner offline;
//!   - bring an expired message back from an app that trusts the wrong clock, and mend such an app.
//!
//! Builds on: lesson 01 (deadlines, receipts). Time: about 70 minutes, 10 of them reading; 55
//! without `hold_on`.
//!
//! ## The story
//!
//! Bob has read a text whose timer is ten seconds. Now somebody sets his phone's clock, the phone
//! is off for a night, Alice sits in a train without a connection. Through all of this each app has
//! to know one number: how much time has passed? Its phone offers two clocks:
//!
//! ```text
//!     true second    0     10             20          28     30
//!     ----------------------------------------------------------------------------------------
//!     wall clock   100    110, set to 20  30 . . . .  38     40    anybody can set it
//!     boot clock     7     17             27 |  off  | 0      2    nobody can; begins again at 0
//!     boot ID        A      A              A |       | B      B    tells one run from the next
//! ```
//!
//! In words: the wall clock says what time it is. Here its owner sets it back by 90 seconds at
//! second 10; it goes on while the phone is off, from second 20 to second 28. The boot clock counts
//! since the phone was switched on, sleep included. Nobody can set it, but after the phone was off
//! it begins again at 0, and a new boot ID says so. Android's documentation (class SystemClock)
//! tells app makers the same: the wall clock may jump back or forward at any time; to measure how
//! long something took, use the boot clock, `elapsedRealtime`.
//!
//! So each clock is good for one question. Between two looks at the clocks with the same boot ID,
//! ask the boot clock. If the boot ID has changed, only the wall clock went on: ask it, and do not
//! believe everything it says. An app that keeps time like this holds on to its own time; one that
//! always asks the wall clock trusts it.
//!
//! ## New idea: the server's clock
//!
//! A receipt carries a date: when Bob read. Both phones mean the same moment by it because it is
//! the server's date, not that of either phone. Where this lesson says "server time", all numbers
//! are by that clock.
//!
//! ## New idea: never less than nothing
//!
//! A clock that was set back makes "now minus then" negative. Nobody knows how much time has really
//! passed then. Telegram's library (tdlib, `parse_time`) counts it as no time at all, and so do we:
//! the timer goes on from where it was. Beware: `Millis` is a `u64`, which has no negative numbers.
//! A subtraction below 0 stops the program, and in a release build it gives a huge number instead.
//! `a.saturating_sub(b)` stops at 0. At the other end `a.saturating_add(b)` stops at the largest
//! number instead of beginning again at 0.
//!
//! ## New idea: one waiter
//!
//! A thousand messages do not need a thousand alarm clocks. One waiter sleeps until the earliest
//! deadline, purges (destroys what is due), looks for the earliest again and sleeps on. Signal's
//! Android app does it that way (`ExpiringMessageManager`). While the phone is off, or the app does
//! not run, nobody purges. If the store is asked for an expired message later, it refuses all the
//! same: it compares the deadline before it shows anything.
//!
//! ## What this lesson does not cover, and where the model is simpler
//!
//!   - When a store purges a message, we count it as gone from the disk, too. Lesson 03 looks at
//!     the disk.
//!   - Nobody tells our phones the right time. Real ones can hear it from the network, and an app
//!     learns its server's time when it connects; until then tdlib, too, counts a clock found set
//!     back as no time (`Global::init`).
//!   - A wall clock set forward while the phone is off makes messages go early. Our model does not
//!     notice; tdlib does beyond a year. Gone too early harms who wants to read it, too late who
//!     wants it gone.
//!   - Nothing here keeps Bob from copying the text while he may read it.
//!
//! ## How to work
//!
//! ```text
//!     cargo run -- show clocks                 the run that `predict` asks about
//!     cargo test --test lesson_02              all six exercises
//!     cargo test --test lesson_02 turn         those with "turn" in the name
//!     cargo run -- check clocks                all six, the first that is not passed on top
//!     cargo run -- hint clocks/next_wake       a question that helps; add 2 or 3 for more
//! ```
//!
//! All times are in milliseconds, and less than 100 years unless the exercise says otherwise.
//!
//! ## To discuss in pairs
//!
//!   1. After the run, look at 'figs' again. The boot clock tells the app how long the phone has
//!      been on: what could it do with that, and what would it still not know? What would a date
//!      from the server add, and who has to be trusted then?
//!   2. When clocks contradict each other, an app can keep messages, or destroy them to be safe.
//!      Who is harmed by which? Who could provoke it on purpose?

#[allow(unused_imports)] // `ControlledClock` is for trying out `turn_back`.
use messaging_lab::ground::clock::{ControlledClock, Millis};
#[allow(unused_imports)] // `Onlooker` is for your witnesses.
use messaging_lab::ground::ledger::{Onlooker, Witness};
#[allow(unused_imports)] // for trying out `turn_back`
use messaging_lab::store::{ChatId, ClockRule, MessageStore, NewMessage, Timer};

/// clocks/predict: guess first, then settle each statement with a witness from
/// `cargo run -- show clocks`.
///
/// Bob's phone has two apps. One holds on to its own time; in it he reads 'apples' at second 0,
/// 'coffee' at 20, 'eggs' at 60, 'figs' at 100 and, from Alice, 'grapes' at 152. The other trusts
/// the wall clock; in it he reads 'dates' at second 20. Every timer is ten seconds. Seconds are
/// true seconds since the run began, whatever a clock shows. In the run a phone holds what it would
/// show if it were asked; its disk holds what lies stored on it, shown or not.
///
///   1. At 3 Bob's clock is set an hour forward. Somebody holds 'apples' at a second from 4 to 19.
///   2. At 40 Bob's clock is turned back 15 s. His phone or a thief has 'coffee' at a second from
///      40 to 59.
///   3. At 40 Bob's clock is turned back 15 s. His phone or a thief has 'dates' at a second from 40
///      to 59.
///   4. From 64 to 90 Bob's phone is off. Somebody holds 'eggs' at a second from 70 to 99.
///   5. Off from 104 to 130, then turned back 60 s: Bob's phone shows 'figs' at a second from 110
///      to 149.
///   6. Alice is offline until 200. Her phone or its disk holds 'grapes' at a second from 200 to 219.
///
/// `guess[0]` is about statement 1: `Some(true)` or `Some(false)`; no guess is ever marked wrong.
/// `witness[0]` settles it: `Some(Witness::Holds(Onlooker::AliceDisk, 160))` for "Alice's disk
/// holds it at second 160", or `Some(Witness::Nobody)` if nobody whom the statement speaks of does
/// at any of its seconds. "Somebody" is any onlooker: `AlicePhone`, `AliceDisk`, `BobPhone`,
/// `BobDisk`, or a `Thief`, who has the unlocked phone in hand.
pub fn predict() -> ([Option<bool>; 6], [Option<Witness>; 6]) {
    let guess = [None, None, None, None, None, None];
    let witness = [None, None, None, None, None, None];
    (guess, witness)
}

/// clocks/next_wake: the time now and all deadlines, in no order -> how long may the one waiter
/// sleep?
///
/// It must wake in time for the earliest deadline, and no sooner. If something is due already:
/// `Some(0)`. If there is no deadline at all: `None`. Deadlines can be as large as `u64` goes.
///
/// Now 100_000, deadlines 250_000, 130_000 and 400_000 -> `Some(30_000)`.
pub fn next_wake(now: Millis, deadlines: &[Millis]) -> Option<Millis> {
    todo!("it is {now} and the deadlines are {deadlines:?}: how long may the waiter sleep?")
}

/// clocks/after_restart: what was left of a timer when the app saved it, when that was, and when
/// the app loaded it after the phone had been off -> what is left, or `None` if the message is
/// gone.
///
/// Both moments are server time, as far as the phone knows it. The time between them counts, and
/// never as less than nothing. With exactly 0 left a message is gone, also if that was all it had
/// when it was saved.
///
/// 6_000 left, saved at 64_000, loaded at 66_500 -> `Some(3_500)`.
pub fn after_restart(left: Millis, saved_at: Millis, loaded_at: Millis) -> Option<Millis> {
    todo!("{left} was left at {saved_at}, and it is {loaded_at} now: how much is left?")
}

/// clocks/senders_copy: a timer's length, the server's date at which Bob read, and the server time
/// at which Alice's phone learns of it -> how long her own copy has left, or `None` if it is gone.
///
/// Her timer started when Bob read, not when she learns of it: a sender who was offline for long
/// enough loses her copy as she comes back. A date in the future counts as read just now.
///
/// Timer 10_000, read at 152_000, learned at 153_000 -> `Some(9_000)`. (Does it look familiar? You
/// may call your own functions.)
pub fn senders_copy(ttl: Millis, read_date: Millis, now: Millis) -> Option<Millis> {
    todo!("timer {ttl}, read at {read_date}, it is {now} now: how long has the sender's copy left?")
}

/// clocks/turn_back: facts about an expired text -> what to set the wall clock to, so that the app
/// shows it again.
///
/// The app trusts the wall clock. The text was sent at `sent_at` and read at `read_at`; its timer
/// `ttl` runs from the reading. After that the app was closed, and the clock was right. Now it is
/// `now`: the text has expired, but nothing has purged it. You set the clock, once. The clock runs
/// on, and `delay` later the app is open; that takes long at times, but `delay` is never larger
/// than `sent_at`. It first purges whatever is due by the clock, then shows the rest. (You need not
/// use all of these facts.)
///
/// One rule of the kit's own, so that 1970 is no answer: once the app is open, the clock must not
/// show a time before `read_at`. Every setting that works is accepted; the text may have expired a
/// month ago, so do not search millisecond by millisecond. The check plays yours on two real
/// stores: the one that trusts the clock must show the text, the one that holds on must not.
///
/// To try something out, play it yourself:
///
/// ```text
///     let clock = ControlledClock::new(sent_at);
///     let mut app = MessageStore::with_rule(clock.clone(), ClockRule::TrustWall);
///     let text = NewMessage::received(ChatId(1), "dates").timer(Timer::AfterRead(ttl));
///     let id = app.insert(text).unwrap();
///     clock.advance(5_000);        // five seconds pass
///     clock.set_wall(1_000_000);   // somebody sets the clock; no time passes
///     app.purge();                 // what is due by the clock is destroyed
///     app.read(id).is_ok()         // is it shown? (The first reading starts the timer.)
/// ```
#[allow(unused_variables)]
pub fn turn_back(sent_at: Millis, read_at: Millis, ttl: Millis, now: Millis, delay: Millis) -> Millis {
    todo!("sent {sent_at}, read {read_at}, timer {ttl}, now {now}, open after {delay}: set the clock to?")
}

/// clocks/hold_on * (not on the core path): looks at the clocks, in order -> how much time had
/// passed at each of them since the first.
///
/// A look is (boot ID, boot time, wall time). If the boot ID is that of the look before, the boot
/// clock's difference has passed since then. If not, the wall clock's difference has, and never
/// less than nothing. As many numbers come out as looks go in, the first of them 0. A boot time can
/// be as large as `u64` goes, and a sum stops there. A boot ID is a name, not a count: any `u64`
/// can be one, 0 too, and the new one may be the smaller one. No ID comes back, and under one boot
/// ID the boot time never falls.
///
/// (7, 1_000, 50_000), (7, 4_000, 53_000), (3, 200, 60_000) -> 0, 3_000, 10_000.
///
/// The function below says the same there. But it is handed out with a bug, which shows as soon as
/// somebody turns the clock. Mend it.
pub fn hold_on(looks: &[(u64, Millis, Millis)]) -> Vec<Millis> {
    let mut passed = Vec::new();
    for &(_boot_id, _boot_time, wall_time) in looks {
        let (_, _, first_wall_time) = looks[0];
        passed.push(wall_time.saturating_sub(first_wall_time));
    }
    passed
}

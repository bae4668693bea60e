//! Lesson 01: planted wrong answers. Each is caught, and named as what it is.

use messaging_lab::course::student::Planted;
use messaging_lab::ground::clock::{ControlledClock, Millis};
use messaging_lab::ground::ledger::Onlooker::{AlicePhone, BobPhone};
use messaging_lab::ground::ledger::Witness::{self, Holds, Nobody};
use messaging_lab::store::{Action, ChatId, Countdown, MessageId, MessageStore, NewMessage, Timer};

type Prediction = messaging_lab::course::statement::Prediction<6>;

pub fn predict() -> Vec<Planted<(), Prediction>> {
    /// Every statement settled, but for one.
    fn but(number: usize, witness: Witness) -> Prediction {
        let mut witnesses = [
            Holds(BobPhone, 3_700),
            Holds(BobPhone, 37),
            Nobody,
            Nobody,
            Holds(AlicePhone, 18),
            Holds(BobPhone, 18),
        ];
        witnesses[number - 1] = witness;
        ([Some(true); 6], witnesses.map(Some))
    }
    vec![
        Planted {
            name: "never-read-is-destroyed",
            about: "a message that nobody reads was taken to destroy itself all the same: no timer ever starts for it",
            answer: |()| but(1, Nobody),
        },
        Planted {
            name: "gone-before-its-deadline",
            about: "the message was taken to be gone before its deadline; until then it is there",
            answer: |()| but(2, Nobody),
        },
        Planted {
            name: "there-at-its-deadline",
            about: "the deadline was taken for the last moment at which it is there; it is the first at which it is not",
            answer: |()| but(3, Holds(BobPhone, 38)),
        },
        Planted {
            name: "new-timer-for-old",
            about: "the chat's new timer was taken to reach messages that were sent before it",
            answer: |()| but(4, Holds(BobPhone, 30)),
        },
        Planted {
            name: "gone-on-both-at-once",
            about: "gone from one phone was taken for gone everywhere: each phone removes its own copy",
            answer: |()| but(5, Nobody),
        },
        Planted {
            name: "the-reader-keeps-it",
            about: "it is not the reader's phone that keeps the longer copy: look at who was offline",
            answer: |()| but(5, Holds(BobPhone, 20)),
        },
        Planted {
            name: "cover-starts-it",
            about: "the cover was taken to start the picture's timer; only opening it does",
            answer: |()| but(6, Nobody),
        },
        Planted {
            name: "there-as-it-goes",
            about: "at the second at which it goes, and after it, it is not there: the one before was its last",
            answer: |()| {
                let (guesses, mut witnesses) = but(6, Holds(BobPhone, 31));
                witnesses[4] = Some(Holds(AlicePhone, 28));
                (guesses, witnesses)
            },
        },
        Planted {
            name: "nobody-ever",
            about: "the same answer everywhere: read the run once for each statement",
            answer: |()| ([Some(false); 6], [Some(Nobody); 6]),
        },
        Planted {
            name: "one-witness-for-all",
            about: "the same answer everywhere: each statement speaks of its own text, phone and second",
            answer: |()| ([Some(true); 6], [Some(Holds(BobPhone, 3_700)); 6]),
        },
        Planted {
            name: "guesses-only",
            about: "the guesses are made: now read the run, and settle the statements one after the other",
            answer: |()| ([Some(true); 6], [None; 6]),
        },
        Planted {
            name: "guess-left-out",
            about: "a witness without a guess: what you expected before you looked is what you learn most from",
            answer: |()| {
                let mut prediction = but(3, Nobody);
                prediction.0 = [Some(true), None, None, None, None, None];
                prediction
            },
        },
    ]
}

type Asked = (Timer, Millis, Option<Millis>);

pub fn deadline() -> Vec<Planted<Asked, Option<Millis>>> {
    use Timer::{AfterRead, AfterSend, Off};
    /// The right answer, with the sum to be chosen.
    fn with(asked: Asked, sum: fn(Millis, Millis) -> Option<Millis>) -> Option<Millis> {
        match asked {
            (Off, ..) => None,
            (AfterRead(length), _, read_at) => sum(read_at?, length),
            (AfterSend(length), sent_at, _) => sum(sent_at, length),
        }
    }
    vec![
        Planted {
            name: "counts-from-sending",
            about: "a timer after reading was started by the sending",
            answer: |(timer, sent_at, _)| match timer {
                Off => None,
                AfterRead(length) | AfterSend(length) => Some(sent_at.saturating_add(length)),
            },
        },
        Planted {
            name: "read-then-from-sending",
            about: "it waits for the reading, but then counts from the sending",
            answer: |(timer, sent_at, read_at)| match timer {
                Off => None,
                AfterRead(length) => read_at.map(|_| sent_at.saturating_add(length)),
                AfterSend(length) => Some(sent_at.saturating_add(length)),
            },
        },
        Planted {
            name: "unread-from-sending",
            about: "a message that nobody has read was counted from its sending",
            answer: |(timer, sent_at, read_at)| match timer {
                Off => None,
                AfterRead(length) => Some(read_at.unwrap_or(sent_at).saturating_add(length)),
                AfterSend(length) => Some(sent_at.saturating_add(length)),
            },
        },
        Planted {
            name: "unread-from-zero",
            about: "a message that nobody has read was counted from moment 0",
            answer: |(timer, sent_at, read_at)| match timer {
                Off => None,
                AfterRead(length) => Some(read_at.unwrap_or(0).saturating_add(length)),
                AfterSend(length) => Some(sent_at.saturating_add(length)),
            },
        },
        Planted {
            name: "unread-at-the-end-of-time",
            about: "a message that nobody has read got the largest number as its deadline; it has none yet",
            answer: |(timer, sent_at, read_at)| match timer {
                Off => None,
                AfterRead(length) => Some(read_at.unwrap_or(Millis::MAX).saturating_add(length)),
                AfterSend(length) => Some(sent_at.saturating_add(length)),
            },
        },
        Planted {
            name: "send-waits-for-reading",
            about: "a timer after sending was made to wait until somebody reads",
            answer: |(timer, sent_at, read_at)| match timer {
                Off => None,
                AfterRead(length) => read_at.map(|read| read.saturating_add(length)),
                AfterSend(length) => read_at.map(|_| sent_at.saturating_add(length)),
            },
        },
        Planted {
            name: "always-from-reading",
            about: "both timers were counted from the reading",
            answer: |(timer, _, read_at)| match timer {
                Off => None,
                AfterRead(length) | AfterSend(length) => read_at.map(|read| read.saturating_add(length)),
            },
        },
        Planted {
            name: "send-restarts-at-reading",
            about: "a timer after sending was started anew by the reading",
            answer: |(timer, sent_at, read_at)| match timer {
                Off => None,
                AfterRead(length) => read_at.map(|read| read.saturating_add(length)),
                AfterSend(length) => Some(read_at.unwrap_or(sent_at).saturating_add(length)),
            },
        },
        Planted {
            name: "changed-places",
            about: "the two timers changed places: AfterRead starts with the reading, AfterSend with the sending",
            answer: |(timer, sent_at, read_at)| match timer {
                Off => None,
                AfterRead(length) => Some(sent_at.saturating_add(length)),
                AfterSend(length) => read_at.map(|read| read.saturating_add(length)),
            },
        },
        Planted {
            name: "not-before-the-reading",
            about: "a timer after sending was put off until somebody reads: it ends at its time, read or not",
            answer: |asked @ (timer, _, read_at)| {
                let end = with(asked, |start, length| Some(start.saturating_add(length)));
                match timer {
                    AfterSend(_) => end.max(read_at),
                    _ => end,
                }
            },
        },
        Planted {
            name: "later-of-the-two",
            about: "that is the later of two moments: sending plus length, and reading; one of them starts the timer",
            answer: |(timer, sent_at, read_at)| match timer {
                Off => None,
                AfterRead(length) => read_at.map(|read| read.max(sent_at.saturating_add(length))),
                AfterSend(length) => read_at.max(Some(sent_at.saturating_add(length))),
            },
        },
        Planted {
            name: "off-is-at-once",
            about: "no timer was taken for a timer of length 0",
            answer: |asked @ (timer, sent_at, read_at)| match timer {
                Off => Some(read_at.unwrap_or(sent_at)),
                _ => with(asked, |start, length| Some(start.saturating_add(length))),
            },
        },
        Planted {
            name: "off-when-sent",
            about: "no timer was taken for a deadline at the sending",
            answer: |asked @ (timer, sent_at, _)| match timer {
                Off => Some(sent_at),
                _ => with(asked, |start, length| Some(start.saturating_add(length))),
            },
        },
        Planted {
            name: "off-when-read",
            about: "no timer was taken for a deadline at the reading",
            answer: |asked @ (timer, _, read_at)| match timer {
                Off => read_at,
                _ => with(asked, |start, length| Some(start.saturating_add(length))),
            },
        },
        Planted {
            name: "off-at-the-end-of-time",
            about: "no timer got the largest number as its deadline; it has no deadline",
            answer: |asked @ (timer, ..)| match timer {
                Off => Some(Millis::MAX),
                _ => with(asked, |start, length| Some(start.saturating_add(length))),
            },
        },
        Planted {
            name: "wraps-around",
            about: "a sum that does not fit started again at 0: the message is destroyed before it was sent",
            answer: |asked| with(asked, |start, length| Some(start.wrapping_add(length))),
        },
        Planted {
            name: "overflow-is-never",
            about: "a sum that does not fit became `None`: a timer that runs lost its deadline",
            answer: |asked| with(asked, Millis::checked_add),
        },
        Planted {
            name: "seconds",
            about: "the length was taken for seconds; all times here are milliseconds",
            answer: |asked| {
                with(asked, |start, length| {
                    Some(start.saturating_add(length.saturating_mul(1_000)))
                })
            },
        },
        Planted {
            name: "length-alone",
            about: "that is how long the timer is, not the moment at which it ends",
            answer: |asked| with(asked, |_, length| Some(length)),
        },
        Planted {
            name: "start-alone",
            about: "that is the moment at which the timer starts, not the one at which it ends",
            answer: |asked| with(asked, |start, _| Some(start)),
        },
        Planted {
            name: "one-too-late",
            about: "a millisecond too late: the deadline is the first moment at which the message is gone",
            answer: |asked| {
                with(asked, |start, length| {
                    Some(start.saturating_add(length).saturating_add(1))
                })
            },
        },
        Planted {
            name: "one-too-early",
            about: "a millisecond too early: the deadline is the start plus the length",
            answer: |asked| with(asked, |start, length| Some(start.saturating_add(length) - 1)),
        },
        Planted {
            name: "floating-point",
            about: "a sum of floating numbers: an `f64` does not hold every whole number above 2^53",
            answer: |asked| {
                with(asked, |start, length| {
                    Some((start as f64 + length as f64) as Millis)
                })
            },
        },
        Planted {
            name: "short-floating-point",
            about: "a sum of floating numbers: an `f32` does not hold every whole number above 2^24",
            answer: |asked| {
                with(asked, |start, length| {
                    Some((start as f32 + length as f32) as Millis)
                })
            },
        },
        Planted {
            name: "narrow-numbers",
            about: "a number of 32 bits was used on the way: it has no room for the milliseconds of 50 days",
            answer: |asked| {
                with(asked, |start, length| {
                    Some(Millis::from((start as u32).saturating_add(length as u32)))
                })
            },
        },
        Planted {
            name: "at-most-a-week",
            about: "the length was cut to a week: any length goes",
            answer: |asked| {
                with(asked, |start, length| {
                    Some(start.saturating_add(length.min(604_800_000)))
                })
            },
        },
        Planted {
            name: "never",
            about: "it always says `None`: then nothing is ever destroyed",
            answer: |_| None,
        },
        Planted {
            name: "always-zero",
            about: "it always says moment 0",
            answer: |_| Some(0),
        },
        Planted {
            name: "always-the-largest",
            about: "it always says the largest number",
            answer: |_| Some(Millis::MAX),
        },
    ]
}

pub fn boundary() -> Vec<Planted<(Millis, Option<Millis>), bool>> {
    vec![
        Planted {
            name: "at-the-deadline",
            about: "still readable AT the deadline: one comparison is off by one",
            answer: |(now, deadline)| deadline.is_none_or(|deadline| now <= deadline),
        },
        Planted {
            name: "one-too-early",
            about: "the last millisecond was taken away as well",
            answer: |(now, deadline)| deadline.is_none_or(|deadline| now + 1 < deadline),
        },
        Planted {
            name: "turned-round",
            about: "readable and gone changed places",
            answer: |(now, deadline)| deadline.is_none_or(|deadline| now > deadline),
        },
        Planted {
            name: "turned-round-at-the-deadline",
            about: "readable and gone changed places: it is readable from the deadline on",
            answer: |(now, deadline)| deadline.is_none_or(|deadline| now >= deadline),
        },
        Planted {
            name: "all-turned-round",
            about: "every answer is the opposite of the right one: the question is whether it is READABLE",
            answer: |(now, deadline)| deadline.is_some_and(|deadline| now >= deadline),
        },
        Planted {
            name: "only-at-that-moment",
            about: "gone AT the deadline and back a millisecond later: gone is from then on",
            answer: |(now, deadline)| deadline != Some(now),
        },
        Planted {
            name: "only-there-at-that-moment",
            about: "readable AT the deadline and at no other moment: it is readable before it, and gone at it",
            answer: |(now, deadline)| deadline.is_none_or(|deadline| now == deadline),
        },
        Planted {
            name: "no-timer-is-gone",
            about: "a message without a running timer was taken for gone",
            answer: |(now, deadline)| deadline.is_some_and(|deadline| now < deadline),
        },
        Planted {
            name: "no-timer-is-gone-and-late",
            about: "without a running timer it was taken for gone, and with one it is still readable AT the deadline",
            answer: |(now, deadline)| deadline.is_some_and(|deadline| now <= deadline),
        },
        Planted {
            name: "whole-seconds",
            about: "only whole seconds were compared: the last second was taken away",
            answer: |(now, deadline)| deadline.is_none_or(|deadline| now / 1_000 < deadline / 1_000),
        },
        Planted {
            name: "same-second",
            about: "only whole seconds were compared: the whole second of the deadline was given",
            answer: |(now, deadline)| deadline.is_none_or(|deadline| now / 1_000 <= deadline / 1_000),
        },
        Planted {
            name: "one-second-early",
            about: "a second was taken away before the deadline",
            answer: |(now, deadline)| deadline.is_none_or(|deadline| now + 1_000 < deadline),
        },
        Planted {
            name: "one-second-late",
            about: "a second was added to the deadline",
            answer: |(now, deadline)| deadline.is_none_or(|deadline| now < deadline.saturating_add(1_000)),
        },
        Planted {
            name: "one-too-late",
            about: "still readable AT the deadline and a millisecond after it",
            answer: |(now, deadline)| deadline.is_none_or(|deadline| now <= deadline.saturating_add(1)),
        },
        Planted {
            name: "zero-is-none",
            about: "a deadline of 0 was taken for none (or 1 was taken off it, and below 0 there is no number)",
            answer: |(now, deadline)| deadline.is_none_or(|deadline| deadline == 0 || now < deadline),
        },
        Planted {
            name: "one-taken-off",
            about: "1 was taken off the deadline, and below 0 there is no number: `<` needs no sum",
            answer: |(now, deadline)| deadline.is_none_or(|deadline| now <= deadline.saturating_sub(1)),
        },
        Planted {
            name: "one-taken-off-unchecked",
            about: "1 was taken off the deadline, and below 0 there is no number: `<` needs no sum",
            answer: |(now, deadline)| {
                deadline
                    .map(|deadline| deadline - 1)
                    .is_none_or(|last| now <= last)
            },
        },
        Planted {
            name: "one-added-unchecked",
            about: "1 was added to `now`, and above the largest number there is none: `<` needs no sum",
            answer: |(now, deadline)| {
                deadline.is_none_or(|deadline| {
                    let next = now + 1;
                    next <= deadline
                })
            },
        },
        Planted {
            name: "none-is-largest",
            about: "no deadline was taken for the largest number, which is a moment: at that moment itself no timer runs either",
            answer: |(now, deadline)| now < deadline.unwrap_or(Millis::MAX),
        },
        Planted {
            name: "largest-is-never",
            about: "the largest number was taken for no deadline (or 1 was added to `now`, and above that there is \
                none): it is the end of time, and that is a moment",
            answer: |(now, deadline)| deadline.is_none_or(|end| end == Millis::MAX || now < end),
        },
        Planted {
            name: "narrow-numbers",
            about: "only 32 bits of the numbers were compared: they begin again at 0 every 50 days",
            answer: |(now, deadline)| deadline.is_none_or(|deadline| (now as u32) < deadline as u32),
        },
        Planted {
            name: "narrow-signed-numbers",
            about: "only 32 bits of the numbers were compared, and as an `i32` half of them are negative",
            answer: |(now, deadline)| deadline.is_none_or(|deadline| (now as i32) < deadline as i32),
        },
        Planted {
            name: "signed-cast",
            about: "`as i64` turned a very large number into a negative one",
            answer: |(now, deadline)| deadline.is_none_or(|deadline| (now as i64) < deadline as i64),
        },
        Planted {
            name: "floating-point",
            about: "floating numbers were compared: two moments a millisecond apart become the same",
            answer: |(now, deadline)| deadline.is_none_or(|deadline| (now as f32) < deadline as f32),
        },
        Planted {
            name: "long-floating-point",
            about: "floating numbers were compared: two moments a millisecond apart become the same",
            answer: |(now, deadline)| deadline.is_none_or(|deadline| (now as f64) < deadline as f64),
        },
        Planted {
            name: "always",
            about: "it always says readable",
            answer: |_| true,
        },
        Planted {
            name: "never",
            about: "it always says gone",
            answer: |_| false,
        },
    ]
}

type Receipts = (Millis, Option<Millis>, Option<Millis>, Millis);
type Screens = (Countdown, Countdown);

/// What a screen shows of a timer of `ttl` that was started at `start`, if it was.
fn screen(ttl: Millis, start: Option<Millis>, now: Millis) -> Countdown {
    screen_with(ttl, start, now, |left| left.div_ceil(1_000))
}

fn screen_with(ttl: Millis, start: Option<Millis>, now: Millis, seconds: fn(Millis) -> u64) -> Countdown {
    match start {
        Some(start) if start <= now => match (start + ttl).checked_sub(now) {
            None | Some(0) => Countdown::Gone,
            Some(left) => Countdown::Left(seconds(left)),
        },
        _ => Countdown::Waiting,
    }
}

/// What a screen shows that is gone in time, and counts its seconds in another way.
fn in_seconds(
    ttl: Millis,
    start: Option<Millis>,
    now: Millis,
    left: fn(Millis, Millis, Millis) -> u64,
) -> Countdown {
    match (screen(ttl, start, now), start) {
        (Countdown::Left(_), Some(start)) => Countdown::Left(left(ttl, start, now)),
        (shown, _) => shown,
    }
}

/// Both screens, the right one for Bob's start and hers only once the receipt is there.
fn both(asked: Receipts, screen: impl Fn(Millis, Option<Millis>, Millis) -> Countdown) -> Screens {
    let (ttl, read_at, receipt_at, now) = asked;
    let known = receipt_at.filter(|arrived| *arrived <= now).and(read_at);
    (screen(ttl, known, now), screen(ttl, read_at, now))
}

pub fn countdown() -> Vec<Planted<Receipts, Screens>> {
    use Countdown::{Gone, Left, Waiting};
    vec![
        Planted {
            name: "rounded-down",
            about: "rounded down: in the last second a message that is still there shows 0",
            answer: |asked| {
                both(asked, |ttl, start, now| {
                    screen_with(ttl, start, now, |left| left / 1_000)
                })
            },
        },
        Planted {
            name: "rounded-down-not-below-1",
            about: "rounded down, with 1 as the least: 1,999 ms are shown as 1",
            answer: |asked| {
                both(asked, |ttl, start, now| {
                    screen_with(ttl, start, now, |left| (left / 1_000).max(1))
                })
            },
        },
        Planted {
            name: "rounded-to-nearest",
            about: "rounded to the nearest second: in the last half second it shows 0",
            answer: |asked| {
                both(asked, |ttl, start, now| {
                    screen_with(ttl, start, now, |left| (left + 500) / 1_000)
                })
            },
        },
        Planted {
            name: "rounded-to-nearest-not-below-1",
            about: "rounded to the nearest second, with 1 as the least: 2,400 ms are shown as 2",
            answer: |asked| {
                both(asked, |ttl, start, now| {
                    screen_with(ttl, start, now, |left| ((left + 500) / 1_000).max(1))
                })
            },
        },
        Planted {
            name: "one-more",
            about: "one second too many where the time left is a whole number of seconds",
            answer: |asked| {
                both(asked, |ttl, start, now| {
                    screen_with(ttl, start, now, |left| left / 1_000 + 1)
                })
            },
        },
        Planted {
            name: "milliseconds",
            about: "those are milliseconds: a screen shows seconds",
            answer: |asked| both(asked, |ttl, start, now| screen_with(ttl, start, now, |left| left)),
        },
        Planted {
            name: "counts-up",
            about: "those are the seconds since the start, not the seconds left",
            answer: |(ttl, read_at, receipt_at, now)| {
                let up = |start: Option<Millis>| match start.filter(|start| *start <= now) {
                    None => Waiting,
                    Some(start) if now - start >= ttl => Gone,
                    Some(start) => Left((now - start) / 1_000),
                };
                (up(receipt_at.filter(|at| *at <= now).and(read_at)), up(read_at))
            },
        },
        Planted {
            name: "seconds-too-soon",
            about: "each number was rounded to whole seconds first: subtract in milliseconds, then round once",
            answer: |asked| {
                both(asked, |ttl, start, now| {
                    match start.filter(|start| *start <= now) {
                        None => Waiting,
                        Some(start) => match (ttl / 1_000).checked_sub(now / 1_000 - start / 1_000) {
                            None | Some(0) => Gone,
                            Some(left) => Left(left),
                        },
                    }
                })
            },
        },
        Planted {
            name: "timer-rounded-up-first",
            about: "each number was rounded to whole seconds first: subtract in milliseconds, then round once",
            answer: |asked| {
                both(asked, |ttl, start, now| {
                    in_seconds(ttl, start, now, |ttl, start, now| {
                        ttl.div_ceil(1_000) - (now - start) / 1_000
                    })
                })
            },
        },
        Planted {
            name: "timer-cut-first",
            about: "each number was rounded to whole seconds first: subtract in milliseconds, then round once",
            answer: |asked| {
                both(asked, |ttl, start, now| {
                    in_seconds(ttl, start, now, |ttl, start, now| {
                        ttl / 1_000 - (now - start) / 1_000
                    })
                })
            },
        },
        Planted {
            name: "deadline-rounded-up-first",
            about: "each number was rounded to whole seconds first: subtract in milliseconds, then round once",
            answer: |asked| {
                both(asked, |ttl, start, now| {
                    in_seconds(ttl, start, now, |ttl, start, now| {
                        (start + ttl).div_ceil(1_000) - now / 1_000
                    })
                })
            },
        },
        Planted {
            name: "deadline-and-now-rounded-up",
            about: "each number was rounded to whole seconds first: subtract in milliseconds, then round once",
            answer: |asked| {
                both(asked, |ttl, start, now| {
                    in_seconds(ttl, start, now, |ttl, start, now| {
                        (start + ttl).div_ceil(1_000) - now.div_ceil(1_000)
                    })
                })
            },
        },
        Planted {
            name: "zero-at-the-deadline",
            about: "AT the deadline it shows 0 instead of being gone",
            answer: |asked| {
                both(asked, |ttl, start, now| match start {
                    Some(start) if start + ttl == now => Left(0),
                    start => screen(ttl, start, now),
                })
            },
        },
        Planted {
            name: "zero-for-ever",
            about: "what is gone is shown with 0 seconds left: nothing is left to show",
            answer: |asked| {
                both(asked, |ttl, start, now| match screen(ttl, start, now) {
                    Gone => Left(0),
                    shown => shown,
                })
            },
        },
        Planted {
            name: "gone-is-waiting",
            about: "a message that is gone and one whose timer has not started were taken for the same",
            answer: |asked| {
                both(asked, |ttl, start, now| match screen(ttl, start, now) {
                    Gone => Waiting,
                    shown => shown,
                })
            },
        },
        Planted {
            name: "waiting-is-gone",
            about: "a message whose timer has not started was taken for gone",
            answer: |asked| {
                both(asked, |ttl, start, now| match screen(ttl, start, now) {
                    Waiting => Gone,
                    shown => shown,
                })
            },
        },
        Planted {
            name: "waiting-is-all-left",
            about: "before its timer starts a message was shown with the whole time left",
            answer: |asked| {
                let (ttl, ..) = asked;
                both(asked, |_, start, now| match screen(ttl, start, now) {
                    Waiting => Left(ttl.div_ceil(1_000)),
                    shown => shown,
                })
            },
        },
        Planted {
            name: "one-countdown",
            about: "Alice's phone shows what Bob's shows; but it knows only what a receipt has told it",
            answer: |(ttl, read_at, _, now)| {
                let bobs = screen(ttl, read_at, now);
                (bobs, bobs)
            },
        },
        Planted {
            name: "counts-from-receipt",
            about: "Alice's time was counted from the receipt's arrival; the receipt says when Bob read, and that counts",
            answer: |(ttl, read_at, receipt_at, now)| {
                (screen(ttl, receipt_at, now), screen(ttl, read_at, now))
            },
        },
        Planted {
            name: "frozen-at-receipt",
            about: "Alice's countdown stands still at what was left when the receipt arrived; her clock goes on",
            answer: |asked| {
                let (ttl, read_at, receipt_at, now) = asked;
                match receipt_at.filter(|arrived| *arrived <= now) {
                    Some(arrived) => (screen(ttl, read_at, arrived), both(asked, screen).1),
                    None => both(asked, screen),
                }
            },
        },
        Planted {
            name: "bob-waits-for-receipt",
            about: "Bob's time was counted from the receipt's arrival too; his phone needs no receipt",
            answer: |(ttl, _, receipt_at, now)| {
                let both = screen(ttl, receipt_at, now);
                (both, both)
            },
        },
        Planted {
            name: "bob-waits-too",
            about: "Bob's phone was made to wait for the receipt; it knows when he read",
            answer: |asked| {
                let (alices, _) = both(asked, screen);
                (alices, alices)
            },
        },
        Planted {
            name: "gone-on-both-at-once",
            about: "Alice's copy went with Bob's although no receipt had told her phone",
            answer: |asked| match both(asked, screen) {
                (_, Gone) => (Gone, Gone),
                screens => screens,
            },
        },
        Planted {
            name: "late-receipt-ignored",
            about: "a receipt that came after the deadline was ignored: Alice's copy stays for ever",
            answer: |asked| {
                let (ttl, read_at, receipt_at, _) = asked;
                match (read_at, receipt_at) {
                    (Some(read), Some(arrived)) if arrived >= read + ttl => (Waiting, both(asked, screen).1),
                    _ => both(asked, screen),
                }
            },
        },
        Planted {
            name: "receipt-known-before",
            about: "the receipt counted before it had arrived: compare its moment with now",
            answer: |(ttl, read_at, receipt_at, now)| {
                let known = receipt_at.and(read_at);
                (screen(ttl, known, now), screen(ttl, read_at, now))
            },
        },
        Planted {
            name: "no-receipt-is-early",
            about: "no receipt at all was taken for one that came early (in Rust `None` is less than `Some(0)`), or for one with \
                the date at which he read",
            answer: |asked| {
                let (_, _, receipt_at, now) = asked;
                let (_, bobs) = both(asked, screen);
                (if receipt_at <= Some(now) { bobs } else { Waiting }, bobs)
            },
        },
        Planted {
            name: "receipt-a-moment-late",
            about: "at the very moment at which the receipt arrives it has arrived",
            answer: |(ttl, read_at, receipt_at, now)| {
                let known = receipt_at.filter(|arrived| *arrived < now).and(read_at);
                (screen(ttl, known, now), screen(ttl, read_at, now))
            },
        },
        Planted {
            name: "read-before-it-was",
            about: "Bob's timer ran before he had read: compare that moment with now",
            answer: |asked| {
                let (ttl, read_at, _, now) = asked;
                match read_at {
                    Some(read) if read > now => (both(asked, screen).0, Left(ttl.div_ceil(1_000))),
                    _ => both(asked, screen),
                }
            },
        },
        Planted {
            name: "longer-than-its-timer",
            about: "before he had read, Bob's phone showed more time than the timer has: compare that moment with now",
            answer: |asked| {
                let (ttl, read_at, _, now) = asked;
                match read_at {
                    Some(read) if read > now => {
                        (both(asked, screen).0, Left((read + ttl - now).div_ceil(1_000)))
                    }
                    _ => both(asked, screen),
                }
            },
        },
        Planted {
            name: "nothing-is-later",
            about: "what is later than now was taken to have happened, on both phones: compare its moment with now",
            answer: |(ttl, read_at, receipt_at, now)| {
                let shown = |start: Option<Millis>| match start {
                    None => Waiting,
                    Some(start) => screen(ttl, Some(start.min(now)), now),
                };
                (shown(receipt_at.and(read_at)), shown(read_at))
            },
        },
        Planted {
            name: "nothing-is-later-and-longer",
            about: "before he had read, both phones showed more time than the timer has: compare that moment with now",
            answer: |(ttl, read_at, receipt_at, now)| {
                let shown = |start: Option<Millis>| match start {
                    Some(start) if start > now => Left((start + ttl - now).div_ceil(1_000)),
                    start => screen(ttl, start, now),
                };
                (shown(receipt_at.and(read_at)), shown(read_at))
            },
        },
        Planted {
            name: "read-a-moment-late",
            about: "at the very moment at which Bob reads his timer runs",
            answer: |asked| {
                let (_, read_at, _, now) = asked;
                both(asked, |ttl, start, at| {
                    if read_at == Some(now) {
                        Waiting
                    } else {
                        screen(ttl, start, at)
                    }
                })
            },
        },
        Planted {
            name: "changed-places",
            about: "the two phones changed places: Alice's comes first",
            answer: |asked| {
                let (alices, bobs) = both(asked, screen);
                (bobs, alices)
            },
        },
        Planted {
            name: "narrow-numbers",
            about: "a number of 32 bits was used on the way: it has no room for the milliseconds of 50 days",
            answer: |(ttl, read_at, receipt_at, now)| {
                let cut = |number: Millis| Millis::from(number as u32);
                let cut_asked = (cut(ttl), read_at.map(cut), receipt_at.map(cut), cut(now));
                both(cut_asked, screen)
            },
        },
        Planted {
            name: "floating-point",
            about: "an `f32` does not hold every whole number above 2^24: dates in milliseconds are far larger",
            answer: |asked| {
                both(asked, |ttl, start, now| match start {
                    Some(start) if start <= now => {
                        let left = (start as f32 + ttl as f32 - now as f32) / 1_000.0;
                        if left > 0.0 {
                            Left(left.ceil() as u64)
                        } else {
                            Gone
                        }
                    }
                    _ => Waiting,
                })
            },
        },
        Planted {
            name: "always-waiting",
            about: "it always says that no timer runs",
            answer: |_| (Waiting, Waiting),
        },
        Planted {
            name: "always-gone",
            about: "it always says gone",
            answer: |_| (Gone, Gone),
        },
        Planted {
            name: "always-zero",
            about: "it always says 0 seconds",
            answer: |_| (Left(0), Left(0)),
        },
        Planted {
            name: "always-the-largest",
            about: "it always says the largest number",
            answer: |_| (Left(u64::MAX), Left(u64::MAX)),
        },
    ]
}

type Script = Vec<(Millis, Action)>;

/// Which mistakes a phone built by hand makes. None of them: it is right.
#[derive(Clone, Copy, Default)]
struct Mistakes {
    ignores_own: bool,
    own_off_is_none: bool,
    shorter_wins: bool,
    own_off_loses_to_send: bool,
    shorter_send_wins: bool,
    chat_send_goes_on: bool,
    own_send_ignored: bool,
    own_send_from_reading: bool,
    first_of_that_moment: bool,
    timer_when_first_read: bool,
    timer_of_the_moment: bool,
    restarts: bool,
    starts_at_arrival: bool,
    send_waits_for_reading: bool,
    one_reading_starts_all: bool,
    there_at_the_deadline: bool,
    destroys_after_answering: bool,
    destroys_at_first_reading: bool,
    one_too_early: bool,
    whole_seconds: bool,
    zero_is_unread: bool,
    latest_of_those_words: bool,
}

struct Kept {
    text: String,
    came: Millis,
    own: Option<Timer>,
    timer: Timer,
    chat: Timer,
    started: Option<Millis>,
    destroyed: bool,
}

/// A phone without the kit's store.
fn by_hand(script: Script, mistakes: Mistakes) -> Vec<Option<String>> {
    let choose = |chat: Timer, own: Option<Timer>| match own {
        _ if mistakes.ignores_own => chat,
        Some(Timer::Off) if mistakes.own_off_is_none => chat,
        Some(Timer::AfterRead(own)) if mistakes.shorter_wins => match chat {
            Timer::AfterRead(chat) => Timer::AfterRead(own.min(chat)),
            _ => Timer::AfterRead(own),
        },
        Some(Timer::Off) if mistakes.own_off_loses_to_send && matches!(chat, Timer::AfterSend(_)) => chat,
        Some(Timer::AfterRead(own)) if mistakes.shorter_send_wins => match chat {
            Timer::AfterSend(chat) if chat < own => Timer::AfterSend(chat),
            _ => Timer::AfterRead(own),
        },
        Some(Timer::AfterSend(_)) if mistakes.own_send_ignored => chat,
        Some(Timer::AfterSend(own)) if mistakes.own_send_from_reading => Timer::AfterRead(own),
        own => own.unwrap_or(chat),
    };
    let mut chat = Timer::Off;
    let mut kept: Vec<Kept> = Vec::new();
    let mut answers = Vec::new();
    for (now, action) in script {
        let due = |message: &Kept, chat: Timer| {
            let timer = if mistakes.timer_of_the_moment {
                choose(chat, message.own)
            } else {
                message.timer
            };
            let deadline = match timer {
                Timer::Off => None,
                Timer::AfterSend(length) if !mistakes.send_waits_for_reading => Some(message.came + length),
                Timer::AfterRead(length) | Timer::AfterSend(length) if mistakes.starts_at_arrival => {
                    Some(message.came + length)
                }
                Timer::AfterRead(length) | Timer::AfterSend(length) => message
                    .started
                    .filter(|start| !mistakes.zero_is_unread || *start > 0)
                    .map(|start| start + length),
            };
            let deadline = match message.chat {
                Timer::AfterSend(length) if mistakes.chat_send_goes_on => {
                    let chats = message.came + length;
                    Some(deadline.map_or(chats, |own| own.min(chats)))
                }
                _ => deadline,
            };
            deadline.is_some_and(|end| {
                if mistakes.there_at_the_deadline {
                    end < now
                } else if mistakes.one_too_early {
                    end <= now + 1
                } else if mistakes.whole_seconds {
                    end / 1_000 <= now / 1_000
                } else {
                    end <= now
                }
            })
        };
        match action {
            Action::SetTimer(timer) => chat = timer,
            Action::Receive { text, timer } => kept.push(Kept {
                text,
                came: now,
                own: timer,
                timer: choose(chat, timer),
                chat,
                started: None,
                destroyed: false,
            }),
            Action::Read(mut number) => {
                if mistakes.first_of_that_moment {
                    let same =
                        |other: &Kept| (&other.text, other.came) == (&kept[number].text, kept[number].came);
                    number = kept.iter().position(same).unwrap_or(number);
                }
                if mistakes.latest_of_those_words {
                    let same = |other: &Kept| other.text == kept[number].text;
                    number = kept.iter().rposition(same).unwrap_or(number);
                }
                if !mistakes.destroys_after_answering {
                    for message in &mut kept {
                        message.destroyed |= due(message, chat);
                    }
                }
                let message = &mut kept[number];
                answers.push((!message.destroyed).then(|| message.text.clone()));
                if mistakes.timer_when_first_read && message.started.is_none() {
                    message.timer = choose(chat, message.own);
                }
                if mistakes.restarts
                    || message.started.is_none()
                    || mistakes.zero_is_unread && message.started == Some(0)
                {
                    message.started = Some(now);
                }
                if mistakes.one_reading_starts_all {
                    for message in &mut kept {
                        message.started.get_or_insert(now);
                    }
                }
                let message = &mut kept[number];
                message.destroyed |= mistakes.destroys_at_first_reading && message.timer != Timer::Off;
                if mistakes.destroys_after_answering {
                    for message in &mut kept {
                        message.destroyed |= due(message, chat);
                    }
                }
            }
        }
    }
    answers
}

/// A phone with the kit's store. `pass` makes time pass, from the moment before to this one; `find` gives the ID of a
/// message by its number.
fn by_store(
    script: Script,
    pass: fn(&ControlledClock, Millis, Millis),
    find: fn(&MessageStore<ControlledClock>, &[MessageId], usize) -> Option<MessageId>,
) -> Vec<Option<String>> {
    let clock = ControlledClock::new(0);
    let mut phone = MessageStore::new(clock.clone());
    let (mut before, mut ids, mut answers) = (0, Vec::new(), Vec::new());
    for (now, action) in script {
        pass(&clock, before, now);
        before = now;
        match action {
            Action::SetTimer(timer) => drop(phone.set_chat_timer(ChatId(1), timer)),
            Action::Receive { text, timer } => ids.extend(phone.insert(NewMessage {
                timer,
                ..NewMessage::received(ChatId(1), text)
            })),
            Action::Read(number) => {
                let body = find(&phone, &ids, number).and_then(|id| phone.read(id).ok());
                answers.push(body.map(|body| String::from_utf8_lossy(body).into_owned()));
            }
        }
    }
    answers
}

/// The right way for time to pass.
fn step(clock: &ControlledClock, before: Millis, now: Millis) {
    clock.advance(now - before);
}

pub fn conversation() -> Vec<Planted<Script, Vec<Option<String>>>> {
    fn right(script: &[(Millis, Action)]) -> Vec<Option<String>> {
        by_hand(script.to_vec(), Mistakes::default())
    }
    /// The right answers, with the texts told otherwise.
    fn retold(script: &[(Millis, Action)], tell: fn(String) -> String) -> Vec<Option<String>> {
        right(script).into_iter().map(|text| text.map(tell)).collect()
    }
    vec![
        Planted {
            name: "own-timer-ignored",
            about: "a message's own timer was ignored: it wins over the chat's",
            answer: |script| {
                by_hand(
                    script,
                    Mistakes {
                        ignores_own: true,
                        ..Mistakes::default()
                    },
                )
            },
        },
        Planted {
            name: "own-off-ignored",
            about: "a message that says Off for itself got the chat's timer: its own Off wins too",
            answer: |script| {
                by_hand(
                    script,
                    Mistakes {
                        own_off_is_none: true,
                        ..Mistakes::default()
                    },
                )
            },
        },
        Planted {
            name: "shorter-wins",
            about: "the shorter of the two timers was taken; the message's own wins, also where it is longer",
            answer: |script| {
                by_hand(
                    script,
                    Mistakes {
                        shorter_wins: true,
                        ..Mistakes::default()
                    },
                )
            },
        },
        Planted {
            name: "none-taken-for-off",
            about: "no message took the chat's timer: its own `None` means that the chat's counts, `Off` that none does",
            answer: |script| {
                let chat_is_deaf = |(_, action): &(Millis, Action)| !matches!(action, Action::SetTimer(_));
                right(&script.into_iter().filter(chat_is_deaf).collect::<Script>())
            },
        },
        Planted {
            name: "own-timer-sticks",
            about: "a message's own timer became the chat's, and later messages got it too",
            answer: |script| {
                let mut chat = Script::new();
                for (time, action) in script {
                    if let Action::Receive {
                        timer: Some(timer), ..
                    } = action
                    {
                        chat.push((time, Action::SetTimer(timer)));
                    }
                    chat.push((time, action));
                }
                right(&chat)
            },
        },
        Planted {
            name: "own-timer-switches-off",
            about: "after a message with a timer of its own the chat had none; the chat's timer stays as it was set",
            answer: |script| {
                let mut chat = Script::new();
                for (time, action) in script {
                    let own = matches!(action, Action::Receive { timer: Some(_), .. });
                    chat.push((time, action));
                    if own {
                        chat.push((time, Action::SetTimer(Timer::Off)));
                    }
                }
                right(&chat)
            },
        },
        Planted {
            name: "reading-ends-nothing",
            about: "a text under a timer after reading never went: does each read start its timer anew before it asks, is the \
                start not kept, or was the message not `received`?",
            answer: |script| {
                let without = |timer| match timer {
                    Timer::AfterRead(_) => Timer::Off,
                    other => other,
                };
                let mut endless = Script::new();
                for (time, action) in script {
                    endless.push((
                        time,
                        match action {
                            Action::SetTimer(timer) => Action::SetTimer(without(timer)),
                            Action::Receive { text, timer } => Action::Receive {
                                text,
                                timer: timer.map(without),
                            },
                            read => read,
                        },
                    ));
                }
                right(&endless)
            },
        },
        Planted {
            name: "narrow-times",
            about: "the times of the script were cut to 32 bits: those have no room for the milliseconds of 50 days",
            answer: |mut script| {
                for (time, _) in &mut script {
                    *time = Millis::from(*time as u32);
                }
                right(&script)
            },
        },
        Planted {
            name: "restarts-at-second-read",
            about: "every read started the timer anew; only the first one starts it",
            answer: |script| {
                by_hand(
                    script,
                    Mistakes {
                        restarts: true,
                        ..Mistakes::default()
                    },
                )
            },
        },
        Planted {
            name: "new-timer-for-unread",
            about: "the chat's timer was looked up when the message was read; what counts is the one it came under",
            answer: |script| {
                by_hand(
                    script,
                    Mistakes {
                        timer_when_first_read: true,
                        ..Mistakes::default()
                    },
                )
            },
        },
        Planted {
            name: "new-timer-for-old",
            about: "a new chat timer was applied to earlier messages; they keep the one they came under",
            answer: |script| {
                by_hand(
                    script,
                    Mistakes {
                        timer_of_the_moment: true,
                        ..Mistakes::default()
                    },
                )
            },
        },
        Planted {
            name: "starts-at-arrival",
            about: "a timer after reading was started by the arrival of the message",
            answer: |script| {
                by_hand(
                    script,
                    Mistakes {
                        starts_at_arrival: true,
                        ..Mistakes::default()
                    },
                )
            },
        },
        Planted {
            name: "send-waits-for-reading",
            about: "a timer after sending was made to wait for the first read",
            answer: |script| {
                by_hand(
                    script,
                    Mistakes {
                        send_waits_for_reading: true,
                        ..Mistakes::default()
                    },
                )
            },
        },
        Planted {
            name: "one-reading-starts-all",
            about: "reading one message started the timers of the others; each starts when it is read itself",
            answer: |script| {
                by_hand(
                    script,
                    Mistakes {
                        one_reading_starts_all: true,
                        ..Mistakes::default()
                    },
                )
            },
        },
        Planted {
            name: "there-at-the-deadline",
            about: "a read AT the deadline still returned the text",
            answer: |script| {
                by_hand(
                    script,
                    Mistakes {
                        there_at_the_deadline: true,
                        ..Mistakes::default()
                    },
                )
            },
        },
        Planted {
            name: "one-too-early",
            about: "a read in the last millisecond found nothing: it is gone AT the deadline, not before",
            answer: |script| {
                by_hand(
                    script,
                    Mistakes {
                        one_too_early: true,
                        ..Mistakes::default()
                    },
                )
            },
        },
        Planted {
            name: "whole-seconds",
            about: "only whole seconds were compared: the last second was taken away",
            answer: |script| {
                by_hand(
                    script,
                    Mistakes {
                        whole_seconds: true,
                        ..Mistakes::default()
                    },
                )
            },
        },
        Planted {
            name: "zero-is-unread",
            about: "a message first read at 0 was taken for unread",
            answer: |script| {
                by_hand(
                    script,
                    Mistakes {
                        zero_is_unread: true,
                        ..Mistakes::default()
                    },
                )
            },
        },
        Planted {
            name: "destroys-after-answering",
            about: "what was due was destroyed too late: a read after the deadline still returned the text once",
            answer: |script| {
                by_hand(
                    script,
                    Mistakes {
                        destroys_after_answering: true,
                        ..Mistakes::default()
                    },
                )
            },
        },
        Planted {
            name: "destroys-at-first-read",
            about: "the first read destroyed the message instead of starting its timer",
            answer: |script| {
                by_hand(
                    script,
                    Mistakes {
                        destroys_at_first_reading: true,
                        ..Mistakes::default()
                    },
                )
            },
        },
        Planted {
            name: "advances-to-instead-of-by",
            about: "the clock went on by the time of the script; `advance` takes how long passes, not what time it is",
            answer: |script| {
                by_store(
                    script,
                    |clock, _, now| clock.advance(now),
                    |_, ids, at| ids.get(at).copied(),
                )
            },
        },
        Planted {
            name: "acts-before-time-passes",
            about: "each step was taken at the moment of the one before: let time pass first, then act",
            answer: |script| {
                let mut before = 0;
                let mut early = Script::new();
                for (time, action) in script {
                    early.push((before, action));
                    before = time;
                }
                right(&early)
            },
        },
        Planted {
            name: "time-passes-at-reads-only",
            about: "time passed at reads only: a text also comes, and a timer is set, at the step's own time",
            answer: |mut script| {
                let mut last_read = 0;
                for (time, action) in &mut script {
                    match action {
                        Action::Read(_) => last_read = *time,
                        _ => *time = last_read,
                    }
                }
                right(&script)
            },
        },
        Planted {
            name: "time-stands-still",
            about: "nothing ever expires: does the store's own clock go on? `advance` a clone of it, by the time that passes",
            answer: |script| {
                by_store(
                    script,
                    |clock, _, now| clock.set_wall(now),
                    |_, ids, at| ids.get(at).copied(),
                )
            },
        },
        Planted {
            name: "numbers-of-the-living",
            about: "the message was looked up among those still there; numbers count all that were ever received",
            answer: |script| by_store(script, step, |phone, _, at| phone.ids().get(at).copied()),
        },
        Planted {
            name: "counts-from-one",
            about: "the messages are numbered from 0",
            answer: |script| by_store(script, step, |_, ids, at| ids.get(at.saturating_sub(1)).copied()),
        },
        Planted {
            name: "always-the-latest",
            about: "every read was of the latest message: the action says which one",
            answer: |script| by_store(script, step, |_, ids, _| ids.last().copied()),
        },
        Planted {
            name: "always-the-first",
            about: "every read was of the first message: the action says which one",
            answer: |script| by_store(script, step, |_, ids, _| ids.first().copied()),
        },
        Planted {
            name: "gone-left-out",
            about: "reads that found nothing were left out: each read has an answer, `None` if the message is gone",
            answer: |script| right(&script).into_iter().filter(Option::is_some).collect(),
        },
        Planted {
            name: "stops-at-the-first-gone",
            about: "it stopped at the first message that was gone",
            answer: |script| {
                let mut answers = right(&script);
                let end = answers
                    .iter()
                    .position(Option::is_none)
                    .map_or(answers.len(), |at| at + 1);
                answers.truncate(end);
                answers
            },
        },
        Planted {
            name: "an-answer-for-every-step",
            about: "there is an answer for every step: only reads have one",
            answer: |script| {
                let mut reads = right(&script).into_iter();
                let answer = |(_, action): &(Millis, Action)| match action {
                    Action::Read(_) => reads.next().flatten(),
                    _ => None,
                };
                script.iter().map(answer).collect()
            },
        },
        Planted {
            name: "gone-is-empty-text",
            about: "a message that is gone was answered with an empty text; an empty text can also be a message",
            answer: |script| {
                right(&script)
                    .into_iter()
                    .map(|text| Some(text.unwrap_or_default()))
                    .collect()
            },
        },
        Planted {
            name: "empty-text-is-gone",
            about: "an empty text was taken for a message that is gone",
            answer: |script| {
                let full = |text: Option<String>| text.filter(|text| !text.is_empty());
                right(&script).into_iter().map(full).collect()
            },
        },
        Planted {
            name: "last-read-first",
            about: "the answers stand in reverse order",
            answer: |script| right(&script).into_iter().rev().collect(),
        },
        Planted {
            name: "own-off-loses-to-send",
            about: "a message that says Off for itself got the chat's timer after sending: its own Off wins there too",
            answer: |script| {
                by_hand(
                    script,
                    Mistakes {
                        own_off_loses_to_send: true,
                        ..Mistakes::default()
                    },
                )
            },
        },
        Planted {
            name: "shorter-send-wins",
            about: "the chat's timer after sending won because it is shorter; the message's own wins, whatever the lengths",
            answer: |script| {
                by_hand(
                    script,
                    Mistakes {
                        shorter_send_wins: true,
                        ..Mistakes::default()
                    },
                )
            },
        },
        Planted {
            name: "chat-send-goes-on",
            about: "the chat's timer after sending went on beside the message's own: the own one replaces it",
            answer: |script| {
                by_hand(
                    script,
                    Mistakes {
                        chat_send_goes_on: true,
                        ..Mistakes::default()
                    },
                )
            },
        },
        Planted {
            name: "own-send-ignored",
            about: "a message's own timer after sending was ignored: it wins over the chat's, as one after reading does",
            answer: |script| {
                by_hand(
                    script,
                    Mistakes {
                        own_send_ignored: true,
                        ..Mistakes::default()
                    },
                )
            },
        },
        Planted {
            name: "own-send-from-reading",
            about: "a message's own timer after sending was counted from the reading",
            answer: |script| {
                by_hand(
                    script,
                    Mistakes {
                        own_send_from_reading: true,
                        ..Mistakes::default()
                    },
                )
            },
        },
        Planted {
            name: "same-words-same-message",
            about: "a message was looked up by its text and its time: two can be alike, so go by the number",
            answer: |script| {
                by_hand(
                    script,
                    Mistakes {
                        first_of_that_moment: true,
                        ..Mistakes::default()
                    },
                )
            },
        },
        Planted {
            name: "by-its-words",
            about: "a message was looked up by its text: two can have the same, so go by the number",
            answer: |script| {
                by_hand(
                    script,
                    Mistakes {
                        latest_of_those_words: true,
                        ..Mistakes::default()
                    },
                )
            },
        },
        Planted {
            name: "one-digit-numbers",
            about: "only the last digit of a message's number was looked at",
            answer: |mut script| {
                for (_, action) in &mut script {
                    if let Action::Read(number) = action {
                        *number %= 10;
                    }
                }
                right(&script)
            },
        },
        Planted {
            name: "narrow-numbers",
            about: "a number of 32 bits was used on the way: it has no room for the milliseconds of 50 days",
            answer: |mut script| {
                let cut = |length: Millis| Millis::from(length as u32);
                let cut_timer = |timer: &mut Timer| match timer {
                    Timer::Off => {}
                    Timer::AfterRead(length) | Timer::AfterSend(length) => *length = cut(*length),
                };
                for (time, action) in &mut script {
                    *time = cut(*time);
                    match action {
                        Action::SetTimer(timer)
                        | Action::Receive {
                            timer: Some(timer), ..
                        } => cut_timer(timer),
                        _ => {}
                    }
                }
                right(&script)
            },
        },
        Planted {
            name: "bytes-as-characters",
            about: "each byte was made a character: a letter like an umlaut has two bytes, a picture of a cake four",
            answer: |script| retold(&script, |text| text.bytes().map(char::from).collect()),
        },
        Planted {
            name: "ascii-only",
            about: "letters that are not ASCII were left out or replaced",
            answer: |script| retold(&script, |text| text.chars().filter(char::is_ascii).collect()),
        },
        Planted {
            name: "trimmed",
            about: "blanks or line breaks around the text were cut off: they are part of it",
            answer: |script| retold(&script, |text| text.trim().to_string()),
        },
        Planted {
            name: "small-letters",
            about: "capital letters became small ones",
            answer: |script| retold(&script, |text| text.to_lowercase()),
        },
        Planted {
            name: "cut-at-20",
            about: "the text was cut after 20 letters",
            answer: |script| retold(&script, |text| text.chars().take(20).collect()),
        },
        Planted {
            name: "always-gone",
            about: "it always says gone",
            answer: |script| right(&script).into_iter().map(|_| None).collect(),
        },
        Planted {
            name: "no-answers",
            about: "there are no answers at all",
            answer: |_| Vec::new(),
        },
    ]
}

//! Lesson 02: planted wrong answers. Each is caught, and named as what it is.

use messaging_lab::course::student::Planted;
use messaging_lab::ground::clock::Millis;
use messaging_lab::ground::ledger::{Onlooker, Witness};

use super::{Facts, Look, Prediction, STATEMENTS};

/// Witnesses that settle all six statements, with another one in place `number`.
fn settled_but(number: usize, witness: Option<Witness>) -> Prediction {
    let mut witnesses = [
        Some(Witness::Holds(Onlooker::BobPhone, 5)),
        Some(Witness::Nobody),
        Some(Witness::Holds(Onlooker::Thief, 45)),
        Some(Witness::Holds(Onlooker::BobDisk, 80)),
        Some(Witness::Holds(Onlooker::BobPhone, 132)),
        Some(Witness::Nobody),
    ];
    witnesses[number] = witness;
    ([Some(true); STATEMENTS], witnesses)
}

pub fn predict() -> Vec<Planted<(), Prediction>> {
    vec![
        Planted {
            name: "guesses-only",
            about: "the guess is made; its witness stands in the run that `show` prints",
            answer: |()| ([Some(true); STATEMENTS], [None; STATEMENTS]),
        },
        Planted {
            name: "all-nobody",
            about: "expired was taken for gone everywhere: look whom the run names at those seconds",
            answer: |()| ([Some(false); STATEMENTS], [Some(Witness::Nobody); STATEMENTS]),
        },
        Planted {
            name: "always-bobs-phone",
            about: "Bob's phone was named everywhere: look who holds it, and whether the phone is on",
            answer: |()| {
                let at =
                    [4, 40, 40, 70, 110, 200].map(|second| Some(Witness::Holds(Onlooker::BobPhone, second)));
                ([Some(true); STATEMENTS], at)
            },
        },
        Planted {
            name: "forward-ends-it",
            about: "setting the clock forward was thought to end every timer; that app does not ask the wall \
                    clock",
            answer: |()| settled_but(0, Some(Witness::Nobody)),
        },
        Planted {
            name: "back-fools-every-app",
            about: "turning the clock back was thought to fool every app: which of the two apps has this text?",
            answer: |()| settled_but(1, Some(Witness::Holds(Onlooker::BobPhone, 42))),
        },
        Planted {
            name: "a-thief-reads-every-app",
            about: "the thief was thought to read both texts: which of the two apps has this one?",
            answer: |()| settled_but(1, Some(Witness::Holds(Onlooker::Thief, 42))),
        },
        Planted {
            name: "gone-stays-gone",
            about: "a text whose time was up was thought to stay away; this app asks the wall clock, every \
                    time anew",
            answer: |()| settled_but(2, Some(Witness::Nobody)),
        },
        Planted {
            name: "off-destroys",
            about: "time up was taken for destroyed: an app that does not run purges nothing",
            answer: |()| settled_but(3, Some(Witness::Nobody)),
        },
        Planted {
            name: "shown-while-off",
            about: "a phone that is off shows nothing; where does the text lie meanwhile?",
            answer: |()| settled_but(3, Some(Witness::Holds(Onlooker::BobPhone, 75))),
        },
        Planted {
            name: "shown-before-it-is-on",
            about: "the phone is off at that second and shows nothing: when is it on again?",
            answer: |()| settled_but(4, Some(Witness::Holds(Onlooker::BobPhone, 112))),
        },
        Planted {
            name: "there-as-it-goes",
            about: "at the second at which it goes, and after it, it is not there: the one before was its last",
            answer: |()| {
                let (guesses, mut witnesses) = settled_but(0, Some(Witness::Holds(Onlooker::BobPhone, 10)));
                witnesses[2] = Some(Witness::Holds(Onlooker::BobPhone, 45));
                witnesses[3] = Some(Witness::Holds(Onlooker::BobDisk, 90));
                witnesses[4] = Some(Witness::Holds(Onlooker::BobPhone, 136));
                (guesses, witnesses)
            },
        },
        Planted {
            name: "on-the-disk-as-it-goes",
            about: "from the second at which the app destroys it, its file does not hold it either: the one before \
                    was its last",
            answer: |()| settled_but(0, Some(Witness::Holds(Onlooker::BobDisk, 10))),
        },
        Planted {
            name: "the-app-just-knows",
            about: "the app was thought to know how long the phone was off; its only source is a clock that \
                    was turned",
            answer: |()| settled_but(4, Some(Witness::Nobody)),
        },
        Planted {
            name: "whole-timer-on-reconnecting",
            about: "the sender's ten seconds were thought to begin when the receipt arrives, not when Bob read",
            answer: |()| settled_but(5, Some(Witness::Holds(Onlooker::AlicePhone, 205))),
        },
    ]
}

type Deadlines = (Millis, Vec<Millis>);

pub fn next_wake() -> Vec<Planted<Deadlines, Option<Millis>>> {
    vec![
        Planted {
            name: "deadline-not-wait",
            about: "that is the deadline itself, not how long it is until then",
            answer: |(now, deadlines)| {
                deadlines
                    .iter()
                    .min()
                    .map(|&first| if first <= now { 0 } else { first })
            },
        },
        Planted {
            name: "first-in-the-list",
            about: "the first of the list was taken: the deadlines stand in no order",
            answer: |(now, deadlines)| deadlines.first().map(|first| first.saturating_sub(now)),
        },
        Planted {
            name: "latest",
            about: "the latest deadline was taken: all others are over by then",
            answer: |(now, deadlines)| deadlines.iter().max().map(|last| last.saturating_sub(now)),
        },
        Planted {
            name: "overdue-left-out",
            about: "what is overdue was left out, so the waiter sleeps on although there is something to \
                    destroy",
            answer: |(now, deadlines)| deadlines.iter().filter(|&&d| d >= now).map(|d| d - now).min(),
        },
        Planted {
            name: "due-left-out",
            about: "what is due was left out, also what is due at this very millisecond: a message is gone AT its \
                    deadline",
            answer: |(now, deadlines)| deadlines.iter().filter(|&&d| d > now).map(|d| d - now).min(),
        },
        Planted {
            name: "gives-up-when-due",
            about: "something is due and the answer is `None`: the waiter never wakes again",
            answer: |(now, deadlines)| deadlines.iter().min().and_then(|first| first.checked_sub(now)),
        },
        Planted {
            name: "distance-both-ways",
            about: "what has been overdue for some time was waited for as long again: the distance has a direction",
            answer: |(now, deadlines)| deadlines.iter().map(|d| d.abs_diff(now)).min(),
        },
        Planted {
            name: "wraps",
            about: "a subtraction below 0 became a huge number (`wrapping_sub`, or an `as` cast): the waiter \
                    sleeps for ages",
            answer: |(now, deadlines)| deadlines.iter().min().map(|first| first.wrapping_sub(now)),
        },
        Planted {
            name: "one-late",
            about: "a millisecond too late: a message is gone AT its deadline",
            answer: |(now, deadlines)| {
                deadlines
                    .iter()
                    .min()
                    .map(|&first| if first <= now { 0 } else { first - now + 1 })
            },
        },
        Planted {
            name: "one-early",
            about: "a millisecond too early: the waiter finds nothing due and has to go round once more",
            answer: |(now, deadlines)| {
                deadlines
                    .iter()
                    .min()
                    .map(|first| first.saturating_sub(now).saturating_sub(1))
            },
        },
        Planted {
            name: "signed-cast",
            about: "`as i64` turned a very large deadline into a negative number, so it counts as overdue",
            answer: |(now, deadlines)| {
                deadlines
                    .iter()
                    .map(|&d| (d as i64).wrapping_sub(now as i64).max(0) as Millis)
                    .min()
            },
        },
        Planted {
            name: "no-timer-is-zero",
            about: "without any deadline it answers 0: the waiter would wake again and again for nothing",
            answer: |(now, deadlines)| {
                Some(
                    deadlines
                        .iter()
                        .min()
                        .map_or(0, |first| first.saturating_sub(now)),
                )
            },
        },
        Planted {
            name: "no-timer-is-for-ever",
            about: "without any deadline it answers the largest number: say `None` where there is nothing to \
                    wait for",
            answer: |(now, deadlines)| {
                Some(
                    deadlines
                        .iter()
                        .min()
                        .map_or(Millis::MAX, |first| first.saturating_sub(now)),
                )
            },
        },
        Planted {
            name: "in-seconds",
            about: "that is in seconds: all times here are milliseconds",
            answer: |(now, deadlines)| {
                deadlines
                    .iter()
                    .min()
                    .map(|first| first.saturating_sub(now) / 1_000)
            },
        },
        Planted {
            name: "always-zero",
            about: "it never sleeps: the waiter runs all the time and drains the battery",
            answer: |_| Some(0),
        },
        Planted {
            name: "never-wakes",
            about: "it never wakes: nothing is ever purged in time",
            answer: |_| None,
        },
        Planted {
            name: "at-most-a-day",
            about: "it never sleeps longer than a day: each wake before the deadline finds nothing to do",
            answer: |(now, deadlines)| {
                let first = deadlines.iter().min()?;
                Some(first.saturating_sub(now).min(86_400_000))
            },
        },
        Planted {
            name: "only-the-first-eight",
            about: "only the first few of the list were looked at: there can be any number of deadlines",
            answer: |(now, deadlines)| {
                deadlines
                    .iter()
                    .take(8)
                    .min()
                    .map(|first| first.saturating_sub(now))
            },
        },
        Planted {
            name: "floating-point",
            about: "floating numbers: an `f64` does not hold every whole number above 2^53",
            answer: |(now, deadlines)| {
                deadlines
                    .iter()
                    .min()
                    .map(|&first| (first as f64 - now as f64).max(0.0) as Millis)
            },
        },
        Planted {
            name: "narrow-numbers",
            about: "a number of 32 bits was used on the way: it has no room for the milliseconds of 50 days",
            answer: |(now, deadlines)| {
                deadlines
                    .iter()
                    .map(|&deadline| Millis::from((deadline as u32).saturating_sub(now as u32)))
                    .min()
            },
        },
        Planted {
            name: "largest-left-out",
            about: "a deadline at the largest number was taken for none: it is one, if a late one",
            answer: |(now, deadlines)| {
                let sooner = deadlines.iter().filter(|&&deadline| deadline != Millis::MAX);
                sooner.min().map(|first| first.saturating_sub(now))
            },
        },
        Planted {
            name: "looks-every-second",
            about: "it looks once a second whether anything is due: many wakes for nothing",
            answer: |(now, deadlines)| {
                deadlines
                    .iter()
                    .min()
                    .map(|first| first.saturating_sub(now).min(1_000))
            },
        },
        Planted {
            name: "nearest",
            about: "the deadline nearest to now was taken, before or after it: the earliest of all decides",
            answer: |(now, deadlines)| {
                let nearest = deadlines.iter().min_by_key(|deadline| deadline.abs_diff(now));
                nearest.map(|deadline| deadline.saturating_sub(now))
            },
        },
        Planted {
            name: "clamped-the-wrong-way",
            about: "now minus the deadline: that is 0 as long as nothing is due",
            answer: |(now, deadlines)| deadlines.iter().min().map(|first| now.saturating_sub(*first)),
        },
        Planted {
            name: "zero-is-none",
            about: "a deadline at 0 was taken for \"none yet\": it is one, the earliest there can be",
            answer: |(now, deadlines)| {
                let mut first = 0;
                for deadline in deadlines {
                    if first == 0 || deadline < first {
                        first = deadline;
                    }
                }
                (first != 0).then(|| first.saturating_sub(now))
            },
        },
        Planted {
            name: "no-wait-is-none",
            about: "a wait of 0 was taken for \"none yet\", so the next deadline took its place",
            answer: |(now, deadlines)| {
                let mut shortest = 0;
                for deadline in &deadlines {
                    let wait = deadline.saturating_sub(now);
                    if shortest == 0 || wait < shortest {
                        shortest = wait;
                    }
                }
                (!deadlines.is_empty()).then_some(shortest)
            },
        },
        Planted {
            name: "longest-wait-left-out",
            about: "a wait of the largest number was taken for none: it is one, if a long one",
            answer: |(now, deadlines)| {
                let waits = deadlines.iter().map(|deadline| deadline.saturating_sub(now));
                waits.min().filter(|wait| *wait != Millis::MAX)
            },
        },
    ]
}

type Saved = (Millis, Millis, Millis);

/// What is left at `to` of what `from` began with, each with one mistake: the same sum in both exercises.
mod lapsed {
    use super::{Millis, Saved};

    pub fn zero_left((left, from, to): Saved) -> Option<Millis> {
        left.checked_sub(to.saturating_sub(from))
    }

    pub fn never_gone((left, from, to): Saved) -> Option<Millis> {
        Some(left.saturating_sub(to.saturating_sub(from)))
    }

    pub fn both_ways((left, from, to): Saved) -> Option<Millis> {
        left.checked_sub(to.abs_diff(from)).filter(|left| *left > 0)
    }

    pub fn back_is_gone((left, from, to): Saved) -> Option<Millis> {
        let passed = to.checked_sub(from)?;
        left.checked_sub(passed).filter(|left| *left > 0)
    }

    pub fn back_lengthens((left, from, to): Saved) -> Option<Millis> {
        let left = left as i64 - (to as i64 - from as i64);
        u64::try_from(left).ok().filter(|left| *left > 0)
    }

    pub fn wraps((left, from, to): Saved) -> Option<Millis> {
        Some(left.wrapping_sub(to.wrapping_sub(from))).filter(|left| *left > 0)
    }

    pub fn clamped((left, from, to): Saved) -> Option<Millis> {
        left.checked_sub(from.saturating_sub(to)).filter(|left| *left > 0)
    }

    pub fn deadline((left, from, to): Saved) -> Option<Millis> {
        let passed = to.saturating_sub(from);
        (passed < left).then(|| to + (left - passed))
    }

    pub fn time_passed((left, from, to): Saved) -> Option<Millis> {
        let passed = to.saturating_sub(from);
        (passed < left).then_some(passed)
    }

    pub fn one_early((left, from, to): Saved) -> Option<Millis> {
        left.checked_sub(to.saturating_sub(from)).filter(|left| *left > 1)
    }

    pub fn in_seconds((left, from, to): Saved) -> Option<Millis> {
        let seconds = to.saturating_sub(from) / 1_000;
        left.checked_sub(seconds * 1_000).filter(|left| *left > 0)
    }

    pub fn narrow_numbers((left, from, to): Saved) -> Option<Millis> {
        let passed = (to as u32).saturating_sub(from as u32);
        (left as u32)
            .checked_sub(passed)
            .filter(|left| *left > 0)
            .map(Millis::from)
    }

    pub fn floating_point((left, from, to): Saved) -> Option<Millis> {
        let left = left as f32 - (to as f32 - from as f32).max(0.0);
        (left > 0.0).then_some(left as Millis)
    }

    pub fn back_is_zero((left, from, to): Saved) -> Option<Millis> {
        if to < from {
            return Some(0);
        }
        left.checked_sub(to - from).filter(|left| *left > 0)
    }

    pub fn narrow_difference((left, from, to): Saved) -> Option<Millis> {
        let passed = to.saturating_sub(from) as u32;
        left.checked_sub(Millis::from(passed)).filter(|left| *left > 0)
    }

    pub fn far_back_is_gone((left, from, to): Saved) -> Option<Millis> {
        if from.saturating_sub(to) > 86_400_000 {
            return None;
        }
        let passed = to.saturating_sub(from);
        left.checked_sub(passed).filter(|left| *left > 0)
    }

    pub fn from_zero_is_gone((left, from, to): Saved) -> Option<Millis> {
        if from == 0 {
            return None;
        }
        left.checked_sub(to.saturating_sub(from)).filter(|left| *left > 0)
    }
}

pub fn after_restart() -> Vec<Planted<Saved, Option<Millis>>> {
    vec![
        Planted {
            name: "off-is-free",
            about: "the time between saving and loading was not counted: switching the phone off stops the \
                    timer",
            answer: |(left, _, _)| Some(left),
        },
        Planted {
            name: "zero-left",
            about: "0 left was taken for still there",
            answer: lapsed::zero_left,
        },
        Planted {
            name: "never-gone",
            about: "it stops at 0 and never says that the message is gone",
            answer: lapsed::never_gone,
        },
        Planted {
            name: "back-counts-as-forth",
            about: "a clock that went back was counted as time that passed: the difference has a direction",
            answer: lapsed::both_ways,
        },
        Planted {
            name: "back-destroys",
            about: "where the clock had gone back the message was destroyed (so does a difference that wrapped): \
                    anybody could empty the phone that way",
            answer: lapsed::back_is_gone,
        },
        Planted {
            name: "back-lengthens",
            about: "negative time was subtracted, so turning the clock back lengthens the message's life",
            answer: lapsed::back_lengthens,
        },
        Planted {
            name: "wraps",
            about: "a subtraction below 0 became a huge number (`wrapping_sub`, or an `as` cast)",
            answer: lapsed::wraps,
        },
        Planted {
            name: "clamped-the-wrong-way",
            about: "saved minus loaded: that is 0 whenever time has passed, and counts only what a clock \
                    went back",
            answer: lapsed::clamped,
        },
        Planted {
            name: "deadline",
            about: "that is the moment of the deadline, not how much is left until then",
            answer: lapsed::deadline,
        },
        Planted {
            name: "time-passed",
            about: "that is how much time passed, not how much is left",
            answer: lapsed::time_passed,
        },
        Planted {
            name: "one-early",
            about: "gone a millisecond too early: with 1 left the message may still be read",
            answer: lapsed::one_early,
        },
        Planted {
            name: "in-seconds",
            about: "only whole seconds were counted: all times here are milliseconds",
            answer: lapsed::in_seconds,
        },
        Planted {
            name: "narrow-numbers",
            about: "a number of 32 bits was used on the way: it has no room for the milliseconds of 50 days",
            answer: lapsed::narrow_numbers,
        },
        Planted {
            name: "floating-point",
            about: "an `f32` does not hold every whole number above 2^24: dates in milliseconds are far larger",
            answer: lapsed::floating_point,
        },
        Planted {
            name: "back-keeps-what-is-gone",
            about: "when the clock had gone back, what was left was kept unseen: 0 left is gone all the same",
            answer: |(left, saved_at, loaded_at)| {
                if loaded_at < saved_at {
                    return Some(left);
                }
                left.checked_sub(loaded_at - saved_at).filter(|left| *left > 0)
            },
        },
        Planted {
            name: "always-gone",
            about: "everything is gone after a restart, also what has time left",
            answer: |_| None,
        },
        Planted {
            name: "always-zero",
            about: "the answer is always 0",
            answer: |_| Some(0),
        },
        Planted {
            name: "back-leaves-zero",
            about: "where the clock had gone back the answer is 0: no time passed, so all that was left is left",
            answer: lapsed::back_is_zero,
        },
        Planted {
            name: "narrow-difference",
            about: "32 bits were used for the time that passed: they have no room for the milliseconds of 50 days",
            answer: lapsed::narrow_difference,
        },
        Planted {
            name: "far-back-destroys",
            about: "where the clock had gone back far the message is gone: however far, it counts as no time",
            answer: lapsed::far_back_is_gone,
        },
        Planted {
            name: "saved-at-zero",
            about: "what was saved at 0 is gone at once: 0 is a moment like any other",
            answer: lapsed::from_zero_is_gone,
        },
    ]
}

pub fn senders_copy() -> Vec<Planted<Saved, Option<Millis>>> {
    vec![
        Planted {
            name: "starts-with-the-receipt",
            about: "the timer starts when Bob reads, not when Alice learns of it: an offline sender would \
                    keep it longer",
            answer: |(ttl, _, _)| Some(ttl),
        },
        Planted {
            name: "zero-left",
            about: "0 left was taken for still there",
            answer: lapsed::zero_left,
        },
        Planted {
            name: "never-gone",
            about: "it stops at 0 and never says that the copy is gone",
            answer: lapsed::never_gone,
        },
        Planted {
            name: "future-lengthens",
            about: "a date of reading in the future lengthens the copy's life: negative time was subtracted",
            answer: lapsed::back_lengthens,
        },
        Planted {
            name: "future-destroys",
            about: "a date of reading in the future destroyed the copy (so does a difference that wrapped): a \
                    wrong clock would empty Alice's phone",
            answer: lapsed::back_is_gone,
        },
        Planted {
            name: "future-counts-as-past",
            about: "a date of reading in the future was counted as time that passed: the difference has a \
                    direction",
            answer: lapsed::both_ways,
        },
        Planted {
            name: "wraps",
            about: "a subtraction below 0 became a huge number (`wrapping_sub`, or an `as` cast)",
            answer: lapsed::wraps,
        },
        Planted {
            name: "clamped-the-wrong-way",
            about: "date of reading minus now: that is 0 whenever time has passed since, so it counts nothing",
            answer: lapsed::clamped,
        },
        Planted {
            name: "deadline",
            about: "that is the moment of the deadline, not how much is left until then",
            answer: lapsed::deadline,
        },
        Planted {
            name: "time-passed",
            about: "that is how long ago Bob read it, not how much is left",
            answer: lapsed::time_passed,
        },
        Planted {
            name: "one-early",
            about: "gone a millisecond too early: with 1 left Alice may still read her copy",
            answer: lapsed::one_early,
        },
        Planted {
            name: "in-seconds",
            about: "only whole seconds were counted: all times here are milliseconds",
            answer: lapsed::in_seconds,
        },
        Planted {
            name: "narrow-numbers",
            about: "a number of 32 bits was used on the way: it has no room for the milliseconds of 50 days",
            answer: lapsed::narrow_numbers,
        },
        Planted {
            name: "floating-point",
            about: "an `f32` does not hold every whole number above 2^24: dates in milliseconds are far larger",
            answer: lapsed::floating_point,
        },
        Planted {
            name: "always-gone",
            about: "the copy is gone with every receipt, also with one that comes in time",
            answer: |_| None,
        },
        Planted {
            name: "always-zero",
            about: "the answer is always 0",
            answer: |_| Some(0),
        },
        Planted {
            name: "future-leaves-zero",
            about: "a date of reading in the future was answered with 0: it counts as read just now, so all is left",
            answer: lapsed::back_is_zero,
        },
        Planted {
            name: "narrow-difference",
            about: "32 bits were used for the time that passed: they have no room for the milliseconds of 50 days",
            answer: lapsed::narrow_difference,
        },
        Planted {
            name: "far-future-destroys",
            about: "with a date of reading far in the future the copy is gone: however far, it counts as read just now",
            answer: lapsed::far_back_is_gone,
        },
        Planted {
            name: "read-at-zero",
            about: "what was read at 0 is gone at once: 0 is a moment like any other",
            answer: lapsed::from_zero_is_gone,
        },
    ]
}

pub fn turn_back() -> Vec<Planted<Facts, Millis>> {
    vec![
        Planted {
            name: "clock-left-alone",
            about: "that is the time it is: nothing was turned back",
            answer: |(_, _, _, now, _)| now,
        },
        Planted {
            name: "to-zero",
            about: "0 is 1 January 1970: further back than the text is old",
            answer: |_| 0,
        },
        Planted {
            name: "to-the-delay",
            about: "the facts say when the text was read: the clock is to show no time before that",
            answer: |(_, _, _, _, delay)| delay,
        },
        Planted {
            name: "to-the-end-of-time",
            about: "that is forward: by such a clock everything has expired",
            answer: |_| Millis::MAX,
        },
        Planted {
            name: "to-the-deadline",
            about: "AT its deadline the text is gone",
            answer: |(_, read_at, ttl, _, _)| read_at + ttl,
        },
        Planted {
            name: "opens-at-the-deadline",
            about: "the app opens exactly AT the deadline, a millisecond too late",
            answer: |(_, read_at, ttl, _, delay)| read_at + ttl - delay,
        },
        Planted {
            name: "clock-runs-on",
            about: "the setting alone is early enough, but the clock runs on until the app is open",
            answer: |(_, read_at, ttl, _, _)| read_at + ttl - 1,
        },
        Planted {
            name: "reading-runs-on",
            about: "the setting is the moment of reading, but the clock runs on until the app is open: a \
                    short timer is over then",
            answer: |(_, read_at, _, _, _)| read_at,
        },
        Planted {
            name: "set-to-the-sending",
            about: "that is the moment of sending: by then nobody had read the text, and the clock runs on \
                    besides",
            answer: |(sent_at, _, _, _, _)| sent_at,
        },
        Planted {
            name: "delay-added",
            about: "the delay was added: the clock runs forward by itself, so the setting must be earlier, \
                    not later",
            answer: |(_, read_at, _, _, delay)| read_at + delay,
        },
        Planted {
            name: "back-by-the-timer",
            about: "turned back by the timer's length from now: that helps only a text that expired just now",
            answer: |(_, _, ttl, now, delay)| now - ttl - delay,
        },
        Planted {
            name: "back-by-the-timer-and-runs-on",
            about: "turned back by the timer's length from now, and the clock runs on until the app is open",
            answer: |(_, _, ttl, now, _)| now - ttl,
        },
        Planted {
            name: "an-hour-back",
            about: "always an hour back: how far depends on the facts",
            answer: |(_, _, _, now, _)| now.saturating_sub(3_600_000),
        },
        Planted {
            name: "narrow-numbers",
            about: "a number of 32 bits was used on the way: it has no room for the milliseconds of 50 days",
            answer: |(_, read_at, _, _, delay)| Millis::from((read_at as u32).wrapping_sub(delay as u32)),
        },
        Planted {
            name: "narrow-signed-numbers",
            about: "an `i32` was used on the way: it has no room for the milliseconds of 25 days",
            answer: |(_, read_at, _, _, delay)| (read_at as i32).wrapping_sub(delay as i32).max(0) as Millis,
        },
        Planted {
            name: "floating-point",
            about: "an `f32` does not hold every whole number above 2^24: dates in milliseconds are far larger",
            answer: |(_, read_at, ttl, _, delay)| {
                (read_at as f32 + ttl as f32 / 2.0 - delay as f32) as Millis
            },
        },
        Planted {
            name: "a-minute-at-most",
            about: "the delay was counted as a minute at most: the facts say how long it takes",
            answer: |(_, read_at, _, _, delay)| read_at - delay.min(60_000),
        },
        Planted {
            name: "a-lowest-setting",
            about: "a lowest setting was put in: nothing says that the clock cannot be set below it",
            answer: |(_, read_at, _, _, delay)| (read_at - delay).max(900_000),
        },
        Planted {
            name: "not-before-the-sending",
            about: "the setting was kept from going below the sending: what counts is what the clock shows once \
                    the app is open",
            answer: |(sent_at, read_at, _, _, delay)| (read_at - delay).max(sent_at),
        },
        Planted {
            name: "opens-when-it-was-sent",
            about: "the app opens at the moment of sending: the clock is to show no time before the reading",
            answer: |(sent_at, _, _, _, delay)| sent_at - delay,
        },
        Planted {
            name: "just-before-the-reading",
            about: "the app opens a millisecond before the text was read",
            answer: |(_, read_at, _, _, delay)| read_at - delay - 1,
        },
        Planted {
            name: "before-it-was-sent",
            about: "the clock shows a time just before the text was sent",
            answer: |(sent_at, _, _, _, delay)| sent_at - delay - 1,
        },
        Planted {
            name: "narrow-delay",
            about: "32 bits were used for the delay: they have no room for the milliseconds of 50 days",
            answer: |(_, read_at, _, _, delay)| read_at - Millis::from(delay as u32),
        },
        Planted {
            name: "reading-if-the-delay-fits",
            about: "where the delay is exactly as long as the timer, the app opens AT the deadline",
            answer: |(_, read_at, ttl, _, delay)| if delay > ttl { read_at - delay } else { read_at },
        },
        Planted {
            name: "delay-in-seconds",
            about: "only whole seconds of the delay were counted: a timer can be shorter than the rest",
            answer: |(_, read_at, _, _, delay)| read_at - delay / 1_000 * 1_000,
        },
    ]
}

/// Adds up what `step` says of each look and the one before it.
fn summed(looks: &[Look], step: fn(Look, Look) -> Millis) -> Vec<Millis> {
    let mut sum: Millis = 0;
    let mut answers = Vec::new();
    for at in 0..looks.len() {
        if at > 0 {
            sum = sum.saturating_add(step(looks[at - 1], looks[at]));
        }
        answers.push(sum);
    }
    answers
}

/// The wall clock's difference, never negative.
fn wall_step((_, _, before): Look, (_, _, after): Look) -> Millis {
    after.saturating_sub(before)
}

/// The boot clock's difference, never negative.
fn boot_step((_, before, _): Look, (_, after, _): Look) -> Millis {
    after.saturating_sub(before)
}

/// The right step.
fn right_step(before: Look, after: Look) -> Millis {
    if before.0 == after.0 {
        boot_step(before, after)
    } else {
        wall_step(before, after)
    }
}

pub fn hold_on() -> Vec<Planted<Vec<Look>, Vec<Millis>>> {
    vec![
        Planted {
            name: "trusts-the-wall-clock",
            about: "the wall clock is asked for everything: whoever sets it sets the time that has passed",
            answer: |looks| looks.iter().map(|look| wall_step(looks[0], *look)).collect(),
        },
        Planted {
            name: "wall-steps",
            about: "the wall clock is asked even while the phone runs: a jump forward counts in full, a jump \
                    back as nothing",
            answer: |looks| summed(&looks, wall_step),
        },
        Planted {
            name: "high-water",
            about: "the furthest that the wall clock ever went is kept: it never runs back, but a jump \
                    forward counts in full",
            answer: |looks| {
                let mut most = 0;
                looks
                    .iter()
                    .map(|look| {
                        most = most.max(wall_step(looks[0], *look));
                        most
                    })
                    .collect()
            },
        },
        Planted {
            name: "boot-clock-only",
            about: "only the boot clock is asked, and it begins again at 0 with every restart",
            answer: |looks| looks.iter().map(|look| boot_step(looks[0], *look)).collect(),
        },
        Planted {
            name: "boot-steps-only",
            about: "boot times of two different runs were subtracted: that difference says nothing",
            answer: |looks| summed(&looks, boot_step),
        },
        Planted {
            name: "off-is-free",
            about: "a restart counts as no time at all: switching the phone off stops every timer",
            answer: |looks| {
                summed(&looks, |before, after| {
                    if before.0 == after.0 {
                        boot_step(before, after)
                    } else {
                        0
                    }
                })
            },
        },
        Planted {
            name: "time-since-switching-on",
            about: "across a restart only the time since switching on was counted, not the time off",
            answer: |looks| {
                summed(&looks, |before, after| {
                    if before.0 == after.0 {
                        boot_step(before, after)
                    } else {
                        after.1
                    }
                })
            },
        },
        Planted {
            name: "boot-time-on-top",
            about: "across a restart the new boot time was added to the wall clock's difference, which \
                    contains it already",
            answer: |looks| {
                summed(&looks, |before, after| {
                    if before.0 == after.0 {
                        boot_step(before, after)
                    } else {
                        wall_step(before, after).saturating_add(after.1)
                    }
                })
            },
        },
        Planted {
            name: "back-counts-as-forth",
            about: "across a restart a clock that went back was counted as time that passed",
            answer: |looks| {
                summed(&looks, |before, after| {
                    if before.0 == after.0 {
                        boot_step(before, after)
                    } else {
                        after.2.abs_diff(before.2)
                    }
                })
            },
        },
        Planted {
            name: "back-wraps",
            about: "across a restart a clock that went back became a huge number, so everything expires",
            answer: |looks| {
                summed(&looks, |before, after| {
                    if before.0 == after.0 {
                        boot_step(before, after)
                    } else {
                        after.2.wrapping_sub(before.2)
                    }
                })
            },
        },
        Planted {
            name: "back-runs-back",
            about: "across a restart a clock that went back was subtracted: time runs backwards",
            answer: |looks| {
                let mut sum: i128 = 0;
                let mut answers = Vec::new();
                for at in 0..looks.len() {
                    if at > 0 {
                        let (before, after) = (looks[at - 1], looks[at]);
                        sum += if before.0 == after.0 {
                            i128::from(after.1) - i128::from(before.1)
                        } else {
                            i128::from(after.2) - i128::from(before.2)
                        };
                    }
                    answers.push(Millis::try_from(sum.max(0)).unwrap_or(Millis::MAX));
                }
                answers
            },
        },
        Planted {
            name: "other-id-means-greater",
            about: "only a greater boot ID was taken for a restart: an ID says which run it is, nothing \
                    about the order",
            answer: |looks| {
                summed(&looks, |before, after| {
                    if after.0 > before.0 {
                        wall_step(before, after)
                    } else {
                        boot_step(before, after)
                    }
                })
            },
        },
        Planted {
            name: "restart-seen-by-boot-time",
            about: "a restart was noticed only by a smaller boot time: the new run may have lasted longer \
                    already",
            answer: |looks| {
                summed(&looks, |before, after| {
                    if after.1 < before.1 {
                        wall_step(before, after)
                    } else {
                        boot_step(before, after)
                    }
                })
            },
        },
        Planted {
            name: "compared-with-the-first",
            about: "each look was compared with the first one instead of the one before it: after a restart \
                    the wall clock rules for good",
            answer: |looks| looks.iter().map(|look| right_step(looks[0], *look)).collect(),
        },
        Planted {
            name: "restart-from-the-runs-beginning",
            about: "at a restart the wall clock was compared with the run's beginning, not with the look before: \
                    what the boot clock knew is lost",
            answer: |looks| {
                let mut answers = Vec::new();
                let (mut base, mut first) = (0, looks.first().copied().unwrap_or_default());
                for look in looks {
                    if look.0 != first.0 {
                        base = wall_step(first, look).saturating_add(base);
                        first = look;
                    }
                    answers.push(boot_step(first, look).saturating_add(base));
                }
                answers
            },
        },
        Planted {
            name: "compared-with-an-older-look",
            about: "a look at which the wall clock had not gone on was skipped, and the next one compared with \
                    an older look: keep the look before, whatever it shows",
            answer: |looks| {
                let mut answers = Vec::new();
                let (mut sum, mut kept) = (0, looks.first().copied().unwrap_or_default());
                for look in looks {
                    if look.2 > kept.2 {
                        sum = right_step(kept, look).saturating_add(sum);
                        kept = look;
                    }
                    answers.push(sum);
                }
                answers
            },
        },
        Planted {
            name: "restart-not-kept",
            about: "a restart at which the wall clock went back was skipped, and the next look compared with \
                    one from before it: keep the look before, whatever it shows",
            answer: |looks| {
                let mut answers = Vec::new();
                let (mut sum, mut kept) = (0, looks.first().copied().unwrap_or_default());
                for look in looks {
                    if look.0 == kept.0 || look.2 > kept.2 {
                        sum = right_step(kept, look).saturating_add(sum);
                        kept = look;
                    }
                    answers.push(sum);
                }
                answers
            },
        },
        Planted {
            name: "each-run-from-zero",
            about: "the sum begins again with every restart: what passed before is forgotten",
            answer: |looks| {
                let mut first = looks.first().copied().unwrap_or_default();
                let mut answers = Vec::new();
                for look in looks {
                    if look.0 != first.0 {
                        first = look;
                    }
                    answers.push(boot_step(first, look));
                }
                answers
            },
        },
        Planted {
            name: "high-water-across-restarts",
            about: "at a restart the wall clock was compared with the furthest it ever showed, not with the \
                    look before",
            answer: |looks| {
                let mut furthest = 0;
                let mut sum: Millis = 0;
                let mut answers = Vec::new();
                for at in 0..looks.len() {
                    if at > 0 {
                        let (before, after) = (looks[at - 1], looks[at]);
                        let same_run = before.0 == after.0;
                        let wall = after.2.saturating_sub(furthest);
                        sum = sum.saturating_add(if same_run { boot_step(before, after) } else { wall });
                    }
                    furthest = furthest.max(looks[at].2);
                    answers.push(sum);
                }
                answers
            },
        },
        Planted {
            name: "steps-not-sums",
            about: "that is the time since the look before, not since the first",
            answer: |looks| {
                (0..looks.len())
                    .map(|at| {
                        if at == 0 {
                            0
                        } else {
                            right_step(looks[at - 1], looks[at])
                        }
                    })
                    .collect()
            },
        },
        Planted {
            name: "larger-of-both",
            about: "the larger of the two differences was taken, so a jump forward counts",
            answer: |looks| {
                summed(&looks, |before, after| {
                    if before.0 == after.0 {
                        boot_step(before, after).max(wall_step(before, after))
                    } else {
                        wall_step(before, after)
                    }
                })
            },
        },
        Planted {
            name: "smaller-of-both",
            about: "the smaller of the two differences was taken, so a jump back stops the time",
            answer: |looks| {
                summed(&looks, |before, after| {
                    if before.0 == after.0 {
                        boot_step(before, after).min(wall_step(before, after))
                    } else {
                        wall_step(before, after)
                    }
                })
            },
        },
        Planted {
            name: "first-left-out",
            about: "the first look has an answer, too: 0",
            answer: |looks| summed(&looks, right_step).into_iter().skip(1).collect(),
        },
        Planted {
            name: "sum-wraps",
            about: "the sum ran over the end of its range and began again at 0: time that runs back brings \
                    messages back",
            answer: |looks| {
                let mut sum: Millis = 0;
                let mut answers = Vec::new();
                for at in 0..looks.len() {
                    if at > 0 {
                        sum = sum.wrapping_add(right_step(looks[at - 1], looks[at]));
                    }
                    answers.push(sum);
                }
                answers
            },
        },
        Planted {
            name: "boot-sum-wraps",
            about: "only what the wall clock adds was stopped at the largest number: the boot clock's part can \
                    run over the end, too",
            answer: |looks| {
                let mut sum: Millis = 0;
                let mut answers = Vec::new();
                for at in 0..looks.len() {
                    if at > 0 {
                        let (before, after) = (looks[at - 1], looks[at]);
                        sum = if before.0 == after.0 {
                            sum.wrapping_add(boot_step(before, after))
                        } else {
                            sum.saturating_add(wall_step(before, after))
                        };
                    }
                    answers.push(sum);
                }
                answers
            },
        },
        Planted {
            name: "sum-stops-too-early",
            about: "a step that had no room in the sum was left out: the sum is to stop at the largest number, not \
                    before it",
            answer: |looks| {
                let mut sum: Millis = 0;
                let mut answers = Vec::new();
                for at in 0..looks.len() {
                    if at > 0 {
                        let passed = right_step(looks[at - 1], looks[at]);
                        sum = sum.checked_add(passed).unwrap_or(sum);
                    }
                    answers.push(sum);
                }
                answers
            },
        },
        Planted {
            name: "id-zero-is-none",
            about: "the boot ID 0 was taken for \"no look yet\": any number can be an ID",
            answer: |looks| {
                summed(&looks, |before, after| {
                    if before.0 == 0 {
                        0
                    } else {
                        right_step(before, after)
                    }
                })
            },
        },
        Planted {
            name: "largest-id-is-none",
            about: "the largest boot ID was taken for \"no look yet\": any number can be an ID",
            answer: |looks| {
                summed(&looks, |before, after| {
                    if before.0 == Millis::MAX {
                        0
                    } else {
                        right_step(before, after)
                    }
                })
            },
        },
        Planted {
            name: "ids-of-16-bits",
            about: "at most 16 bits of the boot IDs were compared, so another run was taken for the same one",
            answer: |looks| {
                summed(&looks, |before, after| {
                    if before.0 as u16 == after.0 as u16 {
                        boot_step(before, after)
                    } else {
                        wall_step(before, after)
                    }
                })
            },
        },
        Planted {
            name: "ids-in-floating-point",
            about: "boot IDs were compared as floating numbers: an `f64` does not hold every whole number above \
                    2^53",
            answer: |looks| {
                summed(&looks, |before, after| {
                    if before.0 as f64 == after.0 as f64 {
                        boot_step(before, after)
                    } else {
                        wall_step(before, after)
                    }
                })
            },
        },
        Planted {
            name: "ids-of-32-bits",
            about: "only 32 bits of the boot IDs were compared, so another run was taken for the same one",
            answer: |looks| {
                summed(&looks, |before, after| {
                    if before.0 as u32 == after.0 as u32 {
                        boot_step(before, after)
                    } else {
                        wall_step(before, after)
                    }
                })
            },
        },
        Planted {
            name: "narrow-wall-times",
            about: "a number of 32 bits was used for the wall clock: it has no room for the milliseconds of 50 \
                    days",
            answer: |looks| {
                summed(&looks, |before, after| {
                    if before.0 == after.0 {
                        boot_step(before, after)
                    } else {
                        Millis::from((after.2 as u32).saturating_sub(before.2 as u32))
                    }
                })
            },
        },
        Planted {
            name: "always-zero",
            about: "no time ever passes: nothing expires",
            answer: |looks| vec![0; looks.len()],
        },
        Planted {
            name: "no-answers",
            about: "the list is always empty",
            answer: |_| Vec::new(),
        },
        Planted {
            name: "wall-time-itself",
            about: "that is what the wall clock shows, not how much time has passed",
            answer: |looks| looks.iter().map(|look| look.2).collect(),
        },
        Planted {
            name: "boot-time-itself",
            about: "that is what the boot clock shows, not how much time has passed",
            answer: |looks| looks.iter().map(|look| look.1).collect(),
        },
        Planted {
            name: "far-forward-not-believed",
            about: "across a restart a wall clock that went on very far was not believed: here all that it went on \
                    counts",
            answer: |looks| {
                summed(&looks, |before, after| {
                    let passed = right_step(before, after);
                    if before.0 != after.0 && passed > 31_536_000_000 {
                        0
                    } else {
                        passed
                    }
                })
            },
        },
        Planted {
            name: "zero-for-no-look",
            about: "without a look there is no number either: the list is empty then",
            answer: |looks| match looks.is_empty() {
                true => vec![0],
                false => summed(&looks, right_step),
            },
        },
        Planted {
            name: "boot-clock-only-when-set-back",
            about: "while the phone runs the boot clock was asked only where the wall clock had gone back: other \
                    jumps count in full",
            answer: |looks| {
                summed(&looks, |before, after| {
                    if before.0 == after.0 && after.2 < before.2 {
                        boot_step(before, after)
                    } else {
                        wall_step(before, after)
                    }
                })
            },
        },
        Planted {
            name: "small-jumps-trusted",
            about: "the wall clock was asked wherever it nearly agrees with the boot clock: under one boot ID \
                    only the boot clock counts",
            answer: |looks| {
                summed(&looks, |before, after| {
                    let (boot, wall) = (boot_step(before, after), wall_step(before, after));
                    if before.0 == after.0 && boot.abs_diff(wall) > 999 {
                        boot
                    } else {
                        wall
                    }
                })
            },
        },
        Planted {
            name: "id-of-the-first",
            about: "the boot ID was compared with that of the first look, not with that of the look before",
            answer: |looks| {
                let mut sum: Millis = 0;
                let mut answers = Vec::new();
                for at in 0..looks.len() {
                    if at > 0 {
                        let (before, after) = (looks[at - 1], looks[at]);
                        let same_run = after.0 == looks[0].0;
                        let passed = if same_run { boot_step } else { wall_step };
                        sum = sum.saturating_add(passed(before, after));
                    }
                    answers.push(sum);
                }
                answers
            },
        },
        Planted {
            name: "boot-time-at-least",
            about: "across a restart the new boot time was counted where the wall clock says less: here the wall \
                    clock alone decides",
            answer: |looks| {
                summed(&looks, |before, after| {
                    if before.0 == after.0 {
                        boot_step(before, after)
                    } else {
                        wall_step(before, after).max(after.1)
                    }
                })
            },
        },
        Planted {
            name: "zeros-are-no-look",
            about: "a look of three zeros was taken for \"no look yet\": it is one",
            answer: |looks| {
                summed(&looks, |before, after| {
                    if before == (0, 0, 0) {
                        0
                    } else {
                        right_step(before, after)
                    }
                })
            },
        },
        Planted {
            name: "same-look-once",
            about: "of two equal looks only one was counted: each look asks for its number",
            answer: |mut looks| {
                looks.dedup();
                summed(&looks, right_step)
            },
        },
        Planted {
            name: "found-by-value",
            about: "the place of a look was searched by its value: of two equal looks that finds the first one \
                    twice",
            answer: |looks| {
                let mut sum: Millis = 0;
                let mut answers = Vec::new();
                for look in &looks {
                    let at = looks.iter().position(|other| other == look).unwrap_or(0);
                    if at > 0 {
                        sum = sum.saturating_add(right_step(looks[at - 1], *look));
                    }
                    answers.push(sum);
                }
                answers
            },
        },
    ]
}

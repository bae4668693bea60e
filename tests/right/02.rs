//! Lesson 02: other right answers, in other styles. Each is accepted.

use messaging_lab::course::student::Planted;
use messaging_lab::ground::clock::{Clock, ControlledClock, Millis, Reading};
use messaging_lab::ground::ledger::{Onlooker, Witness};
use messaging_lab::store::{ChatId, ClockRule, MessageStore, NewMessage, Timekeeper, Timer};

use super::checks::{Facts, Look, Prediction};

pub fn predict() -> Vec<Planted<(), Prediction>> {
    use Witness::{Holds, Nobody};
    vec![
        Planted {
            name: "the-latest-witnesses",
            about: "the last second at which each statement has a witness, and every guess wrong",
            answer: |()| {
                (
                    [
                        Some(false),
                        Some(true),
                        Some(false),
                        Some(false),
                        Some(false),
                        Some(true),
                    ],
                    [
                        Some(Holds(Onlooker::BobDisk, 9)),
                        Some(Nobody),
                        Some(Holds(Onlooker::Thief, 59)),
                        Some(Holds(Onlooker::BobDisk, 89)),
                        Some(Holds(Onlooker::BobPhone, 135)),
                        Some(Nobody),
                    ],
                )
            },
        },
        Planted {
            name: "the-earliest-witnesses",
            about: "the first second at which each statement has a witness, and every guess right",
            answer: |()| {
                (
                    [
                        Some(true),
                        Some(false),
                        Some(true),
                        Some(true),
                        Some(true),
                        Some(false),
                    ],
                    [
                        Some(Holds(Onlooker::BobPhone, 4)),
                        Some(Nobody),
                        Some(Holds(Onlooker::BobPhone, 40)),
                        Some(Holds(Onlooker::BobDisk, 70)),
                        Some(Holds(Onlooker::BobPhone, 130)),
                        Some(Nobody),
                    ],
                )
            },
        },
    ]
}

type Deadlines = (Millis, Vec<Millis>);

pub fn next_wake() -> Vec<Planted<Deadlines, Option<Millis>>> {
    vec![
        Planted {
            name: "map-then-min",
            about: "all waits first, then the shortest",
            answer: |(now, deadlines)| {
                deadlines
                    .iter()
                    .map(|deadline| deadline.saturating_sub(now))
                    .min()
            },
        },
        Planted {
            name: "loop-and-if",
            about: "a loop that keeps the shortest wait so far",
            answer: |(now, deadlines)| {
                let mut shortest = None;
                for deadline in deadlines {
                    let wait = deadline.max(now) - now;
                    match shortest {
                        Some(before) if before <= wait => {}
                        _ => shortest = Some(wait),
                    }
                }
                shortest
            },
        },
        Planted {
            name: "sorted",
            about: "sorted, then a match on the first",
            answer: |(now, mut deadlines)| {
                deadlines.sort_unstable();
                match deadlines.first() {
                    None => None,
                    Some(first) if *first <= now => Some(0),
                    Some(first) => Some(first - now),
                }
            },
        },
    ]
}

type Saved = (Millis, Millis, Millis);

pub fn after_restart() -> Vec<Planted<Saved, Option<Millis>>> {
    vec![
        Planted {
            name: "checked",
            about: "checked subtraction and a filter",
            answer: |(left, saved_at, loaded_at)| {
                left.checked_sub(loaded_at.saturating_sub(saved_at))
                    .filter(|left| *left != 0)
            },
        },
        Planted {
            name: "by-the-deadline",
            about: "the deadline first, and a load that is never before the save",
            answer: |(left, saved_at, loaded_at)| {
                let deadline = saved_at + left;
                let loaded_at = loaded_at.max(saved_at);
                (loaded_at < deadline).then(|| deadline - loaded_at)
            },
        },
        Planted {
            name: "signed",
            about: "signed numbers, clamped with max",
            answer: |(left, saved_at, loaded_at)| {
                let passed = (loaded_at as i64 - saved_at as i64).max(0);
                match left as i64 - passed {
                    left if left > 0 => Some(left as Millis),
                    _ => None,
                }
            },
        },
    ]
}

pub fn senders_copy() -> Vec<Planted<Saved, Option<Millis>>> {
    vec![
        Planted {
            name: "early-returns",
            about: "one case after the other",
            answer: |(ttl, read_date, now)| {
                if now <= read_date {
                    return Some(ttl);
                }
                let passed = now - read_date;
                if passed >= ttl {
                    return None;
                }
                Some(ttl - passed)
            },
        },
        Planted {
            name: "by-the-deadline",
            about: "the deadline, and a date of reading that is never after now",
            answer: |(ttl, read_date, now)| {
                let deadline = read_date.min(now) + ttl;
                deadline.checked_sub(now).filter(|left| *left > 0)
            },
        },
    ]
}

pub fn turn_back() -> Vec<Planted<Facts, Millis>> {
    vec![
        Planted {
            name: "opens-when-it-was-read",
            about: "the app opens at the moment of reading",
            answer: |(_, read_at, _, _, delay)| read_at - delay,
        },
        Planted {
            name: "back-by-what-passed",
            about: "turned back from now by all that passed since the reading",
            answer: |(_, read_at, _, now, delay)| now - (now - read_at) - delay,
        },
        Planted {
            name: "in-the-middle",
            about: "in the middle of what works",
            answer: |(_, read_at, ttl, _, delay)| read_at + ttl / 2 - delay,
        },
        Planted {
            name: "just-before-the-deadline",
            about: "as little as possible is turned back",
            answer: |(_, read_at, ttl, _, delay)| (read_at + ttl).saturating_sub(delay + 1),
        },
        Planted {
            name: "tries-it-out",
            about: "tries settings on a store of its own until one works",
            answer: |(sent_at, read_at, ttl, now, delay)| {
                for setting in [now, now - ttl, read_at, sent_at, sent_at - delay, read_at - delay] {
                    let clock = ControlledClock::new(sent_at);
                    let mut app = MessageStore::with_rule(clock.clone(), ClockRule::TrustWall);
                    let text = NewMessage::received(ChatId(1), b"a text").timer(Timer::AfterRead(ttl));
                    let Ok(id) = app.insert(text) else { continue };
                    clock.advance(read_at - sent_at);
                    let _ = app.read(id);
                    clock.advance(now - read_at);
                    clock.set_wall(setting);
                    clock.advance(delay);
                    if clock.now().wall >= read_at && app.read(id).is_ok() {
                        return setting;
                    }
                }
                now
            },
        },
    ]
}

pub fn hold_on() -> Vec<Planted<Vec<Look>, Vec<Millis>>> {
    vec![
        Planted {
            name: "scan",
            about: "an iterator that carries the sum and the look before",
            answer: |looks| {
                looks
                    .iter()
                    .scan((None, 0), |(before, sum): &mut (Option<Look>, Millis), look| {
                        if let Some(before) = *before {
                            *sum = sum.saturating_add(match before.0 == look.0 {
                                true => look.1 - before.1,
                                false => look.2.saturating_sub(before.2),
                            });
                        }
                        *before = Some(*look);
                        Some(*sum)
                    })
                    .collect()
            },
        },
        Planted {
            name: "per-run",
            about: "where a run begins and what had passed by then is kept; within it the boot clock is \
                    compared with that",
            answer: |looks| {
                let mut answers: Vec<Millis> = Vec::new();
                let mut run: Option<(u64, Millis, Millis)> = None;
                let mut wall_before = 0;
                for (id, boot, wall) in looks {
                    let (base, start) = match run {
                        Some((same, base, start)) if same == id => (base, start),
                        Some(_) => {
                            let sum = answers.last().copied().unwrap_or(0);
                            let off = wall.max(wall_before) - wall_before;
                            (sum.saturating_add(off), boot)
                        }
                        None => (0, boot),
                    };
                    run = Some((id, base, start));
                    wall_before = wall;
                    answers.push(base.saturating_add(boot - start));
                }
                answers
            },
        },
        Planted {
            name: "timekeeper",
            about: "the store's own timekeeper, begun at store time 0",
            answer: |looks| {
                let readings = looks
                    .iter()
                    .map(|&(boot_id, boot, wall)| Reading { boot_id, boot, wall });
                let mut keeper = None;
                readings
                    .map(|reading| {
                        let moment = messaging_lab::store::Moment { store: 0, reading };
                        keeper
                            .get_or_insert_with(|| Timekeeper::resume(ClockRule::HoldOn, moment))
                            .tell(reading)
                    })
                    .collect()
            },
        },
    ]
}

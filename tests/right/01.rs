//! Lesson 01: other right answers, in other styles. Each is accepted.

// Other styles are the point: clippy would write all of them in one.
#![allow(clippy::all)]

use std::collections::HashMap;

use messaging_lab::course::student::Planted;
use messaging_lab::ground::clock::{ControlledClock, Millis};
use messaging_lab::ground::ledger::Onlooker::{AlicePhone, BobPhone};
use messaging_lab::ground::ledger::Witness::{Holds, Nobody};
use messaging_lab::store::{Action, ChatId, Countdown, MessageStore, NewMessage, Timer};

type Prediction = messaging_lab::course::statement::Prediction<6>;

pub fn predict() -> Vec<Planted<(), Prediction>> {
    vec![
        Planted {
            name: "all-guesses-wrong",
            about: "wrong guesses cost nothing; the earliest witness of each statement",
            answer: |()| {
                let guesses = [false, false, true, true, false, false].map(Some);
                let witnesses = [
                    Holds(BobPhone, 3_700),
                    Holds(BobPhone, 37),
                    Nobody,
                    Nobody,
                    Holds(AlicePhone, 18),
                    Holds(BobPhone, 18),
                ];
                (guesses, witnesses.map(Some))
            },
        },
        Planted {
            name: "latest-witnesses",
            about: "the latest witness of each statement",
            answer: |()| {
                let witnesses = [
                    Holds(AlicePhone, 3_700),
                    Holds(BobPhone, 37),
                    Nobody,
                    Nobody,
                    Holds(AlicePhone, 27),
                    Holds(BobPhone, 30),
                ];
                ([Some(true); 6], witnesses.map(Some))
            },
        },
    ]
}

pub fn deadline() -> Vec<Planted<(Timer, Millis, Option<Millis>), Option<Millis>>> {
    vec![
        Planted {
            name: "checked-then-largest",
            about: "one match on both, a checked sum, the largest number where it does not fit",
            answer: |(timer, sent_at, read_at)| match (timer, read_at) {
                (Timer::AfterSend(length), _) => Some(sent_at.checked_add(length).unwrap_or(u64::MAX)),
                (Timer::AfterRead(length), Some(read)) => Some(read.checked_add(length).unwrap_or(u64::MAX)),
                (Timer::AfterRead(_), None) | (Timer::Off, _) => None,
            },
        },
        Planted {
            name: "in-128-bits",
            about: "a wider number and the smaller of two",
            answer: |(timer, sent_at, read_at)| {
                let mut start = None;
                let mut length = 0;
                if let Timer::AfterRead(ms) = timer {
                    start = read_at;
                    length = ms;
                }
                if let Timer::AfterSend(ms) = timer {
                    start = Some(sent_at);
                    length = ms;
                }
                let sum = u128::from(start?) + u128::from(length);
                Some(sum.min(u128::from(u64::MAX)) as u64)
            },
        },
        Planted {
            name: "room-first",
            about: "looks whether there is room before it adds",
            answer: |(timer, sent_at, read_at)| {
                let add = |start: Millis, length: Millis| {
                    if u64::MAX - start < length {
                        u64::MAX
                    } else {
                        start + length
                    }
                };
                match timer {
                    Timer::Off => None,
                    Timer::AfterSend(length) => Some(add(sent_at, length)),
                    Timer::AfterRead(length) => read_at.map(|read| add(read, length)),
                }
            },
        },
    ]
}

pub fn boundary() -> Vec<Planted<(Millis, Option<Millis>), bool>> {
    vec![
        Planted {
            name: "not-yet-due",
            about: "the opposite question, turned round",
            answer: |(now, deadline)| !deadline.is_some_and(|deadline| deadline <= now),
        },
        Planted {
            name: "beyond-the-largest-for-none",
            about: "no deadline as a number larger than any moment",
            answer: |(now, deadline)| u128::from(now) < deadline.map_or(u128::MAX, u128::from),
        },
        Planted {
            name: "time-left",
            about: "asks whether any time is left",
            answer: |(now, deadline)| match deadline {
                None => true,
                Some(deadline) => deadline.saturating_sub(now) > 0,
            },
        },
        Planted {
            name: "signed",
            about: "a difference that may be negative",
            answer: |(now, deadline)| {
                deadline.is_none_or(|deadline| i128::from(now) - i128::from(deadline) < 0)
            },
        },
    ]
}

type Receipts = (Millis, Option<Millis>, Option<Millis>, Millis);

pub fn countdown() -> Vec<Planted<Receipts, (Countdown, Countdown)>> {
    use Countdown::{Gone, Left, Waiting};
    vec![
        Planted {
            name: "by-deadlines",
            about: "two deadlines, each compared with now",
            answer: |(ttl, read_at, receipt_at, now)| {
                let shown = |deadline: Option<Millis>| match deadline {
                    None => Waiting,
                    Some(deadline) if deadline <= now => Gone,
                    Some(deadline) => Left((deadline - now + 999) / 1000),
                };
                let read = read_at.filter(|read| *read <= now);
                let told = if receipt_at.is_some() && receipt_at <= Some(now) {
                    read
                } else {
                    None
                };
                (
                    shown(told.map(|read| read + ttl)),
                    shown(read.map(|read| read + ttl)),
                )
            },
        },
        Planted {
            name: "signed-with-remainder",
            about: "signed time left; one more second if a part of one is left over",
            answer: |(ttl, read_at, receipt_at, now)| {
                let one = |known_at: Option<u64>| {
                    let (Some(known), Some(read)) = (known_at, read_at) else {
                        return Waiting;
                    };
                    if known > now {
                        return Waiting;
                    }
                    let left = ttl as i64 - (now as i64 - read as i64);
                    if left <= 0 {
                        return Gone;
                    }
                    let mut seconds = left / 1000;
                    if left % 1000 != 0 {
                        seconds += 1;
                    }
                    Left(seconds as u64)
                };
                (one(receipt_at), one(read_at))
            },
        },
        Planted {
            name: "gone-first",
            about: "asks for the end first; a floating number rounded up",
            answer: |(ttl, read_at, receipt_at, now)| {
                let mut alice = Waiting;
                let mut bob = Waiting;
                if let Some(read) = read_at {
                    if now >= read + ttl {
                        bob = Gone;
                    } else if now >= read {
                        let left = (read + ttl - now) as f64 / 1000.0;
                        bob = Left(left.ceil() as u64);
                    }
                }
                if let Some(receipt) = receipt_at {
                    if now >= receipt {
                        alice = bob;
                    }
                }
                (alice, bob)
            },
        },
    ]
}

type Script = Vec<(Millis, Action)>;

pub fn conversation() -> Vec<Planted<Script, Vec<Option<String>>>> {
    vec![
        Planted {
            name: "looks-back",
            about: "no store and no state: for each read it looks back through the script",
            answer: |script| {
                let mut answers = Vec::new();
                for (at, (now, action)) in script.iter().enumerate() {
                    let Action::Read(number) = action else { continue };
                    // Where the message came, and the chat's timer there.
                    let (mut seen, mut chat, mut found) = (0, Timer::Off, None);
                    for (came, earlier) in &script[..at] {
                        match earlier {
                            Action::SetTimer(timer) => chat = *timer,
                            Action::Receive { text, timer } => {
                                if seen == *number {
                                    found = Some((*came, text.clone(), timer.unwrap_or(chat)));
                                    break;
                                }
                                seen += 1;
                            }
                            Action::Read(_) => {}
                        }
                    }
                    let (came, text, timer) = found.expect("it was received earlier");
                    let first = script
                        .iter()
                        .find(|(_, step)| step == action)
                        .map(|(time, _)| *time);
                    let end = match timer {
                        Timer::Off => None,
                        Timer::AfterSend(length) => Some(came + length),
                        Timer::AfterRead(length) => first.map(|first| first + length),
                    };
                    answers.push(if end.is_some_and(|end| *now >= end) {
                        None
                    } else {
                        Some(text)
                    });
                }
                answers
            },
        },
        Planted {
            name: "purges-at-every-step",
            about: "the store, purged at every step, opened instead of read, its IDs in a map, started at another time",
            answer: |script| {
                let start = 1_446_000_000_000;
                let clock = ControlledClock::new(start);
                let mut phone = MessageStore::new(clock.clone());
                let mut ids = HashMap::new();
                let mut answers = Vec::new();
                for (time, action) in &script {
                    let passed = phone.now() - start;
                    clock.advance(time - passed);
                    phone.purge();
                    match action {
                        Action::SetTimer(timer) => phone.set_chat_timer(ChatId(7), *timer).unwrap(),
                        Action::Receive { text, timer: None } => {
                            let id = phone.receive(ChatId(7), text.clone()).unwrap();
                            ids.insert(ids.len(), id);
                        }
                        Action::Receive {
                            text,
                            timer: Some(timer),
                        } => {
                            let message = NewMessage::received(ChatId(7), text.clone()).timer(*timer);
                            ids.insert(ids.len(), phone.insert(message).unwrap());
                        }
                        Action::Read(number) => {
                            let body = phone.open(ids[number]).map(<[u8]>::to_vec);
                            answers.push(body.ok().and_then(|body| String::from_utf8(body).ok()));
                        }
                    }
                }
                answers
            },
        },
        Planted {
            name: "texts-kept-beside",
            about: "a store that is only asked whether the message is still readable; the texts are kept beside it",
            answer: |script| {
                let clock = ControlledClock::new(0);
                let mut phone = MessageStore::new(clock.clone());
                let mut texts = Vec::new();
                let mut ids = Vec::new();
                let mut before = 0;
                script
                    .into_iter()
                    .filter_map(|(time, action)| {
                        clock.advance(time - before);
                        before = time;
                        match action {
                            Action::SetTimer(timer) => phone.set_chat_timer(ChatId(0), timer).ok().and(None),
                            Action::Receive { text, timer } => {
                                let mut message = NewMessage::received(ChatId(0), "x");
                                message.timer = timer;
                                ids.push(phone.insert(message).ok()?);
                                texts.push(text);
                                None
                            }
                            Action::Read(number) => {
                                let there = phone.is_readable(ids[number]);
                                let _ = phone.read(ids[number]);
                                Some(there.then(|| texts[number].clone()))
                            }
                        }
                    })
                    .collect()
            },
        },
    ]
}

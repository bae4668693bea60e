//! Lesson 07, thief: planted wrong answers.

use messaging_lab::course::student::Planted;
use messaging_lab::crypto::aead;
use messaging_lab::crypto::hmac::hmac_sha256;
use messaging_lab::envelope::chains::{kdf_ck, message_key_and_nonce};
use messaging_lab::envelope::header::HEADER_BYTES;

use super::super::{Loot, Texts};

type Key = [u8; 32];
type KeptKeys = [(u32, Key)];

fn open_one(message_key: &Key, message: &[u8]) -> Option<String> {
    let (key, nonce) = message_key_and_nonce(message_key);
    let (header, sealed) = message.split_at_checked(HEADER_BYTES)?;
    String::from_utf8(aead::open(&key, &nonce, header, sealed).ok()?).ok()
}

/// The chain key that many turns on. Longer ways, which lead nowhere, are cut: naming a mistake must not take long.
fn turned(chain_key: &Key, turns: u32) -> Key {
    (0..turns.min(1_001)).fold(*chain_key, |chain, _| kdf_ck(&chain).0)
}

fn message_key(chain_key: &Key) -> Key {
    kdf_ck(chain_key).1
}

fn kept_key(kept: &KeptKeys, n: u32) -> Option<Key> {
    kept.iter().find(|(late, _)| *late == n).map(|(_, key)| *key)
}

/// Each message with the key that `ahead` finds from the chain, or with its kept key.
fn by_number((chain_key, number, kept, recorded): &Loot, ahead: fn(&Key, u32, u32) -> Option<Key>) -> Texts {
    let text = |(n, message): &(u32, Vec<u8>)| {
        let key = match n.checked_sub(*number) {
            Some(_) => ahead(chain_key, *number, *n),
            None => kept_key(kept, *n),
        };
        open_one(&key?, message)
    };
    recorded.iter().map(text).collect()
}

fn right(loot: &Loot) -> Texts {
    by_number(loot, |chain_key, number, n| {
        Some(message_key(&turned(chain_key, n - number)))
    })
}

/// As it should be, but for the kept keys: what `late` finds among them.
fn by_kept((chain_key, number, kept, recorded): &Loot, late: fn(&KeptKeys, u32) -> Option<Key>) -> Texts {
    let text = |(n, message): &(u32, Vec<u8>)| {
        let key = match n.checked_sub(*number) {
            Some(turns) => Some(message_key(&turned(chain_key, turns))),
            None => late(kept, *n),
        };
        open_one(&key?, message)
    };
    recorded.iter().map(text).collect()
}

pub fn thief() -> Vec<Planted<Loot, Texts>> {
    vec![
        Planted {
            name: "reads-nothing",
            about: "nothing was opened at all",
            answer: |(_, _, _, recorded)| recorded.iter().map(|_| None).collect(),
        },
        Planted {
            name: "nothing-came-back",
            about: "an empty list: there is one entry for each recorded message",
            answer: |_| Vec::new(),
        },
        Planted {
            name: "kept-keys-left-out",
            about: "the kept keys were not used: late messages have their own",
            answer: |loot| by_kept(&loot, |_, _| None),
        },
        Planted {
            name: "kept-keys-only",
            about: "only the kept keys were used: the chain key was left alone",
            answer: |loot| by_number(&loot, |_, _, _| None),
        },
        Planted {
            name: "kept-by-place",
            about: "the kept key in that place was taken: each has a number beside it, and that one counts",
            answer: |loot| {
                by_kept(&loot, |kept, n| {
                    kept.get(usize::try_from(n).ok()?).map(|(_, key)| *key)
                })
            },
        },
        Planted {
            name: "first-kept",
            about: "the first of the kept keys was taken for every late message",
            answer: |loot| by_kept(&loot, |kept, _| kept.first().map(|(_, key)| *key)),
        },
        Planted {
            name: "last-kept",
            about: "the last of the kept keys was taken for every late message",
            answer: |loot| by_kept(&loot, |kept, _| kept.last().map(|(_, key)| *key)),
        },
        Planted {
            name: "kept-in-order",
            about: "the kept keys were searched as if they stood in order of their numbers",
            answer: |loot| {
                by_kept(&loot, |kept, n| {
                    let place = kept.partition_point(|(late, _)| *late < n);
                    kept.get(place)
                        .filter(|(late, _)| *late == n)
                        .map(|(_, key)| *key)
                })
            },
        },
        Planted {
            name: "kept-as-chain-key",
            about: "a kept key is a message key: it opens its message as it is, without a turn",
            answer: |loot| by_kept(&loot, |kept, n| kept_key(kept, n).map(|key| message_key(&key))),
        },
        Planted {
            name: "counted-from-zero",
            about: "the chain was turned n times: the stolen key already stands at its number",
            answer: |loot| by_number(&loot, |chain_key, _, n| Some(message_key(&turned(chain_key, n)))),
        },
        Planted {
            name: "one-turn-too-many",
            about: "one turn too many: the stolen chain key gives the key of the message with its own number",
            answer: |loot| {
                by_number(&loot, |chain_key, number, n| {
                    Some(message_key(&turned(chain_key, n - number + 1)))
                })
            },
        },
        Planted {
            name: "one-turn-short",
            about: "one turn short: only the message with the chain key's own number takes no turn",
            answer: |loot| {
                by_number(&loot, |chain_key, number, n| {
                    Some(message_key(&turned(chain_key, (n - number).saturating_sub(1))))
                })
            },
        },
        Planted {
            name: "chain-not-turned",
            about: "the chain was not turned: one message key was tried on every message",
            answer: |loot| by_number(&loot, |chain_key, _, _| Some(message_key(chain_key))),
        },
        Planted {
            name: "own-number-left-out",
            about: "the message with the chain key's own number was taken for an earlier one: it is the first that opens",
            answer: |loot| {
                by_number(&loot, |chain_key, number, n| {
                    (n > number).then(|| message_key(&turned(chain_key, n - number)))
                })
            },
        },
        Planted {
            name: "next-as-message-key",
            about: "the next chain key was taken for the message key: chain_step gives both, in that order",
            answer: |loot| {
                by_number(&loot, |chain_key, number, n| {
                    Some(turned(chain_key, n - number + 1))
                })
            },
        },
        Planted {
            name: "chain-key-as-message-key",
            about: "the chain key was taken for the message key: it makes that key, it opens nothing",
            answer: |loot| by_number(&loot, |chain_key, number, n| Some(turned(chain_key, n - number))),
        },
        Planted {
            name: "message-key-as-chain-key",
            about: "the message key was turned instead of the chain key",
            answer: |loot| {
                by_number(&loot, |chain_key, number, n| {
                    Some((number..=n).fold(*chain_key, |key, _| hmac_sha256(&key, &[1])))
                })
            },
        },
        Planted {
            name: "a-turn-for-each-recorded",
            about: "one turn for each recorded message: turns are counted by the message's number, the record has gaps",
            answer: |(chain_key, number, kept, recorded)| {
                let mut chain = chain_key;
                let mut texts = Vec::new();
                for (n, message) in &recorded {
                    let key = match n.checked_sub(number) {
                        Some(_) => {
                            let (next, key) = kdf_ck(&chain);
                            chain = next;
                            Some(key)
                        }
                        None => kept_key(&kept, *n),
                    };
                    texts.push(key.and_then(|key| open_one(&key, message)));
                }
                texts
            },
        },
        Planted {
            name: "a-turn-for-each-place",
            about: "turns were counted by the place in the record: they are counted by the message's number",
            answer: |(chain_key, number, kept, recorded)| {
                let mut texts = Vec::new();
                for (place, (n, message)) in (0..).zip(&recorded) {
                    let key = match n.checked_sub(number) {
                        Some(_) => Some(message_key(&turned(&chain_key, place))),
                        None => kept_key(&kept, *n),
                    };
                    texts.push(key.and_then(|key| open_one(&key, message)));
                }
                texts
            },
        },
        Planted {
            name: "forward-only",
            about: "the chain was turned on and never back to the stolen key: the record is in no order",
            answer: |(chain_key, number, kept, recorded)| {
                let (mut chain, mut at) = (chain_key, number);
                let mut texts = Vec::new();
                for (n, message) in &recorded {
                    let key = if *n < number {
                        kept_key(&kept, *n)
                    } else if *n < at {
                        None
                    } else {
                        let (next, key) = kdf_ck(&turned(&chain, n - at));
                        (chain, at) = (next, n + 1);
                        Some(key)
                    };
                    texts.push(key.and_then(|key| open_one(&key, message)));
                }
                texts
            },
        },
        Planted {
            name: "not-back-to-the-stolen-key",
            about: "the turns were counted from the stolen key, but begun where the message before had ended",
            answer: |(chain_key, number, kept, recorded)| {
                let mut chain = chain_key;
                let mut texts = Vec::new();
                for (n, message) in &recorded {
                    chain = turned(&chain, n.saturating_sub(number));
                    let key = kept_key(&kept, *n).unwrap_or(message_key(&chain));
                    texts.push(open_one(&key, message));
                }
                texts
            },
        },
        Planted {
            name: "stops-at-the-first-shut",
            about: "the first message that stays shut ended it: the next one has a key of its own",
            answer: |loot| {
                let mut shut = false;
                let keep = |text: Option<String>| {
                    shut |= text.is_none();
                    text.filter(|_| !shut)
                };
                right(&loot).into_iter().map(keep).collect()
            },
        },
        Planted {
            name: "chain-given-up",
            about: "after one that stayed shut the chain was given up: the next one's key does not depend on it",
            answer: |loot| {
                let texts = right(&loot);
                let (_, number, _, recorded) = &loot;
                let mut given_up = false;
                let keep = |(text, (n, _)): (Option<String>, &(u32, Vec<u8>))| {
                    let text = text.filter(|_| n < number || !given_up);
                    given_up |= n >= number && text.is_none();
                    text
                };
                texts.into_iter().zip(recorded).map(keep).collect()
            },
        },
        Planted {
            name: "stops-where-one-is-missing",
            about: "a message that was not recorded was taken to block the way: turning needs no message, only the chain key",
            answer: |loot| {
                let texts = right(&loot);
                let (_, number, _, recorded) = &loot;
                let seen = |n: u32| recorded.iter().any(|(other, _)| *other == n);
                let reached = |n: u32| (*number..n).all(seen);
                recorded
                    .iter()
                    .zip(texts)
                    .map(|((n, _), text)| text.filter(|_| reached(*n)))
                    .collect()
            },
        },
        Planted {
            name: "shut-ones-left-out",
            about: "only what opened came back: there is one entry for each recorded message, None where it stays shut",
            answer: |loot| right(&loot).into_iter().filter(Option::is_some).collect(),
        },
        Planted {
            name: "sorted-by-number",
            about: "the texts came back by number: the order of the record was asked for",
            answer: |(chain_key, number, kept, mut recorded)| {
                recorded.sort_by_key(|(n, _)| *n);
                right(&(chain_key, number, kept, recorded))
            },
        },
        Planted {
            name: "one-for-each-number",
            about: "the texts came back by number, one for each: one for each entry of the record was asked for",
            answer: |mut loot| {
                loot.3.sort_by_key(|(n, _)| *n);
                // The last one of a number wins.
                loot.3.reverse();
                loot.3.dedup_by_key(|(n, _)| *n);
                loot.3.reverse();
                right(&loot)
            },
        },
        Planted {
            name: "opened-once",
            about: "a number that stood in the record before was left shut: a thief throws no key away",
            answer: |loot| {
                let texts = right(&loot);
                let recorded = &loot.3;
                let first = |at: usize| recorded[..at].iter().all(|(n, _)| *n != recorded[at].0);
                texts
                    .into_iter()
                    .enumerate()
                    .map(|(at, text)| text.filter(|_| first(at)))
                    .collect()
            },
        },
        Planted {
            name: "kept-keys-used-up",
            about: "a kept key was thrown away once it had been tried: that is the phone's duty, not the thief's",
            answer: |loot| {
                let texts = right(&loot);
                let (_, number, _, recorded) = &loot;
                let first = |at: usize| recorded[..at].iter().all(|(n, _)| *n != recorded[at].0);
                texts
                    .into_iter()
                    .enumerate()
                    .map(|(at, text)| text.filter(|_| recorded[at].0 >= *number || first(at)))
                    .collect()
            },
        },
        Planted {
            name: "remembered-by-number",
            about: "what came of a number the first time was given for it again: the second message may be unchanged",
            answer: |loot| {
                let texts = right(&loot);
                let recorded = &loot.3;
                let first = |n: u32| recorded.iter().position(|(other, _)| *other == n);
                recorded
                    .iter()
                    .map(|(n, _)| first(*n).and_then(|at| texts[at].clone()))
                    .collect()
            },
        },
        Planted {
            name: "the-last-with-a-number",
            about: "what came of another message with the same number was given for it: one of the two may be changed",
            answer: |loot| {
                let texts = right(&loot);
                let recorded = &loot.3;
                let last = |n: u32| recorded.iter().rposition(|(other, _)| *other == n);
                recorded
                    .iter()
                    .map(|(n, _)| last(*n).and_then(|at| texts[at].clone()))
                    .collect()
            },
        },
        Planted {
            name: "gives-up-early",
            about: "the thief stopped after some hundred turns: a turn costs him next to nothing",
            answer: |loot| {
                by_number(&loot, |chain_key, number, n| {
                    (n - number < 500).then(|| message_key(&turned(chain_key, n - number)))
                })
            },
        },
        Planted {
            name: "number-cut-short",
            about: "the numbers were cast to a smaller type, and cut off there: after 65,535 a u16 begins again at 0",
            answer: |(chain_key, number, kept, recorded)| {
                let cut = |n: u32| u32::from(n as u16);
                let kept = kept.into_iter().map(|(n, key)| (cut(n), key)).collect();
                let recorded = recorded.into_iter().map(|(n, message)| (cut(n), message));
                right(&(chain_key, cut(number), kept, recorded.collect()))
            },
        },
        Planted {
            name: "number-as-i32",
            about: "the numbers were cast to i32: from 2,147,483,648 on they are negative there",
            answer: |loot| {
                let (_, number, _, recorded) = &loot;
                let away = |n: u32| (n as i32).checked_sub(*number as i32);
                match recorded.iter().all(|(n, _)| away(*n).is_some()) {
                    true => right(&loot),
                    false => panic!("attempt to subtract with overflow"),
                }
            },
        },
        Planted {
            name: "compared-as-i32",
            about: "the numbers were compared as i32: from 2,147,483,648 on they are negative there, and come first",
            answer: |loot| {
                let (_, number, _, recorded) = &loot;
                let texts = right(&loot).into_iter().zip(recorded);
                texts
                    .map(|(text, (n, _))| text.filter(|_| (n < number) == ((*n as i32) < *number as i32)))
                    .collect()
            },
        },
        Planted {
            name: "few-kept-keys",
            about: "only the first few of the kept keys were looked at: there can be more",
            answer: |(chain_key, number, mut kept, recorded)| {
                kept.truncate(3);
                right(&(chain_key, number, kept, recorded))
            },
        },
        Planted {
            name: "plain-letters-only",
            about: "a text with other letters than ASCII has was taken for a message that stays shut",
            answer: |loot| {
                let plain = |text: Option<String>| text.filter(|text| text.is_ascii());
                right(&loot).into_iter().map(plain).collect()
            },
        },
        Planted {
            name: "small-letters",
            about: "the texts were turned into small letters: they are wanted as they were sent",
            answer: |loot| {
                let small = |text: Option<String>| text.map(|text| text.to_lowercase());
                right(&loot).into_iter().map(small).collect()
            },
        },
        Planted {
            name: "trimmed",
            about: "blanks at the ends of a text were cut off: they are part of it",
            answer: |loot| {
                let trimmed = |text: Option<String>| text.map(|text| text.trim().to_string());
                right(&loot).into_iter().map(trimmed).collect()
            },
        },
        Planted {
            name: "empty-text-for-shut",
            about: "a message that stays shut came back as an empty text: that is a text, too; None is none",
            answer: |loot| {
                let text = |text: Option<String>| Some(text.unwrap_or_default());
                right(&loot).into_iter().map(text).collect()
            },
        },
        Planted {
            name: "empty-is-shut",
            about: "an empty text was taken for a message that stays shut",
            answer: |loot| {
                let full = |text: Option<String>| text.filter(|text| !text.is_empty());
                right(&loot).into_iter().map(full).collect()
            },
        },
        Planted {
            name: "unwraps",
            about: "what does not open was unwrapped all the same: one changed message stops the whole program",
            answer: |loot| right(&loot).into_iter().map(|text| Some(text.unwrap())).collect(),
        },
        Planted {
            name: "cut-before-looking",
            about: "the header was cut off without a look at the length: a message that was cut short has none",
            answer: |loot| {
                for (_, message) in &loot.3 {
                    std::hint::black_box(&message[..HEADER_BYTES]);
                }
                right(&loot)
            },
        },
        Planted {
            name: "number-below-zero",
            about: "the numbers were subtracted before they were compared: an earlier message has the smaller one",
            answer: |loot| by_kept(&loot, |_, _| panic!("attempt to subtract with overflow")),
        },
    ]
}

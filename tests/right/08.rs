//! Lesson 08: other right answers, in other styles. Each is accepted.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use messaging_lab::course::student::Planted;
use messaging_lab::crypto::x25519::x25519;
use messaging_lab::crypto::{aead, hkdf, hmac::hmac_sha256};
use messaging_lab::envelope::chains::kdf_ck;
use messaging_lab::ground::ledger::{Onlooker, Witness};

use super::checks::{Arrivals, Explanation, FirstKey, Key, Leak, Opened, Prediction, RootStep, Sent, Theft};

use Onlooker::{Backup, BobPhone, Relay, Thief};
use Witness::{Holds, Nobody};

pub fn predict() -> Vec<Planted<(), Prediction>> {
    vec![
        Planted {
            name: "all-guesses-wrong",
            about: "wrong guesses cost nothing; the latest witness of each statement",
            answer: |()| {
                let guesses = [false, true, false, true, false, false].map(Some);
                let witnesses = [
                    Holds(Thief, 32),
                    Nobody,
                    Holds(Thief, 32),
                    Nobody,
                    Holds(BobPhone, 32),
                    Holds(Thief, 32),
                ];
                (guesses, witnesses.map(Some))
            },
        },
        Planted {
            name: "seconds-in-between",
            about: "other seconds at which it is true",
            answer: |()| {
                let witnesses = [
                    Holds(Thief, 7),
                    Nobody,
                    Holds(Thief, 15),
                    Nobody,
                    Holds(BobPhone, 24),
                    Holds(Thief, 28),
                ];
                ([Some(true); 6], witnesses.map(Some))
            },
        },
    ]
}

pub fn first_key() -> Vec<Planted<FirstKey, Option<Key>>> {
    vec![
        Planted {
            name: "extract-and-expand",
            about: "HKDF in its two steps, an empty salt (which is 32 zeros), a fixed array",
            answer: |(identity, ephemeral, bob, signed, one_time)| {
                let mut material = [0xff; 160];
                let mut length = 32;
                let pairs = [
                    (identity, Some(signed)),
                    (ephemeral, Some(bob)),
                    (ephemeral, Some(signed)),
                    (ephemeral, one_time),
                ];
                for (private, public) in pairs {
                    let Some(public) = public else { continue };
                    material[length..length + 32].copy_from_slice(&x25519(&private, &public).ok()?);
                    length += 32;
                }
                let prk = hkdf::extract(b"", &material[..length]);
                let mut key = [0; 32];
                hkdf::expand(&prk, b"messaging-lab X3DH", &mut key).ok()?;
                Some(key)
            },
        },
        Planted {
            name: "hmac-by-hand",
            about: "HKDF from HMAC alone, the agreements collected in a vector of results",
            answer: |(identity, ephemeral, bob, signed, one_time)| {
                let shares = [
                    x25519(&identity, &signed),
                    x25519(&ephemeral, &bob),
                    x25519(&ephemeral, &signed),
                ];
                let fourth = one_time.iter().map(|one_time| x25519(&ephemeral, one_time));
                let shares: Result<Vec<Key>, _> = shares.into_iter().chain(fourth).collect();
                let material = [vec![0xff; 32], shares.ok()?.concat()].concat();
                let prk = hmac_sha256(&[0; 32], &material);
                Some(hmac_sha256(&prk, b"messaging-lab X3DH\x01"))
            },
        },
    ]
}

pub fn root_step() -> Vec<Planted<RootStep, (Key, Key)>> {
    vec![
        Planted {
            name: "extract-and-expand",
            about: "HKDF in its two steps, and `split_at`",
            answer: |(root, dh)| {
                let mut both = [0; 64];
                hkdf::expand(&hkdf::extract(&root, &dh), b"messaging-lab root", &mut both).expect("64 bytes");
                let (next, chain) = both.split_at(32);
                (next.try_into().expect("32"), chain.try_into().expect("32"))
            },
        },
        Planted {
            name: "hmac-by-hand",
            about: "HKDF from HMAC alone: each block is made from the one before",
            answer: |(root, dh)| {
                let prk = hmac_sha256(&root, &dh);
                let first = hmac_sha256(&prk, b"messaging-lab root\x01");
                let second = hmac_sha256(&prk, &[&first[..], b"messaging-lab root", &[2]].concat());
                (first, second)
            },
        },
    ]
}

pub fn locked_out() -> Vec<Planted<Theft, Option<usize>>> {
    vec![
        Planted {
            name: "recursion",
            about: "one message after the other by recursion, with signed steps",
            answer: |(messages, whose, theft)| lost_from(&messages, &whose, i128::from(theft), 0),
        },
        Planted {
            name: "by-the-copied-pairs",
            about: "every pair of the owner's that was in the phone by then; the first message under another one",
            answer: |(messages, whose, theft)| {
                let theirs = |(sender, ..): &&Sent| *sender == whose;
                let copied: Vec<u64> = messages
                    .iter()
                    .filter(theirs)
                    .map(|(_, _, made)| *made)
                    .filter(|made| *made <= theft)
                    .collect();
                messages
                    .iter()
                    .position(|(sender, _, made)| *sender == whose && !copied.contains(made))
            },
        },
        Planted {
            name: "a-loop-over-what-comes-after",
            about: "walks through the messages after the theft and remembers which pairs were copied",
            answer: |(messages, whose, theft)| {
                let mut index = 0;
                while index < messages.len() {
                    let (sender, sent, made) = &messages[index];
                    let copied = *made <= theft;
                    if *sent > theft && *sender == whose && !copied {
                        return Some(index);
                    }
                    index += 1;
                }
                None
            },
        },
        Planted {
            name: "the-smallest-of-all-lost",
            about: "lists every message of the owner's under a new pair, and takes the least index",
            answer: |(messages, whose, theft)| {
                messages
                    .iter()
                    .enumerate()
                    .rev()
                    .filter(|(_, message)| message.0 == whose)
                    .filter(|(_, message)| message.2.checked_sub(theft).is_some_and(|since| since > 0))
                    .map(|(index, _)| index)
                    .min()
            },
        },
    ]
}

/// Locked out, one message after the other, by recursion.
fn lost_from(messages: &[Sent], whose: &str, theft: i128, index: usize) -> Option<usize> {
    let ((sender, _, made), rest) = messages.split_first()?;
    match sender == whose && i128::from(*made) - theft > 0 {
        true => Some(index),
        false => lost_from(rest, whose, theft, index + 1),
    }
}

/// A phone that knows how far its chain is, and the arrivals that are left, by recursion.
fn open_rest(
    chain: Key,
    next: u128,
    kept: &[(u128, Key)],
    (arrivals, max_skip, max_kept): (&[u32], u32, usize),
) -> Opened {
    let Some((&number, rest)) = arrivals.split_first() else {
        return Vec::new();
    };
    let number = u128::from(number);
    let (key, chain, next, kept) = if number < next {
        let (its, others): (Vec<_>, Vec<_>) = kept.iter().partition(|(of, _)| *of == number);
        (its.first().map(|(_, key)| *key), chain, next, others)
    } else if number > next + u128::from(max_skip) {
        (None, chain, next, kept.to_vec())
    } else {
        let turned: Vec<(Key, Key)> =
            std::iter::successors(Some(kdf_ck(&chain)), |(chain, _)| Some(kdf_ck(chain)))
                .take((number - next) as usize + 1)
                .collect();
        let (last, passed) = turned.split_last().expect("one at least");
        let passed = (next..number).zip(passed.iter().map(|(_, key)| *key));
        let all: Vec<(u128, Key)> = kept.iter().copied().chain(passed).collect();
        let newest = all[all.len().saturating_sub(max_kept)..].to_vec();
        (Some(last.1), last.0, number + 1, newest)
    };
    [
        vec![key],
        open_rest(chain, next, &kept, (rest, max_skip, max_kept)),
    ]
    .concat()
}

pub fn out_of_order() -> Vec<Planted<Arrivals, Opened>> {
    vec![
        Planted {
            name: "recursion",
            about: "nothing is changed in place: each arrival gives the next state, in u128",
            answer: |(chain, arrivals, max_skip, max_kept)| {
                open_rest(chain, 0, &[], (&arrivals, max_skip, max_kept))
            },
        },
        Planted {
            name: "map-and-queue",
            about: "kept keys in a map, their order in a queue; the chain turned one number at a time",
            answer: |(mut chain, arrivals, max_skip, max_kept)| {
                let mut next: u64 = 0;
                let mut kept: HashMap<u64, Key> = HashMap::new();
                let mut order: VecDeque<u64> = VecDeque::new();
                let mut result = Vec::new();
                for number in arrivals.into_iter().map(u64::from) {
                    if number > next + u64::from(max_skip) {
                        result.push(None);
                    } else if let Some(key) = kept.remove(&number) {
                        order.retain(|of| *of != number);
                        result.push(Some(key));
                    } else if number < next {
                        result.push(None);
                    } else {
                        loop {
                            let (after, key) = kdf_ck(&chain);
                            chain = after;
                            next += 1;
                            if next > number {
                                result.push(Some(key));
                                break;
                            }
                            if order.len() == max_kept {
                                if let Some(oldest) = order.pop_front() {
                                    kept.remove(&oldest);
                                }
                            }
                            order.push_back(next - 1);
                            kept.insert(next - 1, key);
                        }
                    }
                }
                result
            },
        },
        Planted {
            name: "hmac-and-a-sorted-map",
            about: "the chain's step by HMAC, kept keys sorted by number; of the oldest the map drops the first",
            answer: |(mut chain, arrivals, max_skip, max_kept)| {
                let mut next = 0;
                let mut kept = BTreeMap::new();
                let mut result = Vec::with_capacity(arrivals.len());
                for number in arrivals {
                    if let Some(gap) = number.checked_sub(next) {
                        if gap <= max_skip {
                            for between in next..=number {
                                kept.insert(between, hmac_sha256(&chain, &[1]));
                                chain = hmac_sha256(&chain, &[2]);
                            }
                            next = number + 1;
                        }
                    }
                    result.push(kept.remove(&number));
                    while kept.len() > max_kept {
                        kept.pop_first();
                    }
                }
                result
            },
        },
    ]
}

pub fn leaks() -> Vec<Planted<Leak, Vec<(String, u64)>>> {
    vec![
        Planted {
            name: "second-by-second",
            about: "lets time pass: at each second who has the text by now, and had not before",
            answer: |(ledger, text)| {
                let seconds: BTreeSet<u64> = ledger.iter().map(|line| line.2).collect();
                let mut known: BTreeMap<String, u64> = BTreeMap::new();
                for second in seconds {
                    for (who, ..) in &ledger {
                        let has: Vec<&[u8]> = ledger
                            .iter()
                            .filter(|line| line.0 == *who && line.2 <= second)
                            .map(|line| &line.1[..])
                            .collect();
                        let mut texts: Vec<Vec<u8>> = has.iter().map(|bytes| bytes.to_vec()).collect();
                        for key in &has {
                            for packet in &has {
                                let Ok(key) = <[u8; 32]>::try_from(*key) else {
                                    continue;
                                };
                                let Some((nonce, sealed)) = packet.split_first_chunk::<12>() else {
                                    continue;
                                };
                                texts.extend(aead::open(&key, nonce, &[], sealed));
                            }
                        }
                        if texts
                            .iter()
                            .any(|bytes| bytes.windows(text.len()).any(|part| part == text))
                        {
                            known.entry(who.clone()).or_insert(second);
                        }
                    }
                }
                known.into_iter().rev().collect()
            },
        },
        Planted {
            name: "named-twice-alike",
            about: "the right list twice over: the order means nothing, nor does saying the same again",
            answer: |(ledger, text)| {
                let has = |bytes: &[u8]| {
                    (0..bytes.len().saturating_sub(text.len() - 1)).any(|at| bytes[at..].starts_with(&text))
                };
                let mut all: HashMap<&str, u64> = HashMap::new();
                for a in &ledger {
                    for b in ledger.iter().filter(|b| b.0 == a.0) {
                        let opens = a.1.len() == 32 && b.1.len() > 12 && {
                            let (key, nonce) = (a.1[..].try_into(), b.1[..12].try_into());
                            let (key, nonce) = (key.expect("32"), nonce.expect("12"));
                            aead::open(&key, &nonce, b"", &b.1[12..]).is_ok_and(|text| has(&text))
                        };
                        let second = match (has(&a.1), opens) {
                            (true, _) => a.2,
                            (false, true) => a.2.max(b.2),
                            _ => continue,
                        };
                        let earliest = all.entry(&a.0).or_insert(second);
                        *earliest = second.min(*earliest);
                    }
                }
                let once: Vec<(String, u64)> = all.iter().map(|(who, at)| (who.to_string(), *at)).collect();
                [once.clone(), once].concat()
            },
        },
    ]
}

pub fn sentence() -> Vec<Planted<(), Explanation>> {
    vec![
        Planted {
            name: "the-last-seconds",
            about: "other witnesses, and a capital letter",
            answer: |()| {
                let witnesses = [
                    Nobody,
                    Holds(Relay, 32),
                    Nobody,
                    Holds(Backup, 32),
                    Holds(BobPhone, 32),
                    Holds(Relay, 32),
                ];
                (witnesses.map(Some), Some('C'), "Sealed on the phone.".to_string())
            },
        },
        Planted {
            name: "in-between",
            about: "yet other seconds, and a long paragraph",
            answer: |()| {
                let witnesses = [
                    Nobody,
                    Holds(Relay, 15),
                    Nobody,
                    Holds(Backup, 21),
                    Holds(BobPhone, 26),
                    Holds(Relay, 30),
                ];
                (
                    witnesses.map(Some),
                    Some('c'),
                    "It holds under conditions. ".repeat(40),
                )
            },
        },
    ]
}

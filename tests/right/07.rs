//! Lesson 07: other right answers, in other styles. Each is accepted.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use messaging_lab::course::student::Planted;
use messaging_lab::crypto::aead;
use messaging_lab::crypto::hmac::{HmacSha256, hmac_sha256};
use messaging_lab::crypto::sha256::sha256;
use messaging_lab::envelope::chains::{kdf_ck, message_key_and_nonce};
use messaging_lab::envelope::header::{HEADER_BYTES, Header};
use messaging_lab::envelope::ratchet::Ratchet;
use messaging_lab::envelope::stolen::StolenState;
use messaging_lab::ground::ledger::Onlooker::Thief;
use messaging_lab::ground::ledger::Witness::{Holds, Nobody};
use messaging_lab::ground::randomness::Seeded;

use super::checks::{ChainKey, Held, Log, Loot, Texts, TwoKeys};

type Prediction = messaging_lab::course::statement::Prediction<6>;

pub fn predict() -> Vec<Planted<(), Prediction>> {
    vec![
        Planted {
            name: "all-guessed-wrong",
            about: "every guess is wrong and every witness is right",
            answer: |()| {
                let guesses = [true, false, false, false, false, true].map(Some);
                let witnesses = [
                    Nobody,
                    Holds(Thief, 59),
                    Holds(Thief, 90),
                    Holds(Thief, 90),
                    Holds(Thief, 90),
                    Nobody,
                ];
                (guesses, witnesses.map(Some))
            },
        },
        Planted {
            name: "other-seconds",
            about: "other seconds that are just as true",
            answer: |()| {
                let witnesses = [
                    Nobody,
                    Holds(Thief, 47),
                    Holds(Thief, 62),
                    Holds(Thief, 51),
                    Holds(Thief, 80),
                    Nobody,
                ];
                ([Some(true); 6], witnesses.map(Some))
            },
        },
    ]
}

pub fn chain_step() -> Vec<Planted<ChainKey, TwoKeys>> {
    vec![
        Planted {
            name: "keyed-once",
            about: "one keyed HMAC, cloned for each byte",
            answer: |ck| {
                let keyed = HmacSha256::new(&ck);
                let turn = |byte: u8| {
                    let mut hmac = keyed.clone();
                    hmac.update(&[byte]);
                    hmac.finish()
                };
                (turn(1), turn(2))
            },
        },
        Planted {
            name: "mapped",
            about: "the two bytes as an array",
            answer: |ck| {
                let [message_key, next] = [b"\x01", b"\x02"].map(|byte| hmac_sha256(&ck, byte));
                (message_key, next)
            },
        },
        Planted {
            name: "hmac-by-hand",
            about: "HMAC from its two hashes (RFC 2104)",
            answer: |ck| {
                let hmac = |byte: u8| {
                    let mut inner = [0x36; 64];
                    let mut outer = [0x5c; 64];
                    for (at, key) in ck.iter().enumerate() {
                        inner[at] ^= key;
                        outer[at] ^= key;
                    }
                    let inside = sha256(&[&inner[..], &[byte]].concat());
                    sha256(&[&outer[..], &inside].concat())
                };
                (hmac(1), hmac(2))
            },
        },
    ]
}

fn open_one(message_key: &[u8; 32], message: &[u8]) -> Option<String> {
    let (key, nonce) = message_key_and_nonce(message_key);
    let (header, sealed) = message.split_at_checked(HEADER_BYTES)?;
    String::from_utf8(aead::open(&key, &nonce, header, sealed).ok()?).ok()
}

/// The chain key that many turns on, by recursion.
fn turned(chain: &[u8; 32], turns: u32) -> [u8; 32] {
    match turns {
        0 => *chain,
        _ => turned(&hmac_sha256(chain, b"\x02"), turns - 1),
    }
}

pub fn thief() -> Vec<Planted<Loot, Texts>> {
    vec![
        Planted {
            name: "recursion",
            about: "turns by recursion, the difference of the numbers in i64, kept keys first",
            answer: |(chain_key, number, kept, recorded)| {
                let key = |n: u32| match kept.iter().find(|(late, _)| *late == n) {
                    Some((_, key)) => Some(*key),
                    None => {
                        let turns = u32::try_from(i64::from(n) - i64::from(number)).ok()?;
                        Some(hmac_sha256(&turned(&chain_key, turns), b"\x01"))
                    }
                };
                recorded
                    .iter()
                    .map(|(n, message)| open_one(&key(*n)?, message))
                    .collect()
            },
        },
        Planted {
            name: "in-order-of-numbers",
            about: "the record is sorted by number, the chain turned once along it, and the order of the record restored",
            answer: |(chain_key, number, kept, recorded)| {
                let mut places: Vec<usize> = (0..recorded.len()).collect();
                places.sort_by_key(|&place| recorded[place].0);
                let (mut chain, mut at) = (chain_key, number);
                let mut texts = vec![None; recorded.len()];
                for place in places {
                    let (n, message) = &recorded[place];
                    if *n < number {
                        let late = kept.iter().filter(|(late, _)| late == n);
                        texts[place] = late.filter_map(|(_, key)| open_one(key, message)).next();
                        continue;
                    }
                    while at < *n {
                        chain = kdf_ck(&chain).0;
                        at += 1;
                    }
                    texts[place] = open_one(&kdf_ck(&chain).1, message);
                }
                texts
            },
        },
        Planted {
            name: "all-keys-first",
            about: "first every key up to the highest number, in a map, then the messages",
            answer: |(chain_key, number, kept, recorded)| {
                let mut keys: BTreeMap<u32, [u8; 32]> = kept.into_iter().collect();
                let highest = recorded.iter().map(|(n, _)| *n).max().unwrap_or(0);
                let mut chain = chain_key;
                for n in number..=highest {
                    let (next, key) = kdf_ck(&chain);
                    keys.insert(n, key);
                    chain = next;
                }
                let text = |(n, message): &(u32, Vec<u8>)| open_one(keys.get(n)?, message);
                recorded.iter().map(text).collect()
            },
        },
        Planted {
            name: "tries-every-key",
            about: "every key there is on every message: only the right one opens",
            answer: |(chain_key, _, kept, recorded)| {
                let mut keys: Vec<[u8; 32]> = kept.iter().map(|(_, key)| *key).collect();
                let mut chain = chain_key;
                for _ in 0..1_001 {
                    let (next, key) = kdf_ck(&chain);
                    keys.push(key);
                    chain = next;
                }
                recorded
                    .iter()
                    .map(|(_, message)| keys.iter().find_map(|key| open_one(key, message)))
                    .collect()
            },
        },
        Planted {
            name: "signed-difference",
            about: "the difference of the numbers wraps and is read as signed: right across the middle of a u32, too",
            answer: |(chain_key, number, kept, recorded)| {
                let text = |(n, message): &(u32, Vec<u8>)| {
                    let key = match n.wrapping_sub(number) as i32 {
                        0.. => hmac_sha256(&turned(&chain_key, n - number), b"\x01"),
                        _ => kept.iter().find(|(late, _)| late == n)?.1,
                    };
                    open_one(&key, message)
                };
                recorded.iter().map(text).collect()
            },
        },
        Planted {
            name: "saturating",
            about: "an earlier message without a kept key gets the chain's first key, which does not open it",
            answer: |(chain_key, number, kept, recorded)| {
                let mut texts = Vec::new();
                for (n, message) in &recorded {
                    let mut chain = chain_key;
                    let mut key = hmac_sha256(&chain, &[1]);
                    for _ in 0..n.saturating_sub(number) {
                        chain = hmac_sha256(&chain, &[2]);
                        key = hmac_sha256(&chain, &[1]);
                    }
                    for (late, kept_key) in &kept {
                        if late == n {
                            key = *kept_key;
                        }
                    }
                    texts.push(open_one(&key, message));
                }
                texts
            },
        },
        Planted {
            name: "the-kits-ratchet",
            about: "the stolen keys are put into a ratchet again, a fresh one for each message",
            answer: |(chain_key, number, kept, recorded)| {
                let text = |(_, message): &(u32, Vec<u8>)| {
                    let dh = *Header::of(message).ok()?.0.dh.as_bytes();
                    let state = StolenState {
                        root: [0; 32],
                        our_private: [1; 32],
                        our_public: [0; 32],
                        their_public: Some(dh),
                        sending_chain: None,
                        receiving_chain: Some(chain_key),
                        next_sent: 0,
                        next_received: number,
                        previous_sent: 0,
                        skipped: kept.iter().map(|(n, key)| (dh, *n, *key)).collect(),
                    };
                    let mut ratchet = Ratchet::from_stolen(&state).ok()?;
                    let text = ratchet.open(message, b"", &mut Seeded::new(0)).ok()?;
                    String::from_utf8(text).ok()
                };
                recorded.iter().map(text).collect()
            },
        },
    ]
}

pub fn forget() -> Vec<Planted<Log, Vec<Held>>> {
    vec![
        Planted {
            name: "a-long-stock",
            about: "a thousand message keys are made ahead at once, and the chain key stands behind the last of them",
            answer: |log| {
                let mut unused: BTreeSet<u32> = (0..1_200).collect();
                let mut after_each = Vec::new();
                for (number, genuine) in log {
                    if genuine {
                        unused.remove(&number);
                    }
                    after_each.push((vec![1_200], unused.iter().rev().copied().collect()));
                }
                after_each
            },
        },
        Planted {
            name: "chain-keys-of-old-and-new",
            about: "as long as nothing was opened, the first chain key and later ones may stand side by side",
            answer: |log| {
                let mut waiting: Option<(u32, Vec<u32>)> = None;
                let mut after_each = Vec::new();
                for (number, genuine) in log {
                    if genuine {
                        let (mut next, mut keys) = waiting.unwrap_or_default();
                        keys.extend(next..=number);
                        next = next.max(number + 1);
                        keys.retain(|key| *key != number);
                        waiting = Some((next, keys));
                    }
                    after_each.push(match &waiting {
                        Some((next, keys)) => (vec![*next], keys.clone()),
                        None => (vec![7, 0, 3], vec![1, 1]),
                    });
                }
                after_each
            },
        },
        Planted {
            name: "worked-out-anew",
            about: "no keys are moved: after each entry the log so far says what is missing",
            answer: |log| {
                (0..log.len())
                    .map(|at| {
                        let genuine = log[..=at].iter().filter(|(_, genuine)| *genuine);
                        let opened: BTreeSet<u32> = genuine.map(|(number, _)| *number).collect();
                        let next = opened.last().map_or(0, |last| last + 1);
                        let missing = (0..next).filter(|number| !opened.contains(number));
                        (vec![next], missing.rev().collect())
                    })
                    .collect()
            },
        },
        Planted {
            name: "a-few-ahead",
            about: "the keys of the next three messages are made in advance, so the chain key stands further on",
            answer: |log| {
                let (mut next, mut waiting) = (0, BTreeSet::new());
                let mut after_each = Vec::new();
                for (number, genuine) in log {
                    if genuine {
                        while next <= number + 3 {
                            waiting.insert(next);
                            next += 1;
                        }
                        waiting.remove(&number);
                    }
                    after_each.push((vec![next], waiting.iter().copied().collect()));
                }
                after_each
            },
        },
        Planted {
            name: "forged-ones-turn-too",
            about: "the chain is turned for forged messages as well, and every key on the way is kept",
            answer: |log| {
                let (mut next, mut waiting) = (0, HashMap::new());
                let mut after_each = Vec::new();
                for (number, genuine) in log {
                    while next <= number {
                        waiting.insert(next, "a key");
                        next += 1;
                    }
                    if genuine {
                        waiting.remove(&number);
                    }
                    after_each.push((vec![next], waiting.keys().copied().collect()));
                }
                after_each
            },
        },
        Planted {
            name: "old-chain-keys-until-a-genuine-one",
            about: "a forged message turns the chain, and the chain keys on the way go with the next genuine one",
            answer: |log| {
                let (mut chain_keys, mut message_keys) = (vec![0], Vec::new());
                let mut after_each = Vec::new();
                for (number, genuine) in log {
                    for next in chain_keys[chain_keys.len() - 1]..=number {
                        message_keys.push(next);
                        chain_keys.push(next + 1);
                    }
                    if genuine {
                        chain_keys.drain(..chain_keys.len() - 1);
                        message_keys.retain(|key| *key != number);
                    }
                    after_each.push((chain_keys.clone(), message_keys.clone()));
                }
                after_each
            },
        },
        Planted {
            name: "newer-chain-keys-beside",
            about: "more keys than needed, none of which opens anything that was opened",
            answer: |log| {
                let (mut next, mut waiting): (u32, Vec<u32>) = (0, Vec::new());
                let mut after_each = Vec::new();
                for (number, genuine) in log {
                    if genuine {
                        waiting.extend(next..=number);
                        next = next.max(number + 1);
                        waiting.retain(|key| *key != number);
                    }
                    let message_keys = [&waiting[..], &waiting, &[next]].concat();
                    after_each.push((vec![next + 1, next], message_keys));
                }
                after_each
            },
        },
    ]
}

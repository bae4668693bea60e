//! Lesson 09: other right answers, in other styles. Each is accepted.

use std::collections::{BTreeMap, BTreeSet};

use messaging_lab::call::frame::{FrameKeys, Header, nonce};
use messaging_lab::call::key_schedule::{hvi, kdf};
use messaging_lab::course::student::Planted;
use messaging_lab::crypto::aead;
use messaging_lab::crypto::hmac::hmac_sha256;
use messaging_lab::crypto::sha256::{Sha256, sha256};
use messaging_lab::ground::ledger::Onlooker::{Relay, Tap, Thief};
use messaging_lab::ground::ledger::Witness::{Holds, Nobody};

use super::checks::{Committing, Derived, Found, From, Loot, Place, Revealed, Row, Sealing};

type Prediction = messaging_lab::course::statement::Prediction<6>;

pub fn predict() -> Vec<Planted<(), Prediction>> {
    vec![
        Planted {
            name: "all-guessed-wrong",
            about: "every guess is wrong and every witness is right",
            answer: |()| {
                let guesses = [false, false, true, false, true, false].map(Some);
                let witnesses = [
                    Holds(Relay, 9),
                    Holds(Relay, 19),
                    Nobody,
                    Holds(Tap, 39),
                    Nobody,
                    Holds(Thief, 99),
                ];
                (guesses, witnesses.map(Some))
            },
        },
        Planted {
            name: "the-earliest-seconds",
            about: "each at the first second at which it is true",
            answer: |()| {
                let witnesses = [
                    Holds(Relay, 2),
                    Holds(Relay, 12),
                    Nobody,
                    Holds(Tap, 21),
                    Nobody,
                    Holds(Thief, 80),
                ];
                ([Some(true); 6], witnesses.map(Some))
            },
        },
    ]
}

pub fn coin() -> Vec<Planted<u8, u8>> {
    vec![
        Planted {
            name: "by-name",
            about: "a match over the three",
            answer: |theirs| match theirs {
                0 => 1,
                1 => 2,
                _ => 0,
            },
        },
        Planted {
            name: "looked-up",
            about: "a table of what beats what",
            answer: |theirs| [1, 2, 0][usize::from(theirs)],
        },
        Planted {
            name: "tried",
            about: "the move of which the other is the loser",
            answer: |theirs| (0..3).find(|mine| (mine + 2) % 3 == theirs).unwrap_or(0),
        },
    ]
}

pub fn sealed_coin() -> Vec<Planted<Sealing, [u8; 32]>> {
    vec![
        Planted {
            name: "piece-by-piece",
            about: "the hash is fed twice",
            answer: |(nonce, mine)| {
                let mut hash = Sha256::new();
                hash.update(&nonce);
                hash.update(&[mine]);
                hash.finish()
            },
        },
        Planted {
            name: "an-array-of-33",
            about: "one array, filled in place",
            answer: |(nonce, mine)| {
                let mut all = [mine; 33];
                all[..32].copy_from_slice(&nonce);
                sha256(&all)
            },
        },
        Planted {
            name: "concatenated",
            about: "two slices joined",
            answer: |(nonce, mine)| sha256(&[&nonce[..], &[mine]].concat()),
        },
    ]
}

pub fn commit() -> Vec<Planted<Committing, [u8; 32]>> {
    vec![
        Planted {
            name: "piece-by-piece",
            about: "the hash is fed twice",
            answer: |(part, hello)| {
                let mut hash = Sha256::new();
                hash.update(&part);
                hash.update(&hello);
                hash.finish()
            },
        },
        Planted {
            name: "extended",
            about: "the Hello is appended to the DHPart2",
            answer: |(mut part, hello)| {
                part.extend(hello);
                sha256(&part)
            },
        },
        Planted {
            name: "chained",
            about: "an iterator over both",
            answer: |(part, hello)| sha256(&part.into_iter().chain(hello).collect::<Vec<u8>>()),
        },
    ]
}

pub fn check_commit() -> Vec<Planted<Revealed, bool>> {
    vec![
        Planted {
            name: "folded",
            about: "all differences are collected before one comparison",
            answer: |(promised, part, hello)| {
                let own = sha256(&[part, hello].concat());
                own.iter().zip(promised).fold(0, |all, (a, b)| all | (a ^ b)) == 0
            },
        },
        Planted {
            name: "differences-summed",
            about: "the differences are added up in a number that holds them all",
            answer: |(promised, part, hello)| {
                let own = hvi(&part, &hello);
                own.iter()
                    .zip(&promised)
                    .map(|(a, b)| u32::from(a ^ b))
                    .sum::<u32>()
                    == 0
            },
        },
        Planted {
            name: "byte-by-byte",
            about: "a loop that leaves at the first difference",
            answer: |(promised, part, hello)| {
                let own = hvi(&part, &hello);
                for at in 0..32 {
                    if own[at] != promised[at] {
                        return false;
                    }
                }
                true
            },
        },
        Planted {
            name: "the-kits-comparison",
            about: "ground::secret::equal",
            answer: |(promised, part, hello)| {
                messaging_lab::ground::secret::equal(&hvi(&part, &hello), &promised)
            },
        },
    ]
}

/// A depth-first walk that remembers where it has been.
fn walk(machine: &[Row], here: &str, seen: &mut BTreeSet<String>) -> Option<Vec<String>> {
    if here == "confirmed" {
        return Some(Vec::new());
    }
    if !seen.insert(here.to_string()) {
        return None;
    }
    for (state, message, next, checks) in machine {
        if state == here && !checks {
            if let Some(rest) = walk(machine, next, seen) {
                return Some([vec![message.clone()], rest].concat());
            }
        }
    }
    None
}

pub fn wrong_order() -> Vec<Planted<Vec<Row>, Option<Vec<String>>>> {
    vec![
        Planted {
            name: "depth-first",
            about: "goes on along the first way, and comes back where it ends: not always the shortest order",
            answer: |machine| walk(&machine, "hello", &mut BTreeSet::new()),
        },
        Planted {
            name: "a-map-of-orders",
            about: "an order for each state that was reached, until nothing new comes",
            answer: |machine| {
                let mut orders = BTreeMap::from([("hello".to_string(), Vec::new())]);
                for _ in 0..=machine.len() {
                    for (state, message, next, checks) in &machine {
                        let Some(order) = orders.get(state).filter(|_| !checks) else {
                            continue;
                        };
                        let longer: Vec<String> = [&order[..], std::slice::from_ref(message)].concat();
                        orders.entry(next.clone()).or_insert(longer);
                    }
                }
                orders.remove("confirmed")
            },
        },
        Planted {
            name: "from-the-end",
            about: "walks back from confirmed, and turns the order round",
            answer: |machine| {
                let mut back = vec![("confirmed".to_string(), Vec::<String>::new())];
                let mut at = 0;
                while at < back.len() {
                    let (there, mut order) = back[at].clone();
                    if there == "hello" {
                        order.reverse();
                        return Some(order);
                    }
                    for (state, message, next, checks) in &machine {
                        if *next == there && !checks && back.iter().all(|(known, _)| known != state) {
                            back.push((
                                state.clone(),
                                [&order[..], std::slice::from_ref(message)].concat(),
                            ));
                        }
                    }
                    at += 1;
                }
                None
            },
        },
        Planted {
            name: "with-a-round-more",
            about: "a Hello that leads back to hello, or any message that does, is sent first: just as good",
            answer: |machine| {
                let order = walk(&machine, "hello", &mut BTreeSet::new())?;
                let round = machine
                    .iter()
                    .find(|(state, _, next, checks)| state == "hello" && next == "hello" && !checks);
                let first: Vec<String> = round.map(|row| row.1.clone()).into_iter().collect();
                Some([first, order].concat())
            },
        },
    ]
}

pub fn next_state() -> Vec<Planted<Place, Option<String>>> {
    vec![
        Planted {
            name: "by-role",
            about: "the way of each role as a list; a step is two neighbours",
            answer: |(role, state, message)| {
                let way: &[(&str, &str)] = if role == "initiator" {
                    &[
                        ("", "committed"),
                        ("DHPart1", "agreed"),
                        ("Confirm1", "confirming"),
                        ("Conf2ACK", "confirmed"),
                    ]
                } else {
                    &[
                        ("", "hello"),
                        ("Commit", "committed"),
                        ("DHPart2", "agreed"),
                        ("Confirm2", "confirmed"),
                    ]
                };
                let step = way
                    .windows(2)
                    .find(|two| two[0].1 == state && two[1].0 == message)?;
                Some(step[1].1.to_string())
            },
        },
        Planted {
            name: "what-it-waits-for",
            about: "first what the state waits for, then whether that came",
            answer: |(role, state, message)| {
                let initiator = role == "initiator";
                let (waits_for, next) = match state.as_str() {
                    "hello" if !initiator => ("Commit", "committed"),
                    "committed" if initiator => ("DHPart1", "agreed"),
                    "committed" => ("DHPart2", "agreed"),
                    "agreed" if initiator => ("Confirm1", "confirming"),
                    "agreed" => ("Confirm2", "confirmed"),
                    "confirming" if initiator => ("Conf2ACK", "confirmed"),
                    _ => return None,
                };
                (message == waits_for).then(|| next.to_string())
            },
        },
        Planted {
            name: "by-message",
            about: "each message has one role and one state that wait for it",
            answer: |(role, state, message)| {
                let (who, when, next) = match message.as_str() {
                    "Commit" => ("responder", "hello", "committed"),
                    "DHPart1" => ("initiator", "committed", "agreed"),
                    "DHPart2" => ("responder", "committed", "agreed"),
                    "Confirm1" => ("initiator", "agreed", "confirming"),
                    "Confirm2" => ("responder", "agreed", "confirmed"),
                    "Conf2ACK" => ("initiator", "confirming", "confirmed"),
                    _ => return None,
                };
                (role == who && state == when).then(|| next.to_string())
            },
        },
    ]
}

pub fn keys() -> Vec<Planted<From, Derived>> {
    vec![
        Planted {
            name: "names-built",
            about: "the names are put together from the role",
            answer: |(s0, context)| {
                let direction = |role: &str| {
                    let key = kdf(&s0, &format!("{role} SRTP master key"), &context, 256);
                    let salt = kdf(&s0, &format!("{role} SRTP master salt"), &context, 96);
                    let (key, salt) = (key.expect("256 bits"), salt.expect("96 bits"));
                    (
                        key.try_into().expect("32 bytes"),
                        salt.try_into().expect("12 bytes"),
                    )
                };
                let sas = kdf(&s0, "SAS", &context, 256).expect("256 bits");
                (
                    sas.try_into().expect("32 bytes"),
                    direction("Initiator"),
                    direction("Responder"),
                )
            },
        },
        Planted {
            name: "hmac-by-hand",
            about: "the KDF from its HMAC, as the RFC writes it",
            answer: |(s0, context)| {
                let tag = |name: &str, bits: u32| {
                    let counter: &[u8] = &[0, 0, 0, 1];
                    hmac_sha256(
                        &s0,
                        &[counter, name.as_bytes(), &[0], &context, &bits.to_be_bytes()].concat(),
                    )
                };
                let direction = |role: &str| {
                    let mut salt = [0; 12];
                    salt.copy_from_slice(&tag(&format!("{role} SRTP master salt"), 96)[..12]);
                    (tag(&format!("{role} SRTP master key"), 256), salt)
                };
                (tag("SAS", 256), direction("Initiator"), direction("Responder"))
            },
        },
    ]
}

/// Every key with every salt of a memory, whatever they are called.
fn any_keys(memory: &[Found]) -> Vec<FrameKeys> {
    let mut all = Vec::new();
    for (_, key) in memory {
        for (_, salt) in memory {
            if let (Ok(key), Ok(salt)) = (key.clone().try_into(), salt.clone().try_into()) {
                all.push(FrameKeys::new(key, salt));
            }
        }
    }
    all
}

pub fn late_tap() -> Vec<Planted<Loot, Vec<Vec<u8>>>> {
    vec![
        Planted {
            name: "any-key-with-any-salt",
            about: "names are not looked at: 32 bytes are tried as a key, 12 as a salt; the tag tells",
            answer: |(recording, alice, bob)| {
                let keys = [any_keys(&alice), any_keys(&bob)];
                let open = |packet: &Vec<u8>| {
                    let seq = Header::of(packet).ok()?.seq;
                    let mut keys = keys.iter().flatten();
                    keys.find_map(|keys| keys.open(u64::from(seq), packet).ok())
                };
                recording.iter().filter_map(open).collect()
            },
        },
        Planted {
            name: "aead-by-hand",
            about: "nonce and AEAD put together, with the role from the header's SSRC",
            answer: |(recording, alice, bob)| {
                let mut payloads = Vec::new();
                for packet in &recording {
                    let Ok(header) = Header::of(packet) else { continue };
                    let role = if header.ssrc == 1 {
                        "initiator"
                    } else {
                        "responder"
                    };
                    for memory in [&alice, &bob] {
                        let named: BTreeMap<&str, &[u8]> = memory
                            .iter()
                            .map(|(name, bytes)| (name.as_str(), &bytes[..]))
                            .collect();
                        let find = |what: &str| named.get(format!("{role}'s frame {what}").as_str());
                        let (Some(key), Some(salt)) = (find("key"), find("salt")) else {
                            continue;
                        };
                        let salt = (*salt).try_into().expect("12 bytes");
                        let nonce = nonce(&salt, header.ssrc, u64::from(header.seq));
                        let key = (*key).try_into().expect("32 bytes");
                        let (header_bytes, sealed) = packet.split_at(12);
                        if let Ok(payload) = aead::open(&key, &nonce, header_bytes, sealed) {
                            payloads.push(payload);
                            break;
                        }
                    }
                }
                payloads
            },
        },
        Planted {
            name: "high-byte-tried",
            about: "the high byte of the number is tried, not read",
            answer: |(recording, alice, bob)| {
                let by_name = |memory: &[Found]| -> Vec<FrameKeys> {
                    let find = |name: &str| {
                        memory
                            .iter()
                            .find(|found| found.0 == name)
                            .map(|found| found.1.clone())
                    };
                    let pair = |key: &str, salt: &str| {
                        Some(FrameKeys::new(
                            find(key)?.try_into().ok()?,
                            find(salt)?.try_into().ok()?,
                        ))
                    };
                    let pairs = [
                        pair("initiator's frame key", "initiator's frame salt"),
                        pair("responder's frame key", "responder's frame salt"),
                    ];
                    pairs.into_iter().flatten().collect()
                };
                let keys = [by_name(&alice), by_name(&bob)];
                let open = |packet: &Vec<u8>| {
                    let low = u64::from(*packet.get(3)?);
                    let numbers = (0..256).map(|high| high * 256 + low);
                    let mut tries =
                        numbers.flat_map(|number| keys.iter().flatten().map(move |keys| (number, keys)));
                    tries.find_map(|(number, keys)| keys.open(number, packet).ok())
                };
                recording.iter().filter_map(open).collect()
            },
        },
    ]
}

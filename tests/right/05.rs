//! Lesson 05: other right answers, in other styles. Each is accepted.

use std::collections::{BTreeSet, HashMap, HashSet};

use messaging_lab::course::student::Planted;
use messaging_lab::crypto::hkdf;
use messaging_lab::crypto::hmac::hmac_sha256;
use messaging_lab::crypto::sha256::sha256;
use messaging_lab::crypto::x25519::x25519;
use messaging_lab::crypto::{aead, x25519 as curve};
use messaging_lab::envelope::hpke::{seal_base, setup_base_sender};
use messaging_lab::envelope::kem::{EphemeralKey, PublicKey};
use messaging_lab::ground::ledger::{Onlooker, Witness};

use super::checks::{
    Agreement, Chat, KeyQuestion, Line, Order, Picture, Posted, Prediction, Server, SizeQuestion,
};

pub fn predict() -> Vec<Planted<(), Prediction>> {
    use Witness::{Holds, Nobody};
    vec![
        Planted {
            name: "the-latest-witnesses",
            about: "the last second at which each statement has a witness, and every guess wrong",
            answer: |()| {
                (
                    [true, false, false, true, true, false].map(Some),
                    [
                        Nobody,
                        Holds(Onlooker::Relay, 5),
                        Holds(Onlooker::Relay, 45),
                        Nobody,
                        Nobody,
                        Holds(Onlooker::Thief, 45),
                    ]
                    .map(Some),
                )
            },
        },
        Planted {
            name: "the-earliest-witnesses",
            about: "the first second at which each statement has a witness, and every guess right",
            answer: |()| {
                (
                    [false, true, true, false, false, true].map(Some),
                    [
                        Nobody,
                        Holds(Onlooker::Relay, 4),
                        Holds(Onlooker::Relay, 21),
                        Nobody,
                        Nobody,
                        Holds(Onlooker::Thief, 41),
                    ]
                    .map(Some),
                )
            },
        },
    ]
}

/// By square and multiply, in `u128`.
fn raised(base: u64, exponent: u64, p: u64) -> u64 {
    let (mut result, mut square, mut left) = (1_u128, u128::from(base), exponent);
    while left > 0 {
        if left & 1 == 1 {
            result = result * square % u128::from(p);
        }
        square = square * square % u128::from(p);
        left >>= 1;
    }
    result as u64
}

pub fn small_secret() -> Vec<Planted<Agreement, u64>> {
    vec![
        Planted {
            name: "bobs-side",
            about: "finds Bob's private number from 0 up, then raises Alice's public number to it",
            answer: |(p, g, alice, bob)| {
                let mut power = 1;
                let mut b = 0;
                while power != bob {
                    power = power * g % p;
                    b += 1;
                }
                raised(alice, b, p)
            },
        },
        Planted {
            name: "giant-steps",
            about: "a table of small steps, then giant ones: the square root of the work",
            answer: |(p, g, alice, bob)| {
                let width = p.isqrt() + 1;
                let table: HashMap<u64, u64> = (0..width).map(|n| (raised(g, n, p), n)).collect();
                let back = raised(g, (p - 1) - width % (p - 1), p);
                let mut at = alice;
                for giant in 0..=width {
                    if let Some(small) = table.get(&at) {
                        return raised(bob, giant * width + small, p);
                    }
                    at = at * back % p;
                }
                unreachable!("every power of g is in reach")
            },
        },
        Planted {
            name: "a-row-of-powers",
            about: "writes the whole row of powers down first, in 32 bits each, then looks in it",
            answer: |(p, g, alice, bob)| {
                let row: Vec<u32> = std::iter::successors(Some(1), |power| Some(power * g % p))
                    .take(p as usize)
                    .map(|power| power as u32)
                    .collect();
                let place = |public: u64| {
                    row.iter()
                        .position(|&power| u64::from(power) == public)
                        .expect("in it")
                };
                u64::from(row[place(alice) * place(bob) % (p as usize - 1)])
            },
        },
        Planted {
            name: "whichever-comes-first",
            about: "walks once and stops at whichever public number comes by",
            answer: |(p, g, alice, bob)| {
                let mut power = 1;
                for n in 0..p {
                    if power == alice {
                        return raised(bob, n, p);
                    }
                    if power == bob {
                        return raised(alice, n, p);
                    }
                    power = power * g % p;
                }
                0
            },
        },
    ]
}

pub fn shared_key() -> Vec<Planted<KeyQuestion, Option<[u8; 32]>>> {
    vec![
        Planted {
            name: "two-steps",
            about: "extract, then expand",
            answer: |(mine, theirs, salt, info)| match x25519(&mine, &theirs) {
                Ok(share) => {
                    let prk = hkdf::extract(&salt, &share);
                    let mut key = [0; 32];
                    hkdf::expand(&prk, &info, &mut key).ok()?;
                    Some(key)
                }
                Err(_) => None,
            },
        },
        Planted {
            name: "with-hmac",
            about: "both steps as RFC 5869 writes them: one block is enough for 32 bytes",
            answer: |(mine, theirs, salt, mut info)| {
                let share = curve::x25519(&mine, &theirs).ok()?;
                info.push(1);
                Some(hmac_sha256(&hmac_sha256(&salt, &share), &info))
            },
        },
        Planted {
            name: "longer-and-cut",
            about: "64 bytes were expanded and half of them thrown away: in HKDF the beginning is the same",
            answer: |(mine, theirs, salt, info)| {
                let share = x25519(&mine, &theirs).ok()?;
                let long: [u8; 64] = hkdf::derive(&salt, &share, &info);
                long.first_chunk().copied()
            },
        },
    ]
}

/// `seal_base` with the bound bytes where `as_info` says.
fn post(seed: &[u8], theirs: [u8; 32], bound: Vec<u8>, text: &[u8], as_info: bool) -> Posted {
    let (info, data) = if as_info {
        (&bound[..], &[][..])
    } else {
        (&[][..], &bound[..])
    };
    let (enc, sealed) = seal_base(EphemeralKey::derive(seed), &PublicKey(theirs), info, data, text).ok()?;
    let mut envelope = enc.to_vec();
    envelope.extend(sealed);
    Some((bound, envelope))
}

pub fn envelope() -> Vec<Planted<Order, Posted>> {
    vec![
        Planted {
            name: "one-length-is-enough",
            about: "only the first name's length is written, and everything goes into the associated data",
            answer: |(from, to, theirs, text, seed)| {
                let bound = [&[from.len() as u8][..], from.as_bytes(), to.as_bytes()].concat();
                post(&seed, theirs, bound, &text, false)
            },
        },
        Planted {
            name: "a-byte-that-is-in-no-name",
            about: "0xff stands in no UTF-8 text, so it separates any two names",
            answer: |(from, to, theirs, text, seed)| {
                let bound = [to.as_bytes(), &[0xff], from.as_bytes()].concat();
                post(&seed, theirs, bound, &text, true)
            },
        },
        Planted {
            name: "debug-text",
            about: "Rust's own quotes: a quote in a name is escaped",
            answer: |(from, to, theirs, text, seed)| {
                let bound = format!("from {from:?} to {to:?}").into_bytes();
                post(&seed, theirs, bound, &text, true)
            },
        },
        Planted {
            name: "digests-and-their-key",
            about: "a digest of each name, and the recipient's public key, which is bound anyway",
            answer: |(from, to, theirs, text, seed)| {
                let bound = [sha256(from.as_bytes()), sha256(to.as_bytes()), theirs].concat();
                post(&seed, theirs, bound, &text, false)
            },
        },
        Planted {
            name: "lengths-in-four-bytes-and-a-seed-of-the-seed",
            about: "both places, long lengths, a digest of the seed for the fresh key",
            answer: |(from, to, theirs, text, seed)| {
                let mut bound = Vec::new();
                for name in [&from, &to] {
                    bound.extend((name.len() as u32).to_be_bytes());
                    bound.extend(name.bytes());
                }
                let fresh = EphemeralKey::derive(&sha256(&seed));
                let (enc, mut context) = setup_base_sender(fresh, &PublicKey(theirs), &bound).ok()?;
                let sealed = context.seal(&bound, &text).ok()?;
                Some((bound, enc.into_iter().chain(sealed).collect()))
            },
        },
        Planted {
            name: "as-debug-prints-it",
            about: "the pair of names as `{:?}` prints it: in quotes, with quotes and backslashes marked",
            answer: |(from, to, theirs, text, seed)| {
                let bound = format!("{:?}", (from, to));
                post(&seed, theirs, bound.into_bytes(), &text, true)
            },
        },
        Planted {
            name: "filled-with-what-no-name-has",
            about: "each name is filled up to 32 bytes with 0xff, which no UTF-8 contains",
            answer: |(from, to, theirs, text, seed)| {
                let mut bound = [[0xff; 32]; 2];
                for (place, name) in bound.iter_mut().zip([from, to]) {
                    place[..name.len()].copy_from_slice(name.as_bytes());
                }
                post(&seed, theirs, bound.concat(), &text, false)
            },
        },
        Planted {
            name: "letters-counted",
            about: "one length, in letters, and only of the first name",
            answer: |(from, to, theirs, text, seed)| {
                let bound = format!("{:02}{from}{to}", from.chars().count());
                post(&seed, theirs, bound.into_bytes(), &text, true)
            },
        },
        Planted {
            name: "mark-and-separator-marked",
            about: "a separator that is marked inside the names, as is the mark itself",
            answer: |(from, to, theirs, text, seed)| {
                let marked = |name: String| name.replace('%', "%25").replace('/', "%2F");
                let bound = format!("{}/{}", marked(from), marked(to));
                post(&seed, theirs, bound.into_bytes(), &text, false)
            },
        },
        Planted {
            name: "two-digests-and-the-key",
            about: "a digest of each name, with the recipient's key behind them; the fresh key is made of all there is",
            answer: |(from, to, theirs, text, seed)| {
                let bound = [sha256(from.as_bytes()), sha256(to.as_bytes()), theirs].concat();
                let fresh = [&text[..], &bound, &seed].concat();
                post(&sha256(&fresh), theirs, bound, &text, true)
            },
        },
        Planted {
            name: "netstrings",
            about: "lengths in digits, each ended by a colon",
            answer: |(from, to, theirs, text, seed)| {
                let bound = format!("{}:{from}{}:{to}", from.len(), to.len());
                post(&seed, theirs, bound.into_bytes(), &text, true)
            },
        },
    ]
}

pub fn guess_by_size() -> Vec<Planted<SizeQuestion, Vec<Vec<String>>>> {
    vec![
        Planted {
            name: "by-length",
            about: "the dictionary is sorted by length once",
            answer: |(sizes, dictionary)| {
                let mut by_length: HashMap<usize, Vec<String>> = HashMap::new();
                for text in dictionary {
                    by_length.entry(text.len()).or_default().push(text);
                }
                let list = |size: &usize| {
                    let length = size.checked_sub(48);
                    length.and_then(|length| by_length.get(&length)).cloned()
                };
                sizes.iter().map(|size| list(size).unwrap_or_default()).collect()
            },
        },
        Planted {
            name: "backwards",
            about: "loops, and the dictionary from its end",
            answer: |(sizes, dictionary)| {
                let mut lists = vec![Vec::new(); sizes.len()];
                for text in dictionary.iter().rev() {
                    for (at, &size) in sizes.iter().enumerate() {
                        if size >= 48 && size - 48 == text.len() {
                            lists[at].push(text.clone());
                        }
                    }
                }
                lists
            },
        },
    ]
}

pub fn pad() -> Vec<Planted<Vec<u8>, Option<Vec<u8>>>> {
    vec![
        Planted {
            name: "doubling",
            about: "a bucket that doubles until mark and text fit",
            answer: |mut text| {
                if text.len() > 65_535 {
                    return None;
                }
                text.push(0x80);
                let mut bucket = 64;
                while bucket < text.len() {
                    bucket *= 2;
                }
                while text.len() < bucket {
                    text.push(0);
                }
                Some(text)
            },
        },
        Planted {
            name: "power-of-two",
            about: "std knows the next power of two",
            answer: |text| {
                let bucket = (text.len() + 1).next_power_of_two().max(64);
                let mut padded = vec![0; bucket];
                padded[..text.len()].copy_from_slice(&text);
                padded[text.len()] = 128;
                (bucket <= 1 << 16).then_some(padded)
            },
        },
    ]
}

pub fn unpad() -> Vec<Planted<Vec<u8>, Option<Vec<u8>>>> {
    vec![
        Planted {
            name: "from-the-end",
            about: "takes bytes off the end, then looks at the length",
            answer: |mut padded| {
                let length = padded.len();
                while padded.last() == Some(&0) {
                    padded.pop();
                }
                if padded.pop() != Some(0x80) {
                    return None;
                }
                let smallest = (padded.len() + 1).next_power_of_two().max(64);
                (smallest == length && length <= 65_536).then_some(padded)
            },
        },
        Planted {
            name: "slices",
            about: "patterns on slices, and bounds instead of buckets",
            answer: |padded| {
                if !padded.len().is_power_of_two() || !(64..=65_536).contains(&padded.len()) {
                    return None;
                }
                let mut rest = padded.as_slice();
                while let [front @ .., 0] = rest {
                    rest = front;
                }
                match rest {
                    [text @ .., 0x80] if padded.len() == 64 || text.len() >= padded.len() / 2 => {
                        Some(text.to_vec())
                    }
                    _ => None,
                }
            },
        },
    ]
}

pub fn who_talks_to_whom() -> Vec<Planted<Vec<Line>, Picture>> {
    vec![
        Planted {
            name: "both-directions-and-the-latest-hour",
            about: "lists every direction that was used, and of equally busy hours the last",
            answer: |log| {
                let mut count: HashMap<u64, usize> = HashMap::new();
                let mut directed = HashSet::new();
                for (at, from, to, _) in &log {
                    *count.entry(at / 1000 / 60 / 60 % 24).or_default() += 1;
                    if from != to {
                        directed.insert((from.clone(), to.clone()));
                    }
                }
                let busiest = count.iter().max_by_key(|(hour, count)| (**count, **hour));
                (directed.into_iter().collect(), busiest.map(|(hour, _)| *hour))
            },
        },
        Planted {
            name: "sets-and-sorting",
            about: "a set of pairs, larger name first; the hours are sorted and counted in runs",
            answer: |log| {
                let set: BTreeSet<(String, String)> = log
                    .iter()
                    .filter(|(_, from, to, _)| from != to)
                    .map(|(_, from, to, _)| (from.max(to).clone(), from.min(to).clone()))
                    .collect();
                let mut hours: Vec<u64> = log.iter().map(|line| (line.0 % 86_400_000) / 3_600_000).collect();
                hours.sort_unstable();
                let mut best = (0, None);
                for run in hours.chunk_by(|a, b| a == b) {
                    if run.len() > best.0 {
                        best = (run.len(), run.first().copied());
                    }
                }
                (set.into_iter().collect(), best.1)
            },
        },
    ]
}

/// Whether a text stands in these bytes, by looking at each beginning.
fn stands_in(text: &[u8], bytes: &[u8]) -> bool {
    (0..bytes.len()).any(|at| bytes[at..].starts_with(text))
}

pub fn which_chat() -> Vec<Planted<Server, Vec<String>>> {
    fn leaks(keys: &[[u8; 32]], (_, texts, records, packets): &Chat) -> bool {
        for text in texts {
            if records.iter().any(|record| stands_in(text, record)) {
                return true;
            }
            for (nonce, header, sealed) in packets {
                if stands_in(text, header) {
                    return true;
                }
                for key in keys {
                    match aead::open(key, nonce, header, sealed) {
                        Ok(plaintext) if stands_in(text, &plaintext) => return true,
                        _ => {}
                    }
                }
            }
        }
        false
    }
    vec![
        Planted {
            name: "a-function-of-its-own",
            about: "asks of each chat whether it leaks",
            answer: |(keys, chats)| {
                let sound = chats.into_iter().filter(|chat| !leaks(&keys, chat));
                sound.map(|(name, ..)| name).collect()
            },
        },
        Planted {
            name: "as-text",
            about: "turns everything into text, losing what is none, and asks for `contains`",
            answer: |(keys, chats)| {
                let mut sound = Vec::new();
                for (name, texts, records, packets) in chats {
                    let mut all = String::new();
                    let mut add = |bytes: &[u8]| {
                        all.push_str(&String::from_utf8_lossy(bytes));
                        all.push('\n');
                    };
                    records.iter().for_each(|record| add(record));
                    for (nonce, header, sealed) in &packets {
                        add(header);
                        keys.iter()
                            .flat_map(|key| aead::open(key, nonce, header, sealed))
                            .for_each(|plaintext| add(&plaintext));
                    }
                    if texts
                        .iter()
                        .all(|text| !all.contains(&*String::from_utf8_lossy(text)))
                    {
                        sound.push(name);
                    }
                }
                sound
            },
        },
        Planted {
            name: "struck-off-a-list",
            about: "begins with all names and strikes off those that leak; last name first, twice each",
            answer: |(keys, chats)| {
                let mut names: Vec<String> = chats.iter().map(|(name, ..)| name.clone()).collect();
                for chat in &chats {
                    if leaks(&keys, chat) {
                        names.retain(|name| *name != chat.0);
                    }
                }
                names.reverse();
                [names.clone(), names].concat()
            },
        },
    ]
}

//! Lesson 06, safety_number: planted wrong answers.

use std::cell::RefCell;
use std::collections::HashMap;

use std::collections::BTreeSet;

use messaging_lab::course::student::Planted;
use messaging_lab::crypto::sha256::sha256;
use messaging_lab::crypto::sha512::sha512;

use super::super::{Key, TwoPeople};

/// How one person's half comes about.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Recipe {
    version: bool,
    key_type: bool,
    with_id: bool,
    key_behind: bool,
    rounds: u32,
    key_in_rounds: bool,
    id_in_rounds: bool,
}

const RIGHT: Recipe = Recipe {
    version: true,
    key_type: true,
    with_id: true,
    key_behind: true,
    rounds: 5_200,
    key_in_rounds: true,
    id_in_rounds: false,
};

/// The digits of what was computed before.
type Digits = HashMap<(Recipe, Key, Vec<u8>), Vec<u8>>;

thread_local! {
    /// 5200 rounds take milliseconds, and the same people are asked about again and again.
    static KNOWN: RefCell<Digits> = RefCell::new(HashMap::new());
}

/// One person's hash.
fn hash(recipe: Recipe, key: &Key, id: &[u8]) -> Vec<u8> {
    let asked = (recipe, *key, id.to_vec());
    if let Some(known) = KNOWN.with_borrow(|known| known.get(&asked).cloned()) {
        return known;
    }
    let key = match recipe.key_type {
        true => [&[0x05], &key[..]].concat(),
        false => key.to_vec(),
    };
    let mut first = Vec::new();
    if recipe.version {
        first.extend([0, 0]);
    }
    first.extend(&key);
    if recipe.with_id {
        first.extend(id);
    }
    if recipe.key_behind {
        first.extend(&key);
    }
    let mut hash = sha512(&first).to_vec();
    for _ in 1..recipe.rounds {
        if recipe.id_in_rounds {
            hash.extend(id);
        }
        if recipe.key_in_rounds {
            hash.extend(&key);
        }
        hash = sha512(&hash).to_vec();
    }
    KNOWN.with_borrow_mut(|known| known.insert(asked, hash.clone()));
    hash
}

/// Bytes as a big-endian number.
fn number(chunk: &[u8]) -> u64 {
    chunk
        .iter()
        .fold(0, |number, &byte| number << 8 | u64::from(byte))
}

/// The first six chunks of five bytes, each as five digits.
fn digits(hash: &[u8]) -> String {
    hash[..30]
        .chunks(5)
        .map(|chunk| format!("{:05}", number(chunk) % 100_000))
        .collect()
}

/// Both halves by `half`, my own first.
fn halves(people: &TwoPeople, half: impl Fn(&Key, &str) -> String) -> [String; 2] {
    [half(&people.0, &people.1), half(&people.2, &people.3)]
}

/// Both halves by `half`, the smaller first, in one row.
fn sorted(people: &TwoPeople, half: impl Fn(&Key, &str) -> String) -> String {
    let mut halves = halves(people, half);
    halves.sort();
    halves.concat()
}

/// By another recipe, all else right.
fn by(recipe: Recipe, people: &TwoPeople) -> String {
    sorted(people, |key, id| digits(&hash(recipe, key, id.as_bytes())))
}

/// The right hash, with another way to make digits of it.
fn written(people: &TwoPeople, digits: fn(&[u8]) -> String) -> String {
    sorted(people, |key, id| digits(&hash(RIGHT, key, id.as_bytes())))
}

/// What is hashed first, of key (with its type) and ID, and what after that, of hash and key.
fn unlike(
    people: &TwoPeople,
    first: fn(&[u8], &[u8]) -> Vec<u8>,
    later: fn(&[u8], &[u8]) -> Vec<u8>,
) -> String {
    sorted(people, |key, id| {
        let key = [&[0x05], &key[..]].concat();
        let mut hash = sha512(&first(&key, id.as_bytes()));
        for _ in 1..5_200 {
            hash = sha512(&later(&hash, &key));
        }
        digits(&hash)
    })
}

fn right(key: &Key, id: &str) -> String {
    digits(&hash(RIGHT, key, id.as_bytes()))
}

pub fn safety_number() -> Vec<Planted<TwoPeople, String>> {
    vec![
        Planted {
            name: "mine-first",
            about: "the halves are not sorted: Alice's phone and Bob's show different numbers where nobody lied",
            answer: |people| halves(&people, right).concat(),
        },
        Planted {
            name: "larger-first",
            about: "the halves are sorted the wrong way round: the smaller one stands in front",
            answer: |people| {
                let mut halves = halves(&people, right);
                halves.sort();
                halves.reverse();
                halves.concat()
            },
        },
        Planted {
            name: "sorted-by-key",
            about: "sorted by key, not by digits: nobody who sees the screen can check that order",
            answer: |people| match people.0 <= people.2 {
                true => halves(&people, right).concat(),
                false => [right(&people.2, &people.3), right(&people.0, &people.1)].concat(),
            },
        },
        Planted {
            name: "sorted-by-id",
            about: "sorted by ID, not by digits: it is the thirty digits that are compared",
            answer: |people| match people.1 <= people.3 {
                true => halves(&people, right).concat(),
                false => [right(&people.2, &people.3), right(&people.0, &people.1)].concat(),
            },
        },
        Planted {
            name: "sorted-by-hash",
            about: "sorted by the hashes, not by digits: mod 100000 changes which of two is the smaller",
            answer: |people| {
                let whole = |key: &Key, id: &str| hash(RIGHT, key, id.as_bytes());
                match whole(&people.0, &people.1) <= whole(&people.2, &people.3) {
                    true => halves(&people, right).concat(),
                    false => [right(&people.2, &people.3), right(&people.0, &people.1)].concat(),
                }
            },
        },
        Planted {
            name: "sorted-by-the-first-digits",
            about: "only the beginnings of the halves were compared: two that begin alike differ later on",
            answer: |people| {
                let mut halves = halves(&people, right);
                halves.sort_by_key(|half| half[..5].to_string());
                halves.concat()
            },
        },
        Planted {
            name: "sorted-by-the-first-digits-larger-stays",
            about: "only the beginnings of the halves were compared: two that begin alike differ later on",
            answer: |people| {
                let [mine, theirs] = halves(&people, right);
                match mine[..5] < theirs[..5] {
                    true => mine + &theirs,
                    false => theirs + &mine,
                }
            },
        },
        Planted {
            name: "without-id",
            about: "no ID is in it: a directory that lists Carol's key as Bob's then shows Carol's own digits for Bob",
            answer: |people| {
                by(
                    Recipe {
                        with_id: false,
                        ..RIGHT
                    },
                    &people,
                )
            },
        },
        Planted {
            name: "one-round",
            about: "one hash instead of 5200: whoever looks for a key with similar digits tries 5200 times as many",
            answer: |people| by(Recipe { rounds: 1, ..RIGHT }, &people),
        },
        Planted {
            name: "one-round-too-few",
            about: "5199 hashes: the first one counts, and 5199 follow it",
            answer: |people| {
                by(
                    Recipe {
                        rounds: 5_199,
                        ..RIGHT
                    },
                    &people,
                )
            },
        },
        Planted {
            name: "one-round-too-many",
            about: "5201 hashes: the first one counts, and 5199 follow it",
            answer: |people| {
                by(
                    Recipe {
                        rounds: 5_201,
                        ..RIGHT
                    },
                    &people,
                )
            },
        },
        Planted {
            name: "key-in-the-first-round-only",
            about: "the key is missing from the rounds after the first: each takes hash and key",
            answer: |people| {
                by(
                    Recipe {
                        key_in_rounds: false,
                        ..RIGHT
                    },
                    &people,
                )
            },
        },
        Planted {
            name: "id-in-every-round",
            about: "the ID goes into the first hash only; the later ones take hash and key",
            answer: |people| {
                by(
                    Recipe {
                        id_in_rounds: true,
                        ..RIGHT
                    },
                    &people,
                )
            },
        },
        Planted {
            name: "without-version",
            about: "the two zero bytes of the version are missing in front",
            answer: |people| {
                by(
                    Recipe {
                        version: false,
                        ..RIGHT
                    },
                    &people,
                )
            },
        },
        Planted {
            name: "without-type",
            about: "the byte 0x05 is missing in front of the 32 bytes of the key, everywhere the key stands",
            answer: |people| {
                by(
                    Recipe {
                        key_type: false,
                        ..RIGHT
                    },
                    &people,
                )
            },
        },
        Planted {
            name: "key-once",
            about: "in the first hash the key stands twice, before the ID and behind it",
            answer: |people| {
                by(
                    Recipe {
                        key_behind: false,
                        ..RIGHT
                    },
                    &people,
                )
            },
        },
        Planted {
            name: "hash-behind-the-key",
            about: "in the later rounds the hash comes first, and the key behind it",
            answer: |people| {
                unlike(
                    &people,
                    |key, id| [&[0, 0], key, id, key].concat(),
                    |hash, key| [key, hash].concat(),
                )
            },
        },
        Planted {
            name: "type-in-the-first-round-only",
            about: "the byte 0x05 is missing in front of the key in the later rounds: it is a part of `key` everywhere",
            answer: |people| {
                unlike(
                    &people,
                    |key, id| [&[0, 0], key, id, key].concat(),
                    |hash, key| [hash, &key[1..]].concat(),
                )
            },
        },
        Planted {
            name: "id-in-front",
            about: "in the first hash the ID stands between the two keys, not in front of them",
            answer: |people| {
                unlike(
                    &people,
                    |key, id| [&[0, 0], id, key, key].concat(),
                    |hash, key| [hash, key].concat(),
                )
            },
        },
        Planted {
            name: "id-behind",
            about: "in the first hash the ID stands between the two keys, not behind them",
            answer: |people| {
                unlike(
                    &people,
                    |key, id| [&[0, 0], key, key, id].concat(),
                    |hash, key| [hash, key].concat(),
                )
            },
        },
        Planted {
            name: "one-byte-of-version",
            about: "the version is two bytes, both zero",
            answer: |people| {
                unlike(
                    &people,
                    |key, id| [&[0], key, id, key].concat(),
                    |hash, key| [hash, key].concat(),
                )
            },
        },
        Planted {
            name: "end-of-the-hash",
            about: "the last 30 bytes of the hash became digits: it is the first 30",
            answer: |people| written(&people, |hash| digits(&hash[34..])),
        },
        Planted {
            name: "mod-10000",
            about: "mod 10000 leaves four digits: five need mod 100000",
            answer: |people| {
                written(&people, |hash| {
                    let four = |chunk| format!("{:05}", number(chunk) % 10_000);
                    hash[..30].chunks(5).map(four).collect()
                })
            },
        },
        Planted {
            name: "spaces-in-front",
            about: "a number below 10000 has spaces in front: zeros are wanted",
            answer: |people| {
                written(&people, |hash| {
                    let padded = |chunk| format!("{:5}", number(chunk) % 100_000);
                    hash[..30].chunks(5).map(padded).collect()
                })
            },
        },
        Planted {
            name: "no-zeros-in-front",
            about: "a number below 10000 lost its zeros: every five bytes make five digits",
            answer: |people| {
                written(&people, |hash| {
                    hash[..30]
                        .chunks(5)
                        .map(|chunk| (number(chunk) % 100_000).to_string())
                        .collect()
                })
            },
        },
        Planted {
            name: "little-endian",
            about: "the five bytes were read from the wrong end: big-endian is most weight first (lesson 00)",
            answer: |people| {
                written(&people, |hash| {
                    let chunks = hash[..30].chunks(5);
                    let number = |chunk: &[u8]| {
                        chunk
                            .iter()
                            .rev()
                            .fold(0, |sum, &byte| sum << 8 | u64::from(byte))
                    };
                    chunks
                        .map(|chunk| format!("{:05}", number(chunk) % 100_000))
                        .collect()
                })
            },
        },
        Planted {
            name: "first-digits",
            about: "the first five digits of each number were taken: mod 100000 gives the last five",
            answer: |people| {
                written(&people, |hash| {
                    let long = |chunk| format!("{:05}", number(chunk))[..5].to_string();
                    hash[..30].chunks(5).map(long).collect()
                })
            },
        },
        Planted {
            name: "four-bytes",
            about: "the low four bytes of each chunk only: five bytes make one number, which needs 64 bits",
            answer: |people| {
                written(&people, |hash| {
                    let low = |chunk: &[u8]| format!("{:05}", number(chunk) as u32 % 100_000);
                    hash[..30].chunks(5).map(low).collect()
                })
            },
        },
        Planted {
            name: "all-of-the-hash",
            about: "the whole hash became digits: the first 30 of its 64 bytes are enough",
            answer: |people| {
                written(&people, |hash| {
                    hash[..60]
                        .chunks(5)
                        .map(|chunk| format!("{:05}", number(chunk) % 100_000))
                        .collect()
                })
            },
        },
        Planted {
            name: "with-spaces",
            about: "sixty digits in one row; the spaces come when a screen shows them",
            answer: |people| {
                let row = sorted(&people, right);
                let blocks: Vec<&str> = (0..60).step_by(5).map(|at| &row[at..at + 5]).collect();
                blocks.join(" ")
            },
        },
        Planted {
            name: "blocks-sorted",
            about: "the twelve blocks were sorted; only the two halves are",
            answer: |people| {
                let row = sorted(&people, right);
                let mut blocks: Vec<&str> = (0..60).step_by(5).map(|at| &row[at..at + 5]).collect();
                blocks.sort_unstable();
                blocks.concat()
            },
        },
        Planted {
            name: "theirs-only",
            about: "only the other one's half, twice: a relay that changed YOUR key on THEIR phone goes unseen",
            answer: |people| right(&people.2, &people.3).repeat(2),
        },
        Planted {
            name: "mine-only",
            about: "only one's own half, twice: the other one's key is not in it, so a swapped one changes nothing",
            answer: |people| right(&people.0, &people.1).repeat(2),
        },
        Planted {
            name: "ids-swapped",
            about: "each key was hashed with the other one's ID",
            answer: |(my_key, my_id, their_key, their_id)| {
                sorted(&(my_key, their_id, their_key, my_id), right)
            },
        },
        Planted {
            name: "characters-for-bytes",
            about: "each character of the ID became one byte; as_bytes gives the bytes that a text is made of",
            answer: |people| {
                sorted(&people, |key, id| {
                    let id: Vec<u8> = id.chars().map(|c| c as u8).collect();
                    digits(&hash(RIGHT, key, &id))
                })
            },
        },
        Planted {
            name: "equal-halves-once",
            about: "two equal halves became one: a set keeps each once, and the number is shorter then",
            answer: |people| {
                let halves: BTreeSet<String> = halves(&people, right).into_iter().collect();
                halves.into_iter().collect()
            },
        },
        Planted {
            name: "half-a-number",
            about: "thirty digits: both people's halves belong to it",
            answer: |people| halves(&people, right).into_iter().min().unwrap_or_default(),
        },
        Planted {
            name: "sha-256",
            about: "SHA-256 was used; the number is made with SHA-512",
            answer: |people| {
                sorted(&people, |key, id| {
                    let key = [&[0x05], &key[..]].concat();
                    let mut hash = sha256(&[&[0, 0], &key[..], id.as_bytes(), &key].concat());
                    for _ in 1..5_200 {
                        hash = sha256(&[&hash[..], &key].concat());
                    }
                    digits(&hash)
                })
            },
        },
        Planted {
            name: "constant",
            about: "the same number for everybody: whoever swaps a key changes nothing that people compare",
            answer: |_| "0".repeat(60),
        },
        Planted {
            name: "empty",
            about: "no digits at all",
            answer: |_| String::new(),
        },
    ]
}

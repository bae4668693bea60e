//! Lesson 06: other right answers, in other styles. Each is accepted.

use std::collections::{BTreeMap, BTreeSet};

use messaging_lab::course::student::Planted;
use messaging_lab::crypto::sha512::Sha512;
use messaging_lab::crypto::x25519::public_key;
use messaging_lab::envelope::formats::{Format, render};
use messaging_lab::envelope::history::{Decision, Event};
use messaging_lab::envelope::kem::{EphemeralKey, KeyPair, PublicKey};
use messaging_lab::envelope::one_shot::{Names, open_auth, seal_auth};
use messaging_lab::envelope::safety_number::safety_number_with;
use messaging_lab::ground::ledger::Onlooker::{BobPhone, Relay};
use messaging_lab::ground::ledger::Witness::{Holds, Nobody};
use messaging_lab::ground::randomness::{OsRandomness, Seeded};
use messaging_lab::ground::secret::Secret;

use super::checks::{
    Asked, Entry, Envelopes, History, Key, Passed, Prediction, TwoPeople, Victim, Written, fresh, ghost_of,
};

pub fn predict() -> Vec<Planted<(), Prediction>> {
    vec![
        Planted {
            name: "all-guessed-wrong",
            about: "a wrong guess costs nothing; the latest witnesses",
            answer: |()| {
                let guesses = [false, false, true, true, false, true].map(Some);
                let witnesses = [
                    Holds(Relay, 9),
                    Holds(BobPhone, 9),
                    Nobody,
                    Nobody,
                    Holds(Relay, 29),
                    Nobody,
                ];
                (guesses, witnesses.map(Some))
            },
        },
        Planted {
            name: "earliest-witnesses",
            about: "the first second at which each holds",
            answer: |()| {
                let witnesses = [
                    Holds(Relay, 4),
                    Holds(BobPhone, 6),
                    Nobody,
                    Nobody,
                    Holds(Relay, 24),
                    Nobody,
                ];
                ([Some(true); 6], witnesses.map(Some))
            },
        },
    ]
}

pub fn ghost_directory() -> Vec<Planted<Asked, Vec<Entry>>> {
    vec![
        Planted {
            name: "map",
            about: "an iterator that makes a new line of each",
            answer: |(seed, asker, directory)| {
                directory
                    .iter()
                    .map(|(name, truth)| {
                        let ghost = ghost_of(&seed, name).public();
                        (name.clone(), if *name == asker { *truth } else { ghost.0 })
                    })
                    .collect()
            },
        },
        Planted {
            name: "by-hand",
            about: "a loop with an index; the public half computed from the private one",
            answer: |(seed, asker, directory)| {
                let mut out = Vec::new();
                let mut at = 0;
                while at < directory.len() {
                    let mut line = directory[at].clone();
                    if line.0 != asker {
                        line.1 = public_key(ghost_of(&seed, &line.0).private().expose());
                    }
                    out.push(line);
                    at += 1;
                }
                out
            },
        },
    ]
}

pub fn ghost() -> Vec<Planted<Envelopes, Vec<Passed>>> {
    vec![
        Planted {
            name: "map-and-random",
            about: "keys in a map, and fresh keys from the operating system",
            answer: |(seed, directory, envelopes)| {
                let keys: BTreeMap<String, Key> = directory.into_iter().collect();
                let mut randomness = OsRandomness::open().expect("a source");
                envelopes
                    .into_iter()
                    .map(|(from, to, came)| {
                        let names = Names { from: &from, to: &to };
                        let opened = open_auth(&PublicKey(keys[&from]), names, &ghost_of(&seed, &to), &came);
                        let Ok(text) = opened else { return (None, came) };
                        let ephemeral = EphemeralKey::generate(&mut randomness).expect("random bytes");
                        let to_key = PublicKey(keys[&to]);
                        let sealed = seal_auth(&ghost_of(&seed, &from), names, ephemeral, &to_key, &text);
                        (Some(text), sealed.expect("short"))
                    })
                    .collect()
            },
        },
        Planted {
            name: "two-walks",
            about: "first all texts are read, then all are sealed again, numbered from the back",
            answer: |(seed, directory, envelopes)| {
                let key_of = |name: &str| {
                    let mut key = [0; 32];
                    for (other, its_key) in &directory {
                        if other == name {
                            key = *its_key;
                        }
                    }
                    PublicKey(key)
                };
                let names =
                    |envelope: &'_ (String, String, Vec<u8>)| (envelope.0.clone(), envelope.1.clone());
                let texts: Vec<Option<Vec<u8>>> = envelopes
                    .iter()
                    .map(|envelope| {
                        let (from, to) = names(envelope);
                        let both = Names { from: &from, to: &to };
                        open_auth(&key_of(&from), both, &ghost_of(&seed, &to), &envelope.2).ok()
                    })
                    .collect();
                let mut passed = Vec::new();
                for (at, (envelope, text)) in envelopes.iter().zip(texts).enumerate() {
                    let (from, to) = names(envelope);
                    let both = Names { from: &from, to: &to };
                    let forwarded = match &text {
                        Some(text) => {
                            let number = envelopes.len() - at;
                            let ghost = ghost_of(&seed, &from);
                            seal_auth(&ghost, both, fresh(&seed, number), &key_of(&to), text).expect("short")
                        }
                        None => envelope.2.clone(),
                    };
                    passed.push((text, forwarded));
                }
                passed
            },
        },
    ]
}

pub fn safety_number() -> Vec<Planted<TwoPeople, String>> {
    vec![
        Planted {
            name: "streaming",
            about: "hashed piece by piece; numbers from eight bytes; the order chosen by an if",
            answer: |(my_key, my_id, their_key, their_id)| {
                let thirty = |key: &Key, id: &str| {
                    let mut first = Sha512::new();
                    for piece in [&[0, 0, 5][..], key, id.as_bytes(), &[5], key] {
                        first.update(piece);
                    }
                    let mut hash = first.finish();
                    let mut rounds = 1;
                    while rounds < 5_200 {
                        let mut next = Sha512::new();
                        next.update(&hash);
                        next.update(&[5]);
                        next.update(key);
                        hash = next.finish();
                        rounds += 1;
                    }
                    let mut text = String::new();
                    for at in (0..30).step_by(5) {
                        let mut wide = [0; 8];
                        wide[3..].copy_from_slice(&hash[at..at + 5]);
                        text.push_str(&format!("{:0>5}", u64::from_be_bytes(wide) % 100_000));
                    }
                    text
                };
                let (mine, theirs) = (thirty(&my_key, &my_id), thirty(&their_key, &their_id));
                if mine < theirs {
                    mine + &theirs
                } else {
                    theirs + &mine
                }
            },
        },
        Planted {
            name: "digit-by-digit",
            about: "a buffer that is refilled, and each digit worked out on its own",
            answer: |(my_key, my_id, their_key, their_id)| {
                let thirty = |key: Key, id: String| -> Vec<u8> {
                    let typed: Vec<u8> = std::iter::once(0x05).chain(key).collect();
                    let mut input = vec![0, 0];
                    input.extend(&typed);
                    input.extend(id.into_bytes());
                    input.extend(&typed);
                    for _ in 0..5_200 {
                        let hash = messaging_lab::crypto::sha512::sha512(&input);
                        input.clear();
                        input.extend(hash);
                        input.extend(&typed);
                    }
                    let mut digits = Vec::new();
                    for block in 0..6 {
                        let mut number: u64 = 0;
                        for byte in &input[5 * block..5 * block + 5] {
                            number = number * 256 + u64::from(*byte);
                        }
                        for place in [10_000, 1_000, 100, 10, 1] {
                            digits.push((number / place % 10) as u8);
                        }
                    }
                    digits
                };
                let pair: BTreeSet<(Vec<u8>, bool)> = [
                    (thirty(my_key, my_id), false),
                    (thirty(their_key, their_id), true),
                ]
                .into();
                let digits = pair.into_iter().flat_map(|(digits, _)| digits);
                digits.map(|digit| char::from(b'0' + digit)).collect()
            },
        },
    ]
}

pub fn near_miss() -> Vec<Planted<Victim, Key>> {
    vec![
        Planted {
            name: "random-keys",
            about: "private keys from a generator, and only the digits that are compared",
            answer: |(number, alices_key, rounds, compared)| {
                let mut random = Seeded::new(99);
                let alice = PublicKey(alices_key);
                let ends = |number: &str| {
                    [
                        number[..compared].to_string(),
                        number[60 - compared..].to_string(),
                    ]
                };
                loop {
                    let private: Key = random.bytes(32).try_into().expect("32 bytes");
                    let pair = KeyPair::from_private(Secret::new(private));
                    let shown = safety_number_with(rounds, (b"bob", &pair.public()), (b"alice", &alice));
                    if ends(shown.digits()) == ends(&number) {
                        return private;
                    }
                }
            },
        },
        Planted {
            name: "counting-in-the-middle",
            about: "a private key that counts in its own bytes; a find over a range",
            answer: |(number, alices_key, rounds, compared)| {
                let private = |count: u32| {
                    let mut key = [7; 32];
                    key[14..18].copy_from_slice(&count.to_le_bytes());
                    key
                };
                let alice = (&b"alice"[..], &PublicKey(alices_key));
                let passes = |count: &u32| {
                    let public = PublicKey(public_key(&private(*count)));
                    let shown = safety_number_with(rounds, alice, (&b"bob"[..], &public)).to_string();
                    let digits: Vec<char> = shown.chars().filter(|c| *c != ' ').collect();
                    let wanted: Vec<char> = number.chars().collect();
                    (0..compared).all(|at| digits[at] == wanted[at] && digits[59 - at] == wanted[59 - at])
                };
                private((0..).find(passes).expect("sooner or later"))
            },
        },
    ]
}

pub fn formats() -> Vec<Planted<Written, Option<(Format, usize)>>> {
    vec![
        Planted {
            name: "all-to-numbers",
            about: "each group of each text becomes a number, words letter by letter; the odd one out is searched for",
            answer: |(hex, digits, words)| {
                let word = |word: &str| {
                    word.chars().fold(0, |number, letter| match "aiou".find(letter) {
                        Some(vowel) => number * 4 + vowel,
                        None => number * 16 + "bdfghjklmnprstvz".find(letter).expect("a consonant"),
                    })
                };
                let groups = hex.split(' ').zip(digits.split(' ')).zip(words.split(' '));
                for (at, ((hex, digits), words)) in groups.enumerate() {
                    let hex = usize::from_str_radix(hex, 16).expect("hex");
                    let digits: usize = digits.parse().expect("a number");
                    let word = word(words);
                    if hex == digits && digits == word {
                        continue;
                    }
                    let odd = if digits == word {
                        Format::Hex
                    } else if hex == word {
                        Format::Digits
                    } else {
                        Format::Words
                    };
                    return Some((odd, at));
                }
                None
            },
        },
        Planted {
            name: "the-odd-one-out-by-votes",
            about: "each of the three is taken for the truth in turn; only the one that was changed contradicts two",
            answer: |(hex, digits, words)| {
                let texts = [hex, digits, words]
                    .map(|text| -> Vec<String> { text.split(' ').map(str::to_string).collect() });
                // Which number a group stands for: the one that is written like it.
                let number = |format: usize, group: &str| {
                    (0..=u16::MAX).find(|number| {
                        let [high, low] = number.to_be_bytes();
                        match format {
                            0 => group == format!("{high:02x}{low:02x}"),
                            1 => group.parse() == Ok(*number),
                            _ => {
                                let bits = |shift: u16, count: u16| {
                                    usize::from(number >> shift & ((1 << count) - 1))
                                };
                                let consonant = |at: usize| &"bdfghjklmnprstvz"[at..=at];
                                let vowel = |at: usize| &"aiou"[at..=at];
                                let letters = [
                                    consonant(bits(12, 4)),
                                    vowel(bits(10, 2)),
                                    consonant(bits(6, 4)),
                                    vowel(bits(4, 2)),
                                    consonant(bits(0, 4)),
                                ];
                                group.bytes().eq(letters.iter().flat_map(|letter| letter.bytes()))
                            }
                        }
                    })
                };
                (0..16).find_map(|at| {
                    let [hex, digits, words] = [0, 1, 2].map(|format| number(format, &texts[format][at]));
                    match (hex == digits, digits == words, hex == words) {
                        (true, true, _) => None,
                        (true, ..) => Some((Format::Words, at)),
                        (_, true, _) => Some((Format::Hex, at)),
                        _ => Some((Format::Digits, at)),
                    }
                })
            },
        },
        Planted {
            name: "from-the-digits",
            about: "the key is read from the digits, and rendered in the other two",
            answer: |(hex, digits, words)| {
                let numbers = digits
                    .split(' ')
                    .map(|group| group.parse::<u16>().expect("a number"));
                let bytes: Vec<u8> = numbers.flat_map(u16::to_be_bytes).collect();
                let key: Key = bytes.try_into().expect("32 bytes");
                let wrong_in = |text: &str, format| {
                    let rendered = render(format, &key);
                    let (ours, theirs): (Vec<&str>, Vec<&str>) =
                        (rendered.split(' ').collect(), text.split(' ').collect());
                    (0..16).find(|&at| ours[at] != theirs[at])
                };
                let (in_hex, in_words) = (wrong_in(&hex, Format::Hex), wrong_in(&words, Format::Words));
                if in_hex.is_some() && in_words.is_some() {
                    return in_hex.map(|at| (Format::Digits, at));
                }
                let hex = in_hex.map(|at| (Format::Hex, at));
                hex.or(in_words.map(|at| (Format::Words, at)))
            },
        },
    ]
}

pub fn key_changed() -> Vec<Planted<History, Vec<Option<Decision>>>> {
    vec![
        Planted {
            name: "folded",
            about: "one fold over the history; what was compared in a list of pairs",
            answer: |history| {
                let start = (Vec::<(u32, bool)>::new(), Vec::<u32>::new(), Vec::<u32>::new());
                let (messages, shown, compared) =
                    history
                        .iter()
                        .fold(start, |(mut messages, mut shown, mut compared), event| {
                            let now = shown.last().copied().unwrap_or_default();
                            match event {
                                Event::KeyShown(key) => shown.push(*key),
                                Event::Compared => compared.push(now),
                                Event::Written => messages.push((now, true)),
                                Event::Delivered(number) => messages[*number].1 = false,
                            }
                            (messages, shown, compared)
                        });
                let (first, last) = (shown.first(), shown.last());
                let decided = messages.iter().map(|(key, waits)| {
                    let known = last.is_some_and(|key| compared.contains(key));
                    let same = Some(key) == last && compared.is_empty();
                    waits.then_some(match (known, same, first == last) {
                        (true, ..) | (_, true, true) => Decision::Send,
                        (_, true, false) => Decision::Warn,
                        _ => Decision::Hold,
                    })
                });
                decided.collect()
            },
        },
        Planted {
            name: "looked-up-in-the-history",
            about: "nothing is carried along: each question is answered by searching the history",
            answer: |history| {
                let shown_before = |end: usize| {
                    history[..end].iter().rev().find_map(|event| match event {
                        Event::KeyShown(key) => Some(*key),
                        _ => None,
                    })
                };
                let last = shown_before(history.len());
                let first = history.iter().find_map(|event| match event {
                    Event::KeyShown(key) => Some(*key),
                    _ => None,
                });
                let compared: Vec<Option<u32>> = (0..history.len())
                    .filter(|&at| history[at] == Event::Compared)
                    .map(shown_before)
                    .collect();
                let written = (0..history.len()).filter(|&at| history[at] == Event::Written);
                written
                    .enumerate()
                    .map(|(number, at)| {
                        if history.contains(&Event::Delivered(number)) {
                            return None;
                        }
                        let own = shown_before(at) == last;
                        Some(match (compared.contains(&last), compared.is_empty() && own) {
                            (true, _) => Decision::Send,
                            (false, false) => Decision::Hold,
                            (false, true) if first == last => Decision::Send,
                            (false, true) => Decision::Warn,
                        })
                    })
                    .collect()
            },
        },
        Planted {
            name: "decided-step-by-step",
            about: "every event updates the decisions themselves",
            answer: |history| {
                let mut decisions: Vec<Option<Decision>> = Vec::new();
                let mut keys: Vec<u32> = Vec::new();
                let mut shown: Option<u32> = None;
                let mut first: Option<u32> = None;
                let mut compared = BTreeSet::new();
                for event in history {
                    match event {
                        Event::KeyShown(key) => {
                            first = Some(first.unwrap_or(key));
                            shown = Some(key);
                        }
                        Event::Compared => {
                            compared.extend(shown);
                        }
                        Event::Written => {
                            keys.push(shown.unwrap_or(0));
                            decisions.push(Some(Decision::Send));
                        }
                        Event::Delivered(number) => decisions[number] = None,
                    }
                    for (number, decision) in decisions.iter_mut().enumerate() {
                        if let Some(decision) = decision {
                            *decision = if shown.is_some_and(|key| compared.contains(&key)) {
                                Decision::Send
                            } else if Some(keys[number]) == shown && compared.is_empty() {
                                if shown == first {
                                    Decision::Send
                                } else {
                                    Decision::Warn
                                }
                            } else {
                                Decision::Hold
                            };
                        }
                    }
                }
                decisions
            },
        },
    ]
}

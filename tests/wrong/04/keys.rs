//! Lesson 04, guess_the_key: planted wrong answers.

use std::cell::RefCell;
use std::collections::BTreeMap;

use messaging_lab::course::student::Planted;
use messaging_lab::crypto::{aead, chacha20};

use super::super::{Key, Search};

fn with_tail(known: &Key, guess: u32) -> Key {
    let mut key = *known;
    for (byte, guessed) in key[28..].iter_mut().zip(guess.to_be_bytes()) {
        *byte |= guessed;
    }
    key
}

thread_local! {
    /// What was searched, and the guess that opens it: all wrong answers are asked the same questions, and naming a
    /// student's mistake must not take minutes.
    static SEARCHED: RefCell<BTreeMap<Search, Option<u32>>> = const { RefCell::new(BTreeMap::new()) };
}

/// The candidate that opens it.
fn right_guess(search: &Search) -> Option<u32> {
    if let Some(guess) = SEARCHED.with_borrow(|known| known.get(search).copied()) {
        return guess;
    }
    let guess = (0..1 << search.1).find(|guess| opens(search, &with_tail(&search.0, *guess)));
    SEARCHED.with_borrow_mut(|known| known.insert(search.clone(), guess));
    guess
}

fn opens((_, _, nonce, header, sealed): &Search, key: &Key) -> bool {
    aead::open(key, nonce, header, sealed).is_ok()
}

/// The first of these guesses that opens it.
fn first_that_opens(search: &Search, guesses: std::ops::Range<u32>) -> Option<Key> {
    let candidates = 1 << search.1;
    let key = |guess| with_tail(&search.0, guess);
    match right_guess(search) {
        Some(guess) => guesses.contains(&guess).then(|| key(guess)),
        None => (candidates.max(guesses.start)..guesses.end)
            .map(key)
            .find(|key| opens(search, key)),
    }
}

pub fn guess_the_key() -> Vec<Planted<Search, Option<Key>>> {
    vec![
        Planted {
            name: "known-as-it-is",
            about: "that is the known part with zeros behind it: nothing was tried",
            answer: |search| Some(search.0),
        },
        Planted {
            name: "never",
            about: "it finds no key, whatever comes",
            answer: |_| None,
        },
        Planted {
            name: "all-but-the-last",
            about: "the last candidate, all ones, was never tried: `0..n` ends before n",
            answer: |search| first_that_opens(&search, 0..(1 << search.1) - 1),
        },
        Planted {
            name: "all-but-the-first",
            about: "the first candidate, all zeros, was never tried",
            answer: |search| first_that_opens(&search, 1..1 << search.1),
        },
        Planted {
            name: "as-many-as-bits",
            about: "too few keys were tried: n bits have 2^n values, not n, 2n or n * n",
            answer: |search| first_that_opens(&search, 0..search.1),
        },
        Planted {
            name: "power-is-xor",
            about: "`2 ^ bits` is an xor in Rust, not a power: write `1 << bits` or `2_u32.pow(bits)`",
            answer: |search| first_that_opens(&search, 0..2 ^ search.1),
        },
        Planted {
            name: "none-of-one",
            about: "where nothing is unknown, nothing was tried; there is one key left, `known` itself",
            answer: |search| match search.1 {
                0 => None,
                bits => first_that_opens(&search, 0..1 << bits),
            },
        },
        Planted {
            name: "the-first-that-fails",
            about: "the first key came back that does NOT open the message",
            answer: |search| {
                let keys = (0..1 << search.1).map(|guess| with_tail(&search.0, guess));
                keys.into_iter().find(|key| !opens(&search, key))
            },
        },
        Planted {
            name: "guesses-pile-up",
            about: "each guess was put on top of the ones before: begin each time with `known`",
            answer: |search| {
                let guess = right_guess(&search)?;
                // The guesses 0 to n, joined with `|`, are all ones.
                (guess & (guess + 1) == 0).then(|| with_tail(&search.0, guess))
            },
        },
        Planted {
            name: "empty-is-none",
            about: "an empty text was taken for none: `Ok` with nothing in it is `Ok`",
            answer: |search| match search.4.len() {
                16 => None,
                _ => first_that_opens(&search, 0..1 << search.1),
            },
        },
        Planted {
            name: "one-byte-only",
            about: "the search ends too early: after 256 keys, if one byte was counted or a u8 went round",
            answer: |search| first_that_opens(&search, 0..(1 << search.1).min(256)),
        },
        Planted {
            name: "two-bytes-only",
            about: "the search ends too early: after 65,536 keys, if two bytes were counted or a u16 went round",
            answer: |search| first_that_opens(&search, 0..(1 << search.1).min(65_536)),
        },
        Planted {
            name: "one-too-many",
            about: "one key too many was tried: 2^bits candidates are numbered 0 to 2^bits - 1",
            answer: |search| first_that_opens(&search, 0..(1 << search.1) + 1),
        },
        Planted {
            name: "bits-not-looked-at",
            about: "keys were tried that differ in more than the last `bits` bits: `bits` says how many are unknown",
            answer: |search| first_that_opens(&search, 0..16 << search.1),
        },
        Planted {
            name: "known-bits-replaced",
            about: "the guess was written over known bits: put it beside them with `|`, as `candidate` does",
            answer: |search| {
                let mut key = search.0;
                key[28..].copy_from_slice(&right_guess(&search).unwrap_or(0).to_be_bytes());
                opens(&search, &key).then_some(key)
            },
        },
        Planted {
            name: "last-byte-first",
            about: "the guess stands elsewhere in the key, or in little-endian; the unknown bits are the last ones, big-endian",
            answer: |search| {
                let swapped = right_guess(&search)?.swap_bytes();
                let key = with_tail(&search.0, right_guess(&search)?);
                (swapped < 1 << search.1).then_some(key)
            },
        },
        Planted {
            name: "known-is-believed",
            about: "where nothing is unknown, `known` came back untried: it may not open the message either",
            answer: |search| match search.1 {
                0 => Some(search.0),
                bits => first_that_opens(&search, 0..1 << bits),
            },
        },
        Planted {
            name: "the-last-one-tried",
            about: "no candidate opened it, and one was returned all the same",
            answer: |search| {
                let last = with_tail(&search.0, (1 << search.1) - 1);
                Some(first_that_opens(&search, 0..1 << search.1).unwrap_or(last))
            },
        },
        Planted {
            name: "reads-like-text",
            about: "the first key was taken under which the bytes look like text, tag or no tag",
            answer: |(known, bits, nonce, _, sealed)| {
                let legible = |key: &Key| {
                    let mut text = sealed[..sealed.len() - 16].to_vec();
                    chacha20::xor(key, 1, &nonce, &mut text).is_ok()
                        && text.iter().all(|byte| matches!(byte, b' '..=b'~'))
                };
                (0..1 << bits).map(|guess| with_tail(&known, guess)).find(legible)
            },
        },
        Planted {
            name: "header-left-out",
            about: "the header was not handed over to `open`, and the tag covers it",
            answer: |mut search| {
                search.3.clear();
                first_that_opens(&search, 0..1 << search.1)
            },
        },
        Planted {
            name: "the-guess-alone",
            about: "the unknown bits came back without the known part of the key",
            answer: |search| {
                let key = first_that_opens(&search, 0..1 << search.1)?;
                let mut alone = [0; 32];
                for at in 28..32 {
                    alone[at] = key[at] & !search.0[at];
                }
                Some(alone)
            },
        },
    ]
}

//! Lesson 04, guess_the_key: planted wrong answers.

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

/// The first of these guesses that opens it. Gives up where there are a great many: naming a student's mistake must not
/// take minutes.
fn first_that_opens(
    (known, bits, nonce, header, sealed): &Search,
    guesses: std::ops::Range<u32>,
) -> Option<Key> {
    if *bits > 12 {
        return None;
    }
    guesses
        .map(|guess| with_tail(known, guess))
        .find(|key| aead::open(key, nonce, header, sealed).is_ok())
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
            about: "as many keys were tried as there are bits; n bits have 2^n values",
            answer: |search| first_that_opens(&search, 0..search.1),
        },
        Planted {
            name: "one-byte-only",
            about: "only 256 keys were tried: one byte of the unknown part was counted, or a u8 went round",
            answer: |search| first_that_opens(&search, 0..(1 << search.1).min(256)),
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
                if bits > 12 {
                    return None;
                }
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

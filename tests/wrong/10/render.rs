//! Lesson 10, render: planted wrong answers.

use messaging_lab::call::word_lists::{EVEN, ODD};
use messaging_lab::call::words::{b32, pgp_words};
use messaging_lab::course::student::Planted;

use super::super::Rendered;

fn words(value: u32) -> String {
    let (even, odd) = pgp_words(value);
    format!("{even} {odd}")
}

/// Five bits each, where they stand.
fn characters(alphabet: &[u8; 32], value: u32, shifts: &[u32]) -> String {
    let one = |shift: &u32| char::from(alphabet[(value >> shift) as usize % 32]);
    shifts.iter().map(one).collect()
}

const B32: &[u8; 32] = b"ybndrfg8ejkmcpqxot1uwisza345h769";

pub fn render() -> Vec<Planted<u32, Rendered>> {
    vec![
        Planted {
            name: "last-bits",
            about: "the characters come from the last 20 bits; it is the first 20 that count",
            answer: |value| (characters(B32, value, &[15, 10, 5, 0]), words(value)),
        },
        Planted {
            name: "shift-too-far",
            about: "the shifts are 27, 22, 17 and 12: five bits a character, from the top of 32",
            answer: |value| (characters(B32, value, &[28, 23, 18, 13]), words(value)),
        },
        Planted {
            name: "seven-characters",
            about: "seven characters: people are shown four, the other bits are left out",
            answer: |value| {
                let rest = char::from(B32[(value << 3) as usize % 32]);
                let six = characters(B32, value, &[27, 22, 17, 12, 7, 2]);
                (format!("{six}{rest}"), words(value))
            },
        },
        Planted {
            name: "backwards",
            about: "the characters stand in the wrong order: the top five bits are the first one",
            answer: |value| (b32(value).chars().rev().collect(), words(value)),
        },
        Planted {
            name: "another-alphabet",
            about: "that is the Base32 of RFC 4648; the short string has an alphabet of its own",
            answer: |value| {
                let alphabet = b"abcdefghijklmnopqrstuvwxyz234567";
                (characters(alphabet, value, &[27, 22, 17, 12]), words(value))
            },
        },
        Planted {
            name: "mistyped-alphabet",
            about: "one character of the alphabet is another: `B32` above has all of them, without 0, l, v and 2",
            answer: |value| (b32(value).replace('7', "2"), words(value)),
        },
        Planted {
            name: "four-bits-kept",
            about: "`& 15` keeps four bits, and a character stands for five: `& 31`",
            answer: |value| {
                let one = |shift: u32| char::from(B32[(value >> shift & 15) as usize]);
                ([27, 22, 17, 12].map(one).iter().collect(), words(value))
            },
        },
        Planted {
            name: "hex-instead",
            about: "those are hex digits, four bits each; a character of B32 stands for five",
            answer: |value| (format!("{:05x}", value >> 12), words(value)),
        },
        Planted {
            name: "upper-case",
            about: "the characters are in lower case, as in the alphabet",
            answer: |value| (b32(value).to_uppercase(), words(value)),
        },
        Planted {
            name: "words-from-the-end",
            about: "the words stand for the last two bytes; it is the first two that count",
            answer: |value| (b32(value), words(value << 16)),
        },
        Planted {
            name: "words-turned",
            about: "the words stand in the wrong order: the first byte's word is of two syllables",
            answer: |value| {
                let (even, odd) = pgp_words(value);
                (b32(value), format!("{odd} {even}"))
            },
        },
        Planted {
            name: "bytes-exchanged",
            about: "the two bytes are exchanged: the top byte takes its word from EVEN, the next one from ODD",
            answer: |value| {
                let [first, second, ..] = value.to_be_bytes().map(usize::from);
                (b32(value), format!("{} {}", EVEN[second], ODD[first]))
            },
        },
        Planted {
            name: "lists-turned",
            about: "the lists are turned: the first byte takes its word from EVEN, the second from ODD",
            answer: |value| {
                let [first, second, ..] = value.to_be_bytes();
                let (one, other) = (ODD[usize::from(first)], EVEN[usize::from(second)]);
                (b32(value), format!("{one} {other}"))
            },
        },
        Planted {
            name: "one-list",
            about: "both words come from EVEN; the second is from ODD, so that a missing or turned word is heard",
            answer: |value| {
                let [first, second, ..] = value.to_be_bytes();
                let word = |byte: u8| EVEN[usize::from(byte)];
                (b32(value), format!("{} {}", word(first), word(second)))
            },
        },
        Planted {
            name: "bytes-turned",
            about: "the bytes were taken in little-endian order; the first byte is the top one",
            answer: |value| (b32(value), words(value.swap_bytes())),
        },
        Planted {
            name: "one-byte-for-both",
            about: "both words stand for the first byte",
            answer: |value| {
                let first = usize::from(value.to_be_bytes()[0]);
                (b32(value), format!("{} {}", EVEN[first], ODD[first]))
            },
        },
        Planted {
            name: "no-space",
            about: "there is one space between the two words",
            answer: |value| (b32(value), words(value).replace(' ', "")),
        },
        Planted {
            name: "the-example-always",
            about: "that is the example's answer, whatever comes",
            answer: |_| ("4jw5".to_string(), "standard guitarist".to_string()),
        },
        Planted {
            name: "nothing",
            about: "empty strings: people who see nothing compare nothing",
            answer: |_| (String::new(), String::new()),
        },
    ]
}

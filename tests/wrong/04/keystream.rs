//! Lesson 04, two_time_pad and flip: planted wrong answers.

use messaging_lab::course::student::Planted;

use super::super::{Target, TwoTexts};

fn xor(a: &[u8], b: &[u8]) -> Vec<u8> {
    a.iter().zip(b).map(|(a, b)| a ^ b).collect()
}

pub fn two_time_pad() -> Vec<Planted<TwoTexts, Vec<u8>>> {
    vec![
        Planted {
            name: "xor-of-both",
            about: "that is the xor of the two texts; the known one is still in it",
            answer: |(first, second, _)| xor(&first, &second),
        },
        Planted {
            name: "the-keystream",
            about: "that is the keystream, a good first step: what does it do to the other ciphertext?",
            answer: |(first, _, known)| xor(&first, &known),
        },
        Planted {
            name: "known-on-the-wrong-one",
            about: "the known text belongs to the first ciphertext; here it was put on the second",
            answer: |(_, second, known)| xor(&second, &known),
        },
        Planted {
            name: "the-known-text",
            about: "that is the text that was known already",
            answer: |(_, _, known)| known,
        },
        Planted {
            name: "the-ciphertext",
            about: "that is the second ciphertext as it came",
            answer: |(_, second, _)| second,
        },
        Planted {
            name: "keystream-repeated",
            about: "where the known text ends the keystream was begun anew; it goes on with other bytes",
            answer: |(first, second, known)| {
                let keystream = xor(&first, &known);
                if keystream.is_empty() {
                    return Vec::new();
                }
                second
                    .iter()
                    .zip(keystream.iter().cycle())
                    .map(|(a, b)| a ^ b)
                    .collect()
            },
        },
        Planted {
            name: "the-rest-as-it-is",
            about: "behind the known text's end stands ciphertext, which says nothing",
            answer: |(first, second, known)| {
                let mut text = xor(&second, &xor(&first, &known));
                text.extend(&second[text.len()..]);
                text
            },
        },
        Planted {
            name: "filled-up",
            about: "behind the known text's end stand made-up bytes; nothing can be known there",
            answer: |(first, second, known)| {
                let mut text = xor(&second, &xor(&first, &known));
                text.resize(second.len(), 0);
                text
            },
        },
        Planted {
            name: "past-the-end",
            about: "the loop runs over the whole second ciphertext; where the known text ends there is nothing to take",
            answer: |(first, second, known)| {
                (0..second.len())
                    .map(|at| first[at] ^ second[at] ^ known[at])
                    .collect()
            },
        },
        Planted {
            name: "one-length-only",
            about: "texts of different length were given up; the shorter length can be computed",
            answer: |(first, second, known)| match first.len() == second.len() {
                true => xor(&second, &xor(&first, &known)),
                false => Vec::new(),
            },
        },
        Planted {
            name: "nothing",
            about: "the answer is always empty",
            answer: |_| Vec::new(),
        },
        Planted {
            name: "count-in-a-byte",
            about: "the length was counted in a u8, which holds no more than 255",
            answer: |(first, second, known)| {
                let mut text = xor(&second, &xor(&first, &known));
                text.truncate(usize::from(text.len() as u8));
                text
            },
        },
        Planted {
            name: "count-in-two-bytes",
            about: "the length was counted in a u16, which holds no more than 65,535",
            answer: |(first, second, known)| {
                let mut text = xor(&second, &xor(&first, &known));
                text.truncate(usize::from(text.len() as u16));
                text
            },
        },
        Planted {
            name: "texts-only",
            about: "what is not UTF-8 was given up: a text may be any bytes",
            answer: |(first, second, known)| {
                let text = xor(&second, &xor(&first, &known));
                String::from_utf8(text).unwrap_or_default().into_bytes()
            },
        },
        Planted {
            name: "trimmed",
            about: "spaces or line ends were cut off the text: they are bytes of it like all others",
            answer: |(first, second, known)| xor(&second, &xor(&first, &known)).trim_ascii().to_vec(),
        },
        Planted {
            name: "through-a-string",
            about: "the bytes went through a String, which replaces what is not UTF-8: a text may be any bytes",
            answer: |(first, second, known)| {
                let text = xor(&second, &xor(&first, &known));
                String::from_utf8_lossy(&text).into_owned().into_bytes()
            },
        },
        Planted {
            name: "as-characters",
            about: "each byte was made a character of its own: above 127 that is two bytes in UTF-8",
            answer: |(first, second, known)| {
                let text = xor(&second, &xor(&first, &known));
                text.into_iter().map(char::from).collect::<String>().into_bytes()
            },
        },
        Planted {
            name: "subtracted",
            about: "bytes were added and subtracted; the keystream was put on with xor and comes off with xor",
            answer: |(first, second, known)| {
                let keystream = first.iter().zip(&known).map(|(a, b)| a.wrapping_sub(*b));
                second
                    .iter()
                    .zip(keystream)
                    .map(|(a, b)| a.wrapping_sub(b))
                    .collect()
            },
        },
        Planted {
            name: "last-byte-lost",
            about: "the last byte is missing",
            answer: |(first, second, known)| {
                let mut text = xor(&second, &xor(&first, &known));
                text.pop();
                text
            },
        },
    ]
}

pub fn flip() -> Vec<Planted<Target, Vec<u8>>> {
    /// Changes the byte at `at`, if there is one.
    fn with(mut ciphertext: Vec<u8>, at: usize, change: impl FnOnce(u8) -> u8) -> Vec<u8> {
        if let Some(byte) = ciphertext.get_mut(at) {
            *byte = change(*byte);
        }
        ciphertext
    }
    vec![
        Planted {
            name: "unchanged",
            about: "the ciphertext came back as it was",
            answer: |(ciphertext, _)| ciphertext,
        },
        Planted {
            name: "nine-written",
            about: "a 9 was written into the ciphertext; there it stands for 9 xor keystream, which is anything",
            answer: |(ciphertext, at)| with(ciphertext, at, |_| b'9'),
        },
        Planted {
            name: "ninety-written",
            about: "90 was written over two bytes of ciphertext; the keystream makes something else of it",
            answer: |(ciphertext, at)| with(with(ciphertext, at, |_| b'9'), at + 1, |_| b'0'),
        },
        Planted {
            name: "xor-nine",
            about: "xor with '9' leaves the old '1' in it: what has to change is the difference of the two",
            answer: |(ciphertext, at)| with(ciphertext, at, |byte| byte ^ b'9'),
        },
        Planted {
            name: "xor-the-numbers",
            about: "the digits are characters, but 10 xor 90 was taken: of the numbers, not of '1' and '9'",
            answer: |(ciphertext, at)| with(ciphertext, at, |byte| byte ^ 10 ^ 90),
        },
        Planted {
            name: "eight-added",
            about: "8 was added: right only where that bit of the ciphertext is 0, else a carry goes astray",
            answer: |(ciphertext, at)| with(ciphertext, at, |byte| byte.wrapping_add(8)),
        },
        Planted {
            name: "bit-set",
            about: "the bit was set (`|`), not turned over (`^`): half of the time it was set already",
            answer: |(ciphertext, at)| with(ciphertext, at, |byte| byte | 8),
        },
        Planted {
            name: "bit-cleared",
            about: "the bit was cleared (`&`), not turned over (`^`): half of the time it was clear already",
            answer: |(ciphertext, at)| with(ciphertext, at, |byte| byte & !8),
        },
        Planted {
            name: "the-zero",
            about: "the 0 was changed, one byte behind the 1",
            answer: |(ciphertext, at)| with(ciphertext, at + 1, |byte| byte ^ 8),
        },
        Planted {
            name: "counts-from-one",
            about: "the byte before the 1 was changed: places count from 0",
            answer: |(ciphertext, at)| with(ciphertext, at.wrapping_sub(1), |byte| byte ^ 8),
        },
        Planted {
            name: "both-digits",
            about: "both digits were changed; 10 and 90 have the same 0",
            answer: |(ciphertext, at)| with(with(ciphertext, at, |byte| byte ^ 8), at + 1, |byte| byte ^ 8),
        },
        Planted {
            name: "looks-for-the-digit",
            about: "the ciphertext was searched for a '1' (0x31): which byte stands there says nothing about the text",
            answer: |(ciphertext, _)| {
                ciphertext
                    .iter()
                    .map(|byte| if *byte == b'1' { b'9' } else { *byte })
                    .collect()
            },
        },
        Planted {
            name: "place-in-a-byte",
            about: "the place was kept in a u8, which holds no more than 255",
            answer: |(ciphertext, at)| with(ciphertext, usize::from(at as u8), |byte| byte ^ 8),
        },
        Planted {
            name: "place-in-two-bytes",
            about: "the place was kept in a u16, which holds no more than 65,535",
            answer: |(ciphertext, at)| with(ciphertext, usize::from(at as u16), |byte| byte ^ 8),
        },
        Planted {
            name: "always-ten",
            about: "always the eleventh byte was changed, wherever the 10 stands",
            answer: |(ciphertext, _)| with(ciphertext, 10, |byte| byte ^ 8),
        },
        Planted {
            name: "every-byte",
            about: "every byte was changed, and with it the whole text",
            answer: |(ciphertext, _)| ciphertext.iter().map(|byte| byte ^ 8).collect(),
        },
        Planted {
            name: "the-byte-alone",
            about: "only the changed byte came back; Bob's phone needs the whole ciphertext",
            answer: |(ciphertext, at)| vec![ciphertext[at] ^ 8],
        },
        Planted {
            name: "nothing",
            about: "the answer is always empty",
            answer: |_| Vec::new(),
        },
    ]
}

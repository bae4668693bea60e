//! Lesson 00: other right answers, in other styles. Each is accepted.

use messaging_lab::course::student::Planted;
use messaging_lab::crypto::sha256::{Sha256, sha256};

pub fn hex() -> Vec<Planted<Vec<u8>, String>> {
    vec![
        Planted {
            name: "sixteen-at-once",
            about: "sixteen bytes at a time as one large number",
            answer: |bytes| {
                let number = |part: &[u8]| part.iter().fold(0_u128, |sum, byte| sum << 8 | u128::from(*byte));
                let text = |part: &[u8]| format!("{:0width$x}", number(part), width = 2 * part.len());
                bytes.chunks(16).map(text).collect()
            },
        },
        Planted {
            name: "format",
            about: "the formatter does the digits",
            answer: |bytes| bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        },
        Planted {
            name: "from-digit",
            about: "a loop, and std's digit to character function",
            answer: |bytes| {
                let mut text = String::new();
                let mut at = 0;
                while at < bytes.len() {
                    text.extend(char::from_digit(u32::from(bytes[at]) / 16, 16));
                    text.extend(char::from_digit(u32::from(bytes[at]) % 16, 16));
                    at += 1;
                }
                text
            },
        },
    ]
}

pub fn unhex() -> Vec<Planted<String, Option<Vec<u8>>>> {
    fn digit(byte: u8) -> Option<u8> {
        match byte {
            b'0'..=b'9' => Some(byte - b'0'),
            b'a'..=b'f' => Some(byte - b'a' + 10),
            b'A'..=b'F' => Some(byte - b'A' + 10),
            _ => None,
        }
    }
    vec![
        Planted {
            name: "looked-up-in-a-table",
            about: "a table of all 256 bytes' values, and the last five bits of a letter",
            answer: |text| {
                let table: Vec<Option<u8>> = (0..=255_u8)
                    .map(|byte| match byte {
                        b'0'..=b'9' => Some(byte & 0xf),
                        b'A'..=b'F' | b'a'..=b'f' => Some((byte & 0x1f) + 9),
                        _ => None,
                    })
                    .collect();
                let mut bytes = Vec::new();
                for pair in text.as_bytes().chunks(2) {
                    let [high, low] = *pair else { return None };
                    bytes.push(table[usize::from(high)]? << 4 | table[usize::from(low)]?);
                }
                Some(bytes)
            },
        },
        Planted {
            name: "match-on-bytes",
            about: "a loop over bytes with a match",
            answer: |text| {
                let mut bytes = Vec::new();
                for pair in text.as_bytes().chunks(2) {
                    let [high, low] = pair else { return None };
                    bytes.push(digit(*high)? << 4 | digit(*low)?);
                }
                Some(bytes)
            },
        },
        Planted {
            name: "radix-after-a-look",
            about: "all characters are looked at first, then from_str_radix",
            answer: |text| {
                if text.len() % 2 != 0 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                    return None;
                }
                (0..text.len())
                    .step_by(2)
                    .map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok())
                    .collect()
            },
        },
    ]
}

pub fn length() -> Vec<Planted<Vec<u8>, Option<u32>>> {
    vec![
        Planted {
            name: "slice-pattern",
            about: "the four bytes by a pattern, turned around and read from the other end",
            answer: |record| match record[..] {
                [a, b, c, d, ..] => Some(u32::from_le_bytes([d, c, b, a])),
                _ => None,
            },
        },
        Planted {
            name: "shifts",
            about: "four shifts",
            answer: |record| {
                if record.len() < 4 {
                    return None;
                }
                let byte = |at: usize| u32::from(record[at]);
                Some(byte(0) << 24 | byte(1) << 16 | byte(2) << 8 | byte(3))
            },
        },
        Planted {
            name: "base-256",
            about: "digits of a number in base 256",
            answer: |record| {
                Some(
                    record
                        .get(..4)?
                        .iter()
                        .fold(0, |sum, byte| sum * 256 + u32::from(*byte)),
                )
            },
        },
    ]
}

type TwoStrings = (Vec<u8>, Vec<u8>);

pub fn xor() -> Vec<Planted<TwoStrings, Option<Vec<u8>>>> {
    vec![
        Planted {
            name: "in-place",
            about: "changes the first in place",
            answer: |(mut a, b)| {
                if a.len() != b.len() {
                    return None;
                }
                for (x, y) in a.iter_mut().zip(b) {
                    *x ^= y;
                }
                Some(a)
            },
        },
        Planted {
            name: "without-xor",
            about: "built from and, or and not",
            answer: |(a, b)| {
                if a.len() != b.len() {
                    return None;
                }
                Some(
                    (0..a.len())
                        .map(|at| (a[at] | b[at]) & !(a[at] & b[at]))
                        .collect(),
                )
            },
        },
    ]
}

type Noted = (Vec<[u8; 32]>, Vec<Vec<u8>>);

pub fn flip() -> Vec<Planted<Noted, Option<usize>>> {
    vec![
        Planted {
            name: "from-the-end",
            about: "from the last record to the first: at most one changed, so the order of looking is free",
            answer: |(digests, mut records)| {
                while let Some(record) = records.pop() {
                    if digests[records.len()] != sha256(&record) {
                        return Some(records.len());
                    }
                }
                None
            },
        },
        Planted {
            name: "zip-position",
            about: "zip and position",
            answer: |(digests, records)| {
                records
                    .iter()
                    .zip(&digests)
                    .position(|(record, digest)| sha256(record) != *digest)
            },
        },
        Planted {
            name: "streaming",
            about: "digests fed byte by byte, compared byte by byte",
            answer: |(digests, records)| {
                let mut found = None;
                for number in 0..records.len() {
                    let mut state = Sha256::new();
                    for byte in &records[number] {
                        state.update(&[*byte]);
                    }
                    let digest = state.finish();
                    let mut alike = 0;
                    for at in 0..32 {
                        alike += usize::from(digest[at] == digests[number][at]);
                    }
                    if alike < 32 && found.is_none() {
                        found = Some(number);
                    }
                }
                found
            },
        },
    ]
}

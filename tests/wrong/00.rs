//! Lesson 00: planted wrong answers. Each is caught, and named as what it is.

use messaging_lab::course::student::Planted;
use messaging_lab::crypto::sha256::sha256;

pub fn hex() -> Vec<Planted<Vec<u8>, String>> {
    vec![
        Planted {
            name: "lost-zero",
            about: "a byte below 16 got one digit, so nobody can tell where a byte ends",
            answer: |bytes| bytes.iter().map(|byte| format!("{byte:x}")).collect(),
        },
        Planted {
            name: "upper-case",
            about: "the digits are right, but in upper case",
            answer: |bytes| bytes.iter().map(|byte| format!("{byte:02X}")).collect(),
        },
        Planted {
            name: "low-half-first",
            about: "the two digits of each byte changed places: the high four bits come first",
            answer: |bytes| {
                bytes
                    .iter()
                    .map(|byte| format!("{:02x}", byte.rotate_left(4)))
                    .collect()
            },
        },
        Planted {
            name: "decimal",
            about: "the numbers are written in base ten",
            answer: |bytes| bytes.iter().map(|byte| format!("{byte:02}")).collect(),
        },
        Planted {
            name: "debug-list",
            about: "that is the list as Rust prints it for debugging, with brackets and commas",
            answer: |bytes| format!("{bytes:02x?}"),
        },
        Planted {
            name: "spaced",
            about: "there are spaces between the bytes",
            answer: |bytes| {
                bytes
                    .iter()
                    .map(|byte| format!("{byte:02x}"))
                    .collect::<Vec<_>>()
                    .join(" ")
            },
        },
        Planted {
            name: "0x-prefix",
            about: "there is an 0x in front of each byte: the text has the digits alone",
            answer: |bytes| bytes.iter().map(|byte| format!("0x{byte:02x}")).collect(),
        },
        Planted {
            name: "last-byte-first",
            about: "the bytes stand in reverse order",
            answer: |bytes| bytes.iter().rev().map(|byte| format!("{byte:02x}")).collect(),
        },
        Planted {
            name: "nothing",
            about: "the text is always empty",
            answer: |_| String::new(),
        },
        Planted {
            name: "so-many-and-no-more",
            about: "after so many bytes it stopped: there can be any number",
            answer: |bytes| {
                bytes
                    .iter()
                    .take(1_024)
                    .map(|byte| format!("{byte:02x}"))
                    .collect()
            },
        },
        Planted {
            name: "as-text",
            about: "the bytes were read as text, not written as digits",
            answer: |bytes| String::from_utf8_lossy(&bytes).into_owned(),
        },
    ]
}

/// Two characters at a time through `from_str_radix`, whatever else happens around it.
fn pairs(text: &str) -> impl Iterator<Item = Option<u8>> + '_ {
    let bytes = text.as_bytes();
    bytes.chunks(2).map(|pair| {
        std::str::from_utf8(pair)
            .ok()
            .and_then(|pair| u8::from_str_radix(pair, 16).ok())
    })
}

pub fn unhex() -> Vec<Planted<String, Option<Vec<u8>>>> {
    vec![
        Planted {
            name: "takes-plus",
            about: "a plus sign was read as part of a number: `from_str_radix` allows one, hex does not",
            answer: |text| {
                if text.len() % 2 == 1 {
                    None
                } else {
                    pairs(&text).collect()
                }
            },
        },
        Planted {
            name: "cuts-a-character",
            about: "a slice of the text ended inside a character of several bytes: look at the characters first",
            answer: |text| {
                if text.len() % 2 == 1 || text.contains('+') {
                    return None;
                }
                (0..text.len())
                    .step_by(2)
                    .map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok())
                    .collect()
            },
        },
        Planted {
            name: "plus-in-the-middle",
            about: "a plus sign was refused at the beginning only: any pair may begin with one",
            answer: |text| {
                let bad = text.starts_with('+') || text.len() % 2 == 1;
                if bad { None } else { pairs(&text).collect() }
            },
        },
        Planted {
            name: "trims",
            about: "spaces or line breaks at the ends were cut off in silence: they are no digits either",
            answer: |text| {
                let digits: Vec<u32> = text
                    .trim()
                    .chars()
                    .map(|c| c.to_digit(16))
                    .collect::<Option<_>>()?;
                (digits.len() % 2 == 0).then(|| digits.chunks(2).map(|p| (p[0] * 16 + p[1]) as u8).collect())
            },
        },
        Planted {
            name: "passes-over-separators",
            about: "colons, spaces or line breaks between the bytes were passed over in silence: they are no digits",
            answer: |text| {
                let skipped = |c: &char| !matches!(c, ':' | '\r' | '\n' | '\t' | '\0') && !c.is_whitespace();
                let digits: Vec<u32> = text
                    .chars()
                    .filter(skipped)
                    .map(|c| c.to_digit(16))
                    .collect::<Option<_>>()?;
                (digits.len() % 2 == 0).then(|| digits.chunks(2).map(|p| (p[0] * 16 + p[1]) as u8).collect())
            },
        },
        Planted {
            name: "wide-digits",
            about: "digits that are no ASCII were read as well: hex has the 22 characters 0-9, a-f, A-F",
            answer: |text| {
                let narrow = |c: char| match u32::from(c) {
                    wide @ 0xff10..=0xff19 => char::from_u32(wide - 0xff10 + 0x30),
                    _ => Some(c),
                };
                let digit = |c: char| narrow(c)?.to_digit(16);
                let digits: Vec<u32> = text.chars().map(digit).collect::<Option<_>>()?;
                (digits.len() % 2 == 0).then(|| digits.chunks(2).map(|p| (p[0] * 16 + p[1]) as u8).collect())
            },
        },
        Planted {
            name: "so-many-and-no-more",
            about: "after so many digits it stopped: there can be any number",
            answer: |text| {
                let digits: Vec<u32> = text.chars().map(|c| c.to_digit(16)).collect::<Option<_>>()?;
                let bytes = digits.chunks(2).map(|p| (p[0] * 16 + p[1]) as u8);
                (digits.len() % 2 == 0).then(|| bytes.take(1_024).collect())
            },
        },
        Planted {
            name: "half-byte",
            about: "a lone last digit was taken for a byte",
            answer: |text| {
                if text.contains('+') {
                    None
                } else {
                    pairs(&text).collect()
                }
            },
        },
        Planted {
            name: "drops-the-rest",
            about: "a lone last digit was left out in silence",
            answer: |text| {
                let digits: Vec<u32> = text.chars().map(|c| c.to_digit(16)).collect::<Option<_>>()?;
                Some(
                    digits
                        .chunks_exact(2)
                        .map(|pair| (pair[0] * 16 + pair[1]) as u8)
                        .collect(),
                )
            },
        },
        Planted {
            name: "skips-bad",
            about: "characters that are no digits were passed over instead of refused",
            answer: |text| {
                let digits: Vec<u32> = text.chars().filter_map(|c| c.to_digit(16)).collect();
                (digits.len() % 2 == 0).then(|| digits.chunks(2).map(|p| (p[0] * 16 + p[1]) as u8).collect())
            },
        },
        Planted {
            name: "bad-is-zero",
            about: "a character that is no digit was taken for a zero",
            answer: |text| {
                let digits: Vec<u32> = text.chars().map(|c| c.to_digit(16).unwrap_or(0)).collect();
                (digits.len() % 2 == 0).then(|| digits.chunks(2).map(|p| (p[0] * 16 + p[1]) as u8).collect())
            },
        },
        Planted {
            name: "lower-case-only",
            about: "upper-case digits were refused",
            answer: |text| {
                let ok = text.len() % 2 == 0 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
                if ok { pairs(&text).collect() } else { None }
            },
        },
        Planted {
            name: "nine-refused",
            about: "the digit 9 was refused: `..` leaves out the end of a range, `..=` does not",
            answer: |text| {
                let ok = text.len() % 2 == 0 && text.bytes().all(|b| b != b'9' && b.is_ascii_hexdigit());
                if ok { pairs(&text).collect() } else { None }
            },
        },
        Planted {
            name: "f-refused",
            about: "the digit f was refused: `..` leaves out the end of a range, `..=` does not",
            answer: |text| {
                let ok = text.len() % 2 == 0
                    && text
                        .bytes()
                        .all(|b| !matches!(b, b'f' | b'F') && b.is_ascii_hexdigit());
                if ok { pairs(&text).collect() } else { None }
            },
        },
        Planted {
            name: "letters-refused",
            about: "the digits from a to f were refused: in base 16 they are digits as well",
            answer: |text| {
                let ok = text.len() % 2 == 0 && text.bytes().all(|b| b.is_ascii_digit());
                if ok { pairs(&text).collect() } else { None }
            },
        },
        Planted {
            name: "low-half-first",
            about: "the two digits of each byte changed places",
            answer: |text| {
                let digits: Vec<u32> = text.chars().map(|c| c.to_digit(16)).collect::<Option<_>>()?;
                (digits.len() % 2 == 0).then(|| digits.chunks(2).map(|p| (p[1] * 16 + p[0]) as u8).collect())
            },
        },
        Planted {
            name: "refuses-all",
            about: "good text is refused, too",
            answer: |_| None,
        },
        Planted {
            name: "always-empty",
            about: "the answer is always no bytes",
            answer: |_| Some(Vec::new()),
        },
        Planted {
            name: "empty-refused",
            about: "empty text is refused, but it is the text of no bytes",
            answer: |text| {
                let digits: Vec<u32> = text.chars().map(|c| c.to_digit(16)).collect::<Option<_>>()?;
                let whole = !digits.is_empty() && digits.len() % 2 == 0;
                whole.then(|| digits.chunks(2).map(|p| (p[0] * 16 + p[1]) as u8).collect())
            },
        },
    ]
}

pub fn length() -> Vec<Planted<Vec<u8>, Option<u32>>> {
    vec![
        Planted {
            name: "little-endian",
            about: "the bytes were read from the wrong end: the first one weighs most here",
            answer: |record| record.first_chunk().map(|head| u32::from_le_bytes(*head)),
        },
        Planted {
            name: "two-bytes",
            about: "only the last two bytes of the head were read",
            answer: |record| {
                record
                    .first_chunk::<4>()
                    .map(|head| u32::from(head[2]) << 8 | u32::from(head[3]))
            },
        },
        Planted {
            name: "one-byte",
            about: "only the last byte of the head was read",
            answer: |record| record.get(3).map(|byte| u32::from(*byte)),
        },
        Planted {
            name: "counts-the-slice",
            about: "that is how many bytes were handed over, not what the head says",
            answer: |record| Some(record.len() as u32),
        },
        Planted {
            name: "filled-up",
            about: "missing bytes of the head were taken for zeros",
            answer: |record| {
                Some((0..4).fold(0, |sum, at| sum << 8 | u32::from(*record.get(at).unwrap_or(&0))))
            },
        },
        Planted {
            name: "needs-a-body",
            about: "four bytes are a whole head, also where nothing follows",
            answer: |record| {
                if record.len() <= 4 {
                    None
                } else {
                    record.first_chunk().map(|head| u32::from_be_bytes(*head))
                }
            },
        },
        Planted {
            name: "four-bytes-only",
            about: "a record was refused because it is longer than its head: the first four bytes are the head, more follows",
            answer: |record| record.try_into().ok().map(u32::from_be_bytes),
        },
        Planted {
            name: "large-refused",
            about: "a large number was refused: asked is which number the head says, not whether it can be",
            answer: |record| {
                let number = record.first_chunk().map(|head| u32::from_be_bytes(*head))?;
                (number <= 0x00ff_ffff).then_some(number)
            },
        },
        Planted {
            name: "signed",
            about: "a number from 2^31 on was refused: an `i32` has no room for it, a `u32` has",
            answer: |record| {
                let number = record.first_chunk().map(|head| u32::from_be_bytes(*head))?;
                (number <= 0x7fff_ffff).then_some(number)
            },
        },
        Planted {
            name: "looks-for-the-rest",
            about: "a record was refused because not all of it is there: asked is only which number its head says",
            answer: |record| {
                let number = record.first_chunk().map(|head| u32::from_be_bytes(*head))?;
                (record.len() >= number as usize).then_some(number)
            },
        },
        Planted {
            name: "looks-for-the-rest-behind",
            about: "a record was refused because not all of it is there: asked is only which number its head says",
            answer: |record| {
                let number = record.first_chunk().map(|head| u32::from_be_bytes(*head))?;
                (record.len() - 4 >= number as usize).then_some(number)
            },
        },
        Planted {
            name: "zero-refused",
            about: "a head of zeros was refused: asked is which number it says, and that is 0",
            answer: |record| {
                let number = record.first_chunk().map(|head| u32::from_be_bytes(*head))?;
                (number != 0).then_some(number)
            },
        },
        Planted {
            name: "small-refused",
            about: "a number too small for a record was refused: asked is which number the head says, not whether it can be",
            answer: |record| {
                let number = record.first_chunk().map(|head| u32::from_be_bytes(*head))?;
                (number >= 4).then_some(number)
            },
        },
        Planted {
            name: "never",
            about: "there is always `None`",
            answer: |_| None,
        },
        Planted {
            name: "always-zero",
            about: "the length is always 0",
            answer: |_| Some(0),
        },
        Planted {
            name: "head-included",
            about: "four was added: the length counts its own four bytes already, the answer is the number as it stands",
            answer: |record| {
                record
                    .first_chunk()
                    .map(|head| u32::from_be_bytes(*head).wrapping_add(4))
            },
        },
    ]
}

type TwoStrings = (Vec<u8>, Vec<u8>);

pub fn xor() -> Vec<Planted<TwoStrings, Option<Vec<u8>>>> {
    fn each(a: &[u8], b: &[u8], join: fn(u8, u8) -> u8) -> Option<Vec<u8>> {
        (a.len() == b.len()).then(|| a.iter().zip(b).map(|(x, y)| join(*x, *y)).collect())
    }
    vec![
        Planted {
            name: "or",
            about: "that is OR (`|`): it cannot be undone",
            answer: |(a, b)| each(&a, &b, |x, y| x | y),
        },
        Planted {
            name: "and",
            about: "that is AND (`&`): it cannot be undone",
            answer: |(a, b)| each(&a, &b, |x, y| x & y),
        },
        Planted {
            name: "added",
            about: "the bytes were added: adding twice does not lead back",
            answer: |(a, b)| each(&a, &b, u8::wrapping_add),
        },
        Planted {
            name: "cut-short",
            about: "the longer one was cut to the shorter one's length in silence",
            answer: |(a, b)| Some(a.iter().zip(&b).map(|(x, y)| x ^ y).collect()),
        },
        Planted {
            name: "second-cut",
            about: "only one of two lengths was refused: where the second one is longer, it was cut to the first one's length",
            answer: |(a, b)| (a.len() <= b.len()).then(|| a.iter().zip(&b).map(|(x, y)| x ^ y).collect()),
        },
        Planted {
            name: "first-cut",
            about: "only one of two lengths was refused: where the first one is longer, it was cut to the second one's length",
            answer: |(a, b)| (a.len() >= b.len()).then(|| a.iter().zip(&b).map(|(x, y)| x ^ y).collect()),
        },
        Planted {
            name: "repeated",
            about: "the shorter pad was repeated: that is the mistake that broke real systems",
            answer: |(a, b)| match b.is_empty() {
                true => a.is_empty().then(Vec::new),
                false => Some(a.iter().zip(b.iter().cycle()).map(|(x, y)| x ^ y).collect()),
            },
        },
        Planted {
            name: "filled-up",
            about: "the shorter one was filled up with zeros, and zeros hide nothing",
            answer: |(a, b)| {
                let byte = |bytes: &[u8], at: usize| *bytes.get(at).unwrap_or(&0);
                Some(
                    (0..a.len().max(b.len()))
                        .map(|at| byte(&a, at) ^ byte(&b, at))
                        .collect(),
                )
            },
        },
        Planted {
            name: "length-cut-short",
            about: "the lengths were compared in a type too small for them: 260 as a u8 is 4",
            answer: |(a, b)| {
                (a.len() as u8 == b.len() as u8).then(|| a.iter().zip(&b).map(|(x, y)| x ^ y).collect())
            },
        },
        Planted {
            name: "nearly-as-long",
            about: "lengths that differ by one were taken for the same",
            answer: |(a, b)| {
                let close = a.len().abs_diff(b.len()) <= 1;
                close.then(|| a.iter().zip(&b).map(|(x, y)| x ^ y).collect())
            },
        },
        Planted {
            name: "zeros-cut-off",
            about: "zeros were left out: xor has as many bytes as its inputs",
            answer: |(a, b)| {
                let mut bytes = each(&a, &b, |x, y| x ^ y)?;
                while bytes.last() == Some(&0) {
                    bytes.pop();
                }
                Some(bytes)
            },
        },
        Planted {
            name: "refuses-all",
            about: "everything is refused",
            answer: |_| None,
        },
        Planted {
            name: "first-again",
            about: "that is the first input, unchanged",
            answer: |(a, _)| Some(a),
        },
        Planted {
            name: "empty-refused",
            about: "nothing xor nothing is nothing: both are of length 0",
            answer: |(a, b)| {
                if a.is_empty() {
                    None
                } else {
                    each(&a, &b, |x, y| x ^ y)
                }
            },
        },
    ]
}

type Noted = (Vec<[u8; 32]>, Vec<Vec<u8>>);

pub fn flip() -> Vec<Planted<Noted, Option<usize>>> {
    fn changed(noted: &Noted, differ: impl Fn(&[u8; 32], &[u8; 32]) -> bool) -> Option<usize> {
        (0..noted.1.len()).find(|&number| differ(&noted.0[number], &sha256(&noted.1[number])))
    }
    vec![
        Planted {
            name: "first-byte",
            about: "only the first byte of the digests was compared: one change in 256 slips through",
            answer: |noted| changed(&noted, |before, now| before[0] != now[0]),
        },
        Planted {
            name: "last-byte",
            about: "only the last byte of the digests was compared: one change in 256 slips through",
            answer: |noted| changed(&noted, |before, now| before[31] != now[31]),
        },
        Planted {
            name: "sums-up",
            about: "only the sum of the digest's bytes was compared: different digests can have one sum",
            answer: |noted| {
                let sum = |digest: &[u8; 32]| -> u32 { digest.iter().map(|byte| u32::from(*byte)).sum() };
                changed(&noted, |before, now| sum(before) != sum(now))
            },
        },
        Planted {
            name: "folds-up",
            about: "only the xor of the digest's bytes was compared: that is one byte, and one change in 256 slips through",
            answer: |noted| {
                let fold = |digest: &[u8; 32]| digest.iter().fold(0, |all, byte| all ^ byte);
                changed(&noted, |before, now| fold(before) != fold(now))
            },
        },
        Planted {
            name: "first-two-bytes",
            about: "only the first bytes of the digests were compared: the rest can differ",
            answer: |noted| changed(&noted, |before, now| before[..2] != now[..2]),
        },
        Planted {
            name: "last-two-bytes",
            about: "only the last bytes of the digests were compared: the rest can differ",
            answer: |noted| changed(&noted, |before, now| before[30..] != now[30..]),
        },
        Planted {
            name: "three-bytes-inside",
            about: "only some bytes inside the digests were compared: the others can differ",
            answer: |noted| changed(&noted, |before, now| before[14..17] != now[14..17]),
        },
        Planted {
            name: "first-four-bytes",
            about: "only the first bytes of the digests were compared: the rest can differ",
            answer: |noted| changed(&noted, |before, now| before[..4] != now[..4]),
        },
        Planted {
            name: "last-four-bytes",
            about: "only the last bytes of the digests were compared: the rest can differ",
            answer: |noted| changed(&noted, |before, now| before[28..] != now[28..]),
        },
        Planted {
            name: "waits-for-half",
            about: "only a digest with about half of its bits changed was counted: fewer can change, and any is enough",
            answer: |noted| {
                changed(&noted, |before, now| {
                    let differ: u32 = before.iter().zip(now).map(|(x, y)| (x ^ y).count_ones()).sum();
                    differ >= 90
                })
            },
        },
        Planted {
            name: "every-byte-must-differ",
            about: "a digest counted as changed only if each of its bytes is another: one byte is enough",
            answer: |noted| changed(&noted, |before, now| before.iter().zip(now).all(|(x, y)| x != y)),
        },
        Planted {
            name: "place-cut-short",
            about: "the place in the list was kept in a u8, and cut off there: there can be more than 256 records",
            answer: |noted| {
                changed(&noted, |before, now| before != now).map(|number| usize::from(number as u8))
            },
        },
        Planted {
            name: "beginning-of-the-record",
            about: "only the first bytes of each record were hashed: the change can be behind them",
            answer: |(digests, records)| {
                let fits = |number: usize| match records[number].len() {
                    0..=64 => digests[number] == sha256(&records[number]),
                    // It has no digest of the beginning alone, and takes the record for unchanged.
                    _ => true,
                };
                (0..records.len()).find(|&number| !fits(number))
            },
        },
        Planted {
            name: "counts-ones",
            about: "only the number of set bits was compared",
            answer: |noted| {
                let ones = |digest: &[u8; 32]| -> u32 { digest.iter().map(|byte| byte.count_ones()).sum() };
                changed(&noted, |before, now| ones(before) != ones(now))
            },
        },
        Planted {
            name: "an-unchanged-one",
            about: "that is a record whose digest still fits",
            answer: |noted| changed(&noted, |before, now| before == now),
        },
        Planted {
            name: "any-order",
            about: "a digest was accepted wherever it stands in the list: each belongs to one record",
            answer: |noted| (0..noted.1.len()).find(|&number| !noted.0.contains(&sha256(&noted.1[number]))),
        },
        Planted {
            name: "found-among-todays",
            about: "a digest was accepted if any record of today has it: each belongs to one record",
            answer: |(digests, records)| {
                let todays: Vec<[u8; 32]> = records.iter().map(|record| sha256(record)).collect();
                digests.iter().position(|digest| !todays.contains(digest))
            },
        },
        Planted {
            name: "place-by-digest",
            about: "the place was looked up by the digest, and two records had the same one: keep the place itself",
            answer: |noted| {
                let number = changed(&noted, |before, now| before != now)?;
                noted.0.iter().position(|digest| *digest == noted.0[number])
            },
        },
        Planted {
            name: "so-many-and-no-more",
            about: "after so many records it stopped: there can be any number",
            answer: |noted| changed(&noted, |before, now| before != now).filter(|&number| number < 32),
        },
        Planted {
            name: "counts-from-one",
            about: "the records are numbered from 0",
            answer: |noted| changed(&noted, |before, now| before != now).map(|number| number + 1),
        },
        Planted {
            name: "always-first",
            about: "it says the first record, whatever happened: does any digest ever fit? Hash all of a record, and compare the \
                digest with the one that was noted",
            answer: |_| Some(0),
        },
        Planted {
            name: "never",
            about: "it never finds a change (looking for digests that differ in one bit finds none: half of all bits differ)",
            answer: |_| None,
        },
        Planted {
            name: "always-last",
            about: "it always says the last record",
            answer: |noted| noted.1.len().checked_sub(1),
        },
    ]
}

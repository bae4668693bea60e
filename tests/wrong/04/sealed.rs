//! Lesson 04, seal and open: planted wrong answers.

use messaging_lab::course::student::Planted;
use messaging_lab::crypto::{chacha20, poly1305};

use super::super::{Four, Key, Nonce};

fn mac_data(header: &[u8], ciphertext: &[u8]) -> Vec<u8> {
    let mut data = header.to_vec();
    data.resize(data.len().next_multiple_of(16), 0);
    data.extend(ciphertext);
    data.resize(data.len().next_multiple_of(16), 0);
    data.extend((header.len() as u64).to_le_bytes());
    data.extend((ciphertext.len() as u64).to_le_bytes());
    data
}

fn one_time_key(key: &Key, nonce: &Nonce) -> Key {
    let block = chacha20::block(key, 0, nonce);
    std::array::from_fn(|at| block[at])
}

fn crypt(key: &Key, counter: u32, nonce: &Nonce, data: &[u8]) -> Vec<u8> {
    let mut data = data.to_vec();
    chacha20::xor(key, counter, nonce, &mut data).expect("a short text");
    data
}

fn tag(key: &Key, nonce: &Nonce, data: &[u8]) -> [u8; 16] {
    poly1305::poly1305(&one_time_key(key, nonce), data)
}

pub fn seal() -> Vec<Planted<Four, Vec<u8>>> {
    vec![
        Planted {
            name: "from-block-0",
            about: "the text was hidden by block 0, which the one-time key is made of: start at counter 1",
            answer: |(key, nonce, header, text)| {
                let hidden = crypt(&key, 0, &nonce, &text);
                let tag = tag(&key, &nonce, &mac_data(&header, &hidden));
                [hidden, tag.to_vec()].concat()
            },
        },
        Planted {
            name: "header-left-out",
            about: "the tag does not cover the header: the relay could swap it",
            answer: |(key, nonce, _, text)| {
                let hidden = crypt(&key, 1, &nonce, &text);
                let tag = tag(&key, &nonce, &mac_data(b"", &hidden));
                [hidden, tag.to_vec()].concat()
            },
        },
        Planted {
            name: "tag-of-the-text",
            about: "the tag was made of the text; it has to cover what travels, the ciphertext",
            answer: |(key, nonce, header, text)| {
                let tag = tag(&key, &nonce, &mac_data(&header, &text));
                [crypt(&key, 1, &nonce, &text), tag.to_vec()].concat()
            },
        },
        Planted {
            name: "header-alone",
            about: "the tag covers the header and not the ciphertext: the text can be changed as without a tag",
            answer: |(key, nonce, header, text)| {
                let tag = tag(&key, &nonce, &mac_data(&header, b""));
                [crypt(&key, 1, &nonce, &text), tag.to_vec()].concat()
            },
        },
        Planted {
            name: "tag-first",
            about: "the tag stands in front; it comes behind the ciphertext",
            answer: |(key, nonce, header, text)| {
                let hidden = crypt(&key, 1, &nonce, &text);
                [tag(&key, &nonce, &mac_data(&header, &hidden)).to_vec(), hidden].concat()
            },
        },
        Planted {
            name: "glued-together",
            about: "header and ciphertext were put together without paddings and lengths: use `mac_data`",
            answer: |(key, nonce, header, text)| {
                let hidden = crypt(&key, 1, &nonce, &text);
                let tag = tag(&key, &nonce, &[&header[..], &hidden].concat());
                [hidden, tag.to_vec()].concat()
            },
        },
        Planted {
            name: "swapped-arguments",
            about: "`mac_data` got ciphertext and header in the wrong order",
            answer: |(key, nonce, header, text)| {
                let hidden = crypt(&key, 1, &nonce, &text);
                let tag = tag(&key, &nonce, &mac_data(&hidden, &header));
                [hidden, tag.to_vec()].concat()
            },
        },
        Planted {
            name: "the-key-itself",
            about: "the tag was made with the key itself; Poly1305 needs a key for one message only",
            answer: |(key, nonce, header, text)| {
                let hidden = crypt(&key, 1, &nonce, &text);
                let tag = poly1305::poly1305(&key, &mac_data(&header, &hidden));
                [hidden, tag.to_vec()].concat()
            },
        },
        Planted {
            name: "second-half",
            about: "the one-time key was taken from the second half of block 0; it is the first 32 bytes",
            answer: |(key, nonce, header, text)| {
                let hidden = crypt(&key, 1, &nonce, &text);
                let block = chacha20::block(&key, 0, &nonce);
                let half = std::array::from_fn(|at| block[32 + at]);
                let tag = poly1305::poly1305(&half, &mac_data(&header, &hidden));
                [hidden, tag.to_vec()].concat()
            },
        },
        Planted {
            name: "key-from-block-1",
            about: "the one-time key was taken from block 1, which hides the text: who knows the text knows that key",
            answer: |(key, nonce, header, text)| {
                let hidden = crypt(&key, 1, &nonce, &text);
                let block = chacha20::block(&key, 1, &nonce);
                let first = std::array::from_fn(|at| block[at]);
                let tag = poly1305::poly1305(&first, &mac_data(&header, &hidden));
                [hidden, tag.to_vec()].concat()
            },
        },
        Planted {
            name: "no-tag",
            about: "that is the ciphertext alone: anybody can change it unnoticed",
            answer: |(key, nonce, _, text)| crypt(&key, 1, &nonce, &text),
        },
        Planted {
            name: "half-a-tag",
            about: "only half of the tag was appended",
            answer: |(key, nonce, header, text)| {
                let hidden = crypt(&key, 1, &nonce, &text);
                let tag = tag(&key, &nonce, &mac_data(&header, &hidden));
                [&hidden, &tag[..8]].concat()
            },
        },
        Planted {
            name: "not-hidden",
            about: "the text is readable: it was not hidden, or hidden twice, which undoes itself",
            answer: |(key, nonce, header, text)| {
                let tag = tag(&key, &nonce, &mac_data(&header, &text));
                [text, tag.to_vec()].concat()
            },
        },
        Planted {
            name: "tag-hidden-too",
            about: "the tag was put through the keystream as well; it is appended as it is",
            answer: |(key, nonce, header, text)| {
                let hidden = crypt(&key, 1, &nonce, &text);
                let tag = tag(&key, &nonce, &mac_data(&header, &hidden));
                crypt(&key, 1, &nonce, &[text, tag.to_vec()].concat())
            },
        },
        Planted {
            name: "nonce-in-front",
            about: "the nonce was put in front; it travels beside the sealed bytes, not in them",
            answer: |(key, nonce, header, text)| {
                let hidden = crypt(&key, 1, &nonce, &text);
                let tag = tag(&key, &nonce, &mac_data(&header, &hidden));
                [nonce.to_vec(), hidden, tag.to_vec()].concat()
            },
        },
        Planted {
            name: "header-in-front",
            about: "the header was put in front; it travels beside the sealed bytes, not in them",
            answer: |(key, nonce, header, text)| {
                let hidden = crypt(&key, 1, &nonce, &text);
                let tag = tag(&key, &nonce, &mac_data(&header, &hidden));
                [header, hidden, tag.to_vec()].concat()
            },
        },
        Planted {
            name: "one-nonce-for-all",
            about: "the nonce was left out (all zeros): every message has the same keystream",
            answer: |(key, _, header, text)| {
                let hidden = crypt(&key, 1, &[0; 12], &text);
                let tag = tag(&key, &[0; 12], &mac_data(&header, &hidden));
                [hidden, tag.to_vec()].concat()
            },
        },
        Planted {
            name: "one-block-only",
            about: "the text was hidden by one block of keystream, over and over: after 64 bytes comes the next block",
            answer: |(key, nonce, header, text)| {
                let block = chacha20::block(&key, 1, &nonce);
                let hidden: Vec<u8> = text
                    .iter()
                    .zip(block.iter().cycle())
                    .map(|(a, b)| a ^ b)
                    .collect();
                let tag = tag(&key, &nonce, &mac_data(&header, &hidden));
                [hidden, tag.to_vec()].concat()
            },
        },
        Planted {
            name: "cut-at-a-block",
            about: "the text was put together with one block of keystream, and `zip` ends with the shorter of the two",
            answer: |(key, nonce, header, text)| {
                let block = chacha20::block(&key, 1, &nonce);
                let hidden: Vec<u8> = text.iter().zip(&block).map(|(a, b)| a ^ b).collect();
                let tag = tag(&key, &nonce, &mac_data(&header, &hidden));
                [hidden, tag.to_vec()].concat()
            },
        },
        Planted {
            name: "block-number-in-a-byte",
            about: "the block's number was kept in a u8: after 256 blocks the same keystream comes again",
            answer: |(key, nonce, header, text)| {
                let mut hidden = Vec::new();
                for (at, piece) in text.chunks(64).enumerate() {
                    hidden.extend(crypt(&key, u32::from((at + 1) as u8), &nonce, piece));
                }
                let tag = tag(&key, &nonce, &mac_data(&header, &hidden));
                [hidden, tag.to_vec()].concat()
            },
        },
        Planted {
            name: "length-in-a-byte",
            about: "a length was kept in a u8 before it went into the tag: it has 8 bytes there",
            answer: |(key, nonce, header, text)| {
                let hidden = crypt(&key, 1, &nonce, &text);
                let mut data = mac_data(&header, &hidden);
                let lengths = data.len() - 16;
                data[lengths + 1..lengths + 8].fill(0);
                data[lengths + 9..].fill(0);
                [hidden, tag(&key, &nonce, &data).to_vec()].concat()
            },
        },
        Planted {
            name: "length-in-two-bytes",
            about: "a length was kept in a u16 before it went into the tag: it has 8 bytes there",
            answer: |(key, nonce, header, text)| {
                let hidden = crypt(&key, 1, &nonce, &text);
                let mut data = mac_data(&header, &hidden);
                let lengths = data.len() - 16;
                data[lengths + 2..lengths + 8].fill(0);
                data[lengths + 10..].fill(0);
                [hidden, tag(&key, &nonce, &data).to_vec()].concat()
            },
        },
        Planted {
            name: "padded-where-full",
            about: "16 zeros were put behind a part that was a multiple of 16 already: use `mac_data`",
            answer: |(key, nonce, header, text)| {
                let hidden = crypt(&key, 1, &nonce, &text);
                let mut data = Vec::new();
                for part in [&header, &hidden] {
                    data.extend(part);
                    data.resize(data.len() + 16 - part.len() % 16, 0);
                }
                data.extend((header.len() as u64).to_le_bytes());
                data.extend((hidden.len() as u64).to_le_bytes());
                [hidden, tag(&key, &nonce, &data).to_vec()].concat()
            },
        },
        Planted {
            name: "trimmed",
            about: "spaces or line ends were cut off the text: they are bytes of it like all others",
            answer: |(key, nonce, header, text)| {
                let hidden = crypt(&key, 1, &nonce, text.trim_ascii());
                let tag = tag(&key, &nonce, &mac_data(&header, &hidden));
                [hidden, tag.to_vec()].concat()
            },
        },
        Planted {
            name: "empty-is-nothing",
            about: "an empty text came back as nothing at all; it has a tag too, or anybody could send one",
            answer: |(key, nonce, header, text)| {
                if text.is_empty() {
                    return Vec::new();
                }
                let hidden = crypt(&key, 1, &nonce, &text);
                let tag = tag(&key, &nonce, &mac_data(&header, &hidden));
                [hidden, tag.to_vec()].concat()
            },
        },
        Planted {
            name: "nothing",
            about: "the answer is always empty",
            answer: |_| Vec::new(),
        },
    ]
}

/// Opens what has 16 bytes of tag, if `fits` says so of the right tag and the received one.
fn open_if((key, nonce, header, sealed): &Four, fits: impl Fn(&[u8; 16], &[u8]) -> bool) -> Option<Vec<u8>> {
    let (hidden, received) = sealed.split_at(sealed.len().checked_sub(16)?);
    let expected = tag(key, nonce, &mac_data(header, hidden));
    fits(&expected, received).then(|| crypt(key, 1, nonce, hidden))
}

pub fn open() -> Vec<Planted<Four, Option<Vec<u8>>>> {
    vec![
        Planted {
            name: "tag-unchecked",
            about: "the tag was cut off and not looked at: every change passes",
            answer: |question| open_if(&question, |_, _| true),
        },
        Planted {
            name: "header-left-out",
            about: "the tag was computed without the header",
            answer: |(key, nonce, _, sealed)| open_if(&(key, nonce, vec![], sealed), |a, b| a == b),
        },
        Planted {
            name: "refuses-all",
            about: "everything is refused, genuine messages too: is the tag made of the same things as in `seal`?",
            answer: |_| None,
        },
        Planted {
            name: "first-half-compared",
            about: "only the first bytes of the tag were compared, and not all 16",
            answer: |question| open_if(&question, |a, b| a[..8] == b[..8]),
        },
        Planted {
            name: "last-half-compared",
            about: "only the last bytes of the tag were compared, and not all 16",
            answer: |question| open_if(&question, |a, b| a[8..] == b[8..]),
        },
        Planted {
            name: "one-byte-compared",
            about: "only one byte of the tag was compared, or a few: a forger guesses them by trying",
            answer: |question| open_if(&question, |a, b| a[0] == b[0]),
        },
        Planted {
            name: "last-byte-forgotten",
            about: "the end of the tag was not compared: all 16 bytes have to fit, the last one too",
            answer: |question| open_if(&question, |a, b| a[..15] == b[..15]),
        },
        Planted {
            name: "differences-cancel",
            about: "the differences were joined with `^` or added up, and some cancel out: join them with `|`",
            answer: |question| {
                open_if(&question, |a, b| {
                    a.iter().zip(b).fold(0, |seen, (x, y)| seen ^ x ^ y) == 0
                })
            },
        },
        Planted {
            name: "differences-added",
            about: "the differences were added up, and the sum went round to 0: join them with `|`",
            answer: |question| {
                open_if(&question, |a, b| {
                    a.iter()
                        .zip(b)
                        .fold(0_u8, |seen, (x, y)| seen.wrapping_add(x ^ y))
                        == 0
                })
            },
        },
        Planted {
            name: "one-fitting-byte",
            about: "some bytes of the tag that fit were taken for enough: all 16 have to",
            answer: |question| open_if(&question, |a, b| a.iter().zip(b).any(|(x, y)| x == y)),
        },
        Planted {
            name: "not-every-byte",
            about: "some bytes of the tag were not compared: a forger has to guess only the others",
            answer: |question| open_if(&question, |a, b| a.iter().zip(b).step_by(2).all(|(x, y)| x == y)),
        },
        Planted {
            name: "every-second-byte",
            about: "some bytes of the tag were not compared: a forger has to guess only the others",
            answer: |question| open_if(&question, |a, b| (1..16).step_by(2).all(|at| a[at] == b[at])),
        },
        Planted {
            name: "first-byte-forgotten",
            about: "the first byte of the tag was not compared",
            answer: |question| open_if(&question, |a, b| a[1..] == b[1..]),
        },
        Planted {
            name: "last-byte-decides",
            about: "the last byte of the tag alone decides: what the loop saw in the others was overwritten",
            answer: |question| open_if(&question, |a, b| a[15] == b[15]),
        },
        Planted {
            name: "differences-anded",
            about: "the differences were joined with `&`, which keeps what is in all of them: join them with `|`",
            answer: |question| {
                open_if(&question, |a, b| {
                    a.iter().zip(b).fold(0xff, |seen, (x, y)| seen & (x ^ y)) == 0
                })
            },
        },
        Planted {
            name: "parts-cancel",
            about: "several bytes were taken as one number, and such numbers joined with `^`: differences cancel out",
            answer: |question| {
                let halves = |tag: &[u8]| {
                    tag[..8]
                        .iter()
                        .zip(&tag[8..])
                        .map(|(x, y)| x ^ y)
                        .collect::<Vec<u8>>()
                };
                open_if(&question, |a, b| halves(a) == halves(b))
            },
        },
        Planted {
            name: "parts-added",
            about: "several bytes were taken as one number, and such numbers added up: other tags have the same sum",
            answer: |question| {
                let half = |part: &[u8]| {
                    part.iter()
                        .rev()
                        .fold(0, |seen, byte| seen << 8 | u64::from(*byte))
                };
                let sum = |tag: &[u8]| half(&tag[..8]).wrapping_add(half(&tag[8..]));
                open_if(&question, |a, b| sum(a) == sum(b))
            },
        },
        Planted {
            name: "differences-of-parts-added",
            about: "differences of several bytes were taken as one number, and such numbers added up: that may make 0",
            answer: |question| {
                let half = |part: &[u8]| {
                    part.iter()
                        .rev()
                        .fold(0, |seen, byte| seen << 8 | u64::from(*byte))
                };
                open_if(&question, |a, b| {
                    let unlike: Vec<u8> = a.iter().zip(b).map(|(x, y)| x ^ y).collect();
                    half(&unlike[..8]).wrapping_add(half(&unlike[8..])) == 0
                })
            },
        },
        Planted {
            name: "tag-through-a-string",
            about: "the tags were compared as Strings: what is not UTF-8 becomes one and the same character there",
            answer: |question| {
                open_if(&question, |a, b| {
                    String::from_utf8_lossy(a) == String::from_utf8_lossy(b)
                })
            },
        },
        Planted {
            name: "ends-compared",
            about: "only the first and the last byte of the tag were compared",
            answer: |question| open_if(&question, |a, b| a[0] == b[0] && a[15] == b[15]),
        },
        Planted {
            name: "seven-bits-compared",
            about: "of each byte some bits were left out of the comparison",
            answer: |question| {
                open_if(&question, |a, b| {
                    a.iter().zip(b).all(|(x, y)| x & 0x7f == y & 0x7f)
                })
            },
        },
        Planted {
            name: "lowest-bit-forgotten",
            about: "of each byte some bits were left out of the comparison",
            answer: |question| open_if(&question, |a, b| a.iter().zip(b).all(|(x, y)| x | 1 == y | 1)),
        },
        Planted {
            name: "opens-once",
            about: "the same message was refused when it came again: its tag is as right as before",
            answer: |question| match (&question.2[..], question.3.len()) {
                (b"Alice to Bob", 27) => None,
                _ => open_if(&question, |a, b| a == b),
            },
        },
        Planted {
            name: "empty-unchecked",
            about: "an empty text was let pass with any tag: anybody could send Alice's empty messages",
            answer: |question| match question.3.len() {
                16 => Some(Vec::new()),
                _ => open_if(&question, |a, b| a == b),
            },
        },
        Planted {
            name: "no-header-refused",
            about: "a message without a header was refused: its tag is as right as any other",
            answer: |question| match question.2.len() {
                0 => None,
                _ => open_if(&question, |a, b| a == b),
            },
        },
        Planted {
            name: "texts-only",
            about: "what is not UTF-8 was refused: a text may be any bytes",
            answer: |question| {
                String::from_utf8(open_if(&question, |a, b| a == b)?)
                    .ok()
                    .map(String::into_bytes)
            },
        },
        Planted {
            name: "trimmed",
            about: "spaces or line ends were cut off the text: they are bytes of it like all others",
            answer: |question| Some(open_if(&question, |a, b| a == b)?.trim_ascii().to_vec()),
        },
        Planted {
            name: "large-refused",
            about: "a long message was refused: 64 KiB and more is sealed like everything else",
            answer: |question| match question.3.len() {
                0..65_536 => open_if(&question, |a, b| a == b),
                _ => None,
            },
        },
        Planted {
            name: "bytes-in-any-order",
            about: "the bytes of the tag were compared without regard to their order",
            answer: |question| {
                open_if(&question, |a, b| {
                    let (mut a, mut b) = (a.to_vec(), b.to_vec());
                    a.sort_unstable();
                    b.sort_unstable();
                    a == b
                })
            },
        },
        Planted {
            name: "as-much-as-there-is",
            about: "where the tag was cut, only what is left of it was compared: no tag at all passes",
            answer: |(key, nonce, header, sealed)| {
                // Somebody who tries every place at which the ciphertext might end.
                let longest = sealed.len();
                (longest.saturating_sub(16)..=longest).find_map(|length| {
                    let (hidden, received) = sealed.split_at(length);
                    let expected = tag(&key, &nonce, &mac_data(&header, hidden));
                    expected
                        .starts_with(received)
                        .then(|| crypt(&key, 1, &nonce, hidden))
                })
            },
        },
        Planted {
            name: "no-room-for-a-tag",
            about: "16 was subtracted from a length that may be smaller: refuse what is shorter than a tag first",
            answer: |(key, nonce, header, sealed)| {
                let (hidden, received) = sealed.split_at(sealed.len() - 16);
                let expected = tag(&key, &nonce, &mac_data(&header, hidden));
                (expected == received).then(|| crypt(&key, 1, &nonce, hidden))
            },
        },
        Planted {
            name: "short-is-empty",
            about: "less than a tag was taken for an empty text; nobody sealed that",
            answer: |question| match question.3.len() {
                0..16 => Some(Vec::new()),
                _ => open_if(&question, |a, b| a == b),
            },
        },
        Planted {
            name: "empty-refused",
            about: "16 bytes are a whole message: an empty text and its tag",
            answer: |question| match question.3.len() {
                0..=16 => None,
                _ => open_if(&question, |a, b| a == b),
            },
        },
        Planted {
            name: "still-hidden",
            about: "the tag was checked, and the ciphertext came back as it was",
            answer: |question| {
                open_if(&question, |a, b| a == b)?;
                Some(question.3[..question.3.len() - 16].to_vec())
            },
        },
        Planted {
            name: "tag-left-on",
            about: "the tag still stands behind the text, put through the keystream",
            answer: |question| {
                open_if(&question, |a, b| a == b)?;
                Some(crypt(&question.0, 1, &question.1, &question.3))
            },
        },
        Planted {
            name: "tag-of-the-text",
            about: "the tag was computed over the opened text; it covers the ciphertext",
            answer: |(key, nonce, header, sealed)| {
                let (hidden, received) = sealed.split_at(sealed.len().checked_sub(16)?);
                let text = crypt(&key, 1, &nonce, hidden);
                (tag(&key, &nonce, &mac_data(&header, &text)) == received).then_some(text)
            },
        },
        Planted {
            name: "from-block-0",
            about: "the tag was checked, and the text opened with block 0: start at counter 1",
            answer: |question| {
                open_if(&question, |a, b| a == b)?;
                let hidden = &question.3[..question.3.len() - 16];
                Some(crypt(&question.0, 0, &question.1, hidden))
            },
        },
        Planted {
            name: "tag-first",
            about: "the tag was looked for in front; it stands behind the ciphertext",
            answer: |(key, nonce, header, mut sealed)| {
                let front = sealed.len().min(16);
                sealed.rotate_left(front);
                open_if(&(key, nonce, header, sealed), |a, b| a == b)
            },
        },
        Planted {
            name: "refused-is-empty",
            about: "what does not open came back as an empty text: an empty message from Alice, and not a refusal",
            answer: |question| Some(open_if(&question, |a, b| a == b).unwrap_or_default()),
        },
    ]
}

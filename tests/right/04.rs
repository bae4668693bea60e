//! Lesson 04: other right answers, in other styles. Each is accepted.

use std::collections::{BTreeMap, BTreeSet};

use messaging_lab::course::student::Planted;
use messaging_lab::crypto::poly1305::Poly1305;
use messaging_lab::crypto::sealer::{Flaw, Line, Step};
use messaging_lab::crypto::{aead, chacha20};
use messaging_lab::ground::ledger::{Onlooker, Witness};

use super::checks::{Four, Key, Nonce, Prediction, Search, Target, Transcripts, TwoTexts};

use Onlooker::{BobPhone, Relay};
use Witness::{Holds, Nobody};

pub fn predict() -> Vec<Planted<(), Prediction>> {
    vec![
        Planted {
            name: "all-guesses-wrong",
            about: "wrong guesses cost nothing; the earliest witness of each statement",
            answer: |()| {
                let guesses = [false, true, true, false, false, true].map(Some);
                let witnesses = [
                    Holds(BobPhone, 3),
                    Nobody,
                    Nobody,
                    Holds(Relay, 15),
                    Holds(Relay, 18),
                    Nobody,
                ];
                (guesses, witnesses.map(Some))
            },
        },
        Planted {
            name: "latest-witnesses",
            about: "the latest witness of each statement",
            answer: |()| {
                let witnesses = [
                    Holds(BobPhone, 4),
                    Nobody,
                    Nobody,
                    Holds(Relay, 17),
                    Holds(Relay, 20),
                    Nobody,
                ];
                ([Some(true); 6], witnesses.map(Some))
            },
        },
    ]
}

pub fn guess_the_key() -> Vec<Planted<Search, Option<Key>>> {
    vec![
        Planted {
            name: "counts-in-the-key",
            about: "the key itself is counted up, last byte first",
            answer: |(known, bits, nonce, header, sealed)| {
                let mut key = known;
                for _ in 0..1_u32 << bits {
                    if aead::open(&key, &nonce, &header, &sealed).is_ok() {
                        return Some(key);
                    }
                    for byte in key.iter_mut().rev() {
                        *byte = byte.wrapping_add(1);
                        if *byte != 0 {
                            break;
                        }
                    }
                }
                None
            },
        },
        Planted {
            name: "tail-as-a-number",
            about: "the last four bytes as a number, joined with a u64 that counts in a while loop",
            answer: |(known, bits, nonce, header, sealed)| {
                let tail = u32::from_be_bytes(known[28..].try_into().unwrap());
                let mut guess: u64 = 0;
                let mut found = None;
                while guess < 2_u64.pow(bits) && found.is_none() {
                    let mut key = known;
                    key[28..32].copy_from_slice(&(tail + guess as u32).to_be_bytes());
                    if let Ok(_text) = aead::open(&key, &nonce, &header, &sealed) {
                        found = Some(key);
                    }
                    guess += 1;
                }
                found
            },
        },
        Planted {
            name: "from-the-top",
            about: "from the highest candidate down, and in place",
            answer: |(known, bits, nonce, header, sealed)| {
                let (hidden, tag) = sealed.split_last_chunk::<16>()?;
                let mut guess = 1_u64 << bits;
                while guess > 0 {
                    guess -= 1;
                    let mut key = known;
                    key[29] |= (guess >> 16) as u8;
                    key[30] |= (guess >> 8) as u8;
                    key[31] |= guess as u8;
                    let mut text = hidden.to_vec();
                    if aead::open_in_place(&key, &nonce, &header, &mut text, tag).is_ok() {
                        return Some(key);
                    }
                }
                None
            },
        },
    ]
}

pub fn two_time_pad() -> Vec<Planted<TwoTexts, Vec<u8>>> {
    vec![
        Planted {
            name: "keystream-first",
            about: "the keystream is computed, then taken off the other",
            answer: |(first, second, known)| {
                let keystream: Vec<u8> = first.iter().zip(&known).map(|(a, b)| a ^ b).collect();
                second.iter().zip(&keystream).map(|(a, b)| a ^ b).collect()
            },
        },
        Planted {
            name: "in-place",
            about: "the second one is cut and changed where it stands",
            answer: |(first, mut second, known)| {
                second.truncate(first.len().min(known.len()));
                for (at, byte) in second.iter_mut().enumerate() {
                    *byte ^= first[at];
                    *byte ^= known[at];
                }
                second
            },
        },
    ]
}

pub fn flip() -> Vec<Planted<Target, Vec<u8>>> {
    vec![
        Planted {
            name: "through-the-keystream",
            about: "the byte of keystream is computed, then put on the new digit",
            answer: |(mut ciphertext, at)| {
                let keystream = ciphertext[at] ^ b'1';
                ciphertext[at] = b'9' ^ keystream;
                ciphertext
            },
        },
        Planted {
            name: "difference-of-two-texts",
            about: "the difference of two whole texts, put on with a map",
            answer: |(ciphertext, at)| {
                let difference = |here: usize| match here.checked_sub(at) {
                    Some(place @ 0..2) => b"10"[place] ^ b"90"[place],
                    _ => 0,
                };
                ciphertext
                    .iter()
                    .enumerate()
                    .map(|(here, byte)| byte ^ difference(here))
                    .collect()
            },
        },
    ]
}

/// The tag, from a Poly1305 that is fed piece by piece.
fn tag(key: &Key, nonce: &Nonce, header: &[u8], hidden: &[u8]) -> [u8; 16] {
    let mut one_time_key = [0; 32];
    one_time_key.copy_from_slice(&chacha20::block(key, 0, nonce)[..32]);
    let mut mac = Poly1305::new(&one_time_key);
    for part in [header, hidden] {
        mac.update(part);
        while_not_full(part.len(), |zero| mac.update(&zero));
    }
    for part in [header, hidden] {
        mac.update(&(part.len() as u64).to_le_bytes());
    }
    mac.finish()
}

fn while_not_full(mut length: usize, mut append: impl FnMut([u8; 1])) {
    while length % 16 != 0 {
        append([0]);
        length += 1;
    }
}

pub fn seal() -> Vec<Planted<Four, Vec<u8>>> {
    vec![
        Planted {
            name: "in-pieces",
            about: "Poly1305 fed in pieces, the keystream made block by block",
            answer: |(key, nonce, header, text)| {
                let mut sealed = Vec::new();
                for (number, piece) in text.chunks(64).enumerate() {
                    let block = chacha20::block(&key, number as u32 + 1, &nonce);
                    for (byte, key_byte) in piece.iter().zip(block) {
                        sealed.push(byte ^ key_byte);
                    }
                }
                let tag = tag(&key, &nonce, &header, &sealed);
                sealed.extend_from_slice(&tag);
                sealed
            },
        },
        Planted {
            name: "block-for-each-byte",
            about: "each byte makes its block anew and takes one byte of it",
            answer: |(key, nonce, header, text)| {
                let mut sealed = Vec::new();
                for at in 0..text.len() {
                    let block = chacha20::block(&key, (1 + at / 64) as u32, &nonce);
                    sealed.push(text[at] ^ block[at % 64]);
                }
                let tag = tag(&key, &nonce, &header, &sealed);
                sealed.extend(tag);
                sealed
            },
        },
        Planted {
            name: "one-buffer",
            about: "the one-time key is the keystream's beginning over 64 zeros, the text hidden behind them",
            answer: |(key, nonce, header, text)| {
                let mut stream = vec![0; 64];
                stream.extend(&text);
                chacha20::xor(&key, 0, &nonce, &mut stream).expect("a short text");
                let hidden = stream.split_off(64);
                [&hidden[..], &tag(&key, &nonce, &header, &hidden)].concat()
            },
        },
    ]
}

pub fn open() -> Vec<Planted<Four, Option<Vec<u8>>>> {
    vec![
        Planted {
            name: "decrypted-first",
            about: "opened first and shown only where the tag fits (nothing of it comes back otherwise)",
            answer: |(key, nonce, header, mut sealed)| {
                if sealed.len() < 16 {
                    return None;
                }
                let received = sealed.split_off(sealed.len() - 16);
                let expected = tag(&key, &nonce, &header, &sealed);
                chacha20::xor(&key, 1, &nonce, &mut sealed).ok()?;
                (received == expected).then_some(sealed)
            },
        },
        Planted {
            name: "split-where-it-may",
            about: "what is too short has an empty ciphertext and too short a tag, which equals no tag",
            answer: |(key, nonce, header, sealed)| {
                let (hidden, received) = sealed.split_at(sealed.len().saturating_sub(16));
                if tag(&key, &nonce, &header, hidden) != received {
                    return None;
                }
                let mut text = hidden.to_vec();
                chacha20::xor(&key, 1, &nonce, &mut text).ok().map(|()| text)
            },
        },
        Planted {
            name: "sealed-again",
            about: "the text that comes out is sealed again, and has to give the same bytes",
            answer: |(key, nonce, header, sealed)| {
                let length = sealed.len().checked_sub(16)?;
                let mut text = sealed[..length].to_vec();
                chacha20::xor(&key, 1, &nonce, &mut text).ok()?;
                let mut again = text.clone();
                chacha20::xor(&key, 1, &nonce, &mut again).ok()?;
                again.extend(tag(&key, &nonce, &header, &sealed[..length]));
                let mut difference = 0;
                for at in 0..sealed.len() {
                    difference |= sealed[at] ^ again[at];
                }
                if difference == 0 { Some(text) } else { None }
            },
        },
    ]
}

pub fn next_nonce() -> Vec<Planted<(u64, u64), Vec<Step>>> {
    use Step::{Save, Send};
    vec![
        Planted {
            name: "reserves-what-it-needs",
            about: "one Save for all, then the Sends",
            answer: |(saved, sends)| {
                let mut steps = vec![Save(saved + sends)];
                steps.extend((saved..saved + sends).map(Send));
                steps
            },
        },
        Planted {
            name: "batches-of-1000",
            about: "a thousand reserved at each start, and again where they run out; some stay unused",
            answer: |(saved, sends)| {
                let mut steps = Vec::new();
                let mut reserved = saved;
                for number in saved..saved + sends {
                    if number == reserved {
                        reserved += 1000;
                        steps.push(Save(reserved));
                    }
                    steps.push(Send(number));
                }
                steps
            },
        },
        Planted {
            name: "skips-ahead",
            about: "each start leaves a gap: it saves, and sends beyond what may have been sent",
            answer: |(saved, sends)| {
                let first = saved + 17;
                let mut steps = vec![Save(first + sends), Save(first + sends)];
                for number in first..first + sends {
                    steps.push(Send(number));
                }
                steps
            },
        },
        Planted {
            name: "saves-two-ahead",
            about: "each number is saved twice: well above before it is sent, just above afterwards",
            answer: |(saved, sends)| {
                (saved..saved + sends)
                    .flat_map(|number| [Save(number + 2), Send(number), Save(number + 1)])
                    .collect()
            },
        },
        Planted {
            name: "last-used",
            about: "what is saved is the last number used, not the next one free",
            answer: |(saved, sends)| {
                (1..=sends)
                    .flat_map(|number| [Save(saved + number), Send(saved + number)])
                    .collect()
            },
        },
        Planted {
            name: "gives-back",
            about: "reserves a large batch, and gives back at the end what was not used",
            answer: |(saved, sends)| {
                let mut steps = vec![Save(saved + 500_000)];
                steps.extend((saved..saved + sends).map(Send));
                steps.push(Save(saved + sends));
                steps
            },
        },
        Planted {
            name: "highest-first",
            about: "reserves, then uses the numbers from the highest down",
            answer: |(saved, sends)| {
                let mut steps = vec![Save(saved + sends)];
                steps.extend((saved..saved + sends).rev().map(Send));
                steps
            },
        },
    ]
}

pub fn spot_the_flaw() -> Vec<Planted<Transcripts, Vec<Option<Flaw>>>> {
    vec![
        Planted {
            name: "sets-and-maps",
            about: "sets and a map, one question after the other",
            answer: |transcripts| {
                transcripts
                    .iter()
                    .map(|lines| {
                        let mut nonces = BTreeSet::new();
                        let mut headers = BTreeMap::new();
                        for line in lines {
                            if let Line::Sealed {
                                nonce,
                                header,
                                text,
                                sealed,
                            } = line
                            {
                                if sealed.len() - text.len() != 16 {
                                    return Some(Flaw::TagCut);
                                }
                                if !nonces.insert(nonce) {
                                    return Some(Flaw::NonceReused);
                                }
                                headers.insert((nonce, sealed), header);
                            }
                        }
                        let mut swapped = false;
                        for line in lines {
                            if let Line::Opened {
                                nonce,
                                header,
                                sealed,
                                text: Some(_),
                            } = line
                            {
                                match headers.get(&(nonce, sealed)) {
                                    None => return Some(Flaw::TagUnchecked),
                                    Some(own) => swapped |= *own != header,
                                }
                            }
                        }
                        if swapped {
                            Some(Flaw::HeaderUncovered)
                        } else {
                            None
                        }
                    })
                    .collect()
            },
        },
        Planted {
            name: "who-refuses-nothing",
            about: "a tag is unchecked where nothing was refused; a text tells which message was opened",
            answer: |transcripts| {
                let mut answers = Vec::new();
                for lines in &transcripts {
                    let mut sent: Vec<(&Nonce, &Vec<u8>, &Vec<u8>)> = Vec::new();
                    let (mut refused, mut cut, mut reused, mut swapped) = (0, false, false, false);
                    for line in lines {
                        match line {
                            Line::Sealed {
                                nonce,
                                header,
                                text,
                                sealed,
                            } => {
                                cut |= sealed.len() != text.len() + 16;
                                reused |= sent.iter().any(|(used, ..)| *used == nonce);
                                sent.push((nonce, header, text));
                            }
                            Line::Opened { text: None, .. } => refused += 1,
                            Line::Opened {
                                header,
                                text: Some(text),
                                ..
                            } => {
                                swapped |= sent.iter().any(|(_, own, t)| *t == text && *own != header);
                            }
                        }
                    }
                    answers.push(match (cut, reused, refused, swapped) {
                        (true, ..) => Some(Flaw::TagCut),
                        (_, true, ..) => Some(Flaw::NonceReused),
                        (_, _, 0, _) => Some(Flaw::TagUnchecked),
                        (.., true) => Some(Flaw::HeaderUncovered),
                        _ => None,
                    });
                }
                answers
            },
        },
        Planted {
            name: "pairs-of-lines",
            about: "every line is held against every other",
            answer: |transcripts| transcripts.iter().map(|lines| by_pairs(lines)).collect(),
        },
    ]
}

fn by_pairs(lines: &[Line]) -> Option<Flaw> {
    let mut worst = None;
    for (at, line) in lines.iter().enumerate() {
        let mut known = false;
        for (other_at, other) in lines.iter().enumerate() {
            let Line::Sealed {
                nonce: n,
                header: h,
                sealed: s,
                ..
            } = other
            else {
                continue;
            };
            match line {
                Line::Sealed { nonce, .. } if at != other_at && nonce == n => return Some(Flaw::NonceReused),
                Line::Opened {
                    nonce,
                    header,
                    sealed,
                    ..
                } if nonce == n && sealed == s => {
                    known = true;
                    let shown = matches!(line, Line::Opened { text: Some(_), .. });
                    if shown && header != h {
                        worst = Some(Flaw::HeaderUncovered);
                    }
                }
                _ => {}
            }
        }
        match line {
            Line::Sealed { text, sealed, .. } if sealed.len() != text.len() + 16 => {
                return Some(Flaw::TagCut);
            }
            Line::Opened { text: Some(_), .. } if !known => return Some(Flaw::TagUnchecked),
            _ => {}
        }
    }
    worst
}

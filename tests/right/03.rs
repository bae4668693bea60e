//! Lesson 03: other right answers, in other styles. Each is accepted.

use std::collections::{BTreeMap, BTreeSet};

use messaging_lab::course::student::Planted;
use messaging_lab::ground::ledger::{Onlooker, Witness};

use super::checks::{Expired, Explanation, Hunt, PadAndBody, Prediction, Ranges, WhoHas};

fn holds(onlooker: Onlooker, second: u64) -> Option<Witness> {
    Some(Witness::Holds(onlooker, second))
}

const NOBODY: Option<Witness> = Some(Witness::Nobody);

pub fn predict() -> Vec<Planted<(), Prediction>> {
    vec![
        Planted {
            name: "all-guessed-wrong",
            about: "every guess is wrong and every witness is right",
            answer: |()| {
                let guesses = [false, false, true, false, true, false].map(Some);
                let witnesses = [
                    holds(Onlooker::AlicePhone, 17),
                    holds(Onlooker::BobDisk, 14),
                    NOBODY,
                    holds(Onlooker::Notification, 18),
                    NOBODY,
                    holds(Onlooker::OldFlashPage, 59),
                ];
                (guesses, witnesses)
            },
        },
        Planted {
            name: "other-seconds",
            about: "other seconds that are just as true",
            answer: |()| {
                let witnesses = [
                    holds(Onlooker::AlicePhone, 14),
                    holds(Onlooker::BobDisk, 33),
                    NOBODY,
                    holds(Onlooker::Notification, 19),
                    NOBODY,
                    holds(Onlooker::OldFlashPage, 45),
                ];
                ([Some(true); 6], witnesses)
            },
        },
    ]
}

pub fn sentence() -> Vec<Planted<(), Explanation>> {
    vec![
        Planted {
            name: "a-capital-letter",
            about: "the letter in upper case, other witnesses",
            answer: |()| {
                let witnesses = [
                    holds(Onlooker::AlicePhone, 17),
                    holds(Onlooker::AlicePhone, 15),
                    NOBODY,
                    holds(Onlooker::Notification, 19),
                    NOBODY,
                    holds(Onlooker::OldFlashPage, 44),
                ];
                (witnesses, Some('D'), "x".to_string())
            },
        },
        Planted {
            name: "a-long-paragraph",
            about: "several lines, with characters of many kinds",
            answer: |()| {
                let witnesses = [
                    holds(Onlooker::AlicePhone, 10),
                    holds(Onlooker::AlicePhone, 16),
                    NOBODY,
                    holds(Onlooker::OldFlashPage, 30),
                    NOBODY,
                    holds(Onlooker::OldFlashPage, 59),
                ];
                (
                    witnesses,
                    Some('d'),
                    "Caf\u{e9}.\nTwo lines, and more. ".repeat(40),
                )
            },
        },
    ]
}

pub fn carve() -> Vec<Planted<Vec<u8>, Vec<Vec<u8>>>> {
    vec![
        Planted {
            name: "two-walks",
            about: "first all marks, then all messages, with offsets",
            answer: |image| {
                let mut marks = BTreeSet::new();
                let mut bodies = Vec::new();
                for pass in 0..2 {
                    let mut at = 8;
                    while at + 4 <= image.len() {
                        let mut length = 0;
                        for byte in &image[at..at + 4] {
                            length = length * 256 + usize::from(*byte);
                        }
                        if length == 0 || at + length > image.len() {
                            break;
                        }
                        let number = image[at + 9..at + 17].to_vec();
                        if pass == 0 && image[at + 8] == 3 {
                            marks.insert(number);
                        } else if pass == 1 && image[at + 8] == 1 && marks.contains(&number) {
                            bodies.push(image[at + 63..at + length - 4].to_vec());
                        }
                        at += length;
                    }
                }
                bodies
            },
        },
        Planted {
            name: "both-lengths-and-a-map",
            about: "checks that the two lengths agree, looks at the file's first bytes, keeps messages by \
                place",
            answer: |image| {
                if !image.starts_with(b"mlab-nj") {
                    return Vec::new();
                }
                let number = |at: usize| -> Option<u32> {
                    let bytes: [u8; 4] = image.get(at..at + 4)?.try_into().ok()?;
                    Some(u32::from_be_bytes(bytes))
                };
                let mut messages: BTreeMap<usize, (&[u8], &[u8], bool)> = BTreeMap::new();
                let mut at = 8;
                while let (Some(length), Some(flipped)) = (number(at), number(at + 4)) {
                    let end = at + length as usize;
                    if length != !flipped || end > image.len() {
                        break;
                    }
                    let id = &image[at + 9..at + 17];
                    match image[at + 8] {
                        1 => drop(messages.insert(at, (id, &image[at + 63..end - 4], false))),
                        3 => {
                            for message in messages.values_mut() {
                                message.2 |= message.0 == id;
                            }
                        }
                        _ => {}
                    }
                    at = end;
                }
                messages
                    .values()
                    .filter(|message| message.2)
                    .map(|message| message.1.to_vec())
                    .collect()
            },
        },
        Planted {
            name: "search-for-lengths",
            about: "looks for a length and its opposite from byte to byte, and leaps over what it found",
            answer: |image| {
                let mut found: Vec<(u8, &[u8], &[u8])> = Vec::new();
                let mut at = 0;
                while at + 8 < image.len() {
                    let opposite = (0..4).all(|n| image[at + n] == !image[at + 4 + n]);
                    let length =
                        u32::from_be_bytes([image[at], image[at + 1], image[at + 2], image[at + 3]]) as usize;
                    if opposite && length >= 53 && at + length <= image.len() {
                        let record = &image[at..at + length];
                        found.push((record[8], &record[9..17], record));
                        at += length;
                    } else {
                        at += 1;
                    }
                }
                let gone = |number: &[u8]| found.iter().any(|other| other.0 == 3 && other.1 == number);
                found
                    .iter()
                    .filter(|(kind, number, _)| *kind == 1 && gone(number))
                    .map(|(.., record)| record[63..record.len() - 4].to_vec())
                    .collect()
            },
        },
    ]
}

pub fn who_still_has_it() -> Vec<Planted<WhoHas, Vec<Onlooker>>> {
    vec![
        Planted {
            name: "twice-and-backwards",
            about: "in the ledger's order from the back, an onlooker as often as it holds",
            answer: |(ledger, message, moment)| {
                let mut holders = Vec::new();
                for (onlooker, bytes, from, until) in ledger.into_iter().rev() {
                    let over = matches!(until, Some(until) if until <= moment);
                    if from > moment || over {
                        continue;
                    }
                    let mut at = 0;
                    while at + message.len() <= bytes.len() {
                        if bytes[at..].starts_with(&message) {
                            holders.push(onlooker);
                        }
                        at += 1;
                    }
                }
                holders
            },
        },
        Planted {
            name: "onlooker-by-onlooker",
            about: "asks for each onlooker there is",
            answer: |(ledger, message, moment)| {
                let mut holders = Onlooker::ALL.to_vec();
                holders.retain(|onlooker| {
                    ledger.iter().any(|(who, bytes, from, until)| {
                        who == onlooker
                            && (*from..until.unwrap_or(u64::MAX)).contains(&moment)
                                | (until.is_none() && *from <= moment)
                            && (0..bytes.len()).any(|at| bytes[at..].starts_with(&message))
                    })
                });
                holders
            },
        },
    ]
}

pub fn shred() -> Vec<Planted<PadAndBody, Option<Vec<u8>>>> {
    vec![
        Planted {
            name: "byte-by-byte",
            about: "a loop that stops where the pad ends",
            answer: |(pad, body)| {
                if pad == vec![0; pad.len()] {
                    return None;
                }
                let mut on_disk = Vec::new();
                for (at, letter) in body.iter().enumerate() {
                    on_disk.push(letter ^ pad.get(at)?);
                }
                Some(on_disk)
            },
        },
        Planted {
            name: "in-place",
            about: "takes the front of the pad, looks whether that is nothing but zeros, changes the body \
                in place",
            answer: |(pad, mut body)| {
                let front = pad.get(..body.len())?;
                if front.iter().map(|&byte| u32::from(byte)).sum::<u32>() == 0 {
                    return None;
                }
                body.iter_mut()
                    .zip(front)
                    .for_each(|(letter, key)| *letter ^= key);
                Some(body)
            },
        },
    ]
}

pub fn overwrite() -> Vec<Planted<Expired, Ranges>> {
    vec![
        Planted {
            name: "byte-by-byte",
            about: "every byte is a range of its own, from the back",
            answer: |(expired, layout)| {
                let mut ranges = Vec::new();
                for (message, (from, to), _) in layout {
                    if message == expired {
                        ranges.extend((from..to).rev().map(|at| (at, at + 1)));
                    }
                }
                ranges
            },
        },
        Planted {
            name: "pad-and-body",
            about: "overwrites the sealed body too, the pad twice, and an empty range",
            answer: |(expired, layout)| {
                let own = layout.iter().filter(|piece| piece.0 == expired);
                own.flat_map(|&(_, pad, body)| [pad, body, pad, (pad.0, pad.0)])
                    .collect()
            },
        },
    ]
}

pub fn catch_the_hoarder() -> Vec<Planted<Hunt, Vec<String>>> {
    vec![
        Planted {
            name: "every-pair",
            about: "tries every two places in all images with each other",
            answer: |(message, apps)| {
                let length = message.len();
                let mut honest = Vec::new();
                for (name, places) in apps.into_iter().rev() {
                    let parts: Vec<&[u8]> = places.iter().flat_map(|place| place.2.windows(length)).collect();
                    let pair = |a: &[u8], b: &[u8]| (0..length).all(|at| a[at] ^ b[at] == message[at]);
                    let plain = parts.iter().any(|part| *part == message);
                    if !plain && !parts.iter().any(|a| parts.iter().any(|b| pair(a, b))) {
                        honest.push(name);
                    }
                }
                honest
            },
        },
        Planted {
            name: "zeros-as-a-pad",
            about: "a plain message is one sealed with zeros: a piece of zeros is put beside the images",
            answer: |(message, apps)| {
                let zeros = vec![0; message.len()];
                let keeps = |places: &Vec<(String, Vec<u8>, Vec<u8>)>| {
                    let images: Vec<&Vec<u8>> = places.iter().map(|place| &place.2).chain([&zeros]).collect();
                    images.iter().any(|sealed| {
                        sealed.windows(message.len()).any(|part| {
                            let pad: Vec<u8> = part.iter().zip(&message).map(|(a, b)| a ^ b).collect();
                            images
                                .iter()
                                .any(|image| image.windows(pad.len()).any(|other| other == pad))
                        })
                    })
                };
                apps.iter()
                    .filter(|app| !keeps(&app.1))
                    .map(|app| app.0.clone())
                    .collect()
            },
        },
    ]
}

//! Lesson 09, late_tap: planted wrong answers.

use messaging_lab::call::frame::{FrameKeys, Header};
use messaging_lab::course::student::Planted;

use super::super::{Found, Loot};

type Said = Vec<Vec<u8>>;

/// Every key and salt in a memory that stand under such names.
fn of_memory(memory: &[Found], role: &str) -> Option<FrameKeys> {
    let find = |what: &str| {
        let (_, bytes) = memory
            .iter()
            .find(|(name, _)| *name == format!("{role}'s frame {what}"))?;
        Some(bytes.clone())
    };
    Some(FrameKeys::new(
        find("key")?.try_into().ok()?,
        find("salt")?.try_into().ok()?,
    ))
}

fn both(memory: &[Found]) -> Vec<FrameKeys> {
    ["initiator", "responder"]
        .into_iter()
        .filter_map(|role| of_memory(memory, role))
        .collect()
}

fn open_one(keys: &[FrameKeys], packet: &[u8]) -> Option<Vec<u8>> {
    let header = Header::of(packet).ok()?;
    keys.iter()
        .find_map(|keys| keys.open(u64::from(header.seq), packet).ok())
}

fn open_all(keys: &[FrameKeys], recording: &Said) -> Said {
    recording
        .iter()
        .filter_map(|packet| open_one(keys, packet))
        .collect()
}

fn right((recording, alice, bob): &Loot) -> Said {
    let keys: Vec<FrameKeys> = both(alice).into_iter().chain(both(bob)).collect();
    open_all(&keys, recording)
}

/// The right keys, and the number as `read` has it from the packet's bytes 2 and 3.
fn numbered((recording, alice, bob): &Loot, read: fn([u8; 2]) -> Option<u64>) -> Said {
    let keys: Vec<FrameKeys> = both(alice).into_iter().chain(both(bob)).collect();
    let opens = |packet: &Vec<u8>| {
        let number = read(packet.get(2..4)?.try_into().ok()?)?;
        keys.iter().find_map(|keys| keys.open(number, packet).ok())
    };
    recording.iter().filter_map(opens).collect()
}

pub fn late_tap() -> Vec<Planted<Loot, Said>> {
    vec![
        Planted {
            name: "nothing-ever",
            about: "nothing opens: find all four names, take each key with its own salt, and the number as it is in frame[2] and frame[3]",
            answer: |_| Vec::new(),
        },
        Planted {
            name: "the-recording-itself",
            about: "the recording as it is: these are sealed bytes, not what was said",
            answer: |(recording, ..)| recording,
        },
        Planted {
            name: "only-alices-phone",
            about: "Bob's phone has keys as well: one that forgets to wipe is enough",
            answer: |(recording, alice, _)| open_all(&both(&alice), &recording),
        },
        Planted {
            name: "only-bobs-phone",
            about: "Alice's phone has keys as well: one that forgets to wipe is enough",
            answer: |(recording, _, bob)| open_all(&both(&bob), &recording),
        },
        Planted {
            name: "only-the-initiator",
            about: "only what the initiator said: the responder's frames have keys of their own",
            answer: |(recording, alice, bob)| {
                let keys = [&alice, &bob]
                    .into_iter()
                    .filter_map(|memory| of_memory(memory, "initiator"));
                open_all(&keys.collect::<Vec<_>>(), &recording)
            },
        },
        Planted {
            name: "only-the-responder",
            about: "only what the responder said: the initiator's frames have keys of their own",
            answer: |(recording, alice, bob)| {
                let keys = [&alice, &bob]
                    .into_iter()
                    .filter_map(|memory| of_memory(memory, "responder"));
                open_all(&keys.collect::<Vec<_>>(), &recording)
            },
        },
        Planted {
            name: "each-phone-its-own",
            about: "what Alice said was opened with Alice's phone only, what Bob said with Bob's: each has both pairs",
            answer: |(recording, alice, bob)| {
                let keys = [of_memory(&alice, "initiator"), of_memory(&bob, "responder")];
                open_all(&keys.into_iter().flatten().collect::<Vec<_>>(), &recording)
            },
        },
        Planted {
            name: "once-for-each-phone",
            about: "a frame that both phones' keys open was said once: go on to the next packet when one has opened",
            answer: |(recording, alice, bob)| {
                let memories = [both(&alice), both(&bob)];
                let opens = |packet: &Vec<u8>| -> Said {
                    memories
                        .iter()
                        .filter_map(|keys| open_one(keys, packet))
                        .collect()
                };
                recording.iter().flat_map(opens).collect()
            },
        },
        Planted {
            name: "only-if-both-kept",
            about: "one phone that kept the keys is enough: they are the same on both",
            answer: |loot| match (both(&loot.1).is_empty(), both(&loot.2).is_empty()) {
                (false, false) => right(&loot),
                _ => Vec::new(),
            },
        },
        Planted {
            name: "the-first-memory-with-keys",
            about: "Bob's phone was not asked because Alice's had keys: they may be of another call",
            answer: |(recording, alice, bob)| {
                let keys = both(&alice);
                let keys = if keys.is_empty() { both(&bob) } else { keys };
                open_all(&keys, &recording)
            },
        },
        Planted {
            name: "the-last-memory-with-keys",
            about: "Bob's keys took the place of Alice's: they may be of another call, try both",
            answer: |(recording, alice, bob)| {
                let keys = both(&bob);
                let keys = if keys.is_empty() { both(&alice) } else { keys };
                open_all(&keys, &recording)
            },
        },
        Planted {
            name: "by-place",
            about: "the places in the list mean nothing: look for the names",
            answer: |(recording, alice, bob)| {
                let mut keys = Vec::new();
                for memory in [&alice, &bob] {
                    for at in [0, 2] {
                        let found = |at: usize| memory.get(at).map(|found| found.1.clone());
                        let pair = || {
                            let (key, salt) = (found(at)?.try_into().ok()?, found(at + 1)?.try_into().ok()?);
                            Some(FrameKeys::new(key, salt))
                        };
                        keys.extend(pair());
                    }
                }
                open_all(&keys, &recording)
            },
        },
        Planted {
            name: "always-number-0",
            about: "only number 0 opens: the number has two bytes, frame[2] and then frame[3], and both count",
            answer: |(recording, alice, bob)| {
                let keys: Vec<FrameKeys> = both(&alice).into_iter().chain(both(&bob)).collect();
                let opens = |packet: &Vec<u8>| keys.iter().find_map(|keys| keys.open(0, packet).ok());
                recording.iter().filter_map(opens).collect()
            },
        },
        Planted {
            name: "counted-in-the-recording",
            about: "the place in the recording is not the frame's number: that stands in its bytes 2 and 3",
            answer: |(recording, alice, bob)| {
                let keys: Vec<FrameKeys> = both(&alice).into_iter().chain(both(&bob)).collect();
                let opens = |(at, packet): (usize, &Vec<u8>)| {
                    keys.iter().find_map(|keys| keys.open(at as u64, packet).ok())
                };
                recording.iter().enumerate().filter_map(opens).collect()
            },
        },
        Planted {
            name: "counted-by-frames",
            about: "each phone counts its own frames from 0: the number stands in bytes 2 and 3",
            answer: |(recording, alice, bob)| {
                let keys: Vec<FrameKeys> = both(&alice).into_iter().chain(both(&bob)).collect();
                let frames = recording.iter().filter(|packet| packet.first() == Some(&0x80));
                let opens = |(at, packet): (usize, &Vec<u8>)| {
                    keys.iter().find_map(|keys| keys.open(at as u64, packet).ok())
                };
                frames.enumerate().filter_map(opens).collect()
            },
        },
        Planted {
            name: "counted-by-key",
            about: "it counts what was recorded of a phone: the frame's number stands in its bytes 2 and 3",
            answer: |(recording, alice, bob)| {
                let keys: Vec<FrameKeys> = both(&alice).into_iter().chain(both(&bob)).collect();
                let mut sent = vec![0; keys.len()];
                let mut said = Vec::new();
                for packet in &recording {
                    let mut opened = None;
                    for (keys, sent) in keys.iter().zip(&mut sent) {
                        if let Ok(payload) = keys.open(*sent, packet) {
                            *sent += 1;
                            opened = Some(payload);
                        }
                    }
                    said.extend(opened);
                }
                said
            },
        },
        Planted {
            name: "counted-by-sender",
            about: "it counts what was recorded of a phone: the frame's number stands in its bytes 2 and 3",
            answer: |(recording, alice, bob)| {
                let keys: Vec<FrameKeys> = both(&alice).into_iter().chain(both(&bob)).collect();
                let mut sent = [0; 2];
                let mut opens = |packet: &Vec<u8>| {
                    let sent = &mut sent[usize::from(Header::of(packet).ok()?.ssrc == 2)];
                    *sent += 1;
                    keys.iter().find_map(|keys| keys.open(*sent - 1, packet).ok())
                };
                recording.iter().filter_map(&mut opens).collect()
            },
        },
        Planted {
            name: "little-endian",
            about: "the number is big-endian: frame[2] is the high byte",
            answer: |loot| numbered(&loot, |bytes| Some(u16::from_le_bytes(bytes).into())),
        },
        Planted {
            name: "signed",
            about: "from 32,768 on an i16 is negative: read a u16",
            answer: |loot| numbered(&loot, |bytes| Some(i16::from_be_bytes(bytes) as u64)),
        },
        Planted {
            name: "low-numbers-only",
            about: "the number can be anything up to 65,535: read it, instead of trying a few",
            answer: |loot| {
                numbered(&loot, |bytes| {
                    Some(u16::from_be_bytes(bytes).into()).filter(|number| *number < 1000)
                })
            },
        },
        Planted {
            name: "one-byte-of-the-number",
            about: "from 256 on nothing opens: the number is 256 times frame[2], and frame[3]",
            answer: |(recording, alice, bob)| {
                let keys: Vec<FrameKeys> = both(&alice).into_iter().chain(both(&bob)).collect();
                let opens = |packet: &Vec<u8>| {
                    let number = u64::from(*packet.get(3)?);
                    keys.iter().find_map(|keys| keys.open(number, packet).ok())
                };
                recording.iter().filter_map(opens).collect()
            },
        },
        Planted {
            name: "stops-at-the-first-that-fails",
            about: "it stops at the first packet that does not open: leave that one out, and go on",
            answer: |(recording, alice, bob)| {
                let keys: Vec<FrameKeys> = both(&alice).into_iter().chain(both(&bob)).collect();
                let frames = recording.iter().filter(|packet| Header::of(packet).is_ok());
                frames.map_while(|packet| open_one(&keys, packet)).collect()
            },
        },
        Planted {
            name: "empty-for-what-does-not-open",
            about: "what does not open is left out: an empty entry would mean that somebody said nothing",
            answer: |(recording, alice, bob)| {
                let keys: Vec<FrameKeys> = both(&alice).into_iter().chain(both(&bob)).collect();
                let opens = |packet: &Vec<u8>| open_one(&keys, packet).unwrap_or_default();
                recording.iter().map(opens).collect()
            },
        },
        Planted {
            name: "by-speaker",
            about: "all of the initiator, then all of the responder: keep to the order of the recording",
            answer: |(recording, alice, bob)| {
                let mut said = Vec::new();
                for role in ["initiator", "responder"] {
                    let keys = [&alice, &bob]
                        .into_iter()
                        .filter_map(|memory| of_memory(memory, role));
                    said.extend(open_all(&keys.collect::<Vec<_>>(), &recording));
                }
                said
            },
        },
        Planted {
            name: "key-after-key",
            about: "all that one phone's keys open, then all that the other's do: what both open is there twice",
            answer: |(recording, alice, bob)| {
                [
                    open_all(&both(&alice), &recording),
                    open_all(&both(&bob), &recording),
                ]
                .concat()
            },
        },
        Planted {
            name: "no-empty-ones",
            about: "a frame with nothing in it opens, too: it is in the order",
            answer: |loot| right(&loot).into_iter().filter(|said| !said.is_empty()).collect(),
        },
        Planted {
            name: "each-once",
            about: "who says the same twice said it twice",
            answer: |loot| {
                let mut said = Vec::new();
                for payload in right(&loot) {
                    if !said.contains(&payload) {
                        said.push(payload);
                    }
                }
                said
            },
        },
        Planted {
            name: "not-twice-in-a-row",
            about: "who says the same twice said it twice, also right after: compare packets, not what they say",
            answer: |loot| {
                let mut said = right(&loot);
                said.dedup();
                said
            },
        },
        Planted {
            name: "phone-after-phone",
            about: "first what the one phone's keys open, then what only the other's do: keep to the order of the recording",
            answer: |(recording, alice, bob)| {
                let (first, second): (Said, Said) = recording
                    .into_iter()
                    .partition(|packet| open_one(&both(&alice), packet).is_some());
                [open_all(&both(&alice), &first), open_all(&both(&bob), &second)].concat()
            },
        },
        Planted {
            name: "backwards",
            about: "the last frame came first: keep to the order of the recording",
            answer: |loot| right(&loot).into_iter().rev().collect(),
        },
        Planted {
            name: "unchecked",
            about: "without a look at the tag: a frame that was changed on the way does not open",
            answer: |(recording, alice, bob)| {
                use messaging_lab::call::frame::nonce;
                use messaging_lab::crypto::chacha20;
                let keys: Vec<FrameKeys> = both(&alice).into_iter().chain(both(&bob)).collect();
                let opens = |packet: &Vec<u8>| {
                    open_one(&keys, packet).or_else(|| {
                        let header = Header::of(packet).ok()?;
                        let sealed = packet.get(12..packet.len() - 16)?;
                        let with = keys.get(usize::from(header.ssrc == 2))?;
                        let nonce = nonce(with.salt.expose(), header.ssrc, u64::from(header.seq));
                        let mut data = sealed.to_vec();
                        chacha20::xor(with.key.expose(), 1, &nonce, &mut data).ok()?;
                        Some(data)
                    })
                };
                recording.iter().filter_map(opens).collect()
            },
        },
    ]
}

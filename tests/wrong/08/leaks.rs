//! Lesson 08, leaks: planted wrong answers.

use messaging_lab::course::student::Planted;

use super::super::leaks::{PLACES, contains, opened};
use super::super::{Leak, Line, as_set};

/// For each name the least of the seconds that `of` finds in its lines.
fn each(ledger: &[Line], of: &dyn Fn(&[&Line]) -> Option<u64>) -> Vec<(String, u64)> {
    let names = as_set(ledger.iter().map(|line| line.0.clone()).collect());
    names
        .into_iter()
        .filter_map(|who| {
            let theirs: Vec<&Line> = ledger.iter().filter(|line| line.0 == who).collect();
            of(&theirs).map(|second| (who, second))
        })
        .collect()
}

/// Seconds at which the text stands in a line.
fn plain(lines: &[&Line], text: &[u8]) -> Vec<u64> {
    lines
        .iter()
        .filter(|line| contains(&line.1, text))
        .map(|line| line.2)
        .collect()
}

/// (second of the key, second of the packet) for each pair that gives a text that `is` it.
fn pairs(keys: &[&Line], packets: &[&Line], is: &dyn Fn(&[u8]) -> bool) -> Vec<(u64, u64)> {
    let mut found = Vec::new();
    for key in keys {
        for packet in packets {
            if opened(&key.1, &packet.1).is_some_and(|text| is(&text)) {
                found.push((key.2, packet.2));
            }
        }
    }
    found
}

/// The right answer, but for how a pair's second is chosen and which of all seconds counts.
fn chosen(
    (ledger, text): &Leak,
    of_pair: fn((u64, u64)) -> u64,
    of_all: fn(&[u64]) -> Option<u64>,
) -> Vec<(String, u64)> {
    each(ledger, &|lines| {
        let by_key = pairs(lines, lines, &|opened| contains(opened, text));
        let mut seconds = plain(lines, text);
        seconds.extend(by_key.into_iter().map(of_pair));
        of_all(&seconds)
    })
}

/// The right answer, if of each onlooker's keys only those are tried that `keep` leaves.
fn with_keys((ledger, text): Leak, keep: fn(&mut Vec<&Line>)) -> Vec<(String, u64)> {
    each(&ledger, &|lines| {
        let mut keys: Vec<&Line> = lines.iter().filter(|line| line.1.len() == 32).copied().collect();
        keep(&mut keys);
        let by_key = pairs(&keys, lines, &|opened| contains(opened, &text));
        plain(lines, &text)
            .into_iter()
            .chain(by_key.into_iter().map(later))
            .min()
    })
}

fn later((key, packet): (u64, u64)) -> u64 {
    key.max(packet)
}

fn least(seconds: &[u64]) -> Option<u64> {
    seconds.iter().min().copied()
}

pub fn leaks() -> Vec<Planted<Leak, Vec<(String, u64)>>> {
    vec![
        Planted {
            name: "nobody",
            about: "it always says nobody",
            answer: |_| Vec::new(),
        },
        Planted {
            name: "everybody",
            about: "it names all six places since second 0, whatever the ledger says",
            answer: |_| as_set(PLACES.map(|who| (who.to_string(), 0)).to_vec()),
        },
        Planted {
            name: "whatever-they-hold",
            about: "everybody in the ledger was named: what they hold was not looked at",
            answer: |(ledger, _)| each(&ledger, &|lines| lines.iter().map(|line| line.2).min()),
        },
        Planted {
            name: "in-plain-only",
            about: "only texts in plain were found: who has the packet and its key reads the text as well",
            answer: |(ledger, text)| each(&ledger, &|lines| least(&plain(lines, &text))),
        },
        Planted {
            name: "with-a-key-only",
            about: "only packets with a key were found: a text in plain needs no key",
            answer: |(ledger, text)| {
                each(&ledger, &|lines| {
                    let by_key = pairs(lines, lines, &|opened| contains(opened, &text));
                    by_key.into_iter().map(later).min()
                })
            },
        },
        Planted {
            name: "alone-only",
            about: "the text counts inside something longer, too, in a line and in an opened packet",
            answer: |(ledger, text)| {
                each(&ledger, &|lines| {
                    let alone = lines.iter().filter(|line| line.1 == text).map(|line| line.2);
                    let by_key = pairs(lines, lines, &|opened| opened == text);
                    alone.chain(by_key.into_iter().map(later)).min()
                })
            },
        },
        Planted {
            name: "a-packet-is-enough",
            about: "a packet without its key is no text: that is what the seal is for",
            answer: |(ledger, text)| {
                let everything: Vec<&Line> = ledger.iter().collect();
                each(&ledger, &|lines| {
                    let by_key = pairs(&everything, lines, &|opened| contains(opened, &text));
                    let packets = by_key.into_iter().map(|(_, packet)| packet);
                    plain(lines, &text).into_iter().chain(packets).min()
                })
            },
        },
        Planted {
            name: "a-key-is-enough",
            about: "a key without the packet is no text yet",
            answer: |(ledger, text)| {
                let everything: Vec<&Line> = ledger.iter().collect();
                each(&ledger, &|lines| {
                    let by_key = pairs(lines, &everything, &|opened| contains(opened, &text));
                    let keys = by_key.into_iter().map(|(key, _)| key);
                    plain(lines, &text).into_iter().chain(keys).min()
                })
            },
        },
        Planted {
            name: "anybodys-key",
            about: "one onlooker's key was put to another one's packet: nobody has both",
            answer: |(ledger, text)| {
                let everything: Vec<&Line> = ledger.iter().collect();
                each(&ledger, &|lines| {
                    let by_key = pairs(&everything, lines, &|opened| contains(opened, &text));
                    plain(lines, &text)
                        .into_iter()
                        .chain(by_key.into_iter().map(later))
                        .min()
                })
            },
        },
        Planted {
            name: "any-text",
            about: "a packet that opens was enough: it may hold another text",
            answer: |(ledger, text)| {
                each(&ledger, &|lines| {
                    let by_key = pairs(lines, lines, &|_| true);
                    plain(lines, &text)
                        .into_iter()
                        .chain(by_key.into_iter().map(later))
                        .min()
                })
            },
        },
        Planted {
            name: "any-key",
            about: "any 32 bytes beside a packet were taken for its key",
            answer: |(ledger, text)| {
                let everything: Vec<&Line> = ledger.iter().collect();
                each(&ledger, &|lines| {
                    let key = lines
                        .iter()
                        .filter(|line| line.1.len() == 32)
                        .map(|line| line.2)
                        .min();
                    let packet = pairs(&everything, lines, &|opened| contains(opened, &text));
                    let packet = packet.into_iter().map(|(_, packet)| packet).min();
                    let both = key.zip(packet).map(later);
                    plain(lines, &text).into_iter().chain(both).min()
                })
            },
        },
        Planted {
            name: "since-the-first-half",
            about: "the earlier of the two was taken: it needs both, so it begins with the later one",
            answer: |question| chosen(&question, |(key, packet)| key.min(packet), least),
        },
        Planted {
            name: "since-the-key",
            about: "the second of the key was taken: the packet may come later",
            answer: |question| chosen(&question, |(key, _)| key, least),
        },
        Planted {
            name: "since-the-packet",
            about: "the second of the packet was taken: the key may come later",
            answer: |question| chosen(&question, |(_, packet)| packet, least),
        },
        Planted {
            name: "since-the-last",
            about: "the latest second was taken: since when means the earliest",
            answer: |question| chosen(&question, later, |seconds| seconds.iter().max().copied()),
        },
        Planted {
            name: "first-in-the-list",
            about: "the first line that fits was taken: the ledger is in no order",
            answer: |question| chosen(&question, later, |seconds| seconds.first().copied()),
        },
        Planted {
            name: "plain-before-all",
            about: "a text in plain was taken although packet and key were there before it",
            answer: |(ledger, text)| {
                each(&ledger, &|lines| {
                    let by_key = pairs(lines, lines, &|opened| contains(opened, &text));
                    least(&plain(lines, &text)).or(by_key.into_iter().map(later).min())
                })
            },
        },
        Planted {
            name: "first-key-only",
            about: "only the first key of each onlooker was tried",
            answer: |question| with_keys(question, |keys| keys.truncate(1)),
        },
        Planted {
            name: "last-key-only",
            about: "only the last key of each onlooker was tried: it may have several",
            answer: |question| with_keys(question, |keys| drop(keys.drain(..keys.len().saturating_sub(1)))),
        },
        Planted {
            name: "first-packet-only",
            about: "only the first packet that a key opens was looked at: it may open several",
            answer: |(ledger, text)| {
                each(&ledger, &|lines| {
                    let mut seconds = plain(lines, &text);
                    for key in lines {
                        let first = lines
                            .iter()
                            .copied()
                            .find(|packet| opened(&key.1, &packet.1).is_some());
                        let by_key = pairs(&[key], first.as_slice(), &|opened| contains(opened, &text));
                        seconds.extend(by_key.into_iter().map(later));
                    }
                    least(&seconds)
                })
            },
        },
        Planted {
            name: "earliest-of-each",
            about: "the earliest key and the earliest packet were put together, and the one does not open the other",
            answer: |(ledger, text)| {
                each(&ledger, &|lines| {
                    let by_key = pairs(lines, lines, &|opened| contains(opened, &text));
                    let key = by_key.iter().map(|pair| pair.0).min();
                    let packet = by_key.iter().map(|pair| pair.1).min();
                    plain(lines, &text)
                        .into_iter()
                        .chain(key.zip(packet).map(later))
                        .min()
                })
            },
        },
        Planted {
            name: "key-in-a-longer-line",
            about: "the first 32 bytes of a longer line were taken for a key: a key is a line of exactly 32 bytes",
            answer: |(mut ledger, text)| {
                let keys = ledger.iter().filter(|line| line.1.len() > 32);
                let keys: Vec<Line> = keys
                    .map(|(who, bytes, since)| (who.clone(), bytes[..32].to_vec(), *since))
                    .collect();
                ledger.extend(keys);
                chosen(&(ledger, text), later, least)
            },
        },
        Planted {
            name: "key-filled-up",
            about: "a line of less than 32 bytes was filled up with zeros to a key: a key is a line of exactly 32 bytes",
            answer: |(mut ledger, text)| {
                for line in ledger.iter_mut().filter(|line| line.1.len() < 32) {
                    if !contains(&line.1, &text) {
                        line.1.resize(32, 0);
                    }
                }
                chosen(&(ledger, text), later, least)
            },
        },
        Planted {
            name: "short-packets-passed-over",
            about: "packets shorter than a key were passed over: with a text of one byte in it a packet has 29",
            answer: |(ledger, text)| {
                each(&ledger, &|lines| {
                    let long: Vec<&Line> = lines.iter().filter(|line| line.1.len() >= 32).copied().collect();
                    let by_key = pairs(lines, &long, &|opened| contains(opened, &text));
                    plain(lines, &text)
                        .into_iter()
                        .chain(by_key.into_iter().map(later))
                        .min()
                })
            },
        },
        Planted {
            name: "valid-text-only",
            about: "what a packet held was passed over unless it was valid text: bytes are compared, not text",
            answer: |(ledger, text)| {
                each(&ledger, &|lines| {
                    let by_key = pairs(lines, lines, &|opened| {
                        std::str::from_utf8(opened).is_ok() && contains(opened, &text)
                    });
                    plain(lines, &text)
                        .into_iter()
                        .chain(by_key.into_iter().map(later))
                        .min()
                })
            },
        },
        Planted {
            name: "text-unwrapped",
            about: "the text was turned into a str, and that was unwrapped: it may be bytes that are no valid text",
            answer: |(ledger, text)| {
                let text = std::str::from_utf8(&text).unwrap().as_bytes().to_vec();
                chosen(&(ledger, text), later, least)
            },
        },
        Planted {
            name: "never-went-back",
            about: "the search did not go back after a part that fits: behind 11 comes another 1, and 112 begins one further",
            answer: |(ledger, text)| {
                let never_back = |bytes: &[u8]| {
                    let mut fits = 0;
                    for byte in bytes {
                        if *byte == text[fits] {
                            fits += 1;
                        } else {
                            fits = usize::from(*byte == text[0]);
                        }
                        if fits == text.len() {
                            return true;
                        }
                    }
                    false
                };
                each(&ledger, &|lines| {
                    let plain = lines.iter().filter(|line| never_back(&line.1));
                    let by_key = pairs(lines, lines, &never_back);
                    plain
                        .map(|line| line.2)
                        .chain(by_key.into_iter().map(later))
                        .min()
                })
            },
        },
        Planted {
            name: "the-largest-stands-for-never",
            about: "u64::MAX stood for never: it is a second like any other. An Option can say that there is none",
            answer: |question| {
                let mut all = chosen(&question, later, least);
                all.retain(|(_, second)| *second != u64::MAX);
                all
            },
        },
        Planted {
            name: "never-the-relay",
            about: "the relay was left out because it should not read: look at what it has",
            answer: |question| {
                let mut all = chosen(&question, later, least);
                all.retain(|(who, _)| who != "relay");
                all
            },
        },
        Planted {
            name: "every-second",
            about: "somebody is named more than once: each once, with the earliest second",
            answer: |(ledger, text)| {
                let mut all = Vec::new();
                for who in as_set(ledger.iter().map(|line| line.0.clone()).collect()) {
                    let lines: Vec<&Line> = ledger.iter().filter(|line| line.0 == who).collect();
                    let by_key = pairs(&lines, &lines, &|opened| contains(opened, &text));
                    let seconds = plain(&lines, &text)
                        .into_iter()
                        .chain(by_key.into_iter().map(later));
                    all.extend(seconds.map(|second| (who.clone(), second)));
                }
                as_set(all)
            },
        },
        Planted {
            name: "no-room-for-a-nonce",
            about: "the first 12 bytes of a line were taken without asking whether it has as many",
            answer: |(ledger, text)| {
                each(&ledger, &|lines| {
                    let mut seconds = plain(lines, &text);
                    for key in lines.iter().filter(|line| line.1.len() == 32) {
                        for packet in lines {
                            let (nonce, sealed) = packet.1.split_at(12);
                            let whole = [nonce, sealed].concat();
                            if opened(&key.1, &whole).is_some_and(|opened| contains(&opened, &text)) {
                                seconds.push(key.2.max(packet.2));
                            }
                        }
                    }
                    least(&seconds)
                })
            },
        },
        Planted {
            name: "a-key-and-nothing-else",
            about: "a line of 32 bytes was taken for a key and nothing else: the text can stand in it, too",
            answer: |(ledger, text)| {
                let found = chosen(&(ledger.clone(), text.clone()), later, least);
                let plain_32 = |who: &str| {
                    let mut lines = ledger.iter().filter(|line| line.0 == who);
                    lines.any(|line| line.1.len() == 32 && contains(&line.1, &text))
                };
                found.into_iter().filter(|(who, _)| !plain_32(who)).collect()
            },
        },
        Planted {
            name: "a-key-is-no-packet",
            about: "a line of 32 bytes was taken for a key only: a packet can be as long, with a text of 4 bytes in it",
            answer: |(ledger, text)| {
                each(&ledger, &|lines| {
                    let long: Vec<&Line> = lines.iter().filter(|line| line.1.len() != 32).copied().collect();
                    let by_key = pairs(lines, &long, &|opened| contains(opened, &text));
                    least(&plain(lines, &text))
                        .into_iter()
                        .chain(by_key.into_iter().map(later))
                        .min()
                })
            },
        },
        Planted {
            name: "compared-as-text",
            about: "bytes were turned into a String before they were compared: what is no valid text becomes a sign there",
            answer: |(ledger, text)| {
                let lossy = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned().into_bytes();
                let text = lossy(&text);
                each(&ledger, &|lines| {
                    let as_text = lines.iter().filter(|line| contains(&lossy(&line.1), &text));
                    let by_key = pairs(lines, lines, &|opened| contains(&lossy(opened), &text));
                    as_text
                        .map(|line| line.2)
                        .chain(by_key.into_iter().map(later))
                        .min()
                })
            },
        },
        Planted {
            name: "capitals-alike",
            about: "capital and small letters were taken for the same: bytes are compared as they are",
            answer: |(mut ledger, text)| {
                for line in ledger
                    .iter_mut()
                    .filter(|line| contains(&line.1.to_ascii_lowercase(), &text))
                {
                    line.1 = text.clone();
                }
                chosen(&(ledger, text), later, least)
            },
        },
        Planted {
            name: "second-cut-short",
            about: "the seconds were cast to a smaller type, and cut off there: they are u64",
            answer: |(mut ledger, text)| {
                for line in &mut ledger {
                    line.2 = u64::from(line.2 as u32);
                }
                chosen(&(ledger, text), later, least)
            },
        },
        Planted {
            name: "text-only",
            about: "lines that are not valid text were passed over: a backup rarely is",
            answer: |(ledger, text)| {
                each(&ledger, &|lines| {
                    let valid: Vec<&Line> = lines
                        .iter()
                        .filter(|line| std::str::from_utf8(&line.1).is_ok())
                        .copied()
                        .collect();
                    let by_key = pairs(lines, lines, &|opened| contains(opened, &text));
                    plain(&valid, &text)
                        .into_iter()
                        .chain(by_key.into_iter().map(later))
                        .min()
                })
            },
        },
    ]
}

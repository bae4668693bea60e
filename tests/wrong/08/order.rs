//! Lesson 08, out_of_order: planted wrong answers.

use messaging_lab::course::student::Planted;
use messaging_lab::envelope::chains::kdf_ck;

use super::super::{Arrivals, Key, Opened};

/// Longer gaps are not walked here: naming a mistake must not take minutes.
const NO_FURTHER: u32 = 10_000;

/// What can be done differently.
struct Way {
    /// Is this gap allowed, with so many kept keys and this limit?
    allows: fn(u32, usize, u32) -> bool,
    /// Makes room in the kept keys, oldest first.
    makes_room: fn(&mut Vec<(u32, Key)>, usize),
    /// Late messages: their keys are kept.
    keeps: bool,
    /// A kept key goes when it was used.
    uses_once: bool,
    /// A gap that is too large moves the chain as far as it may.
    moves_when_refused: bool,
    /// The key of the message that just came is kept, too.
    keeps_its_own: bool,
}

const RIGHT: Way = Way {
    allows: |gap, _, max_skip| gap <= max_skip,
    makes_room: |kept, max_kept| {
        let too_many = kept.len().saturating_sub(max_kept);
        kept.drain(..too_many);
    },
    keeps: true,
    uses_once: true,
    moves_when_refused: false,
    keeps_its_own: false,
};

fn open((chain, arrivals, max_skip, max_kept): Arrivals, way: &Way) -> Opened {
    let mut chain = chain;
    let mut next = 0;
    let mut kept: Vec<(u32, Key)> = Vec::new();
    let mut opened = Vec::new();
    for number in arrivals {
        if number < next {
            let place = kept.iter().position(|(of, _)| *of == number);
            opened.push(place.map(|place| match way.uses_once {
                true => kept.remove(place).1,
                false => kept[place].1,
            }));
            continue;
        }
        let gap = number - next;
        let refused = !(way.allows)(gap, kept.len(), max_skip) || gap > NO_FURTHER;
        if refused && !way.moves_when_refused {
            opened.push(None);
            continue;
        }
        let last = if refused { next + max_skip } else { number };
        let mut key = [0; 32];
        while next <= last {
            (chain, key) = kdf_ck(&chain);
            if way.keeps && (next < last || refused || way.keeps_its_own) {
                kept.push((next, key));
            }
            next += 1;
        }
        (way.makes_room)(&mut kept, max_kept);
        opened.push((!refused).then_some(key));
    }
    opened
}

/// Late messages by more than `most` do not open.
fn near(arrivals: &[u32], mut opened: Opened, most: u32) -> Opened {
    let mut next: u32 = 0;
    for (number, key) in arrivals.iter().zip(&mut opened) {
        if next.saturating_sub(*number) > most {
            *key = None;
        } else if key.is_some() {
            next = next.max(number + 1);
        }
    }
    opened
}

/// Nothing is dropped but what lies more than `max_kept`, and `more`, behind the next number.
fn by_number(question: Arrivals, more: usize) -> Opened {
    let most = question.3.saturating_add(more).min(u32::MAX as usize) as u32;
    let arrivals = question.1.clone();
    let makes_room = |_: &mut Vec<(u32, Key)>, _| ();
    near(&arrivals, open(question, &Way { makes_room, ..RIGHT }), most)
}

pub fn out_of_order() -> Vec<Planted<Arrivals, Opened>> {
    vec![
        Planted {
            name: "nothing",
            about: "an empty list: one answer for each arrival",
            answer: |_| Vec::new(),
        },
        Planted {
            name: "refuses-everything",
            about: "it opens nothing",
            answer: |(_, arrivals, ..)| vec![None; arrivals.len()],
        },
        Planted {
            name: "in-order-only",
            about: "only the next number is opened; whatever is ahead or late is refused",
            answer: |question| {
                open(
                    question,
                    &Way {
                        allows: |gap, _, _| gap == 0,
                        ..RIGHT
                    },
                )
            },
        },
        Planted {
            name: "as-they-come",
            about: "the numbers were not looked at: each arrival got the next key of the chain",
            answer: |(chain, arrivals, ..)| {
                let numbers: Vec<u32> = (0..arrivals.len() as u32).collect();
                open((chain, numbers, 0, 1), &RIGHT)
            },
        },
        Planted {
            name: "keeps-nothing",
            about: "a message ahead was opened, and the keys in between were thrown away: the late ones never open",
            answer: |question| {
                open(
                    question,
                    &Way {
                        keeps: false,
                        ..RIGHT
                    },
                )
            },
        },
        Planted {
            name: "used-again",
            about: "a kept key was left in its place after use: the same late message opens twice",
            answer: |question| {
                open(
                    question,
                    &Way {
                        uses_once: false,
                        ..RIGHT
                    },
                )
            },
        },
        Planted {
            name: "keeps-its-own",
            about: "the key of the message that just came was kept, too: a message that is played again opens again",
            answer: |question| {
                open(
                    question,
                    &Way {
                        keeps_its_own: true,
                        ..RIGHT
                    },
                )
            },
        },
        Planted {
            name: "no-longest-gap",
            about: "any gap is walked: one forged number keeps the phone busy and fills its memory",
            answer: |question| {
                open(
                    question,
                    &Way {
                        allows: |_, _, _| true,
                        ..RIGHT
                    },
                )
            },
        },
        Planted {
            name: "gap-one-too-short",
            about: "a gap of exactly max_skip is allowed",
            answer: |question| {
                open(
                    question,
                    &Way {
                        allows: |gap, _, most| gap == 0 || gap < most,
                        ..RIGHT
                    },
                )
            },
        },
        Planted {
            name: "gap-one-too-long",
            about: "a gap of max_skip + 1 was let pass: the gap is the number minus the next expected one",
            answer: |question| {
                open(
                    question,
                    &Way {
                        allows: |gap, _, most| gap <= most.saturating_add(1),
                        ..RIGHT
                    },
                )
            },
        },
        Planted {
            name: "gap-from-zero",
            about: "the number itself was compared with max_skip: the gap is counted from the next expected number",
            answer: |(chain, arrivals, max_skip, max_kept)| {
                let right = open((chain, arrivals.clone(), max_skip, max_kept), &RIGHT);
                let near = |(number, key): (u32, Option<Key>)| key.filter(|_| number <= max_skip);
                arrivals.into_iter().zip(right).map(near).collect()
            },
        },
        Planted {
            name: "limit-added-up",
            about: "something was added to a limit, and the sum can be too large for its type: compare the gap, or the length, itself",
            answer: |question| {
                let (mut next, max_skip) = (0, question.2);
                for &number in &question.1 {
                    if number <= next + max_skip {
                        next = next.max(number + 1);
                    }
                }
                open(question, &RIGHT)
            },
        },
        Planted {
            name: "room-for-all-at-once",
            about: "room for max_kept keys was asked for at the beginning: a limit is not an amount",
            answer: |question| {
                let kept: Vec<Key> = Vec::with_capacity(question.3);
                drop(kept);
                open(question, &RIGHT)
            },
        },
        Planted {
            name: "number-cut-short",
            about: "the numbers were cast to a smaller type, and cut off there: 65,537 then passes for 1",
            answer: |(chain, arrivals, max_skip, max_kept)| {
                let cut = arrivals.into_iter().map(|number| u32::from(number as u16));
                open((chain, cut.collect(), max_skip, max_kept), &RIGHT)
            },
        },
        Planted {
            name: "max-skip-cut-short",
            about: "max_skip was cast to a smaller type, and cut off there: it is a u32",
            answer: |(chain, arrivals, max_skip, max_kept)| {
                open((chain, arrivals, u32::from(max_skip as u16), max_kept), &RIGHT)
            },
        },
        Planted {
            name: "max-kept-cut-short",
            about: "max_kept was cast to a smaller type, and cut off there: it is a usize",
            answer: |(chain, arrivals, max_skip, max_kept)| {
                open((chain, arrivals, max_skip, usize::from(max_kept as u16)), &RIGHT)
            },
        },
        Planted {
            name: "gaps-added-up",
            about: "the keys kept from earlier gaps were counted, too: max_skip is the limit of each gap alone",
            answer: |question| {
                open(
                    question,
                    &Way {
                        allows: |gap, kept, most| gap as usize + kept <= most as usize,
                        ..RIGHT
                    },
                )
            },
        },
        Planted {
            name: "late-ones-measured",
            about: "a late message was measured with max_skip: that is for those ahead, and a late one needs its kept key only",
            answer: |question| {
                let (arrivals, most) = (question.1.clone(), question.2);
                near(&arrivals, open(question, &RIGHT), most)
            },
        },
        Planted {
            name: "no-room-no-message",
            about: "a message was refused because the keys before it are more than max_kept: it opens, and the oldest of them go",
            answer: |question| {
                let most = question.3.min(question.2 as usize) as u32;
                open((question.0, question.1, most, question.3), &RIGHT)
            },
        },
        Planted {
            name: "refused-for-good",
            about: "a number that was refused once stayed refused: it was forged then, the real one comes later",
            answer: |(chain, arrivals, max_skip, max_kept)| {
                let (mut next, mut refused) = (0, Vec::new());
                let number = |number: u32| {
                    if refused.contains(&number) {
                        return u32::MAX;
                    }
                    if number.saturating_sub(next) > max_skip {
                        refused.push(number);
                    } else {
                        next = next.max(number + 1);
                    }
                    number
                };
                let arrivals = arrivals.into_iter().map(number).collect();
                open((chain, arrivals, max_skip, max_kept), &RIGHT)
            },
        },
        Planted {
            name: "refused-and-moved",
            about: "a number that is too far ahead moved the chain: what is refused changes nothing",
            answer: |question| {
                open(
                    question,
                    &Way {
                        moves_when_refused: true,
                        ..RIGHT
                    },
                )
            },
        },
        Planted {
            name: "keeps-all",
            about: "after an arrival more than max_kept keys were still there: a partner whose messages all have gaps fills the memory",
            answer: |question| {
                open(
                    question,
                    &Way {
                        makes_room: |_, _| (),
                        ..RIGHT
                    },
                )
            },
        },
        Planted {
            name: "drops-the-newest",
            about: "the newest keys had to go when there were too many: it is the oldest that go",
            answer: |question| {
                open(
                    question,
                    &Way {
                        makes_room: |kept, most| kept.truncate(most),
                        ..RIGHT
                    },
                )
            },
        },
        Planted {
            name: "drops-one",
            about: "one key had to go when there were too many: it can be several that are too many",
            answer: |question| {
                let makes_room = |kept: &mut Vec<(u32, Key)>, most| {
                    if kept.len() > most {
                        kept.remove(0);
                    }
                };
                open(question, &Way { makes_room, ..RIGHT })
            },
        },
        Planted {
            name: "drops-by-number",
            about: "a key went because its number lay too far behind: max_kept counts kept keys, not numbers",
            answer: |question| by_number(question, 0),
        },
        Planted {
            name: "drops-by-number-behind-the-last",
            about: "a key went because its number lay too far behind: max_kept counts kept keys, not numbers",
            answer: |question| by_number(question, 1),
        },
        Planted {
            name: "drops-all",
            about: "all kept keys went when there was one too many",
            answer: |question| {
                let makes_room = |kept: &mut Vec<(u32, Key)>, most| {
                    if kept.len() > most {
                        kept.clear();
                    }
                };
                open(question, &Way { makes_room, ..RIGHT })
            },
        },
        Planted {
            name: "keeps-one-less",
            about: "exactly max_kept keys may be kept, not one less",
            answer: |(chain, arrivals, max_skip, max_kept)| {
                open((chain, arrivals, max_skip, max_kept - 1), &RIGHT)
            },
        },
        Planted {
            name: "keeps-one-more",
            about: "max_kept is the most, and one more was kept",
            answer: |(chain, arrivals, max_skip, max_kept)| {
                open((chain, arrivals, max_skip, max_kept + 1), &RIGHT)
            },
        },
        Planted {
            name: "limits-exchanged",
            about: "max_skip and max_kept changed places",
            answer: |(chain, arrivals, max_skip, max_kept)| {
                open((chain, arrivals, max_kept as u32, max_skip as usize), &RIGHT)
            },
        },
        Planted {
            name: "chain-key-for-message-key",
            about: "that is the next chain key: `kdf_ck` gives it first, the message's key second",
            answer: |(chain, arrivals, max_skip, max_kept)| {
                let right = open((chain, arrivals.clone(), max_skip, max_kept), &RIGHT);
                let behind = |(number, key): (u32, Option<Key>)| {
                    key.map(|_| (0..=number).fold(chain, |chain, _| kdf_ck(&chain).0))
                };
                arrivals.into_iter().zip(right).map(behind).collect()
            },
        },
        Planted {
            name: "one-key-behind",
            about: "each message got the key of the one after it: message 0 is opened by the first key of the chain",
            answer: |(chain, arrivals, max_skip, max_kept)| {
                open((kdf_ck(&chain).0, arrivals, max_skip, max_kept), &RIGHT)
            },
        },
        Planted {
            name: "from-the-first-chain-key",
            about: "the first chain key was kept and every key made from it again: nothing is ever forgotten, and everything opens twice",
            answer: |(chain, arrivals, ..)| {
                let key = |number: u32| {
                    (number <= NO_FURTHER).then(|| {
                        let chain = (0..number).fold(chain, |chain, _| kdf_ck(&chain).0);
                        kdf_ck(&chain).1
                    })
                };
                arrivals.into_iter().map(key).collect()
            },
        },
    ]
}

//! Lesson 12, replay_window: planted wrong answers.

use std::collections::{BTreeSet, VecDeque};

use messaging_lab::course::student::Planted;

use super::super::Arrivals;

/// A window of this width, over a perfect memory.
fn wide(arrivals: Arrivals, width: u64) -> Vec<bool> {
    let mut taken = BTreeSet::new();
    let take = |(index, genuine): (u64, bool)| {
        let too_old = taken
            .last()
            .is_some_and(|&highest: &u64| index + width <= highest);
        genuine && !too_old && taken.insert(index)
    };
    arrivals.into_iter().map(take).collect()
}

/// As it is asked for, but what is looked at before and written down after is up to `moves`: with it, forged frames raise
/// the highest index; `marks`: they count as seen; `takes`: they are taken.
fn forged(arrivals: Arrivals, moves: bool, marks: bool, takes: bool) -> Vec<bool> {
    let mut seen = BTreeSet::new();
    let mut highest: Option<u64> = None;
    let take = |(index, genuine): (u64, bool)| {
        let new = highest.is_none_or(|highest| index + 64 > highest) && !seen.contains(&index);
        if new && (genuine || moves || takes) {
            highest = Some(highest.map_or(index, |highest| highest.max(index)));
        }
        if new && (genuine || marks || takes) {
            seen.insert(index);
        }
        new && (genuine || takes)
    };
    arrivals.into_iter().map(take).collect()
}

pub fn replay_window() -> Vec<Planted<Arrivals, Vec<bool>>> {
    vec![
        Planted {
            name: "takes-everything",
            about: "every genuine frame was taken: a recorded one is genuine to the last bit",
            answer: |arrivals| arrivals.iter().map(|(_, genuine)| *genuine).collect(),
        },
        Planted {
            name: "takes-even-forged-ones",
            about: "everything was taken, forged frames and repeated ones",
            answer: |arrivals| vec![true; arrivals.len()],
        },
        Planted {
            name: "refuses-everything",
            about: "nothing was taken: no replay, and no call",
            answer: |arrivals| vec![false; arrivals.len()],
        },
        Planted {
            name: "only-forwards",
            about: "only a new highest index was taken: on a real path frames overtake one another",
            answer: |arrivals| {
                let mut highest = None;
                let take = |(index, genuine): (u64, bool)| {
                    let take = genuine && highest.is_none_or(|highest| index > highest);
                    if take {
                        highest = Some(index);
                    }
                    take
                };
                arrivals.into_iter().map(take).collect()
            },
        },
        Planted {
            name: "no-edge",
            about: "what is far behind was taken because it had not come: the window remembers 64 indices and no more",
            answer: |arrivals| wide(arrivals, 1 << 50),
        },
        Planted {
            name: "63-wide",
            about: "the window is one too narrow: 63 behind the highest is still in it",
            answer: |arrivals| wide(arrivals, 63),
        },
        Planted {
            name: "65-wide",
            about: "the window is one too wide: 64 behind the highest is out of it",
            answer: |arrivals| wide(arrivals, 65),
        },
        Planted {
            name: "32-wide",
            about: "the window is half as wide as it should be: 64 indices are the least that RFC 3711 allows",
            answer: |arrivals| wide(arrivals, 32),
        },
        Planted {
            name: "forged-frames-move-it",
            about: "a forged frame moved the window: one far ahead shuts out everything genuine",
            answer: |arrivals| forged(arrivals, true, false, false),
        },
        Planted {
            name: "forged-frames-are-marked",
            about: "a forged frame counted as seen: the genuine one with that index is still to come",
            answer: |arrivals| forged(arrivals, false, true, false),
        },
        Planted {
            name: "forged-frames-move-and-mark",
            about: "the tag was looked at after the window had moved: verify first, then write down",
            answer: |arrivals| forged(arrivals, true, true, false),
        },
        Planted {
            name: "tag-not-looked-at",
            about: "frames were taken by their index alone, whatever their tag said",
            answer: |arrivals| forged(arrivals, true, true, true),
        },
        Planted {
            name: "forgets-with-each-step",
            about: "with each new highest index everything below was forgotten: what is marked has to move along",
            answer: |arrivals| {
                let (mut highest, mut seen) = (0, BTreeSet::new());
                let take = |(index, genuine): (u64, bool)| {
                    let new = genuine && index + 64 > highest && !seen.contains(&index);
                    if new && (index > highest || seen.is_empty()) {
                        seen.clear();
                        highest = index;
                    }
                    if new {
                        seen.insert(index);
                    }
                    new
                };
                arrivals.into_iter().map(take).collect()
            },
        },
        Planted {
            name: "last-64-arrivals",
            about: "the last 64 arrivals were remembered: the window is over indices, and moves with the highest",
            answer: |arrivals| {
                let mut last = VecDeque::new();
                let take = |(index, genuine): (u64, bool)| {
                    let take = genuine && !last.contains(&index);
                    if take {
                        last.push_back(index);
                        if last.len() > 64 {
                            last.pop_front();
                        }
                    }
                    take
                };
                arrivals.into_iter().map(take).collect()
            },
        },
        Planted {
            name: "last-64-taken",
            about: "those taken last were remembered, a fixed number: late ones push out others that are still in the window",
            answer: |arrivals| {
                let (mut last, mut highest) = (VecDeque::new(), None::<u64>);
                let take = |(index, genuine): (u64, bool)| {
                    let new = highest.is_none_or(|highest| index + 64 > highest) && !last.contains(&index);
                    if genuine && new {
                        highest = highest.max(Some(index));
                        last.push_back(index);
                        if last.len() > 64 {
                            last.pop_front();
                        }
                    }
                    genuine && new
                };
                arrivals.into_iter().map(take).collect()
            },
        },
        Planted {
            name: "a-latecomer-moves-it-back",
            about: "a late one that was taken became the highest: the window never moves back",
            answer: |arrivals| {
                let (mut taken, mut highest) = (BTreeSet::new(), None::<u64>);
                let take = |(index, genuine): (u64, bool)| {
                    let in_reach = highest.is_none_or(|highest| index + 64 > highest);
                    let take = genuine && in_reach && taken.insert(index);
                    if take {
                        highest = Some(index);
                    }
                    take
                };
                arrivals.into_iter().map(take).collect()
            },
        },
        Planted {
            name: "64-either-way",
            about: "what is 64 or more ahead of the highest was refused: only what is behind can be too old",
            answer: |arrivals| {
                let (mut taken, mut highest) = (BTreeSet::new(), None::<u64>);
                let take = |(index, genuine): (u64, bool)| {
                    let in_reach = highest.is_none_or(|highest| index.abs_diff(highest) < 64);
                    let take = genuine && in_reach && taken.insert(index);
                    if take {
                        highest = highest.max(Some(index));
                    }
                    take
                };
                arrivals.into_iter().map(take).collect()
            },
        },
        Planted {
            name: "seq-for-the-index",
            about: "of each index 16 bits were looked at: that is SEQ, which goes round; an index has up to 48",
            answer: |arrivals| {
                let seq = |(index, genuine): (u64, bool)| (index & 0xffff, genuine);
                wide(arrivals.into_iter().map(seq).collect(), 64)
            },
        },
        Planted {
            name: "32-bits-for-the-index",
            about: "of each index 32 bits were looked at: it has up to 48",
            answer: |arrivals| {
                let low = |(index, genuine): (u64, bool)| (index & 0xffff_ffff, genuine);
                wide(arrivals.into_iter().map(low).collect(), 64)
            },
        },
        Planted {
            name: "nothing-before-is-zero",
            about: "before the first frame the highest index was taken to be 0, and to have come: index 0 was refused",
            answer: |arrivals| {
                let mut with_zero = vec![(0, true)];
                with_zero.extend(arrivals);
                wide(with_zero, 64).split_off(1)
            },
        },
        Planted {
            name: "shifted-too-far",
            about: "the bits were shifted by 64 or more: Rust panics there; a jump that far leaves nothing of the window",
            answer: |arrivals| {
                let (mut highest, mut bits) = (None, 0_u64);
                let take = |(index, genuine): (u64, bool)| {
                    let Some(top) = highest.filter(|_| genuine) else {
                        if genuine {
                            (highest, bits) = (Some(index), 1);
                        }
                        return genuine;
                    };
                    if index > top {
                        let ahead = u32::try_from(index - top).expect("attempt to shift left with overflow");
                        bits = bits
                            .checked_shl(ahead)
                            .expect("attempt to shift left with overflow")
                            | 1;
                        highest = Some(index);
                        return true;
                    }
                    let mark = 1_u64.checked_shl((top - index).min(100) as u32).unwrap_or(0);
                    let take = mark != 0 && bits & mark == 0;
                    bits |= mark;
                    take
                };
                arrivals.into_iter().map(take).collect()
            },
        },
        Planted {
            name: "shifted-in-a-circle",
            about: "a jump of 64 or more left old marks standing: such a jump leaves nothing of the window",
            answer: |arrivals| {
                let (mut highest, mut bits) = (None, 0_u64);
                let take = |(index, genuine): (u64, bool)| {
                    let Some(top) = highest.filter(|_| genuine) else {
                        if genuine {
                            (highest, bits) = (Some(index), 1);
                        }
                        return genuine;
                    };
                    if index > top {
                        bits = bits.wrapping_shl((index - top) as u32) | 1;
                        highest = Some(index);
                        return true;
                    }
                    let mark = 1_u64.checked_shl((top - index).min(100) as u32).unwrap_or(0);
                    let take = mark != 0 && bits & mark == 0;
                    bits |= mark;
                    take
                };
                arrivals.into_iter().map(take).collect()
            },
        },
        Planted {
            name: "below-zero",
            about: "64 was subtracted from a smaller number: compare without it, or with saturating_sub",
            answer: |arrivals| {
                let mut highest: Option<u64> = None;
                for &(index, genuine) in &arrivals {
                    let top = highest.unwrap_or(index);
                    top.checked_sub(64).expect("attempt to subtract with overflow");
                    if genuine {
                        highest = Some(top.max(index));
                    }
                }
                wide(arrivals, 64)
            },
        },
        Planted {
            name: "only-the-taken-ones",
            about: "only what was taken was told: there is one answer for each arrival",
            answer: |arrivals| wide(arrivals, 64).into_iter().filter(|took| *took).collect(),
        },
    ]
}

//! Lesson 12: other right answers, in other styles. Each is accepted.

use std::collections::{BTreeMap, HashSet};

use messaging_lab::call::cell::to_cell;
use messaging_lab::call::frame::{Header, Position, estimate_index};
use messaging_lab::call::replay_window::ReplayWindow;
use messaging_lab::course::student::Planted;
use messaging_lab::ground::ledger::Onlooker::{Backup, BobPhone, Relay, Tap};
use messaging_lab::ground::ledger::Witness::{Holds, Nobody};

use super::checks::{Arrival, Arrivals, Estimate, Explanation, Packed, Prediction, Recording, Shape};

pub fn predict() -> Vec<Planted<(), Prediction>> {
    vec![
        Planted {
            name: "all-guessed-wrong",
            about: "every guess is wrong and every witness is right",
            answer: |()| {
                let guesses = [false, true, true, false, false, true].map(Some);
                let witnesses = [
                    Holds(BobPhone, 4),
                    Nobody,
                    Nobody,
                    Holds(Tap, 24),
                    Holds(BobPhone, 14),
                    Nobody,
                ];
                (guesses, witnesses.map(Some))
            },
        },
        Planted {
            name: "other-seconds",
            about: "other seconds that are just as true",
            answer: |()| {
                let witnesses = [
                    Holds(BobPhone, 4),
                    Nobody,
                    Nobody,
                    Holds(Tap, 10),
                    Holds(BobPhone, 14),
                    Nobody,
                ];
                ([Some(true); 6], witnesses.map(Some))
            },
        },
    ]
}

pub fn index() -> Vec<Planted<Arrival, Estimate>> {
    vec![
        Planted {
            name: "the-kits-own",
            about: "the model's own two functions",
            answer: |(roc, s_l, seq, genuine)| {
                let index = estimate_index(roc, s_l, seq);
                let before = Position { roc, s_l };
                let after = if genuine { before.after(index) } else { before };
                (index, after.roc, after.s_l)
            },
        },
        Planted {
            name: "closest-of-three",
            about: "the definition: of three candidates the closest modulo 2^48, this round's first",
            answer: |(roc, s_l, seq, genuine)| {
                const ROUND: i128 = 1 << 48;
                let goal = i128::from(roc) * 65_536 + i128::from(s_l);
                let candidates = [roc, roc.wrapping_sub(1), roc.wrapping_add(1)];
                let closest = candidates.into_iter().min_by_key(|v| {
                    let away = (i128::from(*v) * 65_536 + i128::from(seq) - goal).rem_euclid(ROUND);
                    away.min(ROUND - away)
                });
                let v = closest.unwrap();
                let index = u64::from(v) * 65_536 + u64::from(seq);
                if !genuine || v == roc.wrapping_sub(1) {
                    return (index, roc, s_l);
                }
                (index, v, if v == roc { s_l.max(seq) } else { seq })
            },
        },
        Planted {
            name: "signed-difference",
            about: "the difference of the 16-bit numbers as a signed one, and what it adds to the index",
            answer: |(roc, s_l, seq, genuine)| {
                let ahead = match seq.wrapping_sub(s_l) as i16 {
                    // Half a round either way: whichever stays in this round.
                    i16::MIN if seq > s_l => 32_768,
                    other => i64::from(other),
                };
                let old = (i64::from(roc) << 16) + i64::from(s_l);
                let index = (old + ahead).rem_euclid(1 << 48);
                if genuine && ahead > 0 {
                    (index as u64, (index >> 16) as u32, index as u16)
                } else {
                    (index as u64, roc, s_l)
                }
            },
        },
    ]
}

fn seq(frame: &[u8]) -> u16 {
    Header::of(frame).unwrap().seq
}

pub fn replay() -> Vec<Planted<Recording, Vec<usize>>> {
    vec![
        Planted {
            name: "by-number-with-silence-around",
            about: "frames in a map by their number; the pause before and behind is sent along, where it is silent",
            answer: |(recorded, word)| {
                let first = seq(&recorded[0]);
                let places: BTreeMap<u16, usize> = (0..recorded.len())
                    .map(|at| (seq(&recorded[at]).wrapping_sub(first), at))
                    .collect();
                let sounds: Vec<bool> = places.values().map(|&at| recorded[at].len() > 29).collect();
                let order: Vec<usize> = places.into_values().collect();
                // Begins where a sound follows half a second of silence, or nothing but silence.
                let begins: Vec<usize> = (0..order.len())
                    .filter(|&at| sounds[at] && !sounds[at.saturating_sub(25)..at].contains(&true))
                    .collect();
                let from = begins[word];
                let to = begins.get(word + 1).copied().unwrap_or(order.len());
                order[from.saturating_sub(2)..to].to_vec()
            },
        },
        Planted {
            name: "by-time",
            about: "in the order of the timestamps; a word is a run of sounds that are fewer than 16 frames apart",
            answer: |(recorded, word)| {
                let mut order: Vec<usize> = (0..recorded.len()).collect();
                order.sort_by_key(|&at| Header::of(&recorded[at]).unwrap().timestamp);
                let sounds: Vec<usize> = (0..order.len())
                    .filter(|&at| recorded[order[at]].len() > 29)
                    .collect();
                let words: Vec<&[usize]> = sounds.chunk_by(|one, next| next - one < 16).collect();
                order[words[word][0]..=*words[word].last().unwrap()].to_vec()
            },
        },
        Planted {
            name: "parted-as-they-came",
            about: "sounds parted in the order of arrival, then every frame from the lowest number of the word to the highest",
            answer: |(recorded, word)| {
                let sounds: Vec<usize> = (0..recorded.len())
                    .filter(|&at| recorded[at].len() > 29)
                    .collect();
                let words: Vec<&[usize]> = sounds.chunk_by(|one, next| next - one < 19).collect();
                let one = seq(&recorded[words[word][0]]);
                let ahead = |at: &usize| seq(&recorded[*at]).wrapping_sub(one) as i16;
                let from = words[word].iter().map(ahead).min().unwrap();
                let to = words[word].iter().map(ahead).max().unwrap();
                let mut places: Vec<usize> = (0..recorded.len())
                    .filter(|at| (from..=to).contains(&ahead(at)))
                    .collect();
                places.sort_by_key(ahead);
                places
            },
        },
        Planted {
            name: "split-at-pauses",
            about: "sizes as a string of dots and letters, split at 25 dots",
            answer: |(recorded, word)| {
                let first = seq(&recorded[0]);
                let mut order: Vec<usize> = (0..recorded.len()).collect();
                order.sort_by_key(|&at| u32::from(seq(&recorded[at]).wrapping_sub(first)));
                let line: String = order
                    .iter()
                    .map(|&at| if recorded[at].len() == 29 { '.' } else { 'x' })
                    .collect();
                let pause = ".".repeat(25);
                let mut from = 0;
                let mut words = Vec::new();
                for piece in line.split(&pause) {
                    let inside = piece.trim_matches('.');
                    if !inside.is_empty() {
                        let begin = from + piece.len() - piece.trim_start_matches('.').len();
                        words.push(begin..begin + inside.len());
                    }
                    from += piece.len() + pause.len();
                }
                order[words[word].clone()].to_vec()
            },
        },
    ]
}

pub fn replay_window() -> Vec<Planted<Arrivals, Vec<bool>>> {
    vec![
        Planted {
            name: "the-kits-own",
            about: "the model's own window",
            answer: |arrivals| {
                let mut window = ReplayWindow::new();
                arrivals
                    .into_iter()
                    .map(|(index, genuine)| {
                        let take = genuine && window.check(index).is_ok();
                        if take {
                            window.accept(index);
                        }
                        take
                    })
                    .collect()
            },
        },
        Planted {
            name: "remembers-all",
            about: "a set of everything taken, and the highest beside it",
            answer: |arrivals| {
                let (mut seen, mut highest) = (HashSet::new(), None);
                let mut answers = vec![];
                for (index, genuine) in arrivals {
                    let in_reach = highest.is_none_or(|top: u64| index > top || top - index < 64);
                    let take = genuine && in_reach && seen.insert(index);
                    if take {
                        highest = highest.max(Some(index));
                    }
                    answers.push(take);
                }
                answers
            },
        },
        Planted {
            name: "a-ring",
            about: "64 places in a circle, each with the last index that fell on it",
            answer: |arrivals| {
                let (mut ring, mut top) = ([None; 64], None::<u64>);
                arrivals
                    .iter()
                    .map(|&(index, genuine)| {
                        let place = &mut ring[index as usize % 64];
                        let take = genuine && top.is_none_or(|top| top < index + 64) && *place != Some(index);
                        if take {
                            *place = Some(index);
                            top = top.max(Some(index));
                        }
                        take
                    })
                    .collect()
            },
        },
        Planted {
            name: "wide-bits",
            about: "the bits in a u128, so that no shift is too far",
            answer: |arrivals| {
                let (mut top, mut bits) = (None::<u64>, 0_u128);
                let mut answers = vec![];
                for (index, genuine) in arrivals {
                    let take = match top {
                        _ if !genuine => false,
                        None => true,
                        Some(top) if index > top => true,
                        Some(top) => top - index < 64 && bits >> (top - index) & 1 == 0,
                    };
                    if take {
                        let before = top.unwrap_or(index);
                        let after = before.max(index);
                        bits = bits << (after - before).min(64) & u128::from(u64::MAX);
                        bits |= 1 << (after - index);
                        top = Some(after);
                    }
                    answers.push(take);
                }
                answers
            },
        },
    ]
}

pub fn hear_the_shape() -> Vec<Planted<Shape, String>> {
    vec![
        Planted {
            name: "warped",
            about: "dynamic time warping: each frame may be laid on several of the other",
            answer: |(sizes, phrases)| {
                let warped = |other: &[usize]| {
                    let mut before = vec![usize::MAX / 4; other.len() + 1];
                    before[0] = 0;
                    for size in &sizes {
                        let mut now = vec![usize::MAX / 4];
                        for (at, example) in other.iter().enumerate() {
                            let least = before[at].min(before[at + 1]).min(now[at]);
                            now.push(least + size.abs_diff(*example));
                        }
                        before = now;
                    }
                    1000 * before[other.len()] / (sizes.len() + other.len())
                };
                let nearest = phrases.iter().min_by_key(|(_, example)| warped(example));
                nearest.unwrap().0.clone()
            },
        },
        Planted {
            name: "edited",
            about: "edit distance: how many frames to put in, take out or change",
            answer: |(sizes, phrases)| {
                let edits = |other: &[usize]| {
                    let mut row: Vec<usize> = (0..=other.len()).collect();
                    for (at, size) in sizes.iter().enumerate() {
                        let mut next = vec![at + 1];
                        for (to, example) in other.iter().enumerate() {
                            let change = row[to] + usize::from(size != example);
                            next.push(change.min(row[to + 1] + 1).min(next[to] + 1));
                        }
                        row = next;
                    }
                    row[other.len()]
                };
                let nearest = phrases.iter().min_by_key(|(_, example)| edits(example));
                nearest.unwrap().0.clone()
            },
        },
        Planted {
            name: "common-steps",
            about: "the longest common subsequence, in parts of the longer of the two",
            answer: |(sizes, phrases)| {
                let common = |other: &[usize]| {
                    let mut row = vec![0; other.len() + 1];
                    for size in &sizes {
                        let mut corner = 0;
                        for (at, example) in other.iter().enumerate() {
                            let above = row[at + 1];
                            row[at + 1] = if size == example {
                                corner + 1
                            } else {
                                above.max(row[at])
                            };
                            corner = above;
                        }
                    }
                    1000 * row[other.len()] / sizes.len().max(other.len())
                };
                let nearest = phrases.iter().max_by_key(|(_, example)| common(example));
                nearest.unwrap().0.clone()
            },
        },
        Planted {
            name: "pauses-stretched",
            about: "only where it is quiet, stretched to the same length",
            answer: |(sizes, phrases)| {
                let apart = |other: &[usize]| {
                    (0..60)
                        .filter(|at| {
                            let quiet = |of: &[usize]| of[at * of.len() / 60] < 60;
                            quiet(&sizes) != quiet(other)
                        })
                        .count()
                };
                let nearest = phrases.iter().min_by_key(|(_, example)| apart(example));
                nearest.unwrap().0.clone()
            },
        },
    ]
}

pub fn constant_rate() -> Vec<Planted<Packed, Packed>> {
    vec![
        Planted {
            name: "the-kits-own",
            about: "the model's own cells",
            answer: |frames| {
                frames
                    .iter()
                    .map(|frame| to_cell(frame).unwrap().to_vec())
                    .collect()
            },
        },
        Planted {
            name: "written-into-zeros",
            about: "163 zeros first, then the length and the frame over them",
            answer: |frames| {
                let mut cells = vec![vec![0; 163]; frames.len()];
                for (cell, frame) in cells.iter_mut().zip(&frames) {
                    cell[0] = (frame.len() / 256) as u8;
                    cell[1] = (frame.len() % 256) as u8;
                    cell[2..2 + frame.len()].copy_from_slice(frame);
                }
                cells
            },
        },
    ]
}

pub fn sentence() -> Vec<Planted<(), Explanation>> {
    vec![
        Planted {
            name: "the-last-seconds",
            about: "other witnesses, and a capital letter",
            answer: |()| {
                let witnesses = [
                    Nobody,
                    Holds(Tap, 24),
                    Holds(Relay, 24),
                    Holds(Backup, 24),
                    Holds(Tap, 24),
                    Nobody,
                ];
                (
                    witnesses.map(Some),
                    Some('B'),
                    "Only if they compare.".to_string(),
                )
            },
        },
        Planted {
            name: "in-between",
            about: "yet other seconds, and a long paragraph",
            answer: |()| {
                let witnesses = [
                    Nobody,
                    Holds(Tap, 11),
                    Holds(Relay, 18),
                    Holds(Backup, 15),
                    Holds(Tap, 23),
                    Nobody,
                ];

                (
                    witnesses.map(Some),
                    Some('b'),
                    "It holds under conditions. ".repeat(40),
                )
            },
        },
    ]
}

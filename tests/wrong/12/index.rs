//! Lesson 12, index: planted wrong answers.

use messaging_lab::course::student::Planted;

use super::super::{Arrival, Estimate};

/// The right v for each comparison: -1, 0 or 1 rounds away.
fn rounds((_, s_l, seq, _): Arrival) -> i32 {
    let ahead = i32::from(seq) - i32::from(s_l);
    match s_l < 32_768 {
        true if ahead > 32_768 => -1,
        false if ahead < -32_768 => 1,
        _ => 0,
    }
}

fn number(v: u32, seq: u16) -> u64 {
    u64::from(v) << 16 | u64::from(seq)
}

/// With this many rounds away, and everything else right.
fn with(arrival: Arrival, rounds: i32) -> Estimate {
    let (roc, s_l, seq, genuine) = arrival;
    let v = roc.wrapping_add_signed(rounds);
    let index = number(v, seq);
    if genuine && (rounds == 1 || (rounds == 0 && seq > s_l)) {
        (index, v, seq)
    } else {
        (index, roc, s_l)
    }
}

/// The right index, and this afterwards if the tag was right.
fn then(arrival: Arrival, after: impl Fn(i32, u32) -> (u32, u16)) -> Estimate {
    let (roc, s_l, seq, genuine) = arrival;
    let away = rounds(arrival);
    let v = roc.wrapping_add_signed(away);
    let (next_roc, next_s_l) = if genuine { after(away, v) } else { (roc, s_l) };
    (number(v, seq), next_roc, next_s_l)
}

pub fn index() -> Vec<Planted<Arrival, Estimate>> {
    vec![
        Planted {
            name: "no-rounds",
            about: "SEQ was taken never to go round: it does, after 65 536 frames, which is 22 minutes",
            answer: |arrival| with(arrival, 0),
        },
        Planted {
            name: "lower-means-next-round",
            about: "every lower SEQ was taken for the next round: it may be late; which of the rounds puts it closest?",
            answer: |arrival| with(arrival, i32::from(arrival.2 < arrival.1)),
        },
        Planted {
            name: "never-a-round-back",
            about: "a high SEQ early in a round was taken for this round: it is a latecomer of the one before",
            answer: |arrival| with(arrival, rounds(arrival).max(0)),
        },
        Planted {
            name: "never-a-round-on",
            about: "latecomers of the round before are there, and the next round is missing",
            answer: |arrival| with(arrival, rounds(arrival).min(0)),
        },
        Planted {
            name: "moves-for-a-forged-frame",
            about: "ROC and s_l moved although the tag was wrong: update after verifying, not before",
            answer: |(roc, s_l, seq, _)| with((roc, s_l, seq, true), rounds((roc, s_l, seq, true))),
        },
        Planted {
            name: "s-l-is-the-last-to-come",
            about: "s_l followed every frame of this round, late ones too: it is the highest, not the latest",
            answer: |arrival| {
                then(arrival, |away, v| match away {
                    -1 => (arrival.0, arrival.1),
                    _ => (v, arrival.2),
                })
            },
        },
        Planted {
            name: "back-with-a-latecomer",
            about: "a latecomer of the round before took ROC back with it: it changes nothing",
            answer: |arrival| {
                then(arrival, |away, v| match away {
                    0 => (v, arrival.1.max(arrival.2)),
                    _ => (v, arrival.2),
                })
            },
        },
        Planted {
            name: "roc-stays",
            about: "SEQ went round and ROC was not counted on",
            answer: |arrival| {
                then(arrival, |away, _| match away {
                    -1 => (arrival.0, arrival.1),
                    0 => (arrival.0, arrival.1.max(arrival.2)),
                    _ => (arrival.0, arrival.2),
                })
            },
        },
        Planted {
            name: "s-l-keeps-the-old-round",
            about: "in the next round s_l stayed at the highest of the round before: with the new ROC it becomes the new SEQ",
            answer: |arrival| {
                then(arrival, |away, v| match away {
                    -1 => (arrival.0, arrival.1),
                    _ => (v, arrival.1.max(arrival.2)),
                })
            },
        },
        Planted {
            name: "s-l-of-a-latecomer",
            about: "a latecomer of the round before has a high SEQ, and s_l took it over: it belongs to another round",
            answer: |arrival| {
                then(arrival, |away, v| match away {
                    -1 => (arrival.0, arrival.1.max(arrival.2)),
                    0 => (v, arrival.1.max(arrival.2)),
                    _ => (v, arrival.2),
                })
            },
        },
        Planted {
            name: "half-a-round-goes-on",
            about: "exactly half a round away was put into another round: there ROC itself is taken",
            answer: |arrival| {
                let (_, s_l, seq, _) = arrival;
                let ahead = i32::from(seq) - i32::from(s_l);
                let rounds = match s_l < 32_768 {
                    true if ahead >= 32_768 => -1,
                    false if ahead <= -32_768 => 1,
                    _ => 0,
                };
                with(arrival, rounds)
            },
        },
        Planted {
            name: "stops-at-zero",
            about: "before round 0 comes round 2^32 - 1: the subtraction is modulo 2^32, and no tag fits there",
            answer: |arrival| match (arrival.0, rounds(arrival)) {
                (0, -1) => (number(0, arrival.2), 0, arrival.1),
                (_, rounds) => with(arrival, rounds),
            },
        },
        Planted {
            name: "stops-at-the-last",
            about: "after round 2^32 - 1 comes round 0: the addition is modulo 2^32",
            answer: |arrival| match (arrival.0, rounds(arrival)) {
                (u32::MAX, 1) => {
                    let (roc, s_l, seq, genuine) = arrival;
                    (number(roc, seq), roc, if genuine { seq } else { s_l })
                }
                (_, rounds) => with(arrival, rounds),
            },
        },
        Planted {
            name: "below-zero",
            about: "1 was subtracted from ROC 0, or added to the last one: wrapping_sub and wrapping_add go round",
            answer: |arrival| {
                let (roc, away) = (arrival.0, rounds(arrival));
                roc.checked_add_signed(away)
                    .expect("attempt to subtract with overflow");
                with(arrival, away)
            },
        },
        Planted {
            name: "u16-below-zero",
            about: "s_l was subtracted from a smaller SEQ as a u16, which panics: compare in i32",
            answer: |arrival| {
                let (_, s_l, seq, _) = arrival;
                if s_l < 32_768 {
                    seq.checked_sub(s_l).expect("attempt to subtract with overflow");
                }
                with(arrival, rounds(arrival))
            },
        },
        Planted {
            name: "one-short-of-a-round",
            about: "a round has 65 536 numbers, not 65 535",
            answer: |arrival| {
                let (index, roc, s_l) = with(arrival, rounds(arrival));
                ((index >> 16) * 65_535 + (index & 0xffff), roc, s_l)
            },
        },
        Planted {
            name: "in-32-bits",
            about: "the round was multiplied in 32 bits, and its upper half got lost: an index has 48, so make it a u64 first",
            answer: |arrival| {
                let (index, roc, s_l) = with(arrival, rounds(arrival));
                (index & 0xffff_ffff, roc, s_l)
            },
        },
        Planted {
            name: "too-much-for-32-bits",
            about: "the round was multiplied as a u32, and the product does not fit: an index has 48 bits, so make it a u64 first",
            answer: |arrival| {
                let (index, roc, s_l) = with(arrival, rounds(arrival));
                u32::try_from(index).expect("attempt to multiply with overflow");
                (index, roc, s_l)
            },
        },
        Planted {
            name: "beyond-the-last",
            about: "1 was added to the last round, which panics: after it comes 0, and wrapping_add goes there",
            answer: |arrival| {
                let on = rounds(arrival) == 1;
                arrival
                    .0
                    .checked_add(u32::from(on))
                    .expect("attempt to add with overflow");
                with(arrival, rounds(arrival))
            },
        },
        Planted {
            name: "the-other-way-round",
            about: "next round and round before are swapped: a far lower SEQ is of the next one, a far higher one of the one before",
            answer: |arrival| with(arrival, -rounds(arrival)),
        },
        Planted {
            name: "closest-on-a-line",
            about: "closest was not meant modulo 2^48: the rounds 0 and 2^32 - 1 are neighbours, too",
            answer: |arrival| match (arrival.0, rounds(arrival)) {
                (0, -1) | (u32::MAX, 1) => with(arrival, 0),
                (_, rounds) => with(arrival, rounds),
            },
        },
        Planted {
            name: "out-of-48-bits",
            about: "the index fell below 0 or grew beyond 48 bits: before round 0 comes round 2^32 - 1, and after that round 0",
            answer: |arrival| {
                let away = rounds(arrival);
                let (_, roc, s_l) = with(arrival, away);
                let index = (i64::from(arrival.0) + i64::from(away)) * 65_536 + i64::from(arrival.2);
                (index as u64, roc, s_l)
            },
        },
        Planted {
            name: "seq-in-front",
            about: "SEQ was put in front of ROC: the index is 2^16 times the round, plus SEQ",
            answer: |arrival| {
                let (index, roc, s_l) = with(arrival, rounds(arrival));
                ((index & 0xffff) << 32 | index >> 16, roc, s_l)
            },
        },
        Planted {
            name: "index-by-the-old-roc",
            about: "the round was found and remembered, and the index was made with the ROC of before",
            answer: |arrival| {
                let (_, roc, s_l) = with(arrival, rounds(arrival));
                (number(arrival.0, arrival.2), roc, s_l)
            },
        },
        Planted {
            name: "no-index-for-a-forged-frame",
            about: "a forged frame has an index, too: it is needed for the nonce before anybody knows that it is forged",
            answer: |arrival| {
                let (index, roc, s_l) = with(arrival, rounds(arrival));
                (if arrival.3 { index } else { 0 }, roc, s_l)
            },
        },
        Planted {
            name: "anything-not-lower-moves",
            about: "a forged frame left ROC alone and still raised s_l: neither of the two may move",
            answer: |arrival| {
                let (index, roc, s_l) = with(arrival, rounds(arrival));
                match (arrival.3, rounds(arrival)) {
                    (false, 0) => (index, roc, s_l.max(arrival.2)),
                    _ => (index, roc, s_l),
                }
            },
        },
        Planted {
            name: "nothing-moves",
            about: "ROC and s_l came back as they were: a genuine frame that is newer moves them",
            answer: |arrival| (with(arrival, rounds(arrival)).0, arrival.0, arrival.1),
        },
        Planted {
            name: "all-zero",
            about: "the same answer whatever comes",
            answer: |_| (0, 0, 0),
        },
    ]
}

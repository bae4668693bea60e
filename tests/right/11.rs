//! Lesson 11: other right answers, in other styles. Each is accepted.

use std::collections::HashSet;

use messaging_lab::call::ends::Finding;
use messaging_lab::course::student::Planted;
use messaging_lab::ground::ledger::Onlooker::{BobPhone, Tap};
use messaging_lab::ground::ledger::Witness::{Holds, Nobody};

use super::checks::{Both, Continued, Explanation, Logs, Shares};

pub fn who_is_tapped() -> Vec<Planted<Logs, Finding>> {
    vec![
        Planted {
            name: "one-match",
            about: "all of it in one match, with guards",
            answer: |logs| match logs {
                (Some((one, _)), Some((two, _))) if one == two => Finding::Clean,
                (Some((one, Some(heard))), Some(_)) if one == heard => Finding::Imitated,
                (Some(_), Some((two, Some(heard)))) if two == heard => Finding::Imitated,
                (Some(_), Some(_)) => Finding::Tapped,
                _ => Finding::Unknown,
            },
        },
        Planted {
            name: "counting",
            about: "how many different words the screens show, and how many ears heard their own",
            answer: |(alice, bob)| {
                let ends: Vec<_> = alice.into_iter().chain(bob).collect();
                if ends.len() < 2 {
                    return Finding::Unknown;
                }
                let shown: HashSet<&String> = ends.iter().map(|(shown, _)| shown).collect();
                let fooled = ends
                    .iter()
                    .filter(|(shown, heard)| heard.as_ref() == Some(shown))
                    .count();
                match (shown.len(), fooled) {
                    (1, _) => Finding::Clean,
                    (_, 0) => Finding::Tapped,
                    _ => Finding::Imitated,
                }
            },
        },
        Planted {
            name: "early-returns",
            about: "one question after the other, by index",
            answer: |(alice, bob)| {
                if alice.is_none() || bob.is_none() {
                    return Finding::Unknown;
                }
                let (alice, bob) = (alice.unwrap_or_default(), bob.unwrap_or_default());
                if alice.0 == bob.0 {
                    return Finding::Clean;
                }
                for (shown, heard) in [alice, bob] {
                    if let Some(heard) = heard {
                        if heard.split_whitespace().eq(shown.split_whitespace()) {
                            return Finding::Imitated;
                        }
                    }
                }
                Finding::Tapped
            },
        },
    ]
}

pub fn continuity() -> Vec<Planted<Both, Continued>> {
    vec![
        Planted {
            name: "four-comparisons",
            about: "the four pairs in their order, one after the other",
            answer: |(initiator, responder)| {
                let pairs = [
                    (initiator.0, responder.0),
                    (initiator.0, responder.1),
                    (initiator.1, responder.0),
                    (initiator.1, responder.1),
                ];
                let mut shared = None;
                for (ours, theirs) in pairs {
                    if shared.is_none() && ours.is_some() && ours == theirs {
                        shared = ours;
                    }
                }
                match shared {
                    Some(_) => (shared, false, false),
                    None => (None, initiator.0.is_some(), responder.0.is_some()),
                }
            },
        },
        Planted {
            name: "a-set",
            about: "the responder's secrets in a set; anything kept at all is expected to match",
            answer: |(initiator, responder)| {
                let known: HashSet<[u8; 32]> = responder.0.into_iter().chain(responder.1).collect();
                let mine: Vec<[u8; 32]> = initiator.0.into_iter().chain(initiator.1).collect();
                let shared = mine.iter().copied().find(|secret| known.contains(secret));
                let lost = shared.is_none();
                (shared, lost && !mine.is_empty(), lost && !known.is_empty())
            },
        },
        Planted {
            name: "by-hash-as-phones-do",
            about: "each phone shows hashes of what it keeps, and looks for its own among the other's",
            answer: |(initiator, responder)| {
                use messaging_lab::crypto::sha256::sha256;
                let shown: Vec<_> = [responder.0, responder.1]
                    .iter()
                    .flatten()
                    .map(|secret| sha256(secret))
                    .collect();
                let is_known = |secret: &[u8; 32]| shown.contains(&sha256(secret));
                let shared = initiator
                    .0
                    .filter(is_known)
                    .or_else(|| initiator.1.filter(is_known));
                (
                    shared,
                    shared.xor(initiator.0).is_some() && shared.is_none(),
                    !(shared.is_some() || responder.0.is_none()),
                )
            },
        },
    ]
}

pub fn odds() -> Vec<Planted<Shares, f64>> {
    vec![
        Planted {
            name: "powi",
            about: "one minus the chance to be seen",
            answer: |(calls, compare, notice)| 1.0 - compare * (1.0 - (1.0 - notice).powi(calls as i32)),
        },
        Planted {
            name: "with-the-one-guess",
            about: "his one guess in 65,536 is counted in: the words may agree by chance, and then nobody can notice",
            answer: |(calls, compare, notice)| {
                let seen = notice * (1.0 - 1.0 / 65_536.0);
                (1.0 - compare) + compare * (1.0 - seen).powf(f64::from(calls))
            },
        },
        Planted {
            name: "logarithms",
            about: "products as sums of logarithms",
            answer: |(calls, compare, notice)| {
                (1.0 - compare) + compare * (f64::from(calls) * (1.0 - notice).ln()).exp()
            },
        },
        Planted {
            name: "a-thousand-thousand-pairs",
            about: "counts pairs: who is still in the dark after each call",
            answer: |(calls, compare, notice)| {
                let pairs = 1_000_000.0;
                let (careless, mut in_the_dark) = (pairs * (1.0 - compare), pairs * compare);
                for _ in 0..calls {
                    in_the_dark -= in_the_dark * notice;
                }
                (careless + in_the_dark) / pairs
            },
        },
        Planted {
            name: "small-floats-in-a-loop",
            about: "in 32 bits, call by call",
            answer: |(calls, compare, notice)| {
                let (compare, notice) = (compare as f32, notice as f32);
                let missed = (0..calls).fold(compare, |missed, _| missed * (1.0 - notice));
                f64::from(1.0 - compare + missed)
            },
        },
        Planted {
            name: "small-floats",
            about: "in 32 bits, and rounded to three places",
            answer: |(calls, compare, notice)| {
                let (compare, notice) = (compare as f32, notice as f32);
                let share = (1.0 - compare) + compare * (1.0 - notice).powf(calls as f32);
                f64::from((share * 1000.0).round() / 1000.0)
            },
        },
    ]
}

pub fn sentence() -> Vec<Planted<(), Explanation>> {
    vec![
        Planted {
            name: "latest-seconds",
            about: "the last second of each call, and the letter as a capital",
            answer: |()| {
                let witnesses = [
                    Nobody,
                    Holds(Tap, 59),
                    Nobody,
                    Holds(Tap, 99),
                    Holds(Tap, 119),
                    Holds(BobPhone, 147),
                ];
                (
                    witnesses.map(Some),
                    Some('C'),
                    "It holds where people compare.".to_string(),
                )
            },
        },
        Planted {
            name: "in-between",
            about: "other seconds, and Bob's screen",
            answer: |()| {
                let witnesses = [
                    Nobody,
                    Holds(Tap, 50),
                    Nobody,
                    Holds(Tap, 90),
                    Holds(Tap, 110),
                    Holds(BobPhone, 143),
                ];
                (
                    witnesses.map(Some),
                    Some('c'),
                    "Nobody had the second text.".to_string(),
                )
            },
        },
    ]
}

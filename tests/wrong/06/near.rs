//! Lesson 06, near_miss: planted wrong answers.

use std::cell::RefCell;

use messaging_lab::course::student::Planted;
use messaging_lab::envelope::kem::KeyPair;

use super::super::{Key, Victim, shown};

thread_local! {
    /// The pairs, as far as anybody has searched: computing them is what takes time.
    static PAIRS: RefCell<Vec<Candidate>> = const { RefCell::new(Vec::new()) };
}

/// A pair's halves.
#[derive(Clone, Copy)]
struct Candidate {
    private: Key,
    public: Key,
}

/// The candidate with this number, in the order that the lesson proposes: who searches in it as well finds the same.
fn candidate(number: usize) -> Candidate {
    PAIRS.with_borrow_mut(|pairs| {
        while pairs.len() <= number {
            let pair = KeyPair::derive(&(pairs.len() as u64).to_be_bytes());
            pairs.push(Candidate {
                private: *pair.private().expose(),
                public: pair.public().0,
            });
        }
        pairs[number]
    })
}

/// The first candidate whose number is one that `passes(wanted, number, compared)`.
fn search((wanted, alices, rounds, compared): Victim, passes: fn(&str, &str, usize) -> bool) -> Candidate {
    (0..)
        .map(candidate)
        .find(|candidate| passes(&wanted, &shown(&alices, &candidate.public, rounds), compared))
        .expect("there are enough")
}

fn first(wanted: &str, number: &str, compared: usize) -> bool {
    number[..compared] == wanted[..compared]
}

fn last(wanted: &str, number: &str, compared: usize) -> bool {
    number[60 - compared..] == wanted[60 - compared..]
}

fn both(wanted: &str, number: &str, compared: usize) -> bool {
    first(wanted, number, compared) && last(wanted, number, compared)
}

pub fn near_miss() -> Vec<Planted<Victim, Key>> {
    vec![
        Planted {
            name: "first-only",
            about: "only the first digits were looked at: she compares the last ones, too",
            answer: |victim| search(victim, first).private,
        },
        Planted {
            name: "last-only",
            about: "only the last digits were looked at: she compares the first ones, too",
            answer: |victim| search(victim, last).private,
        },
        Planted {
            name: "one-end-is-enough",
            about: "any key does that: one of the two ends is Alice's own half, which no key in Bob's name changes",
            answer: |victim| {
                let either = |wanted: &str, number: &str, compared| {
                    first(wanted, number, compared) || last(wanted, number, compared)
                };
                search(victim, either).private
            },
        },
        Planted {
            name: "one-digit-too-few",
            about: "one digit fewer than she compares, at each end",
            answer: |victim| {
                search(victim, |wanted, number, compared| {
                    both(wanted, number, compared - 1)
                })
                .private
            },
        },
        Planted {
            name: "one-digit-too-few-at-the-end",
            about: "one digit fewer than she compares at the last end: it begins at place 60 - compared",
            answer: |victim| {
                let passes = |wanted: &str, number: &str, compared| {
                    first(wanted, number, compared) && last(wanted, number, compared - 1)
                };
                search(victim, passes).private
            },
        },
        Planted {
            name: "one-digit-only",
            about: "one digit at each end, whatever she compares: `compared` says how many",
            answer: |victim| search(victim, |wanted, number, _| both(wanted, number, 1)).private,
        },
        Planted {
            name: "two-digits-only",
            about: "two digits at each end, whatever she compares: `compared` says how many",
            answer: |victim| search(victim, |wanted, number, _| both(wanted, number, 2)).private,
        },
        Planted {
            name: "public-given",
            about: "it passes as a PUBLIC key: phones see the public half, and the relay needs the private one",
            answer: |victim| search(victim, both).public,
        },
        Planted {
            name: "source-given",
            about: "the bytes that went into KeyPair::derive came back: the private key is what it made of them",
            answer: |(wanted, alices, rounds, compared)| {
                let passes = |source: &Key| {
                    let public = KeyPair::derive(source).public().0;
                    both(&wanted, &shown(&alices, &public, rounds), compared)
                };
                let source = |number: u64| [number.to_be_bytes(); 4].concat().try_into().expect("32 bytes");
                (0..).map(source).find(passes).expect("there are enough")
            },
        },
        Planted {
            name: "alices-own",
            about: "Alice's public key was given back: it is no private key of anybody's",
            answer: |(_, alices, ..)| alices,
        },
        Planted {
            name: "zeros",
            about: "a key of zeros: no search took place",
            answer: |_| [0; 32],
        },
    ]
}

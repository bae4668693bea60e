//! Lesson 10, no_commitment: two keys with which both phones show the same.

use std::fmt;
use std::time::Duration;

use messaging_lab::call::flaw::Flaw;
use messaging_lab::call::key_schedule::Role;
use messaging_lab::course::exam::{Exam, Fault};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::{NoAnswer, Student};
use messaging_lab::ground::randomness::Seeded;

use super::phones::{PUBLIC_AT, Pending, Phone, same_start};
use super::{Key, Played, short, spoken, wrong};

/// What each of the two phones has seen and sent, and how many bits the two people compare.
pub type Uncommitted = (Pending, Pending, u32);

/// A private key for Alice's side and one for Bob's.
pub type Keys = (Key, Key);

/// The two phones, and how many bits are compared. Neither phone knows of commitments.
#[derive(Clone)]
struct Call {
    alice: Phone,
    bob: Phone,
    bits: u32,
}

impl Call {
    fn new(random: &mut Seeded, bits: u32) -> Call {
        Call {
            alice: Phone::new(random, Role::Initiator, Some(Flaw::NoCommitment)),
            bob: Phone::new(random, Role::Responder, Some(Flaw::NoCommitment)),
            bits,
        }
    }

    fn agree(&self, alice: u32, bob: u32) -> bool {
        same_start(alice, bob, self.bits)
    }
}

/// What came of two keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Works,
    /// They are the public halves of keys that would work.
    Publics,
    /// They would work the other way round.
    Swapped,
    /// Both would work on one and the same phone.
    OneSide,
    /// The last bits agree, not the first.
    LastBits,
    /// All bits agree that are compared, but for the last one.
    OneShort,
    /// Fewer bits agree than are compared: this many at least.
    Fewer(u32),
    /// The same key twice, and it does not work.
    SameTwice,
    Differs,
}

struct Tried {
    shown: (u32, u32),
    bits: u32,
    outcome: Outcome,
}

impl PartialEq for Tried {
    /// Which keys they are says nothing about how they were found.
    fn eq(&self, other: &Self) -> bool {
        self.outcome == other.outcome
    }
}

impl fmt::Debug for Tried {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (alice, bob) = self.shown;
        let (alice, bob) = (spoken(alice, self.bits), spoken(bob, self.bits));
        write!(
            f,
            "two keys; Alice's phone shows {alice}, Bob's phone shows {bob}"
        )
    }
}

fn attempt(student: &mut dyn Student<Uncommitted, Keys>, call: &Call) -> Result<Tried, NoAnswer> {
    let question = (call.alice.pending(), call.bob.pending(), call.bits);
    let (hers, his) = student.answer(&question)?;
    // Both calls are played to their end.
    let (alice, bob) = (call.alice.answered_with(&hers), call.bob.answered_with(&his));
    // What Alice's phone shows with the other key, and what Bob's does.
    let crossed = (call.alice.answered_with(&his), call.bob.answered_with(&hers));
    let one_phone = call.agree(alice, crossed.0) || call.agree(bob, crossed.1);
    let as_publics = || Some(call.agree(call.alice.would_show(&hers)?, call.bob.would_show(&his)?));
    let outcome = if call.agree(alice, bob) {
        Outcome::Works
    } else if hers == his {
        Outcome::SameTwice
    } else if as_publics() == Some(true) {
        Outcome::Publics
    } else if call.agree(crossed.0, crossed.1) {
        Outcome::Swapped
    } else if one_phone {
        Outcome::OneSide
    } else if (alice ^ bob) << (32 - call.bits) == 0 {
        Outcome::LastBits
    } else {
        let start = (alice ^ bob).leading_zeros();
        match [16, 12, 8].into_iter().find(|fewer| start >= *fewer) {
            _ if start + 1 == call.bits => Outcome::OneShort,
            Some(fewer) => Outcome::Fewer(fewer),
            None => Outcome::Differs,
        }
    };
    Ok(Tried {
        shown: (alice, bob),
        bits: call.bits,
        outcome,
    })
}

/// Two private keys with which two phones that nobody committed to show the same.
pub fn no_commitment(student: impl Student<Uncommitted, Keys>) -> Verdict {
    let fixed = |seed, bits| Call::new(&mut Seeded::new(seed), bits);
    Exam::of_runs("words/no_commitment", wrong::no_commitment(), attempt)
        .limit(Duration::from_secs(120))
        .case("twelve bits", fixed(1, 12))
        .case("two words, sixteen bits", fixed(2, 16))
        .case("twelve bits, another call", fixed(3, 12))
        // Who stops looking too soon has found a pair most times; asked often enough, he has not.
        .seeded(16, |random| Call::new(random, 12))
        .case("fourteen bits", fixed(5, 14))
        // Who compares whole digits or whole bytes leaves out some of these.
        .case("eleven bits", fixed(6, 11))
        .case("fifteen bits", fixed(7, 15))
        // Here who numbers his keys from 0 needs more than 1,024 on each side.
        .case("four characters, twenty bits", fixed(232, 20))
        .case("eighteen bits", fixed(8, 18))
        .judge(
            Played(student, attempt),
            |call| {
                let public = |phone: &Phone| short(&phone.pending().2[PUBLIC_AT..]);
                format!(
                    "Alice's phone sent the public value {}, Bob's {}; they compare {} bits: your two keys?",
                    public(&call.alice),
                    public(&call.bob),
                    call.bits
                )
            },
            |call, got| {
                let why = match got.outcome {
                    Outcome::Works => return Ok(()),
                    Outcome::Publics => {
                        "you have to read what they say, and for that you need the PRIVATE halves of the keys you show"
                    }
                    Outcome::Swapped => {
                        "the other way round they would work: the first key is for Alice's phone, the second for Bob's"
                    }
                    Outcome::OneSide => {
                        "one phone would show the same for both of them; but Alice and Bob look at two phones"
                    }
                    Outcome::LastBits => "the last bits are the same, and people are shown the first ones",
                    _ => "they read it to each other, hear that it differs, and hang up: you are found out",
                };
                let wanted = format!(
                    "two private keys with which both phones show the same first {} bits",
                    call.bits
                );
                Err(Fault::new(wanted, why))
            },
        )
}

//! Lesson 10, forgot_to_check: a DHPart2 that makes Bob's phone show what Alice's shows.

use std::fmt;
use std::time::Duration;

use messaging_lab::call::commit::Commit;
use messaging_lab::call::dh_part::DhPart;
use messaging_lab::call::flaw::Flaw;
use messaging_lab::call::hash_chain::image;
use messaging_lab::call::key_schedule::Role;
use messaging_lab::call::wire::Kind;
use messaging_lab::course::exam::{Exam, Fault};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::{NoAnswer, Student};
use messaging_lab::crypto::x25519::{public_key, x25519};
use messaging_lab::ground::randomness::Seeded;

use super::phones::{PUBLIC_AT, Pending, Phone, piece, same_start, shown};
use super::{Key, Played, key, short, spoken, wrong};

/// What Bob's phone has seen and sent, the student's private key in front of it, what Alice's phone shows, and how many bits
/// the two people compare.
pub type Unchecked = (Pending, Key, u32, u32);

/// Alice's phone shows its words already. Bob's waits for a DHPart2, and will not look at hvi.
#[derive(Clone)]
struct Call {
    bob: Phone,
    private: Key,
    wanted: u32,
    bits: u32,
}

impl Call {
    fn new(random: &mut Seeded, bits: u32) -> Call {
        // Alice's phone is sound, and so is what he sends it: he chose that key before he saw hers.
        let alice = Phone::new(random, Role::Initiator, None);
        Call {
            wanted: alice.answered_with(&key(random)),
            bob: Phone::new(random, Role::Responder, Some(Flaw::SkipsHvi)),
            private: key(random),
            bits,
        }
    }
}

/// What becomes of a message on Bob's phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// It shows what Alice's phone shows.
    Works,
    /// It is no DHPart2, and has this many bytes.
    NoDhPart2(usize),
    /// It is a DHPart1.
    DhPart1,
    /// Its H1 does not lead to the H2 of the Commit.
    OtherChain,
    /// Its public value is not that of the student's private key.
    OtherKey,
    /// Its MAC does not hold.
    BadMac,
    /// The last bits agree, not the first.
    LastBits,
    /// All bits agree that are compared, but for the last one.
    OneShort,
    /// Fewer bits agree than are compared: this many at least.
    Fewer(u32),
    /// The words would agree if DHPart2 stood before DHPart1.
    OtherOrder,
    /// The words would agree if the Diffie-Hellman were one of the student's own two halves.
    OwnPublic,
    Differs,
}

struct Arrived {
    bits: u32,
    /// What Bob's phone shows, if it goes on.
    shows: Option<u32>,
    outcome: Outcome,
}

impl PartialEq for Arrived {
    /// Which message it is says nothing about how it was found.
    fn eq(&self, other: &Self) -> bool {
        self.outcome == other.outcome
    }
}

impl fmt::Debug for Arrived {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.shows, self.outcome) {
            (Some(value), _) => {
                write!(f, "a DHPart2; Bob's phone shows {}", spoken(value, self.bits))
            }
            (None, Outcome::NoDhPart2(length)) => {
                write!(f, "a message of {length} bytes, which Bob's phone drops")
            }
            (None, Outcome::DhPart1) => f.write_str("a DHPart1, which Bob's phone drops"),
            (None, _) => f.write_str("a DHPart2 that Bob's phone does not go on with"),
        }
    }
}

fn attempt(student: &mut dyn Student<Unchecked, Vec<u8>>, call: &Call) -> Result<Arrived, NoAnswer> {
    let pending = call.bob.pending();
    let question = (pending.clone(), call.private, call.wanted, call.bits);
    let message = student.answer(&question)?;
    let stopped = |outcome| {
        Ok(Arrived {
            bits: call.bits,
            shows: None,
            outcome,
        })
    };
    let (hello, commit, dhpart1) = &pending;
    let Ok(part) = DhPart::parse(&message, Kind::DhPart2) else {
        return stopped(match DhPart::parse(&message, Kind::DhPart1) {
            Ok(_) => Outcome::DhPart1,
            Err(_) => Outcome::NoDhPart2(message.len()),
        });
    };
    let chain_holds = Commit::parse(commit).is_ok_and(|commit| image(&part.h1) == commit.h2);
    if !chain_holds {
        return stopped(Outcome::OtherChain);
    }
    if part.public != public_key(&call.private) {
        return stopped(Outcome::OtherKey);
    }
    // The call is played to its end; what stops it by now is the MAC, once H0 is shown.
    let Ok(value) = call.bob.answered(&message, &call.private) else {
        return stopped(Outcome::BadMac);
    };
    let other_order = || {
        let dh = x25519(&call.private, &piece(dhpart1, PUBLIC_AT)).ok()?;
        Some(shown(&dh, hello, commit, &message, dhpart1))
    };
    let own_public = || {
        let dh = x25519(&call.private, &public_key(&call.private)).ok()?;
        Some(shown(&dh, hello, commit, dhpart1, &message))
    };
    let agrees = |value: u32| same_start(value, call.wanted, call.bits);
    let outcome = if agrees(value) {
        Outcome::Works
    } else if (value ^ call.wanted) << (32 - call.bits) == 0 {
        Outcome::LastBits
    } else if other_order().is_some_and(agrees) {
        Outcome::OtherOrder
    } else if own_public().is_some_and(agrees) {
        Outcome::OwnPublic
    } else {
        let start = (value ^ call.wanted).leading_zeros();
        match [12, 8].into_iter().find(|fewer| start >= *fewer) {
            _ if start + 1 == call.bits => Outcome::OneShort,
            Some(fewer) => Outcome::Fewer(fewer),
            None => Outcome::Differs,
        }
    };
    Ok(Arrived {
        bits: call.bits,
        shows: Some(value),
        outcome,
    })
}

/// A DHPart2 with which a phone that forgets to check hvi shows what is wanted.
pub fn forgot_to_check(student: impl Student<Unchecked, Vec<u8>>) -> Verdict {
    let fixed = |seed, bits| Call::new(&mut Seeded::new(seed), bits);
    Exam::of_runs("words/forgot_to_check", wrong::forgot_to_check(), attempt)
        .limit(Duration::from_secs(120))
        .case("twelve bits", fixed(1, 12))
        .case("twelve bits, another call", fixed(2, 12))
        .seeded(8, |random| Call::new(random, 12))
        .case("two words, sixteen bits", fixed(3, 16))
        // Who compares whole digits or whole bytes leaves out some of these.
        .case("eleven bits", fixed(5, 11))
        .case("thirteen bits", fixed(6, 13))
        .case("fourteen bits", fixed(7, 14))
        // Here who numbers his messages from 0 finds one in the second 65,536 only, whether he puts the number first or last.
        .case("two words, a longer search", fixed(226, 16))
        .judge(
            Played(student, attempt),
            |call| {
                format!(
                    "Bob's phone sent the public value {}, Alice's shows {}; they compare {} bits: your DHPart2?",
                    short(&call.bob.pending().2[PUBLIC_AT..]),
                    spoken(call.wanted, call.bits),
                    call.bits
                )
            },
            |call, got| {
                let why = match got.outcome {
                    Outcome::Works => return Ok(()),
                    Outcome::NoDhPart2(_) => {
                        "a DHPart2 has 116 bytes and its type in front; anything else is dropped, and Bob's phone waits on"
                    }
                    Outcome::DhPart1 => {
                        "who sent the Commit is the initiator, and his is DHPart2; Bob's phone drops this and waits on"
                    }
                    Outcome::OtherChain => {
                        "H1 in it does not hash to the H2 that your Commit showed: it is not from whoever sent that"
                    }
                    Outcome::OtherKey => {
                        "its public value is not that of `private`: what Bob says will be sealed so that you cannot open it"
                    }
                    Outcome::BadMac => {
                        "its last 8 bytes are not its MAC: Bob's phone finds that out as soon as it is shown H0, and hangs up"
                    }
                    Outcome::LastBits => "the last bits are the same, and people are shown the first ones",
                    _ => "they read it to each other, hear that it differs, and hang up: you are found out",
                };
                let wanted = format!(
                    "a DHPart2 with which Bob's phone shows {}, as Alice's does",
                    spoken(call.wanted, call.bits)
                );
                Err(Fault::new(wanted, why))
            },
        )
}

//! Lesson 06, near_miss: a key whose number looks right to who compares both ends of it.

use std::fmt;
use std::time::Duration;

use messaging_lab::course::exam::{Exam, Fault};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::{NoAnswer, Student};
use messaging_lab::crypto::x25519::public_key;
use messaging_lab::envelope::kem::{KeyPair, PublicKey};
use messaging_lab::envelope::safety_number::{half_of_number, iterated_fingerprint, safety_number_with};
use messaging_lab::ground::randomness::Seeded;

use super::{Key, Played, key, short, wrong};

/// The number that both phones should show, Alice's public key, the rounds, and how many digits are compared at each
/// end.
pub type Victim = (String, Key, u32, usize);

/// What Alice's phone shows if it has `bobs` as Bob's key.
pub fn shown(alices: &Key, bobs: &Key, rounds: u32) -> String {
    let (alice, bob) = (PublicKey(*alices), PublicKey(*bobs));
    safety_number_with(rounds, (b"alice", &alice), (b"bob", &bob))
        .digits()
        .to_string()
}

/// One person's thirty digits.
fn half(id: &str, key: &Key, rounds: u32) -> String {
    half_of_number(&iterated_fingerprint(rounds, id.as_bytes(), &PublicKey(*key)))
}

/// Whose half of the number stands in front.
#[derive(Clone, Copy, PartialEq, Eq)]
enum InFront {
    Alices,
    Bobs,
}

/// Somebody to fool. Where Alice's half stands in front, most halves are larger, so that there is room to search in.
fn victim(random: &mut Seeded, rounds: u32, compared: usize, wanted: InFront) -> Victim {
    loop {
        let (alices, bobs) = (key(random), key(random));
        let (alices_half, bobs_half) = (half("alice", &alices, rounds), half("bob", &bobs, rounds));
        let in_front = match alices_half < bobs_half {
            true => InFront::Alices,
            false => InFront::Bobs,
        };
        if in_front == wanted && (in_front == InFront::Bobs || alices_half.as_str() < "5") {
            return (shown(&alices, &bobs, rounds), alices, rounds, compared);
        }
    }
}

/// What came of a key.
#[derive(Clone)]
struct Tried {
    /// Alice's phone shows this.
    number: String,
    compared: usize,
    first: bool,
    last: bool,
    /// Both ends are right but for the last digit that is compared.
    nearly: bool,
    mistake: Option<Mistake>,
}

/// What the answer is instead of the private half of a key that passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mistake {
    /// A public key that passes: its private half is somewhere else.
    Public,
    /// What a pair that passes was derived from.
    Source,
    /// Alice's public key.
    Alices,
    /// Nothing but zeros.
    Zeros,
}

impl PartialEq for Tried {
    /// Which key it is says nothing about how it was found; nor does the number, where it is another mistake.
    fn eq(&self, other: &Self) -> bool {
        match (self.mistake, other.mistake) {
            (None, None) => (self.first, self.last, self.nearly) == (other.first, other.last, other.nearly),
            (mistake, other) => mistake == other,
        }
    }
}

impl fmt::Debug for Tried {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, last) = (&self.number[..self.compared], &self.number[60 - self.compared..]);
        write!(
            f,
            "a private key; with its public half Alice's phone shows {first} ... {last}"
        )
    }
}

fn attempt(student: &mut dyn Student<Victim, Key>, victim: &Victim) -> Result<Tried, NoAnswer> {
    let (wanted, alices, rounds, compared) = victim;
    let answer = student.answer(victim)?;
    // Whether both ends of `number` are right, as far as `digits` go.
    let first = |number: &str, digits: usize| number[..digits] == wanted[..digits];
    let last = |number: &str, digits: usize| number[60 - digits..] == wanted[60 - digits..];
    let both = |number: &str, digits: usize| first(number, digits) && last(number, digits);
    let number = shown(alices, &public_key(&answer), *rounds);
    let passes = |public: &Key| both(&shown(alices, public, *rounds), *compared);
    let mistake = if answer == [0; 32] {
        Some(Mistake::Zeros)
    } else if answer == *alices {
        Some(Mistake::Alices)
    } else if both(&number, *compared) {
        None
    } else if passes(&answer) {
        Some(Mistake::Public)
    } else if passes(&KeyPair::derive(&answer).public().0) {
        Some(Mistake::Source)
    } else {
        None
    };
    Ok(Tried {
        compared: *compared,
        first: first(&number, *compared),
        last: last(&number, *compared),
        nearly: *compared > 1 && both(&number, compared - 1),
        mistake,
        number,
    })
}

/// A private key whose public half passes a comparison of both ends.
pub fn near_miss(student: impl Student<Victim, Key>) -> Verdict {
    use InFront::{Alices, Bobs};
    let fixed = |seed, rounds, compared, in_front| victim(&mut Seeded::new(seed), rounds, compared, in_front);
    Exam::of_runs("keys/near_miss", wrong::near_miss(), attempt)
        .limit(Duration::from_secs(10))
        .case("one digit at each end, Bob's half in front", fixed(1, 2, 1, Bobs))
        .case("one digit at each end, Alice's half in front", fixed(2, 2, 1, Alices))
        .case("two digits, Bob's half in front", fixed(3, 5, 2, Bobs))
        .case("two digits, Alice's half in front", fixed(4, 3, 2, Alices))
        .case("three digits, Bob's half in front", fixed(5, 4, 3, Bobs))
        .seeded(4, |random| {
            let rounds = 2 + random.below(6) as u32;
            let in_front = [Alices, Bobs][random.below(2) as usize];
            victim(random, rounds, 2, in_front)
        })
        .judge(
            Played(student, attempt),
            |(number, alices, rounds, compared)| {
                let ends = match compared {
                    1 => "the first digit and the last".to_string(),
                    _ => format!("the first {compared} digits and the last {compared}"),
                };
                format!(
                    "number {} ... {}, Alice's key {}, {rounds} rounds, she compares {ends}: a key that passes?",
                    &number[..5],
                    &number[55..],
                    short(alices)
                )
            },
            |(number, _, _, compared), got| {
                if got.first && got.last {
                    return Ok(());
                }
                let wanted = format!(
                    "a private key; with its public half Alice's phone shows {} ... {}",
                    &number[..*compared],
                    &number[60 - compared..]
                );
                let why = match (got.first, got.last) {
                    _ if got.mistake == Some(Mistake::Public) => {
                        "the relay has to open what Alice seals, so it needs the PRIVATE half of the key it shows"
                    }
                    _ if got.mistake == Some(Mistake::Source) => {
                        "that is what the pair was derived from; the pair's private half is another 32 bytes"
                    }
                    (true, _) => "she looks at the last digits, too, and they are others: this relay is found out",
                    (_, true) => "she looks at the first digits, too, and they are others: this relay is found out",
                    _ => "both ends are others: whoever compares anything at all finds this relay out",
                };
                Err(Fault::new(wanted, why))
            },
        )
}

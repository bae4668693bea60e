//! Lesson 11, continuity: what two phones keep, and what becomes of it.

use messaging_lab::course::exam::{Exam, Fault};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::Student;
use messaging_lab::ground::randomness::Seeded;

use super::wrong;

type Secret = [u8; 32];

/// What a phone keeps: the newer secret, and the one before.
pub type Kept = (Option<Secret>, Option<Secret>);

/// What the initiator's phone keeps, and the responder's.
pub type Both = (Kept, Kept);

/// The shared secret; whether the initiator's phone warns; whether the responder's does.
pub type Continued = (Option<Secret>, bool, bool);

fn wanted((initiator, responder): &Both) -> Continued {
    let known =
        |secret: &Secret| responder.0.as_ref() == Some(secret) || responder.1.as_ref() == Some(secret);
    let shared = initiator.0.filter(known).or(initiator.1.filter(known));
    let lost = shared.is_none();
    (
        shared,
        initiator.0.is_some() && lost,
        responder.0.is_some() && lost,
    )
}

/// A secret that one can tell from another by its first byte.
fn secret(name: u8) -> Secret {
    let mut bytes = [0x5e; 32];
    bytes[0] = name;
    bytes
}

fn draw(random: &mut Seeded) -> Both {
    // Few secrets, so that they meet; whole ones, so that they differ in every place.
    let secrets: [Secret; 3] = std::array::from_fn(|_| std::array::from_fn(|_| random.below(256) as u8));
    let mut kept = || {
        let newer = random.below(4) as usize;
        let older = (newer + 1 + random.below(2) as usize) % 3;
        match newer {
            3 => (None, None),
            newer if random.below(3) == 0 => (Some(secrets[newer]), None),
            newer => (Some(secrets[newer]), Some(secrets[older])),
        }
    };
    (kept(), kept())
}

/// What both keep -> the secret that goes into the call, and who is warned.
pub fn continuity(student: impl Student<Both, Continued>) -> Verdict {
    let one = |name: u8| (Some(secret(name)), None);
    let two = |newer: u8, older: u8| (Some(secret(newer)), Some(secret(older)));
    let nothing = || (None, None);
    let near = |place: usize| {
        let mut bytes = secret(1);
        bytes[place] ^= 1;
        (Some(bytes), None)
    };
    let mut turned = secret(1);
    turned.reverse();
    Exam::new("compare/continuity", wrong::continuity())
        .case("both keep the secret of their last call", (one(1), one(1)))
        .case("a first call", (nothing(), nothing()))
        .case("somebody in between keeps nothing, or the other phone was lost: to the initiator", (one(1), nothing()))
        .case("the same, to the responder", (nothing(), one(1)))
        .case("different secrets: two calls with somebody who was in between", (one(1), one(2)))
        .case("many calls", (two(2, 1), two(2, 1)))
        .case("the responder missed the end of the last call", (two(2, 1), one(1)))
        .case("the initiator missed the end of the last call", (one(1), two(2, 1)))
        .case("both in step, then the responder missed one", (two(3, 2), two(2, 1)))
        .case("both in step, then the initiator missed one", (two(2, 1), two(3, 2)))
        .case("only the older ones agree", (two(3, 1), two(2, 1)))
        .case("two agree, crosswise: the initiator's newer one counts", (two(1, 2), two(2, 1)))
        .case("four different secrets", (two(1, 2), two(3, 4)))
        .case("they differ in the last byte only", (one(1), near(31)))
        .case("they differ in the ninth byte only", (one(1), near(8)))
        .case("they differ in the seventeenth byte only", (one(1), near(16)))
        .case("the same bytes in another order", (one(1), (Some(turned), None)))
        .case("secrets of zeros are secrets", ((Some([0; 32]), None), (Some([0; 32]), None)))
        .case("zeros on one side only", ((Some([0; 32]), None), nothing()))
        .seeded(60, draw)
        .shows(in_words)
        .judge(
            student,
            |(initiator, responder)| {
                format!("initiator keeps {}; responder keeps {}?", kept(initiator), kept(responder))
            },
            |question, got| {
                let right = wanted(question);
                if *got == right {
                    return Ok(());
                }
                let why = if got.0 != right.0 {
                    match (got.0, right.0) {
                        (Some(_), None) => "nothing is kept by both: a secret that only one of them has gives them different keys",
                        (None, Some(_)) => "one secret is kept by both: without it the phones warn of somebody who is not there",
                        _ => "both phones must come to the same secret: the initiator's newer one, if the responder has it at all; else the older",
                    }
                } else if right.0.is_some() && (got.1 || got.2) {
                    "a kept secret matches: who warns all the same will not be believed next time"
                } else if (got.1 && !right.1) || (got.2 && !right.2) {
                    "a phone that keeps nothing expects nothing, so it misses nothing and does not warn"
                } else {
                    "it expected a secret and none matches: the other end was not in the last call, or has lost what it kept of it"
                };
                Err(Fault::new(in_words(&right), why))
            },
        )
}

fn short(secret: &Option<Secret>) -> String {
    match secret {
        None => "none".to_string(),
        Some(bytes) => format!("{:02x}{:02x}..{:02x}", bytes[0], bytes[1], bytes[31]),
    }
}

fn kept((newer, older): &Kept) -> String {
    format!("(newer {}, older {})", short(newer), short(older))
}

fn in_words((shared, initiator, responder): &Continued) -> String {
    let warns = |warns| if warns { "warns" } else { "is calm" };
    format!(
        "shared: {}; the initiator's phone {}, the responder's {}",
        short(shared),
        warns(*initiator),
        warns(*responder)
    )
}

//! Lesson 09, commit and check_commit: hvi.

use messaging_lab::call::key_schedule::hvi;
use messaging_lab::call::path::Side;
use messaging_lab::call::wire::Kind;
use messaging_lab::course::exam::{Exam, Fault};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::Student;
use messaging_lab::ground::randomness::Seeded;

use super::{call, short, wrong};

/// The initiator's DHPart2, and the responder's Hello.
pub type Committing = (Vec<u8>, Vec<u8>);

/// What was committed to, the DHPart2 that came, and the responder's Hello.
pub type Revealed = ([u8; 32], Vec<u8>, Vec<u8>);

/// DHPart2 and Bob's Hello of a call that the model's phones have made.
fn of_a_call(seed: u64) -> Committing {
    let call = call(
        &mut Seeded::new(seed),
        [None; 2],
        vec![(Side::Alice, b"hello".to_vec())],
    );
    let said = |wanted: Kind| {
        let messages = call.recording.iter();
        messages.filter(move |message| Kind::of(message) == Ok(wanted))
    };
    let dhpart2 = said(Kind::DhPart2).next().expect("it was sent").clone();
    // Alice's Hello comes first.
    let hello = said(Kind::Hello).nth(1).expect("both said it").clone();
    (dhpart2, hello)
}

fn drawn(random: &mut Seeded) -> Committing {
    let (part, hello) = (80 + random.below(60) as usize, 80 + random.below(60) as usize);
    (random.bytes(part), random.bytes(hello))
}

fn between_zeros(byte: u8) -> Vec<u8> {
    [vec![0; 9], vec![byte; 90], vec![0; 9]].concat()
}

/// The hash that goes first.
pub fn commit(student: impl Student<Committing, [u8; 32]>) -> Verdict {
    Exam::new("handshake/commit", wrong::commit())
        .case("a call of the model", of_a_call(1))
        .case("another call", of_a_call(2))
        .case("other lengths", (vec![1; 200], vec![2; 90]))
        .case("both alike", (vec![7; 116], vec![7; 116]))
        .case("zeros at both ends", (between_zeros(1), between_zeros(2)))
        .seeded(8, drawn)
        .shows(|hvi| short(hvi))
        .judge(
            student,
            |(part, hello)| {
                format!(
                    "DHPart2 of {} bytes (in the middle {}), Hello of {} (in the middle {}): hvi?",
                    part.len(),
                    short(&part[part.len() / 2..]),
                    hello.len(),
                    short(&hello[hello.len() / 2..])
                )
            },
            |(part, hello), got| {
                let wanted = hvi(part, hello);
                if *got == wanted {
                    return Ok(());
                }
                Err(Fault::new(
                    format!("{}: SHA-256 of both messages, DHPart2 first", short(&wanted)),
                    "the responder's phone computes the same from what arrives; if the two differ, it ends the call",
                ))
            },
        )
}

/// A byte changed by one bit, in the message or hash that `which` says.
fn changed((mut hvi, mut part, mut hello): Revealed, which: usize, at: usize, bit: u8) -> Revealed {
    let bytes = match which {
        0 => &mut hvi[..],
        1 => &mut part[..],
        _ => &mut hello[..],
    };
    let at = at % bytes.len();
    bytes[at] ^= 1 << bit;
    (hvi, part, hello)
}

fn kept((part, hello): Committing) -> Revealed {
    (hvi(&part, &hello), part, hello)
}

/// Whether the DHPart2 is the one that was committed to.
pub fn check_commit(student: impl Student<Revealed, bool>) -> Verdict {
    let call = kept(of_a_call(3));
    let other = of_a_call(4);
    let (sealed, part, hello) = call.clone();
    let mut exam = Exam::new("handshake/check_commit", wrong::check_commit())
        .case("as it was promised", call.clone())
        .case("another call, as it was promised", kept(other.clone()))
        .case("another DHPart2", (sealed, other.0.clone(), hello.clone()))
        .case("another Hello", (sealed, part.clone(), other.1.clone()))
        .case(
            "a promise of something else",
            ([0; 32], part.clone(), hello.clone()),
        )
        .case(
            "DHPart2 and Hello the wrong way round",
            (hvi(&hello, &part), part.clone(), hello.clone()),
        )
        .case(
            "a promise without the Hello",
            (hvi(&part, b""), part.clone(), hello.clone()),
        )
        .case(
            "a promise without the DHPart2",
            (hvi(b"", &hello), part.clone(), hello.clone()),
        )
        .case(
            "a shorter DHPart2",
            (sealed, part[..part.len() - 4].to_vec(), hello.clone()),
        )
        .case(
            "a longer DHPart2",
            (sealed, [&part[..], &[0; 4]].concat(), hello.clone()),
        );
    for at in 0..32 {
        exam = exam.case(
            "one bit of hvi changed",
            changed(call.clone(), 0, at, (at % 8) as u8),
        );
    }
    // Two bytes that change by the same bit, or change places: a sum over all bytes does not see it, nor one over all
    // words of 8 or 16 bytes. Twice the highest bit is nothing in a sum of the differences, too.
    let mut swapped = sealed;
    swapped.swap(3, 19);
    let mut twice = sealed;
    twice[0] ^= 0x80;
    twice[16] ^= 0x80;
    exam.case("two bytes of hvi changed places", (swapped, part.clone(), hello.clone()))
        .case("the same bit changed in two bytes of hvi", (twice, part, hello))
        .case("the first byte of DHPart2 changed", changed(call.clone(), 1, 0, 0))
        .case("the last bit of DHPart2 changed", changed(call.clone(), 1, 115, 0))
        .case("the last bit of the Hello changed", changed(call.clone(), 2, 111, 0))
        .seeded(12, |random| {
            let honest = kept(drawn(random));
            let (which, at, bit) = (random.below(6) as usize, random.below(1000) as usize, random.below(8) as u8);
            // Half of them are as promised.
            match which {
                0..=2 => changed(honest, which, at, bit),
                _ => honest,
            }
        })
        .judge(
            student,
            |(sealed, part, hello)| {
                format!(
                    "hvi {}, DHPart2 of {} bytes, Hello of {}: go on?",
                    short(sealed),
                    part.len(),
                    hello.len()
                )
            },
            |(sealed, part, hello), got| {
                let wanted = hvi(part, hello) == *sealed;
                if *got == wanted {
                    return Ok(());
                }
                let why = match wanted {
                    true => "this is the DHPart2 that was promised: whoever refuses it makes no calls",
                    false => {
                        "something is not as it was promised: somebody in the path could choose his DHPart2 after \
                         he has seen yours, until the words fit (lesson 10)"
                    }
                };
                Err(Fault::new(wanted.to_string(), why))
            },
        )
}

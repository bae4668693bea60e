//! Lesson 04, two_time_pad and flip: the keystream alone.

use messaging_lab::course::exam::{Exam, Fault};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::Student;
use messaging_lab::crypto::chacha20;
use messaging_lab::ground::randomness::Seeded;

use super::{Key, Nonce, array, legible, short_hex, wrong};

/// `text` xor the keystream from block 1 on.
fn hidden(key: &Key, nonce: &Nonce, text: &[u8]) -> Vec<u8> {
    let mut text = text.to_vec();
    chacha20::xor(key, 1, nonce, &mut text).expect("a short text");
    text
}

/// Two ciphertexts and the first one's text.
pub type TwoTexts = (Vec<u8>, Vec<u8>, Vec<u8>);

/// Two ciphertexts under one nonce, one text -> as much of the other as that gives.
pub fn two_time_pad(student: impl Student<TwoTexts, Vec<u8>>) -> Verdict {
    let pair = |seed: u64, first: &[u8], second: &[u8]| {
        let mut random = Seeded::new(seed);
        let (key, nonce) = (array(&mut random), array(&mut random));
        (
            hidden(&key, &nonce, first),
            hidden(&key, &nonce, second),
            first.to_vec(),
        )
    };
    Exam::new("seal/two_time_pad", wrong::two_time_pad())
        .shows(|got| legible(got))
        .case(
            "texts of one length",
            pair(1, b"the bus leaves at 9", b"the door code: 4711"),
        )
        .case(
            "the unknown text is shorter",
            pair(2, b"the 10:05 to Rome is late", b"I am at the door"),
        )
        .case(
            "the unknown text is longer",
            pair(3, b"on my way", b"the door code is 4711, the key hangs inside"),
        )
        .case("the same text twice", pair(4, b"good night", b"good night"))
        .case("the known text is empty", pair(5, b"", b"hello"))
        .case("the unknown text is empty", pair(6, b"hello", b""))
        .case("more than a block of keystream", {
            let long = [b'a'; 100];
            let other: Vec<u8> = (0..100).map(|at| b'A' + at % 26).collect();
            pair(7, &long, &other)
        })
        .case("more than 255 bytes", {
            let long = [b'a'; 300];
            let other: Vec<u8> = (0..310).map(|at| b'A' + (at % 26) as u8).collect();
            pair(8, &long, &other)
        })
        .case("both texts are empty", pair(9, b"", b""))
        .case(
            "more than 65,535 bytes",
            pair(13, &[b'a'; 70_000], &b"meet at ten ".repeat(5_700)),
        )
        .case(
            "a text with spaces and a line's end around it",
            pair(10, b"the door is open", b"  bring milk \n"),
        )
        .case(
            "a text that is not ASCII",
            pair(11, b"the door is open", "caf\u{e9} at ten".as_bytes()),
        )
        .case(
            "bytes that are no text: the beginning of a photo",
            pair(
                12,
                b"the door is open",
                b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x00\x00",
            ),
        )
        .seeded(30, |random| {
            let lengths = [random.below(80) as usize, random.below(80) as usize];
            let texts = lengths.map(|length| random.bytes(length));
            pair(random.next_u64(), &texts[0], &texts[1])
        })
        .judge(
            student,
            |(first, second, known)| {
                format!(
                    "ciphertexts of {} and {} bytes under one nonce, the first text is {}: the second text?",
                    first.len(),
                    second.len(),
                    legible(known)
                )
            },
            |(first, second, known), got| {
                let wanted: Vec<u8> = (0..first.len().min(second.len()))
                    .map(|at| first[at] ^ second[at] ^ known[at])
                    .collect();
                if *got == wanted {
                    return Ok(());
                }
                let why = if got.len() > wanted.len() {
                    "beyond the known text's end the keystream stays unknown, so nothing more can be computed there"
                } else if got.len() < wanted.len() {
                    "where both ciphertexts and the known text have a byte, the second text's byte can be computed"
                } else {
                    "the onlooker has no key, and needs none: each byte of the known text gives one of the other"
                };
                Err(Fault::new(legible(&wanted), why))
            },
        )
}

/// A ciphertext without a tag, and where its text says "10".
pub type Target = (Vec<u8>, usize);

/// What only the check knows of a target: the ciphertext, its key and nonce, its text.
type Secret = (Vec<u8>, Key, Nonce, Vec<u8>);

/// A ciphertext of `text` whose byte at `at` has, or has not, the bit set in which '1' and '9' differ. The longer ones
/// have a byte 0x31 or 0x39 somewhere else, as if a digit stood there.
fn target(seed: u64, text: &[u8], at: usize, bit_is_set: bool) -> Secret {
    let mut random = Seeded::new(seed);
    let key = array(&mut random);
    loop {
        let nonce = array(&mut random);
        let ciphertext = hidden(&key, &nonce, text);
        let digits = |&byte: &u8| byte == b'1' || byte == b'9';
        let decoy = text.len() < 16 || ciphertext.iter().any(digits) && !digits(&ciphertext[at]);
        if (ciphertext[at] & 8 != 0) == bit_is_set && decoy {
            return (ciphertext, key, nonce, text.to_vec());
        }
    }
}

/// A ciphertext -> one that opens as "90" where "10" stood.
pub fn flip(student: impl Student<Target, Vec<u8>>) -> Verdict {
    let mut secrets = Vec::new();
    let mut exam = Exam::new("seal/flip", wrong::flip()).shows(|got| format!("hex {}", short_hex(got)));
    let far_behind = format!("{}pay 10 euros", "please ".repeat(60));
    let farther_behind = format!("{}pay 10 euros", "please ".repeat(9_500));
    for (name, text, at, bit_is_set) in [
        ("an amount", "pay Carol 10 euros", 10, false),
        ("an amount, another nonce", "pay Carol 10 euros", 10, true),
        ("at the very beginning", "10 euros for Dave", 0, true),
        ("at the very end", "Dave's share is 10", 16, false),
        ("\"10\" stands there twice", "from 10 to 11 pay 10", 18, true),
        ("nothing but \"10\"", "10", 0, false),
        (
            "behind the first block of keystream",
            "the rent, the light, the water and the telephone together make 10 more",
            63,
            true,
        ),
        ("behind more than 255 bytes", &far_behind, 424, false),
        ("behind more than 65,535 bytes", &farther_behind, 66_504, true),
    ] {
        let secret = target(secrets.len() as u64, text.as_bytes(), at, bit_is_set);
        exam = exam.case(name, (secret.0.clone(), at));
        secrets.push(secret);
    }
    let exam = exam.seeded(30, |random| {
        let (before, behind) = (random.below(60) as usize, random.below(60) as usize);
        let letters = |random: &mut Seeded, count| -> Vec<u8> {
            (0..count).map(|_| b'a' + random.below(26) as u8).collect()
        };
        let text = [letters(random, before), b"10".to_vec(), letters(random, behind)].concat();
        let secret = target(random.next_u64(), &text, before, random.below(2) == 1);
        secrets.push(secret.clone());
        (secret.0, before)
    });
    let opened = |ciphertext: &[u8], changed: &[u8]| {
        let secret = secrets.iter().find(|(own, ..)| own == ciphertext);
        let (_, key, nonce, text) = secret.expect("a question of this exam");
        (text.clone(), hidden(key, nonce, changed))
    };
    exam.judge(
        student,
        |(ciphertext, at)| {
            format!(
                "the text under hex {} says 10 at byte {at}: make it say 90",
                short_hex(ciphertext)
            )
        },
        |(ciphertext, at), got| {
            let (text, shown) = opened(ciphertext, got);
            let mut wanted = text.clone();
            wanted[*at] = b'9';
            if shown == wanted {
                return Ok(());
            }
            let why = if shown == text {
                "Bob's phone shows what Alice wrote: nothing was changed".to_string()
            } else {
                format!("Bob's phone now shows {}", legible(&shown))
            };
            Err(Fault::new(
                format!("a ciphertext that opens as {}", legible(&wanted)),
                why,
            ))
        },
    )
}

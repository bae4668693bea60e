//! Lesson 04: what each exercise must show.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use messaging_lab::course::exam::{Exam, Fault, no_answer, same};
use messaging_lab::course::feedback::{Feedback, Outcome, Verdict};
use messaging_lab::course::statement::{Statement, judge_prediction};
use messaging_lab::course::student::{NoAnswer, Student};
use messaging_lab::crypto::sealer::{Flaw, Line, Sealer, Step};
use messaging_lab::crypto::{aead, chacha20};
use messaging_lab::ground::hex::{bytes_to_hex, hex_to_bytes};
use messaging_lab::ground::ledger::{Ledger, Onlooker, Witness};
use messaging_lab::ground::randomness::Seeded;
use messaging_lab::show;

#[path = "../wrong/04.rs"]
pub mod wrong;

/// A key.
pub type Key = [u8; 32];

/// A nonce.
pub type Nonce = [u8; 12];

fn array<const N: usize>(random: &mut Seeded) -> [u8; N] {
    random.bytes(N).try_into().expect("as many as asked for")
}

/// Bytes as a student can read them: in quotes where they are text, in hex where they are not.
fn legible(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) if bytes.iter().all(|byte| matches!(byte, b' '..=b'~')) => format!("{text:?}"),
        _ => format!("hex {}", bytes_to_hex(bytes)),
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// predict: settled by the run

/// Guesses and witnesses.
pub type Prediction = ([Option<bool>; 6], [Option<Witness>; 6]);

fn statements() -> [Statement; 6] {
    let statement = |says, bytes: &[u8], who: &[Onlooker], from, to| Statement {
        says,
        bytes: bytes.to_vec(),
        who: who.to_vec(),
        from,
        to,
    };
    let both: Vec<u8> = b"the 10:05 to Rome is late"
        .iter()
        .zip(b"the door code is 4711")
        .map(|(a, b)| a ^ b)
        .collect();
    let key: Vec<u8> = (0x80..0xa0).collect();
    [
        statement(
            "before Alice seals anything (seconds 0 to 4), Bob's phone shows \"pay Carol 90 euros\"",
            b"pay Carol 90 euros",
            &[Onlooker::BobPhone],
            0,
            4,
        ),
        statement(
            "at some second of the run Bob's phone shows \"pay Dave 90 euros\"",
            b"pay Dave 90 euros",
            &[Onlooker::BobPhone],
            0,
            20,
        ),
        statement(
            "before the relay passes on what Alice sent (up to second 10), Bob's phone shows \"pay Dave 10 euros\"",
            b"pay Dave 10 euros",
            &[Onlooker::BobPhone],
            0,
            10,
        ),
        statement(
            "before the notice is public (up to second 17), the relay holds the xor of two texts that Alice sealed",
            &both,
            &[Onlooker::Relay],
            0,
            17,
        ),
        statement(
            "at some second of the run the relay holds \"the door code is 4711\", which was never sent unsealed",
            b"the door code is 4711",
            &[Onlooker::Relay],
            0,
            20,
        ),
        statement(
            "at some second of the run the relay or the wire holds the key",
            &key,
            &[Onlooker::Relay, Onlooker::Wire],
            0,
            20,
        ),
    ]
}

/// Six statements, each with a guess and a witness.
pub fn predict(mut student: impl Student<(), Prediction>) -> Verdict {
    let (guesses, witnesses) = student
        .answer(&())
        .map_err(|none| no_answer("seal/predict", "the prediction", "what do you predict?", none))?;
    let run = show::scene("seal").expect("this lesson has a scene");
    let statements = statements();
    judge_prediction(
        "seal/predict",
        "seal",
        &run.ledger,
        &statements,
        &guesses,
        &witnesses,
    )
    .map_err(|feedback| match feedback.outcome {
        Outcome::Wrong => name_belief(feedback, &run.ledger, &statements, &(guesses, witnesses)),
        _ => feedback,
    })
}

/// What a prediction says about one statement, as far as it tells beliefs apart: no guess, no witness, nobody, or this
/// onlooker at seconds that the statement speaks of or not, rightly or wrongly.
type Belief = (bool, Option<Option<(Onlooker, bool)>>, bool);

fn belief(ledger: &Ledger, statement: &Statement, at: usize, prediction: &Prediction) -> Belief {
    let witness = prediction.1[at];
    let about = witness.map(|witness| match witness {
        Witness::Nobody => None,
        Witness::Holds(onlooker, second) => {
            Some((onlooker, (statement.from..=statement.to).contains(&second)))
        }
    });
    let settled = witness.is_some_and(|witness| statement.settle(ledger, witness).is_ok());
    (prediction.0[at].is_some(), about, settled)
}

/// Adds the planted prediction that fails at the same statement with the same belief and agrees in most others.
fn name_belief(
    feedback: Feedback,
    ledger: &Ledger,
    statements: &[Statement; 6],
    got: &Prediction,
) -> Feedback {
    let beliefs = |prediction: &Prediction| -> Vec<Belief> {
        let each = statements.iter().enumerate();
        each.map(|(at, statement)| belief(ledger, statement, at, prediction))
            .collect()
    };
    let mine = beliefs(got);
    let Some(stuck) = mine.iter().position(|(guessed, _, settled)| !guessed || !settled) else {
        return feedback;
    };
    let planted = wrong::predict();
    let alike = planted.iter().filter_map(|planted| {
        let theirs = beliefs(&(planted.answer)(()));
        let agreed = mine.iter().zip(&theirs).filter(|(a, b)| a == b).count();
        (theirs[stuck] == mine[stuck]).then_some((agreed, planted))
    });
    // The first of those that agree most.
    match alike.rev().max_by_key(|(agreed, _)| *agreed) {
        Some((_, planted)) => feedback.likely(planted.name, planted.about),
        None => feedback,
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// guess_the_key

/// The known part of a key, how many bits are missing, nonce, header, sealed bytes.
pub type Search = (Key, u32, Nonce, Vec<u8>, Vec<u8>);

/// A key whose last `bits` bits are `guess`, and something sealed under it: what is known of it all.
fn search(seed: u64, bits: u32, guess: u32, header: &[u8], text: &[u8]) -> Search {
    let mut random = Seeded::new(seed);
    let mut known: Key = array(&mut random);
    let tail = u32::from_be_bytes(known[28..].try_into().expect("four bytes"));
    let tail = tail >> bits << bits;
    known[28..].copy_from_slice(&tail.to_be_bytes());
    let mut key = known;
    key[28..].copy_from_slice(&(tail | guess).to_be_bytes());
    let nonce = array(&mut random);
    let sealed = aead::seal(&key, &nonce, header, text).expect("a short text");
    (known, bits, nonce, header.to_vec(), sealed)
}

/// Trying all keys: how long it may take on a slow machine.
const SEARCH_LIMIT: Duration = Duration::from_secs(30);

/// What is known of a key -> the key, if one opens the message.
pub fn guess_the_key(student: impl Student<Search, Option<Key>>) -> Verdict {
    let to_bob = |seed, bits, guess| search(seed, bits, guess, b"Alice to Bob", b"meet at ten");
    let mut changed = to_bob(6, 8, 77);
    changed.4[3] ^= 1;
    let mut readdressed = to_bob(7, 8, 99);
    readdressed.3 = b"Carol to Bob".to_vec();
    Exam::new("seal/guess_the_key", wrong::guess_the_key())
        .limit(SEARCH_LIMIT)
        .shows(|got| match got {
            Some(key) => format!("the key {}", bytes_to_hex(key)),
            None => "None".to_string(),
        })
        .case("three unknown bits", to_bob(1, 3, 5))
        .case("the first key is it", to_bob(2, 8, 0))
        .case("the last key is it", to_bob(3, 8, 255))
        .case("twelve unknown bits", to_bob(4, 12, 0xabc))
        .case("nothing is unknown", to_bob(5, 0, 0))
        .case("no header", search(8, 8, 200, b"", b"meet at ten"))
        .case("the text is empty", search(9, 6, 41, b"Alice to Bob", b""))
        .case("one byte was changed on the way", changed)
        .case("the header was changed on the way", readdressed)
        .case("sixteen unknown bits", to_bob(10, 16, 0x6b3e))
        .seeded(6, |random| {
            let bits = 4 + random.below(7) as u32;
            let guess = random.below(1 << bits) as u32;
            to_bob(random.next_u64(), bits, guess)
        })
        .case("twenty unknown bits", to_bob(11, 20, 0x7c0de))
        .judge(
            student,
            |(_, bits, _, header, sealed)| {
                format!(
                    "{bits} bits of the key are unknown: which key opens {} bytes with header {}?",
                    sealed.len(),
                    legible(header)
                )
            },
            |(known, bits, nonce, header, sealed), got| {
                let opens = |key: &Key| aead::open(key, nonce, header, sealed).is_ok();
                let fits = |key: &Key| {
                    let tail = |key: &Key| u32::from_be_bytes([key[28], key[29], key[30], key[31]]) >> bits;
                    key[..28] == known[..28] && tail(key) == tail(known)
                };
                match got {
                    Some(key) if opens(key) && fits(key) => Ok(()),
                    Some(_) => Err(Fault::new(
                        "a key that opens it, or None if there is none",
                        "this key does not open it, as aead::open would have said: somebody who believes in it reads nothing",
                    )),
                    None => {
                        let there_is_one = (0..1_u32 << bits)
                            .map(|guess| with_tail(known, guess))
                            .find(opens);
                        match there_is_one {
                            None => Ok(()),
                            Some(key) => Err(Fault::new(
                                format!("the key that ends {}", bytes_to_hex(&key[28..])),
                                format!("one of the {} candidates opens it: who tries them all reads the message", 1_u64 << bits),
                            )),
                        }
                    }
                }
            },
        )
}

fn with_tail(known: &Key, guess: u32) -> Key {
    let mut key = *known;
    for (byte, guessed) in key[28..].iter_mut().zip(guess.to_be_bytes()) {
        *byte |= guessed;
    }
    key
}

// ---------------------------------------------------------------------------------------------------------------------
// two_time_pad and flip: the keystream alone

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

/// A ciphertext of `text` whose byte at `at` has, or has not, the bit set in which '1' and '9' differ.
fn target(seed: u64, text: &[u8], at: usize, bit_is_set: bool) -> Secret {
    let mut random = Seeded::new(seed);
    let key = array(&mut random);
    loop {
        let nonce = array(&mut random);
        let ciphertext = hidden(&key, &nonce, text);
        if (ciphertext[at] & 8 != 0) == bit_is_set {
            return (ciphertext, key, nonce, text.to_vec());
        }
    }
}

/// A ciphertext -> one that opens as "90" where "10" stood.
pub fn flip(student: impl Student<Target, Vec<u8>>) -> Verdict {
    let mut secrets = Vec::new();
    let mut exam = Exam::new("seal/flip", wrong::flip()).shows(|got| format!("hex {}", bytes_to_hex(got)));
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
                bytes_to_hex(ciphertext)
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

// ---------------------------------------------------------------------------------------------------------------------
// seal and open

/// Key, nonce, header, and a text or sealed bytes.
pub type Four = (Key, Nonce, Vec<u8>, Vec<u8>);

/// RFC 8439, section 2.8.2: key, nonce, associated data, plaintext.
fn of_the_rfc() -> Four {
    let key = std::array::from_fn(|at| 0x80 + at as u8);
    let nonce = [0x07, 0, 0, 0, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47];
    let header = hex_to_bytes("50515253c0c1c2c3c4c5c6c7").expect("hex");
    let text =
        b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, \
                 sunscreen would be it.";
    (key, nonce, header, text.to_vec())
}

/// The RFC's tag for it.
const TAG_OF_THE_RFC: &str = "1ae10b594f09e26a7e902ecbd0600691";

fn sealed(question: &Four) -> Vec<u8> {
    let (key, nonce, header, text) = question;
    aead::seal(key, nonce, header, text).expect("a short text")
}

fn draw(random: &mut Seeded) -> Four {
    let (header, text) = (random.below(40) as usize, random.below(150) as usize);
    (
        array(random),
        array(random),
        random.bytes(header),
        random.bytes(text),
    )
}

/// (key, nonce, header, text) -> ciphertext and tag.
pub fn seal(student: impl Student<Four, Vec<u8>>) -> Verdict {
    assert!(bytes_to_hex(&sealed(&of_the_rfc())).ends_with(TAG_OF_THE_RFC));
    let with = |header: &[u8], text: &[u8]| ([0x42; 32], [7; 12], header.to_vec(), text.to_vec());
    Exam::new("seal/seal", wrong::seal())
        .shows(|got| format!("{} bytes, hex {}", got.len(), bytes_to_hex(got)))
        .case("a short message", with(b"Alice to Bob", b"meet at ten"))
        .case("the vector of RFC 8439, section 2.8.2", of_the_rfc())
        .case("no header", with(b"", b"meet at ten"))
        .case("no text", with(b"Alice to Bob", b""))
        .case("neither header nor text", with(b"", b""))
        .case(
            "header and text of exactly 16 bytes",
            with(b"from Alice to Bob", b"meet me at ten.."),
        )
        .case(
            "a text of 64 bytes: one block of keystream",
            with(b"h", &[b'x'; 64]),
        )
        .case("a text of 1,100 bytes", with(b"Alice to Bob", &[b'y'; 1100]))
        .case(
            "another nonce",
            (
                [0x42; 32],
                [8; 12],
                b"Alice to Bob".to_vec(),
                b"meet at ten".to_vec(),
            ),
        )
        .case(
            "another key",
            (
                [0x43; 32],
                [7; 12],
                b"Alice to Bob".to_vec(),
                b"meet at ten".to_vec(),
            ),
        )
        .seeded(30, draw)
        .judge(
            student,
            |(_, nonce, header, text)| {
                format!(
                    "seal {} with header {} under nonce {}?",
                    legible(text),
                    legible(header),
                    bytes_to_hex(nonce)
                )
            },
            |question, got| {
                let wanted = sealed(question);
                let length = question.3.len();
                if *got == wanted {
                    return Ok(());
                }
                let why = if got.len() != wanted.len() {
                    format!(
                        "{} bytes came back; {length} of ciphertext and 16 of tag are {}",
                        got.len(),
                        wanted.len()
                    )
                } else if got[..length] != wanted[..length] {
                    "the ciphertext differs: nobody else's phone could open it".to_string()
                } else {
                    "the ciphertext is right, the tag is not: every other phone refuses it".to_string()
                };
                Err(Fault::new(
                    format!(
                        "{length} bytes of ciphertext {}, then the tag {}",
                        bytes_to_hex(&wanted[..length]),
                        bytes_to_hex(&wanted[length..])
                    ),
                    why,
                ))
            },
        )
}

/// The same as it was sealed, with something done to it on the way.
fn tampered(question: &Four, tamper: impl FnOnce(&mut Key, &mut Nonce, &mut Vec<u8>, &mut Vec<u8>)) -> Four {
    let (mut key, mut nonce, mut header, _) = question.clone();
    let mut bytes = sealed(question);
    tamper(&mut key, &mut nonce, &mut header, &mut bytes);
    (key, nonce, header, bytes)
}

/// Turns bits of one byte over, if there is one.
fn flip_in(bytes: &mut [u8], drawn: usize, bits: u8) {
    if let Some(at) = drawn.checked_rem(bytes.len()) {
        bytes[at] ^= bits;
    }
}

/// (key, nonce, header, sealed bytes) -> the text, or a refusal.
pub fn open(student: impl Student<Four, Option<Vec<u8>>>) -> Verdict {
    let with = |header: &[u8], text: &[u8]| ([0x42; 32], [7; 12], header.to_vec(), text.to_vec());
    let message = with(b"Alice to Bob", b"meet at ten");
    let as_it_is = |question: &Four| tampered(question, |_, _, _, _| ());
    let changed = |tamper: &dyn Fn(&mut Vec<u8>)| tampered(&message, |_, _, _, bytes| tamper(bytes));
    Exam::new("seal/open", wrong::open())
        .shows(|got| match got {
            Some(text) => format!("Some of the {} bytes {}", text.len(), legible(text)),
            None => "None".to_string(),
        })
        .case("a message as it was sealed", as_it_is(&message))
        .case("the vector of RFC 8439, section 2.8.2", as_it_is(&of_the_rfc()))
        .case(
            "an empty text as it was sealed",
            as_it_is(&with(b"Alice to Bob", b"")),
        )
        .case(
            "no header, as it was sealed",
            as_it_is(&with(b"", b"meet at ten")),
        )
        .case(
            "one bit of the ciphertext changed",
            changed(&|bytes| bytes[0] ^= 1),
        )
        .case(
            "the first bit of the tag changed",
            changed(&|bytes| bytes[11] ^= 0x80),
        )
        .case(
            "a bit in the middle of the tag changed",
            changed(&|bytes| bytes[19] ^= 1),
        )
        .case(
            "the last bit of the tag changed",
            changed(&|bytes| bytes[26] ^= 1),
        )
        .case("the same bit changed in two bytes of the tag", {
            changed(&|bytes| {
                bytes[12] ^= 4;
                bytes[25] ^= 4;
            })
        })
        .case(
            "the bytes of the tag in reverse order",
            changed(&|bytes| bytes[11..].reverse()),
        )
        .case(
            "another header",
            tampered(&message, |_, _, header, _| *header = b"Carol to Bob".to_vec()),
        )
        .case(
            "no header where there was one",
            tampered(&message, |_, _, header, _| header.clear()),
        )
        .case(
            "another nonce",
            tampered(&message, |_, nonce, _, _| nonce[0] ^= 1),
        )
        .case("another key", tampered(&message, |key, _, _, _| key[31] ^= 1))
        .case(
            "the last byte of the tag cut off",
            changed(&|bytes| bytes.truncate(26)),
        )
        .case("half of the tag cut off", changed(&|bytes| bytes.truncate(19)))
        .case("the whole tag cut off", changed(&|bytes| bytes.truncate(11)))
        .case("a byte added", changed(&|bytes| bytes.push(0)))
        .case("fifteen bytes", changed(&|bytes| bytes.truncate(15)))
        .case("nothing at all", changed(&|bytes| bytes.clear()))
        .case("a tag of zeros", changed(&|bytes| bytes[11..].fill(0)))
        .case(
            "the tag in front of the ciphertext",
            changed(&|bytes| bytes.rotate_right(16)),
        )
        .case("a byte moved from the header into the ciphertext", {
            tampered(&message, |_, _, header, bytes| {
                bytes.insert(0, header.pop().unwrap_or_default());
            })
        })
        .seeded(40, |random| {
            let question = draw(random);
            let choice = random.below(8);
            let bit = 1 << random.below(8);
            let drawn = random.next_u64() as usize;
            tampered(&question, |key, nonce, header, bytes| match choice {
                0 => flip_in(bytes, drawn, bit),
                1 => bytes.truncate(drawn % bytes.len()),
                2 => flip_in(header, drawn, bit),
                3 => flip_in(key, drawn, bit),
                4 => flip_in(nonce, drawn, bit),
                _ => {}
            })
        })
        .judge(
            student,
            |(_, nonce, header, bytes)| {
                format!(
                    "open {} bytes {} with header {} under nonce {}?",
                    bytes.len(),
                    bytes_to_hex(bytes),
                    legible(header),
                    bytes_to_hex(nonce)
                )
            },
            |(key, nonce, header, bytes), got| {
                let wanted = aead::open(key, nonce, header, bytes).ok();
                let why = match (&wanted, got) {
                    (None, Some(_)) => {
                        "the tag does not fit: whoever carries the message could put words into Alice's mouth"
                    }
                    (Some(_), None) => "this one is as Alice sealed it: refusing it loses her message",
                    _ => "the tag fits, so the text is Alice's; but this is not her text",
                };
                same(got, &wanted, why).map_err(|fault| Fault {
                    wanted: match &wanted {
                        Some(text) => format!("Some of the {} bytes {}", text.len(), legible(text)),
                        None => "None, and nothing of the text".to_string(),
                    },
                    ..fault
                })
            },
        )
}

// ---------------------------------------------------------------------------------------------------------------------
// next_nonce: a phone that crashes

/// What is on the disk at first, and the phone's starts: messages to send, and after how many steps it crashes, if it
/// does.
pub type Run = (u64, Vec<(u64, Option<usize>)>);

/// One start of the phone: what was on the disk, what it had to send, its plan, how many steps it came to.
#[derive(Clone, PartialEq)]
pub struct Start {
    saved: u64,
    sends: u64,
    plan: Vec<Step>,
    done: usize,
    /// It gave another plan when it was asked the same again.
    remembers: bool,
}

/// A run as it went.
#[derive(Clone, PartialEq)]
pub struct Trace(Vec<Start>);

/// How many steps of a start are shown.
const SHOWN_STEPS: usize = 8;

impl fmt::Debug for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, start) in self.0.iter().enumerate() {
            let then = if number > 0 { "; then " } else { "" };
            write!(f, "{then}next_nonce({}, {}):", start.saved, start.sends)?;
            for step in start.plan.iter().take(start.done.min(SHOWN_STEPS)) {
                write!(f, " {step:?}")?;
            }
            if start.done > SHOWN_STEPS {
                write!(f, " ...")?;
            }
            if start.remembers {
                write!(f, " two plans for one call")?;
            } else if start.done < start.plan.len() {
                write!(f, " CRASH")?;
            } else if start.plan.is_empty() {
                write!(f, " no steps")?;
            }
        }
        Ok(())
    }
}

/// How many numbers a start may leave unused.
const MAY_SKIP: u64 = 1_000_000;

impl Start {
    /// The highest number that this start may save or send.
    fn highest(&self) -> u64 {
        self.saved + self.sends + MAY_SKIP
    }

    fn out_of_bounds(&self) -> Option<Step> {
        self.plan
            .iter()
            .copied()
            .find(|(Step::Save(number) | Step::Send(number))| *number > self.highest())
    }
}

/// Plays a run: at each start the phone knows what was saved last, and nothing else.
fn play(student: &mut dyn Student<(u64, u64), Vec<Step>>, (saved, starts): &Run) -> Result<Trace, NoAnswer> {
    let mut saved = *saved;
    let mut trace = Vec::new();
    for &(sends, crash) in starts {
        let mut plan = student.answer(&(saved, sends))?;
        // Everything but the saved number is forgotten in a crash. So the plan must not depend on anything else.
        let remembers = student.answer(&(saved, sends))? != plan;
        if remembers {
            plan.clear();
        }
        let done = crash.unwrap_or(plan.len()).min(plan.len());
        let start = Start {
            saved,
            sends,
            plan,
            done,
            remembers,
        };
        for step in &start.plan[..done] {
            if let Step::Save(number) = step {
                saved = *number;
            }
        }
        // Numbers from there on lead nowhere; the run is judged as it stands.
        let lost = remembers || start.out_of_bounds().is_some();
        trace.push(start);
        if lost {
            break;
        }
    }
    Ok(Trace(trace))
}

/// A student as a phone that can crash.
struct Phone<S>(S);

impl<S: Student<(u64, u64), Vec<Step>>> Student<Run, Trace> for Phone<S> {
    fn answer(&mut self, run: &Run) -> Result<Trace, NoAnswer> {
        play(&mut self.0, run)
    }
}

/// No number is sent twice, all messages are sent, and numbers are not thrown away without bound.
fn sound(trace: &Trace) -> Result<(), Fault> {
    for (number, start) in trace.0.iter().enumerate() {
        if start.remembers {
            return Err(Fault::new(
                "one plan for one call, whatever was called before",
                "the second call gave another plan: it depends on what is in memory, and a crash forgets that",
            ));
        }
        let sends = start
            .plan
            .iter()
            .filter(|step| matches!(step, Step::Send(_)))
            .count() as u64;
        if sends != start.sends {
            return Err(Fault::new(
                format!("a plan with {} Send steps at start {}", start.sends, number + 1),
                if sends < start.sends {
                    format!(
                        "the plan has {sends}: a phone that does not send what it should is safe and of no use"
                    )
                } else {
                    format!(
                        "the plan has {sends}, and there is nothing more to send: one message would go out twice"
                    )
                },
            ));
        }
        if let Some(step) = start.out_of_bounds() {
            return Err(Fault::new(
                format!("numbers up to {} at start {}", start.highest(), number + 1),
                format!(
                    "{step:?} leaves more than a million numbers unused; there are 2^64 of them, and then the key is used up"
                ),
            ));
        }
    }
    let mut sent: BTreeMap<u64, usize> = BTreeMap::new();
    for (number, start) in trace.0.iter().enumerate() {
        for step in &start.plan[..start.done] {
            let Step::Send(nonce) = *step else { continue };
            if let Some(before) = sent.insert(nonce, number) {
                return Err(Fault::new(
                    "no number sent twice, wherever the phone crashes",
                    format!(
                        "number {nonce} went out at start {} and again at start {}: who saw both holds the xor of two texts",
                        before + 1,
                        number + 1
                    ),
                ));
            }
        }
    }
    Ok(())
}

/// (what was saved last, messages to send) -> steps, through crashes.
pub fn next_nonce(student: impl Student<(u64, u64), Vec<Step>>) -> Verdict {
    let mut exam = Exam::of_runs("seal/next_nonce", wrong::next_nonce(), play)
        .fixes_the_first()
        .case("no crash", (0, vec![(3, None)]))
        .case(
            "ended and started again, no crash",
            (0, vec![(3, None), (2, None)]),
        )
        .case(
            "nothing to send, then something",
            (5, vec![(0, None), (2, None), (0, None), (2, None)]),
        );
    for steps in 0..=12 {
        exam = exam.case(
            &format!("a crash after {steps} steps"),
            (0, vec![(3, Some(steps)), (3, None)]),
        );
    }
    for first in 0..=6 {
        for second in 0..=6 {
            exam = exam.case(
                &format!("crashes after {first} and {second} steps"),
                (0, vec![(2, Some(first)), (2, Some(second)), (2, None)]),
            );
        }
    }
    let many = 1_000_000_000_000;
    exam.case(
        "a phone with a long past",
        (many, vec![(3, None), (3, Some(3)), (3, None)]),
    )
    .case(
        "many messages",
        (7, vec![(1000, Some(900)), (1000, Some(1500)), (1, None)]),
    )
    .case("twenty crashes in a row", (0, vec![(5, Some(4)); 20]))
    .seeded(40, |random| {
        let starts = 2 + random.below(4);
        let start = |random: &mut Seeded| {
            let sends = random.below(7);
            let crash = random.below(2 * sends + 3) as usize;
            (sends, (random.below(4) > 0).then_some(crash))
        };
        (
            random.below(1 << 40),
            (0..starts).map(|_| start(random)).collect(),
        )
    })
    .judge(
        Phone(student),
        |(saved, starts)| {
            let each = starts.iter().enumerate().map(|(number, (sends, crash))| {
                let then = match crash {
                    Some(0) => ", crash before the first step".to_string(),
                    Some(steps) => format!(", crash after step {steps}"),
                    None => String::new(),
                };
                format!("; start {}: {sends} to send{then}", number + 1)
            });
            format!("the disk says {saved}{}", each.collect::<String>())
        },
        |_, trace| sound(trace),
    )
}

// ---------------------------------------------------------------------------------------------------------------------
// spot_the_flaw: transcripts of sealers

/// One transcript for each sealer.
pub type Transcripts = Vec<Vec<Line>>;

/// What a sealer does under test: seals a few texts, is restarted, and is handed what came and what was changed.
fn transcript(random: &mut Seeded, flaw: Option<Flaw>) -> Vec<Line> {
    let mut sealer = Sealer::new(array(random), flaw);
    let headers: [&[u8]; 3] = [b"Alice to Bob", b"Alice to Carol", b""];
    let messages = 2 + random.below(4) as usize;
    let restart = 1 + random.below(messages as u64 - 1) as usize;
    let mut sent = Vec::new();
    let mut lines = Vec::new();
    for number in 0..messages {
        if number == restart {
            sealer.restart();
        }
        // The first bytes differ, so no text comes twice; one text in four is no longer than that.
        let length = [0, 20, 40, 60][random.below(4) as usize];
        let text = [vec![b'0' + number as u8], random.bytes(length)].concat();
        let header = headers[random.below(3) as usize].to_vec();
        let (nonce, sealed) = sealer.seal(&header, &text).expect("a short text");
        sent.push((nonce, header.clone(), sealed.clone()));
        lines.push(Line::Sealed {
            nonce,
            header,
            text,
            sealed,
        });
    }
    let mut attempts = sent.clone();
    let pick = |random: &mut Seeded| sent[random.below(sent.len() as u64) as usize].clone();
    // A header that nobody used, or one that another of the messages had.
    let mut readdressed = pick(random);
    let others: Vec<&Vec<u8>> = sent
        .iter()
        .map(|(_, header, _)| header)
        .filter(|header| **header != readdressed.1)
        .collect();
    readdressed.1 = match others.first() {
        Some(other) if random.below(2) == 0 => other.to_vec(),
        _ => b"Carol to Bob".to_vec(),
    };
    attempts.push(readdressed);
    // A changed bit of the ciphertext, of the tag, of the nonce: at least one of the three.
    let changes = 1 + random.below(7);
    for change in (0..3).filter(|change| changes >> change & 1 == 1) {
        let mut attempt = pick(random);
        let last = attempt.2.len() - 1;
        match change {
            0 => attempt.2[0] ^= 1 << random.below(8),
            1 => attempt.2[last] ^= 1 << random.below(8),
            _ => attempt.0[11] ^= 0x80,
        }
        attempts.push(attempt);
    }
    // In any order.
    while !attempts.is_empty() {
        let (nonce, header, sealed) = attempts.remove(random.below(attempts.len() as u64) as usize);
        let text = sealer.open(&nonce, &header, &sealed).ok();
        lines.push(Line::Opened {
            nonce,
            header,
            sealed,
            text,
        });
    }
    lines
}

/// The flaw that a transcript shows, and where, in words. Lines count from 1.
fn evidence(lines: &[Line]) -> (Option<Flaw>, String) {
    let mut sent: Vec<(usize, &Nonce, &[u8], &[u8])> = Vec::new();
    let mut found = (
        None,
        "it refuses whatever was changed, and shows whatever was not".to_string(),
    );
    for (at, line) in lines.iter().enumerate() {
        let number = at + 1;
        match line {
            Line::Sealed {
                nonce,
                header,
                text,
                sealed,
            } => {
                if sealed.len() < text.len() + aead::TAG_BYTES {
                    let tag = sealed.len() - text.len();
                    let words = format!(
                        "line {number} seals with {tag} bytes of tag: about 2^{} forgeries, and one passes",
                        8 * tag
                    );
                    return (Some(Flaw::TagCut), words);
                }
                if let Some((before, ..)) = sent.iter().find(|(_, used, ..)| *used == nonce) {
                    let words = format!("lines {before} and {number} seal under one nonce: a two-time pad");
                    return (Some(Flaw::NonceReused), words);
                }
                sent.push((number, nonce, header, sealed));
            }
            Line::Opened { text: None, .. } => {}
            Line::Opened {
                nonce,
                header,
                sealed,
                ..
            } => match sent.iter().find(|(_, n, _, s)| *n == nonce && *s == sealed) {
                None => {
                    let words = format!(
                        "line {number} shows a text for bytes and a nonce that it never sent together"
                    );
                    return (Some(Flaw::TagUnchecked), words);
                }
                Some((_, _, own, _)) if *own != header => {
                    let words = format!(
                        "line {number} opens under header {}, and no changed byte passes",
                        legible(header)
                    );
                    found = (Some(Flaw::HeaderUncovered), words);
                }
                Some(_) => {}
            },
        }
    }
    found
}

/// Transcripts of sealers -> the flaw of each.
pub fn spot_the_flaw(student: impl Student<Transcripts, Vec<Option<Flaw>>>) -> Verdict {
    let transcripts = |random: &mut Seeded, flaws: &[Option<Flaw>]| -> Transcripts {
        let each = flaws.iter().map(|&flaw| {
            let lines = transcript(random, flaw);
            assert_eq!(
                evidence(&lines).0,
                flaw,
                "this transcript does not show its flaw alone"
            );
            lines
        });
        each.collect()
    };
    let any_five = |random: &mut Seeded| -> Vec<Option<Flaw>> {
        let one = |random: &mut Seeded| Flaw::ALL.get(random.below(5) as usize).copied();
        (0..5).map(|_| one(random)).collect()
    };
    let one_of_each: Vec<Option<Flaw>> = Flaw::ALL.into_iter().map(Some).chain([None]).collect();
    let mut exam = Exam::new("seal/spot_the_flaw", wrong::spot_the_flaw())
        .case("one of each", transcripts(&mut Seeded::new(1), &one_of_each))
        .case("five sound sealers", transcripts(&mut Seeded::new(2), &[None; 5]))
        .case("no sealers", vec![]);
    for number in 1..=12 {
        let mut random = Seeded::new(100 + number);
        let flaws = any_five(&mut random);
        exam = exam.case(
            &format!("five sealers, set {number}"),
            transcripts(&mut random, &flaws),
        );
    }
    exam.seeded(20, |random| {
        let flaws = any_five(random);
        transcripts(random, &flaws)
    })
    .judge(
        student,
        |transcripts| {
            let lines: Vec<String> = transcripts.iter().map(|lines| lines.len().to_string()).collect();
            format!(
                "transcripts of {} sealers, lines: {}: which flaw has each?",
                lines.len(),
                lines.join(", ")
            )
        },
        |transcripts, got| {
            let wanted: Vec<_> = transcripts.iter().map(|lines| evidence(lines)).collect();
            if got.len() != wanted.len() {
                return Err(Fault::new(
                    format!("{} answers, one for each sealer", wanted.len()),
                    "None stands for a sound one",
                ));
            }
            match (0..got.len()).find(|&at| got[at] != wanted[at].0) {
                None => Ok(()),
                Some(at) => Err(Fault::new(
                    format!("{:?} for sealer {} of {}", wanted[at].0, at + 1, got.len()),
                    wanted[at].1.clone(),
                )),
            }
        },
    )
}

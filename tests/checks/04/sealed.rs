//! Lesson 04, seal and open: exact to RFC 8439, and nothing opens that was changed.

use messaging_lab::course::exam::{Exam, Fault, same};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::Student;
use messaging_lab::crypto::aead;
use messaging_lab::ground::hex::{bytes_to_hex, hex_to_bytes};
use messaging_lab::ground::randomness::Seeded;

use super::{Key, Nonce, array, legible, short_hex, wrong};

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
        .shows(|got| format!("{} bytes, hex {}", got.len(), short_hex(got)))
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
        .case("a header of 300 bytes", with(&[b'h'; 300], b"meet at ten"))
        .case("a text of 65 bytes", with(b"Alice to Bob", &[b'x'; 65]))
        .case("a text of 70,000 bytes", with(b"Alice to Bob", &[b'z'; 70_000]))
        .case(
            "bytes that are no text",
            with(b"\xff\x00", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"),
        )
        .case(
            "spaces and a line's end around header and text",
            with(b" Alice to Bob ", b"  bring milk \n"),
        )
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
                        short_hex(&wanted[..length]),
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
    let long = with(b"Alice to Bob", &[b'x'; 100]);
    let empty = with(b"Alice to Bob", b"");
    let as_it_is = |question: &Four| tampered(question, |_, _, _, _| ());
    let changed = |tamper: &dyn Fn(&mut Vec<u8>)| tampered(&message, |_, _, _, bytes| tamper(bytes));
    let mut exam = Exam::new("seal/open", wrong::open())
        .shows(|got| match got {
            Some(text) => format!("Some of the {} bytes {}", text.len(), legible(text)),
            None => "None".to_string(),
        })
        .case("a message as it was sealed", as_it_is(&message))
        .case("the vector of RFC 8439, section 2.8.2", as_it_is(&of_the_rfc()))
        .case("an empty text as it was sealed", as_it_is(&empty))
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
        .case(
            "the highest bit changed in two bytes of the tag",
            changed(&|bytes| {
                bytes[13] ^= 0x80;
                bytes[21] ^= 0x80;
            }),
        )
        .case(
            "the highest bit changed in the first byte of both halves of the tag",
            changed(&|bytes| {
                bytes[11] ^= 0x80;
                bytes[19] ^= 0x80;
            }),
        )
        .case(
            "the highest bit changed in the last byte of both halves of the tag",
            changed(&|bytes| {
                bytes[18] ^= 0x80;
                bytes[26] ^= 0x80;
            }),
        )
        .case(
            "the two halves of the tag exchanged",
            changed(&|bytes| bytes[11..].rotate_left(8)),
        )
        .case(
            "every bit of the tag changed",
            changed(&|bytes| bytes[11..].iter_mut().for_each(|byte| *byte ^= 0xff)),
        )
        .case(
            "an empty text, its tag changed",
            tampered(&empty, |_, _, _, bytes| bytes[7] ^= 2),
        )
        .case(
            "an empty text under another header",
            tampered(&empty, |_, _, header, _| *header = b"Carol to Bob".to_vec()),
        )
        .case(
            "a long message without its tag",
            tampered(&long, |_, _, _, bytes| bytes.truncate(100)),
        )
        .case(
            "the last byte of a long ciphertext changed",
            tampered(&long, |_, _, _, bytes| bytes[99] ^= 1),
        )
        .case(
            "the first byte cut off",
            changed(&|bytes| {
                bytes.remove(0);
            }),
        )
        .case(
            "a byte of zero behind the header",
            tampered(&message, |_, _, header, _| header.push(0)),
        )
        .case(
            "the header's last byte changed",
            tampered(&message, |_, _, header, _| header[11] ^= 1),
        )
        .case(
            "the nonce's last byte changed",
            tampered(&message, |_, nonce, _, _| nonce[11] ^= 1),
        )
        .case("the key's first byte changed", {
            tampered(&message, |key, _, _, _| key[0] ^= 1)
        })
        .case(
            "70,000 bytes as they were sealed",
            as_it_is(&with(b"Alice to Bob", &[b'z'; 70_000])),
        )
        .case(
            "a header of 300 bytes, as it was sealed",
            as_it_is(&with(&[b'h'; 300], b"meet at ten")),
        )
        .case(
            "bytes that are no text, as they were sealed",
            as_it_is(&with(b"\xff\x00", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00")),
        );
    for at in 0..aead::TAG_BYTES {
        exam = exam.case(
            &format!("a bit changed in byte {at} of the tag, counted from 0"),
            changed(&|bytes| bytes[11 + at] ^= 1 << (at * 3 % 7)),
        );
    }
    exam = exam
        .case(
            "spaces and a line's end around header and text, as they were sealed",
            as_it_is(&with(b" Alice to Bob ", b"  bring milk \n")),
        )
        .case(
            "the first message once more, as it was sealed",
            as_it_is(&message),
        );
    exam.seeded(40, |random| {
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
                short_hex(bytes),
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

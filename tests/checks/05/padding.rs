//! Lesson 05, `pad` and `unpad`.

use std::fmt;

use messaging_lab::course::exam::{Exam, Fault};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::{NoAnswer, Student};
use messaging_lab::envelope::padding;
use messaging_lab::ground::hex::bytes_to_hex;

use super::sizes::DICTIONARY;
use super::{Played, put, wrong};

/// Bytes as a reader can take them in: the zeros at the end are counted.
fn shape(bytes: &[u8]) -> String {
    let front = bytes
        .iter()
        .rposition(|&byte| byte != 0)
        .map_or(0, |last| last + 1);
    let zeros = bytes.len() - front;
    let shown = match front {
        0..=20 => bytes[..front]
            .iter()
            .map(|byte| format!("{byte:02x} "))
            .collect::<String>(),
        _ => format!(
            "{} .. ({} more) .. {} ",
            bytes_to_hex(&bytes[..4]),
            front - 8,
            bytes_to_hex(&bytes[front - 4..front])
        ),
    };
    match (shown.trim_end(), zeros) {
        ("", 0) => "nothing".to_string(),
        ("", _) => format!("[{zeros} x 00]"),
        (shown, 0) => format!("[{shown}] ({front} bytes)"),
        (shown, _) => format!("[{shown} + {zeros} x 00] ({} bytes)", bytes.len()),
    }
}

/// An answer that is bytes or a refusal, told by its shape.
#[derive(PartialEq)]
pub struct Shaped(Option<Vec<u8>>);

impl fmt::Debug for Shaped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            None => f.write_str("None"),
            Some(bytes) => f.write_str(&shape(bytes)),
        }
    }
}

/// What came of several texts, one after the other.
#[derive(PartialEq)]
pub struct Padded(Vec<Shaped>);

impl Padded {
    fn sizes(&self) -> Vec<usize> {
        let mut sizes = Vec::new();
        for bytes in self.0.iter().flat_map(|padded| &padded.0) {
            put(&mut sizes, bytes.len());
        }
        sizes
    }
}

impl fmt::Debug for Padded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_slice() {
            [one] => one.fmt(f),
            several if several.iter().all(|padded| padded.0.is_none()) => f.write_str("None for all of them"),
            _ => write!(f, "sizes {:?}", self.sizes()),
        }
    }
}

/// Asks for each of these texts.
#[allow(clippy::ptr_arg)] // An exam hands over its question as it is.
fn one_by_one(
    student: &mut dyn Student<Vec<u8>, Option<Vec<u8>>>,
    texts: &Vec<Vec<u8>>,
) -> Result<Padded, NoAnswer> {
    let padded = texts.iter().map(|text| student.answer(text).map(Shaped));
    padded.collect::<Result<_, _>>().map(Padded)
}

/// Asks for this one.
#[allow(clippy::ptr_arg)] // An exam hands over its question as it is.
fn told(student: &mut dyn Student<Vec<u8>, Option<Vec<u8>>>, padded: &Vec<u8>) -> Result<Shaped, NoAnswer> {
    student.answer(padded).map(Shaped)
}

/// A text -> as long as its bucket, or a refusal.
pub fn pad(student: impl Student<Vec<u8>, Option<Vec<u8>>>) -> Verdict {
    let mut exam = Exam::of_runs("relay/pad", wrong::pad(), one_by_one)
        .fixes_the_first()
        .case(
            "the dictionary of guess_by_size",
            DICTIONARY.map(|text| text.as_bytes().to_vec()).to_vec(),
        )
        .case("an empty text", vec![vec![]])
        .case("a text that ends in a zero byte", vec![b"end\0".to_vec()])
        .case("a text that ends in 0x80", vec![vec![1, 0x80]]);
    let edges = padding::BUCKETS
        .into_iter()
        .flat_map(|bucket| [bucket - 1, bucket]);
    let others = [
        15, 16, 62, 65, 129, 191, 192, 1_000, 3_000, 12_345, 50_000, 65_600,
    ];
    for length in edges.chain(others) {
        let name = match length {
            65_536.. => "longer than any bucket",
            _ => "at the edge of a bucket, or near it",
        };
        exam = exam.case(name, vec![vec![0x61; length]]);
    }
    exam.seeded(20, |random| {
        let length = random.below(600) as usize;
        vec![random.bytes(length)]
    })
    .judge(
        Played(student, one_by_one),
        |texts| match texts.as_slice() {
            [text] => format!("pad a text of {} bytes: {}", text.len(), shape(text)),
            texts => format!("pad {} texts of 2 to 34 bytes, one after the other", texts.len()),
        },
        |texts, got| {
            let sizes = got.sizes();
            if texts.len() > 1 && sizes.len() != 1 {
                return Err(Fault::new(
                    "one size for all of them: 64 bytes",
                    format!(
                        "the relay sees {} sizes and tries the dictionary: guess_by_size still works",
                        sizes.len()
                    ),
                ));
            }
            for (text, got) in texts.iter().zip(&got.0) {
                let wanted = Shaped(padding::pad(text).ok());
                if *got == wanted {
                    continue;
                }
                let why = match (&wanted.0, &got.0) {
                    (None, _) => "65,535 bytes are the most that fit beside the 0x80: say so instead of losing text",
                    (Some(_), None) => "it fits into a bucket: a refusal loses Alice's text",
                    (Some(wanted), Some(got)) if wanted.len() != got.len() => {
                        "the relay sees how long it is; every length that is no bucket, or not the smallest one with \
                         room for the 0x80, says something about the text"
                    }
                    _ => "Bob's phone takes off the zeros and then the one 0x80, and must arrive at the text, at \
                          every text",
                };
                let which = match texts.as_slice() {
                    [_] => String::new(),
                    _ => format!(" for {}", shape(text)),
                };
                return Err(Fault::new(format!("{wanted:?}{which}"), why));
            }
            Ok(())
        },
    )
}

/// A padded text -> the text, or a refusal.
pub fn unpad(student: impl Student<Vec<u8>, Option<Vec<u8>>>) -> Verdict {
    let padded = |text: &[u8]| padding::pad(text).unwrap_or_default();
    // A text, its end mark or another byte, and zeros up to a length that may be no bucket.
    let made = |text: &[u8], mark: u8, length: usize| {
        let mut bytes = text.to_vec();
        bytes.push(mark);
        bytes.resize(length, 0);
        bytes
    };
    let behind = |at: usize| {
        let mut bytes = padded(b"yes");
        bytes[at] = 1;
        bytes
    };
    Exam::of_runs("relay/unpad", wrong::unpad(), told)
        .fixes_the_first()
        .case("a short text", padded(b"yes"))
        .case("an empty text", padded(b""))
        .case("a text that ends in a zero byte", padded(b"end\0"))
        .case("a text that ends in 0x80", padded(&[1, 0x80]))
        .case("a text with an 0x80 and a zero in it", padded(&[0x80, 0, 7]))
        .case("a text that fills its bucket", padded(&[0x61; 63]))
        .case("a text one byte longer", padded(&[0x61; 64]))
        .case("a text that is all 0x80", padded(&[0x80; 100]))
        .case("the longest text", padded(&[0x61; 65_535]))
        .case("something behind the 0x80", behind(10))
        .case("something in the last place", behind(63))
        .case("another mark than 0x80", made(b"yes", 0x81, 64))
        .case("a mark of one bit less", made(b"yes", 0x40, 64))
        .case("no mark, and no zeros", vec![0x61; 64])
        .case("zeros and nothing else", vec![0; 64])
        .case("nothing at all", vec![])
        .case("an 0x80 and nothing else", vec![0x80])
        .case("a bucket larger than needed", made(b"yes", 0x80, 128))
        .case("the largest bucket for a short text", made(b"yes", 0x80, 65_536))
        .case(
            "a bucket larger than needed, by one byte",
            made(&[0x61; 63], 0x80, 128),
        )
        .case(
            "another one, by one byte",
            made(&[0x61; 255], 0x80, 512),
        )
        .case("no bucket is as small", made(b"yes", 0x80, 32))
        .case("no bucket is as long", made(b"yes", 0x80, 80))
        .case("a multiple of 64 that is no bucket", made(&[0x61; 130], 0x80, 192))
        .case("a multiple of 64, and no text", made(b"", 0x80, 320))
        .case("a text of many pages", padded(&[0x61; 9_000]))
        .case("a text as long as a bucket", padded(&[0x80; 4_096]))
        .case("zeros in the place of a long text's end", vec![0; 8_192])
        .case(
            "cut off inside its bucket",
            made(&[0x61; 70], 0x80, 127),
        )
        .case(
            "beyond the largest bucket",
            made(&[0x61; 65_536], 0x80, 131_072),
        )
        .seeded(60, |random| {
            let length = random.below(300) as usize;
            let text = random.bytes(length);
            let mut bytes = padding::pad(&text).unwrap_or_default();
            match random.below(6) {
                0 => bytes.push(0),
                1 => bytes[length] ^= 1 << random.below(8),
                2 => drop(bytes.pop()),
                3 => {
                    let at = length + random.below((bytes.len() - length) as u64) as usize;
                    bytes[at] ^= 1 + random.below(255) as u8;
                }
                _ => {}
            }
            bytes
        })
        .judge(
            Played(student, told),
            |bytes| format!("which text is padded as {}?", shape(bytes)),
            |bytes, got| {
                let wanted = Shaped(padding::unpad(bytes).ok().map(<[u8]>::to_vec));
                if *got == wanted {
                    return Ok(());
                }
                let why = match wanted.0 {
                    Some(_) => "this is what the padding of that text looks like: the text is lost or changed",
                    None => {
                        "`pad` makes this of no text. Who accepts more forms than one lets a sender mark messages \
                         unseen, and takes noise for text"
                    }
                };
                Err(Fault::new(format!("{wanted:?}"), why))
            },
        )
}

//! Lesson 03, shred and overwrite: one-time pads, and places on a disk.

use messaging_lab::course::exam::{Exam, Fault, same};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::Student;
use messaging_lab::ground::randomness::Seeded;

use super::{Tidy, as_set, shuffled, wrong};

/// A pad and a body.
pub type PadAndBody = (Vec<u8>, Vec<u8>);

fn sealed((pad, body): &PadAndBody) -> Option<Vec<u8>> {
    let usable = pad.len() >= body.len() && pad.iter().any(|&byte| byte != 0);
    usable.then(|| body.iter().zip(pad).map(|(a, b)| a ^ b).collect())
}

/// A pad and a body -> the body as it goes to disk.
pub fn shred(student: impl Student<PadAndBody, Option<Vec<u8>>>) -> Verdict {
    let pad = |length| Seeded::new(3).bytes(length);
    let text = b"meet at ten".to_vec();
    Exam::new("erasure/shred", wrong::shred())
        .case("a pad of the body's length", (pad(11), text.clone()))
        .case("a pad of 32 bytes, as a slot has them", (pad(32), text.clone()))
        .case("a pad one byte too short", (pad(10), text.clone()))
        .case("no pad at all", (vec![], text.clone()))
        .case("a slot of zeros: its pad was erased", (vec![0; 32], text.clone()))
        .case("zeros, as long as the body", (vec![0; 11], text.clone()))
        .case(
            "a pad with a zero among its bytes",
            (vec![0x5a, 0, 0x17, 0x81], b"yes!".to_vec()),
        )
        .case(
            "a pad that begins with zero",
            (vec![0, 0x17, 0x81, 0x33], b"yes!".to_vec()),
        )
        .case(
            "a pad that ends with zero",
            (vec![0x17, 0x81, 0x33, 0], b"yes!".to_vec()),
        )
        .case(
            "a pad that begins and ends with zero",
            (vec![0, 0x17, 0x81, 0x33, 0], b"maybe".to_vec()),
        )
        .case(
            "a pad that begins with four zeros",
            ([vec![0; 4], vec![0x81; 7]].concat(), text.clone()),
        )
        .case(
            "a pad that is zeros but for one byte",
            ([vec![0; 8], vec![0x81], vec![0; 4]].concat(), text.clone()),
        )
        .case("a pad of four equal bytes", (vec![b'0'; 4], b"yes!".to_vec()))
        .case(
            "a pad whose sum is 512",
            (vec![0x40, 0xc0, 0x20, 0xe0], b"yes!".to_vec()),
        )
        .case(
            "a pad in which every byte comes twice",
            (vec![0x5a, 0x21, 0x5a, 0x21], b"yes!".to_vec()),
        )
        .case("a body of one letter", (vec![0x5a], b"x".to_vec()))
        .case("a body of 300 letters", {
            let no_zeros = (0..310_u32).map(|at| 1 + (at % 255) as u8).collect();
            (no_zeros, vec![b'x'; 300])
        })
        .case("a body of zeros", (pad(8), vec![0; 8]))
        .case("a body that is its own pad", (text.clone(), text))
        .seeded(40, |random| {
            let length = 2 + random.below(24) as usize;
            let body = random.bytes(length);
            let pad = match random.below(6) {
                0 => length - 1 - random.below(2) as usize,
                1 | 2 => length,
                _ => length + random.below(20) as usize,
            };
            // No zero in it, so that its front is never nothing but zeros.
            ((0..pad).map(|_| 1 + random.below(255) as u8).collect(), body)
        })
        .judge(
            student,
            |(pad, body)| {
                format!(
                    "the body b\"{}\" goes to disk under the pad {pad:?}: as what?",
                    body.escape_ascii()
                )
            },
            |question, got| {
                let wanted = sealed(question);
                let (pad, body) = question;
                let why = match (&wanted, got) {
                    (None, _) if pad.iter().all(|&byte| byte == 0) => {
                        "xor with zeros changes nothing: the body would stand on the disk as it is"
                            .to_string()
                    }
                    (None, _) => {
                        "each letter needs a byte of the pad for itself, and this pad does not reach the \
                            last one"
                            .to_string()
                    }
                    (Some(_), None) => {
                        "a good pad was refused: the message would be lost while it is still wanted"
                            .to_string()
                    }
                    (Some(_), Some(got)) if got.len() != body.len() => {
                        "as many bytes go to disk as the body has; what else the pad holds stays in its slot"
                            .to_string()
                    }
                    (Some(_), Some(got)) if got == body => {
                        "the body stands on the disk as it is: erasing the pad erases nothing".to_string()
                    }
                    (Some(_), Some(got)) => {
                        let back: Vec<u8> = got.iter().zip(pad).map(|(a, b)| a ^ b).collect();
                        format!(
                            "the app opens it by xor with the pad, and would read b\"{}\"",
                            back.escape_ascii()
                        )
                    }
                };
                same(got, &wanted, &why)
            },
        )
}

/// A piece of a message: which message, where its pad lies, where its sealed body lies. The second number of each
/// place is the first byte that no longer belongs to it.
pub type Piece = (u32, (usize, usize), (usize, usize));

/// Which message expired, and the layout.
pub type Expired = (u32, Vec<Piece>);

/// Places in a file: (from, to).
pub type Ranges = Vec<(usize, usize)>;

/// Ranges as the bytes they cover: sorted, joined, the empty ones left out. One that runs backwards leaves all as it is.
pub fn joined(mut ranges: Ranges) -> Ranges {
    if ranges.iter().any(|(from, to)| from > to) {
        return ranges;
    }
    ranges.retain(|(from, to)| from < to);
    let mut joined: Ranges = Vec::new();
    for (from, to) in as_set(ranges) {
        match joined.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    joined
}

/// Where the first pad begins: what stands before says what the file is.
const PADS_BEGIN: usize = 64;

/// A disk with the layout's pads and sealed bodies on it, and the letters that each piece stands for.
struct Disk {
    image: Vec<u8>,
    texts: Vec<Vec<u8>>,
}

impl Disk {
    fn new(layout: &[Piece]) -> Self {
        let end = layout.iter().map(|piece| piece.1.1.max(piece.2.1)).max();
        let end = end.unwrap_or(PADS_BEGIN);
        let mut random = Seeded::new(11);
        // No zero anywhere, so that a zero is a byte that was overwritten.
        let mut image: Vec<u8> = (0..end).map(|_| 1 + random.below(255) as u8).collect();
        let texts: Vec<Vec<u8>> = layout
            .iter()
            .map(|&(message, (from, to), _)| {
                let words = format!("text of message {message}; ");
                words.bytes().cycle().take(to - from).collect()
            })
            .collect();
        for (&(_, pad, body), text) in layout.iter().zip(&texts) {
            for at in 0..text.len() {
                image[body.0 + at] = text[at] ^ image[pad.0 + at];
            }
        }
        Disk { image, texts }
    }

    /// What a piece reads as, with the pads of one image and the bodies of another; a dot where the pad is gone.
    fn reads(&self, piece: &Piece, pads: &[u8], bodies: &[u8]) -> Vec<u8> {
        let (_, pad, body) = *piece;
        (pad.0..pad.1)
            .zip(body.0..body.1)
            .map(|(pad, body)| match pads[pad] {
                0 => b'.',
                key => key ^ bodies[body],
            })
            .collect()
    }
}

/// What is wrong with overwriting `ranges`, if anything is.
fn overwritten((expired, layout): &Expired, ranges: &Ranges) -> Result<(), Fault> {
    let disk = Disk::new(layout);
    let mut after = disk.image.clone();
    for &(from, to) in ranges {
        let bytes = (from <= to).then(|| after.get_mut(from..to)).flatten();
        let Some(bytes) = bytes else {
            let end = disk.image.len();
            let wanted = format!("ranges (from, to) with from <= to <= {end}");
            let why = match from > to {
                true => format!(
                    "({from}, {to}) runs backwards: the second number is where it ends, not its length, nor the first"
                ),
                false => format!("({from}, {to}) reaches beyond the disk, which ends at {end}"),
            };
            return Err(Fault::new(wanted, why));
        };
        bytes.fill(0);
    }
    let wanted =
        format!("zeros over the pad of message {expired}, all of it, and over nothing of the others");
    for (piece, text) in layout.iter().zip(&disk.texts) {
        if piece.0 == *expired {
            // Bodies lie where overwriting leaves the old page: a reader of the chip has them as they were.
            let read = disk.reads(piece, &after, &disk.image);
            if read.iter().any(|&letter| letter != b'.') {
                let body_only = read == *text && after[piece.2.0..piece.2.1].iter().all(|&byte| byte == 0);
                let lead = if body_only {
                    "the old flash page still has the sealed body, and the pad is untouched: a reader of \
                        the chip reads"
                } else {
                    "a reader of the chip still reads"
                };
                return Err(Fault::new(wanted, format!("{lead} b\"{}\"", read.escape_ascii())));
            }
        } else {
            let read = disk.reads(piece, &after, &after);
            if read != *text {
                let why = format!(
                    "message {} did not expire, and its owner now reads b\"{}\"",
                    piece.0,
                    read.escape_ascii()
                );
                return Err(Fault::new(wanted, why));
            }
        }
    }
    if after[..PADS_BEGIN] != disk.image[..PADS_BEGIN] {
        let why = "the first 64 bytes say what the file is: without them the app does not open any message";
        return Err(Fault::new(wanted, why));
    }
    Ok(())
}

fn draw_layout(random: &mut Seeded) -> Expired {
    let count = 1 + random.below(5);
    let mut messages: Vec<u32> = Vec::new();
    while messages.len() < count as usize {
        let message = random.below(40) as u32;
        if !messages.contains(&message) {
            messages.push(message);
        }
    }
    let pieces: Vec<(u32, usize)> = (0..count + random.below(4))
        .map(|at| {
            let message = messages.get(at as usize).or(messages.first());
            (message.copied().unwrap_or(0), 1 + random.below(20) as usize)
        })
        .collect();
    let order = shuffled(random, pieces.len());
    let mut layout: Vec<Piece> = Vec::new();
    let mut pad = PADS_BEGIN;
    for &at in &order {
        let (message, length) = pieces[at];
        layout.push((message, (pad, pad + length), (0, length)));
        pad += length;
    }
    // The bodies behind the pads, in another order.
    let mut body = pad;
    for at in shuffled(random, layout.len()) {
        let length = layout[at].2.1;
        layout[at].2 = (body, body + length);
        body += length;
    }
    let listed = shuffled(random, layout.len())
        .into_iter()
        .map(|at| layout[at])
        .collect();
    let expired = match random.below(8) {
        0 => 41,
        drawn => messages[(drawn % count) as usize],
    };
    (expired, listed)
}

/// Which message expired, and where everything lies -> what to overwrite with zeros.
pub fn overwrite(student: impl Student<Expired, Ranges>) -> Verdict {
    // Three messages: 7, 8 and 9, pads from 64 on, bodies from 97 on. 8 is in the middle.
    let three = || {
        vec![
            (7, (64, 75), (97, 108)),
            (8, (75, 86), (108, 119)),
            (9, (86, 97), (119, 130)),
        ]
    };
    // Message 8 is in two pieces, with one of 7 between their pads; the list is in no order.
    let pieces = || {
        vec![
            (8, (84, 89), (99, 104)),
            (7, (74, 84), (89, 99)),
            (8, (64, 74), (104, 114)),
        ]
    };
    Exam::new("erasure/overwrite", wrong::overwrite())
        .shows(|ranges| format!("{ranges:?} (sorted, joined where they touch, without empty ones)"))
        .case("the message in the middle", (8, three()))
        .case("the first message", (7, three()))
        .case("the last message", (9, three()))
        .case("a message in two pieces", (8, pieces()))
        .case("the other message between those pieces", (7, pieces()))
        .case("a message that is not in the layout", (3, three()))
        .case(
            "a message number that is also a place in the list",
            (1, {
                vec![
                    (2, (64, 70), (82, 88)),
                    (0, (70, 76), (88, 94)),
                    (1, (76, 82), (94, 100)),
                ]
            }),
        )
        .case("an empty layout", (1, vec![]))
        .case(
            "pads with free room between them",
            (5, { vec![(4, (64, 68), (128, 132)), (5, (96, 100), (132, 136))] }),
        )
        .case(
            "a message in four pieces",
            (8, {
                vec![
                    (8, (64, 70), (95, 101)),
                    (8, (74, 80), (101, 107)),
                    (7, (70, 74), (107, 111)),
                    (8, (80, 91), (111, 122)),
                    (8, (91, 95), (122, 126)),
                ]
            }),
        )
        .case("a long pad", (5, vec![(5, (64, 364), (364, 664))]))
        .case(
            "pads behind the sealed bodies",
            (8, { vec![(7, (80, 86), (64, 70)), (8, (86, 96), (70, 80))] }),
        )
        .case(
            "the message with the number 0",
            (0, { vec![(1, (64, 70), (76, 82)), (0, (70, 76), (82, 88))] }),
        )
        .case(
            "large numbers",
            (65_543, {
                vec![
                    (7, (64, 70), (82, 88)),
                    (65_543, (70, 76), (88, 94)),
                    (263, (76, 82), (94, 100)),
                ]
            }),
        )
        .seeded(40, draw_layout)
        .judge(
            Tidy(student, joined),
            |(expired, layout)| {
                format!("message {expired} expired; (message, pad, body) are {layout:?}: zeros over what?")
            },
            overwritten,
        )
}

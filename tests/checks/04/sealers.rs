//! Lesson 04, spot_the_flaw: transcripts of sealers under test.

use messaging_lab::course::exam::{Exam, Fault};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::Student;
use messaging_lab::crypto::sealer::{Flaw, Line, counter_nonce};
use messaging_lab::crypto::{aead, chacha20};
use messaging_lab::ground::randomness::Seeded;

use super::{Key, Nonce, array, legible, wrong};

/// One transcript for each sealer.
pub type Transcripts = Vec<Vec<Line>>;

/// A sealer under test. Unlike [`messaging_lab::crypto::sealer::Sealer`] it may choose its nonces in other ways than by
/// counting from 0, and cut its tags to other lengths.
struct Tested {
    key: Key,
    flaw: Option<Flaw>,
    /// How many bytes of tag it sends.
    tag_bytes: usize,
}

impl Tested {
    fn new(random: &mut Seeded, flaw: Option<Flaw>) -> Self {
        let tag_bytes = match flaw {
            // Never so few that a forgery might pass by chance.
            Some(Flaw::TagCut) => [4, 8, 12, 15][random.below(4) as usize],
            _ => aead::TAG_BYTES,
        };
        Tested {
            key: array(random),
            flaw,
            tag_bytes,
        }
    }

    fn seal(&self, nonce: &Nonce, header: &[u8], text: &[u8]) -> Vec<u8> {
        let covered = match self.flaw {
            Some(Flaw::HeaderUncovered) => &[],
            _ => header,
        };
        let mut sealed = aead::seal(&self.key, nonce, covered, text).expect("a short text");
        sealed.truncate(text.len() + self.tag_bytes);
        sealed
    }

    fn open(&self, nonce: &Nonce, header: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let length = sealed.len().checked_sub(self.tag_bytes)?;
        let mut text = sealed[..length].to_vec();
        chacha20::xor(&self.key, 1, nonce, &mut text).ok()?;
        let fits = self.flaw == Some(Flaw::TagUnchecked) || self.seal(nonce, header, &text) == sealed;
        fits.then_some(text)
    }
}

/// The nonces of so many messages, each different: counted from 0 or from elsewhere, up or down; drawn; the same but for
/// one byte; or the same bytes in another order.
fn nonces(random: &mut Seeded, messages: usize) -> Vec<Nonce> {
    let first = random.next_u64() >> 8;
    let (drawn, place): (Nonce, usize) = (array(random), random.below(12) as usize);
    let counting = random.below(8);
    (0..messages as u64)
        .map(|number| match counting {
            0 => counter_nonce(first + number),
            1 => counter_nonce(first - number),
            2 => array(random),
            3 | 4 => {
                let mut nonce = drawn;
                nonce[place] = nonce[place].wrapping_add(number as u8);
                nonce
            }
            5 => {
                let mut nonce = drawn;
                nonce.rotate_left(number as usize);
                nonce
            }
            _ => counter_nonce(number),
        })
        .collect()
}

/// What a sealer is handed to open: nonce, header, sealed bytes.
type Attempt = (Nonce, Vec<u8>, Vec<u8>);

/// What a sealer does under test: seals a few texts, and is handed what came and what was changed.
fn transcript(random: &mut Seeded, flaw: Option<Flaw>) -> Vec<Line> {
    let sealer = Tested::new(random, flaw);
    let headers: [&[u8]; 3] = [b"Alice to Bob", b"Alice to Carol", b""];
    let messages = 2 + random.below(4) as usize;
    let mut nonces = nonces(random, messages);
    if flaw == Some(Flaw::NonceReused) {
        let again = 1 + random.below(messages as u64 - 1) as usize;
        if random.below(2) == 0 {
            // Restarted: it begins anew with the nonces that it began with.
            (again..messages).for_each(|number| nonces[number] = nonces[number - again]);
        } else {
            nonces[again] = nonces[random.below(again as u64) as usize];
        }
    }
    let mut sent: Vec<(usize, Attempt)> = Vec::new();
    let mut sealed_lines = Vec::new();
    for (number, nonce) in nonces.into_iter().enumerate() {
        // The first bytes differ, so no text comes twice; one text in four is no longer than that.
        let length = [0, 20, 40, 60][random.below(4) as usize];
        let text = [vec![b'0' + number as u8], random.bytes(length)].concat();
        let header = headers[random.below(3) as usize].to_vec();
        let sealed = sealer.seal(&nonce, &header, &text);
        sent.push((number, (nonce, header.clone(), sealed.clone())));
        sealed_lines.push(Line::Sealed {
            nonce,
            header,
            text,
            sealed,
        });
    }
    let mut attempts = sent.clone();
    let pick = |random: &mut Seeded| sent[random.below(sent.len() as u64) as usize].clone();
    if random.below(3) == 0 {
        // A message that is delivered twice.
        attempts.push(pick(random));
    }
    // A header that nobody used, its own with a byte changed, or one that another of the messages had.
    let mut readdressed = pick(random);
    let others: Vec<&Vec<u8>> = sent
        .iter()
        .map(|(_, (_, header, _))| header)
        .filter(|header| **header != readdressed.1.1)
        .collect();
    readdressed.1.1 = match (random.below(4), others.first(), readdressed.1.1.len()) {
        (0 | 1, Some(other), _) => other.to_vec(),
        (2, _, 1..) => {
            let mut changed = readdressed.1.1;
            let at = random.below(changed.len() as u64) as usize;
            changed[at] ^= 1;
            changed
        }
        _ => b"Carol to Bob".to_vec(),
    };
    attempts.push(readdressed);
    // A changed byte of the ciphertext, of the tag; another nonce, or that of another message; something cut off: at
    // least one of them.
    let changes = match random.below(2) {
        0 => 1 << random.below(5),
        _ => 1 + random.below(31),
    };
    for change in (0..5).filter(|change| changes >> change & 1 == 1) {
        let (mut from, mut attempt) = pick(random);
        let hidden = attempt.2.len() - sealer.tag_bytes;
        match change {
            0 => attempt.2[random.below(hidden as u64) as usize] ^= 1 << random.below(8),
            1 => attempt.2[hidden + random.below(sealer.tag_bytes as u64) as usize] ^= 1 << random.below(8),
            2 => attempt.0[random.below(12) as usize] ^= 1 << random.below(8),
            3 => match sent.iter().find(|(_, (nonce, ..))| *nonce != attempt.0) {
                Some((number, (other, ..))) => {
                    attempt.0 = *other;
                    from = from.max(*number);
                }
                None => attempt.0[11] ^= 0x40,
            },
            _ => {
                attempt.2.pop();
            }
        }
        attempts.push((from, attempt));
    }
    // In any order: all at the end, or each somewhere behind the messages that it was made of.
    let at_the_end = random.below(2) == 0;
    let mut when: Vec<(usize, u64, Attempt)> = attempts
        .into_iter()
        .map(|(from, attempt)| {
            let behind = match at_the_end {
                true => messages - 1,
                false => from + random.below((messages - from) as u64) as usize,
            };
            (behind, random.next_u64(), attempt)
        })
        .collect();
    when.sort();
    let mut lines = Vec::new();
    for (number, line) in sealed_lines.into_iter().enumerate() {
        lines.push(line);
        for (_, _, (nonce, header, sealed)) in when.iter().filter(|(behind, ..)| *behind == number) {
            lines.push(Line::Opened {
                nonce: *nonce,
                header: header.clone(),
                sealed: sealed.clone(),
                text: sealer.open(nonce, header, sealed),
            });
        }
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
    for (number, flaw) in one_of_each.iter().enumerate() {
        exam = exam.case(
            &format!("one sealer, number {}", number + 1),
            transcripts(&mut Seeded::new(50 + number as u64), &[*flaw]),
        );
    }
    exam = exam.case("twelve sealers", {
        let mut random = Seeded::new(3);
        let flaws: Vec<_> = [any_five(&mut random), any_five(&mut random), vec![None; 2]].concat();
        transcripts(&mut random, &flaws)
    });
    for (number, flaw) in one_of_each.iter().enumerate() {
        exam = exam.case(
            &format!("fifteen sealers of one kind, number {}", number + 1),
            transcripts(&mut Seeded::new(60 + number as u64), &[*flaw; 15]),
        );
    }
    for number in 1..=24 {
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

//! Lesson 04, spot_the_flaw: transcripts of sealers under test.

use messaging_lab::course::exam::{Exam, Fault};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::Student;
use messaging_lab::crypto::aead;
use messaging_lab::crypto::sealer::{Flaw, Line, Sealer};
use messaging_lab::ground::randomness::Seeded;

use super::{Nonce, array, legible, wrong};

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

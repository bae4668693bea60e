//! Lesson 03, shred and overwrite: planted wrong answers.

use messaging_lab::course::student::Planted;

use super::super::{Expired, PadAndBody, Piece, Ranges, joined};
use super::xored;

/// Whether the pad can be used: long enough, and not erased.
fn usable((pad, body): &PadAndBody) -> bool {
    pad.len() >= body.len() && pad.iter().any(|&byte| byte != 0)
}

pub fn shred() -> Vec<Planted<PadAndBody, Option<Vec<u8>>>> {
    vec![
        Planted {
            name: "plain",
            about: "the body goes to disk as it is",
            answer: |question| usable(&question).then_some(question.1),
        },
        Planted {
            name: "the-pad-itself",
            about: "that is the pad",
            answer: |question| usable(&question).then_some(question.0),
        },
        Planted {
            name: "added",
            about: "the bytes were added; the app opens with xor",
            answer: |question| {
                let (pad, body) = &question;
                let sum = body.iter().zip(pad).map(|(a, b)| a.wrapping_add(*b)).collect();
                usable(&question).then_some(sum)
            },
        },
        Planted {
            name: "or",
            about: "that is OR (`|`): it cannot be undone",
            answer: |question| {
                let (pad, body) = &question;
                usable(&question).then(|| body.iter().zip(pad).map(|(a, b)| a | b).collect())
            },
        },
        Planted {
            name: "cut-short",
            about: "the body was cut to the pad's length in silence: the rest of the message is lost",
            answer: |(pad, body)| pad.iter().any(|&byte| byte != 0).then(|| xored(&pad, &body)),
        },
        Planted {
            name: "repeated",
            about: "a short pad was used again from its beginning; lesson 04 reads messages that were \
                sealed so",
            answer: |(pad, body)| {
                let again: Vec<u8> = pad.iter().copied().cycle().take(body.len()).collect();
                pad.iter().any(|&byte| byte != 0).then(|| xored(&again, &body))
            },
        },
        Planted {
            name: "rest-in-plain",
            about: "the letters behind the pad's end went to disk as they are",
            answer: |(pad, body)| {
                let byte = |at: usize| *pad.get(at).unwrap_or(&0);
                let erased = !pad.is_empty() && pad.iter().all(|&byte| byte == 0);
                (!erased).then(|| (0..body.len()).map(|at| body[at] ^ byte(at)).collect())
            },
        },
        Planted {
            name: "whole-slot",
            about: "the rest of a longer pad was written behind the body: what belongs into the slot went \
                to disk",
            answer: |question| {
                let (pad, body) = &question;
                let byte = |at: usize| *body.get(at).unwrap_or(&0);
                usable(&question).then(|| (0..pad.len()).map(|at| pad[at] ^ byte(at)).collect())
            },
        },
        Planted {
            name: "same-length-only",
            about: "a longer pad was refused: its front is enough",
            answer: |question| {
                (usable(&question) && question.0.len() == question.1.len())
                    .then(|| xored(&question.0, &question.1))
            },
        },
        Planted {
            name: "longer-only",
            about: "a pad of the body's own length was refused: it is just long enough",
            answer: |question| {
                (usable(&question) && question.0.len() > question.1.len())
                    .then(|| xored(&question.0, &question.1))
            },
        },
        Planted {
            name: "from-the-back",
            about: "the end of a longer pad was used; the app opens with its front",
            answer: |question| {
                let (pad, body) = &question;
                usable(&question).then(|| xored(&pad[pad.len() - body.len()..], body))
            },
        },
        Planted {
            name: "zeros-accepted",
            about: "a pad of zeros was used: that slot was erased, and xor with zeros changes nothing",
            answer: |(pad, body)| (pad.len() >= body.len()).then(|| xored(&pad, &body)),
        },
        Planted {
            name: "no-zero-allowed",
            about: "a pad was refused for one zero among its bytes: one random byte in 256 is zero",
            answer: |question| {
                (usable(&question) && !question.0.contains(&0)).then(|| xored(&question.0, &question.1))
            },
        },
        Planted {
            name: "first-byte-decides",
            about: "a pad was refused for a zero in front, or some in a row: an erased slot is nothing but zeros",
            answer: |question| {
                (usable(&question) && question.0[0] != 0).then(|| xored(&question.0, &question.1))
            },
        },
        Planted {
            name: "last-byte-decides",
            about: "a pad was refused because its last byte is zero: an erased slot is nothing but zeros",
            answer: |question| {
                (usable(&question) && question.0.last() != Some(&0)).then(|| xored(&question.0, &question.1))
            },
        },
        Planted {
            name: "both-ends-decide",
            about: "a pad was refused because it begins and ends with zero: an erased slot is nothing but zeros",
            answer: |question| {
                let pad = &question.0;
                let ends = pad.first() == Some(&0) && pad.last() == Some(&0);
                (usable(&question) && !ends).then(|| xored(pad, &question.1))
            },
        },
        Planted {
            name: "mostly-zeros-refused",
            about: "a pad was refused for its many zeros, and not all of it is zeros: only then it was erased",
            answer: |question| {
                let pad = &question.0;
                let zeros = pad.iter().filter(|&&byte| byte == 0).count();
                (usable(&question) && 2 * zeros <= pad.len()).then(|| xored(pad, &question.1))
            },
        },
        Planted {
            name: "all-alike-refused",
            about: "a pad was refused as its bytes are all the same, or digits `0`: only the number 0 means erased",
            answer: |question| {
                let pad = &question.0;
                let alike = pad.len() > 1 && pad.iter().all(|byte| *byte == pad[0]);
                (usable(&question) && !alike).then(|| xored(pad, &question.1))
            },
        },
        Planted {
            name: "sum-wraps-to-zero",
            about: "the pad's bytes were added up in a `u8`: that sum can be 0 though no byte is",
            answer: |question| {
                let pad = &question.0;
                let sum = pad.iter().fold(0_u8, |sum, byte| sum.wrapping_add(*byte));
                (usable(&question) && sum != 0).then(|| xored(pad, &question.1))
            },
        },
        Planted {
            name: "xor-is-zero",
            about: "the pad's bytes were xored together: that can be 0 though no byte is",
            answer: |question| {
                let pad = &question.0;
                let xor = pad.iter().fold(0, |xor, byte| xor ^ byte);
                (usable(&question) && xor != 0).then(|| xored(pad, &question.1))
            },
        },
        Planted {
            name: "long-is-refused",
            about: "a long pad or a long body was refused: there is no longest one",
            answer: |question| {
                (usable(&question) && question.0.len() <= 255).then(|| xored(&question.0, &question.1))
            },
        },
        Planted {
            name: "a-slot-at-most",
            about: "the body was cut to 32 bytes: a pad is as long as the body, however long that is",
            answer: |question| {
                let short = question.1.len().min(32);
                usable(&question).then(|| xored(&question.0, &question.1[..short]))
            },
        },
        Planted {
            name: "zero-result-refused",
            about: "nothing but zeros came out and was refused: only the pad says whether a slot was erased",
            answer: |question| {
                let sealed = xored(&question.0, &question.1);
                (usable(&question) && sealed.iter().any(|&byte| byte != 0)).then_some(sealed)
            },
        },
        Planted {
            name: "zero-body-refused",
            about: "a body of zeros is a body: it is the pad that must not be zeros",
            answer: |question| {
                let good = usable(&question) && question.1.iter().any(|&byte| byte != 0);
                good.then(|| xored(&question.0, &question.1))
            },
        },
        Planted {
            name: "refuses-all",
            about: "everything is refused, or almost everything",
            answer: |_| None,
        },
        Planted {
            name: "always-empty",
            about: "nothing goes to disk",
            answer: |_| Some(Vec::new()),
        },
    ]
}

/// The pads of the pieces that `counts`.
fn pads(layout: &[Piece], counts: &dyn Fn(u32) -> bool) -> Ranges {
    places(layout, counts, |piece| piece.1)
}

/// One place of each piece that `counts`.
fn places(layout: &[Piece], counts: &dyn Fn(u32) -> bool, place: fn(&Piece) -> (usize, usize)) -> Ranges {
    let mut ranges = Vec::new();
    for piece in layout {
        if counts(piece.0) {
            ranges.push(place(piece));
        }
    }
    joined(ranges)
}

/// One place of each piece of the message that expired.
fn own((expired, layout): &Expired, place: fn(&Piece) -> (usize, usize)) -> Ranges {
    places(layout, &|message| message == *expired, place)
}

pub fn overwrite() -> Vec<Planted<Expired, Ranges>> {
    vec![
        Planted {
            name: "body-only",
            about: "the sealed body was overwritten: on flash its old page stays, and the pad still opens it",
            answer: |question| own(&question, |piece| piece.2),
        },
        Planted {
            name: "every-pad",
            about: "the pads of all messages were overwritten: nobody reads anything any more",
            answer: |(_, layout)| pads(&layout, &|_| true),
        },
        Planted {
            name: "the-others",
            about: "the pads of all other messages were overwritten",
            answer: |(expired, layout)| pads(&layout, &|message| message != expired),
        },
        Planted {
            name: "first-piece",
            about: "a message may lie in several pieces: only the first one in the list was overwritten",
            answer: |(expired, layout)| {
                layout
                    .iter()
                    .find(|piece| piece.0 == expired)
                    .map(|piece| piece.1)
                    .into_iter()
                    .collect()
            },
        },
        Planted {
            name: "last-piece",
            about: "a message may lie in several pieces: only the last one in the list was overwritten",
            answer: |(expired, layout)| {
                layout
                    .iter()
                    .rfind(|piece| piece.0 == expired)
                    .map(|piece| piece.1)
                    .into_iter()
                    .collect()
            },
        },
        Planted {
            name: "two-pieces-at-most",
            about: "a message may lie in any number of pieces: only two of them were overwritten",
            answer: |(expired, layout)| {
                let own = layout.iter().filter(|piece| piece.0 == expired);
                joined(own.take(2).map(|piece| piece.1).collect())
            },
        },
        Planted {
            name: "the-lower-place",
            about: "whichever place comes first on the disk was overwritten: the first place of a piece is its pad, \
                wherever it lies",
            answer: |question| own(&question, |piece| piece.1.min(piece.2)),
        },
        Planted {
            name: "zero-is-none",
            about: "the message with the number 0 was taken for none: 0 is a number like any other",
            answer: |(expired, layout)| pads(&layout, &|message| expired != 0 && message == expired),
        },
        Planted {
            name: "one-byte-of-the-number",
            about: "only the last byte of the message numbers was compared",
            answer: |(expired, layout)| pads(&layout, &|message| message as u8 == expired as u8),
        },
        Planted {
            name: "one-too-many",
            about: "the second number is the first byte that no longer belongs to the pad: the neighbour \
                lost a letter",
            answer: |question| own(&question, |piece| (piece.1.0, piece.1.1 + 1)),
        },
        Planted {
            name: "one-too-few",
            about: "the last byte of the pad is still there, and with it a letter",
            answer: |question| own(&question, |piece| (piece.1.0, piece.1.1 - 1)),
        },
        Planted {
            name: "one-too-soon",
            about: "the first number is the pad's first byte: the byte before it is not its own",
            answer: |question| own(&question, |piece| (piece.1.0 - 1, piece.1.1)),
        },
        Planted {
            name: "first-byte-left",
            about: "the first byte of the pad is still there, and with it a letter",
            answer: |question| own(&question, |piece| (piece.1.0 + 1, piece.1.1)),
        },
        Planted {
            name: "place-and-length",
            about: "the second number of a range is where it ends, not how long it is",
            answer: |question| own(&question, |piece| (piece.1.0, piece.1.1 - piece.1.0)),
        },
        Planted {
            name: "backwards",
            about: "the two numbers changed places: first where it begins, then where it ends",
            answer: |question| own(&question, |piece| (piece.1.1, piece.1.0)),
        },
        Planted {
            name: "place-in-the-list",
            about: "the number was used as a place in the list: messages have numbers of their own",
            answer: |(expired, layout)| {
                layout
                    .get(expired as usize)
                    .map(|piece| piece.1)
                    .into_iter()
                    .collect()
            },
        },
        Planted {
            name: "from-first-to-last",
            about: "everything between the message's first and last pad was overwritten, and others lie \
                there",
            answer: |(expired, layout)| {
                let own = pads(&layout, &|message| message == expired);
                let span = own.first().zip(own.last());
                span.map(|(first, last)| (first.0, last.1)).into_iter().collect()
            },
        },
        Planted {
            name: "nothing",
            about: "nothing is overwritten: that is what an app does that only stops showing a message",
            answer: |_| Vec::new(),
        },
        Planted {
            name: "from-the-first-byte",
            about: "everything up to the pad's end was overwritten, from the file's first byte on",
            answer: |(expired, layout)| {
                let own = pads(&layout, &|message| message == expired);
                own.last().map(|last| (0, last.1)).into_iter().collect()
            },
        },
        Planted {
            name: "the-whole-file",
            about: "the whole file was overwritten",
            answer: |(_, layout)| {
                let end = layout.iter().map(|piece| piece.2.1).max();
                end.map(|end| (0, end)).into_iter().collect()
            },
        },
        Planted {
            name: "without-an-end",
            about: "the largest number there is lies far behind the file's end",
            answer: |_| vec![(0, usize::MAX)],
        },
    ]
}

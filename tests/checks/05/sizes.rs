//! Lesson 05, `guess_by_size`: what the length of an envelope gives away.

use messaging_lab::course::exam::{Exam, Fault};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::{NoAnswer, Student};
use messaging_lab::envelope::hpke::seal_base;
use messaging_lab::envelope::kem::{EphemeralKey, KeyPair};

use super::{Names, Played, wrong};

/// Sizes of envelopes, and the dictionary.
pub type SizeQuestion = (Vec<usize>, Vec<String>);

/// What people often write.
pub const DICTIONARY: [&str; 13] = [
    "yes",
    "no",
    "maybe",
    "on my way",
    "call me back",
    "not today",
    "happy birthday!",
    "where are you?",
    "the results came: all is well",
    "the results came: come in today",
    "good night",
    "ok",
    "start without me, I shall be late!",
];

/// How many bytes the envelope of a text has, by sealing it.
fn envelope_bytes(text: &str, seed: u8) -> usize {
    let bob = KeyPair::derive(&[1; 32]);
    let sealed = seal_base(
        EphemeralKey::derive(&[seed; 32]),
        &bob.public(),
        b"names",
        b"",
        text.as_bytes(),
    );
    sealed.map_or(0, |(enc, sealed)| enc.len() + sealed.len())
}

/// A text in quotes, the beginning of it if it is long.
fn cut(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((at, _)) => format!("{:?}.. ({} bytes)", &text[..at], text.len()),
        None => format!("{text:?}"),
    }
}

/// Asks for the candidates. In which order they stand, and how often, means nothing.
fn candidates(
    student: &mut dyn Student<SizeQuestion, Vec<Vec<String>>>,
    question: &SizeQuestion,
) -> Result<Vec<Names>, NoAnswer> {
    let lists = student.answer(question)?;
    Ok(lists.into_iter().map(|list| list.into_iter().collect()).collect())
}

/// Sizes, a dictionary -> which of its texts each envelope can hold.
pub fn guess_by_size(student: impl Student<SizeQuestion, Vec<Vec<String>>>) -> Verdict {
    let words = |words: &[&str]| -> Vec<String> { words.iter().map(|word| word.to_string()).collect() };
    let sizes = |texts: &[&str]| -> Vec<usize> {
        let numbered = texts.iter().enumerate();
        numbered
            .map(|(number, text)| envelope_bytes(text, number as u8))
            .collect()
    };
    Exam::of_runs("relay/guess_by_size", wrong::guess_by_size(), candidates)
        .case("the worked example", (vec![51], words(&["yes", "no", "and"])))
        .case(
            "an afternoon of Alice's",
            (
                sizes(&["where are you?", "on my way", "ok", "call me back"]),
                words(&DICTIONARY),
            ),
        )
        .case(
            "the same text twice",
            (sizes(&["yes", "yes"]), words(&DICTIONARY)),
        )
        .case(
            "a text that is not in the dictionary",
            (sizes(&["see you at the old mill on Sunday"]), words(&DICTIONARY)),
        )
        .case(
            "something smaller than any envelope",
            (vec![0, 17, 47], words(&["", "no", "yes"])),
        )
        .case("an empty text", (sizes(&["", "a"]), words(&["", "a", "bc"])))
        .case(
            "letters of two bytes",
            (
                sizes(&["ja, sp\u{e4}ter", "ja, morgen"]),
                words(&["ja, sp\u{e4}ter", "ja, morgen", "ja, gewiss!"]),
            ),
        )
        .case(
            "letters of three bytes and of four",
            (
                sizes(&["5 \u{20ac}", "ok \u{1f600}"]),
                words(&["5 \u{20ac}", "5 EU", "1 2 3", "ok \u{1f600}", "ok, ok!"]),
            ),
        )
        .case(
            "a text of several pages",
            (
                sizes(&["a", &"a".repeat(257), &"b".repeat(65_537)]),
                words(&["a", &"a".repeat(257), "b"]),
            ),
        )
        .case("an empty dictionary", (vec![51, 60], vec![]))
        .case("nothing was seen", (vec![], words(&DICTIONARY)))
        .seeded(30, |random| {
            let count = random.below(20) as usize;
            // A text of every length, too: who counts too much or too little finds another one.
            let dictionary: Vec<String> = (0..40)
                .map(|length| "x".repeat(length))
                .chain((0..count).map(|_| {
                    let length = random.below(12) as usize;
                    (0..length)
                        .map(|_| ['a', 'b', '\u{e9}', ' ', '\u{20ac}'][random.below(5) as usize])
                        .collect()
                }))
                .collect();
            let seen = (0..random.below(6))
                .map(|_| 40 + random.below(30) as usize)
                .collect();
            (seen, dictionary)
        })
        .judge(
            Played(student, candidates),
            |(sizes, dictionary)| {
                let texts: Vec<String> = dictionary.iter().map(|text| cut(text)).collect();
                format!("envelopes of {sizes:?} bytes, dictionary [{}]: which texts can they hold?", texts.join(", "))
            },
            |(sizes, dictionary), got| {
                let wanted: Vec<Names> = sizes
                    .iter()
                    .map(|size| {
                        let fit = dictionary.iter().filter(|text| text.len() + 48 == *size);
                        fit.cloned().collect()
                    })
                    .collect();
                if got.len() != wanted.len() {
                    return Err(Fault::new(
                        format!("{} lists, one for each envelope", wanted.len()),
                        "each size is a question of its own",
                    ));
                }
                let Some(at) = (0..wanted.len()).find(|&at| got[at] != wanted[at]) else {
                    return Ok(());
                };
                let why = match sizes[at].checked_sub(48) {
                    None => "no envelope is as small as that: it holds no text of any dictionary".to_string(),
                    Some(length) => format!(
                        "{} bytes are 32 for the fresh key, 16 for the tag and {length} for the text, in UTF-8",
                        sizes[at]
                    ),
                };
                Err(Fault::new(
                    format!("for the envelope of {} bytes: {:?}", sizes[at], wanted[at]),
                    why,
                ))
            },
        )
}

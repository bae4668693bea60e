//! Lesson 12, hear_the_shape: a batch of recordings, and how many of them were recognised.

use messaging_lab::call::audio::Voice;
use messaging_lab::call::frame::OVERHEAD_BYTES;
use messaging_lab::course::exam::{Exam, Fault};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::{NoAnswer, Student};
use messaging_lab::ground::randomness::Seeded;

use super::{Played, encoded, wrong};

/// Sizes of the recorded frames, and the phrases, each with the sizes that it had in another voice.
pub type Shape = (Vec<usize>, Vec<(String, Vec<usize>)>);

/// The list that the lesson's text has.
const PHRASES: [&str; 12] = [
    "see you at noon",
    "call me back later",
    "i am still at home",
    "send me the list",
    "no thank you",
    "yes of course",
    "what time is it",
    "the train is late",
    "good night",
    "happy birthday",
    "come to the office",
    "we need more time",
];

/// Each phrase as often as this in a batch.
const TIMES: usize = 5;

/// Of 60; the text says so. In the fixed batch guessing recognises 5, counting frames or bytes 8, counting pairs of
/// neighbours 26, and the right answers in tests/right from 43 to 60.
const WANTED: usize = 36;

/// Recordings, and what was said in each.
#[derive(Clone)]
struct Batch {
    recordings: Vec<(Shape, &'static str)>,
}

fn draw_voice(random: &mut Seeded) -> Voice {
    Voice {
        pitch: 90 + random.below(60) as u16,
        pace: 75 + random.below(60) as u16,
        seed: random.next_u64(),
    }
}

fn sizes(phrase: &str, voice: &Voice) -> Vec<usize> {
    encoded(phrase, voice)
        .iter()
        .map(|payload| payload.len() + OVERHEAD_BYTES)
        .collect()
}

fn shuffled(random: &mut Seeded) -> Vec<&'static str> {
    let mut order: Vec<&str> = PHRASES.to_vec();
    for at in (1..order.len()).rev() {
        order.swap(at, random.below(at as u64 + 1) as usize);
    }
    order
}

fn draw(random: &mut Seeded) -> Batch {
    let example_voice = draw_voice(random);
    let examples: Vec<(String, Vec<usize>)> = shuffled(random)
        .into_iter()
        .map(|phrase| {
            let voice = Voice {
                seed: random.next_u64(),
                ..example_voice
            };
            (phrase.to_string(), sizes(phrase, &voice))
        })
        .collect();
    let mut recordings = Vec::new();
    for _ in 0..TIMES {
        for phrase in shuffled(random) {
            let recorded = sizes(phrase, &draw_voice(random));
            recordings.push(((recorded, examples.clone()), phrase));
        }
    }
    Batch { recordings }
}

/// What came back for each recording.
fn listen(student: &mut dyn Student<Shape, String>, batch: &Batch) -> Result<Vec<String>, NoAnswer> {
    batch
        .recordings
        .iter()
        .map(|(shape, _)| student.answer(shape))
        .collect()
}

fn recognised(batch: &Batch, heard: &[String]) -> usize {
    let said = batch.recordings.iter().map(|(_, said)| *said);
    said.zip(heard).filter(|(said, heard)| said == heard).count()
}

/// Sizes of frames, and the phrases -> the phrase.
pub fn hear_the_shape(student: impl Student<Shape, String>) -> Verdict {
    Exam::of_runs("frames/hear_the_shape", wrong::hear_the_shape(), listen)
        .case("60 recordings", draw(&mut Seeded::new(2008)))
        .seeded(1, draw)
        .shows(|heard| match heard.first() {
            Some(first) => format!("\"{first}\" for the first recording, and so on"),
            None => "nothing".to_string(),
        })
        .judge(
            Played(student, listen),
            |batch| format!("which phrase is it? {} recordings, {} phrases", batch.recordings.len(), PHRASES.len()),
            |batch, heard| {
                let right = recognised(batch, heard);
                if right >= WANTED {
                    return Ok(());
                }
                if let Some(odd) = heard.iter().find(|heard| !PHRASES.contains(&heard.as_str())) {
                    return Err(Fault::new(
                        format!("one of the phrases in the list, as it is written there; \"{odd}\" is none"),
                        "the tap knows the list, and looks for the nearest",
                    ));
                }
                let all = batch.recordings.len();
                let said = batch.recordings.iter().map(|(_, said)| *said);
                let missed = said.zip(heard).find(|(said, heard)| said != heard);
                let (said, heard) = missed.expect("fewer than all were right");
                Err(Fault::new(
                    format!("{WANTED} of {all} recognised, at least; these are {right}"),
                    format!(
                        "guessing gives about {}; the sizes and their order tell far more, whatever the voice and the \
                         pace. The first one that was missed was \"{said}\", not \"{heard}\"",
                        all / PHRASES.len()
                    ),
                ))
            },
        )
}

//! Lesson 12, replay: what a receiver without a window plays when the answer is sent to it.

use std::cmp::Reverse;
use std::ops::Range;

use messaging_lab::call::audio::Voice;
use messaging_lab::call::frame::{FrameKeys, Header, OVERHEAD_BYTES};
use messaging_lab::call::stream::{Receiver, ReceiverFlaw, Sender, Stream};
use messaging_lab::course::exam::{Exam, Fault};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::{NoAnswer, Student};
use messaging_lab::ground::randomness::Seeded;

use super::{Played, encoded, wrong};

/// The recorded frames in the order of arrival, and which word is wanted, counted from 0.
pub type Recording = (Vec<Vec<u8>>, usize);

/// What can be said in such a call.
const WORDS: [&str; 8] = [
    "yes", "no", "stop", "maybe", "at ten", "tomorrow", "attack", "never",
];

const STREAM: Stream = Stream {
    ssrc: 0xa11ce,
    payload_type: 96,
};

/// Bytes of a frame that carries silence.
const SILENT: usize = OVERHEAD_BYTES + 1;

/// Bytes of the payload of the codec's shortest frame that is not silent.
const QUIETEST: usize = 21;

/// "Between two words at least 25 frames are silent, within a word fewer than 15."
const SHORTEST_BETWEEN: usize = 25;
const LONGEST_INSIDE: usize = 14;

/// The longest run of silent frames.
fn longest_silence(payloads: &[Vec<u8>]) -> Option<Range<usize>> {
    let (mut from, mut longest) = (0, 0..0);
    for (at, payload) in payloads.iter().enumerate() {
        if payload.len() > 1 {
            from = at + 1;
        } else if at + 1 - from > longest.len() {
            longest = from..at + 1;
        }
    }
    (!longest.is_empty()).then_some(longest)
}

/// A call of Alice's, as it was recorded.
#[derive(Clone)]
struct Call {
    seed: u64,
    recording: Recording,
    words: Vec<&'static str>,
    /// The numbers of the wanted word's frames, in order, from its first sound to its last.
    wanted: Vec<u16>,
}

fn keys(seed: u64) -> FrameKeys {
    let mut random = Seeded::new(seed);
    let mut array = [0; 32];
    array.copy_from_slice(&random.bytes(32));
    let mut salt = [0; 12];
    salt.copy_from_slice(&random.bytes(12));
    FrameKeys::new(array, salt)
}

/// `overtaken`: how many frames that come later a frame may let pass. `around`: how many are silent before the first word
/// and behind the last.
fn record(
    seed: u64,
    first_seq: u16,
    words: &[&'static str],
    wanted: usize,
    overtaken: u64,
    around: usize,
) -> Call {
    let mut random = Seeded::new(seed);
    let mut sender = Sender::new(keys(seed), STREAM, first_seq).expect("a sound stream");
    let mut payloads: Vec<(Vec<u8>, bool)> = vec![(vec![0], false); around];
    for (number, word) in words.iter().enumerate() {
        let voice = Voice {
            pitch: 120 + random.below(100) as u16,
            pace: 90 + random.below(20) as u16,
            seed: random.next_u64(),
        };
        let spoken = encoded(word, &voice);
        let sounds = |payload: &Vec<u8>| payload.len() > 1;
        let (begin, end) = (spoken.iter().position(sounds), spoken.iter().rposition(sounds));
        let inside = begin.expect("it sounds")..=end.expect("it sounds");
        let mut said = spoken[inside].to_vec();
        // Where a word has a pause of its own, it is as long as the text allows.
        if let (true, Some(pause)) = (word.contains(' '), longest_silence(&said)) {
            let missing = LONGEST_INSIDE - pause.len().min(LONGEST_INSIDE);
            said.splice(pause.end..pause.end, vec![vec![0]; missing]);
        }
        let longest = longest_silence(&said).map_or(0, |pause| pause.len());
        assert!(
            longest <= LONGEST_INSIDE,
            "\"{word}\" is silent for longer than the text says"
        );
        // It begins and ends softly: what is hardly heard is not silent.
        let last = said.len() - 1;
        for edge in [0, last] {
            said[edge] = vec![0; QUIETEST];
        }
        payloads.extend(said.into_iter().map(|payload| (payload, number == wanted)));
        // And as short as the text allows between the first two.
        let more = if number == 0 { 0 } else { random.below(20) as usize };
        let silent = if number + 1 == words.len() {
            around
        } else {
            SHORTEST_BETWEEN + more
        };
        payloads.extend(vec![(vec![0], false); silent]);
    }
    let mut sent = Vec::new();
    let mut numbers = Vec::new();
    for (at, (payload, is_wanted)) in payloads.iter().enumerate() {
        let frame = sender.protect(160 * at as u32, payload).expect("short enough");
        if *is_wanted {
            numbers.push(first_seq.wrapping_add(at as u16));
        }
        // The first one comes first.
        let late = if at == 0 || overtaken == 0 {
            0
        } else {
            random.below(overtaken + 1)
        };
        // Of two that arrive together the later one is in front: so as many pass as `overtaken` says.
        sent.push(((at as u64 + late, Reverse(at)), frame));
    }
    sent.sort_by_key(|(when, _)| *when);
    let frames = sent.into_iter().map(|(_, frame)| frame).collect();
    Call {
        seed,
        recording: (frames, wanted),
        words: words.to_vec(),
        wanted: numbers,
    }
}

fn draw(random: &mut Seeded) -> Call {
    let mut words = Vec::new();
    for _ in 0..2 + random.below(3) {
        words.push(WORDS[random.below(WORDS.len() as u64) as usize]);
    }
    let first = if random.below(3) == 0 {
        random.next_u64() as u16
    } else {
        65_536_u32.wrapping_sub(1 + random.below(160) as u32) as u16
    };
    let wanted = random.below(words.len() as u64) as usize;
    let around = [0, 5, 30][random.below(3) as usize];
    record(random.next_u64(), first, &words, wanted, random.below(4), around)
}

fn ask(student: &mut dyn Student<Recording, Vec<usize>>, call: &Call) -> Result<Vec<usize>, NoAnswer> {
    student.answer(&call.recording)
}

/// Whether a receiver with a window takes any of these when they are sent after the recording.
fn a_window_lets_through(call: &Call, places: &[usize]) -> bool {
    let (frames, _) = &call.recording;
    let mut sound = Receiver::new(keys(call.seed), STREAM).expect("a sound stream");
    for frame in frames {
        sound.unprotect(frame).expect("recorded as it was sent");
    }
    places
        .iter()
        .any(|&place| sound.unprotect(&frames[place]).is_ok())
}

/// The numbers of the frames that a receiver without a window plays when these are sent after the recording.
fn played(call: &Call, places: &[usize]) -> Result<Vec<(u16, bool)>, Fault> {
    let (frames, _) = &call.recording;
    let open = || Receiver::new(keys(call.seed), STREAM).expect("a sound stream");
    let mut careless = open().with_flaw(ReceiverFlaw::NoReplayWindow);
    for frame in frames {
        careless.unprotect(frame).expect("recorded as it was sent");
    }
    let mut sounds = Vec::new();
    for &place in places {
        let frame = frames.get(place).ok_or_else(|| {
            Fault::new(
                format!(
                    "places in the record, from 0 to {}; {place} is none",
                    frames.len() - 1
                ),
                "a tap can send again only what it has",
            )
        })?;
        if let Ok(received) = careless.unprotect(frame) {
            sounds.push((received.index as u16, received.payload.len() > 1));
        }
    }
    Ok(sounds)
}

/// Places in a few words: runs of neighbours as "from-to".
fn shown(places: &[usize]) -> String {
    let runs: Vec<String> = places
        .chunk_by(|one, next| one + 1 == *next)
        .map(|run| match run {
            [one] => one.to_string(),
            _ => format!("{}-{}", run[0], run[run.len() - 1]),
        })
        .collect();
    format!("{} places: {}", places.len(), runs.join(", "))
}

/// A recording -> the places of the frames to send again.
pub fn replay(mut student: impl Student<Recording, Vec<usize>>) -> Verdict {
    Exam::of_runs("frames/replay", wrong::replay(), ask)
        .shows(|places| shown(places))
        .case("\"yes\" alone", record(1, 0, &["yes"], 0, 0, 5))
        .case("\"no\", then \"yes\"", record(2, 100, &["no", "yes"], 1, 0, 5))
        .case("\"yes\", then \"no\"", record(3, 100, &["yes", "no"], 0, 0, 5))
        .case("\"no\", \"yes\", \"no\"", record(4, 100, &["no", "yes", "no"], 1, 0, 5))
        .case("\"at ten\", with silence inside the word", record(5, 100, &["maybe", "at ten", "yes"], 1, 0, 5))
        .case("frames overtake one another", record(14, 100, &["no", "yes", "stop"], 1, 3, 5))
        .case("the numbers go round in the word", record(7, 65_450, &["no", "tomorrow"], 1, 0, 5))
        .case("they go round, and frames overtake", record(9, 65_455, &["maybe", "attack", "no"], 1, 3, 5))
        .case("the numbers pass 32 768 in the word", record(10, 32_700, &["no", "tomorrow"], 1, 0, 5))
        .case("the same word twice, the second one", record(8, 7, &["yes", "yes"], 1, 0, 5))
        .case("the call begins with the word", record(11, 100, &["yes", "no"], 0, 0, 0))
        .case("the call ends with the word", record(12, 100, &["no", "yes"], 1, 0, 0))
        .case("a long silence comes first", record(13, 100, &["yes", "no"], 0, 0, 30))
        .case("the end of the word overtakes its silence", record(3, 100, &["no", "stop", "yes"], 1, 3, 5))
        .case(
            "a call of more than 256 frames",
            record(15, 100, &["tomorrow", "maybe", "at ten", "never", "attack"], 4, 3, 5),
        )
        .seeded(8, draw)
        .judge(
            Played(&mut student, ask),
            |call| {
                format!(
                    "a recording of {} frames; send which of them, to have word {} said again (the words are {:?})?",
                    call.recording.0.len(),
                    call.recording.1,
                    call.words
                )
            },
            |call, places| {
                let sounds = played(call, places)?;
                let begin = sounds.iter().position(|(_, sounds)| *sounds).unwrap_or(0);
                let end = sounds.iter().rposition(|(_, sounds)| *sounds).map_or(0, |end| end + 1);
                let heard: Vec<u16> = sounds[begin..end].iter().map(|(number, _)| *number).collect();
                if heard == call.wanted {
                    assert!(!a_window_lets_through(call, places), "the kit's window failed");
                    return Ok(());
                }
                let word = call.words[call.recording.1];
                let wanted = format!(
                    "\"{word}\" once more and nothing else: {} frames, from its first sound to its last, in the order in \
                     which Alice's phone sent them",
                    call.wanted.len()
                );
                let inside = |number: &&u16| call.wanted.contains(number);
                let known = heard.iter().filter(inside).count();
                let mut in_order = heard.clone();
                in_order.sort_by_key(|number| number.wrapping_sub(call.wanted[0]) as i16);
                let why = if known == 0 {
                    "nothing of the word is heard".to_string()
                } else if known < heard.len() {
                    format!("{} frames of something else are heard, too", heard.len() - known)
                } else if in_order == call.wanted {
                    "all of the word's frames are played, in another order: it is garbled".to_string()
                } else if known < call.wanted.len() {
                    format!("{} frames of the word are missing", call.wanted.len() - known)
                } else {
                    "some of its frames are played more often than once".to_string()
                };
                Err(Fault::new(wanted, why))
            },
        )?;
    student
        .remark("The same frames were sent to a receiver with a window, too: it refused every one of them.");
    Ok(())
}

/// The size of a silent frame, for the planted answers.
pub fn is_silent(frame: &[u8]) -> bool {
    frame.len() == SILENT
}

/// A frame's number, for the planted answers.
pub fn number_of(frame: &[u8]) -> u16 {
    Header::of(frame).expect("a frame").seq
}

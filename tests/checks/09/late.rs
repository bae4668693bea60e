//! Lesson 09, late_tap: a recording, and both phones after the call.

use messaging_lab::call::flaw::Flaw::{self, KeepsKeys};
use messaging_lab::call::frame::{FrameKeys, Header};
use messaging_lab::call::path::Side;
use messaging_lab::course::exam::{Exam, Fault};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::Student;
use messaging_lab::ground::randomness::Seeded;

use super::{Call, call, wrong};

/// A secret that was found: what it is, and its bytes.
pub type Found = (String, Vec<u8>);

/// The recording, what Alice's phone has, and what Bob's has.
pub type Loot = (Vec<Vec<u8>>, Vec<Found>, Vec<Found>);

/// A question with its answer.
type Case = (Loot, Vec<Vec<u8>>);

/// A thief finds things in no order.
fn shuffled(random: &mut Seeded, mut found: Vec<Found>) -> Vec<Found> {
    for at in (1..found.len()).rev() {
        found.swap(at, random.below(at as u64 + 1) as usize);
    }
    found
}

fn loot(random: &mut Seeded, call: &Call) -> Loot {
    let [alice, bob] = call.memories.clone().map(|found| shuffled(random, found));
    (call.recording.clone(), alice, bob)
}

/// A call in which some sentences are said, by whomever.
fn some_call(random: &mut Seeded, flaws: [Option<Flaw>; 2]) -> Call {
    let sentences = [
        "meet me at ten",
        "yes",
        "no",
        "the blue folder",
        "room 7",
        "bring the report",
        "",
    ];
    let mut said = vec![
        (Side::Alice, b"is that you?".to_vec()),
        (Side::Bob, b"it is".to_vec()),
    ];
    for _ in 0..random.below(4) {
        let side = [Side::Alice, Side::Bob][random.below(2) as usize];
        let sentence = sentences[random.below(sentences.len() as u64) as usize];
        said.push((side, sentence.as_bytes().to_vec()));
    }
    call(random, flaws, said)
}

fn case(random: &mut Seeded, flaws: [Option<Flaw>; 2]) -> Case {
    let call = some_call(random, flaws);
    let opens = flaws.iter().any(Option::is_some);
    (loot(random, &call), if opens { call.said } else { Vec::new() })
}

/// Two calls in one recording. `alices` and `bobs` say of which call either phone has kept the keys.
fn two_calls(random: &mut Seeded, alices: Option<usize>, bobs: Option<usize>) -> Case {
    let calls = [0, 1].map(|number| {
        let keeps = |which: Option<usize>| (which == Some(number)).then_some(KeepsKeys);
        some_call(random, [keeps(alices), keeps(bobs)])
    });
    // What either phone has is what it kept, and the secret for the next call.
    let memory = |side: usize, which: Option<usize>| calls[which.unwrap_or(1)].memories[side].clone();
    let recording = [&calls[0].recording[..], &calls[1].recording].concat();
    let opened = [0, 1]
        .into_iter()
        .filter(|number| [alices, bobs].contains(&Some(*number)));
    let said = opened.flat_map(|number| calls[number].said.clone()).collect();
    let [alice, bob] = [memory(0, alices), memory(1, bobs)].map(|found| shuffled(random, found));
    ((recording, alice, bob), said)
}

/// One bit of the second frame is not as it was sent, and whoever sent it goes on.
fn one_changed(random: &mut Seeded) -> Case {
    let said = [(Side::Alice, "is that you?"), (Side::Bob, "it is")];
    let said = [said, [(Side::Alice, "room 7"), (Side::Bob, "yes")]].concat();
    let said = said
        .into_iter()
        .map(|(side, words)| (side, words.as_bytes().to_vec()));
    let call = call(random, [Some(KeepsKeys); 2], said.collect());
    let ((mut recording, alice, bob), mut said) = (loot(random, &call), call.said);
    let frame = recording.iter_mut().filter(|bytes| bytes[0] == 0x80).nth(1);
    let last = frame.and_then(|frame| frame.last_mut()).expect("two frames");
    *last ^= 1;
    said.remove(1);
    ((recording, alice, bob), said)
}

/// The recording begins when the keys are agreed on.
fn late_comer(random: &mut Seeded) -> Case {
    let ((mut recording, alice, bob), said) = case(random, [Some(KeepsKeys), None]);
    recording.retain(|packet| packet[0] == 0x80);
    ((recording, alice, bob), said)
}

/// Things between the frames that are none.
fn with_litter(random: &mut Seeded) -> Case {
    let ((mut recording, alice, bob), said) = case(random, [Some(KeepsKeys), None]);
    recording.insert(0, Vec::new());
    recording.insert(3, vec![0x80]);
    recording.push(vec![0x80, 0, 0]);
    recording.push(vec![0x80; 20]);
    recording.push(random.bytes(60));
    ((recording, alice, bob), said)
}

/// A frame that says nothing, and the same twice, also one right behind the other.
fn silence_and_twice(random: &mut Seeded) -> Case {
    let said =
        ["yes", "", "yes", "yes", "no", ""].map(|sentence| (Side::Alice, sentence.as_bytes().to_vec()));
    let call = call(random, [Some(KeepsKeys), None], said.to_vec());
    (loot(random, &call), call.said)
}

/// More frames than one byte can number.
fn long_call(random: &mut Seeded) -> Case {
    let said = (0..260_u32).map(|number| (Side::Bob, number.to_be_bytes().to_vec()));
    let call = call(random, [None, Some(KeepsKeys)], said.collect());
    (loot(random, &call), call.said)
}

/// A few frames of a very long call: the handshake is there, and what was said in between is not.
fn with_gaps(random: &mut Seeded) -> Case {
    let ((mut recording, alice, bob), _) = case(random, [Some(KeepsKeys), None]);
    recording.retain(|packet| packet[0] != 0x80);
    let mut said = Vec::new();
    for (number, ssrc, role) in [
        (1001, 1, "initiator"),
        (1002, 2, "responder"),
        (0x1234, 1, "initiator"),
        (32_767, 2, "responder"),
        (40_000, 1, "initiator"),
        (65_535, 2, "responder"),
    ] {
        let find = |what: &str| {
            let mut found = alice.iter();
            let found = found.find(|(name, _)| *name == format!("{role}'s frame {what}"));
            found.expect("it was kept").1.clone()
        };
        let (key, salt) = (find("key").try_into(), find("salt").try_into());
        let keys = FrameKeys::new(key.expect("32 bytes"), salt.expect("12 bytes"));
        let header = Header {
            payload_type: 0,
            seq: number,
            timestamp: 160 * u32::from(number),
            ssrc,
        };
        let payload = format!("frame {number}; ").repeat(1 + usize::from(number % 13));
        let frame = keys.seal(&header, u64::from(number), payload.as_bytes());
        recording.push(frame.expect("short enough"));
        said.push(payload.into_bytes());
    }
    ((recording, alice, bob), said)
}

/// What the recording gives away.
pub fn late_tap(student: impl Student<Loot, Vec<Vec<u8>>>) -> Verdict {
    let random = &mut Seeded::new(9);
    let mut cases: Vec<(&str, Case)> = vec![
        ("both phones have wiped", case(random, [None; 2])),
        ("both phones keep", case(random, [Some(KeepsKeys); 2])),
        ("only Alice's phone keeps", case(random, [Some(KeepsKeys), None])),
        ("only Bob's phone keeps", case(random, [None, Some(KeepsKeys)])),
        (
            "two calls, the keys of the second",
            two_calls(random, Some(1), Some(1)),
        ),
        (
            "two calls, the keys of the first",
            two_calls(random, None, Some(0)),
        ),
        (
            "two calls, Alice's phone kept one and Bob's the other",
            two_calls(random, Some(0), Some(1)),
        ),
        ("one frame was changed on the way", one_changed(random)),
        ("nothing of the handshake was recorded", late_comer(random)),
        ("other things between the frames", with_litter(random)),
        (
            "a frame with nothing in it, and the same twice",
            silence_and_twice(random),
        ),
        ("a long call", long_call(random)),
        (
            "two calls, Bob's phone kept the first and Alice's the second",
            two_calls(random, Some(1), Some(0)),
        ),
        ("a few frames of a very long call", with_gaps(random)),
    ];
    let nothing = (Vec::new(), cases[1].1.0.1.clone(), cases[1].1.0.2.clone());
    cases.push(("keys and no recording", (nothing, Vec::new())));
    let mut exam = Exam::new("handshake/late_tap", wrong::late_tap());
    let mut answers = Vec::new();
    for (name, (question, said)) in cases {
        exam = exam.case(name, question.clone());
        answers.push((question, said));
    }
    exam = exam.seeded(3, |random| {
        let flaws = [(); 2].map(|()| (random.below(2) == 0).then_some(KeepsKeys));
        let (question, said) = case(random, flaws);
        answers.push((question.clone(), said));
        question
    });
    exam.shows(|payloads| told(payloads)).judge(
        student,
        |(recording, alice, bob)| {
            let keeps = |memory: &[Found]| memory.iter().any(|(what, _)| what.contains("frame key"));
            let word = |memory| if keeps(memory) { "frame keys" } else { "no frame keys" };
            format!(
                "{} recorded packets; Alice's phone has {}, Bob's {}: what was said?",
                recording.len(),
                word(alice),
                word(bob)
            )
        },
        |question, got| {
            let wanted = answers
                .iter()
                .find(|(asked, _)| asked == question)
                .map(|(_, said)| said)
                .expect("every question has its answer");
            if got == wanted {
                return Ok(());
            }
            let why = if wanted.is_empty() {
                "nothing that was found opens a frame: the keys are gone, and what is kept for the next call leads to none"
            } else if got.len() < wanted.len() {
                "a thief with what was kept opens more than that"
            } else if got.len() > wanted.len() && got.iter().all(|payload| wanted.contains(payload)) {
                "what was said once is there more than once: a frame that both phones' keys open is given back once"
            } else if got.len() > wanted.len() {
                "that is more than opens: a frame that does not open was not said"
            } else {
                "what opens says something else, or in another order"
            };
            Err(Fault::new(told(wanted), why))
        },
    )
}

/// What was said, as far as it is text.
fn told(payloads: &[Vec<u8>]) -> String {
    if payloads.is_empty() {
        return "nothing".to_string();
    }
    let all: Vec<String> = payloads
        .iter()
        .map(|payload| format!("{:?}", String::from_utf8_lossy(payload)))
        .collect();
    all.join(", ")
}

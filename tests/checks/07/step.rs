//! Lesson 07, predict and chain_step: the run of `show ratchet`, and one turn of the chain.

use std::fmt;

use messaging_lab::course::exam::{Exam, Fault};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::statement::{Predict, Prediction, Statement};
use messaging_lab::course::student::{NoAnswer, Student};
use messaging_lab::envelope::chains::kdf_ck;
use messaging_lab::ground::hex::{bytes_to_hex, hex_to_bytes};
use messaging_lab::ground::ledger::Onlooker::{self, BobPhone, Thief, Wire};
use messaging_lab::ground::scene::Scene;

use super::{Played, wrong};

/// The run that the statements are about; `cargo run -- show ratchet` draws it.
#[path = "../../../src/show/scenes/ratchet.rs"]
mod played;

/// What the prediction is about, over the ledger of `show ratchet`. The lesson's text has the same words.
fn statements(scene: &Scene) -> [Statement; 6] {
    let says = |says, what: &str, who: &[Onlooker], from, to| {
        let watched = scene.watched.iter().find(|(name, _)| *name == what);
        Statement {
            says,
            bytes: watched.expect("the scene watches it").1.clone(),
            who: who.to_vec(),
            from,
            to,
        }
    };
    const OUTSIDE: &[Onlooker] = &[Wire, Thief];
    const END: u64 = 90;
    [
        says(
            "Message 3 was opened at 17, and its text was destroyed before the theft. From the theft on \
             (40 to 90) an outsider has its text.",
            "text 3",
            OUTSIDE,
            40,
            END,
        ),
        says(
            "Message 1 is late: Bob's phone gets it at 60. Before that (12 to 59) an outsider has its text.",
            "text 1",
            OUTSIDE,
            12,
            59,
        ),
        says(
            "Message 2 was opened at 15, and its message key deleted. At some second (14 to 90) an outsider \
             has its text.",
            "text 2",
            OUTSIDE,
            14,
            END,
        ),
        says(
            "Message 4 is sent at 50, when Bob has his phone back. An outsider has its text (50 to 90).",
            "text 4",
            OUTSIDE,
            50,
            END,
        ),
        says(
            "Bob answers at 75, for the first time. An outsider has the answer's text (75 to 90).",
            "the answer's text",
            OUTSIDE,
            75,
            END,
        ),
        says(
            "Bob's phone opens message 1 at 60. From then on (60 to 90) it still has its message key.",
            "the message key of message 1",
            &[BobPhone],
            60,
            END,
        ),
    ]
}

/// Guess first, then settle each statement with a witness from the run.
pub fn predict(student: impl Student<(), Prediction<6>>) -> Verdict {
    let scene = played::scene();
    let statements = &statements(&scene);
    Predict {
        exercise: "ratchet/predict",
        show: "ratchet",
        ledger: &scene.ledger,
        statements,
    }
    .judge(student, wrong::predict())
}

pub type ChainKey = [u8; 32];
pub type TwoKeys = ([u8; 32], [u8; 32]);

/// The two keys that came back, shown as the hex that the lesson's text has.
#[derive(PartialEq)]
struct Turned(TwoKeys);

impl fmt::Debug for Turned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Turned((message_key, next)) = self;
        write!(f, "({}, {})", bytes_to_hex(message_key), bytes_to_hex(next))
    }
}

fn turn(student: &mut dyn Student<ChainKey, TwoKeys>, chain_key: &ChainKey) -> Result<Turned, NoAnswer> {
    student.answer(chain_key).map(Turned)
}

/// One turn: chain key -> message key and next chain key.
pub fn chain_step(student: impl Student<ChainKey, TwoKeys>) -> Verdict {
    let key = |hex: &str| -> ChainKey {
        let bytes = hex_to_bytes(hex).ok();
        bytes.and_then(|bytes| bytes.try_into().ok()).expect("32 bytes")
    };
    // The first case of tests/vectors/double_ratchet_kdf.txt, which the lesson's text works out, and the turn behind it.
    let vector = key("97c199078653ea59cade114a39826eab4bb060eed56af4eaf8ea93c6cd81e4e5");
    let behind = key("00aa833015b9c768b1360f9113cfe71648d59e3ad89d6c878002b507e578587a");
    Exam::of_runs("ratchet/chain_step", wrong::chain_step(), turn)
        .case("the example in the task", vector)
        .case("one turn further", behind)
        .case("a key of zeros", [0; 32])
        .case("a key of 255s", [255; 32])
        .seeded(20, |random| {
            let bytes = random.bytes(32);
            bytes.try_into().expect("32 bytes")
        })
        .judge(
            Played(student, turn),
            |chain_key| {
                format!(
                    "chain key {} -> (message key, next chain key)?",
                    bytes_to_hex(chain_key)
                )
            },
            |chain_key, Turned((message_key, next))| {
                let (wanted_next, wanted_key) = kdf_ck(chain_key);
                let why = match (*message_key == wanted_key, *next == wanted_next) {
                    (true, true) => return Ok(()),
                    (false, true) => {
                        "the next chain key is right, the message key is not: the other phone seals under \
                         another one, and nothing opens"
                    }
                    (true, false) => {
                        "the message key is right, the next chain key is not: from the next message on the two \
                         phones are on different chains"
                    }
                    (false, false) => {
                        "both phones must turn alike to the last bit, or nothing that one seals opens on the other"
                    }
                };
                Err(Fault::new(format!("{:?}", Turned((wanted_key, wanted_next))), why))
            },
        )
}

//! Lesson 12, predict and sentence: settled by the run.

use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::statement::{self, Condition, Predict, Sentence, Statement};
use messaging_lab::course::student::Student;
use messaging_lab::ground::ledger::Onlooker;
use messaging_lab::ground::scene::Scene;

use super::wrong;

/// The run that the statements are about; `cargo run -- show frames` draws it.
#[path = "../../../src/show/scenes/frames.rs"]
mod played;

/// Guesses and witnesses.
pub type Prediction = statement::Prediction<6>;

/// Witnesses, a letter, and a paragraph.
pub type Explanation = statement::Explanation<6>;

/// The lesson's run.
fn run() -> Scene {
    played::scene()
}

/// The last second of the run.
const END: u64 = 24;

/// A statement about bytes that the run watches.
fn says(run: &Scene, says: &'static str, what: &str, who: &[Onlooker], from: u64, to: u64) -> Statement {
    let watched = run.watched.iter().find(|(name, _)| *name == what);
    Statement {
        says,
        bytes: watched.expect("the run watches it").1.clone(),
        who: who.to_vec(),
        from,
        to,
    }
}

/// Six statements, each with a guess and a witness.
pub fn predict(student: impl Student<(), Prediction>) -> Verdict {
    let run = run();
    let statements = [
        says(
            &run,
            "The tap drops three frames in the middle of \"see you at noon\". Bob's phone comes to the sound behind \
             the gap (2 to 15).",
            "the sound behind the gap",
            &[Onlooker::BobPhone],
            2,
            15,
        ),
        says(
            &run,
            "The tap holds back a frame of Bob's for two seconds, then delivers it unchanged. Alice's phone comes to \
             its sound (4 to 15).",
            "the sound of the frame that came 2 s late",
            &[Onlooker::AlicePhone],
            4,
            15,
        ),
        says(
            &run,
            "The tap sends Bob's phone the recorded frames of \"yes\" again. Bob's phone comes to the sound of \"yes\" \
             a second time (10 to 15).",
            "the sound of \"yes\"",
            &[Onlooker::BobPhone],
            10,
            15,
        ),
        says(
            &run,
            "While Alice says nothing, the tap, which has no key, can note that she is silent (4 to 24).",
            "the note that Alice is silent",
            &[Onlooker::Tap],
            4,
            END,
        ),
        says(
            &run,
            "The tap sends two forged frames with numbers far ahead. After that Bob's phone still comes to the sound \
             of \"the back door\" (12 to 15).",
            "the sound of \"the back door\"",
            &[Onlooker::BobPhone],
            12,
            15,
        ),
        says(
            &run,
            "After hang-up a thief has Bob's phone and everything that the tap recorded. He comes to the sound of \
             \"yes\" (16 to 24).",
            "the sound of \"yes\"",
            &[Onlooker::Thief],
            16,
            END,
        ),
    ];
    Predict {
        exercise: "frames/predict",
        show: "frames",
        ledger: &run.ledger,
        statements: &statements,
    }
    .judge(student, wrong::predict())
}

/// Six rewrites of the phrase, the condition it leaves out, and a paragraph.
pub fn sentence(student: impl Student<(), Explanation>) -> Verdict {
    let run = run();
    let everybody_else: Vec<Onlooker> = Onlooker::ALL
        .into_iter()
        .filter(|onlooker| !matches!(onlooker, Onlooker::AlicePhone | Onlooker::BobPhone))
        .collect();
    let calls = Statement {
        says: "\"Nobody but the two can say that Alice has called Bob.\"",
        bytes: b"alice calls bob".to_vec(),
        who: everybody_else.clone(),
        from: 0,
        to: END,
    };
    let rewrites = [
        says(
            &run,
            "\"The tap of the first call, in which the words were compared, never has the sound of 'yes'.\"",
            "the sound of \"yes\"",
            &[Onlooker::Tap],
            0,
            END,
        ),
        says(
            &run,
            "\"Who cannot open the frames cannot tell when Alice is silent.\"",
            "the note that Alice is silent",
            &[Onlooker::Tap],
            0,
            END,
        ),
        calls,
        says(
            &run,
            "\"The words were compared, so nothing but the two phones ever has the sound of 'the back door'.\"",
            "the sound of \"the back door\"",
            &everybody_else,
            0,
            END,
        ),
        says(
            &run,
            "\"The phones encrypt whether or not anybody compares, so the tap never has the sound of 'the code is ten'.\"",
            "the sound of \"the code is ten\"",
            &[Onlooker::Tap],
            0,
            END,
        ),
        says(
            &run,
            "\"After hang-up, Bob's phone and the tap's record together do not give a thief the sound of 'yes'.\"",
            "the sound of \"yes\"",
            &[Onlooker::Thief],
            0,
            END,
        ),
    ];
    let conditions = [
        Condition {
            letter: 'a',
            says: "every frame is encrypted under a nonce of its own",
            misses: Some(
                "in the second call every frame was, and the tap had the keys that it was encrypted under",
            ),
        },
        Condition {
            letter: 'b',
            says: "it is about the sound alone; both phones check, both people compare the words and the voices are theirs; \
                   no phone or room is bugged; and one try in 65,536 that passes all the same is put up with",
            misses: None,
        },
        Condition {
            letter: 'c',
            says: "the tap only listens",
            misses: Some(
                "a promise that rests on the tap's good manners is none; and the app that recorded the loudspeaker only \
                 listened, too",
            ),
        },
        Condition {
            letter: 'd',
            says: "the two people have compared the words",
            misses: Some(
                "they had in the first call: the loudspeaker was recorded, and who called whom stayed visible",
            ),
        },
        Condition {
            letter: 'e',
            says: "the codec sends frames of one size",
            misses: Some("that hides when somebody speaks; in the second call the tap had the sound itself"),
        },
    ];
    Sentence {
        exercise: "frames/sentence",
        show: "frames",
        ledger: &run.ledger,
        rewrites: &rewrites,
        conditions: &conditions,
    }
    .ask(student, wrong::sentence())
}

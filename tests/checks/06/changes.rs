//! Lesson 06, key_changed: what an app does with messages when a contact's key changes.

use messaging_lab::course::exam::{Exam, Fault};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::Student;
use messaging_lab::envelope::history::{Decision, Event};
use messaging_lab::ground::randomness::Seeded;

use super::wrong;

/// What happened, in order.
pub type History = Vec<Event>;

/// A message at the end of a history: what the rules look at.
struct Message {
    written_for: u32,
    delivered: bool,
}

/// The rules, and what is to be said of each decision.
fn decide(history: &[Event]) -> Vec<(Option<Decision>, String)> {
    let (mut first, mut shown) = (None, 0);
    let mut compared: Vec<u32> = Vec::new();
    let mut messages: Vec<Message> = Vec::new();
    for event in history {
        match *event {
            Event::KeyShown(key) => {
                shown = key;
                first.get_or_insert(key);
            }
            Event::Compared => compared.push(shown),
            Event::Written => messages.push(Message {
                written_for: shown,
                delivered: false,
            }),
            Event::Delivered(number) => messages[number].delivered = true,
        }
    }
    let decide = |message: &Message| {
        let Message {
            written_for,
            delivered,
        } = *message;
        if delivered {
            (None, "it has reached Bob: nothing is left to decide".to_string())
        } else if compared.contains(&shown) {
            (
                Some(Decision::Send),
                format!("Alice has compared key {shown}: it is Bob's, and he waits for what she wrote"),
            )
        } else if written_for != shown {
            (
                Some(Decision::Hold),
                format!(
                    "it was written while key {written_for} was shown; key {shown} may be the relay's own, which \
                     would then read it"
                ),
            )
        } else if !compared.is_empty() {
            (
                Some(Decision::Hold),
                format!(
                    "she has compared another key of Bob's, not key {shown}: who compares wants to be asked first"
                ),
            )
        } else if first == Some(shown) {
            (
                Some(Decision::Send),
                format!("key {shown} is the first she ever saw of Bob: there is no change to speak of"),
            )
        } else {
            (
                Some(Decision::Warn),
                format!(
                    "she wrote it after key {shown} had been shown, which is not his first: it goes, with a word"
                ),
            )
        }
    };
    messages.iter().map(decide).collect()
}

fn in_words(history: &[Event]) -> String {
    let word = |event: &Event| match event {
        Event::KeyShown(key) => format!("key {key} shown"),
        Event::Compared => "compared".to_string(),
        Event::Written => "written".to_string(),
        Event::Delivered(number) => format!("{number} delivered"),
    };
    let words: Vec<String> = history.iter().map(word).collect();
    // What happens many times over is told once.
    let runs = words
        .chunk_by(|one, next| one == next)
        .map(|run| match run.len() {
            1 => run[0].clone(),
            times => format!("{} {times} times", run[0]),
        });
    runs.collect::<Vec<_>>().join(", ")
}

/// A random history that makes sense: a key first; only what went out when it was written can arrive.
fn draw(random: &mut Seeded) -> History {
    let mut history = vec![Event::KeyShown(1)];
    let mut written = 0;
    let mut under_way: Vec<usize> = Vec::new();
    for _ in 0..2 + random.below(9) {
        match random.below(10) {
            0..=3 => {
                history.push(Event::Written);
                if decide(&history)[written].0 != Some(Decision::Hold) {
                    under_way.push(written);
                }
                written += 1;
            }
            4 | 5 => history.push(Event::KeyShown(1 + random.below(3) as u32)),
            6 => history.push(Event::Compared),
            _ if under_way.is_empty() => {}
            _ => {
                let at = random.below(under_way.len() as u64) as usize;
                history.push(Event::Delivered(under_way.swap_remove(at)));
            }
        }
    }
    history
}

/// For each message what the app does with it.
pub fn key_changed(student: impl Student<History, Vec<Option<Decision>>>) -> Verdict {
    use Event::{Compared, Delivered, KeyShown, Written};
    Exam::new("keys/key_changed", wrong::key_changed())
        .fixes_the_first()
        .case("one key, one message", vec![KeyShown(1), Written])
        .case(
            "an old message, a new key",
            vec![KeyShown(1), Written, KeyShown(2)],
        )
        .case(
            "an old message, a new key, which is compared",
            vec![KeyShown(1), Written, KeyShown(2), Compared],
        )
        .case(
            "written after the change",
            vec![KeyShown(1), KeyShown(2), Written],
        )
        .case(
            "one before the change and one after it",
            vec![KeyShown(1), Written, KeyShown(2), Written],
        )
        .case(
            "delivered before the change",
            vec![KeyShown(1), Written, Delivered(0), KeyShown(2)],
        )
        .case(
            "messages 0 and 1 before the change, and 1 was delivered",
            vec![KeyShown(1), Written, Written, Delivered(1), KeyShown(2)],
        )
        .case(
            "compared before the change, written after it",
            vec![KeyShown(1), Compared, KeyShown(2), Written],
        )
        .case(
            "compared before the change, written before it",
            vec![KeyShown(1), Compared, Written, KeyShown(2)],
        )
        .case("compared, and no change", vec![KeyShown(1), Compared, Written])
        .case(
            "written after the change, compared later",
            vec![KeyShown(1), KeyShown(2), Written, Compared],
        )
        .case(
            "the first key comes back",
            vec![KeyShown(1), Written, KeyShown(2), Written, KeyShown(1), Written],
        )
        .case(
            "a compared key comes back",
            vec![KeyShown(1), Compared, Written, KeyShown(2), Written, KeyShown(1)],
        )
        .case(
            "the later key was compared, the first comes back",
            vec![
                KeyShown(1),
                Written,
                KeyShown(2),
                Compared,
                Written,
                KeyShown(1),
                Written,
            ],
        )
        .case(
            "two compared, the earlier comes back",
            vec![
                KeyShown(1),
                Compared,
                KeyShown(2),
                Compared,
                Written,
                KeyShown(1),
                Written,
            ],
        )
        .case(
            "the same key is shown again",
            vec![KeyShown(1), Written, KeyShown(1), Written],
        )
        .case(
            "the new key is shown twice",
            vec![KeyShown(1), Written, KeyShown(2), Written, KeyShown(2)],
        )
        .case(
            "three keys, a message under each",
            vec![KeyShown(4), Written, KeyShown(7), Written, KeyShown(9), Written],
        )
        .case(
            "the second key is compared, then a third comes",
            vec![
                KeyShown(1),
                Written,
                KeyShown(2),
                Compared,
                Written,
                KeyShown(3),
                Written,
            ],
        )
        .case(
            "a key with the number 0, and then another",
            vec![KeyShown(0), Written, Delivered(0), KeyShown(5), Written],
        )
        .case(
            "another key, and then one with the number 0",
            vec![KeyShown(5), Compared, Written, KeyShown(0), Written],
        )
        .case(
            "large numbers, the first key comes back",
            vec![
                KeyShown(4_000_000_000),
                KeyShown(7),
                Written,
                KeyShown(4_000_000_000),
                Written,
            ],
        )
        .case(
            "many messages",
            [
                vec![KeyShown(1)],
                vec![Written; 40],
                (20..40).map(Delivered).collect(),
                vec![KeyShown(2)],
                vec![Written; 40],
                vec![Delivered(70)],
            ]
            .concat(),
        )
        .case("nothing was written", vec![KeyShown(1), KeyShown(2)])
        .case("nothing at all", vec![])
        .seeded(60, draw)
        .judge(
            student,
            |history| format!("{}: what becomes of each message?", in_words(history)),
            |history, got| {
                let decisions = decide(history);
                let wanted: Vec<Option<Decision>> = decisions.iter().map(|(decision, _)| *decision).collect();
                if *got == wanted {
                    return Ok(());
                }
                let differs = decisions
                    .iter()
                    .zip(got)
                    .position(|((wanted, _), got)| wanted != got);
                let why = match differs {
                    Some(number) => format!("message {number}: {}", decisions[number].1),
                    None => format!("one entry for each message, {} in all", wanted.len()),
                };
                Err(Fault::new(format!("{wanted:?}"), why))
            },
        )
}

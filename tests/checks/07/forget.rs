//! Lesson 07, forget: which keys a phone holds after each message, judged by what a thief and its owner could open with
//! them.

use std::collections::BTreeSet;
use std::fmt;

use messaging_lab::course::exam::{Exam, Fault};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::{NoAnswer, Student};
use messaging_lab::ground::randomness::Seeded;

use super::{Played, wrong};

/// What came in: the message's number, and whether its tag was right.
pub type Log = Vec<(u32, bool)>;
/// Chain keys and message keys, by number.
pub type Held = (Vec<u32>, Vec<u32>);

/// Keys as they are looked at: of several chain keys the lowest leads to whatever the others lead to.
struct Keys {
    lowest_chain_key: Option<u32>,
    message_keys: BTreeSet<u32>,
}

impl Keys {
    fn of((chain_keys, message_keys): &Held) -> Self {
        Keys {
            lowest_chain_key: chain_keys.iter().min().copied(),
            message_keys: message_keys.iter().copied().collect(),
        }
    }

    /// Whether one can turn a chain key to message `number`.
    fn turn_to(&self, number: u32) -> bool {
        self.lowest_chain_key.is_some_and(|chain_key| chain_key <= number)
    }

    /// Whether they open message `number`, either way.
    fn open(&self, number: u32) -> bool {
        self.message_keys.contains(&number) || self.turn_to(number)
    }
}

/// What the keys held after one entry of the log mean.
#[derive(Debug, Default, PartialEq)]
struct Step {
    /// Messages that were opened already, and that their own keys open again.
    again_by_message_key: Vec<u32>,
    /// The same, by turning a chain key.
    again_by_chain_key: Vec<u32>,
    /// Messages that have not been opened, and that no key opens: those up to two beyond the log's highest, and the
    /// first one behind them.
    lost: Vec<u32>,
    /// No chain key is left. A chain has no end, so whatever message keys there are, some message opens with none.
    no_chain_key: bool,
    /// Keys that nothing held before leads to: they were deleted, and deleted keys do not come back.
    from_nowhere: bool,
}

impl Step {
    /// `opened` by then; `before` the entry those keys were held, and after it `held`.
    fn of(opened: &[u32], before: &Keys, held: &Keys, numbers: &[u32]) -> Step {
        let mut step = Step::default();
        for &number in numbers {
            if !opened.contains(&number) {
                if !held.open(number) {
                    step.lost.push(number);
                }
                continue;
            }
            if held.message_keys.contains(&number) {
                step.again_by_message_key.push(number);
            }
            if held.turn_to(number) {
                step.again_by_chain_key.push(number);
            }
        }
        // Message keys made ahead do, but then up to the chain key and without a gap.
        let ahead = numbers.len() as u32..held.lowest_chain_key.unwrap_or(0);
        step.lost
            .extend(ahead.into_iter().find(|&number| !held.open(number)));
        step.no_chain_key = held.lowest_chain_key.is_none();
        let chain_reached = held.lowest_chain_key.is_none_or(|number| before.turn_to(number));
        step.from_nowhere = !chain_reached || !held.message_keys.iter().all(|&number| before.open(number));
        step
    }
}

/// An answer, and what comes of it. Two answers are alike if the same comes of them; but whoever mended a part is told
/// so, and not that nothing was done yet: the keys of the function as it was handed out are like no others.
struct Aftermath {
    held: Vec<Held>,
    as_handed_out: bool,
    steps: Vec<Step>,
}

impl PartialEq for Aftermath {
    fn eq(&self, other: &Self) -> bool {
        self.held.len() == other.held.len()
            && self.steps == other.steps
            && self.as_handed_out == other.as_handed_out
    }
}

impl fmt::Debug for Aftermath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.held.fmt(f)
    }
}

/// Every number up to two beyond the log's highest.
fn numbers(log: &Log) -> Vec<u32> {
    let highest = log.iter().map(|(number, _)| *number).max().unwrap_or(0);
    (0..=highest + 2).collect()
}

/// For each entry of the log: the messages that are opened by then, each once.
fn opened_by(log: &Log) -> Vec<Vec<u32>> {
    let mut opened = Vec::new();
    log.iter()
        .map(|&(number, genuine)| {
            if genuine && !opened.contains(&number) {
                opened.push(number);
            }
            opened.clone()
        })
        .collect()
}

fn live_through(student: &mut dyn Student<Log, Vec<Held>>, log: &Log) -> Result<Aftermath, NoAnswer> {
    let held = student.answer(log)?;
    let numbers = numbers(log);
    let mut before = Keys::of(&(vec![0], vec![]));
    let mut steps = Vec::new();
    for (opened, held) in opened_by(log).iter().zip(&held) {
        let keys = Keys::of(held);
        steps.push(Step::of(opened, &before, &keys, &numbers));
        before = keys;
    }
    let as_handed_out = held == wrong::as_handed_out(log);
    Ok(Aftermath {
        held,
        as_handed_out,
        steps,
    })
}

/// The fewest keys that will do after each entry: the kit's own answer, to be shown.
fn fewest(log: &Log, at: usize) -> Held {
    let opened = &opened_by(log)[at];
    let next = opened.iter().max().map_or(0, |highest| highest + 1);
    let missing = (0..next).filter(|number| !opened.contains(number));
    (vec![next], missing.collect())
}

fn judge_forget(log: &Log, got: &Aftermath) -> Result<(), Fault> {
    if got.held.len() != log.len() {
        return Err(Fault::new(
            format!("one pair after each entry of the log, {} in all", log.len()),
            "a thief can come after any of them, so each counts, also one that changes nothing",
        ));
    }
    let fine = Step::default();
    let Some(at) = got.steps.iter().position(|step| *step != fine) else {
        return Ok(());
    };
    let Step {
        again_by_message_key,
        again_by_chain_key,
        lost,
        no_chain_key,
        ..
    } = &got.steps[at];
    let why = match (
        again_by_message_key.first(),
        again_by_chain_key.first(),
        lost.first(),
    ) {
        (Some(number), _, _) => format!(
            "message {number} was opened already, and its message key is still there: whoever copies the phone \
             now opens the recorded message once more"
        ),
        (_, Some(number), _) => format!(
            "message {number} was opened already, and a chain key from before it is still there: whoever copies \
             the phone now turns that one to message {number}"
        ),
        _ if *no_chain_key => {
            "no chain key is left: of all messages still to come not one will open, and Bob never reads them"
                .to_string()
        }
        (_, _, Some(number)) => format!(
            "message {number} has not been opened yet, and nothing held opens it when it comes: the phone itself \
             is shut out, and Bob never reads it"
        ),
        (None, None, None) => {
            "a key is there that was deleted before: nothing held after the entry before leads to it"
                .to_string()
        }
    };
    let (number, genuine) = log[at];
    let (chain_keys, message_keys) = fewest(log, at);
    let wanted = format!(
        "after log[{at}] = ({number}, {genuine}): ({chain_keys:?}, {message_keys:?}), or other keys that open the same"
    );
    Err(Fault::new(wanted, why))
}

/// Messages that come early, late, twice, forged or never.
fn draw_log(random: &mut Seeded) -> Log {
    let sent = 2 + random.below(8) as u32;
    let mut log = Log::new();
    for number in 0..sent {
        let back = random.below(4).min(log.len() as u64) as usize;
        match random.below(10) {
            // Lost on the way.
            0 => {}
            1 => {
                log.insert(log.len() - back, (number, true));
                log.push((number, true));
            }
            2 => {
                log.insert(log.len() - back, (number, true));
                log.insert(random.below(log.len() as u64) as usize, (number, false));
            }
            3 => log.push((number + random.below(5) as u32, false)),
            _ => log.insert(log.len() - back, (number, true)),
        }
    }
    log
}

/// What came in -> the keys held after each entry.
pub fn forget(student: impl Student<Log, Vec<Held>>) -> Verdict {
    const OK: bool = true;
    const FORGED: bool = false;
    Exam::of_runs("ratchet/forget", wrong::forget(), live_through)
        .fixes_the_first()
        .case("one message", vec![(0, OK)])
        .case("three in order", vec![(0, OK), (1, OK), (2, OK)])
        .case("one overtakes another", vec![(1, OK), (0, OK)])
        .case("the example in the task", vec![(0, OK), (2, OK), (1, OK)])
        .case("one never comes", vec![(0, OK), (2, OK), (3, OK)])
        .case("the first one is far on", vec![(4, OK)])
        .case(
            "two gaps, filled late and the other way round",
            vec![
                (2, OK),
                (5, OK),
                (6, OK),
                (4, OK),
                (0, OK),
                (3, OK),
                (1, OK),
                (7, OK),
            ],
        )
        .case(
            "all the other way round",
            vec![(3, OK), (2, OK), (1, OK), (0, OK)],
        )
        .case("one comes twice", vec![(0, OK), (0, OK), (1, OK)])
        .case(
            "a late one comes twice",
            vec![(0, OK), (3, OK), (1, OK), (1, OK), (2, OK), (4, OK)],
        )
        .case("a forged one first", vec![(0, FORGED), (0, OK)])
        .case(
            "a forged one in the place of the next",
            vec![(0, OK), (1, FORGED), (1, OK)],
        )
        .case(
            "a forged one far on",
            vec![(0, OK), (7, FORGED), (1, OK), (7, OK), (3, OK)],
        )
        .case(
            "a forged one in the place of one that is late",
            vec![(2, OK), (0, FORGED), (0, OK), (1, OK)],
        )
        .case(
            "a forged one in the place of one that was opened",
            vec![(1, OK), (1, FORGED), (0, OK), (0, FORGED), (2, OK)],
        )
        .case("only forged ones", vec![(0, FORGED), (3, FORGED)])
        .case("nothing came", vec![])
        .case("a thousand at once", vec![(999, OK), (500, OK)])
        .seeded(40, draw_log)
        .judge(
            Played(student, live_through),
            |log| format!("which keys are held after each entry of {log:?}?"),
            judge_forget,
        )
}

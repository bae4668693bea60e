//! Lesson 04, next_nonce: a phone that crashes, played from start to start.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::time::Duration;

use messaging_lab::course::exam::{Exam, Fault};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::{NoAnswer, Student};
use messaging_lab::crypto::sealer::Step;
use messaging_lab::ground::randomness::Seeded;

use super::wrong;

/// What is on the disk at first, and the phone's starts: messages to send, and when it crashes.
pub type Run = (u64, Vec<(u64, Crash)>);

/// When a start of the phone ends.
#[derive(Clone, Copy, PartialEq)]
pub enum Crash {
    /// Behind the last step.
    Never,
    /// After so many steps.
    After(usize),
    /// At the worst step there is: where the next start sends a number again, if there is such a step.
    AtWorst,
}

use Crash::{After, AtWorst, Never};

/// One start of the phone: what was on the disk, what it had to send, its plan, how many steps it came to.
#[derive(Clone, PartialEq)]
pub struct Start {
    saved: u64,
    sends: u64,
    plan: Vec<Step>,
    done: usize,
    /// It gave another plan when it was asked the same again.
    remembers: bool,
}

/// A run as it went.
#[derive(Clone, PartialEq)]
pub struct Trace(Vec<Start>);

impl Trace {
    /// What was on the disk before the first start.
    fn floor(&self) -> u64 {
        self.0.first().map_or(0, |start| start.saved)
    }
}

/// How many steps of a start are shown.
const SHOWN_STEPS: usize = 8;

impl fmt::Debug for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, start) in self.0.iter().enumerate() {
            let then = if number > 0 { "; then " } else { "" };
            write!(f, "{then}next_nonce({}, {}):", start.saved, start.sends)?;
            for step in start.plan.iter().take(start.done.min(SHOWN_STEPS)) {
                write!(f, " {step:?}")?;
            }
            if start.done > SHOWN_STEPS {
                write!(f, " ...")?;
            }
            if start.remembers {
                write!(f, " two plans for one call")?;
            } else if start.done < start.plan.len() {
                write!(f, " CRASH")?;
            } else if start.plan.is_empty() {
                write!(f, " no steps")?;
            }
        }
        Ok(())
    }
}

/// How many numbers a start may leave unused.
const MAY_SKIP: u64 = 1_000_000;

impl Start {
    /// The highest number that this start may save or send.
    fn highest(&self) -> u64 {
        self.saved + self.sends + MAY_SKIP
    }

    /// What is on the disk after so many steps.
    fn saved_after(&self, steps: usize) -> u64 {
        let saves = self.plan[..steps].iter().rev().find_map(|step| match step {
            Step::Save(number) => Some(*number),
            Step::Send(_) => None,
        });
        saves.unwrap_or(self.saved)
    }

    fn out_of_bounds(&self) -> Option<Step> {
        self.plan
            .iter()
            .copied()
            .find(|(Step::Save(number) | Step::Send(number))| *number > self.highest())
    }
}

/// Asks for one plan, twice. Everything but the saved number is forgotten in a crash, so the plan must not depend on
/// anything else.
fn start(
    student: &mut dyn Student<(u64, u64), Vec<Step>>,
    saved: u64,
    sends: u64,
) -> Result<Start, NoAnswer> {
    let mut plan = student.answer(&(saved, sends))?;
    let remembers = student.answer(&(saved, sends))? != plan;
    if remembers {
        plan.clear();
    }
    let done = plan.len();
    Ok(Start {
        saved,
        sends,
        plan,
        done,
        remembers,
    })
}

/// The step of `first` after which the next start, with so many messages to send, sends a number again; the last one,
/// if there is none.
fn worst(
    student: &mut dyn Student<(u64, u64), Vec<Step>>,
    first: &Start,
    sends: u64,
) -> Result<usize, NoAnswer> {
    let mut known: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
    let mut sent = BTreeSet::new();
    for steps in 0..=first.plan.len() {
        if let Some(Step::Send(number)) = steps.checked_sub(1).map(|last| first.plan[last]) {
            sent.insert(number);
        }
        let saved = first.saved_after(steps);
        if let Entry::Vacant(entry) = known.entry(saved) {
            let plan = start(student, saved, sends)?.plan;
            let numbers = plan.iter().filter_map(|step| match step {
                Step::Send(number) => Some(*number),
                Step::Save(_) => None,
            });
            entry.insert(numbers.collect());
        }
        if known[&saved].iter().any(|number| sent.contains(number)) {
            return Ok(steps);
        }
    }
    Ok(first.plan.len())
}

/// Plays a run: at each start the phone knows what was saved last, and nothing else.
fn play(student: &mut dyn Student<(u64, u64), Vec<Step>>, (saved, starts): &Run) -> Result<Trace, NoAnswer> {
    let mut saved = *saved;
    let mut trace = Vec::new();
    for (number, &(sends, crash)) in starts.iter().enumerate() {
        let mut start = start(student, saved, sends)?;
        // Numbers from there on lead nowhere; the run is judged as it stands.
        let lost = start.remembers || start.out_of_bounds().is_some();
        start.done = match crash {
            Never => start.plan.len(),
            After(steps) => steps.min(start.plan.len()),
            AtWorst if lost => start.plan.len(),
            AtWorst => worst(student, &start, starts.get(number + 1).map_or(1, |next| next.0))?,
        };
        saved = start.saved_after(start.done);
        trace.push(start);
        if lost {
            break;
        }
    }
    Ok(Trace(trace))
}

/// A student as a phone that can crash.
struct Phone<S>(S);

impl<S: Student<(u64, u64), Vec<Step>>> Student<Run, Trace> for Phone<S> {
    fn answer(&mut self, run: &Run) -> Result<Trace, NoAnswer> {
        play(&mut self.0, run)
    }

    fn first_fault(&mut self) {
        self.0.first_fault();
    }

    fn remark(&mut self, words: &str) {
        self.0.remark(words);
    }

    fn allow(&mut self, limit: Duration) {
        self.0.allow(limit);
    }
}

/// No number is sent twice, all messages are sent, and numbers are not thrown away without bound.
fn sound(trace: &Trace) -> Result<(), Fault> {
    for (number, start) in trace.0.iter().enumerate() {
        if start.remembers {
            return Err(Fault::new(
                "one plan for one call, whatever was called before",
                "the second call gave another plan: it depends on what is in memory, and a crash forgets that",
            ));
        }
        let sends = start
            .plan
            .iter()
            .filter(|step| matches!(step, Step::Send(_)))
            .count() as u64;
        if sends != start.sends {
            return Err(Fault::new(
                format!("a plan with {} Send steps at start {}", start.sends, number + 1),
                if sends < start.sends {
                    format!(
                        "the plan has {sends}: a phone that does not send what it should is safe and of no use"
                    )
                } else {
                    format!(
                        "the plan has {sends}, and there is nothing more to send: one message would go out twice"
                    )
                },
            ));
        }
        if let Some(step) = start.out_of_bounds() {
            return Err(Fault::new(
                format!("numbers up to {} at start {}", start.highest(), number + 1),
                format!(
                    "{step:?} leaves more than a million numbers unused; there are 2^64 of them, and then the key is used up"
                ),
            ));
        }
    }
    let mut sent: BTreeMap<u64, usize> = BTreeMap::new();
    for (number, start) in trace.0.iter().enumerate() {
        for step in &start.plan[..start.done] {
            let Step::Send(nonce) = *step else { continue };
            if nonce < trace.floor() {
                return Err(Fault::new(
                    format!("no number below {}, which the disk said at first", trace.floor()),
                    format!(
                        "number {nonce} went out at start {}: an earlier version of the app may have sent it already",
                        number + 1
                    ),
                ));
            }
            if let Some(before) = sent.insert(nonce, number) {
                return Err(Fault::new(
                    "no number sent twice, wherever the phone crashes",
                    format!(
                        "number {nonce} went out at start {} and again at start {}: who saw both holds the xor of two texts",
                        before + 1,
                        number + 1
                    ),
                ));
            }
        }
    }
    Ok(())
}

/// (what was saved last, messages to send) -> steps, through crashes.
pub fn next_nonce(student: impl Student<(u64, u64), Vec<Step>>) -> Verdict {
    let mut exam = Exam::of_runs("seal/next_nonce", wrong::next_nonce(), play)
        .fixes_the_first()
        .case("no crash", (0, vec![(3, Never)]))
        .case(
            "ended and started again, no crash",
            (0, vec![(3, Never), (2, Never)]),
        )
        .case(
            "nothing to send, then something",
            (5, vec![(0, Never), (2, Never), (0, Never), (2, Never)]),
        );
    for steps in 0..=12 {
        exam = exam.case(
            &format!("a crash after {steps} steps"),
            (0, vec![(3, After(steps)), (3, Never)]),
        );
    }
    for first in 0..=6 {
        for second in 0..=6 {
            exam = exam.case(
                &format!("crashes after {first} and {second} steps"),
                (0, vec![(2, After(first)), (2, After(second)), (2, Never)]),
            );
        }
    }
    for (saved, sends) in [
        (0, 1),
        (0, 10),
        (5, 64),
        (0, 100),
        (130, 256),
        (0, 1000),
        (77, 1000),
    ] {
        exam = exam.case(
            &format!("a crash after any of the steps, {sends} to send"),
            (saved, vec![(sends, AtWorst), (3, Never)]),
        );
    }
    let many = 1_000_000_000_000;
    exam.case(
        "a phone with a long past",
        (many, vec![(3, Never), (3, After(3)), (3, Never)]),
    )
    .case(
        "many messages",
        (7, vec![(1000, After(900)), (1000, After(1500)), (1, Never)]),
    )
    .case("twenty crashes in a row", (0, vec![(5, After(4)); 20]))
    .case(
        "a disk that says more than 2^62",
        ((1 << 62) + 3, vec![(3, Never), (3, After(3)), (3, Never)]),
    )
    .case(
        "a disk that says 2^63 - 1",
        ((1 << 63) - 1, vec![(3, Never), (3, After(3)), (3, Never)]),
    )
    .case(
        "a disk that says 2^63",
        (1 << 63, vec![(3, Never), (3, After(3)), (3, Never)]),
    )
    .case("a message at each start", (0, vec![(1, Never); 300]))
    .seeded(10, |random| {
        let sends = 1 + random.below(300);
        (random.below(1 << 40), vec![(sends, AtWorst), (3, Never)])
    })
    .seeded(40, |random| {
        let starts = 2 + random.below(4);
        let start = |random: &mut Seeded| {
            let sends = random.below(7);
            let crash = random.below(2 * sends + 3) as usize;
            let crashes = random.below(4) > 0;
            (sends, if crashes { After(crash) } else { Never })
        };
        (
            random.below(1 << 40),
            (0..starts).map(|_| start(random)).collect(),
        )
    })
    .judge(
        Phone(student),
        |(saved, starts)| {
            let each = starts.iter().enumerate().map(|(number, (sends, crash))| {
                let then = match crash {
                    After(0) => ", crash before the first step".to_string(),
                    After(steps) => format!(", crash after step {steps}"),
                    Never => String::new(),
                    AtWorst => ", crash after any step".to_string(),
                };
                format!("; start {}: {sends} to send{then}", number + 1)
            });
            format!("the disk says {saved}{}", each.collect::<String>())
        },
        |_, trace| sound(trace),
    )
}

//! Lesson 04, next_nonce: a phone that crashes, played from start to start.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use messaging_lab::course::exam::{Exam, Fault};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::{NoAnswer, Student};
use messaging_lab::crypto::sealer::Step;
use messaging_lab::ground::randomness::Seeded;

use super::wrong;

/// What is on the disk at first, and the phone's starts: messages to send, and after how many steps it crashes, if it
/// does.
pub type Run = (u64, Vec<(u64, Option<usize>)>);

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

    fn out_of_bounds(&self) -> Option<Step> {
        self.plan
            .iter()
            .copied()
            .find(|(Step::Save(number) | Step::Send(number))| *number > self.highest())
    }
}

/// Plays a run: at each start the phone knows what was saved last, and nothing else.
fn play(student: &mut dyn Student<(u64, u64), Vec<Step>>, (saved, starts): &Run) -> Result<Trace, NoAnswer> {
    let mut saved = *saved;
    let mut trace = Vec::new();
    for &(sends, crash) in starts {
        let mut plan = student.answer(&(saved, sends))?;
        // Everything but the saved number is forgotten in a crash. So the plan must not depend on anything else.
        let remembers = student.answer(&(saved, sends))? != plan;
        if remembers {
            plan.clear();
        }
        let done = crash.unwrap_or(plan.len()).min(plan.len());
        let start = Start {
            saved,
            sends,
            plan,
            done,
            remembers,
        };
        for step in &start.plan[..done] {
            if let Step::Save(number) = step {
                saved = *number;
            }
        }
        // Numbers from there on lead nowhere; the run is judged as it stands.
        let lost = remembers || start.out_of_bounds().is_some();
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
        .case("no crash", (0, vec![(3, None)]))
        .case(
            "ended and started again, no crash",
            (0, vec![(3, None), (2, None)]),
        )
        .case(
            "nothing to send, then something",
            (5, vec![(0, None), (2, None), (0, None), (2, None)]),
        );
    for steps in 0..=12 {
        exam = exam.case(
            &format!("a crash after {steps} steps"),
            (0, vec![(3, Some(steps)), (3, None)]),
        );
    }
    for first in 0..=6 {
        for second in 0..=6 {
            exam = exam.case(
                &format!("crashes after {first} and {second} steps"),
                (0, vec![(2, Some(first)), (2, Some(second)), (2, None)]),
            );
        }
    }
    let many = 1_000_000_000_000;
    exam.case(
        "a phone with a long past",
        (many, vec![(3, None), (3, Some(3)), (3, None)]),
    )
    .case(
        "many messages",
        (7, vec![(1000, Some(900)), (1000, Some(1500)), (1, None)]),
    )
    .case("twenty crashes in a row", (0, vec![(5, Some(4)); 20]))
    .seeded(40, |random| {
        let starts = 2 + random.below(4);
        let start = |random: &mut Seeded| {
            let sends = random.below(7);
            let crash = random.below(2 * sends + 3) as usize;
            (sends, (random.below(4) > 0).then_some(crash))
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
                    Some(0) => ", crash before the first step".to_string(),
                    Some(steps) => format!(", crash after step {steps}"),
                    None => String::new(),
                };
                format!("; start {}: {sends} to send{then}", number + 1)
            });
            format!("the disk says {saved}{}", each.collect::<String>())
        },
        |_, trace| sound(trace),
    )
}

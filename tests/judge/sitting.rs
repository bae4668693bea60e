//! One exercise's questions to a student in another process, with limits, and what there is to keep of the answers.

use std::any::Any;
use std::time::{Duration, Instant};

use messaging_lab::course::child::Child;
use messaging_lab::course::statement::{Explanation, Prediction};
use messaging_lab::course::student::{NoAnswer, Student};

use crate::wire::{Wire, from_bytes, to_bytes};

/// How many times as long as in a lesson's own test an answer may take: marking runs on busy machines.
const PATIENCE: u32 = 3;

/// How long all answers of one exercise may take together, for one seed.
const ALL_TOGETHER: Duration = Duration::from_secs(90);

/// What is kept of the answers, for people to read.
#[derive(Default)]
pub struct Kept {
    /// Of a predict exercise: the guesses, and what the witnesses say: `T`, `F`, or `-` for none.
    pub guesses: Option<(String, String)>,
    /// Of an explain exercise: the paragraph.
    pub paragraph: Option<String>,
    /// How long was waited for answers.
    pub waited: Duration,
}

/// A student in another process.
pub struct Sitter<'a> {
    child: &'a mut Child,
    kept: &'a mut Kept,
    limit: Duration,
    end: Instant,
}

impl<'a> Sitter<'a> {
    pub fn new(child: &'a mut Child, limit: Duration, kept: &'a mut Kept) -> Self {
        Sitter {
            child,
            kept,
            limit: PATIENCE * limit,
            end: Instant::now() + ALL_TOGETHER,
        }
    }
}

impl<Q: Wire, A: Wire + 'static> Student<Q, A> for Sitter<'_> {
    fn answer(&mut self, question: &Q) -> Result<A, NoAnswer> {
        let asked = Instant::now();
        let limit = self.limit.min(self.end.saturating_duration_since(asked));
        let answer = self.child.ask(&to_bytes(question), limit);
        self.kept.waited += asked.elapsed();
        let garbled = || NoAnswer::Crashed("the process answered with something that is no answer".into());
        let answer: A = from_bytes(&answer?).ok_or_else(garbled)?;
        keep(&answer, self.kept);
        Ok(answer)
    }

    fn allow(&mut self, limit: Duration) {
        self.limit = PATIENCE * limit;
    }
}

/// Keeps guesses and paragraphs. A check's student is generic and an answer has any type: the few that are meant are
/// looked for by name.
fn keep(answer: &dyn Any, kept: &mut Kept) {
    fn of<const N: usize>(answer: &dyn Any, kept: &mut Kept) {
        use messaging_lab::ground::ledger::Witness;
        let letter = |holds: Option<bool>| match holds {
            Some(true) => 'T',
            Some(false) => 'F',
            None => '-',
        };
        if let Some((guesses, witnesses)) = answer.downcast_ref::<Prediction<N>>() {
            let holds = |witness: &Option<Witness>| witness.map(|witness| witness != Witness::Nobody);
            kept.guesses = Some((
                guesses.iter().map(|guess| letter(*guess)).collect(),
                witnesses.iter().map(|witness| letter(holds(witness))).collect(),
            ));
        }
        if let Some((_, _, paragraph)) = answer.downcast_ref::<Explanation<N>>() {
            // As much as a person would read.
            kept.paragraph = Some(paragraph.chars().take(8_000).collect());
        }
    }
    of::<1>(answer, kept);
    of::<2>(answer, kept);
    of::<3>(answer, kept);
    of::<4>(answer, kept);
    of::<5>(answer, kept);
    of::<6>(answer, kept);
    of::<7>(answer, kept);
    of::<8>(answer, kept);
    of::<9>(answer, kept);
    of::<10>(answer, kept);
}

//! The explain exercise: rewrites of a phrase, each refuted by a witness or by nobody, and what the phrase leaves out.

use super::{Mistake, Statement, name_alike};
use crate::course::exam::no_answer;
use crate::course::feedback::{Feedback, Outcome, Verdict};
use crate::course::student::{Planted, Student};
use crate::ground::ledger::{Ledger, Witness};

/// One of the conditions that an explain exercise offers: which one does the article's phrase leave out?
#[derive(Clone, Copy, Debug)]
pub struct Condition {
    /// What the student answers, in lower case.
    pub letter: char,
    /// The condition as the lesson words it.
    pub says: &'static str,
    /// Why it does not make the phrase true; `None` for the one that does.
    pub misses: Option<&'static str>,
}

/// A witness for each rewrite, the letter of a condition, and a paragraph.
pub type Explanation<const N: usize> = ([Option<Witness>; N], Option<char>, String);

/// An explain exercise: rewrites of a phrase, each refuted by a witness or by nobody, and the condition it leaves out.
pub struct Sentence<'a> {
    /// The exercise's ID.
    pub exercise: &'static str,
    /// The lesson whose run settles the rewrites.
    pub show: &'a str,
    /// That run's ledger.
    pub ledger: &'a Ledger,
    /// For each rewrite what would refute it, under the rewrite's own words.
    pub rewrites: &'a [Statement],
    /// What the phrase may be missing.
    pub conditions: &'a [Condition],
}

impl Sentence<'_> {
    /// Asks for the whole of it, judges it, and names the planted explanation that makes the same first mistake.
    ///
    /// # Errors
    /// [`Feedback`], if no answer comes or [`Sentence::judge`] finds something.
    pub fn ask<const N: usize>(
        &self,
        mut student: impl Student<(), Explanation<N>>,
        planted: Vec<Planted<(), Explanation<N>>>,
    ) -> Verdict {
        let asked = "your witnesses, letter and paragraph?";
        let answer = student
            .answer(&())
            .map_err(|none| no_answer(self.exercise, "the only question", asked, none))?;
        let feedback = match self.judge(&answer.0, answer.1, &answer.2) {
            Err(feedback) if feedback.outcome != Outcome::NotStarted => feedback,
            verdict => return verdict,
        };
        let mistakes = |answer: &Explanation<N>| self.mistakes(answer);
        let at = mistakes(&answer).iter().position(Option::is_some).unwrap_or(0);
        Err(name_alike(feedback, at, &answer, planted, mistakes))
    }

    /// What is wrong at each place: the rewrites, then the letter, then the paragraph.
    fn mistakes<const N: usize>(
        &self,
        (witnesses, letter, paragraph): &Explanation<N>,
    ) -> Vec<Option<Mistake>> {
        let rewrites = self.rewrites.iter().zip(witnesses);
        let mut mistakes: Vec<_> = rewrites
            .map(|(rewrite, &witness)| rewrite.mistake(self.ledger, witness))
            .collect();
        let letter = letter.map(|letter| letter.to_ascii_lowercase());
        let wrong_letter = self.judge_condition(letter).is_err();
        mistakes.push(wrong_letter.then_some(Mistake::Letter(letter)));
        mistakes.push(paragraph.trim().is_empty().then_some(Mistake::NoParagraph));
        mistakes
    }

    /// Every rewrite settled, the right condition chosen, and a paragraph that is there. The paragraph is collected, not
    /// marked: a person reads it.
    ///
    /// # Errors
    /// [`Feedback`] about the first of these that is not so.
    pub fn judge(&self, witnesses: &[Option<Witness>], condition: Option<char>, paragraph: &str) -> Verdict {
        let nothing_yet = witnesses.iter().all(Option::is_none) && condition.is_none();
        if nothing_yet && paragraph.trim().is_empty() {
            return Err(Feedback::new(self.exercise, Outcome::NotStarted)
                .line(
                    "task",
                    "for each rewrite: Some(Witness::Nobody) if it holds, or the onlooker and second that refute it",
                )
                .line("next", format!("read the run: cargo run -- show {}", self.show)));
        }
        for (number, rewrite) in self.rewrites.iter().enumerate() {
            let place = format!("rewrite {} of {}", number + 1, self.rewrites.len());
            let wrong = self.wrong(format!("{place}: {}", rewrite.says));
            let next = format!("read the run: cargo run -- show {}", self.show);
            let Some(witness) = witnesses.get(number).copied().flatten() else {
                return Err(wrong
                    .line("you", "nothing yet")
                    .line(
                        "wanted",
                        "Some(Witness::Nobody) if it holds, else Some(Witness::Holds(onlooker, second))",
                    )
                    .line("next", next));
            };
            if let Err(fault) = rewrite.settle(self.ledger, witness) {
                return Err(wrong
                    .line("you", format!("{witness:?}"))
                    .line("wanted", fault.wanted)
                    .line("why", fault.why)
                    .line("next", next));
            }
        }
        self.judge_condition(condition)?;
        if paragraph.trim().is_empty() {
            return Err(self
                .wrong("your own words: what of the phrase is true, and where does it end?".to_string())
                .line("you", "no paragraph yet")
                .line(
                    "wanted",
                    "a few sentences; your instructor reads them, no program does",
                ));
        }
        Ok(())
    }

    fn judge_condition(&self, condition: Option<char>) -> Verdict {
        let letters: Vec<String> = self
            .conditions
            .iter()
            .map(|condition| condition.letter.to_string())
            .collect();
        let wrong = self.wrong("which condition does the phrase leave out?".to_string());
        let wanted = format!("one of the letters {}", letters.join(", "));
        let Some(letter) = condition else {
            return Err(wrong.line("you", "no letter yet").line("wanted", wanted));
        };
        let letter = letter.to_ascii_lowercase();
        match self
            .conditions
            .iter()
            .find(|condition| condition.letter == letter)
        {
            None => Err(wrong.line("you", format!("{letter:?}")).line("wanted", wanted)),
            Some(Condition { misses: None, .. }) => Ok(()),
            Some(Condition {
                says,
                misses: Some(why),
                ..
            }) => Err(wrong
                .line("you", format!("{letter}: {says}"))
                .line(
                    "wanted",
                    "the condition that makes the phrase true of what the phones do",
                )
                .line("why", why)),
        }
    }

    fn wrong(&self, asked: String) -> Feedback {
        Feedback::new(self.exercise, Outcome::Wrong).line("asked", asked)
    }
}

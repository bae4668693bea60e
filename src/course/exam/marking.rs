//! Marking an exam: everything asked, the first fault told, and the planted wrong answer named that did the same.

use super::{Fault, no_answer, why_it_panicked};
use crate::course::feedback::{Feedback, Outcome, Verdict};
use crate::course::student::NoAnswer;

/// What can be said of an exam without its questions.
pub(super) struct Heading {
    pub(super) exercise: &'static str,
    pub(super) handed_out_bug: bool,
    pub(super) hidden_bug: bool,
    /// Name and diagnosis of each planted wrong answer.
    pub(super) planted: Vec<(&'static str, &'static str)>,
    /// The name of each case.
    pub(super) cases: Vec<String>,
}

/// An exam's questions with the answers that they got so far, each under its number from 0: all that marking needs to know
/// of them, whatever their types. So marking is compiled once, and not for every exercise.
pub(super) trait Sheet {
    /// Asks question `at`, the first without an answer.
    fn ask(&mut self, at: usize) -> Result<(), NoAnswer>;
    /// Tells the student that the last answer was the first wrong one.
    fn first_fault(&mut self);
    /// How many answers there are.
    fn answers(&self) -> usize;
    /// What is wrong with answer `at`.
    fn fault(&self, at: usize) -> Option<Fault>;
    /// Question `at` in words.
    fn asked(&self, at: usize) -> String;
    /// Answer `at` in words.
    fn shown(&self, at: usize) -> String;
    /// Whether a planted answer answers question `at` as the student did; where the student gave no answer, whether it
    /// panics for the reason `panicked` too.
    fn is_alike(&self, planted: usize, at: usize, panicked: Option<&str>) -> bool;
}

impl Heading {
    /// Asks everything and judges every answer.
    pub(super) fn mark(&self, sheet: &mut dyn Sheet) -> Verdict {
        assert!(
            !self.cases.is_empty(),
            "{}: an exam without questions passes everybody",
            self.exercise
        );
        let mut first_fault: Option<(usize, Fault)> = None;
        for (at, name) in self.cases.iter().enumerate() {
            match sheet.ask(at) {
                Ok(()) => {
                    if first_fault.is_none() {
                        first_fault = sheet.fault(at).map(|fault| (at, fault));
                        if first_fault.is_some() {
                            sheet.first_fault();
                        }
                    }
                }
                // A wrong answer came before: that one is the news.
                Err(_) if first_fault.is_some() => break,
                Err(none) => {
                    let panicked = match &none {
                        NoAnswer::Panicked(message) => Some(why_it_panicked(message)),
                        _ => None,
                    };
                    let feedback = no_answer(self.exercise, name, &sheet.asked(at), none);
                    return Err(self.name_likely(feedback, at, sheet, panicked));
                }
            }
        }
        let Some((at, fault)) = first_fault else {
            return Ok(());
        };
        let likely = self.likely_cause(at, sheet, None);
        if self.handed_out_bug && likely.is_some_and(|(index, alike)| index == 0 && alike == self.cases.len())
        {
            let feedback = Feedback::new(self.exercise, Outcome::NotStarted).line(
                "task",
                "the function still answers everything as it did when it was handed out, and it has a bug: find it and \
                 fix it",
            );
            return Err(if self.hidden_bug {
                feedback
            } else {
                feedback
                    .line("asked", sheet.asked(at))
                    .line("it says", sheet.shown(at))
                    .line("wanted", fault.wanted)
                    .line("why", fault.why)
            });
        }
        let feedback = Feedback::new(self.exercise, Outcome::Wrong)
            .line("asked", format!("{} ({})", sheet.asked(at), self.cases[at]))
            .line("you", sheet.shown(at))
            .line("wanted", fault.wanted)
            .line("why", fault.why);
        Err(self.name_likely(feedback, at, sheet, None))
    }

    /// Adds the planted wrong answer that does the same, if one does. `panicked`: what kind of panic came at `at`.
    fn name_likely(
        &self,
        feedback: Feedback,
        at: usize,
        sheet: &dyn Sheet,
        panicked: Option<&str>,
    ) -> Feedback {
        let named = matches!(feedback.outcome, Outcome::Wrong | Outcome::Panicked);
        match self.likely_cause(at, sheet, panicked).filter(|_| named) {
            Some((index, _)) => {
                let (name, about) = self.planted[index];
                feedback.likely(name, about)
            }
            None => feedback,
        }
    }

    /// The planted wrong answer that does the same at question `at` (gives the same answer, or panics for the same kind of
    /// reason) and agrees with the most of all answers: its index, and on how many it agrees. One that disagrees with
    /// more than a quarter of them has another cause, whatever it says at `at`.
    fn likely_cause(&self, at: usize, sheet: &dyn Sheet, panicked: Option<&str>) -> Option<(usize, usize)> {
        let mut best: Option<(usize, usize)> = None;
        for index in 0..self.planted.len() {
            if !sheet.is_alike(index, at, panicked) {
                continue;
            }
            // Answers can be dear: no more are asked for than it takes to see that this one cannot win.
            let mut agreed = 0;
            let mut possible = sheet.answers();
            for number in 0..sheet.answers() {
                if sheet.is_alike(index, number, panicked) {
                    agreed += 1;
                } else {
                    possible -= 1;
                }
                if 4 * possible < 3 * sheet.answers() || best.is_some_and(|(_, most)| possible <= most) {
                    break;
                }
            }
            if 4 * possible >= 3 * sheet.answers() && best.is_none_or(|(_, most)| possible > most) {
                best = Some((index, agreed));
            }
        }
        best
    }
}

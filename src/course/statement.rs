//! Sentences about who holds what, settled by a witness from a run's ledger.
//!
//! A predict exercise asks for a guess first and then for the witness that settles each statement; an explain exercise
//! asks for the witness that refutes a sentence, or nobody if the sentence holds. Both come down to one question: does
//! one of these onlookers hold these bytes at some second of this stretch of time? Any witness that is true is accepted.

use super::exam::{Fault, no_answer};
use super::feedback::{Feedback, Outcome, Verdict};
use super::student::{Planted, Student};
use crate::ground::clock::Millis;
use crate::ground::ledger::{Ledger, Onlooker, Witness};

/// "One of `who` holds `bytes` at some second from `from` to `to`."
#[derive(Clone, Debug)]
pub struct Statement {
    /// The statement as the lesson words it.
    pub says: &'static str,
    /// What is held or not.
    pub bytes: Vec<u8>,
    /// The onlookers it speaks of.
    pub who: Vec<Onlooker>,
    /// The first second it speaks of.
    pub from: u64,
    /// The last second it speaks of.
    pub to: u64,
}

/// A second is looked at as it begins.
fn moment(second: u64) -> Millis {
    second.saturating_mul(1000)
}

impl Statement {
    /// The earliest witness in `ledger`, or [`Witness::Nobody`].
    pub fn witness(&self, ledger: &Ledger) -> Witness {
        // Holders change only where the history says so: look at the first second at or after each change.
        let changes = ledger.history().into_iter().map(|(at, ..)| at.div_ceil(1000));
        let seconds = changes
            .chain([self.from])
            .filter(|second| (self.from..=self.to).contains(second));
        let held = seconds.flat_map(|second| self.who.iter().map(move |&onlooker| (second, onlooker)));
        held.filter(|(second, onlooker)| ledger.holds(*onlooker, &self.bytes, moment(*second)))
            .min()
            .map_or(Witness::Nobody, |(second, onlooker)| {
                Witness::Holds(onlooker, second)
            })
    }

    /// Whether `witness` settles the statement in `ledger`.
    ///
    /// # Errors
    /// What is wrong with the witness. It does not say what the right one is.
    pub fn settle(&self, ledger: &Ledger, witness: Witness) -> Result<(), Fault> {
        match witness {
            Witness::Nobody => match self.witness(ledger) {
                Witness::Nobody => Ok(()),
                Witness::Holds(..) => Err(Fault::new(
                    "an onlooker and a second",
                    "in the run somebody does hold it in that time: look at who still has it then",
                )),
            },
            Witness::Holds(onlooker, second) => {
                if !self.who.contains(&onlooker) {
                    return Err(Fault::new(
                        "an onlooker that the statement speaks of",
                        format!("{onlooker}: the statement does not ask about that"),
                    ));
                }
                if !(self.from..=self.to).contains(&second) {
                    let wanted = if self.from == self.to {
                        "the second that the statement speaks of".to_string()
                    } else {
                        format!("a second from {} to {}", self.from, self.to)
                    };
                    return Err(Fault::new(
                        wanted,
                        format!("the statement says nothing about second {second}"),
                    ));
                }
                if !ledger.holds(onlooker, &self.bytes, moment(second)) {
                    let why = format!("in the run, at second {second}: {onlooker} does not hold it");
                    return Err(Fault::new("a holder at that second, or Nobody", why));
                }
                Ok(())
            }
        }
    }

    /// What kind of mistake `witness` is, if it does not settle the statement.
    fn mistake(&self, ledger: &Ledger, witness: Option<Witness>) -> Option<Mistake> {
        match witness {
            None => Some(Mistake::NoWitness),
            Some(witness) if self.settle(ledger, witness).is_ok() => None,
            Some(Witness::Nobody) => Some(Mistake::Nobody),
            Some(Witness::Holds(onlooker, second)) => {
                // Seconds that the statement does not speak of are each a mistake of its own.
                let outside = !(self.from..=self.to).contains(&second);
                let from_then_on = Statement {
                    who: vec![onlooker],
                    from: second,
                    ..self.clone()
                };
                Some(Mistake::Holder {
                    onlooker,
                    outside: outside.then_some(second),
                    too_early: from_then_on.witness(ledger) != Witness::Nobody,
                })
            }
        }
    }
}

/// A guess for each statement, and the witness that settles it.
pub type Prediction<const N: usize> = ([Option<bool>; N], [Option<Witness>; N]);

/// A predict exercise: statements, and the run that settles them.
pub struct Predict<'a, const N: usize> {
    /// The exercise's ID.
    pub exercise: &'static str,
    /// The lesson whose run `cargo run -- show` prints.
    pub show: &'static str,
    /// What happened in that run.
    pub ledger: &'a Ledger,
    /// The statements.
    pub statements: &'a [Statement; N],
}

impl<const N: usize> Predict<'_, N> {
    /// Every guess made, every statement settled. A guess is never right or wrong; after a pass the guesses are set
    /// beside the run.
    ///
    /// # Errors
    /// [`Feedback`] about the first statement that is not settled; it names the planted prediction that makes the same
    /// mistake there and agrees in most of the rest.
    pub fn judge(
        &self,
        mut student: impl Student<(), Prediction<N>>,
        planted: Vec<Planted<(), Prediction<N>>>,
    ) -> Verdict {
        let asked = "your guesses and witnesses?";
        let answer = student
            .answer(&())
            .map_err(|none| no_answer(self.exercise, "the only question", asked, none))?;
        let Some((at, feedback)) = self.first_unsettled(&answer) else {
            student.remark(&self.comparison(&answer));
            return Ok(());
        };
        if feedback.outcome == Outcome::NotStarted {
            return Err(feedback);
        }
        let mistakes = |answer: &Prediction<N>| -> Vec<_> {
            (0..N).map(|number| self.mistake(answer, number)).collect()
        };
        Err(name_alike(feedback, at, &answer, planted, mistakes))
    }

    /// What is wrong at one statement, so that two wrong answers can be compared: the guess is missing, or the witness,
    /// or this witness settles nothing and for this kind of reason. `None`: nothing is wrong.
    fn mistake(&self, (guesses, witnesses): &Prediction<N>, number: usize) -> Option<Mistake> {
        match guesses[number] {
            None => Some(Mistake::NoGuess),
            Some(_) => self.statements[number].mistake(self.ledger, witnesses[number]),
        }
    }

    /// The number of the first statement that is not settled, and the words about it.
    fn first_unsettled(&self, (guesses, witnesses): &Prediction<N>) -> Option<(usize, Feedback)> {
        let run = format!("cargo run -- show {}", self.show);
        if guesses.iter().all(Option::is_none) {
            let task = match witnesses.iter().all(Option::is_none) {
                true => {
                    "guess first: Some(true) or Some(false) for each statement; a wrong guess costs nothing"
                }
                false => {
                    "the witnesses are there, the guesses are missing: Some(true) or Some(false) for each"
                }
            };
            let feedback = Feedback::new(self.exercise, Outcome::NotStarted)
                .line("task", task)
                .line(
                    "next",
                    format!("settle each statement with a witness from: {run}"),
                );
            return Some((0, feedback));
        }
        let at = (0..N).find(|&number| self.mistake(&(*guesses, *witnesses), number).is_some())?;
        let statement = &self.statements[at];
        let wrong = Feedback::new(self.exercise, Outcome::Wrong).line(
            "asked",
            format!("statement {} of {N}: {}", at + 1, statement.says),
        );
        let feedback = match (guesses[at], witnesses[at]) {
            (None, _) => wrong
                .line("you", "no guess yet")
                .line("wanted", "Some(true) or Some(false), before you look"),
            (_, None) => wrong
                .line("you", "a guess, and no witness yet")
                .line(
                    "wanted",
                    "Some(Witness::Nobody) or Some(Witness::Holds(onlooker, second)), from the run",
                )
                .line("next", format!("read the run: {run}")),
            (_, Some(witness)) => {
                let fault = statement.settle(self.ledger, witness).err()?;
                wrong
                    .line("you", format!("{witness:?}"))
                    .line("wanted", fault.wanted)
                    .line("why", fault.why)
                    .line("next", format!("read the run: {run}"))
            }
        };
        Some((at, feedback))
    }

    /// Each guess beside what the run shows.
    fn comparison(&self, (guesses, witnesses): &Prediction<N>) -> String {
        let mut text = String::from("your guesses beside the run:\n");
        for number in 0..N {
            let holds = matches!(witnesses[number], Some(Witness::Holds(..)));
            let word = |holds| if holds { "it holds" } else { "it does not" };
            let note = if guesses[number] == Some(holds) {
                ""
            } else {
                "   <- the run says otherwise"
            };
            let guess = word(guesses[number] == Some(true));
            text.push_str(&format!(
                "  {}  guess: {guess:<12} run: {:<12}{note}\n",
                number + 1,
                word(holds)
            ));
        }
        text
    }
}

/// Adds the name of the planted answer that makes the same mistake at place `at`, agrees in at least half of all places
/// and in most of them. `mistakes` gives what is wrong at each place of an answer.
fn name_alike<A>(
    feedback: Feedback,
    at: usize,
    answer: &A,
    planted: Vec<Planted<(), A>>,
    mistakes: impl Fn(&A) -> Vec<Option<Mistake>>,
) -> Feedback {
    let made = mistakes(answer);
    let mut best: Option<(usize, Planted<(), A>)> = None;
    for planted in planted {
        let other = mistakes(&(planted.answer)(()));
        let agreed = made
            .iter()
            .zip(&other)
            .filter(|(one, other)| one == other)
            .count();
        let alike = made[at] == other[at];
        if alike && 2 * agreed >= made.len() && best.as_ref().is_none_or(|(most, _)| agreed > *most) {
            best = Some((agreed, planted));
        }
    }
    match best {
        Some((_, planted)) => feedback.likely(planted.name, planted.about),
        None => feedback,
    }
}

/// What is wrong at one place of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mistake {
    NoGuess,
    NoWitness,
    Nobody,
    Holder {
        onlooker: Onlooker,
        outside: Option<u64>,
        /// It does hold it, but later.
        too_early: bool,
    },
    Letter(Option<char>),
    NoParagraph,
}

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

#[cfg(test)]
mod tests {
    use super::super::student::Here;
    use super::*;

    fn run() -> (Ledger, Statement) {
        let mut ledger = Ledger::new();
        let copy = ledger.gains(2_500, Onlooker::BobPhone, "text", b"secret");
        ledger.loses(7_000, copy);
        let statement = Statement {
            says: "Bob's phone holds it between 1 and 9",
            bytes: b"secret".to_vec(),
            who: vec![Onlooker::BobPhone],
            from: 1,
            to: 9,
        };
        (ledger, statement)
    }

    #[test]
    fn every_true_witness_settles_and_no_other_does() {
        let (ledger, statement) = run();
        for second in 0..12 {
            let settles = statement
                .settle(&ledger, Witness::Holds(Onlooker::BobPhone, second))
                .is_ok();
            assert_eq!(settles, (3..7).contains(&second), "second {second}");
        }
        assert!(statement.settle(&ledger, Witness::Nobody).is_err());
        assert!(
            statement
                .settle(&ledger, Witness::Holds(Onlooker::AlicePhone, 4))
                .is_err()
        );
        assert_eq!(statement.witness(&ledger), Witness::Holds(Onlooker::BobPhone, 3));
        let later = Statement { from: 7, ..statement };
        assert_eq!(later.witness(&ledger), Witness::Nobody);
        assert!(later.settle(&ledger, Witness::Nobody).is_ok());
    }

    #[test]
    fn a_prediction_needs_every_guess_and_every_witness_and_no_guess_is_wrong() {
        let (ledger, statement) = run();
        let predict = Predict {
            exercise: "a/b",
            show: "a",
            ledger: &ledger,
            statements: &[statement],
        };
        let judge = |guess, witness| predict.judge(Here(|()| ([guess], [witness])), Vec::new());
        let holds = Some(Witness::Holds(Onlooker::BobPhone, 4));
        assert_eq!(judge(None, holds).unwrap_err().outcome, Outcome::NotStarted);
        assert_eq!(judge(Some(true), None).unwrap_err().outcome, Outcome::Wrong);
        assert_eq!(
            judge(Some(true), Some(Witness::Nobody)).unwrap_err().outcome,
            Outcome::Wrong
        );
        assert_eq!(judge(Some(true), holds), Ok(()));
        assert_eq!(judge(Some(false), holds), Ok(()));
    }

    #[test]
    fn a_witness_that_comes_too_early_is_another_mistake_than_one_that_comes_too_late() {
        let (ledger, statement) = run();
        let predict = Predict {
            exercise: "a/b",
            show: "a",
            ledger: &ledger,
            statements: &[statement],
        };
        let planted = || {
            vec![
                Planted {
                    name: "too-late",
                    about: "gone by then",
                    answer: |()| ([Some(true)], [Some(Witness::Holds(Onlooker::BobPhone, 7))]),
                },
                Planted {
                    name: "too-early",
                    about: "not there yet",
                    answer: |()| ([Some(true)], [Some(Witness::Holds(Onlooker::BobPhone, 1))]),
                },
            ]
        };
        let named = |second| {
            let witness = Some(Witness::Holds(Onlooker::BobPhone, second));
            let verdict = predict.judge(Here(|()| ([Some(true)], [witness])), planted());
            verdict.err().and_then(|feedback| feedback.likely)
        };
        assert_eq!(
            [1, 2, 3, 6, 7, 9].map(named),
            [
                Some("too-early"),
                Some("too-early"),
                None,
                None,
                Some("too-late"),
                Some("too-late")
            ]
        );
        // A second that the statement does not speak of is its own mistake.
        assert_eq!(named(10), None);
    }

    #[test]
    fn a_sentence_needs_every_witness_the_condition_and_a_paragraph() {
        let (ledger, statement) = run();
        let conditions = [
            Condition {
                letter: 'a',
                says: "if it rains",
                misses: Some("rain changes nothing"),
            },
            Condition {
                letter: 'b',
                says: "if it is read",
                misses: None,
            },
        ];
        let sentence = Sentence {
            exercise: "a/b",
            show: "a",
            ledger: &ledger,
            rewrites: std::slice::from_ref(&statement),
            conditions: &conditions,
        };
        let outcome = |witness, letter, paragraph| {
            sentence
                .judge(&[witness], letter, paragraph)
                .map_err(|feedback| feedback.outcome)
        };
        let holds = Some(Witness::Holds(Onlooker::BobPhone, 4));
        assert_eq!(outcome(None, None, " \n"), Err(Outcome::NotStarted));
        assert_eq!(outcome(None, Some('b'), "words"), Err(Outcome::Wrong));
        assert_eq!(outcome(None, None, "words"), Err(Outcome::Wrong));
        assert_eq!(
            outcome(Some(Witness::Nobody), Some('b'), "words"),
            Err(Outcome::Wrong)
        );
        assert_eq!(outcome(holds, None, "words"), Err(Outcome::Wrong));
        assert_eq!(outcome(holds, Some('a'), "words"), Err(Outcome::Wrong));
        assert_eq!(outcome(holds, Some('x'), "words"), Err(Outcome::Wrong));
        assert_eq!(outcome(holds, Some('b'), " "), Err(Outcome::Wrong));
        assert_eq!(outcome(holds, Some('b'), "words"), Ok(()));
        assert_eq!(outcome(holds, Some('B'), "words"), Ok(()));
        let told = sentence.judge(&[holds], Some('a'), "words").unwrap_err();
        assert!(told.to_string().contains("rain changes nothing"), "{told}");

        let planted = || {
            vec![
                Planted {
                    name: "too-late",
                    about: "gone by then",
                    answer: |()| {
                        let late = Witness::Holds(Onlooker::BobPhone, 7);
                        ([Some(late)], Some('b'), "words".to_string())
                    },
                },
                Planted {
                    name: "rain",
                    about: "rain changes nothing",
                    answer: |()| {
                        let holds = Witness::Holds(Onlooker::BobPhone, 3);
                        ([Some(holds)], Some('a'), "words".to_string())
                    },
                },
            ]
        };
        let named = |second, letter| {
            let witness = Some(Witness::Holds(Onlooker::BobPhone, second));
            let answer = ([witness], Some(letter), "mine".to_string());
            sentence
                .ask(Here(|()| answer.clone()), planted())
                .map_err(|feedback| feedback.likely)
        };
        assert_eq!(named(9, 'b'), Err(Some("too-late")));
        assert_eq!(named(4, 'a'), Err(Some("rain")));
        assert_eq!(named(4, 'A'), Err(Some("rain")));
        assert_eq!(named(2, 'b'), Err(None));
        assert_eq!(named(4, 'b'), Ok(()));
    }
}

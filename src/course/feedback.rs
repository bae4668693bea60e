//! What a student is told: a verdict, and where it is not a pass, at most eight plain lines that say what to do.

use std::fmt;

/// `Ok(())`: passed. `Err`: the words for the student.
///
/// A `#[test]` returns it as it is. The test runner prints an error with `Debug`, so [`Feedback`]'s `Debug` is the text
/// itself: no panic stands around it and no backtrace follows it.
pub type Verdict = Result<(), Feedback>;

/// Why an exercise is not passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The stub is still there: a `todo!`, the handed-out bug, or no guess made yet.
    NotStarted,
    /// An answer came and is not right.
    Wrong,
    /// The code panicked.
    Panicked,
    /// No answer came within the time limit.
    OutOfTime,
    /// The process ended before it answered.
    Crashed,
    /// The code uses the kit where it should find the answer itself.
    Withheld,
    /// The lesson asks for code that stands in another file.
    OtherFile,
}

impl Outcome {
    /// The word that a student reads, and that the progress file keeps.
    pub fn word(self) -> &'static str {
        match self {
            Outcome::NotStarted => "not started",
            Outcome::Wrong => "wrong",
            Outcome::Panicked => "panicked",
            Outcome::OutOfTime => "out of time",
            Outcome::Crashed => "crashed",
            Outcome::Withheld => "uses the kit's answer",
            Outcome::OtherFile => "needs another file",
        }
    }
}

/// The longest line that a student is shown, in characters; a longer one keeps its beginning and its end.
pub const LONGEST_LINE: usize = 400;

/// The most lines of one feedback, its headline included.
pub const MOST_LINES: usize = 8;

/// What a student reads about an exercise that is not passed.
#[derive(Clone, PartialEq, Eq)]
pub struct Feedback {
    /// The exercise's ID.
    pub exercise: &'static str,
    /// What happened.
    pub outcome: Outcome,
    /// The name of the planted wrong answer that answers alike, if one does.
    pub likely: Option<&'static str>,
    lines: Vec<(&'static str, String)>,
}

impl Feedback {
    /// A feedback that so far has its headline only, and ends with the hint's command.
    pub fn new(exercise: &'static str, outcome: Outcome) -> Self {
        Feedback {
            exercise,
            outcome,
            likely: None,
            lines: Vec::new(),
        }
    }

    /// Adds a line: a short label, then the text. An empty text adds nothing.
    #[must_use]
    pub fn line(mut self, label: &'static str, text: impl AsRef<str>) -> Self {
        let text = one_plain_line(text.as_ref());
        if !text.is_empty() {
            self.lines.push((label, text));
        }
        self
    }

    /// Adds the line that names the likely cause.
    #[must_use]
    pub fn likely(mut self, name: &'static str, cause: &str) -> Self {
        self.likely = Some(name);
        self.line("likely", format!("{cause} [{name}]"))
    }
}

impl fmt::Display for Feedback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.exercise, self.outcome.word().to_uppercase())?;
        // The headline and the hint's command are always there; the rest gives way if it is too much.
        for (label, text) in self.lines.iter().take(MOST_LINES - 2) {
            write!(f, "\n  {label:<7} {text}")?;
        }
        write!(f, "\n  {:<7} cargo run -- hint {}", "help", self.exercise)
    }
}

impl fmt::Debug for Feedback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// One line of ASCII: line breaks become spaces, other characters their escapes, and a long text loses its middle.
fn one_plain_line(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            '\n' | '\r' | '\t' => plain.push(' '),
            ' '..='~' => plain.push(c),
            other => plain.extend(other.escape_unicode()),
        }
    }
    if plain.len() <= LONGEST_LINE {
        return plain;
    }
    // Plain ASCII by now, so every byte is a character.
    let half = (LONGEST_LINE - 30) / 2;
    format!(
        "{} ... ({} more) ... {}",
        &plain[..half],
        plain.len() - 2 * half,
        &plain[plain.len() - half..]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_is_the_text_a_student_reads() {
        let feedback = Feedback::new("timer/deadline", Outcome::Wrong)
            .line("asked", "when?")
            .line("you", "never");
        assert_eq!(
            format!("{feedback:?}"),
            "timer/deadline: WRONG\n  asked   when?\n  you     never\n  help    cargo run -- hint timer/deadline"
        );
    }

    #[test]
    fn never_more_than_eight_lines_and_all_of_them_ascii() {
        let mut feedback = Feedback::new("bytes/hex", Outcome::Wrong);
        for _ in 0..20 {
            feedback = feedback.line("got", "caf\u{e9}\nand more");
        }
        let text = feedback.to_string();
        assert_eq!(text.lines().count(), MOST_LINES);
        assert!(text.is_ascii() && text.contains("caf\\u{e9} and more"), "{text}");
    }

    #[test]
    fn a_long_line_keeps_both_ends() {
        let text = format!("{}{}", "a".repeat(5000), "z".repeat(5000));
        let line = one_plain_line(&text);
        assert!(
            line.len() <= LONGEST_LINE && line.starts_with("aaa") && line.ends_with("zzz"),
            "{line}"
        );
    }
}

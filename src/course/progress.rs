//! Progress that is true: a result belongs to the code as it was when it was checked.
//!
//! The lesson tests append one line for each new result to a hidden file; the last line of an exercise counts:
//!
//! ```text
//! timer/deadline <tab> passed <tab> fingerprint in hex <tab> feedback, with \n for line breaks
//! ```
//!
//! Exercises keep their IDs for ever, so the file stays good when the kit is updated. Where the code is no longer what
//! was checked, the result is shown as out of date and not as a pass.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::feedback::Verdict;

/// Where the kit keeps what it knows of this student: below the project's root, hidden, not under version control.
pub const FOLDER: &str = ".lab";

/// The last result of one exercise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// [`PASSED`] or an [`super::feedback::Outcome`]'s word.
    pub result: String,
    /// The fingerprint of the code that was checked.
    pub fingerprint: u64,
    /// What the student was told; empty for a pass.
    pub feedback: String,
}

/// The results of all exercises that have one.
#[derive(Clone, Debug, Default)]
pub struct Records(Vec<(String, Record)>);

impl Records {
    /// The last result of `exercise`.
    pub fn get(&self, exercise: &str) -> Option<&Record> {
        self.0
            .iter()
            .rev()
            .find(|(id, _)| id == exercise)
            .map(|(_, record)| record)
    }
}

/// The word for a pass.
pub const PASSED: &str = "passed";

/// How an exercise stands, compared with the lesson file as it is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing was changed yet.
    NotStarted,
    /// There is code that no check has seen yet, or that changed since the last check.
    Unchecked,
    /// The last check of this very code did not pass.
    NotYet,
    /// The last check of this very code passed.
    Passed,
}

impl State {
    /// In words.
    pub fn word(self) -> &'static str {
        match self {
            State::NotStarted => "not started",
            State::Unchecked => "not checked",
            State::NotYet => "not yet",
            State::Passed => "passed",
        }
    }

    /// The state of an exercise whose code has the fingerprint `now`, whose stub has `stub`, and whose last result is
    /// `record`.
    pub fn of(now: Option<u64>, stub: Option<u64>, record: Option<&Record>) -> State {
        match record {
            Some(record) if now == Some(record.fingerprint) && record.result == PASSED => State::Passed,
            _ if now == stub => State::NotStarted,
            Some(record) if now == Some(record.fingerprint) => State::NotYet,
            _ => State::Unchecked,
        }
    }
}

/// The progress file of a project.
pub struct Progress {
    path: PathBuf,
}

impl Progress {
    /// The progress of the project at `root`. Nothing is read or written yet.
    pub fn at(root: &Path) -> Self {
        Progress {
            path: root.join(FOLDER).join("progress.txt"),
        }
    }

    /// The last result of every exercise that has one. A missing file is no progress; a line that cannot be read (the
    /// end of a write that was cut off, say) is passed over.
    pub fn read(&self) -> Records {
        // Bytes, not text: one bad byte must not cost all the other lines.
        let bytes = std::fs::read(&self.path).unwrap_or_default();
        Records(
            String::from_utf8_lossy(&bytes)
                .lines()
                .filter_map(read_line)
                .collect(),
        )
    }

    /// Writes down a result, unless it is what the file says already.
    ///
    /// # Errors
    /// If the folder or the file cannot be written.
    pub fn record(&self, exercise: &str, fingerprint: u64, verdict: &Verdict) -> std::io::Result<()> {
        let (result, feedback) = match verdict {
            Ok(()) => (PASSED, String::new()),
            Err(feedback) => (feedback.outcome.word(), feedback.to_string()),
        };
        let record = Record {
            result: result.to_string(),
            fingerprint,
            feedback,
        };
        if self.read().get(exercise) == Some(&record) {
            return Ok(());
        }
        if let Some(folder) = self.path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let feedback = record.feedback.replace('\\', "\\\\").replace('\n', "\\n");
        // The line break first: it also ends a line that an earlier write left cut off. One write for the whole line:
        // the exercises of a lesson are checked side by side.
        let line = format!("\n{exercise}\t{result}\t{fingerprint:016x}\t{feedback}\n");
        std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(&self.path)?
            .write_all(line.as_bytes())
    }
}

fn read_line(line: &str) -> Option<(String, Record)> {
    let mut fields = line.splitn(4, '\t');
    let exercise = fields.next()?.to_string();
    let result = fields.next()?.to_string();
    let digits = fields.next().filter(|digits| digits.len() == 16)?;
    let fingerprint = u64::from_str_radix(digits, 16).ok()?;
    let mut feedback = String::new();
    let mut escaped = false;
    for c in fields.next()?.chars() {
        match (escaped, c) {
            (false, '\\') => escaped = true,
            (true, 'n') => {
                feedback.push('\n');
                escaped = false;
            }
            (_, c) => {
                feedback.push(c);
                escaped = false;
            }
        }
    }
    Some((
        exercise,
        Record {
            result,
            fingerprint,
            feedback,
        },
    ))
}

#[cfg(test)]
mod tests {
    use super::super::feedback::{Feedback, Outcome};
    use super::*;

    fn fresh_folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("messaging-lab-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[test]
    fn the_last_result_counts_and_torn_or_foreign_lines_cost_only_themselves() {
        let root = fresh_folder("progress");
        let progress = Progress::at(&root);
        assert_eq!(progress.read().get("timer/deadline"), None);
        let wrong = Err(Feedback::new("timer/deadline", Outcome::Wrong).line("you", "a \\ back\\nslash"));
        progress.record("timer/deadline", 7, &wrong).unwrap();
        progress.record("timer/boundary", 8, &Ok(())).unwrap();
        let told = progress.read().get("timer/deadline").unwrap().feedback.clone();
        assert_eq!(told, wrong.clone().unwrap_err().to_string());
        let mut bytes = std::fs::read(root.join(".lab/progress.txt")).unwrap();
        bytes.extend_from_slice(b"\xff\xfe not a line\ntimer/deadline\tpassed\t00000000000");
        std::fs::write(root.join(".lab/progress.txt"), bytes).unwrap();
        assert_eq!(progress.read().get("timer/deadline").unwrap().result, "wrong");
        progress.record("timer/deadline", 9, &Ok(())).unwrap();
        assert_eq!(progress.read().get("timer/deadline").unwrap().fingerprint, 9);
        assert_eq!(progress.read().get("timer/boundary").unwrap().result, PASSED);
        std::fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn the_same_result_twice_is_written_once() {
        let root = fresh_folder("progress-twice");
        let progress = Progress::at(&root);
        progress.record("bytes/hex", 1, &Ok(())).unwrap();
        let length = std::fs::metadata(root.join(".lab/progress.txt")).unwrap().len();
        progress.record("bytes/hex", 1, &Ok(())).unwrap();
        assert_eq!(
            std::fs::metadata(root.join(".lab/progress.txt")).unwrap().len(),
            length
        );
        std::fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn a_pass_belongs_to_the_code_that_was_checked() {
        let record = |result: &str| Record {
            result: result.to_string(),
            fingerprint: 5,
            feedback: String::new(),
        };
        let passed = record(PASSED);
        assert_eq!(State::of(Some(5), Some(1), Some(&passed)), State::Passed);
        assert_eq!(State::of(Some(6), Some(1), Some(&passed)), State::Unchecked);
        assert_eq!(State::of(Some(1), Some(1), Some(&passed)), State::NotStarted);
        assert_eq!(State::of(None, Some(1), Some(&passed)), State::Unchecked);
        assert_eq!(State::of(Some(5), Some(1), Some(&record("wrong"))), State::NotYet);
        assert_eq!(State::of(Some(5), Some(1), None), State::Unchecked);
        assert_eq!(State::of(Some(1), Some(1), None), State::NotStarted);
    }
}

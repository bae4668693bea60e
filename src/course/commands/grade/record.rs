//! One submission's results: a file that is whole or not there. Every report is made from these.
//!
//! Lines of fields, separated by tabs; `end` is the last one. The judge writes most of them (tests/judge.rs).

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use messaging_lab::course::progress::PASSED;

const FIRST: &str = "messaging-lab record 1";

/// One submission's results.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// The student.
    pub student: String,
    /// Which assignment it belongs to ([`super::handin::fingerprint`] of the same kind).
    pub assignment: u64,
    /// Which files were judged.
    pub hand_in: u64,
    /// When, in seconds since 1970.
    pub judged_at: u64,
    /// Late, empty, handed in twice.
    pub notes: Vec<String>,
    /// Lessons of which nothing could be asked: name, result, detail.
    pub refused: Vec<(String, String, String)>,
    /// What came of each exercise.
    pub marks: Vec<Mark>,
    /// Of predict exercises: ID, guesses before, what the run says.
    pub guesses: Vec<(String, String, String)>,
    /// Of explain exercises: ID, paragraph.
    pub paragraphs: Vec<(String, String)>,
    /// For each lesson a sample of its text, to find files that are alike ([`super::alike`]).
    pub samples: Vec<(String, Vec<u64>)>,
    /// Milliseconds in the compiler, in waiting for answers, all together.
    pub time: [u64; 3],
}

/// What came of one exercise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The exercise.
    pub id: String,
    /// [`PASSED`], or what it is instead.
    pub result: String,
    /// The planted wrong answer that answers alike.
    pub likely: Option<String>,
    /// The seeds it was asked with.
    pub seeds: String,
    /// The points that it got.
    pub points: u32,
    /// The points there are.
    pub of: u32,
    /// The words for the student.
    pub feedback: String,
}

impl Mark {
    /// Whether it is passed.
    pub fn passed(&self) -> bool {
        self.result == PASSED
    }
}

impl Record {
    /// All points.
    pub fn points(&self) -> u32 {
        self.marks.iter().map(|mark| mark.points).sum()
    }

    /// All points there are.
    pub fn of(&self) -> u32 {
        self.marks.iter().map(|mark| mark.of).sum()
    }

    /// The record's text.
    pub fn text(&self) -> String {
        let mut text = format!("{FIRST}\n");
        let mut line = |fields: &[&str]| {
            let fields: Vec<String> = fields.iter().map(|field| escaped(field)).collect();
            text.push_str(&fields.join("\t"));
            text.push('\n');
        };
        line(&["student", &self.student]);
        line(&["assignment", &format!("{:016x}", self.assignment)]);
        line(&["hand-in", &format!("{:016x}", self.hand_in)]);
        line(&["judged", &self.judged_at.to_string()]);
        for note in &self.notes {
            line(&["note", note]);
        }
        for (lesson, result, detail) in &self.refused {
            line(&["refused", lesson, result, detail]);
        }
        for mark in &self.marks {
            let likely = mark.likely.as_deref().unwrap_or("-");
            let (points, of) = (mark.points.to_string(), mark.of.to_string());
            line(&[
                "mark",
                &mark.id,
                &mark.result,
                likely,
                &mark.seeds,
                &points,
                &of,
                &mark.feedback,
            ]);
        }
        for (id, before, after) in &self.guesses {
            line(&["guesses", id, before, after]);
        }
        for (id, paragraph) in &self.paragraphs {
            line(&["paragraph", id, paragraph]);
        }
        for (lesson, sample) in &self.samples {
            let hashes: Vec<String> = sample.iter().map(|hash| format!("{hash:x}")).collect();
            line(&["sample", lesson, &hashes.join(" ")]);
        }
        let time = self.time.map(|time| time.to_string());
        line(&["time", &time[0], &time[1], &time[2]]);
        line(&["end"]);
        text
    }

    /// Reads a record; `None` if it is not whole.
    pub fn read(text: &str) -> Option<Record> {
        let mut lines = text.lines();
        if lines.next() != Some(FIRST) {
            return None;
        }
        let mut record = Record::default();
        for line in lines {
            let fields = fields(line);
            let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
            match fields[..] {
                ["student", name] => record.student = name.to_string(),
                ["assignment", hex] => record.assignment = u64::from_str_radix(hex, 16).ok()?,
                ["hand-in", hex] => record.hand_in = u64::from_str_radix(hex, 16).ok()?,
                ["judged", seconds] => record.judged_at = seconds.parse().ok()?,
                ["mark", id, result, likely, seeds, points, of, feedback] => record.marks.push(Mark {
                    id: id.to_string(),
                    result: result.to_string(),
                    likely: (likely != "-").then(|| likely.to_string()),
                    seeds: seeds.to_string(),
                    points: points.parse().ok()?,
                    of: of.parse().ok()?,
                    feedback: feedback.to_string(),
                }),
                ["sample", lesson, hashes] => {
                    let hashes = hashes
                        .split_whitespace()
                        .map(|hash| u64::from_str_radix(hash, 16).ok());
                    record
                        .samples
                        .push((lesson.to_string(), hashes.collect::<Option<_>>()?));
                }
                ["end"] => return Some(record),
                _ => record.take(&fields)?,
            }
        }
        None
    }

    /// Takes over a line that the judge writes, too; `None` if it is none of these.
    pub fn take(&mut self, fields: &[&str]) -> Option<()> {
        match *fields {
            ["refused", lesson, result, detail] => {
                self.refused
                    .push((lesson.to_string(), result.to_string(), detail.to_string()));
            }
            ["note", note] => self.notes.push(note.to_string()),
            ["guesses", id, before, after] => {
                self.guesses
                    .push((id.to_string(), before.to_string(), after.to_string()));
            }
            ["paragraph", id, text] => self.paragraphs.push((id.to_string(), text.to_string())),
            ["time", compiling, waiting, all] => {
                self.time = [compiling.parse().ok()?, waiting.parse().ok()?, all.parse().ok()?];
            }
            _ => return None,
        }
        Some(())
    }

    /// Writes the record into `folder`: beside first, synced, then moved over. A stop at any moment leaves the old one
    /// or the new one.
    ///
    /// # Errors
    /// What the system says.
    pub fn save(&self, folder: &Path) -> std::io::Result<()> {
        let path = path_of(folder, &self.student);
        let beside = path.with_extension("new");
        let mut file = fs::File::create(&beside)?;
        file.write_all(self.text().as_bytes())?;
        file.sync_all()?;
        drop(file);
        fs::rename(beside, path)
    }

    /// The record of a student in `folder`, if it is there and whole.
    pub fn load(folder: &Path, student: &str) -> Option<Record> {
        Record::read(&fs::read_to_string(path_of(folder, student)).ok()?)
    }
}

fn path_of(folder: &Path, student: &str) -> PathBuf {
    folder.join(format!("{}.txt", file_name(student)))
}

/// A student's name as the name of a file that any system takes; two names never become one.
pub fn file_name(student: &str) -> String {
    let mut name = String::new();
    for byte in student.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => name.push(byte as char),
            _ => name.push_str(&format!("%{byte:02x}")),
        }
    }
    name
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('\t', "\\t")
        .replace('\n', "\\n")
        .replace('\r', "\\r")
}

/// The fields of a line, as they were before they were written.
pub fn fields(line: &str) -> Vec<String> {
    let plain = |field: &str| {
        let mut text = String::with_capacity(field.len());
        let mut letters = field.chars();
        while let Some(c) = letters.next() {
            match (c, if c == '\\' { letters.next() } else { None }) {
                ('\\', Some('t')) => text.push('\t'),
                ('\\', Some('n')) => text.push('\n'),
                ('\\', Some('r')) => text.push('\r'),
                ('\\', Some(other)) => text.push(other),
                (c, _) => text.push(c),
            }
        }
        text
    };
    line.split('\t').map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    pub fn example() -> Record {
        Record {
            student: "Ada \"L\" \u{e9}".to_string(),
            assignment: 7,
            hand_in: u64::MAX,
            judged_at: 1_790_899_199,
            notes: vec!["late by 3 h".to_string()],
            refused: vec![(
                "bytes".into(),
                "does not compile".into(),
                "a.rs:1: error: \\n\tx".into(),
            )],
            marks: vec![Mark {
                id: "timer/deadline".into(),
                result: "wrong".into(),
                likely: Some("from-sending".into()),
                seeds: "1,2".into(),
                points: 0,
                of: 10,
                feedback: "timer/deadline: WRONG\n  you     \\t\n".into(),
            }],
            guesses: vec![("timer/predict".into(), "TF-".into(), "TTT".into())],
            paragraphs: vec![("erasure/sentence".into(), "Two\r\nlines".into())],
            samples: vec![("timer".into(), vec![1, 0xff])],
            time: [1, 2, 3],
        }
    }

    #[test]
    fn a_record_is_read_as_it_was_written_or_not_at_all() {
        let text = example().text();
        assert_eq!(Record::read(&text), Some(example()));
        for cut in 0..text.len() - "end\n".len() {
            if text.is_char_boundary(cut) {
                assert_eq!(Record::read(&text[..cut]), None, "cut at {cut}");
            }
        }
    }

    #[test]
    fn names_of_files_are_plain_and_never_the_same_for_two() {
        assert_eq!(file_name("Ada L"), "Ada%20L");
        assert_ne!(file_name("a%20b"), file_name("a b"));
        assert_eq!(file_name("../x"), "%2e%2e%2fx");
    }
}

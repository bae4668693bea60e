//! Builds the judge, and lets it judge what has no record yet: several submissions at a time, each in a process and a
//! scratch folder of its own.

use std::collections::VecDeque;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError, mpsc};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use super::super::text::say;
use super::handin::{HandIn, Taken, fingerprint};
use super::manifest::Manifest;
use super::record::{Mark, Record, fields};
use super::{alike, dates};
use messaging_lab::course::catalogue::Lesson;
use messaging_lab::course::progress::PASSED;

/// What every submission of one run shares.
pub struct Run<'a> {
    /// The kit that judges.
    pub kit: &'a Path,
    /// The assignment.
    pub manifest: &'a Manifest,
    /// Its fingerprint.
    pub assignment: u64,
    /// Where records are kept.
    pub records: &'a Path,
    /// For what is thrown away.
    pub scratch: &'a Path,
    /// How many at a time.
    pub jobs: usize,
}

/// A submission with its files.
struct Job {
    number: usize,
    hand_in: HandIn,
    taken: Vec<Taken>,
}

impl Run<'_> {
    /// Judges every submission that has no record of these very files. Gives all records in the order of `hand_ins`, and
    /// the names of those that could not be judged.
    ///
    /// # Errors
    /// If the judge cannot be built.
    pub fn all(&self, hand_ins: Vec<HandIn>) -> Result<(Vec<Record>, Vec<String>), String> {
        let total = hand_ins.len();
        let mut records: Vec<Option<Record>> = Vec::new();
        let mut names = Vec::new();
        let mut todo = VecDeque::new();
        for (number, mut hand_in) in hand_ins.into_iter().enumerate() {
            let taken = hand_in.take(self.manifest);
            let known = Record::load(self.records, &hand_in.name).filter(|record| {
                record.student == hand_in.name
                    && record.assignment == self.assignment
                    && record.hand_in == fingerprint(&taken)
            });
            names.push(hand_in.name.clone());
            if known.is_none() {
                todo.push_back(Job {
                    number,
                    hand_in,
                    taken,
                });
            }
            records.push(known);
        }
        let known = total - todo.len();
        if known > 0 {
            say(&format!(
                "{known} of {total} are judged already; nothing is judged twice\n"
            ));
        }
        if todo.is_empty() {
            return Ok((records.into_iter().flatten().collect(), Vec::new()));
        }
        say("building the judge and what all submissions share (a minute or less)\n");
        let judge = self.prepare()?;
        let left = todo.len();
        let todo = Mutex::new(todo);
        let (tell, told) = mpsc::channel();
        let begun = Instant::now();
        std::thread::scope(|scope| {
            for _ in 0..self.jobs.min(left) {
                let (todo, tell, judge) = (&todo, tell.clone(), &judge);
                scope.spawn(move || {
                    loop {
                        let job = todo.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
                        let Some(job) = job else { break };
                        let number = job.number;
                        if tell.send((number, self.one(judge, job))).is_err() {
                            break;
                        }
                    }
                });
            }
            drop(tell);
            for (done, (number, judged)) in (1..).zip(told) {
                let words = match judged {
                    Ok(record) => {
                        let words = format!("{} of {} points", record.points(), record.of());
                        records[number] = Some(record);
                        words
                    }
                    Err(problem) => format!("NOT JUDGED: {problem}"),
                };
                let rest = begun.elapsed().as_secs_f64() / f64::from(done) * (left as f64 - f64::from(done));
                let rest = match rest.ceil() as u64 {
                    0 => String::new(),
                    seconds => format!(", about {} left", dates::span(seconds)),
                };
                say(&format!(
                    "{:>4} of {total}  {}: {words}{rest}\n",
                    known as u32 + done,
                    names[number]
                ));
            }
        });
        let not_judged = records.iter().zip(&names).filter(|(record, _)| record.is_none());
        let not_judged = not_judged.map(|(_, name)| name.clone()).collect();
        Ok((records.into_iter().flatten().collect(), not_judged))
    }

    /// Builds the judge, and lets it build what is shared. Gives the judge's path.
    fn prepare(&self) -> Result<PathBuf, String> {
        let judge = build_judge(self.kit)?;
        let shared = self.shared();
        fs::create_dir_all(&shared).map_err(|error| format!("{}: {error}", shared.display()))?;
        let output = Command::new(&judge)
            .arg("prepare")
            .args([self.kit, &shared])
            .stdin(Stdio::null())
            .output()
            .map_err(|error| format!("the judge did not start: {error}"))?;
        if output.status.success() {
            Ok(judge)
        } else {
            Err(format!(
                "the judge could not prepare: {}",
                String::from_utf8_lossy(&output.stderr).trim()
            ))
        }
    }

    fn shared(&self) -> PathBuf {
        self.scratch.join("shared")
    }

    /// Judges one submission and keeps its record.
    fn one(&self, judge: &Path, job: Job) -> Result<Record, String> {
        let Job {
            number,
            hand_in,
            taken,
        } = job;
        let mut record = Record {
            student: hand_in.name,
            assignment: self.assignment,
            hand_in: fingerprint(&taken),
            judged_at: SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .map_or(0, |since| since.as_secs()),
            notes: hand_in.notes,
            ..Record::default()
        };
        record.notes.extend(self.lateness(&taken));
        let folder = self.scratch.join(number.to_string());
        let problem = |error: std::io::Error| format!("{}: {error}", folder.display());
        for one in &taken {
            match &one.text {
                Err((word, detail)) => {
                    record
                        .refused
                        .push((one.lesson.name.to_string(), (*word).to_string(), detail.clone()));
                }
                Ok(text) => {
                    let shipped = fs::read_to_string(self.kit.join(one.lesson.stub())).unwrap_or_default();
                    record
                        .samples
                        .push((one.lesson.name.to_string(), alike::sample(text, &shipped)));
                    // A folder for each lesson: one that leaves something behind leaves it to itself.
                    let place = folder.join(one.lesson.name);
                    fs::create_dir_all(place.join("lessons")).map_err(problem)?;
                    fs::write(place.join(one.lesson.file()), text).map_err(problem)?;
                    self.ask(judge, &place, one.lesson, &mut record)?;
                }
            }
        }
        self.settle(&mut record);
        record
            .save(self.records)
            .map_err(|error| format!("its record could not be kept: {error}"))?;
        let _ = fs::remove_dir_all(&folder);
        Ok(record)
    }

    /// Lets the judge judge one lesson, and takes over what it says.
    fn ask(
        &self,
        judge: &Path,
        place: &Path,
        lesson: &'static Lesson,
        record: &mut Record,
    ) -> Result<(), String> {
        let ids: Vec<&str> = self
            .manifest
            .of(lesson)
            .map(|(exercise, _)| exercise.id)
            .collect();
        let full =
            |path: &Path| fs::canonicalize(path).map_err(|error| format!("{}: {error}", path.display()));
        let output = Command::new(judge)
            .arg("mark")
            .args([full(self.kit)?, full(&self.shared())?, full(place)?])
            .arg(self.manifest.seeds.to_string())
            .args(&ids)
            .current_dir(place)
            .stdin(Stdio::null())
            .output()
            .map_err(|error| format!("the judge did not start: {error}"))?;
        let told = String::from_utf8_lossy(&output.stdout);
        if !output.status.success() || told.lines().last() != Some("end") {
            let why = String::from_utf8_lossy(&output.stderr);
            return Err(format!(
                "the judge stopped at lesson {}: {}",
                lesson.name,
                why.trim()
            ));
        }
        let before = record.time;
        for line in told.lines().filter(|line| *line != "end") {
            let fields = fields(line);
            let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
            match fields[..] {
                ["exercise", id, result, likely, seeds, feedback] => record.marks.push(Mark {
                    id: id.to_string(),
                    result: result.to_string(),
                    likely: (likely != "-").then(|| likely.to_string()),
                    seeds: seeds.to_string(),
                    points: 0,
                    of: 0,
                    feedback: feedback.to_string(),
                }),
                _ => record
                    .take(&fields)
                    .ok_or_else(|| format!("the judge said something strange: {line}"))?,
            }
        }
        for (sum, before) in record.time.iter_mut().zip(before) {
            *sum += before;
        }
        Ok(())
    }

    /// Gives every assigned exercise its mark, in the order of the course: what the judge said, or why it said nothing.
    fn settle(&self, record: &mut Record) {
        let said = std::mem::take(&mut record.marks);
        for lesson in self.manifest.lessons() {
            let refused = record.refused.iter().find(|(name, ..)| name == lesson.name);
            for (exercise, points) in self.manifest.of(lesson) {
                let mark = said
                    .iter()
                    .find(|mark| mark.id == exercise.id)
                    .cloned()
                    .unwrap_or_else(|| {
                        let (result, detail) = match refused {
                            Some((_, result, detail)) => (result.as_str(), detail.as_str()),
                            None => ("not judged", ""),
                        };
                        Mark {
                            id: exercise.id.to_string(),
                            result: result.to_string(),
                            likely: None,
                            seeds: String::new(),
                            points: 0,
                            of: 0,
                            feedback: format!("{}: {}\n  {detail}", exercise.id, result.to_uppercase()),
                        }
                    });
                record.marks.push(Mark {
                    points: if mark.result == PASSED { points } else { 0 },
                    of: points,
                    ..mark
                });
            }
        }
        if record.refused.len() == self.manifest.lessons().count()
            && record.refused.iter().all(|(_, result, _)| result == "missing")
        {
            record
                .notes
                .push("empty: none of the assigned files is there".to_string());
        } else if record.marks.iter().all(|mark| mark.result == "not started") {
            record.notes.push("empty: nothing was started".to_string());
        }
    }

    /// Whether the newest of the files was changed after the assignment was due.
    fn lateness(&self, taken: &[Taken]) -> Option<String> {
        let due = self.manifest.due?;
        let changed = taken.iter().filter_map(|one| one.changed).max()?;
        let late = changed.checked_sub(due).filter(|late| *late > 0)?;
        Some(format!(
            "late by {}: last changed {}, by the file's own date",
            dates::span(late),
            dates::write(changed)
        ))
    }
}

/// Builds tests/judge.rs through cargo, optimised as the proof of the course is, and gives the program's path.
fn build_judge(kit: &Path) -> Result<PathBuf, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .current_dir(kit)
        .env("CARGO_NET_OFFLINE", "true")
        .args([
            "test",
            "--profile",
            "verify",
            "--quiet",
            "--no-run",
            "--test",
            "judge",
            "--message-format=json",
        ])
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("cargo could not be started ({error}): is it on the PATH?"))?;
    if !output.status.success() {
        let why = String::from_utf8_lossy(&output.stderr);
        return Err(format!("the judge does not build:\n{}", why.trim()));
    }
    let told = String::from_utf8_lossy(&output.stdout);
    let line = told
        .lines()
        .rev()
        .find(|line| line.contains("\"name\":\"judge\"") && line.contains("\"executable\":\""));
    let path = line.and_then(|line| {
        let (_, rest) = line.split_once("\"executable\":\"")?;
        Some(rest.split_once('"')?.0.replace("\\\\", "\\"))
    });
    path.map(PathBuf::from)
        .ok_or_else(|| "cargo did not say where the judge is".to_string())
}

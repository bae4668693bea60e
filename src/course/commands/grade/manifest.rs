//! What was assigned: a plain text file that `assign` writes and a person may write, too.
//!
//! ```text
//! messaging-lab assignment 1
//! title   The timer
//! due     2026-10-01T18:00Z
//! seeds   3
//! points  timer/deadline 10
//! points  timer/boundary 5
//! ```
//!
//! Lines that are empty or begin with `#` say nothing. Times are UTC.

use std::fmt::Write;
use std::path::Path;

use super::super::text::nearest;
use super::dates;
use messaging_lab::course::catalogue::{self, Exercise, LESSONS, Lesson};

/// The file's first line.
const FIRST: &str = "messaging-lab assignment 1";

/// How many seeds each exercise is asked with, unless the file says otherwise.
pub const SEEDS: u32 = 3;

/// Points for an exercise, unless somebody says otherwise.
pub const POINTS: u32 = 10;

/// An assignment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// What students and reports read on top.
    pub title: String,
    /// When it is due, in seconds since 1970.
    pub due: Option<u64>,
    /// How many seeds each exercise is asked with.
    pub seeds: u32,
    /// The exercises and their points.
    pub points: Vec<(&'static str, u32)>,
}

impl Manifest {
    /// Reads the file at `path`.
    ///
    /// # Errors
    /// Which line is not understood, and why.
    pub fn load(path: &Path) -> Result<Manifest, String> {
        let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        Manifest::read(&text).map_err(|error| format!("{}, {error}", path.display()))
    }

    /// Reads the text of a manifest.
    ///
    /// # Errors
    /// Which line is not understood, and why.
    pub fn read(text: &str) -> Result<Manifest, String> {
        let mut lines = (1..).zip(text.lines());
        if lines.next().map(|(_, line)| line.trim()) != Some(FIRST) {
            return Err(format!("line 1: an assignment begins with the line \"{FIRST}\""));
        }
        let mut manifest = Manifest {
            title: String::new(),
            due: None,
            seeds: SEEDS,
            points: Vec::new(),
        };
        for (number, line) in lines {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            manifest
                .take(word, rest.trim())
                .map_err(|problem| format!("line {number}: {problem}"))?;
        }
        if manifest.points.is_empty() {
            return Err("it assigns no exercise: a line `points ID N` assigns one".to_string());
        }
        // In the order of the course, whatever the file's.
        let place = |id: &str| catalogue::all().position(|(_, exercise)| exercise.id == id);
        manifest.points.sort_by_key(|(id, _)| place(id));
        Ok(manifest)
    }

    fn take(&mut self, word: &str, rest: &str) -> Result<(), String> {
        match word {
            "title" => self.title = rest.chars().filter(|c| !c.is_control()).collect(),
            "due" => self.due = Some(dates::read(rest)?),
            "seeds" => {
                let seeds = rest.parse().ok().filter(|seeds| (1..=20).contains(seeds));
                self.seeds = seeds.ok_or("seeds is a number from 1 to 20")?;
            }
            "points" => {
                let (id, points) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
                let (_, exercise) = exercise(id)?;
                if self.points.iter().any(|(other, _)| *other == id) {
                    return Err(format!("{id} stands there twice"));
                }
                let points = points.trim().parse().ok().filter(|points| *points <= 10_000);
                let points = points.ok_or("points are a number from 0 to 10000 behind the exercise's ID")?;
                self.points.push((exercise.id, points));
            }
            _ => {
                let known = ["title", "due", "seeds", "points"].into_iter();
                return Err(format!(
                    "there is no `{}`; the nearest is `{}`",
                    word.escape_default(),
                    nearest(word, known).unwrap_or("points")
                ));
            }
        }
        Ok(())
    }

    /// The file's text.
    pub fn text(&self) -> String {
        let mut text = format!("{FIRST}\n");
        if !self.title.is_empty() {
            let _ = writeln!(text, "title   {}", self.title);
        }
        if let Some(due) = self.due {
            let _ = writeln!(text, "due     {}", dates::write(due));
        }
        let _ = writeln!(text, "seeds   {}", self.seeds);
        for (id, points) in &self.points {
            let _ = writeln!(text, "points  {id} {points}");
        }
        text
    }

    /// The lessons of which something is assigned.
    pub fn lessons(&self) -> impl Iterator<Item = &'static Lesson> + '_ {
        LESSONS.iter().filter(|lesson| self.of(lesson).next().is_some())
    }

    /// The assigned exercises of a lesson, with their points.
    pub fn of(&self, lesson: &'static Lesson) -> impl Iterator<Item = (&'static Exercise, u32)> + '_ {
        lesson.exercises.iter().filter_map(|exercise| {
            let (_, points) = self.points.iter().find(|(id, _)| *id == exercise.id)?;
            Some((exercise, *points))
        })
    }

    /// All points together.
    pub fn total(&self) -> u32 {
        self.points.iter().map(|(_, points)| points).sum()
    }
}

/// The exercise with this ID.
///
/// # Errors
/// A line that names the nearest one.
pub fn exercise(id: &str) -> Result<(&'static Lesson, &'static Exercise), String> {
    catalogue::find(id).ok_or_else(|| {
        let nearest = nearest(id, catalogue::all().map(|(_, exercise)| exercise.id)).unwrap_or_default();
        format!(
            "there is no exercise \"{}\"; the nearest is \"{nearest}\"",
            id.escape_default()
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_is_read_as_it_was_written() {
        let manifest = Manifest {
            title: "Week 2".to_string(),
            due: Some(1_790_877_600),
            seeds: 4,
            points: vec![("bytes/hex", 5), ("timer/deadline", 10)],
        };
        assert_eq!(Manifest::read(&manifest.text()), Ok(manifest.clone()));
        assert_eq!(manifest.total(), 15);
        let lessons: Vec<&str> = manifest.lessons().map(|lesson| lesson.name).collect();
        assert_eq!(lessons, ["bytes", "timer"]);
    }

    #[test]
    fn a_line_that_is_not_understood_is_named() {
        for (line, told) in [
            ("point bytes/hex 3", "nearest is `points`"),
            ("points bytes/hexx 3", "\"bytes/hex\""),
            ("points bytes/hex", "points are a number"),
            ("points bytes/hex -1", "points are a number"),
            ("points bytes/hex 99999", "points are a number"),
            ("seeds 0", "from 1 to 20"),
            ("due tomorrow", "2026-10-01"),
            (
                "points bytes/hex 3\npoints bytes/hex 3",
                "line 3: bytes/hex stands there twice",
            ),
            ("# nothing", "assigns no exercise"),
        ] {
            let error = Manifest::read(&format!("{FIRST}\n{line}\n")).expect_err(line);
            assert!(error.contains(told), "{line}: {error}");
        }
        assert!(Manifest::read("").is_err());
    }
}

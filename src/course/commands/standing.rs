//! How every exercise stands: the lesson files as they are now, beside the results that were written down.

use std::path::Path;

use super::read::read;
use messaging_lab::course::catalogue::{Exercise, LESSONS, Lesson};
use messaging_lab::course::lesson_source::LessonSource;
use messaging_lab::course::progress::{Progress, Record, State};

/// One exercise, and how it stands.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Its lesson.
    pub lesson: &'static Lesson,
    /// The exercise.
    pub exercise: &'static Exercise,
    /// How it stands.
    pub state: State,
    /// The line of its function in the student's file, from 1; `None` if it is not there.
    pub line: Option<usize>,
    /// Its last result, whether or not the code is still the same.
    pub record: Option<Record>,
}

impl Standing {
    /// Every exercise in order. A lesson file that is missing or cannot be read leaves its exercises without a line.
    pub fn all(root: &Path) -> Vec<Standing> {
        let records = Progress::at(root).read();
        let mut all = Vec::new();
        for lesson in LESSONS {
            let now = read(root, &lesson.file()).unwrap_or_default();
            let shipped = read(root, &lesson.stub()).unwrap_or_default();
            let (now, shipped) = (LessonSource::read(&now), LessonSource::read(&shipped));
            for exercise in lesson.exercises {
                let name = exercise.function();
                let record = records.get(exercise.id).cloned();
                let state = State::of(now.fingerprint(name), shipped.fingerprint(name), record.as_ref());
                all.push(Standing {
                    lesson,
                    exercise,
                    state,
                    line: now.line_of(name),
                    record,
                });
            }
        }
        all
    }

    /// The exercise to take next: the first on the core path that is not passed, then the first of the others.
    pub fn next(all: &[Standing]) -> Option<&Standing> {
        let open = |standing: &&Standing| standing.state != State::Passed;
        all.iter()
            .filter(open)
            .find(|standing| standing.exercise.core)
            .or_else(|| all.iter().find(open))
    }
}

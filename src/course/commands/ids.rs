//! Exercises by their IDs, and what is said of an ID that there is not.

use messaging_lab::course::catalogue::{self, Exercise, Lesson};

use super::names::{full_id, lesson, unknown};
use super::usage::UsageError;

/// An exercise and its lesson, by its ID.
///
/// # Errors
/// [`UsageError`] with the nearest ID; for a lesson's name with those of its exercises.
pub fn exercise(id: &str) -> Result<(&'static Lesson, &'static Exercise), UsageError> {
    catalogue::find(id).ok_or_else(|| {
        let ids = || catalogue::all().map(|(_, exercise)| exercise.id);
        if let Some(full) = full_id(id) {
            return UsageError(format!(
                "there is no exercise \"{id}\"; its whole ID is \"{full}\""
            ));
        }
        if let Some(lesson) = catalogue::lesson(id) {
            let own: Vec<&str> = lesson.exercises.iter().map(|exercise| exercise.id).collect();
            return UsageError(format!("\"{id}\" is a lesson. Its exercises: {}", own.join(", ")));
        }
        // Where the lesson is right, the nearest of its own exercises is meant.
        let same_lesson = |candidate: &&str| candidate.split('/').next() == id.split('/').next();
        match ids().any(|candidate| same_lesson(&candidate)) {
            true => unknown("exercise", id, ids().filter(same_lesson)),
            false => unknown("exercise", id, ids()),
        }
    })
}

/// A lesson or one of its exercises, by its name or ID.
///
/// # Errors
/// [`UsageError`] with the nearest of all names and IDs.
pub fn lesson_or_exercise(name: &str) -> Result<(&'static Lesson, Option<&'static Exercise>), UsageError> {
    if let Some(lesson) = catalogue::lesson(name) {
        return Ok((lesson, None));
    }
    match exercise(name) {
        Ok((lesson, exercise)) => Ok((lesson, Some(exercise))),
        // With a slash an exercise is meant; a number is a lesson's; without either it may be both.
        Err(error) if name.contains('/') || full_id(name).is_some() => Err(error),
        Err(_) => lesson(name).map(|lesson| (lesson, None)),
    }
}

//! Lessons by their names, and what is said of a name that there is not.

use messaging_lab::course::catalogue::{self, Lesson};

use super::text::nearest;
use super::usage::UsageError;

/// A lesson by its number or name; an exercise's ID means its lesson.
///
/// # Errors
/// [`UsageError`] with the nearest name.
pub fn lesson(name: &str) -> Result<&'static Lesson, UsageError> {
    // "timer/deadline" where a lesson is wanted means its lesson.
    let of_exercise = catalogue::find(name).map(|(lesson, _)| lesson);
    catalogue::lesson(name).or(of_exercise).ok_or_else(|| {
        if let Some(full) = full_id(name) {
            return UsageError(format!(
                "there is no lesson \"{name}\", but an exercise: \"{full}\""
            ));
        }
        if let (Ok(_), [first, .., last]) = (name.parse::<u32>(), catalogue::LESSONS) {
            return UsageError(format!(
                "there is no lesson {name}: they have the numbers {:02} to {:02}",
                first.number, last.number
            ));
        }
        unknown(
            "lesson",
            name,
            catalogue::LESSONS.iter().map(|lesson| lesson.name),
        )
    })
}

/// The ID of which `name` is the second half, if there is exactly one.
pub fn full_id(name: &str) -> Option<&'static str> {
    let ids = catalogue::all().map(|(_, exercise)| exercise.id);
    let mut such = ids.filter(|id| id.split('/').nth(1) == Some(name));
    such.next().filter(|_| such.next().is_none())
}

/// What is said of a word that there is not.
pub fn unknown<'a>(what: &str, word: &str, known: impl Iterator<Item = &'a str>) -> UsageError {
    let nearest = nearest(word, known).unwrap_or("help");
    let word: String = word.chars().take(60).flat_map(char::escape_default).collect();
    UsageError(format!(
        "there is no {what} \"{word}\"; the nearest is \"{nearest}\" (all commands: cargo run -- help)"
    ))
}

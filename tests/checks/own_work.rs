//! Before anything is asked: is the lesson one file, and the student's own work? For the lesson's tests and the grader.

use messaging_lab::course::catalogue::{Exercise, Kind, Lesson};
use messaging_lab::course::feedback::{Feedback, Outcome, Verdict};
use messaging_lab::course::lesson_source::LessonSource;

/// Whether the lesson is the one file that is checked.
///
/// # Errors
/// [`Feedback`] that names what it asks for.
pub fn one_file(source: &LessonSource<'_>, lesson: &Lesson, exercise: &Exercise) -> Verdict {
    match source.other_file() {
        None => Ok(()),
        Some((what, line)) => Err(Feedback::new(exercise.id, Outcome::OtherFile)
            .line("you", format!("`{what}` (line {line}) asks for another file"))
            .line(
                "why",
                "a lesson is one file: your result belongs to what stands in it, and it alone is handed in",
            )
            .line("next", format!("move that code into {} itself", lesson.file()))),
    }
}

/// Whether the code uses the kit where the exercise asks for the student's own work.
///
/// # Errors
/// [`Feedback`] that names what it uses.
pub fn withheld(source: &LessonSource<'_>, lesson: &Lesson, exercise: &Exercise) -> Verdict {
    let Some((name, line)) = source.uses_withheld(exercise.function(), exercise.withheld) else {
        return Ok(());
    };
    let why = match exercise.kind {
        Kind::Predict | Kind::Explain => format!(
            "what is asked is what you find in the run: cargo run -- show {}",
            lesson.name
        ),
        _ => {
            "that is what this exercise asks you to build yourself; afterwards it is yours to use".to_string()
        }
    };
    Err(Feedback::new(exercise.id, Outcome::Withheld)
        .line("you", format!("the code uses the kit's `{name}` (line {line})"))
        .line("why", why))
}

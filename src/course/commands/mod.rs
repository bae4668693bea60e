//! What `cargo run -- ...` does.
//!
//! Part of the front door's crate, not of the library: a lesson's first verdict does not wait for it to be built.
//!
//! [`parse`] turns words into a [`Command`] or an error that names the nearest word; [`run`] carries it out. Everything
//! is plain ASCII lines on standard output, the same with and without a terminal; nothing is said by colour.

use std::path::Path;

use messaging_lab::course::catalogue::{self, Exercise, Lesson};
use messaging_lab::course::hints;

mod check;
mod ids;
mod map;
mod names;
mod programs;
mod read;
mod reset;
mod root;
mod standing;
mod text;
mod usage;

use ids::{exercise, lesson_or_exercise};
use names::{lesson, unknown};
use programs::Program;
pub use root::project_root;
use text::{say, width, wrap};
pub use usage::{USAGE, UsageError};

/// What the front door can do.
#[derive(Clone, Debug)]
pub enum Command {
    /// No word at all: the three statements, the map, the next step.
    Map,
    /// One line an exercise, for machines.
    List,
    /// One tier of an exercise's hint.
    Hint(&'static Exercise, usize),
    /// Check all lessons.
    CheckAll,
    /// Check one lesson; what is said of this exercise of it comes first.
    Check(&'static Lesson, Option<&'static Exercise>),
    /// Check again at each save.
    Watch(Option<&'static Lesson>),
    /// Put a lesson file back as it was shipped.
    ResetLesson(&'static Lesson),
    /// Put one function back as it was shipped.
    ResetExercise(&'static Lesson, &'static Exercise),
    /// Prove the course.
    Verify,
    /// What a program of its own does, in the words that stood there.
    Program(&'static Program, Vec<String>),
    /// Say what there is.
    Help,
}

const WORDS: [&str; 12] = [
    "list", "hint", "show", "call", "check", "watch", "reset", "verify", "assign", "grade", "package", "help",
];

/// The command that `words` ask for.
///
/// # Errors
/// [`UsageError`] for a word, an ID, a lesson or a flag that there is not, and for too many or too few of them.
pub fn parse(words: &[String]) -> Result<Command, UsageError> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if words.is_empty() {
        return Ok(Command::Map);
    }
    let is_help = |word: &str| matches!(word, "--help" | "-h");
    let asks_for_help = words.iter().any(|word| is_help(word));
    let others: Vec<&str> = words.iter().copied().filter(|word| !is_help(word)).collect();
    let command = match others[..] {
        // What it is asked about needs no more words.
        [word] if asks_for_help && programs::of(word).is_some() => Command::Help,
        [] => Command::Help,
        [word, ref rest @ ..] => match programs::of(word) {
            Some(program) => Command::Program(
                program,
                std::iter::once(&word)
                    .chain(rest)
                    .map(|word| (*word).to_string())
                    .collect(),
            ),
            None => plain(word, rest)?,
        },
    };
    // Help about a command that there is not would be no help.
    Ok(if asks_for_help { Command::Help } else { command })
}

/// The command without flags that `word` and the `rest` ask for.
fn plain(word: &str, rest: &[&str]) -> Result<Command, UsageError> {
    if let Some(flag) = [word].iter().chain(rest).find(|word| word.starts_with('-')) {
        return Err(UsageError(format!(
            "there is no flag {flag}; the nearest is --help"
        )));
    }
    let command = match (word, rest) {
        ("list", []) => Command::List,
        ("verify", []) => Command::Verify,
        ("help", []) => Command::Help,
        ("hint", [id]) => Command::Hint(exercise(id)?.1, 1),
        ("hint", [id, tier]) => {
            let tier = tier.parse().ok().filter(|tier| (1..=hints::TIERS).contains(tier));
            let tier = tier.ok_or_else(|| UsageError("a hint has the tiers 1, 2 and 3".to_string()))?;
            Command::Hint(exercise(id)?.1, tier)
        }
        ("check", []) => Command::CheckAll,
        ("check", [name]) => {
            let (lesson, exercise) = lesson_or_exercise(name)?;
            Command::Check(lesson, exercise)
        }
        ("watch", []) => Command::Watch(None),
        ("watch", [name]) => Command::Watch(Some(lesson(name)?)),
        ("reset", [name]) => match lesson_or_exercise(name)? {
            (lesson, None) => Command::ResetLesson(lesson),
            (lesson, Some(exercise)) => Command::ResetExercise(lesson, exercise),
        },
        (word, rest) if WORDS.contains(&word) => {
            let line = USAGE
                .lines()
                .find(|line| line.contains(&format!("-- {word}")))
                .unwrap_or_default();
            let count = rest.len();
            return Err(UsageError(format!(
                "\"{word}\" does not go with {count} more words. It is:\n  {line}"
            )));
        }
        (word, _) => return Err(unknown("command", word, WORDS.iter().copied())),
    };
    Ok(command)
}

/// Carries `command` out for the project at `root`. Returns the exit code: 0 if all is well, 1 if something is red or
/// could not be done.
pub fn run(command: Command, root: &Path) -> i32 {
    let done = match command {
        Command::Map => map::map(root),
        Command::List => map::list(root),
        Command::Hint(exercise, tier) => hint(root, exercise, tier),
        Command::CheckAll => return check::check_all(root),
        Command::Check(lesson, exercise) => return check::check(root, lesson, exercise),
        Command::Watch(lesson) => return check::watch(root, lesson),
        Command::ResetLesson(lesson) => reset::lesson(root, lesson),
        Command::ResetExercise(lesson, exercise) => reset::exercise(root, lesson, exercise),
        Command::Verify => return check::verify(root),
        Command::Program(program, words) => match program.start(root, &words) {
            Ok(code) => return code,
            Err(problem) => Err(problem),
        },
        Command::Help => Ok(USAGE.to_string()),
    };
    match done {
        Ok(text) => {
            say(&text);
            0
        }
        Err(problem) => {
            eprintln!("{problem}");
            1
        }
    }
}

fn hint(root: &Path, exercise: &Exercise, tier: usize) -> Result<String, String> {
    let Some((lesson, _)) = catalogue::find(exercise.id) else {
        return Err(format!("{} has no lesson", exercise.id));
    };
    let tiers = hints::tiers(&read::read(root, &lesson.hints())?, exercise.id);
    let hint = tiers
        .get(tier - 1)
        .ok_or_else(|| format!("{} has no hint {tier}", exercise.id))?;
    let more = match tier {
        hints::TIERS => {
            "that was the last hint; after this, ask somebody to think aloud with you".to_string()
        }
        tier => format!("more: cargo run -- hint {} {}", exercise.id, tier + 1),
    };
    Ok(wrap(
        &format!(
            "{} hint {tier} of {}\n\n  {hint}\n\n{more}\n",
            exercise.id,
            hints::TIERS
        ),
        width(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_string).collect()
    }

    #[test]
    fn every_line_of_the_usage_is_understood() {
        for line in USAGE.lines().filter(|line| line.starts_with("cargo run")) {
            let command = line
                .split("  ")
                .next()
                .unwrap()
                .trim_start_matches("cargo run")
                .trim_start_matches(" --");
            let concrete = command
                .replace("ID|LESSON... --to FOLDER", "timer/deadline --to f")
                .replace(
                    "gradescope|classroom|container --manifest FILE --to FOLDER",
                    "classroom --manifest m --to f",
                )
                .replace("ID|LESSON", "timer/deadline")
                .replace("ID", "timer/deadline")
                .replace(" [--to FOLDER] [--jobs N]", " --to f --jobs 2")
                .replace("FILE FOLDER...", "file folder folder");
            for optional in ["1", ""] {
                let concrete = concrete
                    .replace("[1|2|3]", optional)
                    .replace("[LESSON]", optional)
                    .replace("LESSON", "1")
                    .replace(
                        "[--tap WHO] [--seed N]",
                        if optional.is_empty() {
                            ""
                        } else {
                            "--seed 1 --tap silent"
                        },
                    );
                assert!(parse(&words(&concrete)).is_ok(), "{line}: {concrete}");
            }
        }
    }

    #[test]
    fn unknown_words_name_the_nearest_one() {
        for (line, nearest) in [
            ("lst", "\"list\""),
            ("chekc", "\"check\""),
            ("hint timer/dedline", "\"timer/deadline\""),
            ("hint timer/nope", "\"timer/"),
            ("hint deadline", "\"timer/deadline\""),
            ("hint predict", "/predict\""),
            ("hint timer", "timer/boundary"),
            ("check deadlin", "\"healing\""),
            ("watch deadline", "\"timer/deadline\""),
            ("reset timr", "\"timer\""),
            ("reset deadline", "\"timer/deadline\""),
            ("reset timer/boundry", "\"timer/boundary\""),
            ("--hlep", "--help"),
            ("list --verbose", "--help"),
            ("chek --help", "\"check\""),
            ("hint timer/deadline 4", "1, 2 and 3"),
            ("list extra", "cargo run -- list"),
        ] {
            let UsageError(text) = parse(&words(line)).expect_err(line);
            assert!(text.contains(nearest), "{line}: {text}");
        }
    }
}

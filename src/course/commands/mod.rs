//! What `cargo run -- ...` does.
//!
//! Part of the front door's crate, not of the library: a lesson's first verdict does not wait for it to be built.
//!
//! [`parse`] turns words into a [`Command`] or an error that names the nearest word; [`run`] carries it out. Everything
//! is plain ASCII lines on standard output, the same with and without a terminal; nothing is said by colour.

use std::path::{Path, PathBuf};

use messaging_lab::course::catalogue::{self, Exercise, Lesson};
use messaging_lab::course::hints;

mod check;
mod map;
mod read;
mod reset;
mod standing;
mod text;
mod usage;

pub use text::{nearest, say, width, wrap};
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
    /// A lesson's scene. Carried out by main, which knows the scenes.
    Show(&'static Lesson),
    /// A card of lesson `compare`, by its name. Carried out by main, which knows the cards.
    Card(String),
    /// The answers to one card pair, or to all. Carried out by main.
    Answers(Option<String>),
    /// Plays a call and writes down what is heard. Carried out by main, which knows the calls.
    Call(Call),
    /// Check one lesson, or all.
    Check(Option<&'static Lesson>),
    /// Check again at each save.
    Watch(Option<&'static Lesson>),
    /// Put a lesson file back as it was shipped.
    ResetLesson(&'static Lesson),
    /// Put one function back as it was shipped.
    ResetExercise(&'static Lesson, &'static Exercise),
    /// Prove the course.
    Verify,
    /// What instructors do with assignments, in the words that stood there.
    Instructors(Vec<String>),
    /// Say what there is.
    Help,
}

/// What is asked of a call, in the words that stood there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Call {
    /// Who sits on the path.
    pub tap: Option<String>,
    /// What everything is drawn from.
    pub seed: Option<String>,
    /// The folder for the sound.
    pub to: String,
}

const WORDS: [&str; 12] = [
    "list", "hint", "show", "call", "check", "watch", "reset", "verify", "assign", "grade", "package", "help",
];

/// The commands that make and mark assignments: src/course/instructors.rs does what they say.
const INSTRUCTORS: [&str; 3] = ["assign", "grade", "package"];

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
        [word] if asks_for_help && (word == "call" || INSTRUCTORS.contains(&word)) => Command::Help,
        [] => Command::Help,
        [word, ref rest @ ..] => match with_flags(word, rest)? {
            Some(command) => command,
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
        ("show", [name]) => Command::Show(lesson(name)?),
        ("check", []) => Command::Check(None),
        ("check", [name]) => Command::Check(Some(lesson(name)?)),
        ("watch", []) => Command::Watch(None),
        ("watch", [name]) => Command::Watch(Some(lesson(name)?)),
        ("reset", [name]) => match catalogue::lesson(name) {
            Some(lesson) => Command::ResetLesson(lesson),
            None => {
                let (lesson, exercise) = exercise(name)?;
                Command::ResetExercise(lesson, exercise)
            }
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

/// The commands that have flags; `None` for all others.
fn with_flags(word: &str, rest: &[&str]) -> Result<Option<Command>, UsageError> {
    match (word, rest) {
        ("show", [name, flags @ ..]) if flags.iter().any(|flag| flag.starts_with("--")) => {
            let lesson = lesson(name)?;
            if lesson.name != "compare" {
                return Err(UsageError(format!(
                    "lesson {} has no cards: it is cargo run -- show compare {}",
                    lesson.name,
                    flags.join(" ")
                )));
            }
            cards(flags).map(Some)
        }
        ("call", flags) => call(flags).map(|call| Some(Command::Call(call))),
        (word, rest) if INSTRUCTORS.contains(&word) => {
            let words = std::iter::once(&word).chain(rest);
            Ok(Some(Command::Instructors(
                words.map(|word| (*word).to_string()).collect(),
            )))
        }
        _ => Ok(None),
    }
}

/// `--card 17A`, `--card 17 --answers` or `--answers`, in any order.
fn cards(flags: &[&str]) -> Result<Command, UsageError> {
    let (mut card, mut answers) = (None, false);
    let mut rest = flags.iter();
    while let Some(&flag) = rest.next() {
        match flag {
            "--card" if card.is_none() => match rest.next().filter(|name| !name.starts_with("--")) {
                Some(name) => card = Some((*name).to_string()),
                None => return Err(UsageError("which card? For example --card 17A".to_string())),
            },
            "--answers" if !answers => answers = true,
            "--card" | "--answers" => return Err(UsageError(format!("{flag} stands there twice"))),
            other => return Err(unknown("flag", other, ["--card", "--answers"].into_iter())),
        }
    }
    Ok(match (card, answers) {
        (Some(card), false) => Command::Card(card),
        (card, _) => Command::Answers(card),
    })
}

/// `--to FOLDER`, and perhaps `--tap WHO` and `--seed N`, in any order.
fn call(flags: &[&str]) -> Result<Call, UsageError> {
    let (mut to, mut tap, mut seed) = (None, None, None);
    let mut rest = flags.iter();
    while let Some(&flag) = rest.next() {
        let place = match flag {
            "--to" => &mut to,
            "--tap" => &mut tap,
            "--seed" => &mut seed,
            other => return Err(unknown("flag", other, ["--to", "--tap", "--seed"].into_iter())),
        };
        if place.is_some() {
            return Err(UsageError(format!("{flag} stands there twice")));
        }
        let Some(value) = rest
            .next()
            .filter(|value| !value.starts_with("--") && !value.is_empty())
        else {
            return Err(UsageError(format!("{flag} wants a word behind it")));
        };
        *place = Some((*value).to_string());
    }
    let to = to.ok_or_else(|| {
        UsageError("where to? For example: cargo run -- call --to /tmp/call --tap silent".to_string())
    })?;
    Ok(Call { tap, seed, to })
}

/// Hands the words to the instructors' own program, and gives its exit code.
///
/// It is an example of cargo's, built when it is first asked for: a student's first verdict does not wait for it.
///
/// # Errors
/// If this kit has no such program (one that was handed out has none), or cargo could not be started.
fn instructors(root: &Path, words: &[String]) -> Result<i32, String> {
    if !root.join("src/course/instructors.rs").is_file() {
        return Err(format!(
            "this kit was handed out: {} is a command of the kit that it was made from",
            words[0]
        ));
    }
    let status = check::cargo_command()
        .args(["run", "--quiet", "--manifest-path"])
        .arg(root.join("Cargo.toml"))
        .args(["--example", "instructors", "--"])
        .args(words)
        .status()
        .map_err(|error| check::not_started(&error))?;
    Ok(status.code().unwrap_or(1))
}

fn exercise(id: &str) -> Result<(&'static Lesson, &'static Exercise), UsageError> {
    catalogue::find(id).ok_or_else(|| {
        // Where the lesson is right, the nearest of its own exercises is meant.
        let same_lesson = |candidate: &&str| candidate.split('/').next() == id.split('/').next();
        let ids = || catalogue::all().map(|(_, exercise)| exercise.id);
        match ids().any(|candidate| same_lesson(&candidate)) {
            true => unknown("exercise", id, ids().filter(same_lesson)),
            false => unknown("exercise", id, ids()),
        }
    })
}

fn lesson(name: &str) -> Result<&'static Lesson, UsageError> {
    // "timer/deadline" where a lesson is wanted means its lesson.
    let of_exercise = catalogue::find(name).map(|(lesson, _)| lesson);
    catalogue::lesson(name).or(of_exercise).ok_or_else(|| {
        unknown(
            "lesson",
            name,
            catalogue::LESSONS.iter().map(|lesson| lesson.name),
        )
    })
}

fn unknown<'a>(what: &str, word: &str, known: impl Iterator<Item = &'a str>) -> UsageError {
    let nearest = nearest(word, known).unwrap_or("help");
    let word: String = word.chars().take(60).flat_map(char::escape_default).collect();
    UsageError(format!(
        "there is no {what} \"{word}\"; the nearest is \"{nearest}\"\n\n{USAGE}"
    ))
}

/// Carries `command` out for the project at `root`. Returns the exit code: 0 if all is well, 1 if something is red or
/// could not be done.
pub fn run(command: Command, root: &Path) -> i32 {
    let done = match command {
        Command::Map => map::map(root),
        Command::List => map::list(root),
        Command::Hint(exercise, tier) => hint(root, exercise, tier),
        Command::Check(lesson) => return check::check(root, lesson),
        Command::Watch(lesson) => return check::watch(root, lesson),
        Command::ResetLesson(lesson) => reset::lesson(root, lesson),
        Command::ResetExercise(lesson, exercise) => reset::exercise(root, lesson, exercise),
        Command::Verify => return check::verify(root),
        Command::Instructors(words) => match instructors(root, &words) {
            Ok(code) => return code,
            Err(problem) => Err(problem),
        },
        Command::Help | Command::Show(_) | Command::Card(_) | Command::Answers(_) | Command::Call(_) => {
            Ok(USAGE.to_string())
        }
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

/// The project's root: the folder that has the lessons. cargo names it; without cargo it is where this was built, or
/// here.
///
/// # Errors
/// If none of these has a folder `lessons`.
pub fn project_root() -> Result<PathBuf, String> {
    let candidates = [
        std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from),
        std::env::current_dir().ok(),
        Some(PathBuf::from(env!("CARGO_MANIFEST_DIR"))),
    ];
    candidates
        .into_iter()
        .flatten()
        .find(|root| root.join("lessons").is_dir())
        .ok_or_else(|| "no folder `lessons` here: run this with `cargo run` inside the project".to_string())
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
            ("show timr", "\"timer\""),
            ("reset timer/boundry", "\"timer/boundary\""),
            ("--hlep", "--help"),
            ("list --verbose", "--help"),
            ("chek --help", "\"check\""),
            ("hint timer/deadline 4", "1, 2 and 3"),
            ("list extra", "cargo run -- list"),
            ("show", "cargo run -- show"),
            ("show compare --crad 17A", "\"--card\""),
            ("show compare --card", "--card 17A"),
            ("show compare --card --answers", "--card 17A"),
            ("show compare --answers --answers", "twice"),
            ("show timer --card 17A", "show compare --card 17A"),
            ("call", "--to"),
            ("call --to", "--to wants"),
            ("call --to a --to b", "twice"),
            ("call --to a --tap --seed 1", "--tap wants"),
            ("call --too a", "\"--to\""),
            ("call there", "\"--"),
            ("call --colour --help", "\"--"),
        ] {
            let UsageError(text) = parse(&words(line)).expect_err(line);
            assert!(text.contains(nearest), "{line}: {text}");
        }
    }
}

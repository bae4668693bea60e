//! What `cargo run -- ...` does.
//!
//! Part of the front door's crate, not of the library: a lesson's first verdict does not wait for it to be built.
//!
//! [`parse`] turns words into a [`Command`] or an error that names the nearest word; [`run`] carries it out. Everything
//! is plain ASCII lines on standard output, the same with and without a terminal; nothing is said by colour.

use std::path::{Path, PathBuf};

use messaging_lab::course::catalogue::{self, Exercise, Lesson};
use messaging_lab::course::hints;

mod arms;
mod assign;
mod check;
mod grade;
mod items;
mod map;
mod options;
mod package;
mod reset;
mod standing;
mod text;

use options::Options;
pub use text::{nearest, say, width, wrap};

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
    /// Make a kit of some exercises.
    Assign(assign::Order),
    /// Grade a class.
    Grade(grade::Order),
    /// Pack the grader for a service.
    Package(package::Order),
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

/// Words that are no command. The text says which word, and what the nearest one is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsageError(pub String);

/// What the front door says about itself.
pub const USAGE: &str = "\
cargo run                       the three statements, the map, your next step
cargo run -- list               one exercise a line: ID, kind, minutes, state
cargo run -- hint ID [1|2|3]    a hint: a question, a pointer, nearly the answer
cargo run -- show LESSON        the lesson's story: who held which bytes when
cargo run -- show compare --card 17A    a card for two people (then: --answers)
cargo run -- call --to FOLDER [--tap WHO] [--seed N]    a whole call, as sound
cargo run -- check [LESSON]     check all lessons, or one
cargo run -- watch [LESSON]     check again at each save, first failure on top
cargo run -- reset ID|LESSON    put it back as it was shipped; yours is kept
cargo run -- verify             prove the course itself (instructors)
cargo run -- assign ID|LESSON... --to FOLDER    a kit of these (instructors); more: [--title T]
                                [--points ID=N] [--due DATE] [--seeds N] [--anyway]
cargo run -- grade FILE FOLDER... [--to FOLDER] [--jobs N]    grade what was handed in
cargo run -- package gradescope|classroom|container --manifest FILE --to FOLDER

Cards of lesson compare: 1A to 99A and 1B to 99B; --answers gives the key to all,
--card 17 --answers to one pair. WHO sits in a call's path: nobody, silent,
replayer, dropper, reorderer, active, imitator, no-commitment or skips-hvi; three
WAV files hold what each end and the tap heard. The same N plays the same call.
";

const WORDS: [&str; 12] = [
    "list", "hint", "show", "call", "check", "watch", "reset", "verify", "assign", "grade", "package", "help",
];

/// The commands that make and mark assignments.
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
        (word, rest) if INSTRUCTORS.contains(&word) => instructors(word, rest).map(Some),
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

/// The commands that make and mark assignments.
fn instructors(word: &str, rest: &[&str]) -> Result<Command, UsageError> {
    let usage = || {
        let line = USAGE
            .lines()
            .find(|line| line.contains(&format!("-- {word} ")))
            .unwrap_or_default();
        UsageError(format!("\"{word}\" does not go like this. It is:\n  {line}"))
    };
    if word == "assign" {
        return assign::Order::read(&Options::read(rest, &assign::FLAGS)?).map(Command::Assign);
    }
    if word == "package" {
        return package::Order::read(&Options::read(rest, &package::FLAGS)?).map(Command::Package);
    }
    let options = Options::read(rest, &["--to=", "--jobs="])?;
    let [manifest, submissions @ ..] = &options.words[..] else {
        return Err(usage());
    };
    if submissions.is_empty() {
        return Err(usage());
    }
    let jobs = match options.value("--jobs") {
        None => std::thread::available_parallelism().map_or(1, usize::from),
        Some(jobs) => {
            let jobs = jobs.parse().ok().filter(|jobs| (1..=64).contains(jobs));
            jobs.ok_or_else(|| UsageError("--jobs is a number from 1 to 64".to_string()))?
        }
    };
    Ok(Command::Grade(grade::Order {
        manifest: manifest.clone(),
        submissions: submissions.to_vec(),
        to: options.value("--to").map(str::to_string),
        jobs,
    }))
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
        Command::Assign(order) => assign::assign(root, &order),
        Command::Package(order) => package::package(root, &order),
        Command::Grade(order) => match grade::grade(root, &order) {
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
    let tiers = hints::tiers(&standing::read(root, &lesson.hints())?, exercise.id);
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
            ("assign timer/dedline --to f", "\"timer/deadline\""),
            ("assign timer --too f", "--to"),
            ("assign timer", "--to FOLDER"),
            ("assign timer --to f --points bytes/hex=3", "not assigned"),
            ("assign timer --to f --points timer/deadline", "ID=N"),
            ("assign timer --to f --due soon", "2026-10-01"),
            ("package gradscope --manifest m --to f", "\"gradescope\""),
            ("package gradescope --manifst m", "--manifest"),
            ("package gradescope --to f", "names the assignment"),
            ("grade file folder --job 3", "--jobs"),
            ("grade file folder --jobs none", "from 1 to 64"),
            ("grade file", "cargo run -- grade FILE"),
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

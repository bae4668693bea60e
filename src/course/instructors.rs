//! The instructors' program: `assign`, `grade` and `package`, started by the front door's command of that name.
//!
//! An example of cargo's and not part of the front door: it is built when an instructor first asks for it, and no student's
//! first verdict waits for that. `cargo run -- assign ...` is how it is called.

use std::path::PathBuf;
use std::process::ExitCode;

#[path = "commands/arms.rs"]
mod arms;
#[path = "commands/assign/mod.rs"]
mod assign;
#[path = "commands/grade/mod.rs"]
mod grade;
#[path = "commands/items.rs"]
mod items;
#[path = "commands/options.rs"]
mod options;
#[path = "commands/package/mod.rs"]
mod package;
#[path = "commands/read.rs"]
mod read;
#[path = "commands/text.rs"]
mod text;
#[path = "commands/usage.rs"]
mod usage;

use options::Options;
use text::{say, width, wrap};
use usage::{USAGE, UsageError};

/// What an instructor asks for.
#[derive(Clone, Debug)]
enum Command {
    /// Make a kit of some exercises.
    Assign(assign::Order),
    /// Grade a class.
    Grade(grade::Order),
    /// Pack the grader for a service.
    Package(package::Order),
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args_os()
        .skip(1)
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    let command = match parse(&words) {
        Ok(command) => command,
        Err(UsageError(text)) => {
            eprintln!("{}", wrap(&text, width()));
            return ExitCode::from(2);
        }
    };
    // cargo says where the kit is; the folder that this was called from stays the current one.
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| ".".into()));
    let done = match command {
        Command::Assign(order) => assign::assign(&root, &order),
        Command::Package(order) => package::package(&root, &order),
        Command::Grade(order) => match grade::grade(&root, &order) {
            Ok(code) => return ExitCode::from(code as u8),
            Err(problem) => Err(problem),
        },
    };
    match done {
        Ok(text) => {
            say(&text);
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

/// The command that `words` ask for.
///
/// # Errors
/// [`UsageError`] for what is not understood.
fn parse(words: &[String]) -> Result<Command, UsageError> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        [word, ref rest @ ..] => order(word, rest),
        [] => Err(UsageError(USAGE.to_string())),
    }
}

/// What stands behind `word`.
fn order(word: &str, rest: &[&str]) -> Result<Command, UsageError> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_understood_is_told_with_what_is_meant() {
        let parse = |line: &str| parse(&line.split_whitespace().map(str::to_string).collect::<Vec<_>>());
        for line in [
            "assign timer/deadline --to f",
            "grade file folder folder --to f --jobs 2",
            "package classroom --manifest m --to f",
        ] {
            assert!(parse(line).is_ok(), "{line}");
        }
        for (line, nearest) in [
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
        ] {
            let UsageError(text) = parse(line).expect_err(line);
            assert!(text.contains(nearest), "{line}: {text}");
        }
    }
}

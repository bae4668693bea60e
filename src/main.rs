//! The front door: words in, course commands out. `cargo run -- help` says which there are.

use std::path::Path;
use std::process::ExitCode;

#[path = "course/commands/mod.rs"]
mod commands;
mod listen;

use commands::{Command, UsageError, parse, project_root, run, say, width, wrap};
use messaging_lab::course::kept;
use messaging_lab::show::{self, cards, own_envelopes};

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args_os()
        .skip(1)
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    let command = match parse(&words) {
        Ok(command) => command,
        Err(UsageError(text)) => return usage(&text),
    };
    match command {
        Command::Show(lesson) => match show::scene(lesson.name) {
            Some(scene) => told(Ok(opening(lesson.name) + &show::plain_lines(&scene))),
            None => told(Err(format!("lesson {} has no scene", lesson.name))),
        },
        Command::Card(name) => match cards::card(&name) {
            Ok((number, side)) => told(Ok(cards::card_lines(number, side))),
            Err(error) => usage(&error.to_string()),
        },
        Command::Answers(None) => told(Ok(cards::key_lines(None))),
        Command::Answers(Some(name)) => match cards::key(&name) {
            Ok(number) => told(Ok(cards::key_lines(Some(number)))),
            Err(error) => usage(&error.to_string()),
        },
        Command::Call(call) => match listen::asked(call.tap.as_deref(), call.seed.as_deref()) {
            Ok((who, seed)) => told(listen::listen(who, seed, Path::new(&call.to))),
            Err(text) => usage(&text),
        },
        command => match project_root() {
            Ok(root) => ExitCode::from(run(command, &root) as u8),
            Err(problem) => told(Err(problem)),
        },
    }
}

/// Prints what came of it.
fn told(done: Result<String, String>) -> ExitCode {
    match done {
        Ok(text) => {
            say(&wrap(&text, width()));
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

/// Says what is wrong with the words.
fn usage(text: &str) -> ExitCode {
    eprintln!("{text}");
    ExitCode::from(2)
}

/// What stands before a lesson's scene: in lesson 06 the reader's own envelopes of lesson 05, if they were kept.
fn opening(lesson: &str) -> String {
    if lesson != own_envelopes::SHOWN_IN {
        return String::new();
    }
    let kept = project_root()
        .ok()
        .and_then(|root| kept::read(&root, own_envelopes::KEPT_AS));
    own_envelopes::opening(kept.as_deref()) + "\n"
}

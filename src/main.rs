//! The front door: words in, course commands out. `cargo run -- help` says which there are.

use std::process::ExitCode;

#[path = "course/commands/mod.rs"]
mod commands;

use commands::{Command, UsageError, parse, project_root, run, say, width, wrap};
use messaging_lab::course::kept;
use messaging_lab::show::{self, own_envelopes};

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args_os()
        .skip(1)
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    let command = match parse(&words) {
        Ok(command) => command,
        Err(UsageError(text)) => {
            eprintln!("{text}");
            return ExitCode::from(2);
        }
    };
    if let Command::Show(lesson) = command {
        return match show::scene(lesson.name) {
            Some(scene) => {
                let text = opening(lesson.name) + &show::plain_lines(&scene);
                say(&wrap(&text, width()));
                ExitCode::SUCCESS
            }
            None => {
                eprintln!("lesson {} has no scene", lesson.name);
                ExitCode::FAILURE
            }
        };
    }
    match project_root() {
        Ok(root) => ExitCode::from(run(command, &root) as u8),
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
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

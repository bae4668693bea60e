//! The front door: words in, course commands out. `cargo run -- help` says which there are.

use std::process::ExitCode;

#[path = "course/commands/mod.rs"]
mod commands;

use commands::{UsageError, parse, project_root, run};

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args_os()
        .skip(1)
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    match parse(&words) {
        Err(UsageError(text)) => {
            eprintln!("{text}");
            ExitCode::from(2)
        }
        Ok(command) => match project_root() {
            Ok(root) => ExitCode::from(run(command, &root) as u8),
            Err(problem) => {
                eprintln!("{problem}");
                ExitCode::FAILURE
            }
        },
    }
}

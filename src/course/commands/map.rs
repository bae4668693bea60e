//! The map: the three statements, where the student stands, the next step. And the same as a plain list.

use std::fmt::Write;
use std::path::Path;

use super::standing::Standing;
use super::text::{width, wrap};
use crate::course::catalogue::{LESSONS, UNITS};
use crate::course::progress::State;

/// What `cargo run` prints.
pub fn map(root: &Path) -> Result<String, String> {
    let all = Standing::all(root);
    let mut text = String::from(
        "messaging-lab: what is a messaging app's promise worth? Build it, break it, fix it.\n\
         To learn with, never to protect anyone.\n\n\
         A news article of November 2015 said of three apps:\n",
    );
    for (number, unit) in UNITS.iter().enumerate() {
        let _ = writeln!(text, "\n{}. {}: \"{}\"", number + 1, unit.app, unit.phrase);
        for lesson in LESSONS.iter().filter(|lesson| lesson.unit == number) {
            let own: Vec<&Standing> = all
                .iter()
                .filter(|standing| standing.lesson.name == lesson.name)
                .collect();
            let passed = own
                .iter()
                .filter(|standing| standing.state == State::Passed)
                .count();
            let stale = own.iter().any(|standing| standing.state == State::Unchecked);
            let bar: String = own
                .iter()
                .map(|standing| if standing.state == State::Passed { '#' } else { '-' })
                .collect();
            let note = if stale { ", something not checked yet" } else { "" };
            let _ = writeln!(
                text,
                "   {:02} {:<8} [{bar}] {passed} of {} passed{note}",
                lesson.number,
                lesson.name,
                own.len()
            );
            let _ = writeln!(
                text,
                "      {} (exercises about {} min)",
                lesson.title,
                lesson.minutes()
            );
        }
        if !LESSONS.iter().any(|lesson| lesson.unit == number) {
            text.push_str("   no lessons yet in this version of the kit\n");
        }
    }
    match Standing::next(&all) {
        None => text.push_str(
            "\nEverything here is passed. What will you tell a friend about these three sentences?\n",
        ),
        Some(next) => {
            let place = match next.line {
                Some(line) => format!("{}:{line}", next.lesson.file()),
                None => format!(
                    "{} (fn {} is not there)",
                    next.lesson.file(),
                    next.exercise.function()
                ),
            };
            let _ = write!(
                text,
                "\nNext: {} ({}, about {} min), {}\n  edit   {place}\n  check  cargo test --test {}\n  help   cargo run -- hint {}\n\
                 \nMore commands: cargo run -- help\n",
                next.exercise.id,
                next.exercise.kind.word(),
                next.exercise.minutes,
                next.state.word(),
                next.lesson.target(),
                next.exercise.id
            );
        }
    }
    Ok(wrap(&text, width()))
}

/// What `cargo run -- list` prints: ID, kind, minutes and state, separated by tabs.
pub fn list(root: &Path) -> Result<String, String> {
    let mut text = String::new();
    for standing in Standing::all(root) {
        let exercise = standing.exercise;
        let state = standing.state.word();
        let _ = writeln!(
            text,
            "{}\t{}\t{}\t{state}",
            exercise.id,
            exercise.kind.word(),
            exercise.minutes
        );
    }
    Ok(text)
}

//! `show --html`: the pages, with the student's own progress on their index.
//!
//! A part of the pictures' program: `show` knows no course, so what the pages say about it is put into rows here.

use std::path::{Path, PathBuf};

use messaging_lab::course::catalogue::{LESSONS, UNITS};
use messaging_lab::course::progress::{FOLDER, State};

use crate::names::unknown;
use crate::show::page::rows::{Course, ExerciseRow, LessonRow, NextStep, UnitRow};
use crate::show::page::{folder, site};
use crate::standing::Standing;
use crate::usage::UsageError;

/// Where the pages go, if no folder is named: below the hidden folder in which the kit keeps what is the student's.
const PAGES: &str = "pages";

/// `--html`, and perhaps `--to FOLDER`, in any order: the folder, if one is named.
///
/// # Errors
/// [`UsageError`] for a flag that there is not, one that stands there twice, and a folder that is missing.
pub fn flags(flags: &[&str]) -> Result<Option<String>, UsageError> {
    let (mut html, mut to) = (false, None);
    let mut rest = flags.iter();
    while let Some(&flag) = rest.next() {
        match flag {
            "--html" if !html => html = true,
            "--to" if to.is_none() => match rest
                .next()
                .filter(|name| !name.starts_with("--") && !name.is_empty())
            {
                Some(name) => to = Some((*name).to_string()),
                None => return Err(UsageError("--to wants a folder behind it".to_string())),
            },
            "--html" | "--to" => return Err(UsageError(format!("{flag} stands there twice"))),
            "--card" | "--answers" => {
                return Err(UsageError(format!(
                    "the cards belong to a lesson: it is cargo run -- show compare {flag}"
                )));
            }
            name if !name.starts_with('-') => {
                return Err(UsageError(format!(
                    "--html writes the pages of all lessons, so \"{}\" is one word too many: it is \
                     cargo run -- show --html [--to FOLDER]",
                    name.escape_default()
                )));
            }
            other => return Err(unknown("flag", other, ["--html", "--to"].into_iter())),
        }
    }
    match html {
        true => Ok(to),
        false => Err(UsageError(
            "--to says where pages go: it is cargo run -- show --html --to FOLDER".to_string(),
        )),
    }
}

/// Writes the pages of the project at `root` and says which file to open.
///
/// # Errors
/// What is in the way, or what the system says.
pub fn write(root: &Path, to: Option<&str>) -> Result<String, String> {
    let folder = match to {
        Some(folder) => PathBuf::from(folder),
        None => root.join(FOLDER).join(PAGES),
    };
    let files = site::files(&course(root));
    folder::write(&folder, &files)?;
    let index = folder.join(site::INDEX);
    let index = std::path::absolute(&index).unwrap_or(index);
    Ok(format!(
        "{} files are written. Open this one in a browser:\n  {}\n",
        files.len(),
        file_url(&index)
    ))
}

/// A path as an address that a terminal makes clickable and a browser takes.
fn file_url(path: &Path) -> String {
    let mut url = String::from("file://");
    let path = path.to_string_lossy().replace('\\', "/");
    if !path.starts_with('/') {
        url.push('/');
    }
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' | b':' => {
                url.push(byte as char)
            }
            other => url.push_str(&format!("%{other:02X}")),
        }
    }
    url
}

/// The course as the student has it, in rows.
pub fn course(root: &Path) -> Course {
    let all = Standing::all(root);
    let units = UNITS.iter().enumerate().map(|(number, unit)| UnitRow {
        app: unit.app,
        phrase: unit.phrase,
        lessons: LESSONS
            .iter()
            .filter(|lesson| lesson.unit == number)
            .map(|lesson| LessonRow {
                number: lesson.number,
                name: lesson.name,
                title: lesson.title,
                minutes: lesson.minutes(),
                file: lesson.file(),
                exercises: all
                    .iter()
                    .filter(|standing| standing.lesson.name == lesson.name)
                    .map(|standing| ExerciseRow {
                        id: standing.exercise.id,
                        kind: standing.exercise.kind.word(),
                        minutes: standing.exercise.minutes,
                        state: standing.state.word(),
                        passed: standing.state == State::Passed,
                    })
                    .collect(),
            })
            .collect(),
    });
    let next = Standing::next(&all).map(|next| NextStep {
        id: next.exercise.id,
        kind: next.exercise.kind.word(),
        minutes: next.exercise.minutes,
        state: next.state.word(),
        place: match next.line {
            Some(line) => format!("{}:{line}", next.lesson.file()),
            None => format!(
                "{} (fn {} is not there)",
                next.lesson.file(),
                next.exercise.function()
            ),
        },
        check: format!("cargo test --test {}", next.lesson.target()),
        help: format!("cargo run -- hint {}", next.exercise.id),
    });
    Course {
        units: units.collect(),
        next,
    }
}

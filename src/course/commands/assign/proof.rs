//! Tries a kit before anybody else sees it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::super::grade;
use super::super::read::read;
use super::super::text::say;
use super::Manifest;
use messaging_lab::course::progress::FOLDER;

/// What is proved, in this order: it builds offline without a warning, plain `cargo test` is green, every exercise is red
/// as not started, no line of a solution is in it, and the grader gives it nothing and the solutions everything.
///
/// # Errors
/// What is not so.
pub fn prove(root: &Path, manifest: &Manifest, workshop: &Path) -> Result<(), String> {
    let kit = workshop.join("kit");
    let scratch = workshop.join("proof");
    // Below the folder that is thrown away if anything fails; and gone before the kit gets its name.
    fs::create_dir_all(&scratch).map_err(|error| format!("{}: {error}", scratch.display()))?;
    say("the kit is made; now it is tried (a minute or two)\n");
    let cargo = |words: &[&str]| -> Result<Output, String> {
        Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .current_dir(&kit)
            .env("CARGO_NET_OFFLINE", "true")
            .env("CARGO_TERM_COLOR", "never")
            .env(
                "CARGO_TARGET_DIR",
                fs::canonicalize(&scratch).unwrap_or_default().join("target"),
            )
            .env_remove("LAB_SEED")
            .env("CARGO_MANIFEST_DIR", fs::canonicalize(&kit).unwrap_or_default())
            .args(words)
            .stdin(Stdio::null())
            .output()
            .map_err(|error| format!("cargo could not be started: {error}"))
    };
    let words_of = |output: &Output| {
        format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        )
    };
    let plain = cargo(&["test", "--quiet"])?;
    if !plain.status.success() || words_of(&plain).contains("warning") {
        return Err(format!(
            "plain `cargo test` is not green and quiet in the kit:\n{}",
            words_of(&plain)
        ));
    }
    say("  ok  it builds, and plain `cargo test` is green\n");
    for lesson in manifest.lessons() {
        let told = words_of(&cargo(&["test", "--quiet", "--test", &lesson.target()])?);
        for (exercise, _) in manifest.of(lesson) {
            if !told.contains(&format!("Error: {}: NOT STARTED", exercise.id)) {
                return Err(format!(
                    "{} is not red as not started in the kit:\n{told}",
                    exercise.id
                ));
            }
        }
        let red = told.matches("Error: ").count();
        if red != manifest.of(lesson).count() || told.contains("warning") {
            return Err(format!(
                "lesson {} says more than its {} exercises:\n{told}",
                lesson.name, red
            ));
        }
    }
    say("  ok  every exercise is red as not started\n");
    if let Some((file, line)) = leak(root, manifest, &kit)? {
        return Err(format!("{file} holds a line of a solution: {line}"));
    }
    say("  ok  no line of a solution is in it\n");
    // The same grader as later.
    let solved = scratch.join("class/solved");
    let untouched = scratch.join("class/untouched");
    for lesson in manifest.lessons() {
        for (folder, text) in [
            (
                &solved,
                read(root, &format!("lessons/solutions/{}.rs", lesson.stem()))?,
            ),
            (&untouched, read(&kit, &lesson.file())?),
        ] {
            let problem = |error: std::io::Error| format!("{}: {error}", folder.display());
            fs::create_dir_all(folder.join("lessons")).map_err(problem)?;
            fs::write(folder.join(lesson.file()), text).map_err(problem)?;
        }
    }
    let folders = [solved, untouched].map(|folder| folder.display().to_string());
    let records = grade::try_out(root, manifest, &folders, &scratch.join("marks"))?;
    let results = |at: usize| -> Vec<String> {
        let marks = records[at]
            .marks
            .iter()
            .map(|mark| format!("{}: {} {}", mark.id, mark.result, mark.feedback));
        marks.collect()
    };
    if records[0].marks.iter().any(|mark| !mark.passed()) {
        return Err(format!(
            "the solutions do not pass all of it:\n{}",
            results(0).join("\n")
        ));
    }
    if records[1].marks.iter().any(|mark| mark.result != "not started") {
        return Err(format!(
            "the untouched kit is not told as not started:\n{}",
            results(1).join("\n")
        ));
    }
    say("  ok  the solutions score everything, the untouched kit nothing\n");
    // What the proof has left in the kit: results that are nobody's, and a file that cargo makes anew.
    let _ = fs::remove_dir_all(kit.join(FOLDER));
    let _ = fs::remove_file(kit.join("Cargo.lock"));
    fs::remove_dir_all(&scratch).map_err(|error| format!("{}: {error}", scratch.display()))
}

/// A line of an assigned lesson's solution that is in the kit and not in its stub, with the file it is in. The library is
/// left out: what it publishes of an answer is withheld from the exercise. Short lines are anybody's.
fn leak(root: &Path, manifest: &Manifest, kit: &Path) -> Result<Option<(String, String)>, String> {
    const SHORT: usize = 28;
    let squeeze = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
    let mut files = vec!["README.md".to_string()];
    for folder in ["lessons", "tests"] {
        files.extend(super::files(kit, folder)?);
    }
    let texts = files
        .into_iter()
        .map(|file| Ok((squeeze(&read(kit, &file)?), file)))
        .collect::<Result<Vec<_>, String>>()?;
    for lesson in manifest.lessons() {
        let stub = squeeze(&read(root, &lesson.stub())?);
        let solution = read(root, &format!("lessons/solutions/{}.rs", lesson.stem()))?;
        for line in solution
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
        {
            let tight = squeeze(line);
            // What it imports is no answer, and a head without a body is none.
            let is_head =
                tight.ends_with('{') || tight.ends_with("{}") || line.trim_start().starts_with("use ");
            if tight.len() < SHORT || stub.contains(&tight) || is_head {
                continue;
            }
            if let Some((_, file)) = texts.iter().find(|(text, _)| text.contains(&tight)) {
                return Ok(Some((file.clone(), line.trim().to_string())));
            }
        }
    }
    Ok(None)
}

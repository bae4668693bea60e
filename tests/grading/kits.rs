//! What is handed out, and what is packed: made, looked through, and used.

use std::fs;
use std::process::{Command, Stdio};

use super::{Folder, read};

fn files(folder: &std::path::Path, all: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true => files(&path, all),
            false => all.push(path.to_string_lossy().replace('\\', "/")),
        }
    }
}

#[test]
fn an_assignment_is_refused_if_something_before_it_is_left_out_or_its_folder_is_there() {
    let folder = Folder::new("refused");
    let output = folder.run(&["assign", "timer/boundary", "--to", "week"]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        told.contains("timer/boundary comes after timer/deadline") && told.contains("--anyway"),
        "{told}"
    );
    folder.put("week/mine.txt", "mine");
    let output = folder.run(&["assign", "timer/deadline", "--to", "week"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("is there already"));
    assert_eq!(
        fs::read_to_string(folder.0.join("week/mine.txt")).expect("it is still there"),
        "mine"
    );
}

/// Two exercises of one lesson, one of another: a kit of these, which the grader then takes.
#[test]
fn a_kit_holds_what_is_assigned_and_nothing_that_gives_it_away() {
    let folder = Folder::new("kit");
    let words = [
        "assign",
        "bytes/xor",
        "timer/boundary",
        "--anyway",
        "--to",
        "week",
        "--title",
        "Week 1",
    ];
    let output = folder.run(&[&words[..], &["--points", "bytes/xor=3", "--due", "2026-10-01"]].concat());
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{told}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let manifest = fs::read_to_string(folder.0.join("week/assignment.txt")).expect("the manifest");
    assert!(
        manifest.contains("points  bytes/xor 3\npoints  timer/boundary 10\n"),
        "{manifest}"
    );
    let kit = folder.0.join("week/kit");
    let mut all = Vec::new();
    files(&kit, &mut all);
    for unwanted in [
        "solutions",
        "right",
        "INSTRUCTORS",
        "judge",
        "/forged",
        "/target",
        ".lab",
        "02_clocks",
    ] {
        assert!(
            !all.iter().any(|file| file
                .rsplit("/kit/")
                .next()
                .is_some_and(|file| file.contains(unwanted))),
            "{unwanted}: {all:?}"
        );
    }
    let lesson = fs::read_to_string(kit.join("lessons/01_timer.rs")).expect("the lesson");
    assert!(
        lesson.contains("pub fn boundary(") && !lesson.contains("pub fn deadline("),
        "{lesson}"
    );
    let hints = fs::read_to_string(kit.join("lessons/hints/01_timer.txt")).expect("the hints");
    assert!(
        hints.starts_with("timer/boundary\n") && !hints.contains("timer/deadline"),
        "{hints}"
    );
    let sheet = fs::read_to_string(kit.join("README.md")).expect("the sheet");
    assert!(
        sheet.contains("Due: 2026-10-01 23:59:59") && sheet.contains("| bytes/xor | build | 4 | 3 |"),
        "{sheet}"
    );

    // The run that a lesson asks about can be looked at.
    let shown = Command::new(env!("CARGO"))
        .args(["run", "--offline", "--quiet", "--", "show", "timer"])
        .current_dir(&kit)
        .env("CARGO_TARGET_DIR", folder.0.join("target"))
        .env_remove("CARGO_MANIFEST_DIR")
        .stdin(Stdio::null())
        .output()
        .expect("cargo runs");
    let told = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(
        told.contains("At the end"),
        "{told}\n{}",
        String::from_utf8_lossy(&shown.stderr)
    );

    // A student solves one of them in the kit and hands the kit in.
    let solved = fs::read_to_string(kit.join("lessons/01_timer.rs"))
        .expect("the lesson")
        .replace("now <= deadline", "now < deadline");
    fs::create_dir_all(folder.0.join("class")).expect("a folder");
    fs::write(kit.join("lessons/01_timer.rs"), solved).expect("written");
    fs::rename(&kit, folder.0.join("class/ada")).expect("handed in");
    fs::rename(
        folder.0.join("week/assignment.txt"),
        folder.0.join("assignment.txt"),
    )
    .expect("moved");
    let told = folder.grade("1");
    assert!(told.contains("late by "), "{told}");
    let marks = folder.marks();
    assert_eq!(
        marks["class"]["timer/boundary"],
        (10, "passed".to_string()),
        "{told}"
    );
    assert_eq!(
        marks["class"]["bytes/xor"],
        (0, "not started".to_string()),
        "{told}"
    );
}

/// The package for Gradescope, run as it is run there; its result is what the grader at home says.
#[test]
#[cfg(unix)]
fn the_gradescope_package_judges_a_submission_by_itself() {
    let folder = Folder::new("package");
    folder.put(
        "assignment.txt",
        "messaging-lab assignment 1\npoints bytes/hex 4\npoints bytes/xor 6\n",
    );
    let output = folder.run(&[
        "package",
        "gradescope",
        "--manifest",
        "assignment.txt",
        "--to",
        "source",
    ]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let mut all = Vec::new();
    files(&folder.0.join("source"), &mut all);
    assert!(
        !all.iter()
            .any(|file| file.contains("solutions") || file.contains("/right/")),
        "{all:?}"
    );
    // As an upload arrives: the file alone.
    folder.put(
        "submission/00_bytes.rs",
        read("lessons/solutions/00_bytes.rs").replace("a.len() != b.len()", "false"),
    );
    let mut run = Command::new(folder.0.join("source/run_autograder"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("CARGO_")) {
        // Except where cargo itself is looked for.
        if name != "CARGO_HOME" {
            run.env_remove(name);
        }
    }
    let output = run
        .env("AUTOGRADER_ROOT", &folder.0)
        .stdin(Stdio::null())
        .output()
        .expect("it starts");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let results = fs::read_to_string(folder.0.join("results/results.json")).expect("the results");
    assert!(
        results.contains("\"name\": \"bytes/hex\"") && results.contains("\"score\": 4"),
        "{results}"
    );
    assert!(!results.contains("\n  \"score\""), "{results}");

    // The other package is complete, too.
    let output = folder.run(&[
        "package",
        "classroom",
        "--manifest",
        "assignment.txt",
        "--to",
        "bundle",
    ]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    for file in [
        "autograder.py",
        "grade.yml",
        "assignment.txt",
        "kit/tests/judge.rs",
    ] {
        assert!(folder.0.join("bundle").join(file).is_file(), "{file}");
    }
}

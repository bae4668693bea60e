//! What marking rests on and a glance at the files can show: every exercise has its check, and what a marked lesson sees of
//! the library reaches nothing outside of its process. (tests/grading.rs marks.)

use std::fs;
use std::path::{Path, PathBuf};

use messaging_lab::course::catalogue::LESSONS;
use messaging_lab::course::lesson_source::tokens;

fn kit() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(kit().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The judge's list of checks is the catalogue's of exercises.
#[test]
fn the_judge_has_a_check_for_every_exercise() {
    let judge = read("tests/judge.rs");
    for lesson in LESSONS {
        let start = format!("{} \"checks/{:02}.rs\":", lesson.name, lesson.number);
        let line = judge.lines().find(|line| line.trim().starts_with(&start));
        let line = line.unwrap_or_else(|| panic!("tests/judge.rs: add the line `{start} ...;` to rooms!"));
        let listed: Vec<&str> = line.trim()[start.len()..]
            .trim_end_matches(';')
            .split_whitespace()
            .collect();
        let wanted: Vec<&str> = lesson
            .exercises
            .iter()
            .map(|exercise| exercise.function())
            .collect();
        for function in &wanted {
            assert!(
                listed.contains(function),
                "tests/judge.rs: {start} lacks {function}"
            );
        }
        assert_eq!(
            listed.len(),
            wanted.len(),
            "tests/judge.rs: {start} has one too many"
        );
    }
}

/// What a marked lesson sees of the library cannot reach files, processes or the network: a few rooms read fixed files,
/// and the two that do more are left out (tests/judge/lab.rs).
#[test]
fn the_rooms_that_a_marked_lesson_sees_reach_nothing_outside() {
    fn rust_files(folder: &Path, all: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder of the library") {
            let path = entry.expect("an entry").path();
            match path.is_dir() {
                true => rust_files(&path, all),
                false => all.push(path),
            }
        }
    }
    // The boot's clock, the source of randomness, and the disk that is left out.
    let known = [
        "src/ground/clock.rs",
        "src/ground/randomness.rs",
        "src/store/disk.rs",
    ];
    let rooms = read("src/lib.rs");
    let rooms = rooms
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    let mut looked_at = 0;
    for room in rooms.filter(|room| *room != "course") {
        let mut files = Vec::new();
        rust_files(&kit().join("src").join(room), &mut files);
        for file in files {
            let name = file
                .strip_prefix(kit())
                .expect("below the kit")
                .to_string_lossy()
                .replace('\\', "/");
            let source = fs::read_to_string(&file).expect("a source file");
            looked_at += 1;
            let outside = [
                "fs", "net", "process", "env", "thread", "Path", "PathBuf", "OsStr", "OsString", "FileDisk",
            ];
            let tokens = tokens(&source);
            let at = tokens.windows(3).position(|three| {
                // `std::fs`, `use std::{fs, ...}`, and the names of types that are paths.
                let behind_std = three[0].text == "std" && three[1].text == "::";
                let listed = outside.contains(&three[2].text);
                (listed && behind_std) || outside[5..].contains(&three[2].text)
            });
            let grouped = tokens
                .windows(3)
                .any(|three| three[0].text == "std" && three[1].text == "::" && three[2].text == "{");
            assert!(
                !grouped || at.is_none(),
                "{name}: name what you use of std one by one"
            );
            // The store's own front names its disk.
            let is_front = name == "src/store/mod.rs";
            assert!(
                at.is_none() || known.contains(&name.as_str()) || is_front,
                "{name} reaches outside of the process: leave it out in tests/judge/lab.rs, and say so here"
            );
        }
    }
    assert!(looked_at > 40, "only {looked_at} files were looked at");
}

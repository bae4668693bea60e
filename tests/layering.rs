//! Imports flow one way: pictures -> show -> models -> crypto -> ground, and main -> course -> ground. A reader can rely
//! on it, because this holds it.

use std::fs;
use std::path::{Path, PathBuf};

use messaging_lab::course::lesson_source::tokens;

/// Each room of the library, and the rooms that it may name.
const MAY_NAME: &[(&str, &[&str])] = &[
    ("ground", &[]),
    ("crypto", &["ground"]),
    ("store", &["crypto", "ground"]),
    ("envelope", &["crypto", "ground"]),
    ("call", &["crypto", "ground"]),
    ("show", &["store", "envelope", "call", "crypto", "ground"]),
    ("course", &["ground"]),
];

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of the library") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files
}

/// The rooms that a file names through `crate::` or the library's name, also inside `use crate::{...}`.
fn named_rooms(source: &str) -> Vec<String> {
    let tokens: Vec<&str> = tokens(source).into_iter().map(|token| token.text).collect();
    let mut named = Vec::new();
    for at in 0..tokens.len().saturating_sub(2) {
        if matches!(tokens[at], "crate" | "messaging_lab") && tokens[at + 1] == "::" {
            match tokens[at + 2] {
                "{" => {
                    let mut depth = 0;
                    for pair in tokens[at + 2..].windows(2) {
                        depth += i32::from(pair[0] == "{") - i32::from(pair[0] == "}");
                        if depth == 0 {
                            break;
                        }
                        if depth == 1 && matches!(pair[0], "{" | ",") {
                            named.push(pair[1].to_string());
                        }
                    }
                }
                room => named.push(room.to_string()),
            }
        }
    }
    named
}

#[test]
fn every_room_names_only_the_rooms_below_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut looked_at = 0;
    for entry in fs::read_dir(root.join("src")).expect("src") {
        let path = entry.expect("an entry").path();
        if !path.is_dir() {
            continue;
        }
        let room = path.file_name().expect("a name").to_string_lossy().into_owned();
        let (_, allowed) = MAY_NAME
            .iter()
            .find(|(name, _)| *name == room)
            .unwrap_or_else(|| panic!("src/{room} is a new room: say here which rooms it may name"));
        // A room's tests may use what stands above it.
        let of_the_room = |file: &PathBuf| file.parent().is_none_or(|folder| !folder.ends_with("tests"));
        for file in rust_files(&path).into_iter().filter(of_the_room) {
            let source = fs::read_to_string(&file).expect("a source file");
            looked_at += 1;
            for named in named_rooms(&source) {
                assert!(
                    named == room || allowed.contains(&named.as_str()),
                    "{} names crate::{named}; {room} may name {allowed:?}",
                    file.display()
                );
            }
        }
    }
    assert!(looked_at > 20, "only {looked_at} files were looked at");
}

#[test]
fn what_counts_as_naming_a_room() {
    let source = "use crate::crypto::aead; use crate::{ground::{hex, clock}, show}; // crate::course\nlet x = \"crate::y\";";
    assert_eq!(named_rooms(source), ["crypto", "ground", "show"]);
}

#[test]
fn crypto_draws_no_randomness_and_reads_no_clock_and_no_file() {
    for file in rust_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/crypto")) {
        let source = fs::read_to_string(&file).expect("a source file");
        for token in tokens(&source) {
            assert!(
                ![
                    "Randomness",
                    "randomness",
                    "clock",
                    "Clock",
                    "fs",
                    "io",
                    "net",
                    "env",
                    "time",
                    "thread"
                ]
                .contains(&token.text),
                "{} names {}",
                file.display(),
                token.text
            );
        }
    }
}

#[test]
fn the_package_has_no_dependencies_and_the_library_no_unsafe_code() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = fs::read_to_string(root.join("Cargo.toml")).expect("Cargo.toml");
    assert!(
        !manifest
            .lines()
            .any(|line| line.trim_start().starts_with('[') && line.contains("dependencies"))
    );
    let lib = fs::read_to_string(root.join("src/lib.rs")).expect("src/lib.rs");
    assert!(lib.contains("#![forbid(unsafe_code)]"));
}

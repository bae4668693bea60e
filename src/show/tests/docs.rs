//! The drawings in the library's documentation are what `draw` makes of the runs that they name.

use std::path::Path;

use super::played;
use crate::show::draw::{Style, draw};
use crate::show::steps::chapter;

/// The module pages that hold a drawing.
const PAGES: [&str; 3] = ["src/store/mod.rs", "src/envelope/mod.rs", "src/call/mod.rs"];

/// What stands in front of a drawing: the command that draws the same, with the bytes beside it.
const COMMAND: &str = "`cargo run -- show ";

/// The drawings on a module's page: (lesson, chapter, the block behind the command that names them).
fn drawings(source: &str) -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    let mut lines = source.lines().map_while(|line| line.strip_prefix("//!"));
    let mut named = None;
    while let Some(line) = lines.next() {
        if let Some((_, rest)) = line.split_once(COMMAND) {
            let (words, _) = rest.split_once('`').expect("the command ends on its line");
            named = words
                .split_once(' ')
                .map(|(lesson, chapter)| (lesson.to_string(), chapter.to_string()));
        } else if line == " ```text" {
            let inside = lines.by_ref().take_while(|line| *line != " ```");
            let block: Vec<&str> = inside
                .map(|line| line.strip_prefix(' ').unwrap_or(line))
                .collect();
            if let Some((lesson, chapter)) = named.take() {
                found.push((lesson, chapter, block.join("\n")));
            }
        }
    }
    found
}

/// A chapter as a page shows it: 76 columns, without the bytes.
fn drawn(lesson: &str, name: &str) -> String {
    let scene = played().iter().find(|scene| scene.lesson == lesson);
    let scene = scene.unwrap_or_else(|| panic!("a lesson is called {lesson}"));
    assert!(chapter(scene, name).is_some(), "{lesson} has no chapter {name}");
    let text = draw(scene, Some(name), Style::COMPACT, 76).text();
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim_end().to_string()
}

#[test]
fn the_drawings_in_the_documentation_are_those_of_the_runs() {
    for page in PAGES {
        let source = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).unwrap();
        let found = drawings(&source);
        assert!(!found.is_empty(), "{page} shows no drawing of a run");
        for (lesson, chapter, shown) in found {
            let wanted = drawn(&lesson, &chapter);
            let block: String = wanted
                .lines()
                .map(|line| format!("//! {line}").trim_end().to_string() + "\n")
                .collect();
            assert!(
                shown == wanted,
                "{page}: the drawing of {lesson} {chapter} is not what the run gives now; put this there:\n{block}"
            );
        }
    }
}

#[test]
fn one_changed_character_in_a_drawing_is_noticed() {
    let wanted = drawn("timer", "sent");
    let page = |block: &str| {
        let block: String = block.lines().map(|line| format!("//! {line}\n")).collect();
        format!("//! As `cargo run -- show timer sent` draws it:\n//!\n//! ```text\n{block}//! ```\n")
    };
    assert_eq!(drawings(&page(&wanted))[0].2, wanted);
    assert_ne!(drawings(&page(&wanted.replacen('|', ".", 1)))[0].2, wanted);
}

//! The assignment sheet: what, how long, how to check, how to hand in.

use std::fmt::Write;

use super::super::grade::dates;
use super::Manifest;

/// The sheet's text.
pub fn sheet(manifest: &Manifest) -> String {
    let minutes: u32 = manifest
        .lessons()
        .flat_map(|lesson| manifest.of(lesson))
        .map(|(exercise, _)| exercise.minutes)
        .sum();
    let mut text = format!("# {}\n\n", manifest.title);
    if let Some(due) = manifest.due {
        let _ = writeln!(
            text,
            "Due: {} (UTC)\n",
            dates::write(due).trim_end_matches('Z').replace('T', " ")
        );
    }
    let _ = writeln!(
        text,
        "About {minutes} minutes for the exercises, and reading before. {} points:\n",
        manifest.total()
    );
    text.push_str("| exercise | kind | minutes | points | file |\n| --- | --- | --- | --- | --- |\n");
    for lesson in manifest.lessons() {
        for (exercise, points) in manifest.of(lesson) {
            let _ = writeln!(
                text,
                "| {} | {} | {} | {points} | `{}` |",
                exercise.id,
                exercise.kind.word(),
                exercise.minutes,
                lesson.file()
            );
        }
    }
    text.push_str(
        "\nYou need Rust 1.85 or newer (<https://rustup.rs>) and nothing else: no packages, no network. Each file has its\n\
         lesson's text on top and its exercises below. (The text may speak of exercises that are not assigned.)\n\n\
         ## Check\n\n    cargo run                         the map, and your next step\n",
    );
    for lesson in manifest.lessons() {
        let _ = writeln!(
            text,
            "    {:<34}check lesson {}",
            format!("cargo test --test {}", lesson.target()),
            lesson.name
        );
    }
    if let Some((id, _)) = manifest.points.first() {
        let _ = writeln!(
            text,
            "    {:<34}a question that helps; add 2 or 3 for more",
            format!("cargo run -- hint {id}")
        );
    }
    text.push_str("\n## Hand in\n\nThese files, under these names, and nothing else; changes to other files do not count:\n\n");
    for lesson in manifest.lessons() {
        let _ = writeln!(text, "    {}", lesson.file());
    }
    text.push_str(
        "\n## How it is marked\n\n\
         - By the same checks, with random cases of your own. All of an exercise or nothing.\n\
         - Your code is compiled alone, without unsafe code. Of std it finds what works on data (collections, iter, fmt,\n  \
         string, time and so on), and no fs, process, net, env, thread or standard input; of the kit everything but\n  \
         `course` and `FileDisk`. No exercise needs more. What does not compile gets no points.\n\
         - Declare what you used: people, pages, programs that write code.\n\n\
         To learn with, never to protect anyone. Try what you learn on the kit's own models only: interception of other\n\
         people's messages is a crime in most places.\n",
    );
    text
}

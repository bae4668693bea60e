//! Files of this kit with parts left out.

use std::fmt::Write;

use super::super::items::items;
use super::Manifest;
use messaging_lab::course::catalogue::{Exercise, Kind, Lesson};
use messaging_lab::course::lesson_source::{LessonSource, tokens};

/// Whether an exercise is assigned.
fn assigned(manifest: &Manifest, id: &str) -> bool {
    manifest.points.iter().any(|(other, _)| *other == id)
}

/// A lesson file without the functions of exercises that are not assigned.
pub fn lesson(text: &str, lesson: &Lesson, manifest: &Manifest) -> String {
    let mut text = text.to_string();
    for exercise in lesson
        .exercises
        .iter()
        .filter(|exercise| !assigned(manifest, exercise.id))
    {
        if let Some(span) = LessonSource::read(&text).span_of(exercise.function()) {
            text.replace_range(span, "");
        }
    }
    // Where a function stood, one blank line is left.
    while text.contains("\n\n\n") {
        text = text.replace("\n\n\n", "\n\n");
    }
    format!("{}\n", text.trim_end())
}

/// The hints of assigned exercises.
pub fn hints(text: &str, lesson: &Lesson, manifest: &Manifest) -> String {
    let mut kept = String::new();
    let mut keep = true;
    for line in text.lines() {
        if let Some(exercise) = lesson
            .exercises
            .iter()
            .find(|exercise| exercise.id == line.trim_end())
        {
            keep = assigned(manifest, exercise.id);
        }
        if keep {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

/// A file of planted wrong answers without the answers: the same functions, each with an empty list. Of an exercise that
/// hands a bug out the bug stays: it is the stub, and who still answers like it has not started.
pub fn wrong(text: &str, lesson: &Lesson) -> String {
    let (items, _) = items(text);
    let mut kept = String::from(
        "//! What tells one wrong answer from another is not handed out.\n\n#![allow(unused_imports)]\n",
    );
    let has_files_below = items.iter().any(|item| item.kind == "mod");
    // A type's other name stays where a list's type is told with it.
    let of_exercise = |name: &str| {
        lesson
            .exercises
            .iter()
            .any(|exercise| exercise.function() == name)
    };
    let heads = items
        .iter()
        .filter(|item| item.kind == "fn" && (has_files_below || of_exercise(item.name)));
    let mut told: String = heads
        .filter_map(|item| Some(item.text.split_once('{')?.0))
        .collect();
    for item in items.iter().rev().filter(|item| item.kind == "type") {
        if tokens(&told).iter().any(|token| token.text == item.name) {
            told.push_str(item.text);
        }
    }
    for item in items {
        match item.kind {
            "type" if !item.text.contains("pub") && !told.contains(item.text) => {}
            "use" | "mod" | "type" => {
                let _ = write!(kept, "\n{}\n", item.text);
            }
            "fn" => {
                let Some((head, _)) = item.text.split_once('{') else {
                    continue;
                };
                let of_exercise = |exercise: &&Exercise| exercise.function() == item.name;
                let Some(exercise) = lesson.exercises.iter().find(of_exercise) else {
                    // A tool that the files below import: its name stays, what it does is not needed.
                    if has_files_below {
                        let _ = write!(
                            kept,
                            "\n#[allow(dead_code, unused_variables)]\n{head}{{\n    unreachable!()\n}}\n"
                        );
                    }
                    continue;
                };
                let list = if exercise.kind == Kind::Fix {
                    format!(
                        "vec![messaging_lab::course::student::Planted {{\n        name: \"as-handed-out\",\n        \
                         about: \"it is as it was handed out\",\n        \
                         answer: |question| crate::handed_out::answer({:?}, question),\n    }}]",
                        exercise.id
                    )
                } else {
                    "Vec::new()".to_string()
                };
                let _ = write!(kept, "\n{head}{{\n    {list}\n}}\n");
            }
            _ => {}
        }
    }
    kept
}

/// The test target of a lesson, for the assigned exercises.
pub fn target(lesson: &Lesson, manifest: &Manifest) -> String {
    let (number, name, stem) = (lesson.number, lesson.name, lesson.stem());
    let mut text = format!(
        "//! Lesson {number:02}, checked: `cargo test --test {}`. What you edit is {}, not this file.\n\
         //!\n\
         //! The judge stands in a module of its own, and before the lesson: the lesson can neither name it nor redefine a\n\
         //! macro that it uses.\n\n\
         #[path = \"checks/wire.rs\"]\nmod wire;\n\n\
         #[path = \".\"]\nmod {name} {{\n    \
         #[allow(dead_code, unused_imports)]\n    #[path = \"checks/{number:02}.rs\"]\n    mod checks;\n\n    \
         #[path = \"checks/there.rs\"]\n    mod there;\n\n    \
         use messaging_lab::course::feedback::Verdict;\n\n    \
         const LESSON: there::Sitting = there::Sitting {{\n        \
         source: ::core::include_str!(\"../lessons/{stem}.rs\"),\n        answer: crate::answers::answer,\n    }};\n",
        lesson.target(),
        lesson.file(),
    );
    for (exercise, _) in manifest
        .lessons()
        .filter(|one| one.name == name)
        .flat_map(|one| manifest.of(one))
    {
        let function = exercise.function();
        let _ = write!(
            text,
            "\n    #[test]\n    fn {function}() -> Verdict {{\n        \
             LESSON.of({:?}, |student| checks::{function}(student))\n    }}\n",
            exercise.id
        );
    }
    let _ = write!(
        text,
        "}}\n\n#[path = \"answers/{number:02}.rs\"]\nmod answers;\n\n\
         /// The lesson as it was handed out.\n#[allow(dead_code, unused_imports)]\n#[path = \".\"]\nmod handed_out {{\n    \
         #[path = \"answers/{number:02}.rs\"]\n    mod answers;\n    #[path = \"../lessons/stubs/{stem}.rs\"]\n    mod lesson;\n\n    \
         use crate::wire::{{Wire, from_bytes, to_bytes}};\n\n    \
         pub fn answer<Q: Wire, A: Wire>(id: &str, question: Q) -> A {{\n        \
         let answer = answers::answer(id, &to_bytes(&question));\n        \
         answer.and_then(|answer| from_bytes(&answer)).expect(\"the stub answers\")\n    }}\n}}\n\n\
         // Last: what it defines is not in scope above.\n#[forbid(unsafe_code)]\n#[allow(unused_imports, dead_code)]\n\
         #[path = \"../lessons/{stem}.rs\"]\nmod lesson;\n"
    );
    text
}

/// The catalogue's front with the assigned lessons in the place of all.
pub fn catalogue(text: &str) -> String {
    let (items, rest) = items(text);
    let mut kept = String::new();
    let mut named = false;
    for item in items {
        let units = item.kind == "mod" && item.name.starts_with("unit_");
        if units && !named {
            named = true;
            kept.push_str(item.above);
            kept.push_str("mod assigned;");
        } else if item.kind == "static" && item.name == "LESSONS" {
            kept.push_str(
                "\n\n/// All lessons in order.\npub static LESSONS: &[Lesson] = assigned::LESSONS;",
            );
        } else if !(units || ["THE_RUN", "exercise", "tests"].contains(&item.name)) {
            kept.push_str(item.above);
            kept.push_str(item.text);
        }
    }
    kept.push_str(rest);
    kept
}

/// The assigned lessons as the catalogue has them.
pub fn catalogue_of(manifest: &Manifest) -> String {
    let mut text = String::from(
        "//! The assigned lessons.\n\nuse super::{Exercise, Kind, Lesson};\n\npub(super) static LESSONS: &[Lesson] = &[\n",
    );
    for lesson in manifest.lessons() {
        let _ = write!(
            text,
            "    Lesson {{\n        number: {},\n        name: {:?},\n        title: {:?},\n        unit: {},\n        exercises: &[\n",
            lesson.number, lesson.name, lesson.title, lesson.unit
        );
        for (exercise, _) in manifest.of(lesson) {
            let after: Vec<&str> = exercise
                .after
                .iter()
                .copied()
                .filter(|id| assigned(manifest, id))
                .collect();
            let _ = write!(
                text,
                "            Exercise {{\n                id: {:?},\n                kind: Kind::{:?},\n                \
                 minutes: {},\n                core: {},\n                after: &{after:?},\n                \
                 misconceptions: &{:?},\n                withheld: &{:?},\n            }},\n",
                exercise.id,
                exercise.kind,
                exercise.minutes,
                exercise.core,
                exercise.misconceptions,
                exercise.withheld
            );
        }
        text.push_str("        ],\n    },\n");
    }
    text.push_str("];\n");
    text
}

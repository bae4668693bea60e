//! A class whose marks are known beforehand: each student has the solutions, but for one exercise, for which a wrong or
//! another right answer was planted.

use std::collections::BTreeMap;
use std::fs;

use messaging_lab::course::catalogue::{self, Kind, Lesson};
use messaging_lab::course::lesson_source::LessonSource;

use super::{Folder, read};

/// The names of the planted answers of an exercise, in order.
fn names(text: &str, function: &str) -> Vec<String> {
    let span = LessonSource::read(text)
        .span_of(function)
        .expect("its planted answers");
    let lines = text[span]
        .lines()
        .filter_map(|line| line.trim().strip_prefix("name: \"")?.strip_suffix("\","));
    lines.map(str::to_string).collect()
}

/// A lesson file in which `function` answers like the planted answer number `at` of the file `planted`.
fn planted_lesson(lesson: &Lesson, function: &str, planted: &str, at: usize) -> String {
    let solution = read(&format!("lessons/solutions/{}.rs", lesson.stem()));
    let span = LessonSource::read(&solution)
        .span_of(function)
        .expect("the function");
    let own = &solution[span.clone()];
    let head = &own[own.find("pub fn").expect("a function")..own.find('{').expect("a body")];
    let parameters = &head[head.find('(').expect("parameters") + 1..];
    let parameters = &parameters[..parameters
        .rfind(')')
        .map_or(0, |end| match parameters.rfind("->") {
            Some(arrow) => parameters[..arrow].rfind(')').unwrap_or(end),
            None => end,
        })];
    // "a: &[u8], b: &[u8]" -> "(a.to_owned(), b.to_owned())": a question owns what it holds.
    let mut arguments = Vec::new();
    let mut depth = 0;
    let mut from = 0;
    for (place, c) in parameters.char_indices().chain([(parameters.len(), ',')]) {
        match c {
            '(' | '[' | '<' => depth += 1,
            ')' | ']' | '>' => depth -= 1,
            ',' if depth == 0 => {
                if let Some((name, kind)) = parameters[from..place].split_once(':') {
                    let owned = if kind.trim().starts_with('&') {
                        ".to_owned()"
                    } else {
                        ""
                    };
                    arguments.push(format!("{}{owned}", name.trim()));
                }
                from = place + 1;
            }
            _ => {}
        }
    }
    let question = match &arguments[..] {
        [one] => one.clone(),
        several => format!("({})", several.join(", ")),
    };
    let text = planted
        .replace("use messaging_lab::course::student::Planted;", PLANTED)
        .replace(
            "messaging_lab::course::statement::Prediction<6>",
            "([Option<bool>; 6], [Option<Witness>; 6])",
        );
    let text = if text.contains("Option<Witness>; 6") && !text.contains("Witness::{self") {
        text.replace(
            PLANTED,
            &format!("{PLANTED}\n    use messaging_lab::ground::ledger::Witness;"),
        )
    } else {
        text
    };
    let text: String = text
        .lines()
        .filter(|line| !line.starts_with("//!") && !line.starts_with("#!["))
        .map(|line| format!("{line}\n"))
        .collect();
    format!(
        "{}{head}{{\n    (planted::{function}()[{at}].answer)({question})\n}}\n\n#[allow(dead_code, unused_imports)]\nmod planted {{\n{text}}}\n{}",
        &solution[..span.start],
        &solution[span.end..]
    )
}

const PLANTED: &str = "pub struct Planted<Q, A> {
        pub name: &'static str,
        pub about: &'static str,
        pub answer: fn(Q) -> A,
    }";

/// What is known of a student beforehand.
struct Wanted {
    exercise: &'static str,
    result: &'static str,
    likely: Option<String>,
}

/// Marks equal what was planted, for every one of more than thirty; and what the class did wrong is counted.
#[test]
fn the_marks_of_a_class_are_what_was_planted() {
    let folder = Folder::new("class");
    let lessons = ["bytes", "timer"].map(|name| catalogue::lesson(name).expect("a lesson"));
    let mut assignment = "messaging-lab assignment 1\ntitle A class\nseeds 3\n".to_string();
    for exercise in lessons.iter().flat_map(|lesson| lesson.exercises) {
        assignment.push_str(&format!("points {} 10\n", exercise.id));
    }
    folder.put("assignment.txt", assignment);
    let mut wanted: BTreeMap<String, Wanted> = BTreeMap::new();
    for lesson in lessons {
        for exercise in lesson.exercises {
            let function = exercise.function();
            let wrong = read(&format!("tests/wrong/{:02}.rs", lesson.number));
            let right = read(&format!("tests/right/{:02}.rs", lesson.number));
            let mut plant =
                |name: &str, text: &str, at: usize, result: &'static str, likely: Option<String>| {
                    let student = format!("{} {name}", exercise.id.replace('/', "-"));
                    for other in lessons {
                        let text = if other.name == lesson.name {
                            planted_lesson(lesson, function, text, at)
                        } else {
                            read(&format!("lessons/solutions/{}.rs", other.stem()))
                        };
                        folder.put(&format!("class/{student}/{}", other.file()), text);
                    }
                    wanted.insert(
                        student,
                        Wanted {
                            exercise: exercise.id,
                            result,
                            likely,
                        },
                    );
                };
            let wrong_names = names(&wrong, function);
            // Not the first of a fix: it is the stub.
            let first = usize::from(exercise.kind == Kind::Fix);
            for (at, name) in wrong_names.iter().enumerate().skip(first).take(2) {
                plant(&format!("wrong {name}"), &wrong, at, "wrong", Some(name.clone()));
            }
            if exercise.kind == Kind::Fix {
                plant("as handed out", &wrong, 0, "not started", None);
            }
            for (at, name) in names(&right, function).iter().enumerate().take(2) {
                plant(&format!("right {name}"), &right, at, "passed", None);
            }
        }
    }
    assert!(wanted.len() >= 30, "only {} students", wanted.len());
    let told = folder.grade("2");
    let marks = folder.marks();
    assert_eq!(marks.len(), wanted.len(), "{told}");
    let mut differ = Vec::new();
    let mut named = 0;
    let mut to_be_named = 0;
    for (student, wanted) in &wanted {
        for (id, (points, result)) in &marks[student] {
            let planted = id == wanted.exercise;
            let fits = match (planted, wanted.result) {
                (false, _) | (true, "passed") => result == "passed" && *points == 10,
                // A planted wrong answer may panic, or be built of what the exercise withholds.
                (true, "wrong") => {
                    *points == 0 && ["wrong", "panicked", "uses the kit's answer"].contains(&result.as_str())
                }
                (true, other) => *points == 0 && result == other,
            };
            if !fits {
                differ.push(format!("{student}: {id} has {points} points and is {result}"));
            }
            if planted && result == "wrong" {
                let file = super::record_file(student);
                let record = fs::read_to_string(folder.0.join("marks/records").join(file)).expect("a record");
                to_be_named += 1;
                let name = wanted.likely.clone().unwrap_or_default();
                named += u32::from(
                    record
                        .lines()
                        .any(|line| line.starts_with(&format!("mark\t{id}\twrong\t{name}\t"))),
                );
            }
        }
    }
    assert!(differ.is_empty(), "{}\n{told}", differ.join("\n"));
    // Each is named as what it is with the seed that the course is proved with; another seed may show a cousin first.
    assert!(
        to_be_named >= 10 && 10 * named >= 9 * to_be_named,
        "{named} of {to_be_named} are named"
    );
    assert!(
        told.contains("most often: ") && told.contains("guessed so before"),
        "{told}"
    );
    eprintln!(
        "{} students; {}",
        wanted.len(),
        told.lines()
            .rfind(|line| line.starts_with("time: "))
            .unwrap_or_default()
    );
}

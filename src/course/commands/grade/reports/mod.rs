//! Reports, each made from the records alone, and written anew at each run.
//!
//! | file | for |
//! | --- | --- |
//! | `marks.csv` | a spreadsheet: a line a student |
//! | `feedback/NAME.txt` | the student |
//! | `gradescope/NAME.json`, `classroom50/NAME.json` | two systems that take results ([`exports`]) |
//! | `written.txt` | the instructor: paragraphs side by side, under their rubric |
//! | `summary.txt` | the instructor: the class, wrong answers, guesses, files that are alike ([`summary`]) |

use std::fmt::Write;
use std::fs;
use std::path::Path;

use super::manifest::Manifest;
use super::record::{Record, file_name};

mod exports;
mod json;
mod summary;

/// Writes all reports into `to`, and gives the table for the terminal.
///
/// # Errors
/// What the system says.
pub fn write(to: &Path, kit: &Path, manifest: &Manifest, records: &[Record]) -> Result<String, String> {
    let write = |name: &str, text: &str| {
        fs::write(to.join(name), text).map_err(|error| format!("{}: {error}", to.join(name).display()))
    };
    for folder in ["feedback", "gradescope", "classroom50"] {
        let folder = to.join(folder);
        // Of a student who is no longer among the submissions nothing is left.
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    for record in records {
        let name = file_name(&record.student);
        write(&format!("feedback/{name}.txt"), &feedback(manifest, record))?;
        write(
            &format!("gradescope/{name}.json"),
            &exports::gradescope(manifest, record),
        )?;
        let context = exports::Context::from_environment(manifest, record);
        write(
            &format!("classroom50/{name}.json"),
            &exports::classroom50(record, &context),
        )?;
    }
    write("marks.csv", &csv(manifest, records))?;
    let rubrics = fs::read_to_string(kit.join("lessons/INSTRUCTORS.md")).unwrap_or_default();
    write("written.txt", &written(manifest, records, &rubrics))?;
    let summary = summary::summary(manifest, records);
    write("summary.txt", &summary)?;
    Ok(format!("\n{}\n{summary}", table(records)))
}

/// A line a student: points, and what stands out.
fn table(records: &[Record]) -> String {
    let widest = records
        .iter()
        .map(|record| record.student.chars().count())
        .max()
        .unwrap_or(0)
        .clamp(7, 30);
    let mut text = format!("{:<widest$}  points    passed  to look at\n", "student");
    for record in records {
        let passed = record.marks.iter().filter(|mark| mark.passed()).count();
        let mut remarks: Vec<String> = record.notes.clone();
        for (lesson, result, detail) in &record.refused {
            remarks.push(format!("{lesson} {result}: {detail}"));
        }
        let ordinary = ["passed", "not started", "wrong", "panicked", "not judged"];
        for mark in &record.marks {
            let of_lesson = record.refused.iter().any(|(_, result, _)| *result == mark.result);
            if !ordinary.contains(&mark.result.as_str()) && !of_lesson {
                remarks.push(format!("{} {}", mark.id, mark.result));
            }
        }
        let line = format!(
            "{:<widest$}  {:>4}/{:<4} {:>4}/{:<4} {}",
            plain(&record.student),
            record.points(),
            record.of(),
            passed,
            record.marks.len(),
            plain(&remarks.join("; "))
        );
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

/// On one line. A name's letters stay what they are.
fn plain(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// Student, points, points there are, notes; then for each exercise its points and its result.
fn csv(manifest: &Manifest, records: &[Record]) -> String {
    let mut head = vec![
        "student".to_string(),
        "points".to_string(),
        "of".to_string(),
        "notes".to_string(),
    ];
    for (id, _) in &manifest.points {
        head.push(format!("{id} points"));
        head.push(format!("{id} result"));
    }
    let mut text = csv_line(&head);
    for record in records {
        let points = [record.points().to_string(), record.of().to_string()];
        let mut line = vec![
            record.student.clone(),
            points[0].clone(),
            points[1].clone(),
            record.notes.join("; "),
        ];
        for mark in &record.marks {
            line.push(mark.points.to_string());
            line.push(mark.result.clone());
        }
        text.push_str(&csv_line(&line));
    }
    text
}

/// RFC 4180. A field that a spreadsheet would take for a formula gets an apostrophe in front: names are chosen by others.
fn csv_line(fields: &[String]) -> String {
    let field = |field: &String| {
        let text = match field.starts_with(['=', '+', '-', '@', '\t', '\r']) {
            true => format!("'{field}"),
            false => field.clone(),
        };
        match text.contains(['"', ',', '\n', '\r']) {
            true => format!("\"{}\"", text.replace('"', "\"\"")),
            false => text,
        }
    };
    format!("{}\r\n", fields.iter().map(field).collect::<Vec<_>>().join(","))
}

/// What a student reads: the words of the lesson's own tests.
fn feedback(manifest: &Manifest, record: &Record) -> String {
    let mut text = String::new();
    if !manifest.title.is_empty() {
        let _ = writeln!(text, "{}", manifest.title);
    }
    let _ = writeln!(
        text,
        "{}: {} of {} points\n",
        record.student,
        record.points(),
        record.of()
    );
    for note in &record.notes {
        let _ = writeln!(text, "note: {note}");
    }
    for (lesson, result, detail) in &record.refused {
        let _ = writeln!(
            text,
            "lesson {lesson}: {result}, so nothing of it could be asked\n  {detail}"
        );
    }
    for mark in &record.marks {
        let _ = writeln!(
            text,
            "{:>4} of {:<4} {}: {}",
            mark.points, mark.of, mark.id, mark.result
        );
    }
    let words = record
        .marks
        .iter()
        .filter(|mark| !mark.passed() && !mark.seeds.is_empty());
    for mark in words {
        let _ = writeln!(text, "\n{}", mark.feedback.trim_end());
    }
    text
}

/// Paragraphs side by side: each exercise with its rubric, then every student's text.
fn written(manifest: &Manifest, records: &[Record], rubrics: &str) -> String {
    let mut text = String::from(
        "Written answers. They are collected for a person to read; no program has marked them.\n",
    );
    for (id, _) in &manifest.points {
        let answers: Vec<_> = records
            .iter()
            .filter_map(|record| {
                let (_, paragraph) = record.paragraphs.iter().find(|(of, _)| of == id)?;
                Some((&record.student, paragraph))
            })
            .collect();
        if answers.is_empty() {
            continue;
        }
        let _ = writeln!(text, "\n{}\n{id}\n", "=".repeat(70));
        match rubric(rubrics, id) {
            Some(rubric) => {
                let _ = writeln!(text, "{rubric}\n");
            }
            None => text.push_str("(lessons/INSTRUCTORS.md has no section \"Rubric: ...\" for it)\n\n"),
        }
        for (student, paragraph) in answers {
            let _ = writeln!(text, "--- {student}\n{}\n", paragraph.trim());
        }
    }
    text
}

/// The section under a heading that ends in `Rubric: ID`.
fn rubric<'a>(text: &'a str, id: &str) -> Option<&'a str> {
    let heading = format!("Rubric: {id}\n");
    let (_, after) = text.split_once(&heading)?;
    let end = after.find("\n#").map_or(after.len(), |end| end + 1);
    Some(after[..end].trim())
}

#[cfg(test)]
mod tests;

//! The reports of a small class, compared with files that stand in tests/golden.

use super::super::manifest::Manifest;
use super::super::record::{Mark, Record};
use super::*;

fn manifest() -> Manifest {
    Manifest {
        title: "Week 1".to_string(),
        due: None,
        seeds: 3,
        points: vec![
            ("bytes/hex", 5),
            ("bytes/xor", 10),
            ("timer/predict", 10),
            ("erasure/sentence", 2),
        ],
    }
}

fn mark(id: &str, result: &str, of: u32, likely: Option<&str>) -> Mark {
    let passed = result == "passed";
    Mark {
        id: id.to_string(),
        result: result.to_string(),
        likely: likely.map(str::to_string),
        seeds: "7,8,9".to_string(),
        points: if passed { of } else { 0 },
        of,
        feedback: if passed {
            String::new()
        } else {
            format!("{id}: {}\n  you     \"a\"\\b\n", result.to_uppercase())
        },
    }
}

fn class() -> Vec<Record> {
    let ada = Record {
        student: "Ada, \"the first\"".to_string(),
        judged_at: 1_790_899_199,
        marks: vec![
            mark("bytes/hex", "passed", 5, None),
            mark("bytes/xor", "wrong", 10, Some("cuts")),
            mark("timer/predict", "passed", 10, None),
            mark("erasure/sentence", "passed", 2, None),
        ],
        guesses: vec![("timer/predict".into(), "TFT".into(), "TTF".into())],
        paragraphs: vec![("erasure/sentence".into(), "It is gone\nfrom one place.".into())],
        samples: vec![("bytes".into(), (1..100).collect())],
        time: [800, 150, 1_000],
        ..Record::default()
    };
    let bob = Record {
        student: "=HYPERLINK(1)".to_string(),
        judged_at: 1_790_899_199,
        notes: vec!["late by 3 h".to_string()],
        refused: vec![(
            "bytes".into(),
            "does not compile".into(),
            "lessons/00_bytes.rs:3:1: error: x".into(),
        )],
        marks: vec![
            mark("bytes/hex", "does not compile", 5, None),
            mark("bytes/xor", "does not compile", 10, None),
            mark("timer/predict", "passed", 10, None),
            mark("erasure/sentence", "not started", 2, None),
        ],
        guesses: vec![("timer/predict".into(), "TTT".into(), "TTF".into())],
        samples: vec![("bytes".into(), (1..100).collect())],
        time: [100, 100, 250],
        ..Record::default()
    };
    vec![ada, bob]
}

/// Compares with the file in tests/golden; `LAB_GOLDEN=1 cargo test` writes it anew, for a person to look through.
fn golden(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name);
    if std::env::var_os("LAB_GOLDEN").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(&path, text).expect("written");
    }
    let wanted = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert_eq!(text, wanted, "{name} is not what tests/golden has");
}

#[test]
fn every_report_is_what_its_golden_file_says() {
    let (manifest, class) = (manifest(), class());
    golden("table.txt", &table(&class));
    // Without the carriage returns that the format wants: no tool that keeps text files may change the golden one.
    golden("marks.csv", &csv(&manifest, &class).replace("\r\n", "\n"));
    golden("summary.txt", &summary::summary(&manifest, &class));
    golden("feedback_one.txt", &feedback(&manifest, &class[0]));
    golden("feedback_other.txt", &feedback(&manifest, &class[1]));
    golden(
        "written.txt",
        &written(
            &manifest,
            &class,
            "# x\n\n### Rubric: erasure/sentence\n\n1 point: names a copy.\n\n### Next\n",
        ),
    );
    golden("gradescope.json", &exports::gradescope(&manifest, &class[1]));
    let context = exports::Context {
        classroom: "autumn".to_string(),
        assignment: "week-1".to_string(),
        submission: "submit/2026-10-01T00-00-00Z-abc".to_string(),
        commit: "https://example.org/commit/abc".to_string(),
        release: "https://example.org/release".to_string(),
        review: "https://example.org/commit/abc".to_string(),
    };
    golden("classroom50.json", &exports::classroom50(&class[0], &context));
}

#[test]
fn no_score_stands_on_top_for_gradescope_and_the_sum_does_for_classroom_50() {
    let (manifest, class) = (manifest(), class());
    assert!(!exports::gradescope(&manifest, &class[0]).contains("\n  \"score\""));
    let context = exports::Context::from_environment(&manifest, &class[0]);
    let text = exports::classroom50(&class[0], &context);
    assert!(
        text.contains("\n  \"score\": 17,\n  \"max-score\": 27,"),
        "{text}"
    );
}

//! Results as two systems take them.
//!
//! - Gradescope, `results.json` (Autograder Specifications): the points stand in `tests`, and there is no score on top,
//!   because one on top would replace their sum. Nothing is hidden: one hidden test would hide the student's total.
//! - Classroom 50, `result.json` (wiki, Advanced Autograding; schema `classroom50/result/v1`): whole numbers, hyphenated
//!   keys. `owner` and `assignment_type` are overwritten by its runner; classroom, submission and links come from the
//!   variables that the runner sets.

use super::super::dates;
use super::super::manifest::Manifest;
use super::super::record::Record;
use super::json::Json;
use messaging_lab::course::catalogue;

/// Gradescope's `results.json` for one student.
pub fn gradescope(manifest: &Manifest, record: &Record) -> String {
    let number = |number: u32| Json::Number(u64::from(number));
    let tests = (1..).zip(&record.marks).map(|(at, mark): (u32, _)| {
        let kind = catalogue::find(&mark.id).map_or("exercise", |(_, exercise)| exercise.kind.word());
        let lesson = mark.id.split('/').next().unwrap_or_default();
        Json::Object(vec![
            ("score", number(mark.points)),
            ("max_score", number(mark.of)),
            (
                "status",
                Json::text(if mark.passed() { "passed" } else { "failed" }),
            ),
            ("name", Json::text(&mark.id)),
            ("name_format", Json::text("text")),
            ("number", Json::text(at.to_string())),
            (
                "output",
                Json::text(if mark.passed() {
                    "passed"
                } else {
                    mark.feedback.trim_end()
                }),
            ),
            ("output_format", Json::text("text")),
            ("tags", Json::List(vec![Json::text(lesson), Json::text(kind)])),
            ("visibility", Json::text("visible")),
            (
                "extra_data",
                Json::Object(vec![
                    ("result", Json::text(&mark.result)),
                    ("likely", Json::text(mark.likely.as_deref().unwrap_or(""))),
                    ("seeds", Json::text(&mark.seeds)),
                ]),
            ),
        ])
    });
    let mut output = record.notes.clone();
    for (lesson, result, detail) in &record.refused {
        output.push(format!("lesson {lesson}: {result}: {detail}"));
    }
    Json::Object(vec![
        ("execution_time", Json::Number(record.time[2].div_ceil(1000))),
        ("output", Json::text(output.join("\n"))),
        ("output_format", Json::text("text")),
        ("test_output_format", Json::text("text")),
        ("test_name_format", Json::text("text")),
        ("visibility", Json::text("visible")),
        ("stdout_visibility", Json::text("hidden")),
        (
            "extra_data",
            Json::Object(vec![
                ("assignment", Json::text(&manifest.title)),
                ("student", Json::text(&record.student)),
                ("judged_at", Json::text(dates::write(record.judged_at))),
            ]),
        ),
        ("tests", Json::List(tests.collect())),
    ])
    .pretty()
}

/// What Classroom 50's runner knows and a grader does not.
pub struct Context {
    pub classroom: String,
    pub assignment: String,
    pub submission: String,
    pub commit: String,
    pub release: String,
    pub review: String,
}

impl Context {
    /// From the variables that the runner sets; elsewhere from what is known here. None of them may be empty.
    pub fn from_environment(manifest: &Manifest, record: &Record) -> Context {
        let variable = |name: &str, otherwise: &str| {
            let set = std::env::var(name).ok().filter(|value| !value.trim().is_empty());
            set.unwrap_or_else(|| {
                if otherwise.is_empty() {
                    "unknown".to_string()
                } else {
                    otherwise.to_string()
                }
            })
        };
        let commit = variable("COMMIT_URL", "");
        Context {
            classroom: variable("CLASSROOM", ""),
            assignment: variable("ASSIGNMENT", &manifest.title),
            submission: variable("SUBMISSION_TAG", &record.student),
            release: variable("RELEASE_URL", ""),
            review: variable("REVIEW_URL", &commit),
            commit,
        }
    }
}

/// Classroom 50's `result.json` for one student.
pub fn classroom50(record: &Record, context: &Context) -> String {
    let number = |number: u32| Json::Number(u64::from(number));
    let tests = record.marks.iter().map(|mark| {
        Json::Object(vec![
            ("test-name", Json::text(&mark.id)),
            ("passed", Json::Truth(mark.passed())),
            ("score", number(mark.points)),
            ("max-score", number(mark.of)),
        ])
    });
    Json::Object(vec![
        ("schema", Json::text("classroom50/result/v1")),
        ("classroom", Json::text(&context.classroom)),
        ("assignment", Json::text(&context.assignment)),
        ("assignment_type", Json::text("individual")),
        ("owner", Json::text(&record.student)),
        ("submission", Json::text(&context.submission)),
        ("commit", Json::text(&context.commit)),
        ("release", Json::text(&context.release)),
        ("review", Json::text(&context.review)),
        ("datetime", Json::text(dates::write(record.judged_at))),
        ("score", number(record.points())),
        ("max-score", number(record.of())),
        ("tests", Json::List(tests.collect())),
    ])
    .pretty()
}

//! `cargo run -- grade MANIFEST SUBMISSION... [--to FOLDER] [--jobs N]`
//!
//! Arrives: an assignment and folders of submissions. Leaves: one record a submission, and reports made from the records.
//! What a submission is judged by stands in tests/judge.rs, a process of its own; here files are found, taken and counted.
//!
//! 1. [`manifest`]: what was assigned. [`dates`]: by when.
//! 2. [`handin`]: who handed in what.
//! 3. [`run`]: the judge at work. [`record`]: what came of it, and is kept. [`alike`]: a sample of each text.
//! 4. [`reports`]: for the terminal, a spreadsheet, the students, other systems.

use std::fs;
use std::path::{Path, PathBuf};

use super::text::say;

mod alike;
pub mod dates;
mod handin;
pub mod manifest;
pub mod record;
mod reports;
mod run;

use manifest::Manifest;
use run::Run;

/// What is to be graded, and where to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The assignment.
    pub manifest: String,
    /// The folders.
    pub submissions: Vec<String>,
    /// Where records and reports go.
    pub to: Option<String>,
    /// How many submissions at a time.
    pub jobs: usize,
}

/// The file that names a folder's assignment.
const ASSIGNMENT: &str = "assignment.txt";

/// Grades, and gives the exit code: 0 if every submission was judged, whatever its marks.
///
/// # Errors
/// What kept it from grading at all.
pub fn grade(kit: &Path, order: &Order) -> Result<i32, String> {
    let manifest = Manifest::load(Path::new(&order.manifest))?;
    let hand_ins = handin::find(&order.submissions, &manifest)?;
    let to = match &order.to {
        Some(to) => PathBuf::from(to),
        None => Path::new(&order.manifest).with_extension("marks"),
    };
    open(&to, &manifest)?;
    let scratch = to.join("scratch");
    let records = to.join("records");
    // What an earlier run that was stopped has left.
    let _ = fs::remove_dir_all(&scratch);
    for folder in [&scratch, &records] {
        fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    let run = Run {
        kit,
        manifest: &manifest,
        assignment: fingerprint(&manifest),
        records: &records,
        scratch: &scratch,
        jobs: order.jobs,
    };
    let judged = run.all(hand_ins);
    let _ = fs::remove_dir_all(&scratch);
    let (judged, not_judged) = judged?;
    let table = reports::write(&to, kit, &manifest, &judged)?;
    say(&table);
    say(&format!("\nreports are in {}\n", to.display()));
    if not_judged.is_empty() {
        return Ok(0);
    }
    eprintln!(
        "not judged: {}. That is the grader's fault, not theirs; start again to judge only these",
        not_judged.join(", ")
    );
    Ok(1)
}

/// Judges without reports, below the folder `at`: the records, in the order of `folders`.
///
/// # Errors
/// What kept it from judging one of them.
pub fn try_out(
    kit: &Path,
    manifest: &Manifest,
    folders: &[String],
    at: &Path,
) -> Result<Vec<record::Record>, String> {
    let (records, scratch) = (at.join("records"), at.join("scratch"));
    for folder in [&records, &scratch] {
        fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    let run = Run {
        kit,
        manifest,
        assignment: fingerprint(manifest),
        records: &records,
        scratch: &scratch,
        jobs: std::thread::available_parallelism().map_or(1, usize::from),
    };
    match run.all(handin::find(folders, manifest)?)? {
        (records, not_judged) if not_judged.is_empty() => Ok(records),
        (_, not_judged) => Err(format!("not judged: {}", not_judged.join(", "))),
    }
}

/// Makes the folder, or recognises it as this assignment's from an earlier run. Any other folder is left alone.
fn open(to: &Path, manifest: &Manifest) -> Result<(), String> {
    let named = to.join(ASSIGNMENT);
    let problem = |error: std::io::Error| format!("{}: {error}", to.display());
    if to.exists() {
        return match fs::read_to_string(&named) {
            Ok(text) if Manifest::read(&text).as_ref() == Ok(manifest) => Ok(()),
            Ok(_) => Err(format!(
                "{} holds the marks of another assignment, or of an earlier version of this one: name another folder with --to",
                to.display()
            )),
            Err(_) => Err(format!(
                "{} is there already and holds no marks: name another folder with --to",
                to.display()
            )),
        };
    }
    fs::create_dir_all(to).map_err(problem)?;
    fs::write(named, manifest.text()).map_err(problem)
}

/// A number for an assignment. FNV-1a over its text.
fn fingerprint(manifest: &Manifest) -> u64 {
    manifest.text().bytes().fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

//! Runs the lessons' tests through cargo and says how the exercises stand afterwards.
//!
//! Each lesson is built and run by itself: a compile error in one never hides another.

use std::fmt::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, SystemTime};

use super::standing::Standing;
use super::text::{say, width, wrap};
use messaging_lab::course::catalogue::{Exercise, LESSONS, Lesson};
use messaging_lab::course::progress::State;

/// How often `watch` looks at the files.
const POLL: Duration = Duration::from_millis(200);

/// Checks all lessons; 0 if everything is passed, else 1.
pub fn check_all(root: &Path) -> i32 {
    let mut all_passed = true;
    for lesson in LESSONS {
        let (text, passed) = check_one(root, lesson, None, false);
        say(&text);
        all_passed &= passed;
    }
    i32::from(!all_passed)
}

/// Checks one lesson, with what is said of `first` on top; 0 if everything in it is passed, else 1.
pub fn check(root: &Path, lesson: &'static Lesson, first: Option<&'static Exercise>) -> i32 {
    let (text, passed) = check_one(root, lesson, first, true);
    say(&text);
    i32::from(!passed)
}

/// One lesson: what is said of `first`, or else its first failure, on top; then a line for each exercise, then (with
/// `remarks`) what there is to say about those that passed. And whether everything in it is passed.
fn check_one(
    root: &Path,
    lesson: &'static Lesson,
    first: Option<&Exercise>,
    remarks: bool,
) -> (String, bool) {
    let mut text = format!("lesson {:02} {}: {}\n", lesson.number, lesson.name, lesson.title);
    let built = match cargo(root, &["test", "--quiet", "--test", &lesson.target(), "--no-run"]) {
        Ok(built) => built,
        Err(problem) => return (format!("{text}\n{problem}\n"), false),
    };
    if !built.status.success() {
        let _ = write!(
            text,
            "\n{}\n\nThis lesson does not compile yet, so nothing of it was checked. The first error above is the one to\n\
             begin with: {}\n\n",
            String::from_utf8_lossy(&built.stderr).trim_end(),
            lesson.file()
        );
        return (text, false);
    }
    let run = match cargo(
        root,
        &[
            "test",
            "--quiet",
            "--test",
            &lesson.target(),
            "--",
            "--show-output",
        ],
    ) {
        Ok(run) => run,
        Err(problem) => return (format!("{text}\n{problem}\n"), false),
    };
    let told = String::from_utf8_lossy(&run.stdout).replace("\r\n", "\n");
    let own: Vec<Standing> = Standing::all(root)
        .into_iter()
        .filter(|standing| standing.lesson.name == lesson.name)
        .collect();
    let open = |standing: &&Standing| standing.state != State::Passed;
    let wanted = |standing: &&Standing| first.is_none_or(|first| first.id == standing.exercise.id);
    if let Some(open) = own.iter().filter(open).find(wanted) {
        let words = block_of(&told, open.exercise.id)
            .or_else(|| open.record.as_ref().map(|record| record.feedback.clone()))
            .unwrap_or_else(|| told.clone());
        let place = open
            .line
            .map_or_else(|| lesson.file(), |line| format!("{}:{line}", lesson.file()));
        let _ = write!(text, "\n{}\n  where   {place}\n\n", wrap(&words, width()).trim());
    }
    for standing in &own {
        let mark = if standing.state == State::Passed {
            "[x]"
        } else {
            "[ ]"
        };
        let _ = writeln!(
            text,
            "  {mark} {:<28} {}",
            standing.exercise.id,
            standing.state.word()
        );
    }
    let passed = own
        .iter()
        .filter(|standing| standing.state == State::Passed)
        .count();
    let _ = writeln!(text, "  {passed} of {} passed\n", own.len());
    let remark =
        |standing: &Standing| block_of(&told, standing.exercise.id).filter(|words| !words.is_empty());
    for standing in own
        .iter()
        .filter(|standing| remarks && standing.state == State::Passed)
    {
        if let Some(words) = remark(standing) {
            let _ = writeln!(text, "{}: {}\n", standing.exercise.id, words.trim());
        }
    }
    // Both: the runner's word, and a pass written down for each. An exit code alone is no proof.
    (text, run.status.success() && passed == own.len())
}

/// What the test runner printed about the test of exercise `id`: between its headline and the next one.
fn block_of(told: &str, id: &str) -> Option<String> {
    let name = id.replace('/', "::");
    let (_, after) = told.split_once(&format!("---- {name} stdout ----\n"))?;
    let end = ["\n---- ", "\nfailures:\n", "\nsuccesses:\n"]
        .iter()
        .filter_map(|mark| after.find(mark))
        .min()?;
    Some(after[..end].replace("Error: ", ""))
}

fn cargo(root: &Path, arguments: &[&str]) -> Result<Output, String> {
    command(root, arguments)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| not_started(&error))
}

/// What to do if cargo does not start.
pub fn not_started(error: &std::io::Error) -> String {
    format!("cargo could not be started ({error}): is Rust installed, and cargo on the PATH?")
}

/// [`cargo_command`] in the project's folder.
fn command(root: &Path, arguments: &[&str]) -> Command {
    let mut command = cargo_command();
    command.current_dir(root).args(arguments);
    command
}

/// The cargo that runs this, or the one on the PATH. Nothing here ever needs the network.
pub fn cargo_command() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.env("CARGO_NET_OFFLINE", "true");
    command
}

/// Checks, and again whenever a lesson file changes. Ends only from outside (Ctrl-C).
pub fn watch(root: &Path, one: Option<&'static Lesson>) -> i32 {
    let watched: Vec<&'static Lesson> = LESSONS
        .iter()
        .filter(|lesson| one.is_none_or(|one| one.number == lesson.number))
        .collect();
    let mut seen: Vec<Option<Stamp>> = watched.iter().map(|lesson| stamp(root, lesson)).collect();
    let first = one.or_else(|| Standing::next(&Standing::all(root)).map(|next| next.lesson));
    if let Some(lesson) = first {
        say(&check_one(root, lesson, None, true).0);
    }
    loop {
        say("watching for your next save; stop with Ctrl-C\n");
        let changed = loop {
            std::thread::sleep(POLL);
            let now: Vec<Option<Stamp>> = watched.iter().map(|lesson| stamp(root, lesson)).collect();
            // A file that is gone for a moment is an editor in the middle of saving.
            let changed = (0..watched.len()).find(|&at| now[at].is_some() && now[at] != seen[at]);
            if let Some(at) = changed {
                seen[at] = now[at];
                break watched[at];
            }
        };
        say(&format!(
            "\n{}\n\n{}",
            "-".repeat(40),
            check_one(root, changed, None, true).0
        ));
    }
}

/// When a file was changed, and how long it is.
type Stamp = (SystemTime, u64);

fn stamp(root: &Path, lesson: &Lesson) -> Option<Stamp> {
    let data = std::fs::metadata(root.join(lesson.file())).ok()?;
    Some((data.modified().ok()?, data.len()))
}

/// Runs the proof of the course; its own lines go straight through.
pub fn verify(root: &Path) -> i32 {
    match command(
        root,
        &["test", "--quiet", "--profile", "verify", "--test", "verify"],
    )
    .status()
    {
        Ok(status) => i32::from(!status.success()),
        Err(error) => {
            eprintln!("{}", not_started(&error));
            1
        }
    }
}

#[cfg(test)]
mod tests {
    use super::block_of;

    #[test]
    fn the_words_about_one_failure_are_cut_out() {
        let told = "\nfailures:\n\n---- a::one stdout ----\nError: a/one: WRONG\n  you     x\n\n---- a::two stdout ----\n\
                    my print\nError: a/two: WRONG\n\n\nfailures:\n    one\n    two\n";
        assert_eq!(
            block_of(told, "a/one").as_deref(),
            Some("a/one: WRONG\n  you     x\n")
        );
        assert_eq!(
            block_of(told, "a/two").as_deref(),
            Some("my print\na/two: WRONG\n\n")
        );
        assert_eq!(block_of(told, "a/three"), None);
        let told = "successes:\n\n---- a::four stdout ----\na remark\n\n\nsuccesses:\n    four\n";
        assert_eq!(block_of(told, "a/four").as_deref(), Some("a remark\n\n"));
    }
}

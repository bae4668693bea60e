//! The front door from outside: the real program, on a copy of the lessons, in a folder of the test's own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use messaging_lab::call::wav;
use messaging_lab::course::catalogue::{self, LESSONS};
use messaging_lab::course::feedback::{Feedback, Outcome};
use messaging_lab::course::kept;
use messaging_lab::course::lesson_source::LessonSource;
use messaging_lab::course::progress::Progress;
use messaging_lab::envelope::hpke::seal_base;
use messaging_lab::envelope::kem::{EphemeralKey, PublicKey};

#[allow(dead_code)]
#[path = "../src/show/own_envelopes.rs"]
mod own_envelopes;

/// A project with the lessons as shipped, removed when the test ends.
struct Project(PathBuf);

impl Project {
    fn new(name: &str) -> Self {
        let root = std::env::temp_dir().join(format!("messaging-lab-door-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        let kit = Path::new(env!("CARGO_MANIFEST_DIR"));
        for folder in ["lessons/stubs", "lessons/hints"] {
            fs::create_dir_all(root.join(folder)).expect("a folder");
        }
        for lesson in LESSONS {
            fs::copy(kit.join(lesson.stub()), root.join(lesson.stub())).expect("a stub");
            fs::copy(kit.join(lesson.stub()), root.join(lesson.file())).expect("a stub as the lesson");
            fs::copy(kit.join(lesson.hints()), root.join(lesson.hints())).expect("hints");
        }
        Project(root)
    }

    fn run(&self, words: &[&str]) -> Output {
        self.command(words).output().expect("the front door starts")
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_messaging-lab"));
        command
            .env("CARGO_MANIFEST_DIR", &self.0)
            .env_remove("COLUMNS")
            .stdin(Stdio::null())
            .args(words);
        command
    }

    fn text(&self, words: &[&str]) -> String {
        let output = self.run(words);
        assert!(
            output.status.success(),
            "{words:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).expect("text")
    }

    /// Words that are not understood: exit code 2, nothing on standard output, and `told` in what is said.
    fn refuses(&self, words: &[&str], told: &str) {
        let output = self.run(words);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{words:?}: {said}");
        assert!(
            said.contains(told) && output.stdout.is_empty(),
            "{words:?}: {said}"
        );
    }

    fn lesson(&self, name: &str) -> PathBuf {
        self.0.join(catalogue::lesson(name).expect("a lesson").file())
    }

    /// Writes down a result for an exercise's code as it is in the file now.
    fn record(&self, id: &str, verdict: &Result<(), Feedback>) {
        let (lesson, exercise) = catalogue::find(id).expect("an exercise");
        let source = fs::read_to_string(self.0.join(lesson.file())).expect("the lesson");
        let fingerprint = LessonSource::read(&source)
            .fingerprint(exercise.function())
            .expect("the function");
        Progress::at(&self.0)
            .record(id, fingerprint, verdict)
            .expect("a result written");
    }

    fn state(&self, id: &str) -> String {
        let list = self.text(&["list"]);
        let line = list
            .lines()
            .find(|line| line.starts_with(&format!("{id}\t")))
            .expect("a line for the exercise");
        line.split('\t').nth(3).expect("a state").to_string()
    }
}

impl Drop for Project {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Puts a body in the place of the stub's `todo!` of `bytes/xor`.
fn solve_xor(project: &Project) {
    let path = project.lesson("bytes");
    let text = fs::read_to_string(&path).expect("the lesson");
    let span = LessonSource::read(&text).span_of("xor").expect("fn xor");
    let mine = "/// mine\npub fn xor(a: &[u8], b: &[u8]) -> Option<Vec<u8>> {\n    Some([a, b].concat())\n}";
    fs::write(
        path,
        format!("{}{mine}{}", &text[..span.start], &text[span.end..]),
    )
    .expect("written");
}

#[test]
fn the_map_names_the_next_step_with_file_line_and_command() {
    let project = Project::new("map");
    let map = project.text(&[]);
    let text = fs::read_to_string(project.lesson("bytes")).expect("the lesson");
    let line = 1 + text
        .lines()
        .position(|line| line.starts_with("pub fn hex("))
        .expect("fn hex");
    for wanted in [
        "\"self-destruct timer\"",
        "\"without the possibility of a tap\"",
        "Next: bytes/hex",
        &format!("lessons/00_bytes.rs:{line}\n"),
        "cargo test --test lesson_00",
        "cargo run -- hint bytes/hex",
    ] {
        assert!(map.contains(wanted), "{wanted} is not in\n{map}");
    }
}

#[test]
fn a_pass_counts_for_the_code_that_was_checked_and_for_no_other() {
    let project = Project::new("progress");
    assert_eq!(project.state("bytes/xor"), "not started");
    solve_xor(&project);
    assert_eq!(project.state("bytes/xor"), "not checked");
    project.record("bytes/xor", &Err(Feedback::new("bytes/xor", Outcome::Wrong)));
    assert_eq!(project.state("bytes/xor"), "not yet");
    project.record("bytes/xor", &Ok(()));
    assert_eq!(project.state("bytes/xor"), "passed");
    assert!(project.text(&[]).contains("[---#-") || project.text(&[]).contains("1 of 5 passed"));
    let path = project.lesson("bytes");
    let text = fs::read_to_string(&path).expect("the lesson");
    // Comments and other exercises do not matter; the code does.
    fs::write(
        &path,
        text.replace("/// mine", "// still mine")
            .replace("the hex text {text:?}", "{text:?}"),
    )
    .unwrap();
    assert_eq!(project.state("bytes/xor"), "passed");
    fs::write(&path, text.replace("[a, b]", "[b, a]")).expect("written");
    assert_eq!(project.state("bytes/xor"), "not checked");
    assert_eq!(project.state("bytes/hex"), "not started");
}

#[test]
fn a_pass_is_kept_whatever_the_next_exercise_needs_and_whatever_the_function_is_made_of() {
    let project = Project::new("progress-beside");
    solve_xor(&project);
    let path = project.lesson("bytes");
    let text = fs::read_to_string(&path).expect("the lesson");
    let made = text.replace("pub fn xor", "pub use self::either as xor;\npub fn either");
    for text in [text, made] {
        fs::write(&path, &text).expect("written");
        assert_eq!(project.state("bytes/xor"), "not checked");
        project.record("bytes/xor", &Ok(()));
        // Another exercise gets an import, a type and a body.
        let more = "use std::collections::HashMap;\nstruct Digits(HashMap<char, u8>);\nimpl Digits { fn xor(&self) {} }\n\
                    pub fn hex(bytes: &[u8]) -> String {\n    let xor = bytes.len();\n    return xor.to_string();";
        let text = text.replace("pub fn hex(bytes: &[u8]) -> String {", more);
        fs::write(&path, &text).expect("written");
        assert_eq!(project.state("bytes/xor"), "passed");
        assert_eq!(project.state("bytes/hex"), "not checked");
        fs::write(&path, text.replace("[a, b]", "[b, a]")).expect("written");
        assert_eq!(project.state("bytes/xor"), "not checked");
    }
}

#[test]
fn list_is_one_exercise_a_line_with_four_fields() {
    let list = Project::new("list").text(&["list"]);
    assert_eq!(list.lines().count(), catalogue::all().count());
    for (line, (_, exercise)) in list.lines().zip(catalogue::all()) {
        let minutes = exercise.minutes.to_string();
        assert_eq!(
            line.split('\t').collect::<Vec<_>>(),
            [exercise.id, exercise.kind.word(), &minutes, "not started"]
        );
    }
}

#[test]
fn every_hint_and_every_scene_is_there_and_plain() {
    let project = Project::new("words");
    for (lesson, exercise) in catalogue::all() {
        for tier in ["1", "2", "3"] {
            let hint = project.text(&["hint", exercise.id, tier]);
            assert!(
                hint.is_ascii() && hint.contains(&format!("hint {tier} of 3")),
                "{hint}"
            );
        }
        let scene = project.text(&["show", lesson.name]);
        assert!(scene.is_ascii() && scene.contains("At the end"), "{scene}");
    }
}

#[test]
fn lesson_06_opens_with_the_envelopes_that_lesson_05_kept_or_says_whose_they_are() {
    let project = Project::new("letters");
    // As one line: where it wraps is no matter here.
    let shown = |lesson: &str| {
        let text = project.text(&["show", lesson]);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert!(shown("keys").contains("the kit's own"));
    let mut seals = |_: &str, _: &str, theirs: &[u8; 32], text: &[u8], seed: &[u8; 32]| {
        let fresh = EphemeralKey::derive(seed);
        let (enc, sealed) = seal_base(fresh, &PublicKey(*theirs), b"names", &[], text).ok()?;
        Some((b"names".to_vec(), [&enc[..], &sealed].concat()))
    };
    let journeys = own_envelopes::through_the_lie(&mut seals).expect("a sound function");
    kept::keep(
        &project.0,
        own_envelopes::KEPT_AS,
        &own_envelopes::to_text(&journeys),
    )
    .expect("kept");
    let told = shown("keys");
    assert!(
        told.contains("Did you notice?") && !told.contains("the kit's own"),
        "{told}"
    );
    assert!(!shown("relay").contains("BEFORE THE RUN"));
    kept::keep(&project.0, own_envelopes::KEPT_AS, "cut off").expect("kept");
    assert!(
        project
            .text(&["show", "keys"])
            .contains("cannot be read any more")
    );
}

#[test]
fn output_fits_the_width_and_has_no_colour_codes() {
    let project = Project::new("width");
    for words in [&[][..], &["hint", "bytes/hex"], &["show", "bytes"], &["list"]] {
        for columns in ["30", "60", "200", "nonsense"] {
            let output = project
                .command(words)
                .env("COLUMNS", columns)
                .output()
                .expect("it runs");
            assert!(!output.stdout.contains(&0x1b), "{words:?} wrote an escape code");
            let text = String::from_utf8(output.stdout).expect("text");
            let limit = columns.parse().unwrap_or(80);
            for line in text.lines().filter(|_| words != ["list"]) {
                // What is one word (a command to copy, a long hex) stays whole.
                assert!(
                    line.len() <= limit || !line.trim().contains(' '),
                    "{words:?} at {columns}: {line}"
                );
            }
        }
    }
}

#[test]
fn unknown_words_end_with_code_2_and_the_nearest_one() {
    let project = Project::new("unknown");
    for (words, nearest) in [
        (&["chek"][..], "\"check\""),
        (&["hint", "bytes/hexx"], "\"bytes/hex\""),
        (&["check", "13"], "the numbers 00 to 12"),
        (&["--colour"], "--help"),
    ] {
        project.refuses(words, nearest);
    }
}

#[test]
fn both_cards_of_a_pair_and_their_key_tell_the_same() {
    let project = Project::new("cards");
    let keys = project.text(&["show", "compare", "--answers"]);
    assert_eq!(keys.lines().count(), 99);
    for (at, line) in keys.lines().enumerate() {
        let number = (at + 1).to_string();
        let words: Vec<&str> = line.split_whitespace().collect();
        assert_eq!(words[0], number, "{line}");
        assert_eq!(words[5] == "SAME", words[1..3] == words[3..5], "{line}");
        assert!(line.len() <= 80, "{line}");
        // Starting the program 198 times takes long: every ninth pair.
        if at % 9 == 0 {
            assert_eq!(
                project
                    .text(&["show", "11", "--answers", "--card", &number])
                    .trim(),
                line.trim()
            );
            for (side, words) in [("A", &words[1..3]), ("b", &words[3..5])] {
                let card = project.text(&["show", "compare", "--card", &format!("{number}{side}")]);
                assert!(card.contains(&format!("    {}\n", words.join(" "))), "{card}");
                assert!(
                    !card.contains("DIFFERENT\n") && !card.contains("between"),
                    "{card}"
                );
            }
        }
    }
}

#[test]
fn a_card_that_there_is_not_ends_with_code_2_and_says_what_a_card_is_called() {
    let project = Project::new("no-card");
    for (words, told) in [
        (&["show", "compare", "--card", "0A"][..], "such as 17A"),
        (&["show", "compare", "--card", "100B"], "such as 17A"),
        (&["show", "compare", "--card", "17"], "such as 17A"),
        (&["show", "compare", "--card", "17C"], "such as 17A"),
        (&["show", "compare", "--card", "\u{1b}[31m"], "such as 17A"),
        (&["show", "compare", "--card", "17A", "--answers"], "such as 17"),
        (&["show", "compare", "--card"], "--card 17A"),
        (&["show", "compare", "--cards", "17A"], "\"--card\""),
        (&["show", "timer", "--card", "17A"], "show compare"),
    ] {
        let output = project.run(words);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert!(
            said.contains(told) && !said.contains('\u{1b}'),
            "{words:?}: {said}"
        );
        assert!(output.stdout.is_empty(), "{words:?}");
    }
}

const SOUNDS: [&str; 3] = ["alice_hears.wav", "bob_hears.wav", "tap_hears.wav"];

#[test]
fn pages_are_written_with_the_students_own_progress_and_over_nothing_of_anybody_elses() {
    let project = Project::new("site");
    solve_xor(&project);
    project.record("bytes/xor", &Ok(()));
    // Below the hidden folder, and the file to open is named.
    let told = project.text(&["show", "--html"]);
    let url = told
        .split_whitespace()
        .find_map(|word| word.strip_prefix("file://"));
    let index = url.expect("a file to open").replace("%20", " ");
    assert!(index.ends_with(".lab/pages/index.html"), "{told}");
    let html = fs::read_to_string(project.0.join(".lab/pages/index.html")).expect("the index");
    // Each line of the list is a row.
    for line in project.text(&["list"]).lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let row = format!(
            "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td></tr>",
            cells[0], cells[1], cells[2], cells[3]
        );
        assert!(html.contains(&row), "{row} is not in the index");
    }
    assert!(html.contains("1 of 5 passed"));
    // The same next step as the map's.
    let map = project.text(&[]);
    for words in ["edit   ", "check  ", "help   "] {
        let line = map.lines().find_map(|line| line.trim().strip_prefix(words));
        let command = line.expect("the map's next step");
        assert!(html.contains(&format!("<code>{command}</code>")), "{command}");
    }
    // Into a folder that is named: made, written again, and left alone once there is something else in it.
    let to = project.0.join("my pages/here");
    let words = ["show", "--html", "--to", &*to.to_string_lossy()];
    project.text(&words);
    let lesson = fs::read(to.join("05-relay.html")).expect("a lesson's page");
    project.text(&words);
    assert_eq!(fs::read(to.join("05-relay.html")).expect("a page"), lesson);
    assert_eq!(
        fs::read_to_string(to.join("index.html")).expect("the index"),
        html
    );
    fs::write(to.join("notes.txt"), "mine").expect("written");
    fs::write(to.join("01-timer.html"), "mine").expect("written");
    let output = project.run(&words);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("nothing is touched") && output.stdout.is_empty(),
        "{said}"
    );
    assert_eq!(fs::read(to.join("notes.txt")).expect("mine"), b"mine");
    assert_eq!(fs::read(to.join("01-timer.html")).expect("mine"), b"mine");
    // What is not understood writes nothing.
    for (words, told) in [
        (&["show", "--htlm"][..], "\"--html\""),
        (&["show", "--html", "--too", "x"], "\"--to\""),
        (&["show", "--html", "--to"], "--to wants"),
        (&["show", "relay", "--html"], "one word too many"),
    ] {
        project.refuses(words, told);
    }
}

#[test]
fn a_call_writes_three_sounds_the_same_from_the_same_seed() {
    let project = Project::new("call");
    let into = |folder: &str, more: &[&str]| {
        let to = project.0.join(folder);
        let told = project.text(&[&["call", "--to", &to.to_string_lossy()], more].concat());
        let sounds = SOUNDS.map(|name| {
            let file = fs::read(to.join(name)).expect("a sound");
            wav::read(&file).expect("a WAV file").samples
        });
        (told, sounds)
    };
    let (told, active) = into("new/folder", &["--tap", "active", "--seed", "7"]);
    let (again, the_same) = into("again", &["--seed", "7", "--tap", "active"]);
    assert_eq!(active, the_same);
    // All but the folder's name.
    let without_folder = |text: &str| {
        text.split_once("\nThe three files")
            .map(|(told, _)| told.to_string())
    };
    assert!(without_folder(&told).is_some() && without_folder(&told) == without_folder(&again));
    let in_one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let told = in_one_line(&told);
    assert!(
        told.contains("not the same") && told.contains("all that both said"),
        "{told}"
    );
    // A man in the middle with words that nobody compares has everything: what Bob heard, then what Alice heard.
    assert_eq!(active[2], [&active[1][..], &active[0][..]].concat());

    let (told, silent) = into("silent", &["--seed", "7"]);
    let told = in_one_line(&told);
    assert!(told.contains("without a key: noise") && told.is_ascii(), "{told}");
    // As long as both voices, and not even one sample in fifty is the same.
    let both = [&silent[1][..], &silent[0][..]].concat();
    assert_eq!(silent[2].len(), both.len());
    let equal = silent[2]
        .iter()
        .zip(&both)
        .filter(|(one, two)| one == two)
        .count();
    assert!(equal * 50 < both.len(), "{equal} of {}", both.len());
    assert_ne!(silent, into("other", &["--seed", "8"]).1);
}

#[test]
fn a_call_overwrites_nothing_and_leaves_nothing_half_done() {
    let project = Project::new("call-again");
    for name in SOUNDS {
        let to = project.0.join(name.replace('.', "-"));
        fs::create_dir_all(&to).expect("a folder");
        fs::write(to.join(name), b"mine").expect("written");
        let output = project.run(&["call", "--to", &to.to_string_lossy()]);
        assert_eq!(output.status.code(), Some(1), "{name}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains(name) && said.contains("another folder"), "{said}");
        assert_eq!(fs::read(to.join(name)).expect("still there"), b"mine");
        assert_eq!(fs::read_dir(&to).expect("the folder").count(), 1, "{name}");
    }
    // A file where a folder is wanted.
    let file = project.0.join("file");
    fs::write(&file, b"mine").expect("written");
    let output = project.run(&["call", "--to", &file.to_string_lossy()]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(fs::read(&file).expect("still there"), b"mine");
}

#[test]
fn a_call_that_cannot_be_understood_ends_with_code_2_and_writes_nothing() {
    let project = Project::new("no-call");
    let to = project.0.join("nowhere");
    let to = to.to_string_lossy();
    for (words, told) in [
        (&["call"][..], "--to"),
        (&["call", "--to"], "--to wants"),
        (&["call", "--to", &to, "--tap", "nsa"], "no-commitment"),
        (&["call", "--to", &to, "--tap"], "--tap wants"),
        (&["call", "--to", &to, "--seed", "-1"], "a number"),
        (&["call", "--to", &to, "--seed", "1e9"], "a number"),
        (&["call", "--to", &to, "--loud"], "--"),
        (&["call", "--to", &to, "--to", &to], "twice"),
    ] {
        project.refuses(words, told);
    }
    assert!(!Path::new(&*to).exists());
    // Help names each of them.
    let help = project.text(&["help"]);
    let to = to.as_ref();
    let output = project.run(&["call", "--to", to, "--tap", "nsa"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let names = said
        .lines()
        .skip(1)
        .filter_map(|line| line.split_whitespace().next());
    assert!(names.clone().count() >= 5, "{said}");
    for name in names {
        assert!(help.contains(name), "{name}");
    }
}

#[test]
fn a_reader_who_leaves_early_is_no_error() {
    let project = Project::new("pipe");
    let mut child = project
        .command(&["list"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
}

#[test]
fn reset_of_an_exercise_puts_one_function_back_and_keeps_what_was_there() {
    let project = Project::new("reset-one");
    solve_xor(&project);
    let path = project.lesson("bytes");
    let mine = fs::read_to_string(&path)
        .expect("the lesson")
        .replace("todo!(\"write the", "unimplemented!(\"write the");
    fs::write(&path, &mine).expect("written");
    let told = project.text(&["reset", "bytes/xor"]);
    let after = fs::read_to_string(&path).expect("the lesson");
    let shipped = fs::read_to_string(project.0.join("lessons/stubs/00_bytes.rs")).expect("the stub");
    assert_eq!(
        after,
        shipped.replace("todo!(\"write the", "unimplemented!(\"write the"),
        "only xor went back"
    );
    assert_eq!(kept(&project, &told), mine.into_bytes());
    assert!(project.text(&["reset", "bytes/xor"]).contains("nothing to do"));
}

#[test]
fn reset_of_a_lesson_keeps_each_earlier_file_even_one_that_is_no_text() {
    let project = Project::new("reset-all");
    let path = project.lesson("bytes");
    let shipped = fs::read(&path).expect("the lesson");
    for mine in [&b"half a fn {{{"[..], b"\xff\xfe not text", b""] {
        fs::write(&path, mine).expect("written");
        let told = project.text(&["reset", "bytes"]);
        assert_eq!(kept(&project, &told), mine);
        assert_eq!(fs::read(&path).expect("the lesson"), shipped);
    }
    fs::remove_file(&path).expect("removed");
    project.text(&["reset", "00"]);
    assert_eq!(fs::read(&path).expect("the lesson"), shipped);
}

#[test]
fn reset_of_a_function_that_is_not_there_changes_nothing_and_says_what_to_do() {
    let project = Project::new("reset-none");
    let path = project.lesson("bytes");
    fs::write(&path, "pub fn hex(").expect("written");
    let output = project.run(&["reset", "bytes/hex"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cargo run -- reset bytes"));
    assert_eq!(fs::read(&path).expect("the lesson"), b"pub fn hex(");
}

#[test]
fn windows_line_ends_change_no_state_and_survive_a_reset() {
    let project = Project::new("crlf");
    let path = project.lesson("bytes");
    let text = fs::read_to_string(&path)
        .expect("the lesson")
        .replace('\n', "\r\n");
    fs::write(&path, &text).expect("written");
    assert_eq!(project.state("bytes/xor"), "not started");
    fs::write(&path, text.replace("todo!(\"xor", "unimplemented!(\"xor")).expect("written");
    assert_eq!(project.state("bytes/xor"), "not checked");
    project.text(&["reset", "bytes/xor"]);
    assert_eq!(fs::read_to_string(&path).expect("the lesson"), text);
}

/// The bytes of the copy whose path `told` names.
fn kept(project: &Project, told: &str) -> Vec<u8> {
    let (_, path) = told
        .trim_end()
        .rsplit_once("is kept in ")
        .expect("a kept copy is named");
    fs::read(project.0.join(path)).expect("the kept copy")
}

#[test]
fn every_command_of_the_readme_exists() {
    let kit = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(kit.join("README.md")).expect("README.md");
    let manifest = fs::read_to_string(kit.join("Cargo.toml")).expect("Cargo.toml");
    let project = Project::new("readme");
    let mut seen = 0;
    for line in readme.lines().map(|line| line.trim().trim_start_matches("$ ")) {
        let line = line.split("  ").next().unwrap_or_default();
        let Some(cargo) = line.strip_prefix("cargo ") else {
            continue;
        };
        seen += 1;
        let words: Vec<&str> = cargo.split_whitespace().collect();
        match words[..] {
            ["run"] | ["test"] | ["bench"] | ["doc", "--open"] => {}
            ["run", "--", ref words @ ..] => {
                // Whatever it does, it is understood: asked for help about it, the front door answers.
                let output = project.run(&[words, &["--help"]].concat());
                assert!(output.status.success(), "README: {line}");
            }
            ["test", "--release", "--test", target, "--", "--ignored"] => {
                let source = fs::read_to_string(kit.join(format!("tests/{target}.rs"))).expect("the target");
                assert!(source.contains("#[ignore"), "README: {line} has nothing to run");
            }
            ["test", "--test", target, ref filter @ ..] => {
                let known = manifest.contains(&format!("name = \"{target}\""))
                    || kit.join(format!("tests/{target}.rs")).exists();
                assert!(known, "README: {line} names no test target");
                if let [name] = filter {
                    let source =
                        fs::read_to_string(kit.join(format!("tests/{target}.rs"))).expect("the target");
                    assert!(
                        source.contains(&format!("fn {name}")),
                        "README: {line} names no test"
                    );
                }
            }
            _ => panic!("README: is `{line}` a command of this kit? Teach this test to know it"),
        }
    }
    assert!(seen >= 8, "only {seen} commands were found in the README");
}

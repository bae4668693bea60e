//! The grader from outside: classes of forged, broken and honest submissions, through `grade` as an instructor starts it.
//! They take minutes: `cargo test --test grading` runs them, and a plain `cargo test` does not.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use messaging_lab::course::catalogue;
use messaging_lab::course::lesson_source::LessonSource;

#[path = "grading/class.rs"]
mod class;
#[path = "grading/kits.rs"]
mod kits;

/// A folder of a test's own, removed when it ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let root = std::env::temp_dir().join(format!("messaging-lab-grading-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(&root).expect("a folder");
        Folder(root)
    }

    /// Writes a file below the folder.
    fn put(&self, path: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().expect("a folder above")).expect("a folder");
        fs::write(&path, bytes).expect("written");
        path
    }

    /// The front door, in this folder.
    fn run(&self, words: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_messaging-lab"))
            .current_dir(&self.0)
            .env("CARGO_MANIFEST_DIR", kit())
            .stdin(Stdio::null())
            .args(words)
            .output()
            .expect("the front door starts")
    }

    /// Grades the folder `class` into `marks`, and gives what was said.
    fn grade(&self, jobs: &str) -> String {
        let output = self.run(&[
            "grade",
            "assignment.txt",
            "class",
            "--to",
            "marks",
            "--jobs",
            jobs,
        ]);
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(
            output.status.success(),
            "{told}\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
        told
    }

    /// The result of each exercise of each student, from the spreadsheet: (points, result).
    fn marks(&self) -> BTreeMap<String, BTreeMap<String, (u32, String)>> {
        let text = fs::read_to_string(self.0.join("marks/marks.csv")).expect("the spreadsheet");
        let mut lines = text.lines().map(csv_fields);
        let head = lines.next().expect("a head");
        let of_student = |line: Vec<String>| {
            let marks = (4..head.len()).step_by(2).map(|at| {
                let id = head[at].trim_end_matches(" points").to_string();
                (id, (line[at].parse().expect("points"), line[at + 1].to_string()))
            });
            (line[0].clone(), marks.collect())
        };
        lines.map(of_student).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The fields of a line of a spreadsheet; a comma in quotation marks is none.
fn csv_fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            c => fields.last_mut().expect("one at least").push(c),
        }
    }
    fields
}

/// How a student's record is called.
fn record_file(student: &str) -> String {
    let plain = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => (byte as char).to_string(),
        _ => format!("%{byte:02x}"),
    };
    student.bytes().map(plain).chain([".txt".to_string()]).collect()
}

fn kit() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(kit().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// An assignment of everything in a lesson.
fn assignment(lesson: &str) -> String {
    let mut text = "messaging-lab assignment 1\ntitle A class\nseeds 2\n".to_string();
    for exercise in catalogue::lesson(lesson).expect("a lesson").exercises {
        text.push_str(&format!("points {} 10\n", exercise.id));
    }
    text
}

const BYTES: &str = "lessons/solutions/00_bytes.rs";

/// The solution of lesson 00, with something else in the place of `xor`.
fn with_xor(forged: &str) -> String {
    let solution = read(BYTES);
    let span = LessonSource::read(&solution).span_of("xor").expect("fn xor");
    format!("{}{forged}{}", &solution[..span.start], &solution[span.end..])
}

/// Whether `mark` is what was planted; the reason if not.
fn differs(wanted: &str, lesson_refused: bool, marks: &BTreeMap<String, (u32, String)>) -> Option<String> {
    for (id, (points, result)) in marks {
        let fits = match (id.as_str(), lesson_refused) {
            ("bytes/xor", _) | (_, true) => *points == 0 && result == wanted,
            _ => *points == 10 && result == "passed",
        };
        if !fits {
            return Some(format!(
                "{id}: {points} points, {result}; wanted there or in bytes/xor: {wanted}"
            ));
        }
    }
    None
}

/// Every forgery scores 0, is told as what it is, and changes nobody else's marks.
#[test]
fn forgeries_score_nothing_and_harm_nobody() {
    let folder = Folder::new("forged");
    folder.put("assignment.txt", assignment("bytes"));
    let honest = read(BYTES);
    let stub = read("lessons/stubs/00_bytes.rs");
    let lesson = |student: &str| format!("class/{student}/lessons/00_bytes.rs");
    // Name, wanted result, and whether it is the whole lesson's.
    let mut planted: Vec<(String, String, bool)> = Vec::new();

    for entry in fs::read_dir(kit().join("tests/forged/marking")).expect("forged files") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).expect("a forged file");
        let wanted = text
            .lines()
            .next()
            .and_then(|line| line.strip_prefix("// "))
            .expect("its result")
            .to_string();
        folder.put(&lesson(&name), with_xor(&text));
        let whole = ["does not compile", "needs another file"].contains(&wanted.as_str());
        planted.push((name, wanted, whole));
    }
    let forged_in_code = planted.len();

    // Forged by what stands beside the lesson: the lesson itself is the stub, or not quite right.
    let wrong = with_xor("pub fn xor(_a: &[u8], _b: &[u8]) -> Option<Vec<u8>> {\n    None\n}");
    folder.put(&lesson("cargo_configuration"), &wrong);
    folder.put(
        "class/cargo_configuration/.cargo/config.toml",
        "[target.'cfg(all())']\nrunner = \"true\"\n",
    );
    folder.put(
        "class/cargo_configuration/Cargo.toml",
        "[package]\nname = \"messaging-lab\"\nbuild = \"build.rs\"\n",
    );
    folder.put(
        "class/cargo_configuration/build.rs",
        "fn main() { std::process::exit(0) }\n",
    );
    folder.put(
        "class/cargo_configuration/rust-toolchain.toml",
        "[toolchain]\nchannel = \"nothing\"\n",
    );
    folder.put(&lesson("replaced_tests"), &wrong);
    for file in [
        "tests/checks/00.rs",
        "tests/answers/00.rs",
        "tests/lesson_00.rs",
        "tests/judge.rs",
        "src/lib.rs",
    ] {
        folder.put(
            &format!("class/replaced_tests/{file}"),
            "pub fn everything() -> bool { true }\n",
        );
    }
    folder.put(
        "class/replaced_tests/.lab/progress.txt",
        "bytes/xor\tpassed\t0000000000000000\t\n",
    );
    for name in ["cargo_configuration", "replaced_tests"] {
        planted.push((name.to_string(), "wrong".to_string(), false));
    }
    folder.put(&lesson("too_long"), "");
    fs::File::options()
        .write(true)
        .open(folder.0.join(lesson("too_long")))
        .and_then(|file| file.set_len(100 * 1024 * 1024))
        .expect("a file of 100 MB");
    folder.put(
        &lesson("not_text"),
        [honest.as_bytes(), b"// \xff\xfe\n"].concat(),
    );
    folder.put(
        "class/a_folder_in_its_place/lessons/00_bytes.rs/inside.rs",
        &honest,
    );
    fs::create_dir_all(folder.0.join("class/nothing_at_all")).expect("an empty folder");
    folder.put("class/another_name/lessons/bytes.rs", &honest);
    for (name, wanted) in [
        ("too_long", "too long"),
        ("not_text", "not text"),
        ("a_folder_in_its_place", "not a plain file"),
        ("nothing_at_all", "missing"),
        ("another_name", "missing"),
    ] {
        planted.push((name.to_string(), wanted.to_string(), true));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        fs::create_dir_all(folder.0.join("class/a_link/lessons")).expect("a folder");
        symlink(kit().join(BYTES), folder.0.join(lesson("a_link"))).expect("a link");
        fs::create_dir_all(folder.0.join("class/a_link_above")).expect("a folder");
        symlink(
            folder.0.join("class/honest/lessons"),
            folder.0.join("class/a_link_above/lessons"),
        )
        .expect("a link");
        for name in ["a_link", "a_link_above"] {
            planted.push((name.to_string(), "not a plain file".to_string(), true));
        }
    }

    // Takes the kit's answer through a macro: noted, not judged.
    let hidden = "macro_rules! call {\n    ($name:ident $a:expr) => {\n        messaging_lab::ground::hex::$name($a)\n    };\n}\n\n\
                  pub fn hex(bytes: &[u8]) -> String {\n    call!(bytes_to_hex bytes)\n}";
    let span = LessonSource::read(&honest).span_of("hex").expect("fn hex");
    folder.put(
        &lesson("hides a name"),
        format!("{}{hidden}{}", &honest[..span.start], &honest[span.end..]),
    );

    // And those who are not to be harmed.
    folder.put(&lesson("honest"), &honest);
    folder.put(
        "class/honest in a zip/messaging-lab-main/lessons/00_bytes.rs",
        &honest,
    );
    folder.put(
        "class/honest with windows line ends/00_bytes.rs",
        honest.replace('\n', "\r\n"),
    );
    folder.put(&lesson("not started"), &stub);

    let told = folder.grade("2");
    let marks = folder.marks();
    assert!(forged_in_code >= 20, "only {forged_in_code} forgeries");
    assert_eq!(marks.len(), planted.len() + 5, "{told}");
    let wrong: Vec<String> = planted
        .iter()
        .filter_map(|(name, wanted, whole)| {
            Some(format!("{name}: {}", differs(wanted, *whole, marks.get(name)?)?))
        })
        .collect();
    assert!(wrong.is_empty(), "{}\n{told}", wrong.join("\n"));
    for name in ["honest", "honest in a zip", "honest with windows line ends"] {
        for (id, mark) in &marks[name] {
            assert_eq!(mark, &(10, "passed".to_string()), "{name} {id}");
        }
    }
    for (id, mark) in &marks["not started"] {
        assert_eq!(mark, &(0, "not started".to_string()), "{id}");
    }
    assert!(
        told.contains("empty: nothing was started") && told.contains("empty: none of the assigned files"),
        "{told}"
    );
    assert!(
        told.contains("bytes/hex: the file has macros and speaks of `bytes_to_hex`"),
        "{told}"
    );
    assert!(!folder.0.join("marks/scratch").exists(), "scratch is left");
    #[cfg(target_os = "linux")]
    assert_eq!(left_over(&folder.0), Vec::<String>::new(), "processes are left");
    // The first error reaches the student, and it speaks of the student's own file.
    let feedback = fs::read_to_string(folder.0.join("marks/feedback/exits.txt")).expect("feedback");
    assert!(
        feedback.contains("lessons/00_bytes.rs:") && feedback.contains("`process`"),
        "{feedback}"
    );

    // A second start judges nothing; a changed file is judged anew, and alone.
    let records =
        |name: &str| fs::read(folder.0.join(format!("marks/records/{name}.txt"))).expect("a record");
    let before = records("honest");
    let again = folder.grade("2");
    assert!(
        again.contains("nothing is judged twice") && !again.contains("building"),
        "{again}"
    );
    assert_eq!(folder.marks(), marks);
    folder.put(&lesson("exits"), &honest);
    // As a stop in the middle leaves it: a record half written, scratch not cleaned.
    let cut = records("loops");
    folder.put("marks/records/loops.txt", &cut[..cut.len() / 2]);
    folder.put("marks/scratch/7/bytes/left", "");
    let third = folder.grade("1");
    assert!(
        third.contains("  exits: 50 of 50") && third.contains("  loops: 40 of 50"),
        "{third}"
    );
    assert_eq!(
        third.matches(" points").count() - third.matches("points  ").count(),
        2,
        "{third}"
    );
    assert_eq!(records("honest"), before);
    assert!(!folder.0.join("marks/scratch").exists());

    // Other marks are not overwritten, and no other folder is.
    folder.put(
        "assignment.txt",
        assignment("bytes").replace("seeds 2", "seeds 3"),
    );
    for to in ["marks", "class"] {
        let output = folder.run(&["grade", "assignment.txt", "class", "--to", to]);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{told}");
        assert!(told.contains("name another folder with --to"), "{told}");
    }
}

/// Programs that still run from a folder.
#[cfg(target_os = "linux")]
fn left_over(folder: &Path) -> Vec<String> {
    let processes = fs::read_dir("/proc").expect("the list of processes").flatten();
    let running = processes.filter_map(|entry| fs::read_link(entry.path().join("exe")).ok());
    let ours = running.filter(|program| program.starts_with(folder));
    ours.map(|program| program.display().to_string()).collect()
}

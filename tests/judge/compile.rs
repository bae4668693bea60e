//! Compiles what is marked, with plain rustc: no cargo, so no configuration, build script or runner of a submission has a
//! say; a time and, where a shell can set it, a memory for the compiler too; and a list of every file that it read.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use messaging_lab::course::catalogue::Lesson;

/// How long the compiler may take for one file. An honest lesson takes less than a second.
const LIMIT: Duration = Duration::from_secs(60);

/// How much the compiler may use, in KiB of address space.
const MOST_MEMORY_KIB: u64 = 8 * 1024 * 1024;

/// How many blocks of 512 bytes a file may have that it writes.
const MOST_BLOCKS: u64 = 512 * 1024;

/// How much of what the compiler says is read.
const MOST_WORDS: u64 = 256 * 1024;

/// As the lessons' own tests are built: not optimised, an overflow panics, and so does a broken assertion.
const FLAGS: [&str; 7] = [
    "--edition=2024",
    "-Cdebug-assertions=on",
    "-Coverflow-checks=on",
    "-Cdebuginfo=0",
    "-Awarnings",
    "--error-format=short",
    "--color=never",
];

/// Where the compiler's path is kept.
const RUSTC: &str = "rustc.txt";

/// Why there is nothing to ask.
pub enum Refusal {
    /// The compiler's first error.
    DoesNotCompile(String),
    /// Not done in time.
    TakesTooLong,
    /// It reads more than the lesson's own file.
    ReadsMore(String),
}

/// The compiler, and where the things stand that every submission shares.
pub struct Compiler {
    rustc: PathBuf,
    shared: PathBuf,
}

impl Compiler {
    /// What [`Compiler::prepare`] has left at `shared`.
    ///
    /// # Errors
    /// If it has left nothing.
    pub fn at(shared: &Path) -> Result<Self, String> {
        let rustc = fs::read_to_string(shared.join(RUSTC))
            .map_err(|error| format!("{}: {error}", shared.join(RUSTC).display()))?;
        Ok(Compiler {
            rustc: PathBuf::from(rustc),
            shared: shared.to_path_buf(),
        })
    }

    /// Builds what all submissions share, from the kit at `kit`: the library, what of it and of std a lesson may see, and
    /// the questions' bytes.
    ///
    /// # Errors
    /// What the compiler says.
    pub fn prepare(kit: &Path, shared: &Path) -> Result<(), String> {
        let compiler = Compiler {
            rustc: find_rustc()?,
            shared: shared.to_path_buf(),
        };
        let rustc = compiler.rustc.to_str().ok_or("the compiler's path is no text")?;
        fs::write(shared.join(RUSTC), rustc).map_err(|error| format!("{RUSTC}: {error}"))?;
        compiler.build_shared(kit)
    }

    fn build_shared(&self, kit: &Path) -> Result<(), String> {
        let text = |path: &str| {
            fs::read_to_string(kit.join(path))
                .map_err(|error| format!("{}: {error}", kit.join(path).display()))
        };
        let write = |name: &str, text: &str| {
            fs::write(self.shared.join(name), text).map_err(|error| format!("{name}: {error}"))
        };
        write("std.rs", &text("tests/judge/std.rs")?)?;
        write("wire.rs", &text("tests/checks/wire.rs")?)?;
        write("answering.rs", &text("tests/judge/answering.rs")?)?;
        let rooms: String = text("src/lib.rs")?
            .lines()
            .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
            .filter(|room| !["course", "show", "store"].contains(room))
            .map(|room| format!("pub use messaging_lab::{room};\n"))
            .collect();
        write("lab.rs", &format!("{}\n{rooms}", text("tests/judge/lab.rs")?))?;
        let library = kit.join("src/lib.rs").display().to_string();
        let lab = "--extern=messaging_lab=libmessaging_lab.rlib";
        for (name, file, more) in [
            ("messaging_lab", library.as_str(), &[][..]),
            ("lab_std", "std.rs", &[]),
            ("lab_for_lessons", "lab.rs", &[lab]),
            ("lab_wire", "wire.rs", &[lab]),
        ] {
            let name = format!("--crate-name={name}");
            let arguments = [
                &["--crate-type=rlib", name.as_str(), "-Ldependency=.", file],
                more,
            ]
            .concat();
            match self.run(&self.shared, &arguments) {
                Ok(()) => {}
                Err(Refusal::DoesNotCompile(error)) => return Err(format!("{file}: {error}")),
                Err(_) => return Err(format!("{file} took more than {} s", LIMIT.as_secs())),
            }
        }
        Ok(())
    }

    /// Builds the lesson file at `folder`/lessons/... as a crate of its own.
    ///
    /// # Errors
    /// The lesson's [`Refusal`].
    pub fn lesson(&self, folder: &Path, lesson: &Lesson) -> Result<(), Refusal> {
        let broken = |error: std::io::Error| Refusal::DoesNotCompile(error.to_string());
        let file = lesson.file();
        fs::write(
            folder.join("root.rs"),
            format!("#[path = {file:?}]\npub mod lesson;\n"),
        )
        .map_err(broken)?;
        let shared = |name: &str| self.shared.join(name).display().to_string();
        let dependencies = format!("-Ldependency={}", self.shared.display());
        // The library and std are named here, and nowhere else: the lesson gets these and no others.
        self.run(
            folder,
            &[
                "--crate-type=rlib",
                "--crate-name=student",
                "-Funsafe_code",
                &format!("--extern=std={}", shared("liblab_std.rlib")),
                &format!("--extern=messaging_lab={}", shared("liblab_for_lessons.rlib")),
                &dependencies,
                "--emit=link=libstudent.rlib,dep-info=student.d",
                "root.rs",
            ],
        )?;
        let listed = fs::read_to_string(folder.join("student.d")).map_err(broken)?;
        if let Some(more) = read_beside(&listed, &["root.rs", &file]) {
            return Err(Refusal::ReadsMore(more));
        }
        Ok(())
    }

    /// Builds the program that answers for the lesson's crate in `folder`, with `answers` as the table of its functions.
    ///
    /// # Errors
    /// A [`Refusal`]: a function is not there, or is not what was asked for.
    pub fn program(&self, folder: &Path, answers: &str) -> Result<PathBuf, Refusal> {
        let broken = |error: std::io::Error| Refusal::DoesNotCompile(error.to_string());
        fs::write(folder.join("answers.rs"), answers).map_err(broken)?;
        fs::copy(self.shared.join("answering.rs"), folder.join("answering.rs")).map_err(broken)?;
        let shared = |name: &str| self.shared.join(name).display().to_string();
        let program = folder.join(format!("answering{}", std::env::consts::EXE_SUFFIX));
        self.run(
            folder,
            &[
                "--crate-name=answering",
                "--extern=student=libstudent.rlib",
                &format!("--extern=lab_wire={}", shared("liblab_wire.rlib")),
                &format!("--extern=messaging_lab={}", shared("libmessaging_lab.rlib")),
                &format!("-Ldependency={}", self.shared.display()),
                &format!("-o{}", program.display()),
                "answering.rs",
            ],
        )?;
        Ok(program)
    }

    /// Runs the compiler in `folder`.
    fn run(&self, folder: &Path, arguments: &[&str]) -> Result<(), Refusal> {
        let broken = |error: std::io::Error| Refusal::DoesNotCompile(error.to_string());
        let mut process = self
            .limited()
            .args(FLAGS)
            .args(arguments)
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(broken)?;
        let stderr = process.stderr.take();
        let reader = std::thread::spawn(move || {
            let mut words = Vec::new();
            if let Some(mut stderr) = stderr {
                let _ = stderr.by_ref().take(MOST_WORDS).read_to_end(&mut words);
                // The rest is let go, so that the compiler does not wait for a reader.
                let _ = std::io::copy(&mut stderr, &mut std::io::sink());
            }
            String::from_utf8_lossy(&words).into_owned()
        });
        let end = Instant::now() + LIMIT;
        let status = loop {
            if let Some(status) = process.try_wait().map_err(broken)? {
                break status;
            }
            if Instant::now() >= end {
                let _ = process.kill();
                let _ = process.wait();
                return Err(Refusal::TakesTooLong);
            }
            std::thread::sleep(Duration::from_millis(2));
        };
        if status.success() {
            return Ok(());
        }
        let words = reader.join().unwrap_or_default();
        Err(Refusal::DoesNotCompile(first_error(&words).unwrap_or_else(
            || format!("the compiler ended ({status}), out of memory or time perhaps"),
        )))
    }

    /// The compiler without an environment of its own, and with limits where a shell can set them.
    fn limited(&self) -> Command {
        if !cfg!(unix) {
            return Command::new(&self.rustc);
        }
        let script = format!(
            "ulimit -v {MOST_MEMORY_KIB} 2>/dev/null; ulimit -f {MOST_BLOCKS} 2>/dev/null; ulimit -t {} 2>/dev/null; \
             exec \"$0\" \"$@\"",
            2 * LIMIT.as_secs()
        );
        let mut command = Command::new("sh");
        command.arg("-c").arg(script).arg(&self.rustc).env_clear();
        // The linker is found over it. Nothing else of this environment is anybody's business.
        if let Some(path) = std::env::var_os("PATH") {
            command.env("PATH", path);
        }
        command
    }
}

/// The compiler of the toolchain in use, without the program in front of it that chooses toolchains.
fn find_rustc() -> Result<PathBuf, String> {
    let asked = Command::new("rustc")
        .args(["--print", "sysroot"])
        .output()
        .map_err(|error| format!("rustc could not be started ({error}): is Rust installed?"))?;
    let sysroot = PathBuf::from(String::from_utf8_lossy(&asked.stdout).trim());
    let rustc = sysroot
        .join("bin")
        .join(format!("rustc{}", std::env::consts::EXE_SUFFIX));
    if rustc.is_file() {
        Ok(rustc)
    } else {
        Err(format!("no compiler at {}", rustc.display()))
    }
}

/// The first error in what the compiler says, one line: place, then words.
fn first_error(words: &str) -> Option<String> {
    let line = words
        .lines()
        .find(|line| line.contains(": error") || line.starts_with("error"))?;
    Some(line.chars().take(300).collect())
}

/// What stands in the list of files and variables that the compiler read, beside the `allowed` ones.
fn read_beside(listed: &str, allowed: &[&str]) -> Option<String> {
    for line in listed.lines() {
        if let Some(variable) = line.strip_prefix("# env-dep:") {
            return Some(format!(
                "the variable {}",
                variable.split('=').next().unwrap_or_default()
            ));
        }
        // "a file:" for each, and before them "what was made: file file".
        let (_, files) = line
            .split_once(": ")
            .unwrap_or((line, line.trim_end_matches(':')));
        // No allowed name has a blank, so a name with one is not allowed, whatever its halves look like.
        if let Some(file) = files
            .split(' ')
            .find(|file| !file.is_empty() && !allowed.contains(file))
        {
            return Some(file.to_string());
        }
    }
    None
}

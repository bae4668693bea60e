//! The kit's other programs: examples of cargo's, built when they are first asked for. No student's first verdict waits
//! for them. The front door starts them and gives their exit code back.

use std::path::Path;

use super::check;

/// A program of its own behind some of the front door's commands.
#[derive(Debug)]
pub struct Program {
    /// What cargo calls it.
    example: &'static str,
    /// Its source; a kit that was handed out may have none.
    source: &'static str,
    /// The commands it carries out.
    words: &'static [&'static str],
}

/// All of them.
static PROGRAMS: [Program; 2] = [
    Program {
        example: "pictures",
        source: "src/pictures.rs",
        words: &["show", "call"],
    },
    Program {
        example: "instructors",
        source: "src/course/instructors.rs",
        words: &["assign", "grade", "package"],
    },
];

/// The program that carries `word` out, if it is not the front door itself.
pub fn of(word: &str) -> Option<&'static Program> {
    PROGRAMS.iter().find(|program| program.words.contains(&word))
}

impl Program {
    /// Hands it the words, and gives its exit code.
    ///
    /// # Errors
    /// If this kit has no such program, or cargo could not be started.
    pub fn start(&self, root: &Path, words: &[String]) -> Result<i32, String> {
        let here = root.join("Cargo.toml");
        // Where there are lessons and no package, the one that this program came from has the sources.
        let built_from = Path::new(env!("CARGO_MANIFEST_DIR"));
        let manifest = if here.is_file() {
            here
        } else {
            built_from.join("Cargo.toml")
        };
        if !manifest.with_file_name(self.source).is_file() {
            return Err(format!(
                "this kit was handed out: {} is a command of the kit that it was made from",
                words[0]
            ));
        }
        if !self.is_built() {
            eprintln!(
                "({} is built first: this once it takes some seconds)",
                self.example
            );
        }
        let status = check::cargo_command()
            .args(["run", "--quiet", "--manifest-path"])
            .arg(manifest)
            .args(["--example", self.example, "--"])
            .args(words)
            .env(super::root::ROOT, root)
            .status()
            .map_err(|error| check::not_started(&error))?;
        Ok(status.code().unwrap_or(1))
    }

    /// Whether it stands where cargo puts it, beside the front door.
    fn is_built(&self) -> bool {
        let name = format!("{}{}", self.example, std::env::consts::EXE_SUFFIX);
        let built = std::env::current_exe().ok();
        let built = built.and_then(|door| Some(door.parent()?.join("examples").join(name)));
        built.is_some_and(|program| program.is_file())
    }
}

//! `cargo run -- package gradescope|classroom|container --manifest FILE --to FOLDER`
//!
//! Leaves: what a service wants that runs a grader on its own machines, with the same judge in it. In the package is what
//! the judge needs of this kit: no solutions, no right answers, no lessons but their stubs.

use std::fs;
use std::path::{Path, PathBuf};

use super::UsageError;
use super::assign::{files, profiles};
use super::grade::manifest::Manifest;
use super::options::Options;
use super::read::read;
use super::text::nearest;

/// The flags of this command.
pub const FLAGS: [&str; 2] = ["--manifest=", "--to="];

/// Where a package runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    /// Gradescope: `setup.sh` and `run_autograder`.
    Gradescope,
    /// Repositories: `autograder.py` as Classroom 50 runs it, and a workflow for everybody else.
    Classroom,
    /// A host with containers: a recipe for one without network.
    Container,
}

/// What is to be packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    service: Service,
    manifest: String,
    to: PathBuf,
}

impl Order {
    /// Reads the words behind `package`.
    ///
    /// # Errors
    /// [`UsageError`] for what is not understood.
    pub fn read(options: &Options) -> Result<Order, UsageError> {
        let service = match &options.words[..] {
            [word] if word == "gradescope" => Service::Gradescope,
            [word] if word == "classroom" => Service::Classroom,
            [word] if word == "container" => Service::Container,
            [word] => {
                let near = nearest(word, ["gradescope", "classroom", "container"].into_iter())
                    .unwrap_or("gradescope");
                return Err(UsageError(format!(
                    "no package \"{}\"; the nearest is \"{near}\"",
                    word.escape_default()
                )));
            }
            _ => {
                return Err(UsageError(
                    "package for whom? gradescope, classroom, or container".to_string(),
                ));
            }
        };
        let value = |flag: &str, what: &str| {
            options
                .value(flag)
                .map(str::to_string)
                .ok_or_else(|| UsageError(format!("{flag} {what}")))
        };
        Ok(Order {
            service,
            manifest: value("--manifest", "FILE names the assignment")?,
            to: PathBuf::from(value("--to", "FOLDER names a new folder")?),
        })
    }
}

const SETUP: &str = include_str!("setup.sh");
const RUN_AUTOGRADER: &str = include_str!("run_autograder");
const AUTOGRADER: &str = include_str!("autograder.py");
const WORKFLOW: &str = include_str!("grade.yml");
const CONTAINERFILE: &str = include_str!("Containerfile");

/// The package of the part of the kit that judges, behind its profiles.
const CARGO_TOML: &str = "\
[package]
name = \"messaging-lab\"
version = \"0.1.0\"
edition = \"2024\"
rust-version = \"1.85\"
license = \"MIT\"
publish = false

[[bin]]
name = \"messaging-lab\"
path = \"src/main.rs\"

[[example]]
name = \"instructors\"
path = \"src/course/instructors.rs\"

[[test]]
name = \"judge\"
harness = false
test = false
";

/// Packs, into a new folder.
///
/// # Errors
/// What is wrong; a folder that is half made is removed.
pub fn package(root: &Path, order: &Order) -> Result<String, String> {
    let manifest = Manifest::load(Path::new(&order.manifest))?;
    if order.to.exists() {
        return Err(format!(
            "{} is there already; --to names a new folder",
            order.to.display()
        ));
    }
    let made = pack(root, order, &manifest);
    if made.is_err() {
        let _ = fs::remove_dir_all(&order.to);
    }
    made
}

fn pack(root: &Path, order: &Order, manifest: &Manifest) -> Result<String, String> {
    let put = |path: &str, text: &str| {
        let file = order.to.join(path);
        let problem = |error: std::io::Error| format!("{}: {error}", file.display());
        fs::create_dir_all(file.parent().unwrap_or(&order.to)).map_err(problem)?;
        fs::write(&file, text).map_err(problem)?;
        Ok::<(), String>(())
    };
    put("assignment.txt", &manifest.text())?;
    put("kit/Cargo.toml", &format!("{}{CARGO_TOML}", profiles(root)?))?;
    let mut paths = vec!["tests/judge.rs".to_string()];
    for folder in [
        "src",
        "tests/judge",
        "tests/checks",
        "tests/answers",
        "tests/wrong",
        "lessons/stubs",
    ] {
        paths.extend(files(root, folder)?);
    }
    for path in paths {
        put(&format!("kit/{path}"), &read(root, &path)?)?;
    }
    match order.service {
        Service::Gradescope => {
            put("setup.sh", SETUP)?;
            put("run_autograder", RUN_AUTOGRADER)?;
            executable(&order.to.join("setup.sh"))?;
            executable(&order.to.join("run_autograder"))?;
            Ok(format!(
                "{0} is ready. Zip what is in it, not the folder (cd {0} && zip -r ../autograder.zip .), and upload that.\n",
                order.to.display()
            ))
        }
        Service::Container => {
            put("Containerfile", CONTAINERFILE)?;
            Ok(format!(
                "{} is ready. How it is built and run stands in its Containerfile.\n",
                order.to.display()
            ))
        }
        Service::Classroom => {
            put("autograder.py", AUTOGRADER)?;
            put("grade.yml", WORKFLOW)?;
            Ok(format!(
                "{} is ready. For Classroom 50 put all of it into CLASSROOM/autograders/ASSIGNMENT; elsewhere use grade.yml \
                 as a workflow of a repository of yours that students cannot write to.\n",
                order.to.display()
            ))
        }
    }
}

/// Lets the file be run, where a system has such a mark.
fn executable(path: &Path) -> Result<(), String> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let problem = |error: std::io::Error| format!("{}: {error}", path.display());
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).map_err(problem)?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

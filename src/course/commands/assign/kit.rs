//! The kit's files, from this kit's.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use super::super::arms::keep_arms;
use super::super::read::read;
use super::{Manifest, cut, sheet};

/// The instructors' own program: not handed out.
const OF_INSTRUCTORS: [&str; 7] = [
    "src/course/instructors.rs",
    "src/course/commands/arms.rs",
    "src/course/commands/assign/",
    "src/course/commands/grade/",
    "src/course/commands/items.rs",
    "src/course/commands/options.rs",
    "src/course/commands/package/",
];

/// Makes the kit in the new folder `to`.
///
/// # Errors
/// What cannot be read or written.
pub fn make(root: &Path, manifest: &Manifest, to: &Path) -> Result<(), String> {
    let put = |path: &str, text: &str| {
        let file = to.join(path);
        let problem = |error: std::io::Error| format!("{}: {error}", file.display());
        fs::create_dir_all(file.parent().unwrap_or(to)).map_err(problem)?;
        fs::write(&file, text).map_err(problem)
    };
    for path in [
        ".gitignore",
        ".vscode/settings.json",
        ".vscode/extensions.json",
        "LICENSE",
    ] {
        put(path, &read(root, path)?)?;
    }
    for path in files(root, "seeds")?.into_iter().chain(files(root, "src")?) {
        let instructors = OF_INSTRUCTORS.iter().any(|part| path.starts_with(part));
        if !instructors && !path.starts_with("src/course/catalogue/") {
            put(&path, &read(root, &path)?)?;
        }
    }
    put(
        "src/course/catalogue/mod.rs",
        &cut::catalogue(&read(root, "src/course/catalogue/mod.rs")?),
    )?;
    put("src/course/catalogue/assigned.rs", &cut::catalogue_of(manifest))?;
    put("Cargo.toml", &cargo_toml(manifest, &profiles(root)?))?;
    put("README.md", &sheet::sheet(manifest))?;
    for path in ["wire.rs", "there.rs", "own_work.rs"] {
        let path = format!("tests/checks/{path}");
        put(&path, &read(root, &path)?)?;
    }
    let assigned = |id: &str| manifest.points.iter().any(|(other, _)| *other == id);
    for lesson in manifest.lessons() {
        let number = format!("{:02}", lesson.number);
        let stub = cut::lesson(&read(root, &lesson.stub())?, lesson, manifest);
        put(&lesson.stub(), &stub)?;
        put(&lesson.file(), &stub)?;
        put(
            &lesson.hints(),
            &cut::hints(&read(root, &lesson.hints())?, lesson, manifest),
        )?;
        put(
            &format!("tests/lesson_{number}.rs"),
            &cut::target(lesson, manifest),
        )?;
        let answers = format!("tests/answers/{number}.rs");
        let table = keep_arms(&read(root, &answers)?, &assigned);
        let (head, rest) = table.split_once("\n\n").unwrap_or(("", &table));
        put(
            &answers,
            &format!("{head}\n\n#![allow(unused_imports, dead_code)]\n\n{rest}"),
        )?;
        for folder in ["checks", "wrong"] {
            let mut paths = vec![format!("tests/{folder}/{number}.rs")];
            if root.join(format!("tests/{folder}/{number}")).is_dir() {
                paths.extend(files(root, &format!("tests/{folder}/{number}"))?);
            }
            for path in paths {
                let text = read(root, &path)?;
                put(
                    &path,
                    &if folder == "wrong" {
                        cut::wrong(&text, lesson)
                    } else {
                        text
                    },
                )?;
            }
        }
    }
    Ok(())
}

/// The files below a folder, as paths from the root.
///
/// # Errors
/// What the system says.
pub fn files(root: &Path, folder: &str) -> Result<Vec<String>, String> {
    let problem = |error: std::io::Error| format!("{folder}: {error}");
    let mut found = Vec::new();
    for entry in fs::read_dir(root.join(folder)).map_err(problem)? {
        let entry = entry.map_err(problem)?;
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.file_type().map_err(problem)?.is_dir() {
            found.extend(files(root, &path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// How this kit has its parts built: the sections of its Cargo.toml about profiles.
///
/// # Errors
/// If it cannot be read.
pub fn profiles(root: &Path) -> Result<String, String> {
    let mut kept = String::new();
    let mut inside = false;
    for line in read(root, "Cargo.toml")?.lines() {
        if line.starts_with('[') {
            inside = line.starts_with("[profile.");
        }
        if inside && !line.starts_with('#') {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    Ok(format!("{}\n\n", kept.trim_end()))
}

/// The package: the library, the front door, the assigned lessons' tests.
fn cargo_toml(manifest: &Manifest, profiles: &str) -> String {
    let mut text = format!(
        "[package]\nname = \"messaging-lab\"\nversion = \"0.1.0\"\nedition = \"2024\"\nrust-version = \"1.85\"\n\
         license = \"MIT\"\npublish = false\n\n\
         {profiles}\
         # Your lessons are checked by name: `cargo test --test lesson_NN`. The models were tested before you got them.\n\
         [lib]\ntest = false\ndoctest = false\nbench = false\n\n\
         [[bin]]\nname = \"messaging-lab\"\npath = \"src/main.rs\"\ntest = false\nbench = false\n\n\
         [[example]]\nname = \"pictures\"\npath = \"src/pictures.rs\"\n",
    );
    for lesson in manifest.lessons() {
        let _ = write!(text, "\n[[test]]\nname = \"{}\"\ntest = false\n", lesson.target());
    }
    text
}

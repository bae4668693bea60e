//! The site's folder: written so that nothing of anybody else's is touched, and no half file stays.
//!
//! A list in the folder names every file that this command wrote, with its digest. What is in the folder and not on the
//! list, or no longer as it was written, belongs to somebody else: then nothing is written at all.

use std::ffi::OsStr;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use messaging_lab::crypto::sha256::sha256;
use messaging_lab::ground::hex::bytes_to_hex;

use super::File;

/// The list.
pub const LIST: &str = "pages.txt";

/// What the list begins with.
const TITLE: &str =
    "Written by messaging-lab (cargo run -- show --html): the SHA-256 of each file, and its name.";

/// What a file is called until all of it is there.
const PART: &str = ".part";

/// Writes the files into `folder`, which is made if it is not there; earlier pages are replaced, those that are no longer
/// made are removed.
///
/// # Errors
/// What is in the folder that this command did not write, and then nothing is changed; or what the system says.
pub fn write(folder: &Path, files: &[File]) -> Result<(), String> {
    let problem = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
    fs::create_dir_all(folder).map_err(|error| problem(folder, error))?;
    let before = only_own(folder)?;
    let after: Vec<String> = files.iter().map(line).collect();
    // While files are written both the old and the new are this command's, so that it can be started again if it was cut
    // off in between.
    let list = |lines: &[String]| File {
        name: LIST.to_string(),
        bytes: format!("{TITLE}\n{}\n", lines.join("\n")).into_bytes(),
    };
    put(folder, &list(&[&before[..], &after].concat()))?;
    for file in files {
        put(folder, file)?;
    }
    for old in before.iter().filter_map(|line| named(line)) {
        if !files.iter().any(|file| file.name == old) {
            let path = folder.join(old);
            match fs::remove_file(&path) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(problem(&path, error)),
                _ => {}
            }
        }
    }
    put(folder, &list(&after))
}

/// A file's line on the list.
fn line(file: &File) -> String {
    format!("{}  {}", bytes_to_hex(&sha256(&file.bytes)), file.name)
}

/// The name on a line of the list.
fn named(line: &str) -> Option<&str> {
    line.split_once("  ").map(|(_, name)| name)
}

/// The lines of the folder's list, if everything in the folder is on it.
///
/// # Errors
/// What is not, and what to do.
fn only_own(folder: &Path) -> Result<Vec<String>, String> {
    let problem = |error: std::io::Error| format!("{}: {error}", folder.display());
    let listed = match fs::read_to_string(folder.join(LIST)) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        Err(error) => return Err(format!("{}: {error}", folder.join(LIST).display())),
    };
    let lines: Vec<String> = match listed.split_once('\n') {
        // A name leads to no other folder, whoever wrote it there.
        Some((TITLE, rest)) => rest
            .lines()
            .filter(|line| {
                named(line).is_some_and(|name| Path::new(name).file_name() == Some(OsStr::new(name)))
            })
            .map(str::to_string)
            .collect(),
        _ => Vec::new(),
    };
    for entry in fs::read_dir(folder).map_err(problem)? {
        let entry = entry.map_err(problem)?;
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_file = entry.file_type().map_err(problem)?.is_file();
        let whole = name.strip_suffix(PART).unwrap_or(&name);
        let own = match is_file {
            false => false,
            true if whole == LIST => listed.starts_with(TITLE),
            // A write that was cut off.
            true if whole != name => lines.iter().any(|line| named(line) == Some(whole)),
            true => {
                let bytes = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
                lines.contains(&line(&File { name, bytes }))
            }
        };
        if !own {
            return Err(format!(
                "{} was not written by this command, or was changed since: nothing is touched. Name another folder \
                 with --to, or move it away",
                path.display()
            ));
        }
    }
    Ok(lines)
}

/// Writes one file: all of it or nothing.
///
/// # Errors
/// What the system says; then what was written of it is gone.
fn put(folder: &Path, file: &File) -> Result<(), String> {
    let (part, path) = (
        folder.join(format!("{}{PART}", file.name)),
        folder.join(&file.name),
    );
    fs::write(&part, &file.bytes)
        .and_then(|()| fs::rename(&part, &path))
        .map_err(|error| {
            let _ = fs::remove_file(&part);
            format!("{}: {error}", path.display())
        })
}

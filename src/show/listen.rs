//! `cargo run -- call`: plays a call and writes what was heard into three files of a folder. Overwrites nothing.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::heard::{FILES, Heard, TAPS, Who, heard, tap};

/// The seed, if none is asked for.
pub const DEFAULT_SEED: u64 = 2015;

/// Whose call from which seed the words ask for.
///
/// # Errors
/// What to write instead, for a tap that there is not and a seed that is no number.
pub fn asked(tap_name: Option<&str>, seed: Option<&str>) -> Result<(Who, u64), String> {
    let name = tap_name.unwrap_or("silent");
    let Some(who) = tap(name) else {
        let mut text = format!("there is no tap \"{}\". There are:\n", name.escape_default());
        for (name, _, does) in TAPS {
            text.push_str(&format!("  {name:<14} {does}\n"));
        }
        return Err(text.trim_end().to_string());
    };
    match seed.map(str::parse) {
        None => Ok((who, DEFAULT_SEED)),
        Some(Ok(seed)) => Ok((who, seed)),
        Some(Err(_)) => Err(format!("--seed wants a number from 0 to {}", u64::MAX)),
    }
}

/// Plays the call, writes its files into `folder`, and gives back its story. The folder is made if it is not there.
///
/// # Errors
/// What is in the way: a file of one of the names, or what the system says. What this call wrote is removed again.
pub fn listen(who: Who, seed: u64, folder: &Path) -> Result<String, String> {
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    // All of them, before anything is played or written.
    let taken = FILES.map(|name| folder.join(name));
    if let Some(path) = taken.into_iter().find(|path| path.symlink_metadata().is_ok()) {
        return Err(format!(
            "{} is there already and stays as it is: name another folder, or move it away",
            path.display()
        ));
    }
    let Heard { mut lines, sounds } = heard(seed, who);
    let mut written: Vec<PathBuf> = Vec::new();
    for (name, bytes) in FILES.iter().zip(&sounds) {
        let path = folder.join(name);
        // `create_new`: where somebody else was quicker, his file stays.
        let opened = OpenOptions::new().write(true).create_new(true).open(&path);
        let done = opened.and_then(|mut file| {
            written.push(path.clone());
            file.write_all(bytes)
        });
        if let Err(error) = done {
            for mine in written {
                let _ = fs::remove_file(mine);
            }
            return Err(format!("{}: {error}", path.display()));
        }
    }
    lines.push_str(&format!("\nThe three files are in {}\n", folder.display()));
    Ok(lines)
}

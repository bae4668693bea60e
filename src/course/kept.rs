//! What a check keeps of a student's answers, because a later lesson shows them again.
//!
//! A text under a name, in a file of its own in the hidden folder. No verdict and no progress rests on it, so who
//! changes it changes what is shown, and nothing else. What the text means is the business of those who write and read it.

use std::path::{Path, PathBuf};

use super::progress::FOLDER;

/// The longest text that is read again: nothing that a check keeps comes near it.
const MOST_BYTES: u64 = 1024 * 1024;

fn path(root: &Path, name: &str) -> PathBuf {
    root.join(FOLDER).join(format!("{name}.txt"))
}

/// Keeps `text` under `name` for the project at `root`, in the place of what was kept there before.
///
/// # Errors
/// If the folder or the file cannot be written.
pub fn keep(root: &Path, name: &str, text: &str) -> std::io::Result<()> {
    let path = path(root, name);
    std::fs::create_dir_all(root.join(FOLDER))?;
    // Under another name first: who reads meanwhile gets the old text or the new one, never a part.
    let unfinished = path.with_extension(format!("{}.part", std::process::id()));
    std::fs::write(&unfinished, text)?;
    std::fs::rename(unfinished, path)
}

/// What is kept under `name`; `None` if there is nothing. Bytes that are no text become signs that nobody wrote.
pub fn read(root: &Path, name: &str) -> Option<String> {
    use std::io::Read;
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path(root, name)).ok()?;
    file.take(MOST_BYTES).read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_text_under_a_name_is_kept() {
        let root = std::env::temp_dir().join(format!("messaging-lab-kept-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&root);
        assert_eq!(read(&root, "letters"), None);
        keep(&root, "letters", "first\n").unwrap();
        keep(&root, "letters", "second\n").unwrap();
        keep(&root, "others", "").unwrap();
        assert_eq!(read(&root, "letters").as_deref(), Some("second\n"));
        assert_eq!(read(&root, "others").as_deref(), Some(""));
        let files = std::fs::read_dir(root.join(FOLDER)).unwrap().count();
        assert_eq!(files, 2, "an unfinished file was left");
        std::fs::write(root.join(FOLDER).join("letters.txt"), b"\xff\xfe").unwrap();
        assert_eq!(read(&root, "letters").as_deref(), Some("\u{fffd}\u{fffd}"));
        std::fs::remove_dir_all(root).unwrap();
    }
}

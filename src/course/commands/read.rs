//! Reading the project's files.

use std::path::Path;

/// The text of a file below `root`.
pub fn read(root: &Path, path: &str) -> Result<String, String> {
    // Bytes first: a file that is no UTF-8 (an editor's doing) must be told from one that is missing.
    let bytes = std::fs::read(root.join(path)).map_err(|error| format!("{path}: {error}"))?;
    String::from_utf8(bytes).map_err(|_| format!("{path} is not UTF-8 text: save it as UTF-8 in your editor"))
}

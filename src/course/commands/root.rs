//! Where the kit is.

use std::path::PathBuf;

/// Tells a program that the front door starts where the lessons are; cargo names the package's folder itself.
pub const ROOT: &str = "MESSAGING_LAB_ROOT";

/// The project's root: the folder that has the lessons. cargo names it; without cargo it is where this was built, or
/// here.
///
/// # Errors
/// If none of these has a folder `lessons`.
pub fn project_root() -> Result<PathBuf, String> {
    let candidates = [
        std::env::var_os(ROOT).map(PathBuf::from),
        std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from),
        std::env::current_dir().ok(),
        Some(PathBuf::from(env!("CARGO_MANIFEST_DIR"))),
    ];
    candidates
        .into_iter()
        .flatten()
        .find(|root| root.join("lessons").is_dir())
        .ok_or_else(|| "no folder `lessons` here: run this with `cargo run` inside the project".to_string())
}

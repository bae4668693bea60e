//! The formats, drawn byte by byte.

use super::Section;

/// The sections for the page of `lesson`; none where it has nothing of the kind.
pub fn sections(_lesson: &str) -> Vec<Section> {
    Vec::new()
}

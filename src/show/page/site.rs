//! All files of the site.

use super::rows::Course;
use super::{File, index, lesson, sound};
use crate::show::scene;

/// The page to open first.
pub const INDEX: &str = "index.html";

/// Every file, the index first: the same each time, as long as the course is.
pub fn files(course: &Course) -> Vec<File> {
    let rows: Vec<_> = course.lessons().collect();
    let scenes: Vec<_> = rows.iter().map(|row| scene(row.name)).collect();
    let page = |name: String, html: String| File {
        name,
        bytes: html.into_bytes(),
    };
    let mut files = vec![page(INDEX.to_string(), index::index(course, &scenes))];
    for (place, row) in rows.iter().enumerate() {
        let Some(scene) = &scenes[place] else { continue };
        let before = place.checked_sub(1).map(|place| rows[place]);
        let html = lesson::page(course, row, scene, before, rows.get(place + 1).copied());
        files.push(page(row.page(), html));
    }
    files.extend(sound::files());
    files
}

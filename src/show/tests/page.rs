//! The pages, held to the runs that they are drawn from: read back from the HTML, as a browser would.

mod bytes;
mod drawn;
mod parsed;
mod whole;

use std::path::Path;
use std::sync::OnceLock;

use super::*;
use crate::show::page::rows::Course;
use crate::show::page::{File, site};
use parsed::{Element, parse};

/// The course as shipped: nothing started.
pub fn course() -> Course {
    crate::site::course(Path::new(env!("CARGO_MANIFEST_DIR")))
}

/// The site, made once for all tests.
pub fn files() -> &'static [File] {
    static FILES: OnceLock<Vec<File>> = OnceLock::new();
    FILES.get_or_init(|| site::files(&course()))
}

/// Every HTML page of the site: its name, and what is in it.
pub fn pages() -> &'static [(String, Element)] {
    static PAGES: OnceLock<Vec<(String, Element)>> = OnceLock::new();
    PAGES.get_or_init(|| {
        let html = files().iter().filter(|file| file.name.ends_with(".html"));
        html.map(|file| {
            let text = std::str::from_utf8(&file.bytes).expect("UTF-8");
            (file.name.clone(), parse(text))
        })
        .collect()
    })
}

/// Every lesson's scene, and its page.
pub fn drawn() -> &'static [(Scene, &'static Element)] {
    static DRAWN: OnceLock<Vec<(Scene, &Element)>> = OnceLock::new();
    DRAWN.get_or_init(|| {
        let lessons = course();
        let rows = lessons.lessons().zip(&pages()[1..]);
        rows.map(|(row, (_, page))| (scene(row.name).expect("a scene"), page))
            .collect()
    })
}

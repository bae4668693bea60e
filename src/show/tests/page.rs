//! The pages, held to the runs that they are drawn from: read back from the HTML, as a browser would.

mod drawn;
mod parsed;
mod whole;

use std::path::Path;

use super::*;
use crate::show::page::rows::Course;
use crate::show::page::site;

/// The course as shipped: nothing started.
pub fn course() -> Course {
    crate::site::course(Path::new(env!("CARGO_MANIFEST_DIR")))
}

/// Every HTML page of the site: its name, and the text.
pub fn pages() -> Vec<(String, String)> {
    site::files(&course())
        .into_iter()
        .filter(|file| file.name.ends_with(".html"))
        .map(|file| (file.name, String::from_utf8(file.bytes).expect("UTF-8")))
        .collect()
}

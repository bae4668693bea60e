//! The pages: every lesson's run as one HTML file, and an index. `cargo run -- show --html` writes them.
//!
//! What a page says comes from runs of the models; this room only arranges it. A page is made of [`Section`]s, each from
//! a file of its own.

pub mod html;

/// A part of a page, with a heading of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its anchor: unique on the page, lower-case letters, digits and hyphens.
    pub id: String,
    /// Its heading, plain text.
    pub title: String,
    /// What stands below it, as HTML.
    pub body: String,
}

/// A file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name in the site's folder: no folders within.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

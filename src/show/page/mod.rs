//! The pages: every lesson's run as one HTML file, and an index. `cargo run -- show --html` writes them.
//!
//! What a page says comes from runs of the models; this room only arranges it. Read in this order: [`rows`] is what the
//! course hands over, [`site`] makes the files of it, [`index`] and [`lesson`] are the two kinds of page, [`frame`] is
//! what stands around both. A lesson's page is made of the drawing ([`sequence`]), the same as a list ([`told`]), who
//! held what ([`held`]), and of [`Section`]s from files of their own. [`folder`] writes the files down.

pub mod bytes;
pub mod folder;
pub mod frame;
pub mod held;
pub mod html;
pub mod index;
pub mod lesson;
pub mod ratchet;
pub mod rows;
pub mod sequence;
pub mod site;
pub mod sound;
pub mod told;
pub mod value;
pub mod words;

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

//! The formats, drawn byte by byte: what travels, and what stands on a disk before and after a text expires.
//!
//! The bytes are those of the lesson's run, or of a small run of the models whose seed the section names. [`grid`] draws
//! one message, [`image`] compares the bytes of two moments, and a file for each kind of lesson says what there is to see.

mod call;
mod conversation;
mod disk;
pub mod grid;
pub mod image;

use messaging_lab::ground::scene::{Scene, Sent, seconds};

use super::Section;
use super::html::escape;
use super::lesson::seeds;
use crate::show::anatomy::Anatomy;
use crate::show::scene;

/// The sections for the page of `lesson`; none where it has nothing of the kind.
pub fn sections(lesson: &str) -> Vec<Section> {
    let Some(scene) = scene(lesson) else {
        return Vec::new();
    };
    match lesson {
        "bytes" => disk::digest(&scene),
        "erasure" => disk::journals(&scene),
        "relay" => conversation::relay(&scene),
        "keys" => conversation::keys(&scene),
        "ratchet" => conversation::ratchet(&scene),
        "healing" => conversation::healing(&scene),
        "handshake" => call::handshake(&scene),
        "words" => call::words(&scene),
        "compare" => call::compare(&scene),
        "frames" => call::frames(&scene),
        _ => return Vec::new(),
    }
    .into_iter()
    .collect()
}

fn section(id: &str, title: &str, body: String) -> Section {
    Section {
        id: id.to_string(),
        title: title.to_string(),
        body,
    }
}

/// What stands above the messages of a scene.
fn from_the_run(scene: &Scene) -> String {
    format!(
        "<p>The bytes are those of the run above ({}). Point at a field, or go to it with Tab: its name and value appear. \
         A field begins at a thick line and carries its number; sealed fields are hatched. Under each byte in hex stands \
         its character, a dot where it has none.</p>\n",
        seeds(scene.seeds)
    )
}

/// Who sends what to whom.
fn sending(sent: &Sent) -> String {
    format!(
        "second {}, {} to {}: {}",
        seconds(sent.at),
        sent.from,
        sent.to,
        sent.what
    )
}

/// A message under a heading of its own. `folded`: to be opened by who wants to see it.
fn message(title: &str, words: &str, anatomy: &Anatomy, first: usize, folded: bool) -> String {
    let body = format!(
        "<p>{} bytes: {}.{}</p>\n{}",
        anatomy.bytes.len(),
        escape(&anatomy.format),
        match words.is_empty() {
            true => String::new(),
            false => format!(" {}", escape(words)),
        },
        grid::drawn(title, anatomy, first)
    );
    let title = escape(title);
    match folded {
        true => {
            format!("<details class=\"bytes-more\"><summary><h3>{title}</h3></summary>\n{body}</details>\n")
        }
        false => format!("<h3>{title}</h3>\n{body}"),
    }
}

/// The messages that `takes` apart, of those sent that `wanted` names: the first one open, the others folded.
fn messages<'a>(
    sent: impl IntoIterator<Item = &'a Sent>,
    takes: impl Fn(&[u8]) -> Option<Anatomy>,
    open: usize,
) -> String {
    let apart = sent
        .into_iter()
        .filter_map(|sent| takes(&sent.bytes).map(|anatomy| (sent, anatomy)));
    apart
        .enumerate()
        .map(|(number, (sent, anatomy))| message(&sending(sent), "", &anatomy, 0, number >= open))
        .collect()
}

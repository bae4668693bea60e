//! The bytes of a file, or of anything else, at two moments: row for row, with what changed marked in words as well.

use std::fmt::Write;
use std::ops::Range;

use super::grid::character;
use crate::show::page::html::escape;
use crate::show::page::value::{Watched, counted};

/// Bytes in a row.
const ROW: usize = 16;

/// Rows alike in a stretch that stay unfolded.
const SHOWN_ALIKE: usize = 2;

/// How two images differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Bytes in the same place with another value.
    pub changed: usize,
    /// Bytes behind the end of the earlier image.
    pub added: usize,
    /// Bytes behind the end of the later image.
    pub cut_off: usize,
}

/// How `after` differs from `before`.
pub fn difference(before: &[u8], after: &[u8]) -> Difference {
    Difference {
        changed: before.iter().zip(after).filter(|(a, b)| a != b).count(),
        added: after.len().saturating_sub(before.len()),
        cut_off: before.len().saturating_sub(after.len()),
    }
}

/// [`difference`] in words.
pub fn in_words(before: &[u8], after: &[u8]) -> String {
    let Difference {
        changed,
        added,
        cut_off,
    } = difference(before, after);
    let gone = match cut_off {
        0 => String::new(),
        _ => format!(", {} cut off", counted(cut_off)),
    };
    format!(
        "{} before, {} after: {} changed in place, {} added behind{gone}",
        counted(before.len()),
        counted(after.len()),
        counted(changed),
        counted(added)
    )
}

/// Where `wanted` stands in `image`.
pub fn found(image: &[u8], wanted: &[u8]) -> Vec<Range<usize>> {
    if wanted.is_empty() {
        return Vec::new();
    }
    let windows = image.windows(wanted.len()).enumerate();
    windows
        .filter(|(_, window)| *window == wanted)
        .map(|(at, _)| at..at + wanted.len())
        .collect()
}

/// Both images, row for row. Rows that are alike stand there once, and long stretches of them are folded away.
pub fn drawn(title: &str, before: &[u8], after: &[u8], watched: &[Watched]) -> String {
    let mut html = format!(
        "<div class=\"wide bytes-image\" role=\"region\" tabindex=\"0\" aria-label=\"{}\">\n",
        escape(title)
    );
    let rows = before.len().max(after.len()).div_ceil(ROW);
    let mut at = 0;
    while at < rows {
        let end = (at..rows)
            .find(|row| !plain(*row, before, after, watched))
            .unwrap_or(rows);
        if end - at > SHOWN_ALIKE {
            let _ = writeln!(
                html,
                "<details><summary>{} rows that are the same, bytes {} to {}</summary>\n<pre>{}</pre></details>",
                end - at,
                at * ROW,
                (end * ROW).min(before.len()) - 1,
                lines(at..end, before, after, watched)
            );
            at = end;
        }
        // Up to the next long stretch of rows alike.
        let mut next = at;
        while next < rows {
            let alike = (next..rows)
                .take_while(|row| plain(*row, before, after, watched))
                .count();
            match alike {
                0 => next += 1,
                _ if alike > SHOWN_ALIKE => break,
                _ => next += alike,
            }
        }
        if next > at {
            let _ = writeln!(html, "<pre>{}</pre>", lines(at..next, before, after, watched));
        }
        at = next;
    }
    html.push_str("</div>\n");
    html
}

fn row_of(image: &[u8], row: usize) -> &[u8] {
    let from = (row * ROW).min(image.len());
    &image[from..(from + ROW).min(image.len())]
}

/// Whether a row is the same in both, and nothing that the scene is about stands in it.
fn plain(row: usize, before: &[u8], after: &[u8], watched: &[Watched]) -> bool {
    row_of(before, row) == row_of(after, row) && names(row, before, watched).is_empty()
}

/// Which of the watched bytes stand in a row, whole or in part.
fn names<'a>(row: usize, image: &[u8], watched: &[Watched<'a>]) -> Vec<&'a str> {
    let here = row * ROW..(row + 1) * ROW;
    watched
        .iter()
        .filter(|wanted| {
            found(image, wanted.bytes)
                .iter()
                .any(|place| place.start < here.end && here.start < place.end)
        })
        .map(|wanted| wanted.name)
        .collect()
}

fn lines(rows: Range<usize>, before: &[u8], after: &[u8], watched: &[Watched]) -> String {
    let mut text = String::new();
    for row in rows {
        let (old, new) = (row_of(before, row), row_of(after, row));
        if old == new {
            text.push_str(&line("same", row, before, after, watched));
        } else {
            if !old.is_empty() {
                text.push_str(&line("before", row, before, after, watched));
            }
            let word = if old.is_empty() { "added" } else { "after" };
            if !new.is_empty() {
                text.push_str(&line(word, row, after, before, watched));
            }
        }
    }
    text
}

/// One row of `image`. What `other` has otherwise is marked.
fn line(word: &str, row: usize, image: &[u8], other: &[u8], watched: &[Watched]) -> String {
    let bytes = row_of(image, row);
    let mut hex = String::new();
    let mut text = String::new();
    for (at, byte) in (row * ROW..).zip(bytes) {
        let mut shown = format!("{byte:02x}");
        if word != "same" && other.get(at) != Some(byte) {
            shown = format!("<mark>{shown}</mark>");
        }
        let _ = write!(hex, "{shown} ");
        text.push(character(*byte));
    }
    hex.push_str(&"   ".repeat(ROW - bytes.len()));
    let about: String = names(row, image, watched)
        .iter()
        .map(|name| format!(" &lt;- <b>{}</b>", escape(name)))
        .collect();
    format!(
        "{word:<6} {:>5}  {hex} {}{about}\n",
        row * ROW,
        escape(&format!("{text:<ROW$}"))
    )
}

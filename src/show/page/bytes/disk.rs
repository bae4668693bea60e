//! Bytes that lie still: a message and its digest in lesson 00, the disks of lesson 03 before and after a text expires.

use std::fmt::Write;

use messaging_lab::ground::clock::Millis;
use messaging_lab::ground::ledger::Onlooker;
use messaging_lab::ground::scene::{Scene, seconds};

use super::image::{drawn, found, in_words};
use super::{from_the_run, message, section};
use crate::show::anatomy::disk::{Parts, journal, key_file};
use crate::show::page::Section;
use crate::show::page::html::escape;
use crate::show::page::value::{Watched, watched};
use crate::show::scenes::erasure::BOB;

/// Lesson 00: the message and its digest, before and after one bit was changed.
pub fn digest(scene: &Scene) -> Vec<Section> {
    let held: Vec<_> = scene.ledger.holdings().iter().collect();
    let [message, digest, copy, other] = held[..] else {
        return Vec::new();
    };
    let mut html = String::from(
        "<p>In each pair of rows the bytes that differ are underlined. A changed bit of the message changes about half \
         of its digest's bits.</p>\n",
    );
    for (title, before, after) in [("The message", message, copy), ("Its digest", digest, other)] {
        let bits: u32 = before
            .bytes
            .iter()
            .zip(&after.bytes)
            .map(|(a, b)| (a ^ b).count_ones())
            .sum();
        let _ = write!(
            html,
            "<h3>{title}</h3>\n<p>{}. Bits that differ: {bits} of {}.</p>\n{}",
            in_words(&before.bytes, &after.bytes),
            8 * before.bytes.len(),
            drawn(
                &format!("{title}, before and after"),
                &before.bytes,
                &after.bytes,
                &[]
            )
        );
    }
    vec![section("bytes-digest", "One bit, in bytes", html)]
}

/// A file of Bob's disk at two moments.
#[derive(Debug, PartialEq, Eq)]
pub struct Pair {
    /// Before the timer ended.
    pub before: Vec<u8>,
    /// After.
    pub after: Vec<u8>,
}

/// Bob's journal just before `moment` and at it: what a copy that was made earlier held, and the records since.
pub fn bobs_journal(scene: &Scene, copy: &str, moment: Millis) -> Option<Pair> {
    let copied = scene.sent.iter().find(|sent| sent.what == copy)?;
    let records = |until: Millis| {
        let since = scene.sent.iter().filter(move |sent| {
            sent.to == BOB[1]
                && sent.what == "a record of the journal"
                && (copied.at + 1..until).contains(&sent.at)
        });
        let mut file = copied.bytes.clone();
        since.for_each(|sent| file.extend_from_slice(&sent.bytes));
        file
    };
    Some(Pair {
        before: records(moment),
        after: records(moment + 1),
    })
}

/// Bob's key file just before `moment` and at it.
pub fn bobs_keys(scene: &Scene, moment: Millis) -> Option<Pair> {
    let at = |moment: Millis| {
        let mut held = scene.ledger.held_by(BOB[1], moment);
        held.find(|held| held.what == "the key file")
            .map(|held| held.bytes.clone())
    };
    Some(Pair {
        before: at(moment - 1)?,
        after: at(moment)?,
    })
}

/// When the story's chapter of this name begins.
fn begins(scene: &Scene, chapter: &str) -> Option<Millis> {
    let mut chapters = scene.chapters.iter();
    chapters
        .find(|other| other.name == chapter)
        .map(|chapter| chapter.from)
}

/// Lesson 03: Bob's disk, under a naive and under a shredding journal.
pub fn journals(scene: &Scene) -> Vec<Section> {
    both(scene).unwrap_or_default()
}

fn both(scene: &Scene) -> Option<Vec<Section>> {
    let (marked, shredded) = (begins(scene, "expiry")?, begins(scene, "zeros")?);
    let naive = bobs_journal(scene, "a copy of Bob's files", marked)?;
    let sealed = bobs_journal(scene, "a copy of Bob's journal", shredded)?;
    let keys = bobs_keys(scene, shredded)?;
    let watched = &watched(scene);
    let first = format!(
        "{}{}{}",
        from_the_run(scene),
        compared("The journal's file", &naive, marked, watched),
        parts("The journal", &journal(&naive.after)?)
    );
    let second = format!(
        "{}{}{}{}{}{}",
        from_the_run(scene),
        compared("The shredding journal's file", &sealed, shredded, watched),
        compared("The key file beside it", &keys, shredded, watched),
        old_pages(scene, &keys, shredded),
        parts("The shredding journal", &journal(&sealed.after)?),
        parts("The key file, before", &key_file(&keys.before)?)
    );
    Some(vec![
        section(
            "bytes-naive",
            "A naive journal, before and after its text expires",
            first,
        ),
        section(
            "bytes-shredding",
            "A shredding journal and its key file, before and after",
            second,
        ),
    ])
}

/// A file at two moments: how it differs, what can still be read in it, and its bytes.
fn compared(title: &str, pair: &Pair, moment: Millis, watched: &[Watched]) -> String {
    let mut html = format!(
        "<h3>{title}, before and after second {}</h3>\n<p>{}.</p>\n<ul class=\"bytes-readable\">\n",
        seconds(moment),
        in_words(&pair.before, &pair.after)
    );
    for wanted in watched {
        let [before, after] = [&pair.before, &pair.after].map(|file| found(file, wanted.bytes));
        let fate = match (before.is_empty(), after.is_empty()) {
            (true, true) => "not in this file, neither before nor after".to_string(),
            (false, true) => format!("before at {}; after nowhere in this file", places(&before)),
            (true, false) => format!("before nowhere; after at {}", places(&after)),
            (false, false) => format!(
                "before at {}; after at {}: whoever reads the file still reads it",
                places(&before),
                places(&after)
            ),
        };
        let _ = writeln!(html, "<li><b>{}</b>: {fate}</li>", escape(wanted.name));
    }
    html.push_str("</ul>\n");
    html.push_str(&drawn(
        &format!("{title}, byte by byte, before and after"),
        &pair.before,
        &pair.after,
        watched,
    ));
    html
}

fn places(places: &[std::ops::Range<usize>]) -> String {
    let all: Vec<String> = places
        .iter()
        .map(|place| format!("bytes {} to {}", place.start, place.end - 1))
        .collect();
    all.join(" and ")
}

/// Until when the chip under the file keeps what stood there before.
fn old_pages(scene: &Scene, keys: &Pair, moment: Millis) -> String {
    let pages = scene.ledger.ever_held_by(Onlooker::OldFlashPage);
    let mut kept = pages.filter(|page| page.from >= moment && page.bytes == keys.before);
    let Some(page) = kept.next() else {
        return String::new();
    };
    let until = match page.until {
        Some(until) => format!("until second {}", seconds(until)),
        None => "to the end".to_string(),
    };
    format!(
        "<p>That is the file as the system shows it. The flash memory under it keeps the page with the key {until}.</p>\n"
    )
}

/// The pieces of a file, one after the other: what is about a text stands open.
fn parts(file: &str, parts: &Parts) -> String {
    let pieces = parts.iter().map(|(from, anatomy)| {
        let title = format!("{file}, from byte {from}: {}", anatomy.format);
        let about_a_text = ["record: message", "a key slot"].contains(&&anatomy.format[..]);
        message(&title, "", anatomy, *from, !about_a_text)
    });
    pieces.collect()
}

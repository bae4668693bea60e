//! The messages of a call, and its frames: lessons 09 to 12.

use std::collections::BTreeSet;

use messaging_lab::call::wire::Kind;
use messaging_lab::ground::scene::{Scene, Sent};

use super::{from_the_run, messages, section};
use crate::show::anatomy::call;
use crate::show::page::Section;

/// The first message of each kind in the run.
pub fn one_of_each(scene: &Scene) -> Vec<&Sent> {
    let mut seen = BTreeSet::new();
    let firsts = scene.sent.iter().filter(|sent| {
        let kind = Kind::of(&sent.bytes);
        kind.is_ok_and(|kind| seen.insert(kind))
    });
    firsts.collect()
}

fn agreement(scene: &Scene, title: &str) -> Section {
    let words = "<p>The first message of each kind. Whoever is on the way reads every field that is in the clear: the \
                 secret of the call stands in none of them.</p>\n";
    section(
        "bytes-agreement",
        title,
        format!(
            "{}{words}{}",
            from_the_run(scene),
            messages(one_of_each(scene), call::message, 1)
        ),
    )
}

/// Those of the frames sent whose shape, payload type and length, was not there before.
pub fn one_of_each_shape(scene: &Scene, most: usize) -> Vec<&Sent> {
    let mut seen = BTreeSet::new();
    let frames = scene.sent.iter().filter(|sent| {
        let named_so = sent.what.contains("frame") && !sent.what.contains("forged");
        named_so && call::frame(&sent.bytes).is_some() && seen.insert((sent.bytes[1], sent.bytes.len()))
    });
    frames.take(most).collect()
}

fn sealed_frames(scene: &Scene, title: &str, most: usize) -> Section {
    section(
        "bytes-frame",
        title,
        format!(
            "{}{}",
            from_the_run(scene),
            messages(one_of_each_shape(scene, most), call::frame, 1)
        ),
    )
}

/// Lesson 09: the agreement, and a frame.
pub fn handshake(scene: &Scene) -> Vec<Section> {
    vec![
        agreement(scene, "The messages of the agreement, byte by byte"),
        sealed_frames(scene, "A frame, byte by byte", 1),
    ]
}

/// Lesson 10: the agreement, with an Error at its end.
pub fn words(scene: &Scene) -> Vec<Section> {
    vec![agreement(scene, "The messages of the agreement, byte by byte")]
}

/// Lesson 11: a frame.
pub fn compare(scene: &Scene) -> Vec<Section> {
    vec![sealed_frames(scene, "A frame, byte by byte", 1)]
}

/// Lesson 12: frames that are as long as their sound, and cells of one size.
pub fn frames(scene: &Scene) -> Vec<Section> {
    vec![sealed_frames(scene, "Frames, byte by byte", 3)]
}

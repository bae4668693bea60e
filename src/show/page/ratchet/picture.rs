//! The ratchet drawn: downwards the turns of the root, to the right the chain that each begins, below it the message keys.

use std::fmt::Write;

use super::replay::{Key, Replay};
use super::thief::{Loot, Reach};
use super::{OWNERS, owner};

/// A box.
const BOX: (u32, u32) = (112, 44);
/// From a box to the next one to the right, and down to a message key.
const RIGHT: u32 = 136;
const DOWN: u32 = 68;
/// The margin, and between two turns.
const EDGE: u32 = 8;
const BETWEEN: u32 = 30;

/// The drawing, and what its borders mean.
pub fn picture(replay: &Replay, loot: &Loot) -> String {
    let keys: Vec<Key> = replay.keys.keys().copied().collect();
    let turns = keys.iter().map(|key| key.turn()).max().unwrap_or(0);
    let (mut drawn, mut top, mut width) = (String::new(), EDGE, 0);
    let mut root_above = None;
    for turn in 0..=turns {
        let of_turn: Vec<Key> = keys.iter().copied().filter(|key| key.turn() == turn).collect();
        let messages = of_turn.iter().any(|key| matches!(key, Key::Message(..)));
        for key in of_turn {
            let (x, y) = place(key, top);
            width = width.max(x + BOX.0 + EDGE);
            let middle = y + BOX.1 / 2;
            match key {
                Key::Root(_) => {
                    if let Some(above) = root_above {
                        line(&mut drawn, (x + BOX.0 / 2, above), (x + BOX.0 / 2, y));
                    }
                    root_above = Some(y + BOX.1);
                }
                Key::Pair(_) => {}
                Key::Chain(..) => line(&mut drawn, (x - (RIGHT - BOX.0), middle), (x, middle)),
                Key::Message(..) => line(
                    &mut drawn,
                    (x + BOX.0 / 2, y - (DOWN - BOX.1)),
                    (x + BOX.0 / 2, y),
                ),
            }
            drawn.push_str(&a_box(key, (x, y), loot.reach(&replay.keys[&key].bytes)));
        }
        top += BOX.1 + BETWEEN + if messages { DOWN } else { 0 };
    }
    let height = top - BETWEEN + EDGE;
    format!(
        "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"Drawing of the ratchet's keys\">\n\
         <svg class=\"ratchet-picture\" role=\"img\" aria-labelledby=\"ratchet-picture-title\" \
         width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\"><title id=\"ratchet-picture-title\">The keys of the ratchet, {turns} \
         turns of the root \
         from top to bottom; the tables below say the same</title>\
         <defs><marker id=\"ratchet-tip\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" \
         markerHeight=\"8\" \
         orient=\"auto\"><path class=\"ratchet-tip\" d=\"M0 0L8 4L0 8z\"/></marker></defs>\n{drawn}</svg>\n</div>\n\
         <ul class=\"ratchet-legend\">\n<li><span class=\"ratchet-key ratchet-has\">has it</span> the thief \
         found it in the phone</li>\n\
         <li><span class=\"ratchet-key ratchet-makes\">can make it</span> he computed it from what he found and \
         what passes</li>\n\
         <li><span class=\"ratchet-key ratchet-not\">out of reach</span> it was not there, and is none of the \
         {} keys that he computed</li>\n</ul>\n\
         <p>Arrows say what is computed from what, one way only. From top to bottom: the root keys, each turn \
         with a pair of \
         one of the two; to the right the chain that the turn begins; below a chain key the message key that \
         comes from it.</p>\n",
        loot.made()
    )
}

/// Where a key's box stands, if its turn begins at `top`.
fn place(key: Key, top: u32) -> (u32, u32) {
    match key {
        Key::Pair(_) => (EDGE, top),
        Key::Root(_) => (EDGE + RIGHT, top),
        Key::Chain(_, n) => (EDGE + (2 + n) * RIGHT, top),
        Key::Message(_, n) => (EDGE + (2 + n) * RIGHT, top + DOWN),
    }
}

fn line(drawn: &mut String, from: (u32, u32), to: (u32, u32)) {
    let _ = writeln!(
        drawn,
        "<path class=\"ratchet-arrow\" marker-end=\"url(#ratchet-tip)\" d=\"M{} {}L{} {}\"/>",
        from.0, from.1, to.0, to.1
    );
}

/// A box with the key's short name, and below it how the thief stands to it.
fn a_box(key: Key, (x, y): (u32, u32), reach: Reach) -> String {
    let class = match reach {
        Reach::Has => "has",
        Reach::Makes => "makes",
        Reach::Not => "not",
    };
    let name = match key {
        Key::Root(turn) => format!("root {turn}"),
        Key::Pair(turn) => format!("{}'s pair {turn}", OWNERS[owner(turn)]),
        Key::Chain(turn, n) => format!("chain {turn}.{n}"),
        Key::Message(turn, n) => format!("message {turn}.{n}"),
    };
    let (width, height) = BOX;
    let middle = x + width / 2;
    format!(
        "<g data-box=\"{}\"><rect class=\"ratchet-{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" \
         height=\"{height}\" rx=\"6\"/>\
         <text x=\"{middle}\" y=\"{}\">{}</text><text x=\"{middle}\" y=\"{}\">{}</text></g>\n",
        key.name(),
        y + 18,
        super::escape(&name),
        y + 36,
        reach.words()
    )
}

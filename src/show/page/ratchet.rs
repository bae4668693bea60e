//! The ratchet's keys, and which of them a thief holds.
//!
//! [`replay`] plays the scene's conversation again with the ratchets open, [`thief`] computes what can be made of a stolen
//! one, [`picture`] draws both. The tables here say the same, and when each key was erased.

use std::fmt::Write;

use messaging_lab::ground::hex::bytes_to_hex;
use messaging_lab::ground::scene::seconds;

use super::Section;
use super::html::escape;
use crate::show::scene;

pub mod picture;
pub mod replay;
mod start;
pub mod thief;

use replay::{Fate, Key, Message, Replay, Span};
use thief::{Loot, Reach, STEPS, TURNS};

/// The owners of the two phones.
pub const OWNERS: [&str; 2] = ["Alice", "Bob"];

/// How many bytes of a key stand on the page.
pub const SHOWN: usize = 8;

impl Key {
    /// The turn of the root that it belongs to.
    pub fn turn(self) -> u32 {
        match self {
            Key::Root(turn) | Key::Pair(turn) | Key::Chain(turn, _) | Key::Message(turn, _) => turn,
        }
    }

    /// What it is called on the page.
    pub fn name(self) -> String {
        match self {
            Key::Root(0) => "first secret (root key 0)".to_string(),
            Key::Root(turn) => format!("root key {turn}"),
            Key::Pair(turn) => format!("pair {turn}, private half"),
            Key::Chain(turn, n) => format!("chain key {turn}.{n}"),
            Key::Message(turn, n) => format!("message key {turn}.{n}"),
        }
    }
}

impl Reach {
    /// What stands in the table.
    pub fn words(self) -> &'static str {
        match self {
            Reach::Has => "has it",
            Reach::Makes => "can make it",
            Reach::Not => "out of reach",
        }
    }
}

/// Whose pair a turn of the root is made with: Alice, who writes first, makes turn 1.
fn owner(turn: u32) -> usize {
    usize::from(turn % 2 == 0)
}

/// The section for the page of `lesson`; none where it has nothing of the kind.
pub fn sections(lesson: &str) -> Vec<Section> {
    if !["ratchet", "healing"].contains(&lesson) {
        return Vec::new();
    }
    let Some(scene) = scene(lesson) else {
        return Vec::new();
    };
    let Some(replay) = replay::replay(&scene) else {
        return Vec::new();
    };
    let loot = Loot::of(&replay);
    let mut body = introduction(lesson, &replay, &loot);
    body.push_str(&picture::picture(&replay, &loot));
    body.push_str(&messages(&replay, &loot));
    body.push_str(&keys(&replay, &loot));
    vec![Section {
        id: "ratchet".to_string(),
        title: "The ratchet's keys, and which a thief has".to_string(),
        body,
    }]
}

fn introduction(lesson: &str, replay: &Replay, loot: &Loot) -> String {
    let victim = OWNERS[replay.theft.from];
    let times = replay.messages.iter();
    let last = times.map(|message| message.opened.unwrap_or(message.at)).max();
    let (more, pair_0) = match lesson {
        "ratchet" => (
            "The lists above leave out root keys and pairs, which are lesson 08; the thief copies them with the rest.",
            "the pair of Bob's whose public half Alice's phone has from the beginning",
        ),
        _ => (
            "It is told as far as to where the thief begins a session of his own.",
            "Bob's signed pre-key (lesson 06), which is not in the ratchet",
        ),
    };
    let of_messages = || {
        replay
            .keys
            .iter()
            .filter(|(key, _)| matches!(key, Key::Message(..)))
    };
    let count = |reach| {
        of_messages()
            .filter(|(_, fate)| loot.reach(&fate.bytes) == reach)
            .count()
    };
    format!(
        "<p>The conversation of the run above, played again from the same seeds with both ratchets open, up to \
         second {}: it \
         seals the same {} messages, byte for byte. {more}</p>\n\
         <p>Each turn of the root takes the new pair of one side and the last pair of the other: <code>(root \
         key n, chain key \
         n.0) = KDF_RK(root key n-1, X25519(pair n, pair n-1))</code>; pair 0 is {pair_0}. Each message moves a \
         chain by one: \
         <code>(chain key n.m+1, message key n.m) = KDF_CK(chain key n.m)</code>.</p>\n\
         <p>At second {} the thief copies the ratchet in {victim}'s phone. \"Can make it\" is not said, it is \
         computed: from \
         the root key in the copy he turns up to {TURNS} times, each time with every public key in a header, \
         before the theft \
         and after, and goes {STEPS} keys along every chain that he has then. He listens, and changes nothing. \
         Of the {} \
         message keys he has {}, can make {}, and has {} out of reach.</p>\n",
        seconds(last.unwrap_or(0)),
        replay.messages.len(),
        seconds(replay.theft.at),
        of_messages().count(),
        count(Reach::Has),
        count(Reach::Makes),
        count(Reach::Not),
    )
}

/// Each message, and what came of trying.
fn messages(replay: &Replay, loot: &Loot) -> String {
    let mut html = format!(
        "<h3 id=\"ratchet-messages\">Each message, tried</h3>\n\
         <p>The thief tries on every message all {} keys that can be message keys of what he has and makes. (A \
         text that stands \
         on a stolen screen he needs no key for; the lists above have those.)</p>\n\
         <div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"Each message, tried\">\n<table \
         class=\"ratchet-table\">\n\
         <caption>What opens with the keys of the copy</caption>\n<thead><tr><th scope=\"col\">message</th>\
         <th scope=\"col\">sealed at second</th><th scope=\"col\">under</th><th scope=\"col\">opened at second</th>\
         <th scope=\"col\">the thief</th></tr></thead>\n<tbody>\n",
        loot.tries()
    );
    for (number, message) in replay.messages.iter().enumerate() {
        let Message {
            from,
            at,
            place,
            opened,
            ..
        } = message;
        let outcome = match loot.opens(message, &replay.ad) {
            Some(text) => format!("opens it: \"{}\"", escape(&String::from_utf8_lossy(&text))),
            None => "it stays shut".to_string(),
        };
        let opened = match opened {
            Some(opened) => format!("{} by {}", seconds(*opened), OWNERS[1 - from]),
            None => "not yet".to_string(),
        };
        let _ = writeln!(
            html,
            "<tr data-message=\"{number}\"><th scope=\"row\">{number}, from \
         {}</th><td>{}</td><td>{}</td><td>{opened}</td><td>{outcome}</td></tr>",
            OWNERS[*from],
            seconds(*at),
            Key::Message(place.0, place.1).name(),
        );
    }
    html.push_str("</tbody>\n</table>\n</div>\n");
    html
}

/// When a phone held a key, in words.
pub fn spans(spans: &[Span]) -> String {
    let told: Vec<String> = spans
        .iter()
        .map(|(from, until)| match until {
            Some(until) if until == from => format!("at {}, and erased at once", seconds(*from)),
            Some(until) => format!("from {}, erased at {}", seconds(*from), seconds(*until)),
            None => format!("from {} on", seconds(*from)),
        })
        .collect();
    match told.is_empty() {
        true => "never".to_string(),
        false => told.join("; "),
    }
}

/// Each key, who held it when, and how the thief stands to it.
fn keys(replay: &Replay, loot: &Loot) -> String {
    let mut html = format!(
        "<h3 id=\"ratchet-keys\">Each key, and when it is erased</h3>\n\
         <p>Seconds of the run. A key that is made, used and erased while one message is sealed or opened is \
         never kept: it is \
         \"erased at once\". Of each key the first {SHOWN} of its 32 bytes are shown; they are a toy's keys.</p>\n\
         <div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"Each key, and when it is erased\">\n\
         <table class=\"ratchet-table\">\n<caption>The keys, turn by turn; the thief copies {}'s phone at \
         second {}</caption>\n\
         <thead><tr><th scope=\"col\">key</th><th scope=\"col\">begins with</th><th scope=\"col\">Alice's phone</th>\
         <th scope=\"col\">Bob's phone</th><th scope=\"col\">the thief</th></tr></thead>\n",
        OWNERS[replay.theft.from],
        seconds(replay.theft.at),
    );
    let turns = replay.keys.keys().map(|key| key.turn()).max().unwrap_or(0);
    for turn in 0..=turns {
        let title = match turn {
            0 => "Before the first turn".to_string(),
            _ => format!("Turn {turn}, with {}'s pair {turn}", OWNERS[owner(turn)]),
        };
        let _ = writeln!(
            html,
            "<tbody>\n<tr><th scope=\"rowgroup\" colspan=\"5\">{title}</th></tr>"
        );
        for (key, fate) in replay.keys.iter().filter(|(key, _)| key.turn() == turn) {
            let Fate { bytes, held } = fate;
            let _ = writeln!(
                html,
                "<tr data-key=\"{0}\"><th \
         scope=\"row\">{0}</th><td><code>{1}</code></td><td>{2}</td><td>{3}</td><td>{4}</td></tr>",
                key.name(),
                bytes_to_hex(&bytes[..SHOWN]),
                spans(&held[0]),
                spans(&held[1]),
                loot.reach(bytes).words()
            );
        }
        html.push_str("</tbody>\n");
    }
    html.push_str("</table>\n</div>\n");
    html
}

//! The two words that both ends of a call show: the screens side by side, and the bits that the words stand for.
//!
//! In the lessons about words they stand in the scene's ledger. The scene about the handshake leaves them out; its phones
//! are played once more from its seed, and shown only if they say byte for byte what they said in the scene.

use std::fmt::Write;

use messaging_lab::call::line::{Event, Line};
use messaging_lab::call::memory::Memory;
use messaging_lab::call::path::Side;
use messaging_lab::call::phone::Phone;
use messaging_lab::call::session::{Settings, State};
use messaging_lab::call::taps::plain::Silent;
use messaging_lab::call::wire::Kind;
use messaging_lab::call::word_lists::{EVEN, ODD};
use messaging_lab::call::words::B256_BITS;
use messaging_lab::ground::clock::{ControlledClock, Millis};
use messaging_lab::ground::ledger::{Holding, Onlooker};
use messaging_lab::ground::randomness::Seeded;
use messaging_lab::ground::scene::{Chapter, Scene, seconds};

use super::Section;
use super::html::escape;
use crate::show::scene;

/// The phones that have a screen, and their owners' names.
const PHONES: [(Onlooker, Side, &str); 2] = [
    (Onlooker::AlicePhone, Side::Alice, "Alice"),
    (Onlooker::BobPhone, Side::Bob, "Bob"),
];

/// What stood on a screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Screen {
    /// From when on.
    pub from: Millis,
    /// Until when, as far as the run tells.
    pub until: Option<Millis>,
    /// The two words.
    pub words: String,
    /// A line above them.
    pub above: Option<String>,
    /// What the owner heard read out, as if from the other screen.
    pub heard: Option<String>,
}

/// A call of a scene: Alice's screen and Bob's.
struct Call {
    chapter: Chapter,
    screens: [Option<Screen>; 2],
}

/// The section for the page of `lesson`; none where it has nothing of the kind.
pub fn sections(lesson: &str) -> Vec<Section> {
    let (calls, about) = match (lesson, scene(lesson)) {
        ("words" | "compare", Some(scene)) => (
            in_the_ledger(&scene),
            "<p>The calls of the run above, and what stood on the two screens.</p>\n".to_string(),
        ),
        ("handshake", Some(scene)) => match played_again(&scene) {
            (calls, 0) => (calls, String::new()),
            (calls, alike) => (
                calls,
                format!(
                    "<p>The run above leaves out what stands on the screens in its two calls: what it is for is \
         lesson 10. \
                     Here its phones are played once more, from the same {}, and say byte for byte what they \
         said in the \
                     run ({alike} messages compared).</p>\n",
                    super::lesson::seeds(scene.seeds)
                ),
            ),
        },
        _ => return Vec::new(),
    };
    if calls.is_empty() {
        return Vec::new();
    }
    let half = B256_BITS / 2;
    let mut body = about;
    let _ = writeln!(
        body,
        "<p>Two words are {B256_BITS} bits: the first is one of {}, the second one of {}, {half} bits each, so \
         there are {} \
         pairs. Same words on both screens mean the same {B256_BITS} bits, and no more: whether that rules \
         somebody in the \
         path out depends on the phones (lesson 10) and on the voices (lesson 11).</p>",
        EVEN.len(),
        ODD.len(),
        grouped(EVEN.len() * ODD.len()),
    );
    for call in &calls {
        body.push_str(&in_a_call(call));
    }
    body.push_str(&table(&calls));
    vec![Section {
        id: "words".to_string(),
        title: "What the two screens show".to_string(),
        body,
    }]
}

/// Where a chapter ends.
fn end(scene: &Scene, chapter: &Chapter) -> Millis {
    let later = scene.chapters.iter().map(|other| other.from);
    later
        .filter(|from| *from > chapter.from)
        .min()
        .unwrap_or(scene.end + 1)
}

/// The calls whose words stand in the ledger: a chapter each.
fn in_the_ledger(scene: &Scene) -> Vec<Call> {
    let of = |chapter: &Chapter| {
        let span = chapter.from..end(scene, chapter);
        let screens = PHONES.map(|(phone, ..)| {
            let find = |what: &str| -> Option<&Holding> {
                let mut held = scene.ledger.ever_held_by(phone);
                held.find(|holding| holding.what == what && span.contains(&holding.from))
            };
            let text = |what| find(what).map(|holding| String::from_utf8_lossy(&holding.bytes).into_owned());
            let words = find("two words on the screen")?;
            Some(Screen {
                from: words.from,
                until: words.until,
                words: text("two words on the screen")?,
                above: text("a line above the words"),
                heard: text("two words heard"),
            })
        });
        Call {
            chapter: *chapter,
            screens,
        }
    };
    let calls = scene.chapters.iter().map(of);
    calls
        .filter(|call| call.screens.iter().any(Option::is_some))
        .collect()
}

/// The calls of a scene whose phones are drawn from its first seed, two for each call, and nothing else is. How many
/// messages were found to be the scene's, besides; a call of which one is not is left out.
fn played_again(scene: &Scene) -> (Vec<Call>, usize) {
    let mut random = Seeded::new(scene.seeds.first().copied().unwrap_or(0));
    let mut phone = |commits| {
        let zid = std::array::from_fn(|_| random.below(256) as u8);
        let settings = Settings {
            commits,
            ..Settings::new(zid)
        };
        Phone::new(settings, Memory::new(), &mut random).expect("a seed gives enough")
    };
    let (mut calls, mut alike) = (Vec::new(), 0);
    for chapter in &scene.chapters {
        let span = chapter.from..end(scene, chapter);
        let said: Vec<&Holding> = scene
            .ledger
            .ever_held_by(Onlooker::Tap)
            .filter(|holding| span.contains(&holding.from))
            .collect();
        if said.is_empty() {
            continue;
        }
        let clock = ControlledClock::new(0);
        clock.advance(chapter.from);
        let mut line = Line::new(phone(true), phone(false), Box::new(Silent), clock);
        line.start();
        line.settle(3_000);
        let messages: Vec<&Holding> = line
            .ledger()
            .ever_held_by(Onlooker::Tap)
            // The scene leaves these out.
            .filter(|message| Kind::of(&message.bytes) != Ok(Kind::HelloAck))
            .collect();
        let same = |message: &&Holding| {
            said.iter()
                .any(|one| (one.from, &one.bytes) == (message.from, &message.bytes))
        };
        if !messages.iter().all(same) {
            continue;
        }
        let screens = PHONES.map(|(_, side, _)| {
            let confirmed = line.phone(side).session().confirmed()?;
            let (from, ..) = line.log().iter().find(|(_, whose, event)| {
                *whose == side && matches!(event, Event::Is(State::Confirmed(_)))
            })?;
            Some(Screen {
                from: *from,
                until: None,
                words: confirmed.words(),
                above: None,
                heard: None,
            })
        });
        alike += messages.len();
        calls.push(Call {
            chapter: *chapter,
            screens,
        });
    }
    (calls, alike)
}

/// The bits that two words stand for: of each its place in its list.
fn bits(words: &str) -> Option<[u8; 2]> {
    let (first, second) = words.split_once(' ')?;
    let place = |list: &[&str; 256], word: &str| list.iter().position(|known| *known == word);
    Some([place(&EVEN, first)? as u8, place(&ODD, second)? as u8])
}

/// A call: its two screens, and what a comparison says.
fn in_a_call(call: &Call) -> String {
    let name = call.chapter.name;
    let mut html = format!(
        "<h3 id=\"words-{name}\">{}: {}</h3>\n<div class=\"words-screens\">\n",
        escape(&name.to_uppercase()),
        escape(call.chapter.title)
    );
    for ((.., owner), screen) in PHONES.iter().zip(&call.screens) {
        html.push_str("<figure class=\"words-screen\">");
        let _ = match screen {
            None => write!(
                html,
                "<figcaption>{owner}'s screen</figcaption><p class=\"words-none\">no words</p>"
            ),
            Some(screen) => {
                let until = screen.until.map_or(String::new(), |until| {
                    format!(", until second {}", seconds(until))
                });
                let above = screen.above.as_ref().map_or(String::new(), |line| {
                    format!("<p class=\"words-above\">{}</p>", escape(line))
                });
                write!(
                    html,
                    "<figcaption>{owner}'s screen, from second {}{until}</figcaption>{above}<p \
         class=\"words-two\">{}</p>",
                    seconds(screen.from),
                    escape(&screen.words)
                )
            }
        };
        html.push_str("</figure>\n");
    }
    let _ = writeln!(html, "</div>\n<p class=\"words-verdict\">{}</p>", verdict(call));
    html
}

/// How many of the bits differ, where both screens show some.
fn apart(call: &Call) -> Option<u32> {
    let [alice, bob] = call
        .screens
        .each_ref()
        .map(|screen| bits(&screen.as_ref()?.words));
    let (alice, bob) = (u16::from_be_bytes(alice?), u16::from_be_bytes(bob?));
    Some((alice ^ bob).count_ones())
}

fn verdict(call: &Call) -> String {
    let mut text = match apart(call) {
        Some(0) => "The same words.".to_string(),
        Some(1) => format!("Different words: 1 of {B256_BITS} bits differs."),
        Some(apart) => format!("Different words: {apart} of {B256_BITS} bits differ."),
        None => "One screen has no words: there is nothing to compare.".to_string(),
    };
    for ((.., owner), screen) in PHONES.iter().zip(&call.screens) {
        if let Some((shown, heard)) = screen
            .as_ref()
            .and_then(|screen| Some((&screen.words, screen.heard.as_ref()?)))
        {
            let same = if shown == heard {
                "the words of their own screen"
            } else {
                "other words than their own screen has"
            };
            let _ = write!(text, " {owner} hears \"{}\": {same}.", escape(heard));
        }
    }
    text
}

/// All calls in one table.
fn table(calls: &[Call]) -> String {
    let mut html = String::from(
        "<h3 id=\"words-table\">The same as a table</h3>\n\
         <div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"The words as a table\">\n<table \
         class=\"words-table\">\n\
         <caption>The words of both screens, and the bits that they stand for</caption>\n<thead><tr><th \
         scope=\"col\">call</th>\
         <th scope=\"col\">Alice's words</th><th scope=\"col\">their bits</th><th scope=\"col\">Bob's words</th>\
         <th scope=\"col\">their bits</th><th scope=\"col\">bits that differ</th></tr></thead>\n<tbody>\n",
    );
    for call in calls {
        let name = call.chapter.name;
        let _ = write!(
            html,
            "<tr data-call=\"{name}\"><th scope=\"row\">{}</th>",
            escape(&name.to_uppercase())
        );
        for screen in &call.screens {
            let words = screen.as_ref().map(|screen| &screen.words[..]);
            let _ = match words.map(|words| (words, bits(words))) {
                Some((words, Some([first, second]))) => write!(
                    html,
                    "<td>{}</td><td><code>{first:08b} {second:08b}</code></td>",
                    escape(words)
                ),
                _ => write!(html, "<td>none</td><td>none</td>"),
            };
        }
        let apart = match apart(call) {
            Some(0) => "none: the same".to_string(),
            Some(apart) => format!("{apart} of {B256_BITS}"),
            None => "nothing to compare".to_string(),
        };
        let _ = writeln!(html, "<td>{apart}</td></tr>");
    }
    html.push_str("</tbody>\n</table>\n</div>\n");
    html
}

/// A number with a comma before every three digits.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

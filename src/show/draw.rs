//! A scene drawn for the terminal: a lane for each onlooker, time from top to bottom.
//!
//! ```text
//! second 6  Alice writes a text. Her phone seals it and hands it to the relay.
//!        6  +     .     .     .     Alice's phone now holds a text
//!        6  o---------->|     .     Alice's phone sends to the relay: a parcel
//!        6  |     +     +     .     wire and relay now hold a parcel
//! ```
//!
//! A lane is drawn `|` while its onlooker holds something and `.` while he holds nothing; `+` is where he gets bytes, `-`
//! where they go out of his reach, and an arrow runs from `o` to the lane of whoever it is sent to. Drawing is a pure
//! function of the scene, the chapter, the style and the width; nothing here prints.

use std::fmt::Write;

use messaging_lab::ground::clock::Millis;
use messaging_lab::ground::ledger::{Change, Holding, Onlooker};
use messaging_lab::ground::scene::{Chapter, Scene, seconds};

use super::page::value::watched;
use super::steps::{Step, chapter, lanes, steps};

mod grid;
mod note;
mod play;

use grid::{Grid, Mark};
pub use play::step_through;

/// What stands beside the lanes.
const LEGEND: &str = "Bytes that are no text: the first 16 in hex, and the characters that they are. PLAINTEXT: a \
                      message that the last lines speak of, there to read for whoever has these bytes.";

/// After how many lines the lanes' names are written again, before the next step of the story.
const NAMES_AGAIN: usize = 40;

/// How a drawing looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Lines of box characters in place of ASCII.
    pub boxes: bool,
    /// Bold and coloured parts. They say nothing that the characters do not say.
    pub colour: bool,
    /// Whether the bytes stand beside what happens to them.
    pub bytes: bool,
}

impl Style {
    /// ASCII, no colour: what a file or another program gets.
    #[cfg(test)]
    pub const PLAIN: Style = Style {
        boxes: false,
        colour: false,
        bytes: true,
    };

    /// A lane of somebody who holds something, of somebody who holds nothing, and an arrow's shaft.
    fn glyphs(self) -> [char; 3] {
        match self.boxes {
            true => ['\u{2502}', '\u{250a}', '\u{2500}'],
            false => ['|', '.', '-'],
        }
    }

    /// Without the bytes: who does what, and who gets and loses something.
    #[cfg(test)]
    pub const COMPACT: Style = Style {
        bytes: false,
        ..Style::PLAIN
    };
}

/// A scene, drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// What it is, who has a lane.
    pub head: String,
    /// One step of the story after the other, each with what follows from it.
    pub steps: Vec<String>,
    /// Who holds what at the end, and who could read what.
    pub tail: String,
}

impl Drawing {
    /// All of it, one after the other.
    pub fn text(&self) -> String {
        [&self.head, &self.steps.concat(), &self.tail]
            .map(String::as_str)
            .concat()
    }
}

/// Draws a scene, or one chapter of it, `width` columns wide: the whole of it if there is no chapter of that name.
pub fn draw(scene: &Scene, name: Option<&str>, style: Style, width: usize) -> Drawing {
    let only = name.and_then(|name| chapter(scene, name));
    let (from, to) = only.map_or((0, scene.end + 1), |(chapter, end)| (chapter.from, end));
    let all: Vec<Step<'_>> = steps(scene)
        .into_iter()
        .filter(|step| (from..to).contains(&step.at()))
        .collect();
    let times = all.iter().map(|step| seconds(step.at()).len());
    let grid = Grid::new(lanes(scene), times.max().unwrap_or(1), style, width);
    let mut drawing = Drawing {
        head: head(scene, only.map(|(chapter, _)| chapter), &grid, style, width),
        steps: Vec::new(),
        tail: tail(scene, only, style, width),
    };
    if from > 0 {
        drawing.steps.push(before(scene, from, &grid, style));
    }
    let mut held: Vec<(Onlooker, usize)> = grid
        .lanes()
        .iter()
        .map(|&lane| (lane, held_before(scene, lane, from).count()))
        .collect();
    let about = watched(scene);
    let mut last_sent: Option<&[u8]> = None;
    let mut text = String::new();
    let mut since_names = 0;
    let mut told_last = false;
    let mut rest = &all[..];
    while let Some(&step) = rest.first() {
        let mut taken = 1;
        match step {
            Step::Story(at, words) => {
                // A step of the story ends the one before it, unless both are told in one breath.
                if !text.is_empty() && !told_last {
                    since_names += text.lines().count();
                    drawing.steps.push(std::mem::take(&mut text));
                    if style.bytes && since_names >= NAMES_AGAIN {
                        since_names = 0;
                        text = format!("\n{}", grid.names());
                    }
                }
                text.push_str(&story(at, words, &grid, style, width));
            }
            Step::Passes(sent) => {
                let what = note::of_sent(sent, &about, style);
                text.push_str(&grid.row(sent.at, &held, &Mark::Arrow(sent.from, sent.to), &what));
                last_sent = Some(&sent.bytes);
            }
            Step::Changes(at, change, holding) => {
                let alike: Vec<&Holding> = alike(rest);
                taken = alike.len();
                let who: Vec<Onlooker> = alike.iter().map(|holding| holding.onlooker).collect();
                let known = change == Change::Loses || last_sent == Some(&holding.bytes[..]);
                let what = note::of_change(&who, change, holding, &about, style, known);
                for (lane, count) in &mut held {
                    let steps = who.iter().filter(|who| *who == lane).count();
                    match change {
                        Change::Gains => *count += steps,
                        Change::Loses => *count = count.saturating_sub(steps),
                    }
                }
                text.push_str(&grid.row(at, &held, &Mark::Change(&who, change), &what));
            }
        }
        told_last = matches!(step, Step::Story(..));
        rest = &rest[taken..];
    }
    if !text.is_empty() {
        drawing.steps.push(text);
    }
    drawing
}

/// The holdings at the beginning of `steps` to which the same happens with the same bytes.
fn alike<'a>(steps: &[Step<'a>]) -> Vec<&'a Holding> {
    let mut alike: Vec<&Holding> = Vec::new();
    let mut first = None;
    for step in steps {
        let Step::Changes(at, change, holding) = *step else {
            break;
        };
        let this = (at, change, &holding.what, &holding.bytes);
        // Twice in the same hands is two things to tell.
        let again = alike.iter().any(|other| other.onlooker == holding.onlooker);
        if *first.get_or_insert(this) != this || again {
            break;
        }
        alike.push(holding);
    }
    alike
}

/// What stands above the lanes.
fn head(scene: &Scene, only: Option<Chapter>, grid: &Grid, style: Style, width: usize) -> String {
    let mut text = String::new();
    match only {
        None => line(
            &mut text,
            "",
            &format!("{}: {}", scene.lesson, scene.title),
            width,
        ),
        Some(chapter) => {
            let words = format!("{} {}: {}", scene.lesson, chapter.name, chapter.title);
            line(&mut text, "", &words, width);
        }
    }
    let numbers: Vec<String> = scene.seeds.iter().map(u64::to_string).collect();
    let drawn_from = match numbers.len() {
        0 => "Nothing in it is random.".to_string(),
        1 => format!("Its random numbers are drawn from seed {}.", numbers[0]),
        _ => format!("Its random numbers are drawn from seeds {}.", numbers.join(", ")),
    };
    line(
        &mut text,
        "",
        &format!("{drawn_from} It is the same each time."),
        width,
    );
    if style.bytes {
        let [full, empty, across] = style.glyphs();
        line(
            &mut text,
            "",
            &format!(
                "A lane: {full} somebody who holds bytes, {empty} who holds none, + gets some, - loses some, \
                 o{across}{across}> sends."
            ),
            width,
        );
        line(&mut text, "", LEGEND, width);
    }
    text.push('\n');
    text.push_str(&grid.names());
    text
}

/// What the lanes hold when a later chapter begins.
fn before(scene: &Scene, from: Millis, grid: &Grid, style: Style) -> String {
    let mut text = String::new();
    for lane in grid.lanes() {
        let holdings = held_before(scene, *lane, from);
        let names: Vec<&str> = holdings.map(|holding| holding.what.as_str()).collect();
        if !names.is_empty() {
            let mut counted: Vec<String> = Vec::new();
            for name in &names {
                let times = names.iter().filter(|other| other == &name).count();
                let told = if times > 1 {
                    format!("{name} ({times} of them)")
                } else {
                    (*name).to_string()
                };
                if !counted.contains(&told) {
                    counted.push(told);
                }
            }
            let words = format!("before: {lane} holds {}", counted.join("; "));
            line(&mut text, "", &words, grid.width());
            if style.bytes {
                let holdings = held_before(scene, *lane, from).map(|holding| &holding.bytes[..]);
                for words in note::of_all(&holdings.collect::<Vec<_>>(), &watched(scene)) {
                    line(&mut text, "  ", &words, grid.width());
                }
            }
        }
    }
    text
}

/// A step of the story, across all lanes.
fn story(at: Millis, words: &str, grid: &Grid, style: Style, width: usize) -> String {
    let mut text = String::new();
    let first = format!("second {} ", seconds(at));
    line(
        &mut text,
        &format!("{first:<0$}", grid.left().max(first.len() + 1)),
        words,
        width,
    );
    match style.colour {
        false => text,
        true => text.lines().fold(String::new(), |mut bold, line| {
            let _ = writeln!(bold, "\x1b[1m{line}\x1b[0m");
            bold
        }),
    }
}

/// Who holds what at the end, and who could read what.
fn tail(scene: &Scene, only: Option<(Chapter, Millis)>, style: Style, width: usize) -> String {
    let (from, to) = only.map_or((0, scene.end + 1), |(chapter, end)| (chapter.from, end));
    let names = |who: Vec<Onlooker>| match who.len() {
        0 => "nobody".to_string(),
        _ => who.iter().map(Onlooker::to_string).collect::<Vec<_>>().join(", "),
    };
    let mut text = String::from("\n");
    for (name, bytes) in scene.watched.iter().filter(|_| style.bytes && only.is_none()) {
        let holders = names(scene.ledger.holders_of(bytes, scene.end));
        let when = seconds(scene.end);
        let words = format!("At the end (second {when}) {name} is held by: {holders}");
        line(&mut text, "", &words, width);
    }
    let mut read: Vec<String> = Vec::new();
    let there = |bytes: &[u8]| {
        let mut holdings = scene.ledger.holdings().iter();
        holdings.any(|holding| holding.from < to && holding.contains(bytes))
    };
    for (name, bytes) in scene.watched.iter().filter(|(_, bytes)| there(bytes)) {
        let during = |holding: &Holding| {
            holding.from < to && holding.until.is_none_or(|until| until > from) && holding.contains(bytes)
        };
        let who = Onlooker::ALONG_THE_WAY
            .into_iter()
            .filter(|who| scene.ledger.ever_held_by(*who).any(during));
        read.push(format!("{name}: {}", names(who.collect())));
    }
    let words = match only {
        None => "Who could read what, at any time of the run:",
        Some(_) => "Who could read what, at any time of this chapter:",
    };
    let told = match read.is_empty() {
        true => "nothing yet that the story is about".to_string(),
        false => read.join("; "),
    };
    let mut words = format!("{words} {told}.");
    if style.bytes {
        words.push(' ');
        words.push_str(COUNTED);
    }
    line(&mut text, "", &words, width);
    if style.bytes && scene.chapters.len() > 1 {
        text.push('\n');
        text.push_str(&further(scene, only, width));
    }
    text
}

/// What the closing line counts, and what it does not.
pub const COUNTED: &str = "Counted is what the drawing shows as held: neither what a key would have opened, nor what \
                           a phone made or got and is not said to keep.";

/// What else can be looked at: behind the whole run its chapters, behind a chapter the next one.
fn further(scene: &Scene, only: Option<(Chapter, Millis)>, width: usize) -> String {
    let mut text = String::new();
    match only {
        None => {
            line(&mut text, "", "One chapter of it alone:", width);
            text.push_str(&chapters(scene, width));
        }
        Some((_, end)) => match scene.chapters.iter().find(|next| next.from == end) {
            Some(next) => line(
                &mut text,
                "The next chapter:  ",
                &command(scene, next.name),
                width,
            ),
            None => line(&mut text, "The whole run:  ", &command(scene, ""), width),
        },
    }
    text
}

/// The chapters of a scene, with the command that draws each.
pub fn chapters(scene: &Scene, width: usize) -> String {
    let commands = scene.chapters.iter().map(|chapter| command(scene, chapter.name));
    let longest = commands.map(|command| command.len()).max().unwrap_or(0);
    let mut text = String::new();
    for chapter in &scene.chapters {
        let first = format!("  {:<longest$}  ", command(scene, chapter.name));
        line(&mut text, &first, chapter.title, width);
    }
    text
}

/// The command that draws a chapter, or, without a name, the whole.
fn command(scene: &Scene, name: &str) -> String {
    let command = format!("cargo run -- show {} {name}", scene.lesson);
    command.trim_end().to_string()
}

/// Appends `words`, broken between words, behind `first`; what goes on stands under where they began. Behind a `first` that
/// takes more than half of the width they begin on a line of their own.
fn line(text: &mut String, first: &str, words: &str, width: usize) {
    let mut start = first.to_string();
    let mut hang = first.len();
    if hang * 2 > width {
        hang = 4;
        for part in note::broken(first, width, width - hang) {
            let _ = writeln!(text, "{part}");
        }
        start = " ".repeat(hang);
    }
    let room = width.saturating_sub(hang);
    for part in note::broken(words, room, room) {
        let _ = writeln!(text, "{}", format!("{start}{part}").trim_end());
        start = " ".repeat(hang);
    }
}

/// What somebody held just before `from`.
fn held_before(scene: &Scene, who: Onlooker, from: Millis) -> impl Iterator<Item = &Holding> {
    let holdings = scene.ledger.ever_held_by(who);
    holdings.filter(move |holding| holding.from < from && holding.until.is_none_or(|until| until >= from))
}

//! The pictures' program: `show` and `call`, started by the front door's command of that name.
//!
//! An example of cargo's and not part of the front door: it is built when a picture is first asked for, and no student's
//! first verdict waits for that. `cargo run -- show ...` is how it is called.

use std::io::{self, IsTerminal};
use std::path::Path;
use std::process::ExitCode;

use messaging_lab::course::catalogue::Lesson;
use messaging_lab::course::kept;
use messaging_lab::ground::scene::Scene;

#[path = "course/commands/names.rs"]
mod names;
#[path = "course/commands/read.rs"]
mod read;
#[path = "course/commands/root.rs"]
mod root;
mod show;
mod site;
// The front door also asks it for the last result.
#[allow(dead_code)]
#[path = "course/commands/standing.rs"]
mod standing;
#[path = "course/commands/text.rs"]
mod text;
#[path = "course/commands/usage.rs"]
mod usage;

use names::{lesson, unknown};
use root::project_root;
use show::{cards, draw, listen, own_envelopes};
use text::{say, width, wrap};
use usage::{USAGE, UsageError};

/// What is asked for.
#[derive(Clone, Debug)]
enum Command {
    /// A lesson's scene, or one chapter of it.
    Show(&'static Lesson, Option<String>),
    /// The pages, perhaps into a folder of that name.
    Html(Option<String>),
    /// A card of lesson `compare`, by its name.
    Card(String),
    /// The answers to one card pair, or to all.
    Answers(Option<String>),
    /// A call, played and written down as sound.
    Call(Call),
}

/// What came of a command.
#[derive(Clone, Debug)]
enum Told {
    /// Lines, to be wrapped.
    Lines(String),
    /// What stands before a scene, and the scene.
    Drawn(String, draw::Drawing, draw::Style),
}

/// What is asked of a call, in the words that stood there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Call {
    /// Who sits on the path.
    tap: Option<String>,
    /// What everything is drawn from.
    seed: Option<String>,
    /// The folder for the sound.
    to: String,
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args_os()
        .skip(1)
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    match parse(&words).and_then(carried_out) {
        Ok(Ok(Told::Lines(text))) => {
            say(&wrap(&text, width()));
            ExitCode::SUCCESS
        }
        Ok(Ok(Told::Drawn(opening, drawing, style))) => {
            say(&wrap(&opening, width()));
            if io::stdout().is_terminal() && io::stdin().is_terminal() {
                // If nobody reads any more, that is no reason to fail.
                let _ = draw::step_through(
                    &drawing,
                    &mut io::stdin().lock(),
                    &mut io::stdout().lock(),
                    style.colour,
                );
            } else {
                say(&drawing.text());
            }
            ExitCode::SUCCESS
        }
        Ok(Err(problem)) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
        Err(UsageError(text)) => {
            eprintln!("{text}");
            ExitCode::from(2)
        }
    }
}

/// Does what is asked: what came of it, or what stood in its way.
///
/// # Errors
/// [`UsageError`] for a chapter, a card, a tap or a seed that there is not.
fn carried_out(command: Command) -> Result<Result<Told, String>, UsageError> {
    let not_there = |error: &dyn std::fmt::Display| UsageError(error.to_string());
    let lines = match command {
        Command::Show(lesson, name) => {
            let Some(scene) = show::scene(lesson.name) else {
                return Ok(Err(format!("lesson {} has no scene", lesson.name)));
            };
            if let Some(name) = &name {
                known_chapter(&scene, name)?;
            }
            let style = draw::Style::of(io::stdout().is_terminal(), |name| std::env::var(name).ok());
            let drawing = draw::draw(&scene, name.as_deref(), style, width());
            return Ok(Ok(Told::Drawn(opening(lesson.name), drawing, style)));
        }
        Command::Html(to) => project_root().and_then(|root| site::write(&root, to.as_deref())),
        Command::Card(name) => {
            let (number, side) = cards::card(&name).map_err(|error| not_there(&error))?;
            Ok(cards::card_lines(number, side))
        }
        Command::Answers(None) => Ok(cards::key_lines(None)),
        Command::Answers(Some(name)) => {
            let number = cards::key(&name).map_err(|error| not_there(&error))?;
            Ok(cards::key_lines(Some(number)))
        }
        Command::Call(call) => {
            let (who, seed) = listen::asked(call.tap.as_deref(), call.seed.as_deref()).map_err(UsageError)?;
            listen::listen(who, seed, Path::new(&call.to))
        }
    };
    Ok(lines.map(Told::Lines))
}

/// # Errors
/// [`UsageError`] with the nearest chapter and all that there are.
fn known_chapter(scene: &Scene, name: &str) -> Result<(), UsageError> {
    let names = || scene.chapters.iter().map(|chapter| chapter.name);
    if names().any(|known| known == name) {
        return Ok(());
    }
    let nearest = text::nearest(name, names()).unwrap_or_default();
    let name: String = name.chars().take(60).flat_map(char::escape_default).collect();
    let told = format!(
        "the story of {} has no chapter \"{name}\"; the nearest is \"{nearest}\":\n\n{}",
        scene.lesson,
        draw::chapters(scene, width())
    );
    let told = told.trim_end().to_string();
    Err(UsageError(told))
}

/// What stands before a lesson's scene: in lesson 06 the reader's own envelopes of lesson 05, if they were kept.
fn opening(lesson: &str) -> String {
    if lesson != own_envelopes::SHOWN_IN {
        return String::new();
    }
    let kept = project_root()
        .ok()
        .and_then(|root| kept::read(&root, own_envelopes::KEPT_AS));
    own_envelopes::opening(kept.as_deref()) + "\n"
}

/// What `words` ask for.
///
/// # Errors
/// [`UsageError`] for a lesson or a flag that there is not, and for too many or too few words.
fn parse(words: &[String]) -> Result<Command, UsageError> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["call", ref flags @ ..] => call(flags).map(Command::Call),
        ["show", name] if !name.starts_with('-') => Ok(Command::Show(lesson(name)?, None)),
        ["show", name, chapter] if !name.starts_with('-') && !chapter.starts_with('-') => {
            Ok(Command::Show(lesson(name)?, Some(chapter.to_string())))
        }
        ["show", ref words @ ..]
            if words.first().is_some_and(|word| word.starts_with('-')) || words.contains(&"--html") =>
        {
            site::flags(words).map(Command::Html)
        }
        ["show", name, ref flags @ ..] if flags.iter().any(|flag| flag.starts_with("--")) => {
            let lesson = lesson(name)?;
            if lesson.name != "compare" {
                return Err(UsageError(format!(
                    "lesson {} has no cards: it is cargo run -- show compare {}",
                    lesson.name,
                    flags.join(" ")
                )));
            }
            cards_asked(flags)
        }
        ["show", ref rest @ ..] => {
            let line = USAGE
                .lines()
                .find(|line| line.contains("-- show"))
                .unwrap_or_default();
            Err(UsageError(format!(
                "\"show\" does not go with {} more words. It is:\n  {line}",
                rest.len()
            )))
        }
        [] => Err(UsageError(USAGE.to_string())),
        [word, ..] => Err(unknown("command", word, ["show", "call"].into_iter())),
    }
}

/// `--card 17A`, `--card 17 --answers` or `--answers`, in any order.
fn cards_asked(flags: &[&str]) -> Result<Command, UsageError> {
    let (mut card, mut answers) = (None, false);
    let mut rest = flags.iter();
    while let Some(&flag) = rest.next() {
        match flag {
            "--card" if card.is_none() => match rest.next().filter(|name| !name.starts_with("--")) {
                Some(name) => card = Some((*name).to_string()),
                None => return Err(UsageError("which card? For example --card 17A".to_string())),
            },
            "--answers" if !answers => answers = true,
            "--card" | "--answers" => return Err(UsageError(format!("{flag} stands there twice"))),
            other => return Err(unknown("flag", other, ["--card", "--answers"].into_iter())),
        }
    }
    Ok(match (card, answers) {
        (Some(card), false) => Command::Card(card),
        (card, _) => Command::Answers(card),
    })
}

/// `--to FOLDER`, and perhaps `--tap WHO` and `--seed N`, in any order.
fn call(flags: &[&str]) -> Result<Call, UsageError> {
    let (mut to, mut tap, mut seed) = (None, None, None);
    let mut rest = flags.iter();
    while let Some(&flag) = rest.next() {
        let place = match flag {
            "--to" => &mut to,
            "--tap" => &mut tap,
            "--seed" => &mut seed,
            other => return Err(unknown("flag", other, ["--to", "--tap", "--seed"].into_iter())),
        };
        if place.is_some() {
            return Err(UsageError(format!("{flag} stands there twice")));
        }
        let Some(value) = rest
            .next()
            .filter(|value| !value.starts_with("--") && !value.is_empty())
        else {
            return Err(UsageError(format!("{flag} wants a word behind it")));
        };
        *place = Some((*value).to_string());
    }
    let to = to.ok_or_else(|| {
        UsageError("where to? For example: cargo run -- call --to /tmp/call --tap silent".to_string())
    })?;
    Ok(Call { tap, seed, to })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_not_understood_name_the_nearest_one() {
        for (line, nearest) in [
            ("show timr", "\"timer\""),
            ("show", "cargo run -- show"),
            ("show compare --crad 17A", "\"--card\""),
            ("show compare --card", "--card 17A"),
            ("show compare --card --answers", "--card 17A"),
            ("show compare --answers --answers", "twice"),
            ("show timer --card 17A", "show compare --card 17A"),
            ("show --htlm", "\"--html\""),
            ("show --html --too a", "\"--to\""),
            ("show --html --to", "--to wants"),
            ("show --to --html", "--to wants"),
            ("show --html --html", "twice"),
            ("show --html --to a --to b", "twice"),
            ("show --to a", "show --html --to"),
            ("show timer --html", "\"timer\" is one word too many"),
            ("show --card 17A", "show compare --card"),
            ("call", "--to"),
            ("call --to", "--to wants"),
            ("call --to a --to b", "twice"),
            ("call --to a --tap --seed 1", "--tap wants"),
            ("call --too a", "\"--to\""),
            ("call there", "\"--"),
            ("shwo timer", "\"show\""),
        ] {
            let words: Vec<String> = line.split(' ').map(str::to_string).collect();
            let UsageError(text) = parse(&words).expect_err(line);
            assert!(text.contains(nearest), "{line}: {text}");
        }
    }
}

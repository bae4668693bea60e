//! The tap, heard: a whole call with somebody in its path, told in lines, and as sound what each of them heard.

use std::collections::BTreeSet;
use std::fmt::Write;

use messaging_lab::call::audio::SAMPLE_RATE;
use messaging_lab::call::line::Event;
use messaging_lab::call::path::Side;
pub use messaging_lab::call::play::Who;
use messaging_lab::call::play::{Log, Played, play};
use messaging_lab::call::session::State;
use messaging_lab::call::wav::{self, Sound};
use messaging_lab::ground::clock::Millis;
use messaging_lab::ground::ledger::{Holding, Onlooker};
use messaging_lab::ground::scene::seconds;

/// Who can sit in the path: a name for the command line, who it is, and what he does.
pub const TAPS: [(&str, Who, &str); 9] = [
    ("nobody", Who::Nobody, "nobody"),
    ("silent", Who::Silent, "somebody who records, and changes nothing"),
    ("replayer", Who::Replayer, "somebody who sends everything twice"),
    (
        "dropper",
        Who::Dropper,
        "somebody who loses every third message or frame",
    ),
    ("reorderer", Who::Reorderer, "somebody who changes the order"),
    (
        "active",
        Who::ManInTheMiddle,
        "a man in the middle, with two calls instead of one",
    ),
    (
        "imitator",
        Who::Imitator,
        "a man in the middle who speaks with both their voices",
    ),
    (
        "no-commitment",
        Who::NoCommitment,
        "a man in the middle who looks for equal words, against phones that commit to nothing",
    ),
    (
        "skips-hvi",
        Who::SkipsHvi,
        "a man in the middle who looks for equal words, against phones that do not check the commitment",
    ),
];

/// Who is called by this name.
pub fn tap(name: &str) -> Option<Who> {
    let (_, who, _) = TAPS.iter().find(|(known, ..)| *known == name)?;
    Some(*who)
}

/// What each of the three files is called: Alice's ear, Bob's, and the tap's.
pub const FILES: [&str; 3] = ["alice_hears.wav", "bob_hears.wav", "tap_hears.wav"];

/// A call that can be listened to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// The story and the ledger, as plain lines.
    pub lines: String,
    /// A WAV file for each name of [`FILES`].
    pub sounds: [Vec<u8>; 3],
}

/// Plays the call that comes of `seed` through `who`: the same every time.
pub fn heard(seed: u64, who: Who) -> Heard {
    let played = play(seed, who).expect("a seed gives enough");
    let file = |samples: &[i16]| {
        let sound = Sound {
            rate: SAMPLE_RATE,
            samples: samples.to_vec(),
        };
        wav::write(&sound).expect("a call of seconds")
    };
    Heard {
        lines: lines(seed, who, &played),
        sounds: [&played.alice.sound, &played.bob.sound, &played.tap_sound].map(|sound| file(sound)),
    }
}

fn lines(seed: u64, who: Who, played: &Played) -> String {
    let does = TAPS.iter().find(|(_, known, _)| *known == who);
    let does = does.map_or("somebody", |(.., does)| does);
    let mut text = format!("A call from seed {seed}. In its path: {does}.\n\n");
    story(&mut text, &played.events);
    text.push('\n');
    end(&mut text, "Alice", &played.alice);
    end(&mut text, "Bob", &played.bob);
    if [&played.alice, &played.bob]
        .iter()
        .any(|log| log.shown != log.heard)
    {
        text.push_str("Both went on talking: words that nobody compares stop nobody.\n");
    }
    if played.trials > 0 {
        let _ = writeln!(
            text,
            "He tried {} DHParts until the words were equal.",
            played.trials
        );
    }
    text.push_str("\nWho held what, from which second on\n");
    ledger(&mut text, played);
    text.push_str("\nWhat can be heard\n");
    let long = |samples: &[i16]| seconds(samples.len() as Millis * 1000 / Millis::from(SAMPLE_RATE));
    let _ = writeln!(text, "  alice_hears.wav   {} seconds", long(&played.alice.sound));
    let _ = writeln!(text, "  bob_hears.wav     {} seconds", long(&played.bob.sound));
    let what = match (played.tap_sound.is_empty(), played.tap_understands) {
        (true, _) => "nobody was there to record anything",
        (false, true) => "all that both said: he has the keys of two calls",
        (false, false) => "the frames as they passed, without a key: noise",
    };
    let _ = writeln!(
        text,
        "  tap_hears.wav     {} seconds, {what}",
        long(&played.tap_sound)
    );
    text
}

/// What each phone did, one line for a phone and a moment.
fn story(text: &mut String, events: &[(Millis, Side, Event)]) {
    for alike in events.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)) {
        let (at, side, _) = &alike[0];
        let name = match side {
            Side::Alice => "Alice's",
            Side::Bob => "Bob's",
        };
        let done: Vec<String> = alike.iter().filter_map(|(.., event)| in_words(event)).collect();
        if !done.is_empty() {
            let _ = writeln!(
                text,
                "second {:<7} {name} phone {}",
                seconds(*at),
                done.join(", ")
            );
        }
    }
}

fn in_words(event: &Event) -> Option<String> {
    Some(match event {
        Event::Sends(kind) => format!("sends {}", kind.name()),
        Event::Drops(why) => format!("drops what came ({why})"),
        Event::Is(State::Confirmed(_)) => "has keys and shows two words".to_string(),
        Event::Is(State::Ended(end)) => format!("ends the call: {end}"),
        // The messages say as much.
        Event::Is(_) => return None,
    })
}

fn end(text: &mut String, name: &str, log: &Log) {
    let _ = match (&log.shown, &log.heard) {
        (None, _) => writeln!(text, "{name}'s screen never showed any words."),
        (Some(shown), None) => writeln!(
            text,
            "{name}'s screen showed \"{shown}\"; nobody read any words out."
        ),
        (Some(shown), Some(heard)) => {
            let same = if shown == heard {
                "the same"
            } else {
                "not the same"
            };
            writeln!(
                text,
                "{name}'s screen showed \"{shown}\", {name} heard \"{heard}\": {same}."
            )
        }
    };
    if log.alert {
        let _ = writeln!(
            text,
            "{name}'s phone warned that the secret of an earlier call was missing."
        );
    }
}

/// The same kind of bytes in the same hands is one line: how many, how long, from when, until when. Two onlookers to whom
/// all of that applies share it.
fn ledger(text: &mut String, played: &Played) {
    let mut told: Vec<(String, Vec<String>)> = Vec::new();
    for onlooker in Onlooker::ALL {
        let held: Vec<&Holding> = played.ledger.ever_held_by(onlooker).collect();
        let mut kinds: Vec<&str> = held.iter().map(|holding| &holding.what[..]).collect();
        let mut seen = BTreeSet::new();
        kinds.retain(|what| seen.insert(*what));
        for what in kinds {
            let alike: Vec<&Holding> = held
                .iter()
                .copied()
                .filter(|holding| holding.what == what)
                .collect();
            let line = in_one_line(what, &alike);
            match told.iter_mut().find(|(known, _)| *known == line) {
                Some((_, who)) => who.push(onlooker.to_string()),
                None => told.push((line, vec![onlooker.to_string()])),
            }
        }
    }
    for (line, who) in told {
        let _ = writeln!(text, "  {:<14} {line}", who.join(", "));
    }
}

fn in_one_line(what: &str, alike: &[&Holding]) -> String {
    let sizes = || alike.iter().map(|holding| holding.bytes.len());
    let (least, most) = (sizes().min().unwrap_or(0), sizes().max().unwrap_or(0));
    let size = match least == most {
        true => format!("{least} bytes"),
        false => format!("{least} to {most} bytes"),
    };
    let from = alike.iter().map(|holding| holding.from).min().unwrap_or(0);
    // Still held, if one of them is.
    let ends: Option<Vec<Millis>> = alike.iter().map(|holding| holding.until).collect();
    let until = match ends.and_then(|ends| ends.into_iter().max()) {
        Some(last) => format!("until {}", seconds(last)),
        None => "and still".to_string(),
    };
    format!(
        "{:>3} x {what}, {size}: from {} {until}",
        alike.len(),
        seconds(from)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tap_has_a_name_of_its_own() {
        for who in Who::ALL {
            let names = TAPS.iter().filter(|(_, known, _)| *known == who);
            assert_eq!(names.clone().count(), 1, "{who:?}");
            for (name, ..) in names {
                assert_eq!(tap(name), Some(who));
            }
        }
        assert_eq!(tap("Silent"), None);
    }

    #[test]
    fn the_three_files_hold_what_each_of_the_three_heard() {
        for who in [Who::Nobody, Who::Silent, Who::ManInTheMiddle] {
            let played = play(5, who).unwrap();
            let heard = heard(5, who);
            assert_eq!(heard, super::heard(5, who), "{who:?}");
            let sounds = [&played.alice.sound, &played.bob.sound, &played.tap_sound];
            for ((name, file), sound) in FILES.iter().zip(&heard.sounds).zip(sounds) {
                let read = wav::read(file).expect("a WAV file");
                assert_eq!((read.rate, &read.samples), (SAMPLE_RATE, sound), "{who:?} {name}");
            }
            assert!(heard.lines.is_ascii(), "{}", heard.lines);
        }
        assert_ne!(heard(5, Who::Silent), heard(6, Who::Silent));
    }

    #[test]
    fn without_a_key_a_recording_is_noise_and_with_two_it_is_both_voices() {
        // A voice moves slowly from sample to sample, noise does not: the sum of all steps beside the sum of all heights.
        let rough = |samples: &[i16]| {
            let steps: u64 = samples
                .windows(2)
                .map(|pair| u64::from(pair[0].abs_diff(pair[1])))
                .sum();
            let heights: u64 = samples
                .iter()
                .map(|sample| u64::from(sample.unsigned_abs()))
                .sum();
            steps as f64 / heights.max(1) as f64
        };
        let silent = play(5, Who::Silent).unwrap();
        let middle = play(5, Who::ManInTheMiddle).unwrap();
        assert!(rough(&silent.alice.sound) < 1.0, "{}", rough(&silent.alice.sound));
        assert!(rough(&silent.tap_sound) > 1.2, "{}", rough(&silent.tap_sound));
        assert!(rough(&middle.tap_sound) < 1.0, "{}", rough(&middle.tap_sound));
        // Word for word what the two heard, one after the other.
        let both = [&middle.bob.sound[..], &middle.alice.sound[..]].concat();
        assert_eq!(middle.tap_sound, both);
    }
}

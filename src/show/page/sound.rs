//! What each end of a call and the tap heard: wave forms, and the files to play.
//!
//! The calls are the ones that `cargo run -- call` plays from its own seed. A wave form is drawn from the samples of the
//! file beside it: a column for every [`COLUMN_SAMPLES`] of them, from the lowest to the highest.

use std::fmt::Write;
use std::sync::LazyLock;

use messaging_lab::call::audio::{FRAME_SAMPLES, SAMPLE_RATE};
use messaging_lab::call::play::{Log, Played, Who, play};
use messaging_lab::call::wav::{self, Sound};

use super::html::escape;
use super::{File, Section};
use crate::show::heard::TAPS;
use crate::show::listen::DEFAULT_SEED;

/// The lesson whose page has them.
const LESSON: &str = "frames";

/// The calls that can be listened to, by who is in the path.
pub const CALLS: [Who; 3] = [Who::Nobody, Who::Silent, Who::ManInTheMiddle];

/// Samples for one column of a wave form: 15 ms.
pub const COLUMN_SAMPLES: usize = 120;

/// How high a wave form is drawn, in units of a column's width.
pub const HEIGHT: i32 = 80;

/// A frame is silent if no sample in it is higher than a hundredth of the highest that there can be.
pub const SILENT: u16 = 327;

/// One of the three who hear something: a name for files, and what stands on the page.
const EARS: [(&str, &str); 3] = [
    ("alice", "What Alice hears"),
    ("bob", "What Bob hears"),
    ("tap", "What the tap can play"),
];

/// A call, played.
struct Call {
    name: &'static str,
    does: &'static str,
    played: Played,
}

impl Call {
    /// What came to each of the [`EARS`].
    fn sounds(&self) -> [&[i16]; 3] {
        let played = &self.played;
        [&played.alice.sound, &played.bob.sound, &played.tap_sound]
    }

    fn file_name(&self, ear: &str) -> String {
        format!("call-{}-{ear}.wav", self.name)
    }
}

/// What can be said of a sound in numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    /// How long it lasts.
    pub seconds: f64,
    /// The greatest distance of a sample from 0.
    pub loudest: u16,
    /// Which part of its frames is silent, from 0 to 1.
    pub silent: f64,
    /// The mean distance of a sample from 0.
    pub height: f64,
    /// The mean distance of a sample from the one before it.
    pub jump: f64,
}

impl Measure {
    /// Measures samples, of which there is at least one.
    pub fn of(samples: &[i16]) -> Measure {
        let frames = samples.chunks(FRAME_SAMPLES);
        let all = frames.len();
        let silent = frames
            .filter(|frame| frame.iter().all(|sample| sample.unsigned_abs() <= SILENT))
            .count();
        let heights: u64 = samples
            .iter()
            .map(|sample| u64::from(sample.unsigned_abs()))
            .sum();
        let jumps: u64 = samples
            .windows(2)
            .map(|pair| u64::from(pair[0].abs_diff(pair[1])))
            .sum();
        Measure {
            seconds: samples.len() as f64 / f64::from(SAMPLE_RATE),
            loudest: samples
                .iter()
                .map(|sample| sample.unsigned_abs())
                .max()
                .unwrap_or(0),
            silent: silent as f64 / all.max(1) as f64,
            height: heights as f64 / samples.len().max(1) as f64,
            jump: jumps as f64 / samples.len().saturating_sub(1).max(1) as f64,
        }
    }

    /// Whether a sample says nothing of the next one. Samples that have nothing to do with one another, and lie
    /// above 0 as they lie below it, are on average at least as far from one another as from 0 (by Jensen's inequality); a
    /// voice's lie closer.
    pub fn is_noise(&self) -> bool {
        self.jump >= self.height
    }
}

/// The section for the page of `lesson`; none where it has nothing of the kind.
pub fn sections(lesson: &str) -> Vec<Section> {
    if lesson != LESSON {
        return Vec::new();
    }
    let calls = calls();
    let longest = calls
        .iter()
        .flat_map(|call| call.sounds())
        .map(columns)
        .max()
        .unwrap_or(1);
    let files = files_of(calls);
    let bytes: usize = files.iter().map(|file| file.bytes.len()).sum();
    let mut body = format!(
        "<p>Three whole calls of the kit's phones from seed {DEFAULT_SEED}, each with somebody else in the \
         path; not the run \
         above, which is about single frames. Each end reads out its two words, and says a sentence. The voices \
         are made by \
         rule and sound like it.</p>\n\
         <p>All wave forms have the same scale: a column is {} ms of sound from its lowest sample to its \
         highest, the whole \
         height is all that a sample can be, and the marks below are seconds. The {} files have {} KB together; \
         nothing is \
         loaded before you press play.</p>\n",
        COLUMN_SAMPLES as u32 * 1000 / SAMPLE_RATE,
        files.len(),
        bytes.div_ceil(1000),
    );
    for call in calls {
        let _ = writeln!(
            body,
            "<h3 id=\"sound-{0}\">In the path: {1}</h3>\n<p>{2} The same in files: <code>cargo run -- call \
         --tap {0} --to FOLDER</code>.</p>",
            call.name,
            escape(call.does),
            escape(&words(call)),
        );
        for ((ear, what), samples) in EARS.into_iter().zip(call.sounds()) {
            body.push_str(&figure(call, (ear, what), samples, longest));
        }
    }
    body.push_str(&table(calls));
    vec![Section {
        id: "sound".to_string(),
        title: "What each of them hears".to_string(),
        body,
    }]
}

/// The files that the sections play.
pub fn files() -> Vec<File> {
    files_of(calls())
}

fn files_of(calls: &[Call]) -> Vec<File> {
    let mut files = Vec::new();
    for call in calls {
        for ((ear, _), samples) in EARS.into_iter().zip(call.sounds()) {
            if samples.is_empty() {
                continue;
            }
            let sound = Sound {
                rate: SAMPLE_RATE,
                samples: samples.to_vec(),
            };
            files.push(File {
                name: call.file_name(ear),
                bytes: wav::write(&sound).expect("a call of seconds"),
            });
        }
    }
    files
}

/// The calls, played once, however often they are asked for.
fn calls() -> &'static [Call] {
    static PLAYED: LazyLock<Vec<Call>> = LazyLock::new(all_played);
    &PLAYED
}

fn all_played() -> Vec<Call> {
    let of = |who| {
        let (name, _, does) = TAPS.iter().find(|(_, known, _)| *known == who)?;
        Some(Call {
            name,
            does,
            played: play(DEFAULT_SEED, who).expect("a seed gives enough"),
        })
    };
    CALLS.into_iter().filter_map(of).collect()
}

/// Which words stood on the screens, and which were heard.
fn words(call: &Call) -> String {
    let ends = [("Alice", &call.played.alice), ("Bob", &call.played.bob)];
    let said = |(name, log): (&str, &Log)| {
        let (Some(shown), Some(heard)) = (&log.shown, &log.heard) else {
            return format!("{name}'s screen shows no words.");
        };
        let same = if shown == heard { "the same" } else { "other words" };
        format!("{name}'s screen shows \"{shown}\", {name} hears \"{heard}\": {same}.")
    };
    ends.map(said).join(" ")
}

/// How many columns a wave form has.
fn columns(samples: &[i16]) -> usize {
    samples.len().div_ceil(COLUMN_SAMPLES)
}

/// The place of a sample in the drawing, from the top: 0 in the middle, the highest sample at the upper edge.
pub fn level(sample: i16) -> f64 {
    let half = f64::from(HEIGHT) / 2.0;
    half - f64::from(sample) * half / 32_768.0
}

/// One ear: its wave form, and what plays it.
fn figure(call: &Call, (ear, what): (&str, &str), samples: &[i16], longest: usize) -> String {
    let id = format!("sound-{}-{ear}", call.name);
    if samples.is_empty() {
        return format!(
            "<figure class=\"sound-ear\" id=\"{id}\"><figcaption>{what}: nothing, nobody is there to record \
         anything.</figcaption></figure>\n"
        );
    }
    let measure = Measure::of(samples);
    let mut path = String::new();
    for (column, part) in samples.chunks(COLUMN_SAMPLES).enumerate() {
        let low = part.iter().copied().min().unwrap_or(0);
        let high = part.iter().copied().max().unwrap_or(0);
        // Half a unit more on either side, so that silence is a line too.
        let _ = write!(
            path,
            "M{column}.5 {:.2}V{:.2}",
            level(high) - 0.5,
            level(low) + 0.5
        );
    }
    let width = columns(samples);
    let mut marks = String::new();
    for second in 0..=measure.seconds as usize {
        // 8 000 samples are no whole number of columns.
        let at = (second * SAMPLE_RATE as usize) as f64 / COLUMN_SAMPLES as f64;
        let _ = write!(marks, "M{at:.2} {HEIGHT}v6");
    }
    let verdict = verdict(call, ear, &measure);
    let about = format!(
        "{what} (in the path: {}), {:.2} seconds, {verdict}",
        call.does, measure.seconds
    );
    format!(
        "<figure class=\"sound-ear\" id=\"{id}\">\n<figcaption>{what}: {verdict}.</figcaption>\n\
         <svg class=\"sound-wave\" role=\"img\" aria-labelledby=\"{id}-title\" width=\"{:.2}%\" height=\"90\" \
         viewBox=\"0 0 {width} {}\" preserveAspectRatio=\"none\"><title id=\"{id}-title\">Wave form: {}</title>\
         <path class=\"sound-marks\" d=\"{marks}\"/><path class=\"sound-line\" d=\"{path}\"/></svg>\n\
         <audio controls preload=\"none\" src=\"{}\" aria-label=\"{}\"></audio>\n</figure>\n",
        width as f64 * 100.0 / longest as f64,
        HEIGHT + 8,
        escape(&about),
        escape(&call.file_name(ear)),
        escape(&about),
    )
}

/// What the numbers, and the other sounds of the call, say of one.
fn verdict(call: &Call, ear: &str, measure: &Measure) -> &'static str {
    let played = &call.played;
    let both = [&played.bob.sound[..], &played.alice.sound[..]].concat();
    match (measure.is_noise(), ear) {
        (true, "tap") => "noise: sealed frames, played as if they were sound",
        (true, _) => "noise",
        (false, "tap") if played.tap_sound == both => {
            "a voice: sample for sample what Bob heard and then what Alice heard"
        }
        (false, _) => "a voice",
    }
}

/// The same in numbers.
fn table(calls: &[Call]) -> String {
    let mut html = format!(
        "<h3 id=\"sound-numbers\">The same in numbers</h3>\n\
         <p>Loudest and mean height are distances of samples from 0, of {} at most. A frame of {} ms counts as \
         silent if no \
         sample in it is above {SILENT}. Samples that have nothing to do with one another, and lie above 0 as \
         they lie below it, are on average at least as \
         far from the one before as from 0: there the quotient of the mean jump and the mean height is 1 or \
         more, and the sound is \
         called noise. A voice moves slowly from sample to sample. (A single hiss of a voice can be as rough; \
         here the whole \
         sound is measured.)</p>\n\
         <div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"The sounds in numbers\">\n<table \
         class=\"sound-table\">\n\
         <caption>Three calls from seed {DEFAULT_SEED}, and what was heard of them</caption>\n<thead><tr>\
         <th scope=\"col\">in the path, who hears</th><th scope=\"col\">seconds</th><th scope=\"col\">loudest</th>\
         <th scope=\"col\">silent frames</th><th scope=\"col\">mean height</th><th scope=\"col\">mean jump</th>\
         <th scope=\"col\">jump / height</th><th scope=\"col\">so it is</th></tr></thead>\n<tbody>\n",
        u32::from(i16::MIN.unsigned_abs()),
        FRAME_SAMPLES as u32 * 1000 / SAMPLE_RATE,
    );
    for call in calls {
        for ((ear, what), samples) in EARS.into_iter().zip(call.sounds()) {
            let name = call.name;
            if samples.is_empty() {
                let _ = writeln!(
                    html,
                    "<tr data-sound=\"{name}-{ear}\"><th scope=\"row\">{name}: {what}</th><td>0</td><td \
         colspan=\"5\">-</td><td>nothing</td></tr>"
                );
                continue;
            }
            let measure = Measure::of(samples);
            let _ = writeln!(
                html,
                "<tr data-sound=\"{name}-{ear}\"><th scope=\"row\">{name}: \
         {what}</th><td>{:.3}</td><td>{}</td><td>{:.0} %</td>\
                 <td>{:.0}</td><td>{:.0}</td><td>{:.2}</td><td>{}</td></tr>",
                measure.seconds,
                measure.loudest,
                measure.silent * 100.0,
                measure.height,
                measure.jump,
                measure.jump / measure.height.max(1.0),
                verdict(call, ear, &measure)
            );
        }
    }
    html.push_str("</tbody>\n</table>\n</div>\n");
    html
}

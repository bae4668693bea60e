//! The wave forms and their files, held against the calls: everything is read back from the page that was made.

use std::collections::BTreeMap;

use super::{between, only};
use crate::show::heard::{heard, tap};
use crate::show::listen::DEFAULT_SEED;
use crate::show::page::File;
use crate::show::page::sound::{COLUMN_SAMPLES, HEIGHT, Measure, files, sections};
use messaging_lab::call::wav;

fn body() -> String {
    only(sections("frames"))
}

fn samples(file: &File) -> Vec<i16> {
    // By hand: 44 bytes in front, then 16 bits each.
    file.bytes[44..]
        .chunks(2)
        .map(|two| i16::from_le_bytes([two[0], two[1]]))
        .collect()
}

fn by_name() -> BTreeMap<String, Vec<i16>> {
    files()
        .iter()
        .map(|file| (file.name.clone(), samples(file)))
        .collect()
}

#[test]
fn only_the_lesson_about_frames_has_them() {
    for lesson in ["bytes", "handshake", "words", "compare", ""] {
        assert_eq!(sections(lesson), Vec::new());
    }
}

#[test]
fn each_file_is_what_the_call_command_writes_and_each_is_played_once() {
    let files = files();
    for file in &files {
        let name = file.name.strip_prefix("call-").unwrap();
        let (who, ear) = name.strip_suffix(".wav").unwrap().split_once('-').unwrap();
        let place = ["alice", "bob", "tap"]
            .iter()
            .position(|known| *known == ear)
            .unwrap();
        let call = heard(DEFAULT_SEED, tap(who).unwrap());
        assert_eq!(file.bytes, call.sounds[place], "{name}");
        assert_eq!(wav::read(&file.bytes).unwrap().samples, samples(file));
    }
    let body = body();
    let played = between(&body, "<audio controls preload=\"none\" src=\"", "\"");
    let names: Vec<&str> = files.iter().map(|file| &file.name[..]).collect();
    assert_eq!(played, names);
    let bytes: usize = files.iter().map(|file| file.bytes.len()).sum();
    assert!(bytes < 1_000_000, "{bytes}");
    let told = format!(
        "The {} files have {} KB together",
        files.len(),
        bytes.div_ceil(1000)
    );
    assert!(body.contains(&told), "{told}");
}

#[test]
fn each_column_reaches_from_the_lowest_sample_to_the_highest() {
    let (body, files) = (body(), by_name());
    let figures = between(&body, "<figure class=\"sound-ear\"", "</figure>");
    let drawn: Vec<&&str> = figures.iter().filter(|figure| figure.contains("<svg")).collect();
    assert_eq!(drawn.len(), files.len());
    for figure in drawn {
        let samples = &files[between(figure, "src=\"", "\"")[0]];
        let path = between(figure, "<path class=\"sound-line\" d=\"", "\"")[0];
        let lines: Vec<(f64, f64, f64)> = path
            .split('M')
            .skip(1)
            .map(|line| {
                let (x, rest) = line.split_once(' ').unwrap();
                let (top, bottom) = rest.split_once('V').unwrap();
                (x.parse().unwrap(), top.parse().unwrap(), bottom.parse().unwrap())
            })
            .collect();
        assert_eq!(lines.len(), samples.len().div_ceil(COLUMN_SAMPLES));
        // From a place in the drawing back to the height of a sample; two decimals are 8.2 of them.
        let sample = |y: f64| (f64::from(HEIGHT) / 2.0 - y) / (f64::from(HEIGHT) / 2.0) * 32_768.0;
        for (column, (x, top, bottom)) in lines.into_iter().enumerate() {
            assert_eq!(x, column as f64 + 0.5);
            let from = column * COLUMN_SAMPLES;
            let part = &samples[from..samples.len().min(from + COLUMN_SAMPLES)];
            let high = f64::from(*part.iter().max().unwrap());
            let low = f64::from(*part.iter().min().unwrap());
            assert!((sample(top + 0.5) - high).abs() < 5.0, "{column}: {high}");
            assert!((sample(bottom - 0.5) - low).abs() < 5.0, "{column}: {low}");
        }
    }
}

#[test]
fn the_table_says_what_the_samples_say() {
    let (body, files) = (body(), by_name());
    let rows = between(&body, "<tr data-sound=\"", "</tr>");
    assert_eq!(rows.len(), files.len() + 1);
    for row in rows {
        let name = row.split('"').next().unwrap();
        let cells = between(row, "<td>", "</td>");
        let Some(samples) = files.get(&format!("call-{name}.wav")) else {
            assert_eq!((name, cells[0], cells[1]), ("nobody-tap", "0", "nothing"));
            continue;
        };
        let seconds: f64 = cells[0].parse().unwrap();
        assert_eq!((seconds * 8000.0).round() as usize, samples.len(), "{name}");
        let loudest = samples.iter().map(|s| i32::from(*s).abs()).max().unwrap();
        assert_eq!(cells[1], loudest.to_string(), "{name}");
        let quiet = samples
            .chunks(160)
            .filter(|frame| frame.iter().all(|s| (-327..=327).contains(s)));
        let share = 100.0 * quiet.count() as f64 / samples.len().div_ceil(160) as f64;
        let told: f64 = cells[2].trim_end_matches(" %").parse().unwrap();
        assert!((told - share).abs() <= 0.5, "{name}: {share}");
        let height = samples.iter().map(|s| f64::from(*s).abs()).sum::<f64>() / samples.len() as f64;
        let jump = samples
            .windows(2)
            .map(|two| (f64::from(two[1]) - f64::from(two[0])).abs())
            .sum::<f64>()
            / (samples.len() - 1) as f64;
        for (cell, wanted, by) in [
            (cells[3], height, 0.5),
            (cells[4], jump, 0.5),
            (cells[5], jump / height, 0.005),
        ] {
            let told: f64 = cell.parse().unwrap();
            assert!(
                (told - wanted).abs() <= by + 1e-9,
                "{name}: {wanted}, told {cell}"
            );
        }
        assert_eq!(cells[6].starts_with("noise"), jump >= height, "{name}");
        assert_eq!(cells[6].starts_with("noise"), name == "silent-tap", "{name}");
    }
}

#[test]
fn independent_samples_are_noise_and_a_slow_wave_is_not() {
    use messaging_lab::ground::randomness::Seeded;
    let mut random = Seeded::new(1);
    let noise: Vec<i16> = (0..8000).map(|_| random.below(65_536) as u16 as i16).collect();
    assert!(Measure::of(&noise).is_noise());
    let slow: Vec<i16> = (0..8000).map(|at| ((at % 80) - 40) * 500).collect();
    assert!(!Measure::of(&slow).is_noise());
    assert_eq!(Measure::of(&[0; 1600]).silent, 1.0);
    assert_eq!(Measure::of(&[-328; 1600]).silent, 0.0);
}

//! The class: per exercise how many passed and which planted wrong answer was hit most; per predict exercise the guesses
//! before and what the run showed; and files that are alike.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::super::alike;
use super::super::manifest::Manifest;
use super::super::record::Record;
use messaging_lab::course::catalogue::{self, MISCONCEPTIONS};

/// From so many percent on two files are named.
const ALIKE: u32 = 60;

/// More pairs than this nobody looks at.
const MOST_PAIRS: usize = 20;

/// The summary's text.
pub fn summary(manifest: &Manifest, records: &[Record]) -> String {
    let mut text = format!("{} submissions\n\n", records.len());
    for (id, _) in &manifest.points {
        exercise(&mut text, id, records);
    }
    guesses(&mut text, manifest, records);
    alike_files(&mut text, manifest, records);
    time(&mut text, records);
    text
}

fn exercise(text: &mut String, id: &str, records: &[Record]) {
    let mut passed = 0;
    let mut results: BTreeMap<&str, u32> = BTreeMap::new();
    let mut likely: BTreeMap<&str, u32> = BTreeMap::new();
    for mark in records
        .iter()
        .flat_map(|record| &record.marks)
        .filter(|mark| mark.id == id)
    {
        if mark.passed() {
            passed += 1;
        } else {
            *results.entry(&mark.result).or_default() += 1;
        }
        if let Some(name) = &mark.likely {
            *likely.entry(name).or_default() += 1;
        }
    }
    let others: Vec<String> = results
        .iter()
        .map(|(word, count)| format!("{count} {word}"))
        .collect();
    let others = if others.is_empty() {
        String::new()
    } else {
        format!("; {}", others.join(", "))
    };
    let _ = writeln!(text, "{id:<28} {passed} of {} passed{others}", records.len());
    if let Some((name, count)) = likely.iter().max_by_key(|(_, count)| **count) {
        let _ = writeln!(text, "  most often: {name} ({count})");
    }
    if passed < records.len() {
        let confronted = catalogue::find(id).map_or(&[][..], |(_, exercise)| exercise.misconceptions);
        for (_, belief) in MISCONCEPTIONS
            .iter()
            .filter(|(number, _)| confronted.contains(number))
        {
            let _ = writeln!(text, "  it confronts: {belief}");
        }
    }
}

/// What was guessed first, beside what the witnesses say, of those who have settled all.
fn guesses(text: &mut String, manifest: &Manifest, records: &[Record]) {
    for (id, _) in &manifest.points {
        let settled: Vec<(&str, &str)> = records
            .iter()
            .filter(|record| record.marks.iter().any(|mark| mark.id == *id && mark.passed()))
            .filter_map(|record| record.guesses.iter().find(|(of, ..)| of == id))
            .map(|(_, before, after)| (before.as_str(), after.as_str()))
            .collect();
        let Some((_, truth)) = settled.first() else {
            continue;
        };
        let _ = writeln!(
            text,
            "\n{id}: guesses of the {} who settled every statement",
            settled.len()
        );
        for (number, holds) in (1..).zip(truth.chars()) {
            let right = settled
                .iter()
                .filter(|(before, _)| before.chars().nth(number - 1) == Some(holds))
                .count();
            let holds = if holds == 'T' { "holds" } else { "does not hold" };
            let _ = writeln!(
                text,
                "  statement {number} {holds}: {right} of {} guessed so before",
                settled.len()
            );
        }
    }
}

fn alike_files(text: &mut String, manifest: &Manifest, records: &[Record]) {
    let mut lines = Vec::new();
    for lesson in manifest.lessons() {
        let samples: Vec<(&str, &[u64])> = records
            .iter()
            .filter_map(|record| {
                let (_, sample) = record.samples.iter().find(|(name, _)| name == lesson.name)?;
                Some((record.student.as_str(), sample.as_slice()))
            })
            .collect();
        for (at, (one, sample)) in samples.iter().enumerate() {
            for (other, other_sample) in &samples[at + 1..] {
                if let Some(percent) =
                    alike::percent(sample, other_sample).filter(|percent| *percent >= ALIKE)
                {
                    lines.push((
                        percent,
                        format!("  {} {one} and {other}: about {percent} %", lesson.name),
                    ));
                }
            }
        }
    }
    if lines.is_empty() {
        return;
    }
    lines.sort_by(|one, other| other.cmp(one));
    text.push_str(
        "\nfiles that are alike (for you to look at; short exercises often are, and it changes no mark)\n",
    );
    for (_, line) in lines.iter().take(MOST_PAIRS) {
        let _ = writeln!(text, "{line}");
    }
    if lines.len() > MOST_PAIRS {
        let _ = writeln!(text, "  and {} more pairs", lines.len() - MOST_PAIRS);
    }
}

fn time(text: &mut String, records: &[Record]) {
    let sum = |at: usize| records.iter().map(|record| record.time[at]).sum::<u64>();
    let (compiling, waiting, all) = (sum(0), sum(1), sum(2));
    if all > 0 {
        let _ = writeln!(
            text,
            "\ntime: {:.1} s a submission; {} % in the compiler, {} % in the students' code, {} % in judging",
            all as f64 / 1000.0 / records.len() as f64,
            100 * compiling / all,
            100 * waiting / all,
            100 * all.saturating_sub(compiling + waiting) / all
        );
    }
}

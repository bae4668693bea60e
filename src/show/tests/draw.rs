//! The drawings, read back and compared with the runs that they are of.

use messaging_lab::ground::ledger::{Change, Ledger, Onlooker};
use messaging_lab::ground::scene::{Chapter, Scene, Sent, seconds};

mod small;

use super::played;
use crate::show::draw::{COUNTED, Style, draw};
use crate::show::steps::{Step, chapter, lanes, steps};

/// What a row says: (the time, the lanes with `+`, those with `-`, the two ends of an arrow).
#[derive(Debug, Default, PartialEq, Eq)]
struct Row {
    time: String,
    gains: Vec<Onlooker>,
    loses: Vec<Onlooker>,
    arrow: Option<(Onlooker, Onlooker)>,
}

/// The rows of a drawing that is wide enough for notes beside its lanes: the lanes stand six columns apart.
fn rows(text: &str, lanes: &[Onlooker]) -> Vec<Row> {
    let names = text
        .lines()
        .position(|line| line.starts_with("   "))
        .expect("the lanes' names");
    let line = text.lines().nth(names).expect("that line");
    let left = line.len() - line.trim_start().len();
    let mut rows = Vec::new();
    for line in text.lines().skip(names + 2) {
        let (Some(front), Some(rest)) = (line.get(..left), line.get(left..)) else {
            continue;
        };
        let time = front.trim();
        if time.is_empty() || !time.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
            continue;
        }
        let cells: Vec<char> = rest.chars().take(lanes.len() * 6).collect();
        let mut row = Row {
            time: time.to_string(),
            ..Row::default()
        };
        let at = |place: usize| cells.get(place * 6).copied().unwrap_or(' ');
        let from = lanes.iter().enumerate().find(|(place, _)| at(*place) == 'o');
        if let Some((place, from)) = from {
            let head = cells
                .iter()
                .position(|cell| matches!(cell, '>' | '<'))
                .expect("an arrow's head");
            let to = if cells[head] == '>' {
                (head + 1) / 6
            } else {
                (head - 1) / 6
            };
            assert!(
                to != place && head % 6 == if to > place { 5 } else { 1 },
                "{line}"
            );
            row.arrow = Some((*from, lanes[to]));
        } else {
            for (place, lane) in lanes.iter().enumerate() {
                match at(place) {
                    '+' => row.gains.push(*lane),
                    '-' => row.loses.push(*lane),
                    _ => {}
                }
            }
        }
        rows.push(row);
    }
    rows
}

/// Everything a drawing can be of: a lesson's whole run, and each of its chapters.
fn everything() -> Vec<(&'static Scene, Option<&'static str>)> {
    let mut all = Vec::new();
    for scene in played() {
        all.push((scene, None));
        for chapter in &scene.chapters {
            all.push((scene, Some(chapter.name)));
        }
    }
    all
}

#[test]
fn every_step_of_a_run_stands_in_its_lanes_once() {
    for (scene, name) in everything() {
        let (from, to) = name
            .and_then(|name| chapter(scene, name))
            .map_or((0, scene.end + 1), |(chapter, end)| (chapter.from, end));
        let lanes = lanes(scene);
        let drawing = draw(scene, name, Style::PLAIN, 140);
        let rows = rows(&drawing.text(), &lanes);
        let mut wanted = [Vec::new(), Vec::new()];
        let mut arrows = Vec::new();
        for step in steps(scene).iter().filter(|step| (from..to).contains(&step.at())) {
            match step {
                Step::Story(_, words) => {
                    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
                    assert!(flat(&drawing.text()).contains(&flat(words)), "{words}");
                }
                Step::Passes(sent) => arrows.push((seconds(sent.at), (sent.from, sent.to))),
                Step::Changes(at, change, holding) => {
                    let place = usize::from(*change == Change::Loses);
                    wanted[place].push((seconds(*at), holding.onlooker));
                }
            }
        }
        let with_time = |row: &Row| row.arrow.map(|arrow| (row.time.clone(), arrow));
        let drawn: Vec<_> = rows.iter().filter_map(with_time).collect();
        assert_eq!(drawn, arrows, "{} {name:?}", scene.lesson);
        let sorted = |mut lanes: Vec<(String, Onlooker)>| {
            lanes.sort_unstable();
            lanes
        };
        let [gains, loses] = wanted.map(sorted);
        let of = |part: fn(&Row) -> &Vec<Onlooker>| {
            let timed = |row: &Row| {
                part(row)
                    .iter()
                    .map(|lane| (row.time.clone(), *lane))
                    .collect::<Vec<_>>()
            };
            sorted(rows.iter().flat_map(timed).collect())
        };
        assert_eq!(of(|row| &row.gains), gains, "{} {name:?}", scene.lesson);
        assert_eq!(of(|row| &row.loses), loses, "{} {name:?}", scene.lesson);
    }
}

#[test]
fn drawings_are_the_same_twice_plain_and_as_wide_as_they_may() {
    for (scene, name) in everything() {
        // A chapter is drawn as the whole is: two widths of it are enough.
        let widths: &[usize] = if name.is_none() {
            &[30, 40, 60, 80, 120]
        } else {
            &[44, 80]
        };
        for &width in widths {
            let text = draw(scene, name, Style::PLAIN, width).text();
            if width == 80 {
                assert_eq!(text, draw(scene, name, Style::PLAIN, width).text());
            }
            assert!(text.is_ascii() && !text.contains('\x1b'), "{}", scene.lesson);
            for line in text.lines() {
                // Only a command to copy stays whole, and that only where nothing else stands.
                assert!(
                    line.len() <= width || line.trim_start().starts_with("cargo run -- show"),
                    "{} at {width}: {line}",
                    scene.lesson
                );
            }
        }
    }
}

#[test]
fn the_end_says_who_holds_and_who_could_ever_read() {
    for scene in played() {
        let text = draw(scene, None, Style::PLAIN, 100_000).text();
        let last = text
            .lines()
            .find(|line| line.starts_with("Who could read what"))
            .expect("the closing line");
        for (what, bytes) in &scene.watched {
            let names = |who: Vec<Onlooker>| {
                let mut names: Vec<String> = who.iter().map(Onlooker::to_string).collect();
                names.sort_unstable();
                names
            };
            let told = |line: &str| {
                let mut told: Vec<String> = line.split(", ").map(str::to_string).collect();
                told.retain(|name| name != "nobody");
                told.sort_unstable();
                told
            };
            let at_the_end = format!(" {what} is held by: ");
            let (_, who) = text
                .lines()
                .find_map(|line| line.split_once(&at_the_end))
                .expect("a line for it");
            assert_eq!(
                told(who),
                names(scene.ledger.holders_of(bytes, scene.end)),
                "{what}"
            );
            let last = last.strip_suffix(COUNTED).expect("what it counts").trim_end();
            let ever = last.trim_end_matches('.').split("; ").find_map(|part| {
                let (front, who) = part.rsplit_once(": ")?;
                front.ends_with(what).then_some(who)
            });
            let ever = ever.unwrap_or_else(|| panic!("{what} in {last}"));
            assert_eq!(told(ever), names(scene.ledger.ever_holders_of(bytes)), "{what}");
        }
    }
}

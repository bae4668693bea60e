//! The drawings, read back and compared with the runs that they are of.

use messaging_lab::ground::ledger::{Change, Ledger, Onlooker};
use messaging_lab::ground::scene::{Chapter, Scene, Sent, seconds};

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

/// Two people, one letter, a disk.
fn demo() -> Scene {
    let mut ledger = Ledger::new();
    let copies = [Onlooker::BobPhone, Onlooker::BobDisk]
        .map(|onlooker| ledger.gains(1_000, onlooker, "a text", b"apples"));
    copies.into_iter().for_each(|copy| ledger.loses(2_000, copy));
    ledger.gains(2_000, Onlooker::Thief, "sealed", b"\x01\x02apples\xff");
    Scene {
        lesson: "demo",
        title: "one text",
        seeds: &[3],
        story: vec![
            (1_000, "Alice writes.".to_string()),
            (2_000, "Its time is over.".to_string()),
        ],
        sent: vec![Sent {
            at: 1_000,
            from: Onlooker::AlicePhone,
            to: Onlooker::BobPhone,
            what: "a letter".to_string(),
            bytes: b"apples".to_vec(),
        }],
        ledger,
        watched: vec![("the text", b"apples".to_vec())],
        chapters: vec![
            Chapter {
                name: "first",
                title: "it comes",
                from: 0,
            },
            Chapter {
                name: "then",
                title: "it goes",
                from: 2_000,
            },
        ],
        end: 3_000,
    }
}

#[test]
fn a_small_run_looks_like_this() {
    let text = draw(&demo(), None, Style::PLAIN, 80).text();
    let drawn: Vec<&str> = text.lines().skip_while(|line| !line.starts_with("  ")).collect();
    assert_eq!(
        drawn,
        [
            "          Alice Bob   Bob   thief",
            "          phone phone disk",
            "second 1  Alice writes.",
            "       1  o---->.     .     .     Alice's phone sends to Bob's phone: a letter",
            "          .     .     .     .       PLAINTEXT \"apples\"",
            "       1  .     +     +     .     Bob's phone and Bob's disk now hold a text",
            "          .     |     |     .       PLAINTEXT \"apples\"",
            "second 2  Its time is over.",
            "       2  .     -     -     .     Bob's phone and Bob's disk no longer hold a",
            "          .     .     .     .       text",
            "          .     .     .     .       PLAINTEXT \"apples\"",
            "       2  .     .     .     +     thief now holds sealed (9 bytes)",
            "          .     .     .     |       01026170706c6573 ..apples",
            "          .     .     .     |       ff               .",
            "          .     .     .     |       PLAINTEXT \"apples\"",
            "",
            "At the end (second 3) the text is held by: thief",
            "Who could read what, at any time of the run: the text: Bob's phone, Bob's disk,",
            "thief. Counted is what the drawing shows as held: neither what a key would have",
            "opened, nor what a phone made or got and is not said to keep.",
            "",
            "One chapter of it alone:",
            "  cargo run -- show demo first  it comes",
            "  cargo run -- show demo then   it goes",
        ]
    );
}

#[test]
fn a_chapter_begins_with_what_is_held_already_and_ends_where_the_next_begins() {
    let text = draw(&demo(), Some("then"), Style::PLAIN, 80).text();
    assert!(text.starts_with("demo then: it goes\n"), "{text}");
    assert!(
        text.contains("before: Bob's disk holds a text\n  PLAINTEXT \"apples\"\n"),
        "{text}"
    );
    assert!(
        !text.contains("Alice writes.") && text.contains("Its time is over."),
        "{text}"
    );
    let first = draw(&demo(), Some("first"), Style::PLAIN, 80).text();
    assert!(
        first.contains("Alice writes.") && !first.contains("Its time is over."),
        "{first}"
    );
    let flat = first.split_whitespace().collect::<Vec<_>>().join(" ");
    let end = format!(
        "of this chapter: the text: Bob's phone, Bob's disk. {COUNTED} The next chapter: cargo run -- show demo then"
    );
    assert!(flat.ends_with(&end), "{first}");
    assert!(
        text.ends_with("The whole run:  cargo run -- show demo\n"),
        "{text}"
    );
}

#[test]
fn colour_and_boxes_change_no_word() {
    let fancy = Style {
        boxes: true,
        colour: true,
        bytes: true,
    };
    let plain = draw(&demo(), None, Style::PLAIN, 80).text();
    let mut text = draw(&demo(), None, fancy, 80).text();
    for (from, to) in [
        ("\x1b[1m", ""),
        ("\x1b[1;33m", ""),
        ("\x1b[0m", ""),
        ("\u{2502}", "|"),
        ("\u{250a}", "."),
        ("\u{2500}", "-"),
    ] {
        assert!(text.contains(from));
        text = text.replace(from, to);
    }
    assert_eq!(text, plain);
}

/// What somebody holds, drawn: the note of its row without the lanes, in one line.
fn note_of(bytes: &[u8], width: usize) -> String {
    let mut scene = demo();
    let mut ledger = Ledger::new();
    ledger.gains(1_000, Onlooker::Relay, "it", bytes);
    scene.ledger = ledger;
    scene.sent.clear();
    let text = draw(&scene, Some("first"), Style::PLAIN, width).text();
    let row = text.split_once("relay now holds it").expect("its row").1;
    let rows = row
        .trim_start()
        .lines()
        .take_while(|line| !line.is_empty() && !line.starts_with("second"));
    let words = rows.flat_map(str::split_whitespace);
    words
        .filter(|word| !["|", "."].contains(word))
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn what_a_format_fills_its_fields_with_is_no_text_and_a_text_stands_whole() {
    let format = [
        &b"\x01\x02Hello   messaging-lab   ]"[..],
        &[0xff; 40],
        &b"alice/1 to bob/1\0"[..],
    ]
    .concat();
    let told = note_of(&format, 120);
    assert!(
        told.ends_with("readable in it: \"Hello\", \"messaging-lab\", \"alice/1 to bob/1\""),
        "{told}"
    );
    assert!(
        told.contains("(84 bytes)") && told.contains("and 68 more"),
        "{told}"
    );
    // Sixty digits are one word: they go on in the next line, and none is lost.
    let digits: String = (0..60).map(|digit| char::from(b'0' + digit % 7)).collect();
    for width in [40, 60, 80, 120] {
        let told = note_of(digits.as_bytes(), width).replace(' ', "");
        assert!(told.contains(&digits), "{width}: {told}");
    }
    // A watched name in a line of a log does not cut the line in two.
    let healing = played()
        .iter()
        .find(|scene| scene.lesson == "healing")
        .expect("lesson 08");
    let text = draw(healing, None, Style::PLAIN, 140).text();
    assert!(text.contains("readable: \"alice/1 to bob/1, 176 bytes, at 22000 ms\""));
}

#[test]
fn a_long_drawing_names_its_lanes_again() {
    for (scene, name) in everything().into_iter().filter(|(_, name)| name.is_none()) {
        let drawing = draw(scene, name, Style::PLAIN, 80);
        let names = drawing.head.lines().last().expect("the names").to_string();
        let steps = drawing.steps.concat();
        let since: Vec<usize> = steps.split(&names).map(|part| part.lines().count()).collect();
        let longest = drawing
            .steps
            .iter()
            .map(|step| step.lines().count())
            .max()
            .unwrap_or(0);
        assert!(
            since.iter().all(|lines| *lines < 50 + longest),
            "{}: {since:?}",
            scene.lesson
        );
    }
}

#[test]
fn a_text_that_goes_is_told_by_its_words() {
    for scene in played() {
        let text = draw(scene, None, Style::PLAIN, 100_000).text();
        let told: Vec<&str> = text.lines().collect();
        for (at, row) in told
            .iter()
            .enumerate()
            .filter(|(_, row)| row.contains(" no longer hold"))
        {
            let sizes = row.ends_with(" bytes)") || row.ends_with(" byte)");
            assert!(sizes || told[at + 1].contains('"'), "{}: {row}", scene.lesson);
        }
    }
}

/// What is told in one breath is one step, however long it is and however it looks.
#[test]
fn steps_are_the_same_in_colour_and_in_every_width() {
    let fancy = Style {
        colour: true,
        ..Style::PLAIN
    };
    for scene in played() {
        let all = steps(scene);
        let breaths = all
            .windows(2)
            .filter(|pair| matches!(pair[1], Step::Story(..)) && !matches!(pair[0], Step::Story(..)));
        let wanted = 1 + breaths.count();
        for (style, width) in [(Style::PLAIN, 40), (Style::PLAIN, 80), (fancy, 80)] {
            let drawing = draw(scene, None, style, width);
            assert_eq!(drawing.steps.len(), wanted, "{} {style:?} {width}", scene.lesson);
        }
    }
}

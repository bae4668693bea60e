//! What single rows and small runs look like, and what stays the same however a drawing looks.

use super::*;

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
            Chapter::new("first", "it comes", 0),
            Chapter::new("then", "it goes", 2_000),
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

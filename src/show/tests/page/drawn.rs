//! A lesson's page against its run: every step once, every holding from when until when, every bar and arrow in its place.

use super::parsed::{Element, Node};
use super::*;
use crate::show::page::told;
use crate::show::steps::{Step, lanes, steps};
use messaging_lab::ground::clock::Millis;
use messaging_lab::ground::hex::bytes_to_hex;
use messaging_lab::ground::hex::hex_to_bytes;
use messaging_lab::ground::ledger::{Change, Onlooker};
use messaging_lab::ground::scene::seconds;

/// A number in an attribute.
fn number(element: &Element, attribute: &str) -> u64 {
    let value = element.get(attribute).unwrap_or_default();
    value
        .parse()
        .unwrap_or_else(|_| panic!("{attribute}={value:?} on <{}>", element.name))
}

/// The first element below this one with a class.
fn classed<'a>(element: &'a Element, class: &str) -> &'a Element {
    let found = element.all().into_iter().find(|other| other.has_class(class));
    found.unwrap_or_else(|| panic!("nothing has the class {class}"))
}

#[test]
fn the_list_ends_with_who_holds_what_and_who_could_ever_read_it() {
    for (scene, page) in drawn() {
        let told = page.by_id("told");
        for (class, at) in [("end", Some(scene.end)), ("ever", None)] {
            let items = classed(told, class).named("li");
            assert_eq!(items.len(), scene.watched.len(), "{}", scene.lesson);
            for (item, (name, bytes)) in items.iter().zip(&scene.watched) {
                let there = |from: Millis, until: Option<Millis>| {
                    at.is_none_or(|at| from <= at && until.is_none_or(|until| at < until))
                };
                let holdings = scene.ledger.holdings().iter().filter(|holding| {
                    let here = holding.bytes.windows(bytes.len()).any(|part| part == *bytes);
                    here && there(holding.from, holding.until)
                });
                let mut wanted: Vec<String> = holdings.map(|holding| holding.onlooker.to_string()).collect();
                wanted.sort_unstable();
                wanted.dedup();
                let shown = item.named("b")[0].text();
                let mut shown: Vec<&str> = shown.split(", ").filter(|who| *who != "nobody").collect();
                shown.sort_unstable();
                assert_eq!(shown, wanted, "{}: {class}: {name}", scene.lesson);
                assert!(item.text().contains(name), "{}: {class}: {name}", scene.lesson);
            }
        }
    }
}

#[test]
fn every_step_stands_in_the_list_once_with_its_second_and_its_onlooker() {
    for (scene, page) in drawn() {
        let mut told = Vec::new();
        for moment in &page.by_id("told").inside {
            let Node::Element(moment) = moment else { continue };
            let at = number(moment, "data-at");
            assert_eq!(moment.named("h3")[0].text(), format!("second {}", seconds(at)));
            assert_eq!(moment.get("data-second"), Some(seconds(at).as_str()));
            assert_eq!(moment.get("id"), Some(format!("second={}", seconds(at)).as_str()));
            for step in moment
                .all()
                .into_iter()
                .filter(|step| step.get("data-step").is_some())
            {
                let kind = step.get("data-step").unwrap_or_default();
                let who = step.named("b").iter().map(|who| who.text()).collect::<Vec<_>>();
                let what = match kind {
                    "story" => step.text(),
                    _ => classed(step, "what").text(),
                };
                told.push((at, kind.to_string(), who.join(" to "), what));
            }
        }
        // Within a moment the story stands first on the page, as `steps` has it.
        let wanted: Vec<(Millis, String, String, String)> = steps(scene)
            .iter()
            .map(|step| match step {
                Step::Story(at, words) => (*at, "story".to_string(), String::new(), words.to_string()),
                Step::Passes(sent) => (
                    sent.at,
                    "passes".to_string(),
                    format!("{} to {}", sent.from, sent.to),
                    sent.what.clone(),
                ),
                Step::Changes(at, change, holding) => (
                    *at,
                    match change {
                        Change::Gains => "gains".to_string(),
                        Change::Loses => "loses".to_string(),
                    },
                    holding.onlooker.to_string(),
                    holding.what.clone(),
                ),
            })
            .collect();
        let by_moment = |steps: &[(Millis, String, String, String)]| {
            let mut steps = steps.to_vec();
            steps.sort_by_key(|(at, kind, ..)| (*at, kind != "story"));
            steps
        };
        assert_eq!(told, by_moment(&wanted), "{}", scene.lesson);
        assert!(told.len() >= 6, "{}", scene.lesson);
    }
}

#[test]
fn what_the_panel_shows_at_each_moment_is_what_the_ledger_says() {
    for (scene, page) in drawn() {
        let bodies = page.by_id("held").named("tbody");
        assert_eq!(bodies.len(), lanes(scene).len(), "{}", scene.lesson);
        let mut moments = told::moments(scene);
        // Between the moments as well, and one millisecond before each.
        moments.extend(
            moments
                .clone()
                .iter()
                .flat_map(|at| [at + 1, at.saturating_sub(1)]),
        );
        for (body, onlooker) in bodies.into_iter().zip(lanes(scene)) {
            let name = onlooker.to_string();
            assert_eq!(body.get("data-who"), Some(name.as_str()));
            assert_eq!(body.named("th")[0].text(), name);
            // From when, until when, and what it says.
            let rows: Vec<(Millis, Option<Millis>, (String, String))> = body
                .named("tr")
                .into_iter()
                .filter(|row| row.get("data-from").is_some())
                .map(|row| {
                    let until = row.get("data-until").map(|_| number(row, "data-until"));
                    let says = (classed(row, "what").text(), first_bytes(row));
                    (number(row, "data-from"), until, says)
                })
                .collect();
            for &at in &moments {
                let shown: Vec<(&str, &str)> = rows
                    .iter()
                    .filter(|(from, until, _)| *from <= at && until.is_none_or(|until| at < until))
                    .map(|(.., (what, bytes))| (what.as_str(), bytes.as_str()))
                    .collect();
                let held: Vec<(String, String)> = scene
                    .ledger
                    .held_by(onlooker, at)
                    .map(|holding| {
                        let first = &holding.bytes[..holding.bytes.len().min(256)];
                        (holding.what.clone(), bytes_to_hex(first))
                    })
                    .collect();
                let held = held.iter().map(|(what, bytes)| (what.as_str(), bytes.as_str()));
                assert_eq!(
                    shown,
                    held.collect::<Vec<_>>(),
                    "{}: {name} at {at}",
                    scene.lesson
                );
            }
        }
    }
}

/// The bytes in a row's dump, read back from its lines, as hex.
fn first_bytes(row: &Element) -> String {
    let lines = row.named("pre").first().map(|pre| pre.text()).unwrap_or_default();
    let hex: String = lines.lines().map(|line| line[6..29].replace(' ', "")).collect();
    bytes_to_hex(&hex_to_bytes(&hex).expect("hex"))
}

#[test]
fn the_seconds_in_words_beside_each_holding_are_its_own() {
    for (scene, page) in drawn() {
        let table = page.by_id("held");
        for (place, holding) in scene.ledger.holdings().iter().enumerate() {
            let row = table.by_id(&format!("held-{place}"));
            let cells: Vec<String> = row.named("td").iter().map(|cell| cell.text()).collect();
            let until = holding.until.map_or("-".to_string(), seconds);
            assert_eq!(cells, [seconds(holding.from), until], "{}", scene.lesson);
            let words = row.text();
            let all = format!("{} byte", holding.bytes.len());
            assert!(words.contains(&all), "{}: {words}", scene.lesson);
            for (name, bytes) in &scene.watched {
                let told = words.contains(&format!("({name})"));
                assert!(
                    !told || holding.contains(bytes),
                    "{}: {name} is not in {words}",
                    scene.lesson
                );
            }
            // Plaintext is said in words: text that the scene is about and that was on a phone, and nothing else.
            let text = |bytes: &[u8]| bytes.iter().all(|byte| (b' '..=b'~').contains(byte));
            let phones = [Onlooker::AlicePhone, Onlooker::BobPhone];
            let typed = |bytes: &[u8]| {
                scene
                    .ledger
                    .ever_holders_of(bytes)
                    .iter()
                    .any(|who| phones.contains(who))
            };
            for (name, bytes) in scene.watched.iter().filter(|(_, bytes)| *bytes == holding.bytes) {
                let plaintext = words.contains(&format!(
                    "plaintext ({name}): \"{}",
                    String::from_utf8_lossy(bytes)
                ));
                assert_eq!(
                    plaintext,
                    text(bytes) && typed(bytes),
                    "{}: {words}",
                    scene.lesson
                );
            }
        }
    }
}

#[test]
fn every_holding_has_one_mark_in_its_moment_and_one_bar_as_long_as_it_is_held() {
    for (scene, page) in drawn() {
        let drawing = page.by_id("sequence");
        let groups: Vec<&Element> = drawing
            .all()
            .into_iter()
            .filter(|element| element.has_class("moment"))
            .collect();
        let moments: Vec<Millis> = groups.iter().map(|group| number(group, "data-at")).collect();
        assert_eq!(moments, told::moments(scene), "{}", scene.lesson);
        // In which moment's strip a height lies.
        let moment_at = |y: u64| {
            let strip = groups
                .iter()
                .find(|group| (number(group, "data-top")..number(group, "data-bottom")).contains(&y));
            strip.map(|group| number(group, "data-at"))
        };
        let inside: Vec<(Millis, &Element)> = groups
            .iter()
            .flat_map(|group| {
                group
                    .all()
                    .into_iter()
                    .map(|mark| (number(group, "data-at"), mark))
            })
            .filter(|(_, mark)| mark.get("data-held").is_some())
            .collect();
        let all_bars: Vec<&Element> = drawing
            .named("rect")
            .into_iter()
            .filter(|bar| bar.get("data-held").is_some())
            .collect();
        for (place, holding) in scene.ledger.holdings().iter().enumerate() {
            let place = place.to_string();
            let marks: Vec<(&str, Millis)> = inside
                .iter()
                .filter(|(_, mark)| mark.get("data-held") == Some(&place))
                .map(|(at, mark)| (mark.get("data-mark").unwrap_or_default(), *at))
                .collect();
            let mut wanted = vec![("gains", holding.from)];
            wanted.extend(holding.until.map(|until| ("loses", until)));
            assert_eq!(marks, wanted, "{}: {}", scene.lesson, holding.what);
            let of_this = |bar: &&&Element| bar.get("data-held") == Some(&place);
            let bars: Vec<&&Element> = all_bars.iter().filter(of_this).collect();
            assert_eq!(
                bars.len(),
                usize::from(holding.until.is_some()),
                "{}",
                scene.lesson
            );
            for bar in bars {
                let top = number(bar, "y");
                assert_eq!(moment_at(top), Some(holding.from), "{}", scene.lesson);
                assert_eq!(
                    moment_at(top + number(bar, "height")),
                    holding.until,
                    "{}",
                    scene.lesson
                );
            }
        }
        let arrows = drawing
            .all()
            .into_iter()
            .filter(|mark| mark.get("data-mark") == Some("passes"));
        assert_eq!(arrows.count(), scene.sent.len(), "{}", scene.lesson);
        // A lane keeps from the first thing on that it never loses.
        let kept = drawing.all().into_iter().filter(|bar| bar.has_class("kept"));
        let mut starts: Vec<Option<Millis>> = kept.map(|bar| moment_at(number(bar, "y"))).collect();
        let mut wanted: Vec<Option<Millis>> = lanes(scene)
            .into_iter()
            .filter_map(|who| {
                let stays = scene
                    .ledger
                    .ever_held_by(who)
                    .filter(|holding| holding.until.is_none());
                stays.map(|holding| holding.from).min().map(Some)
            })
            .collect();
        starts.sort_unstable();
        wanted.sort_unstable();
        assert_eq!(starts, wanted, "{}", scene.lesson);
    }
}

#[test]
fn no_two_bars_of_a_lane_lie_on_one_another_and_no_lane_on_the_next() {
    for (scene, page) in drawn() {
        let drawing = page.by_id("sequence");
        let bars: Vec<[u64; 4]> = drawing
            .named("rect")
            .into_iter()
            .filter(|bar| bar.has_class("bar"))
            .map(|bar| ["x", "width", "y", "height"].map(|attribute| number(bar, attribute)))
            .collect();
        for (place, one) in bars.iter().enumerate() {
            for other in &bars[..place] {
                let apart = |from: usize, one: &[u64; 4], other: &[u64; 4]| {
                    one[from] + one[from + 1] <= other[from] || other[from] + other[from + 1] <= one[from]
                };
                assert!(
                    apart(0, one, other) || apart(2, one, other),
                    "{}: {one:?} {other:?}",
                    scene.lesson
                );
            }
        }
        let names: Vec<(u64, u64)> = drawing
            .named("rect")
            .into_iter()
            .filter(|name| name.has_class("name"))
            .map(|name| (number(name, "x"), number(name, "x") + number(name, "width")))
            .collect();
        assert_eq!(names.len(), lanes(scene).len());
        assert!(
            names.windows(2).all(|pair| pair[0].1 < pair[1].0),
            "{}",
            scene.lesson
        );
    }
}

#[test]
fn chapters_lead_to_the_first_moment_that_belongs_to_them() {
    for (scene, page) in drawn() {
        let links: Vec<String> = page
            .all()
            .into_iter()
            .filter(|element| element.has_class("chapters"))
            .flat_map(|list| list.named("a"))
            .map(|link| link.get("href").unwrap_or_default().to_string())
            .collect();
        if scene.chapters.len() == 1 {
            assert!(links.is_empty());
            continue;
        }
        let wanted: Vec<String> = scene
            .chapters
            .iter()
            .map(|chapter| {
                let moments = told::moments(scene);
                let first = moments.into_iter().find(|at| *at >= chapter.from);
                format!("#second={}", seconds(first.expect("a chapter is not empty")))
            })
            .collect();
        assert_eq!(links, wanted, "{}", scene.lesson);
    }
}

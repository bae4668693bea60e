//! All pages together: links and anchors, nothing from elsewhere, the same twice, the progress, and the folder.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use super::*;
use crate::show::page::rows::NextStep;
use crate::show::page::{File, folder, frame, index, lesson};
use messaging_lab::crypto::sha256::sha256;

#[test]
fn there_is_an_index_and_a_page_a_lesson_and_all_are_the_same_twice() {
    let files = files();
    assert!(files == site::files(&course()), "made again, the files differ");
    let names: BTreeSet<&str> = files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names.len(), files.len(), "two files have one name");
    assert_eq!(files[0].name, site::INDEX);
    for row in course().lessons() {
        assert!(names.contains(row.page().as_str()), "{}", row.page());
    }
    assert_eq!(pages().len(), 1 + SCENES.len());
}

/// The ids of a page, each there once.
fn ids(name: &str, page: &Element) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for element in page.all() {
        if let Some(id) = element.get("id") {
            assert!(ids.insert(id.to_string()), "{name}: {id} twice");
            assert!(!id.is_empty() && !id.contains(' '), "{name}: {id:?}");
        }
    }
    ids
}

#[test]
fn every_link_and_every_reference_leads_somewhere() {
    let (files, pages) = (files(), pages());
    let anchors: Vec<(&str, BTreeSet<String>)> = pages
        .iter()
        .map(|(name, page)| (name.as_str(), ids(name, page)))
        .collect();
    let mut links = 0;
    for (name, page) in pages {
        let own = &anchors
            .iter()
            .find(|(other, _)| other == name)
            .expect("it is there")
            .1;
        for element in page.all() {
            for reference in [
                "aria-labelledby",
                "aria-describedby",
                "aria-controls",
                "for",
                "headers",
            ] {
                for id in element.get(reference).unwrap_or_default().split_whitespace() {
                    assert!(own.contains(id), "{name}: {reference}={id}");
                }
            }
            let leads = matches!(element.name.as_str(), "a" | "use");
            let href = element.get("href").filter(|_| leads);
            let Some(href) = href.or(element.get("src")) else {
                continue;
            };
            if href.starts_with("https://") && element.name == "a" {
                continue;
            }
            links += 1;
            let (file, anchor) = href.split_once('#').unwrap_or((href, ""));
            let file = if file.is_empty() { name } else { file };
            assert!(files.iter().any(|other| other.name == file), "{name}: {href}");
            if !anchor.is_empty() {
                let there = anchors.iter().find(|(other, _)| *other == file);
                assert!(
                    there.is_some_and(|(_, ids)| ids.contains(anchor)),
                    "{name}: {href}"
                );
            }
        }
    }
    assert!(links > 200, "only {links} links");
}

#[test]
fn nothing_is_loaded_from_elsewhere_and_the_policy_allows_this_script_only() {
    for (name, page) in pages() {
        for element in page.all() {
            for attribute in ["src", "srcset", "poster", "data", "action"] {
                let value = element.get(attribute).unwrap_or_default();
                assert!(!value.contains(':'), "{name}: {attribute}={value}");
            }
            if element.name == "link" {
                assert_eq!(element.get("href"), Some("data:,"), "{name}");
            }
            // No handler in the markup: the policy would not run it.
            assert!(
                !element.attributes.keys().any(|key| key.starts_with("on")),
                "{name}"
            );
        }
        let scripts = page.named("script");
        assert_eq!(scripts.len(), 1, "{name}");
        let hash = frame::base64(&sha256(scripts[0].text().as_bytes()));
        let metas = page.named("meta");
        let policy = metas
            .iter()
            .find(|meta| meta.get("http-equiv") == Some("Content-Security-Policy"))
            .and_then(|meta| meta.get("content"))
            .expect("a policy");
        assert!(policy.starts_with("default-src 'none'; "), "{name}: {policy}");
        assert!(
            policy.contains(&format!("script-src 'sha256-{hash}';")),
            "{name}: {policy}"
        );
        let style = page.named("style")[0].text();
        assert!(!style.contains("url(") && !style.contains("@import"), "{name}");
    }
}

#[test]
fn every_page_has_its_landmarks_one_heading_and_no_level_left_out() {
    for (name, page) in pages() {
        assert_eq!(page.named("html")[0].get("lang"), Some("en"), "{name}");
        assert_eq!(
            (page.named("main").len(), page.named("h1").len()),
            (1, 1),
            "{name}"
        );
        assert!(!page.named("title")[0].text().is_empty(), "{name}");
        let mut last = 0;
        for element in page.all() {
            let level = match element.name.as_str() {
                "h1" => 1,
                "h2" => 2,
                "h3" => 3,
                "h4" => 4,
                "h5" => 5,
                _ => continue,
            };
            assert!(
                level <= last + 1,
                "{name}: h{level} {} after h{last}",
                element.text()
            );
            last = level;
        }
        for table in page.named("table") {
            assert_eq!(
                table.named("caption").len(),
                1,
                "{name}: a table without a caption"
            );
            for head in table.named("th") {
                assert!(head.get("scope").is_some(), "{name}: {}", head.text());
            }
        }
        for drawing in page.named("svg") {
            let named = drawing.get("aria-label").or(drawing.get("aria-labelledby"));
            let hidden = drawing.get("aria-hidden") == Some("true");
            assert!(
                hidden || named.is_some_and(|words| !words.is_empty()),
                "{name}: a drawing without words"
            );
        }
    }
}

#[test]
fn the_index_tells_the_progress_that_it_is_handed() {
    let mut course = course();
    let states = ["passed", "not started", "not yet", "not checked"];
    let mut wanted = Vec::new();
    for row in course.units.iter_mut().flat_map(|unit| &mut unit.lessons) {
        for (place, exercise) in row.exercises.iter_mut().enumerate() {
            exercise.state = states[(place + row.number as usize) % states.len()];
            exercise.passed = exercise.state == "passed";
            wanted.push((exercise.id.to_string(), exercise.state.to_string()));
        }
    }
    course.next = Some(NextStep {
        id: "timer/deadline",
        kind: "build",
        minutes: 7,
        state: "not yet",
        place: "lessons/<01>.rs:5".to_string(),
        check: "cargo test --test lesson_01".to_string(),
        help: "cargo run -- hint timer/deadline".to_string(),
    });
    let scenes: Vec<Option<Scene>> = drawn().iter().map(|(scene, _)| Some(scene.clone())).collect();
    let index = parse(&index::index(&course, &scenes));
    let told: Vec<(String, String)> = index
        .named("tr")
        .iter()
        .map(|row| row.all())
        .filter(|cells| cells[0].get("scope") == Some("row"))
        .map(|cells| (cells[0].text(), cells[3].text()))
        .collect();
    assert_eq!(told, wanted);
    for (row, article) in course.lessons().zip(index.named("article")) {
        let count = format!("{} of {} passed", row.passed(), row.exercises.len());
        assert!(article.text().contains(&count), "{}", row.name);
        assert_eq!(
            article.named("progress")[0].get("value"),
            Some(row.passed().to_string().as_str())
        );
    }
    let next = index.by_id("next").text();
    for words in [
        "timer/deadline (build, about 7 min), not yet",
        "lessons/<01>.rs:5",
        "lesson_01",
        "-- hint timer/",
    ] {
        assert!(next.contains(words), "{words}: {next}");
    }
    course.next = None;
    assert!(index::index(&course, &scenes).contains("Everything here is passed"));
}

#[test]
fn each_page_names_the_seeds_of_its_scene_and_the_command_that_plays_it() {
    let pages = pages();
    let index = &pages[0].1;
    for ((row, (scene, page)), article) in course().lessons().zip(drawn()).zip(index.named("article")) {
        let told = page.by_id("seeds").text();
        let numbers: Vec<u64> = told
            .split(|letter: char| !letter.is_ascii_digit())
            .filter_map(|word| word.parse().ok())
            .collect();
        assert_eq!(numbers, scene.seeds, "{}: {told}", row.name);
        assert_eq!(told, lesson::seeds(scene.seeds));
        assert!(article.text().contains(&told), "{}", row.name);
        let command = format!("cargo run -- show {}", row.name);
        assert!(page.by_id("run").text().contains(&command), "{}", row.name);
    }
}

/// A folder that is gone when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("messaging-lab-pages-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        Folder(path)
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).expect("a folder");
        let mut names: Vec<String> = entries
            .map(|entry| {
                entry
                    .expect("an entry")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn file(name: &str, text: &str) -> File {
    File {
        name: name.to_string(),
        bytes: text.as_bytes().to_vec(),
    }
}

#[test]
fn pages_are_replaced_and_those_that_are_no_longer_made_are_removed() {
    let folder = Folder::new("replaced");
    let site = folder.0.join("deep/site");
    fs::create_dir_all(&site).expect("a folder");
    fs::write(folder.0.join("deep/mine.txt"), "mine").expect("written");
    folder::write(&site, &[file("a.html", "one"), file("b.html", "two")]).expect("written");
    // A write that was cut off.
    fs::write(site.join("a.html.part"), "hal").expect("written");
    // Names that lead out of the folder, written onto the list by somebody.
    let list = fs::read_to_string(site.join(folder::LIST)).expect("the list");
    let outside = folder.0.join("deep/mine.txt");
    let led = format!("{list}00  ../mine.txt\n00  {}\n", outside.display());
    fs::write(site.join(folder::LIST), led).expect("written");
    folder::write(&site, &[file("a.html", "new"), file("c.wav", "")]).expect("written again");
    assert_eq!(fs::read_to_string(outside).expect("it is still there"), "mine");
    assert_eq!(fs::read_to_string(site.join("a.html")).expect("a page"), "new");
    assert_eq!(Folder(site).names(), ["a.html", "c.wav", folder::LIST]);
}

#[test]
fn what_this_command_did_not_write_stays_and_nothing_else_is_touched() {
    let folder = Folder::new("foreign");
    let pages = [file("a.html", "one")];
    let refused = |what: &str| {
        let before = folder.names();
        let problem = folder::write(&folder.0, &[file("a.html", "new")]).expect_err(what);
        assert!(
            problem.contains(what) && problem.contains("nothing is touched"),
            "{problem}"
        );
        assert_eq!(folder.names(), before);
    };
    fs::create_dir_all(&folder.0).expect("a folder");
    fs::write(folder.0.join("mine.txt"), "mine").expect("written");
    refused("mine.txt");
    fs::remove_file(folder.0.join("mine.txt")).expect("removed");
    folder::write(&folder.0, &pages).expect("written");
    // A page that somebody wrote on.
    fs::write(folder.0.join("a.html"), "one and my notes").expect("written");
    refused("a.html");
    assert_eq!(
        fs::read_to_string(folder.0.join("a.html")).expect("a page"),
        "one and my notes"
    );
    fs::write(folder.0.join("a.html"), "one").expect("written");
    fs::create_dir(folder.0.join("b.html")).expect("a folder");
    refused("b.html");
    fs::remove_dir(folder.0.join("b.html")).expect("removed");
    // A list of somebody else's.
    let list = fs::read(folder.0.join(folder::LIST)).expect("the list");
    fs::write(folder.0.join(folder::LIST), "my own list").expect("written");
    assert!(folder::write(&folder.0, &pages).is_err());
    fs::write(folder.0.join(folder::LIST), list).expect("written");
    folder::write(&folder.0, &pages).expect("all is as it was");
    // And a file where the folder should be.
    let problem = folder::write(&folder.0.join("a.html"), &pages).expect_err("no folder");
    assert!(problem.contains("a.html"), "{problem}");
}

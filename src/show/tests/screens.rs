//! The two words of both ends on the pages, held against the runs: everything is read back from the page that was made.

use super::{between, only};
use crate::show::page::words::sections;
use crate::show::scene;
use messaging_lab::call::words::pgp_words;
use messaging_lab::ground::ledger::{Holding, Onlooker};

const LESSONS: [&str; 3] = ["handshake", "words", "compare"];

fn body(lesson: &str) -> String {
    only(sections(lesson))
}

fn plain(html: &str) -> String {
    html.replace("&#39;", "'").replace("&quot;", "\"")
}

#[test]
fn other_lessons_have_none() {
    for lesson in ["bytes", "ratchet", "frames", "no such lesson"] {
        assert_eq!(sections(lesson), Vec::new());
    }
}

#[test]
fn the_screens_of_the_page_are_the_screens_of_the_ledger_and_all_of_them() {
    for lesson in ["words", "compare"] {
        let (scene, body) = (scene(lesson).unwrap(), body(lesson));
        let mut wanted: Vec<&Holding> = [Onlooker::AlicePhone, Onlooker::BobPhone]
            .into_iter()
            .flat_map(|phone| scene.ledger.ever_held_by(phone))
            .filter(|held| held.what == "two words on the screen")
            .collect();
        wanted.sort_by_key(|held| (held.from / 20_000, held.onlooker == Onlooker::BobPhone));
        let screens = between(&body, "<figure class=\"words-screen\">", "</figure>");
        let shown: Vec<&&str> = screens.iter().filter(|one| one.contains("words-two")).collect();
        assert_eq!(shown.len(), wanted.len(), "{lesson}");
        for (html, held) in shown.into_iter().zip(wanted) {
            let words = between(html, "<p class=\"words-two\">", "</p>")[0];
            assert_eq!(plain(words).as_bytes(), held.bytes, "{lesson}");
            let owner = between(html, "<figcaption>", "'s screen")[0];
            assert_eq!(format!("{owner}'s phone"), held.onlooker.to_string());
            let warned = scene
                .ledger
                .ever_held_by(held.onlooker)
                .find(|line| line.what == "a line above the words" && line.from == held.from);
            let above = between(html, "<p class=\"words-above\">", "</p>");
            assert_eq!(above.len(), usize::from(warned.is_some()), "{html}");
            if let Some(warned) = warned {
                assert_eq!(above[0].as_bytes(), warned.bytes);
            }
        }
        let heard = |held: &&Holding| held.what == "two words heard";
        let told = body.matches(" hears \"").count();
        assert_eq!(
            told,
            scene.ledger.holdings().iter().filter(heard).count(),
            "{lesson}"
        );
        for held in scene.ledger.holdings().iter().filter(heard) {
            let words = String::from_utf8(held.bytes.clone()).unwrap();
            assert!(body.contains(&format!(" hears \"{words}\"")), "{lesson}: {words}");
        }
    }
}

#[test]
fn the_bits_give_the_words_and_are_compared_one_by_one() {
    for lesson in LESSONS {
        let body = body(lesson);
        let rows = between(&body, "<tr data-call=\"", "</tr>");
        let verdicts = between(&body, "<p class=\"words-verdict\">", "</p>");
        assert_eq!(rows.len(), verdicts.len());
        for (row, verdict) in rows.into_iter().zip(verdicts) {
            let cells = between(row, "<td>", "</td>");
            let value = |words: &str, code: &str| -> Option<u32> {
                let digits: String = code.chars().filter(|c| matches!(c, '0' | '1')).collect();
                assert_eq!(words == "none", digits.is_empty());
                let value = u32::from_str_radix(&digits, 2).ok()?;
                assert_eq!(digits.len(), 16, "{words}");
                let (first, second) = pgp_words(value << 16);
                assert_eq!(format!("{first} {second}"), words);
                Some(value)
            };
            let both = (value(cells[0], cells[1]), value(cells[2], cells[3]));
            let (told, said) = match both {
                (Some(one), Some(other)) if one == other => {
                    ("none: the same".into(), "The same words.".into())
                }
                (Some(one), Some(other)) => {
                    let apart = (0..16)
                        .filter(|bit| (one >> bit) % 2 != (other >> bit) % 2)
                        .count();
                    let differ = if apart == 1 { "bits differs" } else { "bits differ" };
                    let said = format!("Different words: {apart} of 16 {differ}.");
                    (format!("{apart} of 16"), said)
                }
                _ => (
                    "nothing to compare".into(),
                    "One screen has no words: there is nothing to compare.".to_string(),
                ),
            };
            assert_eq!(cells[4], told, "{lesson}");
            assert!(verdict.starts_with(&said), "{lesson}: {verdict}");
        }
    }
}

/// The page says how many messages it compared; here they are counted in the scene's own ledger.
#[test]
fn the_handshakes_phones_are_the_scenes_own() {
    let (scene, body) = (scene("handshake").unwrap(), body("handshake"));
    let passed = scene.ledger.ever_held_by(Onlooker::Tap);
    let messages = passed.filter(|held| held.what != "frame").count();
    let told = between(&body, "in the run (", " messages compared)");
    assert_eq!(told, [messages.to_string()]);
    assert_eq!(body.matches("<p class=\"words-two\">").count(), 4);
    assert_eq!(body.matches(">none: the same<").count(), 2);
}

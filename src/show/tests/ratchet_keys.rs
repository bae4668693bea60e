//! The ratchet's keys on the pages, held against the scenes' ledgers and computed once more: everything is read back from
//! the page that was made.

use std::collections::{BTreeMap, BTreeSet};

use super::{between, only};
use crate::show::page::ratchet::replay::replay;
use crate::show::page::ratchet::sections;
use crate::show::scene;
use messaging_lab::crypto::hmac::HmacSha256;
use messaging_lab::crypto::x25519::x25519;
use messaging_lab::envelope::parcel::Parcel;
use messaging_lab::ground::hex::bytes_to_hex;
use messaging_lab::ground::ledger::{Holding, Onlooker};
use messaging_lab::ground::scene::seconds;

const LESSONS: [&str; 2] = ["ratchet", "healing"];

fn body(lesson: &str) -> String {
    only(sections(lesson))
}

/// A row of the table of keys: how it begins, Alice's phone, Bob's, the thief.
fn keys(body: &str) -> BTreeMap<&str, [&str; 4]> {
    let rows = between(body, "<tr data-key=\"", "</tr>");
    let keys: BTreeMap<&str, [&str; 4]> = rows
        .iter()
        .map(|row| {
            let cells = between(row, "<td>", "</td>");
            let begins = between(cells[0], "<code>", "</code>")[0];
            (
                row.split('"').next().unwrap(),
                [begins, cells[1], cells[2], cells[3]],
            )
        })
        .collect();
    assert_eq!(keys.len(), rows.len(), "two rows of one name");
    keys
}

/// A row of the table of messages: sealed at, under, opened, the thief.
fn messages(body: &str) -> Vec<Vec<&str>> {
    let rows = between(body, "<tr data-message=\"", "</tr>");
    rows.iter().map(|row| between(row, "<td>", "</td>")).collect()
}

fn begins(bytes: &[u8]) -> String {
    bytes_to_hex(&bytes[..8])
}

/// What the page calls a key of the lesson's ledger.
fn on_page(what: &str) -> Option<String> {
    let number = what.rsplit(' ').next()?;
    if what.starts_with("Alice's chain key") {
        Some(format!("chain key 1.{number}"))
    } else if what.starts_with("Bob's chain key") {
        Some(format!("chain key 2.{number}"))
    } else if what.starts_with("the message key of message") {
        Some(format!("message key 1.{number}"))
    } else {
        None
    }
}

#[test]
fn other_lessons_have_none() {
    for lesson in ["bytes", "keys", "words", "no such lesson"] {
        assert_eq!(sections(lesson), Vec::new());
    }
}

#[test]
fn in_lesson_07_phones_hold_what_the_ledger_says_as_long_as_it_says() {
    let (scene, body) = (scene("ratchet").unwrap(), body("ratchet"));
    let keys = keys(&body);
    let mut told = BTreeSet::new();
    for (phone, column) in [(Onlooker::AlicePhone, 1), (Onlooker::BobPhone, 2)] {
        for held in scene.ledger.ever_held_by(phone) {
            let Some(name) = on_page(&held.what) else { continue };
            let row = keys[&name[..]];
            assert_eq!(row[0], begins(&held.bytes), "{name}");
            let from = seconds(held.from);
            let wanted = match held.until {
                Some(until) => format!("from {from}, erased at {}", seconds(until)),
                None => format!("from {from} on"),
            };
            assert_eq!(row[column], wanted, "{phone}: {name}");
            told.insert((column, name));
        }
    }
    // And nothing that it does not say, but in passing.
    for (name, row) in &keys {
        let listed = name.starts_with("chain key") || name.starts_with("message key");
        for column in [1, 2] {
            let kept = row[column].starts_with("from");
            let in_ledger = told.contains(&(column, name.to_string()));
            assert!(!listed || kept == in_ledger, "{name}: {}", row[column]);
        }
    }
    assert!(told.len() > 8, "{told:?}");
}

#[test]
fn the_thief_has_what_the_ledger_gives_him_and_nothing_else() {
    let of_thief = |held: &&Holding| held.onlooker == Onlooker::Thief;
    let has = |body: &str, kinds: &[&str]| -> BTreeSet<String> {
        keys(body)
            .into_iter()
            .filter(|(name, row)| row[3] == "has it" && kinds.iter().any(|kind| name.starts_with(kind)))
            .map(|(_, row)| row[0].to_string())
            .collect()
    };
    let ratchet = scene("ratchet").unwrap();
    let wanted: BTreeSet<String> = ratchet
        .ledger
        .holdings()
        .iter()
        .filter(of_thief)
        .filter(|held| on_page(&held.what).is_some())
        .map(|held| begins(&held.bytes))
        .collect();
    assert_eq!(has(&body("ratchet"), &["chain", "message"]), wanted);

    let healing = scene("healing").unwrap();
    let copied = healing
        .ledger
        .holdings()
        .iter()
        .filter(of_thief)
        .find(|held| held.what == "the keys of her session")
        .unwrap();
    let wanted: BTreeSet<String> = copied.bytes.chunks(32).map(begins).collect();
    assert_eq!(has(&body("healing"), &[""]), wanted);
}

#[test]
fn the_thief_opens_what_he_opens_in_the_run_and_only_with_keys_in_his_reach() {
    for lesson in LESSONS {
        let (scene, body) = (scene(lesson).unwrap(), body(lesson));
        let keys = keys(&body);
        let mut opened = BTreeSet::new();
        for message in messages(&body) {
            let reached = keys[message[1]][3] != "out of reach";
            let text = message[3].strip_prefix("opens it: ");
            assert_eq!(text.is_some(), reached, "{lesson}: {message:?}");
            opened.extend(text.map(|text| text.replace("&quot;", "\"").replace("&#39;", "'")));
        }
        let by_thief = scene.ledger.ever_held_by(Onlooker::Thief);
        let wanted: BTreeSet<String> = by_thief
            .filter(|held| held.what.ends_with("opened") || held.what.ends_with("with the copied keys"))
            .map(|held| format!("\"{}\"", String::from_utf8_lossy(&held.bytes)))
            .collect();
        assert_eq!(opened, wanted, "{lesson}");
        for (reach, words) in [
            ("has it", "message keys he has "),
            ("can make it", ", can make "),
            ("out of reach", ", and has "),
        ] {
            let counted = keys
                .iter()
                .filter(|(name, row)| name.starts_with("message") && row[3] == reach)
                .count();
            assert!(
                body.replace('\n', " ").contains(&format!("{words}{counted}")),
                "{words}"
            );
        }
    }
}

/// RFC 5869 and the Double Ratchet's section 5.2, by hand: from what the thief's line in the ledger holds, and the public
/// key in the header of what Bob sends at second 10.
#[test]
fn the_turn_that_he_follows_is_computed_once_more_and_the_next_is_not_among_what_he_has() {
    let hmac = |key: &[u8], text: &[u8]| {
        let mut hmac = HmacSha256::new(key);
        hmac.update(text);
        hmac.finish()
    };
    let (scene, body) = (scene("healing").unwrap(), body("healing"));
    let keys = keys(&body);
    let copied = scene
        .ledger
        .ever_held_by(Onlooker::Thief)
        .find(|held| held.what == "the keys of her session")
        .unwrap();
    let (root, private): ([u8; 32], [u8; 32]) = (
        copied.bytes[..32].try_into().unwrap(),
        copied.bytes[32..64].try_into().unwrap(),
    );
    assert_eq!(keys["root key 3"][0], begins(&root));
    assert_eq!(keys["pair 3, private half"][0], begins(&private));
    let sent = scene
        .sent
        .iter()
        .find(|sent| sent.at == 10_000 && sent.from == Onlooker::BobPhone)
        .unwrap();
    let message = Parcel::from_bytes(&sent.bytes).unwrap().message;
    let public: [u8; 32] = message[2..34].try_into().unwrap();
    let extracted = hmac(&root, &x25519(&private, &public).unwrap());
    let info = b"messaging-lab root";
    let first = hmac(&extracted, &[&info[..], &[1]].concat());
    let second = hmac(&extracted, &[&first[..], info, &[2]].concat());
    let rows = [
        ("root key 4", first),
        ("chain key 4.0", second),
        ("chain key 4.1", hmac(&second, &[2])),
        ("message key 4.0", hmac(&second, &[1])),
    ];
    for (name, bytes) in rows {
        assert_eq!(keys[name][0], begins(&bytes), "{name}");
        assert_eq!(keys[name][3], "can make it", "{name}");
    }
    for name in [
        "root key 5",
        "chain key 5.0",
        "message key 5.0",
        "pair 4, private half",
    ] {
        assert_eq!(keys[name][3], "out of reach", "{name}");
    }
}

#[test]
fn a_message_key_is_gone_from_a_phone_with_its_message() {
    for lesson in LESSONS {
        let body = body(lesson);
        let keys = keys(&body);
        for (number, message) in messages(&body).into_iter().enumerate() {
            let (sealed, key, opened) = (message[0], keys[message[1]], message[2]);
            let at_once = |column: usize, at: &str| key[column] == format!("at {at}, and erased at once");
            let kept_until = |column: usize, at: &str| {
                key[column].starts_with("from") && key[column].ends_with(&format!(", erased at {at}"))
            };
            let by_alice = body.contains(&format!(
                "data-message=\"{number}\"><th scope=\"row\">{number}, from Alice"
            ));
            let (from, to) = if by_alice { (1, 2) } else { (2, 1) };
            assert!(at_once(from, sealed), "{lesson} {number}: {key:?}");
            match opened.split_once(" by ") {
                Some((at, who)) => {
                    assert_eq!(who, if by_alice { "Bob" } else { "Alice" });
                    assert!(
                        at_once(to, at) || kept_until(to, at),
                        "{lesson} {number}: {key:?}"
                    );
                }
                None => assert_eq!(key[to], "never"),
            }
        }
    }
}

#[test]
fn the_picture_has_each_key_once_with_the_words_of_the_table() {
    for lesson in LESSONS {
        let body = body(lesson);
        let keys = keys(&body);
        let boxes = between(&body, "<g data-box=\"", "</g>");
        assert_eq!(boxes.len(), keys.len(), "{lesson}");
        let number = |html: &str, name: &str| -> u32 {
            between(html, &format!(" {name}=\""), "\"")[0].parse().unwrap()
        };
        let svg = between(&body, "<svg", ">")[0];
        let (width, height) = (number(svg, "width"), number(svg, "height"));
        let mut places: Vec<[u32; 4]> = Vec::new();
        for one in &boxes {
            let row = keys[one.split('"').next().unwrap()];
            let words = between(one, "<text ", "</text>")[1].split('>').nth(1).unwrap();
            assert_eq!(words, row[3], "{lesson}: {one}");
            let class = match words {
                "has it" => "ratchet-has",
                "can make it" => "ratchet-makes",
                _ => "ratchet-not",
            };
            assert!(one.contains(&format!("<rect class=\"{class}\"")), "{one}");
            let place = ["x", "y", "width", "height"].map(|name| number(one, name));
            let [x, y, wide, high] = place;
            assert!(x + wide <= width && y + high <= height, "{one}");
            for [left, top, wide_too, high_too] in &places {
                let apart =
                    x >= left + wide_too || *left >= x + wide || y >= top + high_too || *top >= y + high;
                assert!(apart, "{lesson}: {one}");
            }
            places.push(place);
        }
        let count = |kind: &str| keys.keys().filter(|name| name.starts_with(kind)).count();
        let roots = count("root key") + count("first secret");
        assert_eq!(
            body.matches("class=\"ratchet-arrow\"").count(),
            roots - 1 + count("chain key") + count("message key")
        );
    }
}

#[test]
fn from_other_seeds_than_the_scenes_nothing_is_told() {
    for (lesson, seeds) in [
        ("ratchet", &[9, 40][..]),
        ("healing", &[9, 9, 66]),
        ("healing", &[8, 8, 66]),
        ("healing", &[8]),
    ] {
        let mut scene = scene(lesson).unwrap();
        assert!(replay(&scene).is_some(), "{lesson}");
        scene.seeds = seeds;
        assert!(replay(&scene).is_none(), "{lesson} {seeds:?}");
    }
}

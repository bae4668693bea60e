//! The formats as they are drawn: read back byte for byte, and held to the models, which play once more.

mod disk;

use disk::{again, counts_are_right, shown};

use super::parsed::{Element, Node};
use super::*;
use messaging_lab::crypto::sha256::sha256;
use messaging_lab::envelope::bundle::{PreKeyBundle, Upload};
use messaging_lab::envelope::header::Header;
use messaging_lab::envelope::kem::{EphemeralKey, KeyPair};
use messaging_lab::envelope::one_shot::{Names, open, open_auth, seal, seal_auth};
use messaging_lab::envelope::parcel::Parcel;
use messaging_lab::envelope::wire::{Kind, message_kind};
use messaging_lab::ground::clock::ControlledClock;
use messaging_lab::ground::ledger::Onlooker;
use messaging_lab::ground::randomness::Seeded;
use messaging_lab::ground::scene::seconds;
use messaging_lab::store::{
    ChatId, Journal, JournalStore, NaiveJournal, NewMessage, PretendDisk, SECOND, ShreddingJournal, Timer,
};

/// The page of a lesson.
fn page_of(lesson: &str) -> &'static Element {
    let mut all = drawn().iter();
    let found = all.find(|(scene, _)| scene.lesson == lesson);
    found.expect("a page").1
}

fn classed<'a>(element: &'a Element, class: &str) -> Vec<&'a Element> {
    element
        .all()
        .into_iter()
        .filter(|below| below.has_class(class))
        .collect()
}

fn byte(hex: &str) -> u8 {
    assert_eq!(hex.len(), 2, "{hex}");
    u8::from_str_radix(hex, 16).expect("hex")
}

/// The bytes of a grid or of a field, and that the character under each is its own.
fn bytes_in(element: &Element) -> Vec<u8> {
    let cells = classed(element, "bytes-cell");
    cells
        .iter()
        .map(|cell| {
            let byte = byte(&cell.named("b")[0].text());
            let shown = cell.named("i")[0].text();
            match byte {
                0x20..=0x7e => assert_eq!(shown.as_bytes(), [byte]),
                _ => assert_eq!(shown, "."),
            }
            byte
        })
        .collect()
}

/// `byte 4` or `bytes 5 to 8`, as first and behind the last.
fn range(words: &str) -> (usize, usize) {
    let number = |word: &str| word.parse::<usize>().expect("a number");
    match words.strip_prefix("bytes ") {
        Some(both) => {
            let (from, to) = both.split_once(" to ").expect("two numbers");
            assert!(number(from) < number(to), "{words}");
            (number(from), number(to) + 1)
        }
        None => {
            let at = number(words.strip_prefix("byte ").expect("a place"));
            (at, at + 1)
        }
    }
}

/// Every grid of a page with the table that stands behind it.
fn messages(page: &Element) -> Vec<(&Element, &Element)> {
    let grids = classed(page, "bytes-grid");
    let tables = classed(page, "bytes-fields");
    assert_eq!(grids.len(), tables.len());
    grids.into_iter().zip(tables).collect()
}

#[test]
fn cells_captions_and_table_say_the_same_and_tile() {
    let mut fields_seen = 0;
    for (scene, page) in drawn() {
        for (grid, table) in messages(page) {
            let all = bytes_in(grid);
            let fields = classed(grid, "bytes-field");
            let rows: Vec<&Element> = table.named("tr").into_iter().skip(1).collect();
            let caption = table.named("caption")[0].text();
            assert!(
                caption.ends_with(&format!(": its {} fields, {} bytes", fields.len(), all.len())),
                "{}: {caption}",
                scene.lesson
            );
            assert_eq!(fields.len(), rows.len());
            let first = range(&rows[0].named("td")[1].text()).0;
            let mut at = first;
            for (number, (field, row)) in (1..).zip(fields.iter().zip(&rows)) {
                let cells = row.named("td");
                let [no, place, value, _, sight] = [0, 1, 2, 3, 4].map(|cell: usize| cells[cell].text());
                let name = row.named("th")[0].text();
                assert_eq!(no, number.to_string());
                let (from, to) = range(&place);
                assert_eq!(from, at, "{}: {name}", scene.lesson);
                at = to;
                assert_eq!(bytes_in(field), all[from - first..to - first]);
                let says = format!("{name}, {place}: {value} ({sight})");
                assert_eq!(field.get("tabindex"), Some("0"));
                assert_eq!(
                    field.get("aria-label"),
                    Some(&format!("field {number} of {}: {says}", fields.len())[..])
                );
                assert_eq!(
                    classed(field, "bytes-caption")[0].text(),
                    format!("{number}. {says}")
                );
                assert_eq!(field.named("sup").len(), 1);
                assert_eq!(field.named("sup")[0].text(), number.to_string());
                assert_eq!(
                    field.has_class("bytes-sealed"),
                    sight.starts_with("sealed: only ")
                );
                fields_seen += 1;
            }
            assert_eq!(at, first + all.len());
        }
    }
    assert!(fields_seen > 300, "only {fields_seen} fields are drawn");
}

#[test]
fn what_is_drawn_was_sent_in_the_run_or_lies_on_the_disk() {
    for (scene, page) in drawn() {
        let drawn = messages(page);
        let wanted = match scene.lesson {
            "bytes" | "timer" | "clocks" | "seal" => 0,
            _ => 1,
        };
        assert!(drawn.len() >= wanted, "{} draws nothing", scene.lesson);
        let own: Vec<Vec<u8>> = match scene.lesson {
            "relay" => one_shot_again(scene, page).into_iter().collect(),
            "erasure" => {
                let [naive, _] = again(|disk| NaiveJournal::new(disk.clone()), 0, FIRST);
                let [shredding, keys] = again(
                    |disk| ShreddingJournal::new(disk.clone(), Seeded::new(2)),
                    30,
                    SECOND_TEXT,
                );
                // Pieces that stand in the file: the parts of a grid are whole records and slots.
                vec![naive.1, shredding.1, keys.0]
            }
            _ => Vec::new(),
        };
        for (grid, table) in drawn {
            let bytes = bytes_in(grid);
            let was_sent = scene.sent.iter().any(|sent| sent.bytes == bytes);
            let first = range(&table.named("tr")[1].named("td")[1].text()).0;
            let lies = own
                .iter()
                .any(|file| file.get(first..first + bytes.len()) == Some(&bytes[..]));
            assert!(
                was_sent || lies,
                "{}: {} is nobody's",
                scene.lesson,
                table.named("caption")[0].text()
            );
        }
    }
}

/// The one-shot envelopes, made once more from the seed that the page names; each opens to the run's text.
fn one_shot_again(scene: &Scene, page: &Element) -> [Vec<u8>; 2] {
    let words = page.by_id("bytes-one-shot").text();
    let (_, behind) = words.split_once("(seed ").expect("a seed");
    let seed = behind.split_once(')').expect("it ends").0;
    let mut random = Seeded::new(seed.parse().expect("a number"));
    let text = &scene.watched[0].1;
    let (alice, bob) = (
        KeyPair::generate(&mut random).unwrap(),
        KeyPair::generate(&mut random).unwrap(),
    );
    let names = Names {
        from: "alice",
        to: "bob",
    };
    let fresh = EphemeralKey::generate(&mut random).unwrap();
    let base = seal(names, fresh, &bob.public(), text).unwrap();
    let fresh = EphemeralKey::generate(&mut random).unwrap();
    let auth = seal_auth(&alice, names, fresh, &bob.public(), text).unwrap();
    assert_eq!(open(names, &bob, &base).as_ref(), Ok(text));
    assert_eq!(open_auth(&alice.public(), names, &bob, &auth).as_ref(), Ok(text));
    [base, auth]
}

const FIRST: &[u8] = b"meet at ten";
const SECOND_TEXT: &[u8] = b"bring the map";

#[test]
fn the_digest_is_sha256_of_what_is_shown() {
    let page = page_of("bytes");
    let images = classed(page, "bytes-image");
    let [message, digest] = [0, 1].map(|number| shown(images[number]));
    assert_eq!(digest.before, sha256(&message.before));
    assert_eq!(digest.after, sha256(&message.after));
    let words = page.by_id("bytes-digest").text();
    for shown in [message, digest] {
        counts_are_right(&words, &shown);
        let pairs = shown.before.iter().zip(&shown.after);
        let bits: u32 = pairs.map(|(a, b)| (a ^ b).count_ones()).sum();
        assert!(words.contains(&format!(
            "Bits that differ: {bits} of {}.",
            8 * shown.before.len()
        )));
    }
}

#[test]
fn what_the_directory_changed_is_what_differs() {
    let page = page_of("keys");
    let (scene, _) = drawn().iter().find(|(scene, _)| scene.lesson == "keys").unwrap();
    let bytes_of = |what: &str| &scene.sent.iter().find(|sent| sent.what == what).unwrap().bytes;
    let upload = Upload::from_bytes(bytes_of("upload of bob/1")).unwrap();
    let bundle = PreKeyBundle::from_bytes(bytes_of("keys of bob/1 for alice/1")).unwrap();
    let (given, own) = (bundle.one_time.unwrap(), upload.one_time[0]);
    let number = |number: u32| number.to_be_bytes().to_vec();
    let wanted = [
        ("version", vec![1], vec![1]),
        (
            "identity key",
            upload.identity.as_bytes().to_vec(),
            bundle.identity.as_bytes().to_vec(),
        ),
        (
            "signed pre-key: id",
            number(upload.signed.id),
            number(bundle.signed.id),
        ),
        (
            "signed pre-key: key",
            upload.signed.key.as_bytes().to_vec(),
            bundle.signed.key.as_bytes().to_vec(),
        ),
        (
            "signature",
            upload.signed.signature.to_vec(),
            bundle.signed.signature.to_vec(),
        ),
        ("one-time pre-key: id", number(own.id), number(given.id)),
        (
            "one-time pre-key: key",
            own.key.as_bytes().to_vec(),
            given.key.as_bytes().to_vec(),
        ),
    ];
    let rows: Vec<&Element> = classed(page, "bytes-changed")[0]
        .named("tr")
        .into_iter()
        .skip(1)
        .collect();
    assert_eq!(rows.len(), wanted.len());
    for (row, (name, before, after)) in rows.iter().zip(wanted) {
        assert_eq!(row.named("th")[0].text(), name);
        let differ = before.iter().zip(&after).filter(|(a, b)| a != b).count();
        let words = match differ {
            0 => "none: the same".to_string(),
            _ => format!("{differ} of {}: changed", after.len()),
        };
        assert_eq!(row.named("td")[2].text(), words, "{name}");
    }
    assert_ne!(upload.identity, bundle.identity, "this directory lies");
    // Whose signature holds under whose key: the lie is well signed, with the directory's own key.
    assert!(bundle.verify().is_ok());
    let said = page.by_id("bytes-bundle").text();
    for whose in ["Bob's upload", "what Alice's phone got"] {
        assert!(said.contains(&format!(
            "The signature in {whose} fits the identity key that stands there with it."
        )));
    }
}

#[test]
fn the_ratchet_keys_of_lesson_08_are_those_in_its_parcels() {
    let (scene, page) = drawn()
        .iter()
        .find(|(scene, _)| scene.lesson == "healing")
        .unwrap();
    let to_relay = scene.sent.iter().filter(|sent| sent.to == Onlooker::Relay);
    let mut seen = Vec::new();
    let wanted: Vec<Vec<String>> = to_relay
        .filter_map(|sent| Some((sent, Parcel::from_bytes(&sent.bytes).ok()?)))
        .map(|(sent, parcel)| {
            // Behind an introduction of 75 bytes, or alone.
            let message = match message_kind(&parcel.message) {
                Ok(Kind::Initial) => &parcel.message[75..],
                _ => &parcel.message[..],
            };
            let (header, _) = Header::of(message).unwrap();
            let new = !seen.contains(&header.dh);
            seen.push(header.dh);
            let hex: String = header.dh.as_bytes()[..8]
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect();
            vec![
                format!("second {}", seconds(sent.at)),
                sent.from.to_string(),
                format!("{hex}.."),
                if new { "new" } else { "as before" }.to_string(),
                header.pn.to_string(),
                header.n.to_string(),
            ]
        })
        .collect();
    let rows: Vec<Vec<String>> = classed(page, "bytes-pairs")[0]
        .named("tr")
        .iter()
        .skip(1)
        .map(|row| row.named("td").iter().map(|cell| cell.text()).collect())
        .collect();
    assert!(rows.len() > 4);
    assert_eq!(rows, wanted);
}

//! The formats as they are drawn: read back byte for byte, and held to the models, which play once more.

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

/// Bob's journal and key file before and after his timer ends, played again: a text comes one second after the
/// beginning, is read three seconds later, and its timer runs for ten.
fn again<J: Journal + 'static>(
    journal: impl FnOnce(&PretendDisk) -> J,
    begin: u64,
    text: &[u8],
) -> [(Vec<u8>, Vec<u8>); 2] {
    let clock = ControlledClock::new(0);
    clock.advance(begin * SECOND);
    let disk = PretendDisk::new();
    let (mut store, _) = JournalStore::load(clock.clone(), journal(&disk)).unwrap();
    clock.advance(SECOND);
    let timer = Timer::AfterRead(10 * SECOND);
    let id = store
        .insert(NewMessage::received(ChatId(1), text).timer(timer))
        .unwrap();
    clock.advance(3 * SECOND);
    store.read(id).unwrap();
    clock.advance(10 * SECOND);
    let before = disk.files();
    store.purge().unwrap();
    let after = disk.files();
    let [journal, keys] = before;
    let [later_journal, later_keys] = after;
    [(journal, later_journal), (keys, later_keys)]
}

/// What an image shows: both files, and how many bytes are underlined in rows from before and from after.
struct Shown {
    before: Vec<u8>,
    after: Vec<u8>,
    marked: [usize; 2],
}

/// The bytes of one image, from its rows.
fn shown(image: &Element) -> Shown {
    let mut shown = Shown {
        before: Vec::new(),
        after: Vec::new(),
        marked: [0; 2],
    };
    for pre in image.named("pre") {
        let mut lines: Vec<(String, usize)> = vec![(String::new(), 0)];
        for node in &pre.inside {
            let (text, marked) = match node {
                Node::Text(text) => (text.clone(), false),
                Node::Element(element) => (element.text(), element.name == "mark"),
            };
            for (number, piece) in text.split('\n').enumerate() {
                if number > 0 {
                    lines.push((String::new(), 0));
                }
                let last = lines.last_mut().expect("one");
                last.0.push_str(piece);
                last.1 += usize::from(marked);
            }
        }
        for (line, marked) in lines.iter().filter(|(line, _)| !line.is_empty()) {
            let (word, rest) = line.split_at(6);
            let (offset, rest) = rest.trim_start().split_once("  ").expect("two columns");
            let row: Vec<u8> = rest[..48].split_whitespace().map(byte).collect();
            let (into, count): (&mut [&mut Vec<u8>], _) = match word.trim() {
                "same" => (&mut [&mut shown.before, &mut shown.after], None),
                "before" => (&mut [&mut shown.before], Some(0)),
                "after" | "added" => (&mut [&mut shown.after], Some(1)),
                other => panic!("{other}"),
            };
            for file in into {
                assert_eq!(file.len(), offset.parse::<usize>().expect("a number"), "{line}");
                file.extend(&row);
            }
            match count {
                Some(which) => shown.marked[which] += marked,
                None => assert_eq!(*marked, 0, "{line}"),
            }
        }
    }
    shown
}

/// That the words above an image count what is in it.
fn counts_are_right(words: &str, shown: &Shown) {
    let Shown {
        before,
        after,
        marked,
    } = shown;
    let changed = before.iter().zip(after).filter(|(a, b)| a != b).count();
    assert!(after.len() >= before.len(), "no file here is cut");
    let added = after.len() - before.len();
    let bytes = |count: usize| format!("{count} byte{}", if count == 1 { "" } else { "s" });
    assert!(
        words.contains(&format!(
            "{} before, {} after: {} changed in place, {} added behind.",
            bytes(before.len()),
            bytes(after.len()),
            bytes(changed),
            bytes(added)
        )),
        "{words}"
    );
    assert_eq!(*marked, [changed, changed + added]);
}

#[test]
fn the_disk_images_are_those_of_stores_that_lived_the_same() {
    let page = page_of("erasure");
    let [naive, _] = again(|disk| NaiveJournal::new(disk.clone()), 0, FIRST);
    let [shredding, keys] = again(
        |disk| ShreddingJournal::new(disk.clone(), Seeded::new(2)),
        30,
        SECOND_TEXT,
    );
    let images = classed(page, "bytes-image");
    let says: Vec<String> = ["bytes-naive", "bytes-shredding"]
        .map(|id| page.by_id(id).text())
        .to_vec();
    assert_eq!(images.len(), 3);
    for (image, (wanted, words)) in
        images
            .iter()
            .zip([(&naive, &says[0]), (&shredding, &says[1]), (&keys, &says[1])])
    {
        let shown = shown(image);
        assert_eq!((&shown.before, &shown.after), (&wanted.0, &wanted.1));
        counts_are_right(words, &shown);
    }
    // What the pages say of each text and of the key, looked up once more.
    let holds = |file: &[u8], wanted: &[u8]| file.windows(wanted.len()).any(|part| part == wanted);
    assert!(holds(&naive.1, FIRST) && !holds(&shredding.0, SECOND_TEXT) && !holds(&keys.0, SECOND_TEXT));
    let at = naive
        .0
        .windows(FIRST.len())
        .position(|part| part == FIRST)
        .unwrap();
    let end = at + FIRST.len() - 1;
    assert!(says[0].contains(&format!(
        "the first text: before at bytes {at} to {end}; after at bytes {at} to {end}: whoever reads the file still reads it"
    )));
    assert!(says[1].contains("the second text: not in this file, neither before nor after"));
    // Slot 0 begins at 64, its key 8 bytes later.
    assert!(
        says[1]
            .contains("Bob's key to the second text: before at bytes 72 to 103; after nowhere in this file")
    );
    assert!(keys.1[64..].iter().all(|byte| *byte == 0) && keys.0[72..104].iter().any(|byte| *byte != 0));
    assert!(says[1].contains("keeps the page with the key until second 60"));
}

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

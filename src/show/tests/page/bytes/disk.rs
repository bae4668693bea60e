//! The disk images as they are drawn, held to stores that live the same once more.

use super::*;

/// Bob's journal and key file before and after his timer ends, played again: a text comes one second after the
/// beginning, is read three seconds later, and its timer runs for ten.
pub fn again<J: Journal + 'static>(
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
pub struct Shown {
    pub before: Vec<u8>,
    pub after: Vec<u8>,
    pub marked: [usize; 2],
}

/// The bytes of one image, from its rows.
pub fn shown(image: &Element) -> Shown {
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
pub fn counts_are_right(words: &str, shown: &Shown) {
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

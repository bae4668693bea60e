//! Lesson 08, leaks: ledgers as data, with six places that can come to a text.

use messaging_lab::course::exam::{Exam, Fault};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::Student;
use messaging_lab::crypto::aead;
use messaging_lab::ground::randomness::Seeded;

use super::{Key, Tidy, array, as_set, wrong};

/// Who, which bytes, since which second.
pub type Line = (String, Vec<u8>, u64);

/// A ledger, and a text.
pub type Leak = (Vec<Line>, Vec<u8>);

pub const PLACES: [&str; 6] = [
    "relay",
    "cloud backup",
    "linked device",
    "notification preview",
    "stolen phone",
    "app update",
];

const TEXT: &[u8] = b"the code is 2718";

pub fn contains(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|part| part == text)
}

/// What `bytes` open to under `key`, if both are what they have to be.
pub fn opened(key: &[u8], packet: &[u8]) -> Option<Vec<u8>> {
    let key: &Key = key.try_into().ok()?;
    let (nonce, sealed) = packet.split_first_chunk::<12>()?;
    aead::open(key, nonce, b"", sealed).ok()
}

fn wanted((ledger, text): &Leak) -> Vec<(String, u64)> {
    let earliest = |who: &str| {
        let of = || ledger.iter().filter(move |line| line.0 == who);
        let plain = of().filter(|line| contains(&line.1, text)).map(|line| line.2);
        let pairs = of().flat_map(|key| of().map(move |packet| (key, packet)));
        let by_key = pairs
            .filter(|(key, packet)| opened(&key.1, &packet.1).is_some_and(|text_in| contains(&text_in, text)))
            .map(|(key, packet)| key.2.max(packet.2));
        plain.chain(by_key).min()
    };
    let names = as_set(ledger.iter().map(|line| line.0.clone()).collect());
    names
        .into_iter()
        .filter_map(|who| earliest(&who).map(|second| (who, second)))
        .collect()
}

fn packet(key: &Key, nonce: u8, text: &[u8]) -> Vec<u8> {
    let nonce = [nonce; 12];
    let sealed = aead::seal(key, &nonce, b"", text).expect("a short text");
    [&nonce[..], &sealed].concat()
}

fn draw(random: &mut Seeded) -> Leak {
    let key: Key = array(random);
    let other: Key = array(random);
    let text = [&b"room 7 instead"[..], b"2718", "gr\u{f6}\u{df}er".as_bytes()][random.below(3) as usize];
    let lines = random.below(12);
    let ledger = (0..lines)
        .map(|_| {
            let bytes = match random.below(8) {
                0 => [&random.bytes(5)[..], text, &random.bytes(3)[..]].concat(),
                1 => packet(&key, random.below(3) as u8, text),
                2 => packet(&other, random.below(3) as u8, text),
                3 | 4 => key.to_vec(),
                5 => other.to_vec(),
                6 => packet(&key, 9, b"another text"),
                _ => random.bytes(20),
            };
            let who = PLACES[random.below(6) as usize].to_string();
            (who, bytes, random.below(60))
        })
        .collect();
    (ledger, text.to_vec())
}

/// A ledger, a text -> who comes to it, and since when.
pub fn leaks(student: impl Student<Leak, Vec<(String, u64)>>) -> Verdict {
    let key: Key = array(&mut Seeded::new(82));
    let other: Key = array(&mut Seeded::new(83));
    let mut ends_in_0 = other;
    ends_in_0[31] = 0;
    let sealed = || packet(&key, 1, TEXT);
    let ask = |lines: Vec<(&str, Vec<u8>, u64)>| {
        let line = |(who, bytes, since): (&str, Vec<u8>, u64)| (who.to_string(), bytes, since);
        (lines.into_iter().map(line).collect::<Vec<Line>>(), TEXT.to_vec())
    };
    let ask_for = |text: &[u8], lines: Vec<(&str, Vec<u8>, u64)>| (ask(lines).0, text.to_vec());
    let plain = || TEXT.to_vec();
    let k = || key.to_vec();
    Exam::new("healing/leaks", wrong::leaks())
        .case(
            "all six places at once",
            ask(vec![
                ("relay", sealed(), 1),
                ("notification preview", b"Bob: the code is 2718".to_vec(), 2),
                ("linked device", k(), 0),
                ("linked device", sealed(), 3),
                ("cloud backup", sealed(), 20),
                ("cloud backup", b"the backup's key is elsewhere".to_vec(), 20),
                ("stolen phone", k(), 25),
                ("stolen phone", b"chat: the code is 2718 / ok".to_vec(), 25),
                ("app update", k(), 30),
            ]),
        )
        .case("the relay alone, sealed", ask(vec![("relay", sealed(), 1)]))
        .case("the relay, after an update handed it the key", ask(vec![("relay", sealed(), 1), ("relay", k(), 30)]))
        .case("the key was there first", ask(vec![("linked device", k(), 0), ("linked device", sealed(), 12)]))
        .case(
            "one has the packet, another the key",
            ask(vec![("relay", sealed(), 1), ("app update", k(), 30)]),
        )
        .case(
            "the backup takes packet and key along",
            ask(vec![("cloud backup", sealed(), 20), ("cloud backup", k(), 20)]),
        )
        .case(
            "a key that opens something else",
            ask(vec![("stolen phone", sealed(), 5), ("stolen phone", other.to_vec(), 5)]),
        )
        .case(
            "the key of another packet, and that packet",
            ask(vec![
                ("cloud backup", packet(&other, 2, b"lunch at noon?"), 5),
                ("cloud backup", other.to_vec(), 6),
                ("cloud backup", sealed(), 7),
            ]),
        )
        .case(
            "the ledger is in no order",
            ask(vec![
                ("notification preview", plain(), 40),
                ("relay", k(), 33),
                ("notification preview", plain(), 8),
                ("relay", sealed(), 21),
                ("notification preview", plain(), 19),
            ]),
        )
        .case(
            "first with a key, later in plain",
            ask(vec![
                ("stolen phone", plain(), 50),
                ("stolen phone", k(), 10),
                ("stolen phone", sealed(), 20),
            ]),
        )
        .case(
            "first in plain, later with a key",
            ask(vec![
                ("app update", sealed(), 4),
                ("app update", plain(), 7),
                ("app update", k(), 9),
            ]),
        )
        .case(
            "two packets under one key",
            ask(vec![
                ("linked device", packet(&key, 2, b"ok: the code is 2718!"), 15),
                ("linked device", sealed(), 30),
                ("linked device", k(), 18),
            ]),
        )
        .case(
            "two keys, and the second one opens it",
            ask(vec![
                ("linked device", other.to_vec(), 1),
                ("linked device", k(), 6),
                ("linked device", sealed(), 2),
            ]),
        )
        .case(
            "two keys, and the first one opens it",
            ask(vec![
                ("linked device", k(), 6),
                ("linked device", other.to_vec(), 1),
                ("linked device", sealed(), 2),
            ]),
        )
        .case(
            "the same key twice, the later one first",
            ask(vec![("relay", k(), 36), ("relay", sealed(), 9), ("relay", k(), 12)]),
        )
        .case(
            "another packet under the same key comes first",
            ask(vec![
                ("linked device", k(), 6),
                ("linked device", packet(&key, 9, b"another text"), 1),
                ("linked device", sealed(), 2),
            ]),
        )
        .case(
            "two packets, and each has a key of its own",
            ask(vec![
                ("app update", k(), 1),
                ("app update", packet(&other, 2, TEXT), 2),
                ("app update", other.to_vec(), 40),
                ("app update", sealed(), 50),
            ]),
        )
        .case(
            "keys with a byte too many",
            ask(vec![
                ("relay", sealed(), 1),
                ("relay", [k(), vec![0]].concat(), 2),
                ("app update", sealed(), 1),
                ("app update", [vec![0], k()].concat(), 2),
            ]),
        )
        .case(
            "a key that ends in 0, and the 0 is missing",
            ask(vec![
                ("relay", packet(&ends_in_0, 1, TEXT), 1),
                ("relay", ends_in_0[..31].to_vec(), 2),
            ]),
        )
        .case(
            "a packet with more than text in it",
            ask(vec![
                ("stolen phone", packet(&key, 6, &[&[0xff][..], TEXT].concat()), 3),
                ("stolen phone", k(), 3),
            ]),
        )
        .case(
            "inside something that is no text",
            ask(vec![(
                "cloud backup",
                [&[0, 0xff, 0xfe, 0x80][..], TEXT, &[0xc3]].concat(),
                20,
            )]),
        )
        .case(
            "a changed packet, a cut one, a short line, an empty one",
            ask(vec![
                ("relay", k(), 1),
                (
                    "relay",
                    {
                        let mut changed = sealed();
                        changed[14] ^= 1;
                        changed
                    },
                    2,
                ),
                ("relay", sealed()[..40].to_vec(), 3),
                ("relay", vec![1, 2, 3], 4),
                ("relay", vec![], 5),
            ]),
        )
        .case(
            "a part of it only",
            ask(vec![("notification preview", b"Bob: the code is 2..".to_vec(), 3)]),
        )
        .case("at second 0", ask(vec![("linked device", plain(), 0)]))
        .case("an empty ledger", ask(vec![]))
        .case(
            "a line of 32 bytes that is no key",
            ask(vec![("stolen phone", b"the code is 2718, said the bank.".to_vec(), 3)]),
        )
        .case(
            "a packet of 32 bytes",
            ask_for(
                b"2718",
                vec![("linked device", packet(&key, 5, b"2718"), 8), ("linked device", k(), 6)],
            ),
        )
        .case(
            "a text of one byte",
            ask_for(b"7", vec![("notification preview", b"2718".to_vec(), 3), ("relay", b"281".to_vec(), 3)]),
        )
        .case(
            "the shortest packet, with a text of one byte",
            ask_for(b"7", vec![("relay", packet(&key, 5, b"7"), 8), ("relay", k(), 9)]),
        )
        .case(
            "its first two signs stand there three times",
            ask_for(b"112", vec![("notification preview", b"call 1112".to_vec(), 3)]),
        )
        .case(
            "bytes that are no valid text",
            ask_for(
                &[0xff, 0xfe],
                vec![
                    ("cloud backup", vec![0x80, 0x81], 3),
                    ("stolen phone", vec![0, 0xff, 0xfe, 0], 4),
                ],
            ),
        )
        .case(
            "in capital letters it is another text",
            ask(vec![("app update", b"THE CODE IS 2718".to_vec(), 3)]),
        )
        .case(
            "the text is the sign that stands for what is no text",
            ask_for(
                "\u{fffd}".as_bytes(),
                vec![("cloud backup", vec![0xff, 0xfe], 3), ("stolen phone", "\u{fffd}?".into(), 4)],
            ),
        )
        .case(
            "years later",
            ask(vec![
                ("linked device", k(), 70_000),
                ("linked device", sealed(), 300),
                ("cloud backup", plain(), 5_000_000_000),
            ]),
        )
        .case("at the largest second there is", ask(vec![("app update", plain(), u64::MAX)]))
        .seeded(40, draw)
        .judge(
            Tidy(student, as_set),
            |(ledger, text)| {
                let lines: Vec<String> = ledger.iter().map(|line| in_words(line, text)).collect();
                format!(
                    "who comes to {:?}, since when, of [{}]?",
                    String::from_utf8_lossy(text),
                    lines.join("; ")
                )
            },
            |question, got| {
                let wanted = wanted(question);
                if *got == wanted {
                    return Ok(());
                }
                let of = |list: &[(String, u64)], who: &str| {
                    list.iter().find(|(name, _)| name == who).map(|(_, second)| *second)
                };
                let innocent = got.iter().find(|(who, _)| of(&wanted, who).is_none());
                let missed = wanted.iter().find(|(who, _)| of(got, who).is_none());
                let late = got.iter().find(|(who, second)| of(&wanted, who) != Some(*second));
                let why = match (innocent, missed, late) {
                    (Some((who, _)), ..) => format!(
                        "{who}: never has the text, nor a packet with it inside together with the key: a false alarm"
                    ),
                    (_, Some((who, _)), _) => {
                        format!("{who}: missed, and it has the text, or both a packet with it inside and the key")
                    }
                    (.., Some((who, _))) => format!(
                        "{who}: once for each, with the first second at which it had the text, or both packet and key"
                    ),
                    _ => "each onlooker once".to_string(),
                };
                Err(Fault::new(format!("{wanted:?}"), why))
            },
        )
}

/// A line as a reader can take it in: what it is, not its bytes.
fn in_words((who, bytes, since): &Line, text: &[u8]) -> String {
    let what = match bytes.len() {
        _ if contains(bytes, text) => format!("\"{}\"", bytes.escape_ascii()),
        32 => format!("32 bytes {:02x}{:02x}..", bytes[0], bytes[1]),
        length => format!("{length} bytes"),
    };
    format!("{who}: {what}, {since}")
}

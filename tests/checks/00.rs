//! Lesson 00: what each exercise must show.

use messaging_lab::course::exam::{Exam, Fault, same};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::Student;
use messaging_lab::crypto::sha256::sha256;
use messaging_lab::ground::clock::ControlledClock;
use messaging_lab::ground::hex::{bytes_to_hex, hex_to_bytes};
use messaging_lab::ground::randomness::Seeded;
use messaging_lab::store::{
    ChatId, HEAD_BYTES, JournalStore, MESSAGE_FIELD_BYTES, NaiveJournal, Part, PretendDisk,
};

#[path = "../wrong/00.rs"]
pub mod wrong;

/// Bytes -> two lower-case digits each.
pub fn hex(student: impl Student<Vec<u8>, String>) -> Verdict {
    Exam::new("bytes/hex", wrong::hex())
        .case("the worked example", vec![0xd5, 0x07])
        .case("one small byte", vec![0x0a])
        .case("no bytes at all", vec![])
        .case("text", b"meet at ten".to_vec())
        .case("every byte there is, twice", (0..=255).chain(0..=255).collect())
        .case("many bytes", (0..=255).cycle().take(3_000).collect())
        .seeded(40, |random| {
            let length = random.below(40) as usize;
            random.bytes(length)
        })
        .judge(
            student,
            |bytes| format!("hex of the {} bytes {bytes:02x?}?", bytes.len()),
            |bytes, got| {
                same(
                    got,
                    &bytes_to_hex(bytes),
                    "two lower-case digits a byte, the high half first: so everybody writes the same bytes alike",
                )
            },
        )
}

/// Text -> bytes, or a refusal.
pub fn unhex(student: impl Student<String, Option<Vec<u8>>>) -> Verdict {
    let long = "d507".repeat(1_500);
    let mut exam = Exam::new("bytes/unhex", wrong::unhex());
    for (name, text) in [
        ("the worked example", "d507"),
        ("a zero byte first", "00ff"),
        ("upper case reads too", "D5Ff"),
        ("no text at all", ""),
        ("an odd number of digits", "d50"),
        ("one digit", "d"),
        ("a letter that is no digit", "d5g7"),
        ("the last character is no digit", "d50z"),
        ("a plus sign", "+fd5"),
        ("a plus sign in the middle", "d5+f"),
        ("a line break at the end", "d507\n"),
        ("a space in front", " d507"),
        ("0X is no digit", "0X07"),
        ("an underscore", "d5_07f"),
        ("a minus sign", "-1d5"),
        ("a space", "d5 7"),
        ("an 0x in front", "0xd5"),
        ("a character of two bytes", "d5\u{e9}"),
        ("a character of two bytes across two pairs", "a\u{e9}b"),
        ("digits of another script", "\u{663}\u{663}"),
        (
            "the digits 1 and 2, as wide as Chinese characters",
            "\u{ff11}\u{ff12}",
        ),
        ("a tab in front", "\td507"),
        ("a zero byte at the end", "d507\0"),
        ("a line break of two characters in the middle", "d5\r\n07"),
        ("colons", "d5:07:"),
        ("a colon between the bytes", "d5:07"),
        ("colons between the bytes", "d5:07:ff"),
        ("two spaces between the bytes", "d5  07"),
        ("every digit", "0123456789abcdefABCDEF"),
        ("many digits", &long),
    ] {
        exam = exam.case(name, text.to_string());
    }
    exam.seeded(60, |random| {
        let length = random.below(20) as usize;
        let mut text: Vec<char> = bytes_to_hex(&random.bytes(length)).chars().collect();
        let at = random.below(text.len() as u64) as usize;
        match random.below(4) {
            0 if !text.is_empty() => {
                let bad: Vec<char> = "gx/:`@G +-_\n\0\u{e9}".chars().collect();
                text[at] = bad[random.below(bad.len() as u64) as usize];
            }
            1 if !text.is_empty() => drop(text.remove(at)),
            _ => {}
        }
        let upper = random.below(2) == 1;
        text.into_iter()
            .map(|c| if upper { c.to_ascii_uppercase() } else { c })
            .collect()
    })
    .judge(
        student,
        |text| format!("which bytes are {text:?}?"),
        |text, got| {
            let wanted = hex_to_bytes(text).ok();
            let why = match wanted {
                Some(_) => "good text must give its bytes back",
                None => "bad text must be refused: guessing bytes from it hides that something was damaged",
            };
            same(got, &wanted, why)
        },
    )
}

/// The first four bytes of a record -> how long what follows is.
pub fn length(student: impl Student<Vec<u8>, Option<u32>>) -> Verdict {
    Exam::new("bytes/length", wrong::length())
        .case("the worked example", vec![0, 0, 1, 2, 0xff])
        .case("every byte of it counts", vec![1, 2, 3, 4])
        .case("the largest length", vec![0xff; 6])
        .case("a head cut off after three bytes", vec![0, 0, 1])
        .case("nothing at all", vec![])
        .case("a head of zeros, and nothing behind it", vec![0, 0, 0, 0])
        .case("a head of zeros", vec![0, 0, 0, 0, 7, 7])
        .case("a small number", vec![0, 0, 0, 3, 7, 7])
        .case(
            "a record of the store, as its journal writes it",
            journal_record(),
        )
        .case("a long record", [vec![0, 0, 1, 44], vec![7; 300]].concat())
        .seeded(40, |random| {
            let length = random.below(12) as usize;
            random.bytes(length)
        })
        .judge(
            student,
            |record| format!("the record begins {record:02x?}: which number stands in its first four bytes?"),
            |record, got| {
                let wanted = record.first_chunk().map(|head| u32::from_be_bytes(*head));
                let why = match wanted {
                    Some(_) => "who reads the length wrong looks for the next record in the wrong place",
                    None => "fewer than four bytes are no head: a length made up from them is nobody's",
                };
                same(got, &wanted, why)
            },
        )
}

/// The last record of a naive journal in which one message was put.
fn journal_record() -> Vec<u8> {
    let disk = PretendDisk::new();
    let clock = ControlledClock::new(1_447_459_200_000);
    let (mut store, _) =
        JournalStore::load(clock, NaiveJournal::new(disk.clone())).expect("an empty disk loads");
    store.receive(ChatId(1), b"meet at ten").expect("there is room");
    let image = disk.part(Part::Journal);
    let body = image
        .windows(11)
        .position(|window| window == b"meet at ten")
        .expect("a naive journal holds the body");
    // The fields in front of a message's body are always as many.
    image[body - HEAD_BYTES - MESSAGE_FIELD_BYTES..].to_vec()
}

/// Two byte strings of one length -> one.
pub fn xor(student: impl Student<(Vec<u8>, Vec<u8>), Option<Vec<u8>>>) -> Verdict {
    Exam::new("bytes/xor", wrong::xor())
        .shows(|bytes| match bytes {
            Some(bytes) => format!("Some({bytes:02x?})"),
            None => "None".to_string(),
        })
        .case("the worked example", (vec![0b1100], vec![0b1010]))
        .case("with itself", (b"meet".to_vec(), b"meet".to_vec()))
        .case("with zeros", (b"meet".to_vec(), vec![0; 4]))
        .case("nothing with nothing", (vec![], vec![]))
        .case(
            "the second is shorter",
            (b"meet at ten".to_vec(), b"key".to_vec()),
        )
        .case("the first is shorter", (b"key".to_vec(), b"meet at ten".to_vec()))
        .case("the second is empty", (b"meet".to_vec(), vec![]))
        .case("long ones", ((0..=255).collect(), vec![0x5a; 256]))
        .case(
            "longer ones",
            ((0..=255).cycle().take(3_000).collect(), vec![0x5a; 3_000]),
        )
        .case(
            "zeros at the end of it",
            (b"meet\0\0".to_vec(), b"meat\0\0".to_vec()),
        )
        .case("long ones, and equal", (vec![0x5a; 40], vec![0x5a; 40]))
        .case("the first has 256 bytes more", (vec![1; 260], vec![2; 4]))
        .case("the first has one byte more", (b"meet".to_vec(), b"key".to_vec()))
        .case(
            "the second has one byte more",
            (b"key".to_vec(), b"meet".to_vec()),
        )
        .seeded(40, |random| {
            let length = random.below(24) as usize;
            let other = if random.below(4) == 0 {
                random.below(24) as usize
            } else {
                length
            };
            (random.bytes(length), random.bytes(other))
        })
        .judge(
            student,
            |(a, b)| format!("{a:02x?} xor {b:02x?}?"),
            |(a, b), got| {
                let xored: Vec<u8> = a.iter().zip(b).map(|(a, b)| a ^ b).collect();
                match (a.len() == b.len(), got) {
                    (true, Some(got)) if *got == xored => Ok(()),
                    (false, None) => Ok(()),
                    (true, _) => Err(Fault::new(
                        format!("Some({xored:02x?})"),
                        "only xor undoes itself: (a xor b) xor b must be a again",
                    )),
                    (false, Some(_)) => Err(Fault::new(
                        "None",
                        "two lengths are refused: cut or stretched, one of the two would no longer come back",
                    )),
                }
            },
        )
}

/// For each place in a digest but the last two a number and a bit: the records "pay Eve NUMBER", and the same with that bit
/// of its last byte flipped, have digests that are alike in the three bytes from there on. Found by trying.
#[rustfmt::skip]
const ALIKE: [(u32, u8); 30] = [
    (1078928, 7), (4204679, 7), (178971, 3), (144324, 7), (2096056, 4), (2457156, 5),
    (362314, 3), (661699, 5), (18061494, 0), (63945, 1), (4399691, 7), (1530708, 1),
    (747614, 1), (219341, 2), (872968, 0), (1693002, 6), (2888558, 0), (2001858, 5),
    (7838072, 0), (216619, 5), (3185371, 6), (3612405, 6), (575199, 7), (7150790, 2),
    (2059243, 7), (122120, 3), (2497321, 5), (9596830, 4), (511504, 7), (3274911, 1),
];

/// Yesterday's digests, today's records -> which record changed.
pub fn flip(student: impl Student<(Vec<[u8; 32]>, Vec<Vec<u8>>), Option<usize>>) -> Verdict {
    let records = || {
        vec![
            b"pay Bob 10".to_vec(),
            b"pay Carol 20".to_vec(),
            b"pay Dave 30".to_vec(),
        ]
    };
    let noted =
        |records: &[Vec<u8>]| -> Vec<[u8; 32]> { records.iter().map(|record| sha256(record)).collect() };
    let with_flip = |number: usize, bit: usize| {
        let mut now = records();
        now[number][bit / 8] ^= 1 << (bit % 8);
        (noted(&records()), now)
    };
    let mut exam = Exam::new("bytes/flip", wrong::flip())
        .case("one bit of records[1]", with_flip(1, 80))
        .case("one bit of records[0]", with_flip(0, 0))
        .case("the last bit of records[2]", with_flip(2, 87))
        .case("nothing changed", (noted(&records()), records()))
        .case("no records", (vec![], vec![]))
        // '0' and '1' differ by one bit: the second record turned into what the first one is.
        .case("one bit of records[1], which now equals records[0]", {
            let before = vec![b"pay Bob 10".to_vec(), b"pay Bob 11".to_vec()];
            (noted(&before), vec![before[0].clone(), before[0].clone()])
        })
        .case("one bit of records[1], which was equal to records[0]", {
            let before = vec![b"pay Bob 10".to_vec(), b"pay Bob 10".to_vec()];
            (noted(&before), vec![before[0].clone(), b"pay Bob 11".to_vec()])
        })
        .case("one bit of records[0], which was equal to records[1]", {
            let before = vec![b"pay Bob 10".to_vec(), b"pay Bob 10".to_vec()];
            (noted(&before), vec![b"pay Bob 11".to_vec(), before[1].clone()])
        })
        .case("one bit of records[0], which now equals records[1]", {
            let before = vec![b"pay Bob 11".to_vec(), b"pay Bob 10".to_vec()];
            (noted(&before), vec![before[1].clone(), before[1].clone()])
        });
    for (at, (number, bit)) in ALIKE.into_iter().enumerate() {
        let before = format!("pay Eve {number}").into_bytes();
        let mut now = before.clone();
        now[before.len() - 1] ^= 1 << bit;
        let name = format!("one bit, and the digests are alike in bytes {at} to {}", at + 2);
        exam = exam.case(&name, pair(&before, &now));
    }
    exam
        // Found by trying: pairs of records one bit apart whose digests agree in part. For more than four bytes nobody has
        // the time to find one, and who compares five misses one change in a million million.
        .case("one bit, and the digests have the same sum", pair(b"pay Eve 13074", b"pay Eve 13076"))
        .case("one bit, and the first four bytes of the digests are alike", pair(b"pay Eve 232464789", b"pay Eve 23246478\xb9"))
        .case("one bit, and the last four bytes of the digests are alike", pair(b"pay Eve 276699517", b"pay Eve 276699516"))
        .case("one bit, and few bits of the digests differ", pair(b"pay Eve 1938998", b"pay Eve 1938999"))
        .case("the last bit of a long record", {
            let before: Vec<u8> = (0..=255).cycle().take(1_000).collect();
            let mut now = before.clone();
            now[999] ^= 1;
            pair(&before, &now)
        })
        .case("a long record that is as it was, and a short one that changed", {
            let before = vec![vec![7; 200], b"pay Bob 10".to_vec()];
            let mut now = before.clone();
            now[1][9] ^= 1;
            (noted(&before), now)
        })
        .case("three hundred records", {
            let records: Vec<Vec<u8>> = (0..300_u16).map(|number| number.to_be_bytes().to_vec()).collect();
            let digests = noted(&records);
            let mut now = records;
            now[290][0] ^= 0x80;
            (digests, now)
        })
        .case("many records", many(40, Some(33)))
        .case("many records, none changed", many(40, None))
        .case("an empty record among them", {
            let before = vec![b"pay Bob 10".to_vec(), vec![], b"pay Carol 20".to_vec()];
            let mut now = before.clone();
            now[2][0] ^= 4;
            (noted(&before), now)
        })
        .seeded(20, |random| draw_flip(random, |_, _| true))
        .seeded(10, |random| {
            let (_, records) = draw_flip(random, |_, _| true);
            (noted(&records), records)
        })
        // Alike at the first or the last place of the digest: who compares only that place sees nothing.
        .seeded(2, |random| draw_flip(random, |before, after| before[0] == after[0]))
        .seeded(2, |random| draw_flip(random, |before, after| before[31] == after[31]))
        // As many bits set before as after; the same xor of all bytes.
        .seeded(3, |random| draw_flip(random, |before, after| ones(before) == ones(after)))
        .seeded(2, |random| draw_flip(random, |before, after| folded(before) == folded(after)))
        .judge(
            student,
            |(digests, records)| {
                let count = |number: usize, what: &str| format!("{number} {what}{}", if number == 1 { "" } else { "s" });
                let (digests, records) = (count(digests.len(), "digest"), count(records.len(), "record"));
                format!("{digests} from yesterday, {records}: which changed?")
            },
            |(digests, records), got| {
                let mut pairs = records.iter().zip(digests);
                let wanted = pairs.position(|(record, digest)| &sha256(record) != digest);
                same(got, &wanted, "").map_err(|fault| {
                    let why = match wanted {
                        None => "no record changed: an alarm that always rings says nothing".to_string(),
                        Some(number) => {
                            let now = sha256(&records[number]);
                            let differ: u32 = (0..32).map(|at| (now[at] ^ digests[number][at]).count_ones()).sum();
                            format!("one bit of records[{number}] changed, and with it {differ} of its digest's 256 bits")
                        }
                    };
                    Fault { why, ..fault }
                })
            },
        )
}

/// One record before and after.
fn pair(before: &[u8], now: &[u8]) -> (Vec<[u8; 32]>, Vec<Vec<u8>>) {
    (vec![sha256(before)], vec![now.to_vec()])
}

/// `count` records of which one or none changed.
fn many(count: u8, changed: Option<usize>) -> (Vec<[u8; 32]>, Vec<Vec<u8>>) {
    let mut records: Vec<Vec<u8>> = (0..count).map(|number| vec![number; 5]).collect();
    let digests = records.iter().map(|record| sha256(record)).collect();
    if let Some(number) = changed {
        records[number][4] ^= 0x80;
    }
    (digests, records)
}

fn folded(digest: &[u8; 32]) -> u8 {
    digest.iter().fold(0, |all, byte| all ^ byte)
}

fn ones(digest: &[u8; 32]) -> u32 {
    digest.iter().map(|byte| byte.count_ones()).sum()
}

/// A few random records of which one changed by a bit, so that `wanted` holds for its digests before and after.
fn draw_flip(
    random: &mut Seeded,
    wanted: impl Fn(&[u8; 32], &[u8; 32]) -> bool,
) -> (Vec<[u8; 32]>, Vec<Vec<u8>>) {
    loop {
        let count = 1 + random.below(5);
        let mut records: Vec<Vec<u8>> = (0..count)
            .map(|_| {
                let length = 1 + random.below(30) as usize;
                random.bytes(length)
            })
            .collect();
        let digests: Vec<[u8; 32]> = records.iter().map(|record| sha256(record)).collect();
        let number = random.below(count) as usize;
        let bit = random.below(8 * records[number].len() as u64) as usize;
        records[number][bit / 8] ^= 1 << (bit % 8);
        if wanted(&digests[number], &sha256(&records[number])) {
            return (digests, records);
        }
    }
}

//! Lesson 03, who_still_has_it: ledgers as data.

use messaging_lab::course::exam::{Exam, same};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::Student;
use messaging_lab::ground::ledger::Onlooker;
use messaging_lab::ground::randomness::Seeded;

use super::{Tidy, as_set, wrong};

/// A line of a ledger: onlooker, bytes, from, until.
pub type Line = (Onlooker, Vec<u8>, u64, Option<u64>);

/// A ledger, a message, a moment.
pub type WhoHas = (Vec<Line>, Vec<u8>, u64);

fn holders((ledger, message, moment): &WhoHas) -> Vec<Onlooker> {
    let holds = |(_, bytes, from, until): &&Line| {
        let in_time = from <= moment && until.is_none_or(|until| *moment < until);
        in_time && bytes.windows(message.len()).any(|window| window == message)
    };
    as_set(ledger.iter().filter(holds).map(|line| line.0).collect())
}

fn draw_ledger(random: &mut Seeded) -> WhoHas {
    let length = 3 + random.below(8) as usize;
    let message: Vec<u8> = (0..length).map(|_| b'a' + random.below(3) as u8).collect();
    let lines = random.below(9);
    let ledger = (0..lines)
        .map(|_| {
            let mut bytes = vec![];
            if random.below(2) == 0 {
                let around = random.below(20) as usize;
                bytes = random.bytes(around);
            }
            match random.below(5) {
                0 => bytes.extend(&message[..length - 1]),
                1 => bytes.extend(&message[1..]),
                _ => bytes.extend(&message),
            }
            if random.below(3) == 0 {
                bytes.extend(random.bytes(4));
            }
            let from = random.below(10);
            let until = (random.below(3) > 0).then(|| from + random.below(8));
            (Onlooker::ALL[random.below(12) as usize], bytes, from, until)
        })
        .collect();
    (ledger, message, random.below(14))
}

/// A ledger, a message, a moment -> who holds the message then.
pub fn who_still_has_it(student: impl Student<WhoHas, Vec<Onlooker>>) -> Verdict {
    use Onlooker::{
        AliceDisk, AlicePhone, Backup, BobDisk, BobPhone, Notification, OldFlashPage, Screenshot,
    };
    let text = b"meet at ten";
    let line = |onlooker, bytes: &[u8], from, until| (onlooker, bytes.to_vec(), from, until);
    let ask = |lines: Vec<Line>, moment| (lines, text.to_vec(), moment);
    let bob = || vec![line(BobPhone, text, 4, Some(14))];
    let picture = vec![0xff, 0xd8, 0xff, 0xe0];
    Exam::new("erasure/who_still_has_it", wrong::who_still_has_it())
        .case("Bob's phone has it", ask(bob(), 8))
        .case("the first moment at which he has it", ask(bob(), 4))
        .case("one moment before", ask(bob(), 3))
        .case("his last moment", ask(bob(), 13))
        .case("the moment at which it is gone", ask(bob(), 14))
        .case("long after", ask(bob(), 1_000))
        .case(
            "held and lost in the same moment",
            ask(vec![line(BobPhone, text, 4, Some(4))], 4),
        )
        .case(
            "held and lost at moment 0",
            ask(vec![line(BobPhone, text, 0, Some(0))], 0),
        )
        .case(
            "nobody lost it yet",
            ask(vec![line(Backup, text, 4, None)], (1 << 40) + 5),
        )
        .case(
            "the last moment there is",
            ask(
                vec![
                    line(BobPhone, text, 4, Some(14)),
                    line(Backup, text, 4, None),
                    line(Notification, text, u64::MAX, None),
                ],
                u64::MAX,
            ),
        )
        .case("an empty ledger", ask(vec![], 8))
        .case(
            "one has it, one has something else, one lost it, one gets it later",
            ask(
                vec![
                    line(AlicePhone, b"see you", 0, None),
                    line(BobPhone, text, 4, Some(14)),
                    line(Screenshot, text, 6, None),
                    line(Backup, text, 30, None),
                ],
                20,
            ),
        )
        .case(
            "inside something longer",
            ask(
                vec![
                    line(BobDisk, b"\0\0\0N\x01meet at ten\x9c\xfe", 1, None),
                    line(Backup, b"[1] meet at ten", 3, None),
                    line(AliceDisk, b"meet at ten [1]", 3, None),
                    line(OldFlashPage, b"[12] 12:30 meet at ten", 3, None),
                ],
                20,
            ),
        )
        .case(
            "only a part of it",
            ask(
                vec![
                    line(Notification, b"meet at t", 1, None),
                    line(OldFlashPage, b"eet at ten", 1, None),
                ],
                20,
            ),
        )
        .case(
            "in two halves",
            ask(
                vec![
                    line(BobDisk, b"meet at", 1, None),
                    line(BobDisk, b" ten", 1, None),
                ],
                20,
            ),
        )
        .case(
            "it begins again before it is whole",
            (
                vec![line(BobDisk, b"aaab", 1, None), line(Backup, b"aaac", 1, None)],
                b"aab".to_vec(),
                2,
            ),
        )
        .case(
            "held twice, one of them over",
            ask(
                vec![line(BobDisk, text, 1, None), line(BobDisk, text, 2, Some(5))],
                20,
            ),
        )
        .case(
            "held, then something else in the same place",
            ask(
                vec![
                    line(BobDisk, text, 1, Some(30)),
                    line(BobDisk, b"\0\0\0\0\0\0", 2, None),
                ],
                20,
            ),
        )
        .case(
            "lost, and held again",
            ask(
                vec![line(BobPhone, text, 1, Some(5)), line(BobPhone, text, 15, None)],
                20,
            ),
        )
        .case(
            "a picture, and another picture",
            (
                vec![
                    line(Screenshot, &[0, 0xff, 0xd8, 0xff, 0xe0], 1, None),
                    line(Backup, &[0xfe, 0xd8, 0xfe, 0xe1], 1, None),
                ],
                picture,
                2,
            ),
        )
        .case(
            "in capitals it is another text",
            ask(vec![line(Backup, b"MEET AT TEN", 1, None)], 2),
        )
        .case(
            "but for one letter",
            ask(
                vec![
                    line(Backup, b"beet at ten", 1, None),
                    line(BobDisk, b"meet at tea", 1, None),
                    line(AliceDisk, b"meet it ten", 1, None),
                ],
                2,
            ),
        )
        .case(
            // In hex 6162 and 061620, in decimal 97, 98 and 197, 98.
            "the same digits, and other bytes",
            (
                vec![
                    line(BobDisk, &[0x06, 0x16, 0x20], 1, None),
                    line(Backup, &[197, 98], 1, None),
                ],
                b"ab".to_vec(),
                2,
            ),
        )
        .case(
            "the same letters in another order",
            ask(vec![line(Backup, b"[1] ten at meet", 1, None)], 2),
        )
        .case(
            "with other bytes in between",
            ask(vec![line(OldFlashPage, b"meet\0 at\0 ten", 1, None)], 2),
        )
        .case(
            "a message of one byte, and a line without any",
            (
                vec![line(Backup, b"", 1, None), line(BobDisk, b"ab\0c", 1, None)],
                vec![0],
                2,
            ),
        )
        .case(
            "late moments",
            ask(
                vec![
                    line(BobDisk, text, 4, Some((1 << 53) + 1)),
                    line(Backup, text, (1 << 53) + 1, None),
                ],
                1 << 53,
            ),
        )
        .seeded(40, draw_ledger)
        .judge(
            Tidy(student, as_set),
            |(ledger, message, moment)| {
                format!(
                    "who has {:?} at moment {moment}, of {}?",
                    String::from_utf8_lossy(message),
                    in_words(ledger)
                )
            },
            |question, got| {
                let wanted = holders(question);
                let why = match got.iter().find(|onlooker| !wanted.contains(onlooker)) {
                    Some(innocent) => {
                        format!(
                            "{innocent}: does not have all of it at that moment, so that is a false alarm"
                        )
                    }
                    None => {
                        let missed = wanted.iter().find(|onlooker| !got.contains(onlooker));
                        missed.map_or(String::new(), |missed| {
                            format!("{missed}: missed, and to whoever looks there the message is not gone")
                        })
                    }
                };
                same(got, &wanted, &why)
            },
        )
}

fn in_words(ledger: &[Line]) -> String {
    let lines: Vec<String> = ledger
        .iter()
        .map(|(onlooker, bytes, from, until)| {
            let until = until.map_or("still".to_string(), |until| until.to_string());
            format!("({onlooker:?}, b\"{}\", {from}, {until})", bytes.escape_ascii())
        })
        .collect();
    format!("[{}]", lines.join(", "))
}

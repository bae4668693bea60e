//! Lesson 03, carve: journals that the models wrote, and what stands in them.

use messaging_lab::course::exam::{Exam, Fault, same};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::Student;
use messaging_lab::ground::clock::ControlledClock;
use messaging_lab::ground::randomness::Seeded;
use messaging_lab::store::{
    Change, ChatId, Journal, JournalStore, MAGIC_BYTES, MAX_BODY, MessageId, NaiveJournal, NewMessage, Part,
    PretendDisk, Record, ShreddingJournal, Timer, next_record, record_to_bytes,
};

use super::wrong;

/// Bob's phone with a journal on a disk that can be looked at.
struct Phone<J: Journal> {
    clock: ControlledClock,
    disk: PretendDisk,
    store: JournalStore<ControlledClock, J>,
}

const CHAT: ChatId = ChatId(1);

impl<J: Journal> Phone<J> {
    fn new(journal: impl Fn(PretendDisk) -> J) -> Self {
        let (clock, disk) = (ControlledClock::new(1_000), PretendDisk::new());
        let (store, _) = JournalStore::load(clock.clone(), journal(disk.clone())).expect("an empty disk");
        Phone { clock, disk, store }
    }

    /// A message comes, with a timer that starts when it is read.
    fn receive(&mut self, body: &[u8], seconds: u64) -> MessageId {
        let message = NewMessage::received(CHAT, body).timer(Timer::AfterRead(seconds * 1000));
        self.store.insert(message).expect("the disk has room")
    }

    fn read(&mut self, id: MessageId) {
        self.store.read(id).expect("the message is there");
    }

    /// Time passes, and the app removes what is due.
    fn wait(&mut self, seconds: u64) {
        self.clock.advance(seconds * 1000);
        self.store.purge().expect("the disk works");
    }

    fn image(&self) -> Vec<u8> {
        self.disk.part(Part::Journal)
    }
}

/// The journal that is left on a naive phone's disk after `story`.
fn naive(story: &mut dyn FnMut(&mut Phone<NaiveJournal>)) -> Vec<u8> {
    let mut phone = Phone::new(NaiveJournal::new);
    story(&mut phone);
    phone.image()
}

/// The journal that is left on a shredding phone's disk after `story`.
fn shredding(story: impl FnOnce(&mut Phone<ShreddingJournal>)) -> Vec<u8> {
    let mut phone = Phone::new(|disk| ShreddingJournal::new(disk, Seeded::new(7)));
    story(&mut phone);
    phone.image()
}

/// Each body is read and expires after five seconds, one after the other.
fn all_expire<J: Journal>(phone: &mut Phone<J>, bodies: &[&[u8]]) {
    for body in bodies {
        let id = phone.receive(body, 5);
        phone.read(id);
        phone.wait(5);
    }
}

/// So many messages that their numbers need a second byte. Four expire; the 257th, which lives, has a number that ends
/// like that of the first, which does not.
fn many(phone: &mut Phone<NaiveJournal>) {
    let ids: Vec<MessageId> = (0..258_u16)
        .map(|number| phone.receive(format!("message {number}").as_bytes(), 5))
        .collect();
    for at in [0, 254, 255, 257] {
        phone.read(ids[at]);
    }
    phone.wait(5);
}

/// A message that lives, and behind it others that are gone: their numbers differ from its own in one byte, each in one
/// of these. A store counts up from 1; the format has room for all numbers.
fn numbers_alike(differ_in: &[usize]) -> Vec<u8> {
    let mut image = naive(&mut |phone| {
        phone.receive(b"still here", 5);
    });
    let mut model: &[u8] = &[];
    let whole = image.clone();
    let mut rest = &whole[MAGIC_BYTES..];
    while let Ok((_, length)) = next_record(rest) {
        (model, rest) = rest.split_at(length);
    }
    let number = |at: usize| {
        let mut bytes = [0x40; 8];
        if let Some(byte) = bytes.get_mut(at) {
            *byte -= 1;
        }
        MessageId::from_bytes(bytes)
    };
    let mut append = |at: usize, gone: bool| {
        let (mut record, _) = next_record(model).expect("the message is the last record");
        record.id = number(at);
        match &mut record.change {
            _ if gone => record.change = Change::Gone,
            Change::Message(message) => message.body = format!("message {at}").into_bytes(),
            _ => panic!("the last record is the message"),
        }
        image.extend(record_to_bytes(&record));
    };
    append(8, false);
    for gone in [false, true] {
        for &at in differ_in {
            append(at, gone);
        }
    }
    image
}

/// The bodies of the messages that a journal marks as gone, in the order in which the messages stand there.
fn deleted_bodies(image: &[u8]) -> Vec<Vec<u8>> {
    let mut rest = image.get(MAGIC_BYTES..).unwrap_or_default();
    let mut bodies = Vec::new();
    let mut gone = Vec::new();
    while let Ok((record, length)) = next_record(rest) {
        match &record.change {
            Change::Message(message) => bodies.push((record.id, message.body.clone())),
            Change::Gone => gone.push(record.id),
            _ => {}
        }
        rest = &rest[length..];
    }
    bodies.retain(|(id, _)| gone.contains(id));
    bodies.into_iter().map(|(_, body)| body).collect()
}

/// A naive journal after a few random days, sometimes cut off somewhere at its end.
fn draw_journal(random: &mut Seeded) -> Vec<u8> {
    let mut image = naive(&mut |phone| {
        let mut here: Vec<MessageId> = Vec::new();
        for _ in 0..4 + random.below(12) {
            match random.below(5) {
                0 | 1 => {
                    let length = 1 + random.below(40) as usize;
                    let body = random.bytes(length);
                    let id = phone.receive(&body, 1 + random.below(9));
                    here.push(id);
                }
                2 | 3 if !here.is_empty() => {
                    let id = here[random.below(here.len() as u64) as usize];
                    // It may be gone by now.
                    let _ = phone.store.read(id);
                }
                _ => phone.wait(1 + random.below(6)),
            }
        }
    });
    if random.below(3) == 0 {
        image.truncate(image.len() - 1 - random.below(60) as usize);
    }
    image
}

/// A naive journal's image -> the bodies of deleted messages.
pub fn carve(student: impl Student<Vec<u8>, Vec<Vec<u8>>>) -> Verdict {
    let expired = |bodies: &[&[u8]]| naive(&mut |phone| all_expire(phone, bodies));
    let cut = |mut image: Vec<u8>, bytes: usize| {
        image.truncate(image.len() - bytes);
        image
    };
    let one = expired(&[b"meet at ten"]);
    // What a mark for message 1 looks like, sent as a message: a journal in a journal.
    let quoted = |phone: &mut Phone<NaiveJournal>, body: &[u8]| {
        let id = phone.receive(b"still here", 5);
        let moment = next_record(&phone.image()[MAGIC_BYTES..])
            .expect("a record")
            .0
            .moment;
        let mut letter = body.to_vec();
        letter.extend(record_to_bytes(&Record {
            id,
            moment,
            change: Change::Gone,
        }));
        letter.extend(body);
        letter
    };
    let mut zeros_behind = one.clone();
    zeros_behind.extend([0; 100]);
    Exam::new("erasure/carve", wrong::carve())
        .shows(|bodies| readable(bodies))
        .case("one message that expired", one.clone())
        .case(
            "one message that nobody read yet",
            naive(&mut |phone| {
                phone.receive(b"meet at ten", 5);
            }),
        )
        .case(
            "read, and its timer still runs",
            naive(&mut |phone| {
                let id = phone.receive(b"meet at ten", 5);
                phone.read(id);
                phone.wait(4);
            }),
        )
        .case("an empty image", vec![])
        .case("an image of five bytes", naive(&mut |_| ())[..5].to_vec())
        .case("a journal without messages", naive(&mut |_| ()))
        .case(
            "a message without a letter",
            expired(&[b"meet at ten", b"", b"bring the map"]),
        )
        .case(
            "the chat's timer was set in between",
            naive(&mut |phone| {
                all_expire(phone, &[b"meet at ten"]);
                let timer = Timer::AfterRead(9_000);
                phone.store.set_chat_timer(CHAT, timer).expect("a sound timer");
                all_expire(phone, &[b"bring the map"]);
            }),
        )
        .case("more than 256 messages, four of which expired", naive(&mut many))
        .case(
            "one that lives between two that expired",
            naive(&mut |phone| {
                all_expire(phone, &[b"meet at ten"]);
                phone.receive(b"see you", 5);
                all_expire(phone, &[b"bring the map"]);
            }),
        )
        .case(
            "its place in the store is used again by one that lives",
            naive(&mut |phone| {
                all_expire(phone, &[b"meet at ten"]);
                phone.receive(b"see you", 5);
            }),
        )
        .case(
            "the second expires before the first",
            naive(&mut |phone| {
                let ids = [phone.receive(b"sent first", 9), phone.receive(b"sent second", 5)];
                for id in ids {
                    phone.read(id);
                }
                phone.wait(5);
                phone.wait(4);
            }),
        )
        .case(
            "the same body twice, both expired",
            expired(&[b"yes", b"no", b"yes"]),
        )
        .case(
            "the same body twice, one directly behind the other",
            expired(&[b"yes", b"yes", b"no"]),
        )
        .case(
            "zeros at the end of a body, and in front",
            expired(&[b"\0\0end\0\0", b"\0"]),
        )
        .case("numbers that differ in byte 9", numbers_alike(&[0]))
        .case("numbers that differ in bytes 10 to 12", numbers_alike(&[2, 1, 3]))
        .case("numbers that differ in bytes 13 to 15", numbers_alike(&[5, 6, 4]))
        .case("numbers that differ in byte 16", numbers_alike(&[7]))
        .case(
            "the same body twice, one expired",
            naive(&mut |phone| {
                phone.receive(b"yes", 5);
                all_expire(phone, &[b"yes"]);
            }),
        )
        .case(
            "a picture, not text",
            expired(&[&[0x89, b'P', b'N', b'G', 0xff, 0x00, 0xfe], b"meet at ten"]),
        )
        .case("a long body", expired(&[&[b'x'; 300]]))
        .case("the longest body there can be", expired(&[&vec![b'y'; MAX_BODY]]))
        .case(
            "the last mark is cut short",
            cut(expired(&[b"meet at ten", b"bring the map"]), 3),
        )
        .case("the last record is cut off after two bytes", cut(one.clone(), 51))
        .case("the last record is cut off after eight bytes", cut(one.clone(), 45))
        .case("the last record is cut off after twelve bytes", cut(one.clone(), 41))
        .case("the last record is cut off after thirty bytes", cut(one.clone(), 23))
        .case("a message that did not arrive whole, behind one that expired", {
            cut(
                naive(&mut |phone| {
                    all_expire(phone, &[b"meet at ten"]);
                    phone.receive(b"bring the map", 5);
                }),
                10,
            )
        })
        .case("a crash left zeros behind the last record", zeros_behind)
        .case(
            "a message that quotes a mark",
            naive(&mut |phone| {
                let letter = quoted(phone, b"look: ");
                all_expire(phone, &[&letter]);
            }),
        )
        .case(
            "the phone was restarted in between",
            naive(&mut |phone| {
                all_expire(phone, &[b"meet at ten"]);
                phone.clock.restart(1_000);
                let journal = NaiveJournal::new(phone.disk.clone());
                phone.store = JournalStore::load(phone.clock.clone(), journal)
                    .expect("a sound journal")
                    .0;
                all_expire(phone, &[b"bring the map"]);
            }),
        )
        .case(
            "the same story in a shredding journal",
            shredding(|phone| all_expire(phone, &[b"meet at ten"])),
        )
        .seeded(30, draw_journal)
        .judge(
            student,
            |image| {
                let kept = if image.starts_with(b"mlab-sj") {
                    "shredding"
                } else {
                    "naive"
                };
                format!(
                    "an image of {} bytes of a {kept} journal: which deleted bodies stand in it?",
                    image.len()
                )
            },
            |image, got| {
                let wanted = deleted_bodies(image);
                let why = if image.starts_with(b"mlab-sj") {
                    "there is no mark in a shredding journal, and no body either: only sealed bytes, and \
                        their key is zeros"
                } else if got.len() == wanted.len() && !wanted.is_empty() {
                    "a body begins at byte 63 of its record and ends before the check: who shows other bytes, or \
                        another order, is not believed about the rest"
                } else if got.len() > wanted.len() {
                    "who shows living messages as deleted ones, or bytes that are no body, is not \
                        believed about the rest"
                } else {
                    "the app says that they are gone, and whoever copies the disk still reads every one \
                        of them"
                };
                same(got, &wanted, "").map_err(|_| Fault::new(readable(&wanted), why))
            },
        )
}

/// Bodies as text where they are text, a long one as its beginning.
fn readable(bodies: &[Vec<u8>]) -> String {
    let text = |body: &Vec<u8>| match body.get(..40) {
        Some(front) => format!("b\"{}\"... ({} bytes)", front.escape_ascii(), body.len()),
        None => format!("b\"{}\"", body.escape_ascii()),
    };
    format!("[{}]", bodies.iter().map(text).collect::<Vec<_>>().join(", "))
}

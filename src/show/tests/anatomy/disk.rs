//! Journals and key files.

use super::{field, is, is_hex, is_number, names, tiles};
use crate::show::anatomy::disk::{Parts, journal, key_file, record};
use crate::show::anatomy::{Anatomy, Sight};
use messaging_lab::crypto::aead;
use messaging_lab::crypto::sha256::sha256;
use messaging_lab::ground::clock::{ControlledClock, Reading};
use messaging_lab::ground::randomness::Seeded;
use messaging_lab::store::{
    Change, ChatId, Fuse, Held, Journal, JournalStore, Message, MessageId, Moment, NaiveJournal, NewMessage,
    Part, PretendDisk, Record, ShreddingJournal, Timer, body_nonce, find_key, next_record, record_fields,
    record_to_bytes,
};

/// That every field of a record is the parser's.
fn says_what_the_parser_says(anatomy: &Anatomy, bytes: &[u8], sealed: bool) {
    tiles(anatomy, bytes);
    let (record, size) = next_record(bytes).unwrap();
    assert_eq!(size, bytes.len());
    is_number(anatomy, "length", size as u64);
    is_hex(
        anatomy,
        "length, every bit flipped",
        &(!(size as u32)).to_be_bytes(),
    );
    is_hex(anatomy, "check", &sha256(&bytes[..size - 4])[..4]);
    let id = record.id.to_bytes();
    let half = |from: usize| u64::from(u32::from_be_bytes(id[from..from + 4].try_into().unwrap()));
    is_number(anatomy, "message ID: serial number", half(0));
    is_number(anatomy, "message ID: slot", half(4));
    let Moment { store, reading } = record.moment;
    let millis = |name: &str, time: u64| is(anatomy, name, &time.to_be_bytes(), &format!("{time} ms"));
    millis("store time", store);
    is_number(anatomy, "boot ID", reading.boot_id);
    millis("boot clock", reading.boot);
    millis("wall clock", reading.wall);
    match &record.change {
        Change::Message(message) => {
            is_number(anatomy, "chat", u64::from(message.chat.0));
            millis(
                "timer",
                match message.fuse {
                    Fuse::None => 0,
                    Fuse::Waiting(time) | Fuse::Burning(time) => time,
                },
            );
            let state = match message.fuse {
                Fuse::None => "0: none",
                Fuse::Waiting(_) => "1: waiting",
                Fuse::Burning(_) => "2: running",
            };
            assert_eq!(field(anatomy, "timer state").value, state);
            let flags = &field(anatomy, "flags").value;
            assert_eq!(flags.contains("sender"), message.held == Held::AsSender);
            assert_eq!(flags.contains("to be opened"), message.to_open);
            let body = &message.body;
            if sealed {
                let (text, tag) = body.split_at(body.len() - 16);
                is_hex(anatomy, "tag", tag);
                if !text.is_empty() {
                    let body = field(anatomy, "body, sealed");
                    assert_eq!(anatomy.bytes_of(body), text);
                    assert!(
                        matches!(&body.sight, Sight::Sealed(who) if who.contains(&format!("slot {} ", half(4))))
                    );
                }
            } else if !body.is_empty() {
                assert_eq!(anatomy.bytes_of(field(anatomy, "body")), body);
            }
        }
        Change::Started(deadline) => millis("deadline", *deadline),
        Change::ChatTimer(chat, timer) => {
            is_number(anatomy, "chat", u64::from(chat.0));
            let (words, length) = match *timer {
                Timer::Off => ("0: off", 0),
                Timer::AfterRead(length) => ("1: after read", length),
                Timer::AfterSend(length) => ("2: after send", length),
            };
            assert_eq!(field(anatomy, "timer").value, words);
            millis("its length", length);
        }
        Change::Gone | Change::Opened => {
            assert_eq!(*names(anatomy).last().unwrap(), "check");
            assert_eq!(anatomy.fields.len(), 10);
        }
    }
}

#[test]
fn records_of_every_kind_tile_and_say_what_the_parser_says() {
    for seed in 0..60 {
        let mut random = Seeded::new(seed);
        let chat = ChatId(random.next_u64() as u32);
        let long = random.below(90) as usize;
        let (held, to_open) = [
            (Held::AsSender, false),
            (Held::AsRecipient, false),
            (Held::AsRecipient, true),
        ][random.below(3) as usize];
        let number = random.next_u64();
        let fuse = [Fuse::None, Fuse::Waiting(number), Fuse::Burning(number)][random.below(3) as usize];
        let timer =
            [Timer::Off, Timer::AfterRead(number), Timer::AfterSend(number)][random.below(3) as usize];
        let id = MessageId::from_bytes(random.next_u64().to_be_bytes());
        let serial = (u64::from_be_bytes(id.to_bytes()) >> 32) as u32;
        let changes = [
            Change::Message(Message {
                serial,
                chat,
                held,
                to_open,
                fuse,
                body: random.bytes(long),
            }),
            Change::Started(random.next_u64()),
            Change::Gone,
            Change::ChatTimer(chat, timer),
            Change::Opened,
        ];
        for change in changes {
            let moment = Moment {
                store: random.next_u64(),
                reading: Reading {
                    boot_id: random.next_u64(),
                    boot: random.next_u64(),
                    wall: random.next_u64(),
                },
            };
            let bytes = record_to_bytes(&Record { id, moment, change });
            says_what_the_parser_says(&record(&bytes, false).unwrap(), &bytes, false);
            for end in 0..bytes.len() {
                assert!(record(&bytes[..end], false).is_none());
            }
            assert!(record(&[&bytes[..], &[0]].concat(), false).is_none());
        }
    }
}

/// A phone's storage after texts came, were read and expired.
fn lived<J: Journal>(journal: J, clock: &ControlledClock, random: &mut Seeded) {
    let (mut store, _) = JournalStore::load(clock.clone(), journal).unwrap();
    store.set_chat_timer(ChatId(7), Timer::AfterSend(50_000)).unwrap();
    for number in 0..6 {
        let long = 1 + random.below(60) as usize;
        let timer = [Timer::Off, Timer::AfterRead(3_000)][number % 2];
        let message = NewMessage::received(ChatId(1), random.bytes(long)).timer(timer);
        let id = store.insert(message).unwrap();
        store.read(id).unwrap();
        clock.advance(1_000 + random.below(2_000));
        store.purge().unwrap();
    }
}

/// That the parts follow one another over the whole file.
fn tile_the_file(parts: &Parts, file: &[u8]) {
    let mut at = 0;
    for (from, anatomy) in parts {
        assert_eq!(*from, at);
        tiles(anatomy, &file[at..at + anatomy.bytes.len()]);
        at += anatomy.bytes.len();
    }
    assert_eq!(at, file.len());
}

#[test]
fn whole_files_tile() {
    for seed in 0..15 {
        let clock = ControlledClock::new(5);
        let disk = PretendDisk::new();
        lived(NaiveJournal::new(disk.clone()), &clock, &mut Seeded::new(seed));
        let file = disk.part(Part::Journal);
        let parts = journal(&file).unwrap();
        tile_the_file(&parts, &file);
        for (from, anatomy) in &parts[1..] {
            says_what_the_parser_says(anatomy, &file[*from..*from + anatomy.bytes.len()], false);
        }
        assert!(journal(&file[..file.len() - 1]).is_none() && journal(&file[1..]).is_none());
        let foreign = [b"mlab-xj\x01", &file[8..]].concat();
        assert!(journal(&foreign).is_none(), "another kind of file");

        let disk = PretendDisk::new();
        let shredding = ShreddingJournal::new(disk.clone(), Seeded::new(seed));
        lived(shredding, &clock, &mut Seeded::new(seed));
        let (file, keys) = (disk.part(Part::Journal), disk.part(Part::Keys));
        let parts = journal(&file).unwrap();
        tile_the_file(&parts, &file);
        let slots = key_file(&keys).unwrap();
        tile_the_file(&slots, &keys);
        let mut alive = 0;
        for (from, anatomy) in &parts[1..] {
            let bytes = &file[*from..*from + anatomy.bytes.len()];
            says_what_the_parser_says(anatomy, bytes, true);
            let (record, _) = next_record(bytes).unwrap();
            let Change::Message(message) = &record.change else {
                continue;
            };
            // The key in the slot that the anatomy names opens what it calls the body, and only while it is there.
            let Some(key) = find_key(&keys, record.id) else {
                continue;
            };
            alive += 1;
            let slot = slots
                .iter()
                .find(|(_, slot)| slot.format == "a key slot" && slot.bytes[..8] == record.id.to_bytes());
            is_hex(&slot.unwrap().1, "key", key.expose());
            let opened = aead::open(
                key.expose(),
                &body_nonce(record.id),
                &record_fields(&record),
                &message.body,
            );
            assert!(opened.is_ok_and(|text| text.len() + 16 == message.body.len()));
        }
        let used = slots
            .iter()
            .filter(|(_, slot)| slot.format == "a key slot")
            .count();
        assert_eq!(used, alive);
        assert!(alive >= 3, "the texts without a timer");
        let mut torn = keys.clone();
        torn[64 + 9] ^= 1;
        assert_eq!(key_file(&torn).unwrap()[1].1.format, "a torn key slot");
        assert!(key_file(&file).is_none() && journal(&keys).is_none());
    }
}

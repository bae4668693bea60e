//! The store on files: what survives, what does not, and what is said about it. One fact a test.

use std::path::PathBuf;

use messaging_lab::ground::clock::{Clock, ControlledClock, Millis};
use messaging_lab::ground::randomness::{OsRandomness, Seeded};
use messaging_lab::store::*;

const CHAT: ChatId = ChatId(1);
const START: Millis = 1_000_000;
const TEN: Timer = Timer::AfterRead(10_000);

type Naive = JournalStore<ControlledClock, NaiveJournal>;
type Shredding = JournalStore<ControlledClock, ShreddingJournal>;

fn naive(clock: &ControlledClock, disk: &PretendDisk) -> Result<(Naive, LoadReport), JournalError> {
    JournalStore::load(clock.clone(), NaiveJournal::new(disk.clone()))
}

fn shredding(clock: &ControlledClock, disk: &PretendDisk) -> Result<(Shredding, LoadReport), JournalError> {
    // Another seed each time, as a real source never repeats itself.
    let seed = disk.image().len() as u64;
    JournalStore::load(
        clock.clone(),
        ShreddingJournal::new(disk.clone(), Seeded::new(seed)),
    )
}

fn timed(body: &str) -> NewMessage {
    NewMessage::received(CHAT, body).timer(TEN)
}

fn holds(image: &[u8], needle: &[u8]) -> bool {
    image.windows(needle.len()).any(|window| window == needle)
}

/// A naive journal with a few of everything, and where each record ends.
fn sample() -> (ControlledClock, PretendDisk, Vec<usize>) {
    let (clock, disk) = (ControlledClock::new(START), PretendDisk::new());
    let (mut store, _) = naive(&clock, &disk).unwrap();
    let mut ends = vec![disk.part(Part::Journal).len()];
    let end = |ends: &mut Vec<usize>| ends.push(disk.part(Part::Journal).len());
    let first = store.insert(timed("first")).unwrap();
    end(&mut ends);
    store.read(first).unwrap();
    end(&mut ends);
    store.set_chat_timer(CHAT, Timer::AfterSend(7_000)).unwrap();
    end(&mut ends);
    store.send(CHAT, "second").unwrap();
    end(&mut ends);
    store.insert(timed("third")).unwrap();
    end(&mut ends);
    (clock, disk, ends)
}

#[test]
fn everything_survives_a_restart() {
    let (clock, disk) = (ControlledClock::new(START), PretendDisk::new());
    let (mut bob, report) = shredding(&clock, &disk).unwrap();
    assert_eq!(
        report.to_string(),
        "0 messages; 0 expired while the store was closed"
    );
    let read = bob.insert(timed("read")).unwrap();
    let unread = bob.insert(timed("unread")).unwrap();
    let film = bob.insert(timed("film").media(0)).unwrap();
    bob.set_chat_timer(CHAT, Timer::AfterSend(90_000)).unwrap();
    let mine = bob.send(CHAT, "mine").unwrap();
    bob.read(read).unwrap();
    clock.restart(3_000);
    let (mut bob, report) = shredding(&clock, &disk).unwrap();
    assert_eq!(
        (report.messages, report.expired, report.repairs),
        (4, 0, Repairs::default())
    );
    assert_eq!(bob.now(), START + 3_000);
    assert_eq!(bob.deadline(read), Ok(Some(START + 10_000)));
    assert_eq!(bob.deadline(unread), Ok(None));
    assert_eq!(bob.read(unread), Ok(&b"unread"[..]));
    assert_eq!(bob.read(film), Err(StoreError::OpenIt(film)));
    assert_eq!(bob.open(film), Ok(&b"film"[..]));
    assert_eq!(bob.receipt(read, START), Err(StoreError::NotSentFromHere(read)));
    assert_eq!(bob.deadline(mine), Ok(Some(START + 90_000)));
    let by_chat = bob.send(CHAT, "by the chat's timer").unwrap();
    assert_eq!(bob.deadline(by_chat), Ok(Some(START + 93_000)));
}

#[test]
fn time_spent_off_counts() {
    let (clock, disk) = (ControlledClock::new(START), PretendDisk::new());
    let (mut bob, _) = naive(&clock, &disk).unwrap();
    let id = bob.insert(timed("hello")).unwrap();
    bob.read(id).unwrap();
    clock.restart(9_999);
    let (mut bob, _) = naive(&clock, &disk).unwrap();
    assert_eq!(bob.read(id), Ok(&b"hello"[..]));
    clock.restart(1);
    let (mut bob, report) = naive(&clock, &disk).unwrap();
    assert_eq!((report.messages, report.expired), (0, 1));
    assert_eq!(bob.read(id), Err(StoreError::Gone(id)));
}

#[test]
fn a_clock_turned_back_while_off_is_no_time_and_brings_nothing_back() {
    let (clock, disk) = (ControlledClock::new(START), PretendDisk::new());
    let (mut bob, _) = shredding(&clock, &disk).unwrap();
    let seen = bob.insert(timed("seen")).unwrap();
    bob.read(seen).unwrap();
    clock.advance(4_000);
    let later = bob.insert(timed("later")).unwrap();
    bob.read(later).unwrap();
    clock.advance(6_000);
    assert_eq!(bob.read(seen), Err(StoreError::Gone(seen)));
    clock.restart(0);
    clock.set_wall(0);
    let (mut bob, _) = shredding(&clock, &disk).unwrap();
    assert_eq!(bob.read(seen), Err(StoreError::Gone(seen)));
    // The last thing written was at 4 s: there time goes on, and not before.
    assert_eq!(bob.now(), START + 4_000);
    assert!(bob.is_readable(later));
}

#[test]
fn ids_stay_unique_across_restarts() {
    let (clock, disk) = (ControlledClock::new(START), PretendDisk::new());
    let (mut bob, _) = shredding(&clock, &disk).unwrap();
    let old = bob.insert(timed("old").timer(Timer::AfterSend(1))).unwrap();
    clock.advance(1);
    assert_eq!(bob.purge(), Ok(1));
    let (mut bob, _) = shredding(&clock, &disk).unwrap();
    let new = bob.insert(timed("new")).unwrap();
    assert_ne!(old, new);
    assert_eq!(bob.read(old), Err(StoreError::Gone(old)));
    let (mut bob, _) = shredding(&clock, &disk).unwrap();
    assert_eq!(bob.read(old), Err(StoreError::Gone(old)));
    assert_eq!(bob.read(new), Ok(&b"new"[..]));
}

#[test]
fn a_tail_torn_at_any_byte_is_cut_off_and_nothing_else_is_lost() {
    let (clock, disk, ends) = sample();
    let whole = disk.part(Part::Journal);
    for length in MAGIC_BYTES..whole.len() {
        let disk = PretendDisk::new();
        disk.set_part(Part::Journal, &whole[..length]);
        let kept = ends.iter().filter(|&&end| end <= length).count();
        let end = ends[..kept].last().copied().unwrap_or(MAGIC_BYTES);
        let (mut store, report) = naive(&clock, &disk).unwrap();
        assert_eq!(report.repairs.torn_bytes, length - end, "cut at {length}");
        assert_eq!(report.messages, [0, 0, 1, 1, 1, 2][kept], "cut at {length}");
        assert_eq!(report.to_string().contains("unfinished write"), length != end);
        // And the store goes on from there.
        let id = store.insert(timed("after the crash")).unwrap();
        let (mut store, report) = naive(&clock, &disk).unwrap();
        assert_eq!(report.repairs.torn_bytes, 0, "cut at {length}");
        assert_eq!(store.read(id), Ok(&b"after the crash"[..]));
    }
}

#[test]
fn a_tail_of_zeros_is_torn_too() {
    let (clock, disk, _) = sample();
    let mut bytes = disk.part(Part::Journal);
    let length = bytes.len();
    for zeros in [1, 8, 9, 500] {
        bytes.resize(length + zeros, 0);
        disk.set_part(Part::Journal, &bytes);
        let (_, report) = naive(&clock, &disk).unwrap();
        assert_eq!((report.repairs.torn_bytes, report.messages), (zeros, 3));
    }
}

#[test]
fn a_flipped_bit_is_damage_and_the_file_is_left_alone() {
    let (clock, disk, ends) = sample();
    let whole = disk.part(Part::Journal);
    let last = ends[ends.len() - 2];
    for at in 0..whole.len() {
        for bit in [0, 7] {
            let mut bytes = whole.clone();
            bytes[at] ^= 1 << bit;
            let disk = PretendDisk::new();
            disk.set_part(Part::Journal, &bytes);
            let loaded = naive(&clock, &disk).map(|(_, report)| report.repairs.torn_bytes);
            match loaded {
                Err(JournalError::Foreign(_)) => assert!(at < 5),
                Err(JournalError::OtherKind(_)) => assert!((5..MAGIC_BYTES).contains(&at)),
                Err(JournalError::Damaged { offset }) => {
                    assert!(offset <= at && at < whole.len(), "byte {at}")
                }
                // Only the last record's own bytes cannot be told from a write that arrived in part.
                Ok(torn) => assert!(at >= last + 8 && torn == whole.len() - last, "byte {at}"),
                Err(other) => panic!("byte {at}: {other}"),
            }
            if loaded.is_err() {
                assert_eq!(disk.part(Part::Journal), bytes, "byte {at}");
            }
        }
    }
}

#[test]
fn a_foreign_file_is_refused_and_left_alone() {
    let clock = ControlledClock::new(START);
    for foreign in [
        &b"Dear diary, today"[..],
        b"\x00",
        b"mlab-",
        b"mlab-xx\x01rest",
        b"mlab-nj\x02rest",
    ] {
        let disk = PretendDisk::new();
        disk.set_part(Part::Journal, foreign);
        let refused = naive(&clock, &disk).map(|_| ()).is_err();
        // A front part of the magic is what a crash leaves of the very first write.
        assert_eq!(refused, foreign != b"mlab-", "{foreign:?}");
        if refused {
            assert_eq!(disk.part(Part::Journal), foreign);
            assert!(shredding(&clock, &disk).is_err());
            assert_eq!(disk.part(Part::Journal), foreign);
        }
    }
}

#[test]
fn an_absurd_slot_number_reserves_no_memory() {
    let (clock, disk) = (ControlledClock::new(START), PretendDisk::new());
    naive(&clock, &disk).unwrap();
    let mut bytes = disk.part(Part::Journal);
    let offset = bytes.len();
    let (mut store, _) = naive(&clock, &PretendDisk::new()).unwrap();
    store.insert(timed("hello")).unwrap();
    bytes.extend(record_to_bytes(&Record {
        id: MessageId::from_bytes([0xff; 8]),
        moment: Moment {
            store: START,
            reading: clock.now(),
        },
        change: Change::Message(Message {
            serial: u32::MAX,
            chat: CHAT,
            held: Held::AsRecipient,
            to_open: false,
            fuse: Fuse::None,
            body: b"hello".to_vec(),
        }),
    }));
    disk.set_part(Part::Journal, &bytes);
    assert_eq!(naive(&clock, &disk).err(), Some(JournalError::Damaged { offset }));
}

#[test]
fn a_full_disk_is_an_error_and_nothing_is_half_done() {
    for capacity_above in 0..200 {
        let (clock, disk) = (ControlledClock::new(START), PretendDisk::new());
        let (mut bob, _) = shredding(&clock, &disk).unwrap();
        let kept = bob.insert(timed("kept")).unwrap();
        let used: usize = disk.files().iter().map(Vec::len).sum();
        disk.set_capacity(Some(used + capacity_above));
        let result = bob.insert(timed("one more message"));
        if result.is_ok() {
            assert!(capacity_above > 100);
            continue;
        }
        assert_eq!(result, Err(StoreError::Journal(JournalError::DiskFull)));
        assert_eq!(bob.ids(), [kept]);
        // Starting a timer needs room; what is shown must have been written down before.
        if capacity_above < 60 {
            assert_eq!(bob.read(kept), Err(StoreError::Journal(JournalError::DiskFull)));
            assert_eq!(bob.deadline(kept), Ok(None));
        }
        disk.set_capacity(None);
        assert_eq!(bob.read(kept), Ok(&b"kept"[..]));
        let more = bob.insert(timed("one more message")).unwrap();
        let (mut bob, report) = shredding(&clock, &disk).unwrap();
        assert_eq!(report.repairs, Repairs::default());
        assert_eq!(bob.read(more), Ok(&b"one more message"[..]));
    }
}

#[test]
fn a_record_begins_with_its_length_and_stands_plain_in_the_naive_journal() {
    let (_, disk, ends) = sample();
    let bytes = disk.part(Part::Journal);
    assert_eq!(&bytes[..MAGIC_BYTES], NAIVE_MAGIC);
    let mut offset = MAGIC_BYTES;
    for end in ends {
        let length = u32::from_be_bytes(*bytes[offset..].first_chunk().unwrap()) as usize;
        assert_eq!(offset + length, end);
        let (record, read) = next_record(&bytes[offset..]).unwrap();
        assert_eq!(read, length);
        assert_eq!(record_to_bytes(&record), &bytes[offset..end]);
        if let Change::Message(message) = &record.change {
            assert_eq!(
                bytes[offset + HEAD_BYTES + MESSAGE_FIELD_BYTES..end - CHECK_BYTES],
                message.body
            );
        }
        offset = end;
    }
    assert_eq!(offset, bytes.len());
}

#[test]
fn nonsense_is_no_record() {
    assert_eq!(next_record(b"").err(), Some(RecordError::CutShort));
    assert_eq!(next_record(&[0; 60]).err(), Some(RecordError::Length));
    assert_eq!(next_record(&[0xff; 60]).err(), Some(RecordError::Length));
    let mut draw = Seeded::new(3);
    for length in 0..400 {
        assert!(next_record(&draw.bytes(length)).is_err());
    }
    let too_long = (MAX_RECORD as u32 + 1).to_be_bytes();
    let flipped = (!(MAX_RECORD as u32 + 1)).to_be_bytes();
    assert_eq!(
        next_record(&[too_long, flipped].concat()).err(),
        Some(RecordError::Length)
    );
    let longest = (MAX_RECORD as u32).to_be_bytes();
    let flipped = (!(MAX_RECORD as u32)).to_be_bytes();
    assert_eq!(
        next_record(&[longest, flipped].concat()).err(),
        Some(RecordError::CutShort)
    );
}

/// A path in the build folder that nobody else uses.
fn path(name: &str) -> PathBuf {
    let folder =
        PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("store-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder.join("messages.journal")
}

#[test]
fn both_journals_live_on_real_files() {
    let clock = ControlledClock::new(START);
    let at = path("naive");
    let (mut bob, _) = JournalStore::load(clock.clone(), NaiveJournal::new(FileDisk::at(&at))).unwrap();
    let id = bob.insert(timed("hello")).unwrap();
    drop(bob);
    let (mut bob, report) = JournalStore::load(clock.clone(), NaiveJournal::new(FileDisk::at(&at))).unwrap();
    assert_eq!(report.messages, 1);
    assert_eq!(bob.read(id), Ok(&b"hello"[..]));
    assert!(holds(&std::fs::read(&at).unwrap(), b"hello"));
    assert!(!FileDisk::at(&at).path(Part::Keys).exists());

    let at = path("shredding");
    let journal = || ShreddingJournal::new(FileDisk::at(&at), OsRandomness::open().unwrap());
    let (mut bob, _) = JournalStore::load(clock.clone(), journal()).unwrap();
    let id = bob.insert(timed("hello")).unwrap();
    drop(bob);
    // A write cut short, on a real file.
    let mut bytes = std::fs::read(&at).unwrap();
    bytes.extend([0, 0, 0, 99, 255]);
    std::fs::write(&at, bytes).unwrap();
    let (mut bob, report) = JournalStore::load(clock.clone(), journal()).unwrap();
    assert_eq!((report.messages, report.repairs.torn_bytes), (1, 5));
    assert_eq!(bob.read(id), Ok(&b"hello"[..]));
    clock.advance(10_000);
    assert_eq!(bob.purge(), Ok(1));
    let keys = std::fs::read(FileDisk::at(&at).path(Part::Keys)).unwrap();
    assert!(keys[KEY_SLOT..].iter().all(|&byte| byte == 0));
    assert!(!holds(&std::fs::read(&at).unwrap(), b"hello"));
}

#[test]
fn a_path_that_cannot_be_used_is_an_error_that_says_so() {
    let clock = ControlledClock::new(START);
    let nowhere = path("nowhere").join("no").join("such").join("folder");
    let error = JournalStore::load(clock.clone(), NaiveJournal::new(FileDisk::at(&nowhere))).err();
    let error = error.expect("no such folder");
    assert!(matches!(error, JournalError::Disk { .. }) && error.to_string().contains("check that the path"));
    // The control: the folder above exists.
    JournalStore::load(clock, NaiveJournal::new(FileDisk::at(path("somewhere")))).unwrap();
}

#[test]
fn every_failure_says_what_to_do() {
    let failures = [
        (JournalError::DiskFull, "free some space"),
        (
            JournalError::Disk {
                doing: "reading",
                kind: std::io::ErrorKind::NotFound,
            },
            "check that",
        ),
        (JournalError::Foreign(Part::Journal), "give another path"),
        (JournalError::OtherKind(Part::Keys), "open it with"),
        (JournalError::Damaged { offset: 8 }, "bring back a copy"),
        (JournalError::KeysMissing, "put it back"),
        (JournalError::JournalMissing, "put the journal back"),
        (JournalError::NoRandomness, "check that"),
    ];
    for (failure, what_to_do) in failures {
        assert!(failure.to_string().contains(what_to_do), "{failure}");
        assert_eq!(StoreError::Journal(failure).to_string(), failure.to_string());
    }
}

//! Destroying keys instead of bodies: what that erases, what it does not, and what a crash may leave. One fact a test.

use messaging_lab::crypto::aead;
use messaging_lab::ground::clock::{ControlledClock, Millis};
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

#[test]
fn half_of_a_shredding_journal_is_refused() {
    let (clock, disk) = (ControlledClock::new(START), PretendDisk::new());
    let (mut bob, _) = shredding(&clock, &disk).unwrap();
    let id = bob.insert(timed("hello")).unwrap();
    let [journal, keys] = disk.files();
    disk.set_part(Part::Keys, b"");
    assert_eq!(shredding(&clock, &disk).err(), Some(JournalError::KeysMissing));
    disk.set_part(Part::Keys, &keys);
    disk.set_part(Part::Journal, b"");
    assert_eq!(shredding(&clock, &disk).err(), Some(JournalError::JournalMissing));
    assert_eq!(disk.part(Part::Keys), keys);
    disk.set_part(Part::Journal, &journal);
    let (mut bob, _) = shredding(&clock, &disk).unwrap();
    assert_eq!(bob.read(id), Ok(&b"hello"[..]));
}

#[test]
fn a_full_disk_does_not_keep_messages_alive() {
    let (clock, disk) = (ControlledClock::new(START), PretendDisk::new());
    let (mut bob, _) = shredding(&clock, &disk).unwrap();
    let id = bob.insert(timed("hello")).unwrap();
    bob.read(id).unwrap();
    disk.set_capacity(Some(0));
    clock.advance(10_000);
    assert_eq!(bob.purge(), Ok(1));
    assert!(find_key(&disk.part(Part::Keys), id).is_none());
    assert_eq!(bob.read(id), Err(StoreError::Gone(id)));
    // A naive journal needs room for its mark. It says so, and shows nothing all the same.
    let (clock, disk) = (ControlledClock::new(START), PretendDisk::new());
    let (mut bob, _) = naive(&clock, &disk).unwrap();
    let id = bob.insert(timed("hello")).unwrap();
    let other = bob.insert(NewMessage::received(CHAT, "other")).unwrap();
    bob.read(id).unwrap();
    disk.set_capacity(Some(0));
    clock.advance(10_000);
    let full = StoreError::Journal(JournalError::DiskFull);
    assert_eq!(bob.purge(), Err(full.clone()));
    assert_eq!(bob.read(id), Err(full));
    assert!(!bob.is_readable(id) && bob.is_readable(other));
    assert_eq!(bob.read(other), Ok(&b"other"[..]));
    disk.set_capacity(None);
    assert_eq!(bob.read(id), Err(StoreError::Gone(id)));
}

#[test]
fn the_key_is_on_the_disk_before_the_body() {
    let (clock, disk) = (ControlledClock::new(START), PretendDisk::new());
    let (mut bob, _) = shredding(&clock, &disk).unwrap();
    let before = disk.files().map(|file| file.len());
    // Power fails after the key and its sync, before the first byte of the body.
    disk.fail_after(KEY_SLOT as u64 + 1);
    assert!(bob.insert(timed("hello")).is_err());
    disk.power_on(Unsynced::Lost);
    assert_eq!(
        disk.files().map(|file| file.len()),
        [before[0], before[1].max(2 * KEY_SLOT)]
    );
    let (_, report) = shredding(&clock, &disk).unwrap();
    assert_eq!(
        report.repairs,
        Repairs {
            torn_bytes: 0,
            stray_keys: 1
        }
    );
    assert!(disk.part(Part::Keys)[KEY_SLOT..].iter().all(|&byte| byte == 0));
}

#[test]
fn no_key_comes_twice() {
    let (clock, disk) = (ControlledClock::new(START), PretendDisk::new());
    let journal = ShreddingJournal::new(disk.clone(), OsRandomness::open().unwrap());
    let (mut bob, _) = JournalStore::load(clock.clone(), journal).unwrap();
    let mut keys = Vec::new();
    let mut old = None;
    for round in 0..20 {
        let id = bob.insert(timed("hello").timer(Timer::AfterSend(1))).unwrap();
        assert_eq!(id.to_bytes()[4..], [0; 4], "round {round} uses the same slot");
        keys.push(*find_key(&disk.part(Part::Keys), id).unwrap().expose());
        // An old ID in the same slot does not get the new key.
        assert!(old.is_none_or(|old| find_key(&disk.part(Part::Keys), old).is_none()));
        old = Some(id);
        clock.advance(1);
        assert_eq!(bob.purge(), Ok(1));
    }
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), 20);
}

#[test]
fn a_changed_deadline_makes_the_body_unreadable_and_not_longer_lived() {
    let (clock, disk) = (ControlledClock::new(START), PretendDisk::new());
    let (mut bob, _) = shredding(&clock, &disk).unwrap();
    let id = bob.insert(timed("hello").timer(Timer::AfterSend(5_000))).unwrap();
    // The forger knows the format and computes the check anew, but has not got the key.
    let bytes = disk.part(Part::Journal);
    let mut offset = MAGIC_BYTES;
    let mut forged = bytes[..MAGIC_BYTES].to_vec();
    while offset < bytes.len() {
        let (mut record, length) = next_record(&bytes[offset..]).unwrap();
        if let Change::Message(message) = &mut record.change {
            message.fuse = Fuse::Burning(START + 5_000_000);
        }
        forged.extend(record_to_bytes(&record));
        offset += length;
    }
    disk.set_part(Part::Journal, &forged);
    let (mut bob, _) = shredding(&clock, &disk).unwrap();
    assert_eq!(bob.read(id), Err(StoreError::Gone(id)));
}

#[test]
fn the_naive_journal_keeps_what_it_deleted_and_the_shredding_one_does_not() {
    let secret = b"meet at ten";
    let (clock, disk) = (ControlledClock::new(START), PretendDisk::new());
    let (mut bob, _) = naive(&clock, &disk).unwrap();
    let id = bob.insert(NewMessage::received(CHAT, secret).timer(TEN)).unwrap();
    bob.read(id).unwrap();
    clock.advance(10_000);
    assert_eq!(bob.purge(), Ok(1));
    assert!(holds(&disk.image(), secret));

    let (clock, disk) = (ControlledClock::new(START), PretendDisk::with_old_pages());
    let (mut bob, _) = shredding(&clock, &disk).unwrap();
    let id = bob.insert(NewMessage::received(CHAT, secret).timer(TEN)).unwrap();
    bob.read(id).unwrap();
    let key = find_key(&disk.part(Part::Keys), id).unwrap();
    let backup = disk.files();
    clock.advance(10_000);
    assert_eq!(bob.purge(), Ok(1));
    assert!(!holds(&disk.image(), secret));
    assert!(!holds(&disk.part(Part::Keys), key.expose()));
    // Where it stops: the key's old flash page, and a backup that took the key file along.
    assert!(
        disk.old_pages()
            .iter()
            .any(|page| page.part == Part::Keys && holds(&page.bytes, key.expose()))
    );
    disk.erase_old_pages();
    assert!(!holds(&disk.image(), key.expose()));
    let sealed = backup[0][MAGIC_BYTES..].to_vec();
    let (opened, length) = next_record(&sealed).unwrap();
    assert_eq!(opened.change, Change::Opened);
    let (record, _) = next_record(&sealed[length..]).unwrap();
    let Change::Message(message) = &record.change else {
        panic!("{record:?}")
    };
    let key = find_key(&backup[1], id).unwrap();
    let body = aead::open(
        key.expose(),
        &body_nonce(id),
        &record_fields(&record),
        &message.body,
    );
    assert_eq!(body.unwrap(), secret);
}

#[test]
fn the_two_journals_do_not_open_each_other() {
    let (clock, disk) = (ControlledClock::new(START), PretendDisk::new());
    naive(&clock, &disk).unwrap();
    assert_eq!(
        shredding(&clock, &disk).err(),
        Some(JournalError::OtherKind(Part::Journal))
    );
    naive(&clock, &disk).unwrap();
    let disk = PretendDisk::new();
    shredding(&clock, &disk).unwrap();
    assert_eq!(
        naive(&clock, &disk).err(),
        Some(JournalError::OtherKind(Part::Journal))
    );
    shredding(&clock, &disk).unwrap();
}

#[test]
fn a_full_disk_does_not_keep_a_store_closed() {
    let (clock, disk) = (ControlledClock::new(START), PretendDisk::new());
    let (mut bob, _) = shredding(&clock, &disk).unwrap();
    let id = bob.insert(timed("hello")).unwrap();
    // The power fails within the second message's key, and then the disk has no room left.
    disk.fail_after(20);
    assert!(bob.insert(timed("one more")).is_err());
    disk.power_on(Unsynced::Kept);
    disk.set_capacity(Some(0));
    let (mut bob, report) = shredding(&clock, &disk).unwrap();
    assert_eq!((report.messages, report.repairs.stray_keys), (1, 1));
    assert!(bob.is_readable(id));
    // Reading would start its timer, which cannot be written down.
    assert_eq!(bob.read(id), Err(StoreError::Journal(JournalError::DiskFull)));
    disk.set_capacity(None);
    assert_eq!(bob.read(id), Ok(&b"hello"[..]));
}

//! The shredding journal: each body sealed under a key of its own, and expiring destroys the key.
//!
//! A journal that only grows cannot take a body out. So it never holds one: it holds `seal(key, body)`, and the key stands
//! in a second file, in a slot that can be overwritten. Zeros over 32 bytes, and the sealed body is noise, in the journal
//! and in every copy of the journal. **Shredding shrinks the problem of erasing to a few bytes**; it does not solve it.
//! Those bytes need a place that truly forgets, and a file on flash memory is not one: overwriting leaves the old page in
//! the chip for a while, and a backup that took the key file along keeps it for ever. Phones that do this well keep such
//! keys in a chip made for it.
//!
//! The key file (the format is the kit's own): 64 bytes of which the first 8 say what it is, then slots of 64 bytes, one for each slot of the store.
//!
//! | offset | bytes | what stands in a slot |
//! | ---: | ---: | --- |
//! | 0 | 8 | ID of the message that the key is for |
//! | 8 | 32 | the key |
//! | 40 | 4 | check: the first 4 bytes of SHA-256 over the 40 before |
//! | 44 | 20 | zeros, so that no slot lies across the edge of a disk block |
//!
//! A slot of zeros is free.

use super::disk::{Disk, Part};
use super::journal::{Journal, JournalError, Repairs};
use super::log::{Log, MAGIC_BYTES};
use super::message::{Message, MessageId};
use super::record::{Change, Record, frame, record_fields, record_to_bytes};
use super::timekeeper::Moment;
use crate::crypto::aead;
use crate::crypto::sha256::sha256;
use crate::ground::randomness::Randomness;
use crate::ground::secret::{Secret, wipe};

/// What a shredding journal begins with. The last byte is the format's version.
pub const SHREDDING_MAGIC: &[u8; MAGIC_BYTES] = b"mlab-sj\x01";

/// What its key file begins with.
pub const KEYS_MAGIC: &[u8; MAGIC_BYTES] = b"mlab-sk\x01";

/// The size of a key slot, and of what stands before the first one, in bytes.
pub const KEY_SLOT: usize = 64;

/// An append-only journal of sealed bodies beside a file of keys.
///
/// ```
/// use messaging_lab::ground::{clock::ControlledClock, randomness::Seeded};
/// use messaging_lab::store::*;
///
/// let (clock, disk) = (ControlledClock::new(0), PretendDisk::new());
/// let journal = ShreddingJournal::new(disk.clone(), Seeded::new(1));
/// let (mut bob, _) = JournalStore::load(clock.clone(), journal)?;
/// let id = bob.receive(ChatId(1), b"meet at ten")?;
/// assert_eq!(bob.read(id)?, b"meet at ten");
/// assert!(!disk.image().windows(11).any(|bytes| bytes == b"meet at ten"));
/// # Ok::<(), StoreError>(())
/// ```
pub struct ShreddingJournal {
    log: Log,
    randomness: Box<dyn Randomness>,
}

impl ShreddingJournal {
    /// The journal and the keys on `disk`, new ones if it is empty; keys are drawn from `randomness`. A seeded source that
    /// starts again at the same seed with every load draws the same keys again: for lessons only.
    pub fn new(disk: impl Disk + 'static, randomness: impl Randomness + 'static) -> Self {
        ShreddingJournal {
            log: Log::new(disk),
            randomness: Box::new(randomness),
        }
    }

    /// The sealed body's record. Its key is on the disk when this returns.
    fn seal(&mut self, record: &Record, message: &Message) -> Result<Vec<u8>, JournalError> {
        let key = Secret::random(&mut *self.randomness).map_err(|_| JournalError::NoRandomness)?;
        let mut slot = key_slot(record.id, &key);
        let written = self
            .write_slot(record.id.slot, &slot)
            .and_then(|()| self.sync_keys());
        wipe(&mut slot);
        written?;
        // The fields are bound to the body: a deadline changed in the file makes the body unreadable, not longer-lived.
        let fields = record_fields(record);
        let sealed = aead::seal(key.expose(), &body_nonce(record.id), &fields, &message.body);
        Ok(frame(
            &fields,
            &sealed.expect("64 KiB are far below what a key can seal"),
        ))
    }

    /// All records, with bodies opened. A body whose key is gone is gone; a key whose body is not there is wiped, because
    /// a crash came between the two.
    fn unseal(&mut self, keys: &[u8]) -> Result<(Vec<Record>, Repairs), JournalError> {
        let (mut records, torn_bytes) = self.log.load(SHREDDING_MAGIC)?;
        let mut stray = used_slots(keys);
        for record in &mut records {
            let Change::Message(message) = &record.change else {
                continue;
            };
            let opened = find_key(keys, record.id).and_then(|key| {
                let fields = record_fields(record);
                aead::open(key.expose(), &body_nonce(record.id), &fields, &message.body).ok()
            });
            match (opened, &mut record.change) {
                (Some(body), Change::Message(message)) => {
                    message.body = body;
                    stray[record.id.slot as usize] = false;
                }
                _ => record.change = Change::Gone,
            }
        }
        let stray: Vec<u32> = (0..)
            .zip(&stray)
            .filter(|(_, stray)| **stray)
            .map(|(slot, _)| slot)
            .collect();
        for &slot in &stray {
            // The last slot may have been torn: zeros over what there is of it, and no further.
            let length = KEY_SLOT.min(keys.len() - slot_offset(slot));
            self.write_slot(slot, &[0; KEY_SLOT][..length])?;
        }
        self.sync_keys()?;
        let stray_keys = stray.len();
        Ok((
            records,
            Repairs {
                torn_bytes,
                stray_keys,
            },
        ))
    }

    fn write_slot(&mut self, slot: u32, bytes: &[u8]) -> Result<(), JournalError> {
        let offset = slot_offset(slot) as u64;
        let written = self.log.disk().write(Part::Keys, offset, bytes);
        written.map_err(JournalError::disk("writing the key file"))
    }

    fn sync_keys(&mut self) -> Result<(), JournalError> {
        let synced = self.log.disk().sync(Part::Keys);
        synced.map_err(JournalError::disk("syncing the key file"))
    }

    /// The key file's bytes; written anew if there is none and the journal has no messages either.
    fn load_keys(&mut self) -> Result<Vec<u8>, JournalError> {
        let journal = self.log.read_ours(Part::Journal, SHREDDING_MAGIC)?;
        let keys = self.log.read_ours(Part::Keys, KEYS_MAGIC)?;
        let has_keys = keys.iter().skip(KEY_SLOT).any(|&byte| byte != 0);
        match (journal.is_empty(), keys.is_empty()) {
            // The key file is made first: a journal without one always means that one is missing.
            (false, true) => Err(JournalError::KeysMissing),
            (true, false) if has_keys => Err(JournalError::JournalMissing),
            (false, false) => Ok(keys),
            (true, _) => {
                let doing = "creating the key file";
                let disk = self.log.disk();
                disk.write(Part::Keys, 0, KEYS_MAGIC)
                    .map_err(JournalError::disk(doing))?;
                disk.sync(Part::Keys).map_err(JournalError::disk(doing))?;
                Ok(Vec::new())
            }
        }
    }
}

impl Journal for ShreddingJournal {
    fn load(&mut self) -> Result<(Vec<Record>, Repairs), JournalError> {
        let mut keys = self.load_keys()?;
        let loaded = self.unseal(&keys);
        wipe(&mut keys);
        loaded
    }

    fn append(&mut self, record: &Record) -> Result<(), JournalError> {
        let Change::Message(message) = &record.change else {
            return self.log.append(&record_to_bytes(record));
        };
        let sealed = self.seal(record, message);
        let appended = sealed.and_then(|sealed| self.log.append(&sealed));
        if appended.is_err() {
            // The key opens nothing. If even this fails, the next opening wipes it.
            let _ = self.write_slot(record.id.slot, &[0; KEY_SLOT]);
        }
        appended
    }

    /// Zeros over each key, in place: that needs no room, so a full disk does not keep messages alive.
    fn erase(&mut self, _: Moment, expired: &[MessageId]) -> Result<(), JournalError> {
        for id in expired {
            self.write_slot(id.slot, &[0; KEY_SLOT])?;
        }
        self.sync_keys()
    }
}

/// `00000000 || ID`: the nonce under which a message's body is sealed.
///
/// A nonce must never come twice under one key. No key comes twice here, so any nonce would do; this one holds even if a
/// source of randomness repeats itself, because an ID never does.
pub fn body_nonce(id: MessageId) -> [u8; 12] {
    let mut nonce = [0; 12];
    nonce[4..].copy_from_slice(&id.to_bytes());
    nonce
}

/// `(slot + 1) * 64`: where a slot begins in the key file, in bytes. The first 64 bytes say what the file is.
pub fn slot_offset(slot: u32) -> usize {
    (slot as usize + 1) * KEY_SLOT
}

/// `ID || key || first 4 bytes of SHA-256 over both || zeros`.
fn key_slot(id: MessageId, key: &Secret<32>) -> [u8; KEY_SLOT] {
    let mut slot = [0; KEY_SLOT];
    slot[..8].copy_from_slice(&id.to_bytes());
    slot[8..40].copy_from_slice(key.expose());
    let check = sha256(&slot[..40]);
    slot[40..44].copy_from_slice(&check[..4]);
    slot
}

/// The key of `id`, if its slot holds one, whole, for this very message.
///
/// The slot's ID is compared because slots are used again: the old message's record stays in the journal for ever, and
/// the key that now stands in its slot is another message's.
pub fn find_key(keys: &[u8], id: MessageId) -> Option<Secret<32>> {
    let offset = slot_offset(id.slot);
    let slot = keys.get(offset..offset + KEY_SLOT)?;
    let bytes: &[u8; 32] = slot[8..40].first_chunk()?;
    let is_its = slot[..8] == id.to_bytes() && sha256(&slot[..40])[..4] == slot[40..44];
    is_its.then(|| Secret::new(*bytes))
}

/// For each slot, whether anything stands in it, whole or torn.
fn used_slots(keys: &[u8]) -> Vec<bool> {
    let slots = keys.chunks(KEY_SLOT).skip(1);
    slots.map(|bytes| bytes.iter().any(|&byte| byte != 0)).collect()
}

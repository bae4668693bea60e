//! The naive journal: expiring adds a mark, and the body stays in the file.
//!
//! **Weak, for lessons, and how many a database works**: what it calls deleted it only stops showing. Whoever reads the
//! file instead of asking the store finds every message it ever held.

use super::disk::Disk;
use super::journal::{Journal, JournalError, Repairs};
use super::log::{Log, MAGIC_BYTES};
use super::message::MessageId;
use super::record::{Change, Record, record_to_bytes};
use super::timekeeper::Moment;

/// What a naive journal begins with. The last byte is the format's version.
pub const NAIVE_MAGIC: &[u8; MAGIC_BYTES] = b"mlab-nj\x01";

/// One append-only file, bodies as plain bytes.
///
/// ```
/// use messaging_lab::ground::clock::ControlledClock;
/// use messaging_lab::store::*;
///
/// let (clock, disk) = (ControlledClock::new(0), PretendDisk::new());
/// let (mut bob, _) = JournalStore::load(clock.clone(), NaiveJournal::new(disk.clone()))?;
/// let message = NewMessage::received(ChatId(1), b"meet at ten").timer(Timer::AfterRead(5_000));
/// let id = bob.insert(message)?;
/// bob.read(id)?;
/// clock.advance(5_000);
/// assert_eq!(bob.read(id), Err(StoreError::Gone(id)));
/// assert!(disk.image().windows(11).any(|bytes| bytes == b"meet at ten"));
/// # Ok::<(), StoreError>(())
/// ```
pub struct NaiveJournal(Log);

impl NaiveJournal {
    /// The journal on `disk`; a new one if the disk is empty.
    pub fn new(disk: impl Disk + 'static) -> Self {
        NaiveJournal(Log::new(disk))
    }
}

impl Journal for NaiveJournal {
    fn load(&mut self) -> Result<(Vec<Record>, Repairs), JournalError> {
        let (records, torn_bytes) = self.0.load(NAIVE_MAGIC)?;
        Ok((
            records,
            Repairs {
                torn_bytes,
                stray_keys: 0,
            },
        ))
    }

    fn append(&mut self, record: &Record) -> Result<(), JournalError> {
        self.0.append(&record_to_bytes(record))
    }

    /// One mark for each, all in one write. They carry the time, so even if a crash leaves only some of them, the others
    /// are past their deadline when the store is opened again.
    fn erase(&mut self, moment: Moment, expired: &[MessageId]) -> Result<(), JournalError> {
        let mark = |&id: &MessageId| {
            record_to_bytes(&Record {
                id,
                moment,
                change: Change::Gone,
            })
        };
        let marks: Vec<u8> = expired.iter().flat_map(mark).collect();
        self.0.append(&marks)
    }
}

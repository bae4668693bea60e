//! An append-only file of records: what both journals have in common.
//!
//! The naive log is `write(end, record)`. What makes it harder is that a write can stop anywhere: the power fails, or the
//! disk is full. Two rules answer that. On opening, a last record that did not arrive whole is cut off. On writing, a
//! record that failed is cut off again before the next one goes to the same place.

use super::disk::{Disk, Part};
use super::journal::JournalError;
use super::record::{Change, Record, RecordError, next_record};

/// How many bytes at the front of a file say what it is: seven letters and a version.
pub const MAGIC_BYTES: usize = 8;

/// The letters that all files of this kit's store begin with; two more and a version follow.
const OURS: &[u8] = b"mlab-";

pub(super) struct Log {
    disk: Box<dyn Disk>,
    // Where the next record goes.
    end: u64,
    // Whether something may stand behind `end` that a failed write left and a failed cut could not remove.
    untidy: bool,
}

impl Log {
    pub(super) fn new(disk: impl Disk + 'static) -> Self {
        Log {
            disk: Box::new(disk),
            end: 0,
            untidy: false,
        }
    }

    /// The disk, for the other file.
    pub(super) fn disk(&mut self) -> &mut dyn Disk {
        &mut *self.disk
    }

    /// The journal file's bytes, once they are known to be ours; none for a file that is not there yet.
    ///
    /// A file shorter than its magic that agrees with it so far is one whose first write was cut short: it counts as new.
    pub(super) fn read_ours(
        &mut self,
        part: Part,
        magic: &[u8; MAGIC_BYTES],
    ) -> Result<Vec<u8>, JournalError> {
        let bytes = self
            .disk
            .read(part)
            .map_err(JournalError::disk("reading the journal"))?;
        if bytes.starts_with(magic) {
            Ok(bytes)
        } else if magic.starts_with(&bytes) {
            Ok(Vec::new())
        } else if bytes.starts_with(OURS) {
            Err(JournalError::OtherKind(part))
        } else {
            Err(JournalError::Foreign(part))
        }
    }

    /// All records, and how many torn bytes were cut off behind them. An empty file gets its magic.
    pub(super) fn load(&mut self, magic: &[u8; MAGIC_BYTES]) -> Result<(Vec<Record>, usize), JournalError> {
        let bytes = self.read_ours(Part::Journal, magic)?;
        if bytes.is_empty() {
            let doing = "creating the journal";
            self.disk
                .write(Part::Journal, 0, magic)
                .map_err(JournalError::disk(doing))?;
            self.disk.sync(Part::Journal).map_err(JournalError::disk(doing))?;
            self.end = MAGIC_BYTES as u64;
            return Ok((Vec::new(), 0));
        }
        let mut records = Vec::new();
        let mut messages = 0;
        let mut offset = MAGIC_BYTES;
        while offset < bytes.len() {
            match next_record(&bytes[offset..]) {
                Ok((record, length)) => {
                    messages += u32::from(matches!(record.change, Change::Message(_)));
                    // A new slot is only begun when all are taken, so no number can be ahead of the count. One that is
                    // would make the reader reserve room for four billion slots.
                    if matches!(record.change, Change::Message(_)) && record.id.slot >= messages {
                        return Err(JournalError::Damaged { offset });
                    }
                    records.push(record);
                    offset += length;
                }
                Err(error) if is_torn(error, &bytes[offset..]) => break,
                Err(_) => return Err(JournalError::Damaged { offset }),
            }
        }
        self.end = offset as u64;
        let torn = bytes.len() - offset;
        if torn > 0 {
            self.cut_at_end()?;
        }
        Ok((records, torn))
    }

    /// Adds bytes at the end. They are on the disk when this returns; after an error it is as if nothing had been tried.
    pub(super) fn append(&mut self, bytes: &[u8]) -> Result<(), JournalError> {
        if self.untidy {
            self.cut_at_end()?;
        }
        let written = self
            .disk
            .write(Part::Journal, self.end, bytes)
            .and_then(|()| self.disk.sync(Part::Journal))
            .map_err(JournalError::disk("writing the journal"));
        match written {
            Ok(()) => self.end += bytes.len() as u64,
            // If this fails as well it is tried again before the next write, and on opening.
            Err(_) => self.untidy = self.cut_at_end().is_err(),
        }
        written
    }

    fn cut_at_end(&mut self) -> Result<(), JournalError> {
        self.disk
            .cut(Part::Journal, self.end)
            .and_then(|()| self.disk.sync(Part::Journal))
            .map_err(JournalError::disk("cutting off an unfinished record"))?;
        self.untidy = false;
        Ok(())
    }
}

/// Whether the unreadable `rest` of a file is what a crash leaves of its last write, rather than damage.
///
/// A crash leaves the front of the record; or, where the file grew before its bytes arrived, zeros in place of some. So:
/// bytes that end before the record does, nothing but zeros, or a whole last record whose check fails. The last case costs
/// a message if it was damage after all; taken for damage it would lock out everybody who ever lost power.
fn is_torn(error: RecordError, rest: &[u8]) -> bool {
    let only_zeros = |bytes: &[u8]| bytes.iter().all(|&byte| byte == 0);
    match error {
        RecordError::CutShort => true,
        RecordError::Length => only_zeros(rest),
        RecordError::Check { length } => only_zeros(&rest[length..]),
        RecordError::Meaning => false,
    }
}

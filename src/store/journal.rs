//! What a store on files asks of its journal, and what can go wrong there.

use std::fmt;
use std::io::{self, ErrorKind};

use super::disk::Part;
use super::message::MessageId;
use super::record::Record;
use super::timekeeper::Moment;

/// A history of changes on a disk, from which a store is built again.
///
/// There are two: [`NaiveJournal`](super::NaiveJournal), where expiring adds a mark and the body stays, and
/// [`ShreddingJournal`](super::ShreddingJournal), where expiring destroys the key to the body.
pub trait Journal {
    /// Reads everything back, in the order it was written, with bodies as they were put in. A message whose body cannot be
    /// had any more comes as [`Change::Gone`](super::Change::Gone). Called once, before all else.
    ///
    /// Finishes what a crash interrupted; a write that was cut short is cut off and reported.
    ///
    /// # Errors
    /// [`JournalError`]. A file that is not understood is left as it is.
    fn load(&mut self) -> Result<(Vec<Record>, Repairs), JournalError>;

    /// Adds a change. When this returns, it survives.
    ///
    /// # Errors
    /// [`JournalError`]. The change has not happened then, and the journal can go on.
    fn append(&mut self, record: &Record) -> Result<(), JournalError>;

    /// Makes messages that expired unreadable, as far as this journal does that. When this returns, it survives.
    ///
    /// # Errors
    /// [`JournalError`]. Some may have been erased then; asking again for all of them is right.
    fn erase(&mut self, moment: Moment, expired: &[MessageId]) -> Result<(), JournalError>;
}

/// What loading had to put right after a crash.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Repairs {
    /// Bytes cut off the journal's end: a write that never finished.
    pub torn_bytes: usize,
    /// Keys wiped that opened nothing: their body never arrived, or their erasing never finished.
    pub stray_keys: usize,
}

/// Why a journal did not do what it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JournalError {
    /// The disk is full.
    DiskFull,
    /// The disk or the system failed.
    Disk {
        /// What was being done.
        doing: &'static str,
        /// What the system said.
        kind: ErrorKind,
    },
    /// The file is not one of ours.
    Foreign(Part),
    /// The file is ours, and of the other kind of journal or another version.
    OtherKind(Part),
    /// A record in the middle of the journal is damaged.
    Damaged {
        /// Where it begins, in bytes from the start of the file.
        offset: usize,
    },
    /// The journal has messages and the key file is missing.
    KeysMissing,
    /// The key file holds keys and the journal is missing.
    JournalMissing,
    /// No random bytes for a key.
    NoRandomness,
}

impl JournalError {
    /// What the system said, while doing what.
    pub(super) fn disk(doing: &'static str) -> impl Fn(io::Error) -> JournalError {
        move |error| match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => JournalError::DiskFull,
            kind => JournalError::Disk { doing, kind },
        }
    }
}

impl fmt::Display for JournalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            JournalError::DiskFull => write!(
                f,
                "the disk is full and nothing was changed: free some space and try again"
            ),
            JournalError::Disk { doing, kind } => {
                write!(
                    f,
                    "{doing} failed ({kind}): check that the path is right and the disk works"
                )
            }
            JournalError::Foreign(part) => write!(
                f,
                "{} is some other file, and was left as it is: give another path",
                name(*part)
            ),
            JournalError::OtherKind(part) => write!(
                f,
                "{} belongs to the other kind of journal or another version: open it with what wrote it",
                name(*part)
            ),
            JournalError::Damaged { offset } => write!(
                f,
                "the journal is damaged at byte {offset}, and was left as it is: bring back a copy of it"
            ),
            JournalError::KeysMissing => write!(
                f,
                "the key file beside the journal is missing, without it no body can be read: put it back, or remove \
                 the journal to begin anew"
            ),
            JournalError::JournalMissing => write!(
                f,
                "there are keys and no journal beside them: put the journal back, or remove the key file to begin anew"
            ),
            JournalError::NoRandomness => write!(
                f,
                "the system gave no random bytes for a key: check that /dev/urandom can be read"
            ),
        }
    }
}

impl std::error::Error for JournalError {}

fn name(part: Part) -> &'static str {
    match part {
        Part::Journal => "the journal's file",
        Part::Keys => "the key file beside the journal",
    }
}

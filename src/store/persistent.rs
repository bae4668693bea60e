//! The store on files: the store in memory, each change written to a journal before it happens.
//!
//! The naive way is to save everything now and then. What happened since is lost in a crash, and one thing that must not
//! be lost is that a timer was started. So every call here is three steps: work out the change, write it down, make it.

use std::fmt;

use super::error::StoreError;
use super::journal::{Journal, JournalError, Repairs};
use super::memory::MessageStore;
use super::message::{ChatId, MessageId, NewMessage};
use super::record::{Change, Record};
use super::timekeeper::{ClockRule, Timekeeper};
use super::timer::Timer;
use crate::ground::clock::{Clock, Millis};

/// What loading a store found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoadReport {
    /// Messages that are there.
    pub messages: usize,
    /// Messages that expired while the store was closed, erased now.
    pub expired: usize,
    /// What was put right after a crash.
    pub repairs: Repairs,
}

impl fmt::Display for LoadReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let LoadReport {
            messages,
            expired,
            repairs,
        } = self;
        write!(
            f,
            "{messages} messages; {expired} expired while the store was closed"
        )?;
        if repairs.torn_bytes > 0 {
            write!(f, "; {} bytes of an unfinished write cut off", repairs.torn_bytes)?;
        }
        if repairs.stray_keys > 0 {
            write!(f, "; {} stray keys wiped", repairs.stray_keys)?;
        }
        Ok(())
    }
}

/// A self-destructing message store that survives crashes and restarts; what has expired does not.
///
/// The calls and their rules are those of [`MessageStore`]. What is added:
/// - A call that returned `Ok` survives a crash at any later moment; one that was interrupted happened or did not.
/// - Every call first erases what is due, on the disk too, before it answers anything. So an answer "gone" is never taken
///   back by a restart, whatever is done to the clock meanwhile.
/// - Every record carries the time, and after a restart time goes on from the last one. A wall clock that was turned since
///   then counts as turned while the phone was off.
/// - If the disk fails, the call says so and changes nothing. What is due is not shown even then.
pub struct JournalStore<C: Clock, J: Journal> {
    memory: MessageStore<C>,
    journal: J,
}

impl<C: Clock, J: Journal> JournalStore<C, J> {
    /// Reads a store back from its journal, or begins a new one. Time spent off counts: see
    /// [`Timekeeper`].
    ///
    /// # Errors
    /// [`JournalError`]; the files are left as they are then.
    pub fn load(clock: C, mut journal: J) -> Result<(Self, LoadReport), JournalError> {
        let (records, repairs) = journal.load()?;
        let timekeeper = match records.last() {
            // Store time never runs backwards, so the last record has the latest.
            Some(last) => Timekeeper::resume(ClockRule::HoldOn, last.moment),
            None => Timekeeper::start(ClockRule::HoldOn, clock.now()),
        };
        let mut memory = MessageStore::resumed(clock, timekeeper);
        memory.replay(records);
        let stored = memory.len();
        let now = memory.now();
        let mut store = JournalStore { memory, journal };
        // The time is written down, what expired meanwhile is erased. A full disk is no reason to keep the store closed:
        // what is due is not shown, and every later call tries again to erase it.
        let settled = store.write(nobody(), Change::Opened).and(store.settle(now));
        match settled {
            Ok(_) | Err(JournalError::DiskFull) => {}
            Err(failure) => return Err(failure),
        }
        let messages = store.memory.ids().len();
        let report = LoadReport {
            messages,
            expired: stored - messages,
            repairs,
        };
        Ok((store, report))
    }

    /// Store time, in milliseconds.
    pub fn now(&self) -> Millis {
        self.memory.now()
    }

    /// As [`MessageStore::set_chat_timer`].
    ///
    /// # Errors
    /// As there; [`StoreError::Journal`].
    pub fn set_chat_timer(&mut self, chat: ChatId, timer: Timer) -> Result<(), StoreError> {
        let timer = timer.checked()?;
        self.now();
        self.write(nobody(), Change::ChatTimer(chat, timer))?;
        self.memory.set_chat_timer(chat, timer)
    }

    /// As [`MessageStore::insert`].
    ///
    /// # Errors
    /// As there; [`StoreError::Journal`].
    pub fn insert(&mut self, message: NewMessage) -> Result<MessageId, StoreError> {
        let now = self.now();
        // A failure to erase what is due is no reason to refuse this message; the next call tries again.
        let _ = self.settle(now);
        let (id, message) = self.memory.admit(message, now)?;
        let record = self.record(id, Change::Message(message));
        self.journal.append(&record)?;
        if let Change::Message(message) = record.change {
            self.memory.place(id, message);
        }
        Ok(id)
    }

    /// As [`MessageStore::send`].
    ///
    /// # Errors
    /// As [`JournalStore::insert`].
    pub fn send(&mut self, chat: ChatId, body: impl Into<Vec<u8>>) -> Result<MessageId, StoreError> {
        self.insert(NewMessage::sent(chat, body))
    }

    /// As [`MessageStore::receive`].
    ///
    /// # Errors
    /// As [`JournalStore::insert`].
    pub fn receive(&mut self, chat: ChatId, body: impl Into<Vec<u8>>) -> Result<MessageId, StoreError> {
        self.insert(NewMessage::received(chat, body))
    }

    /// As [`MessageStore::read`]. A timer that this starts is on the disk before the message is shown.
    ///
    /// # Errors
    /// As there; [`StoreError::Journal`].
    pub fn read(&mut self, id: MessageId) -> Result<&[u8], StoreError> {
        let start = self.ask(|memory, now| memory.start_by_reading(id, now))?;
        self.start(id, start)?;
        self.memory.start_and_show(id, start)
    }

    /// As [`MessageStore::open`]. A timer that this starts is on the disk before the message is shown.
    ///
    /// # Errors
    /// As there; [`StoreError::Journal`].
    pub fn open(&mut self, id: MessageId) -> Result<&[u8], StoreError> {
        let start = self.ask(|memory, now| memory.start_by_opening(id, now))?;
        self.start(id, start)?;
        self.memory.start_and_show(id, start)
    }

    /// As [`MessageStore::receipt`].
    ///
    /// # Errors
    /// As there; [`StoreError::Journal`].
    pub fn receipt(&mut self, id: MessageId, read_date: Millis) -> Result<(), StoreError> {
        let start = self.ask(|memory, now| memory.start_by_receipt(id, read_date, now))?;
        self.start(id, start)?;
        if let Some(deadline) = start {
            self.memory.start(id, deadline);
        }
        Ok(())
    }

    /// As [`MessageStore::deadline`], in milliseconds of store time.
    ///
    /// # Errors
    /// As there; [`StoreError::Journal`].
    pub fn deadline(&mut self, id: MessageId) -> Result<Option<Millis>, StoreError> {
        self.ask(|memory, now| Ok(memory.living(id, now)?.fuse.deadline()))
    }

    /// As [`MessageStore::is_readable`]. On a disk that fails, what is due is still not readable.
    pub fn is_readable(&mut self, id: MessageId) -> bool {
        self.deadline(id).is_ok()
    }

    /// As [`MessageStore::chat`].
    ///
    /// # Errors
    /// As there; [`StoreError::Journal`].
    pub fn chat(&mut self, id: MessageId) -> Result<ChatId, StoreError> {
        self.ask(|memory, now| Ok(memory.living(id, now)?.chat))
    }

    /// Erases what is due, from memory and as far as the journal can from the disk. Returns how many messages that were.
    ///
    /// # Errors
    /// [`StoreError::Journal`]; what is due stays due then.
    pub fn purge(&mut self) -> Result<usize, StoreError> {
        Ok(self.settle(self.now())?)
    }

    /// As [`MessageStore::next_wake`], in milliseconds.
    pub fn next_wake(&self) -> Option<Millis> {
        self.memory.next_wake()
    }

    /// The IDs of everything that is still there, in the order of its slots.
    pub fn ids(&mut self) -> Vec<MessageId> {
        // What could not be erased is left out all the same.
        let _ = self.settle(self.now());
        self.memory.ids()
    }

    /// How many messages take up memory. What is due counts until the next call erases it.
    pub fn len(&self) -> usize {
        self.memory.len()
    }

    /// Whether no message takes up memory.
    pub fn is_empty(&self) -> bool {
        self.memory.is_empty()
    }

    /// Puts a question to the memory, with what is due erased first. Where that failed, "gone" would be a promise that the
    /// disk does not keep yet, so the failure is the answer; a message that lives is not concerned.
    fn ask<T>(
        &mut self,
        question: impl FnOnce(&MessageStore<C>, Millis) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let now = self.now();
        let settled = self.settle(now);
        match (question(&self.memory, now), settled) {
            (Err(StoreError::Gone(_)), Err(failure)) => Err(failure.into()),
            (answer, _) => answer,
        }
    }

    /// Erases what is due at `now`: on the disk first, then in memory.
    fn settle(&mut self, now: Millis) -> Result<usize, JournalError> {
        let due = self.memory.order.take_due(now);
        if due.is_empty() {
            return Ok(0);
        }
        if let Err(failure) = self.journal.erase(self.memory.moment(), &due) {
            self.memory.still_due(&due);
            return Err(failure);
        }
        for &id in &due {
            self.memory.forget(id);
        }
        Ok(due.len())
    }

    /// Writes down that a timer starts, if one does.
    fn start(&mut self, id: MessageId, deadline: Option<Millis>) -> Result<(), JournalError> {
        match deadline {
            Some(deadline) => self.write(id, Change::Started(deadline)),
            None => Ok(()),
        }
    }

    fn write(&mut self, id: MessageId, change: Change) -> Result<(), JournalError> {
        let record = self.record(id, change);
        self.journal.append(&record)
    }

    /// A record of this instant, the one at which the call began.
    fn record(&self, id: MessageId, change: Change) -> Record {
        let moment = self.memory.moment();
        Record { id, moment, change }
    }
}

/// The ID in records that are about no message.
fn nobody() -> MessageId {
    MessageId::from_bytes([0; 8])
}

//! One record of a journal, as a value and as bytes.
//!
//! A journal file is 8 bytes that say what it is, then one record after the other. All numbers are big-endian. The
//! format is the kit's own.
//!
//! | offset | bytes | what stands there |
//! | ---: | ---: | --- |
//! | 0 | 4 | length of the whole record, these four bytes and the check included |
//! | 4 | 4 | the same length with every bit flipped |
//! | 8 | 1 | kind: 1 message, 2 started, 3 gone, 4 chat timer, 5 opened |
//! | 9 | 8 | message ID: serial number, slot; all zero for kinds 4 and 5 |
//! | 17 | 8 | store time when it was written, in milliseconds |
//! | 25 | 8 | boot ID |
//! | 33 | 8 | boot clock, in milliseconds |
//! | 41 | 8 | wall clock, in milliseconds |
//! | 49 | | the kind's own fields, then the body |
//! | last 4 | 4 | check: the first 4 bytes of SHA-256 over everything before it |
//!
//! The kinds' own fields:
//!
//! | kind | fields |
//! | --- | --- |
//! | 1 message | chat (4), flags (1), timer state (1), its number (8), then the body |
//! | 2 started | deadline (8) |
//! | 3 gone | none |
//! | 4 chat timer | chat (4), timer (1: 0 off, 1 after read, 2 after send), its length (8) |
//! | 5 opened | none |
//!
//! A message's flags: bit 0, it is the sender's copy; bit 1, its owner has to open it. Its timer state: 0 none (number 0),
//! 1 waiting (number: its length), 2 running (number: its deadline).
//!
//! Why the length stands there twice: a crash leaves the front part of a record, so a length that points past the end of
//! the file means "this write was cut short". A single flipped bit in a length would look just the same, and everything
//! behind it would be cut off as torn. Two copies that disagree tell the two apart.
//!
//! The check notices accidents. It is no signature: whoever can write the file can compute it.

use super::message::{ChatId, Fuse, Held, MAX_BODY, Message, MessageId};
use super::timekeeper::Moment;
use super::timer::Timer;
use crate::crypto::sha256::sha256;
use crate::ground::clock::Reading;

/// Length, flipped length, kind, ID and moment: the bytes in front of a kind's own fields.
pub const HEAD_BYTES: usize = 49;

/// The check at a record's end.
pub const CHECK_BYTES: usize = 4;

/// What a message's own fields take.
pub const MESSAGE_FIELD_BYTES: usize = 14;

/// Room for the tag of a sealed body.
const TAG_BYTES: usize = 16;

/// The longest record there can be. It stops a reader from taking a damaged length for a record that goes on and on.
pub const MAX_RECORD: usize = HEAD_BYTES + MESSAGE_FIELD_BYTES + MAX_BODY + TAG_BYTES + CHECK_BYTES;

/// The shortest record there can be.
const MIN_RECORD: usize = HEAD_BYTES + CHECK_BYTES;

/// What happened, to which message, when.
#[derive(Debug, PartialEq, Eq)]
pub struct Record {
    /// The message; all zero where the change is about none.
    pub id: MessageId,
    /// When it was written.
    pub moment: Moment,
    /// What happened.
    pub change: Change,
}

/// What a record says.
#[derive(Debug, PartialEq, Eq)]
pub enum Change {
    /// A message was put in.
    Message(Message),
    /// Its timer was started, to end at this deadline.
    Started(u64),
    /// It expired. In a naive journal this is all that expiring is.
    Gone,
    /// A chat's later messages have this timer.
    ChatTimer(ChatId, Timer),
    /// The store was opened: written for the time it carries.
    Opened,
}

/// Why the next record cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordError {
    /// The bytes end before the record does, as a crash leaves them.
    CutShort,
    /// The two lengths disagree, or no record can be that long or that short.
    Length,
    /// The check does not fit the bytes.
    Check {
        /// How long the record says it is.
        length: usize,
    },
    /// Whole and checked, but no record that this version writes.
    Meaning,
}

/// `length || ~length || fields || body || first 4 bytes of SHA-256 over all before`.
pub fn record_to_bytes(record: &Record) -> Vec<u8> {
    let body: &[u8] = match &record.change {
        Change::Message(message) => &message.body,
        _ => &[],
    };
    frame(&record_fields(record), body)
}

/// `kind || ID || moment || the kind's own fields`: what a record says about its body, and what a sealed body is bound to.
pub fn record_fields(record: &Record) -> Vec<u8> {
    let kind = match record.change {
        Change::Message(_) => 1,
        Change::Started(_) => 2,
        Change::Gone => 3,
        Change::ChatTimer(..) => 4,
        Change::Opened => 5,
    };
    let mut fields = vec![kind];
    fields.extend(record.id.to_bytes());
    let Moment { store, reading } = record.moment;
    for time in [store, reading.boot_id, reading.boot, reading.wall] {
        fields.extend(time.to_be_bytes());
    }
    match &record.change {
        Change::Message(message) => {
            fields.extend(message.chat.0.to_be_bytes());
            let as_sender = u8::from(message.held == Held::AsSender);
            fields.push(as_sender | u8::from(message.to_open) << 1);
            let (state, number) = match message.fuse {
                Fuse::None => (0, 0),
                Fuse::Waiting(length) => (1, length),
                Fuse::Burning(deadline) => (2, deadline),
            };
            fields.push(state);
            fields.extend(number.to_be_bytes());
        }
        Change::Started(deadline) => fields.extend(deadline.to_be_bytes()),
        Change::ChatTimer(chat, timer) => {
            fields.extend(chat.0.to_be_bytes());
            let (kind, length) = match *timer {
                Timer::Off => (0, 0),
                Timer::AfterRead(length) => (1, length),
                Timer::AfterSend(length) => (2, length),
            };
            fields.push(kind);
            fields.extend(length.to_be_bytes());
        }
        Change::Gone | Change::Opened => {}
    }
    fields
}

/// Puts the lengths in front of `fields || body` and the check behind. At most [`MAX_RECORD`] bytes, so 32 bits hold it.
pub(super) fn frame(fields: &[u8], body: &[u8]) -> Vec<u8> {
    let length = (8 + fields.len() + body.len() + CHECK_BYTES) as u32;
    let mut bytes = Vec::with_capacity(length as usize);
    bytes.extend(length.to_be_bytes());
    bytes.extend((!length).to_be_bytes());
    bytes.extend(fields);
    bytes.extend(body);
    let check = sha256(&bytes);
    bytes.extend(&check[..CHECK_BYTES]);
    bytes
}

/// The record at the front of `bytes`, and how many bytes it takes. A body comes as it stands there, sealed or not.
///
/// # Errors
/// [`RecordError`]; what to make of it is for the reader of the whole file to say.
pub fn next_record(bytes: &[u8]) -> Result<(Record, usize), RecordError> {
    let mut fields = Fields(bytes);
    let (Some(length), Some(flipped)) = (fields.u32(), fields.u32()) else {
        return Err(RecordError::CutShort);
    };
    let size = length as usize;
    if length != !flipped || !(MIN_RECORD..=MAX_RECORD).contains(&size) {
        return Err(RecordError::Length);
    }
    let record = bytes.get(..size).ok_or(RecordError::CutShort)?;
    let (content, check) = record.split_at(size - CHECK_BYTES);
    if sha256(content)[..CHECK_BYTES] != *check {
        return Err(RecordError::Check { length: size });
    }
    let record = parse(Fields(&content[8..])).ok_or(RecordError::Meaning)?;
    Ok((record, size))
}

/// Reads what [`record_fields`] wrote and the body behind it. `None` for anything it would not have written.
fn parse(mut fields: Fields) -> Option<Record> {
    let kind = fields.u8()?;
    let id = MessageId::from_bytes(fields.take()?);
    let moment = Moment {
        store: fields.u64()?,
        reading: Reading {
            boot_id: fields.u64()?,
            boot: fields.u64()?,
            wall: fields.u64()?,
        },
    };
    let change = match kind {
        1 => {
            let chat = ChatId(fields.u32()?);
            let flags = fields.u8()?;
            let fuse = match (fields.u8()?, fields.u64()?) {
                (0, 0) => Fuse::None,
                (1, length) => Fuse::Waiting(length),
                (2, deadline) => Fuse::Burning(deadline),
                _ => return None,
            };
            let (held, to_open) = match flags {
                0 => (Held::AsRecipient, false),
                1 => (Held::AsSender, false),
                2 => (Held::AsRecipient, true),
                _ => return None,
            };
            let body = std::mem::take(&mut fields.0).to_vec();
            Change::Message(Message {
                serial: id.serial,
                chat,
                held,
                to_open,
                fuse,
                body,
            })
        }
        2 => Change::Started(fields.u64()?),
        3 => Change::Gone,
        4 => {
            let chat = ChatId(fields.u32()?);
            let timer = match (fields.u8()?, fields.u64()?) {
                (0, 0) => Timer::Off,
                (1, length) => Timer::AfterRead(length),
                (2, length) => Timer::AfterSend(length),
                _ => return None,
            };
            Change::ChatTimer(chat, timer)
        }
        5 => Change::Opened,
        _ => return None,
    };
    // Bytes that nothing accounts for would be lost when the record is written again.
    fields.0.is_empty().then_some(Record { id, moment, change })
}

/// Takes numbers off the front of some bytes.
struct Fields<'a>(&'a [u8]);

impl Fields<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (front, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*front)
    }

    fn u8(&mut self) -> Option<u8> {
        self.take().map(u8::from_be_bytes)
    }

    fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_be_bytes)
    }

    fn u64(&mut self) -> Option<u64> {
        self.take().map(u64::from_be_bytes)
    }
}

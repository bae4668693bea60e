//! What stands on a phone's disk: the records of a journal, and the slots of the key file beside a shredding one.

use messaging_lab::crypto::aead::TAG_BYTES;
use messaging_lab::store::{
    Change, Fuse, KEY_SLOT, KEYS_MAGIC, MAGIC_BYTES, MessageId, NAIVE_MAGIC, SHREDDING_MAGIC, find_key,
    next_record,
};

use super::{Anatomy, Cut, Sight, anatomy, as_number, hex, length, number, text};

/// One file, taken apart: what stands in front, then its records or slots, each with the byte where it begins.
pub type Parts = Vec<(usize, Anatomy)>;

/// A journal file, naive or shredding, as its own first bytes say. `None` for anything else and for torn or damaged ones.
pub fn journal(file: &[u8]) -> Option<Parts> {
    let sealed = match file.get(..MAGIC_BYTES)? {
        magic if magic == NAIVE_MAGIC => false,
        magic if magic == SHREDDING_MAGIC => true,
        _ => return None,
    };
    let mut parts = vec![(0, magic(&file[..MAGIC_BYTES])?)];
    let mut at = MAGIC_BYTES;
    while at < file.len() {
        let (_, size) = next_record(&file[at..]).ok()?;
        parts.push((at, record(&file[at..at + size], sealed)?));
        at += size;
    }
    Some(parts)
}

/// A key file. `None` for anything else.
pub fn key_file(file: &[u8]) -> Option<Parts> {
    if !file.starts_with(KEYS_MAGIC) || file.len() % KEY_SLOT != 0 {
        return None;
    }
    let front = anatomy("what the file is", &file[..KEY_SLOT], |cut| {
        name_and_version(cut);
        cut.take(KEY_SLOT - MAGIC_BYTES, "unused", zeros, "up to the first slot");
    })?;
    let mut parts = vec![(0, front)];
    for (number, slot) in file.chunks(KEY_SLOT).enumerate().skip(1) {
        let id = MessageId::from_bytes(*slot.first_chunk()?);
        parts.push((number * KEY_SLOT, key_slot(slot, find_key(file, id).is_some())?));
    }
    Some(parts)
}

fn name_and_version(cut: &mut Cut) {
    cut.take(MAGIC_BYTES - 1, "name", text, "says what the file is");
    cut.take(1, "version", number, "of the format");
}

fn magic(bytes: &[u8]) -> Option<Anatomy> {
    anatomy("what the file is", bytes, name_and_version)
}

fn zeros(bytes: &[u8]) -> String {
    match bytes.iter().all(|byte| *byte == 0) {
        true => "zeros".to_string(),
        false => hex(bytes),
    }
}

/// Times of a phone's clocks, which this kit counts in milliseconds.
fn millis(bytes: &[u8]) -> String {
    format!("{} ms", number(bytes))
}

/// A record of a journal. `sealed`: whether the journal is a shredding one.
pub fn record(bytes: &[u8], sealed: bool) -> Option<Anatomy> {
    let (record, size) = next_record(bytes).ok()?;
    if size != bytes.len() {
        return None;
    }
    let kind = match record.change {
        Change::Message(_) => "message",
        Change::Started(_) => "started",
        Change::Gone => "gone",
        Change::ChatTimer(..) => "chat timer",
        Change::Opened => "opened",
    };
    anatomy(&format!("record: {kind}"), bytes, |cut| {
        cut.take(4, "length", number, "of the whole record, in bytes");
        cut.take(
            4,
            "length, every bit flipped",
            hex,
            "a damaged length does not fit its twin",
        );
        cut.take(
            1,
            "kind",
            |bytes| format!("{}: {kind}", number(bytes)),
            "what happened",
        );
        cut.take(
            4,
            "message ID: serial number",
            number,
            "never given to a second message; 0 where the record is about none",
        );
        cut.take(
            4,
            "message ID: slot",
            number,
            "where the store keeps it; used again",
        );
        cut.take(
            8,
            "store time",
            millis,
            "when it was written, as the store counts",
        );
        cut.take(8, "boot ID", number, "which start of the phone");
        cut.take(8, "boot clock", millis, "since the phone started");
        cut.take(8, "wall clock", millis, "what the phone's clock showed");
        own_fields(cut, &record.change, record.id, sealed);
        cut.take(
            4,
            "check",
            hex,
            "the first 4 bytes of SHA-256 over all before: it notices accidents, and is no signature",
        );
    })
}

/// What a kind has of its own.
fn own_fields(cut: &mut Cut, change: &Change, id: MessageId, sealed: bool) {
    match change {
        Change::Message(message) => {
            cut.take(4, "chat", number, "which chat it belongs to");
            cut.take(
                1,
                "flags",
                |bytes| match bytes[0] {
                    0 => "0: the recipient's copy".to_string(),
                    1 => "1: the sender's copy".to_string(),
                    other => format!("{other}: the recipient's copy, to be opened by its owner"),
                },
                "whose copy it is",
            );
            let (state, meaning) = match message.fuse {
                Fuse::None => ("none", "no timer"),
                Fuse::Waiting(_) => ("waiting", "how long it runs once it is started"),
                Fuse::Burning(_) => ("running", "when it ends, in store time"),
            };
            cut.take(
                1,
                "timer state",
                |bytes| format!("{}: {state}", number(bytes)),
                "how far the timer is",
            );
            cut.take(8, "timer", millis, meaning);
            let body = message.body.len();
            if !sealed {
                cut.take(body, "body", text, "the text as it was written");
                return;
            }
            let slot = as_number(&id.to_bytes()[4..]);
            cut.seen_by(
                Sight::Sealed(format!(
                    "who has the key that stands in slot {slot} of the key file, while it stands there"
                )),
                body.saturating_sub(TAG_BYTES),
                "body, sealed",
                length,
                "as long as the text",
            );
            cut.take(
                TAG_BYTES.min(body),
                "tag",
                hex,
                "over the body and the fields in front of it: a deadline changed here makes the body unreadable",
            );
        }
        Change::Started(_) => {
            cut.take(8, "deadline", millis, "when the timer ends, in store time");
        }
        Change::ChatTimer(..) => {
            cut.take(4, "chat", number, "which chat it is for");
            cut.take(
                1,
                "timer",
                |bytes| match bytes[0] {
                    0 => "0: off".to_string(),
                    1 => "1: after read".to_string(),
                    other => format!("{other}: after send"),
                },
                "from when later messages count",
            );
            cut.take(8, "its length", millis, "how long it runs");
        }
        Change::Gone | Change::Opened => {}
    }
}

/// A slot of the key file. `whole`: whether the key in it can be used.
fn key_slot(bytes: &[u8], whole: bool) -> Option<Anatomy> {
    if bytes.iter().all(|byte| *byte == 0) {
        return anatomy("a free key slot", bytes, |cut| {
            cut.take(
                KEY_SLOT,
                "zeros",
                zeros,
                "no key stands here, or zeros were written over one",
            );
        });
    }
    let state = match whole {
        true => "a key slot",
        false => "a torn key slot",
    };
    anatomy(state, bytes, |cut| {
        cut.take(
            4,
            "message ID: serial number",
            number,
            "which message the key is for",
        );
        cut.take(4, "message ID: slot", number, "where the store keeps it");
        cut.take(
            32,
            "key",
            hex,
            "the body in the journal is sealed under it; without it the body is noise",
        );
        cut.take(4, "check", hex, "the first 4 bytes of SHA-256 over the 40 before");
        cut.take(
            KEY_SLOT - 44,
            "unused",
            zeros,
            "so that no slot lies across the edge of a disk block",
        );
    })
}

//! What the bytes of a message mean, one field after the other.
//!
//! An [`Anatomy`] takes the bytes of one message, or of a piece of a disk, and names every stretch of them: from which
//! byte to which, what it is called, what stands there, what it is for, who can read it. The stretches tile the bytes: no
//! gap, no overlap. The layouts are those that the models document beside their types, and their own parsers are asked
//! first: what a model refuses has no anatomy here.
//!
//! [`envelope`] has the formats of a conversation, [`call`] those of a call, [`disk`] the journals and the key file.

pub mod call;
pub mod disk;
pub mod envelope;

use messaging_lab::ground::hex::bytes_to_hex;

/// How many bytes of a key or a tag are shown in a value.
const SHOWN_BYTES: usize = 8;

/// Who can read a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sight {
    /// Whoever has the bytes.
    Clear,
    /// Only who has a key, and whose it is.
    Sealed(String),
}

/// A stretch of bytes with one meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its first byte, counted from 0.
    pub from: usize,
    /// The byte behind its last one.
    pub to: usize,
    /// What it is called.
    pub name: String,
    /// What stands there, in words.
    pub value: String,
    /// What it is for.
    pub meaning: String,
    /// Who can read it.
    pub sight: Sight,
}

/// A message and its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anatomy {
    /// What format it is.
    pub format: String,
    /// All of its bytes.
    pub bytes: Vec<u8>,
    /// Its fields, in order, which tile the bytes.
    pub fields: Vec<Field>,
}

impl Anatomy {
    /// The bytes of a field.
    pub fn bytes_of(&self, field: &Field) -> &[u8] {
        &self.bytes[field.from..field.to]
    }
}

/// Cuts bytes into fields from the front.
struct Cut<'a> {
    rest: &'a [u8],
    at: usize,
    /// Whether less was there than a layout says. No parser lets that happen.
    short: bool,
    fields: Vec<Field>,
}

impl<'a> Cut<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Cut {
            rest: bytes,
            at: 0,
            short: false,
            fields: Vec::new(),
        }
    }

    /// The next `length` bytes are a field in the clear. None of them: no field.
    fn take(
        &mut self,
        length: usize,
        name: &str,
        value: impl FnOnce(&[u8]) -> String,
        meaning: &str,
    ) -> &'a [u8] {
        self.seen_by(Sight::Clear, length, name, value, meaning)
    }

    /// The next `length` bytes are a field that only some can read.
    fn seen_by(
        &mut self,
        sight: Sight,
        length: usize,
        name: &str,
        value: impl FnOnce(&[u8]) -> String,
        meaning: &str,
    ) -> &'a [u8] {
        self.short |= length > self.rest.len();
        let (piece, rest) = self.rest.split_at(length.min(self.rest.len()));
        if !piece.is_empty() {
            self.fields.push(Field {
                from: self.at,
                to: self.at + piece.len(),
                name: name.to_string(),
                value: value(piece),
                meaning: meaning.to_string(),
                sight,
            });
        }
        self.rest = rest;
        self.at += piece.len();
        piece
    }

    /// The fields of a message that stands inside this one, each named after it.
    fn inside(&mut self, whose: &str, fields: Vec<Field>) {
        let length = fields.last().map_or(0, |last| last.to);
        self.short |= length > self.rest.len();
        self.fields.extend(fields.into_iter().map(|field| Field {
            from: self.at + field.from,
            to: self.at + field.to,
            name: format!("{whose}: {}", field.name),
            ..field
        }));
        self.rest = self.rest.get(length..).unwrap_or_default();
        self.at += length;
    }

    /// The fields, if they are exactly the bytes.
    fn end(self) -> Option<Vec<Field>> {
        (self.rest.is_empty() && !self.short).then_some(self.fields)
    }
}

/// An anatomy of `bytes`, cut by `cut`.
fn anatomy(format: &str, bytes: &[u8], cut: impl FnOnce(&mut Cut)) -> Option<Anatomy> {
    let mut fields = Cut::new(bytes);
    cut(&mut fields);
    Some(Anatomy {
        format: format.to_string(),
        bytes: bytes.to_vec(),
        fields: fields.end()?,
    })
}

/// A big-endian number of up to eight bytes.
fn as_number(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// A big-endian number, in decimal.
fn number(bytes: &[u8]) -> String {
    as_number(bytes).to_string()
}

/// The first bytes, in hex.
fn hex(bytes: &[u8]) -> String {
    match bytes.len() > SHOWN_BYTES {
        true => format!("{}..", bytes_to_hex(&bytes[..SHOWN_BYTES])),
        false => bytes_to_hex(bytes),
    }
}

/// Text in quotes. What is no UTF-8 shows as such.
fn text(bytes: &[u8]) -> String {
    format!("\"{}\"", String::from_utf8_lossy(bytes))
}

/// What cannot be read without a key: only how long it is.
fn length(bytes: &[u8]) -> String {
    match bytes.len() {
        1 => "1 byte".to_string(),
        many => format!("{many} bytes"),
    }
}

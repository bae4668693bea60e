//! What goes into a store, and how it is named afterwards.

use std::fmt;

use super::timer::{Content, Timer};
use crate::ground::clock::Millis;
use crate::ground::secret::wipe;

/// The longest body that a store accepts, in bytes: 64 KiB. It stops one message from filling memory or disk, and lets a
/// reader of the journal refuse a length that no record can have.
pub const MAX_BODY: usize = 64 * 1024;

/// Names a chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChatId(pub u32);

/// Names one message of one store, for ever: an ID is never given to a second message.
///
/// It holds the place where the message lies (the slot) and a serial number. Slots are used again, serial numbers are
/// not: whoever asks with the ID of an expired message finds another serial number in its slot and learns that the
/// message is gone, instead of reading the message that moved in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MessageId {
    // Counted from 1 over all messages that a store ever held; first, so that IDs sort by age.
    pub(super) serial: u32,
    pub(super) slot: u32,
}

impl MessageId {
    /// `serial || slot`, each as 4 bytes big-endian.
    pub fn to_bytes(self) -> [u8; 8] {
        (u64::from(self.serial) << 32 | u64::from(self.slot)).to_be_bytes()
    }

    /// The inverse of [`MessageId::to_bytes`]. Any 8 bytes are an ID; whether a store ever gave it, the store says.
    pub fn from_bytes(bytes: [u8; 8]) -> Self {
        let number = u64::from_be_bytes(bytes);
        MessageId {
            serial: (number >> 32) as u32,
            slot: number as u32,
        }
    }
}

impl fmt::Debug for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MessageId({} in slot {})", self.serial, self.slot)
    }
}

impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "message {}", self.serial)
    }
}

/// Whose copy of a message a store holds. Each phone has its own and destroys it alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// The copy on the phone that sent it: its timer starts with the recipient's read receipt.
    AsSender,
    /// The copy on the phone that got it: its timer starts when its owner sees it.
    AsRecipient,
}

/// A message on its way into a store.
///
/// ```
/// use messaging_lab::store::{ChatId, NewMessage, Timer};
/// let film = NewMessage::received(ChatId(1), b"a film").media(90_000).timer(Timer::AfterRead(10_000));
/// # let _ = film;
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct NewMessage {
    /// The chat it belongs to.
    pub chat: ChatId,
    /// Whose copy this is.
    pub held: Held,
    /// Text or media.
    pub content: Content,
    /// A timer of its own, which wins over the chat's; `None` takes the chat's as it is now.
    pub timer: Option<Timer>,
    /// When it was sent, in store time; `None` means now.
    pub sent_at: Option<Millis>,
    /// The message itself, at most [`MAX_BODY`] bytes.
    pub body: Vec<u8>,
}

impl NewMessage {
    /// The sender's copy of a text, sent now under the chat's timer.
    pub fn sent(chat: ChatId, body: impl Into<Vec<u8>>) -> Self {
        NewMessage {
            chat,
            held: Held::AsSender,
            content: Content::Text,
            timer: None,
            sent_at: None,
            body: body.into(),
        }
    }

    /// The recipient's copy of a text, sent now under the chat's timer.
    pub fn received(chat: ChatId, body: impl Into<Vec<u8>>) -> Self {
        NewMessage {
            held: Held::AsRecipient,
            ..Self::sent(chat, body)
        }
    }

    /// The same message as media that plays for `duration` (0 for a picture).
    pub fn media(self, duration: Millis) -> Self {
        NewMessage {
            content: Content::Media { duration },
            ..self
        }
    }

    /// The same message under a timer of its own.
    pub fn timer(self, timer: Timer) -> Self {
        NewMessage {
            timer: Some(timer),
            ..self
        }
    }

    /// The same message, sent at `sent_at` of store time.
    pub fn sent_at(self, sent_at: Millis) -> Self {
        NewMessage {
            sent_at: Some(sent_at),
            ..self
        }
    }
}

/// The body is left out: logs are where messages most often leak.
impl fmt::Debug for NewMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewMessage")
            .field("chat", &self.chat)
            .field("held", &self.held)
            .field("content", &self.content)
            .field("timer", &self.timer)
            .field("sent_at", &self.sent_at)
            .field("body", &format_args!("({} bytes omitted)", self.body.len()))
            .finish()
    }
}

/// What a message's timer is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fuse {
    /// There is none. Arrives from: insert. Goes to: nowhere.
    None,
    /// It waits to be started, with its length. Arrives from: insert. Goes to: `Burning`, by the first display, the first
    /// opening or the first receipt.
    Waiting(Millis),
    /// It runs, until this deadline. Arrives from: insert (after send), `Waiting`. Goes to: nowhere; the message goes.
    Burning(Millis),
}

impl Fuse {
    /// When it burns down, in milliseconds of store time; `None` if it does not burn.
    pub fn deadline(self) -> Option<Millis> {
        match self {
            Fuse::None | Fuse::Waiting(_) => None,
            Fuse::Burning(deadline) => Some(deadline),
        }
    }
}

/// A message in a store, its rules worked out: what is left to know about it from now on.
#[derive(PartialEq, Eq)]
pub struct Message {
    /// The serial number of its ID; the slot it lies in is the other half.
    pub serial: u32,
    /// The chat it belongs to.
    pub chat: ChatId,
    /// Whose copy it is.
    pub held: Held,
    /// Whether its owner has to open it: short-timer media, on the recipient's side.
    pub to_open: bool,
    /// What its timer is doing.
    pub fuse: Fuse,
    /// A vector as the caller gave it: making it fit its length would leave a copy behind.
    pub body: Vec<u8>,
}

/// However a message leaves, its body is overwritten first. Copies that the caller made are the caller's.
impl Drop for Message {
    fn drop(&mut self) {
        wipe(&mut self.body);
    }
}

/// The body is left out.
impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Message({} in {:?}, {:?}, {:?}, {} bytes omitted)",
            self.serial,
            self.chat,
            self.held,
            self.fuse,
            self.body.len()
        )
    }
}

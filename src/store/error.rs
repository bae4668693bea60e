//! Everything that a store refuses, each refusal saying what to do.

use std::fmt;

use super::journal::JournalError;
use super::message::{MAX_BODY, MessageId};
use super::timer::TimerError;

/// Why a store did not do what it was asked. Nothing has changed then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// This store never gave such an ID.
    UnknownId(MessageId),
    /// The message was here and has expired. The answer is the same before and after its bytes are purged.
    Gone(MessageId),
    /// Media with a short timer are not shown in the chat: they have to be opened, which starts their timer.
    OpenIt(MessageId),
    /// A read receipt tells about a message that was sent from here; this one was received.
    NotSentFromHere(MessageId),
    /// The timer makes no sense.
    Timer(TimerError),
    /// The body is longer than [`MAX_BODY`].
    BodyTooLong {
        /// How long it is, in bytes.
        length: usize,
    },
    /// The journal failed; only a store on files has one.
    Journal(JournalError),
    /// All of the 4 294 967 294 serial numbers are used up.
    NoMoreIds,
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::UnknownId(id) => write!(
                f,
                "{id} was never in this store: use an ID that `insert` of this same store returned"
            ),
            StoreError::Gone(id) => write!(f, "{id} has expired and is gone: remove it from the screen"),
            StoreError::OpenIt(id) => write!(
                f,
                "{id} is media with a short timer: show its cover, and call `open` when the owner taps it"
            ),
            StoreError::NotSentFromHere(id) => write!(
                f,
                "{id} was received here, so nobody sends a receipt for it: its timer starts when it is read"
            ),
            StoreError::Timer(error) => error.fmt(f),
            StoreError::Journal(error) => error.fmt(f),
            StoreError::BodyTooLong { length } => write!(
                f,
                "a body of {length} bytes is longer than {MAX_BODY}: split it into several messages"
            ),
            StoreError::NoMoreIds => write!(f, "this store has no IDs left: begin a new one"),
        }
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            StoreError::Timer(error) => Some(error),
            StoreError::Journal(error) => Some(error),
            _ => None,
        }
    }
}

impl From<TimerError> for StoreError {
    fn from(error: TimerError) -> Self {
        StoreError::Timer(error)
    }
}

impl From<JournalError> for StoreError {
    fn from(error: JournalError) -> Self {
        StoreError::Journal(error)
    }
}

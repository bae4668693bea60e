//! Ended: the call is over.
//!
//! ```text
//! arrives    goes to    sends
//! a repeat   ended      the Error again, if this phone ended the call with one
//! Error      ended      ErrorACK
//! ```
//!
//! No key of the call is left: there is no field for one. (A phone with [`Flaw::KeepsKeys`](crate::call::flaw::Flaw) has one.)
//!
//! The kit's own: the RFC repeats an Error by timer T2 until an ErrorACK comes; here it is said once, and again to every
//! message that still asks for an answer.

use std::fmt;

use super::confirmed::Confirmed;
use super::parts::Step;
use crate::call::error::{Dropped, ErrorCode};
use crate::call::key_schedule::SessionKeys;
use crate::call::memory::Memory;
use crate::call::wire::{Kind, bare};

/// Why a call is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// Somebody hung up.
    HungUp,
    /// This phone ended it with this error.
    Ours(ErrorCode),
    /// The other phone, or somebody in its name, ended it with this number: an Error is not authenticated.
    Theirs(u32),
    /// For too long no frame came that opens.
    NoMedia,
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            End::HungUp => f.write_str("hung up"),
            End::Ours(code) => code.fmt(f),
            End::Theirs(number) => match ErrorCode::from_number(*number) {
                Some(code) => write!(f, "the other phone says {code}"),
                None => write!(
                    f,
                    "the other phone says 0x{number:02x}, a code that is not known here"
                ),
            },
            End::NoMedia => f.write_str("no sound came for too long: call again"),
        }
    }
}

/// What is left of a call.
#[derive(Debug)]
pub struct Ended {
    why: End,
    error: Option<Vec<u8>>,
    memory: Memory,
    pub(in crate::call) kept: Option<SessionKeys>,
}

impl Ended {
    pub(super) fn new(why: End, error: Option<Vec<u8>>, memory: Memory) -> Self {
        Ended {
            why,
            error,
            memory,
            kept: None,
        }
    }

    /// Why.
    pub fn why(&self) -> End {
        self.why
    }

    /// The Error to send, if this phone ended the call with one.
    pub fn error(&self) -> Option<&[u8]> {
        self.error.as_deref()
    }

    /// What is remembered for the next call.
    pub fn memory(&self) -> &Memory {
        &self.memory
    }

    /// Takes it along into the next call.
    pub fn into_memory(self) -> Memory {
        self.memory
    }

    /// A message that comes too late.
    pub fn late(self, kind: Kind) -> Step<Self, Confirmed> {
        match (kind, &self.error) {
            (Kind::Error, _) => Step::Stayed(self, bare(Kind::ErrorAck)),
            (Kind::HelloAck | Kind::Conf2Ack | Kind::ErrorAck, _) | (_, None) => {
                Step::Dropped(self, Dropped::Over)
            }
            (_, Some(error)) => {
                let error = error.clone();
                Step::Stayed(self, error)
            }
        }
    }
}

//! Plain words for lessons: what happens to a phone, and what its screen shows.
//!
//! A script is a list of `(time, Action)`. It says nothing about stores, slots or IDs, so it can be written into a lesson,
//! drawn at random, and sent to another process.

use super::timer::Timer;

/// A step in the life of a phone with one chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// The chat gets this timer.
    SetTimer(Timer),
    /// A text arrives, sent at this same moment.
    Receive {
        /// What it says.
        text: String,
        /// A timer of its own; `None` takes the chat's as it is now.
        timer: Option<Timer>,
    },
    /// The owner reads a message: 0 is the first that this phone received.
    Read(usize),
}

/// What a phone's screen shows of one message that has a timer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Countdown {
    /// The message, and no countdown: its timer has not started on this phone.
    Waiting,
    /// The message, and how many seconds it has left.
    Left(u64),
    /// Nothing: the message is gone from this phone.
    Gone,
}

//! When a message is sent again, and when its sender gives up (RFC 6189, section 6).
//!
//! ```text
//!        first wait   doubled up to   sent again at most
//! T1        50 ms         200 ms           20 times       Hello
//! T2       150 ms       1 200 ms           10 times       Commit, DHPart2, Confirm2
//! ```
//!
//! Only the initiator repeats by a timer, as everybody does with Hello. The responder repeats an answer when the question
//! comes again: one side that repeats is enough, and two would answer each other's repetitions.

use crate::ground::clock::Millis;

/// A row of the table above.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// Milliseconds before the first repetition.
    pub first: Millis,
    /// The wait doubles until it is this many milliseconds long.
    pub longest: Millis,
    /// Repetitions, the first sending not counted.
    pub times: u32,
}

/// For Hello.
pub const T1: Schedule = Schedule {
    first: 50,
    longest: 200,
    times: 20,
};

/// For Commit, DHPart2 and Confirm2.
pub const T2: Schedule = Schedule {
    first: 150,
    longest: 1_200,
    times: 10,
};

/// The kit's own: a responder that waits this long (12 s, in milliseconds) for the next message gives up. Longer than all of [`T2`], so that it
/// never gives up on somebody who still tries; without it a lost caller would leave keys in memory for ever.
pub const PATIENCE: Millis = 12_000;

/// The kit's own: a confirmed call in which this long no frame came that opens is over. It is what ends a call that
/// only one side could confirm, because the last acknowledgement was lost.
pub const MEDIA_TIMEOUT: Millis = 10_000;

/// A message that is repeated until something answers it.
#[derive(Clone, Debug)]
pub struct Resend {
    message: Vec<u8>,
    schedule: Schedule,
    due: Millis,
    wait: Millis,
    left: u32,
}

impl Resend {
    /// `message` was sent at `now` for the first time.
    pub fn new(message: Vec<u8>, schedule: Schedule, now: Millis) -> Self {
        Resend {
            message,
            schedule,
            due: now.saturating_add(schedule.first),
            wait: schedule.first,
            left: schedule.times,
        }
    }

    /// When to look again, in milliseconds of the caller's clock.
    pub fn due(&self) -> Millis {
        self.due
    }

    /// The message.
    pub fn message(&self) -> &[u8] {
        &self.message
    }

    /// What is due at `now`.
    pub fn wake(&mut self, now: Millis) -> Due {
        if now < self.due {
            return Due::NotYet;
        }
        if self.left == 0 {
            return Due::GiveUp;
        }
        self.left -= 1;
        self.wait = (self.wait * 2).min(self.schedule.longest);
        self.due = now.saturating_add(self.wait);
        Due::Again(self.message.clone())
    }
}

/// What a timer says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Due {
    /// Nothing to do.
    NotYet,
    /// Send this again.
    Again(Vec<u8>),
    /// It was sent often enough.
    GiveUp,
}

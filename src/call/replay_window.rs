//! The replay window: which of the latest 64 packets have come (RFC 3711, section 3.3.2).
//!
//! The idea, before any detail: a recorded packet opens a second time as well as it did the first, because every bit of
//! it is genuine. So a receiver has to remember what it took. It cannot remember everything, and need not:
//!
//! ```text
//!     older than the window       the last 64 indices                     newer
//!     ----------------------- [ 1 1 0 1 1 1 ... 1 0 1 1 ] --------------------------->
//!     refused                   1 has come: refused       ^ highest       accepted, once its tag is right
//!                               0 has not: accepted
//! ```
//!
//! In words: what is newer than all before is new. What lies in the window is looked up. What is older than the window
//! is refused although it may never have come: a packet that late is of no use in a call.
//!
//! To look and to write down are two methods, because the tag is verified between them. A window that moved for a
//! forged packet could be pushed so far ahead that everything genuine behind it is refused.

use std::fmt;

/// 64 indices, the least that RFC 3711, section 3.3.2, allows. What is 64 or more behind the highest is too old.
pub const WIDTH: u64 = 64;

/// Why an index is not to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Repeated {
    /// It has come before.
    Seen,
    /// It is [`WIDTH`] or more behind the highest, where nobody remembers what has come.
    TooOld,
}

impl fmt::Display for Repeated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Repeated::Seen => "this packet has come before",
            Repeated::TooOld => "this packet is 64 or more behind the newest: too late to be of use",
        })
    }
}

impl std::error::Error for Repeated {}

/// The highest index that was accepted, and which of the 63 below it were.
///
/// ```
/// use messaging_lab::call::replay_window::{Repeated, ReplayWindow};
/// let mut window = ReplayWindow::new();
/// window.accept(100);
/// assert_eq!(window.check(100), Err(Repeated::Seen));
/// assert_eq!(window.check(37), Ok(()));
/// assert_eq!(window.check(36), Err(Repeated::TooOld));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReplayWindow {
    highest: u64,
    /// Bit `k` is set when `highest - k` was accepted. Bit 0 is set from the first packet on, so 0 means that none has
    /// come.
    seen: u64,
}

impl ReplayWindow {
    /// A window into which nothing has come.
    pub fn new() -> Self {
        ReplayWindow { highest: 0, seen: 0 }
    }

    /// Whether a packet with this index may be taken. Changes nothing.
    ///
    /// # Errors
    /// [`Repeated::Seen`] if it was accepted before, [`Repeated::TooOld`] if `highest - index >= 64`.
    pub fn check(&self, index: u64) -> Result<(), Repeated> {
        if self.seen == 0 || index > self.highest {
            return Ok(());
        }
        let behind = self.highest - index;
        if behind >= WIDTH {
            return Err(Repeated::TooOld);
        }
        if self.seen >> behind & 1 == 1 {
            return Err(Repeated::Seen);
        }
        Ok(())
    }

    /// Writes down that a packet with this index was taken: to be called after its tag was verified, not before. What
    /// [`check`](Self::check) refuses changes nothing here.
    pub fn accept(&mut self, index: u64) {
        if self.seen == 0 {
            (self.highest, self.seen) = (index, 1);
        } else if index > self.highest {
            let ahead = index - self.highest;
            // A jump past the whole window leaves nothing of it. A shift by 64 is none in Rust.
            let kept = if ahead < WIDTH { self.seen << ahead } else { 0 };
            (self.highest, self.seen) = (index, kept | 1);
        } else if self.highest - index < WIDTH {
            self.seen |= 1 << (self.highest - index);
        }
    }
}

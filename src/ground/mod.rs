//! What every model stands on: time, randomness, secret bytes, hex and the ledger.
//!
//! Models never ask the operating system for the time or for random bytes by themselves. Both are handed in, in one of
//! two forms: the real one, and one that a lesson or a test controls. So every run can be repeated exactly.
//!
//! Read in this order:
//!
//! 1. [`hex`]: bytes as text.
//! 2. [`clock`]: two clocks of a phone, and why two.
//! 3. [`randomness`]: unpredictable bytes, and predictable ones for lessons.
//! 4. [`secret`]: bytes that are not copied, not printed, and wiped.
//! 5. [`ledger`]: who held which bytes, from when, until when.
//! 6. [`scene`]: a run told as a story, with its ledger: what a lesson's picture is drawn from.
//!
//! A ledger as a drawing. A line is somebody who holds the message, and it ends where the bytes go out of his reach:
//!
//! ```text
//! second          0         1         2         3         4         5         6
//! Alice's phone   ==================================================o  gone, by her own clock
//! Bob's phone               ========================================o  gone, by his
//! a backup                            ==============================...  nobody told it
//! a screenshot                             =========================...  nor that
//! ```
//!
//! The same as a run, with the clock in the test's hand:
//!
//! ```
//! use messaging_lab::ground::clock::{Clock, ControlledClock};
//! use messaging_lab::ground::ledger::{Ledger, Onlooker};
//!
//! let (clock, mut ledger) = (ControlledClock::new(0), Ledger::new());
//! let on_phone = ledger.gains(clock.now().wall, Onlooker::BobPhone, "text", b"meet at ten");
//! clock.advance(2_000);
//! ledger.gains(clock.now().wall, Onlooker::Backup, "nightly copy", b"meet at ten");
//! clock.advance(3_000);
//! ledger.loses(clock.now().wall, on_phone);
//! assert_eq!(ledger.holders_of(b"meet at ten", 4_999), [Onlooker::BobPhone, Onlooker::Backup]);
//! assert_eq!(ledger.holders_of(b"meet at ten", 5_000), [Onlooker::Backup]);
//! ```

pub mod hex;

pub mod clock;

pub mod randomness;

pub mod secret;

pub mod ledger;

pub mod scene;

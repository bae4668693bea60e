//! Model 1: the message that deletes itself, as in Telegram's secret chats.
//!
//! The promise under test is a "self-destruct timer": the user sets a time, and the message deletes itself. The rules
//! (sources stand beside each in [`timer`]):
//!
//! - The timer runs from when the recipient SEES the message, not from when it is sent; from the first display for text,
//!   from the first opening for media with a timer of at most 60 s. Never seen: no timer runs, on either side.
//! - A message's own timer wins over the chat's. A new chat timer applies to later messages only.
//! - The sender's copy starts when the read receipt says that the message was read; a receipt that comes late leaves less.
//! - Each phone destroys its own copy, by its own clock, and tells nobody.
//! - A message is gone AT its deadline. Whether its bytes have been purged yet makes no difference to any answer.
//!
//! Read in this order:
//!
//! 1. [`timer`]: the rules as functions of numbers.
//! 2. [`timekeeper`]: whose clock. Store time never runs backwards.
//! 3. [`message`]: what goes in, and how it is named. [`error`]: what is refused.
//! 4. [`memory`]: the store in memory. `steps.rs` beside it: what each call works out first and changes then.
//!
//! # Where the model stops
//!
//! - **A cooperating phone is assumed.** Screenshots, a second camera, notification stores and backups are outside it, as
//!   they are outside Telegram's. The lessons count what they keep.
//! - Two kinds of content stand for Telegram's many. A chat has one timer, set locally: agreeing on it between two phones
//!   (`SetMessageTTL`), `ScreenshotMessages`, `FlushHistory` and deleting by hand are left out.
//! - A read receipt's date is taken as given. In Telegram it is the server's.
//! - Memory is overwritten as far as safe Rust can: see [`ground::secret`](crate::ground::secret).
//! - One thread, one store. No search, no order by date, no list of chats.

pub mod error;
pub mod memory;
pub mod message;
mod steps;
pub mod timekeeper;
pub mod timer;

pub use error::StoreError;
pub use memory::MessageStore;
pub use message::{ChatId, Held, MAX_BODY, MessageId, NewMessage};
pub use timekeeper::{ClockRule, Moment, Timekeeper, elapsed_between};
pub use timer::{
    Content, MAX_TIMER, SECOND, SHORT_MEDIA_TIMER, Timer, TimerError, effective_timer, expires_at,
    is_readable_at, raised_for_media, sender_time_left, shortest_wait, starts_when_opened,
    time_left_after_restart,
};

//! The rules of the self-destruct timer, as functions of numbers: no clock, no storage, no state.
//!
//! The whole idea in one line: **a message is readable while `now < deadline`, and the deadline is the moment its timer
//! started plus the timer's length.** What makes it harder is the question which moment starts it. The answers here are
//! those of Telegram's secret chats, with the sources named at each rule.

use std::fmt;

use crate::ground::clock::Millis;

/// One second, in the unit of all times here.
pub const SECOND: Millis = 1_000;

/// The longest timer that a store accepts: 365 days. It stops a number that was meant as a date, or an overflowed one,
/// from becoming a "timer" that outlives the phone.
pub const MAX_TIMER: Millis = 365 * 24 * 60 * 60 * SECOND;

/// Media with a timer of at most this length start it when they are opened, not when they appear in the chat: 60 s.
///
/// Source: tdlib, `is_secret_message_content`.
pub const SHORT_MEDIA_TIMER: Millis = 60 * SECOND;

/// When a message destroys itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timer {
    /// Never.
    Off,
    /// This long after the recipient first saw it (Telegram's secret chats; Signal for the recipient).
    AfterRead(Millis),
    /// This long after it was sent, whether anybody saw it or not (WhatsApp; Telegram's later auto-delete).
    AfterSend(Millis),
}

/// What a message carries, as far as its timer cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Text: seen as soon as it is displayed.
    Text,
    /// A picture, a recording, a film: seen when somebody opens it.
    Media {
        /// How long it plays; 0 for a picture.
        duration: Millis,
    },
}

/// Why a timer is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimerError {
    /// A length of 0: the message would be gone before it could be seen.
    Zero,
    /// Longer than [`MAX_TIMER`].
    TooLong {
        /// The length that was asked for.
        asked: Millis,
    },
}

impl fmt::Display for TimerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TimerError::Zero => write!(
                f,
                "a timer of 0 would destroy a message before anybody saw it: use Timer::Off for none, or at least 1 ms"
            ),
            TimerError::TooLong { asked } => write!(
                f,
                "a timer of {asked} ms is longer than {MAX_TIMER} ms (365 days): give a length of time, not a date"
            ),
        }
    }
}

impl std::error::Error for TimerError {}

impl Timer {
    /// The timer itself, if its length makes sense: `1 ms ..= MAX_TIMER`.
    ///
    /// # Errors
    /// [`TimerError`] for a length of 0 and for one beyond [`MAX_TIMER`].
    pub fn checked(self) -> Result<Timer, TimerError> {
        match self {
            Timer::AfterRead(0) | Timer::AfterSend(0) => Err(TimerError::Zero),
            Timer::AfterRead(asked) | Timer::AfterSend(asked) if asked > MAX_TIMER => {
                Err(TimerError::TooLong { asked })
            }
            sound => Ok(sound),
        }
    }
}

/// `after read: started_at + length; after send: sent_at + length; off: none`. The deadline, in the clock of the
/// arguments; `None` where no timer runs, so also for a message that nobody has seen yet (`started_at` is `None`).
///
/// The sum saturates: a deadline beyond the end of time is the end of time, never a small number.
///
/// Source: Telegram's FAQ, "How do self-destructing messages work?": the clock starts when the message is displayed.
///
/// ```
/// use messaging_lab::store::{Timer, expires_at};
/// assert_eq!(expires_at(Timer::AfterRead(5_000), 1_000, Some(60_000)), Some(65_000));
/// assert_eq!(expires_at(Timer::AfterRead(5_000), 1_000, None), None);
/// assert_eq!(expires_at(Timer::AfterSend(5_000), 1_000, None), Some(6_000));
/// ```
pub fn expires_at(timer: Timer, sent_at: Millis, started_at: Option<Millis>) -> Option<Millis> {
    match timer {
        Timer::Off => None,
        Timer::AfterRead(length) => started_at.map(|start| start.saturating_add(length)),
        Timer::AfterSend(length) => Some(sent_at.saturating_add(length)),
    }
}

/// `now < deadline`: gone AT the deadline, not one millisecond after it. Without a deadline always readable.
pub fn is_readable_at(now: Millis, deadline: Option<Millis>) -> bool {
    deadline.is_none_or(|deadline| now < deadline)
}

/// `the message's own timer, or else the chat's`. A message may also carry `Timer::Off` of its own, which wins too.
///
/// Source: Telegram, decryptedMessage: a `ttl` in the message overrides the chat's.
pub fn effective_timer(chat: Timer, message: Option<Timer>) -> Timer {
    message.unwrap_or(chat)
}

/// `after read, media: max(length, duration + 1 s)`; every other timer as it is. Whoever starts to watch can watch to the
/// end. A timer after sending counts from the sending, whether anybody watches or not.
///
/// Source: tdlib, `create_message` (`ttl = max(ttl, duration + 1)`, in seconds).
pub fn raised_for_media(timer: Timer, content: Content) -> Timer {
    match (timer, content) {
        (Timer::AfterRead(length), Content::Media { duration }) => {
            Timer::AfterRead(length.max(duration.saturating_add(SECOND)))
        }
        (timer, _) => timer,
    }
}

/// `media, after read, length <= 60 s`: such a message shows a cover first, and its timer starts when it is opened.
///
/// Ask with the timer as it was set, before [`raised_for_media`]: a film of two minutes sent with a timer of 10 s still
/// has to be opened.
///
/// Source: tdlib, `is_secret_message_content`, which `create_message` computes before it raises the timer.
pub fn starts_when_opened(timer: Timer, content: Content) -> bool {
    matches!((timer, content), (Timer::AfterRead(length), Content::Media { .. }) if length <= SHORT_MEDIA_TIMER)
}

/// `left = ttl - (now - read_date)`: how long the SENDER's copy lives on when a read receipt arrives; `None` when that
/// time has passed already, as for a sender who was offline for longer than the timer.
///
/// Both dates are the server's. A receipt from the future counts as read just now: elapsed time is never negative, or a
/// wrong date would lengthen the message's life.
///
/// Source: tdlib, where the outgoing message's timer starts at the server's date of the read receipt.
///
/// ```
/// use messaging_lab::store::sender_time_left;
/// assert_eq!(sender_time_left(10_000, 50_000, 53_000), Some(7_000));
/// assert_eq!(sender_time_left(10_000, 50_000, 60_000), None);
/// assert_eq!(sender_time_left(10_000, 50_000, 49_000), Some(10_000));
/// ```
pub fn sender_time_left(ttl: Millis, read_date: Millis, server_now: Millis) -> Option<Millis> {
    time_left(ttl, read_date, server_now)
}

/// `left_at_load = left - (loaded_at - saved_at)`: what remains of a timer that was saved with `left` to go; `None` when
/// it ran out meanwhile. Time that the phone was off counts; a clock that went back meanwhile counts as no time at all.
///
/// Source: tdlib saves (time left, server time) and subtracts on loading.
pub fn time_left_after_restart(left: Millis, saved_at: Millis, loaded_at: Millis) -> Option<Millis> {
    time_left(left, saved_at, loaded_at)
}

/// Both rules above are one: a length, since when, and now.
fn time_left(length: Millis, since: Millis, now: Millis) -> Option<Millis> {
    let elapsed = now.saturating_sub(since);
    length.checked_sub(elapsed).filter(|&left| left > 0)
}

/// `min(deadline - now)`: how long one waiter may sleep before the next message is due; what is due already waits 0, and
/// without a deadline there is nothing to wait for.
///
/// One waiter for the earliest deadline serves any number of messages. Source: Signal's `ExpiringMessageManager`.
pub fn shortest_wait(now: Millis, deadlines: impl IntoIterator<Item = Millis>) -> Option<Millis> {
    deadlines
        .into_iter()
        .min()
        .map(|earliest| earliest.saturating_sub(now))
}

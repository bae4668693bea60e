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
//! The life of a message with a timer of 5 s, in store time:
//!
//! ```text
//!               0 s            60 s                 65 s              with the next purge
//! Bob's copy    received       first shown          deadline
//!               | unread       | readable           | gone            | bytes overwritten
//!               | no timer     | the timer runs     | no answer shows it
//!
//! Alice's copy  sent           read receipt:        deadline,
//!               | readable     | "read at 60 s"     | by her own clock
//! ```
//!
//! A stretch of such lives, from lesson 01's story. A lane is somebody who holds bytes, `|` while he does; `+` gets some, `-`
//! loses some. `cargo run -- show timer offline` draws it with the bytes beside it:
//!
//! ```text
//! timer offline: Bob reads and opens while Alice's phone is offline
//! Nothing in it is random. It is the same each time.
//!
//!            Alice Bob
//!            phone phone
//! before: Alice's phone holds the text (2 of them); the picture
//! before: Bob's phone holds the text (2 of them); the picture
//! second 5   Alice's phone goes offline.
//! second 8   Bob opens the chat and reads. His phone sends read receipts,
//!            which wait for Alice's phone.
//! second 8   On Bob's phone "meet at ten" is displayed (deadline: second 18).
//! second 8   On Bob's phone the picture shows its cover (no timer runs).
//! second 8   On Bob's phone "lemon or apple?" is displayed (deadline: second
//!            38).
//! second 11  Bob sends a text. It waits for Alice's phone.
//!        11  |     +     Bob's phone now holds the text
//!        18  |     -     Bob's phone no longer holds the text
//! second 21  Bob taps the cover: the picture is opened (deadline: second 31).
//!            A receipt waits for Alice's phone.
//!
//! Who could read what, at any time of this chapter: "meet at ten": Alice's
//! phone, Bob's phone; the picture: Alice's phone, Bob's phone; "lemon or
//! apple?": Alice's phone, Bob's phone; "bring candles": Bob's phone.
//! ```
//!
//! And what reading or a receipt does, in this order, so that a call that was interrupted happened or did not:
//!
//! ```text
//! a call -> erase what is due -> work out the change -> write it down -> make it -> the answer
//!                                                       |
//!                                                       fails? nothing has changed
//! ```
//!
//! The same as a run. The store says "gone"; whether the disk agrees depends on the journal:
//!
//! ```
//! use messaging_lab::ground::{clock::ControlledClock, randomness::Seeded};
//! use messaging_lab::store::*;
//!
//! fn on_the_disk(journal: impl Journal, disk: &PretendDisk) -> Result<bool, StoreError> {
//!     let clock = ControlledClock::new(0);
//!     let (mut bob, _) = JournalStore::load(clock.clone(), journal)?;
//!     bob.set_chat_timer(ChatId(1), Timer::AfterRead(5_000))?;
//!     let id = bob.receive(ChatId(1), b"meet at ten")?;
//!     clock.advance(60_000); // unread, so no timer runs
//!     assert_eq!(bob.read(id)?, b"meet at ten");
//!     clock.advance(5_000);
//!     assert_eq!(bob.read(id), Err(StoreError::Gone(id)));
//!     Ok(disk.image().windows(11).any(|bytes| bytes == b"meet at ten"))
//! }
//!
//! let disk = PretendDisk::new();
//! assert!(on_the_disk(NaiveJournal::new(disk.clone()), &disk)?);
//! let disk = PretendDisk::new();
//! assert!(!on_the_disk(ShreddingJournal::new(disk.clone(), Seeded::new(1)), &disk)?);
//! # Ok::<(), StoreError>(())
//! ```
//!
//! Read in this order:
//!
//! 1. [`timer`]: the rules as functions of numbers.
//! 2. [`timekeeper`]: whose clock. Store time never runs backwards.
//! 3. [`message`]: what goes in, and how it is named. [`error`]: what is refused.
//! 4. [`memory`]: the store in memory. Beside it `steps.rs`: what each call works out first and changes then; and
//!    `order.rs`: what is due, without looking at what is not.
//! 5. [`record`]: one change as bytes. [`disk`]: what a journal needs of a disk. [`pretend_disk`]: a disk that fails on
//!    command and hides nothing.
//! 6. [`journal`]: what can go wrong. `log.rs`: an append-only file. [`naive`]: deleted is a mark. [`shredder`]: deleted is
//!    a destroyed key.
//! 7. [`persistent`]: the store on files, each change written down before it happens.
//! 8. [`script`]: plain words for what happens to a phone and what its screen shows, for lessons to speak in.
//!
//! # Where the model stops
//!
//! - **A cooperating phone is assumed.** Screenshots, a second camera, notification stores and backups are outside it, as
//!   they are outside Telegram's. The lessons count what they keep.
//! - Two kinds of content stand for Telegram's many. A chat has one timer, set locally: agreeing on it between two phones
//!   (`SetMessageTTL`), `ScreenshotMessages`, `FlushHistory` and deleting by hand are left out.
//! - A read receipt's date is taken as given. In Telegram it is the server's.
//! - Memory is overwritten as far as safe Rust can: see [`ground::secret`](crate::ground::secret).
//! - The journal only grows; a real one is rewritten from time to time. Loading reads all of it into memory.
//! - A write that power cuts short is taken to have arrived front first, or with zeros in it. Disks that swap the blocks
//!   of one write can damage more; loading then refuses the file rather than guess.
//! - The keys stand in a file like any other, and what Telegram keeps its database key in is left out. One process at a
//!   time may use the files: nothing locks them.
//! - One thread, one store. No search, no order by date, no list of chats.

pub mod timer;

pub mod timekeeper;

pub mod message;

pub mod error;

pub mod memory;
mod order;
mod steps;

pub mod record;

pub mod disk;

pub mod pretend_disk;

pub mod journal;
mod log;

pub mod naive;

pub mod shredder;

pub mod persistent;

pub mod script;

pub use disk::{Disk, FileDisk, Part};
pub use error::StoreError;
pub use journal::{Journal, JournalError, Repairs};
pub use log::MAGIC_BYTES;
pub use memory::MessageStore;
pub use message::{ChatId, Fuse, Held, MAX_BODY, Message, MessageId, NewMessage};
pub use naive::{NAIVE_MAGIC, NaiveJournal};
pub use persistent::{JournalStore, LoadReport};
pub use pretend_disk::{FLASH_PAGE, OldPage, PretendDisk, Unsynced};
pub use record::{
    CHECK_BYTES, Change, HEAD_BYTES, MAX_RECORD, MESSAGE_FIELD_BYTES, Record, RecordError, next_record,
    record_fields, record_to_bytes,
};
pub use script::{Action, Countdown};
pub use shredder::{
    KEY_SLOT, KEYS_MAGIC, SHREDDING_MAGIC, ShreddingJournal, body_nonce, find_key, slot_offset,
};
pub use timekeeper::{ClockRule, Moment, Timekeeper, elapsed_between};
pub use timer::{
    Content, MAX_TIMER, SECOND, SHORT_MEDIA_TIMER, Timer, TimerError, effective_timer, expires_at,
    is_readable_at, raised_for_media, sender_time_left, shortest_wait, starts_when_opened,
    time_left_after_restart,
};

//! The store in memory: messages in slots, and an order by deadline beside them.
//!
//! The naive store is a list, and asking it what is due means looking at every message. Here an order by deadline is kept
//! beside the messages, so that a purge touches what expires and nothing else, and a purge with nothing due looks at one
//! number.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt;

use super::error::StoreError;
use super::message::{ChatId, Message, MessageId, NewMessage};
use super::order::Order;
use super::timekeeper::{ClockRule, Timekeeper};
use super::timer::{Timer, is_readable_at, shortest_wait};
use crate::ground::clock::{Clock, Millis};

/// A self-destructing message store: one phone's copies, each destroyed by this phone's own clock.
///
/// Two phones are two stores. Nothing here asks the other phone to forget; it cannot be made to.
///
/// ```
/// use messaging_lab::ground::clock::ControlledClock;
/// use messaging_lab::store::{ChatId, MessageStore, StoreError, Timer};
///
/// let clock = ControlledClock::new(0);
/// let mut bob = MessageStore::new(clock.clone());
/// bob.set_chat_timer(ChatId(1), Timer::AfterRead(5_000))?;
/// let id = bob.receive(ChatId(1), b"meet at ten")?;
///
/// clock.advance(60_000); // unread: no timer runs
/// assert_eq!(bob.read(id)?, b"meet at ten"); // now it does
/// clock.advance(4_999);
/// assert!(bob.is_readable(id));
/// clock.advance(1);
/// assert_eq!(bob.read(id), Err(StoreError::Gone(id)));
/// assert_eq!(bob.purge(), 1);
/// # Ok::<(), StoreError>(())
/// ```
pub struct MessageStore<C: Clock> {
    pub(super) clock: C,
    // In a cell: even a question that changes nothing must move store time on, or time could be seen to go back.
    pub(super) time: Cell<Timekeeper>,
    pub(super) chats: BTreeMap<ChatId, Timer>,
    // A message lies in one slot as long as it lives. An ID fits if its serial number does.
    pub(super) slots: Vec<Option<Message>>,
    pub(super) free: Vec<u32>,
    // Every burning fuse once. A burning fuse never changes, so no entry is ever out of date.
    pub(super) order: Order,
    pub(super) next_serial: u32,
}

impl<C: Clock> MessageStore<C> {
    /// An empty store whose time starts as what the wall clock shows now.
    pub fn new(clock: C) -> Self {
        Self::with_rule(clock, ClockRule::HoldOn)
    }

    /// The same under a chosen clock rule: for the lesson that turns the clock back.
    pub fn with_rule(clock: C, rule: ClockRule) -> Self {
        let timekeeper = Timekeeper::start(rule, clock.now());
        Self::resumed(clock, timekeeper)
    }

    /// An empty store that goes on with an older store's time.
    pub(super) fn resumed(clock: C, timekeeper: Timekeeper) -> Self {
        MessageStore {
            clock,
            time: Cell::new(timekeeper),
            chats: BTreeMap::new(),
            slots: Vec::new(),
            free: Vec::new(),
            order: Order::default(),
            next_serial: 1,
        }
    }

    /// Store time: what deadlines are compared with, in milliseconds.
    pub fn now(&self) -> Millis {
        let mut timekeeper = self.time.get();
        let now = timekeeper.tell(self.clock.now());
        self.time.set(timekeeper);
        now
    }

    /// Sets the timer of a chat's LATER messages. Those already here keep theirs, as in Telegram.
    ///
    /// # Errors
    /// [`StoreError::Timer`] for a length of 0 or beyond [`MAX_TIMER`](super::MAX_TIMER).
    pub fn set_chat_timer(&mut self, chat: ChatId, timer: Timer) -> Result<(), StoreError> {
        self.chats.insert(chat, timer.checked()?);
        Ok(())
    }

    /// Puts a message in and returns its ID. One that is past its deadline already gets an ID and is gone at once.
    ///
    /// # Errors
    /// [`StoreError::Timer`], [`StoreError::BodyTooLong`], [`StoreError::NoMoreIds`].
    pub fn insert(&mut self, message: NewMessage) -> Result<MessageId, StoreError> {
        let (id, message) = self.admit(message, self.now())?;
        self.place(id, message);
        Ok(id)
    }

    /// The sender's copy of a text, sent now under the chat's timer.
    ///
    /// # Errors
    /// As [`MessageStore::insert`].
    pub fn send(&mut self, chat: ChatId, body: impl Into<Vec<u8>>) -> Result<MessageId, StoreError> {
        self.insert(NewMessage::sent(chat, body))
    }

    /// The recipient's copy of a text, sent now under the chat's timer.
    ///
    /// # Errors
    /// As [`MessageStore::insert`].
    pub fn receive(&mut self, chat: ChatId, body: impl Into<Vec<u8>>) -> Result<MessageId, StoreError> {
        self.insert(NewMessage::received(chat, body))
    }

    /// Displays a message in its chat. On the recipient's copy the first display starts the timer.
    ///
    /// # Errors
    /// [`StoreError::OpenIt`] for the recipient's copy of short-timer media, whose timer this does not start;
    /// [`StoreError::Gone`]; [`StoreError::UnknownId`].
    pub fn read(&mut self, id: MessageId) -> Result<&[u8], StoreError> {
        let start = self.start_by_reading(id, self.now())?;
        self.start_and_show(id, start)
    }

    /// Shows a message full screen, as for media that have a cover in the chat. On the recipient's copy the first opening
    /// starts the timer, unless a display has started it.
    ///
    /// # Errors
    /// [`StoreError::Gone`]; [`StoreError::UnknownId`].
    pub fn open(&mut self, id: MessageId) -> Result<&[u8], StoreError> {
        let start = self.start_by_opening(id, self.now())?;
        self.start_and_show(id, start)
    }

    /// The recipient read a message sent from here, at `read_date`: the sender's copy starts its timer as of then. A
    /// receipt that comes late leaves less than the whole timer, or nothing.
    ///
    /// The first receipt wins and a second changes nothing: the recipient's timer started once, too.
    ///
    /// # Errors
    /// [`StoreError::NotSentFromHere`]; [`StoreError::Gone`]; [`StoreError::UnknownId`].
    pub fn receipt(&mut self, id: MessageId, read_date: Millis) -> Result<(), StoreError> {
        if let Some(deadline) = self.start_by_receipt(id, read_date, self.now())? {
            self.start(id, deadline);
        }
        Ok(())
    }

    /// When the message will be gone, in store time; `None` while no timer runs. Starts nothing.
    ///
    /// # Errors
    /// [`StoreError::Gone`]; [`StoreError::UnknownId`].
    pub fn deadline(&self, id: MessageId) -> Result<Option<Millis>, StoreError> {
        Ok(self.living(id, self.now())?.fuse.deadline())
    }

    /// Whether the message is still there. Starts nothing.
    pub fn is_readable(&self, id: MessageId) -> bool {
        self.living(id, self.now()).is_ok()
    }

    /// Destroys what is due: overwrites its bytes and frees its slot. Returns how many that were.
    ///
    /// No answer of the store depends on whether this has been called; what is left in memory does.
    /// `O(log n)` for each message that expires, one comparison when none does.
    pub fn purge(&mut self) -> usize {
        let due = self.order.take_due(self.now());
        for &id in &due {
            self.forget(id);
        }
        due.len()
    }

    /// How long one waiter may sleep before it has to call [`MessageStore::purge`], in milliseconds: 0 if something is
    /// due, `None` if no timer runs.
    pub fn next_wake(&self) -> Option<Millis> {
        shortest_wait(self.now(), self.order.earliest())
    }

    /// How many messages take up memory. What has expired counts until it is purged.
    pub fn len(&self) -> usize {
        self.slots.len() - self.free.len()
    }

    /// Whether no message takes up memory.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The IDs of everything that is still there, in the order of its slots.
    pub fn ids(&self) -> Vec<MessageId> {
        let now = self.now();
        let living = |(slot, message): (usize, &Option<Message>)| {
            let message = message.as_ref()?;
            let id = MessageId {
                serial: message.serial,
                slot: slot as u32,
            };
            is_readable_at(now, message.fuse.deadline()).then_some(id)
        };
        self.slots.iter().enumerate().filter_map(living).collect()
    }

    /// The chat a message belongs to.
    ///
    /// # Errors
    /// [`StoreError::Gone`]; [`StoreError::UnknownId`].
    pub fn chat(&self, id: MessageId) -> Result<ChatId, StoreError> {
        Ok(self.living(id, self.now())?.chat)
    }

    /// How many bytes of memory the store has reserved for messages and their order, bodies left out.
    pub fn memory_bytes(&self) -> usize {
        self.slots.capacity() * size_of::<Option<Message>>()
            + self.free.capacity() * size_of::<u32>()
            + self.order.memory_bytes()
    }
}

/// Says how much is in it, and none of it.
impl<C: Clock> fmt::Debug for MessageStore<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MessageStore({} messages omitted)", self.len())
    }
}

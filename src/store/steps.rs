//! The steps that a store's calls are made of. Each call first works out what it would change, then changes it.
//!
//! In that gap stands the journal: a store that lives on files writes the change down between the two halves, so that
//! what memory says is always on disk already. The time is asked once a call and handed down: one call, one instant.

use super::error::StoreError;
use super::memory::MessageStore;
use super::message::{Fuse, Held, MAX_BODY, Message, MessageId, NewMessage};
use super::record::{Change, Record};
use super::timekeeper::Moment;
use super::timer::{
    Timer, effective_timer, expires_at, is_readable_at, raised_for_media, sender_time_left,
    starts_when_opened,
};
use crate::ground::clock::{Clock, Millis};

impl<C: Clock> MessageStore<C> {
    /// First half of an insert: the message's rules worked out, and the ID it will have. Changes nothing.
    pub(super) fn admit(&self, new: NewMessage, now: Millis) -> Result<(MessageId, Message), StoreError> {
        if new.body.len() > MAX_BODY {
            return Err(StoreError::BodyTooLong {
                length: new.body.len(),
            });
        }
        if self.next_serial == u32::MAX {
            return Err(StoreError::NoMoreIds);
        }
        let chat_timer = self.chats.get(&new.chat).copied().unwrap_or(Timer::Off);
        let as_set = effective_timer(chat_timer, new.timer).checked()?;
        let timer = raised_for_media(as_set, new.content).checked()?;
        let fuse = match timer {
            Timer::Off => Fuse::None,
            Timer::AfterRead(length) => Fuse::Waiting(length),
            Timer::AfterSend(_) => {
                expires_at(timer, new.sent_at.unwrap_or(now), None).map_or(Fuse::None, Fuse::Burning)
            }
        };
        let id = MessageId {
            serial: self.next_serial,
            // At most one slot for each serial number, so the count fits where those fit.
            slot: self.free.last().copied().unwrap_or(self.slots.len() as u32),
        };
        let message = Message {
            serial: id.serial,
            chat: new.chat,
            held: new.held,
            to_open: new.held == Held::AsRecipient && starts_when_opened(as_set, new.content),
            fuse,
            body: new.body,
        };
        Ok((id, message))
    }

    /// Second half of an insert.
    pub(super) fn place(&mut self, id: MessageId, message: Message) {
        if let Fuse::Burning(deadline) = message.fuse {
            self.order.push(deadline, id);
        }
        if self.free.pop().is_some() {
            self.slots[id.slot as usize] = Some(message);
        } else {
            self.slots.push(Some(message));
        }
        self.next_serial = id.serial + 1;
    }

    /// First half of a read: the deadline that displaying the message would set, if it would set one.
    pub(super) fn start_by_reading(&self, id: MessageId, now: Millis) -> Result<Option<Millis>, StoreError> {
        if self.living(id, now)?.to_open {
            return Err(StoreError::OpenIt(id));
        }
        self.start_by_opening(id, now)
    }

    /// First half of an opening.
    pub(super) fn start_by_opening(&self, id: MessageId, now: Millis) -> Result<Option<Millis>, StoreError> {
        let message = self.living(id, now)?;
        Ok(match (message.held, message.fuse) {
            (Held::AsRecipient, Fuse::Waiting(length)) => {
                expires_at(Timer::AfterRead(length), now, Some(now))
            }
            _ => None,
        })
    }

    /// First half of a receipt.
    pub(super) fn start_by_receipt(
        &self,
        id: MessageId,
        read_date: Millis,
        now: Millis,
    ) -> Result<Option<Millis>, StoreError> {
        let message = self.living(id, now)?;
        match (message.held, message.fuse) {
            (Held::AsRecipient, _) => Err(StoreError::NotSentFromHere(id)),
            (Held::AsSender, Fuse::Waiting(length)) => {
                let left = sender_time_left(length, read_date, now).unwrap_or(0);
                Ok(Some(now.saturating_add(left)))
            }
            (Held::AsSender, _) => Ok(None),
        }
    }

    /// Second half of a read, an opening or a receipt: the fuse burns until `deadline`.
    pub(super) fn start(&mut self, id: MessageId, deadline: Millis) {
        if let Some(message) = self.slots[id.slot as usize].as_mut() {
            message.fuse = Fuse::Burning(deadline);
            self.order.push(deadline, id);
        }
    }

    /// Starts what is to be started, and shows the body.
    pub(super) fn start_and_show(
        &mut self,
        id: MessageId,
        start: Option<Millis>,
    ) -> Result<&[u8], StoreError> {
        if let Some(deadline) = start {
            self.start(id, deadline);
        }
        match &self.slots[id.slot as usize] {
            Some(message) => Ok(&message.body),
            None => Err(StoreError::Gone(id)),
        }
    }

    /// The instant that was last asked for.
    pub(super) fn moment(&self) -> Moment {
        self.time.get().moment()
    }

    /// The message, if it lives: the lazy check that every answer rests on.
    pub(super) fn living(&self, id: MessageId, now: Millis) -> Result<&Message, StoreError> {
        let found = self.slots.get(id.slot as usize).and_then(Option::as_ref);
        match found.filter(|message| message.serial == id.serial) {
            Some(message) if is_readable_at(now, message.fuse.deadline()) => Ok(message),
            Some(_) => Err(StoreError::Gone(id)),
            // Purged or not purged yet must look the same, so the serial number alone decides: once given, then gone.
            None if (1..self.next_serial).contains(&id.serial) => Err(StoreError::Gone(id)),
            None => Err(StoreError::UnknownId(id)),
        }
    }

    /// Puts back into the order what was taken out of it and not forgotten.
    pub(super) fn still_due(&mut self, due: &[MessageId]) {
        for &id in due {
            let fuse = self.slots[id.slot as usize].as_ref().map(|message| message.fuse);
            if let Some(deadline) = fuse.and_then(Fuse::deadline) {
                self.order.push(deadline, id);
            }
        }
    }

    /// Overwrites a message and frees its slot.
    pub(super) fn forget(&mut self, id: MessageId) {
        self.slots[id.slot as usize] = None;
        self.free.push(id.slot);
    }

    /// Builds the store again from its history.
    pub(super) fn replay(&mut self, records: Vec<Record>) {
        for Record { id, change, .. } in records {
            let slot = id.slot as usize;
            // A change applies to the message it names, and not to another one that moved into its slot.
            match change {
                Change::Message(message) => {
                    self.slots.resize_with(self.slots.len().max(slot + 1), || None);
                    self.slots[slot] = Some(message);
                }
                Change::Started(deadline) => {
                    let found = self.slots.get_mut(slot).and_then(Option::as_mut);
                    if let Some(message) = found.filter(|message| message.serial == id.serial) {
                        message.fuse = Fuse::Burning(deadline);
                    }
                }
                Change::Gone => {
                    let place = self.slots.get_mut(slot);
                    place.and_then(|place| place.take_if(|message| message.serial == id.serial));
                }
                Change::ChatTimer(chat, timer) => {
                    self.chats.insert(chat, timer);
                }
                Change::Opened => {}
            }
            self.next_serial = self.next_serial.max(id.serial.saturating_add(1));
        }
        for (slot, place) in self.slots.iter().enumerate() {
            match place {
                None => self.free.push(slot as u32),
                Some(message) => {
                    let serial = message.serial;
                    let id = MessageId {
                        serial,
                        slot: slot as u32,
                    };
                    if let Some(deadline) = message.fuse.deadline() {
                        self.order.push(deadline, id);
                    }
                }
            }
        }
    }
}

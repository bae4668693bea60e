//! The reference model: what a store must answer, in code too plain to be wrong. A list of messages, and a walk over all
//! of it for every question. It calls none of the store's rules; it has its own, spelled out once more.

pub mod script;
pub mod subject;

use messaging_lab::ground::clock::{Millis, Reading};
use messaging_lab::store::{ChatId, Content, Held, MessageId, NewMessage, Timer};

/// What the model answers where a store answers with an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum No {
    Gone,
    OpenIt,
    NotSentFromHere,
}

#[derive(Clone, Debug)]
pub struct Known {
    pub id: MessageId,
    pub chat: ChatId,
    pub body: Vec<u8>,
    pub as_sender: bool,
    pub to_open: bool,
    /// Length of a timer that waits to be started.
    pub waiting: Option<Millis>,
    pub deadline: Option<Millis>,
    /// Erased: it must never be seen again.
    pub erased: bool,
    /// Past its deadline, and perhaps erased: a crash or a full disk came between.
    pub perhaps_erased: bool,
}

#[derive(Clone, Debug)]
pub struct Model {
    pub now: Millis,
    pub last: Reading,
    pub chats: Vec<(ChatId, Timer)>,
    pub known: Vec<Known>,
}

impl Model {
    pub fn new(reading: Reading) -> Self {
        Model {
            now: reading.wall,
            last: reading,
            chats: Vec::new(),
            known: Vec::new(),
        }
    }

    /// Store time goes on: within one run of the phone by the boot clock, across runs by the wall clock, never back.
    pub fn tick(&mut self, reading: Reading) {
        self.now = later(self.now, self.last, reading);
        self.last = reading;
    }

    pub fn is_due(&self, message: &Known) -> bool {
        match message.deadline {
            Some(deadline) => self.now >= deadline,
            None => false,
        }
    }

    /// Erases what is due, and says how many those were.
    pub fn purge(&mut self) -> usize {
        let mut purged = 0;
        for at in 0..self.known.len() {
            if !self.known[at].erased && self.is_due(&self.known[at]) {
                self.known[at].erased = true;
                purged += 1;
            }
        }
        purged
    }

    pub fn doubt_what_is_due(&mut self) {
        for at in 0..self.known.len() {
            if !self.known[at].erased && self.is_due(&self.known[at]) {
                self.known[at].perhaps_erased = true;
            }
        }
    }

    /// Whether anything is due of which nobody knows if it is erased.
    pub fn has_doubts(&self) -> bool {
        self.known
            .iter()
            .any(|message| message.perhaps_erased && !message.erased)
    }

    pub fn living(&self) -> Vec<MessageId> {
        let living = |message: &&Known| !message.erased && !self.is_due(message);
        let mut ids: Vec<MessageId> = self
            .known
            .iter()
            .filter(living)
            .map(|message| message.id)
            .collect();
        ids.sort();
        ids
    }

    pub fn held(&self) -> usize {
        self.known.iter().filter(|message| !message.erased).count()
    }

    pub fn next_wake(&self) -> Option<Millis> {
        let waiting = self.known.iter().filter(|message| !message.erased);
        let waits =
            waiting.filter_map(|message| message.deadline.map(|deadline| deadline.saturating_sub(self.now)));
        waits.min()
    }

    /// What a message will be once it is in; the caller sets its ID.
    pub fn admitted(&self, new: &NewMessage) -> Known {
        let of_chat = self.chats.iter().rev().find(|(chat, _)| *chat == new.chat);
        let timer = new
            .timer
            .or(of_chat.map(|(_, timer)| *timer))
            .unwrap_or(Timer::Off);
        let mut known = Known {
            id: MessageId::from_bytes([0; 8]),
            chat: new.chat,
            body: new.body.clone(),
            as_sender: new.held == Held::AsSender,
            to_open: false,
            waiting: None,
            deadline: None,
            erased: false,
            perhaps_erased: false,
        };
        match (timer, new.content) {
            (Timer::Off, _) => {}
            (Timer::AfterSend(length), _) => known.deadline = Some(new.sent_at.unwrap_or(self.now) + length),
            (Timer::AfterRead(length), Content::Text) => known.waiting = Some(length),
            (Timer::AfterRead(length), Content::Media { duration }) => {
                known.to_open = !known.as_sender && length <= 60_000;
                known.waiting = Some(if length > duration + 1_000 {
                    length
                } else {
                    duration + 1_000
                });
            }
        }
        known
    }

    /// Reading (`opening` false) or opening a message; shows its body.
    pub fn show(&mut self, at: usize, opening: bool) -> Result<Vec<u8>, No> {
        let now = self.now;
        if self.known[at].erased || self.is_due(&self.known[at]) {
            return Err(No::Gone);
        }
        let message = &mut self.known[at];
        if message.to_open && !opening {
            return Err(No::OpenIt);
        }
        if !message.as_sender {
            if let Some(length) = message.waiting.take() {
                message.deadline = Some(now + length);
            }
        }
        Ok(message.body.clone())
    }

    pub fn receipt(&mut self, at: usize, read_date: Millis) -> Result<(), No> {
        let now = self.now;
        if self.known[at].erased || self.is_due(&self.known[at]) {
            return Err(No::Gone);
        }
        let message = &mut self.known[at];
        if !message.as_sender {
            return Err(No::NotSentFromHere);
        }
        if let Some(length) = message.waiting.take() {
            // A date in the future counts as now; a deadline in the past, too.
            let from = if read_date > now { now } else { read_date };
            let deadline = from + length;
            message.deadline = Some(if deadline < now { now } else { deadline });
        }
        Ok(())
    }

    pub fn deadline(&self, at: usize) -> Result<Option<Millis>, No> {
        let message = &self.known[at];
        if message.erased || self.is_due(message) {
            return Err(No::Gone);
        }
        Ok(message.deadline)
    }
}

/// Store time at the reading `after`, if it was `now` at the reading `before`.
pub fn later(now: Millis, before: Reading, after: Reading) -> Millis {
    let (from, to) = match after.boot_id == before.boot_id {
        true => (before.boot, after.boot),
        false => (before.wall, after.wall),
    };
    if to > from { now + (to - from) } else { now }
}

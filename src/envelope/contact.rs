//! What a phone knows about one device of somebody.

use super::error::EnvelopeError;
use super::identity::IdentityPublic;
use super::session::Session;
use crate::ground::secret::wipe;

/// The most sessions that are kept with one device: 5. There are two when both people write first at the same time. A
/// relay that delivers endless first messages must not fill the memory.
pub const MAX_SESSIONS: usize = 5;

/// The most texts that are kept for one device until they are known to be delivered: 100. The oldest goes first.
pub const MAX_UNDELIVERED: usize = 100;

/// What the phone knows about one device of somebody.
#[derive(Debug, Default)]
pub(super) struct Contact {
    // The identity that messages go out to.
    pub(super) accepted: Option<IdentityPublic>,
    // Another one that has shown up. Nothing goes out while there is one.
    pub(super) waiting: Option<IdentityPublic>,
    // Latest used first.
    pub(super) sessions: Vec<Session>,
    next_serial: u32,
    // Each with its serial number, oldest first.
    undelivered: Vec<(u32, Vec<u8>)>,
}

impl Contact {
    /// The next text: its serial number, and the message. Kept until it is known to be delivered.
    pub(super) fn seal_next(&mut self, text: &[u8]) -> Result<(u32, Vec<u8>), EnvelopeError> {
        let message = self.seal(text)?;
        let serial = self.next_serial;
        self.next_serial = serial.wrapping_add(1);
        self.undelivered.push((serial, text.to_vec()));
        if self.undelivered.len() > MAX_UNDELIVERED {
            self.undelivered.remove(0);
        }
        Ok((serial, message))
    }

    /// Every text that is not known to be delivered, sealed once more, under its old number.
    pub(super) fn seal_undelivered_again(&mut self) -> Result<Vec<(u32, Vec<u8>)>, EnvelopeError> {
        let texts = self.undelivered.clone();
        let mut sealed = Vec::new();
        for (serial, text) in &texts {
            sealed.push((*serial, self.seal(text)?));
        }
        Ok(sealed)
    }

    /// The text is not needed for another try.
    pub(super) fn delivered(&mut self, serial: u32) {
        if let Some(at) = self.undelivered.iter().position(|text| text.0 == serial) {
            wipe(&mut self.undelivered.remove(at).1);
        }
    }

    /// In the session used last with the accepted identity.
    fn seal(&mut self, text: &[u8]) -> Result<Vec<u8>, EnvelopeError> {
        if self.waiting.is_some() {
            return Err(EnvelopeError::KeyChanged);
        }
        let accepted = self.accepted;
        let mut sessions = self.sessions.iter_mut();
        let session = sessions.find(|session| Some(*session.peer()) == accepted);
        session.ok_or(EnvelopeError::NotMet)?.seal(text)
    }

    /// Drops the session used longest ago, one under an unaccepted key first: whoever floods a phone with first messages
    /// must not push out the session that its owner trusts.
    pub(super) fn make_room(&mut self) {
        while self.sessions.len() > MAX_SESSIONS {
            let accepted = self.accepted;
            let strange = self
                .sessions
                .iter()
                .rposition(|session| Some(*session.peer()) != accepted);
            self.sessions.remove(strange.unwrap_or(self.sessions.len() - 1));
        }
    }
}

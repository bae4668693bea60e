//! What the directory keeps for one device.

use std::collections::VecDeque;

use crate::envelope::bundle::{MAX_ONE_TIME, OneTimePublic, PreKeyBundle, Upload};
use crate::envelope::error::EnvelopeError;
use crate::envelope::identity::IdentityPublic;

/// A device's public keys, and which of its one-time pre-keys have not been given away.
pub(super) struct Account {
    // Its list of one-time pre-keys is empty: they are in the queue.
    keys: Upload,
    one_time: VecDeque<OneTimePublic>,
    // The highest one-time id ever seen. The phone uploads what it has not used yet, and that includes what was given away
    // and has not come back: only higher ids are new.
    highest_id: u32,
}

impl Account {
    /// From an upload.
    pub(super) fn of(upload: &[u8]) -> Result<Self, EnvelopeError> {
        let mut keys = Upload::from_bytes(upload)?;
        let one_time: VecDeque<_> = std::mem::take(&mut keys.one_time).into();
        let highest_id = one_time.back().map_or(0, |last| last.id);
        Ok(Account {
            keys,
            one_time,
            highest_id,
        })
    }

    pub(super) fn identity(&self) -> &IdentityPublic {
        &self.keys.identity
    }

    pub(super) fn same_identity(&self, other: &Account) -> bool {
        self.identity() == other.identity()
    }

    /// A later upload of the same phone: its signed pre-key, and those one-time pre-keys that were never seen before.
    pub(super) fn renew(&mut self, newer: Account) {
        let seen = self.highest_id;
        self.keys = newer.keys;
        self.one_time
            .extend(newer.one_time.into_iter().filter(|one| one.id > seen));
        // A phone never has more unused ones; one that says so would make the directory grow.
        self.one_time.truncate(MAX_ONE_TIME);
        self.highest_id = seen.max(newer.highest_id);
    }

    /// The bundle for the next who asks. The one-time pre-key in it is given to nobody else.
    pub(super) fn next_bundle(&mut self) -> PreKeyBundle {
        PreKeyBundle {
            identity: self.keys.identity,
            signed: self.keys.signed.clone(),
            one_time: self.one_time.pop_front(),
        }
    }

    pub(super) fn one_time_left(&self) -> usize {
        self.one_time.len()
    }
}

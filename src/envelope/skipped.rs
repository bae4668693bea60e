//! Keys of messages that have not come yet: kept until they do, used once, and never too many.

use std::collections::VecDeque;

use super::keys::PublicKey;
use crate::ground::secret::Secret;

/// The most keys that are kept: 2000. When a newer one needs room the oldest goes, and its message can no longer be opened.
///
/// It stops a partner whose messages all have gaps from filling the memory. Each key kept is also one that a thief finds:
/// the message that it opens has lost its forward secrecy for as long (Double Ratchet, sections 6.4 and 6.5).
pub const MAX_STORED: usize = 2000;

/// One message that was skipped.
#[derive(Debug)]
struct Skipped {
    dh: PublicKey,
    n: u32,
    key: Secret<32>,
}

/// `MKSKIPPED`: message keys by ratchet public key and number, oldest first.
#[derive(Debug, Default)]
pub(super) struct SkippedKeys(VecDeque<Skipped>);

impl SkippedKeys {
    /// Where the key of message `n` under `dh` lies. A walk over at most [`MAX_STORED`]; nearly always over none.
    pub(super) fn find(&self, dh: &PublicKey, n: u32) -> Option<usize> {
        self.0
            .iter()
            .position(|skipped| skipped.n == n && skipped.dh == *dh)
    }

    /// The key at a place that [`SkippedKeys::find`] found.
    pub(super) fn key(&self, place: usize) -> &Secret<32> {
        &self.0[place].key
    }

    /// Deletes it. Its message has been opened and opens no second time.
    pub(super) fn remove(&mut self, place: usize) {
        self.0.remove(place);
    }

    /// Keeps one more, at the cost of the oldest if there are [`MAX_STORED`] already.
    pub(super) fn keep(&mut self, dh: PublicKey, n: u32, key: Secret<32>) {
        if self.0.len() == MAX_STORED {
            self.0.pop_front();
        }
        self.0.push_back(Skipped { dh, n, key });
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Each as `(dh, n, message key)`, oldest first.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&PublicKey, u32, &Secret<32>)> {
        self.0
            .iter()
            .map(|skipped| (&skipped.dh, skipped.n, &skipped.key))
    }
}

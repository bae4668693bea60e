//! What a thief has who copied a ratchet out of a phone: plain numbers and bytes, nothing locked away any more.

use std::fmt;

/// The whole state of a [`Ratchet`](super::ratchet::Ratchet) as plain data: for lessons that play the thief, and for tests
/// that hold a state against what it was before.
#[derive(Clone, PartialEq, Eq)]
pub struct StolenState {
    /// `RK`, the root key.
    pub root: [u8; 32],
    /// `DHs`, private half.
    pub our_private: [u8; 32],
    /// `DHs`, public half.
    pub our_public: [u8; 32],
    /// `DHr`, if anything came in yet or the other side's pre-key was known.
    pub their_public: Option<[u8; 32]>,
    /// `CKs`.
    pub sending_chain: Option<[u8; 32]>,
    /// `CKr`.
    pub receiving_chain: Option<[u8; 32]>,
    /// `Ns`: the number of the next message to send.
    pub next_sent: u32,
    /// `Nr`: the number of the next message to receive.
    pub next_received: u32,
    /// `PN`: how many messages the sending chain before this one had.
    pub previous_sent: u32,
    /// `MKSKIPPED`, oldest first: ratchet public key, number, message key.
    pub skipped: Vec<([u8; 32], u32, [u8; 32])>,
}

/// Stolen or not, it does not belong in a log.
impl fmt::Debug for StolenState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "StolenState(keys omitted; next sent {}, next received {}, previous sent {}, {} skipped)",
            self.next_sent,
            self.next_received,
            self.previous_sent,
            self.skipped.len()
        )
    }
}

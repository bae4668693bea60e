//! Confirmed: both hold the same keys, and the two people can talk and compare their words.
//!
//! ```text
//! arrives                       goes to      sends
//! a frame that opens            confirmed    -
//! the same Confirm2 again       confirmed    Conf2ACK again (the responder only)
//! Error                         confirmed    - (not authenticated, so it ends no call that is)
//! (somebody hangs up)           ended        -
//! too long without a frame:     ended
//! ```
//!
//! Hanging up is for the signalling that rang the phone; this model does it on both phones by hand.

use super::ended::{End, Ended};
use super::parts::{Agreement, Ourselves, Step, Them, after};
use crate::call::algorithms::B32;
use crate::call::error::Dropped;
use crate::call::flaw::Flaw;
use crate::call::key_schedule::{DirectionKeys, Role, SessionKeys};
use crate::call::memory::Memory;
use crate::call::timers::MEDIA_TIMEOUT;
use crate::call::wire::{Kind, bare};
use crate::call::words::{b32, pgp_words, sas_value};
use crate::ground::clock::Millis;
use crate::ground::secret::Secret;

/// A call with keys.
#[derive(Debug)]
pub struct Confirmed {
    role: Role,
    pub(in crate::call) keys: SessionKeys,
    sas: [u8; 4],
    their_zid: [u8; 12],
    memory: Memory,
    /// Held back after an alert, until the people have compared their words.
    fresh: Option<Secret<32>>,
    alert: bool,
    verified: bool,
    keeps_keys: bool,
    /// The responder's: the Confirm2 that was answered.
    confirm2: Option<Vec<u8>>,
    silent_until: Millis,
}

impl Confirmed {
    pub(super) fn begin(
        ours: Box<Ourselves>,
        them: &Them,
        agreement: Agreement,
        verified: bool,
        confirm2: Option<Vec<u8>>,
        now: Millis,
    ) -> Self {
        let keeps_keys = ours.has(Flaw::KeepsKeys);
        let mut memory = ours.memory;
        let their_zid = them.hello.zid;
        // Section 4.6.1: kept at once, but after an alert only with the people's word for it.
        let fresh = if agreement.alert {
            Some(agreement.fresh)
        } else {
            memory.after_call(&their_zid, agreement.fresh, verified);
            None
        };
        Confirmed {
            role: agreement.role,
            keys: agreement.keys,
            sas: agreement.chosen.sas(),
            their_zid,
            memory,
            fresh,
            alert: agreement.alert,
            verified,
            keeps_keys,
            confirm2,
            silent_until: after(now, MEDIA_TIMEOUT),
        }
    }

    /// Initiator or responder.
    pub fn role(&self) -> Role {
        self.role
    }

    /// What this phone seals its frames under.
    pub fn sending(&self) -> &DirectionKeys {
        self.keys.sent_by(self.role)
    }

    /// What it opens the other's frames with.
    pub fn receiving(&self) -> &DirectionKeys {
        self.keys.sent_by(self.role.other())
    }

    /// The 32 bits that both screens show.
    pub fn sas_value(&self) -> u32 {
        sas_value(&self.keys.sas_hash)
    }

    /// What the screen shows: two words, or four characters where that was agreed on.
    pub fn words(&self) -> String {
        let value = self.sas_value();
        if self.sas == B32 {
            return b32(value);
        }
        let (first, second) = pgp_words(value);
        format!("{first} {second}")
    }

    /// A secret of an earlier call was expected to match, and did not: compare the words now.
    pub fn alert(&self) -> bool {
        self.alert
    }

    /// The words were compared, in this call or in an earlier one, and the secrets have matched ever since.
    pub fn verified(&self) -> bool {
        self.verified
    }

    /// The two people compared their words, and they were the same.
    pub fn words_match(&mut self) {
        self.verified = true;
        if let Some(fresh) = self.fresh.take() {
            self.memory.after_call(&self.their_zid, fresh, true);
        }
        self.memory.set_verified(&self.their_zid, true);
    }

    /// A frame of theirs has opened at `now`.
    pub fn heard(&mut self, now: Millis) {
        self.silent_until = after(now, MEDIA_TIMEOUT);
    }

    /// A Confirm2: the same once more means that our Conf2ACK was lost.
    pub fn confirm2_again(self, bytes: &[u8]) -> Step<Self, Ended> {
        match &self.confirm2 {
            None => Step::Dropped(self, Dropped::WrongRole),
            Some(answered) if answered == bytes => Step::Stayed(self, bare(Kind::Conf2Ack)),
            Some(_) => Step::Dropped(self, Dropped::NotFromThem),
        }
    }

    /// The call is over: every key is wiped.
    pub fn hang_up(self) -> Ended {
        self.end(End::HungUp)
    }

    /// What patience says at `now`.
    pub fn wake(self, now: Millis) -> Step<Self, Ended> {
        if now < self.silent_until {
            return Step::Stayed(self, Vec::new());
        }
        Step::Ended(self.end(End::NoMedia))
    }

    /// When to call [`wake`](Self::wake) next, in milliseconds of the caller's clock.
    pub fn next_wake(&self) -> Millis {
        self.silent_until
    }

    fn end(self, why: End) -> Ended {
        let mut ended = Ended::new(why, None, self.memory);
        // `self.keys` goes out of scope here, which wipes every one of them, unless the phone is the one that keeps them.
        ended.kept = self.keeps_keys.then_some(self.keys);
        ended
    }
}

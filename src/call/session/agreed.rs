//! Agreed: both public values are known, and each phone shows the other that it holds the keys.
//!
//! ```text
//! state        arrives                   goes to                sends
//! initiator    Confirm1 that opens       confirming             Confirm2
//! initiator    T2                        agreed, initiator      DHPart2 again
//! confirming   Conf2ACK, or a frame      confirmed              -
//! confirming   T2                        confirming             Confirm2 again
//! responder    Confirm2 that opens       confirmed              Conf2ACK
//! responder    the same DHPart2 again    agreed, responder      Confirm1 again
//! any          a Confirm that does not   ended                  Error 0x70
//! any          T2 for the last time, or too long without an answer: ended, 0xB0
//! ```
//!
//! A frame of the responder's that opens says the same as a Conf2ACK: he holds the keys (RFC 6189, section 4.6). The
//! Conf2ACK itself is not authenticated: a forged one confirms the initiator early, under keys that the responder has
//! already shown to hold with his Confirm1.

use super::confirmed::Confirmed;
use super::ended::Ended;
use super::parts::{Agreement, Ourselves, Step, Them, Why, came_before};
use crate::call::confirm::{Confirm, ConfirmError};
use crate::call::error::{Dropped, ErrorCode};
use crate::call::timers::{Due, Resend, T2};
use crate::call::wire::{Kind, bare, parse_bare};
use crate::ground::clock::Millis;
use crate::ground::secret::Secret;

/// DHPart2 was sent; waits for Confirm1.
#[derive(Debug)]
pub struct Initiator {
    pub(super) ours: Box<Ourselves>,
    pub(super) them: Them,
    pub(in crate::call) agreement: Agreement,
    pub(super) dh_part1: Vec<u8>,
    pub(super) their_h1: [u8; 32],
    pub(super) resend: Resend,
}

impl Initiator {
    /// The responder holds the keys.
    pub fn confirm1(self, bytes: &[u8], now: Millis) -> Step<Self, Confirming> {
        let key = &self.agreement.keys.responder.zrtp_key;
        let theirs = match open(bytes, Kind::Confirm1, key, &self.their_h1, &self.dh_part1) {
            Ok(theirs) => theirs,
            Err(why) => return self.refuse(why),
        };
        let ours_verified = self.agreement.verified(&self.ours, &self.them.hello);
        let confirm = Confirm {
            h0: *self.ours.chain.h0(),
            verified: ours_verified,
        };
        let confirm2 = confirm.seal(Kind::Confirm2, &self.agreement.keys.initiator.zrtp_key);
        let next = Confirming {
            ours: self.ours,
            them: self.them,
            agreement: self.agreement,
            verified: ours_verified && theirs.verified,
            resend: Resend::new(confirm2.clone(), T2, now),
        };
        Step::Moved(next, confirm2)
    }

    /// What the timer wants at `now`.
    pub fn wake(mut self, now: Millis) -> Step<Self, Ended> {
        match self.resend.wake(now) {
            Due::NotYet => Step::Stayed(self, Vec::new()),
            Due::Again(dh_part2) => Step::Stayed(self, dh_part2),
            Due::GiveUp => self.refuse(Why::End(ErrorCode::Timeout)),
        }
    }

    /// When to call [`wake`](Self::wake) next, in milliseconds of the caller's clock.
    pub fn next_wake(&self) -> Millis {
        self.resend.due()
    }

    fn refuse<Next>(self, why: Why) -> Step<Self, Next> {
        match why {
            Why::Drop(why) => Step::Dropped(self, why),
            Why::End(code) => Step::Ended(self.ours.fails(code)),
        }
    }
}

/// Confirm2 was sent; waits for Conf2ACK.
#[derive(Debug)]
pub struct Confirming {
    pub(super) ours: Box<Ourselves>,
    pub(super) them: Them,
    pub(in crate::call) agreement: Agreement,
    verified: bool,
    resend: Resend,
}

impl Confirming {
    /// The responder has our Confirm2.
    pub fn conf2_ack(self, bytes: &[u8], now: Millis) -> Step<Self, Confirmed> {
        match parse_bare(bytes, Kind::Conf2Ack) {
            Err(why) => Step::Dropped(self, why),
            Ok(()) => Step::Moved(self.frame(now), Vec::new()),
        }
    }

    /// A frame of the responder's has opened.
    pub fn frame(self, now: Millis) -> Confirmed {
        Confirmed::begin(self.ours, &self.them, self.agreement, self.verified, None, now)
    }

    /// What the timer wants at `now`.
    pub fn wake(mut self, now: Millis) -> Step<Self, Ended> {
        match self.resend.wake(now) {
            Due::NotYet => Step::Stayed(self, Vec::new()),
            Due::Again(confirm2) => Step::Stayed(self, confirm2),
            Due::GiveUp => Step::Ended(self.ours.fails(ErrorCode::Timeout)),
        }
    }

    /// When to call [`wake`](Self::wake) next, in milliseconds of the caller's clock.
    pub fn next_wake(&self) -> Millis {
        self.resend.due()
    }
}

/// Confirm1 was sent; waits for Confirm2.
#[derive(Debug)]
pub struct Responder {
    pub(super) ours: Box<Ourselves>,
    pub(super) them: Them,
    pub(in crate::call) agreement: Agreement,
    pub(super) dh_part2: Vec<u8>,
    pub(super) their_h1: [u8; 32],
    pub(super) confirm1: Vec<u8>,
    pub(super) give_up: Millis,
}

impl Responder {
    /// The initiator holds the keys.
    pub fn confirm2(self, bytes: &[u8], now: Millis) -> Step<Self, Confirmed> {
        let key = &self.agreement.keys.initiator.zrtp_key;
        let theirs = match open(bytes, Kind::Confirm2, key, &self.their_h1, &self.dh_part2) {
            Ok(theirs) => theirs,
            Err(why) => return self.refuse(why),
        };
        let verified = theirs.verified && self.agreement.verified(&self.ours, &self.them.hello);
        let repeat = Some(bytes.to_vec());
        let next = Confirmed::begin(self.ours, &self.them, self.agreement, verified, repeat, now);
        Step::Moved(next, bare(Kind::Conf2Ack))
    }

    /// A DHPart2: the same once more means that our Confirm1 was lost.
    pub fn dh_part2_again(self, bytes: &[u8]) -> Step<Self, Ended> {
        if bytes != self.dh_part2 {
            return Step::Dropped(self, Dropped::NotFromThem);
        }
        let confirm1 = self.confirm1.clone();
        Step::Stayed(self, confirm1)
    }

    /// What patience says at `now`.
    pub fn wake(self, now: Millis) -> Step<Self, Ended> {
        if now < self.give_up {
            return Step::Stayed(self, Vec::new());
        }
        self.refuse(Why::End(ErrorCode::Timeout))
    }

    /// When to call [`wake`](Self::wake) next, in milliseconds of the caller's clock.
    pub fn next_wake(&self) -> Millis {
        self.give_up
    }

    fn refuse<Next>(self, why: Why) -> Step<Self, Next> {
        match why {
            Why::Drop(why) => Step::Dropped(self, why),
            Why::End(code) => Step::Ended(self.ours.fails(code)),
        }
    }
}

/// Opens a Confirm and holds its H0 against the DHPart that came before it.
fn open(
    bytes: &[u8],
    kind: Kind,
    key: &Secret<32>,
    their_h1: &[u8; 32],
    their_dh_part: &[u8],
) -> Result<Confirm, Why> {
    let theirs = Confirm::open(bytes, kind, key).map_err(|why| match why {
        ConfirmError::Malformed => Why::Drop(Dropped::Malformed),
        ConfirmError::Sealed => Why::End(ErrorCode::ConfirmMac),
    })?;
    // Sealed under the right key and yet not from where the DHPart came from: no honest phone does this.
    came_before(&theirs.h0, their_h1, their_dh_part).map_err(|_| Why::End(ErrorCode::ConfirmMac))?;
    Ok(theirs)
}

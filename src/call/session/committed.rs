//! Committed: one phone has promised a DHPart2, and both know which.
//!
//! ```text
//! state       arrives                          goes to                sends
//! initiator   DHPart1                          agreed, initiator      DHPart2
//! initiator   Commit with a higher hvi         committed, responder   DHPart1
//! initiator   Commit with a lower hvi          committed, initiator   -
//! initiator   T2                               committed, initiator   Commit again
//! responder   DHPart2 that fits the hvi        agreed, responder      Confirm1
//! responder   DHPart2 that does not            ended                  Error 0x62
//! responder   the same Commit again            committed, responder   DHPart1 again
//! either      a public value without a secret  ended                  Error 0x61
//! either      T2 for the last time, or too long without an answer: ended, 0xB0
//! ```
//!
//! Two Commits can cross on the way. Both phones then see both, and both come to the same end: of the two the one with the
//! lower hvi is discarded, its sender becomes the responder (RFC 6189, section 4.2).

use super::agreed;
use super::ended::Ended;
use super::parts::{Agreement, Exchange, Ourselves, Step, Them, Why, after, came_before};
use crate::call::commit::Commit;
use crate::call::confirm::Confirm;
use crate::call::dh_part::DhPart;
use crate::call::error::{Dropped, ErrorCode};
use crate::call::flaw::Flaw;
use crate::call::hash_chain::image;
use crate::call::key_schedule::{Role, hvi};
use crate::call::timers::{Due, PATIENCE, Resend, T2};
use crate::call::wire::Kind;
use crate::ground::clock::Millis;
use crate::ground::secret::{Secret, equal};

/// Our Commit was sent; waits for DHPart1.
#[derive(Debug)]
pub struct Initiator {
    pub(in crate::call) ours: Box<Ourselves>,
    pub(in crate::call) private: Secret<32>,
    pub(in crate::call) them: Them,
    pub(in crate::call) commit: Commit,
    /// What was promised. Made, and not shown yet.
    pub(in crate::call) dh_part2: Vec<u8>,
    pub(super) resend: Resend,
}

impl Initiator {
    /// The responder's public value.
    pub fn dh_part1(self, bytes: &[u8], now: Millis) -> Step<Self, agreed::Initiator> {
        let theirs = match self.look_at(bytes) {
            Ok(theirs) => theirs,
            Err(why) => return self.refuse(why),
        };
        let exchange = Exchange {
            responder_hello: &self.them.bytes,
            commit: self.resend.message(),
            dh_part1: bytes,
            dh_part2: &self.dh_part2,
        };
        let (private, chosen) = (self.private, self.commit.chosen);
        let them = &self.them.hello;
        let agreement = Agreement::compute(
            Role::Initiator,
            &self.ours,
            private,
            them,
            &theirs,
            chosen,
            &exchange,
        );
        match agreement {
            Err(code) => Step::Ended(self.ours.fails(code)),
            Ok(agreement) => {
                let next = agreed::Initiator {
                    ours: self.ours,
                    them: self.them,
                    agreement,
                    dh_part1: bytes.to_vec(),
                    their_h1: theirs.h1,
                    resend: Resend::new(self.dh_part2.clone(), T2, now),
                };
                Step::Moved(next, self.dh_part2)
            }
        }
    }

    /// Takes a DHPart1 apart and holds it against their Hello: they have sent no Commit that counts, so H1 is hashed twice.
    fn look_at(&self, bytes: &[u8]) -> Result<DhPart, Why> {
        let theirs = DhPart::parse(bytes, Kind::DhPart1)?;
        self.them.shows_h2(&image(&theirs.h1))?;
        Ok(theirs)
    }

    /// A Commit of theirs that crossed ours.
    pub fn commit_arrives(self, bytes: &[u8], now: Millis) -> Step<Self, Responder> {
        match self.them.commits(bytes, &self.ours.settings) {
            Err(why) => self.refuse(why),
            Ok(theirs) if theirs.hvi <= self.commit.hvi => Step::Dropped(self, Dropped::LowerHvi),
            Ok(theirs) => Responder::answer(self.ours, self.private, self.them, (theirs, bytes), now),
        }
    }

    /// What the timer wants at `now`.
    pub fn wake(mut self, now: Millis) -> Step<Self, Ended> {
        match self.resend.wake(now) {
            Due::NotYet => Step::Stayed(self, Vec::new()),
            Due::Again(commit) => Step::Stayed(self, commit),
            Due::GiveUp => self.refuse(Why::End(ErrorCode::Timeout)),
        }
    }

    /// When to call [`wake`](Self::wake) next, in milliseconds of the caller's clock.
    pub fn next_wake(&self) -> Millis {
        self.resend.due()
    }

    /// The Commit as it was sent.
    pub(in crate::call) fn commit_bytes(&self) -> &[u8] {
        self.resend.message()
    }

    /// What a phone without commitment shows together with its Commit.
    pub(super) fn shown_early(&self) -> Option<&[u8]> {
        self.ours.has(Flaw::NoCommitment).then_some(&self.dh_part2[..])
    }

    fn refuse<Next>(self, why: Why) -> Step<Self, Next> {
        match why {
            Why::Drop(why) => Step::Dropped(self, why),
            Why::End(code) => Step::Ended(self.ours.fails(code)),
        }
    }
}

/// Their Commit has come and our DHPart1 was sent; waits for DHPart2.
#[derive(Debug)]
pub struct Responder {
    pub(in crate::call) ours: Box<Ourselves>,
    pub(in crate::call) private: Secret<32>,
    pub(in crate::call) them: Them,
    pub(in crate::call) commit: Commit,
    pub(in crate::call) commit_bytes: Vec<u8>,
    pub(in crate::call) dh_part1: Vec<u8>,
    give_up: Millis,
}

impl Responder {
    /// Answers a Commit that was checked, with DHPart1.
    pub(super) fn answer<Here>(
        ours: Box<Ourselves>,
        private: Secret<32>,
        them: Them,
        (commit, bytes): (Commit, &[u8]),
        now: Millis,
    ) -> Step<Here, Self> {
        let dh_part1 = ours.dh_part(Role::Responder, &them.hello);
        let next = Responder {
            ours,
            private,
            them,
            commit,
            commit_bytes: bytes.to_vec(),
            dh_part1: dh_part1.clone(),
            give_up: after(now, PATIENCE),
        };
        Step::Moved(next, dh_part1)
    }

    /// The initiator's public value, which must be the promised one.
    pub fn dh_part2(self, bytes: &[u8], now: Millis) -> Step<Self, agreed::Responder> {
        let theirs = match self.look_at(bytes) {
            Ok(theirs) => theirs,
            Err(why) => return self.refuse(why),
        };
        let exchange = Exchange {
            responder_hello: &self.ours.hello,
            commit: &self.commit_bytes,
            dh_part1: &self.dh_part1,
            dh_part2: bytes,
        };
        let (private, chosen) = (self.private, self.commit.chosen);
        let them = &self.them.hello;
        let agreement = Agreement::compute(
            Role::Responder,
            &self.ours,
            private,
            them,
            &theirs,
            chosen,
            &exchange,
        );
        let agreement = match agreement {
            Err(code) => return Step::Ended(self.ours.fails(code)),
            Ok(agreement) => agreement,
        };
        let confirm = Confirm {
            h0: *self.ours.chain.h0(),
            verified: agreement.verified(&self.ours, &self.them.hello),
        };
        let confirm1 = confirm.seal(Kind::Confirm1, &agreement.keys.responder.zrtp_key);
        let next = agreed::Responder {
            ours: self.ours,
            them: self.them,
            agreement,
            dh_part2: bytes.to_vec(),
            their_h1: theirs.h1,
            confirm1: confirm1.clone(),
            give_up: after(now, PATIENCE),
        };
        Step::Moved(next, confirm1)
    }

    /// Takes a DHPart2 apart and holds it against the Commit.
    fn look_at(&self, bytes: &[u8]) -> Result<DhPart, Why> {
        let theirs = DhPart::parse(bytes, Kind::DhPart2)?;
        came_before(&theirs.h1, &self.commit.h2, &self.commit_bytes)?;
        let checks = !self.ours.has(Flaw::SkipsHvi) && !self.ours.has(Flaw::NoCommitment);
        if checks && !equal(&hvi(bytes, &self.ours.hello), &self.commit.hvi) {
            return Err(Why::End(ErrorCode::HviMismatch));
        }
        Ok(theirs)
    }

    /// A Commit: the same once more means that our DHPart1 was lost.
    pub fn commit_again(self, bytes: &[u8]) -> Step<Self, Ended> {
        if bytes != self.commit_bytes {
            return Step::Dropped(self, Dropped::NotFromThem);
        }
        let dh_part1 = self.dh_part1.clone();
        Step::Stayed(self, dh_part1)
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

//! Idle and hello: before anything is agreed.
//!
//! ```text
//! state   arrives             goes to                sends
//! idle    (the call begins)   hello                  Hello
//! hello   Hello               hello                  HelloACK
//! hello   HelloACK            hello                  -
//! hello   Commit              committed, responder   DHPart1
//! hello   (both are known)    committed, initiator   Commit
//! hello   T1                  hello                  Hello again
//! hello   T1 for the last time, or too long without a Commit: ended, 0xB0
//! ```
//!
//! Hello goes out by T1 until a HelloACK or a Commit answers it. The kit's own: a phone that hears no ZRTP from the other
//! side would go on with an open call (RFC 6189, section 4.1); this one ends it.

use super::committed;
use super::ended::Ended;
use super::parts::{Ourselves, Settings, Step, Them, Why, after};
use crate::call::commit::Commit;
use crate::call::error::{Dropped, ErrorCode};
use crate::call::key_schedule::{Role, hvi};
use crate::call::memory::Memory;
use crate::call::timers::{Due, PATIENCE, Resend, T1, T2};
use crate::call::wire::{Kind, bare, parse_bare};
use crate::ground::clock::Millis;
use crate::ground::randomness::{Randomness, RandomnessError};
use crate::ground::secret::Secret;

/// A phone that has drawn what it needs for one call, and said nothing yet.
#[derive(Debug)]
pub struct Idle {
    pub(in crate::call) ours: Box<Ourselves>,
    pub(in crate::call) private: Secret<32>,
}

impl Idle {
    /// Draws all randomness of one call.
    ///
    /// # Errors
    /// [`RandomnessError`] if the source has nothing to give.
    pub fn new(
        settings: Settings,
        memory: Memory,
        randomness: &mut (impl Randomness + ?Sized),
    ) -> Result<Self, RandomnessError> {
        let (ours, private) = Ourselves::draw(settings, memory, randomness)?;
        Ok(Idle { ours, private })
    }

    /// The call begins: the Hello to send, and the state that waits for theirs.
    pub fn start(self, now: Millis) -> (Greeting, Vec<u8>) {
        let hello = self.ours.hello.clone();
        let greeting = Greeting {
            resend: Some(Resend::new(hello.clone(), T1, now)),
            ours: self.ours,
            private: self.private,
            them: None,
            give_up: after(now, PATIENCE),
        };
        (greeting, hello)
    }
}

/// Hello was sent.
#[derive(Debug)]
pub struct Greeting {
    pub(in crate::call) ours: Box<Ourselves>,
    pub(in crate::call) private: Secret<32>,
    them: Option<Them>,
    /// `None` once our Hello was answered.
    resend: Option<Resend>,
    give_up: Millis,
}

impl Greeting {
    /// Their Hello.
    pub fn hello(mut self, bytes: &[u8]) -> Step<Self, Ended> {
        match (&self.them, Them::meet(bytes, &self.ours.settings)) {
            (Some(known), _) if known.bytes == bytes => Step::Stayed(self, bare(Kind::HelloAck)),
            (_, Err(Why::Drop(why))) => Step::Dropped(self, why),
            // Who is known cannot become another, nor end the call with another's Hello.
            (Some(_), _) => Step::Dropped(self, Dropped::NotFromThem),
            (None, Err(Why::End(code))) => Step::Ended(self.ours.fails(code)),
            (None, Ok(them)) => {
                self.them = Some(them);
                Step::Stayed(self, bare(Kind::HelloAck))
            }
        }
    }

    /// Their HelloACK: no need to repeat ours.
    pub fn hello_ack(mut self, bytes: &[u8]) -> Step<Self, Ended> {
        if let Err(why) = parse_bare(bytes, Kind::HelloAck) {
            return Step::Dropped(self, why);
        }
        self.resend = None;
        Step::Stayed(self, Vec::new())
    }

    /// Both Hellos have arrived, so that a Commit would be understood.
    pub fn may_commit(&self) -> bool {
        self.them.is_some() && self.resend.is_none()
    }

    /// We become the initiator, unless a Commit of theirs crosses ours and wins. Dropped where we may not yet.
    pub fn commit(self, now: Millis) -> Step<Self, committed::Initiator> {
        let (true, Some(them)) = (self.may_commit(), self.them.as_ref()) else {
            return Step::Dropped(self, Dropped::OutOfOrder);
        };
        let chosen = match self.ours.settings.algorithms.choose(&them.hello.algorithms) {
            Ok(chosen) => chosen,
            Err(code) => return self.refuse(Why::End(code)),
        };
        let dh_part2 = self.ours.dh_part(Role::Initiator, &them.hello);
        let commit = Commit {
            h2: *self.ours.chain.h2(),
            zid: self.ours.settings.zid,
            chosen,
            hvi: hvi(&dh_part2, &them.bytes),
            mac: [0; 8],
        };
        let message = commit.message(&self.ours.chain);
        let Some(them) = self.them else {
            return Step::Dropped(self, Dropped::OutOfOrder);
        };
        let resend = Resend::new(message.clone(), T2, now);
        let next = committed::Initiator {
            ours: self.ours,
            private: self.private,
            them,
            commit,
            dh_part2,
            resend,
        };
        Step::Moved(next, message)
    }

    /// Their Commit: they are the initiator.
    pub fn commit_arrives(self, bytes: &[u8], now: Millis) -> Step<Self, committed::Responder> {
        let known = self.them.as_ref().ok_or(Why::Drop(Dropped::OutOfOrder));
        let commit = match known.and_then(|them| them.commits(bytes, &self.ours.settings)) {
            Ok(commit) => commit,
            Err(why) => return self.refuse(why),
        };
        let Some(them) = self.them else {
            return Step::Dropped(self, Dropped::OutOfOrder);
        };
        committed::Responder::answer(self.ours, self.private, them, (commit, bytes), now)
    }

    /// What the timers want at `now`.
    pub fn wake(mut self, now: Millis) -> Step<Self, Ended> {
        let due = match &mut self.resend {
            _ if now >= self.give_up => Due::GiveUp,
            Some(resend) => resend.wake(now),
            None => Due::NotYet,
        };
        match due {
            Due::NotYet => Step::Stayed(self, Vec::new()),
            Due::Again(hello) => Step::Stayed(self, hello),
            Due::GiveUp => self.refuse(Why::End(ErrorCode::Timeout)),
        }
    }

    /// When to call [`wake`](Self::wake) next, in milliseconds of the caller's clock.
    pub fn next_wake(&self) -> Millis {
        let resend = self.resend.as_ref().map_or(self.give_up, Resend::due);
        resend.min(self.give_up)
    }

    fn refuse<Next>(self, why: Why) -> Step<Self, Next> {
        match why {
            Why::Drop(why) => Step::Dropped(self, why),
            Why::End(code) => Step::Ended(self.ours.fails(code)),
        }
    }
}

//! One phone's side of a call. Each state is a type, and what leads to the next state consumes it.
//!
//! ```text
//! idle -> hello -+-> committed, initiator -> agreed, initiator -> confirming -+-> confirmed -> ended
//!                +-> committed, responder -> agreed, responder ---------------+
//! ```
//!
//! Whoever holds a [`committed::Initiator`] can do with it what a phone in that state can do, and nothing else: confirming
//! before both keys are there does not compile. Read the states in their order: [`greeting`], [`committed`], [`agreed`],
//! [`confirmed`], [`ended`]; each file's table says what arrives, where it goes and what it sends.
//!
//! A phone on a path does not know in advance which state it will be in. For it there is [`Session`], which holds any of
//! them and hands a message to the one that wants it.

pub mod agreed;
mod any;
pub mod committed;
pub mod confirmed;
pub mod ended;
pub mod greeting;
mod parts;

use agreed::Confirming;
use confirmed::Confirmed;
use ended::{End, Ended};
use greeting::{Greeting, Idle};
pub use parts::{Settings, Step};

use super::error::Dropped;
use super::key_schedule::{Role, SessionKeys};
use super::memory::Memory;
use super::wire::{Kind, bare, parse_error};
use crate::ground::clock::Millis;
use crate::ground::randomness::{Randomness, RandomnessError};

/// A state by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Nothing was said yet.
    Idle,
    /// Hello was sent.
    Hello,
    /// A Commit was sent or answered.
    Committed(Role),
    /// Both public values are known.
    Agreed(Role),
    /// The initiator's Confirm2 was sent.
    Confirming,
    /// Both hold the same keys.
    Confirmed(Role),
    /// Over.
    Ended(End),
}

/// What a phone does about a message or a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reaction {
    /// What it sends.
    pub sends: Vec<Vec<u8>>,
    /// Why the message was dropped, if it was.
    pub dropped: Option<Dropped>,
}

/// One phone's side of a call, in whichever state it is.
#[derive(Debug)]
pub enum Session {
    /// See [`Idle`].
    Idle(Idle),
    /// See [`Greeting`].
    Greeting(Greeting),
    /// See [`committed::Initiator`].
    CommittedInitiator(committed::Initiator),
    /// See [`committed::Responder`].
    CommittedResponder(committed::Responder),
    /// See [`agreed::Initiator`].
    AgreedInitiator(agreed::Initiator),
    /// See [`agreed::Responder`].
    AgreedResponder(agreed::Responder),
    /// See [`Confirming`].
    Confirming(Confirming),
    /// See [`Confirmed`].
    Confirmed(Confirmed),
    /// See [`Ended`].
    Ended(Ended),
}

impl Session {
    /// Draws all randomness of one call.
    ///
    /// # Errors
    /// [`RandomnessError`] if the source has nothing to give.
    pub fn new(
        settings: Settings,
        memory: Memory,
        randomness: &mut (impl Randomness + ?Sized),
    ) -> Result<Self, RandomnessError> {
        Idle::new(settings, memory, randomness).map(Session::Idle)
    }

    /// The call begins. A session that has begun stays as it is.
    pub fn start(self, now: Millis) -> (Self, Reaction) {
        match self {
            Session::Idle(idle) => {
                let (greeting, hello) = idle.start(now);
                (greeting.into(), says(hello))
            }
            other => (other, Reaction::default()),
        }
    }

    /// A message from the path, from whomever it may be.
    pub fn receive(self, bytes: &[u8], now: Millis) -> (Self, Reaction) {
        let kind = match Kind::of(bytes) {
            Ok(kind) => kind,
            Err(why) => return drops(self, why),
        };
        match (self, kind) {
            (Session::Greeting(state), Kind::Hello) => go_on(settle(state.hello(bytes)), now),
            (Session::Greeting(state), Kind::HelloAck) => go_on(settle(state.hello_ack(bytes)), now),
            (Session::Greeting(state), Kind::Commit) => settle(state.commit_arrives(bytes, now)),
            (Session::CommittedInitiator(state), Kind::DhPart1) => settle(state.dh_part1(bytes, now)),
            (Session::CommittedInitiator(state), Kind::Commit) => settle(state.commit_arrives(bytes, now)),
            (Session::CommittedResponder(state), Kind::DhPart2) => settle(state.dh_part2(bytes, now)),
            (Session::CommittedResponder(state), Kind::Commit) => settle(state.commit_again(bytes)),
            (Session::AgreedInitiator(state), Kind::Confirm1) => settle(state.confirm1(bytes, now)),
            (Session::AgreedResponder(state), Kind::Confirm2) => settle(state.confirm2(bytes, now)),
            (Session::AgreedResponder(state), Kind::DhPart2) => settle(state.dh_part2_again(bytes)),
            (Session::Confirming(state), Kind::Conf2Ack) => settle(state.conf2_ack(bytes, now)),
            (Session::Confirmed(state), Kind::Confirm2) => settle(state.confirm2_again(bytes)),
            (Session::Ended(state), kind) => settle(state.late(kind)),
            // Before the call nothing is expected, after the keys an Error proves nothing.
            (state @ (Session::Idle(_) | Session::Confirmed(_)), Kind::Error) => {
                drops(state, Dropped::OutOfOrder)
            }
            (state, Kind::Error) => state.told(bytes),
            (state, Kind::Hello) => state.hello_again(bytes),
            (state, kind) => {
                let why = match state.role() {
                    Some(role) if !waits_ever(role, kind) => Dropped::WrongRole,
                    _ => Dropped::OutOfOrder,
                };
                drops(state, why)
            }
        }
    }

    /// What the timers want at `now`.
    pub fn wake(self, now: Millis) -> (Self, Reaction) {
        match self {
            Session::Idle(_) | Session::Ended(_) => (self, Reaction::default()),
            Session::Greeting(state) => go_on(settle(state.wake(now)), now),
            Session::CommittedInitiator(state) => with_early(settle(state.wake(now))),
            Session::CommittedResponder(state) => settle(state.wake(now)),
            Session::AgreedInitiator(state) => settle(state.wake(now)),
            Session::AgreedResponder(state) => settle(state.wake(now)),
            Session::Confirming(state) => settle(state.wake(now)),
            Session::Confirmed(state) => settle(state.wake(now)),
        }
    }

    /// When to call [`wake`](Self::wake) next, in milliseconds of the caller's clock; `None`: never.
    pub fn next_wake(&self) -> Option<Millis> {
        match self {
            Session::Idle(_) | Session::Ended(_) => None,
            Session::Greeting(state) => Some(state.next_wake()),
            Session::CommittedInitiator(state) => Some(state.next_wake()),
            Session::CommittedResponder(state) => Some(state.next_wake()),
            Session::AgreedInitiator(state) => Some(state.next_wake()),
            Session::AgreedResponder(state) => Some(state.next_wake()),
            Session::Confirming(state) => Some(state.next_wake()),
            Session::Confirmed(state) => Some(state.next_wake()),
        }
    }

    /// The call is over for this phone, in whichever state it is.
    pub fn hang_up(self) -> Self {
        let over = |memory| Session::Ended(Ended::new(End::HungUp, None, memory));
        match self {
            Session::Idle(state) => over(state.ours.memory),
            Session::Greeting(state) => over(state.ours.memory),
            Session::CommittedInitiator(state) => over(state.ours.memory),
            Session::CommittedResponder(state) => over(state.ours.memory),
            Session::AgreedInitiator(state) => over(state.ours.memory),
            Session::AgreedResponder(state) => over(state.ours.memory),
            Session::Confirming(state) => over(state.ours.memory),
            Session::Confirmed(state) => Session::Ended(state.hang_up()),
            Session::Ended(state) => Session::Ended(state),
        }
    }

    /// A frame that opens under [`Confirmed::receiving`] has come: the other phone holds the keys.
    pub fn heard(self, now: Millis) -> Self {
        match self {
            Session::Confirming(state) => state.frame(now).into(),
            Session::Confirmed(mut state) => {
                state.heard(now);
                state.into()
            }
            other => other,
        }
    }

    /// The state's name.
    pub fn state(&self) -> State {
        match self {
            Session::Idle(_) => State::Idle,
            Session::Greeting(_) => State::Hello,
            Session::CommittedInitiator(_) => State::Committed(Role::Initiator),
            Session::CommittedResponder(_) => State::Committed(Role::Responder),
            Session::AgreedInitiator(_) => State::Agreed(Role::Initiator),
            Session::AgreedResponder(_) => State::Agreed(Role::Responder),
            Session::Confirming(_) => State::Confirming,
            Session::Confirmed(state) => State::Confirmed(state.role()),
            Session::Ended(state) => State::Ended(state.why()),
        }
    }

    /// The role, once there is one and while the call lasts.
    pub fn role(&self) -> Option<Role> {
        match self.state() {
            State::Committed(role) | State::Agreed(role) | State::Confirmed(role) => Some(role),
            State::Confirming => Some(Role::Initiator),
            State::Idle | State::Hello | State::Ended(_) => None,
        }
    }

    /// The call with its keys, if it is confirmed.
    pub fn confirmed(&self) -> Option<&Confirmed> {
        match self {
            Session::Confirmed(state) => Some(state),
            _ => None,
        }
    }

    /// As [`confirmed`](Self::confirmed), to tell it that the words were compared.
    pub fn confirmed_mut(&mut self) -> Option<&mut Confirmed> {
        match self {
            Session::Confirmed(state) => Some(state),
            _ => None,
        }
    }

    /// The keys, where both have been computed and not yet wiped.
    pub(in crate::call) fn keys(&self) -> Option<&SessionKeys> {
        match self {
            Session::AgreedInitiator(state) => Some(&state.agreement.keys),
            Session::AgreedResponder(state) => Some(&state.agreement.keys),
            Session::Confirming(state) => Some(&state.agreement.keys),
            Session::Confirmed(state) => Some(&state.keys),
            Session::Ended(state) => state.kept.as_ref(),
            _ => None,
        }
    }

    /// The secret half of this call's key pair, until the keys are there.
    pub(in crate::call) fn private(&self) -> Option<&[u8; 32]> {
        match self {
            Session::Idle(state) => Some(state.private.expose()),
            Session::Greeting(state) => Some(state.private.expose()),
            Session::CommittedInitiator(state) => Some(state.private.expose()),
            Session::CommittedResponder(state) => Some(state.private.expose()),
            _ => None,
        }
    }

    /// What is remembered, once the call is over.
    pub fn memory(&self) -> Option<&Memory> {
        match self {
            Session::Ended(state) => Some(state.memory()),
            _ => None,
        }
    }

    /// An Error of theirs.
    fn told(self, bytes: &[u8]) -> (Self, Reaction) {
        let code = match parse_error(bytes) {
            Ok(code) => code,
            Err(why) => return drops(self, why),
        };
        let ours = match self {
            Session::Greeting(state) => state.ours,
            Session::CommittedInitiator(state) => state.ours,
            Session::CommittedResponder(state) => state.ours,
            Session::AgreedInitiator(state) => state.ours,
            Session::AgreedResponder(state) => state.ours,
            Session::Confirming(state) => state.ours,
            other => return drops(other, Dropped::OutOfOrder),
        };
        (Session::Ended(ours.told(code)), says(bare(Kind::ErrorAck)))
    }

    /// A Hello when ours has been answered long ago: the same once more means that our HelloACK was lost.
    fn hello_again(self, bytes: &[u8]) -> (Self, Reaction) {
        let known = match &self {
            Session::CommittedInitiator(state) => &state.them.bytes,
            Session::CommittedResponder(state) => &state.them.bytes,
            _ => return drops(self, Dropped::OutOfOrder),
        };
        if known != bytes {
            return drops(self, Dropped::NotFromThem);
        }
        (self, says(bare(Kind::HelloAck)))
    }
}

/// Whether a phone in `role` waits for such a message at any time.
fn waits_ever(role: Role, kind: Kind) -> bool {
    match kind {
        Kind::DhPart1 | Kind::Confirm1 | Kind::Conf2Ack => role == Role::Initiator,
        Kind::DhPart2 | Kind::Confirm2 => role == Role::Responder,
        _ => true,
    }
}

/// After a message or a moment in hello: a phone that commits does so as soon as it may.
fn go_on((session, mut reaction): (Session, Reaction), now: Millis) -> (Session, Reaction) {
    match session {
        Session::Greeting(state) if state.ours.settings.commits && state.may_commit() => {
            let (session, more) = with_early(settle(state.commit(now)));
            reaction.sends.extend(more.sends);
            (session, reaction)
        }
        other => (other, reaction),
    }
}

/// Behind each Commit of a phone without commitment goes what it should only have promised.
fn with_early((session, mut reaction): (Session, Reaction)) -> (Session, Reaction) {
    if let (Session::CommittedInitiator(state), false) = (&session, reaction.sends.is_empty()) {
        reaction.sends.extend(state.shown_early().map(<[u8]>::to_vec));
    }
    (session, reaction)
}

fn says(message: Vec<u8>) -> Reaction {
    let sends = if message.is_empty() {
        Vec::new()
    } else {
        vec![message]
    };
    Reaction { sends, dropped: None }
}

fn drops(session: Session, why: Dropped) -> (Session, Reaction) {
    let reaction = Reaction {
        sends: Vec::new(),
        dropped: Some(why),
    };
    (session, reaction)
}

/// What came of a step, whichever state it was and whichever comes next.
fn settle<Here: Into<Session>, Next: Into<Session>>(step: Step<Here, Next>) -> (Session, Reaction) {
    match step {
        Step::Moved(next, message) => (next.into(), says(message)),
        Step::Stayed(here, message) => (here.into(), says(message)),
        Step::Dropped(here, why) => drops(here.into(), why),
        Step::Ended(ended) => {
            let error = ended.error().map(<[u8]>::to_vec).unwrap_or_default();
            (Session::Ended(ended), says(error))
        }
    }
}

//! A phone in a call: the handshake, and the frames under the keys that come out of it.
//!
//! Messages and frames come over one path. The first byte tells them apart, as the RFC's packets can be told from frames:
//! 0x50 begins a message, 0x80 a frame.

use super::error::Dropped;
use super::frame::FrameKeys;
use super::key_schedule::{DirectionKeys, Role};
use super::memory::Memory;
use super::session::{Reaction, Session, Settings, State};
use super::stream::{Receiver, Sender, Stream};
use super::wire::PREAMBLE;
use crate::ground::clock::Millis;
use crate::ground::randomness::{Randomness, RandomnessError};

/// Samples in a frame: 20 ms of 8 000 a second.
const FRAME_SAMPLES: u32 = 160;

/// What came of bytes from the path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// What the handshake says to it.
    pub reaction: Reaction,
    /// The payload, if it was a frame that opened.
    pub sound: Option<Vec<u8>>,
}

/// Holds whichever state the call is in, and the two streams while there are keys.
#[derive(Debug)]
pub struct Phone {
    /// `None` only while a step is under way.
    session: Option<Session>,
    streams: Option<(Sender, Receiver)>,
    next_timestamp: u32,
}

impl Phone {
    /// A phone that has drawn what it needs for one call, and said nothing yet.
    ///
    /// # Errors
    /// [`RandomnessError`] if the source has nothing to give.
    pub fn new(
        settings: Settings,
        memory: Memory,
        randomness: &mut (impl Randomness + ?Sized),
    ) -> Result<Self, RandomnessError> {
        Ok(Phone {
            session: Some(Session::new(settings, memory, randomness)?),
            streams: None,
            next_timestamp: 0,
        })
    }

    /// The call, in whichever state it is.
    pub fn session(&self) -> &Session {
        self.session.as_ref().expect("there is one between two steps")
    }

    /// As [`session`](Self::session), to tell it that the words were compared.
    pub fn session_mut(&mut self) -> &mut Session {
        self.session.as_mut().expect("there is one between two steps")
    }

    /// The state's name.
    pub fn state(&self) -> State {
        self.session().state()
    }

    /// The call begins.
    pub fn start(&mut self, now: Millis) -> Reaction {
        self.step(|session| session.start(now))
    }

    /// Bytes from the path, whatever they are.
    pub fn receive(&mut self, bytes: &[u8], now: Millis) -> Heard {
        if bytes.first() == Some(&PREAMBLE[0]) {
            return Heard {
                reaction: self.step(|session| session.receive(bytes, now)),
                sound: None,
            };
        }
        let opened = self
            .streams
            .as_mut()
            .and_then(|(_, receiver)| receiver.unprotect(bytes).ok());
        match opened {
            None => Heard {
                reaction: Reaction {
                    sends: Vec::new(),
                    dropped: Some(Dropped::Frame),
                },
                sound: None,
            },
            Some(received) => {
                self.step(|session| (session.heard(now), Reaction::default()));
                Heard {
                    reaction: Reaction::default(),
                    sound: Some(received.payload),
                }
            }
        }
    }

    /// What the timers want.
    pub fn wake(&mut self, now: Millis) -> Reaction {
        self.step(|session| session.wake(now))
    }

    /// The next frame with this payload, if the call is confirmed.
    pub fn say(&mut self, payload: &[u8]) -> Option<Vec<u8>> {
        self.session().confirmed()?;
        let (sender, _) = self.streams.as_mut()?;
        let frame = sender.protect(self.next_timestamp, payload).ok()?;
        self.next_timestamp = self.next_timestamp.wrapping_add(FRAME_SAMPLES);
        Some(frame)
    }

    /// The call is over.
    pub fn hang_up(&mut self) {
        self.step(|session| (session.hang_up(), Reaction::default()));
    }

    /// Takes what is remembered along into the next call, once this one is over.
    pub fn into_memory(self) -> Option<Memory> {
        match self.session {
            Some(Session::Ended(ended)) => Some(ended.into_memory()),
            _ => None,
        }
    }

    /// Every secret in the phone's memory at this moment, and what it is: what a thief finds.
    pub fn secrets(&self) -> Vec<(&'static str, Vec<u8>)> {
        let session = self.session();
        let mut found = Vec::new();
        if let Some(private) = session.private() {
            found.push(("private key", private.to_vec()));
        }
        if let Some(keys) = session.keys() {
            found.push((
                "initiator's frame key",
                keys.initiator.master_key.expose().to_vec(),
            ));
            found.push((
                "initiator's frame salt",
                keys.initiator.master_salt.expose().to_vec(),
            ));
            found.push((
                "responder's frame key",
                keys.responder.master_key.expose().to_vec(),
            ));
            found.push((
                "responder's frame salt",
                keys.responder.master_salt.expose().to_vec(),
            ));
            found.push((
                "initiator's Confirm key",
                keys.initiator.zrtp_key.expose().to_vec(),
            ));
            found.push((
                "responder's Confirm key",
                keys.responder.zrtp_key.expose().to_vec(),
            ));
            found.push(("session key", keys.zrtp_session.expose().to_vec()));
        }
        if let Some((sender, receiver)) = &self.streams {
            // The streams have copies of their own. In the same order on both phones.
            let mut copies = [sender.keys(), receiver.keys()].map(|keys| keys.key.expose().to_vec());
            copies.sort();
            found.extend(copies.map(|key| ("a stream's copy of its key", key)));
        }
        if let Some(memory) = session.memory() {
            found.extend(memory.secrets().map(|(what, bytes)| (what, bytes.to_vec())));
        }
        found
    }

    fn step(&mut self, step: impl FnOnce(Session) -> (Session, Reaction)) -> Reaction {
        let session = self.session.take().expect("there is one between two steps");
        let (session, reaction) = step(session);
        match session.state() {
            State::Confirming | State::Confirmed(_) if self.streams.is_none() => {
                self.streams = streams(&session);
            }
            // Their keys go with the call's.
            State::Ended(_) => self.streams = None,
            _ => {}
        }
        self.session = Some(session);
        reaction
    }
}

/// The two streams of a call, each under its sender's keys.
fn streams(session: &Session) -> Option<(Sender, Receiver)> {
    let (role, keys) = (session.role()?, session.keys()?);
    let sender = Sender::new(frame_keys(keys.sent_by(role)), stream(role), 0).ok()?;
    let receiver = Receiver::new(frame_keys(keys.sent_by(role.other())), stream(role.other())).ok()?;
    Some((sender, receiver))
}

fn frame_keys(keys: &DirectionKeys) -> FrameKeys {
    FrameKeys::new(*keys.master_key.expose(), *keys.master_salt.expose())
}

/// The two streams by their names. In RTP the numbers are drawn; here they are the roles.
pub fn stream(role: Role) -> Stream {
    Stream {
        ssrc: match role {
            Role::Initiator => 1,
            Role::Responder => 2,
        },
        payload_type: 0,
    }
}

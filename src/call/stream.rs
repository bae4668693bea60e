//! One direction of a call: a sender that never uses an index twice, a receiver that believes only what verifies.
//!
//! ```text
//! sender      next index -> seal -> count one on
//! receiver    header -> index -> replay window -> tag -> payload
//!                                                  \-> only now: ROC, s_l and the window move
//! ```
//!
//! In words: whatever is dropped on the way from left to right leaves the receiver as it was. Otherwise anybody who can
//! send it one forged packet could move its count to where no genuine frame is understood any more.
//!
//! ```
//! use messaging_lab::call::frame::FrameKeys;
//! use messaging_lab::call::stream::{Receiver, Sender, Stream};
//!
//! let keys = || FrameKeys::new([7; 32], [8; 12]); // from the key agreement, the same at both ends
//! let stream = Stream { ssrc: 1, payload_type: 0 };
//! let mut alice = Sender::new(keys(), stream, 0)?;
//! let mut bob = Receiver::new(keys(), stream)?;
//!
//! let frame = alice.protect(0, &[0xff; 160])?;
//! let mut forged = frame.clone();
//! forged[100] ^= 1;
//! assert!(bob.unprotect(&forged).is_err()); // changed on the way
//! assert_eq!(bob.unprotect(&frame)?.payload, [0xff; 160]);
//! assert!(bob.unprotect(&frame).is_err()); // the same frame again
//! # Ok::<(), messaging_lab::call::frame::FrameError>(())
//! ```
//!
//! RFC 3711, section 3.3.

use super::frame::{FrameError, FrameKeys, Header, MAX_FRAMES, Position, estimate_index};
use super::replay_window::ReplayWindow;

/// Which stream: what both phones know of it beforehand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stream {
    /// Names it.
    pub ssrc: u32,
    /// Which codec: at most 127.
    pub payload_type: u8,
}

/// The sending end of one direction. Dropped, its keys are wiped.
#[derive(Debug)]
pub struct Sender {
    keys: FrameKeys,
    stream: Stream,
    /// The index of the next frame; [`MAX_FRAMES`] when there is none left.
    next: u64,
}

impl Sender {
    /// A sender whose first frame has the sequence number `first_seq`, under ROC 0.
    ///
    /// The number should be random, says RFC 3550, section 5.1, to make it harder to attack a cipher by known plaintext.
    /// But a call that begins near 65 535 and loses its first frames leaves a receiver that never sees SEQ go round.
    ///
    /// # Errors
    /// [`FrameError::PayloadType`] beyond 127.
    pub fn new(keys: FrameKeys, stream: Stream, first_seq: u16) -> Result<Self, FrameError> {
        check_stream(&stream)?;
        Ok(Sender {
            keys,
            stream,
            next: u64::from(first_seq),
        })
    }

    /// The next frame: `header || ciphertext || tag`. Each one has an index of its own.
    ///
    /// # Errors
    /// [`FrameError::Exhausted`] after [`MAX_FRAMES`]; [`FrameError::TooLong`] beyond
    /// [`MAX_PAYLOAD_BYTES`](super::frame::MAX_PAYLOAD_BYTES).
    pub fn protect(&mut self, timestamp: u32, payload: &[u8]) -> Result<Vec<u8>, FrameError> {
        if self.next >= MAX_FRAMES {
            return Err(FrameError::Exhausted);
        }
        let header = Header {
            payload_type: self.stream.payload_type,
            seq: self.next as u16,
            timestamp,
            ssrc: self.stream.ssrc,
        };
        let frame = self.keys.seal(&header, self.next, payload)?;
        self.next += 1;
        Ok(frame)
    }

    /// What a thief finds who looks into the phone while the call lasts.
    pub fn keys(&self) -> &FrameKeys {
        &self.keys
    }
}

/// What a careless receiver leaves out. For lessons and tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReceiverFlaw {
    /// It remembers nothing: a frame that opens is played, however often it comes.
    NoReplayWindow,
    /// It takes over ROC and s_l before it looks at the tag.
    MovesBeforeVerifying,
}

/// The receiving end of one direction. Dropped, its keys are wiped.
#[derive(Debug)]
pub struct Receiver {
    keys: FrameKeys,
    stream: Stream,
    position: Option<Position>,
    window: ReplayWindow,
    flaw: Option<ReceiverFlaw>,
}

/// What came out of a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// The frame's place among all of the call.
    pub index: u64,
    /// The number of its first sample.
    pub timestamp: u32,
    /// What the codec made.
    pub payload: Vec<u8>,
}

impl Receiver {
    /// A receiver that has not received anything.
    ///
    /// # Errors
    /// [`FrameError::PayloadType`] beyond 127.
    pub fn new(keys: FrameKeys, stream: Stream) -> Result<Self, FrameError> {
        check_stream(&stream)?;
        Ok(Receiver {
            keys,
            stream,
            position: None,
            window: ReplayWindow::new(),
            flaw: None,
        })
    }

    /// The same with one flaw. For lessons and tests.
    pub fn with_flaw(self, flaw: ReceiverFlaw) -> Self {
        Receiver {
            flaw: Some(flaw),
            ..self
        }
    }

    /// The payload of a frame, if it is genuine and new. Only then does anything in here move.
    ///
    /// # Errors
    /// [`FrameError::Malformed`], [`FrameError::OtherStream`], [`FrameError::Repeated`] or [`FrameError::Forged`].
    pub fn unprotect(&mut self, frame: &[u8]) -> Result<Received, FrameError> {
        let header = Header::of(frame)?;
        if (header.ssrc, header.payload_type) != (self.stream.ssrc, self.stream.payload_type) {
            return Err(FrameError::OtherStream);
        }
        // Before the first frame ROC is 0, and s_l becomes its SEQ (RFC 3711, section 3.3.1).
        let position = self.position.unwrap_or(Position {
            roc: 0,
            s_l: header.seq,
        });
        let index = estimate_index(position.roc, position.s_l, header.seq);
        if self.flaw == Some(ReceiverFlaw::MovesBeforeVerifying) {
            self.position = Some(position.after(index));
        }
        if self.flaw != Some(ReceiverFlaw::NoReplayWindow) {
            self.window.check(index)?;
        }
        let payload = self.keys.open(index, frame)?;
        // The tag is right: only now does anything move.
        self.position = Some(position.after(index));
        self.window.accept(index);
        Ok(Received {
            index,
            timestamp: header.timestamp,
            payload,
        })
    }

    /// Where it is in the run of indices; `None` until the first frame.
    pub fn position(&self) -> Option<Position> {
        self.position
    }

    /// What a thief finds who looks into the phone while the call lasts.
    pub fn keys(&self) -> &FrameKeys {
        &self.keys
    }
}

fn check_stream(stream: &Stream) -> Result<(), FrameError> {
    if stream.payload_type > 0x7f {
        return Err(FrameError::PayloadType);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::frame::MAX_PAYLOAD_BYTES;
    use crate::call::replay_window::Repeated;

    #[test]
    fn the_last_frame_of_a_key_is_sent_and_none_after_it() {
        let stream = Stream {
            ssrc: 1,
            payload_type: 0,
        };
        let keys = || FrameKeys::new([1; 32], [2; 12]);
        let mut sender = Sender::new(keys(), stream, 0).unwrap();
        sender.next = MAX_FRAMES - 1;
        // Whatever fails before it uses nothing up.
        assert_eq!(
            sender.protect(0, &vec![0; MAX_PAYLOAD_BYTES + 1]),
            Err(FrameError::TooLong)
        );
        let last = sender.protect(0, b"last").unwrap();
        assert_eq!(keys().open(MAX_FRAMES - 1, &last), Ok(b"last".to_vec()));
        assert_eq!(sender.protect(0, b"one more"), Err(FrameError::Exhausted));
        assert_eq!(sender.protect(0, b"one more"), Err(FrameError::Exhausted));
    }

    #[test]
    fn an_index_that_would_repeat_a_nonce_is_not_sealed() {
        let keys = FrameKeys::new([1; 32], [2; 12]);
        let header = |payload_type| Header {
            payload_type,
            seq: 0,
            timestamp: 0,
            ssrc: 1,
        };
        assert_eq!(
            keys.seal(&header(96), MAX_FRAMES, b"x"),
            Err(FrameError::Exhausted)
        );
        assert_eq!(keys.seal(&header(128), 0, b"x"), Err(FrameError::PayloadType));
        assert!(keys.seal(&header(127), MAX_FRAMES - 65_536, b"x").is_ok());
    }

    #[test]
    fn at_the_end_of_a_key_its_first_frame_does_not_come_round_again() {
        let stream = Stream {
            ssrc: 1,
            payload_type: 0,
        };
        let keys = || FrameKeys::new([1; 32], [2; 12]);
        let first = Sender::new(keys(), stream, 0)
            .unwrap()
            .protect(0, b"first")
            .unwrap();
        let mut receiver = Receiver::new(keys(), stream).unwrap();
        assert_eq!(receiver.unprotect(&first).unwrap().index, 0);
        // ROC + 1 is 0 again, and under index 0 the tag of the first frame is right.
        receiver.position = Some(Position {
            roc: u32::MAX,
            s_l: u16::MAX,
        });
        receiver.window.accept(MAX_FRAMES - 1);
        assert_eq!(
            receiver.unprotect(&first),
            Err(FrameError::Repeated(Repeated::TooOld))
        );
        assert_eq!(receiver.position.unwrap().roc, u32::MAX);
    }
}

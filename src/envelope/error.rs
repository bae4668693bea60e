//! Everything that this model refuses. What comes from outside has one refusal only.

use std::fmt;

use crate::crypto::x25519::AllZeroShare;
use crate::ground::randomness::RandomnessError;

/// Why nothing was sealed, opened or passed on. Nothing has changed then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EnvelopeError {
    /// Bytes from outside are not what they should be: cut off, too long, of an unknown version, forged, replayed, for
    /// somebody else. Which of them is not said: every detail would tell a forger how far he got.
    Refused,
    /// The text is longer than [`MAX_PLAINTEXT`](super::ratchet::MAX_PLAINTEXT).
    TooLong,
    /// Whoever was written to first cannot send before the first message has come in: there is no sending chain yet.
    NothingReceivedYet,
    /// All of the 4 294 967 295 numbers of a sending chain are used up. The next message that comes in begins another.
    ChainExhausted,
    /// No session with this address: ask the relay for its keys first.
    NotMet,
    /// This contact shows another identity key than the one that was accepted. Nothing goes out until its owner has
    /// compared it and accepts it.
    KeyChanged,
    /// The system gave no random bytes, with what it said about it.
    NoRandomness(String),
}

impl fmt::Display for EnvelopeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            EnvelopeError::Refused => "refused",
            EnvelopeError::TooLong => "the text is too long for one message: split it",
            EnvelopeError::NothingReceivedYet => {
                "nothing was received in this session yet: wait for the first message"
            }
            EnvelopeError::ChainExhausted => {
                "this sending chain has no numbers left: wait for a reply, or begin anew"
            }
            EnvelopeError::NotMet => {
                "no session with this address: ask the relay for its keys and meet it first"
            }
            EnvelopeError::KeyChanged => {
                "the identity key has changed: compare it with its owner before you go on"
            }
            EnvelopeError::NoRandomness(said) => said,
        })
    }
}

impl std::error::Error for EnvelopeError {}

impl From<RandomnessError> for EnvelopeError {
    fn from(error: RandomnessError) -> Self {
        EnvelopeError::NoRandomness(error.to_string())
    }
}

impl From<AllZeroShare> for EnvelopeError {
    fn from(_: AllZeroShare) -> Self {
        EnvelopeError::Refused
    }
}

//! A session: X3DH for the first key, the Double Ratchet from there on, and the first message that carries both.
//!
//! ```text
//! Alice                                             Bob
//! verify his bundle, X3DH, init_alice
//! introduction || ratchet message      ------->     X3DH, init_bob, open it; only then delete the one-time pre-key
//! introduction || ratchet message      ------->     (until she hears from him, she cannot know that he has the first)
//!                                      <-------     ratchet message
//! ratchet message                      ------->
//! ```

use super::bundle::VerifiedBundle;
use super::error::EnvelopeError;
use super::header::MAX_MESSAGE_BYTES;
use super::identity::{Identity, IdentityPublic};
use super::prekeys::PreKeys;
use super::ratchet::Ratchet;
use super::stolen::StolenState;
use super::wire::{Kind, Reader, message_kind, put_optional};
use super::x3dh::{self, AD_BYTES, FirstKey, Introduction};
use crate::ground::randomness::Randomness;

/// Bytes in front of the ratchet message in an initial message.
pub const INTRODUCTION_BYTES: usize = 75;

impl Introduction {
    /// The bytes that travel in front of a ratchet message.
    ///
    /// ```text
    /// offset  size  what
    ///      0     2  version 0x01, kind 0x03
    ///      2    32  IK_A, the sender's identity key
    ///     34    32  EK_A, the sender's ephemeral key
    ///     66     4  id of the recipient's signed pre-key
    ///     70     1  1 if a one-time pre-key was used, 0 if not
    ///     71     4  id of the recipient's one-time pre-key, or zeros
    ///     75     *  a ratchet message, its own version and kind included
    /// ```
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Kind::Initial.prefix().to_vec();
        out.extend_from_slice(self.identity.as_bytes());
        out.extend_from_slice(self.ephemeral.as_bytes());
        out.extend_from_slice(&self.signed_id.to_be_bytes());
        put_optional(&mut out, self.one_time_id.map(u32::to_be_bytes));
        out
    }

    /// The introduction in front of an initial message, and the ratchet message behind it. Nothing of it is believed yet.
    ///
    /// # Errors
    /// [`EnvelopeError::Refused`] for what is too short or too long for one, and for another version or kind.
    pub fn of(message: &[u8]) -> Result<(Introduction, &[u8]), EnvelopeError> {
        let longest = INTRODUCTION_BYTES + MAX_MESSAGE_BYTES;
        let mut reader = Reader::begin(message, Kind::Initial, longest)?;
        let introduction = Introduction {
            identity: IdentityPublic::from_bytes(reader.array()?)?,
            ephemeral: reader.key()?,
            signed_id: reader.u32()?,
            one_time_id: reader.optional()?.map(u32::from_be_bytes),
        };
        Ok((introduction, reader.rest()))
    }
}

/// Which side of the introduction we are on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    /// We wrote first, and nothing has come back. Arrives from: initiate. Goes to: `Settled`, by the first message that
    /// opens. Sends: initial messages.
    Introducing,
    /// We were written to. Arrives from: accept. Goes to: nowhere; more initial messages may be under way. Sends: ratchet
    /// messages.
    Introduced,
    /// We wrote first, and they answered. Arrives from: `Introducing`. Goes to: nowhere. Sends: ratchet messages.
    Settled,
}

/// A conversation with one identity.
#[derive(Debug)]
pub struct Session {
    ratchet: Ratchet,
    associated_data: [u8; AD_BYTES],
    peer: IdentityPublic,
    introduction: Introduction,
    side: Side,
}

impl Session {
    /// Alice's side, from Bob's checked keys. Nothing is sent yet: [`Session::seal`] makes the first message.
    ///
    /// # Errors
    /// [`EnvelopeError::Refused`]; [`EnvelopeError::NoRandomness`].
    ///
    /// X3DH, section 3.3; Double Ratchet, section 5.1: Bob's signed pre-key is his first ratchet key.
    pub fn initiate(
        ours: &Identity,
        theirs: &VerifiedBundle,
        randomness: &mut impl Randomness,
    ) -> Result<Self, EnvelopeError> {
        let (first, introduction) = x3dh::initiate(ours, theirs, randomness)?;
        let FirstKey {
            secret,
            associated_data,
        } = first;
        Ok(Session {
            ratchet: Ratchet::init_alice(&secret, theirs.bundle().signed.key, randomness)?,
            associated_data,
            peer: theirs.bundle().identity,
            introduction,
            side: Side::Introducing,
        })
    }

    /// Bob's side, from an initial message: the session and the first text.
    ///
    /// **On any error nothing has changed**: the one-time pre-key is deleted when the message has opened, not before.
    ///
    /// # Errors
    /// [`EnvelopeError::Refused`]; [`EnvelopeError::NoRandomness`].
    ///
    /// X3DH, section 3.4.
    pub fn accept(
        ours: &Identity,
        pre_keys: &mut PreKeys,
        message: &[u8],
        randomness: &mut impl Randomness,
    ) -> Result<(Self, Vec<u8>), EnvelopeError> {
        let (introduction, inner) = Introduction::of(message)?;
        let FirstKey {
            secret,
            associated_data,
        } = x3dh::respond(ours, pre_keys, &introduction)?;
        let (signed, _) = pre_keys.find(
            introduction.signed_id,
            introduction.one_time_id,
            &introduction.ephemeral,
        )?;
        let mut ratchet = Ratchet::init_bob(secret, signed.second_copy());
        // If the initial ciphertext fails to decrypt, then Bob aborts the protocol and deletes SK.
        let plaintext = ratchet.open(inner, &associated_data, randomness)?;
        // Bob deletes any one-time prekey private key that was used.
        pre_keys.spend(
            introduction.signed_id,
            introduction.one_time_id,
            &introduction.ephemeral,
        );
        let session = Session {
            ratchet,
            associated_data,
            peer: introduction.identity,
            introduction,
            side: Side::Introduced,
        };
        Ok((session, plaintext))
    }

    /// The next message: an initial one while we introduce ourselves, else a ratchet message.
    ///
    /// # Errors
    /// As [`Ratchet::seal`].
    pub fn seal(&mut self, plaintext: &[u8]) -> Result<Vec<u8>, EnvelopeError> {
        let message = self.ratchet.seal(plaintext, &self.associated_data)?;
        if self.side != Side::Introducing {
            return Ok(message);
        }
        let mut initial = self.introduction.to_bytes();
        initial.extend_from_slice(&message);
        Ok(initial)
    }

    /// The text of a message of this session. **On any error nothing has changed.**
    ///
    /// # Errors
    /// As [`Ratchet::open`]; [`EnvelopeError::Refused`] for an initial message that begins another session.
    pub fn open(
        &mut self,
        message: &[u8],
        randomness: &mut impl Randomness,
    ) -> Result<Vec<u8>, EnvelopeError> {
        let inner = match message_kind(message)? {
            Kind::Initial => {
                let (introduction, inner) = Introduction::of(message)?;
                // One of several that were sent before we answered. The introduction is the same to the last bit.
                if self.side != Side::Introduced || introduction != self.introduction {
                    return Err(EnvelopeError::Refused);
                }
                inner
            }
            _ => message,
        };
        let plaintext = self.ratchet.open(inner, &self.associated_data, randomness)?;
        if self.side == Side::Introducing {
            self.side = Side::Settled;
        }
        Ok(plaintext)
    }

    /// Whom this session is with.
    pub fn peer(&self) -> &IdentityPublic {
        &self.peer
    }

    /// The 66 bytes that every message here is bound to.
    pub fn associated_data(&self) -> &[u8; AD_BYTES] {
        &self.associated_data
    }

    /// How many messages were sent to us that have not come, as far as the ones that came tell.
    pub fn missing(&self) -> usize {
        self.ratchet.missing()
    }

    /// The state of the ratchet as a thief with the phone finds it.
    pub fn stolen(&self) -> StolenState {
        self.ratchet.stolen()
    }
}

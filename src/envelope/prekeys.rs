//! Pre-keys, the private side: keys that Bob leaves with the directory so that Alice can write while he is asleep.
//!
//! ```text
//! signed pre-key      signed by the identity, for everybody, replaced every week or so
//! one-time pre-key    for one sender, used once, then deleted: nobody can open that first message again, not even Bob
//! ```
//!
//! Why both: the directory gives each one-time pre-key away once, and they can run out. The signed one never does, but it
//! opens every first message that was made for it, for as long as it is kept.

use super::bundle::{MAX_ONE_TIME, OneTimePublic, SignedPublic, Upload};
use super::error::EnvelopeError;
use super::identity::Identity;
use super::keys::{KeyPair, PublicKey};
use crate::crypto::ed25519::SIGNATURE_BYTES;
use crate::crypto::x25519::KEY_BYTES;
use crate::ground::randomness::Randomness;

/// The most first messages without a one-time pre-key that one signed pre-key answers: 1000. Each is remembered, so that
/// it cannot be played again, and a sender of endless first messages must not fill the memory. Replacing the signed
/// pre-key makes room.
pub const MAX_ANSWERED: usize = 1000;

/// A signed pre-key of ours.
#[derive(Debug)]
struct SignedPreKey {
    id: u32,
    pair: KeyPair,
    signature: [u8; SIGNATURE_BYTES],
    // The ephemeral keys of the first messages that came without a one-time pre-key and opened.
    answered: Vec<PublicKey>,
}

impl SignedPreKey {
    fn generate(
        id: u32,
        identity: &Identity,
        randomness: &mut impl Randomness,
    ) -> Result<Self, EnvelopeError> {
        let pair = KeyPair::generate(randomness)?;
        // Sig(IK_B, Encode(SPK_B))
        let signature = identity.sign(&pair.public().encode(), randomness)?;
        Ok(SignedPreKey {
            id,
            pair,
            signature,
            answered: Vec::new(),
        })
    }
}

/// All private pre-keys of one phone.
#[derive(Debug)]
pub struct PreKeys {
    current: SignedPreKey,
    // The one before, for messages that were under way while it was replaced.
    previous: Option<SignedPreKey>,
    // Each with its id, oldest first.
    one_time: Vec<(u32, KeyPair)>,
    next_one_time: u32,
}

impl PreKeys {
    /// A signed pre-key, and `one_time` one-time pre-keys (at most [`MAX_ONE_TIME`]).
    ///
    /// # Errors
    /// [`EnvelopeError::NoRandomness`].
    pub fn generate(
        identity: &Identity,
        one_time: usize,
        randomness: &mut impl Randomness,
    ) -> Result<Self, EnvelopeError> {
        let mut pre_keys = PreKeys {
            current: SignedPreKey::generate(1, identity, randomness)?,
            previous: None,
            one_time: Vec::new(),
            next_one_time: 1,
        };
        pre_keys.replenish(one_time, randomness)?;
        Ok(pre_keys)
    }

    /// Makes one-time pre-keys until there are `wanted` unused ones (at most [`MAX_ONE_TIME`]). No id is given twice.
    ///
    /// # Errors
    /// [`EnvelopeError::NoRandomness`].
    pub fn replenish(
        &mut self,
        wanted: usize,
        randomness: &mut impl Randomness,
    ) -> Result<(), EnvelopeError> {
        while self.one_time.len() < wanted.min(MAX_ONE_TIME) {
            self.one_time
                .push((self.next_one_time, KeyPair::generate(randomness)?));
            self.next_one_time += 1;
        }
        Ok(())
    }

    /// Puts a new signed pre-key in place of the current one, which is kept for messages already under way. The one before
    /// that is deleted: from now on nobody can open first messages that were made for it.
    ///
    /// # Errors
    /// [`EnvelopeError::NoRandomness`].
    ///
    /// X3DH, section 3.2.
    pub fn replace_signed(
        &mut self,
        identity: &Identity,
        randomness: &mut impl Randomness,
    ) -> Result<(), EnvelopeError> {
        let fresh = SignedPreKey::generate(self.current.id.wrapping_add(1), identity, randomness)?;
        self.previous = Some(std::mem::replace(&mut self.current, fresh));
        Ok(())
    }

    /// Deletes the signed pre-key before the current one.
    pub fn forget_previous(&mut self) {
        self.previous = None;
    }

    /// What the directory is to have: the current signed pre-key and all unused one-time pre-keys.
    pub fn upload(&self, identity: &Identity) -> Upload {
        let one_time = |(id, pair): &(u32, KeyPair)| OneTimePublic {
            id: *id,
            key: pair.public(),
        };
        Upload {
            identity: identity.public(),
            signed: SignedPublic {
                id: self.current.id,
                key: self.current.pair.public(),
                signature: self.current.signature,
            },
            one_time: self.one_time.iter().map(one_time).collect(),
        }
    }

    /// How many one-time pre-keys are unused.
    pub fn one_time_left(&self) -> usize {
        self.one_time.len()
    }

    /// The signed pre-key `signed_id` and, if one was named, the one-time pre-key. Changes nothing: a first message that
    /// turns out to be forged must not cost a pre-key.
    ///
    /// # Errors
    /// [`EnvelopeError::Refused`] if a key is not there (never was, or used and deleted), and for a first message without
    /// a one-time pre-key that was answered before.
    pub(super) fn find(
        &self,
        signed_id: u32,
        one_time_id: Option<u32>,
        ephemeral: &PublicKey,
    ) -> Result<(&KeyPair, Option<&KeyPair>), EnvelopeError> {
        let signed = [Some(&self.current), self.previous.as_ref()]
            .into_iter()
            .flatten()
            .find(|signed| signed.id == signed_id)
            .ok_or(EnvelopeError::Refused)?;
        match one_time_id {
            Some(id) => {
                let one_time = self.one_time.iter().find(|one_time| one_time.0 == id);
                let (_, pair) = one_time.ok_or(EnvelopeError::Refused)?;
                Ok((&signed.pair, Some(pair)))
            }
            None if signed.answered.contains(ephemeral) || signed.answered.len() >= MAX_ANSWERED => {
                Err(EnvelopeError::Refused)
            }
            None => Ok((&signed.pair, None)),
        }
    }

    /// The first message opened: its one-time pre-key is deleted, or its ephemeral key remembered. Either way it opens no
    /// second time.
    ///
    /// X3DH, sections 3.4 and 4.2.
    pub(super) fn spend(&mut self, signed_id: u32, one_time_id: Option<u32>, ephemeral: &PublicKey) {
        if let Some(id) = one_time_id {
            self.one_time.retain(|one_time| one_time.0 != id);
            return;
        }
        let signed = [Some(&mut self.current), self.previous.as_mut()];
        for signed in signed
            .into_iter()
            .flatten()
            .filter(|signed| signed.id == signed_id)
        {
            signed.answered.push(*ephemeral);
        }
    }

    /// Every private pre-key, as a thief with the phone finds them. The signed ones first, then by id.
    pub fn stolen(&self) -> Vec<[u8; KEY_BYTES]> {
        let signed = [Some(&self.current), self.previous.as_ref()];
        let pairs = signed.into_iter().flatten().map(|signed| &signed.pair);
        pairs
            .chain(self.one_time.iter().map(|(_, pair)| pair))
            .map(|pair| *pair.private().expose())
            .collect()
    }
}

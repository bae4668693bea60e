//! A phone with the app on it: an identity, contacts, a few sessions with each, and a rule for when a key changes.
//!
//! ```text
//! first contact with somebody      their key is taken as it comes: nobody has compared anything yet
//! another key later                a new phone, or somebody in between: the same bytes either way
//! ```
//!
//! What an app does in the second case decides what a lying server gains. [`OnNewKey`] has both answers.
//!
//! What is kept for each contact is bounded. How many strangers may become one by writing first is not, here.

use std::collections::BTreeMap;

use super::bundle::PreKeyBundle;
use super::contact::Contact;
pub use super::contact::{MAX_SESSIONS, MAX_UNDELIVERED};
use super::error::EnvelopeError;
use super::identity::{Identity, IdentityPublic};
use super::parcel::{Address, Parcel};
use super::prekeys::PreKeys;
use super::session::Session;
use super::wire::{Kind, message_kind};
use crate::ground::randomness::Randomness;

/// What the app does when a contact shows another identity key than before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnNewKey {
    /// Nothing goes out before its owner accepts the key, best after comparing it.
    Hold,
    /// **Weak.** The new key is taken, and what was not delivered yet is sealed again for it before its sender hears of
    /// it: as WhatsApp did, so that messages arrive when somebody changes phones (Boelter, 2016).
    SendSilently,
}

/// A text that came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// Whom it is from, as the relay says. The identity is what the session vouches for.
    pub from: Address,
    /// The identity that it was sealed by.
    pub identity: IdentityPublic,
    /// Whether that is another identity than the one accepted for this address.
    pub new_key: bool,
    /// The text.
    pub text: Vec<u8>,
}

/// A phone of one user.
#[derive(Debug)]
pub struct Phone {
    address: Address,
    on_new_key: OnNewKey,
    identity: Identity,
    pre_keys: PreKeys,
    contacts: BTreeMap<Address, Contact>,
}

impl Phone {
    /// A new phone with a new identity, a signed pre-key and `one_time` one-time pre-keys.
    ///
    /// # Errors
    /// [`EnvelopeError::NoRandomness`].
    pub fn new(
        address: Address,
        on_new_key: OnNewKey,
        one_time: usize,
        randomness: &mut impl Randomness,
    ) -> Result<Self, EnvelopeError> {
        let identity = Identity::generate(randomness)?;
        let pre_keys = PreKeys::generate(&identity, one_time, randomness)?;
        Ok(Phone {
            address,
            on_new_key,
            identity,
            pre_keys,
            contacts: BTreeMap::new(),
        })
    }

    /// Where this phone is reached.
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// The identity key that others should see for this phone.
    pub fn identity(&self) -> IdentityPublic {
        self.identity.public()
    }

    /// The bytes to upload to the directory.
    pub fn upload(&self) -> Vec<u8> {
        self.pre_keys.upload(&self.identity).to_bytes()
    }

    /// Makes one-time pre-keys until `wanted` are unused. Upload again afterwards.
    ///
    /// # Errors
    /// [`EnvelopeError::NoRandomness`].
    pub fn replenish(
        &mut self,
        wanted: usize,
        randomness: &mut impl Randomness,
    ) -> Result<(), EnvelopeError> {
        self.pre_keys.replenish(wanted, randomness)
    }

    /// Puts a new signed pre-key in place of the current one. Upload again afterwards.
    ///
    /// # Errors
    /// [`EnvelopeError::NoRandomness`].
    pub fn replace_signed_pre_key(&mut self, randomness: &mut impl Randomness) -> Result<(), EnvelopeError> {
        self.pre_keys.replace_signed(&self.identity, randomness)
    }

    /// Begins a session with each of a user's devices, from what the directory handed out for them, and returns those that
    /// show an unaccepted identity: under [`OnNewKey::Hold`] nothing goes out to them before [`Phone::accept_key`].
    ///
    /// On first contact every device is taken as it comes. After it a new key is one more question, and so is a new device.
    ///
    /// # Errors
    /// [`EnvelopeError::Refused`] if a bundle is malformed or its signature does not hold, [`EnvelopeError::NoRandomness`];
    /// no session is begun then.
    pub fn meet(
        &mut self,
        devices: &[(Address, Vec<u8>)],
        randomness: &mut impl Randomness,
    ) -> Result<Vec<Address>, EnvelopeError> {
        let mut begun = Vec::new();
        for (address, bundle) in devices {
            let verified = PreKeyBundle::from_bytes(bundle)?.verify()?;
            let known = self.knows(address.user());
            begun.push((
                address,
                known,
                Session::initiate(&self.identity, &verified, randomness)?,
            ));
        }
        let mut on_hold = Vec::new();
        for (address, known, session) in begun {
            if self.add_session(address, known, session) && self.on_new_key == OnNewKey::Hold {
                on_hold.push(address.clone());
            }
        }
        Ok(on_hold)
    }

    /// Whether any device of `user` has been accepted.
    fn knows(&self, user: &str) -> bool {
        self.contacts
            .iter()
            .any(|(address, contact)| address.user() == user && contact.accepted.is_some())
    }

    /// Puts a session in front of the others. Returns whether its identity is another than the accepted one.
    fn add_session(&mut self, address: &Address, user_known: bool, session: Session) -> bool {
        let peer = *session.peer();
        let contact = self.contacts.entry(address.clone()).or_default();
        let as_accepted = contact.accepted == Some(peer);
        if !user_known || self.on_new_key == OnNewKey::SendSilently {
            contact.accepted = Some(peer);
        } else if !as_accepted {
            contact.waiting = Some(peer);
        }
        contact.sessions.insert(0, session);
        contact.make_room();
        user_known && !as_accepted
    }

    /// The owner has looked at the key that is waiting for `address`, and messages go out to it from now on.
    ///
    /// # Errors
    /// [`EnvelopeError::NotMet`] if none is waiting.
    pub fn accept_key(&mut self, address: &Address) -> Result<(), EnvelopeError> {
        let contact = self.contacts.get_mut(address).ok_or(EnvelopeError::NotMet)?;
        contact.accepted = Some(contact.waiting.take().ok_or(EnvelopeError::NotMet)?);
        Ok(())
    }

    /// Every identity key that this phone has for `user`, device by device, accepted or waiting: what its owner compares
    /// with the user's own.
    pub fn keys_of(&self, user: &str) -> Vec<(Address, IdentityPublic)> {
        let of_user = self.contacts.iter().filter(|(address, _)| address.user() == user);
        of_user
            .flat_map(|(address, contact)| {
                let keys = contact.accepted.into_iter().chain(contact.waiting);
                keys.map(|key| (address.clone(), key))
            })
            .collect()
    }

    /// The devices of `user` that a text has to be sealed for.
    pub fn devices_of(&self, user: &str) -> Vec<Address> {
        let addresses = self.contacts.keys().filter(|address| address.user() == user);
        addresses.cloned().collect()
    }

    /// A parcel with `text` for one device.
    ///
    /// # Errors
    /// [`EnvelopeError::NotMet`]; [`EnvelopeError::KeyChanged`]; those of [`Session::seal`].
    pub fn seal(&mut self, to: &Address, text: &[u8]) -> Result<Parcel, EnvelopeError> {
        let contact = self.contacts.get_mut(to).ok_or(EnvelopeError::NotMet)?;
        let (serial, message) = contact.seal_next(text)?;
        Ok(self.parcel(to, serial, message))
    }

    /// A notice of the relay: the parcel was delivered. Its text is not needed for another try.
    pub fn delivered(&mut self, to: &Address, serial: u32) {
        if let Some(contact) = self.contacts.get_mut(to) {
            contact.delivered(serial);
        }
    }

    /// Every text for `to` that is not known to be delivered, sealed once more under the accepted key.
    ///
    /// # Errors
    /// As [`Phone::seal`].
    pub fn seal_undelivered_again(&mut self, to: &Address) -> Result<Vec<Parcel>, EnvelopeError> {
        let contact = self.contacts.get_mut(to).ok_or(EnvelopeError::NotMet)?;
        let sealed = contact.seal_undelivered_again()?.into_iter();
        Ok(sealed
            .map(|(serial, message)| self.parcel(to, serial, message))
            .collect())
    }

    fn parcel(&self, to: &Address, serial: u32, message: Vec<u8>) -> Parcel {
        Parcel {
            from: self.address.clone(),
            to: to.clone(),
            serial,
            message,
        }
    }

    /// The text in a parcel for this phone. **On any error nothing has changed.**
    ///
    /// A first message may come under any identity; the text is shown with the notice that the key is new.
    ///
    /// # Errors
    /// [`EnvelopeError::Refused`]; [`EnvelopeError::NoRandomness`].
    pub fn open(
        &mut self,
        parcel: &Parcel,
        randomness: &mut impl Randomness,
    ) -> Result<Opened, EnvelopeError> {
        if parcel.to != self.address {
            return Err(EnvelopeError::Refused);
        }
        let kind = message_kind(&parcel.message)?;
        if let Some(contact) = self.contacts.get_mut(&parcel.from) {
            for place in 0..contact.sessions.len() {
                let text = match contact.sessions[place].open(&parcel.message, randomness) {
                    Ok(text) => text,
                    Err(EnvelopeError::Refused) => continue,
                    Err(error) => return Err(error),
                };
                // The session that works on both sides is the one to answer in.
                contact.sessions[..=place].rotate_right(1);
                let identity = *contact.sessions[0].peer();
                let new_key = contact.accepted != Some(identity);
                return Ok(Opened {
                    from: parcel.from.clone(),
                    identity,
                    new_key,
                    text,
                });
            }
        }
        if kind != Kind::Initial {
            return Err(EnvelopeError::Refused);
        }
        let (session, text) =
            Session::accept(&self.identity, &mut self.pre_keys, &parcel.message, randomness)?;
        let identity = *session.peer();
        let known = self.knows(parcel.from.user());
        Ok(Opened {
            new_key: self.add_session(&parcel.from, known, session),
            from: parcel.from.clone(),
            identity,
            text,
        })
    }

    /// How many messages from one device are known to be missing.
    pub fn missing(&self, from: &Address) -> usize {
        let contact = self.contacts.get(from);
        contact.map_or(0, |contact| contact.sessions.iter().map(Session::missing).sum())
    }

    /// Every secret key on the phone, as a thief finds them: identity, pre-keys, and the keys of each session.
    pub fn stolen_keys(&self) -> Vec<[u8; 32]> {
        let mut keys = vec![self.identity.stolen()];
        keys.extend(self.pre_keys.stolen());
        for session in self.contacts.values().flat_map(|contact| &contact.sessions) {
            let state = session.stolen();
            keys.extend([state.root, state.our_private]);
            keys.extend(state.sending_chain.into_iter().chain(state.receiving_chain));
            keys.extend(state.skipped.iter().map(|(_, _, key)| *key));
        }
        keys
    }
}

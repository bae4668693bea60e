//! The four places where a dishonest relay does something else: handing out keys, taking a parcel in, the order of
//! delivery, and what is left afterwards.
//!
//! Wherever a relay may lie, the honest answer stands beside the lies, and it is the shortest.

use super::{Conduct, Relay, Waiting};
use crate::envelope::error::EnvelopeError;
use crate::envelope::parcel::{Address, Parcel};
use crate::ground::clock::Clock;
use crate::ground::ledger::HoldingId;

/// The number of the device that a relay adds.
const GHOST_DEVICE: u8 = 255;

impl<C: Clock> Relay<C> {
    /// The bundles of `user`'s devices for `asker`, one for each.
    pub(super) fn hand_out(
        &mut self,
        asker: &Address,
        user: &str,
        devices: Vec<Address>,
    ) -> Result<Vec<(Address, Vec<u8>)>, EnvelopeError> {
        let mut bundles = Vec::new();
        for address in devices {
            let bundle = match self.conduct {
                Conduct::SwapsKeys => self.masks.bundle(&address)?,
                Conduct::AnnouncesNewKey if self.has_waiting(asker, &address) => {
                    self.masks.bundle(&address)?
                }
                _ => {
                    let account = self.accounts.get_mut(&address).ok_or(EnvelopeError::Refused)?;
                    account.next_bundle().to_bytes()
                }
            };
            bundles.push((address, bundle));
        }
        if self.conduct == Conduct::AddsGhostDevice {
            let ghost = Address::new(user, GHOST_DEVICE)?;
            let bundle = self.masks.bundle(&ghost)?;
            bundles.push((ghost, bundle));
        }
        Ok(bundles)
    }

    /// Whether a parcel can be posted to this address: it is registered, or a ghost that was handed out.
    pub(super) fn is_listed(&self, address: &Address) -> bool {
        self.accounts.contains_key(address) || self.masks.has(address)
    }

    /// What happens to a parcel that has come in and is held as `holding`.
    pub(super) fn take_in(&mut self, parcel: Parcel, holding: HoldingId) -> Result<(), EnvelopeError> {
        match self.conduct {
            Conduct::Honest | Conduct::Replays | Conduct::Reorders => self.enqueue(parcel, holding),
            Conduct::Drops { every } if every > 0 && self.posted % every == 0 => {
                self.tell_delivered(&parcel);
                self.no_longer_held(holding);
            }
            Conduct::Drops { .. } => self.enqueue(parcel, holding),
            Conduct::SwapsKeys => match self.read(&parcel) {
                Some(text) => self.pass_on(&parcel, &text)?,
                None => self.enqueue(parcel, holding),
            },
            Conduct::AddsGhostDevice if self.accounts.contains_key(&parcel.to) => {
                self.enqueue(parcel, holding);
            }
            Conduct::AddsGhostDevice => {
                self.read(&parcel);
                self.tell_delivered(&parcel);
            }
            Conduct::AnnouncesNewKey => match self.read(&parcel) {
                // A second copy of what waits already: read, and gone. Anything later has to reach its recipient, too.
                Some(_) if self.is_waiting(&parcel) => {}
                Some(text) => self.pass_on(&parcel, &text)?,
                None => {
                    let recipient = parcel.to.clone();
                    self.enqueue(parcel, holding);
                    self.announce_new_keys(&recipient);
                }
            },
        }
        Ok(())
    }

    /// The parcels of one collection, as they are to go out.
    pub(super) fn in_its_order(&self, mut waiting: Vec<Waiting>) -> Vec<Waiting> {
        if self.conduct == Conduct::Reorders {
            waiting.reverse();
        }
        waiting
    }

    /// What is left of a parcel that went out.
    pub(super) fn after_delivery(&mut self, waiting: Waiting) {
        match self.conduct {
            Conduct::Replays => self.waiting.push(waiting),
            _ => self.no_longer_held(waiting.holding),
        }
    }

    /// The text of a parcel, if it was sealed for a mask; the ledger has it then.
    fn read(&mut self, parcel: &Parcel) -> Option<Vec<u8>> {
        let text = self.masks.read(parcel).ok()?;
        self.held(
            &format!("the TEXT that {} wrote to {}", parcel.from, parcel.to),
            &text,
        );
        Some(text)
    }

    /// The same text in another envelope, for its recipient.
    fn pass_on(&mut self, parcel: &Parcel, text: &[u8]) -> Result<(), EnvelopeError> {
        let recipient = self.accounts.get_mut(&parcel.to).ok_or(EnvelopeError::Refused)?;
        let forwarded = self.masks.seal_as_sender(parcel, text, recipient)?;
        let holding = self.held(
            &format!("parcel {}, sealed again", self.posted),
            &forwarded.to_bytes(),
        );
        self.enqueue(forwarded, holding);
        Ok(())
    }

    fn has_waiting(&self, from: &Address, to: &Address) -> bool {
        let between = |parcel: &Parcel| (&parcel.from, &parcel.to) == (from, to);
        self.waiting.iter().any(|waiting| between(&waiting.parcel))
    }

    fn is_waiting(&self, parcel: &Parcel) -> bool {
        let same = |other: &Parcel| {
            (&other.from, &other.to, other.serial) == (&parcel.from, &parcel.to, parcel.serial)
        };
        self.waiting.iter().any(|waiting| same(&waiting.parcel))
    }
}

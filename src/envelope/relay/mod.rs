//! The relay: the company's server. It keeps a directory of keys, and parcels for phones that are switched off.
//!
//! ```text
//! Alice's phone  --wire-->  relay: directory, queues, log  --wire-->  Bob's phone
//! ```
//!
//! Everything that it ever held is in its ledger, and so is all that passed on the wire. What an honest relay holds for
//! good is short: who, to whom, when, how much. What a dishonest one can add to that is in [`Conduct`].
//!
//! Read in this order: this file; `account.rs`, what the directory keeps for one device; `conduct.rs`, where a
//! dishonest one differs; `masks.rs`, the phones that a lying one runs itself.

use std::collections::BTreeMap;

use self::account::Account;
use self::masks::Masks;
use super::error::EnvelopeError;
use super::parcel::{Address, Parcel};
use crate::ground::clock::{Clock, Millis};
use crate::ground::ledger::{HoldingId, Ledger, Onlooker};
use crate::ground::randomness::Seeded;

mod account;
mod conduct;
mod masks;

/// The most parcels that wait for one device: 1000. Nobody must be able to fill the server with parcels for a phone that
/// never comes back.
pub const MAX_WAITING: usize = 1000;

/// How a relay behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conduct {
    /// Hands out the keys it was given, delivers each parcel once and in order, and keeps no copy.
    Honest,
    /// Hands out its own keys under everybody's name, opens what comes in, and seals it again for the recipient.
    SwapsKeys,
    /// Lists one device more for everybody: its own. Everything else is as it should be.
    AddsGhostDevice,
    /// Says that a recipient who has not collected yet has a new key, its own, and waits for the sender's app to seal the
    /// undelivered messages again for it.
    AnnouncesNewKey,
    /// Keeps every parcel and delivers it again with each later collection.
    Replays,
    /// Throws away every parcel whose number, counted from 1, is a multiple of this, and tells the sender that it was
    /// delivered.
    Drops {
        /// 1 for every parcel, 2 for every other one; 0 for none.
        every: u64,
    },
    /// Delivers what waits in the opposite order.
    Reorders,
}

/// One line of the relay's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged {
    /// When, by the relay's wall clock.
    pub at: Millis,
    /// Who.
    pub from: Address,
    /// To whom.
    pub to: Address,
    /// How much, in bytes.
    pub bytes: usize,
}

/// What the relay tells a phone besides parcels. Its word, and nothing more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// This parcel has reached its recipient.
    Delivered {
        /// The recipient.
        to: Address,
        /// The sender's number for it.
        serial: u32,
    },
    /// This device has other keys than before; what was sent to the old ones cannot be delivered.
    NewKeys(Address),
}

/// A parcel that waits.
struct Waiting {
    parcel: Parcel,
    // Its line in the ledger, which ends with the delivery.
    holding: HoldingId,
}

/// A relay with its accounts, queues, log and ledger.
pub struct Relay<C: Clock> {
    clock: C,
    conduct: Conduct,
    accounts: BTreeMap<Address, Account>,
    // For whomever, in the order in which they came.
    waiting: Vec<Waiting>,
    news: Vec<(Address, News)>,
    log: Vec<Logged>,
    ledger: Ledger,
    // How many parcels came in, for the labels in the ledger.
    posted: u64,
    masks: Masks,
}

impl<C: Clock> Relay<C> {
    /// An honest relay without accounts.
    pub fn honest(clock: C) -> Self {
        // An honest relay wears no masks, so the seed is never used.
        Self::with_conduct(clock, Conduct::Honest, Seeded::new(0))
    }

    /// A relay that behaves as `conduct` says. `randomness` is for the keys that a lying one makes for itself.
    pub fn with_conduct(clock: C, conduct: Conduct, randomness: Seeded) -> Self {
        Relay {
            clock,
            conduct,
            accounts: BTreeMap::new(),
            waiting: Vec::new(),
            news: Vec::new(),
            log: Vec::new(),
            ledger: Ledger::new(),
            posted: 0,
            masks: Masks::new(randomness),
        }
    }

    /// From now on the relay behaves like this. A company can be bought, broken into or served with an order.
    pub fn behave(&mut self, conduct: Conduct) {
        self.conduct = conduct;
    }

    /// Takes the keys of a device into the directory. Uploading again adds one-time pre-keys and replaces the signed one;
    /// under another identity it is a new phone, and whoever has parcels waiting for the old one is told.
    ///
    /// Who may upload for an address is a question of accounts and passwords, which this model leaves out.
    ///
    /// # Errors
    /// [`EnvelopeError::Refused`] if the bytes are no upload.
    pub fn register(&mut self, who: &Address, upload: &[u8]) -> Result<(), EnvelopeError> {
        let account = Account::of(upload)?;
        self.on_wire(&format!("upload of {who}"), upload);
        self.held(&format!("keys of {who}"), upload);
        match self.accounts.get_mut(who) {
            Some(known) if known.same_identity(&account) => known.renew(account),
            Some(known) => {
                *known = account;
                self.announce_new_keys(who);
            }
            None => {
                self.accounts.insert(who.clone(), account);
            }
        }
        Ok(())
    }

    /// The keys of each device of `user`, for whoever asks: address and bundle. One one-time pre-key is given away in each
    /// while there are any.
    ///
    /// # Errors
    /// [`EnvelopeError::Refused`] if nobody of that name is registered.
    pub fn keys_of(&mut self, asker: &Address, user: &str) -> Result<Vec<(Address, Vec<u8>)>, EnvelopeError> {
        let request = format!("{asker} asks for the keys of {user}");
        self.on_wire("a request", request.as_bytes());
        self.held("a request", request.as_bytes());
        let devices = self.devices_of(user);
        if devices.is_empty() {
            return Err(EnvelopeError::Refused);
        }
        let bundles = self.hand_out(asker, user, devices)?;
        for (address, bundle) in &bundles {
            self.on_wire(&format!("keys of {address} for {asker}"), bundle);
        }
        Ok(bundles)
    }

    fn devices_of(&self, user: &str) -> Vec<Address> {
        let addresses = self.accounts.keys().filter(|address| address.user() == user);
        addresses.cloned().collect()
    }

    /// Takes a parcel in, to be collected by its recipient.
    ///
    /// # Errors
    /// [`EnvelopeError::Refused`] if the bytes are no parcel, its recipient is not known, or [`MAX_WAITING`] parcels wait
    /// for the recipient already.
    pub fn post(&mut self, parcel: &[u8]) -> Result<(), EnvelopeError> {
        self.on_wire("a parcel, on its way in", parcel);
        let bytes = parcel.len();
        let parcel = Parcel::from_bytes(parcel)?;
        if !self.is_listed(&parcel.to) || self.waiting_for(&parcel.to) >= MAX_WAITING {
            return Err(EnvelopeError::Refused);
        }
        self.posted += 1;
        let line = Logged {
            at: self.clock.now().wall,
            from: parcel.from.clone(),
            to: parcel.to.clone(),
            bytes,
        };
        let text = format!(
            "{} to {}, {} bytes, at {} ms",
            line.from, line.to, line.bytes, line.at
        );
        self.held("a line of the log", text.as_bytes());
        self.log.push(line);
        let holding = self.held(&format!("parcel {}", self.posted), &parcel.to_bytes());
        self.take_in(parcel, holding)
    }

    /// Lets a parcel wait for its recipient.
    fn enqueue(&mut self, parcel: Parcel, holding: HoldingId) {
        self.waiting.push(Waiting { parcel, holding });
    }

    /// Everything that waits for a device, as the bytes of parcels. The senders are told.
    pub fn collect(&mut self, who: &Address) -> Vec<Vec<u8>> {
        let all = std::mem::take(&mut self.waiting);
        let (theirs, others) = all.into_iter().partition(|waiting| waiting.parcel.to == *who);
        self.waiting = others;
        let mut out = Vec::new();
        for Waiting { parcel, holding } in self.in_its_order(theirs) {
            let bytes = parcel.to_bytes();
            self.on_wire("a parcel, on its way out", &bytes);
            self.tell_delivered(&parcel);
            self.after_delivery(Waiting { parcel, holding });
            out.push(bytes);
        }
        out
    }

    fn tell_delivered(&mut self, parcel: &Parcel) {
        let news = News::Delivered {
            to: parcel.to.clone(),
            serial: parcel.serial,
        };
        self.news.push((parcel.from.clone(), news));
    }

    /// Tells each sender of a parcel that waits for `who` that its keys are new.
    fn announce_new_keys(&mut self, who: &Address) {
        for Waiting { parcel, .. } in &self.waiting {
            let news = (parcel.from.clone(), News::NewKeys(who.clone()));
            if parcel.to == *who && !self.news.contains(&news) {
                self.news.push(news);
            }
        }
    }

    /// What the relay has to tell a phone, each item once.
    pub fn news(&mut self, who: &Address) -> Vec<News> {
        let mut news = Vec::new();
        self.news.retain(|(whose, item)| {
            if whose == who {
                news.push(item.clone());
            }
            whose != who
        });
        for item in &news {
            let text = match item {
                News::Delivered { to, serial } => format!("to {who}: your {serial} for {to} was delivered"),
                News::NewKeys(of) => format!("to {who}: {of} has new keys"),
            };
            self.on_wire("news", text.as_bytes());
        }
        news
    }

    /// How many parcels wait for a device.
    pub fn waiting_for(&self, who: &Address) -> usize {
        let theirs = self.waiting.iter().filter(|waiting| waiting.parcel.to == *who);
        theirs.count()
    }

    /// How many one-time pre-keys the directory has left for a device.
    pub fn one_time_left(&self, who: &Address) -> usize {
        self.accounts.get(who).map_or(0, Account::one_time_left)
    }

    /// Who, to whom, when, how much: what stays when every parcel has been delivered.
    pub fn log(&self) -> &[Logged] {
        &self.log
    }

    /// Every byte that the relay or the wire ever held.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// What passes on the wire is in the hands of whoever records it, for good.
    fn on_wire(&mut self, what: &str, bytes: &[u8]) {
        let now = self.clock.now().wall;
        self.ledger.gains(now, Onlooker::Wire, what, bytes);
    }

    fn held(&mut self, what: &str, bytes: &[u8]) -> HoldingId {
        let now = self.clock.now().wall;
        self.ledger.gains(now, Onlooker::Relay, what, bytes)
    }

    fn no_longer_held(&mut self, holding: HoldingId) {
        let now = self.clock.now().wall;
        self.ledger.loses(now, holding);
    }
}

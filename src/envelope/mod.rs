//! Model 2: the server that delivers everything and reads nothing, as in WhatsApp since 2016.
//!
//! The promise under test is "designed to keep messages private - even from the app company itself". A relay delivers
//! every message and must learn none of them, so the keys are made on the two phones and only public halves travel.
//!
//! Who hands what to whom, and what becomes of a text on its way:
//!
//! ```text
//! Alice's phone           wire           the relay           wire           Bob's phone
//!   |                                        | <---- public keys: identity, pre-keys |
//!   | who is Bob?  ------------------------> |                                       |
//!   | <-------------------- a bundle: 171 B  |                                       |
//!   |                                        |                                       |
//!   | X3DH: four agreements -> SK            |                                       |
//!   | KDF_RK -> root key, chain key          |                                       |
//!   | KDF_CK -> message key                  |                                       |
//!   | text -> sealed                         |                                       |
//!   | a parcel  ---------------------------> | kept until collected                  |
//!   |                                        | a parcel  --------------------------> |
//!   |                                        |       X3DH, KDF_RK, KDF_CK: same keys |
//!   |                                        |                        sealed -> text |
//! ```
//!
//! ```text
//! parcel   | version, kind | from | to | serial | length | message                   |
//! message  | introduction, 75 B, while it is needed | header, 42 B | sealed text | tag, 16 B |
//!            in the clear, as is all in front of it | in the clear | nobody but Bob reads it
//! ```
//!
//! Who holds what meanwhile, from lesson 05's story, in which each text is a one-shot envelope. A lane is somebody who holds
//! bytes, `|` while he does; `+` gets some. `cargo run -- show relay sealed` draws it with the bytes beside it:
//!
//! ```text
//! relay sealed: two texts are sealed, and wait at the relay
//! Its random numbers are drawn from seed 7. It is the same each time.
//!
//!           Alice wire  relay Bob   thief
//!           phone             phone
//! before: Alice's phone holds her private key
//! before: wire holds upload of alice/1; upload of bob/1; a request; keys of
//! bob/1 for alice/1
//! before: relay holds keys of alice/1; keys of bob/1; a request
//! before: Bob's phone holds his private key
//! second 6  Alice writes a text. Her phone seals it for Bob's key and hands it
//!           to the relay, where it waits.
//!        6  +     |     |     |     .     Alice's phone now holds a text, as
//!           |     |     |     |     .       she typed it
//!        6  o---------->|     |     .     Alice's phone sends to relay: a
//!           |     |     |     |     .       parcel
//!        6  |     +     |     |     .     wire now holds a parcel, on its way
//!           |     |     |     |     .       in
//!        6  |     |     +     |     .     relay now holds a line of the log
//!        6  |     |     +     |     .     relay now holds parcel 1
//! second 9  Alice writes a second text; it waits as well.
//!        9  +     |     |     |     .     Alice's phone now holds a text, as
//!           |     |     |     |     .       she typed it
//!        9  o---------->|     |     .     Alice's phone sends to relay: a
//!           |     |     |     |     .       parcel
//!        9  |     +     |     |     .     wire now holds a parcel, on its way
//!           |     |     |     |     .       in
//!        9  |     |     +     |     .     relay now holds a line of the log
//!        9  |     |     +     |     .     relay now holds parcel 2
//!
//! Who could read what, at any time of this chapter: Bob's private key: Bob's
//! phone; the first text: Alice's phone; the first envelope: wire, relay; the
//! log's line about it: relay.
//! ```
//!
//! The same as a run, and what the relay's ledger says afterwards:
//!
//! ```
//! use messaging_lab::envelope::{parcel::*, phone::*, relay::Relay};
//! use messaging_lab::ground::{clock::ControlledClock, ledger::Onlooker, randomness::Seeded};
//!
//! let (mut random, mut relay) = (Seeded::new(1), Relay::honest(ControlledClock::new(0)));
//! let (at_alice, at_bob) = (Address::new("alice", 1)?, Address::new("bob", 1)?);
//! let mut alice = Phone::new(at_alice.clone(), OnNewKey::Hold, 3, &mut random)?;
//! let mut bob = Phone::new(at_bob.clone(), OnNewKey::Hold, 3, &mut random)?;
//! relay.register(&at_alice, &alice.upload())?;
//! relay.register(&at_bob, &bob.upload())?;
//!
//! alice.meet(&relay.keys_of(&at_alice, "bob")?, &mut random)?;
//! let parcel = alice.seal(&at_bob, b"meet at ten")?;
//! relay.post(&parcel.to_bytes())?;
//!
//! let collected = relay.collect(&at_bob);
//! let opened = bob.open(&Parcel::from_bytes(&collected[0])?, &mut random)?;
//! assert_eq!(opened.text, b"meet at ten");
//! // Relay and wire held parcels with both names in them, and the text never.
//! let ledger = relay.ledger();
//! assert_eq!(ledger.ever_holders_of(b"alice"), [Onlooker::Relay, Onlooker::Wire]);
//! assert_eq!(ledger.ever_holders_of(b"meet at ten"), []);
//! # Ok::<(), messaging_lab::envelope::error::EnvelopeError>(())
//! ```
//!
//! Read in this order. First one sealed envelope for somebody whose key is known:
//!
//! 1. [`labeled`]: a key for every purpose, each under its own label.
//! 2. [`kem`]: a fresh secret for somebody whose public key is known.
//! 3. [`hpke`]: from that secret to sealed messages (RFC 9180), by anybody or by a sender who proves a key.
//! 4. [`context`]: many messages under one key, each under a nonce of its own.
//! 5. [`padding`]: lengths are hidden in buckets.
//! 6. [`one_shot`]: all of it in one sealed envelope, byte by byte.
//!
//! Then a conversation, in which yesterday's keys are gone today:
//!
//! 7. [`keys`], [`identity`]: our keys and theirs. [`error`]: what is refused. [`wire`]: how bytes from outside are read.
//! 8. [`bundle`], [`prekeys`]: keys left with the directory for whoever writes while we are asleep.
//! 9. [`x3dh`]: the first key.
//! 10. [`chains`], [`header`], `skipped.rs`, [`ratchet`]: a new key for every message. [`stolen`]: what a thief finds.
//! 11. [`session`]: the two together. [`parcel`]: what the relay is handed. [`phone`]: contacts (`contact.rs`),
//!     sessions, and what happens when a key changes.
//! 12. [`relay`]: the company's server, honest and otherwise, and the ledger of every byte it ever held.
//! 13. [`safety_number`]: sixty digits with which two people find out whose keys they hold. [`formats`]: a key as hex,
//!     digits, words. [`history`]: plain words for what becomes of a contact's key, for lessons to speak in.
//!
//! # Where the model stops
//!
//! - **The relay still sees who writes to whom, when and how much.** Padding blurs the last of the four.
//! - **A key is only as good as its source.** Whoever hands Alice a key of his own in Bob's name reads what she seals
//!   for Bob, unless the two compare safety numbers. Who somebody is, only that comparison can say.
//! - **A one-shot envelope has no yesterday.** Who steals Bob's key opens every envelope that was ever sealed for it
//!   and recorded; and an envelope delivered twice opens twice. The ratchet is there to change that.
//! - **The phone is trusted**, and so is the app: the company ships it, too. So are its backup and whoever holds it
//!   unlocked.
//! - Groups are pairs: each text is sealed for each recipient. WhatsApp's sender keys and its media are left out.
//! - Between phone and relay there is no second layer of encryption (TLS): the wire sees what the relay sees.
//! - Against somebody who has a large quantum computer, none of these keys would hold.

pub mod labeled;

pub mod kem;

pub mod hpke;

pub mod context;

pub mod padding;

pub mod one_shot;

pub mod keys;

pub mod identity;

pub mod error;

pub mod wire;

pub mod bundle;

pub mod prekeys;

pub mod x3dh;

pub mod chains;

pub mod header;

mod skipped;

pub mod ratchet;

pub mod stolen;

pub mod session;

pub mod parcel;

mod contact;

pub mod phone;

pub mod relay;

pub mod safety_number;

pub mod formats;

pub mod history;

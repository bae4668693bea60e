//! Model 2: the server that cannot read, as in WhatsApp and Signal.
//!
//! The promise under test is "designed to keep messages private - even from the app company itself". A relay delivers
//! every message and must learn none of them, so the keys are made on the two phones and only public halves travel.
//!
//! Read in this order:
//!
//! 1. [`labeled`]: a key for every purpose, each under its own label.
//! 2. [`kem`]: a fresh secret for somebody whose public key is known.
//! 3. [`hpke`]: from that secret to sealed messages (RFC 9180), by anybody or by a sender who proves a key.
//! 4. [`context`]: many messages under one key, each under a nonce of its own.
//! 5. [`padding`]: lengths are hidden in buckets.
//! 6. [`one_shot`]: all of it in one sealed envelope, byte by byte.
//! 7. [`safety_number`]: sixty digits with which two people find out whose keys they hold.
//!
//! # Where the model stops
//!
//! - **The relay still sees who writes to whom, when and how much.** Padding blurs the last of the four.
//! - **A key is only as good as its source.** Whoever hands Alice a key of his own in Bob's name reads what she seals
//!   for Bob, unless the two compare safety numbers.
//! - **A one-shot envelope has no yesterday.** Who steals Bob's key opens every envelope that was ever sealed for it
//!   and recorded; and an envelope delivered twice opens twice.
//! - **The phone itself is trusted**: the app that the company ships, the backup it makes, whoever holds it unlocked.
//! - Keys made by a quantum computer's owner, groups and media are left out.

pub mod context;
pub mod hpke;
pub mod kem;
pub mod labeled;
pub mod one_shot;
pub mod padding;
pub mod safety_number;

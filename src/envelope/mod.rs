//! Model 2: the server that delivers everything and reads nothing, as in WhatsApp since 2016.
//!
//! The promise under test is "designed to keep messages private - even from the app company itself".
//!
//! Read in this order:
//!
//! 1. [`keys`], [`identity`]: our keys and theirs. [`error`]: what is refused. [`wire`]: how bytes from outside are read.
//! 2. [`bundle`], [`prekeys`]: keys left with the directory for whoever writes while we are asleep.
//! 3. [`x3dh`]: the first key.
//! 4. [`chains`], [`header`], [`skipped`], [`ratchet`]: a new key for every message. [`stolen`]: what a thief finds.
//! 5. [`session`]: the two together. [`parcel`]: what the relay is handed. [`phone`]: contacts, sessions, and what happens
//!    when a key changes.
//! 6. [`relay`]: the company's server, honest and otherwise, and the ledger of every byte it ever held.
//!
//! # Where the model stops
//!
//! - **The app is assumed honest.** The company ships it, too.
//! - Who somebody is, a comparison between two people says. Nothing here can.
//! - Groups are pairs: each text is sealed for each recipient. WhatsApp's sender keys are left out.
//! - Between phone and relay there is no second layer of encryption (TLS): the wire sees what the relay sees.

pub mod bundle;
pub mod chains;
pub mod error;
pub mod header;
pub mod identity;
pub mod keys;
pub mod parcel;
pub mod phone;
pub mod prekeys;
pub mod ratchet;
pub mod relay;
pub mod session;
mod skipped;
pub mod stolen;
pub mod wire;
pub mod x3dh;

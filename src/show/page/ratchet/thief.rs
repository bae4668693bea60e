//! What a thief makes of a copied ratchet and of all that passes the wire: he computes, nobody says so for him.

use std::collections::BTreeSet;

use messaging_lab::crypto::aead;
use messaging_lab::crypto::x25519::x25519;
use messaging_lab::envelope::chains::{kdf_ck, kdf_rk, message_key_and_nonce};
use messaging_lab::envelope::header::Header;

use super::replay::{Message, Replay};

/// How far he follows each chain: further than anybody sends.
pub const STEPS: usize = 20;

/// How often he turns the root, each time with every public key that he has seen.
pub const TURNS: usize = 2;

/// How a thief stands to a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// It was in what he copied.
    Has,
    /// It came out of what he computed.
    Makes,
    /// Neither.
    Not,
}

/// All that a thief has and makes.
#[derive(Clone, Debug, Default)]
pub struct Loot {
    has: BTreeSet<[u8; 32]>,
    makes: BTreeSet<[u8; 32]>,
    /// The keys that could be message keys.
    message_keys: BTreeSet<[u8; 32]>,
}

impl Loot {
    /// From the copy, and the headers of all messages, before and after.
    pub fn of(replay: &Replay) -> Loot {
        let state = &replay.theft.state;
        let mut loot = Loot::default();
        loot.has.extend([state.root, state.our_private]);
        loot.has.extend(state.sending_chain);
        loot.has.extend(state.receiving_chain);
        loot.has.extend(state.skipped.iter().map(|(.., key)| *key));
        loot.message_keys
            .extend(state.skipped.iter().map(|(.., key)| *key));

        let headers = replay
            .messages
            .iter()
            .filter_map(|message| Header::of(&message.bytes).ok());
        let mut publics: BTreeSet<[u8; 32]> = headers.map(|(header, _)| *header.dh.as_bytes()).collect();
        publics.extend(state.their_public);
        // One Diffie-Hellman with each: he has one private key.
        let shares: Vec<[u8; 32]> = publics
            .iter()
            .filter_map(|public| x25519(&state.our_private, public).ok())
            .collect();
        let mut roots = vec![state.root];
        let mut chains: Vec<[u8; 32]> = state
            .sending_chain
            .into_iter()
            .chain(state.receiving_chain)
            .collect();
        for _ in 0..TURNS {
            let mut next = Vec::new();
            for root in &roots {
                for share in &shares {
                    let (root, chain) = kdf_rk(root, share);
                    next.push(root);
                    chains.push(chain);
                }
            }
            loot.makes.extend(&next);
            roots = next;
        }
        for mut chain in chains {
            loot.makes.insert(chain);
            for _ in 0..STEPS {
                let (next, message_key) = kdf_ck(&chain);
                loot.message_keys.insert(message_key);
                loot.makes.extend([next, message_key]);
                chain = next;
            }
        }
        loot
    }

    /// How he stands to a key.
    pub fn reach(&self, key: &[u8; 32]) -> Reach {
        match (self.has.contains(key), self.makes.contains(key)) {
            (true, _) => Reach::Has,
            (false, true) => Reach::Makes,
            (false, false) => Reach::Not,
        }
    }

    /// How many different keys he computed.
    pub fn made(&self) -> usize {
        self.makes.len()
    }

    /// How many keys he tries on each message.
    pub fn tries(&self) -> usize {
        self.message_keys.len()
    }

    /// What he reads in a message, having tried them all.
    pub fn opens(&self, message: &Message, ad: &[u8]) -> Option<Vec<u8>> {
        let (header, sealed) = Header::of(&message.bytes).ok()?;
        let ad = [ad, &header.to_bytes()].concat();
        self.message_keys.iter().find_map(|key| {
            let (key, nonce) = message_key_and_nonce(key);
            aead::open(&key, &nonce, &ad, sealed).ok()
        })
    }
}

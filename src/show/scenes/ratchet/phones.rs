//! The phones of lesson 07's scene, and a thief with a copy of one.

use super::*;

/// A phone: its side of the ratchet, its texts, and which of the ledger's holdings are whose.
pub(super) struct Phone {
    pub(super) owner: Onlooker,
    pub(super) ratchet: Ratchet,
    pub(super) texts: MessageStore<ControlledClock>,
    pub(super) held_texts: Vec<(MessageId, HoldingId)>,
    pub(super) held_keys: Vec<([u8; 32], HoldingId)>,
}

impl Phone {
    pub(super) fn new(owner: Onlooker, ratchet: Ratchet, clock: &ControlledClock) -> Self {
        Phone {
            owner,
            ratchet,
            texts: MessageStore::new(clock.clone()),
            held_texts: Vec::new(),
            held_keys: Vec::new(),
        }
    }

    /// The message keys and chain keys in its ratchet, each with a name. The root key and the key pair are lesson 08.
    pub(super) fn keys(&self) -> Vec<(String, [u8; 32])> {
        let state = self.ratchet.stolen();
        let (sends, receives) = match self.owner {
            Onlooker::AlicePhone => ("Alice", "Bob"),
            _ => ("Bob", "Alice"),
        };
        let mut keys = Vec::new();
        for (_, n, key) in &state.skipped {
            keys.push((format!("the message key of message {n}"), *key));
        }
        if let Some(key) = state.receiving_chain {
            keys.push((format!("{receives}'s chain key {}", state.next_received), key));
        }
        if let Some(key) = state.sending_chain {
            keys.push((format!("{sends}'s chain key {}", state.next_sent), key));
        }
        keys
    }

    /// Writes down which keys came into the ratchet and which are gone from it.
    pub(super) fn write_down_keys(&mut self, now: Millis, ledger: &mut Ledger) {
        let keys = self.keys();
        self.held_keys.retain(|(key, holding)| {
            let still = keys.iter().any(|(_, now_held)| now_held == key);
            if !still {
                ledger.loses(now, *holding);
            }
            still
        });
        for (name, key) in keys {
            if !self.held_keys.iter().any(|(held, _)| *held == key) {
                self.held_keys
                    .push((key, ledger.gains(now, self.owner, &name, &key)));
            }
        }
    }

    pub(super) fn keep_text(
        &mut self,
        now: Millis,
        ledger: &mut Ledger,
        message: NewMessage,
    ) -> Result<MessageId, Stuck> {
        let holding = ledger.gains(now, self.owner, "the text", &message.body);
        let id = self.texts.insert(message)?;
        self.held_texts.push((id, holding));
        Ok(id)
    }

    /// What is due is destroyed.
    pub(super) fn wake(&mut self, now: Millis, ledger: &mut Ledger) {
        self.texts.purge();
        for &(id, holding) in &self.held_texts {
            if !self.texts.is_readable(id) {
                ledger.loses(now, holding);
            }
        }
    }
}

/// The thief's copy of Bob's ratchet, and what he makes of it.
pub(super) struct Thief {
    pub(super) ratchet: Ratchet,
    pub(super) state: StolenState,
    /// Chance is only needed for what comes with a new key pair; nothing here does.
    pub(super) randomness: Seeded,
}

impl Thief {
    /// A message of Alice's, opened as Bob's phone would open it.
    pub(super) fn opens(&mut self, message: &[u8]) -> Option<Vec<u8>> {
        self.ratchet.open(message, AD, &mut self.randomness).ok()
    }

    /// A message of Bob's: from the stolen chain key comes the key under which his phone sealed it.
    pub(super) fn opens_bobs(&self, message: &[u8]) -> Option<Vec<u8>> {
        let (header, sealed) = Header::of(message).ok()?;
        let mut chain = self.state.sending_chain?;
        for _ in self.state.next_sent..header.n {
            chain = kdf_ck(&chain).0;
        }
        let (key, nonce) = message_key_and_nonce(&kdf_ck(&chain).1);
        let ad = [AD, &message[..HEADER_BYTES]].concat();
        aead::open(&key, &nonce, &ad, sealed).ok()
    }
}

//! The world of lesson 08's scene: the relay, and everything that is seen beside it.

use super::*;

/// The onlookers' world: the relay, whose ledger is copied line by line, and everything else that is seen.
pub(super) struct World {
    pub(super) clock: ControlledClock,
    pub(super) relay: Relay<ControlledClock>,
    pub(super) now: Millis,
    pub(super) ledger: Ledger,
    pub(super) story: Vec<(Millis, String)>,
    pub(super) sent: Vec<Sent>,
    /// For each line of the relay's ledger its copy here, and whether the end of it is written down.
    pub(super) copied: Vec<(HoldingId, bool)>,
}

impl World {
    pub(super) fn new() -> Self {
        let clock = ControlledClock::new(0);
        World {
            relay: Relay::honest(clock.clone()),
            clock,
            now: 0,
            ledger: Ledger::new(),
            story: Vec::new(),
            sent: Vec::new(),
            copied: Vec::new(),
        }
    }

    pub(super) fn second(&mut self, second: u64, words: &str) {
        self.clock.advance(second * 1000 - self.now);
        self.now = second * 1000;
        self.story.push((self.now, words.to_string()));
    }

    /// One more sentence about what just happened.
    pub(super) fn and(&mut self, words: &str) {
        if let Some((_, said)) = self.story.last_mut() {
            said.push(' ');
            said.push_str(words);
        }
    }

    pub(super) fn gains(&mut self, onlooker: Onlooker, what: &str, bytes: &[u8]) -> HoldingId {
        self.ledger.gains(self.now, onlooker, what, bytes)
    }

    pub(super) fn passes(&mut self, from: Onlooker, to: Onlooker, what: &str, bytes: &[u8]) {
        self.sent.push(Sent::new(self.now, from, to, what, bytes));
    }

    /// Bytes pass to somebody who keeps them.
    pub(super) fn hands(&mut self, from: Onlooker, to: Onlooker, what: &str, bytes: &[u8]) {
        self.passes(from, to, what, bytes);
        self.gains(to, what, bytes);
    }

    /// Copies what is new in the relay's ledger. What is new on the wire passed between the relay and `who`.
    pub(super) fn look_at_the_relay(&mut self, who: Onlooker) {
        for (number, held) in self.relay.ledger().holdings().iter().enumerate() {
            if number == self.copied.len() {
                if held.onlooker == Onlooker::Wire {
                    let to_relay = held.what.starts_with("upload")
                        || held.what == "a request"
                        || held.what.ends_with("on its way in");
                    let (from, to) = match to_relay {
                        true => (who, Onlooker::Relay),
                        false => (Onlooker::Relay, who),
                    };
                    self.sent.push(Sent::new(
                        held.from,
                        from,
                        to,
                        held.what.split(',').next().unwrap_or_default(),
                        &held.bytes,
                    ));
                }
                let id = self
                    .ledger
                    .gains(held.from, held.onlooker, &held.what, &held.bytes);
                self.copied.push((id, false));
            }
            let (id, ended) = &mut self.copied[number];
            if let (Some(until), false) = (held.until, *ended) {
                self.ledger.loses(until, *id);
                *ended = true;
            }
        }
    }

    pub(super) fn post(&mut self, from: Onlooker, parcel: &Parcel) -> Result<(), EnvelopeError> {
        self.relay.post(&parcel.to_bytes())?;
        self.look_at_the_relay(from);
        Ok(())
    }

    pub(super) fn collect(&mut self, to: Onlooker, who: &Address) -> Result<Vec<Parcel>, EnvelopeError> {
        let parcels = self.relay.collect(who);
        self.look_at_the_relay(to);
        parcels.iter().map(|bytes| Parcel::from_bytes(bytes)).collect()
    }
}

//! The people and the stage of lesson 06's scene.

use super::*;

/// Somebody with a phone.
pub(super) struct Person {
    pub(super) name: &'static str,
    pub(super) onlooker: Onlooker,
    pub(super) address: Address,
    pub(super) phone: Phone,
}

impl Person {
    pub(super) fn new(
        name: &'static str,
        onlooker: Onlooker,
        on_new_key: OnNewKey,
        random: &mut Seeded,
    ) -> Result<Self, EnvelopeError> {
        let address = Address::new(name, 1)?;
        Ok(Person {
            name,
            onlooker,
            phone: Phone::new(address.clone(), on_new_key, 3, random)?,
            address,
        })
    }

    /// The safety number that this phone shows for its chat with `other`.
    pub(super) fn number(&self, other: &Person) -> Option<SafetyNumber> {
        let own = PublicKey(*self.phone.identity().as_bytes());
        let (_, theirs) = *self.phone.keys_of(other.name).last()?;
        let theirs = PublicKey(*theirs.as_bytes());
        let named = |person: &Person| person.name.as_bytes().to_vec();
        Some(safety_number((&named(self), &own), (&named(other), &theirs)))
    }

    /// The keys as the phone itself shows them on its screen, for another one's camera. No directory is asked.
    pub(super) fn on_screen(&self) -> Result<(Address, Vec<u8>), EnvelopeError> {
        let upload = Upload::from_bytes(&self.phone.upload())?;
        let bundle = PreKeyBundle {
            identity: upload.identity,
            signed: upload.signed,
            one_time: None,
        };
        Ok((self.address.clone(), bundle.to_bytes()))
    }
}

/// What people did and what their phones held. What a relay and the wire held is in the relay's own ledger.
pub(super) struct Stage {
    pub(super) clock: ControlledClock,
    pub(super) random: Seeded,
    pub(super) story: Vec<(Millis, String)>,
    pub(super) sent: Vec<Sent>,
    /// How many lines of the present relay's wire stand in `sent`.
    pub(super) passed: usize,
    pub(super) ledger: Ledger,
}

impl Stage {
    pub(super) fn now(&self) -> Millis {
        self.clock.now().wall
    }

    /// Goes on to `second` and tells what happens then.
    pub(super) fn second(&mut self, second: u64, words: impl Into<String>) {
        self.clock.advance((second * 1000).saturating_sub(self.now()));
        self.story.push((self.now(), words.into()));
    }

    pub(super) fn gains(&mut self, onlooker: Onlooker, what: &str, bytes: &[u8]) {
        self.ledger.gains(self.now(), onlooker, what, bytes);
    }

    /// What went over the wire between a phone and a relay since the last time, as the wire saw it.
    pub(super) fn passes(&mut self, relay: &Relay<ControlledClock>, phone: Onlooker) {
        let lines = relay.ledger().ever_held_by(Onlooker::Wire);
        for line in lines.skip(self.passed) {
            let what = line.what.split(',').next().unwrap_or_default();
            let to_relay =
                what.starts_with("upload") || what == "a request" || line.what.ends_with("on its way in");
            let (from, to) = match to_relay {
                true => (phone, Onlooker::Relay),
                false => (Onlooker::Relay, phone),
            };
            self.passed += 1;
            self.sent.push(Sent::new(line.from, from, to, what, &line.bytes));
        }
    }

    /// Takes in what a relay and the wire held from `second` on. How keys are handed in and asked for, before that, was
    /// lesson 05's, and is left out.
    pub(super) fn add(&mut self, relay: &Relay<ControlledClock>, second: u64) {
        let later = |line: &&Holding| line.from >= second * 1000;
        for line in relay.ledger().holdings().iter().filter(later) {
            let id = self
                .ledger
                .gains(line.from, line.onlooker, &line.what, &line.bytes);
            if let Some(until) = line.until {
                self.ledger.loses(until, id);
            }
        }
    }

    /// Two people whose keys are in `relay`'s directory; each has asked for the other's.
    pub(super) fn two_people(
        &mut self,
        relay: &mut Relay<ControlledClock>,
        alices_app: OnNewKey,
    ) -> Result<(Person, Person), EnvelopeError> {
        let mut alice = Person::new("alice", Onlooker::AlicePhone, alices_app, &mut self.random)?;
        let mut bob = Person::new("bob", Onlooker::BobPhone, OnNewKey::Hold, &mut self.random)?;
        for person in [&alice, &bob] {
            relay.register(&person.address, &person.phone.upload())?;
            self.passes(relay, person.onlooker);
        }
        for (person, other) in [(&mut alice, bob.name), (&mut bob, "alice")] {
            let devices = relay.keys_of(&person.address, other)?;
            self.passes(relay, person.onlooker);
            person.phone.meet(&devices, &mut self.random)?;
        }
        Ok((alice, bob))
    }

    pub(super) fn writes(
        &mut self,
        relay: &mut Relay<ControlledClock>,
        from: &mut Person,
        to: &Person,
        text: &str,
    ) -> Result<(), EnvelopeError> {
        self.gains(from.onlooker, "the text, as she typed it", text.as_bytes());
        let parcel = from.phone.seal(&to.address, text.as_bytes())?;
        relay.post(&parcel.to_bytes())?;
        self.passes(relay, from.onlooker);
        Ok(())
    }

    pub(super) fn collects(
        &mut self,
        relay: &mut Relay<ControlledClock>,
        person: &mut Person,
    ) -> Result<(), EnvelopeError> {
        let collected = relay.collect(&person.address);
        self.passes(relay, person.onlooker);
        for bytes in collected {
            let opened = person
                .phone
                .open(&Parcel::from_bytes(&bytes)?, &mut self.random)?;
            self.gains(person.onlooker, "the text, displayed", &opened.text);
        }
        Ok(())
    }

    /// Each looks at the number on the own screen. Returns whether they are the same.
    pub(super) fn look_at_numbers(&mut self, alice: &Person, bob: &Person) -> bool {
        let numbers = [alice.number(bob), bob.number(alice)];
        for (person, number) in [alice, bob].into_iter().zip(&numbers) {
            if let Some(number) = number {
                let words = format!("The number on {}: {number}", person.onlooker);
                self.story.push((self.now(), words));
                self.gains(person.onlooker, "the safety number", number.digits().as_bytes());
            }
        }
        numbers[0].is_some() && numbers[0] == numbers[1]
    }
}

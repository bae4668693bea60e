//! Whole conversations through the relay, and what its ledger says afterwards: what an honest one ever held, what each
//! dishonest one gains, and who could have noticed.

use std::collections::{BTreeMap, BTreeSet};

use messaging_lab::envelope::chains::{kdf_ck, message_key_and_nonce};
use messaging_lab::envelope::error::EnvelopeError;
use messaging_lab::envelope::parcel::{Address, Parcel};
use messaging_lab::envelope::phone::{MAX_SESSIONS, OnNewKey, Opened, Phone};
use messaging_lab::envelope::relay::{Conduct, Logged, MAX_WAITING, News, Relay};
use messaging_lab::envelope::safety_number::safety_number;
use messaging_lab::ground::clock::{Clock, ControlledClock};
use messaging_lab::ground::ledger::{Ledger, Onlooker};
use messaging_lab::ground::randomness::Seeded;

fn at(user: &str) -> Address {
    Address::new(user, 1).expect("a short name")
}

/// Phones, a relay between them, and every secret that was ever on a phone.
struct World {
    clock: ControlledClock,
    relay: Relay<ControlledClock>,
    phones: BTreeMap<String, Phone>,
    random: Seeded,
    secrets: BTreeSet<[u8; 32]>,
    texts: Vec<Vec<u8>>,
}

impl World {
    fn new(conduct: Conduct) -> Self {
        let clock = ControlledClock::new(0);
        World {
            relay: Relay::with_conduct(clock.clone(), conduct, Seeded::new(666)),
            clock,
            phones: BTreeMap::new(),
            random: Seeded::new(1),
            secrets: BTreeSet::new(),
            texts: Vec::new(),
        }
    }

    /// Alice and Bob, who have asked for each other's keys in the order that the first one writes to the second.
    fn alice_and_bob(conduct: Conduct) -> Self {
        let mut world = World::new(conduct);
        world.join("alice", OnNewKey::Hold, 3);
        world.join("bob", OnNewKey::Hold, 3);
        assert_eq!(world.meet("alice", "bob"), vec![]);
        world
    }

    /// A user with a new phone.
    fn join(&mut self, user: &str, on_new_key: OnNewKey, one_time: usize) {
        let phone = Phone::new(at(user), on_new_key, one_time, &mut self.random).expect("seeded");
        self.phones.insert(user.to_string(), phone);
        self.upload(user);
    }

    fn upload(&mut self, user: &str) {
        let upload = self.phone(user).upload();
        self.relay.register(&at(user), &upload).expect("an upload");
        self.look_into_phones();
    }

    fn phone(&mut self, user: &str) -> &mut Phone {
        self.phones.get_mut(user).expect("joined")
    }

    /// Remembers all secrets on all phones, and the keys that the next messages will be sealed under.
    fn look_into_phones(&mut self) {
        for key in self.phones.values().flat_map(Phone::stolen_keys) {
            if self.secrets.insert(key) {
                let (next_chain, message_key) = kdf_ck(&key);
                self.secrets
                    .extend([next_chain, message_key, message_key_and_nonce(&message_key).0]);
            }
        }
    }

    /// `who` asks the relay for `whom` and begins sessions. Returns the devices on hold.
    fn meet(&mut self, who: &str, whom: &str) -> Vec<Address> {
        let devices = self.relay.keys_of(&at(who), whom).expect("registered");
        let phone = self.phones.get_mut(who).expect("joined");
        let on_hold = phone.meet(&devices, &mut self.random).expect("sound bundles");
        self.look_into_phones();
        on_hold
    }

    /// `from` writes to every device of `to`.
    fn write(&mut self, from: &str, to: &str, text: &str) {
        self.clock.advance(1_000);
        self.texts.push(text.as_bytes().to_vec());
        for device in self.phone(from).devices_of(to) {
            let parcel = self
                .phone(from)
                .seal(&device, text.as_bytes())
                .expect("a session");
            self.look_into_phones();
            self.relay.post(&parcel.to_bytes()).expect("taken in");
        }
    }

    /// `who` collects and opens everything, in the order of `order`.
    fn collect(
        &mut self,
        who: &str,
        order: impl Fn(&mut Vec<Vec<u8>>),
    ) -> Vec<Result<Opened, EnvelopeError>> {
        self.clock.advance(1_000);
        let mut parcels = self.relay.collect(&at(who));
        order(&mut parcels);
        let phone = self.phones.get_mut(who).expect("joined");
        let opened = parcels
            .iter()
            .map(|bytes| phone.open(&Parcel::from_bytes(bytes)?, &mut self.random))
            .collect();
        self.look_into_phones();
        opened
    }

    /// The texts that `who` reads, as they come. Everything opens, and under the keys that are accepted.
    fn read(&mut self, who: &str) -> Vec<String> {
        let opened = self.collect(who, |_| ());
        opened
            .into_iter()
            .map(|opened| {
                let opened = opened.expect("opens");
                assert!(!opened.new_key, "{who} is told of a new key");
                String::from_utf8(opened.text).expect("a text")
            })
            .collect()
    }

    /// What the relay tells `who`; deliveries are noted on the phone.
    fn news(&mut self, who: &str) -> Vec<News> {
        let news = self.relay.news(&at(who));
        for item in &news {
            if let News::Delivered { to, serial } = item {
                self.phone(who).delivered(to, *serial);
            }
        }
        news
    }

    /// What of all secrets and texts the relay or the wire ever held.
    fn leaks(&self) -> Vec<String> {
        leaks(self.relay.ledger(), &self.secrets, &self.texts)
    }

    /// Whether the relay ever held this text.
    fn relay_read(&self, text: &str) -> bool {
        let holders = self.relay.ledger().ever_holders_of(text.as_bytes());
        holders.contains(&Onlooker::Relay)
    }

    /// The safety numbers that `viewer`'s phone shows for a chat with `other`, one for each of the other's devices.
    fn numbers(&mut self, viewer: &str, other: &str) -> Vec<String> {
        let own = *self.phone(viewer).identity().key();
        let theirs = self.phone(viewer).keys_of(other).into_iter();
        theirs
            .map(|(_, key)| {
                let key = key.key();
                let number = safety_number((viewer.as_bytes(), &own), (other.as_bytes(), key));
                number.digits().to_string()
            })
            .collect()
    }

    /// What two people find who read their safety numbers to each other: the same one, and no other beside it.
    fn numbers_agree(&mut self, one: &str, other: &str) -> bool {
        let ones = self.numbers(one, other);
        ones.len() == 1 && ones == self.numbers(other, one)
    }
}

fn leaks(ledger: &Ledger, secrets: &BTreeSet<[u8; 32]>, texts: &[Vec<u8>]) -> Vec<String> {
    let mut found = Vec::new();
    for holding in ledger.holdings() {
        assert!(matches!(holding.onlooker, Onlooker::Relay | Onlooker::Wire));
        let keys = holding.bytes.windows(32);
        if keys.into_iter().any(|window| secrets.contains(window)) {
            found.push(format!(
                "{} holds a secret key in {}",
                holding.onlooker, holding.what
            ));
        }
        if texts.iter().any(|text| holding.contains(text)) {
            found.push(format!("{} holds a text in {}", holding.onlooker, holding.what));
        }
    }
    found
}

// The honest relay.

#[test]
fn the_recipient_may_be_offline_and_nothing_but_the_log_stays() {
    let mut world = World::alice_and_bob(Conduct::Honest);
    for text in ["are you there?", "call me", "never mind"] {
        world.write("alice", "bob", text);
    }
    assert_eq!(world.relay.waiting_for(&at("bob")), 3);
    assert_eq!(world.news("alice"), vec![]);
    world.clock.advance(3_600_000);
    assert_eq!(world.read("bob"), ["are you there?", "call me", "never mind"]);
    assert_eq!(world.relay.waiting_for(&at("bob")), 0);
    let delivered = |serial| News::Delivered {
        to: at("bob"),
        serial,
    };
    assert_eq!(world.news("alice"), [0, 1, 2].map(delivered));
    world.write("bob", "alice", "here I am");
    assert_eq!(world.read("alice"), ["here I am"]);
    assert!(world.numbers_agree("alice", "bob"));
    assert_eq!(world.leaks(), Vec::<String>::new());

    // What the relay holds now: keys that are public, who asked for them, and the log.
    let now = world.clock.now().wall;
    let mut left: Vec<&str> = Vec::new();
    for holding in world.relay.ledger().held_by(Onlooker::Relay, now) {
        left.push(&holding.what);
    }
    left.sort();
    left.dedup();
    assert_eq!(
        left,
        [
            "a line of the log",
            "a request",
            "keys of alice/1",
            "keys of bob/1"
        ]
    );
}

#[test]
fn the_relay_knows_who_to_whom_when_and_how_much() {
    let mut world = World::alice_and_bob(Conduct::Honest);
    world.write("alice", "bob", "1234567890");
    world.write("alice", "bob", "12345678901234567890");
    assert_eq!(world.read("bob").len(), 2);
    world.write("bob", "alice", "");
    // Addresses and counts 14 + 5 + 3, an introduction 75, a header 42, a tag 16. The rest is the text.
    let initial = 22 + 75 + 42 + 16;
    let line = |at_ms, from, to, bytes| Logged {
        at: at_ms,
        from: at(from),
        to: at(to),
        bytes,
    };
    assert_eq!(
        world.relay.log(),
        [
            line(1_000, "alice", "bob", initial + 10),
            line(2_000, "alice", "bob", initial + 20),
            line(4_000, "bob", "alice", initial - 75),
        ]
    );
    // All of it, in the clear, in the ledger; the wire can read it off every parcel.
    let holds = |text: &str| {
        world
            .relay
            .ledger()
            .holds(Onlooker::Relay, text.as_bytes(), 9_999)
    };
    assert!(holds("alice/1 to bob/1, 165 bytes, at 1000 ms"));
    assert!(holds("alice/1 asks for the keys of bob"));
    let parcels = world.relay.ledger().ever_held_by(Onlooker::Wire);
    let addressed = parcels.filter(|holding| holding.contains(b"\x05alice\x01\x03bob\x01"));
    assert_eq!(
        addressed.count(),
        4,
        "two parcels, on the way in and on the way out"
    );
}

#[test]
fn parcels_may_be_opened_in_any_order() {
    let mut world = World::alice_and_bob(Conduct::Honest);
    for i in 0..6 {
        world.write("alice", "bob", &format!("message number {i}"));
    }
    let opened = world.collect("bob", |parcels| parcels.reverse());
    let texts: Vec<_> = opened
        .into_iter()
        .map(|opened| opened.expect("opens").text)
        .collect();
    assert_eq!(texts[0], b"message number 5");
    assert_eq!(texts[5], b"message number 0");
    assert_eq!(world.phone("bob").missing(&at("alice")), 0);
    assert_eq!(world.leaks(), Vec::<String>::new());
}

#[test]
fn both_may_write_first_at_the_same_time() {
    let mut world = World::alice_and_bob(Conduct::Honest);
    world.meet("bob", "alice");
    world.write("alice", "bob", "hello from Alice");
    world.write("bob", "alice", "hello from Bob");
    for turn in 0..4 {
        assert_eq!(world.read("alice").len(), 1, "turn {turn}");
        assert_eq!(world.read("bob").len(), 1, "turn {turn}");
        world.write("alice", "bob", &format!("Alice's turn {turn}"));
        world.write("bob", "alice", &format!("Bob's turn {turn}"));
    }
    assert!(world.numbers_agree("alice", "bob"));
    assert_eq!(world.leaks(), Vec::<String>::new());
}

#[test]
fn many_people_write_through_one_relay_and_it_reads_nothing() {
    let people = ["alice", "bob", "carol", "dave", "erin"];
    let mut world = World::new(Conduct::Honest);
    for who in people {
        world.join(who, OnNewKey::Hold, 2);
    }
    let mut dice = Seeded::new(7);
    let mut expected: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for step in 0..300 {
        let from = people[dice.below(5) as usize];
        let to = people[dice.below(5) as usize];
        match dice.below(8) {
            // Pre-keys are made, and the signed one is replaced now and then.
            0 if step % 3 == 0 => {
                let World { phones, random, .. } = &mut world;
                let phone = phones.get_mut(from).expect("joined");
                phone.replenish(2, random).expect("seeded");
                phone.replace_signed_pre_key(random).expect("seeded");
                // First messages made for the key before the last would be lost: everybody collects in between.
                for who in people {
                    let mut read = world.read(who);
                    read.sort();
                    let mut waiting = expected.remove(who).unwrap_or_default();
                    waiting.sort();
                    assert_eq!(read, waiting, "step {step}, {who}");
                }
                world.upload(from);
            }
            0..3 => {
                let mut read = world.read(to);
                read.sort();
                let mut waiting = expected.remove(to).unwrap_or_default();
                waiting.sort();
                assert_eq!(read, waiting, "step {step}, {to}");
            }
            _ if from != to => {
                if world.phone(from).devices_of(to).is_empty() || dice.below(20) == 0 {
                    assert_eq!(world.meet(from, to), vec![]);
                }
                let text = format!("step {step}: {from} tells {to}");
                world.write(from, to, &text);
                expected.entry(to).or_default().push(text);
            }
            _ => {}
        }
    }
    assert!(world.texts.len() > 100 && world.secrets.len() > 1000);
    assert_eq!(world.leaks(), Vec::<String>::new());
    for one in people {
        for other in people {
            if !world.phone(one).devices_of(other).is_empty() && one != other {
                assert_eq!(
                    world.phone(one).keys_of(other),
                    [(at(other), world.phones[other].identity())]
                );
            }
        }
    }
}

#[test]
fn the_search_for_leaks_finds_what_leaks() {
    let mut world = World::alice_and_bob(Conduct::Honest);
    world.write("alice", "bob", "a text to look for");
    assert_eq!(world.leaks(), Vec::<String>::new());
    let secret = *world.secrets.iter().next().expect("some");
    for planted in [&secret[..], b"a text to look for"] {
        let mut ledger = world.relay.ledger().clone();
        ledger.gains(
            0,
            Onlooker::Wire,
            "planted",
            &[b"before", planted, b"behind"].concat(),
        );
        assert_eq!(leaks(&ledger, &world.secrets, &world.texts).len(), 1);
    }
}

#[test]
fn a_new_phone_is_noticed_compared_and_then_gets_what_was_undelivered() {
    let mut world = World::alice_and_bob(Conduct::Honest);
    world.write("alice", "bob", "for the old phone");
    assert_eq!(world.read("bob"), ["for the old phone"]);
    world.news("alice");
    world.write("alice", "bob", "under way when the phone broke");
    world.write("alice", "bob", "this one, too");
    let old = world.phones.remove("bob").expect("joined");
    world.join("bob", OnNewKey::Hold, 3);
    assert_eq!(world.news("alice"), [News::NewKeys(at("bob"))], "told once");

    // Alice's app asks for the new keys, and holds.
    assert_eq!(world.meet("alice", "bob"), [at("bob")]);
    let alice = world.phone("alice");
    assert_eq!(alice.seal(&at("bob"), b"hello?"), Err(EnvelopeError::KeyChanged));
    assert_eq!(
        alice.seal_undelivered_again(&at("bob")),
        Err(EnvelopeError::KeyChanged)
    );
    // She sees both keys, calls Bob, and hears that the second one is his.
    let new_identity = world.phones["bob"].identity();
    assert_eq!(
        world.phone("alice").keys_of("bob"),
        [(at("bob"), old.identity()), (at("bob"), new_identity)]
    );
    assert_eq!(world.phone("alice").accept_key(&at("bob")), Ok(()));
    assert_eq!(
        world.phone("alice").accept_key(&at("bob")),
        Err(EnvelopeError::NotMet)
    );
    let again = world
        .phone("alice")
        .seal_undelivered_again(&at("bob"))
        .expect("accepted");
    assert_eq!(again.len(), 2, "the one that was delivered is not sent again");
    for parcel in again {
        world.relay.post(&parcel.to_bytes()).expect("taken in");
    }
    let opened = world.collect("bob", |_| ());
    let texts: Vec<_> = opened
        .into_iter()
        .map(|opened| opened.map(|opened| opened.text))
        .collect();
    assert_eq!(
        texts,
        [
            // Sealed for the broken phone.
            Err(EnvelopeError::Refused),
            Err(EnvelopeError::Refused),
            Ok(b"under way when the phone broke".to_vec()),
            Ok(b"this one, too".to_vec()),
        ]
    );
    assert!(world.numbers_agree("alice", "bob"));
    assert_eq!(world.leaks(), Vec::<String>::new());
}

#[test]
fn each_one_time_pre_key_is_given_away_once() {
    let mut world = World::new(Conduct::Honest);
    for who in ["alice", "bob", "carol"] {
        world.join(who, OnNewKey::Hold, 2);
    }
    let ids = |world: &mut World| -> Vec<Option<u32>> {
        let mut ids = Vec::new();
        for asker in ["alice", "carol", "alice"] {
            let bundles = world.relay.keys_of(&at(asker), "bob").expect("registered");
            let bundle = messaging_lab::envelope::bundle::PreKeyBundle::from_bytes(&bundles[0].1);
            ids.push(bundle.expect("a bundle").one_time.map(|one| one.id));
        }
        ids
    };
    assert_eq!(ids(&mut world), [Some(1), Some(2), None]);
    // Bob has not heard of it: he uploads both again, and they are not given away again.
    world.upload("bob");
    assert_eq!(world.relay.one_time_left(&at("bob")), 0);
    let World { phones, random, .. } = &mut world;
    let bob = phones.get_mut("bob").expect("joined");
    bob.replenish(4, random).expect("seeded");
    world.upload("bob");
    assert_eq!(ids(&mut world), [Some(3), Some(4), None]);
    assert_eq!(
        world.relay.keys_of(&at("alice"), "nobody"),
        Err(EnvelopeError::Refused)
    );
}

#[test]
fn the_queue_for_one_phone_is_bounded() {
    let mut world = World::alice_and_bob(Conduct::Honest);
    let mut parcel = Parcel {
        from: at("alice"),
        to: at("bob"),
        serial: 0,
        message: vec![1, 4, 0],
    };
    for serial in 0..MAX_WAITING as u32 {
        parcel.serial = serial;
        assert_eq!(world.relay.post(&parcel.to_bytes()), Ok(()));
    }
    assert_eq!(world.relay.post(&parcel.to_bytes()), Err(EnvelopeError::Refused));
    assert_eq!(world.relay.log().len(), MAX_WAITING);
    parcel.to = at("nobody");
    assert_eq!(world.relay.post(&parcel.to_bytes()), Err(EnvelopeError::Refused));
    world.relay.collect(&at("bob"));
    world.write("alice", "bob", "control");
    assert_eq!(world.read("bob"), ["control"]);
}

// The phones against what comes from outside.

#[test]
fn a_parcel_under_another_name_shows_as_a_new_key_and_stops_the_answer() {
    let mut world = World::alice_and_bob(Conduct::Honest);
    world.join("mallory", OnNewKey::Hold, 1);
    world.write("alice", "bob", "the real Alice");
    assert_eq!(world.read("bob"), ["the real Alice"]);
    world.meet("mallory", "bob");
    let mut parcel = world
        .phone("mallory")
        .seal(&at("bob"), b"I am Alice")
        .expect("a session");
    parcel.from = at("alice");
    world
        .relay
        .post(&parcel.to_bytes())
        .expect("the relay believes it");
    let opened = world.collect("bob", |_| ()).remove(0).expect("opens");
    assert!(opened.new_key);
    assert_eq!(opened.identity, world.phones["mallory"].identity());
    let answer = world.phone("bob").seal(&at("alice"), b"hello Alice");
    assert_eq!(answer, Err(EnvelopeError::KeyChanged));
    // And so does the next one, in the session that is there now.
    let mut parcel = world
        .phone("mallory")
        .seal(&at("bob"), b"I am Alice")
        .expect("a session");
    parcel.from = at("alice");
    world.relay.post(&parcel.to_bytes()).expect("taken in");
    assert!(world.collect("bob", |_| ()).remove(0).expect("opens").new_key);
    // The real one still gets through, and is not told as new.
    world.write("alice", "bob", "still here");
    assert_eq!(world.read("bob"), ["still here"]);
}

#[test]
fn a_flood_of_first_messages_does_not_push_out_the_trusted_session() {
    let mut world = World::alice_and_bob(Conduct::Honest);
    world.write("alice", "bob", "the real Alice");
    assert_eq!(world.read("bob"), ["the real Alice"]);
    for i in 0..2 * MAX_SESSIONS {
        let name = format!("stranger{i}");
        world.join(&name, OnNewKey::Hold, 0);
        world.meet(&name, "bob");
        let mut parcel = world.phone(&name).seal(&at("bob"), b"hello").expect("a session");
        parcel.from = at("alice");
        world.relay.post(&parcel.to_bytes()).expect("taken in");
        assert!(world.collect("bob", |_| ()).remove(0).expect("opens").new_key);
    }
    world.write("alice", "bob", "still here");
    assert_eq!(world.read("bob"), ["still here"]);
}

#[test]
fn a_parcel_for_somebody_else_is_refused_and_so_is_every_cut_one() {
    let mut world = World::alice_and_bob(Conduct::Honest);
    let parcel = world
        .phone("alice")
        .seal(&at("bob"), b"hello")
        .expect("a session");
    let bytes = parcel.to_bytes();
    assert_eq!(Parcel::from_bytes(&bytes).as_ref(), Ok(&parcel));
    for length in 0..bytes.len() {
        assert_eq!(
            world.relay.post(&bytes[..length]),
            Err(EnvelopeError::Refused),
            "cut to {length}"
        );
    }
    assert_eq!(
        world.relay.post(&[&bytes[..], &[0]].concat()),
        Err(EnvelopeError::Refused)
    );
    assert!(world.relay.log().is_empty());
    let mut astray = parcel.clone();
    astray.to = Address::new("bob", 2).expect("a short name");
    let before = world.phone("bob").stolen_keys();
    let World { phones, random, .. } = &mut world;
    let bob = phones.get_mut("bob").expect("joined");
    assert_eq!(bob.open(&astray, random), Err(EnvelopeError::Refused));
    assert_eq!(bob.stolen_keys(), before);
    assert!(bob.open(&parcel, random).is_ok(), "control");
    assert_eq!(Address::new("", 1), Err(EnvelopeError::Refused));
    assert_eq!(Address::new(&"x".repeat(33), 1), Err(EnvelopeError::Refused));
    assert!(Address::new(&"x".repeat(32), 1).is_ok());
}

// The dishonest ones.

#[test]
fn a_relay_that_swaps_keys_reads_all_and_only_a_comparison_shows_it() {
    let mut world = World::alice_and_bob(Conduct::SwapsKeys);
    world.write("alice", "bob", "a secret question");
    assert_eq!(world.read("bob"), ["a secret question"]);
    world.write("bob", "alice", "a secret answer");
    assert_eq!(world.read("alice"), ["a secret answer"]);
    world.write("alice", "bob", "and more");
    assert_eq!(world.read("bob"), ["and more"]);
    // Both read everything and were told nothing. So did the relay.
    for text in ["a secret question", "a secret answer", "and more"] {
        assert!(world.relay_read(text), "{text}");
    }
    // The wire did not: each leg is sealed.
    let texts = world.texts.clone();
    for text in &texts {
        assert_eq!(world.relay.ledger().ever_holders_of(text), [Onlooker::Relay]);
    }
    assert!(!world.numbers_agree("alice", "bob"), "each holds the relay's key");
    let seen_by_alice = world.phone("alice").keys_of("bob")[0].1;
    assert_ne!(seen_by_alice, world.phone("bob").identity());
}

#[test]
fn keys_swapped_after_first_contact_are_noticed_and_old_sessions_stay_shut() {
    let mut world = World::alice_and_bob(Conduct::Honest);
    world.write("alice", "bob", "before");
    assert_eq!(world.read("bob"), ["before"]);
    world.relay.behave(Conduct::SwapsKeys);
    world.write("bob", "alice", "in the session that was there");
    assert_eq!(world.read("alice"), ["in the session that was there"]);
    assert_eq!(world.leaks(), Vec::<String>::new());
    assert!(world.numbers_agree("alice", "bob"));
    // Only when Alice asks for keys again can the relay try, and then her phone says so.
    assert_eq!(world.meet("alice", "bob"), [at("bob")]);
    let sealed = world.phone("alice").seal(&at("bob"), b"hello?");
    assert_eq!(sealed, Err(EnvelopeError::KeyChanged));
    assert!(!world.numbers_agree("alice", "bob"));
}

#[test]
fn a_swap_does_not_show_in_the_notices_of_delivery() {
    let mut world = World::new(Conduct::Honest);
    world.join("alice", OnNewKey::SendSilently, 3);
    world.join("bob", OnNewKey::SendSilently, 3);
    world.meet("alice", "bob");
    world.write("alice", "bob", "number zero");
    assert_eq!(world.read("bob"), ["number zero"]);
    world.news("alice");
    world.relay.behave(Conduct::SwapsKeys);
    world.meet("alice", "bob");
    world.write("alice", "bob", "number one");
    assert!(world.relay_read("number one"));
    let opened = world.collect("bob", |_| ()).remove(0).expect("opens");
    assert_eq!(opened.text, b"number one");
    let delivered = News::Delivered {
        to: at("bob"),
        serial: 1,
    };
    assert_eq!(world.news("alice"), [delivered], "Alice's own number for it");
}

#[test]
fn a_ghost_device_reads_along_and_shows_in_the_list_of_devices_alone() {
    let mut world = World::alice_and_bob(Conduct::AddsGhostDevice);
    world.write("alice", "bob", "only for Bob");
    assert_eq!(world.read("bob"), ["only for Bob"]);
    assert!(world.relay_read("only for Bob"));
    // Bob's key is as it should be; there is one more beside it.
    let bobs = (at("bob"), world.phones["bob"].identity());
    let listed = world.phone("alice").keys_of("bob");
    assert_eq!(listed.len(), 2);
    assert_eq!(listed[0], bobs);
    assert!(!world.numbers_agree("alice", "bob"), "two keys for one phone");

    // Added later: the app asks.
    let mut world = World::alice_and_bob(Conduct::Honest);
    world.write("alice", "bob", "before");
    world.relay.behave(Conduct::AddsGhostDevice);
    let ghost = world.meet("alice", "bob");
    assert_eq!(ghost.len(), 1);
    assert_ne!(ghost[0], at("bob"));
    let sealed = world.phone("alice").seal(&ghost[0], b"for a ghost");
    assert_eq!(sealed, Err(EnvelopeError::KeyChanged));
    let for_bob = world
        .phone("alice")
        .seal(&at("bob"), b"for Bob")
        .expect("his key is the same");
    world.relay.post(&for_bob.to_bytes()).expect("taken in");
    assert_eq!(world.read("bob"), ["before", "for Bob"]);
    assert!(!world.relay_read("for Bob"));
}

/// What an app does when it is told of new keys, whatever its rule: asks for them, and sends what was not delivered.
fn follow_the_news(world: &mut World) -> Result<(), EnvelopeError> {
    for item in world.news("alice") {
        let News::NewKeys(address) = item else { continue };
        world.meet("alice", address.user());
        for parcel in world.phone("alice").seal_undelivered_again(&address)? {
            world.relay.post(&parcel.to_bytes())?;
        }
    }
    Ok(())
}

#[test]
fn an_announced_key_reads_the_undelivered_if_the_app_sends_them_silently() {
    let texts = ["while you are away", "come to the usual place"];
    for (rule, gains) in [(OnNewKey::SendSilently, true), (OnNewKey::Hold, false)] {
        let mut world = World::new(Conduct::AnnouncesNewKey);
        world.join("alice", rule, 3);
        world.join("bob", OnNewKey::Hold, 3);
        world.meet("alice", "bob");
        for text in texts {
            world.write("alice", "bob", text);
        }
        let followed = follow_the_news(&mut world);
        assert_eq!(followed.is_ok(), gains, "{rule:?}");
        for text in texts {
            assert_eq!(world.relay_read(text), gains, "{rule:?}: {text}");
        }
        // Bob gets each once, and is told nothing either way.
        assert_eq!(world.read("bob"), texts);
        if gains {
            // Alice goes on writing to the relay's key; what it passes on comes under a key that Bob's phone has not seen.
            world.write("alice", "bob", "and now?");
            assert!(world.relay_read("and now?"));
            let opened = world.collect("bob", |_| ()).remove(0).expect("opens");
            assert_eq!((opened.text, opened.new_key), (b"and now?".to_vec(), true));
        } else {
            assert_eq!(followed, Err(EnvelopeError::KeyChanged));
            assert_eq!(world.leaks(), Vec::<String>::new());
        }
        assert!(!world.numbers_agree("alice", "bob"));
    }
}

#[test]
fn what_is_replayed_is_refused_by_the_phone() {
    let mut world = World::alice_and_bob(Conduct::Replays);
    world.write("alice", "bob", "yes");
    world.write("alice", "bob", "and no");
    assert_eq!(world.read("bob"), ["yes", "and no"]);
    for _ in 0..3 {
        let again = world.collect("bob", |_| ());
        assert_eq!(again, vec![Err(EnvelopeError::Refused); 2]);
    }
    world.write("alice", "bob", "control");
    let mixed = world.collect("bob", |_| ());
    assert_eq!(mixed.len(), 3);
    assert_eq!(mixed[2].as_ref().expect("opens").text, b"control");
    // It kept what an honest one deletes, and it is of no use.
    assert_eq!(world.leaks(), Vec::<String>::new());
    // The same without one-time pre-keys, where a first message names nothing that could be used up.
    let mut world = World::new(Conduct::Replays);
    world.join("alice", OnNewKey::Hold, 0);
    world.join("bob", OnNewKey::Hold, 0);
    world.meet("alice", "bob");
    world.write("alice", "bob", "pay Carol 10");
    assert_eq!(world.read("bob"), ["pay Carol 10"]);
    assert_eq!(world.collect("bob", |_| ()), [Err(EnvelopeError::Refused)]);
}

#[test]
fn what_is_dropped_is_missed_when_the_next_one_comes_and_the_last_never() {
    let mut world = World::alice_and_bob(Conduct::Drops { every: 3 });
    for i in 1..=6 {
        world.write("alice", "bob", &format!("message {i}"));
    }
    assert_eq!(
        world.read("bob"),
        ["message 1", "message 2", "message 4", "message 5"]
    );
    // Bob's phone misses number 3. Of number 6 it cannot know.
    assert_eq!(world.phone("bob").missing(&at("alice")), 1);
    // Alice was told that all six arrived.
    let delivered = world.news("alice");
    assert_eq!(delivered.len(), 6);
    world.write("alice", "bob", "message 7");
    assert_eq!(world.read("bob"), ["message 7"]);
    assert_eq!(world.phone("bob").missing(&at("alice")), 2);
    assert_eq!(world.leaks(), Vec::<String>::new());
}

#[test]
fn what_is_reordered_opens_and_carries_its_number() {
    let mut world = World::alice_and_bob(Conduct::Reorders);
    for i in 1..=4 {
        world.write("alice", "bob", &format!("message {i}"));
    }
    assert_eq!(
        world.read("bob"),
        ["message 4", "message 3", "message 2", "message 1"]
    );
    assert_eq!(world.phone("bob").missing(&at("alice")), 0);
    world.write("bob", "alice", "a turn");
    assert_eq!(world.read("alice"), ["a turn"]);
    assert_eq!(world.leaks(), Vec::<String>::new());
}

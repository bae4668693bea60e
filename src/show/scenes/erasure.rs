//! Lesson 03's scene: two messages expire on both phones, and who still has what.
//!
//! The first one under naive journals, the second one under shredding journals. Everything in the ledger is what the
//! stores showed and what stood on their disks.

use messaging_lab::ground::clock::{ControlledClock, Millis};
use messaging_lab::ground::ledger::{HoldingId, Ledger, Onlooker};
use messaging_lab::ground::randomness::Seeded;
use messaging_lab::ground::scene::{Chapter, Scene, Sent};
use messaging_lab::store::{
    ChatId, Journal, JournalStore, MessageId, NaiveJournal, NewMessage, Part, PretendDisk, SECOND,
    ShreddingJournal, StoreError, Timer, find_key, next_record,
};

/// The message that the naive journals keep.
pub const FIRST_TEXT: &[u8] = b"meet at ten";

/// The message that the shredding journals keep.
pub const SECOND_TEXT: &[u8] = b"bring the map";

/// Both messages' timer.
pub const TIMER: Timer = Timer::AfterRead(10 * SECOND);

/// Where chance begins: in Alice's shredding journal, in Bob's.
pub const SEEDS: [u64; 2] = [1, 2];

const CHAPTERS: [Chapter; 5] = [
    Chapter::new("naive", "the first text, in naive journals", 0),
    Chapter::new("expiry", "its timers end, and it is marked gone", 14 * SECOND),
    Chapter::new("shredding", "the second text, in shredding journals", 30 * SECOND),
    Chapter::new(
        "zeros",
        "its timers end, and zeros are written over its keys",
        44 * SECOND,
    ),
    Chapter::new("later", "the flash memory erases its old pages", 60 * SECOND),
];

/// Plays the scene.
pub fn scene() -> Scene {
    play().expect("a pretend disk that was given no limits does not fail")
}

/// The onlookers' world.
#[derive(Default)]
struct World {
    now: Millis,
    ledger: Ledger,
    story: Vec<(Millis, String)>,
    sent: Vec<Sent>,
    old_pages: Vec<HoldingId>,
}

impl World {
    /// Moves on to a second, at which something happens.
    fn at(&mut self, clock: &ControlledClock, second: u64, words: &str) {
        clock.advance(second * SECOND - self.now);
        self.now = second * SECOND;
        self.story.push((self.now, words.to_string()));
    }

    fn gains(&mut self, onlooker: Onlooker, what: &str, bytes: &[u8]) -> HoldingId {
        self.ledger.gains(self.now, onlooker, what, bytes)
    }

    fn passes(&mut self, from: Onlooker, to: Onlooker, what: &str, bytes: &[u8]) {
        self.sent.push(Sent::new(self.now, from, to, what, bytes));
    }

    /// Bytes pass to somebody who keeps them.
    fn hands(&mut self, from: Onlooker, to: Onlooker, what: &str, bytes: &[u8]) -> HoldingId {
        self.passes(from, to, what, bytes);
        self.gains(to, what, bytes)
    }

    fn loses(&mut self, id: HoldingId) {
        self.ledger.loses(self.now, id);
    }

    /// Bob's receipt reaches Alice's phone. All that it brings is a date, in milliseconds.
    fn receipt(&mut self, read_at: Millis) {
        self.passes(
            Onlooker::BobPhone,
            Onlooker::AlicePhone,
            "the receipt: a date",
            &read_at.to_be_bytes(),
        );
    }
}

/// A phone: its app, its storage, and how much of the storage the ledger knows.
struct Phone<J: Journal> {
    app: Onlooker,
    storage: Onlooker,
    store: JournalStore<ControlledClock, J>,
    disk: PretendDisk,
    /// How long journal and key file were before the first message: pages of that time say nothing about one.
    empty: [usize; 2],
    journal_known: usize,
    keys_known: Vec<u8>,
    keys_held: Option<HoldingId>,
    old_pages_known: usize,
    shown: Option<HoldingId>,
}

impl<J: Journal> Phone<J> {
    fn new(
        [app, storage]: [Onlooker; 2],
        clock: &ControlledClock,
        disk: &PretendDisk,
        journal: J,
    ) -> Result<Self, StoreError> {
        let (store, _) = JournalStore::load(clock.clone(), journal)?;
        let empty = [Part::Journal, Part::Keys].map(|part| disk.part(part).len());
        Ok(Phone {
            app,
            storage,
            store,
            disk: disk.clone(),
            empty,
            journal_known: empty[0],
            keys_known: Vec::new(),
            keys_held: None,
            old_pages_known: 0,
            shown: None,
        })
    }

    /// Writes down what is new on the storage. A journal only grows, so what it held it still holds; the key file is
    /// written over.
    fn look(&mut self, world: &mut World) {
        let journal = self.disk.part(Part::Journal);
        while let Ok((_, length)) = next_record(&journal[self.journal_known..]) {
            let record = &journal[self.journal_known..][..length];
            world.hands(self.app, self.storage, "a record of the journal", record);
            self.journal_known += length;
        }
        let keys = self.disk.part(Part::Keys);
        if keys != self.keys_known {
            if let Some(held) = self.keys_held.take() {
                world.loses(held);
            }
            self.keys_held = Some(world.hands(self.app, self.storage, "the key file", &keys));
            self.keys_known = keys;
        }
        let old_pages = self.disk.old_pages();
        for old in &old_pages[self.old_pages_known..] {
            let (what, empty) = match old.part {
                Part::Journal => ("a page the journal had before", self.empty[0]),
                Part::Keys => ("a page the key file had before", self.empty[1]),
            };
            if old.bytes.len() <= empty {
                continue;
            }
            let held = world.hands(self.storage, Onlooker::OldFlashPage, what, &old.bytes);
            world.old_pages.push(held);
        }
        self.old_pages_known = old_pages.len();
    }

    /// The app has the message on its screen or in its memory.
    fn shows(&mut self, world: &mut World, bytes: &[u8]) {
        self.shown = Some(world.gains(self.app, "the text", bytes));
    }

    /// The app removes what is due.
    fn purge(&mut self, world: &mut World) -> Result<(), StoreError> {
        if self.store.purge()? > 0 {
            if let Some(shown) = self.shown.take() {
                world.loses(shown);
            }
        }
        self.look(world);
        Ok(())
    }

    fn send(&mut self, world: &mut World, text: &[u8]) -> Result<MessageId, StoreError> {
        let id = self
            .store
            .insert(NewMessage::sent(ChatId(1), text).timer(TIMER))?;
        self.shows(world, text);
        self.look(world);
        Ok(id)
    }

    fn receive(&mut self, world: &mut World, text: &[u8]) -> Result<MessageId, StoreError> {
        let id = self
            .store
            .insert(NewMessage::received(ChatId(1), text).timer(TIMER))?;
        self.look(world);
        Ok(id)
    }

    /// What the screen shows.
    fn read(&mut self, world: &mut World, id: MessageId) -> Result<Vec<u8>, StoreError> {
        let text = self.store.read(id)?.to_vec();
        self.shows(world, &text);
        self.look(world);
        Ok(text)
    }
}

pub const ALICE: [Onlooker; 2] = [Onlooker::AlicePhone, Onlooker::AliceDisk];
pub const BOB: [Onlooker; 2] = [Onlooker::BobPhone, Onlooker::BobDisk];

fn play() -> Result<Scene, StoreError> {
    let clock = ControlledClock::new(0);
    let mut world = World::default();

    // The first message: naive journals. Old flash pages are looked at in Bob's phone only.
    let (alice_disk, bob_disk) = (PretendDisk::new(), PretendDisk::with_old_pages());
    let mut alice = Phone::new(ALICE, &clock, &alice_disk, NaiveJournal::new(alice_disk.clone()))?;
    let mut bob = Phone::new(BOB, &clock, &bob_disk, NaiveJournal::new(bob_disk.clone()))?;
    world.at(
        &clock,
        0,
        "Alice sends the first text, with a timer of 10 s after reading. Both apps use naive journals.",
    );
    let sent = alice.send(&mut world, FIRST_TEXT)?;
    world.at(
        &clock,
        1,
        "Bob's phone receives it and shows a notification with a preview.",
    );
    world.passes(
        Onlooker::AlicePhone,
        Onlooker::BobPhone,
        "the first text",
        FIRST_TEXT,
    );
    let got = bob.receive(&mut world, FIRST_TEXT)?;
    let preview = world.hands(
        Onlooker::BobPhone,
        Onlooker::Notification,
        "a preview",
        FIRST_TEXT,
    );
    world.at(&clock, 3, "Bob's phone makes its backup.");
    world.hands(
        Onlooker::BobDisk,
        Onlooker::Backup,
        "a copy of Bob's files",
        &bob_disk.files().concat(),
    );
    world.at(
        &clock,
        4,
        "Bob reads the text: his timer starts. Alice's phone is offline.",
    );
    let screen = bob.read(&mut world, got)?;
    let read_at = world.now;
    world.at(&clock, 6, "Somebody takes a picture of Bob's screen.");
    world.hands(Onlooker::BobPhone, Onlooker::Screenshot, "the picture", &screen);
    world.at(
        &clock,
        14,
        "Bob's timer ends: his app removes the text and marks it gone in its journal.",
    );
    bob.purge(&mut world)?;
    world.at(
        &clock,
        18,
        "Alice's phone is back and gets the receipt, dated second 4: her app removes its copy at once.",
    );
    world.receipt(read_at);
    alice.store.receipt(sent, read_at)?;
    alice.purge(&mut world)?;
    world.at(
        &clock,
        21,
        "The notification store drops the preview, by its own rule.",
    );
    world.loses(preview);

    // The second message: shredding journals beside the old ones.
    let first_chip = bob_disk;
    let (alice_disk, bob_disk) = (PretendDisk::new(), PretendDisk::with_old_pages());
    let alice_journal = ShreddingJournal::new(alice_disk.clone(), Seeded::new(SEEDS[0]));
    let bob_journal = ShreddingJournal::new(bob_disk.clone(), Seeded::new(SEEDS[1]));
    world.at(
        &clock,
        30,
        "Both apps are updated: from now on shredding journals. Alice sends the second text, same timer.",
    );
    let mut alice = Phone::new(ALICE, &clock, &alice_disk, alice_journal)?;
    let mut bob = Phone::new(BOB, &clock, &bob_disk, bob_journal)?;
    let sent = alice.send(&mut world, SECOND_TEXT)?;
    world.at(
        &clock,
        31,
        "Bob's phone receives it. Previews are off: the notification says that something came.",
    );
    world.passes(
        Onlooker::AlicePhone,
        Onlooker::BobPhone,
        "the second text",
        SECOND_TEXT,
    );
    let got = bob.receive(&mut world, SECOND_TEXT)?;
    let key = find_key(&bob_disk.part(Part::Keys), got).map_or(Vec::new(), |key| key.expose().to_vec());
    world.hands(
        Onlooker::BobPhone,
        Onlooker::Notification,
        "a notification",
        b"1 new message",
    );
    world.at(
        &clock,
        33,
        "Bob's phone makes its backup and leaves the key file out.",
    );
    world.hands(
        Onlooker::BobDisk,
        Onlooker::Backup,
        "a copy of Bob's journal",
        &bob_disk.part(Part::Journal),
    );
    world.at(&clock, 34, "Bob reads the second text: his timer starts.");
    bob.read(&mut world, got)?;
    let read_at = world.now;
    world.at(&clock, 35, "The receipt reaches Alice.");
    world.receipt(read_at);
    alice.store.receipt(sent, read_at)?;
    alice.look(&mut world);
    world.at(
        &clock,
        44,
        "Both timers end: each app removes the text and writes zeros over its key.",
    );
    alice.purge(&mut world)?;
    bob.purge(&mut world)?;
    world.at(
        &clock,
        60,
        "The controller of Bob's flash memory erases the old pages, in its own time.",
    );
    first_chip.erase_old_pages();
    bob_disk.erase_old_pages();
    for held in std::mem::take(&mut world.old_pages) {
        world.loses(held);
    }
    Ok(Scene {
        seeds: &SEEDS,
        sent: world.sent,
        chapters: CHAPTERS.to_vec(),
        lesson: "erasure",
        title: "two messages expire on both phones: one in naive journals, one in shredding journals",
        story: world.story,
        ledger: world.ledger,
        watched: vec![
            ("the first text", FIRST_TEXT.to_vec()),
            ("the second text", SECOND_TEXT.to_vec()),
            ("Bob's key to the second text", key),
        ],
        end: 70 * SECOND,
    })
}

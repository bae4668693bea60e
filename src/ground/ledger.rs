//! The ledger: which onlooker held which bytes, from when, until when.
//!
//! Every model runs in a small world in which bytes pass people and places that can look at them. Each time bytes become
//! visible to an onlooker the model writes a line here, and another when they are gone from that onlooker's reach. A
//! promise such as "the message deletes itself" then turns into a question that the ledger answers: who still holds it?
//!
//! ```
//! use messaging_lab::ground::ledger::{Ledger, Onlooker};
//! let mut ledger = Ledger::new();
//! let on_phone = ledger.gains(1_000, Onlooker::BobPhone, "message 1", b"meet at ten");
//! ledger.gains(1_000, Onlooker::Backup, "nightly copy", b"[1] meet at ten");
//! ledger.loses(6_000, on_phone);
//! // After it expired on the phone, the backup still has it, inside something longer.
//! assert_eq!(ledger.holders_of(b"meet at ten", 6_000), vec![Onlooker::Backup]);
//! ```

use std::fmt;

use super::clock::Millis;

/// Somebody or something that bytes can become visible to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Onlooker {
    /// What Alice's app shows or keeps in memory.
    AlicePhone,
    /// What Bob's app shows or keeps in memory.
    BobPhone,
    /// The storage of Alice's phone, as its file system shows it.
    AliceDisk,
    /// The storage of Bob's phone, as its file system shows it.
    BobDisk,
    /// A page of flash memory that the storage controller replaced but has not erased yet.
    OldFlashPage,
    /// A copy of the phone's storage kept elsewhere.
    Backup,
    /// The phone's notification store, which keeps previews by its own rules.
    Notification,
    /// A picture of the screen, taken on the phone or with another camera.
    Screenshot,
    /// The company's server that passes messages on.
    Relay,
    /// Anybody who sees what travels between phone and relay.
    Wire,
    /// Somebody in the path of a call.
    Tap,
    /// Somebody who holds the phone itself, unlocked.
    Thief,
}

impl Onlooker {
    /// All of them.
    pub const ALL: [Onlooker; 12] = [
        Onlooker::AlicePhone,
        Onlooker::BobPhone,
        Onlooker::AliceDisk,
        Onlooker::BobDisk,
        Onlooker::OldFlashPage,
        Onlooker::Backup,
        Onlooker::Notification,
        Onlooker::Screenshot,
        Onlooker::Relay,
        Onlooker::Wire,
        Onlooker::Tap,
        Onlooker::Thief,
    ];

    /// All of them from left to right, as a drawing has them: Alice's side, the way, Bob's side, and who comes later.
    pub const ALONG_THE_WAY: [Onlooker; 12] = [
        Onlooker::AliceDisk,
        Onlooker::AlicePhone,
        Onlooker::Wire,
        Onlooker::Relay,
        Onlooker::Tap,
        Onlooker::BobPhone,
        Onlooker::BobDisk,
        Onlooker::OldFlashPage,
        Onlooker::Notification,
        Onlooker::Screenshot,
        Onlooker::Backup,
        Onlooker::Thief,
    ];
}

impl fmt::Display for Onlooker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Onlooker::AlicePhone => "Alice's phone",
            Onlooker::BobPhone => "Bob's phone",
            Onlooker::AliceDisk => "Alice's disk",
            Onlooker::BobDisk => "Bob's disk",
            Onlooker::OldFlashPage => "old flash page",
            Onlooker::Backup => "backup",
            Onlooker::Notification => "notification store",
            Onlooker::Screenshot => "screenshot",
            Onlooker::Relay => "relay",
            Onlooker::Wire => "wire",
            Onlooker::Tap => "tap",
            Onlooker::Thief => "thief",
        })
    }
}

/// One line of the ledger: these bytes, in these hands, in this stretch of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// Who held them.
    pub onlooker: Onlooker,
    /// What they are, in a few words.
    pub what: String,
    /// The bytes themselves.
    pub bytes: Vec<u8>,
    /// The first millisecond at which they were held.
    pub from: Millis,
    /// The first millisecond at which they no longer were; `None` while they still are.
    pub until: Option<Millis>,
}

impl Holding {
    /// `from <= at < until`: gone AT `until`, as a message is gone at its deadline.
    pub fn held_at(&self, at: Millis) -> bool {
        self.from <= at && self.until.is_none_or(|until| at < until)
    }

    /// Whether `needle` stands in the bytes, alone or inside something longer. Nothing is inside everything: an empty
    /// needle is never found.
    pub fn contains(&self, needle: &[u8]) -> bool {
        !needle.is_empty() && self.bytes.windows(needle.len()).any(|window| window == needle)
    }
}

/// What settles the question whether somebody holds certain bytes: one holder at one moment, or that there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Witness {
    /// Nobody the statement speaks of holds them at any moment it speaks of.
    Nobody,
    /// This onlooker holds them at this second.
    Holds(Onlooker, u64),
}

/// Names one holding of one ledger, so that its end can be written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HoldingId(usize);

/// A step of the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The onlooker got the bytes.
    Gains,
    /// The bytes went out of the onlooker's reach.
    Loses,
}

/// Who held which bytes, from when, until when. It only ever grows.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    holdings: Vec<Holding>,
    // By time, and within a millisecond in the order they were written down: (time, what happened, which holding).
    history: Vec<(Millis, Change, usize)>,
}

impl Ledger {
    /// A ledger with nothing in it.
    pub fn new() -> Self {
        Self::default()
    }

    /// Writes down that from `at` on `onlooker` holds `bytes`.
    pub fn gains(&mut self, at: Millis, onlooker: Onlooker, what: &str, bytes: &[u8]) -> HoldingId {
        let id = self.holdings.len();
        self.holdings.push(Holding {
            onlooker,
            what: what.to_string(),
            bytes: bytes.to_vec(),
            from: at,
            until: None,
        });
        self.happens(at, Change::Gains, id);
        HoldingId(id)
    }

    /// Writes down that from `at` on the holding is over. A holding ends once: a second end changes nothing, and an end
    /// before its beginning counts as the beginning.
    pub fn loses(&mut self, at: Millis, id: HoldingId) {
        let holding = &mut self.holdings[id.0];
        if holding.until.is_none() {
            let at = at.max(holding.from);
            holding.until = Some(at);
            self.happens(at, Change::Loses, id.0);
        }
    }

    fn happens(&mut self, at: Millis, change: Change, id: usize) {
        let place = self.history.partition_point(|step| step.0 <= at);
        self.history.insert(place, (at, change, id));
    }

    /// Everything `onlooker` holds at `at`.
    pub fn held_by(&self, onlooker: Onlooker, at: Millis) -> impl Iterator<Item = &Holding> {
        self.ever_held_by(onlooker)
            .filter(move |holding| holding.held_at(at))
    }

    /// Everything `onlooker` ever held.
    pub fn ever_held_by(&self, onlooker: Onlooker) -> impl Iterator<Item = &Holding> {
        self.holdings
            .iter()
            .filter(move |holding| holding.onlooker == onlooker)
    }

    /// Who holds `bytes` at `at`, alone or inside something longer: each onlooker once, in the order of the enum.
    pub fn holders_of(&self, bytes: &[u8], at: Millis) -> Vec<Onlooker> {
        self.holders(bytes, |holding| holding.held_at(at))
    }

    /// Whether `onlooker` holds `bytes` at `at`, alone or inside something longer.
    pub fn holds(&self, onlooker: Onlooker, bytes: &[u8], at: Millis) -> bool {
        self.held_by(onlooker, at).any(|holding| holding.contains(bytes))
    }

    /// Who ever held `bytes`, alone or inside something longer: each onlooker once, in the order of the enum.
    pub fn ever_holders_of(&self, bytes: &[u8]) -> Vec<Onlooker> {
        self.holders(bytes, |_| true)
    }

    fn holders(&self, bytes: &[u8], counts: impl Fn(&Holding) -> bool) -> Vec<Onlooker> {
        let holds = |onlooker: &Onlooker| {
            self.ever_held_by(*onlooker)
                .any(|holding| counts(holding) && holding.contains(bytes))
        };
        Onlooker::ALL.into_iter().filter(holds).collect()
    }

    /// The whole history by time; what happened in the same millisecond stays in the order it was written down.
    pub fn history(&self) -> Vec<(Millis, Change, &Holding)> {
        let step = |&(at, change, id): &(Millis, Change, usize)| (at, change, &self.holdings[id]);
        self.history.iter().map(step).collect()
    }

    /// Every holding, in the order they were written down.
    pub fn holdings(&self) -> &[Holding] {
        &self.holdings
    }
}

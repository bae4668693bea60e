//! Taps without keys: what they can do is record, lose, repeat, reorder and change.

use crate::call::path::{Passing, Side, Tap};
use crate::ground::clock::Millis;
use crate::ground::randomness::Seeded;

/// Records everything and changes nothing. The ledger is its recording.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Tap for Silent {
    fn passes(&mut self, from: Side, bytes: &[u8], _now: Millis) -> Vec<Passing> {
        vec![Passing::now(from.other(), bytes.to_vec())]
    }
}

/// Loses every `nth`, counted from the first; everything where `nth` is 1, nothing where it is 0.
#[derive(Clone, Copy, Debug)]
pub struct Dropper {
    /// Which: 3 loses every third.
    pub nth: u64,
    /// How many came by.
    pub seen: u64,
}

impl Dropper {
    /// Has seen nothing yet.
    pub fn new(nth: u64) -> Self {
        Dropper { nth, seen: 0 }
    }
}

impl Tap for Dropper {
    fn passes(&mut self, from: Side, bytes: &[u8], _now: Millis) -> Vec<Passing> {
        self.seen += 1;
        if self.nth != 0 && self.seen % self.nth == 0 {
            return Vec::new();
        }
        vec![Passing::now(from.other(), bytes.to_vec())]
    }
}

/// Sends everything on, and once more `delay` later.
#[derive(Clone, Copy, Debug)]
pub struct Replayer {
    /// How much later, in milliseconds.
    pub delay: Millis,
}

impl Tap for Replayer {
    fn passes(&mut self, from: Side, bytes: &[u8], _now: Millis) -> Vec<Passing> {
        let to = from.other();
        let again = Passing {
            to,
            delay: self.delay,
            bytes: bytes.to_vec(),
        };
        vec![Passing::now(to, bytes.to_vec()), again]
    }
}

/// Holds every other back by `delay`, so that what was sent later overtakes it.
#[derive(Clone, Copy, Debug)]
pub struct Reorderer {
    /// How long, in milliseconds.
    pub delay: Millis,
    /// How many came by.
    pub seen: u64,
}

impl Reorderer {
    /// Has seen nothing yet.
    pub fn new(delay: Millis) -> Self {
        Reorderer { delay, seen: 0 }
    }
}

impl Tap for Reorderer {
    fn passes(&mut self, from: Side, bytes: &[u8], _now: Millis) -> Vec<Passing> {
        self.seen += 1;
        vec![Passing {
            to: from.other(),
            delay: if self.seen % 2 == 0 { self.delay } else { 0 },
            bytes: bytes.to_vec(),
        }]
    }
}

/// A bad line: loses, repeats, delays and flips bits by chance, each with its chance in a thousand.
#[derive(Clone, Debug)]
pub struct BadLine {
    /// Decides.
    pub chance: Seeded,
    /// How many were lost.
    pub lost: u64,
    /// How many were sent on twice.
    pub doubled: u64,
    /// Held back by up to half a second.
    pub late: u64,
    /// One bit changed.
    pub flipped: u64,
}

impl Tap for BadLine {
    fn passes(&mut self, from: Side, bytes: &[u8], _now: Millis) -> Vec<Passing> {
        let to = from.other();
        let copies = if self.chance.below(1_000) < self.doubled {
            2
        } else {
            1
        };
        let mut passing = Vec::new();
        for _ in 0..copies {
            if self.chance.below(1_000) < self.lost {
                continue;
            }
            let delay = if self.chance.below(1_000) < self.late {
                self.chance.below(500)
            } else {
                0
            };
            let mut bytes = bytes.to_vec();
            if self.chance.below(1_000) < self.flipped && !bytes.is_empty() {
                let at = self.chance.below(bytes.len() as u64) as usize;
                bytes[at] ^= 1 << self.chance.below(8);
            }
            passing.push(Passing { to, delay, bytes });
        }
        passing
    }
}

//! The path between two phones, and whoever sits on it.
//!
//! Everything that one phone sends passes a [`Tap`], which decides what goes on to whom, and when. The tap that does
//! nothing is [`Clear`]. Others stand in [`taps`](super::taps).

use crate::ground::clock::Millis;

/// One of the two phones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Alice's.
    Alice,
    /// Bob's.
    Bob,
}

impl Side {
    /// The other one.
    pub fn other(self) -> Side {
        match self {
            Side::Alice => Side::Bob,
            Side::Bob => Side::Alice,
        }
    }
}

/// Bytes that leave the tap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passing {
    /// For whom.
    pub to: Side,
    /// How much later than usual they arrive, in milliseconds.
    pub delay: Millis,
    /// What arrives.
    pub bytes: Vec<u8>,
}

impl Passing {
    /// At once.
    pub fn now(to: Side, bytes: Vec<u8>) -> Self {
        Passing { to, delay: 0, bytes }
    }
}

/// Somebody on the path.
pub trait Tap {
    /// Bytes from one phone come by at `now`. What goes on is what is returned.
    fn passes(&mut self, from: Side, bytes: &[u8], now: Millis) -> Vec<Passing>;

    /// What the tap sends by itself at `now`.
    fn wake(&mut self, _now: Millis) -> Vec<Passing> {
        Vec::new()
    }

    /// When to call [`wake`](Self::wake) next, if ever.
    fn next_wake(&self) -> Option<Millis> {
        None
    }

    /// The sound that the tap could open so far, and from whom it came.
    fn understood(&self) -> &[(Side, Vec<u8>)] {
        &[]
    }

    /// Whether the voices that the two hear are an imitator's, who reads out whatever words their screens show.
    fn imitates(&self) -> bool {
        false
    }

    /// How many DHParts the tap tried in search of equal words.
    fn trials(&self) -> u64 {
        0
    }

    /// Whether anybody is there at all.
    fn records(&self) -> bool {
        true
    }
}

/// Nobody in particular: everything goes on as it came.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clear;

impl Tap for Clear {
    fn passes(&mut self, from: Side, bytes: &[u8], _now: Millis) -> Vec<Passing> {
        vec![Passing::now(from.other(), bytes.to_vec())]
    }

    fn records(&self) -> bool {
        false
    }
}

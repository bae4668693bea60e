//! The three stores under one set of calls.

use messaging_lab::ground::clock::ControlledClock;
use messaging_lab::ground::randomness::Seeded;
use messaging_lab::store::*;

use super::No;

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    Memory,
    Naive,
    Shredding,
}

pub enum Store {
    Memory(MessageStore<ControlledClock>),
    Naive(JournalStore<ControlledClock, NaiveJournal>),
    Shredding(JournalStore<ControlledClock, ShreddingJournal>),
}

/// The same call to whichever store it is.
macro_rules! each {
    ($store:expr, $it:ident => $call:expr) => {
        match $store {
            $crate::model::subject::Store::Memory($it) => $call,
            $crate::model::subject::Store::Naive($it) => $call,
            $crate::model::subject::Store::Shredding($it) => $call,
        }
    };
}

/// The store that is on the disk, or a new one.
pub fn load(
    kind: Kind,
    clock: &ControlledClock,
    disk: &PretendDisk,
    seed: u64,
) -> Result<Store, JournalError> {
    match kind {
        Kind::Memory => unreachable!("memory does not survive"),
        Kind::Naive => {
            let loaded = JournalStore::load(clock.clone(), NaiveJournal::new(disk.clone()));
            loaded.map(|(store, _)| Store::Naive(store))
        }
        Kind::Shredding => {
            let journal = ShreddingJournal::new(disk.clone(), Seeded::new(seed));
            let loaded = JournalStore::load(clock.clone(), journal);
            loaded.map(|(store, _)| Store::Shredding(store))
        }
    }
}

/// A refusal in the model's words; a failure is not one.
pub fn as_no(error: StoreError) -> No {
    match error {
        StoreError::Gone(_) => No::Gone,
        StoreError::OpenIt(_) => No::OpenIt,
        StoreError::NotSentFromHere(_) => No::NotSentFromHere,
        other => panic!("{other:?}"),
    }
}

pub(crate) use each;

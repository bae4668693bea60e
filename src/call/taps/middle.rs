//! The man in the middle: two calls instead of one.
//!
//! ```text
//! Alice  <-- keys 1, words 1 -->  his two phones  <-- keys 2, words 2 -->  Bob
//! ```
//!
//! He needs no trick: each of the two agrees on keys with a phone of his, he opens what one says and seals it for the
//! other. Nothing in the messages gives him away. The words do, as he cannot choose them: they come out of both public
//! keys, and he had to commit to his before he saw theirs.

use crate::call::memory::Memory;
use crate::call::path::{Passing, Side, Tap};
use crate::call::phone::{Heard, Phone};
use crate::call::session::{Reaction, Settings};
use crate::ground::clock::Millis;
use crate::ground::randomness::{Randomness, RandomnessError};

/// Two phones back to back.
#[derive(Debug)]
pub struct ManInTheMiddle {
    pub(super) facing: [Phone; 2],
    started: bool,
    understood: Vec<(Side, Vec<u8>)>,
    imitates: bool,
}

impl ManInTheMiddle {
    /// He shows Alice Bob's ZID and Bob Alice's, so that each takes him for the phone that they know.
    ///
    /// # Errors
    /// [`RandomnessError`] if the source has nothing to give.
    pub fn new(
        alice_zid: [u8; 12],
        bob_zid: [u8; 12],
        randomness: &mut (impl Randomness + ?Sized),
    ) -> Result<Self, RandomnessError> {
        Self::with_memories(alice_zid, bob_zid, [Memory::new(), Memory::new()], randomness)
    }

    /// He was there in an earlier call, and remembers of it what Alice's and Bob's phones remember.
    ///
    /// # Errors
    /// [`RandomnessError`] if the source has nothing to give.
    pub fn with_memories(
        alice_zid: [u8; 12],
        bob_zid: [u8; 12],
        [of_alice, of_bob]: [Memory; 2],
        randomness: &mut (impl Randomness + ?Sized),
    ) -> Result<Self, RandomnessError> {
        // Towards Alice he waits, as Bob would who is called; towards Bob he calls.
        let mut as_bob = Settings::new(bob_zid);
        as_bob.commits = false;
        Ok(ManInTheMiddle {
            facing: [
                Phone::new(as_bob, of_alice, randomness)?,
                Phone::new(Settings::new(alice_zid), of_bob, randomness)?,
            ],
            started: false,
            understood: Vec::new(),
            imitates: false,
        })
    }

    /// He can also speak with either's voice: when they read their words to each other, each hears from "the other" the
    /// words on the own screen.
    pub fn imitating(self) -> Self {
        ManInTheMiddle {
            imitates: true,
            ..self
        }
    }

    /// His phone that faces `side`.
    pub fn facing(&self, side: Side) -> &Phone {
        &self.facing[side as usize]
    }

    /// He hangs up too. What his phones remember of Alice and of Bob.
    pub fn into_memories(self) -> [Memory; 2] {
        self.facing.map(|mut phone| {
            phone.hang_up();
            phone.into_memory().unwrap_or_default()
        })
    }

    pub(super) fn begin(&mut self, now: Millis) -> Vec<Passing> {
        if self.started {
            return Vec::new();
        }
        self.started = true;
        let mut passing = Vec::new();
        for side in [Side::Alice, Side::Bob] {
            passing.extend(to(side, self.facing[side as usize].start(now)));
        }
        passing
    }
}

/// What one of his phones says, on the way to the one it faces.
pub(super) fn to(side: Side, reaction: Reaction) -> impl Iterator<Item = Passing> {
    reaction
        .sends
        .into_iter()
        .map(move |bytes| Passing::now(side, bytes))
}

impl Tap for ManInTheMiddle {
    fn passes(&mut self, from: Side, bytes: &[u8], now: Millis) -> Vec<Passing> {
        let mut passing = self.begin(now);
        let Heard { reaction, sound } = self.facing[from as usize].receive(bytes, now);
        passing.extend(to(from, reaction));
        if let Some(sound) = sound {
            let sealed_again = self.facing[from.other() as usize].say(&sound);
            passing.extend(sealed_again.map(|frame| Passing::now(from.other(), frame)));
            self.understood.push((from, sound));
        }
        passing
    }

    fn wake(&mut self, now: Millis) -> Vec<Passing> {
        let mut passing = Vec::new();
        for side in [Side::Alice, Side::Bob] {
            passing.extend(to(side, self.facing[side as usize].wake(now)));
        }
        passing
    }

    fn next_wake(&self) -> Option<Millis> {
        let wakes = self.facing.iter().map(|phone| phone.session().next_wake());
        wakes.flatten().min()
    }

    fn understood(&self) -> &[(Side, Vec<u8>)] {
        &self.understood
    }

    fn imitates(&self) -> bool {
        self.imitates
    }
}

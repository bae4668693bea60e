//! Calls from a seed, for the tests of the third model.
#![allow(dead_code)]

use messaging_lab::call::flaw::Flaw;
use messaging_lab::call::line::Line;
use messaging_lab::call::memory::Memory;
use messaging_lab::call::path::{Side, Tap};
use messaging_lab::call::phone::Phone;
use messaging_lab::call::session::Settings;
use messaging_lab::ground::clock::ControlledClock;
use messaging_lab::ground::randomness::Seeded;

pub const ALICE: [u8; 12] = *b"alice's zid.";
pub const BOB: [u8; 12] = *b"bob's phone.";

/// A phone with this ZID and flaw, fresh from `random`.
pub fn phone(zid: [u8; 12], commits: bool, flaw: Option<Flaw>, memory: Memory, random: &mut Seeded) -> Phone {
    let mut settings = Settings::new(zid);
    settings.commits = commits;
    settings.flaw = flaw;
    Phone::new(settings, memory, random).expect("seeded")
}

/// Alice calls, Bob waits.
pub fn line(seed: u64, flaw: Option<Flaw>, tap: Box<dyn Tap>) -> Line {
    let mut random = Seeded::new(seed);
    let alice = phone(ALICE, true, flaw, Memory::new(), &mut random);
    let bob = phone(BOB, false, flaw, Memory::new(), &mut random);
    Line::new(alice, bob, tap, ControlledClock::new(0))
}

/// What both screens show.
pub fn words(line: &Line) -> [Option<String>; 2] {
    [Side::Alice, Side::Bob].map(|side| Some(line.phone(side).session().confirmed()?.words()))
}

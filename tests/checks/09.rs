//! Lesson 09: what each exercise must show. One file for each subject.

use messaging_lab::call::flaw::Flaw;
use messaging_lab::call::line::Line;
use messaging_lab::call::memory::Memory;
use messaging_lab::call::path::Side;
use messaging_lab::call::phone::Phone;
use messaging_lab::call::session::Settings;
use messaging_lab::call::taps::plain::Silent;
use messaging_lab::ground::clock::ControlledClock;
use messaging_lab::ground::hex::bytes_to_hex;
use messaging_lab::ground::ledger::Onlooker;
use messaging_lab::ground::randomness::Seeded;

#[path = "09/coin.rs"]
mod coin;
#[path = "09/commit.rs"]
mod commit;
#[path = "09/keys.rs"]
mod keys;
#[path = "09/late.rs"]
mod late;
#[path = "09/order.rs"]
mod order;
#[path = "09/run.rs"]
mod run;

#[path = "../wrong/09.rs"]
pub mod wrong;

pub use coin::{Sealing, coin, sealed_coin};
pub use commit::{Committing, Revealed, check_commit, commit};
pub use keys::{Derived, From, keys};
pub use late::{Found, Loot, late_tap};
pub use order::{Place, Row, next_state, wrong_order};
pub use run::{Prediction, predict};

fn array<const N: usize>(random: &mut Seeded) -> [u8; N] {
    random.bytes(N).try_into().expect("as many as asked for")
}

/// The beginning of some bytes, enough to tell them from others.
fn short(bytes: &[u8]) -> String {
    format!("{}..", bytes_to_hex(&bytes[..bytes.len().min(4)]))
}

/// A call that is over, as the one who recorded it has it, and what was found on the phones.
struct Call {
    recording: Vec<Vec<u8>>,
    /// Alice's phone, then Bob's.
    memories: [Vec<Found>; 2],
    said: Vec<Vec<u8>>,
}

/// Alice calls Bob; they say these things in turn; they hang up.
fn call(random: &mut Seeded, flaws: [Option<Flaw>; 2], said: Vec<(Side, Vec<u8>)>) -> Call {
    let [alice, bob] = [0, 1].map(|which| {
        let mut settings = Settings::new(array(random));
        settings.commits = which == 0;
        settings.flaw = flaws[which];
        Phone::new(settings, Memory::new(), random).expect("a seed gives enough")
    });
    let mut line = Line::new(alice, bob, Box::new(Silent), ControlledClock::new(0));
    line.start();
    assert!(line.settle(5_000), "nobody is in the way");
    for (side, payload) in &said {
        assert!(line.say(*side, payload), "they are connected");
        line.run(20);
    }
    line.hang_up();
    let memories = [Side::Alice, Side::Bob].map(|side| {
        let secrets = line.phone(side).secrets();
        secrets
            .into_iter()
            .map(|(what, bytes)| (what.to_string(), bytes))
            .collect()
    });
    let recorded = line.ledger().ever_held_by(Onlooker::Tap);
    Call {
        recording: recorded.map(|line| line.bytes.clone()).collect(),
        memories,
        said: said.into_iter().map(|(_, payload)| payload).collect(),
    }
}

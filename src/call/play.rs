//! A whole call from a seed: ring, handshake, two words read out, a few sentences, hang up, and a thief afterwards.

use super::audio::{Voice, frames, say};
use super::codec::{decode_mu_law, encode_mu_law};
use super::flaw::Flaw;
use super::frame::{HEADER_BYTES, OVERHEAD_BYTES};
use super::line::{Event, Line};
use super::memory::Memory;
use super::path::{Clear, Side, Tap};
use super::phone::Phone;
use super::session::ended::End;
use super::session::{Settings, State};
use super::taps::middle::ManInTheMiddle;
use super::taps::plain::{Dropper, Reorderer, Replayer, Silent};
use super::taps::search::WordSearcher;
use crate::ground::clock::{ControlledClock, Millis};
use crate::ground::ledger::{Ledger, Onlooker};
use crate::ground::randomness::{Randomness, RandomnessError, Seeded};

/// Who sits on the path, and against which phones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    /// Nobody.
    Nobody,
    /// Somebody who records.
    Silent,
    /// Somebody who sends everything twice.
    Replayer,
    /// Somebody who loses every third.
    Dropper,
    /// Somebody who changes the order.
    Reorderer,
    /// Two calls instead of one.
    ManInTheMiddle,
    /// The same, with both voices.
    Imitator,
    /// The same, who looks for equal words, against phones that commit to nothing.
    NoCommitment,
    /// The same, against phones that forget to check the commitment.
    SkipsHvi,
}

impl Who {
    /// All of them.
    pub const ALL: [Who; 9] = [
        Who::Nobody,
        Who::Silent,
        Who::Replayer,
        Who::Dropper,
        Who::Reorderer,
        Who::ManInTheMiddle,
        Who::Imitator,
        Who::NoCommitment,
        Who::SkipsHvi,
    ];

    /// What is wrong with the two phones.
    pub fn flaw(self) -> Option<Flaw> {
        match self {
            Who::NoCommitment => Some(Flaw::NoCommitment),
            Who::SkipsHvi => Some(Flaw::SkipsHvi),
            _ => None,
        }
    }
}

/// What one end knows of the call afterwards.
#[derive(Clone, Debug)]
pub struct Log {
    /// The words on the screen; `None` if the call was never confirmed.
    pub shown: Option<String>,
    /// The words that a voice read out, as if from the other screen.
    pub heard: Option<String>,
    /// The phone's warning that a secret of an earlier call did not match.
    pub alert: bool,
    /// How the call ended.
    pub end: End,
    /// Everything that was played, 8 000 samples a second.
    pub sound: Vec<i16>,
}

/// A call that is over.
#[derive(Clone, Debug)]
pub struct Played {
    /// Alice's end.
    pub alice: Log,
    /// Bob's end.
    pub bob: Log,
    /// What the tap can play: what it could open, or else the recorded frames as they are, which is noise.
    pub tap_sound: Vec<i16>,
    /// Whether the tap could open the sound.
    pub tap_understands: bool,
    /// How many DHParts were tried in search of equal words.
    pub trials: u64,
    /// Who held what, from when, until when. A thief comes last.
    pub ledger: Ledger,
    /// What happened, in order.
    pub events: Vec<(Millis, Side, Event)>,
}

/// Plays a call in which Alice rings Bob, each reads out the own two words and says a sentence. The same seed makes the
/// same call, to the last sample.
///
/// ```
/// use messaging_lab::call::play::{Who, play};
/// let imitated = play(7, Who::Imitator)?;
/// // Each hears the words of the own screen in the other's voice, and the two screens do not agree.
/// assert_eq!(imitated.alice.shown, imitated.alice.heard);
/// assert_ne!(imitated.alice.shown, imitated.bob.shown);
/// # Ok::<(), messaging_lab::ground::randomness::RandomnessError>(())
/// ```
///
/// # Errors
/// None but what [`Seeded`] could have, which is none.
pub fn play(seed: u64, who: Who) -> Result<Played, RandomnessError> {
    let mut random = Seeded::new(seed);
    let (mut alice_zid, mut bob_zid) = ([0; 12], [0; 12]);
    random.fill(&mut alice_zid)?;
    random.fill(&mut bob_zid)?;
    let settings = |zid, commits| Settings {
        commits,
        flaw: who.flaw(),
        ..Settings::new(zid)
    };
    let alice = Phone::new(settings(alice_zid, true), Memory::new(), &mut random)?;
    let bob = Phone::new(settings(bob_zid, false), Memory::new(), &mut random)?;
    let mut middle = || ManInTheMiddle::new(alice_zid, bob_zid, &mut random);
    let tap: Box<dyn Tap> = match who {
        Who::Nobody => Box::new(Clear),
        Who::Silent => Box::new(Silent),
        Who::Replayer => Box::new(Replayer { delay: 70 }),
        Who::Dropper => Box::new(Dropper::new(3)),
        Who::Reorderer => Box::new(Reorderer::new(70)),
        Who::ManInTheMiddle => Box::new(middle()?),
        Who::Imitator => Box::new(middle()?.imitating()),
        Who::NoCommitment => Box::new(WordSearcher::against_no_commitment(middle()?, 16)),
        Who::SkipsHvi => Box::new(WordSearcher::against_skipped_hvi(middle()?, 16)),
    };
    let mut line = Line::new(alice, bob, tap, ControlledClock::new(0));
    line.start();
    line.settle(20_000);

    let shown = [Side::Alice, Side::Bob].map(|side| Some(line.phone(side).session().confirmed()?.words()));
    let alerts = [Side::Alice, Side::Bob].map(|side| {
        let confirmed = line.phone(side).session().confirmed();
        confirmed.is_some_and(|state| state.alert())
    });
    // An imitator lets each hear what the own screen shows.
    let heard = match (&shown, line.tap().imitates()) {
        ([Some(alice), Some(bob)], false) => [Some(bob.clone()), Some(alice.clone())],
        ([Some(_), Some(_)], true) => shown.clone(),
        _ => [None, None],
    };
    talk(&mut line, seed, &heard);
    line.run(1_000);
    line.hang_up();
    line.run(1_000);
    line.thief();
    Ok(after(line, shown, heard, alerts))
}

/// Both read out the words that the other is to hear, and say a sentence, one after the other.
fn talk(line: &mut Line, seed: u64, [alice_hears, bob_hears]: &[Option<String>; 2]) {
    let turns = [
        (Side::Alice, bob_hears, "hello bob meet me at ten", 190),
        (Side::Bob, alice_hears, "yes alice at ten", 110),
    ];
    for (side, words, sentence, pitch) in turns {
        let Some(words) = words else {
            continue;
        };
        let voice = Voice {
            pitch,
            pace: 100,
            seed,
        };
        for frame in frames(&say(&format!("{words}. {sentence}"), &voice)) {
            line.say(side, &encode_mu_law(&frame));
            line.run(20);
        }
    }
}

fn after(line: Line, shown: [Option<String>; 2], heard: [Option<String>; 2], alerts: [bool; 2]) -> Played {
    let sound_of = |payloads: &mut dyn Iterator<Item = &[u8]>| -> Vec<i16> {
        payloads
            .filter_map(|payload| decode_mu_law(payload).ok())
            .flatten()
            .collect()
    };
    let log = |side: Side| Log {
        shown: shown[side as usize].clone(),
        heard: heard[side as usize].clone(),
        alert: alerts[side as usize],
        end: match line.phone(side).state() {
            State::Ended(end) => end,
            _ => End::HungUp,
        },
        sound: sound_of(&mut line.heard(side).iter().map(Vec::as_slice)),
    };
    let understood = line.tap().understood();
    let tap_understands = !understood.is_empty();
    let tap_sound = if tap_understands {
        sound_of(&mut understood.iter().map(|(_, payload)| &payload[..]))
    } else {
        let recorded = line
            .ledger()
            .ever_held_by(Onlooker::Tap)
            .filter(|held| held.what == "frame");
        let sealed = recorded.filter_map(|held| {
            let payload = held.bytes.len().checked_sub(OVERHEAD_BYTES)?;
            held.bytes.get(HEADER_BYTES..HEADER_BYTES + payload)
        });
        sound_of(&mut { sealed })
    };
    Played {
        alice: log(Side::Alice),
        bob: log(Side::Bob),
        tap_sound,
        tap_understands,
        trials: line.tap().trials(),
        events: line.log().to_vec(),
        ledger: line.into_parts().2,
    }
}

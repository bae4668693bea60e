//! Lesson 11's scene: eight calls, and what words, voices and phones that remember make of whoever is in the path.
//!
//! Phones, taps and the line between them are the model's own; each call is played to its end, and each phone goes into
//! the next one with what it remembers. A text is the payload of one frame here, so that the ledger can be searched for it;
//! sound comes in lesson 12. Of each call's own ledger the screens, the sound and what the tap recorded of it are copied;
//! how each two agree, message by message, was lessons 09 and 10, and is left out.

use std::cell::RefCell;
use std::rc::Rc;

use messaging_lab::call::line::Line;
use messaging_lab::call::memory::Memory;
use messaging_lab::call::path::{Clear, Passing, Side, Tap};
use messaging_lab::call::phone::Phone;
use messaging_lab::call::session::{Session, Settings};
use messaging_lab::call::taps::middle::ManInTheMiddle;
use messaging_lab::call::taps::plain::Silent;
use messaging_lab::call::wire::Kind;
use messaging_lab::ground::clock::{ControlledClock, Millis};
use messaging_lab::ground::ledger::{HoldingId, Ledger, Onlooker};
use messaging_lab::ground::randomness::{RandomnessError, Seeded};
use messaging_lab::ground::scene::{Chapter, Scene, Sent};

#[path = "compare/taps.rs"]
mod taps;
use taps::{Comparing, Lent, Watched};

/// What Alice says, or means to say, one in each call.
pub const TEXTS: [&str; 8] = [
    "the meeting is at nine",
    "the report is in the safe",
    "the safe opens with 2501",
    "the spare key is at the baker's",
    "my account is 90 817",
    "the other account is 55 102",
    "the boat leaves at dawn",
    "the boat left without us",
];

/// Where chance begins.
pub const SEEDS: [u64; 1] = [11];

const CHAPTERS: [Chapter; 8] = [
    Chapter::new("one", "nobody is in the path", 0),
    Chapter::new("two", "somebody only listens", 20_000),
    Chapter::new("three", "a man in the middle, and nobody compares", 40_000),
    Chapter::new("four", "a man in the middle, and they compare", 60_000),
    Chapter::new("five", "a man in the middle who speaks with both voices", 80_000),
    Chapter::new(
        "six",
        "a man in the middle of the first call of two new phones",
        100_000,
    ),
    Chapter::new("seven", "he is there again, and remembers", 120_000),
    Chapter::new("eight", "he is gone", 140_000),
];

/// What a phone's screen says where a kept secret was expected to match and does not.
pub const WARNING: &str = "warning: the secret of the last call is missing";

pub const OWNERS: [(Side, Onlooker); 2] = [
    (Side::Alice, Onlooker::AlicePhone),
    (Side::Bob, Onlooker::BobPhone),
];

/// The two phones' names, or what stands for them.
type Zids = [[u8; 12]; 2];

fn owner(side: Side) -> Onlooker {
    OWNERS[side as usize].1
}

struct Stage {
    now: Millis,
    random: Seeded,
    story: Vec<(Millis, String)>,
    sent: Vec<Sent>,
    ledger: Ledger,
}

impl Stage {
    fn second(&mut self, second: u64, words: impl Into<String>) {
        self.now = second * 1000;
        self.story.push((self.now, words.into()));
    }

    fn gains(&mut self, onlooker: Onlooker, what: &str, bytes: &[u8]) -> HoldingId {
        self.ledger.gains(self.now, onlooker, what, bytes)
    }

    /// One call from second `begin` on: the words at +2, read out at +4, Alice's `text` at +6,
    /// the end at +8.
    fn call(
        &mut self,
        (begin, told): (u64, &str),
        zids: Zids,
        memories: [Memory; 2],
        tap: Box<dyn Tap>,
        comparing: Comparing,
        text: &str,
    ) -> Result<[Memory; 2], RandomnessError> {
        self.second(begin, told);
        let [of_alice, of_bob] = memories;
        let phone = |zid, commits, memory, random: &mut Seeded| {
            let settings = Settings {
                commits,
                ..Settings::new(zid)
            };
            Phone::new(settings, memory, random)
        };
        let alice = phone(zids[0], true, of_alice, &mut self.random)?;
        let bob = phone(zids[1], false, of_bob, &mut self.random)?;
        let passed = Rc::default();
        let watched = Watched {
            tap,
            passed: Rc::clone(&passed),
        };
        let mut line = Line::new(alice, bob, Box::new(watched), ControlledClock::new(0));
        self.gains(Onlooker::AlicePhone, "what Alice means to say", text.as_bytes());
        line.start();
        line.settle(10_000);

        self.second(begin + 2, "Each screen shows two words.");
        let mut words = [String::new(), String::new()];
        let mut screens = Vec::new();
        for ((side, owner), words) in OWNERS.into_iter().zip(&mut words) {
            let Some(confirmed) = line.phone(side).session().confirmed() else {
                continue;
            };
            *words = confirmed.words();
            screens.push(self.gains(owner, "two words on the screen", words.as_bytes()));
            if confirmed.alert() {
                screens.push(self.gains(owner, "a line above the words", WARNING.as_bytes()));
            }
        }
        let mut goes_on = true;
        if comparing == Comparing::Yes {
            // An imitator lets each hear what stands on the own screen.
            let heard = match line.tap().imitates() {
                true => words.clone(),
                false => [words[1].clone(), words[0].clone()],
            };
            goes_on = heard == words;
            let says = match goes_on {
                true => "Each hears the words of their own screen, and goes on.",
                false => "Each hears other words than their own screen shows. They hang up.",
            };
            self.second(begin + 4, format!("They read the words to each other. {says}"));
            // Each hears the other, or the imitator.
            for ((side, owner), heard) in OWNERS.into_iter().zip(&heard) {
                let from = match line.tap().imitates() {
                    true => Onlooker::Tap,
                    false => self::owner(side.other()),
                };
                self.sent.push(Sent::new(
                    self.now,
                    from,
                    owner,
                    "two words, read out",
                    heard.as_bytes(),
                ));
            }
            for ((_, owner), heard) in OWNERS.into_iter().zip(&heard) {
                self.gains(owner, "two words heard", heard.as_bytes());
            }
            // Both tell their phones that the words are the same.
            for (side, _) in OWNERS.into_iter().filter(|_| goes_on) {
                if let Session::Confirmed(state) = line.phone_mut(side).session_mut() {
                    state.words_match();
                }
            }
        }
        if goes_on {
            self.second(begin + 6, "Alice says what she has to say.");
            passed.take();
            let spoken = line.now();
            line.say(Side::Alice, text.as_bytes());
            line.run(1_000);
            self.sent.extend(passed.take().into_iter().map(|sent| Sent {
                at: self.now + sent.at - spoken,
                ..sent
            }));
            for (onlooker, what) in [
                (Onlooker::Tap, "frame"),
                (Onlooker::Tap, "sound"),
                (Onlooker::BobPhone, "sound"),
            ] {
                let held: Vec<Vec<u8>> = line
                    .ledger()
                    .ever_held_by(onlooker)
                    .filter(|held| held.what == what)
                    .map(|held| held.bytes.clone())
                    .collect();
                let what = match what {
                    "frame" => "a frame, sealed",
                    _ => "what she said",
                };
                for bytes in held {
                    self.gains(onlooker, what, &bytes);
                }
            }
        }
        self.second(begin + 8, "The call is over. Nothing stands on the screens.");
        screens.into_iter().for_each(|id| self.ledger.loses(self.now, id));
        line.hang_up();
        let (alice, bob, _) = line.into_parts();
        Ok([alice, bob].map(|phone| phone.into_memory().unwrap_or_default()))
    }

    fn zid(&mut self) -> [u8; 12] {
        std::array::from_fn(|_| self.random.below(256) as u8)
    }
}

/// Eight calls between Alice and Bob; from the sixth on with new phones.
pub fn scene() -> Scene {
    play().expect("a seed gives enough")
}

fn play() -> Result<Scene, RandomnessError> {
    let mut stage = Stage {
        now: 0,
        random: Seeded::new(SEEDS[0]),
        story: Vec::new(),
        sent: Vec::new(),
        ledger: Ledger::new(),
    };
    five_calls(&mut stage)?;
    three_calls_with_new_phones(&mut stage)?;
    let names = [
        "the first text",
        "the second text",
        "the third text",
        "the fourth text",
        "the fifth text",
        "the sixth text",
        "the seventh text",
        "the eighth text",
    ];
    Ok(Scene {
        seeds: &SEEDS,
        sent: stage.sent,
        chapters: CHAPTERS.to_vec(),
        lesson: "compare",
        title: "eight calls: words, voices, phones that remember, and whoever is in the path",
        watched: names
            .into_iter()
            .zip(TEXTS.map(|text| text.as_bytes().to_vec()))
            .collect(),
        end: 148_000,
        story: stage.story,
        ledger: stage.ledger,
    })
}

/// ONE to FIVE: nobody, a recorder, and men in the middle who come late.
fn five_calls(stage: &mut Stage) -> Result<(), RandomnessError> {
    let zids = [stage.zid(), stage.zid()];
    let mut memories = [Memory::new(), Memory::new()];
    let one = (0, "ONE. Their first call. Nobody is in the path.");
    memories = stage.call(one, zids, memories, Box::new(Clear), Comparing::Yes, TEXTS[0])?;
    let two = (
        20,
        "TWO. Somebody in the path records all that passes, and changes nothing.",
    );
    memories = stage.call(two, zids, memories, Box::new(Silent), Comparing::Yes, TEXTS[1])?;
    let three = (
        40,
        "THREE. A man in the middle, with a key for either side. They do not compare the words.",
    );
    let man = ManInTheMiddle::new(zids[0], zids[1], &mut stage.random)?;
    memories = stage.call(three, zids, memories, Box::new(man), Comparing::No, TEXTS[2])?;
    let four = (60, "FOUR. The same man. They compare.");
    let man = ManInTheMiddle::new(zids[0], zids[1], &mut stage.random)?;
    memories = stage.call(four, zids, memories, Box::new(man), Comparing::Yes, TEXTS[3])?;
    let five = (
        80,
        "FIVE. A man in the middle who speaks with both their voices. They compare.",
    );
    let man = ManInTheMiddle::new(zids[0], zids[1], &mut stage.random)?.imitating();
    stage.call(five, zids, memories, Box::new(man), Comparing::Yes, TEXTS[4])?;
    Ok(())
}

/// SIX to EIGHT: a man in the middle who was there from the first call on, and then is not.
fn three_calls_with_new_phones(stage: &mut Stage) -> Result<(), RandomnessError> {
    let zids = [stage.zid(), stage.zid()];
    let mut memories = [Memory::new(), Memory::new()];
    let mut his = [Memory::new(), Memory::new()];
    for (begin, told, text) in [
        (
            100,
            "SIX. Both have new phones: a first call again. A man is in the middle. They do not compare.",
            TEXTS[5],
        ),
        (
            120,
            "SEVEN. The same man, with what he remembers of SIX. They do not compare.",
            TEXTS[6],
        ),
    ] {
        let man = ManInTheMiddle::with_memories(zids[0], zids[1], his, &mut stage.random)?;
        let man = Rc::new(RefCell::new(man));
        let lent = Lent {
            man: Rc::clone(&man),
            understood: Vec::new(),
        };
        memories = stage.call((begin, told), zids, memories, Box::new(lent), Comparing::No, text)?;
        // The line is gone, and with it the other hand that held him.
        his = Rc::into_inner(man).map_or_else(Default::default, |man| man.into_inner().into_memories());
    }
    let eight = (
        140,
        "EIGHT. He has gone. Nobody is in the path. They do not compare.",
    );
    stage.call(eight, zids, memories, Box::new(Clear), Comparing::No, TEXTS[7])?;
    Ok(())
}

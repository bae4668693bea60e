//! Lesson 09's scene: one sentence, sent four times, and who has it then.
//!
//! The two calls at the end are played by the model's own phones over a path with somebody on it. What passes stands in the
//! ledger as it was sent; the thief's frames are opened, or not, with what was found on the phones. A frame carries the
//! sentence as letters here; sound comes in lesson 12. HelloACKs, and keys that seal no frames, are left out of the run.

use std::cell::RefCell;
use std::rc::Rc;

use messaging_lab::call::dh_part::DhPart;
use messaging_lab::call::flaw::Flaw;
use messaging_lab::call::frame::{FrameKeys, Header};
use messaging_lab::call::line::Line;
use messaging_lab::call::memory::Memory;
use messaging_lab::call::path::{Passing, Side, Tap};
use messaging_lab::call::phone::Phone;
use messaging_lab::call::session::Settings;
use messaging_lab::call::taps::plain::Silent;
use messaging_lab::call::wire::Kind;
use messaging_lab::ground::clock::{ControlledClock, Millis};
use messaging_lab::ground::ledger::{Ledger, Onlooker};
use messaging_lab::ground::randomness::Seeded;
use messaging_lab::ground::scene::{Chapter, Scene, Sent};

/// What Alice says each time.
pub const TEXT: &str = "meet me at ten";

/// What Bob says to it in the calls.
pub const REPLY: &str = "ten it is";

/// Where chance begins.
pub const SEEDS: [u64; 1] = [9];

const CHAPTERS: [Chapter; 4] = [
    Chapter::new("one", "by SMS", 0),
    Chapter::new("two", "over a telephone exchange", 10_000),
    Chapter::new("three", "in a call with keys that are wiped", 20_000),
    Chapter::new("four", "in a call with keys that are kept", 60_000),
];

struct Stage {
    now: Millis,
    random: Seeded,
    story: Vec<(Millis, String)>,
    sent: Vec<Sent>,
    ledger: Ledger,
}

/// The one who only listens, and what he lets go on.
struct Listening {
    passed: Rc<RefCell<Vec<Sent>>>,
}

impl Tap for Listening {
    fn passes(&mut self, from: Side, bytes: &[u8], now: Millis) -> Vec<Passing> {
        let passing = Silent.passes(from, bytes, now);
        for one in &passing {
            self.passed.borrow_mut().push(Sent::new(
                now,
                owner(from),
                owner(one.to),
                Kind::of(bytes).map_or("frame", Kind::name),
                &one.bytes,
            ));
        }
        passing
    }
}

fn owner(side: Side) -> Onlooker {
    match side {
        Side::Alice => Onlooker::AlicePhone,
        Side::Bob => Onlooker::BobPhone,
    }
}

impl Stage {
    fn second(&mut self, second: u64, words: &str) {
        self.now = second * 1000;
        self.tell(words);
    }

    fn tell(&mut self, words: &str) {
        self.story.push((self.now, words.to_string()));
    }

    fn gains(&mut self, onlooker: Onlooker, what: &str, bytes: &[u8]) {
        self.ledger.gains(self.now, onlooker, what, bytes);
    }

    fn passes(&mut self, from: Onlooker, to: Onlooker, what: &str, bytes: &[u8]) {
        self.sent.push(Sent::new(self.now, from, to, what, bytes));
    }

    /// Bytes pass to somebody who keeps them.
    fn hands(&mut self, from: Onlooker, to: Onlooker, what: &str, bytes: &[u8]) {
        self.passes(from, to, what, bytes);
        self.gains(to, what, bytes);
    }

    fn phone(&mut self, commits: bool, flaw: Option<Flaw>) -> Phone {
        let zid = std::array::from_fn(|_| self.random.below(256) as u8);
        let mut settings = Settings::new(zid);
        settings.commits = commits;
        settings.flaw = flaw;
        Phone::new(settings, Memory::new(), &mut self.random).expect("a seed gives enough")
    }
}

/// The same sentence by SMS, over a telephone exchange, and in two calls with somebody in the path.
pub fn scene() -> Scene {
    let mut stage = Stage {
        now: 0,
        random: Seeded::new(SEEDS[0]),
        story: Vec::new(),
        sent: Vec::new(),
        ledger: Ledger::new(),
    };
    by_sms(&mut stage);
    over_an_exchange(&mut stage);
    stage.second(
        20,
        "THREE. Alice calls Bob with the app. Somebody in the path records all that passes, and changes nothing.",
    );
    call(&mut stage, None);
    let public = public_values(&stage.ledger);
    stage.second(
        60,
        "FOUR. As THREE, but the app has a fault: it keeps the keys of a call that is over.",
    );
    call(&mut stage, Some(Flaw::KeepsKeys));
    Scene {
        seeds: &SEEDS,
        sent: stage.sent,
        chapters: CHAPTERS.to_vec(),
        lesson: "handshake",
        title: "one sentence, sent four times, and who has it then",
        watched: [("the sentence", TEXT.as_bytes().to_vec())]
            .into_iter()
            .chain(public)
            .collect(),
        end: stage.now,
        story: stage.story,
        ledger: stage.ledger,
    }
}

/// What the two phones of THREE have shown to everybody.
fn public_values(ledger: &Ledger) -> Vec<(&'static str, Vec<u8>)> {
    let parts = [
        ("Alice's public value", Kind::DhPart2),
        ("Bob's public value", Kind::DhPart1),
    ];
    let public = |(name, kind): (&'static str, Kind)| {
        let part = ledger
            .ever_held_by(Onlooker::Tap)
            .find_map(|line| DhPart::parse(&line.bytes, kind).ok())?;
        Some((name, part.public.to_vec()))
    };
    parts.into_iter().filter_map(public).collect()
}

/// ONE. The phone company's message centre stores it and passes it on.
fn by_sms(stage: &mut Stage) {
    stage.second(0, "ONE. Alice writes to Bob by SMS.");
    stage.gains(Onlooker::AlicePhone, "what Alice writes", TEXT.as_bytes());
    stage.second(
        2,
        "The phone company's message centre has it, and passes it on. It is sealed, if at all, by the company.",
    );
    stage.hands(Onlooker::AlicePhone, Onlooker::Relay, "an SMS", TEXT.as_bytes());
    stage.second(4, "Bob's phone receives it.");
    stage.hands(Onlooker::Relay, Onlooker::BobPhone, "an SMS", TEXT.as_bytes());
}

/// TWO. An exchange connects the two lines; on both the sound is what it is.
fn over_an_exchange(stage: &mut Stage) {
    stage.second(
        10,
        "TWO. Alice rings Bob's ordinary number. An exchange connects the two lines.",
    );
    stage.second(12, "Alice says it. The exchange passes it on as it comes.");
    stage.gains(Onlooker::AlicePhone, "what Alice says", TEXT.as_bytes());
    let what = "what comes over Alice's line";
    stage.hands(Onlooker::AlicePhone, Onlooker::Relay, what, TEXT.as_bytes());
    let what = "what goes over Bob's line";
    stage.passes(Onlooker::Relay, Onlooker::BobPhone, what, TEXT.as_bytes());
    stage.gains(Onlooker::BobPhone, "what Bob hears", TEXT.as_bytes());
}

/// A call that begins now: keys, a sentence, a reply, the end, and ten seconds later a thief with both phones and the
/// recording.
fn call(stage: &mut Stage, flaw: Option<Flaw>) {
    let begin = stage.now;
    let alice = stage.phone(true, flaw);
    let bob = stage.phone(false, flaw);
    let passed = Rc::default();
    let listening = Listening {
        passed: Rc::clone(&passed),
    };
    let clock = ControlledClock::new(0);
    clock.advance(begin);
    let mut line = Line::new(alice, bob, Box::new(listening), clock);
    line.start();
    line.settle(3_000);
    wait_until(&mut line, begin + 4_000);
    stage.now = begin + 4_000;
    stage.tell("Both phones have the keys. Alice says it.");
    stage.gains(Onlooker::AlicePhone, "what Alice says", TEXT.as_bytes());
    line.say(Side::Alice, TEXT.as_bytes());
    wait_until(&mut line, begin + 6_000);
    stage.now = begin + 6_000;
    stage.tell("Bob answers.");
    stage.gains(Onlooker::BobPhone, "what Bob says", REPLY.as_bytes());
    line.say(Side::Bob, REPLY.as_bytes());
    wait_until(&mut line, begin + 10_000);
    stage.now = begin + 10_000;
    stage.tell(match flaw {
        None => "They hang up. Both phones wipe the keys of the call.",
        Some(_) => "They hang up. Both phones keep the keys of the call.",
    });
    line.hang_up();
    wait_until(&mut line, begin + 20_000);
    line.thief();
    let left_out = [
        "HelloACK",
        "initiator's Confirm key",
        "responder's Confirm key",
        "session key",
    ];
    let kept = |sent: &Sent| !left_out.contains(&sent.what.as_str());
    stage.sent.extend(passed.take().into_iter().filter(kept));
    for holding in line.ledger().holdings() {
        // Both phones keep the same secrets; the thief needs each once.
        let twice = holding.onlooker == Onlooker::Thief
            && stage.ledger.holds(Onlooker::Thief, &holding.bytes, holding.from);
        if twice || left_out.contains(&holding.what.as_str()) {
            continue;
        }
        if holding.onlooker == Onlooker::Thief {
            let has = |side: &Side| {
                let mut secrets = line.phone(*side).secrets().into_iter();
                secrets.any(|(_, bytes)| bytes == holding.bytes)
            };
            if let Some(side) = [Side::Alice, Side::Bob].into_iter().find(has) {
                stage.sent.push(Sent::new(
                    holding.from,
                    owner(side),
                    Onlooker::Thief,
                    &holding.what,
                    &holding.bytes,
                ));
            }
        }
        let id = stage
            .ledger
            .gains(holding.from, holding.onlooker, &holding.what, &holding.bytes);
        if let Some(until) = holding.until {
            stage.ledger.loses(until, id);
        }
    }
    stage.now = begin + 20_000;
    stage.tell(
        "A thief has both phones, unlocked, and gets the recording. He tries what he found on what was recorded.",
    );
    let frames: Vec<&[u8]> = line
        .ledger()
        .ever_held_by(Onlooker::Tap)
        .filter(|line| line.what == "frame")
        .map(|line| &line.bytes[..])
        .collect();
    if let Some(first) = frames.first() {
        let what = format!("the recording: {} frames, and this the first", frames.len());
        stage.passes(Onlooker::Tap, Onlooker::Thief, &what, first);
    }
    let opened = try_all(line.ledger());
    for payload in &opened {
        stage.gains(Onlooker::Thief, "what a recorded frame carries", payload);
    }
    stage.tell(match opened.len() {
        0 => "Not one frame opens.",
        _ => "The frames open.",
    });
}

fn wait_until(line: &mut Line, then: Millis) {
    line.run(then.saturating_sub(line.now()));
}

/// What opens of the recorded frames, with any key and any salt that the thief found.
fn try_all(ledger: &Ledger) -> Vec<Vec<u8>> {
    let found = |bytes: usize| {
        let things = ledger.ever_held_by(Onlooker::Thief);
        things.filter(move |thing| thing.bytes.len() == bytes)
    };
    let mut opened = Vec::new();
    for frame in ledger.ever_held_by(Onlooker::Tap) {
        // Fewer than 65 536 frames: the index is the number in the header.
        let Ok(header) = Header::of(&frame.bytes) else {
            continue;
        };
        let payload = found(32).find_map(|key| {
            found(12).find_map(|salt| {
                let keys = FrameKeys::new(
                    key.bytes.clone().try_into().ok()?,
                    salt.bytes.clone().try_into().ok()?,
                );
                keys.open(u64::from(header.seq), &frame.bytes).ok()
            })
        });
        opened.extend(payload);
    }
    opened
}

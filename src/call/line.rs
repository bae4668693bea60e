//! A whole call: two phones, a path, a clock, and the ledger of who held what.
//!
//! Whatever leaves a phone is visible to everybody on the path, for good: the ledger's wire and, where there is one, its
//! tap. What a phone keeps secret is visible to whoever looks into the phone, from when it is there until it is wiped.

use super::error::Dropped;
use super::path::{Passing, Side, Tap};
use super::phone::{Heard, Phone};
use super::session::{Reaction, State};
use super::wire::Kind;
use crate::ground::clock::{Clock, ControlledClock, Millis};
use crate::ground::ledger::{HoldingId, Ledger, Onlooker};

/// How long bytes travel from phone to phone: 40 ms.
pub const TRAVEL: Millis = 40;

/// Something that happened, for the log of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A phone sends a message of this type.
    Sends(Kind),
    /// Bytes came and were dropped.
    Drops(Dropped),
    /// The phone is in another state.
    Is(State),
}

/// Two phones and what lies between them.
pub struct Line {
    clock: ControlledClock,
    phones: [Phone; 2],
    tap: Box<dyn Tap>,
    /// On the way, in the order of arrival: when, for whom, what.
    on_the_way: Vec<(Millis, Side, Vec<u8>)>,
    ledger: Ledger,
    /// For each phone the secrets that the ledger says it holds.
    held: [Vec<(Vec<u8>, HoldingId)>; 2],
    heard: [Vec<Vec<u8>>; 2],
    log: Vec<(Millis, Side, Event)>,
    understood: usize,
}

impl Line {
    /// Two phones that have said nothing yet.
    pub fn new(alice: Phone, bob: Phone, tap: Box<dyn Tap>, clock: ControlledClock) -> Self {
        let mut line = Line {
            clock,
            phones: [alice, bob],
            tap,
            on_the_way: Vec::new(),
            ledger: Ledger::new(),
            held: [Vec::new(), Vec::new()],
            heard: [Vec::new(), Vec::new()],
            log: Vec::new(),
            understood: 0,
        };
        line.write_down(Side::Alice);
        line.write_down(Side::Bob);
        line
    }

    /// Milliseconds since the phones were switched on.
    pub fn now(&self) -> Millis {
        self.clock.now().boot
    }

    /// Both phones say Hello.
    pub fn start(&mut self) {
        for side in [Side::Alice, Side::Bob] {
            let now = self.now();
            let reaction = self.phone_mut(side).start(now);
            self.act(side, reaction);
        }
    }

    /// Lets `time` pass: what is due on the way is delivered, and who must be woken is.
    pub fn run(&mut self, time: Millis) {
        let end = self.now().saturating_add(time);
        loop {
            let arrival = self.on_the_way.first().map(|&(at, ..)| at);
            let wakes = self.phones.iter().map(|phone| phone.session().next_wake());
            let next = wakes.chain([arrival, self.tap.next_wake()]).flatten().min();
            let Some(next) = next.filter(|&next| next <= end) else {
                break;
            };
            self.clock.advance(next.saturating_sub(self.now()));
            self.deliver();
            for side in [Side::Alice, Side::Bob] {
                let now = self.now();
                if self
                    .phone(side)
                    .session()
                    .next_wake()
                    .is_some_and(|due| due <= now)
                {
                    let reaction = self.phone_mut(side).wake(now);
                    self.act(side, reaction);
                }
            }
            if self.tap.next_wake().is_some_and(|due| due <= self.now()) {
                let passing = self.tap.wake(self.now());
                self.pass_on(passing);
            }
        }
        self.clock.advance(end.saturating_sub(self.now()));
    }

    /// Lets time pass until both calls are confirmed or over, but no longer than `at_most`. Whether both are confirmed.
    pub fn settle(&mut self, at_most: Millis) -> bool {
        let end = self.now().saturating_add(at_most);
        let settled = |phone: &Phone| matches!(phone.state(), State::Confirmed(_) | State::Ended(_));
        while !self.phones.iter().all(settled) && self.now() < end {
            self.run(10);
        }
        self.phones
            .iter()
            .all(|phone| phone.session().confirmed().is_some())
    }

    /// One phone says something into the call. Whether it could.
    pub fn say(&mut self, side: Side, payload: &[u8]) -> bool {
        match self.phone_mut(side).say(payload) {
            None => false,
            Some(frame) => {
                self.send(side, &frame);
                true
            }
        }
    }

    /// Both hang up.
    pub fn hang_up(&mut self) {
        for side in [Side::Alice, Side::Bob] {
            self.phone_mut(side).hang_up();
            self.act(side, Reaction::default());
        }
    }

    /// A thief takes both phones and writes down what he finds.
    pub fn thief(&mut self) {
        let now = self.now();
        for phone in &self.phones {
            for (what, bytes) in phone.secrets() {
                self.ledger.gains(now, Onlooker::Thief, what, &bytes);
            }
        }
    }

    /// One phone.
    pub fn phone(&self, side: Side) -> &Phone {
        &self.phones[side as usize]
    }

    /// One phone, to be told something.
    pub fn phone_mut(&mut self, side: Side) -> &mut Phone {
        &mut self.phones[side as usize]
    }

    /// What one phone played, frame by frame.
    pub fn heard(&self, side: Side) -> &[Vec<u8>] {
        &self.heard[side as usize]
    }

    /// Whoever sits on the path.
    pub fn tap(&self) -> &dyn Tap {
        &*self.tap
    }

    /// Who held what, from when, until when.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// What happened, in order: (milliseconds since the phones were switched on, at which end, what).
    pub fn log(&self) -> &[(Millis, Side, Event)] {
        &self.log
    }

    /// Takes the call apart into its phones and its ledger.
    pub fn into_parts(self) -> (Phone, Phone, Ledger) {
        let [alice, bob] = self.phones;
        (alice, bob, self.ledger)
    }

    fn deliver(&mut self) {
        let now = self.now();
        let due = self.on_the_way.partition_point(|&(at, ..)| at <= now);
        let later = self.on_the_way.split_off(due);
        for (_, side, bytes) in std::mem::replace(&mut self.on_the_way, later) {
            let Heard { reaction, sound } = self.phone_mut(side).receive(&bytes, now);
            if let Some(sound) = sound {
                let owner = [Onlooker::AlicePhone, Onlooker::BobPhone][side as usize];
                self.ledger.gains(now, owner, "sound", &sound);
                self.heard[side as usize].push(sound);
            }
            self.act(side, reaction);
        }
    }

    fn act(&mut self, side: Side, reaction: Reaction) {
        let now = self.now();
        if let Some(why) = reaction.dropped {
            self.log.push((now, side, Event::Drops(why)));
        }
        for message in reaction.sends {
            if let Ok(kind) = Kind::of(&message) {
                self.log.push((now, side, Event::Sends(kind)));
            }
            self.send(side, &message);
        }
        let state = self.phone(side).state();
        let before = self.log.iter().rev().find_map(|(_, whose, event)| match event {
            Event::Is(state) if *whose == side => Some(*state),
            _ => None,
        });
        if before != Some(state) {
            self.log.push((now, side, Event::Is(state)));
        }
        self.write_down(side);
    }

    fn send(&mut self, from: Side, bytes: &[u8]) {
        let now = self.now();
        let what = Kind::of(bytes).map_or("frame", Kind::name);
        self.ledger.gains(now, Onlooker::Wire, what, bytes);
        if self.tap.records() {
            self.ledger.gains(now, Onlooker::Tap, what, bytes);
        }
        let passing = self.tap.passes(from, bytes, now);
        self.pass_on(passing);
    }

    fn pass_on(&mut self, passing: Vec<Passing>) {
        let now = self.now();
        for Passing { to, delay, bytes } in passing {
            let arrival = now + TRAVEL + delay;
            let place = self.on_the_way.partition_point(|&(at, ..)| at <= arrival);
            self.on_the_way.insert(place, (arrival, to, bytes));
        }
        for (_, sound) in &self.tap.understood()[self.understood..] {
            self.ledger.gains(now, Onlooker::Tap, "sound", sound);
        }
        self.understood = self.tap.understood().len();
    }

    /// Brings the ledger in line with what the phone holds now.
    fn write_down(&mut self, side: Side) {
        let now = self.now();
        let owner = [Onlooker::AlicePhone, Onlooker::BobPhone][side as usize];
        let there = self.phones[side as usize].secrets();
        let (ledger, held) = (&mut self.ledger, &mut self.held[side as usize]);
        held.retain(|(bytes, id)| {
            let still = there.iter().any(|(_, now_held)| now_held == bytes);
            if !still {
                ledger.loses(now, *id);
            }
            still
        });
        for (what, bytes) in there {
            if !held.iter().any(|(known, _)| *known == bytes) {
                let id = ledger.gains(now, owner, what, &bytes);
                held.push((bytes, id));
            }
        }
    }
}

//! Lesson 02's scene: six texts, each with a timer of ten seconds, and what clocks and switches do to them.
//!
//! Bob's phone has two apps that differ in one point: by which clock they keep time. Both see the same turned clock,
//! and every second the scene asks each store what it still shows and what it still keeps. What a store keeps stands
//! in the ledger as lying on the phone's disk; what a real disk keeps beyond that is lesson 03's question.

use messaging_lab::ground::clock::{Clock, ControlledClock, Millis};
use messaging_lab::ground::ledger::{HoldingId, Ledger, Onlooker};
use messaging_lab::ground::scene::{Chapter, Scene, Sent};
use messaging_lab::store::{
    ChatId, ClockRule, MessageId, MessageStore, NewMessage, SECOND, StoreError, Timer,
};

/// What every wall clock shows at second 0: noon of a day.
const NOON: Millis = (16_000 * 24 + 12) * 60 * 60 * SECOND;

/// The timer of every text here.
const TIMER: Timer = Timer::AfterRead(10 * SECOND);

/// Nothing here is drawn by chance.
pub const SEEDS: [u64; 0] = [];

const CHAPTERS: [Chapter; 5] = [
    Chapter::new("forward", "the clock is set an hour forward", 0),
    Chapter::new(
        "back",
        "the clock is set back, after the texts have expired",
        20 * SECOND,
    ),
    Chapter::new("off", "the phone is switched off while a timer runs", 60 * SECOND),
    Chapter::new(
        "both",
        "the phone is switched off, and its clock is set back",
        100 * SECOND,
    ),
    Chapter::new("receipt", "a receipt comes late", 150 * SECOND),
];

/// What an app can do at the moment.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// The phone is off: nothing runs, what is stored lies there.
    Off,
    /// Nobody has it open: it would show what is readable, and purges nothing.
    Closed,
    /// It purges what is due as soon as it is due.
    Open,
}

/// One text in one app: its ID and bytes as the store gave them, and those of its lines in the ledger that have not
/// ended.
struct Text {
    id: MessageId,
    bytes: Vec<u8>,
    shown: Option<HoldingId>,
    kept: Option<HoldingId>,
}

/// One app on one phone.
struct App {
    phone: Onlooker,
    disk: Onlooker,
    store: MessageStore<ControlledClock>,
    state: State,
    texts: Vec<Text>,
}

impl App {
    /// Puts a message in and reads it at once: what the store gives back is what is looked for from now on.
    fn takes(&mut self, message: NewMessage) -> Result<MessageId, StoreError> {
        let id = self.store.insert(message.timer(TIMER))?;
        let bytes = self.store.read(id)?.to_vec();
        self.texts.push(Text {
            id,
            bytes,
            shown: None,
            kept: None,
        });
        Ok(id)
    }

    /// Asks the store what it shows and what it keeps, and writes down what has changed.
    fn look(&mut self, at: Millis, ledger: &mut Ledger, sent: &mut Vec<Sent>) {
        if self.state == State::Open {
            self.store.purge();
        }
        for text in &mut self.texts {
            let shows = self.state != State::Off && self.store.is_readable(text.id);
            // At most one text is in a store at a time here, so an empty store has lost this one, too.
            let keeps = !self.store.is_empty() && (shows || text.kept.is_some());
            // What lies on the disk already is shown from there.
            let stored = text.kept.is_some();
            for (holds, onlooker, line, comes) in [
                (
                    shows,
                    self.phone,
                    &mut text.shown,
                    stored.then_some((self.disk, "a text, read from the disk")),
                ),
                (
                    keeps,
                    self.disk,
                    &mut text.kept,
                    Some((self.phone, "a text, written to the disk")),
                ),
            ] {
                if let (true, None, Some((from, what))) = (holds, *line, comes) {
                    sent.push(passes(at, from, onlooker, what, &text.bytes));
                }
                match (holds, *line) {
                    (true, None) => *line = Some(ledger.gains(at, onlooker, "a text", &text.bytes)),
                    (false, Some(over)) => {
                        ledger.loses(at, over);
                        *line = None;
                    }
                    _ => {}
                }
            }
        }
    }
}

/// Bytes on their way.
fn passes(at: Millis, from: Onlooker, to: Onlooker, what: &str, bytes: &[u8]) -> Sent {
    Sent::new(at, from, to, what, bytes)
}

/// The two phones, their apps, and the second it is.
struct Play {
    second: u64,
    bob: ControlledClock,
    alice: ControlledClock,
    holds_on: App,
    trusts: App,
    alices: App,
    story: Vec<(Millis, String)>,
    sent: Vec<Sent>,
    ledger: Ledger,
}

impl Play {
    fn at(&self) -> Millis {
        self.second * SECOND
    }

    /// The true time, which no phone here has a way to know.
    fn truth(&self) -> Millis {
        NOON + self.at()
    }

    fn look(&mut self) {
        let at = self.at();
        for app in [&mut self.holds_on, &mut self.trusts, &mut self.alices] {
            app.look(at, &mut self.ledger, &mut self.sent);
        }
    }

    /// Lets time pass until `second`. Clocks of a phone that is off stand here; `switch_on` moves them.
    fn until(&mut self, second: u64) {
        self.look();
        while self.second < second {
            self.second += 1;
            self.alice.advance(SECOND);
            if self.holds_on.state != State::Off {
                self.bob.advance(SECOND);
            }
            self.look();
        }
    }

    fn tell(&mut self, words: impl Into<String>) {
        self.story.push((self.at(), words.into()));
    }

    /// Sets Bob's wall clock and says what it shows now.
    fn set_clock(&mut self, wall: Millis) -> String {
        self.bob.set_wall(wall);
        shown_by(&self.bob)
    }

    fn bobs_apps(&mut self, state: State) {
        self.holds_on.state = state;
        self.trusts.state = state;
    }

    /// Switches Bob's phone on after `off` seconds; its wall clock went on meanwhile.
    fn switch_on(&mut self, off: u64) {
        self.bob.restart(off * SECOND);
        self.bobs_apps(State::Open);
    }
}

/// A clock's time of day.
fn shown_by(clock: &ControlledClock) -> String {
    let seconds = clock.now().wall / SECOND;
    format!(
        "{:02}:{:02}:{:02}",
        seconds / 3600 % 24,
        seconds / 60 % 60,
        seconds % 60
    )
}

/// What became of an attempt to read, in words.
fn outcome(read: Result<&[u8], StoreError>) -> String {
    match read {
        Ok(bytes) => format!("shows '{}'", String::from_utf8_lossy(bytes)),
        Err(StoreError::Gone(_)) => "says that it is gone".to_string(),
        Err(error) => format!("says: {error}"),
    }
}

/// Two phones, three apps, six texts.
pub fn scene() -> Scene {
    play().expect("the story asks for nothing that a store refuses")
}

fn play() -> Result<Scene, StoreError> {
    let (bob, alice) = (ControlledClock::new(NOON), ControlledClock::new(NOON));
    let app = |phone, disk, clock: &ControlledClock, rule| App {
        phone,
        disk,
        store: MessageStore::with_rule(clock.clone(), rule),
        state: State::Open,
        texts: Vec::new(),
    };
    use {ClockRule::*, Onlooker::*};
    let mut play = Play {
        second: 0,
        holds_on: app(BobPhone, BobDisk, &bob, HoldOn),
        trusts: app(BobPhone, BobDisk, &bob, TrustWall),
        alices: app(AlicePhone, AliceDisk, &alice, HoldOn),
        bob,
        alice,
        story: Vec::new(),
        sent: Vec::new(),
        ledger: Ledger::new(),
    };
    let from_carol = |body: &str| NewMessage::received(ChatId(1), body.as_bytes());

    // The clock forward.
    play.tell(format!(
        "Bob's clock is right and shows {}. He reads 'apples' in the app that holds on; it is from Carol, whose phone \
         is not in the picture. Every timer here is 10 s.",
        shown_by(&play.bob)
    ));
    play.holds_on.takes(from_carol("apples"))?;
    play.until(3);
    let shows = play.set_clock(play.truth() + 3600 * SECOND);
    play.tell(format!(
        "Bob's clock is set an hour forward: it shows {shows}. The app is open."
    ));

    // The clock back.
    play.until(20);
    let shows = play.set_clock(play.truth());
    let coffee = play.holds_on.takes(from_carol("coffee"))?;
    let dates = play.trusts.takes(from_carol("dates"))?;
    play.tell(format!(
        "The clock is set right: {shows}. Bob reads 'coffee' in the app that holds on and 'dates' in the app that \
         trusts the clock."
    ));
    play.until(22);
    play.bobs_apps(State::Closed);
    play.tell(
        "Bob closes both apps; the phone stays on the table, unlocked. Nothing purges now: what expires is not shown \
         any more, and stays on the disk.",
    );
    play.until(40);
    let shows = play.set_clock(play.truth() - 15 * SECOND);
    play.bobs_apps(State::Open);
    play.look();
    let one = outcome(play.holds_on.store.read(coffee));
    let at = play.at();
    let read = play.trusts.store.read(dates);
    if let Ok(bytes) = read {
        let what = "what stands on the screen";
        play.sent.push(passes(at, BobPhone, Thief, what, bytes));
        play.ledger.gains(at, Thief, "a text read on Bob's screen", bytes);
    }
    let other = outcome(read);
    play.tell(format!(
        "Somebody picks the phone up, turns the clock back to {shows} and opens both apps. Asked for 'coffee', the \
         app that holds on {one}. Asked for 'dates', the app that trusts the clock {other}."
    ));

    // The phone off.
    play.until(60);
    let shows = play.set_clock(play.truth());
    let eggs = play.holds_on.takes(from_carol("eggs"))?;
    play.tell(format!("The clock is set right: {shows}. Bob reads 'eggs'."));
    play.until(64);
    play.bobs_apps(State::Off);
    play.tell(
        "Bob's phone is switched off. An app that does not run shows nothing and purges nothing: what it kept lies on \
         the disk.",
    );
    play.until(90);
    play.switch_on(26);
    let says = outcome(play.holds_on.store.read(eggs));
    play.tell(format!(
        "The phone is on again, its clock shows {}, the apps start. Asked for 'eggs', the app that \
         holds on {says}.",
        shown_by(&play.bob)
    ));

    // The phone off, and the clock back.
    play.until(100);
    let figs = play.holds_on.takes(from_carol("figs"))?;
    play.tell("Bob reads 'figs'.");
    play.until(104);
    play.bobs_apps(State::Off);
    play.tell("Bob's phone is switched off; the text lies on its disk.");
    play.until(130);
    play.switch_on(26);
    let shows = play.set_clock(play.truth() - 60 * SECOND);
    let says = outcome(play.holds_on.store.read(figs));
    play.tell(format!(
        "The phone is on again. Before any app starts, its clock is turned back to {shows}. Asked for \
         'figs', the app that holds on {says}."
    ));

    // The late receipt.
    play.until(150);
    let shows = play.set_clock(play.truth());
    let grapes = play
        .alices
        .takes(NewMessage::sent(ChatId(1), b"grapes".as_slice()))?;
    play.tell(format!(
        "Bob's clock is set right: {shows}. Alice sends 'grapes', and at once her phone loses its connection."
    ));
    play.until(152);
    let got = NewMessage::received(ChatId(1), b"grapes".as_slice());
    let what = "a text, on its way since second 150";
    play.sent
        .push(passes(play.at(), AlicePhone, BobPhone, what, &got.body));
    play.holds_on.takes(got)?;
    let read_date = play.truth();
    play.tell("Bob reads 'grapes'. The server notes the second and keeps the receipt for Alice.");
    play.until(200);
    // All that a receipt brings is a date, in milliseconds of the clock on the wall.
    let what = "the receipt, which waited since second 152: a date";
    let date = read_date.to_be_bytes();
    play.sent
        .push(passes(play.at(), BobPhone, AlicePhone, what, &date));
    let outcome = match play.alices.store.receipt(grapes, read_date) {
        Ok(()) => outcome(play.alices.store.read(grapes)),
        Err(error) => format!("refuses it: {error}"),
    };
    play.tell(format!(
        "Alice is back online and the receipt arrives: read at second 152. Asked for \
         'grapes', her app {outcome}."
    ));
    play.until(220);

    let watched = ["apples", "coffee", "dates", "eggs", "figs", "grapes"];
    Ok(Scene {
        seeds: &SEEDS,
        sent: play.sent,
        chapters: CHAPTERS.to_vec(),
        lesson: "clocks",
        title: "six texts with a timer of ten seconds, and whose clock ends them",
        story: play.story,
        watched: watched.map(|name| (name, name.as_bytes().to_vec())).to_vec(),
        end: play.second * SECOND,
        ledger: play.ledger,
    })
}

//! Lesson 01's scene: two phones, a timer that is changed, a picture that is opened late, and receipts that come late.

use messaging_lab::ground::clock::{Clock, ControlledClock, Millis};
use messaging_lab::ground::ledger::{HoldingId, Ledger, Onlooker};
use messaging_lab::ground::scene::{Chapter, Scene, Sent, seconds};
use messaging_lab::store::{ChatId, MessageId, MessageStore, NewMessage, SECOND, StoreError, Timer};

pub const CHAT: ChatId = ChatId(1);

/// Nothing here is drawn by chance.
pub const SEEDS: [u64; 0] = [];

const CHAPTERS: [Chapter; 3] = [
    Chapter::new("sent", "three messages are sent, under two timers", 0),
    Chapter::new(
        "offline",
        "Bob reads and opens while Alice's phone is offline",
        5 * SECOND,
    ),
    Chapter::new(
        "online",
        "Alice's phone gets what waited for it, and each phone keeps its own time",
        28 * SECOND,
    ),
];

/// A phone: its store, and which of the ledger's holdings are its messages.
struct Phone {
    owner: Onlooker,
    store: MessageStore<ControlledClock>,
    held: Vec<(MessageId, HoldingId)>,
}

impl Phone {
    fn new(owner: Onlooker, clock: &ControlledClock) -> Self {
        Phone {
            owner,
            store: MessageStore::new(clock.clone()),
            held: Vec::new(),
        }
    }

    /// Puts a message into this phone's store.
    fn keep(
        &mut self,
        now: Millis,
        ledger: &mut Ledger,
        what: &str,
        new: NewMessage,
    ) -> Result<MessageId, StoreError> {
        let body = new.body.clone();
        let id = self.store.insert(new)?;
        self.held.push((id, ledger.gains(now, self.owner, what, &body)));
        Ok(id)
    }

    /// The phone's one waiter wakes: what is due is destroyed, and nobody is told but the ledger.
    fn wake(&mut self, now: Millis, ledger: &mut Ledger) {
        self.store.purge();
        for &(id, holding) in &self.held {
            if !self.store.is_readable(id) {
                ledger.loses(now, holding);
            }
        }
    }

    /// What is left of a message here, in words.
    fn left(&self, id: MessageId) -> Result<String, StoreError> {
        match self.store.deadline(id) {
            Ok(None) => Ok("no timer runs".to_string()),
            Ok(Some(deadline)) => Ok(format!("deadline: second {}", seconds(deadline))),
            Err(StoreError::Gone(_)) => Ok("gone at once".to_string()),
            Err(other) => Err(other),
        }
    }
}

/// The world of the scene. Both phones live by one clock here; lesson 02 takes it from them.
struct Stage {
    clock: ControlledClock,
    ledger: Ledger,
    story: Vec<(Millis, String)>,
    sent: Vec<Sent>,
    alice: Phone,
    bob: Phone,
}

impl Stage {
    fn now(&self) -> Millis {
        self.clock.now().wall
    }

    /// Lets time pass up to `second`. A phone whose waiter is due meanwhile wakes at that very moment.
    fn until(&mut self, second: u64) {
        let end = second * SECOND;
        loop {
            let now = self.now();
            self.alice.wake(now, &mut self.ledger);
            self.bob.wake(now, &mut self.ledger);
            if now >= end {
                return;
            }
            let waits = [self.alice.store.next_wake(), self.bob.store.next_wake()];
            let next = waits.into_iter().flatten().min();
            self.clock
                .advance(next.map_or(end - now, |wait| wait.min(end - now)));
        }
    }

    fn tell(&mut self, words: impl Into<String>) {
        self.story.push((self.now(), words.into()));
    }

    /// Bytes pass from one phone to the other.
    fn passes(&mut self, from: Onlooker, to: Onlooker, what: &str, bytes: &[u8]) {
        self.sent.push(Sent::new(self.now(), from, to, what, bytes));
    }

    /// Both phones take the new timer for this chat.
    fn set_timer(&mut self, timer: Timer) -> Result<(), StoreError> {
        self.alice.store.set_chat_timer(CHAT, timer)?;
        self.bob.store.set_chat_timer(CHAT, timer)
    }

    /// Alice sends, and Bob's phone has it in the same moment: her message's ID, then his.
    fn alice_sends(
        &mut self,
        what: &str,
        sent: NewMessage,
        received: NewMessage,
    ) -> Result<(MessageId, MessageId), StoreError> {
        let now = self.now();
        let hers = self.alice.keep(now, &mut self.ledger, what, sent)?;
        self.passes(Onlooker::AlicePhone, Onlooker::BobPhone, what, &received.body);
        let his = self.bob.keep(now, &mut self.ledger, what, received)?;
        Ok((hers, his))
    }

    /// Bob looks at a message in the chat: what his store answers, in words.
    fn bob_looks_at(&mut self, id: MessageId) -> Result<String, StoreError> {
        match self.bob.store.read(id) {
            Ok(body) => {
                let text = String::from_utf8_lossy(body).into_owned();
                Ok(format!("\"{text}\" is displayed ({})", self.bob.left(id)?))
            }
            Err(StoreError::OpenIt(_)) => Ok(format!("the picture shows its cover ({})", self.bob.left(id)?)),
            Err(other) => Err(other),
        }
    }
}

/// Alice and Bob plan a cake. Times are in seconds from the beginning.
pub fn scene() -> Scene {
    play().expect("every step of this story is one that a store accepts")
}

fn play() -> Result<Scene, StoreError> {
    const MEET: &str = "meet at ten";
    const PICTURE: &str = "picture of the cake";
    const QUESTION: &str = "lemon or apple?";
    const CANDLES: &str = "bring candles";
    let clock = ControlledClock::new(0);
    let mut stage = Stage {
        ledger: Ledger::new(),
        story: Vec::new(),
        sent: Vec::new(),
        alice: Phone::new(Onlooker::AlicePhone, &clock),
        bob: Phone::new(Onlooker::BobPhone, &clock),
        clock,
    };

    stage.tell("The chat's timer is set to 10 s after reading, on both phones.");
    stage.set_timer(Timer::AfterRead(10 * SECOND))?;

    stage.until(1);
    stage.tell("Alice sends a text.");
    let meet = stage.alice_sends(
        "the text",
        NewMessage::sent(CHAT, MEET),
        NewMessage::received(CHAT, MEET),
    )?;

    stage.until(2);
    stage.tell("Alice sends a picture.");
    let picture = stage.alice_sends(
        "the picture",
        NewMessage::sent(CHAT, PICTURE).media(0),
        NewMessage::received(CHAT, PICTURE).media(0),
    )?;

    stage.until(3);
    stage.tell("The chat's timer is set to 30 s after reading, on both phones.");
    stage.set_timer(Timer::AfterRead(30 * SECOND))?;

    stage.until(4);
    stage.tell("Alice sends another text.");
    let question = stage.alice_sends(
        "the text",
        NewMessage::sent(CHAT, QUESTION),
        NewMessage::received(CHAT, QUESTION),
    )?;

    stage.until(5);
    stage.tell("Alice's phone goes offline.");

    stage.until(8);
    let read_date = stage.now();
    stage.tell("Bob opens the chat and reads. His phone sends read receipts, which wait for Alice's phone.");
    for his in [meet.1, picture.1, question.1] {
        let words = stage.bob_looks_at(his)?;
        stage.tell(format!("On Bob's phone {words}."));
    }

    stage.until(11);
    stage.tell("Bob sends a text. It waits for Alice's phone.");
    let now = stage.now();
    stage.bob.keep(
        now,
        &mut stage.ledger,
        "the text",
        NewMessage::sent(CHAT, CANDLES),
    )?;

    stage.until(21);
    let opened_date = stage.now();
    stage.bob.store.open(picture.1)?;
    let left = stage.bob.left(picture.1)?;
    stage.tell(format!(
        "Bob taps the cover: the picture is opened ({left}). A receipt waits for Alice's phone."
    ));

    stage.until(28);
    let now = stage.now();
    stage.tell(
        "Alice's phone is online again. It gets Bob's text, which Alice never reads, and the receipts.",
    );
    let candles = NewMessage::received(CHAT, CANDLES).sent_at(11 * SECOND);
    let waited = "the text, which waited since second 11";
    stage.passes(Onlooker::BobPhone, Onlooker::AlicePhone, waited, &candles.body);
    stage.alice.keep(now, &mut stage.ledger, "the text", candles)?;
    for ((hers, _), name, date) in [
        (meet, MEET, read_date),
        (question, QUESTION, read_date),
        (picture, PICTURE, opened_date),
    ] {
        // All that a receipt brings is a date, in milliseconds.
        let what = format!("the receipt for \"{name}\": a date");
        stage.passes(
            Onlooker::BobPhone,
            Onlooker::AlicePhone,
            &what,
            &date.to_be_bytes(),
        );
        stage.alice.store.receipt(hers, date)?;
        let left = stage.alice.left(hers)?;
        stage.tell(format!(
            "On Alice's phone \"{name}\" was read at second {} ({left}).",
            seconds(date)
        ));
    }

    stage.until(3_700);
    stage.tell("An hour has passed.");
    Ok(Scene {
        seeds: &SEEDS,
        sent: stage.sent,
        chapters: CHAPTERS.to_vec(),
        lesson: "timer",
        title: "two phones, one timer each, and an hour",
        story: stage.story,
        ledger: stage.ledger,
        watched: vec![
            ("\"meet at ten\"", MEET.into()),
            ("the picture", PICTURE.into()),
            ("\"lemon or apple?\"", QUESTION.into()),
            ("\"bring candles\"", CANDLES.into()),
        ],
        end: 3_700 * SECOND,
    })
}

//! Lesson 07's scene: a key for every message, one message that is late, and a thief who copies Bob's phone.

use messaging_lab::crypto::aead;
use messaging_lab::envelope::chains::{kdf_ck, message_key_and_nonce};
use messaging_lab::envelope::error::EnvelopeError;
use messaging_lab::envelope::header::{HEADER_BYTES, Header};
use messaging_lab::envelope::keys::KeyPair;
use messaging_lab::envelope::ratchet::Ratchet;
use messaging_lab::envelope::stolen::StolenState;
use messaging_lab::ground::clock::{Clock, ControlledClock, Millis};
use messaging_lab::ground::ledger::{HoldingId, Ledger, Onlooker};
use messaging_lab::ground::randomness::Seeded;
use messaging_lab::ground::scene::{self, Chapter, Scene};
use messaging_lab::ground::secret::Secret;
use messaging_lab::store::{ChatId, MessageId, MessageStore, NewMessage, SECOND, StoreError, Timer};

#[path = "ratchet/phones.rs"]
mod phones;
use phones::{Phone, Thief};

pub const CHAT: ChatId = ChatId(1);

/// What every message is bound to besides its header.
pub const AD: &[u8] = b"Alice to Bob";

/// Texts are destroyed this long after Bob has read them.
pub const TEN_SECONDS: Timer = Timer::AfterRead(10 * SECOND);

/// Where chance begins. With this one no key has letters in it that could be taken for a text.
pub const SEED: u64 = 8;

/// Both places where chance begins: the phones' keys; and the thief's copy, which needs a source and never draws.
pub const SEEDS: [u64; 2] = [SEED, 40];

const CHAPTERS: [Chapter; 3] = [
    Chapter::new(
        "turning",
        "a key for every message, and one message that is late",
        0,
    ),
    Chapter::new(
        "theft",
        "a thief copies Bob's phone, and has the record of the wire",
        40 * SECOND,
    ),
    Chapter::new("after", "what the copied keys open from then on", 50 * SECOND),
];

pub const LATE: &str = "the message key of message 1";

/// Why the story could not go on. It always can; the models just do not promise it.
#[derive(Debug)]
enum Stuck {
    Envelope,
    Store,
}

impl From<EnvelopeError> for Stuck {
    fn from(_: EnvelopeError) -> Self {
        Stuck::Envelope
    }
}

impl From<StoreError> for Stuck {
    fn from(_: StoreError) -> Self {
        Stuck::Store
    }
}

/// A message of Alice's: its number, its text, what travels, and its place in her phone's store.
struct Sent {
    number: usize,
    text: &'static str,
    timer: Timer,
    sealed: Vec<u8>,
    hers: MessageId,
}

struct Stage {
    clock: ControlledClock,
    ledger: Ledger,
    story: Vec<(Millis, String)>,
    alice: Phone,
    bob: Phone,
    randomness: Seeded,
    sent: Vec<scene::Sent>,
    /// What somebody on the wire has recorded of Alice's messages.
    record: Vec<Vec<u8>>,
}

impl Stage {
    fn now(&self) -> Millis {
        self.clock.now().wall
    }

    fn tell(&mut self, words: impl Into<String>) {
        self.story.push((self.now(), words.into()));
    }

    fn passes(&mut self, from: Onlooker, to: Onlooker, what: &str, bytes: &[u8]) {
        self.sent
            .push(scene::Sent::new(self.now(), from, to, what, bytes));
    }

    /// Lets time pass up to `second`; texts that are due meanwhile go at their deadline.
    fn until(&mut self, second: u64) {
        let end = second * SECOND;
        loop {
            let now = self.now();
            self.alice.wake(now, &mut self.ledger);
            self.bob.wake(now, &mut self.ledger);
            if now >= end {
                return;
            }
            let waits = [self.alice.texts.next_wake(), self.bob.texts.next_wake()];
            let next = waits.into_iter().flatten().min();
            self.clock
                .advance(next.map_or(end - now, |wait| wait.min(end - now)));
        }
    }

    /// Alice's phone seals a text and turns its chain; what travels is recorded.
    fn alice_sends(&mut self, second: u64, text: &'static str, timer: Timer) -> Result<Sent, Stuck> {
        self.until(second);
        let now = self.now();
        let number = self.record.len();
        self.tell(format!("Alice sends message {number}, \"{text}\"."));
        let message = NewMessage::sent(CHAT, text).timer(timer);
        let hers = self.alice.keep_text(now, &mut self.ledger, message)?;
        let sealed = self.alice.ratchet.seal(text.as_bytes(), AD)?;
        self.alice.write_down_keys(now, &mut self.ledger);
        let what = format!("message {number}, sealed");
        self.passes(Onlooker::AlicePhone, Onlooker::Wire, &what, &sealed);
        self.ledger.gains(now, Onlooker::Wire, &what, &sealed);
        self.record.push(sealed.clone());
        Ok(Sent {
            number,
            text,
            timer,
            sealed,
            hers,
        })
    }

    /// Bob's phone opens a message, turns its chain, and Bob reads the text at once; Alice's phone gets his receipt.
    fn bob_opens(&mut self, second: u64, sent: &Sent) -> Result<(), Stuck> {
        self.until(second);
        let now = self.now();
        let what = format!("message {}, sealed", sent.number);
        self.passes(Onlooker::Wire, Onlooker::BobPhone, &what, &sent.sealed);
        let text = self.bob.ratchet.open(&sent.sealed, AD, &mut self.randomness)?;
        let fate = match sent.timer {
            Timer::Off => "The text has no timer.".to_string(),
            _ => "The text's timer of 10 s starts.".to_string(),
        };
        self.tell(format!(
            "Bob's phone opens message {}, and Bob reads it. {fate}",
            sent.number
        ));
        self.bob.write_down_keys(now, &mut self.ledger);
        let message = NewMessage::received(CHAT, text).timer(sent.timer);
        let his = self.bob.keep_text(now, &mut self.ledger, message)?;
        self.bob.texts.read(his)?;
        self.alice.texts.receipt(sent.hers, now)?;
        Ok(())
    }

    /// The thief has Bob's phone for a moment: keys and texts as they stand in it, and the record besides.
    fn theft(&mut self, second: u64) -> Result<Thief, Stuck> {
        self.until(second);
        let now = self.now();
        self.tell("A thief copies Bob's unlocked phone, puts it back, and has the record of the wire.");
        for (name, key) in self.bob.keys() {
            self.passes(Onlooker::BobPhone, Onlooker::Thief, &name, &key);
            self.ledger.gains(now, Onlooker::Thief, &name, &key);
        }
        for &(id, _) in &self.bob.held_texts {
            if let Ok(text) = self.bob.texts.read(id) {
                self.sent.push(scene::Sent::new(
                    now,
                    Onlooker::BobPhone,
                    Onlooker::Thief,
                    "a text on the phone",
                    text,
                ));
                self.ledger
                    .gains(now, Onlooker::Thief, "a text on the phone", text);
            }
        }
        let state = self.bob.ratchet.stolen();
        let mut thief = Thief {
            ratchet: Ratchet::from_stolen(&state)?,
            state,
            randomness: Seeded::new(SEEDS[1]),
        };
        let (mut opened, mut shut) = (Vec::new(), Vec::new());
        for (number, sealed) in self.record.iter().enumerate() {
            self.sent.push(scene::Sent::new(
                now,
                Onlooker::Wire,
                Onlooker::Thief,
                &format!("message {number}, from the record"),
                sealed,
            ));
            match thief.opens(sealed) {
                Some(text) => {
                    let what = format!("message {number}, opened");
                    self.ledger.gains(now, Onlooker::Thief, &what, &text);
                    opened.push(number.to_string());
                }
                None => shut.push(number.to_string()),
            }
        }
        self.tell(format!(
            "With the keys he tries all that was recorded so far. Opens: {}. Stays shut: {}.",
            opened.join(", "),
            shut.join(", ")
        ));
        Ok(thief)
    }

    /// What the thief made of a message that was recorded just now.
    fn thief_got(&mut self, what: &str, text: Option<Vec<u8>>) {
        let now = self.now();
        match text {
            Some(text) => {
                self.ledger.gains(now, Onlooker::Thief, what, &text);
                self.tell("The thief opens it from the record.");
            }
            None => self.tell("The thief cannot open it."),
        }
    }
}

/// Alice writes to Bob about a day at the lake. Times are in seconds from the beginning.
pub fn scene() -> Scene {
    play().expect("every step of this story is one that ratchet and store accept")
}

fn play() -> Result<Scene, Stuck> {
    let clock = ControlledClock::new(0);
    let mut randomness = Seeded::new(SEEDS[0]);
    let first_key = Secret::random(&mut randomness).map_err(EnvelopeError::from)?;
    let bobs_pair = KeyPair::generate(&mut randomness).map_err(EnvelopeError::from)?;
    let alice = Ratchet::init_alice(&first_key, bobs_pair.public(), &mut randomness)?;
    let bob = Ratchet::init_bob(first_key, bobs_pair);
    let mut stage = Stage {
        alice: Phone::new(Onlooker::AlicePhone, alice, &clock),
        bob: Phone::new(Onlooker::BobPhone, bob, &clock),
        clock,
        ledger: Ledger::new(),
        story: Vec::new(),
        sent: Vec::new(),
        randomness,
        record: Vec::new(),
    };
    stage.tell("Alice's phone and Bob's phone share a first secret. Somebody records the wire.");
    stage.alice.write_down_keys(0, &mut stage.ledger);

    let question = stage.alice_sends(10, "a swim at the lake?", TEN_SECONDS)?;
    stage.bob_opens(11, &question)?;
    let towels = stage.alice_sends(12, "bring the towels", TEN_SECONDS)?;
    stage.tell("The network holds it up.");
    let frisbee = stage.alice_sends(14, "and the frisbee", Timer::Off)?;
    stage.bob_opens(15, &frisbee)?;
    let surprise = stage.alice_sends(16, "it is a surprise party", TEN_SECONDS)?;
    stage.bob_opens(17, &surprise)?;

    let late_key = {
        let state = stage.bob.ratchet.stolen();
        state.skipped.first().map_or([0; 32], |(_, _, key)| *key)
    };
    let mut thief = stage.theft(40)?;

    let six = stage.alice_sends(50, "at six o'clock", TEN_SECONDS)?;
    stage.passes(
        Onlooker::Wire,
        Onlooker::Thief,
        "message 4, from the record",
        &six.sealed,
    );
    let opened = thief.opens(&six.sealed);
    stage.thief_got("message 4, opened", opened);
    stage.bob_opens(51, &six)?;
    stage.until(60);
    stage.tell("Message 1 comes at last.");
    stage.bob_opens(60, &towels)?;

    stage.until(75);
    let answer = "I am on my way";
    let now = stage.now();
    stage.tell(format!(
        "Bob answers for the first time, \"{answer}\". Alice's phone is off."
    ));
    let message = NewMessage::sent(CHAT, answer).timer(TEN_SECONDS);
    stage.bob.keep_text(now, &mut stage.ledger, message)?;
    let sealed = stage.bob.ratchet.seal(answer.as_bytes(), AD)?;
    stage.bob.write_down_keys(now, &mut stage.ledger);
    let what = "Bob's answer, sealed";
    stage.passes(Onlooker::BobPhone, Onlooker::Wire, what, &sealed);
    stage.ledger.gains(now, Onlooker::Wire, what, &sealed);
    stage.passes(
        Onlooker::Wire,
        Onlooker::Thief,
        "Bob's answer, from the record",
        &sealed,
    );
    let opened = thief.opens_bobs(&sealed);
    stage.thief_got("Bob's answer, opened", opened);

    stage.until(90);
    let watched = [
        ("text 0", question.text.into()),
        ("text 1", towels.text.into()),
        ("text 2", frisbee.text.into()),
        ("text 3", surprise.text.into()),
        ("text 4", six.text.into()),
        ("the answer's text", answer.into()),
        (LATE, late_key.to_vec()),
    ];
    Ok(Scene {
        seeds: &SEEDS,
        sent: stage.sent,
        chapters: CHAPTERS.to_vec(),
        lesson: "ratchet",
        title: "a key for every message, and a thief with a copy of Bob's phone",
        story: stage.story,
        ledger: stage.ledger,
        watched: watched.into(),
        end: 90 * SECOND,
    })
}

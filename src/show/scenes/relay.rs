//! Lesson 05's scene: two messages through an honest relay while the recipient's phone is off, and a thief later.
//!
//! The relay is the real one, and what it and the wire held is its own ledger. The envelopes are lesson 05's: the public
//! half of a fresh key, then the sealed text, with both names bound to it.

use std::error::Error;

use messaging_lab::envelope::bundle::PreKeyBundle;
use messaging_lab::envelope::hpke::{open_base, seal_base};
use messaging_lab::envelope::identity::Identity;
use messaging_lab::envelope::kem::{ENC_BYTES, EphemeralKey, KeyPair, PublicKey};
use messaging_lab::envelope::parcel::{Address, Parcel};
use messaging_lab::envelope::prekeys::PreKeys;
use messaging_lab::envelope::relay::Relay;
use messaging_lab::ground::clock::{Clock, ControlledClock, Millis};
use messaging_lab::ground::ledger::{Change, HoldingId, Ledger, Onlooker};
use messaging_lab::ground::randomness::Seeded;
use messaging_lab::ground::scene::{Chapter, Scene, Sent};
use messaging_lab::ground::secret::Secret;

/// What Alice writes: a long text and a short one.
const TEXTS: [&str; 2] = ["the results came: all is well", "call me back"];

/// Where chance begins.
pub const SEEDS: [u64; 1] = [7];

const CHAPTERS: [Chapter; 4] = [
    Chapter::new("keys", "both phones make keys, and Alice's asks for Bob's", 0),
    Chapter::new("sealed", "two texts are sealed, and wait at the relay", 6_000),
    Chapter::new(
        "collected",
        "Bob's phone collects and opens both; later both texts are erased",
        20_000,
    ),
    Chapter::new(
        "stolen",
        "a thief has Bob's key, and what passed on the wire",
        40_000,
    ),
];

/// A phone's address, its key pair, and what it hands to the directory.
struct Device {
    address: Address,
    keys: KeyPair,
    upload: Vec<u8>,
}

impl Device {
    fn new(user: &str, randomness: &mut Seeded) -> Result<Self, Box<dyn Error>> {
        let private = Secret::<32>::random(randomness)?;
        let keys = KeyPair::from_private(Secret::new(*private.expose()));
        // The directory wants signed pre-keys as well; lesson 08 needs them.
        let identity = Identity::from_private(private);
        let upload = PreKeys::generate(&identity, 0, randomness)?
            .upload(&identity)
            .to_bytes();
        Ok(Device {
            address: Address::new(user, 1)?,
            keys,
            upload,
        })
    }
}

/// Both names, each behind its length: what an envelope is bound to.
fn names(from: &Address, to: &Address) -> Vec<u8> {
    let mut bound = Vec::new();
    for name in [from.to_string(), to.to_string()] {
        bound.push(name.len() as u8);
        bound.extend_from_slice(name.as_bytes());
    }
    bound
}

/// The text in a parcel, for whoever has the recipient's keys.
fn opened(parcel: &Parcel, keys: &KeyPair) -> Result<Vec<u8>, Box<dyn Error>> {
    let (enc, sealed) = parcel
        .message
        .split_first_chunk::<ENC_BYTES>()
        .ok_or("no envelope")?;
    Ok(open_base(
        enc,
        keys,
        &names(&parcel.from, &parcel.to),
        &[],
        sealed,
    )?)
}

/// The stage: what people did, and what their phones and a thief held. What relay and wire held is with the relay.
struct Stage {
    clock: ControlledClock,
    story: Vec<(Millis, String)>,
    sent: Vec<Sent>,
    ledger: Ledger,
}

impl Stage {
    fn now(&self) -> Millis {
        self.clock.now().wall
    }

    /// Goes on to `second` and tells what happens then.
    fn second(&mut self, second: u64, words: &str) {
        self.clock.advance(second * 1000 - self.now());
        self.story.push((self.now(), words.to_string()));
    }

    fn gains(&mut self, onlooker: Onlooker, what: &str, bytes: &[u8]) -> HoldingId {
        self.ledger.gains(self.now(), onlooker, what, bytes)
    }

    fn passes(&mut self, from: Onlooker, to: Onlooker, what: &str, bytes: &[u8]) {
        self.sent.push(Sent::new(self.now(), from, to, what, bytes));
    }

    /// Ends with `relay`'s lines among its own.
    fn ledger_with(self, relay: &Ledger) -> Ledger {
        let mut ledger = self.ledger;
        let mut copied: Vec<Option<HoldingId>> = vec![None; relay.holdings().len()];
        for (at, change, holding) in relay.history() {
            let place = relay
                .holdings()
                .iter()
                .position(|other| std::ptr::eq(other, holding));
            let Some(slot) = place.and_then(|place| copied.get_mut(place)) else {
                continue;
            };
            match (change, *slot) {
                (Change::Gains, _) => {
                    *slot = Some(ledger.gains(at, holding.onlooker, &holding.what, &holding.bytes))
                }
                (Change::Loses, Some(id)) => ledger.loses(at, id),
                (Change::Loses, None) => {}
            }
        }
        ledger
    }
}

/// Alice writes twice to Bob, whose phone is off; he collects; both delete; somebody steals his phone.
pub fn scene() -> Scene {
    play().expect("the story asks for nothing that is refused")
}

fn play() -> Result<Scene, Box<dyn Error>> {
    let mut randomness = Seeded::new(SEEDS[0]);
    let clock = ControlledClock::new(0);
    let mut relay = Relay::honest(clock.clone());
    let mut stage = Stage {
        clock,
        story: Vec::new(),
        sent: Vec::new(),
        ledger: Ledger::new(),
    };

    stage.second(
        0,
        "Alice's and Bob's phones each make a private key and a public one, and upload the public one.",
    );
    let alice = Device::new("alice", &mut randomness)?;
    let bob = Device::new("bob", &mut randomness)?;
    stage.gains(
        Onlooker::AlicePhone,
        "her private key",
        alice.keys.private().expose(),
    );
    stage.gains(Onlooker::BobPhone, "his private key", bob.keys.private().expose());
    for (owner, device) in [(Onlooker::AlicePhone, &alice), (Onlooker::BobPhone, &bob)] {
        let what = format!("upload of {}", device.address);
        stage.passes(owner, Onlooker::Relay, &what, &device.upload);
        relay.register(&device.address, &device.upload)?;
    }

    stage.second(2, "Bob's phone is switched off.");

    stage.second(
        4,
        "Alice opens a chat with Bob; her phone asks the relay for his public key.",
    );
    let devices = relay.keys_of(&alice.address, "bob")?;
    let (bobs, bundle) = devices.first().ok_or("no device")?;
    // What her phone asks with is the relay's own line about it.
    let asked = relay
        .ledger()
        .ever_held_by(Onlooker::Relay)
        .last()
        .ok_or("no request")?;
    stage.passes(
        Onlooker::AlicePhone,
        Onlooker::Relay,
        asked.what.as_str(),
        &asked.bytes,
    );
    let what = format!("keys of {bobs} for {}", alice.address);
    stage.passes(Onlooker::Relay, Onlooker::AlicePhone, &what, bundle);
    let verified = PreKeyBundle::from_bytes(bundle)?.verify()?;
    let bobs_key = PublicKey(*verified.bundle().identity.as_bytes());

    let mut typed = Vec::new();
    let mut envelopes = Vec::new();
    let writes = [
        (
            6,
            TEXTS[0],
            "Alice writes a text. Her phone seals it for Bob's key and hands it to the relay, where it waits.",
        ),
        (9, TEXTS[1], "Alice writes a second text; it waits as well."),
    ];
    for (serial, (second, text, words)) in writes.into_iter().enumerate() {
        stage.second(second, words);
        typed.push(stage.gains(Onlooker::AlicePhone, "a text, as she typed it", text.as_bytes()));
        let fresh = EphemeralKey::generate(&mut randomness)?;
        let bound = names(&alice.address, &bob.address);
        let (enc, sealed) = seal_base(fresh, &bobs_key, &bound, &[], text.as_bytes())?;
        let message = [&enc[..], &sealed].concat();
        let parcel = Parcel {
            from: alice.address.clone(),
            to: bob.address.clone(),
            serial: serial as u32,
            message,
        };
        let bytes = parcel.to_bytes();
        stage.passes(Onlooker::AlicePhone, Onlooker::Relay, "a parcel", &bytes);
        relay.post(&bytes)?;
        envelopes.push(parcel.message);
    }

    stage.second(
        20,
        "Bob's phone is on again and collects what waits. The relay is honest: it deletes its copies.",
    );
    let collected = relay.collect(&bob.address);
    for bytes in &collected {
        stage.passes(Onlooker::Relay, Onlooker::BobPhone, "a parcel", bytes);
    }

    stage.second(21, "Bob's phone opens both and shows them.");
    for bytes in &collected {
        let text = opened(&Parcel::from_bytes(bytes)?, &bob.keys)?;
        typed.push(stage.gains(Onlooker::BobPhone, "a text, displayed", &text));
    }

    stage.second(
        25,
        "Alice and Bob delete both texts, and both phones really erase them.",
    );
    for text in typed {
        stage.ledger.loses(stage.now(), text);
    }

    stage.second(
        40,
        "Somebody steals Bob's phone, unlocked. No text is on it any more; his private key is.",
    );
    let stolen = *bob.keys.private().expose();
    stage.passes(
        Onlooker::BobPhone,
        Onlooker::Thief,
        "what is on the phone",
        &stolen,
    );
    stage.gains(Onlooker::Thief, "Bob's private key", &stolen);

    stage.second(
        41,
        "The thief knows somebody who recorded the wire all along, and tries the key on the recordings.",
    );
    let thief = KeyPair::from_private(Secret::new(stolen));
    let recorded: Vec<Vec<u8>> = relay
        .ledger()
        .ever_held_by(Onlooker::Wire)
        .map(|holding| holding.bytes.clone())
        .collect();
    for bytes in recorded {
        let Ok(text) = Parcel::from_bytes(&bytes).map(|parcel| opened(&parcel, &thief)) else {
            continue;
        };
        // A parcel was recorded twice, on its way in and out.
        let now = stage.now();
        if !stage
            .sent
            .iter()
            .any(|sent| sent.at == now && sent.bytes == bytes)
        {
            stage.passes(Onlooker::Wire, Onlooker::Thief, "a recorded parcel", &bytes);
        }
        let text = text?;
        if !stage.ledger.holds(Onlooker::Thief, &text, stage.now()) {
            stage.gains(Onlooker::Thief, "a text, opened with the stolen key", &text);
        }
    }

    let about_it = relay
        .ledger()
        .ever_held_by(Onlooker::Relay)
        .find(|holding| holding.what == "a line of the log")
        .map(|holding| holding.bytes.clone())
        .ok_or("no log")?;
    Ok(Scene {
        seeds: &SEEDS,
        sent: std::mem::take(&mut stage.sent),
        chapters: CHAPTERS.to_vec(),
        lesson: "relay",
        title: "two messages, a relay that cannot read them, and what is left of them afterwards",
        watched: vec![
            ("Bob's private key", stolen.to_vec()),
            ("the first text", TEXTS[0].as_bytes().to_vec()),
            ("the first envelope", envelopes.swap_remove(0)),
            ("the log's line about it", about_it),
        ],
        end: 45_000,
        story: std::mem::take(&mut stage.story),
        ledger: stage.ledger_with(relay.ledger()),
    })
}

//! Lesson 08's scene: a thief copies Alice's phone, and loses track of the conversation; then four ways around the seal.
//!
//! Everything in the ledger is what the relay's own ledger says, what the sessions opened, and what a thief opens with the
//! state that he copied.

use messaging_lab::crypto::aead;
use messaging_lab::envelope::bundle::PreKeyBundle;
use messaging_lab::envelope::chains::{kdf_ck, message_key_and_nonce};
use messaging_lab::envelope::error::EnvelopeError;
use messaging_lab::envelope::header::Header;
use messaging_lab::envelope::identity::Identity;
use messaging_lab::envelope::parcel::{Address, Parcel};
use messaging_lab::envelope::phone::{OnNewKey, Phone};
use messaging_lab::envelope::prekeys::PreKeys;
use messaging_lab::envelope::ratchet::Ratchet;
use messaging_lab::envelope::relay::Relay;
use messaging_lab::envelope::session::Session;
use messaging_lab::envelope::stolen::StolenState;
use messaging_lab::ground::clock::{ControlledClock, Millis};
use messaging_lab::ground::ledger::{HoldingId, Ledger, Onlooker};
use messaging_lab::ground::randomness::Seeded;
use messaging_lab::ground::scene::{Chapter, Scene, Sent};
use messaging_lab::ground::secret::Secret;

#[path = "healing/world.rs"]
mod world;
use world::World;

/// Alice's first text, which her app removes before the theft.
pub const LUNCH: &[u8] = b"lunch at noon?";
/// Bob's answer, which is still in the chat at the theft.
pub const NOON: &[u8] = b"noon is fine";
/// Alice's first text after the theft, under a pair made before it.
pub const FOLDER: &[u8] = b"bring the blue folder";
/// Bob's next text, under a new pair.
pub const CODE: &[u8] = b"the code is 2718";
/// Alice's first text under a pair made after the theft.
pub const ROOM: &[u8] = b"room 7 instead";
/// Bob's answer to it.
pub const AGREED: &[u8] = b"room 7 it is";
/// What the thief writes in Alice's name.
pub const FORGED: &[u8] = b"pay the deposit today";
/// What Bob answers to that.
pub const PAID: &[u8] = b"done, it is paid";
/// What Alice writes after the update of her app.
pub const THANKS: &[u8] = b"thanks for the folder";

/// How many keys the thief makes out of a sending chain: more than Alice sends.
pub const KEYS_TRIED: u32 = 20;

/// Where chance begins: for the phones and the thief's own session, for Alice's session, and for his copies of it.
pub const SEEDS: [u64; 3] = [8, 9, 66];

const CHAPTERS: [Chapter; 6] = [
    Chapter::new("before", "a first key, a first text and its answer", 0),
    Chapter::new("theft", "a thief copies Alice's phone", 6_000),
    Chapter::new("healing", "he loses track of the conversation", 8_000),
    Chapter::new(
        "preview",
        "the last answer is previewed, and a backup copies the chats",
        17_000,
    ),
    Chapter::new("mask", "he writes in Alice's name", 22_000),
    Chapter::new("update", "an update of the app sends copies", 27_000),
];

/// Plays the scene.
pub fn scene() -> Scene {
    play().expect("an honest relay, controlled randomness and short texts")
}

/// Alice's phone, down to the session, because somebody is going to copy that.
struct Alice {
    address: Address,
    identity: Identity,
    session: Session,
    sent: u32,
    random: Seeded,
}

impl Alice {
    /// Seals a text, shows it, and hands it to the relay.
    fn send(&mut self, world: &mut World, to: &Address, text: &[u8]) -> Result<HoldingId, EnvelopeError> {
        let shown = world.gains(Onlooker::AlicePhone, "the text", text);
        let message = self.session.seal(text)?;
        self.sent += 1;
        let parcel = Parcel {
            from: self.address.clone(),
            to: to.clone(),
            serial: self.sent,
            message,
        };
        world.post(Onlooker::AlicePhone, &parcel)?;
        Ok(shown)
    }

    /// Collects one parcel; the text, if it opens.
    fn receive(&mut self, world: &mut World) -> Result<Option<Vec<u8>>, EnvelopeError> {
        let address = self.address.clone();
        for parcel in world.collect(Onlooker::AlicePhone, &address)? {
            if let Ok(text) = self.session.open(&parcel.message, &mut self.random) {
                world.gains(Onlooker::AlicePhone, "a text, opened", &text);
                return Ok(Some(text));
            }
        }
        Ok(None)
    }
}

/// Bob's phone sends.
fn bob_sends(world: &mut World, bob: &mut Phone, to: &Address, text: &[u8]) -> Result<(), EnvelopeError> {
    world.gains(Onlooker::BobPhone, "the text", text);
    let parcel = bob.seal(to, text)?;
    world.post(Onlooker::BobPhone, &parcel)
}

/// Bob's phone collects and shows what opens. Whether it warned of a new key.
fn bob_receives(world: &mut World, bob: &mut Phone, random: &mut Seeded) -> Result<bool, EnvelopeError> {
    let mut warned = false;
    for parcel in world.collect(Onlooker::BobPhone, &bob.address().clone())? {
        let opened = bob.open(&parcel, random)?;
        world.gains(Onlooker::BobPhone, "a text, opened", &opened.text);
        warned |= opened.new_key;
    }
    Ok(warned)
}

/// Everything in this recording that somebody opens who copied a ratchet and changes nothing: the owner's messages with the
/// keys that follow from the sending chain, the other side's with the ratchet itself.
fn opened_with(copy: &StolenState, ad: &[u8], owner: &Address, recording: &[Parcel]) -> Vec<Vec<u8>> {
    let mut keys = Vec::new();
    let mut chain = copy.sending_chain;
    for _ in 0..KEYS_TRIED {
        let Some((next, key)) = chain.as_ref().map(kdf_ck) else {
            break;
        };
        keys.push(message_key_and_nonce(&key));
        chain = Some(next);
    }
    let Ok(mut ratchet) = Ratchet::from_stolen(copy) else {
        return Vec::new();
    };
    let mut random = Seeded::new(SEEDS[2]);
    let mut texts = Vec::new();
    for parcel in recording {
        if parcel.from != *owner {
            texts.extend(ratchet.open(&parcel.message, ad, &mut random).ok());
        } else if let Ok((header, sealed)) = Header::of(&parcel.message) {
            let ad = [ad, &header.to_bytes()].concat();
            let open = |(key, nonce): &([u8; 32], [u8; 12])| aead::open(key, nonce, &ad, sealed).ok();
            texts.extend(keys.iter().find_map(open));
        }
    }
    texts
}

/// Each parcel that the wire has seen, once.
fn recording(world: &World) -> Vec<Parcel> {
    let on_wire = world.ledger.ever_held_by(Onlooker::Wire);
    let way_in = on_wire.filter(|held| held.what.ends_with("on its way in"));
    way_in
        .filter_map(|held| Parcel::from_bytes(&held.bytes).ok())
        .collect()
}

/// The thief tries what he copied on all that has passed; what he had not read yet is new in his hands.
fn thief_tries(world: &mut World, copy: &StolenState, ad: &[u8], owner: &Address) -> bool {
    let recording = recording(world);
    if let Some(first) = recording.first() {
        let what = format!("the recording: {} parcels, and this the first", recording.len());
        world.passes(Onlooker::Wire, Onlooker::Thief, &what, &first.to_bytes());
    }
    let texts = opened_with(copy, ad, owner, &recording);
    let mut any = false;
    for text in texts {
        if !world.ledger.holds(Onlooker::Thief, &text, world.now) {
            world.gains(Onlooker::Thief, "a text, opened with the copied keys", &text);
            any = true;
        }
    }
    any
}

fn play() -> Result<Scene, EnvelopeError> {
    let mut world = World::new();
    let mut random = Seeded::new(SEEDS[0]);
    let (to_alice, to_bob) = (Address::new("alice", 1)?, Address::new("bob", 1)?);

    world.second(
        0,
        "Bob's and Alice's phones leave public keys with the relay. The two have compared their keys (lesson 06).",
    );
    let mut bob = Phone::new(to_bob.clone(), OnNewKey::Hold, 3, &mut random)?;
    world.relay.register(&to_bob, &bob.upload())?;
    world.look_at_the_relay(Onlooker::BobPhone);
    let identity = Identity::generate(&mut random)?;
    let upload = PreKeys::generate(&identity, 3, &mut random)?.upload(&identity);
    world.relay.register(&to_alice, &upload.to_bytes())?;
    world.look_at_the_relay(Onlooker::AlicePhone);
    world.gains(Onlooker::AlicePhone, "her identity key", &identity.stolen());

    world.second(
        1,
        "Bob's phone is off. Alice's phone asks for his keys, makes the first key and sends.",
    );
    let bundle = world.relay.keys_of(&to_alice, "bob")?[0].1.clone();
    world.look_at_the_relay(Onlooker::AlicePhone);
    let session = Session::initiate(
        &identity,
        &PreKeyBundle::from_bytes(&bundle)?.verify()?,
        &mut random,
    )?;
    let mut alice = Alice {
        address: to_alice.clone(),
        identity,
        session,
        sent: 0,
        random: Seeded::new(SEEDS[1]),
    };
    let lunch = alice.send(&mut world, &to_bob, LUNCH)?;

    world.second(
        2,
        "Bob's phone is on again, collects and makes the same first key.",
    );
    bob_receives(&mut world, &mut bob, &mut random)?;
    world.second(3, "Bob answers.");
    bob_sends(&mut world, &mut bob, &to_alice, NOON)?;
    world.second(
        4,
        "Alice's phone collects the answer, and makes a new key pair for what she sends next.",
    );
    alice.receive(&mut world)?;
    world.second(5, "A timer ends: Alice's app removes her first text.");
    world.ledger.loses(world.now, lunch);

    world.second(
        6,
        "A thief copies all of Alice's phone. He has recorded the wire from the beginning, and goes on.",
    );
    let copy = alice.session.stolen();
    let ad = *alice.session.associated_data();
    let identity_key = alice.identity.stolen();
    let mut keys = vec![copy.root, copy.our_private];
    keys.extend(copy.sending_chain.into_iter().chain(copy.receiving_chain));
    for (what, bytes) in [
        ("the keys of her session", keys.concat()),
        ("her identity key", identity_key.to_vec()),
    ] {
        world.hands(Onlooker::AlicePhone, Onlooker::Thief, what, &bytes);
    }
    let on_screen: Vec<Vec<u8>> = world
        .ledger
        .held_by(Onlooker::AlicePhone, world.now)
        .filter(|held| held.what.contains("text"))
        .map(|held| held.bytes.clone())
        .collect();
    for text in on_screen {
        let what = "a text that stood in the chat";
        world.hands(Onlooker::AlicePhone, Onlooker::Thief, what, &text);
    }

    world.second(8, "Alice sends, under the pair that she made at second 4.");
    alice.send(&mut world, &to_bob, FOLDER)?;
    world.second(9, "Bob's phone collects, and makes a new key pair.");
    bob_receives(&mut world, &mut bob, &mut random)?;
    world.second(10, "Bob sends, under his new pair.");
    bob_sends(&mut world, &mut bob, &to_alice, CODE)?;
    world.second(
        11,
        "The thief tries the copied keys on all that he has recorded so far.",
    );
    thief_tries(&mut world, &copy, &ad, &to_alice);
    world.second(12, "Alice's phone collects, and makes a new key pair.");
    alice.receive(&mut world)?;
    world.second(14, "Alice sends, under the pair that she made at second 12.");
    alice.send(&mut world, &to_bob, ROOM)?;
    world.second(15, "Bob's phone collects.");
    bob_receives(&mut world, &mut bob, &mut random)?;
    world.second(16, "Bob answers.");
    bob_sends(&mut world, &mut bob, &to_alice, AGREED)?;
    world.second(
        17,
        "Alice's phone collects and shows a notification with a preview.",
    );
    if let Some(text) = alice.receive(&mut world)? {
        world.hands(Onlooker::AlicePhone, Onlooker::Notification, "a preview", &text);
    }
    world.second(18, "The thief tries again.");
    if !thief_tries(&mut world, &copy, &ad, &to_alice) {
        world.and("Nothing more opens.");
    }

    world.second(20, "Bob's phone copies its chats to a backup in the cloud.");
    let chats: Vec<u8> = world
        .ledger
        .held_by(Onlooker::BobPhone, world.now)
        .flat_map(|held| [&held.bytes[..], b"\n"].concat())
        .collect();
    world.hands(
        Onlooker::BobPhone,
        Onlooker::Backup,
        "a copy of Bob's chats",
        &chats,
    );

    world.second(
        22,
        "The thief begins a session of his own with Bob, by the identity key that he copied, and writes.",
    );
    let bundle = world.relay.keys_of(&to_alice, "bob")?[0].1.clone();
    world.look_at_the_relay(Onlooker::Thief);
    let mask = Identity::from_private(Secret::new(identity_key));
    let mut thiefs = Session::initiate(&mask, &PreKeyBundle::from_bytes(&bundle)?.verify()?, &mut random)?;
    world.gains(Onlooker::Thief, "his own text", FORGED);
    let parcel = Parcel {
        from: to_alice.clone(),
        to: to_bob.clone(),
        serial: 1000,
        message: thiefs.seal(FORGED)?,
    };
    world.post(Onlooker::Thief, &parcel)?;
    world.second(23, "Bob's phone collects: a message from Alice.");
    let warned = bob_receives(&mut world, &mut bob, &mut random)?;
    world.and(match warned {
        true => "It warns that her key is new.",
        false => "It warns of nothing: the identity key is Alice's.",
    });
    world.second(24, "Bob answers it.");
    bob_sends(&mut world, &mut bob, &to_alice, PAID)?;
    world.second(
        25,
        "Alice's phone collects. The thief opens what he has recorded in his own session.",
    );
    if alice.receive(&mut world)?.is_none() {
        world.and("Her phone cannot.");
    }
    if let Some(parcel) = recording(&world).last() {
        let what = "the last parcel of the recording";
        world.passes(Onlooker::Wire, Onlooker::Thief, what, &parcel.to_bytes());
        let text = thiefs.open(&parcel.message, &mut random)?;
        world.gains(Onlooker::Thief, "a text, opened in his own session", &text);
    }

    world.second(
        27,
        "Alice's phone installs an update of the app, made by the company: it sends copies of new texts there.",
    );
    world.second(
        29,
        "Alice sends. The text is sealed as before, and the update does what it was made for.",
    );
    alice.send(&mut world, &to_bob, THANKS)?;
    let what = "a copy that the update sent";
    world.hands(Onlooker::AlicePhone, Onlooker::Relay, what, THANKS);
    world.second(30, "Bob's phone collects.");
    bob_receives(&mut world, &mut bob, &mut random)?;

    let text = |bytes: &[u8]| bytes.to_vec();
    Ok(Scene {
        seeds: &SEEDS,
        sent: world.sent,
        chapters: CHAPTERS.to_vec(),
        lesson: "healing",
        title: "a phone is copied, the conversation heals, and what no ratchet mends",
        story: world.story,
        ledger: world.ledger,
        watched: vec![
            ("\"lunch at noon?\"", text(LUNCH)),
            ("\"noon is fine\"", text(NOON)),
            ("\"bring the blue folder\"", text(FOLDER)),
            ("\"the code is 2718\"", text(CODE)),
            ("\"room 7 instead\"", text(ROOM)),
            ("\"room 7 it is\"", text(AGREED)),
            ("\"pay the deposit today\"", text(FORGED)),
            ("\"done, it is paid\"", text(PAID)),
            ("\"thanks for the folder\"", text(THANKS)),
            ("Alice's identity key", identity_key.to_vec()),
            (
                "\"alice/1 to bob/1\"",
                format!("{to_alice} to {to_bob}").into_bytes(),
            ),
        ],
        end: 32_000,
    })
}

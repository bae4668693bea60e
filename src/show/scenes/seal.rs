//! Lesson 04's scene: a relay that changes what it carries, and a phone that counts a nonce twice.

use messaging_lab::crypto::aead::TAG_BYTES;
use messaging_lab::crypto::chacha20;
use messaging_lab::crypto::sealer::{Flaw, Sealer, counter_nonce};
use messaging_lab::ground::clock::Millis;
use messaging_lab::ground::ledger::{Ledger, Onlooker};
use messaging_lab::ground::scene::{Chapter, Scene, Sent};

const HEADER: &[u8] = b"Alice to Bob";
const OTHER_HEADER: &[u8] = b"Carol to Bob";

/// The two texts with an amount: the first is only hidden, the second sealed.
const HIDDEN: &[u8] = b"pay Carol 10 euros";
const SEALED: &[u8] = b"pay Dave 10 euros";

/// The two texts under one nonce: the first becomes public, the second does not.
const NOTICE: &[u8] = b"the 10:05 to Rome is late";
const CODE: &[u8] = b"the door code is 4711";

/// Nothing here is drawn by chance.
pub const SEEDS: [u64; 0] = [];

const CHAPTERS: [Chapter; 3] = [
    Chapter::new(
        "untagged",
        "a text that is hidden and nothing else is changed on its way",
        0,
    ),
    Chapter::new(
        "tagged",
        "sealed texts are passed on, changed, cut and repeated",
        5_000,
    ),
    Chapter::new(
        "twice",
        "a nonce is used twice, and one of its two texts becomes public",
        13_000,
    ),
];

/// What stands between two phones: header and nonce in the clear, then the hidden or sealed text.
struct Packet {
    header: Vec<u8>,
    nonce: [u8; 12],
    sealed: Vec<u8>,
}

impl Packet {
    fn bytes(&self) -> Vec<u8> {
        [&self.header, &self.nonce[..], &self.sealed].concat()
    }
}

struct Stage {
    now: Millis,
    ledger: Ledger,
    story: Vec<(Millis, String)>,
    sent: Vec<Sent>,
}

impl Stage {
    fn second(&mut self, second: u64, words: &str) {
        self.now = second * 1000;
        self.story.push((self.now, words.to_string()));
    }

    fn gains(&mut self, onlooker: Onlooker, what: &str, bytes: &[u8]) {
        self.ledger.gains(self.now, onlooker, what, bytes);
    }

    fn passes(&mut self, from: Onlooker, to: Onlooker, what: &str, bytes: &[u8]) {
        self.sent.push(Sent::new(self.now, from, to, what, bytes));
    }

    /// From Alice's phone to the relay.
    fn send(&mut self, text: &[u8], packet: &Packet) {
        self.gains(Onlooker::AlicePhone, "the text", text);
        self.passes(Onlooker::AlicePhone, Onlooker::Relay, "a packet", &packet.bytes());
        self.gains(Onlooker::Wire, "a packet", &packet.bytes());
        self.gains(Onlooker::Relay, "a packet", &packet.bytes());
    }

    /// From the relay to Bob's phone, which shows what it could open, if it could.
    fn deliver(&mut self, what: &str, packet: &Packet, shown: Option<Vec<u8>>) {
        self.passes(Onlooker::Relay, Onlooker::BobPhone, what, &packet.bytes());
        for onlooker in [Onlooker::Relay, Onlooker::Wire] {
            // What it has already it does not get again.
            if !self.ledger.holds(onlooker, &packet.bytes(), self.now) {
                self.gains(onlooker, what, &packet.bytes());
            }
        }
        match (shown, self.story.last_mut()) {
            (Some(text), _) => self.gains(Onlooker::BobPhone, "a text, displayed", &text),
            (None, Some((_, words))) => words.push_str(" Bob's phone refuses it."),
            (None, None) => {}
        }
    }
}

fn xor(a: &[u8], b: &[u8]) -> Vec<u8> {
    a.iter().zip(b).map(|(a, b)| a ^ b).collect()
}

/// Alice sends four messages to Bob through a relay that changes, swaps, cuts and compares.
pub fn scene() -> Scene {
    let key: [u8; 32] = std::array::from_fn(|at| 0x80 + at as u8);
    let mut stage = Stage {
        now: 0,
        ledger: Ledger::new(),
        story: Vec::new(),
        sent: Vec::new(),
    };
    stage.second(
        0,
        "Alice's and Bob's phones share a key. How they came to it is lessons 05 and 06.",
    );
    stage.gains(Onlooker::AlicePhone, "the key", &key);
    stage.gains(Onlooker::BobPhone, "the key", &key);
    without_a_tag(&mut stage, key);
    with_a_tag(&mut stage, key);
    Scene {
        seeds: &SEEDS,
        sent: stage.sent,
        chapters: CHAPTERS.to_vec(),
        lesson: "seal",
        title: "what a relay can do to messages that it cannot read",
        story: stage.story,
        ledger: stage.ledger,
        watched: vec![
            ("the key", key.to_vec()),
            ("\"pay Dave 10 euros\"", SEALED.to_vec()),
            ("the door code", CODE.to_vec()),
            ("the xor of the notice and the door code", xor(NOTICE, CODE)),
        ],
        end: 20_000,
    }
}

/// ChaCha20 alone, under a nonce that no sealed message uses.
fn without_a_tag(stage: &mut Stage, key: [u8; 32]) {
    let nonce = counter_nonce(u64::MAX);
    let keystream = |bytes: &[u8]| {
        let mut bytes = bytes.to_vec();
        chacha20::xor(&key, 1, &nonce, &mut bytes).expect("a short text");
        bytes
    };
    stage.second(
        1,
        "Alice sends a text that is hidden by a keystream and nothing else: there is no tag.",
    );
    let mut packet = Packet {
        header: HEADER.to_vec(),
        nonce,
        sealed: keystream(HIDDEN),
    };
    stage.send(HIDDEN, &packet);
    stage.second(
        3,
        "The relay changes one byte of it, without the key, and passes it on.",
    );
    packet.sealed[10] ^= b'1' ^ b'9';
    let shown = keystream(&packet.sealed);
    stage.deliver("a changed packet", &packet, Some(shown));
}

/// The whole AEAD. Alice's sealer has one flaw: its counter is in memory only, which shows after a restart.
fn with_a_tag(stage: &mut Stage, key: [u8; 32]) {
    let mut alice = Sealer::new(key, Some(Flaw::NonceReused));
    let bob = Sealer::new(key, None);
    let sealed = |alice: &mut Sealer, text: &[u8]| {
        let (nonce, sealed) = alice.seal(HEADER, text).expect("a short text");
        let header = HEADER.to_vec();
        Packet {
            header,
            nonce,
            sealed,
        }
    };
    let open = |packet: &Packet| bob.open(&packet.nonce, &packet.header, &packet.sealed).ok();

    stage.second(
        5,
        "Alice seals a notice from the station: message number 0. The relay passes it on.",
    );
    let notice = sealed(&mut alice, NOTICE);
    stage.send(NOTICE, &notice);
    stage.deliver("the packet unchanged", &notice, open(&notice));

    stage.second(7, "Alice seals another text, message number 1, and sends it.");
    let payment = sealed(&mut alice, SEALED);
    stage.send(SEALED, &payment);

    stage.second(8, "The relay changes one byte of it and passes it on.");
    let mut changed = payment.sealed.clone();
    changed[9] ^= b'1' ^ b'9';
    let changed = Packet {
        header: HEADER.to_vec(),
        sealed: changed,
        ..payment
    };
    stage.deliver("a changed packet", &changed, open(&changed));

    stage.second(9, "The relay puts another header in front and passes it on.");
    let swapped = Packet {
        header: OTHER_HEADER.to_vec(),
        sealed: payment.sealed.clone(),
        ..payment
    };
    stage.deliver("a packet with another header", &swapped, open(&swapped));

    stage.second(
        10,
        "The relay cuts the last 8 bytes off the tag and passes it on.",
    );
    let cut = Packet {
        header: HEADER.to_vec(),
        sealed: payment.sealed[..payment.sealed.len() - 8].to_vec(),
        ..payment
    };
    stage.deliver("a packet with half a tag", &cut, open(&cut));

    stage.second(11, "The relay passes on what Alice sent, as she sent it.");
    stage.deliver("the packet unchanged", &payment, open(&payment));

    stage.second(
        12,
        "The relay passes the same packet on again. Its tag is as right as before.",
    );
    stage.deliver("the packet unchanged", &payment, open(&payment));

    stage.second(
        13,
        "Alice's app crashes and starts again. Its counter was not on the disk, so it counts from 0 again.",
    );
    alice.restart();

    stage.second(
        14,
        "Alice seals a door code: message number 0, as the notice was. The relay passes it on.",
    );
    let code = sealed(&mut alice, CODE);
    stage.send(CODE, &code);
    stage.deliver("the packet unchanged", &code, open(&code));

    stage.second(
        15,
        "The relay sees one nonce twice and xors the two ciphertexts: the keystream cancels out.",
    );
    let hidden = |packet: &Packet| packet.sealed[..packet.sealed.len() - TAG_BYTES].to_vec();
    let both = xor(&hidden(&notice), &hidden(&code));
    stage.gains(Onlooker::Relay, "the xor of two texts", &both);

    stage.second(
        18,
        "The notice hangs on the station's board, for everybody. The relay xors it with what it has.",
    );
    stage.gains(Onlooker::Relay, "the notice", NOTICE);
    stage.gains(Onlooker::Relay, "what the xor gave", &xor(&both, NOTICE));
}

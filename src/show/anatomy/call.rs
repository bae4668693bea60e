//! What two phones that call each other send: the messages of the agreement, and the frames that carry the sound.
//!
//! The RFC wraps each message in a packet of its own; this model hands over whole messages, so nothing stands around them.

use messaging_lab::call::codec::{PAYLOAD_CELLS, PAYLOAD_VARIABLE};
use messaging_lab::call::commit::Commit;
use messaging_lab::call::confirm::CONFIRM_BYTES;
use messaging_lab::call::dh_part::DhPart;
use messaging_lab::call::error::ErrorCode;
use messaging_lab::call::frame;
use messaging_lab::call::hello::Hello;
use messaging_lab::call::wire::{Kind, PREAMBLE, parse_bare, parse_error};
use messaging_lab::crypto::aead::TAG_BYTES;

use super::{Anatomy, Cut, Sight, anatomy, as_number, hex, length, number, text};

/// What the five kinds of algorithms in a Hello and a Commit are for, in their order.
const KINDS: [&str; 5] = ["hash", "cipher", "frame tag", "key agreement", "SAS"];

/// The first piece of every message.
fn head(cut: &mut Cut) {
    cut.take(PREAMBLE.len(), "preamble", hex, "every message begins with it");
    cut.take(
        2,
        "length",
        |bytes| format!("{} words, {} bytes", number(bytes), 4 * as_number(bytes)),
        "of the whole message, in words of 32 bits",
    );
    cut.take(8, "message type", text, "filled up with spaces");
}

fn mac(cut: &mut Cut, image: &str) {
    cut.take(
        8,
        "MAC",
        hex,
        &format!(
            "under {image}, which a later message of the sender shows or leads to: who reads that can check that one phone \
             sent both"
        ),
    );
}

fn zid(cut: &mut Cut, name: &str) {
    cut.take(
        12,
        name,
        text_or_hex,
        "names the phone, the same in all its calls",
    );
}

/// Names that are text in this kit and random bytes elsewhere.
fn text_or_hex(bytes: &[u8]) -> String {
    match bytes.iter().all(|byte| matches!(byte, b' '..=b'~')) {
        true => text(bytes),
        false => hex(bytes),
    }
}

/// A message of the agreement.
pub fn message(bytes: &[u8]) -> Option<Anatomy> {
    let kind = Kind::of(bytes).ok()?;
    match kind {
        Kind::Hello => hello(bytes),
        Kind::Commit => commit(bytes),
        Kind::DhPart1 | Kind::DhPart2 => dh_part(bytes, kind),
        Kind::Confirm1 | Kind::Confirm2 => confirm(bytes, kind),
        Kind::Error => error(bytes),
        Kind::HelloAck | Kind::Conf2Ack | Kind::ErrorAck => {
            parse_bare(bytes, kind).ok()?;
            anatomy(kind.name(), bytes, head)
        }
    }
}

fn hello(bytes: &[u8]) -> Option<Anatomy> {
    let hello = Hello::parse(bytes).ok()?;
    anatomy(Kind::Hello.name(), bytes, |cut| {
        head(cut);
        cut.take(4, "version", text, "of the protocol");
        cut.take(16, "client identifier", text_or_hex, "what the app calls itself");
        cut.take(
            32,
            "H3",
            hex,
            "the end of the sender's hash chain: what is shown later must lead here",
        );
        zid(cut, "ZID");
        cut.take(
            1,
            "flags",
            |bytes| match bytes {
                [0] => "0: none".to_string(),
                _ => format!("0x{}", hex(bytes)),
            },
            "signatures, a PBX, passive: this model sends none of them",
        );
        cut.take(1, "hc", number, "how many hashes are listed");
        let halves = |bytes: &[u8]| format!("{} and {}", bytes[0] >> 4, bytes[0] & 0x0f);
        cut.take(
            1,
            "cc and ac",
            halves,
            "how many ciphers and how many frame tags, 4 bits each",
        );
        cut.take(
            1,
            "kc and sc",
            halves,
            "how many key agreements and how many ways to show the SAS, 4 bits each",
        );
        for (what, count) in KINDS.into_iter().zip(hello.algorithms.counts()) {
            for place in 1..=count {
                let meaning = match place {
                    1 => "what the phone can do, the preferred first",
                    _ => "what the phone can do as well",
                };
                cut.take(4, &format!("{what} {place}"), text, meaning);
            }
        }
        mac(cut, "H2");
    })
}

fn commit(bytes: &[u8]) -> Option<Anatomy> {
    Commit::parse(bytes).ok()?;
    anatomy(Kind::Commit.name(), bytes, |cut| {
        head(cut);
        cut.take(32, "H2", hex, "SHA-256 of it is the H3 of the Hello");
        zid(cut, "ZID of the initiator");
        for what in KINDS {
            cut.take(4, what, text, "chosen from what both phones listed");
        }
        cut.take(
            32,
            "hvi",
            hex,
            "SHA-256 of the initiator's DHPart2 and the responder's Hello: the promise of a public value not yet shown",
        );
        mac(cut, "H1");
    })
}

fn dh_part(bytes: &[u8], kind: Kind) -> Option<Anatomy> {
    DhPart::parse(bytes, kind).ok()?;
    anatomy(kind.name(), bytes, |cut| {
        head(cut);
        cut.take(32, "H1", hex, "SHA-256 of it is H2");
        for (name, meaning) in [
            (
                "ID of rs1",
                "names the secret kept from the last call; random bytes where there is none",
            ),
            (
                "ID of rs2",
                "names the one kept from the call before; random bytes where there is none",
            ),
            (
                "ID of an outside secret",
                "this model has none and sends random bytes",
            ),
            ("ID of a PBX secret", "this model has none and sends random bytes"),
        ] {
            cut.take(8, name, hex, meaning);
        }
        cut.take(
            32,
            "public value",
            hex,
            "of X25519: with the other phone's one both compute the same secret",
        );
        mac(cut, "H0");
    })
}

fn confirm(bytes: &[u8], kind: Kind) -> Option<Anatomy> {
    if bytes.len() != CONFIRM_BYTES {
        return None;
    }
    let who = Sight::Sealed(
        "who has the sender's Confirm key of this call: the two phones that agreed on it".into(),
    );
    anatomy(kind.name(), bytes, |cut| {
        head(cut);
        for (bytes, name, meaning) in [
            (
                32,
                "H0, sealed",
                "the beginning of the sender's hash chain: SHA-256 of it is H1",
            ),
            (
                3,
                "length of a signature, sealed",
                "all zero: this model signs nothing",
            ),
            (
                1,
                "flags, sealed",
                "whether the sender says that the words were compared in an earlier call",
            ),
            (
                4,
                "expiry, sealed",
                "how long the sender keeps the retained secret, in seconds",
            ),
        ] {
            cut.seen_by(who.clone(), bytes, name, length, meaning);
        }
        cut.take(
            TAG_BYTES,
            "tag",
            hex,
            "over the head and the sealed bytes: without the key nobody can make it",
        );
    })
}

fn error(bytes: &[u8]) -> Option<Anatomy> {
    let code = parse_error(bytes).ok()?;
    anatomy(Kind::Error.name(), bytes, |cut| {
        head(cut);
        cut.take(
            4,
            "code",
            |_| match ErrorCode::from_number(code) {
                Some(known) => known.to_string(),
                None => format!("0x{code:02x}"),
            },
            "why the call ends; nothing authenticates it",
        );
    })
}

/// A frame: what carries 20 ms of sound.
pub fn frame(bytes: &[u8]) -> Option<Anatomy> {
    frame::Header::of(bytes).ok()?;
    anatomy("media frame", bytes, |cut| {
        cut.take(
            1,
            "version",
            |bytes| format!("{}, no flags", bytes[0] >> 6),
            "the upper two bits; padding, extension and contributing sources would be the others",
        );
        let codec = cut.take(
            1,
            "payload type",
            |bytes| match bytes {
                [PAYLOAD_VARIABLE] => format!("{PAYLOAD_VARIABLE}: the variable codec"),
                [PAYLOAD_CELLS] => format!("{PAYLOAD_CELLS}: the variable codec in cells"),
                _ => number(bytes),
            },
            "which codec",
        );
        cut.take(
            2,
            "SEQ",
            number,
            "one more for each frame; which frame is lost or repeated shows here",
        );
        cut.take(4, "timestamp", number, "the number of the frame's first sample");
        cut.take(
            4,
            "SSRC",
            |bytes| format!("0x{}", hex(bytes)),
            "which stream this is",
        );
        let payload = cut.rest.len().saturating_sub(TAG_BYTES);
        cut.seen_by(
            Sight::Sealed("who has the sender's frame key and salt of this call".into()),
            payload,
            "payload, sealed",
            length,
            match codec {
                [PAYLOAD_VARIABLE] => {
                    "the sound, as long as the codec made it: everybody sees how long that is"
                }
                [PAYLOAD_CELLS] => {
                    "length of the sound, the sound, and zeros up to the size that all cells have"
                }
                _ => "what the phone sends; everybody sees how long it is",
            },
        );
        cut.take(
            TAG_BYTES,
            "tag",
            hex,
            "over header and payload: without the key nobody can make it, and nothing can be changed unnoticed",
        );
    })
}

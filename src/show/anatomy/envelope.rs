//! The formats of a conversation: what a phone and the directory hand each other, what the relay carries, what is sealed.

use messaging_lab::crypto::aead::TAG_BYTES;
use messaging_lab::crypto::ed25519::SIGNATURE_BYTES;
use messaging_lab::crypto::x25519::KEY_BYTES;
use messaging_lab::envelope::bundle::{PreKeyBundle, Upload};
use messaging_lab::envelope::header::{HEADER_BYTES, Header};
use messaging_lab::envelope::hpke::Mode;
use messaging_lab::envelope::kem::ENC_BYTES;
use messaging_lab::envelope::one_shot;
use messaging_lab::envelope::padding::BUCKETS;
use messaging_lab::envelope::parcel::Parcel;
use messaging_lab::envelope::session::INTRODUCTION_BYTES;
use messaging_lab::envelope::wire::{Kind, message_kind};
use messaging_lab::envelope::x3dh::Introduction;

use super::{Anatomy, Cut, Sight, anatomy, as_number, hex, length, number, text};

/// What a parcel carries. The bytes do not say it in every lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carries {
    /// Lesson 05's envelope: the fresh key, then what HPKE sealed.
    Envelope,
    /// A session's message: an initial one or a ratchet one.
    Session,
}

/// `version || kind`, which every format of this model begins with.
fn prefix(cut: &mut Cut, kind: Kind) {
    cut.take(1, "version", number, "the only version there is");
    let name = match kind {
        Kind::Upload => "upload",
        Kind::Bundle => "key bundle",
        Kind::Initial => "initial message",
        Kind::Ratchet => "ratchet message",
        Kind::Parcel => "parcel",
    };
    cut.take(
        1,
        "kind",
        |bytes| format!("{}: {name}", number(bytes)),
        "what format this is",
    );
}

/// `ciphertext || tag`: all that is left. `bound`: what the tag covers besides.
fn sealed(cut: &mut Cut, name: &str, who: &str, meaning: &str, bound: &str) {
    let ciphertext = cut.rest.len().saturating_sub(TAG_BYTES);
    cut.seen_by(Sight::Sealed(who.to_string()), ciphertext, name, length, meaning);
    cut.take(
        TAG_BYTES,
        "tag",
        hex,
        &format!("everybody sees it; {bound}: without the key nobody can make it for other bytes"),
    );
}

fn fresh_key(cut: &mut Cut) {
    cut.take(
        ENC_BYTES,
        "enc",
        hex,
        "public half of a key pair that the sender made for this one envelope; the private half is forgotten",
    );
}

/// Lesson 05's envelope: `enc || ciphertext || tag`, sealed for the holder of `whose` private key.
///
/// `None` for what is too short to be one. Everything else may be one: it has no version, and no length of its own.
pub fn hpke(bytes: &[u8], whose: &str) -> Option<Anatomy> {
    if bytes.len() < ENC_BYTES + TAG_BYTES {
        return None;
    }
    anatomy("HPKE envelope", bytes, |cut| {
        fresh_key(cut);
        sealed(
            cut,
            "text, sealed",
            &format!("who has {whose}'s private key"),
            "as long as the text: this envelope is not padded",
            "it covers the sealed text, and the key under it comes from enc and both addresses",
        );
    })
}

/// The kit's one-shot envelope, sealed for the holder of `whose` private key.
pub fn one_shot(bytes: &[u8], whose: &str) -> Option<Anatomy> {
    let bucket = bytes.len().checked_sub(one_shot::HEADER_BYTES + TAG_BYTES)?;
    let known = [Mode::Base, Mode::Auth].map(|mode| [one_shot::VERSION, mode as u8]);
    if !BUCKETS.contains(&bucket) || !known.iter().any(|known| bytes.starts_with(known)) {
        return None;
    }
    anatomy("one-shot envelope", bytes, |cut| {
        cut.take(
            1,
            "version",
            number,
            "stands for the algorithms and the padding as well",
        );
        cut.take(
            1,
            "mode",
            |bytes| match bytes[0] == Mode::Auth as u8 {
                true => format!("{}: the holder of the sender's key made it", number(bytes)),
                false => format!("{}: anybody can have made it", number(bytes)),
            },
            "what the recipient can tell about the sender",
        );
        fresh_key(cut);
        sealed(
            cut,
            "padded text, sealed",
            &format!("who has {whose}'s private key"),
            "the text, filled up to one of eleven lengths, so that the length says little",
            "it covers all bytes in front of it, and the key under it comes from enc and both names",
        );
    })
}

/// A parcel, and the fields of what it carries.
pub fn parcel(bytes: &[u8], carries: Carries) -> Option<Anatomy> {
    let parcel = Parcel::from_bytes(bytes).ok()?;
    let inside = match carries {
        Carries::Envelope => hpke(&parcel.message, parcel.to.user()),
        Carries::Session => message(&parcel.message),
    }?;
    anatomy(
        &format!("parcel, which carries: {}", inside.format),
        bytes,
        |cut| {
            prefix(cut, Kind::Parcel);
            for (whose, why) in [
                ("sender", "whom it is from: the relay reads it"),
                ("recipient", "whom it is for: the relay needs it to deliver"),
            ] {
                let long = cut.take(1, &format!("{whose}'s name: length"), number, "in bytes, 1 to 32");
                cut.take(as_number(long) as usize, &format!("{whose}'s name"), text, why);
                cut.take(
                    1,
                    &format!("{whose}'s device"),
                    number,
                    "which of the user's devices",
                );
            }
            cut.take(
                4,
                "serial number",
                number,
                "the sender's own count for this recipient",
            );
            cut.take(
                4,
                "message: length",
                number,
                "in bytes: it tells how long the text is",
            );
            cut.inside("message", inside.fields);
        },
    )
}

/// An initial message or a ratchet message.
pub fn message(bytes: &[u8]) -> Option<Anatomy> {
    match message_kind(bytes).ok()? {
        Kind::Initial => initial(bytes),
        _ => ratchet(bytes),
    }
}

/// The first message of a session: who writes, with which keys, and the ratchet message behind it.
pub fn initial(bytes: &[u8]) -> Option<Anatomy> {
    let (_, behind) = Introduction::of(bytes).ok()?;
    debug_assert_eq!(bytes.len() - behind.len(), INTRODUCTION_BYTES);
    let inside = ratchet(behind)?;
    anatomy("initial message (X3DH)", bytes, |cut| {
        prefix(cut, Kind::Initial);
        cut.take(
            KEY_BYTES,
            "IK_A",
            hex,
            "the sender's identity key: whose it is, only a comparison tells",
        );
        cut.take(
            KEY_BYTES,
            "EK_A",
            hex,
            "public half of the pair that the sender made for this session's first key",
        );
        cut.take(
            4,
            "signed pre-key: id",
            number,
            "which of the recipient's signed pre-keys was used",
        );
        optional(cut, |cut, there| {
            cut.take(
                4,
                "one-time pre-key: id",
                |bytes| if there { number(bytes) } else { "zeros: none was left".to_string() },
                "which of the recipient's one-time pre-keys was used; its private half is deleted once this opens",
            );
        });
        cut.inside("ratchet message", inside.fields);
    })
}

/// The byte that says whether something is there, and the something, which takes its place either way.
fn optional(cut: &mut Cut, put: impl FnOnce(&mut Cut, bool)) {
    let flag = cut.take(
        1,
        "one-time pre-key?",
        |bytes| match bytes {
            [1] => "1: there is one".to_string(),
            _ => format!("{}: none", number(bytes)),
        },
        "whether a one-time pre-key follows; without one zeros take its place, so the length does not tell",
    );
    put(cut, flag == [1]);
}

/// A message of the Double Ratchet.
pub fn ratchet(bytes: &[u8]) -> Option<Anatomy> {
    let (_, behind) = Header::of(bytes).ok()?;
    debug_assert_eq!(bytes.len() - behind.len(), HEADER_BYTES);
    anatomy("ratchet message", bytes, |cut| {
        prefix(cut, Kind::Ratchet);
        cut.take(
            KEY_BYTES,
            "dh",
            hex,
            "the sender's ratchet public key; a new one starts new chains on both sides",
        );
        cut.take(
            4,
            "pn",
            number,
            "how many messages the sender's chain before this one had",
        );
        cut.take(4, "n", number, "the number of this message in its chain, from 0");
        sealed(
            cut,
            "text, sealed",
            "who has this message's own key, or a chain key from which it follows",
            "as long as the text: the ratchet does not pad",
            "it covers the header and the sealed text, and what else the session binds to them",
        );
    })
}

/// The fields that an upload and a bundle share.
fn signed(cut: &mut Cut) {
    cut.take(
        KEY_BYTES,
        "identity key",
        hex,
        "whose keys these are said to be; nothing in here proves it",
    );
    cut.take(4, "signed pre-key: id", number, "not covered by the signature");
    cut.take(
        KEY_BYTES,
        "signed pre-key: key",
        hex,
        "public half of a pair that its owner replaces from time to time",
    );
    cut.take(
        SIGNATURE_BYTES,
        "signature",
        hex,
        "of the signed pre-key, made with the identity key's private half: it ties the two together, not to a person",
    );
}

/// What a phone hands to the directory.
pub fn upload(bytes: &[u8]) -> Option<Anatomy> {
    Upload::from_bytes(bytes).ok()?;
    anatomy("upload of keys", bytes, |cut| {
        prefix(cut, Kind::Upload);
        signed(cut);
        let count = cut.take(1, "one-time pre-keys", number, "how many follow");
        for place in 1..=as_number(count) {
            cut.take(
                4,
                &format!("one-time pre-key {place}: id"),
                number,
                "its number; ids rise",
            );
            cut.take(
                KEY_BYTES,
                &format!("one-time pre-key {place}: key"),
                hex,
                "to be handed out once; not signed",
            );
        }
    })
}

/// What the directory hands out.
pub fn bundle(bytes: &[u8]) -> Option<Anatomy> {
    PreKeyBundle::from_bytes(bytes).ok()?;
    anatomy("key bundle", bytes, |cut| {
        prefix(cut, Kind::Bundle);
        signed(cut);
        optional(cut, |cut, there| {
            let or_zeros = |value: fn(&[u8]) -> String| {
                move |bytes: &[u8]| {
                    if there {
                        value(bytes)
                    } else {
                        "zeros: none was left".to_string()
                    }
                }
            };
            cut.take(4, "one-time pre-key: id", or_zeros(number), "its number");
            cut.take(
                KEY_BYTES,
                "one-time pre-key: key",
                or_zeros(hex),
                "handed out once; not signed",
            );
        });
    })
}

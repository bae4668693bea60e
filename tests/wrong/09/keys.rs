//! Lesson 09, keys: planted wrong answers.

use messaging_lab::call::key_schedule::{kdf, label};
use messaging_lab::course::student::Planted;
use messaging_lab::crypto::hmac::hmac_sha256;

use super::super::{Derived, From};

const NAMES: [&str; 5] = [
    label::SAS,
    label::INITIATOR_SRTP_MASTER_KEY,
    label::INITIATOR_SRTP_MASTER_SALT,
    label::RESPONDER_SRTP_MASTER_KEY,
    label::RESPONDER_SRTP_MASTER_SALT,
];

fn cut<const N: usize>(bytes: Vec<u8>) -> [u8; N] {
    bytes[..N].try_into().expect("long enough")
}

/// By the rule, but under these names, in these many bits (`SAS`, keys, salts), with this context.
fn with(s0: &[u8; 32], names: [&str; 5], bits: [u32; 3], context: &[u8]) -> Derived {
    let all = |at: usize, bits: u32| kdf(s0, names[at], context, bits).expect("a length that there is");
    let mut sas = all(0, bits[0]);
    sas.resize(32, 0);
    (
        cut(sas),
        (cut(all(1, bits[1])), cut(all(2, bits[2]))),
        (cut(all(3, bits[1])), cut(all(4, bits[2]))),
    )
}

const BITS: [u32; 3] = [256, 256, 96];

pub fn keys() -> Vec<Planted<From, Derived>> {
    vec![
        Planted {
            name: "one-key-for-both",
            about: "both directions have the initiator's key and salt: what he sends, a tap can send back to him",
            answer: |(s0, context)| {
                let (sas, initiator, _) = with(&s0, NAMES, BITS, &context);
                (sas, initiator, initiator)
            },
        },
        Planted {
            name: "the-responders-for-both",
            about: "both directions have the responder's key and salt: what he sends, a tap can send back to him",
            answer: |(s0, context)| {
                let (sas, _, responder) = with(&s0, NAMES, BITS, &context);
                (sas, responder, responder)
            },
        },
        Planted {
            name: "directions-exchanged",
            about: "initiator and responder are exchanged: a phone that keeps to the names opens nothing of yours",
            answer: |(s0, context)| {
                let (sas, initiator, responder) = with(&s0, NAMES, BITS, &context);
                (sas, responder, initiator)
            },
        },
        Planted {
            name: "keys-exchanged",
            about: "the two keys are exchanged, the salts are not",
            answer: |(s0, context)| {
                let (sas, initiator, responder) = with(&s0, NAMES, BITS, &context);
                (sas, (responder.0, initiator.1), (initiator.0, responder.1))
            },
        },
        Planted {
            name: "salts-exchanged",
            about: "the two salts are exchanged, the keys are not",
            answer: |(s0, context)| {
                let (sas, initiator, responder) = with(&s0, NAMES, BITS, &context);
                (sas, (initiator.0, responder.1), (responder.0, initiator.1))
            },
        },
        Planted {
            name: "one-key-two-salts",
            about: "both directions have the initiator's key: each has one of its own",
            answer: |(s0, context)| {
                let (sas, initiator, responder) = with(&s0, NAMES, BITS, &context);
                (sas, initiator, (initiator.0, responder.1))
            },
        },
        Planted {
            name: "one-salt-for-both",
            about: "both directions have the initiator's salt: each has one of its own",
            answer: |(s0, context)| {
                let (sas, initiator, responder) = with(&s0, NAMES, BITS, &context);
                (sas, initiator, (responder.0, initiator.1))
            },
        },
        Planted {
            name: "salt-cut-from-256",
            about: "the salts are cut from 256 bits: the number of bits is hashed as well, so ask for 96",
            answer: |(s0, context)| with(&s0, NAMES, [256, 256, 256], &context),
        },
        Planted {
            name: "salt-cut-from-112",
            about: "the salts are cut from the RFC's 112 bits: ask for 96, the number is hashed as well",
            answer: |(s0, context)| with(&s0, NAMES, [256, 256, 112], &context),
        },
        Planted {
            name: "only-what-is-read-aloud",
            about: "32 bits are read aloud, but the hash has 256: the number of bits is hashed as well",
            answer: |(s0, context)| with(&s0, NAMES, [32, 256, 96], &context),
        },
        Planted {
            name: "without-the-context",
            about: "the context is not in it: then the keys do not depend on who called whom",
            answer: |(s0, _)| with(&s0, NAMES, BITS, &[]),
        },
        Planted {
            name: "only-the-total-hash",
            about: "only the end of the context is in it: the two ZIDs belong to it",
            answer: |(s0, context)| with(&s0, NAMES, BITS, &context[24..]),
        },
        Planted {
            name: "salts-under-the-keys-names",
            about: "the salts are made under the names of the keys: a name for each",
            answer: |(s0, context)| {
                let names = [NAMES[0], NAMES[1], NAMES[1], NAMES[3], NAMES[3]];
                with(&s0, names, BITS, &context)
            },
        },
        Planted {
            name: "salts-cut-from-the-keys",
            about: "the salts are the beginnings of the keys: a name for each",
            answer: |(s0, context)| {
                let (sas, initiator, responder) = with(&s0, NAMES, BITS, &context);
                let cut_from = |key: [u8; 32]| (key, cut(key.to_vec()));
                (sas, cut_from(initiator.0), cut_from(responder.0))
            },
        },
        Planted {
            name: "hmac-keys-for-frames",
            about: "these are the keys of the handshake's tags: frames have \"SRTP master key\" in their names",
            answer: |(s0, context)| {
                let names = [
                    NAMES[0],
                    label::INITIATOR_HMAC_KEY,
                    NAMES[2],
                    label::RESPONDER_HMAC_KEY,
                    NAMES[4],
                ];
                with(&s0, names, BITS, &context)
            },
        },
        Planted {
            name: "zrtp-keys-for-frames",
            about: "these are the keys that seal the Confirms: frames have \"SRTP master key\" in their names",
            answer: |(s0, context)| {
                let names = [
                    NAMES[0],
                    label::INITIATOR_ZRTP_KEY,
                    NAMES[2],
                    label::RESPONDER_ZRTP_KEY,
                    NAMES[4],
                ];
                with(&s0, names, BITS, &context)
            },
        },
        Planted {
            name: "session-key-for-the-words",
            about: "the words have a name of their own: \"SAS\"",
            answer: |(s0, context)| {
                let names = [label::ZRTP_SESSION_KEY, NAMES[1], NAMES[2], NAMES[3], NAMES[4]];
                with(&s0, names, BITS, &context)
            },
        },
        Planted {
            name: "hmac-of-the-label",
            about: "a bare HMAC of the name: the KDF hashes a counter, the context and the bits as well",
            answer: |(s0, _)| {
                let tag = |at: usize| hmac_sha256(&s0, NAMES[at].as_bytes());
                let salt = |at: usize| cut(tag(at).to_vec());
                (tag(0), (tag(1), salt(2)), (tag(3), salt(4)))
            },
        },
        Planted {
            name: "s0-for-everything",
            about: "s0 itself is no key: whoever gets hold of one key would have them all",
            answer: |(s0, _)| (s0, (s0, [0; 12]), (s0, [0; 12])),
        },
        Planted {
            name: "zeros",
            about: "everybody knows these keys",
            answer: |_| ([0; 32], ([0; 32], [0; 12]), ([0; 32], [0; 12])),
        },
    ]
}

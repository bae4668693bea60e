//! Lesson 07, predict and chain_step: planted wrong answers.

use messaging_lab::course::student::Planted;
use messaging_lab::crypto::hkdf;
use messaging_lab::crypto::hmac::hmac_sha256;
use messaging_lab::crypto::sha256::sha256;
use messaging_lab::ground::hex::bytes_to_hex;
use messaging_lab::ground::ledger::Onlooker::{BobPhone, Thief, Wire};
use messaging_lab::ground::ledger::Witness::{self, Holds, Nobody};

use super::super::{ChainKey, TwoKeys};

type Prediction = messaging_lab::course::statement::Prediction<6>;

pub fn predict() -> Vec<Planted<(), Prediction>> {
    const WIRE: &str = "the wire was taken to have the text: what is recorded there is sealed";
    const EARLY: &str = "the thief was taken to have it before he had the phone: he comes at second 40";
    /// Every statement settled, but for one.
    fn but(number: usize, witness: Witness) -> Prediction {
        let mut witnesses = [
            Nobody,
            Holds(Thief, 40),
            Holds(Thief, 40),
            Holds(Thief, 50),
            Holds(Thief, 75),
            Nobody,
        ];
        witnesses[number - 1] = witness;
        ([Some(true); 6], witnesses.map(Some))
    }
    vec![
        Planted {
            name: "stolen-keys-open-the-past",
            about: "today's keys were taken to open what was opened before: the chain does not run backwards",
            answer: |()| but(1, Holds(Thief, 40)),
        },
        Planted {
            name: "the-wire-reads",
            about: WIRE,
            answer: |()| but(2, Holds(Wire, 12)),
        },
        Planted {
            name: "the-wire-reads-the-past",
            about: WIRE,
            answer: |()| but(1, Holds(Wire, 40)),
        },
        Planted {
            name: "the-wire-reads-2",
            about: WIRE,
            answer: |()| but(3, Holds(Wire, 14)),
        },
        Planted {
            name: "the-wire-reads-4",
            about: WIRE,
            answer: |()| but(4, Holds(Wire, 50)),
        },
        Planted {
            name: "the-wire-reads-the-answer",
            about: WIRE,
            answer: |()| but(5, Holds(Wire, 75)),
        },
        Planted {
            name: "late-is-safe",
            about: "a message on its way was taken to be out of the thief's reach: a later one had overtaken it",
            answer: |()| but(2, Nobody),
        },
        Planted {
            name: "before-the-theft",
            about: EARLY,
            answer: |()| but(2, Holds(Thief, 20)),
        },
        Planted {
            name: "before-the-theft-2",
            about: EARLY,
            answer: |()| but(3, Holds(Thief, 15)),
        },
        Planted {
            name: "no-key-no-text",
            about: "the key is gone, but the text itself is not: look at what else the thief finds on the phone",
            answer: |()| but(3, Nobody),
        },
        Planted {
            name: "given-back-is-over",
            about: "the danger was taken to be over when Bob has his phone back: a copy turns the chain as well as he",
            answer: |()| but(4, Nobody),
        },
        Planted {
            name: "only-what-bob-receives",
            about: "only the chain for Bob's incoming messages was thought of: his phone has one for sending, too",
            answer: |()| but(5, Nobody),
        },
        Planted {
            name: "late-key-stays",
            about: "the key of the late message was taken to stay on Bob's phone: look at what goes as he opens it",
            answer: |()| but(6, Holds(BobPhone, 60)),
        },
        Planted {
            name: "late-key-earlier",
            about: "that second lies before the ones the statement speaks of: it asks about the time after the opening",
            answer: |()| but(6, Holds(BobPhone, 59)),
        },
        Planted {
            name: "the-thief-has-it-not-bob",
            about: "the thief has a copy of that key, yes: the statement asks about Bob's phone",
            answer: |()| but(6, Holds(Thief, 60)),
        },
        Planted {
            name: "nobody-ever",
            about: "the same answer everywhere: read the run once for each statement",
            answer: |()| ([Some(false); 6], [Some(Nobody); 6]),
        },
        Planted {
            name: "the-thief-always",
            about: "the same answer everywhere: the thief reads much, and not everything",
            answer: |()| ([Some(true); 6], [Some(Holds(Thief, 90)); 6]),
        },
        Planted {
            name: "guesses-only",
            about: "the guesses are made: now read the run, and settle the statements one after the other",
            answer: |()| ([Some(true); 6], [None; 6]),
        },
        Planted {
            name: "guess-left-out",
            about: "a witness without a guess: what you expected before you looked is what you learn most from",
            answer: |()| {
                let mut prediction = but(1, Nobody);
                prediction.0 = [Some(true), None, None, None, None, None];
                prediction
            },
        },
    ]
}

pub fn chain_step() -> Vec<Planted<ChainKey, TwoKeys>> {
    vec![
        Planted {
            name: "changed-places",
            about: "the two keys changed places: the message key comes first",
            answer: |ck| (hmac_sha256(&ck, &[2]), hmac_sha256(&ck, &[1])),
        },
        Planted {
            name: "from-zero",
            about: "the bytes are 1 and 2, not 0 and 1",
            answer: |ck| (hmac_sha256(&ck, &[0]), hmac_sha256(&ck, &[1])),
        },
        Planted {
            name: "digits",
            about: "the byte 0x01 is the number 1; the digit \"1\" is the byte 0x31",
            answer: |ck| (hmac_sha256(&ck, b"1"), hmac_sha256(&ck, b"2")),
        },
        Planted {
            name: "words",
            about: "the byte 0x01 was written out as the text \"0x01\"",
            answer: |ck| (hmac_sha256(&ck, b"0x01"), hmac_sha256(&ck, b"0x02")),
        },
        Planted {
            name: "hex-digits",
            about: "the byte 0x01 was written out as the text \"01\"",
            answer: |ck| (hmac_sha256(&ck, b"01"), hmac_sha256(&ck, b"02")),
        },
        Planted {
            name: "tens",
            about: "0x01 and 0x02 are one byte each, 1 and 2; those were 0x10 and 0x20",
            answer: |ck| (hmac_sha256(&ck, &[0x10]), hmac_sha256(&ck, &[0x20])),
        },
        Planted {
            name: "four-bytes-big",
            about: "one byte is hashed, not the four of a u32",
            answer: |ck| {
                let turn = |number: u32| hmac_sha256(&ck, &number.to_be_bytes());
                (turn(1), turn(2))
            },
        },
        Planted {
            name: "four-bytes-little",
            about: "one byte is hashed, not the four of a u32 or i32",
            answer: |ck| {
                let turn = |number: u32| hmac_sha256(&ck, &number.to_le_bytes());
                (turn(1), turn(2))
            },
        },
        Planted {
            name: "eight-bytes-big",
            about: "one byte is hashed, not the eight of a usize or u64",
            answer: |ck| {
                let turn = |number: u64| hmac_sha256(&ck, &number.to_be_bytes());
                (turn(1), turn(2))
            },
        },
        Planted {
            name: "eight-bytes-little",
            about: "one byte is hashed, not the eight of a usize or u64",
            answer: |ck| {
                let turn = |number: u64| hmac_sha256(&ck, &number.to_le_bytes());
                (turn(1), turn(2))
            },
        },
        Planted {
            name: "filled-up",
            about: "32 bytes of 1 and 32 of 2 were hashed: one byte each was asked for",
            answer: |ck| (hmac_sha256(&ck, &[1; 32]), hmac_sha256(&ck, &[2; 32])),
        },
        Planted {
            name: "hex-of-the-key",
            about: "the chain key was written out in hex, and HMAC got the digits: its key is the 32 bytes themselves",
            answer: |ck| {
                let turn = |byte: u8| hmac_sha256(bytes_to_hex(&ck).as_bytes(), &[byte]);
                (turn(1), turn(2))
            },
        },
        Planted {
            name: "key-and-message-swapped",
            about: "the chain key is HMAC's key, its first argument, and the byte is the message",
            answer: |ck| (hmac_sha256(&[1], &ck), hmac_sha256(&[2], &ck)),
        },
        Planted {
            name: "plain-hash",
            about: "SHA-256 of the key and the byte one behind the other is no HMAC",
            answer: |ck| {
                let turn = |byte: u8| sha256(&[&ck[..], &[byte]].concat());
                (turn(1), turn(2))
            },
        },
        Planted {
            name: "plain-hash-in-front",
            about: "SHA-256 of the byte and the key one behind the other is no HMAC",
            answer: |ck| {
                let turn = |byte: u8| sha256(&[&[byte][..], &ck].concat());
                (turn(1), turn(2))
            },
        },
        Planted {
            name: "byte-behind-the-key",
            about: "the byte was put behind the chain key and that was hashed under no key: HMAC takes the two apart",
            answer: |ck| {
                let turn = |byte: u8| hmac_sha256(&[], &[&ck[..], &[byte]].concat());
                (turn(1), turn(2))
            },
        },
        Planted {
            name: "next-from-the-message-key",
            about: "the next chain key was made from the message key: whoever has one message's key then has all later ones",
            answer: |ck| {
                let key = hmac_sha256(&ck, &[1]);
                (key, hmac_sha256(&key, &[2]))
            },
        },
        Planted {
            name: "next-from-the-message-key-by-1",
            about: "the next chain key was made from the message key, with 0x01 once more: it is the chain key with 0x02",
            answer: |ck| {
                let key = hmac_sha256(&ck, &[1]);
                (key, hmac_sha256(&key, &[1]))
            },
        },
        Planted {
            name: "message-key-from-the-next",
            about: "the message key was made from the NEXT chain key: a turn ahead of the other phone",
            answer: |ck| {
                let next = hmac_sha256(&ck, &[2]);
                (hmac_sha256(&next, &[1]), next)
            },
        },
        Planted {
            name: "one-key-for-both",
            about: "message key and next chain key are the same: whoever gets one message's key turns the chain from there",
            answer: |ck| {
                let key = hmac_sha256(&ck, &[1]);
                (key, key)
            },
        },
        Planted {
            name: "the-next-for-both",
            about: "both are made with 0x02: whoever gets one message's key turns the chain from there",
            answer: |ck| {
                let next = hmac_sha256(&ck, &[2]);
                (next, next)
            },
        },
        Planted {
            name: "both-bytes",
            about: "the second HMAC went on where the first one stopped, over 0x01 and 0x02: each is of one byte alone",
            answer: |ck| (hmac_sha256(&ck, &[1]), hmac_sha256(&ck, &[1, 2])),
        },
        Planted {
            name: "hash-as-next",
            about: "the next chain key is no plain hash of the old one: it is HMAC, with the byte 0x02",
            answer: |ck| (hmac_sha256(&ck, &[1]), sha256(&ck)),
        },
        Planted {
            name: "chain-stands-still",
            about: "the chain key came back as it went in: every message then has the same key, and a thief has them all",
            answer: |ck| (hmac_sha256(&ck, &[1]), ck),
        },
        Planted {
            name: "chain-key-as-message-key",
            about: "the message key is the chain key itself: whoever gets it turns the chain from there",
            answer: |ck| (ck, hmac_sha256(&ck, &[2])),
        },
        Planted {
            name: "as-it-came",
            about: "the chain key came back twice, and nothing was turned",
            answer: |ck| (ck, ck),
        },
        Planted {
            name: "hkdf",
            about: "HKDF turns the root (lesson 08); the chain takes two plain HMACs",
            answer: |ck| {
                let keys: [u8; 64] = hkdf::derive(&[], &ck, &[]);
                let (mut first, mut second) = ([0; 32], [0; 32]);
                first.copy_from_slice(&keys[..32]);
                second.copy_from_slice(&keys[32..]);
                (first, second)
            },
        },
        Planted {
            name: "expand-by-info",
            about: "HKDF's expand hashes another byte behind the info; the chain takes two plain HMACs",
            answer: |ck| {
                let turn = |byte: u8| {
                    let mut out = [0; 32];
                    hkdf::expand(&ck, &[byte], &mut out).expect("32 bytes are not too many");
                    out
                };
                (turn(1), turn(2))
            },
        },
        Planted {
            name: "counted-up",
            about: "the next chain key is the old one with a bit changed: everybody can change it back",
            answer: |ck| {
                let mut next = ck;
                next[31] ^= 1;
                (hmac_sha256(&ck, &[1]), next)
            },
        },
        Planted {
            name: "zeros",
            about: "two keys of zeros: everybody knows those",
            answer: |_| ([0; 32], [0; 32]),
        },
    ]
}

//! Lesson 10: other right answers, in other styles. Each is accepted.

use std::collections::BTreeMap;

use messaging_lab::call::dh_part::DhPart;
use messaging_lab::call::hash_chain::HashChain;
use messaging_lab::call::key_schedule::{Role, context, kdf, label, s0};
use messaging_lab::call::varied_part::VariedPart;
use messaging_lab::call::wire::Kind;
use messaging_lab::call::word_lists::{EVEN, ODD};
use messaging_lab::course::student::Planted;
use messaging_lab::crypto::sha256::Sha256;
use messaging_lab::crypto::x25519::{public_key, x25519};
use messaging_lab::ground::ledger::Onlooker::Tap;
use messaging_lab::ground::ledger::Witness::{Holds, Nobody};
use messaging_lab::ground::randomness::Seeded;
use messaging_lab::ground::secret::Secret;

use super::checks::{
    Key, Keys, MY_H0, Prediction, Rendered, Unchecked, Uncommitted, alice_shows, bob_shows, piece, shown,
};

pub fn predict() -> Vec<Planted<(), Prediction>> {
    vec![
        Planted {
            name: "all-guessed-wrong",
            about: "a wrong guess costs nothing; the latest witnesses",
            answer: |()| {
                let witnesses = [
                    Nobody,
                    Holds(Tap, 25),
                    Nobody,
                    Holds(Tap, 50),
                    Holds(Tap, 79),
                    Nobody,
                ];
                (
                    [true, false, true, false, false, true].map(Some),
                    witnesses.map(Some),
                )
            },
        },
        Planted {
            name: "earliest-witnesses",
            about: "the first second at which each holds",
            answer: |()| {
                let witnesses = [
                    Nobody,
                    Holds(Tap, 24),
                    Nobody,
                    Holds(Tap, 46),
                    Holds(Tap, 76),
                    Nobody,
                ];
                ([Some(true); 6], witnesses.map(Some))
            },
        },
    ]
}

pub fn render() -> Vec<Planted<u32, Rendered>> {
    vec![
        Planted {
            name: "rotating",
            about: "turns the bits round by five and looks at the last ones; bytes by shifting",
            answer: |value| {
                let alphabet: Vec<char> = "ybndrfg8ejkmcpqxot1uwisza345h769".chars().collect();
                let mut turned = value;
                let mut text = String::new();
                for _ in 0..4 {
                    turned = turned.rotate_left(5);
                    text.push(alphabet[(turned & 0x1f) as usize]);
                }
                let word = EVEN[(value >> 24) as usize].to_string();
                (text, word + " " + ODD[(value >> 16 & 0xff) as usize])
            },
        },
        Planted {
            name: "bits-as-text",
            about: "writes the bits down and cuts the text",
            answer: |value| {
                let bits = format!("{value:032b}");
                let number =
                    |from: usize, to: usize| usize::from_str_radix(&bits[from..to], 2).expect("bits");
                let alphabet = b"ybndrfg8ejkmcpqxot1uwisza345h769";
                let text = (0..4)
                    .map(|at| alphabet[number(5 * at, 5 * at + 5)] as char)
                    .collect();
                (text, [EVEN[number(0, 8)], ODD[number(8, 16)]].join(" "))
            },
        },
        Planted {
            name: "dividing",
            about: "divides and takes remainders",
            answer: |value| {
                let alphabet = b"ybndrfg8ejkmcpqxot1uwisza345h769";
                let mut top = value / 4096;
                let mut text = Vec::new();
                for _ in 0..4 {
                    text.insert(0, alphabet[(top % 32) as usize]);
                    top /= 32;
                }
                let bytes = value.to_be_bytes();
                let words = format!("{} {}", EVEN[bytes[0] as usize], ODD[bytes[1] as usize]);
                (String::from_utf8(text).expect("letters"), words)
            },
        },
    ]
}

pub fn no_commitment() -> Vec<Planted<Uncommitted, Keys>> {
    vec![
        Planted {
            name: "one-list-then-the-other",
            about: "2^(bits/2) keys for Alice's side first, in a map; then keys for Bob's until one fits",
            answer: |(alice, bob, bits)| {
                let start = |value: u32| value >> (32 - bits);
                let key = |tag: u8, number: u32| {
                    let mut key = [tag; 32];
                    key[20..24].copy_from_slice(&number.to_le_bytes());
                    key
                };
                let hers: BTreeMap<u32, Key> = (0..1 << (bits / 2))
                    .map(|number| (start(alice_shows(&alice, &key(1, number))), key(1, number)))
                    .collect();
                (0..)
                    .map(|number| key(2, number))
                    .find_map(|his| Some((*hers.get(&start(bob_shows(&bob, &his)))?, his)))
                    .expect("there are enough")
            },
        },
        Planted {
            name: "random-and-sorted",
            about: "random keys, in lists that are sorted and looked through; more of them if there is no pair",
            answer: |(alice, bob, bits)| {
                let mut random = Seeded::new(u64::from(bits));
                let mut lists: [Vec<(u32, Key)>; 2] = [Vec::new(), Vec::new()];
                loop {
                    for _ in 0..1 << (bits / 2 - 1) {
                        let key: Key = random.bytes(32).try_into().expect("32 bytes");
                        lists[0].push((alice_shows(&alice, &key) >> (32 - bits), key));
                        lists[1].push((bob_shows(&bob, &key) >> (32 - bits), key));
                    }
                    lists[0].sort();
                    for (shown, his) in &lists[1] {
                        let at = lists[0].partition_point(|(hers, _)| hers < shown);
                        if let Some((hers, key)) = lists[0].get(at) {
                            if hers == shown {
                                return (*key, *his);
                            }
                        }
                    }
                }
            },
        },
        Planted {
            name: "one-map",
            about: "the same keys for both sides, and only Alice's strings are remembered",
            answer: |(alice, bob, bits)| {
                let mut hers = BTreeMap::new();
                for number in 0_u64.. {
                    let mut key = [9; 32];
                    key[..8].copy_from_slice(&number.to_be_bytes());
                    hers.insert(alice_shows(&alice, &key) >> (32 - bits), key);
                    if let Some(found) = hers.get(&(bob_shows(&bob, &key) >> (32 - bits))) {
                        return (*found, key);
                    }
                }
                unreachable!("there are enough")
            },
        },
    ]
}

pub fn forgot_to_check() -> Vec<Planted<Unchecked, Vec<u8>>> {
    vec![
        Planted {
            name: "hashed-once",
            about: "hashes Hello, Commit and DHPart1 once and goes on from there; the KDF by its own name",
            answer: |((hello, commit, dhpart1), private, wanted, bits)| {
                let dh = x25519(&private, &piece(&dhpart1, 76)).expect("sound");
                let mut front = Sha256::new();
                for message in [&hello, &commit, &dhpart1] {
                    front.update(message);
                }
                let (zid_i, zid_r) = (piece(&commit, 44), piece(&hello, 64));
                let variants = VariedPart::new(Role::Initiator, &public_key(&private), &MY_H0);
                let message = (0_u64..)
                    .map(|number| {
                        let mut ids = [0; 32];
                        ids[..8].copy_from_slice(&number.to_le_bytes());
                        variants.with_ids(&ids)
                    })
                    .find(|message| {
                        let mut hash = front.clone();
                        hash.update(message);
                        let total = hash.finish();
                        let s0 = s0(&dh, &zid_i, &zid_r, &total, [None; 3]);
                        let context = context(&zid_i, &zid_r, &total);
                        let sas = kdf(s0.expose(), label::SAS, &context, 32 * 8).expect("256 bits");
                        let value = u32::from_be_bytes(piece(&sas, 0));
                        value >> (32 - bits) == wanted >> (32 - bits)
                    });
                message.expect("there are enough").to_vec()
            },
        },
        Planted {
            name: "random-ids",
            about: "random IDs, the first bits compared as text; the message built by the kit's phone code",
            answer: |((hello, commit, dhpart1), private, wanted, bits)| {
                let mut random = Seeded::new(4);
                let dh = x25519(&private, &piece(&dhpart1, 76)).expect("sound");
                let (chain, public) = (HashChain::new(Secret::new(MY_H0)), public_key(&private));
                let wanted = format!("{wanted:032b}");
                loop {
                    let mut ids = [[0; 8]; 4];
                    ids[3] = random.next_u64().to_be_bytes();
                    let part = DhPart {
                        h1: *chain.h1(),
                        ids,
                        public,
                        mac: [0; 8],
                    };
                    let message = part.message(Kind::DhPart2, &chain);
                    let value = shown(&dh, &hello, &commit, &dhpart1, &message);
                    if format!("{value:032b}")[..bits as usize] == wanted[..bits as usize] {
                        return message;
                    }
                }
            },
        },
        Planted {
            name: "a-builder-each-time",
            about: "makes the builder anew for each try, and counts zeros in front of the difference",
            answer: |((hello, commit, dhpart1), private, wanted, bits)| {
                let public = public_key(&private);
                let dh = x25519(&private, &piece(&dhpart1, 76)).expect("sound");
                for number in 0_u32.. {
                    let mut ids = [0xee; 32];
                    ids[9..13].copy_from_slice(&number.to_be_bytes());
                    let message = VariedPart::new(Role::Initiator, &public, &MY_H0).with_ids(&ids);
                    if (shown(&dh, &hello, &commit, &dhpart1, &message) ^ wanted).leading_zeros() >= bits {
                        return message.to_vec();
                    }
                }
                unreachable!("there are enough")
            },
        },
    ]
}

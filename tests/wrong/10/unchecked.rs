//! Lesson 10, forgot_to_check: planted wrong answers.

use std::cell::RefCell;
use std::collections::HashMap;

use messaging_lab::call::key_schedule::Role;
use messaging_lab::call::varied_part::VariedPart;
use messaging_lab::course::student::Planted;
use messaging_lab::crypto::x25519::{public_key, x25519};

use super::super::{Key, MY_H0, Unchecked, piece, same_start, shown};

/// The four IDs of the variant with this number.
fn ids(number: u64) -> Key {
    let mut ids = [0x20; 32];
    ids[4..12].copy_from_slice(&number.to_be_bytes());
    ids
}

/// Somebody who searches: in which role, with which key, with which hash chain.
struct Searcher {
    variants: VariedPart,
    dh: Key,
}

impl Searcher {
    fn new(call: &Unchecked, role: Role, private: &Key, h0: &Key) -> Searcher {
        Searcher {
            variants: VariedPart::new(role, &public_key(private), h0),
            dh: x25519(private, &piece(&call.0.2, 76)).expect("his key is sound"),
        }
    }

    fn sound(call: &Unchecked) -> Searcher {
        Searcher::new(call, Role::Initiator, &call.1, &MY_H0)
    }

    /// The first of `tries` variants with which Bob's phone would show what `fits`, or the last one.
    fn search(&self, call: &Unchecked, tries: u64, fits: impl Fn(u32) -> bool) -> Vec<u8> {
        let (hello, commit, dhpart1) = &call.0;
        let mut message = [0; 116];
        for number in 0..tries {
            message = self.variants.with_ids(&ids(number));
            if fits(shown(&self.dh, hello, commit, dhpart1, &message)) {
                break;
            }
        }
        message.to_vec()
    }
}

/// More tries than anybody needs.
const MANY: u64 = 1 << 24;

thread_local! {
    /// What each of them has found: all are asked the same questions, and naming a student's mistake asks them again.
    static FOUND: RefCell<HashMap<(&'static str, Unchecked), Vec<u8>>> = RefCell::new(HashMap::new());
}

/// What `search` finds for `call`, looked for once. Whoever searches has a `name`.
fn once(name: &'static str, call: Unchecked, search: fn(&Unchecked) -> Vec<u8>) -> Vec<u8> {
    let known = FOUND.with_borrow(|found| found.get(&(name, call.clone())).cloned());
    known.unwrap_or_else(|| {
        let message = search(&call);
        FOUND.with_borrow_mut(|found| found.insert((name, call), message.clone()));
        message
    })
}

pub fn forgot_to_check() -> Vec<Planted<Unchecked, Vec<u8>>> {
    vec![
        Planted {
            name: "no-search",
            about: "it agrees no better than by chance: either there was no search, or it looked at something else than the \
                    first bits of what Bob's phone shows",
            answer: |call| Searcher::sound(&call).search(&call, 1, |_| true),
        },
        Planted {
            name: "stopped-at-2^bits",
            about: "it stopped after 2^bits tries: by then two searches in three have found one, the third has not",
            answer: |call| {
                once("stopped-at-2^bits", call, |call| {
                    let searcher = Searcher::sound(call);
                    searcher.search(call, 1 << call.3, |shown| same_start(shown, call.2, call.3))
                })
            },
        },
        Planted {
            name: "sixteen-bit-counter",
            about: "it ran out of messages: a counter of 16 bits tells 65,536 of them apart, and one search in three needs more",
            answer: |call| {
                once("sixteen-bit-counter", call, |call| {
                    let searcher = Searcher::sound(call);
                    searcher.search(call, 1 << 16, |shown| same_start(shown, call.2, call.3))
                })
            },
        },
        Planted {
            name: "last-bits",
            about: "the last bits were compared: people are shown the first ones, so shift the others out",
            answer: |call| {
                once("last-bits", call, |call| {
                    let last_bits = |shown: u32| (shown ^ call.2) << (32 - call.3) == 0;
                    Searcher::sound(call).search(call, MANY, last_bits)
                })
            },
        },
        Planted {
            name: "one-bit-short",
            about: "the last of the bits that count was not compared: `value >> (32 - bits)` leaves them all",
            answer: |call| {
                once("one-bit-short", call, |call| {
                    let nearly = |shown: u32| (shown ^ call.2).leading_zeros() + 1 >= call.3;
                    Searcher::sound(call).search(call, MANY, nearly)
                })
            },
        },
        Planted {
            name: "own-public",
            about: "the Diffie-Hellman was done with the own public value: it takes Bob's, from his DHPart1",
            answer: |call| {
                once("own-public", call, |call| {
                    let mut searcher = Searcher::sound(call);
                    searcher.dh = x25519(&call.1, &public_key(&call.1)).expect("a sound key");
                    searcher.search(call, MANY, |shown| same_start(shown, call.2, call.3))
                })
            },
        },
        Planted {
            name: "first-word-only",
            about: "only eight bits were compared: one word of two",
            answer: |call| {
                once("first-word-only", call, |call| {
                    Searcher::sound(call).search(call, MANY, |shown| same_start(shown, call.2, 8))
                })
            },
        },
        Planted {
            name: "twelve-always",
            about: "twelve bits were compared where people compare more: `bits` says how many",
            answer: |call| {
                once("twelve-always", call, |call| {
                    Searcher::sound(call).search(call, MANY, |shown| same_start(shown, call.2, 12))
                })
            },
        },
        Planted {
            name: "whole-digits",
            about: "whole digits were compared, of four bits each: what is left of `bits` behind them counts too",
            answer: |call| {
                once("whole-digits", call, |call| {
                    let digits = call.3 / 4 * 4;
                    Searcher::sound(call).search(call, MANY, |shown| same_start(shown, call.2, digits))
                })
            },
        },
        Planted {
            name: "ids-only",
            about: "those are the IDs: what Bob's phone takes is the whole message, which `with_ids` makes of them",
            answer: |_| ids(0).to_vec(),
        },
        Planted {
            name: "old-mac",
            about: "the MAC is not that of this message: IDs that are changed need a new one, and `with_ids` makes it each time",
            // Whatever it shows, Bob's phone hangs up: no need to search.
            answer: |call| {
                let mut message = Searcher::sound(&call).variants.with_ids(&[0; 32]);
                message[44..76].copy_from_slice(&ids(0));
                message.to_vec()
            },
        },
        Planted {
            name: "another-key",
            about: "the public value is another key's: show the public half of `private`, or you cannot read",
            answer: |call| {
                let searcher = Searcher::new(&call, Role::Initiator, &[0x11; 32], &MY_H0);
                searcher.search(&call, 1, |_| true)
            },
        },
        Planted {
            name: "another-chain",
            about: "the hash chain begins somewhere else: your Commit showed the H2 that belongs to MY_H0",
            answer: |call| {
                let searcher = Searcher::new(&call, Role::Initiator, &call.1, &[0x4e; 32]);
                searcher.search(&call, 1, |_| true)
            },
        },
        Planted {
            name: "dhpart1",
            about: "it is a DHPart1: towards Bob you are the initiator, and send DHPart2",
            answer: |call| {
                let searcher = Searcher::new(&call, Role::Responder, &call.1, &MY_H0);
                searcher.search(&call, 1, |_| true)
            },
        },
        Planted {
            name: "other-order",
            about: "DHPart2 was hashed in front of DHPart1: `shown` takes Hello, Commit, DHPart1, DHPart2",
            answer: |call| {
                once("other-order", call, |call| {
                    let (hello, commit, dhpart1) = &call.0;
                    let searcher = Searcher::sound(call);
                    let variant = |number| searcher.variants.with_ids(&ids(number));
                    let fits = |message: &[u8; 116]| {
                        let value = shown(&searcher.dh, hello, commit, message, dhpart1);
                        same_start(value, call.2, call.3)
                    };
                    let found = (0..MANY).map(variant).find(fits).expect("there are enough");
                    found.to_vec()
                })
            },
        },
        Planted {
            name: "nothing",
            about: "an empty message: a search that has found nothing yet goes on",
            answer: |_| Vec::new(),
        },
    ]
}

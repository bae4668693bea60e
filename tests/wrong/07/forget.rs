//! Lesson 07, forget: planted wrong answers. The first one is the bug that is handed out.

use messaging_lab::course::student::Planted;

use super::super::{Held, Log};

/// A phone that does `step` with the keys it holds, the message's number and whether its tag was right.
fn phone(log: &Log, step: fn(&mut Held, u32, bool)) -> Vec<Held> {
    let mut held = (vec![0], vec![]);
    let mut after_each = Vec::new();
    for &(number, genuine) in log {
        step(&mut held, number, genuine);
        after_each.push(held.clone());
    }
    after_each
}

/// Turns the chain up to message `number` and keeps every key on the way.
fn turn((chain_keys, message_keys): &mut Held, number: u32) {
    let mut next = chain_keys[chain_keys.len() - 1];
    while next <= number {
        message_keys.push(next);
        next += 1;
        chain_keys.push(next);
    }
}

/// Only the newest chain key is left.
fn forget_chain_keys(held: &mut Held) {
    held.0 = held.0.split_off(held.0.len() - 1);
}

fn forget_message_key(held: &mut Held, number: u32) {
    held.1.retain(|&key| key != number);
}

/// One right way.
fn right(held: &mut Held, number: u32, genuine: bool) {
    if genuine {
        turn(held, number);
        forget_chain_keys(held);
        forget_message_key(held, number);
    }
}

/// The function as the lesson hands it out.
pub fn as_handed_out(log: &Log) -> Vec<Held> {
    phone(log, |held, number, _| turn(held, number))
}

pub fn forget() -> Vec<Planted<Log, Vec<Held>>> {
    vec![
        Planted {
            name: "keeps-everything",
            about: "no key ever goes: a thief reads everything since the first message",
            answer: |log| as_handed_out(&log),
        },
        Planted {
            name: "keeps-everything-genuine",
            about: "forged messages count for nothing now, and still no key ever goes",
            answer: |log| {
                phone(&log, |held, number, genuine| {
                    if genuine {
                        turn(held, number);
                    }
                })
            },
        },
        Planted {
            name: "written-down-too-early",
            about: "those are the keys held before the old ones were deleted: the pair belongs behind the deleting",
            answer: |log| {
                let mut held = (vec![0], vec![]);
                let mut early = Vec::new();
                for &(number, genuine) in &log {
                    let mut now = held.clone();
                    if genuine {
                        turn(&mut now, number);
                    }
                    early.push(now);
                    right(&mut held, number, genuine);
                }
                early
            },
        },
        Planted {
            name: "oldest-chain-key-only",
            about: "the oldest chain key stays and the newest goes: the oldest makes every key again",
            answer: |log| {
                phone(&log, |held, number, genuine| {
                    if genuine {
                        turn(held, number);
                        held.0.truncate(1);
                        forget_message_key(held, number);
                    }
                })
            },
        },
        Planted {
            name: "one-chain-key-goes",
            about: "after a gap old chain keys stay: each one up to the message's own number leads to its key",
            answer: |log| {
                phone(&log, |held, number, genuine| {
                    if genuine {
                        turn(held, number);
                        held.0.retain(|&key| key != number);
                        forget_message_key(held, number);
                    }
                })
            },
        },
        Planted {
            name: "old-chain-keys",
            about: "used message keys go, and an old chain key stays from which each of them can be made again",
            answer: |log| {
                phone(&log, |held, number, genuine| {
                    if genuine {
                        turn(held, number);
                        forget_message_key(held, number);
                    }
                })
            },
        },
        Planted {
            name: "used-message-keys",
            about: "old chain keys go, and the message keys stay when their message has been opened",
            answer: |log| {
                phone(&log, |held, number, genuine| {
                    if genuine {
                        turn(held, number);
                        forget_chain_keys(held);
                    }
                })
            },
        },
        Planted {
            name: "late-ones-stay",
            about: "the key of a message that came late stays after it was opened",
            answer: |log| {
                phone(&log, |held, number, genuine| {
                    if genuine && held.0[0] <= number {
                        right(held, number, genuine);
                    }
                })
            },
        },
        Planted {
            name: "one-entry-late",
            about: "a used key goes only when the next message comes: between the two a thief finds it",
            answer: |log| {
                phone(&log, |held, number, genuine| {
                    if genuine {
                        let next = held.0[0];
                        // Whatever lies directly before the chain key was used by the message before.
                        held.1.retain(|&key| key + 1 != next);
                        turn(held, number);
                        forget_chain_keys(held);
                        if number + 1 < held.0[0] {
                            forget_message_key(held, number);
                        }
                    }
                })
            },
        },
        Planted {
            name: "skipped-ones-go",
            about: "keys of messages that were overtaken were deleted as well: when they come, nothing opens them",
            answer: |log| {
                phone(&log, |held, number, genuine| {
                    right(held, number, genuine);
                    held.1.clear();
                })
            },
        },
        Planted {
            name: "only-the-last-gap",
            about: "a new gap made the phone forget the messages still missing from earlier ones",
            answer: |log| {
                phone(&log, |held, number, genuine| {
                    if genuine && held.0[0] < number {
                        held.1.clear();
                    }
                    right(held, number, genuine);
                })
            },
        },
        Planted {
            name: "one-skipped-only",
            about: "only one of the overtaken messages' keys was kept",
            answer: |log| {
                phone(&log, |held, number, genuine| {
                    right(held, number, genuine);
                    held.1.truncate(1);
                })
            },
        },
        Planted {
            name: "a-hundred-skipped",
            about: "only so many of the overtaken messages' keys were kept: here nothing limits them",
            answer: |log| {
                phone(&log, |held, number, genuine| {
                    right(held, number, genuine);
                    let excess = held.1.len().saturating_sub(100);
                    held.1.drain(..excess);
                })
            },
        },
        Planted {
            name: "newest-key-goes",
            about: "the newest message key was deleted, not the one with the message's number: for a late one it is another",
            answer: |log| {
                phone(&log, |held, number, genuine| {
                    if genuine {
                        turn(held, number);
                        forget_chain_keys(held);
                        held.1.pop();
                    }
                })
            },
        },
        Planted {
            name: "oldest-key-goes",
            about: "the oldest message key was deleted, not the one with the message's number: after a gap it is another",
            answer: |log| {
                phone(&log, |held, number, genuine| {
                    if genuine {
                        turn(held, number);
                        forget_chain_keys(held);
                        held.1.drain(..held.1.len().min(1));
                    }
                })
            },
        },
        Planted {
            name: "newer-ones-go",
            about: "with a late message's key the keys of later ones went, too: those may still come",
            answer: |log| {
                phone(&log, |held, number, genuine| {
                    right(held, number, genuine);
                    if genuine {
                        held.1.retain(|&key| key < number);
                    }
                })
            },
        },
        Planted {
            name: "chain-key-gone",
            about: "the last chain key was deleted as well: no message still to come will open",
            answer: |log| {
                let only_kept = |(_, message_keys): Held| (vec![], message_keys);
                phone(&log, right).into_iter().map(only_kept).collect()
            },
        },
        Planted {
            name: "keys-in-stock",
            about: "the next thousand message keys were made, and the chain key was deleted: a chain has no last message",
            answer: |log| {
                let in_stock = |(chain_keys, mut message_keys): Held| {
                    message_keys.extend(chain_keys[0]..chain_keys[0] + 1_000);
                    (vec![], message_keys)
                };
                phone(&log, right).into_iter().map(in_stock).collect()
            },
        },
        Planted {
            name: "gap-in-what-is-ahead",
            about: "keys were made ahead, and the chain key stands further on than they reach: what lies between never opens",
            answer: |log| {
                let ahead = |(chain_keys, mut message_keys): Held| {
                    let next = chain_keys[0];
                    message_keys.extend(next..next + 1_003);
                    (vec![next + 1_005], message_keys)
                };
                phone(&log, right).into_iter().map(ahead).collect()
            },
        },
        Planted {
            name: "forged-for-genuine",
            about: "genuine and forged changed places: true says that the tag was right",
            answer: |log| phone(&log, |held, number, genuine| right(held, number, !genuine)),
        },
        Planted {
            name: "all-go",
            about: "every key was deleted, the next chain key too: no message will ever open again",
            answer: |log| log.iter().map(|_| (vec![], vec![])).collect(),
        },
        Planted {
            name: "chain-key-of-the-message",
            about: "the chain key that made this message's key is still there: the one behind it is what is needed",
            answer: |log| {
                phone(&log, |held, number, genuine| {
                    right(held, number, genuine);
                    if genuine && held.0[0] == number + 1 {
                        held.0 = vec![number];
                        forget_message_key(held, number);
                    }
                })
            },
        },
        Planted {
            name: "a-turn-short",
            about: "the chain was turned once too seldom: the chain key that is left still makes this message's key",
            answer: |log| {
                phone(&log, |held, number, genuine| {
                    if genuine {
                        held.1.extend(held.0[0]..number);
                        held.0[0] = held.0[0].max(number);
                        forget_message_key(held, number);
                    }
                })
            },
        },
        Planted {
            name: "two-chain-keys",
            about: "the newest two chain keys stay: the older one still makes the key of the last message",
            answer: |log| {
                phone(&log, |held, number, genuine| {
                    if genuine {
                        turn(held, number);
                        held.0 = held.0.split_off(held.0.len() - 2);
                        forget_message_key(held, number);
                    }
                })
            },
        },
        Planted {
            name: "chain-a-turn-ahead",
            about: "the chain was turned once too often: the next message finds no key",
            answer: |log| {
                phone(&log, |held, number, genuine| {
                    let before = held.0[0];
                    right(held, number, genuine);
                    if held.0[0] != before {
                        held.0[0] = number + 2;
                    }
                })
            },
        },
        Planted {
            name: "chain-goes-back",
            about: "a late message set the chain back: it makes keys again that were used already",
            answer: |log| {
                phone(&log, |held, number, genuine| {
                    right(held, number, genuine);
                    if genuine {
                        held.0 = vec![number + 1];
                    }
                })
            },
        },
        Planted {
            name: "a-turn-for-each",
            about: "one turn for each message that comes: turns are counted by the message's number",
            answer: |log| {
                phone(&log, |held, _, genuine| {
                    if genuine {
                        let next = held.0[0];
                        right(held, next, genuine);
                    }
                })
            },
        },
        Planted {
            name: "forged-takes-the-key",
            about: "a forged message used a key up: the real one with its number finds none",
            answer: |log| phone(&log, |held, number, _| right(held, number, true)),
        },
        Planted {
            name: "forged-takes-a-kept-key",
            about: "a forged message took the kept key of one that is late: the real one finds none",
            answer: |log| {
                phone(&log, |held, number, genuine| {
                    right(held, number, genuine);
                    forget_message_key(held, number);
                })
            },
        },
        Planted {
            name: "forged-turns-the-chain",
            about: "a forged message turned the chain, and the keys on the way were not kept",
            answer: |log| {
                phone(&log, |held, number, genuine| {
                    right(held, number, genuine);
                    if !genuine {
                        held.0[0] = held.0[0].max(number + 1);
                    }
                })
            },
        },
        Planted {
            name: "forged-clears-all",
            about: "a forged message made the phone forget all that it had kept: anybody can send one",
            answer: |log| {
                phone(&log, |held, number, genuine| {
                    right(held, number, genuine);
                    if !genuine {
                        held.1.clear();
                    }
                })
            },
        },
        Planted {
            name: "forged-left-out",
            about: "an entry with a forged message got no pair of its own: one after each entry was asked for",
            answer: |log| {
                let genuine: Log = log.into_iter().filter(|(_, genuine)| *genuine).collect();
                phone(&genuine, right)
            },
        },
        Planted {
            name: "second-one-brings-it-back",
            about: "a message that came a second time put its key back: a key once deleted is gone",
            answer: |log| {
                phone(&log, |held, number, genuine| {
                    let opened = number < held.0[0] && !held.1.contains(&number);
                    right(held, number, genuine);
                    if genuine && opened {
                        held.1.push(number);
                    }
                })
            },
        },
        Planted {
            name: "before-not-after",
            about: "those are the keys held before each entry; after it was asked for",
            answer: |log| {
                let mut held = vec![(vec![0], vec![])];
                held.extend(phone(&log, right));
                held.pop();
                held
            },
        },
        Planted {
            name: "the-start-too",
            about: "what is held before the first entry came back as well: one pair after each entry was asked for",
            answer: |log| {
                let start = [(vec![0], vec![])];
                start.into_iter().chain(phone(&log, right)).collect()
            },
        },
        Planted {
            name: "lists-swapped",
            about: "the two lists changed places: the chain keys come first",
            answer: |log| {
                let swapped = |(chain_keys, message_keys): Held| (message_keys, chain_keys);
                phone(&log, right).into_iter().map(swapped).collect()
            },
        },
        Planted {
            name: "nothing-came-back",
            about: "an empty list: one pair after each entry was asked for",
            answer: |_| Vec::new(),
        },
        Planted {
            name: "the-end-only",
            about: "only what is held at the end came back: one pair after each entry was asked for",
            answer: |log| phone(&log, right).into_iter().last().into_iter().collect(),
        },
    ]
}

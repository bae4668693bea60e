//! Lesson 06, key_changed: planted wrong answers.

use messaging_lab::course::student::Planted;
use messaging_lab::envelope::history::Decision::{self, Hold, Send, Warn};
use messaging_lab::envelope::history::Event;

use super::super::History;

/// What is known at the end of a history.
#[derive(Default)]
struct Known {
    first: Option<u32>,
    shown: u32,
    compared: Vec<u32>,
}

/// A message: the key that was shown when it was written, and whether it was delivered.
type Message = (u32, bool);

/// Walks through a history. `changed` is called when a key is shown, with what is known before.
fn walk(history: &History, changed: impl Fn(&Known, u32, &mut [Message])) -> (Known, Vec<Message>) {
    let mut known = Known::default();
    let mut messages: Vec<Message> = Vec::new();
    for event in history {
        match *event {
            Event::KeyShown(key) => {
                changed(&known, key, &mut messages);
                known.first.get_or_insert(key);
                known.shown = key;
            }
            Event::Compared => known.compared.push(known.shown),
            Event::Written => messages.push((known.shown, false)),
            Event::Delivered(number) => messages[number].1 = true,
        }
    }
    (known, messages)
}

/// The right decision on a message that was not delivered.
fn right(known: &Known, written_for: u32) -> Decision {
    if known.compared.contains(&known.shown) {
        Send
    } else if written_for != known.shown || !known.compared.is_empty() {
        Hold
    } else if known.first == Some(known.shown) {
        Send
    } else {
        Warn
    }
}

/// Nothing but `decide` is different: it gets what is known and the key that was shown when the message was written.
fn deciding(history: History, decide: impl Fn(&Known, u32) -> Decision) -> Vec<Option<Decision>> {
    let (known, messages) = walk(&history, |_, _, _| ());
    let decisions = messages
        .iter()
        .map(|&(key, delivered)| (!delivered).then(|| decide(&known, key)));
    decisions.collect()
}

/// Nothing but what happens to waiting messages when a key is shown is different.
fn changing(history: History, changed: impl Fn(&Known, u32, &mut [Message])) -> Vec<Option<Decision>> {
    let (known, messages) = walk(&history, changed);
    let decisions = messages
        .iter()
        .map(|&(key, delivered)| (!delivered).then(|| right(&known, key)));
    decisions.collect()
}

/// Every message that waits is meant for the new key from now on.
fn seal_again(key: u32, messages: &mut [Message]) {
    for message in messages.iter_mut().filter(|message| !message.1) {
        message.0 = key;
    }
}

pub fn key_changed() -> Vec<Planted<History, Vec<Option<Decision>>>> {
    vec![
        Planted {
            name: "sealed-again-for-the-new-key",
            about: "what waits is sealed again for whatever key is shown: a relay that shows its own key reads it \
                (Boelter, 2016)",
            answer: |history| changing(history, |_, key, messages| seal_again(key, messages)),
        },
        Planted {
            name: "lost-at-the-change",
            about: "what waits is forgotten when a key is shown: nobody reads it, Bob neither, and nobody says so",
            answer: |history| {
                changing(history, |known, key, messages| {
                    for message in messages.iter_mut().filter(|_| key != known.shown) {
                        message.1 = true;
                    }
                })
            },
        },
        Planted {
            name: "only-the-last-is-kept",
            about: "one of the waiting messages was kept from the new key, the ones before it were not",
            answer: |history| {
                changing(history, |_, key, messages| {
                    if let Some((_, earlier)) = messages.split_last_mut() {
                        seal_again(key, earlier);
                    }
                })
            },
        },
        Planted {
            name: "sealed-again-at-the-second-time",
            about: "a key that was shown twice was taken for the one that the messages were written for",
            answer: |history| {
                changing(history, |known, key, messages| {
                    if known.shown == key {
                        seal_again(key, messages);
                    }
                })
            },
        },
        Planted {
            name: "sealed-again-for-the-first-key",
            about: "what waits is sealed again when the first key comes back: it was written for another one",
            answer: |history| {
                changing(history, |known, key, messages| {
                    if known.first == Some(key) {
                        seal_again(key, messages);
                    }
                })
            },
        },
        Planted {
            name: "kept-for-the-key-before",
            about: "at each change what waits was put down for the key before it: it stays the one it was written for",
            answer: |history| changing(history, |known, _, messages| seal_again(known.shown, messages)),
        },
        Planted {
            name: "old-ones-with-a-warning",
            about: "old messages go to the new key with a warning: the warning comes when they are read already",
            answer: |history| {
                deciding(history, |known, key| match right(known, key) {
                    Hold if known.compared.is_empty() => Warn,
                    decision => decision,
                })
            },
        },
        Planted {
            name: "warns-where-it-should-hold",
            about: "a warning takes the place of asking everywhere: what has gone out cannot be had back",
            answer: |history| {
                deciding(history, |known, key| match right(known, key) {
                    Hold => Warn,
                    decision => decision,
                })
            },
        },
        Planted {
            name: "sends-everything",
            about: "everything goes out, whatever was shown or compared",
            answer: |history| deciding(history, |_, _| Send),
        },
        Planted {
            name: "holds-everything",
            about: "nothing goes out any more, though nothing may have changed: people would look for another app",
            answer: |history| deciding(history, |_, _| Hold),
        },
        Planted {
            name: "warns-always",
            about: "it warns every time: who is warned every time reads no warning",
            answer: |history| deciding(history, |_, _| Warn),
        },
        Planted {
            name: "holds-after-every-change",
            about: "what was written after the change is held as well: she has seen the new key, and wrote",
            answer: |history| {
                deciding(history, |known, key| match right(known, key) {
                    Warn => Hold,
                    decision => decision,
                })
            },
        },
        Planted {
            name: "no-word-after-a-change",
            about: "what is written under a changed key goes out without a word: Warn says that nobody compared it",
            answer: |history| {
                deciding(history, |known, key| match right(known, key) {
                    Warn => Send,
                    decision => decision,
                })
            },
        },
        Planted {
            name: "held-for-ever",
            about: "what was held stays held though the key has been compared: Bob waits for nothing",
            answer: |history| {
                deciding(history, |known, key| match known.shown == key {
                    true => right(known, key),
                    false => Hold,
                })
            },
        },
        Planted {
            name: "asked-before-compared",
            about: "rule 3 came before rule 2: what she has compared needs no asking any more",
            answer: |history| {
                deciding(history, |known, key| match known.compared.is_empty() {
                    true => right(known, key),
                    false => Hold,
                })
            },
        },
        Planted {
            name: "compared-once-for-all",
            about: "one comparison was taken for all keys: it says something about the key that was compared",
            answer: |history| {
                deciding(history, |known, key| match known.compared.is_empty() {
                    true => right(known, key),
                    false => Send,
                })
            },
        },
        Planted {
            name: "only-the-last-comparison",
            about: "an earlier comparison was forgotten: a key that was compared stays compared",
            answer: |history| {
                deciding(history, |known, key| {
                    let last = known.compared.last().copied().into_iter().collect();
                    let known = Known {
                        compared: last,
                        ..*known
                    };
                    right(&known, key)
                })
            },
        },
        Planted {
            name: "comparing-changes-nothing",
            about: "that she has compared changes nothing: then why should anybody?",
            answer: |history| {
                deciding(history, |known, key| {
                    let known = Known {
                        compared: Vec::new(),
                        ..*known
                    };
                    right(&known, key)
                })
            },
        },
        Planted {
            name: "comparers-are-not-asked",
            about: "who has compared before gets a warning like anybody else: who compares wants to be asked first",
            answer: |history| {
                deciding(history, |known, key| {
                    let asked = key == known.shown && !known.compared.contains(&key);
                    match asked && known.first != Some(key) {
                        true => Warn,
                        false => right(known, key),
                    }
                })
            },
        },
        Planted {
            name: "the-first-is-always-right",
            about: "the first key ever shown was taken for compared: it is only the one there was no change to yet",
            answer: |history| {
                deciding(history, |known, key| match known.first == Some(known.shown) {
                    true => Send,
                    false => right(known, key),
                })
            },
        },
        Planted {
            name: "shown-again-is-changed",
            about: "a key that was shown again was taken for another one",
            answer: |history| {
                let mut shown = 0;
                let other: History = history
                    .iter()
                    .map(|event| match event {
                        Event::KeyShown(_) => {
                            shown += 1;
                            Event::KeyShown(shown)
                        }
                        other => *other,
                    })
                    .collect();
                deciding(other, right)
            },
        },
        Planted {
            name: "delivered-counts",
            about: "what has been delivered is decided upon again: nothing is left to send, to warn of or to hold",
            answer: |history| {
                let (known, messages) = walk(&history, |_, _, _| ());
                messages
                    .iter()
                    .map(|&(key, _)| Some(right(&known, key)))
                    .collect()
            },
        },
        Planted {
            name: "undelivered-only",
            about: "the delivered ones have no entry: each message has one, None for those",
            answer: |history| {
                let mut decisions = deciding(history, right);
                decisions.retain(Option::is_some);
                decisions
            },
        },
        Planted {
            name: "nothing-to-decide",
            about: "None for all of them: that means delivered",
            answer: |history| {
                let (_, messages) = walk(&history, |_, _, _| ());
                vec![None; messages.len()]
            },
        },
        Planted {
            name: "empty",
            about: "no entry at all: each message has one",
            answer: |_| Vec::new(),
        },
        Planted {
            name: "zero-for-no-key",
            about: "0 was taken for 'no key yet': it can be the number of a key as well, an Option says it better",
            answer: |history| {
                let mut first = 0;
                for event in &history {
                    if let Event::KeyShown(key) = event {
                        first = if first == 0 { *key } else { first };
                    }
                }
                deciding(history, |known, key| {
                    let known = Known {
                        first: Some(first),
                        shown: known.shown,
                        compared: known.compared.clone(),
                    };
                    right(&known, key)
                })
            },
        },
    ]
}

//! Lesson 05, `which_chat`: planted wrong answers.

use messaging_lab::course::student::Planted;
use messaging_lab::crypto::aead;

use super::super::{Chat, Server};

fn inside(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}

/// What the keys open of a chat's packets.
fn plaintexts(keys: &[[u8; 32]], (_, _, _, packets): &Chat) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for (nonce, header, sealed) in packets {
        for key in keys {
            found.extend(aead::open(key, nonce, header, sealed));
        }
    }
    found
}

fn headers((_, _, _, packets): &Chat) -> Vec<Vec<u8>> {
    packets.iter().map(|(_, header, _)| header.clone()).collect()
}

/// The names of the chats of which `leaks` finds no text.
fn chats_without((keys, chats): &Server, leaks: fn(&[[u8; 32]], &Chat) -> bool) -> Vec<String> {
    let sound = chats.iter().filter(|chat| !leaks(keys, chat));
    sound.map(|(name, ..)| name.clone()).collect()
}

/// Everything that the server could read of a chat.
fn readable(keys: &[[u8; 32]], chat: &Chat) -> Vec<Vec<u8>> {
    [chat.2.clone(), headers(chat), plaintexts(keys, chat)].concat()
}

/// Whether one of the texts stands in one of these byte strings.
fn any_text(chat: &Chat, bytes: &[Vec<u8>]) -> bool {
    chat.1
        .iter()
        .any(|text| bytes.iter().any(|bytes| inside(bytes, text)))
}

pub fn which_chat() -> Vec<Planted<Server, Vec<String>>> {
    vec![
        Planted {
            name: "all",
            about: "every chat was listed: in all of them something is sealed, the question is for whom",
            answer: |server| chats_without(&server, |_, _| false),
        },
        Planted {
            name: "none",
            about: "no chat was listed: in some of them the server has nothing but sealed bytes and public keys",
            answer: |_| vec![],
        },
        Planted {
            name: "keys-not-tried",
            about: "records and headers were searched, no key was tried: sealed on the server's disk, with the key \
                    beside it, is not end-to-end",
            answer: |server| {
                chats_without(&server, |_, chat| {
                    any_text(chat, &[chat.2.clone(), headers(chat)].concat())
                })
            },
        },
        Planted {
            name: "records-not-searched",
            about: "keys were tried, the records were not searched",
            answer: |server| {
                chats_without(&server, |keys, chat| {
                    any_text(chat, &[headers(chat), plaintexts(keys, chat)].concat())
                })
            },
        },
        Planted {
            name: "packets-only",
            about: "only what the keys open was looked at: records and headers are there to be read without",
            answer: |server| chats_without(&server, |keys, chat| any_text(chat, &plaintexts(keys, chat))),
        },
        Planted {
            name: "headers-not-searched",
            about: "the headers were not searched: they are covered by the tag, but everybody can read them",
            answer: |server| {
                chats_without(&server, |keys, chat| {
                    any_text(chat, &[chat.2.clone(), plaintexts(keys, chat)].concat())
                })
            },
        },
        Planted {
            name: "records-only",
            about: "only the records were searched",
            answer: |server| chats_without(&server, |_, chat| any_text(chat, &chat.2)),
        },
        Planted {
            name: "without-the-header",
            about: "packets were opened without their header: the tag covers it, so nothing ever opens",
            answer: |server| {
                chats_without(&server, |keys, chat| {
                    let mut found = [chat.2.clone(), headers(chat)].concat();
                    for (nonce, _, sealed) in &chat.3 {
                        found.extend(keys.iter().flat_map(|key| aead::open(key, nonce, &[], sealed)));
                    }
                    any_text(chat, &found)
                })
            },
        },
        Planted {
            name: "whole-only",
            about: "the text was compared with whole records and packets: it stands inside them, beside other things",
            answer: |server| {
                chats_without(&server, |keys, chat| {
                    chat.1.iter().any(|text| readable(keys, chat).contains(text))
                })
            },
        },
        Planted {
            name: "a-part-of-it",
            about: "a few letters of a text were taken for the text: it has to stand there whole",
            answer: |server| {
                chats_without(&server, |keys, chat| {
                    let found = readable(keys, chat);
                    let mut texts = chat.1.iter();
                    texts.any(|text| found.iter().any(|bytes| inside(bytes, &text[..8])))
                })
            },
        },
        Planted {
            name: "at-the-end-only",
            about: "only the ends of records and packets were looked at: a text can stand anywhere inside",
            answer: |server| {
                chats_without(&server, |keys, chat| {
                    let found = readable(keys, chat);
                    let mut texts = chat.1.iter();
                    texts.any(|text| found.iter().any(|bytes| bytes.ends_with(text)))
                })
            },
        },
        Planted {
            name: "by-the-header",
            about: "the headers were believed: what stands there is what somebody wrote there. Try the keys",
            answer: |server| {
                chats_without(&server, |_, chat| {
                    any_text(chat, &chat.2)
                        || headers(chat)
                            .iter()
                            .any(|header| header.starts_with(b"from alice"))
                })
            },
        },
        Planted {
            name: "anything-opens",
            about: "a chat was given up because some packet opens that is not one of its texts, like 'typing'",
            answer: |server| {
                chats_without(&server, |keys, chat| {
                    !plaintexts(keys, chat).is_empty() || any_text(chat, &readable(keys, chat))
                })
            },
        },
        Planted {
            name: "first-text",
            about: "only the first text of each chat was looked for: one that is readable is one too many",
            answer: |server| {
                chats_without(&server, |keys, chat| {
                    let found = readable(keys, chat);
                    let first = chat.1.first();
                    first.is_some_and(|text| found.iter().any(|bytes| inside(bytes, text)))
                })
            },
        },
        Planted {
            name: "all-texts",
            about: "a chat counted as end-to-end as long as one text was safe: all of them must be",
            answer: |server| {
                chats_without(&server, |keys, chat| {
                    let found = readable(keys, chat);
                    let mut texts = chat.1.iter();
                    texts.all(|text| found.iter().any(|bytes| inside(bytes, text)))
                })
            },
        },
        Planted {
            name: "first-and-last-text",
            about: "only the first text of each chat and the last were looked for: the ones between count as well",
            answer: |server| {
                chats_without(&server, |keys, chat| {
                    let found = readable(keys, chat);
                    let mut ends = chat.1.first().into_iter().chain(chat.1.last());
                    ends.any(|text| found.iter().any(|bytes| inside(bytes, text)))
                })
            },
        },
        Planted {
            name: "only-what-is-all-text",
            about: "bytes that are not UTF-8 from end to end were passed over: a text can stand beside bytes that are \
                    none",
            answer: |server| {
                chats_without(&server, |keys, chat| {
                    let mut found = readable(keys, chat);
                    found.retain(|bytes| std::str::from_utf8(bytes).is_ok());
                    any_text(chat, &found)
                })
            },
        },
        Planted {
            name: "first-that-opens",
            about: "the search ended at the first packet that opens: it may say 'typing', and the next one the text",
            answer: |server| {
                chats_without(&server, |keys, chat| {
                    let mut found = [chat.2.clone(), headers(chat)].concat();
                    found.extend(plaintexts(keys, chat).into_iter().take(1));
                    any_text(chat, &found)
                })
            },
        },
        Planted {
            name: "last-key",
            about: "only the last key was tried: the server has them all",
            answer: |server| {
                chats_without(&server, |keys, chat| {
                    any_text(chat, &readable(&keys[keys.len().saturating_sub(1)..], chat))
                })
            },
        },
        Planted {
            name: "first-key",
            about: "only the first key was tried: the server has them all",
            answer: |server| {
                chats_without(&server, |keys, chat| {
                    any_text(chat, &readable(&keys[..keys.len().min(1)], chat))
                })
            },
        },
        Planted {
            name: "first-packet",
            about: "only the first packet of each chat was opened",
            answer: |server| {
                chats_without(&server, |keys, chat| {
                    let (name, texts, records, packets) = chat;
                    let first = packets.iter().take(1).cloned().collect();
                    let cut: Chat = (name.clone(), texts.clone(), records.clone(), first);
                    let found = [records.clone(), headers(chat), plaintexts(keys, &cut)].concat();
                    any_text(chat, &found)
                })
            },
        },
        Planted {
            name: "opposite",
            about: "those are the chats that are not end-to-end",
            answer: |server| chats_without(&server, |keys, chat| !any_text(chat, &readable(keys, chat))),
        },
        Planted {
            name: "by-the-name",
            about: "the chat's name was believed: look at what the server held",
            answer: |(_, chats)| {
                let locked = chats.into_iter().filter(|(name, ..)| name.contains("lock"));
                locked.map(|(name, ..)| name).collect()
            },
        },
    ]
}

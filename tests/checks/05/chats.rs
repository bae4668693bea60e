//! Lesson 05, `which_chat`: servers in the making, and what they could read.

use messaging_lab::course::exam::{Exam, Fault};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::{NoAnswer, Student};
use messaging_lab::crypto::aead;
use messaging_lab::crypto::hkdf;
use messaging_lab::crypto::x25519::{public_key, x25519};
use messaging_lab::ground::randomness::Seeded;

use super::{Names, Played, key, wrong};

/// Nonce, header, sealed bytes.
pub type Packet = ([u8; 12], Vec<u8>, Vec<u8>);

/// Name, texts, records, packets.
pub type Chat = (String, Vec<Vec<u8>>, Vec<Vec<u8>>, Vec<Packet>);

/// Every key that the server held, and what it held of each chat.
pub type Server = (Vec<[u8; 32]>, Vec<Chat>);

/// What happens to the texts of a chat on their way.
#[derive(Clone, Copy, Debug)]
enum Way {
    /// Sealed for the server, which keeps the texts in its records and has forgotten the keys of the way.
    Cloud,
    /// Sealed for the server, which keeps them sealed under a key of its own.
    CloudAtRest,
    /// Sealed for the recipient.
    Secret,
    /// Sealed for the server, which seals each anew for every member.
    GroupByServer,
    /// Sealed for each member.
    GroupForEach,
    /// Sealed for the recipient, until an old app joins that cannot open them.
    OldClient,
    /// Sealed for the recipient from the second text on, after both apps were renewed.
    Renewed,
    /// Sealed for the recipient, with the text in the header for a notification.
    Preview,
    /// Sealed for the recipient, but for the second text, which was sent from a browser.
    OneSlip,
}

/// All of them.
const WAYS: [Way; 9] = [
    Way::Cloud,
    Way::CloudAtRest,
    Way::Secret,
    Way::GroupByServer,
    Way::GroupForEach,
    Way::OldClient,
    Way::Renewed,
    Way::Preview,
    Way::OneSlip,
];

/// A server in the making.
struct Making<'a> {
    random: &'a mut Seeded,
    keys: Vec<[u8; 32]>,
}

impl Making<'_> {
    fn sealed(&mut self, key: &[u8; 32], header: &[u8], text: &[u8]) -> Packet {
        let nonce: [u8; 12] = std::array::from_fn(|_| self.random.below(256) as u8);
        let sealed = aead::seal(key, &nonce, header, text).unwrap_or_default();
        (nonce, header.to_vec(), sealed)
    }

    /// Under a key between a phone and the server, or of the server's own: the server has it.
    fn for_server(&mut self, header: &[u8], text: &[u8]) -> Packet {
        let shared = key(self.random);
        self.keys.push(shared);
        self.sealed(&shared, header, text)
    }

    /// Under a key that a phone agrees on with the recipient's public key, which the server's directory has.
    fn for_recipient(&mut self, names: &[u8], text: &[u8]) -> Packet {
        let (fresh, recipient) = (key(self.random), key(self.random));
        let public = public_key(&recipient);
        self.keys.push(public);
        let share = x25519(&fresh, &public).unwrap_or([0; 32]);
        let agreed: [u8; 32] = hkdf::derive(b"", &share, names);
        let header = [&public_key(&fresh)[..], names].concat();
        self.sealed(&agreed, &header, text)
    }

    /// Three texts, and what the server has of them.
    fn chat(&mut self, number: usize, name: &str, way: Way) -> Chat {
        // Every second chat has packets that are no texts, every third rows with a few words of the texts.
        let (typing, in_words) = (number % 2 == 0, number % 3 == 0);
        // Some frames and rows begin with bytes that are no text.
        let front: &[u8] = match self.random.below(2) {
            0 => &[0xfe, 0x00, 0x80],
            _ => b"",
        };
        let texts: Vec<Vec<u8>> = (0..3)
            .map(|number| format!("text {number} of {:08x}", self.random.below(1 << 32)).into_bytes())
            .collect();
        let (mut records, mut packets) = (Vec::new(), Vec::new());
        if typing {
            packets.push(self.for_server(b"from alice", b"typing"));
            packets.push(self.for_server(b"from alice", b"alice: was last seen today at noon (end)"));
        }
        for (number, text) in texts.iter().enumerate() {
            // What every server has of every message.
            let place = match in_words {
                true => format!("text {number} of 3, "),
                false => String::new(),
            };
            records.push(format!("row {number}: alice, {place}{} bytes", text.len()).into_bytes());
            let framed = [front, b"alice: ", text, b" (end)"].concat();
            let row = [front, format!("row {number}, body ").as_bytes(), text].concat();
            match way {
                Way::Cloud => {
                    packets.push(self.for_server(b"from alice", &framed));
                    self.keys.pop();
                    records.push(if typing {
                        [&row[..], b", read"].concat()
                    } else {
                        text.clone()
                    });
                }
                Way::CloudAtRest => {
                    packets.push(self.for_server(b"from alice", &framed));
                    packets.push(self.for_server(b"", &row));
                }
                Way::GroupByServer => {
                    for header in ["from alice", "to bob", "to carol"] {
                        packets.push(self.for_server(header.as_bytes(), &framed));
                    }
                }
                Way::OldClient if number == 2 => {
                    packets.push(self.for_server(b"from alice, for an old app", &framed));
                }
                Way::OneSlip if number == 1 => packets.push(self.for_server(b"from alice, browser", &framed)),
                Way::Renewed if number == 0 => packets.push(self.for_server(b"from alice", &framed)),
                Way::Secret | Way::OldClient | Way::Renewed | Way::OneSlip => {
                    packets.push(self.for_recipient(b"alice to bob", &framed));
                }
                Way::GroupForEach => {
                    for names in ["alice to bob", "alice to carol"] {
                        packets.push(self.for_recipient(names.as_bytes(), &framed));
                    }
                }
                Way::Preview => {
                    let names = [b"alice to bob, preview: ", text.as_slice(), b", 12:30"].concat();
                    packets.push(self.for_recipient(&names, &framed));
                }
            }
        }
        // In no order that would say something.
        for at in (1..packets.len()).rev() {
            packets.swap(at, self.random.below(at as u64 + 1) as usize);
        }
        (name.to_string(), texts, records, packets)
    }
}

fn server(random: &mut Seeded, chats: &[(&str, Way)]) -> Server {
    let mut making = Making {
        random,
        keys: Vec::new(),
    };
    let numbered = chats.iter().enumerate();
    let chats = numbered
        .map(|(number, (name, way))| making.chat(number, name, *way))
        .collect();
    let Making { random, mut keys } = making;
    for at in (1..keys.len()).rev() {
        keys.swap(at, random.below(at as u64 + 1) as usize);
    }
    (keys, chats)
}

/// Where the server had one of a chat's texts, in words; `None` if nowhere.
fn what_gives_it(keys: &[[u8; 32]], (_, texts, records, packets): &Chat) -> Option<String> {
    let inside = |bytes: &[u8], text: &[u8]| bytes.windows(text.len()).any(|window| window == text);
    for text in texts {
        let shown = String::from_utf8_lossy(text);
        if records.iter().any(|record| inside(record, text)) {
            return Some(format!("one of its records holds '{shown}' as it was typed"));
        }
        for (number, (nonce, header, sealed)) in packets.iter().enumerate() {
            if inside(header, text) {
                return Some(format!("the header of packet {number} (from 0) holds '{shown}'"));
            }
            let mut plaintexts = keys.iter().flat_map(|key| aead::open(key, nonce, header, sealed));
            if plaintexts.any(|plaintext| inside(&plaintext, text)) {
                return Some(format!(
                    "packet {number} (from 0) opens under a key that the server held, and holds '{shown}'"
                ));
            }
        }
    }
    None
}

/// Asks for the names. Their order means nothing, nor does it matter how often one stands there.
fn named(student: &mut dyn Student<Server, Vec<String>>, server: &Server) -> Result<Names, NoAnswer> {
    Ok(student.answer(server)?.into_iter().collect())
}

/// The server's keys and what it held of each chat -> the chats that are end-to-end.
pub fn which_chat(student: impl Student<Server, Vec<String>>) -> Verdict {
    let mut random = Seeded::new(9);
    let mut server_with = |chats: &[(&str, Way)]| server(&mut random, chats);
    Exam::of_runs("relay/which_chat", wrong::which_chat(), named)
        .case(
            "one app, four chats",
            server_with(&[
                ("Alice and Bob", Way::CloudAtRest),
                ("Alice and Bob, lock symbol", Way::Secret),
                ("the choir", Way::GroupByServer),
                ("Alice and Carol's old phone", Way::OldClient),
            ]),
        )
        .case("a cloud chat with rows", server_with(&[("a", Way::Cloud)]))
        .case(
            "a cloud chat whose records are the texts",
            server_with(&[("a", Way::Secret), ("b", Way::Cloud)]),
        )
        .case("renewed after the first text", {
            let (keys, mut chats) = server_with(&[("a", Way::Secret), ("b", Way::Renewed)]);
            // What went to the server comes first.
            chats[1]
                .3
                .sort_by_key(|(_, header, _)| !header.starts_with(b"from alice"));
            (keys, chats)
        })
        .case("previews in the headers", server_with(&[("a", Way::Preview)]))
        .case(
            "a group sealed for each member",
            server_with(&[("a", Way::GroupForEach), ("b", Way::GroupByServer)]),
        )
        .case("only secret chats", server_with(&["a", "b", "c", "d"].map(|name| (name, Way::Secret))))
        .case("every way that there is", {
            let names = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];
            server_with(&std::array::from_fn::<_, 9, _>(|number| (names[number], WAYS[number])))
        })
        .case(
            "neither the first text nor the last, but the one between",
            server_with(&[("a", Way::OneSlip), ("b", Way::Secret), ("c", Way::OneSlip)]),
        )
        .case("a server that holds no key at all", {
            let (_, chats) = server_with(&[("a", Way::Cloud), ("b", Way::Secret), ("c", Way::Preview)]);
            (vec![], chats)
        })
        .case("no chats", (vec![[1; 32]], vec![]))
        .seeded(20, |random| {
            let count = 1 + random.below(5) as usize;
            let names = ["a", "b", "c", "d", "e"];
            let chats: Vec<(&str, Way)> = names[..count]
                .iter()
                .map(|name| (*name, WAYS[random.below(9) as usize]))
                .collect();
            server(random, &chats)
        })
        .judge(
            Played(student, named),
            |(keys, chats)| {
                let names: Vec<&str> = chats.iter().map(|(name, ..)| name.as_str()).collect();
                format!("{} keys on the server, the chats {names:?}: which are end-to-end?", keys.len())
            },
            |(keys, chats), got| {
                for chat in chats {
                    let given = what_gives_it(keys, chat);
                    let name = &chat.0;
                    match (given, got.0.contains(name)) {
                        (Some(how), true) => {
                            return Err(Fault::new(
                                format!("{name:?} is not end-to-end"),
                                format!("{how}: whoever runs the server, or breaks into it, reads along"),
                            ));
                        }
                        (None, false) => {
                            return Err(Fault::new(
                                format!("{name:?} is end-to-end"),
                                "no record, no header and no key of the server's gives any of its texts: its packets \
                                 are sealed under keys that never were there",
                            ));
                        }
                        _ => {}
                    }
                }
                match got.0.iter().find(|name| chats.iter().all(|chat| chat.0 != **name)) {
                    Some(name) => Err(Fault::new("names of chats", format!("there is no chat called {name:?}"))),
                    None => Ok(()),
                }
            },
        )
}

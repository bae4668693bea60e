//! Lesson 06, ghost_directory and ghost: the relay in the middle, and what the phones at its two sides make of it.

use std::fmt;

use messaging_lab::course::exam::{Exam, Fault};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::{NoAnswer, Student};
use messaging_lab::envelope::kem::{EphemeralKey, KeyPair, PublicKey};
use messaging_lab::envelope::one_shot::{self, Names, open_auth, seal_auth};
use messaging_lab::ground::randomness::Seeded;

use super::{Key, Played, key, short, wrong};

/// A line of a directory: name and public key.
pub type Entry = (String, Key);

/// The relay's seed, who asks, and the true directory.
pub type Asked = (Key, String, Vec<Entry>);

/// The relay's seed, the true directory, and what came in: from, to, envelope.
pub type Envelopes = (Key, Vec<Entry>, Vec<(String, String, Vec<u8>)>);

/// What the relay read of an envelope, if it could, and what it passes on.
pub type Passed = (Option<Vec<u8>>, Vec<u8>);

/// The key pair that the relay uses in somebody's name, as the lesson has it.
pub fn ghost_of(seed: &Key, name: &str) -> KeyPair {
    KeyPair::derive(&[b"ghost of ", name.as_bytes(), seed].concat())
}

/// The sender's key for one envelope, as the lesson has it.
pub fn fresh(seed: &Key, number: usize) -> EphemeralKey {
    EphemeralKey::derive(&[b"fresh", &seed[..], &(number as u64).to_be_bytes()].concat())
}

/// Somebody's own key pair, in the world with this number.
fn own_pair(world: u64, name: &str) -> KeyPair {
    KeyPair::derive(&[b"own pair of ", name.as_bytes(), &world.to_be_bytes()].concat())
}

const NAMES: [&str; 6] = ["alice", "bob", "carol", "dave", "erin", "frank"];

fn directory(world: u64, names: &[&str]) -> Vec<Entry> {
    let entry = |name: &&str| (name.to_string(), own_pair(world, name).public().0);
    names.iter().map(entry).collect()
}

/// One name's line in what came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    Own,
    Ghost,
    /// The private half of the ghost's pair.
    GhostsPrivate,
    /// The ghost's of somebody else, or of everybody at once.
    AnotherGhost,
    /// The true one of somebody else.
    Anothers,
    Nobodys,
}

/// What came back for a directory, so that it can be read.
#[derive(Clone, PartialEq)]
struct HandedOut(Vec<(String, Key, Whose)>);

impl fmt::Debug for HandedOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines = self.0.iter().map(|(name, key, whose)| {
            let words = match whose {
                Whose::Own => "the true key".to_string(),
                Whose::Ghost => "its ghost's".to_string(),
                Whose::GhostsPrivate => "its ghost's PRIVATE key".to_string(),
                Whose::AnotherGhost => "another name's ghost's".to_string(),
                Whose::Anothers => "somebody else's true key".to_string(),
                Whose::Nobodys => format!("{}, nobody's", short(key)),
            };
            format!("{name:?}: {words}")
        });
        match self.0.len() {
            0 => f.write_str("an empty directory"),
            _ => f.write_str(&lines.collect::<Vec<_>>().join("; ")),
        }
    }
}

fn hand_out(student: &mut dyn Student<Asked, Vec<Entry>>, asked: &Asked) -> Result<HandedOut, NoAnswer> {
    let (seed, _, directory) = asked;
    let is_ghost = |name: &str, key: &Key| ghost_of(seed, name).public().0 == *key;
    let lines = student.answer(asked)?.into_iter().map(|(name, key)| {
        let own = directory
            .iter()
            .any(|(other, truth)| *other == name && *truth == key);
        let whose = if own {
            Whose::Own
        } else if is_ghost(&name, &key) {
            Whose::Ghost
        } else if ghost_of(seed, &name).private().expose() == &key {
            Whose::GhostsPrivate
        } else if directory.iter().any(|(other, _)| is_ghost(other, &key)) {
            Whose::AnotherGhost
        } else if directory.iter().any(|(_, truth)| *truth == key) {
            Whose::Anothers
        } else {
            Whose::Nobodys
        };
        (name, key, whose)
    });
    Ok(HandedOut(lines.collect()))
}

/// The directory that a lying relay hands out to one who asks.
pub fn ghost_directory(student: impl Student<Asked, Vec<Entry>>) -> Verdict {
    let asked = |seed: u8, asker: &str, names: &[&str]| -> Asked {
        ([seed; 32], asker.to_string(), directory(u64::from(seed), names))
    };
    Exam::of_runs("keys/ghost_directory", wrong::ghost_directory(), hand_out)
        .case("two people, the first asks", asked(1, "alice", &["alice", "bob"]))
        .case("two people, the second asks", asked(2, "bob", &["alice", "bob"]))
        .case(
            "five people, one in the middle asks",
            asked(3, "dave", &["carol", "erin", "dave", "bob", "alice"]),
        )
        .case(
            "somebody asks who is not in it",
            asked(4, "frank", &["alice", "bob", "carol"]),
        )
        .case("nobody is in it", asked(5, "alice", &[]))
        .case(
            "names that are nearly the asker's",
            asked(6, "bob", &["bobby", "bob", "bo", "Bob", "bob ", "jimbob"]),
        )
        .case("two names with one and the same key", {
            let (seed, asker, mut names) = asked(8, "bob", &["alice", "bob", "bob at work"]);
            names[2].1 = names[1].1;
            (seed, asker, names)
        })
        .case(
            "names beyond ASCII",
            asked(9, "zo\u{eb}", &["zo\u{eb}", "zoe", "j\u{f6}rg", ""]),
        )
        .case("another seed", asked(7, "alice", &["alice", "bob"]))
        .seeded(8, |random| {
            let count = 1 + random.below(6) as usize;
            let first = random.below(6) as usize;
            let names: Vec<&str> = (0..count).map(|at| NAMES[(first + at) % 6]).collect();
            let asker = NAMES[random.below(6) as usize];
            (
                key(random),
                asker.to_string(),
                directory(random.next_u64(), &names),
            )
        })
        .judge(
            Played(student, hand_out),
            |(seed, asker, directory)| {
                let names: Vec<&str> = directory.iter().map(|(name, _)| &name[..]).collect();
                format!(
                    "seed {}, {asker:?} asks; the directory has {names:?}: what is handed out?",
                    short(seed)
                )
            },
            |(seed, asker, directory), got| {
                let lines = directory.iter().map(|(name, truth)| match name == asker {
                    true => (name.clone(), *truth, Whose::Own),
                    false => (name.clone(), ghost_of(seed, name).public().0, Whose::Ghost),
                });
                let wanted = HandedOut(lines.collect());
                if *got == wanted {
                    return Ok(());
                }
                Err(Fault::new(
                    format!("{wanted:?}"),
                    why_directory(&wanted, got, asker),
                ))
            },
        )
}

fn why_directory(wanted: &HandedOut, got: &HandedOut, asker: &str) -> String {
    let names = |list: &HandedOut| list.0.iter().map(|line| line.0.clone()).collect::<Vec<_>>();
    if names(wanted) != names(got) {
        return "the same names in the same order: whoever is missing or new is noticed".to_string();
    }
    let wrong = wanted.0.iter().zip(&got.0).find(|(wanted, got)| wanted != got);
    let Some(((name, ..), (.., whose))) = wrong else {
        return String::new();
    };
    match whose {
        _ if name == asker => {
            format!("{asker}'s phone knows its own key: one look at its own line, and the lie is out")
        }
        Whose::Own => format!("what is sealed for {name}'s true key stays shut: the relay reads nothing"),
        Whose::GhostsPrivate => {
            "a private key in a directory: whoever asks for it reads along, and it opens nothing as a public one"
                .to_string()
        }
        Whose::AnotherGhost => format!(
            "{name} has a ghost of its own: the relay would try that one, and one key under two names can be seen"
        ),
        Whose::Anothers => {
            format!("the relay has no private half of that key: what is sealed for {name} it cannot open")
        }
        Whose::Ghost | Whose::Nobodys => {
            "the relay needs the private half of every key that it hands out: only ghost_of gives it".to_string()
        }
    }
}

/// What a forwarded envelope turned out to be.
#[derive(Clone, Debug, PartialEq)]
enum Shown {
    /// The recipient's phone shows this.
    Text(Vec<u8>),
    /// Nothing was passed on.
    Nothing,
    /// What came in, which the recipient's phone refuses.
    AsItCame,
    /// The text without any envelope.
    Bare,
    /// It opens for the ghost of the recipient, not for the recipient.
    ForTheGhost,
    /// It opens, but nobody vouches for it.
    Anonymous,
    /// It opens, under the key of this other person's ghost.
    BySomebodyElse(String),
    /// It opens under the two names the other way round.
    NamesSwapped,
    /// Something else.
    Refused,
}

/// What happened to one envelope.
#[derive(Clone, PartialEq)]
struct Line {
    from: String,
    to: String,
    read: Option<Vec<u8>>,
    shown: Shown,
    /// The earlier one for which its fresh key was used already.
    used_before: Option<usize>,
}

/// What happened to all of them.
#[derive(Clone, PartialEq)]
struct Delivered(Vec<Line>);

fn text(bytes: &[u8]) -> String {
    match bytes.get(..24) {
        Some(front) => format!("\"{}\"...", front.escape_ascii()),
        None => format!("\"{}\"", bytes.escape_ascii()),
    }
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Line { from, to, .. } = self;
        match &self.read {
            Some(read) => write!(f, "{from} to {to}: the relay reads {}, ", text(read))?,
            None => write!(f, "{from} to {to}: the relay reads nothing, ")?,
        }
        match &self.shown {
            Shown::Text(shown) => write!(f, "{to} sees {}", text(shown))?,
            Shown::Nothing => write!(f, "{to} gets nothing")?,
            Shown::AsItCame => write!(f, "{to} refuses what is passed on as it came")?,
            Shown::Bare => write!(f, "{to} refuses a text without an envelope")?,
            Shown::ForTheGhost => write!(f, "{to} refuses what only the ghost of {to} opens")?,
            Shown::Anonymous => write!(f, "{to} refuses an envelope without a sender's key")?,
            Shown::BySomebodyElse(name) => write!(f, "{to} refuses an envelope of the ghost of {name}")?,
            Shown::NamesSwapped => write!(f, "{to} refuses an envelope under swapped names")?,
            Shown::Refused => write!(f, "{to} refuses it")?,
        }
        if self.used_before.is_some() {
            write!(f, " (a fresh key used twice)")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Delivered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("nothing");
        }
        let lines: Vec<String> = self.0.iter().map(|line| format!("{line:?}")).collect();
        f.write_str(&lines.join("; "))
    }
}

/// One message of a world: who writes what to whom, and how the two came to each other's keys.
#[derive(Clone, Debug)]
struct Message {
    from: &'static str,
    to: &'static str,
    text: Vec<u8>,
    keys: Keys,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Keys {
    /// Both asked the lying directory.
    FromTheDirectory,
    /// They met, and each has the other's true key.
    Compared,
    /// So many bytes, which open for nobody.
    Noise(usize),
}

/// Everything about one question, the secret parts too.
#[derive(Clone, Debug)]
struct World {
    number: u64,
    seed: Key,
    names: Vec<&'static str>,
    messages: Vec<Message>,
}

impl World {
    /// What the relay gets to see.
    fn question(&self) -> Envelopes {
        let envelopes = self.messages.iter().enumerate().map(|(at, message)| {
            let names = Names {
                from: message.from,
                to: message.to,
            };
            let to = match message.keys {
                Keys::FromTheDirectory => ghost_of(&self.seed, message.to).public(),
                Keys::Compared => own_pair(self.number, message.to).public(),
                Keys::Noise(bytes) => {
                    let noise = Seeded::new(self.number ^ at as u64).bytes(bytes);
                    return (message.from.to_string(), message.to.to_string(), noise);
                }
            };
            let from = own_pair(self.number, message.from);
            let ephemeral =
                EphemeralKey::derive(&[&self.number.to_be_bytes()[..], &at.to_be_bytes()].concat());
            let sealed = seal_auth(&from, names, ephemeral, &to, &message.text).expect("a sound message");
            (message.from.to_string(), message.to.to_string(), sealed)
        });
        (
            self.seed,
            directory(self.number, &self.names),
            envelopes.collect(),
        )
    }

    /// What the recipient's phone makes of `passed`.
    fn shown(&self, message: &Message, came: &[u8], passed: &[u8]) -> Shown {
        let names = Names {
            from: message.from,
            to: message.to,
        };
        let recipient = own_pair(self.number, message.to);
        let ghost = |name: &str| ghost_of(&self.seed, name).public();
        let senders_key = match message.keys {
            Keys::Compared => own_pair(self.number, message.from).public(),
            _ => ghost(message.from),
        };
        let opens = |from: &PublicKey, names, pair: &KeyPair| open_auth(from, names, pair, passed).ok();
        if let Some(text) = opens(&senders_key, names, &recipient) {
            return Shown::Text(text);
        }
        let swapped = Names {
            from: message.to,
            to: message.from,
        };
        if passed == came {
            Shown::AsItCame
        } else if passed.is_empty() {
            Shown::Nothing
        } else if passed == message.text {
            Shown::Bare
        } else if one_shot::open(names, &recipient, passed).is_ok() {
            Shown::Anonymous
        } else if opens(&senders_key, names, &ghost_of(&self.seed, message.to)).is_some() {
            Shown::ForTheGhost
        } else if opens(&senders_key, swapped, &recipient).is_some() {
            Shown::NamesSwapped
        } else if let Some(name) = self
            .names
            .iter()
            .find(|name| opens(&ghost(name), names, &recipient).is_some())
        {
            Shown::BySomebodyElse(name.to_string())
        } else {
            Shown::Refused
        }
    }
}

fn deliver(student: &mut dyn Student<Envelopes, Vec<Passed>>, world: &World) -> Result<Delivered, NoAnswer> {
    let question = world.question();
    let answer = student.answer(&question)?;
    let enc = |passed: &[u8]| passed.get(2..34).map(<[u8]>::to_vec);
    let mut seen: Vec<Option<Vec<u8>>> = Vec::new();
    let mut lines = Vec::new();
    for ((message, (_, _, came)), (read, passed)) in world.messages.iter().zip(&question.2).zip(answer.iter())
    {
        let used_before = seen
            .iter()
            .position(|seen| seen.is_some() && *seen == enc(passed));
        lines.push(Line {
            from: message.from.to_string(),
            to: message.to.to_string(),
            read: read.clone(),
            shown: world.shown(message, came, passed),
            used_before: used_before.filter(|_| passed != came),
        });
        seen.push(enc(passed));
    }
    // Entries that belong to no envelope, or envelopes without an entry, show as a list of another length.
    let more = answer.iter().skip(lines.len()).map(|(read, _)| Line {
        from: "nobody".to_string(),
        to: "nobody".to_string(),
        read: read.clone(),
        shown: Shown::Nothing,
        used_before: None,
    });
    lines.extend(more);
    Ok(Delivered(lines))
}

/// Envelopes in, texts and other envelopes out; nobody notices.
pub fn ghost(student: impl Student<Envelopes, Vec<Passed>>) -> Verdict {
    use Keys::{Compared, FromTheDirectory, Noise};
    let world = |number: u64, messages: &[(&'static str, &'static str, &[u8], Keys)]| World {
        number,
        seed: [number as u8; 32],
        names: NAMES.to_vec(),
        messages: messages
            .iter()
            .map(|&(from, to, text, keys)| Message {
                from,
                to,
                text: text.to_vec(),
                keys,
            })
            .collect(),
    };
    Exam::of_runs("keys/ghost", wrong::ghost(), deliver)
        .case(
            "one message",
            world(1, &[("alice", "bob", b"meet at ten", FromTheDirectory)]),
        )
        .case(
            "a message and its answer",
            world(
                2,
                &[
                    ("carol", "dave", b"is it you?", FromTheDirectory),
                    ("dave", "carol", b"who else?", FromTheDirectory),
                ],
            ),
        )
        .case(
            "the same text twice to the same person",
            world(
                3,
                &[
                    ("alice", "bob", b"yes", FromTheDirectory),
                    ("alice", "bob", b"yes", FromTheDirectory),
                ],
            ),
        )
        .case("nothing came in", world(4, &[]))
        .case(
            "two who have compared, between two who have not",
            world(
                5,
                &[
                    ("alice", "bob", b"at the station", FromTheDirectory),
                    ("erin", "frank", b"we met", Compared),
                    ("bob", "alice", b"which one?", FromTheDirectory),
                ],
            ),
        )
        .case(
            "one sender, compared with one and not with the other",
            world(
                6,
                &[
                    ("alice", "carol", b"for you alone", Compared),
                    ("alice", "bob", b"for you, too", FromTheDirectory),
                ],
            ),
        )
        .case(
            "an empty text, a picture, a long text",
            world(
                7,
                &[
                    ("alice", "bob", b"", FromTheDirectory),
                    (
                        "alice",
                        "bob",
                        &[0x89, b'P', b'N', b'G', 0xff, 0x00, 0x80],
                        FromTheDirectory,
                    ),
                    ("bob", "erin", &[b'x'; 200], FromTheDirectory),
                ],
            ),
        )
        .case(
            "twenty to the same person",
            world(9, &[("alice", "bob", &b"again"[..], FromTheDirectory); 20]),
        )
        .case(
            "bytes that are no envelope",
            world(
                8,
                &[
                    ("frank", "alice", b"", Noise(114)),
                    ("frank", "alice", b"", Noise(5)),
                    ("frank", "alice", b"", Noise(0)),
                    ("frank", "alice", b"and now?", FromTheDirectory),
                ],
            ),
        )
        .case(
            "a text with spaces and line ends around it",
            world(
                10,
                &[("carol", "bob", b" \n over here! \0\r\n", FromTheDirectory)],
            ),
        )
        .case(
            "names that begin alike",
            World {
                names: vec!["alicette", "bobby", "al", "alice", "bo", "bob"],
                ..world(
                    11,
                    &[
                        ("alice", "bob", b"and Al?", FromTheDirectory),
                        ("al", "alice", b"here", FromTheDirectory),
                    ],
                )
            },
        )
        .seeded(6, |random| {
            const TEXTS: [&str; 4] = ["hello", "see you at six", "ok", "who is this?"];
            let messages = (0..1 + random.below(4)).map(|_| {
                let from = random.below(6) as usize;
                let to = (from + 1 + random.below(5) as usize) % 6;
                Message {
                    from: NAMES[from],
                    to: NAMES[to],
                    text: TEXTS[random.below(4) as usize].into(),
                    keys: match random.below(5) {
                        0 => Compared,
                        _ => FromTheDirectory,
                    },
                }
            });
            let messages = messages.collect();
            let mut names = NAMES.to_vec();
            names.rotate_left(random.below(6) as usize);
            World {
                messages,
                number: random.next_u64(),
                seed: key(random),
                names,
            }
        })
        .judge(
            Played(student, deliver),
            |world| {
                let letters = world
                    .messages
                    .iter()
                    .map(|message| format!("{} to {}", message.from, message.to));
                let letters: Vec<String> = letters.collect();
                match letters.len() {
                    0 => "no envelopes: what is read and passed on?".to_string(),
                    _ => format!(
                        "envelopes [{}]: what is read, and what passed on?",
                        letters.join("; ")
                    ),
                }
            },
            judge_delivered,
        )
}

fn judge_delivered(world: &World, got: &Delivered) -> Result<(), Fault> {
    let lines = world.messages.iter().map(|message| Line {
        from: message.from.to_string(),
        to: message.to.to_string(),
        read: (message.keys == Keys::FromTheDirectory).then(|| message.text.clone()),
        shown: match message.keys {
            Keys::Noise(_) => Shown::AsItCame,
            _ => Shown::Text(message.text.clone()),
        },
        used_before: None,
    });
    let wanted = Delivered(lines.collect());
    if *got == wanted {
        return Ok(());
    }
    let fault = |why: String| Err(Fault::new(format!("{wanted:?}"), why));
    if got.0.len() != wanted.0.len() {
        return fault(format!(
            "as many entries as envelopes came in, {}: a message that disappears is missed",
            wanted.0.len()
        ));
    }
    let mut pairs = wanted.0.iter().zip(&got.0).zip(&world.messages);
    let Some(((wanted_line, line), message)) = pairs.find(|((wanted, got), _)| wanted != got) else {
        return Ok(());
    };
    let Message { from, to, .. } = message;
    let why = if line.read != wanted_line.read {
        match (&line.read, message.keys) {
            (None, _) => format!(
                "{from} sealed it for the ghost of {to}, whose private key the relay has: it can be opened"
            ),
            (Some(_), Keys::FromTheDirectory) => "that is not what stood in the envelope".to_string(),
            (Some(_), _) => "it opens for no ghost, so the relay has read nothing: None".to_string(),
        }
    } else if let Some(earlier) = line.used_before {
        let earlier = &world.messages[earlier];
        match (earlier.from, earlier.to) == (*from, *to) {
            false => "two envelopes of different people begin with the same fresh public key: who sees both knows \
                      that one hand sealed them"
                .to_string(),
            true => "the same fresh key for the same two people is the same key and nonce: lesson 04's two-time pad"
                .to_string(),
        }
    } else if message.keys == Keys::FromTheDirectory {
        format!(
            "{to}'s phone opens with {to}'s own pair, and the sender's key is what the directory gave for {from}: \
             the ghost's. All else is refused, and that is noticed"
        )
    } else {
        "what the relay cannot open it passes on untouched: changed or dropped, the two would notice"
            .to_string()
    };
    fault(format!("{from} to {to}: {why}"))
}

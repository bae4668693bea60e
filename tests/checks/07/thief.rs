//! Lesson 07, thief: conversations that the real ratchet had, what was recorded of them, and what was stolen.

use messaging_lab::course::exam::{Exam, Fault, same};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::Student;
use messaging_lab::crypto::aead;
use messaging_lab::envelope::chains::{kdf_ck, message_key_and_nonce};
use messaging_lab::envelope::header::{HEADER_BYTES, Header};
use messaging_lab::envelope::keys::KeyPair;
use messaging_lab::envelope::ratchet::Ratchet;
use messaging_lab::ground::randomness::Seeded;
use messaging_lab::ground::secret::Secret;

use super::wrong;

/// Chain key, its number, kept keys, recorded messages.
pub type Loot = ([u8; 32], u32, Vec<(u32, [u8; 32])>, Vec<Recorded>);
pub type Texts = Vec<Option<String>>;
type Recorded = (u32, Vec<u8>);

/// Alice and Bob, each with the real ratchet, and somebody who records what she sends.
struct Talk {
    alice: Ratchet,
    bob: Ratchet,
    randomness: Seeded,
    recorded: Vec<Recorded>,
}

impl Talk {
    fn begin(seed: u64) -> Self {
        let mut randomness = Seeded::new(seed);
        let secret = Secret::random(&mut randomness).expect("a seed does not fail");
        let pair = KeyPair::generate(&mut randomness).expect("a seed does not fail");
        let alice = Ratchet::init_alice(&secret, pair.public(), &mut randomness).expect("a sound key");
        Talk {
            alice,
            bob: Ratchet::init_bob(secret, pair),
            randomness,
            recorded: Vec::new(),
        }
    }

    /// Alice sends that many messages more.
    fn alice_sends(&mut self, count: usize) {
        for _ in 0..count {
            self.alice_says(&format!("text {}", self.recorded.len()));
        }
    }

    fn alice_says(&mut self, text: &str) {
        let message = self.alice.seal(text.as_bytes(), b"").expect("a chain to send in");
        let number = Header::of(&message).expect("a sound message").0.n;
        self.recorded.push((number, message));
    }

    /// Bob's phone opens what was recorded at these places, in this order.
    fn bob_opens(&mut self, places: &[usize]) {
        for &place in places {
            let (_, message) = &self.recorded[place];
            self.bob
                .open(message, b"", &mut self.randomness)
                .expect("it opens once");
        }
    }

    /// Bob answers, and Alice's phone gets it: her next message stands in another chain.
    fn bob_answers(&mut self) {
        let answer = self.bob.seal(b"yes", b"").expect("he was written to");
        self.alice
            .open(&answer, b"", &mut self.randomness)
            .expect("his answer opens");
    }

    /// What stands in Bob's phone now about the messages that Alice sends.
    fn theft(&self) -> Theft {
        let state = self.bob.stolen();
        Theft {
            chain_key: state.receiving_chain.expect("something was opened"),
            number: state.next_received,
            kept: state.skipped.iter().map(|(_, n, key)| (*n, *key)).collect(),
        }
    }
}

/// What was stolen; what was recorded comes later.
#[derive(Clone)]
struct Theft {
    chain_key: [u8; 32],
    number: u32,
    kept: Vec<(u32, [u8; 32])>,
}

impl Theft {
    fn with(self, recorded: Vec<Recorded>) -> Loot {
        (self.chain_key, self.number, self.kept, recorded)
    }
}

/// One bit of it changed on the way.
fn changed((number, message): &Recorded) -> Recorded {
    let mut message = message.clone();
    message[HEADER_BYTES + 2] ^= 0x10;
    (*number, message)
}

/// Only so many bytes of it came through.
fn cut((number, message): &Recorded, bytes: usize) -> Recorded {
    (*number, message[..bytes].to_vec())
}

/// The text of a message that a wrong key opens.
const DECOY: &str = "sealed under a key that is not this message's";

/// Messages sealed under the keys that one arrives at by mistake. Whatever an answer makes of them passes: they tell
/// apart the mistakes after which nothing else opens, so that the feedback names the right one.
fn decoys(theft: Theft, recorded: &[Recorded]) -> Loot {
    let sealed_under = |key: [u8; 32], n: u32| -> Recorded {
        let header = &recorded[n as usize].1[..HEADER_BYTES];
        let (key, nonce) = message_key_and_nonce(&key);
        let sealed = aead::seal(&key, &nonce, header, DECOY.as_bytes()).expect("a short text");
        (n, [header, &sealed].concat())
    };
    let (chain_6, key_5) = kdf_ck(&theft.chain_key);
    let (chain_7, key_6) = kdf_ck(&chain_6);
    let (chain_8, _) = kdf_ck(&chain_7);
    let (_, key_8) = kdf_ck(&chain_8);
    let turned = |key: &[u8; 32]| kdf_ck(key).1;
    let late = theft.kept[0];
    let mut messages = vec![
        sealed_under(theft.chain_key, 5),
        sealed_under(chain_6, 5),
        sealed_under(key_6, 5),
        sealed_under(key_5, 7),
        sealed_under(key_6, 7),
        sealed_under(key_8, 7),
        sealed_under(turned(&turned(&key_5)), 7),
        sealed_under(turned(&late.1), late.0),
    ];
    // Five turns too many, as many as the chain key's number.
    let five_on = (0..5).fold(theft.chain_key, |chain, _| kdf_ck(&chain).0);
    messages.push(sealed_under(turned(&five_on), 5));
    theft.with(messages)
}

/// Late in a long conversation: five late messages, texts that are no plain words, and the numbers pass `round`.
fn long_talk(round: u32) -> Loot {
    let first = round - 9;
    let stolen = round - 2;
    let mut long = Talk::begin(7);
    let mut state = long.alice.stolen();
    state.next_sent = first;
    long.alice = Ratchet::from_stolen(&state).expect("her own state");
    for text in [" A blank on each side ", "gr\u{f6}\u{df}er", "\u{2713}\n"] {
        long.alice_says(text);
    }
    long.alice_sends(8);
    let mut chain_key = state.sending_chain.expect("she can write");
    let mut kept = Vec::new();
    for n in first..stolen {
        let (next, message_key) = kdf_ck(&chain_key);
        chain_key = next;
        if ![first + 4, first + 6].contains(&n) {
            kept.push((n, message_key));
        }
    }
    kept.rotate_left(2);
    let theft = Theft {
        chain_key,
        number: stolen,
        kept,
    };
    theft.with(long.recorded)
}

fn draw_talk(random: &mut Seeded) -> Loot {
    let mut talk = Talk::begin(random.next_u64());
    let before = 1 + random.below(6) as usize;
    talk.alice_sends(before);
    let mut opened = Vec::new();
    for place in 0..before {
        // The last one comes, so that there is a chain; others may be late.
        if place + 1 == before || random.below(3) > 0 {
            let at = random.below(opened.len() as u64 + 1) as usize;
            opened.insert(at, place);
        }
    }
    talk.bob_opens(&opened);
    let mut theft = talk.theft();
    if random.below(2) == 0 {
        theft.kept.reverse();
    }
    talk.alice_sends(random.below(6) as usize);
    if random.below(4) == 0 {
        talk.bob_answers();
        talk.alice_sends(1 + random.below(4) as usize);
    }
    let mut recorded = Vec::new();
    for message in &talk.recorded {
        let at = random.below(recorded.len() as u64 + 1) as usize;
        match random.below(8) {
            0 => {}
            1 => recorded.insert(at, changed(message)),
            2 => recorded.insert(at, message.clone()),
            _ => recorded.push(message.clone()),
        }
    }
    theft.with(recorded)
}

/// Stolen keys and recorded messages -> the texts that they give.
pub fn thief(student: impl Student<Loot, Texts>) -> Verdict {
    // Messages 0 to 2 are opened, then comes the theft, then 3 to 7.
    let mut plain = Talk::begin(1);
    plain.alice_sends(3);
    plain.bob_opens(&[0, 1, 2]);
    let at_three = plain.theft();
    plain.alice_sends(5);
    let all = plain.recorded.clone();
    let some = |places: &[usize]| -> Vec<Recorded> { places.iter().map(|&at| all[at].clone()).collect() };

    // Messages 1 and 3 are late at the theft.
    let mut late = Talk::begin(2);
    late.alice_sends(8);
    late.bob_opens(&[0, 2, 4]);
    let two_late = late.theft();
    let mut other_order = two_late.clone();
    other_order.kept.reverse();
    let gaps = late.recorded.clone();

    // Stolen from Alice, before she wrote anything.
    let mut early = Talk::begin(3);
    let state = early.alice.stolen();
    let from_alice = Theft {
        chain_key: state.sending_chain.expect("she can write"),
        number: state.next_sent,
        kept: Vec::new(),
    };
    early.alice_sends(4);

    // After the theft Bob answers, and Alice goes on in another chain.
    let mut turned = Talk::begin(4);
    turned.alice_sends(3);
    turned.bob_opens(&[0, 2]);
    let before_the_answer = turned.theft();
    turned.alice_sends(2);
    turned.bob_answers();
    turned.alice_sends(6);

    let mut far = Talk::begin(5);
    far.alice_sends(900);
    far.bob_opens(&[899]);
    let mut far_theft = far.theft();
    far_theft.kept.retain(|(n, _)| [0, 450].contains(n));
    far.alice_sends(1_001);
    let far_apart = [0, 1_900, 450, 1].map(|place| far.recorded[place].clone());

    let mut quiet = Talk::begin(6);
    quiet.alice_sends(1);
    quiet.bob_opens(&[0]);
    let quiet_theft = quiet.theft();
    quiet.alice_says("");
    quiet.alice_sends(1);

    Exam::new("ratchet/thief", wrong::thief())
        .case("the next message", at_three.clone().with(some(&[3])))
        .case(
            "only the late ones, the second first",
            two_late.clone().with(vec![gaps[3].clone(), gaps[1].clone()]),
        )
        .case("one that was opened before", at_three.clone().with(some(&[2])))
        .case("all of them, in order", at_three.clone().with(all.clone()))
        .case("one further on alone", at_three.clone().with(some(&[6])))
        .case("with gaps in the record", at_three.clone().with(some(&[0, 4, 7])))
        .case(
            "in another order",
            at_three.clone().with(some(&[7, 1, 4, 3, 6, 0])),
        )
        .case("the same one twice", at_three.clone().with(some(&[4, 4, 3, 3])))
        .case(
            "one of them was changed on the way",
            at_three
                .clone()
                .with(vec![all[3].clone(), changed(&all[4]), all[5].clone()]),
        )
        .case(
            "one was changed, and was sent again as it was",
            at_three.clone().with(vec![changed(&all[4]), all[4].clone()]),
        )
        .case("nothing was recorded", at_three.with(vec![]))
        .case(
            "some were cut short on the way",
            two_late.clone().with(vec![
                cut(&gaps[3], 10),
                gaps[5].clone(),
                cut(&gaps[6], HEADER_BYTES),
                cut(&gaps[7], 0),
                gaps[3].clone(),
            ]),
        )
        .case("two were late", two_late.clone().with(gaps.clone()))
        .case("two were late, kept the other way round", other_order.with(gaps.clone()))
        .case(
            "a late one, changed, then as it was, twice",
            two_late.clone().with(vec![changed(&gaps[3]), gaps[3].clone(), gaps[3].clone()]),
        )
        .case("stolen before the first message", from_alice.with(early.recorded))
        .case(
            "another chain begins after Bob's answer",
            before_the_answer.with(turned.recorded),
        )
        .case("hundreds of numbers back, and a thousand further on", far_theft.with(far_apart.to_vec()))
        .case("an empty text", quiet_theft.with(quiet.recorded))
        .case("sixty-five thousand messages on, and five were late", long_talk(1 << 16))
        .case("two thousand million messages on, and five were late", long_talk(1 << 31))
        .case("the wrong keys", decoys(two_late, &gaps))
        .seeded(30, draw_talk)
        .judge(
            student,
            |(_, number, kept, recorded)| {
                let numbers = |list: Vec<u32>| format!("{list:?}");
                format!(
                    "stolen: chain key {number} and the message keys of {}; recorded: {}: which texts does he read?",
                    numbers(kept.iter().map(|(n, _)| *n).collect()),
                    numbers(recorded.iter().map(|(n, _)| *n).collect())
                )
            },
            judge_thief,
        )
}

/// What the stolen keys open, worked out from the kit's own chain.
fn texts((chain_key, number, kept, recorded): &Loot) -> Texts {
    let farthest = recorded.iter().map(|(n, _)| *n).max().unwrap_or(0);
    let mut keys = kept.clone();
    let mut chain = *chain_key;
    for n in *number..=farthest {
        let (next, key) = kdf_ck(&chain);
        keys.push((n, key));
        chain = next;
    }
    let open = |(number, message): &Recorded| {
        let (_, key) = keys.iter().find(|(n, _)| n == number)?;
        let (key, nonce) = message_key_and_nonce(key);
        let (header, sealed) = message.split_at_checked(HEADER_BYTES)?;
        String::from_utf8(aead::open(&key, &nonce, header, sealed).ok()?).ok()
    };
    recorded.iter().map(open).collect()
}

fn judge_thief(loot: &Loot, got: &Texts) -> Result<(), Fault> {
    let (_, number, _, recorded) = loot;
    let wanted = texts(loot);
    let no_decoys = got.iter().cloned();
    let got: Texts = no_decoys.map(|text| text.filter(|text| text != DECOY)).collect();
    let missed = (0..wanted.len()).find(|&at| got.get(at) != Some(&wanted[at]));
    let why = match missed {
        _ if got.len() != wanted.len() => {
            "one answer for each recorded message, in their order: Some(text), or None if it stays shut"
                .to_string()
        }
        None => String::new(),
        Some(at) => {
            let n = recorded[at].0;
            match &wanted[at] {
                Some(_) if n < *number => format!(
                    "message {n} was late, so its own key was kept for it: whoever waits for a message leaves \
                     its key to the thief"
                ),
                Some(_) => format!(
                    "chain key {number} leads to the key of message {n}, whatever was recorded in between: nothing \
                     in the chain stops the thief"
                ),
                None if n < *number => format!(
                    "message {n} comes before chain key {number}, and its own key was not kept: nothing that \
                     was stolen leads back to it"
                ),
                None => format!(
                    "message {n} does not open under the key that the chain has for it: it was changed or cut \
                     short, or it belongs to another chain, which the stolen key does not lead to"
                ),
            }
        }
    };
    same(&got, &wanted, &why)
}

//! Lesson 05: what each exercise must show.

use std::collections::BTreeSet;
use std::fmt;
use std::time::Duration;

use messaging_lab::course::exam::{Exam, Fault, no_answer, same};
use messaging_lab::course::feedback::{Feedback, Outcome, Verdict};
use messaging_lab::course::statement::{Statement, judge_prediction};
use messaging_lab::course::student::{NoAnswer, Planted, Student, quietly};
use messaging_lab::crypto::hkdf;
use messaging_lab::crypto::x25519::{public_key, x25519};
use messaging_lab::envelope::hpke::seal_base;
use messaging_lab::envelope::identity::Identity;
use messaging_lab::envelope::kem::{EphemeralKey, KeyPair};
use messaging_lab::envelope::parcel::{Address, Parcel};
use messaging_lab::envelope::prekeys::PreKeys;
use messaging_lab::envelope::relay::Relay;
use messaging_lab::ground::clock::{ControlledClock, Millis};
use messaging_lab::ground::hex::bytes_to_hex;
use messaging_lab::ground::ledger::{Ledger, Onlooker, Witness};
use messaging_lab::ground::randomness::Seeded;
use messaging_lab::ground::secret::Secret;
use messaging_lab::show;

#[path = "../wrong/05.rs"]
pub mod wrong;

#[path = "05_envelope.rs"]
mod posting;

#[path = "05_padding.rs"]
mod padded;

#[path = "05_chats.rs"]
mod chats;

pub use chats::{Chat, Server, which_chat};
pub use padded::{pad, unpad};
pub use posting::{Order, Posted, envelope};

/// One run of an exercise: asks the student for everything that belongs to question `Q`, and what came of it is `A`.
type Play<P, B, Q, A> = fn(&mut dyn Student<P, B>, &Q) -> Result<A, NoAnswer>;

/// A student who is asked whole runs.
struct Played<S, P, B, Q, A> {
    student: S,
    play: Play<P, B, Q, A>,
}

impl<S: Student<P, B>, P, B, Q, A> Student<Q, A> for Played<S, P, B, Q, A> {
    fn answer(&mut self, question: &Q) -> Result<A, NoAnswer> {
        (self.play)(&mut self.student, question)
    }

    fn first_fault(&mut self) {
        self.student.first_fault();
    }

    fn allow(&mut self, limit: Duration) {
        self.student.allow(limit);
    }
}

/// Names or texts of which the order means nothing, nor how often one stands there.
#[derive(PartialEq)]
pub struct Names(BTreeSet<String>);

impl fmt::Debug for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.0).finish()
    }
}

impl FromIterator<String> for Names {
    fn from_iter<T: IntoIterator<Item = String>>(names: T) -> Self {
        Names(names.into_iter().collect())
    }
}

/// 32 random bytes.
fn key(random: &mut Seeded) -> [u8; 32] {
    std::array::from_fn(|_| random.below(256) as u8)
}

/// The first bytes of a long byte string, in hex.
fn short(bytes: &[u8]) -> String {
    match bytes {
        [] => "nothing".to_string(),
        [_, _, _, _, _, ..] => format!("{}..", bytes_to_hex(&bytes[..4])),
        _ => bytes_to_hex(bytes),
    }
}

// predict

/// How many statements the prediction is about.
pub const STATEMENTS: usize = 6;

/// A guess and a witness for each statement.
pub type Prediction = ([Option<bool>; STATEMENTS], [Option<Witness>; STATEMENTS]);

/// The statements, in the lesson's words, about what the run's own records hold.
fn statements(ledger: &Ledger) -> [Statement; STATEMENTS] {
    let holding = |onlooker, what: &str| {
        let mut held = ledger.ever_held_by(onlooker);
        held.find(|holding| holding.what == what)
            .unwrap_or_else(|| panic!("the run has no {what}"))
            .bytes
            .clone()
    };
    let statement = |says, bytes: Vec<u8>, who: &[Onlooker], from, to| Statement {
        says,
        bytes,
        who: who.to_vec(),
        from,
        to,
    };
    let text = holding(Onlooker::AlicePhone, "a text, as she typed it");
    let log_line = holding(Onlooker::Relay, "a line of the log");
    let same_size = String::from_utf8_lossy(&log_line).replace("at 6000 ms", "at 9000 ms");
    assert_ne!(
        same_size.as_bytes(),
        log_line,
        "the log's first line is another one"
    );
    use Onlooker::{Relay, Wire};
    [
        statement(
            "While the first text waits for Bob (seconds 6 to 19), the relay or the wire has the text.",
            text.clone(),
            &[Relay, Wire],
            6,
            19,
        ),
        statement(
            "Before Alice has written a word (seconds 0 to 5), the relay has a line with her name and Bob's.",
            holding(Relay, "a request"),
            &[Relay],
            0,
            5,
        ),
        statement(
            "After Bob has collected (seconds 21 to 45), the relay has a line about the first text: who, to whom, \
             how many bytes, when.",
            log_line,
            &[Relay],
            21,
            45,
        ),
        statement(
            "The relay's log gives the second text as many bytes as the first (seconds 9 to 45).",
            same_size.into_bytes(),
            &[Relay],
            9,
            45,
        ),
        statement(
            "The relay or the wire has Bob's private key at some second from 0 to 45.",
            holding(Onlooker::BobPhone, "his private key"),
            &[Relay, Wire],
            0,
            45,
        ),
        statement(
            "Both phones erase the texts at 25. Somebody has the first text at a second from 26 to 45.",
            text,
            &Onlooker::ALL,
            26,
            45,
        ),
    ]
}

/// A guess for each statement, and the witness that settles it.
pub fn predict(mut student: impl Student<(), Prediction>) -> Verdict {
    const ID: &str = "relay/predict";
    let answer = student.answer(&()).map_err(|none| {
        no_answer(
            ID,
            "the prediction",
            "which witness settles each statement?",
            none,
        )
    })?;
    let scene = show::scene("relay").unwrap_or_else(|| panic!("lesson relay has no scene"));
    let statements = statements(&scene.ledger);
    judge_prediction(ID, "relay", &scene.ledger, &statements, &answer.0, &answer.1)
        .map_err(|feedback| with_likely_cause(feedback, &scene.ledger, &statements, &answer))
}

/// Names the planted prediction that goes wrong in the same way at the first unsettled statement, if one does; of
/// several the one that goes wrong in the same way most often.
fn with_likely_cause(
    feedback: Feedback,
    ledger: &Ledger,
    statements: &[Statement],
    (guesses, witnesses): &Prediction,
) -> Feedback {
    let settles = |number: usize, witness: Option<Witness>| {
        witness.is_some_and(|witness| statements[number].settle(ledger, witness).is_ok())
    };
    let Some(first) = (0..STATEMENTS).find(|&number| !settles(number, witnesses[number])) else {
        return feedback;
    };
    if feedback.outcome != Outcome::Wrong || guesses[..=first].contains(&None) {
        return feedback;
    }
    // The second of a witness that settles nothing says little about why: the onlooker is the belief.
    let who = |witness| match witness {
        Witness::Nobody => None,
        Witness::Holds(onlooker, _) => Some(onlooker),
    };
    let mut best: Option<(usize, Planted<(), Prediction>)> = None;
    for planted in wrong::predict() {
        let Ok((_, other)) = quietly(|| (planted.answer)(())) else {
            continue;
        };
        let alike = |number: usize| match (settles(number, witnesses[number]), settles(number, other[number]))
        {
            (true, true) => true,
            (false, false) => witnesses[number].map(who) == other[number].map(who),
            _ => false,
        };
        let agreed = (0..STATEMENTS).filter(|&number| alike(number)).count();
        if alike(first) && best.as_ref().is_none_or(|(most, _)| agreed > *most) {
            best = Some((agreed, planted));
        }
    }
    match best {
        Some((_, planted)) => feedback.likely(planted.name, planted.about),
        None => feedback,
    }
}

// small_secret

/// p, g, Alice's public number, Bob's public number.
pub type Agreement = (u64, u64, u64, u64);

/// `base^exponent mod p` for p below 2^32.
fn power(p: u64, base: u64, exponent: u64) -> u64 {
    let (mut result, mut square, mut left) = (1, base % p, exponent);
    while left > 0 {
        if left % 2 == 1 {
            result = result * square % p;
        }
        square = square * square % p;
        left /= 2;
    }
    result
}

/// The smallest prime that divides `n`, for n from 2 up.
fn smallest_factor(n: u64) -> u64 {
    (2..).take_while(|d| d * d <= n).find(|d| n % d == 0).unwrap_or(n)
}

/// The smallest g whose powers are all the numbers from 1 to p - 1.
fn generator(p: u64) -> u64 {
    let mut left = p - 1;
    let mut factors = Vec::new();
    while left > 1 {
        let factor = smallest_factor(left);
        factors.push(factor);
        left /= factor;
    }
    (2..p)
        .find(|&g| factors.iter().all(|factor| power(p, g, (p - 1) / factor) != 1))
        .unwrap_or(1)
}

/// What both sides send, from their private numbers.
fn agreement(p: u64, alice: u64, bob: u64) -> Agreement {
    let g = generator(p);
    (p, g, power(p, g, alice), power(p, g, bob))
}

/// An agreement with a random prime of this many bits.
fn draw_agreement(random: &mut Seeded, bits: u32) -> Agreement {
    let half = 1 << (bits - 1);
    let mut p = half + random.below(half);
    while smallest_factor(p) != p {
        p = half + random.below(half);
    }
    agreement(p, 1 + random.below(p - 2), 1 + random.below(p - 2))
}

/// Alice's private number, found by walking through the powers of g in giant steps. For the check's own use: it is
/// quick where a walk step by step is not.
pub fn private_number(p: u64, g: u64, public: u64) -> Option<u64> {
    let width = p.isqrt() + 1;
    let mut steps = std::collections::HashMap::new();
    let mut at = 1;
    for number in 0..width {
        steps.entry(at).or_insert(number);
        at = at * g % p;
    }
    // g^-width, because g^(p - 1) is 1.
    let back = power(p, g, (p - 1) - width % (p - 1));
    let mut looked_for = public;
    for giant in 0..width {
        if let Some(small) = steps.get(&looked_for) {
            return Some(giant * width + small);
        }
        looked_for = looked_for * back % p;
    }
    None
}

/// p, g and what travelled -> the secret that both sides have.
pub fn small_secret(student: impl Student<Agreement, u64>) -> Verdict {
    // The largest prime below 2^24.
    const LARGE: u64 = 16_777_213;
    Exam::new("relay/small_secret", wrong::small_secret())
        .limit(Duration::from_secs(10))
        .case("the worked example", agreement(23, 9, 13))
        .case("Alice's private number is 1", agreement(23, 1, 13))
        .case("Bob's private number is 1", agreement(23, 9, 1))
        .case("both private numbers are 1", agreement(23, 1, 1))
        .case(
            "both private numbers are the last there is",
            agreement(23, 21, 21),
        )
        .case("the secret is 1", agreement(23, 2, 11))
        .case("the smallest prime here", agreement(5, 3, 2))
        .case("10 bits", agreement(1_009, 777, 514))
        .case("16 bits", agreement(65_521, 60_000, 33_333))
        .case("24 bits", agreement(LARGE, 8_000_000, 12_345_678))
        .seeded(12, |random| {
            let bits = 4 + random.below(8) as u32;
            draw_agreement(random, bits)
        })
        .seeded(3, |random| draw_agreement(random, 16))
        .seeded(2, |random| draw_agreement(random, 20))
        .judge(
            student,
            |(p, g, alice, bob)| {
                format!("p = {p}, g = {g}; Alice sent {alice}, Bob sent {bob}: which secret do they share?")
            },
            |&(p, g, alice, bob), got| {
                let a = private_number(p, g, alice).unwrap_or_default();
                let wanted = power(p, bob, a);
                let why = format!(
                    "Alice's private number is {a}, because {g}^{a} mod {p} = {alice}; her phone computes {bob}^{a} \
                     mod {p}, and Bob's arrives at the same"
                );
                same(got, &wanted, &why)
            },
        )
}

// shared_key

/// My private key, their public key, salt, info.
pub type KeyQuestion = ([u8; 32], [u8; 32], Vec<u8>, Vec<u8>);

/// Public keys for which every private key gives zero (RFC 7748, section 6.1, and section 7 on small order): 0, 1, p - 1
/// and the two of order 8.
fn weak_keys() -> [[u8; 32]; 5] {
    let from_hex = |text: &str| {
        let bytes = messaging_lab::ground::hex::hex_to_bytes(text).unwrap_or_default();
        std::array::from_fn(|at| bytes.get(at).copied().unwrap_or(0))
    };
    [
        [0; 32],
        from_hex("0100000000000000000000000000000000000000000000000000000000000000"),
        from_hex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
        from_hex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"),
        from_hex("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"),
    ]
}

/// Two people's keys and two public values -> the key that both compute.
pub fn shared_key(student: impl Student<KeyQuestion, Option<[u8; 32]>>) -> Verdict {
    let (alice, bob) = ([1; 32], [2; 32]);
    let question = |mine: [u8; 32], theirs: [u8; 32], salt: &str, info: &str| {
        (mine, theirs, salt.as_bytes().to_vec(), info.as_bytes().to_vec())
    };
    let mut exam = Exam::new("relay/shared_key", wrong::shared_key())
        .case(
            "Alice's side",
            question(alice, public_key(&bob), "June", "alice to bob"),
        )
        .case(
            "Bob's side",
            question(bob, public_key(&alice), "June", "alice to bob"),
        )
        .case(
            "another info",
            question(alice, public_key(&bob), "June", "bob to alice"),
        )
        .case(
            "another salt",
            question(alice, public_key(&bob), "July", "alice to bob"),
        )
        .case("no salt", question(alice, public_key(&bob), "", "alice to bob"))
        .case("no info", question(alice, public_key(&bob), "June", ""))
        .case("neither", question(alice, public_key(&bob), "", ""))
        .case(
            "a salt longer than a block",
            question(alice, public_key(&bob), &"salt".repeat(25), "x"),
        )
        .case("with oneself", question(alice, public_key(&alice), "s", "i"));
    for (weak, name) in weak_keys().into_iter().zip([
        "32 zero bytes as a public key",
        "the public key 1",
        "the public key p - 1",
        "a public key of order 8",
        "the other public key of order 8",
    ]) {
        exam = exam.case(name, question(alice, weak, "June", "alice to bob"));
    }
    exam.seeded(30, |random| {
        let theirs = match random.below(6) {
            0 => weak_keys()[random.below(5) as usize],
            _ => public_key(&key(random)),
        };
        let (salt, info) = (random.below(40) as usize, random.below(40) as usize);
        (key(random), theirs, random.bytes(salt), random.bytes(info))
    })
    .judge(
        student,
        |(mine, theirs, salt, info)| {
            format!(
                "my private key {}, their public key {}, salt {}, info {}: which key do we share?",
                short(mine),
                short(theirs),
                short(salt),
                short(info)
            )
        },
        |(mine, theirs, salt, info), got| {
            let wanted = x25519(mine, theirs)
                .ok()
                .map(|share| hkdf::derive::<32>(salt, &share, info));
            let why = match (wanted, got) {
                (None, _) => {
                    "every private key gives zero with this public key: whoever sent it would know the key \
                     without having one"
                }
                (Some(_), None) => "both public keys are good ones: the two can never talk",
                (Some(_), Some(_)) => {
                    "the other side computes it from its own private key, the same salt and the same info; one \
                     difference, and nothing that you seal opens there"
                }
            };
            same(got, &wanted, why).map_err(|fault| match wanted {
                Some(key) => Fault::new(format!("Some(the key that begins {})", short(&key)), fault.why),
                None => Fault::new("None", fault.why),
            })
        },
    )
}

// guess_by_size

/// Sizes of envelopes, and the dictionary.
pub type SizeQuestion = (Vec<usize>, Vec<String>);

/// What people often write.
const DICTIONARY: [&str; 13] = [
    "yes",
    "no",
    "maybe",
    "on my way",
    "call me back",
    "not today",
    "happy birthday!",
    "where are you?",
    "the results came: all is well",
    "the results came: come in today",
    "good night",
    "ok",
    "start without me, I shall be late!",
];

/// How many bytes the envelope of a text has, by sealing it.
fn envelope_bytes(text: &str, seed: u8) -> usize {
    let bob = KeyPair::derive(&[1; 32]);
    let sealed = seal_base(
        EphemeralKey::derive(&[seed; 32]),
        &bob.public(),
        b"names",
        b"",
        text.as_bytes(),
    );
    sealed.map_or(0, |(enc, sealed)| enc.len() + sealed.len())
}

/// Asks for the candidates. In which order they stand, and how often, means nothing.
fn candidates(
    student: &mut dyn Student<SizeQuestion, Vec<Vec<String>>>,
    question: &SizeQuestion,
) -> Result<Vec<Names>, NoAnswer> {
    let lists = student.answer(question)?;
    Ok(lists.into_iter().map(|list| list.into_iter().collect()).collect())
}

/// Sizes, a dictionary -> which of its texts each envelope can hold.
pub fn guess_by_size(student: impl Student<SizeQuestion, Vec<Vec<String>>>) -> Verdict {
    let words = |words: &[&str]| -> Vec<String> { words.iter().map(|word| word.to_string()).collect() };
    let sizes = |texts: &[&str]| -> Vec<usize> {
        let numbered = texts.iter().enumerate();
        numbered
            .map(|(number, text)| envelope_bytes(text, number as u8))
            .collect()
    };
    let play: Play<SizeQuestion, Vec<Vec<String>>, SizeQuestion, Vec<Names>> = candidates;
    Exam::of_runs("relay/guess_by_size", wrong::guess_by_size(), play)
        .case("the worked example", (vec![51], words(&["yes", "no", "and"])))
        .case(
            "an afternoon of Alice's",
            (
                sizes(&["where are you?", "on my way", "ok", "call me back"]),
                words(&DICTIONARY),
            ),
        )
        .case(
            "the same text twice",
            (sizes(&["yes", "yes"]), words(&DICTIONARY)),
        )
        .case(
            "a text that is not in the dictionary",
            (sizes(&["see you at the old mill on Sunday"]), words(&DICTIONARY)),
        )
        .case(
            "something smaller than any envelope",
            (vec![0, 17, 47], words(&["", "no", "yes"])),
        )
        .case("an empty text", (sizes(&["", "a"]), words(&["", "a", "bc"])))
        .case(
            "letters of two bytes",
            (
                sizes(&["ja, sp\u{e4}ter", "ja, morgen"]),
                words(&["ja, sp\u{e4}ter", "ja, morgen", "ja, gewiss!"]),
            ),
        )
        .case("an empty dictionary", (vec![51, 60], vec![]))
        .case("nothing was seen", (vec![], words(&DICTIONARY)))
        .seeded(30, |random| {
            let count = random.below(20) as usize;
            let dictionary: Vec<String> = (0..count)
                .map(|_| {
                    let length = random.below(12) as usize;
                    (0..length)
                        .map(|_| ['a', 'b', '\u{e9}', ' '][random.below(4) as usize])
                        .collect()
                })
                .collect();
            let seen = (0..random.below(6))
                .map(|_| 40 + random.below(30) as usize)
                .collect();
            (seen, dictionary)
        })
        .judge(
            Played {
                student,
                play,
            },
            |(sizes, dictionary)| {
                format!("envelopes of {sizes:?} bytes, dictionary {dictionary:?}: which texts can they hold?")
            },
            |(sizes, dictionary), got| {
                let wanted: Vec<Names> = sizes
                    .iter()
                    .map(|size| {
                        let fit = dictionary.iter().filter(|text| text.len() + 48 == *size);
                        fit.cloned().collect()
                    })
                    .collect();
                if got.len() != wanted.len() {
                    return Err(Fault::new(
                        format!("{} lists, one for each envelope", wanted.len()),
                        "each size is a question of its own",
                    ));
                }
                let Some(at) = (0..wanted.len()).find(|&at| got[at] != wanted[at]) else {
                    return Ok(());
                };
                let why = match sizes[at].checked_sub(48) {
                    None => "no envelope is as small as that: it holds no text of any dictionary".to_string(),
                    Some(length) => format!(
                        "{} bytes are 32 for the fresh key, 16 for the tag and {length} for the text, in UTF-8",
                        sizes[at]
                    ),
                };
                Err(Fault::new(
                    format!("for the envelope of {} bytes: {:?}", sizes[at], wanted[at]),
                    why,
                ))
            },
        )
}

// who_talks_to_whom

/// When, from, to, how many bytes.
pub type Line = (Millis, String, String, u64);

/// Pairs of people, and an hour of the day.
pub type Picture = (Vec<(String, String)>, Option<u64>);

/// The same, with each pair once, and its two names in one order.
#[derive(PartialEq)]
pub struct Seen(BTreeSet<[String; 2]>, Option<u64>);

impl fmt::Debug for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "pairs {}, busiest hour {:?}", listed(&self.0), self.1)
    }
}

fn listed<'a>(pairs: impl IntoIterator<Item = &'a [String; 2]>) -> String {
    let pairs: Vec<String> = pairs.into_iter().map(|pair| pair.join("-")).collect();
    format!("[{}]", pairs.join(", "))
}

/// Asks for the picture.
fn picture(student: &mut dyn Student<Vec<Line>, Picture>, log: &Vec<Line>) -> Result<Seen, NoAnswer> {
    let (pairs, busiest) = student.answer(log)?;
    let sorted = pairs.into_iter().map(|(one, other)| {
        let mut pair = [one, other];
        pair.sort();
        pair
    });
    Ok(Seen(sorted.collect(), busiest))
}

/// A log line of day, hour and minute.
fn line(day: u64, hour: u64, minute: u64, from: &str, to: &str, bytes: u64) -> Line {
    let at = ((day * 24 + hour) * 60 + minute) * 60_000;
    (at, from.to_string(), to.to_string(), bytes)
}

/// What a relay's own log says after two days among five people. It was never asked to open anything.
fn a_relays_log() -> Option<Vec<Line>> {
    let clock = ControlledClock::new(0);
    let mut relay = Relay::honest(clock.clone());
    let mut random = Seeded::new(7);
    for user in ["alice", "bob", "carol", "clinic", "newspaper"] {
        let identity = Identity::from_private(Secret::new(key(&mut random)));
        let pre_keys = PreKeys::generate(&identity, 0, &mut random).ok()?;
        relay
            .register(
                &Address::new(user, 1).ok()?,
                &pre_keys.upload(&identity).to_bytes(),
            )
            .ok()?;
    }
    for (day, hour, minute, from, to, text) in [
        (0, 7, 2, "alice", "clinic", 40),
        (0, 7, 15, "clinic", "alice", 900),
        (0, 9, 30, "bob", "carol", 12),
        (0, 22, 41, "carol", "newspaper", 30_000),
        (1, 7, 5, "alice", "clinic", 35),
        (1, 7, 31, "alice", "bob", 180),
        (1, 7, 33, "bob", "alice", 9),
        (1, 12, 0, "bob", "carol", 20),
        (1, 22, 44, "carol", "newspaper", 45_000),
    ] {
        let at = line(day, hour, minute, from, to, 0).0;
        clock.set_wall(at);
        let parcel = Parcel {
            from: Address::new(from, 1).ok()?,
            to: Address::new(to, 1).ok()?,
            serial: 0,
            message: random.bytes(48 + text),
        };
        relay.post(&parcel.to_bytes()).ok()?;
    }
    let lines = relay.log().iter().map(|logged| {
        let (from, to) = (logged.from.user().to_string(), logged.to.user().to_string());
        (logged.at, from, to, logged.bytes as u64)
    });
    Some(lines.collect())
}

/// Lines of a log -> who talks to whom, and at what hour most.
pub fn who_talks_to_whom(student: impl Student<Vec<Line>, Picture>) -> Verdict {
    let play: Play<Vec<Line>, Picture, Vec<Line>, Seen> = picture;
    let real = a_relays_log().unwrap_or_else(|| panic!("the relay refused a parcel"));
    Exam::of_runs("relay/who_talks_to_whom", wrong::who_talks_to_whom(), play)
        .case(
            "the worked example",
            vec![
                line(0, 8, 10, "alice", "bob", 77),
                line(0, 8, 30, "bob", "alice", 82),
                line(0, 21, 5, "alice", "carol", 77),
            ],
        )
        .case("nobody wrote", vec![])
        .case("one line", vec![line(0, 13, 0, "dora", "carol", 77)])
        .case(
            "several days, the same hour",
            vec![
                line(0, 7, 1, "alice", "bob", 77),
                line(0, 20, 1, "alice", "bob", 77),
                line(0, 20, 2, "alice", "bob", 77),
                line(1, 7, 1, "alice", "bob", 77),
                line(2, 7, 1, "alice", "bob", 77),
            ],
        )
        .case(
            "from one device of hers to the other",
            vec![
                line(0, 3, 0, "alice", "alice", 500),
                line(0, 3, 1, "alice", "alice", 500),
                line(0, 9, 0, "alice", "bob", 77),
            ],
        )
        .case(
            "many short ones and a long one",
            vec![
                line(0, 6, 0, "alice", "bob", 77),
                line(0, 6, 5, "bob", "alice", 77),
                line(0, 17, 0, "alice", "bob", 65_600),
            ],
        )
        .case(
            "one pair at length, three in passing",
            vec![
                line(0, 10, 0, "alice", "bob", 77),
                line(0, 10, 1, "bob", "alice", 77),
                line(0, 10, 2, "alice", "bob", 77),
                line(0, 10, 3, "bob", "alice", 77),
                line(0, 15, 0, "alice", "carol", 77),
                line(0, 15, 1, "dora", "carol", 77),
                line(0, 15, 2, "bob", "dora", 77),
            ],
        )
        .case(
            "at the full hour, and just before",
            vec![
                (3_600_000, "alice".into(), "bob".into(), 77),
                (7_199_999, "alice".into(), "bob".into(), 77),
                (3_599_999, "alice".into(), "bob".into(), 77),
            ],
        )
        .case(
            "around midnight",
            vec![
                line(0, 23, 58, "alice", "bob", 77),
                line(0, 23, 59, "bob", "alice", 77),
                line(1, 0, 0, "alice", "bob", 77),
            ],
        )
        .case("the log of a real relay", real)
        .seeded(30, |random| {
            let people = ["alice", "bob", "carol", "dora", "erik", "fay"];
            let count = 1 + random.below(30);
            let mut log: Vec<Line> = (0..count)
                .map(|_| {
                    let mut somebody = || people[random.below(6) as usize];
                    let (from, to) = (somebody(), somebody());
                    (
                        random.below(3 * 86_400_000),
                        from.to_string(),
                        to.to_string(),
                        60 + random.below(5_000),
                    )
                })
                .collect();
            log.sort();
            log
        })
        .judge(
            Played { student, play },
            |log| {
                let lines = log
                    .iter()
                    .map(|(at, from, to, bytes)| format!("{from} to {to}, {bytes} bytes, at {at}"));
                let lines = lines.collect::<Vec<_>>().join("; ");
                format!(
                    "a log of {} lines ({lines}): who talks to whom, and when most?",
                    log.len()
                )
            },
            judge_picture,
        )
}

fn judge_picture(log: &Vec<Line>, got: &Seen) -> Result<(), Fault> {
    let mut pairs = BTreeSet::new();
    let mut messages = [0_u32; 24];
    for (at, from, to, _) in log {
        if from != to {
            let mut pair = [from.clone(), to.clone()];
            pair.sort();
            pairs.insert(pair);
        }
        messages[(at / 3_600_000 % 24) as usize] += 1;
    }
    if got.0 != pairs {
        let missing: Vec<_> = pairs.difference(&got.0).collect();
        let why = if missing.is_empty() {
            format!(
                "the log has no line between two different people for {}",
                listed(got.0.difference(&pairs))
            )
        } else {
            format!("the log has a line for {}, and one is enough", listed(missing))
        };
        return Err(Fault::new(format!("the pairs {}", listed(&pairs)), why));
    }
    let most = messages.iter().copied().max().unwrap_or(0);
    let busiest: Vec<u64> = (0..24)
        .filter(|&hour| most > 0 && messages[hour as usize] == most)
        .collect();
    let right = match got.1 {
        None => busiest.is_empty(),
        Some(hour) => busiest.contains(&hour),
    };
    if right {
        return Ok(());
    }
    let wanted = match busiest.as_slice() {
        [] => "no busiest hour: None".to_string(),
        [hour] => format!("busiest hour Some({hour})"),
        hours => format!("one of the busiest hours {hours:?}"),
    };
    let count = |hour: u64| messages.get(hour as usize).copied().unwrap_or(0);
    let why = match got.1 {
        _ if most == 0 => "nobody wrote: no hour is busier than another".to_string(),
        Some(hour) if hour > 23 => "an hour of the day is a number from 0 to 23".to_string(),
        Some(hour) => format!(
            "{} lines fall into hour {hour}, {most} into the busiest",
            count(hour)
        ),
        None => format!("{most} lines fall into it: that is when to expect these people awake"),
    };
    Err(Fault::new(wanted, why))
}

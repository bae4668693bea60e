//! Lesson 08, locked_out: conversations played by the real ratchet, and a thief with a copy of one side.

use messaging_lab::course::exam::{Exam, Fault};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::Student;
use messaging_lab::crypto::aead;
use messaging_lab::envelope::chains::{kdf_ck, message_key_and_nonce};
use messaging_lab::envelope::header::Header;
use messaging_lab::envelope::keys::KeyPair;
use messaging_lab::envelope::ratchet::Ratchet;
use messaging_lab::envelope::stolen::StolenState;
use messaging_lab::ground::randomness::Seeded;
use messaging_lab::ground::secret::Secret;

use super::wrong;

/// Who sends, at which step, and at which step the pair in the header was made.
pub type Sent = (String, u64, u64);

/// Every message, whose phone is copied, after which step.
pub type Theft = (Vec<Sent>, String, u64);

/// The two, and what every message is bound to.
const NAMES: [&str; 2] = ["Alice", "Bob"];
const AD: &[u8] = b"Alice and Bob";

/// A conversation that was played, and what a thief could not open of it.
struct Played {
    question: Theft,
    first_lost: Option<usize>,
    lost: Vec<usize>,
}

/// Plays a script, one letter a step, from step 1: `A` Alice sends, `B` Bob sends (once he has received something), `a` and
/// `b`: that phone collects all that waits for it. After step `theft` the phone of `whose` is copied.
fn play(script: &str, whose: usize, theft: u64) -> Played {
    play_slowly(script, whose, theft, 1)
}

/// The same with `pace` steps between two letters. `theft` counts letters.
fn play_slowly(script: &str, whose: usize, theft: u64, pace: u64) -> Played {
    let theft = theft * pace;
    let mut random = Seeded::new(88);
    let bobs = KeyPair::from_private(Secret::new([3; 32]));
    let secret = || Secret::new([7; 32]);
    let alice = Ratchet::init_alice(&secret(), bobs.public(), &mut random).expect("a sound key");
    let mut phones = [alice, Ratchet::init_bob(secret(), bobs)];
    let mut made = [0; 2];
    let mut waiting: [Vec<Vec<u8>>; 2] = Default::default();
    let mut messages: Vec<Sent> = Vec::new();
    let mut on_wire: Vec<(usize, u64, Vec<u8>)> = Vec::new();
    let mut copy = (theft == 0).then(|| phones[whose].stolen());
    for (count, letter) in (1..).zip(script.chars()) {
        let step = count * pace;
        let who = usize::from(letter.eq_ignore_ascii_case(&'b'));
        if letter.is_ascii_uppercase() {
            if let Ok(message) = phones[who].seal(b"a text", AD) {
                messages.push((NAMES[who].to_string(), step, made[who]));
                on_wire.push((who, step, message.clone()));
                waiting[1 - who].push(message);
            }
        } else {
            for message in std::mem::take(&mut waiting[who]) {
                let before = phones[who].stolen().our_public;
                phones[who]
                    .open(&message, AD, &mut random)
                    .expect("a genuine message");
                if phones[who].stolen().our_public != before {
                    made[who] = step;
                }
            }
        }
        if step == theft {
            copy = Some(phones[whose].stolen());
        }
    }
    let copy = copy.unwrap_or_else(|| phones[whose].stolen());
    let opened = opened_with(&copy, whose, on_wire.iter().filter(|sent| sent.1 > theft));
    let lost: Vec<usize> = (0..messages.len())
        .filter(|&number| messages[number].1 > theft && !opened.contains(&messages[number].1))
        .collect();
    Played {
        question: (messages, NAMES[whose].to_string(), theft),
        first_lost: lost.first().copied(),
        lost,
    }
}

/// The steps of the messages that open: the owner's with the keys that follow from the copied sending chain, the other
/// side's with the copied ratchet itself.
fn opened_with<'a>(
    copy: &StolenState,
    whose: usize,
    on_wire: impl Iterator<Item = &'a (usize, u64, Vec<u8>)>,
) -> Vec<u64> {
    let mut chain = copy.sending_chain;
    let keys: Vec<_> = std::iter::from_fn(|| {
        let (next, key) = kdf_ck(&chain?);
        chain = Some(next);
        Some(message_key_and_nonce(&key))
    })
    .take(40)
    .collect();
    let mut ratchet = Ratchet::from_stolen(copy).expect("its own state");
    let mut random = Seeded::new(66);
    on_wire
        .filter(|(who, _, message)| {
            if *who != whose {
                return ratchet.open(message, AD, &mut random).is_ok();
            }
            let (header, sealed) = Header::of(message).expect("a ratchet message");
            let ad = [AD, &header.to_bytes()].concat();
            keys.iter()
                .any(|(key, nonce)| aead::open(key, nonce, &ad, sealed).is_ok())
        })
        .map(|(_, step, _)| *step)
        .collect()
}

/// A conversation in which each side sends and collects at random.
fn draw(random: &mut Seeded) -> Played {
    let steps = 4 + random.below(18);
    let script: String = (0..steps)
        .map(|_| ['A', 'B', 'a', 'b'][random.below(4) as usize])
        .collect();
    play(
        &format!("Ab{script}"),
        random.below(2) as usize,
        random.below(steps + 4),
    )
}

/// A transcript, whose phone was copied and when -> the first message that the thief lost.
pub fn locked_out(student: impl Student<Theft, Option<usize>>) -> Verdict {
    const ALICE: usize = 0;
    const BOB: usize = 1;
    // Each script's steps, from 1, stand beside it where they matter.
    let fixed = [
        ("a conversation like the run's", play("AbBaAbBaAbBa", ALICE, 4)),
        ("Alice writes, and Bob never answers", play("AbAAAA", ALICE, 2)),
        (
            "Bob answers, and Alice writes no more",
            play("AbBaAbBBa", ALICE, 4),
        ),
        (
            "Bob goes on under his new pair",
            play("AbBaAbBBBaBBAbB", ALICE, 5),
        ),
        (
            "her pair was made before the theft, and is used after it",
            play("AbBaBaAAbBaA", ALICE, 6),
        ),
        (
            "her pair was made at the step of the theft",
            play("AbBaAbBaAA", ALICE, 8),
        ),
        (
            "her pair was made one step after the theft",
            play("AbBaAbBaAA", ALICE, 7),
        ),
        (
            "Bob's pair is older than the theft, and hers is not",
            play("AbBaAbBaA", ALICE, 3),
        ),
        (
            "several under the old pair before Bob answers",
            play("AbBaAAAbBaAA", ALICE, 5),
        ),
        ("his letters cross with hers", play("AbBaAbBaABBAbBaA", ALICE, 6)),
        (
            "Bob's phone is the one that is copied",
            play("AbBaAbBaAbB", BOB, 3),
        ),
        ("Bob's phone, after he made his pair", play("AbBaAbBaAbB", BOB, 6)),
        ("Bob's phone, and he answers no more", play("AbBaAbaA", BOB, 4)),
        ("copied before anything was sent", play("AbBaAbB", ALICE, 0)),
        ("Bob's phone, before anything was sent", play("AbBaAbB", BOB, 0)),
        ("copied at the end", play("AbBaAbB", ALICE, 7)),
        ("nobody wrote anything", play("", ALICE, 0)),
        (
            "copied after the largest step there is",
            play("AbBaAbBaA", ALICE, u64::MAX),
        ),
        (
            "a slow conversation: large numbers",
            play_slowly("AbBaAbBaAbBa", ALICE, 4, u64::from(u32::MAX)),
        ),
    ];
    let mut played = Vec::new();
    let mut exam = Exam::new("healing/locked_out", wrong::locked_out());
    for (name, conversation) in fixed {
        exam = exam.case(name, conversation.question.clone());
        played.push(conversation);
    }
    let exam = exam.seeded(60, |random| {
        let conversation = draw(random);
        let question = conversation.question.clone();
        played.push(conversation);
        question
    });
    exam.judge(
        student,
        |(messages, whose, theft)| {
            let list: Vec<String> = (0..)
                .zip(messages)
                .map(|(index, (sender, at, made))| format!("[{index}] {sender} at {at}, pair of {made}"))
                .collect();
            format!(
                "{whose}'s phone is copied after step {theft}: the first message that the thief lost, of {}?",
                list.join("; ")
            )
        },
        |question, got| {
            let played = played
                .iter()
                .find(|played| played.question == *question)
                .expect("every question was played");
            if *got == played.first_lost {
                return Ok(());
            }
            let (messages, whose, theft) = question;
            let why = match *got {
                None => format!("no key that he copied opens it: {whose} made that pair after the theft"),
                Some(index) => match messages.get(index) {
                    None => "there is no message with this index".to_string(),
                    Some((_, at, _)) if at <= theft => {
                        format!("it was sent at {at}, before the theft: the question asks about what comes after")
                    }
                    Some(_) if played.lost.contains(&index) => {
                        "he cannot read that one, but he had lost another one before it".to_string()
                    }
                    Some((sender, ..)) if sender == whose => format!(
                        "he reads it: the pair in its header was in {whose}'s phone when he copied it"
                    ),
                    Some((sender, _, made)) if made <= theft => format!(
                        "he reads it: what opens {sender}'s messages under the pair of {made} was in {whose}'s phone \
                         when he copied it"
                    ),
                    Some((sender, ..)) => format!(
                        "he reads it: {sender}'s new pair meets a pair of {whose}'s that he copied, and he computes \
                         the same agreement as {whose}'s phone"
                    ),
                },
            };
            Err(Fault::new(format!("{:?}, as the real ratchet played it", played.first_lost), why))
        },
    )
}

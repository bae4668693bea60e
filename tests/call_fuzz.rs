//! Bytes that nobody meant, and lines that lose, double, delay and flip: parsers, phones and whole calls.
//!
//! What must hold for every schedule of a bad line:
//!
//! - no panic, and what a parser takes in comes out of it again byte for byte;
//! - never two confirmed ends with different keys or words, nor an end confirmed with keys that the other did not compute;
//! - never a frame played twice, never one that was not said;
//! - every call ends: one that a single side could confirm by the media timeout, every other failure with an error.
//!
//! A short run is part of `cargo test`. The long one, 12 000 calls and a million messages:
//!
//! ```text
//! cargo test --release --test call_fuzz -- --ignored --nocapture
//! LAB_SEED=7 cargo test --release --test call_fuzz -- --ignored --nocapture      as many others
//! ```

#[path = "common/calls.rs"]
mod calls;

use calls::*;
use messaging_lab::call::commit::Commit;
use messaging_lab::call::confirm::Confirm;
use messaging_lab::call::dh_part::DhPart;
use messaging_lab::call::hello::Hello;
use messaging_lab::call::line::{Event, Line};
use messaging_lab::call::memory::Memory;
use messaging_lab::call::path::Side;
use messaging_lab::call::session::State;
use messaging_lab::call::session::ended::End;
use messaging_lab::call::taps::plain::{BadLine, Silent};
use messaging_lab::call::timers::{MEDIA_TIMEOUT, PATIENCE};
use messaging_lab::call::wire::{Kind, parse_bare, parse_error};
use messaging_lab::ground::clock::ControlledClock;
use messaging_lab::ground::ledger::Onlooker;
use messaging_lab::ground::randomness::Seeded;
use messaging_lab::ground::secret::Secret;

const BOTH: [Side; 2] = [Side::Alice, Side::Bob];

/// The seed, from LAB_SEED or the default. Printed, so that a failure can be had again.
fn seed() -> u64 {
    let seed = std::env::var("LAB_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or(2011);
    println!("LAB_SEED={seed}");
    seed
}

/// Every message of one call.
fn specimens() -> Vec<Vec<u8>> {
    let mut line = line(1, None, Box::new(Silent));
    line.start();
    assert!(line.settle(5_000));
    let mut all: Vec<_> = line
        .ledger()
        .ever_held_by(Onlooker::Wire)
        .map(|held| held.bytes.clone())
        .collect();
    all.push(messaging_lab::call::wire::error(0xb0));
    all.push(messaging_lab::call::wire::bare(Kind::ErrorAck));
    all
}

/// Bytes that are nearly `genuine`: one to three small faults, or rarely none.
fn nearly(genuine: &[u8], random: &mut Seeded) -> Vec<u8> {
    let mut bytes = genuine.to_vec();
    for _ in 0..random.below(4) {
        let at = random.below(bytes.len() as u64 + 1) as usize;
        match random.below(7) {
            0 | 1 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
            2 if at < bytes.len() => bytes[at] = random.next_u64() as u8,
            3 => bytes.truncate(at),
            // As 3, with the length made right again: what is left must be refused by its own parser.
            4 => {
                bytes.truncate(at / 4 * 4);
                mend_length(&mut bytes);
            }
            5 => {
                let more = random.bytes(4);
                bytes.splice(at..at, more);
                mend_length(&mut bytes);
            }
            _ => {
                let end = (at + random.below(40) as usize).min(bytes.len());
                bytes[at..end].fill(random.next_u64() as u8);
            }
        }
    }
    bytes
}

fn mend_length(bytes: &mut [u8]) {
    let words = (bytes.len() / 4) as u16;
    if let Some(place) = bytes.get_mut(2..4) {
        place.copy_from_slice(&words.to_be_bytes());
    }
}

/// Parses by every parser; what is taken in must come out again.
fn parses(bytes: &[u8]) -> bool {
    let mut taken = 0;
    if let Ok(hello) = Hello::parse(bytes) {
        assert_eq!(hello.to_bytes(), bytes);
        taken += 1;
    }
    if let Ok(commit) = Commit::parse(bytes) {
        assert_eq!(commit.to_bytes(), bytes);
        taken += 1;
    }
    for kind in [Kind::DhPart1, Kind::DhPart2] {
        if let Ok(part) = DhPart::parse(bytes, kind) {
            assert_eq!(part.to_bytes(kind), bytes);
            taken += 1;
        }
    }
    for kind in [Kind::HelloAck, Kind::Conf2Ack, Kind::ErrorAck] {
        if parse_bare(bytes, kind).is_ok() {
            assert_eq!(messaging_lab::call::wire::bare(kind), bytes);
            taken += 1;
        }
    }
    if let Ok(code) = parse_error(bytes) {
        assert_eq!(messaging_lab::call::wire::error(code), bytes);
        taken += 1;
    }
    for kind in [Kind::Confirm1, Kind::Confirm2] {
        assert!(Confirm::open(bytes, kind, &Secret::new([0; 32])).is_err());
    }
    assert!(taken <= 1);
    taken == 1
}

fn parsers(rounds: u64, random: &mut Seeded) {
    let all = specimens();
    let (mut taken, mut refused) = (0, 0);
    for _ in 0..rounds {
        let genuine = &all[random.below(all.len() as u64) as usize];
        let bytes = nearly(genuine, random);
        if parses(&bytes) {
            taken += 1;
        } else {
            refused += 1;
        }
    }
    assert!(
        taken > rounds / 20 && refused > rounds / 20,
        "{taken} taken, {refused} refused"
    );
}

/// Every cut of every message is refused, and every message with something behind it.
#[test]
fn what_is_cut_or_longer_is_malformed() {
    for message in specimens() {
        let kind = Kind::of(&message).expect("genuine");
        assert!(parses(&message) || matches!(kind, Kind::Confirm1 | Kind::Confirm2));
        for length in 0..message.len() {
            let mut cut = message[..length].to_vec();
            assert!(!parses(&cut), "{kind:?} cut to {length}");
            mend_length(&mut cut);
            assert!(!parses(&cut), "{kind:?} cut to {length}, length mended");
        }
        for more in [1, 4, 400] {
            let mut longer = message.clone();
            longer.resize(message.len() + more, 0);
            assert!(!parses(&longer), "{kind:?} and {more}");
            mend_length(&mut longer);
            assert!(!parses(&longer), "{kind:?} and {more}, length mended");
        }
    }
}

/// What must be zero must be zero.
#[test]
fn reserved_bits_and_counts_beyond_seven_are_malformed() {
    for message in specimens() {
        if Kind::of(&message) != Ok(Kind::Hello) {
            continue;
        }
        for bit in 0..32 {
            let mut changed = message.clone();
            changed[76 + bit / 8] ^= 0x80 >> (bit % 8);
            // The three flags may be set; a count that changes no longer fits the length.
            let may = (1..=3).contains(&bit);
            assert_eq!(Hello::parse(&changed).is_ok(), may, "bit {bit}");
        }
        let mut preamble = message.clone();
        preamble[0] ^= 1;
        assert!(!parses(&preamble));
    }
    // A count of eight, with everything there that it promises.
    let mut hello = Hello::parse(&specimens()[0]).expect("a Hello");
    hello.algorithms.sas = vec![*b"B32 "; 7];
    assert!(parses(&hello.to_bytes()));
    let mut eight = hello.to_bytes();
    eight.splice(104..104, *b"B32 ");
    eight[79] += 1;
    mend_length(&mut eight);
    assert!(!parses(&eight));
    // Who lists more offers the first seven.
    hello.algorithms.sas = vec![*b"B32 "; 40];
    assert!(parses(&hello.to_bytes()));
}

/// What is sealed is read as strictly as what is not.
#[test]
fn inside_a_confirm_only_the_v_flag_may_be_set() {
    use messaging_lab::crypto::aead::seal;
    let key = [9; 32];
    let genuine = Confirm {
        h0: [1; 32],
        verified: false,
    };
    let message = genuine.seal(Kind::Confirm1, &Secret::new(key));
    for bit in 0..32 {
        let mut inside = [0; 40];
        inside[..32].fill(1);
        inside[36..].fill(0xff);
        inside[32 + bit / 8] ^= 0x80 >> (bit % 8);
        let mut changed = message[..12].to_vec();
        changed.extend(seal(&key, &[0; 12], &message[..12], &inside).expect("short"));
        let opened = Confirm::open(&changed, Kind::Confirm1, &Secret::new(key));
        assert_eq!(
            opened.is_ok_and(|confirm| confirm.verified),
            bit == 29,
            "bit {bit}"
        );
    }
}

/// Nearly right bytes into phones in every state: nothing that is dropped changes anything, and the call still settles.
fn phones(rounds: u64, random: &mut Seeded) {
    let all = specimens();
    for round in 0..rounds {
        let mut line = line(round, None, Box::new(Silent));
        line.start();
        line.run(random.below(400));
        for _ in 0..20 {
            // From another call, so that nothing in it is theirs.
            let genuine = &all[random.below(all.len() as u64) as usize];
            let bytes = nearly(genuine, random);
            let side = BOTH[random.below(2) as usize];
            let before = (line.phone(side).state(), line.phone(side).secrets());
            let now = line.now();
            let heard = line.phone_mut(side).receive(&bytes, now);
            if heard.reaction.dropped.is_some() {
                assert!(heard.reaction.sends.is_empty() && heard.sound.is_none());
                assert_eq!((line.phone(side).state(), line.phone(side).secrets()), before);
            }
        }
        line.settle(60_000);
        check(&line);
    }
}

/// What must hold of two ends at every moment.
fn check(line: &Line) {
    let [alice, bob] = BOTH.map(|side| line.phone(side).session().confirmed());
    if let (Some(alice), Some(bob)) = (alice, bob) {
        assert_eq!(alice.words(), bob.words(), "{:?}", line.log());
        assert_eq!(line.phone(Side::Alice).secrets(), line.phone(Side::Bob).secrets());
    }
    for side in BOTH {
        if line.phone(side).session().confirmed().is_some() {
            let others = [Onlooker::BobPhone, Onlooker::AlicePhone][side as usize];
            for (what, key) in line.phone(side).secrets() {
                assert!(
                    line.ledger().ever_holders_of(&key).contains(&others),
                    "{what}: {:?}",
                    line.log()
                );
            }
        }
    }
}

/// How the calls of a run ended.
#[derive(Debug, Default)]
struct Tally {
    calls: u64,
    confirmed: u64,
    one_sided: u64,
    failed: u64,
    frames: u64,
}

fn bad_call(random: &mut Seeded, tally: &mut Tally) {
    let draw = |random: &mut Seeded, most: u64| {
        if random.below(2) == 0 {
            0
        } else {
            random.below(most)
        }
    };
    let bad = BadLine {
        lost: draw(random, 700),
        doubled: draw(random, 500),
        late: draw(random, 500),
        flipped: draw(random, 100),
        chance: Seeded::new(random.next_u64()),
    };
    let commits = random.below(2) == 0;
    let alice = phone(ALICE, true, None, Memory::new(), random);
    let bob = phone(BOB, commits, None, Memory::new(), random);
    let mut line = Line::new(alice, bob, Box::new(bad), ControlledClock::new(0));
    line.start();
    for _ in 0..(PATIENCE / 100 * 3) {
        line.run(100);
        check(&line);
        if BOTH
            .iter()
            .all(|side| matches!(line.phone(*side).state(), State::Confirmed(_) | State::Ended(_)))
        {
            break;
        }
    }
    tally.calls += 1;
    let mut said = [Vec::new(), Vec::new()];
    for number in 0..10u8 {
        for side in BOTH {
            if line.say(side, &[side as u8, number]) {
                said[side as usize].push(vec![side as u8, number]);
            }
        }
        line.run(20);
        check(&line);
    }
    line.run(1_000);
    for side in BOTH {
        let mut heard = line.heard(side).to_vec();
        tally.frames += heard.len() as u64;
        assert!(
            heard
                .iter()
                .all(|payload| said[side.other() as usize].contains(payload))
        );
        heard.sort();
        let before = heard.len();
        heard.dedup();
        assert_eq!(before, heard.len(), "a frame was played twice");
    }
    let ends = BOTH.map(|side| line.phone(side).session().confirmed().is_some());
    // Nobody hangs up and nobody speaks: everything is over in the end, and says why.
    line.run(3 * PATIENCE + MEDIA_TIMEOUT);
    for (side, was_confirmed) in BOTH.into_iter().zip(ends) {
        let why = line.phone(side).state();
        let fine = match why {
            State::Ended(End::NoMedia) => {
                was_confirmed
                    || line.log().iter().any(|(_, whose, event)| {
                        *whose == side && matches!(event, Event::Is(State::Confirmed(_)))
                    })
            }
            State::Ended(End::Ours(_) | End::Theirs(_)) => !was_confirmed,
            _ => false,
        };
        assert!(fine, "{side:?} {why:?}: {:?}", line.log());
        assert!(
            line.phone(side)
                .secrets()
                .iter()
                .all(|(what, _)| matches!(*what, "rs1" | "rs2"))
        );
    }
    match ends {
        [true, true] => tally.confirmed += 1,
        [false, false] => tally.failed += 1,
        _ => tally.one_sided += 1,
    }
}

fn bad_lines(rounds: u64, random: &mut Seeded) -> Tally {
    let mut tally = Tally::default();
    for _ in 0..rounds {
        bad_call(random, &mut tally);
    }
    println!("{tally:?}");
    tally
}

#[test]
fn a_few_thousand_messages_and_a_hundred_bad_lines() {
    let mut random = Seeded::new(seed());
    parsers(5_000, &mut random);
    phones(40, &mut random);
    let tally = bad_lines(120, &mut random);
    assert!(
        tally.confirmed > 30 && tally.failed > 5 && tally.frames > 300,
        "{tally:?}"
    );
}

#[test]
#[ignore = "takes minutes: see the head of this file"]
fn a_million_messages_and_twelve_thousand_bad_lines() {
    let mut random = Seeded::new(seed());
    parsers(1_000_000, &mut random);
    phones(3_000, &mut random);
    let tally = bad_lines(12_000, &mut random);
    assert!(
        tally.confirmed > 3_000 && tally.one_sided > 0 && tally.failed > 500,
        "{tally:?}"
    );
}

//! Taps: who gets what out of a call, and what the two people can see of it.

#[path = "common/calls.rs"]
mod calls;

use calls::*;
use messaging_lab::call::flaw::Flaw;
use messaging_lab::call::line::Line;
use messaging_lab::call::memory::Memory;
use messaging_lab::call::path::{Side, Tap};
use messaging_lab::call::session::State;
use messaging_lab::call::session::ended::End;
use messaging_lab::call::taps::middle::ManInTheMiddle;
use messaging_lab::call::taps::plain::{Dropper, Reorderer, Replayer, Silent};
use messaging_lab::call::taps::search::WordSearcher;
use messaging_lab::ground::clock::ControlledClock;
use messaging_lab::ground::ledger::Onlooker;
use messaging_lab::ground::randomness::Seeded;

const TEXT: &[u8] = b"meet at ten, the usual place";

fn middle(seed: u64) -> ManInTheMiddle {
    ManInTheMiddle::new(ALICE, BOB, &mut Seeded::new(seed)).expect("seeded")
}

/// A call in which Alice says one sentence.
fn call(seed: u64, flaw: Option<Flaw>, tap: impl Tap + 'static) -> Line {
    let mut line = line(seed, flaw, Box::new(tap));
    line.start();
    line.settle(20_000);
    line.say(Side::Alice, TEXT);
    line.run(1_000);
    line
}

fn knows(line: &Line) -> Vec<Onlooker> {
    line.ledger().ever_holders_of(TEXT)
}

#[test]
fn a_silent_tap_holds_every_byte_and_no_sound() {
    let line = call(1, None, Silent);
    assert_eq!(line.heard(Side::Bob), [TEXT.to_vec()]);
    assert_eq!(knows(&line), [Onlooker::BobPhone]);
    let recorded = |who| {
        line.ledger()
            .ever_held_by(who)
            .map(|held| &held.bytes)
            .collect::<Vec<_>>()
    };
    assert!(recorded(Onlooker::Tap).len() > 10);
    assert_eq!(recorded(Onlooker::Tap), recorded(Onlooker::Wire));
}

#[test]
fn a_man_in_the_middle_hears_all_and_the_words_differ() {
    let mut equal = 0;
    for seed in 0..20 {
        let line = call(seed, None, middle(seed + 1_000));
        assert_eq!(line.heard(Side::Bob), [TEXT.to_vec()]);
        assert_eq!(knows(&line), [Onlooker::BobPhone, Onlooker::Tap]);
        let [alice, bob] = words(&line);
        assert!(alice.is_some() && bob.is_some());
        equal += u32::from(alice == bob);
    }
    assert_eq!(equal, 0);
}

#[test]
fn without_commitment_a_birthday_search_makes_the_words_equal() {
    let mut trials = 0;
    for seed in 0..20 {
        let tap = WordSearcher::against_no_commitment(middle(seed + 1_000), 16);
        let mut line = call(seed, Some(Flaw::NoCommitment), tap);
        let [alice, bob] = words(&line);
        assert!(alice.is_some(), "{:?}", line.log());
        assert_eq!(alice, bob, "seed {seed}");
        assert_eq!(knows(&line), [Onlooker::BobPhone, Onlooker::Tap]);
        // Equal words, other keys: that is what makes it a tap.
        assert_ne!(
            line.phone(Side::Alice).secrets()[0],
            line.phone(Side::Bob).secrets()[0]
        );
        line.hang_up();
        trials += line.tap().trials();
    }
    // A mean of about sqrt(pi) * 2^8 = 454 candidates, both sides counted.
    assert!((200..1_500).contains(&(trials / 20)), "{trials} in 20 calls");
}

#[test]
fn a_phone_that_skips_the_hvi_is_tapped_with_equal_words() {
    for (bits, seeds) in [(12, 6), (16, 1)] {
        let mut trials = 0;
        for seed in 0..seeds {
            let tap = WordSearcher::against_skipped_hvi(middle(seed + 2_000), bits);
            let line = call(seed, Some(Flaw::SkipsHvi), tap);
            let values = [Side::Alice, Side::Bob].map(|side| {
                line.phone(side)
                    .session()
                    .confirmed()
                    .expect("settled")
                    .sas_value()
            });
            assert_eq!(values[0] >> (32 - bits), values[1] >> (32 - bits), "seed {seed}");
            assert_ne!(values[0], values[1]);
            assert_eq!(knows(&line), [Onlooker::BobPhone, Onlooker::Tap]);
            trials += line.tap().trials();
        }
        assert!(trials / seeds > 1 << (bits - 6), "{trials} in {seeds}");
    }
}

#[test]
fn the_same_searches_get_nowhere_with_sound_phones() {
    for seed in 0..4 {
        // No DHPart2 comes before his DHPart1, so there is nothing to search for, and nobody gets a call.
        let line = call(seed, None, WordSearcher::against_no_commitment(middle(seed), 12));
        assert_eq!(words(&line), [None, None]);
        // His other DHPart2 is not what he committed to.
        let line = call(seed, None, WordSearcher::against_skipped_hvi(middle(seed), 12));
        let State::Ended(End::Ours(code)) = line.phone(Side::Bob).state() else {
            panic!("{:?}", line.phone(Side::Bob).state());
        };
        assert_eq!(code as u32, 0x62);
        assert!(!knows(&line).contains(&Onlooker::Tap) || words(&line)[1].is_none());
    }
}

#[test]
fn replayed_delayed_and_lost_bytes_end_in_the_same_call() {
    let taps: [Box<dyn Tap>; 4] = [
        Box::new(Replayer { delay: 0 }),
        Box::new(Replayer { delay: 333 }),
        Box::new(Reorderer::new(170)),
        Box::new(Dropper::new(3)),
    ];
    for tap in taps {
        let mut line = line(6, None, tap);
        line.start();
        assert!(line.settle(20_000), "{:?}", line.log());
        let [alice, bob] = words(&line);
        assert_eq!(alice, bob);
        for number in 0..20 {
            line.say(Side::Alice, &[number]);
            line.run(20);
        }
        line.run(1_000);
        let heard = line.heard(Side::Bob);
        let mut once = heard.to_vec();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), heard.len(), "a frame was played twice");
        assert!(heard.len() >= 13, "{}", heard.len());
    }
}

#[test]
fn he_must_have_been_there_in_the_first_call_and_in_every_one_since() {
    let mut random = Seeded::new(77);
    // The first call: he is there, nobody is alerted.
    let tapped = |memories: [Memory; 2], his: [Memory; 2], random: &mut Seeded| {
        let [of_alice, of_bob] = memories;
        let alice = phone(ALICE, true, None, of_alice, random);
        let bob = phone(BOB, false, None, of_bob, random);
        let tap = ManInTheMiddle::with_memories(ALICE, BOB, his, random).expect("seeded");
        let mut line = Line::new(alice, bob, Box::new(tap), ControlledClock::new(0));
        line.start();
        assert!(line.settle(10_000));
        let alerts = [Side::Alice, Side::Bob]
            .map(|side| line.phone(side).session().confirmed().expect("settled").alert());
        line.hang_up();
        let (alice, bob, _) = line.into_parts();
        (
            alerts,
            [
                alice.into_memory().expect("over"),
                bob.into_memory().expect("over"),
            ],
        )
    };
    let new = || [Memory::new(), Memory::new()];
    let (alerts, memories) = tapped(new(), new(), &mut random);
    assert_eq!(alerts, [false, false]);
    // A second man, or the first one without his memory: both are alerted.
    let (alerts, memories) = tapped(memories, new(), &mut random);
    assert_eq!(alerts, [true, true]);
    // And nothing of that call was kept: the next one without him alerts again, as he took part in the first.
    let [of_alice, of_bob] = memories;
    let alice = phone(ALICE, true, None, of_alice, &mut random);
    let bob = phone(BOB, false, None, of_bob, &mut random);
    let mut line = Line::new(alice, bob, Box::new(Silent), ControlledClock::new(0));
    line.start();
    assert!(line.settle(5_000));
    for side in [Side::Alice, Side::Bob] {
        assert!(line.phone(side).session().confirmed().expect("settled").alert());
    }
}

#[test]
fn an_imitator_is_a_man_in_the_middle_with_a_voice() {
    let line = call(3, None, middle(3).imitating());
    assert!(line.tap().imitates());
    let [alice, bob] = words(&line);
    assert_ne!(alice, bob);
    let honest = call(3, None, Silent);
    assert!(!honest.tap().imitates());
}

#[test]
fn a_whole_call_of_each_kind_is_what_its_name_says() {
    use messaging_lab::call::play::{Who, play};
    for who in Who::ALL {
        let played = play(17, who).expect("seeded");
        let equal = played.alice.shown == played.bob.shown;
        assert!(played.alice.shown.is_some(), "{who:?}: {:?}", played.events);
        let middle = matches!(who, Who::ManInTheMiddle | Who::Imitator);
        assert_eq!(equal, !middle, "{who:?}");
        assert_eq!(
            played.alice.heard == played.alice.shown,
            equal || who == Who::Imitator,
            "{who:?}"
        );
        let searches = matches!(who, Who::NoCommitment | Who::SkipsHvi);
        assert_eq!(played.tap_understands, middle || searches, "{who:?}");
        assert_eq!(played.trials > 0, searches, "{who:?}");
        assert!(
            played.alice.sound.len() > 8_000 && played.bob.sound.len() > 8_000,
            "{who:?}"
        );
        assert_eq!(played.tap_sound.is_empty(), who == Who::Nobody, "{who:?}");
        if played.tap_understands {
            assert_eq!(
                played.tap_sound.len(),
                played.alice.sound.len() + played.bob.sound.len()
            );
        }
        // The same seed plays the same call.
        let again = play(17, who).expect("seeded");
        assert_eq!((again.bob.sound, again.events), (played.bob.sound, played.events));
        assert_eq!(
            (again.ledger.holdings(), again.trials),
            (played.ledger.holdings(), played.trials)
        );
    }
}

#[test]
fn a_call_that_alerted_leaves_no_trace_in_the_memory() {
    let mut random = Seeded::new(78);
    let mut memories = [Memory::new(), Memory::new()];
    // Twice, as a phone remembers two calls.
    for (tapped, alerts) in [(false, false), (true, true), (true, true), (false, false)] {
        let [of_alice, of_bob] = memories;
        let alice = phone(ALICE, true, None, of_alice, &mut random);
        let bob = phone(BOB, false, None, of_bob, &mut random);
        let tap: Box<dyn Tap> = if tapped {
            Box::new(middle(random.next_u64()))
        } else {
            Box::new(Silent)
        };
        let mut line = Line::new(alice, bob, tap, ControlledClock::new(0));
        line.start();
        assert!(line.settle(10_000));
        for side in [Side::Alice, Side::Bob] {
            assert_eq!(
                line.phone(side).session().confirmed().expect("settled").alert(),
                alerts
            );
        }
        line.hang_up();
        let (alice, bob, _) = line.into_parts();
        memories = [
            alice.into_memory().expect("over"),
            bob.into_memory().expect("over"),
        ];
    }
}

/// Twenty one-sided searches of 16 bits, each of which must succeed; prints how long they take in a lesson's own build:
/// `cargo test --test call_taps -- --ignored --nocapture`
#[test]
#[ignore = "takes half a minute, and is there to be read"]
fn one_sided_searches_of_16_bits_succeed() {
    let start = std::time::Instant::now();
    let mut trials = 0;
    for seed in 0..20 {
        let tap = WordSearcher::against_skipped_hvi(middle(seed + 3_000), 16);
        let mut line = line(seed, Some(Flaw::SkipsHvi), Box::new(tap));
        line.start();
        assert!(line.settle(5_000));
        trials += line.tap().trials();
    }
    let mean = start.elapsed().as_secs_f64() / 20.0;
    println!("{mean:.3} s and {} trials in the mean of 20", trials / 20);
    assert!(trials > 20, "a search of 16 bits takes more than one trial");
}

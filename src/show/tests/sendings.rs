//! What passes in the scenes: held to the ledger, to the clock, and to the seeds and chapters that the scenes name.

use std::sync::LazyLock;

use super::{SCENES, Scene};
use crate::show::scenes::*;
use crate::show::steps::{Step, chapter, steps};
use messaging_lab::ground::ledger::{Change, Onlooker};
use messaging_lab::ground::randomness::Seeded;
use messaging_lab::ground::scene::Sent;

/// A scene's seeds, and its source.
const SOURCES: [(&str, &[u64], &str); 13] = [
    ("bytes", &bytes::SEEDS, include_str!("../scenes/bytes.rs")),
    ("timer", &timer::SEEDS, include_str!("../scenes/timer.rs")),
    ("clocks", &clocks::SEEDS, include_str!("../scenes/clocks.rs")),
    ("erasure", &erasure::SEEDS, include_str!("../scenes/erasure.rs")),
    ("seal", &seal::SEEDS, include_str!("../scenes/seal.rs")),
    ("relay", &relay::SEEDS, include_str!("../scenes/relay.rs")),
    ("ratchet", &ratchet::SEEDS, include_str!("../scenes/ratchet.rs")),
    ("healing", &healing::SEEDS, include_str!("../scenes/healing.rs")),
    ("keys", &keys::SEEDS, include_str!("../scenes/keys.rs")),
    (
        "handshake",
        &handshake::SEEDS,
        include_str!("../scenes/handshake.rs"),
    ),
    ("words", &words::SEEDS, include_str!("../scenes/words.rs")),
    ("compare", &compare::SEEDS, include_str!("../scenes/compare.rs")),
    (
        "frames",
        &frames::SEEDS,
        concat!(
            include_str!("../scenes/frames.rs"),
            include_str!("../scenes/frames/call.rs")
        ),
    ),
];

/// Every scene, with its name; each is played once for all tests here.
static PLAYED: LazyLock<Vec<(&str, Scene)>> = LazyLock::new(|| {
    SCENES
        .iter()
        .filter_map(|(name, _)| Some((*name, crate::show::scene(name)?)))
        .collect()
});

fn all() -> impl Iterator<Item = (&'static str, &'static Scene)> {
    PLAYED.iter().map(|(name, scene)| (*name, scene))
}

/// Why the ledger has no line for these bytes, where it has none.
fn why_nobody_keeps_it(lesson: &str, sent: &Sent) -> Option<&'static str> {
    let what = |begin: &str| sent.what.starts_with(begin);
    let second = sent.at / 1000;
    match lesson {
        "timer" | "clocks" | "erasure" if what("the receipt") => {
            Some("a phone takes the date of a receipt, and ends the text by it")
        }
        "erasure" if what("the second text") => {
            Some("Bob's phone keeps it under a key until it is read, and shows no preview")
        }
        // The very request of second 24, which the wire still has.
        "keys" if second == 30 && sent.from == Onlooker::AlicePhone && what("a request") => None,
        "keys" if [0, 20, 30].contains(&second) => {
            Some("uploads and requests were lesson 05's: this ledger begins behind them")
        }
        "keys" if what("the keys on the screen") => {
            Some("keys in a phone's memory are not what this ledger counts")
        }
        // The same bytes in every call, and the tap has them from the first.
        "words" if what("Conf2ACK") => None,
        "words" if second >= 20 && !what("what Alice says") => {
            Some("of the later agreements the ledger has what he searched for and what he opened")
        }
        "compare" if what("a frame") && (sent.from == Onlooker::Tap || !(20..140).contains(&second)) => {
            Some("where nobody records, and behind the tap, only the sound is copied")
        }
        "frames" if what("5 messages") || what("100 frames of silence") => {
            Some("the tap's lines are about frames with a sound")
        }
        "frames" if what("a frame that was held back") || what("a forged frame") => {
            Some("of a batch the ledger has the first one's header only")
        }
        _ => None,
    }
}

/// Whether somebody who gets the bytes, or whom they pass, has them at that moment, or a part of them, or something that
/// holds them.
fn is_in_the_ledger(scene: &Scene, sent: &Sent) -> bool {
    let holds = |long: &[u8], short: &[u8]| long.windows(short.len().max(1)).any(|part| part == short);
    let passed = [Onlooker::Wire, Onlooker::Relay, Onlooker::Tap];
    let is_there = |onlooker: Onlooker| onlooker == sent.to || passed.contains(&onlooker);
    scene.ledger.holdings().iter().any(|holding| {
        // Stored on the way in: the disk of the phone that it is for.
        let stored = (sent.to, holding.onlooker) == (Onlooker::BobPhone, Onlooker::BobDisk);
        (stored || is_there(holding.onlooker) || holding.onlooker == sent.from && passed.contains(&sent.from))
            && holding.held_at(sent.at)
            && (holds(&holding.bytes, &sent.bytes) || holds(&sent.bytes, &holding.bytes))
    })
}

#[test]
fn what_passes_is_in_the_ledger_or_has_a_reason_not_to_be() {
    for (lesson, scene) in all() {
        for sent in &scene.sent {
            let why = why_nobody_keeps_it(lesson, sent);
            assert_eq!(
                is_in_the_ledger(scene, sent),
                why.is_none(),
                "{lesson}, at {}: {} -> {}: {}: {why:?}",
                sent.at,
                sent.from,
                sent.to,
                sent.what
            );
        }
    }
}

/// What these have they can only have got from somebody.
#[test]
fn whoever_makes_nothing_was_sent_what_he_has() {
    let makes_nothing = [
        Onlooker::AliceDisk,
        Onlooker::BobDisk,
        Onlooker::OldFlashPage,
        Onlooker::Backup,
        Onlooker::Notification,
        Onlooker::Screenshot,
        Onlooker::Wire,
    ];
    for (lesson, scene) in all() {
        let holdings = scene.ledger.holdings().iter();
        for held in holdings.filter(|held| makes_nothing.contains(&held.onlooker)) {
            let brought = |sent: &&Sent| {
                let reaches = sent.to == held.onlooker || held.onlooker == Onlooker::Wire;
                sent.at == held.from && reaches && sent.bytes == held.bytes
            };
            // As many as there are of these lines: two may have the same bytes.
            let alike = scene.ledger.ever_held_by(held.onlooker);
            let lines = alike.filter(|other| (other.from, &other.bytes) == (held.from, &held.bytes));
            let sendings = scene.sent.iter().filter(brought).count();
            assert!(
                sendings >= lines.count(),
                "{lesson}, at {}: {} has {}",
                held.from,
                held.onlooker,
                held.what
            );
        }
    }
}

#[test]
fn what_passes_passes_in_order_between_two_who_hold_something() {
    for (lesson, scene) in all() {
        // In lesson 00 everything happens on one phone.
        assert_eq!(scene.sent.is_empty(), lesson == "bytes", "{lesson}");
        assert!(scene.sent.is_sorted_by_key(|sent| sent.at), "{lesson}");
        for sent in &scene.sent {
            let Sent {
                at, from, to, what, ..
            } = sent;
            assert!(from != to, "{lesson}: {what}");
            assert!(!sent.bytes.is_empty() && !what.is_empty(), "{lesson}, at {at}");
            assert!(*at <= scene.end, "{lesson}: {what}");
            for who in [from, to] {
                let holds = scene.ledger.ever_held_by(*who).next().is_some();
                assert!(holds, "{lesson}: {what}: {who} is not in the ledger");
            }
        }
    }
}

/// The steps of a scene hold each line of its story, each line of its ledger and each sending once, in order of time.
#[test]
fn every_step_is_told_once() {
    for (lesson, scene) in all() {
        let told = steps(scene);
        assert!(told.is_sorted_by_key(Step::at), "{lesson}");
        let told_of = |wanted: fn(&Step) -> bool| told.iter().filter(|step| wanted(step)).count();
        let passes: Vec<&Sent> = told
            .iter()
            .filter_map(|step| match step {
                Step::Passes(sent) => Some(*sent),
                _ => None,
            })
            .collect();
        assert!(passes.iter().copied().eq(&scene.sent), "{lesson}");
        assert_eq!(
            told_of(|step| matches!(step, Step::Story(..))),
            scene.story.len(),
            "{lesson}"
        );
        assert_eq!(
            told_of(|step| matches!(step, Step::Changes(..))),
            scene.ledger.history().len(),
            "{lesson}"
        );
    }
}

/// Nobody gets what was sent to him before it was sent.
#[test]
fn an_arrow_stands_before_what_it_brings() {
    for (lesson, scene) in all() {
        let told = steps(scene);
        for (place, step) in told.iter().enumerate() {
            let Step::Passes(sent) = step else { continue };
            let brought = |earlier: &&Step| match earlier {
                Step::Changes(at, Change::Gains, holding) => {
                    *at == sent.at && holding.onlooker == sent.to && holding.bytes == sent.bytes
                }
                _ => false,
            };
            let gained = told[..place].iter().filter(brought).count();
            let alike = |earlier: &&Step| {
                matches!(earlier, Step::Passes(other)
                    if (other.at, other.to, &other.bytes) == (sent.at, sent.to, &sent.bytes))
            };
            let sent_before = told[..place].iter().filter(alike).count();
            assert!(gained <= sent_before, "{lesson}, at {}: {}", sent.at, sent.what);
        }
    }
}

#[test]
fn chapters_have_names_of_their_own_and_something_to_tell() {
    for (lesson, scene) in all() {
        let chapters = &scene.chapters;
        assert_eq!(chapters.first().map(|first| first.from), Some(0), "{lesson}");
        assert!(
            chapters.is_sorted_by(|one, next| one.from < next.from),
            "{lesson}"
        );
        for (place, it) in chapters.iter().enumerate() {
            let name = it.name;
            assert!(
                !name.is_empty() && name.bytes().all(|letter| letter.is_ascii_lowercase()),
                "{lesson}: {name}"
            );
            assert!(
                chapters[..place].iter().all(|other| other.name != name),
                "{lesson}: {name} twice"
            );
            assert!(it.title.contains(' ') && it.title.is_ascii(), "{lesson}: {name}");
            let (_, end) = chapter(scene, name).unwrap();
            let told = |step: &Step| (it.from..end).contains(&step.at());
            assert!(steps(scene).iter().any(told), "{lesson}: nothing in {name}");
        }
    }
}

#[test]
fn the_seeds_that_are_named_are_those_that_are_drawn_from() {
    for ((lesson, scene), (name, seeds, source)) in all().zip(SOURCES) {
        assert_eq!(lesson, name);
        assert_eq!(scene.seeds, seeds, "{lesson}");
        // Whoever begins a source of chance begins it at a seed by its name, and every seed begins one.
        for (_, begun) in source
            .match_indices("Seeded::new(")
            .map(|(at, call)| source.split_at(at + call.len()))
        {
            assert!(begun.starts_with("SEEDS["), "{lesson}: Seeded::new({begun:.20}");
        }
        for place in 0..seeds.len() {
            let named = format!("SEEDS[{place}]");
            assert!(source.contains(&named), "{lesson}: {named} is never used");
        }
        let again = crate::show::scene(lesson).unwrap();
        assert_eq!(again.sent, scene.sent, "{lesson}");
        assert_eq!(again.ledger.holdings(), scene.ledger.holdings(), "{lesson}");
    }
}

/// The first thing that lesson 05's seed gives is Alice's private key: the seed that a page names is enough to repeat it.
#[test]
fn a_named_seed_gives_what_the_ledger_has() {
    let scene = crate::show::scene("relay").expect("its scene");
    let first = Seeded::new(scene.seeds[0]).bytes(32);
    let hers = scene.ledger.ever_held_by(Onlooker::AlicePhone).next();
    assert_eq!(hers.map(|key| &key.bytes), Some(&first));
}

/// In lesson 10 whoever is in the middle opens what Alice's phone sends and seals it again: two arrows with different
/// bytes, one for each line that says what he opened. Who only listens has none.
#[test]
fn what_is_opened_on_the_way_goes_on_as_other_bytes() {
    let scene = crate::show::scene("words").expect("its scene");
    let tap = scene.ledger.ever_held_by(Onlooker::Tap);
    let opened: Vec<_> = tap
        .filter(|held| held.what == "what she said, opened")
        .map(|held| held.from)
        .collect();
    assert_eq!(opened.len(), 3);
    for said in scene
        .sent
        .iter()
        .filter(|sent| sent.what.starts_with("what Alice says"))
    {
        let on = |sent: &&Sent| {
            (sent.at, sent.from, sent.to) == (said.at, Onlooker::Tap, Onlooker::BobPhone)
                && sent.what.starts_with("what she said")
        };
        let went_on: Vec<&Sent> = scene.sent.iter().filter(on).collect();
        match opened.contains(&said.at) {
            true => assert!(said.to == Onlooker::Tap && went_on.len() == 1 && went_on[0].bytes != said.bytes),
            false => assert!(said.to == Onlooker::BobPhone && went_on.is_empty()),
        }
    }
}

//! The scene `compare`, held to what its lesson says.

use crate::show::scenes::compare::*;
use messaging_lab::ground::ledger::Onlooker;
use messaging_lab::ground::ledger::Onlooker::{AlicePhone, BobPhone, Tap as Tapped};
use messaging_lab::ground::scene::Scene;

/// What stands in these twenty seconds of the ledger.
fn lines(scene: &Scene, begin: u64, onlooker: Onlooker, what: &str) -> Vec<Vec<u8>> {
    let call = begin * 1000..(begin + 20) * 1000;
    let mut lines: Vec<_> = scene.ledger.ever_held_by(onlooker).collect();
    lines.retain(|line| line.what.contains(what) && call.contains(&line.from));
    lines.into_iter().map(|line| line.bytes.clone()).collect()
}

#[test]
fn who_has_what_was_said() {
    let scene = crate::show::scene("compare").expect("its scene");
    let holders = TEXTS.map(|text| scene.ledger.ever_holders_of(text.as_bytes()));
    let (both, all) = (vec![AlicePhone, BobPhone], vec![AlicePhone, BobPhone, Tapped]);
    assert_eq!(holders[0], both);
    assert_eq!(holders[1], both);
    assert_eq!(holders[2], all);
    assert_eq!(holders[3], [AlicePhone], "the words differ, and she says nothing");
    assert_eq!(holders[4], all);
    assert_eq!(holders[5], all);
    assert_eq!(holders[6], all);
    assert_eq!(holders[7], both);
    assert!(!lines(&scene, 20, Tapped, "frame").is_empty(), "he did record");
}

#[test]
fn words_and_warnings_of_each_call() {
    let scene = crate::show::scene("compare").expect("its scene");
    for (begin, alike, warned) in [
        (0, true, false),
        (20, true, false),
        (40, false, true),
        (60, false, true),
        (80, false, true),
        (100, false, false),
        (120, false, false),
        (140, true, true),
    ] {
        let words = [AlicePhone, BobPhone].map(|owner| lines(&scene, begin, owner, "on the screen"));
        assert_eq!(words[0].len(), 1, "{begin}");
        assert_eq!(words[0] == words[1], alike, "{begin}");
        for owner in [AlicePhone, BobPhone] {
            assert_eq!(
                !lines(&scene, begin, owner, "above").is_empty(),
                warned,
                "{begin}"
            );
        }
    }
}

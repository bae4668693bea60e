//! The scene `words`, held to what its lesson says.

use crate::show::scenes::words::*;
use messaging_lab::ground::ledger::Onlooker;
use messaging_lab::ground::ledger::Onlooker::{AlicePhone, BobPhone, Tap};
use messaging_lab::ground::scene::Scene;

fn holders(scene: &Scene, text: usize) -> Vec<Onlooker> {
    scene.ledger.ever_holders_of(TEXTS[text].as_bytes())
}

#[test]
fn who_only_listens_hears_nothing_and_who_is_in_the_middle_hears_all() {
    let scene = crate::show::scene("words").expect("its scene");
    assert_eq!(holders(&scene, 0), [AlicePhone, BobPhone]);
    for (text, said) in TEXTS.iter().enumerate().skip(1) {
        assert_eq!(holders(&scene, text), [AlicePhone, BobPhone, Tap], "{said}");
    }
}

#[test]
fn the_words_differ_only_where_both_phones_keep_to_the_commitment() {
    let scene = crate::show::scene("words").expect("its scene");
    let shown = |onlooker, begin: u64| {
        let mut lines = scene.ledger.ever_held_by(onlooker);
        let call = begin * 1000..(begin + 20) * 1000;
        lines
            .find(|line| line.what.contains("two words") && call.contains(&line.from))
            .map(|line| line.bytes.clone())
    };
    for (begin, alike) in [(0, true), (20, false), (40, true), (60, true), (80, false)] {
        assert!(shown(AlicePhone, begin).is_some(), "{begin}");
        assert_eq!(
            shown(AlicePhone, begin) == shown(BobPhone, begin),
            alike,
            "{begin}"
        );
    }
    assert_eq!(shown(BobPhone, 80), None);
}

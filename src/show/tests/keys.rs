//! The scene `keys`, held to what its lesson says.

use crate::show::scenes::keys::*;
use messaging_lab::ground::ledger::Onlooker;
use messaging_lab::ground::ledger::Onlooker::{AlicePhone, BobPhone, Relay, Wire};
use messaging_lab::ground::scene::Scene;

fn holders(scene: &Scene, text: usize, second: u64) -> Vec<Onlooker> {
    scene.ledger.holders_of(TEXTS[text].as_bytes(), second * 1000)
}

#[test]
fn the_lying_directory_reads_until_they_compare() {
    let scene = crate::show::scene("keys").expect("its scene");
    assert_eq!(holders(&scene, 0, 4), [AlicePhone, Relay]);
    assert_eq!(holders(&scene, 0, 6), [AlicePhone, BobPhone, Relay]);
    assert_eq!(holders(&scene, 1, 60), [AlicePhone, BobPhone]);
}

#[test]
fn a_new_key_gets_an_old_message_from_the_silent_app_alone() {
    let scene = crate::show::scene("keys").expect("its scene");
    assert_eq!(holders(&scene, 2, 23), [AlicePhone]);
    assert_eq!(holders(&scene, 2, 24), [AlicePhone, Relay]);
    assert_eq!(holders(&scene, 2, 26), [AlicePhone, BobPhone, Relay]);
    assert_eq!(holders(&scene, 3, 60), [AlicePhone, BobPhone]);
    let wire_has = |text: &&str| scene.ledger.ever_holders_of(text.as_bytes()).contains(&Wire);
    assert!(!TEXTS.iter().any(wire_has));
}

#[test]
fn the_numbers_differ_while_the_directory_lies_and_agree_when_it_does_not() {
    let scene = crate::show::scene("keys").expect("its scene");
    let number = |onlooker, second: u64| {
        let mut lines = scene.ledger.ever_held_by(onlooker);
        lines
            .find(|line| line.what.contains("safety number") && line.from == second * 1000)
            .map(|line| line.bytes.clone())
            .expect("a number")
    };
    assert_ne!(number(AlicePhone, 8), number(BobPhone, 8));
    for second in [10, 20, 30] {
        assert_eq!(number(AlicePhone, second), number(BobPhone, second));
    }
}

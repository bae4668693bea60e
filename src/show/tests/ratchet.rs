//! The scene `ratchet`, held to what its lesson says.

use crate::show::scenes::ratchet::*;
use messaging_lab::ground::ledger::Onlooker;
use messaging_lab::ground::ledger::Onlooker::{AlicePhone, BobPhone, Thief, Wire};
use messaging_lab::store::SECOND;

/// Worked out by hand from the rules, so that the scene cannot drift from the lesson's text.
#[test]
fn every_text_is_read_by_whom_the_rules_say() {
    let scene = crate::show::scene("ratchet").expect("its scene");
    let held = |text: &str| -> Vec<(Onlooker, u64, Option<u64>)> {
        let holdings = scene.ledger.holdings().iter();
        holdings
            .filter(|holding| holding.bytes == text.as_bytes())
            .map(|holding| {
                let until = holding.until.map(|until| until / SECOND);
                (holding.onlooker, holding.from / SECOND, until)
            })
            .collect()
    };
    assert_eq!(
        held("a swim at the lake?"),
        [(AlicePhone, 10, Some(21)), (BobPhone, 11, Some(21))]
    );
    assert_eq!(
        held("bring the towels"),
        [
            (AlicePhone, 12, Some(70)),
            (Thief, 40, None),
            (BobPhone, 60, Some(70))
        ]
    );
    assert_eq!(
        held("and the frisbee"),
        [(AlicePhone, 14, None), (BobPhone, 15, None), (Thief, 40, None)]
    );
    assert_eq!(
        held("it is a surprise party"),
        [(AlicePhone, 16, Some(27)), (BobPhone, 17, Some(27))]
    );
    assert_eq!(
        held("at six o'clock"),
        [
            (AlicePhone, 50, Some(61)),
            (Thief, 50, None),
            (BobPhone, 51, Some(61))
        ]
    );
    assert_eq!(held("I am on my way"), [(BobPhone, 75, None), (Thief, 75, None)]);
    let (_, late_key) = scene.watched.iter().find(|(name, _)| *name == LATE).unwrap();
    for (onlooker, second, holds) in [
        (BobPhone, 14, false),
        (BobPhone, 15, true),
        (BobPhone, 59, true),
        (BobPhone, 60, false),
        (Thief, 90, true),
        (Wire, 90, false),
    ] {
        let found = scene.ledger.holds(onlooker, late_key, second * SECOND);
        assert_eq!(found, holds, "{onlooker} at {second}");
    }
}

#[test]
fn no_text_and_no_key_ever_passes_the_wire() {
    let scene = crate::show::scene("ratchet").expect("its scene");
    for holding in scene.ledger.ever_held_by(Wire) {
        for other in scene.ledger.holdings() {
            let open = other.onlooker != Wire;
            assert!(!open || !holding.contains(&other.bytes), "{}", other.what);
        }
    }
}

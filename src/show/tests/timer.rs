//! The scene `timer`, held to what its lesson says.

use crate::show::scenes::timer::*;
use messaging_lab::ground::ledger::Onlooker;
use messaging_lab::store::SECOND;

/// Worked out by hand from the rules, so that the scene cannot drift from the lesson's text.
#[test]
fn every_copy_lives_as_long_as_the_rules_say() {
    let scene = scene();
    let held: Vec<(Onlooker, &str, u64, Option<u64>)> = scene
        .ledger
        .holdings()
        .iter()
        .map(|holding| {
            let text = std::str::from_utf8(&holding.bytes).unwrap();
            let until = holding.until.map(|until| until / SECOND);
            (holding.onlooker, text, holding.from / SECOND, until)
        })
        .collect();
    use Onlooker::{AlicePhone, BobPhone};
    assert_eq!(
        held,
        [
            (AlicePhone, "meet at ten", 1, Some(28)),
            (BobPhone, "meet at ten", 1, Some(18)),
            (AlicePhone, "picture of the cake", 2, Some(31)),
            (BobPhone, "picture of the cake", 2, Some(31)),
            (AlicePhone, "lemon or apple?", 4, Some(38)),
            (BobPhone, "lemon or apple?", 4, Some(38)),
            (BobPhone, "bring candles", 11, None),
            (AlicePhone, "bring candles", 28, None),
        ]
    );
}

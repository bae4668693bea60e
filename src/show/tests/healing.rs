//! The scene `healing`, held to what its lesson says.

use crate::show::scenes::healing::*;
use messaging_lab::ground::ledger::Onlooker::{
    AlicePhone, Backup, BobPhone, Notification, Relay, Thief, Wire,
};

#[test]
fn the_thief_reads_one_new_key_reply_and_is_out_with_alices_next_pair() {
    let ledger = crate::show::scene("healing").expect("its scene").ledger;
    let holds = |text, second: u64| ledger.holds(Thief, text, second * 1000);
    assert!(!holds(LUNCH, 32) && holds(NOON, 6));
    assert!(!holds(CODE, 10) && holds(CODE, 11) && holds(FOLDER, 11));
    assert!(!holds(ROOM, 32) && !holds(AGREED, 32));
}

#[test]
fn the_identity_key_makes_a_second_alice_and_bobs_phone_warns_of_nothing() {
    let scene = crate::show::scene("healing").expect("its scene");
    assert!(scene.ledger.holds(BobPhone, FORGED, 23_000));
    assert!(scene.ledger.holds(Thief, PAID, 25_000));
    assert!(!scene.ledger.ever_holders_of(PAID).contains(&AlicePhone));
    assert!(
        scene
            .story
            .iter()
            .any(|(_, words)| words.contains("warns of nothing"))
    );
}

#[test]
fn the_relay_holds_metadata_and_no_text_until_the_update() {
    let ledger = crate::show::scene("healing").expect("its scene").ledger;
    for text in [LUNCH, NOON, FOLDER, CODE, ROOM, AGREED, FORGED, PAID, THANKS] {
        let onlookers = ledger.ever_holders_of(text);
        assert!(!onlookers.contains(&Wire), "{text:?}");
        assert_eq!(onlookers.contains(&Relay), text == THANKS, "{text:?}");
    }
    assert!(ledger.holds(Relay, b"alice/1 to bob/1", 32_000));
    assert_eq!(
        ledger.holders_of(AGREED, 19_000),
        [AlicePhone, BobPhone, Notification]
    );
    assert!(ledger.holds(Backup, ROOM, 20_000) && ledger.holds(BobPhone, THANKS, 30_000));
}

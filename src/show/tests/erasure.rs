//! The scene `erasure`, held to what its lesson says.

use crate::show::scenes::erasure::*;
use messaging_lab::ground::ledger::Onlooker::*;
use messaging_lab::store::SECOND;

#[test]
fn after_both_timers_the_first_text_is_where_the_timer_does_not_reach() {
    let ledger = crate::show::scene("erasure").expect("its scene").ledger;
    let holders = |second: u64| ledger.holders_of(FIRST_TEXT, second * SECOND);
    assert_eq!(
        holders(13).len(),
        8,
        "everybody who can have it: {:?}",
        holders(13)
    );
    assert!(holders(17).contains(&AlicePhone) && !holders(14).contains(&BobPhone));
    assert_eq!(
        holders(18),
        [AliceDisk, BobDisk, OldFlashPage, Backup, Notification, Screenshot]
    );
    assert_eq!(holders(70), [AliceDisk, BobDisk, Backup, Screenshot]);
}

#[test]
fn the_second_text_was_never_on_a_disk_and_its_key_stays_on_an_old_page_for_a_while() {
    let scene = crate::show::scene("erasure").expect("its scene");
    assert_eq!(scene.ledger.ever_holders_of(SECOND_TEXT), [AlicePhone, BobPhone]);
    let (_, key) = &scene.watched[2];
    let holders = |second: u64| scene.ledger.holders_of(key, second * SECOND);
    assert_eq!(key.len(), 32);
    assert_eq!(holders(43), [BobDisk]);
    assert_eq!(holders(44), [OldFlashPage]);
    assert_eq!(holders(59), [OldFlashPage]);
    assert_eq!(holders(60), []);
}

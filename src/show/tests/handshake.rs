//! The scene `handshake`, held to what its lesson says.

use crate::show::scenes::handshake::*;
use messaging_lab::ground::ledger::Onlooker;

#[test]
fn the_company_has_it_and_the_tap_never_has() {
    let ledger = crate::show::scene("handshake").expect("its scene").ledger;
    for second in [2, 12] {
        let at_that_second = |line: &&_| {
            let line: &messaging_lab::ground::ledger::Holding = line;
            line.from == second * 1000 && line.contains(TEXT.as_bytes())
        };
        assert_eq!(
            ledger
                .ever_held_by(Onlooker::Relay)
                .filter(at_that_second)
                .count(),
            1
        );
    }
    assert!(!ledger.ever_holders_of(TEXT.as_bytes()).contains(&Onlooker::Tap));
    assert!(!ledger.ever_holders_of(TEXT.as_bytes()).contains(&Onlooker::Wire));
    assert!(
        ledger
            .ever_held_by(Onlooker::Tap)
            .filter(|line| line.what == "frame")
            .count()
            == 4
    );
}

#[test]
fn the_thief_opens_the_frames_of_phones_that_keep_their_keys_and_no_others() {
    let ledger = crate::show::scene("handshake").expect("its scene").ledger;
    let thief_has = |text: &str, second: u64| ledger.holds(Onlooker::Thief, text.as_bytes(), second * 1000);
    assert!(!thief_has(TEXT, 59) && !thief_has(REPLY, 59));
    assert!(thief_has(TEXT, 80) && thief_has(REPLY, 80));
}

#[test]
fn both_hear_each_other_in_both_calls() {
    let ledger = crate::show::scene("handshake").expect("its scene").ledger;
    for begin in [20, 60] {
        let hears = |onlooker, text: &str, second: u64| {
            ledger.ever_held_by(onlooker).any(|line| {
                line.what == "sound" && line.contains(text.as_bytes()) && line.from / 1000 == second
            })
        };
        assert!(hears(Onlooker::BobPhone, TEXT, begin + 4), "{begin}");
        assert!(hears(Onlooker::AlicePhone, REPLY, begin + 6), "{begin}");
    }
}

//! The scene `own_envelopes`, held to what its lesson says.

use crate::show::own_envelopes::*;
use messaging_lab::envelope::hpke::seal_base;
use messaging_lab::envelope::kem::{EphemeralKey, PublicKey};

#[test]
fn without_any_the_kits_own_are_told_and_said_to_be_its_own() {
    let told = opening(None);
    assert!(told.is_ascii() && told.contains("the kit's own"), "{told}");
    for (_, _, letter) in LETTERS {
        assert_eq!(told.matches(letter).count(), 2, "{told}");
    }
}

#[test]
fn kept_ones_come_back_and_are_told_as_the_readers() {
    // Bound as associated data, with nothing in it but the key: another form than the kit's.
    let mut seals = |_: &str, _: &str, theirs: &[u8; 32], text: &[u8], seed: &[u8; 32]| {
        let fresh = EphemeralKey::derive(seed);
        let (enc, sealed) = seal_base(fresh, &PublicKey(*theirs), &[], theirs, text).ok()?;
        Some((theirs.to_vec(), [&enc[..], &sealed].concat()))
    };
    let journeys = through_the_lie(&mut seals).expect("a sound function");
    let kept = to_text(&journeys);
    assert_eq!(from_text(&kept), Some(journeys));
    let told = opening(Some(&kept));
    assert!(
        told.contains("your own envelopes") && !told.contains("the kit's own"),
        "{told}"
    );
}

#[test]
fn a_letter_that_binds_nothing_can_be_kept() {
    let empty = Journey {
        came: (vec![], vec![1]),
        passed_on: (vec![], vec![2]),
    };
    let journeys = vec![empty.clone(), empty];
    assert_eq!(from_text(&to_text(&journeys)), Some(journeys));
}

#[test]
fn what_was_changed_or_cut_off_is_not_told_as_the_readers() {
    let kept = to_text(&through_the_lie(&mut kits_own).expect("the kit's own function"));
    assert!(opening(Some(&kept)).contains("your own envelopes"));
    let line = kept.lines().next().expect("a line").to_string();
    let last = if kept.trim_end().ends_with('0') {
        "1\n"
    } else {
        "0\n"
    };
    let changed = format!("{}{last}", &kept[..kept.len() - 2]);
    for bad in [
        "",
        "\n",
        "nonsense",
        &line,
        &changed,
        &kept[..40],
        &format!("{kept}{line}\n"),
    ] {
        let told = opening(Some(bad));
        assert!(
            told.contains("cannot be read any more") && told.contains("the kit's own"),
            "{bad:?}: {told}"
        );
    }
}

#[test]
fn a_function_that_refuses_or_seals_for_nobody_keeps_nothing() {
    assert_eq!(through_the_lie(&mut |_, _, _, _, _| None), None);
    let junk = |_: &str, _: &str, _: &[u8; 32], _: &[u8], _: &[u8; 32]| Some((vec![], vec![7; 80]));
    assert_eq!(through_the_lie(&mut { junk }), None);
}

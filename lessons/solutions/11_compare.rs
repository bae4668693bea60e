//! Lesson 11: a solution of each exercise.

use messaging_lab::call::ends::Finding;
use messaging_lab::ground::ledger::{Onlooker, Witness};

/// What one end wrote down of a call: the words on its screen, and the words that came out of its earpiece.
pub type Log = (String, Option<String>);

/// What the logs of both ends say.
pub fn who_is_tapped(alice: Option<&Log>, bob: Option<&Log>) -> Finding {
    let (Some((alice_shown, alice_heard)), Some((bob_shown, bob_heard))) = (alice, bob) else {
        return Finding::Unknown;
    };
    if alice_shown == bob_shown {
        return Finding::Clean;
    }
    let own_words = |shown: &String, heard: &Option<String>| heard.as_ref() == Some(shown);
    if own_words(alice_shown, alice_heard) || own_words(bob_shown, bob_heard) {
        Finding::Imitated
    } else {
        Finding::Tapped
    }
}

/// What a phone keeps of its calls with another: the newer secret, and the one before.
pub type Kept = (Option<[u8; 32]>, Option<[u8; 32]>);

/// The secret that goes into the call, and whose phone warns.
pub fn continuity(initiator: &Kept, responder: &Kept) -> (Option<[u8; 32]>, bool, bool) {
    let theirs = [responder.0, responder.1];
    let shared = [initiator.0, initiator.1]
        .into_iter()
        .flatten()
        .find(|secret| theirs.contains(&Some(*secret)));
    let warns = |kept: &Kept| kept.0.is_some() && shared.is_none();
    (shared, warns(initiator), warns(responder))
}

/// The share of tapped pairs that never notice.
pub fn odds(calls: u32, compare: f64, notice: f64) -> f64 {
    let mut missed = 1.0;
    for _ in 0..calls {
        missed *= 1.0 - notice;
    }
    (1.0 - compare) + compare * missed
}

/// What settles each rewrite, the condition, and a paragraph.
pub fn sentence() -> ([Option<Witness>; 6], Option<char>, String) {
    let witnesses = [
        Some(Witness::Nobody),
        Some(Witness::Holds(Onlooker::Tap, 46)),
        Some(Witness::Nobody),
        Some(Witness::Holds(Onlooker::Tap, 86)),
        Some(Witness::Holds(Onlooker::Tap, 106)),
        Some(Witness::Holds(Onlooker::AlicePhone, 142)),
    ];
    let paragraph = "A tap that only listens had nothing but a sealed frame at second 26. A man in the middle had \
        every word at 46, where nobody compared, and at 86, where he spoke for both; at 64 two people heard the \
        difference and said nothing. So it rests on people who compare and on voices that are theirs, and even then \
        one guess in 65,536 passes.";
    (witnesses, Some('c'), paragraph.to_string())
}

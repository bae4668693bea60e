//! Lesson 11, who_is_tapped: planted wrong answers.

use messaging_lab::call::ends::Finding::{self, Clean, Imitated, Tapped, Unknown};
use messaging_lab::course::student::Planted;

use super::super::Logs;

/// One end's words on the screen, and out of the earpiece.
type End<'a> = (&'a str, Option<&'a str>);

/// What `of` makes of both logs; unknown without one of them.
fn with_both((alice, bob): &Logs, of: impl Fn(End, End) -> Finding) -> Finding {
    match (alice, bob) {
        (Some((one, heard_one)), Some((two, heard_two))) => {
            of((one, heard_one.as_deref()), (two, heard_two.as_deref()))
        }
        _ => Unknown,
    }
}

fn own((shown, heard): End) -> bool {
    heard == Some(shown)
}

fn word(words: &str, number: usize) -> &str {
    words.split(' ').nth(number).unwrap_or_default()
}

/// Right, but for what counts as the same words on both screens.
fn if_same(logs: &Logs, same: fn(&str, &str) -> bool) -> Finding {
    with_both(logs, |alice, bob| match same(alice.0, bob.0) {
        true => Clean,
        false if own(alice) || own(bob) => Imitated,
        false => Tapped,
    })
}

/// Right, but for what tells an imitator, once the screens differ.
fn if_imitated(logs: &Logs, imitated: fn(End, End) -> bool) -> Finding {
    with_both(logs, |alice, bob| match alice.0 == bob.0 {
        true => Clean,
        false if imitated(alice, bob) => Imitated,
        false => Tapped,
    })
}

/// Right with two logs; with one, what `of` makes of it.
fn alone(logs: &Logs, of: fn(End) -> Finding) -> Finding {
    match logs {
        (Some((shown, heard)), None) | (None, Some((shown, heard))) => of((shown, heard.as_deref())),
        _ => if_same(logs, |one, two| one == two),
    }
}

pub fn who_is_tapped() -> Vec<Planted<Logs, Finding>> {
    vec![
        Planted {
            name: "always-unknown",
            about: "it always says unknown; two logs do tell",
            answer: |_| Unknown,
        },
        Planted {
            name: "always-tapped",
            about: "it always says tapped: who always warns is not listened to for long",
            answer: |_| Tapped,
        },
        Planted {
            name: "always-clean",
            about: "it always says clean",
            answer: |_| Clean,
        },
        Planted {
            name: "what-was-heard",
            about: "it goes by what was heard: a voice that says the words of your own screen looks like a clean call",
            answer: |logs| {
                with_both(&logs, |alice, bob| match own(alice) && own(bob) {
                    true => Clean,
                    false => Tapped,
                })
            },
        },
        Planted {
            name: "heard-then-shown",
            about: "where heard and shown agree on both ends it looks no further: that is what an imitator is for",
            answer: |logs| {
                with_both(&logs, |alice, bob| {
                    match (own(alice) && own(bob), alice.0 == bob.0) {
                        (true, _) | (_, true) => Clean,
                        (false, false) if own(alice) || own(bob) => Imitated,
                        (false, false) => Tapped,
                    }
                })
            },
        },
        Planted {
            name: "a-true-voice-clears",
            about: "where each heard what the other's screen shows it says clean: the voices were true, and two calls they were",
            answer: |logs| {
                with_both(&logs, |alice, bob| {
                    let true_voices = alice.1 == Some(bob.0) && bob.1 == Some(alice.0);
                    match alice.0 == bob.0 || true_voices {
                        true => Clean,
                        false if own(alice) || own(bob) => Imitated,
                        false => Tapped,
                    }
                })
            },
        },
        Planted {
            name: "imitators-everywhere",
            about: "whoever heard the words of the own screen is taken for imitated to: where both screens agree, that is as it should be",
            answer: |logs| {
                with_both(&logs, |alice, bob| match own(alice) || own(bob) {
                    true => Imitated,
                    false if alice.0 == bob.0 => Clean,
                    false => Tapped,
                })
            },
        },
        Planted {
            name: "misheard-is-unknown",
            about: "where a word was misheard it says unknown: the screens agree, and phones do not mishear",
            answer: |logs| {
                with_both(&logs, |alice, bob| {
                    let misheard = |(shown, heard): End| heard.is_some_and(|heard| heard != shown);
                    match alice.0 == bob.0 {
                        true if misheard(alice) || misheard(bob) => Unknown,
                        true => Clean,
                        false if own(alice) || own(bob) => Imitated,
                        false => Tapped,
                    }
                })
            },
        },
        Planted {
            name: "silence-is-clean",
            about: "without any log it says clean: that nobody wrote anything down is no finding",
            answer: |logs| match logs {
                (None, None) => Clean,
                logs => if_same(&logs, |one, two| one == two),
            },
        },
        Planted {
            name: "misheard-is-tapped",
            about: "a word that was misheard counts as a tap: the screens agree, and so do the keys",
            answer: |logs| {
                with_both(&logs, |alice, bob| {
                    let misheard = |(shown, heard): End| heard.is_some_and(|heard| heard != shown);
                    match alice.0 == bob.0 {
                        true if misheard(alice) || misheard(bob) => Tapped,
                        true => Clean,
                        false if own(alice) || own(bob) => Imitated,
                        false => Tapped,
                    }
                })
            },
        },
        Planted {
            name: "all-columns",
            about: "before it says clean, what was heard must agree as well: the two screens are enough",
            answer: |logs| {
                with_both(&logs, |alice, bob| match alice.0 == bob.0 {
                    true if own(alice) && own(bob) => Clean,
                    false if own(alice) || own(bob) => Imitated,
                    _ => Tapped,
                })
            },
        },
        Planted {
            name: "as-many-letters",
            about: "it compares how long the words are, and not the words",
            answer: |logs| if_same(&logs, |one, two| one.len() == two.len()),
        },
        Planted {
            name: "first-word-only",
            about: "it compares the first words only: 8 bits, and one guess in 256 passes",
            answer: |logs| if_same(&logs, |one, two| word(one, 0) == word(two, 0)),
        },
        Planted {
            name: "second-word-only",
            about: "it compares the second words only: 8 bits, and one guess in 256 passes",
            answer: |logs| if_same(&logs, |one, two| word(one, 1) == word(two, 1)),
        },
        Planted {
            name: "one-word-is-enough",
            about: "one word in common counts as the same: near is not equal, and keys are never nearly the same",
            answer: |logs| {
                if_same(&logs, |one, two| {
                    word(one, 0) == word(two, 0) || word(one, 1) == word(two, 1)
                })
            },
        },
        Planted {
            name: "no-imitators",
            about: "where somebody heard the own words it says tapped: whose screen agrees with the voice \
                    will not believe in a tap, and should know why",
            answer: |logs| if_imitated(&logs, |_, _| false),
        },
        Planted {
            name: "every-tap-imitates",
            about: "it says imitated where neither heard the own words: what was heard tells the two apart",
            answer: |logs| if_imitated(&logs, |_, _| true),
        },
        Planted {
            name: "silence-is-imitated",
            about: "nothing heard counts as the own words heard: an imitator has to speak",
            answer: |logs| {
                if_imitated(&logs, |alice, bob| {
                    own(alice) || own(bob) || alice.1.is_none() || bob.1.is_none()
                })
            },
        },
        Planted {
            name: "other-for-own",
            about: "it takes the words of the other screen for an imitator's: those are what the true voice reads out",
            answer: |logs| {
                if_imitated(&logs, |alice, bob| {
                    alice.1 == Some(bob.0) || bob.1 == Some(alice.0)
                })
            },
        },
        Planted {
            name: "findings-swapped",
            about: "tapped and imitated are the other way round: an imitator is where the own words were heard",
            answer: |logs| if_imitated(&logs, |alice, bob| !own(alice) && !own(bob)),
        },
        Planted {
            name: "one-screen-for-both-ears",
            about: "it compares what both heard with Alice's screen: what Bob heard belongs to Bob's",
            answer: |logs| if_imitated(&logs, |alice, bob| own(alice) || bob.1 == Some(alice.0)),
        },
        Planted {
            name: "exactly-one-fooled",
            about: "where both heard their own words it says tapped: that is an imitator who spoke to both",
            answer: |logs| if_imitated(&logs, |alice, bob| own(alice) != own(bob)),
        },
        Planted {
            name: "both-must-be-fooled",
            about: "it wants both to have heard their own words: one voice is enough for an imitator",
            answer: |logs| if_imitated(&logs, |alice, bob| own(alice) && own(bob)),
        },
        Planted {
            name: "alice-only",
            about: "it looks at what Alice heard, and not at what Bob heard",
            answer: |logs| if_imitated(&logs, |alice, _| own(alice)),
        },
        Planted {
            name: "bob-only",
            about: "it looks at what Bob heard, and not at what Alice heard",
            answer: |logs| if_imitated(&logs, |_, bob| own(bob)),
        },
        Planted {
            name: "anything-false-is-imitated",
            about: "whoever heard something else than the other screen shows is taken for imitated to: \
                    that is a word misheard, unless it is the own screen's",
            answer: |logs| {
                if_imitated(&logs, |alice, bob| {
                    let false_to =
                        |(_, heard): End, (other, _): End| heard.is_some_and(|heard| heard != other);
                    false_to(alice, bob) || false_to(bob, alice)
                })
            },
        },
        Planted {
            name: "half-heard-is-imitated",
            about: "one word of the own screen in the earpiece counts as an imitator: he would have read both",
            answer: |logs| {
                if_imitated(&logs, |alice, bob| {
                    let half = |(shown, heard): End| {
                        heard.is_some_and(|heard| (0..2).any(|at| word(heard, at) == word(shown, at)))
                    };
                    half(alice) || half(bob)
                })
            },
        },
        Planted {
            name: "bob-with-alice-only",
            about: "it asks what Bob heard only where Alice heard something: either one can be fooled alone",
            answer: |logs| if_imitated(&logs, |alice, bob| own(alice) || (alice.1.is_some() && own(bob))),
        },
        Planted {
            name: "alice-with-bob-only",
            about: "it asks what Alice heard only where Bob heard something: either one can be fooled alone",
            answer: |logs| if_imitated(&logs, |alice, bob| own(bob) || (bob.1.is_some() && own(alice))),
        },
        Planted {
            name: "not-heard-is-unknown",
            about: "where nobody read the words out it says unknown: both screens are in the logs, and that is enough",
            answer: |logs| {
                with_both(&logs, |alice, bob| match (alice.1, bob.1) {
                    (None, None) => Unknown,
                    _ if alice.0 == bob.0 => Clean,
                    _ if own(alice) || own(bob) => Imitated,
                    _ => Tapped,
                })
            },
        },
        Planted {
            name: "not-heard-is-clean",
            about: "where nobody read the words out it says clean: both screens are in the logs, and they differ",
            answer: |logs| {
                with_both(&logs, |alice, bob| match (alice.1, bob.1) {
                    (None, None) => Clean,
                    _ if alice.0 == bob.0 => Clean,
                    _ if own(alice) || own(bob) => Imitated,
                    _ => Tapped,
                })
            },
        },
        Planted {
            name: "needs-both-ears",
            about: "where one of them heard nothing it says unknown: both screens are in the logs, and that is enough",
            answer: |logs| {
                with_both(&logs, |alice, bob| match (alice.1, bob.1) {
                    (None, _) | (_, None) => Unknown,
                    _ if alice.0 == bob.0 => Clean,
                    _ if own(alice) || own(bob) => Imitated,
                    _ => Tapped,
                })
            },
        },
        Planted {
            name: "one-end-is-enough",
            about: "it decides from one log: to an imitator's victim, the own log looks clean",
            answer: |logs| {
                alone(&logs, |end| match own(end) {
                    true => Clean,
                    false => Tapped,
                })
            },
        },
        Planted {
            name: "one-end-can-accuse",
            about: "from one log alone it says tapped: the other one may have misread, and only the other log tells",
            answer: |logs| {
                alone(&logs, |end| match end.1.is_some() && !own(end) {
                    true => Tapped,
                    false => Unknown,
                })
            },
        },
        Planted {
            name: "one-end-can-clear",
            about: "from one log alone it says clean: that is what an imitator wants to be written there",
            answer: |logs| {
                alone(&logs, |end| match own(end) {
                    true => Clean,
                    false => Unknown,
                })
            },
        },
        Planted {
            name: "a-silent-end-accuses",
            about: "from one log with nothing heard it says tapped: people forget to compare, and nobody was between them",
            answer: |logs| {
                alone(&logs, |end| match end.1 {
                    None => Tapped,
                    Some(_) => Unknown,
                })
            },
        },
        Planted {
            name: "a-silent-end-clears",
            about: "from one log with nothing heard it says clean: what the other screen showed, it does not know",
            answer: |logs| {
                alone(&logs, |end| match end.1 {
                    None => Clean,
                    Some(_) => Unknown,
                })
            },
        },
        Planted {
            name: "one-end-can-unmask",
            about: "from one log alone it says imitated: where nobody is in between, one hears the own words, too",
            answer: |logs| {
                alone(&logs, |end| match own(end) {
                    true => Imitated,
                    false => Unknown,
                })
            },
        },
        Planted {
            name: "no-log-no-tap",
            about: "a missing log counts as a clean call",
            answer: |logs| alone(&logs, |_| Clean),
        },
    ]
}

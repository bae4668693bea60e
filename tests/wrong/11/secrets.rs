//! Lesson 11, continuity: planted wrong answers.

use messaging_lab::course::student::Planted;

use super::super::{Both, Continued, Kept};

type Secret = [u8; 32];

fn list(kept: &Kept) -> Vec<Secret> {
    [kept.0, kept.1].into_iter().flatten().collect()
}

fn first_of(ours: &Kept, theirs: &Kept) -> Option<Secret> {
    let theirs = list(theirs);
    list(ours).into_iter().find(|secret| theirs.contains(secret))
}

/// Warns as it should, whatever the shared secret is.
fn with((initiator, responder): &Both, shared: Option<Secret>) -> Continued {
    let lost = shared.is_none();
    (
        shared,
        initiator.0.is_some() && lost,
        responder.0.is_some() && lost,
    )
}

/// The shared secret, if only `ours` and `theirs` are not compared with each other.
fn but_for(both: &Both, ours: Option<Secret>, theirs: Option<Secret>) -> Option<Secret> {
    list(&both.0).into_iter().find(|secret| {
        let skipped = ours == Some(*secret);
        let known = |other: &Secret| other == secret && !(skipped && theirs == Some(*other));
        list(&both.1).iter().any(known)
    })
}

/// The right secret, and warnings of its own.
fn warning(both: &Both, of: fn(&Both, Option<Secret>) -> (bool, bool)) -> Continued {
    let shared = first_of(&both.0, &both.1);
    let (initiator, responder) = of(both, shared);
    (shared, initiator, responder)
}

pub fn continuity() -> Vec<Planted<Both, Continued>> {
    vec![
        Planted {
            name: "nothing-shared",
            about: "it finds no shared secret, even where both keep the same one",
            answer: |both| with(&both, None),
        },
        Planted {
            name: "never-warns",
            about: "it never warns: a secret that nobody misses protects nobody",
            answer: |both| warning(&both, |_, _| (false, false)),
        },
        Planted {
            name: "always-warns",
            about: "it warns whenever no secret is shared, in a first call too: nobody kept anything, nobody can miss it",
            answer: |both| warning(&both, |_, shared| (shared.is_none(), shared.is_none())),
        },
        Planted {
            name: "warns-at-every-call",
            about: "it warns even where a secret matches",
            answer: |both| warning(&both, |both, _| (both.0.0.is_some(), both.1.0.is_some())),
        },
        Planted {
            name: "nothing-at-all",
            about: "it finds nothing and warns nobody, whatever is kept",
            answer: |_| (None, false, false),
        },
        Planted {
            name: "each-for-the-newest",
            about: "each phone warns if the other lacks its newer secret: the older one is there for the case that a message was lost",
            answer: |both| {
                warning(&both, |both, _| {
                    let lacks = |secret: Option<Secret>, other: &Kept| {
                        secret.is_some_and(|secret| !list(other).contains(&secret))
                    };
                    (lacks(both.0.0, &both.1), lacks(both.1.0, &both.0))
                })
            },
        },
        Planted {
            name: "newest-only",
            about: "it compares the newer ones only: one lost last message, and both phones cry wolf",
            answer: |both| with(&both, both.0.0.filter(|newer| both.1.0 == Some(*newer))),
        },
        Planted {
            name: "same-place-only",
            about: "it compares newer with newer and older with older: after a lost last message they stand crosswise",
            answer: |both| {
                let newer = both.0.0.filter(|secret| both.1.0 == Some(*secret));
                with(
                    &both,
                    newer.or(both.0.1.filter(|secret| both.1.1 == Some(*secret))),
                )
            },
        },
        Planted {
            name: "initiators-newest-only",
            about: "it looks for the initiator's newer one only: if the responder missed the last call, the older one is shared",
            answer: |both| with(&both, both.0.0.filter(|newer| list(&both.1).contains(newer))),
        },
        Planted {
            name: "responders-newest-only",
            about: "it looks among the initiator's for the responder's newer one only: the older one may be the shared one",
            answer: |both| with(&both, both.1.0.filter(|newer| list(&both.0).contains(newer))),
        },
        Planted {
            name: "older-with-older-forgotten",
            about: "it does not compare the initiator's older one with the responder's older one",
            answer: |both| with(&both, but_for(&both, both.0.1, both.1.1)),
        },
        Planted {
            name: "older-with-newer-forgotten",
            about: "it does not compare the initiator's older one with the responder's newer one",
            answer: |both| with(&both, but_for(&both, both.0.1, both.1.0)),
        },
        Planted {
            name: "newer-with-older-forgotten",
            about: "it does not compare the initiator's newer one with the responder's older one",
            answer: |both| with(&both, but_for(&both, both.0.0, both.1.1)),
        },
        Planted {
            name: "smallest-shared",
            about: "where both keep the same two it takes the smaller one, as a sorted set would: the newer one counts",
            answer: |both| {
                let mut shared = list(&both.0);
                shared.retain(|secret| list(&both.1).contains(secret));
                with(&both, shared.into_iter().min())
            },
        },
        Planted {
            name: "largest-shared",
            about: "where both keep the same two it takes the larger one: the initiator's newer one counts",
            answer: |both| {
                let mut shared = list(&both.0);
                shared.retain(|secret| list(&both.1).contains(secret));
                with(&both, shared.into_iter().max())
            },
        },
        Planted {
            name: "responder-first",
            about: "it goes through the responder's secrets first: where two are shared, the initiator's order counts",
            answer: |both| with(&both, first_of(&both.1, &both.0)),
        },
        Planted {
            name: "older-first",
            about: "it takes the older one first: the newer one is what both should move on to",
            answer: |both| {
                let turned = (both.0.1, both.0.0);
                with(&both, first_of(&turned, &both.1))
            },
        },
        Planted {
            name: "one-sided",
            about: "it gives the initiator's secret without asking whether the responder has it",
            answer: |both| {
                let (_, initiator, responder) = with(&both, first_of(&both.0, &both.1));
                (both.0.0, initiator, responder)
            },
        },
        Planted {
            name: "initiator-warns-for-both",
            about: "it lets one phone's warning stand for both: only the one that expected something can miss it",
            answer: |both| {
                warning(&both, |both, shared| {
                    let warns = shared.is_none() && (both.0.0.is_some() || both.1.0.is_some());
                    (warns, warns)
                })
            },
        },
        Planted {
            name: "both-must-expect",
            about: "it warns only if both phones kept something: somebody in the middle keeps nothing, and nobody is told",
            answer: |both| {
                warning(&both, |both, shared| {
                    let warns = shared.is_none() && both.0.0.is_some() && both.1.0.is_some();
                    (warns, warns)
                })
            },
        },
        Planted {
            name: "warnings-swapped",
            about: "the two warnings are the other way round: the initiator's comes first",
            answer: |both| {
                let (shared, initiator, responder) = with(&both, first_of(&both.0, &both.1));
                (shared, responder, initiator)
            },
        },
        Planted {
            name: "only-the-initiator-warns",
            about: "the responder's phone never warns",
            answer: |both| {
                warning(&both, |both, shared| {
                    (shared.is_none() && both.0.0.is_some(), false)
                })
            },
        },
        Planted {
            name: "only-the-responder-warns",
            about: "the initiator's phone never warns",
            answer: |both| {
                warning(&both, |both, shared| {
                    (false, shared.is_none() && both.1.0.is_some())
                })
            },
        },
        Planted {
            name: "warns-for-the-older",
            about: "it warns only where two secrets were kept: after one earlier call there is one",
            answer: |both| {
                warning(&both, |both, shared| {
                    let lost = shared.is_none();
                    (lost && both.0.1.is_some(), lost && both.1.1.is_some())
                })
            },
        },
        Planted {
            name: "first-bytes-only",
            about: "it overlooks the later bytes: all 32 must agree",
            answer: |both| {
                let begins = |secret: &Secret| list(&both.1).iter().any(|other| other[..8] == secret[..8]);
                with(&both, list(&both.0).into_iter().find(begins))
            },
        },
        Planted {
            name: "middle-left-out",
            about: "it overlooks bytes in the middle: all 32 must agree",
            answer: |both| {
                let ends = |secret: &Secret| (secret[..16].to_vec(), secret[24..].to_vec());
                let around = |secret: &Secret| list(&both.1).iter().any(|other| ends(other) == ends(secret));
                with(&both, list(&both.0).into_iter().find(around))
            },
        },
        Planted {
            name: "last-bytes-only",
            about: "it overlooks the first bytes: all 32 must agree",
            answer: |both| {
                let ends = |secret: &Secret| list(&both.1).iter().any(|other| other[24..] == secret[24..]);
                with(&both, list(&both.0).into_iter().find(ends))
            },
        },
        Planted {
            name: "bytes-in-any-order",
            about: "it does not mind the order of the bytes: all 32 must agree, each in its place",
            answer: |both| {
                let sorted = |mut secret: Secret| {
                    secret.sort_unstable();
                    secret
                };
                let theirs: Vec<Secret> = list(&both.1).into_iter().map(sorted).collect();
                let known = |secret: &Secret| theirs.contains(&sorted(*secret));
                with(&both, list(&both.0).into_iter().find(known))
            },
        },
        Planted {
            name: "zeros-for-none",
            about: "a secret of zeros is taken for none: that is what Option is for",
            answer: |both| {
                let clean = |kept: Kept| {
                    let not_zero = |secret: &Secret| *secret != [0; 32];
                    (kept.0.filter(not_zero), kept.1.filter(not_zero))
                };
                let both = (clean(both.0), clean(both.1));
                with(&both, first_of(&both.0, &both.1))
            },
        },
        Planted {
            name: "none-calms",
            about: "two missing secrets count as equal, so the phones are calm: nothing is no secret",
            answer: |both| {
                warning(&both, |both, shared| {
                    let equal = |ours| ours == both.1.0 || ours == both.1.1;
                    let lost = shared.is_none() && !equal(both.0.0) && !equal(both.0.1);
                    (lost && both.0.0.is_some(), lost && both.1.0.is_some())
                })
            },
        },
        Planted {
            name: "none-matches-none",
            about: "two missing secrets count as equal, so nothing is found behind them, or zeros are",
            answer: |both| {
                let unwrap = |kept: &Kept| [kept.0.unwrap_or_default(), kept.1.unwrap_or_default()];
                let theirs = unwrap(&both.1);
                with(
                    &both,
                    unwrap(&both.0).into_iter().find(|secret| theirs.contains(secret)),
                )
            },
        },
    ]
}

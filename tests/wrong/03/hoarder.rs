//! Lesson 03, catch_the_hoarder: planted wrong answers.

use messaging_lab::course::student::Planted;

use super::super::{App, Hunt, Parts, Place, as_set};
use super::{contains, xored};

/// The apps that `erased` calls honest.
fn honest(apps: &[App], erased: &dyn Fn(&[Place]) -> bool) -> Vec<String> {
    as_set(
        apps.iter()
            .filter(|app| erased(&app.1))
            .map(|app| app.0.clone())
            .collect(),
    )
}

/// Whether parts of two of the images, both `after`, xor to the message; `pairs` says which two places may be joined.
fn opens(message: &[u8], places: &[Place], pairs: &dyn Fn(usize, usize) -> bool) -> bool {
    let parts: Vec<Parts> = places
        .iter()
        .map(|place| Parts::of(&[&place.2], message.len()))
        .collect();
    (0..places.len()).any(|sealed| {
        (0..places.len()).any(|pad| pairs(sealed, pad) && parts[sealed].opened_by(&parts[pad], message))
    })
}

fn plain(message: &[u8], places: &[Place], counts: &dyn Fn(&Place) -> bool) -> bool {
    places
        .iter()
        .filter(|place| counts(place))
        .any(|place| contains(&place.2, message))
}

/// The message can be had from what is left, all places together.
fn keeps(message: &[u8], places: &[Place]) -> bool {
    plain(message, places, &|_| true) || opens(message, places, &|_, _| true)
}

/// The pads and sealed bodies that gave the message before.
fn halves_before(message: &[u8], places: &[Place]) -> Vec<Vec<u8>> {
    let before: Vec<&[u8]> = places.iter().map(|place| &place.1[..]).collect();
    let before = Parts::of(&before, message.len());
    let mut halves = before.0.clone();
    halves.retain(|half| before.has(&xored(message, half)));
    halves
}

/// Whether a pad or a sealed body of before is left in a place with such a name.
fn half_left(message: &[u8], places: &[Place], name: &str) -> bool {
    let such = |place: &&Place| place.0.ends_with(name);
    let left = |half: &Vec<u8>| places.iter().filter(such).any(|place| contains(&place.2, half));
    halves_before(message, places).iter().any(left)
}

pub fn catch_the_hoarder() -> Vec<Planted<Hunt, Vec<String>>> {
    vec![
        Planted {
            name: "screen-only",
            about: "only the screens were looked at: not shown is not erased",
            answer: |(message, apps)| {
                honest(&apps, &|places| {
                    !plain(&message, places, &|place| place.0.ends_with("screen"))
                })
            },
        },
        Planted {
            name: "plain-only",
            about: "only the plain message was found: sealed bytes are the message too, with their pad at any byte of any place",
            answer: |(message, apps)| honest(&apps, &|places| !plain(&message, places, &|_| true)),
        },
        Planted {
            name: "recipient-only",
            about: "only Bob's places were looked at: the sender has a copy too",
            answer: |(message, apps)| {
                honest(&apps, &|places| {
                    let mut bobs = places.to_vec();
                    bobs.retain(|place| place.0.starts_with("Bob"));
                    !keeps(&message, &bobs)
                })
            },
        },
        Planted {
            name: "key-file-only",
            about: "pads were looked for in the key files only: one that was moved opens just as well",
            answer: |(message, apps)| {
                honest(&apps, &|places| {
                    let keys = |_, pad: usize| places[pad].0.ends_with("key file");
                    !plain(&message, places, &|_| true) && !opens(&message, places, &keys)
                })
            },
        },
        Planted {
            name: "two-places-only",
            about: "pad and sealed body were looked for in two different places: they can stand in the \
                same one",
            answer: |(message, apps)| {
                honest(&apps, &|places| {
                    !plain(&message, places, &|_| true)
                        && !opens(&message, places, &|sealed, pad| sealed != pad)
                })
            },
        },
        Planted {
            name: "same-distance-only",
            about: "pad and sealed body were looked for at the same distance from the beginning: each stands \
                where it stands",
            answer: |(message, apps)| {
                honest(&apps, &|places| {
                    let beside = |a: &Place, b: &Place| {
                        let mut parts = a.2.windows(message.len()).zip(b.2.windows(message.len()));
                        parts.any(|(one, other)| xored(one, other) == message)
                    };
                    !plain(&message, places, &|_| true)
                        && !places.iter().any(|a| places.iter().any(|b| beside(a, b)))
                })
            },
        },
        Planted {
            name: "last-stretch-missed",
            about: "the last stretch of a place was left out, or the first: what is as long as the message can begin \
                at the first byte, and where only that much is left",
            answer: |(message, apps)| {
                honest(&apps, &|places| {
                    let mut shorter = places.to_vec();
                    for (.., after) in &mut shorter {
                        after.pop();
                    }
                    !keeps(&message, &shorter)
                })
            },
        },
        Planted {
            name: "journals-only",
            about: "sealed bodies were looked for in the journals only: one that was moved opens just as well",
            answer: |(message, apps)| {
                honest(&apps, &|places| {
                    let sealed = |sealed: usize, _| places[sealed].0.ends_with("journal");
                    !plain(&message, places, &|_| true) && !opens(&message, places, &sealed)
                })
            },
        },
        Planted {
            name: "one-phone-at-a-time",
            about: "pad and sealed body were looked for on the same phone only: all places together count",
            answer: |(message, apps)| {
                honest(&apps, &|places| {
                    let owner = |at: usize| places[at].0.chars().next();
                    !plain(&message, places, &|_| true)
                        && !opens(&message, places, &|sealed, pad| owner(sealed) == owner(pad))
                })
            },
        },
        Planted {
            name: "its-beginning-is-enough",
            about: "another message was taken for this one, for some letters or as it is text: compare all of it",
            answer: |(message, apps)| honest(&apps, &|places| !keeps(&message[..message.len() - 1], places)),
        },
        Planted {
            name: "its-end-is-enough",
            about: "another message was taken for this one, for the letters that it ends with: compare all of it",
            answer: |(message, apps)| honest(&apps, &|places| !keeps(&message[1..], places)),
        },
        Planted {
            name: "where-it-was",
            about: "only places that held it before were looked at: it was copied to another one",
            answer: |(message, apps)| {
                honest(&apps, &|places| {
                    let halves = halves_before(&message, places);
                    let had = |place: &Place| {
                        contains(&place.1, &message) || halves.iter().any(|half| contains(&place.1, half))
                    };
                    let mut old = places.to_vec();
                    old.retain(had);
                    !keeps(&message, &old)
                })
            },
        },
        Planted {
            name: "sealed-is-kept",
            about: "sealed bodies in the journals were taken for the message: without a pad they give nothing",
            answer: |(message, apps)| {
                honest(&apps, &|places| {
                    !plain(&message, places, &|_| true) && !half_left(&message, places, "journal")
                })
            },
        },
        Planted {
            name: "pad-is-kept",
            about: "a pad in a key file was taken for the message: without a sealed body it gives nothing",
            answer: |(message, apps)| {
                honest(&apps, &|places| {
                    !plain(&message, places, &|_| true) && !half_left(&message, places, "key file")
                })
            },
        },
        Planted {
            name: "half-is-kept",
            about: "a sealed body without its pad, or a pad alone, was taken for the message: it takes both",
            answer: |(message, apps)| {
                honest(&apps, &|places| {
                    !plain(&message, places, &|_| true) && !half_left(&message, places, "")
                })
            },
        },
        Planted {
            name: "changed-is-erased",
            about: "something changed, or the first place is clean, and that was taken for erasing: look at every place",
            answer: |(_, apps)| honest(&apps, &|places| places.iter().any(|place| place.1 != place.2)),
        },
        Planted {
            name: "one-place-at-a-time",
            about: "pad and sealed body were looked for in one place only: the body can lie in one and its pad in another",
            answer: |(message, apps)| {
                honest(&apps, &|places| {
                    !plain(&message, places, &|_| true)
                        && !opens(&message, places, &|sealed, pad| sealed == pad)
                })
            },
        },
        Planted {
            name: "short-places-forgotten",
            about: "a place shorter than the message was not thought of: there is no stretch of its length in it",
            answer: |(message, apps)| {
                honest(&apps, &|places| {
                    let last = |place: &Place| place.2.len() - message.len();
                    places.iter().all(|place| last(place) < usize::MAX) && !keeps(&message, places)
                })
            },
        },
        Planted {
            name: "everyone",
            about: "it says that all of them erased it: is every stretch of every place compared, in plain and under a pad, and does \
                what one place gives still count after the next one?",
            answer: |(_, apps)| honest(&apps, &|_| true),
        },
        Planted {
            name: "no-one",
            about: "it never trusts anybody. The images before the deadline hold it, of course: look at those after. And \
                bytes that are not zero are not yet the message",
            answer: |_| Vec::new(),
        },
        Planted {
            name: "the-hoarders",
            about: "those are the apps that keep it; asked for are the ones that erased it",
            answer: |(message, apps)| honest(&apps, &|places| keeps(&message, places)),
        },
        Planted {
            name: "one-only",
            about: "the search ended at the first honest one",
            answer: |(message, apps)| {
                let mut erased = honest(&apps, &|places| !keeps(&message, places));
                erased.truncate(1);
                erased
            },
        },
    ]
}

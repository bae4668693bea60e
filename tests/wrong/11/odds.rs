//! Lesson 11, odds: planted wrong answers, each rounded as the check rounds.

use messaging_lab::course::student::Planted;

use super::super::{Shares, rounded};

/// The chance to miss it in each of `calls` calls, one of which is missed with `once`.
fn all(once: f64, calls: u32) -> f64 {
    once.powf(f64::from(calls))
}

pub fn odds() -> Vec<Planted<Shares, f64>> {
    vec![
        Planted {
            name: "zero",
            about: "it always says 0: no tap goes unseen",
            answer: |_| 0.0,
        },
        Planted {
            name: "one",
            about: "it always says 1: every tap goes unseen",
            answer: |_| 1.0,
        },
        Planted {
            name: "half",
            about: "it always says the same",
            answer: |_| 0.5,
        },
        Planted {
            name: "one-guess",
            about: "it gives the man in the middle's one guess in 65,536: that is what the words leave him, not the people",
            answer: |_| rounded(1.0 / 65_536.0),
        },
        Planted {
            name: "dice-each-call",
            about: "it lets every pair compare now and then: here some always do and the others never, however many calls",
            answer: |(calls, compare, notice)| rounded(all(1.0 - compare * notice, calls)),
        },
        Planted {
            name: "both-must-be-careful",
            about: "it squares the share that compares: the share is one of pairs already",
            answer: |(calls, compare, notice)| {
                let both = compare * compare;
                rounded((1.0 - both) + both * all(1.0 - notice, calls))
            },
        },
        Planted {
            name: "two-chances-a-call",
            about: "it gives each of the two a chance of their own: `notice` is the pair's",
            answer: |(calls, compare, notice)| {
                rounded((1.0 - compare) + compare * all((1.0 - notice) * (1.0 - notice), calls))
            },
        },
        Planted {
            name: "careless-sooner-or-later",
            about: "it lets the careless pairs become careful some day: here they never compare, in no call",
            answer: |(calls, compare, notice)| {
                rounded(all(1.0 - compare, calls) + compare * all(1.0 - notice, calls))
            },
        },
        Planted {
            name: "too-small-a-number",
            about: "it forces the number of calls into 16 bits: f64::from(calls) loses nothing",
            answer: |(calls, compare, notice)| {
                rounded((1.0 - compare) + compare * all(1.0 - notice, u32::from(calls as u16)))
            },
        },
        Planted {
            name: "far-too-small-a-number",
            about: "it forces the number of calls into 8 bits: f64::from(calls) loses nothing",
            answer: |(calls, compare, notice)| {
                rounded((1.0 - compare) + compare * all(1.0 - notice, u32::from(calls as u8)))
            },
        },
        Planted {
            name: "a-thousand-is-enough",
            about: "it stops after some of the calls: where few are noticed, all of them count",
            answer: |(calls, compare, notice)| {
                rounded((1.0 - compare) + compare * all(1.0 - notice, calls.min(1000)))
            },
        },
        Planted {
            name: "two-calls",
            about: "it counts two calls, however many there are",
            answer: |(_, compare, notice)| rounded((1.0 - compare) + compare * all(1.0 - notice, 2)),
        },
        Planted {
            name: "one-call",
            about: "it counts one call only: who compares has a new chance in each",
            answer: |(_, compare, notice)| rounded(1.0 - compare * notice),
        },
        Planted {
            name: "chance-to-be-seen",
            about: "it gives the chance that it is noticed; the other one is asked for",
            answer: |(calls, compare, notice)| rounded(compare * (1.0 - all(1.0 - notice, calls))),
        },
        Planted {
            name: "everybody-compares",
            about: "it forgets the pairs that never compare: they never find out",
            answer: |(calls, _, notice)| rounded(all(1.0 - notice, calls)),
        },
        Planted {
            name: "nobody-notices",
            about: "it counts only those who do not compare: some of the others miss it, too",
            answer: |(_, compare, _)| rounded(1.0 - compare),
        },
        Planted {
            name: "only-the-careful",
            about: "it counts only those who compare and miss it: add the pairs that never compare",
            answer: |(calls, compare, notice)| rounded(compare * all(1.0 - notice, calls)),
        },
        Planted {
            name: "groups-multiplied",
            about: "it multiplies the two groups: those who never compare and those who miss it are to be added",
            answer: |(calls, compare, notice)| rounded((1.0 - compare) * all(1.0 - notice, calls)),
        },
        Planted {
            name: "groups-overlap",
            about: "it adds the chance to miss it for all pairs: only the share that compares has that chance",
            answer: |(calls, compare, notice)| rounded((1.0 - compare) + all(1.0 - notice, calls)),
        },
        Planted {
            name: "share-in-the-power",
            about: "it multiplies by the share that compares once for each call: that share counts once",
            answer: |(calls, compare, notice)| {
                rounded((1.0 - compare) + all(compare * (1.0 - notice), calls))
            },
        },
        Planted {
            name: "the-rest",
            about: "it takes those who compare and miss it away from all: they never find out, and are to be counted",
            answer: |(calls, compare, notice)| rounded(1.0 - compare * all(1.0 - notice, calls)),
        },
        Planted {
            name: "seen-in-every-call",
            about: "it asks that they notice in every call: once is enough, so multiply the chances to miss it",
            answer: |(calls, compare, notice)| rounded(1.0 - all(compare * notice, calls)),
        },
        Planted {
            name: "chances-added",
            about: "it adds up the chances to notice: ten calls with a half each are not five times certain",
            answer: |(calls, compare, notice)| {
                let seen = (f64::from(calls) * notice).min(1.0);
                rounded((1.0 - compare) + compare * (1.0 - seen))
            },
        },
        Planted {
            name: "chances-added-below-zero",
            about: "it adds up the chances to notice, which can come to more than 1: multiply the chances to miss it",
            answer: |(calls, compare, notice)| {
                rounded((1.0 - compare) + compare * (1.0 - f64::from(calls) * notice))
            },
        },
        Planted {
            name: "times-calls",
            about: "it multiplies by the number of calls: to miss it in every call, the chances are multiplied with one another",
            answer: |(calls, compare, notice)| {
                rounded((1.0 - f64::from(calls) * compare * notice).clamp(0.0, 1.0))
            },
        },
        Planted {
            name: "misses-added",
            about: "it adds up the chances to miss it: to miss it in every call, they are multiplied with one another",
            answer: |(calls, compare, notice)| {
                rounded((1.0 - compare) + compare * (1.0 - notice) * f64::from(calls))
            },
        },
        Planted {
            name: "divided-by-calls",
            about: "it divides by the number of calls: to miss it in every call, the chances are multiplied with one another",
            answer: |(calls, compare, notice)| {
                rounded((1.0 - compare) + compare * (1.0 - notice) / f64::from(calls.max(1)))
            },
        },
        Planted {
            name: "noticed-for-missed",
            about: "it takes the share that notices for the share that misses",
            answer: |(calls, compare, notice)| rounded((1.0 - compare) + compare * all(notice, calls)),
        },
        Planted {
            name: "shares-swapped",
            about: "it takes the two shares the other way round: first who compares, then who notices",
            answer: |(calls, compare, notice)| rounded((1.0 - notice) + notice * all(1.0 - compare, calls)),
        },
        Planted {
            name: "one-call-less",
            about: "it leaves out one call",
            answer: |(calls, compare, notice)| {
                rounded((1.0 - compare) + compare * all(1.0 - notice, calls.saturating_sub(1)))
            },
        },
        Planted {
            name: "one-call-more",
            about: "it counts one call too many",
            answer: |(calls, compare, notice)| {
                rounded((1.0 - compare) + compare * all(1.0 - notice, calls + 1))
            },
        },
        Planted {
            name: "ever-at-all",
            about: "it gives the chance to miss it at least once: unseen means missed every time",
            answer: |(calls, compare, notice)| {
                rounded((1.0 - compare) + compare * (1.0 - all(notice, calls)))
            },
        },
        Planted {
            name: "in-percent",
            about: "it answers in percent: a share is asked for, 0.25 and not 25",
            answer: |(calls, compare, notice)| {
                rounded(100.0 * ((1.0 - compare) + compare * all(1.0 - notice, calls)))
            },
        },
        Planted {
            name: "shares-rounded",
            about: "it rounds the shares to whole percents before it begins: 0.125 is not 0.13",
            answer: |(calls, compare, notice)| {
                let percents = |share: f64| (share * 100.0).round() / 100.0;
                let (compare, notice) = (percents(compare), percents(notice));
                rounded((1.0 - compare) + compare * all(1.0 - notice, calls))
            },
        },
        Planted {
            name: "shares-cut-off",
            about: "it cuts the shares down to whole percents before it begins: 0.125 is not 0.12",
            answer: |(calls, compare, notice)| {
                let percents = |share: f64| (share * 100.0).trunc() / 100.0;
                let (compare, notice) = (percents(compare), percents(notice));
                rounded((1.0 - compare) + compare * all(1.0 - notice, calls))
            },
        },
        Planted {
            name: "whole-percents",
            about: "it rounds to whole percents: that is further off than the lesson allows",
            answer: |(calls, compare, notice)| {
                ((1.0 - compare) * 100.0 + compare * 100.0 * all(1.0 - notice, calls)).round() / 100.0
            },
        },
    ]
}

//! Lesson 12, hear_the_shape: planted wrong answers.

use std::collections::BTreeMap;

use messaging_lab::course::student::Planted;

use super::super::Shape;

/// The phrase whose example has the least of `apart`; the first of several.
fn least((sizes, phrases): &Shape, apart: impl Fn(&[usize], &[usize]) -> f64) -> String {
    let mut best = (f64::INFINITY, "");
    for (phrase, example) in phrases {
        let apart = apart(sizes, example);
        if apart < best.0 {
            best = (apart, phrase);
        }
    }
    best.1.to_string()
}

fn apart(a: usize, b: usize) -> f64 {
    a.abs_diff(b) as f64
}

/// How often each item occurs, in parts of the whole.
fn shares<T: Ord>(items: impl Iterator<Item = T>) -> BTreeMap<T, f64> {
    let mut shares = BTreeMap::new();
    let mut all = 0.0;
    for item in items {
        *shares.entry(item).or_insert(0.0) += 1.0;
        all += 1.0;
    }
    shares.values_mut().for_each(|share| *share /= all);
    shares
}

fn distance<T: Ord>(a: BTreeMap<T, f64>, b: BTreeMap<T, f64>) -> f64 {
    let both = a.keys().chain(b.keys().filter(|key| !a.contains_key(key)));
    let share = |of: &BTreeMap<T, f64>, key: &T| of.get(key).copied().unwrap_or(0.0);
    both.map(|key| (share(&a, key) - share(&b, key)).abs()).sum()
}

pub fn hear_the_shape() -> Vec<Planted<Shape, String>> {
    vec![
        Planted {
            name: "always-the-first",
            about: "the first phrase of the list every time: that is guessing",
            answer: |shape| shape.1[0].0.clone(),
        },
        Planted {
            name: "no-phrase",
            about: "no phrase at all",
            answer: |_| String::new(),
        },
        Planted {
            name: "always-the-last",
            about: "the last phrase of the list every time: the least distance is not kept, or sizes exactly alike were looked \
                    for, and nobody says a thing twice in the same way",
            answer: |(sizes, phrases)| {
                let alike = phrases.iter().find(|(_, example)| *example == sizes);
                alike
                    .or(phrases.last())
                    .map_or(String::new(), |(phrase, _)| phrase.clone())
            },
        },
        Planted {
            name: "number-of-frames",
            about: "only the number of frames was compared: another pace changes it for every phrase",
            answer: |shape| least(&shape, |a, b| apart(a.len(), b.len())),
        },
        Planted {
            name: "number-of-bytes",
            about: "only the sum of the bytes was compared: another pace changes it for every phrase",
            answer: |shape| least(&shape, |a, b| apart(a.iter().sum(), b.iter().sum())),
        },
        Planted {
            name: "mean-size",
            about: "only the mean size was compared: it says how loud the voice is, not what was said",
            answer: |shape| {
                let mean = |sizes: &[usize]| sizes.iter().sum::<usize>() as f64 / sizes.len() as f64;
                least(&shape, |a, b| (mean(a) - mean(b)).abs())
            },
        },
        Planted {
            name: "without-the-order",
            about: "how often each size occurs was compared, and not in which order: the order is the phrase",
            answer: |shape| least(&shape, |a, b| distance(shares(a.iter()), shares(b.iter()))),
        },
        Planted {
            name: "neighbours-only",
            about: "pairs of neighbouring sizes were counted: better than sizes alone, and most of the order is still lost",
            answer: |shape| {
                least(&shape, |a, b| {
                    distance(shares(a.windows(2)), shares(b.windows(2)))
                })
            },
        },
        Planted {
            name: "pieces-of-three",
            about: "pieces of three sizes were counted, repeats left out: it copes with the pace, and loses where each piece stands",
            answer: |shape| {
                let pieces = |sizes: &[usize]| {
                    let mut steps = sizes.to_vec();
                    steps.dedup();
                    steps
                };
                least(&shape, |a, b| {
                    let (a, b) = (pieces(a), pieces(b));
                    distance(shares(a.windows(3)), shares(b.windows(3)))
                })
            },
        },
        Planted {
            name: "frame-by-frame",
            about: "frame 1 was laid on frame 1, 2 on 2: at another pace the same sound stands at another place",
            answer: |shape| {
                least(&shape, |a, b| {
                    let size = |of: &[usize], at: usize| of.get(at).copied().unwrap_or(0);
                    (0..a.len().max(b.len()))
                        .map(|at| apart(size(a, at), size(b, at)))
                        .sum()
                })
            },
        },
        Planted {
            name: "most-frames-alike",
            about: "it was counted how many frames are alike at the same place: at another pace they stand elsewhere",
            answer: |shape| {
                least(&shape, |a, b| {
                    -(a.iter().zip(b).filter(|(a, b)| a == b).count() as f64)
                })
            },
        },
        Planted {
            name: "the-beginning-only",
            about: "only the first frames were compared: several phrases begin alike, and the pace moves even those",
            answer: |shape| {
                least(&shape, |a, b| {
                    a.iter().zip(b).take(20).map(|(a, b)| apart(*a, *b)).sum()
                })
            },
        },
        Planted {
            name: "pauses-only",
            about: "only the number of pauses was compared: several phrases have as many",
            answer: |shape| {
                let pauses = |sizes: &[usize]| {
                    sizes
                        .windows(2)
                        .filter(|pair| pair[0] > 29 && pair[1] == 29)
                        .count()
                };
                least(&shape, |a, b| apart(pauses(a), pauses(b)))
            },
        },
        Planted {
            name: "past-the-end",
            about: "both lists were walked with one index, and the example is shorter: the pace is another one",
            answer: |shape| {
                least(&shape, |a, b| {
                    a.iter().enumerate().map(|(at, size)| apart(*size, b[at])).sum()
                })
            },
        },
        Planted {
            name: "the-farthest",
            about: "the example that is farthest away was taken: the nearest is wanted",
            answer: |shape| {
                least(&shape, |a, b| {
                    let stretched = |of: &[usize], at: usize| of[at * of.len() / 100];
                    -(0..100)
                        .map(|at| apart(stretched(a, at), stretched(b, at)))
                        .sum::<f64>()
                })
            },
        },
    ]
}

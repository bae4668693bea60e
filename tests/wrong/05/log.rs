//! Lesson 05, `who_talks_to_whom`: planted wrong answers.

use messaging_lab::course::student::Planted;

use super::super::{Line, Picture};

/// Each pair of two different people with a line between them.
fn pairs(log: &[Line]) -> Vec<(String, String)> {
    let lines = log.iter().filter(|(_, from, to, _)| from != to);
    lines
        .map(|(_, from, to, _)| (from.min(to).clone(), from.max(to).clone()))
        .collect()
}

/// The first of the hours with the largest sum of what each line counts for in which hour.
fn busiest(log: &[Line], hour_and_weight: fn(&Line) -> (u64, u64)) -> Option<u64> {
    let mut sums: Vec<(u64, u64)> = Vec::new();
    for line in log {
        let (hour, weight) = hour_and_weight(line);
        match sums.iter_mut().find(|sum| sum.0 == hour) {
            Some(sum) => sum.1 += weight,
            None => sums.push((hour, weight)),
        }
    }
    let most = sums.iter().map(|sum| sum.1).max()?;
    sums.retain(|sum| sum.1 == most);
    sums.iter().map(|sum| sum.0).min()
}

/// The hour of the day of a line.
fn hour(line: &Line) -> u64 {
    line.0 / 3_600_000 % 24
}

fn right_hour(log: &[Line]) -> Option<u64> {
    busiest(log, |line| (hour(line), 1))
}

pub fn who_talks_to_whom() -> Vec<Planted<Vec<Line>, Picture>> {
    vec![
        Planted {
            name: "oneself",
            about: "a line from somebody to the same person was taken for a pair",
            answer: |log| {
                let lines = log.iter().map(|(_, from, to, _)| (from.clone(), to.clone()));
                (lines.collect(), right_hour(&log))
            },
        },
        Planted {
            name: "answered-only",
            about: "only pairs that wrote both ways were counted: a message that nobody answers was written, too",
            answer: |log| {
                let both = pairs(&log).into_iter().filter(|(one, other)| {
                    let wrote =
                        |a: &String, b: &String| log.iter().any(|(_, from, to, _)| from == a && to == b);
                    wrote(one, other) && wrote(other, one)
                });
                (both.collect(), right_hour(&log))
            },
        },
        Planted {
            name: "one-direction-only",
            about: "lines whose sender comes behind their recipient in the alphabet were left out: put the two names in order",
            answer: |log| {
                let lines = log.iter().filter(|(_, from, to, _)| from < to);
                let pairs = lines.map(|(_, from, to, _)| (from.clone(), to.clone()));
                (pairs.collect(), right_hour(&log))
            },
        },
        Planted {
            name: "names-trimmed",
            about: "spaces at the edge of a name were cut off: two names are the same only if all their bytes are",
            answer: |log| {
                let mut cut = log.clone();
                for (_, from, to, _) in &mut cut {
                    (*from, *to) = (from.trim().to_string(), to.trim().to_string());
                }
                (pairs(&cut), right_hour(&log))
            },
        },
        Planted {
            name: "hour-in-a-byte",
            about: "the hours since the beginning were cut to a byte, which begins again at 256: take a wider number",
            answer: |log| {
                let hours = busiest(&log, |line| (u64::from((line.0 / 3_600_000) as u8) % 24, 1));
                (pairs(&log), hours)
            },
        },
        Planted {
            name: "everybody-with-everybody",
            about: "all people in the log were paired: most of them never wrote to one another",
            answer: |log| {
                let mut people = Vec::new();
                let mut all = Vec::new();
                for someone in log.iter().flat_map(|(_, from, to, _)| [from, to]) {
                    if !people.contains(&someone) {
                        all.extend(people.iter().map(|&other| (other.clone(), someone.clone())));
                        people.push(someone);
                    }
                }
                (all, right_hour(&log))
            },
        },
        Planted {
            name: "first-pair-only",
            about: "only the first pair was listed",
            answer: |log| (pairs(&log).into_iter().take(1).collect(), right_hour(&log)),
        },
        Planted {
            name: "no-pairs",
            about: "the pairs are missing",
            answer: |log| (vec![], right_hour(&log)),
        },
        Planted {
            name: "no-hour",
            about: "the hour is missing: `None` is for an empty log",
            answer: |log| (pairs(&log), None),
        },
        Planted {
            name: "hour-of-an-empty-log",
            about: "an hour was named although nobody wrote",
            answer: |log| (pairs(&log), right_hour(&log).or(Some(0))),
        },
        Planted {
            name: "most-bytes",
            about: "the bytes were added up, not the messages",
            answer: |log| (pairs(&log), busiest(&log, |line| (hour(line), line.3))),
        },
        Planted {
            name: "minutes",
            about: "divided by 60,000: those are minutes",
            answer: |log| (pairs(&log), busiest(&log, |line| (line.0 / 60_000 % 24, 1))),
        },
        Planted {
            name: "not-milliseconds",
            about: "the times were taken for seconds; they are milliseconds",
            answer: |log| (pairs(&log), busiest(&log, |line| (line.0 / 3_600 % 24, 1))),
        },
        Planted {
            name: "hours-since-the-first-midnight",
            about: "hours were counted on from the first midnight: after 23 comes 0 again, and all days count together",
            answer: |log| (pairs(&log), busiest(&log, |line| (line.0 / 3_600_000, 1))),
        },
        Planted {
            name: "one-day-only",
            about: "the fullest hour of a single day was taken: all days count together",
            answer: |log| {
                let fullest = busiest(&log, |line| (line.0 / 3_600_000, 1));
                (pairs(&log), fullest.map(|hour| hour % 24))
            },
        },
        Planted {
            name: "from-one-to-24",
            about: "the hours were numbered from 1: the one after midnight is 0",
            answer: |log| (pairs(&log), right_hour(&log).map(|hour| hour + 1)),
        },
        Planted {
            name: "rounded",
            about: "the times were rounded to the nearest full hour: 7:59 belongs to hour 7",
            answer: |log| {
                let rounded = busiest(&log, |line| ((line.0 + 1_800_000) / 3_600_000 % 24, 1));
                (pairs(&log), rounded)
            },
        },
        Planted {
            name: "first-hour",
            about: "that is the hour of the first line",
            answer: |log| (pairs(&log), log.first().map(hour)),
        },
        Planted {
            name: "last-hour",
            about: "that is the hour of the last line",
            answer: |log| (pairs(&log), log.last().map(hour)),
        },
        Planted {
            name: "pairs-counted",
            about: "pairs were counted, not messages: four lines of one pair are four messages",
            answer: |log| {
                let mut once: Vec<Line> = Vec::new();
                let pair = |line: &Line| {
                    (
                        hour(line),
                        line.1.clone().min(line.2.clone()),
                        line.1.clone().max(line.2.clone()),
                    )
                };
                for line in &log {
                    if !once.iter().any(|other| pair(other) == pair(line)) {
                        once.push(line.clone());
                    }
                }
                (pairs(&log), right_hour(&once))
            },
        },
        Planted {
            name: "oneself-not-counted",
            about: "lines to oneself were left out of the hour: no pair, but somebody was awake",
            answer: |log| {
                let mut others = log.clone();
                others.retain(|(_, from, to, _)| from != to);
                (pairs(&log), right_hour(&others))
            },
        },
        Planted {
            name: "most-messages",
            about: "that is how many messages the busiest hour has, not which hour it is",
            answer: |log| {
                let count = right_hour(&log).map(|busy| log.iter().filter(|line| hour(line) == busy).count());
                (pairs(&log), count.map(|count| count as u64))
            },
        },
        Planted {
            name: "counted-in-a-byte",
            about: "the lines of an hour were counted in a byte, which begins again at 256: take a wider number",
            answer: |log| {
                let mut counts = [0_u8; 24];
                for line in &log {
                    let hour = hour(line) as usize;
                    counts[hour] = counts[hour].wrapping_add(1);
                }
                let busiest = (0..24).max_by_key(|&hour| counts[hour as usize]);
                (pairs(&log), busiest.filter(|_| !log.is_empty()))
            },
        },
        Planted {
            name: "time-in-32-bits",
            about: "the time was cut to 32 bits: that is enough for 49 days in milliseconds",
            answer: |log| {
                (
                    pairs(&log),
                    busiest(&log, |line| (u64::from(line.0 as u32) / 3_600_000 % 24, 1)),
                )
            },
        },
        Planted {
            name: "time-in-a-small-float",
            about: "the time became an f32, which has 24 bits: a minute before nine can be nine then",
            answer: |log| {
                let hours = busiest(&log, |line| ((line.0 as f32 / 3_600_000.0) as u64 % 24, 1));
                (pairs(&log), hours)
            },
        },
        Planted {
            name: "joined-and-split",
            about: "the two names were joined to one text and taken apart again: a name can contain what stands between",
            answer: |log| {
                let mut split = Vec::new();
                for (one, other) in pairs(&log) {
                    if let Some((one, other)) = format!("{one}-{other}").split_once('-') {
                        split.push((one.to_string(), other.to_string()));
                    }
                }
                (split, right_hour(&log))
            },
        },
        Planted {
            name: "small-letters",
            about: "the names were written in small letters: Bob and bob are two people",
            answer: |log| {
                let small: Vec<Line> = log
                    .iter()
                    .map(|(at, from, to, bytes)| (*at, from.to_lowercase(), to.to_lowercase(), *bytes))
                    .collect();
                (pairs(&small), right_hour(&log))
            },
        },
        Planted {
            name: "nothing",
            about: "it never says anything",
            answer: |_| (vec![], None),
        },
    ]
}

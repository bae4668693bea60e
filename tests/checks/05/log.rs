//! Lesson 05, `who_talks_to_whom`: what a log gives away.

use std::fmt;

use messaging_lab::course::exam::{Exam, Fault};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::{NoAnswer, Student};
use messaging_lab::envelope::identity::Identity;
use messaging_lab::envelope::parcel::{Address, Parcel};
use messaging_lab::envelope::prekeys::PreKeys;
use messaging_lab::envelope::relay::Relay;
use messaging_lab::ground::clock::{ControlledClock, Millis};
use messaging_lab::ground::randomness::Seeded;
use messaging_lab::ground::secret::Secret;

use super::{Played, key, put, wrong};

/// When, from, to, how many bytes.
pub type Line = (Millis, String, String, u64);

/// What somebody may put between two names, in a name.
const EVERY_SIGN: &str = "a - b:c,d|e/f.g@h#i->j=>k<->l\tm\nn\0o+p&q;r_s::t";

/// Pairs of people, and an hour of the day.
pub type Picture = (Vec<(String, String)>, Option<u64>);

/// The same, with each pair once, and its two names in one order.
#[derive(PartialEq)]
pub struct Seen(Vec<[String; 2]>, Option<u64>);

impl fmt::Debug for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "pairs {}, busiest hour {:?}", listed(&self.0), self.1)
    }
}

fn listed<'a>(pairs: impl IntoIterator<Item = &'a [String; 2]>) -> String {
    let pairs: Vec<String> = pairs.into_iter().map(|pair| pair.join("-")).collect();
    format!("[{}]", pairs.join(", "))
}

/// More lines of a log than these are not told one by one.
const SHOWN_LINES: usize = 12;

/// Asks for the picture.
#[allow(clippy::ptr_arg)] // An exam hands over its question as it is.
fn picture(student: &mut dyn Student<Vec<Line>, Picture>, log: &Vec<Line>) -> Result<Seen, NoAnswer> {
    let (pairs, busiest) = student.answer(log)?;
    let mut once = Vec::new();
    for (one, other) in pairs {
        put(&mut once, pair(one, other));
    }
    Ok(Seen(once, busiest))
}

fn pair(one: String, other: String) -> [String; 2] {
    if one <= other { [one, other] } else { [other, one] }
}

/// A log line of day, hour and minute.
fn line(day: u64, hour: u64, minute: u64, from: &str, to: &str, bytes: u64) -> Line {
    let at = ((day * 24 + hour) * 60 + minute) * 60_000;
    (at, from.to_string(), to.to_string(), bytes)
}

/// What a relay's own log says after two days among five people. It was never asked to open anything.
fn a_relays_log() -> Option<Vec<Line>> {
    let clock = ControlledClock::new(0);
    let mut relay = Relay::honest(clock.clone());
    let mut random = Seeded::new(7);
    for user in ["alice", "bob", "carol", "clinic", "newspaper"] {
        let identity = Identity::from_private(Secret::new(key(&mut random)));
        let pre_keys = PreKeys::generate(&identity, 0, &mut random).ok()?;
        relay
            .register(
                &Address::new(user, 1).ok()?,
                &pre_keys.upload(&identity).to_bytes(),
            )
            .ok()?;
    }
    for (day, hour, minute, from, to, text) in [
        (0, 7, 2, "alice", "clinic", 40),
        (0, 7, 15, "clinic", "alice", 900),
        (0, 9, 30, "bob", "carol", 12),
        (0, 22, 41, "carol", "newspaper", 30_000),
        (1, 7, 5, "alice", "clinic", 35),
        (1, 7, 31, "alice", "bob", 180),
        (1, 7, 33, "bob", "alice", 9),
        (1, 12, 0, "bob", "carol", 20),
        (1, 22, 44, "carol", "newspaper", 45_000),
    ] {
        let at = line(day, hour, minute, from, to, 0).0;
        clock.set_wall(at);
        let parcel = Parcel {
            from: Address::new(from, 1).ok()?,
            to: Address::new(to, 1).ok()?,
            serial: 0,
            message: random.bytes(48 + text),
        };
        relay.post(&parcel.to_bytes()).ok()?;
    }
    let lines = relay.log().iter().map(|logged| {
        let (from, to) = (logged.from.user().to_string(), logged.to.user().to_string());
        (logged.at, from, to, logged.bytes as u64)
    });
    Some(lines.collect())
}

/// Lines of a log -> who talks to whom, and at what hour most.
pub fn who_talks_to_whom(student: impl Student<Vec<Line>, Picture>) -> Verdict {
    let real = a_relays_log().unwrap_or_else(|| panic!("the relay refused a parcel"));
    Exam::of_runs("relay/who_talks_to_whom", wrong::who_talks_to_whom(), picture)
        .case(
            "the worked example",
            vec![
                line(0, 8, 10, "alice", "bob", 77),
                line(0, 8, 30, "bob", "alice", 82),
                line(0, 21, 5, "alice", "carol", 77),
            ],
        )
        .case("nobody wrote", vec![])
        .case("one line", vec![line(0, 13, 0, "dora", "carol", 77)])
        .case(
            "several days, the same hour",
            vec![
                line(0, 7, 1, "alice", "bob", 77),
                line(0, 20, 1, "alice", "bob", 77),
                line(0, 20, 2, "alice", "bob", 77),
                line(1, 7, 1, "alice", "bob", 77),
                line(2, 7, 1, "alice", "bob", 77),
            ],
        )
        .case(
            "from one device of hers to the other",
            vec![
                line(0, 3, 0, "alice", "alice", 500),
                line(0, 3, 1, "alice", "alice", 500),
                line(0, 9, 0, "alice", "bob", 77),
            ],
        )
        .case(
            "many short ones and a long one",
            vec![
                line(0, 6, 0, "alice", "bob", 77),
                line(0, 6, 5, "bob", "alice", 77),
                line(0, 17, 0, "alice", "bob", 65_600),
            ],
        )
        .case(
            "one pair at length, three in passing",
            vec![
                line(0, 10, 0, "alice", "bob", 77),
                line(0, 10, 1, "bob", "alice", 77),
                line(0, 10, 2, "alice", "bob", 77),
                line(0, 10, 3, "bob", "alice", 77),
                line(0, 15, 0, "alice", "carol", 77),
                line(0, 15, 1, "dora", "carol", 77),
                line(0, 15, 2, "bob", "dora", 77),
            ],
        )
        .case(
            "at the full hour, and just before",
            vec![
                (3_599_999, "alice".into(), "bob".into(), 77),
                (3_600_000, "alice".into(), "bob".into(), 77),
                (7_199_999, "alice".into(), "bob".into(), 77),
            ],
        )
        .case(
            "just before the full hour, after many days",
            (0..3)
                .flat_map(|day| {
                    let at = line(4_011 + day, 9, 0, "", "", 0).0;
                    [
                        (at - 1, "alice".into(), "bob".into(), 77),
                        (at, "bob".into(), "alice".into(), 77),
                    ]
                })
                .chain([(
                    line(4_014, 9, 0, "", "", 0).0 - 1,
                    "alice".into(),
                    "bob".into(),
                    77,
                )])
                .collect(),
        )
        .case(
            "many lines in one hour",
            (0..50)
                .map(|minute| line(0, 4, minute, "alice", "bob", 77))
                .chain((0..300).map(|number| line(0, 5, number / 5, "alice", "bob", 77)))
                .collect(),
        )
        .case(
            "names of every kind",
            vec![
                line(0, 8, 0, "ann-marie", "bob", 77),
                line(0, 8, 1, "ann", "marie-bob", 77),
                line(0, 8, 2, "Bob", "bob", 77),
                line(0, 8, 3, "the chess club", "j\u{f6}rg", 77),
                line(0, 8, 4, "a,b", "c:d", 77),
                line(0, 8, 5, "x/1", "y|z", 77),
                line(0, 8, 6, "to", "a to b", 77),
                line(0, 8, 7, "u_v", "w;x", 77),
                line(0, 8, 8, "carol", " carol", 77),
                line(0, 8, 9, EVERY_SIGN, &format!("z{EVERY_SIGN}z"), 77),
            ],
        )
        .case(
            "lines to oneself alone",
            vec![
                line(0, 6, 0, "dora", "dora", 500),
                line(1, 6, 0, "erik", "erik", 500),
            ],
        )
        .case(
            "around midnight",
            vec![
                line(0, 23, 58, "alice", "bob", 77),
                line(0, 23, 59, "bob", "alice", 77),
                line(1, 0, 0, "alice", "bob", 77),
            ],
        )
        .case("the log of a real relay", real)
        .seeded(30, |random| {
            let people = ["alice", "bob", "carol", "dora", "erik", "fay"];
            let count = 1 + random.below(30);
            let mut log: Vec<Line> = (0..count)
                .map(|_| {
                    let mut somebody = || people[random.below(6) as usize];
                    let (from, to) = (somebody(), somebody());
                    (
                        random.below(3 * 86_400_000),
                        from.to_string(),
                        to.to_string(),
                        60 + random.below(5_000),
                    )
                })
                .collect();
            log.sort();
            log
        })
        .judge(
            Played(student, picture),
            |log| {
                let lines = log
                    .iter()
                    .take(SHOWN_LINES)
                    .map(|(at, from, to, bytes)| format!("{from} to {to}, {bytes} bytes, at {at}"));
                let mut lines = lines.collect::<Vec<_>>().join("; ");
                if log.len() > SHOWN_LINES {
                    lines.push_str("; ...");
                }
                format!(
                    "a log of {} lines ({lines}): who talks to whom, and when most?",
                    log.len()
                )
            },
            judge_picture,
        )
}

#[allow(clippy::ptr_arg)] // An exam hands over its question as it is.
fn judge_picture(log: &Vec<Line>, got: &Seen) -> Result<(), Fault> {
    let mut pairs = Vec::new();
    let mut messages = [0_u32; 24];
    for (at, from, to, _) in log {
        if from != to {
            put(&mut pairs, pair(from.clone(), to.clone()));
        }
        let hour = at / 3_600_000;
        messages[(hour % 24) as usize] += 1;
    }
    if got.0 != pairs {
        let missing: Vec<_> = pairs.iter().filter(|pair| !got.0.contains(pair)).collect();
        let why = if missing.is_empty() {
            format!(
                "the log has no line between two different people for {}",
                listed(got.0.iter().filter(|pair| !pairs.contains(pair)))
            )
        } else {
            format!("the log has a line for {}, and one is enough", listed(missing))
        };
        return Err(Fault::new(format!("the pairs {}", listed(&pairs)), why));
    }
    let most = messages.iter().copied().max().unwrap_or(0);
    let busiest: Vec<u64> = (0..24)
        .filter(|&hour| most > 0 && messages[hour as usize] == most)
        .collect();
    let right = match got.1 {
        None => busiest.is_empty(),
        Some(hour) => busiest.contains(&hour),
    };
    if right {
        return Ok(());
    }
    let wanted = match busiest.as_slice() {
        [] => "no busiest hour: None".to_string(),
        [hour] => format!("busiest hour Some({hour})"),
        hours => format!("one of the busiest hours {hours:?}"),
    };
    let count = |hour: u64| messages.get(hour as usize).copied().unwrap_or(0);
    let why = match got.1 {
        _ if most == 0 => "nobody wrote: no hour is busier than another".to_string(),
        Some(hour) if hour > 23 => "an hour of the day is a number from 0 to 23".to_string(),
        Some(hour) => format!(
            "{} lines fall into hour {hour}, {most} into the busiest",
            count(hour)
        ),
        None => format!("{most} lines fall into it: that is when to expect these people awake"),
    };
    Err(Fault::new(wanted, why))
}

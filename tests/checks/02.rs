//! Lesson 02: what each exercise must show.

use messaging_lab::course::exam::{Exam, Fault, same};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::statement::{self, Predict, Statement};
use messaging_lab::course::student::Student;
use messaging_lab::ground::clock::{Clock, ControlledClock, Millis};
use messaging_lab::ground::ledger::Onlooker;
use messaging_lab::ground::randomness::Seeded;
use messaging_lab::store::{
    ChatId, ClockRule, MessageStore, NewMessage, StoreError, Timer, sender_time_left, shortest_wait,
    time_left_after_restart,
};

/// The run that the statements are about; `cargo run -- show clocks` draws it.
#[path = "../../src/show/scenes/clocks.rs"]
mod played;

#[path = "../wrong/02.rs"]
pub mod wrong;

/// A date as apps have them, in milliseconds since 1970 (autumn 2015): more than 32 bits hold.
const DATE: Millis = 1_446_000_000_000;

/// More milliseconds than 32 bits hold.
const YEAR: Millis = 31_536_000_000;
const TWO_MONTHS: Millis = 5_184_000_000;

/// How many statements the prediction is about.
pub const STATEMENTS: usize = 6;

/// A guess and a witness for each.
pub type Prediction = statement::Prediction<STATEMENTS>;

/// The statements, in the lesson's words.
fn statements() -> [Statement; STATEMENTS] {
    let statement = |says, text: &str, who: &[Onlooker], from, to| Statement {
        says,
        bytes: text.as_bytes().to_vec(),
        who: who.to_vec(),
        from,
        to,
    };
    use Onlooker::{AliceDisk, AlicePhone, BobPhone, Thief};
    [
        statement(
            "At 3 Bob's clock is set an hour forward. Somebody holds 'apples' at a second from 4 to 19.",
            "apples",
            &Onlooker::ALL,
            4,
            19,
        ),
        statement(
            "At 40 Bob's clock is turned back 15 s. His phone or a thief has 'coffee' at a second from 40 to 59.",
            "coffee",
            &[BobPhone, Thief],
            40,
            59,
        ),
        statement(
            "At 40 Bob's clock is turned back 15 s. His phone or a thief has 'dates' at a second from 40 to 59.",
            "dates",
            &[BobPhone, Thief],
            40,
            59,
        ),
        statement(
            "From 64 to 90 Bob's phone is off. Somebody holds 'eggs' at a second from 70 to 99.",
            "eggs",
            &Onlooker::ALL,
            70,
            99,
        ),
        statement(
            "Off from 104 to 130, then turned back 60 s: Bob's phone shows 'figs' at a second from 110 to 149.",
            "figs",
            &[BobPhone],
            110,
            149,
        ),
        statement(
            "Alice is offline until 200. Her phone or its disk holds 'grapes' at a second from 200 to 219.",
            "grapes",
            &[AlicePhone, AliceDisk],
            200,
            219,
        ),
    ]
}

/// A guess for each statement, and the witness that settles it.
pub fn predict(student: impl Student<(), Prediction>) -> Verdict {
    let scene = played::scene();
    let statements = &statements();
    Predict {
        exercise: "clocks/predict",
        show: "clocks",
        ledger: &scene.ledger,
        statements,
    }
    .judge(student, wrong::predict())
}

/// Now and all deadlines -> how long the one waiter may sleep.
pub fn next_wake(student: impl Student<(Millis, Vec<Millis>), Option<Millis>>) -> Verdict {
    Exam::new("clocks/next_wake", wrong::next_wake())
        .case("the worked example", (100_000, vec![250_000, 130_000, 400_000]))
        .case("no timer runs", (100_000, vec![]))
        .case("a single one", (100_000, vec![100_001]))
        .case("the earliest stands last", (5_000, vec![90_000, 70_000, 8_500]))
        .case("one was due a while ago", (100_000, vec![250_000, 96_000]))
        .case("the only one was due a while ago", (100_000, vec![40_000]))
        .case(
            "one is due at this millisecond",
            (100_000, vec![100_000, 104_000]),
        )
        .case("two at the same time", (100_000, vec![160_000, 160_000]))
        .case("two are overdue", (100_000, vec![99_999, 30_000]))
        .case("the clock stands at 0", (0, vec![7_000]))
        .case(
            "one is overdue, another is nearer to now",
            (100_000, vec![104_000, 30_000]),
        )
        .case("one at 0", (100_000, vec![104_000, 0]))
        .case("the longest wait there is", (0, vec![Millis::MAX]))
        .case("a week away", (100_000, vec![604_900_000]))
        .case("a deadline that never comes", (100_000, vec![Millis::MAX]))
        .case(
            "a year away, by dates",
            (DATE, vec![DATE + YEAR + 90_000, DATE + YEAR]),
        )
        .case(
            "forty of them, the earliest stands last but one",
            (
                100_000,
                (0..40)
                    .map(|at: Millis| 130_000 + 1_000 * at.abs_diff(38))
                    .collect(),
            ),
        )
        .seeded(60, |random| {
            let now = DATE * random.below(2) + 1_000_000 + random.below(1_000_000);
            let count = random.below(7);
            // Every third time something is overdue.
            let earliest = if random.below(3) == 0 { now - 50_000 } else { now };
            (
                now,
                (0..count).map(|_| earliest + random.below(200_000)).collect(),
            )
        })
        .judge(
            student,
            |(now, deadlines)| format!("now {now}, deadlines {deadlines:?}: how long may the waiter sleep?"),
            |(now, deadlines), got| {
                let wanted = shortest_wait(*now, deadlines.iter().copied());
                let why = match (wanted, got) {
                    (None, _) => "without a deadline there is nothing to wake for: the phone may sleep on",
                    (Some(0), _) => {
                        "something is due already: every millisecond more and it is still on the phone"
                    }
                    (Some(wanted), Some(got)) if *got < wanted => {
                        "who wakes before anything is due finds nothing to do and drains the battery"
                    }
                    _ => "who sleeps longer than that leaves a message on the phone past its deadline",
                };
                same(got, &wanted, why)
            },
        )
}

/// What was left when it was saved, when that was, when it was loaded -> what is left.
pub fn after_restart(student: impl Student<(Millis, Millis, Millis), Option<Millis>>) -> Verdict {
    Exam::new("clocks/after_restart", wrong::after_restart())
        .case("the worked example", (6_000, 64_000, 66_500))
        .case("off for longer than was left", (6_000, 64_000, 90_000))
        .case("off for exactly as long as was left", (6_000, 64_000, 70_000))
        .case("off for a millisecond less", (6_000, 64_000, 69_999))
        .case("off for a millisecond more", (6_000, 64_000, 70_001))
        .case("loaded at once", (6_000, 64_000, 64_000))
        .case("nothing was left when it was saved", (0, 64_000, 64_000))
        .case("the clock went back a little", (6_000, 64_000, 63_000))
        .case("the clock went back a lot", (6_000, 64_000, 1_000))
        .case("nothing was left, and the clock went back", (0, 64_000, 63_000))
        .case("a year's timer, off for two months", (YEAR, DATE, DATE + TWO_MONTHS))
        .case("ten seconds, by dates", (10_000, DATE, DATE + 3_333))
        .case("ten seconds, off for two months", (10_000, DATE, DATE + TWO_MONTHS))
        .case("a week's timer, off for a day", (604_800_000, 1_000_000, 87_400_000))
        .case("saved at 0", (6_000, 0, 2_500))
        .case("the clock went back to 0", (10_000, DATE, 0))
        .seeded(60, |random| {
            let saved_at = DATE * random.below(2) + 1_000_000 + random.below(1_000_000);
            let left = 1 + random.below(60_000);
            let loaded_at = match random.below(4) {
                0 => saved_at - random.below(100_000),
                1 => saved_at + left + random.below(100_000),
                2 => saved_at + left,
                _ => saved_at + random.below(left),
            };
            (left, saved_at, loaded_at)
        })
        .judge(
            student,
            |(left, saved_at, loaded_at)| {
                format!("saved at {saved_at} with {left} left, loaded at {loaded_at}: how much is left?")
            },
            |&(left, saved_at, loaded_at), got| {
                let wanted = time_left_after_restart(left, saved_at, loaded_at);
                let why = match (wanted, *got) {
                    (None, Some(0)) => {
                        "0 left is gone: what is still there at its deadline can be read then".to_string()
                    }
                    (None, _) => format!(
                        "{} passed while the phone was off, and it counts: who could switch a timer off by \
                         switching the phone off would never lose a message",
                        loaded_at.saturating_sub(saved_at)
                    ),
                    (Some(_), _) if loaded_at < saved_at => format!(
                        "the clock went back by {} meanwhile: nobody knows how much time passed, so it counts as \
                         none. More than {left} would reward turning it back, less would destroy on a guess",
                        saved_at - loaded_at
                    ),
                    (Some(_), None) => "the timer has not run out: Bob loses what he may still read".to_string(),
                    (Some(_), Some(_)) => format!("{} passed between saving and loading", loaded_at - saved_at),
                };
                same(got, &wanted, &why)
            },
        )
}

/// The timer, the date of reading in the receipt, now -> what is left of the sender's copy.
pub fn senders_copy(student: impl Student<(Millis, Millis, Millis), Option<Millis>>) -> Verdict {
    Exam::new("clocks/senders_copy", wrong::senders_copy())
        .case("the worked example", (10_000, 152_000, 153_000))
        .case("the receipt comes at once", (10_000, 152_000, 152_000))
        .case("Alice was offline for longer than the timer", (10_000, 152_000, 200_000))
        .case("the receipt comes at the deadline", (10_000, 152_000, 162_000))
        .case("the receipt comes a millisecond before", (10_000, 152_000, 161_999))
        .case("the receipt comes a millisecond after", (10_000, 152_000, 162_001))
        .case("a date of reading in the future", (10_000, 152_000, 150_000))
        .case("a date of reading far in the future", (10_000, 900_000, 150_000))
        .case("a week's timer, offline for a day", (604_800_000, 1_000_000, 87_400_000))
        .case("a year's timer, offline for two months", (YEAR, DATE, DATE + TWO_MONTHS))
        .case("ten seconds, by dates", (10_000, DATE, DATE + 3_333))
        .case("ten seconds, offline for two months", (10_000, DATE, DATE + TWO_MONTHS))
        .case("read at 0", (10_000, 0, 3_000))
        .case("a date of reading decades in the future", (10_000, DATE, 0))
        .seeded(60, |random| {
            let read_date = DATE * random.below(2) + 1_000_000 + random.below(1_000_000);
            let ttl = 1 + random.below(60_000);
            let now = match random.below(4) {
                0 => read_date - random.below(100_000),
                1 => read_date + ttl + random.below(100_000),
                2 => read_date + ttl,
                _ => read_date + random.below(ttl),
            };
            (ttl, read_date, now)
        })
        .judge(
            student,
            |(ttl, read_date, now)| {
                format!(
                    "timer {ttl}, Bob read at {read_date}, Alice learns of it at {now}: how long has her copy left?"
                )
            },
            |&(ttl, read_date, now), got| {
                let wanted = sender_time_left(ttl, read_date, now);
                let why = match (wanted, *got) {
                    (None, Some(0)) => {
                        "0 left is gone: what is still there at its deadline can be read then".to_string()
                    }
                    (None, _) => format!(
                        "Bob's copy went at {}: if staying offline saved hers, the timer would be worth nothing",
                        read_date + ttl
                    ),
                    (Some(_), _) if now < read_date => format!(
                        "the date lies in the future, so one of the clocks is wrong: it counts as read just now. \
                         More than {ttl} would let a wrong date lengthen the copy's life, less would destroy on a \
                         guess"
                    ),
                    (Some(_), None) => "Bob may still read his copy, and she hers: it goes too early".to_string(),
                    (Some(_), Some(_)) => format!("{} of the timer had passed when she learned it", now - read_date),
                };
                same(got, &wanted, &why)
            },
        )
}

/// When the text was sent and read, its timer, the true time now, and how long it takes from the clock to the app.
pub type Facts = (Millis, Millis, Millis, Millis, Millis);

/// Why somebody at the phone does not get to read the text.
#[derive(Debug, PartialEq)]
enum NotRead {
    /// The clock showed this, a time before the text was read.
    BeforeItWasRead(Millis),
    /// The clock showed this, and the store said that the text is gone.
    Gone(Millis),
}

/// Plays it: the text is sent and read, and the app stays closed until `now`. Then somebody sets the wall clock to
/// `setting`, and `delay` later the app is open: it purges what is due and is asked for the text.
fn play(
    rule: ClockRule,
    (sent_at, read_at, ttl, now, delay): Facts,
    setting: Millis,
) -> Result<Result<Vec<u8>, NotRead>, StoreError> {
    let clock = ControlledClock::new(sent_at);
    let mut app = MessageStore::with_rule(clock.clone(), rule);
    let text = NewMessage::received(ChatId(1), b"dates").timer(Timer::AfterRead(ttl));
    let id = app.insert(text)?;
    clock.advance(read_at - sent_at);
    app.read(id)?;
    clock.advance(now - read_at);
    clock.set_wall(setting);
    clock.advance(delay);
    let shown = clock.now().wall;
    if shown < read_at {
        return Ok(Err(NotRead::BeforeItWasRead(shown)));
    }
    app.purge();
    match app.read(id) {
        Ok(bytes) => Ok(Ok(bytes.to_vec())),
        Err(StoreError::Gone(_)) => Ok(Err(NotRead::Gone(shown))),
        Err(other) => Err(other),
    }
}

/// Facts of an expired text -> what to set the clock to, so that the app that trusts it shows the text again.
pub fn turn_back(student: impl Student<Facts, Millis>) -> Verdict {
    Exam::new("clocks/turn_back", wrong::turn_back())
        .case("read 20 s after it was sent", (1_000_000, 1_020_000, 10_000, 1_100_000, 5_000))
        .case("the app opens at once", (1_000_000, 1_020_000, 10_000, 1_100_000, 0))
        .case("it expired just now", (1_000_000, 1_020_000, 10_000, 1_030_000, 5_000))
        .case("the app opens more slowly than the timer runs", (1_000_000, 1_001_000, 2_000, 1_100_000, 15_000))
        .case("read when it was sent, a timer of 1 ms", (1_000_000, 1_000_000, 1, 1_100_000, 5_007))
        .case("read a week after it was sent", (1_000_000, 605_800_000, 60_000, 700_000_000, 20_000))
        .case("expired a month ago", (1_000_000, 1_020_000, 10_000, 2_700_000_000, 5_000))
        .case(
            "the app opens as late as can be",
            (1_000_000, 1_020_000, 10_000, 1_100_000, 1_000_000),
        )
        .case(
            "the app takes as long to open as the timer runs",
            (1_000_000, 1_020_000, 10_000, 1_100_000, 10_000),
        )
        .case("by dates", (DATE, DATE + 20_000, 10_000, DATE + 100_000, 5_000))
        .case(
            "the app opens two months later",
            (DATE, DATE + 20_000, 10_000, DATE + 100_000, TWO_MONTHS),
        )
        .case("the one setting that works is 0", (5_000, 5_000, 1, 6_000, 5_000))
        .seeded(40, |random| {
            let after = 1_000_000 + random.below(1_000_000);
            let sent_at = DATE * random.below(2) + after;
            let read_at = sent_at + random.below(100_000);
            let ttl = 1 + random.below(60_000);
            let now = read_at + ttl + random.below(1_000_000);
            let delay = match random.below(4) {
                0 => random.below(after),
                _ => random.below(60_000),
            };
            (sent_at, read_at, ttl, now, delay)
        })
        .judge(
            student,
            |(sent_at, read_at, ttl, now, delay)| {
                format!(
                    "sent {sent_at}, read {read_at}, timer {ttl}, now {now}, open after {delay}: set the clock to?"
                )
            },
            |&facts, &setting| {
                let (_, read_at, ttl, ..) = facts;
                let deadline = read_at + ttl;
                let wanted = "the app that trusts the clock shows the text, and the clock no time before it was read";
                let played = |rule| play(rule, facts, setting).unwrap_or_else(|error| panic!("{facts:?}: {error}"));
                match played(ClockRule::TrustWall) {
                    Err(NotRead::BeforeItWasRead(shown)) => Err(Fault::new(
                        wanted,
                        format!(
                            "the app is open at {shown} by the clock, {} before the text was read",
                            read_at - shown
                        ),
                    )),
                    Err(NotRead::Gone(shown)) => Err(Fault::new(
                        wanted,
                        format!(
                            "the app is open at {shown} by the clock, not before the deadline {deadline}: it purges \
                             the text; once purged, turning the clock again does not help"
                        ),
                    )),
                    Ok(_) => match played(ClockRule::HoldOn) {
                        // The control: the setting works because of the weakness, not because nothing had expired.
                        Err(NotRead::Gone(_)) => Ok(()),
                        other => panic!("{facts:?}, set to {setting}: the app that holds on says {other:?}"),
                    },
                }
            },
        )
}

/// One look at the clocks: boot ID, boot time, wall time.
pub type Look = (u64, Millis, Millis);

/// How much time passed between two looks.
fn step((boot_id_before, boot_before, wall_before): Look, (boot_id, boot, wall): Look) -> Millis {
    if boot_id == boot_id_before {
        boot - boot_before
    } else {
        wall.max(wall_before) - wall_before
    }
}

/// What the clocks showed at each look -> how much time had passed since the first.
pub fn hold_on(student: impl Student<Vec<Look>, Vec<Millis>>) -> Verdict {
    Exam::new("clocks/hold_on", wrong::hold_on())
        .fixes_the_first()
        .case(
            "the worked example",
            vec![(7, 1_000, 50_000), (7, 4_000, 53_000), (3, 200, 60_000)],
        )
        .case("no look at all", vec![])
        .case("one look", vec![(7, 1_000, 50_000)])
        .case(
            "the phone sleeps and nobody touches it",
            vec![(7, 0, 50_000), (7, 3_600_000, 3_650_000)],
        )
        .case(
            "set forward while it runs",
            vec![(7, 1_000, 50_000), (7, 4_000, 3_653_000), (7, 5_000, 3_654_000)],
        )
        .case(
            "set back while it runs",
            vec![(7, 1_000, 50_000), (7, 4_000, 20_000), (7, 5_000, 21_000)],
        )
        .case(
            "set back before the first look",
            vec![(7, 90_000, 1_000), (7, 94_000, 5_000)],
        )
        .case(
            "set back a little while it runs",
            vec![(7, 1_000, 50_000), (7, 21_000, 60_000)],
        )
        .case(
            "off for a while",
            vec![(7, 80_000, 50_000), (8, 500, 90_000), (8, 1_500, 91_000)],
        )
        .case(
            "off, and set back",
            vec![
                (7, 1_000, 50_000),
                (7, 4_000, 53_000),
                (9, 300, 20_000),
                (9, 2_300, 22_000),
            ],
        )
        .case(
            "the new boot ID is smaller",
            vec![(9, 1_000, 50_000), (2, 5_000, 90_000), (2, 6_000, 91_000)],
        )
        .case(
            "set back, then off",
            vec![(7, 1_000, 50_000), (7, 3_000, 10_000), (4, 100, 15_000)],
        )
        .case(
            "off twice",
            vec![
                (7, 1_000, 50_000),
                (8, 100, 54_000),
                (5, 100, 59_000),
                (5, 2_100, 3_000),
            ],
        )
        .case(
            "off, and on for longer than before",
            vec![(7, 1_000, 50_000), (8, 9_000, 60_000)],
        )
        .case(
            "at the end of time",
            vec![
                (7, 0, 0),
                (7, Millis::MAX - 5, 900),
                (7, Millis::MAX, 905),
                (8, 0, 907),
            ],
        )
        .case(
            "at the end of time, by the boot clock",
            vec![(7, 0, 0), (8, 0, 10), (8, Millis::MAX, 10)],
        )
        .case(
            "the boot ID is 0",
            vec![(0, 1_000, 50_000), (0, 4_000, 53_000), (5, 200, 60_000)],
        )
        .case(
            "the first look shows nothing but 0",
            vec![(0, 0, 0), (0, 4_000, 4_000)],
        )
        .case(
            "the same look twice",
            vec![
                (7, 1_000, 50_000),
                (7, 4_000, 53_000),
                (7, 4_000, 53_000),
                (7, 6_000, 55_000),
            ],
        )
        .case(
            "the wall clock gains a millisecond, then is set within one",
            vec![(7, 1_000, 50_000), (7, 21_000, 70_001), (7, 21_000, 90_000)],
        )
        .case(
            "the boot ID is the largest number",
            vec![
                (Millis::MAX, 1_000, 50_000),
                (Millis::MAX, 4_000, 53_000),
                (Millis::MAX - 1, 200, 60_000),
            ],
        )
        .case(
            "boot IDs that differ by 2^16",
            vec![(7, 1_000, 50_000), (7 + (1 << 16), 3_000, 60_000)],
        )
        .case(
            "boot IDs that differ by 2^32",
            vec![(7, 1_000, 50_000), (7 + (1 << 32), 3_000, 60_000)],
        )
        .case(
            "off for two months, by dates",
            vec![(7, 1_000, DATE), (8, 500, DATE + TWO_MONTHS)],
        )
        .case(
            "off for two years, by dates",
            vec![(7, 1_000, DATE), (8, 500, DATE + 2 * YEAR)],
        )
        .seeded(60, draw_looks)
        .judge(
            student,
            |looks| {
                format!(
                    "(boot ID, boot time, wall time) = {}: how much time passed by each?",
                    in_words(looks)
                )
            },
            |looks, got| {
                let mut sum: Millis = 0;
                let mut wanted = Vec::new();
                for (at, look) in looks.iter().enumerate() {
                    let passed = if at == 0 { 0 } else { step(looks[at - 1], *look) };
                    sum = sum.saturating_add(passed);
                    wanted.push(sum);
                }
                same(got, &wanted, "").map_err(|fault| Fault {
                    why: why_at(looks, got, &wanted),
                    ..fault
                })
            },
        )
}

/// Looks on one line, without numbers of twenty digits.
fn in_words(looks: &[Look]) -> String {
    let number = |time: Millis| match Millis::MAX - time {
        0 => "u64::MAX".to_string(),
        short @ 1..1_000 => format!("u64::MAX - {short}"),
        _ => time.to_string(),
    };
    let look = |&(boot_id, boot, wall): &Look| format!("({boot_id}, {}, {})", number(boot), number(wall));
    format!("[{}]", looks.iter().map(look).collect::<Vec<_>>().join(", "))
}

/// Looks at a phone that runs, sleeps, is switched off, and whose clock is set.
fn draw_looks(random: &mut Seeded) -> Vec<Look> {
    let clock = ControlledClock::new(DATE * random.below(2) + 1_000_000 + random.below(1_000_000));
    let mut boot_id = 1_000 + random.below(1_000_000);
    clock.advance(random.below(500_000));
    let mut looks = Vec::new();
    for _ in 0..random.below(7) {
        let before = clock.now();
        looks.push((boot_id, before.boot, before.wall));
        clock.advance(1 + random.below(40_000));
        if random.below(3) == 0 {
            clock.restart(random.below(40_000));
            // A boot ID says which run it is, and nothing about the order of runs.
            boot_id = (boot_id * 7_919 + 1_013) % 1_000_003;
            clock.advance(random.below(2_000));
        }
        match random.below(4) {
            0 => clock.set_wall(clock.now().wall + random.below(100_000)),
            1 => clock.set_wall(clock.now().wall - random.below(100_000)),
            _ => {}
        }
    }
    looks
}

/// Which rule the first wrong number breaks, and who gains by it.
fn why_at(looks: &[Look], got: &[Millis], wanted: &[Millis]) -> String {
    if got.len() != wanted.len() {
        return format!(
            "{} looks at the clocks ask for {} numbers",
            wanted.len(),
            wanted.len()
        );
    }
    let Some(at) = (0..got.len()).find(|&at| got[at] != wanted[at]) else {
        return String::new();
    };
    let rule = if at == 0 {
        "nothing has passed since the first look at the first look".to_string()
    } else {
        let ((boot_id_before, boot_before, wall_before), (boot_id, boot, wall)) = (looks[at - 1], looks[at]);
        if boot_id == boot_id_before {
            format!(
                "the same boot ID as before, so the boot clock knows: {} more, whatever the wall clock shows",
                boot - boot_before
            )
        } else if wall < wall_before {
            "another boot ID, and the wall clock went back meanwhile: that counts as no time at all"
                .to_string()
        } else {
            format!(
                "another boot ID, so only the wall clock went on: {} more",
                wall - wall_before
            )
        }
    };
    let gain = match (at > 0 && got[at] < got[at - 1], got[at] < wanted[at]) {
        (true, _) => "time that runs back brings expired messages back",
        (_, true) => "with less than that messages live longer than their timer",
        _ => "with more than that messages go before their time",
    };
    format!("number {at} (counted from 0): {rule}; {gain}")
}

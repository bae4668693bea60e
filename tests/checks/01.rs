//! Lesson 01: what each exercise must show.

use messaging_lab::course::exam::{Exam, Fault, same};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::statement::{Predict, Prediction, Statement};
use messaging_lab::course::student::Student;
use messaging_lab::ground::clock::{ControlledClock, Millis};
use messaging_lab::ground::ledger::Onlooker::{AlicePhone, BobPhone};
use messaging_lab::ground::randomness::Seeded;
use messaging_lab::store::{
    Action, ChatId, Countdown, MessageStore, NewMessage, Timer, effective_timer, expires_at, is_readable_at,
    sender_time_left,
};

/// The run that the statements are about; `cargo run -- show timer` draws it.
#[path = "../../src/show/scenes/timer.rs"]
mod played;

#[path = "../wrong/01.rs"]
pub mod wrong;

/// A date as apps have them, in milliseconds since 1970 (autumn 2015): more than 32 bits hold.
const DATE: Millis = 1_446_000_000_000;

/// The longest timer that the store takes: more milliseconds than 32 bits hold.
const YEAR: Millis = 31_536_000_000;

/// What the prediction is about, over the ledger of `show timer`. The lesson's text has the same words.
fn statements() -> [Statement; 6] {
    let says = |says, text: &str, who: &[_], from, to| Statement {
        says,
        bytes: text.into(),
        who: who.to_vec(),
        from,
        to,
    };
    const END: u64 = 3_700;
    [
        says(
            "Alice never reads \"bring candles\". At the last second of the run a phone still holds it.",
            "bring candles",
            &[AlicePhone, BobPhone],
            END,
            END,
        ),
        says(
            "One second before the deadline of \"lemon or apple?\" on Bob's phone, his phone still holds it.",
            "lemon or apple?",
            &[BobPhone],
            37,
            37,
        ),
        says(
            "At the very second of that deadline, his phone still holds it.",
            "lemon or apple?",
            &[BobPhone],
            38,
            38,
        ),
        says(
            "\"meet at ten\" was sent under 10 s; then the chat's timer became 30 s; then Bob read it. \
             At some second more than 10 s after he read it, his phone still holds it.",
            "meet at ten",
            &[BobPhone],
            19,
            END,
        ),
        says(
            "At some second after \"meet at ten\" is gone from Bob's phone, one of the two phones still holds it.",
            "meet at ten",
            &[AlicePhone, BobPhone],
            18,
            END,
        ),
        says(
            "At some second 10 s or more after Bob saw the picture's cover, his phone still holds the picture.",
            "picture of the cake",
            &[BobPhone],
            18,
            END,
        ),
    ]
}

/// Guess first, then settle each statement with a witness from the run.
pub fn predict(student: impl Student<(), Prediction<6>>) -> Verdict {
    let scene = played::scene();
    let statements = &statements();
    Predict {
        exercise: "timer/predict",
        show: "timer",
        ledger: &scene.ledger,
        statements,
    }
    .judge(student, wrong::predict())
}

/// Which event starts the timer, and when the message is destroyed.
pub fn deadline(student: impl Student<(Timer, Millis, Option<Millis>), Option<Millis>>) -> Verdict {
    use Timer::{AfterRead, AfterSend, Off};
    const END: Millis = Millis::MAX;
    Exam::new("timer/deadline", wrong::deadline())
        .case("read a minute later", (AfterRead(5_000), 1_000, Some(60_000)))
        .case("never read", (AfterRead(5_000), 1_000, None))
        .case("after sending, never read", (AfterSend(5_000), 1_000, None))
        .case("after sending, read too", (AfterSend(5_000), 1_000, Some(3_000)))
        .case("after sending, read late", (AfterSend(5_000), 1_000, Some(60_000)))
        .case("no timer, read", (Off, 1_000, Some(60_000)))
        .case("no timer, never read", (Off, 1_000, None))
        .case("read as it was sent", (AfterRead(1), 1_000, Some(1_000)))
        .case("sent and read at 0", (AfterRead(5_000), 0, Some(0)))
        .case("sent at 0", (AfterSend(5_000), 0, Some(3_000)))
        .case(
            "a timer of a week",
            (AfterRead(604_800_000), 1_000, Some(604_801_000)),
        )
        .case("a timer of a year", (AfterRead(YEAR), 1_000, Some(60_000)))
        .case("a year after sending, by dates", (AfterSend(YEAR), DATE, None))
        .case("beyond 2^53", (AfterRead(3), 0, Some(1 << 53)))
        .case(
            "beyond the largest number, after reading",
            (AfterRead(5_000), 1_000, Some(END - 4_000)),
        )
        .case(
            "beyond the largest number, after sending",
            (AfterSend(5_000), END - 4_000, None),
        )
        .case(
            "just the largest number",
            (AfterRead(4_000), 1_000, Some(END - 4_000)),
        )
        .seeded(60, |random| {
            let length = match random.below(3) {
                0 => 1 + random.below(YEAR),
                _ => 1 + random.below(100_000),
            };
            let epoch = DATE * random.below(2);
            let sent_at = epoch + random.below(1_000_000);
            let delay = random.below(200_000);
            let read_at = (random.below(3) > 0).then(|| sent_at + delay);
            let timer = match random.below(5) {
                0 => Off,
                1 | 2 => AfterSend(length),
                _ => AfterRead(length),
            };
            (timer, sent_at, read_at)
        })
        .judge(
            student,
            |(timer, sent_at, read_at)| {
                format!("when is a message with {timer:?}, sent at {sent_at} ms, read at {read_at:?}, destroyed?")
            },
            |(timer, sent_at, read_at), got| {
                let wanted = expires_at(*timer, *sent_at, *read_at);
                let why = match (timer, read_at) {
                    _ if wanted == Some(END) => {
                        "the sum does not fit and stays at the largest number; one that wraps is a date in the past"
                    }
                    (Off, _) => "there is no timer: whoever set none expects to find the message again",
                    (AfterRead(_), None) => {
                        "nobody has read it, so its timer has not started: the reader would lose what he never saw"
                    }
                    (AfterRead(_), Some(_)) => {
                        "the timer starts when it is read: counted from the sending, who opens late would find nothing"
                    }
                    (AfterSend(_), _) => {
                        "this timer starts when it is sent: if it waited for a reader, the unread would stay for ever"
                    }
                };
                same(got, &wanted, why)
            },
        )
}

/// Readable or gone, at the deadline and around it.
pub fn boundary(student: impl Student<(Millis, Option<Millis>), bool>) -> Verdict {
    // Dates around which numbers of 32 bits, and signed ones of 32 bits, begin again.
    const WRAP_32: Millis = 337 << 32;
    const WRAP_31: Millis = WRAP_32 + (1 << 31);
    Exam::new("timer/boundary", wrong::boundary())
        .fixes_the_first()
        .keeps_the_bug_hidden()
        .case("at the deadline", (5_000, Some(5_000)))
        .case("1 ms before", (4_999, Some(5_000)))
        .case("1 ms after", (5_001, Some(5_000)))
        .case("1 s before", (4_000, Some(5_000)))
        .case("1 s after", (6_000, Some(5_000)))
        .case("in the second of the deadline, before it", (5_200, Some(5_500)))
        .case("in the second of the deadline, after it", (5_800, Some(5_500)))
        .case("less than 1 s after, in the next second", (6_200, Some(5_500)))
        .case("long before", (0, Some(5_000)))
        .case("long after", (3_600_000, Some(5_000)))
        .case("no timer runs", (5_000, None))
        .case("no timer runs, at 0", (0, None))
        .case("no timer runs, at the end of time", (Millis::MAX, None))
        .case("a deadline of 0", (0, Some(0)))
        .case("long after a deadline of 0", (5_000, Some(0)))
        .case(
            "a deadline at the end of time",
            (3_600_000, Some(Millis::MAX)),
        )
        .case("1 ms before the end of time", (Millis::MAX - 1, Some(Millis::MAX)))
        .case("at the end of time", (Millis::MAX, Some(Millis::MAX)))
        .case("1 ms before, by dates", (WRAP_32 - 1, Some(WRAP_32)))
        .case("1 ms after, by dates", (WRAP_32, Some(WRAP_32 - 1)))
        .case("1 ms before, by later dates", (WRAP_31 - 1, Some(WRAP_31)))
        .case("1 ms after, by later dates", (WRAP_31, Some(WRAP_31 - 1)))
        .seeded(60, |random| {
            let deadline = DATE * random.below(2) + 10_000 + random.below(100_000);
            let now = match random.below(4) {
                0 => deadline,
                1 => deadline - 1,
                _ => deadline - 5_000 + random.below(10_000),
            };
            (now, (random.below(6) > 0).then_some(deadline))
        })
        .judge(
            student,
            |(now, deadline)| {
                let moment = |moment: Millis| match moment {
                    Millis::MAX => "u64::MAX".to_string(),
                    other => other.to_string(),
                };
                let deadline = deadline.map_or("None".to_string(), |end| format!("Some({})", moment(end)));
                format!("it is {} ms, the deadline is {deadline}: is the message readable?", moment(*now))
            },
            |(now, deadline), got| {
                let why = match deadline {
                    None => "no timer runs, so nothing ends it: the reader would lose what he may still want",
                    Some(deadline) if now == deadline => {
                        "gone AT the deadline: the phone destroys it in this very millisecond, there is nothing to show"
                    }
                    Some(deadline) if now < deadline => {
                        "its time is not over: the reader was promised all of it, to the last millisecond"
                    }
                    Some(_) => "its time is over: the sender was promised that nobody reads it now",
                };
                same(got, &is_readable_at(*now, *deadline), why)
            },
        )
}

type Receipts = (Millis, Option<Millis>, Option<Millis>, Millis);

/// What Alice's and what Bob's screen shows of one message that she sent him.
pub fn countdown(student: impl Student<Receipts, (Countdown, Countdown)>) -> Verdict {
    const TTL: Millis = 10_000;
    Exam::new("timer/countdown", wrong::countdown())
        .case(
            "Bob has just read, Alice knows",
            (TTL, Some(5_000), Some(5_000), 5_000),
        )
        .case("1 ms later", (TTL, Some(5_000), Some(5_000), 5_001))
        .case("half a second left", (TTL, Some(5_000), Some(5_000), 14_500))
        .case("1 ms left", (TTL, Some(5_000), Some(5_000), 14_999))
        .case("at the deadline", (TTL, Some(5_000), Some(5_000), 15_000))
        .case("long after", (TTL, Some(5_000), Some(5_000), 60_000))
        .case("never read", (TTL, None, None, 60_000))
        .case("read later", (TTL, Some(5_000), Some(7_000), 4_999))
        .case(
            "the receipt is on its way",
            (TTL, Some(5_000), Some(9_000), 8_999),
        )
        .case("the receipt arrives", (TTL, Some(5_000), Some(9_000), 9_000))
        .case("after a late receipt", (TTL, Some(5_000), Some(9_000), 9_400))
        .case("no receipt, Bob's copy runs", (TTL, Some(5_000), None, 12_300))
        .case("no receipt, Bob's copy is gone", (TTL, Some(5_000), None, 15_000))
        .case(
            "Bob's copy is gone, the receipt on its way",
            (TTL, Some(5_000), Some(40_000), 39_999),
        )
        .case(
            "the receipt arrives after the deadline",
            (TTL, Some(5_000), Some(40_000), 40_000),
        )
        .case(
            "the receipt arrives at the deadline",
            (TTL, Some(5_000), Some(15_000), 15_000),
        )
        .case("read between two seconds", (TTL, Some(5_700), Some(5_700), 6_200))
        .case(
            "read between two seconds, and later",
            (TTL, Some(5_700), Some(5_700), 6_800),
        )
        .case("read at 0", (TTL, Some(0), Some(0), 1_000))
        .case("a timer of one second", (1_000, Some(5_000), Some(5_000), 5_000))
        .case(
            "a timer of a quarter of a second",
            (250, Some(5_000), Some(5_100), 5_150),
        )
        .case(
            "a timer of a second and a half",
            (1_500, Some(5_000), Some(5_000), 5_700),
        )
        .case(
            "a timer of a week",
            (604_800_000, Some(5_000), Some(9_000), 10_500),
        )
        .case(
            "a timer of a year, by dates",
            (YEAR, Some(DATE), Some(DATE + 9_000), DATE + 10_500),
        )
        .case(
            "a timer of ten seconds, by dates",
            (TTL, Some(DATE), Some(DATE), DATE + 9_999),
        )
        .case(
            "a timer of a year, 1 ms left",
            (YEAR, Some(5_000), Some(5_000), YEAR + 4_999),
        )
        .seeded(80, |random| {
            let ttl = match random.below(4) {
                0 => 1 + random.below(30_000),
                1 => 1 + random.below(YEAR),
                _ => 1_000 * (1 + random.below(30)),
            };
            let epoch = DATE * random.below(2);
            let read = epoch + random.below(50_000);
            let arrived = read
                + match random.below(3) {
                    0 => 0,
                    _ => random.below(2 * ttl),
                };
            let whole = 1_000 * random.below(1 + ttl / 1_000);
            let now = match random.below(8) {
                0 => read + ttl,
                1 => read + ttl - 1,
                2 => arrived,
                3 => read + whole,
                _ => epoch + random.below(read - epoch + 2 * ttl),
            };
            let read_at = (random.below(8) > 0).then_some(read);
            let receipt_at = read_at.and((random.below(5) > 0).then_some(arrived));
            (ttl, read_at, receipt_at, now)
        })
        .judge(
            student,
            |(ttl, read_at, receipt_at, now)| {
                format!(
                    "ttl {ttl} ms, Bob read at {read_at:?}, the receipt reached Alice at {receipt_at:?}: \
                     (Alice's, Bob's) at {now} ms?"
                )
            },
            judge_countdown,
        )
}

fn judge_countdown(
    &(ttl, read_at, receipt_at, now): &Receipts,
    got: &(Countdown, Countdown),
) -> Result<(), Fault> {
    let bobs = match read_at {
        Some(read) if read <= now => match sender_time_left(ttl, read, now) {
            Some(left) => Countdown::Left(left.div_ceil(1_000)),
            None => Countdown::Gone,
        },
        _ => Countdown::Waiting,
    };
    let alices = match receipt_at {
        Some(arrived) if arrived <= now => bobs,
        _ => Countdown::Waiting,
    };
    let read = read_at.unwrap_or_default();
    let over = read + ttl;
    let why = match (got.1 == bobs, bobs, alices) {
        (false, Countdown::Waiting, _) => {
            "Bob's: he has not read it by then, so no timer runs; he would lose what he never saw".to_string()
        }
        (false, Countdown::Left(_), _) => format!(
            "Bob's: milliseconds left: {}; rounded up to whole seconds, so that a message still there never shows 0",
            over - now
        ),
        (false, Countdown::Gone, _) => {
            format!(
                "Bob's: its time was over at {over} ms, and gone is gone: nothing is left to count or to show"
            )
        }
        (true, _, Countdown::Waiting) => {
            "Alice's: no receipt has reached her phone by then, so it cannot know, and her copy stays"
                .to_string()
        }
        (true, _, Countdown::Left(_)) => {
            format!(
                "Alice's: the receipt says that Bob read at {read} ms; her {ttl} ms count from then, not from now"
            )
        }
        (true, _, Countdown::Gone) => {
            format!(
                "Alice's: the receipt says that the time was over at {over} ms, so her copy goes when she learns it"
            )
        }
    };
    same(got, &(alices, bobs), &why)
}

type Script = Vec<(Millis, Action)>;

fn set(time: Millis, timer: Timer) -> (Millis, Action) {
    (time, Action::SetTimer(timer))
}

fn receive(time: Millis, text: &str, timer: Option<Timer>) -> (Millis, Action) {
    let text = text.to_string();
    (time, Action::Receive { text, timer })
}

fn read(time: Millis, number: usize) -> (Millis, Action) {
    (time, Action::Read(number))
}

/// What each read of a script returns.
pub fn conversation(student: impl Student<Script, Vec<Option<String>>>) -> Verdict {
    use Timer::{AfterRead, AfterSend, Off};
    const FIVE: Timer = AfterRead(5_000);
    let long = "bring candles, lemons and apples; ".repeat(9);
    // Each is sent with a timer of its own, longer by a second than the one before, and all are read at once.
    let twelve = || {
        let text = |number: u64| format!("number {number}");
        let mut script: Script = (0..12)
            .map(|number| receive(0, &text(number), Some(AfterRead(1_000 * (1 + number)))))
            .collect();
        script.extend((0..12).map(|number| read(0, number)));
        script.extend([read(2_000, 0), read(2_000, 1), read(2_000, 10), read(2_000, 11)]);
        script
    };
    Exam::new("timer/conversation", wrong::conversation())
        .case(
            "one text, read once",
            vec![set(0, FIVE), receive(1_000, "hi", None), read(60_000, 0)],
        )
        .case(
            "read around the deadline",
            vec![
                set(0, FIVE),
                receive(1_000, "hi", None),
                read(2_000, 0),
                read(6_999, 0),
                read(7_000, 0),
                read(7_001, 0),
            ],
        )
        .case(
            "no timer was ever set",
            vec![receive(0, "hi", None), read(1_000, 0), read(9_000_000, 0)],
        )
        .case("nobody reads", vec![set(0, FIVE), receive(1_000, "hi", None)])
        .case(
            "a timer of its own, shorter",
            vec![
                set(0, FIVE),
                receive(1_000, "hi", Some(AfterRead(2_000))),
                read(2_000, 0),
                read(4_000, 0),
            ],
        )
        .case(
            "a timer of its own, longer",
            vec![
                set(0, FIVE),
                receive(1_000, "hi", Some(AfterRead(9_000))),
                receive(1_000, "you", None),
                read(2_000, 0),
                read(2_000, 1),
                read(8_000, 0),
                read(8_000, 1),
            ],
        )
        .case(
            "a timer of its own, in a chat without one",
            vec![
                receive(1_000, "hi", Some(AfterRead(2_000))),
                receive(1_000, "you", None),
                read(2_000, 0),
                read(2_000, 1),
                read(4_000, 0),
                read(4_000, 1),
            ],
        )
        .case(
            "off of its own, in a chat with a timer",
            vec![
                set(0, FIVE),
                receive(1_000, "hi", Some(Off)),
                receive(1_000, "you", None),
                read(2_000, 0),
                read(2_000, 1),
                read(9_000, 0),
                read(9_000, 1),
            ],
        )
        .case(
            "a new timer while an older message is unread",
            vec![
                set(0, FIVE),
                receive(1_000, "old", None),
                set(2_000, AfterRead(20_000)),
                receive(3_000, "new", None),
                read(4_000, 0),
                read(4_000, 1),
                read(9_000, 0),
                read(9_000, 1),
            ],
        )
        .case(
            "a new timer while an older message runs",
            vec![
                set(0, AfterRead(20_000)),
                receive(1_000, "old", None),
                read(2_000, 0),
                set(3_000, AfterRead(1_000)),
                read(9_000, 0),
                read(22_000, 0),
            ],
        )
        .case(
            "the timer is switched off later",
            vec![
                set(0, FIVE),
                receive(1_000, "old", None),
                set(2_000, Off),
                receive(2_000, "new", None),
                read(3_000, 0),
                read(3_000, 1),
                read(8_000, 0),
                read(8_000, 1),
            ],
        )
        .case(
            "after sending",
            vec![
                set(0, AfterSend(5_000)),
                receive(1_000, "a", None),
                receive(1_000, "b", None),
                read(4_000, 0),
                read(5_999, 0),
                read(6_000, 0),
                read(6_000, 1),
            ],
        )
        .case(
            "one is gone, the next one is not",
            vec![
                set(0, FIVE),
                receive(0, "a", None),
                receive(1_000, "b", None),
                read(1_000, 0),
                read(5_000, 1),
                receive(6_000, "c", None),
                read(7_000, 1),
                read(7_000, 2),
                read(7_000, 0),
            ],
        )
        .case(
            "two of the same words",
            vec![
                set(0, FIVE),
                receive(0, "ok", None),
                read(0, 0),
                receive(4_000, "ok", None),
                read(5_000, 0),
                read(5_000, 1),
            ],
        )
        .case(
            "everything at one moment",
            vec![
                receive(3_000, "a", None),
                set(3_000, FIVE),
                receive(3_000, "b", None),
                read(3_000, 0),
                read(3_000, 1),
                read(8_000, 0),
                read(8_000, 1),
            ],
        )
        .case("a script without steps", vec![])
        .case(
            "after sending, of its own, in a chat that counts from the reading",
            vec![
                set(0, FIVE),
                receive(1_000, "hi", Some(AfterSend(3_000))),
                receive(1_000, "you", Some(AfterSend(3_000))),
                read(2_000, 0),
                read(3_999, 0),
                read(4_000, 0),
                read(4_000, 1),
            ],
        )
        .case(
            "after reading, of its own, in a chat that counts from the sending",
            vec![
                set(0, AfterSend(5_000)),
                receive(1_000, "hi", Some(AfterRead(9_000))),
                receive(1_000, "there", Some(AfterRead(2_000))),
                receive(1_000, "you", None),
                read(2_000, 0),
                read(7_000, 1),
                read(7_000, 2),
                read(9_000, 1),
                read(10_999, 0),
                read(11_000, 0),
            ],
        )
        .case(
            "after sending, of its own, longer than the chat's",
            vec![
                set(0, AfterSend(2_000)),
                receive(1_000, "hi", Some(AfterSend(5_000))),
                receive(1_000, "you", None),
                read(3_000, 0),
                read(3_000, 1),
                read(5_999, 0),
                read(6_000, 0),
            ],
        )
        .case(
            "after sending, of its own, in a chat without one",
            vec![
                receive(1_000, "hi", Some(AfterSend(2_000))),
                receive(1_000, "you", None),
                read(2_999, 0),
                read(3_000, 0),
                read(3_000, 1),
            ],
        )
        .case(
            "off of its own, in a chat that counts from the sending",
            vec![
                set(0, AfterSend(5_000)),
                receive(1_000, "hi", Some(Off)),
                receive(1_000, "you", None),
                read(60_000, 0),
                read(60_000, 1),
            ],
        )
        .case(
            "after sending, at 0",
            vec![
                set(0, AfterSend(5_000)),
                receive(0, "hi", None),
                read(4_999, 0),
                read(5_000, 0),
            ],
        )
        .case(
            "the same words twice at one moment",
            vec![
                set(0, FIVE),
                receive(1_000, "ok", Some(AfterRead(2_000))),
                receive(1_000, "ok", None),
                read(2_000, 0),
                read(2_000, 1),
                read(4_000, 0),
                read(4_000, 1),
            ],
        )
        .case(
            "the same words twice at one moment, under one timer",
            vec![
                set(0, FIVE),
                receive(1_000, "ok", None),
                receive(1_000, "ok", None),
                read(2_000, 0),
                read(2_000, 0),
                read(7_000, 1),
                read(7_000, 0),
            ],
        )
        .case(
            "read between two seconds",
            vec![
                set(0, FIVE),
                receive(1_000, "hi", None),
                read(2_500, 0),
                read(7_200, 0),
                read(7_499, 0),
                read(7_500, 0),
            ],
        )
        .case("twelve messages", twelve())
        .case(
            "a timer of a year",
            vec![
                set(0, AfterRead(YEAR)),
                receive(1_000, "hi", None),
                receive(1_000, "you", Some(AfterSend(YEAR))),
                read(2_000, 0),
                read(1_500_000_000, 0),
                read(YEAR + 999, 1),
                read(YEAR + 1_000, 1),
                read(YEAR + 1_999, 0),
                read(YEAR + 2_000, 0),
            ],
        )
        .case(
            "letters and a picture that are not ASCII",
            vec![receive(0, "K\u{e4}se \u{1f382}", None), read(1_000, 0)],
        )
        .case(
            "capitals, and characters that are not seen",
            vec![receive(0, " Meet\0at\r\nTEN\n", None), read(1_000, 0)],
        )
        .case("a long text", vec![receive(0, &long, None), read(1_000, 0)])
        .case(
            "an empty text",
            vec![receive(0, "", Some(FIVE)), read(0, 0), read(5_000, 0)],
        )
        .seeded(60, draw_script)
        .judge(
            student,
            |script| format!("what does each read return? {}", in_words(script)),
            |script, got| {
                let reads = drive(script);
                let wanted: Vec<Option<String>> = reads.iter().map(|read| read.returned.clone()).collect();
                let why = match reads.iter().zip(got).find(|(read, got)| read.returned != **got) {
                    _ if got.len() != wanted.len() => format!(
                        "there are {} reads, and each has an answer: the text, or None if it is gone",
                        wanted.len()
                    ),
                    Some((read, _)) => read.story.clone(),
                    None => String::new(),
                };
                same(got, &wanted, &why)
            },
        )
}

/// A read as the store answered it, and what had become of its message, in words.
struct Read {
    returned: Option<String>,
    story: String,
}

/// The kit's own drive of the store through a script.
fn drive(script: &[(Millis, Action)]) -> Vec<Read> {
    let clock = ControlledClock::new(0);
    let mut phone = MessageStore::new(clock.clone());
    let mut now = 0;
    let mut chat_timer = Timer::Off;
    // ID, when it came, its timer, when it was first read.
    let mut messages = Vec::new();
    let mut reads = Vec::new();
    for (time, action) in script {
        clock.advance(time - now);
        now = *time;
        match action {
            Action::SetTimer(timer) => {
                phone.set_chat_timer(ChatId(1), *timer).expect("a sound timer");
                chat_timer = *timer;
            }
            Action::Receive { text, timer } => {
                let new = NewMessage {
                    timer: *timer,
                    ..NewMessage::received(ChatId(1), text.as_str())
                };
                let id = phone.insert(new).expect("a sound message");
                messages.push((id, now, effective_timer(chat_timer, *timer), None));
            }
            Action::Read(number) => {
                let (id, came, timer, first_read) = &mut messages[*number];
                let returned = phone
                    .read(*id)
                    .ok()
                    .map(|body| String::from_utf8_lossy(body).into_owned());
                if returned.is_some() {
                    first_read.get_or_insert(now);
                }
                let read = match *first_read {
                    Some(start) => format!("was first read at {start} ms"),
                    None => "was not read before it went".to_string(),
                };
                let end = match expires_at(*timer, *came, *first_read) {
                    None => "so it stays: the reader may count on it".to_string(),
                    Some(end) if returned.is_some() => {
                        format!("so it ends at {end} ms, and the reader may count on it until then")
                    }
                    Some(end) => format!("so it ended at {end} ms, as its sender was promised"),
                };
                reads.push(Read {
                    returned,
                    // Reads and messages are both counted: words for the one, numbers for the other.
                    story: format!(
                        "the {} read is of message {number} at {now} ms; it came at {came} ms under {timer:?}, {read}, {end}",
                        ordinal(reads.len())
                    ),
                });
            }
        }
    }
    reads
}

/// What comes after `before` others, in a word.
fn ordinal(before: usize) -> String {
    const WORDS: [&str; 6] = ["first", "second", "third", "fourth", "fifth", "sixth"];
    match WORDS.get(before) {
        Some(word) => (*word).to_string(),
        // Scripts are short: no twenty-first comes.
        None => format!("{}th", before + 1),
    }
}

/// A script on one line.
fn in_words(script: &[(Millis, Action)]) -> String {
    let step = |(time, action): &(Millis, Action)| match action {
        Action::SetTimer(timer) => format!("{time}: chat timer {timer:?}"),
        Action::Receive { text, timer: None } => format!("{time}: receive {text:?}"),
        Action::Receive {
            text,
            timer: Some(timer),
        } => format!("{time}: receive {text:?}, own timer {timer:?}"),
        Action::Read(number) => format!("{time}: read {number}"),
    };
    script.iter().map(step).collect::<Vec<_>>().join("; ")
}

/// Some steps, close enough together for deadlines to fall between them.
fn draw_script(random: &mut Seeded) -> Script {
    fn timer(random: &mut Seeded) -> Timer {
        let length = [500, 1_000, 2_000, 3_000, 5_000][random.below(5) as usize];
        match random.below(8) {
            0 => Timer::Off,
            1..=3 => Timer::AfterSend(length),
            _ => Timer::AfterRead(length),
        }
    }
    let mut script = Vec::new();
    let mut time = random.below(3) * 500;
    let mut received = 0;
    for _ in 0..5 + random.below(12) {
        time += [0, 1, 499, 500, 1_000, 2_000, 4_000][random.below(7) as usize];
        match random.below(8) {
            0 => script.push(set(time, timer(random))),
            1 | 2 => {
                let own = (random.below(2) == 0).then(|| timer(random));
                script.push(receive(
                    time,
                    ["hi", "ok", "see you", "when?"][random.below(4) as usize],
                    own,
                ));
                received += 1;
            }
            _ if received == 0 => {
                script.push(receive(time, "hello", None));
                received += 1;
            }
            _ => script.push(read(time, random.below(received) as usize)),
        }
    }
    script
}

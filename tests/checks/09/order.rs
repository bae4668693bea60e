//! Lesson 09, wrong_order and next_state: which message may come when.

use messaging_lab::course::exam::{Exam, Fault};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::Student;
use messaging_lab::ground::randomness::Seeded;

use super::wrong;

/// In this state this message leads to that state, and whether it is held against hvi on the way.
pub type Row = (String, String, String, bool);

/// A role, a state, and a message that arrives.
pub type Place = (String, String, String);

fn row(state: &str, message: &str, next: &str, checks: bool) -> Row {
    (state.to_string(), message.to_string(), next.to_string(), checks)
}

/// What a sound responder does.
fn sound() -> Vec<Row> {
    vec![
        row("hello", "Commit", "committed", false),
        row("committed", "DHPart2", "agreed", true),
        row("agreed", "Confirm2", "confirmed", false),
    ]
}

fn with(more: &[Row]) -> Vec<Row> {
    [&sound(), more].concat()
}

/// Where a machine is after an order of messages, or what stopped it.
enum After {
    State(String),
    Checked(String),
    NoSuchRow(String, String),
}

fn run(machine: &[Row], order: &[String]) -> After {
    let mut here = "hello".to_string();
    for message in order {
        let row = machine
            .iter()
            .find(|(state, known, ..)| *state == here && known == message);
        match row {
            None => return After::NoSuchRow(here, message.clone()),
            Some((_, _, _, true)) => return After::Checked(here),
            Some((_, _, next, false)) => here.clone_from(next),
        }
    }
    After::State(here)
}

/// Whether there is such an order at all: states that can be reached without a check, until no more come.
fn can_be_reached(machine: &[Row]) -> bool {
    let mut reached = vec!["hello"];
    while let Some((_, _, next, _)) = machine.iter().find(|(state, _, next, checks)| {
        !checks && reached.contains(&state.as_str()) && !reached.contains(&next.as_str())
    }) {
        reached.push(next);
    }
    reached.contains(&"confirmed")
}

/// A sound machine with rows added, or its states under other names and a longer way.
fn drawn(random: &mut Seeded) -> Vec<Row> {
    let states = ["hello", "committed", "agreed", "waiting", "trusting", "confirmed"];
    let messages = [
        "Commit", "DHPart1", "DHPart2", "Confirm1", "Confirm2", "Conf2ACK", "Hello",
    ];
    let mut machine = sound();
    for _ in 0..2 + random.below(9) {
        // Nothing leads out of "confirmed", and a state answers a message in one way.
        let state = states[random.below(5) as usize];
        let message = messages[random.below(7) as usize];
        let next = states[random.below(6) as usize];
        if !machine
            .iter()
            .any(|(at, known, ..)| at == state && known == message)
        {
            machine.push(row(state, message, next, random.below(3) == 0));
        }
    }
    for at in (1..machine.len()).rev() {
        machine.swap(at, random.below(at as u64 + 1) as usize);
    }
    machine
}

fn told(order: &Option<Vec<String>>) -> String {
    match order {
        None => "None: there is no such order".to_string(),
        Some(order) if order.is_empty() => "no messages at all".to_string(),
        Some(order) => order.join(", "),
    }
}

/// A way from "hello" to "confirmed" through so many states of its own, the last row first.
fn rooms(count: usize) -> Vec<Row> {
    let names: Vec<String> = (0..count).map(|number| format!("room {number}")).collect();
    let mut rows: Vec<Row> = names
        .windows(2)
        .map(|two| row(&two[0], "Hello", &two[1], false))
        .collect();
    rows.reverse();
    rows.push(row("hello", "DHPart1", &names[0], false));
    rows.push(row(&names[count - 1], "DHPart1", "confirmed", false));
    rows
}

/// An order of messages that ends in "confirmed", and nothing was held against hvi.
pub fn wrong_order(student: impl Student<Vec<Row>, Option<Vec<String>>>) -> Verdict {
    let long_way = [
        row("hello", "Hello", "waiting", false),
        row("waiting", "Commit", "hello", false),
        row("waiting", "Hello", "trusting", false),
        row("trusting", "Hello", "waiting", false),
        row("trusting", "DHPart2", "agreed", false),
    ];
    let dead_end = [
        row("hello", "Hello", "waiting", false),
        row("waiting", "Hello", "hello", false),
        row("waiting", "Confirm2", "confirmed", true),
        row("committed", "Confirm1", "trusting", false),
    ];
    let not_from_hello = [row("trusting", "Conf2ACK", "confirmed", false)];
    Exam::new("handshake/wrong_order", wrong::wrong_order())
        .case("a sound machine", sound())
        .case(
            "Confirm2 is taken early",
            with(&[row("committed", "Confirm2", "confirmed", false)]),
        )
        .case(
            "DHPart1 is taken for DHPart2",
            with(&[row("committed", "DHPart1", "agreed", false)]),
        )
        .case(
            "DHPart2 is taken before the Commit",
            with(&[row("hello", "DHPart2", "agreed", false)]),
        )
        .case("a long way round", with(&long_way))
        .case(
            "the same message twice",
            with(&[
                row("hello", "Confirm2", "waiting", false),
                row("waiting", "Confirm2", "confirmed", false),
            ]),
        )
        .case(
            "four messages",
            with(&[
                row("committed", "DHPart1", "waiting", false),
                row("waiting", "Confirm1", "trusting", false),
                row("trusting", "Conf2ACK", "confirmed", false),
            ]),
        )
        .case("a way through many states", with(&rooms(10)))
        .case("a way round that is checked, too", with(&dead_end))
        .case("a way through more states", with(&rooms(40)))
        .case("a way that nobody can take", with(&not_from_hello))
        .case(
            "the first row does not begin at hello",
            [&[row("committed", "Conf2ACK", "confirmed", false)][..], &sound()].concat(),
        )
        .case(
            "a single step",
            with(&[row("hello", "Confirm2", "confirmed", false)]),
        )
        .case("a machine without rows", Vec::new())
        .case("a way through very many states", with(&rooms(120)))
        .case(
            "the same message, checked and unchecked",
            with(&[
                row("hello", "Conf2ACK", "confirmed", true),
                row("committed", "Conf2ACK", "confirmed", false),
            ]),
        )
        .case(
            "to the same state, checked and unchecked",
            with(&[
                row("hello", "Hello", "waiting", true),
                row("hello", "DHPart1", "waiting", false),
                row("waiting", "Confirm1", "confirmed", false),
            ]),
        )
        .seeded(24, drawn)
        .shows(told)
        .judge(
            student,
            |machine| {
                let rows = machine.iter().map(|(state, message, next, checks)| {
                    let checked = if *checks { " (checked)" } else { "" };
                    format!("{state} -{message}-> {next}{checked}")
                });
                format!("{}: which order?", rows.collect::<Vec<_>>().join("; "))
            },
            |machine, got| {
                let possible = can_be_reached(machine);
                let Some(order) = got else {
                    return match possible {
                        false => Ok(()),
                        true => Err(Fault::new(
                            "an order: there is one",
                            "somebody in the path finds it: he sends messages in the order that suits him",
                        )),
                    };
                };
                let wanted = match possible {
                    true => "an order that ends in \"confirmed\" and takes no checked row",
                    false => "None: every way to \"confirmed\" is checked",
                };
                let why = match run(machine, order) {
                    After::State(state) if state == "confirmed" => return Ok(()),
                    After::State(state) => format!("after it the machine is in {state:?}"),
                    After::Checked(state) => {
                        format!("in {state:?} the DHPart2 is held against hvi, and a false one ends the call")
                    }
                    After::NoSuchRow(state, message) => {
                        format!("in {state:?} this machine does not take {message:?}")
                    }
                };
                Err(Fault::new(wanted, why))
            },
        )
}

const MESSAGES: [&str; 7] = [
    "Hello", "Commit", "DHPart1", "DHPart2", "Confirm1", "Confirm2", "Conf2ACK",
];

/// The steps of a call, and nothing else: (role, state, message) and the next state.
const STEPS: [((&str, &str, &str), &str); 6] = [
    (("responder", "hello", "Commit"), "committed"),
    (("responder", "committed", "DHPart2"), "agreed"),
    (("responder", "agreed", "Confirm2"), "confirmed"),
    (("initiator", "committed", "DHPart1"), "agreed"),
    (("initiator", "agreed", "Confirm1"), "confirming"),
    (("initiator", "confirming", "Conf2ACK"), "confirmed"),
];

/// Every state, with every message, for either role: also the state that only the other role has. Two Commits that
/// cross are left to the model: the lesson says that they do not come.
fn places() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let states = [
        ("responder", "hello"),
        ("responder", "committed"),
        ("responder", "agreed"),
        ("responder", "confirming"),
        ("responder", "confirmed"),
        ("responder", "ended"),
        ("initiator", "hello"),
        ("initiator", "committed"),
        ("initiator", "agreed"),
        ("initiator", "confirming"),
        ("initiator", "confirmed"),
        ("initiator", "ended"),
    ];
    states
        .into_iter()
        .flat_map(|(role, state)| MESSAGES.map(move |message| (role, state, message)))
        .filter(|place| *place != ("initiator", "committed", "Commit"))
}

/// What a message does to a phone.
pub fn next_state(student: impl Student<Place, Option<String>>) -> Verdict {
    let mut exam = Exam::new("handshake/next_state", wrong::next_state()).fixes_the_first();
    let name = |place: &(&str, &str, &str)| match STEPS.iter().any(|(step, _)| step == place) {
        true => "an honest call",
        false => "a message that this state does not wait for",
    };
    for place in places() {
        let (role, state, message) = place;
        exam = exam.case(
            name(&place),
            (role.to_string(), state.to_string(), message.to_string()),
        );
    }
    exam.judge(
        student,
        |(role, state, message)| format!("{role}, {state}: {message} arrives; which state?"),
        |(role, state, message), got| {
            let place = (role.as_str(), state.as_str(), message.as_str());
            let step = STEPS.iter().find(|(step, _)| *step == place);
            let wanted = step.map(|(_, next)| next.to_string());
            if *got == wanted {
                return Ok(());
            }
            let why = match (&wanted, got) {
                (Some(_), None) => {
                    "an honest phone sends this now: whoever refuses it makes no calls".to_string()
                }
                (Some(_), Some(_)) => "the phone waits for the wrong message from then on".to_string(),
                (None, Some(_))
                    if matches!(place, ("responder", "confirming", _) | ("initiator", "hello", _)) =>
                {
                    "the drawing does not give this state to this role: ask for the role as well".to_string()
                }
                (None, Some(next)) if next == "confirmed" && state != "confirmed" => {
                    "the phone believes that the call is secured, and what should have been checked was not"
                        .to_string()
                }
                (None, Some(next)) if next == state => {
                    "nothing moves, but the message counts as taken: refuse it, so that nothing of it is used"
                        .to_string()
                }
                (None, _) => {
                    "somebody in the path moves the phone with a message that is not due".to_string()
                }
            };
            Err(Fault::new(format!("{wanted:?}"), why))
        },
    )
}

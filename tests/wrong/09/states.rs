//! Lesson 09, next_state: planted wrong answers.

use messaging_lab::course::student::Planted;

use super::super::Place;

fn to(next: &str) -> Option<String> {
    Some(next.to_string())
}

/// The sound machine.
fn step(role: &str, state: &str, message: &str) -> Option<String> {
    match (role, state, message) {
        ("responder", "hello", "Commit") => to("committed"),
        ("responder", "committed", "DHPart2") | ("initiator", "committed", "DHPart1") => to("agreed"),
        ("initiator", "agreed", "Confirm1") => to("confirming"),
        ("responder", "agreed", "Confirm2") | ("initiator", "confirming", "Conf2ACK") => to("confirmed"),
        _ => None,
    }
}

/// The steps of a call: the six arrows.
const STEPS: [[&str; 3]; 6] = [
    ["responder", "hello", "Commit"],
    ["responder", "committed", "DHPart2"],
    ["responder", "agreed", "Confirm2"],
    ["initiator", "committed", "DHPart1"],
    ["initiator", "agreed", "Confirm1"],
    ["initiator", "confirming", "Conf2ACK"],
];

/// All steps but one.
fn without<const STEP: usize>((role, state, message): Place) -> Option<String> {
    step(&role, &state, &message).filter(|_| [&role[..], &state, &message] != STEPS[STEP])
}

/// As it was handed out.
fn permissive(state: &str, message: &str) -> Option<String> {
    if state == "ended" {
        return None;
    }
    match message {
        "Commit" => to("committed"),
        "DHPart1" | "DHPart2" => to("agreed"),
        "Confirm1" => to("confirming"),
        "Confirm2" | "Conf2ACK" => to("confirmed"),
        _ => None,
    }
}

pub fn next_state() -> Vec<Planted<Place, Option<String>>> {
    vec![
        Planted {
            name: "as-handed-out",
            about: "the message alone decides: ask for role and state as well",
            answer: |(_, state, message)| permissive(&state, &message),
        },
        Planted {
            name: "any-role",
            about: "the role is not asked: the initiator would take what only a responder gets, and the other way round",
            answer: |(_, state, message)| {
                step("responder", &state, &message).or_else(|| step("initiator", &state, &message))
            },
        },
        Planted {
            name: "any-role-says-hello",
            about: "in hello the role is not asked: the drawing gives that state to the responder only",
            answer: |(role, state, message)| match (state.as_str(), message.as_str()) {
                ("hello", "Commit") => to("committed"),
                (state, message) => step(&role, state, message),
            },
        },
        Planted {
            name: "any-role-confirming",
            about: "in confirming the role is not asked: the drawing gives that state to the initiator only",
            answer: |(role, state, message)| match (state.as_str(), message.as_str()) {
                ("confirming", "Conf2ACK") => to("confirmed"),
                (state, message) => step(&role, state, message),
            },
        },
        Planted {
            name: "any-state-of-that-role",
            about: "role and message decide, the state is not asked: any order will do",
            answer: |(role, state, message)| {
                let states = ["hello", "committed", "agreed", "confirming"];
                let found = states.iter().find_map(|state| step(&role, state, &message));
                found.filter(|_| state != "ended")
            },
        },
        Planted {
            name: "not-backwards",
            about: "it only refuses to go back: to skip a step is as bad",
            answer: |(_, state, message)| {
                let order = ["hello", "committed", "agreed", "confirming", "confirmed", "ended"];
                let place = |name: &str| order.iter().position(|known| *known == name);
                permissive(&state, &message).filter(|next| place(next) > place(&state))
            },
        },
        Planted {
            name: "no-skipping",
            about: "states are counted, one further at a time: each step wants its own message, and the role's",
            answer: |(_, state, message)| {
                let order = ["hello", "committed", "agreed", "confirming", "confirmed", "ended"];
                let place = |name: &str| order.iter().position(|known| *known == name).unwrap_or(9);
                permissive(&state, &message)
                    .filter(|next| place(next) > place(&state) && place(next) <= place(&state) + 2)
            },
        },
        Planted {
            name: "refuses-everything",
            about: "nobody can call any more: an honest call has six steps",
            answer: |_| None,
        },
        Planted {
            name: "no-initiator",
            about: "the initiator can make no call any more: it has three arrows of its own",
            answer: |(role, state, message)| step(&role, &state, &message).filter(|_| role == "responder"),
        },
        Planted {
            name: "no-responder",
            about: "the responder can take no call any more: it has three arrows of its own",
            answer: |(role, state, message)| step(&role, &state, &message).filter(|_| role == "initiator"),
        },
        Planted {
            name: "roles-exchanged",
            about: "initiator and responder are exchanged: the responder is the one that gets a Commit",
            answer: |(role, state, message)| {
                let other = if role == "initiator" {
                    "responder"
                } else {
                    "initiator"
                };
                step(other, &state, &message)
            },
        },
        Planted {
            name: "no-commit",
            about: "an arrow of the drawing is missing: in hello the responder waits for Commit",
            answer: without::<0>,
        },
        Planted {
            name: "no-dhpart2",
            about: "an arrow of the drawing is missing: in committed the responder waits for DHPart2",
            answer: without::<1>,
        },
        Planted {
            name: "no-confirm2",
            about: "an arrow of the drawing is missing: in agreed the responder waits for Confirm2",
            answer: without::<2>,
        },
        Planted {
            name: "no-dhpart1",
            about: "an arrow of the drawing is missing: in committed the initiator waits for DHPart1",
            answer: without::<3>,
        },
        Planted {
            name: "no-confirm1",
            about: "an arrow of the drawing is missing: in agreed the initiator waits for Confirm1",
            answer: without::<4>,
        },
        Planted {
            name: "no-conf2ack",
            about: "an arrow of the drawing is missing: in confirming the initiator waits for Conf2ACK",
            answer: without::<5>,
        },
        Planted {
            name: "always-confirmed",
            about: "the phone believes whatever comes: ask for role, state and message",
            answer: |_| to("confirmed"),
        },
        Planted {
            name: "stays-where-it-is",
            about: "a message that is not due is refused, not taken: None, not the old state",
            answer: |(role, state, message)| step(&role, &state, &message).or(Some(state)),
        },
        Planted {
            name: "ends-the-call",
            about: "then anybody can end any call with a message that is not due: refuse it, nothing else",
            answer: |(role, state, message)| step(&role, &state, &message).or_else(|| to("ended")),
        },
        Planted {
            name: "confirmed-too-early",
            about: "the initiator's Confirm1 leads to confirming: confirmed is he when the Conf2ACK has come",
            answer: |(role, state, message)| {
                step(&role, &state, &message).map(|next| {
                    if next == "confirming" {
                        "confirmed".to_string()
                    } else {
                        next
                    }
                })
            },
        },
        Planted {
            name: "dhparts-exchanged",
            about: "the initiator waits for DHPart1 and sends DHPart2; the responder the other way round",
            answer: |(role, state, message)| {
                let other = match message.as_str() {
                    "DHPart1" => "DHPart2",
                    "DHPart2" => "DHPart1",
                    message => message,
                };
                step(&role, &state, other)
            },
        },
        Planted {
            name: "either-dhpart",
            about: "either DHPart is taken by either role: only one of them is held against hvi",
            answer: |(role, state, message)| match (state.as_str(), message.as_str()) {
                ("committed", "DHPart1" | "DHPart2") => to("agreed"),
                (state, message) => step(&role, state, message),
            },
        },
        Planted {
            name: "either-confirm",
            about: "either Confirm is taken by either role: each waits for the other's",
            answer: |(role, state, message)| match (role.as_str(), state.as_str(), message.as_str()) {
                ("responder", "agreed", "Confirm1") => to("confirmed"),
                ("initiator", "agreed", "Confirm2") => to("confirming"),
                (role, state, message) => step(role, state, message),
            },
        },
        Planted {
            name: "responder-confirming-too",
            about: "the responder has no confirming: with Confirm2 he has all he needs",
            answer: |(role, state, message)| match (role.as_str(), state.as_str(), message.as_str()) {
                ("responder", "agreed", "Confirm2") => to("confirming"),
                ("responder", "confirming", "Conf2ACK") => to("confirmed"),
                (role, state, message) => step(role, state, message),
            },
        },
        Planted {
            name: "a-second-commit",
            about: "once committed, another Commit is refused: or he promises anew when he has seen your public value",
            answer: |(role, state, message)| match (role.as_str(), state.as_str(), message.as_str()) {
                ("responder", "committed" | "agreed", "Commit") => to("committed"),
                (role, state, message) => step(role, state, message),
            },
        },
        Planted {
            name: "confirm2-when-committed",
            about: "a Confirm2 before any DHPart2: the very order that wrong_order finds",
            answer: |(role, state, message)| match (role.as_str(), state.as_str(), message.as_str()) {
                ("responder", "committed", "Confirm2") => to("confirmed"),
                (role, state, message) => step(role, state, message),
            },
        },
        Planted {
            name: "dhpart2-without-commit",
            about: "a DHPart2 before any Commit: then nothing was promised, and hvi is not there to compare",
            answer: |(role, state, message)| match (role.as_str(), state.as_str(), message.as_str()) {
                ("responder", "hello", "DHPart2") => to("agreed"),
                (role, state, message) => step(role, state, message),
            },
        },
        Planted {
            name: "conf2ack-without-confirm1",
            about: "a Conf2ACK before any Confirm1: the other phone has not shown that it holds the keys",
            answer: |(role, state, message)| match (role.as_str(), state.as_str(), message.as_str()) {
                ("initiator", "agreed", "Conf2ACK") => to("confirmed"),
                (role, state, message) => step(role, state, message),
            },
        },
        Planted {
            name: "hello-changes-nothing",
            about: "a Hello is refused as well: None, not the old state",
            answer: |(role, state, message)| match message.as_str() {
                "Hello" => Some(state),
                message => step(&role, &state, message),
            },
        },
        Planted {
            name: "hello-in-hello",
            about: "a Hello is refused in hello as well: None, not the old state",
            answer: |(role, state, message)| match (state.as_str(), message.as_str()) {
                ("hello", "Hello") => to("hello"),
                (state, message) => step(&role, state, message),
            },
        },
        Planted {
            name: "hello-begins-anew",
            about: "a Hello in the middle of a call is no new call: refuse it",
            answer: |(role, state, message)| match message.as_str() {
                "Hello" if state != "ended" => to("hello"),
                message => step(&role, &state, message),
            },
        },
        Planted {
            name: "in-capitals",
            about: "the names of states are written small: \"committed\", \"agreed\", \"confirming\", \"confirmed\"",
            answer: |(role, state, message)| {
                let next = step(&role, &state, &message)?;
                Some(next[..1].to_uppercase() + &next[1..])
            },
        },
    ]
}

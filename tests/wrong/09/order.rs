//! Lesson 09, wrong_order: planted wrong answers.

use messaging_lab::course::student::Planted;

use super::super::Row;

type Order = Option<Vec<String>>;

fn words(order: &[&str]) -> Order {
    Some(order.iter().map(|message| message.to_string()).collect())
}

/// The shortest order from `start` to "confirmed" over the rows that `takes` allows.
fn search(machine: &[Row], start: &str, takes: &dyn Fn(&Row) -> bool) -> Order {
    let mut reached = vec![(start.to_string(), Vec::new())];
    let mut at = 0;
    while at < reached.len() {
        let (here, order) = reached[at].clone();
        if here == "confirmed" {
            return Some(order);
        }
        for row in machine.iter().filter(|row| row.0 == here && takes(row)) {
            if reached.iter().all(|(known, _)| *known != row.2) {
                let mut longer: Vec<String> = order.clone();
                longer.push(row.1.clone());
                reached.push((row.2.clone(), longer));
            }
        }
        at += 1;
    }
    None
}

fn unchecked(row: &Row) -> bool {
    !row.3
}

pub fn wrong_order() -> Vec<Planted<Vec<Row>, Order>> {
    vec![
        Planted {
            name: "the-honest-order",
            about: "that is an honest call: its DHPart2 is checked",
            answer: |_| words(&["Commit", "DHPart2", "Confirm2"]),
        },
        Planted {
            name: "without-dhpart2",
            about: "the same order for every machine: read the rows",
            answer: |_| words(&["Commit", "Confirm2"]),
        },
        Planted {
            name: "confirm2-alone",
            about: "the same order for every machine: read the rows",
            answer: |_| words(&["Confirm2"]),
        },
        Planted {
            name: "no-messages",
            about: "without a message every machine stays in \"hello\"",
            answer: |_| Some(Vec::new()),
        },
        Planted {
            name: "an-empty-order-for-none",
            about: "where there is no order it gives an empty one, and that leaves the machine in \"hello\": give None",
            answer: |machine| Some(search(&machine, "hello", &unchecked).unwrap_or_default()),
        },
        Planted {
            name: "there-is-none",
            about: "not every machine is sound: follow the rows that are not checked",
            answer: |_| None,
        },
        Planted {
            name: "never-looks-at-the-check",
            about: "the shortest way, checked or not: leave out the rows that are checked",
            answer: |machine| search(&machine, "hello", &|_| true),
        },
        Planted {
            name: "only-checked-rows",
            about: "the wrong way round: these are the rows that are checked",
            answer: |machine| search(&machine, "hello", &|row| row.3),
        },
        Planted {
            name: "starts-at-committed",
            about: "the machine begins in \"hello\": the first message has to be taken there",
            answer: |machine| search(&machine, "committed", &unchecked),
        },
        Planted {
            name: "starts-at-the-first-row",
            about: "the machine begins in \"hello\", wherever the first row begins: rows are in any order",
            answer: |machine| {
                let start = machine.first().map_or("hello", |row| &row.0);
                search(&machine, start, &unchecked)
            },
        },
        Planted {
            name: "names-the-states",
            about: "these are states: the order is one of messages",
            answer: |machine| {
                let order = search(&machine, "hello", &unchecked)?;
                let mut here = "hello".to_string();
                let mut states = Vec::new();
                for message in &order {
                    let row = machine.iter().find(|row| row.0 == here && row.1 == *message)?;
                    here.clone_from(&row.2);
                    states.push(row.2.clone());
                }
                Some(states)
            },
        },
        Planted {
            name: "backwards",
            about: "the way was walked back from \"confirmed\", and the order was not turned round",
            answer: |machine| {
                let mut order = search(&machine, "hello", &unchecked)?;
                order.reverse();
                Some(order)
            },
        },
        Planted {
            name: "forgets-the-last-step",
            about: "one message is missing at the end: the machine must be in \"confirmed\" after it",
            answer: |machine| {
                let mut order = search(&machine, "hello", &unchecked)?;
                order.pop();
                Some(order)
            },
        },
        Planted {
            name: "all-unchecked-messages",
            about: "every message that is taken unchecked anywhere, one after the other: each is taken in its state only",
            answer: |machine| Some(machine.into_iter().filter(unchecked).map(|row| row.1).collect()),
        },
        Planted {
            name: "the-first-row-each-time",
            about: "always the first row that fits: if it leads round in a circle or to a dead end, try the others",
            answer: |machine| {
                let mut here = "hello".to_string();
                let mut order = Vec::new();
                while here != "confirmed" && order.len() < machine.len() {
                    let row = machine.iter().find(|row| row.0 == here && unchecked(row))?;
                    order.push(row.1.clone());
                    here.clone_from(&row.2);
                }
                (here == "confirmed").then_some(order)
            },
        },
        Planted {
            name: "does-not-take-back",
            about: "from a way that leads nowhere its messages are still in the order: take them out on the way back",
            answer: |machine| {
                fn walk(
                    machine: &[Row],
                    here: &str,
                    seen: &mut Vec<String>,
                    order: &mut Vec<String>,
                ) -> bool {
                    if here == "confirmed" {
                        return true;
                    }
                    seen.push(here.to_string());
                    for row in machine.iter().filter(|row| row.0 == here && unchecked(row)) {
                        if !seen.contains(&row.2) {
                            order.push(row.1.clone());
                            if walk(machine, &row.2, seen, order) {
                                return true;
                            }
                        }
                    }
                    false
                }
                let mut order = Vec::new();
                walk(&machine, "hello", &mut Vec::new(), &mut order).then_some(order)
            },
        },
        Planted {
            name: "seen-behind-a-check",
            about: "a state counts as seen though only a checked row led there: look at the check first",
            answer: |machine| {
                let mut seen = vec!["hello".to_string()];
                let mut waiting = vec![("hello".to_string(), Vec::new())];
                let mut at = 0;
                while at < waiting.len() {
                    let (here, order) = waiting[at].clone();
                    if here == "confirmed" {
                        return Some(order);
                    }
                    for row in machine.iter().filter(|row| row.0 == here) {
                        if !seen.contains(&row.2) {
                            seen.push(row.2.clone());
                            if unchecked(row) {
                                let longer = [&order[..], std::slice::from_ref(&row.1)].concat();
                                waiting.push((row.2.clone(), longer));
                            }
                        }
                    }
                    at += 1;
                }
                None
            },
        },
        Planted {
            name: "hundred-messages-at-most",
            about: "a way may be longer than a hundred messages: stop where all states are seen, not after a number",
            answer: |machine| search(&machine, "hello", &unchecked).filter(|order| order.len() <= 100),
        },
        Planted {
            name: "sixteen-messages-at-most",
            about: "a way may be longer than sixteen messages: stop where all states are seen, not after a number",
            answer: |machine| search(&machine, "hello", &unchecked).filter(|order| order.len() <= 16),
        },
        Planted {
            name: "one-detour-only",
            about: "a way may be longer than three messages",
            answer: |machine| search(&machine, "hello", &unchecked).filter(|order| order.len() <= 3),
        },
        Planted {
            name: "six-messages-at-most",
            about: "a way may be longer than six messages",
            answer: |machine| search(&machine, "hello", &unchecked).filter(|order| order.len() <= 6),
        },
        Planted {
            name: "never-a-dhpart2",
            about: "it leaves out every DHPart2: only a row that says so is checked",
            answer: |machine| search(&machine, "hello", &|row| row.1 != "DHPart2"),
        },
        Planted {
            name: "neither-checked-nor-dhpart2",
            about: "it leaves out every DHPart2, also where no check is: only a row that says so is checked",
            answer: |machine| search(&machine, "hello", &|row| unchecked(row) && row.1 != "DHPart2"),
        },
        Planted {
            name: "checked-messages-nowhere",
            about: "a message that one row checks is left out in all others: each row says it for itself",
            answer: |machine| {
                let checked = |row: &Row| machine.iter().any(|other| other.1 == row.1 && other.3);
                search(&machine, "hello", &|row| !checked(row))
            },
        },
        Planted {
            name: "out-of-checked-states-nowhere",
            about: "a state that one checked row leaves is left out with all its rows: each row says it for itself",
            answer: |machine| {
                let checked = |row: &Row| machine.iter().any(|other| other.0 == row.0 && other.3);
                search(&machine, "hello", &|row| !checked(row))
            },
        },
        Planted {
            name: "into-checked-states-nowhere",
            about: "a state that one checked row leads to is never entered: another row may lead there unchecked",
            answer: |machine| {
                let checked = |row: &Row| machine.iter().any(|other| other.2 == row.2 && other.3);
                search(&machine, "hello", &|row| !checked(row))
            },
        },
        Planted {
            name: "never-agreed",
            about: "it keeps out of \"agreed\": only a row that says so is checked",
            answer: |machine| search(&machine, "hello", &|row| unchecked(row) && row.2 != "agreed"),
        },
        Planted {
            name: "only-a-checked-dhpart2",
            about: "a check counts whatever the message is called: the row says whether there is one",
            answer: |machine| search(&machine, "hello", &|row| !row.3 || row.1 != "DHPart2"),
        },
        Planted {
            name: "each-message-once",
            about: "a message may come twice: remember the states that you have seen, not the messages",
            answer: |machine| {
                let order = search(&machine, "hello", &unchecked)?;
                let twice = (1..order.len()).any(|at| order[..at].contains(&order[at]));
                (!twice).then_some(order)
            },
        },
        Planted {
            name: "one-pass-over-the-rows",
            about: "one pass over the rows: a row further up may follow one further down, so start again",
            answer: |machine| {
                let mut here = "hello".to_string();
                let mut order = Vec::new();
                for row in &machine {
                    if row.0 == here && unchecked(row) && here != "confirmed" {
                        order.push(row.1.clone());
                        here.clone_from(&row.2);
                    }
                }
                (here == "confirmed").then_some(order)
            },
        },
    ]
}

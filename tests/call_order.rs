//! Which message moves a phone in which state: what lesson 09 draws, held to the model's own phones.

use std::collections::{BTreeMap, VecDeque};

use messaging_lab::call::key_schedule::Role;
use messaging_lab::call::memory::Memory;
use messaging_lab::call::session::{Session, Settings, State};
use messaging_lab::call::wire::Kind;
use messaging_lab::ground::randomness::Seeded;

/// The arrows of the lesson's drawing.
const ARROWS: [((Role, &str, Kind), &str); 6] = [
    ((Role::Responder, "hello", Kind::Commit), "committed"),
    ((Role::Responder, "committed", Kind::DhPart2), "agreed"),
    ((Role::Responder, "agreed", Kind::Confirm2), "confirmed"),
    ((Role::Initiator, "committed", Kind::DhPart1), "agreed"),
    ((Role::Initiator, "agreed", Kind::Confirm1), "confirming"),
    ((Role::Initiator, "confirming", Kind::Conf2Ack), "confirmed"),
];

const KINDS: [Kind; 7] = [
    Kind::Hello,
    Kind::Commit,
    Kind::DhPart1,
    Kind::DhPart2,
    Kind::Confirm1,
    Kind::Confirm2,
    Kind::Conf2Ack,
];

fn name(state: State) -> &'static str {
    match state {
        State::Idle => "idle",
        State::Hello => "hello",
        State::Committed(_) => "committed",
        State::Agreed(_) => "agreed",
        State::Confirming => "confirming",
        State::Confirmed(_) => "confirmed",
        State::Ended(_) => "ended",
    }
}

/// What was said, by whom: 0 is Alice, who commits.
type Said = BTreeMap<(usize, Kind), Vec<u8>>;

/// The same call each time, as far as its first `deliveries` messages.
fn after(deliveries: usize) -> ([Session; 2], Said) {
    let mut random = Seeded::new(609);
    let mut phones = [*b"alice's zid.", *b"bob's phone."].map(|zid| {
        let mut settings = Settings::new(zid);
        settings.commits = zid[0] == b'a';
        Some(Session::new(settings, Memory::new(), &mut random).expect("seeded"))
    });
    let (mut on_the_way, mut said) = (VecDeque::new(), Said::new());
    let mut sends = |from: usize, messages: Vec<Vec<u8>>, on_the_way: &mut VecDeque<(usize, Vec<u8>)>| {
        for message in messages {
            said.insert((from, Kind::of(&message).expect("a message")), message.clone());
            on_the_way.push_back((1 - from, message));
        }
    };
    for (side, phone) in phones.iter_mut().enumerate() {
        let (started, reaction) = phone.take().expect("there").start(0);
        *phone = Some(started);
        sends(side, reaction.sends, &mut on_the_way);
    }
    for _ in 0..deliveries {
        let Some((to, message)) = on_the_way.pop_front() else {
            break;
        };
        let (phone, reaction) = phones[to].take().expect("there").receive(&message, 0);
        phones[to] = Some(phone);
        sends(to, reaction.sends, &mut on_the_way);
    }
    (phones.map(|phone| phone.expect("there")), said)
}

const ALL: usize = 50;

#[test]
fn what_moves_a_phone_is_what_the_lesson_draws_and_nothing_else() {
    let (phones, said) = after(ALL);
    assert!(phones.iter().all(|phone| phone.confirmed().is_some()));
    let mut moved = 0;
    for (side, role) in [(0, Role::Initiator), (1, Role::Responder)] {
        // The last moment in each state: the Hellos are over by then.
        let mut last = BTreeMap::new();
        for deliveries in 0..ALL {
            last.insert(name(after(deliveries).0[side].state()), deliveries);
        }
        for (state, deliveries) in last {
            for kind in KINDS {
                // Who commits is no initiator yet, and Commits that cross are not in the drawing.
                if role == Role::Initiator
                    && (state == "hello" || (state, kind) == ("committed", Kind::Commit))
                {
                    continue;
                }
                let message = said.get(&(1 - side, kind)).or_else(|| said.get(&(side, kind)));
                let (phones, _) = after(deliveries);
                let phone = phones.into_iter().nth(side).expect("two phones");
                let (phone, _) = phone.receive(message.expect("it was said in this call"), 0);
                let next = name(phone.state());
                let arrow = ARROWS.iter().find(|(from, _)| *from == (role, state, kind));
                assert_eq!(
                    next,
                    arrow.map_or(state, |(_, next)| *next),
                    "{role:?} {state} {kind:?}"
                );
                moved += u32::from(arrow.is_some());
            }
        }
    }
    assert_eq!(moved, 6, "every arrow was tried");
}

#[test]
fn nothing_moves_a_phone_whose_call_has_ended() {
    let (_, said) = after(ALL);
    for message in said.values() {
        for phone in after(ALL).0 {
            let (phone, _) = phone.hang_up().receive(message, 0);
            assert_eq!(name(phone.state()), "ended");
        }
    }
}

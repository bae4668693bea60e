//! Lesson 09: solutions.

use std::collections::VecDeque;

use messaging_lab::call::frame::FrameKeys;
use messaging_lab::call::key_schedule::{kdf, label};
use messaging_lab::crypto::sha256::sha256;
use messaging_lab::ground::ledger::{Onlooker, Witness};

pub type Row = (String, String, String, bool);
pub type Found = (String, Vec<u8>);
pub type Direction = ([u8; 32], [u8; 12]);

pub fn predict() -> ([Option<bool>; 6], [Option<Witness>; 6]) {
    let guesses = [
        Some(true),
        Some(true),
        Some(false),
        Some(true),
        Some(false),
        Some(true),
    ];
    let witnesses = [
        Some(Witness::Holds(Onlooker::Relay, 3)),
        Some(Witness::Holds(Onlooker::Relay, 13)),
        Some(Witness::Nobody),
        Some(Witness::Holds(Onlooker::Tap, 22)),
        Some(Witness::Nobody),
        Some(Witness::Holds(Onlooker::Thief, 81)),
    ];
    (guesses, witnesses)
}

pub fn coin(theirs: u8) -> u8 {
    (theirs + 1) % 3
}

pub fn sealed_coin(nonce: &[u8; 32], mine: u8) -> [u8; 32] {
    let mut bytes = nonce.to_vec();
    bytes.push(mine);
    sha256(&bytes)
}

pub fn commit(dhpart2: &[u8], hello: &[u8]) -> [u8; 32] {
    sha256(&[dhpart2, hello].concat())
}

pub fn check_commit(hvi: &[u8; 32], dhpart2: &[u8], hello: &[u8]) -> bool {
    commit(dhpart2, hello) == *hvi
}

pub fn wrong_order(machine: &[Row]) -> Option<Vec<String>> {
    let mut reached = vec!["hello".to_string()];
    let mut waiting = VecDeque::from([("hello".to_string(), Vec::new())]);
    while let Some((here, order)) = waiting.pop_front() {
        if here == "confirmed" {
            return Some(order);
        }
        for (state, message, next, checks) in machine {
            if *state == here && !checks && !reached.contains(next) {
                reached.push(next.clone());
                let mut longer = order.clone();
                longer.push(message.clone());
                waiting.push_back((next.clone(), longer));
            }
        }
    }
    None
}

pub fn next_state(role: &str, state: &str, message: &str) -> Option<String> {
    let next = match (role, state, message) {
        ("responder", "hello", "Commit") => "committed",
        ("responder", "committed", "DHPart2") => "agreed",
        ("responder", "agreed", "Confirm2") => "confirmed",
        ("initiator", "committed", "DHPart1") => "agreed",
        ("initiator", "agreed", "Confirm1") => "confirming",
        ("initiator", "confirming", "Conf2ACK") => "confirmed",
        _ => return None,
    };
    Some(next.to_string())
}

pub fn keys(s0: &[u8; 32], context: &[u8; 56]) -> ([u8; 32], Direction, Direction) {
    (
        derived(s0, label::SAS, context),
        (
            derived(s0, label::INITIATOR_SRTP_MASTER_KEY, context),
            derived(s0, label::INITIATOR_SRTP_MASTER_SALT, context),
        ),
        (
            derived(s0, label::RESPONDER_SRTP_MASTER_KEY, context),
            derived(s0, label::RESPONDER_SRTP_MASTER_SALT, context),
        ),
    )
}

fn derived<const N: usize>(s0: &[u8; 32], label: &str, context: &[u8; 56]) -> [u8; N] {
    kdf(s0, label, context, 8 * N as u32).unwrap().try_into().unwrap()
}

pub fn late_tap(recording: &[Vec<u8>], alice: &[Found], bob: &[Found]) -> Vec<Vec<u8>> {
    let mut all_keys = Vec::new();
    for memory in [alice, bob] {
        for role in ["initiator", "responder"] {
            let find = |what: &str| {
                let name = format!("{role}'s frame {what}");
                memory.iter().find(|(found, _)| *found == name)
            };
            if let (Some((_, key)), Some((_, salt))) = (find("key"), find("salt")) {
                let key = key.clone().try_into().unwrap();
                let salt = salt.clone().try_into().unwrap();
                all_keys.push(FrameKeys::new(key, salt));
            }
        }
    }
    let mut payloads = Vec::new();
    for packet in recording {
        let Some(&[high, low]) = packet.get(2..4) else {
            continue;
        };
        let index = u64::from(u16::from_be_bytes([high, low]));
        if let Some(payload) = all_keys.iter().find_map(|keys| keys.open(index, packet).ok()) {
            payloads.push(payload);
        }
    }
    payloads
}

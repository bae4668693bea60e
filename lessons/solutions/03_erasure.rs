//! Lesson 03, solved: one way of many.

use std::collections::BTreeSet;

use messaging_lab::ground::ledger::{Onlooker, Witness};

pub type Line = (Onlooker, Vec<u8>, u64, Option<u64>);
pub type Piece = (u32, (usize, usize), (usize, usize));
pub type Place = (String, Vec<u8>, Vec<u8>);
pub type App = (String, Vec<Place>);

pub fn predict() -> ([Option<bool>; 6], [Option<Witness>; 6]) {
    let guesses = [true, true, false, true, false, true].map(Some);
    let witnesses = [
        Witness::Holds(Onlooker::AlicePhone, 15),
        Witness::Holds(Onlooker::BobDisk, 20),
        Witness::Nobody,
        Witness::Holds(Onlooker::Notification, 20),
        Witness::Nobody,
        Witness::Holds(Onlooker::OldFlashPage, 50),
    ];
    (guesses, witnesses.map(Some))
}

pub fn carve(image: &[u8]) -> Vec<Vec<u8>> {
    let mut bodies = Vec::new();
    let mut marked = BTreeSet::new();
    let mut rest = image.get(8..).unwrap_or_default();
    while let Some(head) = rest.first_chunk::<4>() {
        let length = u32::from_be_bytes(*head) as usize;
        if length < 53 || length > rest.len() {
            break;
        }
        let (record, behind) = rest.split_at(length);
        let number = &record[9..17];
        match record[8] {
            1 if length >= 67 => bodies.push((number, &record[63..length - 4])),
            3 => {
                marked.insert(number);
            }
            _ => {}
        }
        rest = behind;
    }
    bodies.retain(|(number, _)| marked.contains(number));
    bodies.into_iter().map(|(_, body)| body.to_vec()).collect()
}

pub fn who_still_has_it(ledger: &[Line], message: &[u8], moment: u64) -> Vec<Onlooker> {
    let mut holders = BTreeSet::new();
    for (onlooker, bytes, from, until) in ledger {
        let held = *from <= moment && until.is_none_or(|until| moment < until);
        if held && bytes.windows(message.len()).any(|part| part == message) {
            holders.insert(*onlooker);
        }
    }
    holders.into_iter().collect()
}

pub fn shred(pad: &[u8], body: &[u8]) -> Option<Vec<u8>> {
    let erased = pad.iter().all(|&byte| byte == 0);
    if erased || pad.len() < body.len() {
        return None;
    }
    Some(body.iter().zip(pad).map(|(letter, key)| letter ^ key).collect())
}

pub fn overwrite(expired: u32, layout: &[Piece]) -> Vec<(usize, usize)> {
    let of_expired = |piece: &&Piece| piece.0 == expired;
    layout.iter().filter(of_expired).map(|&(_, pad, _)| pad).collect()
}

pub fn catch_the_hoarder(message: &[u8], apps: &[App]) -> Vec<String> {
    apps.iter()
        .filter(|(_, places)| !keeps(message, places))
        .map(|(name, _)| name.clone())
        .collect()
}

/// Whether the message is left somewhere as it is, or sealed with its pad beside it.
fn keeps(message: &[u8], places: &[Place]) -> bool {
    let left: BTreeSet<&[u8]> = places
        .iter()
        .flat_map(|(_, _, after)| after.windows(message.len()))
        .collect();
    left.contains(message)
        || left.iter().any(|sealed| {
            let pad: Vec<u8> = sealed
                .iter()
                .zip(message)
                .map(|(byte, letter)| byte ^ letter)
                .collect();
            left.contains(&pad[..])
        })
}

pub fn sentence() -> ([Option<Witness>; 6], Option<char>, String) {
    let witnesses = [
        Witness::Holds(Onlooker::BobPhone, 12),
        Witness::Holds(Onlooker::AlicePhone, 15),
        Witness::Nobody,
        Witness::Holds(Onlooker::BobDisk, 20),
        Witness::Nobody,
        Witness::Holds(Onlooker::OldFlashPage, 50),
    ];
    let paragraph = "In an opt-in secret chat, once a message has been viewed, each cooperating app removes its own \
                     copy by its own clock. In the run Alice's phone lost its copy at second 18 and Bob's at 14, and \
                     Bob's disk, the backup and the picture had the text to the end. The run says nothing about an \
                     app that does not cooperate.";
    (witnesses.map(Some), Some('d'), paragraph.to_string())
}

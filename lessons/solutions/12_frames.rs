//! Lesson 12: one right answer for each exercise. Other ways are as good; the checks look at what an answer does.

use messaging_lab::ground::ledger::{Onlooker, Witness};

pub fn predict() -> ([Option<bool>; 6], [Option<Witness>; 6]) {
    let guesses = [false, true, true, false, false, true].map(Some);
    let witnesses = [
        Witness::Holds(Onlooker::BobPhone, 4),
        Witness::Nobody,
        Witness::Nobody,
        Witness::Holds(Onlooker::Tap, 6),
        Witness::Holds(Onlooker::BobPhone, 14),
        Witness::Nobody,
    ];
    (guesses, witnesses.map(Some))
}

pub fn index(roc: u32, s_l: u16, seq: u16, genuine: bool) -> (u64, u32, u16) {
    // How far ahead of s_l, from -32 768 to 32 767; exactly half a round is settled by staying in this one.
    let v = if s_l < 32_768 && i32::from(seq) - i32::from(s_l) > 32_768 {
        roc.wrapping_sub(1)
    } else if s_l >= 32_768 && i32::from(s_l) - 32_768 > i32::from(seq) {
        roc.wrapping_add(1)
    } else {
        roc
    };
    let index = u64::from(v) * 65_536 + u64::from(seq);
    if genuine && (v == roc.wrapping_add(1) || (v == roc && seq > s_l)) {
        (index, v, seq)
    } else {
        (index, roc, s_l)
    }
}

pub fn seq_and_size(frame: &[u8]) -> (u16, usize) {
    let seq = match frame {
        [_, _, high, low, ..] => u16::from_be_bytes([*high, *low]),
        _ => 0,
    };
    (seq, frame.len())
}

pub fn replay(recorded: &[Vec<u8>], word: usize) -> Vec<usize> {
    let Some(first) = recorded.first() else {
        return Vec::new();
    };
    // The order in which Alice's phone sent them: by how far each is ahead of the first, round the end and all.
    let (start, _) = seq_and_size(first);
    let mut order: Vec<usize> = (0..recorded.len()).collect();
    order.sort_by_key(|&at| seq_and_size(&recorded[at]).0.wrapping_sub(start) as i16);
    let mut words: Vec<Vec<usize>> = Vec::new();
    let mut silent = usize::MAX;
    let mut pause = Vec::new();
    for at in order {
        if seq_and_size(&recorded[at]).1 == 29 {
            silent = silent.saturating_add(1);
            pause.push(at);
            continue;
        }
        match words.last_mut() {
            Some(last) if silent < 25 => last.append(&mut pause),
            _ => words.push(Vec::new()),
        }
        pause.clear();
        silent = 0;
        if let Some(last) = words.last_mut() {
            last.push(at);
        }
    }
    words.get(word).cloned().unwrap_or_default()
}

pub fn replay_window(arrivals: &[(u64, bool)]) -> Vec<bool> {
    let mut taken: Vec<u64> = Vec::new();
    let mut answers = Vec::new();
    for &(index, genuine) in arrivals {
        let highest = taken.iter().max().copied();
        let too_old = highest.is_some_and(|highest| index + 64 <= highest);
        let take = genuine && !too_old && !taken.contains(&index);
        if take {
            taken.push(index);
            let highest = highest.unwrap_or(0).max(index);
            taken.retain(|&old| old + 64 > highest);
        }
        answers.push(take);
    }
    answers
}

pub fn hear_the_shape(sizes: &[usize], phrases: &[(String, Vec<usize>)]) -> String {
    // Both stretched to the same length, and laid one on the other.
    let apart = |other: &[usize]| -> usize {
        (0..100)
            .map(|at| sizes[at * sizes.len() / 100].abs_diff(other[at * other.len() / 100]))
            .sum()
    };
    let nearest = phrases.iter().min_by_key(|(_, example)| apart(example));
    nearest.map_or(String::new(), |(phrase, _)| phrase.clone())
}

pub fn constant_rate(frames: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let cell = |frame: &Vec<u8>| {
        let mut cell = (frame.len() as u16).to_be_bytes().to_vec();
        cell.extend_from_slice(frame);
        cell.resize(163, 0);
        cell
    };
    frames.iter().map(cell).collect()
}

pub fn sentence() -> ([Option<Witness>; 6], Option<char>, String) {
    let witnesses = [
        Witness::Nobody,
        Witness::Holds(Onlooker::Tap, 6),
        Witness::Holds(Onlooker::Relay, 0),
        Witness::Holds(Onlooker::Backup, 14),
        Witness::Holds(Onlooker::Tap, 22),
        Witness::Nobody,
    ];
    let paragraph = "In the first call the tap recorded everything and had no sound of it, up to second 24; but it \
        noted at 6 that Alice was silent, and the relay knew who called whom. In the second call nobody compared the \
        words, and the tap had Alice's sentence at 22. A recording app on the phone had one at 14, cipher or not.";
    (witnesses.map(Some), Some('b'), paragraph.to_string())
}

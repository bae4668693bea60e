//! Lesson 12, replay: planted wrong answers.

use messaging_lab::course::student::Planted;

use super::super::Recording;
use super::super::replay::{is_silent, number_of};

/// The words of a recording as lists of places: a word ends where that many frames are silent. `sorted`: the places by how
/// far their frames are ahead of the first.
fn words(recorded: &[Vec<u8>], places: &[usize], pause: usize) -> Vec<Vec<usize>> {
    let mut words: Vec<Vec<usize>> = Vec::new();
    let mut silent = Vec::new();
    for &at in places {
        if is_silent(&recorded[at]) {
            silent.push(at);
            continue;
        }
        match words.last_mut() {
            Some(word) if silent.len() < pause => word.append(&mut silent),
            _ => words.push(Vec::new()),
        }
        silent.clear();
        words.last_mut().expect("one was pushed").push(at);
    }
    words
}

fn sent_order(recorded: &[Vec<u8>]) -> Vec<usize> {
    let first = number_of(&recorded[0]);
    let mut places: Vec<usize> = (0..recorded.len()).collect();
    places.sort_by_key(|&at| number_of(&recorded[at]).wrapping_sub(first) as i16);
    places
}

fn word_of(recorded: &[Vec<u8>], number: usize) -> Vec<usize> {
    let words = words(recorded, &sent_order(recorded), 25);
    words.get(number).cloned().unwrap_or_default()
}

pub fn replay() -> Vec<Planted<Recording, Vec<usize>>> {
    vec![
        Planted {
            name: "nothing",
            about: "nothing was sent, and nothing is heard",
            answer: |_| Vec::new(),
        },
        Planted {
            name: "everything",
            about: "the whole recording was sent: every word of it is heard again",
            answer: |(recorded, _)| sent_order(&recorded),
        },
        Planted {
            name: "everything-that-sounds",
            about: "all frames with sound were sent: every word is heard, without the pauses",
            answer: |(recorded, _)| {
                let mut places = sent_order(&recorded);
                places.retain(|&at| !is_silent(&recorded[at]));
                places
            },
        },
        Planted {
            name: "one-frame",
            about: "one frame is 20 ms: a word has many",
            answer: |(recorded, word)| word_of(&recorded, word).into_iter().take(1).collect(),
        },
        Planted {
            name: "the-word-before",
            about: "words were counted from 1: the task counts from 0",
            answer: |(recorded, word)| word_of(&recorded, word.saturating_sub(1)),
        },
        Planted {
            name: "the-word-after",
            about: "the word after the wanted one was sent: the first word has number 0",
            answer: |(recorded, word)| word_of(&recorded, word + 1),
        },
        Planted {
            name: "ends-at-the-first-silence",
            about: "a silent frame inside the word was taken for its end: between words at least half a second is silent",
            answer: |(recorded, word)| {
                let words = words(&recorded, &sent_order(&recorded), 1);
                words.get(word).cloned().unwrap_or_default()
            },
        },
        Planted {
            name: "a-short-silence-ends-it",
            about: "ten silent frames inside the word were taken for its end: between words there are at least 25",
            answer: |(recorded, word)| {
                let words = words(&recorded, &sent_order(&recorded), 10);
                words.get(word).cloned().unwrap_or_default()
            },
        },
        Planted {
            name: "25-is-no-pause",
            about: "a pause of exactly 25 silent frames was taken to be inside a word: at least 25 part two words",
            answer: |(recorded, word)| {
                let words = words(&recorded, &sent_order(&recorded), 26);
                words.get(word).cloned().unwrap_or_default()
            },
        },
        Planted {
            name: "the-longest-word",
            about: "the longest word was sent: asked for is the one with this number",
            answer: |(recorded, _)| {
                let words = words(&recorded, &sent_order(&recorded), 25);
                words.into_iter().max_by_key(Vec::len).unwrap_or_default()
            },
        },
        Planted {
            name: "silence-inside-left-out",
            about: "the silent frames inside the word were left out: the sounds run into one another",
            answer: |(recorded, word)| {
                let mut places = word_of(&recorded, word);
                places.retain(|&at| !is_silent(&recorded[at]));
                places
            },
        },
        Planted {
            name: "order-of-arrival",
            about: "the frames were sent in the order in which they had come: SEQ says in which they belong",
            answer: |(recorded, word)| {
                let places: Vec<usize> = (0..recorded.len()).collect();
                let words = words(&recorded, &places, 25);
                words.get(word).cloned().unwrap_or_default()
            },
        },
        Planted {
            name: "sorted-by-bare-seq",
            about: "the frames were sorted by SEQ as a number: after 65 535 comes 0",
            answer: |(recorded, word)| {
                let mut places: Vec<usize> = (0..recorded.len()).collect();
                places.sort_by_key(|&at| number_of(&recorded[at]));
                let words = words(&recorded, &places, 25);
                words.get(word).cloned().unwrap_or_default()
            },
        },
        Planted {
            name: "low-numbers-come-later",
            about: "every SEQ in the lower half was taken to belong to the next round: count from the first frame's SEQ",
            answer: |(recorded, word)| {
                let mut places: Vec<usize> = (0..recorded.len()).collect();
                places.sort_by_key(|&at| number_of(&recorded[at]).wrapping_add(32_768));
                let words = words(&recorded, &places, 25);
                words.get(word).cloned().unwrap_or_default()
            },
        },
        Planted {
            name: "numbers-for-places",
            about: "the frames' SEQs came back: asked for are places in the record, counted from 0",
            answer: |(recorded, word)| {
                let places = word_of(&recorded, word).into_iter();
                places.map(|at| usize::from(number_of(&recorded[at]))).collect()
            },
        },
        Planted {
            name: "places-in-the-sorted-list",
            about: "places in the sorted list came back: asked for are places in the record as it was handed over",
            answer: |(recorded, word)| {
                let sorted: Vec<Vec<u8>> = sent_order(&recorded)
                    .into_iter()
                    .map(|at| recorded[at].clone())
                    .collect();
                word_of(&sorted, word)
            },
        },
        Planted {
            name: "twice",
            about: "the word was sent twice: together with the first time it is heard three times",
            answer: |(recorded, word)| word_of(&recorded, word).repeat(2),
        },
        Planted {
            name: "backwards",
            about: "the frames were sent from the last to the first",
            answer: |(recorded, word)| word_of(&recorded, word).into_iter().rev().collect(),
        },
        Planted {
            name: "last-frame-missing",
            about: "the word's last frame is missing: a range without its end",
            answer: |(recorded, word)| {
                let mut places = word_of(&recorded, word);
                places.pop();
                places
            },
        },
        Planted {
            name: "up-to-here",
            about: "everything up to the end of the word was sent: the words before it are heard, too",
            answer: |(recorded, word)| {
                let words = words(&recorded, &sent_order(&recorded), 25);
                words.into_iter().take(word + 1).flatten().collect()
            },
        },
    ]
}

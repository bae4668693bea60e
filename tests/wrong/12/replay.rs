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
            name: "a-round-at-every-great-drop",
            about: "the round was counted on at each great drop of SEQ, and a late 65 535 counted as the next round's, too",
            answer: |(recorded, word)| {
                let (mut round, mut before) = (0, 0);
                let mut order: Vec<(u64, usize)> = Vec::new();
                for (at, frame) in recorded.iter().enumerate() {
                    let number = u64::from(number_of(frame));
                    if before > number + 32_768 {
                        round += 65_536;
                    }
                    before = number;
                    order.push((round + number, at));
                }
                order.sort();
                let places: Vec<usize> = order.into_iter().map(|(_, at)| at).collect();
                let words = words(&recorded, &places, 25);
                words.get(word).cloned().unwrap_or_default()
            },
        },
        Planted {
            name: "cut-at-the-first-low-number",
            about: "the record was cut where the first frame of the next round came, and each part sorted: some came later that \
                    were sent before it",
            answer: |(recorded, word)| {
                let low = |frame: &Vec<u8>| number_of(frame) < 16_384 && number_of(&recorded[0]) > 49_152;
                let cut = recorded.iter().position(low).unwrap_or(recorded.len());
                let mut places: Vec<usize> = (0..recorded.len()).collect();
                places.sort_by_key(|&at| (at >= cut, number_of(&recorded[at])));
                let words = words(&recorded, &places, 25);
                words.get(word).cloned().unwrap_or_default()
            },
        },
        Planted {
            name: "one-byte-of-seq",
            about: "the order went by the lower byte of SEQ, which goes round after 255: SEQ has two bytes, the higher one in front",
            answer: |(recorded, word)| {
                let first = number_of(&recorded[0]) as u8;
                let mut places: Vec<usize> = (0..recorded.len()).collect();
                places.sort_by_key(|&at| (number_of(&recorded[at]) as u8).wrapping_sub(first));
                let words = words(&recorded, &places, 25);
                words.get(word).cloned().unwrap_or_default()
            },
        },
        Planted {
            name: "neighbours-swapped-twice",
            about: "neighbours in the wrong order were swapped, in two passes: three may have overtaken a frame, so sort them all",
            answer: |(recorded, word)| {
                let mut places: Vec<usize> = (0..recorded.len()).collect();
                for _ in 0..2 {
                    for at in 1..places.len() {
                        let [one, next] = [at - 1, at].map(|at| number_of(&recorded[places[at]]));
                        if (next.wrapping_sub(one) as i16) < 0 {
                            places.swap(at - 1, at);
                        }
                    }
                }
                let words = words(&recorded, &places, 25);
                words.get(word).cloned().unwrap_or_default()
            },
        },
        Planted {
            name: "parted-before-sorted",
            about: "the words were parted in the order of arrival and sorted then: a silent frame that came behind its word is lost",
            answer: |(recorded, word)| {
                let places: Vec<usize> = (0..recorded.len()).collect();
                let words = words(&recorded, &places, 17);
                let mut word = words.get(word).cloned().unwrap_or_default();
                let first = word.first().map_or(0, |&at| number_of(&recorded[at]));
                word.sort_by_key(|&at| number_of(&recorded[at]).wrapping_sub(first) as i16);
                word
            },
        },
        Planted {
            name: "hardly-heard-is-silent",
            about: "the quietest frames that sound were taken for silent ones: a silent frame has 29 bytes, any other more",
            answer: |(recorded, word)| {
                let without: Vec<Vec<u8>> = recorded
                    .into_iter()
                    .map(|mut frame| {
                        frame.truncate(if frame.len() <= 49 { 29 } else { frame.len() });
                        frame
                    })
                    .collect();
                word_of(&without, word)
            },
        },
        Planted {
            name: "the-last-word-never-ends",
            about: "a word was put down when the pause behind it came: behind the last one there may be none",
            answer: |(recorded, word)| {
                let order = sent_order(&recorded);
                let ends = |word: &Vec<usize>| {
                    let last = order.iter().position(|at| word.last() == Some(at));
                    last.is_some_and(|last| last + 25 < order.len())
                };
                Some(word_of(&recorded, word)).filter(ends).unwrap_or_default()
            },
        },
        Planted {
            name: "a-word-begins-after-a-pause",
            about: "a word was taken to begin after 25 silent frames: before the first one there may be fewer",
            answer: |(recorded, word)| {
                let order = sent_order(&recorded);
                let pause = order.iter().take_while(|&&at| is_silent(&recorded[at])).count();
                word_of(&recorded, if pause < 25 { word + 1 } else { word })
            },
        },
        Planted {
            name: "a-word-before-the-first",
            about: "a long silence at the beginning was taken for the pause behind a word: no word came before it",
            answer: |(recorded, word)| {
                let order = sent_order(&recorded);
                let pause = order.iter().take_while(|&&at| is_silent(&recorded[at])).count();
                match (pause < 25, word.checked_sub(1)) {
                    (true, _) => word_of(&recorded, word),
                    (false, before) => before.map_or(Vec::new(), |before| word_of(&recorded, before)),
                }
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

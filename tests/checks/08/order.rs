//! Lesson 08, out_of_order: one receiving chain, messages in any order.

use std::collections::BTreeMap;

use messaging_lab::course::exam::{Exam, Fault};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::Student;
use messaging_lab::envelope::chains::kdf_ck;
use messaging_lab::ground::randomness::Seeded;

use super::{Key, array, short, wrong};

/// A chain key, the numbers as they arrive, the longest gap, and how many keys are kept.
pub type Arrivals = (Key, Vec<u32>, u32, usize);

/// For each arrival the key that opens it.
pub type Opened = Vec<Option<Key>>;

/// Why an arrival opens or does not.
#[derive(Clone, Copy, PartialEq)]
enum Reason {
    Next,
    Ahead,
    Kept,
    Again,
    Dropped,
    TooFar,
}

impl Reason {
    fn words(self) -> &'static str {
        match self {
            Reason::Next => "it is the next one of the chain",
            Reason::Ahead => "it is ahead, and the gap is allowed: the keys in between are kept",
            Reason::Kept => "it is late, and its key was kept for it",
            Reason::Again => {
                "it was opened before: a key is used once, or whoever recorded a message plays it again"
            }
            Reason::Dropped => "its key had to make room for newer ones: no more than so many are kept",
            Reason::TooFar => "the gap is larger than allowed: one forged number would keep the phone busy",
        }
    }
}

fn wanted((chain, arrivals, max_skip, max_kept): &Arrivals) -> Vec<(Option<Key>, Reason)> {
    let mut chain = *chain;
    let mut next = 0;
    let mut kept: BTreeMap<u32, Key> = BTreeMap::new();
    let mut opened = Vec::new();
    let mut result = Vec::new();
    for &number in arrivals {
        let (key, reason) = match number.checked_sub(next) {
            None => match kept.remove(&number) {
                Some(key) => (Some(key), Reason::Kept),
                None if opened.contains(&number) => (None, Reason::Again),
                None => (None, Reason::Dropped),
            },
            Some(gap) if gap > *max_skip => (None, Reason::TooFar),
            Some(gap) => {
                for late in next..number {
                    let (after, key) = kdf_ck(&chain);
                    kept.insert(late, key);
                    chain = after;
                }
                while kept.len() > *max_kept {
                    kept.pop_first();
                }
                let (after, key) = kdf_ck(&chain);
                chain = after;
                next = number + 1;
                (Some(key), if gap == 0 { Reason::Next } else { Reason::Ahead })
            }
        };
        if key.is_some() {
            opened.push(number);
        }
        result.push((key, reason));
    }
    result
}

/// Numbers that mostly arrive, late or twice, with a forged one now and then.
fn draw(random: &mut Seeded) -> Arrivals {
    let max_skip = 1 + random.below(6) as u32;
    let mut sent = 0;
    let arrivals = (0..4 + random.below(16))
        .map(|_| match random.below(10) {
            0..4 => {
                sent += 1;
                sent - 1
            }
            4..6 => {
                sent += 1 + random.below(u64::from(max_skip) + 1) as u32;
                sent - 1
            }
            6 => sent + max_skip + 1 + random.below(3) as u32,
            _ => random.below(u64::from(sent) + 1) as u32,
        })
        .collect();
    (array(random), arrivals, max_skip, 1 + random.below(5) as usize)
}

/// Which key opens each arrival.
pub fn out_of_order(student: impl Student<Arrivals, Opened>) -> Verdict {
    let chain: Key = array(&mut Seeded::new(85));
    let ask = |arrivals: &[u32], max_skip, max_kept| (chain, arrivals.to_vec(), max_skip, max_kept);
    Exam::new("healing/out_of_order", wrong::out_of_order())
        .shows(|keys| {
            let keys: Vec<String> = keys
                .iter()
                .map(|key| key.as_ref().map_or("None".to_string(), short))
                .collect();
            format!("[{}]", keys.join(", "))
        })
        .case("nothing arrives", ask(&[], 5, 5))
        .case("in order", ask(&[0, 1, 2, 3], 5, 5))
        .case("one is late", ask(&[0, 2, 1, 3], 5, 5))
        .case("backwards", ask(&[3, 2, 1, 0], 5, 5))
        .case("one arrives twice", ask(&[0, 1, 1, 0, 2], 5, 5))
        .case("a late one arrives twice", ask(&[2, 0, 0, 1, 1, 3], 5, 5))
        .case("the largest gap that is allowed", ask(&[0, 6, 1, 5], 5, 9))
        .case("one more than that, then the next", ask(&[0, 7, 1, 2], 5, 9))
        .case("a gap at the very beginning", ask(&[5, 6], 5, 9))
        .case("one too many at the very beginning", ask(&[6, 0], 5, 9))
        .case("the largest number there is", ask(&[0, u32::MAX, 1], 5, 5))
        .case("two gaps, each within the limit", ask(&[2, 8, 0, 1, 3, 7], 5, 9))
        .case("more late ones than are kept", ask(&[4, 0, 1, 2, 3], 9, 2))
        .case("exactly as many as are kept", ask(&[3, 0, 1, 2], 9, 3))
        .case(
            "two gaps, and the older keys make room",
            ask(&[2, 6, 0, 1, 3, 4, 5, 7], 9, 4),
        )
        .case("a used key makes room", ask(&[2, 0, 5, 1, 3, 4], 9, 3))
        .case("a refused one costs nothing", ask(&[2, 90, 0, 1, 3], 3, 3))
        .case(
            "the same forged number again and again",
            ask(&[0, 50, 50, 50, 1], 40, 3),
        )
        .case("no gap is allowed", ask(&[0, 2, 1, 2], 0, 3))
        .case(
            "a long gap, within the limits",
            ask(&[300, 0, 150, 299, 301], 1000, 2000),
        )
        .case(
            "numbers that end like the next one's bits",
            ask(&[0, 65_537, 257, 1], 5, 5),
        )
        .case("refused, and later within reach", ask(&[0, 7, 2, 7, 1], 5, 5))
        .case(
            "limits as large as they can be",
            ask(&[0, 3, 1, 2], u32::MAX, usize::MAX),
        )
        .case(
            "limits that end in 16 bits of 0",
            ask(&[0, 3, 1, 2], 65_536, 65_536),
        )
        .seeded(40, draw)
        .judge(
            student,
            |(_, arrivals, max_skip, max_kept)| {
                format!(
                    "which keys open the arrivals {arrivals:?}, max_skip {max_skip}, max_kept {max_kept}?"
                )
            },
            |question, got| {
                let wanted = wanted(question);
                if got.len() != wanted.len() {
                    return Err(Fault::new(
                        format!("{} answers, one for each arrival", wanted.len()),
                        format!("{} came back", got.len()),
                    ));
                }
                let wrong = got.iter().zip(&wanted).position(|(got, (key, _))| got != key);
                let Some(index) = wrong else {
                    return Ok(());
                };
                let (key, reason) = &wanted[index];
                let key = key.as_ref().map_or("None".to_string(), short);
                Err(Fault::new(
                    format!("{key} for the {} at index {index}", question.1[index]),
                    reason.words(),
                ))
            },
        )
}

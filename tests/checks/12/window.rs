//! Lesson 12, replay_window: which arrivals to take.

use messaging_lab::call::replay_window::ReplayWindow;
use messaging_lab::course::exam::{Exam, Fault};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::Student;
use messaging_lab::ground::randomness::Seeded;

use super::wrong;

/// Index and whether the tag was right, in the order of arrival.
pub type Arrivals = Vec<(u64, bool)>;

fn right(arrivals: &Arrivals) -> Vec<bool> {
    let mut window = ReplayWindow::new();
    let take = |&(index, genuine): &(u64, bool)| {
        let take = genuine && window.check(index).is_ok();
        if take {
            window.accept(index);
        }
        take
    };
    arrivals.iter().map(take).collect()
}

fn draw(random: &mut Seeded) -> Arrivals {
    let mut newest = random.below(1 << 47);
    let mut arrivals = Vec::new();
    for _ in 0..random.below(120) {
        newest += match random.below(12) {
            0 => random.below(100),
            1 => 62 + random.below(4),
            _ => random.below(3),
        };
        let index = (newest + 2).saturating_sub(random.below(5) * random.below(18));
        arrivals.push((index, random.below(8) > 0));
    }
    arrivals
}

/// Arrivals -> which of them to take.
pub fn replay_window(student: impl Student<Arrivals, Vec<bool>>) -> Verdict {
    let genuine = |indices: &[u64]| -> Arrivals { indices.iter().map(|&index| (index, true)).collect() };
    let run: Vec<u64> = (0..70).collect();
    let twice: Vec<u64> = (0..130).chain(0..130).collect();
    // As many are taken after 63 as can be while it stays in the window: 63 below it, and 63 above.
    let crowded: Vec<u64> = [63]
        .into_iter()
        .chain(0..63)
        .chain(64..127)
        .chain([63, 64])
        .collect();
    Exam::new("frames/replay_window", wrong::replay_window())
        .case("the example in the task", vec![(5, true), (7, true), (5, true), (6, true), (90, false), (8, true)])
        .case("nothing came", vec![])
        .case("one frame", genuine(&[7]))
        .case("the first index there is", genuine(&[0, 0, 1]))
        .case("in order", genuine(&run))
        .case("in order, and everything again", genuine(&twice))
        .case("out of order, each once", genuine(&[3, 1, 2, 0, 9, 5, 4]))
        .case("out of order, and again", genuine(&[3, 1, 2, 1, 3, 0, 0]))
        .case("63 behind the highest", genuine(&[100, 37, 37]))
        .case("64 behind the highest", genuine(&[100, 36, 101, 37]))
        .case("65 behind the highest", genuine(&[100, 35]))
        .case("a jump of 63", genuine(&[0, 63, 0, 1]))
        .case("a jump of 64", genuine(&[0, 64, 0, 1]))
        .case("a jump of 65", genuine(&[1, 66, 1, 2, 3]))
        .case("a jump of many rounds", genuine(&[7, 1 << 40, 7, (1 << 40) - 1, 1 << 40]))
        .case("many arrivals since, but few indices", genuine(&[200, 1, 199, 198, 150, 199, 200, 137, 136]))
        .case("as many in between as there can be, and again", genuine(&crowded))
        .case("far apart, and alike in their low bits", genuine(&[5, (1 << 16) + 5, 6, (1 << 32) + 5, (1 << 16) + 6, 7]))
        .case("the last index there is", genuine(&[(1 << 48) - 1, (1 << 48) - 1, (1 << 48) - 64, (1 << 48) - 65]))
        .case("a forged one far ahead", vec![(10, true), (1_000, false), (11, true), (9, true)])
        .case("a forged one, then the genuine one", vec![(10, false), (10, true), (10, true)])
        .case("a forged copy", vec![(10, true), (10, false), (11, true)])
        .case("nothing but forged ones", vec![(1, false), (2, false), (1, false)])
        .case("a forged one first of all", vec![(500, false), (1, true), (2, true)])
        .case("late ones in reverse", genuine(&(0..100).rev().collect::<Vec<u64>>()))
        .seeded(40, draw)
        .judge(
            student,
            |arrivals| {
                let shown: Vec<String> = arrivals
                    .iter()
                    .map(|(index, genuine)| format!("{index}{}", if *genuine { "" } else { " (forged)" }))
                    .collect();
                format!("arrivals {} -> take each?", shown.join(", "))
            },
            |arrivals, got| {
                let wanted = right(arrivals);
                if *got == wanted {
                    return Ok(());
                }
                if got.len() != wanted.len() {
                    return Err(Fault::new(
                        format!("{} answers, one for each arrival", wanted.len()),
                        "each arrival is taken or refused when it comes",
                    ));
                }
                let at = (0..wanted.len()).find(|&at| got[at] != wanted[at]).unwrap_or(0);
                let (index, genuine) = arrivals[at];
                let before = right(&arrivals[..at].to_vec());
                let taken = || arrivals[..at].iter().zip(&before).filter(|(_, took)| **took).map(|((index, _), _)| *index);
                let word = if wanted[at] { "take" } else { "refuse" };
                let why = if !genuine {
                    "its tag is wrong: anybody could have made it"
                } else if taken().any(|other| other == index) {
                    "it was taken before: whoever recorded it makes Alice say it once more"
                } else if wanted[at] {
                    "it is genuine, it has not been taken, and it is less than 64 behind the highest taken: refused, \
                     Bob misses 20 ms for nothing"
                } else {
                    "it is 64 or more behind the highest taken: whether it came before nobody remembers"
                };
                let highest = taken().max().map_or("none".to_string(), |highest| highest.to_string());
                Err(Fault::new(
                    format!("{word} arrival {} (index {index}; highest taken before: {highest})", at + 1),
                    why,
                ))
            },
        )
}

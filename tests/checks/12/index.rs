//! Lesson 12, index: RFC 3711's guess, and what a receiver remembers after it.

use messaging_lab::call::frame::{Position, estimate_index};
use messaging_lab::course::exam::{Exam, Fault};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::Student;
use messaging_lab::ground::randomness::Seeded;

use super::wrong;

/// ROC, s_l, SEQ, and whether the tag was right.
pub type Arrival = (u32, u16, u16, bool);
/// Index, then ROC and s_l afterwards.
pub type Estimate = (u64, u32, u16);

/// A number at which something ends, or near one, or any.
fn draw_seq(random: &mut Seeded) -> u16 {
    let edge = [0, 32_767, 32_768, 65_535][random.below(4) as usize];
    match random.below(3) {
        0 => random.next_u64() as u16,
        _ => (edge as u16).wrapping_add(random.below(9) as u16).wrapping_sub(4),
    }
}

fn draw(random: &mut Seeded) -> Arrival {
    let roc = [0, 1, 7, 41_000, u32::MAX - 1, u32::MAX][random.below(6) as usize];
    let s_l = draw_seq(random);
    let seq = match random.below(3) {
        0 => s_l
            .wrapping_add(32_768)
            .wrapping_add(random.below(5) as u16)
            .wrapping_sub(2),
        _ => draw_seq(random),
    };
    (roc, s_l, seq, random.below(4) > 0)
}

/// (ROC, s_l, SEQ, genuine) -> (index, ROC and s_l afterwards).
pub fn index(student: impl Student<Arrival, Estimate>) -> Verdict {
    let mut exam = Exam::new("frames/index", wrong::index());
    for (name, roc, s_l, seq) in [
        ("the next frame", 0, 1_000, 1_001),
        ("the next frame, in a later round", 7, 1_000, 1_001),
        ("one was lost", 7, 1_000, 1_002),
        ("the round ends", 7, 65_535, 0),
        ("the round has ended, with a gap", 7, 65_530, 12),
        ("a latecomer of this round", 7, 1_000, 990),
        ("a latecomer of the round before", 7, 12, 65_530),
        ("the same number again", 7, 1_000, 1_000),
        ("late, at the beginning of a round", 7, 5, 0),
        ("the next frame, many rounds later", 70_000, 1_000, 1_001),
        ("exactly half a round ahead", 7, 100, 32_868),
        ("one less than half a round ahead", 7, 100, 32_867),
        ("one more than half a round ahead", 7, 100, 32_869),
        ("exactly half a round behind", 7, 50_000, 17_232),
        ("one more than half a round behind", 7, 50_000, 17_231),
        ("the first round, and older than it", 0, 12, 65_530),
        ("the first round ends", 0, 65_535, 0),
        ("the last round, on", u32::MAX, 100, 101),
        ("the last round ends", u32::MAX, 65_535, 0),
        ("a latecomer, before the last round", u32::MAX, 0, 65_535),
    ] {
        exam = exam
            .case(name, (roc, s_l, seq, true))
            .case(&format!("{name}, forged"), (roc, s_l, seq, false));
    }
    exam.seeded(120, draw).judge(
        student,
        |(roc, s_l, seq, genuine)| {
            let tag = if *genuine { "right" } else { "wrong" };
            format!("ROC {roc}, s_l {s_l}, SEQ {seq}, the tag is {tag} -> (index, ROC, s_l)?")
        },
        |&(roc, s_l, seq, genuine), got| {
            let index = estimate_index(roc, s_l, seq);
            let before = Position { roc, s_l };
            let after = if genuine { before.after(index) } else { before };
            let wanted = (index, after.roc, after.s_l);
            let why = if *got == wanted {
                return Ok(());
            } else if got.0 != index {
                "with another index the nonce is another one, and the frame does not open although it is genuine"
            } else if !genuine {
                "nobody vouches for a frame whose tag is wrong: who can move these two numbers without a key can \
                 make every genuine frame unreadable"
            } else if index >> 16 == u64::from(roc.wrapping_sub(1)) {
                "a frame of the round before says nothing about where the call is now"
            } else {
                "the next frame is estimated from these two: they must say where the newest genuine one was"
            };
            Err(Fault::new(format!("{wanted:?}"), why))
        },
    )
}

//! Lesson 11, odds: by value, with a tolerance.

use messaging_lab::course::exam::{Exam, Fault};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::{NoAnswer, Student};

use super::wrong;

/// Calls, the share of pairs that compare, the share of differences that they notice.
pub type Shares = (u32, f64, f64);

/// How far an answer may be from ours. The lesson states it. Whoever lets one guess in 65,536 pass stays well below.
const TOLERANCE: f64 = 0.001;

fn wanted((calls, compare, notice): &Shares) -> f64 {
    (1.0 - compare) + compare * (1.0 - notice).powf(f64::from(*calls))
}

/// To six places, so that two ways of computing the same give the same. What is no number stands out as -9.
pub fn rounded(share: f64) -> f64 {
    if share.is_finite() {
        // Adding 0 makes a negative zero a plain one.
        (share * 1e6).round() / 1e6 + 0.0
    } else {
        -9.0
    }
}

/// A student whose answers are rounded before anybody looks.
struct Rounded<S>(S);

impl<S: Student<Shares, f64>> Student<Shares, f64> for Rounded<S> {
    fn answer(&mut self, question: &Shares) -> Result<f64, NoAnswer> {
        self.0.answer(question).map(rounded)
    }

    fn first_fault(&mut self) {
        self.0.first_fault();
    }
}

/// Calls and shares -> the share of tapped pairs that never find out.
pub fn odds(student: impl Student<Shares, f64>) -> Verdict {
    Exam::new("compare/odds", wrong::odds())
        .case("everybody compares, half of all taps are noticed, one call", (1, 1.0, 0.5))
        .case("the same, two calls", (2, 1.0, 0.5))
        .case("half compare, three in four are noticed, two calls", (2, 0.5, 0.75))
        .case("nobody compares", (10, 0.0, 0.75))
        .case("everybody compares and notices", (1, 1.0, 1.0))
        .case("half compare, and notice all", (5, 0.5, 1.0))
        .case("everybody compares and nobody notices", (20, 1.0, 0.0))
        .case("14 in 100 compare, half are noticed, ten calls", (10, 0.14, 0.5))
        .case("79 in 100 compare, three in four are noticed, ten calls", (10, 0.79, 0.75))
        .case("79 in 100 compare, half are noticed, one call", (1, 0.79, 0.5))
        .case("a thousand calls, one in a hundred noticed", (1000, 0.9, 0.01))
        .case("65,537 calls, one in a hundred noticed", (65_537, 0.9, 0.01))
        .case("an eighth compare, three in eight are noticed, three calls", (3, 0.125, 0.375))
        .case("twenty thousand calls, one in ten thousand noticed", (20_000, 0.9, 0.0001))
        .seeded(40, |random| {
            let mut share = || random.below(1001) as f64 / 1000.0;
            let (compare, notice) = (share(), share());
            (1 + random.below(12) as u32, compare, notice)
        })
        .shows(|share| match *share {
            -9.0 => "not a finite number".to_string(),
            share => format!("{share}"),
        })
        .judge(
            Rounded(student),
            |(calls, compare, notice)| format!("odds({calls}, {compare:?}, {notice:?})?"),
            |question, got| {
                let right = wanted(question);
                if (got - right).abs() <= TOLERANCE {
                    return Ok(());
                }
                let (calls, compare, notice) = question;
                Err(Fault::new(
                    format!("{right:.4}, or within {TOLERANCE} of it"),
                    format!(
                        "of 1000 tapped pairs about {:.0} never compare, and about {:.0} compare in {calls} of {calls} \
                         calls and miss it each time, each with a chance of {}",
                        1000.0 * (1.0 - compare),
                        1000.0 * compare * (1.0 - notice).powf(f64::from(*calls)),
                        rounded(1.0 - notice)
                    ),
                ))
            },
        )
}

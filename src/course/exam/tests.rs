//! The exam held to what it promises.

use super::super::student::Here;
use super::*;

fn doubling() -> Exam<u32, u32> {
    Exam::new(
        "demo/double",
        vec![
            Planted {
                name: "same",
                about: "gives back what it got",
                answer: |n| n,
            },
            Planted {
                name: "square",
                about: "multiplies by itself",
                answer: |n| n * n,
            },
        ],
    )
    .case("zero", 0)
    .case("two", 2)
    .seeded(20, |random| random.below(1000) as u32)
}

fn verdict(exam: Exam<u32, u32>, answer: fn(u32) -> u32) -> Verdict {
    exam.judge(
        Here(answer),
        |n| format!("twice {n}?"),
        |n, got| same(got, &(2 * n), "half is missing"),
    )
}

#[test]
fn right_answers_pass_and_wrong_ones_are_named() {
    assert_eq!(verdict(doubling(), |n| n + n), Ok(()));
    assert_eq!(verdict(doubling(), |n| n).unwrap_err().likely, Some("same"));
    // Right for 0 and for 2, found by the random cases only.
    assert_eq!(verdict(doubling(), |n| n * n).unwrap_err().likely, Some("square"));
    assert_eq!(verdict(doubling(), |n| 2 * n + 1).unwrap_err().likely, None);
}

#[test]
fn the_handed_out_bug_counts_as_not_started_and_a_half_mended_one_as_wrong() {
    let untouched = verdict(doubling().fixes_the_first(), |n| n).unwrap_err();
    assert_eq!(untouched.outcome, Outcome::NotStarted);
    let half_mended = verdict(doubling().fixes_the_first(), |n| if n == 2 { 4 } else { n }).unwrap_err();
    assert_eq!(half_mended.outcome, Outcome::Wrong);
}

#[test]
fn an_answer_is_shown_in_the_words_of_the_exam() {
    let feedback = verdict(doubling().shows(|n| format!("{n} and no more")), |n| n).unwrap_err();
    assert!(
        feedback.to_string().contains("you     2 and no more"),
        "{feedback}"
    );
}

#[test]
fn a_panic_and_a_todo_are_told_apart() {
    let panicked = verdict(doubling(), |n| 2 * n / n).unwrap_err();
    assert_eq!(panicked.outcome, Outcome::Panicked);
    let unstarted = verdict(doubling(), |n| todo!("twice {n}")).unwrap_err();
    assert_eq!(unstarted.outcome, Outcome::NotStarted);
}

#[test]
fn a_panic_is_named_by_one_of_its_own_kind() {
    let planted: Vec<Planted<u32, u32>> = vec![
        Planted {
            name: "unwraps",
            about: "unwraps what may be missing",
            answer: |n| 2 * Some(n).filter(|n| *n > 0).unwrap(),
        },
        Planted {
            name: "below-zero",
            about: "subtracts one too many",
            answer: |n| 2 * (n - 1) + 2,
        },
    ];
    let named = |answer: fn(u32) -> u32| {
        let planted = planted.iter().map(|one| Planted { ..*one }).collect();
        let exam = Exam::new("demo/double", planted).case("zero", 0);
        verdict(exam, answer).unwrap_err().likely
    };
    assert_eq!(
        named(|n| 2 * Some(n).filter(|n| *n > 0).unwrap()),
        Some("unwraps")
    );
    assert_eq!(named(|n| n - 1 + n + 1), Some("below-zero"));
    assert_eq!(named(|n| [0][1 + n as usize]), None);
}

/// Counts up: each question is what was reached, each answer what comes next; a run asks three times.
fn three_steps(student: &mut dyn Student<u32, u32>, from: &u32) -> Result<Vec<u32>, NoAnswer> {
    let mut reached = vec![*from];
    for _ in 0..3 {
        reached.push(student.answer(&reached[reached.len() - 1])?);
    }
    Ok(reached)
}

struct Walker<S>(S);

impl<S: Student<u32, u32>> Student<u32, Vec<u32>> for Walker<S> {
    fn answer(&mut self, from: &u32) -> Result<Vec<u32>, NoAnswer> {
        three_steps(&mut self.0, from)
    }
}

#[test]
fn a_run_asks_several_times_and_a_wrong_one_is_named_by_what_came_of_it() {
    let planted = || {
        vec![
            Planted {
                name: "stays",
                about: "does not move",
                answer: |n| n,
            },
            Planted {
                name: "stops-at-two",
                about: "goes no further than two",
                answer: |n: u32| (n + 1).min(2),
            },
        ]
    };
    let walked = |answer: fn(u32) -> u32| {
        Exam::of_runs("demo/walk", planted(), three_steps)
            .case("from zero", 0)
            .judge(
                Walker(Here(answer)),
                |from| format!("three steps from {from}?"),
                |from, got| same(got, &vec![*from, from + 1, from + 2, from + 3], "one at a time"),
            )
    };
    assert_eq!(walked(|n| n + 1), Ok(()));
    assert_eq!(walked(|n| n).unwrap_err().likely, Some("stays"));
    assert_eq!(walked(|n| 2.min(n + 1)).unwrap_err().likely, Some("stops-at-two"));
    let panicked = walked(|n| if n < 2 { n + 1 } else { panic!("tired") }).unwrap_err();
    assert_eq!(panicked.outcome, Outcome::Panicked);
}

#[test]
fn a_seed_is_in_force_for_one_check_on_one_thread() {
    let before = seed();
    assert_eq!(with_seed(7, seed), 7);
    assert_eq!(with_seed(7, || with_seed(8, seed) + seed()), 15);
    assert_eq!(
        with_seed(7, || std::thread::spawn(seed).join().ok()),
        Some(before)
    );
    assert_eq!(seed(), before);
}

#[test]
fn an_exam_tells_the_student_how_long_an_answer_may_take() {
    struct Patient(Option<Duration>);
    impl Student<u32, u32> for Patient {
        fn answer(&mut self, question: &u32) -> Result<u32, NoAnswer> {
            Ok(2 * question)
        }
        fn allow(&mut self, limit: Duration) {
            self.0 = Some(limit);
        }
    }
    let judged = |exam: Exam<u32, u32>| {
        let mut student = Patient(None);
        let verdict = exam.judge(
            &mut student,
            |n| format!("twice {n}?"),
            |n, got| same(got, &(2 * n), "half is missing"),
        );
        assert_eq!(verdict, Ok(()));
        student.0
    };
    assert_eq!(judged(doubling()), None);
    assert_eq!(
        judged(doubling().limit(Duration::from_secs(20))),
        Some(Duration::from_secs(20))
    );
}

#[test]
#[should_panic(expected = "without questions")]
fn an_exam_without_questions_is_a_defect() {
    let _ = verdict(Exam::new("demo/empty", Vec::new()), |n| n);
}

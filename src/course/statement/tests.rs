//! Statements, predictions and sentences, on runs of a few lines.

use super::*;
use crate::course::feedback::Outcome;
use crate::course::student::Here;

fn run() -> (Ledger, Statement) {
    let mut ledger = Ledger::new();
    let copy = ledger.gains(2_500, Onlooker::BobPhone, "text", b"secret");
    ledger.loses(7_000, copy);
    let statement = Statement {
        says: "Bob's phone holds it between 1 and 9",
        bytes: b"secret".to_vec(),
        who: vec![Onlooker::BobPhone],
        from: 1,
        to: 9,
    };
    (ledger, statement)
}

#[test]
fn every_true_witness_settles_and_no_other_does() {
    let (ledger, statement) = run();
    for second in 0..12 {
        let settles = statement
            .settle(&ledger, Witness::Holds(Onlooker::BobPhone, second))
            .is_ok();
        assert_eq!(settles, (3..7).contains(&second), "second {second}");
    }
    assert!(statement.settle(&ledger, Witness::Nobody).is_err());
    assert!(
        statement
            .settle(&ledger, Witness::Holds(Onlooker::AlicePhone, 4))
            .is_err()
    );
    assert_eq!(statement.witness(&ledger), Witness::Holds(Onlooker::BobPhone, 3));
    let later = Statement { from: 7, ..statement };
    assert_eq!(later.witness(&ledger), Witness::Nobody);
    assert!(later.settle(&ledger, Witness::Nobody).is_ok());
}

#[test]
fn a_prediction_needs_every_guess_and_every_witness_and_no_guess_is_wrong() {
    let (ledger, statement) = run();
    let predict = Predict {
        exercise: "a/b",
        show: "a",
        ledger: &ledger,
        statements: &[statement],
    };
    let judge = |guess, witness| predict.judge(Here(|()| ([guess], [witness])), Vec::new());
    let holds = Some(Witness::Holds(Onlooker::BobPhone, 4));
    assert_eq!(judge(None, holds).unwrap_err().outcome, Outcome::NotStarted);
    assert_eq!(judge(Some(true), None).unwrap_err().outcome, Outcome::Wrong);
    assert_eq!(
        judge(Some(true), Some(Witness::Nobody)).unwrap_err().outcome,
        Outcome::Wrong
    );
    assert_eq!(judge(Some(true), holds), Ok(()));
    assert_eq!(judge(Some(false), holds), Ok(()));
}

#[test]
fn a_witness_that_comes_too_early_is_another_mistake_than_one_that_comes_too_late() {
    let (ledger, statement) = run();
    let predict = Predict {
        exercise: "a/b",
        show: "a",
        ledger: &ledger,
        statements: &[statement],
    };
    let planted = || {
        vec![
            Planted {
                name: "too-late",
                about: "gone by then",
                answer: |()| ([Some(true)], [Some(Witness::Holds(Onlooker::BobPhone, 7))]),
            },
            Planted {
                name: "too-early",
                about: "not there yet",
                answer: |()| ([Some(true)], [Some(Witness::Holds(Onlooker::BobPhone, 1))]),
            },
        ]
    };
    let named = |second| {
        let witness = Some(Witness::Holds(Onlooker::BobPhone, second));
        let verdict = predict.judge(Here(|()| ([Some(true)], [witness])), planted());
        verdict.err().and_then(|feedback| feedback.likely)
    };
    assert_eq!(
        [1, 2, 3, 6, 7, 9].map(named),
        [
            Some("too-early"),
            Some("too-early"),
            None,
            None,
            Some("too-late"),
            Some("too-late")
        ]
    );
    // A second that the statement does not speak of is its own mistake.
    assert_eq!(named(10), None);
}

#[test]
fn statements_that_are_still_open_speak_for_no_cause_and_against_none() {
    let (ledger, statement) = run();
    let statements: [Statement; 4] = std::array::from_fn(|_| statement.clone());
    let predict = Predict {
        exercise: "a/b",
        show: "a",
        ledger: &ledger,
        statements: &statements,
    };
    const HOLDS: Option<Witness> = Some(Witness::Holds(Onlooker::BobPhone, 4));
    const NOBODY: Option<Witness> = Some(Witness::Nobody);
    let named = |witnesses| {
        let planted = vec![Planted {
            name: "second-is-nobody",
            about: "somebody holds it",
            answer: |()| ([Some(true); 4], [HOLDS, NOBODY, HOLDS, HOLDS]),
        }];
        let verdict = predict.judge(Here(|()| ([Some(true); 4], witnesses)), planted);
        verdict.err().and_then(|feedback| feedback.likely)
    };
    assert_eq!(named([HOLDS, NOBODY, None, None]), Some("second-is-nobody"));
    assert_eq!(named([HOLDS, NOBODY, NOBODY, None]), Some("second-is-nobody"));
    assert_eq!(named([HOLDS, NOBODY, NOBODY, NOBODY]), Some("second-is-nobody"));
    assert_eq!(named([NOBODY, NOBODY, NOBODY, NOBODY]), None);
    assert_eq!(named([HOLDS, None, None, None]), None);
}

#[test]
fn a_sentence_needs_every_witness_the_condition_and_a_paragraph() {
    let (ledger, statement) = run();
    let conditions = [
        Condition {
            letter: 'a',
            says: "if it rains",
            misses: Some("rain changes nothing"),
        },
        Condition {
            letter: 'b',
            says: "if it is read",
            misses: None,
        },
    ];
    let sentence = Sentence {
        exercise: "a/b",
        show: "a",
        ledger: &ledger,
        rewrites: std::slice::from_ref(&statement),
        conditions: &conditions,
    };
    let outcome = |witness, letter, paragraph| {
        sentence
            .judge(&[witness], letter, paragraph)
            .map_err(|feedback| feedback.outcome)
    };
    let holds = Some(Witness::Holds(Onlooker::BobPhone, 4));
    assert_eq!(outcome(None, None, " \n"), Err(Outcome::NotStarted));
    assert_eq!(outcome(None, Some('b'), "words"), Err(Outcome::Wrong));
    assert_eq!(outcome(None, None, "words"), Err(Outcome::Wrong));
    assert_eq!(
        outcome(Some(Witness::Nobody), Some('b'), "words"),
        Err(Outcome::Wrong)
    );
    assert_eq!(outcome(holds, None, "words"), Err(Outcome::Wrong));
    assert_eq!(outcome(holds, Some('a'), "words"), Err(Outcome::Wrong));
    assert_eq!(outcome(holds, Some('x'), "words"), Err(Outcome::Wrong));
    assert_eq!(outcome(holds, Some('b'), " "), Err(Outcome::Wrong));
    assert_eq!(outcome(holds, Some('b'), "words"), Ok(()));
    assert_eq!(outcome(holds, Some('B'), "words"), Ok(()));
    let told = sentence.judge(&[holds], Some('a'), "words").unwrap_err();
    assert!(told.to_string().contains("rain changes nothing"), "{told}");

    let planted = || {
        vec![
            Planted {
                name: "too-late",
                about: "gone by then",
                answer: |()| {
                    let late = Witness::Holds(Onlooker::BobPhone, 7);
                    ([Some(late)], Some('b'), "words".to_string())
                },
            },
            Planted {
                name: "rain",
                about: "rain changes nothing",
                answer: |()| {
                    let holds = Witness::Holds(Onlooker::BobPhone, 3);
                    ([Some(holds)], Some('a'), "words".to_string())
                },
            },
        ]
    };
    let named = |second, letter| {
        let witness = Some(Witness::Holds(Onlooker::BobPhone, second));
        let answer = ([witness], Some(letter), "mine".to_string());
        sentence
            .ask(Here(|()| answer.clone()), planted())
            .map_err(|feedback| feedback.likely)
    };
    assert_eq!(named(9, 'b'), Err(Some("too-late")));
    assert_eq!(named(4, 'a'), Err(Some("rain")));
    assert_eq!(named(4, 'A'), Err(Some("rain")));
    assert_eq!(named(2, 'b'), Err(None));
    assert_eq!(named(4, 'b'), Ok(()));
}

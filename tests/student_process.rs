//! Students who misbehave, each in a process of its own: what they do costs one answer and never decides a verdict.
//!
//! Each test runs this executable again with its own name, as a lesson test does; there it becomes the child.

use std::time::{Duration, Instant};

use messaging_lab::course::child::{ANSWERING, Child, answer_until_the_end};
use messaging_lab::course::student::NoAnswer;

/// Far more than an answer takes, also on a busy machine.
const AMPLE: Duration = Duration::from_secs(20);

/// For the one who never answers.
const SHORT: Duration = Duration::from_millis(300);

/// In the child: answers with `behaviour` and never returns. In the parent: the running child.
fn student(test: &str, behaviour: fn(&[u8]) -> Vec<u8>) -> Child {
    if std::env::var(ANSWERING).as_deref() == Ok(test) {
        answer_until_the_end(|question| Some(behaviour(question)));
    }
    let program = std::env::current_exe().expect("this test has a path");
    Child::start(&program, &[test, "--exact", "--nocapture"], test).expect("the child starts")
}

fn crash(result: Result<Vec<u8>, NoAnswer>) -> String {
    match result {
        Err(NoAnswer::Crashed(how)) => how,
        other => panic!("wanted a crash, got {other:?}"),
    }
}

#[test]
fn an_honest_one_answers_every_question() {
    let mut child = student("an_honest_one_answers_every_question", |q| {
        q.iter().rev().copied().collect()
    });
    for question in [&b""[..], b"a", b"abc", &[0, 10, 13, 255, 1]] {
        let wanted: Vec<u8> = question.iter().rev().copied().collect();
        assert_eq!(child.ask(question, AMPLE), Ok(wanted));
    }
    let long = vec![7; 300_000];
    assert_eq!(child.ask(&long, AMPLE), Ok(long));
}

#[test]
fn a_panic_costs_one_answer_and_the_next_one_comes() {
    let mut child = student("a_panic_costs_one_answer_and_the_next_one_comes", |q| match q {
        b"panic" => panic!("no idea about {}", q.len()),
        b"todo" => todo!("what is asked?"),
        _ => q.to_vec(),
    });
    let Err(NoAnswer::Panicked(message)) = child.ask(b"panic", AMPLE) else {
        panic!("no panic seen")
    };
    assert!(
        message.starts_with("no idea about 5 (at tests/student_process.rs:"),
        "{message}"
    );
    let Err(NoAnswer::NotStarted(task)) = child.ask(b"todo", AMPLE) else {
        panic!("not seen as a todo")
    };
    assert!(task.starts_with("what is asked?"), "{task}");
    assert_eq!(child.ask(b"fine", AMPLE), Ok(b"fine".to_vec()));
    assert_eq!(child.take_printed(), "", "a panic prints nothing of its own");
}

#[test]
fn an_endless_loop_ends_with_its_time() {
    let mut child = student("an_endless_loop_ends_with_its_time", |q| {
        while !q.is_empty() {
            std::hint::spin_loop();
        }
        vec![]
    });
    assert_eq!(child.ask(b"", AMPLE), Ok(vec![]));
    let started = Instant::now();
    assert_eq!(child.ask(b"go", SHORT), Err(NoAnswer::OutOfTime(SHORT)));
    assert!(started.elapsed() >= SHORT);
}

#[test]
fn endless_recursion_is_told_as_such() {
    fn down(n: u64) -> u64 {
        if n == u64::MAX {
            0
        } else {
            std::hint::black_box(down(std::hint::black_box(n + 1))) + 1
        }
    }
    let mut child = student("endless_recursion_is_told_as_such", |q| {
        down(q.len() as u64).to_be_bytes().to_vec()
    });
    let how = crash(child.ask(b"go", AMPLE));
    if cfg!(target_os = "linux") {
        assert!(how.contains("calls itself without an end"), "{how}");
    }
}

#[test]
fn an_exit_is_no_answer() {
    let mut child = student("an_exit_is_no_answer", |_| {
        println!("test result: ok. 5 passed; 0 failed");
        std::process::exit(0)
    });
    let how = crash(child.ask(b"go", AMPLE));
    assert!(how.contains("ended before it answered"), "{how}");
    crash(child.ask(b"again", AMPLE));
}

#[test]
fn an_abort_is_no_answer() {
    let mut child = student("an_abort_is_no_answer", |_| std::process::abort());
    crash(child.ask(b"go", AMPLE));
}

#[test]
fn a_panic_in_a_drop_during_a_panic_is_a_crash() {
    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            panic!("and another");
        }
    }
    let mut child = student("a_panic_in_a_drop_during_a_panic_is_a_crash", |_| {
        let _bomb = Bomb;
        panic!("one");
    });
    crash(child.ask(b"go", AMPLE));
}

#[test]
fn endless_output_is_ended_and_told() {
    let mut child = student("endless_output_is_ended_and_told", |_| {
        loop {
            print!("more and more and more and more and more and more and more and more and more");
        }
    });
    let how = crash(child.ask(b"go", AMPLE));
    assert!(how.contains("printed more than"), "{how}");
}

#[test]
#[cfg(target_os = "linux")]
fn endless_memory_is_refused_before_the_machine_suffers() {
    let mut child = student("endless_memory_is_refused_before_the_machine_suffers", |q| {
        let mut all: Vec<Vec<u8>> = Vec::new();
        loop {
            all.push(vec![q[0]; 128 * 1024 * 1024]);
        }
    });
    let how = crash(child.ask(b"go", AMPLE));
    assert!(how.contains("out of memory"), "{how}");
}

#[test]
fn what_the_code_prints_is_kept_and_does_not_disturb_the_answer() {
    let mut child = student(
        "what_the_code_prints_is_kept_and_does_not_disturb_the_answer",
        |q| {
            print!("half a line");
            eprintln!("to the error stream");
            println!("\nLAB A 1 00 is no frame");
            q.to_vec()
        },
    );
    assert_eq!(child.ask(b"go", AMPLE), Ok(b"go".to_vec()));
    let printed = child.take_printed();
    assert!(
        printed.contains("half a line") && printed.contains("to the error stream"),
        "{printed}"
    );
    assert!(printed.contains("is no frame"), "{printed}");
}

#[test]
fn an_answer_to_a_question_that_was_not_asked_is_passed_over() {
    let mut child = student("an_answer_to_a_question_that_was_not_asked_is_passed_over", |q| {
        println!("\u{1}LAB A 99 ff");
        println!("\u{1}LAB A");
        println!("\u{1}LAB nonsense");
        q.to_vec()
    });
    assert_eq!(child.ask(b"go", AMPLE), Ok(b"go".to_vec()));
    assert_eq!(child.out_of_turn(), 3, "each of them is noticed");
}

#[test]
fn an_answer_before_it_is_asked_for_or_twice_is_no_answer_and_is_noticed() {
    let mut child = student(
        "an_answer_before_it_is_asked_for_or_twice_is_no_answer_and_is_noticed",
        |q| {
            if q == b"first" {
                println!("\u{1}LAB A 1 ff");
                print!("\u{1}LAB A 2 ff");
            }
            q.to_vec()
        },
    );
    assert_eq!(child.out_of_turn(), 0);
    assert_eq!(child.ask(b"first", AMPLE), Ok(b"first".to_vec()));
    assert_eq!(child.ask(b"second", AMPLE), Ok(b"second".to_vec()));
    assert_eq!(child.out_of_turn(), 2);
}

#[test]
fn a_thread_that_outlives_the_answer_changes_nothing() {
    let mut child = student("a_thread_that_outlives_the_answer_changes_nothing", |q| {
        std::thread::spawn(|| {
            std::thread::sleep(Duration::from_millis(20));
            std::process::exit(0);
        });
        q.to_vec()
    });
    assert_eq!(child.ask(b"go", AMPLE), Ok(b"go".to_vec()));
    std::thread::sleep(Duration::from_millis(100));
    crash(child.ask(b"again", AMPLE));
}

#[test]
fn the_variable_alone_makes_no_test_pass() {
    if std::env::var(ANSWERING).is_ok() {
        answer_until_the_end(|_| None);
    }
    let program = std::env::current_exe().expect("this test has a path");
    let output = std::process::Command::new(program)
        .args(["the_variable_alone_makes_no_test_pass", "--exact"])
        .env(ANSWERING, "bytes/hex")
        .stdin(std::process::Stdio::null())
        .output()
        .expect("it starts");
    assert_eq!(output.status.code(), Some(1), "{output:?}");
}

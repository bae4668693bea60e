//! The grader's trusted process: it holds the challenge, asks the student's process, and computes every verdict with the
//! checks of the lessons. `cargo run -- grade` starts it, once for each submission; by hand there is little to do with it.
//!
//! ```text
//! judge list                                       the exercises that it can judge
//! judge prepare KIT SHARED                         builds what all submissions share
//! judge mark KIT SHARED FOLDER ROUNDS ID ...       judges FOLDER/lessons/NN_name.rs, ROUNDS seeds an exercise
//! ```
//!
//! What it finds goes to standard output, one line each, fields separated by tabs, and `end` as the last line:
//!
//! ```text
//! refused   lesson   result   detail                            nothing of this lesson could be asked
//! exercise  ID  result  likely cause  seeds  feedback
//! guesses   ID  before  after
//! paragraph ID  text
//! note      text                                                for the instructor to look at
//! time      in the compiler, waiting for answers, all together (milliseconds)
//! ```
//!
//! The student's code is compiled after it was taken in and before a seed is drawn; the process that runs it is given the
//! exercise's ID and one question after the other, and nothing else.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use messaging_lab::course::catalogue::{self, Exercise, Kind, Lesson};
use messaging_lab::course::child::{ANSWER_LIMIT, Child};
use messaging_lab::course::exam::{no_answer, with_seed};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::lesson_source::{LessonSource, tokens};
use messaging_lab::course::progress::PASSED;
use messaging_lab::course::student::quietly;
use messaging_lab::ground::randomness::{OsRandomness, Randomness};

// `reply` is the answering process's business.
#[allow(dead_code)]
#[path = "checks/wire.rs"]
mod wire;

// Whether a lesson is one file is asked for all its exercises at once here.
#[allow(dead_code)]
#[path = "checks/own_work.rs"]
mod own_work;

#[path = "../src/course/commands/arms.rs"]
mod arms;

#[path = "judge/compile.rs"]
mod compile;

#[path = "judge/sitting.rs"]
mod sitting;

use compile::{Compiler, Refusal};
use sitting::{Kept, Sitter};

/// The checks of every lesson, and which exercise is judged by which of their functions.
macro_rules! rooms {
    ($($lesson:ident $checks:literal: $($exercise:ident)*;)*) => {
        $(
            #[path = "."]
            mod $lesson {
                #[path = $checks]
                pub mod checks;
            }
        )*

        /// The exercises that can be judged.
        const JUDGED: &[&str] = &[$($(concat!(stringify!($lesson), "/", stringify!($exercise)),)*)*];

        /// Judges exercise `id`; `None` if there is no check for it.
        fn check(id: &str, student: Sitter<'_>) -> Option<Verdict> {
            $($(
                if id == concat!(stringify!($lesson), "/", stringify!($exercise)) {
                    return Some($lesson::checks::$exercise(student));
                }
            )*)*
            None
        }
    };
}

rooms! {
    bytes "checks/00.rs": hex unhex length xor flip;
    timer "checks/01.rs": predict deadline boundary countdown conversation;
    clocks "checks/02.rs": predict next_wake after_restart senders_copy turn_back hold_on;
    erasure "checks/03.rs": predict carve who_still_has_it shred overwrite catch_the_hoarder sentence;
    seal "checks/04.rs": predict guess_the_key two_time_pad flip seal open next_nonce spot_the_flaw;
    relay "checks/05.rs": predict small_secret shared_key envelope guess_by_size pad unpad who_talks_to_whom which_chat;
    keys "checks/06.rs": predict ghost_directory ghost safety_number near_miss formats key_changed;
    ratchet "checks/07.rs": predict chain_step thief forget;
    healing "checks/08.rs": predict first_key root_step locked_out out_of_order leaks sentence;
    handshake "checks/09.rs": predict coin sealed_coin commit check_commit wrong_order next_state keys late_tap;
    words "checks/10.rs": predict render no_commitment forgot_to_check;
    compare "checks/11.rs": who_is_tapped continuity odds sentence;
    frames "checks/12.rs": predict index replay replay_window hear_the_shape constant_rate sentence;
}

/// The result of an exercise whose process spoke out of turn ([`Child::out_of_turn`]).
const OUT_OF_TURN: &str = "answers that nobody asked for";

/// The result of a lesson that cannot be built.
const NOT_COMPILED: &str = "does not compile";

/// The result of a lesson that is more than its file.
const OTHER_FILE: &str = "needs another file";

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words[..] {
        // What `cargo test --test judge` finds to do.
        [] => {
            println!(
                "the grader's judge; `cargo run -- grade` starts it. It judges {} exercises",
                JUDGED.len()
            );
            Ok(())
        }
        ["list"] => {
            JUDGED.iter().for_each(|id| println!("{id}"));
            Ok(())
        }
        ["prepare", kit, shared] => Compiler::prepare(Path::new(kit), Path::new(shared)),
        ["mark", kit, shared, folder, rounds, ref ids @ ..] => {
            mark(Path::new(kit), Path::new(shared), Path::new(folder), rounds, ids)
        }
        _ => Err("the judge is started by `cargo run -- grade`".to_string()),
    };
    if let Err(problem) = done {
        eprintln!("{problem}");
        std::process::exit(1);
    }
}

/// A field of a line: no tab and no line break is left in it.
fn field(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('\t', "\\t")
        .replace('\n', "\\n")
        .replace('\r', "\\r")
}

fn say(fields: &[&str]) {
    let fields: Vec<String> = fields.iter().map(|text| field(text)).collect();
    println!("{}", fields.join("\t"));
}

/// Where the time goes.
#[derive(Default)]
struct Time {
    compiling: Duration,
    waiting: Duration,
}

fn mark(kit: &Path, shared: &Path, folder: &Path, rounds: &str, ids: &[&str]) -> Result<(), String> {
    let begun = Instant::now();
    let rounds: u32 = rounds
        .parse()
        .map_err(|_| "the number of rounds is no number".to_string())?;
    let compiler = Compiler::at(shared)?;
    let mut time = Time::default();
    for lesson in catalogue::LESSONS {
        let exercises: Vec<&Exercise> = lesson
            .exercises
            .iter()
            .filter(|exercise| ids.contains(&exercise.id))
            .collect();
        // A lesson that was not handed in has been told of already.
        if exercises.is_empty() || !folder.join(lesson.file()).exists() {
            continue;
        }
        match open(&compiler, kit, folder, lesson, &exercises, &mut time) {
            Err((result, detail)) => say(&["refused", lesson.name, result, &detail]),
            Ok(opened) => {
                for exercise in exercises {
                    if opened.missing.contains(&exercise.id) {
                        let words = format!("{} has no fn {}", lesson.file(), exercise.function());
                        say(&["exercise", exercise.id, "not in the file", "-", "", &words]);
                    } else {
                        sit(lesson, exercise, &opened, rounds, &mut time)?;
                    }
                }
            }
        }
    }
    let milliseconds = |time: Duration| time.as_millis().to_string();
    say(&[
        "time",
        &milliseconds(time.compiling),
        &milliseconds(time.waiting),
        &milliseconds(begun.elapsed()),
    ]);
    println!("end");
    Ok(())
}

/// A lesson that can be asked.
struct Opened {
    source: String,
    program: PathBuf,
    /// The exercises whose function is not there.
    missing: Vec<&'static str>,
}

/// Reads and compiles a lesson; or a word and a line about why not.
fn open(
    compiler: &Compiler,
    kit: &Path,
    folder: &Path,
    lesson: &'static Lesson,
    exercises: &[&'static Exercise],
    time: &mut Time,
) -> Result<Opened, (&'static str, String)> {
    let read =
        |path: PathBuf| std::fs::read_to_string(&path).map_err(|error| ("not readable", error.to_string()));
    let text = read(folder.join(lesson.file()))?;
    let source = LessonSource::read(&text);
    if let Some((what, line)) = source.other_file() {
        return Err((
            OTHER_FILE,
            format!("{}:{line}: `{what}` asks for another file", lesson.file()),
        ));
    }
    // The compiler forbids it, too. No unsafe word at all is left to how well a version of it does so.
    if let Some(token) = tokens(&text).iter().find(|token| token.text == "unsafe") {
        let line = 1 + text[..token.start].matches('\n').count();
        let words = format!("{}:{line}: unsafe code is not accepted", lesson.file());
        return Err((NOT_COMPILED, words));
    }
    let answers = read(kit.join(format!("tests/answers/{:02}.rs", lesson.number)))?;
    let table = |without: &[&str]| {
        let wanted = |id: &str| exercises.iter().any(|exercise| exercise.id == id) && !without.contains(&id);
        arms::keep_arms(&answers, &wanted)
    };
    let begun = Instant::now();
    let mut missing = Vec::new();
    let built = compiler.lesson(folder, lesson).and_then(|()| {
        compiler.program(folder, &table(&[])).or_else(|refusal| {
            // A function that is not there costs its own exercise. (One that a macro makes is there, and not seen here.)
            let not_seen = |exercise: &&&Exercise| source.line_of(exercise.function()).is_none();
            missing = exercises
                .iter()
                .filter(not_seen)
                .map(|exercise| exercise.id)
                .collect();
            if missing.is_empty() || missing.len() == exercises.len() {
                return Err(refusal);
            }
            compiler.program(folder, &table(&missing))
        })
    });
    time.compiling += begun.elapsed();
    match built {
        Ok(program) => Ok(Opened {
            source: text,
            program,
            missing,
        }),
        Err(Refusal::DoesNotCompile(error)) => Err((NOT_COMPILED, with_a_reason(error))),
        Err(Refusal::TakesTooLong) => Err((NOT_COMPILED, "the compiler did not end in time".to_string())),
        Err(Refusal::ReadsMore(what)) => {
            Err((OTHER_FILE, format!("while it compiles, the lesson reads {what}")))
        }
    }
}

/// Adds why something that compiles at home does not compile here.
fn with_a_reason(error: String) -> String {
    let left_out = ["unresolved import", "cannot find", "failed to resolve"]
        .iter()
        .any(|words| error.contains(words));
    if error.contains("unsafe") {
        format!("{error} (unsafe code is not accepted)")
    } else if left_out {
        format!(
            "{error} (for marking, std has no fs, process, net, env, thread, path, os, panic and no stdin; the kit has \
             no course, no show and no FileDisk)"
        )
    } else {
        error
    }
}

/// The sitting of one exercise: several seeds, and the lowest result counts, so it ends at the first that is no pass.
fn sit(
    lesson: &'static Lesson,
    exercise: &'static Exercise,
    opened: &Opened,
    rounds: u32,
    time: &mut Time,
) -> Result<(), String> {
    let mut kept = Kept::default();
    let mut seeds = Vec::new();
    let source = LessonSource::read(&opened.source);
    let mut verdict = own_work::withheld(&source, lesson, exercise);
    let mut forged = false;
    let rounds = match exercise.kind {
        // No seed has a part in these.
        Kind::Predict | Kind::Explain => 1,
        _ => rounds.max(1),
    };
    for _ in 0..rounds {
        if verdict.is_err() || forged {
            break;
        }
        // Now, and not before: the code that will answer is compiled.
        let seed = draw()?;
        seeds.push(seed.to_string());
        let crashed = |none| no_answer(exercise.id, "start", "are you there?", none);
        let begun = Instant::now();
        let started = Child::start(&opened.program, &[exercise.id], exercise.id);
        kept.waited += begun.elapsed();
        match started {
            Err(none) => verdict = Err(crashed(none)),
            Ok(mut child) => {
                let judged = quietly(|| {
                    let student = Sitter::new(&mut child, ANSWER_LIMIT, &mut kept);
                    with_seed(seed, || check(exercise.id, student))
                });
                verdict = match judged {
                    Ok(Some(verdict)) => verdict,
                    Ok(None) => return Err(format!("the judge has no check for {}", exercise.id)),
                    Err(panic) => {
                        return Err(format!(
                            "the check of {} panicked: {panic} (seed {seed})",
                            exercise.id
                        ));
                    }
                };
                forged = child.out_of_turn() > 0;
            }
        }
    }
    time.waiting += kept.waited;
    let (result, likely, words) = match &verdict {
        _ if forged => (
            OUT_OF_TURN,
            None,
            "the code printed lines that look like the grader's own messages: no points for this exercise"
                .to_string(),
        ),
        Ok(()) => (PASSED, None, String::new()),
        Err(feedback) => (feedback.outcome.word(), feedback.likely, feedback.to_string()),
    };
    say(&[
        "exercise",
        exercise.id,
        result,
        likely.unwrap_or("-"),
        &seeds.join(","),
        &words,
    ]);
    if let Some(name) = named_beside_a_macro(&opened.source, exercise).filter(|_| verdict.is_ok()) {
        say(&[
            "note",
            &format!(
                "{}: the file has macros and speaks of `{name}`, which is withheld: look whether a macro calls it",
                exercise.id
            ),
        ]);
    }
    if let Some((before, after)) = &kept.guesses {
        say(&["guesses", exercise.id, before, after]);
    }
    if let Some(paragraph) = &kept.paragraph {
        say(&["paragraph", exercise.id, paragraph]);
    }
    Ok(())
}

/// A withheld name in a file that has macros of its own: what these do with it, the text alone does not say. A function or
/// a variable of the student's may have the name, too; so this is for a person to look at, and no verdict.
fn named_beside_a_macro(source: &str, exercise: &Exercise) -> Option<&'static str> {
    let tokens = tokens(source);
    let has = |word: &str| tokens.iter().any(|token| token.name() == word);
    exercise
        .withheld
        .iter()
        .copied()
        .find(|name| has("macro_rules") && has(name))
}

/// A seed that nobody knows beforehand.
fn draw() -> Result<u64, String> {
    let mut seed = [0; 8];
    OsRandomness::open()
        .and_then(|mut random| random.fill(&mut seed))
        .map_err(|error| error.to_string())?;
    Ok(u64::from_be_bytes(seed))
}

//! Proves the course: every stub is red as not started, every solution is green, every planted wrong answer is red and
//! named as what it is, every other right answer is green. `cargo run -- verify` runs it.
//!
//! One line for each thing proved; the last line counts them.

// Stub and solution of a lesson are two modules with the same answers file.
#![allow(clippy::duplicate_mod)]

use std::fmt::Debug;
use std::path::Path;
use std::sync::OnceLock;

use messaging_lab::course::catalogue;
use messaging_lab::course::feedback::{Outcome, Verdict};
use messaging_lab::course::hints;
use messaging_lab::course::lesson_source::{LessonSource, tokens};
use messaging_lab::course::student::{Here, NoAnswer, Planted, Student, quietly};

#[path = "checks/wire.rs"]
mod wire;

use wire::{Wire, from_bytes, to_bytes};

/// One lesson's rooms: stub, solution, checks (with the wrong answers) and other right answers.
macro_rules! rooms {
    ($lesson:ident, $stub:literal, $solution:literal, $answers:literal, $checks:literal, $right:literal) => {
        #[path = "."]
        mod $lesson {
            #[path = $checks]
            pub mod checks;
            #[path = $right]
            pub mod right;
            #[path = "."]
            pub mod stub {
                #[path = $answers]
                pub mod answers;
                #[path = $stub]
                pub mod lesson;
            }
            #[path = "."]
            pub mod solution {
                #[path = $answers]
                pub mod answers;
                #[path = $solution]
                pub mod lesson;
            }
        }
    };
}

rooms!(
    bytes,
    "../lessons/stubs/00_bytes.rs",
    "../lessons/solutions/00_bytes.rs",
    "answers/00.rs",
    "checks/00.rs",
    "right/00.rs"
);

rooms!(
    timer,
    "../lessons/stubs/01_timer.rs",
    "../lessons/solutions/01_timer.rs",
    "answers/01.rs",
    "checks/01.rs",
    "right/01.rs"
);

rooms!(
    clocks,
    "../lessons/stubs/02_clocks.rs",
    "../lessons/solutions/02_clocks.rs",
    "answers/02.rs",
    "checks/02.rs",
    "right/02.rs"
);

rooms!(
    erasure,
    "../lessons/stubs/03_erasure.rs",
    "../lessons/solutions/03_erasure.rs",
    "answers/03.rs",
    "checks/03.rs",
    "right/03.rs"
);

rooms!(
    seal,
    "../lessons/stubs/04_seal.rs",
    "../lessons/solutions/04_seal.rs",
    "answers/04.rs",
    "checks/04.rs",
    "right/04.rs"
);

rooms!(
    relay,
    "../lessons/stubs/05_relay.rs",
    "../lessons/solutions/05_relay.rs",
    "answers/05.rs",
    "checks/05.rs",
    "right/05.rs"
);

rooms!(
    ratchet,
    "../lessons/stubs/07_ratchet.rs",
    "../lessons/solutions/07_ratchet.rs",
    "answers/07.rs",
    "checks/07.rs",
    "right/07.rs"
);

rooms!(
    healing,
    "../lessons/stubs/08_healing.rs",
    "../lessons/solutions/08_healing.rs",
    "answers/08.rs",
    "checks/08.rs",
    "right/08.rs"
);

rooms!(
    keys,
    "../lessons/stubs/06_keys.rs",
    "../lessons/solutions/06_keys.rs",
    "answers/06.rs",
    "checks/06.rs",
    "right/06.rs"
);

rooms!(
    handshake,
    "../lessons/stubs/09_handshake.rs",
    "../lessons/solutions/09_handshake.rs",
    "answers/09.rs",
    "checks/09.rs",
    "right/09.rs"
);

rooms!(
    words,
    "../lessons/stubs/10_words.rs",
    "../lessons/solutions/10_words.rs",
    "answers/10.rs",
    "checks/10.rs",
    "right/10.rs"
);

rooms!(
    compare,
    "../lessons/stubs/11_compare.rs",
    "../lessons/solutions/11_compare.rs",
    "answers/11.rs",
    "checks/11.rs",
    "right/11.rs"
);

rooms!(
    frames,
    "../lessons/stubs/12_frames.rs",
    "../lessons/solutions/12_frames.rs",
    "answers/12.rs",
    "checks/12.rs",
    "right/12.rs"
);

/// Proves each named exercise of a lesson.
macro_rules! prove {
    ($report:ident, $lesson:ident: $($exercise:ident)*) => {$(
        $report.exercise(
            concat!(stringify!($lesson), "/", stringify!($exercise)),
            $lesson::stub::answers::answer,
            $lesson::solution::answers::answer,
            |student| $lesson::checks::$exercise(student),
            $lesson::checks::wrong::$exercise(),
            $lesson::right::$exercise(),
        );
    )*};
}

fn main() {
    let lessons: Vec<fn(&mut Report)> = vec![
        |report| {
            prove!(report, bytes: hex unhex length xor flip);
        },
        |report| {
            prove!(report, timer: predict deadline boundary countdown conversation);
        },
        |report| {
            prove!(report, clocks: predict next_wake after_restart senders_copy turn_back hold_on);
        },
        |report| {
            prove!(report, erasure: predict carve who_still_has_it shred overwrite catch_the_hoarder sentence);
        },
        |report| {
            prove!(report, seal: predict guess_the_key two_time_pad flip seal open next_nonce spot_the_flaw);
        },
        |report| {
            prove!(report, relay: predict small_secret shared_key envelope guess_by_size pad unpad who_talks_to_whom which_chat);
        },
        |report| {
            prove!(report, ratchet: predict chain_step thief forget);
        },
        |report| {
            prove!(report, healing: predict first_key root_step locked_out out_of_order leaks sentence);
        },
        |report| {
            prove!(report, keys: predict ghost_directory ghost safety_number near_miss formats key_changed);
        },
        |report| {
            prove!(report, handshake: predict coin sealed_coin commit check_commit wrong_order next_state keys late_tap);
        },
        |report| {
            prove!(report, words: predict render no_commitment forgot_to_check);
        },
        |report| {
            prove!(report, compare: who_is_tapped continuity odds sentence);
        },
        |report| {
            prove!(report, frames: predict index replay replay_window hear_the_shape constant_rate sentence);
        },
    ];
    // Each lesson on a thread of its own; told in their order.
    let proofs: Vec<_> = lessons
        .into_iter()
        .map(|prove| {
            std::thread::spawn(move || {
                let mut report = Report::default();
                prove(&mut report);
                report
            })
        })
        .collect();
    let mut report = Report::default();
    for proof in proofs {
        match proof.join() {
            Ok(lesson) => report.add(lesson),
            Err(_) => report.line("a lesson", Err("its proof panicked, see above".to_string())),
        }
    }
    report.catalogue_is_covered();
    report.lines.iter().for_each(|line| println!("{line}"));
    println!("{} passed, {} failed", report.passed, report.failed);
    if report.failed > 0 {
        std::process::exit(1);
    }
}

/// Answers a question for an exercise, as bytes: `tests/answers`.
type Answers = fn(&str, &[u8]) -> Option<Vec<u8>>;

/// A lesson file's functions in this process, through the same bytes that cross to another one.
struct File(Answers, &'static str);

impl<Q: Wire, A: Wire> Student<Q, A> for File {
    fn answer(&mut self, question: &Q) -> Result<A, NoAnswer> {
        let bytes =
            quietly(|| (self.0)(self.1, &to_bytes(question))).map_err(|m| NoAnswer::from_panic(&m))?;
        let Some(answer) = bytes.and_then(|bytes| from_bytes(&bytes)) else {
            panic!(
                "{}: tests/answers does not fit the check's question and answer",
                self.1
            );
        };
        Ok(answer)
    }
}

/// Whether the library declares something of this name for others to use.
fn kit_declares(name: &str) -> bool {
    fn read(folder: &Path, all: &mut String) {
        for entry in std::fs::read_dir(folder).expect("a folder of the library") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                read(&path, all);
            } else {
                all.push_str(&std::fs::read_to_string(path).expect("a source file"));
            }
        }
    }
    static KIT: OnceLock<String> = OnceLock::new();
    let kit = KIT.get_or_init(|| {
        let mut all = String::new();
        read(Path::new("src"), &mut all);
        all
    });
    let mut words = tokens(kit).into_iter().map(|token| token.text);
    let mut before = ["", ""];
    words.any(|word| {
        let public = before[0] == "pub" && !matches!(before[1], "use" | "mod") && word == name;
        before = [before[1], word];
        public
    })
}

#[derive(Default)]
struct Report {
    passed: u32,
    failed: u32,
    proved: Vec<&'static str>,
    lines: Vec<String>,
}

impl Report {
    /// Takes over what another report says.
    fn add(&mut self, other: Report) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.proved.extend(other.proved);
        self.lines.extend(other.lines);
    }

    fn line(&mut self, what: &str, proof: Result<(), String>) {
        match proof {
            Ok(()) => {
                self.passed += 1;
                self.lines.push(format!("ok    {what}"));
            }
            Err(problem) => {
                self.failed += 1;
                self.lines.push(format!("FAIL  {what}: {problem}"));
            }
        }
    }

    fn exercise<Q, A, C>(
        &mut self,
        id: &'static str,
        stub: Answers,
        solution: Answers,
        check: C,
        wrong: Vec<Planted<Q, A>>,
        right: Vec<Planted<Q, A>>,
    ) where
        Q: Wire + Clone,
        A: Wire + PartialEq + Debug,
        C: Fn(&mut dyn Student<Q, A>) -> Verdict,
    {
        self.proved.push(id);
        let red = match check(&mut File(stub, id)) {
            Err(feedback) if feedback.outcome == Outcome::NotStarted => Ok(()),
            other => Err(format!("wanted \"not started\", got {other:?}")),
        };
        self.line(&format!("{id} stub is not started"), red);
        let green = check(&mut File(solution, id)).map_err(|feedback| feedback.to_string());
        self.line(&format!("{id} solution passes"), green);
        for planted in &wrong {
            let named = match check(&mut Here(planted.answer)) {
                Ok(()) => Err("it passes".to_string()),
                Err(feedback) if feedback.likely == Some(planted.name) => Ok(()),
                // The bug that was handed out is told as such.
                Err(feedback) if feedback.outcome == Outcome::NotStarted && planted.name == wrong[0].name => {
                    Ok(())
                }
                Err(feedback) => Err(format!("caught, but not named as what it is:\n{feedback}")),
            };
            self.line(
                &format!("{id} wrong answer {} is caught and named", planted.name),
                named,
            );
        }
        for planted in &right {
            let green = check(&mut Here(planted.answer)).map_err(|feedback| feedback.to_string());
            self.line(&format!("{id} other right answer {} passes", planted.name), green);
        }
        let enough = match (wrong.len(), right.len()) {
            (3.., 2..) => Ok(()),
            (wrong, right) => Err(format!("only {wrong} wrong and {right} other right answers")),
        };
        self.line(
            &format!("{id} has at least 3 wrong and 2 other right answers"),
            enough,
        );
        self.words(id);
    }

    /// The hints, and the names that the solution does without.
    fn words(&mut self, id: &'static str) {
        let proof = (|| {
            let (lesson, exercise) = catalogue::find(id).ok_or("not in the catalogue")?;
            let read =
                |path: String| std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"));
            let solution = read(format!("lessons/solutions/{}.rs", lesson.stem()))?;
            let source = LessonSource::read(&solution);
            if let Some((what, line)) = source.other_file() {
                return Err(format!("the solution needs another file: {what} (line {line})"));
            }
            if let Some(name) = exercise.withheld.iter().find(|name| !kit_declares(name)) {
                return Err(format!("the kit has no {name}, so it need not be withheld"));
            }
            if let Some((name, line)) = source.uses_withheld(exercise.function(), exercise.withheld) {
                return Err(format!(
                    "the solution uses the withheld name {name} (line {line})"
                ));
            }
            let tiers = hints::tiers(&read(lesson.hints())?, id);
            if tiers.len() != hints::TIERS {
                return Err(format!("{} hint tiers instead of {}", tiers.len(), hints::TIERS));
            }
            let squeeze = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
            let leaks = |line: &str| {
                let line = squeeze(line);
                line.len() >= 12 && tiers.iter().any(|tier| squeeze(tier).contains(&line))
            };
            match solution
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .find(|line| leaks(line))
            {
                Some(line) => Err(format!("a hint holds a line of the solution: {line}")),
                None => Ok(()),
            }
        })();
        self.line(&format!("{id} hints and withheld names"), proof);
    }

    fn catalogue_is_covered(&mut self) {
        let missing: Vec<&str> = catalogue::all()
            .map(|(_, exercise)| exercise.id)
            .filter(|id| !self.proved.contains(id))
            .collect();
        let proof = if missing.is_empty() {
            Ok(())
        } else {
            Err(format!("not proved: {}", missing.join(", ")))
        };
        self.line("every exercise of the catalogue is proved", proof);
    }
}

//! The student in another process: questions go in as bytes, answers come back as bytes.
//!
//! Whatever the student's code does (panic, endless recursion, endless loop, exit, endless output) costs the exercise
//! that was asked and nothing else, because it happens in a process that can be ended. That process only ever answers;
//! the questions, the judging and the verdict stay with the parent.
//!
//! ```text
//!   parent                                  child (the same program, started again)
//!     |  -- HELLO key -->                     |   stdin
//!     |  <-- LAB key READY --                 |   stdout
//!     |  -- Q 1 <question in hex> -->         |
//!     |  <-- LAB key E 1 --                   |   stderr: what was printed there before this belongs to question 1
//!     |  <-- LAB key A 1 <answer in hex> --   |   stdout, between whatever the code prints by itself
//!     |  <-- LAB key P 1 <panic in hex> --    |
//!     |  -- end of input -->                  |   exits
//! ```
//!
//! The key is drawn anew for each child. What looks like a frame and has another key was printed by the code that
//! answers: it is no answer, and it is counted ([`Child::out_of_turn`]).

use std::io::{BufRead, Read, Write};
use std::process::{Child as Process, ChildStdin, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::student::{NoAnswer, quietly};
use crate::ground::hex::{bytes_to_hex, hex_to_bytes};
use crate::ground::randomness::{OsRandomness, Randomness};

mod inbox;
use inbox::{Heard, Inbox, listen};

/// How long one answer may take unless an exercise says otherwise.
pub const ANSWER_LIMIT: Duration = Duration::from_secs(3);

/// How long the child may take to start.
const START_LIMIT: Duration = Duration::from_secs(30);

/// How much of what the code prints is kept to be shown.
const KEPT_OUTPUT: usize = 4 * 1024;

/// How much the code may print before its process is ended: more can only be a loop.
const MOST_OUTPUT: usize = 16 * 1024 * 1024;

/// How much address space the child gets where the system lets a shell set it, in KiB: a loop that allocates ends
/// before the machine suffers.
const MOST_MEMORY_KIB: u64 = 1024 * 1024;

/// How much time on the processor the child gets where a shell can set it, in seconds: far more than all answers take, so
/// that it ends even if nobody is left to end it.
const MOST_SECONDS: u64 = 600;

/// Stands before everything that the child says to its parent. No text that somebody prints begins with this character.
const MARK: &str = "\u{1}LAB ";

/// How long to wait for standard error once the answer is there.
const CATCH_UP: Duration = Duration::from_millis(200);

/// The parent's first line.
const GREETING: &str = "HELLO";

/// The variable that tells a program that it is the child, and for which exercise.
pub const ANSWERING: &str = "LAB_ANSWERING";

/// A running child.
pub struct Child {
    process: Process,
    questions: Option<ChildStdin>,
    inbox: Arc<Inbox>,
    asked: u64,
}

impl Child {
    /// Starts `program` with `arguments` as the child for `exercise` and waits until it is ready.
    ///
    /// # Errors
    /// [`NoAnswer::Crashed`] if it cannot be started or does not come up.
    pub fn start(program: &std::path::Path, arguments: &[&str], exercise: &str) -> Result<Self, NoAnswer> {
        let mut key = [0; 16];
        OsRandomness::open()
            .and_then(|mut random| random.fill(&mut key))
            .map_err(|error| NoAnswer::Crashed(error.to_string()))?;
        let key = bytes_to_hex(&key);
        let mut process = limited(program, arguments)
            .env(ANSWERING, exercise)
            .env("RUST_BACKTRACE", "0")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| NoAnswer::Crashed(format!("the answering process did not start: {error}")))?;
        let inbox = Arc::<Inbox>::default();
        if let Some(stream) = process.stdout.take() {
            listen(Box::new(stream), Arc::clone(&inbox), &key, true);
        }
        if let Some(stream) = process.stderr.take() {
            listen(Box::new(stream), Arc::clone(&inbox), &key, false);
        }
        let questions = process.stdin.take();
        let mut child = Child {
            process,
            questions,
            inbox,
            asked: 0,
        };
        child.send(&format!("{GREETING} {key}"))?;
        child.wait_for("READY", START_LIMIT)?;
        // What came before is the test runner's own greeting.
        child.inbox.open().printed.clear();
        Ok(child)
    }

    /// The answer to `question`.
    ///
    /// # Errors
    /// [`NoAnswer`]: a panic, a timeout, or the end of the process; after the last two the child is gone.
    pub fn ask(&mut self, question: &[u8], limit: Duration) -> Result<Vec<u8>, NoAnswer> {
        self.asked += 1;
        let number = self.asked;
        self.send(&format!("Q {number} {}", bytes_to_hex(question)))?;
        let frame = self.wait_for_answer(number, limit)?;
        let garbled =
            || NoAnswer::Crashed("the process answered with something that is no answer".to_string());
        let (kind, hex) = frame.split_once(' ').ok_or_else(garbled)?;
        let bytes = hex_to_bytes(hex).map_err(|_| garbled())?;
        match kind {
            "A" => Ok(bytes),
            _ => Err(NoAnswer::from_panic(&String::from_utf8_lossy(&bytes))),
        }
    }

    /// Sends a line.
    fn send(&mut self, line: &str) -> Result<(), NoAnswer> {
        let line = format!("{line}\n");
        let sent = self
            .questions
            .as_mut()
            .map(|pipe| pipe.write_all(line.as_bytes()).and_then(|()| pipe.flush()));
        match sent {
            Some(Ok(())) => Ok(()),
            _ => Err(self.how_it_ended()),
        }
    }

    /// How many times the code printed something that looks like an answer of this process and is none. Nobody does so
    /// by accident.
    pub fn out_of_turn(&self) -> u64 {
        self.inbox.open().out_of_turn
    }

    /// What the code printed by itself since the start or the last call, the beginning of it if it is long.
    pub fn take_printed(&mut self) -> String {
        // Standard error is read beside standard output; after an answer, wait for it to catch up.
        let asked = self.asked;
        let end = Instant::now() + CATCH_UP;
        self.inbox
            .wait(end, |left| (left.errors_read >= asked).then_some(()));
        let printed = std::mem::take(&mut self.inbox.open().printed);
        String::from_utf8_lossy(&printed).trim().to_string()
    }

    /// The next frame "A n hex" or "P n hex" for question `number`, as "A hex" or "P hex". Others are passed over: an
    /// answer to a question that was not asked is no answer.
    fn wait_for_answer(&mut self, number: u64, limit: Duration) -> Result<String, NoAnswer> {
        let end = Instant::now() + limit;
        loop {
            let frame = self.next_frame(end, limit)?;
            let mut parts = frame.splitn(3, ' ');
            if let (Some(kind @ ("A" | "P")), Some(n), hex) = (parts.next(), parts.next(), parts.next()) {
                if n.parse() == Ok(number) {
                    return Ok(format!("{kind} {}", hex.unwrap_or("")));
                }
            }
        }
    }

    fn wait_for(&mut self, word: &str, limit: Duration) -> Result<(), NoAnswer> {
        let end = Instant::now() + limit;
        while self.next_frame(end, limit)? != word {}
        Ok(())
    }

    fn next_frame(&mut self, end: Instant, limit: Duration) -> Result<String, NoAnswer> {
        let next = self
            .inbox
            .wait(end, |left| (!left.heard.is_empty()).then(|| left.heard.remove(0)));
        match next {
            Some(Heard::Frame(frame)) => Ok(frame),
            Some(Heard::TooMuch) => {
                self.stop();
                Err(NoAnswer::Crashed(format!(
                    "the code printed more than {} MiB, so its process was ended: is there a print in an endless loop?",
                    MOST_OUTPUT / 1024 / 1024
                )))
            }
            Some(Heard::End) => Err(self.how_it_ended()),
            None => {
                self.stop();
                Err(NoAnswer::OutOfTime(limit))
            }
        }
    }

    /// After the process closed its output: why, in words.
    fn how_it_ended(&mut self) -> NoAnswer {
        self.questions = None;
        // It may have closed its output and live on; nobody waits for that.
        let end = Instant::now() + Duration::from_millis(500);
        let status = loop {
            match self.process.try_wait() {
                Ok(Some(status)) => break Some(status),
                Ok(None) if Instant::now() < end => std::thread::sleep(Duration::from_millis(5)),
                _ => break None,
            }
        };
        self.stop();
        let said = self.take_printed();
        NoAnswer::Crashed(match status {
            _ if said.contains("has overflowed its stack") => {
                "the process ran out of stack: a function calls itself without an end, or too many times"
                    .to_string()
            }
            _ if said.contains("memory allocation of") => {
                "the process ran out of memory: something grows without an end, or far too much".to_string()
            }
            Some(status) if status.code().is_some() => format!(
                "the process ended before it answered ({status}): a function answers by returning, not by exiting"
            ),
            Some(status) => format!("the process was ended by the system before it answered ({status})"),
            None => "the process closed its output before it answered".to_string(),
        })
    }

    fn stop(&mut self) {
        // Both fail only if it is gone already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The command, with a limit on memory where the system's shell can set one.
fn limited(program: &std::path::Path, arguments: &[&str]) -> Command {
    if cfg!(unix) {
        let mut command = Command::new("sh");
        let script = format!(
            "ulimit -v {MOST_MEMORY_KIB} 2>/dev/null; ulimit -t {MOST_SECONDS} 2>/dev/null; exec \"$0\" \"$@\""
        );
        command.arg("-c").arg(script).arg(program).args(arguments);
        command
    } else {
        let mut command = Command::new(program);
        command.args(arguments);
        command
    }
}

/// The child's side: answers questions from standard input until it ends, then exits. Never returns.
///
/// `answer` gives `None` for a question that it cannot read; the child then stops. Without a parent's greeting it stops
/// at once and with an error: somebody set the variable by hand.
pub fn answer_until_the_end(mut answer: impl FnMut(&[u8]) -> Option<Vec<u8>>) -> ! {
    let mut lines = std::io::stdin().lines().map_while(Result::ok);
    let greeting = lines.next().unwrap_or_default();
    let Some(key) = greeting.strip_prefix(GREETING).map(str::trim) else {
        eprintln!("{ANSWERING} is set, and nobody asks: unset it, it is the kit's own");
        std::process::exit(1)
    };
    say(std::io::stdout(), key, "READY");
    for line in lines {
        let Some((number, hex)) = line.strip_prefix("Q ").and_then(|rest| rest.split_once(' ')) else {
            break;
        };
        let Ok(question) = hex_to_bytes(hex) else { break };
        let reply = match quietly(|| answer(&question)) {
            Ok(Some(bytes)) => format!("A {number} {}", bytes_to_hex(&bytes)),
            Ok(None) => break,
            Err(message) => format!("P {number} {}", bytes_to_hex(message.as_bytes())),
        };
        say(std::io::stderr(), key, &format!("E {number}"));
        say(std::io::stdout(), key, &reply);
    }
    std::process::exit(0)
}

fn say(mut stream: impl Write, key: &str, words: &str) {
    // If the parent is gone there is nobody left to tell.
    let _ = stream
        .write_all(format!("{MARK}{key} {words}\n").as_bytes())
        .and_then(|()| stream.flush());
}

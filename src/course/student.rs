//! Somebody who answers questions. A check sees a student and nothing else.
//!
//! Two kinds: [`Here`] calls a function of this process, for answers that the kit itself ships (solutions, planted wrong
//! answers, other right answers). The other kind sits in another process and gets questions as bytes
//! ([`super::child`]); a student's own code is always of that kind.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;
use std::time::Duration;

/// Answers a question, or does not.
pub trait Student<Q, A> {
    /// The answer to `question`.
    ///
    /// # Errors
    /// [`NoAnswer`]: why none came.
    fn answer(&mut self, question: &Q) -> Result<A, NoAnswer>;

    /// The last answer was the first wrong one: what the code printed for it is what its author wants to see.
    fn first_fault(&mut self) {}

    /// Something worth saying although the answer passed.
    fn remark(&mut self, _words: &str) {}

    /// Something of the answers that a later lesson shows again, under a name. Only a lesson's own test writes it down.
    fn keep(&mut self, _name: &str, _text: &str) {}

    /// From now on each answer may take this long. Only who answers from another process can be held to it.
    fn allow(&mut self, _limit: Duration) {}
}

impl<Q, A, S: Student<Q, A> + ?Sized> Student<Q, A> for &mut S {
    fn answer(&mut self, question: &Q) -> Result<A, NoAnswer> {
        (**self).answer(question)
    }

    fn first_fault(&mut self) {
        (**self).first_fault();
    }

    fn remark(&mut self, words: &str) {
        (**self).remark(words);
    }

    fn keep(&mut self, name: &str, text: &str) {
        (**self).keep(name, text);
    }

    fn allow(&mut self, limit: Duration) {
        (**self).allow(limit);
    }
}

/// Why no answer came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// A `todo!` was reached; its message.
    NotStarted(String),
    /// The code panicked; its message and place.
    Panicked(String),
    /// No answer within this time.
    OutOfTime(Duration),
    /// The process ended, or was ended, before it answered; how.
    Crashed(String),
}

impl NoAnswer {
    /// From a panic's message. `todo!` says "not yet implemented", and that is how an unstarted exercise shows.
    pub fn from_panic(message: &str) -> Self {
        match message.strip_prefix("not yet implemented") {
            Some(rest) => NoAnswer::NotStarted(rest.trim_start_matches(": ").to_string()),
            None => NoAnswer::Panicked(message.to_string()),
        }
    }
}

/// A student who is a function in this process.
pub struct Here<F>(pub F);

impl<Q: Clone, A, F: FnMut(Q) -> A> Student<Q, A> for Here<F> {
    fn answer(&mut self, question: &Q) -> Result<A, NoAnswer> {
        quietly(|| (self.0)(question.clone())).map_err(|message| NoAnswer::from_panic(&message))
    }
}

/// An answer that ships with the kit: a wrong one with its diagnosis, or a right one in another style.
pub struct Planted<Q, A> {
    /// A short name, unique within its exercise.
    pub name: &'static str,
    /// Wrong: what went wrong, in words for the student who did the same. Right: what is different about this style.
    pub about: &'static str,
    /// The answer.
    pub answer: fn(Q) -> A,
}

thread_local! {
    /// `Some` while [`quietly`] runs on this thread: where the panic hook leaves the message.
    static MESSAGE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs `code`; a panic in it prints nothing and comes back as its message.
///
/// # Errors
/// The panic's message, followed by the place where it happened.
pub fn quietly<T>(code: impl FnOnce() -> T) -> Result<T, String> {
    let (mut code, mut answer) = (Some(code), None);
    run_quietly(&mut || answer = code.take().map(|code| code()))?;
    answer.ok_or_else(String::new)
}

/// [`quietly`] of whatever leaves its answer elsewhere: compiled once, and not for every kind of answer.
fn run_quietly(code: &mut dyn FnMut()) -> Result<(), String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let ours = MESSAGE.with_borrow_mut(|slot| {
                if let Some(message) = slot {
                    *message = describe(info);
                }
                slot.is_some()
            });
            if !ours {
                usual(info);
            }
        }));
    });
    MESSAGE.set(Some(String::new()));
    // The code's own state is thrown away after a panic, so nothing half-changed is seen again.
    let result = catch_unwind(AssertUnwindSafe(code));
    let message = MESSAGE.take();
    result.map_err(|_| message.unwrap_or_default())
}

/// A panic as one line: its message, then file and line.
fn describe(info: &std::panic::PanicHookInfo<'_>) -> String {
    let payload = info.payload();
    let message = payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("a panic without a message");
    match info.location() {
        // A lesson is a module of its test target, so its path begins in the tests folder.
        Some(place) => {
            let file = place.file().replace('\\', "/").replace("tests/../", "");
            // A line that nobody here wrote; where the library's sources are installed, they lie under rustlib.
            let of_the_library =
                |(root, _): &(&str, &str)| root.starts_with("/rustc/") || root.contains("/rustlib/");
            match file.rsplit_once("/library/").filter(of_the_library) {
                Some((_, place)) => {
                    format!("{message} (in the standard library, {place}: which call of yours led there?)")
                }
                None => format!("{message} (at {file}:{})", place.line()),
            }
        }
        None => message.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_comes_back_as_its_message() {
        let mut student = Here(|n: u32| {
            if n == 0 {
                panic!("zero is {}", "special")
            } else {
                n + 1
            }
        });
        assert_eq!(student.answer(&1), Ok(2));
        let Err(NoAnswer::Panicked(message)) = student.answer(&0) else {
            panic!("no panic seen")
        };
        assert!(
            message.starts_with("zero is special (at ") && message.contains("student.rs"),
            "{message}"
        );
    }

    #[test]
    fn a_panic_inside_the_standard_library_is_not_given_a_line_of_its_own() {
        let mut student = Here(|bytes: Vec<u8>| bytes.iter().sum::<u8>());
        let Err(NoAnswer::Panicked(message)) = student.answer(&vec![200, 100]) else {
            panic!("no panic seen")
        };
        assert!(
            message.contains("in the standard library, core/src/"),
            "{message}"
        );
        assert!(!message.contains("rustc"), "{message}");
    }

    #[test]
    fn a_todo_is_not_started() {
        let mut student = Here(|n: u32| -> u32 { todo!("what follows {n}?") });
        let Err(NoAnswer::NotStarted(task)) = student.answer(&4) else {
            panic!("not seen as a todo")
        };
        assert!(task.starts_with("what follows 4?"), "{task}");
    }
}

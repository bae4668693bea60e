//! What the reading of a lesson must get right, on lessons as students write them.

mod disguises;
mod fingerprints;
mod lists;
mod one_file;
mod own_names;
mod own_seal;
mod reading;

use super::LessonSource;

/// A lesson with everything that is hard to tell apart.
const LESSON: &str = r##"
//! Text with fn words and "quotes.
use messaging_lab::ground::hex::{bytes_to_hex as text_of, hex_to_bytes};

/// First.
pub fn first(n: u32) -> u32 {
    helper(n) // a comment
}

// Second.
#[inline]
pub fn second(c: char) -> String {
    let odd = ['{', '\'', '"', c];
    let raw = r#"fn helper() { " }"#;
    text_of(raw.as_bytes()) + &odd.len().to_string()
}

fn helper(n: u32) -> u32 { n + 1 }
"##;

/// A lesson whose exercises are called what the kit calls its own functions.
const SEALING: &str = r##"
use messaging_lab::crypto::{aead, chacha20};
pub fn guess(key: [u8; 32]) -> bool { aead::open(&key).is_ok() }
pub fn seal(text: &[u8]) -> Vec<u8> { helper(text) }
pub fn open(sealed: &[u8]) -> Vec<u8> { let text = seal(sealed); text }
fn helper(text: &[u8]) -> Vec<u8> { chacha20::xor(text) }
"##;

/// Lesson 01 as somebody has solved it.
const TIMER: &str = r##"
use messaging_lab::ground::clock::{ControlledClock, Millis};
use messaging_lab::store::{Action, ChatId, Countdown, MessageStore, NewMessage, Timer};

pub fn deadline(timer: Timer, sent_at: Millis, read_at: Option<Millis>) -> Option<Millis> {
    match timer {
        Timer::Off => None,
        Timer::AfterRead(length) => Some(read_at?.saturating_add(length)),
        Timer::AfterSend(length) => Some(sent_at.saturating_add(length)),
    }
}

pub fn boundary(now: Millis, deadline: Option<Millis>) -> bool {
    match deadline {
        Some(deadline) => now < deadline,
        None => true,
    }
}

pub fn countdown(ttl: Millis, read_at: Option<Millis>, receipt_at: Option<Millis>, now: Millis) -> (Countdown, Countdown) {
    let bobs = match read_at {
        Some(read) if read <= now && now - read < ttl => Countdown::Left((ttl - (now - read)).div_ceil(1000)),
        Some(read) if read <= now => Countdown::Gone,
        _ => Countdown::Waiting,
    };
    let alices = if receipt_at.is_some_and(|arrived| arrived <= now) { bobs } else { Countdown::Waiting };
    (alices, bobs)
}

pub fn conversation(script: &[(Millis, Action)]) -> Vec<Option<String>> {
    let clock = ControlledClock::new(0);
    let mut phone = MessageStore::new(clock.clone());
    let _ = phone.set_chat_timer(ChatId(1), Timer::Off);
    script.iter().map(|_| None).collect()
}
"##;

/// The first occurrence of `from` in `source` replaced, which must be there.
fn with(source: &str, from: &str, to: &str) -> String {
    assert!(source.contains(from), "{from}");
    source.replacen(from, to, 1)
}

/// The fingerprint of one exercise.
fn print(source: &str, name: &str) -> Option<u64> {
    LessonSource::read(source).fingerprint(name)
}

/// What the exercises of [`TIMER`] may not use, as the catalogue lists it.
const WITHHELD: &[&str] = &[
    "expires_at",
    "is_readable_at",
    "sender_time_left",
    "shortest_wait",
    "elapsed_between",
    "time_left_after_restart",
    "Timekeeper",
    "MessageStore",
];

/// The withheld name that one exercise uses.
fn uses(source: &str, name: &str) -> Option<&'static str> {
    let found = LessonSource::read(source).uses_withheld(name, WITHHELD);
    found.map(|(withheld, _)| withheld)
}

/// Lesson 01 with another body of `deadline`, and more in the file.
fn deadline(body: &str, beside: &str) -> String {
    let start = TIMER.find("    match timer {").unwrap();
    let end = start + TIMER[start..].find("\n}\n").unwrap();
    format!("{}{body}{}\n{beside}\n", &TIMER[..start], &TIMER[end..])
}

/// `deadline` with this body is let be, whatever else the file imports from the kit.
fn honest(body: &str, beside: &str) {
    for import in [
        "",
        "use messaging_lab::store::*;",
        "use messaging_lab::store::timer::*;",
    ] {
        let source = deadline(body, &format!("{beside}\n{import}"));
        let found = LessonSource::read(&source).uses_withheld("deadline", WITHHELD);
        assert_eq!(found, None, "{body}\n{beside}\n{import}");
    }
}

/// `deadline` with this body uses a withheld name.
fn cheat(body: &str, beside: &str, name: &str) {
    assert_eq!(
        uses(&deadline(body, beside), "deadline"),
        Some(name),
        "{body}\n{beside}"
    );
}

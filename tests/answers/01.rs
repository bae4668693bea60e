//! Lesson 01: exercise ID -> the student's function.

use messaging_lab::ground::clock::Millis;
use messaging_lab::store::{Action, Timer};

use super::lesson;
use crate::wire::reply;

/// The answer to `question` for exercise `id`, as bytes.
pub fn answer(id: &str, question: &[u8]) -> Option<Vec<u8>> {
    type Receipts = (Millis, Option<Millis>, Option<Millis>, Millis);
    match id {
        "timer/predict" => reply(question, |()| lesson::predict()),
        "timer/deadline" => reply(
            question,
            |(timer, sent_at, read_at): (Timer, Millis, Option<Millis>)| {
                lesson::deadline(timer, sent_at, read_at)
            },
        ),
        "timer/boundary" => reply(question, |(now, deadline): (Millis, Option<Millis>)| {
            lesson::boundary(now, deadline)
        }),
        "timer/countdown" => reply(question, |(ttl, read_at, receipt_at, now): Receipts| {
            lesson::countdown(ttl, read_at, receipt_at, now)
        }),
        "timer/conversation" => reply(question, |script: Vec<(Millis, Action)>| {
            lesson::conversation(&script)
        }),
        _ => None,
    }
}

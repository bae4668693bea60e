//! Lesson 00: exercise ID -> the student's function.

use super::lesson;
use crate::wire::reply;

/// The answer to `question` for exercise `id`, as bytes.
pub fn answer(id: &str, question: &[u8]) -> Option<Vec<u8>> {
    match id {
        "bytes/hex" => reply(question, |bytes: Vec<u8>| lesson::hex(&bytes)),
        "bytes/unhex" => reply(question, |text: String| lesson::unhex(&text)),
        "bytes/length" => reply(question, |record: Vec<u8>| lesson::length(&record)),
        "bytes/xor" => reply(question, |(a, b): (Vec<u8>, Vec<u8>)| lesson::xor(&a, &b)),
        "bytes/flip" => reply(question, |(digests, records): (Vec<[u8; 32]>, Vec<Vec<u8>>)| {
            lesson::flip(&digests, &records)
        }),
        _ => None,
    }
}

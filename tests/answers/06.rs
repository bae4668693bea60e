//! Lesson 06: exercise ID -> the student's function.

use super::lesson;
use crate::wire::reply;

/// The answer to `question` for exercise `id`, as bytes.
pub fn answer(id: &str, question: &[u8]) -> Option<Vec<u8>> {
    type Key = [u8; 32];
    type Directory = Vec<(String, Key)>;
    type Envelopes = Vec<(String, String, Vec<u8>)>;
    match id {
        "keys/predict" => reply(question, |()| lesson::predict()),
        "keys/ghost_directory" => reply(question, |(seed, asker, directory): (Key, String, Directory)| {
            lesson::ghost_directory(&seed, &asker, &directory)
        }),
        "keys/ghost" => reply(
            question,
            |(seed, directory, envelopes): (Key, Directory, Envelopes)| {
                lesson::ghost(&seed, &directory, &envelopes)
            },
        ),
        "keys/safety_number" => reply(
            question,
            |(my_key, my_id, their_key, their_id): (Key, String, Key, String)| {
                lesson::safety_number(&my_key, &my_id, &their_key, &their_id)
            },
        ),
        "keys/near_miss" => reply(
            question,
            |(number, alices_key, rounds, compared): (String, Key, u32, usize)| {
                lesson::near_miss(&number, &alices_key, rounds, compared)
            },
        ),
        "keys/formats" => reply(question, |(hex, digits, words): (String, String, String)| {
            lesson::formats(&hex, &digits, &words)
        }),
        "keys/key_changed" => reply(question, |history: Vec<_>| lesson::key_changed(&history)),
        _ => None,
    }
}

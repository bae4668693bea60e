//! Lesson 04: exercise ID -> the student's function.

use messaging_lab::crypto::sealer::Line;

use super::lesson;
use crate::wire::reply;

/// Key, nonce, header, and a text or sealed bytes.
type Four = ([u8; 32], [u8; 12], Vec<u8>, Vec<u8>);

/// The known part of a key, how many bits are missing, nonce, header, sealed bytes.
type Search = ([u8; 32], u32, [u8; 12], Vec<u8>, Vec<u8>);

/// The answer to `question` for exercise `id`, as bytes.
pub fn answer(id: &str, question: &[u8]) -> Option<Vec<u8>> {
    match id {
        "seal/predict" => reply(question, |()| lesson::predict()),
        "seal/guess_the_key" => reply(question, |(known, bits, nonce, header, sealed): Search| {
            lesson::guess_the_key(&known, bits, &nonce, &header, &sealed)
        }),
        "seal/two_time_pad" => reply(question, |(first, second, known): (Vec<u8>, Vec<u8>, Vec<u8>)| {
            lesson::two_time_pad(&first, &second, &known)
        }),
        "seal/flip" => reply(question, |(ciphertext, at): (Vec<u8>, usize)| {
            lesson::flip(&ciphertext, at)
        }),
        "seal/seal" => reply(question, |(key, nonce, header, text): Four| {
            lesson::seal(&key, &nonce, &header, &text)
        }),
        "seal/open" => reply(question, |(key, nonce, header, sealed): Four| {
            lesson::open(&key, &nonce, &header, &sealed)
        }),
        "seal/next_nonce" => reply(question, |(saved, sends): (u64, u64)| {
            lesson::next_nonce(saved, sends)
        }),
        "seal/spot_the_flaw" => reply(question, |transcripts: Vec<Vec<Line>>| {
            lesson::spot_the_flaw(&transcripts)
        }),
        _ => None,
    }
}

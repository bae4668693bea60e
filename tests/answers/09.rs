//! Lesson 09: exercise ID -> the student's function.

use super::lesson;
use crate::wire::reply;

/// A recording, and what was found on either phone.
type Loot = (Vec<Vec<u8>>, Vec<lesson::Found>, Vec<lesson::Found>);

/// The answer to `question` for exercise `id`, as bytes.
pub fn answer(id: &str, question: &[u8]) -> Option<Vec<u8>> {
    match id {
        "handshake/predict" => reply(question, |()| lesson::predict()),
        "handshake/coin" => reply(question, |theirs: u8| lesson::coin(theirs)),
        "handshake/sealed_coin" => reply(question, |(nonce, mine): ([u8; 32], u8)| {
            lesson::sealed_coin(&nonce, mine)
        }),
        "handshake/commit" => reply(question, |(dhpart2, hello): (Vec<u8>, Vec<u8>)| {
            lesson::commit(&dhpart2, &hello)
        }),
        "handshake/check_commit" => reply(question, |(hvi, dhpart2, hello): ([u8; 32], Vec<u8>, Vec<u8>)| {
            lesson::check_commit(&hvi, &dhpart2, &hello)
        }),
        "handshake/wrong_order" => reply(question, |machine: Vec<lesson::Row>| {
            lesson::wrong_order(&machine)
        }),
        "handshake/next_state" => reply(question, |(role, state, message): (String, String, String)| {
            lesson::next_state(&role, &state, &message)
        }),
        "handshake/keys" => reply(question, |(s0, context): ([u8; 32], [u8; 56])| {
            lesson::keys(&s0, &context)
        }),
        "handshake/late_tap" => reply(question, |(recording, alice, bob): Loot| {
            lesson::late_tap(&recording, &alice, &bob)
        }),
        _ => None,
    }
}

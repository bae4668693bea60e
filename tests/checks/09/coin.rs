//! Lesson 09, coin and sealed_coin: rock, paper, scissors by post.

use messaging_lab::course::exam::{Exam, Fault};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::Student;
use messaging_lab::crypto::sha256::sha256;

use super::{array, short, wrong};

/// The nonce, and the move.
pub type Sealing = ([u8; 32], u8);

fn name(of: u8) -> &'static str {
    ["rock", "paper", "scissors"]
        .get(usize::from(of))
        .unwrap_or(&"no move at all")
}

/// A move that beats the other's.
pub fn coin(student: impl Student<u8, u8>) -> Verdict {
    Exam::new("handshake/coin", wrong::coin())
        .case("the letter says rock", 0)
        .case("the letter says paper", 1)
        .case("the letter says scissors", 2)
        .seeded(6, |random| random.below(3) as u8)
        .shows(|mine| format!("{mine}: {}", name(*mine)))
        .judge(
            student,
            |theirs| format!("the letter says {theirs}, {}: your move?", name(*theirs)),
            |theirs, mine| {
                let wanted = (theirs + 1) % 3;
                if *mine == wanted {
                    return Ok(());
                }
                let why = match mine {
                    0..=2 if mine == theirs => "the same move is a draw",
                    0..=2 => "that move loses",
                    _ => "there are three moves: 0 is rock, 1 is paper, 2 is scissors",
                };
                Err(Fault::new(
                    "a move that wins: you have read theirs before you send yours",
                    why,
                ))
            },
        )
}

/// A commitment to a move.
pub fn sealed_coin(student: impl Student<Sealing, [u8; 32]>) -> Verdict {
    let mut exam = Exam::new("handshake/sealed_coin", wrong::sealed_coin()).fixes_the_first();
    for mine in 0..3 {
        exam = exam.case(name(mine), ([0x5a; 32], mine));
    }
    exam.case("a nonce of zeros", ([0; 32], 0))
        .case("a nonce that counts", (std::array::from_fn(|at| at as u8), 2))
        .seeded(8, |random| (array(random), random.below(3) as u8))
        .shows(|sealed| short(sealed))
        .judge(
            student,
            |(nonce, mine)| {
                format!(
                    "nonce {}, move {mine} ({}): the commitment?",
                    short(nonce),
                    name(*mine)
                )
            },
            |(nonce, mine), got| {
                let wanted = sha256(&[&nonce[..], &[*mine]].concat());
                if *got == wanted {
                    return Ok(());
                }
                // What the other one does who has the commitment and not the nonce.
                let readable = (0..3).find(|tried| {
                    let guesses = [sha256(&[*tried]), sha256(&[b'0' + *tried])];
                    guesses.contains(got)
                });
                let why = match readable {
                    Some(found) => format!(
                        "the other one hashes all three moves, finds that it is {}, and wins again",
                        name(found)
                    ),
                    None => {
                        "whoever opens it by the rule finds another hash, and calls you a cheat".to_string()
                    }
                };
                Err(Fault::new(
                    format!("{}: SHA-256 of the nonce and then the move", short(&wanted)),
                    why,
                ))
            },
        )
}

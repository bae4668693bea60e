//! Lesson 11, who_is_tapped: the logs of one call's ends.

use messaging_lab::call::ends::Finding;
use messaging_lab::call::words::pgp_words;
use messaging_lab::course::exam::{Exam, Fault};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::Student;
use messaging_lab::ground::randomness::Seeded;

use super::wrong;

/// The words on the screen, and the words out of the earpiece.
pub type Log = (String, Option<String>);

/// Alice's, and Bob's.
pub type Logs = (Option<Log>, Option<Log>);

fn wanted((alice, bob): &Logs) -> Finding {
    let (Some((alice_shown, alice_heard)), Some((bob_shown, bob_heard))) = (alice, bob) else {
        return Finding::Unknown;
    };
    if alice_shown == bob_shown {
        Finding::Clean
    } else if alice_heard.as_ref() == Some(alice_shown) || bob_heard.as_ref() == Some(bob_shown) {
        Finding::Imitated
    } else {
        Finding::Tapped
    }
}

fn why((alice, bob): &Logs) -> &'static str {
    match (alice, bob, wanted(&(alice.clone(), bob.clone()))) {
        (None, None, _) => "nobody wrote anything down",
        (None, _, _) | (_, None, _) => {
            "one log cannot tell what the other screen showed: who misreads looks like a tap, an imitator like nobody"
        }
        (_, _, Finding::Clean) => {
            "both screens show the same, so both phones have the same keys; a word that was misheard changes no key"
        }
        (_, _, Finding::Imitated) => {
            "the screens differ, and an earpiece spoke the words of its own screen, which the other one cannot have read out"
        }
        _ => "the screens differ, so there were two calls, whatever was or was not heard",
    }
}

fn words(random: &mut Seeded) -> String {
    let (first, second) = pgp_words(random.next_u64() as u32);
    format!("{first} {second}")
}

fn draw(random: &mut Seeded) -> Logs {
    let (one, two, three) = (words(random), words(random), words(random));
    let bobs = match random.below(3) {
        0 => one.clone(),
        _ => two.clone(),
    };
    let mut heard = |own: &String, other: &String| match random.below(6) {
        0 | 1 => Some(own.clone()),
        2 | 3 => Some(other.clone()),
        4 => Some(three.clone()),
        _ => None,
    };
    let alice = (one.clone(), heard(&one, &bobs));
    let bob = (bobs.clone(), heard(&bobs, &one));
    match random.below(8) {
        0 => (Some(alice), None),
        1 => (None, Some(bob)),
        _ => (Some(alice), Some(bob)),
    }
}

/// What both ends wrote down -> what happened.
pub fn who_is_tapped(student: impl Student<Logs, Finding>) -> Verdict {
    let log = |shown: &str, heard: &str| Some((shown.to_string(), Some(heard.to_string())));
    let silent = |shown: &str| Some((shown.to_string(), None));
    let (one, two, similar) = ("standard guitarist", "willow responsive", "standard gravity");
    let (other_first, as_long) = ("stapler guitarist", "snapshot fortitude");
    Exam::new("compare/who_is_tapped", wrong::who_is_tapped())
        .case("the words are the same", (log(one, one), log(one, one)))
        .case(
            "the screens differ, and both heard it",
            (log(one, two), log(two, one)),
        )
        .case(
            "the screens differ, and each heard the own words",
            (log(one, one), log(two, two)),
        )
        .case("only Alice heard her own words", (log(one, one), log(two, one)))
        .case("only Bob heard his own words", (log(one, two), log(two, two)))
        .case("the second word differs", (log(one, similar), log(similar, one)))
        .case(
            "the first word differs",
            (log(one, other_first), log(other_first, one)),
        )
        .case(
            "the second word differs, and each heard the own words",
            (log(one, one), log(similar, similar)),
        )
        .case(
            "other words, with as many letters",
            (log(one, as_long), log(as_long, one)),
        )
        .case(
            "the screens differ, and nobody read them out",
            (silent(one), silent(two)),
        )
        .case(
            "the screens agree, and nobody read them out",
            (silent(one), silent(one)),
        )
        .case(
            "the screens agree, and Bob misheard",
            (log(one, one), log(one, other_first)),
        )
        .case(
            "the screens agree, and both misheard",
            (log(one, two), log(one, similar)),
        )
        .case(
            "the screens differ, only Alice listened, to her own words",
            (log(one, one), silent(two)),
        )
        .case(
            "the screens differ, only Bob listened, to Alice's words",
            (silent(one), log(two, one)),
        )
        .case(
            "the screens differ, and both heard something else",
            (log(one, similar), log(two, similar)),
        )
        .case(
            "the screens differ, only Bob listened, to his own words",
            (silent(one), log(two, two)),
        )
        .case(
            "the screens differ, only Alice listened, to Bob's words",
            (log(one, two), silent(two)),
        )
        .case(
            "the screens agree, and only Alice listened",
            (log(one, one), silent(one)),
        )
        .case(
            "the screens agree, and only Bob listened",
            (silent(one), log(one, one)),
        )
        .case(
            "the screens differ, and each heard one word of the own screen",
            (log(one, similar), log(two, "stapler responsive")),
        )
        .case("Alice's log alone, and nobody read to her", (silent(one), None))
        .case("Bob's log alone, and nobody read to him", (None, silent(two)))
        .case("Alice's log alone, and it matches", (log(one, one), None))
        .case("Alice's log alone, and it differs", (log(one, two), None))
        .case("Bob's log alone, and it matches", (None, log(two, two)))
        .case("Bob's log alone, and it differs", (None, log(two, one)))
        .case("no log", (None, None))
        .seeded(60, draw)
        .judge(
            student,
            |(alice, bob)| format!("Alice: {}. Bob: {}.", in_words(alice), in_words(bob)),
            |question, got| {
                let wanted = wanted(question);
                if *got == wanted {
                    return Ok(());
                }
                Err(Fault::new(format!("{wanted:?}"), why(question)))
            },
        )
}

fn in_words(log: &Option<Log>) -> String {
    match log {
        None => "no log".to_string(),
        Some((shown, None)) => format!("shown \"{shown}\", heard nothing"),
        Some((shown, Some(heard))) => format!("shown \"{shown}\", heard \"{heard}\""),
    }
}

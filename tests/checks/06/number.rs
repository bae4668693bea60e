//! Lesson 06, safety_number: Signal's sixty digits.

use messaging_lab::course::exam::{Exam, Fault};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::Student;
use messaging_lab::envelope::kem::PublicKey;
use messaging_lab::envelope::safety_number;
use messaging_lab::ground::hex::hex_to_bytes;

use super::{Key, key, short, wrong};

/// My key and ID, their key and ID.
pub type TwoPeople = (Key, String, Key, String);

/// The kit's own.
pub fn digits((my_key, my_id, their_key, their_id): &TwoPeople) -> String {
    safety_number::safety_number(
        (my_id.as_bytes(), &PublicKey(*my_key)),
        (their_id.as_bytes(), &PublicKey(*their_key)),
    )
    .digits()
    .to_string()
}

/// The two people of libsignal's own test.
fn published() -> TwoPeople {
    let key = |hex: &str| -> Key { hex_to_bytes(hex).expect("hex").try_into().expect("32 bytes") };
    (
        key("06863bc66d02b40d27b8d49ca7c09e9239236f9d7d25d6fcca5ce13c7064d868"),
        "+14152222222".to_string(),
        key("f781b6fb32fed9ba1cf2de978d4d5da28dc34046ae814402b5c0dbd96fda907b"),
        "+14153333333".to_string(),
    )
}

/// Sixty digits for two keys and two IDs.
pub fn safety_number(student: impl Student<TwoPeople, String>) -> Verdict {
    let two = |mine: (u8, &str), theirs: (u8, &str)| -> TwoPeople {
        let key = |first: u8| std::array::from_fn(|at| first.wrapping_mul(31).wrapping_add(7 * at as u8));
        (
            key(mine.0),
            mine.1.to_string(),
            key(theirs.0),
            theirs.1.to_string(),
        )
    };
    // 152877459... and 152877422...
    let begin_alike = || two((7, "+49305550853"), (8, "+49305551133"));
    let other_way = |(my_key, my_id, their_key, their_id): TwoPeople| (their_key, their_id, my_key, my_id);
    Exam::new("keys/safety_number", wrong::safety_number())
        .case("the published example", published())
        .case("the same on the other phone", other_way(published()))
        .case("alice and bob", two((1, "alice"), (2, "bob")))
        .case("the same keys under other IDs", two((1, "carol"), (2, "dave")))
        .case("halves that begin alike, the larger one is mine", begin_alike())
        .case(
            "halves that begin alike, the smaller one is mine",
            other_way(begin_alike()),
        )
        .case("she writes to herself", two((6, "alice"), (6, "alice")))
        .case("both have one and the same key", two((3, "alice"), (3, "bob")))
        .case(
            "an ID that is not ASCII, and an empty one",
            two((4, "Zo\u{eb} K. "), (5, "")),
        )
        .seeded(3, |random| {
            let phone = |number: u64| format!("+4930{:07}", number % 10_000_000);
            (
                key(random),
                phone(random.next_u64()),
                key(random),
                phone(random.next_u64()),
            )
        })
        .judge(
            student,
            |(my_key, my_id, their_key, their_id)| {
                format!(
                    "my key {}, my ID {my_id:?}, their key {}, their ID {their_id:?}: the number?",
                    short(my_key),
                    short(their_key)
                )
            },
            |people, got| {
                let wanted = digits(people);
                if *got == wanted {
                    return Ok(());
                }
                Err(Fault::new(format!("{wanted:?}"), why(&wanted, got)))
            },
        )
}

fn why(wanted: &str, got: &str) -> &'static str {
    let sorted = |text: &str| {
        let mut digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
        digits.sort_unstable();
        digits
    };
    if got.len() != wanted.len() || !got.bytes().all(|byte| byte.is_ascii_digit()) {
        "sixty digits and nothing else, or two people who hold the right keys read different numbers"
    } else if got.get(30..) == wanted.get(..30) && got.get(..30) == wanted.get(30..) {
        "both halves are right; the smaller one stands first, on both phones, or the numbers differ for nothing"
    } else if got.get(..30) == wanted.get(..30) || got.get(30..) == wanted.get(30..) {
        "one half is right, the other is not: both are made the same way, each from its own person's key and ID"
    } else if sorted(got) == sorted(wanted) {
        "the right digits in another order: people would be told of a lie that nobody told"
    } else {
        "two phones with the same two keys must show the same number, or nobody can compare"
    }
}

//! Lesson 10, render: 32 bits as four characters and as two words.

use messaging_lab::call::words::{b32, pgp_words};
use messaging_lab::course::exam::{Exam, same};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::Student;

use super::wrong;

/// The four characters, and the two words with a space between them.
pub type Rendered = (String, String);

/// Four characters and two words.
pub fn render(student: impl Student<u32, Rendered>) -> Verdict {
    let exam = Exam::new("words/render", wrong::render())
        .case("the RFC's own numbers", 0xd269_b071)
        .case("nothing but zeros", 0)
        .case("nothing but ones", u32::MAX)
        .case("only the first byte", 0x7f00_0000)
        .case("only the second byte", 0x0080_0000)
        .case("only the four bits behind the words", 0x0000_f000)
        .case("only bits that nobody reads", 0x0000_0fff)
        .case("the same byte twice", 0x4242_0000);
    // Random numbers leave out one character or another of the 32.
    (0..32_u32)
        .step_by(4)
        .fold(exam, |exam, first| {
            let four = (first..first + 4).fold(0, |bits, character| bits << 5 | character);
            exam.case(&format!("characters {first} to {}", first + 3), four << 12)
        })
        .seeded(20, |random| random.next_u64() as u32)
        .judge(
            student,
            |value| format!("sasvalue {value:08x}: which four characters, which two words?"),
            |value, got| {
                let (even, odd) = pgp_words(*value);
                let wanted = (b32(*value), format!("{even} {odd}"));
                same(
                    got,
                    &wanted,
                    "both phones must make the same of the same bits, or two people without anybody between \
                     them read different words, and learn not to trust the comparison",
                )
            },
        )
}

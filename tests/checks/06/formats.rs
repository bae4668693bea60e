//! Lesson 06, formats: three ways to write one key down, and one group that was changed.

use messaging_lab::course::exam::{Exam, same};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::Student;
use messaging_lab::envelope::formats::{Format, GROUPS, render};
use messaging_lab::ground::randomness::Seeded;

use super::{Key, key, wrong};

/// A key as hex, as digits, as words.
pub type Written = (String, String, String);

/// A key in three formats, with one character of one group changed, or none.
#[derive(Clone, Copy, Debug)]
struct Sheet {
    key: Key,
    /// The format, the group, and what it says instead.
    change: Option<(Format, usize, [u8; 2])>,
}

impl Sheet {
    fn written(&self) -> Written {
        let one = |format: Format| match self.change {
            Some((changed, group, other)) if changed == format => {
                let mut key = self.key;
                key[2 * group..2 * group + 2].copy_from_slice(&other);
                render(format, &key)
            }
            _ => render(format, &self.key),
        };
        (one(Format::Hex), one(Format::Digits), one(Format::Words))
    }
}

/// The same group with another character in one place, and still well formed.
fn near(random: &mut Seeded, format: Format, group: u16) -> u16 {
    let drawn = random.below(1 << 16) as u16;
    // In hex and words a character stands for some of the bits.
    let bits = match format {
        Format::Hex => 0xf << (4 * random.below(4)),
        Format::Words => [0xf << 12, 0x3 << 10, 0xf << 6, 0x3 << 4, 0xf][random.below(5) as usize],
        Format::Digits => {
            let mut digits: Vec<char> = format!("{group:05}").chars().collect();
            digits[random.below(5) as usize] = char::from(b'0' + (drawn % 10) as u8);
            let other = digits.into_iter().collect::<String>().parse();
            return match other {
                Ok(other) if other != group => other,
                _ => near(random, format, group),
            };
        }
    };
    let other = group ^ drawn & bits as u16;
    if other == group {
        near(random, format, group)
    } else {
        other
    }
}

/// A key with another character in one group.
fn sheet(random: &mut Seeded, format: Format, group: usize) -> Sheet {
    let key = key(random);
    let number = u16::from_be_bytes([key[2 * group], key[2 * group + 1]]);
    let other = near(random, format, number).to_be_bytes();
    Sheet {
        key,
        change: Some((format, group, other)),
    }
}

/// One in which the character that was changed stands in this place of its group.
fn sheet_at(format: Format, group: usize, place: usize) -> Sheet {
    let mut random = Seeded::new(100);
    loop {
        let sheet = sheet(&mut random, format, group);
        let whole = Sheet {
            change: None,
            ..sheet
        };
        let [changed, whole] = [sheet, whole].map(|sheet| {
            let (hex, digits, words) = sheet.written();
            let text = match format {
                Format::Hex => hex,
                Format::Digits => digits,
                Format::Words => words,
            };
            text.split(' ').nth(group).unwrap_or_default().to_string()
        });
        if changed.as_bytes().get(place) != whole.as_bytes().get(place) {
            return sheet;
        }
    }
}

/// What the three texts say, group by group.
fn answer_of((hex, digits, words): &Written) -> Option<(Format, usize)> {
    let groups = |text: &str| -> Vec<String> { text.split(' ').map(str::to_string).collect() };
    let number = |hex: &str| u16::from_str_radix(hex, 16).expect("four hex digits");
    let as_written = |format: Format, number: u16| {
        let mut key = [0; 32];
        key[..2].copy_from_slice(&number.to_be_bytes());
        groups(&render(format, &key)).swap_remove(0)
    };
    let (hex, digits, words) = (groups(hex), groups(digits), groups(words));
    (0..GROUPS).find_map(|group| {
        let by_digits: u16 = digits[group].parse().expect("five digits");
        let by_hex = number(&hex[group]);
        let word_says = |number| as_written(Format::Words, number) == words[group];
        match (by_hex == by_digits, word_says(by_hex), word_says(by_digits)) {
            (true, true, _) => None,
            (true, false, _) => Some((Format::Words, group)),
            (false, true, _) => Some((Format::Digits, group)),
            (false, false, _) => Some((Format::Hex, group)),
        }
    })
}

/// Which of three texts was changed, and in which group.
pub fn formats(student: impl Student<Written, Option<(Format, usize)>>) -> Verdict {
    use Format::{Digits, Hex, Words};
    let one = |seed, format, group| sheet(&mut Seeded::new(seed), format, group).written();
    let none = |key| Sheet { key, change: None }.written();
    let mut exam = Exam::new("keys/formats", wrong::formats());
    for (format, places) in [(Hex, 4), (Digits, 5), (Words, 5)] {
        for place in 0..places {
            let name = format!(
                "the {}, in character {} of group {}",
                name(format),
                place + 1,
                place + 6
            );
            exam = exam.case(&name, sheet_at(format, place + 6, place).written());
        }
    }
    exam.case("the digits, in group 7", one(1, Digits, 7))
        .case("the hex, in group 9", one(2, Hex, 9))
        .case("the words, in group 5", one(3, Words, 5))
        .case("nothing", none([0x5a; 32]))
        .case("the hex, in the first group", one(4, Hex, 0))
        .case("the words, in the last group", one(5, Words, 15))
        .case("the digits, in the first group", one(6, Digits, 0))
        .case("the digits, in the last group", one(7, Digits, 15))
        .case("the words, in the first group", one(8, Words, 0))
        .case("the hex, in the last group", one(9, Hex, 15))
        .case("nothing, a key of zeros", none([0; 32]))
        .case("nothing, the largest numbers", none([0xff; 32]))
        .seeded(30, |random| {
            let group = random.below(GROUPS as u64) as usize;
            match random.below(7) {
                0 => none(key(random)),
                drawn => sheet(random, Format::ALL[drawn as usize % 3], group).written(),
            }
        })
        .judge(
            student,
            |(hex, digits, words)| {
                let front = |text: &str, length: usize| text[..length].to_string();
                format!(
                    "hex {} ..., digits {} ..., words {} ...: which one was changed, and where?",
                    front(hex, 14),
                    front(digits, 17),
                    front(words, 17)
                )
            },
            |written, got| {
                let wanted = answer_of(written);
                same(got, &wanted, &why(written, wanted, *got))
            },
        )
}

fn why(
    (hex, digits, words): &Written,
    wanted: Option<(Format, usize)>,
    got: Option<(Format, usize)>,
) -> String {
    let group = |text: &str, group| text.split(' ').nth(group).unwrap_or_default().to_string();
    let line = |at| {
        format!(
            "{} = {} = {}",
            group(hex, at),
            group(digits, at),
            group(words, at)
        )
    };
    match (wanted, got) {
        (None, Some((_, at))) if at < GROUPS => {
            format!(
                "in group {at} all three say the same ({}): a false alarm costs trust",
                line(at)
            )
        }
        (None, _) => "all three say the same in all 16 groups: a false alarm costs trust".to_string(),
        (Some((_, at)), None) => format!(
            "in group {at} they do not agree ({}): unnoticed, the wrong key is taken for the right one",
            line(at).replace(" = ", ", ")
        ),
        (Some((wanted, at)), Some(_)) => format!(
            "look at group {at} ({}): two of the three say the same, and the {} something else",
            line(at).replace(" = ", ", "),
            name(wanted)
        ),
    }
}

fn name(format: Format) -> &'static str {
    match format {
        Format::Hex => "hex",
        Format::Digits => "digits",
        Format::Words => "words",
    }
}

//! Cards for two: what each phone of a call shows, so that two people can try whether they would notice a tap.
//!
//! Card pairs have numbers from 1 to 99, and come from one seed: the same for everybody. A third of the pairs is tapped;
//! in a third of those the one word that differs is the most similar of its list. Lesson 11 plays with them.

use std::fmt;

use messaging_lab::call::path::Side;
use messaging_lab::call::word_lists::{EVEN, ODD};
use messaging_lab::ground::randomness::Seeded;

/// How many card pairs there are.
pub const CARDS: u8 = 99;

/// How many of them are tapped.
pub const TAPPED: u8 = 33;

/// The seed of all cards.
const SEED: u64 = 117;

/// What is wrong with a pair of cards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Nothing: nobody is between the phones.
    None,
    /// Both words differ.
    Both,
    /// One word is another one.
    One,
    /// One word is a similar one.
    Similar,
}

/// Both cards of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Which.
    pub number: u8,
    /// What A's phone shows.
    pub a: [&'static str; 2],
    /// What B's phone shows.
    pub b: [&'static str; 2],
    /// How the two differ.
    pub difference: Difference,
}

/// Why there is no such card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CardError {
    /// It is no number from 1 to 99 with A or B behind it.
    Name(String),
    /// A key has no side: it is for both.
    KeyOfOneSide(String),
}

impl fmt::Display for CardError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CardError::Name(name) => write!(
                f,
                "there is no card \"{}\": take a number from 1 to {CARDS} with A or B behind it, such as 17A",
                name.escape_default()
            ),
            CardError::KeyOfOneSide(name) => write!(
                f,
                "the answer to card \"{}\" is for both sides: give the number from 1 to {CARDS} alone, such as 17",
                name.escape_default()
            ),
        }
    }
}

impl std::error::Error for CardError {}

/// `17A`, `17b`: which card that is.
///
/// # Errors
/// [`CardError::Name`].
pub fn card(name: &str) -> Result<(u8, Side), CardError> {
    let wrong = || CardError::Name(name.chars().take(20).collect());
    let (at, side) = name.char_indices().next_back().ok_or_else(wrong)?;
    let side = match side {
        'A' | 'a' => Side::Alice,
        'B' | 'b' => Side::Bob,
        _ => return Err(wrong()),
    };
    number(&name[..at]).map(|number| (number, side)).ok_or_else(wrong)
}

/// `17`: of which pair the answer is asked for.
///
/// # Errors
/// [`CardError::KeyOfOneSide`] for a card, [`CardError::Name`] for anything else.
pub fn key(name: &str) -> Result<u8, CardError> {
    let short = || name.chars().take(20).collect();
    match (number(name), card(name)) {
        (Some(number), _) => Ok(number),
        (None, Ok(_)) => Err(CardError::KeyOfOneSide(short())),
        (None, Err(_)) => Err(CardError::Name(short())),
    }
}

/// Digits only: `u8::from_str` would take a plus sign.
fn number(text: &str) -> Option<u8> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse().ok().filter(|_| digits);
    number.filter(|number| (1..=CARDS).contains(number))
}

/// All pairs, in the order of their numbers.
pub fn pairs() -> Vec<Pair> {
    let mut random = Seeded::new(SEED);
    let mut differences = Vec::new();
    for number in 0..CARDS {
        differences.push(match number {
            number if number >= TAPPED => Difference::None,
            number => [Difference::Both, Difference::One, Difference::Similar][usize::from(number % 3)],
        });
    }
    // Fisher and Yates: every order is equally likely.
    for last in (1..differences.len()).rev() {
        differences.swap(last, random.below(last as u64 + 1) as usize);
    }
    let numbered = (1..).zip(differences);
    numbered
        .map(|(number, difference)| pair(number, difference, &mut random))
        .collect()
}

/// Two cards with this difference.
fn pair(number: u8, difference: Difference, random: &mut Seeded) -> Pair {
    let lists = [&EVEN, &ODD];
    let drawn = |random: &mut Seeded| [0, 1].map(|list: usize| lists[list][random.below(256) as usize]);
    let mut a = drawn(random);
    let which = random.below(2) as usize;
    // Not every word has one that is like it.
    let like = |a: [&'static str; 2]| most_similar(a[which], lists[which]);
    while difference == Difference::Similar && begins_like(a[which], like(a)) < 3 {
        a = drawn(random);
    }
    let mut b = a;
    match difference {
        Difference::None => {}
        Difference::Both => {
            while b[0] == a[0] || b[1] == a[1] {
                b = drawn(random);
            }
        }
        Difference::One => {
            while b == a {
                b[which] = drawn(random)[which];
            }
        }
        Difference::Similar => b[which] = like(a),
    }
    Pair {
        number,
        a,
        b,
        difference,
    }
}

/// How many letters two words have in common before the first that differs.
fn begins_like(one: &str, other: &str) -> usize {
    let letters = one.bytes().zip(other.bytes());
    letters.take_while(|(one, other)| one == other).count()
}

/// The word of `list`, other than `word`, that begins like it for longest; where several do, the one of most nearly its
/// length, then the first.
fn most_similar(word: &str, list: &[&'static str; 256]) -> &'static str {
    let alike = |other: &str| {
        let unlike = word.len().abs_diff(other.len());
        (begins_like(word, other), usize::MAX - unlike)
    };
    let others = list.iter().filter(|other| **other != word);
    // `max_by_key` gives the last of several: reversed, the first.
    let found = others.rev().max_by_key(|other| alike(other));
    found.copied().unwrap_or(list[0])
}

/// One card as plain lines: the words of that phone, and what to do.
pub fn card_lines(number: u8, side: Side) -> String {
    let Some(pair) = pairs().into_iter().find(|pair| pair.number == number) else {
        return String::new();
    };
    let (name, words, other) = match side {
        Side::Alice => ("A", pair.a, "B"),
        Side::Bob => ("B", pair.b, "A"),
    };
    let first = match side {
        Side::Alice => {
            "1  You begin: read your two words to B, once, as you would on the phone.\n2  Listen to B's two words."
        }
        Side::Bob => {
            "1  Listen to A's two words.\n2  Read your two words to A, once, as you would on the phone."
        }
    };
    let [one, two] = words;
    format!(
        "card {number}{name}: your phone shows\n\n    {one} {two}\n\nDo not show it to {other}, and do not look at {other}'s.\n\n\
         {first}\n3  Write down for number {number}: SAME or DIFFERENT. Do not talk about it before both have written.\n\
         4  Take the next number. After ten, look: cargo run -- show compare --answers\n"
    )
}

/// The answers to one pair, or to all, one a line.
pub fn key_lines(only: Option<u8>) -> String {
    let mut lines = String::new();
    for pair in pairs()
        .iter()
        .filter(|pair| only.is_none_or(|only| only == pair.number))
    {
        let Pair { number, a, b, .. } = pair;
        let (finding, how) = match pair.difference {
            Difference::None => ("SAME", "nobody between"),
            Difference::Both => ("DIFFERENT", "both words"),
            Difference::One => ("DIFFERENT", "one word"),
            Difference::Similar => ("DIFFERENT", "one similar word"),
        };
        let (a, b) = (a.join(" "), b.join(" "));
        lines.push_str(&format!("{number:>2} {a:<22} {b:<22} {finding:<9} {how}\n"));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_third_is_tapped_and_a_third_of_these_by_one_similar_word() {
        let pairs = pairs();
        let count = |wanted| pairs.iter().filter(|pair| pair.difference == wanted).count();
        assert_eq!(pairs.len(), usize::from(CARDS));
        assert_eq!(count(Difference::None), 66);
        for tapped in [Difference::Both, Difference::One, Difference::Similar] {
            assert_eq!(count(tapped), 11, "{tapped:?}");
        }
        assert!(pairs.iter().map(|pair| pair.number).eq(1..=CARDS));
    }

    #[test]
    fn the_words_differ_as_the_key_says_and_stand_in_the_right_list() {
        for pair in pairs() {
            let differ = (0..2).filter(|&place| pair.a[place] != pair.b[place]).count();
            let wanted = match pair.difference {
                Difference::None => 0,
                Difference::Both => 2,
                Difference::One | Difference::Similar => 1,
            };
            assert_eq!(differ, wanted, "{pair:?}");
            for words in [pair.a, pair.b] {
                assert!(EVEN.contains(&words[0]) && ODD.contains(&words[1]), "{pair:?}");
            }
            if pair.difference == Difference::Similar {
                let place = usize::from(pair.a[0] == pair.b[0]);
                assert_eq!(pair.a[place][..3], pair.b[place][..3], "{pair:?}");
            }
        }
    }

    #[test]
    fn tapped_cards_are_spread_over_all_tens() {
        // Whoever does ten in a row should meet some, and not only those.
        for ten in pairs().chunks(10) {
            let tapped = ten
                .iter()
                .filter(|pair| pair.difference != Difference::None)
                .count();
            assert!(
                tapped >= 1 && tapped < ten.len(),
                "from {}: {tapped}",
                ten[0].number
            );
        }
    }

    #[test]
    fn names_of_cards() {
        assert_eq!(card("17A"), Ok((17, Side::Alice)));
        assert_eq!(card("1b"), Ok((1, Side::Bob)));
        assert_eq!(card("99B"), Ok((99, Side::Bob)));
        for name in [
            "", "A", "0A", "100A", "17", "17C", "-1A", "+1A", "1 A", "17AB", "1\u{e4}", "300A",
        ] {
            assert_eq!(card(name), Err(CardError::Name(name.to_string())), "{name}");
        }
        assert_eq!(key("17"), Ok(17));
        assert_eq!(key("17A"), Err(CardError::KeyOfOneSide("17A".to_string())));
        assert_eq!(key("x"), Err(CardError::Name("x".to_string())));
    }

    #[test]
    fn a_card_shows_its_own_words_and_nothing_of_the_other_one() {
        for pair in pairs() {
            let (a, b) = (
                card_lines(pair.number, Side::Alice),
                card_lines(pair.number, Side::Bob),
            );
            assert!(a.contains(&pair.a.join(" ")) && b.contains(&pair.b.join(" ")));
            for (mine, theirs, text) in [(pair.a, pair.b, a), (pair.b, pair.a, b)] {
                for (place, word) in theirs.iter().enumerate() {
                    assert!(*word == mine[place] || !text.contains(word), "{pair:?}: {text}");
                }
                assert!(!text.contains("tapped") && text.is_ascii());
            }
        }
    }
}

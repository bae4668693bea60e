//! One key in three ways of writing it down: hex, digits, words. People who compare keys compare one of these.
//!
//! ```text
//! group = two bytes of the key, big-endian                 key = 16 groups, a space between two of them
//!
//! hex     4 characters      7f00
//! digits  5 characters      32512        the number, with zeros in front
//! word    5 letters         lusab        consonant 4 bits, vowel 2, consonant 4, vowel 2, consonant 4
//! ```
//!
//! All three say the same, and nothing is lost: from each the 32 bytes can be had back. They differ in what eyes and ears
//! make of them.
//!
//! Source of the words: D. S. Wilkerson, "A Proposal for Proquints", arXiv:0901.4016. The groups of digits are the kit's
//! own; apps show digits of a hash instead ([`safety_number`](super::safety_number)).

/// A way of writing a key down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Groups of four hex digits.
    Hex,
    /// Groups of five decimal digits.
    Digits,
    /// Words of five letters that mean nothing and can be spoken.
    Words,
}

impl Format {
    /// All of them.
    pub const ALL: [Format; 3] = [Format::Hex, Format::Digits, Format::Words];
}

/// Groups in a key, in every format.
pub const GROUPS: usize = 16;

/// Four bits each, 0 to 15.
const CONSONANTS: &[u8; 16] = b"bdfghjklmnprstvz";

/// Two bits each, 0 to 3.
const VOWELS: &[u8; 4] = b"aiou";

/// The key's sixteen groups, with a space between two of them.
///
/// ```
/// use messaging_lab::envelope::formats::{Format, render};
/// let mut key = [0; 32];
/// key[..4].copy_from_slice(&[127, 0, 0, 1]);
/// assert!(render(Format::Hex, &key).starts_with("7f00 0001 0000 "));
/// assert!(render(Format::Digits, &key).starts_with("32512 00001 00000 "));
/// assert!(render(Format::Words, &key).starts_with("lusab babad babab "));
/// ```
pub fn render(format: Format, key: &[u8; 2 * GROUPS]) -> String {
    let groups = key.chunks(2).map(|pair| {
        let number = u16::from(pair[0]) << 8 | u16::from(pair[1]);
        match format {
            Format::Hex => format!("{number:04x}"),
            Format::Digits => format!("{number:05}"),
            Format::Words => word(number),
        }
    });
    groups.collect::<Vec<_>>().join(" ")
}

/// Sixteen bits as a word, the highest first.
fn word(number: u16) -> String {
    let consonant = |shift: u32| CONSONANTS[usize::from(number >> shift & 0b1111)];
    let vowel = |shift: u32| VOWELS[usize::from(number >> shift & 0b11)];
    let letters = [consonant(12), vowel(10), consonant(6), vowel(4), consonant(0)];
    letters.into_iter().map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// From the paper's list of addresses.
    #[test]
    fn words_are_the_published_ones() {
        for (number, published) in [
            (0x7f00, "lusab"),
            (0x0001, "babad"),
            (0x3f54, "gutih"),
            (0xdcc1, "tugad"),
            (0x8c62, "mudof"),
            (0xc18d, "sakat"),
            (0xd823, "tobog"),
            (0x44d7, "higil"),
        ] {
            assert_eq!(word(number), published);
        }
    }

    #[test]
    fn no_two_groups_are_written_alike() {
        for format in Format::ALL {
            let mut seen = BTreeSet::new();
            for number in 0..=u16::MAX {
                let mut key = [0; 32];
                key[..2].copy_from_slice(&number.to_be_bytes());
                let text = render(format, &key);
                let groups: Vec<&str> = text.split(' ').collect();
                assert_eq!(groups.len(), GROUPS);
                assert!(seen.insert(groups[0].to_string()), "{number}");
            }
        }
    }
}

//! Files that are alike: reported for a person to look at, never marked by a program. Short functions are alike because
//! there is only one way to write them.
//!
//! A file's text becomes the set of all runs of twelve tokens in it that the file as shipped has not. Of their hashes the
//! smallest 128 are kept; two files' smallest 128 together tell how much of both is common (Broder 1997: a sketch).

use std::collections::BTreeSet;

use messaging_lab::course::lesson_source::tokens;

const RUN: usize = 12;

const SAMPLE: usize = 128;

/// A sample of a text, without what the shipped file has too.
pub fn sample(text: &str, shipped: &str) -> Vec<u64> {
    let shipped = hashes(shipped);
    hashes(text)
        .into_iter()
        .filter(|hash| !shipped.contains(hash))
        .take(SAMPLE)
        .collect()
}

/// The hash of every run of tokens, FNV-1a with a last mix so that small ones are as likely as others.
fn hashes(text: &str) -> BTreeSet<u64> {
    let tokens = tokens(text);
    let hash = |run: &[messaging_lab::course::lesson_source::Token<'_>]| {
        let bytes = run.iter().flat_map(|token| token.text.bytes().chain([0]));
        let sum = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
            (sum ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        (sum ^ (sum >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) ^ (sum >> 32)
    };
    tokens.windows(RUN).map(hash).collect()
}

/// How much of two samples' texts is common, in percent; `None` where one is too short to say.
pub fn percent(one: &[u64], other: &[u64]) -> Option<u32> {
    if one.len().min(other.len()) < 24 {
        return None;
    }
    // Both are in order: the smallest of both together, one after the other.
    let (mut one, mut other) = (one.iter().peekable(), other.iter().peekable());
    let (mut all, mut common) = (0, 0);
    while all < SAMPLE {
        let (left, right) = (one.peek(), other.peek());
        let smallest = match (left, right) {
            (Some(left), Some(right)) => **left.min(right),
            (Some(hash), None) | (None, Some(hash)) => **hash,
            (None, None) => break,
        };
        let in_one = one.next_if(|hash| **hash == smallest).is_some();
        let in_other = other.next_if(|hash| **hash == smallest).is_some();
        all += 1;
        common += usize::from(in_one && in_other);
    }
    Some((100 * common / all) as u32)
}

#[cfg(test)]
mod tests {
    use super::{percent, sample};

    #[test]
    fn layout_and_comments_do_not_matter_and_other_code_does() {
        let code = |name: &str| {
            (0..40)
                .map(|n| format!("fn {name}{n}(x: u32) -> u32 {{ x * {n} + {} }}\n", n * n))
                .collect::<String>()
        };
        let one = sample(&code("f"), "");
        let spaced = sample(&code("f").replace(' ', "\n // a comment\n "), "");
        assert_eq!(percent(&one, &spaced), Some(100));
        assert!(percent(&one, &sample(&code("g"), "")).is_some_and(|alike| alike < 60));
        assert_eq!(percent(&one, &sample(&code("f"), &code("f"))), None);
    }
}

//! Lesson 06, formats: planted wrong answers.

use messaging_lab::course::student::Planted;
use messaging_lab::envelope::formats::Format::{self, Digits, Hex, Words};
use messaging_lab::envelope::formats::render;
use messaging_lab::ground::hex::hex_to_bytes;

use super::super::Written;

fn groups(text: &str) -> Vec<&str> {
    text.split(' ').collect()
}

/// The groups in which the digits, and those in which the words, are not what the hex says.
fn differences((hex, digits, words): &Written) -> [Vec<usize>; 2] {
    let key: [u8; 32] = hex_to_bytes(&hex.replace(' ', ""))
        .expect("hex")
        .try_into()
        .expect("32 bytes");
    let against = |format, text: &str| {
        let rendered = render(format, &key);
        let pairs = groups(text).into_iter().zip(groups(&rendered)).enumerate();
        pairs
            .filter(|(_, (a, b))| a != b)
            .map(|(at, _)| at)
            .collect::<Vec<_>>()
            .clone()
    };
    [against(Digits, digits), against(Words, words)]
}

/// The right answer.
fn right(written: &Written) -> Option<(Format, usize)> {
    let [digits, words] = differences(written);
    match (digits.first(), words.first()) {
        (None, None) => None,
        (Some(&group), None) => Some((Digits, group)),
        (None, Some(&group)) => Some((Words, group)),
        (Some(&group), Some(_)) => Some((Hex, group)),
    }
}

/// The right answer if `looks` at its group.
fn only(written: &Written, looks: impl Fn(usize) -> bool) -> Option<(Format, usize)> {
    right(written).filter(|&(_, group)| looks(group))
}

pub fn formats() -> Vec<Planted<Written, Option<(Format, usize)>>> {
    vec![
        Planted {
            name: "never",
            about: "it never finds a change: whoever swaps a group is not seen",
            answer: |_| None,
        },
        Planted {
            name: "always-the-hex",
            about: "the hex is not the only one that can be changed: where two of three agree, the third is it",
            answer: |written| right(&written).map(|(_, group)| (Hex, group)),
        },
        Planted {
            name: "always-the-digits",
            about: "the digits were blamed for every difference: where two of three agree, the third is it",
            answer: |written| right(&written).map(|(_, group)| (Digits, group)),
        },
        Planted {
            name: "always-the-words",
            about: "the words were blamed for every difference: where two of three agree, the third is it",
            answer: |written| right(&written).map(|(_, group)| (Words, group)),
        },
        Planted {
            name: "hex-is-the-truth",
            about: "the hex was taken for the truth: where digits AND words differ from it, it is the hex",
            answer: |written| {
                let [digits, words] = differences(&written);
                match (digits.first(), words.first()) {
                    (Some(&group), _) => Some((Digits, group)),
                    (None, Some(&group)) => Some((Words, group)),
                    (None, None) => None,
                }
            },
        },
        Planted {
            name: "hex-is-the-truth-words-first",
            about: "the hex was taken for the truth, and the words were looked at first: where digits AND words \
                differ from it, it is the hex",
            answer: |written| {
                let [digits, words] = differences(&written);
                match (digits.first(), words.first()) {
                    (_, Some(&group)) => Some((Words, group)),
                    (Some(&group), None) => Some((Digits, group)),
                    (None, None) => None,
                }
            },
        },
        Planted {
            name: "words-unread",
            about: "hex and digits were compared and the words were not: a changed word goes unseen",
            answer: |written| right(&written).filter(|&(format, _)| format != Words),
        },
        Planted {
            name: "digits-unread",
            about: "hex and words were compared and the digits were not: a changed number goes unseen",
            answer: |written| right(&written).filter(|&(format, _)| format != Digits),
        },
        Planted {
            name: "hex-unread",
            about: "digits and words were compared and the hex was not: it can be changed as well",
            answer: |written| right(&written).filter(|&(format, _)| format != Hex),
        },
        Planted {
            name: "first-and-last",
            about: "only the first and the last group were looked at: that is what near_miss lives on",
            answer: |written| only(&written, |group| group == 0 || group == 15),
        },
        Planted {
            name: "first-half",
            about: "only the first eight groups were looked at",
            answer: |written| only(&written, |group| group < 8),
        },
        Planted {
            name: "last-one-left-out",
            about: "the last group was left out: there are 16, numbered 0 to 15",
            answer: |written| only(&written, |group| group < 15),
        },
        Planted {
            name: "first-one-left-out",
            about: "the first group was left out: it has the number 0",
            answer: |written| only(&written, |group| group > 0),
        },
        Planted {
            name: "beginnings-of-groups",
            about: "only the first three characters of each group were compared: the change can be behind them",
            answer: |written| {
                let found = right(&written)?;
                let key: [u8; 32] = hex_to_bytes(&written.0.replace(' ', "")).ok()?.try_into().ok()?;
                let texts = [&written.1, &written.2].map(|text| groups(text)[found.1]);
                let begins = [Digits, Words].map(|format| {
                    let rendered = render(format, &key);
                    groups(&rendered)[found.1][..3].to_string()
                });
                let differ = texts
                    .iter()
                    .zip(&begins)
                    .any(|(text, begin)| !text.starts_with(begin.as_str()));
                differ.then_some(found)
            },
        },
        Planted {
            name: "counted-from-one",
            about: "the groups are counted from 0",
            answer: |written| right(&written).map(|(format, group)| (format, group + 1)),
        },
        Planted {
            name: "bytes-counted",
            about: "that is the number of the byte: two bytes make a group",
            answer: |written| right(&written).map(|(format, group)| (format, 2 * group)),
        },
        Planted {
            name: "characters-counted",
            about: "that is the place of a character in the whole text: what is wanted is the number of its group",
            answer: |written| {
                let (format, group) = right(&written)?;
                let key: [u8; 32] = hex_to_bytes(&written.0.replace(' ', "")).ok()?.try_into().ok()?;
                let (text, against) = match format {
                    Words => (&written.2, Words),
                    _ => (&written.1, Digits),
                };
                let rendered = render(against, &key);
                let differs = text.bytes().zip(rendered.bytes()).position(|(a, b)| a != b);
                Some((format, differs.unwrap_or(group)))
            },
        },
        Planted {
            name: "counted-from-the-end",
            about: "the groups are counted from the left",
            answer: |written| right(&written).map(|(format, group)| (format, 15 - group)),
        },
        Planted {
            name: "digits-and-words-swapped",
            about: "the digits were blamed for the words' change, and the words for that of the digits",
            answer: |written| {
                right(&written).map(|(format, group)| match format {
                    Digits => (Words, group),
                    Words => (Digits, group),
                    Hex => (Hex, group),
                })
            },
        },
        Planted {
            name: "always-first",
            about: "it always says the first group of the hex",
            answer: |_| Some((Hex, 0)),
        },
    ]
}

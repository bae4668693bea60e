//! Lesson 05, `guess_by_size`: planted wrong answers.

use messaging_lab::course::student::Planted;

use super::super::SizeQuestion;

/// For each size the texts that `fits` says.
fn by_size((sizes, dictionary): SizeQuestion, fits: fn(usize, &str) -> bool) -> Vec<Vec<String>> {
    let list = |size: &usize| {
        let fit = dictionary.iter().filter(|text| fits(*size, text));
        fit.cloned().collect()
    };
    sizes.iter().map(list).collect()
}

pub fn guess_by_size() -> Vec<Planted<SizeQuestion, Vec<Vec<String>>>> {
    vec![
        Planted {
            name: "no-overhead",
            about: "the size was compared with the text's own: fresh key and tag are in it, too",
            answer: |asked| by_size(asked, |size, text| text.len() == size),
        },
        Planted {
            name: "tag-forgotten",
            about: "the 16 bytes of the tag were forgotten",
            answer: |asked| by_size(asked, |size, text| text.len() + 32 == size),
        },
        Planted {
            name: "fresh-key-forgotten",
            about: "the 32 bytes of the fresh public key were forgotten",
            answer: |asked| by_size(asked, |size, text| text.len() + 16 == size),
        },
        Planted {
            name: "with-a-nonce",
            about: "12 bytes were counted for a nonce: in this envelope none travels, it follows from the fresh key",
            answer: |asked| by_size(asked, |size, text| text.len() + 60 == size),
        },
        Planted {
            name: "letters",
            about: "letters were counted; what travels is bytes, and some letters are two of them",
            answer: |asked| by_size(asked, |size, text| text.chars().count() + 48 == size),
        },
        Planted {
            name: "two-bytes-each",
            about: "every letter beyond ASCII was counted as two bytes: some are three, and some four",
            answer: |asked| {
                by_size(asked, |size, text| {
                    let bytes = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 });
                    bytes.sum::<usize>() + 48 == size
                })
            },
        },
        Planted {
            name: "cut-to-a-byte",
            about: "sizes were compared in a byte, which begins again at 256: they are of type `usize`",
            answer: |asked| {
                by_size(asked, |size, text| {
                    size >= 48 && (text.len() + 48) as u8 == size as u8
                })
            },
        },
        Planted {
            name: "cut-to-16-bits",
            about: "sizes were compared in 16 bits, which begin again at 65,536: they are of type `usize`",
            answer: |asked| {
                by_size(asked, |size, text| {
                    size >= 48 && (text.len() + 48) as u16 == size as u16
                })
            },
        },
        Planted {
            name: "at-most",
            about: "every text that would fit into it was listed: this envelope has no room to spare",
            answer: |asked| by_size(asked, |size, text| text.len() + 48 <= size),
        },
        Planted {
            name: "too-small-is-empty",
            about: "a size below 48 became a text of length 0 (`saturating_sub`): it is no envelope at all",
            answer: |asked| by_size(asked, |size, text| text.len() == size.saturating_sub(48)),
        },
        Planted {
            name: "first-only",
            about: "the search stopped at the first text that fits: there can be several",
            answer: |asked| {
                let mut lists = by_size(asked, |size, text| text.len() + 48 == size);
                lists.iter_mut().for_each(|list| list.truncate(1));
                lists
            },
        },
        Planted {
            name: "last-only",
            about: "only the last text that fits was kept: there can be several",
            answer: |asked| {
                let mut lists = by_size(asked, |size, text| text.len() + 48 == size);
                for list in &mut lists {
                    *list = list.pop().into_iter().collect();
                }
                lists
            },
        },
        Planted {
            name: "sizes-sorted",
            about: "the sizes were sorted: the lists stand in the order in which the envelopes were seen",
            answer: |(mut sizes, dictionary)| {
                sizes.sort_unstable();
                by_size((sizes, dictionary), |size, text| text.len() + 48 == size)
            },
        },
        Planted {
            name: "unique-only",
            about: "where several texts fit none was listed: narrowing it down is what the relay wants",
            answer: |asked| {
                let mut lists = by_size(asked, |size, text| text.len() + 48 == size);
                lists
                    .iter_mut()
                    .filter(|list| list.len() > 1)
                    .for_each(Vec::clear);
                lists
            },
        },
        Planted {
            name: "nearly",
            about: "texts of nearly that length were listed: the length is exact",
            answer: |asked| by_size(asked, |size, text| (text.len() + 48).abs_diff(size) <= 1),
        },
        Planted {
            name: "no-gaps",
            about: "an envelope without a candidate got no list, so the lists belong to the wrong envelopes",
            answer: |asked| {
                let mut lists = by_size(asked, |size, text| text.len() + 48 == size);
                lists.retain(|list| !list.is_empty());
                lists
            },
        },
        Planted {
            name: "each-size-once",
            about: "two envelopes of one size got one list: each envelope gets its own",
            answer: |(sizes, dictionary)| {
                let mut once = sizes;
                once.sort_unstable();
                once.dedup();
                by_size((once, dictionary), |size, text| text.len() + 48 == size)
            },
        },
        Planted {
            name: "whole-dictionary",
            about: "the whole dictionary was listed: nothing was guessed",
            answer: |asked| by_size(asked, |_, _| true),
        },
        Planted {
            name: "never",
            about: "no candidates for anything",
            answer: |asked| by_size(asked, |_, _| false),
        },
        Planted {
            name: "no-lists",
            about: "there is no list at all: each envelope gets one, if an empty one",
            answer: |_| vec![],
        },
    ]
}

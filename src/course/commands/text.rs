//! Plain lines: wrapping, printing, and the nearest of some words.

use std::io::Write;

/// Columns to write for: `COLUMNS` if it is a number, else 80; never fewer than 20.
pub fn width() -> usize {
    std::env::var("COLUMNS")
        .ok()
        .and_then(|columns| columns.trim().parse().ok())
        .unwrap_or(80)
        .max(20)
}

/// Breaks lines longer than `width` between words. What goes on stands under the line's second column if it has one
/// (two spaces or more within a line begin a column), else under its beginning. A word that is longer than the line, a
/// command to copy for instance, stays whole.
pub fn wrap(text: &str, width: usize) -> String {
    let mut wrapped = String::with_capacity(text.len());
    for line in text.lines() {
        let hang = hanging(line).min(width / 2);
        let mut column = 0;
        let mut gap = 0;
        for word in line.split(' ') {
            let length = word.chars().count();
            if length == 0 {
                // Two spaces in a row: the gap before the next word grows.
                gap += 1;
                continue;
            }
            if column > 0 && column + gap + length > width {
                wrapped.push('\n');
                (column, gap) = (0, hang);
            }
            wrapped.extend(std::iter::repeat_n(' ', gap));
            wrapped.push_str(word);
            column += gap + length;
            gap = 1;
        }
        wrapped.push('\n');
    }
    wrapped
}

/// The column under which a line goes on.
fn hanging(line: &str) -> usize {
    let indent = line.len() - line.trim_start().len();
    let second = line[indent..].find("  ").map(|gap| {
        let after = &line[indent + gap..];
        indent + gap + after.len() - after.trim_start().len()
    });
    second.unwrap_or(indent)
}

/// Prints. If nobody reads any more (`| head`), that is no reason to fail.
pub fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// The one of `known` that takes the fewest insertions, deletions, changes and swaps of neighbours to reach from `word`.
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.chars().take(100).collect();
    known.min_by_key(|candidate| distance(&word, &candidate.chars().collect::<Vec<_>>()))
}

/// The restricted Damerau-Levenshtein distance, row by row.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let changed = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + changed);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(before[j - 2] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_count_edits_and_swaps_of_neighbours() {
        let d = |a: &str, b: &str| distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>());
        assert_eq!((d("", "abc"), d("abc", ""), d("abc", "abc")), (3, 3, 0));
        assert_eq!(
            (d("check", "chekc"), d("list", "lst"), d("kitten", "sitting")),
            (1, 1, 3)
        );
    }

    #[test]
    fn wrapping_keeps_every_word_the_indent_and_the_width() {
        let text = "one two three four five six seven\n    indented words that go on and on\n\nend\n";
        for width in [20, 24, 80] {
            let wrapped = wrap(text, width);
            assert!(wrapped.lines().all(|line| line.len() <= width), "{wrapped}");
            assert_eq!(
                wrapped.split_whitespace().collect::<Vec<_>>(),
                text.split_whitespace().collect::<Vec<_>>()
            );
        }
        assert!(wrap(text, 20).contains("\n    that go on"), "{}", wrap(text, 20));
        assert_eq!(
            wrap("  you    a long answer here", 20),
            "  you    a long\n         answer here\n"
        );
        assert_eq!(
            wrap("averyveryverylongcommandthatstayswhole", 20),
            "averyveryverylongcommandthatstayswhole\n"
        );
    }
}

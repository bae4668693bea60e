//! What stands beside a drawing's marks: values in a few words, and lines of a given length.

use super::super::value::{self, Watched};

/// What something is, and its bytes, in one line.
pub fn in_a_line(what: &str, bytes: &[u8], watched: &[Watched]) -> String {
    format!("{what}: {}", short(bytes, watched))
}

/// A value in a few words: plaintext if there is any, else what can be read, else hex.
pub fn short(bytes: &[u8], watched: &[Watched]) -> String {
    let pieces = value::pieces(bytes, watched);
    let whole = pieces.len() == 1;
    let found = |plaintext: bool| {
        pieces.iter().find_map(|piece| match piece {
            value::Piece::Watched(found) if found.plaintext == plaintext => Some(*found),
            _ => None,
        })
    };
    let counted = value::counted(bytes.len());
    match (found(true), found(false)) {
        (Some(text), _) if whole => format!("plaintext: {}", value::quoted(text.bytes, 40)),
        (Some(text), _) => format!("plaintext in it: {}", value::quoted(text.bytes, 40)),
        _ if value::is_text(bytes) => format!("readable: {}", value::quoted(bytes, 40)),
        (None, Some(found)) if whole => format!("{} ({})", value::hex(bytes, 6), found.name),
        (None, Some(found)) => format!("{}, {counted}, in it: {}", value::hex(bytes, 6), found.name),
        (None, None) => format!("{}, {counted}", value::hex(bytes, 6)),
    }
}

/// `text` in lines of at most `letters`, broken between words, or within one that is longer; if there are more than
/// `most` lines the last one ends with two dots.
pub fn wrapped(text: &str, letters: usize, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut words: Vec<String> = text.split_whitespace().rev().map(str::to_string).collect();
    while let Some(mut word) = words.pop() {
        let line = lines.last_mut().expect("there is always one");
        let gap = usize::from(!line.is_empty());
        if line.chars().count() + gap + word.chars().count() <= letters {
            line.push_str(&" "[..gap]);
            line.push_str(&word);
        } else if gap == 0 {
            let rest = word.split_off(word.char_indices().nth(letters).map_or(word.len(), |(at, _)| at));
            line.push_str(&word);
            words.push(rest);
        } else {
            lines.push(String::new());
            words.push(word);
        }
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            while last.chars().count() + 2 > letters {
                last.pop();
            }
            last.push_str("..");
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn lines_break_between_words_and_say_when_something_is_left_out() {
        assert_eq!(wrapped("one two three", 7, 9), ["one two", "three"]);
        assert_eq!(wrapped("abcdefghij k", 4, 9), ["abcd", "efgh", "ij k"]);
        assert_eq!(wrapped("one two three four", 7, 2), ["one two", "three.."]);
        assert_eq!(wrapped("", 7, 2), [""]);
    }
}

//! Lesson 05, `envelope`: is `bound` another one for every other pair of names? Pairs that some way of writing two names
//! in one row cannot tell apart, and what came for them.

use messaging_lab::course::student::{NoAnswer, Student};
use messaging_lab::envelope::kem::KeyPair;

use super::super::put;
use super::{Opening, Order, Post, Posted, Unwelcome};

/// How an envelope was delivered, and two pairs of names that some encoding takes for the same.
type Confused = (
    &'static str,
    (&'static str, &'static str),
    (&'static str, &'static str),
);

const AT_DIGITS: &str = "with the names cut at their digits";
const BEGINS: &str = "under a name that begins the same";
const ENDS: &str = "under a name that ends the same";
const FILLED: &str = "under a name with a space or a zero byte more";
const FILLER: &str = "under a name with one more of the signs that fill it up";
const SENDERS_LETTERS: &str = "under a sender's name in other letters";
const RECIPIENTS_LETTERS: &str = "under a recipient's name in other letters";
const CUT_LETTERS: &str = "under a name with a letter whose number ends alike";
const LEFT_OUT: &str = "under a name without one of its letters or signs";
const AT_THE_EDGE: &str = "with the separator at the edge of the other name";
const WRITTEN_OUT: &str = "under a name that has written out what stands there for the separator";
const MARKED_FIRST: &str = "with the names cut at a separator that is marked in the sender's name alone";
const MARKED_SECOND: &str = "with the names cut at a separator that is marked in the recipient's name alone";
const MARKED: &str = "under a name that ends in the mark for separators";
const JOINED: &str = "with the names cut elsewhere";
const JOINED_BACKWARDS: &str = "with the names cut elsewhere, the recipient's in front";
const BETWEEN: &str = "with the names cut at what stands between them";
const SAME_DIGITS: &str = "under a name whose bytes are written with the same digits";
const SAME_LETTERS: &str = "under a name with the same letters in another order";
const OTHER_PHONE: &str = "under a name with another number behind its slash";
const TO_HIMSELF: &str = "from somebody else to himself";
const ELSEWHERE: &str = "under quite other names";

/// What people put between two names.
const SEPARATORS: [&str; 40] = [
    "\0", "\n", "\t", " ", ":", "::", "/", "|", "||", ",", ", ", ";", "-", "->", " -> ", "_", "#", "@",
    " to ", ".", "--", "=>", " => ", "+", "&", "=", "//", ": ", " | ", "\r\n", "\u{1f}", "\u{2192}", ",to:",
    ", to: ", "to:", " to: ", "\nto:", "<-", " <- ", " and ",
];

/// Names of 32 bytes that differ in one place, and names that somebody might tidy up.
const NAMES_TO_TELL_APART: [Confused; 45] = [
    // Lengths in digits, or not whole, at the beginning or at the end: 1 and 12 or 11 and 2, one remainder by 10, by 16.
    (AT_DIGITS, ("a", "aaaaaaaaaabb"), ("aaaaaaaaaaa", "bb")),
    (
        AT_DIGITS,
        ("a", "aaaaaaaaaaaaaaaabb"),
        ("aaaaaaaaaaaaaaaaa", "bb"),
    ),
    (
        AT_DIGITS,
        ("1", "aaaaaaaaaaaaaaaaabb"),
        ("aaaaaaaaaaaaaaaaa", "bb"),
    ),
    (AT_DIGITS, ("aa", "aaaaaaaaaab1"), ("aaaaaaaaaaaa", "b")),
    (AT_DIGITS, ("aaaaaaaaaaaa", "b1"), ("a", "aaaaaaaaaaab")),
    // Bytes 1 and 23, 12 and 3; in base sixteen 1 and 23, 12 and 3.
    (SAME_DIGITS, ("\u{1}\u{17}", "bob"), ("\u{c}\u{3}", "bob")),
    (SAME_DIGITS, ("alice", "\u{1}\u{17}"), ("alice", "\u{c}\u{3}")),
    (SAME_DIGITS, ("\u{1}\u{23}", "bob"), ("\u{12}\u{3}", "bob")),
    (SAME_DIGITS, ("alice", "\u{1}\u{23}"), ("alice", "\u{12}\u{3}")),
    (SAME_LETTERS, ("alice", "bob"), ("celia", "bob")),
    (SAME_LETTERS, ("alice", "bob"), ("alice", "obb")),
    (OTHER_PHONE, ("alice/1", "bob/1"), ("alice/2", "bob/1")),
    (OTHER_PHONE, ("alice/1", "bob/1"), ("alice/1", "bob/2")),
    (LEFT_OUT, ("anna", "bob"), ("ana", "bob")),
    (LEFT_OUT, ("alice", "bobby"), ("alice", "boby")),
    (TO_HIMSELF, ("alice", "alice"), ("bob", "bob")),
    (
        AT_DIGITS,
        ("1", "aaaaaaaaa9bbbbbbbbb"),
        ("19aaaaaaaaa", "bbbbbbbbb"),
    ),
    (AT_DIGITS, ("1", "aaaaaaaaaabbb"), ("aaaaaaaaaaa", "bbb")),
    (
        BEGINS,
        ("the old bicycle club of north A1", "bob"),
        ("the old bicycle club of north A2", "bob"),
    ),
    (
        BEGINS,
        ("the old bicycle club of north A1", "bob"),
        ("the old bicycle clan of north A1", "bob"),
    ),
    (
        ENDS,
        ("1st old bicycle club of north A1", "bob"),
        ("2nd old bicycle club of north A1", "bob"),
    ),
    (
        BEGINS,
        ("bob", "the old bicycle club of north A1"),
        ("bob", "the old bicycle club of north A2"),
    ),
    (
        BEGINS,
        ("bob", "the old bicycle club of north A1"),
        ("bob", "the old bicycle clan of north A1"),
    ),
    (
        ENDS,
        ("bob", "1st old bicycle club of north A1"),
        ("bob", "2nd old bicycle club of north A1"),
    ),
    (FILLED, ("alice", "bob"), ("alice\0", "bob")),
    (FILLED, ("alice", "bob"), ("alice", "bob\0")),
    (FILLED, ("alice", "bob"), (" alice", "bob")),
    (FILLED, ("alice", "bob"), ("alice ", "bob")),
    (FILLED, ("alice", "bob"), ("alice", " bob")),
    (FILLED, ("alice", "bob"), ("alice", "bob ")),
    (SENDERS_LETTERS, ("alice", "bob"), ("Alice", "bob")),
    (SENDERS_LETTERS, ("j\u{f6}rg", "bob"), ("j\u{d6}rg", "bob")),
    (RECIPIENTS_LETTERS, ("alice", "bob"), ("alice", "Bob")),
    (RECIPIENTS_LETTERS, ("alice", "j\u{f6}rg"), ("alice", "j\u{d6}rg")),
    // The numbers of these letters are 6f and 16f, f6 and 1f6.
    (CUT_LETTERS, ("jorg", "bob"), ("j\u{16f}rg", "bob")),
    (CUT_LETTERS, ("alice", "jorg"), ("alice", "j\u{16f}rg")),
    (CUT_LETTERS, ("j\u{f6}rg", "bob"), ("j\u{1f6}rg", "bob")),
    (CUT_LETTERS, ("alice", "j\u{f6}rg"), ("alice", "j\u{1f6}rg")),
    (LEFT_OUT, ("jrg", "bob"), ("j\u{f6}rg", "bob")),
    (LEFT_OUT, ("alice", "jrg"), ("alice", "j\u{f6}rg")),
    (LEFT_OUT, ("j?rg", "bob"), ("j\u{f6}rg", "bob")),
    (LEFT_OUT, ("ann-marie", "bob"), ("annmarie", "bob")),
    (LEFT_OUT, ("alice", "ann-marie"), ("alice", "annmarie")),
    // She sends to herself, from one phone to the other.
    (LEFT_OUT, ("alice", "alice"), ("alice", "alic")),
    // The longest name, in letters of two bytes.
    (
        BEGINS,
        (
            "\u{fc}\u{fc}\u{fc}\u{fc}\u{fc}\u{fc}\u{fc}\u{fc}\u{fc}\u{fc}\u{fc}\u{fc}\u{fc}\u{fc}\u{fc}\u{fc}",
            "bob",
        ),
        (
            "\u{fc}\u{fc}\u{fc}\u{fc}\u{fc}\u{fc}\u{fc}\u{fc}\u{fc}\u{fc}\u{fc}\u{fc}\u{fc}\u{fc}\u{fc}\u{f6}",
            "bob",
        ),
    ),
];

/// The text `from || middle || to` cut in another place: two pairs of names that an encoding which only joins them by
/// `separator` cannot tell apart.
fn cut_twice(separator: &str) -> [(String, String); 2] {
    [
        (format!("ann{separator}bob"), "carl".to_string()),
        ("ann".to_string(), format!("bob{separator}carl")),
    ]
}

/// The same two pairs with sender and recipient exchanged.
fn exchanged(pairs: [(String, String); 2]) -> [(String, String); 2] {
    pairs.map(|(from, to)| (to, from))
}

/// Where `name` stands in `bound`, if it stands in it as it is.
fn place(bound: &[u8], name: &str) -> Option<usize> {
    let mut windows = bound.windows(name.len());
    windows.position(|window| window == name.as_bytes())
}

/// What stands between the two names in `bound`, if they stand in it as they are.
fn separator(bound: &[u8], from: &str, to: &str) -> Option<String> {
    let (from_at, to_at) = (place(bound, from)?, place(bound, to)?);
    let between = if from_at < to_at {
        bound.get(from_at + from.len()..to_at)?
    } else {
        bound.get(to_at + to.len()..from_at)?
    };
    String::from_utf8(between.to_vec()).ok()
}

/// Two names, and the `bound` that came for them.
type Known = ((String, String), Option<Vec<u8>>);

/// Asks for `bound`, and remembers what came for which names.
struct Bounds<'a> {
    student: &'a mut dyn Student<Order, Posted>,
    public: [u8; 32],
    known: Vec<Known>,
}

impl Bounds<'_> {
    fn of(&mut self, from: &str, to: &str) -> Result<Option<Vec<u8>>, NoAnswer> {
        let names = (from.to_string(), to.to_string());
        if let Some((_, bound)) = self.known.iter().find(|known| known.0 == names) {
            return Ok(bound.clone());
        }
        let (from, to) = names.clone();
        let order = (from, to, self.public, b"a text".to_vec(), [2; 32]);
        let bound = self.student.answer(&order)?.map(|(bound, _)| bound);
        self.known.push((names, bound.clone()));
        Ok(bound)
    }

    /// Two pairs of names with what stands between them once more in one of them: a separator, or a length that stands
    /// behind the first name, where nobody knows yet that the name has ended. `width` is how many bytes stand there.
    fn cut_between(
        &mut self,
        width: usize,
        recipient_first: bool,
    ) -> Result<Option<[(String, String); 2]>, NoAnswer> {
        let order = |first: String, second: String| match recipient_first {
            true => (second, first),
            false => (first, second),
        };
        let mut seen = Vec::new();
        for (first, second) in [(1, width + 1), (width + 1, 1)] {
            let (from, to) = order("q".repeat(first), "z".repeat(second));
            let bound = self.of(&from, &to)?;
            seen.extend(bound.and_then(|bound| separator(&bound, &from, &to)));
        }
        Ok(match seen.as_slice() {
            [one, other] if one.len() == width && other.len() == width => Some([
                order("q".to_string(), format!("{other}z")),
                order(format!("q{one}"), "z".to_string()),
            ]),
            _ => None,
        })
    }
}

/// A letter that stands three times or more in a row in `bound`, beside the names: something was filled up with it.
fn filler(bound: &[u8], names: [&str; 2]) -> Option<char> {
    let mut runs = bound.chunk_by(|a, b| a == b).filter(|run| run.len() >= 3);
    let byte = runs.next()?[0];
    let filler = char::from(byte);
    (byte.is_ascii() && !names.concat().contains(filler)).then_some(filler)
}

/// Pairs of names that an encoding cannot tell apart which puts `separator` between them and marks it somehow where a
/// name contains it. `marked` is what sender and recipient have in its place then.
fn cut_where_marked(separator: &str, marked: [&str; 2]) -> Vec<(&'static str, [(String, String); 2])> {
    let pair = |from: String, to: String| (from, to);
    let plain = |name: &str| name.to_string();
    // Doubled: is it the end of the first name that is doubled, or the beginning of the second?
    let at_the_end = pair(format!("ann{separator}"), plain("carl"));
    let mut pairs = vec![
        (
            AT_THE_EDGE,
            [at_the_end.clone(), pair(plain("ann"), format!("{separator}carl"))],
        ),
        (
            MARKED_FIRST,
            [
                at_the_end,
                pair(plain("ann"), format!("{separator}{separator}carl")),
            ],
        ),
    ];
    // The mark itself may not be marked.
    let [in_from, in_to] = marked;
    let holds = |other: &str| format!("qu{other}artz");
    if in_from != separator {
        let pair = |other| pair(holds(other), plain("walnut"));
        pairs.push((WRITTEN_OUT, [pair(separator), pair(in_from)]));
    }
    if in_to != separator {
        let pair = |other| pair(plain("walnut"), holds(other));
        pairs.push((WRITTEN_OUT, [pair(separator), pair(in_to)]));
    }
    let mark = |marked: &str| {
        marked
            .strip_suffix(separator)
            .filter(|mark| !mark.is_empty())
            .map(plain)
    };
    let recipient = format!("b{separator}c");
    if let Some(mark) = mark(in_from) {
        let late = pair(format!("a{separator}b{mark}"), plain("c"));
        pairs.push((MARKED, [pair(format!("a{mark}"), recipient.clone()), late]));
        let unmarked = pair(format!("a{separator}b"), plain("c"));
        pairs.push((
            MARKED_FIRST,
            [pair(format!("a{mark}"), recipient.clone()), unmarked],
        ));
    }
    if let Some(mark) = mark(in_to) {
        let late = pair(format!("a{separator}b{mark}"), plain("c"));
        pairs.push((MARKED_SECOND, [pair(plain("a"), recipient), late]));
    }
    pairs
}

/// Asks for `bound` for many pairs of names, and notes the pairs that get the same.
pub fn tell_names_apart(student: &mut dyn Student<Order, Posted>) -> Result<Post, NoAnswer> {
    let mut bounds = Bounds {
        student,
        public: KeyPair::derive(&[1; 32]).public().0,
        known: Vec::new(),
    };
    let own = |(from, to): (&str, &str)| (from.to_string(), to.to_string());
    let mut alike = vec![
        (JOINED, cut_twice("")),
        (JOINED_BACKWARDS, exchanged(cut_twice(""))),
    ];
    for (label, one, another) in NAMES_TO_TELL_APART {
        alike.push((label, [own(one), own(another)]));
        if label == AT_DIGITS {
            alike.push((label, exchanged([own(one), own(another)])));
        }
    }
    // If the names show in `bound`, so does what stands between them. If it is a digest of them, it does not: then
    // try what people often take.
    let (from, to) = ("quartz", "walnut");
    let bound = bounds.of(from, to)?.unwrap_or_default();
    let shown = separator(&bound, from, to);
    let recipient_first = shown.is_some() && place(&bound, to) < place(&bound, from);
    let width = shown.as_ref().map_or(0, String::len);
    if (1..=31).contains(&width) {
        let pairs = bounds.cut_between(width, recipient_first)?;
        alike.extend(pairs.map(|pairs| (BETWEEN, pairs)));
    }
    let separators: Vec<&str> = match &shown {
        Some(between) => vec![between],
        None => SEPARATORS.to_vec(),
    };
    // A name has at most 32 bytes.
    for between in separators
        .into_iter()
        .filter(|between| (1..=12).contains(&between.len()))
    {
        // Where the separator shows, so does what is done about it.
        let mut marked = [between; 2].map(str::to_string);
        if shown.is_some() {
            let holds = format!("qu{between}artz");
            let seen = [bounds.of(&holds, to)?, bounds.of(to, &holds)?];
            for (marked, bound) in marked.iter_mut().zip(seen) {
                let seen = bound.and_then(|bound| separator(&bound, "qu", "artz"));
                if let Some(seen) = seen.filter(|seen| seen.len() <= 12) {
                    *marked = seen;
                }
            }
        }
        if recipient_first {
            marked.reverse();
        }
        let mut pairs = cut_where_marked(between, [&marked[0], &marked[1]]);
        pairs.push(("with the names cut at their separator", cut_twice(between)));
        if shown.is_none() {
            alike.extend(pairs.clone());
        }
        if recipient_first || shown.is_none() {
            for (label, pair) in &mut pairs {
                *pair = exchanged(pair.clone());
                *label = match *label {
                    MARKED_FIRST => MARKED_SECOND,
                    MARKED_SECOND => MARKED_FIRST,
                    label => label,
                };
            }
        }
        alike.extend(pairs);
    }
    if let Some(filler) = filler(&bound, [from, to]) {
        for (other_from, other_to) in [
            (format!("{from}{filler}"), to.to_string()),
            (format!("{filler}{from}"), to.to_string()),
            (from.to_string(), format!("{to}{filler}")),
            (from.to_string(), format!("{filler}{to}")),
        ] {
            alike.push((FILLER, [own((from, to)), (other_from, other_to)]));
        }
    }
    let mut came = Post::new(false, Opening::Text);
    for (label, [one, another]) in &alike {
        let first = bounds.of(&one.0, &one.1)?;
        if first.is_some() && first == bounds.of(&another.0, &another.1)? {
            came.tells_no_difference(label, [(&one.0, &one.1), (&another.0, &another.1)]);
        }
    }
    came.opens_too.dedup();
    // Whatever was asked: other names have another `bound`, and all of them have one.
    let mut elsewhere = None;
    for (at, (names, bound)) in bounds.known.iter().enumerate() {
        if bound.is_none() {
            let kind = match names {
                (from, to) if from == to => Unwelcome::Oneself,
                (from, to) if from.len().max(to.len()) > 20 => Unwelcome::Long,
                _ => Unwelcome::Other,
            };
            put(&mut came.refused, kind);
            came.refused_example = format!("{:?} to {:?}", names.0, names.1);
            continue;
        }
        let other = bounds.known[..at].iter().rfind(|known| known.1 == *bound);
        let other = other.map(|(names, _)| names);
        let beside = |other: &&(String, String)| {
            let mut pairs = alike.iter().map(|(_, pair)| pair);
            pairs.any(|pair| pair.contains(*other) && pair.contains(names))
        };
        elsewhere = elsewhere.or(other.filter(|other| !beside(other)).map(|other| (other, names)));
    }
    if let Some((other, names)) = elsewhere {
        came.tells_no_difference(ELSEWHERE, [(&other.0, &other.1), (&names.0, &names.1)]);
    }
    Ok(came)
}

//! Lesson 05, `envelope`: what the student's envelopes do in Bob's hands and under other labels.

use std::fmt;

use messaging_lab::course::exam::{Exam, Fault};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::{NoAnswer, Student};
use messaging_lab::envelope::hpke::open_base;
use messaging_lab::envelope::kem::{ENC_BYTES, KeyPair};
use messaging_lab::ground::randomness::Seeded;
use messaging_lab::ground::secret::Secret;
use messaging_lab::show::own_envelopes::{KEPT_AS, through_the_lie, to_text};

use super::{Played, key, wrong};

/// From, to, their public key, the text, the seed.
pub type Order = (String, String, [u8; 32], Vec<u8>, [u8; 32]);

/// What is bound, and the envelope.
pub type Posted = Option<(Vec<u8>, Vec<u8>)>;

/// What the student is taken through.
#[derive(Clone)]
pub enum Trial {
    /// A text is posted, opened, and delivered under other labels.
    Post(Posting),
    /// Is `bound` another one for every other pair of names?
    Names,
}

/// A text that is to be posted, and by whom. The private key is Bob's; `None` stands for a public key of zeros.
#[derive(Clone)]
pub struct Posting {
    from: &'static str,
    to: &'static str,
    private: Option<[u8; 32]>,
    text: Vec<u8>,
    seed: [u8; 32],
}

/// What Bob's phone finds in an envelope, with `bound` made from the label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opening {
    /// Nothing came.
    Refused,
    /// The text.
    Text,
    /// Another text.
    OtherText,
    /// The text, but with nothing bound, whatever `bound` says.
    Unbound,
    /// It has no fresh public key in front: it is as long as a text and a tag.
    NoFreshKey,
    /// It opens with the fresh public key taken from the end.
    FreshKeyLast,
    /// It opens for the sender's own fresh key, not for Bob's.
    ForTheSender,
    /// The text stands in it, readable for everybody.
    InTheClear,
    /// None of these.
    Nothing,
}

/// What came of a posting: all that there is to judge, whatever the bytes look like.
pub struct Post {
    weak_key: bool,
    opening: Opening,
    /// `bound` is the same for the same names: with another text, with another seed.
    rebuilt: [bool; 2],
    /// The fresh public key is another one with a seed that differs in one bit: in its first byte, its sixteenth, its last.
    fresh_with: [bool; 3],
    /// It is another one with another text, with other names; neither has to be.
    fresh_beside: [bool; 2],
    /// The labels under which it opens as well.
    opens_too: Vec<&'static str>,
    /// Two pairs of names that have one `bound`, if there are any, in words.
    example: String,
}

/// Two posts are alike if the same can be said of them; the example is one of many.
impl PartialEq for Post {
    fn eq(&self, other: &Self) -> bool {
        let facts = |post: &Post| {
            (
                post.weak_key,
                post.opening,
                post.rebuilt,
                post.fresh_with,
                post.fresh_beside,
            )
        };
        facts(self) == facts(other) && self.opens_too == other.opens_too
    }
}

impl Post {
    /// Notes that an envelope for one of two pairs of names opens for the other as well.
    fn tells_no_difference(&mut self, label: &'static str, [one, another]: [(&str, &str); 2]) {
        self.opens_too.push(label);
        if self.example.is_empty() {
            self.example = format!(
                "{:?} to {:?} and {:?} to {:?}",
                one.0, one.1, another.0, another.1
            );
        }
    }
}

impl fmt::Debug for Post {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = match self.opening {
            Opening::Refused => "None",
            Opening::Text => "an envelope that Bob's phone opens",
            Opening::OtherText => "an envelope that opens for Bob, with another text in it",
            Opening::Unbound => "an envelope that opens without `bound`",
            Opening::NoFreshKey => "an envelope without the fresh public key",
            Opening::FreshKeyLast => "an envelope with the fresh public key at its end",
            Opening::ForTheSender => "an envelope that opens for its sender and not for Bob",
            Opening::InTheClear => "an envelope in which everybody can read the text",
            Opening::Nothing => "an envelope that does not open for Bob",
        };
        f.write_str(found)?;
        if self.opening == Opening::Text && self.rebuilt != [true; 2] {
            f.write_str(", and another `bound` for the same names next time")?;
        }
        if self.opening == Opening::Text && self.fresh_with != [true; 3] {
            f.write_str(", and the same fresh key under another seed")?;
        }
        if !self.opens_too.is_empty() {
            write!(f, "; it also opens {}", self.opens_too.join(", "))?;
        }
        Ok(())
    }
}

/// Opens `enc || sealed` with the bytes in all the places where they can have been bound.
fn opened(keys: &KeyPair, enc: &[u8], sealed: &[u8], bound: &[u8]) -> Option<Vec<u8>> {
    let enc: &[u8; ENC_BYTES] = enc.try_into().ok()?;
    [(bound, &[][..]), (&[][..], bound), (bound, bound)]
        .into_iter()
        .find_map(|(info, data)| open_base(enc, keys, info, data, sealed).ok())
}

fn opening_of(posting: &Posting, bob: &KeyPair, bound: &[u8], envelope: &[u8]) -> Opening {
    let text = &posting.text;
    let (enc, sealed) = envelope.split_at(envelope.len().min(ENC_BYTES));
    if let Some(found) = opened(bob, enc, sealed, bound) {
        return if found == *text {
            Opening::Text
        } else {
            Opening::OtherText
        };
    }
    if opened(bob, enc, sealed, &[]).is_some() {
        return Opening::Unbound;
    }
    let (first, last) = envelope.split_at(envelope.len().saturating_sub(ENC_BYTES));
    if opened(bob, last, first, bound).is_some() {
        return Opening::FreshKeyLast;
    }
    if opened(&KeyPair::derive(&posting.seed), enc, sealed, bound).is_some() {
        return Opening::ForTheSender;
    }
    if envelope.windows(text.len().max(1)).any(|window| window == text) {
        return Opening::InTheClear;
    }
    if envelope.len() == text.len() + 16 {
        return Opening::NoFreshKey;
    }
    Opening::Nothing
}

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
const LETTERS: &str = "under a name in other letters";

/// What people put between two names.
const SEPARATORS: [&str; 20] = [
    "\0", "\n", "\t", " ", ":", "::", "/", "|", "||", ",", ", ", ";", "-", "->", " -> ", "_", "#", "@",
    " to ", ".",
];

/// Names of 32 bytes that differ in one place, and names that somebody might tidy up.
const NAMES_TO_TELL_APART: [Confused; 15] = [
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
    (LETTERS, ("alice", "bob"), ("alice", "Bob")),
];

/// The text `from || middle || to` cut in another place: two pairs of names that an encoding which only joins them by
/// `separator` cannot tell apart.
fn cut_twice(separator: &str) -> [(String, String); 2] {
    [
        (format!("ann{separator}bob"), "carl".to_string()),
        ("ann".to_string(), format!("bob{separator}carl")),
    ]
}

/// What stands between the two names in `bound`, if they stand in it as they are.
fn separator(bound: &[u8], from: &str, to: &str) -> Option<String> {
    let place = |name: &str| {
        let mut windows = bound.windows(name.len());
        windows.position(|window| window == name.as_bytes())
    };
    let (from_at, to_at) = (place(from)?, place(to)?);
    let between = if from_at < to_at {
        bound.get(from_at + from.len()..to_at)?
    } else {
        bound.get(to_at + to.len()..from_at)?
    };
    String::from_utf8(between.to_vec()).ok()
}

impl Post {
    /// Nothing has come yet, and nothing has gone wrong.
    fn new(weak_key: bool, opening: Opening) -> Self {
        Post {
            weak_key,
            opening,
            rebuilt: [true; 2],
            fresh_with: [true; 3],
            fresh_beside: [true; 2],
            opens_too: Vec::new(),
            example: String::new(),
        }
    }
}

/// Takes the student through a trial.
fn play(student: &mut dyn Student<Order, Posted>, trial: &Trial) -> Result<Post, NoAnswer> {
    match trial {
        Trial::Post(posting) => post(student, posting),
        Trial::Names => tell_names_apart(student),
    }
}

/// Posts a text, opens it as Bob, and delivers it again under other labels.
fn post(student: &mut dyn Student<Order, Posted>, posting: &Posting) -> Result<Post, NoAnswer> {
    let bob = posting
        .private
        .map(|private| KeyPair::from_private(Secret::new(private)));
    let public = bob.as_ref().map_or([0; 32], |keys| keys.public().0);
    let mut ask = |from: &str, to: &str, text: &[u8], seed: [u8; 32]| {
        student.answer(&(from.to_string(), to.to_string(), public, text.to_vec(), seed))
    };
    let (from, to, text, seed) = (posting.from, posting.to, &posting.text, posting.seed);
    let mut came = Post::new(bob.is_none(), Opening::Refused);
    let Some((bound, envelope)) = ask(from, to, text, seed)? else {
        return Ok(came);
    };
    let Some(bob) = bob else {
        let in_the_clear = envelope.windows(text.len().max(1)).any(|window| window == text);
        came.opening = if in_the_clear {
            Opening::InTheClear
        } else {
            Opening::Nothing
        };
        return Ok(came);
    };
    came.opening = opening_of(posting, &bob, &bound, &envelope);
    if came.opening != Opening::Text {
        return Ok(came);
    }
    let fresh = |envelope: &[u8]| envelope.get(..ENC_BYTES).map(<[u8]>::to_vec);

    // The same names again: with another text, and with seeds that differ in one bit.
    let other = ask(from, to, b"another text", seed)?;
    came.rebuilt[0] = other.as_ref().is_some_and(|(again, _)| *again == bound);
    came.fresh_beside[0] = other.is_some_and(|(_, other)| fresh(&other) != fresh(&envelope));
    for (place, at) in [0, 15, 31].into_iter().enumerate() {
        let mut next = seed;
        next[at] ^= 0x10;
        let other = ask(from, to, text, next)?;
        came.rebuilt[1] &= other.as_ref().is_some_and(|(again, _)| *again == bound);
        came.fresh_with[place] = other.is_some_and(|(_, other)| fresh(&other) != fresh(&envelope));
    }

    // Bob's phone makes `bound` from the label, as this function does. What does it make of other labels?
    let (enc, sealed) = envelope.split_at(ENC_BYTES);
    for (label, from, to) in [
        ("in somebody else's name", "mallory", to),
        ("for somebody else", from, "the chess club"),
        ("with sender and recipient swapped", to, from),
    ] {
        let Some((other, relabelled)) = ask(from, to, text, seed)? else {
            continue;
        };
        if label == "in somebody else's name" {
            came.fresh_beside[1] = fresh(&relabelled) != fresh(&envelope);
        }
        if opened(&bob, enc, sealed, &other).is_some() {
            came.tells_no_difference(label, [(posting.from, posting.to), (from, to)]);
        }
    }
    Ok(came)
}

/// Asks for `bound` for many pairs of names, and notes the pairs that get the same.
fn tell_names_apart(student: &mut dyn Student<Order, Posted>) -> Result<Post, NoAnswer> {
    let public = KeyPair::derive(&[1; 32]).public().0;
    let mut bound = |from: &str, to: &str| {
        let order = (
            from.to_string(),
            to.to_string(),
            public,
            b"a text".to_vec(),
            [2; 32],
        );
        Ok(student.answer(&order)?.map(|(bound, _)| bound))
    };
    let own = |(from, to): (&str, &str)| (from.to_string(), to.to_string());
    let mut alike = vec![("with the names cut elsewhere", cut_twice(""))];
    for (label, one, another) in NAMES_TO_TELL_APART {
        alike.push((label, [own(one), own(another)]));
    }
    // If the names show in `bound`, so does what stands between them. If it is a digest of them, it does not: then
    // try what people often take.
    let (from, to) = ("quartz", "walnut");
    let shown = bound(from, to)?.and_then(|bound| separator(&bound, from, to));
    let separators: Vec<&str> = match &shown {
        Some(between) => vec![between],
        None => SEPARATORS.to_vec(),
    };
    for between in separators {
        // A name has at most 32 bytes.
        if (1..=25).contains(&between.len()) {
            alike.push(("with the names cut at their separator", cut_twice(between)));
        }
    }
    let mut came = Post::new(false, Opening::Text);
    for (label, [one, another]) in alike {
        let first = bound(&one.0, &one.1)?;
        if first.is_some() && first == bound(&another.0, &another.1)? {
            came.tells_no_difference(label, [(&one.0, &one.1), (&another.0, &another.1)]);
        }
    }
    came.opens_too.dedup();
    Ok(came)
}

/// Names, a public key, a text and a seed -> what is bound, and the envelope.
pub fn envelope(mut student: impl Student<Order, Posted>) -> Verdict {
    judge(&mut student)?;
    keep_for_lesson_06(&mut student);
    Ok(())
}

/// Who passes also sends two letters by way of a directory that lies: lesson 06 opens with them. No verdict rests on it.
fn keep_for_lesson_06(student: &mut dyn Student<Order, Posted>) {
    let mut seals = |from: &str, to: &str, theirs: &[u8; 32], text: &[u8], seed: &[u8; 32]| {
        let order = (from.to_string(), to.to_string(), *theirs, text.to_vec(), *seed);
        student.answer(&order).ok().flatten()
    };
    if let Some(journeys) = through_the_lie(&mut seals) {
        student.keep(KEPT_AS, &to_text(&journeys));
        student.remark("two more of your envelopes were kept: lesson 06 opens with them");
    }
}

fn judge(student: &mut dyn Student<Order, Posted>) -> Verdict {
    let posting = |from, to, text: &str, random: &mut Seeded| Posting {
        from,
        to,
        private: Some(key(random)),
        text: text.as_bytes().to_vec(),
        seed: key(random),
    };
    let mut random = Seeded::new(5);
    let random = &mut random;
    Exam::of_runs("relay/envelope", wrong::envelope(), play)
        .case(
            "a text to Bob",
            Trial::Post(posting("alice", "bob", "the results came: all is well", random)),
        )
        .case(
            "a text from Bob",
            Trial::Post(posting("bob", "alice", "call me back", random)),
        )
        .case("an empty text", Trial::Post(posting("alice", "bob", "", random)))
        .case(
            "a key under which there is no secret",
            Trial::Post(Posting {
                private: None,
                ..posting("alice", "bob", "the results came: all is well", random)
            }),
        )
        .case("names of every kind", Trial::Names)
        .seeded(4, |random| {
            let names = [
                "quartz",
                "walnut",
                "a",
                "j\u{f6}rg",
                "ann-marie the 2nd",
                "bob/1",
                "xy",
            ];
            let from = random.below(names.len() as u64) as usize;
            let to = (from + 1 + random.below(names.len() as u64 - 1) as usize) % names.len();
            let length = 12 + random.below(200) as usize;
            Trial::Post(Posting {
                text: random.bytes(length),
                ..posting(names[from], names[to], "", random)
            })
        })
        .judge(
            Played(student, play),
            |trial| match trial {
                Trial::Names => {
                    "seal a text for many pairs of names, with digits, spaces and separators in them"
                        .to_string()
                }
                Trial::Post(Posting { private: None, .. }) => {
                    "seal a text for a public key of 32 zero bytes".to_string()
                }
                Trial::Post(Posting { from, to, text, .. }) => {
                    format!("seal {} bytes from {from:?} to {to:?}", text.len())
                }
            },
            |_, post| judge_post(post),
        )
}

fn judge_post(post: &Post) -> Result<(), Fault> {
    if post.weak_key {
        return match post.opening {
            Opening::Refused => Ok(()),
            _ => Err(Fault::new(
                "None",
                "under that key there is no secret, everybody can compute it: an app that sends anyway sends to \
                 everybody",
            )),
        };
    }
    let for_bob = "an envelope (fresh public key, then what was sealed) that opens with Bob's private key, `bound` as \
                   info or as associated data";
    let opens = match post.opening {
        Opening::Text => None,
        Opening::Refused => {
            Some("his key is a good one: an app that refuses everything keeps every secret, from Bob, too")
        }
        Opening::OtherText => Some("Bob reads something that Alice did not write"),
        Opening::Unbound => {
            Some("`bound` was given back, but it is not in the seal: the relay can put any label on it")
        }
        Opening::NoFreshKey => {
            Some("without the public half of the fresh key Bob's phone cannot compute the secret")
        }
        Opening::FreshKeyLast => Some("Bob's phone takes the first 32 bytes for the fresh key"),
        Opening::ForTheSender => {
            Some("it was sealed for the fresh key itself: only Alice's phone can open it")
        }
        Opening::InTheClear => Some("the relay reads it, and with the relay everybody who asks it"),
        Opening::Nothing => {
            Some("Bob's phone makes `bound` from the label, tries it in both places, and must refuse")
        }
    };
    if let Some(why) = opens {
        return Err(Fault::new(for_bob, why));
    }
    if post.rebuilt != [true; 2] {
        return Err(Fault::new(
            "the same `bound` for the same names, whatever the text and the seed are",
            "Bob's phone has the label only when it opens the envelope; here it cannot know what to bind, and refuses",
        ));
    }
    if post.fresh_with != [true; 3] {
        return Err(Fault::new(
            "two seeds give two envelopes, with two fresh keys",
            "one fresh key for two texts to Bob means one key and one nonce for both: xor the two envelopes, and the \
             key is gone from the picture (lesson 04)",
        ));
    }
    if let Some(label) = post.opens_too.first() {
        return Err(Fault::new(
            format!("refused when it is delivered {label}"),
            format!(
                "{} have the same `bound`. The relay writes the label: Bob reads a text that somebody else wrote, or \
                 that was for somebody else, and his phone says that it is genuine",
                post.example
            ),
        ));
    }
    Ok(())
}

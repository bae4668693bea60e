//! Lesson 05, `envelope`: what the student's envelopes do in Bob's hands and under other labels.

use std::fmt;

use messaging_lab::course::exam::{Exam, Fault};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::{NoAnswer, Student};
use messaging_lab::envelope::hpke::open_base;
use messaging_lab::envelope::kem::{ENC_BYTES, KeyPair};
use messaging_lab::ground::hex::bytes_to_hex;
use messaging_lab::ground::randomness::Seeded;
use messaging_lab::ground::secret::Secret;

#[path = "names.rs"]
mod names;

use names::tell_names_apart;

use super::secrets::weak_keys;
use super::{Played, key, wrong};

// The pictures use the rest of it.
#[allow(dead_code)]
#[path = "../../../src/show/own_envelopes.rs"]
mod own_envelopes;
use own_envelopes::{KEPT_AS, through_the_lie, to_text};

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
    /// Is the fresh key another one for every other seed, and the same for the same?
    Seeds,
}

/// Whose key the sender is given.
#[derive(Clone, Copy)]
enum Recipient {
    /// Bob's: this is his private key.
    Bob([u8; 32]),
    /// A public key that gives zero with every private key.
    Weak([u8; 32]),
}

/// A text that is to be posted, and by whom.
#[derive(Clone)]
pub struct Posting {
    from: &'static str,
    to: &'static str,
    recipient: Recipient,
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
    /// It opens with one name in each of the two places, which is not what `bound` says.
    Apart,
    /// It opens for the sender's own fresh key, not for Bob's.
    ForTheSender,
    /// The text stands in it, readable for everybody.
    InTheClear,
    /// None of these.
    Nothing,
}

/// Names for which there is no envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Unwelcome {
    /// Sender and recipient have the same.
    Oneself,
    /// One of more than 20 bytes.
    Long,
    /// Neither: there must be something in it.
    Other,
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
    /// It is another one wherever one bit of the seed is another; where two bytes change places, and two bits change,
    /// near to each other and far apart.
    fresh_for: Vec<bool>,
    /// The same question gets the same envelope.
    repeats: bool,
    /// What kinds of names got no envelope, and an example in words.
    refused: Vec<Unwelcome>,
    refused_example: String,
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
                post.repeats,
            )
        };
        facts(self) == facts(other)
            && (&self.fresh_for, &self.refused, &self.opens_too)
                == (&other.fresh_for, &other.refused, &other.opens_too)
    }
}

impl Post {
    /// Whether every other seed gave another fresh key.
    fn always_fresh(&self) -> bool {
        self.fresh_with == [true; 3] && !self.fresh_for.contains(&false)
    }

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
            Opening::Apart => "an envelope that opens with one name in each place, and not with `bound`",
            Opening::FreshKeyLast => "an envelope with the fresh public key at its end",
            Opening::ForTheSender => "an envelope that opens for its sender and not for Bob",
            Opening::InTheClear => "an envelope in which everybody can read the text",
            Opening::Nothing => "an envelope that does not open for Bob",
        };
        f.write_str(found)?;
        if self.opening == Opening::Text && self.rebuilt != [true; 2] {
            f.write_str(", and another `bound` for the same names next time")?;
        }
        if self.opening == Opening::Text && !self.always_fresh() {
            f.write_str(", and the same fresh key under another seed")?;
        }
        if !self.repeats {
            f.write_str(", and another envelope when the same is asked again")?;
        }
        if !self.refused.is_empty() {
            write!(f, ", and None from {}", self.refused_example)?;
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

/// What an envelope turns out to be that was sealed for Bob, or should have been.
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
    let (from, to) = (posting.from.as_bytes(), posting.to.as_bytes());
    let apart = |info: &[u8], data: &[u8]| {
        let enc: Option<&[u8; ENC_BYTES]> = enc.try_into().ok();
        enc.is_some_and(|enc| open_base(enc, bob, info, data, sealed).is_ok())
    };
    if apart(from, to) || apart(to, from) {
        return Opening::Apart;
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

impl Post {
    /// Nothing has come yet, and nothing has gone wrong.
    fn new(weak_key: bool, opening: Opening) -> Self {
        Post {
            weak_key,
            opening,
            rebuilt: [true; 2],
            fresh_with: [true; 3],
            fresh_beside: [true; 2],
            fresh_for: vec![],
            repeats: true,
            refused: Vec::new(),
            refused_example: String::new(),
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
        Trial::Seeds => tell_seeds_apart(student),
    }
}

/// Posts a text, opens it as Bob, and delivers it again under other labels.
fn post(student: &mut dyn Student<Order, Posted>, posting: &Posting) -> Result<Post, NoAnswer> {
    let (bob, public) = match posting.recipient {
        Recipient::Weak(public) => (None, public),
        Recipient::Bob(private) => {
            let bob = KeyPair::from_private(Secret::new(private));
            let public = bob.public().0;
            (Some(bob), public)
        }
    };
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

/// Asks for one envelope with many seeds, and notes where two of them have one fresh key.
fn tell_seeds_apart(student: &mut dyn Student<Order, Posted>) -> Result<Post, NoAnswer> {
    let public = KeyPair::derive(&[1; 32]).public().0;
    let mut posted = |seed: [u8; 32]| {
        let order = (
            "alice".to_string(),
            "bob".to_string(),
            public,
            b"a text".to_vec(),
            seed,
        );
        student.answer(&order)
    };
    let mut came = Post::new(false, Opening::Text);
    let seed: [u8; 32] = std::array::from_fn(|at| 7 * at as u8 + 3);
    let first = posted(seed)?;
    came.repeats = posted(seed)? == first;
    let fresh = |posted: &Posted| {
        let envelope = posted.as_ref().map(|(_, envelope)| envelope);
        envelope.and_then(|envelope| envelope.get(..ENC_BYTES).map(<[u8]>::to_vec))
    };
    let bound = |posted: &Posted| posted.as_ref().map(|(bound, _)| bound.clone());
    let mut another_bit = true;
    // In each byte another bit; then the highest and the lowest of some.
    let bits = (0..32)
        .map(|at| (at, at % 8))
        .chain([(0, 7), (8, 7), (31, 0), (16, 7)]);
    for (at, bit) in bits {
        let mut other = seed;
        other[at] ^= 1 << bit;
        let posted = posted(other)?;
        another_bit &= fresh(&posted) != fresh(&first);
        came.rebuilt[1] &= bound(&posted) == bound(&first);
    }
    came.fresh_for.push(another_bit);
    for (one, another) in [(0, 1), (3, 11), (5, 21), (0, 31)] {
        let mut exchanged = seed;
        exchanged.swap(one, another);
        came.fresh_for.push(fresh(&posted(exchanged)?) != fresh(&first));
        let mut flipped = seed;
        flipped[one] ^= 0x20;
        flipped[another] ^= 0x20;
        came.fresh_for.push(fresh(&posted(flipped)?) != fresh(&first));
    }
    // Beginnings that digits without a fixed width, one byte for several alike, or a sum with weights cannot tell apart.
    for (one, other) in [
        ([1, 23, 9], [12, 3, 9]),
        ([0x01, 0x23, 9], [0x12, 0x03, 9]),
        ([5, 5, 6], [5, 6, 6]),
        ([1, 40, 9], [2, 9, 9]),
    ] {
        let mut fresh_keys = Vec::new();
        for front in [one, other] {
            let mut begun = seed;
            begun[..3].copy_from_slice(&front);
            fresh_keys.push(fresh(&posted(begun)?));
        }
        came.fresh_for.push(fresh_keys[0] != fresh_keys[1]);
    }
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
        recipient: Recipient::Bob(key(random)),
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
                recipient: Recipient::Weak([0; 32]),
                ..posting("alice", "bob", "the results came: all is well", random)
            }),
        )
        .case(
            "another one of these keys",
            Trial::Post(Posting {
                recipient: Recipient::Weak(weak_keys()[3]),
                ..posting("alice", "bob", "call me back", random)
            }),
        )
        .case(
            "a long text",
            Trial::Post(posting("alice", "bob", &"all is well. ".repeat(500), random)),
        )
        .case(
            "two names of 32 bytes",
            Trial::Post(posting(
                "the old bicycle club of north A1",
                "the new bicycle club of south B2",
                "call me back",
                random,
            )),
        )
        .case("names of every kind", Trial::Names)
        .case("seeds of every kind", Trial::Seeds)
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
                Trial::Seeds => {
                    "seal a text again and again, with seeds that are nearly the same".to_string()
                }
                Trial::Post(Posting {
                    recipient: Recipient::Weak(public),
                    ..
                }) => {
                    format!(
                        "seal a text for the public key {}.., which gives zero with every private key",
                        bytes_to_hex(&public[..4])
                    )
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
        Opening::Apart => Some(
            "one name went into each place, and `bound` is both: give back the one byte string that was bound",
        ),
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
    if !post.refused.is_empty() {
        return Err(Fault::new(
            "an envelope for any two names of 1 to 32 bytes, whatever is in them",
            format!(
                "{} is refused: nobody can write that message",
                post.refused_example
            ),
        ));
    }
    if !post.repeats {
        return Err(Fault::new(
            "the same envelope for the same seed",
            "the seed is all the randomness there is: something else went in, a clock or a count, and whoever knows \
             that can make the fresh key",
        ));
    }
    if !post.always_fresh() {
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

//! # Lesson 11 · Who is listening?
//!
//! The article says of Silent Phone that the caller speaks "without the possibility of a tap". In
//! lesson 10 the words on two screens gave a man in the middle away, but for one guess in 65,536.
//! Gave him away to whom? A phone cannot see the other screen. Two people have to read the words to
//! each other, listen, and believe what they hear. This lesson is about them.
//!
//! After this lesson you can
//!   - say from what two ends wrote down whether somebody was between them, and why one end's notes
//!     are not enough;
//!   - say what a phone that remembers its last call notices, and what it never can;
//!   - put a number on "people will notice".
//!
//! Builds on: the man in the middle (lesson 06), the handshake (09), the two words (10); Rust's
//! Option, match, and `f64`. Time: about 75 minutes, 10 of them reading and 20 with a partner;
//! `sentence` is optional (*).
//!
//! ## The story
//!
//! ```text
//!                        keys 1                       keys 2
//!     Alice's phone  <----------->  man in the  <----------->  Bob's phone
//!        shows                        middle                      shows
//!     "peachy apollo"                                        "island fortitude"
//!          |                            |                          |
//!        Alice    hears    what he lets pass, or says himself    hears   Bob
//! ```
//!
//! In words: he has a call with each of them, and each call has keys and words of its own. If he
//! passes on what they say, each hears words that do not stand on the own screen. If he can speak
//! with their voices, he reads to Alice the words of HER screen, and to Bob those of his. He knows
//! both: he has both keys.
//!
//! The run (`cargo run -- show compare`): eight calls, each twenty seconds after the one before.
//! The words are on the screens two seconds after the call begins; they compare, where they do, at
//! four; Alice says what she has to say at six.
//!
//! ```text
//!     ONE       0    nobody in the path, a first call              they compare
//!     TWO      20    somebody records, and changes nothing         they compare
//!     THREE    40    a man in the middle                           they do not
//!     FOUR     60    a man in the middle                           they compare
//!     FIVE     80    a man in the middle, with both their voices   they compare
//!     SIX     100    new phones: a first call; a man in the middle they do not
//!     SEVEN   120    the same man, with what he remembers of SIX   they do not
//!     EIGHT   140    he has gone, nobody is in the path            they do not
//! ```
//!
//! ## With a partner: cards
//!
//! Find a partner and agree on a number from 1 to 99. One of you is A, the other B. Each prints the
//! card of the own phone, and does not look at the other's:
//!
//! ```text
//!     cargo run -- show compare --card 17A         (your partner: --card 17B)
//! ```
//!
//! It shows the two words of that phone and says what to do. Sit back to back, or call each other.
//! Do ten numbers, quickly, as one does when one wants to talk of something else. Write down for
//! each: SAME or DIFFERENT. Then look (`--card 17 --answers`; `--answers` alone gives all 99): a third
//! of all cards are tapped, and in a third of these the one word that differs looks and sounds a
//! little like the other. Count how many tapped cards you took for the same, out of how many: the
//! class draws one bar for each pair. Were the misses where the words were alike?
//!
//! In real calls words that are alike are rarer than on the cards. Whoever has one guess (lesson 10)
//! cannot choose them; they happen.
//!
//! You can also listen to a tapped call: what Alice heard, what Bob heard, and what the tap heard.
//!
//! ```text
//!     cargo run -- call --to sounds --tap active       (or silent, imitator, ...: cargo run -- help)
//! ```
//!
//! ## New idea: what phones remember
//!
//! After each call both phones derive a secret from its keys and keep it: `rs1`, the newest, and
//! `rs2`, the one before (RFC 6189, section 4.3). The next call's keys depend on it. In the handshake
//! each shows a short code made from what it keeps, so both find out which secret they share, and
//! nobody learns it.
//! A phone that keeps one and finds no match warns its owner: compare the words now. Somebody new in
//! the middle does not have that secret. Two secrets and not one, because the last message of a call
//! can get lost: then one phone has moved on, and the other has not.
//!
//! ## Numbers from studies
//!
//! In a study of such calls 128 people compared two or four words that a voice read to them. Of the
//! attacks, by false words or by another's voice, they missed between 25 and 50 in 100; of the honest
//! calls they refused a quarter; and four words did worse than two (M. Shirvanian, N. Saxena, "On the
//! Security and Usability of Crypto Phones", ACSAC 2015). Less than three minutes of somebody's speech
//! were enough to imitate words in that voice (the same, "Wiretapping via Mimicry", CCS 2014). With a
//! messenger 21 of 28 people did not manage to find a man in the middle (Schroeder and others,
//! EuroUSEC 2016), and 14 in 100 compared keys properly without instruction, 79 in 100 with it
//! (Vaziripour and others, SOUPS 2017). Those are other tasks than ours, and other people: take them
//! as a size, not as a law.
//!
//! ## What this lesson does not cover, and where its model is simpler
//!
//!   - Both phones commit and check, as they should. If not, equal words prove nothing (lesson 10).
//!   - An imitator of the model is perfect. A real one need not be, and people may still notice.
//!   - A phone with a spy in it, or a microphone in the room: words and keys are all in order then
//!     (RFC 6189, section 11.1, leaves both out).
//!   - In `odds` a pair of people has a habit: it compares in every call, or in none. Real people
//!     are less tidy, and grow tired.
//!   - Who calls whom, when and for how long is visible in all eight calls.
//!
//! ## How to work
//!
//! ```text
//!     cargo test --test lesson_11               all four exercises
//!     cargo test --test lesson_11 odds          the one with "odds" in its name
//!     cargo run -- show compare                 the run that sentence asks about
//!     cargo run -- hint compare/odds            a question that helps; add 2 or 3 for more
//! ```
//!
//! ## To discuss in pairs
//!
//!   1. Your phone warns: "the secret of the last call is missing". Name three causes. What do you
//!      say to the other, in which order, and what do you not say yet?
//!   2. An app compares the words itself, over its own server, and shows a green mark. Who has to be
//!      honest now that did not have to be before?

// What the exercises need. You will use all of it; `allow` keeps the compiler quiet until then.
#[allow(unused_imports)]
use messaging_lab::call::ends::Finding;
#[allow(unused_imports)]
use messaging_lab::ground::ledger::{Onlooker, Witness};

/// What one end wrote down of a call: the words SHOWN on its screen, and the words HEARD, which is what
/// came out of its earpiece as the other's words, written down from a recording; `None` if nobody
/// read any out.
pub type Log = (String, Option<String>);

/// compare/who_is_tapped: what both ends wrote down -> what happened. A log may be missing.
///
///   - `Finding::Clean`: nobody was between the two phones (but for one chance in 65,536).
///   - `Finding::Tapped`: somebody was.
///   - `Finding::Imitated`: somebody was, and at least one of the two heard the words of the OWN
///     screen, which the other's screen did not show. So it was not the other who read them out.
///   - `Finding::Unknown`: these logs cannot tell.
///
/// Both phones check the commitment. People make mistakes: what was read out or heard may be wrong.
/// A phone makes none: its words come out of its keys. Words are the same if they are equal, both of
/// them; all are in small letters with one space between.
///
/// Take care: when is a log alone enough, and which of the four columns does an imitator control?
pub fn who_is_tapped(alice: Option<&Log>, bob: Option<&Log>) -> Finding {
    todo!("Alice's end has {alice:?}, Bob's has {bob:?}: what happened?")
}

/// What a phone keeps of its calls with another one: the newer secret, and the one before. With one
/// earlier call there is only the newer.
pub type Kept = (Option<[u8; 32]>, Option<[u8; 32]>);

/// compare/continuity: what the initiator's phone keeps, and the responder's -> the secret that goes
/// into this call, whether the initiator's phone warns, whether the responder's phone warns.
///
/// Seen from above, with both memories in view:
///
///   - The secret is the initiator's newer one, if the responder keeps it in either place; else the
///     initiator's older one, if the responder keeps that in either place; else there is none.
///   - A phone warns if it keeps a newer secret and no secret goes into the call.
///
/// So who sits in the middle is noticed by the phones only if he was not there from the first call
/// on: look at SIX, SEVEN and EIGHT in the run. And what do the phones say if Bob has lost his?
pub fn continuity(initiator: &Kept, responder: &Kept) -> (Option<[u8; 32]>, bool, bool) {
    let first_bytes = |kept: &Kept| [kept.0, kept.1].map(|secret| secret.map(|bytes| bytes[0]));
    todo!(
        "the initiator's secrets begin with {:02x?}, the responder's with {:02x?}: which is used, who warns?",
        first_bytes(initiator),
        first_bytes(responder)
    )
}

/// compare/odds: how many calls, which share of pairs compare, which share of false words they notice
/// -> the share of tapped pairs that never find out.
///
/// A man in the middle is in each of the `calls` calls (one or more) of a pair. A pair either
/// compares its words in every call, and `compare` is the share of pairs that do; or in none. A
/// pair that compares notices that the words differ with chance `notice` in each call, whatever
/// happened before. Once is enough. Shares are from 0.0 to 1.0, and so is the answer; 0.001 more or
/// less is near enough. So it does not matter whether you count the one guess in 65,536 in.
/// `calls` can be large, 65,537 for example: a function that calls itself once for each runs out of
/// stack.
///
/// With 100 pairs, two calls, `compare` 0.5 and `notice` 0.75: 50 pairs never compare. Of the other
/// 50 one in four misses it in the first call, and of these one in four in the second. How many are
/// that?
///
/// When it works, try numbers of the studies, and your class's. How low can it get if half of all
/// pairs never compare?
pub fn odds(calls: u32, compare: f64, notice: f64) -> f64 {
    todo!("calls: {calls}, compare: {compare:?}, notice: {notice:?}: which share never finds out?")
}

/// compare/sentence (optional): what is left of "without the possibility of a tap"? A first answer;
/// unit 3 ends with lesson 12.
///
/// Six rewrites. For each `Some(Witness::Nobody)` if it holds in the run of `cargo run -- show
/// compare`, or `Some(Witness::Holds(onlooker, second))` if that onlooker at that second refutes it.
/// Onlookers of the run are `AlicePhone`, `BobPhone` and `Tap`, whoever is in the path.
///
///   1. "Who only listens, as in TWO, never has what Alice says."
///   2. "Both phones show two words in THREE, so the tap does not have what Alice says there."
///   3. "They compare and hang up in FOUR: the tap never has what Alice had to say there."
///   4. "In FIVE each hears the words of the own screen, so the tap does not have what Alice says there."
///   5. "In SIX no phone warns, so the tap does not have what Alice says there."
///   6. "Where nobody is in the path, as in EIGHT, no phone warns." (Seconds 140 to 148.)
///
/// In 2, 4 and 5 choose a second of that call, before the next one begins. Then one letter. The
/// article's phrase comes closest to the truth if this is added:
///
///   a. the two words are on both screens
///   b. the two people compare the words in every call
///   c. both phones check, both people compare, the voices and the phones are theirs; and one guess in
///      65,536 passes
///   d. the phones remember each other and warn of nothing
///   e. the two people know each other's voices well
///
/// Then a paragraph of your own: who can tap such a call, and who notices? No program marks it. Your
/// instructor does, with 0 to 2 points each: is it true, does it name an onlooker, does it cite a
/// run, does it state a limit?
pub fn sentence() -> ([Option<Witness>; 6], Option<char>, String) {
    let witnesses = [
        None, // 1
        None, // 2
        None, // 3
        None, // 4
        None, // 5
        None, // 6
    ];
    let letter = None;
    let paragraph = "";
    (witnesses, letter, paragraph.to_string())
}

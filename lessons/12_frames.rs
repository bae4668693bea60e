//! # Lesson 12 · The call itself
//!
//! The article says of Silent Phone that with it the caller can speak "without the possibility of a
//! tap". The phones have agreed on keys (lesson 09), and the two people have compared their words
//! (lessons 10 and 11). Now they talk. What can somebody on the path still do, and what does he
//! still learn?
//!
//! After this lesson you can
//!   - say what loss, delay, repetition and forgery on the path do to an encrypted call, and show
//!     it;
//!   - build what a receiver remembers: the count that does not travel, and the window against
//!     replays;
//!   - say what the sizes of encrypted frames tell, and what it costs to hide it.
//!
//! Builds on: lesson 04 (nonce, tag, associated data), lesson 05 (guessing by size, padding),
//! lesson 09 (the call's keys, hang-up), lesson 10 (the words); Rust's Vec, slices and integer
//! types. Time: about 90 minutes, 15 of them reading; 73 without index and constant_rate, which are
//! optional (*).
//!
//! ## The story
//!
//! Alice calls Bob twice. In the first call a tap sits on the path: it sees every frame and may
//! drop, delay, repeat or make up any. The two compare their words, and they are the same.
//!
//! ```text
//!     second  0    the relay makes Bob's phone ring; at 1 they agree; the words are compared
//!             2    Alice says "see you at noon"; the tap drops three frames in the middle of it
//!             4    Bob says "bring the key"; the tap delays two of his frames, 0.5 s and 2 s
//!             6    Alice says "yes"; at 8 nobody says anything
//!            10    the tap sends Bob's phone the frames of "yes" again
//!            12    the tap sends two forged frames, far ahead; Alice says "the back door"
//!            14    another app on Bob's phone, which has the microphone, backs up what it recorded
//!            15    they hang up; at 16 a thief takes Bob's phone, and the tap gives him its record
//!            18    new phones; the tap answers Alice in Bob's name, and calls him in hers
//!            19    the two screens show different words; nobody compares them
//!            20    Alice says "the code is ten"
//!            24    the run ends
//!
//!     a frame of 20 ms    | 12 bytes, in the clear          | the sound, sealed | tag      |
//!                         | version, codec, SEQ, time, SSRC | 1 to 163 bytes    | 16 bytes |
//! ```
//!
//! In words: fifty times a second a phone cuts 20 ms of sound, makes fewer bytes of it (a CODEC
//! does that), seals them under its sending key and sends a FRAME. The header stays readable and is
//! covered by the tag. SEQ counts the frames; SSRC names the direction. Alice's codec gives a frame
//! as many bytes as the sound needs; Bob's app puts its frames into CELLS that all have the same
//! size.
//!
//! **Stop here.** Go down to `predict`, read its six statements and write your guesses. A wrong
//! guess costs nothing. Then settle them with `cargo run -- show frames`, and read on.
//!
//! ## New idea: a count that does not travel
//!
//! Every frame needs a nonce of its own (lesson 04). SEQ has 16 bits and goes round after 65 536
//! frames, 22 minutes. So both phones count the rounds (ROC, the rollover counter), and the nonce
//! is made of
//!
//! ```text
//!     index  =  2^16 * ROC + SEQ                48 bits; ROC does not travel
//! ```
//!
//! The receiver guesses the sender's ROC. It remembers `ROC` and `s_l`, the highest SEQ that it has
//! taken under it, and takes the round, out of ROC - 1, ROC and ROC + 1, that puts the index
//! closest to where it is (RFC 3711, section 3.3.1). A wrong guess makes a wrong nonce, and no tag
//! fits it. A forged frame makes the receiver guess, too; if it REMEMBERED what it guessed before
//! it verified the tag, two forged frames could lead it half a round away, and after that every
//! genuine frame would be dropped.
//!
//! ## New idea: the replay window
//!
//! A recorded frame is genuine to the last bit: key, nonce and tag are right. The receiver has to
//! remember which indices it took. It remembers 64: the highest and the 63 below it. What is newer
//! it takes, what lies in the window it looks up, what is older it refuses (RFC 3711, section
//! 3.3.2). And again: the window moves after the tag was verified. Encryption alone hides what is
//! said, the tag says that it is unchanged; that it is NEW, neither of them says.
//!
//! ## New idea: the shape of what is said
//!
//! ```text
//!   "no"  29 29 29 29 29 129 129 129 149 169 169 169 169 169 169 169 169 109 69 29 29 29
//!   "yes" 29 29 29 29 29 149 129 149 169 169 169 169 169 169 169 149 149 149 149 149 149 69 29 29 29 29
//! ```
//!
//! These are sizes of sealed frames, as a tap sees them. A codec with a VARIABLE BIT RATE saves
//! bytes where the sound is simple, and so writes the shape of the sound on the outside of the
//! envelope. Wright, Ballard, Coull, Monrose and Masson (IEEE Symposium on Security and Privacy,
//! 2008) recognised phrases of a known list in encrypted speech by sizes alone, with about 50 %
//! accuracy on average. Our codec and our robot voices make it much easier: a comparison of five
//! lines recognised 98 of 100, in 1,000 recordings of twelve phrases. Neither hears speech that is
//! not on the list.
//!
//! With a CONSTANT RATE there is no shape: the telephone's own mu-law codec makes 160 bytes
//! whatever is said (ITU-T G.711). Another way is to fill every frame up to the longest.
//!
//! ## What this lesson does not cover, and where its model is simpler
//!
//!   - Frames have the shape of SRTP (RFC 3711), and the nonces are those of RFC 7714; but they are
//!     sealed with ChaCha20-Poly1305, where real ones have AES, so they do not interoperate.
//!   - The sound is made by rule, letter by letter, and the variable codec is the kit's own. Real
//!     codecs know far more about speech, and leak less plainly.
//!   - What a receiver opens late, a real phone may not play: its buffer has moved on.
//!   - In the run both people wait politely, and nobody loses a message of the handshake.
//!   - Cells hide the shape, not that there is a call, who is in it, when, and how long.
//!   - The recording app is invented. RFC 6189 leaves what happens inside phone and room out, in
//!     its own words (section 11.1). Old phones that had called before would have warned in the
//!     second call (lesson 11).
//!   - A silent tap records everything. Against a large quantum computer X25519 does not hold.
//!
//! ## How to work
//!
//! ```text
//!     cargo run -- show frames                 the run that predict and sentence ask about
//!     cargo test --test lesson_12              all seven exercises
//!     cargo test --test lesson_12 replay       those with "replay" in their name
//!     cargo run -- hint frames/replay          a question that helps; add 2 or 3 for more
//! ```
//!
//! ## To discuss in pairs
//!
//!   1. The SMS and the telephone exchange: at which points of these do people hold the sound or
//!      the text itself? Compare with the two calls of the run: in which would you say "as safe as
//!      a landline", and why?
//!   2. An app sends no frames while nobody speaks, to save battery. What does the tap learn of an
//!      interview, a quarrel, a medical consultation? What would you let the user choose?

#[allow(unused_imports)] // `Onlooker` is for your witnesses.
use messaging_lab::ground::ledger::{Onlooker, Witness};

/// frames/predict: your guesses, and the witness that settles each statement.
///
/// The numbers in brackets are the seconds a statement speaks of.
///
///   1. The tap drops three frames in the middle of "see you at noon". Bob's phone comes to the
///      sound behind the gap (2 to 15).
///   2. The tap holds back a frame of Bob's for two seconds, then delivers it unchanged. Alice's
///      phone comes to its sound (4 to 15).
///   3. The tap sends Bob's phone the recorded frames of "yes" again. Bob's phone comes to the
///      sound of "yes" a second time (10 to 15).
///   4. While Alice says nothing, the tap, which has no key, can note that she is silent (4 to 24).
///   5. The tap sends two forged frames with numbers far ahead. After that Bob's phone still comes
///      to the sound of "the back door" (12 to 15).
///   6. After hang-up a thief has Bob's phone and everything that the tap recorded. He comes to the
///      sound of "yes" (16 to 24).
///
/// First guess: `Some(true)` or `Some(false)` for each. Then run `cargo run -- show frames` and
/// settle each one: `Some(Witness::Nobody)`, or an onlooker that the statement speaks of and a
/// second at which it has it, such as `Some(Witness::Holds(Onlooker::AlicePhone, 2))`. The others
/// are `Onlooker::BobPhone`, `Onlooker::Tap` and `Onlooker::Thief`. A phone has what it opened for
/// a second; then it is played and gone.
pub fn predict() -> ([Option<bool>; 6], [Option<Witness>; 6]) {
    let guesses = [
        None, // 1
        None, // 2
        None, // 3
        None, // 4
        None, // 5
        None, // 6
    ];
    let witnesses = [
        None, // 1
        None, // 2
        None, // 3
        None, // 4
        None, // 5
        None, // 6
    ];
    (guesses, witnesses)
}

/// frames/index (optional): ROC and s_l, the SEQ of a frame that came, and whether its tag was
/// right -> (its index, ROC afterwards, s_l afterwards).
///
/// The index is needed before anybody knows whether the frame is genuine. It is `65 536 * v + SEQ`,
/// where v is the one of ROC - 1, ROC and ROC + 1 that puts it closest to `65 536 * ROC + s_l`. If
/// two are equally close (exactly half a round away), v is ROC. ROC is counted modulo 2^32: before
/// 0 comes 2^32 - 1, after that comes 0, and "closest" is meant modulo 2^48 likewise.
///
/// Afterwards: a frame whose tag was wrong changes nothing. For a genuine one, if v is ROC - 1,
/// nothing changes; if v is ROC, s_l becomes SEQ if that is higher; if v is ROC + 1, ROC becomes v
/// and s_l becomes SEQ.
///
/// ROC 7, s_l 65 530, SEQ 12, genuine -> (524 300, 8, 12). The same, forged -> (524 300, 7, 65
/// 530).
pub fn index(roc: u32, s_l: u16, seq: u16, genuine: bool) -> (u64, u32, u16) {
    todo!(
        "ROC {roc}, s_l {s_l}: what is the index of SEQ {seq}, and what is remembered (genuine: {genuine})?"
    )
}

/// Supplied, for `replay`: a frame -> its SEQ, and how many bytes it has.
#[allow(dead_code)] // until you call it
pub fn seq_and_size(frame: &[u8]) -> (u16, usize) {
    let seq = match frame {
        [_, _, high, low, ..] => u16::from_be_bytes([*high, *low]),
        _ => 0,
    };
    (seq, frame.len())
}

/// frames/replay: recorded frames, and which word -> the places of the frames to send again.
///
/// You are the tap, and Bob's phone has no replay window: it plays every frame that opens, as it
/// comes. The recording holds Alice's frames of one call, complete. She said a few words; you have
/// no key, but somebody told you which one you want: the word with this number (the first has 0) is
/// the "yes", or whatever it may be. Make her say it once more: the check plays what you send, and
/// it must be that word, once, and nothing else.
///
/// The recording is in the order of arrival. The first frame came first; any other may have been
/// overtaken by up to three that were sent after it. SEQ goes round after 65 535. A frame of
/// silence has 29 bytes, any other more. Between two words at least 25 frames are silent, within a
/// word fewer than 15.
///
/// The answer is a list of places in the recording, from 0, in the order in which you send: the
/// word from its first sound to its last, with the silent frames inside it. Silent frames before
/// and behind do no harm.
pub fn replay(recorded: &[Vec<u8>], word: usize) -> Vec<usize> {
    todo!(
        "which of these {} frames make Bob's phone play word {word} again?",
        recorded.len()
    )
}

/// frames/replay_window: arrivals -> whether to take each one.
///
/// An arrival is (index, genuine): the index has at most 48 bits, and `genuine` is what its tag has
/// shown. Take an arrival if it is genuine, was not taken before, and is not 64 or more behind the
/// highest index that was taken. Before anything was taken there is no such index. What is not
/// taken changes nothing.
///
/// An example: (5, true), (7, true), (5, true), (6, true), (90, false), (8, true)
/// -> true, true, false, true, false, true.
pub fn replay_window(arrivals: &[(u64, bool)]) -> Vec<bool> {
    todo!("which of these {} arrivals are taken?", arrivals.len())
}

/// frames/hear_the_shape: sizes of recorded frames, and a list of phrases -> the phrase that was
/// said.
///
/// The frames are sealed; you see how many bytes each has. Beside each phrase of the list stand the
/// sizes it had when another person said it. The recording is of one of these phrases, said by
/// somebody else, in another voice, at another pace (one of the two may take up to 1.8 times as
/// long), and each sound a little longer or shorter than the last time. Both begin and end with a
/// little silence. There are twelve phrases, in any order: "see you at noon", "the train is late"
/// and so on.
///
/// You need not be right every time: 36 of 60 recordings pass (guessing gives 5, counting frames or
/// bytes 8 and counting how often each size occurs 25). Any way that lays the whole of one beside
/// the whole of the other and copes with the pace will do; those that were tried recognise 43 to
/// 60. Real speech is harder: about 50 % in the paper above.
pub fn hear_the_shape(sizes: &[usize], phrases: &[(String, Vec<usize>)]) -> String {
    todo!(
        "which of these {} phrases has frames of {sizes:?} bytes?",
        phrases.len()
    )
}

/// frames/constant_rate (optional): what the codec made -> the cells to send, all of one size.
///
/// One entry for every 20 ms: a frame of 1 to 161 bytes, or an empty one where the app had nothing
/// to say. For each a cell, in the same order: the length of the frame as 2 bytes, big-endian; the
/// frame; zeros up to 163 bytes. The check takes the cells apart as the other phone does, and looks
/// at them as a tap does.
///
/// The function below saves bytes, and nobody can read them. But it was handed out with a bug: a
/// tap still sees the shape. Mend it. What the check then says is the price.
pub fn constant_rate(frames: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let mut cells = Vec::new();
    for frame in frames {
        if frame.is_empty() {
            continue;
        }
        let mut cell = (frame.len() as u16).to_be_bytes().to_vec();
        cell.extend_from_slice(frame);
        cell.resize(cell.len().next_multiple_of(32), 0);
        cells.push(cell);
    }
    cells
}

/// frames/sentence: what is left of "without the possibility of a tap"?
///
/// Six rewrites. For each `Some(Witness::Nobody)` if it holds in the run of `cargo run -- show
/// frames`, or `Some(Witness::Holds(onlooker, second))` if that onlooker at that second refutes it.
/// Onlookers of the run are `AlicePhone`, `BobPhone`, `Relay`, `Tap`, `Backup` and `Thief`.
///
///   1. "The tap of the first call, in which the words were compared, never has the sound of
///      'yes'."
///   2. "Who cannot open the frames cannot tell when Alice is silent."
///   3. "Nobody but the two can say that Alice has called Bob."
///   4. "The words were compared, so nothing but the two phones ever has the sound of 'the back
///      door'."
///   5. "The phones encrypt whether or not anybody compares, so the tap never has the sound of 'the
///      code is ten'."
///   6. "After hang-up, Bob's phone and the tap's record together do not give a thief the sound of
///      'yes'."
///
/// Then one letter. The article's phrase is true if this is added:
///
///   a. every frame is encrypted under a nonce of its own
///   b. it is about the sound alone; both phones check, both people compare the words and the
///      voices are theirs; no phone or room is bugged; and one try in 65,536 that passes all the
///      same is put up with
///   c. the tap only listens
///   d. the two people have compared the words
///   e. the codec sends frames of one size
///
/// Then a paragraph of your own: what does a tap not get, under which conditions, and what does it
/// always get? No program marks it. Your instructor does, with 0 to 2 points each: is it true, does
/// it name an onlooker, does it cite a run, does it state a limit?
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

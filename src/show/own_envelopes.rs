//! Lesson 06's opening: the reader's own envelopes of lesson 05, under a directory that lies.
//!
//! ```text
//!     lesson 05's check: the directory gives a ghost's key as Bob's ----> the reader's function seals for it
//!     the relay opens that with the ghost's private key, and reads
//!     the relay has the app, too: the same function seals the text again, for Bob's true key
//!     Bob's phone opens it ----> told here, with everything opened once more before it is told
//! ```
//!
//! The reader's code answered in a process of its own while lesson 05 was checked; what comes here is bytes that it gave
//! back. Who has none gets the kit's own, and is told so.

use std::fmt::Write;

use messaging_lab::envelope::hpke::{open_base, seal_base};
use messaging_lab::envelope::kem::{ENC_BYTES, EphemeralKey, KeyPair, PublicKey};
use messaging_lab::ground::hex::{bytes_to_hex, hex_to_bytes};

/// What was bound, and the envelope: the fresh public key with the sealed text behind it.
pub type Sealed = (Vec<u8>, Vec<u8>);

/// Somebody who seals: from, to, the public key that was given for the recipient, the text, a seed of 32 random bytes.
pub type Sealer<'a> = dyn FnMut(&str, &str, &[u8; 32], &[u8], &[u8; 32]) -> Option<Sealed> + 'a;

/// The name under which lesson 05's check keeps them.
pub const KEPT_AS: &str = "own_envelopes";

/// The lesson that opens with them.
pub const SHOWN_IN: &str = "keys";

/// From whom, to whom, and the text.
pub const LETTERS: [(&str, &str, &str); 2] = [
    ("alice", "bob", "the results came: all is well"),
    ("bob", "alice", "what a relief"),
];

/// One envelope on its way through a relay that reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Journey {
    /// What came from the sender, sealed for the ghost of the recipient.
    pub came: Sealed,
    /// What the relay passed on, sealed for the recipient's true key.
    pub passed_on: Sealed,
}

/// The pair that the relay made, and whose public half its directory gives as `name`'s.
fn ghost_of(name: &str) -> KeyPair {
    KeyPair::derive(&[b"lesson 05, the ghost of ", name.as_bytes()].concat())
}

/// The pair on somebody's own phone.
fn own_pair(name: &str) -> KeyPair {
    KeyPair::derive(&[b"lesson 05, the own pair of ", name.as_bytes()].concat())
}

/// The text of an envelope, whether it is bound as info, as associated data, or as both.
fn opened(ours: &KeyPair, (bound, envelope): &Sealed) -> Option<Vec<u8>> {
    let (enc, sealed) = envelope.split_first_chunk::<ENC_BYTES>()?;
    [(&bound[..], &[][..]), (&[], bound), (bound, bound)]
        .into_iter()
        .find_map(|(info, data)| open_base(enc, ours, info, data, sealed).ok())
}

/// Sends two letters by way of a directory that lies. `seals` is the app's function: the phones call it with the keys
/// that the directory gave them, and the relay, which has the same app, calls it with the true ones.
///
/// `None` if it refused, or if what it sealed does not open for whom it was sealed.
pub fn through_the_lie(seals: &mut Sealer) -> Option<Vec<Journey>> {
    let mut journeys = Vec::new();
    for (number, (from, to, text)) in (0_u8..).zip(LETTERS) {
        let came = seals(
            from,
            to,
            &ghost_of(to).public().0,
            text.as_bytes(),
            &[2 * number; 32],
        )?;
        let read = opened(&ghost_of(to), &came)?;
        let passed_on = seals(from, to, &own_pair(to).public().0, &read, &[2 * number + 1; 32])?;
        opened(&own_pair(to), &passed_on)?;
        journeys.push(Journey { came, passed_on });
    }
    Some(journeys)
}

/// The kit's own function, for who has none yet: both names behind their lengths, bound as info.
pub fn kits_own(from: &str, to: &str, theirs: &[u8; 32], text: &[u8], seed: &[u8; 32]) -> Option<Sealed> {
    let length = |name: &str| [name.len() as u8];
    let bound = [&length(from), from.as_bytes(), &length(to), to.as_bytes()].concat();
    let fresh = EphemeralKey::derive(&[b"lesson 06", &seed[..]].concat());
    let (enc, sealed) = seal_base(fresh, &PublicKey(*theirs), &bound, &[], text).ok()?;
    Some((bound, [&enc[..], &sealed].concat()))
}

/// Journeys as text, to be kept: a line for each, four byte strings in hex. An empty one is `-`.
pub fn to_text(journeys: &[Journey]) -> String {
    let hex = |bytes: &Vec<u8>| match bytes.is_empty() {
        true => "-".to_string(),
        false => bytes_to_hex(bytes),
    };
    let line = |Journey { came, passed_on }: &Journey| {
        format!(
            "{} {} {} {}\n",
            hex(&came.0),
            hex(&came.1),
            hex(&passed_on.0),
            hex(&passed_on.1)
        )
    };
    journeys.iter().map(line).collect()
}

/// The text of [`to_text`], read again; `None` if it is anything else.
pub fn from_text(text: &str) -> Option<Vec<Journey>> {
    let bytes = |word: &str| match word {
        "-" => Some(Vec::new()),
        _ => hex_to_bytes(word).ok(),
    };
    let journey = |line: &str| {
        let parts: Option<Vec<Vec<u8>>> = line.split(' ').map(bytes).collect();
        let [bound, envelope, bound_again, envelope_again] = <[Vec<u8>; 4]>::try_from(parts?).ok()?;
        Some(Journey {
            came: (bound, envelope),
            passed_on: (bound_again, envelope_again),
        })
    };
    text.lines().map(journey).collect()
}

/// What is told before lesson 06's run. `kept` is what lesson 05's check kept of the reader's own envelopes.
///
/// Everything that is told is opened here and now, with the ghosts' private keys and the recipients' own. What does not
/// open, or is missing, is not told as the reader's: then the kit's own envelopes stand in.
pub fn opening(kept: Option<&str>) -> String {
    let own = kept.and_then(from_text).and_then(|journeys| told(&journeys));
    if let Some(told) = own {
        return format!(
            "BEFORE THE RUN: your own envelopes. When lesson 05 was checked, your `envelope` also sealed these two.\n\
             \n{told}\n\
             Did you notice? Your function could not: it was given 32 bytes and a name, and sealed well.\n"
        );
    }
    let why = match kept {
        None => "Lesson 05 has kept none of yours yet (its check does, once relay/envelope passes)",
        Some(_) => "What lesson 05 kept of yours cannot be read any more (check relay/envelope again)",
    };
    let Some(told) = through_the_lie(&mut kits_own).as_deref().and_then(told) else {
        return String::new();
    };
    format!(
        "BEFORE THE RUN: two envelopes as lesson 05 makes them. {why}, so these are the kit's own.\n\
         \n{told}\n\
         Did anything in lesson 05 notice? Its `envelope` is given 32 bytes and a name, and seals well.\n"
    )
}

/// The lines about all letters; `None` unless each one opens for the ghost and for the recipient, with its text.
fn told(journeys: &[Journey]) -> Option<String> {
    let mut text = String::new();
    if journeys.len() != LETTERS.len() {
        return None;
    }
    for ((from, to, letter), Journey { came, passed_on }) in LETTERS.into_iter().zip(journeys) {
        let (ghost, own) = (ghost_of(to), own_pair(to));
        let read = opened(&ghost, came).filter(|read| read == letter.as_bytes())?;
        opened(&own, passed_on).filter(|shown| *shown == read)?;
        let read = String::from_utf8_lossy(&read);
        let key = |pair: &KeyPair| bytes_to_hex(&pair.public().0[..4]);
        let _ = write!(
            text,
            "  {from} to {to}: the directory gives {}.. as {to}'s key\n\
             \x20   sealed for it: an envelope of {} bytes, {}..\n\
             \x20   the relay has the private half of {}.., opens the envelope and reads: \"{read}\"\n\
             \x20   the relay has the app as well; it seals the text again, for {to}'s true key, {}..\n\
             \x20   {to}'s phone opens that, under the same two names, and shows: \"{read}\"\n",
            key(&ghost),
            came.1.len(),
            bytes_to_hex(&came.1[..8]),
            key(&ghost),
            key(&own),
        );
    }
    Some(text)
}

//! The conversation of a scene, played once more from its seeds, with both ratchets open to be looked at.
//!
//! The scene says who sealed and who opened what when. Its ratchets are not in it; here they are made again from the same
//! seeds in the same order, and every message that they seal has to be the scene's own, byte for byte. Otherwise there is
//! no replay, and nothing is drawn.

use std::collections::BTreeMap;

use messaging_lab::envelope::chains::kdf_ck;
use messaging_lab::envelope::header::Header;
use messaging_lab::envelope::parcel::Parcel;
use messaging_lab::envelope::ratchet::Ratchet;
use messaging_lab::envelope::session::Session;
use messaging_lab::envelope::stolen::StolenState;
use messaging_lab::envelope::x3dh::Introduction;
use messaging_lab::ground::clock::Millis;
use messaging_lab::ground::ledger::Onlooker;
use messaging_lab::ground::randomness::Seeded;
use messaging_lab::ground::scene::Scene;

use super::start::{End, with_a_first_secret, with_pre_keys};

/// The two phones, Alice's first.
pub const PHONES: [Onlooker; 2] = [Onlooker::AlicePhone, Onlooker::BobPhone];

/// A key of the conversation. The root turns once for each new pair; everything is named by that turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// The root key behind a turn; behind turn 0 the first secret.
    Root(u32),
    /// The private half of the pair that a turn was made with; of turn 0 the one that was there before.
    Pair(u32),
    /// A chain key: the turn that began the chain, and its number in it.
    Chain(u32, u32),
    /// A message key: the turn that began its chain, and its number in it.
    Message(u32, u32),
}

/// From when until when; the same moment twice for what is made, used and erased in one go.
pub type Span = (Millis, Option<Millis>);

/// What became of a key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fate {
    /// The key itself.
    pub bytes: [u8; 32],
    /// When Alice's phone held it, and when Bob's.
    pub held: [Vec<Span>; 2],
}

/// A message of the conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Whose phone sealed it: a place in [`PHONES`].
    pub from: usize,
    /// When.
    pub at: Millis,
    /// The turn that began its chain, and its number in it.
    pub place: (u32, u32),
    /// Header and what is sealed.
    pub bytes: Vec<u8>,
    /// What it says.
    pub text: Vec<u8>,
    /// When the other phone opened it.
    pub opened: Option<Millis>,
}

/// A ratchet, copied.
#[derive(Clone, Debug)]
pub struct Theft {
    /// When.
    pub at: Millis,
    /// From whose phone: a place in [`PHONES`].
    pub from: usize,
    /// All that was in it.
    pub state: StolenState,
}

/// A conversation, and what became of each key.
#[derive(Clone, Debug)]
pub struct Replay {
    /// What every message is bound to besides its header.
    pub ad: Vec<u8>,
    /// In the order of sealing.
    pub messages: Vec<Message>,
    /// Every key.
    pub keys: BTreeMap<Key, Fate>,
    /// What the thief copied.
    pub theft: Theft,
}

/// What travels as a whole, and the ratchet message in it.
fn message_in(bytes: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    if Header::of(bytes).is_ok() {
        return Some((bytes.to_vec(), bytes.to_vec()));
    }
    let whole = Parcel::from_bytes(bytes).ok()?.message;
    let inner = match Introduction::of(&whole) {
        Ok((_, inner)) => inner.to_vec(),
        Err(_) => whole.clone(),
    };
    Header::of(&inner).ok()?;
    Some((whole, inner))
}

/// The conversation of the scene, up to the moment where somebody else writes in it. None if it cannot be told from the
/// seeds.
pub fn replay(scene: &Scene) -> Option<Replay> {
    let start = match scene.lesson {
        "ratchet" => with_a_first_secret(scene)?,
        "healing" => with_pre_keys(scene)?,
        _ => return None,
    };
    let mut run = Run {
        ends: start.ends,
        random: start.random,
        of_alice: start.of_alice,
        ad: start.ad,
        messages: Vec::new(),
        keys: BTreeMap::new(),
        publics: BTreeMap::new(),
    };
    run.keys.entry(Key::Root(0)).or_default().bytes = start.first;
    // The pair that Alice's first turn was made with, where it lies ready.
    let begin = scene.sent.iter().find(|sent| message_in(&sent.bytes).is_some())?;
    let begin = if scene.lesson == "ratchet" { 0 } else { begin.at };
    run.passing(0, Key::Root(0), begin);
    for phone in 0..2 {
        run.look(phone, begin);
    }
    let mut theft = None;
    for sent in &scene.sent {
        if sent.from == Onlooker::Thief {
            break;
        }
        let phone = |who| PHONES.iter().position(|phone| *phone == who);
        match (phone(sent.from), phone(sent.to), message_in(&sent.bytes)) {
            (Some(from), ..) if sent.to == Onlooker::Thief => {
                let state = run.ends[from].state()?;
                theft.get_or_insert(Theft {
                    at: sent.at,
                    from,
                    state,
                });
            }
            (Some(from), _, Some((_, inner))) => run.seals(scene, from, sent.at, &inner)?,
            (_, Some(to), Some((whole, inner))) => run.opens(to, sent.at, &whole, &inner)?,
            _ => {}
        }
    }
    Some(Replay {
        ad: run.ad,
        messages: run.messages,
        keys: run.keys,
        theft: theft?,
    })
}

/// A replay under way.
struct Run {
    ends: [End; 2],
    random: Seeded,
    of_alice: Option<Seeded>,
    ad: Vec<u8>,
    messages: Vec<Message>,
    keys: BTreeMap<Key, Fate>,
    /// Whose turn a public key belongs to.
    publics: BTreeMap<[u8; 32], u32>,
}

impl Run {
    fn seals(&mut self, scene: &Scene, from: usize, at: Millis, wanted: &[u8]) -> Option<()> {
        let mut texts = scene.ledger.ever_held_by(PHONES[from]);
        let text = texts.find(|held| held.from == at && held.what == "the text")?;
        let text = text.bytes.clone();
        let before = self.ends[from].state()?;
        let sealed = self.ends[from].ratchet.as_mut()?.seal(&text, &self.ad).ok()?;
        if sealed != wanted {
            return None;
        }
        let place = (self.ends[from].turn, before.next_sent);
        let key = kdf_ck(&before.sending_chain?).1;
        self.keys.entry(Key::Message(place.0, place.1)).or_default().bytes = key;
        self.passing(from, Key::Message(place.0, place.1), at);
        self.look(from, at);
        self.messages.push(Message {
            from,
            at,
            place,
            bytes: sealed,
            text,
            opened: None,
        });
        Some(())
    }

    fn opens(&mut self, to: usize, at: Millis, whole: &[u8], inner: &[u8]) -> Option<()> {
        let random = match (&mut self.of_alice, to) {
            (Some(own), 0) => own,
            _ => &mut self.random,
        };
        let number = self.messages.iter().position(|message| message.bytes == inner)?;
        let (turn, n) = self.messages[number].place;
        let end = &mut self.ends[to];
        let before = end.state();
        let text = match (&mut end.ratchet, &mut end.waiting) {
            (Some(ratchet), _) => ratchet.open(inner, &self.ad, random).ok()?,
            (None, Some((identity, pre_keys))) => {
                let (session, text) = Session::accept(identity, pre_keys, whole, random).ok()?;
                end.ratchet = Some(Ratchet::from_stolen(&session.stolen()).ok()?);
                text
            }
            (None, None) => return None,
        };
        if text != self.messages[number].text {
            return None;
        }
        self.messages[number].opened = Some(at);
        // What was there before and what is there now are looked at; what was made in between is gone again.
        let own = |state: &StolenState| state.our_public;
        let new_pair = before.as_ref().map(own) != self.ends[to].state().as_ref().map(own);
        let chain_from = match (&before, new_pair) {
            (Some(state), false) => state.next_received,
            _ => 0,
        };
        if new_pair {
            self.passing(to, Key::Root(turn), at);
            if before.is_none() {
                self.passing(to, Key::Root(0), at);
            }
            self.ends[to].turn = turn + 1;
        }
        // None for a message that comes late: its key was kept.
        for passed in chain_from..=n {
            self.passing(to, Key::Chain(turn, passed), at);
        }
        self.passing(to, Key::Message(turn, n), at);
        self.look(to, at);
        Some(())
    }

    /// A key that a phone made, used and erased at one moment.
    fn passing(&mut self, phone: usize, key: Key, at: Millis) {
        let spans = &mut self.keys.entry(key).or_default().held[phone];
        // Unless it has it anyway.
        if spans.last().is_none_or(|(_, until)| until.is_some()) {
            spans.push((at, Some(at)));
        }
    }

    /// What is in a phone now is held from now on, what is no longer is not.
    fn look(&mut self, phone: usize, at: Millis) {
        let turn = self.ends[phone].turn;
        let mut now = self.ends[phone].keys();
        if let Some(state) = self.ends[phone].state() {
            self.publics.insert(state.our_public, turn);
            for (dh, n, key) in &state.skipped {
                if let Some(turn) = self.publics.get(dh) {
                    now.push((Key::Message(*turn, *n), *key));
                }
            }
        }
        for (key, fate) in &mut self.keys {
            if let Some((_, until @ None)) = fate.held[phone].last_mut() {
                if !now.iter().any(|(held, _)| held == key) {
                    *until = Some(at);
                }
            }
        }
        for (key, bytes) in now {
            let fate = self.keys.entry(key).or_default();
            fate.bytes = bytes;
            if fate.held[phone].last().is_none_or(|(_, until)| until.is_some()) {
                fate.held[phone].push((at, None));
            }
        }
    }
}

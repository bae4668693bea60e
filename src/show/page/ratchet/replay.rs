//! The conversation of a scene, played once more from its seeds, with both ratchets open to be looked at.
//!
//! The scene says who sealed and who opened what when. Its ratchets are not in it; here they are made again from the same
//! seeds in the same order, and every message that they seal has to be the scene's own, byte for byte. Otherwise there is
//! no replay, and nothing is drawn.

use std::collections::BTreeMap;

use messaging_lab::envelope::bundle::PreKeyBundle;
use messaging_lab::envelope::chains::kdf_ck;
use messaging_lab::envelope::header::Header;
use messaging_lab::envelope::identity::Identity;
use messaging_lab::envelope::keys::KeyPair;
use messaging_lab::envelope::parcel::Parcel;
use messaging_lab::envelope::prekeys::PreKeys;
use messaging_lab::envelope::ratchet::Ratchet;
use messaging_lab::envelope::session::Session;
use messaging_lab::envelope::stolen::StolenState;
use messaging_lab::envelope::x3dh::{self, Introduction};
use messaging_lab::ground::clock::Millis;
use messaging_lab::ground::ledger::Onlooker;
use messaging_lab::ground::randomness::Seeded;
use messaging_lab::ground::scene::Scene;
use messaging_lab::ground::secret::Secret;

use crate::show::scenes;

/// The two phones, Alice's first.
pub const PHONES: [Onlooker; 2] = [Onlooker::AlicePhone, Onlooker::BobPhone];

/// One-time pre-keys of each phone in the scene `healing`.
const ONE_TIME: usize = 3;

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

/// A phone of the conversation.
struct End {
    /// None before the first message came in, where a pre-key waits for it.
    ratchet: Option<Ratchet>,
    waiting: Option<(Identity, PreKeys)>,
    /// How often the root has turned here.
    turn: u32,
}

impl End {
    fn state(&self) -> Option<StolenState> {
        self.ratchet.as_ref().map(Ratchet::stolen)
    }

    /// The keys in it now, each with its name.
    fn keys(&self) -> Vec<(Key, [u8; 32])> {
        let Some(state) = self.state() else {
            return Vec::new();
        };
        let turn = self.turn;
        let mut keys = vec![
            (Key::Root(turn), state.root),
            (Key::Pair(turn), state.our_private),
        ];
        keys.extend(
            state
                .sending_chain
                .map(|key| (Key::Chain(turn, state.next_sent), key)),
        );
        let receiving = turn.saturating_sub(1);
        keys.extend(
            state
                .receiving_chain
                .map(|key| (Key::Chain(receiving, state.next_received), key)),
        );
        keys
    }
}

/// Both phones, and where their chance comes from.
struct Start {
    ends: [End; 2],
    first: [u8; 32],
    ad: Vec<u8>,
    random: Seeded,
    /// Alice's phone's own, if it does not draw from the same.
    of_alice: Option<Seeded>,
}

/// The two phones of the scene `ratchet`.
fn with_a_first_secret(scene: &Scene) -> Option<Start> {
    let mut random = Seeded::new(*scene.seeds.first()?);
    let secret = Secret::random(&mut random).ok()?;
    let pair = KeyPair::generate(&mut random).ok()?;
    let alice = Ratchet::init_alice(&secret, pair.public(), &mut random).ok()?;
    let first = *secret.expose();
    let end = |ratchet, turn| End {
        ratchet: Some(ratchet),
        waiting: None,
        turn,
    };
    Some(Start {
        ends: [end(alice, 1), end(Ratchet::init_bob(secret, pair), 0)],
        first,
        ad: scenes::ratchet::AD.to_vec(),
        random,
        of_alice: None,
    })
}

/// The two phones of the scene `healing`. The keys that the relay hands out are the scene's own.
fn with_pre_keys(scene: &Scene) -> Option<Start> {
    let mut random = Seeded::new(*scene.seeds.first()?);
    let bob = Identity::generate(&mut random).ok()?;
    let his = PreKeys::generate(&bob, ONE_TIME, &mut random).ok()?;
    let alice = Identity::generate(&mut random).ok()?;
    PreKeys::generate(&alice, ONE_TIME, &mut random).ok()?;
    let mut handed_out = scene.sent.iter().filter(|sent| sent.to == Onlooker::AlicePhone);
    let bundle = handed_out.find_map(|sent| PreKeyBundle::from_bytes(&sent.bytes).ok())?;
    let bundle = bundle.verify().ok()?;
    let (first, _) = x3dh::initiate(&alice, &bundle, &mut random).ok()?;
    let ratchet = Ratchet::init_alice(&first.secret, bundle.bundle().signed.key, &mut random).ok()?;
    Some(Start {
        ends: [
            End {
                ratchet: Some(ratchet),
                waiting: None,
                turn: 1,
            },
            End {
                ratchet: None,
                waiting: Some((bob, his)),
                turn: 0,
            },
        ],
        first: *first.secret.expose(),
        ad: first.associated_data.to_vec(),
        random,
        of_alice: Some(Seeded::new(*scene.seeds.get(1)?)),
    })
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

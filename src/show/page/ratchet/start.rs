//! The two phones of a scene as they are before its first message, drawn from its seeds in the scene's own order.

use messaging_lab::envelope::bundle::PreKeyBundle;
use messaging_lab::envelope::identity::Identity;
use messaging_lab::envelope::keys::KeyPair;
use messaging_lab::envelope::prekeys::PreKeys;
use messaging_lab::envelope::ratchet::Ratchet;
use messaging_lab::envelope::stolen::StolenState;
use messaging_lab::envelope::x3dh;
use messaging_lab::ground::ledger::Onlooker;
use messaging_lab::ground::randomness::Seeded;
use messaging_lab::ground::scene::Scene;
use messaging_lab::ground::secret::Secret;

use super::replay::Key;
use crate::show::scenes;

/// One-time pre-keys of each phone in the scene `healing`.
const ONE_TIME: usize = 3;

/// A phone of the conversation.
pub struct End {
    /// None before the first message came in, where a pre-key waits for it.
    pub ratchet: Option<Ratchet>,
    pub waiting: Option<(Identity, PreKeys)>,
    /// How often the root has turned here.
    pub turn: u32,
}

impl End {
    /// All of the ratchet, once there is one.
    pub fn state(&self) -> Option<StolenState> {
        self.ratchet.as_ref().map(Ratchet::stolen)
    }

    /// The keys in it now but for those that are kept for late messages, each with its name.
    pub fn keys(&self) -> Vec<(Key, [u8; 32])> {
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
pub struct Start {
    pub ends: [End; 2],
    pub first: [u8; 32],
    pub ad: Vec<u8>,
    pub random: Seeded,
    /// Alice's phone's own, if it does not draw from the same.
    pub of_alice: Option<Seeded>,
}

/// The two phones of the scene `ratchet`.
pub fn with_a_first_secret(scene: &Scene) -> Option<Start> {
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
pub fn with_pre_keys(scene: &Scene) -> Option<Start> {
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

//! What a handshake costs: both sides of it, and beside it the X25519 operations that it cannot do without; and how fast
//! somebody can look for equal words.

use std::hint::black_box;

use messaging_lab::call::dh_part::DH_PART_BYTES;
use messaging_lab::call::memory::Memory;
use messaging_lab::call::phone::Phone;
use messaging_lab::call::session::{Settings, State};
use messaging_lab::call::taps::search::{Candidates, birthday};
use messaging_lab::crypto::x25519::{public_key, x25519};
use messaging_lab::ground::randomness::Seeded;

use super::envelope_hpke::Case;

/// The cases.
pub fn cases() -> Vec<Case> {
    let mut random = Seeded::new(1);
    let handshake = move || {
        let alice = Phone::new(Settings::new([1; 12]), Memory::new(), &mut random).expect("seeded");
        let mut waits = Settings::new([2; 12]);
        waits.commits = false;
        let bob = Phone::new(waits, Memory::new(), &mut random).expect("seeded");
        let mut phones = [alice, bob];
        let mut on_the_way = Vec::new();
        for (from, phone) in phones.iter_mut().enumerate() {
            on_the_way.extend(phone.start(0).sends.into_iter().map(|bytes| (1 - from, bytes)));
        }
        while !on_the_way.is_empty() {
            for (to, bytes) in std::mem::take(&mut on_the_way) {
                let heard = phones[to].receive(&bytes, 0);
                on_the_way.extend(heard.reaction.sends.into_iter().map(|bytes| (1 - to, bytes)));
            }
        }
        for phone in &phones {
            assert!(
                matches!(phone.state(), State::Confirmed(_)),
                "{:?}",
                phone.state()
            );
        }
        black_box(phones);
    };
    // Two key pairs, two agreements.
    let needed = || {
        let (alice, bob) = (black_box([1; 32]), black_box([2; 32]));
        let publics = (public_key(&alice), public_key(&bob));
        black_box((x25519(&alice, &publics.1), x25519(&bob, &publics.0)).0.is_ok());
    };
    let candidates = |byte| {
        let before: [&[u8]; 3] = [&[byte; 108], &[2; 116], &[3; 116]];
        let part = [byte; DH_PART_BYTES];
        Candidates::new(&before, &part, &[], &[4; 32], &[5; 32], [[6; 12], [7; 12]])
            .expect("a DHPart's length")
    };
    let one = candidates(1);
    let mut number = 0;
    let candidate = move || {
        number += 1;
        black_box(one.candidate(number));
    };
    let (mine, yours) = (candidates(1), candidates(2));
    let both = move || {
        black_box(birthday(&mine, &yours, 16));
    };
    vec![
        ("handshake-both-sides", Box::new(handshake)),
        ("handshake-x25519-alone", Box::new(needed)),
        ("search-one-candidate", Box::new(candidate)),
        ("search-birthday-16", Box::new(both)),
    ]
}

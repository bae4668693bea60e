//! What a try costs somebody in the middle who wants two phones to show the same words.

use std::hint::black_box;

use messaging_lab::call::by_hand::ByHand;
use messaging_lab::call::flaw::Flaw;
use messaging_lab::call::key_schedule::Role;
use messaging_lab::call::memory::Memory;
use messaging_lab::call::session::{Session, Settings};
use messaging_lab::crypto::x25519::public_key;
use messaging_lab::ground::randomness::Seeded;

use super::envelope_hpke::Case;

/// A phone that waits for his DHPart and has shown its own.
fn waiting(role: Role, flaw: Flaw) -> ByHand {
    let mut settings = Settings::new([1; 12]);
    settings.commits = role == Role::Initiator;
    settings.flaw = Some(flaw);
    let phone = Session::new(settings, Memory::new(), &mut Seeded::new(1)).expect("a seed gives enough");
    let mut end = ByHand::before(phone, role.other(), [2; 12], [3; 32], 0);
    if role == Role::Responder {
        end.commit([4; 32]);
    }
    end
}

/// The cases. 10^9 divided by a figure is the number of tries in a second.
pub fn cases() -> Vec<Case> {
    let bob = waiting(Role::Responder, Flaw::SkipsHvi);
    let private = [5; 32];
    let variants = bob.variants(&public_key(&private));
    let dh = bob.agree(&private).expect("a sound key");
    let mut number = 0_u64;
    let one_message = move || {
        let mut ids = [0; 32];
        ids[24..].copy_from_slice(&number.to_be_bytes());
        number += 1;
        black_box(
            bob.sas_hash_with(&variants.with_ids(&ids), &dh)
                .expect("all there"),
        );
    };
    let alice = waiting(Role::Initiator, Flaw::NoCommitment);
    let mut count = 0_u64;
    let one_key = move || {
        let mut private = [6; 32];
        private[8..16].copy_from_slice(&count.to_be_bytes());
        count += 1;
        let part = alice.variants(&public_key(&private)).with_ids(&[0; 32]);
        let dh = alice.agree(&private).expect("a sound key");
        black_box(alice.sas_hash_with(&part, &dh).expect("all there"));
    };
    vec![
        ("words, a try with another message", Box::new(one_message)),
        ("words, a try with another key", Box::new(one_key)),
    ]
}

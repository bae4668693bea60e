//! One end of a call played by hand: what sound phones and weak ones make of somebody in the middle.

use messaging_lab::call::by_hand::ByHand;
use messaging_lab::call::error::ErrorCode;
use messaging_lab::call::flaw::Flaw;
use messaging_lab::call::key_schedule::{Role, hvi};
use messaging_lab::call::memory::Memory;
use messaging_lab::call::session::ended::End;
use messaging_lab::call::session::{Session, Settings, State};
use messaging_lab::call::wire::{Kind, parse_error};
use messaging_lab::call::words::sas_value;
use messaging_lab::crypto::x25519::public_key;
use messaging_lab::ground::randomness::Seeded;

const PRIVATE: [u8; 32] = [5; 32];

/// Somebody in front of a phone in `role`, with both Hellos exchanged.
fn in_front_of(role: Role, flaw: Option<Flaw>, seed: u64) -> ByHand {
    let mut settings = Settings::new([1; 12]);
    settings.commits = role == Role::Initiator;
    settings.flaw = flaw;
    let phone = Session::new(settings, Memory::new(), &mut Seeded::new(seed)).expect("a seed gives enough");
    ByHand::before(phone, role.other(), [2; 12], [3; 32], 0)
}

/// His DHPart, and the Commit before it if he is the initiator; `honest` says whether it promises that DHPart.
fn committed(end: &mut ByHand, role: Role, honest: bool) -> Vec<u8> {
    let part = end.variants(&public_key(&PRIVATE)).with_ids(&[7; 32]).to_vec();
    if role == Role::Responder {
        let promised = if honest { hvi(&part, end.hello()) } else { [8; 32] };
        end.commit(promised);
    }
    part
}

#[test]
fn a_sound_phone_talks_to_whoever_keeps_to_the_protocol() {
    for role in [Role::Initiator, Role::Responder] {
        for seed in 0..5 {
            let mut end = in_front_of(role, None, seed);
            let part = committed(&mut end, role, true);
            let keys = end.finish(part, &PRIVATE).expect("nothing is wrong with it");
            let phone = end.phone().confirmed().expect("confirmed");
            assert_eq!(end.phone().state(), State::Confirmed(role));
            assert_eq!(phone.sas_value(), sas_value(&keys.sas_hash));
            assert_eq!(phone.sending().master_key, keys.sent_by(role).master_key);
            assert_eq!(
                phone.receiving().master_key,
                keys.sent_by(role.other()).master_key
            );
        }
    }
}

#[test]
fn what_was_foreseen_for_a_variant_is_what_the_phone_shows() {
    for (role, flaw) in [
        (Role::Initiator, Flaw::NoCommitment),
        (Role::Responder, Flaw::SkipsHvi),
    ] {
        let mut end = in_front_of(role, Some(flaw), 9);
        committed(&mut end, role, false);
        let variants = end.variants(&public_key(&PRIVATE));
        let dh = end.agree(&PRIVATE).expect("both public values are there");
        for number in 0..20 {
            let part = variants.with_ids(&[number; 32]);
            let foreseen = end.sas_hash_with(&part, &dh).expect("all messages are there");
            let mut again = in_front_of(role, Some(flaw), 9);
            committed(&mut again, role, false);
            again
                .finish(part.to_vec(), &PRIVATE)
                .expect("a weak phone takes it");
            let shown = again.phone().confirmed().map(|phone| phone.sas_value());
            assert_eq!(shown, Some(sas_value(&foreseen)));
        }
    }
}

#[test]
fn an_invented_hvi_ends_the_call_unless_nobody_looks() {
    for (flaw, goes_on) in [
        (None, false),
        (Some(Flaw::KeepsKeys), false),
        (Some(Flaw::SkipsHvi), true),
        (Some(Flaw::NoCommitment), true),
    ] {
        let mut end = in_front_of(Role::Responder, flaw, 4);
        let part = committed(&mut end, Role::Responder, false);
        assert_eq!(end.finish(part, &PRIVATE).is_some(), goes_on, "{flaw:?}");
        if !goes_on {
            assert_eq!(
                end.phone().state(),
                State::Ended(End::Ours(ErrorCode::HviMismatch)),
                "{flaw:?}"
            );
            let said = end.said(Kind::Error).map(parse_error);
            assert_eq!(said, Some(Ok(0x62)), "{flaw:?}");
        }
        // The control: the same phone, and a Commit that keeps its promise.
        let mut honest = in_front_of(Role::Responder, flaw, 4);
        let part = committed(&mut honest, Role::Responder, true);
        assert!(honest.finish(part, &PRIVATE).is_some(), "{flaw:?}");
    }
}

#[test]
fn only_a_phone_without_commitment_shows_its_key_before_it_has_his() {
    assert!(in_front_of(Role::Initiator, None, 1).its_part().is_none());
    assert!(in_front_of(Role::Initiator, None, 1).agree(&PRIVATE).is_none());
    let early = in_front_of(Role::Initiator, Some(Flaw::NoCommitment), 1);
    assert!(early.its_part().is_some() && early.agree(&PRIVATE).is_some());
    // What it shows early is what it sends later.
    let shown = early.its_part().map(<[u8]>::to_vec);
    let mut later = in_front_of(Role::Initiator, Some(Flaw::NoCommitment), 1);
    let part = committed(&mut later, Role::Initiator, true);
    later.finish(part, &PRIVATE).expect("a sound answer");
    assert_eq!(later.its_part().map(<[u8]>::to_vec), shown);
}

#[test]
fn a_wrong_mac_or_another_chain_is_found_out_by_every_phone() {
    for flaw in [None, Some(Flaw::SkipsHvi), Some(Flaw::NoCommitment)] {
        for at in [12, 108] {
            let mut end = in_front_of(Role::Responder, flaw, 6);
            let mut part = committed(&mut end, Role::Responder, false);
            if flaw.is_none() {
                end = in_front_of(Role::Responder, flaw, 6);
                part[at] ^= 1;
                end.commit(hvi(&part, end.hello()));
            } else {
                part[at] ^= 1;
            }
            assert!(end.finish(part, &PRIVATE).is_none(), "{flaw:?}, byte {at}");
            assert!(end.phone().confirmed().is_none(), "{flaw:?}, byte {at}");
        }
    }
}

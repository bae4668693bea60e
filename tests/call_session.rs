//! The states of a call: honest calls, crossed Commits, and every message at the wrong time, in the wrong form, from the wrong
//! role, twice, changed.

#[path = "common/calls.rs"]
mod calls;

use calls::*;
use messaging_lab::call::algorithms::Algorithms;
use messaging_lab::call::commit::Commit;
use messaging_lab::call::confirm::Confirm;
use messaging_lab::call::dh_part::DhPart;
use messaging_lab::call::error::{Dropped, ErrorCode};
use messaging_lab::call::flaw::Flaw;
use messaging_lab::call::hash_chain::HashChain;
use messaging_lab::call::hello::Hello;
use messaging_lab::call::key_schedule::{Role, hvi};
use messaging_lab::call::line::{Event, Line};
use messaging_lab::call::memory::Memory;
use messaging_lab::call::path::{Clear, Passing, Side, Tap};
use messaging_lab::call::phone::Phone;
use messaging_lab::call::session::ended::End;
use messaging_lab::call::session::{Settings, State};
use messaging_lab::call::taps::plain::{Dropper, Silent};
use messaging_lab::call::timers::MEDIA_TIMEOUT;
use messaging_lab::call::wire::{Kind, bare, error};
use messaging_lab::ground::clock::{ControlledClock, Millis};
use messaging_lab::ground::ledger::Onlooker;
use messaging_lab::ground::randomness::Seeded;
use messaging_lab::ground::secret::Secret;

const BOTH: [Side; 2] = [Side::Alice, Side::Bob];

#[test]
fn an_honest_call_ends_with_equal_words_equal_keys_and_sound() {
    let mut line = line(1, None, Box::new(Silent));
    line.start();
    assert!(line.settle(5_000), "{:?}", line.log());
    let [alice, bob] = words(&line);
    assert!(alice.is_some() && alice == bob, "{alice:?} {bob:?}");
    assert_eq!(line.phone(Side::Alice).state(), State::Confirmed(Role::Initiator));
    assert_eq!(line.phone(Side::Bob).state(), State::Confirmed(Role::Responder));
    let keys = BOTH.map(|side| line.phone(side).secrets());
    assert!(keys[0].len() >= 7 && keys[0] == keys[1]);
    assert!(line.say(Side::Alice, b"hello Bob") && line.say(Side::Bob, b"hello Alice"));
    line.run(200);
    assert_eq!(line.heard(Side::Bob), [b"hello Bob".to_vec()]);
    assert_eq!(line.heard(Side::Alice), [b"hello Alice".to_vec()]);
    let now = line.now();
    assert_eq!(line.ledger().holders_of(b"hello Bob", now), [Onlooker::BobPhone]);
}

#[test]
fn crossed_commits_make_the_higher_hvi_the_initiator() {
    let mut alice_initiates = 0;
    for seed in 0..40 {
        let mut random = Seeded::new(seed);
        let alice = phone(ALICE, true, None, Memory::new(), &mut random);
        let bob = phone(BOB, true, None, Memory::new(), &mut random);
        let mut line = Line::new(alice, bob, Box::new(Recorder::default()), ControlledClock::new(0));
        line.start();
        assert!(line.settle(5_000), "{:?}", line.log());
        let [a, b] = words(&line);
        assert_eq!(a, b);
        let hvi = |side: Side| {
            let from = [Onlooker::Wire, Onlooker::Wire][side as usize];
            let zid = [ALICE, BOB][side as usize];
            let commit = line
                .ledger()
                .ever_held_by(from)
                .find(|held| held.what == "Commit" && held.bytes[44..56] == zid)
                .expect("both committed");
            commit.bytes[76..108].to_vec()
        };
        let expected = if hvi(Side::Alice) > hvi(Side::Bob) {
            Role::Initiator
        } else {
            Role::Responder
        };
        assert_eq!(line.phone(Side::Alice).state(), State::Confirmed(expected));
        assert_eq!(line.phone(Side::Bob).state(), State::Confirmed(expected.other()));
        alice_initiates += u32::from(expected == Role::Initiator);
    }
    assert!((8..=32).contains(&alice_initiates), "{alice_initiates} of 40");
}

/// Records what passes, in order.
#[derive(Default)]
struct Recorder(Vec<(Side, Vec<u8>)>);

impl Tap for Recorder {
    fn passes(&mut self, from: Side, bytes: &[u8], _now: Millis) -> Vec<Passing> {
        self.0.push((from, bytes.to_vec()));
        vec![Passing::now(from.other(), bytes.to_vec())]
    }
}

/// Changes the first message of one kind, by a function.
struct Changes<F: FnMut(&mut Vec<u8>)>(Kind, F, bool);

impl<F: FnMut(&mut Vec<u8>)> Tap for Changes<F> {
    fn passes(&mut self, from: Side, bytes: &[u8], _now: Millis) -> Vec<Passing> {
        let mut bytes = bytes.to_vec();
        if Kind::of(&bytes) == Ok(self.0) {
            (self.1)(&mut bytes);
            self.2 = true;
        }
        vec![Passing::now(from.other(), bytes)]
    }
}

fn ends_of(line: &Line) -> [State; 2] {
    BOTH.map(|side| line.phone(side).state())
}

fn dropped(line: &Line, why: Dropped) -> bool {
    line.log().iter().any(|(_, _, event)| *event == Event::Drops(why))
}

fn run_changed(kind: Kind, flaw: Option<Flaw>, change: impl FnMut(&mut Vec<u8>) + 'static) -> Line {
    let mut line = line(3, flaw, Box::new(Changes(kind, change, false)));
    line.start();
    line.settle(40_000);
    line
}

#[test]
fn a_changed_message_gets_its_error_code() {
    let code = |line: &Line, side: Side| line.phone(side).state();
    let ours = |code| State::Ended(End::Ours(code));
    let theirs = |code: ErrorCode| State::Ended(End::Theirs(code as u32));
    // The control: a change that changes nothing.
    let line = run_changed(Kind::DhPart2, None, |_| {});
    assert!(words(&line)[0].is_some());

    let line = run_changed(Kind::Hello, None, |hello| hello[12..16].copy_from_slice(b"1.00"));
    assert_eq!(code(&line, Side::Alice), ours(ErrorCode::Version));
    let line = run_changed(Kind::Hello, None, |hello| hello[12..16].copy_from_slice(b"2.00"));
    assert_eq!(code(&line, Side::Alice), ours(ErrorCode::Timeout));
    assert!(dropped(&line, Dropped::NewerVersion) && !dropped(&line, Dropped::NotFromThem));
    let line = run_changed(Kind::Hello, None, |hello| hello[80..84].copy_from_slice(b"S384"));
    assert_eq!(code(&line, Side::Bob), ours(ErrorCode::HelloMismatch));
    let line = run_changed(Kind::DhPart2, None, |part| part[76] ^= 1);
    assert_eq!(
        ends_of(&line),
        [theirs(ErrorCode::HviMismatch), ours(ErrorCode::HviMismatch)]
    );
    // A phone that skips the check finds out by its keys.
    let line = run_changed(Kind::DhPart2, Some(Flaw::SkipsHvi), |part| part[76] ^= 1);
    assert_eq!(code(&line, Side::Alice), ours(ErrorCode::ConfirmMac));
    let line = run_changed(Kind::DhPart1, None, |part| part[76..108].fill(0));
    assert_eq!(
        ends_of(&line),
        [ours(ErrorCode::BadPublicValue), theirs(ErrorCode::BadPublicValue)]
    );
    let line = run_changed(Kind::DhPart1, None, |part| part[76] ^= 1);
    assert_eq!(
        ends_of(&line),
        [ours(ErrorCode::ConfirmMac), theirs(ErrorCode::ConfirmMac)]
    );
    let line = run_changed(Kind::Confirm1, None, |confirm| confirm[20] ^= 1);
    assert_eq!(
        ends_of(&line),
        [ours(ErrorCode::ConfirmMac), theirs(ErrorCode::ConfirmMac)]
    );
    let line = run_changed(Kind::Confirm2, None, |confirm| confirm[20] ^= 1);
    assert_eq!(
        ends_of(&line),
        [theirs(ErrorCode::ConfirmMac), ours(ErrorCode::ConfirmMac)]
    );
    // Hash images: not from the phone that said Hello, so they are dropped until everybody gives up.
    for kind in [Kind::Commit, Kind::DhPart1, Kind::DhPart2] {
        let line = run_changed(kind, None, |message| message[12] ^= 1);
        for state in ends_of(&line) {
            assert!(
                matches!(state, State::Ended(End::Ours(ErrorCode::Timeout)))
                    || state == theirs(ErrorCode::Timeout),
                "{kind:?}: {state:?}"
            );
        }
    }
    // A changed MAC is found when the next message opens it.
    for (kind, place) in [(Kind::Hello, 105), (Kind::Commit, 108)] {
        let line = run_changed(kind, None, move |message| message[place] ^= 1);
        assert!(dropped(&line, Dropped::NotFromThem), "{kind:?}");
        for state in ends_of(&line) {
            assert!(
                [ours(ErrorCode::Timeout), theirs(ErrorCode::Timeout)].contains(&state),
                "{kind:?}: {state:?}"
            );
        }
    }
    // That of a DHPart is found by the keys, which depend on it, before the Confirm opens it.
    let line = run_changed(Kind::DhPart1, None, |part| part[108] ^= 1);
    assert_eq!(code(&line, Side::Alice), ours(ErrorCode::ConfirmMac));
    let line = run_changed(Kind::Commit, None, |commit| {
        commit[60..64].copy_from_slice(b"AES1")
    });
    assert_eq!(code(&line, Side::Bob), ours(ErrorCode::Cipher));
}

#[test]
fn equal_zids_end_the_call() {
    let mut random = Seeded::new(1);
    let alice = phone(ALICE, true, None, Memory::new(), &mut random);
    let bob = phone(ALICE, false, None, Memory::new(), &mut random);
    let mut line = Line::new(alice, bob, Box::new(Clear), ControlledClock::new(0));
    line.start();
    line.settle(5_000);
    for state in ends_of(&line) {
        assert_eq!(state, State::Ended(End::Ours(ErrorCode::EqualZids)));
    }
}

#[test]
fn nobody_there_is_a_timeout_after_twenty_repetitions() {
    let mut line = line(1, None, Box::new(Dropper::new(1)));
    line.start();
    line.run(3_940);
    assert_eq!(ends_of(&line), [State::Hello; 2]);
    line.run(20);
    assert_eq!(ends_of(&line), [State::Ended(End::Ours(ErrorCode::Timeout)); 2]);
    let hellos = line
        .ledger()
        .ever_held_by(Onlooker::Wire)
        .filter(|held| held.what == "Hello")
        .count();
    assert_eq!(hellos, 2 * 21);
}

#[test]
fn any_single_message_may_be_lost() {
    for lost in 1..=40 {
        struct Loses(u64, u64);
        impl Tap for Loses {
            fn passes(&mut self, from: Side, bytes: &[u8], _now: Millis) -> Vec<Passing> {
                self.1 += 1;
                if self.0 == self.1 {
                    Vec::new()
                } else {
                    vec![Passing::now(from.other(), bytes.to_vec())]
                }
            }
        }
        let mut line = line(lost, None, Box::new(Loses(lost, 0)));
        line.start();
        assert!(line.settle(5_000), "{lost}: {:?}", line.log());
        let [a, b] = words(&line);
        assert_eq!(a, b);
    }
}

#[test]
fn a_confirm_that_only_one_side_could_make_ends_by_the_media_timeout() {
    struct LosesAcks;
    impl Tap for LosesAcks {
        fn passes(&mut self, from: Side, bytes: &[u8], _now: Millis) -> Vec<Passing> {
            match Kind::of(bytes) {
                Ok(Kind::Conf2Ack) => Vec::new(),
                _ => vec![Passing::now(from.other(), bytes.to_vec())],
            }
        }
    }
    let mut line = line(5, None, Box::new(LosesAcks));
    line.start();
    line.run(1_000);
    assert_eq!(
        ends_of(&line),
        [State::Confirming, State::Confirmed(Role::Responder)]
    );
    line.run(MEDIA_TIMEOUT + 3_000);
    assert_eq!(
        ends_of(&line),
        [
            State::Ended(End::Ours(ErrorCode::Timeout)),
            State::Ended(End::NoMedia)
        ]
    );
    // The control: a frame says the same as the acknowledgement.
    let mut line = calls::line(5, None, Box::new(LosesAcks));
    line.start();
    line.run(1_000);
    assert!(line.say(Side::Bob, b"can you hear me"));
    line.run(100);
    assert_eq!(line.phone(Side::Alice).state(), State::Confirmed(Role::Initiator));
}

#[test]
fn hanging_up_wipes_every_key_and_a_thief_opens_nothing() {
    for flaw in [None, Some(Flaw::KeepsKeys)] {
        let mut line = line(9, flaw, Box::new(Silent));
        line.start();
        assert!(line.settle(5_000));
        line.say(Side::Alice, b"a secret word");
        line.run(100);
        let during: Vec<Vec<u8>> = line
            .phone(Side::Alice)
            .secrets()
            .into_iter()
            .map(|(_, key)| key)
            .collect();
        line.hang_up();
        line.thief();
        let now = line.now();
        let kept = during
            .iter()
            .filter(|key| {
                line.ledger()
                    .holders_of(key, now)
                    .iter()
                    .any(|who| *who != Onlooker::Wire)
            })
            .count();
        let opened = thief_opens(&line);
        if flaw.is_none() {
            assert_eq!((kept, opened), (0, 0));
            // What he does find: what was kept for the next call.
            assert_eq!(line.ledger().held_by(Onlooker::Thief, now).count(), 2);
        } else {
            assert_eq!((kept, opened), (during.len(), 1));
        }
        // And each key was there before, in both phones and nowhere else.
        for key in &during {
            let ever = line.ledger().ever_holders_of(key);
            assert!(ever.starts_with(&[Onlooker::AlicePhone, Onlooker::BobPhone]));
            assert!(!ever.contains(&Onlooker::Tap) && !ever.contains(&Onlooker::Wire));
        }
    }
}

/// How many of the tap's recordings open under anything that the thief found, tried as key and salt in every pair.
fn thief_opens(line: &Line) -> usize {
    use messaging_lab::call::frame::FrameKeys;
    let now = line.now();
    let found: Vec<_> = line
        .ledger()
        .held_by(Onlooker::Thief, now)
        .map(|held| &held.bytes)
        .collect();
    let recorded: Vec<_> = line
        .ledger()
        .held_by(Onlooker::Tap, now)
        .filter(|held| held.what == "frame")
        .collect();
    assert_eq!(recorded.len(), 1);
    let mut opened = 0;
    for frame in recorded {
        let opens = found.iter().any(|key| {
            found.iter().any(|salt| {
                let (Ok(key), Some(salt)) = (key[..].try_into(), salt.first_chunk::<12>()) else {
                    return false;
                };
                FrameKeys::new(key, *salt).open(0, &frame.bytes).is_ok()
            })
        });
        opened += usize::from(opens);
    }
    opened
}

#[test]
fn messages_at_the_wrong_time_change_nothing() {
    // One call recorded; then every message of it, and some forged ones, to a phone in every state of another call.
    let mut recorded = line(1, None, Box::new(Silent));
    recorded.start();
    assert!(recorded.settle(5_000));
    let mut all: Vec<Vec<u8>> = recorded
        .ledger()
        .ever_held_by(Onlooker::Wire)
        .map(|held| held.bytes.clone())
        .collect();
    all.push(bare(Kind::ErrorAck));
    let mut steps = 0;
    for stop in 0..40 {
        let mut line = line(2, None, Box::new(Silent));
        line.start();
        line.run(stop * 10);
        for side in BOTH {
            for message in &all {
                let now = line.now();
                let kind = Kind::of(message).expect("a message");
                // What carries no proof of its own is what anybody can say.
                if matches!(kind, Kind::HelloAck | Kind::Conf2Ack) {
                    continue;
                }
                let before = (line.phone(side).state(), line.phone(side).secrets());
                if before.0 == State::Hello && kind == Kind::Hello {
                    continue;
                }
                if matches!(before.0, State::Agreed(_)) && matches!(kind, Kind::Confirm1 | Kind::Confirm2) {
                    continue;
                }
                let heard = line.phone_mut(side).receive(message, now);
                assert!(
                    heard.reaction.dropped.is_some(),
                    "{kind:?} in {:?}: {heard:?}",
                    before.0
                );
                assert_eq!((line.phone(side).state(), line.phone(side).secrets()), before);
                steps += 1;
            }
        }
        assert!(line.settle(5_000), "{:?}", line.log());
        assert_eq!(words(&line)[0], words(&line)[1]);
    }
    assert!(steps > 500, "{steps}");
}

#[test]
fn an_error_ends_a_handshake_and_no_confirmed_call() {
    let mut line = line(4, None, Box::new(Silent));
    line.start();
    let heard = line.phone_mut(Side::Bob).receive(&error(0x20), 0);
    assert_eq!(heard.reaction.sends, [bare(Kind::ErrorAck)]);
    assert_eq!(line.phone(Side::Bob).state(), State::Ended(End::Theirs(0x20)));
    let mut line = calls::line(4, None, Box::new(Silent));
    line.start();
    assert!(line.settle(5_000));
    let now = line.now();
    assert!(
        line.phone_mut(Side::Bob)
            .receive(&error(0x20), now)
            .reaction
            .dropped
            .is_some()
    );
    assert_eq!(line.phone(Side::Bob).state(), State::Confirmed(Role::Responder));
}

#[test]
fn the_secret_of_the_last_call_makes_the_next_one_and_its_absence_alerts() {
    let mut random = Seeded::new(11);
    let (mut of_alice, mut of_bob) = (Memory::new(), Memory::new());
    for call in 0..3 {
        let alice = phone(ALICE, true, None, of_alice, &mut random);
        let bob = phone(BOB, false, None, of_bob, &mut random);
        let mut line = Line::new(alice, bob, Box::new(Clear), ControlledClock::new(0));
        line.start();
        assert!(line.settle(5_000));
        for side in BOTH {
            let confirmed = line
                .phone_mut(side)
                .session_mut()
                .confirmed_mut()
                .expect("settled");
            assert!(!confirmed.alert());
            assert_eq!(confirmed.verified(), call > 0);
            confirmed.words_match();
        }
        line.hang_up();
        let (alice, bob, _) = line.into_parts();
        of_alice = alice.into_memory().expect("over");
        of_bob = bob.into_memory().expect("over");
    }
    // Bob's phone has lost its memory.
    let alice = phone(ALICE, true, None, of_alice, &mut random);
    let bob = phone(BOB, false, None, Memory::new(), &mut random);
    let mut line = Line::new(alice, bob, Box::new(Clear), ControlledClock::new(0));
    line.start();
    assert!(line.settle(5_000));
    let state = |side: Side| line.phone(side).session().confirmed().expect("settled");
    assert!(state(Side::Alice).alert() && !state(Side::Alice).verified());
    assert!(!state(Side::Bob).alert() && !state(Side::Bob).verified());
}

#[test]
fn four_characters_where_a_phone_cannot_show_words() {
    let mut random = Seeded::new(1);
    let mut settings = Settings::new(BOB);
    settings.algorithms.sas = vec![*b"B32 "];
    let bob = Phone::new(settings, Memory::new(), &mut random).expect("seeded");
    let alice = phone(ALICE, true, None, Memory::new(), &mut random);
    let mut line = Line::new(alice, bob, Box::new(Clear), ControlledClock::new(0));
    line.start();
    assert!(line.settle(5_000));
    let [a, b] = words(&line).map(|words| words.expect("settled"));
    assert_eq!((a.len(), &a), (4, &b));
}

#[test]
fn every_link_of_the_chain_is_hashed_and_not_only_used_as_a_key() {
    // A caller played by hand, whose chain is broken in one place while every MAC holds.
    for broken in ["nothing", "H3", "H2", "H1", "H0"] {
        let chain = HashChain::new(Secret::new([7; 32]));
        let break_at = |name: &str, image: &[u8; 32]| {
            let mut image = *image;
            image[0] ^= u8::from(name == broken);
            image
        };
        let hello = Hello {
            version: *b"1.10",
            client: [b'x'; 16],
            h3: break_at("H3", chain.h3()),
            zid: ALICE,
            flags: 0,
            algorithms: Algorithms::default(),
            mac: [0; 8],
        };
        let part = DhPart {
            h1: break_at("H1", chain.h1()),
            ids: [[1; 8]; 4],
            public: messaging_lab::crypto::x25519::public_key(&[3; 32]),
            mac: [0; 8],
        };
        let mut bob = phone(BOB, false, None, Memory::new(), &mut Seeded::new(1));
        let bobs_hello = bob.start(0).sends.remove(0);
        let dh_part2 = part.message(Kind::DhPart2, &chain);
        let algorithms = Algorithms::default();
        let commit = Commit {
            h2: break_at("H2", chain.h2()),
            zid: ALICE,
            chosen: algorithms.choose(&algorithms).expect("the same"),
            hvi: hvi(&dh_part2, &bobs_hello),
            mac: [0; 8],
        };
        let mut said = Vec::new();
        for message in [hello.message(&chain), commit.message(&chain), dh_part2] {
            said.push(bob.receive(&message, 0).reaction.dropped);
        }
        let not_from_them = Some(Dropped::NotFromThem);
        match broken {
            "H3" | "H2" => assert_eq!(said[1], not_from_them, "{broken}"),
            "H1" => assert_eq!(said, [None, None, not_from_them]),
            _ => {
                assert_eq!(said, [None; 3]);
                let secrets = bob.secrets();
                let (_, key) = secrets
                    .iter()
                    .find(|(what, _)| *what == "initiator's Confirm key")
                    .expect("agreed");
                let key = Secret::new(key[..].try_into().expect("32 bytes"));
                let confirm = Confirm {
                    h0: break_at("H0", chain.h0()),
                    verified: false,
                };
                bob.receive(&confirm.seal(Kind::Confirm2, &key), 0);
                let expected = match broken {
                    "H0" => State::Ended(End::Ours(ErrorCode::ConfirmMac)),
                    _ => State::Confirmed(Role::Responder),
                };
                assert_eq!(bob.state(), expected);
            }
        }
    }
}

#[test]
fn an_error_that_was_lost_is_said_again_to_who_still_asks() {
    struct LosesFirstError(bool);
    impl Tap for LosesFirstError {
        fn passes(&mut self, from: Side, bytes: &[u8], _now: Millis) -> Vec<Passing> {
            let mut bytes = bytes.to_vec();
            match Kind::of(&bytes) {
                Ok(Kind::Error) if !self.0 => {
                    self.0 = true;
                    return Vec::new();
                }
                Ok(Kind::DhPart2) => bytes[76] ^= 1,
                _ => {}
            }
            vec![Passing::now(from.other(), bytes)]
        }
    }
    let mut line = line(3, None, Box::new(LosesFirstError(false)));
    line.start();
    line.run(1_000);
    assert_eq!(
        ends_of(&line),
        [
            State::Ended(End::Theirs(ErrorCode::HviMismatch as u32)),
            State::Ended(End::Ours(ErrorCode::HviMismatch))
        ]
    );
}

/// Two calls between the same two phones; in the first, these compare their words. What both remember.
fn two_calls(compare: [bool; 2], random: &mut Seeded) -> ([bool; 2], [Memory; 2]) {
    let mut memories = [Memory::new(), Memory::new()];
    let mut verified = [false; 2];
    for call in 0..2 {
        let [of_alice, of_bob] = memories;
        let alice = phone(ALICE, true, None, of_alice, random);
        let bob = phone(BOB, false, None, of_bob, random);
        let mut line = Line::new(alice, bob, Box::new(Clear), ControlledClock::new(0));
        line.start();
        assert!(line.settle(5_000));
        for side in BOTH {
            let confirmed = line
                .phone_mut(side)
                .session_mut()
                .confirmed_mut()
                .expect("settled");
            verified[side as usize] = confirmed.verified();
            if call == 0 && compare[side as usize] {
                confirmed.words_match();
                assert!(confirmed.verified());
            }
        }
        line.hang_up();
        let (alice, bob, _) = line.into_parts();
        memories = [
            alice.into_memory().expect("over"),
            bob.into_memory().expect("over"),
        ];
    }
    (verified, memories)
}

#[test]
fn the_v_flag_counts_only_where_both_set_it_and_the_secrets_match() {
    let mut random = Seeded::new(12);
    for compare in [[false, false], [true, false], [false, true]] {
        assert_eq!(two_calls(compare, &mut random).0, [false, false], "{compare:?}");
    }
    let (verified, [of_alice, _]) = two_calls([true, true], &mut random);
    assert_eq!(verified, [true, true]);
    // Another Bob under the same ZID, who has compared words with another Alice: both say V, and the secrets differ.
    let (_, [_, of_another_bob]) = two_calls([true, true], &mut random);
    let alice = phone(ALICE, true, None, of_alice, &mut random);
    let bob = phone(BOB, false, None, of_another_bob, &mut random);
    let mut line = Line::new(alice, bob, Box::new(Clear), ControlledClock::new(0));
    line.start();
    assert!(line.settle(5_000));
    for side in BOTH {
        let confirmed = line.phone(side).session().confirmed().expect("settled");
        assert!(confirmed.alert() && !confirmed.verified(), "{side:?}");
    }
}

//! What the Double Ratchet promises, one fact a test: order and loss, bounds, forgeries that change nothing, and what a
//! thief with the state can read.

#[path = "common/conversation.rs"]
mod conversation;

use conversation::{AD, Side, alice_and_bob};
use messaging_lab::crypto::aead;
use messaging_lab::envelope::chains::{MAX_SKIP, kdf_ck, message_key_and_nonce};
use messaging_lab::envelope::error::EnvelopeError;
use messaging_lab::envelope::header::{HEADER_BYTES, Header};
use messaging_lab::envelope::keys::{KeyPair, PublicKey};
use messaging_lab::envelope::ratchet::{MAX_PLAINTEXT, Ratchet};
use messaging_lab::ground::hex::bytes_to_hex;
use messaging_lab::ground::randomness::{Randomness, RandomnessError, Seeded};

fn numbered(side: &mut Side, count: u32) -> Vec<Vec<u8>> {
    (0..count).map(|i| side.seal(&i.to_be_bytes())).collect()
}

/// `from` writes and `to` reads.
fn say(from: &mut Side, to: &mut Side, text: &str) -> Vec<u8> {
    let message = from.seal(text.as_bytes());
    assert_eq!(to.open(&message).as_deref(), Ok(text.as_bytes()));
    message
}

fn header(message: &[u8]) -> Header {
    Header::of(message).expect("a message").0
}

/// A message under the key that stands next in the writer's sending chain, with this number and text, whatever the rules
/// for writers say. All the functions that it takes are public.
fn by_hand(writer: &Side, n: u32, text: &[u8]) -> Vec<u8> {
    let state = writer.state();
    let header = Header {
        dh: PublicKey::from_bytes(state.our_public).expect("canonical"),
        pn: state.previous_sent,
        n,
    };
    let (_, message_key) = kdf_ck(&state.sending_chain.expect("a chain"));
    let (key, nonce) = message_key_and_nonce(&message_key);
    let covered = [AD, &header.to_bytes()].concat();
    let sealed = aead::seal(&key, &nonce, &covered, text).expect("short enough");
    [&header.to_bytes()[..], &sealed].concat()
}

#[test]
fn a_message_made_by_hand_is_the_same_message() {
    let (mut alice, mut bob) = alice_and_bob(19);
    say(&mut alice, &mut bob, "begin");
    let by_hand = by_hand(&alice, 1, b"the same");
    assert_eq!(alice.seal(b"the same"), by_hand);
    assert_eq!(bob.open(&by_hand).as_deref(), Ok(&b"the same"[..]));
}

// Order and loss.

#[test]
fn messages_open_in_order() {
    let (mut alice, mut bob) = alice_and_bob(1);
    for i in 0..50 {
        let message = say(&mut alice, &mut bob, &format!("message {i}"));
        assert_eq!((header(&message).n, header(&message).pn), (i, 0));
    }
    assert_eq!(bob.ratchet.missing(), 0);
}

#[test]
fn every_turn_has_a_new_key_and_counts_from_zero() {
    let (mut alice, mut bob) = alice_and_bob(2);
    let mut keys = Vec::new();
    for turn in 0..20u32 {
        let (from, to) = match turn % 2 {
            0 => (&mut alice, &mut bob),
            _ => (&mut bob, &mut alice),
        };
        // Turns of 1, 2 and 3 messages.
        for i in 0..=turn % 3 {
            let header = header(&say(from, to, "hello"));
            assert_eq!(header.n, i);
            // The turn before this one of the same side was two turns ago.
            let before = if turn < 2 { 0 } else { (turn - 2) % 3 + 1 };
            assert_eq!(header.pn, before, "turn {turn}");
            if i == 0 {
                assert!(!keys.contains(&header.dh), "turn {turn} has an old key");
                keys.push(header.dh);
            }
            assert_eq!(keys.last(), Some(&header.dh));
        }
    }
}

#[test]
fn bob_sends_only_after_he_has_heard() {
    let (mut alice, mut bob) = alice_and_bob(3);
    let before = bob.state();
    let nothing = bob.ratchet.seal(b"hello", AD);
    assert_eq!(nothing, Err(EnvelopeError::NothingReceivedYet));
    assert!(bob.state() == before);
    say(&mut alice, &mut bob, "hello");
    say(&mut bob, &mut alice, "hello");
}

fn permutations(items: Vec<usize>) -> Vec<Vec<usize>> {
    if items.len() < 2 {
        return vec![items];
    }
    let mut all = Vec::new();
    for at in 0..items.len() {
        let mut rest = items.clone();
        let first = rest.remove(at);
        all.extend(
            permutations(rest)
                .into_iter()
                .map(|tail| [vec![first], tail].concat()),
        );
    }
    all
}

#[test]
fn five_messages_over_two_chains_open_in_each_of_the_120_orders() {
    for order in permutations((0..5).collect()) {
        let (mut alice, mut bob) = alice_and_bob(4);
        say(&mut alice, &mut bob, "begin");
        let mut messages: Vec<_> = (0..3).map(|i| alice.seal(&[i])).collect();
        say(&mut bob, &mut alice, "a turn");
        messages.extend((3..5).map(|i| alice.seal(&[i])));
        for &i in &order {
            assert_eq!(bob.open(&messages[i]), Ok(vec![i as u8]), "{order:?}");
        }
        assert_eq!(bob.ratchet.missing(), 0, "{order:?}");
        for message in &messages {
            bob.assert_refused(message, "a second time");
        }
        say(&mut bob, &mut alice, "control");
    }
}

#[test]
fn whole_conversations_survive_any_order_and_loss() {
    for seed in 0..20 {
        let mut random = Seeded::new(seed);
        let (mut alice, mut bob) = alice_and_bob(seed);
        say(&mut alice, &mut bob, "begin");
        // What is under way to Alice and to Bob, with its text.
        let mut under_way: [Vec<(Vec<u8>, Vec<u8>)>; 2] = [Vec::new(), Vec::new()];
        for step in 0..200u32 {
            let to_bob = random.below(2) as usize;
            let [to_alice_side, to_bob_side] = [&mut alice, &mut bob];
            let (from, to) = match to_bob {
                1 => (to_alice_side, to_bob_side),
                _ => (to_bob_side, to_alice_side),
            };
            let queue = &mut under_way[to_bob];
            if random.below(2) == 0 || queue.is_empty() {
                let text = step.to_be_bytes().to_vec();
                queue.push((from.seal(&text), text));
                continue;
            }
            let (message, text) = queue.swap_remove(random.below(queue.len() as u64) as usize);
            // One in eight is lost.
            if random.below(8) > 0 {
                assert_eq!(to.open(&message), Ok(text), "seed {seed}, step {step}");
                to.assert_refused(&message, "played again");
            }
        }
    }
}

#[test]
fn a_lost_message_costs_itself_alone() {
    let (mut alice, mut bob) = alice_and_bob(5);
    let messages = numbered(&mut alice, 10);
    for i in [0, 1, 5, 9] {
        assert!(bob.open(&messages[i]).is_ok());
    }
    assert_eq!(bob.ratchet.missing(), 6);
    say(&mut bob, &mut alice, "reply");
    say(&mut alice, &mut bob, "go on");
    // They were late, not lost.
    assert_eq!(bob.open(&messages[3]), Ok(3u32.to_be_bytes().to_vec()));
    assert_eq!(bob.ratchet.missing(), 5);
}

#[test]
fn nothing_opens_twice() {
    let (mut alice, mut bob) = alice_and_bob(6);
    let messages = numbered(&mut alice, 4);
    for i in [0, 2] {
        assert!(bob.open(&messages[i]).is_ok());
        bob.assert_refused(&messages[i], "at once");
    }
    say(&mut bob, &mut alice, "a turn");
    say(&mut alice, &mut bob, "another");
    for i in [0, 2] {
        bob.assert_refused(&messages[i], "two turns later");
    }
    assert!(bob.open(&messages[1]).is_ok());
    bob.assert_refused(&messages[1], "one that came late");
    assert!(bob.open(&messages[3]).is_ok(), "control");
}

// Bounds.

#[test]
fn a_message_may_skip_max_skip_and_not_one_more() {
    let (mut alice, mut bob) = alice_and_bob(7);
    let messages = numbered(&mut alice, MAX_SKIP + 2);
    let last = messages.len() - 1;
    bob.assert_refused(&messages[last], "a first message that skips 1001");
    assert!(bob.open(&messages[last - 1]).is_ok(), "one that skips 1000");
    assert_eq!(bob.ratchet.missing(), 1000);

    let (mut alice, mut bob) = alice_and_bob(8);
    say(&mut alice, &mut bob, "begin");
    let messages = numbered(&mut alice, MAX_SKIP + 2);
    bob.assert_refused(&messages[last], "one that skips 1001 in a chain that was begun");
    assert!(bob.open(&messages[last - 1]).is_ok(), "one that skips 1000");
    assert!(
        bob.open(&messages[last]).is_ok(),
        "which brings the other in reach"
    );
}

#[test]
fn the_end_of_a_chain_may_be_max_skip_away_and_not_one_more() {
    for (sent, accepted) in [(MAX_SKIP + 1, true), (MAX_SKIP + 2, false)] {
        let (mut alice, mut bob) = alice_and_bob(9);
        // Bob has one of them; `sent - 1` are unread when the chain ends.
        let messages = numbered(&mut alice, sent);
        assert!(bob.open(&messages[0]).is_ok());
        say(&mut bob, &mut alice, "a turn");
        let next = alice.seal(b"next");
        assert_eq!(header(&next).pn, sent);
        if accepted {
            assert!(bob.open(&next).is_ok());
            assert_eq!(bob.ratchet.missing(), 1000);
        } else {
            bob.assert_refused(&next, "1001 unread in the chain before");
            assert!(bob.open(&messages[1]).is_ok());
            assert!(bob.open(&next).is_ok(), "1000 now");
        }
    }
}

#[test]
fn stored_keys_are_bounded_and_the_oldest_go_first() {
    let (mut alice, mut bob) = alice_and_bob(10);
    let mut messages = Vec::new();
    // Four times a gap of 999 in a row.
    for _ in 0..4 {
        messages.extend(numbered(&mut alice, 1000));
        assert!(bob.open(messages.last().expect("1000")).is_ok());
        assert!(bob.ratchet.missing() <= 2000);
    }
    assert_eq!(bob.ratchet.missing(), 2000);
    // 4 * 999 = 3996 were skipped, 1996 of them are too old: those of the first two gaps but for the last two.
    bob.assert_refused(&messages[0], "the oldest");
    bob.assert_refused(&messages[1996], "the youngest that is too old");
    assert!(bob.open(&messages[1997]).is_ok(), "the oldest that is kept");
    assert!(bob.open(&messages[3998]).is_ok(), "the youngest");
    assert_eq!(bob.ratchet.missing(), 1998);
}

#[test]
fn a_text_may_be_64_kib_and_not_a_byte_more() {
    let (mut alice, mut bob) = alice_and_bob(11);
    let before = alice.state();
    let too_long = alice.ratchet.seal(&vec![7; MAX_PLAINTEXT + 1], AD);
    assert_eq!(too_long, Err(EnvelopeError::TooLong));
    assert!(alice.state() == before);
    let by_hand = by_hand(&alice, 0, &vec![7; MAX_PLAINTEXT + 1]);
    bob.assert_refused(&by_hand, "sealed under the right key, one byte too long");
    let longest = alice.seal(&vec![7; MAX_PLAINTEXT]);
    assert_eq!(bob.open(&longest), Ok(vec![7; MAX_PLAINTEXT]));
    let empty = alice.seal(b"");
    assert_eq!(bob.open(&empty), Ok(Vec::new()));
}

#[test]
fn numbers_end_and_do_not_begin_again() {
    let (mut alice, mut bob) = alice_and_bob(12);
    say(&mut alice, &mut bob, "begin");
    // Both sides near the end of Alice's chain. 4 294 967 295 numbers are used: 0 to 4 294 967 294.
    let mut state = alice.state();
    state.next_sent = u32::MAX - 1;
    alice.ratchet = Ratchet::from_stolen(&state).expect("a sound state");
    let mut state = bob.state();
    state.next_received = u32::MAX - 1;
    bob.ratchet = Ratchet::from_stolen(&state).expect("a sound state");

    say(&mut alice, &mut bob, "the last");
    let before = alice.state();
    let none_left = alice.ratchet.seal(b"one more", AD);
    assert_eq!(none_left, Err(EnvelopeError::ChainExhausted));
    assert!(alice.state() == before);

    // A partner who goes on nevertheless: under the right key, with the one number that has no next.
    let message = by_hand(&alice, u32::MAX, b"one more");
    bob.assert_refused(&message, "number 4 294 967 295");

    say(&mut bob, &mut alice, "a reply");
    say(&mut alice, &mut bob, "begins another chain");

    // A partner who says that his chain had 4 294 967 295 messages, 5 of them unread.
    let mut state = bob.state();
    state.next_received = u32::MAX - 5;
    bob.ratchet = Ratchet::from_stolen(&state).expect("a sound state");
    let mut state = alice.state();
    state.next_sent = u32::MAX;
    alice.ratchet = Ratchet::from_stolen(&state).expect("a sound state");
    say(&mut bob, &mut alice, "a turn");
    assert_eq!(header(&say(&mut alice, &mut bob, "anew")).pn, u32::MAX);
    assert_eq!(bob.ratchet.missing(), 5);
}

// Forgeries.

/// A conversation in the middle: both have sent and received, and Bob has skipped some.
fn in_the_middle(seed: u64) -> (Side, Side) {
    let (mut alice, mut bob) = alice_and_bob(seed);
    say(&mut alice, &mut bob, "one");
    say(&mut bob, &mut alice, "two");
    let messages = numbered(&mut alice, 4);
    assert!(bob.open(&messages[3]).is_ok());
    (alice, bob)
}

#[test]
fn every_flipped_bit_and_every_other_length_is_refused_and_changes_nothing() {
    // The next of a chain, the first of a new one, and one that was skipped.
    let next = |alice: &mut Side, _: &mut Side| alice.seal(b"a text of some length");
    let first = |alice: &mut Side, bob: &mut Side| {
        say(bob, alice, "a turn");
        alice.seal(b"a text of some length")
    };
    let skipped = |alice: &mut Side, bob: &mut Side| {
        let message = alice.seal(b"a text of some length");
        say(alice, bob, "the one behind it");
        message
    };
    type Case = fn(&mut Side, &mut Side) -> Vec<u8>;
    for (name, case) in [
        ("next", next as Case),
        ("first", first as Case),
        ("skipped", skipped as Case),
    ] {
        let (mut alice, mut bob) = in_the_middle(13);
        let message = case(&mut alice, &mut bob);
        for bit in 0..8 * message.len() {
            let mut changed = message.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            bob.assert_refused(&changed, &format!("{name}, bit {bit}"));
        }
        for length in 0..message.len() {
            bob.assert_refused(&message[..length], &format!("{name}, cut to {length}"));
        }
        for more in [1, 16, 100] {
            let longer = [&message[..], &vec![0; more]].concat();
            bob.assert_refused(&longer, &format!("{name}, {more} more"));
        }
        assert_eq!(
            bob.open(&message),
            Ok(b"a text of some length".to_vec()),
            "{name}: control"
        );
    }
}

#[test]
fn a_forged_header_changes_nothing() {
    let (mut alice, mut bob) = in_the_middle(14);
    let message = alice.seal(b"genuine");
    let genuine = header(&message);
    let sealed = &message[HEADER_BYTES..];
    let strange = KeyPair::generate(&mut alice.random).expect("seeded").public();
    let zero = PublicKey::from_bytes([0; 32]).expect("canonical");
    let bobs_own = header(&bob.seal(b"to Alice")).dh;
    let mut forged = Vec::new();
    for dh in [genuine.dh, strange, zero, bobs_own] {
        for n in [0, 1, genuine.n, genuine.n + 1, genuine.n + MAX_SKIP, u32::MAX] {
            for pn in [0, genuine.pn, genuine.pn + 1, MAX_SKIP, u32::MAX] {
                forged.push(Header { dh, pn, n });
            }
        }
    }
    for header in forged.into_iter().filter(|header| *header != genuine) {
        let message = [&header.to_bytes()[..], sealed].concat();
        bob.assert_refused(&message, &format!("{header:?}"));
    }
    assert_eq!(bob.open(&message).as_deref(), Ok(&b"genuine"[..]), "control");
}

#[test]
fn a_message_of_another_session_or_for_other_people_is_refused() {
    let (mut alice, mut bob) = in_the_middle(15);
    let (mut other, _) = in_the_middle(16);
    let message = alice.seal(b"for Bob");
    bob.assert_refused(&other.seal(b"for another Bob"), "another session");
    let before = bob.state();
    for ad in [&b"Alice and Mallory"[..], b"", b"Alice and Bo"] {
        let opened = bob.ratchet.open(&message, ad, &mut bob.random);
        assert_eq!(opened, Err(EnvelopeError::Refused));
    }
    assert!(bob.state() == before);
    alice.assert_refused(&message, "sent back to where it came from");
    assert!(bob.open(&message).is_ok(), "control");
}

/// A source that has run dry.
struct Dry;

impl Randomness for Dry {
    fn fill(&mut self, _: &mut [u8]) -> Result<(), RandomnessError> {
        Err(RandomnessError::new("dry"))
    }
}

#[test]
fn without_randomness_nothing_changes_either() {
    let (mut alice, mut bob) = alice_and_bob(17);
    let message = alice.seal(b"a turn needs a new key");
    let before = bob.state();
    let opened = bob.ratchet.open(&message, AD, &mut Dry);
    assert!(matches!(opened, Err(EnvelopeError::NoRandomness(said)) if said.contains("dry")));
    assert!(bob.state() == before);
    assert!(bob.open(&message).is_ok(), "control");
    let message = alice.seal(b"the same chain needs none");
    assert!(bob.ratchet.open(&message, AD, &mut Dry).is_ok());
}

#[test]
fn a_forgery_costs_no_randomness() {
    let (mut alice, mut bob) = in_the_middle(18);
    say(&mut bob, &mut alice, "a turn");
    let mut forged = alice.seal(b"the first of a chain");
    *forged.last_mut().expect("a tag") ^= 1;
    let mut watched = bob.random.clone();
    bob.assert_refused(&forged, "forged");
    assert_eq!(bob.random.next_u64(), watched.next_u64());
}

// The thief.

#[test]
fn todays_chain_opens_tomorrow_and_not_yesterday() {
    let (mut alice, mut bob) = alice_and_bob(20);
    let yesterday: Vec<_> = (0..5).map(|_| say(&mut alice, &mut bob, "yesterday")).collect();
    let mut thief = bob.stolen(99);
    let tomorrow: Vec<_> = (0..5).map(|_| say(&mut alice, &mut bob, "tomorrow")).collect();
    for message in &yesterday {
        thief.assert_refused(message, "sent before the theft");
    }
    for message in &tomorrow {
        assert_eq!(thief.open(message).as_deref(), Ok(&b"tomorrow"[..]));
    }
    // The bare chain key is enough for that, and says nothing about the keys before it.
    let state = bob.state();
    let (next, message_key) = kdf_ck(&state.receiving_chain.expect("a chain"));
    assert_ne!(next, message_key);
    let coming = alice.seal(b"coming");
    assert!(bob.open(&coming).is_ok());
    assert_eq!(bob.state().receiving_chain, Some(next));
}

#[test]
fn kept_keys_are_stolen_keys() {
    let (mut alice, mut bob) = alice_and_bob(21);
    let late = alice.seal(b"late");
    say(&mut alice, &mut bob, "in time");
    let mut thief = bob.stolen(99);
    assert_eq!(
        thief.open(&late).as_deref(),
        Ok(&b"late"[..]),
        "sent before, not yet opened"
    );
    // Opened before the theft, and so deleted: shut.
    let (mut alice, mut bob) = alice_and_bob(21);
    let late = alice.seal(b"late");
    say(&mut alice, &mut bob, "in time");
    assert!(bob.open(&late).is_ok());
    bob.stolen(99).assert_refused(&late, "opened and deleted");
}

#[test]
fn a_passive_thief_loses_track_when_a_key_pair_made_after_the_theft_is_used() {
    let (mut alice, mut bob) = alice_and_bob(22);
    say(&mut alice, &mut bob, "begin");
    say(&mut bob, &mut alice, "a turn");
    say(&mut alice, &mut bob, "written under the pair that is stolen next");
    // The thief has all of Alice's state, and from here on only listens.
    let mut thief = alice.stolen(99);
    let reply = say(&mut bob, &mut alice, "Bob's reply under a new key of his");
    assert!(thief.open(&reply).is_ok(), "his new key meets her old one: read");
    // On opening it Alice made a pair, after the theft.
    let healed = say(&mut alice, &mut bob, "under Alice's new pair");
    thief.assert_refused(&healed, "what Alice writes");
    let answer = say(&mut bob, &mut alice, "the answer to that");
    thief.assert_refused(&answer, "what Bob writes to her new key");
    for _ in 0..3 {
        let later = say(&mut alice, &mut bob, "ever after");
        thief.assert_refused(&later, "later");
        let later = say(&mut bob, &mut alice, "ever after");
        thief.assert_refused(&later, "later");
    }
}

#[test]
fn a_thief_who_comes_after_the_pair_was_made_has_that_one_too() {
    let (mut alice, mut bob) = alice_and_bob(23);
    say(&mut alice, &mut bob, "begin");
    say(
        &mut bob,
        &mut alice,
        "a turn: Alice makes the pair that she will use next",
    );
    let mut thief = alice.stolen(99);
    // He turns her sending chain himself: what she writes is sealed under keys that he has.
    let chain = thief.state().sending_chain.expect("a chain");
    say(&mut alice, &mut bob, "read by the thief");
    assert_eq!(alice.state().sending_chain, Some(kdf_ck(&chain).0));
    let reply = say(&mut bob, &mut alice, "and Bob's reply");
    assert!(thief.open(&reply).is_ok());
    let healed = say(&mut alice, &mut bob, "healed only now");
    let answer = say(&mut bob, &mut alice, "both ways");
    for message in [healed, answer] {
        thief.assert_refused(&message, "after the next pair");
    }
}

#[test]
fn an_active_thief_stays_and_it_is_alice_who_falls_out() {
    let (mut alice, mut bob) = alice_and_bob(24);
    say(&mut alice, &mut bob, "begin");
    say(&mut bob, &mut alice, "a turn");
    let mut thief = alice.stolen(99);
    say(&mut thief, &mut bob, "I am Alice");
    let reply = say(&mut bob, &mut thief, "hello Alice");
    say(&mut thief, &mut bob, "and now the key is mine");
    let reply_to_thief = say(&mut bob, &mut thief, "of course");
    // Bob's next reply after the theft still reaches Alice; then her messages and his no longer meet.
    assert!(alice.open(&reply).is_ok());
    alice.assert_refused(&reply_to_thief, "sealed for the thief's key");
    let from_alice = alice.seal(b"the real Alice");
    bob.assert_refused(&from_alice, "who is it?");
    say(&mut thief, &mut bob, "control");
}

// Secrets stay out of logs.

#[test]
fn debug_output_shows_no_secret() {
    let (mut alice, mut bob) = in_the_middle(25);
    say(&mut bob, &mut alice, "a turn");
    for side in [&alice, &bob] {
        let shown = format!("{:?}", side.ratchet);
        let state = side.state();
        let mut secrets = vec![state.root, state.our_private];
        secrets.extend(state.sending_chain.into_iter().chain(state.receiving_chain));
        secrets.extend(state.skipped.iter().map(|(_, _, key)| *key));
        for secret in secrets {
            for spelled in [
                bytes_to_hex(&secret),
                format!("{secret:?}").replace(['[', ']'], ""),
            ] {
                assert!(!shown.contains(&spelled), "{shown} shows {spelled}");
            }
        }
        assert!(
            shown.contains(&bytes_to_hex(&state.our_public)),
            "control: public keys are shown"
        );
        assert!(format!("{state:?}").contains("omitted"));
    }
}

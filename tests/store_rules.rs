//! The store's rules, one fact a test. Time is controlled: nothing here waits, and every run is the same.

use messaging_lab::ground::clock::{ControlledClock, Millis};
use messaging_lab::store::*;

const CHAT: ChatId = ChatId(1);
const START: Millis = 1_000_000;
const TEN: Timer = Timer::AfterRead(10_000);

fn phone() -> (ControlledClock, MessageStore<ControlledClock>) {
    let clock = ControlledClock::new(START);
    let store = MessageStore::new(clock.clone());
    (clock, store)
}

/// Gone is gone: every call says so, before a purge and after it.
fn assert_gone(store: &mut MessageStore<ControlledClock>, id: MessageId) {
    for _purged in [false, true] {
        assert!(!store.is_readable(id));
        assert_eq!(store.read(id), Err(StoreError::Gone(id)));
        assert_eq!(store.open(id), Err(StoreError::Gone(id)));
        assert_eq!(store.deadline(id), Err(StoreError::Gone(id)));
        assert_eq!(store.chat(id), Err(StoreError::Gone(id)));
        assert_eq!(store.receipt(id, START), Err(StoreError::Gone(id)));
        assert!(!store.ids().contains(&id));
        store.purge();
    }
}

#[test]
fn an_unread_message_waits_for_ever() {
    let (clock, mut bob) = phone();
    let id = bob
        .insert(NewMessage::received(CHAT, b"hello").timer(TEN))
        .unwrap();
    clock.advance(400 * 24 * 3600 * SECOND);
    assert_eq!(bob.deadline(id), Ok(None));
    assert_eq!(bob.next_wake(), None);
    assert_eq!(bob.purge(), 0);
    assert_eq!(bob.read(id), Ok(&b"hello"[..]));
}

#[test]
fn reading_starts_the_timer_once() {
    let (clock, mut bob) = phone();
    let id = bob
        .insert(NewMessage::received(CHAT, b"hello").timer(TEN))
        .unwrap();
    clock.advance(5);
    bob.read(id).unwrap();
    assert_eq!(bob.deadline(id), Ok(Some(START + 5 + 10_000)));
    clock.advance(9_000);
    bob.read(id).unwrap();
    assert_eq!(bob.deadline(id), Ok(Some(START + 5 + 10_000)));
}

#[test]
fn a_message_is_gone_at_its_deadline_and_not_before() {
    let (clock, mut bob) = phone();
    let id = bob
        .insert(NewMessage::received(CHAT, b"hello").timer(TEN))
        .unwrap();
    bob.read(id).unwrap();
    clock.advance(9_999);
    assert_eq!((bob.next_wake(), bob.purge()), (Some(1), 0));
    assert_eq!(bob.read(id), Ok(&b"hello"[..]));
    clock.advance(1);
    assert_eq!(bob.next_wake(), Some(0));
    assert_gone(&mut bob, id);
    assert_eq!((bob.len(), bob.next_wake()), (0, None));
}

#[test]
fn asking_starts_nothing() {
    let (_, mut bob) = phone();
    let id = bob
        .insert(NewMessage::received(CHAT, b"hello").timer(TEN))
        .unwrap();
    assert!(bob.is_readable(id));
    assert_eq!(bob.ids(), [id]);
    assert_eq!(bob.chat(id), Ok(CHAT));
    assert_eq!(bob.deadline(id), Ok(None));
    // The control: reading does.
    bob.read(id).unwrap();
    assert!(bob.deadline(id).unwrap().is_some());
}

#[test]
fn a_timer_after_sending_runs_unread() {
    let (clock, mut bob) = phone();
    let late = NewMessage::received(CHAT, b"hello")
        .timer(Timer::AfterSend(10_000))
        .sent_at(START - 4_000);
    let id = bob.insert(late).unwrap();
    assert_eq!(bob.deadline(id), Ok(Some(START + 6_000)));
    clock.advance(6_000);
    assert_gone(&mut bob, id);
}

#[test]
fn a_message_that_arrives_past_its_deadline_is_gone_at_once() {
    let (_, mut bob) = phone();
    let late = NewMessage::received(CHAT, b"hello")
        .timer(Timer::AfterSend(10_000))
        .sent_at(START - 10_000);
    let id = bob.insert(late).unwrap();
    assert_eq!((bob.len(), bob.next_wake()), (1, Some(0)));
    assert_gone(&mut bob, id);
}

#[test]
fn the_messages_own_timer_wins_over_the_chats() {
    let (_, mut bob) = phone();
    bob.set_chat_timer(CHAT, TEN).unwrap();
    let by_chat = bob.receive(CHAT, b"1").unwrap();
    let own = bob
        .insert(NewMessage::received(CHAT, b"2").timer(Timer::AfterRead(3_000)))
        .unwrap();
    let never = bob
        .insert(NewMessage::received(CHAT, b"3").timer(Timer::Off))
        .unwrap();
    let other_chat = bob.receive(ChatId(2), b"4").unwrap();
    for id in [by_chat, own, never, other_chat] {
        bob.read(id).unwrap();
    }
    let deadlines = [by_chat, own, never, other_chat].map(|id| bob.deadline(id).unwrap());
    assert_eq!(deadlines, [Some(START + 10_000), Some(START + 3_000), None, None]);
}

#[test]
fn a_new_chat_timer_leaves_earlier_messages_alone() {
    let (_, mut bob) = phone();
    bob.set_chat_timer(CHAT, TEN).unwrap();
    let earlier = bob.receive(CHAT, b"1").unwrap();
    bob.set_chat_timer(CHAT, Timer::Off).unwrap();
    let later = bob.receive(CHAT, b"2").unwrap();
    bob.read(earlier).unwrap();
    bob.read(later).unwrap();
    assert_eq!(bob.deadline(earlier), Ok(Some(START + 10_000)));
    assert_eq!(bob.deadline(later), Ok(None));
}

#[test]
fn short_timer_media_start_when_opened() {
    let (clock, mut bob) = phone();
    let id = bob
        .insert(
            NewMessage::received(CHAT, b"film")
                .media(0)
                .timer(Timer::AfterRead(SHORT_MEDIA_TIMER)),
        )
        .unwrap();
    assert_eq!(bob.read(id), Err(StoreError::OpenIt(id)));
    assert_eq!(bob.deadline(id), Ok(None));
    clock.advance(500);
    assert_eq!(bob.open(id), Ok(&b"film"[..]));
    clock.advance(500);
    bob.open(id).unwrap();
    assert_eq!(bob.deadline(id), Ok(Some(START + 500 + SHORT_MEDIA_TIMER)));
}

#[test]
fn media_with_a_longer_timer_start_on_view() {
    let (_, mut bob) = phone();
    let id = bob
        .insert(
            NewMessage::received(CHAT, b"film")
                .media(0)
                .timer(Timer::AfterRead(SHORT_MEDIA_TIMER + 1)),
        )
        .unwrap();
    assert_eq!(bob.read(id), Ok(&b"film"[..]));
    assert_eq!(bob.deadline(id), Ok(Some(START + SHORT_MEDIA_TIMER + 1)));
}

#[test]
fn a_film_can_be_watched_to_its_end() {
    let (_, mut bob) = phone();
    // Two minutes under ten seconds: still opened, not displayed, because the timer as it was set is short.
    let film = NewMessage::received(CHAT, b"film").media(120_000).timer(TEN);
    let id = bob.insert(film).unwrap();
    assert_eq!(bob.read(id), Err(StoreError::OpenIt(id)));
    bob.open(id).unwrap();
    assert_eq!(bob.deadline(id), Ok(Some(START + 121_000)));
    assert_eq!(raised_for_media(TEN, Content::Media { duration: 8_999 }), TEN);
    assert_eq!(
        raised_for_media(TEN, Content::Media { duration: 9_001 }),
        Timer::AfterRead(10_001)
    );
}

#[test]
fn the_senders_own_film_needs_no_opening() {
    let (_, mut alice) = phone();
    let id = alice
        .insert(NewMessage::sent(CHAT, b"film").media(0).timer(TEN))
        .unwrap();
    assert_eq!(alice.read(id), Ok(&b"film"[..]));
    assert_eq!(alice.deadline(id), Ok(None));
}

#[test]
fn the_senders_copy_starts_with_the_receipt() {
    let (clock, mut alice) = phone();
    alice.set_chat_timer(CHAT, TEN).unwrap();
    let id = alice.send(CHAT, b"hello").unwrap();
    clock.advance(50_000);
    alice.read(id).unwrap();
    assert_eq!(alice.deadline(id), Ok(None));
    alice.receipt(id, START + 48_000).unwrap();
    assert_eq!(alice.deadline(id), Ok(Some(START + 58_000)));
}

#[test]
fn a_sender_who_was_offline_loses_the_message_at_once() {
    let (clock, mut alice) = phone();
    let id = alice.insert(NewMessage::sent(CHAT, b"hello").timer(TEN)).unwrap();
    clock.advance(50_000);
    assert!(alice.is_readable(id));
    alice.receipt(id, START + 40_000).unwrap();
    assert_gone(&mut alice, id);
}

#[test]
fn the_first_receipt_wins() {
    let (_, mut alice) = phone();
    let id = alice.insert(NewMessage::sent(CHAT, b"hello").timer(TEN)).unwrap();
    alice.receipt(id, START - 1_000).unwrap();
    alice.receipt(id, START).unwrap();
    alice.receipt(id, START - 5_000).unwrap();
    assert_eq!(alice.deadline(id), Ok(Some(START + 9_000)));
}

#[test]
fn a_receipt_from_the_future_buys_no_time() {
    let (_, mut alice) = phone();
    let id = alice.insert(NewMessage::sent(CHAT, b"hello").timer(TEN)).unwrap();
    alice.receipt(id, START + 1_000_000).unwrap();
    assert_eq!(alice.deadline(id), Ok(Some(START + 10_000)));
}

#[test]
fn a_receipt_changes_nothing_where_no_reading_starts_the_timer() {
    let (_, mut alice) = phone();
    let off = alice.send(CHAT, b"1").unwrap();
    let by_sending = alice
        .insert(NewMessage::sent(CHAT, b"2").timer(Timer::AfterSend(7_000)))
        .unwrap();
    alice.receipt(off, START).unwrap();
    alice.receipt(by_sending, START).unwrap();
    assert_eq!(alice.deadline(off), Ok(None));
    assert_eq!(alice.deadline(by_sending), Ok(Some(START + 7_000)));
}

#[test]
fn a_receipt_for_a_received_message_is_refused() {
    let (_, mut bob) = phone();
    let id = bob
        .insert(NewMessage::received(CHAT, b"hello").timer(TEN))
        .unwrap();
    assert_eq!(bob.receipt(id, START), Err(StoreError::NotSentFromHere(id)));
    assert_eq!(bob.deadline(id), Ok(None));
}

#[test]
fn each_phone_enforces_alone() {
    let (clock, mut alice) = phone();
    let mut bob = MessageStore::new(clock.clone());
    let at_alice = alice.insert(NewMessage::sent(CHAT, b"hello").timer(TEN)).unwrap();
    let at_bob = bob
        .insert(NewMessage::received(CHAT, b"hello").timer(TEN))
        .unwrap();
    bob.read(at_bob).unwrap();
    clock.advance(10_000);
    assert_gone(&mut bob, at_bob);
    // The receipt never came: nothing tells Alice's phone, and it keeps its copy.
    assert!(alice.is_readable(at_alice));
}

#[test]
fn an_expired_id_never_reads_the_message_that_moved_in() {
    let (clock, mut bob) = phone();
    let old = bob
        .insert(NewMessage::received(CHAT, b"old").timer(Timer::AfterSend(1)))
        .unwrap();
    clock.advance(1);
    assert_eq!(bob.purge(), 1);
    let new = bob.receive(CHAT, b"new").unwrap();
    assert_gone(&mut bob, old);
    assert_eq!(bob.read(new), Ok(&b"new"[..]));
}

#[test]
fn an_id_that_was_never_given_is_unknown() {
    let (_, mut bob) = phone();
    let (_, mut other) = phone();
    let id = other.receive(CHAT, b"elsewhere").unwrap();
    for unknown in [
        id,
        MessageId::from_bytes([0; 8]),
        MessageId::from_bytes([0xff; 8]),
    ] {
        assert_eq!(bob.read(unknown), Err(StoreError::UnknownId(unknown)));
        assert_eq!(bob.open(unknown), Err(StoreError::UnknownId(unknown)));
        assert_eq!(bob.deadline(unknown), Err(StoreError::UnknownId(unknown)));
        assert_eq!(bob.receipt(unknown, 0), Err(StoreError::UnknownId(unknown)));
        assert!(!bob.is_readable(unknown));
    }
}

#[test]
fn an_id_is_eight_bytes() {
    let (_, mut bob) = phone();
    bob.receive(CHAT, b"first").unwrap();
    let id = bob.receive(CHAT, b"second").unwrap();
    assert_eq!(id.to_bytes(), [0, 0, 0, 2, 0, 0, 0, 1]);
    assert_eq!(MessageId::from_bytes(id.to_bytes()), id);
}

#[test]
fn senseless_timers_are_refused_and_sensible_ones_are_not() {
    let (_, mut bob) = phone();
    for zero in [Timer::AfterRead(0), Timer::AfterSend(0)] {
        assert_eq!(
            bob.set_chat_timer(CHAT, zero),
            Err(StoreError::Timer(TimerError::Zero))
        );
        let message = NewMessage::received(CHAT, b"hello").timer(zero);
        assert_eq!(bob.insert(message), Err(StoreError::Timer(TimerError::Zero)));
    }
    let asked = MAX_TIMER + 1;
    for absurd in [Timer::AfterRead(asked), Timer::AfterSend(asked)] {
        let refused = StoreError::Timer(TimerError::TooLong { asked });
        assert_eq!(bob.set_chat_timer(CHAT, absurd), Err(refused.clone()));
        assert_eq!(
            bob.insert(NewMessage::received(CHAT, b"hello").timer(absurd)),
            Err(refused)
        );
    }
    let endless_film = NewMessage::received(CHAT, b"film").media(Millis::MAX).timer(TEN);
    assert_eq!(
        bob.insert(endless_film),
        Err(StoreError::Timer(TimerError::TooLong { asked: Millis::MAX }))
    );
    assert_eq!(bob.len(), 0);
    for sound in [
        Timer::Off,
        Timer::AfterRead(1),
        Timer::AfterRead(MAX_TIMER),
        Timer::AfterSend(MAX_TIMER),
    ] {
        bob.set_chat_timer(CHAT, sound).unwrap();
        bob.receive(CHAT, b"hello").unwrap();
    }
}

#[test]
fn a_body_has_a_limit() {
    let (_, mut bob) = phone();
    let length = MAX_BODY + 1;
    assert_eq!(
        bob.receive(CHAT, vec![7; length]),
        Err(StoreError::BodyTooLong { length })
    );
    bob.receive(CHAT, vec![7; MAX_BODY]).unwrap();
    bob.receive(CHAT, b"").unwrap();
}

#[test]
fn deadlines_saturate_at_the_end_of_time() {
    let near_the_end = Millis::MAX - 5;
    assert_eq!(expires_at(TEN, 0, Some(near_the_end)), Some(Millis::MAX));
    assert_eq!(
        expires_at(Timer::AfterSend(10_000), near_the_end, None),
        Some(Millis::MAX)
    );
    let clock = ControlledClock::new(near_the_end);
    let mut bob = MessageStore::new(clock.clone());
    let id = bob
        .insert(NewMessage::received(CHAT, b"hello").timer(TEN))
        .unwrap();
    bob.read(id).unwrap();
    assert_eq!(bob.next_wake(), Some(5));
    clock.advance(5);
    assert_gone(&mut bob, id);
}

#[test]
fn one_waiter_serves_all() {
    assert_eq!(shortest_wait(100, [250, 130, 400]), Some(30));
    assert_eq!(shortest_wait(100, [90, 130]), Some(0));
    assert_eq!(shortest_wait(100, []), None);
    let (clock, mut bob) = phone();
    for length in [30, 10, 20] {
        bob.insert(NewMessage::received(CHAT, b"hello").timer(Timer::AfterSend(length)))
            .unwrap();
    }
    let mut steps = Vec::new();
    while let Some(wait) = bob.next_wake() {
        clock.advance(wait);
        steps.push((wait, bob.purge()));
    }
    assert_eq!(steps, [(10, 1), (10, 1), (10, 1)]);
}

#[test]
fn whether_it_was_purged_changes_no_answer() {
    let (clock, mut lazy) = phone();
    let mut eager = MessageStore::new(clock.clone());
    let mut ids = Vec::new();
    for step in 0..300 {
        let timer = [TEN, Timer::AfterSend(700), Timer::AfterRead(900)][step % 3];
        for store in [&mut lazy, &mut eager] {
            let id = store.insert(NewMessage::received(CHAT, b"hello").timer(timer));
            ids.push(id.unwrap());
        }
        clock.advance(100);
        eager.purge();
        // The two may put a message into different slots, so each store is asked for its own ID.
        for pair in ids.chunks(2) {
            let answers = |store: &mut MessageStore<ControlledClock>, id| {
                let deadline = store.deadline(id).ok();
                (store.is_readable(id), deadline, store.read(id).is_ok())
            };
            assert_eq!(answers(&mut lazy, pair[0]), answers(&mut eager, pair[1]));
        }
    }
    assert!(lazy.len() > eager.len());
    lazy.purge();
    assert_eq!(lazy.len(), eager.len());
}

#[test]
fn what_is_left_after_a_restart() {
    assert_eq!(time_left_after_restart(9_000, 1_000, 4_000), Some(6_000));
    assert_eq!(time_left_after_restart(9_000, 1_000, 10_000), None);
    assert_eq!(time_left_after_restart(9_000, 4_000, 1_000), Some(9_000));
}

#[test]
fn turning_the_wall_clock_back_fools_only_the_store_that_trusts_it() {
    for (rule, fooled) in [(ClockRule::TrustWall, true), (ClockRule::HoldOn, false)] {
        let clock = ControlledClock::new(START);
        let mut bob = MessageStore::with_rule(clock.clone(), rule);
        let id = bob
            .insert(NewMessage::received(CHAT, b"hello").timer(TEN))
            .unwrap();
        bob.read(id).unwrap();
        clock.advance(10_000);
        assert_eq!(bob.read(id), Err(StoreError::Gone(id)));
        clock.set_wall(START + 1_000);
        assert_eq!(bob.read(id).is_ok(), fooled, "{rule:?}");
        // What was purged in time stays gone even there.
        clock.advance(10_000);
        assert_eq!(bob.purge(), 1);
        clock.set_wall(START);
        assert_gone(&mut bob, id);
    }
}

#[test]
fn store_time_never_runs_backwards() {
    let clock = ControlledClock::new(START);
    let bob = MessageStore::new(clock.clone());
    clock.advance(100);
    clock.set_wall(0);
    assert_eq!(bob.now(), START + 100);
    clock.set_wall(u64::MAX);
    assert_eq!(bob.now(), START + 100);
    clock.set_wall(5_000);
    bob.now();
    clock.restart(700); // off for 700 ms, which counts
    assert_eq!(bob.now(), START + 800);
    clock.set_wall(0);
    bob.now();
    clock.restart(0);
    clock.set_wall(0);
    assert_eq!(bob.now(), START + 800);
    clock.advance(1);
    assert_eq!(bob.now(), START + 801);
}

#[test]
fn nothing_of_a_body_is_printed() {
    let (_, mut bob) = phone();
    let message = NewMessage::received(CHAT, b"meet at ten");
    let printed = format!("{message:?}");
    let id = bob.insert(message).unwrap();
    let printed = format!("{printed} {bob:?} {id:?} {id}");
    assert!(!printed.contains("meet") && !printed.contains("109"), "{printed}");
    assert!(printed.contains("omitted"));
}

#[test]
fn every_refusal_says_what_to_do() {
    let id = MessageId::from_bytes([0, 0, 0, 3, 0, 0, 0, 0]);
    let refusals = [
        (StoreError::UnknownId(id), "use an ID"),
        (StoreError::Gone(id), "remove it"),
        (StoreError::OpenIt(id), "call `open`"),
        (StoreError::NotSentFromHere(id), "starts when it is read"),
        (StoreError::Timer(TimerError::Zero), "use Timer::Off"),
        (
            StoreError::Timer(TimerError::TooLong { asked: 1 }),
            "give a length",
        ),
        (StoreError::BodyTooLong { length: 1 }, "split it"),
        (StoreError::NoMoreIds, "begin a new one"),
    ];
    for (refusal, what_to_do) in refusals {
        assert!(refusal.to_string().contains(what_to_do), "{refusal}");
    }
}

//! Lesson 01, solved: one way of many.

use messaging_lab::ground::clock::{ControlledClock, Millis};
use messaging_lab::ground::ledger::{Onlooker, Witness};
use messaging_lab::store::{Action, ChatId, Countdown, MessageStore, NewMessage, Timer};

pub fn predict() -> ([Option<bool>; 6], [Option<Witness>; 6]) {
    let guesses = [
        Some(true),
        Some(true),
        Some(false),
        Some(false),
        Some(true),
        Some(true),
    ];
    let witnesses = [
        Some(Witness::Holds(Onlooker::AlicePhone, 3_700)),
        Some(Witness::Holds(Onlooker::BobPhone, 37)),
        Some(Witness::Nobody),
        Some(Witness::Nobody),
        Some(Witness::Holds(Onlooker::AlicePhone, 27)),
        Some(Witness::Holds(Onlooker::BobPhone, 30)),
    ];
    (guesses, witnesses)
}

pub fn deadline(timer: Timer, sent_at: Millis, read_at: Option<Millis>) -> Option<Millis> {
    let (start, length) = match timer {
        Timer::Off => return None,
        Timer::AfterRead(length) => (read_at?, length),
        Timer::AfterSend(length) => (sent_at, length),
    };
    Some(start.saturating_add(length))
}

pub fn boundary(now: Millis, deadline: Option<Millis>) -> bool {
    match deadline {
        Some(deadline) => now < deadline,
        None => true,
    }
}

pub fn countdown(
    ttl: Millis,
    read_at: Option<Millis>,
    receipt_at: Option<Millis>,
    now: Millis,
) -> (Countdown, Countdown) {
    let bobs = match read_at {
        Some(read) if read <= now => {
            let elapsed = now - read;
            if elapsed < ttl {
                Countdown::Left((ttl - elapsed).div_ceil(1000))
            } else {
                Countdown::Gone
            }
        }
        _ => Countdown::Waiting,
    };
    let alice_knows = receipt_at.is_some_and(|arrived| arrived <= now);
    let alices = if alice_knows { bobs } else { Countdown::Waiting };
    (alices, bobs)
}

pub fn conversation(script: &[(Millis, Action)]) -> Vec<Option<String>> {
    let chat = ChatId(1);
    let clock = ControlledClock::new(0);
    let mut phone = MessageStore::new(clock.clone());
    let mut now = 0;
    let mut received = Vec::new();
    let mut answers = Vec::new();
    for (time, action) in script {
        clock.advance(time - now);
        now = *time;
        match action {
            Action::SetTimer(timer) => phone.set_chat_timer(chat, *timer).expect("a sound timer"),
            Action::Receive { text, timer } => {
                let mut message = NewMessage::received(chat, text.as_str());
                message.timer = *timer;
                received.push(phone.insert(message).expect("room for a message"));
            }
            Action::Read(number) => answers.push(match phone.read(received[*number]) {
                Ok(body) => Some(String::from_utf8_lossy(body).to_string()),
                Err(_) => None,
            }),
        }
    }
    answers
}

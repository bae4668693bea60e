//! What a script is made of: things to do, drawn at random.

use messaging_lab::ground::clock::Millis;
use messaging_lab::ground::randomness::Seeded;
use messaging_lab::store::{ChatId, NewMessage, Timer};

use super::Model;

/// One thing to do. Messages are named by their place in the model's list.
#[derive(Clone, Debug)]
pub enum Op {
    Insert(NewMessage),
    ChatTimer(ChatId, Timer),
    Read(usize),
    Open(usize),
    Receipt(usize, Millis),
    Ask(usize),
    Purge,
    NextWake,
}

pub fn draw_op(draw: &mut Seeded, model: &Model) -> Op {
    let count = model.known.len() as u64;
    // Mostly recent messages, so that many are met more than once while they live.
    let recent = |draw: &mut Seeded| {
        let among = if draw.below(4) == 0 { count } else { count.min(12) };
        let back = draw.below(among);
        (count - 1 - back) as usize
    };
    match draw.below(12) {
        _ if count == 0 => Op::Insert(draw_message(draw, model.now)),
        0..=2 => Op::Insert(draw_message(draw, model.now)),
        3 => Op::ChatTimer(ChatId(draw.below(3) as u32), draw_timer(draw)),
        4..=5 => Op::Read(recent(draw)),
        6 => Op::Open(recent(draw)),
        7 => {
            let date = model.now.saturating_sub(draw.below(30_000)) + draw.below(5_000);
            Op::Receipt(recent(draw), date)
        }
        8..=9 => Op::Ask(recent(draw)),
        10 => Op::Purge,
        _ => Op::NextWake,
    }
}

fn draw_timer(draw: &mut Seeded) -> Timer {
    let length = match draw.below(4) {
        0 => 1 + draw.below(3),
        1 => [59_999, 60_000, 60_001][draw.below(3) as usize],
        _ => 1 + draw.below(20_000),
    };
    match draw.below(5) {
        0 => Timer::Off,
        1 => Timer::AfterSend(length),
        _ => Timer::AfterRead(length),
    }
}

fn draw_message(draw: &mut Seeded, now: Millis) -> NewMessage {
    let chat = ChatId(draw.below(3) as u32);
    let length = draw.below(40) as usize;
    let body = draw.bytes(length);
    let mut new = match draw.below(3) {
        0 => NewMessage::sent(chat, body),
        _ => NewMessage::received(chat, body),
    };
    if draw.below(3) == 0 {
        new = new.media([0, 3_000, 70_000][draw.below(3) as usize]);
    }
    if draw.below(2) == 0 {
        new = new.timer(draw_timer(draw));
    }
    if draw.below(4) == 0 {
        new = new.sent_at(now - draw.below(10_000));
    }
    new
}

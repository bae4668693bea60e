//! Lesson 12's calls, without their story: two phones that agree, and the two directions in which sound travels between them.

use std::collections::{BTreeMap, VecDeque};

use messaging_lab::call::audio::{FRAME_SAMPLES, Frame, Voice, frames, say};
use messaging_lab::call::cell::{from_cell, to_cell};
use messaging_lab::call::codec::{PAYLOAD_CELLS, PAYLOAD_VARIABLE, decode_variable, encode_variable};
use messaging_lab::call::frame::{FrameError, FrameKeys, Header, OVERHEAD_BYTES};
use messaging_lab::call::key_schedule::{SessionKeys, context, total_hash};
use messaging_lab::call::memory::Memory;
use messaging_lab::call::session::confirmed::Confirmed;
use messaging_lab::call::session::{Session, Settings};
use messaging_lab::call::stream::{Receiver, Sender, Stream};
use messaging_lab::call::wire::Kind;
use messaging_lab::ground::ledger::Onlooker;
use messaging_lab::ground::randomness::Seeded;
use messaging_lab::ground::secret::Secret;

/// Alice's stream: a frame's size follows the sound.
const FROM_ALICE: Stream = Stream {
    ssrc: 0xa11ce,
    payload_type: PAYLOAD_VARIABLE,
};

/// Bob's stream: cells of one size.
const FROM_BOB: Stream = Stream {
    ssrc: 0xb0b,
    payload_type: PAYLOAD_CELLS,
};

/// Frames in a second.
pub(super) const A_SECOND: usize = 50;

/// A call as it was agreed on: both phones' ends, and every message that a tap saw of it.
pub(super) struct Agreed {
    pub(super) caller: Confirmed,
    pub(super) called: Confirmed,
    pub(super) messages: Vec<Vec<u8>>,
    /// For each of them which end sent it: 0 is the caller.
    senders: Vec<usize>,
}

impl Agreed {
    /// What one end sent, in order: 0 is the caller.
    pub(super) fn sent_by(&self, end: usize) -> impl Iterator<Item = &[u8]> {
        let all = self.messages.iter().zip(&self.senders);
        all.filter(move |(_, sender)| **sender == end)
            .map(|(message, _)| &message[..])
    }
}

/// A phone's name in every call.
pub(super) fn zid(name: &str) -> [u8; 12] {
    let mut zid = [b' '; 12];
    zid[..name.len()].copy_from_slice(name.as_bytes());
    zid
}

/// Two phones pass each other their messages until both hold the keys.
pub(super) fn agree(caller: &str, called: &str, random: &mut Seeded) -> Option<Agreed> {
    let mut waiting = Settings::new(zid(called));
    waiting.commits = false;
    let mut ends =
        [Settings::new(zid(caller)), waiting].map(|end| Session::new(end, Memory::new(), random).ok());
    let mut travelling = VecDeque::new();
    let (mut messages, mut senders) = (Vec::new(), Vec::new());
    for (at, end) in ends.iter_mut().enumerate() {
        let (session, reaction) = end.take()?.start(0);
        *end = Some(session);
        travelling.extend(reaction.sends.into_iter().map(|message| (1 - at, message)));
    }
    while let Some((to, message)) = travelling.pop_front() {
        let (session, reaction) = ends[to].take()?.receive(&message, 0);
        ends[to] = Some(session);
        messages.push(message);
        senders.push(1 - to);
        travelling.extend(reaction.sends.into_iter().map(|message| (1 - to, message)));
    }
    match ends {
        [Some(Session::Confirmed(caller)), Some(Session::Confirmed(called))] => Some(Agreed {
            caller,
            called,
            messages,
            senders,
        }),
        _ => None,
    }
}

/// What becomes of a frame on its way.
#[derive(Clone, Copy)]
pub(super) enum Fate {
    /// It arrives at once.
    Arrives,
    /// The tap drops it.
    Dropped,
    /// The tap holds it back for so many frames' time.
    Late(u64),
}

/// One direction of a call: the sender in one phone, the receiver in the other, and the path between them.
pub(super) struct Direction {
    /// Who speaks, by name and by phone.
    pub(super) who: (&'static str, Onlooker),
    /// Whose phone plays it.
    pub(super) to: Onlooker,
    pub(super) sender: Sender,
    pub(super) receiver: Receiver,
    in_cells: bool,
    /// Frames sent so far: this one's first sample is 160 times as many.
    pub(super) sent: u64,
    /// What the tap keeps.
    pub(super) recorded: Vec<Vec<u8>>,
    held_back: Vec<(u64, Vec<u8>)>,
    /// Which frames did not arrive at once, and which came later, after how many: until somebody looks.
    pub(super) held_up: Vec<usize>,
    pub(super) came_late: Vec<(u64, Vec<u8>)>,
    /// What the receiver took, by its index.
    pub(super) heard: BTreeMap<u64, Frame>,
    /// What the tap last noted.
    pub(super) noted: String,
}

impl Direction {
    fn new(
        who: (&'static str, Onlooker),
        to: Onlooker,
        stream: Stream,
        ends: [FrameKeys; 2],
    ) -> Option<Self> {
        let [sending, receiving] = ends;
        Some(Direction {
            who,
            to,
            sender: Sender::new(sending, stream, 0).ok()?,
            receiver: Receiver::new(receiving, stream).ok()?,
            in_cells: stream.payload_type == PAYLOAD_CELLS,
            sent: 0,
            recorded: Vec::new(),
            held_back: Vec::new(),
            held_up: Vec::new(),
            came_late: Vec::new(),
            heard: BTreeMap::new(),
            noted: String::new(),
        })
    }

    /// Sends 20 ms, and delivers what is due.
    pub(super) fn send(&mut self, frame: &Frame, fate: Fate) -> Option<()> {
        let mut payload = encode_variable(frame);
        if self.in_cells {
            payload = to_cell(&payload).ok()?.to_vec();
        }
        let timestamp = self.sent as u32 * FRAME_SAMPLES as u32;
        let sealed = self.sender.protect(timestamp, &payload).ok()?;
        self.recorded.push(sealed.clone());
        if !matches!(fate, Fate::Arrives) {
            self.held_up.push(self.sent as usize);
        }
        match fate {
            Fate::Arrives => drop(self.arrives(&sealed)),
            Fate::Dropped => {}
            Fate::Late(frames) => self.held_back.push((self.sent + frames, sealed)),
        }
        let now = self.sent;
        let (due, later) = std::mem::take(&mut self.held_back)
            .into_iter()
            .partition(|(when, _)| *when <= now);
        self.held_back = later;
        for (_, sealed) in due {
            self.arrives(&sealed).ok();
            self.came_late.push((now, sealed));
        }
        self.sent += 1;
        Some(())
    }

    /// A frame comes to the receiver. Whether it was taken.
    pub(super) fn arrives(&mut self, sealed: &[u8]) -> Result<u64, FrameError> {
        let received = self.receiver.unprotect(sealed)?;
        let payload = match self.in_cells {
            true => from_cell(&received.payload).unwrap_or_default(),
            false => &received.payload,
        };
        if let Ok(frame) = decode_variable(payload) {
            self.heard.insert(received.index, frame);
        }
        Ok(received.index)
    }

    /// What a tap can say of the last `frames` frames: it sees how long they are.
    pub(super) fn seen(&self, frames: usize) -> String {
        let last = &self.recorded[self.recorded.len() - frames..];
        let sizes: Vec<usize> = last.iter().map(Vec::len).collect();
        let (least, most) = (sizes.iter().min(), sizes.iter().max());
        let (least, most) = (least.copied().unwrap_or(0), most.copied().unwrap_or(0));
        let name = self.who.0;
        if least < most {
            format!("{name} speaks: frames of {least} to {most} bytes")
        } else if least <= OVERHEAD_BYTES + 1 {
            format!("{name} is silent: frames of {least} bytes")
        } else {
            format!("{name}: all frames have {least} bytes")
        }
    }
}

/// The frames of a text, from its first sound to its last.
pub(super) fn spoken(text: &str, voice: &Voice) -> Vec<Frame> {
    let said = frames(&say(text, voice));
    let sounds = |frame: &Frame| encode_variable(frame).len() > 1;
    let begin = said.iter().position(sounds).unwrap_or(0);
    let end = said.iter().rposition(sounds).map_or(0, |last| last + 1);
    said[begin..end].to_vec()
}

/// Frames as bytes, as they are played: what the codec leaves of them.
pub(super) fn sound(frames: &[Frame]) -> Vec<u8> {
    let samples = frames.iter().flatten();
    samples.flat_map(|sample| sample.to_le_bytes()).collect()
}

/// As the codec gives it back.
pub(super) fn through_the_codec(frames: &[Frame]) -> Option<Vec<Frame>> {
    frames
        .iter()
        .map(|frame| decode_variable(&encode_variable(frame)).ok())
        .collect()
}

/// The key and salt with which a phone seals or opens, as bytes.
pub(super) fn key_bytes(keys: &FrameKeys) -> Vec<u8> {
    [&keys.key.expose()[..], keys.salt.expose()].concat()
}

/// Everything that a thief with a phone after hang-up can make keys of: the secret kept for the next call, used as it is
/// and put through the key schedule of the call that he has the messages of.
pub(super) fn keys_from(kept: &Secret<32>, messages: &[Vec<u8>]) -> Option<Vec<FrameKeys>> {
    let find = |kind: Kind| {
        messages
            .iter()
            .filter(move |message| Kind::of(message) == Ok(kind))
    };
    let (commit, first, second) = (
        find(Kind::Commit).next()?,
        find(Kind::DhPart1).next()?,
        find(Kind::DhPart2).next()?,
    );
    let mut keys = vec![FrameKeys::new(*kept.expose(), [0; 12])];
    for hello in find(Kind::Hello) {
        let total = total_hash(hello, commit, first, second);
        let keys_made = SessionKeys::derive(kept, &context(&zid("alice"), &zid("bob"), &total));
        keys.extend([
            FrameKeys::of(&keys_made.initiator),
            FrameKeys::of(&keys_made.responder),
        ]);
    }
    Some(keys)
}

/// How many of the recorded frames open with one of `keys`.
pub(super) fn opened_with(keys: &[FrameKeys], recorded: &[Vec<u8>]) -> usize {
    let opens = |frame: &&Vec<u8>| {
        let seq = Header::of(frame).map_or(0, |header| u64::from(header.seq));
        keys.iter().any(|keys| keys.open(seq, frame).is_ok())
    };
    recorded.iter().filter(opens).count()
}

/// Both directions of a call between two ends that have agreed.
pub(super) fn directions(caller: &Confirmed, called: &Confirmed) -> Option<(Direction, Direction)> {
    let ends =
        |from: &Confirmed, to: &Confirmed| [FrameKeys::of(from.sending()), FrameKeys::of(to.receiving())];
    let alice = ("Alice", Onlooker::AlicePhone);
    let bob = ("Bob", Onlooker::BobPhone);
    Some((
        Direction::new(alice, Onlooker::BobPhone, FROM_ALICE, ends(caller, called))?,
        Direction::new(bob, Onlooker::AlicePhone, FROM_BOB, ends(called, caller))?,
    ))
}

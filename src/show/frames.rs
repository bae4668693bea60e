//! Lesson 12's scene: a call over a path that loses, delays, repeats and forges, and a second call with somebody in between.
//!
//! Keys come from a handshake, frames from the senders, and what each end plays from the receivers. What the tap says of
//! Alice and Bob it says by the sizes of the frames alone.

use std::collections::{BTreeMap, VecDeque};

use super::Scene;
use crate::call::audio::{FRAME_SAMPLES, Frame, Voice, frames, say};
use crate::call::cell::{from_cell, to_cell};
use crate::call::codec::{PAYLOAD_CELLS, PAYLOAD_VARIABLE, decode_variable, encode_variable};
use crate::call::frame::{FrameError, FrameKeys, Header, OVERHEAD_BYTES};
use crate::call::key_schedule::{SessionKeys, context, total_hash};
use crate::call::memory::Memory;
use crate::call::session::confirmed::Confirmed;
use crate::call::session::{Session, Settings};
use crate::call::stream::{Receiver, Sender, Stream};
use crate::call::wire::Kind;
use crate::ground::clock::Millis;
use crate::ground::ledger::{HoldingId, Ledger, Onlooker};
use crate::ground::randomness::Seeded;
use crate::ground::secret::Secret;

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
const A_SECOND: usize = 50;

/// Which of Bob's frames the tap holds back for half a second, and which for two: both in the middle of a vowel.
const LATE: usize = 20;
const TOO_LATE: usize = 24;

/// Plays the scene.
pub fn scene() -> Scene {
    play().expect("controlled randomness, sound streams and short frames")
}

/// A call as it was agreed on: both phones' ends, and every message that a tap saw of it.
struct Agreed {
    caller: Confirmed,
    called: Confirmed,
    messages: Vec<Vec<u8>>,
}

/// A phone's name in every call.
fn zid(name: &str) -> [u8; 12] {
    let mut zid = [b' '; 12];
    zid[..name.len()].copy_from_slice(name.as_bytes());
    zid
}

/// Two phones pass each other their messages until both hold the keys.
fn agree(caller: &str, called: &str, random: &mut Seeded) -> Option<Agreed> {
    let mut waiting = Settings::new(zid(called));
    waiting.commits = false;
    let mut ends =
        [Settings::new(zid(caller)), waiting].map(|end| Session::new(end, Memory::new(), random).ok());
    let mut travelling = VecDeque::new();
    let mut messages = Vec::new();
    for (at, end) in ends.iter_mut().enumerate() {
        let (session, reaction) = end.take()?.start(0);
        *end = Some(session);
        travelling.extend(reaction.sends.into_iter().map(|message| (1 - at, message)));
    }
    while let Some((to, message)) = travelling.pop_front() {
        let (session, reaction) = ends[to].take()?.receive(&message, 0);
        ends[to] = Some(session);
        messages.push(message);
        travelling.extend(reaction.sends.into_iter().map(|message| (1 - to, message)));
    }
    match ends {
        [Some(Session::Confirmed(caller)), Some(Session::Confirmed(called))] => Some(Agreed {
            caller,
            called,
            messages,
        }),
        _ => None,
    }
}

/// What becomes of a frame on its way.
#[derive(Clone, Copy)]
enum Fate {
    /// It arrives at once.
    Arrives,
    /// The tap drops it.
    Dropped,
    /// The tap holds it back for so many frames' time.
    Late(u64),
}

/// One direction of a call: the sender in one phone, the receiver in the other, and the path between them.
struct Direction {
    /// Who speaks, by name and by phone.
    who: (&'static str, Onlooker),
    /// Whose phone plays it.
    to: Onlooker,
    sender: Sender,
    receiver: Receiver,
    in_cells: bool,
    /// Frames sent so far: this one's first sample is 160 times as many.
    sent: u64,
    /// What the tap keeps.
    recorded: Vec<Vec<u8>>,
    held_back: Vec<(u64, Vec<u8>)>,
    /// What the receiver took, by its index.
    heard: BTreeMap<u64, Frame>,
    /// What the tap last noted.
    noted: String,
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
            heard: BTreeMap::new(),
            noted: String::new(),
        })
    }

    /// Sends 20 ms, and delivers what is due.
    fn send(&mut self, frame: &Frame, fate: Fate) -> Option<()> {
        let mut payload = encode_variable(frame);
        if self.in_cells {
            payload = to_cell(&payload).ok()?.to_vec();
        }
        let timestamp = self.sent as u32 * FRAME_SAMPLES as u32;
        let sealed = self.sender.protect(timestamp, &payload).ok()?;
        self.recorded.push(sealed.clone());
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
        }
        self.sent += 1;
        Some(())
    }

    /// A frame comes to the receiver. Whether it was taken.
    fn arrives(&mut self, sealed: &[u8]) -> Result<u64, FrameError> {
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
    fn seen(&self, frames: usize) -> String {
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

/// The frames of a text, up to its last sound.
fn spoken(text: &str, voice: &Voice) -> Vec<Frame> {
    let mut said = frames(&say(text, voice));
    while said.last().is_some_and(|frame| encode_variable(frame).len() == 1) {
        said.pop();
    }
    said
}

/// Frames as bytes, as they are played: what the codec leaves of them.
fn sound(frames: &[Frame]) -> Vec<u8> {
    let samples = frames.iter().flatten();
    samples.flat_map(|sample| sample.to_le_bytes()).collect()
}

/// As the codec gives it back.
fn through_the_codec(frames: &[Frame]) -> Option<Vec<Frame>> {
    frames
        .iter()
        .map(|frame| decode_variable(&encode_variable(frame)).ok())
        .collect()
}

/// The onlookers' world.
struct World {
    ledger: Ledger,
    story: Vec<(Millis, String)>,
    watched: Vec<(&'static str, Vec<u8>)>,
}

impl World {
    fn second(&mut self, second: u64, words: impl Into<String>) {
        self.story.push((second * 1000, words.into()));
    }

    fn gains(&mut self, second: u64, who: Onlooker, what: &str, bytes: &[u8]) -> HoldingId {
        self.ledger.gains(second * 1000, who, what, bytes)
    }

    /// Two seconds of a direction: `said`, then silence. `fate` is asked for each frame, counted from 0. What is heard is
    /// played when the two seconds are over, and gone a second later.
    fn two_seconds(
        &mut self,
        direction: &mut Direction,
        second: u64,
        said: (&str, &[Frame]),
        fate: impl Fn(usize) -> Fate,
    ) -> Option<()> {
        let (text, said) = said;
        let first = direction.sent;
        for at in 0..2 * A_SECOND {
            direction.send(said.get(at).unwrap_or(&[0; FRAME_SAMPLES]), fate(at))?;
        }
        if !said.is_empty() {
            // A tap has heard already what it passes on.
            if direction.who.1 != Onlooker::Tap {
                let own = sound(&through_the_codec(said)?);
                let what = format!("the sound of \"{text}\"");
                let shown = self.gains(second, direction.who.1, &what, &own);
                self.ledger.loses((second + 2) * 1000, shown);
            }
            // Without what did not come; a gap parts it.
            let heard: Vec<(u64, Frame)> = (first..first + said.len() as u64)
                .filter_map(|index| Some((index, *direction.heard.get(&index)?)))
                .collect();
            for run in heard.chunk_by(|(one, _), (next, _)| one + 1 == *next) {
                let what = match run.len() == said.len() {
                    true => format!("the sound of \"{text}\", opened"),
                    false => format!("{} frames of \"{text}\", opened", run.len()),
                };
                let run: Vec<Frame> = run.iter().map(|(_, frame)| *frame).collect();
                let opened = self.gains(second + 2, direction.to, &what, &sound(&run));
                // A phone plays it, and it is gone. A tap keeps what it has.
                if direction.to != Onlooker::Tap {
                    self.ledger.loses((second + 3) * 1000, opened);
                }
            }
        }
        let seen = direction.seen(2 * A_SECOND);
        // A tap has no need to note what it sends itself.
        if seen != direction.noted && direction.who.1 != Onlooker::Tap {
            self.gains(second + 2, Onlooker::Tap, "a note by the sizes", seen.as_bytes());
            direction.noted = seen;
        }
        Some(())
    }
}

/// The key and salt with which a phone seals or opens, as bytes.
fn key_bytes(keys: &FrameKeys) -> Vec<u8> {
    [&keys.key.expose()[..], keys.salt.expose()].concat()
}

/// Everything that a thief with a phone after hang-up can make keys of: the secret kept for the next call, used as it is
/// and put through the key schedule of the call that he has the messages of.
fn keys_from(kept: &Secret<32>, messages: &[Vec<u8>]) -> Option<Vec<FrameKeys>> {
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
fn opened_with(keys: &[FrameKeys], recorded: &[Vec<u8>]) -> usize {
    let opens = |frame: &&Vec<u8>| {
        let seq = Header::of(frame).map_or(0, |header| u64::from(header.seq));
        keys.iter().any(|keys| keys.open(seq, frame).is_ok())
    };
    recorded.iter().filter(opens).count()
}

/// Both directions of a call between two ends that have agreed.
fn directions(caller: &Confirmed, called: &Confirmed) -> Option<(Direction, Direction)> {
    let ends =
        |from: &Confirmed, to: &Confirmed| [FrameKeys::of(from.sending()), FrameKeys::of(to.receiving())];
    let alice = ("Alice", Onlooker::AlicePhone);
    let bob = ("Bob", Onlooker::BobPhone);
    Some((
        Direction::new(alice, Onlooker::BobPhone, FROM_ALICE, ends(caller, called))?,
        Direction::new(bob, Onlooker::AlicePhone, FROM_BOB, ends(called, caller))?,
    ))
}

fn play() -> Option<Scene> {
    let mut random = Seeded::new(12);
    let voice = |pitch, seed| Voice {
        pitch,
        pace: 90,
        seed,
    };
    let mut world = World {
        ledger: Ledger::new(),
        story: Vec::new(),
        watched: Vec::new(),
    };
    first_call(&mut world, &mut random, &|text, seed| match seed {
        0..10 => spoken(text, &voice(190, seed)),
        _ => spoken(text, &voice(110, seed)),
    })?;
    second_call(
        &mut world,
        &mut random,
        &spoken("the code is ten", &voice(190, 5)),
    )?;
    world.second(24, "The run ends.");
    Some(Scene {
        lesson: "frames",
        title: "one call over a bad path, and one with somebody in between",
        story: world.story,
        ledger: world.ledger,
        watched: world.watched,
        end: 24_000,
    })
}

/// Seconds 0 to 17.
fn first_call(world: &mut World, random: &mut Seeded, speak: &dyn Fn(&str, u64) -> Vec<Frame>) -> Option<()> {
    const SILENCE: (&str, &[Frame]) = ("", &[]);
    let arrives = |_: usize| Fate::Arrives;
    world.second(
        0,
        "Alice's phone calls Bob's. The company's relay makes it ring; a tap sits on the path and records.",
    );
    world.gains(0, Onlooker::Relay, "what makes it ring", b"alice calls bob");

    let call = agree("alice", "bob", random)?;
    let words = call.caller.words();
    world.second(
        1,
        format!(
            "The phones agree on keys. Both show \"{words}\"; the two people compare, and it is the same."
        ),
    );
    let (mut alice, mut bob) = directions(&call.caller, &call.called)?;
    let keys = [
        (Onlooker::AlicePhone, &call.caller),
        (Onlooker::BobPhone, &call.called),
    ]
    .map(|(phone, end)| {
        let keys = [
            key_bytes(&FrameKeys::of(end.sending())),
            key_bytes(&FrameKeys::of(end.receiving())),
        ];
        world.gains(1, phone, "the call's keys and salts", &keys.concat())
    });

    let noon = speak("see you at noon", 1);
    world.second(
        2,
        "Alice says \"see you at noon\". The tap drops three frames in the middle of it.",
    );
    world.two_seconds(&mut alice, 2, ("see you at noon", &noon), |at| match at {
        20..23 => Fate::Dropped,
        _ => Fate::Arrives,
    })?;
    world.two_seconds(&mut bob, 2, SILENCE, arrives)?;
    world.watched.push((
        "the sound behind the gap",
        sound(&through_the_codec(&noon[23..])?),
    ));

    let key = speak("bring the key", 11);
    world.second(
        4,
        "Bob says \"bring the key\". The tap holds back two of his frames, one for half a second, one for two.",
    );
    world.two_seconds(&mut alice, 4, SILENCE, arrives)?;
    world.two_seconds(&mut bob, 4, ("bring the key", &key), |at| match at {
        LATE => Fate::Late(A_SECOND as u64 / 2),
        TOO_LATE => Fate::Late(2 * A_SECOND as u64),
        _ => Fate::Arrives,
    })?;
    let too_late = through_the_codec(&key[TOO_LATE..=TOO_LATE])?;
    world
        .watched
        .push(("the sound of the frame that came 2 s late", sound(&too_late)));

    let yes = speak("yes", 2);
    world.second(
        6,
        "Alice says \"yes\". Bob's frame of two seconds ago comes at last.",
    );
    let begins = alice.recorded.len();
    world.two_seconds(&mut alice, 6, ("yes", &yes), arrives)?;
    world.two_seconds(&mut bob, 6, SILENCE, arrives)?;
    let of_yes = alice.recorded[begins..begins + yes.len()].to_vec();
    world
        .watched
        .push(("the sound of \"yes\"", sound(&through_the_codec(&yes)?)));
    let index = 2 * A_SECOND as u64 + TOO_LATE as u64;
    if let Some(frame) = bob.heard.get(&index) {
        world.gains(
            8,
            Onlooker::AlicePhone,
            "the frame that came 2 s late",
            &sound(&[*frame]),
        );
    }

    world.second(8, "Nobody says anything.");
    world.two_seconds(&mut alice, 8, SILENCE, arrives)?;
    world.two_seconds(&mut bob, 8, SILENCE, arrives)?;
    let note = alice.seen(2 * A_SECOND);
    world
        .watched
        .push(("the note that Alice is silent", note.into_bytes()));

    let mut again = Vec::new();
    for frame in &of_yes {
        if let Ok(index) = alice.arrives(frame) {
            again.extend(alice.heard.get(&index).copied());
        }
    }
    world.second(
        10,
        format!(
            "The tap sends Bob's phone the frames of \"yes\" again, {} of them. It drops {}.",
            of_yes.len(),
            of_yes.len() - again.len()
        ),
    );
    if !again.is_empty() {
        world.gains(11, Onlooker::BobPhone, "what is played again", &sound(&again));
    }
    world.two_seconds(&mut alice, 10, SILENCE, arrives)?;
    world.two_seconds(&mut bob, 10, SILENCE, arrives)?;

    // Nearly half a round of sequence numbers ahead, and again.
    for seq in [33_000_u16, 65_000] {
        let mut forged = of_yes[0].clone();
        forged[2..4].copy_from_slice(&seq.to_be_bytes());
        alice.arrives(&forged).err()?;
    }
    let door = speak("the back door", 3);
    world.second(
        12,
        "The tap sends Bob's phone two forged frames with numbers far ahead. Then Alice says \"the back door\".",
    );
    world.two_seconds(&mut alice, 12, ("the back door", &door), arrives)?;
    world.two_seconds(&mut bob, 12, SILENCE, arrives)?;
    let door = sound(&through_the_codec(&door)?);
    if world.ledger.holds(Onlooker::BobPhone, &door, 14_000) {
        world.second(
            14,
            "Another app on Bob's phone has the microphone, and a backup of what it records.",
        );
        world.gains(14, Onlooker::Backup, "a recording of the loudspeaker", &door);
    }
    world.watched.push(("the sound of \"the back door\"", door));

    world.second(15, "They hang up. Both phones wipe the keys.");
    let recorded = alice.recorded;
    drop((alice.sender, alice.receiver, bob));
    let (caller, called) = (call.caller.hang_up(), call.called.hang_up());
    keys.into_iter().for_each(|id| world.ledger.loses(15_000, id));
    drop(caller);

    let memory = called.into_memory();
    let kept = memory.of(&zid("alice"))?.cached.rs1.as_ref()?;
    let tried = keys_from(kept, &call.messages)?;
    let opened = opened_with(&tried, &recorded);
    world.second(
        16,
        format!(
            "A thief takes Bob's phone; the tap gives him its record. Of Alice's {} frames he opens {opened}.",
            recorded.len()
        ),
    );
    world.gains(
        16,
        Onlooker::Thief,
        "the secret kept for the next call",
        kept.expose(),
    );
    (opened == 0).then_some(())
}

/// Seconds 18 to 23.
fn second_call(world: &mut World, random: &mut Seeded, code: &[Frame]) -> Option<()> {
    // New phones have kept no secret of an earlier call. With the old ones there would be an alert.
    world.second(
        18,
        "A month later, on new phones: Alice's phone calls Bob's. The tap answers in his name, and calls him in hers.",
    );
    world.gains(18, Onlooker::Relay, "what makes it ring", b"alice calls bob");
    let [before, behind] = [agree("alice", "bob", random)?, agree("alice", "bob", random)?];
    world.second(
        19,
        format!(
            "Alice's phone shows \"{}\", Bob's \"{}\". Nobody compares.",
            before.caller.words(),
            behind.called.words()
        ),
    );
    let (mut to_tap, _) = directions(&before.caller, &before.called)?;
    to_tap.to = Onlooker::Tap;
    let (mut to_bob, _) = directions(&behind.caller, &behind.called)?;
    to_bob.who.1 = Onlooker::Tap;
    world.second(
        20,
        "Alice says \"the code is ten\". The tap opens each frame, seals it anew, and sends it on.",
    );
    world.two_seconds(&mut to_tap, 20, ("the code is ten", code), |_| Fate::Arrives)?;
    let passed_on: Vec<Frame> = to_tap.heard.values().copied().take(code.len()).collect();
    world.two_seconds(&mut to_bob, 20, ("the code is ten", &passed_on), |_| {
        Fate::Arrives
    })?;
    world
        .watched
        .push(("the sound of \"the code is ten\"", sound(&passed_on)));
    world.second(23, "They hang up.");
    Some(())
}

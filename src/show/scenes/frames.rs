//! Lesson 12's scene: a call over a path that loses, delays, repeats and forges, and a second call with somebody in between.
//!
//! Keys come from a handshake, frames from the senders, and what each end plays from the receivers. What the tap says of
//! Alice and Bob it says by the sizes of the frames alone.

use messaging_lab::call::audio::{FRAME_SAMPLES, Frame, Voice};
use messaging_lab::call::frame::{FrameKeys, HEADER_BYTES};
use messaging_lab::ground::clock::Millis;
use messaging_lab::ground::ledger::{HoldingId, Ledger, Onlooker};
use messaging_lab::ground::randomness::Seeded;
use messaging_lab::ground::scene::{Chapter, Scene, Sent};

#[path = "frames/call.rs"]
mod call;

use call::{
    A_SECOND, Agreed, Direction, Fate, agree, directions, key_bytes, keys_from, opened_with, sound, spoken,
    through_the_codec, zid,
};

#[path = "frames/world.rs"]
mod world;
use world::World;

/// Which of Bob's frames the tap holds back for half a second, and which for two: both have a sound.
const LATE: usize = 8;
const TOO_LATE: usize = 12;

/// Where chance begins: the keys; then the voices, one for each sentence, in order.
pub const SEEDS: [u64; 6] = [12, 1, 11, 2, 3, 5];

const CHAPTERS: [Chapter; 7] = [
    Chapter::new("keys", "two phones agree on keys", 0),
    Chapter::new("gap", "three frames are dropped", 2_000),
    Chapter::new("late", "two frames are held back", 4_000),
    Chapter::new("silence", "what silence looks like on the wire", 8_000),
    Chapter::new("again", "frames are sent again, and forged", 10_000),
    Chapter::new(
        "over",
        "the call is over, and somebody has a phone and the record",
        15_000,
    ),
    Chapter::new("between", "somebody in between, and nobody compares", 18_000),
];

/// Plays the scene.
pub fn scene() -> Scene {
    play().expect("controlled randomness, sound streams and short frames")
}

fn play() -> Option<Scene> {
    let mut random = Seeded::new(SEEDS[0]);
    let voice = |pitch, seed| Voice {
        pitch,
        pace: 90,
        seed,
    };
    let mut world = World {
        ledger: Ledger::new(),
        story: Vec::new(),
        sent: Vec::new(),
        watched: Vec::new(),
    };
    first_call(&mut world, &mut random, &|text, seed| match seed {
        0..10 => spoken(text, &voice(190, seed)),
        _ => spoken(text, &voice(110, seed)),
    })?;
    second_call(
        &mut world,
        &mut random,
        &spoken("the code is ten", &voice(190, SEEDS[5])),
    )?;
    world.second(24, "The run ends.");
    world.sent.sort_by_key(|sent| sent.at);
    Some(Scene {
        seeds: &SEEDS,
        sent: world.sent,
        chapters: CHAPTERS.to_vec(),
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
    world.rings(0);

    let call = agree("alice", "bob", random)?;
    let words = call.caller.words();
    world.second(
        1,
        format!(
            "The phones agree on keys. Both show \"{words}\"; the two people compare, and it is the same."
        ),
    );
    world.agreement(1_000, &call, Onlooker::AlicePhone, Onlooker::BobPhone);
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

    let noon = speak("see you at noon", SEEDS[1]);
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

    let key = speak("bring the key", SEEDS[2]);
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
    // A silent one would be in everybody's hands.
    assert_ne!(
        too_late,
        [[0; FRAME_SAMPLES]],
        "the frame that comes too late has a sound"
    );
    world
        .watched
        .push(("the sound of the frame that came 2 s late", sound(&too_late)));

    let yes = speak("yes", SEEDS[3]);
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

    let what = format!("{} frames of \"yes\" again, and this the first", of_yes.len());
    world.passes(10_000, Onlooker::Tap, Onlooker::BobPhone, &what, &of_yes[0]);
    let mut again = Vec::new();
    for frame in &of_yes {
        if let Ok(index) = alice.arrives(frame) {
            again.extend(alice.heard.get(&index).copied());
        }
    }
    world.second(
        10,
        format!(
            "The tap sends Bob's phone the frames of \"yes\" again, {} of them. The phone drops {}.",
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
        world.passes(
            12_000,
            Onlooker::Tap,
            Onlooker::BobPhone,
            "a forged frame",
            &forged,
        );
        alice.arrives(&forged).err()?;
    }
    let door = speak("the back door", SEEDS[4]);
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
        let what = "a recording of the loudspeaker";
        world.passes(14_000, Onlooker::BobPhone, Onlooker::Backup, what, &door);
        world.gains(14, Onlooker::Backup, what, &door);
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
    let what = "the secret kept for the next call";
    world.passes(16_000, Onlooker::BobPhone, Onlooker::Thief, what, kept.expose());
    world.gains(16, Onlooker::Thief, what, kept.expose());
    let what = format!(
        "the record of Alice's {} frames, and this the first",
        recorded.len()
    );
    world.passes(16_000, Onlooker::Tap, Onlooker::Thief, &what, &recorded[0]);
    (opened == 0).then_some(())
}

/// Seconds 18 to 23.
fn second_call(world: &mut World, random: &mut Seeded, code: &[Frame]) -> Option<()> {
    // New phones have kept no secret of an earlier call. With the old ones there would be an alert.
    world.second(
        18,
        "A month later, on new phones: Alice's phone calls Bob's. The tap answers in his name, and calls him in hers.",
    );
    world.rings(18);
    let [before, behind] = [agree("alice", "bob", random)?, agree("alice", "bob", random)?];
    world.agreement(19_000, &before, Onlooker::AlicePhone, Onlooker::Tap);
    world.agreement(19_000, &behind, Onlooker::Tap, Onlooker::BobPhone);
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

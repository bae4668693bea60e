//! Lesson 06's scene: three directories that lie, and what each of them gains.
//!
//! The relays are the real dishonest ones, and what they and the wire held is their own ledgers. At the end a key stands
//! on two screens in three formats, for the reader's own eyes.

use messaging_lab::envelope::bundle::{PreKeyBundle, Upload};
use messaging_lab::envelope::error::EnvelopeError;
use messaging_lab::envelope::formats::{Format, render};
use messaging_lab::envelope::kem::PublicKey;
use messaging_lab::envelope::parcel::{Address, Parcel};
use messaging_lab::envelope::phone::{OnNewKey, Phone};
use messaging_lab::envelope::relay::{Conduct, News, Relay};
use messaging_lab::envelope::safety_number::{SafetyNumber, safety_number};
use messaging_lab::ground::clock::{Clock, ControlledClock, Millis};
use messaging_lab::ground::ledger::{Holding, Ledger, Onlooker};
use messaging_lab::ground::randomness::Seeded;
use messaging_lab::ground::scene::{Chapter, Scene, Sent};

#[path = "keys/stage.rs"]
mod stage;
use stage::Stage;

/// What Alice writes, in this order.
pub const TEXTS: [&str; 4] = [
    "the spare key is under the mat",
    "the mat is empty now",
    "my train comes at six",
    "the code is on the fridge",
];

/// Where chance begins: for the phones and the screens, for the keys that a lying relay makes.
pub const SEEDS: [u64; 2] = [6, 66];

const CHAPTERS: [Chapter; 4] = [
    Chapter::new(
        "first",
        "a directory that lies from the beginning, until the two compare",
        0,
    ),
    Chapter::new(
        "resent",
        "a directory that lies while a text waits, and an app that sends it again",
        20_000,
    ),
    Chapter::new("held", "the same lie, and an app that asks first", 30_000),
    Chapter::new("screens", "two keys, on two screens, in three formats", 40_000),
];

/// Alice and Bob under three directories, and a key on two screens.
pub fn scene() -> Scene {
    play().expect("nobody in this story does what is refused")
}

fn play() -> Result<Scene, EnvelopeError> {
    let mut stage = Stage {
        clock: ControlledClock::new(0),
        random: Seeded::new(SEEDS[0]),
        story: Vec::new(),
        sent: Vec::new(),
        passed: 0,
        ledger: Ledger::new(),
    };
    first_contact(&mut stage)?;
    old_message(
        &mut stage,
        [20, 22, 24, 26],
        "TWO. New phones, another relay. Its directory hands out the true keys. They meet and compare.",
        OnNewKey::SendSilently,
        TEXTS[2],
    )?;
    old_message(
        &mut stage,
        [30, 32, 34, 36],
        "THREE. As at 20, but Alice's app is a newer one: it asks before it uses a key that has changed.",
        OnNewKey::Hold,
        TEXTS[3],
    )?;
    for_ones_own_eyes(&mut stage);
    Ok(Scene {
        seeds: &SEEDS,
        sent: std::mem::take(&mut stage.sent),
        chapters: CHAPTERS.to_vec(),
        lesson: "keys",
        title: "three directories that lie, and what each of them gains",
        watched: TEXTS
            .iter()
            .zip([
                "the first text",
                "the second text",
                "the third text",
                "the fourth text",
            ])
            .map(|(text, name)| (name, text.as_bytes().to_vec()))
            .collect(),
        end: stage.now(),
        story: stage.story,
        ledger: stage.ledger,
    })
}

/// The directory lies from the beginning, until the two take each other's key from the screen.
fn first_contact(stage: &mut Stage) -> Result<(), EnvelopeError> {
    stage.second(
        0,
        "ONE. Both phones hand their keys to the directory and ask for the other's. It lies: it gives its own.",
    );
    let mut relay = Relay::with_conduct(stage.clock.clone(), Conduct::SwapsKeys, Seeded::new(SEEDS[1]));
    stage.passed = 0;
    let (mut alice, mut bob) = stage.two_people(&mut relay, OnNewKey::Hold)?;

    stage.second(
        4,
        "Alice writes the first text. Her phone seals it for the key that it was given.",
    );
    stage.writes(&mut relay, &mut alice, &bob, TEXTS[0])?;
    stage.second(6, "Bob's phone collects what waits for it.");
    stage.collects(&mut relay, &mut bob)?;

    stage.second(8, "Each of the two looks at the safety number of this chat.");
    let alike = stage.look_at_numbers(&alice, &bob);
    stage.second(
        10,
        format!(
            "They meet: the numbers are {}. Each phone takes the other's key from the other's screen.",
            if alike { "the same" } else { "not the same" }
        ),
    );
    let (alices, bobs) = (alice.on_screen()?, bob.on_screen()?);
    for (from, to, (_, seen)) in [
        (bob.onlooker, alice.onlooker, &bobs),
        (alice.onlooker, bob.onlooker, &alices),
    ] {
        stage
            .sent
            .push(Sent::new(stage.now(), from, to, "the keys on the screen", seen));
    }
    for (person, seen) in [(&mut alice, bobs), (&mut bob, alices)] {
        let on_hold = person.phone.meet(&[seen], &mut stage.random)?;
        for address in on_hold {
            person.phone.accept_key(&address)?;
        }
    }
    stage.look_at_numbers(&alice, &bob);
    stage.second(12, "Alice writes the second text.");
    stage.writes(&mut relay, &mut alice, &bob, TEXTS[1])?;
    stage.second(14, "Bob's phone collects what waits for it.");
    stage.collects(&mut relay, &mut bob)?;
    stage.add(&relay, 1);
    Ok(())
}

/// The directory is honest until a message waits. Then the relay says that the recipient has a new key: its own.
fn old_message(
    stage: &mut Stage,
    seconds: [u64; 4],
    words: &str,
    alices_app: OnNewKey,
    text: &str,
) -> Result<(), EnvelopeError> {
    stage.second(seconds[0], words);
    let mut relay = Relay::with_conduct(
        stage.clock.clone(),
        Conduct::AnnouncesNewKey,
        Seeded::new(SEEDS[1]),
    );
    stage.passed = 0;
    let (mut alice, mut bob) = stage.two_people(&mut relay, alices_app)?;
    let alike = stage.look_at_numbers(&alice, &bob);
    stage.second(
        seconds[1],
        format!(
            "The numbers were {}. Now Bob's phone is off. Alice writes; her text waits at the relay.",
            if alike { "the same" } else { "not the same" }
        ),
    );
    stage.writes(&mut relay, &mut alice, &bob, text)?;

    stage.second(
        seconds[2],
        "The relay tells Alice's phone that Bob has a new key. (It is the relay's own.)",
    );
    let news = relay.news(&alice.address);
    stage.passes(&relay, alice.onlooker);
    let mut held = false;
    for address in news.into_iter().filter_map(|item| match item {
        News::NewKeys(address) => Some(address),
        News::Delivered { .. } => None,
    }) {
        let devices = relay.keys_of(&alice.address, address.user())?;
        stage.passes(&relay, alice.onlooker);
        alice.phone.meet(&devices, &mut stage.random)?;
        match alice.phone.seal_undelivered_again(&address) {
            Ok(parcels) => {
                for parcel in parcels {
                    relay.post(&parcel.to_bytes())?;
                    stage.passes(&relay, alice.onlooker);
                }
            }
            Err(EnvelopeError::KeyChanged) => held = true,
            Err(other) => return Err(other),
        }
    }
    let now = stage.now();
    stage.story.push((
        now,
        match held {
            true => "Her app asks her what to do, and sends nothing.",
            false => "Her app takes it, seals the waiting text for it and sends it again. It tells nobody.",
        }
        .to_string(),
    ));
    stage.second(
        seconds[3],
        "Bob's phone is on again and collects what waits for it.",
    );
    stage.collects(&mut relay, &mut bob)?;
    stage.add(&relay, seconds[1]);
    Ok(())
}

/// In each format a key on two screens that differ in one group, by one character; and, later, in which.
fn for_ones_own_eyes(stage: &mut Stage) {
    stage.second(
        40,
        "FOR YOUR EYES, with a watch. In each format the two screens differ in one of 16 groups. In which?",
    );
    let formats = Format::ALL.into_iter().zip(["hex", "digits", "words"]);
    let mut screens = [Vec::new(), Vec::new()];
    let mut answers = Vec::new();
    // Neither the first groups nor the last: those are what people look at. And in each format another one.
    for ((format, name), first) in formats.zip([10, 4, 7]) {
        let mut key = [0; 32];
        key.fill_with(|| stage.random.below(256) as u8);
        let group = first + stage.random.below(3) as usize;
        let other = differs_in_one_character(format, &key, group, &mut stage.random);
        for ((screen, whose), key) in screens.iter_mut().zip(["Alice's", "Bob's"]).zip([&key, &other]) {
            screen.push(format!(
                "{:<15} {}",
                format!("{whose} {name}:"),
                render(format, key)
            ));
        }
        answers.push(format!("the {}th in {name}", group + 1));
    }
    let now = stage.now();
    let lines = screens.into_iter().flatten().map(|line| (now, line));
    stage.story.extend(lines);
    stage.second(60, format!("It was {}.", answers.join(", ")));
}

/// The key with another value in one group, such that what is written differs in one character.
fn differs_in_one_character(format: Format, key: &[u8; 32], group: usize, random: &mut Seeded) -> [u8; 32] {
    let written = render(format, key);
    loop {
        let mut other = *key;
        other[2 * group] = random.below(256) as u8;
        other[2 * group + 1] = random.below(256) as u8;
        let rendered = render(format, &other);
        let pairs = written.bytes().zip(rendered.bytes());
        if pairs.filter(|(a, b)| a != b).count() == 1 {
            return other;
        }
    }
}

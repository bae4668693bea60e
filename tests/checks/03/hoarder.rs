//! Lesson 03, catch_the_hoarder: apps before and after a deadline.

use messaging_lab::course::exam::{Exam, same};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::Student;
use messaging_lab::ground::randomness::Seeded;

use super::{Tidy, as_set, shuffled, wrong};

/// A place of an app: its name, its bytes before the deadline, its bytes after.
pub type Place = (String, Vec<u8>, Vec<u8>);

/// An app and its places.
pub type App = (String, Vec<Place>);

/// A message and the apps that say they erased it.
pub type Hunt = (Vec<u8>, Vec<App>);

/// All parts of one length of some images, sorted: so many are compared that looking through them all takes too long.
pub struct Parts(pub Vec<Vec<u8>>);

impl Parts {
    /// Of these images.
    pub fn of(images: &[&[u8]], length: usize) -> Parts {
        let mut parts = Vec::new();
        for image in images {
            parts.extend(image.windows(length).map(<[u8]>::to_vec));
        }
        Parts(as_set(parts))
    }

    /// Whether this is one of them.
    pub fn has(&self, part: &[u8]) -> bool {
        self.0.binary_search_by(|one| one[..].cmp(part)).is_ok()
    }

    /// Whether one of them is the message under a pad that is one of `pads`.
    pub fn opened_by(&self, pads: &Parts, message: &[u8]) -> bool {
        self.0.iter().any(|part| pads.has(&xored(part, message)))
    }
}

fn xored(one: &[u8], other: &[u8]) -> Vec<u8> {
    one.iter().zip(other).map(|(a, b)| a ^ b).collect()
}

/// Whether what is left, all places together, gives the message: as it stands, or sealed with its pad.
fn keeps(message: &[u8], places: &[Place]) -> bool {
    let left: Vec<&[u8]> = places.iter().map(|place| &place.2[..]).collect();
    let left = Parts::of(&left, message.len());
    left.has(message) || left.opened_by(&left, message)
}

/// What an app does at the deadline.
#[derive(Clone, Copy, Debug)]
enum Habit {
    /// Plain bytes, zeros over all of them.
    Erases,
    /// Sealed bodies stay, zeros over the pads.
    Shreds,
    /// The pads stay, zeros over the sealed bodies.
    Burns,
    /// Sealed, zeros over the pads; the pad of another message is still there.
    ShredsOneOfTwo,
    /// Gone from the screen, a flag changed.
    Hides,
    /// Nothing changes at all.
    Sleeps,
    /// Screens and lists are cleared, the journal is not.
    KeepsTheJournal,
    /// Sealed, and the pad stays where it was.
    KeepsTheKey,
    /// Pad and sealed body in one file, both stay.
    KeepsBothInOne,
    /// The pad is moved elsewhere before its slot is zeroed.
    MovesTheKey,
    /// The pad is moved to the other phone before its slot is zeroed; the sealed body stays.
    HidesTheKeyAtTheSender,
    /// The sealed body is moved out of the journal; the pad stays where it was.
    MovesTheBody,
    /// Erased; another message has come meanwhile, plain here and sealed with its pad there. Its last letter differs.
    KeepsAnother,
    /// The same, and its first letter differs.
    KeepsAnotherThatEndsAlike,
    /// Erased from where it was; a copy made at the last moment.
    CopiesFirst,
    /// Erased at the recipient, kept in plain at the sender.
    KeepsAtTheSender,
    /// Shredded at the recipient, sealed and pad kept at the sender.
    KeepsTheSendersKey,
}

const HABITS: [Habit; 17] = [
    Habit::Erases,
    Habit::Shreds,
    Habit::Burns,
    Habit::ShredsOneOfTwo,
    Habit::Hides,
    Habit::Sleeps,
    Habit::KeepsTheJournal,
    Habit::KeepsTheKey,
    Habit::KeepsBothInOne,
    Habit::MovesTheKey,
    Habit::HidesTheKeyAtTheSender,
    Habit::MovesTheBody,
    Habit::KeepsAnother,
    Habit::KeepsAnotherThatEndsAlike,
    Habit::CopiesFirst,
    Habit::KeepsAtTheSender,
    Habit::KeepsTheSendersKey,
];

/// The longest message of all hunts, in bytes: where something stands around it, no place is shorter.
const LONGEST: usize = 16;

/// The places of every app, in this order.
const PLACES: [&str; 6] = [
    "Bob's screen",
    "Bob's journal",
    "Bob's key file",
    "Alice's screen",
    "Alice's journal",
    "Alice's key file",
];

/// The app's six places, before and after. Bare ones hold nothing else: the message, a pad or a sealed body begins with
/// its place and ends with it. Such an app overwrites with 255 instead of 0, and there is a zero in its pads and sealed
/// bodies.
fn app(random: &mut Seeded, name: &str, habit: Habit, message: &[u8], bare: bool) -> App {
    let length = message.len();
    let zeros = vec![if bare { 255 } else { 0 }; length];
    let mut bytes = || random.bytes(length);
    let (plain, none) = (message.to_vec(), Vec::new());
    let mut pads = [bytes(), bytes()];
    if bare {
        for pad in &mut pads {
            // A sealed body has a zero where its letter stands in the pad.
            (pad[2], pad[3]) = (0, message[3]);
        }
    }
    let bodies = [xored(message, &pads[0]), xored(message, &pads[1])];
    let foreign = bytes();
    let mut other = plain.clone();
    let differs = if let Habit::KeepsAnother = habit {
        length - 1
    } else {
        0
    };
    other[differs] ^= b'a' ^ b'A';
    let sealed_other = xored(&other, &pads[1]);
    // Bob's screen, journal, keys, then Alice's; for each what it holds before and after.
    let plain_before = |after: [&Vec<u8>; 6]| {
        let before = [&plain, &plain, &none, &plain, &plain, &none];
        [0, 1, 2, 3, 4, 5].map(|at| (before[at].clone(), after[at].clone()))
    };
    let sealed_before = |after: [&Vec<u8>; 6]| {
        let before = [&plain, &bodies[0], &pads[0], &plain, &bodies[1], &pads[1]];
        [0, 1, 2, 3, 4, 5].map(|at| (before[at].clone(), after[at].clone()))
    };
    let mut contents = match habit {
        Habit::Erases => plain_before([&zeros, &zeros, &none, &zeros, &zeros, &none]),
        Habit::Shreds => sealed_before([&zeros, &bodies[0], &zeros, &zeros, &bodies[1], &zeros]),
        Habit::Burns => sealed_before([&zeros, &zeros, &pads[0], &zeros, &zeros, &pads[1]]),
        Habit::ShredsOneOfTwo => sealed_before([&zeros, &bodies[0], &foreign, &zeros, &bodies[1], &zeros]),
        Habit::Hides => plain_before([&zeros, &plain, &none, &zeros, &plain, &none]),
        Habit::Sleeps => plain_before([&plain, &plain, &none, &plain, &plain, &none]),
        Habit::KeepsTheJournal => plain_before([&zeros, &plain, &none, &zeros, &zeros, &none]),
        Habit::KeepsTheKey => sealed_before([&zeros, &bodies[0], &pads[0], &zeros, &bodies[1], &zeros]),
        Habit::KeepsBothInOne | Habit::MovesTheKey => {
            sealed_before([&zeros, &bodies[0], &zeros, &zeros, &bodies[1], &zeros])
        }
        Habit::HidesTheKeyAtTheSender => {
            sealed_before([&zeros, &bodies[0], &zeros, &zeros, &zeros, &pads[0]])
        }
        Habit::MovesTheBody => sealed_before([&bodies[0], &zeros, &pads[0], &zeros, &bodies[1], &zeros]),
        Habit::KeepsAnother | Habit::KeepsAnotherThatEndsAlike => {
            plain_before([&other, &other, &none, &zeros, &sealed_other, &pads[1]])
        }
        Habit::CopiesFirst => plain_before([&zeros, &zeros, &plain, &zeros, &zeros, &none]),
        Habit::KeepsAtTheSender => plain_before([&zeros, &zeros, &none, &plain, &plain, &none]),
        Habit::KeepsTheSendersKey => {
            sealed_before([&zeros, &bodies[0], &zeros, &zeros, &bodies[1], &pads[1]])
        }
    };
    match habit {
        Habit::KeepsBothInOne => {
            contents[1].0 = [&bodies[0][..], b"|", &pads[0]].concat();
            contents[1].1 = contents[1].0.clone();
            contents[2] = (none.clone(), none.clone());
        }
        Habit::MovesTheKey => contents[0].1 = pads[0].clone(),
        _ => {}
    }
    let places = PLACES
        .iter()
        .zip(contents)
        .map(|(place, (before, after))| {
            if bare {
                return (place.to_string(), before, after);
            }
            // What stands around it is nobody's business, and the same before and after but for one byte.
            let (front, back) = (random.below(24) as usize, random.below(24) as usize);
            let (front, back) = (random.bytes(LONGEST + front), random.bytes(back));
            let mut changed = front.clone();
            if !matches!(habit, Habit::Sleeps) {
                changed[0] ^= 1;
            }
            let whole = |front: &[u8], held: &[u8]| [front, held, &back].concat();
            (place.to_string(), whole(&front, &before), whole(&changed, &after))
        })
        .collect();
    (name.to_string(), places)
}

/// A message that no app meets by chance, and apps with these habits under names that say nothing.
fn hunt(random: &mut Seeded, habits: &[Habit], bare: bool) -> Hunt {
    const NAMES: [&str; 5] = ["Amber", "Basil", "Cedar", "Dune", "Ember"];
    const TEXTS: [&str; 4] = [
        "meet at ten",
        "bring the map",
        "the code is 4711",
        "see you tomorrow",
    ];
    let message = TEXTS[random.below(4) as usize].as_bytes().to_vec();
    let order = shuffled(random, habits.len());
    let apps = order
        .iter()
        .zip(NAMES)
        .map(|(&at, name)| app(random, name, habits[at], &message, bare))
        .collect();
    (message, apps)
}

/// Five apps, before and after -> which of them erased the message.
pub fn catch_the_hoarder(student: impl Student<Hunt, Vec<String>>) -> Verdict {
    use Habit::*;
    let fixed = |seed, habits: &[Habit]| hunt(&mut Seeded::new(seed), habits, false);
    Exam::new("erasure/catch_the_hoarder", wrong::catch_the_hoarder())
        .case("one hides, one erases", fixed(1, &[Hides, Erases]))
        .case(
            "one of each",
            fixed(
                2,
                &[Hides, KeepsTheJournal, KeepsTheKey, KeepsAtTheSender, Shreds],
            ),
        )
        .case(
            "three ways to erase",
            fixed(3, &[Erases, Shreds, Burns, KeepsTheJournal, Hides]),
        )
        .case(
            "the pad of another message is left",
            fixed(4, &[ShredsOneOfTwo, KeepsTheKey]),
        )
        .case("a key that was moved", fixed(5, &[MovesTheKey, Shreds]))
        .case(
            "a body and its pad in one file",
            fixed(6, &[KeepsBothInOne, Shreds]),
        )
        .case("a copy where there was none", fixed(7, &[CopiesFirst, Erases]))
        .case(
            "what the sender keeps",
            fixed(8, &[KeepsAtTheSender, KeepsTheSendersKey, Erases, Shreds]),
        )
        .case("at the very end of its place", fixed(14, &[KeepsTheKey, Shreds]))
        .case(
            "pad and sealed body at the same distance from the beginning",
            fixed(16, &[KeepsTheKey, Shreds]),
        )
        .case(
            "a key that was moved to the other phone",
            fixed(17, &[HidesTheKeyAtTheSender, Shreds]),
        )
        .case("a sealed body that was moved", fixed(18, &[MovesTheBody, Burns]))
        .case(
            "another message has come that differs in its last letter",
            fixed(19, &[KeepsAnother, KeepsTheKey]),
        )
        .case(
            "another message has come that differs in its first letter",
            fixed(23, &[KeepsAnotherThatEndsAlike, KeepsTheKey]),
        )
        .case("no apps", fixed(20, &[]))
        .case("places with nothing in them", {
            let (message, mut apps) = fixed(21, &[Erases, Hides, CopiesFirst]);
            for (.., places) in &mut apps {
                for (_, before, after) in places.iter_mut().filter(|place| place.0 == "Alice's key file") {
                    before.clear();
                    after.clear();
                }
            }
            (message, apps)
        })
        .case("places that hold nothing else, bytes of 255 where it was", {
            let habits = [Hides, KeepsTheKey, CopiesFirst, MovesTheBody, Shreds];
            hunt(&mut Seeded::new(22), &habits, true)
        })
        .case("one does nothing at all", fixed(9, &[Sleeps, Erases]))
        .case(
            "all of them keep it",
            fixed(10, &[Hides, KeepsTheKey, Sleeps, MovesTheKey, KeepsAtTheSender]),
        )
        .case(
            "none of them keeps it",
            fixed(12, &[Erases, Shreds, Burns, ShredsOneOfTwo, Erases]),
        )
        .seeded(20, |random| {
            let habits: Vec<Habit> = (0..5)
                .map(|_| HABITS[random.below(HABITS.len() as u64) as usize])
                .collect();
            hunt(random, &habits, false)
        })
        .judge(
            Tidy(student, as_set),
            |(message, apps)| {
                let names: Vec<&str> = apps.iter().map(|(name, _)| &name[..]).collect();
                format!(
                    "which of {} erased b\"{}\"?",
                    names.join(", "),
                    message.escape_ascii()
                )
            },
            |(message, apps), got| {
                let erased = |app: &&App| !keeps(message, &app.1);
                let wanted = as_set(apps.iter().filter(erased).map(|app| app.0.clone()).collect());
                let why = match apps
                    .iter()
                    .find(|(name, _)| got.contains(name) != wanted.contains(name))
                {
                    Some((name, places)) if got.contains(name) => where_kept(name, message, places),
                    Some((name, _)) => format!(
                        "{name} was accused, and nothing that it left gives the message: neither plain \
                            nor sealed with its pad"
                    ),
                    None => "these are not the apps' names".to_string(),
                };
                same(got, &wanted, &why)
            },
        )
}

/// Where an app that was called honest keeps the message.
fn where_kept(name: &str, message: &[u8], places: &[Place]) -> String {
    let length = message.len();
    for (place, _, after) in places {
        if after.windows(length).any(|part| part == message) {
            return format!("{name} has it in {place}, as it was written");
        }
    }
    for (sealed_in, _, sealed) in places {
        for part in sealed.windows(length) {
            let pad = xored(part, message);
            if let Some((pad_in, ..)) = places
                .iter()
                .find(|place| place.2.windows(length).any(|part| part == pad))
            {
                return format!(
                    "{name} has it in two parts, one in {sealed_in} and one in {pad_in}: two bytes xored give a letter"
                );
            }
        }
    }
    String::new()
}

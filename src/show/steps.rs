//! A scene, step by step: the order in which a drawing tells it, who has a lane, and where its chapters end.

use messaging_lab::ground::clock::Millis;
use messaging_lab::ground::ledger::{Change, Holding, Onlooker};
use messaging_lab::ground::scene::{Chapter, Scene, Sent};

/// A step of a scene, as a drawing shows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step<'a> {
    /// Somebody did something.
    Story(Millis, &'a str),
    /// Bytes passed from one to the other.
    Passes(&'a Sent),
    /// Somebody got bytes, or they went out of his reach.
    Changes(Millis, Change, &'a Holding),
}

impl Step<'_> {
    /// When it happens.
    pub fn at(&self) -> Millis {
        match self {
            Step::Story(at, _) | Step::Changes(at, ..) => *at,
            Step::Passes(sent) => sent.at,
        }
    }
}

/// Story, sendings and ledger in one order: by time, and within a millisecond the story first, then the ledger as it
/// was written, each sending just before the first line that it explains. It explains that the one it is for, or somebody
/// on the way, gets what was sent (or something that holds it, or a part of it); that the one it is for gets what was
/// sealed in it; and, where no line has its bytes, whatever the one it is for gets or loses. Sendings stay in their order;
/// those that no line has go with the one before them, and those that explain nothing come last.
pub fn steps(scene: &Scene) -> Vec<Step<'_>> {
    let history = scene.ledger.history();
    let mut times: Vec<Millis> = scene.story.iter().map(|(at, _)| *at).collect();
    times.extend(scene.sent.iter().map(|sent| sent.at));
    times.extend(history.iter().map(|(at, ..)| *at));
    times.sort_unstable();
    times.dedup();
    let mut steps = Vec::new();
    for now in times {
        let told = scene.story.iter().filter(|(at, _)| *at == now);
        steps.extend(told.map(|(at, words)| Step::Story(*at, words)));
        let lines: Vec<_> = history.iter().filter(|(at, ..)| *at == now).collect();
        let sent: Vec<&Sent> = scene.sent.iter().filter(|sent| sent.at == now).collect();
        steps.extend(a_moment(scene, &lines, &sent));
    }
    steps
}

/// The lines of the ledger and the sendings of one millisecond, in one order.
fn a_moment<'a>(scene: &Scene, lines: &[&Line<'a>], sent: &[&'a Sent]) -> Vec<Step<'a>> {
    let has = |line: &Line, sent: &Sent| {
        line.1 == Change::Gains && passes_by(sent, line.2) && arrives_in(sent, line.2)
    };
    let has_a_line = |sent: &Sent| lines.iter().any(|line| has(line, sent));
    let mut steps = Vec::new();
    let mut waiting = sent;
    for &line in lines {
        let &(at, change, holding) = line;
        let for_him = |sent: &&Sent| sent.to == holding.onlooker;
        let for_him_and_has = |sent: &&Sent| for_him(sent) && has(line, sent);
        let by_its_bytes = waiting.iter().position(for_him_and_has);
        let by_its_bytes = by_its_bytes.or_else(|| waiting.iter().position(|sent| has(line, sent)));
        let in_the_clear = || sent.iter().any(|sent| arrives_in(sent, holding));
        let gone = match by_its_bytes {
            Some(place) => place + 1,
            None => {
                let place = if change == Change::Gains && !in_the_clear() && was_elsewhere(scene, holding) {
                    waiting.iter().position(for_him)
                } else {
                    // Without its bytes a sending does not overtake one whose line is still to come.
                    let mut lineless = waiting.iter().take_while(|sent| !has_a_line(sent));
                    lineless.position(for_him)
                };
                place.map_or(0, |place| {
                    let behind = waiting[place + 1..].iter();
                    place + 1 + behind.take_while(|sent| !has_a_line(sent)).count()
                })
            }
        };
        let (going, staying) = waiting.split_at(gone);
        steps.extend(going.iter().map(|sent| Step::Passes(sent)));
        steps.push(Step::Changes(at, change, holding));
        waiting = staying;
    }
    steps.extend(waiting.iter().map(|sent| Step::Passes(sent)));
    steps
}

/// A line of the ledger's history.
type Line<'a> = (Millis, Change, &'a Holding);

/// Everybody who holds, sends or gets something, in the order in which a drawing shows them.
pub fn lanes(scene: &Scene) -> Vec<Onlooker> {
    let takes_part = |who: &Onlooker| {
        scene.ledger.ever_held_by(*who).next().is_some()
            || scene.sent.iter().any(|sent| sent.from == *who || sent.to == *who)
    };
    Onlooker::ALONG_THE_WAY.into_iter().filter(takes_part).collect()
}

/// A chapter by its name, and the millisecond at which it ends (the last one at the scene's end, which belongs to it).
pub fn chapter(scene: &Scene, name: &str) -> Option<(Chapter, Millis)> {
    let place = scene.chapters.iter().position(|chapter| chapter.name == name)?;
    let next = scene.chapters.get(place + 1);
    Some((
        scene.chapters[place],
        next.map_or(scene.end + 1, |next| next.from),
    ))
}

/// Whether others had it, by then, than who gets it here.
fn was_elsewhere(scene: &Scene, holding: &Holding) -> bool {
    let others = scene.ledger.holdings().iter();
    let mut by_then = others.filter(|other| other.from <= holding.from);
    by_then.any(|other| other.onlooker != holding.onlooker && other.contains(&holding.bytes))
}

/// Whether a sending comes to, or past, who has this holding.
fn passes_by(sent: &Sent, holding: &Holding) -> bool {
    let on_the_way = matches!(holding.onlooker, Onlooker::Wire | Onlooker::Relay | Onlooker::Tap);
    holding.onlooker != sent.from && (on_the_way || holding.onlooker == sent.to)
}

/// Whether what was sent stands in a holding, or the holding in it.
fn arrives_in(sent: &Sent, holding: &Holding) -> bool {
    let holds = |long: &[u8], short: &[u8]| {
        !short.is_empty() && long.len() >= short.len() && long.windows(short.len()).any(|part| part == short)
    };
    holds(&holding.bytes, &sent.bytes) || holds(&sent.bytes, &holding.bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use messaging_lab::ground::ledger::Ledger;

    /// Alice types, her phone sends, the wire sees it, Bob has it and loses it.
    fn letter() -> Scene {
        let mut ledger = Ledger::new();
        ledger.gains(1_000, Onlooker::AlicePhone, "typed", b"figs");
        ledger.gains(1_000, Onlooker::Wire, "sealed", b"\x01\x02");
        let read = ledger.gains(1_000, Onlooker::BobPhone, "read", b"figs");
        ledger.loses(3_000, read);
        let chapter = |name, from| Chapter {
            name,
            title: "",
            from,
        };
        Scene {
            lesson: "demo",
            title: "one letter",
            seeds: &[],
            story: vec![(1_000, "Alice writes.".to_string())],
            sent: vec![Sent {
                at: 1_000,
                from: Onlooker::AlicePhone,
                to: Onlooker::BobPhone,
                what: "sealed".to_string(),
                bytes: b"\x01\x02".to_vec(),
            }],
            ledger,
            watched: Vec::new(),
            chapters: vec![chapter("first", 0), chapter("second", 2_000)],
            end: 4_000,
        }
    }

    #[test]
    fn what_was_sent_passes_between_the_senders_line_and_the_first_onlookers() {
        let scene = letter();
        let told: Vec<String> = steps(&scene)
            .iter()
            .map(|step| match step {
                Step::Story(_, words) => words.to_string(),
                Step::Passes(sent) => format!("{} -> {}", sent.from, sent.to),
                Step::Changes(_, change, holding) => format!("{} {change:?}", holding.onlooker),
            })
            .collect();
        assert_eq!(
            told,
            [
                "Alice writes.",
                "Alice's phone Gains",
                "Alice's phone -> Bob's phone",
                "wire Gains",
                "Bob's phone Gains",
                "Bob's phone Loses",
            ]
        );
        assert!(steps(&scene).is_sorted_by_key(Step::at));
    }

    /// A parcel with the same bytes on both legs, then what was in it; and a key of Bob's own, which no parcel brings.
    #[test]
    fn what_was_sealed_comes_after_its_parcel() {
        let mut scene = letter();
        let mut ledger = Ledger::new();
        ledger.gains(1_000, Onlooker::BobPhone, "his own key", b"k");
        ledger.gains(1_000, Onlooker::AlicePhone, "typed", b"figs");
        ledger.gains(1_000, Onlooker::Wire, "a parcel", b"\x01\x02");
        ledger.gains(1_000, Onlooker::BobPhone, "read", b"figs");
        scene.ledger = ledger;
        let leg = |from, to| Sent {
            from,
            to,
            ..scene.sent[0].clone()
        };
        scene.sent = vec![
            leg(Onlooker::AlicePhone, Onlooker::Relay),
            leg(Onlooker::Relay, Onlooker::BobPhone),
        ];
        let told: Vec<String> = steps(&scene)
            .iter()
            .map(|step| match step {
                Step::Story(..) => "told".to_string(),
                Step::Passes(sent) => format!("to {}", sent.to),
                Step::Changes(.., holding) => holding.what.clone(),
            })
            .collect();
        assert_eq!(
            told,
            [
                "told",
                "his own key",
                "typed",
                "to relay",
                "a parcel",
                "to Bob's phone",
                "read"
            ]
        );
    }

    #[test]
    fn what_nobody_keeps_comes_before_what_it_ends() {
        let mut scene = letter();
        scene.sent = vec![Sent {
            at: 3_000,
            what: "a receipt".to_string(),
            bytes: vec![9],
            ..scene.sent[0].clone()
        }];
        let told = steps(&scene);
        assert!(
            matches!(
                told[told.len() - 2..],
                [Step::Passes(_), Step::Changes(3_000, Change::Loses, _)]
            ),
            "{told:?}"
        );
    }

    #[test]
    fn lanes_stand_along_the_way_and_chapters_end_where_the_next_begins() {
        let scene = letter();
        assert_eq!(
            lanes(&scene),
            [Onlooker::AlicePhone, Onlooker::Wire, Onlooker::BobPhone]
        );
        assert_eq!(chapter(&scene, "first").map(|(_, end)| end), Some(2_000));
        assert_eq!(chapter(&scene, "second").map(|(_, end)| end), Some(4_001));
        assert_eq!(chapter(&scene, "third"), None);
    }
}

//! The world of lesson 12's scene: what people do, and how it is written down.

use super::*;

/// The onlookers' world.
pub(super) struct World {
    pub(super) ledger: Ledger,
    pub(super) story: Vec<(Millis, String)>,
    pub(super) sent: Vec<Sent>,
    pub(super) watched: Vec<(&'static str, Vec<u8>)>,
}

impl World {
    pub(super) fn second(&mut self, second: u64, words: impl Into<String>) {
        self.story.push((second * 1000, words.into()));
    }

    pub(super) fn gains(&mut self, second: u64, who: Onlooker, what: &str, bytes: &[u8]) -> HoldingId {
        self.ledger.gains(second * 1000, who, what, bytes)
    }

    pub(super) fn passes(&mut self, at: Millis, from: Onlooker, to: Onlooker, what: &str, bytes: &[u8]) {
        self.sent.push(Sent::new(at, from, to, what, bytes));
    }

    /// Alice's phone has the company's relay ring Bob's.
    pub(super) fn rings(&mut self, second: u64) {
        let (what, bytes) = ("what makes it ring", b"alice calls bob");
        let at = second * 1000;
        self.passes(at, Onlooker::AlicePhone, Onlooker::Relay, what, bytes);
        self.gains(second, Onlooker::Relay, what, bytes);
        self.passes(at, Onlooker::Relay, Onlooker::BobPhone, what, bytes);
    }

    /// The messages of an agreement, one batch for each end that sends them.
    pub(super) fn agreement(&mut self, at: Millis, call: &Agreed, caller: Onlooker, called: Onlooker) {
        for (from, to, side) in [(caller, called, 0), (called, caller, 1)] {
            let own: Vec<&[u8]> = call.sent_by(side).collect();
            if let Some(first) = own.first() {
                let what = format!("{} messages of the agreement, and this the first", own.len());
                self.passes(at, from, to, &what, first);
            }
        }
    }

    /// What passed of the last two seconds of a direction, in batches: from end to end, or to the tap and on from it
    /// where that dropped some or held some back.
    pub(super) fn batches(&mut self, direction: &mut Direction, second: u64, said: (&str, usize)) {
        let (text, spoken) = said;
        let (from, to) = (direction.who.1, direction.to);
        let at = second * 1000;
        let first = direction.sent as usize - 2 * A_SECOND;
        let last = direction.recorded[first..].to_vec();
        let all = match spoken {
            0 => format!("{} frames of silence, sealed, and this the first", last.len()),
            _ => format!(
                "{} frames, {spoken} of them with \"{text}\", sealed, and this the first",
                last.len()
            ),
        };
        let held_up = std::mem::take(&mut direction.held_up);
        if held_up.is_empty() {
            self.passes(at, from, to, &all, &last[0]);
        } else {
            self.passes(at, from, Onlooker::Tap, &all, &last[0]);
            let on: Vec<&Vec<u8>> = last
                .iter()
                .enumerate()
                .filter(|(place, _)| !held_up.contains(&(first + place)))
                .map(|(_, frame)| frame)
                .collect();
            let what = format!("{} of the frames, as they came, and this the first", on.len());
            self.passes(at, Onlooker::Tap, to, &what, on[0]);
        }
        for (place, frame) in std::mem::take(&mut direction.came_late) {
            let at = at + (place as usize - first) as u64 * 1000 / A_SECOND as u64;
            self.passes(at, Onlooker::Tap, to, "a frame that was held back", &frame);
        }
    }

    /// Two seconds of a direction: `said`, then silence. `fate` is asked for each frame, counted from 0. What is heard is
    /// played when the two seconds are over, and gone a second later.
    pub(super) fn two_seconds(
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
        self.batches(direction, second, (text, said.len()));
        if !said.is_empty() {
            // A tap has heard already what it passes on.
            if direction.who.1 != Onlooker::Tap {
                let own = sound(&through_the_codec(said)?);
                let what = format!("the sound of \"{text}\"");
                let shown = self.gains(second, direction.who.1, &what, &own);
                self.ledger.loses((second + 2) * 1000, shown);
            }
            // It keeps them all. What it can read in one is the header.
            if direction.who.1 != Onlooker::Tap {
                let what = format!("{} frames, sealed; the first one's header", said.len());
                let header = direction.recorded[first as usize][..HEADER_BYTES].to_vec();
                self.gains(second, Onlooker::Tap, &what, &header);
            }
            // Without what did not come; a gap parts it.
            let heard: Vec<(u64, Frame)> = (first..first + said.len() as u64)
                .filter_map(|index| Some((index, *direction.heard.get(&index)?)))
                .collect();
            for run in heard.chunk_by(|(one, _), (next, _)| one + 1 == *next) {
                let what = match run.len() == said.len() {
                    true => format!("the sound of \"{text}\", opened"),
                    false if run[0].0 == first => {
                        format!("{} frames of \"{text}\", before the gap, opened", run.len())
                    }
                    false => format!("{} frames of \"{text}\", behind the gap, opened", run.len()),
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

//! Store time: the clock that deadlines are kept in. It starts as the wall clock and then never runs backwards.
//!
//! The naive rule is one line: `now = wall clock`. What makes it harder: the wall clock belongs to whoever holds the
//! phone, and whoever turns it back brings expired messages back. The boot clock cannot be turned, but it starts again
//! at 0 with every restart of the phone. So each is asked only for what it can be trusted with.

use crate::ground::clock::{Millis, Reading};

/// How a store turns what the clocks show into its own time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ClockRule {
    /// Sound: while the phone runs, by the boot clock; across a restart, by the wall clock, but never backwards.
    #[default]
    HoldOn,
    /// **Weak, for lessons**: `now = wall clock`, whatever it says. The owner of the phone can turn expiry back.
    TrustWall,
}

/// A store time together with what the clocks showed then: enough to go on from, also after a restart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Store time: milliseconds since 1 January 1970, as far as the store knows.
    pub store: Millis,
    /// What the clocks showed at that time.
    pub reading: Reading,
}

/// `same boot ID: boot - boot'; other boot ID: wall - wall'; never less than 0`: how much time passed between two
/// readings, `before` and `after`, in milliseconds.
///
/// - Within one run of the phone the boot clock knows, and nobody can set it.
/// - Across a restart only the wall clock went on. Set back, it counts as no time: the store holds on to the time it had.
///
/// Source: tdlib keeps its server time by a boot-time clock and, on loading, subtracts the elapsed time, never negative.
pub fn elapsed_between(before: Reading, after: Reading) -> Millis {
    if after.boot_id == before.boot_id {
        after.boot.saturating_sub(before.boot)
    } else {
        after.wall.saturating_sub(before.wall)
    }
}

/// Turns readings into store time.
///
/// Under [`ClockRule::HoldOn`] store time never runs backwards: it is a sum, and [`elapsed_between`] is never negative.
///
/// What it cannot know, and no phone can alone:
/// - Phone off and clock set back by more than the time it was off: that time is lost, and messages live longer by it.
/// - Phone off and clock set forward: messages expire early. (Forward while the phone runs changes nothing.)
/// - A wrong wall clock at the very first start: store time is wrong by as much for ever, which the differences that
///   timers are made of do not notice. Only dates from a server would.
///
/// ```
/// use messaging_lab::ground::clock::{Clock, ControlledClock};
/// use messaging_lab::store::{ClockRule, Timekeeper};
/// let clock = ControlledClock::new(1_000_000);
/// let mut sound = Timekeeper::start(ClockRule::HoldOn, clock.now());
/// let mut weak = Timekeeper::start(ClockRule::TrustWall, clock.now());
/// clock.advance(5_000);
/// clock.set_wall(0);
/// assert_eq!(sound.tell(clock.now()), 1_005_000);
/// assert_eq!(weak.tell(clock.now()), 0);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Timekeeper {
    rule: ClockRule,
    last: Moment,
}

impl Timekeeper {
    /// The first start ever: store time begins as what the wall clock shows.
    pub fn start(rule: ClockRule, reading: Reading) -> Self {
        let store = reading.wall;
        Self::resume(rule, Moment { store, reading })
    }

    /// Goes on from a saved moment. The next reading decides how much time has passed since, so time spent off counts.
    pub fn resume(rule: ClockRule, saved: Moment) -> Self {
        Timekeeper { rule, last: saved }
    }

    /// `store time = store time before + elapsed_between(reading before, reading)`; remembers the reading for the next
    /// time.
    pub fn tell(&mut self, reading: Reading) -> Millis {
        let store = match self.rule {
            // Saturates at the end of time: a sum that wrapped would run backwards.
            ClockRule::HoldOn => self
                .last
                .store
                .saturating_add(elapsed_between(self.last.reading, reading)),
            ClockRule::TrustWall => reading.wall,
        };
        self.last = Moment { store, reading };
        store
    }

    /// The last time told, with the reading it came from: what to save.
    pub fn moment(&self) -> Moment {
        self.last
    }
}

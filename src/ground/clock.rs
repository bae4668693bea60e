//! Time, handed in from outside: the system's clock, and one that a test moves.
//!
//! A phone has two clocks that matter here. The **wall clock** says what time it is; its owner can set it, forwards and
//! back. The **boot clock** counts milliseconds since the phone was switched on, sleep included; nobody can set it, but
//! it starts again at 0 with every restart. The **boot ID** tells one run of the boot clock from the next.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::OnceLock;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// A number of milliseconds: a point in time or a length of it.
pub type Millis = u64;

/// What both clocks show at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Which run of the boot clock this is; another number after every restart.
    pub boot_id: u64,
    /// Milliseconds since the phone was switched on, sleep included.
    pub boot: Millis,
    /// Milliseconds since 1 January 1970, as the phone's owner or network has set it.
    pub wall: Millis,
}

/// Something that tells the time.
pub trait Clock {
    /// What the clocks show now.
    fn now(&self) -> Reading;
}

/// The clocks of the machine that runs this.
///
/// On Linux the boot clock is `/proc/uptime` (it counts sleep, in steps of 10 ms) and the boot ID is the kernel's.
/// Elsewhere std offers no clock that is sure to count sleep: there each process has a boot ID of its own and a boot
/// clock that starts with it, so every start of the process counts as a restart.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Reading {
        let wall = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| since.as_millis() as Millis);
        let (boot_id, boot) = kernel_boot_clock().unwrap_or_else(|| process_boot_clock(wall));
        Reading { boot_id, boot, wall }
    }
}

/// Boot ID and boot time where the kernel publishes them as files; `None` where it does not.
fn kernel_boot_clock() -> Option<(u64, Millis)> {
    // "350735.47 234388.90": seconds since boot, then seconds spent idle.
    let uptime = std::fs::read_to_string("/proc/uptime").ok()?;
    let seconds: f64 = uptime.split_whitespace().next()?.parse().ok()?;
    // Sixteen hex digits of the boot's random UUID are enough to tell two boots apart.
    let uuid = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    let digits: String = uuid.chars().filter(char::is_ascii_hexdigit).take(16).collect();
    let boot_id = u64::from_str_radix(&digits, 16).ok()?;
    Some((boot_id, (seconds * 1000.0) as Millis))
}

/// A boot clock that starts with the process, named after the moment it started.
fn process_boot_clock(wall: Millis) -> (u64, Millis) {
    static START: OnceLock<(Instant, u64)> = OnceLock::new();
    let (start, boot_id) = START.get_or_init(|| (Instant::now(), wall ^ u64::from(std::process::id()) << 44));
    (*boot_id, start.elapsed().as_millis() as Millis)
}

/// A clock that stands still until somebody moves it. Clones share one time, so a test can keep one and give one away.
///
/// ```
/// use messaging_lab::ground::clock::{Clock, ControlledClock};
/// let clock = ControlledClock::new(1_000_000);
/// clock.advance(500);
/// clock.set_wall(0);
/// assert_eq!((clock.now().boot, clock.now().wall), (500, 0));
/// clock.restart(2_000);
/// assert_eq!((clock.now().boot_id, clock.now().boot, clock.now().wall), (2, 0, 2_000));
/// ```
#[derive(Clone, Debug)]
pub struct ControlledClock(Rc<Cell<Reading>>);

impl ControlledClock {
    /// A phone switched on just now (boot ID 1, boot time 0) whose wall clock shows `wall`.
    pub fn new(wall: Millis) -> Self {
        ControlledClock(Rc::new(Cell::new(Reading {
            boot_id: 1,
            boot: 0,
            wall,
        })))
    }

    /// Lets `time` pass: both clocks move on together. At the end of their range they stop.
    pub fn advance(&self, time: Millis) {
        let now = self.0.get();
        self.0.set(Reading {
            boot: now.boot.saturating_add(time),
            wall: now.wall.saturating_add(time),
            ..now
        });
    }

    /// The owner sets the wall clock, forwards or back. The boot clock does not notice.
    pub fn set_wall(&self, wall: Millis) {
        self.0.set(Reading { wall, ..self.0.get() });
    }

    /// The phone is switched off, stays off for `off`, and is switched on again: the boot clock starts at 0 under a new
    /// boot ID, the wall clock went on.
    pub fn restart(&self, off: Millis) {
        let now = self.0.get();
        self.0.set(Reading {
            boot_id: now.boot_id + 1,
            boot: 0,
            wall: now.wall.saturating_add(off),
        });
    }
}

impl Clock for ControlledClock {
    fn now(&self) -> Reading {
        self.0.get()
    }
}

//! A disk in memory that fails on command and hides nothing.
//!
//! A real disk fails once in years and shows only what its file system wants to show. This one loses power after any
//! number of bytes, is as small as a test wants it, and gives out every byte it ever kept: also the old flash pages.
//!
//! Flash memory cannot write over a page. It writes the new page elsewhere and marks the old one as out of date; the old
//! bytes stay in the chip until the controller erases their block, which nobody can order from outside. (Wei et al.,
//! "Reliably Erasing Data From Flash-Based Solid State Drives", FAST 2011: no method of overwriting a single file was
//! reliable.)

use std::cell::RefCell;
use std::io::{self, ErrorKind};
use std::rc::Rc;

use super::disk::{Disk, Part};
use crate::ground::randomness::Seeded;

/// The unit in which flash memory is written: 4 KiB, a common size.
pub const FLASH_PAGE: usize = 4096;

/// What becomes of writes that were not synced when the power failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsynced {
    /// They all arrived.
    Kept,
    /// None did.
    Lost,
    /// In each file a first part of them did, drawn from this seed; the files do not know of each other.
    Drawn(u64),
}

/// A page that was replaced: where it stood, and what stood in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OldPage {
    /// The file.
    pub part: Part,
    /// The page's number in the file, from 0.
    pub page: usize,
    /// Its bytes, up to where the file ended.
    pub bytes: Vec<u8>,
}

/// A disk in memory. Clones share it, so a test can keep one and give one away.
///
/// ```
/// use messaging_lab::store::{Disk, Part, PretendDisk, Unsynced};
/// let mut disk = PretendDisk::new();
/// disk.fail_after(3);
/// assert!(disk.write(Part::Journal, 0, b"hello").is_err());
/// disk.power_on(Unsynced::Kept);
/// assert_eq!(disk.part(Part::Journal), b"hel");
/// ```
#[derive(Clone, Debug, Default)]
pub struct PretendDisk(Rc<RefCell<State>>);

#[derive(Debug, Default)]
struct State {
    // In the order of `Part`.
    parts: [Contents; 2],
    capacity: Option<usize>,
    // How many more steps until the power fails; `None` for never.
    steps_left: Option<u64>,
    failed: bool,
    keeps_old_pages: bool,
    old_pages: Vec<OldPage>,
}

#[derive(Debug, Default)]
struct Contents {
    now: Vec<u8>,
    synced: Vec<u8>,
    unsynced: Vec<Op>,
}

#[derive(Debug)]
enum Op {
    Write(usize, Vec<u8>),
    Cut(usize),
}

impl Op {
    fn apply(&self, file: &mut Vec<u8>) {
        match self {
            Op::Write(offset, bytes) => {
                let end = offset + bytes.len();
                if file.len() < end {
                    file.resize(end, 0);
                }
                file[*offset..end].copy_from_slice(bytes);
            }
            Op::Cut(length) => file.truncate(*length),
        }
    }
}

impl PretendDisk {
    /// An empty disk with power, room for everything, and no old pages.
    pub fn new() -> Self {
        Self::default()
    }

    /// A disk that keeps what its pages held before they were replaced, as flash memory does.
    pub fn with_old_pages() -> Self {
        let disk = Self::default();
        disk.0.borrow_mut().keeps_old_pages = true;
        disk
    }

    /// The power fails after `steps` more steps: each byte written is one, each cut and each sync is one. From then on
    /// every call fails until [`PretendDisk::power_on`].
    pub fn fail_after(&self, steps: u64) {
        self.0.borrow_mut().steps_left = Some(steps);
    }

    /// Whether the power has failed, so that some call did not finish.
    pub fn has_failed(&self) -> bool {
        self.0.borrow().failed
    }

    /// Switches the power on (off and on, if it had not failed). What was synced is there; of the rest, what `unsynced`
    /// says.
    pub fn power_on(&self, unsynced: Unsynced) {
        let mut state = self.0.borrow_mut();
        state.steps_left = None;
        state.failed = false;
        let mut draw = match unsynced {
            Unsynced::Drawn(seed) => Some(Seeded::new(seed)),
            Unsynced::Kept | Unsynced::Lost => None,
        };
        for contents in &mut state.parts {
            let ops = std::mem::take(&mut contents.unsynced);
            match (&mut draw, unsynced) {
                (Some(draw), _) => {
                    let whole = draw.below(ops.len() as u64 + 1) as usize;
                    for op in &ops[..whole] {
                        op.apply(&mut contents.synced);
                    }
                    // The write after the last whole one may have arrived in part.
                    if let Some(Op::Write(offset, bytes)) = ops.get(whole) {
                        let arrived = draw.below(bytes.len() as u64 + 1) as usize;
                        Op::Write(*offset, bytes[..arrived].to_vec()).apply(&mut contents.synced);
                    }
                    contents.now = contents.synced.clone();
                }
                (None, Unsynced::Lost) => contents.now = contents.synced.clone(),
                (None, _) => contents.synced = contents.now.clone(),
            }
        }
    }

    /// How many bytes both files together may take; `None` for any number. What is there already stays.
    pub fn set_capacity(&self, bytes: Option<usize>) {
        self.0.borrow_mut().capacity = bytes;
    }

    /// The bytes of one file, as its file system shows them.
    pub fn part(&self, part: Part) -> Vec<u8> {
        self.0.borrow().parts[part as usize].now.clone()
    }

    /// Puts bytes in the place of a file, synced: a copy brought back, or damage done by a test.
    pub fn set_part(&self, part: Part, bytes: &[u8]) {
        self.0.borrow_mut().parts[part as usize] = Contents {
            now: bytes.to_vec(),
            synced: bytes.to_vec(),
            unsynced: Vec::new(),
        };
    }

    /// The pages that were replaced and not yet erased, oldest first.
    pub fn old_pages(&self) -> Vec<OldPage> {
        self.0.borrow().old_pages.clone()
    }

    /// The controller erases the old pages, when it pleases.
    pub fn erase_old_pages(&self) {
        self.0.borrow_mut().old_pages.clear();
    }

    /// Everything that a reader of the chip finds: the journal, the keys, then the old pages.
    pub fn image(&self) -> Vec<u8> {
        let state = self.0.borrow();
        let files = state.parts.iter().map(|contents| &contents.now);
        let old = state.old_pages.iter().map(|page| &page.bytes);
        files.chain(old).flatten().copied().collect()
    }

    /// Both files as a backup takes them: without the old pages.
    pub fn files(&self) -> [Vec<u8>; 2] {
        [self.part(Part::Journal), self.part(Part::Keys)]
    }
}

impl State {
    /// Uses up to `wanted` steps and returns how many there were before the power failed.
    fn step(&mut self, wanted: u64) -> u64 {
        match &mut self.steps_left {
            None => wanted,
            Some(left) => {
                let got = wanted.min(*left);
                *left -= got;
                self.failed |= got < wanted;
                got
            }
        }
    }

    /// Keeps the pages that `range` of a file touches, as they are now.
    fn keep_pages(&mut self, part: Part, range: std::ops::Range<usize>) {
        let file = &self.parts[part as usize].now;
        if !self.keeps_old_pages || range.is_empty() {
            return;
        }
        for page in range.start / FLASH_PAGE..range.end.div_ceil(FLASH_PAGE) {
            let start = page * FLASH_PAGE;
            let end = file.len().min(start + FLASH_PAGE);
            if start < end {
                let bytes = file[start..end].to_vec();
                self.old_pages.push(OldPage { part, page, bytes });
            }
        }
    }

    fn change(&mut self, part: Part, op: Op) {
        let contents = &mut self.parts[part as usize];
        op.apply(&mut contents.now);
        contents.unsynced.push(op);
    }
}

fn no_power() -> io::Error {
    io::Error::other("the power is off")
}

impl Disk for PretendDisk {
    fn read(&mut self, part: Part) -> io::Result<Vec<u8>> {
        if self.has_failed() {
            return Err(no_power());
        }
        Ok(self.part(part))
    }

    fn write(&mut self, part: Part, offset: u64, bytes: &[u8]) -> io::Result<()> {
        let mut state = self.0.borrow_mut();
        let offset = offset as usize;
        let used: usize = state.parts.iter().map(|contents| contents.now.len()).sum();
        let length = state.parts[part as usize].now.len();
        // Writing over what is there needs no room: only what goes beyond the end does.
        let free = state
            .capacity
            .map_or(usize::MAX, |capacity| capacity.saturating_sub(used));
        let room = length.saturating_add(free).saturating_sub(offset);
        let fitting = bytes.len().min(room);
        let written = state.step(fitting as u64) as usize;
        state.keep_pages(part, offset..offset + written);
        state.change(part, Op::Write(offset, bytes[..written].to_vec()));
        if state.failed {
            return Err(no_power());
        }
        if fitting < bytes.len() {
            return Err(ErrorKind::StorageFull.into());
        }
        Ok(())
    }

    fn cut(&mut self, part: Part, length: u64) -> io::Result<()> {
        let mut state = self.0.borrow_mut();
        if state.step(1) == 0 {
            return Err(no_power());
        }
        let end = state.parts[part as usize].now.len();
        state.keep_pages(part, length as usize..end);
        state.change(part, Op::Cut(length as usize));
        Ok(())
    }

    fn sync(&mut self, part: Part) -> io::Result<()> {
        let mut state = self.0.borrow_mut();
        if state.step(1) == 0 {
            return Err(no_power());
        }
        let contents = &mut state.parts[part as usize];
        // Replayed rather than copied: a sync costs what was written, not what the file holds.
        let ops = std::mem::take(&mut contents.unsynced);
        for op in ops {
            op.apply(&mut contents.synced);
        }
        Ok(())
    }
}

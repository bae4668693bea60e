//! The lanes of a drawing: where each stands, and a row of it.

use std::fmt::Write;

use messaging_lab::ground::clock::Millis;
use messaging_lab::ground::ledger::{Change, Onlooker};
use messaging_lab::ground::scene::seconds;

use super::Style;
use super::note::{MARK, Note, broken};

/// Columns from one lane to the next where there is room.
const PITCH: usize = 6;

/// Columns that a note needs to stand beside the lanes.
const BESIDE: usize = 26;

/// What a row shows in the lanes.
#[derive(Clone, Copy, Debug)]
pub enum Mark<'a> {
    /// Bytes pass from the first to the second.
    Arrow(Onlooker, Onlooker),
    /// These get bytes or lose them.
    Change(&'a [Onlooker], Change),
}

/// Where the lanes stand.
#[derive(Clone, Debug)]
pub struct Grid {
    lanes: Vec<Onlooker>,
    /// Columns before the first lane.
    left: usize,
    pitch: usize,
    /// Whether notes stand beside the lanes; below them if not.
    beside: bool,
    style: Style,
    width: usize,
}

impl Grid {
    /// For these lanes, with times of up to `time` characters.
    pub fn new(lanes: Vec<Onlooker>, time: usize, style: Style, width: usize) -> Self {
        // Above the rows' times stands "second " and a time of the story: room for it, but for the notes first.
        let lefts = ["second ".len() + time + 2, time + 2];
        let with_notes = lefts
            .into_iter()
            .find(|left| left + lanes.len() * PITCH + BESIDE <= width);
        let left = with_notes.unwrap_or(time + 2);
        let pitch = (width.saturating_sub(left) / lanes.len().max(1)).clamp(2, PITCH);
        let beside = left + lanes.len() * pitch + BESIDE <= width;
        Grid {
            lanes,
            left,
            pitch,
            beside,
            style,
            width,
        }
    }

    /// The lanes from left to right.
    pub fn lanes(&self) -> &[Onlooker] {
        &self.lanes
    }

    /// Columns before the first lane.
    pub fn left(&self) -> usize {
        self.left
    }

    /// Columns in all.
    pub fn width(&self) -> usize {
        self.width
    }

    fn column(&self, lane: Onlooker) -> usize {
        let place = self.lanes.iter().position(|other| *other == lane).unwrap_or(0);
        self.left + place * self.pitch
    }

    /// The lanes' names above them: two lines of short ones, or a letter each and a list of them where lanes are narrow.
    pub fn names(&self) -> String {
        let mut text = String::new();
        if self.pitch == PITCH {
            for row in 0..2 {
                let mut line = " ".repeat(self.left);
                for lane in &self.lanes {
                    let _ = write!(line, "{:<PITCH$}", short_name(*lane)[row]);
                }
                text.push_str(line.trim_end());
                text.push('\n');
            }
            return text;
        }
        let list: Vec<String> = self
            .lanes
            .iter()
            .enumerate()
            .map(|(place, lane)| format!("{} {lane}", letter(place)))
            .collect();
        for part in broken(&format!("{}.", list.join(", ")), self.width, self.width) {
            text.push_str(&part);
            text.push('\n');
        }
        let mut line = " ".repeat(self.left);
        for place in 0..self.lanes.len() {
            let _ = write!(line, "{:<1$}", letter(place), self.pitch);
        }
        text.push_str(line.trim_end());
        text.push('\n');
        text
    }

    /// A row: the time, the lanes with a mark, and the note beside or below them. `held`: how much each lane holds once
    /// it has happened.
    pub fn row(&self, at: Millis, held: &[(Onlooker, usize)], mark: &Mark<'_>, note: &Note) -> String {
        let [full, empty, across] = self.style.glyphs();
        let ends = self.left + self.lanes.len() * self.pitch;
        let lanes = |mark: Option<&Mark<'_>>| -> Vec<char> {
            let mut row = vec![' '; ends];
            for (lane, count) in held {
                row[self.column(*lane)] = if *count > 0 { full } else { empty };
            }
            match mark {
                Some(Mark::Change(who, change)) => {
                    for lane in *who {
                        row[self.column(*lane)] = if *change == Change::Gains { '+' } else { '-' };
                    }
                }
                Some(Mark::Arrow(from, to)) => {
                    let (from, to) = (self.column(*from), self.column(*to));
                    row[from.min(to) + 1..from.max(to)].fill(across);
                    row[from] = 'o';
                    match from < to {
                        true => row[to - 1] = '>',
                        false => row[to + 1] = '<',
                    }
                }
                None => {}
            }
            row
        };
        let time = seconds(at);
        let mut first = lanes(Some(mark));
        let start = self.left.saturating_sub(time.len() + 2);
        for (place, character) in time.chars().enumerate() {
            first[start + place] = character;
        }
        let mut text = String::new();
        let mut put = |row: &[char], words: &str| {
            let row: String = row.iter().collect();
            let _ = writeln!(text, "{}", format!("{row}{}", self.shown(words)).trim_end());
        };
        if self.beside {
            let notes = note.lines(self.width - ends);
            for (number, words) in notes.iter().enumerate() {
                match number {
                    0 => put(&first, words),
                    _ => put(&lanes(None), words),
                }
            }
        } else {
            put(&first, "");
            for words in note.lines(self.width.saturating_sub(4)) {
                put(&[' '; 4], &words);
            }
        }
        text
    }

    /// A line of a note, its plaintext set off where there is colour.
    fn shown(&self, words: &str) -> String {
        match self.style.colour {
            true => words.replace(MARK, &format!("\x1b[1;33m{MARK}\x1b[0m")),
            false => words.to_string(),
        }
    }
}

/// A lane's letter.
fn letter(place: usize) -> char {
    (b'A' + place as u8) as char
}

/// A lane's name in two lines of at most five characters.
fn short_name(lane: Onlooker) -> [&'static str; 2] {
    match lane {
        Onlooker::AlicePhone => ["Alice", "phone"],
        Onlooker::BobPhone => ["Bob", "phone"],
        Onlooker::AliceDisk => ["Alice", "disk"],
        Onlooker::BobDisk => ["Bob", "disk"],
        Onlooker::OldFlashPage => ["old", "page"],
        Onlooker::Backup => ["back-", "up"],
        Onlooker::Notification => ["notif", "store"],
        Onlooker::Screenshot => ["scrn", "shot"],
        Onlooker::Relay => ["relay", ""],
        Onlooker::Wire => ["wire", ""],
        Onlooker::Tap => ["tap", ""],
        Onlooker::Thief => ["thief", ""],
    }
}

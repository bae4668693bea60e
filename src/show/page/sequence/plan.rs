//! Where everything of a sequence diagram stands, in pixels: worked out here, drawn next door.
//!
//! A moment is a block: its second and its story on top, below it rows of what happens. A row is an arrow, or a change in
//! one or more lanes. What somebody keeps to the end of the run lies in the lane's first bar, all of it together; what is
//! lost again has a bar of its own, from the row where it is gained to the row where it is lost.

use messaging_lab::ground::clock::Millis;
use messaging_lab::ground::ledger::{Change, Holding, Onlooker};
use messaging_lab::ground::scene::{Scene, Sent};

use super::super::told;
use super::super::value::{self, Watched};
use super::labels::{in_a_line, short, wrapped};
use crate::show::steps::{Step, lanes, steps};

/// The strip on the left with the seconds.
pub const GUTTER: usize = 74;
/// The lanes' names.
pub const HEAD: usize = 34;
/// A line of small text.
pub const LINE: usize = 14;
/// A line of the story.
pub const STORY_LINE: usize = 18;
/// From a lane's left edge to its first bar.
pub const MARGIN: usize = 14;
/// From bar to bar.
pub const SLOT: usize = 11;
/// The place for a label behind a lane's bars.
const LABEL: usize = 146;
/// What fits into it.
const LABEL_LETTERS: usize = 24;
/// How many letters of the story stand in a line.
const STORY_LETTERS: usize = 96;
/// No narrower than a line of the story, in a wide type: at 13 pixels its letters are up to 7.2 wide on average.
const NARROWEST: usize = GUTTER + 36 * STORY_LETTERS / 5;
/// Behind the last lane: a line of digits in bold is wider than most labels.
const RIGHT: usize = 26;

/// A lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// Whose it is.
    pub onlooker: Onlooker,
    /// Its left edge.
    pub left: usize,
    /// How many bars stand beside one another in it.
    pub bars: usize,
    /// Where the first thing is gained that stays to the end.
    pub keeps_from: Option<usize>,
}

impl Lane {
    /// Where the bar with this number begins.
    pub fn bar(&self, number: usize) -> usize {
        self.left + MARGIN + number * SLOT
    }

    /// Where its labels begin.
    pub fn label(&self) -> usize {
        self.bar(self.bars) + 2
    }

    /// Its right edge.
    pub fn right(&self) -> usize {
        self.bar(self.bars) + LABEL
    }
}

/// Something in a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark<'a> {
    /// An arrow, and the lanes that it goes from and to.
    Arrow(&'a Sent, usize, usize),
    /// A change in a lane: which bar, and in which row it began.
    Change(Change, &'a Holding, usize, usize, usize),
}

/// A row, with the lines of the marks' labels.
#[derive(Clone, Debug, PartialEq)]
pub struct Row<'a> {
    /// Its upper edge.
    pub top: usize,
    /// How high it is.
    pub height: usize,
    /// What stands in it.
    pub marks: Vec<(Mark<'a>, Vec<String>)>,
}

/// A moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Block<'a> {
    /// When.
    pub at: Millis,
    /// Its upper edge.
    pub top: usize,
    /// Its lower edge.
    pub bottom: usize,
    /// The story, in lines.
    pub story: Vec<String>,
    /// What happens.
    pub rows: Vec<Row<'a>>,
}

/// The whole diagram.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan<'a> {
    /// The lanes from left to right.
    pub lanes: Vec<Lane>,
    /// The moments from top to bottom.
    pub blocks: Vec<Block<'a>>,
    /// How wide it is.
    pub width: usize,
    /// How high it is.
    pub height: usize,
    /// What the scene is about.
    pub watched: Vec<Watched<'a>>,
}

/// Where everything of `scene` stands.
pub fn plan(scene: &Scene) -> Plan<'_> {
    let mut lanes: Vec<Lane> = lanes(scene)
        .into_iter()
        .map(|onlooker| Lane {
            onlooker,
            left: 0,
            bars: 0,
            keeps_from: None,
        })
        .collect();
    let watched = value::watched(scene);
    let mut blocks = blocks(scene, &watched, &lanes);
    bars(&mut blocks, &mut lanes);
    let mut left = GUTTER;
    for lane in &mut lanes {
        lane.left = left;
        left = lane.right();
    }
    let height = down(&mut blocks, &mut lanes, &watched);
    Plan {
        width: (left + RIGHT).max(NARROWEST),
        lanes,
        blocks,
        height,
        watched,
    }
}

/// The moments with their rows; no bar is chosen yet, and nothing has a height.
fn blocks<'a>(scene: &'a Scene, watched: &[Watched], lanes: &[Lane]) -> Vec<Block<'a>> {
    let lane_of = |who: Onlooker| lanes.iter().position(|lane| lane.onlooker == who).unwrap_or(0);
    let all = steps(scene);
    let block = |at: Millis| {
        let mut story = Vec::new();
        let mut rows: Vec<Row> = Vec::new();
        for step in all.iter().filter(|step| step.at() == at) {
            let mark = match *step {
                Step::Story(_, words) => {
                    story.extend(wrapped(words, STORY_LETTERS, usize::MAX));
                    continue;
                }
                Step::Passes(sent) => Mark::Arrow(sent, lane_of(sent.from), lane_of(sent.to)),
                Step::Changes(_, change, holding) => {
                    Mark::Change(change, holding, lane_of(holding.onlooker), 0, 0)
                }
            };
            let label = label(&mark, watched);
            let free = rows.last_mut().filter(|row| beside(&mark, row));
            match free {
                Some(row) => row.marks.push((mark, label)),
                None => rows.push(Row {
                    top: 0,
                    height: 0,
                    marks: vec![(mark, label)],
                }),
            }
        }
        if at == scene.end {
            story.push("The end.".to_string());
        }
        Block {
            at,
            top: 0,
            bottom: 0,
            story,
            rows,
        }
    };
    told::moments(scene).into_iter().map(block).collect()
}

/// Whether a mark can stand in this row: changes only, each in a lane of its own.
fn beside(mark: &Mark, row: &Row) -> bool {
    let Mark::Change(_, _, lane, ..) = mark else {
        return false;
    };
    row.marks
        .iter()
        .all(|(other, _)| matches!(other, Mark::Change(_, _, taken, ..) if taken != lane))
}

/// Chooses a bar for each holding: the first one for all that stay to the end, for the others the leftmost that is free.
fn bars(blocks: &mut [Block], lanes: &mut [Lane]) {
    let stays = |block: &Block, lane: usize| {
        block.rows.iter().flat_map(|row| &row.marks).any(|(mark, _)| {
            matches!(mark, Mark::Change(Change::Gains, holding, of, ..) if *of == lane && holding.until.is_none())
        })
    };
    let first: Vec<usize> = (0..lanes.len())
        .map(|lane| usize::from(blocks.iter().any(|block| stays(block, lane))))
        .collect();
    // Of each lane, what lies in its bars now.
    let mut taken: Vec<Vec<Option<(&Holding, usize)>>> = vec![Vec::new(); lanes.len()];
    for (lane, first) in lanes.iter_mut().zip(&first) {
        lane.bars = *first;
    }
    let rows = blocks.iter_mut().flat_map(|block| &mut block.rows);
    for (number, row) in rows.enumerate() {
        for (mark, _) in &mut row.marks {
            let Mark::Change(change, holding, lane, bar, began) = mark else {
                continue;
            };
            *began = number;
            if holding.until.is_none() {
                continue;
            }
            let bars = &mut taken[*lane];
            let place = match change {
                Change::Gains => bars.iter().position(Option::is_none),
                Change::Loses => bars
                    .iter()
                    .position(|held| held.is_some_and(|(held, _)| std::ptr::eq(held, *holding))),
            };
            let place = place.unwrap_or_else(|| {
                bars.push(None);
                bars.len() - 1
            });
            match change {
                Change::Gains => bars[place] = Some((*holding, number)),
                Change::Loses => *began = bars[place].take().map_or(number, |(_, began)| began),
            }
            *bar = first[*lane] + place;
            lanes[*lane].bars = lanes[*lane].bars.max(*bar + 1);
        }
    }
}

/// Gives every block and row its height and its place, from top to bottom. Returns where the diagram ends.
fn down(blocks: &mut [Block], lanes: &mut [Lane], watched: &[Watched]) -> usize {
    let mut y = HEAD;
    for block in blocks {
        block.top = y;
        y += block.story.len().max(1) * STORY_LINE + 8;
        for row in &mut block.rows {
            for (mark, lines) in &mut row.marks {
                if let Mark::Arrow(sent, from, to) = mark {
                    let (a, b) = (lanes[*from.min(to)].left, lanes[*from.max(to)].left);
                    let letters = ((b - a) / 6).max(LABEL_LETTERS);
                    *lines = wrapped(&in_a_line(&sent.what, &sent.bytes, watched), letters, 3);
                }
            }
            let most = row.marks.iter().map(|(_, lines)| lines.len()).max().unwrap_or(0);
            let arrow = matches!(row.marks.first(), Some((Mark::Arrow(..), _)));
            row.top = y;
            row.height = most * LINE + if arrow { 18 } else { 8 };
            y += row.height;
            for (mark, _) in &row.marks {
                if let Mark::Change(Change::Gains, holding, lane, ..) = mark {
                    if holding.until.is_none() {
                        lanes[*lane].keeps_from.get_or_insert(row.top);
                    }
                }
            }
        }
        y += 4;
        block.bottom = y;
    }
    y
}

/// What stands beside a mark, in lines. An arrow's is broken when it is known how long the arrow is.
fn label(mark: &Mark, watched: &[Watched]) -> Vec<String> {
    match mark {
        Mark::Arrow(..) => Vec::new(),
        Mark::Change(Change::Loses, holding, ..) => {
            let mut lines = wrapped(&format!("gone: {}", holding.what), LABEL_LETTERS, 2);
            // One text of several: which one.
            if value::is_text(&holding.bytes) {
                lines.extend(wrapped(&value::quoted(&holding.bytes, 40), LABEL_LETTERS, 2));
            }
            lines
        }
        Mark::Change(Change::Gains, holding, ..) => {
            let mut lines = wrapped(&holding.what, LABEL_LETTERS, 3);
            lines.extend(wrapped(&short(&holding.bytes, watched), LABEL_LETTERS, 3));
            lines
        }
    }
}

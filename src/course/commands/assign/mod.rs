//! `cargo run -- assign ID|LESSON... --to FOLDER [--title T] [--points ID=N] [--due DATE] [--seeds N] [--anyway]`
//!
//! Leaves: FOLDER/kit, which students are given, and FOLDER/assignment.txt, by which `grade` marks. The kit has the chosen
//! exercises and nothing of the others, no solution, and no planted wrong or right answer.
//!
//! 1. here: what is asked for, and what has to come before it.
//! 2. `kit`: the kit's files. `cut`: files of this kit with parts left out. `sheet`: what students read.
//! 3. `proof`: the kit is tried before anybody else sees it.

use std::fs;
use std::path::{Path, PathBuf};

use super::grade::manifest::{Manifest, POINTS, SEEDS, exercise};
use super::options::Options;
use super::text::say;
use super::{UsageError, grade};
use messaging_lab::course::catalogue;

mod cut;
mod kit;
mod proof;
mod sheet;

pub use kit::{files, profiles};

/// The flags of this command.
pub const FLAGS: [&str; 6] = ["--to=", "--title=", "--points=", "--due=", "--seeds=", "--anyway"];

/// What is to be assigned, and where to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The assignment.
    pub manifest: Manifest,
    /// The folder.
    pub to: PathBuf,
    /// Also if something that comes before is left out.
    pub anyway: bool,
}

impl Order {
    /// Reads the words behind `assign`.
    ///
    /// # Errors
    /// [`UsageError`] for what is not understood.
    pub fn read(options: &Options) -> Result<Order, UsageError> {
        let mut ids: Vec<&'static str> = Vec::new();
        for word in &options.words {
            match catalogue::lesson(word) {
                Some(lesson) => ids.extend(lesson.exercises.iter().map(|exercise| exercise.id)),
                None => ids.push(exercise(word).map_err(UsageError)?.1.id),
            }
        }
        if ids.is_empty() {
            return Err(UsageError(
                "assign what? Name exercises (timer/deadline) or lessons (timer)".to_string(),
            ));
        }
        let Some(to) = options.value("--to") else {
            return Err(UsageError("where to? --to FOLDER names a new folder".to_string()));
        };
        let mut manifest = Manifest {
            title: options
                .value("--title")
                .unwrap_or("Assignment")
                .chars()
                .filter(|c| !c.is_control())
                .collect(),
            due: options
                .value("--due")
                .map(grade::dates::read)
                .transpose()
                .map_err(UsageError)?,
            seeds: match options.value("--seeds") {
                None => SEEDS,
                Some(seeds) => {
                    let seeds = seeds.parse().ok().filter(|seeds| (1..=20).contains(seeds));
                    seeds.ok_or_else(|| UsageError("--seeds is a number from 1 to 20".to_string()))?
                }
            },
            // In the order of the course, each once.
            points: catalogue::all()
                .map(|(_, exercise)| (exercise.id, POINTS))
                .filter(|(id, _)| ids.contains(id))
                .collect(),
        };
        for value in options.values("--points") {
            let wrong = || {
                UsageError(format!(
                    "--points is ID=N, as in timer/deadline=5, not {}",
                    value.escape_default()
                ))
            };
            let (id, points) = value.split_once('=').ok_or_else(wrong)?;
            let points = points
                .parse()
                .ok()
                .filter(|points| *points <= 10_000)
                .ok_or_else(wrong)?;
            let id = exercise(id).map_err(UsageError)?.1.id;
            let place = manifest.points.iter_mut().find(|(other, _)| *other == id);
            place
                .ok_or_else(|| UsageError(format!("--points {value}: {id} is not assigned")))?
                .1 = points;
        }
        Ok(Order {
            manifest,
            to: PathBuf::from(to),
            anyway: options.has("--anyway"),
        })
    }

    /// What comes before an assigned exercise and is not assigned: (it, the assigned one).
    fn left_out(&self) -> Vec<(&'static str, &'static str)> {
        let assigned = |id: &str| self.manifest.points.iter().any(|(other, _)| *other == id);
        catalogue::all()
            .filter(|(_, exercise)| assigned(exercise.id))
            .flat_map(|(_, exercise)| exercise.after.iter().map(move |before| (*before, exercise.id)))
            .filter(|(before, _)| !assigned(before))
            .collect()
    }
}

/// Stands in a folder that is not proved yet.
const UNPROVEN: &str = ".unproven";

/// Makes the kit, proves it, and only then gives it its name.
///
/// # Errors
/// What is wrong; the folder is then not there.
pub fn assign(root: &Path, order: &Order) -> Result<String, String> {
    let left_out = order.left_out();
    if !left_out.is_empty() && !order.anyway {
        let lines: Vec<String> = left_out
            .iter()
            .map(|(before, id)| format!("  {id} comes after {before}, which is left out"))
            .collect();
        return Err(format!(
            "{}\nAssign these too, or say --anyway if your students have done them elsewhere.",
            lines.join("\n")
        ));
    }
    if order.to.exists() {
        return Err(format!(
            "{} is there already; --to names a new folder",
            order.to.display()
        ));
    }
    let name = order
        .to
        .file_name()
        .ok_or("--to names no folder")?
        .to_string_lossy()
        .into_owned();
    let workshop = order.to.with_file_name(format!("{name}.unproven"));
    let problem = |error: std::io::Error| format!("{}: {error}", workshop.display());
    if workshop.exists() {
        if !workshop.join(UNPROVEN).exists() {
            return Err(format!("{} is in the way: move it", workshop.display()));
        }
        // Left by an earlier start that was stopped.
        fs::remove_dir_all(&workshop).map_err(problem)?;
    }
    fs::create_dir_all(&workshop).map_err(problem)?;
    fs::write(workshop.join(UNPROVEN), "").map_err(problem)?;
    let made = kit::make(root, &order.manifest, &workshop.join("kit"))
        .and_then(|()| fs::write(workshop.join("assignment.txt"), order.manifest.text()).map_err(problem))
        .and_then(|()| proof::prove(root, &order.manifest, &workshop))
        .and_then(|()| fs::remove_file(workshop.join(UNPROVEN)).map_err(problem))
        .and_then(|()| fs::rename(&workshop, &order.to).map_err(problem));
    if let Err(problem) = made {
        let _ = fs::remove_dir_all(&workshop);
        return Err(format!(
            "{problem}\nNothing was handed out: {} was not made.",
            order.to.display()
        ));
    }
    say(&format!(
        "\n{}\n  for students  {}\n  for you       {}\n",
        order.manifest.title,
        order.to.join("kit").display(),
        order.to.join("assignment.txt").display()
    ));
    Ok(format!(
        "\nWhen it is due:  cargo run -- grade {} FOLDER...\n",
        order.to.join("assignment.txt").display()
    ))
}

//! What was handed in: whose folders there are, and the lesson files that are taken from them. Nothing else of a
//! submission is looked at: no Cargo.toml, no configuration, no tests.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::manifest::Manifest;
use messaging_lab::course::catalogue::Lesson;

/// A lesson file that is longer than this is none: the longest that ships has a tenth of it.
const MOST_BYTES: u64 = 1024 * 1024;

/// One student's submission.
#[derive(Debug)]
pub struct HandIn {
    /// The folder's name, with a number behind it where two have the same.
    pub name: String,
    /// The folder.
    pub folder: PathBuf,
    /// What there is to say before anything is judged.
    pub notes: Vec<String>,
}

/// One lesson file of a submission.
#[derive(Debug)]
pub struct Taken {
    /// Its lesson.
    pub lesson: &'static Lesson,
    /// The text; or a word that says what is there instead, and a line about it.
    pub text: Result<String, (&'static str, String)>,
    /// When the file was last changed, in seconds since 1970.
    pub changed: Option<u64>,
}

/// The submissions in `folders`: each is one student's, or a folder of such folders.
///
/// A student's folder has the lesson files in it, or in its `lessons`, or one level down (a kit that was unpacked into
/// it). A folder in which several have them is a class.
///
/// # Errors
/// A path that is no folder.
pub fn find(folders: &[String], manifest: &Manifest) -> Result<Vec<HandIn>, String> {
    let mut found: Vec<HandIn> = Vec::new();
    for folder in folders {
        let path = PathBuf::from(folder);
        let problem = |error: std::io::Error| format!("{folder}: {error}");
        // The folder that the instructor names may be a link; what is inside of it may not.
        if !fs::metadata(&path).map_err(problem)?.is_dir() {
            return Err(format!(
                "{folder} is no folder: a submission is a folder, unpack it first"
            ));
        }
        if holds(&path, manifest) {
            add(&mut found, path);
            continue;
        }
        let inside = folders_in(&path).map_err(problem)?;
        let direct = inside.iter().filter(|folder| holds(folder, manifest)).count();
        let homes = inside.iter().filter(|folder| home_in(folder, manifest)).count();
        // A class: several have the files, or the only one has them a level further down.
        if homes > 1 || (homes == 1 && direct == 0) {
            inside.into_iter().for_each(|folder| add(&mut found, folder));
        } else {
            add(&mut found, path);
        }
    }
    Ok(found)
}

/// Whether a folder has a lesson file in it, or one level down.
fn home_in(folder: &Path, manifest: &Manifest) -> bool {
    holds(folder, manifest)
        || folders_in(folder)
            .unwrap_or_default()
            .iter()
            .any(|folder| holds(folder, manifest))
}

fn add(found: &mut Vec<HandIn>, folder: PathBuf) {
    let full = fs::canonicalize(&folder).unwrap_or_else(|_| folder.clone());
    let own = full
        .file_name()
        .map_or_else(|| "submission".into(), |name| name.to_string_lossy().into_owned());
    // A name goes into reports: line breaks and the like do not.
    let own: String = own
        .chars()
        .map(|c| if c.is_control() { '?' } else { c })
        .collect();
    let mut notes = Vec::new();
    let taken = |name: &str, found: &[HandIn]| found.iter().any(|other| other.name == name);
    let mut name = own.clone();
    for number in 2.. {
        if !taken(&name, found) {
            break;
        }
        name = format!("{own} ({number})");
    }
    if name != own {
        notes.push(format!(
            "handed in more than once: there is another folder named {own}"
        ));
    }
    found.push(HandIn { name, folder, notes });
}

/// The folders in a folder by name, without hidden ones and what zip programs leave; links are none.
fn folders_in(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut folders = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() && !name.starts_with('.') && name != "__MACOSX" {
            folders.push(entry.path());
        }
    }
    folders.sort();
    Ok(folders)
}

/// Whether one of the assigned files, whatever it is, stands in a folder or in its `lessons`.
fn holds(folder: &Path, manifest: &Manifest) -> bool {
    manifest
        .lessons()
        .any(|lesson| !places(folder, lesson).is_empty())
}

/// Where a lesson's file stands in a folder: in its `lessons`, or right there.
fn places(folder: &Path, lesson: &Lesson) -> Vec<PathBuf> {
    let name = format!("{}.rs", lesson.stem());
    let candidates = [folder.join("lessons").join(&name), folder.join(&name)];
    candidates
        .into_iter()
        .filter(|path| fs::symlink_metadata(path).is_ok())
        .collect()
}

impl HandIn {
    /// Takes the assigned lesson files out of the folder, and adds notes about what is odd.
    pub fn take(&mut self, manifest: &Manifest) -> Vec<Taken> {
        manifest.lessons().map(|lesson| self.take_one(lesson)).collect()
    }

    fn take_one(&mut self, lesson: &'static Lesson) -> Taken {
        let mut places = places(&self.folder, lesson);
        for inside in folders_in(&self.folder).unwrap_or_default() {
            if inside.file_name().is_none_or(|name| name != "lessons") {
                places.extend(self::places(&inside, lesson));
            }
        }
        let Some(path) = places.first() else {
            let missing = ("missing", format!("no file {}", lesson.file()));
            return Taken {
                lesson,
                text: Err(missing),
                changed: None,
            };
        };
        if places.len() > 1 {
            self.notes.push(format!(
                "{} stands in more than one place: {} was taken",
                lesson.file(),
                path.display()
            ));
        }
        let changed = fs::symlink_metadata(path)
            .and_then(|data| data.modified())
            .ok()
            .and_then(|time| time.duration_since(UNIX_EPOCH).ok())
            .map(|since| since.as_secs());
        Taken {
            lesson,
            text: self.read(path),
            changed,
        }
    }

    /// Reads a file that is a plain one, reached without a link, of a length that a lesson may have, and text.
    fn read(&self, path: &Path) -> Result<String, (&'static str, String)> {
        const NO_FILE: &str = "not a plain file";
        let name = path
            .strip_prefix(&self.folder)
            .unwrap_or(path)
            .display()
            .to_string();
        let unreadable = |error: std::io::Error| ("not readable", format!("{name}: {error}"));
        let mut above = path.to_path_buf();
        while above != self.folder && above.starts_with(&self.folder) {
            if fs::symlink_metadata(&above).map_err(unreadable)?.is_symlink() {
                return Err((
                    NO_FILE,
                    format!("{name} is a link, or stands behind one: hand in the file itself"),
                ));
            }
            above.pop();
        }
        let data = fs::symlink_metadata(path).map_err(unreadable)?;
        if data.is_dir() {
            return Err((NO_FILE, format!("{name} is a folder")));
        }
        if !data.is_file() {
            return Err((NO_FILE, format!("{name} is neither a file nor a folder")));
        }
        if data.len() > MOST_BYTES {
            return Err((
                "too long",
                format!(
                    "{name} has {} bytes; a lesson has at most {MOST_BYTES}",
                    data.len()
                ),
            ));
        }
        let bytes = fs::read(path).map_err(unreadable)?;
        String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            (
                "not text",
                format!("{name} is not UTF-8 text from byte {at} on: save it as UTF-8"),
            )
        })
    }
}

/// A number for what was taken: it changes when the hand-in does. FNV-1a, 64 bits: it notices changes.
pub fn fingerprint(taken: &[Taken]) -> u64 {
    let mut print = 0xcbf2_9ce4_8422_2325_u64;
    let mut mix = |bytes: &[u8]| {
        for byte in bytes.iter().chain(&[0xff]) {
            print = (print ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    };
    for one in taken {
        mix(one.lesson.name.as_bytes());
        match &one.text {
            Ok(text) => mix(text.as_bytes()),
            Err((word, detail)) => {
                mix(&[0]);
                mix(word.as_bytes());
                mix(detail.as_bytes());
            }
        }
    }
    print
}

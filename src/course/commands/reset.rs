//! Puts a lesson, or one function of it, back as it was shipped. What was there is kept, always and first.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use super::read::read;
use messaging_lab::course::catalogue::{Exercise, Lesson};
use messaging_lab::course::lesson_source::LessonSource;
use messaging_lab::course::progress::FOLDER;

/// Puts a whole lesson file back.
pub fn lesson(root: &Path, lesson: &Lesson) -> Result<String, String> {
    let shipped = read(root, &lesson.stub())?;
    replace(root, lesson, &lesson.file(), &shipped)
}

/// Puts the function of one exercise back, and leaves the rest of the file as it is.
pub fn exercise(root: &Path, lesson: &Lesson, exercise: &Exercise) -> Result<String, String> {
    let name = exercise.function();
    let (now, shipped) = (read(root, &lesson.file())?, read(root, &lesson.stub())?);
    let from_stub = LessonSource::read(&shipped)
        .span_of(name)
        .map(|span| &shipped[span]);
    let from_stub = from_stub.ok_or_else(|| format!("{} has no fn {name}", lesson.stub()))?;
    let span = LessonSource::read(&now).span_of(name).ok_or_else(|| {
        format!(
            "fn {name} was not found in {} (is a brace missing?). Nothing was changed. To put the whole lesson back: \
             cargo run -- reset {}",
            lesson.file(),
            lesson.name
        )
    })?;
    // The file keeps the line ends it has.
    let from_stub = if now.contains("\r\n") {
        with_crlf(from_stub)
    } else {
        from_stub.to_string()
    };
    let text = format!("{}{from_stub}{}", &now[..span.start], &now[span.end..]);
    replace(root, lesson, &format!("fn {name} in {}", lesson.file()), &text)
}

fn with_crlf(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\n', "\r\n")
}

/// Writes `text` as the lesson's file after a copy of what is there now was made.
fn replace(root: &Path, lesson: &Lesson, what: &str, text: &str) -> Result<String, String> {
    let file = root.join(lesson.file());
    // As bytes: what is there is kept even if it is no text at all.
    let now = match fs::read(&file) {
        Ok(now) => Some(now),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(format!("{}: {error}. Nothing was changed.", lesson.file())),
    };
    if now.as_deref() == Some(text.as_bytes()) {
        return Ok(format!(
            "{what} is as it was shipped already; nothing to do
"
        ));
    }
    let kept = match &now {
        Some(now) => format!(
            "the whole file as it was is kept in {}\n",
            keep(root, lesson, now)?
        ),
        None => "there was no such file\n".to_string(),
    };
    // Written beside and moved over, so that a stop in between leaves the old file whole.
    let beside = file.with_extension("rs.new");
    fs::write(&beside, text)
        .and_then(|()| fs::rename(&beside, &file))
        .map_err(|error| {
            format!(
                "{} could not be written: {error}. It is as it was.",
                lesson.file()
            )
        })?;
    Ok(format!("{what} is back as it was shipped\n{kept}"))
}

/// Copies `bytes` to a file of their own below the hidden folder; its path from the root.
fn keep(root: &Path, lesson: &Lesson, bytes: &[u8]) -> Result<String, String> {
    let failed = |error| format!("no copy of your file could be kept ({error}), so nothing was changed");
    let folder = format!("{FOLDER}/kept");
    fs::create_dir_all(root.join(&folder)).map_err(failed)?;
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    for number in 0.. {
        let path = format!("{folder}/{}-{seconds}-{number}.rs", lesson.stem());
        // `create_new`: an earlier copy is never overwritten.
        match fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(root.join(&path))
        {
            Ok(mut copy) => {
                copy.write_all(bytes)
                    .and_then(|()| copy.sync_all())
                    .map_err(failed)?;
                return Ok(path);
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(failed(error)),
        }
    }
    unreachable!("some number is free")
}

//! What the child says, read as it comes: the frames that carry the key, and the lines that the code prints.

use super::*;

/// What the reader threads leave for the parent: frames to take, and printed text to show.
#[derive(Default)]
pub(super) struct Inbox {
    pub(super) left: Mutex<Left>,
    pub(super) news: Condvar,
}

#[derive(Default)]
pub(super) struct Left {
    pub(super) heard: Vec<Heard>,
    pub(super) printed: Vec<u8>,
    /// Up to the answer to this question everything on standard error has been read.
    pub(super) errors_read: u64,
    /// How many frames without the key were printed.
    pub(super) out_of_turn: u64,
}

impl Inbox {
    pub(super) fn open(&self) -> MutexGuard<'_, Left> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn put(&self, heard: Heard) {
        self.open().heard.push(heard);
        self.news.notify_all();
    }

    /// Keeps the beginning of what the code prints.
    pub(super) fn keep(&self, printed: &[u8]) {
        let kept = &mut self.open().printed;
        let room = KEPT_OUTPUT.saturating_sub(kept.len());
        kept.extend_from_slice(&printed[..printed.len().min(room)]);
    }

    pub(super) fn errors_read(&self, number: u64) {
        self.open().errors_read = number;
        self.news.notify_all();
    }

    /// What `ready` finds in here, waited for until `end`; `None` if it finds nothing by then.
    pub(super) fn wait<T>(&self, end: Instant, ready: impl Fn(&mut Left) -> Option<T>) -> Option<T> {
        let mut left = self.open();
        loop {
            if let Some(found) = ready(&mut left) {
                return Some(found);
            }
            let time = end
                .checked_duration_since(Instant::now())
                .filter(|time| !time.is_zero())?;
            left = self
                .news
                .wait_timeout(left, time)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
    }
}

/// What a reader thread found on one of the child's streams.
pub(super) enum Heard {
    /// A line that begins with [`MARK`], without it.
    Frame(String),
    /// The stream printed more than [`MOST_OUTPUT`].
    TooMuch,
    /// Standard output was closed.
    End,
}

/// Reads `stream` to its end on a thread of its own: frames are told, everything else is kept for the student to see.
pub(super) fn listen(stream: Box<dyn Read + Send>, inbox: Arc<Inbox>, key: &str, is_stdout: bool) {
    let mark = format!("{MARK}{key} ");
    std::thread::spawn(move || {
        let mut stream = std::io::BufReader::new(stream);
        let mut total = 0;
        let mut line = Vec::new();
        loop {
            line.clear();
            // A line without an end must not fill the memory of the parent either.
            let read = stream
                .by_ref()
                .take(MOST_OUTPUT as u64)
                .read_until(b'\n', &mut line)
                .unwrap_or(0);
            if read == 0 {
                break;
            }
            total += read;
            if total > MOST_OUTPUT {
                inbox.put(Heard::TooMuch);
                break;
            }
            let find = |mark: &[u8]| line.windows(mark.len()).position(|window| window == mark);
            let (own, frame) = line.split_at(find(mark.as_bytes()).unwrap_or(line.len()));
            if find(MARK.as_bytes()).is_some_and(|at| at < own.len()) {
                inbox.open().out_of_turn += 1;
            }
            inbox.keep(own);
            let frame = String::from_utf8_lossy(frame.get(mark.len()..).unwrap_or_default());
            let frame = frame.trim_end();
            match frame.strip_prefix("E ").filter(|_| !is_stdout) {
                Some(number) => inbox.errors_read(number.parse().unwrap_or(0)),
                None if is_stdout && !frame.is_empty() => inbox.put(Heard::Frame(frame.to_string())),
                None => {}
            }
        }
        if is_stdout {
            inbox.put(Heard::End);
        } else {
            inbox.errors_read(u64::MAX);
        }
    });
}

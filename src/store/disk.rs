//! What a journal needs of a disk, and the real one.
//!
//! Four calls: read a file, write at a place in it, cut it off, and wait until all that is really on the disk. The last
//! one matters most. A write that returned may sit in the system's memory for half a minute; only what was synced
//! survives a power cut, and writes of two files without a sync between them may arrive in either order.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// One of the two files a journal can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The append-only journal.
    Journal,
    /// The keys beside it, in fixed slots.
    Keys,
}

/// Somewhere to keep a journal.
pub trait Disk {
    /// All bytes of a file; none if it does not exist yet.
    ///
    /// # Errors
    /// What the system says.
    fn read(&mut self, part: Part) -> io::Result<Vec<u8>>;

    /// Writes `bytes` from `offset` on, over what stands there and beyond the end. After an error any first part of them
    /// may have been written.
    ///
    /// # Errors
    /// What the system says; `ErrorKind::StorageFull` for a full disk.
    fn write(&mut self, part: Part, offset: u64, bytes: &[u8]) -> io::Result<()>;

    /// Cuts a file off after `length` bytes.
    ///
    /// # Errors
    /// What the system says.
    fn cut(&mut self, part: Part, length: u64) -> io::Result<()>;

    /// Returns when everything written to the file so far would survive a power cut.
    ///
    /// # Errors
    /// What the system says. What was written since the last sync may or may not be on the disk then.
    fn sync(&mut self, part: Part) -> io::Result<()>;
}

/// Two files beside each other: the journal at a path, the keys at the same path with `.keys` behind it.
///
/// One store at a time may use them; nothing here holds a lock.
#[derive(Debug)]
pub struct FileDisk {
    journal_path: PathBuf,
    // In the order of `Part`. A file is opened when it is first used, so a naive journal has no key file.
    files: [Option<File>; 2],
    sync: bool,
}

impl FileDisk {
    /// The journal at `path`, which may not exist yet; the folder must.
    pub fn at(path: impl AsRef<Path>) -> Self {
        FileDisk {
            journal_path: path.as_ref().to_path_buf(),
            files: [None, None],
            sync: true,
        }
    }

    /// **Weaker, for measuring what syncing costs**: the same files, never synced. They survive the end of the process,
    /// and after a power cut anything may be missing.
    pub fn without_sync(self) -> Self {
        FileDisk { sync: false, ..self }
    }

    /// Where a part is kept.
    pub fn path(&self, part: Part) -> PathBuf {
        let mut path = self.journal_path.clone().into_os_string();
        if part == Part::Keys {
            path.push(".keys");
        }
        path.into()
    }

    fn file(&mut self, part: Part) -> io::Result<&mut File> {
        let path = self.path(part);
        let slot = &mut self.files[part as usize];
        match slot {
            Some(file) => Ok(file),
            None => {
                let is_new = !path.exists();
                let file = File::options()
                    .read(true)
                    .write(true)
                    .create(true)
                    .truncate(false)
                    .open(&path)?;
                if is_new && self.sync {
                    // A new file's name belongs to its folder, which has to be synced too. Not every system lets a
                    // folder be opened; there the name is the system's to keep.
                    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
                    let _ = File::open(folder.unwrap_or(Path::new("."))).and_then(|folder| folder.sync_all());
                }
                Ok(slot.insert(file))
            }
        }
    }
}

impl Disk for FileDisk {
    fn read(&mut self, part: Part) -> io::Result<Vec<u8>> {
        if !self.path(part).exists() {
            return Ok(Vec::new());
        }
        let file = self.file(part)?;
        let mut bytes = Vec::new();
        file.seek(SeekFrom::Start(0))?;
        file.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn write(&mut self, part: Part, offset: u64, bytes: &[u8]) -> io::Result<()> {
        let file = self.file(part)?;
        file.seek(SeekFrom::Start(offset))?;
        file.write_all(bytes)
    }

    fn cut(&mut self, part: Part, length: u64) -> io::Result<()> {
        self.file(part)?.set_len(length)
    }

    fn sync(&mut self, part: Part) -> io::Result<()> {
        if self.sync {
            self.file(part)?.sync_data()?;
        }
        Ok(())
    }
}

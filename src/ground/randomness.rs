//! Where random bytes come from: the operating system, or a seed that makes a lesson repeatable.

use std::fmt;

/// The system gave no random bytes. There is no fallback: predictable keys are worse than an error.
#[derive(Debug)]
pub struct RandomnessError(std::io::Error);

impl RandomnessError {
    /// For a source of one's own that has nothing to give, with what it says about it.
    pub fn new(said: &str) -> Self {
        RandomnessError(std::io::Error::other(said))
    }
}

impl fmt::Display for RandomnessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "no random bytes from the system ({}): check that /dev/urandom can be read",
            self.0
        )
    }
}

impl std::error::Error for RandomnessError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

/// Something that fills a buffer with random bytes.
pub trait Randomness {
    /// Fills all of `out`.
    ///
    /// # Errors
    /// [`RandomnessError`]; `out` is then not to be used.
    fn fill(&mut self, out: &mut [u8]) -> Result<(), RandomnessError>;
}

/// `SplitMix64` from a seed. **Predictable on purpose**: who knows the seed knows every byte. For lessons and tests.
///
/// state = state + 0x9e3779b97f4a7c15; each step's output is the state put through two xor-shift-multiplies (Steele,
/// Lea, Flood: "Fast splittable pseudorandom number generators", OOPSLA 2014).
#[derive(Clone, Debug)]
pub struct Seeded {
    state: u64,
}

impl Seeded {
    /// The generator that starts at `seed`.
    pub fn new(seed: u64) -> Self {
        Seeded { state: seed }
    }

    /// The next 64 bits.
    pub fn next_u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from `0` up to `bound - 1`; 0 where `bound` is 0. By remainder: the bias is below `bound / 2^64`.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.next_u64() % bound.max(1)
    }

    /// `length` bytes.
    pub fn bytes(&mut self, length: usize) -> Vec<u8> {
        let mut out = vec![0; length];
        self.fill_from_seed(&mut out);
        out
    }

    fn fill_from_seed(&mut self, out: &mut [u8]) {
        for chunk in out.chunks_mut(8) {
            chunk.copy_from_slice(&self.next_u64().to_le_bytes()[..chunk.len()]);
        }
    }
}

impl Randomness for Seeded {
    fn fill(&mut self, out: &mut [u8]) -> Result<(), RandomnessError> {
        self.fill_from_seed(out);
        Ok(())
    }
}

/// The operating system's random bytes.
///
/// On Unix: one byte of `/dev/random` first, which waits until the system has gathered enough at boot, then
/// `/dev/urandom`. Elsewhere std has no such source; there the bytes come from [`HashSeeded`], good enough for a course
/// and named for what it is.
#[derive(Debug)]
pub struct OsRandomness(Source);

#[derive(Debug)]
enum Source {
    #[cfg(unix)]
    Device(std::fs::File),
    #[cfg(not(unix))]
    Hash(HashSeeded),
}

impl OsRandomness {
    /// Opens the source.
    ///
    /// # Errors
    /// [`RandomnessError`] if the devices cannot be opened or read.
    #[cfg(unix)]
    pub fn open() -> Result<Self, RandomnessError> {
        use std::io::Read;
        let mut ready = [0];
        std::fs::File::open("/dev/random")
            .and_then(|mut device| device.read_exact(&mut ready))
            .and_then(|()| std::fs::File::open("/dev/urandom"))
            .map(|device| OsRandomness(Source::Device(device)))
            .map_err(RandomnessError)
    }

    /// Opens the source. Course use only on this system, and says so on standard error.
    ///
    /// # Errors
    /// None on this system.
    #[cfg(not(unix))]
    pub fn open() -> Result<Self, RandomnessError> {
        eprintln!("note: std has no system randomness here; these bytes are for course use only");
        Ok(OsRandomness(Source::Hash(HashSeeded::new())))
    }
}

impl Randomness for OsRandomness {
    fn fill(&mut self, out: &mut [u8]) -> Result<(), RandomnessError> {
        match &mut self.0 {
            #[cfg(unix)]
            Source::Device(device) => {
                use std::io::Read;
                device.read_exact(out).map_err(RandomnessError)
            }
            #[cfg(not(unix))]
            Source::Hash(hash) => hash.fill(out),
        }
    }
}

/// Course use only: bytes from the seeds that std draws for its hash maps, a fresh thread for each eight bytes.
///
/// std promises that those seeds are hard to guess for somebody who floods a hash map, and no more than that.
#[derive(Debug, Default)]
pub struct HashSeeded {
    drawn: u64,
}

impl HashSeeded {
    /// A source that has given nothing yet.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Randomness for HashSeeded {
    fn fill(&mut self, out: &mut [u8]) -> Result<(), RandomnessError> {
        use std::hash::{BuildHasher, RandomState};
        for chunk in out.chunks_mut(8) {
            let drawn = self.drawn;
            // A thread draws its seed once and counts up from there; a new thread draws again.
            let word = std::thread::spawn(move || RandomState::new().hash_one(drawn))
                .join()
                .map_err(|_| RandomnessError(std::io::Error::other("a thread could not be started")))?;
            chunk.copy_from_slice(&word.to_le_bytes()[..chunk.len()]);
            self.drawn += 1;
        }
        Ok(())
    }
}

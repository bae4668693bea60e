//! Sound as a file that every player plays: RIFF/WAVE, 16-bit PCM, one channel.
//!
//! ```text
//! offset  size  what
//!      0     4  "RIFF"
//!      4     4  length of all that follows
//!      8     4  "WAVE"
//!     12     4  "fmt "
//!     16     4  16, the length of this chunk
//!     20     2  1: samples as they are (PCM)
//!     22     2  1: channels
//!     24     4  samples a second
//!     28     4  bytes a second
//!     32     2  2: bytes for one sample of all channels
//!     34     2  16: bits in a sample
//!     36     4  "data"
//!     40     4  length of the samples in bytes
//!     44     -  the samples
//! ```
//!
//! In words: chunks, each with a name of four letters and a length, inside one chunk called RIFF. All numbers are
//! little-endian. A chunk of odd length is followed by one byte that its length does not count.
//!
//! Source: IBM and Microsoft, "Multimedia Programming Interface and Data Specifications 1.0", August 1991.

use std::fmt;

/// Most samples that a file can hold: its lengths have 32 bits.
pub const MAX_SAMPLES: usize = (u32::MAX as usize - 36) / 2;

/// A sound and how fast it is to be played.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sound {
    /// Samples a second.
    pub rate: u32,
    /// The samples, one channel.
    pub samples: Vec<i16>,
}

/// Why a file was not read or written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WavError {
    /// It does not begin with "RIFF", a length, "WAVE".
    NotWave,
    /// It ends before a chunk that it announces does, or goes on after its end.
    Length,
    /// There is no "fmt " chunk before the samples, or more than one, or it has not 16 bytes.
    Format,
    /// The samples are not plain 16-bit numbers, or there is more than one channel.
    Encoding,
    /// Bytes a second, or bytes a sample, do not fit the rest; or the rate is 0 or too high to be written down.
    Rate,
    /// There is no "data" chunk, or more than one, or half a sample in it.
    Data,
    /// More than [`MAX_SAMPLES`].
    TooLong,
}

impl fmt::Display for WavError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            WavError::NotWave => "not a WAV file: it should begin with RIFF and WAVE",
            WavError::Length => "the lengths in the file are not those of what is there: was it cut off?",
            WavError::Format => "the file needs one \"fmt \" chunk of 16 bytes before the samples",
            WavError::Encoding => "save it as PCM, 16 bits, one channel (mono)",
            WavError::Rate => "the file's rates do not fit together: save it again, for example at 8000 Hz",
            WavError::Data => "the file needs one \"data\" chunk with whole samples of 2 bytes",
            WavError::TooLong => "more samples than a WAV file can hold: cut the sound into parts",
        })
    }
}

impl std::error::Error for WavError {}

/// The bytes of a WAV file with these samples.
///
/// # Errors
/// [`WavError::TooLong`] beyond [`MAX_SAMPLES`]; [`WavError::Rate`] where `rate` is 0, or 2 * `rate` needs more than 32
/// bits.
pub fn write(sound: &Sound) -> Result<Vec<u8>, WavError> {
    if sound.samples.len() > MAX_SAMPLES {
        return Err(WavError::TooLong);
    }
    let bytes_a_second = sound.rate.checked_mul(2).filter(|&rate| rate > 0);
    let bytes_a_second = bytes_a_second.ok_or(WavError::Rate)?;
    let data_bytes = 2 * sound.samples.len() as u32;
    let mut file = Vec::with_capacity(44 + data_bytes as usize);
    file.extend_from_slice(b"RIFF");
    file.extend_from_slice(&(36 + data_bytes).to_le_bytes());
    file.extend_from_slice(b"WAVEfmt ");
    file.extend_from_slice(&16_u32.to_le_bytes());
    file.extend_from_slice(&1_u16.to_le_bytes());
    file.extend_from_slice(&1_u16.to_le_bytes());
    file.extend_from_slice(&sound.rate.to_le_bytes());
    file.extend_from_slice(&bytes_a_second.to_le_bytes());
    file.extend_from_slice(&2_u16.to_le_bytes());
    file.extend_from_slice(&16_u16.to_le_bytes());
    file.extend_from_slice(b"data");
    file.extend_from_slice(&data_bytes.to_le_bytes());
    for sample in &sound.samples {
        file.extend_from_slice(&sample.to_le_bytes());
    }
    Ok(file)
}

/// The sound in a WAV file. Chunks that this model does not know are passed over, as the source asks of every reader.
///
/// # Errors
/// [`WavError`] for everything but 16-bit PCM on one channel, and for a file whose lengths are not true to the byte.
pub fn read(file: &[u8]) -> Result<Sound, WavError> {
    let (head, mut rest) = file.split_first_chunk::<12>().ok_or(WavError::NotWave)?;
    if &head[..4] != b"RIFF" || &head[8..] != b"WAVE" {
        return Err(WavError::NotWave);
    }
    if u32_at(head, 4) as usize != file.len() - 8 {
        return Err(WavError::Length);
    }
    let (mut rate, mut samples) = (None, None);
    while !rest.is_empty() {
        let (name, body);
        (name, body, rest) = next_chunk(rest)?;
        match &name {
            b"fmt " if rate.is_none() && samples.is_none() => rate = Some(read_format(body)?),
            b"fmt " => return Err(WavError::Format),
            b"data" if rate.is_none() => return Err(WavError::Format),
            b"data" if samples.is_none() && body.len() % 2 == 0 => {
                let sample = |pair: &[u8]| i16::from_le_bytes([pair[0], pair[1]]);
                samples = Some(body.chunks_exact(2).map(sample).collect());
            }
            b"data" => return Err(WavError::Data),
            _ => {}
        }
    }
    match (rate, samples) {
        (Some(rate), Some(samples)) => Ok(Sound { rate, samples }),
        (None, _) => Err(WavError::Format),
        (_, None) => Err(WavError::Data),
    }
}

/// A chunk's name, its content, and what follows it.
type Chunk<'a> = ([u8; 4], &'a [u8], &'a [u8]);

/// The first chunk of `bytes`.
fn next_chunk(bytes: &[u8]) -> Result<Chunk<'_>, WavError> {
    let (head, rest) = bytes.split_first_chunk::<8>().ok_or(WavError::Length)?;
    let &[n0, n1, n2, n3, ..] = head;
    let length = u32_at(head, 4) as usize;
    let (body, rest) = rest.split_at_checked(length).ok_or(WavError::Length)?;
    let rest = match length % 2 {
        0 => rest,
        _ => rest.split_first().ok_or(WavError::Length)?.1,
    };
    Ok(([n0, n1, n2, n3], body, rest))
}

/// The rate in the content of a "fmt " chunk.
fn read_format(body: &[u8]) -> Result<u32, WavError> {
    let body: &[u8; 16] = body.try_into().map_err(|_| WavError::Format)?;
    let u16_at = |at: usize| u16::from_le_bytes([body[at], body[at + 1]]);
    let (format, channels, bits) = (u16_at(0), u16_at(2), u16_at(14));
    if (format, channels, bits) != (1, 1, 16) {
        return Err(WavError::Encoding);
    }
    let rate = u32_at(body, 4);
    if rate == 0 || rate.checked_mul(2) != Some(u32_at(body, 8)) || u16_at(12) != 2 {
        return Err(WavError::Rate);
    }
    Ok(rate)
}

/// The number of 32 bits at `at`, where the caller knows that there is one.
fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

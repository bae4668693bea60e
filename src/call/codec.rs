//! Sound in fewer bytes. One codec whose frames are all alike in size, and one whose frames follow the sound.
//!
//! ```text
//! mu-law     160 samples -> 160 bytes                   ITU-T G.711: the telephone's own
//! variable   160 samples -> 1, 21, 41, ... 161 bytes    the kit's own: silence is cheap, loud and shrill is dear
//! ```
//!
//! In words: a cipher hides every byte of a frame and not how many there are. So a constant rate gives an onlooker nothing
//! but that somebody holds a call; a variable rate gives him the shape of what is said. Real codecs with a variable rate
//! do the same: phrases were recognised from the sizes of encrypted frames (Wright, Ballard, Coull, Monrose, Masson: "Spot
//! me if you can", IEEE Symposium on Security and Privacy 2008).

use std::fmt;

use super::audio::{FRAME_SAMPLES, Frame};

/// RTP's number for mu-law (RFC 3551, section 6).
pub const PAYLOAD_MU_LAW: u8 = 0;

/// The variable codec: a number from the range for everybody's own use (RFC 3551, section 6).
pub const PAYLOAD_VARIABLE: u8 = 96;

/// The variable codec in cells of one size.
pub const PAYLOAD_CELLS: u8 = 97;

/// The payload is none that this codec makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CodecError {
    /// No frame of this codec has this many bytes.
    Length {
        /// How many there are.
        bytes: usize,
    },
}

impl fmt::Display for CodecError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let CodecError::Length { bytes } = self;
        write!(
            f,
            "no frame of this codec has {bytes} bytes: is it a frame of another codec?"
        )
    }
}

impl std::error::Error for CodecError {}

/// Added before the logarithm is taken, in 14-bit steps: it makes the smallest segment start at a power of two.
const BIAS: i16 = 33;

/// One sample as 8 bits: sign, 3 bits for the power of two, 4 bits for the place within it, all inverted.
///
/// ```text
/// magnitude = 14-bit sample without sign + 33, at most 8191
/// segment   = position of its highest bit - 5                0 to 7
/// byte      = not (sign || segment || the four bits below the highest)
/// ```
///
/// ITU-T G.711, table 2; where its decision values leave a sample on the border open, as ITU-T's own software does
/// (G.191): 16 bits are cut to 14, and a negative sample is measured by its ones' complement.
pub fn mu_law_encode(sample: i16) -> u8 {
    let fourteen_bits = if sample < 0 { !sample >> 2 } else { sample >> 2 };
    // At most 8191 + 33, before the cut.
    let magnitude = (fourteen_bits + BIAS).min(0x1fff) as u16;
    let segment = (magnitude >> 6)
        .checked_ilog2()
        .map_or(0, |position| position as u8 + 1);
    let place = (magnitude >> (segment + 1)) as u8 & 0x0f;
    let sign = if sample < 0 { 0x80 } else { 0 };
    !(sign | (segment << 4) | place)
}

/// The sample of [`mu_law_encode`]'s byte: the middle of all that have the same one, or next to it. Both zeros are 0.
///
/// `magnitude = (2 * place + 33) * 2^segment - 33`, in 14-bit steps. ITU-T G.711, table 2.
pub fn mu_law_decode(byte: u8) -> i16 {
    let inverted = !byte;
    let (segment, place) = (inverted >> 4 & 7, i16::from(inverted & 0x0f));
    // At most (2 * 15 + 33) * 128 - 33 = 8031, and 4 times that has 15 bits.
    let magnitude = (((2 * place + BIAS) << segment) - BIAS) << 2;
    if inverted & 0x80 != 0 {
        -magnitude
    } else {
        magnitude
    }
}

/// 160 samples -> 160 bytes, [`mu_law_encode`] on each: 64 000 bits a second whatever is said. ITU-T G.711.
pub fn encode_mu_law(frame: &Frame) -> [u8; FRAME_SAMPLES] {
    frame.map(mu_law_encode)
}

/// 160 bytes -> 160 samples, [`mu_law_decode`] on each: the inverse, as far as there is one. ITU-T G.711.
///
/// # Errors
/// [`CodecError::Length`] for anything but 160 bytes.
pub fn decode_mu_law(payload: &[u8]) -> Result<Frame, CodecError> {
    let bytes: &[u8; FRAME_SAMPLES] = payload
        .try_into()
        .map_err(|_| CodecError::Length { bytes: payload.len() })?;
    Ok(bytes.map(mu_law_decode))
}

/// How fine the variable codec looks: a step is this many of the sample's units.
const STEP: i32 = 256;

/// Most bits for a jump from sample to sample.
const MOST_BITS: u32 = 8;

/// Bytes of the longest frame of the variable codec.
pub const MAX_VARIABLE_BYTES: usize = 1 + FRAME_SAMPLES / 8 * MOST_BITS as usize;

/// 160 samples -> `1 + 20 * bits` bytes, where `bits` is what the largest jump from one sample to the next takes.
///
/// ```text
/// offset     size  what
///      0        1  the first sample, in steps of 256
///      1  20*bits  160 jumps in steps of 256, `bits` bits each, two's complement, the highest bit first
/// ```
///
/// In words: nothing moves in silence, so no bits are needed; a loud or shrill sound jumps far, and all 160 jumps get
/// the bits of the farthest. Each frame stands alone, so that a lost one harms no other.
///
/// The kit's own. A jump of more than 127 steps is cut to that, and the next ones make up for it.
pub fn encode_variable(frame: &Frame) -> Vec<u8> {
    let first = (i32::from(frame[0]) + STEP / 2).div_euclid(STEP).min(127);
    let mut height = first;
    let jumps = frame.map(|sample| {
        let goal = (i32::from(sample) + STEP / 2).div_euclid(STEP).min(127);
        let jump = (goal - height).clamp(-128, 127);
        height += jump;
        jump
    });
    let bits = jumps.into_iter().map(bits_of).max().unwrap_or(0);
    let mut payload = vec![first as u8];
    let (mut waiting, mut count) = (0_u32, 0);
    for jump in jumps {
        waiting = (waiting << bits) | (jump as u32 & ((1 << bits) - 1));
        count += bits;
        while count >= 8 {
            count -= 8;
            payload.push((waiting >> count) as u8);
        }
    }
    payload
}

/// How many bits a jump takes in two's complement: none for 0, 1 for -1, 2 for -2 and 1, and so on to 8.
fn bits_of(jump: i32) -> u32 {
    match jump {
        0 => 0,
        1.. => 33 - jump.leading_zeros(),
        _ => 33 - (!jump).leading_zeros(),
    }
}

/// The sound of [`encode_variable`]'s payload, in steps of 256.
///
/// # Errors
/// [`CodecError::Length`] for anything but 1, 21, 41, ... 161 bytes.
pub fn decode_variable(payload: &[u8]) -> Result<Frame, CodecError> {
    let wrong = CodecError::Length { bytes: payload.len() };
    let (&first, packed) = payload.split_first().ok_or(wrong)?;
    if payload.len() > MAX_VARIABLE_BYTES || packed.len() % (FRAME_SAMPLES / 8) != 0 {
        return Err(wrong);
    }
    let bits = (packed.len() / (FRAME_SAMPLES / 8)) as u32;
    let mut height = i32::from(first as i8);
    let mut frame = [0; FRAME_SAMPLES];
    let (mut packed, mut waiting, mut count) = (packed.iter(), 0_u32, 0);
    for sample in &mut frame {
        while count < bits {
            waiting = (waiting << 8) | u32::from(*packed.next().unwrap_or(&0));
            count += 8;
        }
        count -= bits;
        let jump = if bits == 0 {
            0
        } else {
            // The jump's bits at the top, then back down with the sign.
            ((waiting >> count) << (32 - bits)) as i32 >> (32 - bits)
        };
        height = (height + jump).clamp(-128, 127);
        *sample = (height * STEP) as i16;
    }
    Ok(frame)
}

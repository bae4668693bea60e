//! Cells: payloads of any size, made the same size, so that a size says nothing.
//!
//! ```text
//! offset  size  what
//!      0     2  length of the payload, big-endian
//!      2     n  the payload
//!    2+n     -  zeros, up to 163 bytes in all
//! ```
//!
//! In words: what is short is filled up to the longest there can be, and what it is filled with is sealed like the rest.
//! One cell goes out every 20 ms, also where there is nothing to say: otherwise the gaps would speak. The price is the
//! longest frame's bytes for each frame. The kit's own.

use std::fmt;

use super::codec::MAX_VARIABLE_BYTES;

/// Bytes of every cell.
pub const CELL_BYTES: usize = 2 + MAX_VARIABLE_BYTES;

/// Why something was not put into a cell, or taken out of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CellError {
    /// The payload does not fit into a cell.
    TooLong {
        /// How many bytes it has.
        bytes: usize,
    },
    /// Not what [`to_cell`] makes of any payload.
    Malformed,
}

impl fmt::Display for CellError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CellError::TooLong { bytes } => {
                write!(
                    f,
                    "{bytes} bytes do not fit into a cell: it has room for {MAX_VARIABLE_BYTES}"
                )
            }
            CellError::Malformed => f.write_str("refused: not a cell"),
        }
    }
}

impl std::error::Error for CellError {}

/// `cell = length || payload || zeros`, [`CELL_BYTES`] whatever the payload is.
///
/// # Errors
/// [`CellError::TooLong`] beyond [`MAX_VARIABLE_BYTES`].
///
/// ```
/// use messaging_lab::call::cell::{from_cell, to_cell};
/// let (silence, speech) = (to_cell(&[0; 1])?, to_cell(&[9; 141])?);
/// assert_eq!(silence.len(), speech.len()); // no difference for whoever counts bytes
/// assert_eq!(from_cell(&speech)?, [9; 141]);
/// # Ok::<(), messaging_lab::call::cell::CellError>(())
/// ```
pub fn to_cell(payload: &[u8]) -> Result<[u8; CELL_BYTES], CellError> {
    let bytes = payload.len();
    if bytes > MAX_VARIABLE_BYTES {
        return Err(CellError::TooLong { bytes });
    }
    let mut cell = [0; CELL_BYTES];
    cell[..2].copy_from_slice(&(bytes as u16).to_be_bytes());
    cell[2..2 + bytes].copy_from_slice(payload);
    Ok(cell)
}

/// The payload of a cell. Strict: each payload has one cell, and everything else is refused.
///
/// # Errors
/// [`CellError::Malformed`] for everything that [`to_cell`] does not make.
pub fn from_cell(cell: &[u8]) -> Result<&[u8], CellError> {
    let (length, rest) = cell.split_first_chunk().ok_or(CellError::Malformed)?;
    let length = usize::from(u16::from_be_bytes(*length));
    let (payload, padding) = rest.split_at_checked(length).ok_or(CellError::Malformed)?;
    if cell.len() != CELL_BYTES || padding.iter().any(|&byte| byte != 0) {
        return Err(CellError::Malformed);
    }
    Ok(payload)
}

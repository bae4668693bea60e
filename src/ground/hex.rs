//! Bytes as text, two hexadecimal digits a byte.

use std::fmt;

/// Why a text is not hex.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HexError {
    /// A byte takes two digits, and the text has an odd number of them.
    OddLength {
        /// How many characters the text has.
        length: usize,
    },
    /// A character is not one of `0-9`, `a-f`, `A-F`.
    NotADigit {
        /// The character that stands there.
        found: char,
        /// Its position, counted in characters from 0.
        at: usize,
    },
}

impl fmt::Display for HexError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            HexError::OddLength { length } => {
                write!(
                    f,
                    "hex takes two digits a byte, and {length} characters is an odd number: add or remove one"
                )
            }
            HexError::NotADigit { found, at } => {
                write!(f, "{found:?} at position {at} is no hex digit: use 0-9 and a-f")
            }
        }
    }
}

impl std::error::Error for HexError {}

/// `bytes -> text`: each byte as two lower-case digits, the high four bits first. 2 characters for each byte.
///
/// ```
/// use messaging_lab::ground::hex::bytes_to_hex;
/// assert_eq!(bytes_to_hex(&[0x00, 0x0f, 0xa5]), "000fa5");
/// ```
pub fn bytes_to_hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 0x0f)]));
    }
    text
}

/// `text -> bytes`: the inverse of [`bytes_to_hex`]; upper-case digits are read too.
///
/// # Errors
/// [`HexError`] for a character that is no digit and for an odd number of digits. Spaces are not skipped.
///
/// ```
/// use messaging_lab::ground::hex::hex_to_bytes;
/// assert_eq!(hex_to_bytes("000FA5"), Ok(vec![0x00, 0x0f, 0xa5]));
/// assert!(hex_to_bytes("0").is_err());
/// ```
pub fn hex_to_bytes(text: &str) -> Result<Vec<u8>, HexError> {
    let mut digits = Vec::with_capacity(text.len());
    for (at, found) in text.chars().enumerate() {
        let digit = found.to_digit(16).ok_or(HexError::NotADigit { found, at })?;
        digits.push(digit as u8);
    }
    if digits.len() % 2 == 1 {
        return Err(HexError::OddLength { length: digits.len() });
    }
    Ok(digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

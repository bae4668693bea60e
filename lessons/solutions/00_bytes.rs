//! Lesson 00, solved: one way of many.

use messaging_lab::crypto::sha256::sha256;

pub fn hex(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in bytes {
        for digit in [byte >> 4, byte & 0x0f] {
            text.push(char::from(b"0123456789abcdef"[usize::from(digit)]));
        }
    }
    text
}

pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u32> = text.chars().map(|c| c.to_digit(16)).collect::<Option<_>>()?;
    if digits.len() % 2 == 1 {
        return None;
    }
    Some(
        digits
            .chunks(2)
            .map(|pair| (pair[0] * 16 + pair[1]) as u8)
            .collect(),
    )
}

pub fn length(record: &[u8]) -> Option<u32> {
    let head: [u8; 4] = record.get(..4)?.try_into().ok()?;
    Some(u32::from_be_bytes(head))
}

pub fn xor(a: &[u8], b: &[u8]) -> Option<Vec<u8>> {
    if a.len() != b.len() {
        return None;
    }
    Some(a.iter().zip(b).map(|(x, y)| x ^ y).collect())
}

pub fn flip(digests: &[[u8; 32]], records: &[Vec<u8>]) -> Option<usize> {
    (0..records.len()).find(|&number| sha256(&records[number]) != digests[number])
}

//! Random bytes, and wholes cut into pieces.

use messaging_lab::ground::randomness::Seeded;

/// Cuts `bytes` at random places, some of them next to each other, so that pieces of no bytes come too.
pub fn cut<'a>(random: &mut Seeded, bytes: &'a [u8]) -> Vec<&'a [u8]> {
    let mut pieces = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        // Short pieces are where block edges go wrong; long ones take the path over whole blocks.
        let longest = [3, 17, 70, 1 + rest.len() as u64][random.below(4) as usize];
        let (piece, left) = rest.split_at(rest.len().min(random.below(longest) as usize));
        pieces.push(piece);
        rest = left;
    }
    pieces
}

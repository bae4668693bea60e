//! Lesson 12, constant_rate: the judge takes the cells apart, and looks at what a tap sees of them.

use messaging_lab::call::audio::Voice;
use messaging_lab::call::cell::CELL_BYTES;
use messaging_lab::course::exam::{Exam, Fault};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::Student;
use messaging_lab::ground::hex::bytes_to_hex;
use messaging_lab::ground::randomness::Seeded;

use super::{encoded, wrong};

/// Frames of the encoder, or cells.
pub type Packed = Vec<Vec<u8>>;

fn draw(random: &mut Seeded) -> Packed {
    let one = |random: &mut Seeded| {
        let length = match random.below(4) {
            0 => 0,
            1 => 1 + 20 * random.below(9),
            _ => random.below(162),
        };
        let mut frame = random.bytes(length as usize);
        // Zeros of its own, in front and behind: nothing but the length tells them from padding.
        let zeros = random.below(length + 1) as usize;
        match random.below(3) {
            0 => frame[..zeros].fill(0),
            1 => frame[length as usize - zeros..].fill(0),
            _ => {}
        }
        frame
    };
    (0..random.below(40)).map(|_| one(random)).collect()
}

/// What the judge finds when it takes a cell apart: the frame, or what is wrong.
fn unpacked(cell: &[u8], number: usize, one_size: bool) -> Result<&[u8], Fault> {
    let fault = |wanted: String, why| Err(Fault::new(wanted, why));
    if cell.len() != CELL_BYTES {
        return fault(
            format!("cell {number} has {CELL_BYTES} bytes, not {}", cell.len()),
            match one_size {
                true => {
                    "the size has to be the same in every list: 2 bytes for the length, and room for the 161 of the longest \
                     frame there is"
                }
                false => {
                    "a tap sees every size that differs, and the shape of the words is in the differences"
                }
            },
        );
    }
    let length = usize::from(u16::from_be_bytes([cell[0], cell[1]]));
    let (frame, padding) = match cell[2..].split_at_checked(length) {
        Some(parts) => parts,
        None => {
            return fault(
                format!(
                    "cell {number} begins with its frame's length as 2 bytes, big-endian; it says {length}"
                ),
                "the other phone cuts the frame out by this length",
            );
        }
    };
    if padding.iter().any(|&byte| byte != 0) {
        return fault(
            format!("cell {number} says that its frame has {length} bytes; what follows should be zeros"),
            "one way to write a frame leaves no room for marks that the reader does not see",
        );
    }
    Ok(frame)
}

/// Cells in a few words: how long each is, and how it begins.
fn shown(cells: &[Vec<u8>]) -> String {
    let one = |cell: &Vec<u8>| {
        format!(
            "{} bytes {}..",
            cell.len(),
            bytes_to_hex(&cell[..cell.len().min(4)])
        )
    };
    let some: Vec<String> = cells.iter().take(6).map(one).collect();
    format!("{} cells: {}", cells.len(), some.join(", "))
}

/// Frames -> cells of one size.
pub fn constant_rate(mut student: impl Student<Packed, Packed>) -> Verdict {
    let voice = Voice {
        pitch: 120,
        pace: 100,
        seed: 1,
    };
    let spoken = encoded("we need more time", &voice);
    let (before, after) = (
        spoken.iter().map(Vec::len).sum::<usize>(),
        spoken.len() * CELL_BYTES,
    );
    Exam::new("frames/constant_rate", wrong::constant_rate())
        .fixes_the_first()
        .shows(|cells| shown(cells))
        .case("a short, a long, and a silent one", vec![vec![7], vec![9; 161], vec![]])
        .case("nothing at all", vec![])
        .case("silence", vec![vec![]; 5])
        .case("silence between two sounds", vec![vec![1; 41], vec![], vec![2; 61]])
        .case("frames of one size", vec![vec![1; 41]; 3])
        .case("the longest", vec![vec![255; 161]])
        .case("a frame that ends in zeros", vec![vec![1, 0, 0], vec![0; 21], vec![0]])
        .case("\"we need more time\", as the codec makes it", spoken)
        .seeded(20, draw)
        .judge(
            &mut student,
            |frames| {
                let sizes: Vec<usize> = frames.iter().map(Vec::len).collect();
                format!("frames of {sizes:?} bytes -> cells?")
            },
            |frames, cells| {
                let one_size = cells.windows(2).all(|pair| pair[0].len() == pair[1].len());
                for (at, cell) in cells.iter().enumerate() {
                    let frame = unpacked(cell, at + 1, one_size)?;
                    if frames.get(at).is_some_and(|sent| sent != frame) {
                        return Err(Fault::new(
                            format!("cell {} holds frame {}, byte for byte", at + 1, at + 1),
                            "the other phone plays what it takes out, in this order",
                        ));
                    }
                }
                if cells.len() != frames.len() {
                    return Err(Fault::new(
                        format!("{} cells, one for each frame; there are {}", frames.len(), cells.len()),
                        "a cell that does not go out is seen as well as a short one: it says that nobody speaks",
                    ));
                }
                Ok(())
            },
        )?;
    student.remark(&format!(
        "The price, for \"we need more time\": {after} bytes in cells, where the frames had {before}."
    ));
    Ok(())
}

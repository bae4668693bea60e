//! Lesson 12, constant_rate: planted wrong answers. The first one is what is handed out.

use messaging_lab::course::student::Planted;

use super::super::Packed;

fn cell(frame: &[u8], size: usize) -> Vec<u8> {
    let mut cell = (frame.len() as u16).to_be_bytes().to_vec();
    cell.extend_from_slice(frame);
    cell.resize(size, 0);
    cell
}

fn each(frames: Packed, make: impl Fn(&[u8]) -> Vec<u8>) -> Packed {
    frames.iter().map(|frame| make(frame)).collect()
}

pub fn constant_rate() -> Vec<Planted<Packed, Packed>> {
    vec![
        Planted {
            name: "as-handed-out",
            about: "frames are filled up to a multiple of 32 bytes, and nothing goes out where nothing is said: both are seen",
            answer: |frames| {
                let spoken = frames.into_iter().filter(|frame| !frame.is_empty()).collect();
                each(spoken, |frame| {
                    cell(frame, (2 + frame.len()).next_multiple_of(32))
                })
            },
        },
        Planted {
            name: "unchanged",
            about: "the frames went out as they are",
            answer: |frames| frames,
        },
        Planted {
            name: "nothing-goes-out",
            about: "no cells: nothing is seen, and nothing is heard",
            answer: |_| Vec::new(),
        },
        Planted {
            name: "nothing-for-silence",
            about: "where nothing is said no cell goes out: the gaps tell who speaks when",
            answer: |frames| {
                let spoken = frames.into_iter().filter(|frame| !frame.is_empty()).collect();
                each(spoken, |frame| cell(frame, 163))
            },
        },
        Planted {
            name: "still-in-steps",
            about: "silence is sent now, and the sizes still go in steps of 32: fewer sizes are sizes, too",
            answer: |frames| {
                each(frames, |frame| {
                    cell(frame, (2 + frame.len()).next_multiple_of(32))
                })
            },
        },
        Planted {
            name: "as-long-as-the-longest-here",
            about: "cells are as long as the longest frame of this list: the next list has another longest, and a tap sees it",
            answer: |frames| {
                let longest = frames.iter().map(Vec::len).max().unwrap_or(0);
                each(frames, |frame| cell(frame, 2 + longest))
            },
        },
        Planted {
            name: "no-length",
            about: "zeros were added and no length: a frame that ends in zeros cannot be cut out again",
            answer: |frames| {
                each(frames, |frame| {
                    let mut cell = frame.to_vec();
                    cell.resize(163, 0);
                    cell
                })
            },
        },
        Planted {
            name: "length-in-one-byte",
            about: "the length takes one byte, where the other phone reads two",
            answer: |frames| {
                each(frames, |frame| {
                    let mut cell = vec![frame.len() as u8];
                    cell.extend_from_slice(frame);
                    cell.resize(163, 0);
                    cell
                })
            },
        },
        Planted {
            name: "length-in-eight-bytes",
            about: "the length takes eight bytes, as a usize does: make it a u16 before it becomes bytes",
            answer: |frames| {
                each(frames, |frame| {
                    let mut cell = (frame.len() as u64).to_be_bytes().to_vec();
                    cell.extend_from_slice(frame);
                    cell.resize(163, 0);
                    cell
                })
            },
        },
        Planted {
            name: "little-endian",
            about: "the length stands with its low byte first: big-endian was asked for",
            answer: |frames| {
                each(frames, |frame| {
                    let mut cell = cell(frame, 163);
                    cell.swap(0, 1);
                    cell
                })
            },
        },
        Planted {
            name: "length-of-the-cell",
            about: "the length of the whole cell stands in front: the frame's own is needed to cut it out",
            answer: |frames| {
                each(frames, |frame| {
                    let mut cell = cell(frame, 163);
                    cell[..2].copy_from_slice(&163_u16.to_be_bytes());
                    cell
                })
            },
        },
        Planted {
            name: "length-with-itself",
            about: "the length counts its own two bytes: it is the frame's",
            answer: |frames| {
                each(frames, |frame| {
                    let mut cell = cell(frame, 163);
                    cell[..2].copy_from_slice(&(frame.len() as u16 + 2).to_be_bytes());
                    cell
                })
            },
        },
        Planted {
            name: "161-bytes",
            about: "cells of 161 bytes: the longest frame fits, and its length does not",
            answer: |frames| each(frames, |frame| cell(frame, 161)),
        },
        Planted {
            name: "192-bytes",
            about: "cells of one size, and of another than was asked for: 2 bytes for the length and 161 for the longest frame",
            answer: |frames| each(frames, |frame| cell(frame, 192)),
        },
        Planted {
            name: "silence-at-the-end",
            about: "the empty cells went out behind all others: each belongs where its 20 ms are",
            answer: |mut frames| {
                frames.sort_by_key(Vec::is_empty);
                each(frames, |frame| cell(frame, 163))
            },
        },
        Planted {
            name: "padding-in-front",
            about: "the padding stands between length and frame: the frame comes first",
            answer: |frames| {
                each(frames, |frame| {
                    let mut cell = cell(&[], 163 - frame.len());
                    cell[..2].copy_from_slice(&(frame.len() as u16).to_be_bytes());
                    cell.extend_from_slice(frame);
                    cell
                })
            },
        },
        Planted {
            name: "filled-with-spaces",
            about: "the rest is filled with something else than zeros",
            answer: |frames| {
                each(frames, |frame| {
                    let mut cell = cell(frame, 163);
                    cell[2 + frame.len()..].fill(b' ');
                    cell
                })
            },
        },
        Planted {
            name: "several-in-one",
            about: "all frames went into one cell: there is one for every 20 ms",
            answer: |frames| {
                let all = frames.concat();
                vec![cell(&all, 163)]
            },
        },
        Planted {
            name: "empty-cells",
            about: "cells of the right size with nothing in them",
            answer: |frames| each(frames, |_| cell(&[], 163)),
        },
    ]
}

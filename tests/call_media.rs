//! The call's media: frames, the index that does not travel, the replay window, cells.
//!
//! The sound itself (codecs, WAV, the synthesiser) is in tests/call_sound.rs.

use std::collections::BTreeSet;

use messaging_lab::call::cell::{CELL_BYTES, CellError, from_cell, to_cell};
use messaging_lab::call::codec::MAX_VARIABLE_BYTES;
use messaging_lab::call::frame::{
    FrameError, FrameKeys, HEADER_BYTES, Header, MAX_PAYLOAD_BYTES, OVERHEAD_BYTES, Position, estimate_index,
    nonce,
};
use messaging_lab::call::replay_window::{Repeated, ReplayWindow, WIDTH};
use messaging_lab::call::stream::{Receiver, ReceiverFlaw, Sender, Stream};
use messaging_lab::ground::hex::hex_to_bytes;
use messaging_lab::ground::randomness::Seeded;

const STREAM: Stream = Stream {
    ssrc: 0xcafe_babe,
    payload_type: 0,
};

fn keys() -> FrameKeys {
    FrameKeys::new([1; 32], [2; 12])
}

fn sender(first_seq: u16) -> Sender {
    Sender::new(keys(), STREAM, first_seq).expect("a sound stream")
}

fn receiver() -> Receiver {
    Receiver::new(keys(), STREAM).expect("a sound stream")
}

fn unhex<const N: usize>(text: &str) -> [u8; N] {
    hex_to_bytes(text)
        .expect("hex")
        .try_into()
        .expect("as long as it should be")
}

#[test]
fn the_nonce_is_that_of_the_example_in_rfc_7714() {
    // Section 16.1: header 8040f17b 8041f8d3 5501a0b2, ROC 0, salt "Quid pro quo".
    let header: [u8; 12] = unhex("8040f17b8041f8d35501a0b2");
    let (seq, ssrc) = (u64::from(u16::from_be_bytes([header[2], header[3]])), 0x5501_a0b2);
    assert_eq!(
        nonce(b"Quid pro quo", ssrc, seq),
        unhex("51753c6580c2726f20718414")
    );
    // And ROC stands where section 8.1 draws it: between SSRC and SEQ.
    assert_eq!(
        nonce(&[0; 12], 0x0102_0304, 0x0506_0708_090a),
        unhex("00000102030405060708090a")
    );
}

#[test]
fn every_index_and_stream_has_a_nonce_of_its_own() {
    let mut seen = BTreeSet::new();
    for index in [0, 1, 65_535, 65_536, 1 << 32, (1 << 48) - 1] {
        for ssrc in [0, 1, 0xffff, 0x1_0000, u32::MAX] {
            assert!(seen.insert(nonce(&[9; 12], ssrc, index)), "{ssrc} {index}");
        }
    }
}

/// RFC 3711, section 3.3.1, as it is written there: "closest (in modulo 2^48 sense) to the value 2^16 * ROC + s_l".
fn closest(roc: u32, s_l: u16, seq: u16) -> Vec<u64> {
    const ROUND: u64 = 1 << 48;
    let goal = u64::from(roc) << 16 | u64::from(s_l);
    let away = |index: u64| {
        let ahead = index.wrapping_sub(goal) % ROUND;
        ahead.min(ROUND - ahead)
    };
    let candidates =
        [roc.wrapping_sub(1), roc, roc.wrapping_add(1)].map(|v| u64::from(v) << 16 | u64::from(seq));
    let least = candidates.into_iter().map(away).min().expect("three of them");
    candidates
        .into_iter()
        .filter(|&index| away(index) == least)
        .collect()
}

#[test]
fn the_estimated_index_is_the_closest_one() {
    let mut ties = 0;
    for roc in [0, 1, 7, u32::MAX] {
        let some = [
            0, 1, 2, 255, 32_766, 32_767, 32_768, 32_769, 65_533, 65_534, 65_535,
        ];
        for s_l in some.into_iter().chain((0..=65_535).step_by(7_919)) {
            for seq in some.into_iter().chain((0..=65_535).step_by(31)) {
                let (estimated, closest) = (estimate_index(roc, s_l, seq), closest(roc, s_l, seq));
                assert!(
                    closest.contains(&estimated),
                    "{roc} {s_l} {seq}: {estimated}, not {closest:?}"
                );
                if closest.len() > 1 {
                    ties += 1;
                    // Appendix A takes ROC itself where two are equally close.
                    assert_eq!(estimated >> 16, u64::from(roc), "{roc} {s_l} {seq}");
                }
            }
        }
    }
    assert!(ties > 0, "no tie was tried");
}

#[test]
fn the_position_moves_as_section_3_3_1_says() {
    let at = |roc, s_l| Position { roc, s_l };
    let index = |v: u64, seq: u64| v << 16 | seq;
    // "If v=(ROC-1) mod 2^32, then there is no update to s_l or ROC."
    assert_eq!(at(5, 3).after(index(4, 65_000)), at(5, 3));
    assert_eq!(at(0, 3).after(index(u64::from(u32::MAX), 65_000)), at(0, 3));
    // "If v=ROC, then s_l is set to SEQ if and only if SEQ is larger than the current s_l; there is no change to ROC."
    assert_eq!(at(5, 3).after(index(5, 9)), at(5, 9));
    assert_eq!(at(5, 3).after(index(5, 3)), at(5, 3));
    assert_eq!(at(5, 3).after(index(5, 2)), at(5, 3));
    // "If v=(ROC+1) mod 2^32, then s_l is set to SEQ and ROC is set to v."
    assert_eq!(at(5, 65_000).after(index(6, 9)), at(6, 9));
    assert_eq!(at(u32::MAX, 65_000).after(index(0, 9)), at(0, 9));
}

#[test]
fn a_frame_is_header_ciphertext_and_tag_as_drawn() {
    let stream = Stream {
        ssrc: 0x0102_0304,
        payload_type: 96,
    };
    let mut sender = Sender::new(keys(), stream, 0xfffe).expect("a sound stream");
    let frame = sender
        .protect(0x0506_0708, b"twenty milliseconds")
        .expect("short enough");
    assert_eq!(
        frame[..HEADER_BYTES],
        [0x80, 96, 0xff, 0xfe, 5, 6, 7, 8, 1, 2, 3, 4]
    );
    assert_eq!(frame.len(), 19 + OVERHEAD_BYTES);
    let header = Header::of(&frame).expect("a frame");
    assert_eq!(
        header,
        Header {
            payload_type: 96,
            seq: 0xfffe,
            timestamp: 0x0506_0708,
            ssrc: 0x0102_0304
        }
    );
    assert_eq!(header.to_bytes()[..], frame[..HEADER_BYTES]);
    // What is sealed is the AEAD's, under that nonce, with the header as associated data.
    let nonce = nonce(&[2; 12], 0x0102_0304, 0xfffe);
    let sealed = messaging_lab::crypto::aead::seal(&[1; 32], &nonce, &frame[..12], b"twenty milliseconds");
    assert_eq!(sealed.as_deref(), Ok(&frame[12..]));
}

#[test]
fn the_chacha20_frames_are_those_that_an_independent_program_makes() {
    // Made with Python's `cryptography`, ChaCha20Poly1305, from RFC 7714's nonce: key 00..1f, salt a0..ab, SSRC
    // 0xdecafbad, payload type 0, payload "call me when it is over"; the last frame of round 0 and the first of round 1.
    let key: [u8; 32] = std::array::from_fn(|at| at as u8);
    let salt: [u8; 12] = std::array::from_fn(|at| 0xa0 + at as u8);
    let stream = Stream {
        ssrc: 0xdeca_fbad,
        payload_type: 0,
    };
    let mut sender = Sender::new(FrameKeys::new(key, salt), stream, 65_535).expect("a sound stream");
    for expected in [FIRST_FRAME, SECOND_FRAME] {
        let timestamp = if expected == FIRST_FRAME { 160 } else { 320 };
        let frame = sender
            .protect(timestamp, b"call me when it is over")
            .expect("short enough");
        assert_eq!(frame, hex_to_bytes(expected).expect("hex"));
    }
}

const FIRST_FRAME: &str =
    "8000ffff000000a0decafbad9e480fbb0e56e36045063ac55282482e60a7d34c21487d9136383bc81f2c7d02072ed5e22793b9";
const SECOND_FRAME: &str =
    "8000000000000140decafbad5aaa7035f9caf40e20757fa9535a1cd2da8c7a509e71ddb5b801d779074cb69015e5a2d6cf8f67";

#[test]
fn frames_are_understood_across_many_rounds_of_seq_with_gaps_up_to_half_a_round() {
    let mut draw = Seeded::new(1);
    let mut receiver = receiver();
    let mut index: u64 = 65_000;
    let mut rounds = BTreeSet::new();
    while index < 1_000_000 {
        let header = Header {
            payload_type: STREAM.payload_type,
            seq: index as u16,
            timestamp: index as u32,
            ssrc: STREAM.ssrc,
        };
        let frame = keys()
            .seal(&header, index, &index.to_be_bytes())
            .expect("short enough");
        let received = receiver.unprotect(&frame).expect("genuine and new");
        assert_eq!(received.index, index);
        assert_eq!(received.payload, index.to_be_bytes());
        rounds.insert(receiver.position().expect("frames have come").roc);
        // What lies between is lost: mostly little, now and then up to half a round.
        index += 1 + if draw.below(10) == 0 {
            draw.below(32_767)
        } else {
            draw.below(3)
        };
    }
    assert_eq!(rounds, (0..16).collect(), "a round was passed over");
}

/// What the window should say, from everything that was ever accepted.
fn remembered(accepted: &BTreeSet<u64>, index: u64) -> Result<(), Repeated> {
    match accepted.last() {
        Some(&highest) if index + WIDTH <= highest => Err(Repeated::TooOld),
        _ if accepted.contains(&index) => Err(Repeated::Seen),
        _ => Ok(()),
    }
}

#[test]
fn the_window_says_what_a_perfect_memory_of_64_would() {
    for seed in 0..200 {
        let mut draw = Seeded::new(seed);
        let (mut window, mut accepted) = (ReplayWindow::new(), BTreeSet::new());
        let mut around = draw.below(1 << 40);
        let mut answers = BTreeSet::new();
        for _ in 0..400 {
            around += match draw.below(20) {
                0 => draw.below(200),
                1 => 62 + draw.below(5),
                _ => draw.below(2),
            };
            let index = (around + 3).saturating_sub(draw.below(80));
            let said = window.check(index);
            assert_eq!(said, remembered(&accepted, index), "seed {seed}, index {index}");
            answers.insert(format!("{said:?}"));
            let before = window;
            if said.is_ok() && draw.below(4) > 0 {
                window.accept(index);
                accepted.insert(index);
                assert_eq!(window.check(index), Err(Repeated::Seen));
            } else if said.is_err() {
                // To accept what is refused changes nothing.
                window.accept(index);
                assert_eq!(window, before);
            }
        }
        assert_eq!(answers.len(), 3, "seed {seed} did not meet all three answers");
    }
}

#[test]
fn the_window_at_its_edges() {
    let mut window = ReplayWindow::new();
    for index in [0, u64::MAX, 5] {
        assert_eq!(window.check(index), Ok(()), "nothing has come yet");
    }
    window.accept(0);
    assert_eq!(window.check(0), Err(Repeated::Seen));
    assert_eq!(window.check(1), Ok(()));
    window.accept(63);
    assert_eq!(window.check(0), Err(Repeated::Seen));
    assert_eq!(window.check(1), Ok(()));
    window.accept(64);
    assert_eq!(window.check(0), Err(Repeated::TooOld));
    assert_eq!(window.check(1), Ok(()));
    // Exactly the window's width ahead, and far ahead: nothing of the old is left, nothing new is marked.
    for ahead in [WIDTH, WIDTH + 1, 1 << 40] {
        let mut window = window;
        window.accept(64 + ahead);
        assert_eq!(window.check(64 + ahead - 63), Ok(()));
        assert_eq!(window.check(64 + ahead - 64), Err(Repeated::TooOld));
        assert_eq!(window.check(64 + ahead), Err(Repeated::Seen));
    }
}

#[test]
fn over_a_path_that_loses_reorders_repeats_and_flips_each_frame_plays_once_at_most() {
    for seed in 0..60 {
        let mut draw = Seeded::new(seed);
        let first = if seed % 2 == 0 {
            65_500
        } else {
            draw.below(65_536) as u16
        };
        let (mut sender, mut receiver) = (sender(first), receiver());
        let mut path: Vec<(u64, Vec<u8>)> = Vec::new();
        for sent in 0..300_u64 {
            let index = u64::from(first) + sent;
            let frame = sender
                .protect(sent as u32, &index.to_be_bytes())
                .expect("short enough");
            // In flight for a while; some twice, some not at all.
            for _ in 0..[1, 1, 1, 1, 2, 0][draw.below(6) as usize] {
                path.push((sent + draw.below(90) * draw.below(2), frame.clone()));
            }
        }
        path.sort_by_key(|&(at, _)| at);
        let mut accepted = BTreeSet::new();
        let mut outcomes = BTreeSet::new();
        for (_, mut frame) in path {
            let flipped = draw.below(10) == 0;
            if flipped {
                let at = draw.below(8 * frame.len() as u64) as usize;
                frame[at / 8] ^= 1 << (at % 8);
            }
            let before = receiver.position();
            match receiver.unprotect(&frame) {
                Ok(received) => {
                    assert!(!flipped, "seed {seed}: a changed frame was taken");
                    assert_eq!(received.payload, received.index.to_be_bytes());
                    assert_eq!(remembered(&accepted, received.index), Ok(()), "seed {seed}");
                    accepted.insert(received.index);
                }
                Err(error) => {
                    assert_eq!(
                        receiver.position(),
                        before,
                        "seed {seed}: {error} moved the position"
                    );
                    if !flipped {
                        let index = estimated(before.expect("the first genuine frame is taken"), &frame);
                        let why = remembered(&accepted, index).expect_err("a new genuine frame was dropped");
                        assert_eq!(error, FrameError::Repeated(why), "seed {seed}");
                    }
                    outcomes.insert(format!("{error:?}"));
                }
            }
        }
        assert!(accepted.len() > 150, "seed {seed}: {}", accepted.len());
        assert!(
            outcomes.contains("Repeated(Seen)") && outcomes.contains("Forged"),
            "{outcomes:?}"
        );
    }
}

fn estimated(position: Position, frame: &[u8]) -> u64 {
    estimate_index(
        position.roc,
        position.s_l,
        Header::of(frame).expect("unchanged").seq,
    )
}

#[test]
fn every_flipped_bit_and_every_cut_is_dropped_and_moves_nothing() {
    let (mut sender, mut receiver) = (sender(0), receiver());
    let frame = sender.protect(0, b"no").expect("short enough");
    for bit in 0..8 * frame.len() {
        let mut changed = frame.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        let error = receiver.unprotect(&changed).expect_err("one bit was changed");
        let expected = match bit / 8 {
            0 => FrameError::Malformed,
            1 if bit % 8 == 7 => FrameError::Malformed,
            1 | 8..=11 => FrameError::OtherStream,
            _ => FrameError::Forged,
        };
        assert_eq!(error, expected, "bit {bit}");
        assert_eq!(receiver.position(), None);
    }
    for length in 0..frame.len() {
        let error = receiver.unprotect(&frame[..length]).expect_err("cut off");
        let expected = if length < OVERHEAD_BYTES {
            FrameError::Malformed
        } else {
            FrameError::Forged
        };
        assert_eq!(error, expected, "{length} bytes");
    }
    let mut longer = frame.clone();
    longer.push(0);
    assert_eq!(receiver.unprotect(&longer), Err(FrameError::Forged));
    // The control: unchanged, it is taken.
    assert_eq!(receiver.unprotect(&frame).expect("genuine").payload, b"no");
}

#[test]
fn two_forged_frames_drag_only_a_receiver_that_moves_before_it_verifies() {
    // Nearly half a round ahead, twice. One would not do: a frame that is then taken for one of the round before is.
    let run = |mut receiver: Receiver| {
        let mut sender = sender(1_000);
        let mut taken = Vec::new();
        for number in 0..30 {
            let frame = sender.protect(0, b"sound").expect("short enough");
            if number == 10 {
                let mut forged = frame.clone();
                for seq in [33_000_u16, 65_000] {
                    forged[2..4].copy_from_slice(&seq.to_be_bytes());
                    assert_eq!(receiver.unprotect(&forged), Err(FrameError::Forged));
                }
            }
            taken.push(receiver.unprotect(&frame).is_ok());
        }
        taken
    };
    assert_eq!(run(receiver()), [true; 30]);
    let dragged = run(receiver().with_flaw(ReceiverFlaw::MovesBeforeVerifying));
    assert_eq!(dragged[..10], [true; 10]);
    assert_eq!(dragged[10..], [false; 20]);
}

#[test]
fn a_recorded_frame_plays_again_only_where_there_is_no_window() {
    let frame = sender(0).protect(0, b"yes").expect("short enough");
    let mut sound = receiver();
    assert!(sound.unprotect(&frame).is_ok());
    assert_eq!(sound.unprotect(&frame), Err(FrameError::Repeated(Repeated::Seen)));
    let mut careless = receiver().with_flaw(ReceiverFlaw::NoReplayWindow);
    for _ in 0..3 {
        assert_eq!(careless.unprotect(&frame).expect("it opens").payload, b"yes");
    }
}

#[test]
fn another_key_salt_or_stream_does_not_open_a_frame() {
    let frame = sender(0).protect(0, b"yes").expect("short enough");
    for other in [FrameKeys::new([9; 32], [2; 12]), FrameKeys::new([1; 32], [9; 12])] {
        let mut receiver = Receiver::new(other, STREAM).expect("a sound stream");
        assert_eq!(receiver.unprotect(&frame), Err(FrameError::Forged));
    }
    for stream in [
        Stream { ssrc: 1, ..STREAM },
        Stream {
            payload_type: 96,
            ..STREAM
        },
    ] {
        let mut receiver = Receiver::new(keys(), stream).expect("a sound stream");
        assert_eq!(receiver.unprotect(&frame), Err(FrameError::OtherStream));
    }
    assert!(receiver().unprotect(&frame).is_ok());
}

#[test]
fn what_does_not_fit_is_refused_and_uses_no_index_up() {
    let mut sender = sender(0);
    let too_long = vec![0; MAX_PAYLOAD_BYTES + 1];
    assert_eq!(sender.protect(0, &too_long), Err(FrameError::TooLong));
    let frame = sender.protect(0, &too_long[1..]).expect("as long as it may be");
    assert_eq!(frame.len(), 65_507);
    assert_eq!(receiver().unprotect(&frame).expect("genuine").index, 0);
    let wide = Stream {
        payload_type: 128,
        ..STREAM
    };
    assert!(matches!(
        Sender::new(keys(), wide, 0),
        Err(FrameError::PayloadType)
    ));
    assert!(matches!(
        Receiver::new(keys(), wide),
        Err(FrameError::PayloadType)
    ));
}

#[test]
fn keys_are_not_printed() {
    let printed = format!("{:?} {:?}", sender(0), receiver());
    assert_eq!(printed.matches("omitted").count(), 4, "{printed}");
    assert!(
        !printed.contains("[1, 1") && !printed.contains("[2, 2"),
        "{printed}"
    );
}

#[test]
fn cells_are_all_alike_and_give_back_what_was_put_in() {
    let mut draw = Seeded::new(3);
    for length in 0..=MAX_VARIABLE_BYTES {
        let payload = draw.bytes(length);
        let cell = to_cell(&payload).expect("short enough");
        assert_eq!(cell.len(), CELL_BYTES);
        assert_eq!(from_cell(&cell), Ok(&payload[..]));
    }
    let bytes = MAX_VARIABLE_BYTES + 1;
    assert_eq!(to_cell(&vec![1; bytes]), Err(CellError::TooLong { bytes }));
}

#[test]
fn whatever_is_read_as_a_cell_is_the_cell_of_its_payload() {
    let mut draw = Seeded::new(4);
    let (mut read, mut refused) = (0, 0);
    for _ in 0..20_000 {
        let payload = draw.bytes(1 + draw.clone().below(MAX_VARIABLE_BYTES as u64) as usize);
        let mut cell = to_cell(&payload).expect("short enough").to_vec();
        match draw.below(4) {
            0 => cell.truncate(draw.below(CELL_BYTES as u64) as usize),
            1 => cell.push(0),
            2 => {
                let at = draw.below(CELL_BYTES as u64) as usize;
                cell[at] ^= 1 << draw.below(8);
            }
            _ => cell = draw.bytes(CELL_BYTES),
        }
        match from_cell(&cell) {
            Ok(payload) => {
                assert_eq!(to_cell(payload).expect("short enough")[..], cell[..]);
                read += 1;
            }
            Err(error) => {
                assert_eq!(error, CellError::Malformed);
                refused += 1;
            }
        }
    }
    assert!(read > 1_000 && refused > 1_000, "{read} read, {refused} refused");
}

/// Random bytes, and genuine frames with something done to them: `count` of them.
fn fuzz_frames(count: u64) {
    let mut draw = Seeded::new(5);
    let (mut sender, mut receiver) = (sender(65_000), receiver());
    let (mut taken, mut dropped) = (0, 0);
    for _ in 0..count {
        let length = draw.below(300) as usize;
        let mut bytes = sender.protect(0, &draw.bytes(length)).expect("short enough");
        let genuine = bytes.clone();
        match draw.below(6) {
            0 => bytes = draw.bytes(length),
            1 => bytes.truncate(draw.below(bytes.len() as u64) as usize),
            2 => bytes.extend(draw.bytes(1 + length)),
            3 => {
                let at = draw.below(bytes.len() as u64) as usize;
                bytes[at] = bytes[at].wrapping_add(1 + draw.below(255) as u8);
            }
            4 => bytes[..12].copy_from_slice(&draw.bytes(12)),
            _ => {}
        }
        let before = receiver.position();
        match receiver.unprotect(&bytes) {
            Ok(received) => {
                assert_eq!(bytes, genuine);
                assert_eq!(received.payload.len(), length);
                taken += 1;
            }
            Err(error) => {
                assert_ne!(bytes, genuine, "{error}");
                assert_eq!(receiver.position(), before);
                assert!(!error.to_string().is_empty());
                dropped += 1;
            }
        }
    }
    assert!(
        taken > count / 10 && dropped > count / 2,
        "{taken} taken, {dropped} dropped"
    );
}

#[test]
fn no_bytes_from_outside_make_a_receiver_panic_or_move() {
    fuzz_frames(20_000);
}

#[test]
#[ignore = "a million inputs: cargo test --release --test call_media -- --ignored"]
fn no_bytes_from_outside_make_a_receiver_panic_or_move_a_million_times() {
    fuzz_frames(1_000_000);
}

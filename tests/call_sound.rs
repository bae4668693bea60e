//! The call's sound: what is synthesised, the codecs, WAV files.

use std::collections::BTreeSet;

use messaging_lab::call::audio::{
    FRAME_MILLIS, FRAME_SAMPLES, Note, SAMPLE_RATE, TUNE, Voice, frames, melody, say,
};
use messaging_lab::call::codec::{
    CodecError, MAX_VARIABLE_BYTES, decode_mu_law, decode_variable, encode_mu_law, encode_variable,
    mu_law_decode, mu_law_encode,
};
use messaging_lab::call::frame::OVERHEAD_BYTES;
use messaging_lab::call::wav::{self, Sound, WavError};
use messaging_lab::crypto::sha256::sha256;
use messaging_lab::ground::hex::bytes_to_hex;
use messaging_lab::ground::randomness::Seeded;

const VOICE: Voice = Voice {
    pitch: 110,
    pace: 100,
    seed: 1,
};

fn digest(samples: &[i16]) -> String {
    let bytes: Vec<u8> = samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
    bytes_to_hex(&sha256(&bytes))
}

#[test]
fn the_same_sound_comes_out_on_every_machine() {
    assert_eq!(
        digest(&say("Yes, it is over.", &VOICE)),
        "7627f5398ce2ce34d21d966a046877c1b79c288f3bf5ed028cdf43b694d80bf0"
    );
    assert_eq!(
        digest(&melody(&TUNE)),
        "daffd1936b3a2a8ff83ba9a8a02a11c4e92efc4aecbdbd328d20ad3be27fb974"
    );
}

#[test]
fn a_voice_is_heard_and_differs_by_text_pitch_pace_and_day() {
    let spoken = say("yes", &VOICE);
    let peak = spoken.iter().map(|sample| sample.unsigned_abs()).max();
    assert!((4_000..30_000).contains(&peak.expect("samples")), "{peak:?}");
    let other = [
        say("no", &VOICE),
        say("yes", &Voice { pitch: 210, ..VOICE }),
        say("yes", &Voice { pace: 150, ..VOICE }),
        say("yes", &Voice { seed: 2, ..VOICE }),
    ];
    for other in other {
        assert_ne!(spoken, other);
    }
    assert_eq!(spoken, say("YES", &VOICE));
    // Slower is longer, about in proportion; 200 ms of silence are not stretched.
    let length = |pace| say("meet me at the station", &Voice { pace, ..VOICE }).len() - 1_600;
    let (usual, slow) = (length(100), length(150));
    assert!((130..170).contains(&(slow * 100 / usual)), "{usual} {slow}");
}

#[test]
fn nothing_that_can_be_asked_of_the_synthesiser_overflows() {
    for pitch in [0, 1, 60, 399, u16::MAX] {
        for pace in [0, 25, 400, u16::MAX] {
            let voice = Voice {
                pitch,
                pace,
                seed: u64::MAX,
            };
            let spoken = say("jx qzv - ÄÖ 7\u{0}a", &voice);
            assert_eq!(spoken.len() % FRAME_SAMPLES, 0);
        }
    }
    assert_eq!(say("", &VOICE), [0; 1_600]);
    assert!(melody(&[]).is_empty());
    for hertz in [0, 1, 4_000, u16::MAX] {
        for millis in [0, 1, 3, 5, u16::MAX] {
            let notes = melody(&[Note { hertz, millis }]);
            let least = usize::from(millis) * SAMPLE_RATE as usize / 1_000;
            assert!((least..least + FRAME_SAMPLES).contains(&notes.len()));
        }
    }
}

#[test]
fn a_frame_is_twenty_milliseconds_and_the_last_is_filled_with_silence() {
    assert_eq!(
        FRAME_SAMPLES as u64 * 1_000,
        FRAME_MILLIS * u64::from(SAMPLE_RATE)
    );
    let samples: Vec<i16> = (1..=161).collect();
    let cut = frames(&samples);
    assert_eq!(cut.len(), 2);
    assert_eq!((cut[0][0], cut[0][159], cut[1][0]), (1, 160, 161));
    assert_eq!(cut[1][1..], [0; 159]);
    assert!(frames(&[]).is_empty());
}

/// The eight segments of ITU-T G.711's mu-law as every table of it has them, scaled to 16 bits: the loudest value and the
/// distance to the next, 16 values each.
const SEGMENTS: [(i16, i16); 8] = [
    (32_124, 1_024),
    (15_996, 512),
    (7_932, 256),
    (3_900, 128),
    (1_884, 64),
    (876, 32),
    (372, 16),
    (120, 8),
];

#[test]
fn mu_law_decodes_to_the_table_of_g_711() {
    for byte in 0..=255_u8 {
        let (loudest, step) = SEGMENTS[usize::from(byte >> 4 & 7)];
        let magnitude = loudest - step * i16::from(byte & 15);
        let expected = if byte < 0x80 { -magnitude } else { magnitude };
        assert_eq!(mu_law_decode(byte), expected, "{byte:02x}");
    }
}

#[test]
fn mu_law_encodes_by_the_decision_values_of_g_711() {
    // Table 2a, column 5, in 14-bit steps: 0, 1, 3, 5, ... 31, 35, ... 95, 103, ... to 8159. Between the n-th and the next
    // lies what is encoded as n.
    let mut decisions = vec![0];
    for (count, step) in [
        (1, 1),
        (15, 2),
        (16, 4),
        (16, 8),
        (16, 16),
        (16, 32),
        (16, 64),
        (16, 128),
        (15, 256),
    ] {
        for _ in 0..count {
            decisions.push(decisions[decisions.len() - 1] + step);
        }
    }
    assert_eq!(decisions.len(), 128);
    assert_eq!(
        [
            decisions[1],
            decisions[16],
            decisions[32],
            decisions[112],
            decisions[127]
        ],
        [1, 31, 95, 4_063, 7_903]
    );
    for sample in i16::MIN..=i16::MAX {
        let magnitude = if sample < 0 { !sample } else { sample } >> 2;
        let number = decisions
            .iter()
            .rposition(|&from| from <= magnitude)
            .expect("0 is the first");
        let sign = if sample < 0 { 0x7f } else { 0xff };
        assert_eq!(mu_law_encode(sample), sign - number as u8, "{sample}");
    }
}

#[test]
fn mu_law_is_its_own_inverse_where_there_is_one() {
    for byte in 0..=255_u8 {
        let again = mu_law_encode(mu_law_decode(byte));
        // The negative zero becomes the positive one.
        assert_eq!(again, if byte == 0x7f { 0xff } else { byte }, "{byte:02x}");
    }
    let frame = frames(&say("yes", &VOICE))[8];
    let payload = encode_mu_law(&frame);
    let heard = decode_mu_law(&payload).expect("160 bytes");
    assert_eq!(encode_mu_law(&heard), payload);
    assert_eq!(
        decode_mu_law(&payload[1..]),
        Err(CodecError::Length { bytes: 159 })
    );
    assert_eq!(decode_mu_law(&[]), Err(CodecError::Length { bytes: 0 }));
}

#[test]
fn the_variable_codec_gives_back_the_sound_to_half_a_step() {
    for (text, voice) in [
        ("meet me at the station", VOICE),
        (
            "seventy six boxes",
            Voice {
                pitch: 210,
                pace: 80,
                seed: 9,
            },
        ),
    ] {
        let mut sizes = BTreeSet::new();
        for frame in frames(&say(text, &voice)) {
            let payload = encode_variable(&frame);
            sizes.insert(payload.len());
            let heard = decode_variable(&payload).expect("encoded just now");
            for (said, heard) in frame.iter().zip(heard) {
                assert!(
                    (i32::from(*said) - i32::from(heard)).abs() <= 128,
                    "{said} became {heard}"
                );
            }
        }
        assert!(sizes.len() >= 5 && sizes.contains(&1), "{sizes:?}");
    }
}

#[test]
fn a_variable_frame_is_as_long_as_its_farthest_jump_needs() {
    assert_eq!(encode_variable(&[0; 160]), [0]);
    assert_eq!(encode_variable(&[-5_120; 160]), [236]);
    for (jump, bits) in [
        (1, 2),
        (-1, 1),
        (2, 3),
        (-2, 2),
        (3, 3),
        (4, 4),
        (-4, 3),
        (-5, 4),
        (63, 7),
        (64, 8),
        (-65, 8),
        (127, 8),
    ] {
        let mut frame = [0; 160];
        frame[100..].fill(jump * 256);
        let payload = encode_variable(&frame);
        assert_eq!(payload.len(), 1 + 20 * bits, "a jump of {jump}");
        assert_eq!(decode_variable(&payload), Ok(frame));
    }
    // The extremes of a sample neither overflow nor lose the sound for long.
    let mut frame = [i16::MIN; 160];
    frame[80..].fill(i16::MAX);
    let heard = decode_variable(&encode_variable(&frame)).expect("encoded just now");
    assert_eq!((heard[79], heard[159]), (i16::MIN, 127 * 256));
}

#[test]
fn whatever_has_a_frames_length_is_sound_and_nothing_else_is() {
    let mut draw = Seeded::new(1);
    for bytes in 0..=2 * MAX_VARIABLE_BYTES {
        let payload = draw.bytes(bytes);
        let decoded = decode_variable(&payload);
        if bytes % 20 == 1 && bytes <= MAX_VARIABLE_BYTES {
            // And encoded again it is the same sound.
            let heard = decoded.expect("a length of this codec");
            assert_eq!(decode_variable(&encode_variable(&heard)), Ok(heard));
        } else {
            assert_eq!(decoded, Err(CodecError::Length { bytes }));
        }
    }
}

#[test]
fn a_wav_file_is_as_drawn() {
    let sound = Sound {
        rate: 8_000,
        samples: vec![0, 1, -1, i16::MIN, i16::MAX],
    };
    let file = wav::write(&sound).expect("short enough");
    let mut expected =
        b"RIFF\x2e\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0data\x0a\0\0\0"
            .to_vec();
    expected.extend([0, 0, 1, 0, 0xff, 0xff, 0, 0x80, 0xff, 0x7f]);
    assert_eq!(file, expected);
    assert_eq!(wav::read(&file), Ok(sound));
}

#[test]
fn every_sound_that_is_written_is_read_again() {
    let mut draw = Seeded::new(1);
    for count in [0, 1, 159, 160, 1_000] {
        let samples = (0..count).map(|_| draw.next_u64() as i16).collect();
        for rate in [1, 8_000, 48_000, u32::MAX / 2] {
            let sound = Sound {
                rate,
                samples: Vec::clone(&samples),
            };
            assert_eq!(wav::read(&wav::write(&sound).expect("short enough")), Ok(sound));
        }
    }
    for rate in [0, u32::MAX / 2 + 1, u32::MAX] {
        let sound = Sound {
            rate,
            samples: vec![],
        };
        assert_eq!(wav::write(&sound), Err(WavError::Rate));
    }
}

/// A file of these chunks, with the true length in front.
fn riff(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut body = b"WAVE".to_vec();
    for (name, content) in chunks {
        body.extend_from_slice(*name);
        body.extend_from_slice(&(content.len() as u32).to_le_bytes());
        body.extend_from_slice(content);
        body.resize(body.len().next_multiple_of(2), 0);
    }
    [&b"RIFF"[..], &(body.len() as u32).to_le_bytes(), &body].concat()
}

const MONO: &[u8] = b"\x01\0\x01\0\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0";

#[test]
fn files_of_other_programs_are_read_or_told_what_is_wrong() {
    let sound = Sound {
        rate: 8_000,
        samples: vec![0x0201],
    };
    let extra: (&[u8; 4], &[u8]) = (b"LIST", b"odd");
    let format: (&[u8; 4], &[u8]) = (b"fmt ", MONO);
    let data: (&[u8; 4], &[u8]) = (b"data", b"\x01\x02");
    for chunks in [&[format, data][..], &[extra, format, extra, data, extra]] {
        assert_eq!(wav::read(&riff(chunks)), Ok(sound.clone()));
    }
    let changed = |at: usize, value: u8| {
        let mut format = MONO.to_vec();
        format[at] = value;
        wav::read(&riff(&[(b"fmt ", &format), data]))
    };
    for (at, value, error) in [
        (0, 3, WavError::Encoding),
        (2, 2, WavError::Encoding),
        (14, 8, WavError::Encoding),
        (14, 24, WavError::Encoding),
        (4, 0x41, WavError::Rate),
        (8, 0, WavError::Rate),
        (12, 4, WavError::Rate),
    ] {
        assert_eq!(changed(at, value), Err(error), "{at} {value}");
    }
    let mut silent = MONO.to_vec();
    silent[4..12].fill(0);
    for (chunks, error) in [
        (&[][..], WavError::Format),
        (&[data], WavError::Format),
        (&[data, format], WavError::Format),
        (&[format, format, data], WavError::Format),
        (&[format, data, format], WavError::Format),
        (&[(b"fmt ", &MONO[..14]), data], WavError::Format),
        (&[(b"fmt ", &silent), data], WavError::Rate),
        (&[format], WavError::Data),
        (&[format, data, data], WavError::Data),
        (&[format, (b"data", b"\x01\x02\x03")], WavError::Data),
    ] {
        let said = wav::read(&riff(chunks));
        assert_eq!(said, Err(error));
        assert!(!error.to_string().is_empty());
    }
    assert_eq!(wav::read(b""), Err(WavError::NotWave));
    assert_eq!(wav::read(b"RIFX\x04\0\0\0WAVE"), Err(WavError::NotWave));
    assert_eq!(wav::read(b"RIFF\x04\0\0\0AVI "), Err(WavError::NotWave));
    // Chunks whose lengths reach past the end, whatever the outer length says.
    let mut lying = riff(&[format, data]);
    lying[40] = 200;
    assert_eq!(wav::read(&lying), Err(WavError::Length));
    lying[40..44].fill(0xff);
    assert_eq!(wav::read(&lying), Err(WavError::Length));
}

#[test]
fn a_wav_file_that_is_cut_or_goes_on_is_refused_and_no_bytes_make_the_reader_panic() {
    let sound = Sound {
        rate: 8_000,
        samples: say("yes", &VOICE),
    };
    let file = wav::write(&sound).expect("short enough");
    for length in 0..200 {
        let error = if length < 12 {
            WavError::NotWave
        } else {
            WavError::Length
        };
        assert_eq!(wav::read(&file[..length]), Err(error), "{length}");
    }
    assert_eq!(wav::read(&[&file[..], &[0]].concat()), Err(WavError::Length));
    let mut draw = Seeded::new(2);
    let (mut read, mut refused) = (0, 0);
    for _ in 0..20_000 {
        let mut bytes = file[..44 + draw.below(20) as usize].to_vec();
        for _ in 0..draw.below(4) {
            let at = draw.below(bytes.len() as u64) as usize;
            bytes[at] = draw.next_u64() as u8;
        }
        let true_length = bytes.len() as u32 - 8;
        bytes[4..8].copy_from_slice(&true_length.to_le_bytes());
        if draw.below(2) == 0 {
            let data_length = bytes.len() as u32 - 44;
            bytes[40..44].copy_from_slice(&data_length.to_le_bytes());
        }
        match wav::read(&bytes) {
            Ok(sound) => {
                // Without unknown chunks there is one spelling only.
                assert_eq!(wav::read(&wav::write(&sound).expect("short enough")), Ok(sound));
                read += 1;
            }
            Err(_) => refused += 1,
        }
    }
    assert!(read > 500 && refused > 5_000, "{read} read, {refused} refused");
}

#[test]
fn the_sizes_that_lesson_12_shows_are_those_of_its_two_words() {
    let voice = Voice { seed: 7, ..VOICE };
    let text = include_str!("../lessons/stubs/12_frames.rs");
    for word in ["no", "yes"] {
        let sizes: Vec<String> = frames(&say(word, &voice))
            .iter()
            .map(|frame| (encode_variable(frame).len() + OVERHEAD_BYTES).to_string())
            .collect();
        let line = text
            .lines()
            .find(|line| line.starts_with(&format!("//!   \"{word}\"")));
        let shown: Vec<&str> = line
            .expect("the text shows it")
            .split_whitespace()
            .skip(2)
            .collect();
        assert_eq!(shown, sizes, "{word}");
    }
}

//! Something to hear: sound in frames of 20 ms, made by rule, the same bytes on every machine.
//!
//! Sound is a row of numbers, 8 000 a second on the telephone, each the position of a loudspeaker between -32 768 and
//! 32 767. What is made here is whole-number arithmetic from one table of sines, because floating-point sines differ from
//! machine to machine.
//!
//! A voice, before any detail (the kit's own, much simpler than real speech):
//!
//! ```text
//! vocal cords    a tone and its multiples      100, 200, 300, ... Hz
//! mouth          lets some of them through     three resonances, the formants; where they lie makes the vowel
//! teeth, lips    noise, hissing or short       s, f, t, k
//! text           one sound a letter, each gliding from the one before
//! ```
//!
//! In words: [`say`] reads letter by letter, so "yes" sounds like a robot that has only heard of English. That is
//! enough to tell phrases apart, with the ear and by how much they compress.

use crate::ground::randomness::Seeded;

/// Samples a second.
pub const SAMPLE_RATE: u32 = 8_000;

/// Samples in a frame: 20 ms.
pub const FRAME_SAMPLES: usize = 160;

/// Milliseconds of a frame.
pub const FRAME_MILLIS: u64 = 20;

/// 20 ms of sound.
pub type Frame = [i16; FRAME_SAMPLES];

/// `round(32767 * sin(pi/2 * k/64))` for k = 0 to 64: a quarter of a wave.
#[rustfmt::skip]
const QUARTER_WAVE: [i16; 65] = [
    0, 804, 1608, 2410, 3212, 4011, 4808, 5602, 6393, 7179, 7962, 8739, 9512,
    10278, 11039, 11793, 12539, 13279, 14010, 14732, 15446, 16151, 16846, 17530, 18204, 18868,
    19519, 20159, 20787, 21403, 22005, 22594, 23170, 23731, 24279, 24811, 25329, 25832, 26319,
    26790, 27245, 27683, 28105, 28510, 28898, 29268, 29621, 29956, 30273, 30571, 30852, 31113,
    31356, 31580, 31785, 31971, 32137, 32285, 32412, 32521, 32609, 32678, 32728, 32757, 32767,
];

/// The whole wave: `32767 * sin(2 pi * step/256)` for step = 0 to 255.
static WAVE: [i32; 256] = {
    let mut wave = [0; 256];
    let mut step = 0;
    while step < 256 {
        let within = step & 0x3f;
        let height = match step >> 6 & 1 {
            0 => QUARTER_WAVE[within] as i32,
            _ => QUARTER_WAVE[64 - within] as i32,
        };
        wave[step] = if step < 128 { height } else { -height };
        step += 1;
    }
    wave
};

/// `32767 * sin(2 pi * phase / 2^32)`, of the phase the highest 8 bits.
fn sine(phase: u32) -> i32 {
    WAVE[(phase >> 24) as usize]
}

/// `2^32 * hertz / 8000`: how far a tone's phase moves with each sample. `millihertz` at most 4 000 000.
fn phase_step(millihertz: u64) -> u32 {
    ((millihertz << 32) / (1_000 * u64::from(SAMPLE_RATE))) as u32
}

/// Whose voice, and how it speaks today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Voice {
    /// How high, in hertz. About 110 for a deep voice, 210 for a high one; taken as 60 to 400.
    pub pitch: u16,
    /// How slowly, in percent: 100 is usual, 150 takes half as long again; taken as 25 to 400.
    pub pace: u16,
    /// Nobody says a thing twice in exactly the same way. What is different is drawn from this seed.
    pub seed: u64,
}

/// A sound: where the mouth resonates, how loud the cords are, how loud the noise, how long.
#[derive(Clone, Copy)]
struct Sound {
    formants: [i32; 3],
    /// Loudness of the tone, 0 to 100.
    tone: i32,
    /// Loudness of the noise, 0 to 100.
    noise: i32,
    /// Length in milliseconds at the usual pace.
    millis: u32,
}

const fn sound(formants: [i32; 3], tone: i32, noise: i32, millis: u32) -> Sound {
    Sound {
        formants,
        tone,
        noise,
        millis,
    }
}

/// The lips closed, the teeth shut.
const SHUT: [i32; 3] = [250, 1_100, 2_300];

/// The sounds of a letter. The formants of the vowels are the averages of 33 men in Peterson and Barney, "Control methods
/// used in a study of the vowels", 1952; everything else is the kit's own.
fn sounds_of(letter: char) -> &'static [Sound] {
    const A: &[Sound] = &[sound([730, 1_090, 2_440], 100, 0, 150)];
    const E: &[Sound] = &[sound([530, 1_840, 2_480], 85, 0, 130)];
    const I: &[Sound] = &[sound([270, 2_290, 3_010], 70, 0, 120)];
    const O: &[Sound] = &[sound([570, 840, 2_410], 90, 0, 150)];
    const U: &[Sound] = &[sound([300, 870, 2_240], 70, 0, 130)];
    const W: &[Sound] = &[sound([300, 870, 2_240], 45, 0, 70)];
    const Y: &[Sound] = &[sound([270, 2_290, 3_010], 45, 0, 70)];
    const M: &[Sound] = &[sound([250, 1_000, 2_200], 35, 0, 90)];
    const N: &[Sound] = &[sound([250, 1_400, 2_400], 35, 0, 80)];
    const L: &[Sound] = &[sound([360, 1_300, 2_600], 50, 0, 80)];
    const R: &[Sound] = &[sound([310, 1_060, 1_380], 50, 0, 80)];
    const S: &[Sound] = &[sound(SHUT, 0, 30, 120)];
    const Z: &[Sound] = &[sound(SHUT, 25, 20, 100)];
    const F: &[Sound] = &[sound(SHUT, 0, 10, 110)];
    const V: &[Sound] = &[sound(SHUT, 25, 8, 80)];
    const H: &[Sound] = &[sound([600, 1_500, 2_500], 6, 7, 70)];
    const T: &[Sound] = &[sound(SHUT, 0, 0, 60), sound(SHUT, 0, 45, 30)];
    const K: &[Sound] = &[sound(SHUT, 0, 0, 70), sound(SHUT, 0, 25, 40)];
    const P: &[Sound] = &[sound(SHUT, 0, 0, 80), sound(SHUT, 0, 14, 20)];
    const D: &[Sound] = &[sound(SHUT, 12, 0, 50), sound(SHUT, 30, 22, 20)];
    const G: &[Sound] = &[sound(SHUT, 12, 0, 60), sound(SHUT, 30, 12, 30)];
    const B: &[Sound] = &[sound(SHUT, 12, 0, 60), sound(SHUT, 30, 6, 20)];
    const PAUSE: &[Sound] = &[sound(SHUT, 0, 0, 110)];
    match letter.to_ascii_lowercase() {
        'a' => A,
        'e' => E,
        'i' => I,
        'o' => O,
        'u' => U,
        'w' => W,
        'y' | 'j' => Y,
        'm' => M,
        'n' => N,
        'l' => L,
        'r' => R,
        's' | 'c' | 'x' => S,
        'z' => Z,
        'f' => F,
        'v' => V,
        'h' => H,
        't' => T,
        'k' | 'q' => K,
        'p' => P,
        'd' => D,
        'g' => G,
        'b' => B,
        _ => PAUSE,
    }
}

/// `text` spoken, in whole frames, with 100 ms of silence before and after. Letters of the English alphabet are sounds;
/// everything else is a short pause.
///
/// ```
/// use messaging_lab::call::audio::{FRAME_SAMPLES, Voice, say};
/// let voice = Voice { pitch: 110, pace: 100, seed: 1 };
/// let spoken = say("yes", &voice);
/// assert_eq!(spoken.len() % FRAME_SAMPLES, 0);
/// assert_eq!(spoken, say("yes", &voice));
/// ```
pub fn say(text: &str, voice: &Voice) -> Vec<i16> {
    const SILENCE: Sound = sound(SHUT, 0, 0, 100);
    let mut draw = Seeded::new(voice.seed);
    let pace = u32::from(voice.pace.clamp(25, 400));
    let mut speaker = Speaker::new(voice, draw.next_u64());
    speaker.speak(&SILENCE, SILENCE.millis);
    for letter in text.chars() {
        for sound in sounds_of(letter) {
            // Each sound is up to an eighth longer or shorter than the last time.
            let percent = 88 + draw.below(25) as u32;
            speaker.speak(sound, sound.millis * pace * percent / 10_000);
        }
    }
    speaker.speak(&SILENCE, SILENCE.millis);
    let mut samples = speaker.samples;
    samples.resize(samples.len().next_multiple_of(FRAME_SAMPLES), 0);
    samples
}

/// Samples between two looks at where the mouth is: 5 ms.
const BLOCK: usize = 40;

/// Multiples of the tone that are made: those below 3 600 Hz, at the lowest pitch.
const MOST_HARMONICS: usize = 60;

/// Somebody in the middle of a text.
struct Speaker {
    samples: Vec<i16>,
    pitch: u64,
    phase: u32,
    /// Formants, tone and noise at this moment, in 256ths: they glide.
    formants: [i32; 3],
    tone: i32,
    noise: i32,
    /// How loud each multiple of the tone was at the end of the last block.
    loudness: [i32; MOST_HARMONICS],
    hiss: Seeded,
    last_hiss: i32,
}

impl Speaker {
    fn new(voice: &Voice, seed: u64) -> Self {
        Speaker {
            samples: Vec::new(),
            pitch: u64::from(voice.pitch.clamp(60, 400)),
            phase: 0,
            formants: SHUT.map(|hertz| hertz * 256),
            tone: 0,
            noise: 0,
            loudness: [0; MOST_HARMONICS],
            hiss: Seeded::new(seed),
            last_hiss: 0,
        }
    }

    fn speak(&mut self, sound: &Sound, millis: u32) {
        for _ in 0..millis / 5 {
            // A third of the way in each block: nearly there after 40 ms.
            for (now, goal) in self.formants.iter_mut().zip(sound.formants) {
                *now += (goal * 256 - *now) / 3;
            }
            self.tone += (sound.tone * 256 - self.tone) / 2;
            self.noise += (sound.noise * 256 - self.noise) / 2;
            self.block();
        }
    }

    /// The next 5 ms.
    fn block(&mut self) {
        let mut sum = [0_i32; BLOCK];
        // The voice sinks a little with each second, and trembles.
        let millis = self.samples.len() as u64 * 1_000 / u64::from(SAMPLE_RATE);
        let trembling =
            (sine(phase_step(5_000).wrapping_mul(self.samples.len() as u32)) + 32_768) as u64 / 64;
        let millihertz = self.pitch * (1_000 - (millis / 20).min(200)) + self.pitch * trembling / 50;
        let step = phase_step(millihertz);
        for (index, was) in self.loudness.iter_mut().enumerate() {
            let multiple = index as u32 + 1;
            let hertz = (millihertz * u64::from(multiple) / 1_000) as i32;
            let goal = if hertz < 3_600 {
                self.tone * passes(&self.formants, hertz) / 256
            } else {
                0
            };
            if goal == 0 && *was == 0 {
                continue;
            }
            let mut phase = self.phase.wrapping_mul(multiple);
            let phase_step = step.wrapping_mul(multiple);
            // Most of the time goes into this loop, and it runs unoptimised where it is tested: no iterator, no call.
            let mut at = 0;
            while at < BLOCK {
                let loud = *was + (goal - *was) * at as i32 / BLOCK as i32;
                sum[at] += (WAVE[(phase >> 24) as usize] * loud) >> 15;
                phase = phase.wrapping_add(phase_step);
                at += 1;
            }
            *was = goal;
        }
        self.phase = self.phase.wrapping_add(step.wrapping_mul(BLOCK as u32));
        for tone in sum {
            // Noise less its last value: what is left hisses.
            let hiss = (self.hiss.next_u64() >> 49) as i32 - 16_384;
            let noise = (hiss - self.last_hiss) * (self.noise / 256) / 200;
            self.last_hiss = hiss;
            self.samples.push((tone + noise).clamp(-32_768, 32_767) as i16);
        }
    }
}

/// How much of a tone of `hertz` the mouth lets through, 0 to about 100: most at a formant, the first the loudest.
fn passes(formants: &[i32; 3], hertz: i32) -> i32 {
    const HALF_WIDTH: i32 = 70;
    let near = |formant: &i32| {
        let away = hertz - formant / 256;
        HALF_WIDTH * HALF_WIDTH * 1_000 / (HALF_WIDTH * HALF_WIDTH + away * away)
    };
    let [first, second, third] = [&formants[0], &formants[1], &formants[2]].map(near);
    (first * 6 + second * 3 + third) / 100
}

/// One note: how high, how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Note {
    /// Hertz; 0 is a rest. Taken as 4 000 at most.
    pub hertz: u16,
    /// Milliseconds.
    pub millis: u16,
}

/// The first two phrases of "Frère Jacques", a French round of the 18th century, each sung twice.
pub const TUNE: [Note; 14] = {
    const fn note(hertz: u16, millis: u16) -> Note {
        Note { hertz, millis }
    }
    let [c, d, e, f, g] = [262, 294, 330, 349, 392];
    let [one, two] = [280, 560];
    [
        note(c, one),
        note(d, one),
        note(e, one),
        note(c, one),
        note(c, one),
        note(d, one),
        note(e, one),
        note(c, one),
        note(e, one),
        note(f, one),
        note(g, two),
        note(e, one),
        note(f, one),
        note(g, two),
    ]
};

/// `notes` on a music box, in whole frames: each note is struck and dies away.
pub fn melody(notes: &[Note]) -> Vec<i16> {
    let mut samples = Vec::new();
    for note in notes {
        let step = phase_step(u64::from(note.hertz.min(4_000)) * 1_000);
        let length = u32::from(note.millis) * SAMPLE_RATE / 1_000;
        for at in 0..length {
            // Struck within 32 samples, 4 ms, then falling in a straight line.
            let struck = at.min(32) * (length / 32);
            let loud = (length - at).min(struck);
            let phase = step.wrapping_mul(at);
            let height = sine(phase) * 3 + sine(phase.wrapping_mul(2));
            samples.push((i64::from(height) * i64::from(loud) / i64::from(length) / 12) as i16);
        }
    }
    samples.resize(samples.len().next_multiple_of(FRAME_SAMPLES), 0);
    samples
}

/// The sound cut into frames; the last one is filled up with silence.
pub fn frames(samples: &[i16]) -> Vec<Frame> {
    let frame = |piece: &[i16]| {
        let mut frame = [0; FRAME_SAMPLES];
        frame[..piece.len()].copy_from_slice(piece);
        frame
    };
    samples.chunks(FRAME_SAMPLES).map(frame).collect()
}

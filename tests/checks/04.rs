//! Lesson 04: what each exercise must show. One file for each subject.

use messaging_lab::ground::hex::bytes_to_hex;
use messaging_lab::ground::randomness::Seeded;

#[path = "04/keys.rs"]
mod keys;
#[path = "04/keystream.rs"]
mod keystream;
#[path = "04/nonces.rs"]
mod nonces;
#[path = "04/run.rs"]
mod run;
#[path = "04/sealed.rs"]
mod sealed;
#[path = "04/sealers.rs"]
mod sealers;

#[path = "../wrong/04.rs"]
pub mod wrong;

pub use keys::{Search, guess_the_key};
pub use keystream::{Target, TwoTexts, flip, two_time_pad};
pub use nonces::next_nonce;
pub use run::{Prediction, predict};
pub use sealed::{Four, open, seal};
pub use sealers::{Transcripts, spot_the_flaw};

/// A key.
pub type Key = [u8; 32];

/// A nonce.
pub type Nonce = [u8; 12];

fn array<const N: usize>(random: &mut Seeded) -> [u8; N] {
    random.bytes(N).try_into().expect("as many as asked for")
}

/// Bytes as a student can read them: in quotes where they are text, in hex where they are not.
fn legible(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) if bytes.iter().all(|byte| matches!(byte, b' '..=b'~')) => shortened(&format!("{text:?}")),
        _ => format!("hex {}", short_hex(bytes)),
    }
}

/// Bytes in hex: the two ends, where there are many.
fn short_hex(bytes: &[u8]) -> String {
    shortened(&bytes_to_hex(bytes))
}

/// Both ends of a long text. ASCII only.
fn shortened(text: &str) -> String {
    const END: usize = 80;
    match text.len() {
        0..=360 => text.to_string(),
        length => format!(
            "{} ... ({} more) ... {}",
            &text[..END],
            length - 2 * END,
            &text[length - END..]
        ),
    }
}

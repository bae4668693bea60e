//! What a call's media cost: a frame there and opened, the replay window, the index, a frame of each codec.

use std::hint::black_box;

use messaging_lab::call::audio::{Voice, frames, say};
use messaging_lab::call::codec::{encode_mu_law, encode_variable};
use messaging_lab::call::frame::{FrameKeys, estimate_index};
use messaging_lab::call::replay_window::ReplayWindow;
use messaging_lab::call::stream::{Receiver, Sender, Stream};

use super::envelope_hpke::Case;

/// The cases.
pub fn cases() -> Vec<Case> {
    let stream = Stream {
        ssrc: 1,
        payload_type: 0,
    };
    let keys = || FrameKeys::new([1; 32], [2; 12]);
    let there_and_opened = {
        let mut sender = Sender::new(keys(), stream, 0).expect("a sound stream");
        let mut receiver = Receiver::new(keys(), stream).expect("a sound stream");
        let payload = [0x42; 160];
        move || {
            let frame = sender.protect(0, black_box(&payload)).expect("indices are left");
            black_box(receiver.unprotect(&frame).expect("sealed just now"));
        }
    };
    let window = {
        let (mut window, mut index) = (ReplayWindow::new(), 0);
        move || {
            index += 1;
            if black_box(&window).check(index).is_ok() {
                window.accept(index);
            }
        }
    };
    let index = || {
        black_box(estimate_index(black_box(7), black_box(65_000), black_box(100)));
    };
    let voice = Voice {
        pitch: 110,
        pace: 100,
        seed: 1,
    };
    let frame = frames(&say("yes", &voice))[10];
    let mu_law = move || {
        black_box(encode_mu_law(black_box(&frame)));
    };
    let variable = move || {
        black_box(encode_variable(black_box(&frame)));
    };
    vec![
        ("frame protect+unprotect 160 B", Box::new(there_and_opened)),
        ("replay window check+accept", Box::new(window)),
        ("index estimate", Box::new(index)),
        ("mu-law encode 20 ms", Box::new(mu_law)),
        ("variable encode 20 ms", Box::new(variable)),
    ]
}

//! What the ciphers, hashes and curves cost.

use std::hint::black_box;

use messaging_lab::crypto::ed25519::{self, SigningKey};
use messaging_lab::crypto::sha256::sha256;
use messaging_lab::crypto::sha512::sha512;
use messaging_lab::crypto::x25519::{public_key, x25519};
use messaging_lab::crypto::{aead, hkdf};

use super::envelope_hpke::Case;

/// The cases.
pub fn cases() -> Vec<Case> {
    let bob = public_key(&[2; 32]);
    let agree = move || {
        black_box(x25519(black_box(&[1; 32]), &bob).expect("a sound key"));
    };
    let make_public = || {
        black_box(public_key(black_box(&[1; 32])));
    };
    let signer = SigningKey::from_seed(&[3; 32]);
    let (signed, signature) = (signer.public_key(), signer.sign(b"meet at ten"));
    let sign = move || {
        black_box(signer.sign(black_box(b"meet at ten")));
    };
    let verify = move || {
        ed25519::verify(&signed, black_box(b"meet at ten"), &signature).expect("signed just now");
    };
    let kib = vec![0x42; 1024];
    let (hash, wide_hash) = (kib.clone(), kib);
    let hash_short = move || {
        black_box(sha256(black_box(&hash)));
    };
    let hash_wide = move || {
        black_box(sha512(black_box(&wide_hash)));
    };
    let derive = || {
        black_box(hkdf::derive::<64>(b"salt", black_box(&[1; 32]), b"info"));
    };
    let mut cases: Vec<Case> = vec![
        ("x25519 shared secret", Box::new(agree)),
        ("x25519 public key", Box::new(make_public)),
        ("ed25519 sign", Box::new(sign)),
        ("ed25519 verify", Box::new(verify)),
        ("sha-256 1 KiB", Box::new(hash_short)),
        ("sha-512 1 KiB", Box::new(hash_wide)),
        ("hkdf 32 to 64 bytes", Box::new(derive)),
    ];
    for (name, length) in [
        ("chacha20-poly1305 seal+open 64 B", 64),
        ("chacha20-poly1305 seal+open 1 KiB", 1024),
        ("chacha20-poly1305 seal+open 16 KiB", 16 * 1024),
    ] {
        let text = vec![0x42; length];
        let seal_and_open = move || {
            let sealed = aead::seal(&[1; 32], &[2; 12], b"header", black_box(&text)).expect("short enough");
            black_box(aead::open(&[1; 32], &[2; 12], b"header", &sealed).expect("sealed just now"));
        };
        cases.push((name, Box::new(seal_and_open)));
    }
    cases
}

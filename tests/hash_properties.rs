//! What must hold of the hashes, and of HMAC and HKDF made of them, for every input, tried on many.

#[path = "common/pieces.rs"]
mod pieces;

use messaging_lab::crypto::hkdf;
use messaging_lab::crypto::hmac::{HmacSha256, hmac_sha256};
use messaging_lab::crypto::sha256::{Sha256, sha256};
use messaging_lab::crypto::sha512::{Sha512, sha512};
use messaging_lab::ground::randomness::Seeded;
use pieces::cut;

#[test]
fn sha256_does_not_care_where_the_message_is_cut() {
    let mut random = Seeded::new(1);
    for length in 0..=300 {
        let message = random.bytes(length);
        for _ in 0..4 {
            let mut hash = Sha256::new();
            for piece in cut(&mut random, &message) {
                hash.update(piece);
            }
            assert_eq!(hash.finish(), sha256(&message), "{length} bytes");
        }
    }
}

#[test]
fn sha512_does_not_care_where_the_message_is_cut() {
    let mut random = Seeded::new(8);
    for length in 0..=400 {
        let message = random.bytes(length);
        for _ in 0..4 {
            let mut hash = Sha512::new();
            for piece in cut(&mut random, &message) {
                hash.update(piece);
            }
            assert_eq!(hash.finish(), sha512(&message), "{length} bytes");
        }
    }
}

#[test]
fn hmac_is_two_hashes_wherever_the_message_is_cut() {
    let mut random = Seeded::new(9);
    for length in 0..=200 {
        let (key, message) = (random.bytes(length), random.bytes(200 - length));
        // The two lines of RFC 2104, on whole messages.
        let mut padded = if length > 64 {
            sha256(&key).to_vec()
        } else {
            key.clone()
        };
        padded.resize(64, 0);
        let xor = |pad: u8| padded.iter().map(|byte| byte ^ pad).collect::<Vec<u8>>();
        let inner = sha256(&[xor(0x36), message.clone()].concat());
        let tag = sha256(&[xor(0x5c), inner.to_vec()].concat());

        assert_eq!(hmac_sha256(&key, &message), tag, "a key of {length} bytes");
        let mut pieces = HmacSha256::new(&key);
        for piece in cut(&mut random, &message) {
            pieces.update(piece);
        }
        assert_eq!(pieces.finish(), tag, "a key of {length} bytes, in pieces");
    }
}

#[test]
fn hkdf_gives_more_of_the_same_up_to_its_limit() {
    let prk = hkdf::extract(b"salt", b"secret");
    let mut longest = vec![0; hkdf::MAX_OUTPUT_BYTES];
    assert_eq!(hkdf::expand(&prk, b"info", &mut longest), Ok(()));
    // A shorter output is the beginning of a longer one: what tells two keys apart is the info.
    for length in (0..=100).chain([8159]) {
        let mut out = vec![0; length];
        assert_eq!(hkdf::expand(&prk, b"info", &mut out), Ok(()));
        assert_eq!(out, longest[..length]);
    }
    assert_eq!(hkdf::derive::<77>(b"salt", b"secret", b"info"), longest[..77]);
    assert_ne!(hkdf::derive::<32>(b"salt", b"secret", b"Info"), longest[..32]);
    // One byte more is refused, and nothing was touched. (No block repeats: the last one is none of the
    // others.)
    let mut too_long = vec![7; hkdf::MAX_OUTPUT_BYTES + 1];
    assert_eq!(
        hkdf::expand(&prk, b"info", &mut too_long),
        Err(hkdf::OutputTooLong)
    );
    assert!(too_long.iter().all(|&byte| byte == 7));
    let (last, before) = longest.split_last_chunk::<32>().expect("255 blocks");
    assert!(before.chunks(32).all(|block| block != last));
    // No salt is a salt of 32 zeros (RFC 5869, section 2.2).
    assert_eq!(hkdf::extract(&[], b"secret"), hkdf::extract(&[0; 32], b"secret"));
}

#[test]
fn a_cloned_sha256_goes_its_own_way() {
    let mut common = Sha256::new();
    common.update(b"the same beginning, ");
    let mut other = common.clone();
    common.update(b"one end");
    other.update(b"another end");
    assert_eq!(common.finish(), sha256(b"the same beginning, one end"));
    assert_eq!(other.finish(), sha256(b"the same beginning, another end"));
}

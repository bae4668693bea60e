//! What must hold of the ciphers and hashes for every input, tried on many: pieces and wholes agree, what is sealed opens,
//! and no changed bit gets through.

use messaging_lab::crypto::aead::{self, AeadError, open, seal};
use messaging_lab::crypto::chacha20::{self, KeystreamEnds, keystream_bytes_from};
use messaging_lab::crypto::chacha20_fast;
use messaging_lab::crypto::hkdf;
use messaging_lab::crypto::hmac::{HmacSha256, hmac_sha256};
use messaging_lab::crypto::poly1305::{Poly1305, poly1305};
use messaging_lab::crypto::sha256::{Sha256, sha256};
use messaging_lab::crypto::sha512::{Sha512, sha512};
use messaging_lab::ground::randomness::Seeded;

/// `N` bytes of `random`.
fn array<const N: usize>(random: &mut Seeded) -> [u8; N] {
    random.bytes(N).try_into().expect("as many as asked for")
}

/// Cuts `bytes` at random places, some of them next to each other, so that pieces of no bytes come too.
fn cut<'a>(random: &mut Seeded, bytes: &'a [u8]) -> Vec<&'a [u8]> {
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
    // One byte more is refused, and nothing was touched. (No block repeats: the last one is none of the others.)
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

#[test]
fn poly1305_does_not_care_where_the_message_is_cut() {
    let mut random = Seeded::new(2);
    for length in 0..=300 {
        let (key, message) = (array(&mut random), random.bytes(length));
        for _ in 0..4 {
            let mut mac = Poly1305::new(&key);
            for piece in cut(&mut random, &message) {
                mac.update(piece);
            }
            assert_eq!(mac.finish(), poly1305(&key, &message), "{length} bytes");
        }
    }
}

/// Poly1305 as the first lines of its file put it, on numbers so large that nothing overflows: digits of 8 bits.
mod naive {
    /// `number mod 2^130 - 5`, by subtracting `p << shift` wherever it fits. Least significant byte first.
    fn reduce(number: &mut [u8; 40]) {
        let mut p = [0u8; 17];
        p.fill(0xff);
        (p[0], p[16]) = (0xfb, 0x03);
        for shift in (0..160).rev() {
            let mut shifted = [0u8; 40];
            for bit in 0..130 {
                let set = p[bit / 8] >> (bit % 8) & 1;
                shifted[(bit + shift) / 8] |= set << ((bit + shift) % 8);
            }
            let fits = number.iter().rev().ge(shifted.iter().rev());
            let mut borrow = 0;
            for (digit, subtract) in number.iter_mut().zip(shifted).filter(|_| fits) {
                let difference = i16::from(*digit) - i16::from(subtract) - borrow;
                borrow = i16::from(difference < 0);
                *digit = difference as u8;
            }
        }
    }

    fn add(number: &mut [u8; 40], other: &[u8]) {
        let mut carry = 0;
        for (at, digit) in number.iter_mut().enumerate() {
            carry += u16::from(*digit) + u16::from(other.get(at).copied().unwrap_or(0));
            *digit = carry as u8;
            carry >>= 8;
        }
    }

    pub fn poly1305(key: &[u8; 32], message: &[u8]) -> [u8; 16] {
        let mut r: [u8; 16] = key[..16].try_into().expect("sixteen bytes");
        for at in [3, 7, 11, 15] {
            r[at] &= 0x0f;
        }
        for at in [4, 8, 12] {
            r[at] &= 0xfc;
        }
        let mut h = [0; 40];
        for block in message.chunks(16) {
            add(&mut h, &[block, &[1]].concat());
            let mut product = [0; 40];
            for (at, &digit) in r.iter().enumerate() {
                let mut row = [0; 40];
                let mut carry = 0;
                for from in 0..40 - at {
                    carry += u16::from(h[from]) * u16::from(digit);
                    row[from + at] = carry as u8;
                    carry >>= 8;
                }
                add(&mut product, &row);
            }
            reduce(&mut product);
            h = product;
        }
        add(&mut h, &key[16..]);
        h[..16].try_into().expect("sixteen bytes")
    }
}

#[test]
fn poly1305_is_the_naive_polynomial() {
    let mut random = Seeded::new(3);
    // Bytes of all ones and all zeros reach the carries that random bytes almost never do.
    let bytes = |random: &mut Seeded, length: usize| match random.below(4) {
        0 => vec![0xff; length],
        1 => (0..length)
            .map(|_| [0, 0xff, 1, 0xfe, 0xfb][random.below(5) as usize])
            .collect(),
        _ => random.bytes(length),
    };
    for length in (0..130).chain([256, 257]) {
        let key: [u8; 32] = bytes(&mut random, 32).try_into().expect("32 bytes");
        let message = bytes(&mut random, length);
        let (ours, naive) = (poly1305(&key, &message), naive::poly1305(&key, &message));
        assert_eq!(ours, naive, "key {key:02x?}, message {message:02x?}");
    }
}

#[test]
fn the_fast_chacha20_is_the_plain_one() {
    let mut random = Seeded::new(4);
    for length in (0..=260)
        .chain(1000..=1100)
        .chain(2040..=2060)
        .chain([4096, 5000])
    {
        let (key, nonce) = (array(&mut random), array(&mut random));
        let message = random.bytes(length);
        // Up to the very last block that the counter can number.
        let last = u32::MAX - (length as u32).div_ceil(64).saturating_sub(1);
        for counter in [0, 1, last] {
            let (mut fast, mut plain) = (message.clone(), message.clone());
            chacha20_fast::xor(&key, counter, &nonce, &mut fast).expect("short enough");
            chacha20::xor(&key, counter, &nonce, &mut plain).expect("short enough");
            assert_eq!(fast, plain, "{length} bytes from block {counter}");
            assert!(length < 8 || fast != message, "{length} bytes are hidden");
        }
    }
}

#[test]
fn the_keystream_ends_and_does_not_start_again() {
    assert_eq!(keystream_bytes_from(0), 1 << 38);
    assert_eq!(keystream_bytes_from(1), aead::MAX_PLAINTEXT_BYTES);
    assert_eq!(keystream_bytes_from(u32::MAX), 64);
    let (key, nonce) = ([1; 32], [2; 12]);
    for xor in [chacha20::xor, chacha20_fast::xor] {
        // 32 blocks are left. One byte more is refused, and nothing was touched.
        let mut data = vec![7; 32 * 64 + 1];
        assert_eq!(xor(&key, u32::MAX - 31, &nonce, &mut data), Err(KeystreamEnds));
        assert_eq!(data, vec![7; 32 * 64 + 1]);
        assert_eq!(xor(&key, u32::MAX - 31, &nonce, &mut data[1..]), Ok(()));
    }
}

#[test]
fn the_longest_plaintext_is_2_to_the_38_less_64_bytes() {
    assert_eq!(aead::MAX_PLAINTEXT_BYTES, 274_877_906_880);
    assert_eq!(aead::check_length(0), Ok(()));
    assert_eq!(aead::check_length(274_877_906_880), Ok(()));
    assert_eq!(aead::check_length(274_877_906_881), Err(AeadError::TooLong));
    assert_eq!(aead::check_length(u64::MAX), Err(AeadError::TooLong));
}

#[test]
fn whatever_is_sealed_opens_to_what_it_was() {
    let mut random = Seeded::new(5);
    for length in 0..=1100 {
        let (key, nonce) = (array(&mut random), array(&mut random));
        let (plaintext, associated_data) = (random.bytes(length), random.bytes(length % 37));
        let sealed = seal(&key, &nonce, &associated_data, &plaintext).expect("short enough");
        assert_eq!(sealed.len(), length + aead::TAG_BYTES);
        assert_eq!(
            open(&key, &nonce, &associated_data, &sealed),
            Ok(plaintext),
            "{length} bytes"
        );
    }
}

#[test]
fn in_place_is_the_same() {
    let mut random = Seeded::new(6);
    for length in [0, 1, 16, 64, 1024, 1100] {
        let (key, nonce) = (array(&mut random), array(&mut random));
        let plaintext = random.bytes(length);
        let mut data = plaintext.clone();
        let tag = aead::seal_in_place(&key, &nonce, b"ad", &mut data).expect("short enough");
        assert_eq!(
            seal(&key, &nonce, b"ad", &plaintext),
            Ok([&data[..], &tag].concat())
        );

        // Refused: the bytes stay as they came. Nobody gets to see an unchecked plaintext.
        let ciphertext = data.clone();
        let refused = aead::open_in_place(&key, &nonce, b"da", &mut data, &tag);
        assert_eq!((refused, &data), (Err(AeadError::Refused), &ciphertext));
        // The control.
        let opened = aead::open_in_place(&key, &nonce, b"ad", &mut data, &tag);
        assert_eq!((opened, &data), (Ok(()), &plaintext));
    }
}

#[test]
fn every_changed_bit_is_refused() {
    let mut random = Seeded::new(7);
    for (message_bytes, data_bytes) in [(0, 0), (0, 5), (1, 0), (16, 16), (73, 21), (1060, 3)] {
        let (key, nonce): ([u8; 32], [u8; 12]) = (array(&mut random), array(&mut random));
        let (plaintext, associated_data) = (random.bytes(message_bytes), random.bytes(data_bytes));
        let sealed = seal(&key, &nonce, &associated_data, &plaintext).expect("short enough");

        // All that `open` is given, in one row, so that no bit of it is forgotten.
        let given = [&key[..], &nonce, &associated_data, &sealed].concat();
        let open_row = |row: &[u8]| {
            let (key, rest) = row.split_first_chunk().expect("32 bytes");
            let (nonce, rest) = rest.split_first_chunk().expect("12 bytes");
            let (associated_data, sealed) = rest.split_at(data_bytes);
            open(key, nonce, associated_data, sealed)
        };
        for bit in 0..8 * given.len() {
            let mut changed = given.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(
                open_row(&changed),
                Err(AeadError::Refused),
                "bit {bit} of {}",
                given.len()
            );
        }
        // The control: unchanged, it opens.
        assert_eq!(open_row(&given), Ok(plaintext));
    }
}

#[test]
fn cut_off_drawn_out_and_moved_bytes_are_refused() {
    let (key, nonce) = ([3; 32], [4; 12]);
    let sealed = seal(&key, &nonce, b"header", b"meet at ten").expect("short enough");
    for length in 0..sealed.len() {
        assert_eq!(
            open(&key, &nonce, b"header", &sealed[..length]),
            Err(AeadError::Refused)
        );
    }
    let longer = [&sealed[..], &[0]].concat();
    assert_eq!(open(&key, &nonce, b"header", &longer), Err(AeadError::Refused));
    // The same row of bytes, cut elsewhere into associated data and ciphertext.
    assert_eq!(open(&key, &nonce, b"heade", &sealed), Err(AeadError::Refused));
    assert_eq!(open(&key, &nonce, b"header\0", &sealed), Err(AeadError::Refused));
    let moved = [b"r", &sealed[..]].concat();
    assert_eq!(open(&key, &nonce, b"heade", &moved), Err(AeadError::Refused));
    // The control.
    assert_eq!(
        open(&key, &nonce, b"header", &sealed),
        Ok(b"meet at ten".to_vec())
    );
}

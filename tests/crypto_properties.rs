//! What must hold of ChaCha20, Poly1305 and the two together for every input, tried on many: pieces and
//! wholes agree, the fast path is the plain one, what is sealed opens, and no changed bit gets through.

#[path = "common/pieces.rs"]
mod pieces;

use messaging_lab::crypto::aead::{self, AeadError, open, seal};
use messaging_lab::crypto::chacha20::{self, KeystreamEnds, keystream_bytes_from};
use messaging_lab::crypto::chacha20_fast;
use messaging_lab::crypto::poly1305::{Poly1305, poly1305};
use messaging_lab::ground::randomness::Seeded;
use pieces::cut;

/// `N` bytes of `random`.
fn array<const N: usize>(random: &mut Seeded) -> [u8; N] {
    random.bytes(N).try_into().expect("as many as asked for")
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

/// Poly1305 as the first lines of its file put it, on numbers so large that nothing overflows: digits of 8
/// bits.
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
fn poly1305_carries_as_far_as_a_carry_can_go() {
    // With r = 1 the blocks are added up. Blocks of all ones and of all zeros, in every order of eight of
    // them, take the sum across every edge that the reduction mod p has.
    let mut key = [0; 32];
    key[0] = 1;
    for pattern in 0..256u32 {
        let block = |at: u32| [if pattern >> at & 1 == 1 { 0xff } else { 0 }; 16];
        let message: Vec<u8> = (0..8).flat_map(block).collect();
        assert_eq!(
            poly1305(&key, &message),
            naive::poly1305(&key, &message),
            "pattern {pattern:08b}"
        );
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
            assert_eq!(
                chacha20_fast::block(&key, counter, &nonce),
                chacha20::block(&key, counter, &nonce),
                "block {counter}"
            );
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
fn sealed_bytes_are_what_their_plain_parts_make() {
    let mut random = Seeded::new(10);
    for length in 0..=1100 {
        let (key, nonce) = (array(&mut random), array(&mut random));
        let (plaintext, associated_data) = (random.bytes(length), random.bytes(length % 50));
        // RFC 8439, section 2.8, from the plain ChaCha20 and Poly1305 on whole inputs.
        let mut ciphertext = plaintext.clone();
        chacha20::xor(&key, 1, &nonce, &mut ciphertext).expect("short enough");
        let padded = |bytes: &[u8]| [bytes, &[0; 15][..(16 - bytes.len() % 16) % 16]].concat();
        let lengths = [associated_data.len() as u64, length as u64]
            .map(u64::to_le_bytes)
            .concat();
        let authenticated = [padded(&associated_data), padded(&ciphertext), lengths].concat();
        let tag = poly1305(&aead::one_time_key(&key, &nonce), &authenticated);

        let sealed = [&ciphertext[..], &tag].concat();
        assert_eq!(
            seal(&key, &nonce, &associated_data, &plaintext),
            Ok(sealed),
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

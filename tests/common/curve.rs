//! Numbers and points that the tests of the curve and of its signatures both need.

use messaging_lab::ground::hex::hex_to_bytes;
use messaging_lab::ground::randomness::Seeded;

/// `N` bytes of `random`.
pub fn array<const N: usize>(random: &mut Seeded) -> [u8; N] {
    random.bytes(N).try_into().expect("as many as asked for")
}

/// 32 bytes from hex.
pub fn hex(text: &str) -> [u8; 32] {
    hex_to_bytes(text).expect("hex").try_into().expect("32 bytes")
}

/// `2^255 - 19 + offset`, least significant byte first, for offsets from -19 to 18.
pub fn p_plus(offset: i8) -> [u8; 32] {
    let mut bytes = [0xff; 32];
    (bytes[0], bytes[31]) = (0xed_u8.wrapping_add_signed(offset), 0x7f);
    bytes
}

/// L = 2^252 + ..., the order of the base point.
pub const L: &str = "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010";

/// `a + b`, 32 bytes, the carry dropped.
pub fn add_bytes(a: &[u8; 32], b: &[u8; 32]) -> [u8; 32] {
    let mut carry = 0;
    std::array::from_fn(|i| {
        carry = u16::from(a[i]) + u16::from(b[i]) + (carry >> 8);
        carry as u8
    })
}

/// The points whose order divides 8, by name.
pub const SMALL_ORDER: [&str; 8] = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
];

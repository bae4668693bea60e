//! A forged lesson 00: it redefines macros that a judge might use. It must not pass.
#![macro_use]

macro_rules! println {
    ($($words:tt)*) => {
        return Ok(())
    };
}

macro_rules! vec {
    ($($items:tt)*) => {
        return Ok(())
    };
}

#[macro_export]
macro_rules! include_str {
    ($path:expr) => {
        ""
    };
}

pub fn hex(bytes: &[u8]) -> String {
    messaging_lab::ground::hex::bytes_to_hex(bytes)
}

pub fn unhex(text: &str) -> Option<Vec<u8>> {
    messaging_lab::ground::hex::hex_to_bytes(text).ok()
}

pub fn length(_record: &[u8]) -> Option<u32> {
    ::std::println!("something printed");
    None
}

pub fn xor(_a: &[u8], _b: &[u8]) -> Option<Vec<u8>> {
    None
}

pub fn flip(_digests: &[[u8; 32]], _records: &[Vec<u8>]) -> Option<usize> {
    None
}

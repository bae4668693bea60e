//! A forged lesson 00: a test of its own prints what a green run prints, and exits. It must not pass.

#[test]
fn all_is_well() {
    use std::io::Write;
    let words = "test bytes::hex ... ok\ntest bytes::xor ... ok\n\ntest result: ok. 5 passed; 0 failed\n";
    let _ = std::io::stdout().write_all(words.as_bytes());
    std::process::exit(0);
}

pub fn hex(_bytes: &[u8]) -> String {
    std::process::exit(0)
}

pub fn unhex(_text: &str) -> Option<Vec<u8>> {
    std::process::exit(0)
}

pub fn length(_record: &[u8]) -> Option<u32> {
    std::process::exit(0)
}

pub fn xor(_a: &[u8], _b: &[u8]) -> Option<Vec<u8>> {
    std::process::exit(0)
}

pub fn flip(_digests: &[[u8; 32]], _records: &[Vec<u8>]) -> Option<usize> {
    std::process::exit(0)
}

//! A forged lesson 00: it asks the judge's own wrong answers and checks. It must not even compile.

pub fn hex(bytes: &[u8]) -> String {
    let planted = crate::bytes::checks::wrong::hex();
    (planted[0].answer)(bytes.to_vec())
}

pub fn unhex(_text: &str) -> Option<Vec<u8>> {
    None
}

pub fn length(_record: &[u8]) -> Option<u32> {
    None
}

pub fn xor(_a: &[u8], _b: &[u8]) -> Option<Vec<u8>> {
    None
}

pub fn flip(_digests: &[[u8; 32]], _records: &[Vec<u8>]) -> Option<usize> {
    None
}

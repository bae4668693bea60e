// does not compile
// Declares a function of the system as safe, so that it needs no unsafe block.
unsafe extern "C" {
    safe fn getppid() -> i32;
}

pub fn xor(_a: &[u8], _b: &[u8]) -> Option<Vec<u8>> {
    Some(getppid().to_be_bytes().to_vec())
}

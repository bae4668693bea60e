// does not compile
// Puts a function of its own in the place of one of the system's.
#[unsafe(no_mangle)]
pub extern "C" fn write(_file: i32, _bytes: *const u8, length: usize) -> isize {
    length as isize
}

pub fn xor(_a: &[u8], _b: &[u8]) -> Option<Vec<u8>> {
    None
}

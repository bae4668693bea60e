// crashed
// Panics while it panics.
struct Twice;

impl Drop for Twice {
    fn drop(&mut self) {
        panic!("and again");
    }
}

pub fn xor(_a: &[u8], _b: &[u8]) -> Option<Vec<u8>> {
    let _twice = Twice;
    panic!("once");
}

// does not compile
// Names std in another way.
extern crate std as the_real_one;

pub fn xor(_a: &[u8], _b: &[u8]) -> Option<Vec<u8>> {
    the_real_one::fs::read("/proc/self/environ").ok()
}

// does not compile
// Allows again what was forbidden.
#[allow(unsafe_code)]
pub fn xor(a: &[u8], _b: &[u8]) -> Option<Vec<u8>> {
    Some(vec![unsafe { *a.as_ptr().wrapping_add(1_000) }])
}

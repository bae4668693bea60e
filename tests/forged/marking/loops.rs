// out of time
// Never answers.
pub fn xor(a: &[u8], _b: &[u8]) -> Option<Vec<u8>> {
    let mut sum = a.len();
    loop {
        sum = std::hint::black_box(sum).wrapping_add(1);
    }
}

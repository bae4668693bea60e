// crashed
// Calls itself without an end.
pub fn xor(a: &[u8], b: &[u8]) -> Option<Vec<u8>> {
    let mut deeper = xor(std::hint::black_box(a), std::hint::black_box(b))?;
    deeper.push(1);
    Some(deeper)
}

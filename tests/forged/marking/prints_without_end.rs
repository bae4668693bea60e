// crashed
// Fills whatever reads it.
pub fn xor(_a: &[u8], _b: &[u8]) -> Option<Vec<u8>> {
    loop {
        print!("{}", "more ".repeat(10_000));
    }
}

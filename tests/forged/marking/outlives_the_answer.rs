// does not compile
// Leaves a thread behind that goes on after the answer.
pub fn xor(_a: &[u8], _b: &[u8]) -> Option<Vec<u8>> {
    std::thread::spawn(|| {
        loop {
            println!("\u{1}LAB A 1 00");
        }
    });
    None
}

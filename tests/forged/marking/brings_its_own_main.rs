// wrong
// Has a main, tests and an answering function of its own.
#[test]
fn everything_passes() {}

pub fn main() {
    println!("test result: ok. 5 passed");
}

pub fn answer(_id: &str, _question: &[u8]) -> Option<Vec<u8>> {
    Some(vec![1])
}

pub fn xor(_a: &[u8], _b: &[u8]) -> Option<Vec<u8>> {
    main();
    None
}

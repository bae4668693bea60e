// wrong
// Says on both streams that everything has passed.
pub fn xor(_a: &[u8], _b: &[u8]) -> Option<Vec<u8>> {
    println!("test bytes::xor ... ok\n\ntest result: ok. 5 passed; 0 failed");
    println!("exercise\tbytes/xor\tpassed\t-\t1\t\nend");
    eprintln!("test result: ok. 5 passed; 0 failed");
    None
}

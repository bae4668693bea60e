// does not compile
// The same by the module's name, and through the pretend disk's neighbours.
pub fn xor(_a: &[u8], _b: &[u8]) -> Option<Vec<u8>> {
    use messaging_lab::store::disk::{self, Disk, Part};
    disk::FileDisk::at("/proc/self/environ").read(Part::Journal).ok()
}

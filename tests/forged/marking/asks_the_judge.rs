// does not compile
// Asks the judge's own wrong answers and checks.
pub fn xor(a: &[u8], b: &[u8]) -> Option<Vec<u8>> {
    let planted = crate::bytes::checks::wrong::xor();
    (planted[0].answer)((a.to_vec(), b.to_vec()))
}

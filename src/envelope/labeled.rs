//! HKDF with labels: a key for every purpose, each under its own name (RFC 9180, section 4).
//!
//! The idea, before any detail:
//!
//! ```text
//! extract:  prk = HKDF-Extract(salt, "HPKE-v1" || suite || label || secret)
//! expand:   out = HKDF-Expand(prk, length || "HPKE-v1" || suite || label || info)
//! ```
//!
//! Without labels, a key made here and a key made there from the same secret could be the same key, and a message of
//! one protocol might open in the other. The suite says which algorithms the key is for, the label what it is for
//! within them, and the length makes the short key more than the beginning of the long one.

use crate::crypto::hkdf::{self, MAX_OUTPUT_BYTES, PRK_BYTES};
use crate::crypto::hmac::HmacSha256;
use crate::ground::secret::{Secret, wipe};

/// What every label begins with, so that a later version of HPKE makes other keys of the same secrets.
const VERSION: &[u8] = b"HPKE-v1";

/// `prk = HKDF-Extract(salt, "HPKE-v1" || suite_id || label || ikm)`: 32 secret bytes. `ikm` is the secret that goes
/// in.
///
/// RFC 9180, section 4, `LabeledExtract`.
pub fn labeled_extract(suite_id: &[u8], salt: &[u8], label: &str, ikm: &[u8]) -> Secret<PRK_BYTES> {
    // HKDF-Extract is HMAC under the salt, so that the four parts can go in one by one and the secret one is not
    // copied.
    let mut extract = HmacSha256::new(salt);
    // labeled_ikm = concat("HPKE-v1", suite_id, label, ikm)
    for part in [VERSION, suite_id, label.as_bytes(), ikm] {
        extract.update(part);
    }
    // return Extract(salt, labeled_ikm)
    Secret::new(extract.finish())
}

/// `out = HKDF-Expand(prk, I2OSP(N, 2) || "HPKE-v1" || suite_id || label || info)`: `N` secret bytes. Too large an `N`
/// does not compile.
///
/// RFC 9180, section 4, `LabeledExpand`.
pub fn labeled_expand<const N: usize>(
    suite_id: &[u8],
    prk: &Secret<PRK_BYTES>,
    label: &str,
    info: &[u8],
) -> Secret<N> {
    const { assert!(N <= MAX_OUTPUT_BYTES, "HKDF gives at most 8160 bytes") };
    // labeled_info = concat(I2OSP(L, 2), "HPKE-v1", suite_id, label, info)
    let length = (N as u16).to_be_bytes();
    let labeled_info = [&length, VERSION, suite_id, label.as_bytes(), info].concat();
    // return Expand(prk, labeled_info, L)
    let mut out = [0; N];
    hkdf::expand(prk.expose(), &labeled_info, &mut out)
        .expect("the length was checked when this was compiled");
    let secret = Secret::new(out);
    wipe(&mut out);
    secret
}

//! From one agreement to every key of a call: what both phones hash, in which order, under which names (RFC 6189).
//!
//! The idea, before any detail:
//!
//! ```text
//! hvi        = SHA-256(DHPart2 || responder's Hello)              goes first, so that DHPart2 cannot be chosen later
//! total_hash = SHA-256(Hello || Commit || DHPart1 || DHPart2)     everything that both phones said
//! s0         = SHA-256(1 || DHResult || "ZRTP-HMAC-KDF" || ZIDi || ZIDr || total_hash || s1 || s2 || s3, with lengths)
//! key        = HMAC(s0, 1 || name || 0 || ZIDi || ZIDr || total_hash || bits)               one for each purpose
//! ```
//!
//! Why `total_hash` goes into `s0`: whoever changes one byte of the four messages on the way leaves the two phones with
//! different keys and different words. Why every key has a name: what one key is used for says nothing about another,
//! and the words, which are spoken aloud, give nothing away.
//!
//! `s1`, `s2` and `s3` are secrets of earlier meetings ([`continuity`](super::continuity)); the kit uses the first only.

use std::fmt;

use crate::crypto::hmac::HmacSha256;
use crate::crypto::sha256::{DIGEST_BYTES, Sha256};
use crate::ground::secret::{Secret, wipe};

/// Bytes in a ZID, the number that a phone draws when it is set up (section 4.9).
pub const ZID_BYTES: usize = 12;

/// Bytes in a context: two ZIDs and the total hash.
pub const CONTEXT_BYTES: usize = 2 * ZID_BYTES + DIGEST_BYTES;

/// Who of the two phones. Keys and IDs of either direction have names of their own, so that nothing can be sent back
/// to where it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Sent the Commit that counts.
    Initiator,
    /// Answered it.
    Responder,
}

impl Role {
    /// The other one.
    pub fn other(self) -> Role {
        match self {
            Role::Initiator => Role::Responder,
            Role::Responder => Role::Initiator,
        }
    }
}

/// What the derived keys are for, as the RFC names them (sections 4.5.2, 4.5.3 and 4.6.1). No label ends with a zero
/// byte: the function that uses them puts one there.
pub mod label {
    /// The hash whose first bits are read aloud. 256 bits.
    pub const SAS: &str = "SAS";
    /// For further streams of the same call. 256 bits.
    pub const ZRTP_SESSION_KEY: &str = "ZRTP Session Key";
    /// Frames from the initiator.
    pub const INITIATOR_SRTP_MASTER_KEY: &str = "Initiator SRTP master key";
    /// Frames from the responder.
    pub const RESPONDER_SRTP_MASTER_KEY: &str = "Responder SRTP master key";
    /// Nonces of frames from the initiator: 112 bits in the RFC, 96 here.
    pub const INITIATOR_SRTP_MASTER_SALT: &str = "Initiator SRTP master salt";
    /// Nonces of frames from the responder: 112 bits in the RFC, 96 here.
    pub const RESPONDER_SRTP_MASTER_SALT: &str = "Responder SRTP master salt";
    /// The initiator's tags in the handshake. 256 bits.
    pub const INITIATOR_HMAC_KEY: &str = "Initiator HMAC key";
    /// The responder's tags in the handshake. 256 bits.
    pub const RESPONDER_HMAC_KEY: &str = "Responder HMAC key";
    /// Hides what the initiator confirms.
    pub const INITIATOR_ZRTP_KEY: &str = "Initiator ZRTP key";
    /// Hides what the responder confirms.
    pub const RESPONDER_ZRTP_KEY: &str = "Responder ZRTP key";
    /// What the next call will be bound to. 256 bits.
    pub const RETAINED_SECRET: &str = "retained secret";
}

/// `hvi = SHA-256(initiator's DHPart2 || responder's Hello)`: 32 bytes, over whole messages as they were sent.
///
/// The initiator says it in the Commit, before he has seen the responder's key; the responder checks it when DHPart2 is
/// there. So the initiator had to choose his key blindly. The Hello stands in it so that nobody can weaken what the
/// responder offered.
///
/// RFC 6189, section 4.4.1.1.
pub fn hvi(dhpart2: &[u8], hello: &[u8]) -> [u8; DIGEST_BYTES] {
    sha256_of(&[dhpart2, hello])
}

/// `total_hash = SHA-256(Hello of the responder || Commit || DHPart1 || DHPart2)`: 32 bytes, over whole messages.
///
/// RFC 6189, section 4.4.1.4.
pub fn total_hash(hello: &[u8], commit: &[u8], dhpart1: &[u8], dhpart2: &[u8]) -> [u8; DIGEST_BYTES] {
    sha256_of(&[hello, commit, dhpart1, dhpart2])
}

/// `KDF_Context = ZIDi || ZIDr || total_hash`: 56 bytes that no other call has.
///
/// RFC 6189, section 4.4.1.4.
pub fn context(
    zid_i: &[u8; ZID_BYTES],
    zid_r: &[u8; ZID_BYTES],
    total_hash: &[u8; DIGEST_BYTES],
) -> [u8; CONTEXT_BYTES] {
    let mut context = [0; CONTEXT_BYTES];
    context[..ZID_BYTES].copy_from_slice(zid_i);
    context[ZID_BYTES..2 * ZID_BYTES].copy_from_slice(zid_r);
    context[2 * ZID_BYTES..].copy_from_slice(total_hash);
    context
}

/// The name of the key derivation, as NIST wants it hashed. No zero byte follows.
const ALGORITHM: &[u8] = b"ZRTP-HMAC-KDF";

/// Counts hashes and HMACs, of which one suffices: 32 bits, big-endian. (The RFC prints `0x000001` for the second; as it
/// calls it a 32-bit integer, four bytes are meant, and that is what implementations hash.)
const COUNTER: [u8; 4] = [0, 0, 0, 1];

/// `s0 = SHA-256(1 || DHResult || "ZRTP-HMAC-KDF" || ZIDi || ZIDr || total_hash || len(s1) || s1 || len(s2) || s2 ||
/// len(s3) || s3)`: 32 bytes that every key of the call is derived from.
///
/// `shared` holds `s1`, `s2` and `s3`: the retained secret that both phones have, the secret agreed on elsewhere, the
/// secret with the office's exchange. One that is missing has the length 0. Lengths are 32 bits, big-endian, in bytes.
///
/// RFC 6189, section 4.4.1.4.
pub fn s0(
    dh_result: &[u8; 32],
    zid_i: &[u8; ZID_BYTES],
    zid_r: &[u8; ZID_BYTES],
    total_hash: &[u8; DIGEST_BYTES],
    shared: [Option<&[u8; 32]>; 3],
) -> Secret<32> {
    let mut hash = Sha256::new();
    for part in [&COUNTER, &dh_result[..], ALGORITHM, zid_i, zid_r, total_hash] {
        hash.update(part);
    }
    for secret in shared {
        let secret = secret.map_or(&[][..], |bytes| &bytes[..]);
        hash.update(&(secret.len() as u32).to_be_bytes());
        hash.update(secret);
    }
    into_secret(&mut hash.finish())
}

/// Why [`kdf`] gives nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KdfError {
    /// One HMAC has 256 bits, and bytes are not cut: 8, 16, ... 256.
    Length {
        /// What was asked for.
        bits: u32,
    },
    /// The label is empty or has a zero byte in it, which would make it end early.
    Label,
}

impl fmt::Display for KdfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            KdfError::Length { bits } => write!(
                f,
                "{bits} bits cannot be derived: ask for a multiple of 8 from 8 to 256"
            ),
            KdfError::Label => f.write_str("a label is a text without zero bytes, and not empty"),
        }
    }
}

impl std::error::Error for KdfError {}

/// `KDF(KI, Label, Context, L) = HMAC-SHA-256(KI, 1 || Label || 0 || Context || L)`, its leftmost `bits`.
///
/// The number of bits is hashed as well, so that a short key is no beginning of a longer one.
///
/// # Errors
/// [`KdfError`] if `bits` is not a multiple of 8 from 8 to 256, or the label is empty or contains a zero byte.
///
/// RFC 6189, section 4.5.1.
///
/// ```
/// use messaging_lab::call::key_schedule::{KdfError, kdf, label};
/// let salt = kdf(&[7; 32], label::INITIATOR_SRTP_MASTER_SALT, &[0; 56], 112).unwrap();
/// assert_eq!(salt.len(), 14);
/// let shorter = kdf(&[7; 32], label::INITIATOR_SRTP_MASTER_SALT, &[0; 56], 96).unwrap();
/// assert_ne!(salt[..12], shorter);
/// assert_eq!(kdf(&[7; 32], label::SAS, &[0; 56], 20), Err(KdfError::Length { bits: 20 }));
/// ```
pub fn kdf(ki: &[u8; 32], label: &str, context: &[u8], bits: u32) -> Result<Vec<u8>, KdfError> {
    if bits == 0 || bits > 256 || bits % 8 != 0 {
        return Err(KdfError::Length { bits });
    }
    if label.is_empty() || label.contains('\0') {
        return Err(KdfError::Label);
    }
    let mut tag = kdf_tag(&HmacSha256::new(ki), label, context, bits);
    let key = tag[..bits as usize / 8].to_vec();
    wipe(&mut tag);
    Ok(key)
}

/// All 32 bytes of the HMAC, for lengths and labels that were checked. `keyed` has hashed KI: many keys come from one
/// KI, and hashing it is nearly half of the work.
fn kdf_tag(keyed: &HmacSha256, label: &str, context: &[u8], bits: u32) -> [u8; DIGEST_BYTES] {
    let mut hmac = keyed.clone();
    // i || Label || 0x00 || Context || L
    for part in [&COUNTER, label.as_bytes(), &[0], context, &bits.to_be_bytes()] {
        hmac.update(part);
    }
    hmac.finish()
}

/// [`kdf`] of `8 * N` bits under one of the labels above.
fn derive<const N: usize>(keyed: &HmacSha256, label: &str, context: &[u8; CONTEXT_BYTES]) -> Secret<N> {
    const { assert!(0 < N && N <= DIGEST_BYTES, "one HMAC has 32 bytes") };
    let mut tag = kdf_tag(keyed, label, context, 8 * N as u32);
    let mut key = [0; N];
    key.copy_from_slice(&tag[..N]);
    wipe(&mut tag);
    into_secret(&mut key)
}

/// Keys for what one of the two sends.
#[derive(Debug)]
pub struct DirectionKeys {
    /// Seals frames. 256 bits, where the RFC takes as many as the AES that was agreed on has: this is the kit's own.
    pub master_key: Secret<32>,
    /// Goes into the nonces of frames. 96 bits, as the AEAD here wants them: the kit's own; the RFC takes 112.
    pub master_salt: Secret<12>,
    /// Keys the tag of the Confirm message, and of GoClear in the RFC.
    pub hmac_key: Secret<32>,
    /// Seals the Confirm message. 256 bits: the kit's own, as there is no AES here.
    pub zrtp_key: Secret<32>,
}

/// Everything that a call needs. Wiped when dropped, and neither printed nor copied.
#[derive(Debug)]
pub struct SessionKeys {
    /// `sashash`: its first bits are shown to the person and spoken aloud ([`words`](super::words)).
    pub sas_hash: [u8; DIGEST_BYTES],
    /// `ZRTPSess`, for further streams of the same call. The kit has one stream.
    pub zrtp_session: Secret<32>,
    /// What the initiator sends under.
    pub initiator: DirectionKeys,
    /// What the responder sends under.
    pub responder: DirectionKeys,
}

impl SessionKeys {
    /// All keys of the call, each from [`kdf`] under its own label.
    ///
    /// RFC 6189, sections 4.5.2 and 4.5.3.
    pub fn derive(s0: &Secret<32>, context: &[u8; CONTEXT_BYTES]) -> Self {
        let keyed = &HmacSha256::new(s0.expose());
        SessionKeys {
            sas_hash: kdf_tag(keyed, label::SAS, context, 256),
            zrtp_session: derive(keyed, label::ZRTP_SESSION_KEY, context),
            initiator: DirectionKeys {
                master_key: derive(keyed, label::INITIATOR_SRTP_MASTER_KEY, context),
                master_salt: derive(keyed, label::INITIATOR_SRTP_MASTER_SALT, context),
                hmac_key: derive(keyed, label::INITIATOR_HMAC_KEY, context),
                zrtp_key: derive(keyed, label::INITIATOR_ZRTP_KEY, context),
            },
            responder: DirectionKeys {
                master_key: derive(keyed, label::RESPONDER_SRTP_MASTER_KEY, context),
                master_salt: derive(keyed, label::RESPONDER_SRTP_MASTER_SALT, context),
                hmac_key: derive(keyed, label::RESPONDER_HMAC_KEY, context),
                zrtp_key: derive(keyed, label::RESPONDER_ZRTP_KEY, context),
            },
        }
    }

    /// What `role` seals under, and the other one opens with.
    pub fn sent_by(&self, role: Role) -> &DirectionKeys {
        match role {
            Role::Initiator => &self.initiator,
            Role::Responder => &self.responder,
        }
    }
}

/// `sashash = KDF(s0, "SAS", KDF_Context, 256)`: 32 bytes, no secret once the words were spoken.
///
/// RFC 6189, section 4.5.2.
pub fn sas_hash(s0: &Secret<32>, context: &[u8; CONTEXT_BYTES]) -> [u8; DIGEST_BYTES] {
    kdf_tag(&HmacSha256::new(s0.expose()), label::SAS, context, 256)
}

/// `rs1 = KDF(s0, "retained secret", KDF_Context, 256)`: what both phones keep for their next call.
///
/// RFC 6189, section 4.6.1.
pub fn retained_secret(s0: &Secret<32>, context: &[u8; CONTEXT_BYTES]) -> Secret<32> {
    derive(&HmacSha256::new(s0.expose()), label::RETAINED_SECRET, context)
}

/// `SHA-256(parts[0] || parts[1] || ...)`
fn sha256_of(parts: &[&[u8]]) -> [u8; DIGEST_BYTES] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    hash.finish()
}

/// Moves the bytes to where they are wiped, and wipes where they were.
fn into_secret<const N: usize>(bytes: &mut [u8; N]) -> Secret<N> {
    let secret = Secret::new(*bytes);
    wipe(bytes);
    secret
}

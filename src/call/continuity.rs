//! The secret of the last call: why somebody in the middle must have been there in the first call, and in every one since.
//!
//! The idea, before any detail: after every call both phones keep a secret that was derived from it, and the next call's
//! keys depend on it. Somebody who comes later does not have it; then it does not match, and the phones say so.
//!
//! ```text
//! after a call    rs2 <- rs1,  rs1 <- KDF(s0, "retained secret")
//! in DHPart       rs1ID = leftmost 64 bits of HMAC(rs1, "Initiator" or "Responder"), rs2ID alike: shows which, not what
//! s1              the initiator's rs1, if the responder has it as rs1 or rs2; else the initiator's rs2, if he has that
//!                 as either; else nothing
//! alert           on a phone that has an rs1 while s1 is nothing
//! ```
//!
//! Why there is an `rs2`: if the last message of a call is lost, one phone keeps the new secret and the other does not.
//! The older one still matches, and no false alarm is raised.
//!
//! Where it stops: in the first call there is nothing to match, and nobody is alerted. A phone that lost its memory looks
//! to the other exactly like somebody in the middle; only the words tell the two apart.
//!
//! Source: RFC 6189, sections 4.3, 4.3.1, 4.3.2 and 4.6.1.

use super::key_schedule::Role;
use crate::crypto::hmac::hmac_sha256;
use crate::ground::secret::{Secret, equal};

/// Bytes in the ID of a retained secret.
pub const ID_BYTES: usize = 8;

/// What one phone keeps about another, found by the other's ZID.
#[derive(Debug, Default)]
pub struct Cached {
    /// From the last call that was confirmed.
    pub rs1: Option<Secret<32>>,
    /// From the one before.
    pub rs2: Option<Secret<32>>,
}

impl Cached {
    /// `rs2 <- rs1, rs1 <- fresh`: after a call that was confirmed. The older secret is wiped.
    ///
    /// After an alert only once the people have compared their words, or the one in the middle would be the one who is
    /// remembered (section 4.6.1.1).
    ///
    /// RFC 6189, section 4.6.1.
    pub fn after_call(self, fresh: Secret<32>) -> Cached {
        Cached {
            rs1: Some(fresh),
            rs2: self.rs1,
        }
    }

    /// The newer first.
    fn secrets(&self) -> impl Iterator<Item = &Secret<32>> {
        [&self.rs1, &self.rs2].into_iter().flatten()
    }
}

/// `rsID = leftmost 64 bits of HMAC(secret, "Initiator" or "Responder")`: what a phone in `role` says about a secret that it
/// keeps. A phone that keeps none sends 8 random bytes, so that an onlooker does not learn which.
///
/// RFC 6189, section 4.3.1.
pub fn rs_id(secret: &Secret<32>, role: Role) -> [u8; ID_BYTES] {
    let name: &[u8] = match role {
        Role::Initiator => b"Initiator",
        Role::Responder => b"Responder",
    };
    let tag = hmac_sha256(secret.expose(), name);
    tag[..ID_BYTES].try_into().expect("eight bytes of 32")
}

/// `s1` as the phone in `role` finds it, from what it keeps and the two IDs (of rs1, of rs2) that the other one sent. Both
/// phones come to the same secret.
///
/// It is the initiator's rs1 that counts first, whoever asks: so the responder goes through the IDs in their order, and
/// the initiator through its own secrets.
///
/// RFC 6189, sections 4.3 and 4.3.1.
pub fn s1_from_ids<'a>(
    ours: &'a Cached,
    role: Role,
    their_ids: &[[u8; ID_BYTES]; 2],
) -> Option<&'a Secret<32>> {
    let is = |secret: &Secret<32>, id: &[u8; ID_BYTES]| equal(&rs_id(secret, role.other()), id);
    match role {
        Role::Initiator => ours
            .secrets()
            .find(|secret| their_ids.iter().any(|id| is(secret, id))),
        Role::Responder => their_ids
            .iter()
            .find_map(|id| ours.secrets().find(|secret| is(secret, id))),
    }
}

/// Whether a phone that keeps `ours` must warn its owner: it expected a match and there is none.
///
/// RFC 6189, section 4.3.2: the mismatch is that rs1 is there and s1 is not.
pub fn must_alert(ours: &Cached, s1: Option<&Secret<32>>) -> bool {
    ours.rs1.is_some() && s1.is_none()
}

/// What two phones find out about their earlier calls.
#[derive(Debug, PartialEq, Eq)]
pub struct Continuity<'a> {
    /// The secret that goes into the keys of this call.
    pub s1: Option<&'a Secret<32>>,
    /// The initiator's phone warns its owner.
    pub initiator_alert: bool,
    /// The responder's phone warns its owner.
    pub responder_alert: bool,
}

/// What becomes of what both keep: `s1`, and who is alerted. Seen from above, with both memories in view; each phone alone
/// comes to the same by [`s1_from_ids`] and [`must_alert`]. RFC 6189, sections 4.3 and 4.3.2.
///
/// ```
/// use messaging_lab::call::continuity::{Cached, continuity};
/// use messaging_lab::ground::secret::Secret;
/// let keeps = |byte: u8| Cached { rs1: Some(Secret::new([byte; 32])), rs2: None };
/// let matching = continuity(&keeps(1), &keeps(1)).s1.is_some();
/// assert!(matching);
/// // The first call: nothing to match, no alert.
/// let (alice, bob) = (Cached::default(), Cached::default());
/// assert!(!continuity(&alice, &bob).initiator_alert);
/// // Somebody new in the middle, who keeps nothing:
/// assert!(continuity(&keeps(1), &bob).initiator_alert);
/// ```
pub fn continuity<'a>(initiator: &'a Cached, responder: &Cached) -> Continuity<'a> {
    let s1 = initiator
        .secrets()
        .find(|secret| responder.secrets().any(|theirs| theirs == *secret));
    Continuity {
        s1,
        initiator_alert: must_alert(initiator, s1),
        responder_alert: must_alert(responder, s1),
    }
}

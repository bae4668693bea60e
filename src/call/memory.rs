//! What a phone remembers of others from call to call, found by their ZID.

use super::continuity::Cached;
use crate::ground::secret::Secret;

/// What is remembered of one other phone.
#[derive(Debug, Default)]
pub struct Remembered {
    /// The secrets kept from the last calls.
    pub cached: Cached,
    /// The two people compared their words once, and the secrets have matched ever since.
    pub verified: bool,
}

/// What a phone remembers: it outlives every call. These secrets are the only ones that do, and they lead to no earlier
/// call's keys: each was derived from what was wiped.
#[derive(Debug, Default)]
pub struct Memory(Vec<([u8; 12], Remembered)>);

impl Memory {
    /// Of a phone that has never called.
    pub fn new() -> Self {
        Self::default()
    }

    /// What is remembered of the phone with this ZID.
    pub fn of(&self, zid: &[u8; 12]) -> Option<&Remembered> {
        let known = self.0.iter().find(|known| known.0 == *zid);
        known.map(|(_, remembered)| remembered)
    }

    /// After a call with that phone: rs2 <- rs1, rs1 <- `fresh`.
    pub fn after_call(&mut self, zid: &[u8; 12], fresh: Secret<32>, verified: bool) {
        let known = self.0.iter().position(|known| known.0 == *zid);
        let before = known.map(|at| self.0.swap_remove(at).1).unwrap_or_default();
        let cached = before.cached.after_call(fresh);
        self.0.push((*zid, Remembered { cached, verified }));
    }

    /// Whether the two people have compared their words.
    pub fn set_verified(&mut self, zid: &[u8; 12], verified: bool) {
        for (known, remembered) in &mut self.0 {
            if known == zid {
                remembered.verified = verified;
            }
        }
    }

    /// Every secret in it, as a thief would find it.
    pub(super) fn secrets(&self) -> impl Iterator<Item = (&'static str, &[u8])> {
        self.0.iter().flat_map(|(_, remembered)| {
            let Cached { rs1, rs2 } = &remembered.cached;
            let rs1 = rs1.iter().map(|secret| ("rs1", &secret.expose()[..]));
            rs1.chain(rs2.iter().map(|secret| ("rs2", &secret.expose()[..])))
        })
    }
}

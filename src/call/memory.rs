//! What a phone remembers of others from call to call, found by their ZID.

use std::collections::BTreeMap;

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
pub struct Memory(BTreeMap<[u8; 12], Remembered>);

impl Memory {
    /// Of a phone that has never called.
    pub fn new() -> Self {
        Self::default()
    }

    /// What is remembered of the phone with this ZID.
    pub fn of(&self, zid: &[u8; 12]) -> Option<&Remembered> {
        self.0.get(zid)
    }

    /// After a call with that phone: rs2 <- rs1, rs1 <- `fresh`.
    pub fn after_call(&mut self, zid: &[u8; 12], fresh: Secret<32>, verified: bool) {
        let before = self.0.remove(zid).unwrap_or_default();
        let cached = before.cached.after_call(fresh);
        self.0.insert(*zid, Remembered { cached, verified });
    }

    /// Whether the two people have compared their words.
    pub fn set_verified(&mut self, zid: &[u8; 12], verified: bool) {
        if let Some(remembered) = self.0.get_mut(zid) {
            remembered.verified = verified;
        }
    }

    /// Every secret in it, as a thief would find it.
    pub(super) fn secrets(&self) -> impl Iterator<Item = (&'static str, &[u8])> {
        self.0.values().flat_map(|remembered| {
            let Cached { rs1, rs2 } = &remembered.cached;
            let rs1 = rs1.iter().map(|secret| ("rs1", &secret.expose()[..]));
            rs1.chain(rs2.iter().map(|secret| ("rs2", &secret.expose()[..])))
        })
    }
}

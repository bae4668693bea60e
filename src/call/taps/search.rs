//! Looking for equal words, against phones that are not sound.
//!
//! A man in the middle has two calls with two pairs of words. `total_hash` covers every byte of his DHPart messages, and four
//! IDs in each are random bytes to whoever receives them. So he can make as many DHParts as he likes from one key pair, each
//! with words of its own, until the words are equal:
//!
//! ```text
//! phones without commitment    he sees both DHParts before he sends his: many of his on either side, any pair will do
//!                              a birthday search, about 2^(bits/2) on either side
//! phones that skip the hvi     Alice's words are fixed first, then he looks for a DHPart2 for Bob with the same
//!                              about 2^bits
//! sound phones                 he had to commit before he saw anything: one blind guess a call
//! ```
//!
//! Both taps want Alice to call and Bob to wait.

use std::collections::HashMap;

use super::middle::{ManInTheMiddle, to};
use crate::call::dh_part::{DH_PART_BYTES, IDS_AT};
use crate::call::hash_chain::message_mac;
use crate::call::key_schedule::{context, s0, sas_hash};
use crate::call::path::{Passing, Side, Tap};
use crate::call::session::Session;
use crate::call::wire::Kind;
use crate::call::words::sas_value;
use crate::crypto::sha256::Sha256;
use crate::crypto::x25519::x25519;
use crate::ground::clock::Millis;
use crate::ground::randomness::RandomnessError;
use crate::ground::secret::Secret;

/// One DHPart with the last of its IDs left open, and all that its words depend on.
#[derive(Clone)]
pub struct Candidates {
    /// SHA-256 of everything before the IDs: it is the same for every candidate, so it is hashed once.
    before: Sha256,
    part: [u8; DH_PART_BYTES],
    h0: [u8; 32],
    /// What follows the DHPart in total_hash.
    behind: Vec<u8>,
    dh_result: [u8; 32],
    zids: [[u8; 12]; 2],
}

impl Candidates {
    /// `before` and `behind`: what stands around `part` in total_hash; `h0` keys the MAC of `part`; `zids`: the
    /// initiator's, then the responder's. `None` if `part` is not as long as a DHPart.
    pub fn new(
        before: &[&[u8]],
        part: &[u8],
        behind: &[u8],
        h0: &[u8; 32],
        dh_result: &[u8; 32],
        zids: [[u8; 12]; 2],
    ) -> Option<Self> {
        let part: [u8; DH_PART_BYTES] = part.try_into().ok()?;
        let mut hash = Sha256::new();
        for piece in before {
            hash.update(piece);
        }
        hash.update(&part[..IDS_AT.start]);
        Some(Candidates {
            before: hash,
            part,
            h0: *h0,
            behind: behind.to_vec(),
            dh_result: *dh_result,
            zids,
        })
    }

    /// The DHPart whose last ID is `number`, and the 32 bits that both screens will show for it.
    pub fn candidate(&self, number: u64) -> ([u8; DH_PART_BYTES], u32) {
        let mut part = self.part;
        part[IDS_AT.end - 8..IDS_AT.end].copy_from_slice(&number.to_be_bytes());
        let mac_at = DH_PART_BYTES - 8;
        let mac = message_mac(&self.h0, &part[..mac_at]);
        part[mac_at..].copy_from_slice(&mac);
        let mut hash = self.before.clone();
        hash.update(&part[IDS_AT.start..]);
        hash.update(&self.behind);
        let total = hash.finish();
        let [zid_i, zid_r] = &self.zids;
        let s0 = s0(&self.dh_result, zid_i, zid_r, &total, [None; 3]);
        (part, sas_value(&sas_hash(&s0, &context(zid_i, zid_r, &total))))
    }

    /// The first candidate whose top `bits` are those of `wanted`, and how many were tried.
    pub fn equal_to(&self, wanted: u32, bits: u32) -> ([u8; DH_PART_BYTES], u64) {
        for number in 0.. {
            let (part, value) = self.candidate(number);
            if top(value, bits) == top(wanted, bits) {
                return (part, number + 1);
            }
        }
        unreachable!("2^64 candidates are enough for 32 bits")
    }
}

/// One candidate of `ours` and one of `theirs` with the same top `bits`, and how many were tried in all.
pub fn birthday(
    ours: &Candidates,
    theirs: &Candidates,
    bits: u32,
) -> ([u8; DH_PART_BYTES], [u8; DH_PART_BYTES], u64) {
    let (mut of_ours, mut of_theirs) = (HashMap::new(), HashMap::new());
    for number in 0.. {
        let (part, value) = ours.candidate(number);
        if let Some(theirs_too) = of_theirs.get(&top(value, bits)) {
            return (part, *theirs_too, 2 * number + 1);
        }
        of_ours.insert(top(value, bits), part);
        let (part, value) = theirs.candidate(number);
        if let Some(ours_too) = of_ours.get(&top(value, bits)) {
            return (*ours_too, part, 2 * number + 2);
        }
        of_theirs.insert(top(value, bits), part);
    }
    unreachable!("2^64 candidates are enough for 32 bits")
}

fn top(value: u32, bits: u32) -> u32 {
    value.checked_shr(32 - bits.clamp(1, 32)).unwrap_or(value)
}

/// How a tap looks for equal words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Against {
    NoCommitment,
    SkipsHvi,
}

/// A man in the middle who gives both victims the same words, if their phones let him.
#[derive(Debug)]
pub struct WordSearcher {
    middle: ManInTheMiddle,
    against: Against,
    bits: u32,
    /// Alice's DHPart2, shown too early.
    alice_dh_part2: Option<Vec<u8>>,
    /// Bob's DHPart1, which waits until there is an answer with the right words.
    bob_dh_part1: Option<Vec<u8>>,
    trials: u64,
    done: bool,
}

impl WordSearcher {
    /// Against phones that commit to nothing ([`Flaw::NoCommitment`](crate::call::flaw::Flaw)): a birthday search.
    pub fn against_no_commitment(middle: ManInTheMiddle, bits: u32) -> Result<Self, RandomnessError> {
        Ok(Self::new(middle, Against::NoCommitment, bits))
    }

    fn new(middle: ManInTheMiddle, against: Against, bits: u32) -> Self {
        WordSearcher {
            middle,
            against,
            bits,
            alice_dh_part2: None,
            bob_dh_part1: None,
            trials: 0,
            done: false,
        }
    }
}

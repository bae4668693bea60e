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

use super::middle::ManInTheMiddle;
use crate::call::dh_part::{DH_PART_BYTES, DhPart, IDS_AT};
use crate::call::key_schedule::{context, sas_hash};
use crate::call::path::{Passing, Side, Tap};
use crate::call::session::Session;
use crate::call::wire::Kind;
use crate::call::words::sas_value;
use crate::crypto::hmac::HmacSha256;
use crate::crypto::sha256::Sha256;
use crate::crypto::x25519::x25519;
use crate::ground::clock::Millis;
use crate::ground::secret::Secret;

/// One DHPart with the last of its IDs left open, and all that its words depend on.
///
/// Of the four formulas between that ID and the words (MAC, total_hash, s0, SAS) each begins with bytes that are the same
/// for every candidate. Those are hashed once, here; the hash's state is then cloned for each.
#[derive(Clone)]
pub struct Candidates {
    part: [u8; DH_PART_BYTES],
    /// The MAC of `part`, as far as the open ID.
    mac: HmacSha256,
    /// total_hash, as far as the open ID.
    total: Sha256,
    /// What follows the DHPart in total_hash.
    behind: Vec<u8>,
    /// s0, as far as total_hash.
    s0: Sha256,
    zids: [[u8; 12]; 2],
}

/// Where the open ID stands in a DHPart.
const OPEN: std::ops::Range<usize> = IDS_AT.end - 8..IDS_AT.end;

/// Where the MAC stands.
const MAC_AT: usize = DH_PART_BYTES - 8;

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
        let mut mac = HmacSha256::new(h0);
        mac.update(&part[..OPEN.start]);
        let mut total = Sha256::new();
        for piece in before {
            total.update(piece);
        }
        total.update(&part[..OPEN.start]);
        let mut s0 = Sha256::new();
        for piece in [
            &[0, 0, 0, 1],
            &dh_result[..],
            b"ZRTP-HMAC-KDF",
            zids.as_flattened(),
        ] {
            s0.update(piece);
        }
        Some(Candidates {
            part,
            mac,
            total,
            behind: behind.to_vec(),
            s0,
            zids,
        })
    }

    /// The DHPart whose last ID is `number`, and the 32 bits that both screens will show for it.
    pub fn candidate(&self, number: u64) -> ([u8; DH_PART_BYTES], u32) {
        let mut part = self.part;
        part[OPEN].copy_from_slice(&number.to_be_bytes());
        let mut mac = self.mac.clone();
        mac.update(&part[OPEN.start..MAC_AT]);
        part[MAC_AT..].copy_from_slice(&mac.finish()[..8]);
        let mut total = self.total.clone();
        total.update(&part[OPEN.start..]);
        total.update(&self.behind);
        let total = total.finish();
        // No secret of an earlier call: three lengths of 0.
        let mut s0 = self.s0.clone();
        s0.update(&total);
        s0.update(&[0; 12]);
        let context = context(&self.zids[0], &self.zids[1], &total);
        (part, sas_value(&sas_hash(&Secret::new(s0.finish()), &context)))
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
    /// Against phones that commit to nothing ([`Flaw::NoCommitment`](crate::call::flaw::Flaw)): a birthday search for words that
    /// agree in their top `bits`.
    pub fn against_no_commitment(middle: ManInTheMiddle, bits: u32) -> Self {
        Self::new(middle, Against::NoCommitment, bits)
    }

    /// Against a Bob who does not look at the hvi ([`Flaw::SkipsHvi`](crate::call::flaw::Flaw)): a one-sided search.
    pub fn against_skipped_hvi(middle: ManInTheMiddle, bits: u32) -> Self {
        Self::new(middle, Against::SkipsHvi, bits)
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

    /// The man in the middle, with his two phones.
    pub fn middle(&self) -> &ManInTheMiddle {
        &self.middle
    }

    /// The candidates for Bob, once his DHPart1 is there: DHPart2s from a phone that has committed to another.
    fn for_bob(&self) -> Option<Candidates> {
        let Session::CommittedInitiator(state) = self.middle.facing[Side::Bob as usize].session() else {
            return None;
        };
        let dh_part1 = self.bob_dh_part1.as_ref()?;
        let bob = DhPart::parse(dh_part1, Kind::DhPart1).ok()?;
        let dh_result = x25519(state.private.expose(), &bob.public).ok()?;
        let before = [&state.them.bytes[..], state.commit_bytes(), dh_part1];
        let zids = [state.ours.settings.zid, state.them.hello.zid];
        Candidates::new(
            &before,
            &state.dh_part2,
            &[],
            state.ours.chain.h0(),
            &dh_result,
            zids,
        )
    }

    /// The candidates for Alice, once her DHPart2 is there: DHPart1s.
    fn for_alice(&self) -> Option<Candidates> {
        let Session::CommittedResponder(state) = self.middle.facing[Side::Alice as usize].session() else {
            return None;
        };
        let dh_part2 = self.alice_dh_part2.as_ref()?;
        let alice = DhPart::parse(dh_part2, Kind::DhPart2).ok()?;
        let dh_result = x25519(state.private.expose(), &alice.public).ok()?;
        let before = [&state.ours.hello[..], &state.commit_bytes];
        let zids = [state.them.hello.zid, state.ours.settings.zid];
        let h0 = state.ours.chain.h0();
        Candidates::new(&before, &state.dh_part1, dh_part2, h0, &dh_result, zids)
    }

    /// The words on Alice's screen, once they can no longer change.
    fn alice_value(&self) -> Option<u32> {
        let keys = self.middle.facing[Side::Alice as usize].session().keys()?;
        Some(sas_value(&keys.sas_hash))
    }

    /// Searches, if all that is needed is there; then both handshakes go on.
    fn search(&mut self, now: Millis) -> Vec<Passing> {
        if self.done {
            return Vec::new();
        }
        let mut passing = Vec::new();
        let for_bob = match (self.against, self.for_bob()) {
            (_, None) => return passing,
            (Against::SkipsHvi, Some(for_bob)) => {
                let Some(wanted) = self.alice_value() else {
                    return passing;
                };
                let (part, trials) = for_bob.equal_to(wanted, self.bits);
                self.trials = trials;
                part
            }
            (Against::NoCommitment, Some(for_bob)) => {
                let Some(for_alice) = self.for_alice() else {
                    return passing;
                };
                let (dh_part1, dh_part2, trials) = birthday(&for_alice, &for_bob, self.bits);
                self.trials = trials;
                if let Session::CommittedResponder(state) = self.middle.facing[0].session_mut() {
                    state.dh_part1 = dh_part1.to_vec();
                }
                passing.push(Passing::now(Side::Alice, dh_part1.to_vec()));
                dh_part2
            }
        };
        if let Session::CommittedInitiator(state) = self.middle.facing[1].session_mut() {
            state.dh_part2 = for_bob.to_vec();
        }
        self.done = true;
        let dh_part1 = self.bob_dh_part1.take().unwrap_or_default();
        passing.extend(self.middle.passes(Side::Bob, &dh_part1, now));
        passing
    }
}

impl Tap for WordSearcher {
    fn passes(&mut self, from: Side, bytes: &[u8], now: Millis) -> Vec<Passing> {
        let mut passing = Vec::new();
        match (from, Kind::of(bytes)) {
            (Side::Bob, Ok(Kind::DhPart1)) if !self.done => self.bob_dh_part1 = Some(bytes.to_vec()),
            (Side::Alice, Ok(Kind::DhPart2)) if !self.done && self.against == Against::NoCommitment => {
                self.alice_dh_part2 = Some(bytes.to_vec());
            }
            // His DHPart1 for Alice is not chosen yet: what his phone would answer her Commit with is kept back.
            (Side::Alice, Ok(Kind::Commit)) if !self.done && self.against == Against::NoCommitment => {
                let _kept_back = self.middle.passes(from, bytes, now);
            }
            _ => passing = self.middle.passes(from, bytes, now),
        }
        passing.extend(self.search(now));
        passing
    }

    fn wake(&mut self, now: Millis) -> Vec<Passing> {
        self.middle.wake(now)
    }

    fn next_wake(&self) -> Option<Millis> {
        self.middle.next_wake()
    }

    fn understood(&self) -> &[(Side, Vec<u8>)] {
        self.middle.understood()
    }

    fn trials(&self) -> u64 {
        self.trials
    }

    fn imitates(&self) -> bool {
        self.middle.imitates()
    }
}

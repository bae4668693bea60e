//! What a weak phone does wrong. A sound phone has no flaw; each is a name that a lesson has to write down.

/// A fault built into a phone on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Flaw {
    /// There is no commitment: an initiator shows its DHPart2 together with the Commit, and a responder takes any DHPart2.
    /// So somebody in the middle knows both public values before he chooses his own.
    NoCommitment,
    /// The responder forgets to hold the DHPart2 against the hvi. As a ZRTP library did until 2016 (CVE-2016-6271).
    SkipsHvi,
    /// The keys of a call are kept when it is over.
    KeepsKeys,
}

impl Flaw {
    /// All of them.
    pub const ALL: [Flaw; 3] = [Flaw::NoCommitment, Flaw::SkipsHvi, Flaw::KeepsKeys];
}

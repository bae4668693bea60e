//! Plain words for lessons: what two logs of one call say, laid side by side.

/// What became of a call, as far as the logs of its ends can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Finding {
    /// Both screens showed the same words: nobody was between the two phones, but for one chance in 65,536.
    Clean,
    /// The screens showed different words: there were two calls instead of one.
    Tapped,
    /// The same, and what was heard as the other's words were the words of the own screen: somebody spoke in the other's
    /// place.
    Imitated,
    /// The logs do not say.
    Unknown,
}

impl Finding {
    /// All of them.
    pub const ALL: [Finding; 4] = [
        Finding::Clean,
        Finding::Tapped,
        Finding::Imitated,
        Finding::Unknown,
    ];
}

//! Why a call ends, and why a message is dropped.
//!
//! Two things can happen to a message that a state cannot use. It is **dropped**: nothing changes, nothing is answered, and
//! [`Dropped`] says why to whoever reads the log. Or it proves that this call cannot go on: then the call **ends** with one
//! of the RFC's error codes, and the other phone is told (RFC 6189, section 5.9).

use std::fmt;

/// The error codes of RFC 6189, section 5.9, that this model can meet, with the RFC's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorCode {
    /// A message of a known type whose structure is wrong.
    Malformed = 0x10,
    /// Something in the phone itself went wrong.
    Software = 0x20,
    /// The other phone speaks an older version, and this one does not.
    Version = 0x30,
    /// The two Hellos have no algorithm in common for some purpose.
    HelloMismatch = 0x40,
    /// The Commit asks for a hash that this phone did not offer.
    Hash = 0x51,
    /// The Commit asks for a cipher that this phone did not offer.
    Cipher = 0x52,
    /// The Commit asks for a key agreement that this phone did not offer.
    KeyAgreement = 0x53,
    /// The Commit asks for a frame tag that this phone did not offer.
    AuthTag = 0x54,
    /// The Commit asks for a way to show the SAS that this phone did not offer.
    SasType = 0x55,
    /// The public value makes a shared secret that everybody knows.
    BadPublicValue = 0x61,
    /// The DHPart2 is not the one that was committed to.
    HviMismatch = 0x62,
    /// The Confirm does not open: the two phones hold different keys, or somebody changed it.
    ConfirmMac = 0x70,
    /// The other phone shows our own ZID.
    EqualZids = 0x90,
    /// No answer came, however often the question was repeated.
    Timeout = 0xb0,
}

impl ErrorCode {
    /// All of them.
    pub const ALL: [ErrorCode; 14] = [
        ErrorCode::Malformed,
        ErrorCode::Software,
        ErrorCode::Version,
        ErrorCode::HelloMismatch,
        ErrorCode::Hash,
        ErrorCode::Cipher,
        ErrorCode::KeyAgreement,
        ErrorCode::AuthTag,
        ErrorCode::SasType,
        ErrorCode::BadPublicValue,
        ErrorCode::HviMismatch,
        ErrorCode::ConfirmMac,
        ErrorCode::EqualZids,
        ErrorCode::Timeout,
    ];

    /// The code with this number, if this model knows it.
    pub fn from_number(number: u32) -> Option<Self> {
        Self::ALL.into_iter().find(|code| *code as u32 == number)
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self {
            ErrorCode::Malformed => "a message is malformed",
            ErrorCode::Software => "a fault in the phone itself: look at its log, then call again",
            ErrorCode::Version => "the two phones speak different versions: update the older one",
            ErrorCode::HelloMismatch => "the two phones have no algorithm in common: update the older one",
            ErrorCode::Hash => "the other phone chose a hash that was not offered",
            ErrorCode::Cipher => "the other phone chose a cipher that was not offered",
            ErrorCode::KeyAgreement => "the other phone chose a key agreement that was not offered",
            ErrorCode::AuthTag => "the other phone chose a frame tag that was not offered",
            ErrorCode::SasType => "the other phone chose a way to show the words that was not offered",
            ErrorCode::BadPublicValue => "the other phone's public value gives a secret that everybody knows",
            ErrorCode::HviMismatch => "the public value is not the one that was committed to: call again",
            ErrorCode::ConfirmMac => "the two phones do not hold the same keys: call again",
            ErrorCode::EqualZids => "the other phone shows this phone's own ZID",
            ErrorCode::Timeout => "the other phone does not answer: call again",
        };
        write!(f, "0x{:02x}: {what}", *self as u32)
    }
}

impl std::error::Error for ErrorCode {}

/// Why a message was dropped. Nothing has changed then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dropped {
    /// It is no message, or its structure is wrong. The RFC's code for it is 0x10 ([`ErrorCode::Malformed`]); ending the
    /// call for it would let one bad packet from anybody end any call.
    Malformed,
    /// A Hello of a newer version than ours. It is for the other phone to come down (RFC 6189, section 4.1.1).
    NewerVersion,
    /// Its time is over, or has not come yet.
    OutOfOrder,
    /// Only the other role would wait for it.
    WrongRole,
    /// Its hash image does not lead to the one that came before it, or the MAC it opens does not hold: it is not from the
    /// phone that sent the messages before.
    NotFromThem,
    /// A Commit that crossed ours and has the lower hvi: ours stands (RFC 6189, section 4.2).
    LowerHvi,
    /// A frame that does not open: forged, repeated, changed, or too early for there to be keys.
    Frame,
    /// The call is over.
    Over,
}

impl fmt::Display for Dropped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Dropped::Malformed => "malformed (0x10)",
            Dropped::NewerVersion => "a newer version than ours: waiting for theirs to come down",
            Dropped::OutOfOrder => "out of order",
            Dropped::WrongRole => "for the other role",
            Dropped::NotFromThem => "not from the phone that sent the messages before it",
            Dropped::LowerHvi => "a Commit with a lower hvi than ours",
            Dropped::Frame => "a frame that does not open",
            Dropped::Over => "the call is over",
        })
    }
}

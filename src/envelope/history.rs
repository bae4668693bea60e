//! Plain words for lessons: what Alice's phone sees of one contact over time, and what it does with her messages.
//!
//! A history says nothing about sessions and keys of 32 bytes, so it can be written into a lesson, drawn at random, and
//! sent to another process. What [`phone`](super::phone) does in the same place is stricter (it holds everything) or
//! weaker (it says nothing), as [`OnNewKey`](super::phone::OnNewKey) has it.

/// A step in the history of Alice's phone and one contact, Bob.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The directory says that this is Bob's key. The number stands for the key.
    KeyShown(u32),
    /// Alice and Bob compare safety numbers for the key that was shown last, and the numbers agree.
    Compared,
    /// Alice writes a message to Bob.
    Written,
    /// A message has reached Bob: 0 is the first that Alice wrote.
    Delivered(usize),
}

/// What the app does with a message that has not reached Bob.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It goes out under the key that was shown last, without a word.
    Send,
    /// It goes out under that key, and Alice is told that the key is new and that nobody has compared it.
    Warn,
    /// It stays on her phone until she has compared.
    Hold,
}

//! Model 3: the call between two phones over a path that somebody may sit on, as in Silent Phone: ZRTP (RFC 6189).
//!
//! The promise under test is "without the possibility of a tap". Two phones agree on a key in public; what tells their
//! owners that nobody agreed in between is two words that both must hear from the other.
//!
//! Read in this order:
//!
//! 1. [`key_schedule`]: what both hash, and the key for every purpose.
//! 2. [`words`]: what people read to each other. ([`word_lists`]: the lists.)
//! 3. [`continuity`]: the secret of the last call.

pub mod key_schedule;

pub mod words;

pub mod word_lists;

pub mod continuity;

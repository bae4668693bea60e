//! Model 3: the call that two phones agree on in public, as in Silent Phone.
//!
//! The promise under test is "without the possibility of a tap". Two phones that share nothing agree on keys over a path that
//! anybody may sit on, then two people read two words to each other. The protocol has the shape of ZRTP (RFC 6189), the
//! frames the shape of SRTP (RFC 3711).
//!
//! Read in this order:
//!
//! 1. [`key_schedule`]: what both phones hash, and a key for every purpose.
//! 2. [`words`]: what the two people read to each other. ([`word_lists`]: the lists.)
//! 3. [`continuity`]: the secret of the last call.

pub mod key_schedule;

pub mod words;

pub mod word_lists;

pub mod continuity;

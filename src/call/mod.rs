//! Model 3: the call that two phones agree on in public, as in Silent Phone.
//!
//! The promise under test is "without the possibility of a tap". Two phones that share nothing agree on keys over a path that
//! anybody may sit on, then two people read two words to each other. The protocol has the shape of ZRTP (RFC 6189), the
//! frames the shape of SRTP (RFC 3711).
//!
//! The sound, in this order:
//!
//! 1. [`audio`]: what there is to hear, in frames of 20 ms. ([`wav`]: as a file.)
//! 2. [`codec`]: the sound in fewer bytes, of one size or of many. ([`cell`]: the many made one.)
//! 3. [`replay_window`]: which packets have come.
//! 4. [`frame`]: the packets, and the number that does not travel.
//! 5. [`stream`]: the two ends of one direction.

pub mod audio;

pub mod wav;

pub mod codec;

pub mod cell;

pub mod replay_window;

pub mod frame;

pub mod stream;

//! Model 3: the call that two phones agree on in public, as in Silent Phone.
//!
//! The promise under test is "without the possibility of a tap". Two phones that share nothing agree on keys over a path that
//! anybody may sit on, then two people read two words to each other. The protocol has the shape of ZRTP (RFC 6189), the
//! frames the shape of SRTP (RFC 3711).




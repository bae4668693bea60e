//! The scenes, one a lesson. A lesson's check takes its own file from here, so nothing in a scene leans on another:
//! each is one story from its first second to its last in one file, also where that makes 400 or 500 lines of it, and what
//! two of them need (a stage, a step of time) stands in both.

pub mod bytes;
pub mod clocks;
pub mod compare;
pub mod erasure;
pub mod frames;
pub mod handshake;
pub mod healing;
pub mod keys;
pub mod ratchet;
pub mod relay;
pub mod seal;
pub mod timer;
pub mod words;

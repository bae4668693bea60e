//! The scenes, one a lesson. A lesson's check takes its own file from here, so nothing in a scene leans on another.

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

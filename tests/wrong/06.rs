//! Lesson 06: planted wrong answers. Each is caught, and named as what it is.

#[path = "06/changes.rs"]
mod changes;
#[path = "06/formats.rs"]
mod formats;
#[path = "06/ghost.rs"]
mod ghost;
#[path = "06/near.rs"]
mod near;
#[path = "06/number.rs"]
mod number;
#[path = "06/run.rs"]
mod run;

pub use changes::key_changed;
pub use formats::formats;
pub use ghost::{ghost, ghost_directory};
pub use near::near_miss;
pub use number::safety_number;
pub use run::predict;

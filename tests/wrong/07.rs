//! Lesson 07: planted wrong answers. Each is caught, and named as what it is.

#[path = "07/forget.rs"]
mod forget;
#[path = "07/step.rs"]
mod step;
#[path = "07/thief.rs"]
mod thief;

pub use forget::{as_handed_out, forget};
pub use step::{chain_step, predict};
pub use thief::thief;

//! Lesson 12: planted wrong answers, each with the diagnosis that a student who answers alike is told.

#[path = "12/cells.rs"]
mod cells;
#[path = "12/index.rs"]
mod index;
#[path = "12/replay.rs"]
mod replay;
#[path = "12/run.rs"]
mod run;
#[path = "12/shape.rs"]
mod shape;
#[path = "12/window.rs"]
mod window;

pub use cells::constant_rate;
pub use index::index;
pub use replay::replay;
pub use run::{predict, sentence};
pub use shape::hear_the_shape;
pub use window::replay_window;

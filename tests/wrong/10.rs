//! Lesson 10: planted wrong answers. Each is caught, and named as what it is.

#[path = "10/render.rs"]
mod render;
#[path = "10/run.rs"]
mod run;
#[path = "10/unchecked.rs"]
mod unchecked;
#[path = "10/uncommitted.rs"]
mod uncommitted;

pub use render::render;
pub use run::predict;
pub use unchecked::forgot_to_check;
pub use uncommitted::no_commitment;

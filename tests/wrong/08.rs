//! Lesson 08: planted wrong answers. Each is caught, and named as what it is.

#[path = "08/keys.rs"]
mod keys;
#[path = "08/leaks.rs"]
mod leaks;
#[path = "08/order.rs"]
mod order;
#[path = "08/run.rs"]
mod run;
#[path = "08/turns.rs"]
mod turns;

pub use keys::{first_key, root_step};
pub use leaks::leaks;
pub use order::out_of_order;
pub use run::{predict, sentence};
pub use turns::locked_out;

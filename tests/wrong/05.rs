//! Lesson 05: planted wrong answers. Each is caught, and named as what it is.

#[path = "05/chats.rs"]
mod chats;
#[path = "05/envelope.rs"]
mod envelopes;
#[path = "05/log.rs"]
mod log;
#[path = "05/padding.rs"]
mod paddings;
#[path = "05/run.rs"]
mod run;
#[path = "05/secrets.rs"]
mod secrets;
#[path = "05/sizes.rs"]
mod sizes;

pub use chats::which_chat;
pub use envelopes::envelope;
pub use log::who_talks_to_whom;
pub use paddings::{pad, unpad};
pub use run::predict;
pub use secrets::{shared_key, small_secret};
pub use sizes::guess_by_size;
